import { Duration, Lazy, Stack } from 'aws-cdk-lib';
import { EventPattern, Match, RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { AccountPrincipal, AnyPrincipal, ArnPrincipal, OrganizationPrincipal, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { aRole, HERE, keyPolicyOf, policyOf, REASON, resourceOf, rightsIn } from './support';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { EventPublishOptions } from '../../src/messaging/event-bus/event-bus-access';
import { EventBusLogging } from '../../src/messaging/event-bus/event-bus-logging';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureEventBusProps } from '../../src/messaging/event-bus/secure-event-bus-props';
import { QueueDeadLetter } from '../../src/messaging/queue/queue-dead-letter';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { Json, line, only } from '../support/api';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';

function making(props: SecureEventBusProps = {}): () => SecureEventBus {
  return () => new SecureEventBus(testStack({ env: HERE }), 'Bus', props);
}

/** The statements of the bus policy, that against others first. */
function busPolicyOf(stack: Stack): Json[] {
  const statements = (Object.values(templateOf(stack).findResources('AWS::Events::EventBusPolicy')) as Json[]).map(({ Properties }) => Properties.Statement);
  return statements.sort((one) => (one.Effect === 'Deny' ? -1 : 1));
}

describe('by default', () => {
  test('a bus is encrypted with the key of the stack, keeps what it cannot process, and logs steps that fail without the event', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus');
    expect(resourceOf(stack, bus).Properties).toEqual({
      Name: 'ShopBus7A6DB0DE',
      KmsKeyIdentifier: stack.resolve(bus.encryptionKey!.keyArn),
      DeadLetterConfig: { Arn: stack.resolve(StackDeadLetterQueue.of(stack).queueArn) },
      LogConfig: { IncludeDetail: 'NONE', Level: 'ERROR' },
    });
    expect(policyOf(stack, bus.deadLetterQueue as SecureQueue)[2]).toMatchObject({
      Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': stack.resolve(bus.eventBusArn) } },
    });
  });

  test('only its account can send events', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus');
    expect(busPolicyOf(stack)).toEqual([{
      Sid: 'cdk-OnlyThoseAdmitted',
      Effect: 'Deny',
      Action: 'events:PutEvents',
      Principal: { AWS: '*' },
      Resource: stack.resolve(bus.eventBusArn),
      Condition: { StringNotEquals: { 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    }]);
  });

  test('the key opens for EventBridge and the delivery of its logs, for buses of this account', () => {
    const stack = testStack({ env: HERE });
    new SecureEventBus(stack, 'Bus');
    const arn = (tail: string) => ({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, tail]] });
    const logs = { StringLike: { 'kms:EncryptionContext:SourceArn': arn(':logs:eu-west-1:111122223333:*') } };
    const events = { Service: 'events.amazonaws.com' };
    expect(keyPolicyOf(stack).filter(({ Sid }) => /^EventBus/.test(Sid))).toEqual([
      { Sid: 'EventBusKeyCheck', Effect: 'Allow', Principal: events, Action: 'kms:DescribeKey', Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': '111122223333' } } },
      {
        Sid: 'EventBuses',
        Effect: 'Allow',
        Principal: events,
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: {
          StringEquals: { 'aws:SourceAccount': '111122223333' },
          ArnLike: { 'kms:EncryptionContext:aws:events:event-bus:arn': arn(':events:eu-west-1:111122223333:event-bus/*') },
        },
      },
      { Sid: 'EventBusLogs', Effect: 'Allow', Principal: events, Action: 'kms:GenerateDataKey', Resource: '*', Condition: logs },
      {
        Sid: 'EventBusLogDelivery',
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: logs,
      },
    ]);
  });

  test('its log is delivered into an encrypted group under the prefix that CloudWatch writes to', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus');
    const template = templateOf(stack);
    const group = only(template, 'AWS::Logs::LogGroup');
    expect(group).toMatchObject({ RetentionInDays: 365, KmsKeyId: stack.resolve(bus.encryptionKey!.keyArn) });
    expect(group.LogGroupName['Fn::Join'][1][0]).toMatch(/^\/aws\/vendedlogs\/events\/event-bus\/Bus\w+-$/);
    const source = only(template, 'AWS::Logs::DeliverySource');
    expect(source).toMatchObject({ LogType: 'ERROR_LOGS', ResourceArn: stack.resolve(bus.eventBusArn) });
    expect(only(template, 'AWS::Logs::DeliveryDestination').DestinationResourceArn['Fn::Join'][1].slice(-2)).toEqual([':log-group:', stack.resolve(bus.logGroup!.logGroupName)]);
    expect(only(template, 'AWS::Logs::Delivery').DeliverySourceName).toEqual(source.Name);
  });

  test("in the sandbox it has EventBridge's own key and still a log", () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const bus = new SecureEventBus(stack, 'Bus');
    expect([bus.encryptionKey, resourceOf(stack, bus).Properties.KmsKeyIdentifier]).toEqual([undefined, undefined]);
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
    templateOf(stack).resourceCountIs('AWS::Logs::Delivery', 1);
  });
});

describe('the props', () => {
  test('encryptionKey, name, description and deadLetterQueue are taken over', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Own');
    const deadLetterQueue = new SecureQueue(stack, 'Failed', { deadLetter: QueueDeadLetter.lastStop() });
    const bus = new SecureEventBus(stack, 'Bus', { encryptionKey, deadLetterQueue, eventBusName: 'orders', description: 'Orders of the shop' });
    expect(resourceOf(stack, bus).Properties).toMatchObject({
      Name: 'orders', Description: 'Orders of the shop', KmsKeyIdentifier: stack.resolve(encryptionKey.keyArn), DeadLetterConfig: { Arn: stack.resolve(deadLetterQueue.queueArn) },
    });
    expect(policyOf(stack, deadLetterQueue)).toHaveLength(3);
  });

  test('logging can tell everything, one delivery after the other', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus', { logging: EventBusLogging.everything() });
    expect(resourceOf(stack, bus).Properties.LogConfig).toEqual({ IncludeDetail: 'NONE', Level: 'INFO' });
    const sources = Object.values(templateOf(stack).findResources('AWS::Logs::DeliverySource')) as Json[];
    expect(sources.map(({ Properties }) => Properties.LogType)).toEqual(['ERROR_LOGS', 'INFO_LOGS']);
    const deliveries = Object.values(templateOf(stack).findResources('AWS::Logs::Delivery')) as Json[];
    expect(deliveries[1].DependsOn).toEqual([expect.stringMatching(/^BusLogDeliveryERROR/), expect.stringMatching(/^BusLogSourceINFO/)]);
  });

  test('logging can be off with a reason, which is recorded', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus', { logging: EventBusLogging.off(REASON) });
    expect([bus.logGroup, resourceOf(stack, bus).Properties.LogConfig.Level]).toEqual([undefined, 'OFF']);
    templateOf(stack).resourceCountIs('AWS::Logs::DeliverySource', 0);
    expect(keyPolicyOf(stack).map(({ Sid }) => Sid)).not.toContain('EventBusLogs');
    expect(waiversBelow(stack)).toEqual([{ control: 'EventBus.logging', reason: REASON, constructPath: 'Shop/Bus' }]);
  });

  test('archive keeps events, encrypted with the same key', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus', { archive: { retention: Duration.days(30) } });
    bus.archive('Orders', { eventPattern: { source: ['shop.orders'] }, retention: Duration.days(7) });
    const archives = (Object.values(templateOf(stack).findResources('AWS::Events::Archive')) as Json[]).map(({ Properties }) => Properties);
    expect(archives).toMatchObject([
      { RetentionDays: 30, EventPattern: { source: [{ prefix: '' }] }, KmsKeyIdentifier: stack.resolve(bus.encryptionKey!.keyArn) },
      { RetentionDays: 7, EventPattern: { source: ['shop.orders'] }, KmsKeyIdentifier: stack.resolve(bus.encryptionKey!.keyArn) },
    ]);
    expect(keyPolicyOf(stack).find(({ Sid }) => Sid === 'EventArchives').Action).toEqual(['kms:Decrypt', 'kms:GenerateDataKey', 'kms:ReEncryptFrom', 'kms:ReEncryptTo']);
    expect(Object.keys(keyPolicyOf(stack).find(({ Sid }) => Sid === 'EventArchives').Condition)).toEqual(['ArnLike']); // no source: EventBridge tells none for archives
  });

  test('archive in the sandbox names no key', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    new SecureEventBus(stack, 'Bus', { archive: { retention: Duration.days(30), pattern: { source: ['shop'] } } });
    expect(only(templateOf(stack), 'AWS::Events::Archive')).not.toHaveProperty('KmsKeyIdentifier');
  });
});

describe('a bus fails', () => {
  test.each<[string, SecureEventBusProps, string]>([
    ['without a judgeable reason', { logging: EventBusLogging.off('n/a') },
      "'logging' must be a sentence of at least 12 characters that a reviewer can judge, got \"n/a\"; say why this bus may do without [SecureEventBus.Reason, at 'Shop/Bus']"],
    ['when the archive keeps nothing', { archive: { retention: Duration.hours(1) } },
      "'archive.retention' must lie between 1 day and 3653 days, got \"1 hour\"; choose how long events may have to be sent again [SecureEventBus.Archive, at 'Shop/Bus']"],
  ])('%s', (_, props, message) => {
    expect(making(props)).toThrow(message);
  });

  test('with a FIFO queue for what it cannot process', () => {
    const stack = testStack();
    const deadLetterQueue = new SecureQueue(stack, 'Failed', { fifo: {}, deadLetter: QueueDeadLetter.lastStop() });
    expect(() => new SecureEventBus(stack, 'Bus', { deadLetterQueue })).toThrow(
      "'deadLetterQueue' must be a standard queue: EventBridge does not send to FIFO queues, got \"Shop/Failed\"; leave it out to use that of the stack [SecureEventBus.DeadLetterQueue, at 'Shop/Bus']");
  });
});

describe('allowPublish gives exactly', () => {
  const rightsOf = (options: EventPublishOptions, verb: 'allowPublish' | 'grantPutEventsTo' = 'allowPublish') => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus');
    if (verb === 'allowPublish') bus.allowPublish(aRole(stack), options); else bus.grantPutEventsTo(aRole(stack), 'Any');
    return { statements: rightsIn(stack), arn: stack.resolve(bus.eventBusArn) };
  };

  test.each(['allowPublish', 'grantPutEventsTo'] as const)('to send events, by %s', (verb) => {
    const { statements, arn } = rightsOf({}, verb);
    expect(statements).toEqual([{ Effect: 'Allow', Action: 'events:PutEvents', Resource: arn }]);
  });

  test('events of some sources and types, each in a batch', () => {
    expect(rightsOf({ sources: ['shop.orders', 'shop.bills'], detailTypes: ['Placed'] }).statements[0].Condition).toEqual({
      'ForAllValues:StringEquals': { 'events:source': ['shop.bills', 'shop.orders'], 'events:detail-type': ['Placed'] },
      'Null': { 'events:source': 'false', 'events:detail-type': 'false' },
    });
  });

  test('to other accounts and organisations what they name', () => {
    const stack = testStack({ env: HERE });
    const bus = new SecureEventBus(stack, 'Bus');
    const role = Role.fromRoleArn(stack, 'Partner', 'arn:aws:iam::444455556666:role/sender');
    for (const partner of [role, new AccountPrincipal('777788889999'), new OrganizationPrincipal('o-1234567890')]) bus.allowPublish(partner, { sources: ['partner.orders'] });
    const [closed, ...allowed] = busPolicyOf(stack);
    expect(closed.Condition.StringNotEquals).toEqual({ 'aws:PrincipalAccount': ['111122223333', '444455556666', '777788889999'], 'aws:PrincipalOrgID': 'o-1234567890' });
    const named = { 'ForAllValues:StringEquals': { 'events:source': ['partner.orders'] }, 'Null': { 'events:source': 'false' } };
    expect(allowed.map(({ Condition }) => Condition)).toEqual([named, named, { ...named, StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } }]);
    expect(new Set(allowed.map(({ Sid }) => Sid)).size).toBe(3);
  });

  test.each([
    ['an account', () => new AccountPrincipal('444455556666')],
    ['an organisation', () => new OrganizationPrincipal('o-1234567890')],
    ['an ARN', () => new ArnPrincipal('arn:aws:iam::444455556666:role/x')],
  ])('fails when %s may send in the name of any source', (_, principal) => {
    expect(() => making()().allowPublish(principal())).toThrow(
      "'sources' must be named for a publisher of another account, or it could send events in the name of any other; pass { sources: ['partner.orders'] } "
      + "[SecureEventBus.ForeignSources, at 'Shop/Bus']");
  });

  test('the own account may send in the name of any source', () => {
    const bus = making()();
    expect(bus.allowPublish(new AccountPrincipal('111122223333')).success).toBe(true);
  });

  test.each<[EventPublishOptions, string, string, string]>([
    [{ sources: ['shop.*'] }, 'sources', '"shop.*"', "['shop.orders']"],
    [{ sources: ['aws.s3'] }, 'sources', '"aws.s3"', "['shop.orders']"],
    [{ sources: [] }, 'sources', '[]', "['shop.orders']"],
    [{ sources: ['a'], detailTypes: [''] }, 'detailTypes', '""', "['OrderPlaced']"],
  ])('fails for %j', (options, prop, got, example) => {
    const bus = making()();
    expect(() => bus.allowPublish(aRole(bus.stack), options)).toThrow(
      `'${prop}' must be complete names, and not begin with 'aws.', which belongs to AWS services, got ${got}; write them like ${example} [SecureEventBus.Events, at 'Shop/Bus']`);
  });

  test('fails for services and for everybody', () => {
    const bus = making()();
    expect(() => bus.allowPublish(new ServicePrincipal('s3.amazonaws.com'))).toThrow(
      "'grantee' must not be a service, which would act for other accounts as well, got [\"s3.amazonaws.com\"]; call addToResourcePolicy() with a statement "
      + "for the service that has 'aws:SourceAccount' and 'aws:SourceArn' conditions [SecureEventBus.ServicePrincipal, at 'Shop/Bus']");
    expect(() => bus.addToResourcePolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['events:PutEvents'], resources: [bus.eventBusArn] }))).toThrow(
      "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'; name the principals [SecureEventBus.PublicStatement, at 'Shop/Bus']");
  });

  test('sources may be known at deployment only', () => {
    expect(rightsOf({ sources: [Lazy.string({ produce: () => 'late' })] }).statements[0].Condition['ForAllValues:StringEquals']).toEqual({ 'events:source': ['late'] });
  });
});

describe('routeToQueue', () => {
  const PATTERN: EventPattern = { source: ['shop.orders'], detailType: ['OrderPlaced'] };

  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('delivers what matches, keeps what fails, and makes no circle with %s', (_, flags) => {
    const stack = testStack({ env: HERE, flags });
    const bus = new SecureEventBus(stack, 'Bus');
    const queue = new SecureQueue(stack, 'Jobs');
    const rule = bus.routeToQueue('Invoices', PATTERN, queue);
    expect(resourceOf(stack, rule).Properties).toMatchObject({
      EventBusName: stack.resolve(bus.eventBusName),
      EventPattern: { 'source': ['shop.orders'], 'detail-type': ['OrderPlaced'] },
      Targets: [{ Arn: stack.resolve(queue.queueArn), DeadLetterConfig: { Arn: stack.resolve(StackDeadLetterQueue.of(stack).queueArn) } }],
    });
    for (const one of [queue, StackDeadLetterQueue.of(stack) as SecureQueue]) {
      expect([policyOf(stack, one)[2].Condition.ArnLike['aws:SourceArn']].flat()).toContainEqual(stack.resolve(rule.ruleArn));
    }
    const alarms = Object.values(templateOf(stack).findResources('AWS::CloudWatch::Alarm', { Properties: { Namespace: 'AWS/Events' } })) as Json[];
    expect(alarms.map(({ Properties }) => [Properties.MetricName, Properties.Dimensions.map(({ Name }: Json) => Name)])).toEqual(
      ['FailedInvocations', 'InvocationsFailedToBeSentToDlq', 'ThrottledRules'].map((name) => [name, ['EventBusName', 'RuleName']]));
  });

  test('from another stack makes no circle', () => {
    const stack = testStack({ env: HERE });
    const other = new Stack(stack.node.root as Json, 'Other', { env: HERE });
    const bus = new SecureEventBus(other, 'Bus');
    const queue = new SecureQueue(stack, 'Jobs');
    bus.routeToQueue('Invoices', PATTERN, queue);
    expect(line(policyOf(stack, queue)[2].Condition.ArnLike['aws:SourceArn'])).toBe('arn:<AWS::Partition>:events:eu-west-1:111122223333:*');
    expect(JSON.stringify(templateOf(other).toJSON())).toContain('Fn::ImportValue');
  });

  test('from beside the queue lets this rule in alone, also from another stack', () => {
    const stack = testStack({ env: HERE });
    const bus = new SecureEventBus(new Stack(stack.node.root as Json, 'Other', { env: HERE }), 'Bus');
    const queue = new SecureQueue(stack, 'Jobs');
    const rule = bus.routeToQueue('Invoices', PATTERN, queue, { scope: queue });
    expect(rule.node.path).toBe('Shop/Jobs/Invoices');
    expect(policyOf(stack, queue)[2].Condition.ArnLike['aws:SourceArn']).toEqual(stack.resolve(rule.ruleArn));
  });

  test('from beside a construct of another region fails before anything is made', () => {
    const stack = testStack({ env: HERE });
    const scope = new Stack(stack.node.root as Json, 'Other', { env: { ...HERE, region: 'eu-central-1' } });
    const bus = new SecureEventBus(stack, 'Bus');
    expect(() => bus.routeToQueue('Invoices', PATTERN, new SecureQueue(stack, 'Jobs'), { scope })).toThrow(
      "'scope' must be of the account and region of the bus (eu-west-1): a rule stands beside its bus, got \"eu-central-1\"; leave it out "
      + "[SecureEventBus.RuleScope, at 'Shop/Bus']");
    expect(scope.node.children).toStrictEqual([]);
  });

  test('from a stack that has the key of the bus fails: the two would wait for each other', () => {
    const stack = testStack({ env: HERE });
    const scope = new Stack(stack.node.root as Json, 'Other', { env: HERE });
    const bus = new SecureEventBus(stack, 'Bus', { encryptionKey: new Key(scope, 'Key') });
    expect(() => bus.routeToQueue('Invoices', PATTERN, new SecureQueue(scope, 'Jobs'), { scope })).toThrow(/\[StackCircle\.Key, at 'Shop\/Bus'\]$/);
  });

  test('takes an input, a message group and alarms', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus', { ruleAlarms: { throttledRules: AlarmSetting.off('throttling is expected at night') } });
    const queue = new SecureQueue(stack, 'Jobs', { fifo: { contentBasedDeduplication: true } });
    const rule = bus.routeToQueue('Invoices', PATTERN, queue, { messageGroupId: 'invoices', input: RuleTargetInput.fromText('placed') });
    const second = bus.routeToQueue('Bills', PATTERN, new Queue(stack, 'Plain'), { alarms: { lostEvents: AlarmSetting.threshold(3) } });
    expect(resourceOf(stack, rule).Properties.Targets[0]).toMatchObject({ Input: '"placed"', SqsParameters: { MessageGroupId: 'invoices' } });
    expect(rule.node.children.map(({ node }) => node.id)).toEqual(['Resource', 'FailedInvocationsAlarm', 'LostEventsAlarm']);
    expect(resourceOf(stack, second.node.findChild('LostEventsAlarm') as Json).Properties.Threshold).toBe(3);
  });

  test.each<[string, EventPattern, string]>([
    ['nothing', {}, 'undefined'],
    ['a detail type alone', { detailType: ['OrderPlaced'] }, 'undefined'],
    ['no source', { source: [] }, '[]'],
    ['an empty source', { source: [''] }, '[""]'],
    ['any prefix', { source: Match.prefix('') }, '[{"prefix":""}]'],
    ['any wildcard', { source: Match.wildcard('*') }, '[{"wildcard":"*"}]'],
    ['all but one', { source: Match.anythingBut('shop') }, '[{"anything-but":["shop"]}]'],
    ['one of any', { source: Match.anyOf('shop', Match.exists()) }, '["shop",{"exists":true}]'],
  ])('fails when the pattern names %s', (_, pattern, got) => {
    const bus = making()();
    expect(() => bus.routeToQueue('Invoices', pattern, new SecureQueue(bus.stack, 'Jobs'))).toThrow(
      `'pattern.source' must name the sources whose events count, or whoever may send to the bus can drive the target, got ${got}; `
      + "write it like { source: ['shop.orders'], detailType: ['OrderPlaced'] } [EventPattern.Source, at 'Shop/Bus']");
  });

  test.each<[string, EventPattern]>([
    ['a prefix', { source: Match.prefix('shop.') }],
    ['a wildcard with a name', { source: Match.wildcard('shop.*') }],
    ['any case', { source: Match.equalsIgnoreCase('shop') }],
    ['a source known at deployment', { source: [Lazy.string({ produce: () => 'late' })] }],
  ])('takes %s', (_, pattern) => {
    const bus = making()();
    expect(bus.routeToQueue('Invoices', pattern, new SecureQueue(bus.stack, 'Jobs')).node.id).toBe('Invoices');
  });

  test('fails when a message group does not fit the queue', () => {
    const bus = making()();
    expect(() => bus.routeToQueue('A', PATTERN, new SecureQueue(bus.stack, 'Fifo', { fifo: {} }))).toThrow(
      "'messageGroupId' must be given for a FIFO queue, got \"Shop/Fifo\"; name the group whose order counts [SecureEventBus.MessageGroup, at 'Shop/Bus']");
    expect(() => bus.routeToQueue('B', PATTERN, new SecureQueue(bus.stack, 'Plain'), { messageGroupId: 'x' })).toThrow(
      "'messageGroupId' must not be given for a standard queue, got \"Shop/Plain\"; leave it out [SecureEventBus.MessageGroup, at 'Shop/Bus']");
  });
});

describe('a bus fails', () => {
  test.each<[string, SecureEventBusProps, string]>([
    ['a slash in its name', { eventBusName: 'shop/orders' },
      "'eventBusName' must have 1 to 256 letters, digits, dots, hyphens and underscores, and not be 'default', got \"shop/orders\"; leave it out to have a name made [SecureEventBus.Name, at 'Shop/Bus']"],
    ['the name of the bus that each account has', { eventBusName: 'default' }, "[SecureEventBus.Name, at 'Shop/Bus']"],
    ['a long description', { description: 'x'.repeat(513) },
      "'description' must have at most 512 characters, got 513; say it in fewer words [SecureEventBus.Description, at 'Shop/Bus']"],
    ['an archive for parts of a day', { archive: { retention: Duration.hours(30) } },
      "'archive.retention' must be whole days, got \"1 day 6 hours\"; round it [SecureEventBus.Archive, at 'Shop/Bus']"],
  ])('on %s', (_, props, message) => {
    expect(() => new SecureEventBus(testStack(), 'Bus', props)).toThrow(message);
  });

  test('on a later archive that keeps nothing', () => {
    const bus = new SecureEventBus(testStack(), 'Bus');
    expect(() => bus.archive('Keep', { retention: Duration.hours(1), eventPattern: { source: ['shop'] } }))
      .toThrow("'retention' must lie between 1 day and 3653 days, got \"1 hour\"; choose how long events may have to be sent again [SecureEventBus.Archive, at 'Shop/Bus']");
  });
});

test.each([
  ['account', 'arn:aws:sqs:eu-west-1:444455556666:elsewhere', 'must be of the account and region of the bus (111122223333): EventBridge starts no other, got "444455556666"'],
  ['region', 'arn:aws:sqs:us-east-1:111122223333:elsewhere', 'must be of the account and region of the bus (eu-west-1): EventBridge starts no other, got "us-east-1"'],
])('a route fails to a queue of another %s', (_, arn, message) => {
  const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
  const bus = new SecureEventBus(stack, 'Bus');
  expect(() => bus.routeToQueue('Jobs', { source: ['shop.orders'] }, Queue.fromQueueArn(stack, 'Elsewhere', arn)))
    .toThrow(`'queue' ${message}; send the events to a bus there, which routes them to it [SecureEventBus.ForeignQueue, at 'Shop/Bus']`);
});
