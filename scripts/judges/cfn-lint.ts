import { readdirSync } from 'fs';
import { join } from 'path';
import { FileFinding } from './subject';
import { outputOf, pythonTools } from './tools';

/** What cfn-lint says of the templates in a folder: errors and warnings. */
export async function judgeByCfnLint(templates: string, tools: string): Promise<readonly FileFinding[]> {
  const files = readdirSync(templates).filter((file) => file.endsWith('.template.json')).sort();
  const matches = await outputOf(join(await pythonTools(tools), 'cfn-lint'), ['--format', 'json', ...files], templates) as Match[];
  return matches.map(({ Filename: file, Rule: { Id: rule }, Location: { Path: path } }) => (
    { file, rule, resource: path?.[0] === 'Resources' ? String(path[1]) : '' }));
}

interface Match {
  readonly Filename: string;
  readonly Rule: { readonly Id: string };
  readonly Location: { readonly Path: readonly (string | number)[] | null };
}
