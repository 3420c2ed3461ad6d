import { App, CustomResource, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime, SingletonFunction } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { asset } from './sample';

// Everything that CDK runs on its own: a Provider with waiting, AwsCustomResource, deployed files, emptied buckets, log retention, notifications.
export const customResources = (app: App): void => {
  const stack = new Stack(app, 'CustomResources');
  const seedBucket = new Bucket(stack, 'Seed', { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
  new BucketDeployment(stack, 'SeedFiles', { sources: [Source.asset(asset('site')), Source.jsonData('config.json', { stage: 'dev' })], destinationBucket: seedBucket, memoryLimit: 512 });

  const onEvent = new Function(stack, 'OnEvent', {
    runtime: Runtime.PYTHON_3_12,
    handler: 'index.on_event',
    code: Code.fromInline('def on_event(event, context):\n    return {"PhysicalResourceId": "seed"}'),
    logRetention: RetentionDays.ONE_DAY,
  });
  seedBucket.grantRead(onEvent);
  const isComplete = new Function(stack, 'IsComplete', {
    runtime: Runtime.PYTHON_3_12,
    handler: 'index.is_complete',
    code: Code.fromInline('def is_complete(event, context):\n    return {"IsComplete": True}'),
    logRetention: RetentionDays.ONE_DAY,
  });
  const provider = new Provider(stack, 'Provider', { onEventHandler: onEvent, isCompleteHandler: isComplete, queryInterval: Duration.seconds(30), logRetention: RetentionDays.ONE_DAY });
  new CustomResource(stack, 'SeedData', { serviceToken: provider.serviceToken, resourceType: 'Custom::Seed', properties: { version: 3 } });

  const parameter = new StringParameter(stack, 'Setting', { parameterName: '/sample/setting', stringValue: 'on' });
  const lookup = new AwsCustomResource(stack, 'GetParameter', {
    onUpdate: { service: 'SSM', action: 'getParameter', parameters: { Name: parameter.parameterName }, physicalResourceId: PhysicalResourceId.of('setting') },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
    installLatestAwsSdk: false,
  });
  const certificate = new AwsCustomResource(stack, 'DescribeEndpoint', {
    onCreate: { service: 'Iot', action: 'describeEndpoint', parameters: { endpointType: 'iot:Data-ATS' }, physicalResourceId: PhysicalResourceId.of('endpoint') },
    policy: AwsCustomResourcePolicy.fromStatements([new PolicyStatement({ actions: ['iot:DescribeEndpoint'], resources: ['*'] })]),
  });
  certificate.node.addDependency(lookup);

  const singleton = new SingletonFunction(stack, 'Singleton', {
    uuid: 'f7d4f730-4ee1-11e8-9c2d-fa7ae01bbebc',
    runtime: Runtime.NODEJS_20_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => {};'),
    environment: { VALUE: lookup.getResponseField('Parameter.Value') },
  });
  singleton.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParameters'], resources: [parameter.parameterArn] }));

  const inbox = new Bucket(stack, 'Inbox', { eventBridgeEnabled: true });
  inbox.addEventNotification(EventType.OBJECT_REMOVED, new SqsDestination(new Queue(stack, 'Removed')));
};
