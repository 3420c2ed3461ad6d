import { Duration } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import {
  Choice, Condition, DefinitionBody, Errors, Fail, IntegrationPattern, JsonPath, Succeed, TaskInput, Timeout,
} from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { Construct } from 'constructs';
import { FUNCTION_SECONDS } from './containment-baseline';
import { SecureStateMachine } from '../workflow/secure-state-machine';

/** What the machine is made of. */
export interface ApprovalProps {
  readonly responder: IFunction;
  /** How long somebody has to answer. */
  readonly minutes: number;
  readonly encryptionKey?: IKey;
}

/** Longer than the function runs, so that its claim on a record is over when it is tried again. */
const RETRY = { interval: Duration.seconds(FUNCTION_SECONDS + 10), maxAttempts: 3, backoffRate: 1 };

const NO_ANSWER = [Errors.HEARTBEAT_TIMEOUT, Errors.TIMEOUT];

/**
 * Plans, asks, and contains what was approved. Whoever answers does it through a function of its own: neither the responder nor this machine can.
 *
 * plan ─ nothing to ask → done; else ask ─ approved → contain; denied, or no answer in time → dismiss
 */
export function approvalMachine(scope: Construct, id: string, { responder, minutes, encryptionKey }: ApprovalProps): SecureStateMachine {
  const failed = new Fail(scope, 'NotHandled', { cause: 'The finding could not be dealt with: see the log of the responder.' });
  const done = new Succeed(scope, 'Done');
  const task = (name: string, payload: { [field: string]: unknown }, resultPath: string = JsonPath.DISCARD) => {
    const invoke = new LambdaInvoke(scope, name, {
      lambdaFunction: responder,
      payload: TaskInput.fromObject(payload),
      payloadResponseOnly: true,
      resultPath,
      retryOnServiceExceptions: false,
      taskTimeout: Timeout.duration(Duration.seconds(FUNCTION_SECONDS + 10)),
    });
    return invoke.addRetry(RETRY).addCatch(failed, { resultPath: '$.error' });
  };
  const ids = JsonPath.objectAt('$.plan.ids');
  const dismissUnanswered = task('DismissUnanswered', { action: 'dismiss', ids, by: 'nobody answered' }).next(done);
  const dismiss = task('Dismiss', { action: 'dismiss', ids, by: JsonPath.stringAt('$.answer.by') }).next(done);
  const execute = task('Contain', { action: 'execute', ids, by: JsonPath.stringAt('$.answer.by') }).next(done);
  const ask = new LambdaInvoke(scope, 'Ask', {
    lambdaFunction: responder,
    integrationPattern: IntegrationPattern.WAIT_FOR_TASK_TOKEN,
    payload: TaskInput.fromObject({ action: 'ask', ids, token: JsonPath.taskToken, execution: JsonPath.executionName }),
    resultPath: '$.answer',
    retryOnServiceExceptions: false,
    taskTimeout: Timeout.duration(Duration.minutes(minutes + 1)),
    heartbeatTimeout: Timeout.duration(Duration.minutes(minutes)), // nobody beats while people think: it is the time to answer
  })
    .addRetry({ errors: NO_ANSWER, maxAttempts: 0 }) // a question is asked once; only one that did not get out is asked again
    .addRetry(RETRY)
    .addCatch(dismissUnanswered, { errors: NO_ANSWER, resultPath: '$.error' })
    .addCatch(failed, { resultPath: '$.error' });
  const plan = task('Plan', { action: 'plan', event: JsonPath.entirePayload }, '$.plan');
  return new SecureStateMachine(scope, id, {
    definitionBody: DefinitionBody.fromChainable(plan.next(new Choice(scope, 'AnythingToAsk')
      .when(Condition.isPresent('$.plan.ids[0]'), ask.next(new Choice(scope, 'Approved')
        .when(Condition.booleanEquals('$.answer.approved', true), execute)
        .otherwise(dismiss)))
      .otherwise(done))),
    timeout: Duration.minutes(minutes + 30),
    encryptionKey,
  });
}
