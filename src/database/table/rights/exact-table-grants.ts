import { TableGrants, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { refuse } from '../../../core/configuration-error';

/** What stands behind `table.grants` of a SecureTable: CDK's names, with the exact actions of the table's own methods. */
export class ExactTableGrants extends TableGrants {
  constructor(private readonly owner: TableV2) {
    super({ table: owner });
  }

  public actions(grantee: IGrantable, ...actions: string[]): Grant {
    return this.owner.grant(grantee, ...actions);
  }

  public readData(grantee: IGrantable): Grant {
    return this.owner.grantReadData(grantee);
  }

  public writeData(grantee: IGrantable): Grant {
    return this.owner.grantWriteData(grantee);
  }

  public readWriteData(grantee: IGrantable): Grant {
    return this.owner.grantReadWriteData(grantee);
  }

  public fullAccess(grantee: IGrantable): Grant {
    return this.owner.grantFullAccess(grantee);
  }

  public multiAccountReplicationTo(_destinationReplicaArn: string): void {
    this.refuseReplication('multiAccountReplicationTo');
  }

  public multiAccountReplicationFrom(_sourceReplicaArn: string): void {
    this.refuseReplication('multiAccountReplicationFrom');
  }

  private refuseReplication(prop: string): never {
    return refuse(this.owner, {
      code: 'SecureTable.MultiAccountReplication',
      prop,
      must: 'must not be called: the table is closed to other accounts',
      fix: 'use replicas in other regions of the account, or a TableV2 of CDK',
    });
  }
}
