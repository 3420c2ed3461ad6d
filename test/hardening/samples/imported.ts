import { App, Stack } from 'aws-cdk-lib';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Table } from 'aws-cdk-lib/aws-dynamodb';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, LayerVersion, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

// One new function among resources that others own: nothing imported may be touched.
export const importedResources = (app: App): void => {
  const stack = new Stack(app, 'Guest', { env: { account: '111122223333', region: 'us-west-2' } });
  const bucket = Bucket.fromBucketName(stack, 'Data', 'data-lake-raw');
  const table = Table.fromTableAttributes(stack, 'Lookup', { tableName: 'lookup', globalIndexes: ['byName'] });
  const key = Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-west-2:111122223333:key/11111111-2222-3333-4444-555555555555');
  const encrypted = Table.fromTableAttributes(stack, 'Ledger', { tableArn: 'arn:aws:dynamodb:us-west-2:111122223333:table/ledger', encryptionKey: key });
  const queue = Queue.fromQueueArn(stack, 'Queue', 'arn:aws:sqs:us-west-2:111122223333:incoming');
  const topic = Topic.fromTopicArn(stack, 'Topic', 'arn:aws:sns:us-west-2:444455556666:prices');
  const role = Role.fromRoleArn(stack, 'Role', 'arn:aws:iam::111122223333:role/lambda-shared');
  const secret = Secret.fromSecretNameV2(stack, 'Secret', 'vendor/token');
  const layer = LayerVersion.fromLayerVersionArn(stack, 'Insights', 'arn:aws:lambda:us-west-2:580247275435:layer:LambdaInsightsExtension:53');
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', { vpcId: 'vpc-12345', availabilityZones: ['us-west-2a', 'us-west-2b'], privateSubnetIds: ['subnet-1', 'subnet-2'] });
  const logGroup = LogGroup.fromLogGroupName(stack, 'Logs', '/shared/lambda');

  const shared = new Function(stack, 'WithSharedRole', { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {}'), role, layers: [layer], logGroup });
  shared.addEventSource(new SqsEventSource(queue, { batchSize: 5 }));
  topic.addSubscription(new LambdaSubscription(shared));

  const reader = new Function(stack, 'Reader', {
    runtime: Runtime.JAVA_17, handler: 'com.example.Handler::handleRequest', code: Code.fromBucket(Bucket.fromBucketName(stack, 'Artifacts', 'artifacts'), 'reader/1.4.2.jar'), vpc, memorySize: 2048,
  });
  bucket.grantRead(reader, 'prices/*');
  table.grantReadData(reader);
  encrypted.grantReadWriteData(reader);
  secret.grantRead(reader);
  StringParameter.fromStringParameterName(stack, 'Flag', '/flags/reader').grantRead(reader);
  bucket.addEventNotification(EventType.OBJECT_CREATED_PUT, new LambdaDestination(reader), { prefix: 'prices/' });

  const legacy = Function.fromFunctionArn(stack, 'Legacy', 'arn:aws:lambda:us-west-2:111122223333:function:legacy');
  new Rule(stack, 'Nightly', { schedule: Schedule.cron({ hour: '3', minute: '15' }), targets: [new LambdaFunction(legacy), new SqsQueue(queue)] });
  new Rule(stack, 'OnBus', { eventBus: EventBus.fromEventBusName(stack, 'Bus', 'corporate'), eventPattern: { source: ['crm'] }, targets: [new LambdaFunction(reader)] });
  UserPool.fromUserPoolId(stack, 'Pool', 'us-west-2_abc123').addClient('GuestClient', { generateSecret: true });
  const api = HttpApi.fromHttpApiAttributes(stack, 'Api', { httpApiId: 'a1b2c3' });
  new Stack(app, 'Consumer').exportValue('nothing', { name: `of-${api.apiId}` });
  new HttpApi(stack, 'Own', { createDefaultStage: true }).addRoutes({ path: '/prices', methods: [HttpMethod.GET], integration: new HttpLambdaIntegration('Prices', reader) });
};
