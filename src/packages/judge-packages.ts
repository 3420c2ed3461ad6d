import { licenceFits } from './licences';
import { BundledPackage } from './package-list';
import { DependencyLimits } from '../core/third-party/dependency-limits';

/** Packages named in one message. */
const MOST_NAMES = 5;

/** What the limits forbid in a bundle, in words, each with the packages at fault. */
export interface DependencyViolation {
  /** The limit, as its prop is called. */
  readonly limit: 'mostPackages' | 'installScripts' | 'licences';
  readonly must: string;
  readonly got: string;
  readonly fix: string;
}

/**
 * Judges what is in a bundle. What is not known of a package counts against it: the way out is to make it known, or to except the package.
 *
 * | of a package            | installScripts: false | licences |
 * |-------------------------|-----------------------|----------|
 * | excepted                | fine                  | fine     |
 * | has none                | fine                  | refused  |
 * | has one                 | refused               | as the list says |
 * | nobody tells            | refused               | refused  |
 */
export function judgePackages(packages: readonly BundledPackage[], limits: DependencyLimits): readonly DependencyViolation[] {
  const { mostPackages, installScripts = false, licences, exceptions = [] } = limits;
  const excepted = new Set(exceptions.map(({ name }) => name));
  const judged = packages.filter(({ name }) => !excepted.has(name));
  const scripted = installScripts ? [] : judged.filter(({ installScript }) => installScript !== undefined);
  const unlicensed = licences === undefined ? [] : judged.filter(({ licence }) => licence === undefined || !licenceFits(licence, licences));
  return [
    ...mostPackages === undefined || packages.length <= mostPackages ? [] : [{
      limit: 'mostPackages',
      must: `must hold at most ${mostPackages} packages`,
      got: `${packages.length}: ${named(packages.map(nameOf))}`,
      fix: 'do without some, which esbuild --analyze lists by size, or raise dependencyLimits.mostPackages',
    } as const],
    ...scripted.length === 0 ? [] : [{
      limit: 'installScripts',
      must: 'must hold no package with scripts that run where it is installed',
      got: named(scripted.map((one) => `${nameOf(one)}${one.installScript === 'unknown' ? ' (nobody tells whether it has some)' : ''}`)),
      fix: 'choose another package, install what nobody tells of, or name it in dependencyLimits.exceptions with a reason',
    } as const],
    ...unlicensed.length === 0 ? [] : [{
      limit: 'licences',
      must: `must hold packages under ${licences!.join(', ')} only`,
      got: named(unlicensed.map((one) => `${nameOf(one)} (${one.licence ?? 'it says none'})`)),
      fix: 'choose another package, add its licence to dependencyLimits.licences, or name it in dependencyLimits.exceptions with a reason',
    } as const],
  ];
}

function nameOf({ name, version }: BundledPackage): string {
  return version === undefined ? name : `${name}@${version}`;
}

function named(names: readonly string[]): string {
  const more = names.length - MOST_NAMES;
  return `${names.slice(0, MOST_NAMES).join(', ')}${more > 0 ? ` and ${more} more` : ''}`;
}
