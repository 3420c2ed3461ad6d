import { CfnResource } from 'aws-cdk-lib';
import { TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';

/** Fails the synth when the end shows what no single call could: a kept table whose key goes, or a policy that somebody replaced. */
export function checkAtEnd(table: TableV2, keepsData: boolean, policy: PolicyDocument): void {
  table.node.addValidation({
    validate: () => [
      ...keepsData && losesKey(table) ? [`The table is kept, but its key ${table.encryptionKey!.node.path} is deleted with its stack: keep the key, `
        + 'or pass removal: TableRemoval.destroy(reason) [SecureTable.Key]'] : [],
      ...table.resourcePolicy !== policy ? ['The policy of the table was replaced, and with it the guard that keeps other accounts out: '
        + 'add statements with addToResourcePolicy() [SecureTable.ResourcePolicy]'] : [],
    ],
  });
}

function losesKey(table: TableV2): boolean {
  const key = table.encryptionKey?.node.defaultChild;
  return key !== undefined && CfnResource.isCfnResource(key) && key.cfnResourceType === 'AWS::KMS::Key'
    && key.cfnOptions.deletionPolicy === 'Delete';
}
