import { triggersOf } from '../policy/model/flow/triggers';
import { AppModel } from '../policy/model/resources/app-model';
import { functionAt } from '../policy/model/resources/pointers';
import { Resource } from '../policy/model/resources/resource';
import { cdkHelperOf } from '../policy/model/rights/cdk-helpers';
import { fail, notApplicable, pass, Rule, Severity } from '../policy/model/rule';

const FUNCTION = 'AWS::Lambda::Function';

export const ASYNC_FAILURE_PATH: Rule = {
  id: 'AsyncFailurePath',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [FUNCTION],
  title: 'Events are lost when a function fails that nobody waits for',
  why: 'Lambda tries an event of a topic, a bucket, a rule or a schedule three times and then drops it: an order, an audit record, an alarm is gone, and nobody knows. '
    + 'The dead-letter queue of the rule or the subscription does not help, since the event was delivered.',
  fix: 'Set an OnFailure destination in an EventInvokeConfig of the function (onFailure), or its DeadLetterConfig. SecureFunction makes a failure queue with an alarm.',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['cdk-nag Serverless-LambdaAsyncFailureDestination', 'cdk-nag Serverless-LambdaDLQ', 'CKV_AWS_116', 'CSA SAS-05'],
  check: (fn, app) => {
    const asynchronous = triggersOf(fn, app).some((trigger) => trigger.asynchronous && trigger.kind !== 'function');
    if (!asynchronous || cdkHelperOf(fn, app) !== undefined) return notApplicable();
    const queue = fn.alternatives('DeadLetterConfig.TargetArn').every(isGiven);
    const destinations = app.index('functions with a failure destination', () => withDestination(app));
    return queue || destinations.has(fn.key) ? pass() : fail('Properties.DeadLetterConfig.TargetArn');
  },
};

function withDestination(app: AppModel): ReadonlySet<string> {
  return new Set(app.ofType('AWS::Lambda::EventInvokeConfig')
    .filter((config) => config.alternatives('DestinationConfig.OnFailure.Destination').every(isGiven))
    .map((config) => functionAt(config.property('FunctionName'), app)).filter((fn): fn is Resource => fn !== undefined)
    .map(({ key }) => key));
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '';
}

export const FAILURE_RULES: readonly Rule[] = [ASYNC_FAILURE_PATH];
