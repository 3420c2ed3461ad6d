import { Duration } from 'aws-cdk-lib';

/** What passwords of users must be like. Lower-case and capital letters, digits and symbols are always asked for. */
export interface PasswordRules {
  /**
   * Number of characters: from 12 to 99.
   * @default 14
   * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cognito-controls.html#cognito-3
   */
  readonly minLength?: number;
  /**
   * How many earlier passwords a new one must differ from: from 1 to 24.
   * @default 12
   */
  readonly history?: number;
  /**
   * How long the password of an invitation can be used: whole days, from 1 to 7.
   * @default Duration.days(3)
   */
  readonly temporaryPasswordValidity?: Duration;
}
