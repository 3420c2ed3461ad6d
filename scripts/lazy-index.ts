import { readdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';

/**
 * Makes the compiled library load a file when something of it is first used, as aws-cdk-lib does. Who imports SecureBucket alone loads neither
 * API Gateway nor the rules, and cdk-nag, which takes longer to load than all else together, is loaded by the app that enforces.
 */
const LIBRARY = join(__dirname, '..', 'lib');
const INDEX = join(LIBRARY, 'index.js');

/** What rules, the model and the report call of each other they call millions of times, and whoever loads one of them uses nearly all. */
const LOADED_TOGETHER = /^(?:cli|policy|report)\/|-rules\.js$/;

makeIndexLazy();
for (const file of filesBelow('')) if (join(LIBRARY, file) !== INDEX && !LOADED_TOGETHER.test(file)) makeImportsLazy(join(LIBRARY, file));

/** The index keeps each symbol once it is used. */
function makeIndexLazy(): void {
  const keep = 'function keep(name, value) { Object.defineProperty(exports, name, { enumerable: true, configurable: true, value }); return value; }\n';
  const loaded = /^var (\w+) = (require\("[^"]+"\));\n/gm;
  const text = readFileSync(INDEX, 'utf8');
  const files = new Map([...text.matchAll(loaded)].map(([, variable, call]) => [variable, call]));
  const lazy = text.replace(loaded, '').replace(/return (\w+)\.(\w+); \} \}\);/g,
    (whole, variable: string, name: string) => (files.has(variable) ? `return keep("${name}", ${files.get(variable)}.${name}); } });` : whole));
  if (files.size > 0) writeFileSync(INDEX, lazy.replace('Object.defineProperty(exports, "__esModule"', (mark) => keep + mark));
  if (/^var \w+ = require/m.test(lazy) || !/get: function \(\) \{ return keep\(/.test(lazy)) throw new Error(`${INDEX} is not of the form that TypeScript used to write`);
}

/** What a file needs at once, such as the class that it extends, it asks for at once, and gets. */
function makeImportsLazy(path: string): void {
  const text = readFileSync(path, 'utf8');
  const imported = /^const (\w+) = (require\("(?:\.|cdk-nag)[^"]*"\));$/gm;
  const variables = [...text.matchAll(imported)].map(([, variable]) => variable);
  if (variables.length === 0) return;
  const names = variables.join('|');
  const made = new RegExp(`\\bnew (${names})((?:\\.\\w+)+)`, 'g'); // without the brackets, what is imported would be the call
  const used = new RegExp(`\\b(${names})\\.`, 'g');
  writeFileSync(path, text.replace(made, 'new ($1$2)').replace(used, '$1().').replace(imported, 'let $1$$; const $1 = () => $1$$ ??= $2;'));
}

function filesBelow(folder: string): readonly string[] {
  return readdirSync(join(LIBRARY, folder), { withFileTypes: true }).flatMap((entry) => {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) return filesBelow(path);
    return path.endsWith('.js') ? [path] : [];
  });
}
