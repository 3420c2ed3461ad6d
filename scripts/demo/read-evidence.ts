import { existsSync, readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { EntryPoint, Evidence, Finding, Layer } from './evidence';

/** The parts of `security/report.json` that are shown. */
interface Report {
  readonly profile: string;
  readonly entryPoints: readonly {
    readonly kind: string;
    readonly at: string;
    readonly method?: string;
    readonly path?: string;
    readonly preflight?: boolean;
    readonly layers: { readonly [layer: string]: string | boolean | null };
  }[];
  readonly exceptions: readonly { readonly kind: string; readonly control: string; readonly reason: string; readonly at: string }[];
}

/** The parts of CDK's `validation-report.json` that are shown. */
interface Validation {
  readonly pluginReports: readonly {
    readonly pluginName: string;
    readonly violations?: readonly Violation[];
    readonly suppressedViolations?: readonly Violation[];
  }[];
}

interface Violation {
  readonly ruleName: string;
  readonly description: string;
  readonly suggestedFix?: string;
  readonly severity?: string;
  readonly ruleMetadata?: { readonly severity?: string };
  readonly reason?: string;
  readonly violatingConstructs: readonly { readonly constructPath?: string }[];
}

const REPORT = 'security/report.json';
const VALIDATION = 'validation-report.json';

/** CDK's own template checks: they never fail a synth. */
const BUILT_IN = 'CloudFormation-Validate';

const LAYERS: readonly (readonly [key: string, heading: string])[] = [
  ['authorization', 'Authorization'],
  ['validation', 'Validation'],
  ['throttle', 'Throttle'],
  ['webAcl', 'Web ACL'],
  ['logging', 'Access log'],
  ['leastPrivilege', 'Least privilege'],
];

const INVENTORY: readonly (readonly [types: readonly string[], singular: string, plural: string])[] = [
  [['AWS::Lambda::Function'], 'function', 'functions'],
  [['AWS::ApiGateway::RestApi'], 'REST API', 'REST APIs'],
  [['AWS::ApiGatewayV2::Api'], 'HTTP or WebSocket API', 'HTTP and WebSocket APIs'],
  [['AWS::CloudFront::Distribution'], 'distribution', 'distributions'],
  [['AWS::S3::Bucket'], 'bucket', 'buckets'],
  [['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'], 'table', 'tables'],
  [['AWS::SQS::Queue'], 'queue', 'queues'],
  [['AWS::SNS::Topic'], 'topic', 'topics'],
  [['AWS::Events::EventBus'], 'event bus', 'event buses'],
  [['AWS::Pipes::Pipe'], 'pipe', 'pipes'],
  [['AWS::StepFunctions::StateMachine'], 'state machine', 'state machines'],
  [['AWS::Scheduler::Schedule'], 'schedule', 'schedules'],
  [['AWS::SecretsManager::Secret'], 'secret', 'secrets'],
  [['AWS::Cognito::UserPool'], 'user pool', 'user pools'],
  [['AWS::WAFv2::WebACL'], 'web ACL', 'web ACLs'],
  [['AWS::KMS::Key'], 'key', 'keys'],
  [['AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'], 'alarm', 'alarms'],
];

/** Reads what a synth wrote; undefined when it never came to a judgement. */
export function readEvidence(assembly: string, shownAs: string): Evidence | undefined {
  if (!existsSync(join(assembly, REPORT)) || !existsSync(join(assembly, VALIDATION))) return undefined;
  const report = readJson<Report>(assembly, REPORT);
  const plugins = readJson<Validation>(assembly, VALIDATION).pluginReports.filter(({ pluginName }) => pluginName !== BUILT_IN);
  const nameOf = namesIn(assembly);
  const collect = (kind: 'violations' | 'suppressedViolations') => (
    plugins.flatMap((plugin) => (plugin[kind] ?? []).flatMap((violation) => findingsOf(plugin.pluginName, violation, nameOf))));
  const findings = collect('violations');
  return {
    passed: findings.every(({ severity }) => severity === 'warning' || severity === 'info'),
    profile: report.profile,
    inventory: inventoryOf(assembly),
    entryPoints: report.entryPoints.filter((entry) => entry.preflight !== true).map((entry) => entryPointOf(entry, nameOf)),
    findings,
    acknowledged: collect('suppressedViolations'),
    exceptions: report.exceptions.filter(({ kind }) => kind === 'construct' || kind === 'rule').filter(({ control }) => !control.includes('::'))
      .map(({ control, reason, at }) => ({ control, reason, place: nameOf(at) })),
    files: [
      [`${shownAs}/${REPORT}`, 'entry points, layers, rights, exceptions'],
      [`${shownAs}/${VALIDATION}`, 'every finding, with the place in the code'],
    ],
  };
}

type NameOf = (constructPath: string) => string;

/** Construct paths without the part that every L2 has, and without the stack where there is only one. */
function namesIn(assembly: string): NameOf {
  const stacks = templatesIn(assembly).filter((file) => !file.endsWith('.nested.template.json')).map((file) => file.replace('.template.json', '/'));
  return (path) => {
    const name = path.replace(/\/(Resource|Default)$/, '');
    return stacks.length === 1 && name.startsWith(stacks[0]) ? name.slice(stacks[0].length) : name;
  };
}

function findingsOf(pack: string, violation: Violation, nameOf: NameOf): Finding[] {
  const { ruleName: rule, description: message, suggestedFix: wayOut, severity = 'error', ruleMetadata, reason } = violation;
  return violation.violatingConstructs.map(({ constructPath = '' }) => (
    { pack, rule, severity, rank: ruleMetadata?.severity, message, wayOut, reason, place: nameOf(constructPath) }));
}

function entryPointOf(entry: Report['entryPoints'][number], nameOf: NameOf): EntryPoint {
  const name = entry.path === undefined ? `${entry.kind.replace('-', ' ')} ${nameOf(entry.at)}` : `${entry.method ?? ''} ${entry.path}`.trim();
  return { name, layers: LAYERS.filter(([key]) => key in entry.layers).map(([key, heading]) => layerOf(heading, entry.layers[key])) };
}

function layerOf(name: string, value: string | boolean | null): Layer {
  if (typeof value !== 'string') return { name, present: value };
  return { name, present: !['none', 'unknown'].includes(value), detail: value.replace('-', ' ') };
}

/** Counted in the templates themselves, nested stacks and stages included. */
function inventoryOf(assembly: string): string[] {
  const types = templatesIn(assembly)
    .flatMap((file) => Object.values(readJson<{ Resources?: Record<string, { Type: string }> }>(assembly, file).Resources ?? {}))
    .map((resource) => resource.Type);
  const counts = INVENTORY.map(([kind, singular, plural]) => ({ number: types.filter((one) => kind.includes(one)).length, singular, plural }));
  return [
    ...counts.filter(({ number }) => number > 0).map(({ number, singular, plural }) => `${number} ${number === 1 ? singular : plural}`),
    `${types.length} resources in all`,
  ];
}

function templatesIn(assembly: string): string[] {
  return (readdirSync(assembly, { recursive: true }) as string[]).filter((file) => file.endsWith('.template.json'));
}

function readJson<T>(assembly: string, file: string): T {
  return JSON.parse(readFileSync(join(assembly, file), 'utf8')) as T;
}
