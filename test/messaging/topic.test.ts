import { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { SnsTopic } from 'aws-cdk-lib/aws-events-targets';
import { AccountPrincipal, AnyPrincipal, IGrantable, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CustomDataIdentifier, DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { FilterOrPolicy, ITopic, SubscriptionFilter, Topic, TopicSubscriptionConfig } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription, UrlSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { aRole, HERE, keyPolicyOf, policyOf, REASON, resourceOf, rightsIn } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { DataClassification } from '../../src/classification/data-classification';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureTopicProps } from '../../src/messaging/topic/secure-topic-props';
import { TopicDeliveryLogging } from '../../src/messaging/topic/topic-delivery-logging';
import { TopicMasking } from '../../src/messaging/topic/topic-masking';
import { TopicPublisher } from '../../src/messaging/topic/topic-publisher';
import { Json, line, only } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';

function topicOf(props: SecureTopicProps): Json {
  const stack = testStack();
  return resourceOf(stack, new SecureTopic(stack, 'News', props)).Properties;
}

function making(props: SecureTopicProps = {}): () => SecureTopic {
  return () => new SecureTopic(testStack(), 'News', props);
}

describe('by default', () => {
  test('a topic is encrypted with the key of the stack and signs with SHA-256', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    expect(resourceOf(stack, topic).Properties).toMatchObject({
      KmsMasterKeyId: stack.resolve(topic.masterKey!.keyArn), SignatureVersion: '2', TracingConfig: 'PassThrough',
    });
    expect(resourceOf(stack, topic).Properties.DataProtectionPolicy).toBeUndefined();
  });

  test('it is closed to plain HTTP and to other accounts', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    const [tls, closed, ...rest] = policyOf(stack, topic);
    expect(tls).toMatchObject({ Effect: 'Deny', Action: 'sns:Publish', Principal: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } });
    expect(closed).toMatchObject({
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    });
    expect(closed.Action).toEqual(expect.arrayContaining(['sns:Publish', 'sns:Subscribe', 'sns:SetTopicAttributes']));
    expect(rest).toStrictEqual([]);
  });

  test('failed deliveries are logged into a group that is made beforehand, by a role that can write there only', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    const group = only(templateOf(stack), 'AWS::Logs::LogGroup');
    expect(line(group.LogGroupName)).toMatch(/^sns\/<AWS::Region>\/<AWS::AccountId>\/<News\w+\.TopicName>\/Failure$/);
    expect(group).toMatchObject({ RetentionInDays: 365, KmsKeyId: stack.resolve(topic.masterKey!.keyArn) });
    const logging = resourceOf(stack, topic).Properties.DeliveryStatusLogging;
    expect(logging.map((one: Json) => one.Protocol)).toEqual(['sqs', 'lambda', 'http/s', 'firehose']);
    expect(logging[0]).toEqual({ Protocol: 'sqs', FailureFeedbackRoleArn: { 'Fn::GetAtt': [expect.stringMatching(/^NewsDeliveryLogRole/), 'Arn'] } });
    expect(only(templateOf(stack), 'AWS::IAM::Policy').PolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'],
      Resource: { 'Fn::GetAtt': [expect.stringMatching(/^NewsFailureLog/), 'Arn'] },
    }]);
  });

  test('alarms tell of notifications that fail or are lost', () => {
    const stack = testStack();
    expect(new SecureTopic(stack, 'News').alarms.map((alarm) => resourceOf(stack, alarm).Properties)).toMatchObject([
      { MetricName: 'NumberOfNotificationsFailed', Threshold: 0, Statistic: 'Sum' }, { MetricName: 'NumberOfNotificationsFailedToRedriveToDlq', Threshold: 0 },
    ]);
  });

  test('in the sandbox it has no key, and still a log', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    expect(resourceOf(stack, new SecureTopic(stack, 'News')).Properties.KmsMasterKeyId).toBeUndefined();
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
    expect(only(templateOf(stack), 'AWS::Logs::LogGroup').RetentionInDays).toBe(30);
  });
});

describe('the props', () => {
  test('encryptionKey, displayName and alarms are taken over', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Own');
    const topic = new SecureTopic(stack, 'News', {
      encryptionKey, displayName: 'Shop', alarms: { lostNotifications: AlarmSetting.off('the queue of undelivered ones is watched by others') },
    });
    expect(resourceOf(stack, topic).Properties).toMatchObject({ DisplayName: 'Shop', KmsMasterKeyId: stack.resolve(encryptionKey.keyArn) });
    expect(topic.alarms.map((alarm) => alarm.node.id)).toEqual(['FailedNotificationsAlarm']);
  });

  test.each([
    ['the whole topic', {}, { ContentBasedDeduplication: false, FifoThroughputScope: 'Topic' }],
    ['each group', { contentBasedDeduplication: true, highThroughput: true }, { ContentBasedDeduplication: true, FifoThroughputScope: 'MessageGroup' }],
  ])('fifo keeps order for %s', (_, fifo, expected) => {
    const properties = topicOf({ fifo });
    expect(properties).toMatchObject({ FifoTopic: true, ...expected });
    expect(properties.DeliveryStatusLogging.map((one: Json) => one.Protocol)).toEqual(['sqs', 'lambda']);
  });

  test('masking hides credentials and what is named, or refuses it', () => {
    const statement = (masking: TopicMasking): Json => topicOf({ masking }).DataProtectionPolicy.Statement[0];
    const names = (masking: TopicMasking): string[] => statement(masking).DataIdentifier.map((arn: Json) => line(arn).split('/').at(-1));
    expect(names(TopicMasking.credentials())).toEqual(['AwsSecretKey', 'OpenSshPrivateKey', 'PgpPrivateKey', 'PkcsPrivateKey', 'PuttyPrivateKey']);
    expect(names(TopicMasking.mask(DataIdentifier.EMAILADDRESS)).at(-1)).toBe('EmailAddress');
    expect(statement(TopicMasking.mask(DataIdentifier.EMAILADDRESS))).toMatchObject({
      DataDirection: 'Inbound', Principal: ['*'], Operation: { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } },
    });
    expect(statement(TopicMasking.deny(DataIdentifier.EMAILADDRESS)).Operation).toEqual({ Deny: {} });
    expect(names(TopicMasking.maskClassified(DataClassification.financial({ countries: ['IT'] }))).slice(5))
      .toEqual(['CreditCardExpiration', 'CreditCardNumber', 'CreditCardSecurityCode', 'BankAccountNumber-IT']);
    expect(statement(TopicMasking.denyClassified(DataClassification.credentials())).Operation).toEqual({ Deny: {} });
    const own = topicOf({ masking: TopicMasking.mask(new CustomDataIdentifier('OrderNumber', 'ORD-[0-9]+')) }).DataProtectionPolicy;
    expect(own.Configuration).toEqual({ CustomDataIdentifier: [{ Name: 'OrderNumber', Regex: 'ORD-[0-9]+' }] });
    expect(own.Statement[0].DataIdentifier.at(-1)).toBe('OrderNumber');
    expect(line(statement(TopicMasking.credentials()).DataIdentifier[0])).toBe('arn:<AWS::Partition>:dataprotection::aws:data-identifier/AwsSecretKey');
  });

  test('deliveryLogging takes a sample of successes', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News', { deliveryLogging: TopicDeliveryLogging.sample(10) });
    expect(resourceOf(stack, topic).Properties.DeliveryStatusLogging[0]).toMatchObject({ SuccessFeedbackSampleRate: '10', SuccessFeedbackRoleArn: expect.anything() });
    templateOf(stack).resourceCountIs('AWS::Logs::LogGroup', 2);
  });

  test('deliveryLogging can be off with a reason, which is recorded', () => {
    expect(topicOf({ deliveryLogging: TopicDeliveryLogging.failures() }).DeliveryStatusLogging).toHaveLength(4);
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News', { deliveryLogging: TopicDeliveryLogging.off(REASON) });
    expect(resourceOf(stack, topic).Properties.DeliveryStatusLogging).toBeUndefined();
    expect(waiversBelow(stack)).toEqual([{ control: 'Topic.deliveryLogging', reason: REASON, constructPath: 'Shop/News' }]);
  });

  test('activeTracing finds a name for its policy that X-Ray takes, however long that of the stack is', () => {
    const stack = new Stack(testStack().node.root, 'Long', { stackName: `L${'o'.repeat(125)}ng` });
    new SecureTopic(stack, 'News', { activeTracing: true });
    expect(only(templateOf(stack), 'AWS::XRay::ResourcePolicy').PolicyName.length).toBeLessThanOrEqual(128);
  });

  test('activeTracing lets SNS write traces for topics of this account, once for the stack', () => {
    const stack = testStack();
    const topics = ['A', 'B'].map((id) => new SecureTopic(stack, id, { activeTracing: true }));
    expect(topics.map((topic) => resourceOf(stack, topic).Properties.TracingConfig)).toEqual(['Active', 'Active']);
    const { PolicyDocument } = only(templateOf(stack), 'AWS::XRay::ResourcePolicy');
    expect(JSON.parse(line(PolicyDocument)).Statement).toEqual([{
      Sid: 'TopicsOfThisAccount',
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Resource: '*',
      Action: ['xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTraceSegments'],
      Condition: {
        StringEquals: { 'aws:SourceAccount': '<AWS::AccountId>' },
        StringLike: { 'aws:SourceArn': 'arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:*' },
      },
    }]);
  });
});

describe('a topic fails', () => {
  test.each<[string, SecureTopicProps, string]>([
    ['without a judgeable reason', { deliveryLogging: TopicDeliveryLogging.off('none') },
      "'deliveryLogging' must be a sentence of at least 12 characters that a reviewer can judge, got \"none\"; say why this topic may do without [SecureTopic.Reason, at 'Shop/News']"],
    ['when it logs no share', { deliveryLogging: TopicDeliveryLogging.sample(101) },
      "'deliveryLogging' must be a whole number between 1 and 100, got 101; use TopicDeliveryLogging.failures() to log no successful deliveries [SecureTopic.DeliveryLogging, at 'Shop/News']"],
    ['when it is FIFO and masks', { fifo: {}, masking: TopicMasking.credentials() },
      "'masking' must not be set for a FIFO topic: SNS offers it for standard topics only; leave it out [SecureTopic.Fifo, at 'Shop/News']"],
    ['when it masks by a pattern that SNS does not take', { masking: TopicMasking.mask(new CustomDataIdentifier('OrderNumber', '(ORD|ord)-[0-9]+')) },
      "'regex' must be 1 to 200 characters of those that CloudWatch Logs knows: letters, digits, blanks, _ # = @ / ; , - and ^ $ ? [ ] { } | \\ * + . "
      + "(no parentheses, no colon), got \"(ORD|ord)-[0-9]+\"; write it like 'EMP-[0-9]{6}' [LogMasking.IdentifierRegex, at 'Shop/News']"],
    ['when it is FIFO and traces', { fifo: {}, activeTracing: true },
      "'activeTracing' must not be set for a FIFO topic: SNS offers it for standard topics only; leave it out [SecureTopic.Fifo, at 'Shop/News']"],
  ])('%s', (_, props, message) => {
    expect(making(props)).toThrow(message);
  });
});

describe('the verbs give exactly', () => {
  const rightsOf = (give: (topic: SecureTopic, grantee: IGrantable) => unknown, profile = SecurityProfile.production()) => {
    const stack = testStack({ profile });
    const topic = new SecureTopic(stack, 'News');
    give(topic, aRole(stack));
    const key = topic.masterKey === undefined ? undefined : {
      Effect: 'Allow',
      Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
      Resource: stack.resolve(topic.masterKey.keyArn),
      Condition: {
        StringEquals: {
          'kms:ViaService': { 'Fn::Join': ['', ['sns.', { Ref: 'AWS::Region' }, '.amazonaws.com']] }, 'kms:EncryptionContext:aws:sns:topicArn': stack.resolve(topic.topicArn),
        },
      },
    };
    return { statements: rightsIn(stack), arn: stack.resolve(topic.topicArn), key };
  };

  test('allowPublish, grantPublish and grants.publish: publish, and encrypt through SNS', () => {
    for (const verb of ['allowPublish', 'grantPublish'] as const) {
      const { statements, arn, key } = rightsOf((topic, role) => topic[verb](role));
      expect(statements).toEqual([{ Effect: 'Allow', Action: 'sns:Publish', Resource: arn }, key]);
    }
    const { statements, key } = rightsOf((topic, role) => topic.grants.publish(role));
    expect(statements).toContainEqual(key);
  });

  test('allowPublish without a key: publish alone', () => {
    expect(rightsOf((topic, role) => topic.allowPublish(role), SecurityProfile.sandbox()).statements).toHaveLength(1);
  });

  test('allowSubscribe and grantSubscribe: subscribe what stays inside AWS', () => {
    for (const verb of ['allowSubscribe', 'grantSubscribe'] as const) {
      const { statements, arn } = rightsOf((topic, role) => topic[verb](role));
      expect(statements).toEqual([{
        Effect: 'Allow', Action: 'sns:Subscribe', Resource: arn, Condition: { StringEquals: { 'sns:Protocol': ['firehose', 'lambda', 'sqs'] } },
      }]);
    }
  });

  test('rights for another account, in the policies of topic and key', () => {
    const stack = testStack({ env: HERE });
    const topic = new SecureTopic(stack, 'News');
    topic.allowPublish(Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::444455556666:role/sender'));
    topic.allowSubscribe(new AccountPrincipal('777788889999'));
    expect(policyOf(stack, topic)[1].Condition.StringNotEquals).toEqual({ 'aws:PrincipalAccount': ['111122223333', '444455556666', '777788889999'] });
    expect(policyOf(stack, topic).slice(2)).toMatchObject([{ Action: 'sns:Publish' }, { Action: 'sns:Subscribe', Condition: { StringEquals: { 'sns:Protocol': expect.any(Array) } } }]);
    expect(keyPolicyOf(stack).at(-1)).toMatchObject({
      Principal: { AWS: 'arn:aws:iam::444455556666:role/sender' }, Condition: { StringEquals: { 'kms:ViaService': 'sns.eu-west-1.amazonaws.com' } },
    });
  });
});

describe('services publish', () => {
  test('in the name of alarms, budgets, a bucket or any named source', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    const bucket = new Bucket(stack, 'Bucket');
    topic.allowPublishFrom(TopicPublisher.alarms());
    topic.allowPublishFrom(TopicPublisher.budgets());
    topic.allowPublishFrom(TopicPublisher.bucket(bucket));
    topic.allowPublishFrom(TopicPublisher.service('ses.amazonaws.com', 'arn:aws:ses:eu-west-1:111122223333:identity/shop.example.com'));
    const allowed = policyOf(stack, topic).slice(2);
    expect(allowed.map(({ Principal, Condition }) => [Principal.Service, line(Condition.ArnLike['aws:SourceArn']), Condition.StringEquals])).toEqual([
      ['cloudwatch.amazonaws.com', 'arn:<AWS::Partition>:cloudwatch:<AWS::Region>:<AWS::AccountId>:alarm:*', undefined],
      ['budgets.amazonaws.com', 'arn:<AWS::Partition>:budgets::<AWS::AccountId>:*', undefined],
      ['s3.amazonaws.com', expect.stringMatching(/^<Bucket/), { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }],
      ['ses.amazonaws.com', 'arn:aws:ses:eu-west-1:111122223333:identity/shop.example.com', undefined],
    ]);
    expect(keyPolicyOf(stack).filter(({ Sid }) => /^TopicsOf/.test(Sid)).map(({ Sid, Condition }) => [Sid, Condition])).toEqual(
      [...['Cloudwatch', 'Budgets', 'S3'].map((vendor) => [`TopicsOf${vendor}`, { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } }]),
        ['TopicsOfSes111122223333euwest1', { StringEquals: { 'aws:SourceAccount': '111122223333' } }]]);
  });

  test('as notifications of buckets do', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    new Bucket(stack, 'Bucket').addObjectCreatedNotification(new SnsDestination(topic));
    expect(policyOf(stack, topic).at(-1)).toMatchObject({ Action: 'sns:Publish', Condition: { ArnLike: { 'aws:SourceArn': expect.anything() } } });
  });

  test('as targets of rules do that have a role', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    new Rule(stack, 'Rule', { eventPattern: { source: ['shop'] }, targets: [new SnsTopic(topic, { authorizeUsingRole: true })] });
    const policies = Object.values(templateOf(stack).findResources('AWS::IAM::Policy')) as Json[];
    const actions = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement).flatMap(({ Action }: Json) => Action);
    expect(actions).toEqual(expect.arrayContaining(['sns:Publish', 'kms:GenerateDataKey']));
  });

  test('fails for EventBridge without one', () => {
    const message = "'publisher' must not be EventBridge itself, which tells SNS no source, so that rules of other accounts could publish too; "
      + "give the target of the rule a role: new SnsTopic(topic, { authorizeUsingRole: true }) [SecureTopic.EventBridge, at 'Shop/News']";
    const topic = making()();
    expect(() => topic.allowPublishFrom(TopicPublisher.service('events.amazonaws.com', 'arn:aws:events:eu-west-1:111122223333:rule/x'))).toThrow(message);
    expect(() => new Rule(topic.stack, 'Rule', { eventPattern: { source: ['shop'] }, targets: [new SnsTopic(topic)] })).toThrow(message);
  });

  test('fails without a source, and for everybody', () => {
    const topic = making()();
    expect(() => topic.allowPublishFrom(TopicPublisher.service('ses.amazonaws.com', '*'))).toThrow(
      "'sourceArn' must be the ARN of one source: it is all that keeps the same service of other accounts out, got \"*\"; name the resource whose messages arrive [SecureTopic.Source, at 'Shop/News']");
    expect(() => topic.grantPublish(new ServicePrincipal('ses.amazonaws.com'))).toThrow(
      "'statement' must say for whom the service acts, with an 'aws:SourceArn' or 'aws:SourceAccount' condition: it acts for other accounts as well, got \"ses.amazonaws.com\"; "
      + "add the condition, or call the verb that lets in one source of a service [SecureTopic.ServiceSource, at 'Shop/News']");
    expect(() => topic.addToResourcePolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['sns:Publish'], resources: [topic.topicArn] }))).toThrow(
      "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'; name the principals [SecureTopic.PublicStatement, at 'Shop/News']");
  });
});

describe('a subscribed queue', () => {
  const keyCases: [string, (stack: Stack) => { topic: SecureTopic; queue: SecureQueue }][] = [
    ['the key of the stack', (stack) => ({ topic: new SecureTopic(stack, 'News'), queue: new SecureQueue(stack, 'Jobs') })],
    ['a key each', (stack) => ({
      topic: new SecureTopic(stack, 'News', { encryptionKey: new Key(stack, 'One') }), queue: new SecureQueue(stack, 'Jobs', { encryptionKey: new Key(stack, 'Two') }),
    })],
    ['a topic of another stack', (stack) => ({
      topic: new SecureTopic(new Stack(stack.node.root as Json, 'Other', { env: HERE }), 'News'), queue: new SecureQueue(stack, 'Jobs'),
    })],
    ['a key of another stack', (stack) => {
      StackDataKey.use(stack, new Key(new Stack(stack.node.root as Json, 'Other', { env: HERE }), 'Central'));
      return { topic: new SecureTopic(stack, 'News'), queue: new SecureQueue(stack, 'Jobs') };
    }],
  ];

  describe.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('with %s', (_, flags) => {
    test.each(keyCases)('gets messages without a circle, with %s', (__, make) => {
      const stack = testStack({ env: HERE, flags });
      const { topic, queue } = make(stack);
      topic.subscribeQueue(queue);
      const subscription = only(templateOf(stack), 'AWS::SNS::Subscription');
      expect(subscription).toMatchObject({
        Protocol: 'sqs',
        Endpoint: stack.resolve(queue.queueArn),
        RawMessageDelivery: false,
        RedrivePolicy: { deadLetterTargetArn: stack.resolve(StackDeadLetterQueue.of(stack).queueArn) },
      });
      for (const one of [queue, StackDeadLetterQueue.of(stack) as SecureQueue]) {
        expect(policyOf(stack, one)[2]).toMatchObject({
          Action: 'sqs:SendMessage', Principal: { Service: 'sns.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': stack.resolve(topic.topicArn) } },
        });
      }
    });
  });

  test('gets what it asks for', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    const deadLetterQueue = new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() });
    topic.subscribeQueue(new SecureQueue(stack, 'Jobs'), {
      filter: { kind: SubscriptionFilter.stringFilter({ allowlist: ['order'] }) }, rawMessageDelivery: true, deadLetterQueue,
    });
    topic.subscribeQueue(new Queue(stack, 'Plain'), { filterBody: { kind: FilterOrPolicy.filter(SubscriptionFilter.existsFilter()) } });
    const [one, two] = (Object.values(templateOf(stack).findResources('AWS::SNS::Subscription')) as Json[]).map(({ Properties }) => Properties);
    expect(one).toMatchObject({ FilterPolicy: { kind: ['order'] }, RawMessageDelivery: true, RedrivePolicy: { deadLetterTargetArn: stack.resolve(deadLetterQueue.queueArn) } });
    expect(two).toMatchObject({ FilterPolicy: { kind: [{ exists: true }] }, FilterPolicyScope: 'MessageBody' });
  });

  test('is subscribed only once it lets SNS in', () => {
    const stack = testStack();
    const queue = new SecureQueue(stack, 'Jobs');
    new SecureTopic(stack, 'News').subscribeQueue(queue);
    const [subscription] = Object.values(templateOf(stack).findResources('AWS::SNS::Subscription')) as Json[];
    expect(subscription.DependsOn).toEqual([expect.stringMatching(/^JobsPolicy/), expect.stringMatching(/^SharedSecurityDeadLetterQueuePolicy/)]);
  });

  test('of a FIFO topic has a FIFO queue for what is not delivered, one for the stack', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News', { fifo: {} });
    for (const id of ['A', 'B']) topic.subscribeQueue(new SecureQueue(stack, id, { fifo: {} }));
    const targets = (Object.values(templateOf(stack).findResources('AWS::SNS::Subscription')) as Json[]).map(({ Properties }) => line(Properties.RedrivePolicy.deadLetterTargetArn));
    expect(targets).toEqual([expect.stringMatching(/^<SharedSecurityFifoDeadLetterQueue/), targets[0]]);
  });

  const refusal = (prop: string, must: string, got: string, fix: string) => `'${prop}' ${must}, got "${got}"; ${fix} [SecureTopic.QueueSubscription, at 'Shop/News']`;

  test('fails when SNS could not deliver to it', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    const queue = new SecureQueue(stack, 'Jobs');
    const fifo = new SecureQueue(stack, 'Fifo', { fifo: {} });
    const exists = SubscriptionFilter.existsFilter();
    const filter = { filter: { kind: exists }, filterBody: { kind: FilterOrPolicy.filter(exists) } };
    expect(() => topic.subscribeQueue(fifo)).toThrow(
      refusal('queue', 'must not be a FIFO queue, to which a standard topic cannot deliver', 'Shop/Fifo', 'make the topic a FIFO topic'));
    expect(() => topic.subscribeQueue(queue, filter)).toThrow(
      refusal('filterBody', 'must not come together with filter: SNS takes one of them', 'Shop/Jobs', 'leave one out'));
    expect(() => topic.subscribeQueue(queue, { deadLetterQueue: fifo })).toThrow(
      refusal('deadLetterQueue', 'must be a standard queue, like the topic', 'Shop/Jobs', 'leave it out to use that of the stack'));
    const managed = new Queue(stack, 'Managed', { encryption: QueueEncryption.KMS_MANAGED });
    const subscriptions = [
      () => topic.subscribeQueue(managed),
      () => topic.subscribeQueue(queue, { deadLetterQueue: managed }),
      () => topic.addSubscription(new SqsSubscription(managed)),
    ];
    for (const subscribe of subscriptions) {
      expect(subscribe).toThrow('must not have the key of SQS in KMS, whose policy does not let SNS in, got "Shop/');
    }
    topic.subscribeQueue(queue);
    expect(() => topic.subscribeQueue(queue)).toThrow(refusal('queue', 'must be subscribed to the topic once', 'Shop/Jobs', 'put both filters into one subscription'));
  });
});

describe('other subscribers', () => {
  test('get a dead-letter queue unless they bring one', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'News');
    const own = new Queue(stack, 'Own');
    topic.addSubscription(new EmailSubscription('ops@example.com'));
    topic.addSubscription(new UrlSubscription('https://example.com/hook', { deadLetterQueue: own }));
    const targets = (Object.values(templateOf(stack).findResources('AWS::SNS::Subscription')) as Json[]).map(({ Properties }) => Properties.RedrivePolicy.deadLetterTargetArn);
    expect(targets).toEqual([stack.resolve(StackDeadLetterQueue.of(stack).queueArn), stack.resolve(own.queueArn)]);
  });

  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])("of a queue by CDK's own class are those of subscribeQueue(), with %s", (_, flags) => {
    const [byClass, byVerb] = [
      (topic: SecureTopic, queue: SecureQueue, deadLetterQueue: SecureQueue) => topic.addSubscription(new SqsSubscription(queue, {
        rawMessageDelivery: true, deadLetterQueue, filterPolicy: { kind: SubscriptionFilter.existsFilter() },
      })),
      (topic: SecureTopic, queue: SecureQueue, deadLetterQueue: SecureQueue) => topic.subscribeQueue(queue, {
        rawMessageDelivery: true, deadLetterQueue, filter: { kind: SubscriptionFilter.existsFilter() },
      }),
    ].map((subscribe) => {
      const stack = testStack({ flags });
      const [topic, queue] = [new SecureTopic(stack, 'News'), new SecureQueue(stack, 'Jobs')]; // with one key, which must not name the topic
      subscribe(topic, queue, new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() }));
      return templateOf(stack).toJSON() as Json;
    });
    expect(byClass).toEqual(byVerb);
    expect(Object.values(byClass.Resources as Json[]).filter(({ Type }) => Type === 'AWS::SNS::Subscription').map(({ Properties }) => Properties.FilterPolicy)).toEqual([{ kind: [{ exists: true }] }]);
  });

  test('of a queue by a class of its author are as that class makes them', () => {
    class Labelled extends SqsSubscription {
      public bind(topic: ITopic): TopicSubscriptionConfig {
        return { ...super.bind(topic), rawMessageDelivery: true };
      }
    }
    const stack = testStack();
    new SecureTopic(stack, 'News').addSubscription(new Labelled(new SecureQueue(stack, 'Jobs')));
    templateOf(stack).hasResourceProperties('AWS::SNS::Subscription', { RawMessageDelivery: true });
  });

  test('fail when they are reached by plain HTTP, or lie in another account', () => {
    const stack = testStack({ env: HERE });
    const topic = new SecureTopic(stack, 'News');
    expect(() => topic.addSubscription(new UrlSubscription('http://example.com/hook'))).toThrow(
      "'subscription' must not be plain HTTP: everybody on the way can read the messages, got \"http://example.com/hook\"; use https [SecureTopic.PlainHttp, at 'Shop/News']");
    const foreign = Queue.fromQueueArn(stack, 'Foreign', 'arn:aws:sqs:eu-west-1:999999999999:jobs');
    expect(() => topic.addSubscription(new SqsSubscription(foreign))).toThrow(
      "'subscription' must stay in the account of the topic: its own account has to subscribe what lies elsewhere, got \"arn:aws:sqs:eu-west-1:999999999999:jobs\"; "
      + "call allowSubscribe() with a principal of that account, and subscribe there [SecureTopic.ForeignSubscriber, at 'Shop/News']");
    expect(() => topic.subscribeQueue(foreign)).toThrow(
      "'subscription' must stay in the account of the topic: its own account has to subscribe what lies elsewhere, got \"arn:aws:sqs:eu-west-1:999999999999:jobs\"; "
      + "call allowSubscribe() with a principal of that account, and subscribe there [SecureTopic.ForeignSubscriber, at 'Shop/News']");
  });
});

test('a topic goes wherever a topic of CDK goes', () => {
  const topic: Topic = making()();
  expect(topic.fifo).toBe(false);
});
