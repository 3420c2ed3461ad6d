export const BUILD_PROJECT = 'AWS::CodeBuild::Project';

/** The key that AWS manages for S3: CodeBuild takes it where a project names none, and CDK writes it down. */
export const MANAGED_OUTPUT_KEY = 'alias/aws/s3';

/**
 * What the role of a build needs of the key that encrypts what the build writes, pattern by pattern as AWS asks for it.
 * @see https://docs.aws.amazon.com/codebuild/latest/userguide/setting-up-kms.html
 */
export const BUILD_KEY_ACTIONS: readonly string[] = [
  'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
];

/**
 * What signs in to AWS: a build has a role, and needs neither.
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/codebuild-controls.html#codebuild-2
 */
export const AWS_CREDENTIAL_VARIABLES: readonly string[] = ['AWS_ACCESS_KEY_ID', 'AWS_SECRET_ACCESS_KEY'];
