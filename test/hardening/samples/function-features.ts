import { App, CfnOutput, Duration, Size, Stack } from 'aws-cdk-lib';
import { Alarm, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { SnsDestination, SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { asset } from './sample';

// Function URLs: one open to everybody with CORS, one on an alias for signed callers, one streaming.
export const functionUrls = (app: App): void => {
  const stack = new Stack(app, 'Urls');
  const code = lambda.Code.fromAsset(asset('handler'));
  const open = new lambda.Function(stack, 'Webhook', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
  const url = open.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE, cors: { allowedOrigins: ['*'], allowedMethods: [lambda.HttpMethod.ALL] } });
  const signed = new lambda.Function(stack, 'Internal', { runtime: lambda.Runtime.NODEJS_22_X, handler: 'index.handler', code });
  const signedUrl = signed.addAlias('live').addFunctionUrl();
  signedUrl.grantInvokeUrl(open);
  const streaming = new lambda.Function(stack, 'Streaming', { runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code });
  new lambda.FunctionUrl(stack, 'StreamingUrl', { function: streaming, authType: lambda.FunctionUrlAuthType.AWS_IAM, invokeMode: lambda.InvokeMode.RESPONSE_STREAM });
  new CfnOutput(stack, 'WebhookUrl', { value: url.url });
};

// Layers, an image from a repository, temporary storage, snap start, a log group of its own and destinations.
export const layersAndImages = (app: App): void => {
  const stack = new Stack(app, 'Packages');
  const layer = new lambda.LayerVersion(stack, 'Shared', { code: lambda.Code.fromAsset(asset('layer')), compatibleRuntimes: [lambda.Runtime.NODEJS_20_X, lambda.Runtime.NODEJS_22_X], license: 'Apache-2.0' });
  layer.addPermission('Partner', { accountId: '444455556666' });

  new lambda.DockerImageFunction(stack, 'Image', {
    code: lambda.DockerImageCode.fromEcr(Repository.fromRepositoryName(stack, 'Repo', 'inference'), { tagOrDigest: 'v12' }),
    memorySize: 3008,
    ephemeralStorageSize: Size.gibibytes(4),
    timeout: Duration.minutes(15),
  });

  const logGroup = new LogGroup(stack, 'AsyncLogs', { retention: RetentionDays.ONE_MONTH });
  new lambda.Function(stack, 'Async', {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromAsset(asset('handler')),
    layers: [layer],
    logGroup,
    loggingFormat: lambda.LoggingFormat.JSON,
    onFailure: new SqsDestination(new Queue(stack, 'Failed')),
    onSuccess: new SnsDestination(new Topic(stack, 'Succeeded')),
    retryAttempts: 1,
    maxEventAge: Duration.hours(1),
    insightsVersion: lambda.LambdaInsightsVersion.VERSION_1_0_229_0,
  });
  const java = new lambda.Function(stack, 'Java', {
    runtime: lambda.Runtime.JAVA_21,
    handler: 'com.example.Handler',
    code: lambda.Code.fromAsset(asset('handler')),
    snapStart: lambda.SnapStartConf.ON_PUBLISHED_VERSIONS,
    memorySize: 1769,
    tracing: lambda.Tracing.PASS_THROUGH,
  });
  java.currentVersion.addAlias('prod');
};

// A canary: versions behind an alias with provisioned concurrency and scaling, moved by CodeDeploy with alarms and hooks.
export const canary = (app: App): void => {
  const stack = new Stack(app, 'Canary');
  const handler = (id: string, text: string) => new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: lambda.Code.fromInline(`exports.handler = async () => "${text}";`),
    currentVersionOptions: { provisionedConcurrentExecutions: id === 'Fn' ? 2 : undefined },
  });
  const fn = handler('Fn', 'hello');
  const alias = new lambda.Alias(stack, 'Prod', { aliasName: 'prod', version: fn.currentVersion, provisionedConcurrentExecutions: 5 });
  const scaling = alias.addAutoScaling({ minCapacity: 5, maxCapacity: 50 });
  scaling.scaleOnUtilization({ utilizationTarget: 0.7 });
  const alarm = new Alarm(stack, 'Errors', { metric: alias.metricErrors({ period: Duration.minutes(1) }), threshold: 1, evaluationPeriods: 1, treatMissingData: TreatMissingData.NOT_BREACHING });
  new LambdaDeploymentGroup(stack, 'Deployments', {
    alias,
    deploymentConfig: LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES,
    alarms: [alarm],
    preHook: handler('PreHook', 'before'),
    postHook: handler('PostHook', 'after'),
  });
  const legacy = handler('Legacy', 'old');
  new lambda.Version(stack, 'LegacyV1', { lambda: legacy, description: 'v1' });
};
