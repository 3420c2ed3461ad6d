import { join } from 'path';
import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { AttributeType, Billing, TableEncryptionV2, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { AnyPrincipal, Effect, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { ApplicationLogLevel, Architecture, LoggingFormat, RecursiveLoop, Runtime, SystemLogLevel, Tracing } from 'aws-cdk-lib/aws-lambda';
import { NodejsFunction } from 'aws-cdk-lib/aws-lambda-nodejs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ITopic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { makeAlarmTopic, makeBucket, makeKey, makeLogBucket } from './by-hand';
import { alarm, attackAlarm } from './by-hand-alarm';
import { makeLogGroup, makeWebAcl } from './by-hand-api';
import { makeNotesApi } from './notes-by-hand-api';
import { makeEdgeLogBucket, makeSite } from './notes-by-hand-edge';
import { makeMembers } from './notes-by-hand-members';
import { Shared } from './notes-by-hand-shared';
import { NAMES } from './notes-shape';

/** The example's resources as a careful person writes them with CDK's L2s. */
export function build(app: App, stacks: number): void {
  for (let i = 0; i < stacks; i++) buildStack(new Stack(app, `Notes${i}`, { env: { region: 'us-east-1' } }));
}

function buildStack(stack: Stack): void {
  const key = makeKey(stack);
  const alarms = makeAlarmTopic(stack, key);
  notifySomebody(stack, key, alarms);
  const shared: Shared = {
    key,
    alarms,
    certificate: Certificate.fromCertificateArn(stack, 'Certificate', NAMES.certificateArn),
    zone: HostedZone.fromHostedZoneAttributes(stack, 'Zone', { zoneName: NAMES.domainName, hostedZoneId: NAMES.hostedZoneId }),
    edgeLogs: makeEdgeLogBucket(stack),
    edgeAclArn: makeWebAcl(stack, key, alarms, 'EdgeAcl', 'CLOUDFRONT').attrArn,
  };
  const table = makeTable(stack, key, alarms);
  const handler = (id: string, file: string, actions?: string[]): NodejsFunction => (
    makeFunction(stack, shared, id, file, actions && { table, actions }));
  const members = makeMembers(stack, shared, handler('AddTenant', 'add-tenant.ts'), makeWebAcl(stack, key, alarms));
  makeNotesApi(stack, shared, members, {
    'GET /notes': handler('ListNotes', 'list-notes.ts', ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query']),
    'POST /notes': handler('WriteNote', 'write-note.ts', ['dynamodb:PutItem']),
    'DELETE /notes/{id}': handler('RemoveNote', 'remove-note.ts', ['dynamodb:DeleteItem']),
  });
  const files = makeBucket(stack, key, makeLogBucket(stack));
  const distribution = makeSite(stack, shared, files);
  letDeploy(stack, key, files, `distribution/${distribution.distributionId}`);
  attackAlarm(stack, alarms);
  new CfnOutput(stack, 'SiteBucket', { value: files.bucketName });
  new CfnOutput(stack, 'SiteDistribution', { value: distribution.distributionId });
  new CfnOutput(stack, 'PageConfig', { value: stack.toJsonString({ clientId: members.client.userPoolClientId }) });
}

function notifySomebody(stack: Stack, encryptionMasterKey: Key, alarms: ITopic): void {
  const undelivered = new Queue(stack, 'Undelivered', {
    encryption: QueueEncryption.KMS, encryptionMasterKey, enforceSSL: true, retentionPeriod: Duration.days(14), removalPolicy: RemovalPolicy.RETAIN,
  });
  alarms.addSubscription(new EmailSubscription(NAMES.alarmEmail, { deadLetterQueue: undelivered }));
  alarm(undelivered, 'Undelivered', 'a recipient of alarms did not get a notification', undelivered.metricApproximateNumberOfMessagesVisible(), 0, alarms);
}

function makeTable(stack: Stack, key: Key, alarms: ITopic): TableV2 {
  const table = new TableV2(stack, 'Table', {
    partitionKey: { name: 'tenant', type: AttributeType.STRING },
    sortKey: { name: 'noteId', type: AttributeType.STRING },
    billing: Billing.onDemand({ maxReadRequestUnits: 4000, maxWriteRequestUnits: 1000 }),
    encryption: TableEncryptionV2.customerManagedKey(key),
    pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true, recoveryPeriodInDays: 35 },
    deletionProtection: true,
    removalPolicy: RemovalPolicy.RETAIN,
    resourcePolicy: new PolicyDocument({
      statements: [new PolicyStatement({
        effect: Effect.DENY,
        principals: [new AnyPrincipal()],
        actions: ['dynamodb:*'],
        resources: ['*'],
        conditions: { StringNotEquals: { 'aws:PrincipalAccount': stack.account }, BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
      })],
    }),
  });
  alarm(table, 'ReadThrottles', 'reads are refused', table.metric('ReadThrottleEvents', { statistic: 'Sum' }), 10, alarms);
  alarm(table, 'WriteThrottles', 'writes are refused', table.metric('WriteThrottleEvents', { statistic: 'Sum' }), 10, alarms);
  alarm(table, 'SystemErrors', 'DynamoDB itself fails', table.metric('SystemErrors', { statistic: 'Sum' }), 0, alarms);
  return table;
}

interface Access {
  readonly table: TableV2;
  readonly actions: string[];
}

function makeFunction(stack: Stack, { key, alarms }: Shared, id: string, file: string, access?: Access): NodejsFunction {
  const logGroup = makeLogGroup(stack, `${id}Logs`, key);
  const statement = (actions: string[], resource: string): PolicyStatement => new PolicyStatement({ actions, resources: [resource] });
  const role = new Role(stack, `${id}Role`, {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'),
    description: `Runs ${stack.node.path}/${id}`,
    inlinePolicies: {
      Baseline: new PolicyDocument({
        statements: [
          statement(['logs:CreateLogStream', 'logs:PutLogEvents'], logGroup.logGroupArn),
          statement(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
        ],
      }),
    },
  });
  const fn = new NodejsFunction(stack, id, {
    // A role that CDK may not add to: X-Ray rights stand above already.
    role: role.withoutPolicyUpdates(),
    entry: join(__dirname, '..', 'src', file),
    runtime: Runtime.NODEJS_24_X,
    logGroup,
    architecture: Architecture.ARM_64,
    memorySize: 256,
    timeout: Duration.seconds(15),
    recursiveLoop: RecursiveLoop.TERMINATE,
    loggingFormat: LoggingFormat.JSON,
    applicationLogLevelV2: ApplicationLogLevel.INFO,
    systemLogLevelV2: SystemLogLevel.INFO,
    tracing: Tracing.ACTIVE,
    environment: access && { NOTES_TABLE: access.table.tableName },
    environmentEncryption: access && key,
    bundling: { minify: true, externalModules: ['@aws-sdk/*', '@smithy/*'] },
  });
  if (access !== undefined) {
    role.addToPolicy(statement(access.actions, access.table.tableArn));
    role.addToPolicy(new PolicyStatement({
      actions: ['kms:Decrypt'],
      resources: [key.keyArn],
      conditions: {
        StringEquals: {
          'kms:ViaService': `dynamodb.${stack.region}.amazonaws.com`,
          'kms:EncryptionContext:aws:dynamodb:tableName': access.table.tableName,
          'kms:EncryptionContext:aws:dynamodb:subscriberId': stack.account,
        },
      },
    }));
  }
  alarm(fn, 'Errors', 'invocations fail; look for ERROR in the log group of the function', fn.metricErrors(), 0, alarms);
  alarm(fn, 'Throttles', 'Lambda refuses invocations; look at who calls', fn.metricThrottles(), 0, alarms);
  alarm(fn, 'Duration', 'invocations take more than 80 % of the timeout; look at the traces', fn.metricDuration({ statistic: 'p99' }), 12000, alarms);
  alarm(fn, 'Concurrency', 'unusually many executions at once', fn.metric('ConcurrentExecutions', { statistic: 'Maximum' }), 100, alarms);
  return fn;
}

function letDeploy(stack: Stack, key: Key, files: Bucket, distribution: string): void {
  const policy = new ManagedPolicy(stack, 'Deploy', { roles: [Role.fromRoleName(stack, 'Pipeline', NAMES.deployRole)] });
  policy.addStatements(
    new PolicyStatement({
      actions: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
      resources: [stack.formatArn({ service: 'cloudfront', region: '', resource: distribution })],
    }),
    new PolicyStatement({ actions: ['s3:ListBucket'], resources: [files.bucketArn] }),
    new PolicyStatement({ actions: ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'], resources: [files.arnForObjects('*')] }),
    new PolicyStatement({
      actions: ['kms:Decrypt', 'kms:GenerateDataKey'],
      resources: [key.keyArn],
      conditions: {
        StringEquals: { 'kms:ViaService': `s3.${stack.region}.amazonaws.com` },
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': [files.bucketArn, files.arnForObjects('*')] },
      },
    }),
  );
}
