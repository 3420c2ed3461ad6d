import { ACCOUNT, alarm, allow, att, bucket, firewall, Json, join, key, logs, NONE, ref, sub, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';

const CMK = att('SiteKey');
const BELL = ref('AlarmTopic');
const fn = (name: string, can: Json[], environment: Json, more: Json = {}): Json => worker(name, { id: (part) => `${name}Function${part}`, cmk: CMK, alarms: BELL, policy: 'inline', env: environment, can, more });
const fronted = { Effect: 'Allow', Principal: { Service: 'cloudfront.amazonaws.com' }, Action: 's3:GetObject', Resource: { 'Fn::Join': ['/', [att('Pages'), '*']] }, Condition: { StringEquals: { 'AWS:SourceArn': join('arn:', ref('AWS::Partition'), ':cloudfront::', ACCOUNT, ':distribution/', ref('Front')) } } };
const NO_CACHE = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';
const HOST = { 'Fn::Select': [2, { 'Fn::Split': ['/', att('RenderUrl', 'FunctionUrl')] }] };

const TEMPLATE: Json = {
  Parameters: {
    AlarmTopic: { Type: 'String', Default: 'arn:aws:sns:us-east-1:909192939495:site-alarms' },
    Certificate: { Type: 'String', Default: 'arn:aws:acm:us-east-1:909192939495:certificate/11112222-3333-4444-5555-666677778888' },
    MinTls: { Type: 'String', Default: 'TLSv1.2_2021' },
    Policy: { Type: 'String', Default: 'redirect-to-https', AllowedValues: ['redirect-to-https', 'https-only', 'allow-all'] },
    Preview: { Type: 'String', Default: 'no' },
    Csp: { Type: 'String', Default: "default-src 'self'; object-src 'none'; frame-ancestors 'none'" },
  },
  Mappings: { Headers: { main: { hsts: 31536000, frame: 'DENY' }, preview: { hsts: 300, frame: 'SAMEORIGIN' } }, Cache: { render: { id: NO_CACHE }, assets: { id: OPTIMIZED } } },
  Conditions: { IsPreview: { 'Fn::Equals': [ref('Preview'), 'yes'] }, IsMain: { 'Fn::Not': [{ Condition: 'IsPreview' }] } },
  Resources: {
    SiteKey: key('cloudfront.amazonaws.com'),
    ...bucket('Visits', undefined, undefined, { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }, [{ Effect: 'Allow', Principal: { Service: ['logging.s3.amazonaws.com', 'delivery.logs.amazonaws.com'] }, Action: 's3:PutObject', Resource: join(att('Visits'), '/*'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
    ...bucket('Pages', CMK, ref('Visits'), {}, [fronted]),
    PagesDoor: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: 'pages', OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4' } } },
    RenderDoor: { Type: 'AWS::CloudFront::OriginAccessControl', Properties: { OriginAccessControlConfig: { Name: 'render', OriginAccessControlOriginType: 'lambda', SigningBehavior: 'always', SigningProtocol: 'sigv4' } } },
    Seen: {
      Type: 'AWS::CloudFront::ResponseHeadersPolicy',
      Properties: {
        ResponseHeadersPolicyConfig: {
          Name: 'seen',
          SecurityHeadersConfig: {
            StrictTransportSecurity: { AccessControlMaxAgeSec: { 'Fn::FindInMap': ['Headers', when('IsPreview', 'preview', 'main'), 'hsts'] }, IncludeSubdomains: true, Preload: true, Override: true },
            ContentSecurityPolicy: { ContentSecurityPolicy: ref('Csp'), Override: true },
            ContentTypeOptions: { Override: true },
            FrameOptions: { FrameOption: { 'Fn::FindInMap': ['Headers', when('IsPreview', 'preview', 'main'), 'frame'] }, Override: true },
            ReferrerPolicy: { ReferrerPolicy: 'same-origin', Override: true },
          },
        },
      },
    },
    Rewrite: { Type: 'AWS::CloudFront::Function', Properties: { Name: 'rewrite', AutoPublish: true, FunctionConfig: { Comment: 'index of a folder', Runtime: 'cloudfront-js-2.0' }, FunctionCode: 'async function handler(event) { const request = event.request; if (request.uri.endsWith("/")) request.uri += "index.html"; return request; }' } },
    AclLogs: logs(CMK, { LogGroupName: 'aws-waf-logs-site' }),
    ...firewall('Acl', att('AclLogs'), 'CLOUDFRONT'),
    AclBlocked: alarm('AWS/WAFV2', 'BlockedRequests', { WebACL: 'site', Rule: 'ALL' }, BELL),
    Front: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Comment: 'site',
          HttpVersion: 'http2and3',
          PriceClass: 'PriceClass_100',
          DefaultRootObject: 'index.html',
          Aliases: ['www.kitchen.internal'],
          WebACLId: att('Acl'),
          ViewerCertificate: { AcmCertificateArn: ref('Certificate'), MinimumProtocolVersion: ref('MinTls'), SslSupportMethod: 'sni-only' },
          Logging: { Bucket: att('Visits', 'RegionalDomainName'), Prefix: 'front/', IncludeCookies: false },
          Restrictions: { GeoRestriction: { RestrictionType: 'blacklist', Locations: ['KP'] } },
          Origins: [
            { Id: 'pages', DomainName: att('Pages', 'RegionalDomainName'), OriginAccessControlId: att('PagesDoor', 'Id'), S3OriginConfig: { OriginAccessIdentity: '' } },
            { Id: 'render', DomainName: HOST, OriginAccessControlId: att('RenderDoor', 'Id'), CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], HTTPSPort: 443 } },
          ],
          DefaultCacheBehavior: { TargetOriginId: 'pages', ViewerProtocolPolicy: ref('Policy'), Compress: true, CachePolicyId: { 'Fn::FindInMap': ['Cache', 'assets', 'id'] }, ResponseHeadersPolicyId: ref('Seen'), FunctionAssociations: [{ EventType: 'viewer-request', FunctionARN: att('Rewrite', 'FunctionARN') }] },
          CacheBehaviors: [{ PathPattern: '/my/*', TargetOriginId: 'render', ViewerProtocolPolicy: 'https-only', AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'], CachePolicyId: { 'Fn::FindInMap': ['Cache', 'render', 'id'] }, OriginRequestPolicyId: ALL_BUT_HOST, ResponseHeadersPolicyId: ref('Seen') }],
          CustomErrorResponses: [{ ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html', ErrorCachingMinTTL: 10 }],
        },
        Tags: [{ Key: 'stage', Value: 'prod' }],
      },
    },
    FrontFailing: alarm('AWS/CloudFront', '5xxErrorRate', { DistributionId: ref('Front'), Region: 'Global' }, BELL),
    ...fn('Render', [allow('s3:GetObject', { 'Fn::Join': ['/', [att('Pages'), 'templates', '*']] })], { PAGES: ref('Pages') }, { Timeout: 12, ReservedConcurrentExecutions: 30 }),
    RenderAlias: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: ref('RenderFunction'), FunctionVersion: att('RenderVersion', 'Version'), Name: 'live' } },
    RenderVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: ref('RenderFunction') } },
    RenderUrl: { Type: 'AWS::Lambda::Url', DependsOn: ['RenderAlias'], Properties: { TargetFunctionArn: att('RenderFunction'), Qualifier: 'live', AuthType: 'AWS_IAM', InvokeMode: 'RESPONSE_STREAM', Cors: { AllowOrigins: ['https://www.kitchen.internal'], AllowMethods: ['GET', 'POST'], AllowHeaders: ['content-type'], AllowCredentials: true, MaxAge: 60 } } },
    RenderFronted: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunctionUrl', FunctionName: ref('RenderAlias'), FunctionUrlAuthType: 'AWS_IAM', Principal: 'cloudfront.amazonaws.com', SourceArn: sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Front}') } },
    RenderInvoked: { Type: 'AWS::Lambda::Permission', Properties: { Action: 'lambda:InvokeFunction', FunctionName: ref('RenderAlias'), InvokedViaFunctionUrl: true, Principal: 'cloudfront.amazonaws.com', SourceArn: sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Front}') } },
  },
  Outputs: { Site: { Value: sub('https://${Front.DomainName}') } },
};

const front = (template: Json): Json => prop(template, 'Front').DistributionConfig;
const headers = (template: Json): Json => prop(template, 'Seen').ResponseHeadersPolicyConfig.SecurityHeadersConfig;
const mine = (template: Json): Json => front(template).CacheBehaviors[0];

/** A site of pages and of what is rendered, behind one front. */
export const SITE: BlindSeed = {
  name: 'A site with a front of two origins, written by hand with maps and a preview',
  style: 'yaml',
  stacks: { Site: TEMPLATE },
  mutants: [
    fault('G68', 'the browser may go without TLS again after a minute, by the map', ({ Site }) => { Site.Mappings.Headers.main.hsts = 60; }),
    fault('G68', 'what is rendered says nothing to the browser', ({ Site }) => { mine(Site).ResponseHeadersPolicyId = when('IsPreview', ref('Seen'), NONE); }),
    fault('G68', 'no policy of content', ({ Site }) => { headers(Site).ContentSecurityPolicy = NONE; }),
    fault('G68', 'any script is good, by the default of a parameter', ({ Site }) => { Site.Parameters.Csp.Default = "default-src *; script-src * 'unsafe-inline' 'unsafe-eval'"; }),
    fault('G68', 'every page may frame the site', ({ Site }) => { delete headers(Site).FrameOptions; Site.Parameters.Csp.Default = "default-src 'self'"; }),
    fault('G66', 'the rendering is asked past the front', ({ Site }) => { prop(Site, 'RenderUrl').AuthType = when('IsPreview', 'AWS_IAM', 'NONE'); add(Site, 'RenderOpen', 'AWS::Lambda::Permission', { Action: 'lambda:InvokeFunctionUrl', FunctionName: ref('RenderAlias'), FunctionUrlAuthType: 'NONE', Principal: '*' }); }),
    fault('G66', 'the front does not sign what it asks the rendering', ({ Site }) => { prop(Site, 'RenderDoor').OriginAccessControlConfig.SigningBehavior = when('IsMain', 'never', 'always'); }),
    fault('G25', 'any front of this account asks the rendering', ({ Site }) => { prop(Site, 'RenderFronted').SourceArn = sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/*'); }),
    fault('G25', 'any front asks the rendering', ({ Site }) => { prop(Site, 'RenderFronted').SourceArn = when('IsPreview', sub('arn:aws:cloudfront::${AWS::AccountId}:distribution/${Front}'), NONE); }),
    fault('G26', 'the rendering is as often as one asks', ({ Site }) => { prop(Site, 'RenderFunction').ReservedConcurrentExecutions = when('IsPreview', 5, NONE); }),
    fault('G26', 'the address is one of what was written last', ({ Site }) => { delete prop(Site, 'RenderUrl').Qualifier; for (const id of ['RenderFronted', 'RenderInvoked']) prop(Site, id).FunctionName = ref('RenderFunction'); }),
    breach('lambda.url-cors', 'every page asks the rendering, with what it knows of one', ({ Site }) => { prop(Site, 'RenderUrl').Cors.AllowOrigins = { 'Fn::Split': ['|', 'https://www.kitchen.internal|*'] }; }),
    breach('lambda.url-cors', 'any page that is not over TLS asks the rendering', ({ Site }) => { prop(Site, 'RenderUrl').Cors.AllowOrigins = [sub('http://${Any}', { Any: '*' })]; }),
    fault('G67', 'what is rendered for one is shown to the next, by the map', ({ Site }) => { Site.Mappings.Cache.render.id = OPTIMIZED; }),
    fault('G67', 'what is rendered for one is kept by a policy of its own', ({ Site }) => { add(Site, 'Kept', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'kept', MinTTL: 1, DefaultTTL: 60, MaxTTL: 300, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: true, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'all' } } } }); mine(Site).CachePolicyId = ref('Kept'); }),
    fault('G07', 'the origin is told a password by the front', ({ Site }) => { front(Site).Origins[1].OriginCustomHeaders = [{ HeaderName: 'x-origin-secret', HeaderValue: { 'Fn::Join': ['', ['fr0nt-', '5566778899']] } }]; }),
    fault('G02', 'the rendering has a token, taken of a list', ({ Site }) => { env(Site, 'RenderFunction').CMS_TOKEN = { 'Fn::Select': ['0', ['cms-aa11bb22cc33', 'none']] }; }),
    fault('G10', 'modules come from where all may write', ({ Site }) => { env(Site, 'RenderFunction').NODE_PATH = sub('/opt/nodejs:${Dir}/modules', { Dir: '/tmp' }); }),
    fault('G28', 'any front reads pages', ({ Site }) => { statements(Site, 'PagesPolicy')[1].Condition = { StringLike: { 'AWS:SourceArn': 'arn:aws:cloudfront::*:distribution/*' } }; }),
    fault('G28', 'logs of any account are put down here', ({ Site }) => { statements(Site, 'VisitsPolicy')[1].Condition = { StringEquals: { 's3:x-amz-acl': 'bucket-owner-full-control' } }; }),
    fault('G62', 'the firewall counts, in what is not a preview', ({ Site }) => { prop(Site, 'Acl').Rules = prop(Site, 'Acl').Rules.map((rule: Json) => (rule.OverrideAction ? { ...rule, OverrideAction: when('IsMain', { Count: {} }, { None: {} }) } : { ...rule, Action: when('IsMain', { Count: {} }, { Block: {} }) })); }),
    fault('G63', 'no flood is stopped', ({ Site }) => { prop(Site, 'Acl').Rules[2] = when('IsPreview', prop(Site, 'Acl').Rules[2], NONE); }),
    fault('G64', 'cookies are in the log of the firewall', ({ Site }) => { prop(Site, 'AclLogging').RedactedFields = [{ SingleHeader: { Name: 'x-trace' } }, { QueryString: {} }]; }),
    breach('waf.logging', 'the firewall tells of what it let pass to nobody', ({ Site }) => { remove(Site, 'AclLogging'); }),
    breach('waf.nonempty', 'the firewall has no rule', ({ Site }) => { prop(Site, 'Acl').Rules = []; }),
    breach('cf.waf', 'no firewall for what is not a preview', ({ Site }) => { front(Site).WebACLId = when('IsPreview', att('Acl'), ''); }),
    breach('cf.viewer-https', 'pages come in the clear, by the default of a parameter', ({ Site }) => { Site.Parameters.Policy.Default = 'allow-all'; }),
    breach('cf.viewer-https', 'what is mine comes in the clear', ({ Site }) => { mine(Site).ViewerProtocolPolicy = { 'Fn::Select': [1, ['https-only', 'allow-all']] }; }),
    breach('cf.tls-min', 'an old protocol is good, by the default of a parameter', ({ Site }) => { Site.Parameters.MinTls.Default = 'TLSv1_2016'; }),
    breach('cf.origin-ssl', 'the rendering is asked by an old protocol', ({ Site }) => { front(Site).Origins[1].CustomOriginConfig.OriginSSLProtocols = when('IsPreview', ['TLSv1.2'], ['TLSv1', 'TLSv1.2']); }),
    breach('cf.origin-https', 'the rendering is asked in the clear', ({ Site }) => { front(Site).Origins[1].CustomOriginConfig.OriginProtocolPolicy = { 'Fn::Select': [1, ['https-only', 'http-only']] }; }),
    breach('cf.oac', 'pages are asked without a signature', ({ Site }) => { front(Site).Origins[0].OriginAccessControlId = NONE; statements(Site, 'PagesPolicy')[1].Principal = '*'; statements(Site, 'PagesPolicy')[1].Condition = { StringLike: { 'aws:Referer': 'https://www.kitchen.internal/*' } }; }),
    breach('cf.oai', 'pages are asked by what was once an identity', ({ Site }) => { front(Site).Origins[0] = { Id: 'pages', DomainName: att('Pages', 'RegionalDomainName'), S3OriginConfig: { OriginAccessIdentity: '' } }; }),
    breach('cf.logging', 'who came is not told', ({ Site }) => { front(Site).Logging = when('IsPreview', { Bucket: att('Visits', 'RegionalDomainName') }, NONE); }),
    breach('cf.s3-exists', 'pages are in a bucket that anybody may make', ({ Site }) => { front(Site).Origins.push({ Id: 'old', DomainName: 'kitchen-old-pages.s3.amazonaws.com', S3OriginConfig: { OriginAccessIdentity: '' } }); front(Site).CacheBehaviors.push({ ...mine(Site), PathPattern: '/old/*', TargetOriginId: 'old' }); }),
    breach('cf.custom-cert', 'the site has the name of the service', ({ Site }) => { front(Site).ViewerCertificate = when('IsMain', { CloudFrontDefaultCertificate: true }, { AcmCertificateArn: ref('Certificate'), MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' }); }),
    breach('cf.root-object', 'the folder of the pages is shown', ({ Site }) => { front(Site).DefaultRootObject = ''; statements(Site, 'PagesPolicy')[1].Action = ['s3:GetObject', 's3:ListBucket']; statements(Site, 'PagesPolicy')[1].Resource = [att('Pages'), join(att('Pages'), '/*')]; }),
    breach('s3.website', 'pages are a site of their own', ({ Site }) => { prop(Site, 'Pages').WebsiteConfiguration = { IndexDocument: 'index.html' }; }),
    breach('s3.public-read', 'everybody reads pages, who comes from where anybody is', ({ Site }) => { prop(Site, 'Pages').PublicAccessBlockConfiguration.RestrictPublicBuckets = false; statements(Site, 'PagesPolicy').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 's3:Get*', Resource: sub('${Pages.Arn}/*'), Condition: { IpAddress: { 'aws:SourceIp': ['0.0.0.0/1', '128.0.0.0/1'] } } }); }),
    breach('s3.tls', 'pages are given in the clear, but for one way to ask', ({ Site }) => { statements(Site, 'PagesPolicy')[0].Condition = { Bool: { 'aws:SecureTransport': 'true' } }; }),
    fault('G90', 'a page is rendered for five minutes', ({ Site }) => { prop(Site, 'RenderFunction').Timeout = when('IsPreview', 12, 300); }),
    breach('risk.logging', 'nobody hears of what the front could not give', ({ Site }) => { prop(Site, 'RenderFunctionErrors').AlarmActions = when('IsPreview', [BELL], []); }),
    breach('risk.xss', 'the browser may guess what it was given', ({ Site }) => { delete headers(Site).ContentTypeOptions; }),
  ],
  variants: [
    safe('the map of the preview is weak', ({ Site }) => { Site.Mappings.Headers.preview.hsts = 0; }),
    safe('what is mine is cached by a policy that keeps nothing', ({ Site }) => { add(Site, 'Kept', 'AWS::CloudFront::CachePolicy', { CachePolicyConfig: { Name: 'kept', MinTTL: 0, DefaultTTL: 0, MaxTTL: 0, ParametersInCacheKeyAndForwardedToOrigin: { EnableAcceptEncodingGzip: false, CookiesConfig: { CookieBehavior: 'none' }, HeadersConfig: { HeaderBehavior: 'none' }, QueryStringsConfig: { QueryStringBehavior: 'none' } } } }); mine(Site).CachePolicyId = ref('Kept'); }),
    safe('the front of pages by account and by ARN', ({ Site }) => { statements(Site, 'PagesPolicy')[1].Condition = { StringEquals: { 'AWS:SourceAccount': ACCOUNT }, ArnEquals: { 'aws:SourceArn': sub('arn:aws:cloudfront::${AWS::AccountId}:distribution/${Front}') } }; }),
    safe('a newer protocol is asked for', ({ Site }) => { Site.Parameters.MinTls.Default = 'TLSv1.3_2025'; }),
    safe('strings are as good as flags', ({ Site }) => { front(Site).Enabled = 'true'; front(Site).Logging.IncludeCookies = 'false'; prop(Site, 'RenderFunction').ReservedConcurrentExecutions = '30'; headers(Site).StrictTransportSecurity.AccessControlMaxAgeSec = '63072000'; }),
    safe('another front that is off', ({ Site }) => { front(Site).Staging = false; front(Site).CacheBehaviors.push({ ...mine(Site), PathPattern: '/you/*' }); }),
    safe('the firewall has an exception for one rule of the core', ({ Site }) => { prop(Site, 'Acl').Rules[0].Statement.ManagedRuleGroupStatement.RuleActionOverrides = [{ Name: 'SizeRestrictions_BODY', ActionToUse: { Count: {} } }]; }),
    safe('what is hidden in the log is hidden by names in other letters', ({ Site }) => { prop(Site, 'AclLogging').RedactedFields = [{ SingleHeader: { Name: 'Authorization' } }, { SingleHeader: { Name: 'Cookie' } }, { QueryString: {} }]; }),
    safe('the front is for the readers of a network', ({ Site }) => { statements(Site, 'PagesPolicy').push({ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource: [att('Pages'), sub('${Pages.Arn}/*')], Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } }); }),
  ],
};
