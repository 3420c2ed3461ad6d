import { fingerprintOf } from './findings';
import { PackFinding } from '../../policy/pack-finding';
import { AcceptedPosture, FindingPosture, SourceLocation } from '../form/posture-form';

/** What the report adds to a finding of another pack; those packs know their rule and the construct, and no more. */
export interface PackFindingFacts {
  readonly accepted?: (finding: PackFinding) => AcceptedPosture | undefined;
  readonly sourceOf?: (constructPath: string) => SourceLocation | undefined;
  readonly resourceOf?: (constructPath: string) => { readonly type: string; readonly logicalId: string } | undefined;
}

/** The findings of packs other than ours in the form of the report. */
export function describePackFindings(findings: readonly PackFinding[], facts: PackFindingFacts = {}): readonly FindingPosture[] {
  return findings.map((finding): FindingPosture => {
    const { pack, id, description, fix = '', level, undecided, constructPath = '', locations } = finding;
    const at = constructPath.replace(/\/(Resource|Default)$/, '');
    const resource = facts.resourceOf?.(constructPath);
    const source = facts.sourceOf?.(constructPath);
    return {
      fingerprint: fingerprintOf(pack, id, at),
      pack,
      rule: id.replace(/\[.*/s, ''),
      id,
      level,
      undecided,
      at,
      ...resource === undefined ? {} : { resourceType: resource.type, logicalId: resource.logicalId },
      locations,
      ...source === undefined ? {} : { source },
      title: description,
      why: '',
      fix,
      frameworks: [],
      risks: [],
      accepted: facts.accepted?.(finding) ?? null,
    };
  });
}
