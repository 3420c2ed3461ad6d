import { CfnResource } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, CfnMetricFilter, CfnSubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { IConstruct } from 'constructs';
import { findingsDestinationOf } from './findings-destination';
import { LogMasking } from './log-masking';
import { logGroupOf } from '../core/hardening/functions/function-log-group';
import { WEB_REVISION } from '../core/hardening/functions/web-function';
import { logGroupsOfWebFunction } from '../core/hardening/functions/web-function-logs';
import { HardeningArea } from '../core/hardening/hardening-area';
import { HardeningSite } from '../core/hardening/hardening-site';
import { HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { valueStep } from '../core/hardening/steps/value-step';
import { DataKeyService, dataKeyFor, StackDataKey } from '../core/keys/stack-data-key';

const GROUP = { area: HardeningArea.LOG_GROUPS, type: 'AWS::Logs::LogGroup' } as const;

/** The class that services of AWS deliver to: one day, and no more settings. */
const isDelivery = (group: CfnLogGroup): boolean => group.logGroupClass === 'DELIVERY';

/** CloudWatch Logs encrypts what comes from now on, and decrypts for whoever may read the group: no reader needs a right on the key. */
const KEY = valueStep<CfnLogGroup>({
  ...GROUP,
  rule: 'LogCustomerKey',
  property: 'KmsKeyId',
  when: (group, site) => !isDelivery(group) && site.resolve(group, group.kmsKeyId) === undefined && site.controls(group).customerKeys
    && !keyless(site).has(group),
  read: () => undefined, // any key of the author's is one
  secure: () => 'the data key of the stack',
  write: (group) => {
    const key = dataKeyFor(group)!;
    StackDataKey.allowService(group, key, DataKeyService.LOGS);
    group.kmsKeyId = key.keyArn;
  },
  safe: () => true,
});

/**
 * CDK writes two years where its author said nothing: a group of CDK without a retention keeps entries for ever because somebody said so, but for
 * those that it makes for containers.
 */
const RETENTION: HardeningStep = {
  ...GROUP,
  rule: 'LogRetention',
  plan: (resource, site) => {
    const group = resource as CfnLogGroup;
    const owner = site.ownerOf(group);
    const isChosen = site.resolve(group, group.retentionInDays) === undefined && isGroupOfCdk(owner) && !isOfContainer(owner)
      && site.overrideOf(group, 'RetentionInDays') === undefined;
    if (!isChosen) return missingRetention.plan(group, site);
    if (isDelivery(group)) return [];
    return [{ standing: Standing.WEAKER, property: 'RetentionInDays', before: 'for ever', after: site.controls(group).logRetention }];
  },
};

const missingRetention = valueStep<CfnLogGroup>({
  ...GROUP,
  rule: 'LogRetention',
  property: 'RetentionInDays',
  when: (group) => !isDelivery(group),
  read: (group) => group.retentionInDays,
  secure: (group, site) => site.controls(group).logRetention,
  write: (group, days) => { group.retentionInDays = days; },
  safe: (days: number, group, site) => Number(days) >= site.controls(group).logRetention,
  attention: 'Entries that are older than this are deleted soon after the deployment. Export what must be kept longer before it, or set RetentionInDays.',
});

/** What hides values from readers hides them from filters too, so a group that feeds something is left to its author. */
const MASKING: HardeningStep = {
  ...GROUP,
  rule: 'LogMasking',
  plan: (resource, site) => {
    const group = resource as CfnLogGroup;
    const isStandard = group.logGroupClass === undefined || group.logGroupClass === 'STANDARD';
    const isSet = site.overrideOf(group, 'DataProtectionPolicy') !== undefined || site.resolve(group, group.dataProtectionPolicy) !== undefined;
    if (isSet || !isStandard || !site.controls(group).logMasking || !functionGroups(site).has(group)) return [];
    const plan = { property: 'DataProtectionPolicy', after: 'a policy that masks credentials and personal data' };
    if (fed(site).has(group)) {
      return [{ ...plan, standing: Standing.AUTHORS, advice: 'A filter of this app reads the group, and would read masked values. Set dataProtectionPolicy of the LogGroup if it can live with that.' }];
    }
    return [{
      ...plan,
      standing: Standing.MISSING,
      attention: 'Whoever reads the log sees asterisks in the place of credentials, card and account numbers and e-mail addresses, unless they have the right logs:Unmask.',
      apply: () => { group.dataProtectionPolicy = LogMasking.standard()._policyTo(findingsDestinationOf(group), group.stack); },
    }];
  },
};

/** Cognito delivers logs only into groups without a key. */
function keyless(site: HardeningSite): ReadonlySet<CfnResource> {
  return site.once('log groups of Cognito', () => new Set(site.resources('AWS::Cognito::LogDeliveryConfiguration')
    .flatMap((delivery) => site.targets(delivery, Reflect.get(delivery, 'logConfigurations')))));
}

/** Groups that hold what the author's own code writes. */
function functionGroups(site: HardeningSite): ReadonlySet<CfnResource | undefined> {
  return site.once('log groups of functions', () => new Set([
    ...site.resources('AWS::Lambda::Function').map((fn) => logGroupOf(fn as CfnFunction, site).group),
    ...site.resources(WEB_REVISION).flatMap((revision) => logGroupsOfWebFunction(revision, site)),
  ]));
}

function fed(site: HardeningSite): ReadonlySet<CfnResource> {
  return site.once('log groups with filters', () => new Set(
    [...site.resources('AWS::Logs::MetricFilter'), ...site.resources('AWS::Logs::SubscriptionFilter')]
      .flatMap((filter) => site.targets(filter, (filter as CfnMetricFilter | CfnSubscriptionFilter).logGroupName))));
}

/** A container of ECS, by the driver of its log. */
interface LoggingContainer {
  readonly props?: { readonly logging?: { readonly logGroup?: unknown; readonly props?: { readonly logRetention?: unknown } } };
}

/** Whether CDK made a group for a container whose author said nothing of how long it keeps its entries: CDK says for ever then. */
function isOfContainer(owner: IConstruct): boolean {
  const logging = (owner.node.scope as LoggingContainer | undefined)?.props?.logging;
  return logging?.logGroup === owner && logging.props !== undefined && logging.props.logRetention === undefined;
}

function isGroupOfCdk(owner: object): boolean {
  return typeof (owner as { readonly addStream?: unknown }).addStream === 'function';
}

/** What hardening does to log groups that exist already, whoever writes to them. */
export const LOG_GROUP_HARDENING: readonly HardeningStep[] = [KEY, RETENTION, MASKING];
