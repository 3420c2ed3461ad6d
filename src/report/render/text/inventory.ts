import { count } from '../text';

/** What an app consists of, in the words of people. What is not here is counted with the rest. */
const INVENTORY: readonly (readonly [types: readonly string[], singular: string, plural: string])[] = [
  [['AWS::Lambda::Function'], 'function', 'functions'],
  [['AWS::ApiGateway::RestApi'], 'REST API', 'REST APIs'],
  [['AWS::ApiGatewayV2::Api'], 'HTTP or WebSocket API', 'HTTP and WebSocket APIs'],
  [['AWS::AppSync::GraphQLApi'], 'GraphQL API', 'GraphQL APIs'],
  [['AWS::CloudFront::Distribution'], 'distribution', 'distributions'],
  [['AWS::S3::Bucket'], 'bucket', 'buckets'],
  [['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'], 'table', 'tables'],
  [['AWS::SQS::Queue'], 'queue', 'queues'],
  [['AWS::SNS::Topic'], 'topic', 'topics'],
  [['AWS::Events::EventBus'], 'event bus', 'event buses'],
  [['AWS::Kinesis::Stream'], 'stream', 'streams'],
  [['AWS::Pipes::Pipe'], 'pipe', 'pipes'],
  [['AWS::StepFunctions::StateMachine'], 'state machine', 'state machines'],
  [['AWS::Scheduler::Schedule'], 'schedule', 'schedules'],
  [['AWS::SecretsManager::Secret'], 'secret', 'secrets'],
  [['AWS::Cognito::UserPool'], 'user pool', 'user pools'],
  [['AWS::WAFv2::WebACL'], 'web ACL', 'web ACLs'],
  [['AWS::KMS::Key'], 'key', 'keys'],
  [['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'], 'alarm', 'alarms'],
];

/** `3 functions, 1 REST API, 59 resources in all`. */
export function inventoryOf(resourceTypes: { readonly [type: string]: number }): string[] {
  const of = (types: readonly string[]) => types.reduce((sum, type) => sum + (resourceTypes[type] ?? 0), 0);
  const all = of(Object.keys(resourceTypes));
  return [
    ...INVENTORY.filter(([types]) => of(types) > 0).map(([types, singular, plural]) => count(of(types), singular, plural)),
    `${count(all, 'resource')} in all`,
  ];
}
