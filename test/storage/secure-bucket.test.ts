import { App, CfnResource, Duration, Lazy, NestedStack, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { NetworkLoadBalancer } from 'aws-cdk-lib/aws-elasticloadbalancingv2';
import { AccountPrincipal, AnyPrincipal, Effect, IPrincipal, PolicyStatement, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket, BucketEncryption, EventType, HttpMethods, IntelligentTieringConfiguration, LifecycleRule, StorageClass } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import * as fc from 'fast-check';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { sizeOf } from '../../src/iam/hardening/actions/policy-size';
import { BucketAccessLogs } from '../../src/storage/bucket-access-logs';
import { BucketObjectLock } from '../../src/storage/bucket-object-lock';
import { BucketRemoval } from '../../src/storage/bucket-removal';
import { BucketVersioning } from '../../src/storage/bucket-versioning';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { SecureBucketProps } from '../../src/storage/secure-bucket-props';
import { StackAccessLogBucket } from '../../src/storage/stack-access-log-bucket';
import { Json, line } from '../support/api';
import { ALL_NAG_PACKS, findingsOf, PROFILES, RECOMMENDED_FLAGS, templateOf, TestAppOptions, testStack, unexplained } from '../support/apps';
import { audit as audited } from '../support/self-audit';

const REASON = 'holds nothing but copies of public data';
const KEY_ARN = 'arn:aws:kms:eu-west-1:111122223333:key/1';

/** The properties of the one bucket that is not the log bucket, in a stack that holds just that. */
function bucketOf(props: SecureBucketProps = {}, options: TestAppOptions = {}): Record<string, any> {
  const stack = testStack(options);
  const bucket = new SecureBucket(stack, 'Receipts', props);
  return resourceOf(stack, bucket).Properties;
}

function resourceOf(stack: Stack, bucket: Bucket): Record<string, any> {
  return templateOf(stack).toJSON().Resources[stack.getLogicalId(bucket.node.defaultChild as CfnResource)];
}

function policyOf(stack: Stack, bucket: Bucket): Record<string, any> {
  return templateOf(stack).toJSON().Resources[stack.getLogicalId(bucket.policy!.node.defaultChild as CfnResource)];
}

describe('a SecureBucket by default', () => {
  const stack = testStack();
  const bucket = new SecureBucket(stack, 'Receipts');
  const { Properties: properties, DeletionPolicy, UpdateReplacePolicy } = resourceOf(stack, bucket);

  test('is closed to the public in all four ways, and has no access control lists', () => {
    expect(properties.PublicAccessBlockConfiguration).toEqual({
      BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true,
    });
    expect(properties.OwnershipControls).toEqual({ Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] });
    expect(properties.AccessControl).toBeUndefined();
    expect(properties.BucketName).toBeUndefined();
    expect(properties.WebsiteConfiguration).toBeUndefined();
  });

  test('is encrypted with the key of the stack through a bucket key, and takes no keys of callers', () => {
    expect(properties.BucketEncryption).toEqual({
      ServerSideEncryptionConfiguration: [{
        BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] },
        BucketKeyEnabled: true,
        ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] } },
      }],
    });
  });

  test('speaks only TLS 1.2 or newer, to everybody', () => {
    const resources = [{ 'Fn::GetAtt': [Match.anyValue(), 'Arn'] }, { 'Fn::Join': ['', [{ 'Fn::GetAtt': [Match.anyValue(), 'Arn'] }, '/*']] }];
    const deny = { Effect: 'Deny', Action: 's3:*', Principal: { AWS: '*' }, Resource: resources };
    templateOf(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      Bucket: stack.resolve(bucket.bucketName),
      PolicyDocument: {
        Statement: [
          { ...deny, Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { ...deny, Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } },
        ],
      },
    });
  });

  test('keeps versions for 90 days and clears away what nobody sees', () => {
    expect(properties.VersioningConfiguration).toEqual({ Status: 'Enabled' });
    expect(properties.LifecycleConfiguration).toEqual({
      Rules: [{
        Id: 'CleanUp',
        Status: 'Enabled',
        AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
        ExpiredObjectDeleteMarker: true,
        NoncurrentVersionExpiration: { NoncurrentDays: 90 },
      }],
    });
  });

  test('puts its events on EventBridge without a custom resource', () => {
    expect(properties.NotificationConfiguration).toEqual({ EventBridgeConfiguration: { EventBridgeEnabled: true } });
    expect(templateOf(stack).findResources('AWS::Lambda::Function')).toEqual({});
  });

  test('is kept with its policy and its key', () => {
    expect([DeletionPolicy, UpdateReplacePolicy]).toEqual(['Retain', 'Retain']);
    expect(policyOf(stack, bucket).DeletionPolicy).toBe('Retain');
    templateOf(stack).allResources('AWS::KMS::Key', { DeletionPolicy: 'Retain' });
  });

  test('logs accesses into the shared bucket under its own path', () => {
    expect(properties.LoggingConfiguration).toEqual({
      DestinationBucketName: stack.resolve(StackAccessLogBucket.of(stack).bucketName), LogFilePrefix: 'Shop/Receipts/',
    });
  });

  test('has no object lock, request metrics, alarms, CORS, replication or inventory', () => {
    expect(Object.keys(properties).sort()).toEqual([
      'BucketEncryption', 'LifecycleConfiguration', 'LoggingConfiguration', 'NotificationConfiguration', 'OwnershipControls',
      'PublicAccessBlockConfiguration', 'VersioningConfiguration',
    ]);
    expect(bucket.alarms).toStrictEqual([]);
  });

  test('has these logical ids for ever', () => {
    const stateful = ['AWS::S3::Bucket', 'AWS::KMS::Key'].flatMap((type) => Object.keys(templateOf(stack).findResources(type)));
    expect(stateful).toEqual(['SharedSecurityAccessLogBucketC67C0977', 'Receipts59C0D3E0', 'SharedSecurityDataKeyD4D7B14E']);
  });
});

describe('the profile decides', () => {
  test('in the sandbox S3 encrypts with its own key and the data goes with the stack', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const bucket = new SecureBucket(stack, 'Receipts');
    expect(resourceOf(stack, bucket)).toMatchObject({
      DeletionPolicy: 'Delete',
      Properties: { BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] } },
    });
    expect(policyOf(stack, bucket).DeletionPolicy).toBe('Delete');
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 0);
    templateOf(stack).allResources('AWS::S3::Bucket', { DeletionPolicy: 'Delete' });
  });

  test('in the regulated one objects are locked for a year, but not logs', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    expect(resourceOf(stack, new SecureBucket(stack, 'Receipts')).Properties).toMatchObject({
      ObjectLockEnabled: true,
      ObjectLockConfiguration: { ObjectLockEnabled: 'Enabled', Rule: { DefaultRetention: { Days: 365, Mode: 'GOVERNANCE' } } },
    });
    expect(resourceOf(stack, StackAccessLogBucket.of(stack) as Bucket).Properties.ObjectLockConfiguration).toBeUndefined();
  });
});

describe('the props', () => {
  test('encryptionKey replaces the key of the stack', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    const own = new Key(stack, 'Own');
    const { Properties } = resourceOf(stack, new SecureBucket(stack, 'Receipts', { encryptionKey: own }));
    expect(Properties.BucketEncryption.ServerSideEncryptionConfiguration[0]).toMatchObject({
      BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: stack.resolve(own.keyArn) },
    });
    templateOf(stack).resourceCountIs('AWS::KMS::Key', 1);
  });

  test('versioning sets how long old versions are kept', () => {
    expect(bucketOf({ versioning: BucketVersioning.keepNoncurrent(Duration.days(30)) }).LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration)
      .toEqual({ NoncurrentDays: 30 });
  });

  test('objectLock takes both modes', () => {
    const lock = (objectLock: BucketObjectLock): unknown => bucketOf({ objectLock }).ObjectLockConfiguration.Rule.DefaultRetention;
    expect(lock(BucketObjectLock.governance(Duration.days(10)))).toEqual({ Days: 10, Mode: 'GOVERNANCE' });
    expect(lock(BucketObjectLock.compliance(Duration.days(20)))).toEqual({ Days: 20, Mode: 'COMPLIANCE' });
  });

  test('accessLogs sends the logs elsewhere, and lets S3 write there', () => {
    const stack = testStack();
    const audit = new Bucket(stack, 'Audit', { encryption: BucketEncryption.S3_MANAGED });
    const bucket = new SecureBucket(stack, 'Receipts', { accessLogs: BucketAccessLogs.to(audit, 'receipts/') });
    expect(resourceOf(stack, bucket).Properties.LoggingConfiguration).toEqual({ DestinationBucketName: stack.resolve(audit.bucketName), LogFilePrefix: 'receipts/' });
    expect(policyOf(stack, audit).Properties.PolicyDocument.Statement).toEqual([{
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: stack.resolve(audit.arnForObjects('receipts/*')),
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': stack.resolve(bucket.bucketArn) } },
    }]);
    templateOf(stack).resourceCountIs('AWS::S3::Bucket', 2);
  });

  test('accessLogs warns about an imported bucket whose policy it cannot see', () => {
    const stack = testStack();
    new SecureBucket(stack, 'Receipts', { accessLogs: BucketAccessLogs.to(Bucket.fromBucketName(stack, 'Central', 'central-logs')) });
    Annotations.fromStack(stack).hasWarning('/Shop/Receipts', Match.stringLikeRegexp(
      "The policy of the imported bucket Shop/Central cannot be changed here: it must let logging.s3.amazonaws.com put objects under 'Shop/Receipts/'"));
  });

  test('removal keeps data in the sandbox and lets it go in production', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    expect(resourceOf(stack, new SecureBucket(stack, 'Receipts', { removal: BucketRemoval.retain() })).DeletionPolicy).toBe('Retain');
    const other = testStack();
    expect(resourceOf(other, new SecureBucket(other, 'Receipts', { removal: BucketRemoval.destroy(REASON) })).DeletionPolicy).toBe('Delete');
  });

  test('lifecycleRules are added to the clean-up', () => {
    const rules = bucketOf({ lifecycleRules: [{ id: 'Yearly', expiration: Duration.days(365) }] }).LifecycleConfiguration.Rules;
    expect(rules.map((rule: any) => rule.Id)).toEqual(['CleanUp', 'Yearly']);
  });

  test('cors takes exact origins', () => {
    const rule = { allowedMethods: [HttpMethods.GET], allowedOrigins: ['https://shop.example.com', 'http://localhost:3000', Lazy.string({ produce: () => 'https://x' })] };
    expect(bucketOf({ cors: [rule] }).CorsConfiguration.CorsRules).toEqual([
      { AllowedMethods: ['GET'], AllowedOrigins: ['https://shop.example.com', 'http://localhost:3000', 'https://x'] },
    ]);
  });

  test('inventories are written into another bucket', () => {
    const stack = testStack();
    const lists = new SecureBucket(stack, 'Lists');
    const bucket = new SecureBucket(stack, 'Receipts', { inventories: [{ destination: { bucket: lists, prefix: 'receipts' } }] });
    expect(resourceOf(stack, bucket).Properties.InventoryConfigurations[0].Destination.BucketArn).toEqual(stack.resolve(lists.bucketArn));
    expect(policyOf(stack, lists).Properties.PolicyDocument.Statement[2]).toMatchObject({
      Principal: { Service: 's3.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': stack.resolve(bucket.bucketArn) } },
    });
  });

  test('intelligentTiering names archive tiers', () => {
    const tier: IntelligentTieringConfiguration = { name: 'Archive', archiveAccessTierTime: Duration.days(90) };
    expect(bucketOf({ intelligentTiering: [tier] }).IntelligentTieringConfigurations[0].Tierings).toEqual([{ AccessTier: 'ARCHIVE_ACCESS', Days: 90 }]);
  });
});

describe('replication', () => {
  test('copies encrypted objects with a role that can do nothing else', () => {
    const stack = testStack();
    const copies = Bucket.fromBucketAttributes(stack, 'Copies', { bucketArn: 'arn:aws:s3:::copies', region: 'eu-central-1' });
    const destinationKey = Key.fromKeyArn(stack, 'CopyKey', KEY_ARN);
    const bucket = new SecureBucket(stack, 'Receipts', {
      replication: [{ destination: copies, destinationKey, prefix: 'pdf/', storageClass: StorageClass.GLACIER_INSTANT_RETRIEVAL }, { destination: copies, destinationKey, priority: 7, replicateDeletions: true }],
    });
    const arn = stack.resolve(bucket.bucketArn);
    const objects = stack.resolve(bucket.arnForObjects('*'));
    expect(resourceOf(stack, bucket).Properties.ReplicationConfiguration.Rules).toEqual([
      {
        Status: 'Enabled',
        Priority: 2,
        Filter: { Prefix: 'pdf/' },
        DeleteMarkerReplication: { Status: 'Disabled' },
        SourceSelectionCriteria: { SseKmsEncryptedObjects: { Status: 'Enabled' } },
        Destination: { Bucket: 'arn:aws:s3:::copies', StorageClass: 'GLACIER_IR', EncryptionConfiguration: { ReplicaKmsKeyID: KEY_ARN } },
      },
      expect.objectContaining({ Priority: 7, Filter: { Prefix: '' }, DeleteMarkerReplication: { Status: 'Enabled' } }),
    ]);
    expect(stack.resolve(bucket.replicationRoleArn)).toEqual(resourceOf(stack, bucket).Properties.ReplicationConfiguration.Role);
    const statements = Object.values(templateOf(stack).findResources('AWS::IAM::Policy'))[0].Properties.PolicyDocument.Statement;
    expect(statements.slice(0, 5)).toEqual([
      { Effect: 'Allow', Action: ['s3:GetReplicationConfiguration', 's3:ListBucket'], Resource: arn },
      { Effect: 'Allow', Action: ['s3:GetObjectVersionAcl', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging'], Resource: objects },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: stack.resolve(bucket.encryptionKey!.keyArn),
        Condition: {
          StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': [arn, objects] },
        },
      },
      { Effect: 'Allow', Action: ['s3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], Resource: 'arn:aws:s3:::copies/*' },
      {
        Effect: 'Allow',
        Action: ['kms:Encrypt', 'kms:GenerateDataKey'],
        Resource: KEY_ARN,
        Condition: {
          StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' },
          StringLike: { 'kms:EncryptionContext:aws:s3:arn': ['arn:aws:s3:::copies', 'arn:aws:s3:::copies/*'] },
        },
      },
    ]);
    expect(unexplained(findingsOf(stack))).toStrictEqual([]);
  });

  test('hands copies over to the other account', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox(), env: { account: '111122223333', region: 'eu-west-1' } });
    const vault = Bucket.fromBucketAttributes(stack, 'Vault', { bucketArn: 'arn:aws:s3:::vault', account: '444455556666' });
    const bucket = new SecureBucket(stack, 'Receipts', { replication: [{ destination: vault }] });
    expect(resourceOf(stack, bucket).Properties.ReplicationConfiguration.Rules[0].Destination).toEqual({
      Bucket: 'arn:aws:s3:::vault', Account: '444455556666', AccessControlTranslation: { Owner: 'Destination' },
    });
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: ['s3:ObjectOwnerOverrideToBucketOwner', 's3:ReplicateDelete', 's3:ReplicateObject', 's3:ReplicateTags'], Resource: 'arn:aws:s3:::vault/*',
        })]),
      },
    });
  });
});

describe('alarms', () => {
  test('are made from request metrics', () => {
    const stack = testStack();
    const bucket = new SecureBucket(stack, 'Receipts', { requestMetrics: true });
    expect(resourceOf(stack, bucket).Properties.MetricsConfigurations).toEqual([{ Id: 'EntireBucket' }]);
    const alarms = Object.values(templateOf(stack).findResources('AWS::CloudWatch::Alarm')).map(({ Properties: p }) => (
      [p.AlarmName, p.MetricName, p.Statistic, p.Threshold, p.Period, p.EvaluationPeriods]));
    expect(alarms).toEqual([
      ['Shop/Receipts clientErrorShare', '4xxErrors', 'Average', 0.05, 300, 3],
      ['Shop/Receipts accessDeniedSurge', '4xxErrors', 'Sum', 100, 300, 1],
      ['Shop/Receipts serverErrorShare', '5xxErrors', 'Average', 0.01, 300, 3],
    ]);
    templateOf(stack).allResourcesProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'AWS/S3',
      Dimensions: [{ Name: 'BucketName', Value: stack.resolve(bucket.bucketName) }, { Name: 'FilterId', Value: 'EntireBucket' }],
      AlarmActions: [stack.resolve(StackAlarmTopic.of(stack).topicArn)],
    });
  });

  test('shrink to server errors in the sandbox', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    expect(new SecureBucket(stack, 'Receipts', { requestMetrics: true }).alarms).toHaveLength(1);
  });

  test('are tuned one by one and switched off with a reason', () => {
    const stack = testStack();
    const bucket = new SecureBucket(stack, 'Receipts', {
      requestMetrics: true,
      alarms: {
        accessDeniedSurge: AlarmSetting.threshold(9),
        clientErrorShare: AlarmSetting.off(REASON),
        serverErrorShare: AlarmSetting.threshold(0.5),
      },
    });
    expect(bucket.alarms).toHaveLength(2);
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 9 });
    templateOf(stack).hasResourceProperties('AWS::CloudWatch::Alarm', { Threshold: 0.5 });
    expect(waiversBelow(stack)).toEqual([{ control: 'Alarm.clientErrorShare', reason: REASON, constructPath: 'Shop/Receipts' }]);
  });
});

describe('weakening', () => {
  test('is recorded with its reason', () => {
    const stack = testStack();
    const bucket = new SecureBucket(stack, 'Receipts', {
      versioning: BucketVersioning.off(REASON),
      accessLogs: BucketAccessLogs.off(REASON),
      removal: BucketRemoval.destroy(REASON),
      objectLock: BucketObjectLock.off(REASON),
    });
    expect(waiversBelow(stack).map(({ control }) => control)).toEqual(['Bucket.versioning', 'Bucket.accessLogs', 'Bucket.removal']);
    const { Properties } = resourceOf(stack, bucket);
    expect(Properties.VersioningConfiguration).toBeUndefined();
    expect(Properties.LoggingConfiguration).toBeUndefined();
    expect(Properties.LifecycleConfiguration.Rules).toEqual([{ Id: 'CleanUp', Status: 'Enabled', AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }]);
  });

  test('of what the profile asks for is recorded there only', () => {
    const regulated = testStack({ profile: SecurityProfile.regulated() });
    new SecureBucket(regulated, 'Receipts', { objectLock: BucketObjectLock.off(REASON) });
    expect(waiversBelow(regulated).map(({ control }) => control)).toEqual(['Bucket.objectLock']);
    const sandbox = testStack({ profile: SecurityProfile.sandbox() });
    new SecureBucket(sandbox, 'Receipts', { removal: BucketRemoval.destroy(REASON) });
    expect(waiversBelow(sandbox)).toStrictEqual([]);
  });

  test.each<[string, SecureBucketProps]>([
    ['versioning', { versioning: BucketVersioning.off('n/a') }],
    ['objectLock', { objectLock: BucketObjectLock.off('n/a') }],
    ['accessLogs', { accessLogs: BucketAccessLogs.off('n/a') }],
    ['removal', { removal: BucketRemoval.destroy('n/a') }],
  ])('fails without a reason that can be judged: %s', (prop, props) => {
    expect(() => bucketOf(props)).toThrow(
      `'${prop}' must be a sentence of at least 12 characters that a reviewer can judge, got "n/a"; say why this bucket may do without [SecureBucket.Reason, at 'Shop/Receipts']`);
  });
});

describe('refusals', () => {
  const refused = (props: SecureBucketProps): () => void => () => {
    const stack = testStack();
    try {
      new SecureBucket(stack, 'Receipts', props);
    } finally {
      expect(stack.node.children.map(({ node }) => node.id)).toStrictEqual([]); // nothing is half-written
    }
  };

  test.each([1, 36501])('fails when old versions are kept for %d days', (days) => {
    expect(refused({ versioning: BucketVersioning.keepNoncurrent(Duration.days(days)) })).toThrow(
      `'versioning' must lie between 7 days and 36500 days, got "${Duration.days(days).toHumanString()}"; leave it out to keep them for 90 days [SecureBucket.NoncurrentVersions, at 'Shop/Receipts']`);
  });

  test('fails when a lifecycle rule deletes old versions at once', () => {
    expect(refused({ lifecycleRules: [{ noncurrentVersionExpiration: Duration.days(1) }] })).toThrow(
      "'lifecycleRules.noncurrentVersionExpiration' must lie between 7 days and 36500 days, got \"1 day\"; "
      + "use BucketVersioning.off(reason) if deleted objects must be gone at once [SecureBucket.NoncurrentVersions, at 'Shop/Receipts']");
  });

  test('fails when such a rule is added later', () => {
    expect(() => new SecureBucket(testStack(), 'Receipts').addLifecycleRule({ noncurrentVersionExpiration: Duration.days(1) })).toThrow(
      "'lifecycleRules.noncurrentVersionExpiration' must lie between 7 days and 36500 days, got \"1 day\"; "
      + "use BucketVersioning.off(reason) if deleted objects must be gone at once [SecureBucket.NoncurrentVersions, at 'Shop/Receipts']");
  });

  test.each<[string, LifecycleRule, string]>([
    ['says nothing', { id: 'Idle', prefix: 'in/' }, "'lifecycleRules' must say what becomes of the objects, got [\"id\",\"prefix\"]; give expiration or transitions, or leave the rule out"],
    ['counts hours', { expiration: Duration.hours(36) }, "'lifecycleRules.expiration' must be whole days, got \"1 day 12 hours\"; round it"],
    ['ends at once', { expiration: Duration.days(0) }, "'lifecycleRules.expiration' must lie between 1 day and 36500 days, got \"0 days\"; give a number of days that S3 accepts"],
    ['counts seconds that nobody knows', { abortIncompleteMultipartUploadAfter: Duration.seconds(Lazy.number({ produce: () => 1 })) },
      "'lifecycleRules.abortIncompleteMultipartUploadAfter' must be given as Duration.days(…) where its value is only known at deployment, got \"Duration.seconds(…)\"; "
      + 'give a number of days that S3 accepts'],
    ['keeps no old version', { noncurrentVersionsToRetain: 0 },
      "'lifecycleRules.noncurrentVersionsToRetain' must be a whole number between 1 and 100, got 0; leave it out to keep none beside those that are young enough"],
    ['ends twice', { expiration: Duration.days(9), expirationDate: new Date(0) },
      "'lifecycleRules.expirationDate' must not come with expiration, got \"both\"; leave one of them out"],
    ['takes markers of tagged objects', { expiredObjectDeleteMarker: true, tagFilters: { kind: 'a' } },
      "'lifecycleRules.expiredObjectDeleteMarker' must not come with expiration, expirationDate or tagFilters, got true; make a rule of its own for it"],
    ['moves at no time', { transitions: [{ storageClass: StorageClass.GLACIER }] },
      "'lifecycleRules.transitions' must say either transitionAfter or transitionDate, got \"none\"; give transitionAfter alone to count from the creation of each object"],
    ['moves at two times', { transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(30), transitionDate: new Date(0) }] },
      "'lifecycleRules.transitions' must say either transitionAfter or transitionDate, got \"both\"; give transitionAfter alone to count from the creation of each object"],
    ['moves after hours', { transitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.hours(36) }] },
      "'lifecycleRules.transitions.transitionAfter' must be whole days, got \"1 day 12 hours\"; round it"],
    ['moves old versions after a long time', { noncurrentVersionTransitions: [{ storageClass: StorageClass.GLACIER, transitionAfter: Duration.days(36501) }] },
      "'lifecycleRules.noncurrentVersionTransitions.transitionAfter' must lie between 0 days and 36500 days, got \"36501 days\"; give a number of days that S3 accepts"],
  ])('fails when a lifecycle rule %s, from the start or later', (_, rule, says) => {
    const message = `${says} [SecureBucket.Lifecycle, at 'Shop/Receipts']`;
    expect(refused({ lifecycleRules: [rule] })).toThrow(message);
    expect(() => new SecureBucket(testStack(), 'Receipts').addLifecycleRule(rule)).toThrow(message);
  });

  test('a lifecycle rule moves objects at a date, and takes away what is left of them', () => {
    const rules: LifecycleRule[] = [
      { transitions: [{ storageClass: StorageClass.GLACIER, transitionDate: new Date(0) }] }, { expiredObjectDeleteMarker: true },
    ];
    expect(bucketOf({ lifecycleRules: rules }).LifecycleConfiguration.Rules.slice(1)).toEqual([
      { Status: 'Enabled', Transitions: [{ StorageClass: 'GLACIER', TransitionDate: '1970-01-01T00:00:00Z' }] }, { Status: 'Enabled', ExpiredObjectDeleteMarker: true },
    ]);
  });

  test('fails when an inventory names a field twice', () => {
    const destination = { bucket: Bucket.fromBucketName(testStack(), 'Lists', 'lists') };
    expect(refused({ inventories: [{ destination, optionalFields: ['Size', 'ETag', 'Size'] }] })).toThrow(
      "'inventories.optionalFields' must name each field once, got \"Size\"; leave out the second [SecureBucket.Inventory, at 'Shop/Receipts']");
  });

  test.each(['', 'a b', 'x'.repeat(65), Lazy.string({ produce: () => 'late' })])('fails when an inventory is called %j', (inventoryId) => {
    expect(refused({ inventories: [{ inventoryId, destination: { bucket: Bucket.fromBucketName(testStack(), 'Lists', 'lists') } }] })).toThrow(
      /^'inventories\.inventoryId' must have 1 to 64 letters, .*, got .*; leave it out to let CDK make one \[SecureBucket\.Inventory, at 'Shop\/Receipts'\]$/);
  });

  test.each<[string, Partial<IntelligentTieringConfiguration>, string]>([
    ['names no tier', {}, "'intelligentTiering' must name a tier, got \"cold\"; give archiveAccessTierTime or deepArchiveAccessTierTime, or leave it out"],
    ['archives too early', { archiveAccessTierTime: Duration.days(89) },
      "'intelligentTiering.archiveAccessTierTime' must lie between 90 days and 730 days, got \"89 days\"; leave it out to keep objects out of that tier"],
    ['archives deeply too early', { deepArchiveAccessTierTime: Duration.days(179) },
      "'intelligentTiering.deepArchiveAccessTierTime' must lie between 180 days and 730 days, got \"179 days\"; leave it out to keep objects out of that tier"],
    ['counts hours', { archiveAccessTierTime: Duration.hours(90 * 24 + 1) }, "'intelligentTiering.archiveAccessTierTime' must be whole days, got \"90 days 1 hour\"; round it"],
  ])('fails when intelligent tiering %s', (_, tiering, says) => {
    expect(refused({ intelligentTiering: [{ name: 'cold', ...tiering }] })).toThrow(`${says} [SecureBucket.IntelligentTiering, at 'Shop/Receipts']`);
  });

  test('intelligent tiering may go to the deep archive alone', () => {
    expect(bucketOf({ intelligentTiering: [{ name: 'cold', deepArchiveAccessTierTime: Duration.days(180) }] }).IntelligentTieringConfigurations)
      .toEqual([{ Id: 'cold', Status: 'Enabled', Tierings: [{ AccessTier: 'DEEP_ARCHIVE_ACCESS', Days: 180 }] }]);
  });

  test.each([Duration.hours(1), Duration.days(36501)])('fails when objects are locked for %s', (retention) => {
    expect(refused({ objectLock: BucketObjectLock.compliance(retention) })).toThrow(
      `'objectLock' must lie between 1 day and 36500 days, got "${retention.toHumanString()}"; choose a retention that S3 accepts [SecureBucket.ObjectLock, at 'Shop/Receipts']`);
  });

  test('fails when objects are locked without versions', () => {
    expect(refused({ objectLock: BucketObjectLock.governance(Duration.days(1)), versioning: BucketVersioning.off(REASON) })).toThrow(
      "'versioning' must not be off for a bucket with object lock, which locks versions; "
      + "leave versioning out, or switch the lock off with BucketObjectLock.off(reason) [SecureBucket.ObjectLock, at 'Shop/Receipts']");
  });

  test.each(['*', 'https://*', 'https://*.example.com', 'http://shop.example.com', 'shop.example.com', 'https://shop.example.com/path'])(
    'fails on the origin %s', (origin) => {
      const message = `'cors.allowedOrigins' must be exact https origins without a path, or http://localhost, got "${origin}"; `
        + "name each one, like 'https://shop.example.com' [SecureBucket.CorsOrigin, at 'Shop/Receipts']";
      const rule = { allowedMethods: [HttpMethods.GET], allowedOrigins: ['https://shop.example.com', origin] };
      expect(refused({ cors: [rule] })).toThrow(message);
      expect(() => new SecureBucket(testStack(), 'Receipts').addCorsRule(rule)).toThrow(message);
    });

  test('fails when logs go to a bucket with a KMS key', () => {
    const stack = testStack();
    const audit = new Bucket(stack, 'Audit', { encryption: BucketEncryption.KMS });
    expect(() => new SecureBucket(stack, 'Receipts', { accessLogs: BucketAccessLogs.to(audit) })).toThrow(
      "'accessLogs' must not name a bucket that is encrypted with a KMS key, because S3 does not deliver there, got \"Shop/Audit\"; "
      + "leave it out to use the access-log bucket of the stack [SecureBucket.AccessLogs, at 'Shop/Receipts']");
  });

  test.each([{ account: '444455556666' }, { region: 'us-east-1' }])('fails when logs go to %j', (elsewhere) => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const audit = Bucket.fromBucketAttributes(stack, 'Audit', { bucketName: 'audit', ...elsewhere });
    expect(() => new SecureBucket(stack, 'Receipts', { accessLogs: BucketAccessLogs.to(audit) })).toThrow(
      "'accessLogs' must not name a bucket that lies in another account or region, because S3 does not deliver there, got \"Shop/Audit\"; "
      + "leave it out to use the access-log bucket of the stack [SecureBucket.AccessLogs, at 'Shop/Receipts']");
  });

  test.each<[string, (number | undefined)[], number[]]>([
    ['two priorities', [3, 3], [3, 3]],
    ['a priority that another rule gets by its place', [undefined, 2], [2, 2]],
  ])('fails when rules of replication have %s alike', (_, given, got) => {
    const destination = Bucket.fromBucketName(new Stack(), 'Copies', 'copies');
    const destinationKey = Key.fromKeyArn(new Stack(), 'CopyKey', KEY_ARN);
    expect(refused({ replication: given.map((priority) => ({ destination, destinationKey, priority })) })).toThrow(
      "'replication.priority' must differ between the rules, of which those without one get the numbers from that of all rules down to 1, "
      + `got ${JSON.stringify(got)}; give each rule a priority of its own, or none to let rules earlier in the list win [SecureBucket.ReplicationPriority, at 'Shop/Receipts']`);
  });

  test('fails when S3 would not replicate', () => {
    const destination = Bucket.fromBucketName(new Stack(), 'Copies', 'copies');
    expect(refused({ replication: [{ destination }] })).toThrow(
      "'replication.destinationKey' must be given, because S3 skips objects with a KMS key where the copies have none; "
      + "name the key of the destination, in its region [SecureBucket.Replication, at 'Shop/Receipts']");
    expect(refused({ replication: [{ destination }], versioning: BucketVersioning.off(REASON) })).toThrow(
      "'versioning' must not be off for a bucket that is replicated; leave versioning or replication out [SecureBucket.Replication, at 'Shop/Receipts']");
    expect(refused({ replication: [{ destination, prefix: '/pdf' }] })).toThrow(
      "'prefix' must be the start of a key, without a leading slash, a wildcard or a policy variable, got \"/pdf\"; "
      + "write it like 'invoices/', or leave it out for the whole bucket [SecureBucket.Prefix, at 'Shop/Receipts']");
  });

  test('fails when alarms are tuned that cannot be made', () => {
    expect(refused({ alarms: { serverErrorShare: AlarmSetting.threshold(1) } })).toThrow(
      "'alarms' must come with request metrics, from which the alarms are made; set requestMetrics to true, or leave alarms out [SecureBucket.RequestMetrics, at 'Shop/Receipts']");
    expect(bucketOf({ alarms: {} }).MetricsConfigurations).toBeUndefined();
  });

  test('lets values pass that are only known at deployment', () => {
    const unknown = Duration.days(Lazy.number({ produce: () => 8 }));
    const [rule] = bucketOf({ versioning: BucketVersioning.keepNoncurrent(unknown) }).LifecycleConfiguration.Rules;
    expect(rule.NoncurrentVersionExpiration).toEqual({ NoncurrentDays: 8 });
  });

  test('fails when the bucket is to be deleted later on', () => {
    expect(() => new SecureBucket(testStack(), 'Receipts').applyRemovalPolicy(RemovalPolicy.DESTROY)).toThrow(
      "'policy' must not delete a bucket that keeps its data, got \"destroy\"; pass removal: BucketRemoval.destroy(reason) [SecureBucket.Removal, at 'Shop/Receipts']");
    new SecureBucket(testStack(), 'Receipts').applyRemovalPolicy(RemovalPolicy.RETAIN);
    new SecureBucket(testStack({ profile: SecurityProfile.sandbox() }), 'Receipts').applyRemovalPolicy(RemovalPolicy.DESTROY);
  });

  test('fails at synth when the bucket would outlive its key', () => {
    const stack = testStack();
    const encryptionKey = new Key(stack, 'Own', { removalPolicy: RemovalPolicy.DESTROY });
    new SecureBucket(stack, 'Receipts', { encryptionKey });
    expect(() => (stack.node.root as App).synth()).toThrow(
      'The bucket is kept, but its key Shop/Own is deleted with its stack: keep the key, or pass removal: BucketRemoval.destroy(reason) [SecureBucket.Key]');
    const fine = testStack();
    new SecureBucket(fine, 'Receipts', { encryptionKey: new Key(fine, 'Own', { removalPolicy: RemovalPolicy.DESTROY }), removal: BucketRemoval.destroy(REASON) });
    expect(() => templateOf(fine)).not.toThrow();
  });

  test('fails on public access and access control lists', () => {
    const stack = testStack();
    const bucket = new SecureBucket(stack, 'Receipts');
    expect(() => bucket.grantPublicAccess()).toThrow(
      "'grantPublicAccess' must not be called: the bucket is closed to the public; put CloudFront with an origin access control in front [SecureBucket.PublicAccess, at 'Shop/Receipts']");
    expect(() => bucket.grantPutAcl(new AccountPrincipal('111122223333'))).toThrow(
      "'grantPutAcl' must not be called: access control lists are off, all objects belong to the account of the bucket; "
      + "give rights with allowRead() or a bucket policy [SecureBucket.AccessControlLists, at 'Shop/Receipts']");
  });
});

describe('the bucket policy', () => {
  const statement = (conditions?: Record<string, unknown>, principal: IPrincipal = new AnyPrincipal()): PolicyStatement => new PolicyStatement({
    principals: [principal], actions: ['s3:GetObject'], resources: ['*'], conditions,
  });

  test.each<[string, PolicyStatement]>([
    ['everybody', statement()],
    ['a star', statement(undefined, new StarPrincipal())],
    ['everybody over TLS', statement({ Bool: { 'aws:SecureTransport': 'true' } })],
    ['all organisations', statement({ StringLike: { 'aws:PrincipalOrgID': '*' } })],
    ['a role of that name in any account', statement({ ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/reader' } })],
    ['all but some', statement({ StringNotEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
    ['whoever has no organisation', statement({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } })],
    ['all but one account', new PolicyStatement({ notPrincipals: [new AccountPrincipal('111122223333')], actions: ['s3:GetObject'], resources: ['*'] })],
  ])('fails when it lets in %s', (_, open) => {
    expect(() => new SecureBucket(testStack(), 'Receipts').addToResourcePolicy(open)).toThrow(
      "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID' or 'aws:SourceVpce'; "
      + "name the principals; to serve files to the public put CloudFront with an origin access control in front [SecureBucket.PublicStatement, at 'Shop/Receipts']");
  });

  test.each<[string, PolicyStatement, string]>([
    ['a service', statement(undefined, new ServicePrincipal('s3.amazonaws.com')), '["s3.amazonaws.com"]'],
    ['a service for the buckets of everybody', statement({ ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }, new ServicePrincipal('s3.amazonaws.com')), '["s3.amazonaws.com"]'],
    ['a service that is asked for its source if it tells one',
      statement({ StringEqualsIfExists: { 'aws:SourceAccount': '111122223333' } }, new ServicePrincipal('s3.amazonaws.com')), '["s3.amazonaws.com"]'],
    ['the delivery of logs, which reads', statement(undefined, new ServicePrincipal('delivery.logs.amazonaws.com')), '["delivery.logs.amazonaws.com"]'],
  ])('fails when it lets in %s', (_, open, got) => {
    expect(() => new SecureBucket(testStack(), 'Receipts').addToResourcePolicy(open)).toThrow(
      "'statement' must say for whom the service acts, with an 'aws:SourceArn' or 'aws:SourceAccount' condition: it acts for other accounts as well, "
      + `got ${got}; add the condition [SecureBucket.ServicePrincipal, at 'Shop/Receipts']`);
  });

  test('lets in the delivery of load balancer logs, which tells no source', () => {
    const bucket = new SecureBucket(testStack(), 'Receipts');
    bucket.addToResourcePolicy(statement(undefined, new ServicePrincipal('logdelivery.elasticloadbalancing.amazonaws.com')));
    Template.fromStack(Stack.of(bucket)).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Effect: 'Allow', Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' } })]) },
    });
  });

  test('lets in a service for a source', () => {
    const bucket = new SecureBucket(testStack(), 'Receipts');
    bucket.addToResourcePolicy(statement({ StringEquals: { 'aws:SourceAccount': '111122223333' } }, new ServicePrincipal('s3.amazonaws.com')));
    Template.fromStack(Stack.of(bucket)).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Principal: { Service: 's3.amazonaws.com' } })]) },
    });
  });

  test('lets a load balancer write its access log, in the statements that CDK writes', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-central-1' } });
    const bucket = new SecureBucket(stack, 'Receipts');
    new NetworkLoadBalancer(stack, 'Door', { vpc: new Vpc(stack, 'Vpc') }).logAccessLogs(bucket);
    Template.fromStack(stack).hasResourceProperties('AWS::S3::BucketPolicy', {
      PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Action: 's3:PutObject', Principal: { Service: 'delivery.logs.amazonaws.com' } })]) },
    });
  });

  test.each<[string, PolicyStatement]>([
    ['an organisation', statement({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })],
    ['a path of an organisation', statement({ 'ForAnyValue:StringLike': { 'aws:principalorgpaths': ['o-1/r-1/*'] } })],
    ['an endpoint', statement({ StringEquals: { 'aws:SourceVpce': 'vpce-1' } })],
    ['an account', statement(undefined, new AccountPrincipal('111122223333'))],
    ['nobody', new PolicyStatement({ effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['s3:PutObject'], resources: ['*'] })],
  ])('may let in %s', (_, narrow) => {
    expect(new SecureBucket(testStack(), 'Receipts').addToResourcePolicy(narrow).statementAdded).toBe(true);
  });
});

describe('notifications', () => {
  test('work beside EventBridge, and have one owner', () => {
    const stack = testStack();
    const bucket = new SecureBucket(stack, 'Receipts');
    const handler = new LambdaFunction(stack, 'Handler', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('//') });
    bucket.addObjectCreatedNotification(new LambdaDestination(handler), { prefix: 'in/' });
    bucket.addEventNotification(EventType.OBJECT_REMOVED, new LambdaDestination(handler));
    bucket.enableEventBridgeNotification();
    expect(resourceOf(stack, bucket).Properties.NotificationConfiguration).toBeUndefined();
    templateOf(stack).hasResourceProperties('Custom::S3BucketNotifications', {
      NotificationConfiguration: { EventBridgeConfiguration: {}, LambdaFunctionConfigurations: [Match.anyValue(), Match.anyValue()] },
    });
  });
});

test('what CDK gives its function for notifications is explained in the regulated profile', () => {
  const stack = testStack({ profile: SecurityProfile.regulated() });
  const handler = new LambdaFunction(stack, 'Handler', { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('//') });
  new SecureBucket(stack, 'Receipts').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(handler));
  const findings = findingsOf(stack, ALL_NAG_PACKS()).filter(({ path }) => path.startsWith('Shop/Receipts/Notifications/'));
  expect(unexplained(findings)).toStrictEqual([]);
  expect(findings.map(({ rule }) => rule)).toContain('HIPAA.Security-IAMNoInlinePolicy');
});

describe('the access-log bucket', () => {
  test.each([[30, 30], [31, 31], [60, 31]])('takes in the logs of %d buckets with a policy that S3 takes, of %d statements', (buckets, statements) => {
    const stack = testStack();
    for (let i = 0; i < buckets; i++) new SecureBucket(stack, `DocumentsOfTheDepartmentFor${i}`, {});
    const [policy] = Object.values(templateOf(stack).findResources('AWS::S3::BucketPolicy')).map(({ Properties }) => Properties.PolicyDocument)
      .filter((document) => JSON.stringify(document).includes('logging.s3.amazonaws.com'));
    const deliveries = policy.Statement.filter(({ Principal }: Json) => Principal.Service === 'logging.s3.amazonaws.com');
    expect(deliveries).toHaveLength(statements);
    expect(deliveries.filter(({ Condition }: Json) => Condition.ArnLike !== undefined)).toHaveLength(30);
    expect(sizeOf(policy)).toBeLessThan(20_480);
    const rest = deliveries.filter(({ Condition }: Json) => Condition.ArnLike === undefined);
    for (const { Condition } of rest) expect(Condition).toEqual({ StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } });
  });

  test('is one for all buckets of a stack, each with a prefix and a source of its own', () => {
    const stack = testStack();
    const receipts = new SecureBucket(stack, 'Receipts');
    const nested = new NestedStack(stack, 'Nested');
    new SecureBucket(nested, 'Uploads');
    const logs = StackAccessLogBucket.of(stack) as Bucket;
    expect(StackAccessLogBucket.of(nested)).toBe(logs);
    const statements = policyOf(stack, logs).Properties.PolicyDocument.Statement;
    expect(statements[2]).toEqual({
      Effect: 'Allow',
      Principal: { Service: 'logging.s3.amazonaws.com' },
      Action: 's3:PutObject',
      Resource: stack.resolve(logs.arnForObjects('Shop/Receipts/*')),
      Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } }, ArnLike: { 'aws:SourceArn': stack.resolve(receipts.bucketArn) } },
    });
    expect(statements[3].Resource).toEqual(stack.resolve(logs.arnForObjects('Shop/Nested/Uploads/*')));
    expect(statements).toHaveLength(4);
  });

  test('is as closed as any bucket, with the key of S3, and forgets in time', () => {
    const stack = testStack();
    new SecureBucket(stack, 'Receipts');
    const logs = StackAccessLogBucket.of(stack) as Bucket;
    expect(resourceOf(stack, logs)).toEqual({
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: {
          ServerSideEncryptionConfiguration: [{ BlockedEncryptionTypes: { EncryptionType: ['SSE-C'] }, ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }],
        },
        LifecycleConfiguration: {
          Rules: [{
            Id: 'ExpireLogs',
            Status: 'Enabled',
            ExpirationInDays: 365,
            NoncurrentVersionExpiration: { NoncurrentDays: 7 },
            AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 },
          }],
        },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerEnforced' }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        VersioningConfiguration: { Status: 'Enabled' },
      },
    });
    expect(policyOf(stack, logs).Properties.PolicyDocument.Statement.slice(0, 2)).toEqual([
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
      expect.objectContaining({ Effect: 'Deny', Condition: { NumericLessThan: { 's3:TlsVersion': 1.2 } } }),
    ]);
  });

  test('keeps logs for ever where the profile says so', () => {
    const stack = testStack({ profile: SecurityProfile.production().with({ logRetention: 9999 }) });
    expect(resourceOf(stack, StackAccessLogBucket.of(stack) as Bucket).Properties.LifecycleConfiguration.Rules[0].ExpirationInDays).toBeUndefined();
  });

  test('is replaced by another one', () => {
    const stack = testStack();
    const central = new Bucket(stack, 'Central');
    StackAccessLogBucket.use(stack.node.root, central);
    const bucket = new SecureBucket(stack, 'Receipts');
    expect(resourceOf(stack, bucket).Properties.LoggingConfiguration.DestinationBucketName).toEqual(stack.resolve(central.bucketName));
    templateOf(stack).resourceCountIs('AWS::S3::Bucket', 2);
  });

  const conditionFor = (stack: Stack, destination: Bucket, bucket: SecureBucket): unknown => policyOf(stack, destination)
    .Properties.PolicyDocument.Statement.filter(({ Principal }: Json) => Principal.Service === 'logging.s3.amazonaws.com')
    .filter(({ Resource }: Json) => line(Resource).endsWith(`/${bucket.node.path}/*`))
    .map(({ Condition }: Json) => Object.keys(Condition).sort());

  test.each<[string, (stack: Stack) => readonly [Stack, Stack], string[]]>([
    ['of another stack', (stack) => [new Stack(stack.node.root, 'Central'), stack], ['StringEquals']],
    ['of another stack, for a nested stack', (stack) => [new Stack(stack.node.root, 'Central'), new NestedStack(stack, 'Inner')], ['StringEquals']],
    ['of a nested stack', (stack) => [new NestedStack(stack, 'Inner'), stack], ['StringEquals']],
    ['of a nested stack, for another one', (stack) => [new NestedStack(stack, 'One'), new NestedStack(stack, 'Two')], ['StringEquals']],
    ['of the stack around a nested one', (stack) => [stack, new NestedStack(stack, 'Inner')], ['ArnLike', 'StringEquals']],
    ['of the same stack', (stack) => [stack, stack], ['ArnLike', 'StringEquals']],
  ])('%s takes logs of a bucket without a circle', (_, placed, conditions) => {
    const stack = testStack();
    const [home, user] = placed(stack);
    const central = new Bucket(home, 'Central', { encryption: BucketEncryption.S3_MANAGED });
    StackAccessLogBucket.use(stack.node.root, central);
    const bucket = new SecureBucket(user, 'Receipts');
    (stack.node.root as App).synth();
    expect(conditionFor(home, central, bucket)).toEqual([conditions]); // the account, and the bucket where naming it makes no circle
    expect([stack, home, user].map((one) => templateOf(one).toJSON())).toHaveLength(3); // which the assertions refuse where it goes in a circle
  });

  test('fails when the other one has a KMS key, or comes too late', () => {
    const stack = testStack();
    expect(() => StackAccessLogBucket.use(stack, new Bucket(stack, 'Central', { encryption: BucketEncryption.KMS }))).toThrow(
      "'bucket' must not be encrypted with a KMS key, because S3 delivers no access logs into such a bucket, got \"Shop/Central\"; "
      + "use a bucket with BucketEncryption.S3_MANAGED [AccessLogBucket.Encryption, at 'Shop']");
    new SecureBucket(stack, 'Receipts');
    expect(() => StackAccessLogBucket.use(stack, new Bucket(stack, 'Late'))).toThrow(
      "'AccessLogBucket' must be replaced before a construct uses it; call use() right after the app or stack is made [AccessLogBucket.AlreadyInUse, at 'Shop']");
  });
});

describe('self-audit', () => {
  const cases = PROFILES.flatMap(([name, profile]) => [['no flags', {}] as const, ['the recommended flags', RECOMMENDED_FLAGS] as const]
    .map(([flagName, flags]) => [name, flagName, profile, flags] as const));

  test.each(cases)('finds nothing in the %s profile with %s', (_name, _flagName, profile, flags) => {
    const stack = testStack({ profile: profile(), flags });
    StackAlarmTopic.use(stack, Topic.fromTopicArn(stack, 'Alarms', 'arn:aws:sns:eu-west-1:111122223333:alarms'));
    new SecureBucket(stack, 'Receipts', { requestMetrics: true });
    expect(findingsOf(stack)).toStrictEqual([]); // not even acknowledged ones
  });

  test.each(PROFILES)('gives the same template with and without flags: %s', (_, profile) => {
    const synthesize = (flags: Record<string, unknown>): unknown => {
      const stack = testStack({ profile: profile(), flags });
      const destination = new SecureBucket(stack, 'Copies');
      const destinationKey = new Key(stack, 'CopyKey');
      new SecureBucket(stack, 'Receipts', {
        requestMetrics: true,
        replication: [{ destination, destinationKey }],
        inventories: [{ destination: { bucket: destination } }],
        cors: [{ allowedMethods: [HttpMethods.GET], allowedOrigins: ['https://shop.example.com'] }],
      });
      return withoutUserKeys(templateOf(stack));
    };
    expect(synthesize(RECOMMENDED_FLAGS)).toEqual(synthesize({}));
  });
});

/** A plain Key of CDK depends on flags itself. */
function withoutUserKeys(template: Template): unknown {
  const json = template.toJSON();
  for (const id of Object.keys(json.Resources)) if (id.startsWith('CopyKey')) delete json.Resources[id];
  return json;
}

describe('whatever is combined', () => {
  const some = <T>(arbitrary: fc.Arbitrary<T>): fc.Arbitrary<T | undefined> => fc.option(arbitrary, { nil: undefined });
  const days = fc.integer({ min: 7, max: 3650 }).map((n) => Duration.days(n));
  const legal = fc.record<SecureBucketProps>({
    versioning: some(fc.oneof(days.map(BucketVersioning.keepNoncurrent), fc.constant(BucketVersioning.off(REASON)))),
    objectLock: some(fc.oneof(
      days.map(BucketObjectLock.governance), days.map(BucketObjectLock.compliance), fc.constant(BucketObjectLock.off(REASON)))),
    accessLogs: some(fc.constant(BucketAccessLogs.off(REASON))),
    removal: some(fc.constantFrom(BucketRemoval.retain(), BucketRemoval.destroy(REASON))),
    lifecycleRules: some(fc.array(fc.record({ expiration: days, noncurrentVersionExpiration: some(days) }), { maxLength: 2 })),
    cors: some(fc.constant([{ allowedMethods: [HttpMethods.PUT], allowedOrigins: ['https://shop.example.com'] }])),
    requestMetrics: some(fc.boolean()),
  });

  test('a bucket is closed, encrypted and TLS-only, and each weaker control has its waiver', () => {
    fc.assert(fc.property(legal, fc.constantFrom(...PROFILES), (props, [, profile]) => {
      const stack = testStack({ profile: profile() });
      const { controls } = SecurityProfile.of(stack);
      const locked = props.objectLock === undefined ? controls.objectLock : props.objectLock._offReason === undefined;
      fc.pre(!(locked && props.versioning?._offReason !== undefined)); // refused
      const bucket = new SecureBucket(stack, 'Receipts', props);
      const { Properties: p, DeletionPolicy } = resourceOf(stack, bucket);
      const waived = waiversBelow(stack).map(({ control }) => control);
      expect(Object.values(p.PublicAccessBlockConfiguration)).toEqual([true, true, true, true]);
      expect(p.OwnershipControls.Rules).toEqual([{ ObjectOwnership: 'BucketOwnerEnforced' }]);
      const [encryption] = p.BucketEncryption.ServerSideEncryptionConfiguration;
      expect(encryption.ServerSideEncryptionByDefault.SSEAlgorithm).toBe(controls.customerKeys ? 'aws:kms' : 'AES256');
      expect(encryption.BlockedEncryptionTypes.EncryptionType).toEqual(['SSE-C']);
      expect(policyOf(stack, bucket).Properties.PolicyDocument.Statement.map((one: any) => [one.Effect, one.Condition])).toEqual([
        ['Deny', { Bool: { 'aws:SecureTransport': 'false' } }], ['Deny', { NumericLessThan: { 's3:TlsVersion': 1.2 } }],
      ]);
      expect(p.VersioningConfiguration === undefined).toBe(waived.includes('Bucket.versioning'));
      expect(p.LoggingConfiguration === undefined).toBe(waived.includes('Bucket.accessLogs'));
      expect(controls.objectLock && p.ObjectLockConfiguration === undefined).toBe(waived.includes('Bucket.objectLock'));
      expect(controls.retainData && DeletionPolicy !== 'Retain').toBe(waived.includes('Bucket.removal'));
    }), { numRuns: 60, seed: 1 });
  });
});

test('services can be let in by a statement with source conditions', () => {
  const stack = testStack();
  const bucket = new SecureBucket(stack, 'Receipts');
  expect(bucket.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
    actions: ['s3:GetObject'],
    resources: [bucket.arnForObjects('*')],
    conditions: { StringEquals: { 'aws:SourceAccount': stack.account } },
  })).statementAdded).toBe(true);
});

test.each(PROFILES)('in the profile %s what its author gives up is explained to all packs', (_, profile) => {
  const stack = testStack({ profile: profile() });
  new SecureBucket(stack, 'Receipts', { versioning: BucketVersioning.off(REASON), objectLock: BucketObjectLock.off(REASON), accessLogs: BucketAccessLogs.off(REASON) });
  const findings = audited(stack);
  expect(unexplained(findings)).toStrictEqual([]);
  expect(findings.filter(({ reason }) => reason === REASON).map(({ rule }) => rule)).toEqual(expect.arrayContaining(['AwsSolutions-S1', 'BucketAccessLog', 'BucketVersions']));
});
