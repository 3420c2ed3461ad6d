import { cdkPatternsIn } from './exact-actions';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { listOf } from '../documents/document-statements';

/**
 * Statements that differ in their resources alone as one, where they hold patterns of CDK: grants write one for each resource, with the same actions
 * each time. The rights are the same.
 */
export function joinedByResource(statements: readonly RenderedStatement[]): readonly RenderedStatement[] {
  const joined = new Map<string, RenderedStatement>();
  statements.forEach((statement, index) => {
    const { Resource, ...others } = statement;
    const canJoin = Resource !== undefined && cdkPatternsIn(statement).length > 0;
    const key = canJoin ? JSON.stringify(others) : String(index);
    const earlier = joined.get(key);
    joined.set(key, earlier === undefined ? statement : { ...others, Resource: distinct([...listOf(earlier.Resource), ...listOf(Resource)]) });
  });
  return [...joined.values()];
}

function distinct(resources: readonly unknown[]): readonly unknown[] {
  return [...new Map(resources.map((resource) => [JSON.stringify(resource), resource])).values()];
}
