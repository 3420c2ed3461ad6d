import { Duration } from 'aws-cdk-lib';
import { IFunction, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { IScheduleGroup, ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { DefinitionBody, IStateMachine, Pass, QueryLanguage, StateMachineType, Timeout, Wait, WaitTime } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { scheduleFields, scheduleInput, schedules, streams, tables } from './functions';
import { lastStops, queues } from './messaging';
import { PipeAlarms } from '../../../src/integration/pipe/pipe-alarms';
import { PipeEnrichment } from '../../../src/integration/pipe/pipe-enrichment';
import { PipeLogLevel } from '../../../src/integration/pipe/pipe-log-level';
import { PipeSource } from '../../../src/integration/pipe/pipe-source';
import { PipeSourceOptions, PipeStreamOptions } from '../../../src/integration/pipe/pipe-source-options';
import { PipeState } from '../../../src/integration/pipe/pipe-state';
import { PipeTarget } from '../../../src/integration/pipe/pipe-target';
import { PipeEventBusOptions, PipeQueueTargetOptions } from '../../../src/integration/pipe/pipe-target-options';
import { SecurePipe } from '../../../src/integration/pipe/secure-pipe';
import { SecurePipeProps } from '../../../src/integration/pipe/secure-pipe-props';
import { ScheduleTarget } from '../../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../../src/integration/schedule/secure-schedule';
import { SecureScheduleProps } from '../../../src/integration/schedule/secure-schedule-props';
import { ErrorCatching } from '../../../src/workflow/error-catching';
import { ExecutionData } from '../../../src/workflow/execution-data';
import { SecureStateMachine } from '../../../src/workflow/secure-state-machine';
import { SecureStateMachineProps } from '../../../src/workflow/secure-state-machine-props';
import { StateMachineAlarms } from '../../../src/workflow/state-machine-alarms';
import { StateMachineTracing } from '../../../src/workflow/state-machine-tracing';
import { any, call, dictionary, Fields, lawful, list, made, mostly, needs, oneOf, Said, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import {
  actionNames, alarms, boundary, durations, key, masking, names, numbers, ownGrantee, reasons, retention, texts, textToken,
} from '../support/values';

const standardMachine = made<IStateMachine>('aMachine', (kit) => kit.part('Machine', (stack, id) => new SecureStateMachine(stack, id, { definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Pass`)) })));
const expressMachine = made<IStateMachine>('anExpressMachine', (kit) => kit.part('Express', (stack, id) => new SecureStateMachine(stack, id, {
  stateMachineType: StateMachineType.EXPRESS, definitionBody: DefinitionBody.fromChainable(new Pass(stack, `${id}Pass`)),
})));
const machine: Values<IStateMachine> = any<IStateMachine>(standardMachine, expressMachine);
const fn: Values<IFunction> = mostly(
  any<IFunction>(made<IFunction>('aFunction', (kit) => kit.fn()), made<IFunction>('aFunction.addAlias()', (kit) => kit.part('AliasTarget', () => kit.fn().addAlias('target')))),
  made<IFunction>('Function.fromFunctionArn()', (kit) => kit.importedFunction()), made<IFunction>('Function.fromFunctionArn(of a partner)', (kit) => kit.foreignFunction()),
);
const sources = mostly(oneOf('shop.orders'), oneOf('', 'aws.s3', '*'), textToken);

const scheduleProps: Fields<SecureScheduleProps> = {
  ...scheduleFields,
  schedule: schedules,
  target: any<ScheduleTarget>(
    call('ScheduleTarget.function', ScheduleTarget.function, fn, scheduleInput),
    call('ScheduleTarget.queue', ScheduleTarget.queue, queues, scheduleInput, oneOf<string | undefined>(undefined, 'group', '')),
    call('ScheduleTarget.stateMachine', ScheduleTarget.stateMachine, machine, scheduleInput),
    call('ScheduleTarget.eventBus', ScheduleTarget.eventBus, made('aBus', (kit) => kit.bus()), sources, sources, scheduleInput),
    call('ScheduleTarget.topic', ScheduleTarget.topic, made('aTopic', (kit) => kit.topic()), scheduleInput),
  ),
  scheduleGroup: made<IScheduleGroup>('aGroup', (kit) => kit.part('Group', (stack, id) => new ScheduleGroup(stack, id))),
  deadLetterQueue: lastStops,
  encryptionKey: key,
  permissionsBoundary: boundary,
};

const sourceFields: Fields<PipeSourceOptions> = {
  batchSize: numbers(1, 10_000), maxBatchingWindow: durations('seconds', 0, 300), filters: list(mostly(oneOf<{ [field: string]: unknown }>({ body: { kind: ['a'] } }), oneOf<{ [field: string]: unknown }>({})), { minLength: 1, maxLength: 2 }),
};
const streamOptions: Values<PipeStreamOptions> = struct<PipeStreamOptions>({
  ...sourceFields,
  startingPosition: mostly(oneOf<StartingPosition>(StartingPosition.LATEST, StartingPosition.TRIM_HORIZON), oneOf(StartingPosition.AT_TIMESTAMP)),
  retryAttempts: numbers(0, 185),
  maxRecordAge: durations('seconds', 60, 604_800),
  parallelizationFactor: numbers(1, 10),
  deadLetterQueue: lastStops,
});

const pipeProps: Fields<SecurePipeProps> = {
  source: any<PipeSource>(
    call('PipeSource.queue', PipeSource.queue, queues, struct<PipeSourceOptions>(sourceFields)),
    call('PipeSource.tableStream', PipeSource.tableStream, tables, streamOptions),
    call('PipeSource.stream', PipeSource.stream, streams, streamOptions),
  ),
  target: any<PipeTarget>(
    call('PipeTarget.function', PipeTarget.function, fn),
    call('PipeTarget.stateMachine', PipeTarget.stateMachine, machine),
    call('PipeTarget.expressStateMachine', PipeTarget.expressStateMachine, mostly(expressMachine, machine)),
    call('PipeTarget.queue', PipeTarget.queue, queues, struct<PipeQueueTargetOptions>({ messageGroupId: names('orders'), messageDeduplicationId: names('$.id') })),
    call('PipeTarget.eventBus', PipeTarget.eventBus, made('aBus', (kit) => kit.bus()), struct<PipeEventBusOptions>({ source: sources, detailType: sources }, 'source', 'detailType')),
    call('PipeTarget.topic', PipeTarget.topic, made('aTopic', (kit) => kit.topic())),
  ),
  enrichment: any<PipeEnrichment>(call('PipeEnrichment.function', PipeEnrichment.function, fn), call('PipeEnrichment.expressStateMachine', PipeEnrichment.expressStateMachine, mostly(expressMachine, machine))),
  enrichmentInputTemplate: texts,
  targetInputTemplate: texts,
  pipeName: names('orders'),
  description: texts,
  desiredState: oneOf(...Object.values(PipeState)),
  encryptionKey: key,
  logLevel: oneOf(...Object.values(PipeLogLevel)),
  logRetention: retention,
  permissionsBoundary: boundary,
  alarms: alarms<PipeAlarms>('executionFailed', 'executionPartiallyFailed', 'executionTimeout', 'executionThrottled'),
};

const definitions: Values<DefinitionBody> = mostly<DefinitionBody>(any<DefinitionBody>(
  made('DefinitionBody.fromChainable(new Pass())', (kit) => DefinitionBody.fromChainable(new Pass(kit.stack, kit.fresh('Pass')))),
  made('DefinitionBody.fromChainable(new LambdaInvoke())', (kit) => {
    const task = new LambdaInvoke(kit.stack, kit.fresh('Task'), { lambdaFunction: kit.fn(), taskTimeout: Timeout.duration(Duration.seconds(20)) });
    return DefinitionBody.fromChainable(task.addCatch(new Pass(kit.stack, kit.fresh('Failed'))));
  }),
  made('DefinitionBody.fromChainable(new LambdaInvoke(), which catches nothing)', (kit) => DefinitionBody.fromChainable(
    new LambdaInvoke(kit.stack, kit.fresh('Task'), { lambdaFunction: kit.fn(), taskTimeout: Timeout.duration(Duration.seconds(20)) }))),
  made('DefinitionBody.fromChainable(new Wait())', (kit) => DefinitionBody.fromChainable(new Wait(kit.stack, kit.fresh('Wait'), { time: WaitTime.duration(Duration.minutes(1)) }))),
),
made('DefinitionBody.fromString({})', () => DefinitionBody.fromString('{"StartAt":"A","TimeoutSeconds":60,"States":{"A":{"Type":"Pass","End":true}}}')),
made("DefinitionBody.fromString('')", () => DefinitionBody.fromString('')),
made("DefinitionBody.fromString('no json')", () => DefinitionBody.fromString('no json')),
);

const machineProps: Fields<SecureStateMachineProps> = {
  definitionBody: definitions,
  stateMachineType: oneOf(...Object.values(StateMachineType)),
  queryLanguage: oneOf(...Object.values(QueryLanguage)),
  timeout: durations('seconds', 1, 300),
  comment: texts,
  stateMachineName: names('checkout'),
  definitionSubstitutions: dictionary(mostly(oneOf('TABLE'), oneOf('')), texts, { minKeys: 1 }),
  encryptionKey: key,
  tracing: any<StateMachineTracing>(call('StateMachineTracing.active', StateMachineTracing.active), call('StateMachineTracing.off', StateMachineTracing.off, reasons)),
  executionData: any<ExecutionData>(call('ExecutionData.omitted', ExecutionData.omitted), call('ExecutionData.logged', ExecutionData.logged, reasons)),
  logRetention: retention,
  logMasking: masking,
  errorCatching: any<ErrorCatching>(call('ErrorCatching.required', ErrorCatching.required), call('ErrorCatching.off', ErrorCatching.off, reasons)),
  permissionsBoundary: boundary,
  alarms: alarms<StateMachineAlarms>('executionsFailed', 'executionsTimedOut', 'executionsAborted', 'executionThrottled', 'executionTime', 'sensitiveLogs'),
};

type Verb = (one: SecureStateMachine, to: never) => unknown;
const verb = (use: Verb): Values<Step<SecureStateMachine>> => step((one: SecureStateMachine, to) => use(one, to as never), ownGrantee);
const actions = actionNames(['states:StartExecution'], 'states:*');

const machineSteps: { [method: string]: Values<Step<SecureStateMachine>> } = {
  addToRolePolicy: step(() => undefined),
  allowReadExecutions: verb((one, to) => one.allowReadExecutions(to)),
  allowRedrive: verb((one, to) => one.allowRedrive(to)),
  allowStart: verb((one, to) => one.allowStart(to)),
  allowStartSync: verb((one, to) => one.allowStartSync(to)),
  allowStop: verb((one, to) => one.allowStop(to)),
  allowTaskResponse: verb((one, to) => one.allowTaskResponse(to)),
  grant: step((one: SecureStateMachine, to, names_) => one.grant(to, ...names_), ownGrantee, actions),
  grantExecution: step((one: SecureStateMachine, to, names_) => one.grantExecution(to, ...names_), ownGrantee, actionNames(['states:DescribeExecution'], 'states:*')),
  grantRead: verb((one, to) => one.grantRead(to)),
  grantRedriveExecution: verb((one, to) => one.grantRedriveExecution(to)),
  grantStartExecution: verb((one, to) => one.grantStartExecution(to)),
  grantStartSyncExecution: verb((one, to) => one.grantStartSyncExecution(to)),
  grantTaskResponse: verb((one, to) => one.grantTaskResponse(to)),
};

const isFifo = (queue: string): boolean => queue.includes('Fifo');

/** A group of messages is for FIFO queues, and one queue works the other off. */
const isSchedule = ({ target: [kind, queue, , group] }: Said): boolean => kind !== 'ScheduleTarget.queue' || isFifo(queue as string) === (group !== undefined && group !== 'undefined');

/** A target that takes ten messages gets no more, and a group of messages is for FIFO queues. */
function isPipe({ source: [kind, , from], target: [to, queue, options = {}], enrichment }: Said): boolean {
  const most = /queue|eventBus|topic/.test(to as string) && enrichment === undefined ? 10 : 10_000;
  return (from.batchSize ?? 1) <= most && (kind !== 'PipeSource.queue' || from.batchSize === undefined || from.batchSize <= 10 || from.maxBatchingWindow !== undefined)
    && (to !== 'PipeTarget.queue' || isFifo(queue as string) === (options.messageGroupId !== undefined))
    && (to !== 'PipeTarget.queue' || isFifo(queue as string) || options.messageDeduplicationId === undefined);
}

/** Express machines do less, and CDK looks into chained states only. */
function isMachine({ props, steps, profile }: SaidOfSample): boolean {
  const express = props.stateMachineType === StateMachineType.EXPRESS;
  const text = props.definitionBody.includes('fromString');
  const refused = express ? /Redrive|ReadExec|Stop|grantRead|Execution$/ : /Sync/;
  const alone = ['executionsAborted', 'executionThrottled'].some((name) => props.alarms?.[name] !== undefined);
  return text === (props.definitionSubstitutions !== undefined) && (!text || props.queryLanguage === undefined) && !(express && alone)
    && steps.every(([method]) => !refused.test(method as string)) && (profile === 'sandbox' || props.logRetention === undefined || props.logRetention >= 365)
    && (!props.definitionBody.includes('catches nothing') || props.errorCatching?.[0] === 'ErrorCatching.off');
}

export const INTEGRATION: readonly Subject[] = [
  { name: 'SecureSchedule', make: (scope, id, props) => new SecureSchedule(scope, id, props), props: lawful(struct(scheduleProps, 'schedule', 'target'), isSchedule), propNames: Object.keys(scheduleProps), steps: {}, law: ({ props, twin }) => !(twin && props.scheduleName !== undefined) },
  { name: 'SecurePipe', make: (scope, id, props) => new SecurePipe(scope, id, props), props: lawful(struct(pipeProps, 'source', 'target'), isPipe, needs('enrichmentInputTemplate', 'enrichment')), propNames: Object.keys(pipeProps), steps: {} },
  {
    name: 'SecureStateMachine',
    make: (scope, id, props) => new SecureStateMachine(scope, id, props),
    props: struct(machineProps, 'definitionBody'),
    propNames: Object.keys(machineProps),
    law: isMachine,
    steps: machineSteps,
  },
];
