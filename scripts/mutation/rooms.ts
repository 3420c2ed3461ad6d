import { readdirSync } from 'fs';
import { join } from 'path';

/** Sources that are changed together, and the tests that may notice. */
export interface MutationPart {
  readonly sources: readonly string[];
  readonly tests: readonly string[];
}

export interface MutationRoom {
  readonly name: string;
  readonly parts: readonly MutationPart[];
}

const ROOT = join(__dirname, '..', '..');

/** Written by scripts: they are data of AWS, and their tests are those of the scripts. */
const GENERATED = /\.generated\.ts$|\/(service-actions|action-table)s?\.ts$/;

/**
 * The guards: what refuses bad input, and what closes a way around a control. By name, the files of the slices that only check; and by hand, those
 * of the core and of some slices that do the same under the name of what they guard.
 */
const GUARD = /^(?!.*\/hardening\/).*-(checks?|guard|validation)\.ts$/;

const GUARDS_BY_HAND = [
  'src/api/access/invoke-permissions.ts', // permissions that CDK would give wider
  'src/containment/protected.ts', // what containment must never touch
  'src/core/exceptions/acknowledgement.ts', 'src/core/exceptions/calendar.ts', 'src/core/checks.ts', 'src/core/configuration-error.ts', 'src/core/keys/data-key-check.ts',
  'src/core/third-party/dependency-limits.ts',
  'src/core/exceptions/overrides.ts', // raw overrides of properties that a control set
  'src/core/secrets/secret-findings.ts', 'src/core/secrets/secret-in-value.ts', 'src/core/third-party/trusted-account.ts', 'src/core/exceptions/unchecked.ts', 'src/core/exceptions/waiver.ts',
  'src/function/invocation/invoke-permission.ts', // permissions that CDK would give wider
  'src/messaging/policy-statements.ts', // statements that would open a queue or a topic
  'src/network/access/closed-security-group.ts', // rules that would open the network
];

/**
 * Tests that are left out: those that measure time, whose answer depends on the machine; those that try random templates for seconds, since a room
 * has thousands of mutants; those that look for their own file in a stack trace, since here all tests are in one file; and those that load whatever
 * files there are, which would not be the mutated ones.
 * Leaving tests out can only lower a score.
 */
export const LEFT_OUT = [
  'test/model/robustness.test.ts', 'test/policy/own-constructs.test.ts', 'test/model/model.test.ts Any template',
  'test/alarms/plain-alarm.test.ts where an alarm was made', 'test/secrets/secure-data-key.test.ts',
];

const below = (folder: string): string[] => readdirSync(join(ROOT, folder), { recursive: true, encoding: 'utf8' })
  .map((file) => `${folder}/${file}`).filter((file) => file.endsWith('.ts') && !GENERATED.test(file)).sort();

const testsIn = (...folders: string[]): string[] => folders.flatMap(below)
  .filter((file) => file.endsWith('.test.ts') && !/self-audit|properties/.test(file) && !LEFT_OUT.includes(file));

const POLICY_TESTS = [...testsIn('test/model', 'test/policy'), 'test/app/security-exceptions.test.ts', 'test/app/template-audit.test.ts'];

/** What rules on rights are made of, and what templates show of them; the rest of the room gives rights, or mends those of others. */
const JUDGES_RIGHTS = /(-rules|-baseline|action-patterns|resource-wildcard|statement-binding)\.ts$/;

/** Those that ask single files; whole apps come to the same in test/rights and test/hardening, and take seconds for each mutant. */
const RIGHTS_TESTS = ['documents', 'granting', 'patterns', 'rights-document', 'roles', 'service-role', 'statement-binding', 'wildcards']
  .map((name) => `test/iam/${name}.test.ts`);

/** What the library refuses in the place of CDK and of AWS, slice by slice. */
const IN_PLACE_TESTS = ['test/properties/in-place-of-aws.test.ts', 'test/properties/in-place-of-cdk.test.ts'];

/** The tests of a slice's guards stand in the folder of the slice, and some where all slices are looked at. */
function guardsOf(slice: string): MutationPart {
  const sources = below(`src/${slice}`).filter((file) => GUARD.test(file) || GUARDS_BY_HAND.includes(file));
  return { sources, tests: [...testsIn(`test/${slice}`), ...IN_PLACE_TESTS] };
}

const CORE: MutationPart = {
  sources: GUARDS_BY_HAND.filter((file) => file.startsWith('src/core/')),
  tests: [...testsIn('test/core', 'test/function', 'test/secrets'), ...['exceptions/exceptions', 'rules/secret-rules'].map((name) => `test/policy/${name}.test.ts`), ...testsIn('test/app'), ...IN_PLACE_TESTS],
};

const GUARDED_SLICES = [
  'alarms', 'api', 'app', 'containment', 'data-protection', 'database', 'detection', 'edge', 'function', 'identity', 'integration', 'logging', 'messaging', 'network', 'secrets',
  'storage', 'third-party', 'websocket-api', 'workflow',
];

export const MUTATION_ROOMS: readonly MutationRoom[] = [
  { name: 'policy', parts: [{ sources: [...below('src/model'), ...below('src/policy')], tests: POLICY_TESTS }] },
  {
    name: 'iam',
    parts: [
      { sources: below('src/iam').filter((file) => JUDGES_RIGHTS.test(file)), tests: [...POLICY_TESTS, ...testsIn('test/iam')] },
      { sources: below('src/iam').filter((file) => !JUDGES_RIGHTS.test(file)), tests: RIGHTS_TESTS },
    ],
  },
  { name: 'guards', parts: [CORE, ...GUARDED_SLICES.map(guardsOf)] },
];

/** Some files, with the tests of their rooms. */
export function roomOfFiles(files: readonly string[]): MutationRoom {
  const parts = MUTATION_ROOMS.flatMap((room) => room.parts)
    .map(({ sources, tests }) => ({ sources: sources.filter((file) => files.includes(file)), tests }));
  const missing = files.filter((file) => !parts.some(({ sources }) => sources.includes(file)));
  if (missing.length > 0) throw new Error(`no room has ${missing.join(', ')}: see scripts/mutation/rooms.ts`);
  return { name: 'files', parts: parts.filter(({ sources }) => sources.length > 0) };
}
