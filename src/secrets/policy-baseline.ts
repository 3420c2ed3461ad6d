import { BINDING_KEYS, SOURCE_KEYS } from '../iam/iam-baseline';

/**
 * Condition keys that bind a service to the account, organization or resource that it acts for. The contexts that services give KMS begin
 * like the last three, and hold the ARN of their resource: that of the delivery of logs has no `aws:`, and that of what the encryption SDK writes one more word.
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/encryption-bus-logs.html
 */
export const KEY_SOURCE_KEYS = [
  ...SOURCE_KEYS, 'aws:SourceOwner', 'kms:CallerAccount', 'kms:EncryptionContext:SourceArn', 'kms:EncryptionContext:aws:', 'kms:EncryptionContext:aws-crypto-ec:aws:',
];

/** Condition keys that bind a statement for everybody to somebody. */
export const KEY_BINDING_KEYS = [...BINDING_KEYS, 'aws:SourceOwner', 'kms:CallerAccount'];
