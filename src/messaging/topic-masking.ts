import { Aws } from 'aws-cdk-lib';
import { DataIdentifier } from 'aws-cdk-lib/aws-logs';
import { CREDENTIAL_IDENTIFIERS } from './topic-baseline';
import { DATA_PROTECTION_VERSION } from '../logging/log-baseline';

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
   * @throws ConfigurationError [SecureTopic.Masking] for an identifier of your own, once the topic is made
   */
  public static mask(...identifiers: DataIdentifier[]): TopicMasking {
    return new TopicMasking(identifiers, {});
  }

  /**
   * Refuses messages that contain credentials or these values: the publisher gets an error.
   * @throws ConfigurationError [SecureTopic.Masking] for an identifier of your own, once the topic is made
   */
  public static deny(...identifiers: DataIdentifier[]): TopicMasking {
    return new TopicMasking(identifiers, { Deny: {} });
  }

  private constructor(private readonly identifiers: readonly DataIdentifier[], private readonly operation: { readonly Deny?: object }) {}

  /**
   * An identifier that is none of those that AWS manages: it has no ARN.
   * @internal
   */
  public get _custom(): string | undefined {
    return this.identifiers.find((one) => 'regex' in one)?.name;
  }

  /**
   * The data protection policy.
   * @internal
   */
  public get _policy(): object {
    const names = new Set([...CREDENTIAL_IDENTIFIERS, ...this.identifiers.map(({ name }) => name)]);
    return {
      Name: 'masking',
      Description: 'Keeps sensitive values from subscribers',
      Version: DATA_PROTECTION_VERSION,
      Statement: [{
        Sid: 'SensitiveValues',
        DataDirection: 'Inbound',
        Principal: ['*'],
        DataIdentifier: [...names].map((name) => `arn:${Aws.PARTITION}:dataprotection::aws:data-identifier/${name}`),
        Operation: this.operation.Deny === undefined ? { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } } : this.operation,
      }],
    };
  }
}
