import { Severity } from '../../common/finding';
import { Draft } from '../draft';
import { at, listOf, word } from '../read';
import { byArn, consoleLink } from '../resources';

/**
 * A finding of IAM Access Analyzer: something that others can reach, or a right that nobody uses. It has no severity of its own:
 *
 * | what                                    | severity |
 * |-----------------------------------------|----------|
 * | resolved, archived or deleted           | info     |
 * | could not be analyzed                   | low      |
 * | everybody can reach it                  | high     |
 * | another account can reach it            | medium   |
 * | access key or password that nobody uses | medium   |
 * | role or right that nobody uses          | low      |
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/access-analyzer-eventbridge.html
 */
export function fromAccessAnalyzer(event: unknown): Draft {
  const detail = at(event, 'detail');
  const resource = at(detail, 'resource');
  const finding = at(detail, 'findingType') ?? 'ExternalAccess';
  return {
    provider: 'access-analyzer',
    id: typeof at(detail, 'status') === 'string' ? at(detail, 'id') ?? at(detail, 'findingId') : undefined,
    type: `${word(finding)}/${word(at(detail, 'resourceType'))}`,
    severity: severityOf(detail, word(finding)),
    title: titleOf(detail, word(finding)),
    description: descriptionOf(detail),
    account: at(detail, 'accountId'),
    region: at(detail, 'region'),
    firstSeen: at(detail, 'createdAt'),
    lastSeen: at(detail, 'updatedAt'),
    resources: [byArn(resource)],
    actor: { account: accountOf(at(detail, 'principal.AWS')) },
    link: consoleLink(at(event, 'region'), '/access-analyzer/home?region=REGION#/findings'),
  };
}

function severityOf(detail: unknown, finding: string): Severity {
  if (at(detail, 'isDeleted') === true || at(detail, 'status') !== 'ACTIVE') return 'info';
  if (at(detail, 'error') !== undefined) return 'low';
  if (at(detail, 'isPublic') === true) return 'high';
  return finding === 'UnusedIAMRole' || finding === 'UnusedPermission' ? 'low' : 'medium';
}

function titleOf(detail: unknown, finding: string): string {
  if (at(detail, 'error') !== undefined) return 'Access Analyzer could not analyze a resource';
  if (finding.startsWith('Unused')) return `Nobody uses it: ${finding}`;
  if (at(detail, 'isPublic') === true) return 'Everybody can reach a resource';
  return finding === 'InternalAccess' ? 'A principal of the account can reach a resource that is watched' : 'Another account or a federated user can reach a resource';
}

function descriptionOf(detail: unknown): string {
  const actions = listOf(at(detail, 'action')).filter((action) => typeof action === 'string');
  const shown = actions.length === 0 ? [] : [`actions: ${actions.slice(0, 20).join(', ')}`];
  return [`status: ${word(at(detail, 'status'))}`, ...shown].join('; ');
}

/** A principal is an account, or an ARN that names one. */
function accountOf(principal: unknown): string | undefined {
  return typeof principal === 'string' ? /^(?:arn:[^:]*:[^:]*:[^:]*:)?(\d{12})\b/.exec(principal)?.[1] : undefined;
}
