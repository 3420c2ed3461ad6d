import { add, BlindSeed, breach, env, fault, prop, remove, safe } from '../support';

const TEMPLATE = `
Description: storefront-prod, a site of SST
Parameters:
  BootstrapVersion: { Type: 'AWS::SSM::Parameter::Value<String>', Default: /cdk-bootstrap/hnb659fds/version }
  FirewallArn: { Type: String, Default: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/storefront/0a1b2c3d-1111-2222-3333-444455556666' }
Mappings:
  Tls: { prod: { viewer: TLSv1.2_2021, origin: TLSv1.2 } }
Resources:
  StorefrontAssetsBucket5C2E:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: aws:kms, KMSMasterKeyID: { 'Fn::GetAtt': [StorefrontKey9D1F, Arn] } } }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: BucketOwnerEnforced }] }
      VersioningConfiguration: { Status: Enabled }
      LoggingConfiguration: { DestinationBucketName: { 'Fn::ImportValue': access-logs }, LogFilePrefix: storefront/ }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] }
  StorefrontAssetsBucketPolicy7A90:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: { Ref: StorefrontAssetsBucket5C2E }
      PolicyDocument:
        Version: '2012-10-17'
        Statement:
          - { Action: 's3:*', Effect: Deny, Principal: { AWS: '*' }, Resource: [{ 'Fn::GetAtt': [StorefrontAssetsBucket5C2E, Arn] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [StorefrontAssetsBucket5C2E, Arn] }, /*]] }], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
          - { Action: s3:GetObject, Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [StorefrontAssetsBucket5C2E, Arn] }, /*]] }, Condition: { StringEquals: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: StorefrontDistributionB1A8 }]] } } } }
  StorefrontKey9D1F:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', { Ref: 'AWS::AccountId' }, ':root']] } }, Action: 'kms:*', Resource: '*' }
          - { Effect: Allow, Principal: { Service: cloudfront.amazonaws.com }, Action: kms:Decrypt, Resource: '*', Condition: { StringEquals: { 'aws:SourceArn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: StorefrontDistributionB1A8 }]] } } } }
          - { Effect: Allow, Principal: { Service: { 'Fn::Join': ['', ['logs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } }, Action: [kms:Encrypt, kms:Decrypt, kms:GenerateDataKey], Resource: '*', Condition: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':logs:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':log-group:*']] } } } }
  StorefrontEdgeLogs1E3B:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: AES256 } }] }
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }
      OwnershipControls: { Rules: [{ ObjectOwnership: ObjectWriter }] }
      VersioningConfiguration: { Status: Enabled }
      LifecycleConfiguration: { Rules: [{ Status: Enabled, ExpirationInDays: 400, NoncurrentVersionExpiration: { NoncurrentDays: 30 } }] }
  StorefrontEdgeLogsPolicy44C0:
    Type: AWS::S3::BucketPolicy
    Properties:
      Bucket: { Ref: StorefrontEdgeLogs1E3B }
      PolicyDocument: { Version: '2012-10-17', Statement: [{ Action: 's3:*', Effect: Deny, Principal: { AWS: '*' }, Resource: [{ 'Fn::GetAtt': [StorefrontEdgeLogs1E3B, Arn] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [StorefrontEdgeLogs1E3B, Arn] }, /*]] }], Condition: { Bool: { 'aws:SecureTransport': 'false' } } }] }
  StorefrontServerFunctionRole2F7D:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Action: sts:AssumeRole, Effect: Allow, Principal: { Service: lambda.amazonaws.com } }] }
      Policies: [{ PolicyName: logs, PolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: Allow, Action: [logs:CreateLogStream, logs:PutLogEvents], Resource: { 'Fn::GetAtt': [StorefrontServerLogs6B5A, Arn] } }] } }]
  StorefrontServerLogs6B5A: { Type: 'AWS::Logs::LogGroup', DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::GetAtt': [StorefrontKey9D1F, Arn] } } }
  StorefrontServerFunction0E9C:
    Type: AWS::Lambda::Function
    Properties:
      Role: { 'Fn::GetAtt': [StorefrontServerFunctionRole2F7D, Arn] }
      Runtime: nodejs22.x
      Handler: index.handler
      Timeout: 20
      MemorySize: 1024
      ReservedConcurrentExecutions: 50
      TracingConfig: { Mode: Active }
      KmsKeyArn: { 'Fn::GetAtt': [StorefrontKey9D1F, Arn] }
      Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-\${AWS::AccountId}-\${AWS::Region}' }, S3Key: d41d8cd98f00b204e9800998ecf8427ed41d8cd98f00b204e9800998ecf8427e.zip }
      Environment: { Variables: { CACHE_BUCKET_NAME: { Ref: StorefrontAssetsBucket5C2E }, SST_STAGE: prod } }
      LoggingConfig: { LogFormat: JSON, LogGroup: { Ref: StorefrontServerLogs6B5A } }
  StorefrontServerFunctionUrl3C81: { Type: 'AWS::Lambda::Url', Properties: { AuthType: AWS_IAM, InvokeMode: RESPONSE_STREAM, TargetFunctionArn: { 'Fn::GetAtt': [StorefrontServerFunction0E9C, Arn] } } }
  StorefrontEdgeMayCallUrl: { Type: 'AWS::Lambda::Permission', Properties: { Action: lambda:InvokeFunctionUrl, FunctionName: { 'Fn::GetAtt': [StorefrontServerFunction0E9C, Arn] }, FunctionUrlAuthType: AWS_IAM, Principal: cloudfront.amazonaws.com, SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: StorefrontDistributionB1A8 }]] } } }
  StorefrontEdgeMayCall: { Type: 'AWS::Lambda::Permission', Properties: { Action: lambda:InvokeFunction, FunctionName: { 'Fn::GetAtt': [StorefrontServerFunction0E9C, Arn] }, InvokedViaFunctionUrl: true, Principal: cloudfront.amazonaws.com, SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::', { Ref: 'AWS::AccountId' }, ':distribution/', { Ref: StorefrontDistributionB1A8 }]] } } }
  StorefrontBucketOac: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: storefront-s3, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4 } } }
  StorefrontUrlOac: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: storefront-url, OriginAccessControlOriginType: lambda, SigningBehavior: always, SigningProtocol: sigv4 } } }
  StorefrontHeaders:
    Type: AWS::CloudFront::ResponseHeadersPolicy
    Properties:
      ResponseHeadersPolicyConfig:
        Name: storefront
        SecurityHeadersConfig:
          StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Override: true }
          ContentSecurityPolicy: { ContentSecurityPolicy: "default-src 'self'; object-src 'none'; frame-ancestors 'none'", Override: true }
          ContentTypeOptions: { Override: true }
          FrameOptions: { FrameOption: DENY, Override: true }
          ReferrerPolicy: { ReferrerPolicy: same-origin, Override: true }
  StorefrontDistributionB1A8:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        HttpVersion: http2and3
        Aliases: [shop.example.org]
        DefaultRootObject: ''
        WebACLId: { Ref: FirewallArn }
        ViewerCertificate: { AcmCertificateArn: { 'Fn::ImportValue': edge-certificate }, SslSupportMethod: sni-only, MinimumProtocolVersion: { 'Fn::FindInMap': [Tls, prod, viewer] } }
        Logging: { Bucket: { 'Fn::GetAtt': [StorefrontEdgeLogs1E3B, RegionalDomainName] }, Prefix: edge/, IncludeCookies: false }
        Origins:
          - { Id: s3, DomainName: { 'Fn::GetAtt': [StorefrontAssetsBucket5C2E, RegionalDomainName] }, OriginAccessControlId: { 'Fn::GetAtt': [StorefrontBucketOac, Id] }, S3OriginConfig: { OriginAccessIdentity: '' } }
          - { Id: server, DomainName: { 'Fn::Select': [2, { 'Fn::Split': [/, { 'Fn::GetAtt': [StorefrontServerFunctionUrl3C81, FunctionUrl] }] }] }, OriginAccessControlId: { 'Fn::GetAtt': [StorefrontUrlOac, Id] }, CustomOriginConfig: { OriginProtocolPolicy: https-only, OriginSSLProtocols: [{ 'Fn::FindInMap': [Tls, prod, origin] }], OriginReadTimeout: 20 } }
          - { Id: search, DomainName: search.partner.example.org, CustomOriginConfig: { OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2] }, OriginCustomHeaders: [{ HeaderName: x-site, HeaderValue: storefront }] }
        DefaultCacheBehavior: { TargetOriginId: server, ViewerProtocolPolicy: redirect-to-https, AllowedMethods: [GET, HEAD, OPTIONS, PUT, PATCH, POST, DELETE], CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac, ResponseHeadersPolicyId: { Ref: StorefrontHeaders }, Compress: true }
        CacheBehaviors:
          - { PathPattern: _next/static/*, TargetOriginId: s3, ViewerProtocolPolicy: redirect-to-https, AllowedMethods: [GET, HEAD], CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6, ResponseHeadersPolicyId: { Ref: StorefrontHeaders }, Compress: true }
          - { PathPattern: search/*, TargetOriginId: search, ViewerProtocolPolicy: https-only, AllowedMethods: [GET, HEAD], CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, ResponseHeadersPolicyId: { Ref: StorefrontHeaders }, Compress: true }
  StorefrontErrors: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/Lambda, MetricName: Errors, Dimensions: [{ Name: FunctionName, Value: { Ref: StorefrontServerFunction0E9C } }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ 'Fn::ImportValue': alarms }] } }
  StorefrontThrottles: { Type: 'AWS::CloudWatch::Alarm', Properties: { Namespace: AWS/Lambda, MetricName: Throttles, Dimensions: [{ Name: FunctionName, Value: { Ref: StorefrontServerFunction0E9C } }], Statistic: Sum, Period: 60, EvaluationPeriods: 3, Threshold: 1, ComparisonOperator: GreaterThanOrEqualToThreshold, AlarmActions: [{ 'Fn::ImportValue': alarms }] } }
`;

const site = (template: Record<string, any>): Record<string, any> => prop(template, 'StorefrontDistributionB1A8').DistributionConfig;
const bucketRules = (template: Record<string, any>): any[] => prop(template, 'StorefrontAssetsBucketPolicy7A90').PolicyDocument.Statement;

/** A distribution before a bucket, a function and a partner. */
export const STOREFRONT: BlindSeed = {
  name: 'A storefront, as SST writes it, behind CloudFront',
  style: 'cdk',
  stacks: { Storefront: TEMPLATE },
  mutants: [
    fault('G25', 'any distribution of anybody may call the address of the function', ({ Storefront }) => { delete prop(Storefront, 'StorefrontEdgeMayCallUrl').SourceArn; }),
    fault('G25', 'any distribution may call the address, by a star for the account', ({ Storefront }) => { prop(Storefront, 'StorefrontEdgeMayCallUrl').SourceArn = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::*:distribution/*']] }; }),
    breach('lambda.url-auth', 'the address of the function is open, put together', ({ Storefront }) => { prop(Storefront, 'StorefrontServerFunctionUrl3C81').AuthType = { 'Fn::Join': ['', ['NO', 'NE']] }; }),
    breach('lambda.url-cors', 'the address answers to pages of any site, with cookies', ({ Storefront }) => { prop(Storefront, 'StorefrontServerFunctionUrl3C81').Cors = { AllowOrigins: ['*'], AllowCredentials: 'true', AllowMethods: ['*'] }; }),
    fault('G26', 'as many copies of the server run as anybody calls', ({ Storefront }) => { delete prop(Storefront, 'StorefrontServerFunction0E9C').ReservedConcurrentExecutions; }),
    fault('G65', 'no firewall stands before the site, by a default that is empty', ({ Storefront }) => { Storefront.Parameters.FirewallArn.Default = ''; }),
    fault('G66', 'the address of the function is reached past the site, since the origin does not sign', ({ Storefront }) => {
      delete site(Storefront).Origins[1].OriginAccessControlId;
      prop(Storefront, 'StorefrontServerFunctionUrl3C81').AuthType = 'NONE';
      Object.assign(prop(Storefront, 'StorefrontEdgeMayCallUrl'), { Principal: '*', FunctionUrlAuthType: 'NONE' });
      delete prop(Storefront, 'StorefrontEdgeMayCallUrl').SourceArn;
    }),
    fault('G67', 'pages for one customer are kept for the next, by a policy that leaves out the cookie', ({ Storefront }) => { site(Storefront).DefaultCacheBehavior.CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6'; }),
    fault('G68', 'the pages of the server carry no headers of safety', ({ Storefront }) => { delete site(Storefront).DefaultCacheBehavior.ResponseHeadersPolicyId; }),
    fault('G68', 'the policy of headers forgets who may frame the shop and for how long TLS is a must', ({ Storefront }) => { const headers = prop(Storefront, 'StorefrontHeaders').ResponseHeadersPolicyConfig.SecurityHeadersConfig; for (const name of ['StrictTransportSecurity', 'ContentSecurityPolicy', 'FrameOptions']) delete headers[name]; }),
    fault('G07', 'the partner gets a secret in a header that everybody may read who may read the site', ({ Storefront }) => { site(Storefront).Origins[2].OriginCustomHeaders[0] = { HeaderName: 'x-api-key', HeaderValue: 'c2VhcmNoLWtleS0yMDI1LTAx' }; }),
    fault('G59', 'the partner is asked in the clear', ({ Storefront }) => { site(Storefront).Origins[2].CustomOriginConfig.OriginProtocolPolicy = 'match-viewer'; site(Storefront).CacheBehaviors[1].ViewerProtocolPolicy = 'allow-all'; }),
    breach('cf.origin-https', 'the partner is asked in the clear, always', ({ Storefront }) => { site(Storefront).Origins[2].CustomOriginConfig.OriginProtocolPolicy = 'http-only'; }),
    breach('cf.origin-ssl', 'the server is asked with what was safe in 1996, by the value of the mapping', ({ Storefront }) => { Storefront.Mappings.Tls.prod.origin = 'SSLv3'; }),
    breach('cf.tls-min', 'viewers may use TLS 1.0, by the value of the mapping', ({ Storefront }) => { Storefront.Mappings.Tls.prod.viewer = 'TLSv1_2016'; }),
    breach('cf.viewer-https', 'one path is served in the clear', ({ Storefront }) => { site(Storefront).CacheBehaviors[0].ViewerProtocolPolicy = 'allow-all'; }),
    breach('cf.logging', 'nobody knows who came', ({ Storefront }) => { site(Storefront).Logging = { Ref: 'AWS::NoValue' }; }),
    breach('cf.oac', 'the bucket is open so that the site can read it', ({ Storefront }) => {
      delete site(Storefront).Origins[0].OriginAccessControlId;
      bucketRules(Storefront)[1].Principal = '*';
      delete bucketRules(Storefront)[1].Condition;
      prop(Storefront, 'StorefrontAssetsBucket5C2E').PublicAccessBlockConfiguration = { BlockPublicAcls: true, BlockPublicPolicy: false, IgnorePublicAcls: true, RestrictPublicBuckets: false };
    }),
    breach('s3.public-read', 'any distribution of the world may read the bucket, since the condition takes every one', ({ Storefront }) => { bucketRules(Storefront)[1].Condition = { StringLike: { 'aws:SourceArn': 'arn:aws:cloudfront::*' } }; }),
    breach('s3.public-write', 'the distribution may write and delete what it serves', ({ Storefront }) => { bucketRules(Storefront)[1].Action = ['s3:GetObject', 's3:PutObject', 's3:DeleteObject']; site(Storefront).CacheBehaviors[0].AllowedMethods = ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE']; }),
    breach('s3.website', 'the bucket is a site of its own, in the clear', ({ Storefront }) => { prop(Storefront, 'StorefrontAssetsBucket5C2E').WebsiteConfiguration = { IndexDocument: 'index.html' }; }),
    breach('s3.sse', 'what the site serves rests under no encryption that the stack says', ({ Storefront }) => { delete prop(Storefront, 'StorefrontAssetsBucket5C2E').BucketEncryption; }),
    breach('cf.custom-cert', 'the site drops its certificate, and TLS is what the default of CloudFront takes', ({ Storefront }) => { site(Storefront).ViewerCertificate = { CloudFrontDefaultCertificate: 'true' }; delete site(Storefront).Aliases; }),
    fault('G03', 'a token of a forge is among the variables', ({ Storefront }) => { env(Storefront, 'StorefrontServerFunction0E9C').CONTENT_SOURCE = { 'Fn::Sub': 'https://ghp_16C7e42F292c6912E7710c838347Ae178B4a@${AWS::URLSuffix}/shop' }; }),
    fault('G89', 'the runtime of the server waits for somebody, by a text put together', ({ Storefront }) => { prop(Storefront, 'StorefrontServerFunction0E9C').RuntimeManagementConfig = { UpdateRuntimeOn: { 'Fn::Join': ['', ['Man', 'ual']] }, RuntimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:8eeff65f6809a3ce81507fe733fe09b835899b99481ba22fd75b5a7338290ec1' }; }),
    fault('G88', 'the code of the server stands in the template', ({ Storefront }) => { prop(Storefront, 'StorefrontServerFunction0E9C').Code = { ZipFile: { 'Fn::Sub': 'exports.handler = async () => ({ statusCode: 200, body: "${AWS::Region}" });' } }; }),
    breach('cf.waf', 'no firewall stands before the site, since there is no value', ({ Storefront }) => { site(Storefront).WebACLId = { Ref: 'AWS::NoValue' }; }),
  ],
  variants: [
    safe('the origin of the bucket by the older identity', ({ Storefront }) => {
      add(Storefront, 'StorefrontOai', 'AWS::CloudFront::CloudFrontOriginAccessIdentity', { CloudFrontOriginAccessIdentityConfig: { Comment: 'storefront' } });
      const [origin] = site(Storefront).Origins;
      delete origin.OriginAccessControlId;
      origin.S3OriginConfig.OriginAccessIdentity = { 'Fn::Sub': 'origin-access-identity/cloudfront/${StorefrontOai}' };
      bucketRules(Storefront)[1] = { Action: 's3:GetObject', Effect: 'Allow', Principal: { CanonicalUser: { 'Fn::GetAtt': ['StorefrontOai', 'S3CanonicalUserId'] } }, Resource: bucketRules(Storefront)[1].Resource };
    }),
    safe('the distribution by a substitution', ({ Storefront }) => { bucketRules(Storefront)[1].Condition = { ArnEquals: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${StorefrontDistributionB1A8}' } } }; }),
    safe('the site may list too, so that what is missing is a 404', ({ Storefront }) => { bucketRules(Storefront).push({ ...bucketRules(Storefront)[1], Action: 's3:ListBucket', Resource: { 'Fn::GetAtt': ['StorefrontAssetsBucket5C2E', 'Arn'] } }); }),
    safe('static files are kept for a year', ({ Storefront }) => { site(Storefront).CacheBehaviors.push({ ...site(Storefront).CacheBehaviors[0], PathPattern: 'images/*' }); }),
    safe('the firewall of another stack', ({ Storefront }) => { site(Storefront).WebACLId = { 'Fn::ImportValue': 'edge-acl-arn' }; }),
    safe('pages of the shop may frame each other', ({ Storefront }) => { const headers = prop(Storefront, 'StorefrontHeaders').ResponseHeadersPolicyConfig.SecurityHeadersConfig; headers.FrameOptions.FrameOption = 'SAMEORIGIN'; headers.XSSProtection = { Protection: false, Override: true }; }),
    safe('an address of the world that only sends on to TLS', ({ Storefront }) => { site(Storefront).CacheBehaviors[1].ViewerProtocolPolicy = 'redirect-to-https'; }),
    safe('the permission for the address by the reference of the function, and the account too', ({ Storefront }) => {
      remove(Storefront, 'StorefrontEdgeMayCall');
      add(Storefront, 'StorefrontEdgeMayCallToo', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'StorefrontServerFunction0E9C' }, InvokedViaFunctionUrl: 'true', Principal: 'cloudfront.amazonaws.com', SourceAccount: { Ref: 'AWS::AccountId' }, SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${StorefrontDistributionB1A8}' } });
    }),
  ],
};
