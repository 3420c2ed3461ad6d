import { ITable } from 'aws-cdk-lib/aws-dynamodb';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IBucket } from 'aws-cdk-lib/aws-s3';

/** What a trail records besides the functions, buckets and tables of its stack. */
export interface AuditTrailOptions {
  /**
   * Whether calls that manage resources are recorded too, in all regions. The first trail of an account that does so is free for them; each further one
   * costs 2 USD for each 100,000 of them. EventBridge hears of such calls only where some trail of the account records them.
   * @default false: accounts mostly have a trail for them already
   */
  readonly managementEvents?: boolean;
  /**
   * Functions of other stacks.
   * @default - none
   */
  readonly functions?: IFunction[];
  /**
   * Buckets of other stacks.
   * @default - none
   */
  readonly buckets?: IBucket[];
  /**
   * Tables of other stacks.
   * @default - none
   */
  readonly tables?: ITable[];
}

/**
 * Who called which function, and who read and wrote which object and item: what an account records by itself tells none of it.
 *
 * CloudTrail charges 0.10 USD for each 100,000 such events, S3 and CloudWatch Logs for keeping them: the busiest table decides.
 * @see https://aws.amazon.com/cloudtrail/pricing/
 */
export class AuditTrail {
  /** Functions, buckets and tables of the stack and of those nested in it, each by its ARN, whoever made them. */
  public static ofStack(options: AuditTrailOptions = {}): AuditTrail {
    return new AuditTrail('stack', options, undefined);
  }

  /** All functions, buckets and tables of the account, in all regions: for stacks with more than a trail can name, and for accounts of one app. */
  public static ofAccount(options: AuditTrailOptions = {}): AuditTrail {
    return new AuditTrail('account', options, undefined);
  }

  /**
   * No trail. After an attack nobody knows what was read. The reason stands in the report where the profile wants a trail.
   * @throws ConfigurationError [ThreatDetection.Reason] when the reason is too short to be judged, once the detection is made
   */
  public static off(reason: string): AuditTrail {
    return new AuditTrail('stack', {}, reason);
  }

  private constructor(
    /** @internal */ public readonly _scope: 'stack' | 'account',
    /** @internal */ public readonly _options: AuditTrailOptions,
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}
}
