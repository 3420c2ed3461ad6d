import { filtersOf, TOPIC_RULE } from '../model/flow/topic-rules';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { Statement, statementsOf } from '../model/rights/iam';
import { expectProperty, fail, Outcome, pass, Rule, Severity, unresolved } from '../model/rule';
import { alternatives, at, elements, isTrue, isUnresolved, textOf } from '../model/values/values';

/** What things do once they are connected, and the connection itself: each names a topic, a filter, or the id of a client. */
const OF_THINGS = /^iot:(connect|publish|receive|retainpublish|subscribe|(delete|get|update)thingshadow|\*)$/i;

/** The part of an ARN that names a topic begins with a wildcard: all topics, whatever follows. */
const ANY_NAME = /^(?:\*|arn:[^:]*:iot:[^:]*:[^:]*:(?:\*|[a-z]+\/[*+#].*))$/i;

export const THING_POLICY_BREADTH: Rule = {
  id: 'ThingPolicyBreadth',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: ['AWS::IoT::Policy'],
  title: 'A thing may act for all other things',
  why: 'One certificate that was read out of one device publishes as every other, listens to all of them, or changes the registry itself.',
  fix: 'Name the actions, and bind topics and clients to the thing: topic/${iot:Connection.Thing.ThingName}/*, client/${iot:Connection.Thing.ThingName}.',
  risks: ['over-privilege', 'broken-authentication'],
  frameworks: ['AWS IoT Device Defender IOT_POLICY_OVERLY_PERMISSIVE_CHECK', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'Action::<the action> or Resource::<the resource, pointers as <construct path.Attribute>>',
  check: (policy, app) => statementsOf(policy.property('PolicyDocument'), 'Properties.PolicyDocument').filter(({ allows }) => allows)
    .flatMap((statement) => (statement.unresolved ? [unresolved(statement.location)] : judgeThing(statement, app))),
};

export const THING_AUTHORIZER_SIGNING: Rule = {
  id: 'ThingAuthorizerSigning',
  severity: Severity.LOW,
  appliesTo: ['AWS::IoT::Authorizer'],
  title: 'An authorizer function of IoT runs for whatever connects',
  why: 'IoT Core does not look at the token itself: each connection of anybody on the internet wakes the function, and a flood is paid for before anybody is refused.',
  fix: 'Leave SigningDisabled out, and name TokenKeyName and TokenSigningPublicKeys: IoT Core refuses what is not signed. It takes a new authorizer. Things that log in with a user '
    + 'name and password alone cannot sign.',
  risks: ['runaway-use', 'no-front-line'],
  frameworks: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-08'],
  check: (authorizer) => expectProperty(authorizer, 'SigningDisabled', (disabled) => !isTrue(disabled)),
};

export const TOPIC_RULE_BREADTH: Rule = {
  id: 'TopicRuleBreadth',
  severity: Severity.LOW,
  appliesTo: [TOPIC_RULE],
  title: 'A rule acts on whatever any thing says',
  why: 'Every topic counts, those of tomorrow among them: one thing that was taken over drives what stands behind the rule, and pays nothing for it.',
  fix: 'Name the topic in FROM, with wildcards for its levels only: FROM \'stations/+/readings\'.',
  risks: ['attack-surface', 'runaway-use'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-02'],
  check: (rule) => filtersOf(rule).map((filter) => (
    filter === undefined ? unresolved('Properties.TopicRulePayload.Sql') : /^[+#/]*$/.test(filter) ? fail('Properties.TopicRulePayload.Sql') : pass())),
};

export const TOPIC_ERROR_ACTION: Rule = {
  id: 'TopicErrorAction',
  severity: Severity.LOW,
  appliesTo: [TOPIC_RULE],
  title: 'A rule for things loses messages that it cannot deliver',
  why: 'When the target is gone, throttled or refuses, the message is dropped, and nobody learns what the thing had to say.',
  fix: 'Set TopicRulePayload.ErrorAction, to a queue for instance.',
  risks: ['unseen-attack'],
  frameworks: ['OWASP Serverless S10', 'CSA SAS-05'],
  check: (rule) => expectProperty(rule, 'TopicRulePayload.ErrorAction', (action) => action !== undefined),
};

export const TOPIC_RULE_LOOP: Rule = {
  id: 'TopicRuleLoop',
  severity: Severity.LOW,
  appliesTo: [TOPIC_RULE],
  title: 'A rule for things says again what it listens to',
  why: 'Each message makes the next: the circle runs, and is paid for, until somebody stops it.',
  fix: 'Republish to a topic that no rule of the circle listens to, or let WHERE tell what was republished.',
  risks: ['runaway-use'],
  frameworks: ['CSA SAS-08', 'OWASP Serverless: Denial of Wallet'],
  check: (rule, app) => (circles(rule, app) ? fail('Properties.TopicRulePayload.Actions') : pass()),
};

function judgeThing(statement: Statement, app: AppModel): readonly Outcome[] {
  const { actions, notActions, resources, notResources, location } = statement;
  const written = actions.map((action) => app.describe(action) ?? '');
  const wide = written.filter((action) => /^(\*|iot:\*)$/i.test(action));
  if (notActions.length > 0 || wide.length > 0) return [fail(`${location}.Action`, `Action::${wide[0] ?? 'NotAction'}`)];
  if (actions.some(isUnresolved) || resources.some(isUnresolved)) return [unresolved(location)];
  if (statement.conditions !== undefined || !written.some((action) => OF_THINGS.test(action))) return [pass()];
  if (notResources.length > 0) return [fail(`${location}.NotResource`, 'Resource::NotResource')];
  const open = resources.map((resource) => app.describe(resource) ?? '').filter((text) => ANY_NAME.test(text.replace(/<[^<>]*>/g, '_')));
  return open.length === 0 ? [pass()] : open.map((text) => fail(`${location}.Resource`, `Resource::${text}`));
}

/** Whether a message that a rule publishes comes back to it, through other rules too. */
function circles(rule: Resource, app: AppModel): boolean {
  const rules = app.ofType(TOPIC_RULE);
  const listening = (to: Resource): readonly Resource[] => repeatedBy(to).flatMap((topic) => (
    rules.filter((other) => filtersOf(other).some((filter) => filter !== undefined && listensTo(filter, topic)))));
  const seen = new Set<Resource>();
  const open = [rule];
  while (open.length > 0) {
    for (const next of listening(open.pop()!)) {
      if (next === rule) return true;
      if (!seen.has(next)) open.push(next);
      seen.add(next);
    }
  }
  return false;
}

function repeatedBy(rule: Resource): readonly string[] {
  return elements(rule.property('TopicRulePayload.Actions')).flatMap((action) => alternatives(at(at(action, 'Republish'), 'Topic')))
    .map((topic) => textOf(topic)).filter((topic): topic is string => topic !== undefined && !topic.includes('<'));
}

/** `+` is one level, `#` the rest; a level of the topic that is put together when the message comes may be any. */
function listensTo(filter: string, topic: string): boolean {
  const levels = topic.replace(/^\$\$/, '$').replace(/\$\{[^}]*\}/g, '+').split('/');
  const wanted = filter.split('/');
  for (const [index, want] of wanted.entries()) {
    if (want === '#') return true;
    if (index >= levels.length || (want !== '+' && !levels[index].includes('+') && want !== levels[index])) return false;
  }
  return wanted.length === levels.length;
}

export const THING_RULES: readonly Rule[] = [THING_AUTHORIZER_SIGNING, THING_POLICY_BREADTH, TOPIC_ERROR_ACTION, TOPIC_RULE_BREADTH, TOPIC_RULE_LOOP];
