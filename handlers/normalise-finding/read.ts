import { isRecord } from '../common/finding';

/** What a provider sent, read with care: nothing is taken to be there, or to be what it should be. */
export function at(value: unknown, path: string): unknown {
  return path.split('.').reduce<unknown>((found, name) => (isRecord(found) && Object.hasOwn(found, name) ? found[name] : undefined), value);
}

/** A list; one thing alone counts as a list of one, nothing as an empty list. */
export function listOf(value: unknown): readonly unknown[] {
  if (Array.isArray(value)) return value;
  return value === undefined || value === null ? [] : [value];
}

/** A text in one line, cut to a length, without what looks like a secret. Undefined where there is none. */
export function textOf(value: unknown, most: number): string | undefined {
  if (typeof value !== 'string' && typeof value !== 'number') return undefined;
  const clean = withoutSecrets(String(value).slice(0, LONGEST_READ)).replace(UNPRINTABLE, ' ').replace(/\s+/g, ' ').trim();
  if (clean === '') return undefined;
  return clean.length <= most ? clean : `${clean.slice(0, most - 1)}…`;
}

/** An identifier exactly as it was sent: one that does not fit is none, since half of one would name something else. */
export function idOf(value: unknown, most: number): string | undefined {
  return typeof value === 'string' && value !== '' && value.length <= most && value.trim() === value && !UNNAMEABLE.test(value) ? value : undefined;
}

/** A word to compare or to put into a text: nothing for what is no word, since an object can fail to become one. */
export function word(value: unknown): string {
  return typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? String(value) : '';
}

/** A word inside of an address. Half of a character pair cannot be written there. */
export function encoded(value: unknown): string {
  return encodeURIComponent(word(value).replace(/\p{Surrogate}/gu, '\uFFFD'));
}

export function numberOf(value: unknown): number | undefined {
  const number = typeof value === 'string' && value.trim() !== '' ? Number(value) : value;
  return typeof number === 'number' && Number.isFinite(number) ? number : undefined;
}

/** A time as RFC 3339: providers write it in several ways, and Inspector in words. */
export function timeOf(value: unknown): string | undefined {
  if (typeof value !== 'string' || value.length > 64) return undefined;
  const milliseconds = Date.parse(value.replace(/([+-]\d\d)(\d\d)$/, '$1:$2'));
  return Number.isNaN(milliseconds) ? undefined : new Date(milliseconds).toISOString();
}

/** Beyond this nothing is looked at: patterns below must not run over megabytes. */
const LONGEST_READ = 8192;

/** Names of alarms hold spaces; nothing holds line ends. */
const UNNAMEABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/u;

/** Control characters, and those that turn the direction of writing: a finding must not look like another one. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}]/gu;

const SECRETS = [
  /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?(-----END [A-Z ]*PRIVATE KEY-----|$)/g,
  /\beyJ[\w-]{8,}\.[\w-]{8,}(\.[\w-]*)?/g,
  /\b(bearer|basic)\s+[\w.~+/=-]{8,}/gi,
  /\b(password|passwd|secret|token|api[_-]?key)\s*[=:]\s*[^\s,;]{4,}/gi,
];

function withoutSecrets(value: string): string {
  return SECRETS.reduce((rest, pattern) => rest.replace(pattern, '[removed]'), value);
}
