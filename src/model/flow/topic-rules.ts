import { Resource } from '../resources/resource';
import { alternatives, isTrue, isUnresolved, textOf } from '../values/values';

export const TOPIC_RULE = 'AWS::IoT::TopicRule';

/** Topics on which clients may only listen: AWS itself says there what happened (https://docs.aws.amazon.com/iot/latest/developerguide/reserved-topics.html). */
const SAID_BY_AWS = /^\$aws\/(events|sitewise)\//;

/** The topics that a rule listens to; undefined for what only the deployment knows. */
export function filtersOf(rule: Resource): readonly (string | undefined)[] {
  return alternatives(rule.property('TopicRulePayload.Sql')).map((sql) => (
    isUnresolved(sql) ? undefined : /\bFROM\s+(['"])(.*?)\1/i.exec(textOf(sql) ?? '')?.[2])).filter((filter, _, all) => filter !== undefined || all.length === 1);
}

/** Whether things can make a rule act. One without FROM takes what is sent to it by its name (Basic Ingest). */
export function hearsThings(rule: Resource): boolean {
  return !rule.alternatives('TopicRulePayload.RuleDisabled').every(isTrue) && filtersOf(rule).some((filter) => filter === undefined || !SAID_BY_AWS.test(filter));
}
