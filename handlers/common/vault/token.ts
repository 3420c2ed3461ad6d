import { randomBytes, randomInt } from 'crypto';
import { TokenShape } from './fields';
import { Refusal } from './refusal';

/** The least number of digits that are drawn: with fewer, tokens would soon run out. */
export const LEAST_RANDOM_DIGITS = 8;
const MOST_DIGITS = 32;

/**
 * A new token. It is drawn, not computed: nothing in it comes from the value, but the last digits where a field keeps them. So it is no cipher,
 * and nobody who has a key of this vault, or all of them, can turn a token into its value without the record.
 * @throws Refusal for a value of which no token of this shape can be made
 */
export function newToken(shape: TokenShape, value: string): string {
  if (shape.shape === 'opaque') return `tok_${randomBytes(20).toString('base64url')}`;
  const { keepLast } = shape;
  const drawn = value.length - keepLast;
  if (!/^[0-9]+$/.test(value) || drawn < LEAST_RANDOM_DIGITS || value.length > MOST_DIGITS) {
    throw new Refusal('Invalid', `value must be ${LEAST_RANDOM_DIGITS + keepLast} to ${MOST_DIGITS} digits for this field`);
  }
  for (;;) {
    const token = `${digits(drawn)}${value.slice(drawn)}`;
    if (token !== value && !isLuhnValid(token)) return token; // no token can be taken for the number of a card
  }
}

function digits(count: number): string {
  return Array.from({ length: count }, () => String(randomInt(10))).join('');
}

/** Whether a number has the check digit that numbers of cards have. */
export function isLuhnValid(number: string): boolean {
  const sum = [...number].reverse().map(Number).reduce((all, digit, place) => {
    const doubled = place % 2 === 1 ? digit * 2 : digit;
    return all + (doubled > 9 ? doubled - 9 : doubled);
  }, 0);
  return sum % 10 === 0;
}
