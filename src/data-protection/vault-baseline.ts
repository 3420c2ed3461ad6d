/** What a vault does, and the handler that does it. */
export const OPERATIONS = {
  tokenize: { id: 'Tokenize', handler: 'tokenize', perMinute: 600, seconds: 10 },
  detokenize: { id: 'Detokenize', handler: 'detokenize', perMinute: 120, seconds: 10 },
  search: { id: 'SearchToken', handler: 'search-token', perMinute: 60, seconds: 10 },
  delete: { id: 'DeleteToken', handler: 'delete-token', perMinute: 60, seconds: 60 },
} as const;

/** The name of an operation. */
export type VaultOperation = keyof typeof OPERATIONS;

/** Names of fields: as handlers/common/vault/request.ts reads them. */
export const FIELD_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/;

/** Fields of one vault: their policies stand in the environment of its functions, which has room for 4 KB. */
export const MOST_FIELDS = 32;

/** Last digits that a token may keep: what is printed on receipts. */
export const MOST_KEPT_DIGITS = 4;

/** Requests in a minute that a caller may have. */
export const REQUESTS_PER_MINUTE = { least: 1, most: 999_999 };

/** Fields that one caller may be limited to: more have no room in the name of an alias. */
export const MOST_CALLER_FIELDS = 9;

/** The name of a caller, as the alias and the audit log have it. */
export const CALLER_NAME = /^[A-Za-z0-9-]{1,32}$/;

/** For how many days keys that were deleted can be brought back: by default, and at most. */
export const ERASURE_DAYS = { standard: 1, most: 35 };

/** The generations of keys for codes that can be in use at once: each search makes a code with each. */
export const MOST_GENERATIONS = 3;

/** The parts of the encryption context of each data key, as handlers/common/vault/keys.ts writes it. */
export const CONTEXT_KEYS = ['field', 'record', 'tenant', 'vault'];

/** What the functions do with the key that wraps data keys, and with those that make codes. */
export const WRAP_ACTIONS = ['kms:GenerateDataKey'];
export const UNWRAP_ACTIONS = ['kms:Decrypt'];
export const CODE_ACTIONS = ['kms:GenerateMac'];

/** What would get at data keys by another way than the functions. */
export const OTHER_KEY_USES = [
  'kms:Encrypt', 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom',
  'kms:ReEncryptTo',
];
export const OTHER_CODE_USES = ['kms:VerifyMac'];

/** What each operation does in the tables. Transactions ask for the right to each of their parts. */
export const TABLE_ACTIONS: { readonly [operation in VaultOperation]: { readonly values: readonly string[]; readonly keys: readonly string[] } } = {
  tokenize: { values: ['dynamodb:PutItem'], keys: ['dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PutItem'] },
  detokenize: { values: ['dynamodb:GetItem'], keys: ['dynamodb:GetItem'] },
  search: { values: [], keys: ['dynamodb:GetItem'] },
  delete: { values: ['dynamodb:DeleteItem'], keys: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'] },
};

/** How each caller is counted. */
export const COUNTER_ACTIONS = ['dynamodb:UpdateItem'];

/** Beyond so many in 5 minutes somebody looks. */
export const VAULT_ALARMS = { detokenizations: 500, denials: 10, guesses: 50, tampering: 0 };
