import { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { whyResourceless } from './resourceless';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { propertyOf } from '../../../core/hardening/values/property-of';
import { NETWORK_INTERFACE_ACTIONS } from '../../iam-baseline';
import { functionsOf, usersBesides } from '../holders/role-users';

const WHY = 'Lambda attaches the functions with this role to their network with them, to interfaces that do not exist yet: '
  + 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html#configuration-vpc-permissions.';

const NETWORK = new Set(NETWORK_INTERFACE_ACTIONS.map((action) => action.toLowerCase()));

/** Why an author's statement stands on `*` with which Lambda attaches functions to their network; undefined as soon as it holds something else, or for others. */
export function whyOfNetwork(holder: CfnResource, actions: readonly string[], site: HardeningSite): string | undefined {
  const inNetwork = [...new Set(actions)].filter((action) => NETWORK.has(action.toLowerCase())).sort();
  const others = actions.filter((action) => !NETWORK.has(action.toLowerCase()));
  const whyOthers = whyResourceless(others);
  if (inNetwork.length === 0 || others.length > 0 && whyOthers === undefined || !areInNetworks(holder, site)) return undefined;
  return [`${inNetwork.join(', ')}: ${WHY}`, ...whyOthers === undefined ? [] : [whyOthers]].join(' ');
}

/** Whether everybody with the rights of a role, or of a policy, is a function in a network. */
function areInNetworks(holder: CfnResource, site: HardeningSite): boolean {
  const roles = holder.cfnResourceType === 'AWS::IAM::Role' ? [holder] : site.targets(holder, propertyOf(holder, 'Roles'));
  return roles.length > 0 && roles.every((role) => {
    const functions = functionsOf(role, site);
    return functions.length > 0 && functions.every((fn) => isInNetwork(fn, site)) && usersBesides(role as CfnRole, site) === undefined;
  });
}

function isInNetwork(fn: CfnResource, site: HardeningSite): boolean {
  const config = site.resolve(fn, propertyOf(fn, 'VpcConfig')) as { readonly subnetIds?: readonly unknown[] } | undefined;
  return (config?.subnetIds?.length ?? 0) > 0;
}
