import { AspectPriority, Aspects, Stack } from 'aws-cdk-lib';
import { EventField, EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { ChangeNotices } from './change-notices';
import { StackAlarmTopic } from '../alarms/stack-alarm-topic';
import { checkReason } from '../core/checks';
import { Place } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';
import { markOwn } from '../core/own-part';
import { AlarmCoverage } from '../core/profile/security-controls';
import { SecurityProfile } from '../core/profile/security-profile';
import { SharedPart } from '../core/stacks/shared-part';
import { allow, allowKeyThroughService, sourceConditions } from '../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';
import { ServiceRole } from '../iam/service-role';
import { StackDeadLetterQueue } from '../messaging/stack-dead-letter-queue';

/** One kind of event in the trail of an account. */
export interface TrailEvent {
  /** Id of the rule, PascalCase. */
  readonly id: string;
  /** What happened, and what to do: the notice begins with it. */
  readonly message: string;
  /** The service that CloudTrail names, without `amazonaws.com`. */
  readonly service: string;
  /** `API Call`, or `Service Event` for what a service does by itself. */
  readonly origin: 'API Call' | 'Service Event';
  readonly eventNames: readonly string[];
  /** Where the event's detail names the resource, in the notice. */
  readonly subject: string;
  /** The part of the event's detail that names the resource. */
  readonly about: (arn: string) => { readonly [key: string]: unknown };
}

const EVENTS = 'events.amazonaws.com';

const part = new SharedPart<TrailNotices>('TrailNotices', (scope, id) => new TrailNotices(scope, id));

/**
 * Tells the subscribers of the stack's alarm topic what happens to a resource.
 *
 * | profile's alarms | notices        | told |
 * |------------------|----------------|------|
 * | any              | off(reason)    | no; recorded where the profile wants all alarms |
 * | any              | toAlarmTopic() | yes  |
 * | full             | none           | yes  |
 * | errors           | none           | no   |
 */
export function noticeEvents(scope: Construct, notices: ChangeNotices | undefined, events: readonly TrailEvent[], arn: string): void {
  const full = SecurityProfile.of(scope).controls.alarms === AlarmCoverage.FULL;
  if (notices?._offReason !== undefined) {
    if (full) recordWaiver(scope, { control: 'ChangeNotices', reason: notices._offReason }, ['SensitiveStoreAlarm']);
    return;
  }
  if (notices !== undefined || full) for (const event of events) part.of(scope).add(event, arn);
}

/**
 * The same, once the app is written: a key can become the data key of its stack, of which the alarm topic would otherwise make one too early.
 */
export function noticeEventsLater(scope: Construct, notices: ChangeNotices | undefined, events: readonly TrailEvent[], arn: string): void {
  let done = false;
  Aspects.of(scope).add({
    visit: () => {
      if (!done) noticeEvents(scope, notices, events, arn);
      done = true;
    },
  }, { priority: AspectPriority.MUTATING });
}

/** Judges the reason before anything is made. */
export function checkNotices(place: Place, notices: ChangeNotices | undefined): void {
  if (notices?._offReason === undefined) return;
  checkReason(place, notices._offReason, { code: 'ChangeNotices.Reason', prop: 'changeNotices', fix: 'say why nobody needs to know' });
}

/** How many resources one rule is about: EventBridge takes patterns of 2,048 characters, and an ARN has up to 170. */
const RESOURCES_OF_A_RULE = 10;

interface NoticeRule {
  readonly rule: Rule;
  resources: number;
}

/**
 * One rule for each kind of event and ten resources. EventBridge publishes in a role: the policy of an encrypted topic's key could not bind
 * the service itself to this account. What it cannot publish ends in the dead-letter queue of the stack.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-quota.html#eb-limits
 */
class TrailNotices extends Construct {
  private readonly rules = new Map<string, NoticeRule[]>();
  private readonly role: ServiceRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    markOwn(this);
    const topic = StackAlarmTopic.of(this);
    const rules = Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: '*' });
    this.role = new ServiceRole(this, 'Role', {
      service: EVENTS,
      description: `Sends notices of changes in ${Stack.of(this).stackName} to its alarm topic`,
      trustConditions: sourceConditions(this, rules),
    });
    allow(this, { grantee: this.role, actions: ['sns:Publish'], resources: [topic.topicArn] });
    if (topic.masterKey !== undefined) {
      allowKeyThroughService(this, topic.masterKey, 'sns', this.role, KEY_WRITE_ACTIONS, { 'kms:EncryptionContext:aws:sns:topicArn': topic.topicArn });
    }
  }

  public add(event: TrailEvent, arn: string): void {
    const detail = event.about(arn);
    const made = this.rules.get(event.id) ?? [];
    const last = made[made.length - 1];
    if (last === undefined || last.resources === RESOURCES_OF_A_RULE) {
      const id = made.length === 0 ? event.id : `${event.id}${made.length + 1}`;
      this.rules.set(event.id, [...made, { rule: this.makeRule(id, event, detail), resources: 1 }]);
      return;
    }
    last.rule.addEventPattern({ detail });
    last.resources += 1;
  }

  private makeRule(id: string, event: TrailEvent, detail: EventPattern['detail']): Rule {
    const topic = StackAlarmTopic.of(this);
    const rule = new Rule(this, id, {
      description: event.message.replace(/:$/, '.'),
      eventPattern: {
        source: [`aws.${event.service}`],
        detailType: [`AWS ${event.origin} via CloudTrail`],
        detail: { eventSource: [`${event.service}.amazonaws.com`], eventName: [...event.eventNames], ...detail },
      },
    });
    const deadLetters = StackDeadLetterQueue.allowDeadLetters(rule, EVENTS, rule.ruleArn);
    rule.addTarget({
      bind: () => ({ arn: topic.topicArn, role: this.role, deadLetterConfig: { arn: deadLetters.queueArn }, input: noticeOf(event) }),
    });
    return rule;
  }
}

/** A service that acts by itself has no name in the event. */
function noticeOf({ message, origin, subject }: TrailEvent): RuleTargetInput {
  const field = (path: string): string => EventField.fromPath(`$.detail.${path}`);
  const who = origin === 'API Call' ? ` by ${field('userIdentity.arn')}` : '';
  return RuleTargetInput.fromText(`${message} ${field('eventName')} of ${field(subject)}${who} at ${field('eventTime')}, in account ${EventField.account}, `
    + `${EventField.region}. CloudTrail holds the event as ${field('eventID')}.`);
}
