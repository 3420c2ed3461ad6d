import { runInNewContext } from 'vm';
import { App, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { AccountRootPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { ContentSecurityPolicy } from '../../src/edge/content-security-policy';
import { EdgeAccessLogs } from '../../src/edge/edge-access-logs';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { EdgeKind } from '../../src/edge/edge-kind';
import { EdgeWebAcl } from '../../src/edge/edge-web-acl';
import { BucketRemoval } from '../../src/storage/bucket-removal';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { GeoRule } from '../../src/waf/geo-rule';
import { SecureWebsite } from '../../src/website/secure-website';
import { SecureWebsiteProps } from '../../src/website/secure-website-props';
import { FOLDER_INDEX_CODE, SINGLE_PAGE_CODE } from '../../src/website/website-baseline';
import { WebsiteFallback } from '../../src/website/website-fallback';
import { aDomain, demandedCountries } from '../edge/audit-cases';
import { Json, line, only } from '../support/api';
import { PROFILES, RECOMMENDED_FLAGS, templateOf, TestAppOptions, testStack } from '../support/apps';

const VIRGINIA = { account: '123456789012', region: 'us-east-1' };

interface Made { readonly stack: Stack; readonly site: SecureWebsite; readonly template: Template; readonly config: Json }

function made(props: (stack: Stack) => SecureWebsiteProps = () => ({}), options: TestAppOptions = { env: VIRGINIA }): Made {
  const stack = testStack(options);
  const site = new SecureWebsite(stack, 'Site', { domain: aDomain(stack), ...props(stack) });
  const template = templateOf(stack);
  return { stack, site, template, config: only(template, 'AWS::CloudFront::Distribution').DistributionConfig };
}

/** What the policy of the key that encrypts the files says about CloudFront. */
function keyStatements(template: Template): Json[] {
  return Object.values(template.findResources('AWS::KMS::Key'))
    .flatMap(({ Properties }: Json) => Properties.KeyPolicy.Statement).filter((one: Json) => one.Principal?.Service === 'cloudfront.amazonaws.com');
}

describe('the files', () => {
  test('lie in a closed, encrypted bucket that is no website of S3', () => {
    const { template, stack, site } = made();
    const bucket = template.toJSON().Resources[stack.getLogicalId(site.bucket.node.defaultChild as Json)].Properties;
    expect(bucket.BucketEncryption.ServerSideEncryptionConfiguration[0])
      .toMatchObject({ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms' } });
    expect(Object.values(bucket.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
    expect(bucket.WebsiteConfiguration).toBeUndefined();
  });

  test('are read by this distribution alone, which signs each request', () => {
    const { config, template } = made();
    expect(only(template, 'AWS::CloudFront::OriginAccessControl').OriginAccessControlConfig).toMatchObject({
      OriginAccessControlOriginType: 's3', SigningBehavior: 'always', SigningProtocol: 'sigv4',
    });
    expect(config.Origins).toEqual([expect.objectContaining({
      OriginAccessControlId: { 'Fn::GetAtt': [expect.stringContaining('OriginAccess'), 'Id'] },
      S3OriginConfig: { OriginAccessIdentity: '' },
      DomainName: { 'Fn::GetAtt': [expect.stringContaining('Files'), 'RegionalDomainName'] },
    })]);
    const statements = Object.values(template.findResources('AWS::S3::BucketPolicy'))
      .flatMap(({ Properties }: Json) => Properties.PolicyDocument.Statement).filter((one: Json) => one.Principal.Service === 'cloudfront.amazonaws.com');
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ Sid: 'CloudFrontReads', Effect: 'Allow', Action: 's3:GetObject' });
    expect(line(statements[0].Resource)).toMatch(/^<SiteFiles\w+\.Arn>\/\*$/);
    expect(line(statements[0].Condition.StringEquals['aws:SourceArn'])).toMatch(/^arn:<AWS::Partition>:cloudfront::123456789012:distribution\/<SiteEdge\w+>$/);
  });

  test('are decrypted for distributions of this account, once for all websites of a stack', () => {
    const stack = testStack({ env: VIRGINIA });
    new SecureWebsite(stack, 'Site', { domain: aDomain(stack) });
    new SecureWebsite(stack, 'Other', { domain: aDomain(stack) });
    const statements = keyStatements(templateOf(stack));
    expect(statements).toHaveLength(1);
    expect(statements[0]).toMatchObject({ Sid: 'CloudFrontReads', Effect: 'Allow', Action: 'kms:Decrypt' });
    expect(Object.keys(statements[0].Condition)).toEqual(['ArnLike']);
    expect(line(statements[0].Condition.ArnLike['aws:SourceArn'])).toBe('arn:<AWS::Partition>:cloudfront::123456789012:distribution/*');
  });

  test('have a key of their own, or none in the sandbox profile', () => {
    const own = made((stack) => ({ encryptionKey: new Key(stack, 'Key') }));
    expect(keyStatements(own.template)).toHaveLength(1);
    expect(own.site.bucket.encryptionKey!.node.path).toBe('Shop/Key');
    const sandbox = made(undefined, { env: VIRGINIA, profile: SecurityProfile.sandbox() });
    sandbox.template.resourceCountIs('AWS::KMS::Key', 0);
  });

  test('with an imported key need its owner, and a warning says so', () => {
    const { site } = made((stack) => ({ encryptionKey: Key.fromKeyArn(stack, 'Key', 'arn:aws:kms:us-east-1:123456789012:key/1') }));
    expect(site.node.metadata.filter(({ type }) => type === 'aws:cdk:warning').map(({ data }) => String(data))).toEqual([
      expect.stringContaining('it must let cloudfront.amazonaws.com use the key'),
    ]);
  });

  test('may lie in a bucket made beside the site', () => {
    const { site, template } = made((stack) => ({ bucket: new SecureBucket(stack, 'Mine', { removal: BucketRemoval.destroy('the pipeline can bring all files again') }) }));
    expect(site.bucket.node.path).toBe('Shop/Mine');
    expect(Object.keys(template.findResources('AWS::S3::Bucket')).filter((id) => id.startsWith('SiteFiles'))).toStrictEqual([]);
  });

  test.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('make no circular template with %s', (_, flags) => {
    for (const [, profile] of PROFILES) {
      const stack = testStack({ profile: profile(), flags });
      const site = new SecureWebsite(stack, 'Site', { domain: aDomain(stack), countries: demandedCountries(stack) });
      site.allowDeploy(new Role(stack, 'Pipeline', { assumedBy: new AccountRootPrincipal() }));
      const nested = new NestedStack(stack, 'Nested');
      new SecureWebsite(nested, 'Site', { domain: aDomain(stack), countries: demandedCountries(stack) });
      for (const one of [stack, nested]) expect(() => Template.fromStack(one)).not.toThrow(); // refuses cycles
    }
  });
});

describe('the front', () => {
  test('is a distribution for a site, and all that can be chosen about it reaches it', () => {
    const { config, site, template } = made((stack) => ({
      webAcl: EdgeWebAcl.off('the partner runs one before it'),
      countries: GeoRule.allowOnly(['DE']),
      headers: { contentSecurityPolicy: ContentSecurityPolicy.site().with({ connectSrc: ['https://api.example.com'] }) },
      accessLogs: EdgeAccessLogs.off('the partner logs all requests'),
      additionalMetrics: true,
      additionalBehaviors: { '/api/*': { kind: EdgeKind.api(), origin: new HttpOrigin('api.example.com') } },
      domain: aDomain(stack, { domainNames: ['www.example.com'] }),
    }));
    expect(site.url).toBe('https://www.example.com/');
    expect(site.distribution).toBe(site.edge.distribution);
    expect(config).toMatchObject({
      Aliases: ['www.example.com'],
      DefaultRootObject: 'index.html',
      Restrictions: { GeoRestriction: { Locations: ['DE'] } },
      DefaultCacheBehavior: { ViewerProtocolPolicy: 'redirect-to-https', AllowedMethods: ['GET', 'HEAD'] },
      CacheBehaviors: [{ PathPattern: '/api/*' }],
    });
    expect(config.WebACLId).toBeUndefined();
    expect(config.Logging).toBeUndefined();
    expect(JSON.stringify(template.findResources('AWS::CloudFront::ResponseHeadersPolicy'))).toContain("connect-src 'self' https://api.example.com");
    template.resourceCountIs('AWS::CloudFront::MonitoringSubscription', 1);
  });

  test('has a web ACL, logs and alarms without being asked', () => {
    const { site, config } = made();
    expect(site.edge.webAcl).toBeDefined();
    expect(config.Logging.Prefix).toBe('Shop/Site/Edge/');
    expect(site.edge.alarms).toHaveLength(3);
  });

  test('needs no name in the sandbox profile', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    expect(new SecureWebsite(stack, 'Site').url).toMatch(/^https:\/\/\$\{Token\[.*\]\}\/$/);
  });
});

describe('paths without a file', () => {
  const rewritten = (code: string, uri: string) => runInNewContext(`${code}; handler({ request: { uri: ${JSON.stringify(uri)}, method: 'GET' } })`).uri;

  test.each([
    ['/', '/index.html', '/index.html'],
    ['/about', '/about/index.html', '/index.html'],
    ['/about/', '/about/index.html', '/index.html'],
    ['/a.b/c', '/a.b/c/index.html', '/index.html'],
    ['/app.js', '/app.js', '/app.js'],
    ['/img/logo.svg', '/img/logo.svg', '/img/logo.svg'],
    ['/.well-known/apple-app-site-association', '/.well-known/apple-app-site-association', '/.well-known/apple-app-site-association'],
  ])('%s is answered with %s in folders and with %s in a single page', (uri, folder, single) => {
    expect(rewritten(FOLDER_INDEX_CODE, uri)).toBe(folder);
    expect(rewritten(SINGLE_PAGE_CODE, uri)).toBe(single);
  });

  test.each([
    ['folders', undefined, FOLDER_INDEX_CODE],
    ['a single page', WebsiteFallback.singlePage(), SINGLE_PAGE_CODE],
  ])('are rewritten before the cache for %s', (_, fallback, code) => {
    const { config, template } = made(() => ({ fallback }));
    expect(config.DefaultCacheBehavior.FunctionAssociations).toEqual([{ EventType: 'viewer-request', FunctionARN: expect.anything() }]);
    expect(only(template, 'AWS::CloudFront::Function')).toMatchObject({ FunctionCode: code, FunctionConfig: { Runtime: 'cloudfront-js-2.0' }, AutoPublish: true });
    expect(config.CustomErrorResponses).toBeUndefined();
  });

  test('stay as they are without a fallback', () => {
    const { config, template } = made(() => ({ fallback: WebsiteFallback.none() }));
    template.resourceCountIs('AWS::CloudFront::Function', 0);
    expect(config.DefaultCacheBehavior.FunctionAssociations).toBeUndefined();
  });

  test('get a page of their own with status 404', () => {
    expect(made(() => ({ notFoundPage: '/404.html' })).config.CustomErrorResponses).toEqual([
      { ErrorCode: 403, ResponseCode: 404, ResponsePagePath: '/404.html' }, { ErrorCode: 404, ResponseCode: 404, ResponsePagePath: '/404.html' },
    ]);
  });
});

describe('allowDeploy', () => {
  test('lets a pipeline put, delete and list files and empty the cache, and nothing else', () => {
    const stack = testStack({ env: VIRGINIA });
    const role = new Role(stack, 'Pipeline', { assumedBy: new AccountRootPrincipal() });
    expect(new SecureWebsite(stack, 'Site', { domain: aDomain(stack) }).allowDeploy(role).success).toBe(true);
    const { Statement } = only(templateOf(stack), 'AWS::IAM::Policy').PolicyDocument;
    expect(Statement.flatMap((one: Json) => one.Action).sort()).toEqual([
      'cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation', 'kms:Decrypt', 'kms:GenerateDataKey',
      's3:AbortMultipartUpload', 's3:DeleteObject', 's3:ListBucket', 's3:PutObject',
    ]);
    expect(Statement.every((one: Json) => line([one.Resource].flat()[0]) !== '*')).toBe(true);
  });

  test('fails for a service', () => {
    const { site } = made();
    expect(() => site.allowDeploy(new ServicePrincipal('codebuild.amazonaws.com'))).toThrow(
      "'grantee' must be a role, user or function of this account, because CloudFront has no resource policies, got \"ServicePrincipal(codebuild.amazonaws.com)\"; "
      + "make a role in this account that the other may assume, and pass that [EdgeDistribution.Grantee, at 'Shop/Site/Edge']");
  });
});

describe('refusals', () => {
  test('fails on a bucket of another stack', () => {
    const stack = testStack({ env: VIRGINIA });
    const other = new Stack(stack.node.root as App, 'Files', { env: VIRGINIA });
    expect(() => new SecureWebsite(stack, 'Site', { domain: aDomain(stack), bucket: new SecureBucket(other, 'Bucket') })).toThrow(
      "'bucket' must belong to the stack of the website: its policy names the distribution, and the distribution the bucket, got \"Files/Bucket\"; "
      + "make it in the same stack, or leave it out [SecureWebsite.Bucket, at 'Shop/Site']");
  });

  test('fails on a bucket with a key beside it', () => {
    expect(() => made((stack) => ({ bucket: new SecureBucket(stack, 'Mine'), encryptionKey: new Key(stack, 'Key') }))).toThrow(
      "'encryptionKey' must not go with 'bucket', which has its own; give the key to the SecureBucket [SecureWebsite.Bucket, at 'Shop/Site']");
  });

  test.each(['404.html', '/', '/404/', '/404.html?x', '/*'])('fails on the page %s', (notFoundPage) => {
    expect(() => made(() => ({ notFoundPage }))).toThrow(
      `'notFoundPage' must be the path of a file, beginning with a slash, got "${notFoundPage}"; write it like '/404.html' [SecureWebsite.NotFoundPage, at 'Shop/Site']`);
  });

  test('fails on a page that callers of an API would get', () => {
    expect(() => made(() => ({
      notFoundPage: '/404.html', additionalBehaviors: { '/api/*': { kind: EdgeKind.api(), origin: new HttpOrigin('api.example.com') } },
    }))).toThrow("'notFoundPage' must not go with the behavior of an API, because CloudFront would give the page to its callers as well, got \"/api/*\"; "
      + "leave one of them out, or give the API a distribution of its own [SecureWebsite.NotFoundPage, at 'Shop/Site']");
  });

  test('fails as the distribution does, before anything is made', () => {
    const stack = testStack({ env: VIRGINIA });
    expect(() => new SecureWebsite(stack, 'Site')).toThrow(
      "'domain' must be given, because CloudFront speaks TLS 1.0 under the name that it makes up itself; "
      + "pass EdgeDomain.custom({ domainNames, certificate }), or EdgeDomain.generated(reason) [EdgeDomain.Required, at 'Shop/Site']");
    expect(() => new SecureWebsite(stack, 'Site', { domain: EdgeDomain.generated('todo') })).toThrow('EdgeDomain.Reason');
    expect(Object.keys(templateOf(stack).toJSON().Resources ?? {})).toStrictEqual([]);
  });
});

test('the origin access control is named by region, so that one stack can be deployed to several', () => {
  const nameIn = (region: string) => only(made(() => ({ webAcl: EdgeWebAcl.off('an internal tool for three people') }), { env: { region } }).template, 'AWS::CloudFront::OriginAccessControl')
    .OriginAccessControlConfig.Name;
  expect(nameIn('us-east-1')).toMatch(/^Shop-Site-[0-9A-F]{8}-us-east-1$/);
  expect(nameIn('eu-west-1')).toMatch(/^Shop-Site-[0-9A-F]{8}-eu-west-1$/);
});
