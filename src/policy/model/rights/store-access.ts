import { Statement, statementsOfRole } from './iam';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';
import { textOf } from '../values/values';

/** A statement that gives a role of the app a right on a resource that it names. */
export interface NamedRight {
  readonly role: Resource;
  readonly statement: Statement;
}

/** The allowing statements of roles that name a resource, by pointer, name or ARN. */
export function rightsNaming(resource: Resource, app: AppModel): readonly NamedRight[] {
  return app.index('rights by named resource', () => {
    const table = new Map<string, NamedRight[]>();
    for (const role of app.ofType('AWS::IAM::Role')) {
      for (const statement of statementsOfRole(role, app).filter(({ allows }) => allows)) {
        for (const key of new Set(statement.resources.flatMap((element) => app.targets(element)).map((target) => target.key))) {
          const rights = table.get(key);
          if (rights === undefined) table.set(key, [{ role, statement }]);
          else rights.push({ role, statement });
        }
      }
    }
    return table;
  }).get(resource.key) ?? [];
}

/** Whether a statement has one of some actions of a service, given in small letters: by name, or by a pattern that ends in a star. */
export function hasAction(statement: Statement, service: string, actions: readonly string[]): boolean {
  const wanted = actions.map((action) => `${service}:${action}`);
  return statement.actions.map((action) => (textOf(action) ?? '').toLowerCase()).some((pattern) => (
    wanted.some((action) => pattern === action || (pattern.endsWith('*') && action.startsWith(pattern.slice(0, -1))))));
}
