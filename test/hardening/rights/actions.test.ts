import { App, CfnParameter, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Table, AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import {
  CfnManagedPolicy, CfnPolicy, CfnRole, CfnUser, Effect, ManagedPolicy, Policy, PolicyDocument, PolicyStatement, Role, ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Bucket, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { patternsOfCdk } from '../../../scripts/hardening/cdk-patterns';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { CDK_PATTERNS } from '../../../src/iam/hardening/actions/cdk-patterns.generated';
import { findingsOf, RECOMMENDED_FLAGS, unexplained } from '../../support/apps';
import { later } from '../support/later';
import { allowedBeforeAndAfter, authorsStack } from '../support/same-rights';

const FLAGS = [['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]] as const;

const KEY_ACTIONS = ['kms:GenerateDataKey', 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:GenerateDataKeyWithoutPlaintext'];

interface Statement {
  readonly Action: string | readonly string[];
  readonly Resource: unknown;
  readonly Effect: string;
}

const shop = (flags: Record<string, unknown> = {}) => authorsStack(flags, true);
const aRole = (stack: Stack, id = 'Role') => new Role(stack, id, { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
const trust = { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'ec2.amazonaws.com' }, Action: 'sts:AssumeRole' }] };
const pattern = (action = 'kms:GenerateDataKey*') => ({ Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: action, Resource: '*' }] });

/** The statements of all policies of a type. */
function statements(stack: Stack, type = 'AWS::IAM::Policy'): Statement[] {
  return Object.values(Template.fromStack(stack).findResources(type)).flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Statement[]);
}

const actions = (stack: Stack, type?: string) => statements(stack, type).map(({ Action }) => Action);
const outcomes = (stack: Stack) => {
  Template.fromStack(stack);
  return changesOf(stack.node.root)!.filter(({ rule }) => rule === 'IamActionPattern').map(({ at, property, outcome }) => [at, property, outcome]);
};

describe.each(FLAGS)('with %s', (_, flags) => {
  test('a grant of CDK allows the actions that its patterns stand for, and nothing else about it changes', () => {
    const [plain, hardened] = [false, true].map((hardens) => {
      const stack = authorsStack(flags, hardens);
      const bucket = new Bucket(stack, 'Bucket', { encryptionKey: new Key(stack, 'Key') });
      bucket.grantRead(aRole(stack));
      return statements(stack);
    });
    expect(hardened.map(({ Action, ...rest }) => rest)).toEqual(plain.map(({ Action, ...rest }) => rest));
    expect([...plain[0].Action].sort()).toEqual(['s3:GetBucket*', 's3:GetObject*', 's3:List*']);
    expect(hardened[0].Action).toEqual([
      's3:GetBucketAbac', 's3:GetBucketAcl', 's3:GetBucketCORS', 's3:GetBucketLocation', 's3:GetBucketLogging', 's3:GetBucketMetadataTableConfiguration',
      's3:GetBucketNotification', 's3:GetBucketObjectLockConfiguration', 's3:GetBucketOwnershipControls', 's3:GetBucketPolicy', 's3:GetBucketPolicyStatus',
      's3:GetBucketPublicAccessBlock', 's3:GetBucketRequestPayment', 's3:GetBucketTagging', 's3:GetBucketVersioning', 's3:GetBucketWebsite',
      's3:GetObject', 's3:GetObjectAcl', 's3:GetObjectAnnotation', 's3:GetObjectAttributes', 's3:GetObjectLegalHold', 's3:GetObjectRetention',
      's3:GetObjectTagging', 's3:GetObjectTorrent', 's3:GetObjectVersion', 's3:GetObjectVersionAcl', 's3:GetObjectVersionAnnotation',
      's3:GetObjectVersionAnnotationForReplication', 's3:GetObjectVersionAttributes', 's3:GetObjectVersionForReplication', 's3:GetObjectVersionTagging',
      's3:GetObjectVersionTorrent', 's3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions', 's3:ListMultipartUploadParts',
      's3:ListObjectAnnotations', 's3:ListObjectVersionAnnotations', 's3:ListTagsForResource',
    ]);
  });

  test('what the patterns allowed is allowed, and nothing more: on buckets, objects and keys', () => {
    const behind = Object.entries(CDK_PATTERNS).filter(([one]) => /^(s3|kms):/.test(one))
      .flatMap(([one, names]) => Object.keys(names).map((name) => `${one.split(':')[0]}:${name}`));
    const never = [
      's3:BypassGovernanceRetention', 's3:DeleteBucket', 's3:GetLifecycleConfiguration', 's3:PutBucketPolicy', 's3:ReplicateObject', 's3:RestoreObject',
      'kms:Sign', 'kms:GenerateMac', 'kms:GenerateRandom', 'kms:ScheduleKeyDeletion',
    ];
    const asked = [...new Set([...behind, ...never])];
    const [before, after] = allowedBeforeAndAfter((stack) => {
      const key = new Key(stack, 'Key');
      const bucket = new Bucket(stack, 'Bucket', { encryptionKey: key });
      const who = aRole(stack);
      bucket.grantReadWrite(who);
      bucket.grantPutAcl(who, 'in/*');
      return { who, on: { bucket: bucket.bucketArn, object: bucket.arnForObjects('in/a.pdf'), key: key.keyArn, other: 'arn:aws:s3:::other' } };
    }, asked, flags);
    const forOthers = /^s3:List(Access|All|Caller|Jobs|MultiRegion|Storage)/; // know neither buckets nor objects: AWS did not allow them there before
    expect(after.length).toBeGreaterThan(60);
    expect(after).toEqual(before.filter((one) => !forOthers.test(one)));
  });

  test('no finding about action wildcards is left of the grants of CDK', () => {
    const stack = shop(flags);
    const who = aRole(stack);
    new Bucket(stack, 'Bucket', { encryptionKey: new Key(stack, 'Key') }).grantReadWrite(who);
    new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING }, encryptionKey: new Key(stack, 'Other') }).grantReadWriteData(who);
    expect(unexplained(findingsOf(stack)).filter((finding) => finding.includes('IAM5[Action'))).toStrictEqual([]);
  });

  test('statements that come after hardening are exact too', () => {
    const stack = shop(flags);
    later(stack, () => bucket.grantDelete(who));
    const [who, bucket] = [aRole(stack), new Bucket(stack, 'Bucket')];
    bucket.grantPut(who);
    expect(actions(stack).flat().filter((action) => action.includes('*'))).toStrictEqual([]);
    expect(actions(stack).flat()).toContain('s3:DeleteObjectVersion');
  });
});

test('the report names the patterns and the actions, and says that the list is closed', () => {
  const stack = shop();
  new Key(stack, 'Key').grantEncrypt(aRole(stack));
  Template.fromStack(stack);
  expect(changesOf(stack.node.root)!.filter(({ rule }) => rule === 'IamActionPattern')).toEqual([{
    at: 'Shop/Role/DefaultPolicy/Resource',
    resourceType: 'AWS::IAM::Policy',
    property: 'PolicyDocument',
    before: '["kms:GenerateDataKey*","kms:ReEncrypt*"]',
    after: JSON.stringify([...KEY_ACTIONS, 'kms:ReEncryptFrom', 'kms:ReEncryptTo']),
    rule: 'IamActionPattern',
    outcome: 'set',
    impact: 'in-place',
    note: 'The rights are the same. What AWS adds to the pattern later is not taken in: an update of this library brings it.',
    dryRun: false,
  }]);
});

test('policies stand in roles, users, groups and resources of their own, in CDK\'s classes or as plain text', () => {
  const stack = shop();
  new CfnRole(stack, 'Plain', { assumeRolePolicyDocument: trust, policies: [{ policyName: 'a', policyDocument: pattern() }, { policyName: 'b', policyDocument: pattern('s3:Get*') }] });
  new Role(stack, 'Inline', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), inlinePolicies: { a: PolicyDocument.fromJson(pattern()) } });
  new CfnUser(stack, 'User', { policies: [{ policyName: 'a', policyDocument: pattern() }] });
  new CfnManagedPolicy(stack, 'Managed', { policyDocument: pattern() });
  new ManagedPolicy(stack, 'Attached', { document: PolicyDocument.fromJson(pattern()) });
  new CfnPolicy(stack, 'Policy', { policyName: 'a', policyDocument: pattern(), roles: ['elsewhere'] });
  const { Resources } = Template.fromStack(stack).toJSON();
  const documents = (Object.values(Resources) as { Properties: any }[]).map(({ Properties }) => (
    Properties.PolicyDocument === undefined ? Properties.Policies.map((one: any) => one.PolicyDocument) : [Properties.PolicyDocument]));
  expect(documents.map((list) => list.map((one: any) => one.Statement[0].Action))).toEqual([
    [KEY_ACTIONS, 's3:Get*'], [KEY_ACTIONS], [KEY_ACTIONS], [KEY_ACTIONS], [KEY_ACTIONS], [KEY_ACTIONS],
  ]);
  expect(outcomes(stack)).toContainEqual(['Shop/Plain', 'Policies.0.PolicyDocument', 'set']);
});

test('what an author wrote as a wildcard of another kind stays, and so does every denial', () => {
  const stack = shop();
  const own = [
    new PolicyStatement({ actions: ['s3:Get*', 'dynamodb:*'], resources: ['arn:aws:s3:::b'] }),
    new PolicyStatement({ effect: Effect.DENY, actions: ['s3:DeleteObject*'], resources: ['*'] }),
  ];
  new Policy(stack, 'Policy', { statements: own, roles: [aRole(stack)] });
  expect(actions(stack)).toEqual([['s3:Get*', 'dynamodb:*'], 's3:DeleteObject*']);
  expect(outcomes(stack)).toStrictEqual([]);
});

test('on what is neither surely a bucket nor an object, all actions of the pattern stand', () => {
  const stack = shop();
  new CfnBucket(stack, 'Bucket');
  const resources = ['*', 'arn:aws:s3:::b*', 'arn:aws:s3:::b/*', Token.asString({ 'Fn::ImportValue': 'x' }), Token.asString({ 'Fn::GetAtt': ['Bucket', 'Arn'] })];
  for (const [index, resource] of resources.entries()) {
    new CfnPolicy(stack, `Policy${index}`, { policyName: 'a', policyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:List*', Resource: resource }] }, roles: ['r'] });
  }
  expect(actions(stack).map((list) => [list.length, list.includes('s3:ListAllMyBuckets'), list.includes('s3:ListBucket'), list.includes('s3:ListMultipartUploadParts')])).toEqual([
    [18, true, true, true], [7, false, true, true], [3, false, false, true], [18, true, true, true], [4, false, true, false],
  ]);
});

describe('IAM limits how long policies are', () => {
  const PATTERNS = ['s3:GetObject*', 's3:GetBucket*', 's3:List*', 's3:DeleteObject*', 's3:Abort*'];
  /** Statements that cannot be one: each holds for other callers. */
  const rightsOn = (stack: Stack, count: number) => Array.from({ length: count }, (_, index) => {
    const bucket = new Bucket(stack, `Bucket${index}`);
    const conditions = { StringEquals: { 'aws:PrincipalTag/tenant': `${index}` } };
    return new PolicyStatement({ actions: PATTERNS, resources: [bucket.bucketArn, bucket.arnForObjects('*')], conditions });
  });
  const manyBuckets = (stack: Stack, count: number) => {
    const who = aRole(stack);
    for (const statement of rightsOn(stack, count)) who.addToPolicy(statement);
    return who;
  };

  test('grants for many buckets are one statement where each with its own would not fit', () => {
    const stack = shop();
    const who = aRole(stack);
    for (let index = 0; index < 9; index++) new Bucket(stack, `Bucket${index}`).grantReadWrite(who);
    const [all, ...others] = actions(stack);
    expect([all, others]).toEqual([expect.arrayContaining(['s3:GetObject', 's3:PutObject']), []]);
    expect(outcomes(stack)).toEqual([['Shop/Role/DefaultPolicy/Resource', 'PolicyDocument', 'set']]);
  });

  test('patterns of a role stay, and are reported, where the actions would not fit', () => {
    const stack = shop();
    manyBuckets(stack, 9);
    expect(actions(stack).flat()).toContain('s3:GetObject*');
    expect(outcomes(stack)).toEqual([['Shop/Role/DefaultPolicy/Resource', 'PolicyDocument', 'proposed']]);
    expect(changesOf(stack.node.root)!.find(({ rule }) => rule === 'IamActionPattern')!.note).toBe(
      'The exact actions would make the policy longer than the 10240 characters that IAM leaves for it: name the actions that the code calls, or split the role.');
  });

  test('all inline policies of a role count together', () => {
    const stack = shop();
    const who = manyBuckets(stack, 3);
    const long = Array.from({ length: 40 }, (_, index) => `arn:aws:sqs:eu-west-1:111122223333:${'q'.repeat(70)}${index}`);
    new Policy(stack, 'Other', { roles: [who], statements: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: long })] });
    expect(outcomes(stack)).toEqual([['Shop/Role/DefaultPolicy/Resource', 'PolicyDocument', 'set']]);
    const full = shop();
    new Policy(full, 'Other', { roles: [manyBuckets(full, 3)], statements: [new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [...long, ...long.map((arn) => `${arn}x`)] })] });
    expect(outcomes(full)).toEqual([['Shop/Role/DefaultPolicy/Resource', 'PolicyDocument', 'proposed']]);
  });

  test('a managed policy has its own limit', () => {
    const stack = shop();
    const policy = new ManagedPolicy(stack, 'Policy');
    policy.addStatements(...rightsOn(stack, 5));
    expect(outcomes(stack)).toEqual([['Shop/Policy/Resource', 'PolicyDocument', 'proposed']]);
  });

  test('patterns stay where a later statement takes the room', () => {
    const stack = shop();
    const queues = Array.from({ length: 60 }, (_, index) => `arn:aws:sqs:eu-west-1:111122223333:${'q'.repeat(70)}${index}`);
    later(stack, () => who.addToPolicy(new PolicyStatement({ actions: ['sqs:SendMessage'], resources: queues })));
    const who = manyBuckets(stack, 5);
    expect(actions(stack).flat()).toContain('s3:GetObject*');
  });
});

test('documents that are known only at deployment stay', () => {
  const stack = shop();
  new CfnPolicy(stack, 'Policy', { policyName: 'a', policyDocument: new CfnParameter(stack, 'Document').value, roles: ['r'] });
  new CfnPolicy(stack, 'Statement', { policyName: 'a', policyDocument: { Statement: [Token.asAny({ 'Fn::If': ['x', pattern().Statement[0], { Ref: 'AWS::NoValue' }] })] }, roles: ['r'] });
  const rendered = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy')).map(({ Properties }) => Properties.PolicyDocument);
  expect(rendered).toEqual([{ Ref: 'Document' }, { Statement: [{ 'Fn::If': ['x', pattern().Statement[0], { Ref: 'AWS::NoValue' }] }] }]);
  expect(outcomes(stack)).toStrictEqual([]);
});

test('a second synthesis renders the same, and finds nothing more to do', () => {
  const stack = shop();
  new Bucket(stack, 'Bucket').grantRead(aRole(stack));
  const app = stack.node.root as App;
  const first = app.synth().getStackByName('Shop').template;
  expect(app.synth({ force: true }).getStackByName('Shop').template).toEqual(first);
  expect(outcomes(stack)).toHaveLength(1);
});

test('the table holds every pattern that the code of CDK writes, and nothing else', () => {
  const written = patternsOfCdk();
  expect(Object.keys(CDK_PATTERNS)).toEqual(written.filter((one) => CDK_PATTERNS[one] !== undefined));
  expect(written.filter((one) => CDK_PATTERNS[one] === undefined)).toStrictEqual([]);
});
