import { triggersOf } from '../../model/flow/triggers';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { functionsOfRole, principalsWith } from '../../model/rights/access';
import { TOPIC_POLICIES } from '../../model/rights/policy-holders';
import { refusesPlainHttp } from '../../model/rights/transport';
import { expectEach, expectProperty, fail, notApplicable, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { parsedJson } from '../../model/values/json-text';
import { alternatives, at, elements, entries, isUnresolved, textOf, Value } from '../../model/values/values';
import { AWS_MANAGED_MESSAGE_KEYS, TLS_GUARDED_TOPIC_ACTIONS, TOPIC_WITHOUT_DEAD_LETTERS } from '../messaging-baseline';

const TOPIC = 'AWS::SNS::Topic';
const SUBSCRIPTION = 'AWS::SNS::Subscription';

/** Triggers by which requests from outside come in. */
const PUBLIC_TRIGGERS = new Set(['api', 'edge', 'graph', 'url']);

export const TOPIC_ENCRYPTION: Rule = {
  id: 'TopicEncryption',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  control: 'customerKeys',
  appliesTo: [TOPIC],
  title: 'A topic is not encrypted with a key of your own',
  why: 'Without a key the messages lie on disk as they are sent, and only the policy of the topic stands between them and a reader. '
    + 'The key that AWS manages for SNS (alias/aws/sns) does not let other services publish.',
  fix: 'Set KmsMasterKeyId to a customer-managed key whose policy lets the publishers use it. SecureTopic uses the key of the stack.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP SNS.1', 'CKV_AWS_26', 'cdk-nag HIPAA.Security-SNSEncryptedKMS', 'OWASP Serverless S3'],
  check: (topic) => expectProperty(topic, 'KmsMasterKeyId', (key) => (
    key !== undefined && key !== '' && !AWS_MANAGED_MESSAGE_KEYS.some((alias) => (textOf(key) ?? '').endsWith(alias)))),
};

export const TOPIC_TLS_ONLY: Rule = {
  id: 'TopicTlsOnly',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [TOPIC],
  title: 'A topic takes messages that are not encrypted on the way',
  why: 'SNS also speaks plain HTTP: a publisher with a wrong endpoint sends its messages, and the signatures of its requests, in the clear.',
  fix: 'Deny sns:Publish to everybody when aws:SecureTransport is false (enforceSSL: true). SecureTopic does.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['cdk-nag AwsSolutions-SNS3', 'OWASP Serverless S3'],
  check: (topic, app) => {
    const refuses = refusesPlainHttp(topic, app, TOPIC_POLICIES, TLS_GUARDED_TOPIC_ACTIONS);
    return refuses === undefined ? unresolved('Properties') : refuses ? pass() : fail('Properties');
  },
};

export const TOPIC_DATA_PROTECTION: Rule = {
  id: 'TopicDataProtection',
  severity: Severity.INFO,
  control: 'logMasking',
  appliesTo: [TOPIC],
  title: 'A topic passes on what the internet sends, and does not look for personal data in it',
  why: 'Card numbers and credentials that somebody sends to a public way in reach all subscribers at once, and their logs.',
  fix: 'Set DataProtectionPolicy with a statement that denies or masks the identifiers that must not be sent, in accounts that still have this feature '
    + '(SecureTopic takes masking); or mask in the function that publishes.',
  risks: ['data-exposure', 'unseen-attack'],
  frameworks: ['OWASP Serverless S3'],
  check: (topic, app) => {
    if (!carriesRequests(topic, app)) return notApplicable();
    const policy = parsedJson(topic.property('DataProtectionPolicy'));
    if (isUnresolved(policy)) return unresolved('Properties.DataProtectionPolicy');
    const operations = elements(at(policy, 'Statement')).flatMap((statement) => entries(at(statement, 'Operation')).map(([name]) => name));
    return operations.some((name) => name !== 'Audit') ? pass() : fail('Properties.DataProtectionPolicy');
  },
};

export const SUBSCRIPTION_TRANSPORT: Rule = {
  id: 'SubscriptionTransport',
  severity: Severity.MEDIUM,
  appliesTo: [SUBSCRIPTION, TOPIC],
  title: 'A topic delivers its messages over plain HTTP',
  why: 'Everybody on the way reads the messages, can change them, and can confirm or cancel subscriptions with what they hold.',
  fix: 'Use the protocol https and an endpoint that begins with https://.',
  risks: ['data-exposure'],
  frameworks: ['prowler sns_subscription_not_using_http_endpoints', 'OWASP Serverless S3'],
  findingForm: 'endpoint, where a topic lists its subscriptions',
  check: (resource, app) => subscriptionsOf(resource).map(({ protocol, endpoint, location }) => {
    const finding = resource.type === TOPIC ? app.describe(endpoint) : undefined;
    const plain = alternatives(endpoint).some((option) => /^http:/i.test(app.describe(option) ?? ''));
    if (plain && alternatives(protocol).some((option) => /^https?$/i.test(textOf(option) ?? ''))) return fail(`${location}.Endpoint`, finding);
    return expectEach(alternatives(protocol), `${location}.Protocol`, (option) => (textOf(option) ?? '').toLowerCase() !== 'http', finding);
  }),
};

export const SUBSCRIPTION_DEAD_LETTER: Rule = {
  id: 'SubscriptionDeadLetter',
  severity: Severity.LOW,
  appliesTo: [SUBSCRIPTION],
  title: 'A subscription loses messages that cannot be delivered',
  why: 'When the receiver is gone, throttled or refuses, SNS gives up after its retries and nobody ever sees the message again.',
  fix: 'Set RedrivePolicy with deadLetterTargetArn (deadLetterQueue of the subscription). SecureTopic does.',
  risks: ['unseen-attack'],
  frameworks: ['cdk-nag Serverless-SNSRedrivePolicy', 'CSA SAS-05'],
  check: (subscription) => {
    const protocols = subscription.alternatives('Protocol').map((protocol) => (textOf(protocol) ?? '').toLowerCase());
    if (protocols.every((protocol) => TOPIC_WITHOUT_DEAD_LETTERS.includes(protocol))) return notApplicable();
    return judgeDeadLetters(subscription);
  },
};

function judgeDeadLetters(subscription: Resource): RuleResult {
  return alternatives(parsedJson(subscription.property('RedrivePolicy'))).map((policy) => {
    if (isUnresolved(policy)) return unresolved('Properties.RedrivePolicy');
    const target = at(policy, 'deadLetterTargetArn');
    return target === undefined || target === '' ? fail('Properties.RedrivePolicy') : pass();
  });
}

/** Whether a function that answers the internet publishes to the topic. */
function carriesRequests(topic: Resource, app: AppModel): boolean {
  return principalsWith(topic, 'sns:Publish', app).some(({ role }) => functionsOfRole(role, app)
    .some((fn) => triggersOf(fn, app).some(({ kind }) => PUBLIC_TRIGGERS.has(kind))));
}

interface DeclaredSubscription {
  readonly protocol: Value;
  readonly endpoint: Value;
  readonly location: string;
}

/** A topic may list subscriptions itself. */
function subscriptionsOf(resource: Resource): readonly DeclaredSubscription[] {
  if (resource.type === SUBSCRIPTION) return [{ protocol: resource.property('Protocol'), endpoint: resource.property('Endpoint'), location: 'Properties' }];
  return resource.items('Subscription').map((one, index) => (
    { protocol: at(one, 'Protocol'), endpoint: at(one, 'Endpoint'), location: `Properties.Subscription.${index}` }));
}

/** The subscriptions that a resource declares, for rules about where they lead. */
export function endpointsOf(resource: Resource, app: AppModel): readonly { readonly endpoint: string; readonly location: string }[] {
  return subscriptionsOf(resource).flatMap(({ endpoint, location }) => (
    alternatives(endpoint).map((option) => ({ endpoint: app.describe(option) ?? '', location: `${location}.Endpoint` }))));
}

export const TOPIC_RULES: readonly Rule[] = [
  SUBSCRIPTION_DEAD_LETTER, SUBSCRIPTION_TRANSPORT, TOPIC_DATA_PROTECTION, TOPIC_ENCRYPTION, TOPIC_TLS_ONLY,
];
