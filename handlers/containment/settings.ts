import { TargetKind } from './containment';
import { Severity } from '../common/finding';
import { setting } from '../common/settings';

export type Mode = 'dry-run' | 'automatic' | 'approval';

/** How one kind of target is contained. */
export interface PlaybookSettings {
  /** From this severity on. */
  readonly from: Severity;
  /** How long, in minutes. */
  readonly minutes: number;
  /** How many in an hour at most. */
  readonly limit: number;
}

/** What the construct tells its functions. Source of the names: src/containment/containment-settings.ts. */
export interface Settings {
  /** The name of this containment, which is also the value of the tag of what it may touch. */
  readonly name: string;
  readonly account: string;
  readonly region: string;
  readonly mode: Mode;
  /** How long a person has to answer. */
  readonly approvalMinutes: number;
  readonly playbooks: { readonly [kind in TargetKind]?: PlaybookSettings };
  readonly never: { readonly resources: readonly string[]; readonly addresses: readonly string[] };
  /** ARNs of what the responder is made of. */
  readonly self: readonly string[];
  /** `api/stage` of the protected stages. */
  readonly stages: readonly string[];
  /** ARNs of the address sets behind the deny rules, of IPv4 and IPv6. */
  readonly denyLists: { readonly version4: readonly string[]; readonly version6: readonly string[] };
  /** What a contained stage lets through, in requests: each second, and at once. */
  readonly floor: { readonly rate: number; readonly burst: number };
  /** ARN patterns of principals whom the denial of a bucket leaves out. */
  readonly administrators: readonly string[];
}

/** The tag by which a resource says that it may be contained, and by whom. Source: src/containment/containment-baseline.ts. */
export const CONTAINMENT_TAG = 'cdk-secure-serverless:containment';

export function readSettings(): Settings {
  return JSON.parse(setting('CONTAINMENT_SETTINGS')) as Settings;
}
