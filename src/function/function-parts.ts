import { Duration } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, FunctionOptions, LoggingFormat, RecursiveLoop, Runtime, SystemLogLevel } from 'aws-cdk-lib/aws-lambda';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { Construct } from 'constructs';
import { FUNCTION_MEMORY, FUNCTION_TIMEOUT } from './function-baseline';
import { joinNetwork, warnWithoutSecrets } from './function-network';
import { SecureFunctionOptions } from './function-options';
import { checkFunction } from './guards/function-validation';
import { rememberLogs } from '../classification/classified-logs';
import { placeOf } from '../core/configuration-error';
import { dataKeyFor } from '../core/keys/stack-data-key';
import { markOwn } from '../core/own-part';
import { ExecutionRole } from '../iam/execution-role';
import { encryptedLogGroup } from '../logging/encrypted-log-group';
import { StackNetwork } from '../network/stack-network';

/** What stands beside a function, and the settings that it passes on to `lambda.Function`. */
export interface FunctionParts {
  /** The sibling of the function that holds its parts, since they must exist before it. */
  readonly support: Construct;
  readonly options: SecureFunctionOptions;
  readonly timeout: Duration;
  readonly key?: IKey;
  readonly role: ExecutionRole;
  readonly logGroup: ILogGroup;
  readonly functionProps: FunctionOptions;
}

/** Judges the props, then makes log group, role and security group. The ids are API: a log group must outlive upgrades of this library. */
export function makeFunctionParts(scope: Construct, id: string, given: SecureFunctionOptions, runtime: Runtime): FunctionParts {
  const place = placeOf(scope, id);
  const options = { ...given, network: given.network ?? StackNetwork.of(scope) };
  checkFunction(scope, place, options, runtime);
  const support = markOwn(new Construct(scope, `${id}Support`));
  const key = dataKeyFor(scope, options.encryptionKey, place);
  const logGroup = encryptedLogGroup(support, 'LogGroup', {
    encryptionKey: key, retention: options.logRetention, masking: options.logMasking,
  });
  const role = new ExecutionRole(support, 'Role', {
    description: `Runs ${place.node.path}`,
    logGroup,
    tracing: options.tracing?._offReason === undefined,
    network: options.network !== undefined,
    permissionsBoundary: options.permissionsBoundary,
  });
  rememberLogs(role, { logGroup, alarm: options.alarms?.sensitiveLogs });
  const timeout = options.timeout ?? Duration.seconds(FUNCTION_TIMEOUT.default);
  const network = options.network === undefined ? {} : joinNetwork(support, place, options.network);
  if (Object.keys(options.secrets ?? {}).length > 0) warnWithoutSecrets(support, place, options.network);
  return { support, options, timeout, key, role, logGroup, functionProps: { ...baseProps(scope, options), ...network, timeout, role, logGroup } };
}

/** Everything explicit, so that no feature flag and no later default of CDK changes the template. */
function baseProps(scope: Construct, options: SecureFunctionOptions): FunctionOptions {
  return {
    description: options.description,
    functionName: options.functionName,
    memorySize: options.memorySize ?? FUNCTION_MEMORY.default,
    architecture: options.architecture ?? Architecture.ARM_64,
    reservedConcurrentExecutions: options.reservedConcurrentExecutions,
    ephemeralStorageSize: options.ephemeralStorageSize,
    codeSigningConfig: options.codeSigning?._configFor(scope) ?? options.codeSigningConfig,
    tenancyConfig: options.tenancyConfig,
    recursiveLoop: RecursiveLoop.TERMINATE,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: options.logLevel ?? ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.INFO,
  };
}
