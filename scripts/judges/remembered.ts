import { copyFileSync, existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'fs';
import { basename, join } from 'path';
import { FileFinding } from './subject';

/** A judge from outside: all templates of a folder at once. */
export type JudgeOfFolder = (templates: string, tools: string) => Promise<readonly FileFinding[]>;

/**
 * Lets a judge look at the templates that it has not seen yet. Their names are hashes of what is in them, and each is judged alone, so that
 * its findings stay true until the judge is another one: in the inner loop most templates are known.
 */
export async function remembered(judge: JudgeOfFolder, version: string, templates: string, tools: string): Promise<readonly FileFinding[]> {
  const memory = join(tools, 'seen', version.replace(/[^\w.-]/g, '-'));
  mkdirSync(memory, { recursive: true });
  const files = readdirSync(templates).filter((file) => file.endsWith('.template.json')).sort();
  const unseen = files.filter((file) => !existsSync(join(memory, file)));
  if (unseen.length > 0) {
    const folder = `${memory}-now`;
    rmSync(folder, { recursive: true, force: true });
    mkdirSync(folder);
    for (const file of unseen) copyFileSync(join(templates, file), join(folder, file));
    remember(await judge(folder, tools), unseen, memory);
    rmSync(folder, { recursive: true });
  }
  return files.flatMap((file) => JSON.parse(readFileSync(join(memory, file), 'utf8')) as readonly FileFinding[]);
}

function remember(findings: readonly FileFinding[], files: readonly string[], memory: string): void {
  const byFile = new Map<string, FileFinding[]>(files.map((file) => [file, []]));
  for (const { file, rule, resource } of findings) byFile.get(basename(file))!.push({ file: basename(file), rule, resource });
  for (const [file, of] of byFile) writeFileSync(join(memory, file), JSON.stringify(of));
}
