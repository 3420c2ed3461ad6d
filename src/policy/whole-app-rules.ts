import { EntryPoint, Layer } from './entry-points/entry-point';
import { ENTRY_TYPES, entryPointsAt } from './entry-points/entry-points';
import { isWatchedAtAll } from '../model/alarms';
import { behaviorsOf, DISTRIBUTION, EdgeBehavior } from '../model/entries/edge-behaviors';
import { integrationsByRoute, onlyReads, routeKey } from '../model/entries/integrations';
import { isAuthenticated, RouteAuthorization, routeName } from '../model/entries/route';
import { AppModel } from '../model/resources/app-model';
import { functionAt } from '../model/resources/pointers';
import { Resource } from '../model/resources/resource';
import { accessOf, roleOf } from '../model/rights/access';
import { ACTION_CLASSES, changingActions } from '../model/rights/action-classes';
import { fail, Outcome, pass, Rule, Severity, unresolved } from '../model/rule';
import { isAny } from '../model/values/answers';
import { at, elements, isUnresolved, Value } from '../model/values/values';

/** Where an app keeps data, or starts what changes it. Keys and functions hold none of their own. */
const STORE_TYPES = Object.keys(ACTION_CLASSES).filter((type) => !['AWS::KMS::Key', 'AWS::Lambda::Function'].includes(type));
const STORE_WRITES = STORE_TYPES.flatMap(changingActions);

const METRICS_OF_ENTRIES = ['AWS/ApiGateway', 'AWS/AppSync', 'AWS/ApplicationELB', 'AWS/Bedrock-AgentCore'];

const FINDING_FORM = 'method and path of the route, `GET /orders/{id}`; none for what has no routes';

export const ENTRY_POINT_LAYERS: Rule = {
  id: 'EntryPointLayers',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: ENTRY_TYPES,
  title: 'Too few independent layers stand between a caller and the code',
  why: 'Each layer fails at some time: a key leaks, a rule is too wide, a flaw is found. With two layers or fewer, one failure and one mistake are enough to get in.',
  fix: 'Add what is missing: an authorizer, a request validator, a throttle, a web ACL, access logs or alarms, a role of its own without wildcards. '
    + 'SecureApi, SecureHttpApi and SecureFunctionUrl bring them; minimumLayers sets how many are needed. The throttle of a usage plan does not count: AWS keeps it on a best-effort '
    + 'basis and says not to rely on it to block access; set one at the stage too.',
  risks: ['single-layer', 'no-front-line'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless S6', 'CSA SAS-03'],
  findingForm: FINDING_FORM,
  check: (resource, app, { options }) => waysIn(resource, app).map((entry) => judgeLayers(entry, app, options.minimumLayers)),
};

export const WEB_ACL_ALONE: Rule = {
  id: 'WebAclAlone',
  severity: Severity.MEDIUM,
  appliesTo: ENTRY_TYPES,
  title: 'A web ACL is all that stands before a way in',
  why: 'A web ACL knows patterns of known attacks. It does not know who calls, what a right request looks like, or how much is too much: whatever fits no pattern reaches the code.',
  fix: 'Give the way in an authorizer; where it must be open, a request validator and a throttle. Keep the web ACL as one layer among others.',
  risks: ['single-layer', 'broken-authentication'],
  frameworks: ['OWASP Serverless S1', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: FINDING_FORM,
  check: (resource, app) => waysIn(resource, app).map(judgeWebAcl),
};

export const OPEN_STORE_PATH: Rule = {
  id: 'OpenStorePath',
  severity: Severity.HIGH,
  appliesTo: [...ENTRY_TYPES, DISTRIBUTION],
  title: 'What answers unauthenticated callers may change or delete stored data',
  why: 'Anybody on the internet is one flaw of the code away from the data: no login stands on the way from the open door to the right to write.',
  fix: 'Give the way in an authorizer. If it must be open, let its function write nothing but one queue of its own, have a function behind the queue check before it stores, '
    + 'and accept the finding for that reason. A function at the edge needs no right to write: let what it found out go to the origin in a header.',
  risks: ['broken-authentication', 'over-privilege', 'single-layer'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless S5', 'CSA SAS-02', 'CSA SAS-04'],
  findingForm: `${FINDING_FORM}; for functions at the edge the path pattern of the behavior, or default`,
  check: (resource, app) => (resource.type === DISTRIBUTION ? behaviorsOf(resource).map((behavior) => judgeEdge(behavior, app))
    : waysIn(resource, app).map((entry) => judgePath(entry, app))),
};

/** What stands before containers, or code of any kind that serves a whole site: the code asks who calls, as it does behind servers. */
const LEFT_TO_CODE: ReadonlySet<EntryPoint['kind']> = new Set(['container-service', 'load-balancer']);

/**
 * Browsers send preflight requests without credentials, what only joined networks call has rules of its own, and a load balancer that reads no requests
 * can have none of the layers.
 */
function waysIn(resource: Resource, app: AppModel): readonly EntryPoint[] {
  return entryPointsAt(resource, app).filter(({ kind, layers, route }) => (
    route?.preflight !== true && kind !== 'lattice-service' && !(kind === 'load-balancer' && layers.webAcl === null)));
}

/** What a way in cannot have does not count; what only the deployment knows may be there. Rules of their own ask about unknown authorization. */
function judgeLayers(entry: EntryPoint, app: AppModel, minimum: number): Outcome {
  const { authorization: _, logging, ...others } = entry.layers;
  const watched = logging === false ? isWatched(entry, app) : logging;
  const layers: readonly Layer[] = [isAuthenticated(entry.layers) !== false, watched, ...Object.values(others) as Layer[]];
  const possible = layers.filter((layer) => layer !== null);
  const needed = Math.min(minimum, possible.length);
  const seen = possible.filter((layer) => layer === true).length;
  if (seen >= needed) return pass();
  const open = possible.filter((layer) => layer === undefined).length;
  return seen + open >= needed || entry.mayBeInside === true ? unresolved(entry.location, entry.finding) : fail(entry.location, entry.finding);
}

/** Whether an alarm watches the API or the function. */
function isWatched({ declaredBy, handler, route }: EntryPoint, app: AppModel): boolean | undefined {
  const api = route?.api ?? declaredBy;
  const answers = [
    ...METRICS_OF_ENTRIES.map((namespace) => isWatchedAtAll(api, namespace, [api.property('Name')], app)),
    ...handler === undefined ? [] : [isWatchedAtAll(handler, 'AWS/Lambda', [handler.property('FunctionName')], app)],
  ];
  return isAny(answers);
}

/** A schema of GraphQL, or of tools, says what may be asked, not what is good. */
function judgeWebAcl({ kind, layers, location, finding }: EntryPoint): Outcome {
  if (layers.webAcl !== true || LEFT_TO_CODE.has(kind)) return pass();
  const others: readonly Layer[] = [isAuthenticated(layers), ['graphql-api', 'agent-gateway'].includes(kind) ? false : layers.validation, layers.throttle];
  if (others.includes(true)) return pass();
  return others.includes(undefined) ? unresolved(location, finding) : fail(location, finding);
}

/**
 * | callers            | roles behind the way in | result     |
 * |--------------------|-------------------------|------------|
 * | prove who they are | any                     | pass       |
 * | anybody            | none may write          | pass       |
 * | anybody            | the API itself, reading | pass       |
 * | anybody            | one may write           | fail       |
 * | not known          | one may write           | unresolved |
 * | left to the code   | one may write           | unresolved |
 */
function judgePath(entry: EntryPoint, app: AppModel): Outcome {
  const { kind, layers, location, finding, roles } = entry;
  if (isAuthenticated(layers) === true || apiOnlyReads(entry, app) || !roles.some((role) => mayWrite(role, app))) return pass();
  return layers.authorization === RouteAuthorization.NONE && !LEFT_TO_CODE.has(kind) ? fail(location, finding) : unresolved(location, finding);
}

/**
 * What runs first at the edge runs for whoever asks the distribution (https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/lambda-cloudfront-trigger-events.html).
 *
 * | what CloudFront asks for | runs at viewer-request         | a function that may write runs | result     |
 * |--------------------------|--------------------------------|--------------------------------|------------|
 * | a signed address         | anything                       | at any event                   | pass       |
 * | nothing                  | that function, or nothing      | at any event                   | fail       |
 * | nothing                  | another, which may ask who it is | later                        | unresolved |
 * | known at deployment      | that function, or nothing      | at any event                   | unresolved |
 */
function judgeEdge({ value, location, name }: EdgeBehavior, app: AppModel): Outcome {
  const associated = elements(at(value, 'LambdaFunctionAssociations'));
  const writing = associated.filter((one) => mayWriteAtEdge(at(one, 'LambdaFunctionARN'), app));
  const keys = ['TrustedKeyGroups', 'TrustedSigners'].flatMap((property) => elements(at(value, property)));
  if (writing.length === 0 || keys.some((key) => !isUnresolved(key))) return pass();
  const asksFirst = [...associated.filter((one) => !writing.includes(one)), ...elements(at(value, 'FunctionAssociations'))].some(seesViewersFirst);
  return keys.length > 0 || (asksFirst && !writing.some(seesViewersFirst)) ? unresolved(location, name) : fail(location, name);
}

function seesViewersFirst(association: Value): boolean {
  return at(association, 'EventType') === 'viewer-request';
}

function mayWriteAtEdge(version: Value, app: AppModel): boolean {
  const fn = functionAt(version, app);
  const role = fn === undefined ? undefined : roleOf(fn, app);
  return role !== undefined && mayWrite(role, app);
}

/** No code stands behind the route, and what the API asks for is written in the template. */
function apiOnlyReads({ handler, route }: EntryPoint, app: AppModel): boolean {
  if (handler !== undefined || route?.kind !== 'rest') return false;
  const integration = integrationsByRoute(app).get(routeKey(route.api, routeName(route)));
  return integration !== undefined && onlyReads(integration, app);
}

function mayWrite(role: Resource, app: AppModel): boolean {
  const cache = app.index('roles that write', () => new Map<string, boolean>());
  const known = cache.get(role.key);
  if (known !== undefined) return known;
  const receivers = app.index('receivers of failures', () => failureReceivers(app));
  const found = accessOf(role, app).some((access) => !receivers.has(access.resource?.key ?? '')
    && (access.resource === undefined ? STORE_WRITES : changingStores(access.resource.type)).some((action) => access.covers(action)));
  cache.set(role.key, found);
  return found;
}

function changingStores(type: string): readonly string[] {
  return STORE_TYPES.includes(type) ? changingActions(type) : [];
}

/** What Lambda itself sends away after a failed run is no data of the app: dead-letter queues and failure destinations. */
function failureReceivers(app: AppModel): ReadonlySet<string> {
  const values = [
    ...app.ofType('AWS::Lambda::Function').flatMap((fn) => fn.alternatives('DeadLetterConfig.TargetArn')),
    ...app.ofType('AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping')
      .flatMap((config) => config.alternatives('DestinationConfig.OnFailure.Destination')),
  ];
  return new Set(values.flatMap((value) => app.targets(value)).map(({ key }) => key));
}

export const WHOLE_APP_RULES: readonly Rule[] = [ENTRY_POINT_LAYERS, OPEN_STORE_PATH, WEB_ACL_ALONE];
