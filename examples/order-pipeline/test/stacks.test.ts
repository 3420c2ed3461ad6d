import './environment';
import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { PROFILES, RECOMMENDED_FLAGS } from '../../../test/support/apps';
import { OrderPipelineStack } from '../lib/order-pipeline-stack';
import { PipelineNames } from '../lib/pipeline-names';

const names: PipelineNames = JSON.parse(readFileSync(join(__dirname, '..', 'cdk.json'), 'utf8')).context.pipeline;

interface Violation {
  readonly ruleName: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface Plugin {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** A state of the workflow, as far as it says where to go on. */
interface State {
  readonly Type: string;
  readonly Next?: string;
  readonly Default?: string;
  readonly Choices?: readonly { readonly Condition: string; readonly Next: string }[];
  readonly Catch?: readonly { readonly ErrorEquals: readonly string[]; readonly Next: string }[];
  readonly Arguments?: { readonly Payload?: string; readonly Message?: string };
}

/** Bundling is off, and findings do not throw: the tests read them. */
function pipeline(profile?: SecurityProfile, flags: Record<string, unknown> = {}): { readonly app: App; readonly stack: OrderPipelineStack } {
  const app = new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false, ...flags } });
  ServerlessSecurity.of(app).enforce({ profile });
  return { app, stack: new OrderPipelineStack(app, 'OrderPipeline', { names }) };
}

function judged(app: App): readonly Plugin[] {
  const { directory } = app.synth();
  return (JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Plugin[] }).pluginReports;
}

const lines = (plugins: readonly Plugin[], kind: 'violations' | 'suppressedViolations') => plugins.flatMap((plugin) => (
  (plugin[kind] ?? []).flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`)))).sort();

const PACKS: { readonly [profile: string]: readonly string[] } = {
  regulated: ['AwsSolutions', 'HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321', 'Serverless'],
};

describe('the order pipeline', () => {
  const cases = PROFILES.flatMap(([name, profile]) => [
    { name, profile, flags: {}, set: 'no feature flags' },
    { name, profile, flags: RECOMMENDED_FLAGS, set: 'the recommended feature flags' },
  ]);

  test.each(cases)('has no finding under the $name profile with $set', ({ name, profile, flags }) => {
    const plugins = judged(pipeline(profile(), flags).app);
    expect(plugins.map(({ pluginName }) => pluginName)).toEqual(expect.arrayContaining([...PACKS[name] ?? ['AwsSolutions', 'Serverless']]));
    expect(lines(plugins, 'violations')).toStrictEqual([]);
  });

  // Reading a template fails when its resources depend on each other in a circle.
  test.each(PROFILES)('is the same template with and without the recommended feature flags, and has no circle: %s', (_, profile) => {
    const [plain, flagged] = [{}, RECOMMENDED_FLAGS].map((flags) => Template.fromStack(pipeline(profile(), flags).stack).toJSON());
    expect(flagged).toEqual(plain);
  });

  const { app, stack } = pipeline();
  const template = Template.fromStack(stack);
  const only = (type: string) => {
    const found = Object.values(template.findResources(type));
    expect(found).toHaveLength(1);
    return found[0].Properties;
  };

  /** `{ "Fn::GetAtt": ["OrderBookOrders8E098B6F", "Arn"] }` names `OrderBookOrders`; what follows the name is kept. */
  function named(resource: unknown): string {
    const text = JSON.stringify(resource);
    const [, id] = /"([A-Za-z]\w*?)[0-9A-F]{8}"/.exec(text) ?? [];
    const [, rest = ''] = /"(\/[^"]+)"\]/.exec(text) ?? [];
    return id === undefined ? text : `${id}${rest}`;
  }

  /** Actions by what a statement names, from the policies whose id begins so. */
  function rightsOf(start: string, type = 'AWS::IAM::Policy'): Record<string, string[]> {
    const policies = Object.entries(template.findResources(type)).filter(([id]) => id.startsWith(start));
    const statements = policies.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
    const rights: Record<string, string[]> = {};
    for (const { Action, Resource } of statements) {
      for (const one of [Resource].flat()) rights[named(one)] = [...new Set([...rights[named(one)] ?? [], ...[Action].flat()])].sort();
    }
    return rights;
  }

  const ENCRYPT = ['kms:Decrypt', 'kms:GenerateDataKey'];

  test('lets each function do what its code does, and nothing else', () => {
    expect(rightsOf('IntakeAcceptOrder')).toEqual({ IntakeInbox: ['sqs:SendMessage'], SharedSecurityDataKey: ENCRYPT });
    expect(rightsOf('OrderBookStoreOrder')).toEqual({
      IntakeInbox: ['sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      OrderBookOrders: ['dynamodb:PutItem'],
      SharedSecurityDataKey: ['kms:Decrypt'],
    });
    expect(rightsOf('OrderBookOrderEvent')).toEqual({});
    expect(rightsOf('FulfilmentCheckStock')).toEqual({});
    expect(rightsOf('FulfilmentWriteReceipt')).toEqual({
      'FulfilmentReceipts/receipts/*': ['s3:AbortMultipartUpload', 's3:PutObject'], 'SharedSecurityDataKey': ENCRYPT,
    });
    expect(rightsOf('BookkeepingDailySummarySupport')).toEqual({
      'OrderBookOrders': ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      'OrderBookOrders/index/byDay': ['dynamodb:Query'],
      'BookkeepingNotices': ['sns:Publish'],
      'BookkeepingDailySummarySupportFailureQueue': ['sqs:SendMessage'],
      'SharedSecurityDataKey': ENCRYPT,
    });
  });

  test('lets pipe, rule, workflow and schedule hand on, and nothing else', () => {
    expect(rightsOf('OrderBookAnnouncements')).toEqual({
      OrderBookOrders: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
      OrderBookOrderEvent: ['lambda:InvokeFunction'],
      OrderBookEvents: ['events:PutEvents'],
      SharedSecurityDeadLetterQueue: ['sqs:SendMessage'],
      SharedSecurityDataKey: ENCRYPT,
    });
    expect(rightsOf('OrderBookEvents')).toEqual({ FulfilmentWorkflow: ['states:StartExecution'] });
    expect(rightsOf('FulfilmentWorkflow')).toEqual({
      FulfilmentCheckStock: ['lambda:InvokeFunction'],
      FulfilmentWriteReceipt: ['lambda:InvokeFunction'],
      BookkeepingNotices: ['sns:Publish'],
      SharedSecurityDataKey: ENCRYPT,
    });
    expect(rightsOf('BookkeepingDailySummaryOnSchedule')).toEqual({
      BookkeepingDailySummary: ['lambda:InvokeFunction'],
      BookkeepingDailySummarySupportFailureQueue: ['sqs:SendMessage'],
      SharedSecurityDataKey: ENCRYPT,
    });
  });

  test('lets the summary see keys and totals, whether it asks the table or its index', () => {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('BookkeepingDailySummarySupport'));
    const statements = policies.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement).filter(({ Action }) => [Action].flat()[0].startsWith('dynamodb:'));
    expect(statements.map(({ Condition }) => Condition['ForAllValues:StringEquals'])).toEqual(
      Array.from({ length: 2 }, () => ({ 'dynamodb:Attributes': ['shop', 'reference', 'day', 'total'] })));
  });

  test('lets tills place orders, each in a role that its certificate opens', () => {
    expect(Object.values(rightsOf('IntakePlaceOrders', 'AWS::IAM::ManagedPolicy'))).toEqual([['execute-api:Invoke']]);
    expect(JSON.stringify(template.findResources('AWS::IAM::ManagedPolicy'))).toContain('"/prod/POST/orders"');
    const tills = Object.values(template.findResources('AWS::IAM::Role')).filter(({ Properties: { RoleName } }) => names.tills.includes(RoleName));
    expect(tills).toHaveLength(2);
    for (const { Properties: { RoleName, AssumeRolePolicyDocument } } of tills) {
      expect(AssumeRolePolicyDocument.Statement.flatMap(({ Action }: Statement) => Action).sort()).toEqual(['sts:AssumeRole', 'sts:SetSourceIdentity', 'sts:TagSession']);
      for (const { Principal, Condition } of AssumeRolePolicyDocument.Statement) {
        expect(Principal).toEqual({ Service: 'rolesanywhere.amazonaws.com' });
        expect(JSON.stringify(Condition.ArnEquals['aws:SourceArn'])).toContain(`:trust-anchor/${names.trustAnchorId}`);
        expect(Condition.StringEquals).toEqual({ 'aws:PrincipalTag/x509Subject/CN': RoleName });
      }
    }
  });

  test('lets the program of bookkeeping read its post, and decrypt nothing else', () => {
    expect(rightsOf('BookkeepingReadPost', 'AWS::IAM::ManagedPolicy')).toEqual({
      BookkeepingPost: ['sqs:ChangeMessageVisibility', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes', 'sqs:ReceiveMessage'],
      SharedSecurityDataKey: ['kms:Decrypt'],
    });
  });

  test('has one way in, with all layers before it', () => {
    const { entryPoints } = JSON.parse(readFileSync(join(app.synth().directory, 'security', 'report.json'), 'utf8'));
    expect(entryPoints.map(({ method, path, layers }: { method: string; path: string; layers: object }) => [method, path, layers])).toEqual([
      ['POST', '/orders', { authorization: 'iam', validation: true, throttle: true, webAcl: true, logging: true, leastPrivilege: true }],
    ]);
  });

  test('hands each new order on, as the order that it is', () => {
    expect(only('AWS::DynamoDB::GlobalTable').StreamSpecification).toEqual({ StreamViewType: 'NEW_IMAGE' });
    const { SourceParameters, Enrichment, TargetParameters } = only('AWS::Pipes::Pipe');
    expect(SourceParameters.FilterCriteria).toEqual({ Filters: [{ Pattern: '{"eventName":["INSERT"]}' }] });
    expect(named(Enrichment)).toBe('OrderBookOrderEvent');
    expect(TargetParameters).toEqual({ EventBridgeEventBusParameters: { Source: 'shop.orders', DetailType: 'OrderPlaced' } });
    const { EventPattern, Targets } = only('AWS::Events::Rule');
    expect(EventPattern).toEqual({ 'source': ['shop.orders'], 'detail-type': ['OrderPlaced'] });
    expect(Targets).toMatchObject([{ InputPath: '$.detail' }]);
    expect(named(Targets[0].Arn)).toBe('FulfilmentWorkflow');
  });

  describe('the workflow', () => {
    const { DefinitionString } = only('AWS::StepFunctions::StateMachine');
    const { StartAt, States } = JSON.parse((DefinitionString['Fn::Join'][1] as unknown[]).map((part) => (typeof part === 'string' ? part : '-')).join('')) as {
      StartAt: string; States: { [name: string]: State };
    };

    test('serves an order or says why not, whatever fails', () => {
      expect(StartAt).toBe('LookIntoStock');
      const ways = ({ Type, Next, Default, Choices = [], Catch = [] }: State) => [Type, ...Choices.map((one) => one.Next), Next ?? Default ?? 'end', ...Catch.map((one) => `or ${one.Next}`)];
      expect(Object.fromEntries(Object.entries(States).map(([name, state]) => [name, ways(state).join(' ')]))).toEqual({
        LookIntoStock: 'Task InStock or TellFailure',
        InStock: 'Choice Serve TellRejection',
        Serve: 'Task Served or TellFailure',
        Served: 'Succeed end',
        TellRejection: 'Task Rejected or Failed',
        Rejected: 'Succeed end',
        TellFailure: 'Task Failed or Failed',
        Failed: 'Fail end',
      });
      expect(Object.values(States).flatMap(({ Catch = [] }) => Catch.flatMap(({ ErrorEquals }) => ErrorEquals))).toEqual(Array(4).fill('States.ALL'));
    });

    test('gives each function the order itself, and tells of it without what went wrong inside', () => {
      const order = '$states.context.Execution.Input';
      expect([States.LookIntoStock, States.Serve].map(({ Arguments }) => Arguments!.Payload)).toEqual([`{% ${order} %}`, `{% ${order} %}`]);
      expect(States.TellFailure.Arguments!.Message).toBe(`{% 'Order ' & ${order}.reference & ' of ' & ${order}.shop & ' failed: ' & $states.input.Error %}`);
      expect(States.TellRejection.Arguments!.Message).toContain("' is rejected, not in stock: ' & $join($states.input.missing, ', ')");
    });
  });

  test('sums up each day once, after it ended in UTC', () => {
    expect(only('AWS::Scheduler::Schedule')).toMatchObject({
      ScheduleExpression: 'cron(0 1 * * ? *)', ScheduleExpressionTimezone: 'Etc/UTC', Target: { RetryPolicy: { MaximumEventAgeInSeconds: 3600 } },
    });
  });

  test('keeps the logical ids of what holds data, so that an upgrade replaces none of it', () => {
    const ids = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::SQS::Queue', 'AWS::KMS::Key'].flatMap((type) => Object.keys(template.findResources(type)));
    expect(ids.sort()).toEqual([
      'BookkeepingDailySummarySupportFailureQueue928B92E2',
      'BookkeepingPostB7A6EA9F',
      'BookkeepingPostDeadLetterQueue44BCD56E',
      'FulfilmentReceipts0D4FBD48',
      'IntakeInboxC9D126B8',
      'IntakeInboxDeadLetterQueue0FE934A8',
      'OrderBookOrders8E098B6F',
      'SharedSecurityAccessLogBucketC67C0977',
      'SharedSecurityDataKeyD4D7B14E',
      'SharedSecurityDeadLetterQueue6600F2A1',
      'SharedSecurityUndeliveredAlarmsEF81F255',
    ]);
  });

  test('acknowledges little: each finding is listed here', () => {
    expect(lines(judged(app), 'suppressedViolations')).toEqual([
      'AwsSolutions-APIG2 at OrderPipeline/Intake/Api/RestApi/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/Bookkeeping/DailySummarySupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/Fulfilment/CheckStockSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/Fulfilment/WorkflowSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/Fulfilment/WriteReceiptSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/Intake/AcceptOrderSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/OrderBook/OrderEventSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/OrderBook/StoreOrderSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at OrderPipeline/SharedSecurity/ApiGatewayAccount/Role/Resource',
      'AwsSolutions-IAM5[Resource::<FulfilmentReceipts0D4FBD48.Arn>/receipts/*] at OrderPipeline/Fulfilment/WriteReceiptSupport/Role/DefaultPolicy/Resource',
      'AwsSolutions-SQS3 at OrderPipeline/SharedSecurity/DeadLetterQueue/Resource',
      'AwsSolutions-SQS3 at OrderPipeline/SharedSecurity/UndeliveredAlarms/Resource',
      'Serverless-LambdaDLQ at OrderPipeline/Fulfilment/CheckStock/Resource',
      'Serverless-LambdaDLQ at OrderPipeline/Fulfilment/WriteReceipt/Resource',
      'Serverless-LambdaDLQ at OrderPipeline/Intake/AcceptOrder/Resource',
      'Serverless-LambdaDLQ at OrderPipeline/OrderBook/OrderEvent/Resource',
      'Serverless-LambdaDLQ at OrderPipeline/OrderBook/StoreOrder/Resource',
      'Serverless-LambdaEventSourceMappingDestination at OrderPipeline/OrderBook/StoreOrder/OnInbox8df903/Resource',
      'Serverless-LambdaStarPermissions at OrderPipeline/Bookkeeping/DailySummarySupport/Role/Resource',
      'Serverless-LambdaStarPermissions at OrderPipeline/Fulfilment/CheckStockSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at OrderPipeline/Fulfilment/WriteReceiptSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at OrderPipeline/Intake/AcceptOrderSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at OrderPipeline/OrderBook/OrderEventSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at OrderPipeline/OrderBook/StoreOrderSupport/Role/Resource',
      'Serverless-SQSRedrivePolicy at OrderPipeline/Bookkeeping/DailySummarySupport/FailureQueue/Resource',
      'Serverless-SQSRedrivePolicy at OrderPipeline/Bookkeeping/Post/DeadLetterQueue/Resource',
      'Serverless-SQSRedrivePolicy at OrderPipeline/Intake/Inbox/DeadLetterQueue/Resource',
      'Serverless-SQSRedrivePolicy at OrderPipeline/SharedSecurity/DeadLetterQueue/Resource',
      'Serverless-SQSRedrivePolicy at OrderPipeline/SharedSecurity/UndeliveredAlarms/Resource',
    ]);
  });

  test('acknowledges under the regulated profile what no other setting mends', () => {
    const kinds = lines(judged(pipeline(SecurityProfile.regulated()).app), 'suppressedViolations').map((line) => line.replace(/ at .*/, ''));
    expect([...new Set(kinds)]).toEqual([
      'AwsSolutions-APIG2',
      'AwsSolutions-IAM5[Resource::*]',
      'AwsSolutions-IAM5[Resource::<FulfilmentReceipts0D4FBD48.Arn>/receipts/*]',
      'AwsSolutions-IAM5[Resource::arn:<AWS::Partition>:backup:<AWS::Region>:<AWS::AccountId>:recovery-point:*]',
      'AwsSolutions-SQS3',
      'HIPAA.Security-S3BucketReplicationEnabled',
      'HIPAA.Security-S3DefaultEncryptionKMS',
      'IamResourceWildcard[Resource::arn:<AWS::Partition>:backup:<AWS::Region>:<AWS::AccountId>:recovery-point:*]',
      'NIST.800.53.R4-S3BucketDefaultLockEnabled',
      'NIST.800.53.R4-S3BucketReplicationEnabled',
      'NIST.800.53.R5-S3BucketReplicationEnabled',
      'NIST.800.53.R5-S3DefaultEncryptionKMS',
      'PCI.DSS.321-S3BucketReplicationEnabled',
      'PCI.DSS.321-S3DefaultEncryptionKMS',
      'Serverless-LambdaEventSourceMappingDestination',
      'Serverless-SQSRedrivePolicy',
    ]);
  });
});
