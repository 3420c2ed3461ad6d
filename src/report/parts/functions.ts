import { actorsWith } from './actors';
import { entryPointsOf, sharedEntriesOf } from './entry-points';
import { rightsOf } from './rights';
import { deletableBy } from './store-access';
import { Trigger } from '../../model/flow/trigger';
import { triggersOf } from '../../model/flow/triggers';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { roleOf } from '../../model/rights/access';
import { cdkHelperOf } from '../../model/rights/cdk-helpers';
import { foreignManagedPolicies } from '../../model/rights/iam';
import { numberOf } from '../../model/values/values';
import { PackageList } from '../../packages/package-list';
import { FunctionPosture } from '../form/app-form';

/** What is in the bundle of a function; undefined where nobody can tell. */
export type PackagesOf = (fn: Resource) => PackageList | undefined;

/** Every function of the app: what it may do, what starts it, what is in it. */
export function functionsOf(app: AppModel, packagesOf: PackagesOf): readonly FunctionPosture[] {
  return app.ofType('AWS::Lambda::Function').map((fn) => described(fn, app, packagesOf(fn)));
}

function described(fn: Resource, app: AppModel, listed: PackageList | undefined): FunctionPosture {
  const role = roleOf(fn, app);
  return {
    at: fn.name,
    runtime: app.describe(fn.property('Runtime')),
    memoryMb: numberOf(fn.property('MemorySize')),
    timeoutSeconds: numberOf(fn.property('Timeout')),
    role: role?.name ?? app.describe(fn.property('Role')),
    sharedRole: role !== undefined && actorsWith(role, app).length > 1,
    rights: role === undefined ? [] : rightsOf(role, app),
    mayDelete: role === undefined ? [] : deletableBy(role, app),
    foreignPolicies: role === undefined ? [] : foreignManagedPolicies(role, app),
    triggers: triggersShown(fn, app),
    helper: cdkHelperOf(fn, app) !== undefined,
    packages: listed?.packages,
    ...listed === undefined ? {} : { packagesComplete: isComplete(listed, fn) },
  };
}

/** Layers bring packages that no list of the bundle has. */
function isComplete({ packages, complete }: PackageList, fn: Resource): boolean {
  return complete && packages.every(({ version }) => version !== undefined) && fn.items('Layers').length === 0;
}

/** Entry points that the function answers, then what else starts it. A schedule or a rule of the account's own bus has no source to name. */
function triggersShown(fn: Resource, app: AppModel): readonly string[] {
  const entries = entriesByHandler(app).get(fn.name) ?? [];
  const others = triggersOf(fn, app).filter(({ kind }) => kind !== 'url' && (kind !== 'api' || entries.length === 0))
    .map(starterOf);
  return [...new Set([...entries, ...others])];
}

/** What the function hears from: a pipe stands for what it reads. */
export function starterOf({ kind, source, declaredBy }: Trigger): string {
  return (kind === 'pipe' ? declaredBy : source ?? declaredBy).name;
}

function entriesByHandler(app: AppModel): ReadonlyMap<string, readonly string[]> {
  return app.index('entry points by handler', () => {
    const table = new Map<string, string[]>();
    const shared = sharedEntriesOf(app).map(({ id, behind }) => ({ id, handler: behind }));
    for (const { id, handler } of [...entryPointsOf(app), ...shared]) {
      if (handler === undefined) continue;
      const known = table.get(handler);
      if (known === undefined) table.set(handler, [id]);
      else known.push(id);
    }
    return table;
  });
}
