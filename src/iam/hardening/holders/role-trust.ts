import { CfnResource } from 'aws-cdk-lib';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { statementsIn } from '../documents/document-statements';

/** The statements that say who may assume a role, rendered; undefined where one of them is known only at deployment. Read once for all steps. */
export function trustOf(role: CfnRole, site: HardeningSite): readonly RenderedStatement[] | undefined {
  const read = site.once('trust by role', () => new Map<CfnResource, readonly RenderedStatement[] | undefined>());
  if (!read.has(role)) read.set(role, trustNow(role, site));
  return read.get(role);
}

function trustNow(role: CfnRole, site: HardeningSite): readonly RenderedStatement[] | undefined {
  return site.resolve(role, statementsIn(role.assumeRolePolicyDocument, role, site)) as readonly RenderedStatement[] | undefined;
}
