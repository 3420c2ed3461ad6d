import { Duration, RemovalPolicy } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { DeduplicationScope, FifoThroughputLimit, QueueEncryption, QueueProps } from 'aws-cdk-lib/aws-sqs';
import { DEAD_LETTER_RETENTION_DAYS, RECEIVE_COUNT, RECEIVE_WAIT_SECONDS, RETENTION } from './queue-baseline';
import { QueueDeadLetter } from './queue-dead-letter';
import { SecureQueueProps } from './secure-queue-props';
import { SecurityControls } from '../../core/profile/security-controls';

/** What the props and the profile come to together. */
export interface QueueSettings {
  readonly deadLetter: QueueDeadLetter;
  readonly isLastStop: boolean;
  readonly maxReceiveCount: number;
  readonly retentionPeriod: Duration;
  readonly keepsData: boolean;
  readonly removalPolicy: RemovalPolicy;
}

/** Weighs the props of a queue against its profile. A prop always wins, and one that is weaker than the profile carries its reason. */
export function decide(props: SecureQueueProps, controls: SecurityControls): QueueSettings {
  const deadLetter = props.deadLetter ?? QueueDeadLetter.ownQueue();
  const isLastStop = deadLetter._kind === 'lastStop';
  const keepsData = props.removal === undefined ? controls.retainData : props.removal._destroyReason === undefined;
  return {
    deadLetter,
    isLastStop,
    maxReceiveCount: deadLetter._maxReceiveCount ?? RECEIVE_COUNT.standard,
    retentionPeriod: props.retentionPeriod ?? Duration.days(isLastStop ? DEAD_LETTER_RETENTION_DAYS : RETENTION.standardDays),
    keepsData,
    removalPolicy: keepsData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  };
}

/** The props of CDK's queue, each security setting among them in plain sight. */
export function secureProps(props: SecureQueueProps, settings: QueueSettings, key: IKey | undefined): QueueProps {
  return {
    encryption: key === undefined ? QueueEncryption.SQS_MANAGED : QueueEncryption.KMS,
    encryptionMasterKey: key,
    enforceSSL: true,
    ...props.fifo && {
      fifo: true,
      contentBasedDeduplication: props.fifo.contentBasedDeduplication ?? false,
      deduplicationScope: props.fifo.highThroughput === true ? DeduplicationScope.MESSAGE_GROUP : DeduplicationScope.QUEUE,
      fifoThroughputLimit: props.fifo.highThroughput === true ? FifoThroughputLimit.PER_MESSAGE_GROUP_ID : FifoThroughputLimit.PER_QUEUE,
    },
    retentionPeriod: settings.retentionPeriod,
    deliveryDelay: props.deliveryDelay,
    maxMessageSizeBytes: props.maxMessageSize?.toBytes(),
    receiveMessageWaitTime: Duration.seconds(RECEIVE_WAIT_SECONDS),
    removalPolicy: settings.removalPolicy,
  };
}
