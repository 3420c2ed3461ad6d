import { checkInteger, checkReason } from '../checks';
import { Place, refuse } from '../configuration-error';

/** A package that may be what the limits forbid, and why. */
export interface DependencyException {
  /** The name of the package: `sharp`, `@scope/name`. */
  readonly name: string;
  /** Why, in a sentence that a reviewer can judge: who looked at it, and what for. */
  readonly reason: string;
}

/**
 * What the code of functions may bring along. Each package is code of somebody else that runs with all rights of the function: a few are looked
 * at, many are not.
 */
export interface DependencyLimits {
  /**
   * The most packages that one bundle may hold, those that packages bring along included.
   * @default - any number
   */
  readonly mostPackages?: number;
  /**
   * Whether packages may have scripts that run where they are installed: with the rights of whoever builds the app, before anybody saw the code.
   * It is told by the package itself where it is installed, else by the lock file of npm (version 2 or later); those of Yarn and pnpm do not tell.
   * @default false
   */
  readonly installScripts?: boolean;
  /**
   * The licences that packages may have, as SPDX names them: `MIT`, `Apache-2.0`. Of several that a package offers one is enough; a package that
   * says none has none of them.
   * @default - any
   */
  readonly licences?: string[];
  /**
   * Packages that are excepted from scripts and licences. They still count.
   * @default - none
   */
  readonly exceptions?: DependencyException[];
}

const MOST = 10_000;

/** Refuses limits that say nothing. */
export function checkLimits(place: Place, { mostPackages, licences, exceptions = [] }: DependencyLimits): void {
  checkInteger(place, mostPackages, 0, MOST, { code: 'DependencyLimits.MostPackages', prop: 'dependencyLimits.mostPackages', fix: 'leave it out to take any number' });
  const wrong = licences?.find((licence) => !/^[A-Za-z0-9.+-]+$/.test(licence));
  if (wrong !== undefined || licences?.length === 0) {
    refuse(place, {
      code: 'DependencyLimits.Licences', prop: 'dependencyLimits.licences', must: 'must name licences as SPDX does, one each', got: wrong ?? licences, fix: "write ['MIT', 'Apache-2.0']",
    });
  }
  for (const { name, reason } of exceptions) {
    checkReason(place, reason, { code: 'DependencyLimits.Reason', prop: `dependencyLimits.exceptions (${name})`, fix: 'say who looked at the package, and what for' });
  }
}
