import { admitsEverybody, conditionsOf, Statement } from './iam';
import { AppModel } from '../resources/app-model';
import { parseArn } from '../values/arn';
import { alternatives, elements, entries, hasUnknown, isUnresolved, Reference, Text, textOf, Value } from '../values/values';

/** Whether the conditions of a statement bind it to somebody. */
export enum Closure {
  CLOSED = 'closed',
  OPEN = 'open',
  /** Only the deployment knows. */
  UNKNOWN = 'unknown',
}

/**
 * Operators that a request without the key does not satisfy. `…IfExists` and `ForAllValues:` let such a request through, negations let
 * everybody else in, and `Null` says no more than that somebody is there.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
 */
const BINDING_OPERATOR = /^(foranyvalue:)?(string(equals|like|equalsignorecase)|arn(equals|like)|ipaddress|bool)$/i;

/** The negations of the same. */
const DENYING_OPERATOR = /^(string(notequals|notlike|notequalsignorecase)|arn(notequals|notlike)|notipaddress)(ifexists)?$/i;

/** Keys that say for whom a service acts, in small letters as IAM compares them. */
const SOURCE_KEYS = new Set([
  'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner', 'kms:calleraccount', 'lambda:eventsourcetoken',
]);

/** Keys that say who calls, or from where. */
const CALLER_KEYS = new Set([
  ...SOURCE_KEYS, 'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:sourceip', 'aws:sourcevpc',
  'aws:sourcevpcarn', 'aws:sourcevpce', 'aws:userid', 'aws:vpceaccount', 'aws:vpceorgid', 'aws:vpceorgpaths', 'aws:vpcsourceip',
  'elasticfilesystem:accessedviamounttarget', 's3:dataaccesspointaccount', 's3:dataaccesspointarn', 'sns:endpoint',
]);

/** What services tell KMS about the data that they encrypt begins like this, and names their resource. */
const ENCRYPTION_CONTEXT = /^kms:encryptioncontext:/;

/** Networks so large that they stand for everybody. */
const HUGE_NETWORK = /\/[0-7]$/;

/** Whether a statement for everybody is one for somebody after all. */
export function closedToCallers(statement: Statement, app: AppModel): Closure {
  return closedBy(statement, app, (key) => CALLER_KEYS.has(key));
}

/** Whether a statement for a service holds only where the service acts for somebody. */
export function closedToSources(statement: Statement, app: AppModel): Closure {
  return closedBy(statement, app, (key) => CALLER_KEYS.has(key) || ENCRYPTION_CONTEXT.test(key));
}

/** Conditions hold together: one that binds is enough, and it binds when each of its values does. Of several alternatives the worst counts. */
export function closedBy(statement: Statement, app: AppModel, binds: (key: string) => boolean): Closure {
  if (statement.conditions === undefined) return Closure.OPEN;
  return worst(alternatives(statement.conditions).map((conditions) => {
    if (isKnownLater(conditions)) return Closure.UNKNOWN;
    return best(entries(conditions).filter(([operator]) => BINDING_OPERATOR.test(operator)).map(([, keys]) => ofKeys(keys, app, binds)));
  }));
}

function ofKeys(keys: Value, app: AppModel, binds: (key: string) => boolean): Closure {
  return worst(alternatives(keys).map((option) => {
    if (isKnownLater(option)) return Closure.UNKNOWN;
    return best(entries(option).filter(([key]) => binds(key.toLowerCase())).map(([key, value]) => ofValues(key.toLowerCase(), value, app)));
  }));
}

/** Conditions may be computed by a custom resource too, where their keys hold what only the deployment knows. */
function isKnownLater(value: Value): boolean {
  return isUnresolved(value) || value instanceof Reference || value instanceof Text;
}

function best(found: readonly Closure[]): Closure {
  return [Closure.CLOSED, Closure.UNKNOWN].find((one) => found.includes(one)) ?? Closure.OPEN;
}

function worst(found: readonly Closure[]): Closure {
  return [Closure.OPEN, Closure.UNKNOWN].find((one) => found.includes(one)) ?? (found.length === 0 ? Closure.OPEN : Closure.CLOSED);
}

/**
 * Whether a statement denies everything to everybody but those that its conditions name, which closes what other statements open. A negation
 * also holds for a request without the key.
 */
export function deniesOthers(denial: Statement, app: AppModel): boolean {
  const conditions = conditionsOf(denial);
  const binding = conditions.filter(({ operator }) => DENYING_OPERATOR.test(operator));
  const rest = conditions.filter(({ operator }) => !DENYING_OPERATOR.test(operator));
  return !denial.allows && admitsEverybody(denial.principals) && binding.length > 0
    && binding.every(({ key, values }) => CALLER_KEYS.has(key.toLowerCase()) && ofValues(key.toLowerCase(), values, app) !== Closure.OPEN)
    && rest.every(({ key, values }) => /^aws:(principalisawsservice|viaawsservice)$/i.test(key) && values.every((value) => textOf(value) === 'false'));
}

/** The values under one key that a statement asks for with an operator that binds. */
export function boundValues(statement: Statement, key: RegExp): readonly Value[] {
  return conditionsOf(statement).filter((one) => BINDING_OPERATOR.test(one.operator) && key.test(one.key)).flatMap(({ values }) => values);
}

/**
 * The same for a key that each request to put events brings along, with as many values as it has events: `ForAllValues:` and `…IfExists` limit
 * it too.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-use-conditions.html
 */
export function eventValues(statement: Statement, key: RegExp): readonly Value[] {
  return conditionsOf(statement)
    .filter((one) => BINDING_OPERATOR.test(one.operator.replace(/^forallvalues:|ifexists$/gi, '')) && key.test(one.key)).flatMap(({ values }) => values);
}

/** Whether a statement has a condition on a key, whatever it asks for. */
export function mentions(statement: Statement, key: RegExp): boolean {
  return conditionsOf(statement).some((one) => key.test(one.key));
}

function ofValues(key: string, value: Value, app: AppModel): Closure {
  if (alternatives(value).some((option) => option === undefined || option === null)) return Closure.OPEN;
  return worst(elements(value).map((one) => ofValue(key, one, app)));
}

/**
 * | key                      | value                                      | says who |
 * |--------------------------|--------------------------------------------|----------|
 * | any                      | a policy variable: `${aws:PrincipalArn}`   | no       |
 * | any                      | without wildcards                          | yes      |
 * | `…Arn`, contexts         | ARN with an account, whatever follows      | yes      |
 * | `…Arn`, contexts         | the same, the account set at deployment    | unknown  |
 * | `…Arn`                   | ARN of a bucket whose name is whole        | yes      |
 * | `…OrgPaths`, `…userid`   | begins with an organization, an id         | yes      |
 * | `kms:ViaService`         | begins with a service, whatever the region | yes      |
 * | `…SourceIp`              | a network, but not the whole internet      | yes      |
 * | any other                | with a wildcard                            | no       |
 */
function ofValue(key: string, value: Value, app: AppModel): Closure {
  const text = app.describe(value);
  if (isUnresolved(value) || text === undefined) return typeof value === 'boolean' ? Closure.CLOSED : Closure.UNKNOWN;
  if (/\$\{(aws|\*|\?)/i.test(text) || text === '' || text === 'false') return Closure.OPEN;
  if (key === 'kms:viaservice' && /^[a-z]/.test(text)) return Closure.CLOSED;
  if (/sourceip$/.test(key)) return HUGE_NETWORK.test(text) || /^[*?]/.test(text) ? Closure.OPEN : Closure.CLOSED;
  const otherwise = /[*?]/.test(text.replace(/<[^<>]*>/g, '_')) ? Closure.OPEN : Closure.UNKNOWN;
  if (otherwise === Closure.UNKNOWN && !hasUnknown(value)) return Closure.CLOSED;
  if (/orgpaths$|userid$/.test(key)) return /^[^*?/:]{6,}[/:]/.test(text) ? Closure.CLOSED : otherwise;
  if (!/arn$/.test(key) && !ENCRYPTION_CONTEXT.test(key)) return otherwise;
  if (namesAccount(text)) return Closure.CLOSED;
  return parseArn(text)?.account === '<?>' ? Closure.UNKNOWN : otherwise;
}

function namesAccount(text: string): boolean {
  const arn = parseArn(text);
  if (arn === undefined) return /^<[^<>]+>/.test(text) && !text.startsWith('<?>');
  if (arn.account !== '') return !/[*?]/.test(arn.account);
  return arn.service === 's3' && /^[^*?/]+(\/|$)/.test(arn.resource);
}
