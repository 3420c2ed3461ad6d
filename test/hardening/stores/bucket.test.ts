import { Aws, NestedStack, PropertyInjectors, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { CfnDistribution, Distribution, OriginAccessIdentity, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Trail } from 'aws-cdk-lib/aws-cloudtrail';
import { AnyPrincipal, CanonicalUserPrincipal, Effect as StatementEffect, PolicyStatement, PolicyStatementProps, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { BlockPublicAccess, Bucket, BucketAccessControl, BucketEncryption, BucketPolicy, BucketProps, CfnBucket, CfnBucketPolicy, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { StackAccessLogBucket } from '../../../src/storage/stack-access-log-bucket';
import { findingsOf, PRODUCTION_PACKS, RECOMMENDED_FLAGS, testStack, unexplained } from '../../support/apps';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, outcomesAt, propertiesOf } from '../support/hardened';

const BLOCKS = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };

describe.each(Object.keys(BLOCKS))('the public-access block %s', (name) => {
  const field = `${name[0].toLowerCase()}${name.slice(1)}`;
  fourCases(name, {
    property: `PublicAccessBlockConfiguration.${name}`,
    make: (stack, value) => new CfnBucket(stack, 'Receipts', { publicAccessBlockConfiguration: value === undefined ? undefined : { [field]: value } }),
    secure: true,
    safe: true,
    unsafe: false,
    replaced: true,
  });
});

fourCases('versions of objects', {
  property: 'VersioningConfiguration.Status',
  make: (stack, value) => new CfnBucket(stack, 'Receipts', { versioningConfiguration: value === undefined ? undefined : { status: value as string } }),
  secure: 'Enabled',
  safe: 'Enabled',
  unsafe: 'Suspended',
  replaced: false,
});

const resourceOf = (bucket: Bucket) => bucket.node.defaultChild as CfnBucket;
const bucketOf = (stack: Stack, props: BucketProps = {}, id = 'Receipts') => resourceOf(new Bucket(stack, id, props));
const policiesOf = (stack: Stack, bucket: CfnBucket) => Object.values(Template.fromStack(stack).findResources('AWS::S3::BucketPolicy', {
  Properties: { Bucket: { Ref: stack.getLogicalId(bucket) } },
})).map(({ Properties }) => Properties.PolicyDocument.Statement);

describe('a bucket', () => {
  test.each([['no flags', {}], ['recommended flags', RECOMMENDED_FLAGS]])('is closed, versioned, logged and spoken to over TLS, with %s', (_, flags) => {
    const stack = hardenedStack({}, flags);
    const bucket = bucketOf(stack);
    const id = stack.getLogicalId(bucket);
    expect(propertiesOf(bucket)).toEqual({
      LifecycleConfiguration: {
        Rules: [{
          Id: 'HardenedCleanUp',
          Status: 'Enabled',
          AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          ExpiredObjectDeleteMarker: true,
          NoncurrentVersionExpiration: { NoncurrentDays: 90 },
        }],
      },
      LoggingConfiguration: { DestinationBucketName: { Ref: expect.stringMatching(/^SharedSecurityAccessLogBucket/) }, LogFilePrefix: 'Shop/Receipts/' },
      PublicAccessBlockConfiguration: BLOCKS,
      VersioningConfiguration: { Status: 'Enabled' },
    });
    expect(policiesOf(stack, bucket)).toEqual([[{
      Sid: 'OnlyOverTls',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: 's3:*',
      Resource: [{ 'Fn::GetAtt': [id, 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [id, 'Arn'] }, '/*']] }],
      Condition: { Bool: { 'aws:SecureTransport': 'false' } },
    }]]);
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Principal: { Service: 'logging.s3.amazonaws.com' },
          Action: 's3:PutObject',
          Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.stringLikeRegexp('^SharedSecurityAccessLogBucket'), 'Arn'] }, '/Shop/Receipts/*']] },
          Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [id, 'Arn'] } } },
        }]),
      },
    });
  });

  test('gets a policy that names it by its id where a subclass tells another name, as one in Python may', () => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Named', { bucketName: `named-${Aws.REGION}` });
    Object.defineProperty(bucket, 'bucketName', { value: `named-${Aws.REGION}` });
    expect(policiesOf(stack, resourceOf(bucket))).toHaveLength(1);
    expect(unexplained(findingsOf(stack, PRODUCTION_PACKS())).filter((line) => line.startsWith('AwsSolutions-S10'))).toStrictEqual([]);
  });

  test('of a nested stack logs into the bucket of the stack around it', () => {
    const stack = hardenedStack();
    const bucket = bucketOf(new NestedStack(stack, 'Nested') as unknown as Stack);
    expect(propertiesOf(bucket).LoggingConfiguration.DestinationBucketName).toEqual({ Ref: expect.stringMatching(/^referencetoShopSharedSecurityAccessLogBucket/) });
    Template.fromStack(stack).resourceCountIs('AWS::S3::Bucket', 1);
  });

  test('keeps old versions for a week where the profile lets data go', () => {
    const stack = hardenedStack({ profile: SecurityProfile.sandbox() });
    const bucket = bucketOf(stack, { removalPolicy: RemovalPolicy.DESTROY, autoDeleteObjects: true });
    expect(propertiesOf(bucket).LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 7 });
  });

  test('loses no old version that its author keeps', () => {
    const stack = hardenedStack();
    expect(propertiesOf(bucketOf(stack, { versioned: true })).LifecycleConfiguration.Rules).toEqual([
      { Id: 'HardenedCleanUp', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } },
    ]);
  });

  test('keeps the lifecycle rules of its author, and learns one more', () => {
    const stack = hardenedStack();
    const bucket = bucketOf(stack, { lifecycleRules: [{ id: 'Mine', prefix: 'tmp/', expiredObjectDeleteMarker: true }] });
    expect(propertiesOf(bucket).LifecycleConfiguration.Rules.map(({ Id }: { Id: string }) => Id)).toEqual(['Mine', 'HardenedCleanUp']);
  });

  test('that says who owns its objects keeps saying so', () => {
    const stack = hardenedStack({ strict: true });
    const bucket = bucketOf(stack, { objectOwnership: ObjectOwnership.OBJECT_WRITER });
    expect(propertiesOf(bucket).OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
    expect(outcomesAt(stack, 'Shop/Receipts').OwnershipControls).toBe('kept');
  });

  test('whose author opened some of the blocks keeps them open, unless strict hardening closes them', () => {
    const blocks = (strict: boolean) => (
      propertiesOf(bucketOf(hardenedStack({ strict }), { blockPublicAccess: BlockPublicAccess.BLOCK_ACLS })).PublicAccessBlockConfiguration);
    expect(blocks(true)).toEqual(BLOCKS);
    expect(blocks(false)).toMatchObject({ BlockPublicAcls: true, IgnorePublicAcls: true });
    expect(blocks(false)).not.toEqual(BLOCKS);
  });
});

describe('what its author opened to everybody', () => {
  const open = { blockPublicPolicy: false, blockPublicAcls: false, ignorePublicAcls: false, restrictPublicBuckets: false };
  const websiteStatement = new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['s3:GetObject'], resources: ['*'] });

  test.each([
    ['as a website', { websiteIndexDocument: 'index.html' }],
    ['by its access control list', { accessControl: BucketAccessControl.PUBLIC_READ, objectOwnership: ObjectOwnership.OBJECT_WRITER }],
  ])('%s stays open, strictly too', (_, props) => {
    const stack = hardenedStack({ strict: true });
    const bucket = bucketOf(stack, { ...props, blockPublicAccess: new BlockPublicAccess(open) });
    expect(Object.values(propertiesOf(bucket).PublicAccessBlockConfiguration)).not.toContain(true);
    expect(outcomesAt(stack, 'Shop/Receipts').PublicAccessBlockConfiguration).toBe('kept');
  });

  test('by its policy stays open', () => {
    const stack = hardenedStack({ strict: true });
    const bucket = new CfnBucket(stack, 'Receipts');
    new CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: { Statement: [websiteStatement.toStatementJson()] } });
    expect(propertiesOf(bucket).PublicAccessBlockConfiguration).toBeUndefined();
  });

  test('by its policy, but for one organisation alone, is not public', () => {
    const stack = hardenedStack();
    const bucket = new CfnBucket(stack, 'Receipts');
    const Statement = [{ ...websiteStatement.toStatementJson(), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1' } } }];
    new CfnBucketPolicy(stack, 'Policy', { bucket: bucket.ref, policyDocument: { Statement } });
    expect(propertiesOf(bucket).PublicAccessBlockConfiguration).toEqual(BLOCKS);
  });

  test('as a website answers plain HTTP as before: its endpoint speaks nothing else', () => {
    const stack = hardenedStack();
    const bucket = bucketOf(stack, { websiteIndexDocument: 'index.html' });
    expect(policiesOf(stack, bucket)).toStrictEqual([]);
    expect(outcomesAt(stack, 'Shop/Receipts')['the resource policy']).toBe('proposed');
  });
});

describe('a website', () => {
  const closed = { websiteIndexDocument: 'index.html', blockPublicAccess: BlockPublicAccess.BLOCK_ALL };
  const asked = (props: BucketProps, statement?: Partial<PolicyStatementProps>) => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Receipts', props);
    if (statement !== undefined) bucket.addToResourcePolicy(new PolicyStatement({ actions: ['s3:GetObject'], resources: [bucket.arnForObjects('*')], ...statement }));
    policiesOf(stack, resourceOf(bucket));
    return outcomesAt(stack, 'Shop/Receipts')['the resource policy'];
  };

  test('that is closed to everybody is spoken to over TLS: its endpoint answers nobody', () => {
    const stack = hardenedStack();
    const bucket = bucketOf(stack, closed);
    expect(policiesOf(stack, bucket).flat().map(({ Sid }: { Sid: string }) => Sid)).toEqual(['OnlyOverTls']);
    expect(changesAt(stack, 'Shop/Receipts').filter(({ rule }) => rule === 'BucketWebsite').map(({ after }) => after)).toEqual(['nothing']);
  });

  test('that is closed and read by a distribution with an identity of its own is, too', () => {
    expect(asked(closed, { principals: [new CanonicalUserPrincipal('79a59d')] })).toBe('set');
  });

  test.each<[string, BucketProps, Partial<PolicyStatementProps> | undefined]>([
    ['some blocks are missing', { websiteIndexDocument: 'index.html', blockPublicAccess: BlockPublicAccess.BLOCK_ACLS_ONLY }, undefined],
    ['everybody at some addresses may read it', closed, { principals: [new AnyPrincipal()], conditions: { IpAddress: { 'aws:SourceIp': '192.0.2.0/24' } } }],
    ['it sends readers elsewhere', { websiteRedirect: { hostName: 'example.com' }, blockPublicAccess: BlockPublicAccess.BLOCK_ALL }, undefined],
    ['it sends some readers elsewhere', { ...closed, websiteErrorDocument: 'error.html', websiteRoutingRules: [{ hostName: 'example.com' }] }, undefined],
  ])('goes on answering plain HTTP where %s', (_, props, statement) => {
    expect(asked(props, statement)).toBe('proposed');
  });
});

describe('a site behind CloudFront', () => {
  const site = (viewerProtocolPolicy: ViewerProtocolPolicy, origin: 'OAC' | 'OAI') => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Site');
    new Distribution(stack, 'Edge', {
      defaultBehavior: {
        origin: origin === 'OAC' ? S3BucketOrigin.withOriginAccessControl(bucket)
          : S3BucketOrigin.withOriginAccessIdentity(bucket, { originAccessIdentity: new OriginAccessIdentity(stack, 'Identity') }),
        viewerProtocolPolicy,
      },
    });
    const resource = resourceOf(bucket);
    const sids = policiesOf(stack, resource).flat().map(({ Effect }: { Effect: string }) => Effect);
    return [sids, propertiesOf(resource).PublicAccessBlockConfiguration, propertiesOf(resource).BucketEncryption];
  };

  test.each([
    ['with an origin access control', ViewerProtocolPolicy.ALLOW_ALL, 'OAC'],
    ['with an origin access identity, for viewers with HTTPS', ViewerProtocolPolicy.REDIRECT_TO_HTTPS, 'OAI'],
  ] as const)('%s is still read by it, over TLS alone', (_, policy, origin) => {
    expect(site(policy, origin)).toEqual([['Allow', 'Deny'], BLOCKS, undefined]);
  });

  test('with an origin access identity, for viewers with plain HTTP, goes on answering them: CloudFront asks as it is asked', () => {
    expect(site(ViewerProtocolPolicy.ALLOW_ALL, 'OAI')).toEqual([['Allow'], BLOCKS, undefined]);
  });
});

describe('a denial of plain HTTP that the author wrote', () => {
  const everybody = [new AnyPrincipal()];
  const all = (bucket: Bucket) => [bucket.bucketArn, bucket.arnForObjects('*')];
  const http = { Bool: { 'aws:SecureTransport': 'false' } };
  const denials = (...written: ((bucket: Bucket) => PolicyStatementProps)[]) => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Receipts');
    for (const props of written) bucket.addToResourcePolicy(new PolicyStatement({ effect: StatementEffect.DENY, principals: everybody, actions: ['s3:*'], conditions: http, ...props(bucket) }));
    return policiesOf(stack, resourceOf(bucket)).flat().map(({ Sid }: { Sid?: string }) => Sid);
  };

  test.each<[string, (bucket: Bucket) => PolicyStatementProps]>([
    ['for everything', (bucket) => ({ resources: all(bucket) })],
    ['for all that the policy is for', () => ({ resources: ['*'] })],
    ['for a name in the place of the ARN', (bucket) => ({ resources: [`arn:aws:s3:::${bucket.bucketName}`, `arn:aws:s3:::${bucket.bucketName}/*`] })],
    ['for reading and writing', (bucket) => ({ resources: all(bucket), actions: ['s3:Get*', 's3:ListBucket', 's3:PutObject', 's3:DeleteObject'] })],
    ['in other letters', (bucket) => ({ resources: all(bucket), actions: ['S3:*'], conditions: { Bool: { 'aws:SecureTransport': false } } })],
  ])('is enough %s', (_, props) => {
    expect(denials(props)).toEqual([undefined]);
  });

  test('is enough in two statements', () => {
    expect(denials((bucket) => ({ resources: [bucket.bucketArn] }), (bucket) => ({ resources: [bucket.arnForObjects('*')] }))).toEqual([undefined, undefined]);
  });

  test('is added to each policy of the bucket that lacks it: the one that is written last counts alone', () => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Receipts', { enforceSSL: true });
    const second = new BucketPolicy(stack, 'Second', { bucket });
    const principals = [new ServicePrincipal('datasync.amazonaws.com')];
    second.document.addStatements(new PolicyStatement({ principals, actions: ['s3:PutObject'], resources: all(bucket) }));
    const sidOrEffect = ({ Sid, Effect }: { Sid?: string; Effect: string }) => Sid ?? Effect;
    const written = policiesOf(stack, resourceOf(bucket)).map((statements) => statements.map(sidOrEffect));
    expect(written).toEqual([['Deny'], ['Allow', 'OnlyOverTls']]);
    expect(unexplained(findingsOf(stack)).filter((line) => line.startsWith('AwsSolutions-S10'))).toStrictEqual([]);
  });

  test.each<[string, (bucket: Bucket) => PolicyStatementProps]>([
    ['for the objects alone', (bucket) => ({ resources: [bucket.arnForObjects('*')] })],
    ['for the bucket alone', (bucket) => ({ resources: [bucket.bucketArn] })],
    ['for some objects', (bucket) => ({ resources: [bucket.bucketArn, bucket.arnForObjects('in/*')] })],
    ['for some actions', (bucket) => ({ resources: all(bucket), actions: ['s3:GetObject'] })],
    ['for one caller', (bucket) => ({ resources: all(bucket), principals: [new ServicePrincipal('lambda.amazonaws.com')] })],
    ['on a further condition', (bucket) => ({ resources: all(bucket), conditions: { Bool: { 'aws:SecureTransport': 'false', 'aws:ViaAWSService': 'false' } } })],
  ])('has one for everything beside it %s', (_, props) => {
    expect(denials(props)).toEqual([undefined, 'OnlyOverTls']);
  });
});

describe('a bucket for logs', () => {
  test('is made where a property injector of the author gives all buckets a key, which deliveries of logs cannot use', () => {
    const stack = hardenedStack();
    const key = new Key(stack, 'Key');
    PropertyInjectors.of(stack).add({
      constructUniqueId: Bucket.PROPERTY_INJECTION_ID,
      inject: (props) => ({ encryption: BucketEncryption.KMS, encryptionKey: key, ...props }),
    });
    const bucket = new Bucket(stack, 'Receipts');
    const algorithmOf = (one: Bucket) => {
      const [rule] = propertiesOf(one.node.defaultChild as CfnBucket).BucketEncryption.ServerSideEncryptionConfiguration;
      return rule.ServerSideEncryptionByDefault.SSEAlgorithm;
    };
    Template.fromStack(stack);
    expect([bucket, StackAccessLogBucket.of(stack) as Bucket].map(algorithmOf)).toEqual(['aws:kms', 'AES256']);
  });

  const logs = (stack: Stack, bucket: CfnBucket) => [propertiesOf(bucket).LoggingConfiguration, outcomesAt(stack, 'Shop/Logs')['the finding S1']];

  test.each([
    ['of CloudFront', (stack: Stack, bucket: Bucket) => {
      new CfnDistribution(stack, 'Edge', {
        distributionConfig: {
          enabled: true,
          logging: { bucket: bucket.bucketRegionalDomainName },
          origins: [{ id: 'one', domainName: 'example.com' }],
          defaultCacheBehavior: { targetOriginId: 'one', viewerProtocolPolicy: 'https-only' },
        },
      });
    }],
    ['of another bucket', (stack: Stack, bucket: Bucket) => { new Bucket(stack, 'Receipts', { serverAccessLogsBucket: bucket }); }],
  ])('%s has none of its own, and the finding says why', (_, use) => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Logs', { objectOwnership: ObjectOwnership.OBJECT_WRITER });
    use(stack, bucket);
    expect(logs(stack, resourceOf(bucket))).toEqual([undefined, 'set']);
    expect(propertiesOf(resourceOf(bucket)).OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'ObjectWriter' }] });
  });

  test('of a trail is worth one: who read the records?', () => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Logs');
    new Trail(stack, 'Trail', { bucket });
    expect(logs(stack, resourceOf(bucket))).toEqual([expect.objectContaining({ LogFilePrefix: 'Shop/Logs/' }), undefined]);
  });

  test('that its author gave to the stack does not log itself', () => {
    const stack = hardenedStack();
    const bucket = new Bucket(stack, 'Logs');
    StackAccessLogBucket.use(stack, bucket);
    new Bucket(stack, 'Receipts');
    expect(logs(stack, resourceOf(bucket))).toEqual([undefined, 'set']);
  });

  test('that an override names is one, which cdk-nag does not see', () => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root).harden();
    const { bucketName } = new Bucket(stack, 'Logs');
    resourceOf(new Bucket(stack, 'Receipts')).addPropertyOverride('LoggingConfiguration.DestinationBucketName', bucketName);
    resourceOf(new Bucket(stack, 'Prefixed')).addPropertyOverride('LoggingConfiguration.LogFilePrefix', 'own/');
    const reasons = findingsOf(stack).filter(({ rule, path }) => rule === 'AwsSolutions-S1' && !path.includes('Shared')).map(({ path, reason }) => [path, reason]);
    expect(new Map(reasons as [string, string | undefined][])).toEqual(new Map([
      ['Shop/Receipts/Resource', 'An override of the app names the bucket into which the access log goes.'], ['Shop/Prefixed/Resource', undefined],
    ]));
  });

  test('of its own is reported: each delivery is an access', () => {
    const stack = hardenedStack();
    new Bucket(stack, 'Logs', { serverAccessLogsPrefix: 'own/' });
    expect(outcomesAt(stack, 'Shop/Logs')).toMatchObject({ LoggingConfiguration: 'kept' });
    expect(outcomesAt(stack, 'Shop/Logs')['the finding S1']).toBeUndefined();
  });
});

test('no checker has anything left to say about buckets', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root).harden();
  const logs = new Bucket(stack, 'Logs');
  new Bucket(stack, 'Receipts', { serverAccessLogsBucket: logs });
  new Bucket(stack, 'Uploads');
  const judged = unexplained(findingsOf(stack, [...PRODUCTION_PACKS(), new ServerlessSecurityChecks()]));
  expect(judged.filter((finding) => !/BucketCustomerKey|BucketOwner at Shop.Logs/.test(finding))).toStrictEqual([]);
});
