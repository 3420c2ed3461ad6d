import { readFileSync } from 'fs';
import { join } from 'path';
import { buildSync, transformSync } from 'esbuild';

const FOLDER = join(__dirname, '..', '..', 'report-client');
const STYLES = ['page.css', 'picture.css', 'narrow-and-print.css'];
/** Browsers of the last few years; older ones still show the page, without its script. */
const TARGET = ['es2022', 'chrome111', 'firefox115', 'safari16.4'];

/** The TypeScript file that holds the report's style and script, made from `report-client/`. */
export function clientModule(): string {
  const style = transformSync(STYLES.map((name) => readFileSync(join(FOLDER, name), 'utf8')).join('\n'), { loader: 'css', minify: true, charset: 'ascii', target: TARGET }).code;
  const { outputFiles: [script] } = buildSync({
    entryPoints: [join(FOLDER, 'main.ts')], bundle: true, format: 'iife', minify: true, charset: 'ascii', target: TARGET, write: false,
  });
  for (const text of [style, script.text]) {
    if (/<\/|<!--/.test(text)) throw new Error('A style or script of the report would end its own element');
  }
  return [
    '// Made from report-client/ by scripts/bundle-report-client.ts. Change those files, then run `npx projen bundle-report-client`.',
    `export const STYLE = ${literal(style)};`,
    `export const SCRIPT = ${literal(script.text)};`,
    '',
  ].join('\n');
}

function literal(text: string): string {
  return `'${text.trim().replace(/\\/g, '\\\\').replace(/'/g, "\\'").replace(/\n/g, '\\n')}'`;
}
