/** How often KMS makes new key material: by default, at least, and at most. */
export const ROTATION_DAYS = { standard: 365, least: 90, most: 2560 };

/** What each kind of key material can be used for: https://docs.aws.amazon.com/kms/latest/developerguide/symm-asymm-choose-key-spec.html */
export const KEY_USAGES: readonly (readonly [spec: RegExp, usages: readonly string[]])[] = [
  [/^SYMMETRIC_DEFAULT$/, ['ENCRYPT_DECRYPT']],
  [/^RSA_/, ['ENCRYPT_DECRYPT', 'SIGN_VERIFY']],
  [/^ECC_NIST_P/, ['SIGN_VERIFY', 'KEY_AGREEMENT']],
  [/^(ECC_SECG|ECC_NIST_EDWARDS|ML_DSA)_?/, ['SIGN_VERIFY']],
  [/^HMAC_/, ['GENERATE_VERIFY_MAC']],
];

/** What KMS takes as the description of a key, in characters, and as the name of an alias. */
export const KEY_DESCRIPTION_MOST = 8192;
export const KEY_ALIAS = /^(?:alias\/)?(?!alias\/|aws\/)[A-Za-z0-9:/_-]{1,250}$/;

/** Days between the order to delete a key and its end, in which the deletion can be called off: by default and at most, and at least. */
export const PENDING_DAYS = { standard: 30, least: 7 };

/** Sid of the statement that keeps principals from passing rights on to others than AWS services. */
export const GRANTS_SID = 'GrantsOnlyForAwsServices';

/** What encrypts data, and data keys for it. */
export const ENCRYPT_ACTIONS = ['kms:Encrypt', 'kms:GenerateDataKey'];

/** What encrypts with the public half of an asymmetric key. */
export const ASYMMETRIC_ENCRYPT_ACTIONS = ['kms:Encrypt', 'kms:GetPublicKey'];

/** What decrypts. */
export const DECRYPT_ACTIONS = ['kms:Decrypt'];

/** What signs. */
export const SIGN_ACTIONS = ['kms:Sign'];

/** What checks signatures, at KMS or anywhere with the public key. */
export const VERIFY_ACTIONS = ['kms:GetPublicKey', 'kms:Verify'];

/** What makes message authentication codes. */
export const GENERATE_MAC_ACTIONS = ['kms:GenerateMac'];

/** What checks message authentication codes. */
export const VERIFY_MAC_ACTIONS = ['kms:VerifyMac'];

/** The wildcards that CDK's own constructs ask for, and what they stand for. */
export const EXPANDED_ACTIONS: { readonly [wildcard: string]: readonly string[] } = {
  'kms:GenerateDataKey*': ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
  'kms:ReEncrypt*': ['kms:ReEncryptFrom', 'kms:ReEncryptTo'],
};

/**
 * What administrators of a key may do: everything but use it.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policy-default.html#key-policy-default-allow-administrators
 */
export const ADMIN_ACTIONS = [
  'kms:CancelKeyDeletion', 'kms:CreateAlias', 'kms:DeleteAlias', 'kms:DescribeKey', 'kms:DisableKey', 'kms:DisableKeyRotation', 'kms:EnableKey',
  'kms:EnableKeyRotation', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus', 'kms:ListGrants', 'kms:ListKeyPolicies', 'kms:ListKeyRotations',
  'kms:ListResourceTags', 'kms:PutKeyPolicy', 'kms:ReplicateKey', 'kms:RevokeGrant', 'kms:RotateKeyOnDemand', 'kms:ScheduleKeyDeletion',
  'kms:TagResource', 'kms:UntagResource', 'kms:UpdateAlias', 'kms:UpdateKeyDescription', 'kms:UpdatePrimaryRegion',
];

/** What IAM policies of the account may still give once a key has administrators of its own: its use, and a look at its settings. */
export const DELEGATED_USE_ACTIONS = [
  'kms:CreateGrant', 'kms:Decrypt', 'kms:DeriveSharedSecret', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyPair',
  'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:GenerateMac', 'kms:GetKeyPolicy', 'kms:GetKeyRotationStatus',
  'kms:GetPublicKey', 'kms:ListGrants', 'kms:ListResourceTags', 'kms:ReEncryptFrom', 'kms:ReEncryptTo', 'kms:Sign', 'kms:Verify', 'kms:VerifyMac',
];

/** Calls after which a key encrypts and decrypts no more, now or soon. */
export const KEY_END_EVENTS = ['DisableKey', 'ScheduleKeyDeletion'];

/** Days of waiting after which a rule stops to warn: nobody is away for longer, and somebody sees the order to delete. */
export const LEAST_WAITING_DAYS = 14;
