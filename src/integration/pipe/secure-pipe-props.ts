import { IManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { RetentionDays } from 'aws-cdk-lib/aws-logs';
import { PipeAlarms } from './pipe-alarms';
import { PipeEnrichment } from './pipe-enrichment';
import { PipeLogLevel } from './pipe-log-level';
import { PipeSource } from './pipe-source';
import { PipeState } from './pipe-state';
import { PipeTarget } from './pipe-target';

/** What can be chosen about a SecurePipe. Its role is always its own, and its logs never hold events. */
export interface SecurePipeProps {
  /** Where events are read. CloudFormation replaces a pipe that reads elsewhere. */
  readonly source: PipeSource;

  /** Where events are sent. It must not be the source: such a pipe would run, and cost, without end. */
  readonly target: PipeTarget;

  /**
   * What adds to the events on their way.
   * @default - nothing: the target gets what the source gave
   */
  readonly enrichment?: PipeEnrichment;

  /**
   * What the enrichment gets, as a template: `{"id": <$.body.id>}`. At most 8,192 characters.
   * @default - the events as they are
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-pipes-input-transformation.html
   */
  readonly enrichmentInputTemplate?: string;

  /**
   * What the target gets, as a template: `{"id": <$.body.id>}`. At most 8,192 characters.
   * @default - the events as they are, or the enrichment's answer
   */
  readonly targetInputTemplate?: string;

  /**
   * The name, 1 to 64 letters, digits and `.-_`. CloudFormation cannot replace a pipe with a name of its own. With it the role and the key
   * belong to this pipe alone; without, to pipes of this account and region.
   * @default - CloudFormation makes one
   */
  readonly pipeName?: string;

  /**
   * What the pipe is for.
   * @default - none
   */
  readonly description?: string;

  /**
   * Whether the pipe works.
   * @default PipeState.RUNNING
   */
  readonly desiredState?: PipeState;

  /**
   * The key that encrypts filters, templates and logs. Events are never kept. A customer-managed key costs about 1 USD a month.
   * @default - the stack's data key; a key that AWS owns where the profile settles for that
   * @see https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-encryption-pipes-cmkey.html
   */
  readonly encryptionKey?: IKey;

  /**
   * What is logged. More costs more: 0.50 USD for each GB.
   * @default PipeLogLevel.ERROR
   */
  readonly logLevel?: PipeLogLevel;

  /**
   * How long logs are kept.
   * @default - as the profile says: a year in production
   */
  readonly logRetention?: RetentionDays;

  /**
   * The most that the pipe's role may ever do.
   * @default - no boundary
   */
  readonly permissionsBoundary?: IManagedPolicy;

  /**
   * Tunes the alarms or switches them off.
   * @default - all that the profile asks for: 0.10 USD a month each
   */
  readonly alarms?: PipeAlarms;
}
