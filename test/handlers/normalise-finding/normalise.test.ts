import * as fc from 'fast-check';
import {
  alarm, CLOUD_TRAIL, envelope, EXTERNAL_ACCESS, GUARD_DUTY_KEY, GUARD_DUTY_LAMBDA, GUARD_DUTY_SEQUENCE, HUB_FINDING, INSPECTOR_LAMBDA, MALWARE_PLAN,
  MALWARE_SCAN, securityHub, UNUSED_ACCESS,
} from './events';
import { Finding, FINDING_SOURCE, isFinding } from '../../../handlers/common/finding';
import { normalise } from '../../../handlers/normalise-finding/normalise';
import { severityOf } from '../../../handlers/normalise-finding/providers/guardduty';

const PLACE = { account: '444455556666', region: 'us-east-1', now: new Date('2026-11-26T07:00:00.000Z') };

function only(event: unknown): Finding {
  const found = normalise(event, PLACE);
  expect(found).toHaveLength(1);
  expect(found[0].known).toBe(true);
  expect(isFinding(found[0].finding)).toBe(true);
  return found[0].finding;
}

function with_<T extends { detail: object }>(event: T, detail: object): T {
  return { ...event, detail: { ...event.detail, ...detail } };
}

describe('GuardDuty', () => {
  test('a finding about a function names it without its version, and its role', () => {
    expect(only(GUARD_DUTY_LAMBDA)).toEqual({
      version: '1',
      id: 'arn:aws:guardduty:eu-central-1:111122223333:detector/a12abc34d567e8fa901bc2d34e56789f0/finding/16afba5c5c43e07c9e3e5e2e544e95df',
      provider: 'guardduty',
      type: 'UnauthorizedAccess:Lambda/TorClient',
      severity: 'high',
      score: 80,
      title: 'A function communicates with the Tor network.',
      description: 'The Lambda function pay sends traffic to a Tor guard node.',
      account: '111122223333',
      region: 'eu-central-1',
      firstSeen: '2026-11-26T06:05:00.000Z',
      lastSeen: '2026-11-26T06:25:00.000Z',
      count: 3,
      resources: [
        { kind: 'function', id: 'arn:aws:lambda:eu-central-1:111122223333:function:pay' },
        { kind: 'role', id: 'arn:aws:iam::111122223333:role/service/pay-role' },
      ],
      actor: { ip: '198.51.100.7', country: 'Example Country', asn: '64500' },
      link: 'https://console.aws.amazon.com/guardduty/home?region=eu-central-1#/findings?search=id%3D16afba5c5c43e07c9e3e5e2e544e95df',
    });
  });

  test('a finding about a key names the key, the role behind it, and the bucket', () => {
    expect(only(GUARD_DUTY_KEY)).toMatchObject({
      severity: 'critical',
      score: 91,
      resources: [
        { kind: 'credential', id: 'ASIAIOSFODNN7EXAMPLE' },
        { kind: 'role', id: 'arn:aws:iam::111122223333:role/pay-role' },
        { kind: 'bucket', id: 'arn:aws:s3:::receipts' },
      ],
    });
  });

  test('an attack sequence names its resources and where it came from', () => {
    expect(only(GUARD_DUTY_SEQUENCE)).toMatchObject({
      severity: 'critical',
      resources: [{ kind: 'bucket', id: 'arn:aws:s3:::receipts' }, { kind: 'credential', id: 'ASIAIOSFODNN7EXAMPLE' }],
      actor: { ip: '203.0.113.9', country: 'Example Country', asn: '64500' },
    });
  });

  test.each([[10, 'critical'], [9, 'critical'], [8.9, 'high'], [7, 'high'], [6.9, 'medium'], [4, 'medium'], [3.9, 'low'], [1, 'low'], [0.9, 'info']])(
    'its level %d is %s', (level, severity) => {
      expect(severityOf(level)).toBe(severity);
    });

  test('malware names the bucket, and the object only by a fingerprint', () => {
    const { id, ...finding } = only(MALWARE_SCAN);
    expect(finding).toMatchObject({
      type: 'MalwareScan:S3/THREATS_FOUND', severity: 'high', description: 'Found: EICAR-Test-File (not a virus)', resources: [{ kind: 'bucket', id: 'arn:aws:s3:::uploads' }],
    });
    expect(id).toMatch(/^malware-scan\/uploads\/[0-9a-f]{64}$/);
    expect(JSON.stringify(finding)).not.toContain('jane.doe');
    expect(only(with_(MALWARE_SCAN, { scanResultDetails: { scanResultStatus: 'ACCESS_DENIED' } })).severity).toBe('low');
  });

  test('a bucket that cannot be scanned any more is a finding', () => {
    expect(only(MALWARE_PLAN)).toMatchObject({ id: 'malware-plan/uploads', type: 'MalwarePlan:S3/Error', severity: 'medium', description: 'INSUFFICIENT_TEST_OBJECT_PERMISSIONS' });
  });
});

describe('Inspector', () => {
  test('a vulnerable function is a finding with the score of Inspector', () => {
    expect(only(INSPECTOR_LAMBDA)).toMatchObject({
      id: 'arn:aws:inspector2:eu-central-1:111122223333:finding/FINDING_ID',
      provider: 'inspector',
      type: 'PACKAGE_VULNERABILITY',
      severity: 'high',
      score: 78,
      firstSeen: '2026-11-26T05:01:02.000Z',
      lastSeen: '2026-11-26T06:01:02.000Z',
      resources: [{ kind: 'function', id: 'arn:aws:lambda:eu-central-1:111122223333:function:pay' }],
    });
  });

  test('one that is closed is information', () => {
    expect(only(with_(INSPECTOR_LAMBDA, { status: 'CLOSED' }))).toMatchObject({ severity: 'info', score: 0 });
  });
});

describe('Access Analyzer', () => {
  test.each<[string, object, object]>([
    ['another account', {}, { severity: 'medium', title: 'Another account or a federated user can reach a resource', actor: { account: '999988887777' } }],
    ['everybody', { isPublic: true, principal: { AWS: '*' } }, { severity: 'high', title: 'Everybody can reach a resource', actor: {} }],
    ['a resource that it could not analyze', { error: 'ACCESS_DENIED' }, { severity: 'low' }],
    ['what is resolved', { status: 'RESOLVED' }, { severity: 'info' }],
    ['what is deleted', { isDeleted: true }, { severity: 'info' }],
    ['a role of another account', { principal: { AWS: 'arn:aws:iam::999988887777:role/partner' } }, { actor: { account: '999988887777' } }],
  ])('tells of %s', (_, detail, expected) => {
    expect(only(with_(EXTERNAL_ACCESS, detail))).toMatchObject({
      id: '22222222-dcba-4444-dcba-333333333333', type: 'ExternalAccess/AWS::S3::Bucket', resources: [{ kind: 'bucket', id: 'arn:aws:s3:::receipts' }], ...expected,
    });
  });

  test('a role that nobody uses is low, a key that nobody uses is medium', () => {
    expect(only(UNUSED_ACCESS)).toMatchObject({
      id: 'b8ae0460-5d29-4922-b92a-ba956c986277', severity: 'low', resources: [{ kind: 'role', id: 'arn:aws:iam::111122223333:role/forgotten' }],
    });
    expect(only(with_(UNUSED_ACCESS, { findingType: 'UnusedIAMUserAccessKey' })).severity).toBe('medium');
  });
});

describe('Security Hub', () => {
  test('each finding of an event becomes one', () => {
    const found = normalise(securityHub(HUB_FINDING, { ...HUB_FINDING, Id: 'second', Severity: { Label: 'CRITICAL', Normalized: 90 } }), PLACE);
    expect(found.map(({ finding: { id, severity, score, type } }) => ({ id, severity, score, type }))).toEqual([
      { id: HUB_FINDING.Id, severity: 'high', score: 70, type: HUB_FINDING.GeneratorId },
      { id: 'second', severity: 'critical', score: 90, type: HUB_FINDING.GeneratorId },
    ]);
  });

  test('what came from here does not come round again', () => {
    expect(normalise(securityHub({ ...HUB_FINDING, GeneratorId: FINDING_SOURCE }), PLACE)).toStrictEqual([]);
    expect(normalise(securityHub({ ...HUB_FINDING, GeneratorId: FINDING_SOURCE }, HUB_FINDING), PLACE)).toHaveLength(1);
  });

  test.each([
    ['archived', { RecordState: 'ARCHIVED' }], ['resolved', { Workflow: { Status: 'RESOLVED' } }], ['suppressed', { Workflow: { Status: 'SUPPRESSED' } }], ['passed', { Compliance: { Status: 'PASSED' } }],
  ])('what is %s is information', (_, fields) => {
    expect(only(securityHub({ ...HUB_FINDING, ...fields }))).toMatchObject({ severity: 'info', score: 0 });
  });

  test('an event without findings has an unknown shape', () => {
    expect(normalise(securityHub(), PLACE)).toMatchObject([{ known: false }]);
  });
});

describe('alarms', () => {
  test('a signal of an attack is medium, several at once are high, and the end of both is information', () => {
    expect(only(alarm('Shop/Api blockedRequests', 'ALARM'))).toMatchObject({
      id: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:Shop/Api blockedRequests',
      provider: 'cloudwatch',
      type: 'AlarmStateChange:ALARM',
      severity: 'medium',
      lastSeen: '2026-11-26T06:04:40.985Z',
    });
    expect(only(alarm('Shop under attack', 'ALARM')).severity).toBe('high');
    expect(only(alarm('Shop under attack', 'OK')).severity).toBe('info');
  });
});

describe('CloudTrail', () => {
  test('who switches off what watches is a high finding, with the key and the role that were used', () => {
    expect(only(CLOUD_TRAIL)).toMatchObject({
      id: '9bc2f3d4-0000-4000-8000-000000000000',
      provider: 'cloudtrail',
      type: 'cloudtrail:StopLogging',
      severity: 'high',
      description: 'StopLogging by arn:aws:sts::111122223333:assumed-role/ops/session',
      resources: [{ kind: 'credential', id: 'ASIAIOSFODNN7EXAMPLE' }, { kind: 'role', id: 'arn:aws:iam::111122223333:role/ops' }],
      actor: { ip: '198.51.100.7', account: '111122223333' },
    });
  });

  test('a deployment that changes a trail is low, one that takes it away is not', () => {
    const userIdentity = { ...CLOUD_TRAIL.detail.userIdentity as object, invokedBy: 'cloudformation.amazonaws.com' };
    expect(only(with_(CLOUD_TRAIL, { userIdentity, eventName: 'PutEventSelectors' })).severity).toBe('low');
    expect(only(with_(CLOUD_TRAIL, { userIdentity, eventName: 'DeleteTrail' })).severity).toBe('high');
  });

  test('one who was refused is medium', () => {
    expect(only(with_(CLOUD_TRAIL, { errorCode: 'AccessDenied' })).severity).toBe('medium');
  });
});

describe('what nobody knows', () => {
  test('becomes a finding that tells names of fields and no values', () => {
    expect(normalise(envelope('aws.newservice', 'New Finding', { password: 'hunter2', user: 'jane' }), PLACE)).toEqual([{
      known: false,
      finding: {
        version: '1',
        id: 'c8c4daa7-a20c-2f03-0070-b7393dd542ad',
        provider: 'custom',
        type: 'Unknown:aws.newservice/New Finding',
        severity: 'medium',
        score: 50,
        title: 'An event of a security service has a shape that is not known',
        description: 'It holds the fields password, user.',
        account: '111122223333',
        region: 'eu-central-1',
        firstSeen: '2026-11-26T06:31:02.000Z',
        lastSeen: '2026-11-26T06:31:02.000Z',
        count: 1,
        resources: [],
        actor: {},
        link: '',
      },
    }]);
  });

  test.each([
    ['GuardDuty without a severity', with_(GUARD_DUTY_LAMBDA, { severity: 'bad' })],
    ['GuardDuty without an id', with_(GUARD_DUTY_LAMBDA, { arn: undefined, id: undefined })],
    ['GuardDuty with an id of two lines', with_(GUARD_DUTY_LAMBDA, { arn: 'arn:aws:guardduty:x\nforged' })],
    ['Inspector with a severity of its own', with_(INSPECTOR_LAMBDA, { severity: 'TERRIBLE' })],
    ['a severity from the prototype', with_(INSPECTOR_LAMBDA, { severity: 'constructor', findingArn: undefined })],
    ['a detail type from the prototype', envelope('aws.guardduty', 'constructor', {})],
    ['Access Analyzer without a status', with_(EXTERNAL_ACCESS, { status: undefined })],
    ['an alarm without a state', with_(alarm('Shop/x', 'ALARM'), { state: null })],
    ['a call without a name', with_(CLOUD_TRAIL, { eventName: {} })],
  ])('%s has an unknown shape', (_, event) => {
    expect(normalise(event, PLACE)).toMatchObject([{ known: false, finding: { provider: 'custom', severity: 'medium' } }]);
  });

  test('the same event without an id has the same id each time, at the place of the function', () => {
    const [{ finding: one }] = normalise([1, 2], PLACE);
    const [{ finding: two }] = normalise([1, 2], PLACE);
    expect(one).toEqual(two);
    expect(one).toMatchObject({ account: '444455556666', region: 'us-east-1', lastSeen: '2026-11-26T07:00:00.000Z', type: 'Unknown:no source/no type' });
    expect(one.id).toMatch(/^unknown\/[0-9a-f]{64}$/);
  });

  test('whatever comes, nothing is thrown and nothing is lost', () => {
    const sources = [
      GUARD_DUTY_LAMBDA, GUARD_DUTY_KEY, GUARD_DUTY_SEQUENCE, MALWARE_SCAN, MALWARE_PLAN, INSPECTOR_LAMBDA, EXTERNAL_ACCESS, UNUSED_ACCESS,
      securityHub(HUB_FINDING), alarm('a', 'ALARM'), CLOUD_TRAIL,
    ];
    const leaf = fc.oneof(fc.jsonValue({ maxDepth: 2, noUnicodeString: false }), fc.constantFrom({ toString: 'x' }, '\ud800', '__proto__', 'x'.repeat(5000)));
    fc.assert(fc.property(fc.constantFrom(...sources), fc.infiniteStream(leaf), fc.integer({ min: 1, max: 5 }), (source, leaves, every) => {
      let place = 0;
      const spoiled: unknown = JSON.parse(JSON.stringify(source), (key, value: unknown) => {
        place += 1;
        return place % every === 0 && key !== 'detail-type' && key !== '' ? leaves.next().value : value;
      });
      const found = normalise(spoiled, PLACE);
      expect(found.every(({ finding }) => isFinding(finding))).toBe(true);
      expect(found.length).toBeGreaterThan(0);
    }), { numRuns: 400 });
  });
});

test('texts are one line, of bounded length, and without what looks like a secret', () => {
  const { title, description } = only(with_(GUARD_DUTY_LAMBDA, {
    title: `forged\nSeverity: low ${'x'.repeat(500)}`,
    description: 'call with Bearer abcdefgh12345678 and password=hunter22 and eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiIxIn0.c2lnbmF0dXJl \u202edone',
  }));
  expect(title).toHaveLength(256);
  expect(title.startsWith('forged Severity: low')).toBe(true);
  expect(description).toBe('call with [removed] and [removed] and [removed] done');
});

test('links lead to the console of the partition', () => {
  expect(only(with_(GUARD_DUTY_LAMBDA, { region: 'cn-north-1' })).link).toMatch(/^https:\/\/console\.amazonaws\.cn\//);
  expect(only(with_(GUARD_DUTY_LAMBDA, { region: 'us-gov-west-1' })).link).toMatch(/^https:\/\/console\.amazonaws-us-gov\.com\//);
});
