import { IConstruct } from 'constructs';

/** What came of one value that hardening looked at. */
export enum HardeningOutcome {
  /** It was missing, and is there now. */
  SET = 'set',
  /** The author chose an unsafe value; strict hardening replaced it. */
  REPLACED = 'replaced',
  /** The author chose another value than the baseline's; it stays. */
  KEPT = 'kept',
  /** The value is known only at deployment; it stays. */
  UNKNOWN = 'unknown',
  /** Only the author can decide; this is the way. */
  PROPOSED = 'proposed',
  /** It would replace a resource that keeps data, and nobody asked for that by name; or the stack would become too large. */
  WITHHELD = 'withheld',
}

/** What a change does to a stack that runs already. */
export enum ChangeImpact {
  /** CloudFormation updates or adds it without anybody noticing. */
  IN_PLACE = 'in-place',
  /** An update in place, or a new revision, but somebody outside of the template may notice: the note says who. */
  ATTENTION = 'needs-attention',
  /** CloudFormation makes a new resource and deletes the old one. */
  REPLACEMENT = 'replacement',
}

/** One line of the hardening report. */
export interface HardeningChange {
  /** Where, as the path of the construct. */
  readonly at: string;
  readonly resourceType: string;
  /** The property as CloudFormation names it, or what was added beside the resource. */
  readonly property: string;
  /** What was there, as JSON; nothing, if nothing was. */
  readonly before?: string;
  /** What is there now, or what is proposed, as JSON or in words. */
  readonly after?: string;
  /** The rule that asks for it. */
  readonly rule: string;
  readonly outcome: HardeningOutcome;
  readonly impact: ChangeImpact;
  /** What to look after, or what to do. */
  readonly note?: string;
  /** It was not done: the run only shows what would be. */
  readonly dryRun: boolean;
}

const UNKNOWN = Symbol.for('cdk-secure-serverless.hardening-unknown');
const CHANGES = Symbol.for('cdk-secure-serverless.hardening-changes');

type Holder = IConstruct & { [CHANGES]?: HardeningChange[]; [UNKNOWN]?: Map<string, Set<string>> };

/** Notes a change at the root of the app. */
export function recordChange(root: IConstruct, change: HardeningChange): void {
  ((root as Holder)[CHANGES] ??= []).push(change);
}

/** Every change noted in an app; undefined where nobody asked for hardening. */
export function changesOf(root: IConstruct): readonly HardeningChange[] | undefined {
  return (root as Holder)[CHANGES];
}

/** Hardening was asked for: from now on the report says so, even if nothing was to be done. */
export function expectChanges(root: IConstruct): void {
  (root as Holder)[CHANGES] ??= [];
}

/** Notes at the root of the app that nothing is known of a resource, nor of its service. */
export function recordUnknown({ node }: IConstruct, service: string): void {
  const services = (node.root as Holder)[UNKNOWN] ??= new Map();
  services.set(service, (services.get(service) ?? new Set()).add(node.path));
}

/** How many resources of which services nobody looked at, by the name of the service. */
export function unknownServicesOf(root: IConstruct): Readonly<Record<string, number>> {
  const services = [...(root as Holder)[UNKNOWN] ?? []].map(([service, paths]) => [service, paths.size] as const);
  return Object.fromEntries(services.sort(([one], [other]) => (one < other ? -1 : 1)));
}
