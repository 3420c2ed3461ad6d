import { join } from 'path';
import { Size } from 'aws-cdk-lib';
import { ITable, AttributeType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Peer, Port } from 'aws-cdk-lib/aws-ec2';
import { AccountPrincipal, AnyPrincipal, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IStream, Stream } from 'aws-cdk-lib/aws-kinesis';
import { ApplicationLogLevel, Architecture, Code, FunctionUrlAuthType, ILayerVersion, LayerVersion, Runtime, StartingPosition, TenancyConfig } from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression, ScheduleTargetInput } from 'aws-cdk-lib/aws-scheduler';
import { ISigningProfile, Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { eventPatterns, lastStops, onceEach, queues } from './messaging';
import { buckets } from './storage';
import { DependencyException, DependencyLimits } from '../../../src/core/third-party/dependency-limits';
import { SecureTable } from '../../../src/database/table/secure-table';
import { CodeSigning } from '../../../src/function/code/code-signing';
import { NodejsBundling } from '../../../src/function/code/nodejs-bundling';
import { AsyncInvocation, FunctionAlarms, SecureFunctionOptions } from '../../../src/function/function-options';
import { FunctionTracing } from '../../../src/function/function-tracing';
import { SecureFunction, SecureFunctionProps } from '../../../src/function/secure-function';
import { SecureNodejsFunction, SecureNodejsFunctionProps } from '../../../src/function/secure-nodejs-function';
import { FunctionNetwork } from '../../../src/network/access/function-network';
import { StackNetwork } from '../../../src/network/stack-network';
import { SecretRotation } from '../../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../../src/secrets/secret/secure-secret';
import { BucketTriggerOptions } from '../../../src/triggers/bucket-trigger';
import { BucketTriggerEvent } from '../../../src/triggers/bucket-trigger-event';
import { EndlessRetries } from '../../../src/triggers/endless-retries';
import { EventTriggerOptions } from '../../../src/triggers/event-trigger';
import { QueueTriggerOptions } from '../../../src/triggers/queue-trigger';
import { ScheduleTriggerOptions } from '../../../src/triggers/schedule-trigger';
import { StreamTriggerAlarms, StreamTriggerOptions } from '../../../src/triggers/stream-trigger-options';
import { TopicTriggerOptions } from '../../../src/triggers/topic-trigger';
import { TriggerLoop } from '../../../src/triggers/trigger-loop';
import { demanded } from '../../support/self-audit';
import { Kit, PARTNER } from '../support/kit';
import { any, atMostOne, call, dictionary, distinct, Fields, illegal, lawful, list, made, mostly, oneOf, Said, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import { alarm, alarms, boundary, classification, durations, flag, grantee, key, keyNames, masking, names, numbers, reasons, retention, sizes, texts, textToken } from '../support/values';

const HANDLER = join(__dirname, '../../support/handler');

export const network: Values<FunctionNetwork> = made('aNetwork', (kit) => kit.part('Network', (stack) => demanded(stack).network ?? StackNetwork.of(stack) ?? {
  vpc: kit.vpc(),
}));

export const secret = (kit: Kit): SecureSecret => kit.part('Secret', (stack, id) => new SecureSecret(stack, id, { rotation: SecretRotation.off('the partner issues it once a year, by mail') }));

const layers: Values<ILayerVersion> = any<ILayerVersion>(
  made('LayerVersion.fromLayerVersionArn()', (kit) => kit.part('Layer', (stack, id) => LayerVersion.fromLayerVersionArn(stack, id, stack.formatArn({
    service: 'lambda', resource: 'layer', resourceName: 'tools:1', arnFormat: 'arn:aws:service:region:account:resource:resourceName' as never,
  })))),
  made('LayerVersion.fromLayerVersionArn(of a partner)', (kit) => kit.part('ForeignLayer', (stack, id) => (
    LayerVersion.fromLayerVersionArn(stack, id, `arn:aws:lambda:eu-west-1:${PARTNER}:layer:tools:1`)))),
);

export const optionFields: Fields<SecureFunctionOptions> = {
  description: texts,
  functionName: names('orders', 'place-order_1'),
  memorySize: numbers(128, 10_240),
  timeout: durations('seconds', 1, 900),
  architecture: made('Architecture.X86_64', () => Architecture.X86_64),
  environment: dictionary(keyNames(['TABLE', 'lower'], ['1X', 'AWS_REGION', 'PASSWORD', '']), mostly(oneOf('orders', '1'), oneOf('', 'AKIAIOSFODNN7EXAMPLE', 'x'.repeat(5000)), textToken)),
  secrets: dictionary(keyNames(['TOKEN'], ['']), made('aSecret', secret)),
  layers: lawful(list(layers, { maxLength: 2 }), distinct()),
  trustedLayerAccounts: list(mostly(oneOf(PARTNER), oneOf('', '*', '1')), { maxLength: 2 }),
  reservedConcurrentExecutions: numbers(1, 100),
  asyncInvocation: struct<AsyncInvocation>({ retryAttempts: numbers(0, 2), maxEventAge: durations('seconds', 60, 21_600), failureQueue: lastStops }),
  logRetention: retention,
  logMasking: masking,
  dataClassification: classification,
  logLevel: oneOf(...Object.values(ApplicationLogLevel)), // below INFO only in the sandbox
  tracing: any<FunctionTracing>(call('FunctionTracing.active', FunctionTracing.active), call('FunctionTracing.off', FunctionTracing.off, reasons)),
  network,
  encryptionKey: key,
  permissionsBoundary: boundary,
  codeSigning: any<CodeSigning>(
    made('CodeSigning.byConfig(aConfig)', (kit) => CodeSigning.byConfig(kit.signing())),
    call('CodeSigning.byProfiles', CodeSigning.byProfiles, mostly(oneOf('the release team'), texts), mostly<ISigningProfile>(
      made<ISigningProfile>('SigningProfile.fromSigningProfileAttributes()', (kit) => kit.part('ForeignPublisher', (stack, id) => SigningProfile.fromSigningProfileAttributes(stack, id, {
        signingProfileName: 'publisher', signingProfileVersion: 'a1b2c3d4e5',
      }))),
      made<ISigningProfile>('aProfile', (kit) => kit.part('Publisher', (stack, id) => new SigningProfile(stack, id, { platform: Platform.AWS_LAMBDA_SHA384_ECDSA }))),
    )),
  ),
  codeSigningConfig: made('aSigningConfig', (kit) => kit.signing()),
  ephemeralStorageSize: mostly(call('Size.mebibytes', Size.mebibytes, numbers(512, 10_240)), sizes(512 * 1024, 10_240 * 1024)),
  tenancyConfig: made('TenancyConfig.PER_TENANT', () => TenancyConfig.PER_TENANT),
  alarms: alarms<FunctionAlarms>('errors', 'throttles', 'duration', 'concurrency', 'failureQueueDepth', 'sensitiveLogs'),
};

const loop: Values<TriggerLoop> = call('TriggerLoop.accepted', TriggerLoop.accepted, reasons);
const eventFields: Fields<EventTriggerOptions> = { retryAttempts: numbers(0, 185), maxEventAge: durations('seconds', 60, 86_400), description: texts, loop };
const filters = list(mostly(oneOf<{ [key: string]: unknown }>({ body: { kind: ['order'] } }), oneOf<{ [key: string]: unknown }>({})), { minLength: 1, maxLength: 2 });
const streamOptions: Values<StreamTriggerOptions> = struct<StreamTriggerOptions>({
  batchSize: numbers(1, 10_000),
  maxBatchingWindow: durations('seconds', 0, 300),
  startingPosition: mostly(oneOf<StartingPosition>(StartingPosition.LATEST, StartingPosition.TRIM_HORIZON), oneOf(StartingPosition.AT_TIMESTAMP)),
  retryAttempts: numbers(0, 10_000),
  maxRecordAge: durations('seconds', 60, 604_800),
  parallelizationFactor: numbers(1, 10),
  filters,
  alarms: struct<StreamTriggerAlarms>({ iteratorAge: alarm }),
  loop,
});

export const schedules: Values<ScheduleExpression> = mostly(
  any(
    made("ScheduleExpression.expression('rate(1 day)')", () => ScheduleExpression.expression('rate(1 day)')),
    made("ScheduleExpression.expression('cron(0 3 * * ? *)')", () => ScheduleExpression.expression('cron(0 3 * * ? *)')),
  ),
  made("ScheduleExpression.expression('now and then')", () => ScheduleExpression.expression('now and then')),
  made("ScheduleExpression.expression('')", () => ScheduleExpression.expression('')),
);

export const scheduleFields = {
  scheduleName: names('nightly'),
  description: texts,
  flexibleWindow: durations('minutes', 1, 1440),
  start: mostly(oneOf(new Date('2027-01-01T00:00:00Z'), new Date('2020-01-01T00:00:00Z')), oneOf(new Date(NaN))),
  end: mostly(oneOf(new Date('2028-01-01T00:00:00Z')), oneOf(new Date('2019-01-01T00:00:00Z'), new Date(NaN))),
  retryAttempts: numbers(0, 185),
  maxEventAge: durations('seconds', 60, 86_400),
  enabled: flag,
};
export const scheduleInput = any(made("ScheduleTargetInput.fromText('go')", () => ScheduleTargetInput.fromText('go')), made('ScheduleTargetInput.fromObject({ a: 1 })', () => ScheduleTargetInput.fromObject({ a: 1 })));

export const tables: Values<ITable> = mostly<ITable>(
  made<ITable>('aTableWithStream', (kit) => kit.part('StreamTable', (stack, id) => new SecureTable(stack, id, {
    partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_AND_OLD_IMAGES,
  })) as unknown as ITable),
  made<ITable>('aTable', (kit) => kit.part('Table', (stack, id) => new SecureTable(stack, id, { partitionKey: { name: 'id', type: AttributeType.STRING } })) as unknown as ITable),
);

export const streams: Values<IStream> = made<IStream>('Stream.fromStreamArn()', (kit) => kit.part('Stream', (stack, id) => (
  Stream.fromStreamArn(stack, id, stack.formatArn({ service: 'kinesis', resource: 'stream', resourceName: 'clicks' })))));

type AnyFunction = SecureFunction;

const functionSteps: { [method: string]: Values<Step<AnyFunction>> } = {
  allowInvoke: step((fn: AnyFunction, to) => fn.allowInvoke(to), grantee),
  addAlias: step((fn: AnyFunction, name) => fn.addAlias(name), names('live', 'beta')),
  addEnvironment: step((fn: AnyFunction, name, value) => fn.addEnvironment(name, value), mostly(oneOf('TABLE'), oneOf('PASSWORD', '', 'a b')), mostly(oneOf('x'), oneOf('AKIAIOSFODNN7EXAMPLE'), textToken)),
  addFunctionUrl: step((fn: AnyFunction, authType) => fn.addFunctionUrl({ authType }),
    mostly(oneOf<FunctionUrlAuthType>(FunctionUrlAuthType.AWS_IAM), oneOf(FunctionUrlAuthType.NONE))),
  addLayers: step((fn: AnyFunction, layer) => fn.addLayers(layer), layers),
  addPermission: step((fn: AnyFunction, principal, sourceArn) => fn.addPermission('Permission', { principal, sourceArn }), any(
    made("new ServicePrincipal('s3.amazonaws.com')", () => new ServicePrincipal('s3.amazonaws.com')),
    illegal(made('new AnyPrincipal()', () => new AnyPrincipal())),
    made('new AccountPrincipal(of a partner)', () => new AccountPrincipal(PARTNER)),
    made('aFunction.grantPrincipal', (kit) => kit.fn().grantPrincipal),
    illegal(made('Function.fromFunctionArn().grantPrincipal', (kit) => kit.importedFunction().grantPrincipal)),
  ), mostly(oneOf<string | undefined>('arn:aws:s3:::elsewhere-111122223333', undefined), oneOf<string | undefined>('', '*'), textToken)),
  addToRolePolicy: step((fn: AnyFunction, actions, resources) => fn.addToRolePolicy(new PolicyStatement({ actions, resources })),
    list(oneOf('ses:SendEmail', 'cloudwatch:PutMetricData'), { minLength: 1, maxLength: 2 }), list(oneOf('arn:aws:ses:eu-west-1:111122223333:identity/shop.example.com'), { minLength: 1, maxLength: 1 })),
  allowEgressTo: step((fn: AnyFunction, peer, description) => fn.allowEgressTo(peer, Port.tcp(443), description), any(
    made("Peer.ipv4('10.0.0.0/8')", () => Peer.ipv4('10.0.0.0/8')), illegal(made('Peer.anyIpv4()', () => Peer.anyIpv4())), illegal(made("Peer.ipv4('0.0.0.0/1')", () => Peer.ipv4('0.0.0.0/1'))),
  ), texts),
  configureAsyncInvoke: step((fn: AnyFunction, retryAttempts) => fn.configureAsyncInvoke({ retryAttempts }), numbers(0, 2)),
  onBucket: step((fn: AnyFunction, bucket, options) => fn.onBucket(bucket, options), mostly(made<IBucket>('aBucket', (kit) => kit.bucket()), buckets), struct<BucketTriggerOptions>({
    ...eventFields, prefix: names('in/'), suffix: names('.pdf'), events: list(oneOf(...Object.values(BucketTriggerEvent)), { minLength: 1, maxLength: 2 }),
  })),
  onEvent: step((fn: AnyFunction, bus, pattern, options) => fn.onEvent(bus, pattern, options), made('aBus', (kit) => kit.bus()), eventPatterns, struct<EventTriggerOptions>(eventFields)),
  onQueue: step((fn: AnyFunction, queue, options) => fn.onQueue(queue, options), mostly(made<IQueue>('aQueue', (kit) => kit.queue()), queues), struct<QueueTriggerOptions>({
    batchSize: numbers(1, 10), maxBatchingWindow: durations('seconds', 0, 300), maxConcurrency: numbers(2, 1000), filters, endlessRetries: call('EndlessRetries.accepted', EndlessRetries.accepted, reasons), loop,
  })),
  onSchedule: step((fn: AnyFunction, schedule, options) => fn.onSchedule(schedule, options), schedules, struct<ScheduleTriggerOptions>({
    ...scheduleFields, input: scheduleInput, permissionsBoundary: boundary,
  })),
  onStream: step((fn: AnyFunction, stream, options) => fn.onStream(stream, options), streams, streamOptions),
  onTable: step((fn: AnyFunction, table, options) => fn.onTable(table, options), tables, streamOptions),
  onTopic: step((fn: AnyFunction, topic, options) => fn.onTopic(topic, options), made('aTopic', (kit) => kit.topic()), lawful(struct<TopicTriggerOptions>({
    filterPolicy: dictionary(oneOf('kind'), made('SubscriptionFilter.existsFilter()', () => SubscriptionFilter.existsFilter()), { minKeys: 1 }),
    filterPolicyWithMessageBody: dictionary(oneOf('kind'), made('FilterOrPolicy.filter(exists)', () => FilterOrPolicy.filter(SubscriptionFilter.existsFilter())), { minKeys: 1 }),
    loop,
  }), atMostOne('filterPolicy', 'filterPolicyWithMessageBody'))),
};

/** What the props of a function say together: one signer, and logs as long and as plain as the profile wants them. */
export function isFunction(said: Said, profile: string): boolean {
  const { codeSigning, codeSigningConfig, logRetention, logLevel } = said;
  return (codeSigning === undefined || codeSigningConfig === undefined) && (profile === 'sandbox' || (!['DEBUG', 'TRACE'].includes(logLevel as string)
    && (logRetention === undefined || logRetention >= 365)));
}

/** Whatever may be there once is; what calls a function twice is a loop or a mistake. */
function isUsed({ props, steps, profile, twin }: SaidOfSample): boolean {
  const methods = steps.map(([method]) => method as string);
  const once = methods.filter((method) => /^(on|addFunctionUrl|addPermission|configure)/.test(method));
  const most = props.reservedConcurrentExecutions ?? (profile === 'regulated' ? 10 : Infinity);
  return new Set(once).size === once.length && onceEach(steps, 'addAlias')
    && (!methods.includes('configureAsyncInvoke') || (props.asyncInvocation === undefined && !methods.some((method) => /^on/.test(method))))
    && (!methods.includes('addFunctionUrl') || props.tenancyConfig === undefined)
    && (!methods.includes('allowEgressTo') || props.network !== undefined || profile === 'regulated')
    && !(twin && props.functionName !== undefined)
    && steps.every(isCalled) && steps.every(([method, , options]) => method !== 'onQueue' || (options?.maxConcurrency ?? 0) <= most);
}

/** A service is let in for one resource, and a caller must be known. */
function isCalled([method, to, sourceArn]: Said): boolean {
  return method === 'allowInvoke' ? to !== 'Function.fromFunctionArn()'
    : method !== 'addPermission' || to.startsWith('new ServicePrincipal') === (sourceArn !== undefined);
}

const functionFields: Fields<SecureFunctionProps> = {
  ...optionFields,
  code: any<Code>(made<Code>('Code.fromAsset()', () => Code.fromAsset(HANDLER)), made<Code>('Code.fromBucketV2(aBucket)', (kit) => Code.fromBucketV2(kit.bucket(), 'code.zip', { objectVersion: '1' }))),
  handler: names('index.handler'),
  runtime: made('Runtime.NODEJS_24_X', () => Runtime.NODEJS_24_X),
};

const nodejsFields: Fields<SecureNodejsFunctionProps> = {
  ...optionFields,
  entry: mostly(made('entry', () => join(__dirname, '../../fixtures/fresh-app/handler.ts')), oneOf('', 'nowhere.ts')),
  handler: names('handler'),
  runtime: made('Runtime.NODEJS_24_X', () => Runtime.NODEJS_24_X), // an older one is a finding until somebody accepts it
  bundling: struct<NodejsBundling>({
    minify: flag, sourceMap: flag, esm: flag, externalModules: list(oneOf('@aws-sdk/*')), nodeModules: list(oneOf('zod'), { maxLength: 1 }), tsconfig: names('tsconfig.json'), keepNames: flag,
  }),
  depsLockFilePath: made('lock file', () => join(__dirname, '../../../package-lock.json')),
  projectRoot: made('root', () => join(__dirname, '../../..')),
  dependencyLimits: struct<DependencyLimits>({
    mostPackages: numbers(0, 1000),
    installScripts: flag,
    licences: list(mostly(oneOf('MIT', 'Apache-2.0'), oneOf('')), { minLength: 1, maxLength: 2 }),
    exceptions: list(struct<DependencyException>({ name: names('zod'), reason: reasons }, 'name', 'reason'), { maxLength: 1 }),
  }),
};

/** What the profile demands, unless the author says it in another way. */
export function withDemands(kit: Kit, { codeSigning }: SecureFunctionOptions = {}): SecureFunctionOptions {
  const { codeSigningConfig, ...others } = demanded(kit.stack);
  return codeSigning === undefined ? { ...others, codeSigningConfig } : others;
}

export const FUNCTIONS: readonly Subject[] = [
  {
    name: 'SecureFunction',
    make: (scope, id, props, kit) => new SecureFunction(scope, id, { ...withDemands(kit, props as SecureFunctionOptions), ...props }),
    law: (said) => isFunction(said.props, said.profile) && isUsed(said),
    props: struct(functionFields, 'code', 'handler', 'runtime'),
    propNames: Object.keys(functionFields),
    steps: functionSteps,
  },
  {
    name: 'SecureNodejsFunction',
    make: (scope, id, props, kit) => new SecureNodejsFunction(scope, id, { ...withDemands(kit, props as SecureFunctionOptions), ...props }),
    law: (said) => isFunction(said.props, said.profile) && isUsed(said),
    props: struct(nodejsFields, 'entry'),
    propNames: Object.keys(nodejsFields),
    steps: functionSteps,
  },
  {
    name: 'SecureFunctionAlias',
    make: (_, id, { aliasName }: { aliasName: string }, kit) => kit.part(id, () => kit.fn('Aliased').addAlias(aliasName)),
    props: struct({ aliasName: names('live', 'beta') }, 'aliasName'),
    propNames: [],
    law: ({ steps, twin }) => !twin && steps.every(isCalled) && steps.filter(([method]) => method === 'addPermission').length <= 1,
    steps: {
      allowInvoke: functionSteps.allowInvoke,
      addPermission: functionSteps.addPermission,
    },
  },
];
