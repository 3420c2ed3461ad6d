import {
  App, aws_cognito as cognito, aws_iam as iam, aws_kinesisfirehose as firehose, aws_lambda as lambda, aws_logs as logs,
  aws_logs_destinations as logDestinations, aws_s3 as s3, aws_ses as ses, CfnOutput, Duration, RemovalPolicy, Size, Stack,
} from 'aws-cdk-lib';
import {
  AccessLogFormat, AuthorizationType, CognitoUserPoolsAuthorizer, LambdaIntegration, LogGroupLogDestination, MethodLoggingLevel, Period,
  RequestValidator, RestApi,
} from 'aws-cdk-lib/aws-apigateway';
import { CfnInclude } from 'aws-cdk-lib/cloudformation-include';
import { asset } from './sample';

const code = lambda.Code.fromInline('exports.handler = async (event) => event;');

// Browser uploads: user pool with triggers and groups, identity pool with roles, a bucket per user by policy variable.
export const identityPool = (app: App): void => {
  const stack = new Stack(app, 'Uploads');
  const preSignUp = new lambda.Function(stack, 'PreSignUp', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code });
  const pool = new cognito.UserPool(stack, 'Users', {
    userPoolName: 'photo-users',
    selfSignUpEnabled: true,
    signInAliases: { phone: true, email: true },
    lambdaTriggers: { preSignUp },
    accountRecovery: cognito.AccountRecovery.EMAIL_ONLY,
    customAttributes: { tenant: new cognito.StringAttribute({ mutable: false }) },
  });
  pool.addTrigger(cognito.UserPoolOperation.POST_CONFIRMATION, new lambda.Function(stack, 'PostConfirmation', { runtime: lambda.Runtime.NODEJS_20_X, handler: 'index.handler', code }));
  const client = new cognito.UserPoolClient(stack, 'Client', { userPool: pool, authFlows: { userSrp: true }, accessTokenValidity: Duration.days(1) });
  new cognito.CfnUserPoolGroup(stack, 'Admins', { userPoolId: pool.userPoolId, groupName: 'admins' });
  const identities = new cognito.CfnIdentityPool(stack, 'Identities', { allowUnauthenticatedIdentities: true, cognitoIdentityProviders: [{ clientId: client.userPoolClientId, providerName: pool.userPoolProviderName }] });
  const bucket = new s3.Bucket(stack, 'Photos', { cors: [{ allowedHeaders: ['*'], allowedMethods: [s3.HttpMethods.GET, s3.HttpMethods.PUT, s3.HttpMethods.POST], allowedOrigins: ['*'], maxAge: 3000 }] });
  const role = (id: string, amr: string) => new iam.Role(stack, id, {
    assumedBy: new iam.FederatedPrincipal('cognito-identity.amazonaws.com', {
      'StringEquals': { 'cognito-identity.amazonaws.com:aud': identities.ref }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': amr },
    }, 'sts:AssumeRoleWithWebIdentity'),
  });
  const authenticated = role('Authenticated', 'authenticated');
  const guest = role('Guest', 'unauthenticated');
  authenticated.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject', 's3:PutObject', 's3:DeleteObject'], resources: [bucket.arnForObjects('private/${cognito-identity.amazonaws.com:sub}/*')] }));
  authenticated.addToPolicy(new iam.PolicyStatement({ actions: ['mobileanalytics:PutEvents', 'cognito-sync:*', 'cognito-identity:*'], resources: ['*'] }));
  guest.addToPolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('public/*')] }));
  new cognito.CfnIdentityPoolRoleAttachment(stack, 'Roles', { identityPoolId: identities.ref, roles: { authenticated: authenticated.roleArn, unauthenticated: guest.roleArn } });
  new CfnOutput(stack, 'ClientId', { value: client.userPoolClientId });
};

// Logs of a function go by subscription to Firehose and a bucket, errors to another function that mails them.
export const logShipping = (app: App): void => {
  const stack = new Stack(app, 'LogShipping');
  const archive = new s3.Bucket(stack, 'Archive', { lifecycleRules: [{ transitions: [{ storageClass: s3.StorageClass.GLACIER, transitionAfter: Duration.days(30) }] }], removalPolicy: RemovalPolicy.RETAIN });
  const stream = new firehose.DeliveryStream(stack, 'Delivery', {
    destination: new firehose.S3Bucket(archive, { bufferingInterval: Duration.minutes(5), bufferingSize: Size.mebibytes(5), compression: firehose.Compression.GZIP, dataOutputPrefix: 'logs/' }),
  });
  const appFn = new lambda.Function(stack, 'App', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code: lambda.Code.fromAsset(asset('handler')), logRetention: logs.RetentionDays.TWO_WEEKS });
  appFn.logGroup.addSubscriptionFilter('ToFirehose', { destination: new logDestinations.FirehoseDestination(stream), filterPattern: logs.FilterPattern.allEvents() });
  const mailer = new lambda.Function(stack, 'Mailer', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code, environment: { TO: 'dev@example.com' } });
  mailer.addToRolePolicy(new iam.PolicyStatement({ actions: ['ses:SendEmail', 'ses:SendRawEmail'], resources: ['*'] }));
  appFn.logGroup.addSubscriptionFilter('Errors', { destination: new logDestinations.LambdaDestination(mailer), filterPattern: logs.FilterPattern.anyTerm('ERROR', 'Task timed out') });
  new logs.MetricFilter(stack, 'ErrorCount', { logGroup: appFn.logGroup, metricNamespace: 'App', metricName: 'Errors', filterPattern: logs.FilterPattern.literal('ERROR') });
  new ses.EmailIdentity(stack, 'Identity', { identity: ses.Identity.email('dev@example.com') });
};

// Somebody who did most of it: encrypted, logged, validated, authorized, traced. Little is left to harden, and nothing may get worse.
export const carefulApi = (app: App): void => {
  const stack = new Stack(app, 'Careful');
  const users = new cognito.UserPool(stack, 'Users', {
    passwordPolicy: { minLength: 12, requireDigits: true, requireLowercase: true, requireSymbols: true, requireUppercase: true },
    mfa: cognito.Mfa.REQUIRED,
    mfaSecondFactor: { otp: true, sms: false },
    deletionProtection: true,
    featurePlan: cognito.FeaturePlan.PLUS,
    standardThreatProtectionMode: cognito.StandardThreatProtectionMode.FULL_FUNCTION,
  });
  const accessLog = new logs.LogGroup(stack, 'AccessLog', { retention: logs.RetentionDays.ONE_YEAR });
  const api = new RestApi(stack, 'Api', {
    cloudWatchRole: false,
    deployOptions: {
      accessLogDestination: new LogGroupLogDestination(accessLog),
      accessLogFormat: AccessLogFormat.jsonWithStandardFields(),
      loggingLevel: MethodLoggingLevel.ERROR,
      tracingEnabled: true,
      throttlingRateLimit: 20,
      throttlingBurstLimit: 10,
    },
    minCompressionSize: Size.kibibytes(1),
  });
  const logGroup = new logs.LogGroup(stack, 'FnLog', { retention: logs.RetentionDays.ONE_YEAR });
  const role = new iam.Role(stack, 'FnRole', { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const fn = new lambda.Function(stack, 'Fn', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code, role, logGroup, tracing: lambda.Tracing.ACTIVE, memorySize: 512, timeout: Duration.seconds(10), deadLetterQueueEnabled: true });
  logGroup.grantWrite(role);
  const validator = new RequestValidator(stack, 'Validator', { restApi: api, validateRequestBody: true, validateRequestParameters: true });
  api.root.addResource('orders').addMethod('POST', new LambdaIntegration(fn), { authorizer: new CognitoUserPoolsAuthorizer(stack, 'Auth', { cognitoUserPools: [users] }), authorizationType: AuthorizationType.COGNITO, requestValidator: validator });
  api.addUsagePlan('Plan', { quota: { limit: 1000, period: Period.MONTH } });
};

// A stack half of which still is a CloudFormation template, included and then extended with L2s.
export const includedTemplate = (app: App): void => {
  const stack = new Stack(app, 'Included');
  const template = new CfnInclude(stack, 'Template', { templateFile: asset('legacy-template.json'), parameters: { Stage: 'prod' } });
  const queue = template.getResource('IngestQueue') as unknown as { attrArn: string };
  const reader = new lambda.Function(stack, 'Reader', { runtime: lambda.Runtime.PYTHON_3_12, handler: 'app.handler', code: lambda.Code.fromAsset(asset('python')) });
  reader.addEventSourceMapping('Queue', { eventSourceArn: queue.attrArn, batchSize: 10 });
  reader.addToRolePolicy(new iam.PolicyStatement({ actions: ['sqs:*'], resources: [queue.attrArn] }));
};
