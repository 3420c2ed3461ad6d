import { AttributeValue, ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { BatchImportFindingsCommand, SecurityHubClient } from '@aws-sdk/client-securityhub';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { mockClient } from 'aws-sdk-client-mock';
import { alarm, envelope, GUARD_DUTY_LAMBDA, HUB_FINDING, securityHub } from './events';
import { Finding, findingKey } from '../../../handlers/common/finding';
import { AwsPorts } from '../../../handlers/normalise-finding/aws-ports';
import { handle, Routing } from '../../../handlers/normalise-finding/handle';
import { messageOf } from '../../../handlers/normalise-finding/message';
import { normalise } from '../../../handlers/normalise-finding/normalise';
import { Claim, Counted, Ports } from '../../../handlers/normalise-finding/ports';

const PLACE = { account: '111122223333', region: 'eu-central-1', now: new Date('2026-11-26T07:00:00.000Z') };
const ALL: Routing = { notifyFrom: 'high', securityHub: true };

let lines: string[];

beforeEach(() => {
  lines = [];
  jest.spyOn(process.stdout, 'write').mockImplementation((line) => {
    lines.push(String(line));
    return true;
  });
});

afterEach(() => jest.restoreAllMocks());

/** Remembers what is done, in its order. */
class Fake implements Ports {
  public readonly done: string[] = [];
  public failing?: string;

  constructor(private readonly claims: readonly Claim[] = []) {}

  public claim(): Promise<Claim> {
    void this.note('claim');
    return Promise.resolve(this.claims[this.done.filter((one) => one === 'claim').length - 1] ?? 'claimed');
  }
  public finish(): Promise<void> { return this.note('finish'); }
  public send({ provider }: Finding): Promise<void> { return this.note(`send ${provider}`); }
  public notify({ severity }: Finding): Promise<void> { return this.note(`notify ${severity}`); }
  public tellSecurityHub({ provider }: Finding): Promise<void> { return this.note(`hub ${provider}`); }
  public count({ name }: Counted): void { this.done.push(`count ${name}`); }

  private note(what: string): Promise<void> {
    this.done.push(what);
    return what === this.failing ? Promise.reject(new Error(`${what} failed`)) : Promise.resolve();
  }
}

async function run(event: unknown, routing = ALL, ports = new Fake()): Promise<string[]> {
  await handle(event, ports, routing, PLACE);
  return ports.done;
}

test('a finding goes to the bus first, then to people, and is counted once it is done', async () => {
  expect(await run(GUARD_DUTY_LAMBDA)).toEqual(['claim', 'send guardduty', 'notify high', 'finish', 'count Findings']);
});

test('people hear of findings from the severity that was chosen', async () => {
  expect(await run(GUARD_DUTY_LAMBDA, { ...ALL, notifyFrom: 'critical' })).not.toContain('notify high');
  expect(await run(GUARD_DUTY_LAMBDA, { ...ALL, notifyFrom: undefined })).not.toContain('notify high');
  expect(await run(alarm('Shop/x', 'OK'), { ...ALL, notifyFrom: 'info' })).toContain('notify info');
});

test('Security Hub is told of what it does not get from the provider itself', async () => {
  expect(await run(alarm('Shop/x', 'ALARM'))).toContain('hub cloudwatch');
  expect(await run(GUARD_DUTY_LAMBDA)).not.toContain('hub guardduty');
  expect(await run(securityHub(HUB_FINDING))).not.toContain('hub security-hub');
  expect(await run(alarm('Shop/x', 'ALARM'), { ...ALL, securityHub: false })).not.toContain('hub cloudwatch');
});

test('a finding that was handled is left alone', async () => {
  expect(await run(GUARD_DUTY_LAMBDA, ALL, new Fake(['done']))).toEqual(['claim', 'count Duplicates']);
});

test('fails while another invocation has the finding, so that it comes again', async () => {
  const ports = new Fake(['busy']);
  await expect(run(GUARD_DUTY_LAMBDA, ALL, ports)).rejects.toThrow('another invocation handles this finding: it is tried again later, in case that one fails');
  expect(ports.done).toEqual(['claim']);
});

test('an event of unknown shape is sent on, counted and logged', async () => {
  expect(await run(envelope('aws.new', 'New', {}))).toEqual(['claim', 'send custom', 'hub custom', 'finish', 'count Findings', 'count UnknownShapes']);
  expect(lines.join('')).toContain('an event has a shape that is not known');
});

test('fails with the first finding that fails, without keeping the others back, and does not finish it', async () => {
  const ports = new Fake();
  ports.failing = 'notify high';
  await expect(run(securityHub(HUB_FINDING, { ...HUB_FINDING, Id: 'two', Severity: { Label: 'LOW' } }), ALL, ports)).rejects.toThrow('notify high failed');
  expect(ports.done).toEqual(['claim', 'send security-hub', 'notify high', 'claim', 'send security-hub', 'finish', 'count Findings']);
  expect(JSON.parse(lines[0])).toMatchObject({ level: 'ERROR', error: 'Error: notify high failed' });
});

describe('against AWS', () => {
  const dynamo = mockClient(DynamoDBClient);
  const events = mockClient(EventBridgeClient);
  const sns = mockClient(SNSClient);
  const hub = mockClient(SecurityHubClient);
  const ADDRESSES = {
    busName: 'findings',
    tableName: 'handled',
    topicArn: 'arn:aws:sns:eu-central-1:111122223333:alarms',
    productArn: 'arn:aws:securityhub:eu-central-1:111122223333:product/111122223333/default',
    namespace: 'N',
    stack: 'Shop',
    leaseSeconds: 45,
  };
  const aws = new AwsPorts(ADDRESSES, () => Promise.resolve({ BatchImportFindingsCommand, SecurityHubClient }), () => PLACE.now);
  const [{ finding }] = normalise(GUARD_DUTY_LAMBDA, PLACE);
  const key = findingKey(finding);

  beforeEach(() => [dynamo, events, sns, hub].forEach((client) => client.reset()));

  test('a claim is one conditional write, which holds for 45 seconds and is forgotten after three days', async () => {
    dynamo.on(UpdateItemCommand).resolves({});
    expect(await aws.claim(key)).toBe('claimed');
    const { input } = dynamo.commandCalls(UpdateItemCommand)[0].args[0];
    expect(input).toMatchObject({
      TableName: 'handled',
      ConditionExpression: 'attribute_not_exists(handled) AND (attribute_not_exists(claimedUntil) OR claimedUntil < :now)',
      ExpressionAttributeValues: { ':until': { N: '1795676445' }, ':expires': { N: '1795935600' }, ':now': { N: '1795676400' } },
    });
    expect(input.Key!.finding.S).toMatch(/^[0-9a-f]{64}$/);
  });

  test.each<[string, Record<string, AttributeValue>]>([
    ['done', { handled: { N: '1' } }], ['busy', { claimedUntil: { N: '1' } }],
  ])('a claim that fails is %s by what lies there', async (claim, Item) => {
    dynamo.on(UpdateItemCommand).rejects(new ConditionalCheckFailedException({ message: 'x', $metadata: {}, Item }));
    expect(await aws.claim(key)).toBe(claim);
  });

  test('fails when the table cannot be reached', async () => {
    dynamo.on(UpdateItemCommand).rejects(new Error('throttled'));
    await expect(aws.claim(key)).rejects.toThrow('throttled');
  });

  test('the bus gets the finding as its detail', async () => {
    events.on(PutEventsCommand).resolves({ FailedEntryCount: 0 });
    await aws.send(finding);
    expect(events.commandCalls(PutEventsCommand)[0].args[0].input.Entries).toEqual([{
      EventBusName: 'findings',
      Source: 'cdk-secure-serverless.detection',
      DetailType: 'Security Finding',
      Detail: JSON.stringify(finding),
      Time: new Date('2026-11-26T06:25:00.000Z'),
      Resources: ['arn:aws:lambda:eu-central-1:111122223333:function:pay', 'arn:aws:iam::111122223333:role/service/pay-role'],
    }]);
  });

  test('fails when the bus takes the call but not the event', async () => {
    events.on(PutEventsCommand).resolves({ FailedEntryCount: 1, Entries: [{ ErrorCode: 'InternalFailure' }] });
    await expect(aws.send(finding)).rejects.toThrow('the bus did not take the finding: InternalFailure');
  });

  test('people get a text, with severity and provider to filter by', async () => {
    sns.on(PublishCommand).resolves({});
    await aws.notify(finding);
    expect(sns.commandCalls(PublishCommand)[0].args[0].input).toMatchObject({
      TopicArn: ADDRESSES.topicArn,
      Subject: 'HIGH guardduty: UnauthorizedAccess:Lambda/TorClient',
      MessageAttributes: { severity: { StringValue: 'high' }, provider: { StringValue: 'guardduty' } },
    });
  });

  test('Security Hub gets a finding of the product of the account itself, marked as one from here', async () => {
    hub.on(BatchImportFindingsCommand).resolves({ FailedCount: 0, SuccessCount: 1 });
    const [{ finding: surge }] = normalise(alarm('Shop/x', 'ALARM'), PLACE);
    await aws.tellSecurityHub(surge);
    const [imported] = hub.commandCalls(BatchImportFindingsCommand)[0].args[0].input.Findings!;
    expect(imported).toMatchObject({
      SchemaVersion: '2018-10-08',
      Id: 'cdk-secure-serverless.detection/cloudwatch/arn:aws:cloudwatch:eu-central-1:111122223333:alarm:Shop/x',
      ProductArn: ADDRESSES.productArn,
      GeneratorId: 'cdk-secure-serverless.detection',
      AwsAccountId: '111122223333',
      Severity: { Label: 'MEDIUM' },
      Resources: [{ Type: 'Other', Id: 'arn:aws:cloudwatch:eu-central-1:111122223333:alarm:Shop/x', Region: 'eu-central-1' }],
    });
    expect(normalise(securityHub(imported), PLACE)).toStrictEqual([]);
  });

  test('a finding without a resource is one of the account', async () => {
    hub.on(BatchImportFindingsCommand).resolves({ FailedCount: 0, SuccessCount: 1 });
    await aws.tellSecurityHub({ ...finding, resources: [], description: '' });
    expect(hub.commandCalls(BatchImportFindingsCommand)[0].args[0].input.Findings![0]).toMatchObject({
      Description: finding.title, Resources: [{ Type: 'AwsAccount', Id: 'AWS::::Account:111122223333' }],
    });
  });

  test('fails when Security Hub takes the call but not the finding', async () => {
    hub.on(BatchImportFindingsCommand).resolves({ FailedCount: 1, SuccessCount: 0, FailedFindings: [{ Id: 'x', ErrorCode: 'InvalidInput', ErrorMessage: 'x' }] });
    await expect(aws.tellSecurityHub(finding)).rejects.toThrow('Security Hub did not take the finding: InvalidInput');
  });

  test('metrics are lines of the log, by severity and by provider', () => {
    aws.count({ name: 'Findings', finding });
    aws.count({ name: 'UnknownShapes', finding });
    expect(lines.map((line) => JSON.parse(line) as object)).toEqual([
      {
        _aws: {
          Timestamp: PLACE.now.getTime(),
          CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['Stack', 'Severity'], ['Stack', 'Provider']], Metrics: [{ Name: 'Findings', Unit: 'Count' }] }],
        },
        Stack: 'Shop',
        Severity: 'high',
        Provider: 'guardduty',
        Findings: 1,
      },
      {
        _aws: { Timestamp: PLACE.now.getTime(), CloudWatchMetrics: [{ Namespace: 'N', Dimensions: [['Stack']], Metrics: [{ Name: 'UnknownShapes', Unit: 'Count' }] }] },
        Stack: 'Shop',
        Severity: 'high',
        Provider: 'guardduty',
        UnknownShapes: 1,
      },
    ]);
  });
});

test('the message says what, where, how bad and where to look', () => {
  const [{ finding }] = normalise(GUARD_DUTY_LAMBDA, PLACE);
  expect(messageOf(finding).text.split('\n')).toEqual([
    'A function communicates with the Tor network.',
    '',
    'The Lambda function pay sends traffic to a Tor guard node.',
    '',
    'Severity: high (80 of 100)',
    'Found by: guardduty, UnauthorizedAccess:Lambda/TorClient',
    'Account and region: 111122223333, eu-central-1',
    'Seen: 3 times, first at 2026-11-26T06:05:00.000Z, last at 2026-11-26T06:25:00.000Z',
    'Resource: function arn:aws:lambda:eu-central-1:111122223333:function:pay',
    'Resource: role arn:aws:iam::111122223333:role/service/pay-role',
    'Actor, ip: 198.51.100.7',
    'Actor, country: Example Country',
    'Actor, asn: 64500',
    `Finding: ${finding.id}`,
    `Read on: ${finding.link}`,
  ]);
  expect(messageOf({ ...finding, type: `ü${'x'.repeat(200)}` }).subject).toMatch(/^HIGH guardduty: \?x{83}$/);
});
