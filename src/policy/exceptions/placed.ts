import { ExceptionOptions } from './exception-record';
import { FindingReference } from './finding-reference';
import { SecurityProfile } from '../../core/profile/security-profile';
import { Resource } from '../../model/resources/resource';
import { PackFinding, ViolationLevel } from '../pack-finding';
import { PACK_NAME } from '../pack-name';

/** A finding of any pack, as far as exceptions care. */
export interface JudgedFinding {
  readonly pack: string;
  readonly id: string;
  readonly level: ViolationLevel;
  readonly undecided: boolean;
  /** The names of what it is about, the best first: its construct path, `stack/logicalId`, or `logicalId` where no construct made it. */
  readonly places: readonly string[];
}

/** An exception, and where it stands. */
export interface PlacedException extends ExceptionOptions {
  readonly reference: FindingReference;
  /** The rule or finding, as its author wrote it. */
  readonly finding: string;
  /** A path; empty for everything. */
  readonly at: string;
}

/** What exceptions are judged by besides the findings. */
export interface Surroundings {
  /** The day by which exceptions are judged. */
  readonly today: string;
  /** The day that it is: another one only if somebody moved the first. */
  readonly clock: string;
  readonly profileOf: (at: string) => SecurityProfile;
  /** The packs whose findings are known: no exception for another one can be called unused. */
  readonly packs: ReadonlySet<string>;
  /** Whether everything at and below a place was judged: a pack that is registered with a stage sees the stage only. */
  readonly isJudged: (at: string) => boolean;
  /** The stacks, by their place: what is accepted there or above holds for resources that come later. */
  readonly stacks: readonly string[];
}

/** Whether a place is at or below another one. */
export function isWithin(place: string, at: string): boolean {
  return at === '' || place === at || place.startsWith(`${at}/`);
}

/** How people call a place. */
export function placeName(at: string): string {
  return at === '' ? '(app)' : at;
}

export function judgedFindingOf({ id, severity, undecided, resource }: {
  readonly id: string; readonly severity: ViolationLevel; readonly undecided: boolean; readonly resource: Resource;
}): JudgedFinding {
  const byTemplate = `${resource.stackId}/${resource.logicalId}`;
  const places = resource.constructPath === undefined ? [byTemplate, resource.logicalId] : [resource.constructPath, byTemplate];
  return { pack: PACK_NAME, id, level: severity, undecided, places };
}

export function judgedPackFinding({ pack, id, level, undecided, constructPath }: PackFinding): JudgedFinding {
  return { pack, id, level, undecided, places: constructPath === undefined ? [] : [constructPath] };
}
