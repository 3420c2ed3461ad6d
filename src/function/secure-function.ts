import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IPeer, Port } from 'aws-cdk-lib/aws-ec2';
import { EventPattern, IEventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IStream } from 'aws-cdk-lib/aws-kinesis';
import {
  AliasOptions, Code, EnvironmentOptions, EventInvokeConfigOptions, EventSourceMapping, Function as LambdaFunction, FunctionUrl, FunctionUrlOptions,
  ILayerVersion, Permission, Runtime,
} from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ITopic, Subscription } from 'aws-cdk-lib/aws-sns';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { SecureFunctionOptions } from './function-options';
import { makeFunctionParts } from './function-parts';
import { FunctionGuard } from './guards/function-guard';
import { checkHandler } from './guards/function-validation';
import { checkInvoker } from './invocation/invoke-permission';
import { SecureFunctionAlias } from './invocation/secure-function-alias';
import { placeOf, refuse } from '../core/configuration-error';
import { recordProps } from '../core/exceptions/overrides';
import { explainImportedRole } from '../iam/imported-role';
import { SecureSchedule } from '../integration/schedule/secure-schedule';
import { BucketTriggerOptions } from '../triggers/bucket-trigger';
import { EventTriggerOptions } from '../triggers/event-trigger';
import { QueueTriggerOptions } from '../triggers/queue-trigger';
import { ScheduleTriggerOptions } from '../triggers/schedule-trigger';
import { StreamTriggerOptions } from '../triggers/stream-trigger-options';
import { TopicTriggerOptions } from '../triggers/topic-trigger';

/** What a secure function is made of. */
export interface SecureFunctionProps extends SecureFunctionOptions {
  /** The code: an asset directory, an object in a bucket, or a few lines inline. */
  readonly code: Code;
  /** The method in the code that Lambda calls, in the spelling of the runtime: `index.handler`. */
  readonly handler: string;
  /**
   * The runtime. One that AWS no longer patches is refused; one that is not the newest of its family is a finding of cdk-nag, which stays
   * to be explained by whoever chose it.
   */
  readonly runtime: Runtime;
}

/**
 * A Lambda function with a role, a log group, alarms and an environment of its own, all closed as far as they can be.
 *
 * It goes wherever `lambda.Function` goes. Its role may write its own logs and traces and nothing else; its logs are encrypted, masked and
 * bounded in time; its environment is encrypted and holds no secrets; only named resources of services may call it; recursive loops are
 * stopped; and what fails without a caller to hear of it is kept in a queue. While idle it costs its alarms: 0.10 USD a month for each.
 *
 * @throws ConfigurationError [SecureFunction.Description], [.FunctionName], [.Handler], [.LayerCount] or [.LayerTwice] for what Lambda would reject
 * @throws ConfigurationError [SecureFunction.MemorySize], [.Timeout], [.EphemeralStorage], [.ReservedConcurrency], [.RetryAttempts] or
 * [.MaxEventAge] when a number lies outside of Lambda's limits
 * @throws ConfigurationError [SecureFunction.SecretInEnvironment], [.DebugSwitch], [.VariableName], [.VariableTwice] or [.EnvironmentSize] for
 * environment variables
 * @throws ConfigurationError [SecureFunction.DeprecatedRuntime], [.ForeignLayer], [.TrustedLayerAccounts], [.FailureQueue], [.LogRetention], [.LogLevel], [.LogMasking],
 * [.Tracing], [.PublicSubnet], [.WorldwideEgress], [.NetworkRequired], [.CodeSigningRequired], [.CodeSigningTwice], [CodeSigning.SignedBy] or [CodeSigning.Profiles] for what makes it unsafe
 */
export class SecureFunction extends LambdaFunction {
  private readonly guard: FunctionGuard;

  constructor(scope: Construct, id: string, props: SecureFunctionProps) {
    checkInlineSigning(scope, id, props);
    checkHandler(placeOf(scope, id), props.handler);
    const parts = makeFunctionParts(scope, id, props, props.runtime);
    super(scope, id, { ...parts.functionProps, code: props.code, handler: props.handler, runtime: props.runtime });
    recordProps(this, 'SecureFunction', props);
    this.guard = new FunctionGuard(this, parts);
    this.guard.complete();
  }

  /**
   * The queue of events that could not be handled: there is one as soon as a service that does not wait for the answer may call the function,
   * or `asyncInvocation` was given.
   */
  public get failureQueue(): IQueue | undefined {
    return this.guard.failureQueue;
  }

  /** What rights to invoke name: the function itself, not every version and alias of it. */
  public get resourceArnsForGrantInvoke(): string[] {
    return [this.functionArn];
  }

  /**
   * Lets somebody call this function, unqualified: `lambda:InvokeFunction` on its ARN and nothing else. Versions and aliases have rights of
   * their own, as exact: `addAlias('live').allowInvoke(caller)`, `currentVersion.grantInvoke(caller)`. A caller that does not wait for the answer is declared with `asyncInvocation`.
   * @throws ConfigurationError [SecureFunction.SourceArn] when a service is named without the resource behind the call
   * @throws ConfigurationError [SecureFunction.UnknownCaller] for a function that was imported without its role
   * @throws ConfigurationError [SecureFunction.CallCircle] for the function itself, and for one that it calls by these verbs
   */
  public allowInvoke(grantee: IGrantable): Grant {
    checkInvoker(this, grantee);
    return explainImportedRole(this.grantInvoke(grantee), grantee);
  }

  /**
   * Starts the function with the messages of a queue. It must answer which messages of a batch failed (`batchItemFailures`), and only these
   * come back; an empty answer means that all are handled.
   *
   * ```ts
   * placeOrder.onQueue(new SecureQueue(this, 'Orders'), { filters: [{ body: { kind: ['order'] } }] });
   * ```
   *
   * A queue that was made elsewhere cannot be checked: a warning says what it must have.
   * @throws ConfigurationError [QueueTrigger.DeadLetterQueue] when the queue has no dead-letter queue
   * @throws ConfigurationError [SecureQueue.VisibilityTimeout] when it shows messages again while the function may work on them
   * @throws ConfigurationError [QueueTrigger.BatchSize], [.BatchingWindow], [.MaxConcurrency] or [.Filters] for what Lambda would reject
   */
  public onQueue(queue: IQueue, options?: QueueTriggerOptions): EventSourceMapping {
    return this.guard.triggers.onQueue(queue, options);
  }

  /**
   * Starts the function with the notifications of a topic. What SNS cannot hand over goes to the failure queue.
   * @throws ConfigurationError [TopicTrigger.Fifo] or [.FilterPolicy] for what SNS would reject or could lose
   */
  public onTopic(topic: ITopic, options?: TopicTriggerOptions): Subscription {
    return this.guard.triggers.onTopic(topic, options);
  }

  /**
   * Starts the function with the changes of a table, from its stream. What fails to the end leaves its position in the failure queue.
   * @throws ConfigurationError [TableTrigger.Stream] when the table has no stream
   * @throws ConfigurationError [StreamTrigger.BatchSize] and others for what Lambda would reject
   */
  public onTable(table: ITable, options?: StreamTriggerOptions): EventSourceMapping {
    return this.guard.triggers.onTable(table, options);
  }

  /**
   * Starts the function with the records of a Kinesis stream. What fails to the end leaves its position in the failure queue.
   * @throws ConfigurationError [StreamTrigger.BatchSize] and others for what Lambda would reject
   */
  public onStream(stream: IStream, options?: StreamTriggerOptions): EventSourceMapping {
    return this.guard.triggers.onStream(stream, options);
  }

  /**
   * Starts the function with what happens to the objects of a bucket, through EventBridge. The right to read them is given apart, with
   * `allowRead` of the bucket.
   * @throws ConfigurationError [BucketTrigger.Key], [.Events] or [.ForeignBucket] for what would never start it
   */
  public onBucket(bucket: IBucket, options?: BucketTriggerOptions): Rule {
    return this.guard.triggers.onBucket(bucket, options);
  }

  /**
   * Starts the function with the events of a bus that match a pattern.
   * @throws ConfigurationError [EventPattern.Source] when the pattern names no source, so that whoever may put events on the bus could start it
   * @throws ConfigurationError [EventPattern.Values] when a field of the pattern has no values
   * @throws ConfigurationError [EventTrigger.ForeignBus], [.Description], [.RetryAttempts] or [.MaxEventAge] for what EventBridge would reject
   */
  public onEvent(bus: IEventBus, pattern: EventPattern, options?: EventTriggerOptions): Rule {
    return this.guard.triggers.onEvent(bus, pattern, options);
  }

  /**
   * Starts the function at certain times, with a schedule of its own.
   * @throws ConfigurationError [SecureSchedule.RetryAttempts] and others for what EventBridge Scheduler would reject
   */
  public onSchedule(schedule: ScheduleExpression, options?: ScheduleTriggerOptions): SecureSchedule {
    return this.guard.triggers.onSchedule(schedule, options);
  }

  /**
   * Lets the function open connections to a peer. The peer's own security group learns the counterpart where it can.
   * @throws ConfigurationError [SecureFunction.NoNetwork] when the function is in no network, [.EgressDescription] when EC2 would not take the description
   * @throws ConfigurationError [SecureFunction.WorldwideEgress] when the peer is the internet, or most of it
   */
  public allowEgressTo(peer: IPeer, port: Port, description: string): void {
    this.guard.allowEgressTo(peer, port, description);
  }

  /**
   * Sets an environment variable.
   * @throws ConfigurationError [SecureFunction.SecretInEnvironment] when the value looks like a secret
   * @throws ConfigurationError [SecureFunction.DebugSwitch] when it opens the function
   */
  public addEnvironment(key: string, value: string, options?: EnvironmentOptions): this {
    this.guard.checkVariable(key, value);
    return super.addEnvironment(key, value, options);
  }

  /**
   * Adds layers, whose code runs with all rights of the function.
   * @throws ConfigurationError [SecureFunction.ForeignLayer] when one comes from an account that is not trusted
   */
  public addLayers(...layers: ILayerVersion[]): void {
    this.guard.checkLayers(layers);
    super.addLayers(...layers);
  }

  /**
   * Lets a service, an account or a role call the function. The account of the stack is added as source account where it was left out.
   * @throws ConfigurationError [SecureFunction.PublicPermission] when everybody could
   * @throws ConfigurationError [SecureFunction.SourceArn] when a service is named without the resource behind the call
   */
  public addPermission(id: string, permission: Permission): void {
    super.addPermission(id, this.guard.permission(permission));
  }

  /**
   * Adds an alias for the current version. Permissions to call it are held to the same rules as those of the function.
   * @throws ConfigurationError [SecureFunction.AliasName] for a name that Lambda would reject, or that only the deployment knows
   */
  public addAlias(aliasName: string, options?: AliasOptions): SecureFunctionAlias {
    return this.guard.addAlias(aliasName, options);
  }

  /** Adds a statement to the role's one policy. Prefer the `allow…` verbs of the resource. */
  public addToRolePolicy(statement: PolicyStatement): void {
    this.guard.addToRolePolicy(statement);
  }

  /**
   * Adds a URL that answers only requests signed by AWS identities with the right to call it. URLs have no throttle and no web ACL: bound
   * them with `reservedConcurrentExecutions`.
   * @throws ConfigurationError [SecureFunction.UrlAuth] when the URL would answer everybody, [SecureFunction.UrlTwice] when there is one
   * @throws ConfigurationError [SecureFunction.UrlOrigin] when an allowed origin is not an exact https origin
   */
  public addFunctionUrl(options?: FunctionUrlOptions): FunctionUrl {
    return super.addFunctionUrl(this.guard.urlOptions(options));
  }

  /**
   * Sets how asynchronous calls are retried. Failed events go to the failure queue, which is made if need be.
   * @throws ConfigurationError [SecureFunction.AsyncInvocationTwice] when that is settled already
   */
  public configureAsyncInvoke(options: EventInvokeConfigOptions): void {
    super.configureAsyncInvoke(this.guard.asyncOptions(options));
  }
}

/** Lambda packs inline code by itself, and nobody signs the package. */
function checkInlineSigning(scope: Construct, id: string, { code, codeSigning }: SecureFunctionProps): void {
  if (codeSigning === undefined || !('isInline' in code) || code.isInline !== true) return;
  refuse(placeOf(scope, id), {
    code: 'SecureFunction.InlineCode', prop: 'code', must: 'must not stand inline where it must be signed', fix: 'put it into a folder, and use Code.fromAsset()',
  });
}
