import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { checkSnippets, snippetsOf } from './guides/snippets';

/** Compiles the TypeScript of docs/guides/ against the built library, each piece inside the fixture of the README's samples. */
const FOLDER = join(__dirname, '..', 'docs', 'guides');
const snippets = readdirSync(FOLDER).filter((name) => name.endsWith('.md')).sort()
  .flatMap((name) => snippetsOf(`docs/guides/${name}`, readFileSync(join(FOLDER, name), 'utf8')));
const errors = checkSnippets(snippets);
for (const error of errors) console.error(error);
console.log(`${snippets.length} samples in guides, ${errors.length} errors`);
process.exitCode = errors.length === 0 ? 0 : 1;
