import { App, CfnParameter, Duration, Lazy, SecretValue, Size, Stack, Token, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { bytesOf, checkDuration, checkInteger, checkKnown, checkReason, saysSomething } from '../../src/core/checks';
import { ConfigurationError, placeOf, refuse } from '../../src/core/configuration-error';
import {
  acknowledge, AcknowledgementData, acknowledgeInPacks, acknowledgeRule, acknowledgeWildcardResource, AUDIT_PACKS, NagPackId, WRITTEN_BY,
} from '../../src/core/exceptions/acknowledgement';
import { checkDay, clockDay, daysAfter, daysBetween, isDay, TODAY_CONTEXT, todayOf } from '../../src/core/exceptions/calendar';
import { uncheckedOf } from '../../src/core/exceptions/unchecked';
import { DATA_REMOVAL_FINDINGS, recordWaiver, REMOVAL_POLICY_FINDINGS, waiversBelow } from '../../src/core/exceptions/waiver';
import { secretIn } from '../../src/core/secrets/secret-in-value';
import { checkLimits } from '../../src/core/third-party/dependency-limits';
import { AccountUse, recordTrust, trustsOf } from '../../src/core/third-party/trusted-account';

const PLACE = { node: { path: 'Shop/Orders' } };
const PROP = { code: 'X.Y', prop: 'size', fix: 'leave it out' };

function refused(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as Error).message;
  }
}

describe('A refusal', () => {
  const of = (rest: object, place = PLACE) => refused(() => refuse(place, { ...PROP, must: 'must be small', ...rest }));

  test('says the prop, the limit, the value, the way out, the code and the place', () => {
    expect(of({ got: 7 })).toBe("'size' must be small, got 7; leave it out [X.Y, at 'Shop/Orders']");
  });

  test('keeps a value to itself that may be secret, and shows one that is missing', () => {
    expect(of({})).toBe("'size' must be small; leave it out [X.Y, at 'Shop/Orders']");
    expect(of({ got: undefined })).toBe("'size' must be small, got undefined; leave it out [X.Y, at 'Shop/Orders']");
  });

  test('knows code and place, and names the app where it has no path', () => {
    const error = (() => {
      try { return refuse({ node: { path: '' } }, { ...PROP, must: 'must be small' }); } catch (caught) { return caught as ConfigurationError; }
    })();
    expect(error).toMatchObject({ name: 'ConfigurationError', code: 'X.Y', constructPath: '(app)', message: "'size' must be small; leave it out [X.Y, at '(app)']" });
  });

  test.each<[string, unknown, string]>([
    ['a text', 'a', '"a"'],
    ['null', null, 'null'],
    ['a list', [1, 'a'], '[1,"a"]'],
    ['a plain object', { a: 1 }, '{"a":1}'],
    ['a value of a class', Duration.minutes(2), 'Duration.minutes(2)'],
    ['an object of no class at all', Object.create(null), '{}'],
    ['a function, which JSON does not know', () => 1, 'undefined'],
    ['a token', Token.asString({ Ref: 'P' }), 'a value that is only known at deployment'],
  ])('shows %s', (_, got, text) => {
    expect(of({ got })).toBe(`'size' must be small, got ${text}; leave it out [X.Y, at 'Shop/Orders']`);
  });

  test('is placed where a construct is about to stand', () => {
    expect(placeOf(PLACE, 'Queue').node.path).toBe('Shop/Orders/Queue');
    expect(placeOf({ node: { path: '' } }, 'Queue').node.path).toBe('Queue');
  });
});

describe('A number', () => {
  const check = (value: number | undefined) => refused(() => checkInteger(PLACE, value, 1, 3, PROP));

  test.each([undefined, 1, 2, 3, Token.asNumber({ Ref: 'P' })])('%p is within its limits', (value) => {
    expect(check(value)).toBeUndefined();
  });

  test.each([0, 4, 1.5, Number.NaN])('fails at %p', (value) => {
    expect(check(value)).toBe(`'size' must be a whole number between 1 and 3, got ${JSON.stringify(value)}; leave it out [X.Y, at 'Shop/Orders']`);
  });
});

describe('A duration', () => {
  const check = (value: Duration | undefined) => refused(() => checkDuration(PLACE, value, Duration.seconds(1), Duration.minutes(1), PROP));

  test.each([undefined, Duration.seconds(1), Duration.seconds(60), Duration.seconds(Token.asNumber({ Ref: 'P' }))])('within its limits passes (%#)', (value) => {
    expect(check(value)).toBeUndefined();
  });

  test.each([[Duration.millis(999), '"999 millis"'], [Duration.seconds(61), '"1 minute 1 second"']])('fails outside of them (%#)', (value, shown) => {
    expect(check(value)).toBe(`'size' must lie between 1 second and 1 minute, got ${shown}; leave it out [X.Y, at 'Shop/Orders']`);
  });
});

describe('What must be known at synth', () => {
  const check = (value: number | Duration | Size | undefined) => refused(() => checkKnown(PLACE, value, PROP));
  const later = Token.asNumber({ Ref: 'P' });

  test.each([undefined, 0, Duration.days(1), Size.bytes(1)])('is taken where it is (%#)', (value) => expect(check(value)).toBeUndefined());

  test.each([later, Duration.days(later), Size.bytes(later)])('fails where only deployment knows it (%#)', (value) => {
    expect(check(value)).toBe("'size' must be known when the app is synthesized, got \"a value that is only known at deployment\"; leave it out [X.Y, at 'Shop/Orders']");
  });
});

describe('A size', () => {
  const later = Lazy.number({ produce: () => 7 });

  test.each<[Size, number | undefined]>([[Size.kibibytes(2), 2048], [Size.bytes(5), 5], [Size.bytes(later), undefined]])('is known in bytes, or at deployment (%#)', (size, bytes) => {
    expect(bytesOf(PLACE, size, PROP)).toBe(bytes);
  });

  test('fails where only deployment knows it, in a unit that CDK would have to convert', () => {
    expect(refused(() => bytesOf(PLACE, Size.kibibytes(later), PROP)))
      .toBe("'size' must be given as Size.bytes(…) where its value is only known at deployment; leave it out [X.Y, at 'Shop/Orders']");
  });
});

describe('A reason', () => {
  test.each(['needed at night', 'twelve signs', '   twelve signs ', 'todo list is read by nobody else', 'the reason: none'])('%p says something', (reason) => {
    expect(saysSomething(reason)).toBe(true);
    expect(refused(() => checkReason(PLACE, reason, PROP))).toBeUndefined();
  });

  test.each<unknown>([
    'eleven sign', '  eleven sign  ', '', undefined, 12, Token.asString({ Ref: 'SomeReason' }), 'TODO........', 'none ! ! ! !', 'n/a.........', 'na..........', 'test        .',
    'testing.....', 'because.....', 'reason......', 'whatever....', 'temporary...', 'accepted....', 'tbd.........', 'FixMe.......',
  ])('%p says nothing', (reason) => {
    expect(saysSomething(reason)).toBe(false);
  });

  test('fails when it says nothing', () => {
    expect(refused(() => checkReason(PLACE, 'later', PROP)))
      .toBe("'size' must be a sentence of at least 12 characters that a reviewer can judge, got \"later\"; leave it out [X.Y, at 'Shop/Orders']");
  });
});

describe('A day', () => {
  test.each(['2026-11-26', '2028-02-29', '0001-01-01'])('%s exists', (day) => expect(isDay(day)).toBe(true));

  test.each<unknown>(['2026-02-29', '2026-13-01', '2026-00-10', '2026-1-1', '12026-11-26', '2026-11-261', '2026-11-26T00:00:00Z', '', 20261126, undefined, new Date(0)])('%p is none', (day) => {
    expect(isDay(day)).toBe(false);
  });

  test('is counted from another one, forwards and backwards, over leap days and changes of the clock', () => {
    expect([daysBetween('2028-02-28', '2028-03-01'), daysBetween('2026-11-26', '2026-11-25'), daysBetween('2026-03-01', '2026-04-01')]).toEqual([2, -1, 31]);
    expect([daysAfter('2028-02-28', 2), daysAfter('2026-01-01', -1)]).toEqual(['2028-03-01', '2025-12-31']);
  });

  test('comes from the context of the app, else from the clock', () => {
    expect(todayOf(new App({ context: { [TODAY_CONTEXT]: '2026-11-26' } }))).toBe('2026-11-26');
    expect(todayOf(new App())).toBe(clockDay());
    expect(isDay(clockDay())).toBe(true);
  });

  test('fails when the context holds anything else', () => {
    expect(refused(() => todayOf(new App({ context: { [TODAY_CONTEXT]: 'tomorrow' } })))).toBe(
      "'cdk-secure-serverless:today' must be a day that exists, written like 2026-11-26, got \"tomorrow\"; leave it out to use the clock [SecurityExceptions.Today, at '(app)']");
    expect(refused(() => checkDay(PLACE, '2026-02-30', PROP))).toBe(
      "'size' must be a day that exists, written like 2026-11-26, got \"2026-02-30\"; leave it out [X.Y, at 'Shop/Orders']");
  });
});

describe('Limits on packages', () => {
  const check = (limits: Parameters<typeof checkLimits>[1]) => refused(() => checkLimits(PLACE, limits));

  test.each([{}, { mostPackages: 0 }, { mostPackages: 10_000 }, { licences: ['MIT', 'Apache-2.0', 'GPL-2.0+'] }, { exceptions: [{ name: 'sharp', reason: 'looked at by the shop team' }] }])('%j are taken', (limits) => {
    expect(check(limits)).toBeUndefined();
  });

  test.each([
    [{ mostPackages: -1 }, "'dependencyLimits.mostPackages' must be a whole number between 0 and 10000, got -1; leave it out to take any number [DependencyLimits.MostPackages, at 'Shop/Orders']"],
    [{ mostPackages: 10_001 }, "'dependencyLimits.mostPackages' must be a whole number between 0 and 10000, got 10001; leave it out to take any number [DependencyLimits.MostPackages, at 'Shop/Orders']"],
    [{ licences: [] }, "'dependencyLimits.licences' must name licences as SPDX does, one each, got []; write ['MIT', 'Apache-2.0'] [DependencyLimits.Licences, at 'Shop/Orders']"],
    [{ licences: ['MIT', 'MIT OR ISC'] }, "'dependencyLimits.licences' must name licences as SPDX does, one each, got \"MIT OR ISC\"; write ['MIT', 'Apache-2.0'] [DependencyLimits.Licences, at 'Shop/Orders']"],
    [{ licences: ['(MIT'] }, "'dependencyLimits.licences' must name licences as SPDX does, one each, got \"(MIT\"; write ['MIT', 'Apache-2.0'] [DependencyLimits.Licences, at 'Shop/Orders']"],
    [{ exceptions: [{ name: 'sharp', reason: 'tbd' }] }, "'dependencyLimits.exceptions (sharp)' must be a sentence of at least 12 characters that a reviewer can judge, got \"tbd\"; "
      + "say who looked at the package, and what for [DependencyLimits.Reason, at 'Shop/Orders']"],
  ])('fail: %j', (limits, message) => {
    expect(check(limits)).toBe(message);
  });
});

describe('A value that tokens are in', () => {
  const stack = new Stack();
  const parameter = (noEcho: boolean) => new CfnParameter(stack, `P${noEcho}`, { noEcho });

  test.each<[string, string, string, string | undefined]>([
    ['a text', 'DB_PASSWORD', 'tree', 'a password'],
    ['a secret value', 'X', SecretValue.unsafePlainText('x').unsafeUnwrap(), undefined],
    ['a secret of Secrets Manager', 'X', SecretValue.secretsManager('db').unsafeUnwrap(), 'a reference that CloudFormation replaces by a secret'],
    ['a secret within a text', 'X', `a${SecretValue.secretsManager('db').unsafeUnwrap()}b`, 'a reference that CloudFormation replaces by a secret'],
    ['a parameter that is not shown', 'X', parameter(true).valueAsString, 'a reference that CloudFormation replaces by a secret'],
    ['a parameter that is shown', 'X', parameter(false).valueAsString, undefined],
    ['a value that is made later', 'X', Lazy.string({ produce: () => `AKIA${'A'.repeat(16)}` }), 'an AWS access key id'],
    ['a value that cannot be made yet', 'X', Lazy.string({ produce: () => { throw new Error('too early'); } }), undefined],
  ])('%s', (_, name, value, kind) => {
    expect(secretIn(stack, name, value)).toBe(kind);
  });
});

describe('An acknowledgement', () => {
  const notesOf = (one: Construct) => one.node.metadata
    .filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY).map(({ data }) => data as AcknowledgementData);

  test('stands where CDK looks for it, one note for each construct, without blanks in ids, and says that the library wrote it', () => {
    const one = new Construct(new App(), 'One');
    acknowledge(one, NagPackId.AWS_SOLUTIONS, 'IAM4[Policy::a b c]', 'the first reason');
    acknowledgeRule(one, 'DataRemoval[Deletion Policy]', 'the second reason');
    acknowledgeInPacks(one, AUDIT_PACKS, 'S3Logging', 'the third reason');
    const [note, ...more] = notesOf(one);
    expect([{ ...note }, more]).toEqual([{
      'AwsSolutions::AwsSolutions-IAM4[Policy::a-b-c]': 'the first reason',
      'ServerlessSecurity::DataRemoval[Deletion-Policy]': 'the second reason',
      'HIPAA.Security::HIPAA.Security-S3Logging': 'the third reason',
      'NIST.800.53.R4::NIST.800.53.R4-S3Logging': 'the third reason',
      'NIST.800.53.R5::NIST.800.53.R5-S3Logging': 'the third reason',
      'PCI.DSS.321::PCI.DSS.321-S3Logging': 'the third reason',
      [WRITTEN_BY]: 'library',
    }, []]);
  });

  test('of a wildcard is written when its resource is final, once', () => {
    const app = new App();
    const stack = new Stack(app, 'Shop');
    let name = 'early';
    acknowledgeWildcardResource(stack, Lazy.string({ produce: () => `${stack.stackName}/${name}/*` }), 'a reason of its own');
    name = 'late';
    expect(notesOf(stack)).toStrictEqual([]);
    expect(stack.node.validate()).toStrictEqual([]);
    name = 'too late';
    stack.node.validate();
    expect(notesOf(stack).map((note) => Object.keys(note))).toEqual([['AwsSolutions::AwsSolutions-IAM5[Resource::Shop/late/*]']]);
  });

  test('comes with a waiver, for what the rules find because of it', () => {
    const one = new Construct(new App(), 'One');
    recordWaiver(one, { control: 'SecureTable.removal', reason: 'data of a test run' }, [...DATA_REMOVAL_FINDINGS, ...REMOVAL_POLICY_FINDINGS]);
    expect(Object.entries(notesOf(one)[0])).toEqual([
      'DataRemoval[DeletionPolicy]', 'DataRemoval[UpdateReplacePolicy]', 'RemovalPolicy[DeletionPolicy]', 'RemovalPolicy[UpdateReplacePolicy]',
    ].map((finding) => [`ServerlessSecurity::${finding}`, 'data of a test run']));
    expect(waiversBelow(one)).toEqual([{ constructPath: 'One', control: 'SecureTable.removal', reason: 'data of a test run' }]);
  });
});

describe('What is noted in the tree', () => {
  test('weakened controls are listed where they stand, in tree order', () => {
    const app = new App();
    const shop = new Construct(app, 'Shop');
    const orders = new Construct(shop, 'Orders');
    recordWaiver(orders, { control: 'B', reason: 'second of them' });
    recordWaiver(shop, { control: 'A', reason: 'first of them' });
    orders.node.addMetadata('something else', { control: 'C', reason: 'no waiver' });
    expect(waiversBelow(app)).toEqual([
      { constructPath: 'Shop', control: 'A', reason: 'first of them' },
      { constructPath: 'Shop/Orders', control: 'B', reason: 'second of them' },
    ]);
    expect(waiversBelow(orders)).toHaveLength(1);
  });

  test('trusted accounts hold for the whole app, in the order in which they were named', () => {
    const app = new App();
    const trust = (account: string) => ({ account, name: 'Billing', reason: 'our own account', uses: [AccountUse.DATA] });
    expect(trustsOf(app)).toStrictEqual([]);
    recordTrust(new Construct(app, 'Shop'), trust('111122223333'));
    recordTrust(app, trust('444455556666'));
    expect(trustsOf(new Construct(app, 'Other')).map(({ account }) => account)).toEqual(['111122223333', '444455556666']);
    expect(trustsOf(new App())).toStrictEqual([]);
  });

  test.each<[string, string, unknown, object[]]>([
    ['a warning of this library', 'aws:cdk:warning', 'Look.\nAgain. [ack: cdk-secure-serverless:KeyPolicy]', [{ constructPath: 'A', topic: 'KeyPolicy', message: 'Look.\nAgain.' }]],
    ['as newer versions of CDK write it', 'aws:cdk:warning', 'Look. [ack: Annotation::cdk-secure-serverless:KeyPolicy]', [{ constructPath: 'A', topic: 'KeyPolicy', message: 'Look.' }]],
    ['about one of several', 'aws:cdk:warning', 'Look. [ack: cdk-secure-serverless:KeyPolicy[sns]]', [{ constructPath: 'A', topic: 'KeyPolicy', message: 'Look.' }]],
    ['a warning of CDK', 'aws:cdk:warning', 'Look. [ack: @aws-cdk/aws-lambda:KeyPolicy]', []],
    ['what only mentions one', 'aws:cdk:warning', 'Look. [ack: cdk-secure-serverless:KeyPolicy] and more', []],
    ['an error', 'aws:cdk:error', 'Look. [ack: cdk-secure-serverless:KeyPolicy]', []],
    ['something else', 'aws:cdk:warning', { a: 1 }, []],
  ])('%s', (_, type, data, expected) => {
    expect(uncheckedOf({ constructPath: 'A', type, data })).toEqual(expected);
  });
});
