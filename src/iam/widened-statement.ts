import { PolicyStatement } from 'aws-cdk-lib/aws-iam';

/** Operators under which a list of values allows what each of the values allows. */
const ANY_OF: readonly string[] = ['ArnEquals', 'ArnLike', 'StringEquals', 'StringLike'];

/**
 * Lets a statement say what another one says besides, where a value more of one condition does that: the rest must be the same. Principals are not
 * compared: whoever asks knows that they are.
 * @returns whether the other statement is not needed any more
 */
export function widened(statement: PolicyStatement, other: PolicyStatement): boolean {
  if (statement.frozen || !sayTheSameOf(statement, other)) return false;
  const [mine, others] = [conditionsOf(statement), conditionsOf(other)];
  if (mine === undefined || others === undefined) return false;
  const differing = [...mine].filter(([name, { values }]) => !sameValues(values, others.get(name)?.values));
  if (mine.size !== others.size || differing.length > 1) return false;
  if (differing.length === 0) return true;
  const [name, { key, operator, values }] = differing[0];
  const more = others.get(name)?.values;
  if (more === undefined || !ANY_OF.includes(operator) || [...values, ...more].some(isListToken)) return false;
  statement.addCondition(operator, { [key]: [...new Set([...values, ...more])] });
  return true;
}

/** A statement with a name is its author's, who may look for it. */
function sayTheSameOf(one: PolicyStatement, other: PolicyStatement): boolean {
  if (one.sid !== undefined || other.sid !== undefined || one.actions[0] !== other.actions[0]) return false;
  const [mine, others] = [one, other].map(({ actions, effect, notActions, notResources, resources }) => (
    JSON.stringify([effect, actions, notActions, resources, notResources])));
  return mine === others;
}

interface Condition {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
}

/** Undefined where something is not a text: CDK's objects for what is known later all look the same. */
function conditionsOf({ conditions }: PolicyStatement): ReadonlyMap<string, Condition> | undefined {
  const found = Object.entries(conditions as { readonly [operator: string]: object }).flatMap(([operator, keys]) => (
    Object.entries(keys).map(([key, value]): Condition => ({ operator, key, values: [value].flat() }))));
  const isText = found.every(({ values }) => values.every((value) => typeof value === 'string'));
  return isText ? new Map(found.map((one) => [`${one.operator} ${one.key}`, one])) : undefined;
}

function sameValues(values: readonly string[], others: readonly string[] | undefined): boolean {
  return JSON.stringify(values) === JSON.stringify(others);
}

/** A list that only the deployment knows cannot be made longer. */
function isListToken(value: string): boolean {
  return value.startsWith('#{Token[');
}
