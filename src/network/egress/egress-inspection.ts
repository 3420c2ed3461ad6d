import { Lazy, Names } from 'aws-cdk-lib';
import { ISubnet, IVpc } from 'aws-cdk-lib/aws-ec2';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { ILogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnFirewall, CfnFirewallPolicy, CfnLoggingConfiguration, CfnRuleGroup } from 'aws-cdk-lib/aws-networkfirewall';
import { Construct } from 'constructs';
import { endpointIdsOf, subnetsByFirewall } from './firewall-endpoints';
import { SecurityProfile } from '../../core/profile/security-profile';
import { FIREWALL_DEFAULT_ACTIONS, RULE_GROUP_CAPACITY } from '../network-baseline';
import { recordGroup } from '../network-logs';

/** What the firewall of a network inspects. */
export interface EgressInspectionProps {
  readonly vpc: IVpc;
  /** One for each zone. */
  readonly subnets: readonly ISubnet[];
  /** Read at the end: third parties that functions call may be added. */
  readonly domains: () => readonly string[];
  readonly encryptionKey?: IKey;
}

/**
 * AWS Network Firewall in front of the NAT gateway: a connection passes if its TLS handshake names a listed domain, and nothing else does.
 * It has an endpoint in each zone, so that the loss of one zone leaves the others their way out.
 */
export class EgressInspection extends Construct {
  /** What was dropped. */
  public readonly alertLogGroup: ILogGroup;
  /** Ids of the firewall endpoints, in the order of the subnets. */
  public readonly endpointIds: readonly string[];

  constructor(scope: Construct, id: string, private readonly props: EgressInspectionProps) {
    super(scope, id);
    const policy = this.policy();
    this.alertLogGroup = recordGroup(this, 'AlertLogs', props.encryptionKey);
    this.endpointIds = Object.entries(subnetsByFirewall(props.subnets)).flatMap(([name, subnets]) => this.firewall(name, subnets, policy));
  }

  private policy(): CfnFirewallPolicy {
    const domains = new CfnRuleGroup(this, 'Domains', {
      ruleGroupName: this.nameOf('Domains'),
      type: 'STATEFUL',
      capacity: RULE_GROUP_CAPACITY,
      ruleGroup: {
        rulesSource: {
          rulesSourceList: {
            generatedRulesType: 'ALLOWLIST',
            targetTypes: ['TLS_SNI'],
            targets: Lazy.list({ produce: () => this.props.domains().map((domain) => domain.replace(/^\*\./, '.')) }),
          },
        },
        statefulRuleOptions: { ruleOrder: 'STRICT_ORDER' },
      },
    });
    return new CfnFirewallPolicy(this, 'Policy', {
      firewallPolicyName: this.nameOf('Policy'),
      firewallPolicy: {
        statelessDefaultActions: ['aws:forward_to_sfe'],
        statelessFragmentDefaultActions: ['aws:forward_to_sfe'],
        statefulEngineOptions: { ruleOrder: 'STRICT_ORDER', streamExceptionPolicy: 'REJECT' },
        statefulDefaultActions: [...FIREWALL_DEFAULT_ACTIONS],
        statefulRuleGroupReferences: [{ resourceArn: domains.attrRuleGroupArn, priority: 1 }],
      },
    });
  }

  private firewall(id: string, subnets: readonly ISubnet[], policy: CfnFirewallPolicy): string[] {
    const protect = SecurityProfile.of(this).controls.retainData;
    const firewall = new CfnFirewall(this, id, {
      firewallName: this.nameOf(id),
      firewallPolicyArn: policy.attrFirewallPolicyArn,
      vpcId: this.props.vpc.vpcId,
      subnetMappings: subnets.map(({ subnetId }) => ({ subnetId })),
      deleteProtection: protect,
      subnetChangeProtection: protect,
      firewallPolicyChangeProtection: protect,
    });
    new CfnLoggingConfiguration(this, `${id}Logging`, {
      firewallArn: firewall.attrFirewallArn,
      loggingConfiguration: {
        logDestinationConfigs: [{ logType: 'ALERT', logDestinationType: 'CloudWatchLogs', logDestination: { logGroup: this.alertLogGroup.logGroupName } }],
      },
    });
    return endpointIdsOf(firewall, subnets.map(({ availabilityZone }) => availabilityZone));
  }

  private nameOf(part: string): string {
    return `${Names.uniqueResourceName(this, { maxLength: 110, separator: '-' })}-${part}`;
  }
}
