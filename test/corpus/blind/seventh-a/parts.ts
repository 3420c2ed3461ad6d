export type Props = Record<string, any>;
export interface Part { Type: string; Properties: Props; [more: string]: unknown }
export type Parts = Record<string, Part>;

export const ref = (id: string): Props => ({ Ref: id });
export const att = (id: string, name = 'Arn'): Props => ({ 'Fn::GetAtt': [id, name] });
export const sub = (text: string, names?: Props): Props => ({ 'Fn::Sub': names === undefined ? text : [text, names] });
export const imported = (name: string | Props): Props => ({ 'Fn::ImportValue': name });
export const joined = (...pieces: unknown[]): Props => ({ 'Fn::Join': ['', pieces] });
export const ACCOUNT = ref('AWS::AccountId');

/** For statements on a key: used through services of this region alone. */
export const via = (...services: string[]): Props => (
  { StringEquals: { 'kms:ViaService': services.map((service) => sub(`${service}.\${AWS::Region}.amazonaws.com`)) } });

/** Names the parts of what belongs together: `Failed`, `FailedPolicy`. */
export const plain = (name: string) => (part: string): string => `${name}${part}`;

export const allow = (Action: unknown, Resource: unknown, Condition?: Props): Props => (
  { Effect: 'Allow', Action, Resource, ...(Condition === undefined ? {} : { Condition }) });

const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const TAGS = [{ Key: 'app', Value: 'seven' }];

/** A statement of a resource policy for a service of this account alone. */
export const forService = (Service: unknown, Action: unknown, Resource: unknown = '*'): Props => ({
  Effect: 'Allow', Principal: { Service }, Action, Resource, Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
});

export function key(...more: Props[]): Part {
  return {
    Type: 'AWS::KMS::Key',
    ...KEPT,
    Properties: {
      Description: 'Data of the app',
      EnableKeyRotation: true,
      PendingWindowInDays: 30,
      Tags: TAGS,
      KeyPolicy: {
        Version: '2012-10-17',
        Statement: [
          { Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: 'kms:*', Resource: '*' },
          {
            Effect: 'Allow',
            Principal: { Service: sub('logs.${AWS::Region}.amazonaws.com') },
            Action: ['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'kms:DescribeKey'],
            Resource: '*',
            Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:*') } },
          },
          ...more,
        ],
      },
    },
  };
}

/** What masks credentials and addresses in a log group. */
export const masking = (): Props => {
  const DataIdentifier = ['EmailAddress', 'AwsSecretKey', 'IpAddress'].map((name) => (
    sub(`arn:\${AWS::Partition}:dataprotection::aws:data-identifier/${name}`)));
  return {
    Name: 'personal-data',
    Version: '2021-06-01',
    Statement: [
      { Sid: 'audit', DataIdentifier, Operation: { Audit: { FindingsDestination: {} } } },
      { Sid: 'mask', DataIdentifier, Operation: { Deidentify: { MaskConfig: {} } } },
    ],
  };
};

export const logs = (keyArn: unknown, more: Props = {}): Part => ({
  Type: 'AWS::Logs::LogGroup',
  ...KEPT,
  Properties: { RetentionInDays: 365, KmsKeyId: keyArn, DataProtectionPolicy: masking(), Tags: TAGS, ...more },
});

/** Services that tell the account on whose behalf they take a role. */
export function role(service: string, statements: Props[], more: Props = {}): Part {
  const Condition = service === 'lambda.amazonaws.com' ? {} : { Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } };
  return {
    Type: 'AWS::IAM::Role',
    Properties: {
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole', ...Condition }],
      },
      Policies: [{ PolicyName: 'work', PolicyDocument: { Version: '2012-10-17', Statement: statements } }],
      Tags: TAGS,
      ...more,
    },
  };
}

export const alarm = (Namespace: string, MetricName: string, dimensions: Props, action: unknown): Part => ({
  Type: 'AWS::CloudWatch::Alarm',
  Properties: {
    Namespace,
    MetricName,
    Dimensions: Object.entries(dimensions).map(([Name, Value]) => ({ Name, Value })),
    Statistic: 'Sum',
    Period: 300,
    EvaluationPeriods: 1,
    Threshold: 1,
    ComparisonOperator: 'GreaterThanOrEqualToThreshold',
    TreatMissingData: 'notBreaching',
    AlarmActions: [action],
    Tags: TAGS,
  },
});

export interface FunctionParts {
  /** Names a part: '' for the function itself, 'Role', 'Logs', 'Errors', 'Throttles'. */
  readonly id: (part: string) => string;
  readonly key: unknown;
  readonly pager: unknown;
  readonly signing: unknown;
  readonly code: Props;
  readonly statements?: Props[];
  readonly env?: Props;
  readonly more?: Props;
  readonly roleProps?: Props;
}

/** A function with its own role and log group, watched by alarms. */
export function lambda(parts: FunctionParts): Parts {
  const { id, key: keyArn, pager } = parts;
  return {
    [id('Role')]: role('lambda.amazonaws.com', [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(id('Logs'))),
      allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
      ...parts.statements ?? [],
    ], parts.roleProps),
    [id('Logs')]: logs(keyArn),
    [id('')]: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Role: att(id('Role')),
        Runtime: 'nodejs24.x',
        Handler: 'index.handler',
        Architectures: ['arm64'],
        Code: parts.code,
        CodeSigningConfigArn: parts.signing,
        MemorySize: 256,
        Timeout: 15,
        ReservedConcurrentExecutions: 10,
        KmsKeyArn: keyArn,
        TracingConfig: { Mode: 'Active' },
        LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', LogGroup: ref(id('Logs')) },
        Environment: { Variables: { LOG_LEVEL: 'INFO', ...parts.env } },
        RecursiveLoop: 'Terminate',
        Tags: TAGS,
        ...parts.more,
      },
    },
    [id('Errors')]: alarm('AWS/Lambda', 'Errors', { FunctionName: ref(id('')) }, pager),
    [id('Throttles')]: alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(id('')) }, pager),
  };
}

export const signing = (): Part => ({
  Type: 'AWS::Lambda::CodeSigningConfig',
  Properties: {
    AllowedPublishers: { SigningProfileVersionArns: [imported('org-signing-profile')] },
    CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' },
  },
});

const tlsOnly = (Action: string, Resource: unknown): Props => (
  { Effect: 'Deny', Principal: '*', Action, Resource, Condition: { Bool: { 'aws:SecureTransport': 'false' } } });

/** A queue with its dead-letter queue, both closed to plain HTTP, and an alarm on what was lost. */
export function queue(id: (part: string) => string, keyId: unknown, pager: unknown, more: Props[] = []): Parts {
  const attributes = { KmsMasterKeyId: keyId, KmsDataKeyReusePeriodSeconds: 300, Tags: TAGS };
  return {
    [id('')]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        ...attributes,
        QueueName: sub(`\${AWS::StackName}-${id('')}`),
        VisibilityTimeout: 120,
        MessageRetentionPeriod: 345600,
        RedrivePolicy: { deadLetterTargetArn: att(id('Dead')), maxReceiveCount: 5 },
      },
    },
    [id('Dead')]: {
      Type: 'AWS::SQS::Queue',
      Properties: {
        ...attributes,
        MessageRetentionPeriod: 1209600,
        RedriveAllowPolicy: {
          redrivePermission: 'byQueue',
          sourceQueueArns: [
            sub(`arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:\${AWS::StackName}-${id('')}`),
          ],
        },
      },
    },
    [id('Policy')]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref(id(''))], PolicyDocument: { Version: '2012-10-17', Statement: [tlsOnly('sqs:*', att(id(''))), ...more] } },
    },
    [id('DeadPolicy')]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref(id('Dead'))], PolicyDocument: { Version: '2012-10-17', Statement: [tlsOnly('sqs:*', att(id('Dead')))] } },
    },
    [id('Lost')]: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: att(id('Dead'), 'QueueName') }, pager),
  };
}

/** A queue for failures alone. */
export function failures(id: (part: string) => string, keyId: unknown, pager: unknown, more: Props[] = []): Parts {
  return {
    [id('')]: {
      Type: 'AWS::SQS::Queue',
      Properties: { KmsMasterKeyId: keyId, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: 'denyAll' }, Tags: TAGS },
    },
    [id('Policy')]: {
      Type: 'AWS::SQS::QueuePolicy',
      Properties: { Queues: [ref(id(''))], PolicyDocument: { Version: '2012-10-17', Statement: [tlsOnly('sqs:*', att(id(''))), ...more] } },
    },
    [id('Lost')]: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: att(id(''), 'QueueName') }, pager),
  };
}

/** A topic of this account, for messages by TLS alone. */
export function topic(id: (part: string) => string, keyId: unknown, more: Props[] = []): Parts {
  return {
    [id('')]: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: keyId, Tags: TAGS } },
    [id('Policy')]: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: { Topics: [ref(id(''))], PolicyDocument: { Version: '2012-10-17', Statement: [tlsOnly('sns:Publish', ref(id(''))), ...more] } },
    },
  };
}

export const table = (keyArn: unknown, hash: string, more: Props = {}): Part => ({
  Type: 'AWS::DynamoDB::Table',
  ...KEPT,
  Properties: {
    BillingMode: 'PAY_PER_REQUEST',
    AttributeDefinitions: [{ AttributeName: hash, AttributeType: 'S' }],
    KeySchema: [{ AttributeName: hash, KeyType: 'HASH' }],
    SSESpecification: { SSEEnabled: true, SSEType: 'KMS', KMSMasterKeyId: keyArn },
    PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
    DeletionProtectionEnabled: true,
    Tags: TAGS,
    ...more,
  },
});

const CLOSED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

/** A bucket with its policy; it logs to another one, or takes logs itself. */
export function bucket(id: (part: string) => string, keyArn: unknown, logTo: string | undefined, more: Props = {}, statements: Props[] = []): Parts {
  const rule = keyArn === undefined
    ? { ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }
    : { ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: keyArn }, BucketKeyEnabled: true };
  return {
    [id('')]: {
      Type: 'AWS::S3::Bucket',
      ...KEPT,
      Properties: {
        PublicAccessBlockConfiguration: CLOSED,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        BucketEncryption: { ServerSideEncryptionConfiguration: [rule] },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: {
          Rules: [{
            Id: 'tidy', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 3 }, NoncurrentVersionExpiration: { NoncurrentDays: 90 },
          }],
        },
        ...(logTo === undefined ? {} : { LoggingConfiguration: { DestinationBucketName: ref(logTo), LogFilePrefix: `${id('')}/` } }),
        Tags: TAGS,
        ...more,
      },
    },
    [id('Policy')]: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: {
        Bucket: ref(id('')),
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{
            ...tlsOnly('s3:*', [att(id('')), sub(`\${${id('')}.Arn}/*`)]),
          }, ...statements],
        },
      },
    },
  };
}

/** The statement with which server access logs are taken. */
export const takesLogs = (id: string): Props => forService('logging.s3.amazonaws.com', 's3:PutObject', sub(`\${${id}.Arn}/*`));

const managed = (Name: string, Priority: number): Props => ({
  Name,
  Priority,
  OverrideAction: { None: {} },
  Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } },
  VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: Name, SampledRequestsEnabled: false },
});

/** A web ACL with its log, and an alarm on what it blocks. */
export function firewall(id: (part: string) => string, keyArn: unknown, pager: unknown, scope = 'REGIONAL'): Parts {
  return {
    [id('')]: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Name: id(''),
        Scope: scope,
        DefaultAction: { Allow: {} },
        Rules: [
          {
            Name: 'rate',
            Priority: 0,
            Action: { Block: {} },
            Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP' } },
            VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'rate', SampledRequestsEnabled: false },
          },
          managed('AWSManagedRulesCommonRuleSet', 1),
          managed('AWSManagedRulesKnownBadInputsRuleSet', 2),
        ],
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: id(''), SampledRequestsEnabled: false },
        Tags: TAGS,
      },
    },
    [id('Logs')]: logs(keyArn, { LogGroupName: `aws-waf-logs-${id('').toLowerCase()}` }),
    [id('Logging')]: {
      Type: 'AWS::WAFv2::LoggingConfiguration',
      Properties: {
        ResourceArn: att(id('')),
        LogDestinationConfigs: [att(id('Logs'))],
        RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
      },
    },
    [id('Blocked')]: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: id(''), Region: ref('AWS::Region'), Rule: 'ALL' }, pager),
  };
}

export const ACCESS_LOG = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  time: '$context.requestTime',
  method: '$context.httpMethod',
  route: '$context.resourcePath',
  status: '$context.status',
  error: '$context.error.message',
  principal: '$context.authorizer.principalId',
});

export const ACCESS_LOG_V2 = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  time: '$context.requestTime',
  routeKey: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
  principal: '$context.authorizer.principalId',
});

export const userPool = (more: Props = {}): Part => ({
  Type: 'AWS::Cognito::UserPool',
  ...KEPT,
  Properties: {
    AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
    MfaConfiguration: 'ON',
    EnabledMfas: ['SOFTWARE_TOKEN_MFA'],
    Policies: {
      PasswordPolicy: {
        MinimumLength: 14,
        RequireLowercase: true,
        RequireNumbers: true,
        RequireSymbols: true,
        RequireUppercase: true,
        TemporaryPasswordValidityDays: 3,
      },
    },
    AccountRecoverySetting: { RecoveryMechanisms: [{ Name: 'verified_email', Priority: 1 }] },
    UserPoolTier: 'PLUS',
    UserPoolAddOns: { AdvancedSecurityMode: 'ENFORCED', AdvancedSecurityAdditionalFlows: { CustomAuthMode: 'ENFORCED' } },
    DeletionProtection: 'ACTIVE',
    UsernameAttributes: ['email'],
    AutoVerifiedAttributes: ['email'],
    UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
    ...more,
  },
});

export const poolClient = (pool: string, callback: string, scopes: string[], more: Props = {}): Part => ({
  Type: 'AWS::Cognito::UserPoolClient',
  Properties: {
    UserPoolId: ref(pool),
    AllowedOAuthFlowsUserPoolClient: true,
    AllowedOAuthFlows: ['code'],
    AllowedOAuthScopes: ['openid', ...scopes],
    CallbackURLs: [callback],
    LogoutURLs: [callback],
    SupportedIdentityProviders: ['COGNITO'],
    ExplicitAuthFlows: ['ALLOW_USER_SRP_AUTH'],
    PreventUserExistenceErrors: 'ENABLED',
    EnableTokenRevocation: true,
    AccessTokenValidity: 60,
    IdTokenValidity: 60,
    RefreshTokenValidity: 30,
    TokenValidityUnits: { AccessToken: 'minutes', IdToken: 'minutes', RefreshToken: 'days' },
    RefreshTokenRotation: { Feature: 'ENABLED', RetryGracePeriodSeconds: 30 },
    ReadAttributes: ['email', 'name'],
    WriteAttributes: ['email', 'name'],
    ...more,
  },
});

/** Who may call a function, and from where. */
export const permission = (fn: string, Principal: string, SourceArn: unknown): Part => ({
  Type: 'AWS::Lambda::Permission',
  Properties: { FunctionName: att(fn), Action: 'lambda:InvokeFunction', Principal, SourceArn, SourceAccount: ACCOUNT },
});
