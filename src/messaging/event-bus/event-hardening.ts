import { CfnResource } from 'aws-cdk-lib';
import { CfnArchive, CfnEventBus, CfnRule } from 'aws-cdk-lib/aws-events';
import { NagPackId } from '../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { findingStep } from '../../core/hardening/steps/finding-step';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { ListItem, mapItems } from '../../core/hardening/values/list-items';
import { StackDeadLetterQueue } from '../stack-dead-letter-queue';

const RULE = { area: HardeningArea.EVENTS, type: 'AWS::Events::Rule' } as const;
const BUS = { area: HardeningArea.EVENTS, type: 'AWS::Events::EventBus' } as const;
const ARCHIVE = { area: HardeningArea.EVENTS, type: 'AWS::Events::Archive' } as const;

/** Each target has a queue of its own, or that of the stack. A rule that is disabled keeps nothing, and may be enabled. */
const RULE_DEAD_LETTERS: HardeningStep = {
  ...RULE,
  rule: 'RuleDeadLetter',
  plan: (resource, site) => {
    const rule = resource as CfnRule;
    const property = 'Targets.DeadLetterConfig';
    const after = 'the dead-letter queue of the stack';
    const overridden = site.overrideOf(rule, 'Targets');
    const targets = overridden ?? site.resolve(rule, rule.targets);
    if (targets === undefined) return [];
    if (overridden !== undefined || isIntrinsic(targets)) return [{ standing: Standing.UNKNOWN, property, after }];
    if (![targets].flat().some((target) => lacksQueue(target as ListItem))) return [];
    return [{
      standing: Standing.MISSING,
      property,
      after,
      adds: 1,
      apply: () => {
        const arn = deadLettersOf(rule, rule.attrArn);
        rule.targets = mapItems(rule.targets, (target) => (lacksQueue(target) ? { ...target, deadLetterConfig: { arn } } : target)) as CfnRule['targets'];
      },
    }];
  },
};

/** A target that only the deployment knows may have one. */
function lacksQueue(target: ListItem): boolean {
  const config = target.deadLetterConfig as { readonly arn?: unknown } | undefined;
  return !isIntrinsic(target) && (config === undefined || !isIntrinsic(config) && (config.arn ?? '') === '');
}

function deadLettersOf(scope: CfnResource, sourceArn: string): string {
  return StackDeadLetterQueue.allowDeadLetters(scope, 'events.amazonaws.com', sourceArn).queueArn;
}

const WITHOUT_TARGETS = findingStep<CfnRule>({
  ...RULE,
  rule: 'RuleDeadLetter',
  packs: [NagPackId.SERVERLESS],
  finding: 'EventBusDLQ',
  when: (rule, site) => site.overrideOf(rule, 'Targets') === undefined && site.resolve(rule, rule.targets) === undefined,
  reason: 'The app gives the rule no target: there is none to which an event could fail to be delivered.',
});

/** A bus without a key of its own loses nothing by itself. */
const BUS_DEAD_LETTERS = valueStep<CfnEventBus>({
  ...BUS,
  rule: 'BusDeadLetter',
  property: 'DeadLetterConfig.Arn',
  adds: 1,
  when: (bus) => bus.kmsKeyIdentifier !== undefined,
  read: (bus) => (isQueue(bus.deadLetterConfig) ? bus.deadLetterConfig.arn : bus.deadLetterConfig),
  secure: () => 'the dead-letter queue of the stack',
  write: (bus) => { bus.deadLetterConfig = { arn: deadLettersOf(bus, bus.attrArn) }; },
  safe: () => true,
});

function isQueue(config: CfnEventBus['deadLetterConfig']): config is CfnEventBus.DeadLetterConfigProperty {
  return config !== undefined && 'arn' in config;
}

const keyProposal = (type: string) => proposalStep<CfnArchive | CfnEventBus>({
  area: HardeningArea.EVENTS,
  type,
  rule: 'EventBusKey',
  property: 'KmsKeyIdentifier',
  when: (resource: CfnArchive | CfnEventBus, site: HardeningSite) => site.controls(resource).customerKeys && resource.kmsKeyIdentifier === undefined,
  after: 'a key of your own',
  advice: 'Set kmsKey to a key whose policy lets events.amazonaws.com use it for this bus, and give those who put events the use of it.',
});

const ARCHIVE_DAYS = proposalStep<CfnArchive>({
  ...ARCHIVE,
  rule: 'EventArchiveRetention',
  property: 'RetentionDays',
  when: (archive) => archive.retentionDays === undefined || archive.retentionDays === 0,
  read: (archive) => archive.retentionDays,
  after: 'a number of days',
  advice: 'Set retention to the days for which a replay makes sense: what is older is deleted then.',
});

/** What hardening does to event buses, their rules and archives. */
export const EVENT_HARDENING: readonly HardeningStep[] = [
  RULE_DEAD_LETTERS, WITHOUT_TARGETS, BUS_DEAD_LETTERS, keyProposal(BUS.type), keyProposal(ARCHIVE.type), ARCHIVE_DAYS,
];
