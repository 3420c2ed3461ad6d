/** For what somebody may use a key. */
export interface KeyAccessOptions {
  /**
   * The encryption context that each request must carry, for example `{ tenant: 'blue' }`: data encrypted under another context stays closed.
   * It is not secret, and CloudTrail shows it. Only symmetric keys that encrypt take one.
   * @default - any context, or none
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/encrypt_context.html
   */
  readonly encryptionContext?: { [name: string]: string };
  /**
   * The only service through which the key may be used, as its endpoint is called: `sqs`, `s3`, `secretsmanager`. Direct calls to KMS are
   * then refused.
   * @default - directly, and through any service
   * @see https://docs.aws.amazon.com/kms/latest/developerguide/conditions-kms.html#conditions-kms-via-service
   */
  readonly viaService?: string;
}
