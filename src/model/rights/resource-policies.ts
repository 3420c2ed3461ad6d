import { speaksOf } from './actions';
import { Closure, closedToCallers, closedToSources, deniesOthers } from './conditions';
import { Grantee, GranteeKind, granteesOf } from './grantees';
import { Statement, statementsOf } from './iam';
import { POLICY_PLACES, PolicyKind } from './policy-places';
import { AppModel } from '../resources/app-model';
import { Meant, meantBy } from '../resources/names';
import { Resource } from '../resources/resource';
import { matchesGlob } from '../values/glob';
import { alternatives, at, elements, isRecord, textOf, Value } from '../values/values';

/** One statement of a policy of a resource, whatever form the template has for it. */
export interface Grant {
  /** The resource that holds the statement. */
  readonly holder: Resource;
  readonly kind: PolicyKind;
  /** The resources of the app that it opens; none where it opens something of another app. */
  readonly on: readonly Resource[];
  readonly statement: Statement;
  readonly location: string;
  readonly grantees: readonly Grantee[];
  /** Whether conditions close it to all but somebody, should it name everybody. */
  readonly closure: Closure;
  /** Whether conditions bind a service that it names to those for whom it acts. */
  readonly sources: Closure;
}

const BUS_POLICY = 'AWS::Events::EventBusPolicy';
const LAYER_PERMISSION = 'AWS::Lambda::LayerVersionPermission';
const PERMISSION = 'AWS::Lambda::Permission';

/** Resource types that say who may use a resource. */
export const RESOURCE_POLICY_TYPES: readonly string[] = [...Object.keys(POLICY_PLACES), BUS_POLICY, LAYER_PERMISSION, PERMISSION].sort();

/** The allowing statements of all policies that a resource holds about itself or another one. */
export function grantsOf(holder: Resource, app: AppModel): readonly Grant[] {
  const cache = app.index('grants by holder', () => new Map<string, readonly Grant[]>());
  const known = cache.get(holder.key);
  if (known !== undefined) return known;
  const found = declaredIn(holder).flatMap((declared) => declared.statements.filter(({ allows }) => allows)
    .map((statement) => toGrant(holder, declared, statement, app)));
  cache.set(holder.key, found);
  return found;
}

function toGrant(holder: Resource, { kind, on: place, statements }: Declared, statement: Statement, app: AppModel): Grant {
  const on = place === undefined ? [holder] : holder.items(place).flatMap((value) => app.functionBehind(value) ?? app.targets(value));
  const read = (value: Value) => meantBy(value, app, holder.stackId);
  const fenced = statements.some((denial) => (
    !denial.allows && takesIn(denial, statement) && deniesOthers(denial, app) && isAsWide(denial, statement, on, read)));
  let closure: Closure | undefined;
  let sources: Closure | undefined;
  return {
    holder,
    kind,
    on,
    statement,
    location: statement.location,
    grantees: granteesOf(statement, app),
    // nobody asks about callers where a service is named, and the other way round
    get closure() { return closure ??= fenced ? Closure.CLOSED : closedToCallers(statement, app); },
    get sources() { return sources ??= fenced ? Closure.CLOSED : closedToSources(statement, app); },
  };
}

/** Whether a denial speaks of all actions that another statement allows. */
function takesIn(denial: Statement, { actions }: Statement): boolean {
  return actions.length > 0 && actions.every((action) => speaksOf(denial, textOf(action) ?? ''));
}

/** Whether a denial is about all resources that another statement is about: what it spares stays open. */
function isAsWide(denial: Statement, { resources, notResources }: Statement, on: readonly Resource[], read: (value: Value) => Meant): boolean {
  if (denial.notResources.length > 0) return false;
  if (denial.resources.length === 0) return true;
  const denied = denial.resources.map(read);
  const allowed = notResources.length > 0 ? [read('*')] : resources.map(read);
  return allowed.every((one) => denied.some((other) => matchesGlob(other.text, one.text) || isSamePlace(other, one, on)));
}

/** The same resource under two names, and what is inside of it; a policy that says `*` is about the resource that it is attached to. */
function isSamePlace(denied: Meant, allowed: Meant, on: readonly Resource[]): boolean {
  const about = allowed.text === '*' ? on : allowed.resources;
  return about.length > 0 && about.every((resource) => denied.resources.includes(resource)) && matchesGlob(insideOf(denied), insideOf(allowed));
}

/** What stands after the resource in an ARN: `/*` for the objects of a bucket. */
function insideOf({ text }: Meant): string {
  return /^(?:arn:[^/]*?:|<[^<>]*>|)[^/]*(\/.*)$/.exec(text.replace(/<([^<>]*)>/g, '<_>'))?.[1] ?? '';
}

/** The statements that let somebody use a resource of the app. */
export function grantsOn(resource: Resource, app: AppModel): readonly Grant[] {
  return app.index('grants by resource', () => {
    const table = new Map<string, Grant[]>();
    for (const grant of app.ofType(...RESOURCE_POLICY_TYPES).flatMap((holder) => grantsOf(holder, app))) {
      for (const { key } of grant.on) {
        const list = table.get(key);
        if (list === undefined) table.set(key, [grant]);
        else list.push(grant);
      }
    }
    return table;
  }).get(resource.key) ?? [];
}

/** Whether a statement lets in everybody, in spite of its conditions. */
export function isOpenToEveryone({ grantees, closure }: Grant): boolean {
  return closure === Closure.OPEN && grantees.some(({ kind }) => kind === GranteeKind.EVERYONE);
}

interface Declared {
  readonly kind: PolicyKind;
  readonly on?: string;
  readonly statements: readonly Statement[];
}

function declaredIn(holder: Resource): readonly Declared[] {
  switch (holder.type) {
    case PERMISSION: return [{ kind: PolicyKind.FUNCTION, on: 'FunctionName', statements: [invokeStatement(holder)] }];
    case LAYER_PERMISSION: return [{ kind: PolicyKind.LAYER, on: 'LayerVersionArn', statements: [layerStatement(holder)] }];
    case BUS_POLICY: return [{ kind: PolicyKind.BUS, on: 'EventBusName', statements: busStatements(holder) }];
    default: return (POLICY_PLACES[holder.type] ?? []).map(({ kind, document, on }) => ({
      kind, on, statements: documentsAt(holder, document).flatMap(([value, location]) => statementsOf(value, location)),
    }));
  }
}

function documentsAt(holder: Resource, path: string): readonly (readonly [Value, string])[] {
  const [list, rest] = path.split('.[].');
  if (rest === undefined) return [[holder.property(path), `Properties.${path}`]];
  return holder.items(list).map((element, index) => [rest.split('.').reduce<Value>((value, key) => at(value, key), element), `Properties.${list}.${index}.${rest}`]);
}

/** A permission of Lambda is a statement in other words. */
function invokeStatement(permission: Resource): Statement {
  const given = (name: string, key: string) => (permission.property(name) === undefined ? {} : { [key]: permission.property(name) });
  const equals = {
    ...given('SourceAccount', 'aws:SourceAccount'),
    ...given('PrincipalOrgID', 'aws:PrincipalOrgID'),
    ...given('EventSourceToken', 'lambda:EventSourceToken'),
    ...given('FunctionUrlAuthType', 'lambda:FunctionUrlAuthType'),
    ...given('InvokedViaFunctionUrl', 'lambda:InvokedViaFunctionUrl'),
  };
  const like = given('SourceArn', 'aws:SourceArn');
  return {
    ...permitting(permission),
    principals: permissionPrincipal(permission.property('Principal')),
    conditions: { StringEquals: equals, ArnLike: like },
  };
}

function permissionPrincipal(value: Value): Value {
  const isService = alternatives(value).some((option) => /\.(amazonaws\.com|<AWS::URLSuffix>|amazon\.com)/.test(textOf(option) ?? ''));
  return isService ? { Service: value } : value;
}

function layerStatement(permission: Resource): Statement {
  const organization = permission.property('OrganizationId');
  return {
    ...permitting(permission),
    principals: permission.property('Principal'),
    conditions: organization === undefined ? undefined : { StringEquals: { 'aws:PrincipalOrgID': organization } },
  };
}

/** A bus policy is a statement, or the parts of one. */
function busStatements(policy: Resource): readonly Statement[] {
  const statement = policy.property('Statement');
  if (statement !== undefined) return statementsOf({ Statement: statement }, 'Properties');
  const condition = policy.property('Condition');
  const conditions = alternatives(condition).filter(isRecord).map((one) => (
    { [textOf(at(one, 'Type')) ?? 'StringEquals']: { [textOf(at(one, 'Key')) ?? '']: at(one, 'Value') } }));
  return [{
    ...permitting(policy),
    principals: policy.property('Principal'),
    conditions: isRecord(condition) ? conditions[0] : condition === undefined ? undefined : condition,
  }];
}

function permitting(resource: Resource): Statement {
  return {
    allows: true,
    sid: textOf(resource.property('StatementId')),
    actions: elements(resource.property('Action')),
    notActions: [],
    resources: [],
    notResources: [],
    principals: undefined,
    notPrincipals: undefined,
    conditions: undefined,
    location: 'Properties',
    unresolved: false,
  };
}
