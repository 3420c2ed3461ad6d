import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AppModel } from '../../src/model/resources/app-model';
import { Finding } from '../../src/policy/finding';
import { judge } from '../../src/policy/judge';
import { BlindSeed } from '../../test/corpus/blind/support';
import { Stacks } from '../../test/corpus/seed';

/** Findings under the profile of a seed, by finding id and resource. */
export function judged({ nested = {}, profile = 'production' }: Pick<BlindSeed, 'nested' | 'profile'>, stacks: Stacks): Map<string, Finding> {
  const sources = Object.entries(stacks).map(([id, template]) => ({ id, template, parent: nested[id] }));
  const { findings } = judge(new AppModel(sources), () => SecurityProfile[profile]());
  return new Map(findings.map((finding) => [`${finding.id} at ${finding.resource.stackId}/${finding.resource.logicalId}`, finding]));
}

/** What is in the second judgement and not in the first. */
export function newIn(before: ReadonlyMap<string, Finding>, after: ReadonlyMap<string, Finding>): [string, Finding][] {
  return [...after].filter(([id, { severity }]) => before.get(id)?.severity !== severity);
}
