import {
  CONNECTION_NAME_PATTERN, KEY_NAME_PATTERN, PASSWORD_NAME_PATTERN, REFERENCE_NAME_PATTERN, SECRET_NAME_PATTERN, SECRET_VALUE_PATTERNS,
  TOKEN_PATTERNS,
} from './secret-baseline';

/** Values that say where something is, or how something is, never what a secret is. */
const POINTS_SOMEWHERE = /^(?:arn:|https?:\/\/|s3:\/\/|\/|\.{1,2}\/|<|\$\{)/;
const PLAIN_SETTING = /^(?:\d{1,9}(?:\.\d{1,6})?|true|false|yes|no|on|off|none|null|undefined)$/i;
const CONFIGURATION_WORD = /^(?:authorization|cookie|default|disabled|enabled|header|include|omit|optional|query|required|same-origin|x(?:-[a-z]+)+)$/i;
/** A file is where a secret is, and none. */
const FILE_NAME = /^[\w.-]+\.(?:cfg|conf|ini|json|pem|toml|txt|ya?ml)$/i;
const BASIC_CREDENTIALS = /(?<![A-Za-z0-9])Basic ([A-Za-z0-9+/]{4,512})/g;
const SHORTEST_RANDOM = 16;
const SHORTEST_KEY = 6;
const SHORTEST_PASSWORD = 4;
const HEX_ENTROPY = 3;
const TEXT_ENTROPY = 3.3;
/** `prod/session-key` and `SessionTable` have none. */
const HAS_DIGIT = /\d/;
const AWS_SECRET_KEY = /^[A-Za-z0-9/+]{40}$/;
const AWS_SECRET_KEY_ENTROPY = 4.4;

/**
 * What kind of secret a value is that stands under a name (an environment variable, a parameter), or undefined. References are written as flattenReference writes them.
 *
 * | value                    | name ends in "password" | … in "api key", "token" | name is secret-like | any other, or says "arn", "url", "table", … |
 * |--------------------------|-------------------------|-------------------------|---------------------|---------------------------------------------|
 * | has a known form         | secret                  | secret                  | secret              | secret                                      |
 * | 40 random base64 letters | secret                  | secret                  | secret              | secret                                      |
 * | points somewhere         | fine                    | fine                    | fine                | fine                                        |
 * | random                   | secret                  | secret                  | secret              | fine                                        |
 * | a path or a plain word   | secret                  | fine                    | fine                | fine                                        |
 * | any other text           | secret                  | secret                  | fine                | fine                                        |
 */
export function findSecret(givenName: string, value: string): string | undefined {
  const name = wordsOf(givenName);
  const known = SECRET_VALUE_PATTERNS.find(({ pattern }) => pattern.test(value));
  if (known !== undefined) return known.name;
  const text = value.trim();
  if (looksLikeAwsSecretKey(text)) return 'an AWS secret access key';
  if (PASSWORD_NAME_PATTERN.test(name) && /^\d{4,}$/.test(text)) return 'a password';
  if (POINTS_SOMEWHERE.test(text) || PLAIN_SETTING.test(text) || REFERENCE_NAME_PATTERN.test(name)) return undefined;
  if (PASSWORD_NAME_PATTERN.test(name) && text.length >= SHORTEST_PASSWORD) return 'a password';
  if (SECRET_NAME_PATTERN.test(name) && looksRandom(text)) return 'a random value under the name of a secret';
  if (KEY_NAME_PATTERN.test(name) && looksGiven(text)) return 'a key';
  return undefined;
}

/** What kind of credential stands somewhere in a text, be it code; only forms that nothing else has. */
export function findToken(text: string): string | undefined {
  return TOKEN_PATTERNS.find(({ pattern }) => pattern.test(text))?.name ?? (hasBasicCredentials(text) ? 'a user name and password' : undefined);
}

/** What a browser sends for a name and a password: code at the edge that locks a site with one holds it as it is sent. */
function hasBasicCredentials(text: string): boolean {
  return [...text.matchAll(BASIC_CREDENTIALS)].some(([, encoded]) => /^[ -9;-~]*:[ -~]+$/.test(Buffer.from(encoded, 'base64').toString('latin1')));
}

/** Whether a name says that its value is a secret, and not where one is. */
export function namesSecret(givenName: string): boolean {
  const name = wordsOf(givenName);
  return !REFERENCE_NAME_PATTERN.test(name) && (SECRET_NAME_PATTERN.test(name) || CONNECTION_NAME_PATTERN.test(name));
}

/** Whether a text can only say how something is: a number, yes or no, a word of configuration. */
export function isPlainSetting(text: string): boolean {
  return PLAIN_SETTING.test(text) || CONFIGURATION_WORD.test(text);
}

/** `dbPassword`, `DB-Password` and `DB_PASSWORD` are one name: `db_password`. */
export function wordsOf(name: string): string {
  return name.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/([A-Z])([A-Z][a-z])/g, '$1_$2').replace(/[^A-Za-z0-9]/g, '_').toLowerCase();
}

/** A text that somebody chose as a key: no path, no sentence, no word of configuration, and no single word that is short or has no digit. */
function looksGiven(text: string): boolean {
  return text.length >= SHORTEST_KEY && !/[\s/]/.test(text) && !CONFIGURATION_WORD.test(text) && !FILE_NAME.test(text) && !/^[a-z]{1,7}$/i.test(text);
}

/** Paths and words have few digits and repeat their letters, and a hash has no more than 16 of them; a key of 40 letters does not. */
function looksLikeAwsSecretKey(text: string): boolean {
  return AWS_SECRET_KEY.test(text) && HAS_DIGIT.test(text) && entropy(text) >= AWS_SECRET_KEY_ENTROPY;
}

function looksRandom(text: string): boolean {
  if (text.length < SHORTEST_RANDOM || /\s/.test(text)) return false;
  if (/^[0-9a-f-]+$/i.test(text)) return entropy(text) >= HEX_ENTROPY;
  return HAS_DIGIT.test(text) && entropy(text) >= TEXT_ENTROPY;
}

/** Bits per character, by how often each occurs. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}
