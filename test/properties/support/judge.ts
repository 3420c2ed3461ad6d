import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'fs';
import { tmpdir } from 'os';
import { join } from 'path';
import { IPolicyValidationPlugin, Validations } from 'aws-cdk-lib';
import { build, Sample } from './sample';
import { RuleSetting } from '../../../src/app/rule-setting';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { ConfigurationError } from '../../../src/core/configuration-error';
import { ALL_NAG_PACKS, PRODUCTION_PACKS } from '../../support/apps';

/** A sample stands alone: nothing calls its function, and no code uses the rights. */
const ALONE = [
  RuleSetting.off('FunctionUnused', 'samples show constructs alone, without what would call them'),
  RuleSetting.off('GrantWithoutUse', 'samples show verbs alone, without code that uses the rights'),
  RuleSetting.off('AlarmAction', 'nobody subscribes to the alarm topic of a sample'),
];

/** Our pack warns of what its author weakened with a reason; whatever cdk-nag says must be explained, warnings included. */
const OURS = new ServerlessSecurityChecks().name;

/** What CDK deploys for `addEventNotification`, as its documentation says. */
const OF_CDK = /\/BucketNotificationsHandler[0-9a-f]{32}\//;

/** What our own rules say of a call that asks for just that: the app is refused, as it should be, by the rule and not by the construct. */
const ASKED_FOR: readonly (readonly [rule: RegExp, isCall: (written: string, finding: RegExpExecArray) => boolean])[] = [
  [/^KeyControlRights\b/, (written) => /\.grantAdmin\(|administrators: /.test(written)], // whoever manages a key may end it: a function should not
  // a route that takes bodies of any kind: `body` is its author's to write, and only for this very route
  [/^RouteValidation\[(?:PATCH|POST|PUT) (\S+)\]/, (written, [finding, path]) => (
    written.split('\n').some((call) => call.includes(`.addRoute("${/\w+(?= )/.exec(finding)![0]}", "${path}", `) && !call.includes('body: ')))],
];

/** Numbers of tokens, which count up from app to app. */
const TOKENS = /-1\.88\d+e\+289|\$\{Token\[[^\]]*\]\}/g;

export interface Verdict {
  /** What is wrong with the sample: empty when it is good. */
  readonly faults: readonly string[];
  /** Why the construct was not made, when it was not. */
  readonly refusal?: string;
  /** What the app says of what was found. */
  readonly acknowledged: readonly string[];
}

/** Judges one sample: it is refused in the words of the house, or comes out safe, and the same each time. */
export function judge(sample: Sample): Verdict {
  const first = synthesized(sample, false);
  const flagged = synthesized(sample, true);
  if ('error' in first || 'error' in flagged) {
    const [without, with_] = [first, flagged].map((one) => ('error' in one ? one.error.message.replace(TOKENS, '<token>') : undefined));
    const faults = [first, flagged].flatMap((one) => ('error' in one ? faultsOfError(one.error) : []));
    if (without !== with_) faults.push(`feature flags decide whether it is refused: ${without} / ${with_}`);
    return { faults: [...new Set(faults)], refusal: without ?? with_, acknowledged: [] };
  }
  const faults = [
    ...first.unexplained.filter((finding) => !isAskedFor(finding, `${sample.props}${sample.steps}`)),
    ...difference('a second synth', first.templates, first.again),
    ...difference('the recommended feature flags', first.templates, flagged.templates),
  ];
  return { faults, acknowledged: first.acknowledged };
}

function isAskedFor(finding: string, written: string): boolean {
  return ASKED_FOR.some(([rule, isCall]) => {
    const found = rule.exec(finding);
    return found !== null && isCall(written, found);
  });
}

interface Synthesis {
  readonly templates: string;
  readonly again: string;
  readonly unexplained: readonly string[];
  readonly acknowledged: readonly string[];
}

function synthesized(sample: Sample, flagged: boolean): Synthesis | { readonly error: Error } {
  const outdir = mkdtempSync(join(tmpdir(), 'sample-'));
  try {
    const app = build(sample, flagged, outdir);
    const templates = templatesOf(app.synth().directory);
    if (flagged) return { templates, again: templates, unexplained: [], acknowledged: [] };
    const nags = sample.profile === 'regulated' ? ALL_NAG_PACKS() : PRODUCTION_PACKS();
    const packs: IPolicyValidationPlugin[] = [...nags, new ServerlessSecurityChecks(undefined, { rules: ALONE })];
    Validations.of(app).addPlugins(...packs);
    const { directory } = app.synth({ force: true });
    return { templates, again: templatesOf(directory), ...findingsIn(directory, packs.map(({ name }) => name)) };
  } catch (error) {
    return { error: error as Error };
  } finally {
    rmSync(outdir, { recursive: true, force: true }); // also of what was refused half-way: thousands of samples fill a disk
  }
}

/** All templates of an assembly, those of nested stacks and stages included. */
export function templatesOf(directory: string): string {
  const files = (readdirSync(directory, { recursive: true }) as string[]).filter((file) => file.endsWith('.template.json')).sort();
  return files.map((file) => `${file}\n${readFileSync(join(directory, file), 'utf8')}`
    .replace(/[0-9a-f]{64}/g, '<hash of a template>').replace(/(CurrentVersion[0-9A-F]{8})[0-9a-f]{32}/g, '$1<hash of a version>')).join('\n');
}

interface ReportedViolation {
  readonly ruleName: string;
  readonly severity?: string;
  readonly reason?: string;
  readonly violatingConstructs: { readonly constructPath: string }[];
}

function findingsIn(directory: string, packs: readonly string[]): Pick<Synthesis, 'unexplained' | 'acknowledged'> {
  const { pluginReports } = JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as {
    pluginReports: { pluginName: string; violations?: ReportedViolation[]; suppressedViolations?: ReportedViolation[] }[];
  };
  const judged = pluginReports.filter(({ pluginName }) => packs.includes(pluginName));
  const open = judged.flatMap(({ pluginName, violations = [] }) => violations.filter(({ severity }) => (
    pluginName === OURS ? severity !== 'warning' && severity !== 'info' : true)));
  const closed = judged.flatMap(({ suppressedViolations = [] }) => suppressedViolations);
  return {
    unexplained: open.flatMap(({ ruleName, violatingConstructs }) => violatingConstructs
      .filter(({ constructPath }) => !OF_CDK.test(constructPath))
      .map(({ constructPath }) => `${ruleName} at ${constructPath}`)),
    acknowledged: closed.map(({ ruleName, reason }) => `${ruleName}: ${reason}`),
  };
}

/** What CDK may refuse in its own words, by the name of its error or the start of its message, and why no construct of ours can say it first. */
const CDK_REFUSALS: readonly (readonly [string, string])[] = [
  ['There is already a Construct with name', 'two constructs of a scope have one id, which the base of all constructs finds, and tells the place'],
  ['SubscriptionAlreadyExistsUnder', 'the same, of what subscribes to a topic: its id is its address'],
  ['MustBeLessThanEqual', 'Capacity.autoscaled() of CDK looks at its own arguments before any table has them'],
];

/** All of what a refusal says: the prop, its limit, perhaps the value, the way out, the code and the place, which lies in the stack of the sample. */
const REFUSAL = /^'\S.*?' must\b[\s\S]*; \S[\s\S]* \[\w+\.\w+, at '(Shop|Prod\/Shop)[^\n]*'\]$/;

/** What is wrong with an error: nothing when it is one of the house, with everything that it must say. */
function faultsOfError(error: Error): string[] {
  if (error.name === 'ConfigurationError') {
    const { code, constructPath } = error as ConfigurationError;
    return REFUSAL.test(error.message) && error.message.endsWith(`[${code}, at '${constructPath}']`) ? [] : [`an error that does not say all: ${error.message}`];
  }
  const late = /^Validation failed with the following errors:\n([\s\S]*)/.exec(error.message);
  if (late !== null) return late[1].split(/\n(?= *\[)/).filter((line) => !/\[\w+\.\w+(, at '.*')?\]\s*$/.test(line)).map((line) => `a late error without a code: ${line}`);
  if (CDK_REFUSALS.some(([start]) => error.name === start || error.message.startsWith(start))) return [];
  return [`not an error of the house: ${error.name}: ${error.message}\n${error.stack?.split('\n').filter((line) => /src\/|properties/.test(line)).slice(0, 6).join('\n')}`];
}

function difference(cause: string, one: string, other: string): string[] {
  if (one === other) return [];
  const [left, right] = [one.split('\n'), other.split('\n')];
  const line = left.findIndex((text, index) => text !== right[index]);
  return [`${cause} changes the template, at line ${line + 1}: ${left[line]} / ${right[line]}`];
}
