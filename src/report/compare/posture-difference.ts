import { AlarmPosture, EntryPoint, Layers, StorePosture, ThirdParty, Verb } from '../form/app-form';
import { ControlPosture, ExceptionPosture, FindingPosture, HardeningPosture, OverridePosture, Posture } from '../form/posture-form';

/** What moved between two postures of one app, as data. Lists are empty where nothing moved. */
export interface PostureDifference {
  readonly before: ComparedPosture;
  readonly after: ComparedPosture;
  readonly entryPoints: {
    readonly added: readonly EntryPoint[];
    readonly removed: readonly EntryPoint[];
    /** Both have them, and a layer is gone. */
    readonly weakened: readonly WeakenedEntryPoint[];
  };
  /** Functions, by their place. */
  readonly functions: { readonly added: readonly string[]; readonly removed: readonly string[] };
  /** What functions may do now and could not before: more actions, another target, a wildcard, a condition less. */
  readonly widenedRights: readonly WidenedRight[];
  readonly thirdParties: { readonly added: readonly ThirdParty[]; readonly removed: readonly ThirdParty[] };
  readonly stores: {
    readonly added: readonly StorePosture[];
    readonly removed: readonly StorePosture[];
    /** More exposed, less encrypted, without backup, or gone with their stack. */
    readonly weakened: readonly WeakenedStore[];
  };
  /** Alarms that are gone although what they watched is still there, or that reach nobody any more. */
  readonly lostAlarms: readonly LostAlarm[];
  readonly findings: {
    /** Open now; before they were not there, or accepted. */
    readonly added: readonly FindingPosture[];
    /** Open before, and not there any more. What was accepted since stands among the exceptions. */
    readonly resolved: readonly FindingPosture[];
  };
  readonly exceptions: {
    readonly added: readonly ExceptionPosture[];
    /** Taken away, or past their last day. */
    readonly ended: readonly ExceptionPosture[];
  };
  readonly overrides: {
    readonly added: readonly OverridePosture[];
    readonly removed: readonly OverridePosture[];
    readonly changed: readonly Changed[];
  };
  /** What hardening does now and did not do before, and the other way round. */
  readonly hardening: { readonly added: readonly HardeningPosture[]; readonly removed: readonly HardeningPosture[] };
  /** What differs with the version of the library, and no override of the app explains. Empty while the version is the same. */
  readonly defaults: readonly Changed[];
  readonly rules: readonly RuleChange[];
  readonly cost: CostDifference;
  /** Something of the above makes the app easier to attack, or an attack easier to miss. */
  readonly weaker: boolean;
}

/** Where one of the two postures comes from. */
export interface ComparedPosture extends Pick<Posture, 'version' | 'tool' | 'asOf' | 'profile' | 'verdict' | 'counts'> {}

export interface WeakenedEntryPoint {
  readonly id: string;
  /** Names of layers: `authorization`, `webAcl`, … */
  readonly lost: readonly (keyof Layers)[];
  /** How callers proved who they are. */
  readonly authorizationBefore: string;
  readonly authorizationAfter: string;
}

export interface WidenedRight {
  /** The function. */
  readonly at: string;
  readonly newFunction: boolean;
  /** The resource of the app, or what the policy names. */
  readonly resource: string;
  /** Actions that no right of before covers. */
  readonly actions: readonly string[];
  /** Verbs that are new for this resource. */
  readonly verbs: readonly Verb[];
  /** The function had no right on the resource at all. */
  readonly newTarget: boolean;
  readonly newWildcard: boolean;
  /** It may delete there, and could not before. */
  readonly newDelete: boolean;
  /** The same rights were bound to a condition. */
  readonly conditionGone: boolean;
}

export interface WeakenedStore {
  readonly at: string;
  readonly changes: readonly Changed[];
}

/** One value that moved. */
export interface Changed {
  readonly at: string;
  readonly what: string;
  readonly before: string;
  readonly after: string;
}

export interface LostAlarm {
  readonly alarm: AlarmPosture;
  readonly why: 'gone' | 'reaches nobody' | 'watches less';
}

export interface RuleChange {
  readonly rule: string;
  readonly severity: string;
  readonly change: 'added' | 'removed' | 'switched off' | 'switched on' | 'severity';
  readonly severityBefore?: ControlPosture['severity'];
}

export interface CostDifference {
  readonly before: number;
  readonly after: number;
  readonly difference: number;
  /** Both estimates use the same price table. */
  readonly samePrices: boolean;
  readonly controls: readonly { readonly control: string; readonly before: number; readonly after: number }[];
}
