import { FINDING_SOURCE, Severity } from '../../common/finding';
import { Draft } from '../draft';
import { at, listOf, numberOf, word } from '../read';
import { byArn, consoleLink } from '../resources';

const SEVERITIES: { readonly [label: string]: Severity } = {
  CRITICAL: 'critical', HIGH: 'high', MEDIUM: 'medium', LOW: 'low', INFORMATIONAL: 'info',
};

/**
 * The findings of one event of Security Hub, in the AWS Security Finding Format. Those that came from here are left out: they would go round in a
 * circle.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/securityhub-cwe-event-formats.html
 */
export function fromSecurityHub(event: unknown): readonly Draft[] {
  const findings = listOf(at(event, 'detail.findings'));
  return findings.filter((finding) => !isOwn(finding)).map((finding) => draftOf(finding));
}

/** Whether all that an event holds came from here. */
export function holdsOnlyOwn(event: unknown): boolean {
  const findings = listOf(at(event, 'detail.findings'));
  return findings.length > 0 && findings.every(isOwn);
}

function isOwn(finding: unknown): boolean {
  return at(finding, 'GeneratorId') === FINDING_SOURCE;
}

function draftOf(finding: unknown): Draft {
  const severity = SEVERITIES[word(at(finding, 'Severity.Label'))];
  const settled = at(finding, 'RecordState') === 'ARCHIVED' || ['RESOLVED', 'SUPPRESSED'].includes(word(at(finding, 'Workflow.Status')))
    || at(finding, 'Compliance.Status') === 'PASSED';
  return {
    provider: 'security-hub',
    id: severity === undefined ? undefined : at(finding, 'Id'),
    type: at(finding, 'GeneratorId') ?? listOf(at(finding, 'Types'))[0],
    severity: settled ? 'info' : severity,
    score: settled ? 0 : numberOf(at(finding, 'Severity.Normalized')),
    title: at(finding, 'Title'),
    description: at(finding, 'Description'),
    account: at(finding, 'AwsAccountId'),
    region: at(finding, 'Region'),
    firstSeen: at(finding, 'FirstObservedAt') ?? at(finding, 'CreatedAt'),
    lastSeen: at(finding, 'UpdatedAt') ?? at(finding, 'LastObservedAt'),
    resources: listOf(at(finding, 'Resources')).map((resource) => byArn(at(resource, 'Id'))),
    actor: { ip: at(finding, 'Network.SourceIpV4') ?? at(finding, 'Network.SourceIpV6') },
    link: consoleLink(at(finding, 'Region'), '/securityhub/home?region=REGION#/findings'),
  };
}
