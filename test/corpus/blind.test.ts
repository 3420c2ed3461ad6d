import { BLIND_SEEDS } from './blind';
import { BlindSeed } from './blind/support';
import { BLIND_FOUR_SEEDS } from './blind-four';
import { BLIND_THREE_SEEDS } from './blind-three';
import { BLIND_TWO_SEEDS } from './blind-two';
import { stacksOf } from './parse';
import { judged, newIn } from '../../scripts/corpus/judged';
import { PATTERNS } from '../../scripts/docs/controls/patterns';
import { Finding } from '../../src/policy/judge';

/**
 * Faults that were written from the list of dangerous patterns alone, without a look at the rules. What is missed stands here, so that a
 * change of the rules that misses more, or less, is seen.
 */
const MISSED = [
  'pattern:G39: members write to the bucket that calls a function', // neither the bucket nor the function is in a template
  'pattern:G90: a quarter of an hour, without a bound', // the mapping of its queue still bounds it
];

/** Rules for forms of a pattern that none of the faults has. */
const FORMS_WITHOUT_A_FAULT = ['pattern:G50: ConnectionTokenTransport', 'pattern:G72: TopicDataProtection'];

/** The first look at the fourth set, as it was written. */
const FIRST_LOOK = {
  missed: [
    'control:§apigw.method-auth: one operation of the document empties the security that all others inherit',
    'control:§apigw.structured-logs: the access log is a line of text that nobody can query',
    'control:§iam.permissions-management: the function behind the API opens the table to others',
    'control:§risk.logging: Firehose says nothing when it fails',
    'control:§s3.public-write: the distribution may write and delete what it serves',
    'control:§sg.egress-open: the functions reach the whole network of the world',
    'control:§waf.logging: what the firewall saw goes to the logs of another firewall alone',
    'pattern:G18: a token of any scope opens the routes',
    'pattern:G24: any endpoint of anybody reaches the private API, since the condition also holds when there is none',
    'pattern:G39: members write to the folder whose objects call the function',
    'pattern:G40: an order that fails is lost: its failure path is a version that nobody calls',
    'pattern:G40: what the alias could not do for the schedule is lost: the failure path is of another qualifier',
    'pattern:G46: the event that tells of a decision starts a decision',
    'pattern:G46: the function of the flow starts the flow, over the table, the pipe and the bus',
    'pattern:G67: answers to members are cached, and who asks is no part of the key',
    'pattern:G87: the code of all functions is unsigned, by Globals',
  ],
  alarms: [
    'A book shelf, as Chalice packages it, with a Swagger 2 body: one security for the document, and none at the operations: OpenStorePath[GET /books]',
    'A book shelf, as Chalice packages it, with a Swagger 2 body: one security for the document, and none at the operations: OpenStorePath[POST /books]',
    'A book shelf, as Chalice packages it, with a Swagger 2 body: one security for the document, and none at the operations: OpenStorePath[GET /books/{isbn}]',
    'A book shelf, as Chalice packages it, with a Swagger 2 body: one security for the document, and none at the operations: RouteAuthorization[GET /books]',
    'A book shelf, as Chalice packages it, with a Swagger 2 body: one security for the document, and none at the operations: RouteAuthorization[POST /books]',
    'A book shelf, as Chalice packages it, with a Swagger 2 body: one security for the document, and none at the operations: RouteAuthorization[GET /books/{isbn}]',
  ],
  errors: [
    'OpenStorePath[GET /bookings]',
    'OpenStorePath[POST /bookings]',
    'OpenStorePath[POST /feedback]',
    'RouteAuthorization[GET /bookings]',
    'RouteAuthorization[POST /bookings]',
    'RouteAuthorization[POST /feedback]',
    'IamResourceWildcard[Resource::*]',
    'FunctionLogGroup',
  ],
};

const SEEDS = [...BLIND_SEEDS, ...BLIND_TWO_SEEDS, ...BLIND_THREE_SEEDS, ...BLIND_FOUR_SEEDS];
const UNTOUCHED = new Map(SEEDS.map((seed) => [seed, judged(seed, stacksOf(seed))]));

type Change = (stacks: ReturnType<typeof stacksOf>) => void;
const ADDED = new Map<Change, Finding[]>();

function addedBy(seed: BlindSeed, change: Change): Finding[] {
  const added = ADDED.get(change) ?? judgeAgain(seed, change);
  ADDED.set(change, added);
  return added;
}

function judgeAgain(seed: BlindSeed, change: Change): Finding[] {
  const stacks = stacksOf(seed);
  change(stacks);
  return newIn(UNTOUCHED.get(seed)!, judged(seed, stacks)).map(([, finding]) => finding);
}

test('faults in templates of many styles are caught, each by a decided finding', () => {
  const missed = SEEDS.flatMap((seed) => seed.mutants
    .filter(({ change }) => addedBy(seed, change).every(({ undecided }) => undecided))
    .map(({ rule, name }) => `${rule}: ${name}`));
  expect(missed.sort()).toEqual([...MISSED, ...FIRST_LOOK.missed].sort());
});

test('each rule that is said to answer a pattern objects to a fault of that pattern', () => {
  const said = new Set(SEEDS.flatMap((seed) => seed.mutants.flatMap(({ rule, change }) => (
    addedBy(seed, change).filter(({ undecided }) => !undecided).map((finding) => `${rule}: ${finding.rule.id}`)))));
  const silent = Object.entries(PATTERNS).flatMap(([id, { rules }]) => rules.map((rule) => `pattern:${id}: ${rule}`).filter((one) => !said.has(one)));
  expect(silent).toEqual(FORMS_WITHOUT_A_FAULT);
});

test('safe changes that look like faults are no errors', () => {
  const alarms = SEEDS.flatMap((seed) => seed.variants.flatMap(({ name, change }) => (
    addedBy(seed, change).filter(({ severity }) => severity === 'error').map(({ id }) => `${seed.name}: ${name}: ${id}`))));
  expect(alarms).toEqual(FIRST_LOOK.alarms);
});

test('the safe templates themselves have no errors', () => {
  const errors = SEEDS.flatMap((seed) => [...UNTOUCHED.get(seed)!.values()].filter(({ severity }) => severity === 'error').map(({ id }) => id));
  expect(errors).toEqual(FIRST_LOOK.errors);
});

test('every pattern is tried, most of them several times', () => {
  const patterns = new Set(SEEDS.flatMap(({ mutants }) => mutants.map(({ rule }) => rule)).filter((rule) => rule.startsWith('pattern:')));
  expect(patterns.size).toBe(90);
});
