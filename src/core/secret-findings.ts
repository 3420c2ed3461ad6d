import { PASSWORD_NAME_PATTERN, REFERENCE_NAME_PATTERN, SECRET_NAME_PATTERN, SECRET_VALUE_PATTERNS } from './secret-baseline';

/** Values that say where something is, or how something is, never what a secret is. */
const POINTS_SOMEWHERE = /^(?:arn:|https?:\/\/|s3:\/\/|\/|\.{1,2}\/|<|\$\{)/;
const PLAIN_SETTING = /^(?:\d{1,9}(?:\.\d{1,6})?|true|false|yes|no|on|off|none|null|undefined)$/i;
const SHORTEST_RANDOM = 16;
const SHORTEST_PASSWORD = 4;
const HEX_ENTROPY = 3;
const TEXT_ENTROPY = 3.3;
const AWS_SECRET_KEY = /^[A-Za-z0-9/+]{40}$/;
const AWS_SECRET_KEY_ENTROPY = 4.4;

/**
 * What kind of secret a value is that stands under a name (an environment variable, a parameter), or undefined. References are written as flattenReference writes them.
 *
 * | value                    | name ends in "password" | name is secret-like | any other, or says "arn", "url", "table", … |
 * |--------------------------|-------------------------|---------------------|---------------------------------------------|
 * | has a known form         | secret                  | secret              | secret                                      |
 * | 40 random base64 letters | secret                  | secret              | secret                                      |
 * | points somewhere         | fine                    | fine                | fine                                        |
 * | random                   | secret                  | secret              | fine                                        |
 * | any other text           | secret                  | fine                | fine                                        |
 */
export function findSecret(name: string, value: string): string | undefined {
  const known = SECRET_VALUE_PATTERNS.find(({ pattern }) => pattern.test(value));
  if (known !== undefined) return known.name;
  const text = value.trim();
  if (looksLikeAwsSecretKey(text)) return 'an AWS secret access key';
  if (POINTS_SOMEWHERE.test(text) || PLAIN_SETTING.test(text) || REFERENCE_NAME_PATTERN.test(name)) return undefined;
  if (PASSWORD_NAME_PATTERN.test(name) && text.length >= SHORTEST_PASSWORD) return 'a password';
  if (SECRET_NAME_PATTERN.test(name) && looksRandom(text)) return 'a random value under the name of a secret';
  return undefined;
}

/** Paths and words have few digits and repeat their letters; a key of 40 letters does not. */
function looksLikeAwsSecretKey(text: string): boolean {
  return AWS_SECRET_KEY.test(text) && mixesCharacters(text) && !/^[0-9a-f]+$/i.test(text) && entropy(text) >= AWS_SECRET_KEY_ENTROPY;
}

function looksRandom(text: string): boolean {
  if (text.length < SHORTEST_RANDOM || /\s/.test(text)) return false;
  if (/^[0-9a-f-]+$/i.test(text)) return entropy(text) >= HEX_ENTROPY;
  return mixesCharacters(text) && entropy(text) >= TEXT_ENTROPY;
}

/** Letters and digits, or letters of both cases in a single word: `prod/session-key` and `SessionTable` have neither. */
function mixesCharacters(text: string): boolean {
  const kinds = [/[a-z]/, /[A-Z]/, /\d/, /[^A-Za-z0-9]/].filter((kind) => kind.test(text)).length;
  return /\d/.test(text) && kinds >= 2;
}

/** Bits per character, by how often each occurs. */
function entropy(text: string): number {
  const counts = new Map<string, number>();
  for (const letter of text) counts.set(letter, (counts.get(letter) ?? 0) + 1);
  return [...counts.values()].reduce((bits, count) => bits - (count / text.length) * Math.log2(count / text.length), 0);
}
