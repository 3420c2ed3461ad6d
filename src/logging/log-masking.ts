import { Aws, Token } from 'aws-cdk-lib';
import { CustomDataIdentifier, DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { DATA_PROTECTION_VERSION, MASKED_IDENTIFIERS } from './log-baseline';
import { PlainValue } from '../core/plain-value';

/**
 * Which sensitive values CloudWatch Logs hides in a log group. Masked values can be read only with the right
 * `logs:Unmask`. Scanning costs 0.12 USD for each GB of logs.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/mask-sensitive-log-data.html
 */
export class LogMasking {
  /** Hides credentials (AWS secret keys, private keys), card and bank account numbers, US social security numbers and e-mail addresses. */
  public static standard(): LogMasking {
    return LogMasking.with();
  }

  /**
   * Hides what `standard` does and more, for example `DataIdentifier.IPADDRESS`, or a pattern of your own as `CustomDataIdentifier`.
   * An identifier that matches too much makes logs hard to read.
   */
  public static with(...identifiers: DataIdentifier[]): LogMasking {
    const standard = MASKED_IDENTIFIERS.map((name) => new DataIdentifier(name));
    return new LogMasking(distinct([...standard, ...identifiers]), undefined);
  }

  /**
   * Hides nothing: whoever reads the logs reads what was written. The reason stands in the report.
   * @throws ConfigurationError [SecureFunction.LogMasking] when the reason is too short to be judged, once the function is made
   */
  public static off(reason: string): LogMasking {
    return new LogMasking([], reason);
  }

  private constructor(
    /** @internal */ public readonly _identifiers: readonly DataIdentifier[],
    /** @internal */ public readonly _offReason: string | undefined,
  ) {}

  /**
   * The data protection policy of a log group, with the place where CloudWatch Logs writes down what it found. It is written as CloudFormation reads it: a list of ARNs with tokens in them is
   * what an app with many log groups would otherwise spend a tenth of its synth on. Only what somebody else wrote may hold tokens.
   * @internal
   */
  public _policyTo(findings: object): object | undefined {
    if (this._offReason !== undefined) return undefined;
    const foreign = Object.keys(findings).length > 0 || this._identifiers.some((one) => isCustomIdentifier(one) || Token.isUnresolved(one.name));
    return foreign ? this.render(findings) : new PlainValue(() => this.render(findings));
  }

  /**
   * The same, and more.
   * @internal
   */
  public _plus(identifiers: readonly DataIdentifier[]): LogMasking {
    return new LogMasking(distinct([...this._identifiers, ...identifiers]), this._offReason);
  }

  private render(findings: object): object {
    const custom = this._identifiers.filter(isCustomIdentifier);
    return {
      Name: 'masking',
      Description: 'Masks credentials and personal data',
      Version: DATA_PROTECTION_VERSION,
      ...custom.length > 0 && { Configuration: { CustomDataIdentifier: custom.map(({ name, regex }) => ({ Name: name, Regex: regex })) } },
      Statement: [
        { Sid: 'Audit', DataIdentifier: this.pointers(), Operation: { Audit: { FindingsDestination: findings } } },
        { Sid: 'Mask', DataIdentifier: this.pointers(), Operation: { Deidentify: { MaskConfig: {} } } },
      ],
    };
  }

  private pointers(): unknown[] {
    return this._identifiers.map((one) => (isCustomIdentifier(one) ? one.name : arnOf(one.name)));
  }
}

function distinct(identifiers: readonly DataIdentifier[]): DataIdentifier[] {
  return [...new Map(identifiers.map((one) => [one.name, one])).values()];
}

/** Only an identifier of one's own has a pattern. */
export function isCustomIdentifier(identifier: DataIdentifier): identifier is CustomDataIdentifier {
  return 'regex' in identifier;
}

/**
 * The ARN of an identifier that AWS manages: `Fn::Join` says the same in seven values, and these lists would be a third of a template. A name
 * that is known only at deployment cannot stand in `Fn::Sub`, whose text must be there.
 */
function arnOf(name: string): unknown {
  const [start, end] = ['arn:', `:dataprotection::aws:data-identifier/${name}`];
  return Token.isUnresolved(name) ? `${start}${Aws.PARTITION}${end}` : { 'Fn::Sub': `${start}\${AWS::Partition}${end}` };
}
