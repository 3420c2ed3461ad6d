import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { acknowledge, NagPackId } from '../core/acknowledgement';
import { SharedPart } from '../core/shared-part';
import { DataKeyService, dataKeyFor, StackDataKey } from '../core/stack-data-key';

/** The longest display name that SNS takes; the name of a stack alone may be longer. */
const DISPLAY_NAME_MOST = 100;

const HEARD = Symbol.for('cdk-secure-serverless.alarm-topic-heard');

/** The topic to which the alarms of a stack publish: `StackAlarmTopic` is its face. */
export const alarmTopic = new SharedPart<ITopic>('AlarmTopic', makeTopic);

/** Notes that somebody listens to a topic although it has no subscription in the template: chat channels subscribe by themselves. */
export function noteHeard(topic: ITopic): void {
  Object.defineProperty(topic, HEARD, { value: true, configurable: true });
}

function makeTopic(scope: Construct, id: string): ITopic {
  const masterKey = dataKeyFor(scope);
  const displayName = `Alarms of ${Stack.of(scope).stackName}`.slice(0, DISPLAY_NAME_MOST);
  const topic = new Topic(scope, id, { displayName, masterKey, enforceSSL: true });
  if (masterKey !== undefined) StackDataKey.allowService(scope, masterKey, DataKeyService.ALARMS);
  topic.addToResourcePolicy(new PolicyStatement({
    sid: 'AlarmsOfThisAccount',
    principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
    actions: ['sns:Publish'],
    resources: [topic.topicArn],
    conditions: {
      StringEquals: { 'aws:SourceAccount': Stack.of(scope).account },
      ArnLike: { 'aws:SourceArn': Stack.of(scope).formatArn({ service: 'cloudwatch', resource: 'alarm:*' }) },
    },
  }));
  acknowledge(topic, NagPackId.SERVERLESS, 'SNSRedrivePolicy',
    'CloudWatch keeps an alarm and its history whether or not a notification arrives; notify() gives its subscriptions a queue all the same.');
  warnWithoutSubscriber(topic);
  return topic;
}

function warnWithoutSubscriber(topic: Topic): void {
  topic.node.addValidation({
    validate: () => {
      if (!isSubscribed(topic) && (topic as ITopic & { [HEARD]?: boolean })[HEARD] !== true) {
        Annotations.of(topic).addWarningV2('cdk-secure-serverless:AlarmTopicWithoutSubscriber',
          'The alarms of this stack reach nobody: name somebody with StackAlarmTopic.notify(stack, AlarmRecipient.email(…)), or use your own topic with StackAlarmTopic.use(app, topic).');
      }
      return [];
    },
  });
}

/** Most subscriptions stand below their topic. Only where there is none, the whole app is looked through, once for each such topic. */
function isSubscribed(topic: Topic): boolean {
  const arn = JSON.stringify(topic.stack.resolve(topic.topicArn));
  const subscribes = (node: IConstruct): boolean => (
    CfnSubscription.isCfnSubscription(node) && JSON.stringify(topic.stack.resolve(node.topicArn)) === arn);
  return topic.node.findAll().some(subscribes) || topic.node.root.node.findAll().some(subscribes);
}
