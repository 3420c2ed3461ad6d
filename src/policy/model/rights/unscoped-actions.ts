/** Actions that AWS does not let a policy limit to a resource, with the page that says so. */
export interface UnscopedActions {
  readonly actions: readonly string[];
  readonly because: string;
}

const REFERENCE = 'https://docs.aws.amazon.com/service-authorization/latest/reference';

/**
 * Where one of these stands on `*`, there is nothing narrower to write. Only actions that read or change no data of a customer's
 * resource are listed; everything else on `*` is a finding.
 */
export const UNSCOPED_ACTIONS: readonly UnscopedActions[] = [
  {
    actions: ['cloudwatch:PutMetricData'],
    because: `it names a namespace, not a resource: ${REFERENCE}/list_amazoncloudwatch.html`,
  },
  {
    actions: ['cognito-idp:ListUserPools'],
    because: `it lists: ${REFERENCE}/list_amazoncognitouserpools.html`,
  },
  {
    actions: ['dynamodb:ListStreams', 'dynamodb:ListTables'],
    because: `they list: ${REFERENCE}/list_amazondynamodb.html`,
  },
  {
    actions: [
      'ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces',
      'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses',
    ],
    because: 'Lambda attaches a function to a network with them, to interfaces that do not exist yet: '
      + 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions',
  },
  {
    actions: ['ec2:DescribeSecurityGroups', 'ec2:DescribeVpcEndpoints', 'ec2:DescribeVpcs'],
    because: `they list: ${REFERENCE}/list_amazonec2.html`,
  },
  {
    actions: ['ecr:GetAuthorizationToken'],
    because: `the token holds for the registry: ${REFERENCE}/list_amazonelasticcontainerregistry.html`,
  },
  {
    actions: ['kms:GenerateRandom', 'kms:ListAliases', 'kms:ListKeys'],
    because: `they use no key: ${REFERENCE}/list_awskeymanagementservice.html`,
  },
  {
    actions: ['lambda:GetAccountSettings', 'lambda:ListFunctions'],
    because: `they concern the account: ${REFERENCE}/list_awslambda.html`,
  },
  {
    actions: [
      'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DeleteResourcePolicy', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
    ],
    because: 'state machines and other services set up their log delivery with them: '
      + 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy',
  },
  {
    actions: ['s3:ListAllMyBuckets'],
    because: `it lists: ${REFERENCE}/list_amazons3.html`,
  },
  {
    actions: ['secretsmanager:GetRandomPassword', 'secretsmanager:ListSecrets'],
    because: `they read no secret: ${REFERENCE}/list_awssecretsmanager.html`,
  },
  {
    actions: ['sts:GetCallerIdentity'],
    because: `everybody may ask who they are: ${REFERENCE}/list_awssecuritytokenservice.html`,
  },
  {
    actions: ['textract:AnalyzeDocument', 'textract:DetectDocumentText'],
    because: `they work on what is sent with the call: ${REFERENCE}/list_amazontextract.html`,
  },
  {
    actions: [
      'xray:GetSamplingRules', 'xray:GetSamplingStatisticSummaries', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
    ],
    because: `traces have no resource: ${REFERENCE}/list_awsx-ray.html`,
  },
];

const BY_NAME: ReadonlySet<string> = new Set(UNSCOPED_ACTIONS.flatMap(({ actions }) => actions.map((action) => action.toLowerCase())));

/** Whether an action, as a policy writes it, has no resource that a policy could name. A pattern is none of these. */
export function isUnscoped(action: string): boolean {
  return BY_NAME.has(action.toLowerCase());
}
