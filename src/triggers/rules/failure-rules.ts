import { Trigger } from '../../model/flow/trigger';
import { triggersOf } from '../../model/flow/triggers';
import { AppModel } from '../../model/resources/app-model';
import { functionAt, qualifierNamed } from '../../model/resources/pointers';
import { cdkHelperOf } from '../../model/rights/cdk-helpers';
import { fail, notApplicable, pass, Rule, Severity } from '../../model/rule';

const FUNCTION = 'AWS::Lambda::Function';

export const ASYNC_FAILURE_PATH: Rule = {
  id: 'AsyncFailurePath',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [FUNCTION],
  title: 'Events are lost when a function fails that nobody waits for',
  why: 'Lambda tries an event of a topic, a bucket, a rule or a schedule three times and then drops it: an order, an audit record, an alarm is gone, and nobody knows. '
    + 'The dead-letter queue of the rule or the subscription does not help, since the event was delivered.',
  fix: 'Set an OnFailure destination in an EventInvokeConfig of the function (onFailure), for the alias or version that is called, or its DeadLetterConfig. SecureFunction makes a failure queue with an alarm.',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['cdk-nag Serverless-LambdaAsyncFailureDestination', 'cdk-nag Serverless-LambdaDLQ', 'CKV_AWS_116', 'CSA SAS-05'],
  check: (fn, app) => {
    const asynchronous = triggersOf(fn, app).filter((trigger) => trigger.asynchronous && trigger.kind !== 'function');
    if (asynchronous.length === 0 || cdkHelperOf(fn, app) !== undefined) return notApplicable();
    if (fn.alternatives('DeadLetterConfig.TargetArn').every(isGiven)) return pass();
    const covered = app.index('qualifiers with a failure destination', () => qualifiersWithDestination(app)).get(fn.key) ?? [];
    const isCovered = ({ qualifier }: Trigger): boolean => covered.some((one) => one === undefined || qualifier === undefined || one === qualifier);
    return asynchronous.every(isCovered) ? pass() : fail('Properties.DeadLetterConfig.TargetArn');
  },
};

/** The aliases and versions of each function that have a failure destination: one that is set for another does not help. */
function qualifiersWithDestination(app: AppModel): ReadonlyMap<string, readonly (string | undefined)[]> {
  const table = new Map<string, (string | undefined)[]>();
  for (const config of app.ofType('AWS::Lambda::EventInvokeConfig')) {
    const fn = functionAt(config.property('FunctionName'), app);
    if (fn === undefined || !config.alternatives('DestinationConfig.OnFailure.Destination').every(isGiven)) continue;
    table.set(fn.key, [...table.get(fn.key) ?? [], ...config.alternatives('Qualifier').map((qualifier) => qualifierNamed(qualifier, app))]);
  }
  return table;
}

function isGiven(value: unknown): boolean {
  return value !== undefined && value !== '';
}

export const FAILURE_RULES: readonly Rule[] = [ASYNC_FAILURE_PATH];
