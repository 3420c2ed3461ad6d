import { Draft } from '../draft';
import { at, encoded, listOf, word } from '../read';
import { byArn, consoleLink } from '../resources';

/** The composite alarm of several signals at once says that a stack is under attack; one signal alone mostly has an honest cause. */
const SEVERAL_SIGNALS = / under attack$/;

/**
 * An alarm that changed its state. Back to OK is information: whoever acts can see that it ended.
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/cloudwatch-and-eventbridge.html
 */
export function fromCloudWatch(event: unknown): Draft {
  const detail = at(event, 'detail');
  const name = at(detail, 'alarmName');
  const state = at(detail, 'state.value');
  const arn = listOf(at(event, 'resources'))[0];
  return {
    provider: 'cloudwatch',
    id: typeof name === 'string' && typeof state === 'string' ? arn ?? `alarm/${encoded(name)}` : undefined,
    type: `AlarmStateChange:${word(state)}`,
    severity: state !== 'ALARM' ? 'info' : SEVERAL_SIGNALS.test(word(name)) ? 'high' : 'medium',
    title: name,
    description: [at(detail, 'configuration.description'), at(detail, 'state.reason')].filter((text) => typeof text === 'string').join(' '),
    lastSeen: at(detail, 'state.timestamp'),
    resources: [byArn(arn)],
    link: consoleLink(at(event, 'region'), `/cloudwatch/home?region=REGION#alarmsV2:alarm/${encoded(name)}`),
  };
}
