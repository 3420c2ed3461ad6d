import { FINDING_LIMITS, findingKey, isFinding, readFinding } from '../../../handlers/common/finding';
import * as contract from '../../../handlers/common/finding';
import {
  FINDING_DETAIL_TYPE, FINDING_PROVIDERS, FINDING_RESOURCE_KINDS, FINDING_SEVERITIES, FINDING_SOURCE,
} from '../../../src/detection/findings/finding-baseline';

const FINDING = {
  version: '1',
  id: 'arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/f',
  provider: 'guardduty',
  type: 'UnauthorizedAccess:Lambda/TorClient',
  severity: 'high',
  score: 80,
  title: 'A function talks to the Tor network',
  description: '',
  account: '111122223333',
  region: 'eu-central-1',
  firstSeen: '2026-11-26T06:00:00.000Z',
  lastSeen: '2026-11-26T06:30:00.000Z',
  count: 1,
  resources: [{ kind: 'function', id: 'arn:aws:lambda:eu-central-1:111122223333:function:pay' }],
  actor: { ip: '198.51.100.7' },
  link: '',
};

test('a finding is read as it was written', () => {
  expect(readFinding(FINDING)).toEqual(FINDING);
});

test('what the type does not name is left behind', () => {
  const stuffed = {
    ...FINDING, password: 'x', resources: [{ ...FINDING.resources[0], policy: 'x' }], actor: { ...FINDING.actor, cookie: 'x' },
  };
  expect(readFinding(stuffed)).toEqual(FINDING);
});

test('an actor of whom nothing is known is an empty one', () => {
  expect(readFinding({ ...FINDING, actor: {} }).actor).toEqual({});
});

test.each([
  ['nothing', undefined, 'it is no object'],
  ['a list', [FINDING], 'it is no object'],
  ['another version', { ...FINDING, version: '2' }, 'version'],
  ['no id', { ...FINDING, id: '' }, 'id'],
  ['an id without an end', { ...FINDING, id: 'x'.repeat(FINDING_LIMITS.id + 1) }, 'id'],
  ['an unknown provider', { ...FINDING, provider: 'somebody' }, 'provider'],
  ['an unknown severity', { ...FINDING, severity: 'CRITICAL' }, 'severity'],
  ['a score beyond the scale', { ...FINDING, score: 101 }, 'score'],
  ['a score that is no number', { ...FINDING, score: NaN }, 'score'],
  ['no account', { ...FINDING, account: 'me' }, 'account'],
  ['no region', { ...FINDING, region: '*' }, 'region'],
  ['a time that is none', { ...FINDING, lastSeen: '2026-13-45T06:30:00Z' }, 'lastSeen'],
  ['a time in words', { ...FINDING, firstSeen: 'yesterday' }, 'firstSeen'],
  ['a count of none', { ...FINDING, count: 0 }, 'count'],
  ['a resource of no kind', { ...FINDING, resources: [{ kind: 'user', id: 'x' }] }, 'resources'],
  ['a resource without an id', { ...FINDING, resources: [{ kind: 'role' }] }, 'resources'],
  ['too many resources', { ...FINDING, resources: Array(FINDING_LIMITS.resources + 1).fill(FINDING.resources[0]) }, 'resources'],
  ['an actor that is a text', { ...FINDING, actor: '198.51.100.7' }, 'actor'],
  ['an actor with an object for an address', { ...FINDING, actor: { ip: {} } }, 'actor'],
])('fails on %s and names the field', (_, detail, field) => {
  expect(isFinding(detail)).toBe(false);
  expect(() => readFinding(detail)).toThrow(new Error(`this is no normalised finding: ${field}`));
});

test('one finding at one time has one key, and a later sight of it has another', () => {
  expect(findingKey(FINDING)).toBe('arn:aws:guardduty:eu-central-1:111122223333:detector/d/finding/f#2026-11-26T06:30:00.000Z');
  expect(findingKey({ ...FINDING, lastSeen: '2026-11-26T06:45:00.000Z' })).not.toBe(findingKey(FINDING));
});

test('constructs and handlers write the same words', () => {
  expect([FINDING_SOURCE, FINDING_DETAIL_TYPE, FINDING_SEVERITIES, FINDING_RESOURCE_KINDS, FINDING_PROVIDERS])
    .toEqual([contract.FINDING_SOURCE, contract.FINDING_DETAIL_TYPE, contract.SEVERITIES, contract.RESOURCE_KINDS, contract.PROVIDERS]);
});
