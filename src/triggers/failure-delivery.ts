import { IQueue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { IDependable } from 'constructs';
import { TriggeredFunction } from './triggered-function';
import { refuse } from '../core/configuration-error';
import { allowSource, asTarget, ServiceSource } from '../messaging/service-sources';

/** Where undelivered events go, and what must exist before they can. */
export interface KeptFailures {
  readonly queue: IQueue;
  readonly policy: IDependable | undefined;
}

/** Lets a service put what it cannot hand over to a function into the failure queue of the function, in the name of one source. */
export function keepUndelivered(target: TriggeredFunction, source: ServiceSource): KeptFailures {
  const { service } = source;
  const queue = target.keepFailures();
  if (queue.encryptionType === QueueEncryption.KMS_MANAGED) {
    refuse(target.fn, {
      code: 'SecureFunction.FailureQueue',
      prop: 'asyncInvocation.failureQueue',
      must: `must not be encrypted with the key alias/aws/sqs, which ${service} cannot use: what it fails to deliver would get lost`,
      got: queue.node.path,
      fix: 'leave it out to have a queue made, or encrypt it with a key of your own or of SQS',
    });
  }
  return { queue, policy: allowSource(target.fn, asTarget(queue), 'SecureFunction', source) };
}
