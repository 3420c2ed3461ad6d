import { AspectPriority, Aspects, Stack } from 'aws-cdk-lib';
import { EventField, EventPattern, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { ChangeNotices } from './change-notices';
import { StackAlarmTopic } from '../alarms/stack-alarm-topic';
import { acknowledge, NagPackId } from '../core/acknowledgement';
import { checkReason } from '../core/checks';
import { Place } from '../core/configuration-error';
import { AlarmCoverage, SecurityProfile } from '../core/security-profile';
import { SharedPart } from '../core/shared-part';
import { recordWaiver } from '../core/waiver';
import { allow, allowKeyThroughService, sourceConditions } from '../iam/exact-access';
import { KEY_WRITE_ACTIONS } from '../iam/iam-baseline';
import { ServiceRole } from '../iam/service-role';

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
  /** The part of the event's detail that names the resource. */
  readonly about: (arn: string) => { readonly [key: string]: unknown };
}

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
    if (full) recordWaiver(scope, { control: 'ChangeNotices', reason: notices._offReason });
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

/**
 * One rule for each kind of event, whatever number of resources it is about. EventBridge publishes in a role: the policy of an encrypted
 * topic's key could not bind the service itself to this account.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html#compatibility-with-aws-services
 */
class TrailNotices extends Construct {
  private readonly rules = new Map<string, Rule>();
  private readonly role: ServiceRole;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    const topic = StackAlarmTopic.of(this);
    const rules = Stack.of(this).formatArn({ service: 'events', resource: 'rule', resourceName: '*' });
    this.role = new ServiceRole(this, 'Role', {
      service: 'events.amazonaws.com',
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
    const known = this.rules.get(event.id);
    if (known === undefined) this.rules.set(event.id, this.makeRule(event, detail));
    else known.addEventPattern({ detail });
  }

  private makeRule(event: TrailEvent, detail: EventPattern['detail']): Rule {
    const topic = StackAlarmTopic.of(this);
    const said = ['eventName', 'userIdentity.arn', 'eventTime'].map((field) => EventField.fromPath(`$.detail.${field}`));
    const rule = new Rule(this, event.id, {
      description: event.message.replace(/:$/, '.'),
      eventPattern: {
        source: [`aws.${event.service}`],
        detailType: [`AWS ${event.origin} via CloudTrail`],
        detail: { eventSource: [`${event.service}.amazonaws.com`], eventName: [...event.eventNames], ...detail },
      },
      targets: [{
        bind: () => ({
          arn: topic.topicArn,
          role: this.role,
          input: RuleTargetInput.fromText(`${event.message} ${said[0]} by ${said[1]} at ${said[2]}, in account ${EventField.account}, ${EventField.region}. `
            + `CloudTrail holds the event as ${EventField.fromPath('$.detail.eventID')}.`),
        }),
      }],
    });
    acknowledge(rule.node.defaultChild!, NagPackId.SERVERLESS, 'EventBusDLQ',
      'EventBridge tries for 24 hours to publish a notice and CloudTrail keeps the event; a queue of undelivered notices would need an alarm of its own to be noticed.');
    return rule;
  }
}
