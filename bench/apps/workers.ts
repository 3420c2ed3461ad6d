import { App, CfnParameter, NestedStack, Stack } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';

/** Where workers stand. */
export interface WorkersProps {
  /** @default 20 */
  readonly stacks?: number;
  /** Each stack is nested in one of its own. */
  readonly nested?: boolean;
  /** Each template asks for its stage, for a time and for a number of days, all with defaults. */
  readonly parameters?: boolean;
}

/** What a worker is told. */
interface WorkerProps {
  /** The queue that it sends to. */
  readonly next: string;
  readonly timeout: number;
  readonly retentionInDays: number;
  readonly stage: string;
}

/**
 * Workers, each with its queue: six resources each, which point at each other and at the queue of the stack before. The first right is too
 * wide, so that the packs have something to find in each.
 */
export function workers(functions: number, { stacks = 20, nested = false, parameters = false }: WorkersProps = {}): App {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  let before = 'arn:aws:sqs:eu-west-1:111122223333:first';
  for (let index = 0; index < stacks; index++) {
    const outer = new Stack(app, `Workers${index}`);
    const stack = nested ? new NestedStack(outer, 'Inner') : outer;
    const settings = parameters ? parametersOf(stack) : { timeout: 10, retentionInDays: 365, stage: 'prod' };
    let last = before;
    for (let worker = index; worker < functions; worker += stacks) last = addWorker(stack, `W${worker}`, { next: before, ...settings });
    before = last;
  }
  return app;
}

function parametersOf(stack: Stack): Omit<WorkerProps, 'next'> {
  return {
    stage: new CfnParameter(stack, 'Stage', { allowedValues: ['dev', 'prod'], default: 'dev' }).valueAsString,
    timeout: new CfnParameter(stack, 'Timeout', { type: 'Number', default: 10 }).valueAsNumber,
    retentionInDays: new CfnParameter(stack, 'Days', { type: 'Number', default: 365 }).valueAsNumber,
  };
}

/** Adds a worker that reads from a queue of its own and sends to another. */
function addWorker(stack: Stack, id: string, { next, retentionInDays, stage, timeout }: WorkerProps): string {
  const queue = new CfnQueue(stack, `${id}Queue`, { kmsMasterKeyId: 'alias/work', visibilityTimeout: 60 });
  const logs = new CfnLogGroup(stack, `${id}Logs`, { retentionInDays });
  const role = new CfnRole(stack, `${id}Role`, {
    assumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
  });
  new CfnPolicy(stack, `${id}Policy`, {
    policyName: 'work',
    roles: [role.ref],
    policyDocument: {
      Statement: [
        { Effect: 'Allow', Action: 'sqs:*', Resource: queue.attrArn },
        { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: next },
        { Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: logs.attrArn },
      ],
    },
  });
  const worker = new CfnFunction(stack, `${id}Function`, {
    role: role.attrArn,
    code: { s3Bucket: 'artifacts', s3Key: 'worker.zip' },
    handler: 'index.handler',
    runtime: 'nodejs24.x',
    timeout,
    environment: { variables: { NEXT: next, STAGE: stage } },
    loggingConfig: { logGroup: logs.ref },
  });
  new CfnEventSourceMapping(stack, `${id}Mapping`, { functionName: worker.ref, eventSourceArn: queue.attrArn });
  return queue.attrArn;
}
