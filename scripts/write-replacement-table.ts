import { writeFileSync } from 'fs';
import { join } from 'path';
import { HARDENED_TYPES } from './hardening/hardened-types';
import { ReplacementSchemas } from './hardening/replacements';

/** Writes which change replaces a resource, for the types that hardening meets: the library itself carries no schemas. */
const schemas = new ReplacementSchemas();

const list = (paths: readonly string[]): string => `[${paths.map((path) => `'${path}'`).join(', ')}]`;

const entries = HARDENED_TYPES.map((type) => {
  const found = schemas.of(type);
  if (found === undefined) throw new Error(`the schemas know no ${type}`);
  return `  '${type}': { stateful: ${found.stateful}, always: ${list(found.always)}, sometimes: ${list(found.sometimes)} },`;
});

writeFileSync(join(__dirname, '..', 'src', 'hardening', 'model', 'replacement-table.generated.ts'), [
  '// Made from the CloudFormation resource schemas in @aws-cdk/aws-service-spec (Apache-2.0) by `npx projen replacements:write`. Do not edit.',
  '/** For each type: whether it holds data or an address that others know, and which properties replace it always or sometimes when they change. */',
  'export const REPLACEMENT_TABLE: {',
  '  readonly [type: string]: { readonly stateful: boolean; readonly always: readonly string[]; readonly sometimes: readonly string[] };',
  '} = {',
  ...entries,
  '};',
  '',
].join('\n'));
