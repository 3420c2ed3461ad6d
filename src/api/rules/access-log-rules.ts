import { routesByResource } from '../../model/entries/api-routes';
import { HTTP_STAGE, STAGE_TYPES, stageLocation, stageProperty, stageRoot } from '../../model/entries/stage-settings';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, isUnresolved, Value } from '../../model/values/values';
import { LOGGED_FIELDS, PRIVATE_CLAIM, SECRET_PARAMETER, STRUCTURED } from '../stages/access-log-baseline';

export const STAGE_ACCESS_LOG: Rule = {
  id: 'StageAccessLog',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: STAGE_TYPES,
  title: 'A stage keeps no record of who called what',
  why: 'After an attack nobody can tell which requests came from where, with which identity and with which result.',
  fix: 'Give the stage an access log: AccessLogSetting with DestinationArn and Format (accessLogDestination), AccessLogSettings for HTTP and WebSocket APIs (accessLogSettings); SecureApi, SecureHttpApi and '
    + 'SecureWebSocketApi have one.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP APIGateway.9', 'CT.APIGATEWAY.PR.4', 'cdk-nag APIG1', 'CKV_AWS_76', 'CKV_AWS_95', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: (stage) => {
    if (stageRoot(stage) === undefined) return notApplicable();
    const destination = at(stageProperty(stage, logProperty(stage)), 'DestinationArn');
    return expectEach(alternatives(destination), stageLocation(stage, `${logProperty(stage)}.DestinationArn`), (arn) => arn !== undefined && arn !== '');
  },
};

export const ACCESS_LOG_LINE: Rule = {
  id: 'AccessLogFields',
  severity: Severity.LOW,
  appliesTo: STAGE_TYPES,
  title: 'The access log of a stage leaves out what an investigation needs',
  why: 'A line without the request, the caller, the address, the route, the result or the reason of a refusal cannot be joined to anything. '
    + 'A line of plain text is read by guesses, and a caller who puts a space or a quote into a path moves what follows.',
  fix: 'Put requestId, identity.sourceIp, the route, status, an error and the caller (authorizer.principalId, authorizer.claims.sub or identity.caller) into Format; '
    + 'SecureApi does.',
  risks: ['unseen-attack'],
  frameworks: ['cdk-nag APIGWStructuredLogging', 'OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: 'what is missing: `requestId`, `sourceIp`, `route`, `status`, `error`, `principal`; `structure` where the line is neither JSON, XML, CSV nor the common log format',
  check: (stage, app) => eachFormat(stage, app, (text, location) => {
    const says = (isSaid: boolean, name: string): Outcome => {
      if (isSaid) return pass();
      return text.includes('<?>') ? unresolved(location, name) : fail(location, name);
    };
    return [...LOGGED_FIELDS.map(([name, pattern]) => says(pattern.test(text), name)), says(STRUCTURED.test(text), 'structure')];
  }),
};

export const ACCESS_LOG_LEAK: Rule = {
  id: 'AccessLogLeak',
  severity: Severity.LOW,
  appliesTo: STAGE_TYPES,
  title: 'The access log of a stage holds credentials or personal data of callers',
  why: 'More people and systems read logs than the data itself, and keep them longer: an API key from there opens the API, a mail address is personal data.',
  fix: 'Log identifiers instead: identity.apiKeyId for apiKey, authorizer.claims.sub for the other claims, resourcePath for path; SecureApi does.',
  risks: ['data-exposure'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-10'],
  findingForm: 'the variable, `$context.identity.apiKey`',
  check: (stage, app) => eachFormat(stage, app, (text, location) => {
    const leaks = [...new Set(text.match(/\$\{?context\.[A-Za-z0-9_.:'"[\]-]*/g) ?? [])].map((variable) => variable.replace(/^\$\{/, '$').replace(/[.\]'"]+$/, ''))
      .filter((variable) => isPrivate(variable) || (variable === '$context.path' && pathsHoldSecrets(stage, app)));
    return leaks.length === 0 ? [pass()] : leaks.map((variable) => fail(location, variable));
  }),
};

function logProperty(stage: Resource): string {
  return stage.type === HTTP_STAGE ? 'AccessLogSettings' : 'AccessLogSetting';
}

/** Formats of all kinds name their variables alike. */
function eachFormat(stage: Resource, app: AppModel, judge: (text: string, location: string) => readonly Outcome[]): RuleResult {
  if (stageRoot(stage) === undefined) return notApplicable();
  const location = stageLocation(stage, `${logProperty(stage)}.Format`);
  const settings = stageProperty(stage, logProperty(stage));
  if (alternatives(at(settings, 'DestinationArn')).every((arn) => arn === undefined)) return notApplicable();
  return alternatives(at(settings, 'Format')).flatMap((format) => (isUnresolved(format) ? [unresolved(location)] : judge(textIn(format, app), location)));
}

function textIn(format: Value, app: AppModel): string {
  return app.describe(format) ?? JSON.stringify(format ?? '');
}

/** The key itself, the certificate itself, all claims at once, or one that tells more than who it is. */
function isPrivate(variable: string): boolean {
  if (/^\$context\.identity\.(apiKey|clientCert\.clientCertPem)$/.test(variable)) return true;
  const claim = /^\$context\.authorizer\.(?:jwt\.)?claims(?:\.|\[['"]?)?(.*)$/.exec(variable);
  if (claim !== null) return claim[1] === '' || PRIVATE_CLAIM.test(claim[1]);
  const property = /^\$context\.authorizer\.(.+)$/.exec(variable);
  return property !== null && property[1] !== 'principalId' && PRIVATE_CLAIM.test(property[1]);
}

/** The path as called holds the values of its parameters. */
function pathsHoldSecrets(stage: Resource, app: AppModel): boolean {
  const apis = app.index('APIs with secrets in paths', () => new Set([...routesByResource(app).values()].flat()
    .filter(({ path }) => SECRET_PARAMETER.test(path)).map(({ api }) => api?.key)));
  const api = app.target(stage.property(stage.type === HTTP_STAGE ? 'ApiId' : 'RestApiId'));
  return api !== undefined && apis.has(api.key);
}

export const ACCESS_LOG_RULES: readonly Rule[] = [ACCESS_LOG_LINE, ACCESS_LOG_LEAK, STAGE_ACCESS_LOG];
