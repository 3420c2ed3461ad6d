/**
 * The month in which the figures were last compared with other sources. They are list prices, an estimate and no offer: discounts, free tiers and
 * taxes are not in them.
 */
export const PRICES_AS_OF = '2026-11';

/** The region whose prices hold where a stack does not name one, and where a row names no other. */
export const DEFAULT_REGION = 'us-east-1';

/** AWS calculates with as many. */
export const HOURS_PER_MONTH = 730;

/** What one thing costs while nothing happens, in US dollars. */
export interface IdlePrice {
  /** The control or part that it belongs to, in the words of the report. */
  readonly control: string;
  readonly unit: string;
  readonly price: number;
  readonly per: 'month' | 'hour';
  /** The page of AWS that publishes it. */
  readonly source: string;
  /** AWS asks the same in all regions; otherwise a region without a figure below is estimated by that of us-east-1, and the report says so. */
  readonly everywhere?: boolean;
  /** Regions in which it differs. */
  readonly regions?: { readonly [region: string]: number };
  /** Regions whose figure stands in no second source that could be found: the report marks what is calculated with it. */
  readonly unconfirmed?: readonly string[];
}

/** Where AWS publishes its prices. */
export const PRICE_PAGES = {
  accessAnalyzer: 'https://aws.amazon.com/iam/access-analyzer/pricing/',
  apiGateway: 'https://aws.amazon.com/api-gateway/pricing/',
  cloudTrail: 'https://aws.amazon.com/cloudtrail/pricing/',
  cloudWatch: 'https://aws.amazon.com/cloudwatch/pricing/',
  dynamoDb: 'https://aws.amazon.com/dynamodb/pricing/provisioned/',
  guardDuty: 'https://aws.amazon.com/guardduty/pricing/',
  kinesis: 'https://aws.amazon.com/kinesis/data-streams/pricing/',
  kms: 'https://aws.amazon.com/kms/pricing/',
  lambda: 'https://aws.amazon.com/lambda/pricing/',
  networkFirewall: 'https://aws.amazon.com/network-firewall/pricing/',
  privateLink: 'https://aws.amazon.com/privatelink/pricing/',
  route53: 'https://aws.amazon.com/route53/pricing/',
  secretsManager: 'https://aws.amazon.com/secrets-manager/pricing/',
  systemsManager: 'https://aws.amazon.com/systems-manager/pricing/',
  vpc: 'https://aws.amazon.com/vpc/pricing/',
  waf: 'https://aws.amazon.com/waf/pricing/',
} as const;

/**
 * The list prices of what an app of this kind has while idle. Those pages show their tables by script, so that each figure was compared with a stored
 * copy of the page where that names it, else with what others read from the price list of AWS; `unconfirmed` names those that could not be.
 */
export const IDLE_PRICES = {
  // each key and each replica; the first two rotations add as much each
  key: { control: 'customer keys', unit: 'key', price: 1, per: 'month', source: PRICE_PAGES.kms, everywhere: true },

  // a managed group counts as a rule
  webAcl: { control: 'web ACL', unit: 'web ACL', price: 5, per: 'month', source: PRICE_PAGES.waf, everywhere: true },
  webAclRule: { control: 'web ACL', unit: 'rule', price: 1, per: 'month', source: PRICE_PAGES.waf, everywhere: true },
  // the figure of Bot Control; for those against account fraud no second source was found
  paidRuleGroup: { control: 'web ACL', unit: 'subscribed rule group', price: 10, per: 'month', source: PRICE_PAGES.waf, everywhere: true },

  // by metric that an alarm looks at; a learned band counts as two more
  alarmMetric: { control: 'alarms', unit: 'metric', price: 0.1, per: 'month', source: PRICE_PAGES.cloudWatch },
  fastAlarmMetric: { control: 'alarms', unit: 'metric below a minute', price: 0.3, per: 'month', source: PRICE_PAGES.cloudWatch },
  compositeAlarm: { control: 'alarms', unit: 'composite alarm', price: 0.5, per: 'month', source: PRICE_PAGES.cloudWatch },
  dashboard: { control: 'dashboards', unit: 'dashboard', price: 3, per: 'month', source: PRICE_PAGES.cloudWatch },

  // each role and user of the account, of which the app knows its own
  unusedAccess: { control: 'access analysis', unit: 'role or user', price: 0.2, per: 'month', source: PRICE_PAGES.accessAnalyzer },

  secret: { control: 'secrets', unit: 'secret', price: 0.4, per: 'month', source: PRICE_PAGES.secretsManager },
  advancedParameter: { control: 'parameters', unit: 'advanced parameter', price: 0.05, per: 'month', source: PRICE_PAGES.systemsManager },

  // each availability zone of each interface endpoint
  interfaceEndpoint: {
    control: 'interface endpoints',
    unit: 'endpoint and zone',
    price: 0.01,
    per: 'hour',
    source: PRICE_PAGES.privateLink,
    regions: {
      'ap-northeast-1': 0.014,
      'ap-south-1': 0.013,
      'ap-southeast-1': 0.013,
      'ap-southeast-2': 0.013,
      'eu-central-1': 0.012,
      'eu-north-1': 0.011,
      'eu-west-1': 0.011,
      'sa-east-1': 0.021,
    },
    unconfirmed: ['ap-northeast-1', 'ap-southeast-1', 'ap-southeast-2', 'eu-central-1', 'eu-north-1', 'sa-east-1'],
  },

  natGateway: {
    control: 'egress',
    unit: 'NAT gateway',
    price: 0.045,
    per: 'hour',
    source: PRICE_PAGES.vpc,
    regions: {
      'ap-northeast-1': 0.062,
      'ap-south-1': 0.056,
      'ap-southeast-1': 0.059,
      'ap-southeast-2': 0.059,
      'eu-central-1': 0.052,
      'eu-north-1': 0.046,
      'eu-west-1': 0.048,
      'sa-east-1': 0.093,
    },
  },
  publicAddress: { control: 'egress', unit: 'public address', price: 0.005, per: 'hour', source: PRICE_PAGES.vpc, everywhere: true },

  // each endpoint, of which there is one in each zone
  firewallEndpoint: { control: 'egress', unit: 'firewall endpoint', price: 0.395, per: 'hour', source: PRICE_PAGES.networkFirewall },

  // domains in the lists of a DNS firewall, hosted zones
  firewallDomain: { control: 'DNS firewall', unit: 'domain', price: 0.0005, per: 'month', source: PRICE_PAGES.route53, everywhere: true },
  hostedZone: { control: 'domains', unit: 'hosted zone', price: 0.5, per: 'month', source: PRICE_PAGES.route53, everywhere: true },

  // 0.0000033334 and 0.0000041667 USD for each GB and second
  provisionedArm: { control: 'provisioned concurrency', unit: 'GB', price: 0.012, per: 'hour', source: PRICE_PAGES.lambda },
  provisionedX86: { control: 'provisioned concurrency', unit: 'GB', price: 0.015, per: 'hour', source: PRICE_PAGES.lambda },

  shard: { control: 'streams', unit: 'shard', price: 0.015, per: 'hour', source: PRICE_PAGES.kinesis },
  onDemandStream: { control: 'streams', unit: 'on-demand stream', price: 0.04, per: 'hour', source: PRICE_PAGES.kinesis },

  readUnit: {
    control: 'table capacity',
    unit: 'read unit',
    price: 0.00013,
    per: 'hour',
    source: PRICE_PAGES.dynamoDb,
    regions: {
      'ap-northeast-1': 0.0001484,
      'ap-southeast-1': 0.000148,
      'ap-southeast-2': 0.000148,
      'eu-central-1': 0.0001586,
      'eu-west-1': 0.000147,
      'sa-east-1': 0.000195,
    },
    unconfirmed: ['ap-southeast-1', 'ap-southeast-2', 'eu-central-1', 'eu-west-1', 'sa-east-1'],
  },
  writeUnit: {
    control: 'table capacity',
    unit: 'write unit',
    price: 0.00065,
    per: 'hour',
    source: PRICE_PAGES.dynamoDb,
    regions: {
      'ap-northeast-1': 0.000742,
      'ap-southeast-1': 0.00074,
      'ap-southeast-2': 0.00074,
      'eu-central-1': 0.000793,
      'eu-west-1': 0.000735,
      'sa-east-1': 0.000975,
    },
    unconfirmed: ['ap-southeast-1', 'ap-southeast-2', 'eu-central-1', 'eu-west-1', 'sa-east-1'],
  },
} as const satisfies { readonly [name: string]: IdlePrice };

/** By size in GB, for an hour, in us-east-1. */
export const API_CACHE_PRICES: { readonly [gigabytes: string]: number } = {
  0.5: 0.02, 1.6: 0.038, 6.1: 0.2, 13.5: 0.25, 28.4: 0.5, 58.2: 1, 118: 1.9, 237: 3.8,
};

/** The cache that API Gateway makes where nobody says a size. */
export const SMALLEST_CACHE = '0.5';

/** Managed groups of AWS that are paid for besides the rule that they count as. */
export const PAID_RULE_GROUPS: readonly string[] = ['AWSManagedRulesACFPRuleSet', 'AWSManagedRulesATPRuleSet', 'AWSManagedRulesBotControlRuleSet'];

/** What an estimate of an idle app leaves out. */
export const LEFT_OUT: readonly string[] = [
  'requests and messages', 'storage, logs and backups', 'data transfer', 'monthly active users', 'free tiers', 'rotated versions of keys',
  'subscriptions of the marketplace',
];

/** What is paid for by what it sees: named beside the estimate, for apps that have it. */
export interface UsageDriver {
  /** The type of CloudFormation that brings it. */
  readonly type: string;
  /** What is counted, with the first figure for us-east-1 where others repeat the page: one source for GuardDuty, two for CloudTrail. */
  readonly driver: string;
  /** The page of AWS that publishes it. */
  readonly source: string;
}

export const USAGE_DRIVERS: readonly UsageDriver[] = [
  {
    type: 'AWS::GuardDuty::Detector',
    driver: 'what GuardDuty analyzes (from 4 USD for a million events of CloudTrail and 1 USD for a GB of network logs, after 30 days)',
    source: PRICE_PAGES.guardDuty,
  },
  { type: 'AWS::GuardDuty::MalwareProtectionPlan', driver: 'objects and gigabytes that are scanned for malware', source: PRICE_PAGES.guardDuty },
  { type: 'AWS::CloudTrail::Trail', driver: 'data events of trails (0.10 USD for each 100,000)', source: PRICE_PAGES.cloudTrail },
];
