import { actorsOf } from './actors';
import { rightsOf } from './rights';
import { deletableBy } from './store-access';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { foreignManagedPolicies } from '../../model/rights/iam';
import { ActorPosture } from '../form/app-form';

/** What acts with a role of the app and is no function. A rule may have a role for each of its targets. */
export function otherActorsOf(app: AppModel): readonly ActorPosture[] {
  const roles = new Map<Resource, readonly Resource[]>();
  for (const { actor, role } of actorsOf(app)) {
    if (actor.type !== 'AWS::Lambda::Function') roles.set(actor, [...roles.get(actor) ?? [], role]);
  }
  return [...roles].map(([{ name: at, type }, all]): ActorPosture => ({
    at,
    type,
    roles: all.map(({ name }) => name),
    rights: all.flatMap((role) => rightsOf(role, app)),
    mayDelete: [...new Set(all.flatMap((role) => deletableBy(role, app)))].sort(),
    foreignPolicies: [...new Set(all.flatMap((role) => foreignManagedPolicies(role, app)))],
  }));
}
