import { parseArn } from '../values/arn';

/** How much a policy of AWS allows. */
export enum ManagedPolicyReach {
  /** Everything, or everything but the management of identities, or the management of identities, which comes to the same. */
  ADMIN = 'admin',
  /** Everything of one or several services, on all resources. */
  FULL = 'full',
  /** Reads all resources of one or all services. */
  READ = 'read',
  /** What a service needs to run for somebody, such as writing its logs. */
  EXECUTION = 'execution',
  /** Something else, on all resources. */
  OTHER = 'other',
}

/** A policy that AWS manages, by its name. */
export interface AwsManagedPolicy {
  readonly name: string;
  readonly reach: ManagedPolicyReach;
  /** The actions that it comes to, where they are known; on all resources. */
  readonly actions: readonly string[];
}

const ADMIN = new Set(['AdministratorAccess', 'AdministratorAccess-AWSElasticBeanstalk', 'AdministratorAccess-Amplify', 'IAMFullAccess', 'PowerUserAccess', 'SystemAdministrator']);

/**
 * What Lambda, and services like it, need to run for somebody. They allow the writing of logs, traces and metrics, the reading of one kind
 * of event source, or the attachment to a network.
 *
 * @see https://docs.aws.amazon.com/lambda/latest/dg/permissions-executionrole-update.html
 */
const EXECUTION = new Set([
  'AWSAppSyncPushToCloudWatchLogs', 'AWSLambdaBasicDurableExecutionRolePolicy', 'AWSLambdaBasicExecutionRole', 'AWSLambdaDynamoDBExecutionRole', 'AWSLambdaENIManagementAccess',
  'AWSLambdaKinesisExecutionRole', 'AWSLambdaMSKExecutionRole', 'AWSLambdaRole', 'AWSLambdaSQSQueueExecutionRole', 'AWSLambdaVPCAccessExecutionRole',
  'AWSXRayDaemonWriteAccess', 'AWSXrayWriteOnlyAccess', 'AmazonAPIGatewayPushToCloudWatchLogs', 'CloudWatchLambdaInsightsExecutionRolePolicy',
]);

/** Where the name of a policy does not tell the service whose actions it allows. */
const ACTIONS: { readonly [name: string]: readonly string[] } = {
  AWSLambdaExecute: ['logs:*', 's3:GetObject', 's3:PutObject'],
  AWSLambdaInvocation_DynamoDB: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'lambda:InvokeFunction'],
  AWSLambdaRole: ['lambda:InvokeFunction'],
  AWSLambda_FullAccess: ['iam:PassRole', 'lambda:*'],
  AWSStepFunctionsFullAccess: ['states:*'],
  AdministratorAccess: ['*'],
  AmazonDynamoDBReadOnlyAccess: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PartiQLSelect', 'dynamodb:Query', 'dynamodb:Scan'],
  AmazonKinesisFullAccess: ['kinesis:*'],
  AmazonKinesisFirehoseFullAccess: ['firehose:*'],
  AmazonS3ReadOnlyAccess: ['s3:Get*', 's3:List*'],
  AmazonSQSReadOnlyAccess: ['sqs:GetQueueAttributes', 'sqs:ListQueues'],
  CloudWatchFullAccess: ['cloudwatch:*', 'logs:*', 'sns:*'],
  CloudWatchLogsFullAccess: ['logs:*'],
  IAMFullAccess: ['iam:*'],
  PowerUserAccess: ['*'],
  ReadOnlyAccess: ['dynamodb:GetItem', 'dynamodb:Scan', 's3:GetObject', 'sqs:ReceiveMessage'],
  SecretsManagerReadWrite: ['secretsmanager:*'],
};

/** Names of services inside the names of policies, and what IAM calls them. */
const SERVICES: { readonly [inName: string]: string } = {
  APIGatewayAdministrator: 'apigateway',
  APIGatewayInvoke: 'execute-api',
  CognitoPowerUser: 'cognito-idp',
  DynamoDB: 'dynamodb',
  EC2: 'ec2',
  EventBridge: 'events',
  EventBridgePipes: 'pipes',
  EventBridgeScheduler: 'scheduler',
  Kinesis: 'kinesis',
  KMS: 'kms',
  KeyManagementServicePowerUser: 'kms',
  RDS: 'rds',
  RDSData: 'rds-data',
  S3: 's3',
  SES: 'ses',
  SNS: 'sns',
  SQS: 'sqs',
  SSM: 'ssm',
  Lambda: 'lambda',
};

/** What a policy of AWS amounts to, by its ARN or a text that holds it; undefined for a policy of somebody else. */
export function awsManagedPolicy(arn: string): AwsManagedPolicy | undefined {
  const parsed = parseArn(arn);
  if (parsed === undefined || parsed.service !== 'iam' || parsed.account !== 'aws') return undefined;
  const name = parsed.resource.split('/').pop() ?? '';
  return { name, reach: reachOf(name), actions: actionsOf(name) };
}

function reachOf(name: string): ManagedPolicyReach {
  if (ADMIN.has(name)) return ManagedPolicyReach.ADMIN;
  if (EXECUTION.has(name)) return ManagedPolicyReach.EXECUTION;
  if (/Full_?Access|PowerUser|Administrator|ReadWrite/i.test(name)) return ManagedPolicyReach.FULL;
  return /Read_?Only|ViewOnly|SecurityAudit/i.test(name) ? ManagedPolicyReach.READ : ManagedPolicyReach.OTHER;
}

function actionsOf(name: string): readonly string[] {
  const known = Object.prototype.hasOwnProperty.call(ACTIONS, name) ? ACTIONS[name] : undefined;
  if (known !== undefined) return known;
  if (!/Full_?Access|PowerUser|Administrator/i.test(name)) return [];
  const inName = name.replace(/^(Amazon|AWS)/, '').replace(/_?Full_?Access.*$/i, '');
  const service = Object.prototype.hasOwnProperty.call(SERVICES, inName) ? SERVICES[inName] : undefined;
  return service === undefined ? [] : [`${service}:*`];
}
