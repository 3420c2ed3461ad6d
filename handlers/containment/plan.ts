import { createHash } from 'crypto';
import { blockOf, overlaps } from './addresses';
import { bucketArn, functionArn, roleName, stagesOf } from './arns';
import { Cause, Target, TargetKind } from './containment';
import { Settings } from './settings';
import { Finding, FindingResource, SEVERITIES } from '../common/finding';

/** Why something that a finding names is left alone. */
export type Refusal = 'self' | 'never' | 'foreign' | 'unreadable' | 'temporary-key' | 'no-address' | 'too-many';

export interface Plan {
  readonly targets: readonly Target[];
  readonly refused: readonly { readonly kind: string; readonly id: string; readonly refusal: Refusal }[];
}

/** More targets in one finding are a forgery or a mistake. */
const MOST_TARGETS = 10;

/**
 * What a finding makes happen: which targets, each once, and what is left alone and why. It looks at nothing but the finding and the settings.
 *
 * | the target                                           | then                      |
 * |------------------------------------------------------|---------------------------|
 * | the finding is of another account or region          | nothing at all            |
 * | has no playbook, or one from a higher severity on    | nothing                   |
 * | cannot be read as the ARN or id of its kind          | refused: unreadable       |
 * | belongs to the responder                             | refused: self             |
 * | is on the list of what is never contained            | refused: never            |
 * | any other                                            | contained, if it is tagged |
 */
export function plan(finding: Finding, settings: Settings): Plan {
  if (finding.account !== settings.account || finding.region !== settings.region) {
    return { targets: [], refused: [{ kind: 'finding', id: finding.id, refusal: 'foreign' }] };
  }
  const targets = new Map<string, Target>();
  const refused: { kind: string; id: string; refusal: Refusal }[] = [];
  for (const candidate of finding.resources.flatMap((resource) => candidates(resource, finding, settings))) {
    if (candidate.target === undefined) {
      refused.push({ kind: candidate.kind, id: candidate.id, refusal: candidate.refusal });
      continue;
    }
    const { target } = candidate;
    if (!applies(target.kind, finding, settings)) continue;
    const refusal = refusalOf(target, settings);
    if (refusal !== undefined) refused.push({ ...target, refusal });
    else if (targets.size < MOST_TARGETS || targets.has(keyOf(target))) targets.set(keyOf(target), target);
    else refused.push({ ...target, refusal: 'too-many' });
  }
  return { targets: [...targets.values()], refused };
}

/** The same finding about the same target at the same time is one containment, however often it is delivered. */
export function containmentId({ id, lastSeen }: Pick<Finding, 'id' | 'lastSeen'>, target: Target): string {
  return digest(['containment', id, lastSeen, keyOf(target)]);
}

/** What a person says who undoes a containment: this finding is no reason to contain this target again. */
export function releaseId({ id }: Pick<Cause, 'id'>, target: Target): string {
  return digest(['release', id, keyOf(target)]);
}

export function keyOf({ kind, id }: Target): string {
  return `${kind} ${id}`;
}

function digest(parts: readonly string[]): string {
  return createHash('sha256').update(JSON.stringify(parts)).digest('hex').slice(0, 32);
}

type Candidate = { readonly target: Target } | { readonly target?: undefined; readonly kind: string; readonly id: string; readonly refusal: Refusal };

function candidates({ kind, id }: FindingResource, finding: Finding, settings: Settings): Candidate[] {
  const one = (targetKind: TargetKind, found: string | undefined, refusal: Refusal = 'unreadable'): Candidate => (
    found === undefined ? { kind, id, refusal } : { target: { kind: targetKind, id: found } });
  switch (kind) {
    case 'function': return [one('function', functionArn(id, settings))];
    case 'role': return [one('role', roleName(id, settings))];
    case 'bucket': return [one('bucket', bucketArn(id))];
    case 'credential':
      return /^ASIA[A-Z0-9]{12,124}$/.test(id) ? [{ kind, id, refusal: 'temporary-key' }]
        : [one('access-key', /^AKIA[A-Z0-9]{12,124}$/.test(id) ? id : undefined)];
    case 'api': return apiCandidates(id, finding, settings, one);
    default: return [];
  }
}

/** An attack on an API is contained at the attacker's address, and at the stage. */
function apiCandidates(
  id: string, { actor }: Finding, settings: Settings, one: (kind: TargetKind, found: string | undefined, refusal?: Refusal) => Candidate,
): Candidate[] {
  const stages = stagesOf(id, settings);
  if (stages.length === 0) return [one('stage', undefined)];
  const found = stages.map((stage) => one('stage', stage));
  if (actor.ip === undefined) return found;
  return [one('address', blockOf(actor.ip), 'no-address'), ...found];
}

function applies(kind: TargetKind, { severity }: Finding, { playbooks }: Settings): boolean {
  const playbook = playbooks[kind];
  return playbook !== undefined && SEVERITIES.indexOf(severity) <= SEVERITIES.indexOf(playbook.from);
}

function refusalOf(target: Target, settings: Settings): Refusal | undefined {
  if (isOneOf(target, settings, settings.self)) return 'self';
  if (isOneOf(target, settings, settings.never.resources)) return 'never';
  if (target.kind === 'address' && overlaps(target.id, settings.never.addresses)) return 'never';
  return undefined;
}

/** Whether a target is one of the resources, whatever spelling their ARNs have. */
function isOneOf({ kind, id }: Target, settings: Settings, arns: readonly string[]): boolean {
  const sameKind: { readonly [one in TargetKind]?: (arn: string) => readonly (string | undefined)[] } = {
    'function': (arn) => [functionArn(arn, settings)],
    'role': (arn) => [roleName(arn, settings)],
    'bucket': (arn) => [bucketArn(arn)],
    'stage': (arn) => stagesOf(arn, settings),
    'access-key': (arn) => [arn],
  };
  return arns.some((arn) => sameKind[kind]?.(arn).includes(id) ?? false);
}
