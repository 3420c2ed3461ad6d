import { aPosture } from './support';
import { comparePostures } from '../../src/report/compare/compare-postures';
import { HardeningPosture } from '../../src/report/form/posture-form';
import { differenceLines } from '../../src/report/render/difference-lines';
import { hardeningSummary } from '../../src/report/render/hardening';
import { htmlReport } from '../../src/report/render/html/html-report';
import { markdownHardening } from '../../src/report/render/markdown/markdown-hardening';
import { markdownReport } from '../../src/report/render/markdown/markdown-report';

function change(changes: Partial<HardeningPosture> = {}): HardeningPosture {
  return {
    at: 'Shop/Orders',
    resourceType: 'AWS::SQS::Queue',
    property: 'MessageRetentionPeriod',
    before: '3600',
    after: '1209600',
    rule: 'DeadLetterRetention',
    outcome: 'set',
    impact: 'in-place',
    dryRun: false,
    ...changes,
  };
}

const ALL = [
  change(),
  change({ property: 'KmsMasterKeyId', impact: 'needs-attention', note: 'senders in other accounts need the key' }),
  change({ property: 'one', outcome: 'kept' }),
  change({ property: 'two', outcome: 'unknown' }),
  change({ property: 'three', outcome: 'proposed', note: 'name an authorizer' }),
  change({ property: 'four', outcome: 'withheld', impact: 'replacement' }),
];

test('the summary counts what was set, what needs somebody, and what was left', () => {
  expect(hardeningSummary(ALL)).toBe(
    '2 values set (1 to look after), 1 for the author to decide, 1 kept as the author set them, 1 known only at deployment, 1 withheld');
  expect(hardeningSummary([])).toBe('nothing to do');
});

test('the page lists each change once, what somebody may notice first', () => {
  const lines = markdownHardening(ALL).split('\n');
  expect(lines.filter((line) => line.startsWith('## '))).toEqual([
    '## Changed, and somebody may notice (1)', '## Only the author can decide (1)', '## Left as the author set it (1)', '## Known only at deployment (1)',
    '## Not done, because it would replace what keeps data, or make a stack too large (1)', '## Changed in place (1)',
  ]);
  expect(lines).toContain(
    '| `Shop/Orders` | `KmsMasterKeyId` | `3600` | `1209600` | `DeadLetterRetention` | needs-attention: senders in other accounts need the key |');
  expect(lines.filter((line) => line.startsWith('| `Shop/Orders`'))).toHaveLength(ALL.length);
});

test('the page names services that hardening does not know', () => {
  expect(markdownHardening(ALL)).not.toContain('Not looked at');
  expect(markdownHardening(ALL, { Batch: 1, ECS: 3 })).toContain(
    '## Not looked at\n\nHardening does not know these services, of which the app has so many resources: Batch (1), ECS (3). cdk-nag may.\n');
});

test('a dry run says that nothing was changed', () => {
  expect(markdownHardening([change({ dryRun: true })])).toContain('This was a dry run: nothing was changed.');
  expect(htmlReport(aPosture({ hardening: [change({ dryRun: true })] }))).toContain('This was a dry run: nothing was changed.');
  expect(markdownHardening([change()])).not.toContain('dry run');
});

test('the comment folds it, and the page shows before and after', () => {
  expect(markdownReport(aPosture({ hardening: ALL }))).toContain('<summary>Hardening: 2 values set (1 to look after), ');
  expect(markdownReport(aPosture())).not.toContain('Hardening');
  const page = htmlReport(aPosture({ hardening: [change({ before: '<b>', property: 'Policy' })] }));
  expect(page).toContain('<code>&lt;b&gt;</code>');
});

test('a comparison says what hardening does now and did not do before', () => {
  const difference = comparePostures(aPosture({ hardening: [ALL[0]] }), aPosture({ hardening: [ALL[1]] }));
  const plain = { name: (text: string) => text, words: (text: string) => text, strong: (text: string) => text };
  expect(differenceLines(difference, plain)).toEqual([
    'Hardening: Shop/Orders: KmsMasterKeyId set, needs-attention', 'No longer hardened: Shop/Orders: MessageRetentionPeriod',
  ]);
  expect(difference.weaker).toBe(false);
});
