import { App, Stack, Validations } from 'aws-cdk-lib';
import { modelOf, modelOfStacks, Resources } from './support';
import { ConstructTree } from '../../src/core/construct-tree';
import { acknowledgeRule } from '../../src/core/exceptions/acknowledgement';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AccountUse } from '../../src/core/third-party/trusted-account';
import { ANY_TYPE, fail, notApplicable, pass, Rule, RuleResult, Severity, unresolved } from '../../src/model/rule';
import { Acknowledgements } from '../../src/policy/acknowledged';
import { EXCEPTION_EXPIRED, EXCEPTION_UNUSED } from '../../src/policy/exceptions/audit-rules';
import { unusedTrusts } from '../../src/policy/exceptions/unused-trusts';
import { Finding, findingId } from '../../src/policy/finding';
import { judge } from '../../src/policy/judge';
import { couldNotLook, packFindingsOf } from '../../src/policy/pack-finding';
import { toPluginReport, toViolations } from '../../src/policy/plugin-report';

/** A rule that answers as a test wants it to. */
const rule = (check: Rule['check'], more: Partial<Rule> = {}): Rule => ({
  id: 'ThingSafe',
  severity: Severity.HIGH,
  appliesTo: ['Thing'],
  title: 'A thing is not safe',
  why: 'It breaks',
  fix: 'Make it safe',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['A 1', 'B 2'],
  ...more,
  check,
});
const THING = { T: { Type: 'Thing', Properties: {} } };
const production = () => SecurityProfile.production();
const told = (findings: readonly Finding[]) => findings.map(({ id, severity, rank, undecided, resource, locations }) => (
  [id, severity, rank, undecided, resource.logicalId, locations] as const));
const judged = (result: () => RuleResult, more: Partial<Rule> = {}, resources: Resources = THING) => (
  judge(modelOf(resources), production, [rule(result, more)]));

describe('A judgement', () => {
  test('counts what passed, failed and stays open, and keeps what does not apply out', () => {
    const { findings, tallies } = judged(() => [pass(), fail('Properties.A', 'a'), unresolved('Properties.B', 'b'), notApplicable(), pass()]);
    expect(tallies).toEqual([{ rule: 'ThingSafe', passed: 2, failed: 1, undecided: 1 }]);
    expect(told(findings)).toEqual([
      ['ThingSafe[a]', 'error', Severity.HIGH, false, 'T', ['Properties.A']],
      ['ThingSafe[undecided b]', 'warning', Severity.HIGH, true, 'T', ['Properties.B']],
    ]);
  });

  test('has one finding for several places of the same fault, each place once', () => {
    const { findings, tallies } = judged(() => [fail('Properties.A'), fail('Properties.B'), fail('Properties.A')]);
    expect(told(findings)).toEqual([['ThingSafe', 'error', Severity.HIGH, false, 'T', ['Properties.A', 'Properties.B']]]);
    expect(tallies).toEqual([{ rule: 'ThingSafe', passed: 0, failed: 1, undecided: 0 }]);
  });

  test('leaves the answer of a rule open that throws, and hears the others', () => {
    const broken = rule(() => { throw new Error('broken'); });
    const { findings } = judge(modelOf(THING), production, [broken, rule(() => fail('Properties.A'), { id: 'ThingOpen' })]);
    expect(told(findings)).toEqual([
      ['ThingSafe[undecided]', 'warning', Severity.HIGH, true, 'T', ['Properties']], ['ThingOpen', 'error', Severity.HIGH, false, 'T', ['Properties.A']],
    ]);
  });

  test('asks rules for a type before those for all, and no others', () => {
    const asked: string[] = [];
    const asking = (id: string, appliesTo: string[]) => rule(() => { asked.push(id); return pass(); }, { id, appliesTo });
    judge(modelOf({ ...THING, O: { Type: 'Other' } }), production, [asking('Any', [ANY_TYPE]), asking('Thing', ['Thing'])]);
    expect(asked).toEqual(['Thing', 'Any', 'Any', 'Any']); // the thing, the other, the template
  });

  test.each<[Severity, string, string]>([
    [Severity.HIGH, 'error', 'warning'], [Severity.MEDIUM, 'error', 'warning'], [Severity.LOW, 'warning', 'warning'], [Severity.INFO, 'info', 'info'],
  ])('tells CDK a rule of severity %s as %s, and an open question of it as %s', (severity, level, open) => {
    const { findings } = judged(() => [fail('A'), unresolved('B')], { severity });
    expect(findings.map((finding) => [finding.severity, finding.rank])).toEqual([[level, severity], [open, severity]]);
  });

  test('ranks rules as the owner of the app says, before the profile', () => {
    const one = rule(() => fail('A'), { severityIn: { production: Severity.LOW } });
    const ranks = (severities?: ReadonlyMap<string, Severity | 'off'>) => judge(modelOf(THING), production, [one], { minimumLayers: 3, severities } as never).findings.map(({ rank }) => rank);
    expect([ranks(), ranks(new Map([['ThingSafe', Severity.MEDIUM]])), ranks(new Map([['ThingSafe', 'off']])), ranks(new Map([['Other', 'off']]))])
      .toEqual([[Severity.LOW], [Severity.MEDIUM], [], [Severity.LOW]]);
  });

  test('judges each resource under its own profile', () => {
    const one = rule(() => fail('A'), { severityIn: { sandbox: 'off' } });
    const app = modelOf({ A: { Type: 'Thing' }, B: { Type: 'Thing' }, C: { Type: 'Thing' } });
    const { findings } = judge(app, ({ logicalId }) => (logicalId === 'B' ? SecurityProfile.sandbox() : SecurityProfile.production()), [one]);
    expect(findings.map(({ resource }) => resource.logicalId)).toEqual(['A', 'C']);
  });
});

test('Findings stand in the order of the templates, on each resource in that of the rules, whichever kind was asked first', () => {
  const app = modelOf({ A: { Type: 'Thing' }, O: { Type: 'Other' }, B: { Type: 'Thing' } });
  const rules = [rule(() => fail('P'), { id: 'One', appliesTo: ['Thing'] }), rule(() => fail('P'), { id: 'Two', appliesTo: ['Other', 'Thing'] })];
  expect(judge(app, production, rules).findings.map(({ id, resource }) => `${resource.logicalId} ${id}`)).toEqual(['A One', 'A Two', 'O Two', 'B One', 'B Two']);
});

test('More findings on one resource than a call takes arguments are all told', () => {
  const many = rule(() => Array.from({ length: 200_000 }, (_, n) => fail('P', String(n))));
  expect(judge(modelOf(THING), production, [many]).findings).toHaveLength(200_000);
});

describe('Where parameters decide', () => {
  const stage = (Default?: string) => ({ Parameters: { P: { Type: 'String', AllowedValues: ['open', 'shut', 'prod'], ...Default === undefined ? {} : { Default } } } });
  const on = (value: string, result: (matched: boolean) => RuleResult) => rule((resource) => result(resource.alternatives('V').includes(value)));
  const judgedWith = (one: Rule, rest: object = stage()) => judge(modelOf({ T: { Type: 'Thing', Properties: { V: { Ref: 'P' } } } }, rest as Resources), production, [one]);

  test('a fault of other values than those of production is a warning', () => {
    const { findings, tallies } = judgedWith(on('open', (matched) => (matched ? fail('V') : pass())));
    expect(told(findings)).toEqual([['ThingSafe[other values]', 'warning', Severity.HIGH, false, 'T', ['V']]]);
    expect(findings[0].withOtherValues).toBe(true);
    expect(tallies).toEqual([{ rule: 'ThingSafe', passed: 0, failed: 1, undecided: 0 }]);
  });

  test('a fault of production is one', () => {
    const { findings } = judgedWith(on('prod', (matched) => (matched ? fail('V') : pass())));
    expect(told(findings)).toEqual([['ThingSafe', 'error', Severity.HIGH, false, 'T', ['V']]]);
    expect(findings[0].withOtherValues).toBeUndefined();
  });

  test('a fault of production alone is one, which nobody sees with all values at once', () => {
    const alone = rule((resource) => (resource.alternatives('V').length === 1 ? fail('V') : pass()));
    expect(told(judgedWith(alone).findings)).toEqual([['ThingSafe', 'error', Severity.HIGH, false, 'T', ['V']]]);
    const both = rule((resource) => (resource.alternatives('V').length === 1 ? fail('V') : unresolved('V')));
    const { findings, tallies } = judgedWith(both);
    expect(told(findings).map(([id]) => id)).toEqual(['ThingSafe[undecided]', 'ThingSafe']);
    expect(tallies).toEqual([{ rule: 'ThingSafe', passed: 0, failed: 1, undecided: 1 }]);
  });

  test('a question stays one, and is asked once', () => {
    const question = rule((resource) => (resource.alternatives('V').length === 1 ? unresolved('V', 'now') : unresolved('V', 'then')));
    expect(told(judgedWith(question).findings).map(([id]) => id)).toEqual(['ThingSafe[undecided then]']);
  });

  test('what stands on one side of a condition alone is a warning', () => {
    const rest = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } };
    const lonely = rule((_, app) => (app.ofType('Guard').length === 0 ? fail('V') : pass()));
    const { findings } = judge(modelOf({ ...THING, G: { Type: 'Guard', Condition: 'C' } }, rest), production, [lonely]);
    expect(told(findings)).toEqual([['ThingSafe[other values]', 'warning', Severity.HIGH, false, 'T', ['V']]]);
  });

  test('a fault on both sides, and one that is known anyhow, is told once', () => {
    const rest = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] }, D: { 'Fn::Equals': [{ Ref: 'P' }, 'y'] } } };
    const known = judge(modelOf(THING, rest), production, [rule(() => [fail('V', 'a'), unresolved('V', 'b')])]);
    expect(told(known.findings).map(([id]) => id)).toEqual(['ThingSafe[a]', 'ThingSafe[undecided b]']);
    const lonely = rule((_, app) => (app.ofType('Guard').length < 2 ? fail('V') : pass()));
    const guards = { G: { Type: 'Guard', Condition: 'C' }, H: { Type: 'Guard', Condition: 'D' } };
    expect(told(judge(modelOf({ ...THING, ...guards }, rest), production, [lonely]).findings).map(([id]) => id)).toEqual(['ThingSafe[other values]']);
  });
});

describe('The id of a finding', () => {
  const one = rule(() => pass());
  test.each<[string | undefined, 'other values' | 'undecided' | undefined, string]>([
    [undefined, undefined, 'ThingSafe'], ['a', undefined, 'ThingSafe[a]'], [undefined, 'undecided', 'ThingSafe[undecided]'], ['a', 'other values', 'ThingSafe[other values a]'],
    ['a[b](c){d}', undefined, 'ThingSafe[a[b](c){d}]'], ['a[b', undefined, 'ThingSafe[a_b]'], ['a]b', undefined, 'ThingSafe[a_b]'], ['[(])', undefined, 'ThingSafe[____]'],
    ['{a)', undefined, 'ThingSafe[_a_]'], ['', undefined, 'ThingSafe'],
  ])('of %j, %s, is %s: CDK refuses brackets that do not match', (part, apart, expected) => expect(findingId(one, part, apart)).toBe(expected));
});

describe('CDK is told', () => {
  const app = modelOfStacks({
    id: 'Shop', templatePath: 'shop.json', constructPaths: new Map([['A', 'Shop/A']]), template: { Resources: { A: { Type: 'Thing' }, B: { Type: 'Thing' } } },
  });
  const findingsOf = (check: Rule['check'], more = {}) => judge(app, production, [rule(check, more)]).findings;

  test('of one violation for each fault, with all that have it', () => {
    expect(toPluginReport(findingsOf(() => fail('Properties.V')))).toEqual({
      success: false,
      violations: [{
        ruleName: 'ThingSafe',
        description: 'A thing is not safe. It breaks',
        fix: 'Make it safe',
        severity: 'error',
        ruleMetadata: { severity: Severity.HIGH, risks: 'misconfiguration, data-exposure', frameworks: 'A 1, B 2', documentation: 'docs/rules.md#thingsafe' },
        violatingResources: [
          { constructPath: 'Shop/A', resourceLogicalId: 'A', templatePath: 'shop.json', locations: ['Properties.V'] },
          { constructPath: undefined, resourceLogicalId: 'B', templatePath: 'shop.json', locations: ['Properties.V'] },
        ],
      }],
    });
  });

  test('that it may go on where there are warnings alone', () => {
    expect(toPluginReport(findingsOf(() => fail('A'), { severity: Severity.LOW })).success).toBe(true);
    expect(toPluginReport([]).success).toBe(true);
  });

  test('of open questions, and of other values, as such', () => {
    const [question] = findingsOf(() => unresolved('A'));
    expect(toPluginReport([question]).violations[0].description).toBe('Could not decide: the template does not tell whether this holds: A thing is not safe. It breaks');
    expect(toPluginReport([{ ...question, undecided: false, withOtherValues: true }]).violations[0].description)
      .toBe('With other values of its parameters than those of production: A thing is not safe. It breaks');
  });

  test('apart of what nobody may accept, and of what ranks differently', () => {
    const [a, b] = findingsOf(() => fail('A'));
    const severities = (isBarred?: (finding: Finding) => boolean, other = b) => toPluginReport([a, other], isBarred).violations.map(({ severity, violatingResources }) => `${severity} ${violatingResources.length}`);
    expect(severities()).toEqual(['error 2']);
    expect(severities(({ resource }) => resource.logicalId === 'A')).toEqual(['fatal 1', 'error 1']);
    expect(severities(undefined, { ...b, rank: Severity.MEDIUM, severity: 'warning' })).toEqual(['error 1', 'warning 1']);
  });

  test('what is wrong with exceptions', () => {
    const notices = [{ rule: EXCEPTION_UNUSED, about: 'ThingSafe', at: 'Shop', message: 'It covers nothing.' }, { rule: EXCEPTION_EXPIRED, about: 'ThingSafe', at: '', message: 'It ended.' }];
    const violation = (name: string, severity: string, constructPath: string, description: string, fix: string | undefined) => ({
      ruleName: `${name}[ThingSafe]`, description, fix, severity, ruleMetadata: { documentation: `docs/rules.md#${name.toLowerCase()}` }, violatingResources: [{ constructPath, locations: [] }],
    });
    expect(toViolations(notices, () => false)).toEqual([
      violation('ExceptionUnused', 'warning', 'Shop', 'It covers nothing.', EXCEPTION_UNUSED.fix), violation('ExceptionExpired', 'fatal', '', 'It ended.', EXCEPTION_EXPIRED.fix),
    ]);
    expect(toViolations(notices, ({ at }) => at === 'Shop').map(({ severity }) => severity)).toEqual(['fatal', 'fatal']);
  });
});

describe('The findings of another pack', () => {
  const violation = (severity?: string, description = 'No logs.') => ({
    ruleName: 'S1', description, fix: 'Turn them on.', severity, violatingResources: [{ constructPath: 'Shop/A', locations: ['L'] }, { constructPath: 'Shop/B', locations: [] }],
  });
  const found = (...violations: object[]) => packFindingsOf('Other', { success: true, violations } as never);

  test('are told resource by resource', () => {
    const one = { pack: 'Other', id: 'S1', description: 'No logs.', fix: 'Turn them on.', level: 'warning', undecided: false };
    expect(found(violation('warning'))).toEqual([{ ...one, constructPath: 'Shop/A', locations: ['L'] }, { ...one, constructPath: 'Shop/B', locations: [] }]);
  });

  test.each<[string | undefined, string]>([['fatal', 'fatal'], ['ERROR', 'error'], ['Warning', 'warning'], ['info', 'info'], [undefined, 'error'], ['grave', 'error']])(
    'of the severity %s are of the level %s, as CDK shows them', (severity, level) => expect(found(violation(severity))[0].level).toBe(level));

  test.each<[string, boolean]>([
    ['Rule threw an error during validation. Try again', true], ['Rule threw an error during validations', false], ['The rule: Rule threw an error during validation', false], ['No logs.', false],
  ])('that read %s could not look: %s', (description, expected) => {
    expect(couldNotLook(description)).toBe(expected);
    expect(found(violation('error', description))[0].undecided).toBe(expected);
  });
});

describe('Acknowledgements', () => {
  const at = (...noted: [string, unknown[]][]) => new Acknowledgements(noted);
  const of = (known: Acknowledgements, id: string, path?: string, pack?: string) => {
    const found = known.of(id, path, pack);
    return found === undefined ? undefined : `${found.reason} at ${found.at}`;
  };
  const KNOWN = at(['', [{ 'ServerlessSecurity::Rule': 'app' }]], ['Shop', [{ 'ServerlessSecurity::Rule': 'shop', 'Other::Rule': 'theirs' }]],
    ['Shop/A', [{ 'ServerlessSecurity::Rule[GET /a]': 'first' }, { 'ServerlessSecurity::Rule[GET /a]': 'last' }, null, 'x', 7]]);

  test.each<[string, string | undefined, string | undefined, string | undefined]>([
    ['Rule', 'Shop/A/Resource', undefined, 'shop at Shop'], ['Rule', 'Shop', undefined, 'shop at Shop'], ['Rule', 'Shopping', undefined, 'app at '], ['Rule', '', undefined, 'app at '],
    ['Rule', undefined, undefined, undefined], ['Rule[GET /a]', 'Shop/A', undefined, 'last at Shop/A'], ['Rule[GET-/a]', 'Shop/A', undefined, 'last at Shop/A'], ['Rule[GET /b]', 'Shop/A', undefined, undefined],
    ['Rule', 'Shop/A', 'Other', 'theirs at Shop'], ['Rule', 'Shop/A', 'Third', undefined],
  ])('of %s at %s by %s: the nearest on the way to the root, and there the last one', (id, path, pack, expected) => {
    expect(of(KNOWN, id, path, pack)).toBe(expected);
  });

  test('are all kept in the order in which they were noted, without what is of another form', () => {
    expect(KNOWN.all.map(({ id, reason }) => `${id} ${reason}`)).toEqual([
      'ServerlessSecurity::Rule app', 'ServerlessSecurity::Rule shop', 'Other::Rule theirs', 'ServerlessSecurity::Rule[GET-/a] first', 'ServerlessSecurity::Rule[GET-/a] last',
    ]);
  });

  test('of an app are those in its tree, and who wrote them is known', () => {
    const stack = new Stack(new App(), 'Shop');
    stack.node.addMetadata('note', { 'ServerlessSecurity::Rule': 'none' });
    stack.node.addMetadata(Validations.ACKNOWLEDGED_RULES_METADATA_KEY, { 'ServerlessSecurity::Rule': 'by hand' });
    acknowledgeRule(stack, 'Other Rule', 'by the library');
    expect(Acknowledgements.in(ConstructTree.below(stack.node.root)).all).toEqual([
      { id: 'ServerlessSecurity::Rule', reason: 'by hand', at: 'Shop', writtenBy: undefined },
      { id: 'ServerlessSecurity::Other-Rule', reason: 'by the library', at: 'Shop', writtenBy: 'library' },
    ]);
  });
});

describe('What is trusted and named by no template', () => {
  const trust = (account: string) => ({ account, name: 'billing', reason: 'Bills are written there', uses: [AccountUse.DATA] });
  const APP = modelOf({ Q: { Type: 'AWS::SQS::Queue', Properties: { QueueName: 'for-111122223333' } } }, { Outputs: { O: { Value: 'aws.partner/example.com/shop' } } });
  const unused = (accounts: string[], buses: [kind: 'domain' | 'partner-bus', name: string][] = []) => unusedTrusts(
    accounts.map(trust), buses.map(([kind, name]) => ({ kind, name, reason: 'Events come from there' })), APP)
    .map(({ rule: { id }, about, at, message }) => [id, about, at, message]);

  test('is told by account, and by the bus of a partner', () => {
    expect(unused(['444455556666'], [['partner-bus', 'aws.partner/example.com/other']])).toEqual([
      ['TrustedAccountUnused', '444455556666', '', 'The account 444455556666 (billing) is trusted, and no template names it.'],
      ['TrustedAccountUnused', 'aws.partner/example.com/other', '', 'The bus aws.partner/example.com/other is trusted, and no template names it.'],
    ]);
  });

  test('is none of those that a resource or an output names, nor a domain', () => {
    expect(unused(['111122223333'], [['partner-bus', 'aws.partner/example.com/shop'], ['domain', 'api.example.com']])).toStrictEqual([]);
    expect(unused([])).toStrictEqual([]);
  });
});
