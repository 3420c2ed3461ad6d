import { App, CfnOutput, CfnParameter, Fn, Lazy, Stack, Token } from 'aws-cdk-lib';
import {
  CfnGroup, CfnGroupPolicy, CfnManagedPolicy, CfnPolicy, CfnRole, CfnRolePolicy, CfnUser, CfnUserPolicy, PolicyDocument, PolicyStatement,
} from 'aws-cdk-lib/aws-iam';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { allow, deny, document, managedPolicyOf, policyOf, roleIn, said, shop, siteOf } from './support/sites';
import { HardeningArea } from '../../src/core/hardening/hardening-area';
import { Standing } from '../../src/core/hardening/steps/hardening-step';
import { ACTION_HARDENING } from '../../src/iam/hardening/actions/action-hardening';
import { bucketKinds } from '../../src/iam/hardening/actions/bucket-kinds';
import { cdkPatternsIn, ExactActions } from '../../src/iam/hardening/actions/exact-actions';
import { holdersOf, policiesOf, roomFor } from '../../src/iam/hardening/actions/inline-budget';
import { sizeOf } from '../../src/iam/hardening/actions/policy-size';
import { allowingIn, allowingNow } from '../../src/iam/hardening/documents/allowing-statements';
import { actionsIn, isExact, listOf, mayHoldWildcard, statementsIn } from '../../src/iam/hardening/documents/document-statements';
import { ExactDocument } from '../../src/iam/hardening/documents/exact-document';
import { documentsOf } from '../../src/iam/hardening/documents/identity-documents';

const READ = allow('s3:GetObject', 'arn:aws:s3:::orders/a');
const rendered = (Sid: string) => ({ Sid, Effect: 'Allow', Action: 'a:B', Resource: '*' });

describe('The statements of a document', () => {
  const stack = shop();
  const role = roleIn(stack);
  const site = siteOf(stack);
  const of = (written: unknown) => statementsIn(written, role, site);

  test.each<[string, unknown, readonly unknown[]]>([
    ['plain text', document(READ), [READ]],
    ['one statement without a list', { Statement: READ }, [READ]],
    ['no statement', {}, []],
    ['nothing', undefined, []],
    ['a construct', new PolicyDocument({ statements: [PolicyStatement.fromJson(READ)] }), [READ]],
    ['a construct with nothing in it', new PolicyDocument(), []],
    ['a token that renders', Lazy.any({ produce: () => document(READ) }), [READ]],
    ['a list that is a token', { Statement: Lazy.any({ produce: () => [READ] }) }, [READ]],
    ['what hardening wrote', new ExactDocument({ original: {}, statements: () => [READ], rewrite: (one) => one }), [READ]],
  ])('of %s', (_, written, expected) => {
    expect(of(written)).toEqual(expected);
  });

  test.each<[string, unknown]>([
    ['a document', new CfnParameter(stack, 'Document').value],
    ['a list', { Statement: Token.asAny({ 'Fn::If': ['IsProduction', [READ], []] }) }],
    ['one statement', { Statement: [READ, { 'Fn::If': ['IsProduction', READ, { Ref: 'AWS::NoValue' }] }] }],
    ['one statement that is a token', { Statement: [READ, Token.asAny({ Ref: 'AWS::NoValue' })] }],
  ])('are not known where %s is known only at deployment', (_, written) => {
    expect(of(written)).toBeUndefined();
  });

  test('keep their references, so that they can still be written elsewhere', () => {
    for (const written of [document(allow('s3:GetObject', role.attrArn)), new PolicyDocument({ statements: [new PolicyStatement({ actions: ['a:B'], resources: [role.attrArn] })] })]) {
      expect(of(written)![0].Resource).toBe(role.attrArn);
    }
  });

  test('know their actions by name only', () => {
    expect([actionsIn(allow('a:B')), actionsIn(allow(['a:B', { Ref: 'Action' }, 'c:D'])), actionsIn({ NotAction: 'a:B' })]).toEqual([['a:B'], ['a:B', 'c:D'], []]);
    expect([listOf(undefined), listOf('a'), listOf(['a', 'b'])]).toEqual([[], ['a'], ['a', 'b']]);
  });

  test.each<[string, unknown, boolean]>([
    ['a wildcard', '*', true],
    ['a wildcard within', 'arn:aws:s3:::orders/*', true],
    ['a complete name', 'arn:aws:s3:::orders', false],
    ['a reference, which holds none', role.attrArn, false],
    ['a reference and more', `${role.attrArn}/a`, false],
    ['a reference and a wildcard', `${role.attrArn}/*`, true],
    ['a token that may be anything', Lazy.string({ produce: () => '*' }), true],
    ['an import', Fn.importValue('Arn'), true],
    ['an object of CloudFormation', { 'Fn::Sub': '${Role.Arn}/*' }, true],
  ])('may hold a wildcard: %s', (_, written, expected) => {
    expect(mayHoldWildcard(written)).toBe(expected);
  });

  test.each<[unknown, boolean]>([[undefined, false], [{}, false], [{ writtenStatements: [] }, false], [{ writtenStatements: () => [] }, true]])('%j was put there by hardening: %p', (one, expected) => {
    expect(isExact(one)).toBe(expected);
  });

  test('that allow are read once for steps that only look, and again for those that act at the end', () => {
    const policy = policyOf(role, READ, deny('s3:DeleteObject'));
    const [one] = documentsOf(policy);
    const now = siteOf(stack);
    expect(allowingIn(one, now)).toEqual([READ]);
    policy.policyDocument = document(READ, rendered('Later'), { Action: 'c:D', Resource: '*' });
    expect(allowingIn(one, now)).toEqual([READ]);
    expect(allowingNow(one, now)).toEqual([READ, rendered('Later'), { Action: 'c:D', Resource: '*' }]);
    expect(allowingIn(one, siteOf(stack))).toHaveLength(3);
  });

  test('that allow are kept apart for each document, and not known stays not known', () => {
    const two = roleIn(stack, 'Two', { policies: [{ policyName: 'a', policyDocument: document(READ) }, { policyName: 'b', policyDocument: document(rendered('B')) }] });
    const three = policyOf(two, Token.asAny({ Ref: 'AWS::NoValue' }));
    const now = siteOf(stack);
    expect([...documentsOf(two), ...documentsOf(three)].map((one) => allowingIn(one, now))).toEqual([[READ], [rendered('B')], undefined]);
  });
});

describe('The documents of a resource', () => {
  test('stand in policies, and in the list of a principal', () => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { policies: [{ policyName: 'a', policyDocument: document(READ) }, Token.asAny({ Ref: 'AWS::NoValue' }), { policyName: 'c', policyDocument: document(rendered('C')) }] });
    const policy = policyOf(role, READ);
    expect(documentsOf(role).map(({ property, resource, read }) => [property, resource, read()])).toEqual([
      ['Policies.0.PolicyDocument', role, document(READ)], ['Policies.2.PolicyDocument', role, document(rendered('C'))],
    ]);
    expect(documentsOf(policy).map(({ property, resource, read }) => [property, resource, read()])).toEqual([['PolicyDocument', policy, document(READ)]]);
  });

  test('are none where the list, or the document, is not there or not known', () => {
    const stack = shop();
    expect(documentsOf(roleIn(stack))).toStrictEqual([]);
    expect(documentsOf(roleIn(stack, 'Later', { policies: Lazy.any({ produce: () => [] }) }))).toStrictEqual([]);
    expect(documentsOf(new CfnRolePolicy(stack, 'Empty', { policyName: 'a', roleName: 'r' }))).toStrictEqual([]);
  });

  test('are replaced where they stand, and the others stay', () => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { policies: [{ policyName: 'a', policyDocument: document(READ) }, { policyName: 'b', policyDocument: document(READ) }] });
    const policy = policyOf(role, READ);
    const other = Lazy.any({ produce: () => document(rendered('Other')) });
    documentsOf(role)[1].write(other);
    documentsOf(policy)[0].write(other);
    expect(stack.resolve(role.policies)).toEqual([{ policyName: 'a', policyDocument: document(READ) }, { policyName: 'b', policyDocument: document(rendered('Other')) }]);
    expect(stack.resolve(policy.policyDocument)).toEqual(document(rendered('Other')));
  });

  test.each<[string, unknown, unknown]>([
    ['a document', document(READ), { rewritten: document(READ) }],
    ['a document that a condition chooses', { 'Fn::If': ['A', document(READ), document()] }, { 'Fn::If': ['A', document(READ), document()] }],
    ['nothing', undefined, undefined],
    ['null', null, null],
  ])('are rewritten when they are rendered: %s', (_, original, expected) => {
    const exact = new ExactDocument({ original, statements: () => [], rewrite: (one) => ({ rewritten: one }) as never });
    expect(new Stack().resolve({ exact }).exact).toEqual(expected);
    expect(Token.isUnresolved(exact.toString())).toBe(true);
  });
});

describe('What a statement names in S3', () => {
  const stack = shop();
  const other = new Stack(stack.node.root as App, 'Other');
  new CfnBucket(stack, 'Orders');
  new CfnBucket(other, 'Invoices');
  const kinds = bucketKinds(stack, siteOf(stack));
  const [bucket, objects, both] = [['bucket'], ['object'], ['bucket', 'object']];
  const partition = { Ref: 'AWS::Partition' };

  test.each<[string, unknown, readonly string[] | undefined]>([
    ['a bucket of the stack', { 'Fn::GetAtt': ['Orders', 'Arn'] }, bucket],
    ['its objects', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, '/*']] }, objects],
    ['what begins like it', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Orders', 'Arn'] }, '*']] }, both],
    ['a bucket that only another stack has under this id', { 'Fn::GetAtt': ['Invoices', 'Arn'] }, undefined],
    ['another attribute of it', { 'Fn::GetAtt': ['Orders', 'DomainName'] }, undefined],
    ['something before it', { 'Fn::Join': ['', ['x', { 'Fn::GetAtt': ['Orders', 'Arn'] }]] }, undefined],
    ['a name', 'arn:aws:s3:::orders', bucket],
    ['a name of China', 'arn:aws-cn:s3:::orders', bucket],
    ['a name of wherever it is deployed', { 'Fn::Join': ['', ['arn:', partition, ':s3:::orders']] }, bucket],
    ['objects by name', 'arn:aws:s3:::orders/in/a.pdf', objects],
    ['all objects by name', 'arn:aws:s3:::orders/*', objects],
    ['names that begin so', 'arn:aws:s3:::ord*', both],
    ['names with one letter open', 'arn:aws:s3:::order?', both],
    ['a name from a parameter', { 'Fn::Join': ['', ['arn:aws:s3:::', { Ref: 'Name' }]] }, bucket],
    ['a name from a parameter and more', { 'Fn::Join': ['', ['arn:aws:s3:::shop-', { Ref: 'Name' }, '-x/*']] }, objects],
    ['all buckets', 'arn:aws:s3:::*', undefined],
    ['no name', 'arn:aws:s3:::', undefined],
    ['all', '*', undefined],
    ['an access point', 'arn:aws:s3:eu-west-1:111122223333:accesspoint/a', undefined],
    ['whatever partition', 'arn:*:s3:::orders', undefined],
    ['another service', 'arn:aws:sqs:::orders', undefined],
    ['something before the ARN', 'x arn:aws:s3:::orders', undefined],
  ])('%s', (_, resource, expected) => {
    expect(kinds(resource)).toEqual(expected);
  });
});

describe('Exact actions', () => {
  const exact = new ExactActions();
  const in_ = (statement: object, ...kinds: (readonly string[] | undefined)[]) => {
    let at = 0;
    return exact.in(statement as never, () => kinds[at++]);
  };

  test('stand in the place of patterns that CDK writes, sorted, once each, beside the others', () => {
    expect(in_(allow(['kms:ReEncrypt*', 'kms:Decrypt', 'kms:ReEncryptTo'], 'k'), undefined)).toEqual(allow(['kms:Decrypt', 'kms:ReEncryptFrom', 'kms:ReEncryptTo'], 'k'));
  });

  test('leave a statement as it is that has no such pattern, or denies', () => {
    const [plain, denial] = [allow('s3:Get*', 'b'), deny('s3:DeleteObject*')];
    expect(in_(plain, ['bucket'])).toBe(plain);
    expect(in_(denial, ['bucket'])).toBe(denial);
    expect([cdkPatternsIn(allow(['s3:List*', 's3:Get*', 'toString'])), cdkPatternsIn(denial)]).toEqual([['s3:List*'], []]);
  });

  test('are those of all types that the statement names, and all where one is not known or none is named', () => {
    const count = (Resource: unknown, ...kinds: (readonly string[] | undefined)[]) => (in_(allow('s3:List*', Resource), ...kinds).Action as unknown[]).length;
    expect([
      count('b', ['bucket']), count('o', ['object']), count(['b', 'o'], ['bucket'], ['object']), count(['o', 'b'], ['object'], ['bucket']),
      count(['b', 'x'], ['bucket'], undefined), count(undefined), count('x', ['queue']),
    ]).toEqual([4, 3, 7, 7, 18, 18, 18]);
  });

  test('are one text where there is only one', () => {
    expect(in_(allow('s3:Abort*', 'o'), ['object']).Action).toBe('s3:AbortMultipartUpload');
  });

  test('are one table for a stage', () => {
    const site = siteOf(shop());
    expect(ExactActions.of(site)).toBe(ExactActions.of(site));
  });
});

describe('Patterns that CDK writes', () => {
  const planOf = (one: CfnPolicy | CfnManagedPolicy | CfnRole) => ACTION_HARDENING
    .find(({ type }) => type === one.cfnResourceType)!.plan(one, siteOf(one.stack));
  const reencrypt = ['kms:ReEncryptFrom', 'kms:ReEncryptTo'];
  const remark = 'The rights are the same. What AWS adds to the pattern later is not taken in: an update of this library brings it.';

  test('are planned as the actions that they stand for, in everything that holds rights', () => {
    expect(ACTION_HARDENING.map(({ area, rule }) => [area, rule])).toEqual(Array.from({ length: 8 }, () => [HardeningArea.RIGHTS, 'IamActionPattern']));
    const policy = policyOf(roleIn(shop()), allow(['s3:Abort*', 's3:GetObject']), allow(['kms:ReEncrypt*', 'kms:Decrypt']), allow('kms:ReEncrypt*'), allow('s3:Get*'), deny('s3:DeleteObject*'));
    expect(planOf(policy).map(said)).toEqual([{
      standing: Standing.MISSING,
      property: 'PolicyDocument',
      before: ['kms:ReEncrypt*', 's3:Abort*'],
      after: [...reencrypt, 's3:AbortMultipartUpload'],
      remark,
      applies: true,
    }]);
  });

  test('are none where an author wrote the pattern, or where the statements are not known', () => {
    expect(planOf(policyOf(roleIn(shop()), allow('s3:Get*')))).toStrictEqual([]);
    expect(planOf(policyOf(roleIn(shop()), allow('kms:ReEncrypt*'), Token.asAny({ Ref: 'AWS::NoValue' })))).toStrictEqual([]);
  });

  test('are written when the document is rendered, with what comes later, by the kind of what a statement names, once', () => {
    const stack = shop();
    const bucket = new CfnBucket(stack, 'Bucket');
    const policy = policyOf(roleIn(stack), allow('s3:List*', bucket.attrArn));
    const original = new PolicyDocument({ statements: [PolicyStatement.fromJson(allow('kms:ReEncrypt*'))] });
    policy.policyDocument = original;
    planOf(policy)[0].apply!();
    original.addStatements(PolicyStatement.fromJson(allow('s3:List*', bucket.attrArn)), PolicyStatement.fromJson(allow('sqs:Get*', 'q')));
    expect((stack.resolve(policy.policyDocument) as { Statement: { Action: unknown }[] }).Statement.map(({ Action }) => Action)).toEqual([
      reencrypt, ['s3:ListBucket', 's3:ListBucketMultipartUploads', 's3:ListBucketVersions', 's3:ListTagsForResource'], 'sqs:Get*',
    ]);
    expect(planOf(policy)).toStrictEqual([]);
    expect(statementsIn(policy.policyDocument, policy, siteOf(stack))).toHaveLength(3);
  });

  test('stay where the actions would not fit, and the author is told', () => {
    const long = Array.from({ length: 60 }, (_, n) => `arn:aws:sqs:eu-west-1:111122223333:${'q'.repeat(60)}${n}`);
    const stack = shop();
    const managed = managedPolicyOf(roleIn(stack), allow('kms:ReEncrypt*'), allow('sqs:SendMessage', long));
    expect(planOf(managed).map(said)).toEqual([{
      standing: Standing.AUTHORS,
      property: 'PolicyDocument',
      before: ['kms:ReEncrypt*'],
      after: reencrypt,
      advice: 'The exact actions would make the policy longer than the 6144 characters that IAM leaves for it: name the actions that the code calls, or split the role.',
      applies: false,
    }]);
  });

  describe('that would not fit one by one', () => {
    const READ_ALL = ['s3:GetObject*', 's3:GetBucket*', 's3:List*'];
    const arn = (name: string) => `arn:aws:s3:::${name}`;
    const hardenedIn = (...statements: object[]) => {
      const stack = shop();
      const policy = policyOf(roleIn(stack), ...statements as never[]);
      planOf(policy).forEach(({ apply }) => apply?.());
      return (stack.resolve(policy.policyDocument) as { Statement: { Action: string[]; Resource: unknown; Condition?: unknown }[] }).Statement;
    };
    const reads = Array.from({ length: 12 }, (_, n) => allow(READ_ALL, [arn('data'), arn(`data/${n}.json`)]));

    test('are one statement where nothing but the resources differs', () => {
      const send = allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:a');
      const [one, two, ...more] = hardenedIn(...reads, send);
      expect(one.Resource).toEqual([arn('data'), ...reads.map((_, n) => arn(`data/${n}.json`))]);
      expect(one.Action).toContain('s3:GetObjectVersion');
      expect([two, more]).toEqual([send, []]);
    });

    test('stay apart where their conditions differ', () => {
      const other = { ...allow(READ_ALL, arn('data/x')), Condition: { Bool: { 'aws:ViaAWSService': 'true' } } };
      expect(hardenedIn(...reads, other).map(({ Resource, Condition }) => [[Resource].flat().length, Condition])).toEqual([
        [13, undefined], [1, other.Condition],
      ]);
    });

    test('stay as they are where the actions fit anyhow', () => {
      expect(hardenedIn(reads[0], reads[1]).map(({ Resource }) => Resource)).toEqual([reads[0].Resource, reads[1].Resource]);
    });

    test('stay patterns where one statement is too long as well', () => {
      const many = Array.from({ length: 90 }, (_, n) => allow(READ_ALL, arn(`data/${'x'.repeat(100)}${n}`)));
      expect(hardenedIn(...many).map(({ Action }) => Action)).toEqual(many.map(() => READ_ALL));
    });
  });

  test('stay where a later statement takes the room', () => {
    const stack = shop();
    const managed = managedPolicyOf(roleIn(stack), allow('kms:ReEncrypt*'));
    const original = new PolicyDocument({ statements: [PolicyStatement.fromJson(allow('kms:ReEncrypt*'))] });
    managed.policyDocument = original;
    planOf(managed)[0].apply!();
    const later = Array.from({ length: 60 }, (_, n) => `arn:aws:sqs:eu-west-1:111122223333:${'q'.repeat(60)}${n}`);
    original.addStatements(PolicyStatement.fromJson(allow('sqs:SendMessage', later)));
    expect((stack.resolve(managed.policyDocument) as { Statement: { Action: unknown }[] }).Statement[0].Action).toBe('kms:ReEncrypt*');
  });
});

test('what is joined from a list of the deployment counts as one pointer', () => {
  const list = Fn.join(',', new CfnParameter(shop(), 'Ids', { type: 'CommaDelimitedList' }).valueAsList);
  const joined = (text: string) => sizeOf({ Resource: shop().resolve(text) });
  expect(joined(list)).toBe(joined(Fn.ref('Queue')));
});

describe('The room for a document', () => {
  const sizeIn = (...statements: unknown[]) => sizeOf(document(...statements));
  const first = (one: CfnPolicy | CfnManagedPolicy | CfnRole | CfnRolePolicy | CfnUser | CfnGroup) => documentsOf(one)[0];

  test('is that of a managed policy', () => {
    const stack = shop();
    expect(roomFor(first(managedPolicyOf(roleIn(stack), READ)), siteOf(stack))).toBe(6144);
  });

  test('is that of a user for a policy of somebody else', () => {
    const stack = shop();
    const policy = new CfnPolicy(stack, 'Policy', { policyName: 'a', roles: ['elsewhere'], policyDocument: document(READ) });
    expect(roomFor(first(policy), siteOf(stack))).toBe(2048);
  });

  test('is what the principal leaves besides its other inline policies, and managed ones do not count', () => {
    const stack = shop();
    const role = roleIn(stack, 'Role', { policies: [{ policyName: 'a', policyDocument: document(READ) }, { policyName: 'b', policyDocument: document(READ, READ) }] });
    const policy = policyOf(role, READ, READ, READ);
    managedPolicyOf(role, READ);
    const site = siteOf(stack);
    expect(roomFor(first(policy), site)).toBe(10_240 - sizeIn(READ) - sizeIn(READ, READ));
    expect(documentsOf(role).map((one) => roomFor(one, site))).toEqual([
      10_240 - sizeIn(READ, READ) - sizeIn(READ, READ, READ), 10_240 - sizeIn(READ) - sizeIn(READ, READ, READ),
    ]);
  });

  test('is the least that any of its principals leaves', () => {
    const stack = shop();
    const [role, group, user] = [roleIn(stack), new CfnGroup(stack, 'Group'), new CfnUser(stack, 'User')];
    const made = (id: string, props: object) => new CfnPolicy(stack, id, { policyName: id, policyDocument: document(READ), ...props });
    const [forAll, forTwo, forUser] = [made('All', { roles: [role.ref], groups: [group.ref], users: [user.ref] }), made('Two', { roles: [role.ref], groups: [group.ref] }), made('User1', { users: [user.ref] })];
    const site = siteOf(stack);
    expect(roomFor(first(forAll), site)).toBe(2048 - sizeIn(READ));
    expect(roomFor(first(forTwo), site)).toBe(5120 - sizeIn(READ));
    expect(roomFor(first(forUser), site)).toBe(2048 - sizeIn(READ));
  });

  test('counts what hardening wrote already with its exact actions', () => {
    const stack = shop();
    const role = roleIn(stack);
    const [policy, other] = [policyOf(role, READ), policyOf(role, READ)];
    const wide = [allow('kms:ReEncrypt*')];
    other.policyDocument = new ExactDocument({ original: document(...wide), statements: () => wide, rewrite: (one) => one });
    expect(roomFor(first(policy), siteOf(stack))).toBe(10_240 - sizeIn(allow(['kms:ReEncryptFrom', 'kms:ReEncryptTo'])));
  });

  test('does not count what is known only at deployment', () => {
    const stack = shop();
    const role = roleIn(stack);
    policyOf(role, Token.asAny({ Ref: 'AWS::NoValue' }));
    expect(roomFor(first(policyOf(role, READ)), siteOf(stack))).toBe(10_240 - sizeIn());
  });

  test('a policy names its principals in whatever way its type has, and those know their policies', () => {
    const stack = shop();
    const [role, group, user] = [roleIn(stack), new CfnGroup(stack, 'Group'), new CfnUser(stack, 'User')];
    const [one, two, three] = [
      new CfnRolePolicy(stack, 'OfRole', { policyName: 'a', roleName: role.ref }), new CfnGroupPolicy(stack, 'OfGroup', { policyName: 'a', groupName: group.ref }),
      new CfnUserPolicy(stack, 'OfUser', { policyName: 'a', userName: user.ref }),
    ];
    const managed = managedPolicyOf(role, READ);
    const foreign = new CfnManagedPolicy(stack, 'Foreign', { roles: [new CfnOutput(stack, 'Out', { value: 'x' }).node.id, new CfnBucket(stack, 'NoRole').ref], policyDocument: document() });
    const site = siteOf(stack);
    expect([one, two, three, managed, foreign].map((policy) => holdersOf(policy, site))).toEqual([[role], [group], [user], [role], []]);
    expect([role, group, user].map((holder) => policiesOf(holder, site))).toEqual([[one, managed], [two], [three]]);
    expect(policiesOf(roleIn(stack, 'Late'), site)).toStrictEqual([]);
    expect(holdersOf(new CfnRolePolicy(stack, 'LatePolicy', { policyName: 'b', roleName: role.ref }), site)).toEqual([role]);
  });
});
