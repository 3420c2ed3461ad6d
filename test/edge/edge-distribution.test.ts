import { Aws, Duration, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import {
  AllowedMethods, CachePolicy, Function, FunctionCode, OriginProtocolPolicy, OriginRequestPolicy, OriginSslPolicy, PriceClass, ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin, S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AccountPrincipal, AccountRootPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Bucket, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import * as fc from 'fast-check';
import { aDomain, anEdge, aZone } from './audit-cases';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { ContentSecurityPolicy, UnsafeContent } from '../../src/edge/content-security-policy';
import { EdgeAccessLogs } from '../../src/edge/edge-access-logs';
import { EdgeCaching } from '../../src/edge/edge-caching';
import { EdgeDistribution } from '../../src/edge/edge-distribution';
import { EdgeDistributionProps } from '../../src/edge/edge-distribution-props';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { CrossOriginResources, EdgeHeaders } from '../../src/edge/edge-headers';
import { EdgeKind } from '../../src/edge/edge-kind';
import { EdgeWebAcl } from '../../src/edge/edge-web-acl';
import { StackEdgeLogBucket } from '../../src/edge/stack-edge-log-bucket';
import { GeoRule } from '../../src/waf/geo-rule';
import { SecureWebAcl } from '../../src/waf/secure-web-acl';
import { StackEdgeWebAcl } from '../../src/waf/stack-edge-web-acl';
import { WebAclScope } from '../../src/waf/web-acl-scope';
import { Json, only } from '../support/api';
import { PROFILES, templateOf, TestAppOptions, testStack } from '../support/apps';

const VIRGINIA = { account: '123456789012', region: 'us-east-1' };
const IRELAND = { account: '123456789012', region: 'eu-west-1' };
const REASON = 'an internal tool for three people';

interface Made { readonly stack: Stack; readonly edge: EdgeDistribution; readonly template: Template; readonly config: Json }

function made(props: (stack: Stack) => Partial<EdgeDistributionProps> = () => ({}), options: TestAppOptions = { env: VIRGINIA }): Made {
  const stack = testStack(options);
  const edge = anEdge(stack, props(stack));
  const template = templateOf(stack);
  return { stack, edge, template, config: only(template, 'AWS::CloudFront::Distribution').DistributionConfig };
}

describe('a distribution', () => {
  test('speaks TLS 1.2 and newer, HTTP/2 and 3, IPv6, and logs without cookies', () => {
    const { config, edge, template } = made();
    expect(config).toMatchObject({
      Aliases: ['shop.example.com'],
      Enabled: true,
      HttpVersion: 'http2and3',
      IPV6Enabled: true,
      PriceClass: 'PriceClass_All',
      Logging: { IncludeCookies: false, Prefix: 'Shop/Edge/', Bucket: { 'Fn::GetAtt': [expect.stringContaining('EdgeLogBucket'), 'RegionalDomainName'] } },
      ViewerCertificate: { MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only', AcmCertificateArn: expect.stringContaining('us-east-1') },
    });
    expect(edge.url).toBe('https://shop.example.com/');
    expect(edge.domainName).toBe('shop.example.com');
    template.resourceCountIs('AWS::CloudFront::MonitoringSubscription', 0);
  });

  test('before an API refuses plain HTTP, keeps nothing and forwards all but the host', () => {
    const { config } = made();
    expect(config.DefaultRootObject).toBeUndefined();
    expect(config.DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'https-only',
      CachePolicyId: CachePolicy.CACHING_DISABLED.cachePolicyId,
      OriginRequestPolicyId: OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER.originRequestPolicyId,
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS', 'PUT', 'PATCH', 'POST', 'DELETE'],
    });
  });

  test('before a site redirects plain HTTP, keeps files and forwards nothing else', () => {
    const { config } = made(() => ({ kind: EdgeKind.site() }));
    expect(config.DefaultRootObject).toBe('index.html');
    expect(config.DefaultCacheBehavior).toMatchObject({
      ViewerProtocolPolicy: 'redirect-to-https', CachePolicyId: CachePolicy.CACHING_OPTIMIZED.cachePolicyId, AllowedMethods: ['GET', 'HEAD'], Compress: true,
    });
    expect(config.DefaultCacheBehavior.OriginRequestPolicyId).toBeUndefined();
  });

  test('takes other methods, caches, policies, functions, countries, prices, errors and metrics', () => {
    const { config, template } = made((stack) => ({
      allowedMethods: AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      caching: EdgeCaching.by(CachePolicy.AMPLIFY),
      viewerRequest: new Function(stack, 'First', { code: FunctionCode.fromInline('function handler(event) { return event.request; }') }),
      countries: GeoRule.block(['FR']),
      priceClass: PriceClass.PRICE_CLASS_100,
      errorResponses: [{ httpStatus: 503, responseHttpStatus: 503, responsePagePath: '/sorry.html', ttl: Duration.seconds(5) }],
      additionalMetrics: true,
      domain: aDomain(stack, { tls13Only: true }),
    }));
    expect(config.DefaultCacheBehavior).toMatchObject({
      AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
      CachePolicyId: CachePolicy.AMPLIFY.cachePolicyId,
      FunctionAssociations: [{ EventType: 'viewer-request' }],
    });
    expect(config.DefaultCacheBehavior.OriginRequestPolicyId).toBeUndefined();
    expect(config.Restrictions).toEqual({ GeoRestriction: { RestrictionType: 'blacklist', Locations: ['FR'] } });
    expect(config.PriceClass).toBe('PriceClass_100');
    expect(config.CustomErrorResponses).toEqual([{ ErrorCode: 503, ResponseCode: 503, ResponsePagePath: '/sorry.html', ErrorCachingMinTTL: 5 }]);
    expect(config.ViewerCertificate.MinimumProtocolVersion).toBe('TLSv1.3_2025');
    template.resourceCountIs('AWS::CloudFront::MonitoringSubscription', 1);
  });

  test('serves countries by name', () => {
    expect(made(() => ({ countries: GeoRule.allowOnly(['DE', 'AT']) })).config.Restrictions)
      .toEqual({ GeoRestriction: { RestrictionType: 'whitelist', Locations: ['DE', 'AT'] } });
  });

  test('forwards what the policy of an API without cache says', () => {
    expect(made(() => ({ originRequestPolicy: OriginRequestPolicy.USER_AGENT_REFERER_HEADERS })).config.DefaultCacheBehavior.OriginRequestPolicyId)
      .toBe(OriginRequestPolicy.USER_AGENT_REFERER_HEADERS.originRequestPolicyId);
  });

  test('gives each kind of behavior its own headers', () => {
    const { config, template } = made(() => ({
      kind: EdgeKind.site(),
      additionalBehaviors: {
        '/api/*': { kind: EdgeKind.api(), origin: new HttpOrigin('api.example.com') },
        '/v2/*': { kind: EdgeKind.api(), origin: new HttpOrigin('api2.example.com') },
      },
    }));
    template.resourceCountIs('AWS::CloudFront::ResponseHeadersPolicy', 2);
    const [first, second] = config.CacheBehaviors;
    expect(first).toMatchObject({ PathPattern: '/api/*', ViewerProtocolPolicy: 'https-only' });
    expect(first.ResponseHeadersPolicyId).toEqual(second.ResponseHeadersPolicyId);
    expect(first.ResponseHeadersPolicyId).not.toEqual(config.DefaultCacheBehavior.ResponseHeadersPolicyId);
  });

  test('points each of its names to itself, IPv4 and IPv6', () => {
    const { template } = made((stack) => ({ domain: aDomain(stack, { hostedZone: aZone(stack), domainNames: ['example.com', 'www.example.com'] }) }));
    const records = Object.values(template.findResources('AWS::Route53::RecordSet')).map(({ Properties }: Json) => `${Properties.Type} ${Properties.Name}`);
    expect(records.sort()).toEqual(['A example.com.', 'A www.example.com.', 'AAAA example.com.', 'AAAA www.example.com.']);
  });

  test('takes names, zones and certificates that only the deployment knows', () => {
    const { config } = made((stack) => ({ domain: aDomain(stack, { domainNames: [Aws.STACK_NAME, Aws.STACK_ID], certificate: new Certificate(stack, 'Own', { domainName: 'a.example.com' }) }) }), {});
    expect(config.Aliases).toHaveLength(2);
  });
});

describe('the headers', () => {
  function headers(props: EdgeHeaders = {}, kind = EdgeKind.site()) {
    const { template, edge } = made(() => ({ kind, headers: props }));
    const config = only(template, 'AWS::CloudFront::ResponseHeadersPolicy').ResponseHeadersPolicyConfig;
    const custom = Object.fromEntries(config.CustomHeadersConfig.Items.map((item: Json) => [item.Header, item.Value]));
    return { security: config.SecurityHeadersConfig, custom, config, edge };
  }

  test('of a site protect its users whatever the origin says', () => {
    const { security, custom, config } = headers();
    expect(security).toEqual({
      ContentSecurityPolicy: {
        ContentSecurityPolicy: "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'", Override: true,
      },
      ContentTypeOptions: { Override: true },
      FrameOptions: { FrameOption: 'DENY', Override: true },
      ReferrerPolicy: { Override: true, ReferrerPolicy: 'strict-origin-when-cross-origin' },
      StrictTransportSecurity: { AccessControlMaxAgeSec: 63072000, IncludeSubdomains: true, Override: true, Preload: false },
    });
    expect(custom).toMatchObject({ 'Cross-Origin-Opener-Policy': 'same-origin', 'Cross-Origin-Resource-Policy': 'same-origin' });
    expect(custom['Permissions-Policy']).toContain('camera=(), ');
    expect(custom['Cache-Control']).toBeUndefined();
    expect(config.CustomHeadersConfig.Items.every((item: Json) => item.Override)).toBe(true);
    expect(config.RemoveHeadersConfig.Items.map((item: Json) => item.Header)).toContain('x-amz-server-side-encryption-aws-kms-key-id');
  });

  test('of an API let nothing be loaded and nothing be kept by browsers unless the API says so', () => {
    const { security, custom, config } = headers({}, EdgeKind.api());
    expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toBe("default-src 'none'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'");
    expect(custom['Cache-Control']).toBe('no-store');
    expect(config.CustomHeadersConfig.Items.find((item: Json) => item.Header === 'Cache-Control').Override).toBe(false);
  });

  test('open what is named, and no more', () => {
    const { security, custom } = headers({
      contentSecurityPolicy: ContentSecurityPolicy.site().with({
        connectSrc: ['https://api.example.com', 'wss://live.example.com:8443/feed'], imgSrc: ['data:', 'https://*.images.example.com'], scriptSrc: ["'sha256-AbC+/='"],
      }),
      browserFeatures: ['camera'],
      crossOriginResources: CrossOriginResources.CROSS_ORIGIN,
      popups: true,
      preload: true,
    });
    expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toBe("default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; "
      + "connect-src 'self' https://api.example.com wss://live.example.com:8443/feed; img-src 'self' data: https://*.images.example.com; script-src 'self' 'sha256-AbC+/='");
    expect(custom['Permissions-Policy']).toContain('camera=(self), ');
    expect(custom['Permissions-Policy']).toContain('microphone=(), ');
    expect(custom['Cross-Origin-Opener-Policy']).toBe('same-origin-allow-popups');
    expect(custom['Cross-Origin-Resource-Policy']).toBe('cross-origin');
    expect(security.StrictTransportSecurity.Preload).toBe(true);
  });

  test.each([
    [["'self'"], { FrameOption: 'SAMEORIGIN', Override: true }],
    [['https://portal.example.com'], undefined],
  ])('say in both ways that %j may frame the page', (frameAncestors, frameOptions) => {
    const { security } = headers({ contentSecurityPolicy: ContentSecurityPolicy.site().with({ frameAncestors }) });
    expect(security.FrameOptions).toEqual(frameOptions);
    expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toContain(`frame-ancestors ${frameAncestors[0]};`);
  });

  test('allow inline code with a reason, which is recorded', () => {
    const { security, edge } = headers({ contentSecurityPolicy: ContentSecurityPolicy.site().withUnsafe(UnsafeContent.INLINE_STYLES, 'the widget of the map needs it') });
    expect(security.ContentSecurityPolicy.ContentSecurityPolicy).toContain("style-src 'self' 'unsafe-inline'");
    expect(waiversBelow(edge)).toEqual([
      { control: "ContentSecurityPolicy[style-src 'unsafe-inline']", reason: 'the widget of the map needs it', constructPath: 'Shop/Edge' },
    ]);
  });

  test.each([
    ['*'], ['https:'], ['https://*'], ['https://*.com'], ['http://api.example.com'], ["'unsafe-inline'"], ["'unsafe-eval'"], ["'nonce-abc'"],
    ['api.example.com'], ['https://a.example.com; script-src *'], ['https://a.example.com https://b.example.com'], ['data:'], ['blob:'], [''],
  ])('fails on the source %j for scripts', (source) => {
    expect(() => headers({ contentSecurityPolicy: ContentSecurityPolicy.site().with({ scriptSrc: [source] }) })).toThrow(
      `'script-src' must be exact: 'self', an https or wss origin or path, a hash, or data: and blob: where no code comes from, got ${JSON.stringify(source)}; `
      + "write it like 'https://api.example.com', or use withUnsafe() with a reason [ContentSecurityPolicy.Source, at 'Shop/Edge']");
  });

  test.each(['', 'TODO', 'short'])('fails on the reason %j for unsafe content', (reason) => {
    expect(() => headers({ contentSecurityPolicy: ContentSecurityPolicy.site().withUnsafe(UnsafeContent.EVAL, reason) })).toThrow(
      `'script-src' must be a sentence of at least 12 characters that a reviewer can judge, got ${JSON.stringify(reason)}; `
      + "say why the page cannot do without [ContentSecurityPolicy.Reason, at 'Shop/Edge']");
  });

  test('fails on a browser feature that is none', () => {
    expect(() => headers({ browserFeatures: ['camera=*'] })).toThrow(
      /^'headers.browserFeatures' must be among accelerometer, .*, xr-spatial-tracking, got "camera=\*"; leave out what the page does not use \[EdgeHeaders.Feature, at 'Shop\/Edge'\]$/);
  });
});

describe('the web ACL', () => {
  test('is one for CloudFront that the distributions of a stack share', () => {
    const stack = testStack({ env: VIRGINIA });
    const edge = anEdge(stack);
    const other = new EdgeDistribution(stack, 'Other', { kind: EdgeKind.site(), origin: new HttpOrigin('b.example.com'), domain: aDomain(stack) });
    expect(other.webAcl).toBe(edge.webAcl);
    const template = templateOf(stack);
    const acl = only(template, 'AWS::WAFv2::WebACL');
    expect(acl.Scope).toBe('CLOUDFRONT');
    expect(acl.Rules.map((rule: Json) => rule.Name)).toContain('AWSManagedRulesSQLiRuleSet');
    expect(Object.keys(template.toJSON().Rules)).toEqual(['CheckBootstrapVersion']);
    template.hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: { WebACLId: { 'Fn::GetAtt': [Match.stringLikeRegexp('EdgeWebAcl'), 'Arn'] } } });
  });

  test('looks for no SQL injection before a site', () => {
    const { template } = made(() => ({ kind: EdgeKind.site() }));
    expect(only(template, 'AWS::WAFv2::WebACL').Rules.map((rule: Json) => rule.Name)).not.toContain('AWSManagedRulesSQLiRuleSet');
  });

  test('can be one that exists already', () => {
    const arn = 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/Shared/1111';
    const { config, edge, template } = made(() => ({ webAcl: EdgeWebAcl.fromArn(arn) }), { env: IRELAND });
    expect(config.WebACLId).toBe(arn);
    expect(edge.webAclArn).toBe(arn);
    expect(edge.webAcl).toBeUndefined();
    template.resourceCountIs('AWS::WAFv2::WebACL', 0);
  });

  test('can be one of its own, or serve a whole stack', () => {
    const { edge } = made((stack) => {
      const own = new SecureWebAcl(stack, 'Own', { webAclScope: WebAclScope.CLOUDFRONT, rateLimit: 100 });
      return { webAcl: EdgeWebAcl.of(own) };
    });
    expect(edge.webAcl!.node.path).toBe('Shop/Own');
    const stack = testStack({ env: VIRGINIA });
    StackEdgeWebAcl.use(stack, new SecureWebAcl(stack, 'Own', { webAclScope: WebAclScope.CLOUDFRONT }));
    expect(anEdge(stack).webAcl!.node.path).toBe('Shop/Own');
  });

  test('takes an ARN that only the deployment knows', () => {
    expect(made((stack) => ({ webAcl: EdgeWebAcl.fromArn(stack.stackId) })).config.WebACLId).toEqual({ Ref: 'AWS::StackId' });
  });

  test('can be left out with a reason, which is recorded', () => {
    const { config, edge } = made(() => ({ webAcl: EdgeWebAcl.off(REASON) }));
    expect(config.WebACLId).toBeUndefined();
    expect(waiversBelow(edge)).toEqual([{ control: 'Edge.webAcl', reason: REASON, constructPath: 'Shop/Edge' }]);
  });

  test('stops the deployment of a stack without a region to another one than us-east-1', () => {
    const { template } = made(undefined, {});
    const [rule] = Object.entries(template.toJSON().Rules).filter(([id]) => id !== 'CheckBootstrapVersion').map(([, value]) => value);
    expect(rule).toEqual({
      Assertions: [{
        Assert: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] },
        AssertDescription: 'The stack Shop holds a web ACL for CloudFront, which can only be made in us-east-1: deploy it there, '
          + 'or pass a web ACL made there with EdgeWebAcl.fromArn(arn).',
      }],
    });
  });

  test('fails in a stack outside of us-east-1, and names the ways out', () => {
    expect(() => made(undefined, { env: IRELAND })).toThrow(
      "'webAcl' must be given, because a web ACL for CloudFront can only be made in us-east-1 and this stack lies elsewhere, got \"eu-west-1\"; "
      + 'deploy this stack in us-east-1, or make a SecureWebAcl in a stack there and pass it with EdgeWebAcl.fromArn(arn) '
      + "[EdgeWebAcl.Region, at 'Shop/Edge']");
  });

  test('fails if it is a regional one', () => {
    const message = "'webAcl' must be a web ACL for CloudFront, got \"Shop/Acl\"; make one with webAclScope: WebAclScope.CLOUDFRONT in us-east-1 [EdgeWebAcl.Scope, at 'Shop/Edge']";
    expect(() => made((stack) => ({ webAcl: EdgeWebAcl.of(new SecureWebAcl(stack, 'Acl')) }))).toThrow(message);
    expect(() => made((stack) => { StackEdgeWebAcl.use(stack, new SecureWebAcl(stack, 'Acl')); return {}; })).toThrow(message);
  });

  test.each(['arn:aws:wafv2:eu-west-1:123456789012:regional/webacl/A/1', 'arn:aws:wafv2:us-east-1:123456789012:regional/webacl/A/1', 'A'])('fails on the ARN %s', (arn) => {
    expect(() => made(() => ({ webAcl: EdgeWebAcl.fromArn(arn) }))).toThrow(
      `'webAcl' must be the ARN of a web ACL for CloudFront, which lies in us-east-1 and is 'global', got "${arn}"; `
      + "copy it whole: '…:wafv2:us-east-1:123456789012:global/webacl/Name/id' [EdgeWebAcl.Arn, at 'Shop/Edge']");
  });

  test('of another region serves a stack by references across regions', () => {
    const virginia = testStack({ env: VIRGINIA });
    const acl = new SecureWebAcl(virginia, 'Acl', { webAclScope: WebAclScope.CLOUDFRONT });
    const ireland = new Stack(virginia.node.root as Json, 'Ireland', { env: IRELAND, crossRegionReferences: true });
    const edge = new EdgeDistribution(ireland, 'Edge', { kind: EdgeKind.api(), origin: new HttpOrigin('b.example.com'), domain: aDomain(ireland), webAcl: EdgeWebAcl.of(acl) });
    expect(edge.webAcl).toBe(acl);
    expect(edge.alarms).toStrictEqual([]);
  });
});

describe('the access logs', () => {
  test('of all distributions go into one bucket that nobody can make public', () => {
    const stack = testStack({ env: VIRGINIA });
    anEdge(stack, { webAcl: EdgeWebAcl.off(REASON) });
    const other = new EdgeDistribution(stack, 'Other', { kind: EdgeKind.site(), origin: new HttpOrigin('b.example.com'), domain: aDomain(stack) });
    expect(other.logBucket).toBe(StackEdgeLogBucket.of(stack));
    const template = templateOf(stack);
    const bucket = only(template, 'AWS::S3::Bucket');
    expect(bucket).toMatchObject({
      OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
      PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
      VersioningConfiguration: { Status: 'Enabled' },
      LifecycleConfiguration: { Rules: [{ ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 7 } }] },
    });
    expect(bucket.AccessControl).toBeUndefined();
    template.hasResource('AWS::S3::Bucket', { DeletionPolicy: 'Retain' });
    const prefixes = Object.values(template.findResources('AWS::CloudFront::Distribution')).map((one: Json) => one.Properties.DistributionConfig.Logging.Prefix);
    expect(prefixes.sort()).toEqual(['Shop/Edge/', 'Shop/Other/']);
  });

  test('go elsewhere, or nowhere with a reason', () => {
    const { config } = made((stack) => ({ accessLogs: EdgeAccessLogs.to(new Bucket(stack, 'Logs', { objectOwnership: ObjectOwnership.OBJECT_WRITER }), 'edge/') }));
    expect(config.Logging).toMatchObject({ Prefix: 'edge/' });
    const off = made(() => ({ accessLogs: EdgeAccessLogs.off('the proxy before it logs all') }));
    expect(off.config.Logging).toBeUndefined();
    expect(off.edge.logBucket).toBeUndefined();
    expect(waiversBelow(off.edge).map(({ control }) => control)).toEqual(['Edge.accessLogs']);
  });

  test('go into an imported bucket, or into the one that serves the stack', () => {
    expect(made((stack) => ({ accessLogs: EdgeAccessLogs.to(Bucket.fromBucketName(stack, 'Logs', 'logs')) })).config.Logging.Prefix).toBe('Shop/Edge/');
    const stack = testStack({ env: VIRGINIA });
    const own = new Bucket(stack, 'Own', { objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED });
    StackEdgeLogBucket.use(stack, own);
    expect(anEdge(stack).logBucket).toBe(own);
  });

  test.each([[undefined], [ObjectOwnership.BUCKET_OWNER_ENFORCED]])('fails on a bucket with the object ownership %s', (objectOwnership) => {
    expect(() => made((stack) => ({ accessLogs: EdgeAccessLogs.to(new Bucket(stack, 'Logs', { objectOwnership })) }))).toThrow(
      "'accessLogs' must name a bucket that allows access control lists, by which CloudFront gives itself the right to write, got \"Shop/Logs\"; "
      + "leave it out to use the log bucket of the stack, or set objectOwnership to BUCKET_OWNER_PREFERRED [EdgeAccessLogs.Bucket, at 'Shop/Edge']");
  });
});

describe('the alarms', () => {
  const alarmNames = ({ template }: Made) => Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties }: Json) => Properties.AlarmName.split(' ')[1]).filter((name) => name !== 'blockedSurge').sort();

  test('watch the global metrics from us-east-1', () => {
    const result = made();
    expect(alarmNames(result)).toEqual(['clientErrors', 'requestCount', 'serverErrors']);
    expect(result.edge.alarms).toHaveLength(3);
    result.template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      AlarmName: 'Shop/Edge serverErrors',
      MetricName: '5xxErrorRate',
      Namespace: 'AWS/CloudFront',
      Threshold: 1,
      EvaluationPeriods: 3,
      Dimensions: [{ Name: 'DistributionId', Value: Match.anyValue() }, { Name: 'Region', Value: 'Global' }],
    });
    expect(Object.values(result.template.findResources('AWS::CloudWatch::Alarm')).every((alarm) => alarm.Condition === undefined)).toBe(true);
  });

  test('of the sandbox profile tell of server errors', () => {
    expect(alarmNames(made(undefined, { env: VIRGINIA, profile: SecurityProfile.sandbox() }))).toEqual(['serverErrors']);
  });

  test('are tuned and switched off', () => {
    const result = made(() => ({ alarms: { clientErrors: AlarmSetting.threshold(50), requestCount: AlarmSetting.off('load tests run every day') } }));
    expect(alarmNames(result)).toEqual(['clientErrors', 'serverErrors']);
    result.template.hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: '4xxErrorRate', Threshold: 50 });
    expect(waiversBelow(result.edge).map(({ control }) => control)).toEqual(['Alarm.requestCount']);
  });

  test('of a stack without a region are made if it turns out to be us-east-1', () => {
    const { template } = made(undefined, {});
    const alarms = Object.entries(template.findResources('AWS::CloudWatch::Alarm')).filter(([id]) => id.startsWith('Edge'));
    expect(alarms).toHaveLength(3);
    for (const [, alarm] of alarms) expect(template.toJSON().Conditions[alarm.Condition]).toEqual({ 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'us-east-1'] });
  });

  const elsewhere = (alarms: EdgeDistributionProps['alarms']) => {
    const result = made(() => ({ webAcl: EdgeWebAcl.off(REASON), alarms }), { env: IRELAND });
    const warnings = result.edge.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data));
    return { ...result, warnings };
  };

  test('are missing in other regions, and a warning says so', () => {
    const { edge, warnings } = elsewhere({});
    expect(edge.alarms).toStrictEqual([]);
    expect(warnings).toEqual([
      'The distribution Shop/Edge has no alarms, because its stack is not in us-east-1, where CloudFront publishes its metrics: '
      + 'make alarms on AWS/CloudFront in a stack there, or switch them off with AlarmSetting.off(reason). [ack: Annotation::cdk-secure-serverless:EdgeAlarms]',
    ]);
  });

  test('that are all switched off need no warning', () => {
    const off = AlarmSetting.off('the central team watches it');
    const { edge, warnings } = elsewhere({ serverErrors: off, clientErrors: off, requestCount: off });
    expect(warnings).toStrictEqual([]);
    expect(waiversBelow(edge).map(({ control }) => control)).toEqual(expect.arrayContaining(['Alarm.serverErrors', 'Alarm.clientErrors', 'Alarm.requestCount']));
  });

  test('fail when they are tuned where they cannot be', () => {
    expect(() => elsewhere({ serverErrors: AlarmSetting.threshold(5) })).toThrow(
      "'alarms.serverErrors' must not be tuned in a stack outside of us-east-1, where CloudFront publishes no metrics; "
      + "deploy the stack in us-east-1, or leave it out and make the alarm in a stack there [EdgeAlarms.Region, at 'Shop/Edge']");
  });
});

describe('allowInvalidate', () => {
  test('lets a role empty this cache and no other', () => {
    const stack = testStack({ env: VIRGINIA });
    const role = new Role(stack, 'Pipeline', { assumedBy: new AccountRootPrincipal() });
    expect(anEdge(stack).allowInvalidate(role).success).toBe(true);
    expect(only(templateOf(stack), 'AWS::IAM::Policy').PolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Action: ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'],
      Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':cloudfront::123456789012:distribution/', { Ref: expect.stringMatching(/^Edge/) }]] },
    }]);
  });

  const refusal = (got: string) => "'grantee' must be a role, user or function of this account, because CloudFront has no resource policies, "
    + `got "${got}"; make a role in this account that the other may assume, and pass that [EdgeDistribution.Grantee, at 'Shop/Edge']`;

  test.each([
    ['a service', () => new ServicePrincipal('codebuild.amazonaws.com'), 'ServicePrincipal(codebuild.amazonaws.com)'],
    ['another account', () => new AccountPrincipal('210987654321'), 'AccountPrincipal(210987654321)'],
    ['a role of another account', (stack: Stack) => Role.fromRoleArn(stack, 'Other', 'arn:aws:iam::210987654321:role/Other'), 'Shop/Other'],
  ])('fails for %s', (_, principal, got) => {
    const stack = testStack({ env: VIRGINIA });
    const edge = anEdge(stack);
    expect(() => edge.allowInvalidate(principal(stack))).toThrow(refusal(got));
  });
});

describe('what only the end shows', () => {
  const errors = (change: (edge: EdgeDistribution) => void, props: Partial<EdgeDistributionProps> = {}) => {
    const stack = testStack({ env: VIRGINIA });
    const edge = anEdge(stack, props);
    change(edge);
    return edge.node.validate();
  };

  test('fails on a behavior added later that answers plain HTTP', () => {
    expect(errors(({ distribution }) => distribution.addBehavior('/old/*', new HttpOrigin('b.example.com'), { viewerProtocolPolicy: ViewerProtocolPolicy.ALLOW_ALL }))).toEqual([
      "The behavior of /old/* answers plain HTTP: set viewerProtocolPolicy to redirect-to-https or https-only [EdgeDistribution.PlainHttp, at 'Shop/Edge/Resource']",
    ]);
  });

  test.each([
    [{ protocolPolicy: OriginProtocolPolicy.HTTP_ONLY }],
    [{ protocolPolicy: OriginProtocolPolicy.MATCH_VIEWER }],
    [{ originSslProtocols: [OriginSslPolicy.TLS_V1_1, OriginSslPolicy.TLS_V1_2] }],
  ])('fails on an origin reached with %j', (weak) => {
    expect(errors(() => {}, { origin: new HttpOrigin('b.example.com', weak) })).toEqual([
      'The origin ShopEdgeOrigin1425CC4DE is reached over plain HTTP or an outdated TLS: set protocolPolicy to https-only and originSslProtocols to TLSv1.2 '
      + "[EdgeDistribution.OriginTls, at 'Shop/Edge/Resource']",
    ]);
  });

  test('fails on an origin that leaves open which TLS it takes', () => {
    class Open extends HttpOrigin {
      protected renderCustomOriginConfig() {
        return { originProtocolPolicy: OriginProtocolPolicy.HTTPS_ONLY };
      }
    }
    expect(errors(() => {}, { origin: new Open('b.example.com') })).toEqual([expect.stringMatching(/^The origin ShopEdgeOrigin1425CC4DE is reached over plain HTTP or an outdated TLS/)]);
  });

  test('is content with the defaults, and with a bucket beside them', () => {
    expect(errors(() => {})).toStrictEqual([]);
    expect(errors(({ distribution }) => distribution.addBehavior('/files/*', S3BucketOrigin.withOriginAccessControl(new Bucket(distribution, 'Files')), {
      viewerProtocolPolicy: ViewerProtocolPolicy.HTTPS_ONLY,
    }))).toStrictEqual([]);
  });
});

describe('refusals', () => {
  const refused = (props: (stack: Stack) => Partial<EdgeDistributionProps>, options?: TestAppOptions) => () => made(props, options);
  const certificate = (stack: Stack, region: string) => Certificate.fromCertificateArn(stack, 'Elsewhere', `arn:aws:acm:${region}:123456789012:certificate/1`);

  test.each([['production', SecurityProfile.production], ['regulated', SecurityProfile.regulated]])('fails without a domain in the profile %s', (_, profile) => {
    expect(refused(() => ({ domain: undefined }), { env: VIRGINIA, profile: profile() })).toThrow(
      "'domain' must be given, because CloudFront speaks TLS 1.0 under the name that it makes up itself; "
      + "pass EdgeDomain.custom({ domainNames, certificate }), or EdgeDomain.generated(reason) [EdgeDomain.Required, at 'Shop/Edge']");
  });

  test.each([
    [[], "must hold at least one name, got []; write it like ['shop.example.com']"],
    [['Shop.Example.com'], 'must be domain names in lower case, got "Shop.Example.com"; write them like \'shop.example.com\''],
    [['https://shop.example.com'], 'must be domain names in lower case, got "https://shop.example.com"; write them like \'shop.example.com\''],
    [['shop'], 'must be domain names in lower case, got "shop"; write them like \'shop.example.com\''],
  ])('fails on the names %j', (domainNames, message) => {
    expect(refused((stack) => ({ domain: aDomain(stack, { domainNames }) }))).toThrow(`'domain.domainNames' ${message} [EdgeDomain.Name, at 'Shop/Edge']`);
  });

  test('fails on a name outside of the zone', () => {
    expect(refused((stack) => ({ domain: aDomain(stack, { hostedZone: aZone(stack), domainNames: ['shop.example.org'] }) }))).toThrow(
      "'domain.hostedZone' must hold the name shop.example.org, got \"example.com\"; pass the zone of that name, or leave it out and make the record yourself "
      + "[EdgeDomain.HostedZone, at 'Shop/Edge']");
  });

  test.each([
    ['by its ARN', (stack: Stack) => certificate(stack, 'eu-west-1')],
    ['of a stack', (stack: Stack) => new Certificate(stack, 'Own', { domainName: 'shop.example.com' })],
  ])('fails on a certificate of another region, %s', (_, make) => {
    expect(refused((stack) => ({ domain: aDomain(stack, { certificate: make(stack) }), webAcl: EdgeWebAcl.off(REASON) }), { env: IRELAND })).toThrow(
      "'domain.certificate' must lie in us-east-1, the only region from which CloudFront takes certificates, got \"eu-west-1\"; "
      + "request one for these names in us-east-1, and import it with Certificate.fromCertificateArn() [EdgeDomain.Certificate, at 'Shop/Edge']");
  });

  test.each([['EdgeDomain', 'domain', 'say why this distribution may do without a name of its own', { domain: EdgeDomain.generated('todo') }],
    ['EdgeWebAcl', 'webAcl', 'say why this distribution may do without', { webAcl: EdgeWebAcl.off('todo') }],
    ['EdgeAccessLogs', 'accessLogs', 'say why nobody needs to know', { accessLogs: EdgeAccessLogs.off('todo') }]])('fails on a reason that says nothing for %s', (owner, prop, fix, props) => {
    expect(refused(() => props)).toThrow(
      `'${prop}' must be a sentence of at least 12 characters that a reviewer can judge, got "todo"; ${fix} [${owner}.Reason, at 'Shop/Edge']`);
  });

  test.each([
    ['originRequestPolicy', { caching: EdgeCaching.files(), originRequestPolicy: OriginRequestPolicy.ALL_VIEWER }],
    ["additionalBehaviors['/x/*'].originRequestPolicy", {
      additionalBehaviors: { '/x/*': { kind: EdgeKind.site(), origin: new HttpOrigin('x.example.com'), originRequestPolicy: OriginRequestPolicy.ALL_VIEWER } },
    }],
  ])('fails on %s beside a cache', (prop, props) => {
    expect(refused(() => props)).toThrow(
      `'${prop}' must not go with a cache, which would answer one viewer with what was made for another; `
      + "use EdgeCaching.off(), or name what the origin needs in the policy of EdgeCaching.by(policy) [EdgeDistribution.Forwarding, at 'Shop/Edge']");
  });

  test.each([[['de'], '"de"'], [['DE', 'DEU'], '"DEU"'], [[], '[]']])('fails on the countries %j', (countries, got) => {
    expect(refused(() => ({ countries: GeoRule.allowOnly(countries) }))).toThrow(
      `'countries' must name countries by two capital letters (ISO 3166-1 alpha-2), got ${got}; write them like 'DE' [EdgeDistribution.Country, at 'Shop/Edge']`);
  });

  test('fails in the regulated profile when nobody said which countries are served, and takes all of them with a reason', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    expect(() => anEdge(stack, { countries: undefined })).toThrow(
      "'countries' must be given in this profile; name them with GeoRule.allowOnly(['DE']), or say GeoRule.everywhere(reason) [EdgeDistribution.CountriesRequired, at 'Shop/Edge']");
    expect(() => anEdge(testStack(), { countries: GeoRule.everywhere('all') })).toThrow(
      "'countries' must be a sentence of at least 12 characters that a reviewer can judge, got \"all\"; say why requests may come from all countries [EdgeDistribution.CountriesReason, at 'Shop/Edge']");
    const edge = anEdge(stack, { countries: GeoRule.everywhere('the shop has customers in all countries') });
    expect(waiversBelow(edge)).toContainEqual({ constructPath: 'Shop/Edge', control: 'Edge.countries', reason: 'the shop has customers in all countries' });
    templateOf(stack).hasResourceProperties('AWS::CloudFront::Distribution', { DistributionConfig: { Restrictions: Match.absent() } });
  });

  test('fails on an error that shall look fine', () => {
    expect(refused(() => ({ errorResponses: [{ httpStatus: 403, responseHttpStatus: 200, responsePagePath: '/index.html' }] }))).toThrow(
      "'errorResponses.responseHttpStatus' must be an error, because any other status hides blocked and failing requests, got 200; "
      + "for a page that is one script rewrite paths with a viewerRequest function, as WebsiteFallback.singlePage() does [EdgeDistribution.ErrorResponse, at 'Shop/Edge']");
  });

  test('leave nothing behind', () => {
    const stack = testStack({ env: VIRGINIA });
    expect(() => anEdge(stack, { webAcl: EdgeWebAcl.off('todo') })).toThrow('EdgeWebAcl.Reason');
    expect(stack.node.tryFindChild('Edge')).toBeUndefined();
    templateOf(stack).resourceCountIs('AWS::CloudFront::Distribution', 0);
  });
});

describe('whatever is chosen', () => {
  const text = fc.constantFrom('todo', 'a sentence that a reviewer can judge');
  const choices = fc.record({
    kind: fc.constantFrom(EdgeKind.site, EdgeKind.api),
    other: fc.option(fc.constantFrom(EdgeKind.site, EdgeKind.api), { nil: undefined }),
    domain: fc.oneof(fc.constant('custom' as const), fc.constant(undefined), text.map((reason) => ({ reason }))),
    webAcl: fc.oneof(fc.constant(undefined), text.map((reason) => ({ reason }))),
    accessLogs: fc.oneof(fc.constant(undefined), text.map((reason) => ({ reason }))),
    caching: fc.constantFrom(undefined, EdgeCaching.off(), EdgeCaching.files(), EdgeCaching.by(CachePolicy.AMPLIFY)),
    forwarded: fc.constantFrom(undefined, OriginRequestPolicy.ALL_VIEWER),
    source: fc.constantFrom(undefined, '*', "'self'", 'https://cdn.example.com', "'unsafe-inline'", 'data:'),
    unsafe: fc.option(text, { nil: undefined }),
    countries: fc.constantFrom(undefined, GeoRule.block(['FR']), GeoRule.allowOnly(['de'])),
  });

  test.each(PROFILES)('no control is missing without a reason in the profile %s', (name, profile) => {
    fc.assert(fc.property(choices, (chosen) => {
      const stack = testStack({ profile: profile(), env: VIRGINIA });
      let policy = (chosen.kind().name === 'site' ? ContentSecurityPolicy.site() : ContentSecurityPolicy.nothing()).with({ scriptSrc: [chosen.source ?? []].flat() });
      if (chosen.unsafe !== undefined) policy = policy.withUnsafe(UnsafeContent.INLINE_SCRIPTS, chosen.unsafe);
      let edge: EdgeDistribution;
      try {
        edge = new EdgeDistribution(stack, 'Edge', {
          kind: chosen.kind(),
          origin: new HttpOrigin('a.example.com'),
          additionalBehaviors: chosen.other && { '/other/*': { kind: chosen.other(), origin: new HttpOrigin('b.example.com') } },
          domain: chosen.domain === 'custom' ? aDomain(stack) : chosen.domain && EdgeDomain.generated(chosen.domain.reason),
          webAcl: chosen.webAcl && EdgeWebAcl.off(chosen.webAcl.reason),
          accessLogs: chosen.accessLogs && EdgeAccessLogs.off(chosen.accessLogs.reason),
          caching: chosen.caching,
          originRequestPolicy: chosen.forwarded,
          headers: { contentSecurityPolicy: policy },
          countries: chosen.countries,
        });
      } catch (error) {
        expect((error as Error).name).toBe('ConfigurationError');
        return;
      }
      const template = templateOf(stack);
      const config = only(template, 'AWS::CloudFront::Distribution').DistributionConfig;
      const waived = waiversBelow(edge).map(({ control }) => control);
      const sandbox = name === 'sandbox';
      for (const behavior of [config.DefaultCacheBehavior, ...config.CacheBehaviors ?? []]) {
        expect(['https-only', 'redirect-to-https']).toContain(behavior.ViewerProtocolPolicy);
        expect(behavior.ResponseHeadersPolicyId).toBeDefined();
        if (behavior.OriginRequestPolicyId !== undefined) expect(behavior.CachePolicyId).toBe(CachePolicy.CACHING_DISABLED.cachePolicyId);
      }
      expect(config.ViewerCertificate?.MinimumProtocolVersion === 'TLSv1.2_2021' || sandbox || waived.includes('Edge.domain')).toBe(true);
      expect(config.WebACLId !== undefined || sandbox || waived.includes('Edge.webAcl')).toBe(true);
      expect(config.Logging !== undefined || waived.includes('Edge.accessLogs')).toBe(true);
      for (const { Properties } of Object.values(template.findResources('AWS::CloudFront::ResponseHeadersPolicy')) as Json[]) {
        const content = Properties.ResponseHeadersPolicyConfig.SecurityHeadersConfig.ContentSecurityPolicy.ContentSecurityPolicy;
        expect(content).not.toMatch(/ \*|'unsafe-eval'/);
        expect(!content.includes("'unsafe-inline'") || waived.includes("ContentSecurityPolicy[script-src 'unsafe-inline']")).toBe(true);
      }
    }), { numRuns: 60 });
  });
});

test('what CloudFront keeps for the account is named by region, so that one stack can be deployed to several', () => {
  const namesIn = (region: string | undefined) => {
    const { template } = made(() => ({ webAcl: EdgeWebAcl.off(REASON), additionalBehaviors: { '/*': { kind: EdgeKind.site(), origin: new HttpOrigin('a.example.com') } } }), { env: { region } });
    return Object.values(template.findResources('AWS::CloudFront::ResponseHeadersPolicy')).map((one: Json) => one.Properties.ResponseHeadersPolicyConfig.Name);
  };
  const names = [...namesIn('us-east-1'), ...namesIn('eu-west-1')];
  expect(new Set(names).size).toBe(4);
  expect(names.every((name) => /^Shop-Edge-[A-Za-z0-9-]+-(us-east-1|eu-west-1)$/.test(name))).toBe(true);
  expect(namesIn(undefined).map((name) => name['Fn::Join'][1][1])).toEqual([{ Ref: 'AWS::Region' }, { Ref: 'AWS::Region' }]);
});

test('fails on a content policy that is longer than CloudFront takes', () => {
  const policy = (hosts: number) => ContentSecurityPolicy.site().with({ connectSrc: Array.from({ length: hosts }, (_, at) => `https://service-${at + 100}.example.com`) });
  expect(policy(51)._render().length).toBeLessThanOrEqual(1783);
  made(() => ({ kind: EdgeKind.site(), headers: { contentSecurityPolicy: policy(51) } }));
  expect(() => made(() => ({ kind: EdgeKind.site(), headers: { contentSecurityPolicy: policy(60) } }))).toThrow(
    "'headers.contentSecurityPolicy' must have at most 1783 characters, which is what CloudFront takes, "
    + `got "${policy(60)._render().length} characters"; name domains with one wildcard, such as https://*.example.com, in place of many hosts `
    + "[ContentSecurityPolicy.Length, at 'Shop/Edge']");
});
