/** What a finding is about. */
export enum FindingKind {
  /** A Lambda function, by its ARN without version. */
  FUNCTION = 'function',
  /** An IAM role, by its ARN. */
  ROLE = 'role',
  /** An access key, by its id. */
  CREDENTIAL = 'credential',
  /** An API of API Gateway, by its ARN. */
  API = 'api',
  /** A bucket, by its ARN. */
  BUCKET = 'bucket',
  /** A table of DynamoDB, by its ARN. */
  TABLE = 'table',
  /** A secret of Secrets Manager, by its ARN. */
  SECRET = 'secret',
  /** A KMS key, by its ARN. */
  KEY = 'key',
  /** Anything else, by its ARN. */
  OTHER = 'other',
}
