import {
  ACCESS_LOG_ATTRIBUTE, BALANCER_ATTRIBUTES, BALANCER_LISTENER, DELETION_ATTRIBUTE, DELIVERED_ACCESS_LOGS, HEADER_ATTRIBUTE, LOAD_BALANCER,
  LOGGED_PROTOCOL, STANDARD_BALANCER,
} from './balancer-baseline';
import { AppModel } from '../../model/resources/app-model';
import { valuesOfEntry } from '../../model/resources/named-entries';
import { Resource } from '../../model/resources/resource';
import { expectEach, notApplicable, Outcome, pass, Rule, Severity } from '../../model/rule';
import { isTrue, isUnresolved, textOf } from '../../model/values/values';

export const LOAD_BALANCER_LOGS: Rule = {
  id: 'LoadBalancerLogs',
  severity: Severity.LOW,
  appliesTo: [LOAD_BALANCER],
  title: 'A load balancer writes down nobody who asks',
  why: 'Who came, from where, for which path and with which answer cannot be found afterwards: neither an attack nor what it took.',
  fix: 'Set access_logs.s3.enabled and access_logs.s3.bucket (logAccessLogs), with a bucket that S3 encrypts with its own key and whose policy lets Elastic Load '
    + 'Balancing write. Network load balancers write down connections of TLS listeners alone, gateways none.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP ELB.5', 'CT.ELASTICLOADBALANCING.PR.6', 'cdk-nag AwsSolutions-ELB2', 'cdk-nag ELBLoggingEnabled', 'CKV_AWS_91'],
  check: (balancer, app) => (hasAccessLog(balancer, app) ? judge(balancer, ACCESS_LOG_ATTRIBUTE, app) : notApplicable()),
};

export const LOAD_BALANCER_HEADERS: Rule = {
  id: 'LoadBalancerHeaders',
  severity: Severity.LOW,
  appliesTo: [LOAD_BALANCER],
  title: 'A load balancer passes on headers that HTTP does not allow',
  why: 'What the load balancer and the service behind it read differently lets one request hide in another one: it gets past what was checked in front.',
  fix: 'Set routing.http.drop_invalid_header_fields.enabled (dropInvalidHeaderFields: true), once no client sends headers whose names hold anything but letters, '
    + 'digits and hyphens.',
  risks: ['no-front-line'],
  frameworks: ['FSBP ELB.4', 'CT.ELASTICLOADBALANCING.PR.4', 'cdk-nag ALBHttpDropInvalidHeaderEnabled', 'CKV_AWS_131'],
  check: (balancer, app) => (typesOf(balancer).includes(STANDARD_BALANCER) ? judge(balancer, HEADER_ATTRIBUTE, app) : notApplicable()),
};

export const LOAD_BALANCER_DELETION: Rule = {
  id: 'LoadBalancerDeletion',
  severity: Severity.LOW,
  control: 'retainData',
  appliesTo: [LOAD_BALANCER],
  title: 'One call deletes a load balancer',
  why: 'All that stands behind it is gone from the network at once, and the one that is made in its place has another address.',
  fix: 'Set deletion_protection.enabled (deletionProtection: true), once the load balancer is made: a stack cannot delete one that is protected.',
  risks: ['misconfiguration'],
  frameworks: ['FSBP ELB.6', 'CT.ELASTICLOADBALANCING.PR.5', 'cdk-nag ELBDeletionProtectionEnabled', 'CKV_AWS_150'],
  check: (balancer, app) => judge(balancer, DELETION_ATTRIBUTE, app),
};

function judge(balancer: Resource, attribute: string, app: AppModel): Outcome {
  if (attribute === ACCESS_LOG_ATTRIBUTE && deliveredLogs(app).has(balancer)) return pass();
  return expectEach(valuesOfEntry(balancer, BALANCER_ATTRIBUTES, 'Key', attribute), `Properties.${BALANCER_ATTRIBUTES}`, isTrue);
}

function typesOf(balancer: Resource): readonly (string | undefined)[] {
  return balancer.alternatives('Type').map((type) => (type === undefined || isUnresolved(type) ? STANDARD_BALANCER : textOf(type)));
}

function hasAccessLog(balancer: Resource, app: AppModel): boolean {
  const types = typesOf(balancer);
  return types.includes(STANDARD_BALANCER) || types.includes('network') && loggedListeners(app).has(balancer);
}

/** Balancers with a listener that is, or may be, one for TLS. */
function loggedListeners(app: AppModel): ReadonlySet<Resource | undefined> {
  return app.index('load balancers with listeners for TLS', () => new Set(app.ofType(BALANCER_LISTENER)
    .filter((listener) => listener.alternatives('Protocol').some((protocol) => isUnresolved(protocol) || textOf(protocol) === LOGGED_PROTOCOL))
    .map((listener) => app.target(listener.property('LoadBalancerArn')))));
}

/** Of which CloudWatch Logs delivers the access log. */
function deliveredLogs(app: AppModel): ReadonlySet<Resource | undefined> {
  return app.index('load balancers with delivered logs', () => new Set(app.ofType('AWS::Logs::DeliverySource')
    .filter((source) => DELIVERED_ACCESS_LOGS.includes(textOf(source.property('LogType')) ?? '')).map((source) => app.target(source.property('ResourceArn')))));
}

export const BALANCER_RULES: readonly Rule[] = [LOAD_BALANCER_DELETION, LOAD_BALANCER_HEADERS, LOAD_BALANCER_LOGS];
