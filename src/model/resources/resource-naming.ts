/** How the ARNs of a resource type begin after the account, and which property holds the name. */
export interface Naming {
  readonly service: string;
  /** What stands before the name. */
  readonly prefix: string;
  /** None where AWS makes the name. */
  readonly property?: string;
}

/** The types that rules find by a name or an ARN that is written out. Data, and the one place for it. */
export const NAMING: { readonly [type: string]: Naming } = {
  'AWS::ApiGateway::RestApi': { service: 'execute-api', prefix: '' },
  'AWS::ApiGatewayV2::Api': { service: 'execute-api', prefix: '' },
  'AWS::CloudWatch::Alarm': { property: 'AlarmName', service: 'cloudwatch', prefix: 'alarm:' },
  'AWS::CodeBuild::Project': { property: 'Name', service: 'codebuild', prefix: 'project/' },
  'AWS::Cognito::UserPool': { service: 'cognito-idp', prefix: 'userpool/' },
  'AWS::DynamoDB::GlobalTable': { property: 'TableName', service: 'dynamodb', prefix: 'table/' },
  'AWS::DynamoDB::Table': { property: 'TableName', service: 'dynamodb', prefix: 'table/' },
  'AWS::ECR::Repository': { property: 'RepositoryName', service: 'ecr', prefix: 'repository/' },
  'AWS::Events::EventBus': { property: 'Name', service: 'events', prefix: 'event-bus/' },
  'AWS::Events::Rule': { property: 'Name', service: 'events', prefix: 'rule/' },
  'AWS::IAM::Group': { property: 'GroupName', service: 'iam', prefix: 'group/' },
  'AWS::IAM::ManagedPolicy': { property: 'ManagedPolicyName', service: 'iam', prefix: 'policy/' },
  'AWS::IAM::Role': { property: 'RoleName', service: 'iam', prefix: 'role/' },
  'AWS::IAM::User': { property: 'UserName', service: 'iam', prefix: 'user/' },
  'AWS::KMS::Alias': { property: 'AliasName', service: 'kms', prefix: '' },
  'AWS::KMS::Key': { service: 'kms', prefix: 'key/' },
  'AWS::Kinesis::Stream': { property: 'Name', service: 'kinesis', prefix: 'stream/' },
  'AWS::KinesisFirehose::DeliveryStream': { property: 'DeliveryStreamName', service: 'firehose', prefix: 'deliverystream/' },
  'AWS::Lambda::Function': { property: 'FunctionName', service: 'lambda', prefix: 'function:' },
  'AWS::Lambda::LayerVersion': { property: 'LayerName', service: 'lambda', prefix: 'layer:' },
  'AWS::Lambda::WebFunction': { property: 'FunctionName', service: 'lambda', prefix: 'web-function/' },
  'AWS::Logs::LogGroup': { property: 'LogGroupName', service: 'logs', prefix: 'log-group:' },
  'AWS::Pipes::Pipe': { property: 'Name', service: 'pipes', prefix: 'pipe/' },
  'AWS::S3::Bucket': { property: 'BucketName', service: 's3', prefix: '' },
  'AWS::SNS::Topic': { property: 'TopicName', service: 'sns', prefix: '' },
  'AWS::SQS::Queue': { property: 'QueueName', service: 'sqs', prefix: '' },
  'AWS::SSM::Parameter': { property: 'Name', service: 'ssm', prefix: 'parameter/' },
  'AWS::SecretsManager::Secret': { property: 'Name', service: 'secretsmanager', prefix: 'secret:' },
  'AWS::StepFunctions::Activity': { property: 'Name', service: 'states', prefix: 'activity:' },
  'AWS::StepFunctions::StateMachine': { property: 'StateMachineName', service: 'states', prefix: 'stateMachine:' },
};
