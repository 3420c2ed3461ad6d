import { speaksOf } from './actions';
import { awsManagedPolicy } from './aws-managed-policies';
import { identityStatements, isOnlyBoundary, policyHoldersOf, Statement } from './iam';
import { AppModel } from '../resources/app-model';
import { Meant, meantBy, resourceMeant } from '../resources/names';
import { Resource } from '../resources/resource';
import { elements } from '../values/values';

const FUNCTION = 'AWS::Lambda::Function';
const ROLE = 'AWS::IAM::Role';

/** One right of a role: an allowing statement on one of the things that it names. */
export interface Access {
  readonly role: Resource;
  /** The resource that holds the statement: the role, or a policy that is attached to it. */
  readonly holder: Resource;
  readonly statement: Statement;
  /** The resource of the app that is meant, where the statement names one. */
  readonly resource?: Resource;
  /** What the statement names, as written, with pointers as `<path.Attribute>`. */
  readonly element: string;
  /** The statement holds for whatever there is. */
  readonly everything: boolean;
  /** Whether the right includes an action: neither a denial without conditions nor the permissions boundary takes it away. */
  covers(action: string): boolean;
  /** Whether the right holds on a resource of the app: by name, by a pattern, or because it holds on everything. */
  reaches(resource: Resource): boolean;
}

/** A role that has a right on a resource. */
export interface PrincipalAccess {
  readonly role: Resource;
  readonly access: Access;
}

/** The rights of a role: inline, in attached policies of the app, and those of policies of AWS whose actions are known. */
export function accessOf(role: Resource, app: AppModel): readonly Access[] {
  const cache = app.index('access by role', () => new Map<string, readonly Access[]>());
  const known = cache.get(role.key);
  if (known !== undefined) return known;
  const found = rightsOf(role, app);
  cache.set(role.key, found);
  return found;
}

/** The rights of a role on one resource. */
export function accessTo(role: Resource, resource: Resource, app: AppModel): readonly Access[] {
  return accessOf(role, app).filter((access) => access.reaches(resource));
}

/** The roles that may do something to a resource. */
export function principalsWith(resource: Resource, action: string, app: AppModel): readonly PrincipalAccess[] {
  const { byResource } = app.index('access by resource', () => joined(app));
  const named = (byResource.get(resource.key) ?? []).filter((access) => access.covers(action));
  return [...named, ...wideAccess(action, app).filter((access) => access.reaches(resource))].map((access) => ({ role: access.role, access }));
}

/** Rights to do something to what they name by a pattern: few, and asked about every resource. */
function wideAccess(action: string, app: AppModel): readonly Access[] {
  const byAction = app.index('access by pattern', () => new Map<string, readonly Access[]>());
  const { wide } = app.index('access by resource', () => joined(app));
  const found = byAction.get(action) ?? wide.filter((access) => access.covers(action));
  byAction.set(action, found);
  return found;
}

/** The role that a function acts with, when the app holds it: by pointer, by the name in an ARN, or through another stack. */
export function roleOf(fn: Resource, app: AppModel): Resource | undefined {
  return rolesByFunction(app).get(fn.key)?.[0];
}

/** The functions that act with a role. */
export function functionsOfRole(role: Resource, app: AppModel): readonly Resource[] {
  return app.index('functions of roles', () => {
    const table = new Map<string, Resource[]>();
    for (const fn of app.ofType(FUNCTION)) {
      for (const { key } of rolesByFunction(app).get(fn.key)!) table.set(key, [...table.get(key) ?? [], fn]);
    }
    return table;
  }).get(role.key) ?? [];
}

/** The roles to which a policy gives its rights; for a role, itself. */
export function rolesHolding(holder: Resource, app: AppModel): readonly Resource[] {
  return app.index('roles by policy', () => {
    const table = new Map<string, Resource[]>();
    for (const role of app.ofType(ROLE)) {
      for (const { key } of policyHoldersOf(role, app)) table.set(key, [...table.get(key) ?? [], role]);
    }
    return table;
  }).get(holder.key) ?? [];
}

function rolesByFunction(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  return app.index('roles by function', () => new Map(app.ofType(FUNCTION).map((fn) => (
    [fn.key, fn.alternatives('Role').map((role) => resourceMeant(role, app, fn.stackId, ROLE)).filter((role) => role !== undefined)]))));
}

function joined(app: AppModel): { readonly byResource: ReadonlyMap<string, readonly Access[]>; readonly wide: readonly Access[] } {
  const byResource = new Map<string, Access[]>();
  const wide: Access[] = [];
  for (const access of app.ofType(ROLE).flatMap((role) => accessOf(role, app))) {
    if (access.resource === undefined) {
      wide.push(access);
      continue;
    }
    const list = byResource.get(access.resource.key);
    if (list === undefined) byResource.set(access.resource.key, [access]);
    else list.push(access);
  }
  return { byResource, wide };
}

function rightsOf(role: Resource, app: AppModel): readonly Access[] {
  const held = policyHoldersOf(role, app).filter((holder) => !isOnlyBoundary(holder, app))
    .flatMap((holder) => identityStatements(holder, app).map((statement) => ({ holder, statement })));
  const denials = held.filter(({ statement }) => !statement.allows && statement.conditions === undefined).map(({ statement }) => statement);
  const boundary = boundaryOf(role, app);
  const allowing = [...held.filter(({ statement }) => statement.allows && !statement.unresolved), ...fromAws(role, app)];
  return allowing.flatMap(({ holder, statement }) => meantIn(statement, app, holder.stackId).flatMap((meant) => {
    const covers = (action: string) => speaksOf(statement, action) && !denials.some((denial) => denies(denial, action, meant, app))
      && (boundary === undefined || boundary.some((one) => speaksOf(one, action)));
    const right = { role, holder, statement, element: meant.text, everything: /^\*+$/.test(meant.text), covers };
    if (meant.resources.length === 0) return [{ ...right, reaches: meant.takesIn }];
    return meant.resources.map((resource) => ({ ...right, resource, reaches: (other: Resource) => other === resource }));
  }));
}

/** `NotResource` holds for everything but a few: nearly everything. */
function meantIn(statement: Statement, app: AppModel, stackId: string): readonly Meant[] {
  if (statement.notResources.length > 0) return [meantBy('*', app, stackId)];
  return statement.resources.map((resource) => meantBy(resource, app, stackId));
}

function denies(denial: Statement, action: string, meant: Meant, app: AppModel): boolean {
  if (!speaksOf(denial, action) || denial.notResources.length > 0) return false;
  return denial.resources.some((resource) => {
    const text = app.describe(resource) ?? '';
    return text === '*' || text === meant.text || (text.endsWith('*') && meant.text.startsWith(text.slice(0, -1)));
  });
}

/** What a permissions boundary of the app leaves; undefined without one, or with one that the app does not hold. */
function boundaryOf(role: Resource, app: AppModel): readonly Statement[] | undefined {
  const boundary = resourceMeant(role.property('PermissionsBoundary'), app, role.stackId, 'AWS::IAM::ManagedPolicy');
  return boundary === undefined ? undefined : identityStatements(boundary, app).filter(({ allows }) => allows);
}

function fromAws(role: Resource, app: AppModel): readonly { readonly holder: Resource; readonly statement: Statement }[] {
  return elements(role.property('ManagedPolicyArns')).flatMap((arn, index) => {
    const policy = awsManagedPolicy(app.describe(arn) ?? '');
    if (policy === undefined || policy.actions.length === 0) return [];
    const statement: Statement = {
      allows: true,
      sid: policy.name,
      actions: policy.actions,
      notActions: [],
      resources: ['*'],
      notResources: [],
      principals: undefined,
      notPrincipals: undefined,
      conditions: undefined,
      location: `Properties.ManagedPolicyArns.${index}`,
      unresolved: false,
    };
    return [{ holder: role, statement }];
  });
}
