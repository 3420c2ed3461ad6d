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
