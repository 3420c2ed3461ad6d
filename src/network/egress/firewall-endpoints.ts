import { Fn, Token } from 'aws-cdk-lib';
import { ISubnet } from 'aws-cdk-lib/aws-ec2';
import { CfnFirewall } from 'aws-cdk-lib/aws-networkfirewall';

/**
 * Which subnets share a firewall. The price is the same: it is paid for each endpoint.
 *
 * | names of the zones | firewalls |
 * |---|---|
 * | all known at synth | one over all zones, as Security Hub's NetworkFirewall.1 and Control Tower's CT.NETWORK-FIREWALL.PR.5 ask for |
 * | one or more known at deployment only | one for each zone: nothing could tell which endpoint of a common one is of which zone |
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/networkfirewall-controls.html#networkfirewall-1
 */
export function subnetsByFirewall(subnets: readonly ISubnet[]): { readonly [id: string]: readonly ISubnet[] } {
  const zonesAreKnown = subnets.every(({ availabilityZone }) => !Token.isUnresolved(availabilityZone));
  return zonesAreKnown ? { Firewall: subnets } : Object.fromEntries(subnets.map((subnet, index) => [`Zone${index + 1}`, [subnet]]));
}

/**
 * The ids of the endpoints of a firewall, in the order of the zones: those of its subnets.
 *
 * CloudFormation lists them as `<zone>:<id>` and in no order, so each is found behind the name of its zone, which `Fn::Split` takes as a
 * literal only. The comma in front keeps a zone apart from one whose name ends with it: `,a:vpce-1,b:vpce-2` split at `,a:`.
 *
 * @see https://docs.aws.amazon.com/AWSCloudFormation/latest/TemplateReference/aws-resource-networkfirewall-firewall.html
 */
export function endpointIdsOf(firewall: CfnFirewall, zones: readonly string[]): string[] {
  if (zones.length === 1) return [Fn.select(1, Fn.split(':', Fn.select(0, firewall.attrEndpointIds)))];
  const listed = Fn.join('', [',', Fn.join(',', firewall.attrEndpointIds)]);
  return zones.map((zone) => Fn.select(0, Fn.split(',', Fn.select(1, Fn.split(`,${zone}:`, listed)))));
}
