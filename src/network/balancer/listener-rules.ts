import { OLD_TLS_POLICY, TLS_PROTOCOLS } from './balancer-baseline';
import { Forward, forwardAt, forwardsOf, LISTENER, LISTENER_RULE, LOAD_BALANCER, readsRequests } from '../../model/entries/balancer-forwards';
import { Reach, reachOf } from '../../model/entries/load-balancers';
import { isAuthenticated } from '../../model/entries/route';
import { hasWebAclOn } from '../../model/entries/web-acl';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { isUnresolved, textOf } from '../../model/values/values';

export const BALANCER_WEB_ACL: Rule = {
  id: 'BalancerWebAcl',
  severity: Severity.MEDIUM,
  control: 'webAcl',
  appliesTo: [LOAD_BALANCER],
  title: 'The internet reaches a load balancer with no web ACL in front of it',
  why: 'Known attack patterns, hostile addresses and floods reach the functions, containers or servers behind it: a load balancer hands on whatever arrives.',
  fix: 'Associate a regional web ACL (AWS::WAFv2::WebACLAssociation; SecureWebAcl makes one) with the load balancer. Behind a distribution that has one, let the security group let in '
    + 'the prefix list of CloudFront alone, or make the load balancer internal and the origin one of the network (VpcOrigin).',
  risks: ['no-front-line', 'attack-surface'],
  frameworks: ['FSBP ELB.16', 'cdk-nag ALBWAFEnabled', 'CKV2_AWS_28', 'OWASP Serverless S1', 'CSA SAS-08'],
  check: judgeWebAcl,
};

export const BALANCER_AUTH: Rule = {
  id: 'BalancerAuth',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [LISTENER, LISTENER_RULE],
  title: 'A load balancer hands requests to a function, and nobody asks who calls',
  why: 'Anybody on the internet can run the function. What its code forgets to ask on one path, nothing asks in front of it.',
  fix: 'Ask before the forward: authenticate-cognito or authenticate-oidc for browsers, jwt-validation for services (ListenerAction.authenticateJwt), or mutual TLS with mode verify. '
    + 'Where the code asks, acknowledge the finding at the listener or the rule, and say so.',
  risks: ['broken-authentication', 'single-layer', 'attack-surface'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: (resource, app) => {
    const forward = forwardAt(resource, app);
    if (forward === undefined || forward.functions.length === 0 || forward.narrowed) return notApplicable();
    const reach = reachOfForward(forward, app);
    if (reach === Reach.NETWORK) return notApplicable();
    const answer = isAuthenticated(forward);
    if (answer === true) return pass();
    return answer === false && reach !== Reach.UNKNOWN ? fail(forward.location) : unresolved(forward.location);
  },
};

export const BALANCER_PLAIN_TEXT: Rule = {
  id: 'BalancerPlainText',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [LISTENER, LISTENER_RULE],
  title: 'A load balancer on the internet answers without encryption',
  why: 'Whoever sits between a caller and the load balancer, in the same wireless network for instance, reads tokens and data, and changes what comes back.',
  fix: 'Let the listener for HTTP redirect to HTTPS, and forward in one for HTTPS with a certificate (redirectHTTP: true and certificate of ApplicationLoadBalancedFargateService).',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP ELB.1', 'CT.ELASTICLOADBALANCING.PR.1', 'cdk-nag ALBHttpToHttpsRedirection', 'CKV_AWS_2', 'OWASP Serverless S3'],
  check: judgePlainText,
};

export const BALANCER_TLS_POLICY: Rule = {
  id: 'BalancerTlsPolicy',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [LISTENER],
  title: 'A load balancer takes connections with outdated TLS',
  why: 'TLS 1.0 and 1.1 have known weaknesses: somebody on the way can read or change what is sent. Listeners that CloudFormation and CDK make take them unless told otherwise.',
  fix: 'Set SslPolicy to ELBSecurityPolicy-TLS13-1-2-2021-06 (sslPolicy: SslPolicy.RECOMMENDED_TLS) or a newer one.',
  risks: ['misconfiguration', 'data-exposure'],
  frameworks: ['FSBP ELB.17', 'CKV_AWS_103', 'OWASP Serverless S3'],
  check: judgeTls,
};

/** What only distributions of the app call is judged with these. One of which the app shows no listener is judged too: others add theirs. */
function judgeWebAcl(balancer: Resource, app: AppModel): Outcome {
  if (!readsRequests(balancer) || isSeenToKeepAll(balancer, app)) return notApplicable();
  const reach = reachOf(balancer, app);
  if (reach === Reach.NETWORK || reach === Reach.EDGE) return notApplicable();
  const answer = hasWebAclOn(balancer, app);
  if (answer === true) return pass();
  return answer === false && reach === Reach.INTERNET ? fail('Properties') : unresolved('Properties');
}

/** Whether its listeners are in the app, and hand nothing on: they redirect, or answer by themselves. */
function isSeenToKeepAll(balancer: Resource, app: AppModel): boolean {
  const known = app.index('load balancers with listeners', () => new Set(app.ofType(LISTENER).map((listener) => app.target(listener.property('LoadBalancerArn')))));
  return known.has(balancer) && forwardsOf(balancer, app).length === 0;
}

/** What CloudFront asks in plain text is judged with its distribution, and listeners of another app are judged there. A redirect is safe, whoever asks. */
function judgePlainText(resource: Resource, app: AppModel): Outcome {
  const forward = forwardAt(resource, app);
  if (forward === undefined) return pass();
  if (forward.listener === undefined || forward.balancer !== undefined && !readsRequests(forward.balancer)) return notApplicable();
  const reach = reachOfForward(forward, app);
  if (reach === Reach.NETWORK || reach === Reach.EDGE) return notApplicable();
  const location = resource.type === LISTENER ? 'Properties.Protocol' : forward.location;
  const answer = expectEach(forward.listener.alternatives('Protocol'), location, (protocol) => textOf(protocol) !== 'HTTP');
  return answer.kind === 'fail' && reach === Reach.UNKNOWN ? unresolved(location) : answer;
}

function reachOfForward({ balancer }: Forward, app: AppModel): Reach {
  return balancer === undefined ? Reach.UNKNOWN : reachOf(balancer, app);
}

/** Left out, the policy is one that takes TLS 1.0. */
function judgeTls(listener: Resource): Outcome {
  const protocols = listener.alternatives('Protocol');
  if (!protocols.some((protocol) => isUnresolved(protocol) || TLS_PROTOCOLS.some((one) => one === textOf(protocol)))) return notApplicable();
  const answer = expectEach(listener.alternatives('SslPolicy').map((policy) => (isUnresolved(policy) ? policy : textOf(policy))), 'Properties.SslPolicy',
    (policy) => typeof policy === 'string' && !OLD_TLS_POLICY.test(policy));
  return answer.kind === 'fail' && protocols.every(isUnresolved) ? unresolved('Properties.SslPolicy') : answer;
}

export const LISTENER_RULES: readonly Rule[] = [BALANCER_AUTH, BALANCER_PLAIN_TEXT, BALANCER_TLS_POLICY, BALANCER_WEB_ACL];
