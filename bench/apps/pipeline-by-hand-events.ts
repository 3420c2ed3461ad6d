import { RemovalPolicy } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType, Billing, ProjectionType, StreamViewType, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnEventBus, EventBus, IncludeDetail, Level, Rule } from 'aws-cdk-lib/aws-events';
import { PolicyDocument } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnDelivery, CfnDeliveryDestination, CfnDeliverySource } from 'aws-cdk-lib/aws-logs';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { alarm } from './by-hand-alarm';
import { groupArn } from './by-hand-api';
import { allow, allowKey, ENCRYPT, letSend, makeLogs, onlyOurs, serviceRole, Shared, statement } from './pipeline-by-hand-parts';

const SOURCE = 'shop.orders';
const ORDER_PLACED = 'OrderPlaced';

export function makeTable({ scope, stack, key, alarms }: Shared): TableV2 {
  const table = new TableV2(scope, 'Orders', {
    partitionKey: { name: 'shop', type: AttributeType.STRING },
    sortKey: { name: 'reference', type: AttributeType.STRING },
    globalSecondaryIndexes: [{
      indexName: 'byDay', partitionKey: { name: 'day', type: AttributeType.STRING }, projectionType: ProjectionType.INCLUDE, nonKeyAttributes: ['total'],
    }],
    dynamoStream: StreamViewType.NEW_IMAGE,
    billing: Billing.onDemand({ maxReadRequestUnits: 4000, maxWriteRequestUnits: 1000 }),
    encryption: TableEncryptionV2.customerManagedKey(key),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    resourcePolicy: new PolicyDocument({
      statements: [onlyOurs(stack, 'dynamodb:*', '*')],
    }),
  });
  const index = (metricName: string): Metric => new Metric({
    namespace: 'AWS/DynamoDB', metricName, statistic: 'Sum', dimensionsMap: { TableName: table.tableName, GlobalSecondaryIndexName: 'byDay' },
  });
  alarm(table, 'ReadThrottles', 'reads are refused', table.metric('ReadThrottleEvents', { statistic: 'Sum' }), 10, alarms);
  alarm(table, 'WriteThrottles', 'writes are refused', table.metric('WriteThrottleEvents', { statistic: 'Sum' }), 10, alarms);
  alarm(table, 'SystemErrors', 'DynamoDB itself fails', table.metric('SystemErrors', { statistic: 'Sum' }), 0, alarms);
  alarm(table, 'IndexReadThrottles', 'reads of the index are refused', index('ReadThrottleEvents'), 10, alarms);
  alarm(table, 'IndexWriteThrottles', 'writes of the index are refused', index('WriteThrottleEvents'), 10, alarms);
  return table;
}

export function makeBus(shared: Shared): EventBus {
  const { scope, stack, key, deadLetters } = shared;
  const bus = new EventBus(scope, 'Events', {
    description: 'What happens to orders', logConfig: { level: Level.ERROR, includeDetail: IncludeDetail.NONE },
  });
  const resource = bus.node.defaultChild as CfnEventBus;
  resource.kmsKeyIdentifier = key.keyArn;
  resource.deadLetterConfig = { arn: deadLetters.queueArn };
  letSend(deadLetters, 'events.amazonaws.com', bus.eventBusArn);
  bus.addToResourcePolicy(onlyOurs(stack, 'events:PutEvents', bus.eventBusArn));
  const source = new CfnDeliverySource(scope, 'EventsLogSource', { name: `${stack.stackName}-events`, logType: 'ERROR_LOGS', resourceArn: bus.eventBusArn });
  const destination = new CfnDeliveryDestination(scope, 'EventsLogDestination', {
    name: `${stack.stackName}-events`, destinationResourceArn: groupArn(makeLogs(shared, 'EventsLog')),
  });
  new CfnDelivery(scope, 'EventsLogDelivery', { deliverySourceName: source.name, deliveryDestinationArn: destination.attrArn }).addDependency(source);
  return bus;
}

export function makePipe(shared: Shared, table: TableV2, enrichment: IFunction, bus: EventBus): void {
  const { scope, stack, key, alarms, deadLetters } = shared;
  const logs = makeLogs(shared, 'AnnouncementsLog');
  const pipes = stack.formatArn({ service: 'pipes', resource: 'pipe', resourceName: '*' });
  const role = serviceRole(shared, 'AnnouncementsRole', 'pipes.amazonaws.com', [
    statement(['logs:CreateLogStream', 'logs:PutLogEvents'], logs.logGroupArn),
    statement(['kms:DescribeKey'], key.keyArn),
    statement(ENCRYPT, key.keyArn, { ArnLike: { 'kms:EncryptionContext:aws:pipe:arn': pipes } }),
  ], pipes);
  allow(role, ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'], [table.tableStreamArn!]);
  allowKey(role, shared, 'dynamodb', ['kms:Decrypt'], { 'kms:EncryptionContext:aws:dynamodb:tableName': table.tableName });
  allow(role, ['sqs:SendMessage'], [deadLetters.queueArn]);
  allowKey(role, shared, 'sqs', ENCRYPT, { 'kms:EncryptionContext:aws:sqs:arn': deadLetters.queueArn });
  allow(role, ['lambda:InvokeFunction'], [enrichment.functionArn]);
  allow(role, ['events:PutEvents'], [bus.eventBusArn], {
    'ForAllValues:StringEquals': { 'events:source': SOURCE, 'events:detail-type': ORDER_PLACED }, 'Null': { 'events:source': 'false', 'events:detail-type': 'false' },
  });
  const pipe = new CfnPipe(scope, 'Announcements', {
    roleArn: role.roleArn,
    source: table.tableStreamArn!,
    sourceParameters: {
      filterCriteria: { filters: [{ pattern: '{"eventName":["INSERT"]}' }] },
      dynamoDbStreamParameters: {
        startingPosition: 'TRIM_HORIZON',
        batchSize: 10,
        maximumRetryAttempts: 5,
        maximumRecordAgeInSeconds: 86400,
        onPartialBatchItemFailure: 'AUTOMATIC_BISECT',
        deadLetterConfig: { arn: deadLetters.queueArn },
      },
    },
    enrichment: enrichment.functionArn,
    target: bus.eventBusArn,
    targetParameters: { eventBridgeEventBusParameters: { source: SOURCE, detailType: ORDER_PLACED } },
    kmsKeyIdentifier: key.keyArn,
    logConfiguration: { cloudwatchLogsLogDestination: { logGroupArn: groupArn(logs) }, level: 'ERROR' },
  });
  pipe.node.addDependency(role);
  for (const metricName of ['ExecutionFailed', 'ExecutionPartiallyFailed', 'ExecutionTimeout', 'ExecutionThrottled']) {
    const metric = new Metric({ namespace: 'AWS/EventBridge/Pipes', metricName, statistic: 'Sum', dimensionsMap: { PipeName: pipe.ref } });
    alarm(pipe, metricName, 'the pipe cannot hand on what it reads; look into its log', metric, 0, alarms);
  }
}

export function startOnEvent(shared: Shared, eventBus: EventBus, machine: StateMachine): void {
  const { scope, stack, alarms, deadLetters } = shared;
  const rule = new Rule(scope, 'OnOrderPlaced', { eventBus, eventPattern: { source: [SOURCE], detailType: [ORDER_PLACED] } });
  const rules = stack.formatArn({ service: 'events', resource: 'rule', resourceName: `${eventBus.eventBusName}/*` });
  const role = serviceRole(shared, 'OnOrderPlacedRole', 'events.amazonaws.com', [], rules);
  allow(role, ['states:StartExecution'], [machine.stateMachineArn]);
  letSend(deadLetters, 'events.amazonaws.com', rule.ruleArn);
  // The L2 of the target makes a role that every rule of every account could have.
  rule.addTarget({
    bind: () => ({
      arn: machine.stateMachineArn,
      role,
      deadLetterConfig: { arn: deadLetters.queueArn },
      retryPolicy: { maximumRetryAttempts: 185, maximumEventAgeInSeconds: 86400 },
    }),
  });
  for (const metricName of ['FailedInvocations', 'InvocationsFailedToBeSentToDlq', 'ThrottledRules']) {
    const metric = new Metric({
      namespace: 'AWS/Events', metricName, statistic: 'Sum', dimensionsMap: { EventBusName: eventBus.eventBusName, RuleName: rule.ruleName },
    });
    alarm(rule, metricName, 'events are not delivered; look into the log of the bus', metric, 0, alarms);
  }
}
