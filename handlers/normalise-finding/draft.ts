import { at, idOf, numberOf, textOf, timeOf } from './read';
import { Finding, FINDING_LIMITS, FINDING_VERSION, FindingActor, FindingResource, isFinding, Provider, Severity } from '../common/finding';

/** What a provider's event says, before it is known to be a finding: any field may hold anything. */
export interface Draft {
  readonly provider: Provider;
  readonly severity: Severity;
  readonly id: unknown;
  readonly type: unknown;
  readonly score?: number;
  readonly title?: unknown;
  readonly description?: unknown;
  readonly account?: unknown;
  readonly region?: unknown;
  readonly firstSeen?: unknown;
  readonly lastSeen?: unknown;
  readonly count?: unknown;
  readonly resources?: readonly (FindingResource | undefined)[];
  readonly actor?: { readonly [field in keyof FindingActor]?: unknown };
  readonly link?: string;
}

/** Where and when the function runs: for events that do not say. */
export interface Place {
  readonly account: string;
  readonly region: string;
  readonly now: Date;
}

/** Where a severity stands on the scale of scores, where the provider gives none. */
const SCORES: { readonly [severity in Severity]: number } = { critical: 95, high: 80, medium: 50, low: 20, info: 0 };

/**
 * The finding that a draft comes to. What is missing is taken from the event around it; without an id or a type it is none, and whoever calls
 * treats the event as one of unknown shape.
 */
export function complete(draft: Draft, event: unknown, place: Place): Finding | undefined {
  const seen = timeOf(draft.lastSeen) ?? timeOf(at(event, 'time')) ?? place.now.toISOString();
  const type = textOf(draft.type, FINDING_LIMITS.type);
  const finding = {
    version: FINDING_VERSION,
    id: idOf(draft.id, FINDING_LIMITS.id),
    provider: draft.provider,
    type,
    severity: draft.severity,
    score: Math.min(100, Math.max(0, Math.round(draft.score ?? SCORES[draft.severity]))),
    title: textOf(draft.title, FINDING_LIMITS.title) ?? type,
    description: textOf(draft.description, FINDING_LIMITS.description) ?? '',
    account: accountOf(draft.account) ?? accountOf(at(event, 'account')) ?? place.account,
    region: regionOf(draft.region) ?? regionOf(at(event, 'region')) ?? place.region,
    firstSeen: timeOf(draft.firstSeen) ?? seen,
    lastSeen: seen,
    count: Math.max(1, Math.min(Number.MAX_SAFE_INTEGER, Math.round(numberOf(draft.count) ?? 1))),
    resources: distinct(draft.resources ?? []).slice(0, FINDING_LIMITS.resources),
    actor: actorOf(draft.actor ?? {}),
    link: textOf(draft.link, FINDING_LIMITS.link) ?? '',
  };
  return isFinding(finding) ? finding : undefined;
}

function accountOf(value: unknown): string | undefined {
  return typeof value === 'string' && /^\d{12}$/.test(value) ? value : undefined;
}

function regionOf(value: unknown): string | undefined {
  return typeof value === 'string' && value.length < 32 && /^[a-z]{2,}(-[a-z0-9]+)+$/.test(value) ? value : undefined;
}

function actorOf(actor: NonNullable<Draft['actor']>): FindingActor {
  const fields = (['ip', 'country', 'asn', 'account'] as const).map((name) => [name, textOf(actor[name], FINDING_LIMITS.actor)] as const);
  return Object.fromEntries(fields.filter(([, value]) => value !== undefined));
}

function distinct(resources: readonly (FindingResource | undefined)[]): FindingResource[] {
  const found = resources.filter((one): one is FindingResource => one !== undefined && idOf(one.id, FINDING_LIMITS.id) !== undefined);
  return [...new Map(found.map((one) => [`${one.kind} ${one.id}`, one])).values()];
}
