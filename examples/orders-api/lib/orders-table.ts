import { RemovalPolicy } from 'aws-cdk-lib';
import { AttributeType, BillingMode, Table, TableEncryption } from 'aws-cdk-lib/aws-dynamodb';
import { IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { StackDataKey } from 'cdk-secure-serverless';
import { Construct } from 'constructs';

/**
 * Orders by customer, under the stack's own key. A plain L2 with safe props: rights are given as exact actions, because
 * `grantReadData` and its like would give Scan and batch rights too.
 */
export class OrdersTable extends Table {
  constructor(scope: Construct, id: string) {
    super(scope, id, {
      partitionKey: { name: 'customerId', type: AttributeType.STRING },
      sortKey: { name: 'orderId', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      encryption: TableEncryption.CUSTOMER_MANAGED,
      encryptionKey: StackDataKey.of(scope),
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
      deletionProtection: true,
      removalPolicy: RemovalPolicy.RETAIN,
    });
  }

  /** One order by its key, or a customer's orders. */
  public allowReading(grantee: IGrantable): void {
    this.allowActions(grantee, ['dynamodb:GetItem', 'dynamodb:Query'], ['kms:Decrypt', 'kms:DescribeKey']);
  }

  /** New orders. No update and no deletion. */
  public allowAdding(grantee: IGrantable): void {
    this.allowActions(grantee, ['dynamodb:PutItem'], ['kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey']);
  }

  private allowActions(grantee: IGrantable, actions: string[], keyActions: string[]): void {
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({ actions, resources: [this.tableArn] }));
    grantee.grantPrincipal.addToPrincipalPolicy(new PolicyStatement({
      actions: keyActions,
      resources: [this.encryptionKey!.keyArn],
      conditions: { StringEquals: { 'kms:ViaService': `dynamodb.${this.stack.region}.amazonaws.com` } },
    }));
  }
}
