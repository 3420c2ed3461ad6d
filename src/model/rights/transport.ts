import { admitsEverybody, conditionsOf, Statement, statementsOf } from './iam';
import { policiesOf, PolicyHolder } from './policy-holders';
import { AppModel } from '../resources/app-model';
import { meantBy } from '../resources/names';
import { resourcesAt } from '../resources/pointers';
import { Resource } from '../resources/resource';
import { textOf, Value } from '../values/values';

/** Whether the policies of a resource refuse plain HTTP for some actions, to everybody; undefined when only the deployment knows. */
export function refusesPlainHttp(
  resource: Resource, app: AppModel, holders: readonly PolicyHolder[], actions: readonly string[],
): boolean | undefined {
  const statements = policiesOf(resource, holders, app).flatMap((policy) => statementsOf(policy.property('PolicyDocument'), 'Properties.PolicyDocument'));
  if (actions.every((action) => statements.some((statement) => deniesPlainHttp(statement, action) && isAbout(statement, resource, app)))) return true;
  return statements.some((statement) => statement.unresolved) ? undefined : false;
}

/** A second condition, or a principal by name, would let some plain requests through. */
function deniesPlainHttp(statement: Statement, action: string): boolean {
  if (statement.allows || statement.unresolved || statement.notPrincipals !== undefined || !admitsEverybody(statement.principals)) return false;
  const conditions = conditionsOf(statement);
  if (conditions.length !== 1 || conditions[0].key.toLowerCase() !== 'aws:securetransport') return false;
  const { operator, values } = conditions[0];
  return /^(bool|stringequals(ignorecase)?)(ifexists)?$/i.test(operator) && values.some((value) => (textOf(value) ?? '').toLowerCase() === 'false')
    && covers(statement, action);
}

function covers({ actions, notActions }: Statement, action: string): boolean {
  const matches = (pattern: Value): boolean => {
    const text = (textOf(pattern) ?? '').toLowerCase();
    return text === action.toLowerCase() || (text.endsWith('*') && action.toLowerCase().startsWith(text.slice(0, -1)));
  };
  return notActions.length > 0 ? !notActions.some(matches) : actions.some(matches);
}

/** A policy without resources is about the one that it is attached to. */
function isAbout({ resources, notResources }: Statement, resource: Resource, app: AppModel): boolean {
  if (notResources.length > 0) return false;
  return resources.length === 0
    || resources.some((one) => meantBy(one, app, resource.stackId).takesIn(resource) || resourcesAt(one, app).includes(resource));
}
