import { parseArgs, ParseArgsConfig } from 'util';
import { CommandError } from './command-error';
import { FORMATS, Format, USAGE } from './usage';

/** `audit` judges; `report` renders; `explain` tells what a rule wants; `diff` compares two reports. */
export type Command =
  | ({ readonly name: 'audit' } & JudgeArguments & { readonly format: Format; readonly output?: string; readonly baseline?: string; readonly failOn: FailOn })
  | ({ readonly name: 'report' } & JudgeArguments & { readonly formats: readonly Format[]; readonly output: string })
  | { readonly name: 'explain'; readonly rule?: string }
  | { readonly name: 'diff'; readonly before: string; readonly after: string; readonly format: Format; readonly failOnChange: boolean }
  | { readonly name: 'help'; readonly of?: string }
  | { readonly name: 'version' };

/** What decides how templates are judged. */
export interface JudgeArguments {
  readonly path: string;
  readonly profile?: ProfileName;
  readonly exceptions?: string;
  readonly trustedAccounts: readonly string[];
  /** The day by which exceptions are judged, where it is not that of the clock. */
  readonly today?: string;
}

export type ProfileName = 'sandbox' | 'production' | 'regulated';
export type FailOn = 'error' | 'warning' | 'never';

const PROFILES: readonly ProfileName[] = ['sandbox', 'production', 'regulated'];
const FAIL_ON: readonly FailOn[] = ['error', 'warning', 'never'];

/** The formats in which `report` writes a file each, when nobody says which. */
const REPORT_FORMATS: readonly Format[] = ['html', 'json', 'markdown', 'sarif'];

/** Options by command: everything else is a mistake that is named. */
const OPTIONS = {
  audit: {
    'profile': { type: 'string' },
    'exceptions': { type: 'string' },
    'trusted-account': { type: 'string', multiple: true },
    'today': { type: 'string' },
    'format': { type: 'string', short: 'f' },
    'output': { type: 'string', short: 'o' },
    'baseline': { type: 'string' },
    'fail-on': { type: 'string' },
  },
  report: {
    'profile': { type: 'string' },
    'exceptions': { type: 'string' },
    'trusted-account': { type: 'string', multiple: true },
    'today': { type: 'string' },
    'format': { type: 'string', short: 'f', multiple: true },
    'output': { type: 'string', short: 'o' },
  },
  explain: {},
  diff: {
    'format': { type: 'string', short: 'f' },
    'fail-on-change': { type: 'boolean' },
  },
} as const;

type Name = keyof typeof OPTIONS;
type Values = { readonly [option: string]: string | boolean | (string | boolean)[] | undefined };

/** Reads the words of a command line; whatever cannot be understood is said at once. */
export function parseCommand(words: readonly string[]): Command {
  const [name, ...rest] = words;
  if (name === undefined || name === 'help' || name === '--help' || name === '-h') return { name: 'help', of: rest[0] };
  if (name === '--version' || name === '-v' || name === 'version') return { name: 'version' };
  if (!isName(name)) {
    throw new CommandError(`there is no command '${name}'; there are ${Object.keys(OPTIONS).join(', ')}`, USAGE.all);
  }
  if (rest.includes('--help') || rest.includes('-h')) return { name: 'help', of: name };
  const { values, positionals } = read(name, rest);
  switch (name) {
    case 'audit': return audit(values, positionals);
    case 'report': return report(values, positionals);
    case 'explain': return { name, rule: atMostOne(name, positionals) };
    case 'diff': return diff(values, positionals);
  }
}

function isName(word: string): word is Name {
  return Object.prototype.hasOwnProperty.call(OPTIONS, word);
}

function read(name: Name, words: readonly string[]): { readonly values: Values; readonly positionals: readonly string[] } {
  try {
    const options: ParseArgsConfig['options'] = OPTIONS[name];
    return parseArgs({ args: [...words], options, allowPositionals: true, strict: true });
  } catch (error) {
    const [problem] = (error as Error).message.split(/\. /);
    throw new CommandError(`${name}: ${problem}`, USAGE[name]);
  }
}

function audit(values: Values, positionals: readonly string[]): Command {
  return {
    name: 'audit',
    ...judging('audit', values, positionals),
    format: oneOf('audit', 'format', values.format ?? 'text', FORMATS),
    output: values.output as string | undefined,
    baseline: values.baseline as string | undefined,
    failOn: oneOf('audit', 'fail-on', values['fail-on'] ?? 'error', FAIL_ON),
  };
}

function report(values: Values, positionals: readonly string[]): Command {
  const wanted = (values.format as string[] | undefined)?.flatMap((format) => format.split(','));
  return {
    name: 'report',
    ...judging('report', values, positionals),
    formats: (wanted ?? REPORT_FORMATS).map((format) => oneOf('report', 'format', format, FORMATS)),
    output: (values.output as string | undefined) ?? 'security-report',
  };
}

function diff(values: Values, positionals: readonly string[]): Command {
  const [before, after] = positionals;
  if (after === undefined || positionals.length > 2) throw new CommandError('diff: give two reports, the old one and the new one', USAGE.diff);
  return {
    name: 'diff',
    before,
    after,
    format: oneOf('diff', 'format', values.format ?? 'text', ['text', 'markdown', 'json']),
    failOnChange: values['fail-on-change'] === true,
  };
}

function judging(name: Name, values: Values, positionals: readonly string[]): JudgeArguments {
  const path = atMostOne(name, positionals);
  if (path === undefined) throw new CommandError(`${name}: say what to judge: cdk.out, a template file or a folder of templates`, USAGE[name]);
  const trustedAccounts = (values['trusted-account'] as string[] | undefined)?.flatMap((accounts) => accounts.split(',')) ?? [];
  return {
    path,
    profile: values.profile === undefined ? undefined : oneOf(name, 'profile', values.profile, PROFILES),
    exceptions: values.exceptions as string | undefined,
    trustedAccounts,
    today: values.today as string | undefined,
  };
}

function atMostOne(name: Name, positionals: readonly string[]): string | undefined {
  if (positionals.length > 1) throw new CommandError(`${name}: one at a time, got ${positionals.map((one) => `'${one}'`).join(' and ')}`, USAGE[name]);
  return positionals[0];
}

function oneOf<T extends string>(name: Name, option: string, value: Values[string], allowed: readonly T[]): T {
  const found = allowed.find((one) => one === value);
  if (found !== undefined) return found;
  throw new CommandError(`${name}: --${option} must be ${allowed.slice(0, -1).join(', ')} or ${allowed[allowed.length - 1]}, got '${String(value)}'`, USAGE[name]);
}
