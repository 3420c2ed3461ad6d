import { Draft } from '../draft';
import { at, encoded, word } from '../read';
import { byArn, consoleLink, credential } from '../resources';

/**
 * A call by which somebody takes away what watches the account:
 *
 * | what                                           | severity |
 * |------------------------------------------------|----------|
 * | CloudFormation sets it up or changes it        | low: each deployment does so |
 * | tried and refused                              | medium   |
 * | anything else                                  | high     |
 *
 * @see https://docs.aws.amazon.com/awscloudtrail/latest/userguide/cloudtrail-event-reference-record-contents.html
 */
export function fromCloudTrail(event: unknown): Draft {
  const detail = at(event, 'detail');
  const identity = at(detail, 'userIdentity');
  const refused = at(detail, 'errorCode') !== undefined;
  const name = at(detail, 'eventName');
  return {
    provider: 'cloudtrail',
    id: typeof name === 'string' ? at(detail, 'eventID') : undefined,
    type: `${word(at(detail, 'eventSource')).replace(/\.amazonaws\.com$/, '')}:${word(name)}`,
    severity: isDeployment(identity, name) ? 'low' : refused ? 'medium' : 'high',
    title: refused ? 'Somebody tried to change what watches the account' : 'Somebody changed what watches the account',
    description: `${word(name)} by ${word(at(identity, 'arn') ?? at(identity, 'invokedBy') ?? at(identity, 'type'))}`,
    account: at(detail, 'recipientAccountId'),
    region: at(detail, 'awsRegion'),
    lastSeen: at(detail, 'eventTime'),
    resources: [credential(at(identity, 'accessKeyId')), byArn(at(identity, 'sessionContext.sessionIssuer.arn'))],
    actor: { ip: at(detail, 'sourceIPAddress'), account: at(identity, 'accountId') },
    link: consoleLink(at(detail, 'awsRegion'), `/cloudtrailv2/home?region=REGION#/events/${encoded(at(detail, 'eventID'))}`),
  };
}

/** A stack that goes takes away what it made: that counts, whoever deletes it. */
function isDeployment(identity: unknown, eventName: unknown): boolean {
  return at(identity, 'invokedBy') === 'cloudformation.amazonaws.com' && /^(Create|Put|Update)/.test(word(eventName));
}
