/** The addresses of a network where none are given, and how large it may be, in bits of its prefix. AWS takes /16 at most. */
export const NETWORK_CIDR = { default: '10.0.0.0/16', largest: 16, smallest: 24 } as const;

/** Availability zones: two survive the loss of one; addresses are set aside for three, so that a third can come later. */
export const NETWORK_ZONES = { default: 2, least: 2, most: 3 } as const;

/** Bits by which the subnets of functions are narrower than the network: a sixteenth each. */
export const FUNCTION_SUBNET_BITS = 4;

/** Subnets of firewall endpoints, which take one address each: the smallest that AWS offers. */
export const FIREWALL_SUBNET_MASK = 28;

/** Private address ranges, and the shared one of RFC 6598: a network with other addresses would hide a part of the internet. */
export const PRIVATE_RANGES: readonly string[] = ['10.0.0.0/8', '100.64.0.0/10', '172.16.0.0/12', '192.168.0.0/16'];

/** A network narrower than this, in bits of its prefix, is not taken for the whole internet. */
export const NARROWEST_WORLD = { ipv4: 8, ipv6: 16 } as const;

/** A rule that lets nothing out: an ICMP type that does not exist, to an address that does not either. The same that CDK writes. */
export const EGRESS_TO_NOWHERE = { cidrIp: '255.255.255.255/32', description: 'Disallow all traffic', ipProtocol: 'icmp', fromPort: 252, toPort: 86 } as const;

/** Inbound rules that a security group may have before its quota must be raised. */
export const SECURITY_GROUP_RULES = 60;

/**
 * What a flow record says besides the default fields: which way it went, what it was translated to, and which AWS service it reached.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-log-records.html
 */
export const FLOW_LOG_FIELDS: readonly string[] = [
  'version', 'account-id', 'interface-id', 'srcaddr', 'dstaddr', 'srcport', 'dstport', 'protocol', 'packets', 'bytes', 'start', 'end', 'action',
  'log-status', 'vpc-id', 'subnet-id', 'flow-direction', 'pkt-srcaddr', 'pkt-dstaddr', 'pkt-dst-aws-service', 'tcp-flags',
];

/**
 * What the flow log service needs of its log group. The right to create groups is withheld.
 * @see https://docs.aws.amazon.com/vpc/latest/userguide/flow-logs-iam-role.html
 */
export const FLOW_LOG_WRITE_ACTIONS = ['logs:CreateLogStream', 'logs:DescribeLogStreams', 'logs:PutLogEvents'];

/** What a private API is called with through its endpoint. */
export const API_INVOKE_ACTIONS = ['execute-api:Invoke'];

/** Order of the rules of the DNS firewall: what is allowed comes first, then everything is blocked. */
export const DNS_FIREWALL_PRIORITY = { association: 101, allow: 100, block: 200 } as const;

/** A domain as both firewalls take it: letters, digits and hyphens, with `*.` in front for everything below it. */
export const DOMAIN_NAME = /^(?:\*\.)?(?=.{1,253}$)(?:[a-z0-9_](?:[a-z0-9_-]{0,61}[a-z0-9])?\.)+[a-z](?:[a-z0-9-]{0,61}[a-z0-9])?$/i;

/** Domains in which everybody can register a name: to allow all of one is to allow everybody. */
export const REGISTRIES: readonly string[] = ['co.jp', 'co.uk', 'com.au'];

/** Domains below which everybody can have hosts, buckets or functions, at whatever depth: regions and services have names of their own. */
export const SHARED_DOMAINS: readonly string[] = [
  'amazonaws.com', 'amazonaws.com.cn', 'azurewebsites.net', 'cloudfront.net', 'github.io', 'googleapis.com', 'googleusercontent.com',
  'herokuapp.com', 'netlify.app', 'ngrok.io', 'on.aws', 'pages.dev', 'r2.dev', 'run.app', 'vercel.app', 'windows.net', 'workers.dev',
];

/** Domains of one network: what the rule group of the firewall keeps room for, which can never be changed afterwards. */
export const MOST_DOMAINS = 400;
export const RULE_GROUP_CAPACITY = 1000;

/** What the firewall does with packets that no rule covers: nothing of an established connection passes, and the log says so. */
export const FIREWALL_DEFAULT_ACTIONS = ['aws:drop_established', 'aws:alert_established'];

/** Beyond these counts, within 5 minutes, the alarms go off. */
export const NETWORK_ALARMS = { blockedQueries: 10, rejectedTraffic: 10, droppedConnections: 10 } as const;

/** An account. */
export const ACCOUNT_ID = /^\d{12}$/;

/** Ports at which public services for browsers listen. */
export const WEB_PORTS: readonly number[] = [80, 443];

/** The longest path of a network: CDK names its subnets by theirs, in a tag (`…/Vpc/FunctionsSubnet1`), and tags take 256 characters. */
export const NETWORK_PATH_MOST = 235;
