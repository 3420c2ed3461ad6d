import { parseYaml, placeOf, YamlProblem } from './yaml';

/** CloudFormation takes 1 MB; what is longer than this was not meant for it. */
const LONGEST_TEMPLATE = 8 * 1024 * 1024;

/** A template, or why a text is none. */
export type ReadTemplate =
  | { readonly template: { readonly [key: string]: unknown }; readonly problem?: undefined }
  | { readonly template?: undefined; readonly problem: string };

/** Sections of which a template has at least one. */
const SECTIONS = ['Resources', 'AWSTemplateFormatVersion', 'Transform', 'Parameters', 'Outputs', 'Conditions', 'Mappings', 'Rules', 'Description', 'Metadata'];

/** Reads the text of a CloudFormation or SAM template, JSON or YAML. Whatever the text is, it ends in a template or in one clear sentence. */
export function readTemplateText(text: string): ReadTemplate {
  const clean = text.startsWith('\uFEFF') ? text.slice(1) : text;
  if (clean.length > LONGEST_TEMPLATE) return { problem: `the text is longer than ${LONGEST_TEMPLATE / 1024 / 1024} MiB` };
  if (clean.trim() === '') return { problem: 'the text is empty' };
  try {
    return asTemplate(parseText(clean));
  } catch (error) {
    if (error instanceof YamlProblem) return { problem: error.message };
    return { problem: error instanceof RangeError ? 'the text is nested too deeply' : 'the text is neither JSON nor YAML' };
  }
}

/** A value that was parsed already, for example by another reader. */
export function asTemplate(value: unknown): ReadTemplate {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return { problem: 'a template is an object with Resources' };
  const template = value as { readonly [key: string]: unknown };
  if (!SECTIONS.some((section) => Object.prototype.hasOwnProperty.call(template, section))) {
    return { problem: 'a template is an object with Resources, and the text has none of its sections' };
  }
  const { Resources } = template;
  if (Resources !== undefined && (typeof Resources !== 'object' || Resources === null || Array.isArray(Resources))) {
    return { problem: 'Resources must be an object' };
  }
  return { template };
}

/** A text in JSON or YAML. Most templates are JSON, for which the parser of the language is fast; it does not say where it stopped, as that of YAML does. */
export function parseText(text: string): unknown {
  if (!/^\s*[{[]/.test(text)) return parseYaml(text);
  try {
    const parsed: unknown = JSON.parse(text);
    const twice = repeatedKey(text);
    if (twice !== undefined) throw new YamlProblem(`${placeOf(text, twice)}: the key stands twice`);
    return parsed;
  } catch (error) {
    if (error instanceof SyntaxError) return parseYaml(text);
    throw error;
  }
}

/** Where a key of a JSON object stands for the second time: one of the two values would be lost without a word. */
function repeatedKey(text: string): number | undefined {
  const keys: (Set<string> | undefined)[] = [];
  for (const token of text.matchAll(/"(?:[^"\\]|\\.)*"(\s*:)?|[{}[\]]/g)) {
    if (token[0] === '{') {keys.push(new Set());} else if (token[0] === '[') {keys.push(undefined);} else if (token[0] === '}' || token[0] === ']') {keys.pop();} else if (token[1] !== undefined) {
      const key = token[0].slice(0, -token[1].length);
      const known = keys[keys.length - 1];
      if (known?.has(key)) return token.index;
      known?.add(key);
    }
  }
  return undefined;
}
