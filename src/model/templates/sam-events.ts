import { alphanumeric, arnOf, defined, Expansion, list, make, pick, Raw, record } from './sam-support';
import { own, wordOf } from './template-source';

/** Something that an event calls: a function, its alias, or a state machine. */
export interface SamTarget {
  /** The resource of the source template. */
  readonly logicalId: string;
  /** What is called. */
  readonly arn: unknown;
  /** The name under which a permission speaks of it; state machines have none, and are started by a role. */
  readonly functionName?: unknown;
}

const MAPPING_PROPERTIES = ['BatchSize', 'BisectBatchOnFunctionError', 'DestinationConfig', 'Enabled', 'FilterCriteria', 'FunctionResponseTypes', 'KmsKeyArn',
  'MaximumBatchingWindowInSeconds', 'MaximumRecordAgeInSeconds', 'MaximumRetryAttempts', 'ParallelizationFactor', 'Queues', 'ScalingConfig',
  'SourceAccessConfigurations', 'StartingPosition', 'Topics', 'TumblingWindowInSeconds'];

/** Where each polled event names its source, and the managed policy that SAM attaches for it. */
export const POLLED: { readonly [type: string]: { readonly source: string; readonly policy: string } } = {
  DocumentDB: { source: 'Cluster', policy: 'service-role/AWSLambdaVPCAccessExecutionRole' },
  DynamoDB: { source: 'Stream', policy: 'service-role/AWSLambdaDynamoDBExecutionRole' },
  Kinesis: { source: 'Stream', policy: 'service-role/AWSLambdaKinesisExecutionRole' },
  MQ: { source: 'Broker', policy: 'service-role/AWSLambdaBasicExecutionRole' },
  MSK: { source: 'Stream', policy: 'service-role/AWSLambdaMSKExecutionRole' },
  SQS: { source: 'Queue', policy: 'service-role/AWSLambdaSQSQueueExecutionRole' },
};

/** Makes what one event of a function or a state machine needs. */
export function makeEvent(expansion: Expansion, target: SamTarget, name: string, event: unknown): void {
  const type = wordOf(own(event, 'Type'));
  const properties = record(own(event, 'Properties'));
  const id = `${target.logicalId}${alphanumeric(name)}`;
  if (Object.prototype.hasOwnProperty.call(POLLED, type)) {
    make(expansion, target.logicalId, id, 'AWS::Lambda::EventSourceMapping', {
      ...pick(properties, MAPPING_PROPERTIES), EventSourceArn: properties[POLLED[type].source], FunctionName: target.functionName,
    });
    return;
  }
  switch (type) {
    case 'Api': case 'HttpApi': return makeRoute(expansion, target, type, id, properties);
    case 'CloudWatchEvent': case 'EventBridgeRule': case 'Schedule': return makeRule(expansion, target, id, properties);
    case 'ScheduleV2': return makeSchedule(expansion, target, id, properties);
    case 'CloudWatchLogs':
      make(expansion, target.logicalId, id, 'AWS::Logs::SubscriptionFilter', { ...pick(properties, ['FilterPattern', 'LogGroupName']), DestinationArn: target.arn });
      return permit(expansion, target, id, 'logs.amazonaws.com', { 'Fn::Sub': ['arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*', { Group: properties.LogGroupName }] });
    case 'S3': return makeNotification(expansion, target, id, properties);
    case 'SNS':
      make(expansion, target.logicalId, id, 'AWS::SNS::Subscription', {
        ...pick(properties, ['FilterPolicy', 'FilterPolicyScope', 'RedrivePolicy', 'Region'], { TopicArn: 'Topic' }), Protocol: 'lambda', Endpoint: target.arn,
      });
      return permit(expansion, target, id, 'sns.amazonaws.com', properties.Topic);
    case 'IoTRule':
      make(expansion, target.logicalId, id, 'AWS::IoT::TopicRule', { TopicRulePayload: { Sql: properties.Sql, Actions: [{ Lambda: { FunctionArn: target.arn } }] } });
      return permit(expansion, target, id, 'iot.amazonaws.com', { 'Fn::Sub': `arn:\${AWS::Partition}:iot:\${AWS::Region}:\${AWS::AccountId}:rule/\${${id}}` });
    case 'Cognito': return permit(expansion, target, id, 'cognito-idp.amazonaws.com', pointed(properties.UserPool));
    case 'AlexaSkill': return permit(expansion, target, id, 'alexa-appkit.amazon.com', undefined, { EventSourceToken: properties.SkillId });
    default: return undefined; // the expansion says nothing about events that it does not know
  }
}

function permit(expansion: Expansion, target: SamTarget, id: string, Principal: string, SourceArn: unknown, more: Raw = {}): void {
  if (target.functionName === undefined) return;
  make(expansion, target.logicalId, `${id}Permission`, 'AWS::Lambda::Permission', {
    Action: 'lambda:InvokeFunction', FunctionName: target.functionName, Principal, SourceArn, ...more,
  });
}

function makeRoute(expansion: Expansion, target: SamTarget, type: 'Api' | 'HttpApi', id: string, event: Raw): void {
  const named = own(event.RestApiId ?? event.ApiId, 'Ref') ?? event.RestApiId ?? event.ApiId;
  const api = typeof named === 'string' ? named : named === undefined ? type === 'Api' ? 'ServerlessRestApi' : 'ServerlessHttpApi' : undefined;
  if (api !== undefined) {
    const uri = target.functionName === undefined
      ? { 'Fn::Sub': 'arn:${AWS::Partition}:apigateway:${AWS::Region}:states:action/StartExecution' }
      : { 'Fn::Sub': ['arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Target}/invocations', { Target: target.arn }] };
    const route = {
      path: typeof event.Path === 'string' ? event.Path : '$default', method: typeof event.Method === 'string' ? event.Method : 'any', uri, event,
    };
    const routes = expansion.routes.get(api);
    if (routes === undefined) expansion.routes.set(api, [route]);
    else routes.push(route);
  }
  permit(expansion, target, id, 'apigateway.amazonaws.com',
    { 'Fn::Sub': [`arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}/*/${callerOf(event)}`, { Api: api === undefined ? named : { Ref: api } }] });
}

/** The method and path that SAM puts behind any stage, with wildcards for what the path leaves open. */
function callerOf({ Method: method, Path: path }: Raw): string {
  if (typeof path !== 'string' || path === '$default') return '$default';
  const name = typeof method === 'string' && !/^(any|x-amazon-apigateway-any-method)$/i.test(method) ? method.toUpperCase() : '*';
  return `${name}${path.replace(/\{[^{}]*\}/g, '*')}`;
}

function makeRule(expansion: Expansion, target: SamTarget, id: string, event: Raw): void {
  const queue = own(event.DeadLetterConfig, 'Arn') ?? (own(event.DeadLetterConfig, 'Type') === undefined ? undefined : arnOf(`${id}Queue`));
  if (own(event.DeadLetterConfig, 'Type') !== undefined) make(expansion, target.logicalId, `${id}Queue`, 'AWS::SQS::Queue', {});
  make(expansion, target.logicalId, id, 'AWS::Events::Rule', {
    ...pick(event, ['Description', 'EventBusName', 'Name', 'State'], { EventPattern: 'Pattern', ScheduleExpression: 'Schedule' }),
    Targets: [defined({
      ...pick(event, ['Input', 'InputPath', 'InputTransformer', 'RetryPolicy']),
      Id: `${id}LambdaTarget`,
      Arn: target.arn,
      DeadLetterConfig: queue === undefined ? undefined : { Arn: queue },
      RoleArn: target.functionName === undefined ? event.RoleArn ?? startingRole(expansion, target, id, 'events.amazonaws.com') : undefined,
    })],
  });
  permit(expansion, target, id, 'events.amazonaws.com', arnOf(id));
}

function makeSchedule(expansion: Expansion, target: SamTarget, id: string, event: Raw): void {
  make(expansion, target.logicalId, id, 'AWS::Scheduler::Schedule', {
    ...pick(event, ['FlexibleTimeWindow', 'GroupName', 'KmsKeyArn', 'ScheduleExpression', 'ScheduleExpressionTimezone', 'State']),
    Target: defined({
      ...pick(event, ['DeadLetterConfig', 'Input', 'RetryPolicy']),
      Arn: target.arn,
      RoleArn: event.RoleArn ?? startingRole(expansion, target, id, 'scheduler.amazonaws.com'),
    }),
  });
}

/** The role with which a service calls a target that has no resource policy. */
function startingRole(expansion: Expansion, target: SamTarget, id: string, Service: string): Raw {
  const Action = target.functionName === undefined ? 'states:StartExecution' : 'lambda:InvokeFunction';
  make(expansion, target.logicalId, `${id}Role`, 'AWS::IAM::Role', {
    AssumeRolePolicyDocument: {
      Statement: [{
        Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }],
    },
    Policies: [{ PolicyName: `${id}Start`, PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource: target.arn }] } }],
  });
  return arnOf(`${id}Role`);
}

/** SAM writes the notification into the bucket, which must be in the template. */
function makeNotification(expansion: Expansion, target: SamTarget, id: string, event: Raw): void {
  const logicalId = own(event.Bucket, 'Ref');
  const bucket = typeof logicalId === 'string' ? expansion.made.get(logicalId) : undefined;
  if (typeof logicalId === 'string' && bucket !== undefined) {
    const properties = record(bucket.Properties);
    const known = record(properties.NotificationConfiguration);
    const added = list(event.Events).map((Event) => defined({ Event, Function: target.arn, Filter: event.Filter }));
    expansion.made.set(logicalId, {
      ...bucket,
      Properties: { ...properties, NotificationConfiguration: { ...known, LambdaConfigurations: [...list(known.LambdaConfigurations), ...added] } },
    });
  }
  permit(expansion, target, id, 's3.amazonaws.com', pointed(event.Bucket), { SourceAccount: { Ref: 'AWS::AccountId' } });
}

/** The ARN of what a `Ref` names. */
function pointed(value: unknown): unknown {
  const logicalId = own(value, 'Ref');
  return typeof logicalId === 'string' ? arnOf(logicalId) : value;
}
