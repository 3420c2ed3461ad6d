import { readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

const ROOT = join(__dirname, '..', '..');
const FIXTURE = readFileSync(join(ROOT, 'rosetta', 'default.ts-fixture'), 'utf8');
const HERE = /^ *\/\/\/ here$/m;

/** A piece of TypeScript in a page. */
export interface Snippet {
  /** The page, and the line on which the code begins. */
  readonly page: string;
  readonly line: number;
  readonly code: string;
}

/** The fenced blocks of a page that say `ts`. */
export function snippetsOf(page: string, text: string): readonly Snippet[] {
  return [...text.matchAll(/^```ts(?: nofixture)?\n([\s\S]*?)^```$/gm)].map(({ 1: code, index }) => ({
    page, line: text.slice(0, index).split('\n').length + 1, code,
  }));
}

/** What the compiler says, by page and line. A piece with imports stands alone; any other one stands where the fixture has its mark. */
export function checkSnippets(snippets: readonly Snippet[]): readonly string[] {
  const files = new Map(snippets.map((snippet, number) => [join(ROOT, 'examples', `guide-${number}.ts`), { snippet, ...wrap(snippet.code) }]));
  const options: ts.CompilerOptions = {
    target: ts.ScriptTarget.ES2022,
    module: ts.ModuleKind.CommonJS,
    moduleResolution: ts.ModuleResolutionKind.Bundler,
    strict: true,
    noEmit: true,
    skipLibCheck: true,
    types: ['node'],
    typeRoots: [join(ROOT, 'node_modules', '@types')],
    paths: { 'cdk-secure-serverless': [join(ROOT, 'lib', 'index.d.ts')] },
  };
  const host = ts.createCompilerHost(options);
  const { fileExists, readFile, getSourceFile } = host;
  host.fileExists = (name) => files.has(name) || fileExists(name);
  host.readFile = (name) => files.get(name)?.text ?? readFile(name);
  host.getSourceFile = (name, language, ...rest) => {
    const made = files.get(name);
    return made === undefined ? getSourceFile(name, language, ...rest) : ts.createSourceFile(name, made.text, language);
  };
  const program = ts.createProgram([...files.keys()], options, host);
  return [...files].flatMap(([name, { snippet, offset }]) => ts.getPreEmitDiagnostics(program, program.getSourceFile(name)).map((diagnostic) => {
    const { line } = ts.getLineAndCharacterOfPosition(diagnostic.file!, diagnostic.start ?? 0);
    return `${snippet.page}:${snippet.line + line - offset}: ${ts.flattenDiagnosticMessageText(diagnostic.messageText, ' ')}`;
  }));
}

function wrap(code: string): { readonly text: string; readonly offset: number } {
  if (/^import /m.test(code)) return { text: code, offset: 0 };
  const [before, after] = FIXTURE.split(HERE);
  return { text: `${before}${code}${after}`, offset: before.split('\n').length - 1 };
}
