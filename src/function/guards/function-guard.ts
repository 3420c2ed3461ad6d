import { Lazy, Token } from 'aws-cdk-lib';
import { IPeer, Port } from 'aws-cdk-lib/aws-ec2';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import {
  AliasOptions, CfnFunction, EventInvokeConfigOptions, Function as LambdaFunction, FunctionUrlOptions, ILayerVersion, Permission,
} from 'aws-cdk-lib/aws-lambda';
import { ISecret } from 'aws-cdk-lib/aws-secretsmanager';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { checkVariable, checkVariableName } from './environment-guard';
import { judgeFinished } from './final-checks';
import { secureUrlOptions } from './function-url-guard';
import { AlarmSetting } from '../../alarms/alarm-setting';
import { watch } from '../../alarms/watch';
import { classifyLogsOf } from '../../classification/classified-logs';
import { tagClassification } from '../../classification/classify';
import { claimUrl } from '../../core/claimed-url';
import { placeOf, refuse } from '../../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../../core/exceptions/acknowledgement';
import { recordWaiver } from '../../core/exceptions/waiver';
import { recordKey } from '../../core/keys/key-circle';
import { SecurityProfile } from '../../core/profile/security-profile';
import { allow, allowKeyThroughService } from '../../iam/exact-access';
import { KEY_READ_ACTIONS } from '../../iam/iam-baseline';
import { keepFailuresOf } from '../../integration/asynchronous-call';
import { recordNetwork } from '../../network/access/joined-network';
import { FunctionTriggers } from '../../triggers/function-triggers';
import { checkLayers } from '../code/function-layers';
import { allowFailures, failureDestination, makeFailureQueue } from '../failure-queue';
import { failureQueueWatch, functionWatches } from '../function-alarms';
import { EGRESS_DESCRIPTION, SECRET_READ_ACTIONS } from '../function-baseline';
import { checkEgress } from '../function-network';
import { FunctionParts } from '../function-parts';
import { callsAsynchronously, exactPermission } from '../invocation/invoke-permission';
import { checkAliasName, SecureFunctionAlias } from '../invocation/secure-function-alias';

/** Keeps a function secure from its construction to the end of the app: what both secure functions do besides their CDK base class. */
export class FunctionGuard {
  /** What starts the function. */
  public readonly triggers: FunctionTriggers;
  private variables = 0;
  private readonly layers: ILayerVersion[] = [];
  private queue?: IQueue;
  private asynchronous = false;

  constructor(private readonly fn: LambdaFunction, private readonly parts: FunctionParts) {
    const { role, timeout, key, options: { reservedConcurrentExecutions, network } } = parts;
    this.triggers = new FunctionTriggers({ fn, role, timeout, key, reservedConcurrentExecutions, keepFailures: () => this.keepFailures() });
    keepFailuresOf(fn, () => this.expectAsynchronousCalls());
    recordNetwork(fn, network);
    recordKey(fn, key);
  }

  /** The queue of failed events, once the function has one. */
  public get failureQueue(): IQueue | undefined {
    return this.queue;
  }

  /** What `lambda.Function` takes no props for, or must not see before it is made. */
  public complete(): void {
    const { options, timeout } = this.parts;
    this.setTracing();
    this.encryptEnvironment();
    for (const [name, value] of Object.entries(options.environment ?? {})) this.fn.addEnvironment(name, value);
    for (const name of Object.keys(options.secrets ?? {}).sort()) this.addSecret(name, options.secrets![name]); // maps of some languages have no order
    if (options.layers !== undefined) this.fn.addLayers(...options.layers);
    if (options.asyncInvocation !== undefined) this.fn.configureAsyncInvoke({});
    else if (SecurityProfile.of(this.fn).controls.failureQueues) this.keepFailures();
    if (options.logMasking?._offReason !== undefined) {
      recordWaiver(this.fn, { control: 'SecureFunction.logMasking', reason: options.logMasking._offReason });
      acknowledgeRule(this.fn.logGroup, 'LogMasking', options.logMasking._offReason);
    }
    this.classify();
    watch(this.fn, functionWatches(this.fn, { timeout, reservedConcurrentExecutions: options.reservedConcurrentExecutions }), this.alarmSettings);
    this.judgeAtTheEnd();
  }

  public checkVariable(name: string, value: string): void {
    this.variables += 1;
    if (this.parts.options.environment?.[name] === value) return; // judged before the function was made
    checkVariableName(this.fn, 'key', name);
    checkVariable(this.fn, this.fn, name, value);
  }

  public checkLayers(layers: readonly ILayerVersion[]): void {
    checkLayers(this.fn, this.fn, [...this.layers, ...layers], this.parts.options.trustedLayerAccounts ?? []);
    this.layers.push(...layers);
  }

  public permission(permission: Permission): Permission {
    const exact = exactPermission(this.fn, permission);
    if (callsAsynchronously(permission)) this.expectAsynchronousCalls();
    return exact;
  }

  public addAlias(aliasName: string, options: AliasOptions = {}): SecureFunctionAlias {
    if (Token.isUnresolved(aliasName)) {
      refuse(this.fn, { code: 'SecureFunction.AliasName', prop: 'aliasName', must: 'must be known at synth, because the construct is named after it', got: aliasName, fix: 'write it out' });
    }
    checkAliasName(placeOf(this.fn, `Alias${aliasName}`), aliasName); // before a version is made
    return new SecureFunctionAlias(this.fn, `Alias${aliasName}`, { aliasName, version: this.fn.currentVersion, ...options });
  }

  public urlOptions(options: FunctionUrlOptions | undefined): FunctionUrlOptions {
    const secured = secureUrlOptions(this.fn, options);
    claimUrl(this.fn, 'SecureFunction.UrlTwice', 'addFunctionUrl', this.fn);
    return secured;
  }

  /** One policy, whatever the feature flags say. */
  public addToRolePolicy(statement: PolicyStatement): void {
    this.parts.role.addToPrincipalPolicy(statement);
  }

  public allowEgressTo(peer: IPeer, port: Port, description: string): void {
    if (!this.fn.isBoundToVpc) {
      refuse(this.fn, {
        code: 'SecureFunction.NoNetwork',
        prop: 'network',
        must: 'must be given before traffic can be let out to a peer',
        fix: 'pass { network: network.forFunctions() } of a SecureNetwork, or { network: { vpc } }; without a network the function reaches the internet and AWS services, but no private address',
      });
    }
    checkEgress(this.fn, peer);
    if (!Token.isUnresolved(description) && !EGRESS_DESCRIPTION.test(description)) {
      refuse(this.fn, {
        code: 'SecureFunction.EgressDescription',
        prop: 'description',
        must: 'must have at most 255 letters, digits, blanks and . _ - : / ( ) # , @ [ ] + = & ; { } ! $ *',
        got: description,
        fix: "say in short who it is: 'orders database'",
      });
    }
    this.fn.connections.allowTo(peer, port, description);
  }

  /** Adds the failure queue to the settings of asynchronous invocation, as dead-letter queue and as destination: scanners look for either. */
  public asyncOptions(options: EventInvokeConfigOptions): EventInvokeConfigOptions {
    if (this.asynchronous) {
      refuse(this.fn, {
        code: 'SecureFunction.AsyncInvocationTwice',
        prop: 'configureAsyncInvoke()',
        must: 'must not follow a service that may already call the function asynchronously',
        fix: 'pass { asyncInvocation: { retryAttempts, maxEventAge, failureQueue } } to the function',
      });
    }
    this.asynchronous = true;
    const { asyncInvocation } = this.parts.options;
    const queue = this.keepFailures();
    return {
      ...options,
      retryAttempts: options.retryAttempts ?? asyncInvocation?.retryAttempts,
      maxEventAge: options.maxEventAge ?? asyncInvocation?.maxEventAge,
      onFailure: options.onFailure ?? failureDestination(queue),
    };
  }

  private expectAsynchronousCalls(): void {
    if (!this.asynchronous) this.fn.configureAsyncInvoke({});
  }

  /** The queue of events that could not be handled, made on first need. */
  private keepFailures(): IQueue {
    if (this.queue !== undefined) return this.queue;
    const { asyncInvocation, alarms } = this.parts.options;
    this.queue = asyncInvocation?.failureQueue ?? makeFailureQueue(this.parts.support, this.parts.key);
    allowFailures(this.fn, this.parts.role, this.queue);
    this.resource.deadLetterConfig = { targetArn: this.queue.queueArn };
    watch(this.fn, [failureQueueWatch(this.queue)], { failureQueueDepth: alarms?.failureQueueDepth });
    return this.queue;
  }

  private get resource(): CfnFunction {
    return this.fn.node.defaultChild as CfnFunction;
  }

  private classify(): void {
    const { dataClassification } = this.parts.options;
    if (dataClassification === undefined) return;
    tagClassification(this.fn, dataClassification);
    classifyLogsOf(this.fn, dataClassification, this.fn);
  }

  private get alarmSettings(): { readonly [name: string]: AlarmSetting | undefined } {
    return { ...this.parts.options.alarms };
  }

  /** Set on the resource: the prop of `lambda.Function` would give the rights for traces a second time. */
  private setTracing(): void {
    const off = this.parts.options.tracing?._offReason;
    this.resource.tracingConfig = { mode: off === undefined ? 'Active' : 'PassThrough' };
    if (off === undefined) return;
    recordWaiver(this.fn, { control: 'SecureFunction.tracing', reason: off });
    acknowledge(this.resource, NagPackId.SERVERLESS, 'LambdaTracing', off);
    acknowledgeRule(this.resource, 'FunctionTracing', off);
  }

  /** A key without variables would only add a dependency, so it comes with the first variable. */
  private encryptEnvironment(): void {
    const { key } = this.parts;
    if (key === undefined) return;
    this.resource.kmsKeyArn = Lazy.string({ produce: () => (this.variables > 0 ? key.keyArn : undefined) });
  }

  /** Secrets imported by name have an ARN without the six random characters at its end. */
  private addSecret(name: string, secret: ISecret): void {
    this.fn.addEnvironment(name, secret.secretArn);
    allow(this.fn, {
      grantee: this.parts.role,
      actions: SECRET_READ_ACTIONS,
      resources: [secret.secretFullArn ?? `${secret.secretArn}-??????`],
    });
    if (secret.encryptionKey !== undefined) {
      allowKeyThroughService(this.fn, secret.encryptionKey, 'secretsmanager', this.parts.role, KEY_READ_ACTIONS);
    }
  }

  /** Whether events can get lost, and what lazy values hold, is known only when the app is complete. */
  private judgeAtTheEnd(): void {
    let errors: string[] | undefined;
    this.fn.node.addValidation({ validate: () => errors ??= [...judgeFinished(this.fn, this.queue !== undefined), ...this.triggers.loops()] });
  }
}
