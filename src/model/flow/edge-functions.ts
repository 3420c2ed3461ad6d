import { triggersOf } from './triggers';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { roleOf } from '../rights/access';
import { GranteeKind } from '../rights/grantees';
import { grantsOf } from '../rights/resource-policies';

/** Lambda@Edge, as it stands in trust policies. */
const REPLICATOR = 'edgelambda';

/**
 * Whether CloudFront copies a function into its regions: a distribution names a version of it, or Lambda@Edge may assume its role, which tells where
 * the distribution lies in another stack. There it logs into groups of its own name in each region, counts errors there, and takes no tracing.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-at-edge-function-restrictions.html
 */
export function runsAtEdge(fn: Resource, app: AppModel): boolean {
  if (triggersOf(fn, app).some(({ kind, onlyPermitted }) => kind === 'edge' && !onlyPermitted)) return true;
  const role = roleOf(fn, app);
  const trusted = role === undefined ? [] : grantsOf(role, app).flatMap(({ grantees }) => grantees);
  return trusted.some(({ kind, text }) => kind === GranteeKind.SERVICE && text === REPLICATOR);
}
