import { Resource } from '../../model/resources/resource';
import { expectEach, expectProperty, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../../model/rule';
import { parsedJson } from '../../model/values/json-text';
import { alternatives, at, elements, entries, isList, isRecord, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';

const RULE = 'AWS::Events::Rule';
const BUS = 'AWS::Events::EventBus';
/** EventBridge has had a second kind of bus since aws-cdk-lib 2.276: subscribers stand in the place of rules and their targets. */
const NEWER_BUS = 'AWS::EventsV2::EventBus';
const SUBSCRIBER = 'AWS::EventsV2::Subscriber';
const ARCHIVE = 'AWS::Events::Archive';

/** Operators whose value, if it is not empty, names sources. */
const NAMING_OPERATORS = new Set(['equals-ignore-case', 'prefix', 'suffix', 'wildcard']);

export const EVENT_PATTERN_SOURCE: Rule = {
  id: 'EventPatternSource',
  severity: Severity.LOW,
  appliesTo: [RULE],
  title: 'A rule acts on the events of publishers that nobody named',
  why: 'Whoever may send events to the bus drives the target: an event that looks right is enough, whatever service or account it comes from.',
  fix: 'Name the sources in the pattern: { "source": ["shop.orders"], "detail-type": ["OrderPlaced"] }. SecureEventBus refuses patterns without.',
  risks: ['attack-surface', 'broken-authentication'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-02', 'CSA SAS-09'],
  check: (rule) => {
    const patterns = alternatives(parsedJson(rule.property('EventPattern'))).filter((pattern) => pattern !== undefined);
    return patterns.map((pattern) => (isUnresolved(pattern) ? unresolved('Properties.EventPattern') : judgePattern(pattern, rule)));
  },
};

export const RULE_DEAD_LETTER: Rule = {
  id: 'RuleDeadLetter',
  severity: Severity.LOW,
  appliesTo: [RULE, SUBSCRIBER],
  title: 'A rule, or a subscriber of a bus, loses events that it cannot deliver',
  why: 'When the target is gone, throttled or refuses, EventBridge drops the event after its retries, and nobody ever sees it again.',
  fix: 'Set DeadLetterConfig.Arn of each target to a queue (deadLetterQueue of the target), of a subscriber OnFailureConfiguration.Arn. SecureEventBus does.',
  risks: ['unseen-attack'],
  frameworks: ['cdk-nag Serverless-EventBusDLQ', 'CSA SAS-05'],
  findingForm: 'Id of the target; none for a subscriber',
  check: (rule) => (rule.type === SUBSCRIBER ? expectProperty(rule, 'OnFailureConfiguration.Arn', isGiven) : rule.items('Targets').map((target, index) => (
    expectEach(alternatives(at(at(target, 'DeadLetterConfig'), 'Arn')), `Properties.Targets.${index}.DeadLetterConfig.Arn`, isGiven, targetId(target))))),
};

export const RULE_WITHOUT_TARGET: Rule = {
  id: 'RuleWithoutTarget',
  severity: Severity.LOW,
  appliesTo: [RULE],
  title: 'A rule of EventBridge has no target',
  why: 'It looks as if something reacts to these events, an alarm on an attack perhaps, and nothing does.',
  fix: 'Add the target, or remove the rule.',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['OWASP Serverless S6', 'CSA SAS-11'],
  check: (rule) => {
    const targets = rule.property('Targets');
    if (isUnresolved(targets)) return unresolved('Properties.Targets');
    return rule.items('Targets').length > 0 ? pass() : fail('Properties.Targets');
  },
};

export const EVENT_BUS_KEY: Rule = {
  id: 'EventBusKey',
  severity: Severity.INFO,
  severityIn: { regulated: Severity.LOW },
  control: 'customerKeys',
  appliesTo: [BUS, NEWER_BUS, ARCHIVE],
  title: 'The events of a bus or an archive are not encrypted with a key of your own',
  why: 'Events lie under a key that AWS owns while they wait for delivery, and for as long as an archive keeps them: nobody can withdraw it, or see who used it.',
  fix: 'Set KmsKeyIdentifier to a customer-managed key. SecureEventBus uses the key of the stack.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['OWASP Serverless S3'],
  check: (resource) => expectProperty(resource, resource.type === NEWER_BUS ? 'EncryptionConfiguration.KmsKeyIdentifier' : 'KmsKeyIdentifier', isGiven),
};

export const BUS_DEAD_LETTER: Rule = {
  id: 'BusDeadLetter',
  severity: Severity.INFO,
  appliesTo: [BUS],
  title: 'A bus with a key of its own loses events when it cannot use the key',
  why: 'After a mistake in the policy of the key the bus drops each event, without a trace.',
  fix: 'Set DeadLetterConfig.Arn of the bus to a queue. SecureEventBus does.',
  risks: ['unseen-attack'],
  frameworks: ['cdk-nag Serverless-EventBusDLQ', 'CSA SAS-05'],
  check: (bus) => {
    if (!bus.alternatives('KmsKeyIdentifier').some(isGiven)) return notApplicable();
    return expectProperty(bus, 'DeadLetterConfig.Arn', isGiven);
  },
};

export const EVENT_ARCHIVE_RETENTION: Rule = {
  id: 'EventArchiveRetention',
  severity: Severity.INFO,
  appliesTo: [ARCHIVE],
  title: 'An archive keeps events for ever',
  why: 'Personal data in old events stays for somebody to find, long after the law and the customer wanted it gone.',
  fix: 'Set RetentionDays to the number of days for which a replay makes sense.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-11'],
  check: (archive) => expectProperty(archive, 'RetentionDays', (days) => (numberOf(days) ?? 0) > 0),
};

export const EVENT_ENDPOINT_REPLICATION: Rule = {
  id: 'EventEndpointReplication',
  severity: Severity.LOW,
  appliesTo: ['AWS::Events::Endpoint'],
  title: 'A global endpoint does not replicate its events',
  why: 'When the first region fails, the second has none of the events of the last minutes, and events in flight are lost.',
  fix: 'Set ReplicationConfig.State to ENABLED.',
  risks: ['misconfiguration'],
  frameworks: ['FSBP EventBridge.4', 'prowler eventbridge_global_endpoint_event_replication_enabled'],
  check: (endpoint) => expectProperty(endpoint, 'ReplicationConfig.State', (state) => state === undefined || state === 'ENABLED'),
};

/**
 * | bus                              | the pattern must have                                        |
 * |----------------------------------|--------------------------------------------------------------|
 * | one of the app or of another app | a source                                                     |
 * | the default bus                  | a source, or a detail-type: AWS services fill it for the most |
 */
function judgePattern(pattern: Value, rule: Resource): Outcome {
  const sources = at(pattern, 'source');
  if (isUnresolved(sources)) return unresolved('Properties.EventPattern.source');
  const named = isList(sources) && sources.length > 0 && sources.every(isNamed);
  const onDefault = rule.alternatives('EventBusName').every((bus) => bus === undefined || bus === 'default');
  const typed = onDefault && sources === undefined && elements(at(pattern, 'detail-type')).some(isNamed);
  if ((named || typed) && !takesAnyBucket(pattern, sources)) return pass();
  return elements(sources).some(isUnresolved) ? unresolved('Properties.EventPattern.source') : fail('Properties.EventPattern.source');
}

/** What lies in a bucket comes from whoever may write there: new objects of all buckets of an account are publishers that nobody named. */
function takesAnyBucket(pattern: Value, sources: Value): boolean {
  const types = elements(at(pattern, 'detail-type')).map((type) => textOf(type) ?? '');
  if (!elements(sources).includes('aws.s3') || (types.length > 0 && !types.includes('Object Created'))) return false;
  const detail = at(pattern, 'detail');
  const buckets = at(at(detail, 'bucket'), 'name');
  return ![buckets, at(pattern, 'resources')].some((names) => elements(names).some((name) => isNamed(name) || isUnresolved(name)));
}

/** Whether an element of a list of sources is one that somebody chose, and no wildcard in other words. */
function isNamed(source: Value): boolean {
  if (!isRecord(source)) return (textOf(source) ?? '') !== '' && !isUnresolved(source);
  const [operator, value] = entries(source)[0] ?? [];
  if (operator === undefined || !NAMING_OPERATORS.has(operator)) return false;
  return isRecord(value) ? isNamed(value) : !/^\**$/.test(textOf(value) ?? '');
}

function targetId(target: Value): string | undefined {
  const id = at(target, 'Id');
  return typeof id === 'string' ? id : undefined;
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== '';
}

export const EVENT_RULES: readonly Rule[] = [
  EVENT_ARCHIVE_RETENTION, BUS_DEAD_LETTER, EVENT_BUS_KEY, EVENT_ENDPOINT_REPLICATION, EVENT_PATTERN_SOURCE, RULE_DEAD_LETTER,
  RULE_WITHOUT_TARGET,
];
