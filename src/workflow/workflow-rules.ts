import { RETRY_MOST_ATTEMPTS, STANDARD_TIMEOUT } from './state-machine-baseline';
import { definitionsOf, hasCatch, PlacedState, taskResource } from '../model/flow/state-machines';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../model/rule';
import { at, elements, isTrue, isUnresolved, numberOf, textOf, Value } from '../model/values/values';

const MACHINE = 'AWS::StepFunctions::StateMachine';

/** States that can fail, and can say where to go on then. */
const CAN_FAIL = new Set(['Map', 'Parallel', 'Task']);

export const WORKFLOW_TIMEOUT: Rule = {
  id: 'WorkflowTimeout',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'A workflow may run for a year',
  why: 'An execution that hangs is seen by nobody, keeps what it holds, and adds up with each new one until the account can start no more.',
  fix: 'Write "TimeoutSeconds" beside "StartAt" (timeout: Duration.hours(1)). SecureStateMachine asks for it.',
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (machine, app) => {
    if (machine.property('StateMachineType') === 'EXPRESS') return notApplicable(); // Step Functions ends it after five minutes
    return definitionsOf(machine, app).map(({ value, location, undecided }) => {
      if (undecided) return unresolved(location);
      const timeout = at(value, 'TimeoutSeconds');
      return isUnresolved(timeout) || ends(timeout, STANDARD_TIMEOUT.most) ? pass() : fail(`${location}.TimeoutSeconds`);
    });
  },
};

export const TASK_HEARTBEAT: Rule = {
  id: 'TaskHeartbeat',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'A task waits for its token without a sign of life',
  why: 'A worker that died is noticed only at the timeout of the task, which is a year where nothing is said.',
  fix: 'Write "HeartbeatSeconds" or "TimeoutSeconds" into the state (heartbeatTimeout, taskTimeout). SecureStateMachine asks for it.',
  risks: ['runaway-use', 'unseen-attack'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  findingForm: 'name of the state',
  check: (machine, app) => judgeStates(machine, app, (placed) => {
    if (placed.type !== 'Task' || !waitsForCaller(placed)) return undefined;
    return ['HeartbeatSeconds', 'HeartbeatSecondsPath'].some((name) => isBound(at(placed.state, name)));
  }),
};

export const TASK_ERROR_CATCH: Rule = {
  id: 'TaskErrorCatch',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'A task of a workflow says nothing about its failure',
  why: 'The execution ends at the first error: what was done before stays half-done, and nothing undoes it or tells anybody.',
  fix: 'Write a "Catch" into the state, or into a Parallel or Map state around it (addCatch). SecureStateMachine asks for it.',
  risks: ['misconfiguration', 'unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-10'],
  findingForm: 'name of the state',
  check: (machine, app) => judgeStates(machine, app, ({ type, state, caughtOutside }) => (
    CAN_FAIL.has(type) ? caughtOutside || hasCatch(state) || (type !== 'Task' && holdsCatches(state)) : undefined)),
};

export const TASK_RETRY_LIMIT: Rule = {
  id: 'TaskRetryLimit',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'A task is tried again without an end in sight',
  why: 'An error that does not go away is paid for again and again, and hammers on what is already in trouble.',
  fix: `Set MaxAttempts of each retrier to at most ${RETRY_MOST_ATTEMPTS}, with a backoff, and catch the error when they are used up.`,
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  findingForm: 'name of the state',
  check: (machine, app) => judgeStates(machine, app, ({ state }) => {
    const retriers = elements(at(state, 'Retry'));
    return retriers.length === 0 ? undefined : retriers.every((retrier) => (numberOf(at(retrier, 'MaxAttempts')) ?? 0) <= RETRY_MOST_ATTEMPTS);
  }),
};

export const MAP_CONCURRENCY: Rule = {
  id: 'MapConcurrency',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'A distributed map runs as many executions at once as it finds items',
  why: 'Up to ten thousand child executions start together: a large file, or one that an attacker uploads, uses up the concurrency of the account and what stands behind.',
  fix: 'Set MaxConcurrency of the Map state (maxConcurrency) to what the services behind it take.',
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  findingForm: 'name of the state',
  check: (machine, app) => judgeStates(machine, app, ({ type, state }) => {
    if (type !== 'Map' || at(at(at(state, 'ItemProcessor'), 'ProcessorConfig'), 'Mode') !== 'DISTRIBUTED') return undefined;
    const most = at(state, 'MaxConcurrency');
    return at(state, 'MaxConcurrencyPath') !== undefined || (most !== undefined && numberOf(most) !== 0);
  }),
};

export const WORKFLOW_LOGGING: Rule = {
  id: 'WorkflowLogging',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [MACHINE],
  title: 'A workflow does not log its executions',
  why: 'An express workflow leaves no trace at all, and a standard one only where its history is looked for by hand, for 90 days. '
    + 'At the level FATAL it tells that an execution failed, and neither at which step nor why.',
  fix: 'Set LoggingConfiguration with the level ALL or ERROR and a log group. SecureStateMachine does.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP StepFunctions.1', 'CT.STEPFUNCTIONS.PR.1', 'cdk-nag AwsSolutions-SF1', 'CSA SAS-05'],
  check: (machine) => {
    const level = expectProperty(machine, 'LoggingConfiguration.Level', (value) => value !== undefined && value !== 'OFF' && value !== 'FATAL');
    if (level.kind !== 'pass' || isUnresolved(machine.property('LoggingConfiguration.Destinations'))) return level;
    return machine.items('LoggingConfiguration.Destinations').length > 0 ? pass() : fail('Properties.LoggingConfiguration.Destinations');
  },
};

export const WORKFLOW_EXECUTION_DATA: Rule = {
  id: 'WorkflowExecutionData',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'A workflow writes what it works on to its log',
  why: 'Input and output of each state, with what customers entrusted, spread to whoever may read logs, and stay there for as long as logs are kept.',
  fix: 'Set LoggingConfiguration.IncludeExecutionData to false, or leave it out. SecureStateMachine does.',
  risks: ['data-exposure'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-10'],
  check: (machine) => {
    if (machine.alternatives('LoggingConfiguration.Level').every((level) => level === 'OFF')) return notApplicable();
    return expectProperty(machine, 'LoggingConfiguration.IncludeExecutionData', (included) => !isTrue(included));
  },
};

export const WORKFLOW_TRACING: Rule = {
  id: 'WorkflowTracing',
  severity: Severity.LOW,
  appliesTo: [MACHINE],
  title: 'A workflow does not trace its executions',
  why: 'What one request did across functions and services cannot be followed when something went wrong.',
  fix: 'Set TracingConfiguration.Enabled to true (tracingEnabled: true). SecureStateMachine does.',
  risks: ['unseen-attack'],
  frameworks: ['CT.STEPFUNCTIONS.PR.2', 'cdk-nag AwsSolutions-SF2', 'cdk-nag Serverless-StepFunctionStateMachineXray', 'CSA SAS-05'],
  check: (machine) => expectProperty(machine, 'TracingConfiguration.Enabled', isTrue),
};

export const WORKFLOW_KEY: Rule = {
  id: 'WorkflowKey',
  severity: Severity.LOW,
  control: 'customerKeys',
  appliesTo: [MACHINE],
  title: 'The definition and the executions of a workflow are not encrypted with a key of your own',
  why: 'What each execution worked on lies for 90 days under a key that AWS owns: whoever may describe executions reads it, and nobody sees that it was decrypted.',
  fix: 'Set EncryptionConfiguration with the type CUSTOMER_MANAGED_KMS_KEY and a key. SecureStateMachine uses the key of the stack.',
  risks: ['single-layer', 'data-exposure'],
  frameworks: ['prowler stepfunctions_statemachine_encrypted_with_cmk', 'OWASP Serverless S3'],
  check: (machine) => expectProperty(machine, 'EncryptionConfiguration.KmsKeyId', (key) => key !== undefined && key !== ''),
};

/** Each state of each definition that there may be; `undefined` for a state that a rule does not speak of. */
function judgeStates(machine: Resource, app: AppModel, isFine: (placed: PlacedState) => boolean | undefined): readonly Outcome[] {
  return definitionsOf(machine, app).flatMap(({ states, undecided, location }) => {
    if (undecided) return [unresolved(location)];
    return states.flatMap((placed) => {
      const fine = isFine(placed);
      return fine === undefined ? [] : [fine ? pass() : fail(placed.location, placed.name)];
    });
  });
}

/** Whether what a Parallel or Map state does is caught inside of it, state by state. */
function holdsCatches(state: Value): boolean {
  const definitions = [...elements(at(state, 'Branches')), at(state, 'ItemProcessor'), at(state, 'Iterator')].filter((one) => one !== undefined);
  const inner = definitions.flatMap((definition) => Object.values(Object(at(definition, 'States')) as { readonly [name: string]: Value }));
  return inner.every((one) => !CAN_FAIL.has(textOf(at(one, 'Type')) ?? '') || hasCatch(one));
}

/** Tasks that somebody else ends: with a token, or an activity. */
function waitsForCaller(placed: PlacedState): boolean {
  return /\.waitForTaskToken$/.test(taskResource(placed)) || /:activity:/.test(taskResource(placed));
}

function isBound(seconds: Value): boolean {
  return isUnresolved(seconds) || (seconds !== undefined && ends(seconds, STANDARD_TIMEOUT.most));
}

/** A number that is no longer than an execution lives, or an expression that is computed in the execution. */
function ends(seconds: Value, most: number): boolean {
  const number = numberOf(seconds);
  return number === undefined ? seconds !== undefined && seconds !== null : number > 0 && number < most;
}

export const WORKFLOW_RULES: readonly Rule[] = [
  MAP_CONCURRENCY, TASK_ERROR_CATCH, TASK_HEARTBEAT, TASK_RETRY_LIMIT, WORKFLOW_EXECUTION_DATA, WORKFLOW_KEY, WORKFLOW_LOGGING, WORKFLOW_TIMEOUT,
  WORKFLOW_TRACING,
];
