import { ArnFormat, Names, Stack, Token } from 'aws-cdk-lib';
import { CfnEventBus, CfnRule, IEventBus, IRule } from 'aws-cdk-lib/aws-events';
import { RULE_NAME_MOST } from './event-bus-baseline';

/** The ARN of a bus from the name that CDK gives it, without a reference to it. Undefined where the name is known only at deployment. */
export function busArnByName(bus: IEventBus): string | undefined {
  const resourceName = busName(bus);
  return resourceName && Stack.of(bus).formatArn({ service: 'events', resource: 'event-bus', resourceName });
}

/** Gives a rule a name, and its ARN without a reference to it. Undefined where the name of its bus is known only at deployment. */
export function nameRule(rule: IRule, bus?: IEventBus): string | undefined {
  const path = bus === undefined ? [] : [busName(bus)];
  if (path.includes(undefined)) return undefined;
  const name = Names.uniqueResourceName(rule, { maxLength: RULE_NAME_MOST, separator: '-' });
  (rule.node.defaultChild as CfnRule).name = name;
  return Stack.of(rule).formatArn({ service: 'events', resource: 'rule', resourceName: [...path, name].join('/'), arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
}

/** The same for a rule that its author made, and named perhaps. */
export function ruleArnByName(rule: IRule): string | undefined {
  const resource = rule.node.defaultChild;
  if (resource === undefined || !CfnRule.isCfnRule(resource)) return undefined;
  const [name, bus]: unknown[] = [resource.name, resource.eventBusName].map((value) => Stack.of(rule).resolve(value));
  if (name === undefined && bus === undefined) return nameRule(rule);
  if (typeof name !== 'string' || !['string', 'undefined'].includes(typeof bus)) return undefined;
  return Stack.of(rule).formatArn({ service: 'events', resource: ['rule', ...bus === undefined ? [] : [bus], name].join('/') });
}

function busName(bus: IEventBus): string | undefined {
  const resource = bus.node.defaultChild;
  const name: unknown = resource !== undefined && CfnEventBus.isCfnEventBus(resource) ? Stack.of(bus).resolve(resource.name) : bus.eventBusName;
  return typeof name === 'string' && !Token.isUnresolved(name) ? name : undefined;
}
