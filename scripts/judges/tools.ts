import { execFile } from 'child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'fs';
import { join } from 'path';
import { promisify } from 'util';

/** The judges that come from PyPI. */
export const REQUIREMENTS = join(__dirname, '../../test/judges/requirements.txt');

const run = promisify(execFile);

/** One process, which goes on while the templates are synthesized. */
const INSTALL = 'python3 -m venv "$0" && "$0/bin/pip" install --quiet --disable-pip-version-check -r "$1"';

/** Runs a judge, which exits with another code than 0 when it finds something, and reads what it says. */
export async function outputOf(command: string, args: readonly string[], cwd: string): Promise<unknown> {
  const text = await run(command, args, { cwd, maxBuffer: 2 ** 30 }).then(({ stdout }) => stdout, (error: { stdout?: string }) => {
    if (error.stdout === undefined || error.stdout === '') throw error;
    return error.stdout;
  });
  return JSON.parse(text);
}

/** The versions of the judges from PyPI, by package. */
export function pinned(): { readonly [name: string]: string } {
  const lines = readFileSync(REQUIREMENTS, 'utf8').split('\n').filter((line) => /^[a-z]/.test(line));
  return Object.fromEntries(lines.map((line) => line.split('==') as [string, string]));
}

/** The folder of the commands from PyPI, in a virtual environment that is made when the versions are others than last time. */
export async function pythonTools(tools: string): Promise<string> {
  const venv = join(tools, 'python');
  const stamp = join(venv, 'requirements.txt');
  const wanted = readFileSync(REQUIREMENTS, 'utf8');
  if (!existsSync(stamp) || readFileSync(stamp, 'utf8') !== wanted) {
    await run('sh', ['-c', INSTALL, venv, REQUIREMENTS]);
    writeFileSync(stamp, wanted);
  }
  return join(venv, 'bin');
}

/** The folder of a package from npm that is a tool of one run, and no dependency. */
export async function npmTool(tools: string, name: string, version: string): Promise<string> {
  const folder = join(tools, 'npm', `${name.replace(/\W/g, '-')}-${version}`);
  const installed = join(folder, 'node_modules', name);
  if (!existsSync(installed)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--ignore-scripts', `${name}@${version}`], { cwd: folder });
  }
  return installed;
}
