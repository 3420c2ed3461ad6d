import { Finding, Synthesis } from './synthesis';

/** The six packs of cdk-nag, and the first letters of the columns that show them. */
export const PACKS: readonly { readonly name: string; readonly column: string }[] = [
  { name: 'AwsSolutions', column: 'Sol' },
  { name: 'Serverless', column: 'Srv' },
  { name: 'HIPAA.Security', column: 'HIPAA' },
  { name: 'NIST.800.53.R4', column: 'R4' },
  { name: 'NIST.800.53.R5', column: 'R5' },
  { name: 'PCI.DSS.321', column: 'PCI' },
];

/** Those that the target of hardening is about. */
export const TARGET_PACKS: readonly string[] = ['AwsSolutions', 'Serverless'];

export function open(findings: readonly Finding[]): readonly Finding[] {
  return findings.filter(({ reason }) => reason === undefined);
}

/** A rule without what it adds in brackets. */
export function ruleOf({ rule }: Finding): string {
  return rule.split('[')[0];
}

/** The findings by rule, most frequent first: a section for each pack, with the number of samples that a rule meets. */
export function tally(syntheses: ReadonlyMap<string, Synthesis>): string[] {
  const lines: string[] = [];
  for (const { name } of PACKS) {
    const byRule = new Map<string, { count: number; samples: Set<string> }>();
    for (const [sample, { findings }] of syntheses) {
      for (const finding of open(findings).filter(({ pack }) => pack === name)) {
        const entry = byRule.get(ruleOf(finding)) ?? { count: 0, samples: new Set() };
        byRule.set(ruleOf(finding), { count: entry.count + 1, samples: entry.samples.add(sample) });
      }
    }
    const total = [...byRule.values()].reduce((sum, { count }) => sum + count, 0);
    lines.push('', `${name}: ${total}`);
    for (const [rule, { count, samples }] of [...byRule].sort(([a, x], [b, y]) => y.count - x.count || a.localeCompare(b))) {
      lines.push(`  ${String(count).padStart(5)}  in ${String(samples.size).padStart(2)} samples  ${rule}`);
    }
  }
  return lines;
}

/** The same with what stands in brackets, without account, region and logical ids: which managed policies, actions and resources. */
export function details(syntheses: ReadonlyMap<string, Synthesis>): string[] {
  const counts = new Map<string, number>();
  for (const { findings } of syntheses.values()) {
    for (const { rule } of open(findings).filter((finding) => finding.pack === 'AwsSolutions' && finding.rule.includes('['))) counts.set(rule, (counts.get(rule) ?? 0) + 1);
  }
  return [...counts].sort(([a, x], [b, y]) => y - x || a.localeCompare(b)).map(([rule, count]) => `  ${String(count).padStart(5)}  ${rule}`);
}
