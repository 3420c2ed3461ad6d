import { BLIND_ROUNDS } from './rounds';
import { BlindSeed } from './support';
import { judged, newIn } from '../../../scripts/corpus/judged';
import { PATTERNS } from '../../../scripts/docs/controls/patterns';
import { Finding } from '../../../src/policy/finding';
import { stacksOf } from '../parse';

/**
 * Faults that were written from the list of dangerous patterns alone, without a look at the rules. What is missed stands here, so that a
 * change of the rules that misses more, or less, is seen.
 */
const MISSED = [
  'control:§apigw.structured-logs: who called is a line that no machine reads', // the common log format, which is read by machines
  'control:§cf.geo: all countries are served', // countries are asked for in the regulated profile
  'control:§iam.trust-public: each role of the account takes the role of a tenant', // the account decides that by its policies
  'control:§risk.flow: the key of the payments is of another account', // the app tells nowhere which account is its own
  'control:§risk.xss: a function at the edge tells what is in a cookie', // code is not read
  'control:§s3.access-point: the access point may be opened to all', // it is bound to a network, for ever
  'control:§s3.sse: the stream writes what is raw in the clear', // the bucket encrypts what it is given without a word
  'control:§sg.egress-open: functions go anywhere, by the mapping', // nor does one out of this network
  'control:§sg.egress-open: functions talk to the world on one port', // no route leads out of the network
  'pattern:G29: any API of anybody writes logs with the role', // the role of an account, as CDK writes it; the service lets no other account pass it
  'pattern:G36: the source of menus decrypts by itself', // AppSync has the role, and no code that somebody might take over
  'pattern:G45: what is lost may be left by queues of strangers', // SQS moves messages within one account only
  'pattern:G55: cars cross without an end at once', // inline, Step Functions runs forty at most
  'pattern:G66: the distribution asks the origin in the clear', // it asks as it is asked, and takes HTTPS alone
  'pattern:G72: what the turner tells is not hidden', // Secrets Manager alone calls it, and nobody of the outside
  'pattern:G74: what is raw flows to a bucket of strangers', // the name of a bucket tells no account
  'pattern:G79: the door to keys is for each account of anybody', // no data leaves by being decrypted
  'pattern:G84: another sign-in says which role somebody has', // that is what a directory of a company is for
  'pattern:G87: the code of all functions is unsigned, by Globals', // an app in which nobody signs is not told that one function does not
  'pattern:G90: a page is rendered for five minutes', // the answer is streamed, and the bound of its executions holds
  'pattern:G90: a quarter of an hour, without a bound', // the mapping of its queue still bounds it
];

/** Rules for forms of a pattern that none of the faults has. */
const FORMS_WITHOUT_A_FAULT = ['pattern:G72: TopicDataProtection'];

const SEEDS = Object.values(BLIND_ROUNDS).flat();
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
  expect(missed.sort()).toEqual(MISSED);
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
  expect(alarms).toStrictEqual([]);
});

test('the safe templates themselves have no errors', () => {
  const errors = SEEDS.flatMap((seed) => [...UNTOUCHED.get(seed)!.values()].filter(({ severity }) => severity === 'error').map(({ id }) => id));
  expect(errors).toStrictEqual([]);
});

test('every pattern is tried, most of them several times', () => {
  const patterns = new Set(SEEDS.flatMap(({ mutants }) => mutants.map(({ rule }) => rule)).filter((rule) => rule.startsWith('pattern:')));
  expect(patterns.size).toBe(90);
});
