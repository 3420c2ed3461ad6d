/** The source and the detail type of the events that carry findings. The constructs write the same into rules: src/detection/findings/finding-baseline.ts. */
export const FINDING_SOURCE = 'cdk-secure-serverless.detection';
export const FINDING_DETAIL_TYPE = 'Security Finding';

export const FINDING_VERSION = '1';
export const PROVIDERS = [
  'guardduty', 'inspector', 'access-analyzer', 'security-hub', 'cloudwatch', 'cloudtrail', 'data-protection', 'custom',
] as const;
/** From the worst down. */
export const SEVERITIES = ['critical', 'high', 'medium', 'low', 'info'] as const;
export const RESOURCE_KINDS = ['function', 'role', 'credential', 'api', 'bucket', 'table', 'secret', 'key', 'other'] as const;

/** The longest texts and lists of a finding: an event stays far below the 256 KB that EventBridge takes. */
export const FINDING_LIMITS = { id: 1024, type: 256, title: 256, description: 1024, link: 2048, resources: 50, actor: 256 } as const;

export type Provider = typeof PROVIDERS[number];
export type Severity = typeof SEVERITIES[number];
export type ResourceKind = typeof RESOURCE_KINDS[number];

export interface FindingResource {
  readonly kind: ResourceKind;
  /** The ARN where the provider gives one; the access key id of a credential. */
  readonly id: string;
}

/** Who did it, as far as the provider knows. */
export interface FindingActor {
  readonly ip?: string;
  readonly country?: string;
  readonly asn?: string;
  readonly account?: string;
}

/** What was found, in the same words whoever found it. It never holds values of secrets or of users. */
export interface Finding {
  readonly version: typeof FINDING_VERSION;
  /** Stable at its provider: the same finding, seen again, has the same. */
  readonly id: string;
  readonly provider: Provider;
  /** The provider's own type, for example `UnauthorizedAccess:Lambda/TorClient`. */
  readonly type: string;
  readonly severity: Severity;
  /** From 0 to 100. */
  readonly score: number;
  readonly title: string;
  readonly description: string;
  readonly account: string;
  readonly region: string;
  readonly firstSeen: string;
  readonly lastSeen: string;
  readonly count: number;
  readonly resources: readonly FindingResource[];
  readonly actor: FindingActor;
  /** Where to read on: the console, or documentation. */
  readonly link: string;
}

/** Two events of the same finding at the same time are one: providers and EventBridge deliver at least once. */
export function findingKey({ id, lastSeen }: Pick<Finding, 'id' | 'lastSeen'>): string {
  return `${id}#${lastSeen}`;
}

/**
 * The finding that an event carries, with nothing in it that the type does not name.
 * @throws Error that names the first field that is not as it must be
 */
export function readFinding(detail: unknown): Finding {
  const wrong = wrongField(detail);
  if (wrong !== undefined) throw new Error(`this is no normalised finding: ${wrong}`);
  const given = detail as Finding;
  const named = Object.fromEntries(Object.keys(FIELDS).map((field) => [field, given[field as keyof Finding]])) as unknown as Finding;
  const { ip, country, asn, account } = given.actor;
  return { ...named, resources: given.resources.map(({ kind, id }) => ({ kind, id })), actor: withoutHoles({ ip, country, asn, account }) };
}

export function isSeverity(value: unknown): value is Severity {
  return oneOf(SEVERITIES)(value);
}

/** Whether somebody may act on it as a finding. */
export function isFinding(detail: unknown): detail is Finding {
  return wrongField(detail) === undefined;
}

type Check = (value: unknown) => boolean;

const text = (most: number, least = 1): Check => (value) => typeof value === 'string' && value.length >= least && value.length <= most;
const actorField = text(FINDING_LIMITS.actor);
const oneOf = (values: readonly string[]): Check => (value) => typeof value === 'string' && values.includes(value);
const time: Check = (value) => typeof value === 'string' && RFC_3339.test(value) && !Number.isNaN(Date.parse(value));

const RFC_3339 = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d{1,9})?(Z|[+-]\d\d:\d\d)$/;

const FIELDS: { readonly [field in keyof Finding]: Check } = {
  version: oneOf([FINDING_VERSION]),
  id: text(FINDING_LIMITS.id),
  provider: oneOf(PROVIDERS),
  type: text(FINDING_LIMITS.type),
  severity: oneOf(SEVERITIES),
  score: (value) => typeof value === 'number' && value >= 0 && value <= 100,
  title: text(FINDING_LIMITS.title),
  description: text(FINDING_LIMITS.description, 0),
  account: (value) => typeof value === 'string' && /^\d{12}$/.test(value),
  region: (value) => typeof value === 'string' && /^[a-z]{2,}(-[a-z0-9]+)+$/.test(value),
  firstSeen: time,
  lastSeen: time,
  count: (value) => Number.isSafeInteger(value) && (value as number) >= 1,
  resources: (value) => Array.isArray(value) && value.length <= FINDING_LIMITS.resources && value.every(isResource),
  actor: (value) => isRecord(value) && ['ip', 'country', 'asn', 'account'].every((key) => value[key] === undefined || actorField(value[key])),
  link: text(FINDING_LIMITS.link, 0),
};

function wrongField(detail: unknown): string | undefined {
  if (!isRecord(detail)) return 'it is no object';
  return Object.entries(FIELDS).find(([field, check]) => !check(detail[field]))?.[0];
}

function isResource(value: unknown): boolean {
  return isRecord(value) && oneOf(RESOURCE_KINDS)(value.kind) && text(FINDING_LIMITS.id)(value.id);
}

export function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

function withoutHoles<T extends object>(value: T): T {
  return Object.fromEntries(Object.entries(value).filter(([, field]) => field !== undefined)) as T;
}
