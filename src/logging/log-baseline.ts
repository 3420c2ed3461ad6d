/** Managed data identifiers of CloudWatch Logs that log groups mask: credentials, and personal data with few false matches. */
export const MASKED_IDENTIFIERS: readonly string[] = [
  'AwsSecretKey', 'OpenSshPrivateKey', 'PgpPrivateKey', 'PkcsPrivateKey', 'PuttyPrivateKey',
  'BankAccountNumber-DE', 'BankAccountNumber-ES', 'BankAccountNumber-FR', 'BankAccountNumber-GB', 'BankAccountNumber-IT', 'BankAccountNumber-US',
  'CreditCardNumber', 'CreditCardSecurityCode', 'EmailAddress', 'Ssn-US',
];

/** The version of the language of data protection policies. */
export const DATA_PROTECTION_VERSION = '2021-06-01';

/**
 * What CloudWatch Logs takes as an identifier of one's own, and how many of them in one policy.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/CWL-custom-data-identifiers.html
 */
export const CUSTOM_IDENTIFIER = {
  most: 10,
  name: /^[A-Za-z0-9_-]{1,128}$/,
  regex: /^[A-Za-z0-9_#=@/;, ^$?[\]{}|\\*+.-]{1,200}$/,
} as const;

/** The most characters that a data protection policy has room for. */
export const POLICY_CHARACTERS = 30720;
