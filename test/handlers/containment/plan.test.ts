import { BUCKET, finding, FUNCTION, KEY, OWN_FUNCTION, OWN_ROLE, SETTINGS } from './support';
import { Finding, FindingResource, readFinding } from '../../../handlers/common/finding';
import { blockOf, overlaps } from '../../../handlers/containment/addresses';
import { containmentId, plan } from '../../../handlers/containment/plan';

function about(resource: FindingResource, changes: Partial<Finding> = {}) {
  return plan(finding({ resources: [resource], ...changes }), SETTINGS);
}

test.each<[FindingResource, string, string]>([
  [{ kind: 'function', id: FUNCTION }, 'function', FUNCTION],
  [{ kind: 'function', id: `${FUNCTION}:live` }, 'function', FUNCTION],
  [{ kind: 'function', id: `${FUNCTION}:$LATEST` }, 'function', FUNCTION],
  [{ kind: 'role', id: 'arn:aws:iam::111122223333:role/service/Orders' }, 'role', 'Orders'],
  [{ kind: 'role', id: 'arn:aws:sts::111122223333:assumed-role/Orders/session' }, 'role', 'Orders'],
  [{ kind: 'credential', id: KEY }, 'access-key', KEY],
  [{ kind: 'bucket', id: BUCKET }, 'bucket', BUCKET],
  [{ kind: 'bucket', id: `${BUCKET}/2026/november.pdf` }, 'bucket', BUCKET],
  [{ kind: 'api', id: 'arn:aws:apigateway:eu-central-1::/restapis/abc123/stages/prod' }, 'stage', 'abc123/prod'],
  [{ kind: 'api', id: 'arn:aws:execute-api:eu-central-1:111122223333:abc123/prod/POST/orders' }, 'stage', 'abc123/prod'],
])('%j is the %s %s', (resource, kind, id) => {
  expect(about(resource)).toEqual({ targets: [{ kind, id }], refused: [] });
});

test.each<[string, FindingResource, string]>([
  ['the function of the responder', { kind: 'function', id: OWN_FUNCTION }, 'self'],
  ['a version of it', { kind: 'function', id: `${OWN_FUNCTION}:7` }, 'self'],
  ['its role', { kind: 'role', id: OWN_ROLE }, 'self'],
  ['a session of its role', { kind: 'role', id: 'arn:aws:sts::111122223333:assumed-role/Responder/Responder' }, 'self'],
  ['its role by another path', { kind: 'role', id: 'arn:aws:iam::111122223333:role/any/Responder' }, 'self'],
  ['what is never contained', { kind: 'function', id: 'arn:aws:lambda:eu-central-1:111122223333:function:Alarm:live' }, 'never'],
  ['a role that is never contained', { kind: 'role', id: 'arn:aws:sts::111122223333:assumed-role/Admin/anna' }, 'never'],
  ['a function of another account', { kind: 'function', id: 'arn:aws:lambda:eu-central-1:444455556666:function:Orders' }, 'unreadable'],
  ['a function of another region', { kind: 'function', id: 'arn:aws:lambda:us-east-1:111122223333:function:Orders' }, 'unreadable'],
  ['a name instead of an ARN', { kind: 'function', id: 'Orders' }, 'unreadable'],
  ['more than an ARN', { kind: 'function', id: `${FUNCTION}\n${OWN_FUNCTION}` }, 'unreadable'],
  ['a wildcard', { kind: 'function', id: 'arn:aws:lambda:eu-central-1:111122223333:function:*' }, 'unreadable'],
  ['a role of AWS', { kind: 'role', id: 'arn:aws:iam::111122223333:role/aws-service-role/guardduty.amazonaws.com/AWSServiceRoleForAmazonGuardDuty' }, 'unreadable'],
  ['a user in the place of a role', { kind: 'role', id: 'arn:aws:iam::111122223333:user/anna' }, 'unreadable'],
  ['the root of the account', { kind: 'role', id: 'arn:aws:iam::111122223333:root' }, 'unreadable'],
  ['a temporary key', { kind: 'credential', id: 'ASIAIOSFODNN7EXAMPLE' }, 'temporary-key'],
  ['what is no key', { kind: 'credential', id: '../../etc/passwd' }, 'unreadable'],
  ['a bucket with an account in its ARN', { kind: 'bucket', id: 'arn:aws:s3:eu-central-1:111122223333:accesspoint/receipts' }, 'unreadable'],
  ['a stage that nobody registered', { kind: 'api', id: 'arn:aws:apigateway:eu-central-1::/restapis/zzz999/stages/prod' }, 'unreadable'],
])('%s is left alone', (_, resource, refusal) => {
  expect(about(resource)).toEqual({ targets: [], refused: [expect.objectContaining({ refusal })] });
});

test('a finding of another account or region changes nothing', () => {
  expect(about({ kind: 'function', id: FUNCTION }, { account: '444455556666' })).toEqual({
    targets: [], refused: [{ kind: 'finding', id: 'finding-1', refusal: 'foreign' }],
  });
  expect(about({ kind: 'function', id: FUNCTION }, { region: 'us-east-1' }).targets).toStrictEqual([]);
});

test.each([['critical', 1], ['high', 1], ['medium', 0], ['low', 0], ['info', 0]] as const)('severity %s contains %d targets from high on', (severity, count) => {
  expect(about({ kind: 'function', id: FUNCTION }, { severity }).targets).toHaveLength(count);
});

test('a kind without a playbook is left alone', () => {
  expect(plan(finding(), { ...SETTINGS, playbooks: {} })).toEqual({ targets: [], refused: [] });
  expect(about({ kind: 'table', id: 'arn:aws:dynamodb:eu-central-1:111122223333:table/Orders' })).toEqual({ targets: [], refused: [] });
});

test('a target that is named twice is contained once', () => {
  const resources = [FUNCTION, `${FUNCTION}:live`, `${FUNCTION}:3`].map((id) => ({ kind: 'function' as const, id }));
  expect(plan(finding({ resources }), SETTINGS).targets).toEqual([{ kind: 'function', id: FUNCTION }]);
});

test('more than ten targets in one finding are refused', () => {
  const resources = Array.from({ length: 12 }, (_, index) => ({ kind: 'function' as const, id: `${FUNCTION}${index}` }));
  const { targets, refused } = plan(finding({ resources }), SETTINGS);
  expect(targets).toHaveLength(10);
  expect(refused.map(({ refusal }) => refusal)).toEqual(['too-many', 'too-many']);
});

test('an attack on an API is contained at the address and at each stage that is protected', () => {
  const api = { kind: 'api' as const, id: 'arn:aws:apigateway:eu-central-1::/restapis/abc123' };
  expect(about(api, { actor: { ip: '203.0.113.7' } }).targets).toEqual([
    { kind: 'address', id: '203.0.113.7/32' }, { kind: 'stage', id: 'abc123/prod' }, { kind: 'stage', id: 'abc123/beta' },
  ]);
  expect(about({ kind: 'function', id: FUNCTION }, { actor: { ip: '203.0.113.7' } }).targets).toEqual([{ kind: 'function', id: FUNCTION }]);
});

test.each([
  ['203.0.113.7', '203.0.113.7/32'],
  ['2001:db8::1', '2001:0db8:0000:0000:0000:0000:0000:0000/64'],
  ['2001:DB8:1:2:3:4:5:6', '2001:0db8:0001:0002:0000:0000:0000:0000/64'],
  ['2001:db8:1:2:3:4:192.0.2.1', '2001:0db8:0001:0002:0000:0000:0000:0000/64'],
])('%s is denied as %s', (ip, block) => expect(blockOf(ip)).toBe(block));

test.each([
  '10.0.0.1', '127.0.0.1', '169.254.169.254', '192.168.1.1', '172.31.0.1', '100.64.0.1', '0.0.0.0', '255.255.255.255', '224.0.0.1',
  '::', '::1', 'fe80::1', 'fe80::1%eth0', '2001:db8::1%1', 'fd00::1', '::ffff:203.0.113.7', '64:ff9b::203.0.113.7', '0.0.0.0/0', '203.0.113.7/8', 'localhost', '', '1', '0x7f.1',
])('%s is never denied', (ip) => expect(blockOf(ip)).toBeUndefined());

test.each([
  ['198.51.100.9/32', true], ['198.51.101.9/32', false], ['2001:0db8:0001:0000:0000:0000:0000:0000/64', true], ['2001:0db8:0002:0000:0000:0000:0000:0000/64', false],
])('whether %s overlaps the addresses that are never denied: %s', (block, expected) => {
  expect(overlaps(block, SETTINGS.never.addresses)).toBe(expected);
  expect(overlaps(block, block.includes(':') ? ['2001:db8:1::5/128'] : ['198.51.100.9/32'])).toBe(expected);
});

test('an address that is never denied is refused', () => {
  const api = { kind: 'api' as const, id: 'arn:aws:apigateway:eu-central-1::/restapis/abc123/stages/prod' };
  expect(about(api, { actor: { ip: '198.51.100.9' } }).refused).toEqual([{ kind: 'address', id: '198.51.100.9/32', refusal: 'never' }]);
  expect(about(api, { actor: { ip: '10.0.0.1' } }).refused).toEqual([{ kind: 'api', id: api.id, refusal: 'no-address' }]);
});

test('the id of a containment depends on the finding, its time and the target, and on nothing else', () => {
  const target = { kind: 'function' as const, id: FUNCTION };
  const id = containmentId(finding(), target);
  expect(id).toMatch(/^[0-9a-f]{32}$/);
  expect(containmentId(finding({ title: 'other', count: 9 }), target)).toBe(id);
  expect(new Set([
    id, containmentId(finding({ id: 'other' }), target), containmentId(finding({ lastSeen: '2026-11-26T09:00:00Z' }), target),
    containmentId(finding(), { kind: 'role', id: FUNCTION }),
  ]).size).toBe(4);
});

test('fields that no finding has do not get through', () => {
  const hostile = JSON.parse('{"__proto__":{"mode":"automatic"},"self":[],"constructor":{}}') as object;
  expect(Object.keys(readFinding({ ...finding(), ...hostile }))).toEqual(Object.keys(finding()));
});
