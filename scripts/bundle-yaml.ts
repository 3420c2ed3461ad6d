import { readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';

/**
 * Puts the YAML library into the one compiled file that uses it: the package then needs nothing at run time but its peers, in every language.
 * The library's licence asks that its text goes with every copy, so it stands at the top of the file. See docs/adr/0007.
 */
const COMPILED = join(__dirname, '..', 'lib', 'policy', 'model', 'templates', 'yaml.js');
const LICENCE = readFileSync(require.resolve('yaml/package.json').replace(/package\.json$/, 'LICENSE'), 'utf8');
const { version } = JSON.parse(readFileSync(require.resolve('yaml/package.json'), 'utf8')) as { version: string };

const { outputFiles: [bundled] } = buildSync({
  entryPoints: [COMPILED],
  bundle: true,
  platform: 'node',
  format: 'cjs',
  target: 'node20',
  minifySyntax: true,
  minifyWhitespace: true,
  legalComments: 'inline',
  banner: { js: `/*! This file holds the library yaml ${version}:\n${LICENCE.trim()}\n*/` },
  write: false,
});
if (/require\("yaml"\)/.test(bundled.text)) throw new Error(`${COMPILED} still needs the library yaml at run time`);
writeFileSync(COMPILED, bundled.text);
