import { add, BlindSeed, breach, env, fault, prop, remove, safe } from '../support';

/** A distribution in front of a website, an HTTP API and a function URL, in one stack for us-east-1, by hand. */
const TEMPLATE = `
Parameters:
  Stage: { Type: String, Default: prod, AllowedValues: [dev, prod] }
Mappings:
  Policies: { prod: { Cache: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, Busy: 658327ea-f89d-4fab-a63d-7e88639e58f6 }, dev: { Cache: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, Busy: 658327ea-f89d-4fab-a63d-7e88639e58f6 } }
Conditions:
  IsProd: !Equals [!Ref Stage, prod]
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy: { Statement: [{ Effect: Allow, Principal: { AWS: !Sub "arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root" }, Action: "kms:*", Resource: "*" }] }
  RenderRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: sts:AssumeRole }] }
      Policies: [{ PolicyName: logs, PolicyDocument: { Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: !GetAtt RenderLogs.Arn }] } }]
  RenderLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      RetentionInDays: 365
      KmsKeyId: !GetAtt Key.Arn
      DataProtectionPolicy:
        Name: mask
        Version: "2021-06-01"
        Statement:
          - { Sid: audit, DataIdentifier: ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"], Operation: { Audit: { FindingsDestination: {} } } }
          - { Sid: mask, DataIdentifier: ["arn:aws:dataprotection::aws:data-identifier/EmailAddress"], Operation: { Deidentify: { MaskConfig: {} } } }
  Render:
    Type: AWS::Lambda::Function
    Properties:
      Role: !GetAtt RenderRole.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 10
      MemorySize: 512
      ReservedConcurrentExecutions: 20
      TracingConfig: { Mode: Active }
      Code: { S3Bucket: shop-artifacts, S3Key: render.zip, S3ObjectVersion: "7" }
      CodeSigningConfigArn: !ImportValue code-signing
      LoggingConfig: { LogGroup: !Ref RenderLogs, LogFormat: JSON }
  Errors:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: !Ref Render }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Throttles:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: !Ref Render }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Blocked:
    Type: AWS::CloudWatch::Alarm
    Properties: { Namespace: AWS/WAFV2, MetricName: BlockedRequests, Dimensions: [{ Name: WebACL, Value: site }, { Name: Rule, Value: ALL }], Statistic: Sum, Period: 60,
      EvaluationPeriods: 1, Threshold: 100, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [!ImportValue alarms] }
  Live:
    Type: AWS::Lambda::Alias
    Properties: { FunctionName: !Ref Render, FunctionVersion: !GetAtt Version.Version, Name: live }
  Version: { Type: AWS::Lambda::Version, Properties: { FunctionName: !Ref Render } }
  Url:
    Type: AWS::Lambda::Url
    DependsOn: Live
    Properties:
      TargetFunctionArn: !Ref Render
      Qualifier: live
      AuthType: AWS_IAM
      Cors: { AllowOrigins: ["https://shop.example"], AllowMethods: [GET], AllowCredentials: true }
  AllowUrl:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: !Ref Live, Action: lambda:InvokeFunctionUrl, FunctionUrlAuthType: AWS_IAM, Principal: cloudfront.amazonaws.com,
      SourceAccount: !Ref AWS::AccountId, SourceArn: !Sub "arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Site}" }
  SiteBucket:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      VersioningConfiguration: { Status: Enabled }
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: !GetAtt Key.Arn } }] }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] }
      LoggingConfiguration: { DestinationBucketName: !ImportValue access-logs, LogFilePrefix: site/ }
  SiteBucketPolicy:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: !Ref SiteBucket
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: "*", Action: "s3:*", Resource: [!GetAtt SiteBucket.Arn, !Sub "\${SiteBucket.Arn}/*"], Condition: { Bool: { aws:SecureTransport: "false" } } }
          - { Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: s3:GetObject, Resource: !Sub "\${SiteBucket.Arn}/*",
              Condition: { StringEquals: { aws:SourceArn: !Sub "arn:\${AWS::Partition}:cloudfront::\${AWS::AccountId}:distribution/\${Site}" } } }
  SiteAccess: { Type: AWS::CloudFront::OriginAccessControl, Properties: { OriginAccessControlConfig: { Name: site, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4 } } }
  UrlAccess: { Type: AWS::CloudFront::OriginAccessControl, Properties: { OriginAccessControlConfig: { Name: url, OriginAccessControlOriginType: lambda, SigningBehavior: always, SigningProtocol: sigv4 } } }
  Headers:
    Type: AWS::CloudFront::ResponseHeadersPolicy
    Properties:
      ResponseHeadersPolicyConfig:
        Name: secure
        SecurityHeadersConfig:
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Override: true }
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'; frame-ancestors 'none'", Override: true }
          FrameOptions: { FrameOption: DENY, Override: true }
          ContentTypeOptions: { Override: true }
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Name: site
      Scope: CLOUDFRONT
      DefaultAction: { Allow: {} }
      VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: site }
      Rules:
        - { Name: common, Priority: 0, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesCommonRuleSet } },
            VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: common } }
        - { Name: bad, Priority: 1, OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet } },
            VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: bad } }
        - { Name: rate, Priority: 2, Action: { Block: {} }, Statement: { RateBasedStatement: { Limit: 1000, AggregateKeyType: IP } },
            VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: rate } }
  AclLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: aws-waf-logs-site, RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn }
  AclLogging:
    Type: AWS::WAFv2::LoggingConfiguration
    Properties: { ResourceArn: !GetAtt Acl.Arn, LogDestinationConfigs: [!GetAtt AclLogs.Arn], RedactedFields: [{ SingleHeader: { Name: authorization } }, { SingleHeader: { Name: cookie } }] }
  Site:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [shop.example]
        DefaultRootObject: index.html
        HttpVersion: http2and3
        WebACLId: !GetAtt Acl.Arn
        Logging: { Bucket: logs.s3.amazonaws.com, Prefix: site/ }
        ViewerCertificate: { AcmCertificateArn: !ImportValue certificate, MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only }
        Origins:
          - { Id: files, DomainName: !GetAtt SiteBucket.RegionalDomainName, OriginAccessControlId: !Ref SiteAccess, S3OriginConfig: { OriginAccessIdentity: "" } }
          - { Id: url, DomainName: !Select [2, !Split ["/", !GetAtt Url.FunctionUrl]], OriginAccessControlId: !Ref UrlAccess,
              CustomOriginConfig: { OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2] } }
        DefaultCacheBehavior: { TargetOriginId: files, ViewerProtocolPolicy: redirect-to-https, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6, ResponseHeadersPolicyId: !Ref Headers }
        CacheBehaviors:
          - { PathPattern: /render/*, TargetOriginId: url, ViewerProtocolPolicy: https-only, CachePolicyId: !FindInMap [Policies, !Ref Stage, Cache], ResponseHeadersPolicyId: !Ref Headers }
`;

const config = (Edge: Record<string, any>): any => prop(Edge, 'Site').DistributionConfig;
const headers = (Edge: Record<string, any>): any => prop(Edge, 'Headers').ResponseHeadersPolicyConfig.SecurityHeadersConfig;

/** An HTTP API as a further origin, open to whoever knows its address. */
function addApi(Edge: Record<string, any>, more: object = {}, route: object = { AuthorizationType: 'NONE' }): void {
  add(Edge, 'Http', 'AWS::ApiGatewayV2::Api', { Name: 'items', ProtocolType: 'HTTP', ...more });
  add(Edge, 'Integration', 'AWS::ApiGatewayV2::Integration', { ApiId: { Ref: 'Http' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['Render', 'Arn'] }, PayloadFormatVersion: '2.0' });
  add(Edge, 'Route', 'AWS::ApiGatewayV2::Route', { ApiId: { Ref: 'Http' }, RouteKey: 'GET /items', Target: { 'Fn::Sub': 'integrations/${Integration}' }, ...route });
  add(Edge, 'AllowHttp', 'AWS::Lambda::Permission', {
    FunctionName: { Ref: 'Render' },
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceAccount: { Ref: 'AWS::AccountId' },
    SourceArn: { 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Http}/*/GET/items' },
  });
  config(Edge).Origins.push({
    Id: 'api',
    DomainName: { 'Fn::Sub': '${Http}.execute-api.${AWS::Region}.${AWS::URLSuffix}' },
    CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] },
  });
  config(Edge).CacheBehaviors.push({ ...config(Edge).CacheBehaviors[0], PathPattern: '/items', TargetOriginId: 'api' });
}

/** A distribution in front of everything. */
export const EDGE: BlindSeed = {
  name: 'A distribution in front of a website and a function URL, by hand',
  style: 'yaml',
  stacks: { Edge: TEMPLATE },
  mutants: [
    fault('G07', 'a secret in a header to the origin', ({ Edge }) => { config(Edge).Origins[1].OriginCustomHeaders = [{ HeaderName: 'x-origin-token', HeaderValue: '{{resolve:secretsmanager:origin:SecretString:token}}' }]; }),
    fault('G07', 'a text that is a secret in a header to the origin', ({ Edge }) => {
      config(Edge).Origins[1].OriginCustomHeaders = [{ HeaderName: 'X-Origin-Secret', HeaderValue: { 'Fn::Join': ['-', ['shop', 'b7Xq9ZtL2mPw']] } }];
    }),
    fault('G11', 'any origin with credentials on the URL', ({ Edge }) => { prop(Edge, 'Url').Cors.AllowOrigins = [{ 'Fn::If': ['IsProd', '*', 'https://dev.example'] }]; }),
    fault('G25', 'everybody with an account runs the URL', ({ Edge }) => {
      add(Edge, 'AllowAll', 'AWS::Lambda::Permission', { FunctionName: { 'Fn::GetAtt': ['Render', 'Arn'] }, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', Principal: '*' });
    }),
    fault('G25', 'every distribution runs the URL', ({ Edge }) => { delete prop(Edge, 'AllowUrl').SourceArn; delete prop(Edge, 'AllowUrl').SourceAccount; }),
    fault('G25', 'every distribution of every account', ({ Edge }) => { delete prop(Edge, 'AllowUrl').SourceAccount; prop(Edge, 'AllowUrl').SourceArn = 'arn:aws:cloudfront::*:distribution/*'; }),
    fault('G26', 'nothing bounds the URL', ({ Edge }) => { delete prop(Edge, 'Render').ReservedConcurrentExecutions; }),
    fault('G26', 'the URL is of the newest code', ({ Edge }) => { delete prop(Edge, 'Url').Qualifier; }),
    fault('G22', 'the API behind has another door', ({ Edge }) => {
      addApi(Edge, { DisableExecuteApiEndpoint: false }, { AuthorizationType: 'AWS_IAM' });
      add(Edge, 'Domain', 'AWS::ApiGatewayV2::DomainName', {
        DomainName: 'api.shop.example', DomainNameConfigurations: [{ CertificateArn: { 'Fn::ImportValue': 'certificate' }, SecurityPolicy: 'TLS_1_2', EndpointType: 'REGIONAL' }],
      });
      add(Edge, 'Map', 'AWS::ApiGatewayV2::ApiMapping', { ApiId: { Ref: 'Http' }, DomainName: { Ref: 'Domain' }, Stage: '$default' });
    }),
    fault('G62', 'the firewall counts', ({ Edge }) => {
      for (const rule of prop(Edge, 'Acl').Rules) Object.assign(rule, rule.Action === undefined ? { OverrideAction: { Count: {} } } : { Action: { Count: {} } });
    }),
    fault('G62', 'the firewall counts within its groups', ({ Edge }) => {
      prop(Edge, 'Acl').Rules.splice(1);
      prop(Edge, 'Acl').Rules[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides = ['CrossSiteScripting_BODY', 'GenericLFI_BODY', 'NoUserAgent_HEADER', 'SizeRestrictions_BODY']
        .map((Name) => ({ Name, ActionToUse: { Count: {} } }));
    }),
    fault('G63', 'no bound on the rate, but one that is never reached', ({ Edge }) => { prop(Edge, 'Acl').Rules.splice(2, 1); }),
    fault('G63', 'neither the common rules nor the known bad inputs', ({ Edge }) => { prop(Edge, 'Acl').Rules.splice(0, 2); }),
    fault('G64', 'cookies are in the log', ({ Edge }) => { prop(Edge, 'AclLogging').RedactedFields = [{ Method: {} }]; }),
    fault('G64', 'what is too long is let through', ({ Edge }) => {
      prop(Edge, 'Acl').Rules.push({
        Name: 'xss',
        Priority: 3,
        Action: { Block: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'xss' },
        Statement: {
          NotStatement: {
            Statement: {
              XssMatchStatement: {
                FieldToMatch: { JsonBody: { OversizeHandling: 'CONTINUE', MatchScope: 'ALL', MatchPattern: { All: {} } } },
                TextTransformations: [{ Priority: 0, Type: 'NONE' }],
              },
            },
          },
        },
      });
    }),
    fault('G65', 'the distribution has no firewall', ({ Edge }) => { delete config(Edge).WebACLId; }),
    fault('G65', 'an API without anything in front', ({ Edge }) => {
      addApi(Edge, {}, { AuthorizationType: 'AWS_IAM' });
      config(Edge).Origins.pop();
      config(Edge).CacheBehaviors.pop();
    }),
    fault('G65', 'a second URL without anything in front', ({ Edge }) => {
      add(Edge, 'Other', 'AWS::Lambda::Url', { TargetFunctionArn: { Ref: 'Render' }, AuthType: 'AWS_IAM' });
    }),
    fault('G66', 'the API behind can be called past the distribution', ({ Edge }) => { addApi(Edge); }),
    fault('G66', 'the URL behind can be called past the distribution', ({ Edge }) => {
      prop(Edge, 'Url').AuthType = 'NONE';
      delete config(Edge).Origins[1].OriginAccessControlId;
    }),
    fault('G67', 'answers for one member are kept for the next', ({ Edge }) => { config(Edge).CacheBehaviors[0].CachePolicyId = { 'Fn::FindInMap': ['Policies', { Ref: 'Stage' }, 'Busy'] }; }),
    fault('G67', 'answers are kept by the old settings', ({ Edge }) => {
      delete config(Edge).CacheBehaviors[0].CachePolicyId;
      Object.assign(config(Edge).CacheBehaviors[0], { ForwardedValues: { QueryString: true, Cookies: { Forward: 'none' } }, DefaultTTL: 3600 });
    }),
    fault('G68', 'no headers', ({ Edge }) => { delete config(Edge).DefaultCacheBehavior.ResponseHeadersPolicyId; }),
    fault('G68', 'headers without a policy on contents', ({ Edge }) => { delete headers(Edge).ContentSecurityPolicy; }),
    fault('G68', 'headers for other origins', ({ Edge }) => { config(Edge).DefaultCacheBehavior.ResponseHeadersPolicyId = '60669652-455b-4ae9-85a4-c4c02393f86c'; }),
    fault('G72', 'nothing is masked in the logs of a function that everybody calls', ({ Edge }) => { delete prop(Edge, 'RenderLogs').DataProtectionPolicy; }),
    fault('G72', 'what is found is told and not masked', ({ Edge }) => { prop(Edge, 'RenderLogs').DataProtectionPolicy.Statement.pop(); }),
    fault('G75', 'nobody hears of what is blocked', ({ Edge }) => { remove(Edge, 'Blocked'); }),
    fault('G59', 'the origin is called in the clear', ({ Edge }) => {
      config(Edge).Origins.push({ Id: 'old', DomainName: 'old.example', CustomOriginConfig: { OriginProtocolPolicy: 'http-only' } });
    }),
    fault('G08', 'Flask explains its errors', ({ Edge }) => { env(Edge, 'Render').FLASK_DEBUG = 1; }),
    breach('1.12 HTTPS', 'viewers in the clear', ({ Edge }) => { config(Edge).CacheBehaviors[0].ViewerProtocolPolicy = 'allow-all'; }),
    breach('1.12 certificate', 'old TLS', ({ Edge }) => { config(Edge).ViewerCertificate.MinimumProtocolVersion = { 'Fn::If': ['IsProd', 'TLSv1_2016', 'TLSv1.2_2021'] }; }),
    breach('1.12 origin', 'old TLS to the origin', ({ Edge }) => { config(Edge).Origins[1].CustomOriginConfig.OriginSSLProtocols = ['TLSv1', 'TLSv1.2']; }),
    breach('1.12 origin', 'the bucket is asked without a signature', ({ Edge }) => { delete config(Edge).Origins[0].OriginAccessControlId; }),
    breach('1.12 log', 'nobody writes down who comes', ({ Edge }) => { delete config(Edge).Logging; }),
    breach('1.13 authorization', 'everybody runs the URL', ({ Edge }) => { prop(Edge, 'Url').AuthType = { 'Fn::Select': [0, ['NONE', 'AWS_IAM']] }; }),
    breach('1.13 CORS', 'any origin', ({ Edge }) => { prop(Edge, 'Url').Cors = { AllowOrigins: '*' }; }),
    breach('1.14 web ACL metrics', 'the firewall counts nothing', ({ Edge }) => { prop(Edge, 'Acl').VisibilityConfig.CloudWatchMetricsEnabled = 'false'; }),
  ],
  variants: [
    safe('the account as the source of a distribution', ({ Edge }) => { prop(Edge, 'AllowUrl').SourceArn = { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/*' }; }),
    safe('the organisation runs the URL', ({ Edge }) => {
      add(Edge, 'AllowOrg', 'AWS::Lambda::Permission', {
        FunctionName: { Ref: 'Live' }, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', Principal: '*', PrincipalOrgID: 'o-abcdef1234',
      });
    }),
    safe('a role runs the URL', ({ Edge }) => {
      add(Edge, 'AllowRole', 'AWS::Lambda::Permission', {
        FunctionName: { Ref: 'Live' }, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM', Principal: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/batch' },
      });
    }),
    safe('CORS of the URL is the distribution', ({ Edge }) => { delete prop(Edge, 'Url').Cors; }),
    safe('a header that is no secret', ({ Edge }) => { config(Edge).Origins[1].OriginCustomHeaders = [{ HeaderName: 'x-forwarded-by', HeaderValue: 'cloudfront' }]; }),
    safe('the firewall of another stack', ({ Edge }) => {
      remove(Edge, 'AclLogging', 'Acl', 'Blocked');
      config(Edge).WebACLId = { 'Fn::ImportValue': 'acl' };
    }),
    safe('an API behind with IAM', ({ Edge }) => { addApi(Edge, {}, { AuthorizationType: 'AWS_IAM' }); }),
    safe('a cache for those who are named in its key', ({ Edge }) => {
      add(Edge, 'ByMember', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          Name: 'by-member',
          DefaultTTL: 60,
          MinTTL: 0,
          MaxTTL: 60,
          ParametersInCacheKeyAndForwardedToOrigin: {
            EnableAcceptEncodingGzip: true,
            QueryStringsConfig: { QueryStringBehavior: 'all' },
            CookiesConfig: { CookieBehavior: 'all' },
            HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] },
          },
        },
      });
      config(Edge).CacheBehaviors[0].CachePolicyId = { Ref: 'ByMember' };
    }),
    safe('a cache policy that keeps nothing', ({ Edge }) => {
      add(Edge, 'Nothing', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          Name: 'nothing',
          DefaultTTL: 0,
          MinTTL: 0,
          MaxTTL: '0',
          ParametersInCacheKeyAndForwardedToOrigin: {
            EnableAcceptEncodingGzip: false, QueryStringsConfig: { QueryStringBehavior: 'none' }, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' },
          },
        },
      });
      config(Edge).CacheBehaviors[0].CachePolicyId = { Ref: 'Nothing' };
    }),
    safe('a group of rules in a group of rules', ({ Edge }) => {
      prop(Edge, 'Acl').Rules[2].Statement.RateBasedStatement.ScopeDownStatement = {
        ByteMatchStatement: {
          SearchString: '/render', FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', TextTransformations: [{ Priority: 0, Type: 'NONE' }],
        },
      };
    }),
    safe('one group counts while it is new', ({ Edge }) => {
      prop(Edge, 'Acl').Rules.push({
        Name: 'bots',
        Priority: 5,
        OverrideAction: { Count: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'bots' },
        Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', Name: 'AWSManagedRulesBotControlRuleSet' } },
      });
    }),
    safe('the body is looked at, and what is too long is blocked', ({ Edge }) => {
      prop(Edge, 'Acl').Rules.push({
        Name: 'sql',
        Priority: 3,
        Action: { Block: {} },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, SampledRequestsEnabled: true, MetricName: 'sql' },
        Statement: { SqliMatchStatement: { FieldToMatch: { Body: { OversizeHandling: 'MATCH' } }, TextTransformations: [{ Priority: 0, Type: 'URL_DECODE' }] } },
      });
    }),
    safe('redirects instead of refusals', ({ Edge }) => { config(Edge).CacheBehaviors[0].ViewerProtocolPolicy = 'redirect-to-https'; }),
    safe('newer TLS', ({ Edge }) => { config(Edge).ViewerCertificate.MinimumProtocolVersion = 'TLSv1.3_2025'; }),
    safe('the domain of the URL without Select', ({ Edge }) => {
      config(Edge).Origins[1].DomainName = { 'Fn::Select': ['2', { 'Fn::Split': ['/', { 'Fn::GetAtt': 'Url.FunctionUrl' }] }] };
    }),
    safe('the policy of headers as text', ({ Edge }) => {
      headers(Edge).StrictTransportSecurity.AccessControlMaxAgeSec = '63072000';
      headers(Edge).FrameOptions.FrameOption = 'SAMEORIGIN';
    }),
  ],
};
