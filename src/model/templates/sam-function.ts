import { makeEvent, POLLED } from './sam-events';
import { makeRole } from './sam-roles';
import { alphanumeric, arnOf, defined, Expansion, list, make, pick, Raw, record, tags } from './sam-support';
import { own, wordOf } from './template-source';

const SAME = ['Architectures', 'CapacityProviderConfig', 'CodeSigningConfigArn', 'Description', 'DurableConfig', 'Environment', 'EphemeralStorage', 'FileSystemConfigs',
  'FunctionName', 'Handler', 'ImageConfig', 'KmsKeyArn', 'Layers', 'LoggingConfig', 'MemorySize', 'PackageType', 'RecursiveLoop', 'ReservedConcurrentExecutions',
  'Runtime', 'RuntimeManagementConfig', 'SnapStart', 'TenancyConfig', 'Timeout', 'VpcConfig'];

/** The action with which a function sends what it could not handle, by the type of the target. */
const SENDS: { readonly [type: string]: string } = {
  EventBridge: 'events:PutEvents', Lambda: 'lambda:InvokeFunction', S3Bucket: 's3:PutObject', SNS: 'sns:Publish', SQS: 'sqs:SendMessage',
};

/** Makes the function, its role, its URL, alias and events. */
export function makeFunction(expansion: Expansion, logicalId: string): void {
  const source = record(expansion.resources[logicalId].Properties);
  const { DeadLetterQueue: deadLetters, Events: events, Tracing: tracing } = source;
  make(expansion, logicalId, logicalId, 'AWS::Lambda::Function', {
    ...pick(source, SAME),
    Code: codeOf(source),
    DeadLetterConfig: deadLetters === undefined ? undefined : { TargetArn: own(deadLetters, 'TargetArn') },
    Role: source.Role ?? arnOf(`${logicalId}Role`),
    Tags: tags(source.Tags),
    TracingConfig: tracing === undefined ? undefined : { Mode: tracing },
  });
  const polled = Object.values(record(events)).map((event) => own(POLLED, wordOf(own(event, 'Type')))).filter((found) => found !== undefined) as { policy: string }[];
  if (source.Role === undefined) {
    const attached = ['service-role/AWSLambdaBasicExecutionRole', ...source.VpcConfig === undefined ? [] : ['service-role/AWSLambdaVPCAccessExecutionRole'],
      ...tracing === undefined ? [] : ['AWSXrayWriteOnlyAccess'], ...polled.map(({ policy }) => policy)];
    makeRole(expansion, logicalId, 'lambda.amazonaws.com', [...new Set(attached)], sendingStatements(source));
  }
  const called = makeAlias(expansion, logicalId, source);
  makeInvokeConfig(expansion, logicalId, source);
  makeUrl(expansion, logicalId, source, called);
  for (const [name, event] of Object.entries(record(events))) makeEvent(expansion, { logicalId, arn: called, functionName: called }, name, event);
}

function codeOf(source: Raw): unknown {
  if (source.InlineCode !== undefined) return { ZipFile: source.InlineCode };
  if (source.ImageUri !== undefined) return { ImageUri: source.ImageUri };
  const uri = record(source.CodeUri);
  return uri.Bucket === undefined ? {} : defined({ S3Bucket: uri.Bucket, S3Key: uri.Key, S3ObjectVersion: uri.Version });
}

/** With an alias all events call the alias; without one they call the function. */
function makeAlias(expansion: Expansion, logicalId: string, source: Raw): Raw {
  const alias = source.AutoPublishAlias;
  if (alias === undefined) return arnOf(logicalId);
  const id = `${logicalId}Alias${alphanumeric(alias)}`;
  make(expansion, logicalId, `${logicalId}Version`, 'AWS::Lambda::Version', { FunctionName: { Ref: logicalId } });
  make(expansion, logicalId, id, 'AWS::Lambda::Alias', {
    Name: alias,
    FunctionName: { Ref: logicalId },
    FunctionVersion: { 'Fn::GetAtt': [`${logicalId}Version`, 'Version'] },
    ProvisionedConcurrencyConfig: source.ProvisionedConcurrencyConfig,
  });
  expansion.names.set(`${logicalId}.Alias`, id).set(`${logicalId}.Version`, `${logicalId}Version`);
  return { Ref: id };
}

function makeInvokeConfig(expansion: Expansion, logicalId: string, source: Raw): void {
  if (source.EventInvokeConfig === undefined) return;
  const config = record(source.EventInvokeConfig);
  make(expansion, logicalId, `${logicalId}EventInvokeConfig`, 'AWS::Lambda::EventInvokeConfig', {
    ...pick(config, ['MaximumEventAgeInSeconds', 'MaximumRetryAttempts']),
    FunctionName: { Ref: logicalId },
    Qualifier: source.AutoPublishAlias ?? '$LATEST',
    DestinationConfig: Object.fromEntries(Object.entries(record(config.DestinationConfig))
      .map(([outcome, to]) => [outcome, { Destination: own(to, 'Destination') }])),
  });
}

function makeUrl(expansion: Expansion, logicalId: string, source: Raw, called: unknown): void {
  if (source.FunctionUrlConfig === undefined) return;
  const config = record(source.FunctionUrlConfig);
  make(expansion, logicalId, `${logicalId}Url`, 'AWS::Lambda::Url', {
    ...pick(config, ['AuthType', 'Cors', 'InvokeMode']), TargetFunctionArn: called, Qualifier: source.AutoPublishAlias,
  });
  if (config.AuthType !== 'NONE') return;
  make(expansion, logicalId, `${logicalId}UrlPublicPermissions`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunctionUrl', FunctionName: called, FunctionUrlAuthType: 'NONE', Principal: '*',
  });
}

/** Rights that SAM adds for the queue and the destinations of failures. */
function sendingStatements(source: Raw): readonly Raw[] {
  const destinations = Object.values(record(record(source.EventInvokeConfig).DestinationConfig))
    .map((to) => ({ type: own(to, 'Type'), arn: own(to, 'Destination') }));
  const deadLetters = { type: own(source.DeadLetterQueue, 'Type'), arn: own(source.DeadLetterQueue, 'TargetArn') };
  return list([...destinations, deadLetters]).map((one) => one as typeof deadLetters).flatMap(({ type, arn }) => {
    const Action = own(SENDS, wordOf(type));
    return Action === undefined || arn === undefined ? [] : [{ Effect: 'Allow', Action, Resource: arn }];
  });
}
