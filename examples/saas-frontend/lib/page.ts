import { cpSync, mkdirSync, writeFileSync } from 'fs';
import { join } from 'path';
import { buildSync } from 'esbuild';

const web = join(__dirname, '..', 'web');

/**
 * Builds the files of the page into a folder, from which the pipeline brings them into the bucket.
 * @param config what the stack says in its output PageConfig
 */
export function buildPage(outdir: string, config: string): void {
  mkdirSync(outdir, { recursive: true });
  buildSync({ entryPoints: [join(web, 'main.ts')], outfile: join(outdir, 'main.js'), bundle: true, minify: true, format: 'esm', target: 'es2022' });
  for (const file of ['icon.svg', 'index.html', 'style.css']) cpSync(join(web, file), join(outdir, file));
  writeFileSync(join(outdir, 'config.json'), config);
}
