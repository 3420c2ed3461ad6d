/** The month that the figures are of. They are list prices, an estimate and no offer: discounts, free tiers and taxes are not in them. */
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
  /** Regions in which it differs. */
  readonly regions?: { readonly [region: string]: number };
}

/**
 * The list prices of what an app of this kind has while idle. Regional figures stand where they are known to differ; elsewhere the price of
 * us-east-1 is taken.
 */
export const IDLE_PRICES = {
  // https://aws.amazon.com/kms/pricing/ : each key and each replica, the same everywhere; the first two rotations add as much each
  key: { control: 'customer keys', unit: 'key', price: 1, per: 'month' },

  // https://aws.amazon.com/waf/pricing/ : the same everywhere; a managed group counts as a rule
  webAcl: { control: 'web ACL', unit: 'web ACL', price: 5, per: 'month' },
  webAclRule: { control: 'web ACL', unit: 'rule', price: 1, per: 'month' },
  paidRuleGroup: { control: 'web ACL', unit: 'subscribed rule group', price: 10, per: 'month' },

  // https://aws.amazon.com/cloudwatch/pricing/ : by metric that an alarm looks at; a learned band counts as two more
  alarmMetric: { control: 'alarms', unit: 'metric', price: 0.1, per: 'month' },
  fastAlarmMetric: { control: 'alarms', unit: 'metric below a minute', price: 0.3, per: 'month' },
  compositeAlarm: { control: 'alarms', unit: 'composite alarm', price: 0.5, per: 'month' },
  dashboard: { control: 'dashboards', unit: 'dashboard', price: 3, per: 'month' },

  // https://aws.amazon.com/secrets-manager/pricing/ , https://aws.amazon.com/systems-manager/pricing/
  secret: { control: 'secrets', unit: 'secret', price: 0.4, per: 'month' },
  advancedParameter: { control: 'parameters', unit: 'advanced parameter', price: 0.05, per: 'month' },

  // https://aws.amazon.com/privatelink/pricing/ : each availability zone of each interface endpoint
  interfaceEndpoint: {
    control: 'interface endpoints',
    unit: 'endpoint and zone',
    price: 0.01,
    per: 'hour',
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
  },

  // https://aws.amazon.com/vpc/pricing/
  natGateway: {
    control: 'egress',
    unit: 'NAT gateway',
    price: 0.045,
    per: 'hour',
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
  publicAddress: { control: 'egress', unit: 'public address', price: 0.005, per: 'hour' },

  // https://aws.amazon.com/network-firewall/pricing/ : each endpoint, of which there is one in each zone
  firewallEndpoint: { control: 'egress', unit: 'firewall endpoint', price: 0.395, per: 'hour' },

  // https://aws.amazon.com/route53/pricing/ : domains in the lists of a DNS firewall, hosted zones
  firewallDomain: { control: 'DNS firewall', unit: 'domain', price: 0.0005, per: 'month' },
  hostedZone: { control: 'domains', unit: 'hosted zone', price: 0.5, per: 'month' },

  // https://aws.amazon.com/lambda/pricing/ : provisioned concurrency, by GB
  provisionedArm: { control: 'provisioned concurrency', unit: 'GB', price: 0.012, per: 'hour' },
  provisionedX86: { control: 'provisioned concurrency', unit: 'GB', price: 0.015, per: 'hour' },

  // https://aws.amazon.com/kinesis/data-streams/pricing/
  shard: { control: 'streams', unit: 'shard', price: 0.015, per: 'hour' },
  onDemandStream: { control: 'streams', unit: 'on-demand stream', price: 0.04, per: 'hour' },

  // https://aws.amazon.com/dynamodb/pricing/provisioned/
  readUnit: {
    control: 'table capacity',
    unit: 'read unit',
    price: 0.00013,
    per: 'hour',
    regions: {
      'ap-northeast-1': 0.0001484,
      'ap-southeast-1': 0.000148,
      'ap-southeast-2': 0.000148,
      'eu-central-1': 0.0001586,
      'eu-west-1': 0.000147,
      'sa-east-1': 0.000195,
    },
  },
  writeUnit: {
    control: 'table capacity',
    unit: 'write unit',
    price: 0.00065,
    per: 'hour',
    regions: {
      'ap-northeast-1': 0.000742,
      'ap-southeast-1': 0.00074,
      'ap-southeast-2': 0.00074,
      'eu-central-1': 0.000793,
      'eu-west-1': 0.000735,
      'sa-east-1': 0.000975,
    },
  },
} as const satisfies { readonly [name: string]: IdlePrice };

/** By size in GB, for an hour. https://aws.amazon.com/api-gateway/pricing/ */
export const API_CACHE_PRICES: { readonly [gigabytes: string]: number } = {
  0.5: 0.02, 1.6: 0.038, 6.1: 0.2, 13.5: 0.25, 28.4: 0.5, 58.2: 1, 118: 1.9, 237: 3.8,
};

/** Managed groups of AWS that are paid for besides the rule that they count as. */
export const PAID_RULE_GROUPS: readonly string[] = ['AWSManagedRulesACFPRuleSet', 'AWSManagedRulesATPRuleSet', 'AWSManagedRulesBotControlRuleSet'];

/** What an estimate of an idle app leaves out. */
export const LEFT_OUT: readonly string[] = [
  'requests and messages', 'storage, logs and backups', 'data transfer', 'monthly active users', 'free tiers', 'rotated versions of keys',
  'subscriptions of the marketplace',
];
