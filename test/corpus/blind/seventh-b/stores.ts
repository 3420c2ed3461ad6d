import { ACCOUNT, admit, att, document, join, ref, Resources, sub, tls } from './parts';
import { Template } from '../../seed';

const RETAIN = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const CLOSED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const LIFECYCLE = {
  Rules: [{
    Id: 'old', Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
  }],
};

const bucketPolicy = (id: string, statements: unknown[]): Template => ({
  Type: 'AWS::S3::BucketPolicy',
  Properties: { Bucket: ref(id), PolicyDocument: document(tls('s3:*', [att(id), join(att(id), '/*')]), ...statements) },
});

/** A bucket under the key, with versions; its access logs go to `AccessLogs`. */
export function bucket(id: string, more: Template = {}, ...statements: unknown[]): Resources {
  return {
    [id]: {
      Type: 'AWS::S3::Bucket',
      ...RETAIN,
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: att('Key') } }],
        },
        PublicAccessBlockConfiguration: CLOSED,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: LIFECYCLE,
        LoggingConfiguration: { DestinationBucketName: ref('AccessLogs'), LogFilePrefix: `${id}/` },
        ...more,
      },
    },
    [`${id}Policy`]: bucketPolicy(id, statements),
  };
}

/** The bucket for access logs. */
export function accessLogs(): Resources {
  const written = admit({ Service: 'logging.s3.amazonaws.com' }, 's3:PutObject', join(att('AccessLogs'), '/*'),
    { StringEquals: { 'aws:SourceAccount': ACCOUNT } });
  return {
    AccessLogs: {
      Type: 'AWS::S3::Bucket',
      ...RETAIN,
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: CLOSED,
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: { Rules: [{ ...LIFECYCLE.Rules[0], ExpirationInDays: 365 }] },
      },
    },
    AccessLogsPolicy: bucketPolicy('AccessLogs', [written]),
  };
}

const visible = (MetricName: string): Template => ({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName });
const managed = (Name: string, Priority: number): Template => ({
  Name, Priority, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }, VisibilityConfig: visible(Name),
});

/** A web ACL with its logs; `CLOUDFRONT` or `REGIONAL`. */
export function webAcl(Scope: string): Resources {
  return {
    Acl: {
      Type: 'AWS::WAFv2::WebACL',
      Properties: {
        Scope,
        DefaultAction: { Allow: {} },
        VisibilityConfig: visible('acl'),
        Rules: [
          managed('AWSManagedRulesCommonRuleSet', 0),
          managed('AWSManagedRulesKnownBadInputsRuleSet', 1),
          {
            Name: 'rate', Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { AggregateKeyType: 'IP', Limit: 1000 } }, VisibilityConfig: visible('rate'),
          },
        ],
      },
    },
    AclLogs: {
      Type: 'AWS::Logs::LogGroup',
      ...RETAIN,
      Properties: { LogGroupName: sub('aws-waf-logs-${AWS::StackName}'), RetentionInDays: 365, KmsKeyId: att('Key') },
    },
    AclLogging: {
      Type: 'AWS::WAFv2::LoggingConfiguration',
      Properties: {
        ResourceArn: att('Acl'),
        LogDestinationConfigs: [att('AclLogs')],
        RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }],
      },
    },
    AclBlocked: {
      Type: 'AWS::CloudWatch::Alarm',
      Properties: {
        Namespace: 'AWS/WAFV2',
        MetricName: 'BlockedRequests',
        Dimensions: [{ Name: 'WebACL', Value: 'acl' }, { Name: 'Rule', Value: 'ALL' }],
        Statistic: 'Sum',
        Period: 300,
        EvaluationPeriods: 1,
        Threshold: 500,
        ComparisonOperator: 'GreaterThanThreshold',
        AlarmActions: [ref('Alarms')],
      },
    },
  };
}

/** The fields of an access log of a REST API. */
export const REST_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  caller: '$context.authorizer.principalId',
  method: '$context.httpMethod',
  path: '$context.resourcePath',
  status: '$context.status',
  error: '$context.error.message',
  time: '$context.requestTime',
});

/** The fields of an access log of an HTTP or WebSocket API. */
export const HTTP_FORMAT = JSON.stringify({
  requestId: '$context.requestId',
  ip: '$context.identity.sourceIp',
  caller: '$context.authorizer.principalId',
  route: '$context.routeKey',
  status: '$context.status',
  error: '$context.error.message',
  integration: '$context.integrationErrorMessage',
  time: '$context.requestTime',
});

/** The answers of a REST API that tell nothing of its inside. */
export function answers(api: string): Resources {
  return Object.fromEntries([['Default4xx', 'DEFAULT_4XX'], ['Default5xx', 'DEFAULT_5XX'], ['BadBody', 'BAD_REQUEST_BODY']].map(([id, ResponseType]) => [
    `${api}${id}`, {
      Type: 'AWS::ApiGateway::GatewayResponse',
      Properties: {
        RestApiId: ref(api), ResponseType, ResponseTemplates: { 'application/json': '{"message":"not accepted","id":"$context.requestId"}' },
      },
    },
  ]));
}

/** Headers that a browser obeys. */
export const headersPolicy = (): Template => ({
  Type: 'AWS::CloudFront::ResponseHeadersPolicy',
  Properties: {
    ResponseHeadersPolicyConfig: {
      Name: sub('${AWS::StackName}-headers'),
      SecurityHeadersConfig: {
        StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Preload: true, Override: true },
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'", Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ContentTypeOptions: { Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
      },
    },
  },
});
