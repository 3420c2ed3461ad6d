import { App, CfnCondition, CfnParameter, Duration, Fn, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as ec2 from 'aws-cdk-lib/aws-ec2';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as kms from 'aws-cdk-lib/aws-kms';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as logs from 'aws-cdk-lib/aws-logs';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as sqs from 'aws-cdk-lib/aws-sqs';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';

// An author who set unsafe values on purpose: public website bucket over http, open routes and queues, administrator rights, tracing off.
export const explicitUnsafe = (app: App): void => {
  const stack = new Stack(app, 'Unsafe');
  const website = new s3.Bucket(stack, 'Website', {
    websiteIndexDocument: 'index.html',
    publicReadAccess: true,
    blockPublicAccess: new s3.BlockPublicAccess({
      blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false,
    }),
    versioned: false,
    enforceSSL: false,
    encryption: s3.BucketEncryption.UNENCRYPTED,
    objectOwnership: s3.ObjectOwnership.OBJECT_WRITER,
    cors: [{ allowedMethods: [s3.HttpMethods.GET, s3.HttpMethods.PUT], allowedOrigins: ['*'] }],
  });
  new cloudfront.Distribution(stack, 'Cdn', {
    defaultBehavior: { origin: new origins.S3StaticWebsiteOrigin(website), viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.ALLOW_ALL },
    additionalBehaviors: { '/api/*': { origin: new origins.HttpOrigin('api.example.com', { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY }), allowedMethods: cloudfront.AllowedMethods.ALLOW_ALL } },
  });
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: false });
  const open = new sqs.Queue(stack, 'Open', { enforceSSL: false, encryption: sqs.QueueEncryption.UNENCRYPTED });
  open.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.AnyPrincipal()], actions: ['sqs:SendMessage'], resources: ['*'] }));
  const topic = new sns.Topic(stack, 'Topic', { enforceSSL: false });
  topic.addToResourcePolicy(new iam.PolicyStatement({ principals: [new iam.StarPrincipal()], actions: ['sns:Publish', 'sns:Subscribe'], resources: [topic.topicArn] }));
  new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    encryption: dynamodb.TableEncryption.DEFAULT,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: false },
    deletionProtection: false,
  });
  const role = new iam.Role(stack, 'God', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [iam.ManagedPolicy.fromAwsManagedPolicyName('AdministratorAccess')] });
  const fn = new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_16_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    role,
    tracing: lambda.Tracing.DISABLED,
    recursiveLoop: lambda.RecursiveLoop.ALLOW,
    timeout: Duration.seconds(3),
    memorySize: 128,
    environment: { DEBUG: '*', KEY: key.keyId },
  });
  fn.addPermission('Anybody', { principal: new iam.AnyPrincipal() });
  const api = new apigateway.RestApi(stack, 'Api', {
    deployOptions: { tracingEnabled: false, dataTraceEnabled: true, loggingLevel: apigateway.MethodLoggingLevel.OFF, cachingEnabled: true, cacheDataEncrypted: false, cacheClusterEnabled: true, cacheClusterSize: '0.5' },
  });
  api.root.addMethod('ANY', new apigateway.LambdaIntegration(fn), { authorizationType: apigateway.AuthorizationType.NONE });
  api.root.addProxy({ anyMethod: true, defaultIntegration: new apigateway.LambdaIntegration(fn) });
  const pool = new cognito.UserPool(stack, 'Pool', {
    selfSignUpEnabled: true,
    mfa: cognito.Mfa.OFF,
    deletionProtection: false,
    passwordPolicy: { minLength: 6, requireDigits: false, requireLowercase: false, requireSymbols: false, requireUppercase: false },
    signInAliases: { username: true, email: true },
    featurePlan: cognito.FeaturePlan.LITE,
  });
  pool.addClient('Client', { preventUserExistenceErrors: false, enableTokenRevocation: false, authFlows: { adminUserPassword: true, userPassword: true, custom: true }, refreshTokenValidity: Duration.days(3650) });
  new logs.LogGroup(stack, 'Forever', { retention: logs.RetentionDays.INFINITE, removalPolicy: RemovalPolicy.DESTROY });
  new sfn.StateMachine(stack, 'Machine', { definitionBody: sfn.DefinitionBody.fromChainable(new sfn.Pass(stack, 'Nothing')), tracingEnabled: false, logs: { destination: new logs.LogGroup(stack, 'MachineLogs'), level: sfn.LogLevel.ERROR } });
  const vpc = new ec2.Vpc(stack, 'Vpc', { natGateways: 0 });
  new ec2.SecurityGroup(stack, 'Wide', { vpc }).addIngressRule(ec2.Peer.anyIpv4(), ec2.Port.allTraffic(), 'everything');
};

// Values that are known only at deployment: parameters, imports of other stacks' exports, conditions, secrets by reference.
export const tokenValues = (app: App): void => {
  const stack = new Stack(app, 'Tokens');
  const memory = new CfnParameter(stack, 'Memory', { type: 'Number', default: 256 });
  const seconds = new CfnParameter(stack, 'TimeoutSeconds', { type: 'Number', default: 20 });
  const retention = new CfnParameter(stack, 'Retention', { type: 'Number', default: 14 });
  const bucketName = new CfnParameter(stack, 'BucketName');
  const tracing = new CfnParameter(stack, 'Tracing', { default: 'PassThrough' });
  const imported = s3.Bucket.fromBucketName(stack, 'Imported', Fn.importValue('shared-bucket'));
  const own = new s3.Bucket(stack, 'Own', { bucketName: bucketName.valueAsString });
  const fn = new lambda.Function(stack, 'Fn', {
    runtime: lambda.Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: lambda.Code.fromCfnParameters(),
    memorySize: memory.valueAsNumber,
    timeout: Duration.seconds(seconds.valueAsNumber),
    environment: { BUCKET: imported.bucketName },
    reservedConcurrentExecutions: Token.asNumber(Fn.importValue('concurrency')),
  });
  (fn.node.defaultChild as lambda.CfnFunction).tracingConfig = { mode: tracing.valueAsString };
  imported.grantRead(fn);
  own.grantWrite(fn);
  new logs.LogGroup(stack, 'Log', { logGroupName: Fn.join('/', ['/app', stack.stackName]), retention: retention.valueAsNumber });
  const table = dynamodb.Table.fromTableArn(stack, 'Table', Fn.importValue('table-arn'));
  table.grantReadData(fn);
  const subscription = new sns.Topic(stack, 'Topic', { masterKey: kms.Key.fromKeyArn(stack, 'ImportedKey', Fn.importValue('key-arn')) });
  subscription.grantPublish(fn);
  const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Fn.ref('AWS::AccountId'), '111122223333') });
  new sqs.CfnQueue(stack, 'Queue', { visibilityTimeout: seconds.valueAsNumber, kmsMasterKeyId: Token.asString(Fn.conditionIf(isProd.logicalId, 'alias/aws/sqs', Fn.ref('AWS::NoValue'))) });
  stack.templateOptions.description = 'values that only CloudFormation knows';
  stack.addTransform('AWS::LanguageExtensions');
};
