import { ITopic } from 'aws-cdk-lib/aws-sns';
import { IConstruct } from 'constructs';
import { AlarmRecipient } from './alarm-recipient';
import { alarmTopic } from './alarm-topic';
import { outermostStack } from '../core/shared-part';

/**
 * The topic to which the alarms of a stack publish: encrypted with a key that CloudWatch may really use, and closed to plain HTTP.
 *
 * Tell it whom to notify: `StackAlarmTopic.notify(this, AlarmRecipient.email('oncall@example.com'))`. A stack with alarms and no
 * subscriber is told so at synth, because an alarm that reaches nobody is no alarm.
 */
export class StackAlarmTopic {
  /** The topic that serves a construct. */
  public static of(scope: IConstruct): ITopic {
    return alarmTopic.of(scope);
  }

  /**
   * Makes an existing topic serve `scope` and everything below it. If it is encrypted, its key must let
   * `cloudwatch.amazonaws.com` use it, or alarms vanish without a trace.
   * @throws ConfigurationError [AlarmTopic.AlreadyInUse] when a construct below already uses another topic
   */
  public static use(scope: IConstruct, topic: ITopic): void {
    alarmTopic.use(scope, topic);
  }

  /**
   * Notifies somebody, by mail, chat, function or incident, when an alarm of the stack of a construct goes off.
   * @throws ConfigurationError [AlarmRecipient.Email], [AlarmRecipient.Channel] or [AlarmRecipient.ResponsePlan] for what is none
   */
  public static notify(scope: IConstruct, ...recipients: AlarmRecipient[]): void {
    const topic = alarmTopic.of(scope);
    for (const recipient of recipients) recipient._tell(outermostStack(scope), topic);
  }

  private constructor() {}
}
