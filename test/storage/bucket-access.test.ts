import { CfnResource, Lazy, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, AnyPrincipal, ArnPrincipal, Grant, IGrantable, ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { findingsOf, PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from '../support/apps';

const HERE = { account: '111122223333', region: 'eu-west-1' };

type Give = (bucket: SecureBucket, grantee: IGrantable) => Grant | void;

function setting(profile = SecurityProfile.production()): { stack: Stack; bucket: SecureBucket; role: Role } {
  const stack = testStack({ profile });
  return { stack, bucket: new SecureBucket(stack, 'Receipts'), role: new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }) };
}

/** The statements of the role after `give`, and what to compare them with. */
function rightsOf(give: Give): { statements: any[]; arn: unknown; objects: (pattern: string) => unknown; key: (...actions: string[]) => object } {
  const { stack, bucket, role } = setting();
  give(bucket, role);
  const [policy] = Object.values(templateOf(stack).findResources('AWS::IAM::Policy'));
  const arn = stack.resolve(bucket.bucketArn);
  const objects = (pattern: string): unknown => stack.resolve(bucket.arnForObjects(pattern));
  return {
    arn,
    objects,
    statements: policy.Properties.PolicyDocument.Statement,
    key: (...actions) => ({
      Effect: 'Allow',
      Action: actions.length === 1 ? actions[0] : actions,
      Resource: stack.resolve(bucket.encryptionKey!.keyArn),
      Condition: {
        StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['s3.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } },
        StringLike: { 'kms:EncryptionContext:aws:s3:arn': [arn, objects('*')] },
      },
    }),
  };
}

function bucketPolicyOf(stack: Stack, bucket: Bucket): any[] {
  const id = stack.getLogicalId(bucket.policy!.node.defaultChild as CfnResource);
  return templateOf(stack).toJSON().Resources[id].Properties.PolicyDocument.Statement;
}

describe('the verbs give exactly', () => {
  test('allowRead: objects and decryption, no list', () => {
    const { statements, objects, key } = rightsOf((bucket, role) => bucket.allowRead(role));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 's3:GetObject', Resource: objects('*') }, key('kms:Decrypt')]);
  });

  test('allowRead with a prefix and versions: that much', () => {
    const { statements, objects } = rightsOf((bucket, role) => bucket.allowRead(role, { prefix: 'pdf/', versions: true }));
    expect(statements[0]).toEqual({ Effect: 'Allow', Action: ['s3:GetObject', 's3:GetObjectVersion'], Resource: objects('pdf/*') });
  });

  test('allowWrite: upload and encryption, no read, delete or access control list', () => {
    const { statements, objects, key } = rightsOf((bucket, role) => bucket.allowWrite(role, { prefix: 'pdf/' }));
    expect(statements).toEqual([
      { Effect: 'Allow', Action: ['s3:AbortMultipartUpload', 's3:PutObject'], Resource: objects('pdf/*') },
      key('kms:Decrypt', 'kms:GenerateDataKey'),
    ]);
  });

  test('allowAppend: creation under the condition that nothing is there', () => {
    const { statements, objects, key } = rightsOf((bucket, role) => bucket.allowAppend(role, { prefix: 'log/' }));
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 's3:PutObject', Resource: objects('log/*'), Condition: { Null: { 's3:if-none-match': 'false' } } },
      { Effect: 'Allow', Action: 's3:PutObject', Resource: objects('log/*'), Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } },
      { Effect: 'Allow', Action: 's3:AbortMultipartUpload', Resource: objects('log/*') },
      key('kms:Decrypt', 'kms:GenerateDataKey'),
    ]);
  });

  test('allowDelete: delete markers, no versions, no key', () => {
    const { statements, objects } = rightsOf((bucket, role) => bucket.allowDelete(role, { prefix: 'tmp/' }));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 's3:DeleteObject', Resource: objects('tmp/*') }]);
  });

  test('allowList: keys, with a prefix only those that begin with it', () => {
    expect(rightsOf((bucket, role) => bucket.allowList(role)).statements).toEqual([{ Effect: 'Allow', Action: 's3:ListBucket', Resource: expect.anything() }]);
    const { statements, arn } = rightsOf((bucket, role) => bucket.allowList(role, { prefix: 'pdf/' }));
    expect(statements).toEqual([{ Effect: 'Allow', Action: 's3:ListBucket', Resource: arn, Condition: { StringLike: { 's3:prefix': 'pdf/*' } } }]);
  });
});

describe('the inherited grants give exactly', () => {
  test('grantRead: objects and the list', () => {
    const { statements, arn, objects, key } = rightsOf((bucket, role) => bucket.grantRead(role));
    expect(statements).toEqual([
      { Effect: 'Allow', Action: 's3:GetObject', Resource: objects('*') },
      { Effect: 'Allow', Action: ['s3:GetBucketLocation', 's3:ListBucket'], Resource: arn },
      key('kms:Decrypt'),
    ]);
  });

  test('grantRead with a pattern: the list of what it matches', () => {
    const { statements, objects } = rightsOf((bucket, role) => bucket.grantRead(role, 'pdf/*'));
    expect(statements[0].Resource).toEqual(objects('pdf/*'));
    expect(statements[1].Condition).toEqual({ StringLike: { 's3:prefix': 'pdf/*' } });
  });

  test('grantPut, grantWrite and grantDelete: complete actions', () => {
    const actions = (give: Give): unknown => rightsOf(give).statements.map((statement) => statement.Action);
    const onKey = ['kms:Decrypt', 'kms:GenerateDataKey'];
    expect(actions((bucket, role) => bucket.grantPut(role))).toEqual([['s3:AbortMultipartUpload', 's3:PutObject'], onKey]);
    expect(actions((bucket, role) => bucket.grantWrite(role))).toEqual([['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:PutObject'], onKey]);
    expect(actions((bucket, role) => bucket.grantWrite(role, 'in/*', ['s3:PutObjectTagging']))).toEqual(['s3:PutObjectTagging', onKey]);
    expect(actions((bucket, role) => bucket.grantDelete(role))).toEqual(['s3:DeleteObject']);
  });

  test('grantReadWrite: both', () => {
    const actions = rightsOf((bucket, role) => bucket.grantReadWrite(role)).statements.flatMap((statement) => statement.Action);
    expect([...new Set(actions)].sort()).toEqual([
      'kms:Decrypt', 'kms:GenerateDataKey', 's3:AbortMultipartUpload', 's3:DeleteObject', 's3:GetBucketLocation', 's3:GetObject', 's3:ListBucket', 's3:PutObject',
    ]);
  });

  test('grantOnKey and the grants of CDK: the key through S3 only', () => {
    const { statements, key } = rightsOf((bucket, role) => bucket.grants.write(role));
    expect(statements).toContainEqual(key('kms:Decrypt', 'kms:GenerateDataKey'));
    expect(rightsOf((bucket, role) => void bucket.grantOnKey(role, 'kms:Decrypt', 'kms:DescribeKey')).statements).toEqual([key('kms:Decrypt')]);
  });

  test('fails when an action is not complete', () => {
    const { bucket, role } = setting();
    expect(() => bucket.grantWrite(role, '*', ['s3:Put*'])).toThrow(
      "'actions' must be complete names, got \"s3:Put*\"; name each action [ExactAccess.Wildcard, at 'Shop/Receipts']");
  });

  test('replication by hand gets no wildcard on the key of the bucket', () => {
    const { statements } = rightsOf((bucket, role) => bucket.grantReplicationPermission(role, { destinations: [{ bucket }] }));
    expect(statements.flatMap((statement) => statement.Action).filter((action: string) => action.includes('*'))).toStrictEqual([]);
  });
});

describe('prefixes', () => {
  test.each(['', '/pdf', 'pdf/*', 'p?f', '${aws:username}/'])('fail when they are %j', (prefix) => {
    const { bucket, role } = setting();
    const message = `'prefix' must be the start of a key, without a leading slash, a wildcard or a policy variable, got ${JSON.stringify(prefix)}; `
      + "write it like 'invoices/', or leave it out for the whole bucket [SecureBucket.Prefix, at 'Shop/Receipts']";
    const verbs = ['allowRead', 'allowWrite', 'allowAppend', 'allowDelete', 'allowList'] as const;
    for (const verb of verbs) expect(() => bucket[verb](role, { prefix })).toThrow(message);
    expect(role.node.tryFindChild('DefaultPolicy')).toBeUndefined();
  });

  test('may be known at deployment only', () => {
    const { statements, objects } = rightsOf((bucket, role) => bucket.allowRead(role, { prefix: Lazy.string({ produce: () => 'late/' }) }));
    expect(statements[0].Resource).toEqual(objects('late/*'));
  });
});

describe('the grantee', () => {
  test('needs no key where S3 has its own', () => {
    const { stack, bucket, role } = setting(SecurityProfile.sandbox());
    bucket.allowRead(role);
    bucket.allowWrite(role);
    expect(JSON.stringify(templateOf(stack))).not.toContain('kms:');
  });

  test('in the same account gets no statement in the policies of bucket and key', () => {
    const { stack, bucket, role } = setting();
    expect(bucket.allowRead(role).success).toBe(true);
    const [key] = Object.values(templateOf(stack).findResources('AWS::KMS::Key'));
    expect([bucketPolicyOf(stack, bucket).length, key.Properties.KeyPolicy.Statement.length]).toEqual([2, 2]);
  });

  test('of another account gets the right from the bucket and its key', () => {
    const stack = testStack({ env: HERE });
    const bucket = new SecureBucket(stack, 'Receipts');
    const role = Role.fromRoleArn(stack, 'Reader', 'arn:aws:iam::444455556666:role/reader');
    expect(bucket.allowRead(role, { prefix: 'pdf/' }).success).toBe(true);
    expect(bucketPolicyOf(stack, bucket)[2]).toMatchObject({
      Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' }, Action: 's3:GetObject', Resource: stack.resolve(bucket.arnForObjects('pdf/*')),
    });
    templateOf(stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' },
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringEquals: { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' } },
        }]),
      },
    });
  });

  test('that is an account or an imported role gets the right from the bucket, conditions included', () => {
    const { stack, bucket } = setting();
    bucket.allowAppend(new AccountPrincipal('444455556666'));
    bucket.allowList(new ArnPrincipal('arn:aws:iam::444455556666:role/reader'), { prefix: 'pdf/' });
    expect(bucketPolicyOf(stack, bucket).slice(2).map(({ Principal, Action, Condition }) => ({ Principal, Action, Condition }))).toEqual([
      { Principal: { AWS: expect.anything() }, Action: 's3:PutObject', Condition: { Null: { 's3:if-none-match': 'false' } } },
      { Principal: { AWS: expect.anything() }, Action: 's3:PutObject', Condition: { Bool: { 's3:ObjectCreationOperation': 'false' } } },
      { Principal: { AWS: expect.anything() }, Action: 's3:AbortMultipartUpload', Condition: undefined },
      { Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' }, Action: 's3:ListBucket', Condition: { StringLike: { 's3:prefix': 'pdf/*' } } },
    ]);
  });

  test('is told about when the policy of an imported key cannot be changed', () => {
    const stack = testStack();
    const encryptionKey = Key.fromKeyArn(stack, 'Given', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    const bucket = new SecureBucket(stack, 'Receipts', { encryptionKey });
    bucket.allowRead(new ArnPrincipal('arn:aws:iam::444455556666:role/reader'));
    Annotations.fromStack(stack).hasWarning('/Shop/Receipts', Match.stringLikeRegexp(
      'The policy of the imported key Shop/Given cannot be changed here: it must allow kms:Decrypt for .*role/reader.*, or requests for encrypted data are refused'));
  });

  test('fails when it is a service', () => {
    const { stack, bucket } = setting();
    expect(() => bucket.allowRead(new ServicePrincipal('cloudfront.amazonaws.com'))).toThrow(
      "'grantee' must not be a service, which would act for other accounts as well, got [\"cloudfront.amazonaws.com\"]; call addToResourcePolicy() with a statement "
      + "for the service that has 'aws:SourceAccount' and 'aws:SourceArn' conditions [SecureBucket.ServicePrincipal, at 'Shop/Receipts']");
    expect(bucketPolicyOf(stack, bucket)).toHaveLength(2);
  });

  test('fails when it is everybody', () => {
    expect(() => setting().bucket.allowRead(new AnyPrincipal())).toThrow(
      "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID' or 'aws:SourceVpce'; "
      + "name the principals; to serve files to the public put CloudFront with an origin access control in front [SecureBucket.PublicStatement, at 'Shop/Receipts']");
  });
});

describe('self-audit', () => {
  const useAll = (bucket: SecureBucket, role: IGrantable): void => {
    bucket.allowRead(role, { prefix: 'pdf/', versions: true });
    bucket.allowWrite(role, { prefix: 'pdf/' });
    bucket.allowAppend(role, { prefix: 'log/' });
    bucket.allowDelete(role, { prefix: 'tmp/' });
    bucket.allowList(role);
  };

  const cases = PROFILES.flatMap(([name, profile]) => [{}, RECOMMENDED_FLAGS]
    .map((flags) => [name, Object.keys(flags).length, profile, flags] as const));

  test.each(cases)(
    'explains each wildcard exactly: %s, %d flags', (_name, _count, profile, flags) => {
      const stack = testStack({ profile: profile(), flags });
      const role = new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      useAll(new SecureBucket(stack, 'Receipts'), role);
      const findings = findingsOf(stack);
      expect(unexplained(findings)).toStrictEqual([]);
      expect([...new Set(findings.map(({ rule }) => rule))].sort()).toEqual(['log', 'pdf', 'tmp']
        .map((prefix) => `AwsSolutions-IAM5[Resource::<Receipts59C0D3E0.Arn>/${prefix}/*]`));
    });

  test('explains them in a managed policy too, which holds rights without being a principal', () => {
    const stack = testStack();
    useAll(new SecureBucket(stack, 'Receipts'), new ManagedPolicy(stack, 'Reader', { roles: [Role.fromRoleName(stack, 'Elsewhere', 'reader')] }));
    const findings = findingsOf(stack);
    expect(unexplained(findings)).toStrictEqual([]);
    expect([...new Set(findings.map(({ path }) => path))]).toEqual(['Shop/Reader/Resource']);
  });

  test('gives the same rights with and without flags', () => {
    const rights = (flags: Record<string, unknown>): unknown => {
      const stack = testStack({ flags });
      const bucket = new SecureBucket(stack, 'Receipts');
      // Plain roles and their policies are CDK's: each right has its own, so that CDK merges nothing.
      for (const verb of ['allowRead', 'allowWrite', 'allowDelete', 'allowList', 'grantRead', 'grantWrite', 'grantPut', 'grantDelete'] as const) {
        bucket[verb](new Role(stack, verb, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
      }
      return templateOf(stack).toJSON();
    };
    expect(rights(RECOMMENDED_FLAGS)).toEqual(rights({}));
  });
});
