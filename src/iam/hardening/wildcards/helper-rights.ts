import { CfnResource } from 'aws-cdk-lib';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { cdkHelperAt } from '../../cdk-helper';
import { actionsIn } from '../documents/document-statements';

/** Why the rights of a helper of CDK stand as they do. Undefined where somebody else gave it one, or chooses what it may do. */
export function whyOfHelper(resource: CfnResource, statements: readonly RenderedStatement[], site: HardeningSite): string | undefined {
  const helper = cdkHelperAt(resource, site);
  const known = helper?.actions?.map(toPattern);
  if (helper === undefined || known === undefined) return undefined;
  const isKnown = (action: string): boolean => known.some((pattern) => pattern.test(action));
  if (statements.some((statement) => statement.NotAction !== undefined || !actionsIn(statement).every(isKnown))) return undefined;
  return `CDK brings this function along: it ${helper.does} when the stack is deployed. These are the rights that CDK wrote for it, and nobody else gave it one.`;
}

/** What CDK writes with a wildcard is known with its exact actions too. */
function toPattern(action: string): RegExp {
  return new RegExp(`^${action.replaceAll('*', '.*')}$`, 'i');
}
