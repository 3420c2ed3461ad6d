import { Containment, ContainmentState, State, StepKind, StepTarget, Target, TargetKind } from './containment';

/** Reads and writes one kind of setting. */
export interface SettingPort {
  /** What is there now; undefined when the resource is no more. */
  read(target: StepTarget): Promise<State | undefined>;
  /** Sets the fields that are given, and no others. */
  write(target: StepTarget, fields: State): Promise<void>;
}

export type SettingPorts = { readonly [kind in StepKind]: SettingPort };

/** What has to be known of a target before its steps can be planned. */
export interface Facts {
  /** Whether the target bears the tag of this containment. */
  isProtected(target: Target): Promise<boolean>;
  /** The role of a function and the mappings that start it, its aliases included. */
  ofFunction(arn: string): Promise<{ readonly role: string; readonly mappings: readonly string[] }>;
  /** The user that a key belongs to. */
  userOf(key: string): Promise<string | undefined>;
  /** The whole policy of a bucket, as evidence. */
  policyOf(bucket: string): Promise<string | undefined>;
}

/** Who works on a containment, and until when nobody else does. */
export interface Lease {
  readonly owner: string;
  readonly until: number;
}

/** A question to a person. */
export interface Question {
  readonly execution: string;
  readonly token: string;
  readonly containments: readonly string[];
  readonly until: number;
  readonly answer?: string;
}

/** The log of actions: the memory of containments, and what keeps two of them apart. Each write has a condition, so that races have one winner. */
export interface ActionLog {
  get(id: string): Promise<Containment | undefined>;
  /** Begins a record; false when there is one already. */
  create(containment: Containment, lease: Lease): Promise<boolean>;
  /** Takes over a record that is in one of the states and that nobody works on; undefined when it is not. */
  claim(id: string, states: readonly ContainmentState[], lease: Lease, now: number): Promise<Containment | undefined>;
  /** Writes a record. @throws when somebody else works on it by now */
  save(containment: Containment, owner: string, release?: boolean): Promise<void>;
  /** Containments that are open, those that expire first at the beginning; with a time only those that expired by then. */
  open(expiredBy?: number): Promise<readonly Containment[]>;
  /** Reserves a target for a containment, and returns which one has it: that one, or another. */
  hold(target: Target, id: string): Promise<string>;
  release(target: Target, id: string): Promise<void>;
  /** Counts one more in this hour; false when the bound is reached. */
  count(kind: TargetKind, hour: string, limit: number, now: number): Promise<boolean>;
  /** Whether a person decided that a finding is no reason to contain a target. */
  isReleased(id: string): Promise<boolean>;
  markReleased(id: string, by: string, now: number): Promise<void>;
  ask(question: Question): Promise<void>;
  question(execution: string): Promise<Question | undefined>;
  /** Writes down the answer; false when there is one already. */
  answer(execution: string, answer: string, by: string): Promise<boolean>;
}

/** Tells others what was done. */
export interface Announcer {
  announce(announcement: Announcement): Promise<void>;
}

export const ANNOUNCED = [
  'contained', 'would-contain', 'incomplete', 'joined', 'limited', 'refused', 'awaiting-approval', 'not-approved', 'undone', 'undo-incomplete',
] as const;
export type Announced = typeof ANNOUNCED[number];

export interface Announcement {
  readonly action: Announced;
  readonly containment?: Containment;
  /** Why something was refused, joined or limited. */
  readonly reason?: string;
  readonly target?: { readonly kind: string; readonly id: string };
  readonly findingId?: string;
}
