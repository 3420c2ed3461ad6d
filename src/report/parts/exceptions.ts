import { PlacedWaiver } from '../../core/waiver';
import { ExceptionPosture, FindingPosture } from '../form/posture-form';

/**
 * Everything that was accepted or weakened on purpose: what constructs recorded, rules that the app ranks lower, and the acknowledged findings of all
 * packs. None of them has an end.
 */
export function exceptionsOf(waivers: readonly PlacedWaiver[], findings: readonly FindingPosture[]): readonly ExceptionPosture[] {
  const covered = new Map<string, ExceptionPosture>();
  for (const { pack, id, accepted } of findings) {
    if (accepted === null || accepted.how === 'excused') continue;
    const key = [accepted.how, pack, id, accepted.at].join('\n');
    const covers = (covered.get(key)?.covers ?? 0) + 1;
    covered.set(key, { kind: accepted.how, control: `${pack}::${id}`, at: accepted.at, reason: accepted.reason, state: 'permanent', covers });
  }
  const accepted = [...covered.values()];
  const noted = waivers.map(({ control, reason, constructPath }): ExceptionPosture => ({
    kind: control.startsWith('Rule.') ? 'rule' : 'construct', control, at: constructPath, reason, state: 'permanent', covers: 0,
  }));
  return [...noted, ...accepted];
}
