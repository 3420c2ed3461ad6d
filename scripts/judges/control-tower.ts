import { readdirSync, readFileSync } from 'fs';
import { arch } from 'os';
import { join } from 'path';
import { FileFinding } from './subject';
import { npmTool, outputOf } from './tools';

const PACKAGE = '@cdklabs/cdk-validator-cfnguard';

/** The version whose rules judge. */
export const CONTROL_TOWER = '0.0.62';

/** The package in the folder of tools: 36 MB of binaries for four platforms are no dependency. */
export function fetchControlTower(tools: string): Promise<string> {
  return npmTool(tools, PACKAGE, CONTROL_TOWER);
}

/**
 * What the proactive controls of Control Tower say of the templates below a folder. The package's CDK plugin starts the same binary for each
 * template.
 */
export async function judgeByControlTower(templates: string, tools: string): Promise<readonly FileFinding[]> {
  const installed = await fetchControlTower(tools);
  const binary = join(installed, 'bin', process.platform === 'darwin' ? 'macos' : 'ubuntu', arch() === 'arm64' ? 'aarch64' : 'x86_64', 'cfn-guard');
  const rules = rulesFor(typesIn(templates), join(installed, 'rules/control-tower/cfn-guard'));
  const files = await outputOf(binary, [
    'validate', '--rules', ...rules, '--data', templates, '--output-format', 'json', '--show-summary', 'none', '--structured',
  ], tools) as { name: string; not_compliant: { Rule: { name: string } }[] }[];
  return files.flatMap(({ name: file, not_compliant: violations }) => violations.flatMap((violation) => {
    const text = JSON.stringify(violation);
    const rule = /\[(CT\.[A-Z0-9-]+\.PR\.\d+)\]/.exec(text)?.[1] ?? violation.Rule.name;
    const resources = new Set([...text.matchAll(/"\/Resources\/([A-Za-z0-9]+)/g)].map(([, resource]) => resource));
    return [...resources].map((resource) => ({ file, rule, resource }));
  }));
}

/** The types of the resources in all templates below a folder. */
function typesIn(templates: string): ReadonlySet<string> {
  const files = (readdirSync(templates, { recursive: true }) as string[]).filter((file) => file.endsWith('.json'));
  const resources = files.flatMap((file) => Object.values((JSON.parse(readFileSync(join(templates, file), 'utf8')) as { Resources?: Resources }).Resources ?? {}));
  return new Set(resources.map(({ Type }) => Type));
}

type Resources = { readonly [id: string]: { readonly Type: string } };

/** Each rule costs time with each template, and two thirds are about types that no template has: they could only be skipped. */
function rulesFor(types: ReadonlySet<string>, folder: string): readonly string[] {
  return (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith('.guard')).sort().map((file) => join(folder, file))
    .filter((file) => [...readFileSync(file, 'utf8').replace(/^\s*#.*$/gm, '').matchAll(/AWS::\w+::\w+/g)].some(([type]) => types.has(type)));
}
