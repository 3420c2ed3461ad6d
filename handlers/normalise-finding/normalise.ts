import { createHash } from 'node:crypto';
import { complete, Draft, Place } from './draft';
import { Finding, FINDING_LIMITS, isRecord } from '../common/finding';
import { fromAccessAnalyzer } from './providers/access-analyzer';
import { fromCloudTrail } from './providers/cloudtrail';
import { fromCloudWatch } from './providers/cloudwatch';
import { fromGuardDuty, fromMalwarePlan, fromMalwareScan } from './providers/guardduty';
import { fromInspector } from './providers/inspector';
import { fromSecurityHub, holdsOnlyOwn } from './providers/security-hub';
import { at, idOf, textOf, timeOf, word } from './read';

/** A finding, and whether its event had a shape that is known here. */
export interface Normalised {
  readonly finding: Finding;
  readonly known: boolean;
}

const READERS: { readonly [detailType: string]: (event: unknown) => Draft } = {
  'AWS API Call via CloudTrail': fromCloudTrail,
  'AWS Service Event via CloudTrail': fromCloudTrail,
  'Access Analyzer Finding': fromAccessAnalyzer,
  'CloudWatch Alarm State Change': fromCloudWatch,
  'GuardDuty Finding': fromGuardDuty,
  'GuardDuty Malware Protection Object Scan Result': fromMalwareScan,
  'GuardDuty Malware Protection Resource Status Error': fromMalwarePlan,
  'GuardDuty Malware Protection Resource Status Warning': fromMalwarePlan,
  'Inspector2 Finding': fromInspector,
  'Internal Access Finding': fromAccessAnalyzer,
  'Unused Access Finding for IAM entities': fromAccessAnalyzer,
};

const SECURITY_HUB = 'Security Hub Findings - Imported';

/**
 * What an event of EventBridge says, in the words of this library. It never throws, and nothing is dropped in silence: what is not understood
 * becomes a finding of unknown shape. Only what came from here itself is left out.
 */
export function normalise(event: unknown, place: Place): readonly Normalised[] {
  const type = word(at(event, 'detail-type'));
  if (type === SECURITY_HUB) {
    if (holdsOnlyOwn(event)) return [];
    const drafts = fromSecurityHub(event);
    return drafts.length === 0 ? [unknownShape(event, place)] : drafts.map((draft) => normalised(draft, event, place));
  }
  const read = Object.hasOwn(READERS, type) ? READERS[type] : undefined;
  return [read === undefined ? unknownShape(event, place) : normalised(read(event), event, place)];
}

function normalised(draft: Draft, event: unknown, place: Place): Normalised {
  const finding = complete(draft, event, place);
  return finding === undefined ? unknownShape(event, place) : { finding, known: true };
}

/**
 * The finding of an event that nobody here can read. It tells the names of its fields, and none of their values, which could be anything.
 * Its id follows from what the event holds, so that the same event delivered twice is one finding.
 */
function unknownShape(event: unknown, place: Place): Normalised {
  const detail = at(event, 'detail');
  const fields = isRecord(detail) ? Object.keys(detail).slice(0, 30).join(', ') : '';
  const seen = timeOf(at(event, 'time')) ?? place.now.toISOString();
  const source = textOf(at(event, 'source'), 100) ?? 'no source';
  const finding = complete({
    provider: 'custom',
    id: idOf(at(event, 'id'), FINDING_LIMITS.id) ?? `unknown/${createHash('sha256').update(JSON.stringify(event) ?? 'nothing').digest('hex')}`,
    type: `Unknown:${source}/${textOf(at(event, 'detail-type'), 100) ?? 'no type'}`,
    severity: 'medium',
    title: 'An event of a security service has a shape that is not known',
    description: fields === '' ? 'It holds no fields.' : `It holds the fields ${fields}.`,
    lastSeen: seen,
  }, event, place);
  return { finding: finding!, known: false };
}
