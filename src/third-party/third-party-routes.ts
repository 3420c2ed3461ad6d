import { ArnFormat, Stack } from 'aws-cdk-lib';
import { ApiDestination, Connection, EventBus, EventPattern, HttpMethod, Rule, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { Construct } from 'constructs';
import { watchRoute } from './third-party-alarms';
import { ThirdPartyRouteOptions } from './third-party-api-props';
import { CALL_ACTIONS, RATE_LIMIT } from './third-party-baseline';
import { checkRoute, joined } from './third-party-checks';
import { allow, sourceConditions } from '../iam/exact-access';
import { ServiceRole } from '../iam/service-role';
import { ROUTE_DELIVERY } from '../messaging/event-bus/event-bus-baseline';
import { checkEventPattern } from '../messaging/event-bus/event-pattern-check';
import { StackDeadLetterQueue } from '../messaging/stack-dead-letter-queue';

const EVENTS = 'events.amazonaws.com';

/** Judges a route before anything is made for it. */
export function checkThirdPartyRoute(scope: Construct, url: string, pattern: EventPattern, options: ThirdPartyRouteOptions): void {
  checkEventPattern(scope, pattern);
  checkRoute(scope, url, options);
}

/** A rule that sends what matches to a third party, in a role of its own that can do nothing else, and what it does not take to the dead-letter queue. */
export function routeToThirdParty(
  scope: Construct, id: string, bus: EventBus, eventPattern: EventPattern, url: string, connection: Connection, options: ThirdPartyRouteOptions,
): Rule {
  const { path, method = HttpMethod.POST, rateLimit = RATE_LIMIT.default } = options;
  const destination = new ApiDestination(scope, `${id}Destination`, { connection, endpoint: joined(url, path), httpMethod: method, rateLimitPerSecond: rateLimit });
  const rule = new Rule(scope, id, { eventBus: bus, eventPattern, enabled: true });
  const role = new ServiceRole(rule, 'Role', { service: EVENTS, description: `Runs ${rule.node.path}`, trustConditions: sourceConditions(rule, rulesOf(rule, bus)) });
  allow(rule, { grantee: role, actions: CALL_ACTIONS, resources: [destination.apiDestinationArn] });
  const deadLetters = StackDeadLetterQueue.allowDeadLetters(rule, EVENTS, rule.ruleArn);
  rule.addTarget({
    bind: () => ({
      arn: destination.apiDestinationArn,
      role,
      input: options.input ?? RuleTargetInput.fromEventPath('$.detail'),
      deadLetterConfig: { arn: deadLetters.queueArn },
      retryPolicy: {
        maximumRetryAttempts: options.retryAttempts ?? ROUTE_DELIVERY.retries.default,
        maximumEventAgeInSeconds: options.maxEventAge?.toSeconds() ?? ROUTE_DELIVERY.eventAge.default,
      },
    }),
  });
  watchRoute(rule, bus.eventBusName, options.alarms);
  return rule;
}

/** The role stands before the rule, so that its trust cannot name it: it names the rules of this bus, in this account and region. */
function rulesOf(rule: Rule, bus: EventBus): string {
  return Stack.of(rule).formatArn({ service: 'events', resource: 'rule', resourceName: `${bus.eventBusName}/*`, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}
