import { App, Stack } from 'aws-cdk-lib';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup } from 'aws-cdk-lib/aws-logs';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';

const STACKS = 20;

/**
 * Workers, each with its queue, in twenty stacks: six resources each, which point at each other and at the queue of the stack before.
 * The first right is too wide, so that the packs have something to find in each.
 */
export function workers(functions: number): App {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  let before = 'arn:aws:sqs:eu-west-1:111122223333:first';
  for (let index = 0; index < STACKS; index++) {
    const stack = new Stack(app, `Workers${index}`);
    let last = before;
    for (let worker = index; worker < functions; worker += STACKS) last = addWorker(stack, `W${worker}`, before);
    before = last;
  }
  return app;
}

/** Adds a worker that reads from a queue of its own and sends to another. */
function addWorker(stack: Stack, id: string, next: string): string {
  const queue = new CfnQueue(stack, `${id}Queue`, { kmsMasterKeyId: 'alias/work', visibilityTimeout: 60 });
  const logs = new CfnLogGroup(stack, `${id}Logs`, { retentionInDays: 365 });
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
    timeout: 10,
    environment: { variables: { NEXT: next } },
    loggingConfig: { logGroup: logs.ref },
  });
  new CfnEventSourceMapping(stack, `${id}Mapping`, { functionName: worker.ref, eventSourceArn: queue.attrArn });
  return queue.attrArn;
}
