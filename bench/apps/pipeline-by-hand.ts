import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { SqsDestination } from 'aws-cdk-lib/aws-lambda-destinations';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnSchedule, CfnScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { LoggingProtocol, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import { makeAlarmTopic, makeBucket, makeKey, makeLogBucket } from './by-hand';
import { alarm, attackAlarm } from './by-hand-alarm';
import { groupArn, makeApi } from './by-hand-api';
import { makeBus, makePipe, makeTable, startOnEvent } from './pipeline-by-hand-events';
import { allow, allowKey, ENCRYPT, lastStop, letSend, makeFunction, makeLogs, makeQueue, onlyOurs, openKey, plainQueue, serviceRole, Shared } from './pipeline-by-hand-parts';
import { makeWorkflow } from './pipeline-by-hand-workflow';
import { ENV, NAMES } from './pipeline-shape';
import { jsonSchemaOf } from '../../examples/common/json-schema';
import { OrderRequest } from '../../examples/order-pipeline/src/order';

/** The example's resources as a careful person writes them with CDK's L2s. */
export function build(app: App, stacks: number): void {
  for (let i = 0; i < stacks; i++) buildStack(new Stack(app, `Pipeline${i}`, { env: ENV }));
}

function buildStack(stack: Stack): void {
  const shared = makeShared(stack);
  const { key, alarms } = shared;
  const [intake, orderBook, bookkeeping, fulfilment] = ['Intake', 'OrderBook', 'Bookkeeping', 'Fulfilment']
    .map((id): Shared => ({ ...shared, scope: new Construct(stack, id) }));
  const inbox = makeQueue(intake, 'Inbox');
  const inboxContext = { 'kms:EncryptionContext:aws:sqs:arn': inbox.queueArn };
  const acceptOrder = makeFunction(intake, 'AcceptOrder', 'accept-order.ts', { INBOX_URL: inbox.queueUrl });
  allow(acceptOrder, ['sqs:SendMessage'], [inbox.queueArn]);
  allowKey(acceptOrder, shared, 'sqs', ENCRYPT, inboxContext);
  makeApi(stack, key, alarms, [{
    method: 'POST', path: 'orders', fn: acceptOrder, body: jsonSchemaOf(OrderRequest), throttle: { rate: 50, burst: 25 },
  }]);
  makeTills(intake);

  const table = makeTable(orderBook);
  const storeOrder = makeFunction(orderBook, 'StoreOrder', 'store-order.ts', { ORDERS_TABLE: table.tableName });
  storeOrder.addEventSource(new SqsEventSource(inbox, { batchSize: 10, maxConcurrency: 10, reportBatchItemFailures: true }));
  allow(storeOrder, ['dynamodb:PutItem'], [table.tableArn], { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } });
  const tableContext = { 'kms:EncryptionContext:aws:dynamodb:tableName': table.tableName, 'kms:EncryptionContext:aws:dynamodb:subscriberId': stack.account };
  allowKey(storeOrder, shared, 'dynamodb', ['kms:Decrypt'], tableContext);
  const bus = makeBus(orderBook);
  makePipe(orderBook, table, makeFunction(orderBook, 'OrderEvent', 'order-event.ts'), bus);

  const notices = makeNotices(bookkeeping);
  const dailySummary = makeFunction(bookkeeping, 'DailySummary', 'daily-summary.ts', {
    ORDERS_TABLE: table.tableName, ORDERS_BY_DAY: 'byDay', SUMMARY_TOPIC: notices.topicArn,
  });
  const onlyTotals = {
    'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['shop', 'reference', 'day', 'total'] },
    'Null': { 'dynamodb:Attributes': 'false' },
    'StringEquals': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
  };
  allow(dailySummary, ['dynamodb:Query'], [table.tableArn, `${table.tableArn}/index/byDay`], onlyTotals);
  allowKey(dailySummary, shared, 'dynamodb', ['kms:Decrypt'], tableContext);
  allow(dailySummary, ['sns:Publish'], [notices.topicArn]);
  allowKey(dailySummary, shared, 'sns', ENCRYPT, { 'kms:EncryptionContext:aws:sns:topicArn': notices.topicArn });
  schedule(bookkeeping, dailySummary);

  const receipts = makeBucket(stack, key, makeLogBucket(stack));
  const checkStock = makeFunction(fulfilment, 'CheckStock', 'check-stock.ts');
  const writeReceipt = makeFunction(fulfilment, 'WriteReceipt', 'write-receipt.ts', { RECEIPTS_BUCKET: receipts.bucketName });
  allow(writeReceipt, ['s3:AbortMultipartUpload', 's3:PutObject'], [receipts.arnForObjects('receipts/*')]);
  allow(writeReceipt, ENCRYPT, [key.keyArn], {
    StringEquals: { 'kms:ViaService': `s3.${stack.region}.amazonaws.com` },
    StringLike: { 'kms:EncryptionContext:aws:s3:arn': [receipts.bucketArn, receipts.arnForObjects('*')] },
  });
  startOnEvent(orderBook, bus, makeWorkflow(fulfilment, checkStock, writeReceipt, notices));
  attackAlarm(stack, alarms);
}

function makeShared(stack: Stack): Shared {
  const key = makeKey(stack);
  const alarms = makeAlarmTopic(stack, key);
  const undelivered = plainQueue({ scope: stack, stack, key, alarms }, 'Undelivered');
  alarms.addSubscription(new EmailSubscription(NAMES.alarmEmail, { deadLetterQueue: undelivered }));
  alarm(undelivered, 'Undelivered', 'a recipient of alarms did not get a notification', undelivered.metricApproximateNumberOfMessagesVisible(), 0, alarms);
  const shared = { scope: stack, stack, key, alarms, deadLetters: lastStop({ scope: stack, stack, key, alarms }, 'DeadLetters') };
  openKey(shared, 'events.amazonaws.com', ['kms:DescribeKey']);
  openKey(shared, 'events.amazonaws.com', ENCRYPT);
  openKey(shared, 'events.amazonaws.com', ENCRYPT, {
    ArnLike: { 'kms:EncryptionContext:aws:events:event-bus:arn': stack.formatArn({ service: 'events', resource: 'event-bus', resourceName: '*' }) },
  });
  openKey(shared, 'sns.amazonaws.com', ENCRYPT, { ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'sns', resource: '*' }) } });
  openKey(shared, 'delivery.logs.amazonaws.com', ENCRYPT, {
    StringLike: { 'kms:EncryptionContext:SourceArn': stack.formatArn({ service: 'logs', resource: '*' }) },
  });
  return shared;
}

function makeTills({ scope, stack }: Shared): void {
  const trustAnchor = stack.formatArn({ service: 'rolesanywhere', resource: 'trust-anchor', resourceName: NAMES.trustAnchorId });
  const roles = NAMES.tills.map((name) => new Role(scope, name, {
    roleName: name,
    assumedBy: new ServicePrincipal('rolesanywhere.amazonaws.com', {
      conditions: { ArnEquals: { 'aws:SourceArn': trustAnchor }, StringEquals: { 'aws:PrincipalTag/x509Subject/CN': name } },
    }).withSessionTags(),
  }));
  new ManagedPolicy(scope, 'PlaceOrders', {
    roles,
    document: new PolicyDocument({
      statements: [new PolicyStatement({
        actions: ['execute-api:Invoke'], resources: [stack.formatArn({ service: 'execute-api', resource: 'api', resourceName: 'prod/POST/orders' })],
      })],
    }),
  });
}

function makeNotices(shared: Shared): Topic {
  const { scope, stack, key, alarms, deadLetters } = shared;
  const failures = makeLogs(shared, 'NoticesFailures');
  const feedback = serviceRole(shared, 'NoticesLogRole', 'sns.amazonaws.com');
  const notices = new Topic(scope, 'Notices', {
    masterKey: key,
    enforceSSL: true,
    signatureVersion: '2',
    loggingConfigs: [LoggingProtocol.SQS, LoggingProtocol.LAMBDA, LoggingProtocol.HTTP, LoggingProtocol.FIREHOSE]
      .map((protocol) => ({ protocol, failureFeedbackRole: feedback })),
  });
  notices.addToResourcePolicy(onlyOurs(stack, 'sns:Publish', notices.topicArn));
  allow(feedback, ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], [groupArn(failures)]);
  alarm(notices, 'FailedNotifications', 'notifications fail', notices.metricNumberOfNotificationsFailed(), 0, alarms);
  alarm(notices, 'LostNotifications', 'notifications get lost', notices.metric('NumberOfNotificationsFailedToRedriveToDlq'), 0, alarms);
  const post = makeQueue(shared, 'Post');
  notices.addSubscription(new SqsSubscription(post, { rawMessageDelivery: true, deadLetterQueue: deadLetters }));
  const read = new ManagedPolicy(scope, 'ReadPost', { roles: [Role.fromRoleName(scope, 'Reader', NAMES.bookkeepingRole)] });
  allow(read, ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'], [post.queueArn]);
  allowKey(read, shared, 'sqs', ['kms:Decrypt'], { 'kms:EncryptionContext:aws:sqs:arn': post.queueArn });
  return notices;
}

/** The L1: the L2 of the target has no conditions for who may assume its role. */
function schedule(shared: Shared, fn: ReturnType<typeof makeFunction>): void {
  const { scope, stack, key, alarms } = shared;
  const failures = plainQueue(shared, 'DailySummaryFailures');
  alarm(fn, 'FailureQueueDepth', 'events failed', failures.metricApproximateNumberOfMessagesVisible(), 0, alarms);
  fn.configureAsyncInvoke({ onFailure: new SqsDestination(failures) });
  const group = new CfnScheduleGroup(scope, 'Schedules', { name: `${stack.stackName}-Schedules` });
  group.applyRemovalPolicy(RemovalPolicy.DESTROY);
  const groupTrust = stack.formatArn({ service: 'scheduler', resource: 'schedule-group', resourceName: group.name });
  const role = serviceRole(shared, 'DailySummaryScheduleRole', 'scheduler.amazonaws.com', [], groupTrust);
  allow(role, ['lambda:InvokeFunction'], [fn.functionArn]);
  allow(role, ['sqs:SendMessage'], [failures.queueArn]);
  allowKey(role, shared, 'sqs', ENCRYPT, { 'kms:EncryptionContext:aws:sqs:arn': failures.queueArn });
  letSend(failures, 'lambda.amazonaws.com', fn.functionArn);
  new CfnSchedule(scope, 'DailySummarySchedule', {
    groupName: group.name,
    scheduleExpression: 'cron(0 1 * * ? *)',
    scheduleExpressionTimezone: 'Etc/UTC',
    flexibleTimeWindow: { mode: 'OFF' },
    kmsKeyArn: key.keyArn,
    target: {
      arn: fn.functionArn,
      roleArn: role.roleArn,
      deadLetterConfig: { arn: failures.queueArn },
      retryPolicy: { maximumRetryAttempts: 3, maximumEventAgeInSeconds: 3600 },
    },
  }).addDependency(group);
}
