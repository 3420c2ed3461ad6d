import { Severity } from '../../common/finding';
import { Draft } from '../draft';
import { at, listOf, numberOf, word } from '../read';
import { byArn, consoleLink } from '../resources';

const SEVERITIES: { readonly [label: string]: Severity } = {
  CRITICAL: 'critical', HIGH: 'high', MEDIUM: 'medium', LOW: 'low', INFORMATIONAL: 'info', UNTRIAGED: 'info',
};

/**
 * A finding of Inspector: a vulnerable package, or code that can be attacked. One that is closed or suppressed tells so, as information.
 * @see https://docs.aws.amazon.com/inspector/latest/user/eventbridge-integration.html
 */
export function fromInspector(event: unknown): Draft {
  const detail = at(event, 'detail');
  const severity = SEVERITIES[word(at(detail, 'severity'))];
  const settled = at(detail, 'status') !== 'ACTIVE';
  const score = numberOf(at(detail, 'inspectorScore'));
  const arn = at(detail, 'findingArn');
  return {
    provider: 'inspector',
    id: severity === undefined ? undefined : arn,
    type: at(detail, 'type'),
    severity: settled ? 'info' : severity,
    score: settled ? 0 : score === undefined ? undefined : score * 10,
    title: at(detail, 'title'),
    description: at(detail, 'description'),
    account: at(detail, 'awsAccountId'),
    firstSeen: at(detail, 'firstObservedAt'),
    lastSeen: at(detail, 'updatedAt') ?? at(detail, 'lastObservedAt'),
    resources: listOf(at(detail, 'resources')).map((resource) => byArn(at(resource, 'id'))),
    link: consoleLink(at(event, 'region'), '/inspector/v2/home?region=REGION#/findings/all'),
  };
}
