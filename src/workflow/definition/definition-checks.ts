import { allDefinitions, allStates, Definition, hasCatch, PlacedState, State } from './definition';
import { RETRY_MOST_ATTEMPTS, SECRET_PATTERNS, STANDARD_TIMEOUT } from '../state-machine-baseline';

/** What is judged, and how strictly. */
export interface DefinitionJudgement {
  /** Path of the machine, for the messages. */
  readonly place: string;
  /** Whether each state that can fail needs a way on. */
  readonly catchRequired: boolean;
}

interface Fault {
  readonly code: string;
  readonly prop: string;
  readonly must: string;
  readonly fix: string;
}

/**
 * What is wrong with a definition, one message for each fault.
 *
 * | state                | must have                                                                    |
 * |----------------------|------------------------------------------------------------------------------|
 * | the machine          | a timeout                                                                    |
 * | Task                 | a timeout; a heartbeat where it waits for a token                            |
 * | Task, Parallel, Map  | a Catch, or one around it                                                    |
 * | any with Retry       | an end to it                                                                 |
 * | HTTP task            | an https endpoint that the definition names, and a connection that it names  |
 * | Fail                 | a state that leads to it                                                     |
 */
export function judgeDefinition(definition: Definition, judgement: DefinitionJudgement): string[] {
  const faults = [
    ...machineFaults(definition),
    ...allStates(definition).flatMap((placed) => [
      ...taskFaults(placed), ...catchFaults(placed, judgement.catchRequired), ...retryFaults(placed), ...httpFaults(placed),
    ]),
    ...allDefinitions(definition).flatMap(lostFailStates),
  ];
  return faults.map((fault) => message(judgement.place, fault));
}

/** What must not stand in a definition or its substitutions. The value itself is not repeated. */
export function judgeSecrets(text: string, place: string): string[] {
  return SECRET_PATTERNS.filter(({ pattern }) => pattern.test(text)).map(({ what }) => message(place, {
    code: 'SecureStateMachine.SecretInDefinition',
    prop: 'definitionBody',
    must: `must not hold a secret, and this looks like ${what}; everybody who may describe the machine reads it`,
    fix: 'let the function or the connection that needs it read it from AWS Secrets Manager',
  }));
}

/** What to say where the definition is no JSON. */
export function unreadable(place: string): string {
  return message(place, {
    code: 'SecureStateMachine.Definition', prop: 'definitionBody', must: 'must be a JSON document in the Amazon States Language', fix: 'mend the text',
  });
}

function machineFaults(definition: Definition): Fault[] {
  if (definition.TimeoutSeconds !== undefined) return endlessTime('SecureStateMachine.Timeout', 'TimeoutSeconds', definition.TimeoutSeconds);
  return [{
    code: 'SecureStateMachine.Timeout',
    prop: 'TimeoutSeconds',
    must: 'must stand in a definition from text or a file, or executions may hang for a year',
    fix: 'write "TimeoutSeconds": 3600 beside "StartAt"',
  }];
}

/** The number that AWS gives to a task without a timeout is three years: whoever writes it has none. */
function endlessTime(code: string, prop: string, seconds: unknown): Fault[] {
  return seconds !== null && (typeof seconds !== 'number' || seconds <= STANDARD_TIMEOUT.most) ? [] : [{
    code, prop, must: `must be at most ${STANDARD_TIMEOUT.most} seconds, which is a year: an execution lives no longer, got ${String(seconds)}`, fix: 'write the time that it may really take',
  }];
}

function taskFaults({ name, state }: PlacedState): Fault[] {
  if (state.Type !== 'Task') return [];
  const faults: Fault[] = [];
  if (state.TimeoutSeconds === undefined && state.TimeoutSecondsPath === undefined) {
    faults.push({
      code: 'SecureStateMachine.TaskTimeout',
      prop: `timeout of state "${name}"`,
      must: 'must be set, or the task may use up the time of the whole execution, whose end nothing can catch',
      fix: 'pass taskTimeout: Timeout.duration(Duration.seconds(30)), or write "TimeoutSeconds"',
    });
  }
  if (state.TimeoutSeconds !== undefined) faults.push(...endlessTime('SecureStateMachine.TaskTimeout', `timeout of state "${name}"`, state.TimeoutSeconds));
  if (state.HeartbeatSeconds !== undefined) faults.push(...endlessTime('SecureStateMachine.Heartbeat', `heartbeat of state "${name}"`, state.HeartbeatSeconds));
  const waits = /\.waitForTaskToken$/.test(state.Resource ?? '');
  if (waits && state.HeartbeatSeconds === undefined && state.HeartbeatSecondsPath === undefined) {
    faults.push({
      code: 'SecureStateMachine.Heartbeat',
      prop: `heartbeat of state "${name}"`,
      must: 'must be set for a task that waits for its token, or a worker that died goes unnoticed until the timeout',
      fix: 'pass heartbeatTimeout: Timeout.duration(…), or write "HeartbeatSeconds"',
    });
  }
  return faults;
}

function catchFaults({ name, state, caughtOutside }: PlacedState, required: boolean): Fault[] {
  if (!required || caughtOutside || hasCatch(state) || !['Task', 'Parallel', 'Map'].includes(state.Type ?? '')) return [];
  return [{
    code: 'SecureStateMachine.Catch',
    prop: `Catch of state "${name}"`,
    must: 'must say where to go on when the state fails, or what was done before stays half-done',
    fix: 'call addCatch(), put the state into a Parallel state with a Catch, or pass errorCatching: ErrorCatching.off(reason)',
  }];
}

function retryFaults({ name, state }: PlacedState): Fault[] {
  return (state.Retry ?? []).filter(({ MaxAttempts }) => Number(MaxAttempts) > RETRY_MOST_ATTEMPTS)
    .map(({ ErrorEquals, MaxAttempts }) => ({
      code: 'SecureStateMachine.Retry',
      prop: `Retry of state "${name}"`,
      must: `must end after at most ${RETRY_MOST_ATTEMPTS} attempts, or an error that does not go away is paid for again and again, got ${MaxAttempts} for ${(ErrorEquals ?? []).join(', ')}`,
      fix: 'lower maxAttempts, and catch the error when they are used up',
    }));
}

function httpFaults({ name, state }: PlacedState): Fault[] {
  if (!/:states:::http:invoke/.test(state.Resource ?? '')) return [];
  const given = { ...state.Parameters, ...typeof state.Arguments === 'object' ? state.Arguments : {} } as { [name: string]: unknown };
  const faults: Fault[] = [];
  const endpoint = String(given.ApiEndpoint ?? given['ApiEndpoint.$'] ?? '');
  const dynamic = given.ApiEndpoint === undefined || endpoint.startsWith('{%');
  const secure = dynamic ? NAMED_HOST.test(endpoint) : /^(https:\/\/|<|\$\{)/.test(endpoint);
  if (!secure || /http:\/\//.test(endpoint)) {
    faults.push({
      code: 'SecureStateMachine.HttpEndpoint',
      prop: `ApiEndpoint of state "${name}"`,
      must: `must begin with https:// and a host that the definition names, got ${JSON.stringify(endpoint)}`,
      fix: 'write the host into the definition, and only what comes after it as an expression',
    });
  }
  const { ConnectionArn } = (given.Authentication ?? {}) as { ConnectionArn?: unknown };
  if (typeof ConnectionArn !== 'string' || ConnectionArn.startsWith('{%')) {
    faults.push({
      code: 'SecureStateMachine.HttpConnection',
      prop: `Authentication of state "${name}"`,
      must: 'must name a connection of EventBridge, which keeps the credentials',
      fix: 'write "ConnectionArn" with the ARN of a connection',
    });
  }
  return faults;
}

/** An expression in which a host stands that nothing can be added to: up to a slash, or as CDK's task writes it. */
const NAMED_HOST = /https:\/\/[^/'"{]+\/|^States\.Format\('\{\}\/\{\}', ?'https:\/\/[^'{}]+',/;

/** A Fail state that nobody reaches is an error path that its author believes in, and that is not there. */
function lostFailStates({ StartAt, States = {} }: Definition): Fault[] {
  const reached = new Set([StartAt, ...Object.values(States).flatMap(successors)]);
  return Object.entries(States).filter(([name, { Type }]) => Type === 'Fail' && !reached.has(name)).map(([name]) => ({
    code: 'SecureStateMachine.LostFail',
    prop: `state "${name}"`,
    must: 'must be reached: it is a Fail state, and no state leads to it',
    fix: 'name it in a Catch or a Choice, or leave it out',
  }));
}

function successors(state: State): (string | undefined)[] {
  return [state.Next, state.Default, ...(state.Choices ?? []).map(({ Next }) => Next), ...(state.Catch ?? []).map(({ Next }) => Next)];
}

function message(place: string, { code, prop, must, fix }: Fault): string {
  return `'${prop}' ${must}; ${fix} [${code}, at '${place}']`;
}
