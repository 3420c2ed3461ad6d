import { CfnDomain as CfnOldDomain } from 'aws-cdk-lib/aws-elasticsearch';
import { CfnDomain } from 'aws-cdk-lib/aws-opensearchservice';
import { Construct } from 'constructs';
import { AUDIT_LOG, ERROR_LOG, OLD_DEFAULT_VERSION, OLD_SEARCH_DOMAIN, OLD_VERSION, SEARCH_DOMAIN, SLOW_LOGS } from './search-baseline';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { stackPart } from '../../core/hardening/stack-part';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { conditionOf, shareCondition } from '../../core/values/resource-condition';
import { LOG_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { hardenedLogGroup } from '../../logging/hardened-log-group';
import { allowServiceToLog } from '../../logging/service-log-policy';
import { DATABASE_LOGS } from '../cluster/cluster-rules';

type Domain = CfnDomain | CfnOldDomain;

interface Publishing {
  readonly Enabled?: unknown;
  readonly enabled?: unknown;
}

const AREA = { area: HardeningArea.DATABASES, rule: DATABASE_LOGS.id } as const;

/** The parts of a domain that hardening adds, by log. */
const PARTS: { readonly [log: string]: string } = { ES_APPLICATION_LOGS: 'ErrorLogs', INDEX_SLOW_LOGS: 'IndexSlowLogs', SEARCH_SLOW_LOGS: 'SearchSlowLogs' };

const SLOW = 'OpenSearch writes it only for indices that are given a threshold (index.search.slowlog.threshold, index.indexing.slowlog.threshold), and what was searched and '
  + 'written stands in it.';

/**
 * Nothing is published that was not switched on: the log of errors, and slow requests once an index has a threshold. OpenSearch Service makes no new nodes for it.
 * @see https://docs.aws.amazon.com/opensearch-service/latest/developerguide/createdomain-configure-slow-logs.html
 */
const publishing = (type: string) => [ERROR_LOG, ...SLOW_LOGS].map((log) => valueStep<Domain>({
  ...AREA,
  type,
  property: `LogPublishingOptions.${log}`,
  when: (domain, site) => log !== ERROR_LOG || !isOld(domain, site),
  read: (domain, site) => fieldOf(site, domain, domain.logPublishingOptions, log),
  secure: () => 'published to an encrypted log group',
  safe: (option: Publishing, domain, site) => {
    const enabled = option.Enabled ?? site.resolve(domain, option.enabled);
    return isIntrinsic(enabled) ? undefined : enabled === true;
  },
  write: (domain, _words, site) => publish(domain, log, site),
  attention: log === ERROR_LOG ? undefined : SLOW,
  adds: 3,
}));

/** Beside the domain, which waits for the policy and thereby for its groups: what stands below it would wait with it. */
function publish(domain: Domain, log: string, site: HardeningSite): void {
  const { stack } = domain;
  const { logGroupArn } = hardenedLogGroup(site, domain, PARTS[log]);
  const isConditional = conditionOf(domain) !== undefined;
  const writers = isConditional ? stackPart(site, domain, 'SearchLogs', (scope, id) => new Construct(scope, id)) : stack;
  const policy = allowServiceToLog(writers, {
    service: 'es.amazonaws.com',
    actions: LOG_WRITE_ACTIONS,
    logGroupArn,
    conditions: {
      StringEquals: { 'aws:SourceAccount': stack.account },
      ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'es', resource: 'domain', resourceName: '*' }) },
    },
  });
  if (isConditional) shareCondition(domain, policy);
  domain.node.addDependency(policy);
  domain.logPublishingOptions = withFields(domain.logPublishingOptions, () => ({ [log]: { cloudWatchLogsLogGroupArn: logGroupArn, enabled: true } }));
}

function isOld(domain: Domain, site: HardeningSite): boolean {
  const isOldType = domain.cfnResourceType === OLD_SEARCH_DOMAIN;
  const version = site.resolve(domain, isOldType ? (domain as CfnOldDomain).elasticsearchVersion : (domain as CfnDomain).engineVersion);
  return OLD_VERSION.test(String(version ?? (isOldType ? OLD_DEFAULT_VERSION : '')));
}

/** OpenSearch Service makes new nodes for it, and takes it for domains alone that know who asks. */
const audit = (type: string) => proposalStep<Domain>({
  ...AREA,
  type,
  property: `LogPublishingOptions.${AUDIT_LOG}`,
  when: (domain, site) => fieldOf(site, domain, domain.advancedSecurityOptions, 'enabled') === true
    && site.overrideOf(domain, `LogPublishingOptions.${AUDIT_LOG}`) === undefined
    && fieldOf(site, domain, domain.logPublishingOptions, AUDIT_LOG) === undefined,
  after: 'published to an encrypted log group',
  advice: 'Set logging: { auditLogEnabled: true }, when little is asked, and switch the audit log on in the Dashboards: OpenSearch Service makes new nodes for it '
    + '(a blue/green deployment, of hours).',
});

/** What hardening does about the logs of search domains. */
export const SEARCH_LOG_HARDENING: readonly HardeningStep[] = [OLD_SEARCH_DOMAIN, SEARCH_DOMAIN]
  .flatMap((type) => [...publishing(type), audit(type)]);
