import { App, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import { Policy, PolicyStatement, User } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

// Global tables: the old construct with its replicas and autoscaling, the new one with replicas, indexes and a table class.
export const globalTables = (app: App): void => {
  const stack = new Stack(app, 'Global', { env: { account: '111122223333', region: 'us-east-1' }, crossRegionReferences: true });
  const sessions = new dynamodb.Table(stack, 'Sessions', {
    partitionKey: { name: 'sid', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PROVISIONED,
    readCapacity: 5,
    writeCapacity: 5,
    timeToLiveAttribute: 'ttl',
    removalPolicy: RemovalPolicy.DESTROY,
  });
  sessions.autoScaleReadCapacity({ minCapacity: 5, maxCapacity: 100 }).scaleOnUtilization({ targetUtilizationPercent: 70 });
  sessions.autoScaleWriteCapacity({ minCapacity: 5, maxCapacity: 100 }).scaleOnUtilization({ targetUtilizationPercent: 70 });

  const profiles = new dynamodb.TableV2(stack, 'Profiles', {
    partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'sk', type: dynamodb.AttributeType.NUMBER },
    globalSecondaryIndexes: [{ indexName: 'byMail', partitionKey: { name: 'mail', type: dynamodb.AttributeType.STRING } }],
    localSecondaryIndexes: [{ indexName: 'byAge', sortKey: { name: 'age', type: dynamodb.AttributeType.NUMBER } }],
    replicas: [{ region: 'eu-west-1', tableClass: dynamodb.TableClass.STANDARD_INFREQUENT_ACCESS }, { region: 'ap-southeast-2', pointInTimeRecovery: true }],
    tableClass: dynamodb.TableClass.STANDARD,
    contributorInsights: true,
  });
  const agnostic = new Stack(app, 'Agnostic');
  const local = new dynamodb.TableV2(agnostic, 'Local', { tableName: 'local', partitionKey: { name: 'id', type: dynamodb.AttributeType.BINARY }, encryption: dynamodb.TableEncryptionV2.awsManagedKey() });

  const make = (scope: Stack, table: dynamodb.ITable) => table.grantReadWriteData(new Function(scope, 'Fn', {
    runtime: Runtime.PYTHON_3_12, handler: 'index.handler', code: Code.fromInline('def handler(e, c): pass'), timeout: Duration.seconds(5), environment: { TABLE: table.tableName },
  }));
  make(stack, profiles);
  make(agnostic, local);
  sessions.grantFullAccess(new User(stack, 'Operator'));
  new Policy(stack, 'Orphan', { statements: [new PolicyStatement({ actions: ['dynamodb:*'], resources: [`${sessions.tableArn}*`] })], users: [User.fromUserName(stack, 'Ops', 'ops')] });
};
