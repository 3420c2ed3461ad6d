import { readFileSync, writeFileSync } from 'fs';
import { dirname, join } from 'path';
import { buildSync } from 'esbuild';

/**
 * Puts a library into the one compiled file that uses it: the package then needs nothing at run time but its peers, in every language.
 * Licences ask that their text goes with every copy, so those of `packages`, the library and what it needs, stand at the top of the file.
 */
export function bundleLibrary(compiled: string, packages: readonly string[]): void {
  const file = join(__dirname, '..', 'lib', compiled);
  const licences = packages.map((name) => {
    const folder = folderOf(name);
    const { version } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8')) as { version: string };
    return `This file holds the library ${name} ${version}:\n${readFileSync(join(folder, 'LICENSE'), 'utf8').trim()}`;
  });
  const { outputFiles: [bundled] } = buildSync({
    entryPoints: [file],
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    minifySyntax: true,
    minifyWhitespace: true,
    legalComments: 'inline',
    banner: { js: `/*! ${licences.join('\n\n')}\n*/` },
    write: false,
  });
  const left = packages.find((name) => bundled.text.includes(`require("${name}")`));
  if (left !== undefined) throw new Error(`${compiled} still needs the library ${left} at run time`);
  writeFileSync(file, bundled.text);
}

/** Where a package lies, below the one that brings it where it is not at the top. */
function folderOf(name: string): string {
  return dirname(require.resolve(`${name}/package.json`));
}
