import { Duration } from 'aws-cdk-lib';
import { Policy } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import {
  CfnStateMachine, Choice, Condition, DefinitionBody, Fail, IChainable, LogLevel, QueryLanguage, StateMachine, Succeed,
  TaskInput, TaskStateBase, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, SnsPublish } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { alarm } from './by-hand-alarm';
import { allowKey, ENCRYPT, makeLogs, serviceRole, Shared, statement } from './pipeline-by-hand-parts';

const ORDER = '$states.context.Execution.Input';
const NAME = `${ORDER}.reference & ' of ' & ${ORDER}.shop`;

const LOG_DELIVERY = [
  'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery',
  'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
];
const TRACES = ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

export function makeWorkflow(shared: Shared, checkStock: IFunction, writeReceipt: IFunction, topic: ITopic): StateMachine {
  const { scope, stack, key, alarms } = shared;
  const logs = makeLogs(shared, 'WorkflowLog');
  const machines = stack.formatArn({ service: 'states', resource: 'stateMachine', resourceName: '*' });
  const role = serviceRole(shared, 'WorkflowRole', 'states.amazonaws.com', [
    statement(LOG_DELIVERY, '*'),
    statement(TRACES, '*'),
    statement(['kms:GenerateDataKey'], key.keyArn, { StringEquals: { 'kms:EncryptionContext:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) } }),
  ], machines);
  allowKey(role, shared, 'sns', ENCRYPT, { 'kms:EncryptionContext:aws:sns:topicArn': topic.topicArn });
  const machine = new StateMachine(scope, 'Workflow', {
    definitionBody: DefinitionBody.fromChainable(states(shared, checkStock, writeReceipt, topic)),
    queryLanguage: QueryLanguage.JSONATA,
    timeout: Duration.minutes(15),
    role,
  });
  // The L1: with its own props for them the L2 adds wider rights to role and key.
  const resource = machine.node.defaultChild as CfnStateMachine;
  resource.loggingConfiguration = {
    level: LogLevel.ALL, includeExecutionData: false, destinations: [{ cloudWatchLogsLogGroup: { logGroupArn: logs.logGroupArn } }],
  };
  resource.tracingConfiguration = { enabled: true };
  resource.encryptionConfiguration = { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: key.keyArn, kmsDataKeyReusePeriodSeconds: 300 };
  new Policy(scope, 'WorkflowData', {
    roles: [role],
    statements: [statement(ENCRYPT, key.keyArn, { StringEquals: { 'kms:EncryptionContext:aws:states:stateMachineArn': machine.stateMachineArn } })],
  });
  alarm(machine, 'Failed', 'executions fail', machine.metricFailed(), 0, alarms);
  alarm(machine, 'TimedOut', 'executions take too long', machine.metricTimedOut(), 0, alarms);
  alarm(machine, 'Aborted', 'executions were stopped', machine.metricAborted(), 0, alarms);
  alarm(machine, 'Throttled', 'executions are throttled', machine.metricThrottled(), 0, alarms);
  alarm(machine, 'Time', 'executions take more than 80 % of the timeout', machine.metricTime({ statistic: 'p99' }), 720_000, alarms);
  return machine;
}

function states({ scope }: Shared, checkStock: IFunction, writeReceipt: IFunction, topic: ITopic): IChainable {
  const taskTimeout = Timeout.duration(Duration.seconds(30));
  const call = (id: string, lambdaFunction: IFunction): TaskStateBase => LambdaInvoke.jsonata(scope, id, {
    lambdaFunction, payload: TaskInput.fromText(`{% ${ORDER} %}`), outputs: '{% $states.result.Payload %}', taskTimeout,
  }).addRetry({ errors: ['Lambda.TooManyRequestsException'], maxAttempts: 6 });
  const tell = (id: string, message: string): TaskStateBase => SnsPublish.jsonata(scope, id, { topic, message: TaskInput.fromText(`{% ${message} %}`), taskTimeout });
  const lost = Fail.jsonata(scope, 'Failed', { error: 'OrderFailed', cause: 'A task of the workflow failed: its log says why' });
  const failed = tell('TellFailure', `'Order ' & ${NAME} & ' failed: ' & $states.input.Error`).addCatch(lost).next(lost);
  const rejected = tell('TellRejection', `'Order ' & ${NAME} & ' is rejected, not in stock: ' & $join($states.input.missing, ', ')`)
    .addCatch(lost).next(Succeed.jsonata(scope, 'Rejected'));
  const served = call('Serve', writeReceipt).addCatch(failed).next(Succeed.jsonata(scope, 'Served'));
  return call('LookIntoStock', checkStock).addCatch(failed).next(
    Choice.jsonata(scope, 'InStock').when(Condition.jsonata('{% $states.input.available %}'), served).otherwise(rejected));
}
