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
   * @throws ConfigurationError [Hardening.NothingLeft] when `only` and `except` leave no area
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
    this.strict = options.strict ?? false;
    this.dryRun = options.dryRun ?? false;
  }

  public includes(construct: IConstruct): boolean {
    return this.covers(construct) && !this.exceptPaths.some((path) => isAtOrBelow(construct, path));
  }

  public takesCareOf(area: HardeningArea): boolean {
    return this.areas.has(area);
  }

  /** Whether the author agreed that a resource is replaced. */
  public mayReplace(construct: IConstruct): boolean {
    return this.replacePaths.some((path) => isAtOrBelow(construct, path));
  }
}

/** Whether a construct stands at a path of the tree or below it; the root has an empty one. */
export function isAtOrBelow({ node }: IConstruct, top: string): boolean {
  if (top === '') return true; // the path of a construct is put together anew each time
  const { path } = node;
  return path === top || path.startsWith(`${top}/`);
}
