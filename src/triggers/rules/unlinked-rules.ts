import { fitsRoute } from './permitted-routes';
import { triggersByFunction, triggersOf } from '../../model/flow/triggers';
import { AppModel } from '../../model/resources/app-model';
import { functionAt, resourcesAt, valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { cdkHelperOf } from '../../model/rights/cdk-helpers';
import { fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity } from '../../model/rule';
import { parseArn } from '../../model/values/arn';
import { referencesWithin } from '../../model/values/json-text';
import { alternatives, isUnresolved, textOf, Value } from '../../model/values/values';

const FUNCTION = 'AWS::Lambda::Function';
const PERMISSION = 'AWS::Lambda::Permission';

/** How a trigger says that it is switched off, and a function, for which no concurrency is reserved. */
const SWITCHES: { readonly [type: string]: { readonly property: string; readonly off: readonly string[] } } = {
  'AWS::Events::Rule': { property: 'State', off: ['DISABLED'] },
  'AWS::Lambda::EventSourceMapping': { property: 'Enabled', off: ['false'] },
  [FUNCTION]: { property: 'ReservedConcurrentExecutions', off: ['0'] },
  'AWS::Pipes::Pipe': { property: 'DesiredState', off: ['STOPPED'] },
  'AWS::Scheduler::Schedule': { property: 'State', off: ['DISABLED'] },
};

/** Sources whose triggers the model knows, so that a permission for one that calls another function is left over. */
const KNOWN_SOURCES = new Set([
  'AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api', 'AWS::Cognito::UserPool', 'AWS::Events::Rule', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket',
  'AWS::SNS::Topic',
]);

/** What calls functions, by the service in its ARN: the types whose names people choose. */
const SOURCES_BY_SERVICE: { readonly [service: string]: string } = { events: 'AWS::Events::Rule', s3: 'AWS::S3::Bucket', sns: 'AWS::SNS::Topic' };

/** Whoever looks at a dashboard calls the functions behind its custom widgets. */
const DASHBOARD = 'AWS::CloudWatch::Dashboard';
const WIDGET_FUNCTIONS = 'DashboardBody.widgets.properties.endpoint';

/** What is made for a function and does not use it. */
const SATELLITES = new Set([
  PERMISSION, 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm', DASHBOARD, 'AWS::Lambda::EventInvokeConfig', 'AWS::Logs::LogGroup',
  'AWS::Logs::MetricFilter', 'Custom::LogRetention',
]);

/** A rule or a topic of the own account and region, by its whole name. */
const NAMED_SOURCE = /^arn:(?:aws[\w-]*|<AWS::Partition>):(?:events|sns):<AWS::Region>:<AWS::AccountId>:[^*?<]+$/;

/** What follows the account in the ARN of an API whose id is written out: AWS makes them of ten letters and digits. */
const LITERAL_API = /^[a-z0-9]{10}\//;

export const STALE_PERMISSION: Rule = {
  id: 'StalePermission',
  severity: Severity.LOW,
  appliesTo: [PERMISSION],
  title: 'A permission lets something call a function that no longer does',
  why: 'What was removed, or never was there, may come back under the name that the permission knows, made by somebody else: a way in that nobody looks after.',
  fix: 'Remove the permission, or connect what it was made for: the target of the rule, the notification of the bucket, the subscription, the route.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-11'],
  check: judgePermission,
};

export const PERMISSION_SOURCE_ABSENT: Rule = {
  id: 'PermissionSourceAbsent',
  severity: Severity.INFO,
  appliesTo: [PERMISSION],
  title: 'A permission lets a rule or topic call a function that only its name knows',
  why: 'Nothing in the app shows whether it is still there. If it is not, whoever makes one of that name has a way in that nobody looks after.',
  fix: 'Declare the rule or the subscription beside the function, or let whoever declares it make the permission; remove what was left over.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-11'],
  check: (permission, app) => {
    const sources = permission.alternatives('SourceArn').map((source) => app.describe(source) ?? '').filter((text) => NAMED_SOURCE.test(text));
    const fn = functionAt(permission.property('FunctionName'), app);
    const isHeld = resourcesAt(permission.property('SourceArn'), app).length > 0;
    if (fn === undefined || sources.length === 0) return isHeld ? pass() : notApplicable();
    const declared = new Set(triggersOf(fn, app).filter(({ onlyPermitted }) => !onlyPermitted).map(({ sourceValue }) => app.describe(sourceValue)));
    return isHeld || sources.every((text) => declared.has(text)) ? pass() : fail('Properties.SourceArn');
  },
};

export const TRIGGER_DISABLED: Rule = {
  id: 'TriggerDisabled',
  severity: Severity.LOW,
  appliesTo: Object.keys(SWITCHES),
  title: 'A trigger or a function is switched off and left in place',
  why: 'It keeps rights and a way in that somebody can switch on again, and it looks as if something is done that is not.',
  fix: 'Remove it, with its rights, until it is needed; or switch it on.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-11'],
  check: (resource) => {
    const { property, off } = SWITCHES[resource.type];
    return resource.alternatives(property).some((value) => off.includes(textOf(value) ?? '')) ? fail(`Properties.${property}`) : pass();
  },
};

export const FUNCTION_UNUSED: Rule = {
  id: 'FunctionUnused',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'Nothing in the app calls a function',
  why: 'A function that was forgotten keeps its code, its rights and its old dependencies: nobody mends it, and whoever finds it can use what it may do.',
  fix: 'Remove it, or connect it: a route, a trigger, a right of another function to invoke it.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-11'],
  check: (fn, app) => {
    const triggers = triggersByFunction(app);
    if (triggers.size === 0 || cdkHelperOf(fn, app) !== undefined) return notApplicable(); // the callers live elsewhere
    if ((triggers.get(fn.key) ?? []).length > 0) return pass();
    return app.index('resources that others point to', () => pointedTo(app)).has(fn.key) ? pass() : fail('Properties');
  },
};

/**
 * | source of the permission                         | verdict    |
 * |--------------------------------------------------|------------|
 * | a resource that the template no longer has       | left over  |
 * | a resource of the app that calls the function    | fine       |
 * | one that calls others, or nothing                | left over  |
 * | an API of the app, and a route that it does not have | left over |
 * | an API with an id that is written out, though the app has APIs | left over |
 * | elsewhere, while what the app has of that kind calls the function and nobody lets it | left over |
 * | elsewhere, or of a type that the model does not know | fine   |
 */
function judgePermission(permission: Resource, app: AppModel): RuleResult {
  const location = 'Properties.SourceArn';
  const source = permission.property('SourceArn');
  if (isGone(source) || isStrangeApi(source, app)) return fail(location);
  const fn = functionAt(permission.property('FunctionName'), app);
  const sources = resourcesAt(source, app).filter(({ type }) => KNOWN_SOURCES.has(type));
  if (fn !== undefined && isAnother(source, fn, app)) return fail(location);
  if (fn === undefined || sources.length === 0) return notApplicable();
  const triggers = triggersOf(fn, app).filter(({ onlyPermitted }) => !onlyPermitted);
  return sources.map((one): Outcome => {
    const calls = triggers.some(({ source: from, declaredBy, sourceValue }) => (
      from === one || declaredBy === one || resourcesAt(sourceValue, app).includes(one)));
    if (isDeclaredElsewhere(one)) return pass();
    return calls && alternatives(source).some((option) => fitsRoute(app.describe(option) ?? '', one, fn, app)) ? pass() : fail(location);
  });
}

/** A pointer to a resource that the template does not hold. */
function isGone(source: Value): boolean {
  const parts = alternatives(source).flatMap((option) => (typeof option === 'object' && option !== null && 'parts' in option ? option.parts as readonly Value[] : [option]));
  return parts.some((part) => isUnresolved(part) && part.because.startsWith('the template holds nothing called'));
}

/** A source that is written out and none of the app, although one of the app calls the function and no permission names it: it was renamed, or replaced. */
function isAnother(value: Value, fn: Resource, app: AppModel): boolean {
  const arn = parseArn(app.describe(value) ?? '');
  const type = SOURCES_BY_SERVICE[arn?.service ?? ''];
  if (arn === undefined || type === undefined || /[*?<]/.test(arn.resource) || resourcesAt(value, app).length > 0) return false;
  const calling = triggersOf(fn, app).filter(({ onlyPermitted }) => !onlyPermitted)
    .map(({ source, declaredBy }) => [source, declaredBy].find((one) => one?.type === type)).filter((one) => one !== undefined);
  const permitted = permissionsByFunction(app).get(fn.key) ?? [];
  if (permitted.some((one) => /[*?]|^$|<\?>/.test(app.describe(one.property('SourceArn')) ?? ''))) return false;
  const named = new Set(permitted.flatMap((one) => resourcesAt(one.property('SourceArn'), app)));
  return calling.length > 0 && !calling.some((one) => named.has(one));
}

function permissionsByFunction(app: AppModel): ReadonlyMap<string, readonly Resource[]> {
  return app.index('permissions by function', () => {
    const table = new Map<string, Resource[]>();
    for (const permission of app.ofType(PERMISSION)) {
      const fn = functionAt(permission.property('FunctionName'), app);
      if (fn !== undefined) table.set(fn.key, [...table.get(fn.key) ?? [], permission]);
    }
    return table;
  });
}

/** The id of an API is made by AWS: one that is written out is no API of the app, although the app has some. */
function isStrangeApi(source: Value, app: AppModel): boolean {
  const literal = alternatives(source).map((option) => parseArn(app.describe(option) ?? ''))
    .some((arn) => arn?.service === 'execute-api' && LITERAL_API.test(arn.resource));
  if (!literal) return false;
  return app.ofType('AWS::ApiGateway::RestApi', 'AWS::ApiGatewayV2::Api').length > 0;
}

/** The routes of an API may stand in a document that lies in a bucket. */
function isDeclaredElsewhere(api: Resource): boolean {
  return api.property('BodyS3Location') !== undefined || isUnresolved(api.property('Body')) || api.property('DefinitionUri') !== undefined;
}

/** Everything that another resource points to, other than what is made for it. */
function pointedTo(app: AppModel): ReadonlySet<string> {
  const widgets = app.ofType(DASHBOARD).flatMap((dashboard) => valuesAt(dashboard, WIDGET_FUNCTIONS));
  const found = new Set(widgets.flatMap((endpoint) => functionAt(endpoint, app)?.key ?? []));
  for (const resource of app.resources) {
    if (SATELLITES.has(resource.type)) continue;
    for (const value of resource.propertyNames.map((name) => resource.property(name))) {
      for (const reference of referencesWithin(value)) {
        const target = app.target(reference);
        if (target !== undefined && target !== resource) found.add(target.key);
      }
    }
  }
  return found;
}

export const UNLINKED_RULES: readonly Rule[] = [FUNCTION_UNUSED, PERMISSION_SOURCE_ABSENT, STALE_PERMISSION, TRIGGER_DISABLED];
