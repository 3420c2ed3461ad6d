import { allow, att, BlindSeed, doc, iff, join, m, ref, sub, v, yaml } from './kit';

const SITE = yaml(`
Parameters:
  OriginKey: {Type: String, NoEcho: true}
  Zip: {Type: String}
Resources:
  Key: {Type: AWS::KMS::Key, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {EnableKeyRotation: true, KeyPolicy: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {AWS: !Sub 'arn:aws:iam::@{AWS::AccountId}:root'}, Action: 'kms:*', Resource: '*'}, {Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: 'kms:Decrypt', Resource: '*', Condition: {StringEquals: {'aws:SourceArn': !Sub 'arn:aws:cloudfront::@{AWS::AccountId}:distribution/@{Cdn}'}}}, {Effect: Allow, Principal: {Service: !Sub 'logs.@{AWS::Region}.amazonaws.com'}, Action: ['kms:Encrypt*', 'kms:Decrypt*', 'kms:ReEncrypt*', 'kms:GenerateDataKey*', 'kms:Describe*'], Resource: '*', Condition: {ArnLike: {'kms:EncryptionContext:aws:logs:arn': !Sub 'arn:aws:logs:@{AWS::Region}:@{AWS::AccountId}:*'}}}]}}}
  Site:
    Type: AWS::S3::Bucket
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BucketEncryption: {ServerSideEncryptionConfiguration: [{BucketKeyEnabled: true, ServerSideEncryptionByDefault: {SSEAlgorithm: 'aws:kms', KMSMasterKeyID: !GetAtt Key.Arn}}]}
      PublicAccessBlockConfiguration: {BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true}
      OwnershipControls: {Rules: [{ObjectOwnership: BucketOwnerEnforced}]}
      VersioningConfiguration: {Status: Enabled}
      LoggingConfiguration: {DestinationBucketName: !ImportValue access-logs}
      LifecycleConfiguration: {Rules: [{Status: Enabled, NoncurrentVersionExpiration: {NoncurrentDays: 30}}]}
  SitePolicy: {Type: AWS::S3::BucketPolicy, Properties: {Bucket: !Ref Site, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Deny, Principal: '*', Action: 's3:*', Resource: [!GetAtt Site.Arn, !Sub '@{Site.Arn}/*'], Condition: {Bool: {'aws:SecureTransport': 'false'}}}, {Effect: Allow, Principal: {Service: cloudfront.amazonaws.com}, Action: 's3:GetObject', Resource: !Sub '@{Site.Arn}/*', Condition: {StringEquals: {'AWS:SourceArn': !Sub 'arn:aws:cloudfront::@{AWS::AccountId}:distribution/@{Cdn}'}}}]}}}
  SiteOac: {Type: AWS::CloudFront::OriginAccessControl, Properties: {OriginAccessControlConfig: {Name: site, OriginAccessControlOriginType: s3, SigningBehavior: always, SigningProtocol: sigv4}}}
  UrlOac: {Type: AWS::CloudFront::OriginAccessControl, Properties: {OriginAccessControlConfig: {Name: url, OriginAccessControlOriginType: lambda, SigningBehavior: always, SigningProtocol: sigv4}}}
  Headers: {Type: AWS::CloudFront::ResponseHeadersPolicy, Properties: {ResponseHeadersPolicyConfig: {Name: headers, SecurityHeadersConfig: {StrictTransportSecurity: {AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Override: true}, ContentSecurityPolicy: {ContentSecurityPolicy: "default-src 'self'", Override: true}, FrameOptions: {FrameOption: DENY, Override: true}, ContentTypeOptions: {Override: true}, ReferrerPolicy: {ReferrerPolicy: same-origin, Override: true}}}}}
  Acl:
    Type: AWS::WAFv2::WebACL
    Properties:
      Scope: CLOUDFRONT
      DefaultAction: {Allow: {}}
      VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: site, SampledRequestsEnabled: false}
      Rules:
        - {Name: a, Priority: 0, OverrideAction: {None: {}}, Statement: {ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesCommonRuleSet}}, VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: a, SampledRequestsEnabled: false}}
        - {Name: k, Priority: 1, OverrideAction: {None: {}}, Statement: {ManagedRuleGroupStatement: {VendorName: AWS, Name: AWSManagedRulesKnownBadInputsRuleSet}}, VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: k, SampledRequestsEnabled: false}}
        - {Name: b, Priority: 2, Action: {Block: {}}, Statement: {RateBasedStatement: {Limit: 500, AggregateKeyType: IP}}, VisibilityConfig: {CloudWatchMetricsEnabled: true, MetricName: b, SampledRequestsEnabled: false}}
  Cdn:
    Type: AWS::CloudFront::Distribution
    Properties:
      DistributionConfig:
        Enabled: true
        Aliases: [www.site.example.net]
        DefaultRootObject: index.html
        HttpVersion: http2and3
        WebACLId: !GetAtt Acl.Arn
        ViewerCertificate: {AcmCertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1', MinimumProtocolVersion: TLSv1.2_2021, SslSupportMethod: sni-only}
        Logging: {Bucket: logs.s3.amazonaws.com, Prefix: cdn/}
        Origins:
          - {Id: site, DomainName: !GetAtt Site.RegionalDomainName, OriginAccessControlId: !Ref SiteOac, S3OriginConfig: {OriginAccessIdentity: ''}}
          - {Id: fn, DomainName: !Select [2, !Split ['/', !GetAtt Url.FunctionUrl]], OriginAccessControlId: !Ref UrlOac, CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}}
          - {Id: api, DomainName: api.site.example.net, OriginCustomHeaders: [{HeaderName: x-origin-key, HeaderValue: !Ref OriginKey}], CustomOriginConfig: {OriginProtocolPolicy: https-only, OriginSSLProtocols: [TLSv1.2]}}
        DefaultCacheBehavior: {TargetOriginId: site, ViewerProtocolPolicy: redirect-to-https, CachePolicyId: 658327ea-f89d-4fab-a63d-7e88639e58f6, ResponseHeadersPolicyId: !Ref Headers, Compress: true}
        CacheBehaviors:
          - {PathPattern: '/fn/*', TargetOriginId: fn, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, ResponseHeadersPolicyId: !Ref Headers, AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]}
          - {PathPattern: '/api/*', TargetOriginId: api, ViewerProtocolPolicy: https-only, CachePolicyId: 4135ea2d-6df8-44a3-9df3-4b5a84be39ad, OriginRequestPolicyId: b689b0a8-53d0-40ab-baf2-68738e2966ac, ResponseHeadersPolicyId: !Ref Headers, AllowedMethods: [GET, HEAD, OPTIONS, PUT, POST, PATCH, DELETE]}
  FnLogs: {Type: AWS::Logs::LogGroup, DeletionPolicy: Retain, UpdateReplacePolicy: Retain, Properties: {RetentionInDays: 365, KmsKeyId: !GetAtt Key.Arn}}
  FnRole: {Type: AWS::IAM::Role, Properties: {AssumeRolePolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: {Service: lambda.amazonaws.com}, Action: 'sts:AssumeRole'}]}, Policies: [{PolicyName: p, PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: !GetAtt FnLogs.Arn}]}}]}}
  Fn:
    Type: AWS::Lambda::Function
    Properties: {Runtime: nodejs22.x, Handler: a.b, Role: !GetAtt FnRole.Arn, Code: {S3Bucket: !Ref Zip, S3Key: f.zip}, CodeSigningConfigArn: !ImportValue signing, Timeout: 10, MemorySize: 256, ReservedConcurrentExecutions: 20, KmsKeyArn: !GetAtt Key.Arn, TracingConfig: {Mode: Active}, LoggingConfig: {LogFormat: JSON, LogGroup: !Ref FnLogs}, Environment: {Variables: {LOG_LEVEL: WARN}}, Tags: [{Key: a, Value: site}]}
  Live: {Type: AWS::Lambda::Alias, Properties: {FunctionName: !Ref Fn, FunctionVersion: !GetAtt Version.Version, Name: live}}
  Version: {Type: AWS::Lambda::Version, Properties: {FunctionName: !Ref Fn}}
  Url: {Type: AWS::Lambda::Url, DependsOn: Live, Properties: {TargetFunctionArn: !Ref Fn, Qualifier: live, AuthType: AWS_IAM, InvokeMode: BUFFERED}}
  UrlPermit: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Live, Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: AWS_IAM, Principal: cloudfront.amazonaws.com, SourceArn: !Sub 'arn:aws:cloudfront::@{AWS::AccountId}:distribution/@{Cdn}'}}
  UrlPermitInvoke: {Type: AWS::Lambda::Permission, Properties: {FunctionName: !Ref Live, Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true, Principal: cloudfront.amazonaws.com, SourceArn: !Sub 'arn:aws:cloudfront::@{AWS::AccountId}:distribution/@{Cdn}'}}
  Internal:
    Type: AWS::ApiGateway::RestApi
    Properties:
      Name: internal
      EndpointConfiguration: {Types: [PRIVATE], VpcEndpointIds: [!Ref ApiEndpoint]}
      Policy: {Version: '2012-10-17', Statement: [{Effect: Deny, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: {StringNotEquals: {'aws:SourceVpce': !Ref ApiEndpoint}}}, {Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*'}]}
  InternalGet: {Type: AWS::ApiGateway::Method, Properties: {RestApiId: !Ref Internal, ResourceId: !GetAtt Internal.RootResourceId, HttpMethod: GET, AuthorizationType: AWS_IAM, Integration: {Type: MOCK, RequestTemplates: {application/json: '{"statusCode": 200}'}}}}
  ApiEndpoint: {Type: AWS::EC2::VPCEndpoint, Properties: {VpcId: vpc-0a, ServiceName: !Sub 'com.amazonaws.@{AWS::Region}.execute-api', VpcEndpointType: Interface, PrivateDnsEnabled: true, SubnetIds: [subnet-a, subnet-b], SecurityGroupIds: [sg-a], PolicyDocument: {Version: '2012-10-17', Statement: [{Effect: Allow, Principal: '*', Action: 'execute-api:Invoke', Resource: '*', Condition: {StringEquals: {'aws:PrincipalOrgID': o-a1b2c3d4e5, 'aws:ResourceOrgID': o-a1b2c3d4e5}}}]}}}
  Sessions:
    Type: AWS::DynamoDB::GlobalTable
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      BillingMode: PAY_PER_REQUEST
      AttributeDefinitions: [{AttributeName: id, AttributeType: S}]
      KeySchema: [{AttributeName: id, KeyType: HASH}]
      SSESpecification: {SSEEnabled: true, SSEType: KMS}
      StreamSpecification: {StreamViewType: NEW_IMAGE}
      Replicas:
        - {Region: eu-west-1, DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}, SSESpecification: {KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/a'}}
        - {Region: eu-central-1, DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: {PointInTimeRecoveryEnabled: true}, SSESpecification: {KMSMasterKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/b'}}
`);

const config = (h: any): any => h.p('Cdn').DistributionConfig;

const httpApi = (h: any, more: any = {}): void => {
  h.add('Http', 'AWS::ApiGatewayV2::Api', { Name: 'http', ProtocolType: 'HTTP', ...more });
  h.add('HttpRoute', 'AWS::ApiGatewayV2::Route', { ApiId: ref('Http'), RouteKey: 'GET /x', AuthorizationType: 'AWS_IAM', Target: sub('integrations/@{HttpInt}') });
  h.add('HttpInt', 'AWS::ApiGatewayV2::Integration', { ApiId: ref('Http'), IntegrationType: 'AWS_PROXY', IntegrationUri: att('Fn'), PayloadFormatVersion: '2.0' });
  h.add('HttpStage', 'AWS::ApiGatewayV2::Stage', { ApiId: ref('Http'), StageName: '$default', DefaultRouteSettings: { ThrottlingBurstLimit: 5, ThrottlingRateLimit: 5 }, AccessLogSettings: { DestinationArn: att('FnLogs'), Format: '{"requestId":"$context.requestId","ip":"$context.identity.sourceIp","routeKey":"$context.routeKey","status":"$context.status","error":"$context.error.message","principal":"$context.identity.userArn"}' } });
};

export const EDGE_SITE: BlindSeed = {
  name: 'two: site, CloudFront',
  style: 'yaml',
  stacks: { site: SITE },
  mutants: [
    m('G07', 'the origin header holds a literal secret', (h) => { config(h).Origins[2].OriginCustomHeaders[0].HeaderValue = join('', ['{{resolve:', 'secretsmanager:origin}}']); }),
    m('G11', 'the URL answers any origin with credentials', (h) => { h.p('Url').Cors = { AllowOrigins: ['http://*'], AllowCredentials: 'true' }; }),
    m('G22', 'the HTTP API behind CloudFront keeps its own endpoint', (h) => { httpApi(h); config(h).Origins[2].DomainName = sub('@{Http}.execute-api.@{AWS::Region}.amazonaws.com'); }),
    m('G24', 'the private API lets in any VPC', (h) => h.p('Internal').Policy.Statement.shift()),
    m('G24', 'the private API has no policy', (h) => { delete h.p('Internal').Policy; }),
    m('G24', 'the condition allows all endpoints', (h) => { h.p('Internal').Policy.Statement[0].Condition = { StringNotLike: { 'aws:SourceVpce': 'vpce-*' } }; }),
    m('G25', 'CloudFront of anybody may call the URL', (h) => { delete h.p('UrlPermit').SourceArn; }),
    m('G25', 'everybody with IAM rights may call the URL', (h) => h.add('Open', 'AWS::Lambda::Permission', { FunctionName: sub('@{Fn.Arn}:live'), Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'AWS_IAM' })),
    m('G25', 'the source is every distribution of every account', (h) => { h.p('UrlPermit').SourceArn = 'arn:aws:cloudfront::*:distribution/*'; }),
    m('G26', 'no bound for the function of the URL', (h) => { delete h.p('Fn').ReservedConcurrentExecutions; }),
    m('G26', 'the URL has no qualifier', (h) => { delete h.p('Url').Qualifier; }),
    m('G65', 'an HTTP API without a front', (h) => httpApi(h)),
    m('G65', 'the distribution has lost its web ACL', (h) => { delete config(h).WebACLId; }),
    m('G66', 'the URL is open and the distribution signs nothing', (h) => { delete config(h).Origins[1].OriginAccessControlId; h.p('Url').AuthType = 'NONE'; }),
    m('G66', 'the API behind the front has its own public domain and tokens only', (h) => {
      httpApi(h, { DisableExecuteApiEndpoint: true });
      h.add('Jwt', 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref('Http'), Name: 'j', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: ['a'], Issuer: 'https://login.example.org' } });
      Object.assign(h.p('HttpRoute'), { AuthorizationType: 'JWT', AuthorizerId: ref('Jwt'), AuthorizationScopes: ['x'] });
      h.add('Dn', 'AWS::ApiGatewayV2::DomainName', { DomainName: 'api.site.example.net', DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2', CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/2' }] });
      h.add('Map', 'AWS::ApiGatewayV2::ApiMapping', { ApiId: ref('Http'), DomainName: ref('Dn'), Stage: ref('HttpStage') });
      delete config(h).Origins[2].OriginCustomHeaders;
    }),
    m('G65', 'an HTTP API with tokens and without a front', (h) => {
      httpApi(h);
      h.add('Jwt', 'AWS::ApiGatewayV2::Authorizer', { ApiId: ref('Http'), Name: 'j', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Audience: ['a'], Issuer: 'https://login.example.org' } });
      Object.assign(h.p('HttpRoute'), { AuthorizationType: 'JWT', AuthorizerId: ref('Jwt'), AuthorizationScopes: ['x'] });
    }),
    m('G67', 'the function behind OAC is cached by the optimized policy', (h) => { config(h).CacheBehaviors[0].CachePolicyId = '658327ea-f89d-4fab-a63d-7e88639e58f6'; }),
    m('G67', 'own cache policy without the Authorization header', (h) => { h.add('Cache', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'c', DefaultTTL: 60, MaxTTL: 60, MinTTL: 1, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'all' } } } }); config(h).CacheBehaviors[0].CachePolicyId = ref('Cache'); }),
    m('G68', 'the default behavior has no headers', (h) => { delete config(h).DefaultCacheBehavior.ResponseHeadersPolicyId; }),
    m('G68', 'the headers say nothing of transport', (h) => { delete h.p('Headers').ResponseHeadersPolicyConfig.SecurityHeadersConfig.StrictTransportSecurity; }),
    m('G59', 'the origin is asked by plain HTTP', (h) => { config(h).Origins[2].CustomOriginConfig.OriginProtocolPolicy = 'http-only'; }),
    m('G77', 'one replica has no protection', (h) => { h.p('Sessions').Replicas[1].DeletionProtectionEnabled = 'false'; }),
    m('G77', 'one replica has no backup', (h) => { delete h.p('Sessions').Replicas[0].PointInTimeRecoverySpecification; }),
    m('G78', 'the stream of a replica is shared', (h) => { h.p('Sessions').Replicas[0].ReplicaStreamSpecification = { ResourcePolicy: { PolicyDocument: doc({ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'dynamodb:GetRecords', Resource: '*' }) } }; }),
    m('G79', 'the endpoint is open', (h) => { delete h.p('ApiEndpoint').PolicyDocument; }),
    m('G79', 'the endpoint policy is a text that allows all', (h) => { h.p('ApiEndpoint').PolicyDocument = '{"Statement":[{"Effect":"Allow","Principal":"*","Action":"*","Resource":"*"}]}'; }),
    m('G28', 'CloudFront of any account may read the bucket', (h) => { h.p('SitePolicy').PolicyDocument.Statement[1].Condition = { StringLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } }; }),
    m('G38', 'an integration role with all of SQS', (h) => {
      h.add('IntRole', 'AWS::IAM::Role', { AssumeRolePolicyDocument: doc({ Effect: 'Allow', Principal: { Service: 'apigateway.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') } } }), ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonSQSFullAccess'] });
      h.p('InternalGet').Integration = { Type: 'AWS', IntegrationHttpMethod: 'POST', Credentials: att('IntRole'), Uri: sub('arn:aws:apigateway:@{AWS::Region}:sqs:path/1/q'), RequestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=x' } };
    }),
    m('G90', 'a file system mounted by the root user', (h) => {
      h.add('Ap', 'AWS::EFS::AccessPoint', { FileSystemId: 'fs-0123456789abcdef0' });
      h.p('Fn').FileSystemConfigs = [{ Arn: att('Ap'), LocalMountPath: '/mnt/x' }];
    }),
    m('G88', 'an image by tag', (h) => { h.p('Fn').PackageType = 'Image'; h.p('Fn').Code = { ImageUri: sub('@{AWS::AccountId}.dkr.ecr.@{AWS::Region}.amazonaws.com/site:latest') }; delete h.p('Fn').Runtime; delete h.p('Fn').Handler; }),
    m('G61', 'an API key with a literal value', (h) => h.add('K', 'AWS::ApiGateway::ApiKey', { Enabled: true, Value: join('', ['aaaabbbbccccdddd', 'eeeeffff0000']) })),
    m('G24', 'the Allow is for all endpoints but ours', (h) => { h.p('Internal').Policy = doc({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': ref('ApiEndpoint') } } }); }),
    m('G25', 'the permission opens the URL as if it had no lock', (h) => h.add('Open', 'AWS::Lambda::Permission', { FunctionName: ref('Live'), Action: 'lambda:InvokeFunctionUrl', Principal: '*', FunctionUrlAuthType: 'NONE' })),
    m('G67', 'the old way of caching without the header', (h) => { delete config(h).CacheBehaviors[1].CachePolicyId; delete config(h).CacheBehaviors[1].OriginRequestPolicyId; config(h).CacheBehaviors[1].ForwardedValues = { QueryString: true, Cookies: { Forward: 'none' } }; delete config(h).CacheBehaviors[0].CachePolicyId; config(h).CacheBehaviors[0].ForwardedValues = { QueryString: true }; }),
    m('G76', 'the global table goes with the stack', (h) => { h.r('Sessions').DeletionPolicy = 'Delete'; }),
    m('G79', 'the endpoint policy asks for any organization', (h) => { h.p('ApiEndpoint').PolicyDocument.Statement[0].Condition = { StringLike: { 'aws:PrincipalOrgID': '*' } }; }),
    m('G28', 'the source may be any distribution but one', (h) => { h.p('SitePolicy').PolicyDocument.Statement[1].Condition = { StringNotEquals: { 'AWS:SourceArn': 'arn:aws:cloudfront::999988887777:distribution/X' } }; }),
  ],
  variants: [
    v('the source account besides the distribution', (h) => { h.p('UrlPermit').SourceAccount = ref('AWS::AccountId'); }),
    v('CloudFront may read, bound by the account and any distribution of it', (h) => { h.p('SitePolicy').PolicyDocument.Statement[1].Condition = { StringEquals: { 'aws:SourceAccount': ref('AWS::AccountId') }, ArnLike: { 'aws:SourceArn': sub('arn:aws:cloudfront::@{AWS::AccountId}:distribution/*') } }; }),
    v('the URL policy opened to the organization only', (h) => h.add('Org', 'AWS::Lambda::Permission', { FunctionName: ref('Live'), Action: 'lambda:InvokeFunctionUrl', Principal: '*', PrincipalOrgID: 'o-a1b2c3d4e5', FunctionUrlAuthType: 'AWS_IAM' })),
    v('the URL is callable by the own account', (h) => h.add('Own', 'AWS::Lambda::Permission', { FunctionName: ref('Live'), Action: 'lambda:InvokeFunctionUrl', Principal: ref('AWS::AccountId'), FunctionUrlAuthType: 'AWS_IAM' })),
    v('a star origin on the URL without credentials and with IAM', (h) => { h.p('Url').Cors = { AllowOrigins: ['https://www.site.example.net'], AllowCredentials: true, AllowMethods: ['GET'] }; }),
    v('an HTTP API behind CloudFront with IAM on each route and no own endpoint: the custom domain is the origin', (h) => {
      httpApi(h, { DisableExecuteApiEndpoint: true });
      h.add('Dn', 'AWS::ApiGatewayV2::DomainName', { DomainName: 'api.site.example.net', DomainNameConfigurations: [{ EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2', CertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/2' }] });
      h.add('Map', 'AWS::ApiGatewayV2::ApiMapping', { ApiId: ref('Http'), DomainName: ref('Dn'), Stage: ref('HttpStage') });
    }),
    v('the private API allows one endpoint and denies nothing', (h) => { h.p('Internal').Policy = doc({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringEquals: { 'aws:sourceVpce': ref('ApiEndpoint') } } }); }),
    v('the private API allows one VPC', (h) => { h.p('Internal').Policy = doc({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringEquals: { 'aws:SourceVpc': ['vpc-0a'] } } }); }),
    v('the policy of the private API in JSON text', (h) => { h.p('Internal').Policy = sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"execute-api:Invoke","Resource":"execute-api:/*","Condition":{"StringEquals":{"aws:SourceVpce":"@{ApiEndpoint}"}}}]}'); }),
    v('the managed policy of security headers', (h) => { config(h).CacheBehaviors[1].ResponseHeadersPolicyId = ref('Headers'); config(h).Comment = 'headers'; }),
    v('caching off by its own policy (all TTLs zero)', (h) => { h.add('Off', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'off', DefaultTTL: 0, MaxTTL: 0, MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: false, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'none' } } } }); config(h).CacheBehaviors[1].CachePolicyId = ref('Off'); }),
    v('the cache key holds the Authorization header', (h) => { h.add('By', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'by', DefaultTTL: 10, MaxTTL: 10, MinTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['authorization'] }, QueryStringsConfig: { QueryStringBehavior: 'all' } } } }); config(h).CacheBehaviors[1].CachePolicyId = ref('By'); }),
    v('a static behavior of the bucket is cached: there is nobody to tell apart', (h) => config(h).CacheBehaviors.push({ ...config(h).DefaultCacheBehavior, PathPattern: '/assets/*' })),
    v('the endpoint admits one role of the own account', (h) => { h.p('ApiEndpoint').PolicyDocument = doc({ Effect: 'Allow', Principal: { AWS: sub('arn:aws:iam::@{AWS::AccountId}:root') }, Action: 'execute-api:Invoke', Resource: sub('arn:aws:execute-api:@{AWS::Region}:@{AWS::AccountId}:@{Internal}/*') }); }),
    v('the endpoint is closed by a Deny beside an open Allow', (h) => { h.p('ApiEndpoint').PolicyDocument = doc({ Effect: 'Allow', Principal: '*', Action: '*', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }, { Effect: 'Deny', Principal: '*', Action: '*', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceOrgID': 'o-a1b2c3d4e5' } } }); }),
    v('deletion protection as texts in replicas', (h) => { for (const replica of h.p('Sessions').Replicas) replica.DeletionProtectionEnabled = 'true'; }),
    v('a replica policy for the own account', (h) => { h.p('Sessions').Replicas[0].ResourcePolicy = { PolicyDocument: doc({ Effect: 'Allow', Principal: { AWS: att('FnRole') }, Action: 'dynamodb:GetItem', Resource: '*' }) }; }),
    v('an image by digest', (h) => { h.p('Fn').PackageType = 'Image'; h.p('Fn').Code = { ImageUri: sub('@{AWS::AccountId}.dkr.ecr.@{AWS::Region}.amazonaws.com/site@sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08') }; delete h.p('Fn').Runtime; delete h.p('Fn').Handler; delete h.p('Fn').CodeSigningConfigArn; }),
    v('a file system mounted with a user of its own', (h) => {
      h.add('Ap', 'AWS::EFS::AccessPoint', { FileSystemId: 'fs-0123456789abcdef0', PosixUser: { Uid: '1001', Gid: '1001' }, RootDirectory: { Path: '/x', CreationInfo: { OwnerUid: '1001', OwnerGid: '1001', Permissions: '750' } } });
      h.p('Fn').FileSystemConfigs = [{ Arn: att('Ap'), LocalMountPath: '/mnt/x' }];
      h.p('Fn').VpcConfig = { SubnetIds: ['subnet-a', 'subnet-b'], SecurityGroupIds: ['sg-a'] };
      h.grant('FnRole', allow(['elasticfilesystem:ClientMount', 'elasticfilesystem:ClientWrite'], 'arn:aws:elasticfilesystem:eu-west-1:111122223333:file-system/fs-0123456789abcdef0', { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': att('Ap') } } }));
    }),
    v('the web ACL by a condition with two right answers', (h) => { h.t.Conditions = { C: { 'Fn::Equals': [ref('AWS::Region'), 'us-east-1'] } }; config(h).WebACLId = iff('C', att('Acl'), 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/site/1'); }),
    v('the plain port of the viewer is redirected', (h) => { config(h).CacheBehaviors[0].ViewerProtocolPolicy = 'redirect-to-https'; }),
    v('the old way of caching with the header in the key', (h) => { delete config(h).CacheBehaviors[1].CachePolicyId; delete config(h).CacheBehaviors[1].OriginRequestPolicyId; config(h).CacheBehaviors[1].ForwardedValues = { QueryString: true, Headers: ['Authorization'], Cookies: { Forward: 'none' } }; }),
    v('the old way of caching with all TTLs zero', (h) => { delete config(h).CacheBehaviors[1].CachePolicyId; delete config(h).CacheBehaviors[1].OriginRequestPolicyId; Object.assign(config(h).CacheBehaviors[1], { MinTTL: 0, DefaultTTL: 0, MaxTTL: 0, ForwardedValues: { QueryString: true, Headers: ['*'], Cookies: { Forward: 'all' } } }); }),
    v('the origin is asked as the viewer asks, who must come by https', (h) => { config(h).Origins[2].CustomOriginConfig.OriginProtocolPolicy = 'match-viewer'; }),
  ],
};
