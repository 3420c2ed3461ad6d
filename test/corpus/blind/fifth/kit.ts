import { createHash } from 'crypto';

export type Json = Record<string, any>;

/** Parts that every author writes over and over; each base names them in its own way. */
export const ref = (id: string): Json => ({ Ref: id });
export const att = (id: string, attribute = 'Arn'): Json => ({ 'Fn::GetAtt': [id, attribute] });
export const sub = (text: string, values?: Json): Json => ({ 'Fn::Sub': values === undefined ? text : [text, values] });
export const join = (...parts: unknown[]): Json => ({ 'Fn::Join': ['', parts] });
export const use = (exported: unknown): Json => ({ 'Fn::ImportValue': exported });
export const when = (condition: string, then: unknown, otherwise: unknown): Json => ({ 'Fn::If': [condition, then, otherwise] });
export const NONE = { Ref: 'AWS::NoValue' };
export const ACCOUNT = { Ref: 'AWS::AccountId' };
export const REGION = { Ref: 'AWS::Region' };

/** The logical id that the CDK gives to a path. */
export const h = (path: string): string => `${path.replace(/[^A-Za-z0-9]/g, '')}${createHash('md5').update(path).digest('hex').slice(0, 8).toUpperCase()}`;

export const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
export const allow = (Action: unknown, Resource: unknown, Condition?: Json): Json => ({ Effect: 'Allow', Action, Resource, ...(Condition && { Condition }) });
export const document = (...Statement: Json[]): Json => ({ Version: '2012-10-17', Statement });
export const trusts = (Service: unknown, sourced = true): Json => document({
  Effect: 'Allow', Principal: { Service }, Action: 'sts:AssumeRole', ...(sourced && { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }),
});
export const via = (...services: string[]): Json => ({ StringEquals: { 'kms:ViaService': services.map((service) => sub(`${service}.\${AWS::Region}.amazonaws.com`)) } });
export const overTls = (action: string, Resource: unknown): Json => ({ Effect: 'Deny', Principal: { AWS: '*' }, Action: action, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

/** A key that the services named may use for this account. */
export function key(...services: string[]): Json {
  return {
    Type: 'AWS::KMS::Key',
    ...kept,
    Properties: {
      EnableKeyRotation: true,
      KeyPolicy: document(
        { Sid: 'account', Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: 'kms:*', Resource: '*' },
        { Sid: 'logs', Effect: 'Allow', Principal: { Service: sub('logs.${AWS::Region}.amazonaws.com') }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*') } } },
        ...services.map((Service) => ({ Sid: Service.split('.')[0], Effect: 'Allow', Principal: { Service }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } })),
      ),
    },
  };
}

/** A log group that hides what looks like a mail address. */
export function logs(cmk: unknown, more: Json = {}): Json {
  const DataIdentifier = ['arn:aws:dataprotection::aws:data-identifier/EmailAddress', 'arn:aws:dataprotection::aws:data-identifier/CreditCardNumber'];
  return {
    Type: 'AWS::Logs::LogGroup',
    ...kept,
    Properties: {
      RetentionInDays: 365,
      KmsKeyId: cmk,
      DataProtectionPolicy: {
        Name: 'mask',
        Version: '2021-06-01',
        Statement: [
          { Sid: 'audit', DataIdentifier, Operation: { Audit: { FindingsDestination: {} } } },
          { Sid: 'redact', DataIdentifier, Operation: { Deidentify: { MaskConfig: {} } } },
        ],
      },
      ...more,
    },
  };
}

export function alarm(Namespace: string, MetricName: string, dimensions: Json, action: unknown): Json {
  return {
    Type: 'AWS::CloudWatch::Alarm',
    Properties: {
      Namespace,
      MetricName,
      Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
      Statistic: 'Sum',
      Period: 60,
      EvaluationPeriods: 1,
      Threshold: 1,
      ComparisonOperator: 'GreaterThanOrEqualToThreshold',
      TreatMissingData: 'notBreaching',
      AlarmActions: [action],
    },
  };
}

export interface WorkerProps {
  /** The logical id of a part: '', 'Role', 'Policy', 'Logs', 'Errors', 'Throttles'. */
  readonly id?: (part: string) => string;
  readonly cmk: unknown;
  readonly alarms: unknown;
  readonly can?: readonly Json[];
  readonly env?: Json;
  readonly policy?: 'inline' | 'attached' | 'managed';
  /** Further properties of the function, or others. */
  readonly more?: Json;
}

/** A function with its own role, its own logs and its own alarms. */
export function worker(name: string, { id = (part) => `${name}${part}`, cmk, alarms, can = [], env, policy = 'inline', more = {} }: WorkerProps): Json {
  const statements = [
    allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(id('Logs'))),
    allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
    allow('kms:Decrypt', cmk, via('lambda', 'dynamodb', 'sqs', 'secretsmanager', 's3')),
    ...can,
  ];
  return {
    [id('Logs')]: logs(cmk),
    [id('Role')]: {
      Type: 'AWS::IAM::Role',
      Properties: { AssumeRolePolicyDocument: trusts('lambda.amazonaws.com', false), ...(policy === 'inline' && { Policies: [{ PolicyName: 'work', PolicyDocument: document(...statements) }] }) },
    },
    ...(policy !== 'inline' && {
      [id('Policy')]: {
        Type: policy === 'attached' ? 'AWS::IAM::Policy' : 'AWS::IAM::ManagedPolicy',
        Properties: { ...(policy === 'attached' && { PolicyName: id('Policy') }), PolicyDocument: document(...statements), Roles: [ref(id('Role'))] },
      },
    }),
    [id('')]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Runtime: 'nodejs22.x',
        Handler: 'index.handler',
        Role: att(id('Role')),
        Code: { S3Bucket: sub('cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}'), S3Key: `${createHash('sha256').update(name).digest('hex')}.zip` },
        Timeout: 20,
        MemorySize: 256,
        ReservedConcurrentExecutions: 20,
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', LogGroup: ref(id('Logs')), ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO' },
        KmsKeyArn: cmk,
        ...(env && { Environment: { Variables: env } }),
        Tags: [{ Key: 'stage', Value: 'prod' }],
        ...more,
      },
      ...(policy !== 'inline' && { DependsOn: [id('Policy'), id('Role')] }),
    },
    [id('Errors')]: alarm('AWS/Lambda', 'Errors', { FunctionName: ref(id('')) }, alarms),
    [id('Throttles')]: alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(id('')) }, alarms),
  };
}

/** A table with all its safeguards. */
export function table(cmk: unknown, more: Json = {}): Json {
  return {
    Type: 'AWS::DynamoDB::Table',
    ...kept,
    Properties: {
      BillingMode: 'PAY_PER_REQUEST',
      AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
      KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
      DeletionProtectionEnabled: true,
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
      SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: cmk },
      Tags: [{ Key: 'stage', Value: 'prod' }],
      ...more,
    },
  };
}

/** A bucket that nobody outside reads, and its policy. */
export function bucket(id: string, cmk: unknown, logsTo: unknown, more: Json = {}, policies: Json[] = []): Json {
  return {
    [id]: {
      Type: 'AWS::S3::Bucket',
      ...kept,
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: cmk === undefined ? { SSEAlgorithm: 'AES256' } : { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: cmk } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: { Rules: [{ Id: 'tidy', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] },
        ...(logsTo !== undefined && { LoggingConfiguration: { DestinationBucketName: logsTo, LogFilePrefix: `${id}/` } }),
        Tags: [{ Key: 'stage', Value: 'prod' }],
        ...more,
      },
    },
    [`${id}Policy`]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: ref(id), PolicyDocument: document(overTls('s3:*', [att(id), join(att(id), '/*')]), ...policies) },
    },
  };
}

/** A web ACL that blocks, with its log. */
export function firewall(id: string, logArn: unknown, Scope = 'REGIONAL'): Json {
  const seen = (MetricName: string): Json => ({ CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName });
  const managed = (Name: string, Priority: number): Json => ({ Name, Priority, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }, VisibilityConfig: seen(Name) });
  return {
    [id]: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Scope,
        DefaultAction: { Allow: {} },
        VisibilityConfig: seen('acl'),
        Rules: [
          managed('AWSManagedRulesCommonRuleSet', 0),
          managed('AWSManagedRulesKnownBadInputsRuleSet', 1),
          { Name: 'flood', Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP' } }, VisibilityConfig: seen('flood') },
        ],
      },
    },
    [`${id}Logging`]: {
      Type: 'AWS::WAFv2::LoggingConfiguration',
      Properties: { ResourceArn: att(id), LogDestinationConfigs: [logArn], RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }] },
    },
  };
}

/** A queue for what failed, and the alarm on it. */
export function deadLetters(id: string, cmk: unknown, alarms: unknown, allowed: Json[] = [], more: Json = { RedriveAllowPolicy: { redrivePermission: 'denyAll' } }): Json {
  return {
    [id]: { Type: 'AWS::SQS::Queue', ...kept, Properties: { KmsMasterKeyId: cmk, MessageRetentionPeriod: 1209600, Tags: [{ Key: 'stage', Value: 'prod' }], ...more } },
    [`${id}Policy`]: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref(id)], PolicyDocument: document(overTls('sqs:*', att(id)), ...allowed) } },
    [`${id}Seen`]: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: att(id, 'QueueName') }, alarms),
  };
}

export const REST_FORMAT = '{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","principal":"$context.authorizer.principalId","time":"$context.requestTime","method":"$context.httpMethod","path":"$context.resourcePath","status":"$context.status","error":"$context.error.message","length":"$context.responseLength"}';
export const HTTP_FORMAT = '{"requestId":"$context.requestId","sourceIp":"$context.identity.sourceIp","principal":"$context.authorizer.principalId","time":"$context.requestTime","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","authorizerError":"$context.authorizer.error","length":"$context.responseLength"}';

/** A user pool that asks for a second factor. */
export function people(more: Json = {}): Json {
  return {
    Type: 'AWS::Cognito::UserPool',
    ...kept,
    Properties: {
      UserPoolTier: 'PLUS',
      UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
      MfaConfiguration: 'ON',
      EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
      DeletionProtection: 'ACTIVE',
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
      AutoVerifiedAttributes: ['email'],
      UsernameAttributes: ['email'],
      UsernameConfiguration: { CaseSensitive: false },
      Policies: {
        PasswordPolicy: {
          MinimumLength: 16,
          RequireLowercase: true,
          RequireUppercase: true,
          RequireNumbers: true,
          RequireSymbols: true,
          TemporaryPasswordValidityDays: 3,
        },
      },
      Schema: [{ Name: 'tenant', AttributeDataType: 'String', Mutable: false, StringAttributeConstraints: { MaxLength: '64' } }],
      ...more,
    },
  };
}

export function app(pool: unknown, more: Json = {}): Json {
  return {
    Type: 'AWS::Cognito::UserPoolClient',
    Properties: {
      UserPoolId: pool,
      GenerateSecret: false,
      AllowedOAuthFlowsUserPoolClient: true,
      AllowedOAuthFlows: ['code'],
      AllowedOAuthScopes: ['openid', 'email'],
      CallbackURLs: ['https://app.kitchen.internal/signed-in'],
      LogoutURLs: ['https://app.kitchen.internal/signed-out'],
      SupportedIdentityProviders: ['COGNITO'],
      ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
      PreventUserExistenceErrors: 'ENABLED',
      EnableTokenRevocation: true,
      AccessTokenValidity: 15,
      IdTokenValidity: 15,
      RefreshTokenValidity: 7,
      TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
      RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 10 },
      ReadAttributes: ['email', 'custom:tenant'],
      WriteAttributes: ['email'],
      ...more,
    },
  };
}

/** Blocks passwords that are known and sign-ins that are odd. */
export const risk = (pool: unknown): Json => ({
  Type: 'AWS::Cognito::UserPoolRiskConfigurationAttachment',
  Properties: {
    UserPoolId: pool,
    ClientId: 'ALL',
    CompromisedCredentialsRiskConfiguration: { Actions: { EventAction: 'BLOCK' } },
    AccountTakeoverRiskConfiguration: { Actions: { HighAction: { EventAction: 'BLOCK', Notify: false }, MediumAction: { EventAction: 'MFA_REQUIRED', Notify: false }, LowAction: { EventAction: 'NO_ACTION', Notify: false } } },
  },
});
