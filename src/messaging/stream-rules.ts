import { STREAM_RETENTION_HOURS } from './messaging-baseline';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../model/rule';
import { alternatives, isTrue, isUnresolved, numberOf, textOf, Value } from '../model/values/values';

const STREAM = 'AWS::Kinesis::Stream';
const FIREHOSE = 'AWS::KinesisFirehose::DeliveryStream';
const KAFKA = 'AWS::MSK::Cluster';

/** Where Firehose puts what it could not transform, or the originals of what it did. */
const BACKED_UP = 'ExtendedS3DestinationConfiguration';

export const STREAM_ENCRYPTION: Rule = {
  id: 'StreamEncryption',
  severity: Severity.MEDIUM,
  appliesTo: [STREAM],
  title: 'The records of a stream lie unencrypted',
  why: 'Kinesis encrypts only when it is told to: without, records with customer data lie in the clear for a day and up to a year.',
  fix: 'Set StreamEncryption to { EncryptionType: "KMS", KeyId: … } (encryption: StreamEncryption.KMS).',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['FSBP Kinesis.1', 'cdk-nag AwsSolutions-KDS1', 'CKV_AWS_43', 'OWASP Serverless S3'],
  check: (stream) => expectProperty(stream, 'StreamEncryption.EncryptionType', (type) => type === 'KMS'),
};

export const STREAM_RETENTION: Rule = {
  id: 'StreamRetention',
  severity: Severity.INFO,
  appliesTo: [STREAM],
  title: 'A stream keeps its records for less than a week',
  why: 'A consumer that fails on a Friday finds the records gone on Monday.',
  fix: `Set RetentionPeriodHours to ${STREAM_RETENTION_HOURS} or more.`,
  risks: ['misconfiguration'],
  frameworks: ['FSBP Kinesis.3'],
  check: (stream) => expectProperty(stream, 'RetentionPeriodHours', (hours) => (numberOf(hours) ?? 0) >= STREAM_RETENTION_HOURS),
};

export const DELIVERY_ENCRYPTION: Rule = {
  id: 'DeliveryEncryption',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [FIREHOSE],
  title: 'Firehose keeps records unencrypted until it delivers them',
  why: 'While a destination is slow or away, records wait for up to a day, in the clear.',
  fix: 'Set DeliveryStreamEncryptionConfigurationInput with a key of your own. A stream that reads from Kinesis is encrypted there.',
  risks: ['data-exposure'],
  frameworks: ['FSBP DataFirehose.1', 'cdk-nag AwsSolutions-KDF1', 'CKV_AWS_240'],
  check: (delivery) => {
    const type = delivery.alternatives('DeliveryStreamType');
    if (type.every((value) => value !== undefined && value !== 'DirectPut' && !isUnresolved(value))) return notApplicable();
    return expectProperty(delivery, 'DeliveryStreamEncryptionConfigurationInput.KeyType', (value) => value !== undefined);
  },
};

/** Keys of AWS, whose use nobody of the account can withdraw or follow. */
const KEY_OF_AWS = /(?:^|:)alias\/aws\//;

export const STREAM_CUSTOMER_KEY: Rule = {
  id: 'StreamCustomerKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  control: 'customerKeys',
  appliesTo: [STREAM, FIREHOSE],
  title: 'The records of a stream are encrypted with a key that AWS controls',
  why: 'Whoever may read the stream may decrypt it: no policy of a key stands in the way, nobody can withdraw it, and nobody sees who used it.',
  fix: 'Name a customer-managed key: StreamEncryption.KeyId, or DeliveryStreamEncryptionConfigurationInput with KeyType CUSTOMER_MANAGED_CMK and KeyARN.',
  risks: ['single-layer', 'data-exposure'],
  frameworks: ['FSBP Kinesis.1', 'CKV_AWS_185', 'CKV_AWS_241', 'OWASP Serverless S3'],
  check: (stream) => {
    if (stream.type === STREAM) {
      if (stream.property('StreamEncryption') === undefined) return notApplicable(); // StreamEncryption asks
      return expectProperty(stream, 'StreamEncryption.KeyId', (key) => key !== undefined && !KEY_OF_AWS.test(textOf(key) ?? ''));
    }
    if (stream.property('DeliveryStreamEncryptionConfigurationInput') === undefined) return notApplicable(); // DeliveryEncryption asks
    return expectProperty(stream, 'DeliveryStreamEncryptionConfigurationInput.KeyType', (type) => type === 'CUSTOMER_MANAGED_CMK');
  },
};

export const DELIVERY_LOGGING: Rule = {
  id: 'DeliveryLogging',
  severity: Severity.LOW,
  appliesTo: [FIREHOSE],
  title: 'Firehose says nothing about what it cannot deliver',
  why: 'Records that the destination refuses, or that the role may not write, are gone after a day, and nobody learns why.',
  fix: 'Set CloudWatchLoggingOptions of the destination: Enabled, with a log group and a stream.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: 'name of the property that holds the destination',
  check: (delivery) => delivery.propertyNames.filter((name) => /DestinationConfiguration$/.test(name)).map((name) => (
    expectProperty(delivery, `${name}.CloudWatchLoggingOptions.Enabled`, isTrue, name))),
};

export const DELIVERY_BACKUP: Rule = {
  id: 'DeliveryBackup',
  severity: Severity.LOW,
  appliesTo: [FIREHOSE],
  title: 'Firehose transforms records and keeps no original',
  why: 'A mistake in the transforming function changes or drops records for good.',
  fix: 'Set S3BackupMode to Enabled, with an S3BackupConfiguration.',
  risks: ['misconfiguration'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  check: (delivery) => {
    if (!alternatives(delivery.property(`${BACKED_UP}.ProcessingConfiguration.Enabled`)).some(isTrue)) return notApplicable();
    return expectProperty(delivery, `${BACKED_UP}.S3BackupMode`, (mode) => mode === 'Enabled');
  },
};

export const BROKER_PUBLIC_ACCESS: Rule = {
  id: 'BrokerPublicAccess',
  severity: Severity.HIGH,
  appliesTo: ['AWS::AmazonMQ::Broker', KAFKA],
  title: 'A message broker answers the whole internet',
  why: 'Whoever guesses or finds a password reads and writes the messages of the app; brokers are found within hours.',
  fix: 'Set PubliclyAccessible to false (MQ), PublicAccess.Type to DISABLED (MSK), and reach the broker from within the network.',
  risks: ['attack-surface', 'data-exposure'],
  frameworks: ['FSBP MSK.4', 'CKV_AWS_69', 'OWASP Serverless S6'],
  check: (broker) => (broker.type === KAFKA
    ? expectProperty(broker, 'BrokerNodeGroupInfo.ConnectivityInfo.PublicAccess.Type', (type) => type === undefined || type === 'DISABLED')
    : expectProperty(broker, 'PubliclyAccessible', (value) => !isTrue(value))),
};

export const BROKER_CLIENT_ACCESS: Rule = {
  id: 'BrokerClientAccess',
  severity: Severity.MEDIUM,
  appliesTo: [KAFKA],
  title: 'A Kafka cluster takes clients in the clear, or without knowing who they are',
  why: 'Everybody who reaches a broker inside of the network reads and writes all topics, or sees what others do.',
  fix: 'Set EncryptionInfo.EncryptionInTransit.ClientBroker to TLS, and switch ClientAuthentication.Unauthenticated off and IAM, SCRAM or TLS on.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['FSBP MSK.6', 'cdk-nag AwsSolutions-MSK2', 'CKV_AWS_81', 'OWASP Serverless S2'],
  findingForm: 'Encryption or Authentication',
  check: (cluster) => [
    expectProperty(cluster, 'EncryptionInfo.EncryptionInTransit.ClientBroker', (value) => value === undefined || value === 'TLS', 'Encryption'),
    cluster.alternatives('ClientAuthentication.Unauthenticated.Enabled').some(isTrue)
      ? fail('Properties.ClientAuthentication.Unauthenticated.Enabled', 'Authentication') : judgeClients(cluster.property('ClientAuthentication')),
  ],
};

/** Without any authentication switched on, MSK lets everybody in. */
function judgeClients(authentication: Value): Outcome {
  const location = 'Properties.ClientAuthentication';
  if (isUnresolved(authentication)) return unresolved(location, 'Authentication');
  return authentication === undefined ? fail(location, 'Authentication') : pass();
}

export const STREAM_RULES: readonly Rule[] = [
  BROKER_CLIENT_ACCESS, BROKER_PUBLIC_ACCESS, DELIVERY_BACKUP, DELIVERY_ENCRYPTION, DELIVERY_LOGGING, STREAM_CUSTOMER_KEY, STREAM_ENCRYPTION,
  STREAM_RETENTION,
];
