import { mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { TemplateAudit, TemplateAuditProps } from '../../../src/app/template-audit';
import { daysAfter, daysBetween, isDay } from '../../../src/core/exceptions/calendar';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { RULES } from '../../../src/policy/catalog';
import { AUDIT_RULES } from '../../../src/policy/exceptions/audit-rules';
import { ExceptionRecord } from '../../../src/policy/exceptions/exception-record';
import { readExceptions, readExceptionsFile } from '../../../src/policy/exceptions/exceptions-file';
import { readReference } from '../../../src/policy/exceptions/finding-reference';
import { NEVER_WAIVABLE, ONE_DOOR_AT_A_TIME } from '../../../src/policy/exceptions/never-waivable';

const TODAY = '2030-03-01'; // later than the clock of whoever runs this
const REASON = 'the vendor pulls the files until its new client is out';
const SIGNED = `${REASON} [owner: files team; until 2030-05-01]`;

const record = (finding: string, more: Partial<ExceptionRecord> = {}): ExceptionRecord => (
  { finding, reason: REASON, owner: 'files team', expires: '2030-05-01', ...more });

/** Two stores with the same fault, and a function URL that anybody may call. */
const TEMPLATE = {
  Resources: {
    Files: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true } } },
    Queue: { Type: 'AWS::SQS::Queue', Properties: {} },
    Open: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'NONE' } },
    Admin: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: '*', Resource: '*' }] } } },
    Broad: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: 'arn:aws:s3:::files/*' }] } } },
  },
};

const audit = (exceptions: ExceptionRecord[], props: Partial<TemplateAuditProps> = {}): TemplateAudit => (
  TemplateAudit.ofTemplate(TEMPLATE, { exceptions, today: TODAY, ...props }));

/** What is wrong with exceptions: level, id, place and message of each. */
const notices = (one: TemplateAudit) => one.findings.filter(({ stack }) => stack === '')
  .map(({ severity, id, constructPath, title }) => [severity, id, constructPath, title]);

/** What is accepted: id, resource and why. */
const accepted = (one: TemplateAudit) => one.findings.filter((finding) => finding.accepted !== undefined)
  .map((finding) => [finding.id, finding.logicalId, finding.accepted]);

describe('Exceptions for templates', () => {
  test('accept a rule everywhere, and say for whom and how long', () => {
    const open = audit([]).errors.length;
    const one = audit([record('BucketTlsOnly', { ticket: 'FILES-7' })]);
    expect(accepted(one)).toEqual([['BucketTlsOnly', 'Files', `${REASON} [owner: files team; until 2030-05-01; ticket: FILES-7]`]]);
    expect(notices(one)).toStrictEqual([]);
    expect(one.errors).toHaveLength(open - 1);
  });

  test.each<[string, string, boolean]>([
    ['the resource', 'Template/Files', true],
    ['the logical id', 'Files', true],
    ['the stack', 'Template', true],
    ['the stack, with a stroke at the end', 'Template/', true],
    ['another resource', 'Template/Queue', false],
    ['a resource whose name begins alike', 'Template/File', false],
  ])('hold at their place: %s', (_name, at, holds) => {
    const one = audit([record('BucketTlsOnly', { at })]);
    expect(accepted(one)).toEqual(holds ? [['BucketTlsOnly', 'Files', SIGNED]] : []);
    expect(notices(one).map(([level, id]) => [level, id])).toEqual(holds ? [] : [['warning', 'ExceptionUnused[BucketTlsOnly]']]);
  });

  test.each<[string, string, boolean]>([
    ['the finding', 'IamActionWildcard[Action::s3:*]', true],
    ['the finding with its pack', 'ServerlessSecurity::IamActionWildcard[Action::s3:*]', true],
    ['another finding', 'IamActionWildcard[Action::s3:Put*]', false],
  ])('in brackets mean one finding: %s', (_name, finding, holds) => {
    const one = audit([record(finding)]);
    expect(accepted(one)).toEqual(holds ? [['IamActionWildcard[Action::s3:*]', 'Broad', SIGNED]] : []);
    expect(notices(one)).toEqual(holds ? [] : [['warning', `ExceptionUnused[${finding}]`, undefined,
      `The exception for '${finding}' at (app) covers nothing. There is 'IamActionWildcard[Action::*]', 'IamActionWildcard[Action::s3:*]'. Owner: files team. Reason: ${REASON}`]]);
  });

  test.each<[string, string, string, string[], boolean]>([
    ['more than 30 days before', '2030-04-01', 'valid', [], true],
    ['30 days before', '2030-03-31', 'expiring', ['warning', 'ends on 2030-03-31, in 30 days.'], true],
    ['the day before', '2030-03-02', 'expiring', ['warning', 'ends on 2030-03-02, in 1 day.'], true],
    ['on the last day', '2030-03-01', 'expiring', ['warning', 'ends on 2030-03-01, today.'], true],
    ['the day after', '2030-02-28', 'expired', ['fatal', 'ended on 2030-02-28: 1 finding counts again.'], false],
  ])('hold through their last day: %s', (_name, expires, state, [level, says], holds) => {
    const one = audit([record('BucketTlsOnly', { expires })]);
    expect(accepted(one)).toHaveLength(holds ? 1 : 0);
    expect(notices(one)).toEqual(says === undefined ? [] : [
      [level, `Exception${state === 'expired' ? 'Expired' : 'Expiring'}[BucketTlsOnly]`, undefined, `The exception for 'BucketTlsOnly' at (app) ${says} Owner: files team. Reason: ${REASON}`],
    ]);
    expect(one.errors.some(({ rule }) => rule === 'ExceptionExpired')).toBe(!holds);
  });

  test('that cover nothing say where the finding is', () => {
    expect(notices(audit([record('BucketTlsOnly', { at: 'Shop' })]))).toEqual([['warning', 'ExceptionUnused[BucketTlsOnly]', 'Shop',
      `The exception for 'BucketTlsOnly' at Shop covers nothing. The finding is at Template/Files. Owner: files team. Reason: ${REASON}`]]);
  });

  test('say of one that ended and covers nothing that it may go', () => {
    expect(notices(audit([record('QueueTlsOnly', { at: 'Template/Files', expires: '2030-02-28', ticket: 'FILES-7' })]))).toEqual([['fatal', 'ExceptionExpired[QueueTlsOnly]', 'Template/Files',
      `The exception for 'QueueTlsOnly' at Template/Files ended on 2030-02-28, and covered nothing any more. Owner: files team, ticket: FILES-7. Reason: ${REASON}`]]);
  });

  test.each<[string, SecurityProfile, number]>([
    ['sandbox', SecurityProfile.sandbox(), 365],
    ['production', SecurityProfile.production(), 180],
    ['regulated', SecurityProfile.regulated(), 90],
    ['production with a reason for more', SecurityProfile.production().with({ exceptionDays: 200, reason: 'the vendor releases once a year' }), 200],
    ['production with less', SecurityProfile.production().with({ exceptionDays: 14 }), 14],
  ])('last no longer than the profile allows: %s', (_name, profile, most) => {
    const until = (days: number) => audit([record('IamActionWildcard[Action::s3:*]', { expires: daysAfter(TODAY, days) })], { profile });
    expect(accepted(until(most))).toHaveLength(1);
    const tooLong = until(most + 1);
    expect(accepted(tooLong)).toStrictEqual([]);
    expect(notices(tooLong)).toEqual([['fatal', 'ExceptionLifetime[IamActionWildcard[Action::s3:*]]', undefined,
      `The exception for 'IamActionWildcard[Action::s3:*]' at (app) ends on ${daysAfter(TODAY, most + 1)}, in ${most + 1} days: the profile '${profile.name}' allows ${most} days, `
      + `that is until ${daysAfter(TODAY, most)}. Owner: files team. Reason: ${REASON}`]]);
  });

  test.each<[string, string, string]>([
    ['rights of an administrator', 'IamActionWildcard[Action::*]', 'nobody may accept this, since whoever takes over the code is administrator of the account; name the actions'],
    ['a rule that finds such rights', 'IamActionWildcard', 'nobody may accept this, since whoever takes over the code is administrator of the account; name the actions'],
    ['a public bucket', 'BucketPublicAccess[Principal::*]', 'nobody may accept this, since a bucket that is open to the public is how whole customer bases were lost; serve public files through SecureWebsite'],
    ['all open URLs of a stack', 'FunctionUrlAuth', 'each open way in is accepted by itself, so that none is open by an old decision; accept it at its own construct, not for a whole stack'],
    ['all open routes', 'RouteAuthorization', "each open way in is accepted by its own finding, so that none is open by an old decision; write 'RouteAuthorization[…]'"],
  ])('never cover %s', (_name, finding, because) => {
    const one = audit([record(finding)]);
    expect(accepted(one)).toStrictEqual([]);
    expect(notices(one)).toEqual([['fatal', `ExceptionNotAllowed[${finding}]`, undefined,
      `The exception for '${finding}' at (app) does not hold: ${because}. Owner: files team. Reason: ${REASON}`]]);
  });

  test('may cover one open door, at its own place', () => {
    expect(accepted(audit([record('FunctionUrlAuth', { at: 'Template/Open' })]))).toEqual([['FunctionUrlAuth', 'Open', SIGNED]]);
  });

  test('are warned of when the day lies in the past', () => {
    const [[level, id, , title]] = notices(audit([], { today: '2020-01-01' }));
    expect([level, id]).toEqual(['warning', 'ExceptionClock[2020-01-01]']);
    expect(title).toMatch(/^Exceptions are judged as of 2020-01-01, and today is \d{4}-\d\d-\d\d\.$/);
  });

  test('of another pack are not called unused: nobody heard it', () => {
    expect(notices(audit([record('AwsSolutions::AwsSolutions-S1')]))).toStrictEqual([]);
  });

  test.each<[string, () => unknown, string]>([
    ['a misspelled rule', () => audit([record('BucketTlsOnyl')]),
      "'finding' must begin with the id of a rule of this pack, or name another pack, got \"BucketTlsOnyl\"; did you mean BucketTlsOnly"],
    ['a finding of cdk-nag without its pack', () => audit([record('AwsSolutions-IAM5[Resource::*]')]),
      "'finding' must name the pack and the finding as the report does, got \"AwsSolutions-IAM5[Resource::*]\"; did you mean 'AwsSolutions::AwsSolutions-IAM5[Resource::*]'?"],
    ['a finding of cdk-nag that lacks the name inside', () => audit([record('AwsSolutions::S1')]), "did you mean 'AwsSolutions::AwsSolutions-S1'?"],
    ['a warning of a construct', () => audit([record('Annotation::@aws-cdk/core:x')]), "'finding' must be a finding: warnings of constructs are none"],
    ['brackets that do not match', () => audit([record('RouteAuthorization[GET /x')]), "'finding' must close each bracket that it opens"],
    ['no finding', () => audit([record(' ')]), "'finding' must be the id of a rule or finding, got \" \""],
    ['a reason that says nothing', () => audit([record('BucketTlsOnly', { reason: 'todo' })]),
      "'reason' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why the finding may stay until then [SecurityExceptions.Reason, at 'exceptions, exception 1']"],
    ['nobody', () => audit([record('BucketTlsOnly', { owner: 'TBD' })]),
      "'owner' must name a person, team or role that can be asked, got \"TBD\"; write it like 'payments team' [SecurityExceptions.Owner, at 'exceptions, exception 1']"],
    ['a day that does not exist', () => audit([record('BucketTlsOnly', { expires: '2030-02-30' })]),
      "'expires' must be a day that exists, written like 2026-11-26, got \"2030-02-30\"; give the last day on which the exception holds [SecurityExceptions.Expires, at 'exceptions, exception 1']"],
    ['an empty ticket', () => audit([record('BucketTlsOnly', { ticket: '' })]),
      "'ticket' must say where the work is planned, got \"\"; leave it out where there is none [SecurityExceptions.Ticket, at 'exceptions, exception 1']"],
    ['a day of judgement that is none', () => audit([], { today: 'tomorrow' }),
      "'today' must be a day that exists, written like 2026-11-26, got \"tomorrow\"; leave it out to use the clock [TemplateAudit.Today, at 'TemplateAudit']"],
    ['a life of no days', () => SecurityProfile.production().with({ exceptionDays: 0 }),
      "'exceptionDays' must be a whole number between 1 and 3650, got 0; leave it out to allow 180 [SecurityProfile.ExceptionDays, at 'production']"],
    ['a longer life without a reason', () => SecurityProfile.regulated().with({ exceptionDays: 91 }), "'reason' must be given when a control gets weaker (exceptionDays)"],
  ])('fails for %s', (_name, attempt, message) => {
    expect(attempt).toThrow(message);
  });
});

describe('A file of exceptions', () => {
  const folder = mkdtempSync(join(tmpdir(), 'exceptions-'));
  const file = (text: string, name = 'exceptions.yaml') => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  afterAll(() => rmSync(folder, { recursive: true }));

  const YAML = `# reviewed each quarter
- finding: BucketTlsOnly
  at: Template/Files
  reason: ${REASON}
  owner: files team
  expires: 2030-05-01
`;

  test.each<[string, string]>([
    ['YAML', YAML],
    ['JSON', JSON.stringify([record('BucketTlsOnly', { at: 'Template/Files' })])],
  ])('is read: %s', (_name, text) => {
    const one = TemplateAudit.ofTemplate(TEMPLATE, { exceptionsFile: file(text), today: TODAY, exceptions: [record('QueueTlsOnly')] });
    expect(accepted(one)).toEqual([['BucketTlsOnly', 'Files', SIGNED], ['QueueTlsOnly', 'Queue', SIGNED]]);
  });

  test.each([['nothing', ''], ['a comment', '# none yet\n'], ['an empty list', '[]']])('may hold %s', (_name, text) => {
    expect(readExceptions(text, 'exceptions.yaml')).toStrictEqual([]);
  });

  test.each<[string, string, string]>([
    ['an object', 'finding: x', "'exceptions' must be a list of exceptions, got \"object\"; begin each exception with a dash [ExceptionsFile.Form, at 'f.yaml']"],
    ['a text in the list', '- BucketTlsOnly', "'exceptions' must be an object with finding, reason, owner, expires, got \"BucketTlsOnly\""],
    ['an entry without an owner', YAML.replace(/ {2}owner.*\n/, ''), "'exceptions' must have 'owner'; add owner: … [ExceptionsFile.Form, at 'f.yaml, exception 1']"],
    ['a key that means nothing', `${YAML}  expiry: 2030-05-01`, "'exceptions' must have no other keys than finding, reason, owner, expires, at, ticket, got \"expiry\"; correct the key, or remove it"],
    ['a number', YAML.replace('files team', '7'), "'exceptions' must have a text for 'owner', got 7; put the value in quotes"],
    ['broken YAML', '- finding: "x', "'exceptionsFile' must lead to a YAML or JSON file: line 1, column"],
  ])('fails for %s', (_name, text, message) => {
    expect(() => readExceptions(text, 'f.yaml')).toThrow(message);
  });

  test('fails where there is none', () => {
    expect(() => readExceptionsFile(join(folder, 'missing.yaml'))).toThrow(/'exceptionsFile' must lead to a YAML or JSON file: there is no such file, got ".*missing.yaml"; mend the file, or correct the path/);
    expect(() => readExceptionsFile(folder)).toThrow('it cannot be read');
  });
});

describe('The lists', () => {
  test('name rules that exist, and findings that those rules make', () => {
    const ids = RULES.map(({ id }) => id);
    expect([...NEVER_WAIVABLE.map(({ rule }) => rule), ...ONE_DOOR_AT_A_TIME].filter((rule) => !ids.includes(rule))).toStrictEqual([]);
    const withParts = RULES.filter(({ findingForm }) => findingForm !== undefined).map(({ id }) => id);
    expect(NEVER_WAIVABLE.filter(({ rule, finding }) => finding !== undefined && !withParts.includes(rule))).toStrictEqual([]);
  });

  test('of what is wrong with exceptions has no rule of the pack in it', () => {
    expect(AUDIT_RULES.map(({ id, level }) => `${id} ${level}`)).toEqual([
      'DependencyLimit error', 'DependencyUnknown warning', 'ExceptionClock warning', 'ExceptionExpired fatal', 'ExceptionExpiring warning', 'ExceptionLifetime fatal', 'ExceptionNotAllowed fatal',
      'ExceptionUnmanaged error', 'ExceptionUnused warning', 'TrustedAccountUnused warning',
    ]);
    expect(RULES.filter(({ id }) => id.startsWith('Exception'))).toStrictEqual([]);
  });

  test('of what can never be accepted is this', () => {
    expect(NEVER_WAIVABLE.map(({ rule, finding }) => `${rule} ${finding?.source ?? ''}`.trim())).toEqual([
      'BucketPublicAccess', 'PolicyOpenEveryone', 'RoleTrustEveryone', 'IamActionWildcard ^Action::\\*(:\\*)?$',
      'ManagedPolicyAccess ^(AdministratorAccess|IAMFullAccess|PowerUserAccess)$',
    ]);
  });
});

test('A reference keeps ids as CDK does', () => {
  const place = { node: { path: '' } };
  expect(readReference(place, 'RouteAuthorization[GET /a b]')).toEqual({ pack: 'ServerlessSecurity', id: 'RouteAuthorization[GET-/a-b]', whole: false });
  expect(readReference(place, 'My Company::Rule[a::b]')).toEqual({ pack: 'My-Company', id: 'Rule[a::b]', whole: false });
  expect(readReference(place, 'ServerlessSecurity::BucketTlsOnly')).toEqual({ pack: 'ServerlessSecurity', id: 'BucketTlsOnly', whole: true });
});

test.each<[string, boolean]>([
  ['2028-02-29', true], ['2027-02-29', false], ['2030-13-01', false], ['2030-1-1', false], ['2030-01-01T00:00:00Z', false], ['', false],
])('Days exist or not: %s', (text, exists) => {
  expect(isDay(text)).toBe(exists);
});

test('Days are counted over months, leap years and summer time', () => {
  expect([daysBetween('2028-02-28', '2028-03-01'), daysBetween('2030-03-30', '2030-04-01'), daysBetween('2030-01-02', '2030-01-01'), daysAfter('2027-12-31', 1)])
    .toEqual([2, 2, -1, '2028-01-01']);
});
