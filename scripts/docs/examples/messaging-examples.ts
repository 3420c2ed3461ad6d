import {
  aws_amazonmq as amazonmq, aws_events as events, aws_iam as iam, aws_kinesis as kinesis, aws_kinesisfirehose as firehose, aws_kms as kms,
  aws_lambda as lambda, aws_msk as msk, aws_sns as sns, aws_sns_subscriptions as subscriptions, aws_sqs as sqs, Duration, Stack,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:failed';
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const BUS = 'arn:aws:events:eu-west-1:111122223333:event-bus/shop';
const KAFKA = {
  clusterName: 'clicks', kafkaVersion: '3.8.x', numberOfBrokerNodes: 2, brokerNodeGroupInfo: { clientSubnets: ['subnet-1', 'subnet-2'], instanceType: 'kafka.m7g.large' },
};
const BROKER = { brokerName: 'jobs', engineType: 'RABBITMQ', engineVersion: '3.13', deploymentMode: 'SINGLE_INSTANCE', hostInstanceType: 'mq.m7g.medium', users: [] };
const CLICKS = { bucketArn: 'arn:aws:s3:::shop-clicks', roleArn: 'arn:aws:iam::111122223333:role/delivery', processingConfiguration: { enabled: true } };
const ENDPOINT = {
  eventBuses: [{ eventBusArn: BUS }, { eventBusArn: BUS }],
  routingConfig: { failoverConfig: { primary: { healthCheck: 'arn:aws:route53:::healthcheck/1' }, secondary: { route: 'eu-central-1' } } },
};
const MASKING = { Name: 'masking', Version: '2021-06-01', Statement: [{ DataDirection: 'Inbound', Principal: ['*'], DataIdentifier: [], Operation: { Deny: {} } }] };

function makeFunction(stack: Stack, id: string): lambda.Function {
  return new lambda.Function(stack, id, {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => 1;'),
  });
}

export const MESSAGING_EXAMPLES: RuleExamples = {
  BrokerClientAccess: {
    violates(stack) {
      new msk.CfnCluster(stack, 'Kafka', { ...KAFKA, clientAuthentication: { unauthenticated: { enabled: true } } });
    },
    passes(stack) {
      new msk.CfnCluster(stack, 'Kafka', { ...KAFKA, clientAuthentication: { sasl: { iam: { enabled: true } } } });
    },
  },
  BrokerPublicAccess: {
    violates(stack) {
      new amazonmq.CfnBroker(stack, 'Broker', { ...BROKER, publiclyAccessible: true });
    },
    passes(stack) {
      new amazonmq.CfnBroker(stack, 'Broker', { ...BROKER, publiclyAccessible: false });
    },
  },
  DeadLetterRetention: {
    violates(stack) {
      const queue = new sqs.Queue(stack, 'Failed');
      new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue, maxReceiveCount: 5 } });
    },
    passes(stack) {
      const queue = new sqs.Queue(stack, 'Failed', { retentionPeriod: Duration.days(14) });
      new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue, maxReceiveCount: 5 } });
    },
  },
  DeadLetterSources: {
    violates(stack) {
      const queue = new sqs.Queue(stack, 'Failed');
      new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue, maxReceiveCount: 5 } });
    },
    passes(stack) {
      const sourceQueueArns = [stack.formatArn({ service: 'sqs', resource: 'jobs' })];
      const failed = new sqs.CfnQueue(stack, 'Failed', { redriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns } });
      new sqs.CfnQueue(stack, 'Jobs', { queueName: 'jobs', redrivePolicy: { deadLetterTargetArn: failed.attrArn, maxReceiveCount: 5 } });
    },
  },
  DeadLetterUnused: {
    violates(stack) {
      new sqs.Queue(stack, 'JobsDeadLetters');
    },
    passes(stack) {
      const queue = new sqs.Queue(stack, 'JobsDeadLetters');
      new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue, maxReceiveCount: 5 } });
    },
  },
  DeliveryBackup: {
    violates(stack) {
      new firehose.CfnDeliveryStream(stack, 'Clicks', { extendedS3DestinationConfiguration: { ...CLICKS, s3BackupMode: 'Disabled' } });
    },
    passes(stack) {
      new firehose.CfnDeliveryStream(stack, 'Clicks', { extendedS3DestinationConfiguration: { ...CLICKS, s3BackupMode: 'Enabled' } });
    },
  },
  DeliveryEncryption: {
    violates(stack) {
      new firehose.CfnDeliveryStream(stack, 'Clicks', { extendedS3DestinationConfiguration: CLICKS });
    },
    passes(stack) {
      new firehose.CfnDeliveryStream(stack, 'Clicks', {
        extendedS3DestinationConfiguration: CLICKS,
        deliveryStreamEncryptionConfigurationInput: { keyType: 'CUSTOMER_MANAGED_CMK', keyArn: KEY },
      });
    },
  },
  EventArchiveRetention: {
    violates(stack) {
      new events.CfnArchive(stack, 'Archive', { sourceArn: BUS });
    },
    passes(stack) {
      new events.CfnArchive(stack, 'Archive', { sourceArn: BUS, retentionDays: 30 });
    },
  },
  EventBusDeadLetter: {
    violates(stack) {
      new events.CfnEventBus(stack, 'Bus', { name: 'shop', kmsKeyIdentifier: KEY });
    },
    passes(stack) {
      new events.CfnEventBus(stack, 'Bus', { name: 'shop', kmsKeyIdentifier: KEY, deadLetterConfig: { arn: QUEUE } });
    },
  },
  EventBusKey: {
    violates(stack) {
      new events.EventBus(stack, 'Bus');
    },
    passes(stack) {
      new events.EventBus(stack, 'Bus', { kmsKey: new kms.Key(stack, 'Key') });
    },
  },
  EventBusSenders: {
    violates(stack) {
      new events.CfnEventBusPolicy(stack, 'Partner', {
        statementId: 'partner', eventBusName: 'shop', action: 'events:PutEvents', principal: '444455556666',
      });
    },
    passes(stack) {
      new events.CfnEventBusPolicy(stack, 'Partner', {
        statementId: 'partner',
        eventBusName: 'shop',
        statement: {
          Effect: 'Allow',
          Principal: { AWS: '444455556666' },
          Action: 'events:PutEvents',
          Resource: BUS,
          Condition: { StringEquals: { 'events:source': 'partner' } },
        },
      });
    },
  },
  EventEndpointReplication: {
    violates(stack) {
      new events.CfnEndpoint(stack, 'Both', { ...ENDPOINT, replicationConfig: { state: 'DISABLED' } });
    },
    passes(stack) {
      new events.CfnEndpoint(stack, 'Both', { ...ENDPOINT, replicationConfig: { state: 'ENABLED' } });
    },
  },
  EventPatternSource: {
    violates(stack) {
      new events.Rule(stack, 'Paid', { eventBus: new events.EventBus(stack, 'Bus'), eventPattern: { detailType: ['OrderPaid'] } });
    },
    passes(stack) {
      new events.Rule(stack, 'Paid', { eventBus: new events.EventBus(stack, 'Bus'), eventPattern: { source: ['shop.orders'], detailType: ['OrderPaid'] } });
    },
  },
  QueueEncryption: {
    violates(stack) {
      new sqs.Queue(stack, 'Jobs', { encryption: sqs.QueueEncryption.UNENCRYPTED });
    },
    passes(stack) {
      new sqs.Queue(stack, 'Jobs', { encryption: sqs.QueueEncryption.SQS_MANAGED });
    },
  },
  QueueKey: {
    violates(stack) {
      new sqs.Queue(stack, 'Jobs', { encryption: sqs.QueueEncryption.KMS_MANAGED });
    },
    passes(stack) {
      new sqs.Queue(stack, 'Jobs', { encryptionMasterKey: new kms.Key(stack, 'Key') });
    },
  },
  QueueReceiveCount: {
    violates(stack) {
      const queue = new sqs.Queue(stack, 'Failed');
      new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue, maxReceiveCount: 1 } });
    },
    passes(stack) {
      const queue = new sqs.Queue(stack, 'Failed');
      new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue, maxReceiveCount: 5 } });
    },
  },
  QueueRedrivePolicy: {
    violates(stack) {
      new sqs.Queue(stack, 'Jobs');
    },
    passes(stack) {
      const queue = new sqs.Queue(stack, 'Failed');
      new sqs.Queue(stack, 'Jobs', { deadLetterQueue: { queue, maxReceiveCount: 5 } });
    },
  },
  QueueTlsOnly: {
    violates(stack) {
      new sqs.Queue(stack, 'Jobs');
    },
    passes(stack) {
      new sqs.Queue(stack, 'Jobs', { enforceSSL: true });
    },
  },
  RuleDeadLetter: {
    violates(stack) {
      new events.CfnRule(stack, 'Paid', { eventPattern: { source: ['shop'] }, targets: [{ id: 'Print', arn: QUEUE }] });
    },
    passes(stack) {
      const deadLetterConfig = { arn: QUEUE };
      new events.CfnRule(stack, 'Paid', { eventPattern: { source: ['shop'] }, targets: [{ id: 'Print', arn: QUEUE, deadLetterConfig }] });
    },
  },
  RuleWithoutTarget: {
    violates(stack) {
      new events.Rule(stack, 'Paid', { eventPattern: { source: ['shop'] } });
    },
    passes(stack) {
      new events.CfnRule(stack, 'Paid', { eventPattern: { source: ['shop'] }, targets: [{ id: 'Print', arn: QUEUE }] });
    },
  },
  StreamEncryption: {
    violates(stack) {
      new kinesis.CfnStream(stack, 'Clicks', { shardCount: 1 });
    },
    passes(stack) {
      new kinesis.Stream(stack, 'Clicks', { encryption: kinesis.StreamEncryption.KMS });
    },
  },
  StreamRetention: {
    violates(stack) {
      new kinesis.Stream(stack, 'Clicks');
    },
    passes(stack) {
      new kinesis.Stream(stack, 'Clicks', { retentionPeriod: Duration.days(7) });
    },
  },
  SubscriptionDeadLetter: {
    violates(stack) {
      new sns.Topic(stack, 'Notices').addSubscription(new subscriptions.UrlSubscription('https://example.com/hook'));
    },
    passes(stack) {
      const deadLetterQueue = new sqs.Queue(stack, 'Failed');
      new sns.Topic(stack, 'Notices').addSubscription(new subscriptions.UrlSubscription('https://example.com/hook', { deadLetterQueue }));
    },
  },
  SubscriptionForeignAccount: {
    violates(stack) {
      const endpoint = 'arn:aws:sqs:eu-west-1:444455556666:collect';
      new sns.CfnSubscription(stack, 'Partner', { topicArn: new sns.Topic(stack, 'Notices').topicArn, protocol: 'sqs', endpoint });
    },
    passes(stack) {
      new sns.Topic(stack, 'Notices').addSubscription(new subscriptions.SqsSubscription(new sqs.Queue(stack, 'Jobs')));
    },
  },
  SubscriptionTransport: {
    violates(stack) {
      new sns.Topic(stack, 'Notices').addSubscription(new subscriptions.UrlSubscription('http://example.com/hook'));
    },
    passes(stack) {
      new sns.Topic(stack, 'Notices').addSubscription(new subscriptions.UrlSubscription('https://example.com/hook'));
    },
  },
  TopicDataProtection: {
    violates(stack) {
      const topic = new sns.Topic(stack, 'Notices');
      const order = makeFunction(stack, 'Order');
      order.addFunctionUrl();
      order.addToRolePolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));
    },
    passes(stack) {
      const topic = new sns.CfnTopic(stack, 'Notices', { dataProtectionPolicy: MASKING });
      const order = makeFunction(stack, 'Order');
      order.addFunctionUrl();
      order.addToRolePolicy(new iam.PolicyStatement({ actions: ['sns:Publish'], resources: [topic.ref] }));
    },
  },
  TopicEncryption: {
    violates(stack) {
      new sns.Topic(stack, 'Notices');
    },
    passes(stack) {
      new sns.Topic(stack, 'Notices', { masterKey: new kms.Key(stack, 'Key') });
    },
  },
  TopicTlsOnly: {
    violates(stack) {
      new sns.Topic(stack, 'Notices');
    },
    passes(stack) {
      new sns.Topic(stack, 'Notices', { enforceSSL: true });
    },
  },
};
