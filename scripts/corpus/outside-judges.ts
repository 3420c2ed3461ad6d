import { execFile } from 'child_process';
import { existsSync, mkdirSync, writeFileSync } from 'fs';
import { arch } from 'os';
import { join } from 'path';
import { promisify } from 'util';
import { caseOfFile, Collected, Verdicts } from './cases';

const CHECKOV = 'checkov==3.3.30';
const CONTROL_TOWER = '@cdklabs/cdk-validator-cfnguard@0.0.62';

const run = promisify(execFile);

/** Runs a judge, which exits with another code than 0 when it finds something. */
async function outputOf(command: string, args: readonly string[], cwd: string): Promise<unknown> {
  const text = await run(command, args, { cwd, maxBuffer: 2 ** 30 }).then(({ stdout }) => stdout, (error: { stdout?: string }) => {
    if (error.stdout === undefined || error.stdout === '') throw error;
    return error.stdout;
  });
  return JSON.parse(text);
}

/** What checkov says, in a virtual environment of its own; no policies are fetched. */
export async function judgeByCheckov(templates: string, tools: string): Promise<Verdicts> {
  const venv = join(tools, 'checkov');
  if (!existsSync(join(venv, 'bin/checkov'))) {
    await run('python3', ['-m', 'venv', venv]);
    await run(join(venv, 'bin/pip'), ['install', '--quiet', '--disable-pip-version-check', CHECKOV]);
  }
  const args = ['-d', templates, '--framework', 'cloudformation', '-o', 'json', '--compact', '--quiet', '--skip-download'];
  const { results } = await outputOf(join(venv, 'bin/checkov'), args, tools) as { results: { failed_checks: Check[] } };
  const collected = new Collected();
  for (const { check_id: rule, file_path: file, resource } of results.failed_checks) {
    const { id, stack } = caseOfFile(file);
    collected.add(id, rule, `${stack}/${resource}`);
  }
  return collected.verdicts;
}

interface Check {
  readonly check_id: string;
  readonly file_path: string;
  readonly resource: string;
}

/**
 * What the proactive controls of Control Tower say. The package is fetched into the folder of tools: 36 MB of binaries for four platforms
 * are no dependency for a measurement that runs once in a release. Its CDK plugin starts the same binary for each template.
 */
export async function judgeByControlTower(templates: string, tools: string): Promise<Verdicts> {
  const folder = join(tools, 'control-tower');
  const installed = join(folder, 'node_modules/@cdklabs/cdk-validator-cfnguard');
  if (!existsSync(installed)) {
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, 'package.json'), '{"private":true}');
    await run('npm', ['install', '--no-audit', '--no-fund', '--legacy-peer-deps', '--ignore-scripts', CONTROL_TOWER], { cwd: folder });
  }
  const binary = join(installed, 'bin', process.platform === 'darwin' ? 'macos' : 'ubuntu', arch() === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
  const rules = join(installed, 'rules/control-tower/cfn-guard');
  const files = await outputOf(binary, [
    'validate', '--rules', rules, '--data', templates, '--output-format', 'json', '--show-summary', 'none', '--structured',
  ], tools) as { name: string; not_compliant: { Rule: { name: string } }[] }[];
  const collected = new Collected();
  for (const { name, not_compliant: violations } of files) {
    const { id, stack } = caseOfFile(name);
    for (const violation of violations) {
      const text = JSON.stringify(violation);
      const rule = /\[(CT\.[A-Z0-9-]+\.PR\.\d+)\]/.exec(text)?.[1] ?? violation.Rule.name;
      for (const [, resource] of text.matchAll(/"\/Resources\/([A-Za-z0-9]+)/g)) collected.add(id, rule, `${stack}/${resource}`);
    }
  }
  return collected.verdicts;
}
