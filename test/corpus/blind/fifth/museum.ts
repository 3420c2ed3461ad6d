import { BlindSeed, add, breach, env, fault, prop, safe, statements } from '../support';

const TEMPLATE = `
AWSTemplateFormatVersion: '2010-09-09'
Description: The museum, its pictures and the guide that answers questions
Parameters:
  Stage: { Type: String, Default: prod, AllowedValues: [prod, beta] }
  Certificate: { Type: String, Default: 'arn:aws:acm:us-east-1:111122223333:certificate/0f0f0f0f-1111-2222-3333-444444444444' }
  Bell: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /ops/alarms }
Mappings:
  Stages:
    prod: { Host: museum.example.org, Concurrency: 40, Tls: TLSv1.2_2021, Url: AWS_IAM, Viewer: redirect-to-https, Days: 365, Cache: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad }
    beta: { Host: beta.museum.example.org, Concurrency: 5, Tls: TLSv1.2_2021, Url: AWS_IAM, Viewer: https-only, Days: 400, Cache: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
  IsBeta: !Not [!Condition IsProd]
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Sid: account, Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - { Sid: logs, Effect: Allow, Principal: { Service: !Sub 'logs.\${AWS::Region}.amazonaws.com' }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:\${AWS::Partition}:logs:\${AWS::Region}:\${AWS::AccountId}:*' } } }
          - { Sid: pictures, Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: kms:Decrypt, Resource: '*', Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId }, ArnLike: { 'aws:SourceArn': !Sub 'arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/*' } } }
  AccessLogs:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }
      VersioningConfiguration: { Status: Enabled }
      LifecycleConfiguration: { Rules: [{ Id: old, Status: Enabled, ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] }
  AccessLogsPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref AccessLogs
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt AccessLogs.Arn, !Sub '\${AccessLogs.Arn}/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          - { Effect: Allow, Principal: { Service: logging.s3.amazonaws.com }, Action: s3:PutObject, Resource: !Sub '\${AccessLogs.Arn}/s3/*', Condition: { StringEquals: { 'aws:SourceAccount': !Ref AWS::AccountId } } }
  Pictures:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn } }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      VersioningConfiguration: { Status: Enabled }
      LoggingConfiguration: { DestinationBucketName: !Ref AccessLogs, LogFilePrefix: s3/ }
      LifecycleConfiguration: { Rules: [{ Id: old, Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 90 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] }
      CorsConfiguration: { CorsRules: [{ AllowedMethods: [GET], AllowedOrigins: [!Sub ['https://\${Host}', { Host: !FindInMap [Stages, !Ref Stage, Host] }]], AllowedHeaders: [range], MaxAge: 600 }] }
  PicturesPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref Pictures
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Pictures.Arn, !Sub '\${Pictures.Arn}/*'], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          - { Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: s3:GetObject, Resource: !Sub '\${Pictures.Arn}/*', Condition: { StringEquals: { 'AWS:SourceArn': !Sub 'arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Front}' } } }
  Blocks: { Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { LogGroupName: aws-waf-logs-museum, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn } }
  Wall:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: CLOUDFRONT
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: museum }
      Rules:
        - { Name: common, Priority: 0, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: common } }
        - { Name: bad, Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: bad } }
        - { Name: flood, Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 2000, AggregateKeyType: IP } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: flood } }
        - { Name: odd, Priority: 3, Action: { Block: {} }, Statement: { SqliMatchStatement: { FieldToMatch: { Body: { OversizeHandling: MATCH } }, TextTransformations: [{ Priority: 0, Type: URL_DECODE }] } }, VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: odd } }
  WallLog: { Type: AWS::WAFv2::LoggingConfiguration, Properties: { ResourceArn: !GetAtt Wall.Arn, LogDestinationConfigs: [!GetAtt Blocks.Arn], RedactedFields: [{ SingleHeader: { Name: authorization } }, { SingleHeader: { Name: cookie } }] } }
  WallBlocks: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/WAFV2, MetricName: BlockedRequests, Dimensions: [{ Name: WebACL, Value: museum }, { Name: Rule, Value: ALL }], Statistic: Sum, Period: 300, EvaluationPeriods: 1, Threshold: 500, ComparisonOperator: GreaterThanThreshold, TreatMissingData: notBreaching, AlarmActions: [!Ref Bell] } }
  PictureAccess: { Type: AWS::CloudFront::OriginAccessControl, Properties: { OriginAccessControlConfig: { Name: museum-pictures, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4 } } }
  GuideAccess: { Type: AWS::CloudFront::OriginAccessControl, Properties: { OriginAccessControlConfig: { Name: museum-guide, OriginAccessControlOriginType: lambda, SigningBehavior: always, SigningProtocol: sigv4 } } }
  Headers:
    Type: AWS::CloudFront::ResponseHeadersPolicy
    Properties:
      ResponseHeadersPolicyConfig:
        Name: museum
        SecurityHeadersConfig:
          StrictTransportSecurity: { AccessControlMaxAgeSec: 31536000, IncludeSubdomains: true, Preload: true, Override: true }
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'", Override: true }
          FrameOptions: { FrameOption: DENY, Override: true }
          ContentTypeOptions: { Override: true }
          ReferrerPolicy: { ReferrerPolicy: same-origin, Override: true }
  Front:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        HttpVersion: http2and3
        Aliases: [!FindInMap [Stages, !Ref Stage, Host]]
        DefaultRootObject: index.html
        WebACLId: !GetAtt Wall.Arn
        Logging: { Bucket: !GetAtt AccessLogs.RegionalDomainName, Prefix: front/, IncludeCookies: false }
        ViewerCertificate: { AcmCertificateArn: !Ref Certificate, MinimumProtocolVersion: !FindInMap [Stages, !Ref Stage, Tls], SslSupportMethod: sni-only }
        Restrictions: { GeoRestriction: { RestrictionType: whitelist, Locations: [DE, FR, IT, ES] } }
        Origins:
          - { Id: pictures, DomainName: !GetAtt Pictures.RegionalDomainName, OriginAccessControlId: !GetAtt PictureAccess.Id, S3OriginConfig: { OriginAccessIdentity: '' } }
          - { Id: guide, DomainName: !Select [2, !Split ['/', !GetAtt GuideUrl.FunctionUrl]], OriginAccessControlId: !GetAtt GuideAccess.Id, CustomOriginConfig: { OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2], HTTPSPort: 443 } }
        DefaultCacheBehavior: { TargetOriginId: pictures, ViewerProtocolPolicy: !FindInMap [Stages, !Ref Stage, Viewer], AllowedMethods: [GET, HEAD], CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6, ResponseHeadersPolicyId: !Ref Headers, Compress: true }
        CacheBehaviors:
          - { PathPattern: 'guide/*', TargetOriginId: guide, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE], CachePolicyId: !FindInMap [Stages, !Ref Stage, Cache], OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac, ResponseHeadersPolicyId: !Ref Headers }
      Tags: [{ Key: stage, Value: !Ref Stage }]
  GuideLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      RetentionInDays: !FindInMap [Stages, !Ref Stage, Days]
      KmsKeyId: !GetAtt Key.Arn
      DataProtectionPolicy: { Name: mask, Version: '2021-06-01', Statement: [{ Sid: audit, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Audit: { FindingsDestination: {} } } }, { Sid: redact, DataIdentifier: ['arn:aws:dataprotection::aws:data-identifier/EmailAddress'], Operation: { Deidentify: { MaskConfig: {} } } }] }
  GuideRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies:
        - PolicyName: guide
          PolicyDocument:
            Version: '2012-10-17'
            Statement:
              - { Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt GuideLogs.Arn }
              - { Effect: Allow, Action: [xray:PutTraceSegments, xray:PutTelemetryRecords], Resource: '*' }
              - { Effect: Allow, Action: s3:GetObject, Resource: !Sub '\${Pictures.Arn}/captions/*' }
              - { Effect: Allow, Action: kms:Decrypt, Resource: !GetAtt Key.Arn, Condition: { StringEquals: { 'kms:ViaService': [!Sub 's3.\${AWS::Region}.amazonaws.com', !Sub 'lambda.\${AWS::Region}.amazonaws.com'] } } }
  Guide:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt GuideRole.Arn
      Runtime: python3.13
      Handler: guide.answer
      Timeout: 15
      MemorySize: 512
      ReservedConcurrentExecutions: !FindInMap [Stages, !Ref Stage, Concurrency]
      TracingConfig: { Mode: Active }
      KmsKeyArn: !GetAtt Key.Arn
      Code: { S3Bucket: !Sub 'museum-code-\${AWS::AccountId}', S3Key: guide/4.2.0.zip, S3ObjectVersion: 'k3s9d0' }
      Environment: { Variables: { PICTURES: !Ref Pictures, STAGE: !Ref Stage } }
      LoggingConfig: { LogFormat: JSON, LogGroup: !Ref GuideLogs }
      Tags: [{ Key: stage, Value: !Ref Stage }]
  GuideLive: { Type: AWS::Lambda::Alias, Properties: { Name: live, FunctionName: !Ref Guide, FunctionVersion: !GetAtt GuideOne.Version } }
  GuideOne: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Guide } }
  GuideUrl:
    Type: AWS::Lambda::Url
    DependsOn: GuideLive
    Properties:
      TargetFunctionArn: !Ref Guide
      Qualifier: live
      AuthType: !FindInMap [Stages, !Ref Stage, Url]
      Cors: { AllowOrigins: [!Sub ['https://\${Host}', { Host: !FindInMap [Stages, !Ref Stage, Host] }]], AllowMethods: [GET, POST], AllowHeaders: [content-type], AllowCredentials: false, MaxAge: 300 }
  FrontMayAsk:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunctionUrl, FunctionName: !Ref GuideLive, FunctionUrlAuthType: AWS_IAM, Principal: cloudfront.amazonaws.com, SourceAccount: !Ref AWS::AccountId, SourceArn: !Sub 'arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Front}' }
  FrontMayRun:
    Type: AWS::Lambda::Permission
    Properties: { Action: lambda:InvokeFunction, InvokedViaFunctionUrl: true, FunctionName: !Ref GuideLive, Principal: cloudfront.amazonaws.com, SourceAccount: !Ref AWS::AccountId, SourceArn: !Sub 'arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Front}' }
  GuideErrors: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Guide }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, TreatMissingData: notBreaching, AlarmActions: [!Ref Bell] } }
  GuideThrottles: { Type: AWS::CloudWatch::Alarm, Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Guide }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, TreatMissingData: notBreaching, AlarmActions: [!Ref Bell] } }
Outputs:
  Site: { Value: !Sub 'https://\${Front.DomainName}' }
`;

type Any = Record<string, any>;
const front = (template: Any): Any => prop(template, 'Front').DistributionConfig;
const guide = (template: Any): Any => front(template).CacheBehaviors[0];
const rules = (template: Any): any[] => prop(template, 'Wall').Rules;
const stage = (template: Any, name: string, value: unknown): void => { template.Mappings.Stages.prod[name] = value; };
const host = 'museum.example.org';

/** By hand: values come from a mapping by stage, and one front stands before all. */
export const MUSEUM: BlindSeed = {
  name: 'Museum by hand: a distribution before a bucket and a function, values by stage',
  style: 'yaml',
  stacks: { Museum: TEMPLATE },
  mutants: [
    breach('lambda.url-auth', 'the guide answers everybody in production, by the mapping', ({ Museum }) => { stage(Museum, 'Url', 'NONE'); }),
    breach('cf.tls-min', 'the front speaks an old protocol in production, by the mapping', ({ Museum }) => { stage(Museum, 'Tls', 'TLSv1.1_2016'); }),
    breach('cf.viewer-https', 'pictures are shown in the clear in production, by the mapping', ({ Museum }) => { stage(Museum, 'Viewer', 'allow-all'); }),
    breach('lambda.concurrency', 'the guide runs as often as it is asked, in all stages', ({ Museum }) => { delete prop(Museum, 'Guide').ReservedConcurrentExecutions; }),
    breach('logs.retention', 'what the guide logs is gone in a day, by the mapping of production', ({ Museum }) => { stage(Museum, 'Days', 1); }),
    fault('G67', 'answers of the guide are kept for all, in production by the mapping', ({ Museum }) => { stage(Museum, 'Cache', '658327ea-f89d-4fab-a63d-7e88639e58f6'); }),
    fault('G67', 'answers are kept by path alone, under a policy of the template that is below a condition', ({ Museum }) => {
      add(Museum, 'Kept', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'kept', DefaultTTL: 600, MinTTL: 60, MaxTTL: 3600, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'all' } } } });
      guide(Museum).CachePolicyId = { 'Fn::If': ['IsBeta', '4135ea2d-6df8-44a3-9df3-4b5a84be39ad', { Ref: 'Kept' }] };
    }),
    fault('G65', 'the wall is before the beta alone', ({ Museum }) => { front(Museum).WebACLId = { 'Fn::If': ['IsBeta', { 'Fn::GetAtt': ['Wall', 'Arn'] }, { Ref: 'AWS::NoValue' }] }; }),
    fault('G65', 'a second address of the guide is before no front', ({ Museum }) => { add(Museum, 'SideUrl', 'AWS::Lambda::Url', { TargetFunctionArn: { Ref: 'Guide' }, AuthType: 'AWS_IAM' }); }),
    fault('G66', 'the guide answers behind the back of the front: no access control signs', ({ Museum }) => { delete front(Museum).Origins[1].OriginAccessControlId; prop(Museum, 'GuideUrl').AuthType = 'NONE'; prop(Museum, 'FrontMayAsk').Principal = '*'; prop(Museum, 'FrontMayAsk').FunctionUrlAuthType = 'NONE'; delete prop(Museum, 'FrontMayAsk').SourceArn; delete prop(Museum, 'FrontMayAsk').SourceAccount; }),
    fault('G66', 'an open HTTP API of the app is behind the front', ({ Museum }) => {
      add(Museum, 'Desk', 'AWS::ApiGatewayV2::Api', { Name: 'desk', ProtocolType: 'HTTP', Target: { 'Fn::GetAtt': ['Guide', 'Arn'] } });
      front(Museum).Origins.push({ Id: 'desk', DomainName: { 'Fn::Sub': '${Desk}.execute-api.${AWS::Region}.amazonaws.com' }, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } });
      front(Museum).CacheBehaviors.push({ ...guide(Museum), PathPattern: 'desk/*', TargetOriginId: 'desk' });
    }),
    fault('G68', 'answers of the guide carry no security headers in production', ({ Museum }) => { guide(Museum).ResponseHeadersPolicyId = { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, { Ref: 'Headers' }] }; }),
    fault('G68', 'pictures may be framed by anybody and fetched in the clear: the policy has only CORS', ({ Museum }) => { prop(Museum, 'Headers').ResponseHeadersPolicyConfig = { Name: 'museum', CorsConfig: { AccessControlAllowCredentials: false, AccessControlAllowHeaders: { Items: ['range'] }, AccessControlAllowMethods: { Items: ['GET'] }, AccessControlAllowOrigins: { Items: [`https://${host}`] }, OriginOverride: true } }; }),
    fault('G25', 'every distribution of the account may ask the guide', ({ Museum }) => { prop(Museum, 'FrontMayAsk').SourceArn = { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/*' }; }),
    fault('G25', 'every principal of AWS may ask the guide', ({ Museum }) => { add(Museum, 'AllMayAsk', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunctionUrl', FunctionName: { Ref: 'GuideLive' }, FunctionUrlAuthType: 'AWS_IAM', Principal: { 'Fn::Join': ['', ['*']] } }); }),
    fault('G25', 'every distribution of anybody may ask the guide', ({ Museum }) => { delete prop(Museum, 'FrontMayAsk').SourceArn; delete prop(Museum, 'FrontMayAsk').SourceAccount; }),
    fault('G26', 'nothing bounds the guide in production', ({ Museum }) => { prop(Museum, 'Guide').ReservedConcurrentExecutions = { 'Fn::If': ['IsBeta', 5, { Ref: 'AWS::NoValue' }] }; }),
    fault('G26', 'the address is that of the newest code, whatever it is', ({ Museum }) => { delete prop(Museum, 'GuideUrl').Qualifier; }),
    fault('G11', 'all sites ask the guide with credentials, by a split', ({ Museum }) => { Object.assign(prop(Museum, 'GuideUrl').Cors, { AllowOrigins: { 'Fn::Split': [',', 'https://museum.example.org,*'] }, AllowCredentials: true }); }),
    breach('lambda.url-cors', 'all sites read the answers of the guide, by the mapping of hosts', ({ Museum }) => { prop(Museum, 'GuideUrl').Cors.AllowOrigins = [{ 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'Site'] }]; Museum.Mappings.Stages.prod.Site = '*'; Museum.Mappings.Stages.beta.Site = 'https://beta.museum.example.org'; }),
    fault('G07', 'the guide is told by a header of the origin, whose word stands there', ({ Museum }) => { front(Museum).Origins[1].OriginCustomHeaders = [{ HeaderName: 'X-Origin-Secret', HeaderValue: 'gA7sk29fJq0Lw8Zr' }]; }),
    fault('G07', 'a word of the guide is an output', ({ Museum }) => { Museum.Outputs.Word = { Value: '{{resolve:secretsmanager:museum/guide:SecretString:word}}' }; }),
    fault('G62', 'the wall counts in production', ({ Museum }) => { for (const rule of rules(Museum)) { if (rule.OverrideAction) rule.OverrideAction = { 'Fn::If': ['IsProd', { Count: {} }, { None: {} }] }; if (rule.Action) rule.Action = { 'Fn::If': ['IsProd', { Count: {} }, { Block: {} }] }; } }),
    fault('G63', 'nothing counts the calls of one address', ({ Museum }) => { rules(Museum).splice(2, 1); }),
    fault('G63', 'a flood is a hundred million calls', ({ Museum }) => { rules(Museum)[2].Statement.RateBasedStatement.Limit = 1999999999; }),
    fault('G64', 'what is behind the first part of a body is not looked at', ({ Museum }) => { rules(Museum)[3].Statement.SqliMatchStatement.FieldToMatch.Body.OversizeHandling = 'CONTINUE'; }),
    fault('G64', 'a body is looked at in part, two statements deep', ({ Museum }) => { rules(Museum)[3].Statement = { AndStatement: { Statements: [{ NotStatement: { Statement: { GeoMatchStatement: { CountryCodes: ['VA'] } } } }, { XssMatchStatement: { FieldToMatch: { JsonBody: { MatchPattern: { All: {} }, MatchScope: 'ALL', OversizeHandling: 'CONTINUE' } }, TextTransformations: [{ Priority: 0, Type: 'NONE' }] } }] } }; }),
    breach('waf.logging', 'the log of the wall keeps what was counted and drops what was blocked', ({ Museum }) => { prop(Museum, 'WallLog').LoggingFilter = { DefaultBehavior: 'DROP', Filters: [{ Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'COUNT' } }] }] }; }),
    breach('waf.metrics', 'one rule is not counted anywhere', ({ Museum }) => { rules(Museum)[1].VisibilityConfig.CloudWatchMetricsEnabled = false; }),
    breach('cf.origin-ssl', 'the front would speak an old protocol to the guide', ({ Museum }) => { front(Museum).Origins[1].CustomOriginConfig.OriginSSLProtocols = ['TLSv1.2', 'TLSv1']; }),
    breach('cf.origin-https', 'the front follows the viewer to the guide, and a viewer may come in the clear', ({ Museum }) => { front(Museum).Origins[1].CustomOriginConfig.OriginProtocolPolicy = 'match-viewer'; guide(Museum).ViewerProtocolPolicy = 'allow-all'; }),
    breach('cf.oac', 'the pictures are asked for without a signature', ({ Museum }) => { prop(Museum, 'PictureAccess').OriginAccessControlConfig.SigningBehavior = 'never'; }),
    breach('cf.logging', 'visits to production are in no log', ({ Museum }) => { front(Museum).Logging = { 'Fn::If': ['IsProd', { Ref: 'AWS::NoValue' }, front(Museum).Logging] }; }),
    breach('cf.custom-cert', 'the front shows the certificate of all', ({ Museum }) => { front(Museum).ViewerCertificate = { CloudFrontDefaultCertificate: true }; delete front(Museum).Aliases; }),
    breach('s3.bpa', 'a policy for all would be taken: the fourth guard is a condition away', ({ Museum }) => { prop(Museum, 'Pictures').PublicAccessBlockConfiguration.RestrictPublicBuckets = { 'Fn::If': ['IsProd', false, true] }; }),
    breach('s3.policy-principal', 'every distribution of every account reads the pictures', ({ Museum }) => { delete statements(Museum, 'PicturesPolicy')[1].Condition; }),
    breach('s3.cors', 'any site puts pictures from a browser', ({ Museum }) => { prop(Museum, 'Pictures').CorsConfiguration.CorsRules.push({ AllowedMethods: ['PUT', 'DELETE'], AllowedOrigins: ['*'], AllowedHeaders: ['*'] }); }),
    breach('s3.tls', 'pictures are refused in the clear to one service alone', ({ Museum }) => { statements(Museum, 'PicturesPolicy')[0].Principal = { Service: 'cloudfront.amazonaws.com' }; }),
    breach('s3.tls', 'the refusal of lines in the clear is for what lies in the bucket and only for reading', ({ Museum }) => { Object.assign(statements(Museum, 'PicturesPolicy')[0], { Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Pictures.Arn}/*' } }); }),
    fault('G28', 'the log bucket takes what S3 brings for anybody', ({ Museum }) => { delete statements(Museum, 'AccessLogsPolicy')[1].Condition; }),
    fault('G88', 'the guide is written in the template, in production', ({ Museum }) => { prop(Museum, 'Guide').Code = { 'Fn::If': ['IsProd', { ZipFile: 'def answer(e, c): return e' }, prop(Museum, 'Guide').Code] }; }),
    fault('G08', 'the guide tells all in production', ({ Museum }) => { env(Museum, 'Guide').LOG_LEVEL = { 'Fn::If': ['IsProd', 'DEBUG', 'INFO'] }; }),
  ],
  variants: [
    safe('the wall is one of two by stage', ({ Museum }) => { Museum.Resources.BetaWall = { ...JSON.parse(JSON.stringify(Museum.Resources.Wall)), Condition: 'IsBeta' }; Museum.Resources.BetaWallLog = { Type: 'AWS::WAFv2::LoggingConfiguration', Condition: 'IsBeta', Properties: { ...prop(Museum, 'WallLog'), ResourceArn: { 'Fn::GetAtt': ['BetaWall', 'Arn'] } } }; front(Museum).WebACLId = { 'Fn::If': ['IsBeta', { 'Fn::GetAtt': ['BetaWall', 'Arn'] }, { 'Fn::GetAtt': ['Wall', 'Arn'] }] }; }),
    safe('the condition of the origin in the words of another operator', ({ Museum }) => { statements(Museum, 'PicturesPolicy')[1].Condition = { ArnLike: { 'aws:sourcearn': { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Front}' } } }; }),
    safe('the account of the source, whatever its case', ({ Museum }) => { statements(Museum, 'AccessLogsPolicy')[1].Condition = { StringEqualsIgnoreCase: { 'AWS:SOURCEACCOUNT': { Ref: 'AWS::AccountId' } } }; }),
    safe('pictures are cached by path: there is nothing of a person in them', ({ Museum }) => { front(Museum).DefaultCacheBehavior.CachePolicyId = { 'Fn::If': ['IsProd', '658327ea-f89d-4fab-a63d-7e88639e58f6', 'b2884449-e4de-46a7-ac36-70bc7f1ddd6d'] }; }),
    safe('all sites may read the guide in neither stage: both arms name a host', ({ Museum }) => { prop(Museum, 'GuideUrl').Cors.AllowOrigins = { 'Fn::If': ['IsProd', ['https://museum.example.org'], ['https://beta.museum.example.org']] }; }),
    safe('the beta has more room and fewer days, by the mapping', ({ Museum }) => { Museum.Mappings.Stages.beta.Concurrency = 10; Museum.Mappings.Stages.beta.Days = 731; }),
    safe('the deny of lines in the clear is a number', ({ Museum }) => { statements(Museum, 'PicturesPolicy')[0].Condition = { NumericLessThan: { 's3:TlsVersion': 1.2 } }; statements(Museum, 'PicturesPolicy').push({ Effect: 'Deny', Principal: { AWS: '*' }, Action: '*', Resource: [{ 'Fn::GetAtt': ['Pictures', 'Arn'] }, { 'Fn::Join': ['/', [{ 'Fn::GetAtt': ['Pictures', 'Arn'] }, '*']] }], Condition: { BoolIfExists: { 'AWS:SecureTransport': ['false'] } } }); }),
    safe('the organization reads nothing it may not: a deny of not-actions', ({ Museum }) => { statements(Museum, 'PicturesPolicy').push({ Effect: 'Deny', Principal: '*', NotAction: ['s3:GetObject', 's3:ListBucket', 's3:PutObject'], Resource: { 'Fn::Sub': '${Pictures.Arn}/*' }, Condition: { StringNotEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' }, Bool: { 'aws:PrincipalIsAWSService': 'false' } } }); }),
    safe('the log of the wall drops what was let through', ({ Museum }) => { prop(Museum, 'WallLog').LoggingFilter = { DefaultBehavior: 'KEEP', Filters: [{ Behavior: 'DROP', Requirement: 'MEETS_ALL', Conditions: [{ ActionCondition: { Action: 'ALLOW' } }] }] }; }),
  ],
};

