import { Duration, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function as PlainFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, CustomDataIdentifier, DataIdentifier, LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { DefinitionBody, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { CallAwsService } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { CREDENTIALS, FINANCIAL, HEALTH, KindOfData, PERSONAL } from '../../src/classification/classification-baseline';
import { DataClassification } from '../../src/classification/data-classification';
import { MaskingFindings } from '../../src/classification/masking-findings';
import { SecureTable } from '../../src/database/table/secure-table';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../src/http-api/http-api-front';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { encryptedLogGroup } from '../../src/logging/encrypted-log-group';
import { CUSTOM_IDENTIFIER, MASKED_IDENTIFIERS } from '../../src/logging/log-baseline';
import { LogMasking } from '../../src/logging/log-masking';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { SecureWebSocketApi } from '../../src/websocket-api/secure-web-socket-api';
import { WebSocketAuth } from '../../src/websocket-api/websocket-auth';
import { ErrorCatching } from '../../src/workflow/error-catching';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { PROFILES, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

type Json = any;

const SWISS = DataClassification.custom('InsuredNumber', '756[.][0-9]{4}[.][0-9]{4}[.][0-9]{2}');
const KEY = { partitionKey: { name: 'id', type: AttributeType.STRING } };

/** The identifiers that a log group masks, as its policy names them last. */
function maskedIn(stack: Stack, logGroup: LogGroup): string[] {
  const resource = logGroup.node.defaultChild as CfnLogGroup;
  const { Statement: [audit, mask] } = templateOf(stack).toJSON().Resources[stack.getLogicalId(resource)].Properties.DataProtectionPolicy as Json;
  expect(audit.DataIdentifier).toEqual(mask.DataIdentifier);
  return mask.DataIdentifier.map((one: Json) => (one['Fn::Sub'] ?? one).split('/').at(-1));
}

function logsOf(stack: Stack, id = 'Orders'): LogGroup {
  return stack.node.findChild(`${id}Support`).node.findChild('LogGroup') as LogGroup;
}

function warnings(stack: Stack): string[] {
  return stack.node.findAll().flatMap(({ node }) => node.metadata).filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
}

describe('a classification', () => {
  test('knows every identifier of CloudWatch Logs, each in one kind or in none', () => {
    const of = ({ everywhere, byCountry }: KindOfData): string[] => [...everywhere, ...Object.values(byCountry).flat()];
    const kinds = [CREDENTIALS, ...[FINANCIAL, PERSONAL, HEALTH].map((kind) => [...new Set(of(kind))])];
    const managed = Object.values(DataIdentifier).map((one) => (one as DataIdentifier).name);
    expect(kinds.flat().filter((name) => !managed.includes(name))).toStrictEqual([]);
    expect(managed.filter((name) => !kinds.flat().includes(name)).sort()).toEqual(['IpAddress', 'LatLong', 'VehicleIdentificationNumber']);
    expect(kinds.flat()).toHaveLength(new Set(kinds.flat()).size);
  });

  test.each<[string, DataClassification, string[]]>([
    ['credentials', DataClassification.credentials(), []],
    ['personal data of one country', DataClassification.personal({ countries: ['NL'] }), ['Address', 'EmailAddress', 'Name', 'DriversLicense-NL']],
    ['financial data of two', DataClassification.financial({ countries: ['DE', 'GB'] }),
      ['CreditCardExpiration', 'CreditCardNumber', 'CreditCardSecurityCode', 'BankAccountNumber-DE', 'BankAccountNumber-GB']],
    ['health data', DataClassification.health({ countries: ['AT', 'GB'] }), ['HealthInsuranceCardNumber-EU', 'NhsNumber-GB']],
    ['data of one\'s own', SWISS, ['InsuredNumber']],
    ['data by identifiers', DataClassification.identified('location', DataIdentifier.LATLONG), ['LatLong']],
  ])('of %s names it, after credentials', (_, classification, expected) => {
    expect(classification._identifiers.map(({ name }) => name)).toEqual([...CREDENTIALS, ...expected]);
  });

  test('without countries means all', () => {
    const names = DataClassification.health()._identifiers.map(({ name }) => name);
    expect(names).toEqual([...CREDENTIALS, ...new Set(Object.keys(HEALTH.byCountry).sort().flatMap((country) => HEALTH.byCountry[country]))]);
  });

  test('of two kinds is named in the order of the alphabet, once each', () => {
    const both = DataClassification.personal({ countries: ['US'] }).plus(DataClassification.financial()).plus(DataClassification.personal({ countries: ['US'] }));
    expect(both.label).toBe('financial+personal');
    expect(new Set(both._identifiers.map(({ name }) => name)).size).toBe(both._identifiers.length);
  });
});

describe('a classified store', () => {
  const FINANCIAL_DE = DataClassification.financial({ countries: ['DE'] });

  test.each<[string, string, (stack: Stack) => void]>([
    ['table', 'AWS::DynamoDB::GlobalTable', (stack) => { new SecureTable(stack, 'Store', { ...KEY, dataClassification: FINANCIAL_DE }).allowRead(aFunction(stack)); }],
    ['bucket', 'AWS::S3::Bucket', (stack) => { new SecureBucket(stack, 'Store', { dataClassification: FINANCIAL_DE }).allowWrite(aFunction(stack)); }],
    ['queue', 'AWS::SQS::Queue', (stack) => { new SecureQueue(stack, 'Store', { dataClassification: FINANCIAL_DE }).allowSend(aFunction(stack)); }],
    ['topic', 'AWS::SNS::Topic', (stack) => { new SecureTopic(stack, 'Store', { dataClassification: FINANCIAL_DE }).allowPublish(aFunction(stack)); }],
    ['bus', 'AWS::Events::EventBus', (stack) => {
      new SecureEventBus(stack, 'Store', { dataClassification: FINANCIAL_DE }).allowPublish(aFunction(stack), { sources: ['shop'], detailTypes: ['Paid'] });
    }],
    ['bus, to whoever gets its events', 'AWS::Events::EventBus', (stack) => {
      aFunction(stack).onEvent(new SecureEventBus(stack, 'Store', { dataClassification: FINANCIAL_DE }), { source: ['shop'] });
    }],
    ['topic, to whoever gets its messages', 'AWS::SNS::Topic', (stack) => { aFunction(stack).onTopic(new SecureTopic(stack, 'Store', { dataClassification: FINANCIAL_DE })); }],
    ['queue, to whoever works it off', 'AWS::SQS::Queue', (stack) => { aFunction(stack).onQueue(new SecureQueue(stack, 'Store', { dataClassification: FINANCIAL_DE })); }],
    ['bucket, to whoever it starts', 'AWS::S3::Bucket', (stack) => { aFunction(stack).onBucket(new SecureBucket(stack, 'Store', { dataClassification: FINANCIAL_DE })); }],
  ])('a %s has a tag, and what handles it hides its values', (_, type, make) => {
    const stack = testStack();
    make(stack);
    expect(maskedIn(stack, logsOf(stack))).toEqual([...MASKED_IDENTIFIERS, 'CreditCardExpiration']);
    const tagged = JSON.stringify(templateOf(stack).findResources(type));
    expect(tagged).toContain('{"Key":"data-classification","Value":"financial"}');
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Shop/OrdersSupport/LogGroup sensitiveLogs',
      Threshold: 0,
      ComparisonOperator: 'GreaterThanThreshold',
      TreatMissingData: 'notBreaching',
      Metrics: [Match.objectLike({
        Period: 300,
        Expression: {
          'Fn::Join': ['', ['SELECT SUM(LogEventsWithFindings) FROM "AWS/Logs" WHERE LogGroupName = \'', stack.resolve(logsOf(stack).logGroupName), "'"]],
        },
      })],
    });
  });

  test.each(PROFILES)('has its values masked in the profile %s', (_, profile) => {
    const stack = testStack({ profile: profile() });
    new SecureTable(stack, 'Store', { ...KEY, dataClassification: SWISS }).allowRead(aFunction(stack));
    expect(maskedIn(stack, logsOf(stack))).toEqual([...MASKED_IDENTIFIERS, 'InsuredNumber']);
    const policy = (logsOf(stack).node.defaultChild as CfnLogGroup).dataProtectionPolicy as Json;
    expect(policy.Configuration).toEqual({ CustomDataIdentifier: [{ Name: 'InsuredNumber', Regex: '756[.][0-9]{4}[.][0-9]{4}[.][0-9]{2}' }] });
  });

  test('leaves those alone that have no rights on it, and adds up for those that have more', () => {
    const stack = testStack();
    const [one, two, none] = ['One', 'Two', 'None'].map((id) => aFunction(stack, id));
    const people = new SecureTable(stack, 'People', { ...KEY, dataClassification: DataClassification.personal({ countries: ['SE'] }) });
    const cards = new SecureTable(stack, 'Cards', { ...KEY, dataClassification: SWISS });
    people.allowRead(one);
    people.allowRead(two);
    cards.allowWrite(two.addAlias('live'));
    new SecureTable(stack, 'Plain', KEY).allowRead(none);
    const masked = ['One', 'Two', 'None'].map((id) => maskedIn(stack, logsOf(stack, id)).slice(MASKED_IDENTIFIERS.length));
    expect(masked).toEqual([['Address', 'Name', 'DriversLicense-SE'], ['Address', 'Name', 'DriversLicense-SE', 'InsuredNumber'], []]);
    const alarms = templateOf(stack).findResources('AWS::CloudWatch::Alarm', { Properties: { AlarmName: Match.stringLikeRegexp('sensitiveLogs$') } });
    expect(Object.keys(alarms)).toHaveLength(2);
  });

  test('has its values masked in the logs of a state machine', () => {
    const stack = testStack();
    const table = new SecureTable(stack, 'Store', { ...KEY, dataClassification: SWISS });
    const machine = new SecureStateMachine(stack, 'Flow', {
      errorCatching: ErrorCatching.off('one call alone, which the caller repeats'),
      definitionBody: DefinitionBody.fromChainable(new CallAwsService(stack, 'Get', {
        service: 'dynamodb', action: 'getItem', iamResources: [table.tableArn], parameters: {}, taskTimeout: Timeout.duration(Duration.seconds(5)),
      })),
    });
    table.allowRead(machine);
    expect(maskedIn(stack, machine.logGroup as LogGroup).at(-1)).toBe('InsuredNumber');
  });

  test('warns of readers whose logs it cannot mask', () => {
    const stack = testStack();
    const table = new SecureTable(stack, 'Store', { ...KEY, dataClassification: SWISS });
    table.allowRead(new PlainFunction(stack, 'Foreign', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('0') }));
    table.allowRead(aFunction(stack, 'Off', { logMasking: LogMasking.off('these logs feed a filter that needs all values') }));
    expect(warnings(stack)).toEqual([
      expect.stringContaining('Shop/Foreign handles data of Shop/Store, which is InsuredNumber: its logs show what it writes. Make it a SecureFunction'),
      expect.stringContaining('Shop/OffSupport/LogGroup masks nothing, as its author chose, and gets data that is InsuredNumber: leave LogMasking.off(…) out.'),
    ]);
  });
});

describe('a classified function or route', () => {
  test('of its own, with a tag, and an alarm that can be tuned or switched off', () => {
    const stack = testStack();
    aFunction(stack, 'Orders', { dataClassification: SWISS, alarms: { sensitiveLogs: AlarmSetting.threshold(5) } });
    aFunction(stack, 'Quiet', { dataClassification: SWISS, alarms: { sensitiveLogs: AlarmSetting.off('the test data look like real ones') } });
    expect(maskedIn(stack, logsOf(stack)).at(-1)).toBe('InsuredNumber');
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Tags: [{ Key: 'data-classification', Value: 'InsuredNumber' }] });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/OrdersSupport/LogGroup sensitiveLogs', Threshold: 5 });
    expect(JSON.stringify(template.toJSON())).not.toContain('Shop/QuietSupport/LogGroup sensitiveLogs');
  });

  test('without a classification nothing is added', () => {
    const stack = testStack();
    aFunction(stack);
    expect(maskedIn(stack, logsOf(stack))).toEqual(MASKED_IDENTIFIERS);
    expect(JSON.stringify(templateOf(stack).toJSON())).not.toMatch(/sensitiveLogs|data-classification/);
  });

  test('masks in the logs of a REST API and of the function behind the route', () => {
    const stack = testStack();
    const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
    api.addRoute('GET', '/people/{number}', aFunction(stack), { dataClassification: SWISS });
    for (const group of [api.accessLogGroup, api.node.findChild('ExecutionLogs') as LogGroup, logsOf(stack)]) {
      expect(maskedIn(stack, group).at(-1)).toBe('InsuredNumber');
    }
  });

  test('masks in the logs of an HTTP API and of the function behind the route', () => {
    const stack = testStack();
    const api = new SecureHttpApi(stack, 'Api', { auth: HttpApiAuth.iam(), front: HttpApiFront.none('called by services of this account alone') });
    api.addRoute('GET', '/people/{number}', aFunction(stack), { dataClassification: SWISS });
    for (const group of [api.accessLogGroup, logsOf(stack)]) expect(maskedIn(stack, group).at(-1)).toBe('InsuredNumber');
  });
});

test('a classified route of a WebSocket API masks in the logs of the API and of the function behind it', () => {
  const stack = testStack();
  const api = new SecureWebSocketApi(stack, 'Chat', { auth: WebSocketAuth.iam(), connectHandler: aFunction(stack, 'Connect') });
  api.addRoute('send', aFunction(stack), { dataClassification: SWISS });
  api.addDefaultRoute(aFunction(stack, 'Other'), { dataClassification: DataClassification.custom('Other', 'O-[0-9]+') });
  for (const group of [api.accessLogGroup, api.node.findChild('ExecutionLogs') as LogGroup]) {
    expect(maskedIn(stack, group).slice(-2)).toEqual(['InsuredNumber', 'Other']);
  }
  expect(['Orders', 'Other'].map((id) => maskedIn(stack, logsOf(stack, id)).at(-1))).toEqual(['InsuredNumber', 'Other']);
});

describe('what CloudWatch Logs found', () => {
  const destinations = (stack: Stack): Json[] => Object.values(templateOf(stack).findResources('AWS::Logs::LogGroup') as Json)
    .map(({ Properties }: Json) => Properties.DataProtectionPolicy?.Statement[0].Operation.Audit.FindingsDestination);

  test('goes nowhere until somebody says where', () => {
    const stack = testStack();
    aFunction(stack);
    expect(destinations(stack)).toEqual([{}]);
  });

  test.each(['before', 'after'])('goes to one encrypted log group of the stack, chosen %s the functions', (when) => {
    const stack = testStack();
    if (when === 'before') MaskingFindings.toLogGroup(stack.node.root);
    aFunction(stack, 'One');
    aFunction(stack, 'Two');
    if (when === 'after') MaskingFindings.toLogGroup(stack.node.root);
    const findings = stack.node.findChild('SharedSecurity').node.findChild('MaskingFindings') as LogGroup;
    const to = { CloudWatchLogs: { LogGroup: stack.resolve(findings.logGroupName) } };
    expect(destinations(stack).filter((one) => one !== undefined)).toEqual([to, to]);
    templateOf(stack).hasResourceProperties('AWS::Logs::LogGroup', {
      LogGroupName: { 'Fn::Join': ['', ['/aws/vendedlogs/findings/Shop-SharedSecurity-C86EE0CA-', Match.anyValue()]] },
      KmsKeyId: Match.anyValue(),
      RetentionInDays: 365,
      DataProtectionPolicy: Match.absent(),
    });
  });

  test('goes to a bucket whose policy and key let CloudWatch Logs in, for this account and region alone', () => {
    const stack = testStack();
    const bucket = new SecureBucket(stack, 'Findings');
    MaskingFindings.toBucket(stack, bucket);
    aFunction(stack);
    expect(destinations(stack)).toEqual([{ S3: { Bucket: stack.resolve(bucket.bucketName) } }]);
    const from = { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':*']] } };
    const { Statement } = only(stack, 'AWS::S3::BucketPolicy', 'Findings').PolicyDocument;
    expect(Statement.filter(({ Principal }: Json) => Principal.Service === 'delivery.logs.amazonaws.com')).toEqual([
      {
        Sid: 'FindingsCheck',
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:GetBucketAcl',
        Resource: stack.resolve(bucket.bucketArn),
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: from },
      },
      {
        Sid: 'FindingsWrite',
        Effect: 'Allow',
        Principal: { Service: 'delivery.logs.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: { 'Fn::Join': ['', [stack.resolve(bucket.bucketArn), '/AWSLogs/', { Ref: 'AWS::AccountId' }, '/*']] },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' }, 's3:x-amz-acl': 'bucket-owner-full-control' }, ArnLike: from },
      },
    ]);
    templateOf(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'LogDelivery', Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: { ArnLike: from } })]) },
    });
  });

  test('warns of a bucket whose policy cannot be changed', () => {
    const stack = testStack();
    MaskingFindings.toBucket(stack, Bucket.fromBucketName(stack, 'Elsewhere', 'findings'));
    expect(warnings(stack)).toEqual([expect.stringContaining('The policy of the imported bucket Shop/Elsewhere cannot be changed here')]);
  });

  test('fails with two destinations for one scope', () => {
    const stack = testStack();
    MaskingFindings.toLogGroup(stack);
    expect(() => { MaskingFindings.toLogGroup(stack); })
      .toThrow("'scope' must have one destination; remove one of the two calls [MaskingFindings.Twice, at 'Shop']");
  });
});

describe('a classification fails', () => {
  const classified = (dataClassification: DataClassification) => () => { new SecureTable(testStack(), 'Store', { ...KEY, dataClassification }); };

  test('for a country of which CloudWatch Logs knows nothing', () => {
    expect(classified(DataClassification.financial({ countries: ['DE', 'CH', 'constructor'] }))).toThrow("'countries' must be among those for which CloudWatch Logs knows financial data: "
      + 'DE, ES, FR, GB, IT, US, got ["CH","constructor"]; leave the others out, and add DataClassification.custom(…) for what they have '
      + "[DataClassification.Country, at 'Shop/Store']");
  });

  test.each<[string, string]>([
    ['a name with a blank', 'Insured Number'], ['no name', ''], ['a name that is too long', 'x'.repeat(129)], ['a name of AWS', 'EmailAddress'],
  ])('for %s', (_, name) => {
    expect(classified(DataClassification.custom(name, '[0-9]+'))).toThrow(`'name' must be 1 to 128 letters, digits, _ and -, and none of the names that AWS uses itself, got "${name}"; `
      + "write it like 'EmployeeId' [LogMasking.IdentifierName, at 'Shop/Store']");
  });

  test.each(['', '(a|b)', 'a:b', 'é', 'a'.repeat(201)])('for the pattern %p', (regex) => {
    expect(classified(DataClassification.custom('Mine', regex))).toThrow(/'regex' must be 1 to 200 characters .* \[LogMasking\.IdentifierRegex, at 'Shop\/Store'\]$/);
  });

  test('for more identifiers of one\'s own than a policy takes, once they meet in one policy', () => {
    const stack = testStack();
    const fn = aFunction(stack);
    const numbered = (from: number, count: number): DataClassification => [...Array(count).keys()].map((n) => DataClassification.custom(`Id${from + n}`, `${n}`))
      .reduce((all, one) => all.plus(one));
    const classifiedTable = (id: string, from: number, count: number): SecureTable => (
      new SecureTable(stack, id, { ...KEY, dataClassification: numbered(from, count) }));
    classifiedTable('Most', 0, CUSTOM_IDENTIFIER.most).allowRead(fn);
    expect(() => classifiedTable('OneMore', 10, 1).allowRead(fn))
      .toThrow(/'logMasking' must have 10 identifiers of your own at most .*\[LogMasking\.CustomIdentifiers, at 'Shop\/OrdersSupport\/LogGroup'\]$/);
    expect(() => classifiedTable('TooMany', 0, 11)).toThrow(/\[LogMasking\.CustomIdentifiers, at 'Shop\/TooMany'\]$/);
  });

  test.each<[string, DataClassification]>([
    ['a name that no tag can have', DataClassification.identified('höhe', DataIdentifier.LATLONG)],
    ['names that are too long together', DataClassification.custom('a'.repeat(128), 'a').plus(DataClassification.custom('b'.repeat(128), 'b'))],
  ])('for %s', (_, classification) => {
    expect(classified(classification)).toThrow(/'dataClassification' must have names of letters.*\[DataClassification\.Label, at 'Shop\/Store'\]$/);
  });

  test.each<[string, (stack: Stack) => void]>([
    ['bucket', (stack) => { new SecureBucket(stack, 'X', { dataClassification: DataClassification.health({ countries: ['BR'] }) }); }],
    ['queue', (stack) => { new SecureQueue(stack, 'X', { dataClassification: DataClassification.health({ countries: ['BR'] }) }); }],
    ['bus', (stack) => { new SecureEventBus(stack, 'X', { dataClassification: DataClassification.health({ countries: ['BR'] }) }); }],
    ['topic', (stack) => { new SecureTopic(stack, 'X', { dataClassification: DataClassification.health({ countries: ['BR'] }) }); }],
    ['function', (stack) => { aFunction(stack, 'X', { dataClassification: DataClassification.health({ countries: ['BR'] }) }); }],
  ])('before a %s is made', (_, make) => {
    const stack = testStack();
    expect(() => { make(stack); }).toThrow(/\[DataClassification\.Country, at 'Shop\/X'\]$/);
    expect(stack.node.children.map(({ node }) => node.id)).toStrictEqual([]);
  });

  test('for a masking of a function with an identifier that CloudWatch Logs would not take', () => {
    expect(() => encryptedLogGroup(testStack(), 'Logs', { masking: LogMasking.with(new CustomDataIdentifier('Mine', '(x)')) }))
      .toThrow(/\[LogMasking\.IdentifierRegex, at 'Shop\/Logs'\]$/);
  });
});

function only(stack: Stack, type: string, idPart: string): Json {
  const found = Object.entries(templateOf(stack).findResources(type) as Json).filter(([id]) => id.startsWith(idPart));
  expect(found).toHaveLength(1);
  return (found[0][1] as Json).Properties;
}
