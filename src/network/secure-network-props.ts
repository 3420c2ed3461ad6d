import { IKey } from 'aws-cdk-lib/aws-kms';
import { GatewayPrefixLists } from './access/gateway-prefix-lists';
import { NetworkEgress } from './egress/network-egress';
import { NetworkAddresses } from './network-addresses';
import { NetworkAlarms } from './network-alarms';
import { NetworkEndpoint } from './network-endpoint';

/** Choices for a network. All of them may be left out. */
export interface SecureNetworkProps {
  /**
   * The private addresses, which cannot be changed afterwards.
   * @default NetworkAddresses.cidr('10.0.0.0/16')
   */
  readonly addresses?: NetworkAddresses;
  /**
   * How many availability zones the network spans: 2 or 3. Endpoints, NAT gateways and firewall endpoints are paid for in each. Subnets keep
   * their addresses when it is changed.
   * @default 2
   */
  readonly zones?: number;
  /**
   * The zones themselves, for regions in which Lambda or an endpoint is not offered in all, and for deployments that must not depend on the
   * order in which the region lists its zones. Two or three, all different; `zones` follows. A stack without account and region needs them as
   * well to inspect egress by one firewall.
   * @default - the first zones of the region
   */
  readonly availabilityZones?: string[];
  /**
   * AWS services that functions call. Each costs about 7.30 USD a month for each zone. Amazon S3 and DynamoDB are always reached, for free.
   * @default - none: logs and traces of functions are sent by Lambda itself
   */
  readonly endpoints?: NetworkEndpoint[];
  /**
   * Domains outside of AWS that functions reach. It costs from about 37 USD a month for each zone, and needs a region with regional NAT
   * gateways: all but those of China and GovCloud.
   * @default - none: there is no way out of the network
   */
  readonly egress?: NetworkEgress;
  /**
   * Names that functions may resolve besides those of the endpoints and of `egress`, such as that of a database in the network:
   * `orders.cluster-abc123.eu-west-1.rds.amazonaws.com`. A question for a name below them reaches the name server of their owner,
   * and with `NetworkEgress.domains` functions reach the host as well.
   * @default - none
   */
  readonly resolvableDomains?: string[];
  /**
   * The organization (`o-…`) whose identities may use the endpoints and whose resources they reach, instead of the network's own account
   * alone.
   * @default - only identities and resources of the account of the network
   */
  readonly organizationId?: string;
  /**
   * Accounts, as 12 digits, whose resources functions reach through the endpoints as well. Data can leave to them. Their identities are not
   * let in: a role of theirs that a function assumes works only outside of the endpoints.
   * @default - none
   */
  readonly trustedAccounts?: string[];
  /**
   * The lists of addresses of Amazon S3 and DynamoDB, for the security groups of functions.
   * @default - looked up once where account and region of the stack are known; else the groups let out TCP 443, and the routes decide alone
   */
  readonly prefixLists?: GatewayPrefixLists;
  /**
   * The key of the logs. Its policy must be open to change here, or let CloudWatch Logs use it already.
   * @default - the data key of the stack, or AWS-owned keys where the profile settles for them
   */
  readonly encryptionKey?: IKey;
  /**
   * How the alarms differ from their defaults.
   * @default - the defaults
   */
  readonly alarms?: NetworkAlarms;
}
