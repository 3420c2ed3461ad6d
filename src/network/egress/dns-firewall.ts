import { Names, Stack } from 'aws-cdk-lib';
import { IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import {
  CfnFirewallDomainList, CfnFirewallRuleGroup, CfnFirewallRuleGroupAssociation, CfnResolverQueryLoggingConfig,
  CfnResolverQueryLoggingConfigAssociation,
} from 'aws-cdk-lib/aws-route53resolver';
import { Construct } from 'constructs';
import { DNS_FIREWALL_PRIORITY } from '../network-baseline';
import { NetworkEndpoint } from '../network-endpoint';
import { recordGroup } from '../network-logs';

/** What the DNS firewall of a network guards. */
export interface DnsFirewallProps {
  readonly vpc: IVpc;
  /** The names that resolve; read at the end, when all endpoints are known. */
  readonly domains: string[];
  readonly encryptionKey?: IKey;
}

/**
 * Lets listed names resolve and answers for all others that they do not exist. Without it a network that has no way out still leaks: the
 * resolver of AWS passes any question on to the name server of whoever owns the domain, and the question carries the data.
 *
 * It costs 0.0005 USD a month for each listed name and 0.60 USD for a million queries. It fails closed, as AWS does by default: when the
 * firewall does not answer, neither does the resolver.
 *
 * @see https://docs.aws.amazon.com/Route53/latest/DeveloperGuide/resolver-dns-firewall.html
 */
export class DnsFirewall extends Construct {
  public readonly ruleGroup: CfnFirewallRuleGroup;
  /** Each question that functions asked, and what became of it. */
  public readonly queryLogGroup: ILogGroup;

  constructor(scope: Construct, id: string, props: DnsFirewallProps) {
    super(scope, id);
    const allowed = new CfnFirewallDomainList(this, 'Allowed', { domains: props.domains });
    const all = new CfnFirewallDomainList(this, 'All', { domains: ['*'] });
    this.ruleGroup = new CfnFirewallRuleGroup(this, 'Rules', {
      firewallRules: [
        {
          priority: DNS_FIREWALL_PRIORITY.allow,
          action: 'ALLOW',
          firewallDomainListId: allowed.attrId,
          // The owner of a listed name decides what it is an alias of; else the names of every content network would have to be listed too.
          firewallDomainRedirectionAction: 'TRUST_REDIRECTION_DOMAIN',
        },
        { priority: DNS_FIREWALL_PRIORITY.block, action: 'BLOCK', blockResponse: 'NXDOMAIN', firewallDomainListId: all.attrId },
      ],
    });
    new CfnFirewallRuleGroupAssociation(this, 'Association', {
      firewallRuleGroupId: this.ruleGroup.attrId,
      vpcId: props.vpc.vpcId,
      priority: DNS_FIREWALL_PRIORITY.association,
      mutationProtection: 'DISABLED',
      name: Names.uniqueResourceName(this, { maxLength: 64, separator: '-' }),
    });
    this.queryLogGroup = this.log(props);
  }

  private log(props: DnsFirewallProps): ILogGroup {
    const logGroup = recordGroup(this, 'QueryLogs', props.encryptionKey);
    const config = new CfnResolverQueryLoggingConfig(this, 'QueryLogging', { destinationArn: logGroup.logGroupArn });
    new CfnResolverQueryLoggingConfigAssociation(this, 'QueryLoggingAssociation', { resolverQueryLogConfigId: config.attrId, resourceId: props.vpc.vpcId });
    return logGroup;
  }
}

/** The names by which the endpoints of a network are called, and no other name of AWS: below those, everybody can have a host. */
export function endpointNames(scope: Construct, endpoints: readonly NetworkEndpoint[]): string[] {
  const { region, urlSuffix } = Stack.of(scope);
  return ['*.s3', '*.s3-accesspoint', 's3', '*.ddb', 'dynamodb', ...endpoints.flatMap((endpoint) => endpoint._hosts)].map((host) => `${host}.${region}.${urlSuffix}`);
}
