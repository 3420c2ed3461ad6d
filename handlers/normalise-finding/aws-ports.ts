import { createHash } from 'node:crypto';
import { ConditionalCheckFailedException, DynamoDBClient, UpdateItemCommand } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { PublishCommand, SNSClient } from '@aws-sdk/client-sns';
import { toSecurityHub } from './asff';
import { metricLine } from './emf';
import { messageOf } from './message';
import { Claim, Counted, Ports } from './ports';
import { Finding, FINDING_DETAIL_TYPE, FINDING_SOURCE } from '../common/finding';

/** Ids can be longer than DynamoDB takes, and hold names that need not lie around. */
const keyOf = (key: string) => ({ finding: { S: createHash('sha256').update(key).digest('hex') } });

/** Where everything is. */
export interface Addresses {
  readonly busName: string;
  readonly tableName: string;
  readonly topicArn: string | undefined;
  readonly productArn: string | undefined;
  readonly namespace: string;
  readonly stack: string;
  /** Longer than the function runs: whoever took a finding and did not finish it by then has failed. */
  readonly leaseSeconds: number;
}

/** Security Hub's client is loaded only where it is used: most stacks start faster without it. */
export type LoadSecurityHub = () => Promise<Pick<typeof import('@aws-sdk/client-securityhub'), 'BatchImportFindingsCommand' | 'SecurityHubClient'>>;

/** How long a finding that was handled is remembered: services send an event again for a day at most. */
const REMEMBERED_SECONDS = 3 * 86_400;

/** The same against AWS. */
export class AwsPorts implements Ports {
  private readonly dynamo = new DynamoDBClient({});
  private readonly events = new EventBridgeClient({});
  private readonly sns = new SNSClient({});

  constructor(
    private readonly addresses: Addresses,
    private readonly loadSecurityHub: LoadSecurityHub,
    private readonly clock: () => Date = () => new Date(),
  ) {}

  public async claim(key: string): Promise<Claim> {
    const now = this.seconds();
    try {
      await this.dynamo.send(new UpdateItemCommand({
        TableName: this.addresses.tableName,
        Key: keyOf(key),
        UpdateExpression: 'SET claimedUntil = :until, expires = :expires',
        ConditionExpression: 'attribute_not_exists(handled) AND (attribute_not_exists(claimedUntil) OR claimedUntil < :now)',
        ExpressionAttributeValues: { ':until': { N: `${now + this.addresses.leaseSeconds}` }, ':expires': { N: `${now + REMEMBERED_SECONDS}` }, ':now': { N: `${now}` } },
        ReturnValuesOnConditionCheckFailure: 'ALL_OLD',
      }));
      return 'claimed';
    } catch (error) {
      if (!(error instanceof ConditionalCheckFailedException)) throw error;
      return error.Item?.handled === undefined ? 'busy' : 'done';
    }
  }

  public async finish(key: string): Promise<void> {
    await this.dynamo.send(new UpdateItemCommand({
      TableName: this.addresses.tableName,
      Key: keyOf(key),
      UpdateExpression: 'SET handled = :now',
      ExpressionAttributeValues: { ':now': { N: `${this.seconds()}` } },
    }));
  }

  public async send(finding: Finding): Promise<void> {
    const { FailedEntryCount, Entries } = await this.events.send(new PutEventsCommand({
      Entries: [{
        EventBusName: this.addresses.busName,
        Source: FINDING_SOURCE,
        DetailType: FINDING_DETAIL_TYPE,
        Detail: JSON.stringify(finding),
        Time: new Date(finding.lastSeen),
        Resources: finding.resources.map(({ id }) => id).filter((id) => id.startsWith('arn:')),
      }],
    }));
    if (FailedEntryCount !== 0) throw new Error(`the bus did not take the finding: ${Entries?.[0]?.ErrorCode ?? 'no reason given'}`);
  }

  public async notify(finding: Finding): Promise<void> {
    const { subject, text } = messageOf(finding);
    await this.sns.send(new PublishCommand({
      TopicArn: this.addresses.topicArn,
      Subject: subject,
      Message: text,
      MessageAttributes: {
        severity: { DataType: 'String', StringValue: finding.severity },
        provider: { DataType: 'String', StringValue: finding.provider },
      },
    }));
  }

  public async tellSecurityHub(finding: Finding): Promise<void> {
    const { BatchImportFindingsCommand, SecurityHubClient } = await this.loadSecurityHub();
    const { FailedFindings = [] } = await new SecurityHubClient({}).send(new BatchImportFindingsCommand({
      Findings: [toSecurityHub(finding, this.addresses.productArn!)],
    }));
    if (FailedFindings.length > 0) throw new Error(`Security Hub did not take the finding: ${FailedFindings[0].ErrorCode}`);
  }

  public count(counted: Counted): void {
    process.stdout.write(`${metricLine(counted, this.addresses.namespace, this.addresses.stack, this.clock())}\n`);
  }

  private seconds(): number {
    return Math.floor(this.clock().getTime() / 1000);
  }
}
