import { Token } from 'aws-cdk-lib';
import { CfnResourcePolicy, CfnStream } from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { AWS_MANAGED_STREAM_KEY, REGIONS_WITHOUT_STREAM_KEY } from './messaging-baseline';
import { NagPackId } from '../core/exceptions/acknowledgement';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { findingStep } from '../core/hardening/steps/finding-step';
import { HardeningStep } from '../core/hardening/steps/hardening-step';
import { proposalStep } from '../core/hardening/steps/proposal-step';
import { valueStep } from '../core/hardening/steps/value-step';

const STREAM = { area: HardeningArea.EVENTS, type: 'AWS::Kinesis::Stream' } as const;
const DELIVERY = { area: HardeningArea.EVENTS, type: 'AWS::KinesisFirehose::DeliveryStream' } as const;

/** The key that AWS manages opens for everybody of the account who may use the stream, and for nobody of another one. */
const ENCRYPTION = valueStep<CfnStream>({
  ...STREAM,
  rule: 'StreamEncryption',
  property: 'StreamEncryption.EncryptionType',
  when: (stream, site) => (stream.streamEncryption !== undefined ? !hasKeyByRegion(stream, site) : takesManagedKey(stream, site)),
  read: ({ streamEncryption: encryption }) => (encryption !== undefined && 'encryptionType' in encryption ? encryption.encryptionType : encryption),
  secure: () => 'KMS',
  write: (stream, encryptionType) => { stream.streamEncryption = { encryptionType, keyId: AWS_MANAGED_STREAM_KEY }; },
});

const KEY_FOR_OTHERS = proposalStep<CfnStream>({
  ...STREAM,
  rule: 'StreamEncryption',
  property: 'StreamEncryption',
  when: (stream, site) => stream.streamEncryption === undefined && !takesManagedKey(stream, site),
  after: 'a key of your own',
  advice: 'Set encryptionKey, and give producers and consumers the use of the key first: other accounts cannot use the key that AWS manages, '
    + 'and some regions have none.',
});

/** Only a policy of the stream lets other accounts in. */
function takesManagedKey(stream: CfnStream, site: HardeningSite): boolean {
  const { region } = stream.stack;
  if (!Token.isUnresolved(region) && REGIONS_WITHOUT_STREAM_KEY.includes(region)) return false;
  return !site.resources('AWS::Kinesis::ResourcePolicy')
    .some((policy) => [stream, undefined].includes(site.target(policy, (policy as CfnResourcePolicy).resourceArn) as CfnStream | undefined));
}

/** cdk-nag reads no conditions. */
const MANAGED_KEY_BY_REGION = findingStep<CfnStream>({
  ...STREAM,
  rule: 'StreamEncryption',
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'KDS3',
  when: hasKeyByRegion,
  reason: 'The stack fits every region, so CDK chooses the key by a condition: it is the key that AWS manages wherever the region has one.',
});

/** What CDK writes for a stack of any region: the key of AWS, but in regions that have none. */
function hasKeyByRegion(stream: CfnStream, site: HardeningSite): boolean {
  const [condition, without, encryption] = (site.resolve(stream, stream.streamEncryption) as { readonly 'Fn::If'?: readonly unknown[] } | undefined)?.['Fn::If'] ?? [];
  return condition === 'AwsCdkKinesisEncryptedStreamsUnsupportedRegions' && isNoValue(without)
    && (encryption as { readonly KeyId?: unknown } | undefined)?.KeyId === AWS_MANAGED_STREAM_KEY;
}

function isNoValue(value: unknown): boolean {
  return (value as { readonly Ref?: unknown } | undefined)?.Ref === 'AWS::NoValue';
}

const DELIVERY_ENCRYPTION = valueStep<CfnDeliveryStream>({
  ...DELIVERY,
  rule: 'DeliveryEncryption',
  property: 'DeliveryStreamEncryptionConfigurationInput',
  when: (delivery) => isDirect(delivery),
  read: (delivery) => delivery.deliveryStreamEncryptionConfigurationInput,
  secure: () => ({ keyType: 'AWS_OWNED_CMK' }),
  write: (delivery, encryption) => { delivery.deliveryStreamEncryptionConfigurationInput = encryption; },
  safe: ({ keyType }: { keyType?: unknown }) => keyType !== undefined,
});

const DELIVERY_FROM_STREAM = findingStep<CfnDeliveryStream>({
  ...DELIVERY,
  rule: 'DeliveryEncryption',
  packs: [NagPackId.AWS_SOLUTIONS],
  finding: 'KDF1',
  when: (delivery) => delivery.deliveryStreamType === 'KinesisStreamAsSource' && delivery.deliveryStreamEncryptionConfigurationInput === undefined,
  reason: 'Firehose keeps no records that it reads from a data stream: they lie in the stream until they are delivered, and it is the stream that encrypts them.',
});

/** Others read from a stream or a cluster, and Firehose takes no encryption for them. */
function isDirect({ deliveryStreamType }: CfnDeliveryStream): boolean {
  return deliveryStreamType === undefined || deliveryStreamType === 'DirectPut';
}

/** What hardening does to data streams and to what delivers them. */
export const STREAM_HARDENING: readonly HardeningStep[] = [
  ENCRYPTION, KEY_FOR_OTHERS, MANAGED_KEY_BY_REGION, DELIVERY_ENCRYPTION, DELIVERY_FROM_STREAM,
];
