import { join } from 'path';
import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, Grant, IGrantable, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, LoggingFormat, RecursiveLoop, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { Queue, QueueEncryption, RedrivePermission } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { alarm } from './by-hand-alarm';
import { masking } from './by-hand-masking';

export const ENCRYPT = ['kms:Decrypt', 'kms:GenerateDataKey'];

/** What the parts of the stack share. */
export interface Shared {
  /** Where resources are made: the part of the app that they belong to, as in the example. */
  readonly scope: Construct;
  readonly stack: Stack;
  readonly key: Key;
  readonly alarms: ITopic;
  /** What services could not deliver. */
  readonly deadLetters: Queue;
}

export function allow(grantee: IGrantable, actions: string[], resources: string[], conditions?: Record<string, Record<string, unknown>>): void {
  Grant.addToPrincipal({ grantee, actions, resourceArns: resources, conditions });
}

export function allowKey(grantee: IGrantable, { stack, key }: Pick<Shared, 'stack' | 'key'>, service: string, actions: string[], context: Record<string, string>): void {
  allow(grantee, actions, [key.keyArn], { StringEquals: { 'kms:ViaService': `${service}.${stack.region}.amazonaws.com`, ...context } });
}

export function openKey({ stack, key }: Pick<Shared, 'stack' | 'key'>, service: string, actions: string[], conditions?: Record<string, unknown>): void {
  key.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal(service)],
    actions,
    resources: ['*'],
    conditions: conditions ?? { StringEquals: { 'aws:SourceAccount': stack.account } },
  }));
}

/** A queue that only its account reaches. */
export function plainQueue({ scope, stack, key }: Omit<Shared, 'deadLetters'>, id: string, deadLetters?: Queue): Queue {
  const queue = new Queue(scope, id, {
    encryption: QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    retentionPeriod: deadLetters === undefined ? Duration.days(14) : Duration.days(4),
    visibilityTimeout: Duration.seconds(deadLetters === undefined ? 30 : 90),
    receiveMessageWaitTime: Duration.seconds(20),
    deadLetterQueue: deadLetters && { queue: deadLetters, maxReceiveCount: 5 },
    redriveAllowPolicy: { redrivePermission: id.endsWith('Failed') ? RedrivePermission.ALLOW_ALL : RedrivePermission.DENY_ALL },
    removalPolicy: RemovalPolicy.RETAIN,
  });
  queue.addToResourcePolicy(onlyOurs(stack, 'sqs:*', queue.queueArn));
  return queue;
}

export function onlyOurs({ account }: Stack, action: string, resource: string): PolicyStatement {
  return new PolicyStatement({
    sid: 'OnlyOurs',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [action],
    resources: [resource],
    conditions: { StringNotEquals: { 'aws:PrincipalAccount': account }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
  });
}

export function lastStop(shared: Omit<Shared, 'deadLetters'>, id: string): Queue {
  const { alarms } = shared;
  const queue = plainQueue(shared, id);
  alarm(queue, 'DeadLetters', 'something failed and lies here', queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }), 0, alarms);
  return queue;
}

export function makeQueue(shared: Shared, id: string): Queue {
  const queue = plainQueue(shared, id, lastStop(shared, `${id}Failed`));
  alarm(queue, 'OldestMessage', 'messages wait too long', queue.metricApproximateAgeOfOldestMessage({ statistic: 'Maximum' }), 900, shared.alarms);
  alarm(queue, 'Depth', 'many messages wait', queue.metricApproximateNumberOfMessagesVisible({ statistic: 'Maximum' }), 1000, shared.alarms);
  return queue;
}

/** Lets a service send to a queue in the name of one source. */
export function letSend(queue: Queue, service: string, sourceArn: string): void {
  queue.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal(service)],
    actions: ['sqs:SendMessage'],
    resources: [queue.queueArn],
    conditions: { ArnLike: { 'aws:SourceArn': sourceArn } },
  }));
}

export function makeLogs({ scope, key }: Shared, id: string): LogGroup {
  return new LogGroup(scope, id, {
    encryptionKey: key, retention: RetentionDays.ONE_YEAR, removalPolicy: RemovalPolicy.RETAIN, dataProtectionPolicy: masking(),
  });
}

/** The role of a service, which only resources of this account get. */
export function serviceRole({ scope, stack }: Pick<Shared, 'scope' | 'stack'>, id: string, service: string, baseline: PolicyStatement[] = [], sourceArn?: string): Role {
  const conditions = sourceArn === undefined ? undefined : { StringEquals: { 'aws:SourceAccount': stack.account }, ArnLike: { 'aws:SourceArn': sourceArn } };
  return new Role(scope, id, {
    assumedBy: new ServicePrincipal(service, { conditions }),
    description: `Runs ${scope.node.path}/${id}`,
    inlinePolicies: baseline.length === 0 ? undefined : { Baseline: new PolicyDocument({ statements: baseline }) },
  });
}

export function statement(actions: string[], resource: string, conditions?: Record<string, unknown>): PolicyStatement {
  return new PolicyStatement({ actions, resources: [resource], conditions });
}

export function makeFunction(shared: Shared, id: string, file: string, environment?: Record<string, string>): NodejsFunction {
  const { scope, key, alarms } = shared;
  const logGroup = makeLogs(shared, `${id}Logs`);
  const role = serviceRole(shared, `${id}Role`, 'lambda.amazonaws.com', [
    statement(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
    ...environment === undefined ? [statement(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*')] : [],
  ]);
  const fn = new NodejsFunction(scope, id, {
    role: environment === undefined ? role.withoutPolicyUpdates() : role, // or CDK adds a policy for the rights on traces alone
    entry: join(__dirname, '..', 'src', file),
    runtime: Runtime.NODEJS_24_X,
    logGroup,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    timeout: Duration.seconds(15),
    recursiveLoop: RecursiveLoop.TERMINATE,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.INFO,
    tracing: Tracing.ACTIVE,
    environment,
    environmentEncryption: environment && key,
    bundling: { minify: true, externalModules: ['@aws-sdk/*', '@smithy/*'] },
  });
  alarm(fn, 'Errors', 'invocations fail; look for ERROR in the log group of the function', fn.metricErrors(), 0, alarms);
  alarm(fn, 'Throttles', 'Lambda refuses invocations; look at who calls', fn.metricThrottles(), 0, alarms);
  alarm(fn, 'Duration', 'invocations take more than 80 % of the timeout; look at the traces', fn.metricDuration({ statistic: 'p99' }), 12000, alarms);
  alarm(fn, 'Concurrency', 'unusually many executions at once', fn.metric('ConcurrentExecutions', { statistic: 'Maximum' }), 100, alarms);
  return fn;
}
