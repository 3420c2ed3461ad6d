import { definitionsOf } from './state-machines';
import { Trigger, TriggerKind } from './trigger';
import { AppModel } from '../resources/app-model';
import { functionAt, qualifierAt, resourcesAt, valuesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';
import { referencesWithin } from '../values/json-text';
import { alternatives, at, elements, entries, textOf, Value } from '../values/values';

/** A place in a resource that names a function which the resource calls. */
interface CallSite {
  readonly kind: TriggerKind;
  readonly path: string;
  readonly asynchronous?: boolean;
  /** The property that names the source; without one the declaring resource is the source. */
  readonly source?: string;
}

/** Where resources name functions in a fixed place; lists on the way count with each element. */
const CALL_SITES: { readonly [type: string]: readonly CallSite[] } = {
  'AWS::ApiGateway::Authorizer': [{ kind: 'api', path: 'AuthorizerUri', source: 'RestApiId' }],
  'AWS::ApiGateway::Method': [{ kind: 'api', path: 'Integration.Uri', source: 'RestApiId' }],
  'AWS::ApiGatewayV2::Api': [{ kind: 'api', path: 'Target' }],
  'AWS::ApiGatewayV2::Authorizer': [{ kind: 'api', path: 'AuthorizerUri', source: 'ApiId' }],
  'AWS::ApiGatewayV2::Integration': [{ kind: 'api', path: 'IntegrationUri', source: 'ApiId' }],
  'AWS::AppSync::Api': [{ kind: 'graph', path: 'EventConfig.AuthProviders.LambdaAuthorizerConfig.AuthorizerUri' }],
  'AWS::AppSync::DataSource': [{ kind: 'graph', path: 'LambdaConfig.LambdaFunctionArn', source: 'ApiId' }],
  'AWS::AppSync::GraphQLApi': [
    { kind: 'graph', path: 'LambdaAuthorizerConfig.AuthorizerUri' },
    { kind: 'graph', path: 'AdditionalAuthenticationProviders.LambdaAuthorizerConfig.AuthorizerUri' },
  ],
  'AWS::CloudFormation::CustomResource': [{ kind: 'deployment', path: 'ServiceToken' }],
  'AWS::CloudFormation::Macro': [{ kind: 'deployment', path: 'FunctionName' }],
  'AWS::CloudFront::Distribution': [
    { kind: 'edge', path: 'DistributionConfig.DefaultCacheBehavior.LambdaFunctionAssociations.LambdaFunctionARN' },
    { kind: 'edge', path: 'DistributionConfig.CacheBehaviors.LambdaFunctionAssociations.LambdaFunctionARN' },
  ],
  'AWS::CloudWatch::Alarm': [
    { kind: 'alarm', path: 'AlarmActions', asynchronous: true },
    { kind: 'alarm', path: 'InsufficientDataActions', asynchronous: true },
    { kind: 'alarm', path: 'OKActions', asynchronous: true },
  ],
  'AWS::CodePipeline::Pipeline': [{ kind: 'deployment', path: 'Stages.Actions.Configuration.FunctionName' }],
  'AWS::Cognito::UserPool': [{ kind: 'identity', path: 'LambdaConfig' }],
  'AWS::Config::ConfigRule': [{ kind: 'other', path: 'Source.SourceIdentifier', asynchronous: true }],
  'AWS::ElasticLoadBalancingV2::TargetGroup': [{ kind: 'api', path: 'Targets.Id' }],
  'AWS::EventsV2::Subscriber': [{ kind: 'rule', path: 'InvokeConfiguration.TargetArn', source: 'EventBusArn' }],
  'AWS::IoT::Authorizer': [{ kind: 'iot', path: 'AuthorizerFunctionArn' }],
  'AWS::IoT::TopicRule': [
    { kind: 'iot', path: 'TopicRulePayload.Actions.Lambda.FunctionArn', asynchronous: true },
    { kind: 'iot', path: 'TopicRulePayload.ErrorAction.Lambda.FunctionArn', asynchronous: true },
  ],
  'AWS::KinesisFirehose::DeliveryStream': [
    { kind: 'other', path: 'ExtendedS3DestinationConfiguration.ProcessingConfiguration.Processors.Parameters.ParameterValue' },
  ],
  'AWS::Lambda::EventInvokeConfig': [
    { kind: 'function', path: 'DestinationConfig.OnFailure.Destination', asynchronous: true, source: 'FunctionName' },
    { kind: 'function', path: 'DestinationConfig.OnSuccess.Destination', asynchronous: true, source: 'FunctionName' },
  ],
  'AWS::Lambda::Url': [{ kind: 'url', path: 'TargetFunctionArn' }],
  'AWS::Logs::SubscriptionFilter': [{ kind: 'logs', path: 'DestinationArn', asynchronous: true, source: 'LogGroupName' }],
  'AWS::S3ObjectLambda::AccessPoint': [
    { kind: 'other', path: 'ObjectLambdaConfiguration.TransformationConfigurations.ContentTransformation.AwsLambda.FunctionArn' },
  ],
  'AWS::SES::ReceiptRule': [{ kind: 'mail', path: 'Rule.Actions.LambdaAction.FunctionArn', asynchronous: true }],
  'AWS::SNS::Subscription': [{ kind: 'topic', path: 'Endpoint', asynchronous: true, source: 'TopicArn' }],
  'AWS::SNS::Topic': [{ kind: 'topic', path: 'Subscription.Endpoint', asynchronous: true }],
  'AWS::Scheduler::Schedule': [{ kind: 'schedule', path: 'Target.Arn', asynchronous: true }],
  'AWS::SecretsManager::RotationSchedule': [{ kind: 'other', path: 'RotationLambdaARN', source: 'SecretId' }],
  'AWS::Transfer::Server': [{ kind: 'api', path: 'IdentityProviderDetails.Function' }],
  'AWS::VpcLattice::TargetGroup': [{ kind: 'api', path: 'Targets.Id' }],
};

/** Where a notification to a function stands: in the bucket, or in the resource by which CDK sets notifications. */
const NOTIFICATIONS = [
  { type: 'AWS::S3::Bucket', list: 'NotificationConfiguration.LambdaConfigurations', called: 'Function', source: undefined },
  {
    type: 'Custom::S3BucketNotifications',
    list: 'NotificationConfiguration.LambdaFunctionConfigurations',
    called: 'LambdaFunctionArn',
    source: 'BucketName',
  },
] as const;

/** Services that call functions when a permission lets them, by the first part of their principal. */
const CALLERS: { readonly [service: string]: { readonly kind: TriggerKind; readonly asynchronous: boolean } } = {
  'apigateway': { kind: 'api', asynchronous: false },
  'cloudformation': { kind: 'deployment', asynchronous: false },
  'codepipeline': { kind: 'deployment', asynchronous: false },
  'cognito-idp': { kind: 'identity', asynchronous: false },
  'config': { kind: 'other', asynchronous: true },
  'edgelambda': { kind: 'edge', asynchronous: false },
  'elasticloadbalancing': { kind: 'api', asynchronous: false },
  'events': { kind: 'rule', asynchronous: true },
  'iot': { kind: 'iot', asynchronous: true },
  'lambda': { kind: 'alarm', asynchronous: true },
  'logs': { kind: 'logs', asynchronous: true },
  's3': { kind: 'bucket', asynchronous: true },
  'scheduler': { kind: 'schedule', asynchronous: true },
  'ses': { kind: 'mail', asynchronous: true },
  'sns': { kind: 'topic', asynchronous: true },
};

/** Services whose records are read in order, and whose mapping therefore says where to start. */
const STREAM_SERVICES = /^arn:[^:]*:(dynamodb|kafka|kinesis|mq|rds):/;

/** Every trigger that a resource of the app declares. */
export function declaredTriggers(app: AppModel): readonly Trigger[] {
  return [
    ...Object.entries(CALL_SITES).flatMap(([type, sites]) => app.ofType(type).flatMap((resource) => callsOf(resource, sites, app))),
    ...app.resources.filter(({ type }) => type.startsWith('Custom::')).flatMap((one) => callsOf(one, [{ kind: 'deployment', path: 'ServiceToken' }], app)),
    ...app.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').flatMap((api) => callsOfDocument(api, app)),
    ...NOTIFICATIONS.flatMap((place) => app.ofType(place.type).flatMap((resource) => notificationTriggers(resource, place, app))),
    ...app.ofType('AWS::Lambda::EventSourceMapping').flatMap((mapping) => mappingTriggers(mapping, app)),
    ...app.ofType('AWS::Events::Rule').flatMap((rule) => ruleTriggers(rule, app)),
    ...app.ofType('AWS::Pipes::Pipe').flatMap((pipe) => pipeTriggers(pipe, app)),
    ...app.ofType('AWS::StepFunctions::StateMachine').flatMap((machine) => machineTriggers(machine, app)),
    ...app.ofType('AWS::Lambda::Permission').flatMap((permission) => permittedTriggers(permission, app)),
  ];
}

function callsOf(resource: Resource, sites: readonly CallSite[], app: AppModel): readonly Trigger[] {
  return sites.flatMap(({ kind, path, asynchronous = false, source }) => {
    const sourceValue = source === undefined ? undefined : resource.property(source);
    const given = valuesAt(resource, path).flatMap((value): readonly Value[] => (path === 'LambdaConfig' ? referencesWithin(value) : [value]));
    const filter = resource.property('FilterPolicy');
    return given.map((value) => trigger(app, value, { kind, asynchronous, sourceValue, declaredBy: resource, location: `Properties.${path}`, filter },
      source === undefined ? resource : undefined));
  }).filter(isTrigger);
}

function notificationTriggers(resource: Resource, { list, called, source }: typeof NOTIFICATIONS[number], app: AppModel): readonly Trigger[] {
  const sourceValue = source === undefined ? undefined : resource.property(source);
  return resource.items(list).flatMap((filter, index) => elements(at(filter, called)).map((value) => trigger(app, value, {
    kind: 'bucket', asynchronous: true, sourceValue, declaredBy: resource, location: `Properties.${list}.${index}`, filter,
  }, source === undefined ? resource : undefined))).filter(isTrigger);
}

/** The functions that an OpenAPI document names in its integrations and authorizers. */
function callsOfDocument(api: Resource, app: AppModel): readonly Trigger[] {
  return referencesWithin(api.property('Body')).map((value) => trigger(app, value, {
    kind: 'api', asynchronous: false, sourceValue: undefined, declaredBy: api, location: 'Properties.Body', filter: undefined,
  }, api)).filter(isTrigger);
}

function mappingTriggers(mapping: Resource, app: AppModel): readonly Trigger[] {
  const sourceValue = mapping.property('EventSourceArn');
  return valuesAt(mapping, 'FunctionName').map((value) => trigger(app, value, {
    kind: mappingKind(mapping, app),
    asynchronous: false,
    sourceValue,
    declaredBy: mapping,
    location: 'Properties.EventSourceArn',
    filter: mapping.property('FilterCriteria'),
  })).filter(isTrigger);
}

/** Whether a mapping reads a queue of messages or a stream of records. Where the source is not known, only streams have a place to start. */
export function mappingKind(mapping: Resource, app: AppModel): 'queue' | 'stream' {
  if (mapping.property('SelfManagedEventSource') !== undefined) return 'stream';
  const sources = resourcesAt(mapping.property('EventSourceArn'), app);
  if (sources.length > 0) return sources.some(({ type }) => type === 'AWS::SQS::Queue') ? 'queue' : 'stream';
  const text = app.describe(mapping.property('EventSourceArn')) ?? '';
  return STREAM_SERVICES.test(text) || mapping.property('StartingPosition') !== undefined ? 'stream' : 'queue';
}

function ruleTriggers(rule: Resource, app: AppModel): readonly Trigger[] {
  const scheduled = rule.property('ScheduleExpression') !== undefined;
  return valuesAt(rule, 'Targets.Arn').map((value) => trigger(app, value, {
    kind: scheduled && rule.property('EventPattern') === undefined ? 'schedule' : 'rule',
    asynchronous: true,
    sourceValue: rule.property('EventBusName'),
    declaredBy: rule,
    location: 'Properties.Targets',
    filter: rule.property('EventPattern'),
  })).filter(isTrigger);
}

function pipeTriggers(pipe: Resource, app: AppModel): readonly Trigger[] {
  const common = { kind: 'pipe', sourceValue: pipe.property('Source'), declaredBy: pipe, filter: pipe.property('SourceParameters.FilterCriteria') } as const;
  const sent = pipe.alternatives('TargetParameters.LambdaFunctionParameters.InvocationType').includes('FIRE_AND_FORGET');
  return [
    ...valuesAt(pipe, 'Enrichment').map((value) => trigger(app, value, { ...common, asynchronous: false, location: 'Properties.Enrichment' })),
    ...valuesAt(pipe, 'Target').map((value) => trigger(app, value, { ...common, asynchronous: sent, location: 'Properties.Target' })),
  ].filter(isTrigger);
}

function machineTriggers(machine: Resource, app: AppModel): readonly Trigger[] {
  return definitionsOf(machine, app).flatMap(({ states }) => states).filter(({ type }) => type === 'Task').flatMap(({ state, location }) => {
    const called = [at(state, 'Resource'), ...elements(at(at(state, 'Parameters'), 'FunctionName')), ...elements(at(at(state, 'Arguments'), 'FunctionName'))];
    const asynchronous = [at(state, 'Parameters'), at(state, 'Arguments')].some((given) => at(given, 'InvocationType') === 'Event');
    return called.map((value) => trigger(app, value, {
      kind: 'state-machine', asynchronous, sourceValue: undefined, declaredBy: machine, location, filter: undefined,
    }, machine));
  }).filter(isTrigger);
}

function permittedTriggers(permission: Resource, app: AppModel): readonly Trigger[] {
  const sourceValue = permission.property('SourceArn');
  return alternatives(permission.property('Principal')).flatMap((principal) => {
    const text = textOf(principal) ?? '';
    const caller = CALLERS[/^([a-z0-9-]+)\.(?:[a-z0-9.-]*\.)?amazon(?:aws)?\.com/.exec(text)?.[1] ?? ''];
    return caller === undefined ? [] : valuesAt(permission, 'FunctionName').map((value) => trigger(app, value, {
      ...caller, sourceValue, declaredBy: permission, location: 'Properties.SourceArn', filter: undefined,
    }));
  }).filter(isTrigger).map((one) => ({ ...one, onlyPermitted: true }));
}

function trigger(
  app: AppModel, called: Value, rest: Omit<Trigger, 'fn' | 'qualifier' | 'source' | 'onlyPermitted'>, source?: Resource,
): Trigger | undefined {
  const fn = functionAt(called, app);
  if (fn === undefined) return undefined;
  return { ...rest, fn, qualifier: qualifierAt(called, app), source: source ?? resourcesAt(rest.sourceValue, app)[0], onlyPermitted: false };
}

function isTrigger(found: Trigger | undefined): found is Trigger {
  return found !== undefined;
}

/** The keys and values of a filter that S3 compares with the name of an object, in small letters. */
export function bucketFilterRules(notification: Value): readonly { readonly name: string; readonly value: Value }[] {
  const key = at(at(notification, 'Filter'), 'S3Key') ?? at(at(notification, 'Filter'), 'Key');
  const rules = [...elements(at(key, 'Rules')), ...elements(at(key, 'FilterRules'))];
  return rules.flatMap((rule) => (entries(rule).length === 0 ? [] : [{ name: (textOf(at(rule, 'Name')) ?? '').toLowerCase(), value: at(rule, 'Value') }]));
}
