import { artifact } from './sarif-addresses';
import { ruleId, SARIF_LEVELS } from './sarif-rules';
import { FindingPosture } from '../../form/posture-form';
import { oneLine } from '../text';

/** One finding as a SARIF `result`. */
export function resultOf(finding: FindingPosture, ruleIndex: number): object {
  const { pack, rule, id, level, undecided, title, at, locations, accepted, fingerprint } = finding;
  return {
    ruleId: ruleId(pack, rule),
    ruleIndex,
    level: SARIF_LEVELS[level],
    message: { text: messageOf(undecided ? `Could not decide whether this holds: ${title}` : title, finding) },
    locations: [locationOf(finding)],
    partialFingerprints: {
      // GitHub reads this one alone; lines move, and the finding stays the same
      'primaryLocationLineHash': `${fingerprint}:1`,
      'posture/v1': fingerprint,
    },
    // "not suppressed" has to be said as soon as one result of the run is: section 3.27.23
    suppressions: accepted === null ? [] : [{
      kind: 'external',
      status: 'accepted',
      justification: accepted.reason,
      properties: { how: accepted.how, at: accepted.at },
    }],
    properties: { id: `${pack}::${id}`, at, propertyPaths: locations },
  };
}

function messageOf(title: string, { at, fix }: FindingPosture): string {
  return `${oneLine(title).replace(/\.$/, '')} (${oneLine(at)}). Way out: ${oneLine(fix)}`;
}

/** The user's own line where CDK's traces lead to one, the template where they do not; the construct in both. */
function locationOf({ source, templatePath, at, logicalId, resourceType }: FindingPosture): object {
  const logical = {
    logicalLocations: [{
      name: at.slice(at.lastIndexOf('/') + 1),
      fullyQualifiedName: at,
      kind: 'resource',
      properties: { ...logicalId === undefined ? {} : { logicalId }, ...resourceType === undefined ? {} : { resourceType } },
    }],
  };
  if (source !== undefined) {
    const column = source.column !== undefined && source.column >= 1 ? { startColumn: source.column } : {};
    return { physicalLocation: { artifactLocation: artifact(source.file, 'SRCROOT'), region: { startLine: Math.max(1, source.line), ...column } }, ...logical };
  }
  // a region is asked for where a service shows results in files; the template's top stands for all of it
  return templatePath === undefined ? logical : { physicalLocation: { artifactLocation: artifact(templatePath, 'ASSEMBLY'), region: { startLine: 1 } }, ...logical };
}
