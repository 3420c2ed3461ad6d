import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import * as cloudwatch from 'aws-cdk-lib/aws-cloudwatch';
import * as actions from 'aws-cdk-lib/aws-cloudwatch-actions';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as efs from 'aws-cdk-lib/aws-efs';
import * as events from 'aws-cdk-lib/aws-events';
import * as targets from 'aws-cdk-lib/aws-events-targets';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as destinations from 'aws-cdk-lib/aws-lambda-destinations';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';

const code = lambda.Code.fromInline('exports.handler = async () => {};');

// A circuit breaker: the state of a flaky service is kept in a table, errors are events on the default bus.
export const circuitBreaker = (app: App): void => {
  const stack = new Stack(app, 'CircuitBreaker');
  const table = new dynamodb.Table(stack, 'CircuitState', { partitionKey: { name: 'callId', type: dynamodb.AttributeType.STRING }, timeToLiveAttribute: 'openUntil' });
  table.addGlobalSecondaryIndex({ indexName: 'byHost', partitionKey: { name: 'host', type: dynamodb.AttributeType.STRING }, sortKey: { name: 'openUntil', type: dynamodb.AttributeType.NUMBER } });
  const vendor = new lambda.Function(stack, 'CallVendor', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code, environment: { TABLE_NAME: table.tableName }, timeout: Duration.seconds(20) });
  table.grantReadData(vendor);
  const eventPolicy = new iam.PolicyStatement({ effect: iam.Effect.ALLOW, resources: ['*'], actions: ['events:PutEvents'] });
  vendor.addToRolePolicy(eventPolicy);
  const error = new lambda.Function(stack, 'CountErrors', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code, environment: { TABLE_NAME: table.tableName }, timeout: Duration.seconds(3) });
  table.grantWriteData(error);
  const rule = new events.Rule(stack, 'VendorFailed', { description: 'a call of the vendor failed', eventPattern: { source: ['shop.vendor'], detailType: ['call'], detail: { ok: [false] } } });
  rule.addTarget(new targets.LambdaFunction(error));
  new apigw.LambdaRestApi(stack, 'Gateway', { handler: vendor });
};

// Lambda destinations: an API publishes to a topic, the function's success and failure go to a bus and from there to two more functions.
export const lambdaDestinations = (app: App): void => {
  const stack = new Stack(app, 'Destinations');
  const topic = new sns.Topic(stack, 'inbox', { displayName: 'What comes in' });
  const bus = new events.EventBus(stack, 'EventBus', { eventBusName: 'outcomes' });
  const destined = new lambda.Function(stack, 'Work', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code,
    retryAttempts: 0,
    onSuccess: new destinations.EventBridgeDestination(bus),
    onFailure: new destinations.EventBridgeDestination(bus),
  });
  topic.addSubscription(new (class { bind() { return { subscriberId: 'Destined', protocol: sns.SubscriptionProtocol.LAMBDA, endpoint: destined.functionArn, subscriberScope: destined }; } })());
  destined.addPermission('AllowTopic', { principal: new iam.ServicePrincipal('sns.amazonaws.com'), sourceArn: topic.topicArn });
  for (const [id, condition] of [['success', 'Success'], ['failure', 'Failure']] as const) {
    const follow = new lambda.Function(stack, `${id}Fn`, { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code, timeout: Duration.seconds(3) });
    new events.Rule(stack, `${id}Rule`, { eventBus: bus, eventPattern: { detail: { requestContext: { condition: [condition] } } }, targets: [new targets.LambdaFunction(follow)] });
  }
  const gateway = new apigw.RestApi(stack, 'InboxApi', { deployOptions: { metricsEnabled: true, loggingLevel: apigw.MethodLoggingLevel.INFO, dataTraceEnabled: true, stageName: 'prod' } });
  const publishRole = new iam.Role(stack, 'PublishRole', { assumedBy: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  topic.grantPublish(publishRole);
  gateway.root.addResource('events').addMethod('GET', new apigw.Integration({
    type: apigw.IntegrationType.AWS,
    integrationHttpMethod: 'POST',
    uri: `arn:aws:apigateway:${stack.region}:sns:path//`,
    options: { credentialsRole: publishRole, requestParameters: { 'integration.request.header.Content-Type': "'application/x-www-form-urlencoded'" }, integrationResponses: [{ statusCode: '200' }] },
  }), { methodResponses: [{ statusCode: '200' }] });
};

// A function with a file system, a gateway endpoint and a security group in a VPC without NAT, behind an HTTP API with a VPC link.
export const efsFunction = (app: App): void => {
  const stack = new Stack(app, 'LambdaEfs', { env: { account: '111122223333', region: 'eu-west-1' } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { maxAzs: 2, natGateways: 0, subnetConfiguration: [{ name: 'isolated', subnetType: ec2.SubnetType.PRIVATE_ISOLATED }], gatewayEndpoints: { S3: { service: ec2.GatewayVpcEndpointAwsService.S3 } } });
  vpc.addInterfaceEndpoint('Sqs', { service: ec2.InterfaceVpcEndpointAwsService.SQS });
  const fs = new efs.FileSystem(stack, 'FileSystem', { vpc });
  const accessPoint = fs.addAccessPoint('AccessPoint', { createAcl: { ownerGid: '1001', ownerUid: '1001', permissions: '750' }, path: '/data', posixUser: { gid: '1001', uid: '1001' } });
  const fn = new lambda.Function(stack, 'Reader', {
    runtime: lambda.Runtime.PYTHON_3_12,
    handler: 'index.handler',
    code: lambda.Code.fromInline('def handler(e, c): return {}'),
    vpc,
    filesystem: lambda.FileSystem.fromEfsAccessPoint(accessPoint, '/mnt/data'),
    vpcSubnets: { subnetType: ec2.SubnetType.PRIVATE_ISOLATED },
    allowAllOutbound: true,
  });
  const api = new apigwv2.HttpApi(stack, 'Api');
  new apigwv2.CfnIntegration(stack, 'Integration', { apiId: api.apiId, integrationType: 'AWS_PROXY', integrationUri: fn.functionArn, payloadFormatVersion: '2.0' });
  fn.addPermission('Api', { principal: new iam.ServicePrincipal('apigateway.amazonaws.com'), sourceArn: `arn:aws:execute-api:${stack.region}:${stack.account}:${api.apiId}/*/*` });
};

// A well watched API: alarms, a dashboard and a topic that somebody reads were written by the author already.
export const watchedApi = (app: App): void => {
  const stack = new Stack(app, 'Watched');
  const table = new dynamodb.Table(stack, 'Hits', { partitionKey: { name: 'path', type: dynamodb.AttributeType.STRING } });
  const fn = new lambda.Function(stack, 'CountHit', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code, environment: { TABLE: table.tableName }, tracing: lambda.Tracing.ACTIVE, timeout: Duration.seconds(3) });
  table.grantReadWriteData(fn);
  const api = new apigwv2.HttpApi(stack, 'Api', {
    defaultIntegration: new (class extends apigwv2.HttpRouteIntegration {
      constructor() { super('Proxy'); }

      bind() {
        return { type: apigwv2.HttpIntegrationType.AWS_PROXY, uri: fn.functionArn, payloadFormatVersion: apigwv2.PayloadFormatVersion.VERSION_2_0 };
      }
    })(),
  });
  fn.addPermission('Invoke', { principal: new iam.ServicePrincipal('apigateway.amazonaws.com') });
  const onCall = new sns.Topic(stack, 'OnCall');
  const deadLetters = new sqs.Queue(stack, 'AlarmsLost');
  onCall.addSubscription(new (class { bind() { return { subscriberId: 'mail', protocol: sns.SubscriptionProtocol.EMAIL, endpoint: 'oncall@example.com', deadLetterQueue: deadLetters }; } })());
  const alarm = (id: string, metric: cloudwatch.IMetric, threshold: number) => new cloudwatch.Alarm(stack, id, {
    metric, threshold, evaluationPeriods: 6, datapointsToAlarm: 1, treatMissingData: cloudwatch.TreatMissingData.NOT_BREACHING,
  })
    .addAlarmAction(new actions.SnsAction(onCall));
  alarm('ClientErrors', api.metricClientError(), 1);
  alarm('ServerErrors', api.metricServerError({ period: Duration.minutes(1), statistic: 'p99' }), 0);
  alarm('SlowP99', fn.metricDuration({ statistic: 'p99' }), 1000);
  alarm('TableThrottles', table.metricThrottledRequestsForOperations({ operations: [dynamodb.Operation.GET_ITEM, dynamodb.Operation.PUT_ITEM] }), 2);
  new cloudwatch.Dashboard(stack, 'Dashboard').addWidgets(new cloudwatch.GraphWidget({ title: 'Requests', left: [api.metricCount()] }), new cloudwatch.SingleValueWidget({ metrics: [fn.metricInvocations()] }));
};
