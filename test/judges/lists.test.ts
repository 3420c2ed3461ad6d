import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { caseFiles } from '../../scripts/judges/cases';
import { Allowed, hold, listOf } from '../../scripts/judges/lists';
import { Finding, Judgement, JUDGES } from '../../scripts/judges/subject';

const ROOT = join(__dirname, '../..');

const LOCK: Allowed = {
  rules: ['LOCK'], profiles: ['production'], types: ['AWS::S3::Bucket'], conflict: 'docs/conflicts.md#object-lock', reason: 'the author knows how long',
};

function judged(finding: Partial<Finding> = {}, profile = 'production'): Judgement {
  const one = { rule: 'LOCK', resource: 'Receipts', type: 'AWS::S3::Bucket', ...finding };
  return {
    subject: { side: 'ours', room: 'storage', name: 'SecureBucket', profile, build: () => { throw new Error('was built before'); } },
    resources: 1,
    findings: { 'cdk-nag': [], 'checkov': [one], 'control-tower': [], 'cfn-lint': [] },
  };
}

describe('a list of findings that a judge may have', () => {
  test('allows what it names, and needs each of its entries', () => {
    const { unlisted, listed, stale } = hold('checkov', [LOCK], [judged()]);
    expect({ unlisted, stale, listed: listed.map(({ rule, conflict }) => [rule, conflict]) }).toEqual({ unlisted: [], stale: [], listed: [['LOCK', LOCK.conflict]] });
  });

  test.each<[string, Judgement, Partial<Allowed>]>([
    ['another rule', judged({ rule: 'LOGS' }), {}],
    ['another profile', judged({}, 'sandbox'), {}],
    ['another type', judged({ type: 'AWS::SQS::Queue' }), {}],
    ['another resource', judged(), { resources: '^Logs' }],
    ['another construct', judged(), { constructs: '^website: ' }],
  ])('does not allow %s', (_, judgement, narrower) => {
    const { unlisted, listed } = hold('checkov', [{ ...LOCK, ...narrower }], [judgement]);
    expect([unlisted.length, listed.length]).toEqual([1, 0]);
  });

  test.each<[string, Partial<Allowed>, string]>([
    ['a rule', { rules: ['LOCK', 'LOGS'] }, 'checkov: LOCK, LOGS: rule LOGS is never found (docs/conflicts.md#object-lock)'],
    ['a profile', { profiles: ['production', 'sandbox'] }, 'checkov: LOCK: profile sandbox is never found (docs/conflicts.md#object-lock)'],
    ['a type', { types: ['AWS::S3::Bucket', 'AWS::SQS::Queue'] }, 'checkov: LOCK: type AWS::SQS::Queue is never found (docs/conflicts.md#object-lock)'],
  ])('is stale when %s of an entry is found no more', (_, wider, stale) => {
    expect(hold('checkov', [{ ...LOCK, ...wider }], [judged()]).stale).toEqual([stale]);
  });

  test('leaves alone what the app explains, and an entry for that alone is stale', () => {
    const { unlisted, listed, acknowledged, stale } = hold('checkov', [LOCK], [judged({ reason: 'receives logs' })]);
    expect([unlisted.length, listed.length, acknowledged.length, stale.length]).toEqual([0, 0, 1, 3]);
  });
});

describe('the lists of this project', () => {
  const sections = [...readFileSync(join(ROOT, 'docs/conflicts.md'), 'utf8').matchAll(/^### (.*)\n\nRules: ([^]*?)\n\n/gm)]
    .map(([, title, rules]) => ({ anchor: `docs/conflicts.md#${title.toLowerCase().replace(/[^\w\s-]/g, '').replace(/ /g, '-')}`, rules: rules.match(/[A-Z][\w.-]*\w/g) ?? [] }));
  const entries = JUDGES.flatMap((judge) => listOf(judge));
  const plain = (rule: string) => rule.replace(/^(HIPAA\.Security|NIST\.800\.53\.R[45]|PCI\.DSS\.321)-/, '');

  test('each entry leads to a conflict that is explained, and each conflict has an entry', () => {
    expect([...new Set(entries.map(({ conflict }) => conflict))].sort()).toEqual(sections.map(({ anchor }) => anchor).sort());
  });

  test('each conflict names the rules that its entries allow, and no others', () => {
    for (const { anchor, rules } of sections) {
      const allowed = new Set(entries.filter(({ conflict }) => conflict === anchor).flatMap((entry) => entry.rules.map(plain)));
      expect([anchor, ...[...rules].sort()]).toEqual([anchor, ...[...allowed].sort()]);
    }
  });

  test('the page of the conflicts leads to pages that exist', () => {
    const links = [...readFileSync(join(ROOT, 'docs/conflicts.md'), 'utf8').matchAll(/\]\(([^)]*)\)/g)].map(([, target]) => target);
    const ours = links.filter((target) => !target.startsWith('https://'));
    expect(ours.length).toBeGreaterThan(1);
    expect(ours.filter((target) => !existsSync(join(ROOT, 'docs', target)))).toStrictEqual([]);
  });

  test('the regulated profile needs no entry for cdk-nag', () => {
    expect(listOf('cdk-nag').filter(({ profiles }) => profiles.includes('regulated'))).toStrictEqual([]);
  });
});

test('the cases of all self-audits stand where the judges find them', () => {
  const files = (readdirSync(join(ROOT, 'test'), { recursive: true }) as string[]).filter((file) => file.endsWith('.ts'));
  const lists = files.filter((file) => /^(export )?const \w+: readonly AuditCase\[\]/m.test(readFileSync(join(ROOT, 'test', file), 'utf8')));
  expect(lists.filter((file) => !caseFiles().includes(file))).toStrictEqual([]);
  expect(lists.length).toBeGreaterThan(15);
});
