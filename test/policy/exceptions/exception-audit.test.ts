import { App, Stack, Validations } from 'aws-cdk-lib';
import { ConstructTree } from '../../../src/core/construct-tree';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { Acknowledgements, PlacedAcknowledgement } from '../../../src/policy/acknowledged';
import { checkException } from '../../../src/policy/exceptions/check-exception';
import { AcknowledgementSource, auditExceptions } from '../../../src/policy/exceptions/exception-audit';
import { ExceptionOptions } from '../../../src/policy/exceptions/exception-record';
import { placeRecords, readExceptions } from '../../../src/policy/exceptions/exceptions-file';
import { readReference, ruleOf, storedId } from '../../../src/policy/exceptions/finding-reference';
import { judgeExceptions, neverWaivable } from '../../../src/policy/exceptions/judge-exceptions';
import { isWithin, JudgedFinding, judgedPackFinding, PlacedException, Surroundings } from '../../../src/policy/exceptions/placed';
import { recordedExceptions, recordException, writeAcknowledgements } from '../../../src/policy/exceptions/recorded';

const PLACE = { node: { path: 'Shop' } };
const OPTIONS: ExceptionOptions = { reason: 'the vendor pulls the files', owner: 'files team', expires: '2030-05-01' };
const exception = (finding: string, at = '', more: Partial<ExceptionOptions> = {}): PlacedException => checkException(PLACE, finding, { ...OPTIONS, ...more }, at);
const finding = (id: string, place: string, pack = 'ServerlessSecurity'): JudgedFinding => ({ pack, id, level: 'error', undecided: false, places: [place] });
const around = (more: Partial<Surroundings> = {}): Surroundings => ({
  today: '2030-03-01',
  clock: '2030-03-01',
  profileOf: () => SecurityProfile.production(),
  packs: new Set(['ServerlessSecurity', 'AwsSolutions']),
  isJudged: () => true,
  stacks: ['Shop'],
  ...more,
});

describe('An exception', () => {
  const judged = (one: PlacedException, findings: readonly JudgedFinding[], more: Partial<Surroundings> = {}) => {
    const [{ state, covered, acknowledges, notices }] = judgeExceptions([one], findings, around(more));
    return { state, covered: covered.map(({ id, places }) => `${id} at ${places[0]}`), acknowledges, says: notices.map(({ rule, message }) => `${rule.id}: ${message}`) };
  };
  const TLS = finding('BucketTlsOnly', 'Shop/Files');

  test('acknowledges the exact ids of what it covers, each once', () => {
    const actions = ['IamActionWildcard[Action::s3:*]', 'IamActionWildcard[Action::sqs:*]'];
    expect(judged(exception('IamActionWildcard'), [...actions, actions[0]].map((id) => finding(id, 'Shop/A'))))
      .toEqual({
        state: 'valid',
        covered: [...actions, actions[0]].map((id) => `${id} at Shop/A`),
        acknowledges: actions.map((id) => `ServerlessSecurity::${id}`),
        says: [],
      });
  });

  test('compares ids as CDK keeps them, with dashes for blanks', () => {
    const route = finding('RouteAuthorization[GET /a b]', 'Shop/Api');
    expect(judged(exception('RouteAuthorization[GET /a b]'), [route])).toMatchObject({ state: 'valid', acknowledges: ['ServerlessSecurity::RouteAuthorization[GET-/a-b]'] });
    expect(judged(exception('My Pack::A rule'), [finding('A rule', 'Shop/A', 'My Pack')], { packs: new Set(['My-Pack']) })).toMatchObject({ state: 'valid', acknowledges: ['My-Pack::A-rule'] });
  });

  test('of a pack that nobody hears is taken by its word', () => {
    expect(judged(exception('Other::Rule[x]'), [])).toEqual({ state: 'valid', covered: [], acknowledges: ['Other::Rule[x]'], says: [] });
  });

  test('at a place that was not judged as a whole is not called unused', () => {
    expect(judged(exception('BucketTlsOnly', 'Prod'), [], { isJudged: () => false })).toMatchObject({ state: 'valid', says: [] });
    expect(judged(exception('BucketTlsOnly', 'Prod'), [])).toMatchObject({ state: 'unused', covered: [], acknowledges: [] });
  });

  test('that covers nothing is told what is there, else where it is, else that it never was', () => {
    const says = (one: PlacedException, findings: readonly JudgedFinding[]) => judged(one, findings).says[0].replace(/ Owner: .*/, '');
    const wildcards = ['a', 'b', 'b', 'c', 'd'].map((name) => finding(`IamActionWildcard[Action::${name}:*]`, 'Shop/A'));
    expect(says(exception('IamActionWildcard[Action::x:*]', 'Shop'), wildcards)).toBe("ExceptionUnused: The exception for 'IamActionWildcard[Action::x:*]' at Shop covers nothing. "
      + "There is 'IamActionWildcard[Action::a:*]', 'IamActionWildcard[Action::b:*]', 'IamActionWildcard[Action::c:*]'.");
    const places = ['X/1', 'X/2', 'X/2', 'X/3', 'X/4'];
    expect(says(exception('BucketTlsOnly', 'Shop'), places.map((place) => finding('BucketTlsOnly', place)))).toBe("ExceptionUnused: The exception for 'BucketTlsOnly' at Shop covers nothing. The finding is at X/1, X/2, X/3.");
    expect(says(exception('IamActionWildcard[Action::a:*]', 'Shop'), [finding('IamActionWildcard[Action::a:*]', 'X'), finding('IamActionWildcard[Action::b:*]', 'Y')]))
      .toBe("ExceptionUnused: The exception for 'IamActionWildcard[Action::a:*]' at Shop covers nothing. The finding is at X.");
    expect(says(exception('BucketTlsOnly', 'Shop'), [{ ...TLS, places: [] }])).toBe("ExceptionUnused: The exception for 'BucketTlsOnly' at Shop covers nothing: the finding was mended, or never was there.");
  });

  test('that ended says what counts again, if its pack is heard', () => {
    const ended = { expires: '2030-02-01' };
    const says = (one: PlacedException, findings: readonly JudgedFinding[]) => judged(one, findings).says[0].replace(/ Owner: .*/, '');
    expect(judged(exception('BucketTlsOnly', '', ended), [TLS])).toMatchObject({ state: 'expired', covered: [], acknowledges: [] });
    expect(says(exception('BucketTlsOnly', '', ended), [TLS])).toBe("ExceptionExpired: The exception for 'BucketTlsOnly' at (app) ended on 2030-02-01: 1 finding counts again.");
    expect(says(exception('BucketTlsOnly', '', ended), [TLS, finding('BucketTlsOnly', 'Shop/B')])).toContain('ended on 2030-02-01: 2 findings count again.');
    expect(says(exception('Other::Rule', '', ended), [])).toBe("ExceptionExpired: The exception for 'Other::Rule' at (app) ended on 2030-02-01.");
  });

  test('for open doors covers one at a time', () => {
    const doors = (id: string, count: number) => Array.from({ length: count }, (_, n) => finding(`${id}[GET /${n}]`, 'Shop/Api'));
    const because = (one: PlacedException, findings: readonly JudgedFinding[], more = {}) => /does not hold: (.*?)\. Owner/.exec(judged(one, findings, more).says[0] ?? '')?.[1];
    const route = 'each open way in is accepted by its own finding, so that none is open by an old decision; write ';
    expect(because(exception('RouteAuthorization'), doors('RouteAuthorization', 5))).toBe(`${route}'RouteAuthorization[GET /0]', 'RouteAuthorization[GET /1]', 'RouteAuthorization[GET /2]'`);
    expect(because(exception('RouteAuthorization'), [])).toBe(`${route}'RouteAuthorization[…]'`);
    expect(because(exception('RouteAuthorization[GET /0]'), doors('RouteAuthorization', 1))).toBeUndefined();
    const url = 'each open way in is accepted by itself, so that none is open by an old decision; accept it at its own construct, not for a whole stack';
    const urls = [finding('FunctionUrlAuth', 'Shop/Open')];
    expect(['', 'Shop', 'Shop/Open'].map((at) => because(exception('FunctionUrlAuth', at), urls))).toEqual([url, url, undefined]);
    expect(because(exception('FunctionUrlAuth', 'Shop'), urls, { stacks: ['Shop/Nested', 'Other'] })).toBe(url);
    expect(because(exception('FunctionUrlAuth', 'Shop/Open'), urls, { stacks: [] })).toBeUndefined();
    expect(because(exception('Other::FunctionUrlAuth', 'Shop'), [])).toBeUndefined();
  });

  test.each<[string, string, boolean]>([
    ['ServerlessSecurity', 'IamActionWildcard[Action::*]', true], ['ServerlessSecurity', 'IamActionWildcard[Action::s3:*]', false], ['ServerlessSecurity', 'IamActionWildcard', false],
    ['ServerlessSecurity', 'IamActionWildcard[undecided Action::*]', false], ['ServerlessSecurity', 'IamActionWildcard[other values Action::*]', false],
    ['ServerlessSecurity', 'BucketPublicAccess[Principal::*]', true], ['ServerlessSecurity', 'BucketPublicAccess', true], ['ServerlessSecurity', 'BucketPublicAccess[undecided]', false],
    ['ServerlessSecurity', 'BucketPublicAccess[the undecided]', true], ['ServerlessSecurity', 'BucketPublicAccess[undecidedly]', true], ['Other', 'BucketPublicAccess', false],
    ['ServerlessSecurity', 'BucketTlsOnly', false], ['ServerlessSecurity', 'BucketPublicAccess[undecided] and more', true],
  ])('of %s for %s can never hold: %s', (pack, id, expected) => expect(neverWaivable(pack, id) !== undefined).toBe(expected));

  test('is none where there are none', () => expect(judgeExceptions([], [TLS], around())).toStrictEqual([]));
});

describe('Acknowledgements by other means', () => {
  const noted = (id: string, at: string, reason = 'a reason that says something', writtenBy?: 'library' | 'exception'): PlacedAcknowledgement => ({ id, at, reason, writtenBy });
  const known = (...all: PlacedAcknowledgement[]): AcknowledgementSource => ({
    all, of: (id, path, pack = 'ServerlessSecurity') => all.find((one) => one.id === storedId(`${pack}::${id}`) && isWithin(path ?? '', one.at)),
  });
  const TLS = finding('BucketTlsOnly', 'Shop/Files');
  const acceptance = (one: JudgedFinding, exceptions: readonly PlacedException[], source: AcknowledgementSource) => {
    const found = auditExceptions(exceptions, [one], around(), source).acceptanceOf(one);
    return found?.exception?.owner ?? found?.acknowledgement?.reason;
  };

  test('accept a finding, unless an exception is as near', () => {
    const acknowledged = (at: string) => known(noted('ServerlessSecurity::BucketTlsOnly', at));
    expect(acceptance(TLS, [], acknowledged('Shop'))).toBe('a reason that says something');
    expect(acceptance(TLS, [exception('BucketTlsOnly', 'Shop')], acknowledged('Shop'))).toBe('files team');
    expect(acceptance(TLS, [exception('BucketTlsOnly', 'Shop/Files')], acknowledged('Shop'))).toBe('files team');
    expect(acceptance(TLS, [exception('BucketTlsOnly')], acknowledged('Shop'))).toBe('a reason that says something');
    expect(acceptance(TLS, [exception('BucketTlsOnly')], known())).toBe('files team');
    expect(acceptance(TLS, [], known())).toBeUndefined();
  });

  test('of which one is an exception\'s own count as the exception alone', () => {
    expect(acceptance(TLS, [], known(noted('ServerlessSecurity::BucketTlsOnly', 'Shop', 'x', 'exception')))).toBeUndefined();
  });

  test('leave the nearest of several exceptions to answer', () => {
    const owners = (...places: string[]) => places.map((at) => exception('BucketTlsOnly', at, { owner: `the team of ${at}` }));
    expect(acceptance(TLS, owners('Shop', 'Shop/Files'), known())).toBe('the team of Shop/Files');
    expect(acceptance(TLS, owners('Shop/Files', 'Shop'), known())).toBe('the team of Shop/Files');
    expect(acceptance(finding('BucketTlsOnly', 'Shop/Other'), owners('Shop/Files', 'Shop'), known())).toBe('the team of Shop');
  });

  test('do not accept what nobody may, nor a door without a reason, and CDK is told once', () => {
    const admin = finding('IamActionWildcard[Action::*]', 'Shop/Role');
    const audit = (findings: readonly JudgedFinding[], ...all: PlacedAcknowledgement[]) => {
      const { acceptanceOf, isBarred, notices } = auditExceptions([], findings, around(), known(...all));
      return { accepted: acceptanceOf(findings[0]) !== undefined, barred: isBarred(findings[0]), says: notices.map(({ rule, about, at, message }) => `${rule.id}[${about}] at ${at}: ${message}`) };
    };
    const id = 'ServerlessSecurity::IamActionWildcard[Action::*]';
    expect(audit([admin, finding('IamActionWildcard[Action::*]', 'Shop/Other')], noted(id, 'Shop'))).toEqual({
      accepted: false,
      barred: true,
      says: [`ExceptionNotAllowed[${id}] at Shop: The acknowledgement of '${id}' at Shop does not hold: nobody may accept this, since whoever takes over the code is administrator of the account; name the actions.`],
    });
    const door = finding('FunctionUrlAuth', 'Shop/Open');
    expect(audit([door], noted('ServerlessSecurity::FunctionUrlAuth', 'Shop', 'todo')).says)
      .toEqual(["ExceptionNotAllowed[ServerlessSecurity::FunctionUrlAuth] at Shop: The acknowledgement of 'ServerlessSecurity::FunctionUrlAuth' at Shop does not hold: an open way in needs a reason that a reviewer can judge."]);
    expect(audit([door], noted('ServerlessSecurity::FunctionUrlAuth', 'Shop'))).toEqual({ accepted: true, barred: false, says: [] });
    expect(audit([door], noted('ServerlessSecurity::FunctionUrlAuth', 'Shop', 'todo', 'library'))).toEqual({ accepted: true, barred: false, says: [] });
    expect(audit([TLS], noted('ServerlessSecurity::BucketTlsOnly', 'Shop', 'todo'))).toEqual({ accepted: true, barred: false, says: [] });
    expect(audit([finding('IamActionWildcard[Action::*]', 'Shop/Role', 'Other')], noted('Other::IamActionWildcard[Action::*]', 'Shop')).accepted).toBe(true);
  });

  test('are complained about in the regulated profile alone, with a reason or none', () => {
    const complaints = (profile: SecurityProfile, ...all: PlacedAcknowledgement[]) => auditExceptions(
      [], [], around({ profileOf: () => profile }), known(...all))
      .notices
      .map(({ rule, about, at, message }) => `${rule.id}[${about}] at ${at}: ${message}`);
    const one = noted('AwsSolutions::AwsSolutions-S1', 'Shop');
    expect(complaints(SecurityProfile.regulated(), one, one, noted('AwsSolutions::AwsSolutions-S2', '', ''))).toEqual([
      "ExceptionUnmanaged[AwsSolutions::AwsSolutions-S1] at Shop: 'AwsSolutions::AwsSolutions-S1' is acknowledged at Shop without an owner and an end. Reason: a reason that says something",
      "ExceptionUnmanaged[AwsSolutions::AwsSolutions-S2] at : 'AwsSolutions::AwsSolutions-S2' is acknowledged at (app) without an owner and an end. Reason: none",
    ]);
    expect(complaints(SecurityProfile.production(), one)).toStrictEqual([]);
    expect(complaints(SecurityProfile.regulated(), noted('AwsSolutions::AwsSolutions-S1', 'Shop', 'x', 'library'))).toStrictEqual([]);
  });

  test('are no findings about security where CDK speaks of templates and constructs', () => {
    const ids = (...all: string[]) => auditExceptions([], [], around(), known(...all.map((id) => noted(id, 'Shop')))).unmanaged.map(({ id }) => id);
    expect(ids('Annotation::@aws-cdk/core:x', 'CloudFormation-Validate::E1', 'My::Annotation::x', 'Annotation::AwsSolutions-S1', 'Annotation::NIST.800.53.R5-S3', 'Annotation::NIST-800-53-R5-S3'))
      .toEqual(['My::Annotation::x', 'AwsSolutions-S1', 'NIST.800.53.R5-S3']);
  });

  test('are not complained about a second time by one that nobody owns', () => {
    const complaint = 'ServerlessSecurity::ExceptionUnmanaged[AwsSolutions::AwsSolutions-S1]';
    const { notices } = auditExceptions([], [], around({ profileOf: () => SecurityProfile.regulated() }), known(noted('AwsSolutions::AwsSolutions-S1', 'Shop'), noted(complaint, 'Shop')));
    expect(notices.filter(({ rule }) => rule.id === 'ExceptionNotAllowed').map(({ about, message }) => [about, message])).toEqual([[complaint,
      `The acknowledgement of '${complaint}' at Shop does not hold: whoever has no owner and no end yet needs both, not a second acknowledgement; use SecurityExceptions.`]]);
  });

  test('have a clock that runs ahead, or not', () => {
    const clock = (today: string) => auditExceptions([], [], around({ today })).notices.map(({ rule, message }) => `${rule.id}: ${message}`);
    expect(clock('2030-02-28')).toEqual(['ExceptionClock: Exceptions are judged as of 2030-02-28, and today is 2030-03-01.']);
    expect([clock('2030-03-01'), clock('2030-03-02')]).toEqual([[], []]);
  });
});

describe('Whoever accepts a finding must', () => {
  test.each(['todo', 'TBD', 'fixme', 'n/a', 'na', 'none', 'Nobody', 'somebody', 'unknown', 'owner', 'team', 'me', '-', '--', '?', '???', '', ' ', ' team ', 7, undefined])('name an owner, which %j is not', (owner) => {
    expect(() => exception('BucketTlsOnly', '', { owner: owner as string })).toThrow("'owner' must name a person, team or role that can be asked");
  });

  test.each(['me and you', 'nato', 'the team', 'files team?', 'a-', 'teams'])('name an owner, which %j is', (owner) => expect(exception('BucketTlsOnly', '', { owner }).owner).toBe(owner));

  test.each(['', ' ', 7, null])('say where the work is planned, which %j does not', (ticket) => {
    expect(() => exception('BucketTlsOnly', '', { ticket: ticket as string })).toThrow("'ticket' must say where the work is planned");
  });

  test('be remembered with the ticket only if there is one', () => {
    expect(exception('BucketTlsOnly', 'Shop', { ticket: 'A-1' })).toEqual({ reference: { pack: 'ServerlessSecurity', id: 'BucketTlsOnly', whole: true }, finding: 'BucketTlsOnly', ...OPTIONS, ticket: 'A-1', at: 'Shop' });
    expect(Object.keys(exception('BucketTlsOnly'))).not.toContain('ticket');
  });
});

describe('The id of a rule or finding', () => {
  test.each(['Annotation::x', 'annotation::x', 'Construct Annotations::x', 'construct-annotations::x'])('is not %s', (id) => {
    expect(() => readReference(PLACE, id)).toThrow("'finding' must be a finding: warnings of constructs are none");
  });

  test.each<[string, object]>([
    ['Annotations of mine::x', { pack: 'Annotations-of-mine', id: 'x', whole: false }], ['My Annotation::x', { pack: 'My-Annotation', id: 'x', whole: false }],
    [' BucketTlsOnly ', { pack: 'ServerlessSecurity', id: 'BucketTlsOnly', whole: true }], [' Other::x ', { pack: 'Other', id: 'x', whole: false }],
    ['Other::a\nb', { pack: 'Other', id: 'a\nb', whole: false }], ['ExceptionUnmanaged[x]', { pack: 'ServerlessSecurity', id: 'ExceptionUnmanaged[x]', whole: false }],
    ['AwsSolutions::AwsSolutions-S1', { pack: 'AwsSolutions', id: 'AwsSolutions-S1', whole: false }], ['IamActionWildcard[a::b]', { pack: 'ServerlessSecurity', id: 'IamActionWildcard[a::b]', whole: false }],
  ])('%j is read', (id, expected) => expect(readReference(PLACE, id)).toEqual(expected));

  test.each<[unknown, string]>([
    ['', "'finding' must be the id of a rule or finding, got \"\"; write it as the report shows it: 'RouteAuthorization[GET /health]' [SecurityExceptions.Finding, at 'Shop']"],
    [7, "'finding' must be the id of a rule or finding"],
    ['BucketTlsOnly[(])', "'finding' must close each bracket that it opens, got \"BucketTlsOnly[(])\"; copy the id from the report"],
    ['BucketTlsOnly]', "'finding' must close each bracket that it opens"],
    ['BucketTlsOnly{', "'finding' must close each bracket that it opens"],
    ['Annotation::x', 'acknowledge the warning with Validations.of(scope).acknowledge()'],
    ['Zzzzzzzzzzzzzzzzzzzzzzzz', "docs/rules.md lists the rules; other packs are named like 'AwsSolutions::AwsSolutions-S1'"],
    ['ServerlessSecurity::AwsSolutions-S1', "'finding' must begin with the id of a rule of this pack, or name another pack, got \"AwsSolutions-S1\""],
    ['AwsSolutions-S1', "did you mean 'AwsSolutions::AwsSolutions-S1'?"],
    ['AwsSolutions::S1', "did you mean 'AwsSolutions::AwsSolutions-S1'?"],
  ])('%j fails', (id, message) => expect(() => readReference(PLACE, id as string)).toThrow(message));

  test('has a rule before its brackets', () => expect(['A[b]', 'A', 'A[b\n[c]]'].map(ruleOf)).toEqual(['A', 'A', 'A']));
});

describe('Exceptions beside an app', () => {
  const record = { ...OPTIONS, finding: 'BucketTlsOnly' };

  test('stand at their place, without a stroke at its end, or everywhere', () => {
    expect(placeRecords([{ ...record, at: 'Shop/Files/' }, record], 'a.yaml').map(({ at }) => at)).toEqual(['Shop/Files', '']);
    expect(() => placeRecords([record, { ...record, owner: '' }], 'a.yaml')).toThrow("at 'a.yaml, exception 2'");
  });

  test.each(['finding', 'reason', 'owner', 'expires'])('need %s', (key) => {
    expect(() => readExceptions(JSON.stringify([{ ...record, [key]: undefined }]), 'a.yaml')).toThrow(`'exceptions' must have '${key}'; add ${key}: …`);
  });

  test.each<[string, string]>([
    ['[[1]]', "'exceptions' must be an object with finding, reason, owner, expires, got [1]; docs/guides/exceptions.md has an example"], ['[null]', "'exceptions' must be an object with finding, reason, owner, expires"],
    ['[7]', "'exceptions' must be an object with finding, reason, owner, expires"], ['7', "'exceptions' must be a list of exceptions, got \"number\""],
    [`[${JSON.stringify({ ...record, ticket: 5 })}]`, "'exceptions' must have a text for 'ticket', got 5; put the value in quotes"],
  ])('fail if they are %s', (text, message) => expect(() => readExceptions(text, 'a.yaml')).toThrow(message));

  test('may be none', () => expect(['', ' \n ', '[]', '# nothing', 'null'].map((text) => readExceptions(text, 'a.yaml'))).toEqual([[], [], [], [], []]));
});

test('A finding of a pack stands at its construct, or nowhere', () => {
  const one = { pack: 'Other', id: 'x', description: '', level: 'error', undecided: true, locations: [] } as const;
  expect(judgedPackFinding({ ...one, constructPath: 'Shop/A' })).toEqual({ pack: 'Other', id: 'x', level: 'error', undecided: true, places: ['Shop/A'] });
  expect(judgedPackFinding(one).places).toStrictEqual([]);
});

test('An exception in an app is kept in its assembly, and what it acknowledges only for one synthesis', () => {
  const stack = new Stack(new App(), 'Shop');
  recordException(stack, 'BucketTlsOnly', { ...OPTIONS, ticket: 'A-1' });
  recordException(stack, 'QueueTlsOnly', OPTIONS);
  expect(stack.node.metadata.filter(({ type }) => type === 'cdk-secure-serverless:exception').map(({ data }) => ({ ...data as object })))
    .toEqual([{ finding: 'BucketTlsOnly', ...OPTIONS, ticket: 'A-1' }, { finding: 'QueueTlsOnly', ...OPTIONS }].map((one) => expect.objectContaining(one) as object));
  const [first, second] = recordedExceptions(ConstructTree.below(stack.node.root));
  expect([first.at, first.ticket, second.ticket]).toEqual(['Shop', 'A-1', undefined]);
  writeAcknowledgements(first, ['ServerlessSecurity::BucketTlsOnly', 'ServerlessSecurity::Other']);
  writeAcknowledgements(first, ['ServerlessSecurity::BucketTlsOnly']);
  expect(Acknowledgements.in(ConstructTree.below(stack.node.root)).all).toEqual([{
    id: 'ServerlessSecurity::BucketTlsOnly', reason: 'the vendor pulls the files [owner: files team; until 2030-05-01; ticket: A-1]', at: 'Shop', writtenBy: 'exception',
  }]);
  expect(stack.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY)).toHaveLength(2);
  expect(stack.node.validate()).toStrictEqual([]); // a new synthesis begins
  expect(Acknowledgements.in(ConstructTree.below(stack.node.root)).all).toStrictEqual([]);
});
