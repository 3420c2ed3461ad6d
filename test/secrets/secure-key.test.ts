import { Duration, RemovalPolicy, Stack, Token } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import { AccountPrincipal, AnyPrincipal, ArnPrincipal, OrganizationPrincipal, PolicyStatement, Role, ServicePrincipal, StarPrincipal } from 'aws-cdk-lib/aws-iam';
import { KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { ChangeNotices } from '../../src/secrets/change-notices';
import { KeyRegions } from '../../src/secrets/key/key-regions';
import { KeyRemoval } from '../../src/secrets/key/key-removal';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecureKeyProps } from '../../src/secrets/key/secure-key-props';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { Json, only } from '../support/api';
import { PROFILES, templateOf, testStack } from '../support/apps';

const REASON = 'the archive is read in two regions';

function keyOf(stack: Stack, id = 'Cards'): Json {
  const keys = templateOf(stack).findResources('AWS::KMS::Key');
  return keys[Object.keys(keys).find((logicalId) => logicalId.startsWith(id))!].Properties;
}

function made(props: SecureKeyProps = {}, profile?: SecurityProfile): Json {
  const stack = testStack({ profile });
  new SecureKey(stack, 'Cards', props);
  return keyOf(stack);
}

function roleIn(stack: Stack, id = 'Reader'): Role {
  return new Role(stack, id, { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

function statementsOf(stack: Stack): Json[] {
  return Object.values(templateOf(stack).findResources('AWS::IAM::Policy'))
    .filter((policy: Json) => !JSON.stringify(policy).includes('TrailNotices'))
    .flatMap((policy: Json) => policy.Properties.PolicyDocument.Statement);
}

describe('a key', () => {
  test('is rotated, waits before it ends, stays in its region, and lets IAM policies of its account decide', () => {
    expect(made()).toMatchObject({
      Description: 'Shop/Cards',
      Enabled: true,
      EnableKeyRotation: true,
      RotationPeriodInDays: 365,
      PendingWindowInDays: 30,
      MultiRegion: false,
      KeySpec: 'SYMMETRIC_DEFAULT',
      KeyUsage: 'ENCRYPT_DECRYPT',
    });
  });

  test('has the statements of the data key of a stack', () => {
    const stack = testStack();
    StackDataKey.of(stack);
    const bare = ({ Sid, ...rest }: Json) => rest;
    expect(made().KeyPolicy.Statement.map(bare)).toEqual(keyOf(stack, 'SharedSecurity').KeyPolicy.Statement.map(bare));
  });

  test('takes other values', () => {
    const stack = testStack();
    new SecureKey(stack, 'Cards', {
      description: 'Card numbers', alias: 'shop/cards', rotationPeriod: Duration.days(90), pendingWindow: Duration.days(7), regions: KeyRegions.multiple(REASON),
    });
    expect(keyOf(stack)).toMatchObject({ Description: 'Card numbers', RotationPeriodInDays: 90, PendingWindowInDays: 7, MultiRegion: true });
    templateOf(stack).hasResourceProperties('AWS::KMS::Alias', { AliasName: 'alias/shop/cards' });
    expect(waiversBelow(stack)).toEqual([{ control: 'Key.regions', reason: REASON, constructPath: 'Shop/Cards' }]);
  });

  test.each([
    [KeySpec.HMAC_256, 'GENERATE_VERIFY_MAC'],
    [KeySpec.ECC_NIST_P384, 'SIGN_VERIFY'],
    [KeySpec.ML_DSA_65, 'SIGN_VERIFY'],
  ])('of kind %s does %s, and is not rotated', (keySpec, usage) => {
    const key = made({ keySpec });
    expect(key).toMatchObject({ KeySpec: keySpec, KeyUsage: usage });
    expect(key.EnableKeyRotation).toBeUndefined();
  });

  test('with administrators leaves to IAM policies only its use', () => {
    const stack = testStack();
    new SecureKey(stack, 'Cards', { administrators: [new ArnPrincipal('arn:aws:iam::111122223333:role/keys')] });
    const [use, administration] = keyOf(stack).KeyPolicy.Statement;
    expect(use.Sid).toBe('IamPoliciesForUse');
    expect(use.Action.filter((action: string) => /Put|Schedule|Disable|Update|Create(?!Grant)|Delete|\*/.test(action))).toStrictEqual([]);
    expect(administration).toMatchObject({ Sid: 'Administrators', Principal: { AWS: 'arn:aws:iam::111122223333:role/keys' } });
    expect(administration.Action).toEqual(expect.arrayContaining(['kms:PutKeyPolicy', 'kms:ScheduleKeyDeletion']));
    expect(administration.Action.filter((action: string) => /crypt|Generate|Sign$|\*/.test(action))).toStrictEqual([]);
  });

  test.each(PROFILES)('in the profile %s is kept unless the profile lets data go', (name, profile) => {
    const stack = testStack({ profile: profile() });
    new SecureKey(stack, 'Cards');
    templateOf(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: name === 'sandbox' ? 'Delete' : 'Retain' });
  });

  test('goes with its stack for a reason, which is recorded where the profile keeps data', () => {
    const stack = testStack();
    new SecureKey(stack, 'Cards', { removal: KeyRemoval.destroy('the tests make new data each night'), changeNotices: ChangeNotices.off('nobody watches the test account') });
    templateOf(stack).hasResource('AWS::KMS::Key', { DeletionPolicy: 'Delete' });
    expect(waiversBelow(stack).map(({ control }) => control)).toEqual(['Key.removal', 'ChangeNotices']);
  });
});

describe('the verbs of a key', () => {
  test('encrypt and decrypt with exact actions, in one context and through one service', () => {
    const stack = testStack({ env: { account: '123456789012', region: 'eu-central-1' } });
    const key = new SecureKey(stack, 'Cards');
    key.allowEncrypt(roleIn(stack), { encryptionContext: { purpose: 'payment' } });
    key.allowDecrypt(roleIn(stack, 'Other'), { viaService: 'sqs' });
    const Resource = { 'Fn::GetAtt': [stack.getLogicalId(key.node.defaultChild as never), 'Arn'] };
    expect(statementsOf(stack)).toEqual([
      { Action: ['kms:Encrypt', 'kms:GenerateDataKey'], Effect: 'Allow', Resource, Condition: { StringEquals: { 'kms:EncryptionContext:purpose': 'payment' } } },
      { Action: 'kms:Decrypt', Effect: 'Allow', Resource, Condition: { StringEquals: { 'kms:ViaService': 'sqs.eu-central-1.amazonaws.com' } } },
    ]);
  });

  test.each<[string, SecureKeyProps, (key: SecureKey, role: Role) => unknown, string | string[]]>([
    ['allowEncrypt (RSA)', { keySpec: KeySpec.RSA_4096, keyUsage: KeyUsage.ENCRYPT_DECRYPT }, (key, role) => key.allowEncrypt(role), ['kms:Encrypt', 'kms:GetPublicKey']],
    ['allowSign', { keySpec: KeySpec.ECC_NIST_P256 }, (key, role) => key.allowSign(role), 'kms:Sign'],
    ['grantSign', { keySpec: KeySpec.ECC_NIST_P256 }, (key, role) => key.grantSign(role), 'kms:Sign'],
    ['allowVerify', { keySpec: KeySpec.ECC_NIST_P256 }, (key, role) => key.allowVerify(role), ['kms:GetPublicKey', 'kms:Verify']],
    ['grantVerify', { keySpec: KeySpec.ECC_NIST_P256 }, (key, role) => key.grantVerify(role), ['kms:GetPublicKey', 'kms:Verify']],
    ['allowGenerateMac', { keySpec: KeySpec.HMAC_256 }, (key, role) => key.allowGenerateMac(role), 'kms:GenerateMac'],
    ['grantGenerateMac', { keySpec: KeySpec.HMAC_256 }, (key, role) => key.grantGenerateMac(role), 'kms:GenerateMac'],
    ['allowVerifyMac', { keySpec: KeySpec.HMAC_256 }, (key, role) => key.allowVerifyMac(role), 'kms:VerifyMac'],
    ['grantVerifyMac', { keySpec: KeySpec.HMAC_256 }, (key, role) => key.grantVerifyMac(role), 'kms:VerifyMac'],
    ['grantEncrypt', {}, (key, role) => key.grantEncrypt(role), ['kms:Encrypt', 'kms:GenerateDataKey']],
    ['grantDecrypt', {}, (key, role) => key.grantDecrypt(role), 'kms:Decrypt'],
    ['grant with the wildcards of CDK', {}, (key, role) => key.grant(role, 'kms:ReEncrypt*', 'kms:GenerateDataKey*'),
      ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo']],
  ])('%s gives exact actions and nothing else', (_, props, use, Action) => {
    const stack = testStack();
    use(new SecureKey(stack, 'Cards', props), roleIn(stack));
    expect(statementsOf(stack).map((statement) => statement.Action)).toEqual([Action]);
  });

  test('let a principal of another account in by both policies', () => {
    const stack = testStack({ env: { account: '123456789012', region: 'eu-central-1' } });
    new SecureKey(stack, 'Cards').allowDecrypt(new AccountPrincipal('444455556666'), { viaService: 's3' });
    expect(keyOf(stack).KeyPolicy.Statement.pop()).toMatchObject({
      Action: 'kms:Decrypt', Effect: 'Allow', Resource: '*', Condition: { StringEquals: { 'kms:ViaService': 's3.eu-central-1.amazonaws.com' } },
    });
  });

  test('let constructs of CDK use the key', () => {
    const stack = testStack();
    const key = new SecureKey(stack, 'Cards');
    const role = roleIn(stack);
    new Bucket(stack, 'Bucket', { encryptionKey: key }).grantReadWrite(role);
    new Queue(stack, 'Queue', { encryption: QueueEncryption.KMS, encryptionMasterKey: key }).grantSendMessages(role);
    StackDataKey.use(new Stack(stack.node.root as never, 'Other'), key);
    new LogGroup(stack, 'Logs', { encryptionKey: key });
    expect(JSON.stringify(statementsOf(stack))).not.toMatch(/kms:[A-Za-z]*\*/);
  });

  test('grantEncryptDecrypt, grantSignVerify and grantAdmin give exact actions too', () => {
    const stack = testStack();
    new SecureKey(stack, 'Cards').grantEncryptDecrypt(roleIn(stack));
    new SecureKey(stack, 'Receipts', { keySpec: KeySpec.ECC_NIST_P256 }).grantSignVerify(roleIn(stack, 'Signer'));
    new SecureKey(stack, 'Managed').grantAdmin(roleIn(stack, 'Admin'));
    const actions = statementsOf(stack).flatMap((statement) => statement.Action);
    expect(actions).toEqual(expect.arrayContaining(['kms:Decrypt', 'kms:Encrypt', 'kms:GenerateDataKey', 'kms:Sign', 'kms:Verify', 'kms:PutKeyPolicy']));
    expect(actions.filter((action: string) => action.includes('*'))).toStrictEqual([]);
  });
});

test('a key with administrators names further ones in its own policy, because IAM policies give its use only', () => {
  const stack = testStack();
  const key = new SecureKey(stack, 'Cards', {
    administrators: [new ArnPrincipal('arn:aws:iam::111122223333:role/keys')], changeNotices: ChangeNotices.off('nobody watches this account'),
  });
  const role = roleIn(stack, 'Admin');
  key.grantAdmin(role);
  key.grantDecrypt(roleIn(stack, 'Reader'));
  const named = only(templateOf(stack), 'AWS::KMS::Key').KeyPolicy.Statement.filter(({ Principal }: Json) => JSON.stringify(Principal).includes('GetAtt'));
  expect(named).toEqual([expect.objectContaining({ Principal: { AWS: stack.resolve(role.roleArn) }, Action: expect.arrayContaining(['kms:PutKeyPolicy']) })]);
});

test('administrators with conditions stand in statements of their own', () => {
  const stack = testStack();
  new SecureKey(stack, 'Cards', { administrators: [new OrganizationPrincipal('o-a1b2c3d4e5'), new ArnPrincipal('arn:aws:iam::111122223333:role/keys')] });
  const [{ Properties: { KeyPolicy } }] = Object.values(templateOf(stack).findResources('AWS::KMS::Key', { Properties: { Description: 'Shop/Cards' } })) as Json[];
  expect(KeyPolicy.Statement.filter(({ Sid }: Json) => /^Administrators/.test(Sid)).map(({ Sid, Principal, Condition }: Json) => [Sid, Principal, Condition])).toEqual([
    ['Administrators', { AWS: 'arn:aws:iam::111122223333:role/keys' }, undefined],
    ['Administrators2', { AWS: '*' }, { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } }],
  ]);
});

describe('a key fails', () => {
  test('on a function without a role as administrator', () => {
    const stack = testStack();
    const { grantPrincipal } = LambdaFunction.fromFunctionArn(stack, 'Elsewhere', 'arn:aws:lambda:eu-west-1:111122223333:function:elsewhere');
    expect(() => new SecureKey(stack, 'Cards', { administrators: [grantPrincipal] })).toThrow("'administrators' must be known, and a function that was imported "
      + "without its role is not; name roles that manage keys [SecureKey.Administrators, at 'Shop/Cards']");
  });

  test('on a snapshot when it goes', () => {
    expect(() => new SecureKey(testStack(), 'Cards').applyRemovalPolicy(RemovalPolicy.SNAPSHOT)).toThrow("'policy' must not ask for a snapshot, which CloudFormation cannot take of it, "
      + "got \"snapshot\"; use RemovalPolicy.RETAIN [SecureKey.Removal, at 'Shop/Cards']");
  });

  test.each<[string, SecureKeyProps, string]>([
    ['a rotation that is too frequent', { rotationPeriod: Duration.days(30) },
      "'rotationPeriod' must lie between 90 days and 2560 days, got \"30 days\"; leave it out to use 365 days [SecureKey.RotationPeriod, at 'Shop/Cards']"],
    ['a rotation of an HMAC key', { rotationPeriod: Duration.days(90), keySpec: KeySpec.HMAC_256 },
      "'rotationPeriod' must go with a symmetric key, because KMS rotates no other, got \"HMAC_256\"; leave it out, and make a new key when it is time [SecureKey.RotationPeriod, at 'Shop/Cards']"],
    ['a short waiting period', { pendingWindow: Duration.days(3) },
      "'pendingWindow' must lie between 7 days and 30 days, got \"3 days\"; leave it out to use 30 days [SecureKey.PendingWindow, at 'Shop/Cards']"],
    ['a rotation that only the deployment knows', { rotationPeriod: Duration.days(Token.asNumber({ Ref: 'Days' })) }, "'rotationPeriod' must be known when the app is synthesized, "
      + "got \"a value that is only known at deployment\"; leave it out to use 365 days [SecureKey.RotationPeriod, at 'Shop/Cards']"],
    ['a waiting period that only the deployment knows', { pendingWindow: Duration.days(Token.asNumber({ Ref: 'Days' })) }, "'pendingWindow' must be known when the app is synthesized, "
      + "got \"a value that is only known at deployment\"; leave it out to use 30 days [SecureKey.PendingWindow, at 'Shop/Cards']"],
    ['no administrators', { administrators: [] },
      "'administrators' must name at least one principal, or nobody could ever manage the key, got []; leave it out to manage the key with IAM policies [SecureKey.Administrators, at 'Shop/Cards']"],
    ['everybody as administrator', { administrators: [new AnyPrincipal()] },
      "'administrators' must not be everybody; name roles that manage keys [SecureKey.Administrators, at 'Shop/Cards']"],
    ['a service as administrator', { administrators: [new ServicePrincipal('s3.amazonaws.com')] },
      "'administrators' must not be a service, which acts for whoever uses it; name roles that manage keys [SecureKey.Administrators, at 'Shop/Cards']"],
    ['an RSA key without usage', { keySpec: KeySpec.RSA_4096 },
      "'keyUsage' must be chosen for a key that could either encrypt or sign, got \"RSA_4096\"; pass keyUsage: KeyUsage.SIGN_VERIFY or KeyUsage.ENCRYPT_DECRYPT [SecureKey.KeyUsage, at 'Shop/Cards']"],
    ['no reason for more regions', { regions: KeyRegions.multiple('todo') },
      "'regions' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why this key may do without [SecureKey.Reason, at 'Shop/Cards']"],
    ['no reason for removal', { removal: KeyRemoval.destroy('') },
      "'removal' must be a sentence of at least 12 characters that a reviewer can judge, got \"\"; say why this key may do without [SecureKey.Reason, at 'Shop/Cards']"],
    ['no reason for silence', { changeNotices: ChangeNotices.off('n/a') },
      "'changeNotices' must be a sentence of at least 12 characters that a reviewer can judge, got \"n/a\"; say why nobody needs to know [ChangeNotices.Reason, at 'Shop/Cards']"],
  ])('on %s', (_, props, message) => {
    const stack = testStack();
    expect(() => new SecureKey(stack, 'Cards', props)).toThrow(message);
    expect(stack.node.children).toStrictEqual([]);
  });

  test.each<[string, SecureKeyProps, (key: SecureKey, stack: Stack) => unknown, string]>([
    ['a verb of another usage', {}, (key, stack) => key.allowSign(roleIn(stack)),
      "'allowSign' must go with a key for SIGN_VERIFY, got \"ENCRYPT_DECRYPT\"; make another key, with keyUsage SIGN_VERIFY [SecureKey.Usage, at 'Shop/Cards']"],
    ['a context on an RSA key', { keySpec: KeySpec.RSA_4096, keyUsage: KeyUsage.ENCRYPT_DECRYPT }, (key, stack) => key.allowDecrypt(roleIn(stack), { encryptionContext: { a: 'b' } }),
      "'encryptionContext' must go with a symmetric key, because others take no context and every request would be refused, got \"RSA_4096\"; leave it out [SecureKey.EncryptionContext, at 'Shop/Cards']"],
    ['a service with a domain', {}, (key, stack) => key.allowDecrypt(roleIn(stack), { viaService: 'sqs.amazonaws.com' }),
      "'viaService' must be the name of one service, without region and domain, got \"sqs.amazonaws.com\"; write it like 'sqs' [SecureKey.ViaService, at 'Shop/Cards']"],
    ['a wildcard', {}, (key, stack) => key.grant(roleIn(stack), 'kms:*'),
      "'actions' must be complete names, got \"kms:*\"; name each action [ExactAccess.Wildcard, at 'Shop/Cards']"],
    ['a removal that loses the key', {}, (key) => key.applyRemovalPolicy('destroy' as never),
      "'policy' must not delete a key that is kept, got \"destroy\"; pass removal: KeyRemoval.destroy(reason) [SecureKey.Removal, at 'Shop/Cards']"],
  ])('on %s', (_, props, use, message) => {
    const stack = testStack();
    const key = new SecureKey(stack, 'Cards', props);
    expect(() => use(key, stack)).toThrow(message);
  });

  const PUBLIC = "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'; name the principals [SecureKey.PublicStatement, at 'Shop/Cards']";
  const SERVICE = /^'statement' must bind a service to the account or resource that it acts for, .* \[SecureKey\.ServicePrincipal, at 'Shop\/Cards'\]$/;
  const allowing = (more: Json) => new PolicyStatement({ actions: ['kms:Decrypt'], resources: ['*'], ...more });

  test.each<[string, PolicyStatement, string | RegExp]>([
    ['everybody', allowing({ principals: [new AnyPrincipal()] }), PUBLIC],
    ['everybody, written as a star', allowing({ principals: [new StarPrincipal()] }), PUBLIC],
    ['all but one', allowing({ notPrincipals: [new ArnPrincipal('arn:aws:iam::111122223333:role/x')] }), PUBLIC],
    ['everybody of any organization', allowing({ principals: [new AnyPrincipal()], conditions: { StringLike: { 'aws:PrincipalOrgID': '*' } } }), PUBLIC],
    ['roles of one name in any account', allowing({ principals: [new AnyPrincipal()], conditions: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/x' } } }), PUBLIC],
    ['accounts that begin alike', allowing({ principals: [new AnyPrincipal()], conditions: { StringLike: { 'aws:PrincipalAccount': '1*' } } }), PUBLIC],
    ['everybody, unless a key is missing', allowing({ principals: [new AnyPrincipal()], conditions: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } } }), PUBLIC],
    ['a service', allowing({ principals: [new ServicePrincipal('sns.amazonaws.com')] }),
      "'statement' must bind a service to the account or resource that it acts for, or it acts for other accounts as well, got \"sns.amazonaws.com\"; add conditions on 'aws:SourceAccount' and "
      + "'aws:SourceArn'; where CDK writes the statement, turn on its feature flag for that, like '@aws-cdk/aws-sns-subscriptions:restrictSqsDescryption' [SecureKey.ServicePrincipal, at 'Shop/Cards']"],
    ['a service for rules of any account', allowing({ principals: [new ServicePrincipal('events.amazonaws.com')], conditions: { ArnLike: { 'aws:SourceArn': 'arn:aws:events:eu-west-1:*:rule/x' } } }), SERVICE],
    ['a service in some context', allowing({ principals: [new ServicePrincipal('sns.amazonaws.com')], conditions: { StringEquals: { 'kms:EncryptionContext:purpose': 'x' } } }), SERVICE],
  ])('on a statement for %s', (_, statement, message) => {
    expect(() => new SecureKey(testStack(), 'Cards').addToResourcePolicy(statement)).toThrow(message);
  });

  test.each<[string, PolicyStatement]>([
    ['an organization', allowing({ principals: [new OrganizationPrincipal('o-1234567890')] })],
    ['a service for this account', allowing({ principals: [new ServicePrincipal('sns.amazonaws.com')], conditions: { StringEquals: { 'aws:SourceAccount': '123456789012' } } })],
    ['CloudWatch Logs in the context of a log group', allowing({ principals: [new ServicePrincipal('logs.amazonaws.com')], conditions: { ArnLike: { 'kms:EncryptionContext:aws:logs:arn': 'arn:aws:logs:eu-west-1:111122223333:log-group:*' } } })],
    ['everybody below a unit of an organization', allowing({ principals: [new AnyPrincipal()], conditions: { 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-1/r-1/ou-1/*' } } })],
    ['a service for a bucket', allowing({ principals: [new ServicePrincipal('s3.amazonaws.com')], conditions: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::receipts' } } })],
    ['nobody', new PolicyStatement({ effect: 'Deny' as never, actions: ['kms:Decrypt'], resources: ['*'], principals: [new AnyPrincipal()] })],
  ])('not on a statement for %s', (_, statement) => {
    expect(new SecureKey(testStack(), 'Cards').addToResourcePolicy(statement).statementAdded).toBe(true);
  });

  test('on a service as grantee', () => {
    expect(() => new SecureKey(testStack(), 'Cards').allowDecrypt(new ServicePrincipal('sns.amazonaws.com'), { encryptionContext: { purpose: 'x' } })).toThrow(SERVICE);
  });
});

describe('notices', () => {
  test('of the end of several keys come from one rule, which publishes in a role of its own', () => {
    const stack = testStack();
    const keys = ['Cards', 'Invoices'].map((id) => new SecureKey(stack, id));
    const template = templateOf(stack);
    const rule = only(template, 'AWS::Events::Rule');
    expect(rule.EventPattern).toEqual({
      'source': ['aws.kms'],
      'detail-type': ['AWS API Call via CloudTrail'],
      'detail': {
        eventSource: ['kms.amazonaws.com'],
        eventName: ['DisableKey', 'ScheduleKeyDeletion'],
        resources: { ARN: keys.map((key) => stack.resolve(key.keyArn)) },
      },
    });
    const role = only(template, 'AWS::IAM::Role');
    expect(role.AssumeRolePolicyDocument.Statement[0].Condition.StringEquals).toEqual({ 'aws:SourceAccount': { Ref: 'AWS::AccountId' } });
    expect(rule.Targets).toEqual([expect.objectContaining({ Arn: { Ref: expect.stringContaining('AlarmTopic') }, RoleArn: expect.anything() })]);
    expect(rule.Targets[0].InputTransformer.InputTemplate).toContain('<detail-eventName> of <detail-resources-0--ARN> by <detail-userIdentity-arn>');
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: 'sns:Publish', Resource: { Ref: Match.stringLikeRegexp('AlarmTopic') } }),
          Match.objectLike({
            Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
            Condition: { StringEquals: Match.objectLike({ 'kms:EncryptionContext:aws:sns:topicArn': { Ref: Match.stringLikeRegexp('AlarmTopic') } }) },
          }),
        ],
      },
    });
  });

  test('that cannot be delivered end in the dead-letter queue of the stack', () => {
    const stack = testStack();
    new SecureKey(stack, 'Cards');
    const template = templateOf(stack);
    const queue = { 'Fn::GetAtt': [Object.keys(template.findResources('AWS::SQS::Queue'))[0], 'Arn'] };
    const [ruleId, rule] = Object.entries<Json>(template.findResources('AWS::Events::Rule'))[0];
    expect(rule.Properties.Targets[0].DeadLetterConfig).toEqual({ Arn: queue });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: {
        Statement: Match.arrayWith([Match.objectLike({
          Action: 'sqs:SendMessage', Principal: { Service: 'events.amazonaws.com' }, Condition: { ArnLike: { 'aws:SourceArn': { 'Fn::GetAtt': [ruleId, 'Arn'] } } },
        })]),
      },
    });
  });

  test('of many keys come from several rules, because EventBridge limits the size of a pattern', () => {
    const stack = testStack();
    for (let index = 0; index < 21; index++) new SecureKey(stack, `Key${index}`);
    const rules = Object.values<Json>(templateOf(stack).findResources('AWS::Events::Rule'));
    expect(rules.map(({ Properties }) => Properties.EventPattern.detail.resources.ARN.length)).toEqual([10, 10, 1]);
  });

  test.each<[string, ChangeNotices | undefined, number]>([
    ['sandbox', undefined, 0], ['sandbox', ChangeNotices.toAlarmTopic(), 1], ['sandbox', ChangeNotices.off('nobody watches this account'), 0],
    ['production', undefined, 1], ['production', ChangeNotices.off('nobody watches this account'), 0],
  ])('in the profile %s, with %p, are sent by %i rules', (name, changeNotices, rules) => {
    const stack = testStack({ profile: name === 'sandbox' ? SecurityProfile.sandbox() : SecurityProfile.production() });
    new SecureKey(stack, 'Cards', { changeNotices });
    templateOf(stack).resourceCountIs('AWS::Events::Rule', rules);
    expect(waiversBelow(stack)).toHaveLength(name === 'production' && rules === 0 ? 1 : 0);
  });

  test('do not keep a key from becoming the data key of its stack', () => {
    const stack = testStack();
    const key = new SecureKey(stack, 'Data');
    StackDataKey.use(stack, key);
    expect(templateOf(stack).findResources('AWS::KMS::Key')).toEqual({ [stack.getLogicalId(key.node.defaultChild as never)]: expect.anything() });
  });
});

test('a key opens itself for what the constructs of the house need of it', () => {
  const stack = testStack();
  const encryptionKey = new SecureKey(stack, 'Cards');
  new SecureEventBus(stack, 'Bus', { encryptionKey, archive: { retention: Duration.days(30) } });
  new SecureStateMachine(stack, 'Checkout', { encryptionKey, definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')) });
  const [{ Properties: { KeyPolicy } }] = Object.values(templateOf(stack).findResources('AWS::KMS::Key', { Properties: { Description: 'Shop/Cards' } })) as Json[];
  expect(KeyPolicy.Statement.map(({ Sid }: Json) => Sid)).toEqual([
    'IamPolicies', 'GrantsOnlyForAwsServices', 'EventBusKeyCheck', 'EventBuses', 'EventBusLogs', 'EventBusLogDelivery', 'EventArchives', 'CloudWatchLogs', 'StateMachineLogDelivery',
  ]);
});
