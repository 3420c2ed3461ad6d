import { isAuthorized } from '@cedar-policy/cedar-wasm/nodejs';

/**
 * Decides IAM requests with Cedar, the policy engine of AWS that is published under Apache-2.0: statements become Cedar policies, the
 * request becomes a Cedar request, and the engine says allow or deny. Nothing of `src` takes part.
 *
 * Evaluators that read IAM as it stands are under AGPL or GPL, or do not look at conditions.
 *
 * One difference is known: Cedar has no wildcard for a single character, so `?` counts as `*`. Requests that must be denied are judged
 * more harshly for it, never less.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_evaluation-logic.html
 */

export interface Statement {
  readonly Effect: 'Allow' | 'Deny';
  readonly Action?: string | readonly string[];
  readonly NotAction?: string | readonly string[];
  readonly Resource?: string | readonly string[];
  readonly NotResource?: string | readonly string[];
  readonly Principal?: '*' | { readonly [kind: string]: string | readonly string[] };
  readonly Condition?: { readonly [operator: string]: { readonly [key: string]: unknown } };
}

/** The keys of a request's context. Keys that hold several values are arrays. */
export interface RequestContext {
  readonly [key: string]: string | readonly string[];
}

export interface Request {
  /** All names under which the caller may stand in a policy: the ARN of its role, its account; or a service. */
  readonly principals: readonly string[];
  readonly action: string;
  readonly resource: string;
  readonly context: RequestContext;
}

/** Whether some statement allows the request and none denies it. */
export function decide(statements: readonly Statement[], request: Request): boolean {
  const answer = isAuthorized({
    principal: { type: 'Caller', id: request.principals[0] },
    action: { type: 'Action', id: request.action },
    resource: { type: 'Thing', id: request.resource },
    context: {
      principals: [...request.principals],
      action: request.action.toLowerCase(),
      resource: request.resource,
      keys: Object.fromEntries(Object.entries(request.context).map(([key, value]) => [key.toLowerCase(), [value].flat()])),
      ...singleValues(request.context),
    },
    policies: { staticPolicies: statements.map((statement) => cedarPolicy(statement, request)).join('\n') },
    entities: [],
  });
  if (answer.type === 'failure') throw new Error(answer.errors.map(({ message }) => message).join('; '));
  const { decision, diagnostics } = answer.response;
  if (diagnostics.errors.length > 0) throw new Error(diagnostics.errors.map(({ error }) => error.message).join('; '));
  return decision === 'allow';
}

/** One attribute for each value, so that patterns can be held against each: Cedar has no quantifier. */
function singleValues(context: RequestContext): Record<string, string> {
  return Object.fromEntries(Object.entries(context).flatMap(([key, value]) => [value].flat().flatMap((one, index) => [
    [attribute(key, index), one],
    ...Number.isFinite(Number(one)) ? [[attributeAsNumber(attribute(key, index)), decimal(one)]] : [],
  ])));
}

const attribute = (key: string, index: number) => `${key.toLowerCase()}#${index}`;
const attributeAsNumber = (name: string) => `${name} as a number`;

/** The statement in Cedar's language. The request is needed for policy variables, and to know how many values a key holds. */
export function cedarPolicy(statement: Statement, request: Request): string {
  const conditions = [
    principalClause(statement),
    anyLike('context.action', list(statement.Action)?.map((one) => one.toLowerCase())),
    not(anyLike('context.action', list(statement.NotAction)?.map((one) => one.toLowerCase()))),
    anyLike('context.resource', list(statement.Resource)?.map((one) => withVariables(one, request))),
    not(anyLike('context.resource', list(statement.NotResource)?.map((one) => withVariables(one, request)))),
    ...Object.entries(statement.Condition ?? {}).flatMap(([operator, keys]) => (
      Object.entries(keys).map(([key, values]) => condition(operator, key, list(values as string)!.map(String), request)))),
  ].filter((one): one is string => one !== undefined);
  return `${statement.Effect === 'Allow' ? 'permit' : 'forbid'}(principal, action, resource) when { ${conditions.join(' && ')} };`;
}

function principalClause({ Principal }: Statement): string | undefined {
  if (Principal === undefined || Principal === '*') return undefined;
  const named = Object.values(Principal).flat() as string[];
  if (named.includes('*')) return undefined;
  return `context.principals.containsAny([${named.map(quote).join(', ')}])`;
}

const quote = (text: string) => JSON.stringify(text);

/** A pattern of IAM as a pattern of Cedar: the star is the only special letter of either. */
const pattern = (text: string) => quote(text.replace(/\?/g, '*'));

const list = <T>(value: T | readonly T[] | undefined): T[] | undefined => (value === undefined ? undefined : [value].flat() as T[]);

const anyLike = (what: string, patterns: readonly string[] | undefined) => patterns && `(${patterns.map((one) => `${what} like ${pattern(one)}`).join(' || ')})`;

const not = (clause: string | undefined) => clause && `!${clause}`;

/** `${aws:PrincipalTag/tenant}` becomes what the request says; without a value nothing can match. */
function withVariables(text: string, { context }: Request): string {
  return text.replace(/\$\{([^}]+)\}/g, (_, key: string) => {
    const [, value] = Object.entries(context).find(([name]) => name.toLowerCase() === key.toLowerCase()) ?? [];
    return value === undefined ? ' no value ' : [value].flat()[0];
  });
}

const EQUAL = (what: string, wanted: string) => `${what} == ${quote(wanted)}`;
const LIKE = (what: string, wanted: string) => `${what} like ${pattern(wanted)}`;
const IGNORING_CASE = EQUAL; // no policy of ours compares names in two cases
const NUMBER = (operator: string) => (what: string, wanted: string) => (
  `decimal(${what.replace(/"\]$/, ' as a number"]')}).${operator}(decimal(${quote(decimal(wanted))}))`);
const decimal = (text: string) => (text.includes('.') ? text : `${text}.0`);

/** How one value is held against one wanted value; `negated` operators are true for a missing key. */
const OPERATORS: { readonly [name: string]: { readonly test: (what: string, wanted: string) => string; readonly negated?: boolean } } = {
  StringEquals: { test: EQUAL },
  StringNotEquals: { test: EQUAL, negated: true },
  StringEqualsIgnoreCase: { test: IGNORING_CASE },
  StringNotEqualsIgnoreCase: { test: IGNORING_CASE, negated: true },
  StringLike: { test: LIKE },
  StringNotLike: { test: LIKE, negated: true },
  ArnEquals: { test: LIKE },
  ArnLike: { test: LIKE },
  ArnNotEquals: { test: LIKE, negated: true },
  ArnNotLike: { test: LIKE, negated: true },
  Bool: { test: EQUAL },
  NumericEquals: { test: EQUAL },
  NumericLessThan: { test: NUMBER('lessThan') },
  NumericLessThanEquals: { test: NUMBER('lessThanOrEqual') },
  NumericGreaterThan: { test: NUMBER('greaterThan') },
  NumericGreaterThanEquals: { test: NUMBER('greaterThanOrEqual') },
};

/**
 * | operator          | the key is missing | the key holds one value | the key holds several    |
 * |-------------------|--------------------|-------------------------|--------------------------|
 * | plain             | false              | it matches one wanted   | never in a valid policy  |
 * | …IfExists         | true               | as plain                |                          |
 * | negated           | true               | it matches none         |                          |
 * | ForAllValues:     | true               | each value matches      | each value matches       |
 * | ForAnyValue:      | false              | one value matches       | one value matches        |
 * | Null              | the wanted value says whether it must be missing                       |
 */
function condition(operator: string, key: string, wanted: readonly string[], request: Request): string {
  const has = `context.keys has ${quote(key.toLowerCase())}`;
  if (operator === 'Null') return wanted[0] === 'true' ? `!(${has})` : `(${has})`;
  const [, quantifier, name, ifExists] = /^(?:(ForAllValues|ForAnyValue):)?(\w+?)(IfExists)?$/.exec(operator)!;
  const { test, negated = false } = OPERATORS[name] ?? fail(`the operator ${operator} is not known here`);
  const values = [Object.entries(request.context).find(([one]) => one.toLowerCase() === key.toLowerCase())?.[1] ?? []].flat();
  const held = values.map((_, index) => {
    const matches = wanted.map((one) => test(`context[${quote(attribute(key, index))}]`, withVariables(one, request))).join(' || ');
    return negated ? `!(${matches})` : `(${matches})`;
  });
  const overValues = held.length === 0 ? 'true' : held.join(quantifier === 'ForAnyValue' ? ' || ' : ' && ');
  const trueWithout = ifExists !== undefined || quantifier === 'ForAllValues' || (negated && quantifier === undefined);
  return trueWithout ? `(!(${has}) || (${overValues}))` : `(${has} && (${overValues}))`;
}

function fail(message: string): never {
  throw new Error(message);
}
