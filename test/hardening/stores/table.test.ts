import { RemovalPolicy, SecretValue, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { AttributeType, CfnGlobalTable, CfnTable, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnKey, Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Secret, SecretProps } from 'aws-cdk-lib/aws-secretsmanager';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ServerlessSecurityChecks } from '../../../src/app/serverless-security-checks';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findingsOf, PRODUCTION_PACKS, RECOMMENDED_FLAGS, testStack, unexplained } from '../../support/apps';
import { fourCases } from '../support/four-cases';
import { changesAt, hardenedStack, outcomesAt, propertiesOf } from '../support/hardened';

const KEY_SCHEMA = { keySchema: [{ attributeName: 'id', keyType: 'HASH' }], attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }] };
const partitionKey = { name: 'id', type: AttributeType.STRING };

fourCases('recovery of a table', {
  property: 'PointInTimeRecoverySpecification.PointInTimeRecoveryEnabled',
  make: (stack, value) => new CfnTable(stack, 'Orders', {
    ...KEY_SCHEMA, pointInTimeRecoverySpecification: value === undefined ? undefined : { pointInTimeRecoveryEnabled: value as boolean },
  }),
  secure: true,
  safe: true,
  unsafe: false,
  replaced: true,
});

fourCases('deletion protection of a table that stays behind', {
  property: 'DeletionProtectionEnabled',
  make: (stack, value) => {
    const table = new CfnTable(stack, 'Orders', { ...KEY_SCHEMA, deletionProtectionEnabled: value as boolean });
    table.applyRemovalPolicy(RemovalPolicy.RETAIN);
    return table;
  },
  secure: true,
  safe: true,
  unsafe: false,
  replaced: false,
});

fourCases('rotation of a key', {
  property: 'EnableKeyRotation',
  make: (stack, value) => new CfnKey(stack, 'Key', { enableKeyRotation: value as boolean }),
  secure: true,
  safe: true,
  unsafe: false,
  replaced: true,
});

describe('a table', () => {
  test.each([['no flags', {}], ['recommended flags', RECOMMENDED_FLAGS]])('that stays behind can be recovered for 35 days and is protected, with %s', (_, flags) => {
    const stack = hardenedStack({}, flags);
    const table = new Table(stack, 'Orders', { partitionKey });
    expect(propertiesOf(table.node.defaultChild as CfnTable)).toMatchObject({
      DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 },
    });
  });

  test('that goes with its stack still can: the protection would stop the deletion', () => {
    const stack = hardenedStack();
    const table = new Table(stack, 'Orders', { partitionKey, removalPolicy: RemovalPolicy.DESTROY });
    expect(propertiesOf(table.node.defaultChild as CfnTable).DeletionProtectionEnabled).toBeUndefined();
    expect(outcomesAt(stack, 'Shop/Orders').DeletionProtectionEnabled).toBe('proposed');
  });

  test('that is kept once it is made is not said to go with its stack', () => {
    const stack = hardenedStack();
    const table = new Table(stack, 'Orders', { partitionKey, removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE });
    expect(propertiesOf(table.node.defaultChild as CfnTable).DeletionProtectionEnabled).toBeUndefined();
    expect(changesOf(stack.node.root)!.filter(({ property }) => property === 'DeletionProtectionEnabled').map(({ outcome, note }) => [outcome, note])).toEqual([[
      'proposed',
      'The table outlives the stack, but anybody with the right can delete it: set deletionProtection to true once it is made. Before, a creation that fails could not be undone.',
    ]]);
  });

  test('is not protected where the profile lets data go', () => {
    const stack = hardenedStack({ profile: SecurityProfile.sandbox() });
    const table = new Table(stack, 'Orders', { partitionKey });
    expect(propertiesOf(table.node.defaultChild as CfnTable).DeletionProtectionEnabled).toBeUndefined();
  });

  test('gets another way to pay, a key and a backup plan from its author alone', () => {
    const stack = hardenedStack({ profile: SecurityProfile.regulated() });
    new Table(stack, 'Orders', { partitionKey });
    expect(outcomesAt(stack, 'Shop/Orders')).toMatchObject({ 'BillingMode': 'proposed', 'SSESpecification': 'proposed', 'a backup selection': 'proposed' });
  });

  test('whose capacity scales has nothing to hear about it', () => {
    const stack = hardenedStack();
    const table = new Table(stack, 'Orders', { partitionKey });
    table.autoScaleReadCapacity({ minCapacity: 1, maxCapacity: 5 });
    expect(outcomesAt(stack, 'Shop/Orders/Resource').BillingMode).toBeUndefined();
  });
});

describe('a global table', () => {
  test('can be recovered and is protected in each replica that says nothing else', () => {
    const { node: { root } } = hardenedStack();
    const stack = new Stack(root, 'Global', { env: { region: 'eu-west-1', account: '111122223333' } });
    const table = new TableV2(stack, 'Orders', { partitionKey, replicas: [{ region: 'eu-central-1', deletionProtection: false }] });
    expect(propertiesOf(table.node.defaultChild as CfnGlobalTable).Replicas).toEqual([
      expect.objectContaining({ Region: 'eu-central-1', DeletionProtectionEnabled: false, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 } }),
      expect.objectContaining({ Region: 'eu-west-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true, RecoveryPeriodInDays: 35 } }),
    ]);
    expect(changesAt(stack, 'Global/Orders').filter(({ property }) => property.startsWith('Replicas')).map(({ property, outcome }) => [property, outcome])).toEqual([
      ['Replicas.PointInTimeRecoverySpecification', 'set'],
      ['Replicas.DeletionProtectionEnabled', 'kept'],
      ['Replicas.DeletionProtectionEnabled', 'set'],
    ]);
  });

  test('that goes with its stack is not protected', () => {
    const stack = hardenedStack();
    const table = new TableV2(stack, 'Orders', { partitionKey, removalPolicy: RemovalPolicy.DESTROY });
    expect(propertiesOf(table.node.defaultChild as CfnGlobalTable).Replicas[0].DeletionProtectionEnabled).toBeUndefined();
  });

  test('is left to an override', () => {
    const stack = hardenedStack();
    new CfnGlobalTable(stack, 'Orders', { ...KEY_SCHEMA, replicas: [{ region: 'eu-west-1' }] }).addPropertyOverride('Replicas', []);
    expect(outcomesAt(stack, 'Shop/Orders')['Replicas.PointInTimeRecoverySpecification']).toBe('unknown');
  });
});

describe('a key', () => {
  test.each([
    ['that signs', { keySpec: KeySpec.RSA_3072, keyUsage: KeyUsage.SIGN_VERIFY }],
    ['for message authentication codes', { keySpec: KeySpec.HMAC_256, keyUsage: KeyUsage.GENERATE_VERIFY_MAC }],
  ])('%s cannot rotate', (_, props) => {
    const stack = hardenedStack();
    new Key(stack, 'Key', props);
    expect(outcomesAt(stack, 'Shop/Key')).toEqual({});
  });

  test('whose material somebody brought cannot rotate by itself', () => {
    const stack = hardenedStack();
    new CfnKey(stack, 'Key', { origin: 'EXTERNAL' });
    expect(outcomesAt(stack, 'Shop/Key')).toEqual({});
  });
});

describe('a secret', () => {
  test('rotates and has a key of its own if its author says so', () => {
    const stack = hardenedStack();
    new Secret(stack, 'Password');
    expect(outcomesAt(stack, 'Shop/Password')).toEqual({ 'a rotation schedule': 'proposed', 'KmsKeyId': 'proposed' });
  });

  test('that rotates has nothing more to hear about it', () => {
    const stack = hardenedStack();
    new Secret(stack, 'Password').addRotationSchedule('Rotation', { rotationLambda: rotator(stack) });
    expect(outcomesAt(stack, 'Shop/Password')['a rotation schedule']).toBeUndefined();
  });

  test.each<[string, SecretProps, readonly string[]]>([
    ['a value', { secretStringValue: SecretValue.unsafePlainText('correct-horse-battery') }, ['proposed']],
    ['a field that is none of the harmless ones', {
      secretObjectValue: { username: SecretValue.unsafePlainText('shop'), pin: SecretValue.unsafePlainText('4711') },
    }, ['proposed']],
    ['a value that Secrets Manager makes', { generateSecretString: {} }, []],
    ['a value of another secret', { secretStringValue: SecretValue.secretsManager('other') }, []],
    ['harmless fields alone', { secretObjectValue: { username: SecretValue.unsafePlainText('shop') } }, []],
  ])('is told that its template holds it, with %s', (_, props, outcomes) => {
    const stack = hardenedStack();
    new Secret(stack, 'Token', props);
    const found = changesAt(stack, 'Shop/Token').filter(({ rule }) => rule === 'SecretLiteral');
    expect(found.map(({ outcome }) => outcome)).toEqual(outcomes);
    expect(JSON.stringify(found)).not.toMatch(/correct-horse-battery|4711/);
  });

  test('in a parameter is reported, and not shown', () => {
    const stack = hardenedStack();
    new StringParameter(stack, 'Token', { parameterName: '/shop/db-password', stringValue: 'correct-horse-battery' });
    new StringParameter(stack, 'Setting', { parameterName: '/shop/colour', stringValue: 'blue' });
    expect(changesAt(stack, 'Shop/Token').map(({ rule, outcome, before }) => [rule, outcome, before])).toEqual([['ParameterPlainSecret', 'proposed', undefined]]);
    expect(changesAt(stack, 'Shop/Setting')).toStrictEqual([]);
  });
});

function rotator(stack: Stack): LambdaFunction {
  return new LambdaFunction(stack, 'Rotator', { code: Code.fromInline('0'), handler: 'index.handler', runtime: Runtime.NODEJS_LATEST });
}

test('no checker has anything left to say about tables and keys', () => {
  const stack = testStack();
  ServerlessSecurity.of(stack.node.root).harden();
  new Table(stack, 'Orders', { partitionKey });
  new TableV2(stack, 'Carts', { partitionKey });
  new Key(stack, 'Key');
  const judged = unexplained(findingsOf(stack, [...PRODUCTION_PACKS(), new ServerlessSecurityChecks()]));
  expect(judged.filter((finding) => !/TableCustomerKey|TableCapacity|AlarmAction/.test(finding))).toStrictEqual([]);
  Template.fromStack(stack).resourceCountIs('AWS::CloudWatch::Alarm', 4);
});
