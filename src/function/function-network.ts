import { Annotations } from 'aws-cdk-lib';
import { ISecurityGroup, IVpc, SubnetSelection } from 'aws-cdk-lib/aws-ec2';
import { Construct } from 'constructs';
import { Place, refuse } from '../core/configuration-error';
import { checkEgress, ClosedSecurityGroup } from '../network/access/closed-security-group';
import { FunctionNetwork } from '../network/access/function-network';

export { checkEgress };

/** The network settings of a function as `lambda.Function` takes them. */
export interface NetworkProps {
  readonly vpc?: IVpc;
  readonly vpcSubnets?: SubnetSelection;
  readonly securityGroups?: ISecurityGroup[];
}

/** Refuses public subnets, and security groups that let all traffic out. */
export function checkNetwork(place: Place, network: FunctionNetwork): void {
  const publicIds = new Set(network.vpc.publicSubnets.map((subnet) => subnet.subnetId));
  const chosen = network.vpc.selectSubnets(network.subnets).subnetIds;
  if (chosen.some((id) => publicIds.has(id))) {
    refuse(place, {
      code: 'SecureFunction.PublicSubnet',
      prop: 'network.subnets',
      must: 'must be private: a function in a public subnet has no public address and reaches nothing',
      fix: 'choose private subnets, for example { subnetType: SubnetType.PRIVATE_ISOLATED }',
    });
  }
  for (const group of network.securityGroups ?? []) {
    if (!group.allowAllOutbound) continue;
    refuse(place, {
      code: 'SecureFunction.WorldwideEgress',
      prop: 'network.securityGroups',
      must: 'must not let all traffic out',
      got: group.node.path,
      fix: 'make or import it with { allowAllOutbound: false } and open what the function needs, or leave it out and use allowEgressTo()',
    });
  }
}

/** Makes the security group, where none was given, and opens it to what the network offers. */
export function joinNetwork(support: Construct, place: Place, network: FunctionNetwork): NetworkProps {
  const given = network.securityGroups ?? [];
  return { vpc: network.vpc, vpcSubnets: network.subnets, securityGroups: given.length > 0 ? given : [ownGroup(support, place, network)] };
}

/** A function in a network without a way to its secrets starts, and waits for them until its timeout. */
export function warnWithoutSecrets(support: Construct, place: Place, network: FunctionNetwork | undefined): void {
  const access = network?.access;
  if (access === undefined) return;
  support.node.addValidation({
    validate: () => {
      if (!access._resolves('secretsmanager')) {
        Annotations.of(support).addWarningV2('cdk-secure-serverless:SecretsOutOfReach',
          `The function ${place.node.path} reads secrets, and its network does not reach AWS Secrets Manager: `
          + 'add NetworkEndpoint.SECRETS_MANAGER to the endpoints of the network.');
      }
      return [];
    },
  });
}

/** @see https://docs.aws.amazon.com/AWSEC2/latest/APIReference/API_CreateSecurityGroup.html */
const NOT_IN_DESCRIPTIONS = /[^a-zA-Z0-9. _\-:/()#,@[\]+=&;{}!$*]/g;
const MOST_OF_PATH = 200;

function ownGroup(support: Construct, place: Place, { vpc, access }: FunctionNetwork): ISecurityGroup {
  const path = place.node.path.replace(NOT_IN_DESCRIPTIONS, '_').slice(-MOST_OF_PATH);
  const description = `Function ${path}: nothing in, named peers out`;
  const group = new ClosedSecurityGroup(support, 'SecurityGroup', { vpc, description });
  access?._open(group);
  return group;
}
