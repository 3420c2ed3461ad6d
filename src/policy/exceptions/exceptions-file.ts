import { readFileSync } from 'fs';
import { checkException } from './check-exception';
import { ExceptionRecord } from './exception-record';
import { PlacedException } from './placed';
import { Place, refuse } from '../../core/configuration-error';
import { parseText } from '../../model/templates/template-reader';
import { YamlProblem } from '../../model/templates/yaml';

const REQUIRED = ['finding', 'reason', 'owner', 'expires'];
const KEYS = [...REQUIRED, 'at', 'ticket'];

/**
 * Reads a file of exceptions, in YAML or JSON: a list, each entry with `finding`, `reason`, `owner` and `expires`, and if need be `at` and `ticket`.
 *
 * @throws ConfigurationError [ExceptionsFile.Unreadable] when there is no such file, or it is neither YAML nor JSON
 * @throws ConfigurationError [ExceptionsFile.Form] when an entry lacks something, or has a key or value that means nothing
 */
export function readExceptionsFile(path: string): readonly ExceptionRecord[] {
  return readExceptions(textOf(path), path);
}

/** The same, of a text that was read already. */
export function readExceptions(text: string, path: string): readonly ExceptionRecord[] {
  let content: unknown;
  try {
    content = text.trim() === '' ? [] : parseText(text);
  } catch (error) {
    return unreadable(path, error instanceof YamlProblem ? error.message : 'the text is neither JSON nor YAML');
  }
  if (content === undefined || content === null) return []; // nothing but comments
  if (!Array.isArray(content)) return malformed({ node: { path } }, 'must be a list of exceptions', typeof content, 'begin each exception with a dash');
  return content.map((entry: unknown, index) => recordOf(entry, placeOfEntry(path, index)));
}

/** Checks exceptions that stand beside an app. The place in messages is the file, or whatever they come from, and the number of the entry. */
export function placeRecords(records: readonly ExceptionRecord[], source: string): readonly PlacedException[] {
  return records.map((record, index) => checkException(placeOfEntry(source, index), record.finding, record, record.at?.replace(/\/$/, '') ?? ''));
}

function recordOf(entry: unknown, place: Place): ExceptionRecord {
  if (typeof entry !== 'object' || entry === null || Array.isArray(entry)) {
    return malformed(place, `must be an object with ${REQUIRED.join(', ')}`, entry, 'docs/guides/exceptions.md has an example');
  }
  const missing = REQUIRED.find((key) => (entry as { [key: string]: unknown })[key] === undefined);
  if (missing !== undefined) return malformed(place, `must have '${missing}'`, undefined, `add ${missing}: …`);
  for (const [key, value] of Object.entries(entry)) {
    if (!KEYS.includes(key)) return malformed(place, `must have no other keys than ${KEYS.join(', ')}`, key, 'correct the key, or remove it');
    if (typeof value !== 'string') return malformed(place, `must have a text for '${key}'`, value, 'put the value in quotes');
  }
  return entry as ExceptionRecord;
}

function placeOfEntry(source: string, index: number): Place {
  return { node: { path: `${source}, exception ${index + 1}` } };
}

function textOf(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    return unreadable(path, (error as NodeJS.ErrnoException).code === 'ENOENT' ? 'there is no such file' : 'it cannot be read');
  }
}

function unreadable(path: string, problem: string): never {
  return refuse({ node: { path } }, {
    code: 'ExceptionsFile.Unreadable',
    prop: 'exceptionsFile',
    must: `must lead to a YAML or JSON file: ${problem}`,
    got: path,
    fix: 'mend the file, or correct the path',
  });
}

function malformed(place: Place, must: string, got: unknown, fix: string): never {
  return refuse(place, { code: 'ExceptionsFile.Form', prop: 'exceptions', must, ...got === undefined ? {} : { got }, fix });
}
