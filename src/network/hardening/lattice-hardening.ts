import { CfnResource } from 'aws-cdk-lib';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { settingOf } from '../../core/hardening/setting-of';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';

const SERVICE = { area: HardeningArea.NETWORKS, type: 'AWS::VpcLattice::Service' } as const;

/** A caller that does not sign is refused as soon as the service asks: who may call, and when, is the author's to decide. */
const AUTH = proposalStep<CfnResource>({
  ...SERVICE,
  rule: 'LatticeServiceAuth',
  property: 'AuthType',
  read: authOf,
  when: (service, site) => [undefined, 'NONE'].includes(authOf(service, site) as string | undefined),
  after: 'AWS_IAM',
  advice: 'Everything in the networks that are joined may call this service, unless each of its service networks asks for signatures. Let the callers sign, and give their roles '
    + 'vpc-lattice-svcs:Invoke, before you set authType: AWS_IAM with an auth policy that names them: without one, everybody is refused.',
});

const LOG = proposalStep<CfnResource>({
  ...SERVICE,
  rule: 'LatticeAccessLog',
  property: 'an access log',
  when: (service, site) => !site.resources('AWS::VpcLattice::AccessLogSubscription').some((log) => site.targets(log, settingOf(log, 'ResourceIdentifier', site)).includes(service)),
  after: 'a subscription that writes to a log group',
  advice: 'Add a CfnAccessLogSubscription for the service, or for its service network, with a log group that has a key and a retention. Delivery is billed by its amount.',
});

/** What hardening says of services of VPC Lattice: nothing is set. */
export const LATTICE_HARDENING: readonly HardeningStep[] = [AUTH, LOG].map((step) => ({ ...step, readsByName: true }));

function authOf(service: CfnResource, site: HardeningSite): unknown {
  return settingOf(service, 'AuthType', site);
}
