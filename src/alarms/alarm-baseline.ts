/** What tells that messages wait in a dead-letter queue. What a redrive moves there is not counted as sent. */
export const DEAD_LETTER_METRICS = ['ApproximateAgeOfOldestMessage', 'ApproximateNumberOfMessagesVisible'];

/** Where the dead-letter queues of resources are named, by type. */
export const DEAD_LETTER_PATHS: { readonly [type: string]: readonly string[] } = {
  'AWS::Events::EventBus': ['DeadLetterConfig.Arn'],
  'AWS::Lambda::EventInvokeConfig': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::EventSourceMapping': ['DestinationConfig.OnFailure.Destination'],
  'AWS::Lambda::Function': ['DeadLetterConfig.TargetArn'],
  'AWS::Pipes::Pipe': [
    'SourceParameters.DynamoDBStreamParameters.DeadLetterConfig.Arn', 'SourceParameters.KinesisStreamParameters.DeadLetterConfig.Arn',
  ],
  'AWS::SNS::Subscription': ['RedrivePolicy.deadLetterTargetArn'],
  'AWS::SQS::Queue': ['RedrivePolicy.deadLetterTargetArn'],
  'AWS::Scheduler::Schedule': ['Target.DeadLetterConfig.Arn'],
};

/** Actions that change the items of a table, without the service, in small letters. */
export const ITEM_CHANGES = ['batchwriteitem', 'deleteitem', 'partiqldelete', 'partiqlinsert', 'partiqlupdate', 'putitem', 'updateitem'];

/** Ten times the concurrency of an account, every second of a minute: no failure is counted as often. */
const FAR_ABOVE = 600_000;

/** Counts of failures, by namespace and metric, with a threshold that nothing reaches in minutes. */
export const NEVER_REACHED: { readonly [metric: string]: number } = {
  'AWS/ApiGateway 4XXError': FAR_ABOVE,
  'AWS/ApiGateway 4xx': FAR_ABOVE,
  'AWS/ApiGateway 5XXError': FAR_ABOVE,
  'AWS/ApiGateway 5xx': FAR_ABOVE,
  'AWS/AppSync 4XXError': FAR_ABOVE,
  'AWS/AppSync 5XXError': FAR_ABOVE,
  'AWS/DynamoDB SystemErrors': FAR_ABOVE,
  'AWS/DynamoDB ThrottledRequests': FAR_ABOVE,
  'AWS/DynamoDB UserErrors': FAR_ABOVE,
  'AWS/Events FailedInvocations': FAR_ABOVE,
  'AWS/Lambda DeadLetterErrors': FAR_ABOVE,
  'AWS/Lambda Errors': 10_000,
  'AWS/Lambda Throttles': 10_000,
  'AWS/SQS ApproximateNumberOfMessagesVisible': FAR_ABOVE,
  'AWS/States ExecutionsFailed': 10_000,
  'AWS/States ExecutionsTimedOut': 10_000,
  'AWS/WAFV2 BlockedRequests': FAR_ABOVE,
};

/** Metrics that are 0 or 1 for each call: their average is a share, and never above 1. */
export const SHARES = /^AWS\/(ApiGateway|AppSync|Lambda) (4XXError|4xx|5XXError|5xx|Errors)$/;

/** What an alarm looks back over at most. */
export const SLOWEST_ALARM_SECONDS = 86_400;

/** An id by which a chat knows a channel, or what the channel is in. */
export interface ChatId {
  readonly prop: string;
  readonly pattern: RegExp;
  readonly what: string;
}

const UUID = /^[\dA-Fa-f]{8}(?:-[\dA-Fa-f]{4}){3}-[\dA-Fa-f]{12}$/;

/** What Amazon Q Developer in chat applications takes as the ids of a channel. */
export const CHAT_IDS: { readonly [app in 'Slack' | 'Teams']: readonly ChatId[] } = {
  Slack: [
    { prop: 'workspaceId', pattern: /^[\dA-Z]{1,255}$/, what: '1 to 255 capital letters and digits' },
    { prop: 'channelId', pattern: /^[\dA-Za-z]{1,255}$/, what: '1 to 255 letters and digits' },
  ],
  Teams: [
    { prop: 'teamId', pattern: UUID, what: 'a UUID' },
    { prop: 'tenantId', pattern: UUID, what: 'a UUID' },
    {
      prop: 'channelId',
      pattern: /^(?=.{1,256}$)[\w\-=+/.,]*%3[aA][\w\-=+/.,]*%40[\w\-=+/.,]*$/,
      what: 'as it stands in the link to the channel, with %3a and %40',
    },
  ],
};
