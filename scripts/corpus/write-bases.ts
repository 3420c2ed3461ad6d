/**
 * Writes what CDK makes of two small apps of L2 constructs: templates that the blind corpus changes.
 *
 *     npx tsx scripts/corpus/write-bases.ts
 */
import { mkdtempSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import {
  App, aws_apigateway as apigateway, aws_cloudwatch as cloudwatch, aws_cloudwatch_actions as actions, aws_cognito as cognito,
  aws_dynamodb as dynamodb,
  aws_iam as iam, aws_kms as kms, aws_lambda as lambda, aws_lambda_event_sources as sources, aws_logs as logs, aws_s3 as s3, aws_sns as sns,
  aws_sns_subscriptions as subscriptions, aws_sqs as sqs, aws_wafv2 as wafv2, DefaultStackSynthesizer, Duration, RemovalPolicy, Stack,
} from 'aws-cdk-lib';

const SIGNING = 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-1';
const BASES = join(__dirname, '../../test/corpus/blind/first/bases');

function appOf(): App {
  const context = { '@aws-cdk/core:target-partitions': ['aws'], '@aws-cdk/aws-s3:serverAccessLogsUseBucketPolicy': true };
  return new App({ outdir: mkdtempSync(join(tmpdir(), 'bases-')), analyticsReporting: false, context });
}

function functionIn(stack: Stack, id: string, key: kms.IKey, alarms: sns.ITopic, more: Partial<lambda.FunctionProps> = {}): lambda.Function {
  const role = new iam.Role(stack, `${id}Role`, { assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com') });
  const logGroup = new logs.LogGroup(stack, `${id}Logs`, { retention: logs.RetentionDays.ONE_YEAR, encryptionKey: key, removalPolicy: RemovalPolicy.RETAIN });
  logGroup.grantWrite(role);
  const made = new lambda.Function(stack, id, {
    role,
    logGroup,
    runtime: lambda.Runtime.NODEJS_24_X,
    handler: 'index.handler',
    code: lambda.Code.fromBucketV2(s3.Bucket.fromBucketName(stack, `${id}Code`, 'shop-artifacts'), `${id}.zip`, { objectVersion: '3' }),
    codeSigningConfig: lambda.CodeSigningConfig.fromCodeSigningConfigArn(stack, `${id}Signing`, SIGNING),
    timeout: Duration.seconds(10),
    memorySize: 256,
    tracing: lambda.Tracing.ACTIVE,
    loggingFormat: lambda.LoggingFormat.JSON,
    environmentEncryption: key,
    reservedConcurrentExecutions: 20,
    ...more,
  });
  for (const [name, metric] of [['Errors', made.metricErrors()], ['Throttles', made.metricThrottles()]] as const) {
    metric.createAlarm(stack, `${id}${name}`, { threshold: 1, evaluationPeriods: 1 }).addAlarmAction(new actions.SnsAction(alarms));
  }
  return made;
}

/** A REST API with a Lambda authorizer, a validator, models and a web ACL, in one stack. */
function restApi(): void {
  const app = appOf();
  const stack = new Stack(app, 'Rest', { synthesizer: new DefaultStackSynthesizer({ generateBootstrapVersionRule: false }) });
  const key = new kms.Key(stack, 'Key', { enableKeyRotation: true });
  const alarms = sns.Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms');
  const table = new dynamodb.Table(stack, 'Orders', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
    encryption: dynamodb.TableEncryption.CUSTOMER_MANAGED,
    encryptionKey: key,
    deletionProtection: true,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  const reader = functionIn(stack, 'Reader', key, alarms, { environment: { TABLE_NAME: table.tableName } });
  reader.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:Query'], resources: [table.tableArn] }));
  const writer = functionIn(stack, 'Writer', key, alarms, { environment: { TABLE_NAME: table.tableName } });
  writer.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:PutItem'], resources: [table.tableArn] }));
  const guard = functionIn(stack, 'Guard', key, alarms);
  const authorizer = new apigateway.RequestAuthorizer(stack, 'Authorizer', {
    handler: guard,
    resultsCacheTtl: Duration.minutes(5),
    identitySources: [
      apigateway.IdentitySource.header('Authorization'), apigateway.IdentitySource.context('httpMethod'), apigateway.IdentitySource.context('path'),
    ],
  });
  const access = new logs.LogGroup(stack, 'Access', { retention: logs.RetentionDays.ONE_YEAR, encryptionKey: key });
  const api = new apigateway.RestApi(stack, 'Api', {
    cloudWatchRole: false,
    endpointConfiguration: { types: [apigateway.EndpointType.REGIONAL] },
    deployOptions: {
      stageName: 'prod',
      tracingEnabled: true,
      metricsEnabled: true,
      loggingLevel: apigateway.MethodLoggingLevel.ERROR,
      throttlingBurstLimit: 50,
      throttlingRateLimit: 100,
      accessLogDestination: new apigateway.LogGroupLogDestination(access),
      accessLogFormat: apigateway.AccessLogFormat.custom(JSON.stringify({
        requestId: '$context.requestId',
        ip: '$context.identity.sourceIp',
        method: '$context.httpMethod',
        resourcePath: '$context.resourcePath',
        status: '$context.status',
        error: '$context.error.message',
        principal: '$context.authorizer.principalId',
      })),
    },
    defaultMethodOptions: { authorizer, authorizationType: apigateway.AuthorizationType.CUSTOM },
  });
  for (const type of [apigateway.ResponseType.DEFAULT_4XX, apigateway.ResponseType.DEFAULT_5XX, apigateway.ResponseType.BAD_REQUEST_BODY]) {
    api.addGatewayResponse(type.responseType, { type, templates: { 'application/json': '{"message":"not possible"}' } });
  }
  const model = api.addModel('Order', {
    contentType: 'application/json',
    schema: {
      type: apigateway.JsonSchemaType.OBJECT,
      additionalProperties: false,
      properties: { id: { type: apigateway.JsonSchemaType.STRING, maxLength: 64 } },
    },
  });
  const requestValidator = api.addRequestValidator('All', { validateRequestBody: true, validateRequestParameters: true });
  const orders = api.root.addResource('orders', { defaultCorsPreflightOptions: { allowOrigins: ['https://shop.example'], allowMethods: ['GET', 'POST'] } });
  const requestModels = { 'application/json': model };
  orders.addMethod('GET', new apigateway.LambdaIntegration(reader, { allowTestInvoke: false }), { requestValidator });
  orders.addMethod('POST', new apigateway.LambdaIntegration(writer, { allowTestInvoke: false }), { requestValidator, requestModels });
  const plan = api.addUsagePlan('Plan', { throttle: { rateLimit: 10, burstLimit: 20 }, quota: { limit: 10_000, period: apigateway.Period.DAY } });
  plan.addApiStage({ stage: api.deploymentStage });
  const visibility = (metricName: string): wafv2.CfnWebACL.VisibilityConfigProperty => (
    { metricName, cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true });
  const managed = (name: string, priority: number): wafv2.CfnWebACL.RuleProperty => ({
    name, priority, overrideAction: { none: {} }, visibilityConfig: visibility(name), statement: { managedRuleGroupStatement: { vendorName: 'AWS', name } },
  });
  const acl = new wafv2.CfnWebACL(stack, 'Acl', {
    scope: 'REGIONAL',
    defaultAction: { allow: {} },
    visibilityConfig: visibility('acl'),
    rules: [
      managed('AWSManagedRulesCommonRuleSet', 0),
      managed('AWSManagedRulesKnownBadInputsRuleSet', 1),
      {
        name: 'rate',
        priority: 2,
        action: { block: {} },
        visibilityConfig: visibility('rate'),
        statement: { rateBasedStatement: { limit: 1000, aggregateKeyType: 'IP' } },
      },
    ],
  });
  new wafv2.CfnWebACLAssociation(stack, 'AclOnApi', { webAclArn: acl.attrArn, resourceArn: api.deploymentStage.stageArn });
  const aclLogs = new logs.LogGroup(stack, 'AclLogs', { logGroupName: 'aws-waf-logs-orders', retention: logs.RetentionDays.ONE_YEAR, encryptionKey: key });
  new wafv2.CfnLoggingConfiguration(stack, 'AclLogging', {
    resourceArn: acl.attrArn,
    logDestinationConfigs: [aclLogs.logGroupArn],
    redactedFields: [{ singleHeader: { Name: 'authorization' } }, { singleHeader: { Name: 'cookie' } }],
  });
  write(app);
}

/** Data in one stack, the functions that use it in another, over exports. */
function split(): void {
  const app = appOf();
  const synthesizer = (): DefaultStackSynthesizer => new DefaultStackSynthesizer({ generateBootstrapVersionRule: false });
  const env = { account: '111122223333', region: 'eu-west-1' };
  const data = new Stack(app, 'Data', { env, synthesizer: synthesizer() });
  const compute = new Stack(app, 'Compute', { env, synthesizer: synthesizer() });
  const key = new kms.Key(data, 'Key', { enableKeyRotation: true });
  const table = new dynamodb.TableV2(data, 'Carts', {
    partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING },
    encryption: dynamodb.TableEncryptionV2.customerManagedKey(key),
    deletionProtection: true,
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
  });
  const logsBucket = new s3.Bucket(data, 'AccessLogs', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.S3_MANAGED,
    enforceSSL: true,
    versioned: true,
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ expiration: Duration.days(400), noncurrentVersionExpiration: Duration.days(30) }],
  });
  const uploads = new s3.Bucket(data, 'Uploads', {
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    encryption: s3.BucketEncryption.KMS,
    encryptionKey: key,
    bucketKeyEnabled: true,
    enforceSSL: true,
    versioned: true,
    serverAccessLogsBucket: logsBucket,
    serverAccessLogsPrefix: 'uploads/',
    objectOwnership: s3.ObjectOwnership.BUCKET_OWNER_ENFORCED,
    lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(90), abortIncompleteMultipartUploadAfter: Duration.days(7) }],
  });
  const failed = new sqs.Queue(data, 'Failed', {
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: Duration.days(14),
    redriveAllowPolicy: { redrivePermission: sqs.RedrivePermission.ALLOW_ALL },
  });
  const jobs = new sqs.Queue(data, 'Jobs', {
    encryptionMasterKey: key, enforceSSL: true, visibilityTimeout: Duration.seconds(60), deadLetterQueue: { queue: failed, maxReceiveCount: 5 },
  });
  // names break the circle of references
  (failed.node.defaultChild as sqs.CfnQueue).redriveAllowPolicy = {
    redrivePermission: 'byQueue', sourceQueueArns: [data.formatArn({ service: 'sqs', resource: 'jobs' })],
  };
  (jobs.node.defaultChild as sqs.CfnQueue).queueName = 'jobs';
  const alarms = new sns.Topic(data, 'Alarms', { masterKey: key, enforceSSL: true });
  new cloudwatch.Alarm(data, 'FailedJobs', { metric: failed.metricApproximateNumberOfMessagesVisible(), threshold: 1, evaluationPeriods: 1 })
    .addAlarmAction(new actions.SnsAction(alarms));
  const news = new sns.Topic(data, 'News', { masterKey: key, enforceSSL: true });
  news.addSubscription(new subscriptions.SqsSubscription(jobs, { deadLetterQueue: failed }));
  const worker = functionIn(compute, 'Worker', key, alarms, { environment: { TABLE_NAME: table.tableName, UPLOADS: uploads.bucketName } });
  worker.addToRolePolicy(new iam.PolicyStatement({ actions: ['dynamodb:GetItem', 'dynamodb:PutItem'], resources: [table.tableArn] }));
  worker.addToRolePolicy(new iam.PolicyStatement({ actions: ['s3:GetObject'], resources: [uploads.arnForObjects('incoming/*')] }));
  worker.addEventSource(new sources.SqsEventSource(jobs, { reportBatchItemFailures: true, maxConcurrency: 5 }));
  const pool = new cognito.CfnIdentityPool(compute, 'Guests', { allowUnauthenticatedIdentities: false, cognitoIdentityProviders: [] });
  const member = new iam.Role(compute, 'Member', {
    assumedBy: new iam.FederatedPrincipal('cognito-identity.amazonaws.com', {
      'StringEquals': { 'cognito-identity.amazonaws.com:aud': pool.ref },
      'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
    }, 'sts:AssumeRoleWithWebIdentity'),
  });
  new cognito.CfnIdentityPoolRoleAttachment(compute, 'Roles', { identityPoolId: pool.ref, roles: { authenticated: member.roleArn } });
  write(app);
}

function write(app: App): void {
  for (const { stackName, template } of app.synth().stacks) {
    const { Parameters: _parameters, ...rest } = template as Record<string, unknown>;
    writeFileSync(join(BASES, `${stackName.toLowerCase()}.json`), `${JSON.stringify(rest, undefined, 1)}\n`);
  }
}

restApi();
split();
