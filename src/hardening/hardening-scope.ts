import { IConstruct } from 'constructs';
import { HardeningOptions } from './hardening-options';
import { Place, refuse } from '../core/configuration-error';
import { HardeningArea } from '../core/hardening/hardening-area';

/** What one call hardens: its options, made ready to be asked. */
export class HardeningScope {
  public readonly strict: boolean;
  public readonly dryRun: boolean;
  private readonly areas: ReadonlySet<HardeningArea>;
  private readonly exceptPaths: readonly string[];
  private readonly replacePaths: readonly string[];

  /**
   * @param place where the options were given
   * @param covers whether a construct is among those that the call is about
   * @throws ConfigurationError [Hardening.NothingLeft] when `only` and `except` leave no area, [Hardening.Path] when a path is empty
   */
  constructor(place: Place, options: HardeningOptions, private readonly covers: (construct: IConstruct) => boolean) {
    const { only = Object.values(HardeningArea), except = [] } = options;
    this.areas = new Set(only.filter((area) => !except.includes(area)));
    if (this.areas.size === 0) {
      refuse(place, {
        code: 'Hardening.NothingLeft',
        prop: 'only',
        must: 'must leave an area that `except` does not take away',
        got: only,
        fix: 'name the areas to harden, or leave the call out',
      });
    }
    this.exceptPaths = options.exceptPaths ?? [];
    this.replacePaths = options.replacePaths ?? [];
    for (const [prop, paths] of Object.entries({ exceptPaths: this.exceptPaths, replacePaths: this.replacePaths })) checkPaths(place, prop, paths);
    this.strict = options.strict ?? false;
    this.dryRun = options.dryRun ?? false;
  }

  public includes(construct: IConstruct): boolean {
    return this.covers(construct) && !this.exceptPaths.some((path) => isAtOrBelow(construct, path));
  }

  public takesCareOf(area: HardeningArea): boolean {
    return this.areas.has(area);
  }

  /** The paths of the options, with their props. */
  public get paths(): readonly (readonly [prop: string, path: string])[] {
    return [...this.exceptPaths.map((path) => ['exceptPaths', path] as const), ...this.replacePaths.map((path) => ['replacePaths', path] as const)];
  }

  /** Whether the author agreed that a resource is replaced. */
  public mayReplace(construct: IConstruct): boolean {
    return this.replacePaths.some((path) => isAtOrBelow(construct, path));
  }
}

/** The empty path is that of the app: all of it would be meant by what was left empty. */
function checkPaths(place: Place, prop: string, paths: readonly string[]): void {
  if (!paths.includes('')) return;
  refuse(place, { code: 'Hardening.Path', prop, must: 'must be paths of constructs', got: paths, fix: "write them like 'Shop/Legacy'" });
}

/** Whether a construct stands at a path of the tree or below it; the root has an empty one. */
export function isAtOrBelow({ node }: IConstruct, top: string): boolean {
  if (top === '') return true; // the path of a construct is put together anew each time
  const { path } = node;
  return path === top || path.startsWith(`${top}/`);
}
