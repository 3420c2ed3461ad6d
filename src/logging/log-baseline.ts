/** Managed data identifiers of CloudWatch Logs that log groups mask: credentials, and personal data with few false matches. */
export const MASKED_IDENTIFIERS: readonly string[] = [
  'AwsSecretKey', 'OpenSshPrivateKey', 'PgpPrivateKey', 'PkcsPrivateKey', 'PuttyPrivateKey',
  'BankAccountNumber-DE', 'BankAccountNumber-ES', 'BankAccountNumber-FR', 'BankAccountNumber-GB', 'BankAccountNumber-IT', 'BankAccountNumber-US',
  'CreditCardNumber', 'CreditCardSecurityCode', 'EmailAddress', 'Ssn-US',
];

/** The version of the language of data protection policies. */
export const DATA_PROTECTION_VERSION = '2021-06-01';
