import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';
import { RuleExamples } from './examples/rule-example';

const FOLDER = join(__dirname, 'examples');

/** The code of an example, as the page shows it. */
export interface ExampleSource {
  readonly violates: string;
  readonly passes: string;
}

/** The files that hold examples. */
const FILES = readdirSync(FOLDER).filter((file) => file.endsWith('-examples.ts')).sort();

/** The examples of all rules, to be run. */
export function allExamples(): RuleExamples {
  // eslint-disable-next-line @typescript-eslint/no-require-imports
  const modules = FILES.map((file) => require(join(FOLDER, file)) as { [name: string]: RuleExamples });
  return Object.assign({}, ...modules.flatMap((exported) => Object.values(exported))) as RuleExamples;
}

/** The examples of all rules, to be read: the bodies of the methods, by rule. */
export function exampleSources(): ReadonlyMap<string, ExampleSource> {
  return new Map(FILES.flatMap((file) => [...sourcesIn(readFileSync(join(FOLDER, file), 'utf8'), file)]));
}

function sourcesIn(text: string, file: string): Map<string, ExampleSource> {
  const source = ts.createSourceFile(file, text, ts.ScriptTarget.Latest, true);
  const found = new Map<string, { [method: string]: string }>();
  const visit = (node: ts.Node): void => {
    const rule = ts.isMethodDeclaration(node) && ts.isPropertyAssignment(node.parent.parent) ? node.parent.parent.name.getText() : undefined;
    if (rule !== undefined && ts.isMethodDeclaration(node) && node.body !== undefined) {
      found.set(rule, { ...found.get(rule), [node.name.getText()]: bodyOf(text, node.body) });
      return;
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found as unknown as Map<string, ExampleSource>;
}

/** What stands between the braces, moved to the left margin; `this` is what a reader would write in a stack. */
function bodyOf(text: string, body: ts.Block): string {
  const lines = text.slice(body.getStart() + 1, body.getEnd() - 1).replace(/^\s*\n|\s+$/g, '').split('\n');
  const indent = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(indent)).join('\n').replace(/\bstack\b/g, 'this');
}
