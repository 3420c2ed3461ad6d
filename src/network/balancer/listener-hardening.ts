import { CfnResource } from 'aws-cdk-lib';
import { CfnListener } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { BALANCER_LISTENER, LOAD_BALANCER, OLD_TLS_POLICY, SECURE_TLS_POLICY, STANDARD_BALANCER, TLS_PROTOCOLS } from './balancer-baseline';
import { BALANCER_AUTH, BALANCER_PLAIN_TEXT, BALANCER_TLS_POLICY, BALANCER_WEB_ACL } from './listener-rules';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { settingOf } from '../../core/hardening/setting-of';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';

const LISTENER = { area: HardeningArea.NETWORKS, type: BALANCER_LISTENER } as const;

const TLS = valueStep<CfnListener>({
  ...LISTENER,
  rule: BALANCER_TLS_POLICY.id,
  property: 'SslPolicy',
  when: (listener, site) => TLS_PROTOCOLS.includes(site.resolve(listener, settingOf(listener, 'Protocol', site)) as string),
  read: ({ sslPolicy }) => sslPolicy,
  secure: () => SECURE_TLS_POLICY,
  safe: (policy: string) => !OLD_TLS_POLICY.test(policy),
  unsafe: (policy: string) => OLD_TLS_POLICY.test(policy),
  write: (listener, policy) => { listener.sslPolicy = policy; },
  attention: 'Clients that speak nothing newer than TLS 1.1, or know no cipher with forward secrecy, cannot connect any more. The access log of the load balancer tells what each speaks.',
});

/** A listener that redirects needs one for HTTPS to redirect to, with a certificate that only the author has. */
const PLAIN_TEXT = proposalStep<CfnResource>({
  ...LISTENER,
  rule: BALANCER_PLAIN_TEXT.id,
  property: 'Protocol',
  read: (listener, site) => settingOf(listener, 'Protocol', site),
  when: (listener, site) => site.resolve(listener, settingOf(listener, 'Protocol', site)) === 'HTTP' && actionsOf(listener, site).includes('forward') && isOpen(listener, site),
  after: 'HTTPS, and a redirect to it from HTTP',
  advice: 'Give the load balancer a listener for HTTPS with a certificate of AWS Certificate Manager, and let this one redirect (ListenerAction.redirect, redirectHTTP: true): '
    + 'what it hands on is read and changed by whoever sits on the way.',
});

const AUTH = proposalStep<CfnResource>({
  ...LISTENER,
  rule: BALANCER_AUTH.id,
  property: 'DefaultActions',
  when: (listener, site) => isForFunctions(listener, site) && isOpen(listener, site) && !isAsked(listener, site),
  after: 'an action that asks who calls, before the forward',
  advice: 'Nobody is asked before the function runs. Put AuthenticateCognitoAction or ListenerAction.authenticateOidc before the forward for browsers, ListenerAction.authenticateJwt for '
    + 'services, or let the listener verify client certificates. Where the code asks, acknowledge the finding and say so.',
});

/** Which bodies a site takes, and whether a distribution stands before it whose addresses a limit would stop, only its author knows. */
const WEB_ACL = proposalStep<CfnResource>({
  area: HardeningArea.NETWORKS,
  type: LOAD_BALANCER,
  rule: BALANCER_WEB_ACL.id,
  property: 'a web ACL',
  when: (balancer, site) => site.controls(balancer).webAcl && isStandard(balancer, site) && !isInternal(balancer, site) && !isGuarded(balancer, site),
  after: 'a web ACL on the load balancer',
  advice: 'Associate a regional web ACL with the load balancer (SecureWebAcl has protect()). Let the rules that look at bodies count first where it takes uploads. Behind a distribution '
    + 'with a web ACL, close the direct way instead: the prefix list of CloudFront in the security group, or an internal load balancer with a VpcOrigin.',
});

/** What hardening does to listeners of load balancers, and says of who may call them. */
export const LISTENER_HARDENING: readonly HardeningStep[] = [TLS, ...[PLAIN_TEXT, AUTH, WEB_ACL].map((step) => ({ ...step, readsByName: true }))];

/** The types of the actions of a listener; none where only the deployment knows. */
function actionsOf(listener: CfnResource, site: HardeningSite): readonly unknown[] {
  const actions: unknown = site.resolve(listener, settingOf(listener, 'DefaultActions', site));
  return (Array.isArray(actions) ? actions as readonly { readonly [field: string]: unknown }[] : []).map((action) => action?.type ?? action?.Type);
}

function isAsked(listener: CfnResource, site: HardeningSite): boolean {
  return actionsOf(listener, site).some((type) => typeof type === 'string' && /^(?:authenticate-|jwt-validation$)/.test(type))
    || site.resolve(listener, settingOf(listener, 'MutualAuthentication.Mode', site)) !== undefined;
}

function isForFunctions(listener: CfnResource, site: HardeningSite): boolean {
  return site.targets(listener, settingOf(listener, 'DefaultActions', site))
    .some((group) => group.cfnResourceType === 'AWS::ElasticLoadBalancingV2::TargetGroup' && site.resolve(group, settingOf(group, 'TargetType', site)) === 'lambda');
}

/** Whether the load balancer of a listener is one of the app for HTTP on the internet. */
function isOpen(listener: CfnResource, site: HardeningSite): boolean {
  return site.targets(listener, settingOf(listener, 'LoadBalancerArn', site))
    .some((balancer) => balancer.cfnResourceType === LOAD_BALANCER && isStandard(balancer, site) && !isInternal(balancer, site));
}

function isStandard(balancer: CfnResource, site: HardeningSite): boolean {
  return (site.resolve(balancer, settingOf(balancer, 'Type', site)) ?? STANDARD_BALANCER) === STANDARD_BALANCER;
}

/** One of which only the deployment knows is taken for internal: nothing is said of it. */
function isInternal(balancer: CfnResource, site: HardeningSite): boolean {
  const scheme: unknown = site.resolve(balancer, settingOf(balancer, 'Scheme', site));
  return scheme === 'internal' || isIntrinsic(scheme);
}

function isGuarded(balancer: CfnResource, site: HardeningSite): boolean {
  return site.resources('AWS::WAFv2::WebACLAssociation').some((association) => site.targets(association, settingOf(association, 'ResourceArn', site)).includes(balancer));
}
