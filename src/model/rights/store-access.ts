import { speaksOf } from './actions';
import { Statement, statementsOfRole } from './iam';
import { AppModel } from '../resources/app-model';
import { Resource } from '../resources/resource';

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

/** Whether a statement has one of some actions of a service: by name, by a pattern, or because `NotAction` leaves it in. */
export function hasAction(statement: Statement, service: string, actions: readonly string[]): boolean {
  return actions.some((action) => speaksOf(statement, `${service}:${action}`));
}
