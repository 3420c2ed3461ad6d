import { CfnParameter, Duration, Fn, Lazy, RemovalPolicy, Size, Stack } from 'aws-cdk-lib';
import { IGrantable, IManagedPolicy, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { CustomDataIdentifier, DataIdentifier, RetentionDays } from 'aws-cdk-lib/aws-logs';
import * as fc from 'fast-check';
import { GRANTEES, Kit, NOBODY, OPEN_STATEMENTS, STATEMENTS } from './kit';
import { any, call, illegal, lawful, list, made, mostly, needs, oneOf, plain, Recipe, struct, Values } from './recipe';
import { AlarmSetting, AlarmTuning } from '../../../src/alarms/alarm-setting';
import { CountryOptions, DataClassification } from '../../../src/classification/data-classification';
import { LogMasking } from '../../../src/logging/log-masking';

function parameter(stack: Stack, id: string): CfnParameter {
  return new CfnParameter(stack, id, { type: id.includes('Number') ? 'Number' : 'String', default: '7' });
}

export const flag = oneOf(true, false);

export const numberToken: Values<number> = any(
  made('Lazy.number(7)', () => Lazy.number({ produce: () => 7 })),
  made('aParameter.valueAsNumber', (kit) => kit.part('NumberParameter', parameter).valueAsNumber),
);

export const textToken: Values<string> = any(
  made("Lazy.string('late')", () => Lazy.string({ produce: () => 'late' })),
  made('aParameter.valueAsString', (kit) => kit.part('Parameter', parameter).valueAsString),
  made("Fn.importValue('other')", () => Fn.importValue('other')),
);

/** Whole numbers of a range, its borders often, and what lies beyond them. */
export function numbers(min: number, max: number): Values<number> {
  return mostly(plain(fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max }))), oneOf(min - 1, max + 1, -1, 0, 0.5, NaN, Infinity),
    numberToken);
}

const TIME_UNITS = { millis: Duration.millis, seconds: Duration.seconds, minutes: Duration.minutes, hours: Duration.hours, days: Duration.days };

type TimeUnit = keyof typeof TIME_UNITS;

function duration(unit: TimeUnit, amount: Values<number>): Values<Duration> {
  return call(`Duration.${unit}`, TIME_UNITS[unit], amount);
}

/** Times of a range in one unit, and what lies beyond it: also what cannot be said in whole seconds. */
export function durations(unit: TimeUnit, min: number, max: number): Values<Duration> {
  return mostly(
    duration(unit, plain(fc.oneof(fc.constantFrom(min, max), fc.integer({ min, max })))),
    duration(unit, oneOf(min - 1, max + 1, 0).filter(({ text }) => !text.startsWith('-'))),
    duration('millis', oneOf(0, 1, 1500)),
    duration('days', oneOf(36_500, 1_000_000)),
    duration(unit === 'seconds' ? 'minutes' : 'seconds', numberToken),
    duration(unit, numberToken),
  );
}

export function sizes(minKibibytes: number, maxKibibytes: number): Values<Size> {
  return mostly(
    call('Size.kibibytes', Size.kibibytes, plain(fc.oneof(fc.constantFrom(minKibibytes, maxKibibytes), fc.integer({ min: minKibibytes, max: maxKibibytes })))),
    call('Size.bytes', Size.bytes, oneOf(0, 1, 1500)),
    call('Size.tebibytes', Size.tebibytes, oneOf(1, 100)),
    call('Size.kibibytes', Size.kibibytes, numberToken),
    call('Size.bytes', Size.bytes, numberToken),
  );
}

/** Names as an author would write them, and such as nobody should. */
export function names(...legal: string[]): Values<string> {
  return mostly(oneOf(...legal), oneOf('', ' ', 'a/b', 'größe', 'a'.repeat(300), '*', 'x y', "'", '${AWS::Region}', '{{resolve:ssm:x}}', '__proto__'), textToken);
}

/** Free text. */
export const texts = mostly(oneOf('what it is for', 'über alles', 'a "quoted" <b>text</b>', '${AWS::AccountId}'), oneOf('', 'x'.repeat(3000), 'line\nbreak', '\u0000'), textToken);

/** Why a control is weakened. */
export const reasons = mostly(oneOf('the partner wants it so, ticket 1234', 'measured in May: not worth what it costs'), oneOf('', 'todo', '            ', 'because'), textToken);

const tuning: Values<AlarmTuning> = lawful(struct<AlarmTuning>({
  period: mostly(call('Duration.minutes', Duration.minutes, oneOf(1, 5, 60)), durations('seconds', 10, 30), call('Duration.seconds', Duration.seconds, oneOf(15, 61))),
  evaluationPeriods: numbers(3, 5),
  datapointsToAlarm: numbers(1, 3),
}), needs('datapointsToAlarm', 'evaluationPeriods'));

export const alarm: Values<AlarmSetting> = any(
  call('AlarmSetting.off', AlarmSetting.off, reasons),
  call('AlarmSetting.threshold', AlarmSetting.threshold, mostly(oneOf(0, 1, 5, 0.5), oneOf(-1, NaN, Infinity), numberToken), tuning),
);

const countries: Values<CountryOptions> = struct<CountryOptions>({ countries: list(mostly(oneOf('DE', 'FR', 'US', 'GB'), oneOf('XX', 'de', '', '__proto__')), { minLength: 1, maxLength: 3 }) });
const identifierNames = mostly(oneOf('EmployeeId', 'Customer_1'), oneOf('', 'a b', 'x'.repeat(200)), textToken);
const patterns = mostly(oneOf('EMP-[0-9]{6}', '[a-z]+'), oneOf('', '(', 'x'.repeat(500)), textToken);

export const identifiers: Values<DataIdentifier> = any(
  made('DataIdentifier.IPADDRESS', () => DataIdentifier.IPADDRESS),
  call('new CustomDataIdentifier', (name: string, regex: string) => new CustomDataIdentifier(name, regex), identifierNames, patterns),
);

export const classification: Values<DataClassification> = fc.letrec<{ one: Recipe<DataClassification>; all: Recipe<DataClassification> }>((tie) => ({
  one: any<DataClassification>(
    call('DataClassification.credentials', DataClassification.credentials),
    call('DataClassification.personal', DataClassification.personal, countries),
    call('DataClassification.financial', DataClassification.financial, countries),
    call('DataClassification.health', DataClassification.health, countries),
    call('DataClassification.custom', DataClassification.custom, identifierNames, patterns),
    call('DataClassification.identified', DataClassification.identified, identifierNames, identifiers),
  ),
  all: fc.oneof({ depthSize: 'small' }, tie('one'), call('plus', (a: DataClassification, b: DataClassification) => a.plus(b), tie('one'), tie('all'))),
})).all;

export const masking: Values<LogMasking> = any(
  call('LogMasking.standard', LogMasking.standard),
  call('LogMasking.with', LogMasking.with, identifiers),
  call('LogMasking.off', LogMasking.off, reasons),
);

export const retention = oneOf(...Object.values(RetentionDays).filter((value): value is RetentionDays => typeof value === 'number'));

export const key: Values<IKey> = mostly(
  any(made<IKey>('aKey', (kit) => kit.key()), made<IKey>('Key.fromKeyArn()', (kit) => kit.importedKey())),
  made<IKey>('aKeyThatIsDestroyed', (kit) => kit.lostKey()),
  made<IKey>('Key.fromKeyArn(of a partner, in another region)', (kit) => kit.foreignKey()),
);

export const boundary: Values<IManagedPolicy> = made('aBoundary', (kit) => kit.boundary());

const granteesOf = (list_: readonly [string, (kit: Kit) => IGrantable, number][]): Values<IGrantable> => (
  fc.oneof(...list_.map(([name, make, weight]) => ({ arbitrary: made(name, make), weight }))));

export const grantee: Values<IGrantable> = fc.oneof(
  { arbitrary: granteesOf(GRANTEES), weight: 9 }, { arbitrary: illegal(granteesOf(NOBODY)), weight: 1 });

/** Whoever has a role of this account, for rights that other accounts cannot be given. */
export const ownGrantee: Values<IGrantable> = fc.oneof(
  { arbitrary: granteesOf(GRANTEES.slice(0, 4)), weight: 9 }, { arbitrary: illegal(granteesOf([...GRANTEES.slice(4), ...NOBODY])), weight: 1 });

/** A statement for the policy of a resource, made once its ARN is known. */
export const statement: Values<(actions: string[], resource: string) => PolicyStatement> = fc.oneof(
  { arbitrary: any(...STATEMENTS.map(([name, make]) => made(name, () => make))), weight: 3 },
  { arbitrary: illegal(any(...OPEN_STATEMENTS.map(([name, make]) => made(name, () => make)))), weight: 1 },
);

/** Actions with complete names, at least one. */
export function actionNames(legal: readonly string[], ...beyond: string[]): Values<string[]> {
  return mostly(list(mostly(oneOf(...legal), oneOf(...beyond)), { minLength: 1, maxLength: 2 }), oneOf<string[]>([]));
}

export const removalPolicies = mostly(
  oneOf<RemovalPolicy>(RemovalPolicy.RETAIN, RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE), oneOf(RemovalPolicy.DESTROY, RemovalPolicy.SNAPSHOT));

/** Which alarms a construct has is known by their names. */
export function alarms<T extends object>(...settings: (keyof T & string)[]): Values<T> {
  return struct(Object.fromEntries(settings.map((name) => [name, alarm])) as never) as Values<T>;
}

/** Names in a dictionary: mostly legal ones. */
export function keyNames(legal: readonly string[], beyond: readonly string[]): Values<string> {
  return mostly(oneOf(...legal), oneOf(...beyond));
}
