import { App, Duration, Stack } from 'aws-cdk-lib';
import { StepFunctionsRestApi } from 'aws-cdk-lib/aws-apigateway';
import { Table, AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { SfnStateMachine } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Choice, Condition, CustomState, DefinitionBody, DistributedMap, IntegrationPattern, JsonPath, LogLevel, Map, Parallel, Pass, S3ObjectsItemReader, StateMachine, StateMachineType, TaskInput, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService, EventBridgePutEvents, LambdaInvoke, SnsPublish, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';

const inline = Code.fromInline('exports.handler = async () => ({});');

// An express workflow behind a REST API without a function, logging all of its data.
export const expressApi = (app: App): void => {
  const stack = new Stack(app, 'Express');
  const machine = new StateMachine(stack, 'Machine', {
    stateMachineType: StateMachineType.EXPRESS,
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Hello', { parameters: { message: 'hello' } })),
    logs: { destination: new LogGroup(stack, 'MachineLogs'), level: LogLevel.ALL, includeExecutionData: true },
  });
  new StepFunctionsRestApi(stack, 'Api', { stateMachine: machine, deploy: true, headers: true });
};

// A data pipeline: choice, parallel, map, distributed map over a bucket, approval by callback, other services by SDK, started each night.
export const dataPipeline = (app: App): void => {
  const stack = new Stack(app, 'DataPipeline');
  const raw = new Bucket(stack, 'Raw', { transferAcceleration: true });
  const results = new Table(stack, 'Results', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const approvals = new Topic(stack, 'Approvals');
  const role = new Role(stack, 'SharedLambdaRole', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'));
  role.addToPolicy(new PolicyStatement({ sid: 'AllBuckets', actions: ['s3:GetObject', 's3:ListBucket'], resources: ['*'] }));
  results.grantWriteData(role);
  const fn = (id: string) => new Function(stack, id, { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: inline, role, timeout: Duration.minutes(1) });

  const validate = new LambdaInvoke(stack, 'Validate', { lambdaFunction: fn('ValidateFn'), outputPath: '$.Payload' });
  const transform = new Map(stack, 'Transform', { itemsPath: JsonPath.stringAt('$.records'), maxConcurrency: 10 });
  transform.itemProcessor(new LambdaInvoke(stack, 'TransformOne', { lambdaFunction: fn('TransformFn') }));
  const files = new DistributedMap(stack, 'Files', { itemReader: new S3ObjectsItemReader({ bucket: raw, prefix: 'in/' }) });
  files.itemProcessor(new LambdaInvoke(stack, 'ReadFile', { lambdaFunction: fn('ReadFn') }));
  const detect = new CallAwsService(stack, 'Sentiment', { service: 'comprehend', action: 'detectSentiment', parameters: { LanguageCode: 'en', Text: JsonPath.stringAt('$.text') }, iamResources: ['*'] });
  const approve = new SnsPublish(stack, 'AskForApproval', {
    topic: approvals, integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN, message: TaskInput.fromObject({ token: JsonPath.taskToken }),
  });
  const child = new StateMachine(stack, 'Child', { definitionBody: DefinitionBody.fromChainable(new Wait(stack, 'Breathe', { time: WaitTime.duration(Duration.seconds(5)) })) });
  const startChild = new StepFunctionsStartExecution(stack, 'StartChild', { stateMachine: child, integrationPattern: IntegrationPattern.RUN_JOB });
  const publish = new EventBridgePutEvents(stack, 'Publish', { entries: [{ detail: TaskInput.fromJsonPathAt('$'), detailType: 'Done', source: 'pipeline' }] });
  const put = new CustomState(stack, 'Put', { stateJson: { Type: 'Task', Resource: 'arn:aws:states:::dynamodb:putItem', Parameters: { TableName: results.tableName, Item: { id: { 'S.$': '$$.Execution.Id' } } } } });

  const pipeline = new StateMachine(stack, 'Pipeline', {
    definitionBody: DefinitionBody.fromChainable(validate.next(new Choice(stack, 'Big?')
      .when(Condition.numberGreaterThan('$.size', 1000), files.next(startChild))
      .otherwise(new Parallel(stack, 'Both').branch(transform).branch(detect).next(approve).next(put).next(publish)))),
    comment: 'nightly',
  });
  results.grantWriteData(pipeline);
  new Rule(stack, 'Nightly', { schedule: Schedule.rate(Duration.days(1)) }).addTarget(new SfnStateMachine(pipeline, { input: undefined }));
};
