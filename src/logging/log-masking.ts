import { Aws, Stack, Token } from 'aws-cdk-lib';
import { CustomDataIdentifier, DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { DATA_PROTECTION_VERSION, MASKED_IDENTIFIERS } from './log-baseline';
import { PlainValue } from '../core/values/plain-value';

/** The regions of the partition `aws`, as the SDKs of AWS know them. CDK's own table of regions would take longer to load than all else here. */
const STANDARD_PARTITION = /^(af|ap|ca|eu|il|me|mx|sa|us)-[a-z]+-\d+$/;

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
   * The data protection policy of a log group, with the place where CloudWatch Logs writes down what it found. It is written as CloudFormation reads
   * it: a list of ARNs with tokens in them is what an app with many log groups would otherwise spend a tenth of its synth on. Only what somebody else
   * wrote may hold tokens.
   * @param stack In which the group stands: where its region tells the partition, the ARNs are plain texts
   * @internal
   */
  public _policyTo(findings: object, stack: Stack): object | undefined {
    if (this._offReason !== undefined) return undefined;
    const foreign = Object.keys(findings).length > 0 || this._identifiers.some((one) => isCustomIdentifier(one) || Token.isUnresolved(one.name));
    const inPartition = STANDARD_PARTITION.test(stack.region);
    return foreign ? this.render(findings, inPartition) : new PlainValue(() => this.render(findings, inPartition));
  }

  /**
   * The same, and more.
   * @internal
   */
  public _plus(identifiers: readonly DataIdentifier[]): LogMasking {
    return new LogMasking(distinct([...this._identifiers, ...identifiers]), this._offReason);
  }

  private render(findings: object, inPartition: boolean): object {
    const custom = this._identifiers.filter(isCustomIdentifier);
    return {
      Name: 'masking',
      Description: 'Masks credentials and personal data',
      Version: DATA_PROTECTION_VERSION,
      ...custom.length > 0 && { Configuration: { CustomDataIdentifier: custom.map(({ name, regex }) => ({ Name: name, Regex: regex })) } },
      Statement: [
        { Sid: 'Audit', DataIdentifier: this.pointers(inPartition), Operation: { Audit: { FindingsDestination: findings } } },
        { Sid: 'Mask', DataIdentifier: this.pointers(inPartition), Operation: { Deidentify: { MaskConfig: {} } } },
      ],
    };
  }

  private pointers(inPartition: boolean): unknown[] {
    return this._identifiers.map((one) => (isCustomIdentifier(one) ? one.name : arnOf(one.name, inPartition)));
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
 * The ARN of an identifier that AWS manages, as short as it can be: these lists are a quarter of the template of an app with many functions, and a
 * template takes 1 MB. `Fn::Join` would say in seven values what `Fn::Sub` says in one. A name that is known only at deployment cannot stand in
 * `Fn::Sub`, whose text must be there.
 */
function arnOf(name: string, inPartition: boolean): unknown {
  const [start, end] = ['arn:', `:dataprotection::aws:data-identifier/${name}`];
  if (Token.isUnresolved(name)) return `${start}${Aws.PARTITION}${end}`;
  return inPartition ? `${start}aws${end}` : { 'Fn::Sub': `${start}\${AWS::Partition}${end}` };
}
