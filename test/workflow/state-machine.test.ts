import { CfnResource, Duration, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType, Table, TableEncryption, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AccountPrincipal, ArnPrincipal, Effect, IGrantable, ManagedPolicy, PolicyStatement, Role, ServicePrincipal, User } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import {
  DefinitionBody, DistributedMap, Fail, IntegrationPattern, Pass, QueryLanguage, S3JsonItemReader, StateMachine, StateMachineType, TaskInput,
} from 'aws-cdk-lib/aws-stepfunctions';
import {
  CallAwsService, DynamoAttributeValue, DynamoPutItem, LambdaInvoke, SnsPublish, StepFunctionsStartExecution,
} from 'aws-cdk-lib/aws-stepfunctions-tasks';
import * as fc from 'fast-check';
import { charging, Json, machineIn, machineOf, only, sending, SOON } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureFunction } from '../../src/function/secure-function';
import { LogMasking } from '../../src/logging/log-masking';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { ErrorCatching } from '../../src/workflow/error-catching';
import { ExecutionData } from '../../src/workflow/execution-data';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { SecureStateMachineProps } from '../../src/workflow/secure-state-machine-props';
import { StateMachineTracing } from '../../src/workflow/state-machine-tracing';
import { templateOf, TestAppOptions, testStack, unexplained } from '../support/apps';
import { aFunction, audit } from '../support/self-audit';

const REASON = 'a nightly report that the next night makes again';
const HERE = { account: '111122223333', region: 'eu-west-1' };

function propertiesOf(props: Partial<SecureStateMachineProps> = {}, options: TestAppOptions = {}): Json {
  const stack = testStack(options);
  machineIn(stack, props);
  return only(templateOf(stack), 'AWS::StepFunctions::StateMachine');
}

function resourceOf(stack: Stack, resource: CfnResource): Json {
  return templateOf(stack).toJSON().Resources[stack.getLogicalId(resource)].Properties;
}

/** What a policy that belongs to the machine's role says, by the id of the construct. */
function statementsOf(stack: Stack, type: string, name: RegExp): Json[] {
  return Object.entries(templateOf(stack).findResources(type)).filter(([id]) => name.test(id))
    .flatMap(([, { Properties: properties }]) => (properties.PolicyDocument ?? properties.Policies[0].PolicyDocument).Statement);
}

const tasksOf = (stack: Stack) => statementsOf(stack, 'AWS::IAM::Policy', /^CheckoutSupportRoleDefaultPolicy/);

const arn = (tail: Json[], service = 'states') => ({
  'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, `:${service}:`, { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ...tail]],
});

describe('a SecureStateMachine by default', () => {
  const stack = testStack();
  const machine = machineIn(stack);
  const template = templateOf(stack);
  const properties = only(template, 'AWS::StepFunctions::StateMachine');

  test('logs every state without its data, and is traced', () => {
    expect(properties.LoggingConfiguration).toEqual({
      Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: stack.resolve(machine.logGroup.logGroupArn) } }],
    });
    expect(properties.TracingConfiguration).toEqual({ Enabled: true });
  });

  test('is a standard one that ends within an hour', () => {
    expect(properties.StateMachineType).toBe('STANDARD');
    expect(JSON.parse(properties.DefinitionString)).toEqual({ StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } }, TimeoutSeconds: 3600 });
    expect(properties.StateMachineName).toBeUndefined();
  });

  test('is encrypted with the key of the stack', () => {
    expect(properties.EncryptionConfiguration).toEqual({
      Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: stack.resolve(machine.encryptionKey!.keyArn), KmsDataKeyReusePeriodSeconds: 300,
    });
  });

  test('logs into an encrypted, masked group that shares a statement in the log policy of the account', () => {
    const group = only(template, 'AWS::Logs::LogGroup');
    expect(group.LogGroupName['Fn::Join'][1][0]).toMatch(/^\/aws\/vendedlogs\/states\/.*Checkout/);
    expect(group.KmsKeyId).toEqual(stack.resolve(machine.encryptionKey!.keyArn));
    expect(group.RetentionInDays).toBe(365);
    expect(group.DataProtectionPolicy).toBeDefined();
  });

  test('lets log delivery read the logs that it hands over encrypted', () => {
    expect(only(template, 'AWS::KMS::Key').KeyPolicy.Statement).toContainEqual({
      Sid: 'StateMachineLogDelivery',
      Effect: 'Allow',
      Principal: { Service: 'delivery.logs.amazonaws.com' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringLike: { 'kms:EncryptionContext:SourceArn': arn([':*'], 'logs') } },
    });
  });

  test('has a role that only Step Functions of this account and region can assume', () => {
    const [{ Principal: principal, Condition: condition }] = only(template, 'AWS::IAM::Role').AssumeRolePolicyDocument.Statement;
    expect(principal).toEqual({ Service: 'states.amazonaws.com' });
    expect(condition).toEqual({
      StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': arn([':stateMachine:*']) },
    });
  });

  test('has a role that may set up log delivery, send traces and encrypt its logs, and nothing else', () => {
    expect(statementsOf(stack, 'AWS::IAM::Role', /./)).toEqual([
      {
        Sid: 'LogDelivery',
        Effect: 'Allow',
        Resource: '*',
        Action: [
          'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery',
          'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
        ],
      },
      {
        Sid: 'Traces',
        Effect: 'Allow',
        Resource: '*',
        Action: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
        Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
      },
      {
        Sid: 'EncryptedLogs',
        Effect: 'Allow',
        Action: 'kms:GenerateDataKey',
        Resource: stack.resolve(machine.encryptionKey!.keyArn),
        Condition: { StringEquals: { 'kms:EncryptionContext:SourceArn': arn([':*'], 'logs') } },
      },
    ]);
    expect(tasksOf(stack)).toStrictEqual([]);
  });

  test('may use the key for its own data, with its own credentials', () => {
    expect(statementsOf(stack, 'AWS::IAM::Policy', /./)).toEqual([{
      Sid: 'OwnData',
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: stack.resolve(machine.encryptionKey!.keyArn),
      Condition: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': stack.resolve(machine.stateMachineArn) } },
    }]);
  });

  test('has these alarms', () => {
    const alarms = Object.values(template.findResources('AWS::CloudWatch::Alarm')).map(({ Properties: one }) => (
      [one.MetricName, one.Statistic ?? one.ExtendedStatistic, one.Threshold, one.EvaluationPeriods, one.DatapointsToAlarm]));
    expect(alarms.sort()).toEqual([
      ['ExecutionThrottled', 'Sum', 0, 1, undefined],
      ['ExecutionTime', 'p99', 2_880_000, 3, 2],
      ['ExecutionsAborted', 'Sum', 0, 1, undefined],
      ['ExecutionsFailed', 'Sum', 0, 1, undefined],
      ['ExecutionsTimedOut', 'Sum', 0, 1, undefined],
    ]);
    template.allResourcesProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/States', Dimensions: [{ Name: 'StateMachineArn', Value: stack.resolve(machine.stateMachineArn) }], TreatMissingData: 'notBreaching',
    });
    expect(machine.alarms).toHaveLength(5);
  });

  test('has these logical ids for ever', () => {
    expect(Object.keys(template.findResources('AWS::StepFunctions::StateMachine'))).toEqual(['CheckoutB7CD3E82']);
    expect(Object.keys(template.findResources('AWS::Logs::LogGroup'))).toEqual(['CheckoutSupportLogGroupCDF6159C']);
  });
});

describe('the profile decides', () => {
  test('in the sandbox AWS owns the key, and only what fails is watched', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const machine = machineIn(stack);
    expect(only(templateOf(stack), 'AWS::StepFunctions::StateMachine').EncryptionConfiguration).toEqual({ Type: 'AWS_OWNED_KEY' });
    expect(machine.encryptionKey).toBeUndefined();
    expect(machine.alarms.map(({ node }) => node.id)).toEqual(['ExecutionsFailedAlarm', 'ExecutionsTimedOutAlarm']);
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
    templateOf(stack).resourceCountIs('AWS::IAM::Policy', 0);
  });

  test('in the regulated one all rights stand in managed policies, those of a distributed map too', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    const map = new DistributedMap(stack, 'Each').itemProcessor(new Pass(stack, 'One')).addCatch(new Fail(stack, 'NotAll'));
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(map) });
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.allResourcesProperties('AWS::IAM::Role', { Policies: Match.absent() });
    expect(Object.keys(template.findResources('AWS::IAM::ManagedPolicy')).map((id) => id.slice(0, -8))).toEqual(['CheckoutSupportRolePolicy', 'CheckoutOwnRights']);
  });
});

describe('the props', () => {
  test('stateMachineType, timeout, comment and stateMachineName are passed on', () => {
    const properties = propertiesOf({ stateMachineType: StateMachineType.EXPRESS, timeout: Duration.seconds(30), comment: 'takes orders', stateMachineName: 'checkout' });
    expect(properties).toMatchObject({ StateMachineType: 'EXPRESS', StateMachineName: 'checkout' });
    expect(JSON.parse(properties.DefinitionString)).toMatchObject({ TimeoutSeconds: 30, Comment: 'takes orders' });
  });

  test('an express machine ends within five minutes, and nobody can stop it', () => {
    const stack = testStack();
    const machine = machineIn(stack, { stateMachineType: StateMachineType.EXPRESS });
    expect(JSON.parse(only(templateOf(stack), 'AWS::StepFunctions::StateMachine').DefinitionString).TimeoutSeconds).toBe(300);
    expect(machine.alarms.map(({ node }) => node.id)).toEqual([
      'ExecutionsFailedAlarm', 'ExecutionsTimedOutAlarm', 'ExecutionThrottledAlarm', 'ExecutionTimeAlarm',
    ]);
  });

  test('queryLanguage is passed on', () => {
    expect(JSON.parse(propertiesOf({ queryLanguage: QueryLanguage.JSONATA }).DefinitionString).QueryLanguage).toBe('JSONata');
  });

  test('definitionSubstitutions go with text', () => {
    const stack = testStack();
    machineOf(stack, { StartAt: 'Done', States: { Done: { Type: 'Pass', Comment: '${What}', End: true } } }, { definitionSubstitutions: { What: 'orders' } });
    expect(only(templateOf(stack), 'AWS::StepFunctions::StateMachine').DefinitionSubstitutions).toEqual({ What: 'orders' });
  });

  test('encryptionKey replaces the key of the stack, for the logs too', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const key = new Key(stack, 'Own');
    const machine = machineIn(stack, { encryptionKey: key });
    expect(machine.encryptionKey).toBe(key);
    const template = templateOf(stack);
    expect(only(template, 'AWS::StepFunctions::StateMachine').EncryptionConfiguration.KmsKeyId).toEqual(stack.resolve(key.keyArn));
    expect(only(template, 'AWS::Logs::LogGroup').KmsKeyId).toEqual(stack.resolve(key.keyArn));
    template.resourceCountIs('AWS::KMS::Key', 1);
  });

  test('an imported key is used, and its owner is told what to allow', () => {
    const stack = testStack();
    const key = Key.fromKeyArn(stack, 'Own', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    machineIn(stack, { encryptionKey: key });
    Annotations.fromStack(stack).hasWarning('/Shop/Checkout', Match.stringLikeRegexp('it must let delivery.logs.amazonaws.com use the key'));
    expect(only(templateOf(stack), 'AWS::StepFunctions::StateMachine').EncryptionConfiguration.KmsKeyId).toBe('arn:aws:kms:eu-west-1:111122223333:key/1');
  });

  test('logRetention and logMasking differ from the profile', () => {
    const stack = testStack();
    machineIn(stack, { logRetention: RetentionDays.ONE_MONTH, logMasking: LogMasking.off(REASON) });
    expect(only(templateOf(stack), 'AWS::Logs::LogGroup')).toMatchObject({ RetentionInDays: 30 });
    expect(only(templateOf(stack), 'AWS::Logs::LogGroup').DataProtectionPolicy).toBeUndefined();
  });

  test('permissionsBoundary bounds the role', () => {
    const stack = testStack();
    machineIn(stack, { permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Boundary', 'boundary') });
    expect(only(templateOf(stack), 'AWS::IAM::Role').PermissionsBoundary).toBeDefined();
  });

  test('tracing and executionData weaken with a reason that the report shows', () => {
    const stack = testStack();
    machineIn(stack, {
      tracing: StateMachineTracing.off(REASON),
      executionData: ExecutionData.logged(REASON),
      errorCatching: ErrorCatching.off(REASON),
      logMasking: LogMasking.off(REASON),
    });
    const properties = only(templateOf(stack), 'AWS::StepFunctions::StateMachine');
    expect(properties.TracingConfiguration).toEqual({ Enabled: false });
    expect(properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: true });
    expect(statementsOf(stack, 'AWS::IAM::Role', /./).map(({ Sid: sid }) => sid)).toEqual(['LogDelivery', 'EncryptedLogs']);
    expect(waiversBelow(stack).map(({ control, reason }) => [control, reason]).sort()).toEqual([
      'StateMachine.errorCatching', 'StateMachine.executionData', 'StateMachine.logMasking', 'StateMachine.tracing',
    ].map((control) => [control, REASON]));
  });

  test('the stronger choices are the defaults', () => {
    const strong = { tracing: StateMachineTracing.active(), executionData: ExecutionData.omitted(), errorCatching: ErrorCatching.required() };
    const spelled = propertiesOf(strong);
    expect(spelled).toEqual(propertiesOf());
  });

  test('alarms are tuned and switched off', () => {
    const stack = testStack();
    const machine = machineIn(stack, { alarms: { executionsFailed: AlarmSetting.threshold(5), executionThrottled: AlarmSetting.off(REASON) } });
    expect(machine.alarms.map(({ node }) => node.id)).not.toContain('ExecutionThrottledAlarm');
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'ExecutionsFailed', Threshold: 5 });
  });
});

describe('a machine fails', () => {
  const making = (props: Partial<SecureStateMachineProps>) => () => machineIn(testStack(), props);
  const TEXT = DefinitionBody.fromString(JSON.stringify({ TimeoutSeconds: 5, StartAt: 'Done', States: { Done: { Type: 'Succeed' } } }));

  test.each([
    ['tracing', { tracing: StateMachineTracing.off('todo') }],
    ['executionData', { executionData: ExecutionData.logged('todo') }],
    ['errorCatching', { errorCatching: ErrorCatching.off('todo') }],
    ['logMasking', { logMasking: LogMasking.off('todo') }],
  ])('when %s is weakened without a reason', (prop, props) => {
    expect(making(props)).toThrow(
      `'${prop}' must be a sentence of at least 12 characters that a reviewer can judge, got "todo"; say why this machine may do so [SecureStateMachine.Reason, at 'Shop/Checkout']`);
  });

  test.each([
    [StateMachineType.STANDARD, Duration.days(366), '1 second and 365 days', '366 days', '1 hour'],
    [StateMachineType.EXPRESS, Duration.minutes(6), '1 second and 5 minutes', '6 minutes', '5 minutes'],
    [StateMachineType.EXPRESS, Duration.millis(500), '1 second and 5 minutes', '500 millis', '5 minutes'],
  ])('when a machine of type %s may take %s', (stateMachineType, timeout, limits, got, standard) => {
    expect(making({ stateMachineType, timeout })).toThrow(
      `'timeout' must lie between ${limits}, got "${got}"; leave it out for ${standard} [SecureStateMachine.Timeout, at 'Shop/Checkout']`);
  });

  test.each(['', 'a b', 'x'.repeat(81), 'größe', 'a.b'])('with the name %j', (stateMachineName) => {
    expect(making({ stateMachineName })).toThrow(
      `'stateMachineName' must be 1 to 80 letters, digits, - and _, so that metrics and log streams can carry it, got ${JSON.stringify(stateMachineName)}; `
      + "leave it out for a name that CloudFormation makes [SecureStateMachine.Name, at 'Shop/Checkout']");
  });

  test.each([
    ['timeout', { timeout: Duration.seconds(5) }, 'PT5S', 'TimeoutSeconds'],
    ['comment', { comment: 'x' }, 'x', 'Comment'],
    ['queryLanguage', { queryLanguage: QueryLanguage.JSONATA }, 'JSONata', 'QueryLanguage'],
  ])('when %s is given besides a text', (prop, props, _, field) => {
    expect(making({ definitionBody: TEXT, ...props })).toThrow(new RegExp(
      `^'${prop}' must be left out where the definition comes from text or a file, since CDK would ignore it, got .*; `
      + `write "${field}" into the definition \\[SecureStateMachine.TextDefinition, at 'Shop/Checkout'\\]$`));
  });

  test('when substitutions are given besides chained states', () => {
    expect(making({ definitionSubstitutions: { A: 'b' } })).toThrow(
      "'definitionSubstitutions' must go with a definition from text or a file, got [\"A\"]; leave them out: chained states can use values of the app directly "
      + "[SecureStateMachine.Substitutions, at 'Shop/Checkout']");
  });

  test('when an alarm is tuned that an express machine does not have', () => {
    expect(making({ stateMachineType: StateMachineType.EXPRESS, alarms: { executionsAborted: AlarmSetting.threshold(1) } })).toThrow(
      "'alarms.executionsAborted' must not be set for an express machine, whose executions cannot be stopped; leave it out [SecureStateMachine.Alarm, at 'Shop/Checkout']");
  });

  test('before anything is made', () => {
    const stack = testStack();
    expect(() => machineIn(stack, { stateMachineName: 'a b' })).toThrow(/SecureStateMachine\.Name/);
    expect(stack.node.findAll().filter((node) => CfnResource.isCfnResource(node))).toStrictEqual([]);
  });

  test('but not on values that are known only at deployment', () => {
    const later = Lazy.string({ produce: () => 'checkout' });
    const seconds = Lazy.number({ produce: () => 30 });
    expect(propertiesOf({ stateMachineName: later, timeout: Duration.seconds(seconds) }).StateMachineName).toBe('checkout');
  });
});

describe('tasks get exactly', () => {
  const plainFunction = (stack: Stack) => new LambdaFunction(stack, 'Plain', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('x') });

  test('the function that they call, not its versions', () => {
    const stack = testStack();
    const fn = plainFunction(stack);
    const call = new LambdaInvoke(stack, 'Call', { lambdaFunction: fn, ...SOON }).addCatch(new Fail(stack, 'Failed'));
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(call) });
    expect(tasksOf(stack)).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: stack.resolve(fn.functionArn) }]);
  });

  test('the version that they call', () => {
    const stack = testStack();
    const version = plainFunction(stack).currentVersion;
    const call = new LambdaInvoke(stack, 'Call', { lambdaFunction: version, ...SOON }).addCatch(new Fail(stack, 'Failed'));
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(call) });
    expect(tasksOf(stack)).toEqual([{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: stack.resolve(version.functionArn) }]);
  });

  test('the key of their queue, only through services that the machine calls', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Queue');
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(sending(stack, queue)) });
    expect(tasksOf(stack)).toEqual([
      { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: stack.resolve(queue.queueArn) },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: stack.resolve(queue.encryptionMasterKey!.keyArn),
        Condition: { StringEquals: { 'kms:ViaService': [{ 'Fn::Join': ['', ['sqs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }] } },
      },
    ]);
  });

  const inRegion = (service: string) => ({ 'Fn::Join': ['', [`${service}.`, { Ref: 'AWS::Region' }, '.amazonaws.com']] });

  test('the key of their topic, for this topic', () => {
    const stack = testStack();
    const topic = new Topic(stack, 'Mail', { masterKey: new Key(stack, 'Key') });
    const publish = new SnsPublish(stack, 'Publish', { topic, message: TaskInput.fromText('x'), ...SOON });
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(publish.addCatch(new Fail(stack, 'Failed'))) });
    expect(tasksOf(stack)).toEqual([
      { Effect: 'Allow', Action: 'sns:Publish', Resource: stack.resolve(topic.topicArn) },
      {
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: stack.resolve(topic.masterKey!.keyArn),
        Condition: { StringEquals: { 'kms:ViaService': inRegion('sns'), 'kms:EncryptionContext:aws:sns:topicArn': stack.resolve(topic.topicArn) } },
      },
    ]);
  });

  test.each([
    ['Table', (stack: Stack, key: Key) => new Table(stack, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING }, encryption: TableEncryption.CUSTOMER_MANAGED, encryptionKey: key,
    })],
    ['TableV2', (stack: Stack, key: Key) => new TableV2(stack, 'Orders', {
      partitionKey: { name: 'id', type: AttributeType.STRING }, encryption: TableEncryptionV2.customerManagedKey(key),
    })],
  ])('the key of their %s, for this table', (_, make) => {
    const stack = testStack({ env: HERE });
    const key = new Key(stack, 'Key');
    const table = make(stack, key);
    const put = new DynamoPutItem(stack, 'Put', { table, item: { id: DynamoAttributeValue.fromString('x') }, ...SOON });
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(put.addCatch(new Fail(stack, 'Failed'))) });
    expect(tasksOf(stack)[1]).toEqual({
      Effect: 'Allow',
      Action: 'kms:Decrypt',
      Resource: stack.resolve(key.keyArn),
      Condition: {
        StringEquals: {
          'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:dynamodb:tableName': stack.resolve(table.tableName),
        },
      },
    });
  });

  test('no key where there is none', () => {
    const stack = testStack();
    const publish = new SnsPublish(stack, 'Publish', { topic: new Topic(stack, 'Mail'), message: TaskInput.fromText('x'), ...SOON });
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(publish.addCatch(new Fail(stack, 'Failed'))) });
    expect(tasksOf(stack)).toHaveLength(1);
  });

  test('the executions of the machine that they wait for, and its key to read what they gave', () => {
    const stack = testStack();
    const child = new SecureStateMachine(stack, 'Refund', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Refunded')) });
    const run = new StepFunctionsStartExecution(stack, 'Run', { stateMachine: child, integrationPattern: IntegrationPattern.RUN_JOB, ...SOON });
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(run.addCatch(new Fail(stack, 'Failed'))) });
    const childArn = stack.resolve(child.stateMachineArn);
    expect(tasksOf(stack)).toEqual([
      { Effect: 'Allow', Action: 'states:StartExecution', Resource: childArn },
      {
        Effect: 'Allow',
        Action: ['states:DescribeExecution', 'states:StopExecution'],
        Resource: arn([':execution:', stack.resolve(child.stateMachineName), ':*']),
      },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: stack.resolve(child.encryptionKey!.keyArn),
        Condition: { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': childArn } },
      },
      {
        Effect: 'Allow',
        Action: ['events:DescribeRule', 'events:PutRule', 'events:PutTargets'],
        Resource: arn([':rule/StepFunctionsGetEventsForStepFunctionsExecutionRule'], 'events'),
      },
    ]);
  });

  test('the executions of an imported machine, and no key that nobody knows', () => {
    const stack = testStack();
    const child = StateMachine.fromStateMachineArn(stack, 'Refund', 'arn:aws:states:eu-west-1:111122223333:stateMachine:refund');
    const run = new StepFunctionsStartExecution(stack, 'Run', { stateMachine: child, integrationPattern: IntegrationPattern.RUN_JOB, ...SOON });
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(run.addCatch(new Fail(stack, 'Failed'))) });
    expect(tasksOf(stack)[1].Resource).toEqual(arn([':execution:refund:*']));
    expect(tasksOf(stack).flatMap(({ Action: action }) => action).filter((action: string) => action.startsWith('kms:'))).toStrictEqual([]);
  });

  test.each([
    ['Step Functions alone, where the machine calls nobody', [], ['states']],
    ['what the machine calls, whatever was asked for first', ['sqs:SendMessage'], ['sqs']],
  ])('a key through %s', (_, actions, services) => {
    const stack = testStack({ env: HERE });
    const machine = machineIn(stack);
    machine.addToRolePolicy(new PolicyStatement({ actions: ['kms:Decrypt'], resources: ['arn:aws:kms:eu-west-1:111122223333:key/1'] }));
    if (actions.length > 0) machine.addToRolePolicy(new PolicyStatement({ actions, resources: ['arn:aws:sqs:eu-west-1:111122223333:jobs'] }));
    expect(tasksOf(stack)[0].Condition).toEqual({ StringEquals: { 'kms:ViaService': services.map((service) => `${service}.eu-west-1.amazonaws.com`) } });
  });

  test('a key that they use themselves, without a condition', () => {
    const stack = testStack();
    const key = new Key(stack, 'Other');
    const decrypt = new CallAwsService(stack, 'Decrypt', { service: 'kms', action: 'decrypt', iamResources: [key.keyArn], ...SOON });
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(decrypt.addCatch(new Fail(stack, 'Failed'))) });
    expect(tasksOf(stack)).toEqual([{ Effect: 'Allow', Action: 'kms:decrypt', Resource: stack.resolve(key.keyArn) }]);
  });

  test('in a distributed map the executions of the machine itself, in a policy that closes no circle', () => {
    const stack = testStack();
    const bucket = new Bucket(stack, 'Items');
    const map = new DistributedMap(stack, 'Each', { itemReader: new S3JsonItemReader({ bucket, key: 'items.json' }) })
      .itemProcessor(charging(stack)).addCatch(new Fail(stack, 'NotAll'));
    const machine = machineIn(stack, { definitionBody: DefinitionBody.fromChainable(map) });
    const own = stack.resolve(machine.stateMachineArn);
    const name = stack.resolve(machine.stateMachineName);
    expect(statementsOf(stack, 'AWS::IAM::Policy', /^CheckoutOwnRights/)).toEqual([
      {
        Sid: 'OwnData',
        Effect: 'Allow',
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: stack.resolve(machine.encryptionKey!.keyArn),
        Condition: { StringLike: { 'kms:EncryptionContext:aws:states:stateMachineArn': [own, { 'Fn::Join': ['', [own, '/*']] }] } },
      },
      { Sid: 'StartChildren', Effect: 'Allow', Action: 'states:StartExecution', Resource: own },
      { Sid: 'FollowChildren', Effect: 'Allow', Action: ['states:DescribeExecution', 'states:StopExecution'], Resource: arn([':execution:', name, ':*']) },
      { Sid: 'RedriveChildren', Effect: 'Allow', Action: 'states:RedriveExecution', Resource: arn([':execution:', name, '/*:*']) },
    ]);
    templateOf(stack).resourcePropertiesCountIs('AWS::IAM::Policy', { PolicyName: Match.stringLikeRegexp('DistributedMap') }, 0);
  });

  test('the same in a text with a distributed map, of which CDK knows nothing', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const inner = { ProcessorConfig: { Mode: 'DISTRIBUTED', ExecutionType: 'STANDARD' }, StartAt: 'Done', States: { Done: { Type: 'Pass', End: true } } };
    machineOf(stack, { StartAt: 'Each', States: { Each: { Type: 'Map', ItemProcessor: inner, End: true, Catch: [{ Next: 'No' }] }, No: { Type: 'Fail' } } });
    expect(statementsOf(stack, 'AWS::IAM::Policy', /^CheckoutOwnRights/).map(({ Sid: sid }) => sid)).toEqual(['StartChildren', 'FollowChildren', 'RedriveChildren']);
  });

  test('nothing by a wildcard in the action', () => {
    const message = (got: string) => `'actions' must be complete names in the role of a state machine, got "${got}"; use the allow…() methods of this library's `
      + "constructs, or a PolicyStatement that names each action [SecureStateMachine.ActionWildcard, at 'Shop/CheckoutSupport/Role']";
    const stack = testStack();
    const machine = machineIn(stack);
    expect(() => machine.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:*'], resources: ['*'] }))).toThrow(message('dynamodb:*'));
    expect(() => machine.addToRolePolicy(new PolicyStatement({ notActions: ['iam:PassRole'], resources: ['*'] }))).toThrow(message('NotAction'));
    expect(() => new Bucket(stack, 'Plain').grantRead(machine)).toThrow(message('s3:GetObject*'));
    machine.addToRolePolicy(new PolicyStatement({ effect: Effect.DENY, actions: ['dynamodb:*'], resources: ['*'] }));
    const denied = { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Deny', Action: 'dynamodb:*' })]) };
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: denied });
  });

  test('nothing by naming what is not covered', () => {
    const machine = machineIn(testStack());
    expect(() => machine.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], notResources: ['arn:aws:s3:::shop/*'] }))).toThrow(
      "'notResources' must be left out of the role of a state machine: the right would cover all that is not named, in every account that lets it in, "
      + 'got ["arn:aws:s3:::shop/*"]; name the resources in a PolicyStatement with resources, and what must stay closed in one that denies '
      + "[SecureStateMachine.NotResource, at 'Shop/CheckoutSupport/Role']");
  });

  test('objects of one bucket as they are named', () => {
    const stack = testStack();
    const machine = machineIn(stack);
    machine.addToRolePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: ['arn:aws:s3:::items/in/*'] }));
    expect(tasksOf(stack)).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: 'arn:aws:s3:::items/in/*' }]);
  });
});

describe('the verbs give exactly', () => {
  /** The statements of somebody after `give`, and the machine's ARN and executions. */
  function rightsOf(give: (machine: SecureStateMachine, grantee: IGrantable) => unknown, props: Partial<SecureStateMachineProps> = {}) {
    const stack = testStack();
    const machine = machineIn(stack, props);
    const role = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    give(machine, role);
    const own = stack.resolve(machine.stateMachineArn);
    return {
      statements: statementsOf(stack, 'AWS::IAM::Policy', /^Caller/),
      own,
      executions: arn([':execution:', stack.resolve(machine.stateMachineName), ':*']),
      key: {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: stack.resolve(machine.encryptionKey!.keyArn),
        Condition: {
          StringEquals: {
            'kms:ViaService': { 'Fn::Join': ['', ['states.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
            'kms:EncryptionContext:aws:states:stateMachineArn': own,
          },
        },
      },
    };
  }

  test.each([
    ['allowStart', (machine: SecureStateMachine, to: IGrantable) => machine.allowStart(to)],
    ['grantStartExecution', (machine: SecureStateMachine, to: IGrantable) => machine.grantStartExecution(to)],
    ['grants.startExecution', (machine: SecureStateMachine, to: IGrantable) => machine.grants.startExecution(to)],
  ])('%s: to start, no more and no key', (_, give) => {
    const { statements, own } = rightsOf(give);
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'states:StartExecution', Resource: own }]);
  });

  test.each([
    ['allowStartSync', (machine: SecureStateMachine, to: IGrantable) => machine.allowStartSync(to)],
    ['grantStartSyncExecution', (machine: SecureStateMachine, to: IGrantable) => machine.grantStartSyncExecution(to)],
    ['grants.startSyncExecution', (machine: SecureStateMachine, to: IGrantable) => machine.grants.startSyncExecution(to)],
  ])('%s: to run, and to read the output', (_, give) => {
    const { statements, own, key } = rightsOf(give, { stateMachineType: StateMachineType.EXPRESS });
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'states:StartSyncExecution', Resource: own }, key]);
  });

  test.each([
    ['allowReadExecutions', (machine: SecureStateMachine, to: IGrantable) => machine.allowReadExecutions(to)],
    ['grantRead', (machine: SecureStateMachine, to: IGrantable) => machine.grantRead(to)],
    ['grants.read', (machine: SecureStateMachine, to: IGrantable) => machine.grants.read(to)],
  ])('%s: to list and read executions of this machine, and to decrypt them', (_, give) => {
    const { statements, own, executions, key } = rightsOf(give);
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'states:ListExecutions', Resource: own },
      { Effect: 'Allow', Action: ['states:DescribeExecution', 'states:GetExecutionHistory'], Resource: executions },
      key,
    ]);
  });

  test('allowStop: to stop', () => {
    const { statements, executions } = rightsOf((machine, to) => machine.allowStop(to));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'states:StopExecution', Resource: executions }]);
  });

  test.each([
    ['allowRedrive', (machine: SecureStateMachine, to: IGrantable) => machine.allowRedrive(to)],
    ['grantRedriveExecution', (machine: SecureStateMachine, to: IGrantable) => machine.grantRedriveExecution(to)],
    ['grants.redriveExecution', (machine: SecureStateMachine, to: IGrantable) => machine.grants.redriveExecution(to)],
  ])('%s: to run again', (_, give) => {
    const { statements, executions } = rightsOf(give);
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'states:RedriveExecution', Resource: executions }]);
  });

  test.each([
    ['allowTaskResponse', (machine: SecureStateMachine, to: IGrantable) => machine.allowTaskResponse(to)],
    ['grantTaskResponse', (machine: SecureStateMachine, to: IGrantable) => machine.grantTaskResponse(to)],
    ['grants.taskResponse', (machine: SecureStateMachine, to: IGrantable) => machine.grants.taskResponse(to)],
  ])('%s: to answer tasks', (_, give) => {
    const { statements, own } = rightsOf(give);
    expect(statements).toEqual([{ Effect: 'Allow', Action: ['states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess'], Resource: own }]);
  });

  test('grant and grantExecution: the complete actions that are named', () => {
    const { statements, own, executions } = rightsOf((machine, to) => {
      machine.grant(to, 'states:DescribeStateMachine');
      machine.grantExecution(to, 'states:StopExecution');
      expect(() => machine.grant(to, 'states:*')).toThrow(
        "'actions' must be complete names, got \"states:*\"; name each action [ExactAccess.Wildcard, at 'Shop/Checkout']");
    });
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'states:DescribeStateMachine', Resource: own },
      { Effect: 'Allow', Action: 'states:StopExecution', Resource: executions },
    ]);
  });

  test('grants.actions and grants.execution: the same', () => {
    const { statements, own, executions } = rightsOf((machine, to) => {
      machine.grants.actions(to, 'states:DescribeStateMachine');
      machine.grants.execution(to, 'states:StopExecution');
      expect(() => machine.grants.execution(to, 'states:*')).toThrow(
        "'actions' must be complete names, got \"states:*\"; name each action [ExactAccess.Wildcard, at 'Shop/Checkout']");
    });
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 'states:DescribeStateMachine', Resource: own },
      { Effect: 'Allow', Action: 'states:StopExecution', Resource: executions },
    ]);
  });

  test.each([
    ['production', 'AWS::IAM::Policy', SecurityProfile.production],
    ['regulated', 'AWS::IAM::ManagedPolicy', SecurityProfile.regulated],
  ])('the same to a function that the machine calls, in a policy that closes no circle: %s', (_, type, profile) => {
    const stack = testStack({ profile: profile() });
    const fn = aFunction(stack, 'Worker');
    const ask = new LambdaInvoke(stack, 'Ask', { lambdaFunction: fn, ...SOON }).addCatch(new Fail(stack, 'Unasked'));
    const machine = machineIn(stack, { definitionBody: DefinitionBody.fromChainable(ask) });
    machine.allowTaskResponse(fn);
    machine.allowReadExecutions(fn);
    expect(statementsOf(stack, type, /^CheckoutTaskRights/).flatMap(({ Action: action }) => action)).toEqual([
      'states:ListExecutions', 'states:SendTaskFailure', 'states:SendTaskHeartbeat', 'states:SendTaskSuccess', 'states:DescribeExecution',
      'states:GetExecutionHistory', 'kms:Decrypt',
    ]);
    expect(JSON.stringify(statementsOf(stack, type, /^Worker/))).not.toContain('states:');
  });

  test.each([
    ['an alias', (fn: SecureFunction) => fn.addAlias('live')],
    ['a version', (fn: SecureFunction) => fn.currentVersion],
  ])('the same to a function that the machine calls by %s', (_, called) => {
    const stack = testStack();
    const fn = aFunction(stack, 'Worker');
    const ask = new LambdaInvoke(stack, 'Ask', { lambdaFunction: called(fn), ...SOON }).addCatch(new Fail(stack, 'Unasked'));
    machineIn(stack, { definitionBody: DefinitionBody.fromChainable(ask) }).allowTaskResponse(fn);
    expect(statementsOf(stack, 'AWS::IAM::Policy', /^CheckoutTaskRights/)).toHaveLength(1);
    expect(JSON.stringify(statementsOf(stack, 'AWS::IAM::Policy', /^Worker/))).not.toContain('states:');
  });

  test('nothing on a key in the sandbox', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    machineIn(stack).allowReadExecutions(new User(stack, 'Caller'));
    expect(statementsOf(stack, 'AWS::IAM::Policy', /^Caller/)).toHaveLength(2);
  });

  test.each([
    ['allowStartSync', StateMachineType.STANDARD, 'EXPRESS', 'use allowStart(), or make the machine an express one'],
    ['allowReadExecutions', StateMachineType.EXPRESS, 'STANDARD', 'let the grantee read the log group: express machines keep no history'],
    ['allowStop', StateMachineType.EXPRESS, 'STANDARD', 'leave it out: an express execution ends within five minutes'],
    ['allowRedrive', StateMachineType.EXPRESS, 'STANDARD', 'leave it out: express executions are started again'],
  ] as const)('fails: %s of a machine of type %s', (verb, stateMachineType, wanted, fix) => {
    const stack = testStack();
    const machine = machineIn(stack, { stateMachineType });
    expect(() => machine[verb](new User(stack, 'Caller'))).toThrow(
      `'${verb}' must be called on a machine of type ${wanted}, got "${stateMachineType}"; ${fix} [SecureStateMachine.Type, at 'Shop/Checkout']`);
  });

  test('fails: a service, an account or an ARN, which has no policy that takes the right', () => {
    const stack = testStack({ env: HERE });
    const machine = machineIn(stack);
    const message = (got: RegExp) => new RegExp(`^'grantee' must have a policy of its own, because a state machine has none that could name it, got .*${got.source}.*; `
      + "give the right to a role, which a service such as EventBridge then assumes \\[SecureStateMachine.NoPolicy, at 'Shop/Checkout'\\]$");
    expect(() => machine.allowStart(new ServicePrincipal('events.amazonaws.com'))).toThrow(message(/events\.amazonaws\.com/));
    expect(() => machine.allowStart(new AccountPrincipal(HERE.account))).toThrow(message(/111122223333/));
    expect(() => machine.allowStop(new ArnPrincipal(`arn:aws:iam::${HERE.account}:role/x`))).toThrow(message(/role\/x/));
  });

  test('fails: a role of another account', () => {
    const stack = testStack({ env: HERE });
    const machine = machineIn(stack);
    expect(() => machine.allowStart(Role.fromRoleArn(stack, 'Other', 'arn:aws:iam::444455556666:role/x'))).toThrow(
      "'grantee' must be of the machine's account, because a state machine has no policy that could let others in, got \"444455556666\"; "
      + "give the right to a role of this account which they may assume [SecureStateMachine.OtherAccount, at 'Shop/Checkout']");
  });

  test('an imported role of the account itself', () => {
    const stack = testStack({ env: HERE });
    expect(machineIn(stack).allowStart(Role.fromRoleArn(stack, 'Mine', `arn:aws:iam::${HERE.account}:role/x`)).success).toBe(true);
  });
});

test('two machines and their callers, of two stacks, close no circle', () => {
  const stack = testStack({ env: HERE });
  const other = new Stack(stack.node.root as never, 'Other', { env: HERE });
  const first = machineIn(stack, { definitionBody: DefinitionBody.fromChainable(charging(stack)) });
  const run = new StepFunctionsStartExecution(other, 'Run', { stateMachine: first, integrationPattern: IntegrationPattern.RUN_JOB, input: TaskInput.fromObject({}), ...SOON });
  const second = new SecureStateMachine(other, 'Second', { definitionBody: DefinitionBody.fromChainable(run.addCatch(new Fail(other, 'Failed'))) });
  second.allowStart(aFunction(other, 'Caller'));
  templateOf(other).resourceCountIs('AWS::StepFunctions::StateMachine', 1); // the assertions module refuses circles
  expect(resourceOf(stack, first.node.defaultChild as CfnResource)).toBeDefined();
});

test('no combination of props without a reason weakens a control', () => {
  fc.assert(fc.property(fc.record({
    stateMachineType: fc.constantFrom(StateMachineType.STANDARD, StateMachineType.EXPRESS),
    timeout: fc.integer({ min: 1, max: 300 }).map(Duration.seconds),
    comment: fc.string({ maxLength: 40 }),
    queryLanguage: fc.constantFrom(QueryLanguage.JSON_PATH, QueryLanguage.JSONATA),
    stateMachineName: fc.stringMatching(/^[A-Za-z0-9_-]{1,80}$/),
    logRetention: fc.constantFrom(RetentionDays.ONE_DAY, RetentionDays.TEN_YEARS),
    tracing: fc.constant(StateMachineTracing.active()),
    executionData: fc.constant(ExecutionData.omitted()),
    errorCatching: fc.constant(ErrorCatching.required()),
  }, { requiredKeys: [] }), (props) => {
    const properties = propertiesOf(props);
    expect(properties.LoggingConfiguration).toMatchObject({ Level: 'ALL', IncludeExecutionData: false });
    expect(properties.TracingConfiguration).toEqual({ Enabled: true });
    expect(properties.EncryptionConfiguration.Type).toBe('CUSTOMER_MANAGED_KMS_KEY');
    expect(JSON.parse(properties.DefinitionString).TimeoutSeconds).toBeGreaterThan(0);
  }), { numRuns: 25 });
}, 30_000);

test('a machine without traces says why to all packs', () => {
  const stack = testStack();
  const reason = 'traced by the caller, who has the id';
  machineIn(stack, { tracing: StateMachineTracing.off(reason) });
  const findings = audit(stack);
  expect(unexplained(findings)).toStrictEqual([]);
  expect(findings.filter((one) => one.reason === reason).map(({ rule }) => rule).sort()).toEqual(['AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray', 'WorkflowTracing']);
});
