import { Severity } from '../common/finding';

/** What can be contained. Each kind has a way of its own, its own bound in an hour, and its own severity from which on it happens. */
export const TARGET_KINDS = ['function', 'role', 'access-key', 'address', 'stage', 'bucket'] as const;
export type TargetKind = typeof TARGET_KINDS[number];

/** What is to be contained, in one spelling whatever the finding wrote. */
export interface Target {
  readonly kind: TargetKind;
  /** ARN of a function or bucket, name of a role, id of a key, CIDR block of an address, `api/stage` of a stage. */
  readonly id: string;
}

/** A state of one setting, as it is kept in the log: JSON, and nothing that is secret. */
export type State = { readonly [field: string]: unknown };

export const STEP_KINDS = [
  'mapping', 'concurrency', 'role-policy', 'access-key', 'address', 'throttle', 'public-access', 'bucket-denial', 'versioning',
] as const;
export type StepKind = typeof STEP_KINDS[number];

/** The setting that a step changes: names and ids. */
export type StepTarget = { readonly [name: string]: string };

/** A change of one setting: what was there, and what is to be there while the containment lasts. Fields are independent of each other. */
export interface StepPlan {
  readonly kind: StepKind;
  readonly target: StepTarget;
  readonly before: State;
  readonly after: State;
  /** What stood around it, for a person who has to mend something by hand: the whole policy, for example. */
  readonly evidence?: string;
}

/**
 * | state    | means                                                            | at the undoing             |
 * |----------|------------------------------------------------------------------|----------------------------|
 * | planned  | not begun                                                        | compared all the same      |
 * | doing    | begun: nobody knows whether it was done                          | compared, then restored    |
 * | done     | done                                                             | compared, then restored    |
 * | already  | was so before: it is somebody else's                             | left alone                 |
 * | failed   | refused by AWS                                                   | compared, then restored    |
 * | restored | as before                                                        | nothing left to do         |
 * | kept     | somebody changed it in between, and their change stands          | nothing left to do         |
 * | gone     | the resource is no more                                          | nothing left to do         |
 */
export type StepState = 'planned' | 'doing' | 'done' | 'already' | 'failed' | 'restored' | 'kept' | 'gone';

export interface Step extends StepPlan {
  readonly state: StepState;
  /** The name of the error, of the last try. */
  readonly error?: string;
}

/**
 * | state        | means                                                           | open |
 * |--------------|-----------------------------------------------------------------|------|
 * | planned      | begun                                                           | yes  |
 * | awaiting     | waits for a person                                              | yes  |
 * | active       | contained                                                       | yes  |
 * | incomplete   | contained as far as it went; is tried again                     | yes  |
 * | undoing      | is being undone; what could not be restored is tried again      | yes  |
 * | undone       | over                                                            | no   |
 * | not-approved | a person said no, or nobody answered                            | no   |
 * | joined       | the target was contained already                                | no   |
 * | limited      | the bound for an hour was reached: nothing was done             | no   |
 * | dry-run      | nothing was done, on purpose                                    | no   |
 */
export type ContainmentState =
  'planned' | 'awaiting' | 'active' | 'incomplete' | 'undoing' | 'undone' | 'not-approved' | 'joined' | 'limited' | 'dry-run';

const OPEN: readonly ContainmentState[] = ['planned', 'awaiting', 'active', 'incomplete', 'undoing'];

export function isOpen(state: ContainmentState): boolean {
  return OPEN.includes(state);
}

/** What the log keeps of the finding. Its texts stay where they came from. */
export interface Cause {
  readonly id: string;
  readonly lastSeen: string;
  readonly provider: string;
  readonly type: string;
  readonly severity: Severity;
}

/** One containment, as the log of actions keeps it. */
export interface Containment {
  readonly id: string;
  readonly state: ContainmentState;
  readonly target: Target;
  readonly cause: Cause;
  readonly steps: readonly Step[];
  /** Milliseconds since 1970, as all times here. */
  readonly createdAt: number;
  /** When it is undone by itself. */
  readonly expiresAt: number;
  readonly closedAt?: number;
  /** Whether it was counted against the bound for the hour. */
  readonly counted?: boolean;
  /** Who undid it or answered, as they say: the identity behind the call stands in CloudTrail. */
  readonly by?: string;
}

/** Whether two states, or fields of them, are the same, whatever the order in them. */
export function same(one: unknown, other: unknown): boolean {
  return canonical(one) === canonical(other);
}

/** JSON with sorted fields: AWS keeps documents in an order of its own. */
export function canonical(value: unknown): string {
  return JSON.stringify(value ?? null, (_, field: unknown) => (
    typeof field === 'object' && field !== null && !Array.isArray(field)
      ? Object.fromEntries(Object.entries(field).sort(([a], [b]) => (a < b ? -1 : 1)))
      : field));
}
