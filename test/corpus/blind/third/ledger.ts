import { Template } from '../../seed';
import { add, BlindSeed, fault, prop, remove, safe } from '../support';

const att = (id: string, name = 'Arn'): any => ({ 'Fn::GetAtt': [id, name] });
const ref = (id: string): any => ({ Ref: id });
const sub = (text: string): any => ({ 'Fn::Sub': text });
const doc = (...Statement: any[]): any => ({ Version: '2012-10-17', Statement });
const allow = (Action: any, Resource: any, Condition?: any): any => ({ Effect: 'Allow', Action, Resource, ...Condition && { Condition } });
const KEPT = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
const ORG = { StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } };
const CARDS = ['arn:aws:dataprotection::aws:data-identifier/CreditCardNumber', 'arn:aws:dataprotection::aws:data-identifier/EmailAddress'];
const protect = (): any => ({ Name: 'pii', Version: '2021-06-01', Statement: [{ Sid: 'audit', DataIdentifier: CARDS, Operation: { Audit: { FindingsDestination: {} } } }, { Sid: 'redact', DataIdentifier: CARDS, Operation: { Deidentify: { MaskConfig: {} } } }] });
const logs = (): any => ({ Type: 'AWS::Logs::LogGroup', ...KEPT, Properties: { RetentionInDays: 3653, KmsKeyId: att('Key'), DataProtectionPolicy: protect() } });
const visible = (MetricName: string): any => ({ SampledRequestsEnabled: false, CloudWatchMetricsEnabled: true, MetricName });
const managed = (Name: string, Priority: number): any => ({ Name, Priority, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name } }, VisibilityConfig: visible(Name) });
const metric = (Id: string, MetricName: string, Namespace = 'AWS/Lambda', Dimensions: any[] = [{ Name: 'FunctionName', Value: ref('Post') }]): any => ({ Id, ReturnData: false, MetricStat: { Stat: 'Sum', Period: 60, Metric: { Namespace, MetricName, Dimensions } } });
const math = (Expression: string, ...Metrics: any[]): any => ({ Type: 'AWS::CloudWatch::Alarm', Properties: { EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: 'GreaterThanOrEqualToThreshold', TreatMissingData: 'notBreaching', AlarmActions: [{ 'Fn::ImportValue': 'oncall' }], Metrics: [...Metrics, { Id: 'sum', Expression, Label: 'failures', ReturnData: true }] } });

const template: Template = {
  Parameters: { VpcId: { Type: 'AWS::EC2::VPC::Id' } },
  Resources: {
    Key: {
      Type: 'AWS::KMS::Key',
      ...KEPT,
      Properties: {
        EnableKeyRotation: true,
        KeyPolicy: doc(
          { Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: 'kms:*', Resource: '*' },
          { Effect: 'Allow', Principal: { Service: sub('logs.${AWS::Region}.amazonaws.com') }, Action: ['kms:Encrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*') } } }),
      },
    },
    Boundary: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Description: 'No more than this', PolicyDocument: doc(allow(['logs:CreateLogStream', 'logs:PutLogEvents', 'dynamodb:GetItem', 'dynamodb:PutItem', 'kms:Decrypt', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*', { StringEquals: { 'aws:ResourceOrgID': 'o-abcde12345' } })) } },
    PostLogs: logs(),
    ApiLogs: logs(),
    PostRole: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: ref('Boundary'), AssumeRolePolicyDocument: doc({ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }), Policies: [{ PolicyName: 'own', PolicyDocument: doc(allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att('PostLogs')), allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'), allow(['dynamodb:GetItem', 'dynamodb:PutItem'], att('Book')), allow('kms:Decrypt', att('Key'), { StringEquals: { 'kms:ViaService': sub('dynamodb.${AWS::Region}.amazonaws.com') } })) }] } },
    Post: { Type: 'AWS::Lambda::Function', Properties: { PackageType: 'Image', Code: { ImageUri: sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/ledger@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08') }, Role: att('PostRole'), MemorySize: 512, Timeout: 20, ReservedConcurrentExecutions: 25, KmsKeyArn: att('Key'), TracingConfig: { Mode: 'Active' }, LoggingConfig: { LogFormat: 'JSON', LogGroup: ref('PostLogs'), ApplicationLogLevel: 'INFO', SystemLogLevel: 'WARN' }, Environment: { Variables: { BOOK: ref('Book') } }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    PostAlarm: math('errors + throttles', metric('errors', 'Errors'), metric('throttles', 'Throttles')),
    Book: {
      Type: 'AWS::DynamoDB::GlobalTable',
      ...KEPT,
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' },
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [
          { Region: 'eu-west-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { KMSMasterKeyId: att('Key') } },
          { Region: 'eu-central-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-central-1:123456789012:key/11111111-2222-3333-4444-555555555555' } },
        ],
      },
    },
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'ledger', ProtocolType: 'HTTP', DisableExecuteApiEndpoint: true } },
    Integration: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Api'), IntegrationType: 'AWS_PROXY', PayloadFormatVersion: '2.0', IntegrationUri: att('Post') } },
    Route: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('Api'), RouteKey: 'POST /entries', AuthorizationType: 'AWS_IAM', Target: sub('integrations/${Integration}') } },
    Stage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true, DefaultRouteSettings: { ThrottlingBurstLimit: 20, ThrottlingRateLimit: 20, DetailedMetricsEnabled: true }, AccessLogSettings: { DestinationArn: att('ApiLogs'), Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","principal":"$context.identity.userArn"}' } } },
    PostMay: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: ref('Post'), Action: 'lambda:InvokeFunction', Principal: 'apigateway.amazonaws.com', SourceAccount: ref('AWS::AccountId'), SourceArn: sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/$default/POST/entries') } },
    Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'api.ledger.example.org', DomainNameConfigurations: [{ CertificateArn: { 'Fn::ImportValue': 'certificate' }, EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }], MutualTlsAuthentication: { TruststoreUri: 's3://ledger-trust/bundle.pem', TruststoreVersion: 'v7' } } },
    Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: ref('Api'), DomainName: ref('Domain'), Stage: ref('Stage') } },
    Acl: { Type: 'AWS::WAFv2::WebACL', Properties: { Scope: 'CLOUDFRONT', DefaultAction: { Allow: {} }, VisibilityConfig: visible('ledger'), Rules: [managed('AWSManagedRulesCommonRuleSet', 0), managed('AWSManagedRulesKnownBadInputsRuleSet', 1), { Name: 'rate', Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: 'IP' } }, VisibilityConfig: visible('rate') }] } },
    AclLogs: { Type: 'AWS::Logs::LogGroup', ...KEPT, Properties: { LogGroupName: 'aws-waf-logs-ledger', RetentionInDays: 3653, KmsKeyId: att('Key') } },
    AclLogging: { Type: 'AWS::WAFv2::LoggingConfiguration', Properties: { ResourceArn: att('Acl'), LogDestinationConfigs: [att('AclLogs')], RedactedFields: [{ SingleHeader: { Name: 'authorization' } }, { SingleHeader: { Name: 'cookie' } }] } },
    AclAlarm: math('FILL(blocked, 0)', metric('blocked', 'BlockedRequests', 'AWS/WAFV2', [{ Name: 'WebACL', Value: 'ledger' }, { Name: 'Rule', Value: 'ALL' }])),
    Headers: { Type: 'AWS::CloudFront::ResponseHeadersPolicy', Properties: { ResponseHeadersPolicyConfig: { Name: 'ledger', SecurityHeadersConfig: { StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Preload: true, Override: true }, ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'", Override: true }, FrameOptions: { FrameOption: 'DENY', Override: true }, ContentTypeOptions: { Override: true }, ReferrerPolicy: { ReferrerPolicy: 'no-referrer', Override: true } } } } },
    Site: { Type: 'AWS::S3::Bucket', ...KEPT, Properties: { PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] }, VersioningConfiguration: { Status: 'Enabled' }, BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: att('Key') } }] }, LoggingConfiguration: { DestinationBucketName: { 'Fn::ImportValue': 'access-logs' }, LogFilePrefix: 'site/' }, LifecycleConfiguration: { Rules: [{ Status: 'Enabled', NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 1 } }] } } },
    SitePolicy: { Type: 'AWS::S3::BucketPolicy', Properties: { Bucket: ref('Site'), PolicyDocument: doc({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [att('Site'), sub('${Site.Arn}/*')], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject', Resource: sub('${Site.Arn}/*'), Condition: { StringEquals: { 'AWS:SourceArn': sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Front}') } } }) } },
    Access: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: 'ledger', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } } },
    Front: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { Enabled: true, HttpVersion: 'http2and3', DefaultRootObject: 'index.html', WebACLId: att('Acl'), Aliases: ['ledger.example.org'], ViewerCertificate: { AcmCertificateArn: { 'Fn::ImportValue': 'front-certificate' }, MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' }, Logging: { Bucket: { 'Fn::ImportValue': 'front-logs-domain' }, Prefix: 'front/' }, Origins: [{ Id: 'site', DomainName: att('Site', 'RegionalDomainName'), OriginAccessControlId: ref('Access'), S3OriginConfig: { OriginAccessIdentity: '' } }], DefaultCacheBehavior: { TargetOriginId: 'site', ViewerProtocolPolicy: 'redirect-to-https', Compress: true, CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6', ResponseHeadersPolicyId: ref('Headers') } } } },
    Endpoint: { Type: 'AWS::EC2::VPCEndpoint', Properties: { VpcId: ref('VpcId'), VpcEndpointType: 'Gateway', ServiceName: sub('com.amazonaws.${AWS::Region}.dynamodb'), PolicyDocument: doc({ ...allow(['dynamodb:GetItem', 'dynamodb:PutItem'], att('Book')), Principal: '*', Condition: ORG }) } },
    News: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: att('Key'), DataProtectionPolicy: { Name: 'pii', Version: '2021-06-01', Statement: [{ Sid: 'audit', DataDirection: 'Inbound', Principal: ['*'], DataIdentifier: CARDS, Operation: { Audit: { SampleRate: 99, FindingsDestination: {} } } }, { Sid: 'mask', DataDirection: 'Inbound', Principal: ['*'], DataIdentifier: CARDS, Operation: { Deidentify: { MaskConfig: { MaskWithCharacter: '#' } } } }] } } },
    NewsPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('News')], PolicyDocument: doc({ Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: ref('News'), Condition: { Bool: { 'aws:SecureTransport': 'false' } } }, { ...allow('sns:Publish', ref('News')), Principal: { AWS: '*' }, Condition: ORG }) } },
  },
};

const front = (t: Template): any => prop(t, 'Front').DistributionConfig;
const own = (t: Template): any[] => prop(t, 'PostRole').Policies[0].PolicyDocument.Statement;
const apiOrigin = (t: Template, CachePolicyId: any): void => { front(t).Origins.push({ Id: 'api', DomainName: 'api.ledger.example.org', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }); front(t).CacheBehaviors = [{ PathPattern: '/entries*', TargetOriginId: 'api', ViewerProtocolPolicy: 'https-only', AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'], CachePolicyId, OriginRequestPolicyId: 'b689b0a8-53d0-40ab-baf2-68738e2966ac', ResponseHeadersPolicyId: ref('Headers') }]; };

export const LEDGER: BlindSeed = {
  name: 'ledger under compliance',
  style: 'yaml',
  stacks: { Ledger: template },
  mutants: [
    fault('G07', 'the front sends a secret header that is written in the template', ({ Ledger: t }) => { front(t).Origins[0].OriginCustomHeaders = [{ HeaderName: 'x-origin-secret', HeaderValue: { 'Fn::Join': ['', ['{{resolve:secretsmanager:', 'ledger/origin', ':SecretString:header}}']] } }]; }),
    fault('G07', 'an output tells a secret', ({ Ledger: t }) => { t.Outputs = { Token: { Value: sub('{{resolve:secretsmanager:${AWS::StackName}/token}}') } }; }),
    fault('G08', 'the log level of the platform is trace', ({ Ledger: t }) => { prop(t, 'Post').LoggingConfig.ApplicationLogLevel = 'TRACE'; }),
    fault('G22', 'the default endpoint stays on behind the domain with mutual TLS', ({ Ledger: t }) => { delete prop(t, 'Api').DisableExecuteApiEndpoint; }),
    fault('G23', 'the truststore is not pinned', ({ Ledger: t }) => { delete prop(t, 'Domain').MutualTlsAuthentication.TruststoreVersion; }),
    fault('G23', 'the default endpoint goes round mutual TLS: false as text', ({ Ledger: t }) => { prop(t, 'Api').DisableExecuteApiEndpoint = 'false'; }),
    fault('G28', 'a log service may write to the topic with only a negative condition', ({ Ledger: t }) => { prop(t, 'NewsPolicy').PolicyDocument.Statement.push({ Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sns:Publish', Resource: ref('News'), Condition: { StringNotEquals: { 'aws:SourceAccount': '000000000000' } } }); }),
    fault('G28', 'the source account is asked only if it is there', ({ Ledger: t }) => { prop(t, 'Key').KeyPolicy.Statement.push({ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Resource: '*', Condition: { StringEqualsIfExists: { 'aws:SourceAccount': ref('AWS::AccountId') } } }); }),
    fault('G37', 'the key in full, the boundary raised too', ({ Ledger: t }) => { own(t).push(allow('kms:CreateGrant', att('Key'))); prop(t, 'Boundary').PolicyDocument.Statement[0].Action.push('kms:*'); }),
    fault('G53', 'the topic posts by plain http', ({ Ledger: t }) => { add(t, 'Hook', 'AWS::SNS::Subscription', { TopicArn: ref('News'), Protocol: 'http', Endpoint: 'http://hook.example.org/' }); }),
    fault('G62', 'the rules count by the override of each rule', ({ Ledger: t }) => { for (const r of prop(t, 'Acl').Rules) { if (r.Action) r.Action = { Count: {} }; else r.OverrideAction = { Count: {} }; } }),
    fault('G64', 'the log of the shield shows the cookies', ({ Ledger: t }) => { prop(t, 'AclLogging').RedactedFields.pop(); }),
    fault('G65', 'the front in front of the API has no shield', ({ Ledger: t }) => { apiOrigin(t, '4135ea2d-6df8-44a3-9df3-4b5a84be39ad'); front(t).WebACLId = { Ref: 'AWS::NoValue' }; }),
    fault('G67', 'the answers of the API are cached for all', ({ Ledger: t }) => apiOrigin(t, '658327ea-f89d-4fab-a63d-7e88639e58f6')),
    fault('G68', 'the headers policy has no content policy and no transport security', ({ Ledger: t }) => { const s = prop(t, 'Headers').ResponseHeadersPolicyConfig.SecurityHeadersConfig; delete s.ContentSecurityPolicy; delete s.StrictTransportSecurity; }),
    fault('G68', 'the behaviour of a path leaves out the headers', ({ Ledger: t }) => { delete front(t).DefaultCacheBehavior.ResponseHeadersPolicyId; }),
    fault('G71', 'the access log lacks who called', ({ Ledger: t }) => { prop(t, 'Stage').AccessLogSettings.Format = '{"status":"$context.status"}'; }),
    fault('G72', 'the data of the log is audited but never masked', ({ Ledger: t }) => { prop(t, 'PostLogs').DataProtectionPolicy.Statement.pop(); }),
    fault('G75', 'the metrics of the sum are there, but the expression leaves the errors out', ({ Ledger: t }) => { prop(t, 'PostAlarm').Metrics[2].Expression = 'throttles'; }),
    fault('G75', 'the alarm acts on nothing', ({ Ledger: t }) => { prop(t, 'PostAlarm').ActionsEnabled = false; }),
    fault('G77', 'the second replica is unprotected', ({ Ledger: t }) => { prop(t, 'Book').Replicas[1].DeletionProtectionEnabled = false; }),
    fault('G77', 'the second replica has no point-in-time recovery', ({ Ledger: t }) => { delete prop(t, 'Book').Replicas[1].PointInTimeRecoverySpecification; }),
    fault('G78', 'a secret policy lets any account in and does not block the public', ({ Ledger: t }) => { add(t, 'Share', 'AWS::SecretsManager::ResourcePolicy', { SecretId: { 'Fn::ImportValue': 'ledger-secret' }, BlockPublicPolicy: false, ResourcePolicy: doc({ Effect: 'Allow', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-abcde12345' } } }) }); }),
    fault('G79', 'the organisation is asked by a like with a star', ({ Ledger: t }) => { prop(t, 'Endpoint').PolicyDocument = doc({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringLike: { 'aws:PrincipalOrgID': 'o-*' } } }); }),
    fault('G76', 'the key goes with the stack', ({ Ledger: t }) => { t.Resources.Key.DeletionPolicy = 'Delete'; }),
    fault('G88', 'the image is named by a tag', ({ Ledger: t }) => { prop(t, 'Post').Code.ImageUri = sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/ledger:latest'); }),
    fault('G90', 'a file system is mounted without an access point', ({ Ledger: t }) => { Object.assign(prop(t, 'Post'), { VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] }, FileSystemConfigs: [{ LocalMountPath: '/mnt/books', Arn: sub('arn:${AWS::Partition}:elasticfilesystem:${AWS::Region}:${AWS::AccountId}:file-system/fs-0123456789') }] }); }),
    fault('G39', 'the organisation condition of the topic is gone, and the topic drives the function', ({ Ledger: t }) => { delete prop(t, 'NewsPolicy').PolicyDocument.Statement[1].Condition; }),
  ],
  variants: [
    safe('the expression may use both metrics in another way: MAX of both', ({ Ledger: t }) => { prop(t, 'PostAlarm').Metrics[2].Expression = 'MAX([errors, throttles])'; }),
    safe('METRICS() takes every metric of the alarm', ({ Ledger: t }) => { prop(t, 'PostAlarm').Metrics[2].Expression = 'SUM(METRICS())'; }),
    safe('the API behind the front is not cached, by the managed policy', ({ Ledger: t }) => apiOrigin(t, '4135ea2d-6df8-44a3-9df3-4b5a84be39ad')),
    safe('the organisation is named by an import', ({ Ledger: t }) => { prop(t, 'NewsPolicy').PolicyDocument.Statement[1].Condition = { StringEquals: { 'aws:PrincipalOrgID': { 'Fn::ImportValue': 'org-id' } } }; }),
    safe('the organisation by its path', ({ Ledger: t }) => { prop(t, 'NewsPolicy').PolicyDocument.Statement[1].Condition = { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-abcde12345/r-ab12/ou-ab12-11111111/*' } }; }),
    safe('a boundary is no grant: it may be wider than the role', ({ Ledger: t }) => { prop(t, 'Boundary').PolicyDocument.Statement = [allow('*', '*')]; }),
    safe('a headers policy of AWS with frame, transport and CSP from another stack', ({ Ledger: t }) => { front(t).DefaultCacheBehavior.ResponseHeadersPolicyId = { 'Fn::ImportValue': 'platform-headers' }; remove(t, 'Headers'); }),
    safe('an endpoint that lets in all of the own organisation, to resources of it', ({ Ledger: t }) => { prop(t, 'Endpoint').PolicyDocument = doc({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcde12345', 'aws:ResourceOrgID': '${aws:PrincipalOrgID}' } } }); }),
    safe('log protection as JSON text is the same policy', ({ Ledger: t }) => { prop(t, 'PostLogs').DataProtectionPolicy = JSON.stringify(protect()); }),
    safe('the tag of an image with its digest is pinned', ({ Ledger: t }) => { prop(t, 'Post').Code.ImageUri = sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/ledger:v7@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08'); }),
    safe('a default of block with rules that only count lets nothing through', ({ Ledger: t }) => { prop(t, 'Acl').DefaultAction = { Block: {} }; }),
    safe('true as text is true', ({ Ledger: t }) => { prop(t, 'Api').DisableExecuteApiEndpoint = 'true'; }),
    safe('RetainExceptOnCreate keeps what was ever used', ({ Ledger: t }) => { t.Resources.Book.DeletionPolicy = 'RetainExceptOnCreate'; }),
  ],
};
