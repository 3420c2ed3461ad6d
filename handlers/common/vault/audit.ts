import { randomUUID } from 'crypto';
import { CloudWatchLogsClient, CreateLogStreamCommand, PutLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { kindOf, VaultFailure } from './refusal';
import { Pause, waitFor, withRetries } from './retry';

/** One decision of the vault. There is no place in it for a value, nor for a token. */
export interface AuditLine {
  readonly operation: string;
  readonly decision: 'allowed' | 'denied' | 'failed';
  readonly requestId: string;
  readonly caller?: string;
  readonly tenant?: string;
  readonly field?: string;
  /** The hash of the record, as CloudTrail shows it in the encryption context. */
  readonly record?: string;
  /** Why it was denied. */
  readonly code?: string;
  /** How many records were deleted. */
  readonly records?: number;
}

/** Writes decisions into a log group of their own, before the answer is given: what cannot be written down is not answered. */
export class Audit {
  private stream?: Promise<string>;

  constructor(
    private readonly logs: CloudWatchLogsClient, private readonly logGroup: string,
    private readonly now: () => number = () => Date.now(), private readonly pause: Pause = waitFor,
  ) {}

  /** @throws VaultFailure when the line cannot be written */
  public async write(line: AuditLine): Promise<void> {
    try {
      const logStreamName = await this.openStream(line.operation);
      await withRetries('CloudWatch Logs', this.pause, () => this.logs.send(new PutLogEventsCommand({
        logGroupName: this.logGroup, logStreamName, logEvents: [{ timestamp: this.now(), message: JSON.stringify(line) }],
      })));
    } catch (error) {
      throw error instanceof VaultFailure ? error : new VaultFailure('CloudWatch Logs', error);
    }
  }

  /** One stream for each execution environment, made with its first line. A failure is not remembered. */
  private openStream(operation: string): Promise<string> {
    this.stream ??= this.makeStream(`${operation}/${randomUUID()}`).catch((error: unknown) => {
      this.stream = undefined;
      throw error;
    });
    return this.stream;
  }

  private async makeStream(logStreamName: string): Promise<string> {
    try {
      await withRetries('CloudWatch Logs', this.pause, () => this.logs.send(new CreateLogStreamCommand({ logGroupName: this.logGroup, logStreamName })));
    } catch (error) {
      if (kindOf(error) !== 'ResourceAlreadyExistsException') throw error;
    }
    return logStreamName;
  }
}
