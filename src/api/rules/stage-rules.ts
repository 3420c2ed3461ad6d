import { INTEGRATION_TYPES, integrationsOf } from '../../model/entries/integrations';
import {
  allStageSettings, HTTP_STAGE, REST_DEPLOYMENT, REST_STAGE, STAGE_TYPES, stageLocation, stageProperty, stageRoot, StageSetting, stageSettings,
} from '../../model/entries/stage-settings';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isTrue, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { ACCOUNT_BURST, ACCOUNT_RATE } from '../api-baseline';

export const STAGE_THROTTLE: Rule = {
  id: 'StageThrottle',
  severity: Severity.MEDIUM,
  appliesTo: STAGE_TYPES,
  title: 'A stage lets one caller use up the quota of the account',
  why: 'Without a throttle below the account\'s 10,000 requests a second and burst of 5,000, one flood takes the other APIs of the region down and runs up the bill.',
  fix: 'Set a rate and a burst for all methods of the stage (throttlingRateLimit and throttlingBurstLimit; throttle of HttpStage), and in the settings of single methods as well, '
    + 'which inherit nothing; SecureApi sets 500 and 250.',
  risks: ['no-front-line', 'runaway-use'],
  frameworks: ['cdk-nag APIGWDefaultThrottling', 'OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  findingForm: 'method and path whose own settings lift the throttle of the stage, `GET /orders`; none for the stage',
  check: judgeThrottle,
};

export const STAGE_DATA_TRACE: Rule = {
  id: 'StageDataTrace',
  severity: Severity.MEDIUM,
  appliesTo: STAGE_TYPES,
  title: 'A stage writes whole requests and responses to its log',
  why: 'Tokens, passwords and personal data of the callers end up in a log that more people read than the data itself.',
  fix: 'Set DataTraceEnabled to false (dataTraceEnabled: false), and log chosen fields with an access log instead.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-10'],
  check: (stage) => allStageSettings(stage).map(({ value, location }) => (
    expectEach(isUnresolved(value) ? [value] : alternatives(at(value, 'DataTraceEnabled')), location, (trace) => !isTrue(trace)))),
};

export const STAGE_EXECUTION_LOG: Rule = {
  id: 'StageExecutionLog',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: STAGE_TYPES,
  title: 'A stage does not log why requests fail',
  why: 'Refused tokens, failed mappings and errors of backends leave no trace, so that an attack on them is not seen.',
  fix: 'Set LoggingLevel to ERROR for all methods of the stage (loggingLevel: MethodLoggingLevel.ERROR); SecureApi does. HTTP APIs have no such log.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP APIGateway.1', 'CT.APIGATEWAY.PR.1', 'cdk-nag APIG6', 'OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: 'method and path whose own settings switch the log off, `GET /orders`; none for the stage',
  check: (stage, app) => {
    if (stage.type === HTTP_STAGE && app.target(stage.property('ApiId'))?.property('ProtocolType') !== 'WEBSOCKET') return notApplicable();
    return judgeEverywhere(stage, 'LoggingLevel', (level) => ['ERROR', 'INFO'].includes(textOf(level)?.toUpperCase() ?? ''));
  },
};

export const STAGE_METRICS: Rule = {
  id: 'StageMetrics',
  severity: Severity.INFO,
  appliesTo: [REST_STAGE, REST_DEPLOYMENT],
  title: 'A stage counts requests and errors only as a whole, not for each method',
  why: 'An alarm cannot tell an attack on one method from the noise of all others.',
  fix: 'Set MetricsEnabled to true for all methods of the stage (metricsEnabled: true); SecureApi does.',
  risks: ['unseen-attack'],
  frameworks: ['KICS cloudwatch_metrics_disabled', 'CSA SAS-05'],
  findingForm: 'method and path whose own settings switch the metrics off, `GET /orders`; none for the stage',
  check: (stage) => judgeEverywhere(stage, 'MetricsEnabled', isTrue),
};

export const STAGE_TRACING: Rule = {
  id: 'StageTracing',
  severity: Severity.LOW,
  appliesTo: [REST_STAGE, REST_DEPLOYMENT],
  title: 'A stage does not trace requests through the app',
  why: 'Which functions and stores a suspicious request reached can only be guessed.',
  fix: 'Set TracingEnabled to true (tracingEnabled: true); SecureApi does.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP APIGateway.3', 'CT.APIGATEWAY.PR.2', 'CKV_AWS_73', 'cdk-nag APIGWXrayEnabled', 'OWASP Serverless S10', 'CSA SAS-05'],
  check: (stage) => (stageRoot(stage) === undefined ? notApplicable()
    : expectEach(alternatives(stageProperty(stage, 'TracingEnabled')), stageLocation(stage, 'TracingEnabled'), isTrue)),
};

export const STAGE_CLIENT_CERTIFICATE: Rule = {
  id: 'StageClientCertificate',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off', regulated: Severity.MEDIUM },
  appliesTo: [REST_STAGE, REST_DEPLOYMENT],
  title: 'A stage calls HTTP backends without showing who it is',
  why: 'The backend cannot tell the API from anybody else, so that callers can go around authorizers, throttles and the web ACL.',
  fix: 'Make an AWS::ApiGateway::ClientCertificate, name it as ClientCertificateId of the stage, and let the backend ask for it.',
  risks: ['broken-authentication', 'single-layer'],
  frameworks: ['FSBP APIGateway.2', 'cdk-nag APIGWSSLEnabled', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: (stage, app) => {
    if (stageRoot(stage) === undefined || !apisWithHttpBackends(app).has(app.target(stage.property('RestApiId'))?.key ?? '')) return notApplicable();
    const id = stageProperty(stage, 'ClientCertificateId');
    return expectEach(alternatives(id), stageLocation(stage, 'ClientCertificateId'), (certificate) => certificate !== undefined && certificate !== '');
  },
};

/**
 * | setting of all methods      | setting of one method            | result                                     |
 * |-----------------------------|----------------------------------|--------------------------------------------|
 * | none below the quota        | any                              | the stage fails, unless all calls need keys of throttled plans |
 * | below the quota             | at the quota, above it, or -1    | the method fails                           |
 * | below the quota             | none, of a REST API              | the method is open: it may get the quota   |
 * | below the quota             | below the quota                  | pass                                       |
 */
function judgeThrottle(stage: Resource, app: AppModel): RuleResult {
  return stageSettings(stage).flatMap((settings) => {
    const forAll = settings.filter((setting) => setting.forAll);
    const outcomes = forAll.map((setting) => judgeLimits(setting, true)).sort(bestFirst);
    const whole = outcomes[0] ?? fail(stageLocation(stage, 'MethodSettings'));
    const isOpen = whole.kind === 'fail' && settings.some(({ value }) => isUnresolved(value));
    const isKeyed = whole.kind === 'fail' && throttledByKeys(app).has(stage.key);
    return [
      isOpen ? unresolved(stageLocation(stage, 'MethodSettings')) : isKeyed ? pass() : whole,
      ...settings.filter(({ forAll: all, value }) => !all && !isUnresolved(value)).map((setting) => judgeLimits(setting, false)),
    ];
  });
}

const BEST = ['pass', 'unresolved', 'fail'];

function bestFirst(one: Outcome, other: Outcome): number {
  return BEST.indexOf(one.kind) - BEST.indexOf(other.kind);
}

function judgeLimits({ value, location, scope, forAll }: StageSetting, missingFails: boolean): Outcome {
  const finding = forAll ? undefined : scope;
  const limits = [['ThrottlingRateLimit', ACCOUNT_RATE], ['ThrottlingBurstLimit', ACCOUNT_BURST]] as const;
  const outcomes = limits.map(([name, quota]) => {
    const found = isUnresolved(value) ? [value] : alternatives(at(value, name));
    const isMissing = found.every((limit) => limit === undefined);
    if (isMissing && !missingFails) return location.includes('RouteSettings') ? pass() : unresolved(location, finding);
    return expectEach(found, location, (limit) => isBelow(limit, quota), finding);
  });
  return outcomes.sort(bestFirst)[outcomes.length - 1];
}

/** API Gateway reads a limit of -1 as "none". */
function isBelow(limit: Value, quota: number): boolean {
  const number = numberOf(limit);
  return number !== undefined && number >= 0 && number < quota;
}

/** Stages of REST APIs all of whose methods ask for an API key, and whose usage plans all have a throttle. */
function throttledByKeys(app: AppModel): ReadonlySet<string> {
  return app.index('stages throttled by keys', () => {
    const open = new Set(app.ofType('AWS::ApiGateway::Method')
      .filter((method) => method.property('HttpMethod') !== 'OPTIONS' && !method.alternatives('ApiKeyRequired').every(isTrue))
      .map((method) => app.target(method.property('RestApiId'))?.key));
    const described = new Set(app.ofType('AWS::ApiGateway::RestApi').filter((api) => api.property('Body') !== undefined).map(({ key }) => key));
    const plans = app.ofType('AWS::ApiGateway::UsagePlan').map((plan) => ({
      throttled: isBelow(plan.property('Throttle.RateLimit'), ACCOUNT_RATE) && isBelow(plan.property('Throttle.BurstLimit'), ACCOUNT_BURST),
      stages: plan.items('ApiStages').map((stage) => app.target(at(stage, 'Stage'))?.key),
    }));
    const covered = new Set(plans.filter(({ throttled }) => throttled).flatMap(({ stages }) => stages));
    const uncovered = new Set(plans.filter(({ throttled }) => !throttled).flatMap(({ stages }) => stages));
    return new Set(app.ofType(REST_STAGE).filter((stage) => {
      const api = app.target(stage.property('RestApiId'))?.key;
      return api !== undefined && !open.has(api) && !described.has(api) && covered.has(stage.key) && !uncovered.has(stage.key);
    }).map(({ key }) => key));
  });
}

/** A setting that all methods must have: the stage's own, and those of methods that say otherwise. */
function judgeEverywhere(stage: Resource, name: string, isSafe: (value: Value) => boolean): RuleResult {
  return stageSettings(stage).flatMap((settings) => {
    const judged = settings.map((setting) => {
      const values = isUnresolved(setting.value) ? [setting.value] : alternatives(at(setting.value, name));
      return { setting, outcome: expectEach(values, setting.location, isSafe, setting.forAll ? undefined : setting.scope) };
    });
    const [whole] = judged.filter(({ setting }) => setting.forAll).map(({ outcome }) => outcome).sort(bestFirst);
    const isOpen = settings.some(({ value }) => isUnresolved(value));
    const missing = isOpen ? unresolved(stageLocation(stage, 'MethodSettings')) : fail(stageLocation(stage, 'MethodSettings'));
    const changed = judged.filter(({ setting }) => !setting.forAll && at(setting.value, name) !== undefined).map(({ outcome }) => outcome);
    return [whole ?? missing, ...changed];
  });
}

/** REST APIs that call servers over the internet. */
function apisWithHttpBackends(app: AppModel): ReadonlySet<string> {
  return app.index('APIs with HTTP backends', () => new Set(app.ofType(...INTEGRATION_TYPES)
    .flatMap((resource) => integrationsOf(resource, app))
    .filter(({ type, connectionType }) => elements(type).some((kind) => /^HTTP(_PROXY)?$/i.test(textOf(kind) ?? '')) && connectionType !== 'VPC_LINK')
    .map(({ api }) => api?.key ?? '')));
}

export const STAGE_RULES: readonly Rule[] = [
  STAGE_CLIENT_CERTIFICATE, STAGE_DATA_TRACE, STAGE_EXECUTION_LOG, STAGE_METRICS, STAGE_THROTTLE, STAGE_TRACING,
];
