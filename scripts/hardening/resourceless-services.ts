/** Services that the code of functions and workflows calls, and in which some actions know no resource. */
export const SERVICES_OF_FUNCTIONS: readonly string[] = [
  'athena', 'bedrock', 'ce', 'cloudformation', 'cloudwatch', 'cognito-identity', 'cognito-idp', 'comprehend', 'comprehendmedical', 'dynamodb', 'ec2', 'ecr', 'ecs',
  'events', 'firehose', 'glue', 'health', 'iot', 'kinesis', 'kms', 'lambda', 'lex', 'logs', 'mediaconvert', 'personalize', 'polly', 'pricing', 'rekognition', 's3',
  'scheduler', 'secretsmanager', 'ses', 'sns', 'sqs', 'ssm', 'states', 'sts', 'support', 'tag', 'textract', 'transcribe', 'translate', 'xray',
];
