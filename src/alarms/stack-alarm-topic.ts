import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { AlarmRecipient } from './alarm-recipient';
import { alarmTopic, alarmTopicOf } from './alarm-topic';
import { expectStack, isInStack, outermostStack } from '../core/stacks/shared-part';

/**
 * The topic to which the alarms of a stack publish: encrypted with a key that CloudWatch may really use, and closed to plain HTTP.
 *
 * Tell it whom to notify: `StackAlarmTopic.notify(this, AlarmRecipient.email('oncall@example.com'))`. A stack with alarms and no
 * subscriber is told so at synth, because an alarm that reaches nobody is no alarm.
 */
export class StackAlarmTopic {
  /**
   * The topic that serves a construct.
   * @throws ConfigurationError [AlarmTopic.Stack] for an app or a stage, unless `use` gave it one
   */
  public static of(scope: IConstruct): ITopic {
    return isInStack(scope) ? alarmTopicOf(scope) : alarmTopic.of(scope);
  }

  /**
   * Makes an existing topic serve `scope` and everything below it.
   *
   * CloudWatch drops, without a word, what it may not publish. Where the topic is made in the app and has a policy, its policy and its key learn the
   * accounts whose alarms it serves. What is imported cannot be changed here: its policy and key must let `cloudwatch.amazonaws.com` in already, and
   * a warning at synth names the key. The rule `AlarmAction` tells what keeps alarms out.
   * @param scope What the topic serves: an app, a stage, a stack or a construct
   * @param topic A topic in the region of the alarms (those of a `SecureTopic` about itself would ring there, and are to be off, with a reason)
   * @throws ConfigurationError [AlarmTopic.AlreadyInUse] when a construct below already uses another topic
   */
  public static use(scope: IConstruct, topic: ITopic): void {
    alarmTopic.use(scope, topic, 'call use() right after the app or stack is made; the alarms of a SecureTopic, which already use another one, '
      + 'are to be off where it is the topic (alarms)');
  }

  /**
   * Notifies somebody, by mail, chat, function or incident, when an alarm of the stack of a construct goes off.
   * @throws ConfigurationError [AlarmTopic.Stack] for an app or a stage
   * @throws ConfigurationError [AlarmRecipient.Email], [AlarmRecipient.Channel] or [AlarmRecipient.ResponsePlan] for what is none
   */
  public static notify(scope: IConstruct, ...recipients: AlarmRecipient[]): void {
    expectStack(scope, 'AlarmTopic');
    const topic = alarmTopicOf(scope);
    for (const recipient of recipients) recipient._tell(outermostStack(scope), topic);
  }

  private constructor() {}
}
