import { Duration, Size, SizeRoundingBehavior, Token } from 'aws-cdk-lib';
import { ApplicationLogLevel, Runtime } from 'aws-cdk-lib/aws-lambda';
import { QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { checkVariable, checkVariableName } from './environment-guard';
import { checkClassification } from '../../classification/classify';
import { checkDuration, checkInteger, checkLength, checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { SecurityProfile } from '../../core/profile/security-profile';
import { checkLayers } from '../code/function-layers';
import {
  ASYNC_INVOCATION, DEPRECATED_RUNTIMES, EPHEMERAL_STORAGE, FUNCTION_MEMORY, FUNCTION_TEXT, FUNCTION_TIMEOUT, HANDLER, RESERVED_CONCURRENCY,
} from '../function-baseline';
import { checkNetwork } from '../function-network';
import { SecureFunctionOptions } from '../function-options';

/** Refuses what would make the function unsafe or undeployable, before anything is made. */
export function checkFunction(scope: IConstruct, place: Place, options: SecureFunctionOptions, runtime: Runtime): void {
  checkRuntime(place, runtime);
  checkText(place, options);
  checkSizes(place, options);
  checkAsyncInvocation(place, options);
  checkLogs(scope, place, options);
  checkClassification(place, options.dataClassification);
  checkTracing(place, options);
  checkEnvironment(scope, place, options);
  checkLayers(scope, place, options.layers ?? [], options.trustedLayerAccounts ?? []);
  if (options.network !== undefined) checkNetwork(place, options.network);
  checkSigning(scope, place, options);
  checkRequired(scope, place, options);
}

function checkRuntime(place: Place, runtime: Runtime): void {
  if (!DEPRECATED_RUNTIMES.includes(runtime.name)) return;
  refuse(place, {
    code: 'SecureFunction.DeprecatedRuntime',
    prop: 'runtime',
    must: 'must be one that AWS still patches',
    got: runtime.name,
    fix: 'move to the newest runtime of the family: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html',
  });
}

function checkText(place: Place, { description, functionName }: SecureFunctionOptions): void {
  const { name, longestDescription } = FUNCTION_TEXT;
  checkLength(place, description, 0, longestDescription, { code: 'SecureFunction.Description', prop: 'description', fix: 'shorten it' });
  if (functionName === undefined || Token.isUnresolved(functionName) || name.test(functionName)) return;
  refuse(place, {
    code: 'SecureFunction.FunctionName',
    prop: 'functionName',
    must: 'must have 1 to 64 letters, digits, hyphens and underscores',
    got: functionName,
    fix: 'leave it out to have a name made',
  });
}

/** What Lambda calls in the code: Lambda itself looks at it only when it is deployed, and whether it is there when it is called. */
export function checkHandler(place: Place, handler: string): void {
  if (Token.isUnresolved(handler) || HANDLER.test(handler)) return;
  refuse(place, {
    code: 'SecureFunction.Handler', prop: 'handler', must: 'must be 1 to 128 characters without blanks', got: handler, fix: "write it as the runtime does, like 'index.handler'",
  });
}

function checkSizes(place: Place, options: SecureFunctionOptions): void {
  checkInteger(place, options.memorySize, FUNCTION_MEMORY.min, FUNCTION_MEMORY.max, {
    code: 'SecureFunction.MemorySize', prop: 'memorySize', fix: `leave it out to use ${FUNCTION_MEMORY.default} MiB`,
  });
  if (options.timeout?.isUnresolved()) {
    refuse(place, {
      code: 'SecureFunction.Timeout',
      prop: 'timeout',
      must: 'must be known at synth, because the alarm on the duration depends on it',
      fix: `give a number, or leave it out to use ${FUNCTION_TIMEOUT.default} seconds`,
    });
  }
  checkDuration(place, options.timeout, Duration.seconds(FUNCTION_TIMEOUT.min), Duration.seconds(FUNCTION_TIMEOUT.max), {
    code: 'SecureFunction.Timeout', prop: 'timeout', fix: `leave it out to use ${FUNCTION_TIMEOUT.default} seconds`,
  });
  checkEphemeralStorage(place, options.ephemeralStorageSize);
  checkInteger(place, options.reservedConcurrentExecutions, RESERVED_CONCURRENCY.min, RESERVED_CONCURRENCY.max, {
    code: 'SecureFunction.ReservedConcurrency',
    prop: 'reservedConcurrentExecutions',
    fix: 'leave it out to share what the account has left; 0 switches a function off, which is for an incident and not for code',
  });
}

function checkEphemeralStorage(place: Place, size: Size | undefined): void {
  if (size === undefined) return;
  checkInteger(place, mebibytesOf(size), EPHEMERAL_STORAGE.min, EPHEMERAL_STORAGE.max, {
    code: 'SecureFunction.EphemeralStorage', prop: 'ephemeralStorageSize (in MiB)', fix: `leave it out to use ${EPHEMERAL_STORAGE.min} MiB`,
  });
}

/** CDK converts no tokens from one unit to another: one of another unit counts as none at all. */
function mebibytesOf(size: Size): number {
  if (!size.isUnresolved()) return size.toMebibytes({ rounding: SizeRoundingBehavior.NONE });
  try {
    return size.toMebibytes();
  } catch {
    return NaN;
  }
}

function checkAsyncInvocation(place: Place, { asyncInvocation }: SecureFunctionOptions): void {
  const { retries, eventAge } = ASYNC_INVOCATION;
  checkInteger(place, asyncInvocation?.retryAttempts, retries.min, retries.max, {
    code: 'SecureFunction.RetryAttempts', prop: 'asyncInvocation.retryAttempts', fix: `leave it out to use ${retries.max}`,
  });
  checkDuration(place, asyncInvocation?.maxEventAge, Duration.seconds(eventAge.min), Duration.seconds(eventAge.max), {
    code: 'SecureFunction.MaxEventAge', prop: 'asyncInvocation.maxEventAge', fix: 'leave it out to use 6 hours',
  });
  const queue = asyncInvocation?.failureQueue;
  if (queue?.encryptionType === QueueEncryption.UNENCRYPTED || queue?.fifo === true) {
    refuse(place, {
      code: 'SecureFunction.FailureQueue',
      prop: 'asyncInvocation.failureQueue',
      must: queue.fifo ? 'must be a standard queue, since Lambda sends failed events to no other' : 'must be encrypted',
      got: queue.node.path,
      fix: 'leave it out to have an encrypted one made',
    });
  }
}

function checkLogs(scope: IConstruct, place: Place, options: SecureFunctionOptions): void {
  const profile = SecurityProfile.of(scope);
  const { logRetention, logLevel } = options;
  if (logRetention !== undefined && logRetention < profile.controls.logRetention) {
    refuse(place, {
      code: 'SecureFunction.LogRetention',
      prop: 'logRetention',
      must: `must not be shorter than the ${profile.controls.logRetention} days of the profile '${profile.name}'`,
      got: logRetention,
      fix: 'leave it out, or shorten it for all with SecurityProfile.with({ logRetention, reason })',
    });
  }
  if ((logLevel === ApplicationLogLevel.DEBUG || logLevel === ApplicationLogLevel.TRACE) && profile.name !== 'sandbox') {
    refuse(place, {
      code: 'SecureFunction.LogLevel',
      prop: 'logLevel',
      must: 'must be INFO or above, because it logs everything',
      got: logLevel,
      fix: 'leave it out, or choose SecurityProfile.sandbox() for the stack in which you experiment',
    });
  }
  const off = options.logMasking?._offReason;
  if (off !== undefined) {
    checkReason(place, off, { code: 'SecureFunction.LogMasking', prop: 'logMasking', fix: 'say why these logs never hold a secret or personal data' });
  }
}

function checkTracing(place: Place, { tracing }: SecureFunctionOptions): void {
  if (tracing?._offReason === undefined) return;
  checkReason(place, tracing._offReason, { code: 'SecureFunction.Tracing', prop: 'tracing', fix: 'say why nobody needs to follow requests through it' });
}

function checkEnvironment(scope: IConstruct, place: Place, { environment = {}, secrets = {} }: SecureFunctionOptions): void {
  for (const name of Object.keys(environment)) checkVariableName(place, 'environment', name);
  for (const name of Object.keys(secrets)) checkVariableName(place, 'secrets', name);
  for (const [name, value] of Object.entries(environment)) checkVariable(scope, place, name, value);
  const twice = Object.keys(secrets).find((name) => name in environment);
  if (twice === undefined) return;
  refuse(place, {
    code: 'SecureFunction.VariableTwice',
    prop: `secrets.${twice}`,
    must: 'must have a name that is not in the environment already',
    fix: 'leave the variable out of the environment: it gets the ARN of the secret',
  });
}

function checkSigning(scope: IConstruct, place: Place, { codeSigning, codeSigningConfig }: SecureFunctionOptions): void {
  if (codeSigning !== undefined && codeSigningConfig !== undefined) {
    refuse(place, {
      code: 'SecureFunction.CodeSigningTwice', prop: 'codeSigningConfig', must: 'must not be given beside codeSigning', fix: 'leave it out, or pass CodeSigning.byConfig(config) alone',
    });
  }
  codeSigning?._check(scope, place);
}

/** What the profile asks of every function, with the way out for functions that cannot have it. */
function checkRequired(scope: IConstruct, place: Place, options: SecureFunctionOptions): void {
  const { name, controls } = SecurityProfile.of(scope);
  if (controls.networkRequired && options.network === undefined) {
    refuse(place, {
      code: 'SecureFunction.NetworkRequired',
      prop: 'network',
      must: `must be given, as the profile '${name}' asks`,
      fix: 'make a SecureNetwork and pass { network: network.forFunctions() }, or give it to all functions with '
        + "StackNetwork.use(app, network.forFunctions()), or let functions do without by SecurityProfile.with({ networkRequired: false, reason: '…' })",
    });
  }
  if (controls.codeSigningRequired && options.codeSigning === undefined && options.codeSigningConfig === undefined) {
    refuse(place, {
      code: 'SecureFunction.CodeSigningRequired',
      prop: 'codeSigning',
      must: `must be given, as the profile '${name}' asks`,
      fix: "pass CodeSigning.byProfiles('who signs, and when', profile), or let functions do without by SecurityProfile.with({ codeSigningRequired: false, reason: '…' })",
    });
  }
  if (controls.concurrencyRequired && options.reservedConcurrentExecutions === undefined) {
    refuse(place, {
      code: 'SecureFunction.ConcurrencyRequired',
      prop: 'reservedConcurrentExecutions',
      must: `must be given, as the profile '${name}' asks`,
      fix: 'pass the most executions at once that the function may have, or let functions do without by '
        + "SecurityProfile.with({ concurrencyRequired: false, reason: '…' })",
    });
  }
}
