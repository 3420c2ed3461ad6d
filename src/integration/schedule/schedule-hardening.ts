import { CfnResource } from 'aws-cdk-lib';
import { CfnManagedPolicy, CfnRole, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnSchedule } from 'aws-cdk-lib/aws-scheduler';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { SCHEDULE_ATTEMPTS_MOST } from './schedule-baseline';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { hardeningPart } from '../../core/hardening/hardening-part';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { throughService } from '../../iam/exact-access';
import { KEY_WRITE_ACTIONS, ROLE_POLICIES } from '../../iam/iam-baseline';
import { SEND_ACTIONS } from '../../messaging/queue/queue-baseline';
import { StackDeadLetterQueue } from '../../messaging/stack-dead-letter-queue';

const SCHEDULE = { area: HardeningArea.EVENTS, type: 'AWS::Scheduler::Schedule' } as const;

type Target = CfnSchedule.TargetProperty;

/** Scheduler sends in the name of the role of the schedule, which has to be one of this app to get the right. */
const DEAD_LETTERS: HardeningStep = {
  ...SCHEDULE,
  rule: 'ScheduleDeadLetter',
  plan: (resource, site) => {
    const schedule = resource as CfnSchedule;
    const target = schedule.target as Target;
    const property = 'Target.DeadLetterConfig';
    const after = 'the dead-letter queue of the stack';
    if (site.overrideOf(schedule, property) !== undefined) return [];
    if (isIntrinsic(site.resolve(schedule, target))) return [{ standing: Standing.UNKNOWN, property, after }];
    if (site.resolve(schedule, target.deadLetterConfig) !== undefined) return [];
    const role = roleOf(schedule, site);
    if (role === undefined) return [{ standing: Standing.AUTHORS, property, after, advice: ROLE_ADVICE }];
    return [{
      standing: Standing.MISSING,
      property,
      after,
      adds: 1,
      apply: () => {
        const queue = StackDeadLetterQueue.of(schedule);
        letSend(role, queue, site);
        schedule.target = { ...target, deadLetterConfig: { arn: queue.queueArn } };
      },
    }];
  },
};

const ROLE_ADVICE = 'The role of the schedule is not of this app, or has as many policies as it takes: set deadLetterQueue, and give the role sqs:SendMessage on it.';

/** A role of the same stack, so that the stacks do not get to depend on each other, with room for one more policy. */
function roleOf(schedule: CfnSchedule, site: HardeningSite): CfnRole | undefined {
  const role = site.target(schedule, (schedule.target as Target).roleArn);
  if (role === undefined || !CfnRole.isCfnRole(role) || role.stack !== schedule.stack) return undefined;
  const policies: unknown = site.resolve(role, role.managedPolicyArns) ?? [];
  return Array.isArray(policies) && policies.length < ROLE_POLICIES.usual ? role : undefined;
}

/** One policy for each role, whatever number of schedules has it. */
function letSend(role: CfnRole, queue: IQueue, site: HardeningSite): void {
  hardeningPart(site, role, 'DeadLetterRights', (scope, id) => new CfnManagedPolicy(scope, id, {
    roles: [role.ref], policyDocument: new PolicyDocument({ statements: statementsFor(role, queue) }),
  }));
}

function statementsFor(role: CfnResource, { queueArn, encryptionMasterKey: key }: IQueue): PolicyStatement[] {
  const send = new PolicyStatement({ actions: SEND_ACTIONS, resources: [queueArn] });
  if (key === undefined) return [send];
  return [send, new PolicyStatement({
    actions: [...KEY_WRITE_ACTIONS],
    resources: [key.keyArn],
    conditions: { StringEquals: { ...throughService(role, 'sqs'), 'kms:EncryptionContext:aws:sqs:arn': queueArn } },
  })];
}

const RETRIES = proposalStep<CfnSchedule>({
  ...SCHEDULE,
  rule: 'ScheduleRetryLimit',
  property: 'Target.RetryPolicy',
  when: (schedule, site) => isEndless(site.resolve(schedule, schedule.target) as Target),
  after: `at most ${SCHEDULE_ATTEMPTS_MOST} attempts`,
  advice: 'Set retryAttempts or maxEventAge of the target to what the time between two runs allows: only its author knows whether a late run is worth something.',
});

/** What CDK writes by itself is what the service does by itself: 185 attempts in a day. */
function isEndless(target: Target): boolean {
  if (isIntrinsic(target) || isIntrinsic(target.retryPolicy)) return false;
  const { maximumRetryAttempts, maximumEventAgeInSeconds } = (target.retryPolicy ?? {}) as CfnSchedule.RetryPolicyProperty;
  return Number(maximumRetryAttempts ?? Infinity) > SCHEDULE_ATTEMPTS_MOST && Number(maximumEventAgeInSeconds ?? Infinity) >= LONGEST_AGE;
}

/** A day, in seconds: the longest that Scheduler tries. */
const LONGEST_AGE = 86_400;

/** What hardening does to schedules. */
export const SCHEDULE_HARDENING: readonly HardeningStep[] = [DEAD_LETTERS, RETRIES];
