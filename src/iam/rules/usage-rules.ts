import { routesByResource } from '../../model/entries/api-routes';
import { AppModel } from '../../model/resources/app-model';
import { meantBy } from '../../model/resources/names';
import { Resource } from '../../model/resources/resource';
import { accessOf, functionsOfRole, roleOf, rolesHolding } from '../../model/rights/access';
import { changingActions } from '../../model/rights/action-classes';
import { mayConcern, speaksOf } from '../../model/rights/actions';
import { mentions } from '../../model/rights/conditions';
import { conditionsOf, IDENTITY_POLICY_TYPES, identityStatements, Statement } from '../../model/rights/iam';
import { fail, notApplicable, pass, Rule, Severity } from '../../model/rule';
import { at, entries, textOf } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';
const TABLES = ['AWS::DynamoDB::GlobalTable', 'AWS::DynamoDB::Table'];

/** What a request that only reads has no business to change. */
const CHANGED_STORES: ReadonlySet<string> = new Set([...TABLES, 'AWS::Kinesis::Stream', 'AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue']);

/** Actions that read a whole table, whose tenants the key cannot tell apart. */
const WHOLE_TABLE_ACTIONS = [
  'dynamodb:PartiQLSelect', 'dynamodb:Scan', 'dynamodb:SearchVectors', 'dynamodb:ExportTableToPointInTime', 'dynamodb:PartiQLDelete', 'dynamodb:PartiQLUpdate',
];

/** Actions on the items of one key. */
const ITEM_ACTIONS = ['dynamodb:Query', 'dynamodb:GetItem', 'dynamodb:BatchGetItem', 'dynamodb:UpdateItem', 'dynamodb:PutItem', 'dynamodb:DeleteItem'];

/** Operators that a request without any key satisfies, as a scan is one. */
const MET_WITHOUT_A_KEY = /^forallvalues:|ifexists$/i;
const LEADING_KEYS = /^dynamodb:leadingkeys$/i;
const READING_METHODS = new Set(['GET', 'HEAD', 'OPTIONS']);

export const READ_ROUTE_RIGHTS: Rule = {
  id: 'ReadRouteRights',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'A function that answers reading requests only may change data',
  why: 'Nobody expects a GET request to change anything, so that nobody checks it: whoever takes over the function deletes or forges what it only has to show.',
  fix: 'Give the function the right to read (allowRead, grantReadData), or serve the changing route with a function of its own.',
  risks: ['over-privilege'],
  frameworks: ['CKV_AWS_111', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action and the resource',
  check: (fn, app) => {
    const role = roleOf(fn, app);
    if (role === undefined || !readsOnly(fn, app)) return notApplicable();
    const spared = afterFailure(fn, app);
    const found = accessOf(role, app).flatMap((access) => {
      if (access.resource === undefined || !CHANGED_STORES.has(access.resource.type) || spared.has(access.resource.key)) return [];
      const action = changingActions(access.resource.type).find((one) => access.covers(one));
      return action === undefined ? [] : [fail('Properties.Role', `${action} on ${access.resource.name}`)];
    });
    return found.length === 0 ? pass() : found;
  },
};

export const INDEX_GRANT_UNUSED: Rule = {
  id: 'IndexGrantUnused',
  severity: Severity.LOW,
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A policy allows the indexes of a table that has none',
  why: 'The right is dead now and comes alive with the first index that somebody adds, whose projection may show what the table hides.',
  fix: 'Take the index out of the resources; SecureTable and the grants of CDK add it only when there is an index.',
  risks: ['over-privilege'],
  frameworks: ['cdk-nag IAM5', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the resource, pointers as <construct path.Attribute>',
  check: (policy, app) => identityStatements(policy, app).filter(({ allows }) => allows)
    .flatMap((statement) => statement.resources.map((resource) => {
      const meant = meantBy(resource, app, policy.stackId);
      const tables = meant.resources.filter(({ type }) => TABLES.includes(type));
      if (tables.length === 0) return notApplicable();
      return tables.some(hasIndex) || !/\/index(\/|$)/.test(meant.text) ? pass() : fail(`${statement.location}.Resource`, meant.text);
    })),
};

export const TENANT_SCAN_RIGHTS: Rule = {
  id: 'TenantScanRights',
  severity: Severity.LOW,
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A function that serves several tenants may read the whole table',
  why: 'Scan, PartiQL and a search by vectors reach the items of all tenants: one forgotten filter, or one injected statement, shows them to the wrong one.',
  fix: 'Allow Query and GetItem with dynamodb:LeadingKeys that name the tenant, and leave scans to a job without a way in. A scan has no leading keys: '
    + 'ForAllValues holds for it.',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action',
  check: (policy, app) => {
    if (!identityStatements(policy, app).some((statement) => mayConcern(statement, 'dynamodb'))) return notApplicable();
    const serving = app.index('roles that serve tenants', () => new Set(app.ofType('AWS::IAM::Role').filter((role) => servesTenants(role, app))));
    if (!rolesHolding(policy, app).some((role) => serving.has(role))) return notApplicable();
    return identityStatements(policy, app).filter(({ allows }) => allows).map((statement) => {
      const action = openedBy(statement, app);
      return action === undefined ? pass() : fail(statement.location, action);
    });
  },
};

/**
 * The action by which a statement reaches the items of all tenants.
 *
 * | condition on the leading keys                          | Query, GetItem | Scan, PartiQL |
 * |--------------------------------------------------------|----------------|---------------|
 * | none                                                   | not asked      | all           |
 * | values that are wildcards alone                        | all            | all           |
 * | `ForAllValues:`, `…IfExists`: met without any key      | one tenant     | all           |
 * | the same, and a `Null` that asks for the key           | one tenant     | none          |
 * | other                                                  | one tenant     | none          |
 *
 * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/specifying-conditions.html
 */
function openedBy(statement: Statement, app: AppModel): string | undefined {
  const first = (actions: readonly string[]) => actions.find((one) => speaksOf(statement, one));
  const keys = conditionsOf(statement).filter(({ key }) => LEADING_KEYS.test(key));
  if (keys.length === 0) return first(WHOLE_TABLE_ACTIONS);
  const asks = keys.filter(({ operator }) => !/^null$/i.test(operator));
  if (asks.length > 0 && asks.every(({ values }) => values.some((value) => /^[*?]+$/.test(app.describe(value) ?? '')))) {
    return first([...WHOLE_TABLE_ACTIONS, ...ITEM_ACTIONS]);
  }
  const isSure = keys.some(({ operator, values }) => (/^null$/i.test(operator) ? values.every((value) => textOf(value) === 'false') : !MET_WITHOUT_A_KEY.test(operator)));
  return isSure ? undefined : first(WHOLE_TABLE_ACTIONS);
}

/** All ways in are routes that read, and no event source, permission of another service or URL calls the function besides. */
function readsOnly(fn: Resource, app: AppModel): boolean {
  const methods = methodsByHandler(app).get(fn.key);
  return methods !== undefined && [...methods].every((method) => READING_METHODS.has(method)) && !otherCallers(app).has(fn.key);
}

function methodsByHandler(app: AppModel): ReadonlyMap<string, ReadonlySet<string>> {
  return app.index('methods by handler', () => {
    const table = new Map<string, Set<string>>();
    for (const { handler, method, kind } of [...routesByResource(app).values()].flat()) {
      if (handler !== undefined) table.set(handler.key, (table.get(handler.key) ?? new Set()).add(kind === 'websocket' ? 'ANY' : method));
    }
    return table;
  });
}

/** Functions that something else than a route calls. */
function otherCallers(app: AppModel): ReadonlySet<string> {
  return app.index('functions with other callers', () => new Set([
    ...app.ofType('AWS::Lambda::EventSourceMapping').map((mapping) => app.functionBehind(mapping.property('FunctionName'))),
    ...app.ofType('AWS::Lambda::Url').map((url) => app.functionBehind(url.property('TargetFunctionArn'))),
    ...app.ofType('AWS::AppSync::DataSource').map((source) => app.functionBehind(source.property('LambdaConfig.LambdaFunctionArn'))),
    ...app.ofType('AWS::Lambda::Permission').filter((permission) => !/^apigateway\./.test(textOf(permission.property('Principal')) ?? ''))
      .map((permission) => app.functionBehind(permission.property('FunctionName'))),
  ].map((fn) => fn?.key ?? '')));
}

/** Queues and topics that take what the function could not handle are written to by Lambda, in its name. */
export function afterFailure(fn: Resource, app: AppModel): ReadonlySet<string> {
  const configured = app.index('destinations by function', () => {
    const table = new Map<string, Resource[]>();
    for (const config of app.ofType('AWS::Lambda::EventInvokeConfig')) {
      const targets = ['OnFailure', 'OnSuccess'].flatMap((outcome) => app.targets(config.property(`DestinationConfig.${outcome}.Destination`)));
      const called = app.functionBehind(config.property('FunctionName'));
      if (called !== undefined) table.set(called.key, [...table.get(called.key) ?? [], ...targets]);
    }
    return table;
  });
  return new Set([...app.targets(fn.property('DeadLetterConfig.TargetArn')), ...configured.get(fn.key) ?? []].map(({ key }) => key));
}

function hasIndex(table: Resource): boolean {
  return ['GlobalSecondaryIndexes', 'LocalSecondaryIndexes', 'VectorIndexes'].some((list) => table.items(list).length > 0);
}

/**
 * Somebody thought of tenants: a statement binds keys; or a function with a way in, which a report without one is not, is told about tenants or
 * uses a table that is keyed by them.
 */
function servesTenants(role: Resource, app: AppModel): boolean {
  const rights = accessOf(role, app);
  if (rights.some(({ statement }) => mentions(statement, LEADING_KEYS))) return true;
  const called = functionsOfRole(role, app).filter((fn) => methodsByHandler(app).has(fn.key) || otherCallers(app).has(fn.key));
  const told = called.some((fn) => entries(fn.property('Environment.Variables')).some(([name]) => /tenant/i.test(name)));
  return told || (called.length > 0 && rights.some(({ resource }) => resource !== undefined && isKeyedByTenant(resource)));
}

function isKeyedByTenant(table: Resource): boolean {
  return TABLES.includes(table.type) && table.items('KeySchema').some((key) => at(key, 'KeyType') === 'HASH' && /tenant/i.test(textOf(at(key, 'AttributeName')) ?? ''));
}

export const USAGE_RULES: readonly Rule[] = [INDEX_GRANT_UNUSED, READ_ROUTE_RIGHTS, TENANT_SCAN_RIGHTS];
