import { aFunction, allow, Breaches, get, LAMBDA_TRUST, made, only, policy, ref, Resources, roleWith, trusting } from './kit';

const pool = (more: Record<string, any> = {}): Resources => only('Cognito::UserPool', more);
const client = (more: Record<string, any>): Resources => ({ ...pool(), Client: made('Cognito::UserPoolClient', { UserPoolId: ref('It'), ...more }) });
const rights = (...statements: Record<string, any>[]): Resources => ({ Role: roleWith(...statements), Fn: aFunction() });
const managed = (arn: string): Resources => only('IAM::Role', { AssumeRolePolicyDocument: LAMBDA_TRUST, ManagedPolicyArns: [arn] });
const user = (more: Record<string, any> = {}): Resources => only('IAM::User', more);
const key = (more: Record<string, any> = {}): Resources => only('KMS::Key', more);
const keyPolicy = (...statements: Record<string, any>[]): Resources => key({ EnableKeyRotation: true, KeyPolicy: policy(...statements) });
const ROOT = { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } };
const ROLE_ARN = 'arn:aws:iam::111122223333:role/deploy';

/** Users, roles, policies, keys and secrets. */
export const IDENTITY_BREACHES: Breaches = {
  'cognito.password': [pool({ Policies: { PasswordPolicy: { MinimumLength: 6 } } })],
  'cognito.mfa': [pool(), pool({ MfaConfiguration: 'OPTIONAL', EnabledMfas: ['SOFTWARE_TOKEN_MFA'] })],
  'cognito.threat': [pool()],
  'cognito.threat-custom': [pool({ UserPoolTier: 'PLUS', UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'AUDIT' } } })],
  'cognito.deletion': [pool()],
  'cognito.self-registration': [pool()],
  'cognito.client-existence': [client({ PreventUserExistenceErrors: 'LEGACY' })],
  'cognito.client-revocation': [client({ EnableTokenRevocation: false })],
  'cognito.waf': [pool()],
  'cognito.guest': [{
    ...only('Cognito::IdentityPool', { AllowUnauthenticatedIdentities: true }),
    Roles: made('Cognito::IdentityPoolRoleAttachment', { IdentityPoolId: ref('It'), Roles: { unauthenticated: get('Guest') } }),
    Guest: made('IAM::Role', {
      AssumeRolePolicyDocument: policy({
        Effect: 'Allow',
        Action: 'sts:AssumeRoleWithWebIdentity',
        Principal: { Federated: 'cognito-identity.amazonaws.com' },
        Condition: { 'StringEquals': { 'cognito-identity.amazonaws.com:aud': ref('It') }, 'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'unauthenticated' } },
      }),
      Policies: [{ PolicyName: 'read', PolicyDocument: policy(allow('dynamodb:GetItem', get('Table'))) }],
    }),
    Table: made('DynamoDB::Table', { BillingMode: 'PAY_PER_REQUEST', KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }] }),
  }],
  'iam.admin': [rights(allow('*'))],
  'iam.wildcard-action': [rights(allow('dynamodb:*', get('Table')))],
  'iam.wildcard-resource': [rights(allow('dynamodb:PutItem'))],
  'iam.wildcard-any': [rights(allow('dynamodb:Put*', '*'))],
  'iam.aws-managed': [managed('arn:aws:iam::aws:policy/AmazonS3ReadOnlyAccess'), managed('arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess')],
  'iam.managed-admin': [managed('arn:aws:iam::aws:policy/AdministratorAccess')],
  'iam.managed-elevated': [managed('arn:aws:iam::aws:policy/IAMFullAccess')],
  'iam.notaction': [rights({ Effect: 'Allow', NotAction: 'iam:*', Resource: '*' })],
  'iam.notresource': [rights({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'arn:aws:s3:::private/*' })],
  'iam.passrole': [rights(allow('iam:PassRole'))],
  'iam.assume-any': [rights(allow('sts:AssumeRole'))],
  'iam.priv-esc': [rights(allow('lambda:UpdateFunctionCode', get('Fn'))), rights(allow('iam:PutRolePolicy', ROLE_ARN))],
  'iam.permissions-management': [rights(allow(['iam:AttachRolePolicy', 's3:PutBucketPolicy']))],
  'iam.credentials-exposure': [rights(allow('iam:CreateAccessKey'))],
  'iam.data-exfiltration': [rights(allow(['s3:GetObject', 'secretsmanager:GetSecretValue']))],
  'iam.write-unconstrained': [rights(allow('s3:PutObject'))],
  'iam.s3-full': [rights(allow('s3:*', 'arn:aws:s3:::orders/*'))],
  'iam.kms-decrypt-all': [rights(allow(['kms:Decrypt', 'kms:ReEncryptFrom'])), rights(allow('kms:Decrypt', 'arn:aws:kms:eu-west-1:111122223333:key/1'))],
  'iam.trust-public': [trusting({ Principal: '*' }), trusting({ Principal: { AWS: '*' } })],
  'iam.trust-notaction': [trusting({ Principal: { AWS: ROLE_ARN }, Action: undefined, NotAction: 'sts:TagSession' })],
  'iam.trust-notprincipal': [trusting({ NotPrincipal: { AWS: ROLE_ARN } })],
  'iam.trust-wildcard-action': [trusting({ Principal: { Service: 'lambda.amazonaws.com' }, Action: '*' })],
  'iam.confused-deputy': [{
    ...only('SQS::Queue'),
    Policy: made('SQS::QueuePolicy', { Queues: [ref('It')], PolicyDocument: policy(allow('sqs:SendMessage', get('It'), { Principal: { Service: 'sns.amazonaws.com' } })) }),
  }, trusting({ Principal: { Service: 'scheduler.amazonaws.com' } })],
  'iam.external-id': [trusting({ Principal: { AWS: 'arn:aws:iam::999988887777:root' } })],
  'iam.user-policies': [user({ Policies: [{ PolicyName: 'p', PolicyDocument: policy(allow('s3:GetObject', 'arn:aws:s3:::a/*')) }] })],
  'iam.user-group': [user()],
  'iam.group-users': [only('IAM::Group', { GroupName: 'staff' })],
  'iam.login-profile': [user({ LoginProfile: { Password: 'correct-horse-7' } })],
  'kms.rotation': [key({ EnableKeyRotation: false })],
  'kms.public': [keyPolicy(allow('kms:Decrypt', '*', { Principal: { AWS: '*' } }))],
  'kms.deletion': [key({ PendingWindowInDays: 7 }), key({ Enabled: false }), only('KMS::Key', {}, { DeletionPolicy: 'Delete' })],
  'kms.full-permissions': [rights(allow('kms:*', 'arn:aws:kms:eu-west-1:111122223333:key/1'))],
  'kms.used': [key({ Enabled: false })],
  'kms.multi-region': [key({ MultiRegion: true })],
  'kms.rsa': [key({ KeyUsage: 'ENCRYPT_DECRYPT', KeySpec: 'RSA_2048' })],
  'kms.grants': [keyPolicy(allow('kms:*', '*', { Principal: ROOT }), allow(['kms:Encrypt', 'kms:CreateGrant'], '*', { Principal: { AWS: ROLE_ARN } }))],
  'sm.cmk': [only('SecretsManager::Secret', { GenerateSecretString: {} })],
  'sm.rotation': [only('SecretsManager::Secret', { GenerateSecretString: {} })],
  'sm.resource-policy': [{
    ...only('SecretsManager::Secret', { GenerateSecretString: {} }),
    Policy: made('SecretsManager::ResourcePolicy', { SecretId: ref('It'), ResourcePolicy: policy(allow('secretsmanager:GetSecretValue', '*', { Principal: '*' })) }),
  }],
  'sm.tags': [{
    ...only('SecretsManager::Secret', { GenerateSecretString: {} }),
    A: made('SNS::Topic', { Tags: [{ Key: 'a', Value: 'b' }] }),
    B: made('SQS::Queue', { Tags: [{ Key: 'a', Value: 'b' }] }),
  }],
  'ssm.parameter-secrets': [only('SSM::Parameter', { Name: '/shop/db-password', Type: 'String', Value: 'correct-horse-7' })],
};
