import { Duration, Lazy, Stack, Token } from 'aws-cdk-lib';
import { AccountPrincipal, ArnPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { callerOf, fieldMark as markAtRunTime } from '../../handlers/common/vault/caller';
import { Fields } from '../../handlers/common/vault/fields';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { DataClassification } from '../../src/classification/data-classification';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { TokenField } from '../../src/data-protection/token-field';
import { TokenFormat } from '../../src/data-protection/token-format';
import { TokenVault } from '../../src/data-protection/token-vault';
import { TokenVaultProps, VaultAccessOptions } from '../../src/data-protection/token-vault-props';
import { fieldMark } from '../../src/data-protection/vault-caller';
import { CodeSigning } from '../../src/function/code/code-signing';
import { templateOf, testStack } from '../support/apps';
import { aFunction, demanded } from '../support/self-audit';

type Json = any;

const FIELDS = { card: TokenField.deterministic(TokenFormat.digits({ keepLast: 4 })), note: TokenField.random() };

function vaultIn(stack: Stack, props: Partial<TokenVaultProps> = {}): TokenVault {
  return new TokenVault(stack, 'Vault', { fields: FIELDS, ...props });
}

function resources(stack: Stack, type: string, idPart = ''): { readonly [id: string]: Json } {
  return Object.fromEntries(Object.entries(templateOf(stack).findResources(type) as Json).filter(([id]) => id.startsWith(idPart)));
}

function one(stack: Stack, type: string, idPart: string): Json {
  const found = Object.values(resources(stack, type, idPart));
  expect(found).toHaveLength(1);
  return found[0].Properties;
}

/** The statements that the function of an operation got for the vault, resources by the ids of what they are. */
function rightsOf(stack: Stack, id: string): Json[] {
  const { PolicyDocument } = one(stack, 'AWS::IAM::Policy', `Vault${id}SupportRole`);
  return PolicyDocument.Statement.map(({ Action, Resource, Condition }: Json) => ({
    Action: [Action].flat(), Resource: [Resource].flat().map((arn: Json) => arn['Fn::GetAtt'][0].replace(/[0-9A-F]{8}$/, '')), ...Condition && { Condition },
  }));
}

const VAULT_ID = 'Shop-Vault-F11462E1';
const CONTEXT = {
  'StringEquals': { 'kms:EncryptionContext:vault': VAULT_ID },
  'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': ['field', 'record', 'tenant', 'vault'] },
  'Null': { 'kms:EncryptionContext:field': 'false', 'kms:EncryptionContext:record': 'false', 'kms:EncryptionContext:tenant': 'false' },
};

describe('rights', () => {
  const keyOf = (...tables: string[]): Json => ({
    Action: ['kms:Decrypt'],
    Resource: ['SharedSecurityDataKey'],
    Condition: {
      StringEquals: {
        'kms:ViaService': { 'Fn::Join': ['', ['dynamodb.', { Ref: 'AWS::Region' }, '.amazonaws.com']] },
        'kms:EncryptionContext:aws:dynamodb:tableName': tables.map((table) => ({ Ref: expect.stringMatching(`^Vault${table}[0-9A-F]{8}$`) })),
        'kms:EncryptionContext:aws:dynamodb:subscriberId': { Ref: 'AWS::AccountId' },
      },
    },
  });
  const audit = { Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: ['VaultAuditLog'] };
  const counter = { Action: ['dynamodb:UpdateItem'], Resource: ['VaultLimits'] };
  const codes = { Action: ['kms:GenerateMac'], Resource: ['VaultCodeKey1'] };

  test.each<[string, Json[]]>([
    ['Tokenize', [
      { Action: ['dynamodb:PutItem'], Resource: ['VaultValues'] },
      { Action: ['dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:PutItem'], Resource: ['VaultKeys'] },
      counter, keyOf('Values', 'Keys', 'Limits'), audit,
      { Action: ['kms:GenerateDataKey'], Resource: ['VaultKey'], Condition: CONTEXT }, codes,
    ]],
    ['Detokenize', [
      { Action: ['dynamodb:GetItem'], Resource: ['VaultKeys', 'VaultValues'] }, counter, keyOf('Values', 'Keys', 'Limits'), audit,
      { Action: ['kms:Decrypt'], Resource: ['VaultKey'], Condition: CONTEXT },
    ]],
    ['SearchToken', [
      { Action: ['dynamodb:GetItem'], Resource: ['VaultKeys'] }, counter, keyOf('Keys', 'Limits'), audit, codes,
    ]],
    ['DeleteToken', [
      { Action: ['dynamodb:DeleteItem'], Resource: ['VaultValues'] },
      { Action: ['dynamodb:DeleteItem', 'dynamodb:GetItem', 'dynamodb:PutItem', 'dynamodb:Query'], Resource: ['VaultKeys'] },
      counter, keyOf('Values', 'Keys', 'Limits'), audit,
    ]],
  ])('of %s are exactly these', (id, expected) => {
    const stack = testStack();
    vaultIn(stack);
    const rights = rightsOf(stack, id);
    for (const right of expected) expect(rights).toContainEqual(right);
    expect(rights).toHaveLength(expected.length);
  });

  test('of keys are taken away from all others, administrators included', () => {
    const stack = testStack();
    vaultIn(stack);
    const roleOf = (id: string): Json => ({ 'Fn::GetAtt': [expect.stringMatching(`^Vault${id}SupportRole[0-9A-F]{8}$`), 'Arn'] });
    const denials = (id: string): Json[] => one(stack, 'AWS::KMS::Key', id).KeyPolicy.Statement.filter(({ Effect, Sid }: Json) => Effect === 'Deny' && Sid !== 'GrantsOnlyForAwsServices');
    const to = { Effect: 'Deny', Principal: { AWS: '*' }, Resource: '*' };
    const except = (...roles: Json[]): Json => ({ ArnNotEquals: { 'aws:PrincipalArn': roles } });
    expect(denials('VaultKey')).toEqual([
      { ...to, Sid: 'OnlyTokenizeWraps', Action: 'kms:GenerateDataKey', Condition: except(roleOf('Tokenize')) },
      { ...to, Sid: 'OnlyDetokenizeUnwraps', Action: 'kms:Decrypt', Condition: except(roleOf('Detokenize')) },
      {
        ...to,
        Sid: 'NoOtherUse',
        Action: [
          'kms:Encrypt', 'kms:GenerateDataKeyPair', 'kms:GenerateDataKeyPairWithoutPlaintext', 'kms:GenerateDataKeyWithoutPlaintext', 'kms:ReEncryptFrom', 'kms:ReEncryptTo',
        ],
      },
    ]);
    expect(denials('VaultCodeKey1')).toEqual([
      { ...to, Sid: 'OnlyTokenizeAndSearch', Action: 'kms:GenerateMac', Condition: except(roleOf('Tokenize'), roleOf('SearchToken')) },
      { ...to, Sid: 'NoOtherUse', Action: 'kms:VerifyMac' },
    ]);
    expect(denials('VaultKey').map(({ NotAction }) => NotAction)).toEqual([undefined, undefined, undefined]);
  });
});

describe('a vault', () => {
  test('keeps values for 35 days, and keys for one', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    vaultIn(stack, regulated(stack));
    const days = (id: string): Json => one(stack, 'AWS::DynamoDB::GlobalTable', id).Replicas[0].PointInTimeRecoverySpecification;
    expect(days('VaultValues')).toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 });
    expect(days('VaultKeys')).toEqual({ PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 1 });
    for (const { Properties, DeletionPolicy } of Object.values(resources(stack, 'AWS::DynamoDB::GlobalTable', 'Vault'))) {
      expect([Properties.Replicas[0].DeletionProtectionEnabled, DeletionPolicy]).toEqual([true, 'Retain']);
    }
    const selected = JSON.stringify(resources(stack, 'AWS::Backup::BackupSelection'));
    expect(selected).toContain('VaultValues');
    expect(selected).not.toMatch(/VaultKeys|VaultLimits/);
    expect(one(stack, 'AWS::DynamoDB::GlobalTable', 'VaultLimits').TimeToLiveSpecification).toEqual({ AttributeName: 'expires', Enabled: true });
  });

  test('keeps deleted keys for longer where that is wanted', () => {
    const stack = testStack();
    vaultIn(stack, { erasure: Duration.days(7) });
    expect(one(stack, 'AWS::DynamoDB::GlobalTable', 'VaultKeys').Replicas[0].PointInTimeRecoverySpecification.RecoveryPeriodInDays).toBe(7);
  });

  test('tells its functions what they need, and no more', () => {
    const stack = testStack();
    vaultIn(stack);
    const names = (id: string): string[] => Object.keys(one(stack, 'AWS::Lambda::Function', `Vault${id}`).Environment.Variables).sort();
    const all = ['AUDIT_LOG', 'FIELDS', 'KEYS_TABLE', 'LIMITS_TABLE', 'VAULT'];
    expect(names('Tokenize')).toEqual([...all, 'KEY_ID', 'MAC_KEYS', 'VALUES_TABLE'].sort());
    expect(names('Detokenize')).toEqual([...all, 'KEY_ID', 'VALUES_TABLE'].sort());
    expect(names('SearchToken')).toEqual([...all, 'MAC_KEYS'].sort());
    expect(names('DeleteToken')).toEqual([...all, 'VALUES_TABLE'].sort());
    const { VAULT, FIELDS: fields, MAC_KEYS } = one(stack, 'AWS::Lambda::Function', 'VaultTokenize').Environment.Variables;
    expect(VAULT).toBe(VAULT_ID);
    const read = new Fields(fields);
    expect([read.get('card'), read.get('note')]).toEqual([{ deterministic: true, shape: 'digits', keepLast: 4 }, { deterministic: false, shape: 'opaque' }]);
    expect(MAC_KEYS).toEqual({ 'Fn::Join': ['', ['[{"generation":1,"keyId":"', { 'Fn::GetAtt': [expect.stringMatching(/^VaultCodeKey1/), 'Arn'] }, '"}]']] });
  });

  test('has the key for codes only where something is searched for', () => {
    const stack = testStack();
    const vault = vaultIn(stack, { fields: { note: TokenField.random() } });
    expect(Object.keys(resources(stack, 'AWS::KMS::Key', 'Vault'))).toHaveLength(1);
    expect(() => vault.allowSearch(aFunction(stack))).toThrow("'allowSearch()' must go with a deterministic field; make one of the fields TokenField.deterministic() "
      + "[TokenVault.NothingToSearch, at 'Shop/Vault']");
  });

  test('has several generations of them while they change, the newest first', () => {
    const stack = testStack();
    vaultIn(stack, { codeKeys: { newest: 3, oldest: 2 } });
    expect(Object.keys(resources(stack, 'AWS::KMS::Key', 'VaultCode')).map((id) => id.slice(0, -8)).sort()).toEqual(['VaultCodeKey2', 'VaultCodeKey3']);
    const { MAC_KEYS } = one(stack, 'AWS::Lambda::Function', 'VaultSearchToken').Environment.Variables;
    expect(JSON.stringify(MAC_KEYS).match(/generation\\":(\d)/g)).toEqual(['generation\\":3', 'generation\\":2']);
    for (const { Properties } of Object.values(resources(stack, 'AWS::KMS::Key', 'VaultCode'))) {
      expect([Properties.KeySpec, Properties.KeyUsage]).toEqual(['HMAC_256', 'GENERATE_VERIFY_MAC']);
    }
  });

  test('has an audit log of its own, and alarms on what stands there', () => {
    const stack = testStack();
    const vault = vaultIn(stack);
    expect(vault.alarms.map(({ node }) => node.id)).toEqual(['DetokenizationsAlarm', 'DenialsAlarm', 'GuessesAlarm', 'TamperingAlarm']);
    const filters = Object.values(resources(stack, 'AWS::Logs::MetricFilter', 'Vault')).map(({ Properties }) => Properties);
    expect(filters.map(({ FilterPattern, MetricTransformations: [{ MetricName }] }) => [MetricName, FilterPattern])).toEqual([
      ['Shop-Vault-F11462E1-detokenizations', '{ ($.operation = "detokenize") && ($.decision = "allowed") }'],
      ['Shop-Vault-F11462E1-denials', '{ $.decision = "denied" }'],
      ['Shop-Vault-F11462E1-guesses', '{ ($.operation = "search") && ($.record NOT EXISTS) }'],
      ['Shop-Vault-F11462E1-tampering', '{ $.code = "Tampered" }'],
    ]);
    const alarms = Object.values(resources(stack, 'AWS::CloudWatch::Alarm', 'Vault')).map(({ Properties }) => Properties)
      .filter(({ Namespace }) => Namespace === 'ServerlessSecurity/TokenVault');
    expect(alarms.map(({ MetricName, Threshold, Statistic }) => [MetricName, Threshold, Statistic])).toEqual([
      ['Shop-Vault-F11462E1-detokenizations', 500, 'Sum'], ['Shop-Vault-F11462E1-denials', 10, 'Sum'],
      ['Shop-Vault-F11462E1-guesses', 50, 'Sum'], ['Shop-Vault-F11462E1-tampering', 0, 'Sum'],
    ]);
    expect(one(stack, 'AWS::Logs::LogGroup', 'VaultAuditLog')).toMatchObject({ RetentionInDays: 365, KmsKeyId: expect.anything() });
  });

  test('has its alarms tuned or switched off', () => {
    const stack = testStack();
    const vault = vaultIn(stack, { alarms: { detokenizations: AlarmSetting.threshold(20), denials: AlarmSetting.off('a scanner guesses tokens every night') } });
    expect(vault.alarms).toHaveLength(3);
    expect(Object.keys(resources(stack, 'AWS::Logs::MetricFilter', 'Vault'))).toHaveLength(3);
    expect(vault.alarms[0].node.defaultChild).toMatchObject({ threshold: 20 });
  });

  test('has its values masked in the logs of callers and its own', () => {
    const stack = testStack();
    vaultIn(stack, { dataClassification: DataClassification.custom('Insured', '756[.][0-9]+') }).allowTokenize(aFunction(stack));
    const masked = Object.entries(resources(stack, 'AWS::Logs::LogGroup')).filter(([, group]) => JSON.stringify(group.Properties.DataProtectionPolicy).includes('Insured'));
    expect(masked.map(([id]) => id.slice(0, -8)).sort()).toEqual([
      'OrdersSupportLogGroup', 'VaultDeleteTokenSupportLogGroup', 'VaultDetokenizeSupportLogGroup', 'VaultSearchTokenSupportLogGroup', 'VaultTokenizeSupportLogGroup',
    ]);
  });

  function regulated(stack: Stack): Partial<TokenVaultProps> {
    const { network, codeSigningConfig, reservedConcurrentExecutions } = demanded(stack);
    return { network, codeSigning: CodeSigning.byConfig(codeSigningConfig!), reservedConcurrentExecutions };
  }
});

describe('a caller', () => {
  const aliasOf = (stack: Stack): string => one(stack, 'AWS::Lambda::Alias', 'Vault').Name;
  const readAtRunTime = (name: string) => callerOf(`arn:aws:lambda:eu-central-1:111122223333:function:tokenize:${name}`);

  test.each<['allowTokenize' | 'allowDetokenize' | 'allowSearch' | 'allowDelete', string, number]>([
    ['allowTokenize', 'VaultTokenize', 600], ['allowDetokenize', 'VaultDetokenize', 120], ['allowSearch', 'VaultSearchToken', 60], ['allowDelete', 'VaultDeleteToken', 60],
  ])('gets by %s the right to call its own alias and nothing else', (verb, id, perMinute) => {
    const stack = testStack();
    const vault = vaultIn(stack);
    const fn = aFunction(stack);
    const access = vault[verb](fn);
    const [[alias, { Properties }]] = Object.entries(resources(stack, 'AWS::Lambda::Alias', 'Vault'));
    expect(alias.startsWith(`${id}Alias`)).toBe(true);
    expect(Properties.FunctionName.Ref.startsWith(id)).toBe(true);
    expect(readAtRunTime(Properties.Name)).toEqual({ name: expect.stringMatching(/^Shop-Orders_[0-9a-f]{8}$/), perMinute, fields: [] });
    expect(one(stack, 'AWS::IAM::Policy', 'OrdersSupportRole').PolicyDocument.Statement).toEqual([
      { Action: 'lambda:InvokeFunction', Effect: 'Allow', Resource: { Ref: alias } },
    ]);
    expect(stack.resolve(access.functionArn)).toEqual({ Ref: alias });
    expect(access.grant.success).toBe(true);
  });

  test('has the limits that it was given, which the function reads from the name of the alias', () => {
    const stack = testStack();
    vaultIn(stack).allowDetokenize(aFunction(stack), { caller: 'support-desk', requestsPerMinute: 5, fields: ['note', 'card'] });
    const { name, perMinute, fields } = readAtRunTime(aliasOf(stack));
    expect([name.split('_')[0], perMinute, fields]).toEqual(['support-desk', 5, [fieldMark('card'), fieldMark('note')]]);
    expect(fieldMark('card')).toBe(markAtRunTime('card'));
  });

  test('with the most fields and digits fits into the name of an alias', () => {
    const stack = testStack();
    const names = [...Array(9).keys()].map((n) => `field${n}`);
    vaultIn(stack, { fields: Object.fromEntries(names.map((name) => [name, TokenField.random()])) })
      .allowDetokenize(aFunction(stack), { caller: 'c'.repeat(32), requestsPerMinute: 999_999, fields: names });
    expect(aliasOf(stack).length).toBeLessThanOrEqual(128);
    expect(readAtRunTime(aliasOf(stack)).fields).toHaveLength(9);
  });

  test('of a long path keeps its end, and is told from others by a hash', () => {
    const stack = testStack();
    const vault = vaultIn(stack);
    const long = 'Department'.repeat(6);
    for (const id of [`A${long}`, `B${long}`]) vault.allowTokenize(aFunction(stack, id));
    const names = Object.values(resources(stack, 'AWS::Lambda::Alias', 'Vault')).map(({ Properties }) => readAtRunTime(Properties.Name).name);
    expect(new Set(names.map((name) => name.split('_')[0])).size).toBe(1);
    expect(new Set(names).size).toBe(2);
  });

  test('of another stack or account is let in as well', () => {
    const stack = testStack();
    const vault = vaultIn(stack);
    const other = new Stack(stack.node.root as never, 'Other');
    vault.allowTokenize(new Role(other, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
    vault.allowTokenize(new ArnPrincipal('arn:aws:iam::444455556666:role/partner'), { caller: 'partner' });
    expect(Object.keys(resources(stack, 'AWS::Lambda::Alias', 'Vault'))).toHaveLength(2);
    expect(one(stack, 'AWS::Lambda::Permission', 'Vault')).toMatchObject({ Action: 'lambda:InvokeFunction', Principal: 'arn:aws:iam::444455556666:role/partner' });
  });

  test.each<[string, VaultAccessOptions, string]>([
    ['a name with other characters', { caller: 'support desk' }, "'caller' must be 1 to 32 letters, digits and hyphens, got \"support desk\"; write it like 'support-desk' [TokenVault.Caller"],
    ['a name that is too long', { caller: 'x'.repeat(33) }, "'caller' must be 1 to 32 letters, digits and hyphens, got "],
    ['no requests', { requestsPerMinute: 0 }, "'requestsPerMinute' must be a whole number between 1 and 999999, got 0; leave it out to use 120 [TokenVault.RequestsPerMinute"],
    ['half a request', { requestsPerMinute: 1.5 }, '[TokenVault.RequestsPerMinute'],
    ['requests that are known at deployment', { requestsPerMinute: Token.asNumber(Lazy.any({ produce: () => 5 })) }, "'requestsPerMinute' must be known at synthesis: it stands in the name of the alias"],
    ['no fields', { fields: [] }, "'fields' must name 1 to 9 fields, each once, got []; leave it out to allow all fields [TokenVault.CallerFields"],
    ['a field twice', { fields: ['card', 'card'] }, "'fields' must name 1 to 9 fields, each once"],
    ['a field that is none', { fields: ['iban'] }, "'fields' must be among the fields of the vault: card, note, got \"iban\"; correct the name [TokenVault.CallerFields, at 'Shop/Vault']"],
  ])('fails with %s', (_, options, message) => {
    const stack = testStack();
    const vault = vaultIn(stack);
    expect(() => vault.allowDetokenize(aFunction(stack), options)).toThrow(message);
  });

  test('fails without a name where the app has no construct for it', () => {
    expect(() => vaultIn(testStack()).allowTokenize(new AccountPrincipal('444455556666'))).toThrow(
      "'caller' must be given for a principal that is no construct of this app: the audit log would not name it; pass { caller: 'support-desk' } [TokenVault.Caller, at 'Shop/Vault']");
  });

  test('fails twice for one operation, and not for two', () => {
    const stack = testStack();
    const vault = vaultIn(stack);
    const fn = aFunction(stack);
    vault.allowTokenize(fn);
    vault.allowSearch(fn);
    expect(() => vault.allowTokenize(fn, { requestsPerMinute: 5 })).toThrow("'tokenize' must be allowed once for each caller, got \"Shop-Orders\"; "
      + "remove one of the two calls, or give each caller a name [TokenVault.CallerTwice, at 'Shop/Vault']");
  });
});

describe('a vault fails', () => {
  test.each<[string, Partial<TokenVaultProps>, string]>([
    ['without fields', { fields: {} }, "'fields' must have 1 to 32 fields, got 0; make a vault for each kind of data [TokenVault.Fields, at 'Shop/Vault']"],
    ['with too many', { fields: Object.fromEntries([...Array(33).keys()].map((n) => [`f${n}`, TokenField.random()])) }, "'fields' must have 1 to 32 fields, got 33"],
    ['with a name that no request can have', { fields: { 'card number': TokenField.random() } },
      "'fields' must have names of 1 to 64 letters, digits and . _ -, beginning with a letter or digit, got \"card number\"; write it like 'card' [TokenVault.FieldName, at 'Shop/Vault']"],
    ['with tokens that keep too much', { fields: { card: TokenField.random(TokenFormat.digits({ keepLast: 6 })) } },
      "'keepLast' must be a whole number between 0 and 4, got 6; leave it out to keep none, and store what you need of a value beside its token [TokenFormat.KeepLast, at 'Shop/Vault']"],
    ['with keys that are never forgotten', { erasure: Duration.days(36) }, "'erasure' must lie between 1 day and 35 days, got \"36 days\"; leave it out to forget deleted keys after a day [TokenVault.Erasure"],
    ['with keys that are forgotten at once', { erasure: Duration.hours(1) }, '[TokenVault.Erasure'],
    ['with hours', { erasure: Duration.hours(36) }, "'erasure' must be whole days, got \"1 day 12 hours\"; round it [TokenVault.Erasure, at 'Shop/Vault']"],
    ['with generations of nothing', { fields: { note: TokenField.random() }, codeKeys: {} }, "'codeKeys' must go with a deterministic field: nothing else makes codes; leave it out [TokenVault.CodeKeys"],
    ['with too many generations', { codeKeys: { newest: 4, oldest: 1 } }, "'codeKeys' must be a whole number between 1 and 3, got 4; leave it out to use one key [TokenVault.CodeKeys"],
    ['with generations the wrong way round', { codeKeys: { newest: 1, oldest: 2 } }, '[TokenVault.CodeKeys'],
    ['with a classification of nothing', { dataClassification: DataClassification.financial({ countries: ['XX'] }) }, '[DataClassification.Country'],
  ])('%s, and leaves nothing behind', (_, props, message) => {
    const stack = testStack();
    expect(() => vaultIn(stack, props)).toThrow(message);
    expect(stack.node.children).toStrictEqual([]);
  });
});

