import { alarm, allow, att, document, firewall, join, Json, kept, logs, overTls, ref, REGION, sub, trusts } from '../fifth/kit';

/** What the templates of this set share: the fronts and the queues, which every author needs and none writes in his own way. */
export const find = (map: string, ...keys: unknown[]): Json => ({ 'Fn::FindInMap': [map, ...keys] });
export const pick = (index: number, list: unknown): Json => ({ 'Fn::Select': [index, list] });
export const split = (by: string, text: unknown): Json => ({ 'Fn::Split': [by, text] });
export const root = (account: string): string => `arn:aws:iam::${account}:root`;
export const FOREIGN = '999988887777';

/** The headers that a browser needs to be safe. */
export const headers = (Name: string): Json => ({
  Type: 'AWS::CloudFront::ResponseHeadersPolicy',
  Properties: {
    ResponseHeadersPolicyConfig: {
      Name,
      SecurityHeadersConfig: {
        ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'none'; frame-ancestors 'none'", Override: true },
        ContentTypeOptions: { Override: true },
        FrameOptions: { FrameOption: 'DENY', Override: true },
        ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true },
        StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Preload: true, Override: true },
      },
    },
  },
});

export const NO_CACHE = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
export const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-38738e2966ac';

/** What the browser asks: one origin, a fence, a log. */
export const front = (origin: Json, acl: unknown, headersPolicy: unknown, logBucket: unknown, more: Json = {}): Json => ({
  Type: 'AWS::CloudFront::Distribution',
  Properties: {
    DistributionConfig: {
      Enabled: true,
      HttpVersion: 'http2and3',
      Aliases: ['www.example.org'],
      WebACLId: acl,
      Origins: [{ Id: 'main', ...origin }],
      DefaultCacheBehavior: {
        TargetOriginId: 'main',
        ViewerProtocolPolicy: 'https-only',
        AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
        CachePolicyId: NO_CACHE,
        OriginRequestPolicyId: ALL_BUT_HOST,
        ResponseHeadersPolicyId: headersPolicy,
      },
      ViewerCertificate: { AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/0a0a0a0a-1111-2222-3333-444444444444', MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
      Logging: { Bucket: logBucket, Prefix: 'edge/' },
      Restrictions: { GeoRestriction: { RestrictionType: 'whitelist', Locations: ['DE', 'FR', 'NL'] } },
      ...more,
    },
    Tags: [{ Key: 'stage', Value: 'prod' }],
  },
});

/** A queue and the queue for what it could not give away. */
export function work(id: string, cmk: unknown, alarms: unknown, more: Json = {}, allowed: Json[] = []): Json {
  return {
    [id]: { Type: 'AWS::SQS::Queue', ...kept, Properties: { QueueName: id, KmsMasterKeyId: cmk, VisibilityTimeout: 180, MessageRetentionPeriod: 345600, RedrivePolicy: { deadLetterTargetArn: att(`${id}Dead`), maxReceiveCount: 5 }, RedriveAllowPolicy: { redrivePermission: 'denyAll' }, Tags: [{ Key: 'stage', Value: 'prod' }], ...more } },
    [`${id}Policy`]: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref(id)], PolicyDocument: document(overTls('sqs:*', att(id)), ...allowed) } },
    [`${id}Dead`]: { Type: 'AWS::SQS::Queue', ...kept, Properties: { KmsMasterKeyId: cmk, MessageRetentionPeriod: 1209600, RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [sub(`arn:\${AWS::Partition}:sqs:\${AWS::Region}:\${AWS::AccountId}:${id}`)] }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    [`${id}DeadPolicy`]: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref(`${id}Dead`)], PolicyDocument: document(overTls('sqs:*', att(`${id}Dead`))) } },
    [`${id}DeadSeen`]: alarm('AWS/SQS', 'ApproximateNumberOfMessagesVisible', { QueueName: att(`${id}Dead`, 'QueueName') }, alarms),
  };
}

/** A role that one service takes on for this account. */
export const role = (service: unknown, ...can: Json[]): Json => ({ Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts(service), Policies: [{ PolicyName: 'work', PolicyDocument: document(...can) }] } });

/** A REST API of one document, with its stage, its log, its fence and its alarms. */
export function rest(name: string, Body: Json, cmk: unknown, alarms: unknown, format: unknown, api: Json = {}, stage: Json = {}): Json {
  return {
    [name]: { Type: 'AWS::ApiGateway::RestApi', Properties: { Name: name, EndpointConfiguration: { Types: ['REGIONAL'] }, Body, ...api } },
    [`${name}Deployment`]: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref(name) } },
    [`${name}Stage`]: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: ref(name),
        DeploymentId: ref(`${name}Deployment`),
        StageName: 'prod',
        TracingEnabled: true,
        AccessLogSetting: { DestinationArn: att(`${name}Logs`), Format: format },
        MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', DataTraceEnabled: false, MetricsEnabled: true, ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20 }],
        Tags: [{ Key: 'stage', Value: 'prod' }],
        ...stage,
      },
    },
    [`${name}Logs`]: logs(cmk),
    ...firewall(`${name}Acl`, att(`${name}AclLogs`)),
    [`${name}AclLogs`]: logs(cmk, { LogGroupName: `aws-waf-logs-${name.toLowerCase()}` }),
    [`${name}AclAtStage`]: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { WebACLArn: att(`${name}Acl`), ResourceArn: join('arn:', ref('AWS::Partition'), ':apigateway:', REGION, '::/restapis/', ref(name), '/stages/', ref(`${name}Stage`)) } },
    [`${name}AclBlocked`]: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'acl', Region: REGION, Rule: 'ALL' }, alarms),
    [`${name}Failing`]: alarm('AWS/ApiGateway', '5XXError', { ApiName: name, Stage: 'prod' }, alarms),
  };
}

/** What an API may ask a function. */
export const asked = (fn: unknown, api: unknown, tail: string, more: Json = {}): Json => ({ Type: 'AWS::Lambda::Permission', Properties: { FunctionName: fn, Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ref('AWS::AccountId'), SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}' + tail, { Api: api }), ...more } });

/** The right to leave in a queue what failed. */
export const leave = (queue: unknown, cmk: unknown): Json[] => [allow('sqs:SendMessage', queue), allow(['kms:GenerateDataKey', 'kms:Decrypt'], cmk, { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') } })];
