import { readFileSync } from 'fs';
import { dirname, join } from 'path';

/** The packs of cdk-nag that stand for a standard: the prefix of their ids, the file, and the name of the standard. */
const PACKS: readonly (readonly [prefix: string, file: string, standard: string])[] = [
  ['HIPAA.Security', 'hipaa-security.js', 'HIPAA Security'],
  ['NIST.800.53.R4', 'nist-800-53-r4.js', 'NIST 800-53 R4'],
  ['NIST.800.53.R5', 'nist-800-53-r5.js', 'NIST 800-53 R5'],
  ['PCI.DSS.321', 'pci-dss-321.js', 'PCI DSS 3.2.1'],
];

/** The standards whose requirements cdk-nag names. */
export const STANDARDS: readonly string[] = PACKS.map(([, , standard]) => standard);

/** One rule of a pack: what it says, which ends with the requirements that ask for it, and the function that judges. */
const RULE = /info:\s*(['"])(.*?)\1,[\s\S]*?rule: \w+\.(\w+),/g;

/** The standard behind an id of a pack, such as `PCI.DSS.321-LambdaInsideVPC`; undefined for the packs of good practice. */
export function standardOf(nagId: string): string | undefined {
  return PACKS.find(([prefix]) => nagId.startsWith(`${prefix}-`))?.[2];
}

/** The requirements of a standard behind an id of its pack, as cdk-nag names them: `AC-3`, `164.312(b)`, `10.3.1`. */
export function requirementsOf(nagId: string): readonly string[] {
  return TABLE.get(nagId) ?? [];
}

const TABLE = new Map(PACKS.flatMap(([prefix, file]) => {
  const source = readFileSync(join(dirname(require.resolve('cdk-nag')), 'packs', file), 'utf8');
  return [...source.matchAll(RULE)].map(([, , info, rule]): [string, readonly string[]] => [
    `${prefix}-${rule}`, /\(Control IDs?: (.*)\)\.?$/.exec(info)?.[1].split(/,\s*/) ?? [],
  ]);
}));
