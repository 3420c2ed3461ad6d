import { RESOURCELESS_ACTIONS } from './resourceless-actions.generated';

/** Actions that stand on `*` for another reason than that they know no resource, with the page that says so. */
export interface UnscopedActions {
  readonly actions: readonly string[];
  readonly because: string;
}

/**
 * Where one of these stands on `*`, there is nothing narrower to write, although the list of AWS tells of resources, of conditions, or that
 * they manage rights. What knows no resource at all stands in RESOURCELESS_ACTIONS.
 */
export const UNSCOPED_ACTIONS: readonly UnscopedActions[] = [
  {
    actions: ['cloudwatch:GetMetricData', 'cloudwatch:ListMetrics', 'cloudwatch:PutMetricData'],
    because: 'metrics have a namespace, and no resource outside of data sets: '
      + 'https://docs.aws.amazon.com/service-authorization/latest/reference/list_amazoncloudwatch.html',
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
    actions: [
      'logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DeleteResourcePolicy', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies',
      'logs:GetLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:UpdateLogDelivery',
    ],
    because: 'state machines and other services set up their log delivery with them: '
      + 'https://docs.aws.amazon.com/step-functions/latest/dg/cw-logs.html#cloudwatch-iam-policy',
  },
  {
    actions: [
      'xray:GetSamplingRules', 'xray:GetSamplingStatisticSummaries', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments',
    ],
    because: 'traces have no resource: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html',
  },
];

const BY_NAME: ReadonlySet<string> = new Set(UNSCOPED_ACTIONS.flatMap(({ actions }) => actions.map((action) => action.toLowerCase())));

/** The names of a service's actions without resource, in small letters: read when the first policy speaks of the service. */
const BY_SERVICE = new Map<string, ReadonlySet<string>>();

/** Whether an action, as a policy writes it, has no resource that a policy could name. A pattern is none of these. */
export function isUnscoped(action: string): boolean {
  return BY_NAME.has(action.toLowerCase()) || isResourceless(action);
}

/** Whether AWS knows no resource for an action. */
export function isResourceless(action: string): boolean {
  const [service, name = ''] = action.toLowerCase().split(':');
  return resourcelessOf(service).has(name);
}

function resourcelessOf(service: string): ReadonlySet<string> {
  const known = BY_SERVICE.get(service);
  if (known !== undefined) return known;
  const names = Object.hasOwn(RESOURCELESS_ACTIONS, service) ? RESOURCELESS_ACTIONS[service].toLowerCase().split(' ') : [];
  const made = new Set(names);
  BY_SERVICE.set(service, made);
  return made;
}
