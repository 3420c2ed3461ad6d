import { DependencyLimits } from '../core/third-party/dependency-limits';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { cdkHelperOf } from '../model/rights/cdk-helpers';
import { judgePackages } from '../packages/judge-packages';
import { DEPENDENCY_LIMIT, DEPENDENCY_UNKNOWN } from '../policy/exceptions/audit-rules';
import { ExceptionNotice } from '../policy/exceptions/judge-exceptions';
import { PackagesOf } from '../report/parts/functions';

/** What the limits of an app forbid, and of which functions nobody can tell. Helpers of CDK are the app's author's no more than Lambda itself. */
export function dependencyNotices(app: AppModel, limits: DependencyLimits | undefined, packagesOf: PackagesOf): readonly ExceptionNotice[] {
  if (limits === undefined) return [];
  return app.ofType('AWS::Lambda::Function').filter((fn) => cdkHelperOf(fn, app) === undefined).flatMap((fn): readonly ExceptionNotice[] => {
    const listed = packagesOf(fn);
    const at = placeOf(fn);
    const found = judgePackages(listed?.packages ?? [], limits)
      .map(({ limit, must, got }) => ({ rule: DEPENDENCY_LIMIT, about: limit, at, message: `The code of ${fn.name} ${must}, got ${got}.` }));
    return listed?.complete === true ? found : [...found, {
      rule: DEPENDENCY_UNKNOWN,
      about: fn.name,
      at,
      message: `${listed === undefined ? 'Nobody knows which packages are' : 'A list that may not be whole tells which packages are'} in the code of ${fn.name}.`,
    }];
  });
}

/** The construct of the function, as CDK finds it. */
function placeOf(fn: Resource): string {
  return fn.constructPath ?? fn.name;
}
