import { flowOf } from '../../model/flow/event-flow';
import { AppModel } from '../../model/resources/app-model';
import { expectProperty, fail, pass, Rule, Severity } from '../../model/rule';

const FUNCTION = 'AWS::Lambda::Function';
const MACHINE = 'AWS::StepFunctions::StateMachine';

export const TRIGGER_LOOP: Rule = {
  id: 'TriggerLoop',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [FUNCTION],
  title: 'A function may write to what starts it',
  why: 'Each run makes the next one: one bad message becomes a chain of calls that runs, and is paid for, until somebody stops it. '
    + 'Lambda ends such chains after about 16 calls for queues, topics and buckets only; through streams and buses nothing ends them.',
  fix: 'Take the right away, or write somewhere else: another queue, another prefix of the bucket than the one in the filter of the notification, '
    + 'events of another source. Secure functions refuse such triggers.',
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (fn, app) => (flowOf(app).returns(fn.key, isFunction(app), true) ? fail('Properties.Role') : pass()),
};

export const EVENT_FLOW_CIRCLE: Rule = {
  id: 'EventFlowCircle',
  severity: Severity.LOW,
  appliesTo: [FUNCTION, MACHINE],
  title: 'Events can run in a circle through a function or a state machine',
  why: 'A function writes to what starts another, which writes to what starts the first; or only a filter, a pattern, or the kind of the item in a table '
    + 'keeps it from starting itself; or a state machine sends the event that starts it. '
    + 'A small change of the code or the filter, and the circle runs until somebody stops it.',
  fix: 'Break the circle: let one step write somewhere else, or limit events:PutEvents by events:source. Or end it in code, and acknowledge this.',
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (worker, app) => {
    const flow = flowOf(app);
    const location = worker.type === MACHINE ? 'Properties.RoleArn' : 'Properties.Role';
    return flow.isOnCircle(worker.key) && !flow.returns(worker.key, isFunction(app), true) ? fail(location) : pass();
  },
};

export const RECURSION_GUARD: Rule = {
  id: 'RecursionGuard',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [FUNCTION],
  title: 'Lambda does not stop a function that starts itself',
  why: 'Lambda ends chains of about 16 calls through queues, topics and buckets. Without this last stop a loop runs at full concurrency until somebody sees the bill.',
  fix: 'Leave RecursiveLoop out, or set it to Terminate.',
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (fn) => expectProperty(fn, 'RecursiveLoop', (value) => value !== 'Allow'),
};

function isFunction(app: AppModel): (node: string) => boolean {
  const functions = app.index('keys of functions', () => new Set(app.ofType(FUNCTION).map(({ key }) => key)));
  return (node) => functions.has(node);
}

export const LOOP_RULES: readonly Rule[] = [EVENT_FLOW_CIRCLE, RECURSION_GUARD, TRIGGER_LOOP];
