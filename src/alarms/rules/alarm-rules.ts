import { ALARM, COMPOSITE_ALARM, pointersWithin } from '../../model/alarms';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { at, elements, isTrue, isUnresolved, Value } from '../../model/values/values';
import { judgeTopicAccess } from '../alarm-topic-access';

const EVENT_RULE = 'AWS::Events::Rule';
const TOPIC = 'AWS::SNS::Topic';

/** What carries the messages of topics into chats. */
const CHATS = ['AWS::Chatbot::MicrosoftTeamsChannelConfiguration', 'AWS::Chatbot::SlackChannelConfiguration'];

export const ALARM_ACTION: Rule = {
  id: 'AlarmAction',
  severity: Severity.LOW,
  appliesTo: [ALARM, COMPOSITE_ALARM, TOPIC],
  title: 'An alarm rings where nobody hears it',
  why: 'The metric tells of the attack or the failure, the console turns red, and nobody looks at it before customers call.',
  fix: 'Name a topic in AlarmActions (alarm.addAlarmAction), and leave ActionsEnabled out. Let cloudwatch.amazonaws.com publish in the policy of the topic, and use '
    + 'kms:Decrypt and kms:GenerateDataKey in that of its key. Secure constructs tell the topic of the stack.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP CloudWatch.15', 'FSBP CloudWatch.17', 'CT.CLOUDWATCH.PR.1', 'CT.CLOUDWATCH.PR.4', 'cdk-nag CloudWatchAlarmAction', 'OWASP Serverless S10'],
  findingForm: 'word Disabled where actions are switched off; for a topic of alarms Subscriber where nobody subscribes to it, Policy or Key where that keeps CloudWatch out; '
    + 'none where there are no actions',
  check: (alarm, app) => {
    if (alarm.type === TOPIC) return judgeTopic(alarm, app);
    if (isHeardElsewhere(alarm, app)) return pass();
    return [
      expectProperty(alarm, 'ActionsEnabled', (value) => value === undefined || isTrue(value), 'Disabled'),
      judgeActions(alarm),
    ];
  },
};

export const ALARM_MISSING_DATA: Rule = {
  id: 'AlarmMissingData',
  severity: Severity.INFO,
  appliesTo: [ALARM],
  title: 'An alarm keeps its last state when nothing is measured any more',
  why: 'Whoever stops the metric, by deleting the function or its log group, leaves an alarm that says OK for ever.',
  fix: 'Set TreatMissingData to notBreaching for counts of errors, and to breaching for signs of life (treatMissingData).',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['CSA SAS-05', 'OWASP Serverless S10'],
  check: (alarm) => expectProperty(alarm, 'TreatMissingData', (treatment) => treatment !== 'ignore'),
};

/** A topic that alarms tell must let them in, and somebody in the app should listen to it. People may still subscribe by hand. */
function judgeTopic(topic: Resource, app: AppModel): RuleResult {
  const told = app.index('topics that alarms tell', () => new Set(app.ofType(ALARM, COMPOSITE_ALARM)
    .flatMap((alarm) => ['AlarmActions', 'InsufficientDataActions', 'OKActions'].flatMap((list) => alarm.items(list)))
    .flatMap((action) => app.targets(action)).map(({ key }) => key)));
  return told.has(topic.key) ? [judgeSubscribers(topic, app), ...judgeTopicAccess(topic, app)] : notApplicable();
}

function judgeSubscribers(topic: Resource, app: AppModel): Outcome {
  const heard = app.index('topics that somebody hears', () => new Set([
    ...app.ofType('AWS::SNS::Subscription').map((subscription) => subscription.property('TopicArn')),
    ...app.ofType(...CHATS).flatMap((chat) => chat.items('SnsTopicArns')),
  ].flatMap((arn) => app.targets(arn)).map(({ key }) => key)));
  return heard.has(topic.key) || topic.items('Subscription').length > 0 ? pass() : fail('Properties.Subscription', 'Subscriber');
}

function judgeActions(alarm: Resource): Outcome {
  const actions = alarm.alternatives('AlarmActions');
  const none = actions.some((list) => !isUnresolved(list) && elements(list).length === 0);
  if (none) return fail('Properties.AlarmActions');
  return actions.every(isUnresolved) ? unresolved('Properties.AlarmActions') : pass();
}

/** An alarm without an action of its own may be part of another one, stop a deployment, or be heard on the event bus. */
function isHeardElsewhere(alarm: Resource, app: AppModel): boolean {
  const { keys, names, all } = app.index('alarms that are heard elsewhere', () => listeners(app));
  const name = app.describe(alarm.property('AlarmName'));
  return all || keys.has(alarm.key) || (name !== undefined && names.has(name));
}

function listeners(app: AppModel): { readonly keys: ReadonlySet<string>; readonly names: ReadonlySet<string>; readonly all: boolean } {
  const composed = app.ofType(COMPOSITE_ALARM).map((alarm) => alarm.property('AlarmRule'));
  const deployments = app.ofType('AWS::CodeDeploy::DeploymentGroup').flatMap((group) => group.items('AlarmConfiguration.Alarms')).map((alarm) => at(alarm, 'Name'));
  const patterns = app.ofType(EVENT_RULE).map((rule) => rule.property('EventPattern'));
  const heard: readonly Value[] = [...composed, ...deployments, ...patterns];
  return {
    keys: new Set(heard.flatMap((value) => pointersWithin(value)).flatMap((pointer) => app.targets(pointer)).map(({ key }) => key)),
    names: new Set([...composed.flatMap((value) => quotedIn(app.describe(value) ?? '')), ...deployments.map((value) => app.describe(value) ?? '')]),
    all: patterns.some((pattern) => elements(at(pattern, 'source')).includes('aws.cloudwatch') && pointersWithin(pattern).length === 0),
  };
}

/** The alarms that a composite rule names: `ALARM("orders-errors") OR ALARM(orders-throttles)`. */
function quotedIn(rule: string): readonly string[] {
  return [...rule.matchAll(/\(\s*"?([^"()]+)"?\s*\)/g)].map(([, name]) => name.trim());
}

export const ALARM_RULES: readonly Rule[] = [ALARM_ACTION, ALARM_MISSING_DATA];
