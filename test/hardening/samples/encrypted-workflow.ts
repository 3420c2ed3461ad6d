import { App, Duration, SecretValue, Stack } from 'aws-cdk-lib';
import { Authorization, Connection } from 'aws-cdk-lib/aws-events';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, BucketEncryption, EventType } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import {
  Activity, CfnStateMachineAlias, CfnStateMachineVersion, CsvHeaders, CustomerManagedEncryptionConfiguration, DefinitionBody, DistributedMap,
  IntegrationPattern, JsonPath, ResultWriterV2, S3CsvItemReader, StateMachine, StateMachineType, TaskInput, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { HttpInvoke, LambdaInvoke, SqsSendMessage, StepFunctionsInvokeActivity } from 'aws-cdk-lib/aws-stepfunctions-tasks';

const node = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({});') };

// A workflow with a key of its own: each line of a file in child workflows, people who answer by callback, an activity, an HTTP call; versions behind an alias.
export const encryptedWorkflow = (app: App): void => {
  const stack = new Stack(app, 'Screening');
  const key = new Key(stack, 'Key', { enableKeyRotation: true });
  const uploads = new Bucket(stack, 'Uploads');
  const results = new Bucket(stack, 'Results', { encryption: BucketEncryption.KMS_MANAGED });
  const people = new Queue(stack, 'People', { encryption: QueueEncryption.KMS, encryptionMasterKey: key });
  const worker = new Function(stack, 'Worker', node);

  const lines = new DistributedMap(stack, 'Lines', {
    itemReader: new S3CsvItemReader({ bucket: uploads, key: 'lines.csv', csvHeaders: CsvHeaders.useFirstRow() }),
    resultWriterV2: new ResultWriterV2({ bucket: results, prefix: 'out' }),
    mapExecutionType: StateMachineType.EXPRESS,
    toleratedFailurePercentage: 5,
    label: 'lines',
  });
  lines.itemProcessor(new LambdaInvoke(stack, 'Line', { lambdaFunction: worker.currentVersion.addAlias('live') }));
  const ask = new SqsSendMessage(stack, 'Ask', {
    queue: people,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    messageBody: TaskInput.fromObject({ token: JsonPath.taskToken }),
    heartbeatTimeout: Timeout.duration(Duration.hours(8)),
  });
  const activity = new Activity(stack, 'Manual', { encryptionConfiguration: new CustomerManagedEncryptionConfiguration(key) });
  const tell = new HttpInvoke(stack, 'Tell', {
    apiRoot: 'https://api.example.com',
    apiEndpoint: TaskInput.fromText('screenings'),
    method: TaskInput.fromText('POST'),
    connection: new Connection(stack, 'Connection', { authorization: Authorization.basic('screening', SecretValue.secretsManager('partner-login')) }),
  });
  const machine = new StateMachine(stack, 'Machine', {
    definitionBody: DefinitionBody.fromChainable(lines.next(ask).next(new StepFunctionsInvokeActivity(stack, 'ByHand', { activity })).next(tell)),
    encryptionConfiguration: new CustomerManagedEncryptionConfiguration(key, Duration.minutes(10)),
    timeout: Duration.days(7),
  });
  const version = new CfnStateMachineVersion(stack, 'Version', { stateMachineArn: machine.stateMachineArn });
  new CfnStateMachineAlias(stack, 'Live', { name: 'live', routingConfiguration: [{ stateMachineVersionArn: version.attrArn, weight: 100 }] });

  const answers = new Function(stack, 'Answers', node);
  answers.addEventSource(new SqsEventSource(people));
  machine.grantTaskResponse(answers);
  uploads.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(people), { prefix: 'csv/' });
};
