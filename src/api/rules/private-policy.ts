import { admitsEverybody, conditionsOf, Statement, statementsOf } from '../../model/rights/iam';
import { fail, Outcome, pass, unresolved } from '../../model/rule';
import { at, elements, isUnresolved, textOf, Value } from '../../model/values/values';

/** Condition keys that say where a call comes from, or whose it is, in small letters as IAM compares them. */
const NARROWING_KEYS = new Set([
  'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceip', 'aws:sourcevpc', 'aws:sourcevpcarn', 'aws:sourcevpce',
  'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths', 'aws:vpcsourceip',
]);

/** Keys that every call to a private API has, so that `…IfExists` says the same as the operator without it. */
const ALWAYS_THERE = new Set(['aws:sourcevpc', 'aws:sourcevpce']);

/** Operators that let nothing else through where they allow. */
const ONLY = /^(foranyvalue:)?(string(equals|like|equalsignorecase)|arn(equals|like)|ipaddress)$/i;

/** Operators that keep everything else out where they deny: requests without the key too. */
const ALL_BUT = /^(string(notequals|notlike|notequalsignorecase)|arn(notequals|notlike)|notipaddress)(ifexists)?$/i;

/**
 * Whether the policy of a private API says from where calls may come.
 *
 * | statement                                          | counts as                                        |
 * |----------------------------------------------------|--------------------------------------------------|
 * | no policy at all                                   | fail: nothing narrows                            |
 * | allows everybody, without a condition on the source | fail, unless another denies all but the right one |
 * | allows everybody from one VPC or VPC endpoint      | pass                                             |
 * | allows named principals                            | pass: they are named                             |
 */
export function judgePrivatePolicy(policies: readonly Value[], location: string): Outcome {
  const outcomes = policies.map((policy) => judgePolicy(policy, location));
  return outcomes.find(({ kind }) => kind === 'fail') ?? outcomes.find(({ kind }) => kind === 'unresolved') ?? pass();
}

function judgePolicy(policy: Value, location: string): Outcome {
  if (policy === undefined || policy === null || policy === '') return fail(location);
  const statements = statementsOf(policy, location);
  if (statements.some(isGuard)) return pass();
  const wide = statements.filter((statement) => statement.allows && !statement.unresolved && isForEverybody(statement));
  if (wide.some((statement) => narrows(statement, ONLY) === false)) return fail(location);
  return statements.some(isOpen) || wide.some((statement) => narrows(statement, ONLY) === undefined) ? unresolved(location) : pass();
}

/** A statement that denies everybody everything, except from the right place. Conditions hold together: one about something else would open it. */
function isGuard(statement: Statement): boolean {
  return !statement.allows && admitsEverybody(statement.principals) && narrows(statement, ALL_BUT) === true
    && conditionsOf(statement).every(({ operator, key }) => ALL_BUT.test(operator) && NARROWING_KEYS.has(key.toLowerCase()))
    && statement.actions.some((action) => /^(\*|execute-api:(\*|invoke))$/i.test(textOf(action) ?? ''))
    && statement.resources.some((resource) => isEverything(textOf(resource) ?? ''));
}

/** All stages, methods and paths: `*`, `execute-api:/*`, `arn:…:api/*`. */
function isEverything(resource: string): boolean {
  const path = resource.replace(/<[^<>]*>/g, '_').split('/').slice(1);
  return resource === '*' || (path.length > 0 && path.every((part) => part === '*'));
}

function isForEverybody(statement: Statement): boolean {
  return admitsEverybody(statement.principals) || statement.notPrincipals !== undefined;
}

function isOpen(statement: Statement): boolean {
  return statement.unresolved || (statement.allows && [statement.principals, ...elements(at(statement.principals, 'AWS'))].some(isUnresolved));
}

/** Whether a condition names places or owners; undefined when only the deployment knows. */
function narrows(statement: Statement, operators: RegExp): boolean | undefined {
  if (isUnresolved(statement.conditions)) return undefined;
  const found = conditionsOf(statement).filter(({ operator, key }) => NARROWING_KEYS.has(key.toLowerCase())
    && (operators.test(operator) || (ALWAYS_THERE.has(key.toLowerCase()) && operators.test(operator.replace(/IfExists$/i, '')))));
  return found.some(({ values }) => values.length > 0 && values.every(isNarrow));
}

/** A value that only the deployment knows is one value. */
function isNarrow(value: Value): boolean {
  const text = textOf(value) ?? '';
  return text !== '' && !/^(\*|vpce?-\*|\?\*)$/.test(text) && !/\/0$/.test(text);
}
