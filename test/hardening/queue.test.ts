import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { fourCases } from './support/four-cases';

fourCases('encryption of a queue', {
  property: 'SqsManagedSseEnabled',
  make: (stack, value) => new CfnQueue(stack, 'Orders', { sqsManagedSseEnabled: value as boolean }),
  secure: undefined, // SQS encrypts by itself
  safe: true,
  unsafe: false,
  replaced: true,
});

fourCases('retention of a dead-letter queue', {
  property: 'MessageRetentionPeriod',
  make: (stack, value) => {
    const failed = new CfnQueue(stack, 'Failed', { messageRetentionPeriod: value as number });
    new CfnQueue(stack, 'Orders', { redrivePolicy: { deadLetterTargetArn: failed.attrArn, maxReceiveCount: 3 } });
    return failed;
  },
  secure: 1_209_600,
  safe: 1_209_600,
  unsafe: 3600,
  replaced: false,
});
