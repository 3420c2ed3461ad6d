import { AlarmCoverage } from '../../core/profile/security-controls';
import { isWatched } from '../../model/alarms';
import { runsAtEdge } from '../../model/flow/edge-functions';
import { AppModel } from '../../model/resources/app-model';
import { fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { at, elements, textOf, Value } from '../../model/values/values';
import { DEAD_LETTER_METRICS, DEAD_LETTER_PATHS } from '../alarm-baseline';

const FUNCTION = 'AWS::Lambda::Function';
const QUEUE = 'AWS::SQS::Queue';
const MACHINE = 'AWS::StepFunctions::StateMachine';
const WEB_ACL = 'AWS::WAFv2::WebACL';

export const FUNCTION_ALARM: Rule = {
  id: 'FunctionAlarm',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'No alarm tells that a function fails or is throttled',
  why: 'A function that fails loses events, or lets callers in who should not come in; one that is throttled is under attack or caught in a loop. Both go on until somebody asks.',
  fix: 'Make alarms on the metrics Errors and Throttles of the function (fn.metricErrors().createAlarm), or one on those of all functions. SecureFunction does.',
  risks: ['unseen-attack', 'runaway-use'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05', 'Well-Architected REL06'],
  findingForm: 'name of the metric',
  check: (fn, app, { profile }) => {
    if (isForDeployment(fn.key, app) || runsAtEdge(fn, app)) return notApplicable(); // the errors of the edge are counted in its regions
    const metrics = profile.controls.alarms === AlarmCoverage.FULL ? ['Errors', 'Throttles'] : ['Errors'];
    return metrics.map((metric) => told(isWatched(fn, 'AWS/Lambda', [metric], [fn.property('FunctionName')], app), metric));
  },
};

export const DEAD_LETTER_ALARM: Rule = {
  id: 'DeadLetterAlarm',
  severity: Severity.LOW,
  appliesTo: [QUEUE],
  title: 'Failed messages wait where nobody looks for them',
  why: 'A dead-letter queue without an alarm only delays the loss: after at most 14 days the messages are gone, and with them the trace of what broke them.',
  fix: 'Make an alarm on ApproximateNumberOfMessagesVisible of the queue, above 0. SecureQueue and SecureFunction do.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05', 'Well-Architected REL06'],
  check: (queue, app) => {
    if (!deadLetterQueues(app).has(queue.key)) return notApplicable();
    return told(isWatched(queue, 'AWS/SQS', DEAD_LETTER_METRICS, [queue.property('QueueName')], app));
  },
};

export const WORKFLOW_ALARM: Rule = {
  id: 'WorkflowAlarm',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'No alarm tells that a workflow fails',
  why: 'An execution that fails leaves its work half-done, and nobody waits for its answer: what customers were promised does not happen, until one of them asks.',
  fix: 'Make an alarm on ExecutionsFailed of the state machine (machine.metricFailed().createAlarm), or a rule on failed executions. SecureStateMachine does.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05', 'Well-Architected REL06'],
  check: (machine, app) => {
    if (hearsFailures(app)) return pass();
    return told(isWatched(machine, 'AWS/States', ['ExecutionsFailed'], [machine.property('StateMachineName')], app));
  },
};

export const WEB_ACL_ALARM: Rule = {
  id: 'WebAclAlarm',
  severity: Severity.LOW,
  appliesTo: [WEB_ACL],
  title: 'No alarm tells that a web ACL blocks a flood of requests',
  why: 'The web ACL holds for a while, and an attacker changes the requests until some come through: the time in between is lost.',
  fix: 'Make an alarm on BlockedRequests of the web ACL with the rule ALL. SecureWebAcl does.',
  risks: ['unseen-attack', 'no-front-line'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  check: (acl, app, { profile }) => {
    if (profile.controls.alarms !== AlarmCoverage.FULL) return notApplicable();
    return told(isWatched(acl, 'AWS/WAFV2', ['BlockedRequests'], [acl.property('VisibilityConfig.MetricName'), acl.property('Name')], app));
  },
};

function told(watched: boolean | undefined, finding?: string): Outcome {
  if (watched === undefined) return unresolved('Properties', finding);
  return watched ? pass() : fail('Properties', finding);
}

/** Step Functions tells the bus how each execution of a standard workflow ended. */
function hearsFailures(app: AppModel): boolean {
  return app.index('rules on failed executions', () => app.ofType('AWS::Events::Rule').some((rule) => {
    const pattern = rule.property('EventPattern');
    const states = elements(at(at(pattern, 'detail'), 'status')).map((state) => textOf(state));
    return elements(at(pattern, 'source')).includes('aws.states') && elements(at(pattern, 'detail-type')).includes('Step Functions Execution Status Change')
      && (states.length === 0 || states.includes('FAILED'));
  }));
}

/** Functions that only CloudFormation calls: when they fail, the deployment does, and that is seen. */
function isForDeployment(key: string, app: AppModel): boolean {
  return app.index('functions of custom resources', () => new Set(app.resources
    .filter(({ type }) => type.startsWith('Custom::') || type === 'AWS::CloudFormation::CustomResource')
    .map((resource) => app.functionBehind(resource.property('ServiceToken'))?.key))).has(key);
}

function deadLetterQueues(app: AppModel): ReadonlySet<string> {
  return app.index('dead-letter queues', () => {
    const named = Object.entries(DEAD_LETTER_PATHS).flatMap(([type, paths]) => (
      app.ofType(type).flatMap((resource) => paths.map((path) => resource.property(path)))));
    const targets: readonly Value[] = app.ofType('AWS::Events::Rule').flatMap((rule) => rule.items('Targets')).map((target) => at(at(target, 'DeadLetterConfig'), 'Arn'));
    return new Set([...named, ...targets].flatMap((value) => app.targets(value)).filter(({ type }) => type === QUEUE).map(({ key }) => key));
  });
}

export const COVERAGE_RULES: readonly Rule[] = [DEAD_LETTER_ALARM, FUNCTION_ALARM, WEB_ACL_ALARM, WORKFLOW_ALARM];
