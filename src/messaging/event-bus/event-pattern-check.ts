import { Stack, Token } from 'aws-cdk-lib';
import { EventPattern } from 'aws-cdk-lib/aws-events';
import { IConstruct } from 'constructs';
import { Place, refuse } from '../../core/configuration-error';

/**
 * The most characters of a pattern. A rule takes 2,048 until the quota is raised to these.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Filter.html
 */
const PATTERN_MOST = 4096;

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
  if (!known) {
    refuse(place, {
      code: 'EventPattern.Source',
      prop: 'pattern.source',
      must: 'must name the sources whose events count, or whoever may send to the bus can drive the target',
      got: sources,
      fix: "write it like { source: ['shop.orders'], detailType: ['OrderPlaced'] }",
    });
  }
  checkPatternValues(place, 'EventPattern.Values', 'pattern', pattern);
}

/**
 * Refuses patterns that EventBridge does not take: each field of a pattern has a list of values, or an object of such fields, and neither is empty.
 * What only deployment knows passes. Pipes and event source mappings have patterns of the same language and length.
 * @see https://github.com/aws/event-ruler, which compiles them
 */
export function checkPatternValues(place: Place, code: string, prop: string, pattern: object): void {
  const found = faultIn(pattern, prop);
  if (found === undefined) return checkPatternLength(place, code, prop, pattern);
  refuse(place, {
    code,
    prop: found.at,
    must: 'must be a list of one value or more, or an object with such lists',
    got: found.got,
    fix: "write it like ['OrderPlaced'], or leave it out to match whatever stands there",
  });
}

function checkPatternLength(place: Place, code: string, prop: string, pattern: object): void {
  const text = JSON.stringify(pattern);
  if (/[$#]\{Token\[/.test(text) || text.length <= PATTERN_MOST) return;
  refuse(place, {
    code, prop, must: `must have at most ${PATTERN_MOST} characters as JSON`, got: text.length, fix: 'name fewer values, or a prefix in the place of many',
  });
}

interface Fault {
  readonly at: string;
  readonly got: unknown;
}

function faultIn(value: unknown, at: string): Fault | undefined {
  if (Token.isUnresolved(value)) return undefined;
  if (Array.isArray(value)) return value.length === 0 ? { at, got: value } : undefined;
  if (typeof value !== 'object' || value === null) return { at, got: value };
  const fields = Object.entries(value).filter(([, one]) => one !== undefined);
  if (fields.length === 0) return { at, got: value };
  if (/^(Ref|Fn::.+)$/.test(fields[0][0])) return undefined;
  return fields.flatMap(([name, one]) => faultOfField(name, one, `${at}.${name}`) ?? [])[0];
}

/** Only the list of `$or` holds patterns; those of other fields hold values, and objects that say how to compare. */
function faultOfField(name: string, value: unknown, at: string): Fault | undefined {
  if (name !== '$or' || !Array.isArray(value) || value.length === 0) return faultIn(value, at);
  return value.flatMap((one: unknown) => faultIn(one, at) ?? [])[0];
}

function isNamed(source: unknown): boolean {
  if (typeof source === 'string') return source !== '';
  const [operator, value] = Object.entries(source as Record<string, unknown>)[0] ?? [];
  if (operator === undefined) return false;
  if (/^(Ref|Fn::)/.test(operator)) return true;
  if (!NAMING_OPERATORS.includes(operator)) return false;
  return typeof value === 'string' ? !/^\**$/.test(value) : isNamed(value);
}
