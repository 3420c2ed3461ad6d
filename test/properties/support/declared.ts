import { readFileSync } from 'fs';
import { dirname, join } from 'path';
import {
  ClassDeclaration, createSourceFile, InterfaceDeclaration, isClassDeclaration, isConstructorDeclaration, isExportDeclaration,
  isImportDeclaration, isInterfaceDeclaration,
  isMethodDeclaration, isNamedExports, isNamedImports, isPropertySignature, isStringLiteral, ScriptTarget, SourceFile, SyntaxKind,
} from 'typescript';

const SRC = join(__dirname, '../../../src');

/** A public construct as its source declares it. */
export interface DeclaredConstruct {
  readonly name: string;
  /** The fields of its props, those of the structs that they extend included; none where the constructor takes no struct. */
  readonly props: readonly string[];
  /** Its own public methods. */
  readonly methods: readonly string[];
}

const parsed = new Map<string, SourceFile>();

function parse(file: string): SourceFile {
  if (!parsed.has(file)) parsed.set(file, createSourceFile(file, readFileSync(file, 'utf8'), ScriptTarget.Latest, true));
  return parsed.get(file)!;
}

/** Where a name that a file imports comes from. */
function importOf(file: SourceFile, name: string): string | undefined {
  return file.statements.filter(isImportDeclaration).find(({ importClause }) => {
    const bindings = importClause?.namedBindings;
    return bindings !== undefined && isNamedImports(bindings) && bindings.elements.some((element) => element.name.text === name);
  })?.moduleSpecifier.getText(file).slice(1, -1);
}

/** All constructs that `src/index.ts` names. */
export function declaredConstructs(): readonly DeclaredConstruct[] {
  const index = parse(join(SRC, 'index.ts'));
  return index.statements.filter(isExportDeclaration).flatMap(({ exportClause, moduleSpecifier }) => {
    if (exportClause === undefined || !isNamedExports(exportClause) || moduleSpecifier === undefined || !isStringLiteral(moduleSpecifier)) return [];
    const file = parse(join(SRC, `${moduleSpecifier.text}.ts`));
    const names = exportClause.elements.map(({ name }) => name.text);
    return file.statements.filter(isClassDeclaration).filter((one) => names.includes(one.name!.text) && isConstruct(file,
      one)).map((one) => describe(file, one));
  }).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function isConstruct(file: SourceFile, { heritageClauses = [] as never }: ClassDeclaration): boolean {
  const base = heritageClauses.find(({ token }) => token === SyntaxKind.ExtendsKeyword)?.types[0].expression.getText(file);
  if (base === undefined) return false;
  const original = file.text.match(new RegExp(`(\\w+) as ${base}\\b`))?.[1];
  const from = importOf(file, base) ?? (original === undefined ? undefined : importOf(file, original)) ?? '';
  return from === 'constructs' || from.startsWith('aws-cdk-lib/aws-');
}

function describe(file: SourceFile, one: ClassDeclaration): DeclaredConstruct {
  const maker = one.members.find(isConstructorDeclaration);
  const struct = maker?.parameters.map(({ type }) => type?.getText(file)).find((type) => type?.endsWith('Props') === true);
  const isOpen = (modifiers: readonly { readonly kind: SyntaxKind }[] = []) => {
    const kinds = modifiers.map(({ kind }) => kind);
    return kinds.includes(SyntaxKind.PublicKeyword) && !kinds.includes(SyntaxKind.StaticKeyword);
  };
  return {
    name: one.name!.text,
    props: struct === undefined ? [] : fieldsOf(file, struct),
    methods: one.members.filter(isMethodDeclaration).filter(({ modifiers }) => isOpen(modifiers)).map(({ name }) => name.getText(file))
      .filter((name) => !name.startsWith('_')).sort(),
  };
}

function fieldsOf(file: SourceFile, struct: string): readonly string[] {
  const here = file.statements.filter(isInterfaceDeclaration).find(({ name }) => name.text === struct);
  if (here !== undefined) return [...ownFields(file, here), ...basesOf(file, here).flatMap((base) => fieldsOf(file, base))].sort();
  const from = importOf(file, struct);
  return from?.startsWith('.') === true ? fieldsOf(parse(join(dirname(file.fileName), `${from}.ts`)), struct) : [];
}

function ownFields(file: SourceFile, { members }: InterfaceDeclaration): readonly string[] {
  return members.filter(isPropertySignature).map(({ name }) => name.getText(file));
}

function basesOf(file: SourceFile, { heritageClauses = [] as never }: InterfaceDeclaration): readonly string[] {
  return heritageClauses.flatMap(({ types }) => types.map(({ expression }) => expression.getText(file)));
}
