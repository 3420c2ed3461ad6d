import { App, CfnOutput, CfnParameter, Duration, NestedStack, SecretValue, Stack } from 'aws-cdk-lib';
import { Match } from 'aws-cdk-lib/assertions';
import {
  AnyPrincipal, ArnPrincipal, CfnAccessKey, CompositePrincipal, OrganizationPrincipal, PolicyStatement, PrincipalWithConditions, Role,
  ServicePrincipal, SessionTagsPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { AttachmentTargetType, HostedRotation, Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { ChangeNotices } from '../../src/secrets/change-notices';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecretContent } from '../../src/secrets/secret/secret-content';
import { SecretRemoval } from '../../src/secrets/secret/secret-removal';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { SecureSecretProps } from '../../src/secrets/secret/secure-secret-props';
import { Json, only } from '../support/api';
import { PROFILES, RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const ENV = { account: '123456789012', region: 'eu-central-1' };
const MAILED = 'the partner issues a token once a year, by mail';
const OFF = SecretRotation.off(MAILED);

function secretIn(stack: Stack, props: Partial<SecureSecretProps> = {}): SecureSecret {
  return new SecureSecret(stack, 'Token', { rotation: OFF, ...props });
}

function made(props: Partial<SecureSecretProps> = {}): Json {
  const stack = testStack();
  secretIn(stack, props);
  return only(templateOf(stack), 'AWS::SecretsManager::Secret');
}

function policyOf(stack: Stack): Json {
  return only(templateOf(stack), 'AWS::SecretsManager::ResourcePolicy');
}

function roleIn(stack: Stack): Role {
  return new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
}

/** What one grantee may do: each action with the conditions that it stands under. */
function rights(stack: Stack, of: string): Json[] {
  return Object.entries(templateOf(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith(of))
    .flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement).map(({ Action, Condition }: Json) => ({ Action, Condition }));
}

describe('a secret', () => {
  test('is generated, long, and encrypted with the key of the stack', () => {
    expect(made()).toEqual({
      GenerateSecretString: { PasswordLength: 32, RequireEachIncludedType: true },
      KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('DataKey'), 'Arn'] },
    });
  });

  test('takes other values', () => {
    const stack = testStack();
    const key = new Key(stack, 'Key');
    secretIn(stack, {
      description: 'Of the partner',
      secretName: 'shop/partner',
      encryptionKey: key,
      content: SecretContent.generated({ length: 64, fields: { username: 'shop' }, secretField: 'token', excludeCharacters: '"', excludePunctuation: true }),
      replicas: [{ region: 'eu-west-1', encryptionKey: Key.fromKeyArn(stack, 'There', 'arn:aws:kms:eu-west-1:123456789012:key/1') }],
    });
    expect(only(templateOf(stack), 'AWS::SecretsManager::Secret')).toEqual({
      Description: 'Of the partner',
      Name: 'shop/partner',
      KmsKeyId: stack.resolve(key.keyArn),
      GenerateSecretString: {
        PasswordLength: 64, RequireEachIncludedType: true, ExcludeCharacters: '"', ExcludePunctuation: true, GenerateStringKey: 'token', SecretStringTemplate: '{"username":"shop"}',
      },
      ReplicaRegions: [{ Region: 'eu-west-1', KmsKeyId: 'arn:aws:kms:eu-west-1:123456789012:key/1' }],
    });
  });

  test('does not open its key to the whole account, as CDK would', () => {
    const stack = testStack();
    const key = new Key(stack, 'Key');
    secretIn(stack, { encryptionKey: key, changeNotices: ChangeNotices.off('nobody watches this account') });
    expect(only(templateOf(stack), 'AWS::KMS::Key').KeyPolicy.Statement).toHaveLength(1);
  });

  test.each<[string, (stack: Stack) => SecretValue]>([
    ['another secret', () => SecretValue.secretsManager('shop/other', { jsonField: 'token' })],
    ['another secret, by reference', (stack) => new Secret(stack, 'Other').secretValue],
    ['a template parameter that is not shown', (stack) => SecretValue.cfnParameter(new CfnParameter(stack, 'Given', { noEcho: true }))],
    ['one of two template parameters, of which the other is shown', (stack) => {
      new CfnParameter(stack, 'Shown');
      return SecretValue.cfnParameter(new CfnParameter(stack, 'Given', { noEcho: true }));
    }],
    ['an attribute of a resource', (stack) => (
      SecretValue.resourceAttribute(new CfnAccessKey(stack, 'Vendor', { userName: 'vendor' }).attrSecretAccessKey))],
  ])('takes the value of %s', (_, value) => {
    const stack = testStack();
    secretIn(stack, { content: SecretContent.from(value(stack)) });
    expect(Object.values(templateOf(stack).findResources('AWS::SecretsManager::Secret')).filter((one: Json) => one.Properties.SecretString)).toHaveLength(1);
  });

  test('takes such values under the recommended feature flags, which keep watch over where secrets are used', () => {
    const stack = testStack({ flags: RECOMMENDED_FLAGS });
    secretIn(stack, { content: SecretContent.fields({ user: SecretValue.secretsManager('shop/user') }) });
    expect(only(templateOf(stack), 'AWS::SecretsManager::Secret').SecretString).toBe('{"user":"{{resolve:secretsmanager:shop/user:SecretString:::}}"}');
    expect(() => secretIn(testStack({ flags: RECOMMENDED_FLAGS }), { content: SecretContent.from(SecretValue.unsafePlainText('hunter2-hunter2')) }))
      .toThrow(expect.objectContaining({ code: 'SecureSecret.PlainText' }));
  });

  test('takes a document of such values', () => {
    expect(made({ content: SecretContent.fields({ user: SecretValue.secretsManager('shop/user') }) }).SecretString)
      .toBe('{"user":"{{resolve:secretsmanager:shop/user:SecretString:::}}"}');
  });

  test.each(PROFILES)('in the profile %s is kept with its policy unless the profile lets data go', (name, profile) => {
    const stack = testStack({ profile: profile() });
    secretIn(stack);
    const DeletionPolicy = name === 'sandbox' ? 'Delete' : 'Retain';
    templateOf(stack).hasResource('AWS::SecretsManager::Secret', { DeletionPolicy });
    templateOf(stack).hasResource('AWS::SecretsManager::ResourcePolicy', { DeletionPolicy });
    expect(only(templateOf(stack), 'AWS::SecretsManager::Secret').KmsKeyId === undefined).toBe(name === 'sandbox');
  });

  test('records each weaker choice', () => {
    const stack = testStack();
    secretIn(stack, { removal: SecretRemoval.destroy('the tests make new data each night'), changeNotices: ChangeNotices.off('nobody watches this account') });
    expect(waiversBelow(stack).map(({ control }) => control)).toEqual(['Secret.rotation', 'Secret.removal', 'ChangeNotices']);
    templateOf(stack).resourceCountIs('AWS::Events::Rule', 0);
  });
});

describe('the policy of a secret', () => {
  const gate = (accounts: Json, organization?: Json) => ({
    Sid: 'OnlyKnownAccounts',
    Effect: 'Deny',
    Principal: { AWS: '*' },
    Action: 'secretsmanager:*',
    Resource: '*',
    Condition: {
      StringNotEquals: { 'aws:PrincipalAccount': accounts, ...organization && { 'aws:PrincipalOrgID': organization } },
      Bool: { 'aws:PrincipalIsAWSService': 'false' },
    },
  });

  test('shuts out all other accounts and plain HTTP, and cannot become public', () => {
    const stack = testStack();
    secretIn(stack);
    const policy = policyOf(stack);
    expect(policy.BlockPublicPolicy).toBe(true);
    expect(policy.ResourcePolicy.Statement).toEqual([
      gate({ Ref: 'AWS::AccountId' }),
      { Sid: 'OnlyOverTls', Effect: 'Deny', Principal: { AWS: '*' }, Action: 'secretsmanager:*', Resource: '*', Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
    ]);
  });

  test('lets in the account whose principal gets a right, and only that principal', () => {
    const stack = testStack({ env: ENV });
    const secret = secretIn(stack);
    secret.allowRead(new ArnPrincipal('arn:aws:iam::444455556666:role/reader'));
    const [first, , last] = policyOf(stack).ResourcePolicy.Statement;
    expect(first).toEqual(gate([ENV.account, '444455556666']));
    expect(last).toEqual({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' },
      Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'],
      Resource: stack.resolve(secret.secretArn),
    });
    const key = Object.entries(templateOf(stack).findResources('AWS::KMS::Key'))[0][1].Properties.KeyPolicy.Statement.pop();
    expect(key).toEqual({
      Effect: 'Allow',
      Principal: { AWS: 'arn:aws:iam::444455556666:role/reader' },
      Action: 'kms:Decrypt',
      Resource: '*',
      Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com' } },
    });
  });

  test('lets an organization in', () => {
    const stack = testStack({ env: ENV });
    secretIn(stack).allowRead(new OrganizationPrincipal('o-1234567890'));
    expect(policyOf(stack).ResourcePolicy.Statement[0]).toEqual(gate(ENV.account, 'o-1234567890'));
  });

  test.each([
    ['several principals', new CompositePrincipal(new ArnPrincipal('arn:aws:iam::444455556666:role/a'), new ArnPrincipal('arn:aws:iam::777788889999:role/b')), ['444455556666', '777788889999']],
    ['a principal in another', new SessionTagsPrincipal(new ArnPrincipal('arn:aws:iam::444455556666:role/a')), ['444455556666']],
  ])('lets in the accounts of %s', (_, grantee, accounts) => {
    const stack = testStack({ env: ENV });
    secretIn(stack).allowRead(grantee);
    expect(policyOf(stack).ResourcePolicy.Statement[0]).toEqual(gate([ENV.account, ...accounts]));
  });

  test('lets several organizations in', () => {
    const stack = testStack({ env: ENV });
    secretIn(stack).allowRead(new PrincipalWithConditions(new AnyPrincipal(), { StringEquals: { 'aws:PrincipalOrgID': ['o-1', 'o-2'] } }));
    expect(policyOf(stack).ResourcePolicy.Statement[0]).toEqual(gate(ENV.account, ['o-1', 'o-2']));
  });

  test('names no other account for a role of its own', () => {
    const stack = testStack();
    secretIn(stack).allowRead(roleIn(stack));
    expect(policyOf(stack).ResourcePolicy.Statement[0]).toEqual(gate({ Ref: 'AWS::AccountId' }));
  });
});

describe('the verbs of a secret', () => {
  const onKey = (Action: Json) => ({
    Action,
    Condition: { StringEquals: { 'kms:ViaService': 'secretsmanager.eu-central-1.amazonaws.com', 'kms:EncryptionContext:SecretARN': { Ref: expect.stringContaining('Token') } } },
  });

  test.each<[string, (secret: SecureSecret, role: Role) => unknown, Json[]]>([
    ['allowRead', (secret, role) => secret.allowRead(role), [{ Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] }, onKey('kms:Decrypt')]],
    ['grantRead', (secret, role) => secret.grantRead(role), [{ Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] }, onKey('kms:Decrypt')]],
    ['allowRead of one version', (secret, role) => secret.allowRead(role, { versionStages: ['AWSCURRENT'] }), [
      { Action: 'secretsmanager:GetSecretValue', Condition: { 'ForAnyValue:StringEquals': { 'secretsmanager:VersionStage': ['AWSCURRENT'] } } },
      { Action: 'secretsmanager:DescribeSecret' }, onKey('kms:Decrypt'),
    ]],
    ['allowWrite', (secret, role) => secret.allowWrite(role), [{ Action: 'secretsmanager:PutSecretValue' }, onKey(['kms:Decrypt', 'kms:GenerateDataKey'])]],
    ['grantWrite', (secret, role) => secret.grantWrite(role), [{ Action: 'secretsmanager:PutSecretValue' }, onKey(['kms:Decrypt', 'kms:GenerateDataKey'])]],
    ['allowRotate', (secret, role) => secret.allowRotate(role), [
      { Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'] },
      onKey(['kms:Decrypt', 'kms:GenerateDataKey']),
    ]],
  ])('%s gives exact actions, and the key through Secrets Manager for this secret', (_, use, expected) => {
    const stack = testStack({ env: ENV });
    use(secretIn(stack), roleIn(stack));
    expect(rights(stack, 'Reader')).toEqual(expected);
  });

  test('give no right on a key where there is none', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    secretIn(stack).allowRead(roleIn(stack));
    expect(rights(stack, 'Reader')).toEqual([{ Action: ['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue'] }]);
  });
});

describe('rotation', () => {
  test('by a function: Secrets Manager may call it for this secret only, and it may rotate this secret only', () => {
    const stack = testStack({ env: ENV });
    const rotator = aFunction(stack);
    const secret = new SecureSecret(stack, 'Token', { rotation: SecretRotation.by(rotator) });
    const template = templateOf(stack);
    expect(only(template, 'AWS::SecretsManager::RotationSchedule')).toEqual({
      SecretId: stack.resolve(secret.secretArn),
      RotationLambdaARN: stack.resolve(rotator.functionArn),
      RotateImmediatelyOnUpdate: true,
      RotationRules: { ScheduleExpression: 'rate(30 days)' },
    });
    expect(only(template, 'AWS::Lambda::Permission')).toEqual({
      Action: 'lambda:InvokeFunction',
      FunctionName: stack.resolve(rotator.functionArn),
      Principal: 'secretsmanager.amazonaws.com',
      SourceAccount: ENV.account,
      SourceArn: stack.resolve(secret.secretArn),
    });
    template.hasResource('AWS::SecretsManager::RotationSchedule', { DependsOn: [Object.keys(template.findResources('AWS::Lambda::Permission'))[0]] });
    expect(JSON.stringify(rights(stack, 'Orders'))).toMatch(/UpdateSecretVersionStage/);
  });

  test.each([[Duration.hours(4), 'rate(4 hours)'], [Duration.days(1), 'rate(1 day)'], [Duration.days(90), 'rate(90 days)']])('comes every %s', (every, expression) => {
    const stack = testStack();
    new SecureSecret(stack, 'Token', { rotation: SecretRotation.by(aFunction(stack), every) });
    expect(only(templateOf(stack), 'AWS::SecretsManager::RotationSchedule').RotationRules).toEqual({ ScheduleExpression: expression });
  });

  test('of several secrets can be the work of one function', () => {
    const stack = testStack();
    const rotator = aFunction(stack);
    for (const id of ['One', 'Two']) new SecureSecret(stack, id, { rotation: SecretRotation.by(rotator) });
    templateOf(stack).resourceCountIs('AWS::Lambda::Permission', 2);
  });

  test.each<[string, (stack: Stack) => readonly [Stack, Stack]]>([
    ['another stack', (stack) => [stack, new Stack(stack.node.root as App, 'Other', { env: ENV })]],
    ['a nested stack', (stack) => [stack, new NestedStack(stack, 'Inner')]],
    ['the stack around a nested one', (stack) => [new NestedStack(stack, 'Inner'), stack]],
    ['a nested stack beside another one', (stack) => [new NestedStack(stack, 'One'), new NestedStack(stack, 'Two')]],
  ])('by a function of %s makes no circle, and begins when the function has its rights', (_, placed) => {
    const stack = testStack({ env: ENV });
    const [home, other] = placed(stack);
    const rotator = aFunction(other);
    const secret = new SecureSecret(home, 'Token', { rotation: SecretRotation.by(rotator) });
    (stack.node.root as App).synth();
    const [template] = [home, other, stack].map((one) => templateOf(one)); // the assertions refuse a template with a circle
    const [id, { Properties }] = Object.entries(template.findResources('AWS::IAM::ManagedPolicy'))[0] as [string, Json];
    expect(Properties.Roles).toEqual([home.resolve(rotator.role!.roleName)]);
    expect(Properties.PolicyDocument.Statement).toContainEqual(expect.objectContaining({
      Action: expect.arrayContaining(['secretsmanager:UpdateSecretVersionStage']), Resource: home.resolve(secret.secretArn),
    }));
    template.hasResource('AWS::SecretsManager::RotationSchedule', { DependsOn: Match.arrayWith([id]) });
    expect(JSON.stringify(templateOf(other).toJSON())).not.toMatch(/UpdateSecretVersionStage/);
  });

  test('by an imported function leaves its permissions to its owner', () => {
    const stack = testStack();
    const rotator = LambdaFunction.fromFunctionArn(stack, 'Rotator', 'arn:aws:lambda:eu-central-1:444455556666:function:rotator');
    new SecureSecret(stack, 'Token', { rotation: SecretRotation.by(rotator) });
    templateOf(stack).resourceCountIs('AWS::Lambda::Permission', 0);
  });

  test('by AWS waits until the secret knows its database', () => {
    const stack = testStack();
    const secret = new SecureSecret(stack, 'Token', { rotation: SecretRotation.hosted(HostedRotation.postgreSqlSingleUser(), Duration.days(10)) });
    secret.attach({ asSecretAttachmentTarget: () => ({ targetId: 'orders', targetType: AttachmentTargetType.RDS_DB_INSTANCE }) });
    const template = templateOf(stack);
    expect(only(template, 'AWS::SecretsManager::RotationSchedule')).toMatchObject({
      HostedRotationLambda: { RotationType: 'PostgreSQLSingleUser', KmsKeyArn: expect.anything() }, RotationRules: { ScheduleExpression: 'rate(10 days)' },
    });
    template.hasResource('AWS::SecretsManager::RotationSchedule', { DependsOn: Object.keys(template.findResources('AWS::SecretsManager::SecretTargetAttachment')) });
  });

  test('that fails is noticed, and so is the end of the secret', () => {
    const stack = testStack();
    const secret = secretIn(stack);
    const patterns = Object.values(templateOf(stack).findResources('AWS::Events::Rule')).map((rule: Json) => rule.Properties.EventPattern);
    expect(patterns.map(({ detail }) => detail)).toEqual([
      { eventSource: ['secretsmanager.amazonaws.com'], eventName: ['RotationFailed'], additionalEventData: { SecretId: [stack.resolve(secret.secretArn)] } },
      { eventSource: ['secretsmanager.amazonaws.com'], eventName: ['DeleteSecret'], responseElements: { arn: [stack.resolve(secret.secretArn)] } },
    ]);
    const notices = Object.values(templateOf(stack).findResources('AWS::Events::Rule')).map((rule: Json) => rule.Properties.Targets[0].InputTransformer.InputTemplate);
    expect(notices[0]).toContain('<detail-eventName> of <detail-additionalEventData-SecretId> at <detail-eventTime>');
    expect(notices[1]).toContain('<detail-eventName> of <detail-responseElements-arn> by <detail-userIdentity-arn> at <detail-eventTime>');
    expect(patterns.map((pattern) => pattern['detail-type'])).toEqual([['AWS Service Event via CloudTrail'], ['AWS API Call via CloudTrail']]);
  });
});

describe('a secret fails', () => {
  const PLAIN = 'must be a value that CloudFormation fetches at deployment, because the template and its history would show any other; leave it out to generate one, '
    + 'put it into the secret by hand after the deployment, or pass SecretValue.secretsManager(), .cfnParameter() with noEcho, or .resourceAttribute() '
    + "[SecureSecret.PlainText, at 'Shop/Token']";

  test.each<[string, (stack: Stack) => SecretValue]>([
    ['text', () => SecretValue.unsafePlainText('hunter2-hunter2')],
    ['no text', () => SecretValue.unsafePlainText('')],
    ['text around a reference', () => SecretValue.unsafePlainText(`prefix-${SecretValue.secretsManager('a').unsafeUnwrap()}`)],
    ['an encrypted parameter, which CloudFormation does not fetch for a secret', () => SecretValue.ssmSecure('/shop/token', '1')],
    ['text that begins like a reference', () => SecretValue.unsafePlainText('{{resolve:secretsmanager:a}}hunter2')],
    ['a plain parameter', () => SecretValue.unsafePlainText('{{resolve:ssm:/shop/token:1}}')],
    ['a template parameter that is shown', (stack) => SecretValue.unsafePlainText(new CfnParameter(stack, 'Given').valueAsString)],
  ])('on %s as its value', (_, value) => {
    const stack = testStack();
    const given = value(stack);
    expect(() => secretIn(stack, { content: SecretContent.from(given) })).toThrow(`'content' ${PLAIN}`);
    expect(() => secretIn(stack, { content: SecretContent.fields({ token: given }) })).toThrow(`'content.token' ${PLAIN}`);
    expect(stack.node.tryFindChild('Token')).toBeUndefined();
  });

  test.each<[string, Partial<SecureSecretProps>, string | RegExp]>([
    ['a short value', { content: SecretContent.generated({ length: 16 }) },
      "'content.length' must be a whole number between 32 and 4096, got 16; leave it out to use 32 [SecureSecret.Length, at 'Shop/Token']"],
    ['a value of few characters', { content: SecretContent.generated({ excludeCharacters: 'bcdefghijklmnopqrstuvwxyzBCDEFGHIJKLMNOPQRSTUVWXYZ123456789', excludePunctuation: true }) },
      /^'content\.excludeCharacters' must leave capital and small letters, .* and enough of them for 128 bits, got .*; exclude only what .* \[SecureSecret\.Characters, at 'Shop\/Token'\]$/],
    ['a value without digits', { content: SecretContent.generated({ length: 64, excludeCharacters: '0123456789' }) },
      "'content.excludeCharacters' must leave capital and small letters, digits and, unless left out, punctuation, and enough of them for 128 bits, got \"0123456789\"; "
      + "exclude only what the other system does not take, or make the secret longer [SecureSecret.Characters, at 'Shop/Token']"],
    ['rotation at odd minutes', { rotation: SecretRotation.hosted(HostedRotation.mysqlSingleUser(), Duration.minutes(270)) },
      "'rotation' must be a whole number of hours that is known at synth, got \"4 hours 30 minutes\"; leave it out to rotate every 30 days [SecureSecret.RotationInterval, at 'Shop/Token']"],
    ['a password beside the value', { content: SecretContent.generated({ fields: { password: 'hunter2' } }) },
      "'content.fields.password' must not hold a secret, because the template shows it, and this looks like a password; let Secrets Manager generate it, as the secretField [SecureSecret.PlainText, at 'Shop/Token']"],
    ['rare rotation', { rotation: SecretRotation.hosted(HostedRotation.mysqlSingleUser(), Duration.days(91)) },
      "'rotation' must lie between 4 hours and 90 days, got \"91 days\"; leave it out to rotate every 30 days [SecureSecret.RotationInterval, at 'Shop/Token']"],
    ['no reason for no rotation', { rotation: SecretRotation.off('because') },
      "'rotation' must be a sentence of at least 12 characters that a reviewer can judge, got \"because\"; say why this secret may do without [SecureSecret.Reason, at 'Shop/Token']"],
    ['no reason for removal', { removal: SecretRemoval.destroy('tbd') },
      "'removal' must be a sentence of at least 12 characters that a reviewer can judge, got \"tbd\"; say why this secret may do without [SecureSecret.Reason, at 'Shop/Token']"],
    ['no reason for silence', { changeNotices: ChangeNotices.off('none') },
      "'changeNotices' must be a sentence of at least 12 characters that a reviewer can judge, got \"none\"; say why nobody needs to know [ChangeNotices.Reason, at 'Shop/Token']"],
    ...['', 'größe', 'shop token', 'x'.repeat(513)].map((secretName): [string, Partial<SecureSecretProps>, string] => [`the name '${secretName.slice(0, 20)}'`, { secretName },
      `'secretName' must have 1 to 512 letters, digits and characters of /_+=.@-, got "${secretName}"; leave it out to let CloudFormation make a name [SecureSecret.Name, at 'Shop/Token']`]),
    ['a copy in what is no region', { replicas: [{ region: 'Europe' }] },
      "'replicas.region' must name each region once, and not that of the stack, got \"Europe\"; write it like 'eu-central-1' [SecureSecret.Replica, at 'Shop/Token']"],
    ['a copy with a key of elsewhere', { replicas: [{ region: 'eu-west-1', encryptionKey: Key.fromKeyArn(new Stack(), 'Key', 'arn:aws:kms:eu-west-2:111122223333:key/1') }] },
      "'replicas.encryptionKey' must name a key of eu-west-1, got \"eu-west-2\"; make a key there, or a replica of a multi-region key [SecureSecret.Replica, at 'Shop/Token']"],
    ['a copy with a weaker key', { replicas: [{ region: 'eu-west-1' }] },
      "'replicas.encryptionKey' must be given, or the copy is encrypted with a weaker key than the secret, got \"eu-west-1\"; name a key in the region of the copy [SecureSecret.Replica, at 'Shop/Token']"],
  ])('on %s', (_, props, message) => {
    const stack = testStack();
    expect(() => secretIn(stack, props)).toThrow(message);
    expect(stack.node.children).toStrictEqual([]);
  });

  test('on characters that are one too few for 128 bits, and on none that are just enough', () => {
    const leaving = (characters: string) => SecretContent.generated({
      excludeCharacters: [...'abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789'].filter((one) => !characters.includes(one)).join(''), excludePunctuation: true,
    });
    expect(() => secretIn(testStack(), { content: leaving('abcdefABCDE0123') })).toThrow('[SecureSecret.Characters, at \'Shop/Token\']');
    expect(secretIn(testStack(), { content: leaving('abcdefABCDE01234') }).node.path).toBe('Shop/Token');
  });

  test.each<[string, (secret: SecureSecret) => unknown, string | RegExp]>([
    ['a copy with a weaker key, added later', (secret) => secret.addReplicaRegion('eu-west-1'),
      "'replicas.encryptionKey' must be given, or the copy is encrypted with a weaker key than the secret, got \"eu-west-1\"; name a key in the region of the copy [SecureSecret.Replica, at 'Shop/Token']"],
    ['a reader of no version', (secret) => secret.allowRead(roleIn(secret.stack), { versionStages: [] }),
      "'versionStages' must name at least one staging label, got []; write ['AWSCURRENT'], or leave it out [SecureSecret.VersionStages, at 'Shop/Token']"],
    ['a second rotation', (secret) => secret.addRotationSchedule('More', {}),
      "'addRotationSchedule' must not be called: a secret has one rotation; pass rotation: SecretRotation.by(function) [SecureSecret.Rotation, at 'Shop/Token']"],
    ['a removal that loses it', (secret) => secret.applyRemovalPolicy('destroy' as never),
      "'policy' must not delete a secret that is kept, got \"destroy\"; pass removal: SecretRemoval.destroy(reason) [SecureSecret.Removal, at 'Shop/Token']"],
    ['a public statement', (secret) => secret.addToResourcePolicy(new PolicyStatement({ principals: [new AnyPrincipal()], actions: ['secretsmanager:GetSecretValue'], resources: ['*'] })),
      "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'; name the principals [SecureSecret.PublicStatement, at 'Shop/Token']"],
    ['a service as grantee', (secret) => secret.allowRead(new ServicePrincipal('events.amazonaws.com')),
      "'grantee' must not be a service, which would act for other accounts as well, got [\"events.amazonaws.com\"]; call addToResourcePolicy() with a statement for the service that has 'aws:SourceAccount' and 'aws:SourceArn' conditions [SecureSecret.ServicePrincipal, at 'Shop/Token']"],
  ])('on %s', (_, use, message) => {
    const secret = secretIn(testStack());
    expect(() => use(secret)).toThrow(message);
  });

  test('on a reader of another account where no key can let it in', () => {
    const secret = secretIn(testStack({ profile: SecurityProfile.sandbox(), env: ENV }));
    expect(() => secret.allowRead(new ArnPrincipal('arn:aws:iam::444455556666:role/reader'))).toThrow(
      "'encryptionKey' must be given, because no other account can use the AWS managed key, got \"444455556666\"; pass a SecureKey [SecureSecret.CrossAccountKey, at 'Shop/Token']");
  });

  test('that is kept, on a key that goes', () => {
    const stack = testStack({ profile: SecurityProfile.sandbox() });
    secretIn(stack, { encryptionKey: new SecureKey(stack, 'Key'), removal: SecretRemoval.retain() });
    expect(() => templateOf(stack)).toThrow('The secret is kept, but its key Shop/Key is deleted with its stack: keep the key, '
      + 'or pass removal: SecretRemoval.destroy(reason) [SecureSecret.Key]');
  });

  test('never by showing the value', () => {
    expect(() => made({ content: SecretContent.from(SecretValue.unsafePlainText('hunter2-hunter2')) })).toThrow(expect.objectContaining({
      message: expect.not.stringContaining('hunter2'),
    }));
  });
});

test('a secret in one stack can be read by a function in another', () => {
  const stack = testStack({ env: ENV });
  const secret = secretIn(stack);
  const readers = new Stack(stack.node.root as App, 'Readers', { env: ENV });
  secret.allowRead(aFunction(readers));
  new CfnOutput(readers, 'Name', { value: secret.secretArn });
  expect(Object.keys((stack.node.root as App).synth().getStackByName('Readers').template.Resources)).not.toHaveLength(0);
});
