import { DataIdentifier, DataProtectionPolicy } from 'aws-cdk-lib/aws-logs';
import { MASKED_IDENTIFIERS } from './log-baseline';

/**
 * Which sensitive values CloudWatch Logs hides in a log group. Masked values can be read only with the right
 * `logs:Unmask`. Scanning costs 0.12 USD for each GB of logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
 */
export class LogMasking {
  /** Hides credentials (AWS secret keys, private keys), card and bank account numbers, US social security numbers and e-mail addresses. */
  public static standard(): LogMasking {
    return new LogMasking(MASKED_IDENTIFIERS, undefined);
  }

  /** Hides what `standard` does and more, for example `DataIdentifier.IPADDRESS`. An identifier that matches too much makes logs hard to read. */
  public static with(...identifiers: DataIdentifier[]): LogMasking {
    return new LogMasking([...new Set([...MASKED_IDENTIFIERS, ...identifiers.map((one) => one.name)])], undefined);
  }

  /**
   * Hides nothing: whoever reads the logs reads what was written. The reason stands in the report.
   * @throws ConfigurationError [SecureFunction.LogMasking] when the reason is too short to be judged, once the function is made
   */
  public static off(reason: string): LogMasking {
    return new LogMasking([], reason);
  }

  private constructor(
    /** @internal */ public readonly _identifiers: readonly string[],
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}

  /** @internal */
  public get _policy(): DataProtectionPolicy | undefined {
    if (this._offReason !== undefined) return undefined;
    return new DataProtectionPolicy({
      name: 'masking',
      description: 'Masks credentials and personal data',
      identifiers: this._identifiers.map((name) => new DataIdentifier(name)),
    });
  }
}
