import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { isAny } from '../values/answers';
import { alternatives, at, elements, entries, isList, isRecord, isUnresolved, textOf, Value } from '../values/values';

export const WEB_ACL = 'AWS::WAFv2::WebACL';
export const RULE_GROUP = 'AWS::WAFv2::RuleGroup';

const STOPS = new Set(['Block', 'Captcha', 'Challenge']);
const MOST_STATEMENTS = 10_000;
const DEEPEST = 50;

/** One rule of a web ACL or of a rule group. */
export interface WebAclRule {
  readonly name: string;
  readonly location: string;
  readonly value: Value;
  /** Whether it stops requests; undefined when only the deployment knows. */
  readonly stops: boolean | undefined;
  /** The managed group that it runs: `AWSManagedRulesCommonRuleSet`. */
  readonly managedGroup?: string;
  /** The name of the vendor of that group. */
  readonly vendor?: string;
  /** Rules of a group that only count, because the ACL says so. */
  readonly counted: readonly string[];
  /** Its scope-down statement leaves most requests out: it looks at some paths, countries or labels only. */
  readonly narrowed: boolean;
}

/** The rules of a web ACL or of a rule group, whichever may hold. */
export function webAclRules(holder: Resource, app: AppModel): readonly WebAclRule[] {
  return holder.alternatives('Rules').flatMap((list) => webAclRulesIn(list, app));
}

/** The rules of one list. A rule that a condition may leave out stops nothing in the worst case. */
export function webAclRulesIn(list: Value, app: AppModel): readonly WebAclRule[] {
  return (isList(list) ? list : list === undefined ? [] : [list]).flatMap((element, index) => {
    const options = alternatives(element);
    const stops = worst(options.map((option) => (option === undefined ? false : stopsRequests(option, app))));
    return options.filter((option) => option !== undefined && option !== null).map((value): WebAclRule => {
      const managed = at(at(value, 'Statement'), 'ManagedRuleGroupStatement');
      return {
        name: textOf(at(value, 'Name')) ?? `rule ${index}`,
        location: `Properties.Rules.${index}`,
        value,
        stops,
        managedGroup: textOf(at(managed, 'Name')),
        vendor: textOf(at(managed, 'VendorName')),
        counted: countedIn(groupStatement(value)),
        narrowed: isNarrowed(value),
      };
    });
  });
}

function groupStatement(rule: Value): Value {
  const statement = at(rule, 'Statement');
  const managed = at(statement, 'ManagedRuleGroupStatement');
  return managed === undefined ? at(statement, 'RuleGroupReferenceStatement') : managed;
}

/**
 * Whether a rule looks at a part of the requests only.
 *
 * | scope-down statement                                | leaves most requests out |
 * |-----------------------------------------------------|--------------------------|
 * | none, `NotStatement` around something               | no: it excepts some      |
 * | the paths that begin with `/`                       | no: those are all        |
 * | `NotStatement` around these                         | yes                      |
 * | `AndStatement`                                      | when one of its parts does |
 * | `OrStatement`                                       | when all of its parts do |
 * | any other: a path, a country, a label, an address   | yes                      |
 */
function isNarrowed(rule: Value): boolean {
  const statement = at(rule, 'Statement');
  const scopes = ['ManagedRuleGroupStatement', 'RateBasedStatement'].map((kind) => at(at(statement, kind), 'ScopeDownStatement')).filter((scope) => scope !== undefined);
  return scopes.some((scope) => alternatives(scope).some((option) => leavesOut(option, 0)));
}

function leavesOut(statement: Value, depth: number): boolean {
  const [kind, inner] = entries(statement)[0] ?? [];
  if (kind === undefined || depth > DEEPEST) return false;
  const parts = elements(at(inner, 'Statements'));
  switch (kind) {
    case 'NotStatement': return takesEverything(at(inner, 'Statement'));
    case 'AndStatement': return parts.some((part) => leavesOut(part, depth + 1));
    case 'OrStatement': return parts.length > 0 && parts.every((part) => leavesOut(part, depth + 1));
    default: return !takesEverything(statement);
  }
}

/** Every path begins with a slash, and contains one. */
function takesEverything(statement: Value): boolean {
  const match = at(statement, 'ByteMatchStatement');
  const isAnywhere = ['CONTAINS', 'STARTS_WITH'].includes(textOf(at(match, 'PositionalConstraint')) ?? '');
  return isAnywhere && textOf(at(match, 'SearchString')) === '/' && at(at(match, 'FieldToMatch'), 'UriPath') !== undefined;
}

/** Overrides are the new way to let rules of a group count, exclusions the old one. A rule that is to allow stops nothing either. */
function countedIn(group: Value): readonly string[] {
  const overridden = elements(at(group, 'RuleActionOverrides'))
    .filter((override) => ['Allow', 'Count'].some((action) => at(at(override, 'ActionToUse'), action) !== undefined));
  return [...overridden, ...elements(at(group, 'ExcludedRules'))].map((rule) => textOf(at(rule, 'Name')) ?? '');
}

/**
 * | rule             | stops requests                                                                                       |
 * |------------------|------------------------------------------------------------------------------------------------------|
 * | with an action   | when it is to block, or to ask for a captcha or a challenge                                          |
 * | of a group       | unless the whole group counts; of a group of the app, when one of its rules stops and does not count |
 */
function stopsRequests(rule: Value, app: AppModel): boolean | undefined {
  const action = at(rule, 'Action');
  if (action !== undefined) {
    return worst(alternatives(action).map((option) => (isUnresolved(option) ? undefined : entries(option).some(([name]) => STOPS.has(name)))));
  }
  const group = groupStatement(rule);
  if (!isRecord(group)) return false;
  return worst(alternatives(at(rule, 'OverrideAction')).map((option) => {
    if (isUnresolved(option)) return undefined;
    return at(option, 'Count') === undefined && groupStops(group, app);
  }));
}

function groupStops(group: Value, app: AppModel): boolean | undefined {
  const counted = countedIn(group);
  const [own] = app.targets(at(group, 'Arn'));
  if (own?.type !== RULE_GROUP) return counted.length === 0 || counted.length < (MANAGED_GROUP_SIZES[textOf(at(group, 'Name')) ?? ''] ?? Infinity);
  const rules = own.items('Rules').filter((rule) => !counted.includes(textOf(at(rule, 'Name')) ?? ''));
  const answers = rules.map((rule) => (at(rule, 'Action') === undefined ? false : stopsRequests(rule, app)));
  return isAny(answers);
}

/**
 * How many rules the baseline groups of AWS have: when as many count, none is left that blocks.
 * @see https://docs.aws.amazon.com/waf/latest/developerguide/aws-managed-rule-groups-list.html
 */
const MANAGED_GROUP_SIZES: { readonly [group: string]: number } = {
  AWSManagedRulesAdminProtectionRuleSet: 1,
  AWSManagedRulesAmazonIpReputationList: 2,
  AWSManagedRulesAnonymousIpList: 2,
  AWSManagedRulesCommonRuleSet: 21,
  AWSManagedRulesKnownBadInputsRuleSet: 10,
  AWSManagedRulesLinuxRuleSet: 3,
  AWSManagedRulesPHPRuleSet: 2,
  AWSManagedRulesSQLiRuleSet: 5,
  AWSManagedRulesUnixRuleSet: 2,
  AWSManagedRulesWordPressRuleSet: 2,
};

/** All statements of a rule, nested ones included, with the kind of each: `RateBasedStatement`. */
export function statementsIn(rule: Value, app: AppModel): readonly (readonly [string, Value])[] {
  const found: (readonly [string, Value])[] = [];
  const open: Value[] = [at(rule, 'Statement')];
  while (open.length > 0 && found.length < MOST_STATEMENTS) {
    for (const [kind, statement] of entries(open.pop())) {
      found.push([kind, statement]);
      open.push(at(statement, 'Statement'), at(statement, 'ScopeDownStatement'), ...elements(at(statement, 'Statements')));
      if (kind === 'RuleGroupReferenceStatement') {
        open.push(...app.targets(at(statement, 'Arn')).filter(({ type }) => type === RULE_GROUP).flatMap((group) => group.items('Rules')).map((inner) => at(inner, 'Statement')));
      }
    }
  }
  return found;
}

/** The web ACL behind an ARN, when the template holds it. */
export function webAclBehind(arn: Value, app: AppModel): Resource | undefined {
  return app.targets(arn).find(({ type }) => type === WEB_ACL);
}

/** Of several answers that may hold, "no" counts before "not known", and that before "yes". */
function worst(answers: readonly (boolean | undefined)[]): boolean | undefined {
  if (answers.includes(false)) return false;
  return answers.includes(undefined) ? undefined : true;
}
