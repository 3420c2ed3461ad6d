import { Resource } from '../../model/resources/resource';
import { WEB_FUNCTION_ENDPOINT } from '../../model/resources/web-functions';
import { expectProperty, fail, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { isUnresolved } from '../../model/values/values';

export const WEB_FUNCTION_AUTH: Rule = {
  id: 'WebFunctionAuth',
  severity: Severity.HIGH,
  appliesTo: [WEB_FUNCTION_ENDPOINT],
  title: 'An endpoint of a web function answers callers that did not authenticate',
  why: 'Lambda hands every request to the code, and one page that forgets to ask who calls is open to the Internet, with all rights of the role. '
    + 'No web ACL and no API stands in front.',
  fix: 'Set AuthType to IamAuth (defaultEndpointAuth: WebFunctionAuthType.IAM_AUTH) and let a signer call, such as a distribution of CloudFront. '
    + 'If the code itself logs people in, accept the finding with that as the reason.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: (endpoint) => expectProperty(endpoint, 'AuthType', (type) => type === 'IamAuth'),
};

export const WEB_FUNCTION_LIMITS: Rule = {
  id: 'WebFunctionLimits',
  severity: Severity.LOW,
  appliesTo: [WEB_FUNCTION_ENDPOINT],
  title: 'Nothing bounds what callers of a web function run',
  why: 'Only the quotas of the account end a flood: it takes the capacity from all other web functions of the region, and it is paid for.',
  fix: 'Set ThrottleConfig.RateLimit (rateLimit, requests in a second) or ScalingConfig.MaxEnvironments (maxEnvironments) of the endpoint.',
  risks: ['runaway-use', 'no-front-line'],
  frameworks: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  check: judgeLimits,
};

/** One of the two is enough: each of them ends a flood. */
function judgeLimits(endpoint: Resource): RuleResult {
  const limits = [endpoint.alternatives('ThrottleConfig.RateLimit'), endpoint.alternatives('ScalingConfig.MaxEnvironments')];
  if (limits.some((options) => options.every((limit) => !isUnresolved(limit) && limit !== undefined && limit !== null))) return pass();
  return limits.some((options) => options.some(isUnresolved)) ? unresolved('Properties.ThrottleConfig') : fail('Properties.ThrottleConfig');
}

export const WEB_FUNCTION_RULES: readonly Rule[] = [WEB_FUNCTION_AUTH, WEB_FUNCTION_LIMITS];
