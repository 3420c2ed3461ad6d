import { Stack } from 'aws-cdk-lib';
import { DefinitionBody, DistributedMap, Fail, IntegrationPattern, Pass, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, StepFunctionsStartExecution } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { allowed, denied, rights, through } from './support/rights';
import { PipeEnrichment } from '../../src/integration/pipe/pipe-enrichment';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { SecureStateMachineProps } from '../../src/workflow/secure-state-machine-props';
import { expressIn, pipeIn, queueIn, tableIn } from '../integration/pipe-support';
import { aFunction } from '../support/self-audit';
import { charging, sending, SOON } from '../workflow/support';

const LOGS = 'arn:aws:logs:eu-west-1:111122223333:*';
const RUN = 'arn:aws:states:eu-west-1:111122223333:execution:checkout:run';
const RUN_OF_ANOTHER = 'arn:aws:states:eu-west-1:111122223333:execution:checkout-refunds:run';
const CHILD_RUN = 'arn:aws:states:eu-west-1:111122223333:execution:checkout/Each:run';
const ofMachine = (arn: string) => ({ 'kms:EncryptionContext:aws:states:stateMachineArn': arn });
const from = (arn: string, account = '111122223333') => ({ 'aws:SourceArn': arn, 'aws:SourceAccount': account });

function setting(stack: Stack, props: Partial<SecureStateMachineProps> = {}) {
  const machine = new SecureStateMachine(stack, 'Checkout', {
    ...props, definitionBody: props.definitionBody ?? DefinitionBody.fromChainable(charging(stack)), stateMachineName: 'checkout',
  });
  const other = new SecureStateMachine(stack, 'Other', {
    definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Refunded')), stateMachineName: 'checkout-refunds',
  });
  const fn = aFunction(stack, 'Caller');
  const names = { machine: machine.stateMachineArn, other: other.stateMachineArn, key: machine.encryptionKey!.keyArn, role: machine.role.roleArn };
  return { machine, other, fn, setting: { who: fn, ...names } };
}

rights('SecureStateMachine without a verb', (stack) => setting(stack).setting, [
  denied('states:StartExecution', '{machine}'),
  denied('states:DescribeExecution', RUN),
  denied('kms:Decrypt', '{key}', through('states', ofMachine('{machine}'))),
  denied('sts:AssumeRole', '{role}'),
]);

rights('SecureStateMachine.allowStart', (stack) => {
  const { machine, fn, setting: made } = setting(stack);
  machine.allowStart(fn);
  return made;
}, [
  allowed('states:StartExecution', '{machine}'),
  denied('states:StartExecution', '{other}'),
  denied('states:StartSyncExecution', '{machine}'),
  denied('states:DescribeExecution', RUN),
  denied('states:StopExecution', RUN),
  denied('states:UpdateStateMachine', '{machine}'),
  denied('kms:Decrypt', '{key}', through('states', ofMachine('{machine}'))),
]);

rights('SecureStateMachine.allowStartSync', (stack) => {
  const { machine, fn, setting: made } = setting(stack, { stateMachineType: StateMachineType.EXPRESS });
  machine.allowStartSync(fn);
  return made;
}, [
  allowed('states:StartSyncExecution', '{machine}'),
  allowed('kms:Decrypt', '{key}', through('states', ofMachine('{machine}'))),
  denied('states:StartExecution', '{machine}'),
  denied('states:StartSyncExecution', '{other}'),
  denied('kms:Decrypt', '{key}', through('states', ofMachine('{other}'))),
  denied('kms:Decrypt', '{key}', ofMachine('{machine}')),
]);

rights("SecureStateMachine.allowReadExecutions, through CDK's grants", (stack) => {
  const { machine, fn, setting: made } = setting(stack);
  machine.grants.read(fn);
  return made;
}, [
  allowed('states:ListExecutions', '{machine}'),
  allowed('states:DescribeExecution', RUN),
  allowed('states:GetExecutionHistory', RUN),
  allowed('kms:Decrypt', '{key}', through('states', ofMachine('{machine}'))),
  denied('states:DescribeExecution', RUN_OF_ANOTHER),
  denied('states:StopExecution', RUN),
  denied('states:DescribeStateMachine', '{machine}'),
  denied('states:DescribeActivity', 'arn:aws:states:eu-west-1:111122223333:activity:weigh'),
  denied('states:ListStateMachines', '*'),
  denied('kms:GenerateDataKey', '{key}', through('states', ofMachine('{machine}'))),
]);

rights('SecureStateMachine.allowStop and allowRedrive', (stack) => {
  const { machine, fn, setting: made } = setting(stack);
  machine.allowStop(fn);
  machine.allowRedrive(fn);
  return made;
}, [
  allowed('states:StopExecution', RUN),
  allowed('states:RedriveExecution', RUN),
  denied('states:StopExecution', RUN_OF_ANOTHER),
  denied('states:DescribeExecution', RUN),
  denied('states:StartExecution', '{machine}'),
  denied('states:DeleteStateMachine', '{machine}'),
]);

rights('SecureStateMachine.allowTaskResponse for a function that it calls by an alias', (stack) => {
  const worker = aFunction(stack, 'Worker');
  const ask = new LambdaInvoke(stack, 'Ask', { lambdaFunction: worker.addAlias('live'), ...SOON }).addCatch(new Fail(stack, 'Unasked'));
  const { machine, setting: made } = setting(stack, { definitionBody: DefinitionBody.fromChainable(ask) });
  machine.allowTaskResponse(worker);
  return { ...made, who: worker };
}, [
  allowed('states:SendTaskSuccess', '{machine}'),
  allowed('states:SendTaskHeartbeat', '{machine}'),
  denied('states:SendTaskSuccess', '{other}'),
  denied('states:GetActivityTask', '{machine}'),
  denied('states:StartExecution', '{machine}'),
]);

rights('the role of a machine', (stack) => {
  const fn = aFunction(stack, 'ChargeNow');
  const queue = new SecureQueue(stack, 'Jobs');
  const call = new LambdaInvoke(stack, 'Call', { lambdaFunction: fn, ...SOON }).addCatch(new Fail(stack, 'Uncalled'));
  const { machine, setting: made } = setting(stack, { definitionBody: DefinitionBody.fromChainable(call.next(sending(stack, queue))) });
  return { ...made, who: machine, fn: fn.functionArn, queue: queue.queueArn };
}, [
  allowed('lambda:InvokeFunction', '{fn}'),
  allowed('sqs:SendMessage', '{queue}'),
  allowed('kms:GenerateDataKey', '{key}', through('sqs')),
  allowed('kms:GenerateDataKey', '{key}', ofMachine('{machine}')),
  allowed('kms:Decrypt', '{key}', ofMachine('{machine}')),
  allowed('kms:GenerateDataKey', '{key}', { 'kms:EncryptionContext:SourceArn': LOGS }),
  allowed('logs:CreateLogDelivery', '*'),
  allowed('xray:PutTraceSegments', '*'),
  denied('xray:PutTraceSegments', '*', { 'aws:RequestedRegion': 'us-east-1' }),
  denied('lambda:InvokeFunction', '{fn}:1'),
  denied('sqs:ReceiveMessage', '{queue}'),
  denied('kms:Decrypt', '{key}'),
  denied('kms:Decrypt', '{key}', through('s3')),
  denied('kms:Decrypt', '{key}', ofMachine('{other}')),
  denied('kms:Decrypt', '{key}', { 'kms:EncryptionContext:SourceArn': LOGS }),
  denied('states:StartExecution', '{machine}'),
  denied('iam:PassRole', '{role}'),
  denied('logs:PutLogEvents', 'arn:aws:logs:eu-west-1:111122223333:log-group:any:*'),
]);

rights('the role of a machine that waits for another', (stack) => {
  const child = new SecureStateMachine(stack, 'Child', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')), stateMachineName: 'child' });
  const run = new StepFunctionsStartExecution(stack, 'Run', { stateMachine: child, integrationPattern: IntegrationPattern.RUN_JOB, ...SOON })
    .addCatch(new Fail(stack, 'NotRun'));
  const { machine, setting: made } = setting(stack, { definitionBody: DefinitionBody.fromChainable(run) });
  return { ...made, who: machine, child: child.stateMachineArn };
}, [
  allowed('states:StartExecution', '{child}'),
  allowed('states:DescribeExecution', 'arn:aws:states:eu-west-1:111122223333:execution:child:run'),
  allowed('kms:Decrypt', '{key}', through('states', ofMachine('{child}'))),
  denied('states:StartExecution', '{other}'),
  denied('states:DescribeExecution', RUN_OF_ANOTHER),
  denied('states:DescribeExecution', 'arn:aws:states:eu-west-1:111122223333:execution:children:run'),
  denied('kms:GenerateDataKey', '{key}', through('states', ofMachine('{child}'))),
]);

rights('the role of a machine with a distributed map', (stack) => {
  const each = new DistributedMap(stack, 'Each').itemProcessor(charging(stack)).addCatch(new Fail(stack, 'NotAll'));
  const { machine, setting: made } = setting(stack, { definitionBody: DefinitionBody.fromChainable(each) });
  return { ...made, who: machine };
}, [
  allowed('states:StartExecution', '{machine}'),
  allowed('states:DescribeExecution', RUN),
  allowed('states:RedriveExecution', CHILD_RUN),
  allowed('kms:GenerateDataKey', '{key}', ofMachine('{machine}/Each')),
  denied('states:RedriveExecution', RUN),
  denied('states:StartExecution', '{other}'),
  denied('states:StopExecution', RUN_OF_ANOTHER),
  denied('kms:Decrypt', '{key}', ofMachine('{other}')),
]);

rights('Step Functions and the role of a machine', (stack) => ({ ...setting(stack).setting, who: 'states.amazonaws.com' }), [
  allowed('sts:AssumeRole', '{role}', from('{machine}')),
  denied('sts:AssumeRole', '{role}'),
  denied('sts:AssumeRole', '{role}', from('arn:aws:states:eu-west-1:444455556666:stateMachine:theirs', '444455556666')),
  denied('sts:AssumeRole', '{role}', from('arn:aws:states:us-east-1:111122223333:stateMachine:checkout')),
  denied('kms:Decrypt', '{key}', ofMachine('{machine}')),
]);

rights('log delivery and the key of a machine', (stack) => ({ ...setting(stack).setting, who: 'delivery.logs.amazonaws.com' }), [
  allowed('kms:Decrypt', '{key}', { 'kms:EncryptionContext:SourceArn': LOGS }),
  denied('kms:Decrypt', '{key}', { 'kms:EncryptionContext:SourceArn': 'arn:aws:logs:eu-west-1:444455556666:*' }),
  denied('kms:Decrypt', '{key}', ofMachine('{machine}')),
  denied('kms:Encrypt', '{key}', { 'kms:EncryptionContext:SourceArn': LOGS }),
]);

function pipe(stack: Stack) {
  const source = queueIn(stack);
  const other = queueIn(stack, 'Another');
  const enrich = expressIn(stack, 'Enrich');
  const fn = aFunction(stack, 'Handle');
  const made = pipeIn(stack, {
    source: PipeSource.queue(source), enrichment: PipeEnrichment.expressStateMachine(enrich), target: PipeTarget.function(fn), pipeName: 'orders',
  });
  return {
    who: { grantPrincipal: made.role },
    source: source.queueArn,
    other: other.queueArn,
    enrich: enrich.stateMachineArn,
    fn: fn.functionArn,
    key: made.encryptionKey!.keyArn,
    role: made.role.roleArn,
    pipe: 'arn:aws:pipes:eu-west-1:111122223333:pipe/orders',
  };
}

rights('the role of a pipe from a queue through a machine to a function', pipe, [
  allowed('sqs:ReceiveMessage', '{source}'),
  allowed('sqs:DeleteMessage', '{source}'),
  allowed('kms:Decrypt', '{key}', through('sqs', { 'kms:EncryptionContext:aws:sqs:arn': '{source}' })),
  allowed('states:StartSyncExecution', '{enrich}'),
  allowed('kms:Decrypt', '{key}', through('states', ofMachine('{enrich}'))),
  allowed('lambda:InvokeFunction', '{fn}'),
  allowed('kms:DescribeKey', '{key}'),
  allowed('kms:Decrypt', '{key}', { 'kms:EncryptionContext:aws:pipe:arn': '{pipe}' }),
  allowed('kms:GenerateDataKey', '{key}', { 'kms:EncryptionContext:aws:pipes:arn': '{pipe}' }),
  denied('sqs:SendMessage', '{source}'),
  denied('sqs:ReceiveMessage', '{other}'),
  denied('kms:Decrypt', '{key}', through('sqs', { 'kms:EncryptionContext:aws:sqs:arn': '{other}' })),
  denied('states:StartExecution', '{enrich}'),
  denied('lambda:InvokeFunction', '{fn}:live'),
  denied('kms:Decrypt', '{key}', { 'kms:EncryptionContext:aws:pipe:arn': '{pipe}-of-others' }),
  denied('kms:Decrypt', '{key}'),
]);

rights('Pipes and the role of a pipe', (stack) => ({ ...pipe(stack), who: 'pipes.amazonaws.com' }), [
  allowed('sts:AssumeRole', '{role}', from('{pipe}')),
  denied('sts:AssumeRole', '{role}', from('{pipe}-of-others')),
  denied('sts:AssumeRole', '{role}', from('arn:aws:pipes:eu-west-1:444455556666:pipe/orders', '444455556666')),
  denied('sts:AssumeRole', '{role}'),
  denied('sqs:ReceiveMessage', '{source}', from('{pipe}')),
  denied('kms:Decrypt', '{key}', { 'kms:EncryptionContext:aws:pipe:arn': '{pipe}' }),
]);

rights('the role of a pipe from a table to a bus', (stack) => {
  const table = tableIn(stack);
  const bus = new SecureEventBus(stack, 'Bus');
  const { role, deadLetterQueue } = pipeIn(stack, {
    source: PipeSource.tableStream(table), target: PipeTarget.eventBus(bus, { source: 'shop.orders', detailType: 'OrderPlaced' }),
  });
  const names = { stream: table.tableStreamArn, table: table.tableArn, bus: bus.eventBusArn, last: deadLetterQueue!.queueArn };
  return { who: { grantPrincipal: role }, ...names };
}, [
  allowed('dynamodb:GetRecords', '{stream}'),
  allowed('events:PutEvents', '{bus}', { 'events:source': ['shop.orders'], 'events:detail-type': ['OrderPlaced'] }),
  allowed('sqs:SendMessage', '{last}'),
  denied('events:PutEvents', '{bus}', { 'events:source': ['shop.orders', 'shop.bills'], 'events:detail-type': ['OrderPlaced'] }),
  denied('events:PutEvents', '{bus}', { 'events:source': ['shop.orders'], 'events:detail-type': ['OrderPaid'] }),
  denied('events:PutEvents', '{bus}'),
  denied('dynamodb:GetItem', '{table}'),
  denied('dynamodb:PutItem', '{table}'),
  denied('sqs:ReceiveMessage', '{last}'),
]);
