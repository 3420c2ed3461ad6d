import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { FILTER_POLICY } from './topic-baseline';
import { Place, refuse } from '../../core/configuration-error';

/** Of messages' attributes, which are flat, or of their bodies. */
type FilterPolicy = { readonly [name: string]: SubscriptionFilter | FilterOrPolicy };

/**
 * Refuses filters that SNS does not take. The numbers of values are multiplied, each times the depth of its field, as CDK counts.
 * @see https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
export function checkFilterPolicy(place: Place, code: string, prop: string, policy: FilterPolicy = {}): void {
  const { keys, combinations } = FILTER_POLICY;
  const names = Object.keys(policy).length;
  if (names > keys) {
    refuse(place, { code, prop, must: `must name at most ${keys} fields`, got: names, fix: 'filter by fewer, and let the receiver look at the others' });
  }
  const total = combinationsOf(policy, 1);
  if (total <= combinations) return;
  refuse(place, { code, prop, must: `must have at most ${combinations} combinations of values`, got: total, fix: 'name fewer values, or a prefix in the place of many' });
}

function combinationsOf(policy: FilterPolicy, depth: number): number {
  return Object.values(policy).reduce((product, one) => product * (
    'conditions' in one ? one.conditions.length * depth : one.isPolicy() ? combinationsOf(one.policyDoc, depth + 1) : one.isFilter() ? one.filterDoc.conditions.length * depth : 1), 1);
}
