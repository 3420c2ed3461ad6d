/** Condition keys that bind a service to the account, organization or resource that it acts for, in small letters as IAM compares them. */
export const SOURCE_CONDITION_KEYS = [
  'aws:sourceaccount', 'aws:sourcearn', 'aws:sourceorgid', 'aws:sourceorgpaths', 'aws:sourceowner', 'kms:calleraccount',
];

/** The contexts that services give KMS begin like this, and hold the ARN of their resource. */
export const SERVICE_CONTEXT_PREFIX = 'kms:encryptioncontext:aws:';

/** Condition keys that bind a statement for everybody to somebody, in small letters. */
export const NARROWING_CONDITION_KEYS = [
  ...SOURCE_CONDITION_KEYS, 'aws:principalaccount', 'aws:principalarn', 'aws:principalorgid', 'aws:principalorgpaths', 'aws:sourcevpc', 'aws:sourcevpce',
];

/** Condition operators that compare with a value and fail when the key is missing, in small letters. */
export const NARROWING_OPERATORS = [
  'arnequals', 'arnlike', 'foranyvalue:stringequals', 'foranyvalue:stringlike', 'stringequals', 'stringequalsignorecase', 'stringlike',
];
