import { CfnResource } from 'aws-cdk-lib';
import { WEB_ENDPOINT, WEB_REVISION } from '../../core/hardening/functions/web-function';
import { groupBesideOf, webFunctionLogsOf } from '../../core/hardening/functions/web-function-logs';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { secretAdvice } from '../../core/hardening/secret-advice';
import { settingOf } from '../../core/hardening/setting-of';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { ProposalStep, proposalStep } from '../../core/hardening/steps/proposal-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { findSecret } from '../../core/secrets/secret-findings';
import { flattenReference } from '../../core/values/flatten-reference';

const AREA = HardeningArea.FUNCTIONS;
const VARIABLES = 'ServiceConfig.EnvironmentVariables';
const LOG_GROUP = 'ServiceConfig.TelemetryConfig.LoggingConfig.LogGroup';

/** A revision never changes: whatever is set on it makes a new one, so that nothing of it is set here. */
const NEW_REVISION = 'The change makes a new revision, which takes the traffic as soon as the endpoint names it.';

const AUTH = endpointProposal({
  rule: 'WebFunctionAuth',
  property: 'AuthType',
  when: (endpoint, site) => authOf(endpoint, site) === 'ApplicationManaged',
  read: authOf,
  after: 'IamAuth',
  advice: 'Everybody can call this web function, and reaches all that its code does not guard. If the callers are AWS identities, set AuthType to IamAuth, and give them '
    + 'lambda:InvokeWebFunctionEndpoint: their requests must be signed, and carry the hash of the body. If they are browsers, let a distribution of CloudFront sign for them '
    + '(origin access control), with a web ACL in front.',
});

/** Each of the two ends a flood, and what is known only at deployment is one. */
const LIMITS = endpointProposal({
  rule: 'WebFunctionLimits',
  property: 'ThrottleConfig.RateLimit',
  when: (endpoint, site) => ['ThrottleConfig.RateLimit', 'ScalingConfig.MaxEnvironments'].every((path) => settingOf(endpoint, path, site) === undefined),
  after: 'a rate, or the most environments',
  advice: 'Only the quotas of the account bound what callers make this web function cost. Set rateLimit to the requests in a second that it has at its busiest, in the steps that the '
    + 'region takes (hundreds to 1000, thousands to 10000), or maxEnvironments (2 or more): whoever comes above it is refused.',
});

/** The key protects the code too, but the rule asks for it where there are variables. */
const KEY = revisionProposal({
  rule: 'FunctionEnvironmentKey',
  property: 'KmsKeyArn',
  when: (revision, site) => (
    site.controls(revision).customerKeys && Object.keys(variablesOf(revision, site)).length > 0 && settingOf(revision, 'KmsKeyArn', site) === undefined),
  after: 'a key of your own',
  advice: 'Pass a key as kmsKey. Without the construct, let lambda.amazonaws.com use it in its policy first (kms:Decrypt, kms:GenerateDataKey and kms:DescribeKey, for the revisions '
    + `of web functions of this account), or no revision is made. ${NEW_REVISION}`,
});

const SECRETS: HardeningStep = {
  area: AREA,
  type: WEB_REVISION,
  rule: 'EnvironmentSecret',
  readsByName: true,
  plan: (revision, site) => Object.entries(variablesOf(revision, site)).flatMap(([name, value]): HardeningPlan[] => {
    const kind = typeof value === 'string' ? findSecret(name, flattenReference(value)) : undefined;
    return kind === undefined ? [] : [{
      standing: Standing.AUTHORS,
      property: `${VARIABLES}.${name}`,
      after: 'the ARN of a secret in Secrets Manager',
      advice: secretAdvice(kind, 'let the web function read it there'),
    }];
  }),
};

const OWN_GROUP = revisionProposal({
  rule: 'FunctionLogGroup',
  property: LOG_GROUP,
  when: (revision, site) => settingOf(revision, LOG_GROUP, site) === undefined && webFunctionLogsOf(revision, site)?.[0].madeByLambda === true,
  after: 'a log group of its own',
  advice: `Declare a LogGroup, and name it here (logGroup): the one that Lambda makes, /aws/lambda/web/<name>, has no key, no end and no masking. ${NEW_REVISION}`,
});

/** What Lambda copies into the group of the web function stays in the groups from which it comes. */
const GROUPS_BESIDE = revisionProposal({
  rule: 'LogRetention',
  property: 'the log groups whose names end with .local',
  when: (revision, site) => groupBesideOf(revision, site) === undefined,
  after: 'a retention, a key and masking',
  advice: 'Before Lambda brings the lines of all regions together, it writes them into a group in each region, which has the name of the log group with .local at its end. It makes '
    + 'these groups with the first request, without key and masking, and takes nothing out of them: set what the log group has on them too, in each region with an endpoint.',
});

/** What hardening says of web functions: nothing is set on them. */
export const WEB_FUNCTION_HARDENING: readonly HardeningStep[] = [AUTH, LIMITS, KEY, SECRETS, OWN_GROUP, GROUPS_BESIDE];

type Proposal = Omit<ProposalStep<CfnResource>, 'area' | 'type'>;

function endpointProposal(proposal: Proposal): HardeningStep {
  return { ...proposalStep({ ...proposal, area: AREA, type: WEB_ENDPOINT }), readsByName: true };
}

function revisionProposal(proposal: Proposal): HardeningStep {
  return { ...proposalStep({ ...proposal, area: AREA, type: WEB_REVISION }), readsByName: true };
}

function authOf(endpoint: CfnResource, site: HardeningSite): unknown {
  return site.resolve(endpoint, settingOf(endpoint, 'AuthType', site));
}

/** The variables by name; none where they are known only at deployment as a whole. */
function variablesOf(revision: CfnResource, site: HardeningSite): { readonly [name: string]: unknown } {
  const variables = site.resolve(revision, settingOf(revision, VARIABLES, site));
  return typeof variables !== 'object' || variables === null || isIntrinsic(variables) ? {} : variables as { readonly [name: string]: unknown };
}
