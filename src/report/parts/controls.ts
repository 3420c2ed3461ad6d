import { SecurityProfile } from '../../core/profile/security-profile';
import { RULES } from '../../policy/catalog';
import { severityIn } from '../../policy/finding';
import { Judgement, JudgeOptions } from '../../policy/judge';
import { PACK_NAME } from '../../policy/pack-name';
import { ControlPosture, FindingPosture } from '../form/posture-form';

/** Each rule of the pack, with how it came out. */
export function controlsOf(
  judgement: Judgement, findings: readonly FindingPosture[], profile: SecurityProfile, options: JudgeOptions,
): readonly ControlPosture[] {
  const byRule = new Map<string, FindingPosture[]>();
  for (const finding of findings) {
    if (finding.pack !== PACK_NAME) continue;
    const known = byRule.get(finding.rule);
    if (known === undefined) byRule.set(finding.rule, [finding]);
    else known.push(finding);
  }
  const rules = new Map(RULES.map((rule) => [rule.id, rule]));
  return judgement.tallies.flatMap(({ rule: id, passed }) => {
    const rule = rules.get(id);
    if (rule === undefined) return [];
    const found = byRule.get(id) ?? [];
    const open = found.filter(({ accepted }) => accepted === null);
    const failed = open.filter(({ undecided }) => !undecided).length;
    const counts = { passed, failed, undecided: open.length - failed, accepted: found.length - open.length };
    const rank = options.severities?.get(id) ?? severityIn(rule, profile);
    const state = rank === 'off' && passed + found.length === 0 ? 'off' : stateOf(counts);
    return [{ rule: id, title: rule.title, severity: rank === 'off' ? rule.severity : rank, state, ...counts, risks: rule.risks, frameworks: rule.frameworks }];
  });
}

function stateOf({ passed, failed, undecided, accepted }: Pick<ControlPosture, 'passed' | 'failed' | 'undecided' | 'accepted'>): ControlPosture['state'] {
  if (failed > 0) return 'violated';
  if (undecided > 0) return 'undecided';
  if (accepted > 0) return 'excepted';
  return passed > 0 ? 'compliant' : 'not-applicable';
}
