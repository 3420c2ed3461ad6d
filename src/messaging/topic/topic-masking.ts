import { Aws } from 'aws-cdk-lib';
import { DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { CREDENTIAL_IDENTIFIERS } from './topic-baseline';
import { DataClassification } from '../../classification/data-classification';
import { DATA_PROTECTION_VERSION } from '../../logging/log-baseline';
import { isCustomIdentifier } from '../../logging/log-masking';

/**
 * What SNS does with sensitive values in the messages of a standard topic. It changes what subscribers receive, so it is on by choice only.
 * Scanning costs 0.12 USD for each GB of messages.
 *
 * AWS closed this feature to new customers on 30 April 2026: in an account that did not use it before, the deployment fails.
 *
 * @see https://docs.aws.amazon.com/sns/latest/dg/sns-message-data-protection-availability-change.html
 */
export class TopicMasking {
  /** Replaces credentials (AWS secret keys, private keys) by `#` before a message is kept or delivered. Personal data passes. */
  public static credentials(): TopicMasking {
    return new TopicMasking([], {});
  }

  /**
   * Replaces credentials and these values by `#` before a message is kept or delivered: subscribers never see them.
   * @throws ConfigurationError [LogMasking.IdentifierName], [.IdentifierRegex] or [.CustomIdentifiers] for one of your own that SNS would not take
   */
  public static mask(...identifiers: DataIdentifier[]): TopicMasking {
    return new TopicMasking(identifiers, {});
  }

  /**
   * Refuses messages that contain credentials or these values: the publisher gets an error.
   * @throws ConfigurationError [LogMasking.IdentifierName], [.IdentifierRegex] or [.CustomIdentifiers] for one of your own that SNS would not take
   */
  public static deny(...identifiers: DataIdentifier[]): TopicMasking {
    return new TopicMasking(identifiers, { Deny: {} });
  }

  /** Replaces what a classification names by `#`, credentials included, before a message is kept or delivered. */
  public static maskClassified(classification: DataClassification): TopicMasking {
    return new TopicMasking(classification._identifiers, {});
  }

  /** Refuses messages that contain what a classification names, credentials included: the publisher gets an error. */
  public static denyClassified(classification: DataClassification): TopicMasking {
    return new TopicMasking(classification._identifiers, { Deny: {} });
  }

  private constructor(
    /** @internal */ public readonly _identifiers: readonly DataIdentifier[],
    private readonly operation: { readonly Deny?: object },
  ) {}

  /**
   * The data protection policy.
   * @internal
   */
  public get _policy(): object {
    const custom = this._identifiers.filter(isCustomIdentifier);
    const names = new Set([...CREDENTIAL_IDENTIFIERS, ...this._identifiers.filter((one) => !isCustomIdentifier(one)).map(({ name }) => name)]);
    return {
      Name: 'masking',
      Description: 'Keeps sensitive values from subscribers',
      Version: DATA_PROTECTION_VERSION,
      ...custom.length > 0 && { Configuration: { CustomDataIdentifier: custom.map(({ name, regex }) => ({ Name: name, Regex: regex })) } },
      Statement: [{
        Sid: 'SensitiveValues',
        DataDirection: 'Inbound',
        Principal: ['*'],
        DataIdentifier: [
          ...[...names].map((name) => `arn:${Aws.PARTITION}:dataprotection::aws:data-identifier/${name}`),
          ...custom.map(({ name }) => name),
        ],
        Operation: this.operation.Deny === undefined ? { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } } : this.operation,
      }],
    };
  }
}
