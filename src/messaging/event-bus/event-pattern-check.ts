import { Stack } from 'aws-cdk-lib';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { IConstruct } from 'constructs';
import { refuse } from '../../core/configuration-error';

/** Operators whose value, if it is not empty, names sources. */
const NAMING_OPERATORS = ['equals-ignore-case', 'prefix', 'suffix', 'wildcard'];

/**
 * Refuses patterns that match the events of publishers that nobody named: on a shared bus, whoever may send events could drive the target.
 *
 * | `source`                                                         | verdict |
 * |------------------------------------------------------------------|---------|
 * | names, prefixes, suffixes, wildcards with something besides `*`  | fine    |
 * | known at deployment only                                         | fine: only deployment shows it |
 * | left out, empty, for all, or for all but some                    | refused |
 */
export function checkEventPattern(place: IConstruct, pattern: EventPattern): void {
  const sources: unknown = Stack.of(place).resolve(pattern.source);
  const known = Array.isArray(sources) ? sources.every(isNamed) && sources.length > 0 : sources !== undefined;
  if (known) return;
  refuse(place, {
    code: 'EventPattern.Source',
    prop: 'pattern.source',
    must: 'must name the sources whose events count, or whoever may send to the bus can drive the target',
    got: sources,
    fix: "write it like { source: ['shop.orders'], detailType: ['OrderPlaced'] }",
  });
}

function isNamed(source: unknown): boolean {
  if (typeof source === 'string') return source !== '';
  const [operator, value] = Object.entries(source as Record<string, unknown>)[0] ?? [];
  if (operator === undefined) return false;
  if (/^(Ref|Fn::)/.test(operator)) return true;
  if (!NAMING_OPERATORS.includes(operator)) return false;
  return typeof value === 'string' ? !/^\**$/.test(value) : isNamed(value);
}
