import { ENTRY_TYPES, EntryPoint, entryPointsAt, Layer } from './entry-points';
import { AppModel } from './model/app-model';
import { Statement, statementsOfRole } from './model/iam';
import { Resource } from './model/resource';
import { isAuthenticated, RouteAuthorization } from './model/route';
import { fail, Outcome, pass, Rule, Severity, unresolved } from './model/rule';
import { at, elements, textOf } from './model/values';
import { STORE_WRITE_ACTIONS } from './store-baseline';

const FINDING_FORM = 'method and path of the route, `GET /orders/{id}`; none for function URLs and GraphQL APIs';

export const ENTRY_POINT_LAYERS: Rule = {
  id: 'EntryPointLayers',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: ENTRY_TYPES,
  title: 'Too few independent layers stand between a caller and the code',
  why: 'Each layer fails at some time: a key leaks, a rule is too wide, a flaw is found. With two layers or fewer, one failure and one mistake are enough to get in.',
  fix: 'Add what is missing: an authorizer, a request validator, a throttle, a web ACL, access logs or alarms, a role of its own without wildcards. '
    + 'SecureApi, SecureHttpApi and SecureFunctionUrl bring them; minimumLayers sets how many are needed.',
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
  appliesTo: ENTRY_TYPES,
  title: 'What answers unauthenticated callers may change or delete stored data',
  why: 'Anybody on the internet is one flaw of the code away from the data: no login stands on the way from the open door to the right to write.',
  fix: 'Give the way in an authorizer. If it must be open, let its function write nothing but one queue of its own, and have a function behind the queue check before it stores.',
  risks: ['broken-authentication', 'over-privilege', 'single-layer'],
  frameworks: ['OWASP Serverless S2', 'OWASP Serverless S5', 'CSA SAS-02', 'CSA SAS-04'],
  findingForm: FINDING_FORM,
  check: (resource, app) => waysIn(resource, app).map((entry) => judgePath(entry, app)),
};

function waysIn(resource: Resource, app: AppModel): readonly EntryPoint[] {
  return entryPointsAt(resource, app).filter(({ route }) => route?.preflight !== true);
}

/** What a way in cannot have does not count, and what only the deployment knows may be there. */
function judgeLayers(entry: EntryPoint, app: AppModel, minimum: number): Outcome {
  const { authorization: _, logging, ...others } = entry.layers;
  const layers: readonly Layer[] = [isAuthenticated(entry.layers), logging === false ? isWatched(entry, app) : logging, ...Object.values(others) as Layer[]];
  const possible = layers.filter((layer) => layer !== null);
  const needed = Math.min(minimum, possible.length);
  const seen = possible.filter((layer) => layer === true).length;
  if (seen >= needed) return pass();
  const open = possible.filter((layer) => layer === undefined).length;
  return seen + open >= needed ? unresolved(entry.location, entry.finding) : fail(entry.location, entry.finding);
}

/** Whether an alarm watches the API or the function. */
function isWatched({ declaredBy, handler, route }: EntryPoint, app: AppModel): boolean {
  const watched = app.index('resources with alarms', () => watchedResources(app));
  return [route?.api, handler, declaredBy].some((resource) => resource !== undefined
    && (watched.has(resource.key) || watched.has(app.describe(resource.property('Name')) ?? '')));
}

/** By a pointer in a dimension of an alarm, or by the name that stands there: REST APIs are measured by name. */
function watchedResources(app: AppModel): ReadonlySet<string> {
  const dimensions = app.ofType('AWS::CloudWatch::Alarm').flatMap((alarm) => [
    ...alarm.items('Dimensions'),
    ...alarm.items('Metrics').flatMap((metric) => elements(at(at(at(metric, 'MetricStat'), 'Metric'), 'Dimensions'))),
  ]).map((dimension) => at(dimension, 'Value'));
  return new Set(dimensions.flatMap((value) => [...app.targets(value).map(({ key }) => key), app.describe(value) ?? []].flat()));
}

/** A schema of GraphQL says what may be asked, not what is good. */
function judgeWebAcl({ kind, layers, location, finding }: EntryPoint): Outcome {
  if (layers.webAcl !== true) return pass();
  const others: readonly Layer[] = [isAuthenticated(layers), kind === 'graphql-api' ? false : layers.validation, layers.throttle];
  if (others.includes(true)) return pass();
  return others.includes(undefined) ? unresolved(location, finding) : fail(location, finding);
}

/**
 * | callers            | roles behind the way in | result     |
 * |--------------------|-------------------------|------------|
 * | prove who they are | any                     | pass       |
 * | anybody            | none may write          | pass       |
 * | anybody            | one may write           | fail       |
 * | not known          | one may write           | unresolved |
 */
function judgePath({ layers, location, finding, roles }: EntryPoint, app: AppModel): Outcome {
  if (isAuthenticated(layers) === true || !roles.some((role) => mayWrite(role, app))) return pass();
  return layers.authorization === RouteAuthorization.NONE ? fail(location, finding) : unresolved(location, finding);
}

function mayWrite(role: Resource, app: AppModel): boolean {
  const cache = app.index('roles that write', () => new Map<string, boolean>());
  const known = cache.get(role.key);
  if (known !== undefined) return known;
  const found = statementsOfRole(role, app).filter(({ allows }) => allows).some((statement) => statement.notActions.length > 0
    || (statement.actions.some((action) => includesWrite(textOf(action) ?? '')) && !isForFailures(statement, app)));
  cache.set(role.key, found);
  return found;
}

/** What Lambda itself sends away after a failed run is no data of the app: dead-letter queues and failure destinations. */
function isForFailures(statement: Statement, app: AppModel): boolean {
  const receivers = app.index('receivers of failures', () => new Set([
    ...app.ofType('AWS::Lambda::Function').flatMap((fn) => fn.alternatives('DeadLetterConfig.TargetArn')),
    ...app.ofType('AWS::Lambda::EventInvokeConfig', 'AWS::Lambda::EventSourceMapping')
      .flatMap((config) => config.alternatives('DestinationConfig.OnFailure.Destination')),
  ].flatMap((value) => app.targets(value)).map(({ key }) => key)));
  return statement.resources.length > 0 && statement.resources.every((resource) => {
    const targets = app.targets(resource);
    return targets.length > 0 && targets.every(({ key }) => receivers.has(key));
  });
}

/** An action with wildcards includes what it matches. */
function includesWrite(action: string): boolean {
  const [service, verb] = action.toLowerCase().split(':');
  if (service === '*') return true;
  if (verb === undefined) return false;
  const [prefix] = verb.split(/[*?]/);
  return STORE_WRITE_ACTIONS.some((write) => {
    const [ofService, ofVerb] = write.toLowerCase().split(':');
    return ofService === service && (prefix === verb ? ofVerb === verb : ofVerb.startsWith(prefix));
  });
}

export const WHOLE_APP_RULES: readonly Rule[] = [ENTRY_POINT_LAYERS, OPEN_STORE_PATH, WEB_ACL_ALONE];
