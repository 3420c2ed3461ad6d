import {
  aws_appsync as appsync, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_dynamodb as dynamodb, aws_ecr as ecr, aws_iam as iam,
  aws_iot as iot, aws_kinesis as kinesis, aws_kinesisfirehose as firehose, aws_lambda as lambda, aws_pipes as pipes, aws_s3 as s3, aws_sqs as sqs,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const ROLE = 'arn:aws:iam::111122223333:role/shop';
const ERRORS = { sqs: { queueUrl: 'https://sqs.eu-west-1.amazonaws.com/111122223333/errors', roleArn: ROLE } };
const LAKE = { bucketArn: 'arn:aws:s3:::shop-clicks', roleArn: ROLE };

export const OUTWARD_EXAMPLES: RuleExamples = {
  DeliveryLogging: {
    violates(stack) {
      new firehose.CfnDeliveryStream(stack, 'Lake', { extendedS3DestinationConfiguration: LAKE });
    },
    passes(stack) {
      const cloudWatchLoggingOptions = { enabled: true, logGroupName: '/shop/lake', logStreamName: 'delivery' };
      new firehose.CfnDeliveryStream(stack, 'Lake', { extendedS3DestinationConfiguration: { ...LAKE, cloudWatchLoggingOptions } });
    },
  },
  FailureQueueRights: {
    violates(stack) {
      const failed = new sqs.Queue(stack, 'Failed');
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      new lambda.CfnFunction(stack, 'Bill', { role: role.roleArn, code: { s3Bucket: 'code', s3Key: 'bill.zip' }, deadLetterConfig: { targetArn: failed.queueArn } });
    },
    passes(stack) {
      const failed = new sqs.Queue(stack, 'Failed');
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
      failed.grantSendMessages(role);
      new lambda.CfnFunction(stack, 'Bill', { role: role.roleArn, code: { s3Bucket: 'code', s3Key: 'bill.zip' }, deadLetterConfig: { targetArn: failed.queueArn } });
    },
  },
  GraphqlSourceRights: {
    violates(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });
      orders.grantReadWriteData(role);
      new appsync.CfnDataSource(stack, 'Source', { apiId: 'abc', name: 'orders', type: 'AMAZON_DYNAMODB', serviceRoleArn: role.roleArn });
      new appsync.CfnResolver(stack, 'Order', { apiId: 'abc', typeName: 'Query', fieldName: 'order', dataSourceName: 'orders' });
    },
    passes(stack) {
      const orders = new dynamodb.TableV2(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const role = new iam.Role(stack, 'Role', { assumedBy: new iam.ServicePrincipal('appsync.amazonaws.com') });
      orders.grantReadData(role);
      new appsync.CfnDataSource(stack, 'Source', { apiId: 'abc', name: 'orders', type: 'AMAZON_DYNAMODB', serviceRoleArn: role.roleArn });
      new appsync.CfnResolver(stack, 'Order', { apiId: 'abc', typeName: 'Query', fieldName: 'order', dataSourceName: 'orders' });
    },
  },
  GraphqlTemplateInput: {
    violates(stack) {
      const requestMappingTemplate = '{ "version": "2018-05-29", "method": "GET", "resourcePath": "/orders/$ctx.args.id" }';
      new appsync.CfnResolver(stack, 'Order', { apiId: 'abc', typeName: 'Query', fieldName: 'order', dataSourceName: 'orders', requestMappingTemplate });
    },
    passes(stack) {
      const requestMappingTemplate = '{ "version": "2018-05-29", "method": "GET", "resourcePath": "/orders/$util.urlEncode($ctx.args.id)" }';
      new appsync.CfnResolver(stack, 'Order', { apiId: 'abc', typeName: 'Query', fieldName: 'order', dataSourceName: 'orders', requestMappingTemplate });
    },
  },
  GraphqlTokenClients: {
    violates(stack) {
      const userPoolConfig = { userPoolId: 'eu-west-1_abc', awsRegion: 'eu-west-1', defaultAction: 'ALLOW' };
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AMAZON_COGNITO_USER_POOLS', userPoolConfig });
    },
    passes(stack) {
      const userPoolConfig = { userPoolId: 'eu-west-1_abc', awsRegion: 'eu-west-1', defaultAction: 'ALLOW', appIdClientRegex: '^3n4b5urk1ft4fl3mg5e62d9ado$' };
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AMAZON_COGNITO_USER_POOLS', userPoolConfig });
    },
  },
  GraphqlTokenPattern: {
    violates(stack) {
      const lambdaAuthorizerConfig = { authorizerUri: 'arn:aws:lambda:eu-west-1:111122223333:function:authorize' };
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_LAMBDA', lambdaAuthorizerConfig });
    },
    passes(stack) {
      const lambdaAuthorizerConfig = { authorizerUri: 'arn:aws:lambda:eu-west-1:111122223333:function:authorize', identityValidationExpression: '^Bearer [\\w.-]+$' };
      new appsync.CfnGraphQLApi(stack, 'Api', { name: 'shop', authenticationType: 'AWS_LAMBDA', lambdaAuthorizerConfig });
    },
  },
  ImageRepositoryChecks: {
    violates(stack) {
      new ecr.Repository(stack, 'Images');
    },
    passes(stack) {
      new ecr.Repository(stack, 'Images', { imageTagMutability: ecr.TagMutability.IMMUTABLE, imageScanOnPush: true });
    },
  },
  OriginBucketMethods: {
    violates(stack) {
      const origin = origins.S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Pages'));
      new cloudfront.Distribution(stack, 'Front', { defaultBehavior: { origin, allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL } });
    },
    passes(stack) {
      const origin = origins.S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Pages'));
      new cloudfront.Distribution(stack, 'Front', { defaultBehavior: { origin, allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS } });
    },
  },
  OutboundPlainText: {
    violates(stack) {
      new appsync.CfnDataSource(stack, 'Films', { apiId: 'abc', name: 'films', type: 'HTTP', httpConfig: { endpoint: 'http://films.example.com' } });
    },
    passes(stack) {
      new appsync.CfnDataSource(stack, 'Films', { apiId: 'abc', name: 'films', type: 'HTTP', httpConfig: { endpoint: 'https://films.example.com' } });
    },
  },
  StreamCustomerKey: {
    violates(stack) {
      new kinesis.Stream(stack, 'Clicks', { encryption: kinesis.StreamEncryption.MANAGED });
    },
    passes(stack) {
      new kinesis.Stream(stack, 'Clicks', { encryption: kinesis.StreamEncryption.KMS });
    },
  },
  TargetForeignAccount: {
    violates(stack) {
      new pipes.CfnPipe(stack, 'Pipe', { roleArn: ROLE, source: new sqs.Queue(stack, 'Orders').queueArn, target: 'arn:aws:sqs:eu-west-1:210987654321:bills' });
    },
    passes(stack) {
      new pipes.CfnPipe(stack, 'Pipe', { roleArn: ROLE, source: new sqs.Queue(stack, 'Orders').queueArn, target: new sqs.Queue(stack, 'Bills').queueArn });
    },
  },
  ThingAuthorizerSigning: {
    violates(stack) {
      new iot.CfnAuthorizer(stack, 'Devices', { authorizerFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:devices', signingDisabled: true });
    },
    passes(stack) {
      new iot.CfnAuthorizer(stack, 'Devices', {
        authorizerFunctionArn: 'arn:aws:lambda:eu-west-1:111122223333:function:devices', tokenKeyName: 'token', tokenSigningPublicKeys: { first: 'the public key' },
      });
    },
  },
  ThingPolicyBreadth: {
    violates(stack) {
      const statement = { Effect: 'Allow', Action: 'iot:*', Resource: '*' };
      new iot.CfnPolicy(stack, 'Thing', { policyDocument: { Version: '2012-10-17', Statement: [statement] } });
    },
    passes(stack) {
      const topic = stack.formatArn({ service: 'iot', resource: 'topic', resourceName: 'stations/${iot:Connection.Thing.ThingName}/*' });
      const statement = { Effect: 'Allow', Action: 'iot:Publish', Resource: topic };
      new iot.CfnPolicy(stack, 'Thing', { policyDocument: { Version: '2012-10-17', Statement: [statement] } });
    },
  },
  TopicErrorAction: {
    violates(stack) {
      new iot.CfnTopicRule(stack, 'Readings', { topicRulePayload: { sql: "SELECT * FROM 'stations/+/readings'", actions: [] } });
    },
    passes(stack) {
      new iot.CfnTopicRule(stack, 'Readings', { topicRulePayload: { sql: "SELECT * FROM 'stations/+/readings'", actions: [], errorAction: ERRORS } });
    },
  },
  TopicRuleBreadth: {
    violates(stack) {
      new iot.CfnTopicRule(stack, 'Readings', { topicRulePayload: { sql: "SELECT * FROM '#'", actions: [], errorAction: ERRORS } });
    },
    passes(stack) {
      new iot.CfnTopicRule(stack, 'Readings', { topicRulePayload: { sql: "SELECT * FROM 'stations/+/readings'", actions: [], errorAction: ERRORS } });
    },
  },
  TopicRuleLoop: {
    violates(stack) {
      const actions = [{ republish: { topic: 'stations/all/readings', roleArn: ROLE } }];
      new iot.CfnTopicRule(stack, 'Readings', { topicRulePayload: { sql: "SELECT * FROM 'stations/+/readings'", actions, errorAction: ERRORS } });
    },
    passes(stack) {
      const actions = [{ republish: { topic: 'maps/readings', roleArn: ROLE } }];
      new iot.CfnTopicRule(stack, 'Readings', { topicRulePayload: { sql: "SELECT * FROM 'stations/+/readings'", actions, errorAction: ERRORS } });
    },
  },
};
