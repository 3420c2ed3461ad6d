/**
 * How long one managed policy may be, and the inline policies of one principal together, by the type of the principal; white space does not count.
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html#reference_iam-quotas-entity-length
 */
export const MANAGED_POLICY_LENGTH = 6144;
export const INLINE_POLICIES_LENGTH = { 'AWS::IAM::Group': 5120, 'AWS::IAM::Role': 10_240, 'AWS::IAM::User': 2048 } as const;

/** How many managed policies a role takes, and how many at most if the quota of its account is raised. */
export const ROLE_POLICIES = { usual: 10, most: 20 } as const;

/** What a function needs to write into a log group that exists already. */
export const LOG_WRITE_ACTIONS = ['logs:CreateLogStream', 'logs:PutLogEvents'];

/** What a function needs to send traces. */
export const TRACE_WRITE_ACTIONS = ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'];

/** What a function needs that samples its traces by the rules of the account. */
export const SAMPLING_ACTIONS = ['xray:GetSamplingRules', 'xray:GetSamplingStatisticSummaries', 'xray:GetSamplingTargets'];

/** What a reader of encrypted data needs of the key. */
export const KEY_READ_ACTIONS = ['kms:Decrypt'];

/** What a writer of encrypted data needs of the key, where the service calls it for each object or message. */
export const KEY_WRITE_ACTIONS = ['kms:Decrypt', 'kms:GenerateDataKey'];

/**
 * What the Lambda service needs, in the name of the function's role, to attach it to a network.
 * @see https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html
 */
export const NETWORK_INTERFACE_ACTIONS = [
  'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces',
  'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses',
];

/**
 * What Lambda needs, in the name of the function's role, to find a cluster of Amazon MSK, and to reach its brokers in their network.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSLambdaMSKExecutionRole.html
 */
export const CLUSTER_READ_ACTIONS = ['kafka:DescribeCluster', 'kafka:DescribeClusterV2'];
export const BROKER_ACTIONS = [
  'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSecurityGroups', 'ec2:DescribeSubnets', 'ec2:DescribeVpcs',
  'kafka:GetBootstrapBrokers',
];

/**
 * What API Gateway must be allowed on all log groups before it takes a role for the logs of all APIs of an account.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html#set-up-access-logging-permissions
 */
export const API_GATEWAY_LOG_ACTIONS = [
  'logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:DescribeLogGroups', 'logs:DescribeLogStreams', 'logs:FilterLogEvents', 'logs:GetLogEvents',
  'logs:PutLogEvents',
];

/**
 * Condition keys that a service sends to tell for whom it acts.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html
 */
export const SOURCE_KEYS = ['aws:SourceAccount', 'aws:SourceArn', 'aws:SourceOrgID', 'aws:SourceOrgPaths'];

/** Condition keys that bind a statement for everybody, or for a service that acts for everybody, to somebody. */
export const BINDING_KEYS = [
  ...SOURCE_KEYS, 'aws:PrincipalAccount', 'aws:PrincipalArn', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:SourceVpc', 'aws:SourceVpce',
];
