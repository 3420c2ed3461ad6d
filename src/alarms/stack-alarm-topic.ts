import { Annotations, Stack } from 'aws-cdk-lib';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnSubscription, ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { Construct, IConstruct } from 'constructs';
import { AlarmRecipient, isHeard, UNDELIVERED_ALARM_REASON } from './alarm-recipient';
import { acknowledge, NagPackId } from '../core/acknowledgement';
import { outermostStack, SharedPart } from '../core/shared-part';
import { DataKeyService, dataKeyFor, StackDataKey } from '../core/stack-data-key';

const part = new SharedPart<ITopic>('AlarmTopic', makeTopic);

/**
 * The topic to which the alarms of a stack publish: encrypted with a key that CloudWatch may really use, and closed to plain HTTP.
 *
 * Tell it whom to notify: `StackAlarmTopic.notify(this, AlarmRecipient.email('oncall@example.com'))`. A stack with alarms and no
 * subscriber is told so at synth, because an alarm that reaches nobody is no alarm.
 */
export class StackAlarmTopic {
  /** The topic that serves a construct. */
  public static of(scope: IConstruct): ITopic {
    return part.of(scope);
  }

  /**
   * Makes an existing topic serve `scope` and everything below it. If it is encrypted, its key must let
   * `cloudwatch.amazonaws.com` use it, or alarms vanish without a trace.
   * @throws ConfigurationError [AlarmTopic.AlreadyInUse] when a construct below already uses another topic
   */
  public static use(scope: IConstruct, topic: ITopic): void {
    part.use(scope, topic);
  }

  /**
   * Notifies somebody, by mail, chat, function or incident, when an alarm of the stack of a construct goes off.
   * @throws ConfigurationError [AlarmRecipient.Email], [AlarmRecipient.Channel] or [AlarmRecipient.ResponsePlan] for what is none
   */
  public static notify(scope: IConstruct, ...recipients: AlarmRecipient[]): void {
    const topic = part.of(scope);
    for (const recipient of recipients) recipient._tell(outermostStack(scope), topic);
  }

  private constructor() {}
}

/** The longest display name that SNS takes; the name of a stack alone may be longer. */
const DISPLAY_NAME_MOST = 100;

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
  acknowledge(topic, NagPackId.SERVERLESS, 'SNSRedrivePolicy', UNDELIVERED_ALARM_REASON);
  warnWithoutSubscriber(topic);
  return topic;
}

function warnWithoutSubscriber(topic: Topic): void {
  topic.node.addValidation({
    validate: () => {
      const arn = JSON.stringify(topic.stack.resolve(topic.topicArn));
      const subscribed = topic.node.root.node.findAll().some((node) => CfnSubscription.isCfnSubscription(node)
        && JSON.stringify(topic.stack.resolve(node.topicArn)) === arn);
      if (!subscribed && !isHeard(topic)) {
        Annotations.of(topic).addWarningV2('cdk-secure-serverless:AlarmTopicWithoutSubscriber',
          'The alarms of this stack reach nobody: name somebody with StackAlarmTopic.notify(stack, AlarmRecipient.email(…)), or use your own topic with StackAlarmTopic.use(app, topic).');
      }
      return [];
    },
  });
}
