import { readFile, writeFile } from 'fs/promises';
import { dirname, join } from 'path';
import { build, Plugin } from 'esbuild';

/** Beside the sources that Stryker wrote its mutants into. */
export const BUNDLE = 'mutation-tests.cjs';

/** In which folder a file lies is known no more once it is part of another. */
const OWN_FOLDER: Plugin = {
  name: 'own-folder',
  setup: ({ onLoad }) => onLoad({ filter: /[\\/](test|scripts|src)[\\/].*\.ts$/ }, async ({ path }) => {
    const text = await readFile(path, 'utf8');
    const folder = text.includes('__dirname') ? `const __dirname = ${JSON.stringify(dirname(path))};` : '';
    return { contents: `${folder}${text}`, loader: 'ts' };
  }),
};

/**
 * Makes one file of the tests and the library's sources: hundreds of small files would be looked up anew for each mutant.
 * The file exports a function for each test file, which runs it; packages stay outside and are loaded once in a process.
 */
export async function bundleTests(folder: string, testFiles: readonly string[]): Promise<void> {
  const { outputFiles: [{ text }] } = await build({
    stdin: {
      contents: `module.exports = { ${testFiles.map((file) => `${JSON.stringify(file)}: () => require(${JSON.stringify(`./${file}`)})`).join(',\n')} };`,
      resolveDir: folder,
    },
    bundle: true,
    platform: 'node',
    format: 'cjs',
    target: 'node20',
    packages: 'external',
    alias: { 'cdk-secure-serverless': join(folder, 'src/index.ts') },
    tsconfigRaw: {},
    plugins: [OWN_FOLDER],
    logLevel: 'error',
    write: false,
  });
  await writeFile(join(folder, BUNDLE), text);
}
