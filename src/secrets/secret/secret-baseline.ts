/** How long a generated secret is: by default and at least, and at most. */
export const SECRET_LENGTH = { standard: 32, most: 4096 };

/** Characters that the description of a secret may have. */
export const SECRET_DESCRIPTION_MOST = 2048;

/** How hard a generated secret is to guess, in bits: what 32 characters out of 16 different ones give. */
export const SECRET_BITS = 128;

/** How often a secret gets a new value: by default, and at most. */
export const SECRET_ROTATION_DAYS = { standard: 30, most: 90 };

/** What reads the value of a secret. */
export const READ_VALUE_ACTIONS = ['secretsmanager:GetSecretValue'];

/** What tells the versions and rotation of a secret, but not its value. */
export const DESCRIBE_ACTIONS = ['secretsmanager:DescribeSecret'];

/** What gives a secret a new value. No change of its key, policy or rotation. */
export const WRITE_ACTIONS = ['secretsmanager:PutSecretValue'];

/**
 * What a rotation function needs. Not `secretsmanager:GetRandomPassword`, which knows no resource: a function makes random values itself.
 * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/rotating-secrets-required-permissions-function.html
 */
export const ROTATE_ACTIONS = [
  'secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage',
];

/** What rotates secrets, and calls the function for it. */
export const SECRETS_MANAGER = 'secretsmanager.amazonaws.com';

/**
 * Texts that people write where the value is put in by hand after the deployment: they give nothing away. The whole text must be one, so that
 * a value that only begins like one, `update7Hs9…`, stays a secret.
 */
export const STAND_IN_VALUE = new RegExp(`^(?:${[
  '',
  'dummy',
  'empty',
  'tbd',
  'x{3,}',
  '[*.-]+',
  '<.*>',
  '\\{\\}',
  '(?:change|replace|set|update)[ _-]?(?:me|this)(?:[ _-].*)?',
  '(?:place[ _-]?holder|to[ _-]?do)(?:[ :_-].*)?',
  'to[ _-]be[ _-](?:defined|filled|replaced|set|supplied)(?:[ _-].*)?',
  '(?:replaced?|set|updated?)[ _-](?:after|at|by|in|later|manually|with)(?:[ _-].*)?',
].join('|')})$`, 'i');
