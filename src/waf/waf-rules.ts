import { RATE_LIMIT_PLAUSIBLE } from './web-acl-baseline';
import { WEB_ACL_LOG_RULES } from './web-acl-log-rules';
import { RULE_GROUP, statementsIn, WEB_ACL, WebAclRule, webAclRules, webAclRulesIn } from '../model/entries/web-acl-rules';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { expectEach, expectProperty, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../model/rule';
import { alternatives, at, elements, entries, isUnresolved, numberOf, textOf, Value } from '../model/values/values';

/** Groups of AWS that look for common attacks in requests. */
const CORE_GROUPS = ['AWSManagedRulesCommonRuleSet', 'AWSManagedRulesKnownBadInputsRuleSet'];

/** The group of AWS that finds floods by itself. */
const FLOOD_GROUP = 'AWSManagedRulesAntiDDoSRuleSet';

/** The limit of a managed rule for bodies: an ACL with a limit of its own replaces it. */
const BODY_LIMIT_RULE = 'SizeRestrictions_BODY';

export const WEB_ACL_COUNT: Rule = {
  id: 'WebAclCount',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [WEB_ACL, RULE_GROUP],
  title: 'A web ACL, or a group of rules, stops nothing',
  why: 'It has no rules, or all of them only count: attacks go through to what it stands in front of, and its presence makes believe they do not.',
  fix: 'Let rules block: Action Block for rules of your own, OverrideAction None for managed groups; SecureWebAcl does, except with WebAclMode.countOnly(reason).',
  risks: ['no-front-line', 'misconfiguration'],
  frameworks: ['FSBP WAF.10', 'CT.WAFV2.PR.1', 'CT.WAFV2.PR.2', 'CKV_AWS_192', 'OWASP Serverless S6', 'CSA SAS-03'],
  check: judgeStops,
};

export const WEB_ACL_PARTIAL: Rule = {
  id: 'WebAclPartial',
  severity: Severity.LOW,
  appliesTo: [WEB_ACL],
  title: 'A rule of a web ACL only counts what it finds, or lets requests past the rules that block',
  why: 'What was meant for the first days stays: the attacks that the rule knows go through. After a rule that allows, no other rule is asked.',
  fix: 'Let the rule block after a look at what it counted; keep single exceptions for requests that your app needs. Put a rule that allows behind those that block, '
    + 'or let it block what it does not mean: all countries but yours (NotStatement).',
  risks: ['no-front-line', 'misconfiguration'],
  frameworks: ['CKV_AWS_192', 'OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: 'name of the rule, and of the rule in a group: `Common`, `Common/SizeRestrictions_BODY`; `friends/Allow` for a rule that allows',
  check: judgePartial,
};

export const WEB_ACL_RATE: Rule = {
  id: 'WebAclRate',
  severity: Severity.LOW,
  appliesTo: [WEB_ACL],
  title: 'A web ACL does not limit how often one address may call',
  why: 'Password guessing and floods from a few addresses go through as long as each request looks harmless.',
  fix: 'Add a rule with a RateBasedStatement that blocks; SecureWebAcl has one of 2,000 requests in five minutes.',
  risks: ['no-front-line', 'runaway-use'],
  frameworks: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  check: judgeRate,
};

export const WEB_ACL_CORE: Rule = {
  id: 'WebAclCore',
  severity: Severity.LOW,
  appliesTo: [WEB_ACL],
  title: 'A web ACL does not look for the attacks that everybody knows',
  why: 'Scripts, traversals, and requests that break common libraries reach the app, and scanners send them all day.',
  fix: 'Run the managed groups AWSManagedRulesCommonRuleSet and AWSManagedRulesKnownBadInputsRuleSet; SecureWebAcl does.',
  risks: ['no-front-line'],
  frameworks: ['CKV_AWS_192', 'OWASP Serverless S1', 'CSA SAS-01'],
  findingForm: 'name of the managed group that is missing',
  check: judgeCore,
};

export const WEB_ACL_OVERSIZE: Rule = {
  id: 'WebAclOversize',
  severity: Severity.LOW,
  appliesTo: [WEB_ACL, RULE_GROUP],
  title: 'A rule of a web ACL looks at the beginning of a body only, and lets the rest through',
  why: 'Whoever puts enough harmless bytes before an attack gets it past the rule.',
  fix: 'Set OversizeHandling to MATCH for bodies, or block bodies above the limit with a SizeConstraintStatement; SecureWebAcl does.',
  risks: ['no-front-line'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-01'],
  findingForm: 'name of the rule',
  check: judgeOversize,
};

export const WEB_ACL_CLASSIC: Rule = {
  id: 'WebAclClassic',
  severity: Severity.LOW,
  appliesTo: ['AWS::WAF::WebACL', 'AWS::WAFRegional::WebACL'],
  title: 'A web ACL of the first generation lets through what no rule names',
  why: 'It knows no rules that AWS keeps up to date, so that whatever its author did not think of gets in.',
  fix: 'Move to AWS::WAFv2::WebACL with managed rules (StackWebAcl); until then, set DefaultAction to BLOCK and name what may pass.',
  risks: ['no-front-line', 'misconfiguration'],
  frameworks: ['cfn_nag F665', 'KICS webacl_allow_defaultaction', 'OWASP Serverless S6'],
  check: (acl) => expectProperty(acl, 'DefaultAction.Type', (type) => type === 'BLOCK'),
};

/** Any default but to allow is a wall, and rules make the doors in it. */
function judgeStops(holder: Resource, app: AppModel): RuleResult {
  const location = 'Properties.Rules';
  const readings = holder.alternatives('Rules').map((list) => webAclRulesIn(list, app));
  if (holder.type === RULE_GROUP) return readings.map((rules) => (rules.length > 0 ? pass() : fail(location)));
  return holder.alternatives('DefaultAction').flatMap((action): readonly Outcome[] => {
    if (isUnresolved(action)) return [unresolved('Properties.DefaultAction')];
    if (at(action, 'Block') !== undefined) return [pass()];
    return readings.map((rules) => {
      if (rules.some(({ stops }) => stops === true)) return pass();
      return rules.some(({ stops }) => stops === undefined) ? unresolved(location) : fail(location);
    });
  });
}

/** Rules that count in order to label are read by others. */
function judgePartial(acl: Resource, app: AppModel): RuleResult {
  const rules = webAclRules(acl, app);
  if (!rules.some(({ stops }) => stops === true)) return [];
  const limitsBodies = rules.some((rule) => limitsBody(rule, app));
  return rules.flatMap((rule): readonly Outcome[] => {
    if (rule.stops === false && counts(rule.value)) return [fail(rule.location, rule.name)];
    if (letsPast(rule, rules, app)) return [fail(rule.location, `${rule.name}/Allow`)];
    const left = rule.counted.filter((name) => !(name === BODY_LIMIT_RULE && limitsBodies));
    return left.length === 0 ? [pass()] : left.map((name) => fail(`${rule.location}.Statement`, `${rule.name}/${name}`));
  });
}

/** What an earlier rule allows, no later one looks at. Allowing known addresses is what such rules are for, unless those are half of the internet. */
function letsPast({ value, stops }: WebAclRule, rules: readonly WebAclRule[], app: AppModel): boolean {
  if (stops === true || !alternatives(at(value, 'Action')).some((action) => at(action, 'Allow') !== undefined)) return false;
  const isBefore = rules.some((other) => other.stops === true && (numberOf(at(value, 'Priority')) ?? 0) < (numberOf(at(other.value, 'Priority')) ?? 0));
  return isBefore && (!namesAddresses(at(value, 'Statement'), 0) || namesTheWorld(value, app));
}

/** Whether a statement holds for known addresses, or for labels that other rules gave, whatever else it asks for. */
function namesAddresses(statement: Value, depth: number): boolean {
  const [kind, inner] = entries(statement)[0] ?? [];
  const parts = elements(at(inner, 'Statements'));
  if (kind === 'IPSetReferenceStatement' || kind === 'LabelMatchStatement') return true;
  if (depth > 10 || parts.length === 0) return false;
  return kind === 'AndStatement' ? parts.some((part) => namesAddresses(part, depth + 1)) : kind === 'OrStatement' && parts.every((part) => namesAddresses(part, depth + 1));
}

/** A list of addresses may hold a network that so many have that it is nobody's: `0.0.0.0/1`. */
function namesTheWorld(rule: Value, app: AppModel): boolean {
  const kinds = entries(at(rule, 'Statement')).map(([kind]) => kind);
  if (kinds.includes('AndStatement')) return false;
  return statementsIn(rule, app).filter(([kind]) => kind === 'IPSetReferenceStatement').flatMap(([, statement]) => app.targets(at(statement, 'Arn')))
    .some((list) => list.items('Addresses').some((address) => /\/[0-4]$/.test(textOf(address) ?? '')));
}

function counts(rule: Value): boolean {
  const labels = at(rule, 'RuleLabels') !== undefined;
  return [at(rule, 'OverrideAction'), ...labels ? [] : [at(rule, 'Action')]].flatMap(alternatives).some((action) => at(action, 'Count') !== undefined);
}

function judgeRate(acl: Resource, app: AppModel): RuleResult {
  const rules = webAclRules(acl, app);
  const statements = rules.flatMap(({ value }) => statementsIn(value, app));
  const limits = rules.filter(({ narrowed, stops }) => !narrowed && stops !== false).flatMap(({ value }) => statementsIn(value, app))
    .filter(([kind]) => kind === 'RateBasedStatement').flatMap(([, statement]) => alternatives(at(statement, 'Limit')));
  const isLimited = limits.some((limit) => (numberOf(limit) ?? Infinity) <= RATE_LIMIT_PLAUSIBLE);
  if (isLimited || rules.some(({ managedGroup }) => managedGroup === FLOOD_GROUP)) return pass();
  const isOpen = limits.some(isUnresolved) || rules.some(({ value }) => isUnresolved(value)) || hasForeignGroup(statements, app);
  return isOpen ? unresolved('Properties.Rules') : fail('Properties.Rules');
}

/** Rules of a group that another team keeps are known there. */
function hasForeignGroup(statements: readonly (readonly [string, Value])[], app: AppModel): boolean {
  return statements.some(([kind, statement]) => kind === 'RuleGroupReferenceStatement' && app.targets(at(statement, 'Arn')).length === 0);
}

/** A group of another vendor stands for both of AWS. */
function judgeCore(acl: Resource, app: AppModel): RuleResult {
  const rules = webAclRules(acl, app);
  if (rules.some(({ vendor }) => vendor !== undefined && vendor !== 'AWS')) return pass();
  const isOpen = rules.some(({ value }) => isUnresolved(value)) || hasForeignGroup(rules.flatMap(({ value }) => statementsIn(value, app)), app);
  return CORE_GROUPS.map((group) => {
    if (rules.some(({ managedGroup, narrowed }) => managedGroup === group && !narrowed)) return pass();
    return isOpen ? unresolved('Properties.Rules', group) : fail('Properties.Rules', group);
  });
}

function judgeOversize(holder: Resource, app: AppModel): RuleResult {
  const rules = webAclRules(holder, app);
  if (rules.some((rule) => limitsBody(rule, app))) return pass();
  return rules.flatMap((rule) => statementsIn(rule.value, app).filter(([kind]) => kind !== 'SizeConstraintStatement')
    .flatMap(([, statement]) => bodiesIn(at(statement, 'FieldToMatch')))
    .map((handling) => expectEach(alternatives(handling), `${rule.location}.Statement`, (value) => ['MATCH', 'NO_MATCH'].includes(textOf(value) ?? ''), rule.name)));
}

/** How oversize bodies are handled, for each body that a statement looks at. */
function bodiesIn(field: Value): readonly Value[] {
  return entries(field).filter(([name]) => name === 'Body' || name === 'JsonBody').map(([, body]) => at(body, 'OversizeHandling'));
}

/** A body beyond what WAF looks at is longer than any limit within. */
function limitsBody({ stops, value }: WebAclRule, app: AppModel): boolean {
  return stops === true && statementsIn(value, app).some(([kind, statement]) => kind === 'SizeConstraintStatement'
    && bodiesIn(at(statement, 'FieldToMatch')).length > 0 && /^G[ET]$/.test(textOf(at(statement, 'ComparisonOperator')) ?? ''));
}

export const WAF_RULES: readonly Rule[] = [
  ...WEB_ACL_LOG_RULES, WEB_ACL_CLASSIC, WEB_ACL_CORE, WEB_ACL_COUNT, WEB_ACL_OVERSIZE, WEB_ACL_PARTIAL, WEB_ACL_RATE,
];
