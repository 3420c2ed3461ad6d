import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import * as ts from 'typescript';

const SRC = join(__dirname, '..', '..', 'src');
const files = (readdirSync(SRC, { recursive: true }) as string[]).filter((name) => name.endsWith('.ts')).sort();

const exported = new Set([...readFileSync(join(SRC, 'index.ts'), 'utf8').matchAll(/\b[A-Z]\w+/g)].map(([name]) => name));

interface Described {
  readonly place: string;
  readonly parameters: readonly string[];
  readonly described: ReadonlyMap<string, string>;
}

const HIDDEN = [ts.SyntaxKind.PrivateKeyword, ts.SyntaxKind.ProtectedKeyword];

function isPublic(node: ts.Node): node is ts.MethodDeclaration | ts.ConstructorDeclaration {
  return (ts.isMethodDeclaration(node) || ts.isConstructorDeclaration(node))
    && ts.isClassDeclaration(node.parent) && exported.has(node.parent.name!.text)
    && !node.modifiers?.some(({ kind }) => HIDDEN.includes(kind)) && !node.name?.getText().startsWith('_');
}

/** What users of the library can call, where its comment describes a parameter. */
function describedIn(file: string): Described[] {
  const source = ts.createSourceFile(file, readFileSync(join(SRC, file), 'utf8'), ts.ScriptTarget.ES2022, true);
  const found: Described[] = [];
  const visit = (node: ts.Node): void => {
    if (isPublic(node)) {
      const tags = ts.getJSDocTags(node).filter(ts.isJSDocParameterTag);
      const described = new Map(tags.map((tag) => [tag.name.getText(source), (ts.getTextOfJSDocComment(tag.comment) ?? '').replace(/\s+/g, ' ')]));
      const parameters = node.parameters.map(({ name }) => name.getText(source));
      if (tags.length > 0) found.push({ place: `${file} ${node.name?.getText(source) ?? 'constructor'}`, parameters, described });
    }
    ts.forEachChild(node, visit);
  };
  visit(source);
  return found;
}

const all = files.flatMap(describedIn);

test('parameters are described in one sentence: Java and C# show the first, and nothing else', () => {
  expect(all.length).toBeGreaterThan(30);
  expect(all.flatMap(({ place, described }) => [...described].filter(([, text]) => /[!?.;]\s/.test(text)).map(([name, text]) => `${place}(${name}): ${text}`))).toStrictEqual([]);
});

test('whoever describes one parameter describes them all', () => {
  expect(all.flatMap(({ place, parameters, described }) => parameters.filter((name) => !described.has(name)).map((name) => `${place}(${name})`))).toStrictEqual([]);
});
