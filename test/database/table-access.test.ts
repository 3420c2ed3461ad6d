import { CfnResource, Fn, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType, CfnGlobalTable, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import {
  AccountPrincipal, AnyPrincipal, ArnPrincipal, Effect, Grant, IGrantable, IPrincipal, OrganizationPrincipal, PolicyStatement, Role, ServicePrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { KEYS } from './audit-cases';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureTableProps } from '../../src/database/table/secure-table-props';
import { templateOf, TestAppOptions, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

const ENV = { account: '111122223333', region: 'eu-west-1' };
const STRANGER = 'arn:aws:iam::444455556666:role/reader';
const INDEXES: Partial<SecureTableProps> = {
  globalSecondaryIndexes: [
    { indexName: 'by-state', partitionKey: { name: 'state', type: AttributeType.STRING }, sortKey: { name: 'date', type: AttributeType.STRING } },
    { indexName: 'by-city', partitionKey: { name: 'city', type: AttributeType.STRING } },
  ],
};

interface Setting { readonly stack: Stack; readonly table: SecureTable; readonly role: Role; readonly arn: any; statements(): any[] }

function setting(props: Partial<SecureTableProps> = {}, options: TestAppOptions = {}): Setting {
  const stack = testStack(options);
  const table = new SecureTable(stack, 'Orders', { ...KEYS, ...props });
  const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
  const statements = (): any[] => Object.values(templateOf(stack).findResources('AWS::IAM::Policy'))
    .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
  return { stack, table, role, arn: stack.resolve(table.tableArn), statements };
}

function resourcePolicyOf({ stack, table }: Setting): any[] {
  const { Properties } = templateOf(stack).toJSON().Resources[stack.getLogicalId(table.node.defaultChild as CfnResource)];
  return Properties.Replicas.at(-1).ResourcePolicy.PolicyDocument.Statement;
}

const via = (region: unknown = { Ref: 'AWS::Region' }) => ({
  'kms:ViaService': typeof region === 'string' ? `dynamodb.${region}.amazonaws.com` : { 'Fn::Join': ['', ['dynamodb.', region, '.amazonaws.com']] },
});

describe('each verb gives exact actions', () => {
  const cases: readonly [string, (table: SecureTable, grantee: IGrantable) => Grant, object][] = [
    ['allowRead', (table, grantee) => table.allowRead(grantee), {
      Action: ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'],
    }],
    ['allowWrite', (table, grantee) => table.allowWrite(grantee), { Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'] }],
    ['allowAppend', (table, grantee) => table.allowAppend(grantee), {
      Action: 'dynamodb:PutItem', Condition: { StringEqualsIfExists: { 'dynamodb:ReturnValues': 'NONE' } },
    }],
    ['allowDelete', (table, grantee) => table.allowDelete(grantee), { Action: 'dynamodb:DeleteItem' }],
    ['allowList', (table, grantee) => table.allowList(grantee), { Action: 'dynamodb:Scan' }],
    ['grantWriteData', (table, grantee) => table.grantWriteData(grantee), {
      Action: ['dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem'],
    }],
  ];

  test.each(cases)('%s, on the table alone, and decryption through DynamoDB for this table', (_, verb, expected) => {
    const { stack, table, role, arn, statements } = setting(INDEXES);
    expect(verb(table, role).success).toBe(true);
    expect(statements()).toEqual([
      { Effect: 'Allow', ...expected, Resource: arn },
      {
        Effect: 'Allow',
        Action: 'kms:Decrypt',
        Resource: stack.resolve(table.encryptionKey!.keyArn),
        Condition: {
          StringEquals: {
            ...via(),
            'kms:EncryptionContext:aws:dynamodb:tableName': stack.resolve(table.tableName),
            'kms:EncryptionContext:aws:dynamodb:subscriberId': { Ref: 'AWS::AccountId' },
          },
        },
      },
    ]);
  });

  test.each(cases)('%s needs no key where DynamoDB has its own', (_, verb) => {
    const { table, role, statements } = setting({}, { profile: SecurityProfile.sandbox() });
    verb(table, role);
    expect(statements()).toHaveLength(1);
  });

  test('allowReadStream reads this stream only, and decrypts', () => {
    const { stack, table, role, statements } = setting({ stream: StreamViewType.NEW_IMAGE });
    table.allowReadStream(role);
    expect(statements()).toEqual([
      {
        Effect: 'Allow',
        Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
        Resource: stack.resolve(table.tableStreamArn),
      },
      expect.objectContaining({ Action: 'kms:Decrypt' }),
    ]);
  });

  test('no role that has all verbs may write in batches, use PartiQL, or touch the table itself', () => {
    const { table, role, statements } = setting({ ...INDEXES, stream: StreamViewType.NEW_IMAGE });
    for (const verb of [table.allowRead, table.allowWrite, table.allowAppend, table.allowDelete, table.allowList]) verb.call(table, role);
    table.allowReadStream(role);
    const actions = statements().flatMap(({ Action }) => Action);
    expect(actions.filter((action: string) => /Batch(Write)|PartiQL|Table|Backup|\*/.test(action))).toStrictEqual([]);
    expect(JSON.stringify(statements().map(({ Resource }) => Resource))).not.toContain('*');
  });
});

describe('options narrow a right', () => {
  test('leadingKeys keep a tenant to its own items, a caller without the tag to none', () => {
    const { table, role, arn, statements } = setting();
    table.allowDelete(role, { leadingKeys: ['${aws:PrincipalTag/tenant}'] });
    expect(statements()[0]).toEqual({
      Effect: 'Allow',
      Action: 'dynamodb:DeleteItem',
      Resource: arn,
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] },
        'Null': { 'dynamodb:LeadingKeys': 'false' },
      },
    });
  });

  test('attributes make readers name what they want, the keys of table and indexes included', () => {
    const { table, role, arn, statements } = setting(INDEXES);
    table.allowRead(role, { attributes: ['total', 'tenant'], indexes: ['by-state'] });
    const Condition = {
      'ForAllValues:StringEquals': { 'dynamodb:Attributes': ['tenant', 'order', 'state', 'date', 'total'] },
      'Null': { 'dynamodb:Attributes': 'false' },
      'StringEquals': { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' },
    };
    expect(statements().slice(0, 2)).toEqual([
      { Effect: 'Allow', Action: ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:Query'], Resource: arn, Condition },
      { Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['', [arn, '/index/by-state']] }, Condition },
    ]);
  });

  test('attributes let writers update only, and see nothing else in return', () => {
    const { table, role, statements } = setting();
    table.allowWrite(role, { attributes: ['state'], leadingKeys: ['a', 'b'] });
    expect(statements()[0]).toMatchObject({
      Action: 'dynamodb:UpdateItem',
      Condition: {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a', 'b'], 'dynamodb:Attributes': ['tenant', 'order', 'state'] },
        'Null': { 'dynamodb:LeadingKeys': 'false', 'dynamodb:Attributes': 'false' },
        'StringEqualsIfExists': { 'dynamodb:ReturnValues': ['NONE', 'UPDATED_NEW', 'UPDATED_OLD'] },
      },
    });
  });

  test('attributes limit scans', () => {
    const { table, role, statements } = setting();
    table.allowList(role, { attributes: ['total'] });
    expect(statements()[0]).toMatchObject({ Action: 'dynamodb:Scan', Condition: { StringEquals: { 'dynamodb:Select': 'SPECIFIC_ATTRIBUTES' } } });
  });

  test('indexes are named one by one, also those that were added later', () => {
    const { table, role, arn, statements } = setting(INDEXES);
    table.addGlobalSecondaryIndex({ indexName: 'later', partitionKey: { name: 'zip', type: AttributeType.STRING } });
    table.addLocalSecondaryIndex({ indexName: 'local', sortKey: { name: 'sum', type: AttributeType.NUMBER } });
    table.allowList(role, { indexes: ['later', 'local'], attributes: ['total'] });
    const [onTable, onIndexes] = statements();
    expect(onTable.Resource).toEqual(arn);
    expect(onIndexes.Resource).toEqual([{ 'Fn::Join': ['', [arn, '/index/later']] }, { 'Fn::Join': ['', [arn, '/index/local']] }]);
    expect(onTable.Condition['ForAllValues:StringEquals']['dynamodb:Attributes']).toEqual(['tenant', 'order', 'zip', 'sum', 'total']);
  });

  test('regions give the right on replicas, with their keys', () => {
    const stack = testStack({ env: ENV });
    const encryptionKey = Key.fromKeyArn(stack, 'There', 'arn:aws:kms:eu-central-1:111122223333:key/mrk-1');
    const table = new SecureTable(stack, 'Orders', { ...KEYS, ...INDEXES, replicas: [{ region: 'eu-central-1', encryptionKey }] });
    const role = new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
    table.allowRead(role, { regions: ['eu-central-1'], indexes: ['by-city'] });
    const arn = ['arn:', { Ref: 'AWS::Partition' }, ':dynamodb:eu-central-1:111122223333:table/', stack.resolve(table.tableName)];
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          Match.objectLike({ Action: Match.arrayWith(['dynamodb:GetItem']), Resource: { 'Fn::Join': ['', arn] } }),
          { Effect: 'Allow', Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['', [...arn, '/index/by-city']] } },
          Match.objectLike({ Action: 'kms:Decrypt', Resource: encryptionKey.keyArn, Condition: { StringEquals: Match.objectLike(via('eu-central-1')) } }),
        ],
      },
    });
  });
});

describe('the grants of CDK', () => {
  test.each<[string, (table: SecureTable, role: Role) => Grant]>([
    ['grantReadData', (table, role) => table.grantReadData(role)],
    ['grants.readData', (table, role) => table.grants.readData(role)],
  ])('%s reads the table and its indexes, each by name', (_, verb) => {
    const { table, role, statements, arn } = setting(INDEXES);
    verb(table, role);
    const actions = [...new Set(statements().flatMap(({ Action }) => Action))].sort();
    expect(actions).toEqual(['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query', 'dynamodb:Scan', 'kms:Decrypt']);
    expect(JSON.stringify(statements())).not.toContain('*');
    expect(JSON.stringify(statements())).toContain(JSON.stringify({ 'Fn::Join': ['', [arn, '/index/by-city']] }));
  });

  test.each<[string, (table: SecureTable, role: Role) => Grant]>([
    ['grantReadWriteData', (table, role) => table.grantReadWriteData(role)],
    ['grants.readWriteData', (table, role) => table.grants.readWriteData(role)],
  ])('%s reads and writes', (_, verb) => {
    const { table, role, statements } = setting();
    verb(table, role);
    expect(statements().flatMap(({ Action }) => Action)).toEqual(expect.arrayContaining(['dynamodb:Scan', 'dynamodb:BatchWriteItem']));
  });

  test('grants.writeData writes, grant and grants.actions give what is named', () => {
    const { table, role, statements, arn } = setting(INDEXES);
    table.grants.writeData(role);
    table.grant(role, 'dynamodb:DescribeTable');
    table.grants.actions(role, 'dynamodb:DescribeTimeToLive');
    expect(statements().flatMap(({ Action }) => Action)).toEqual([
      'dynamodb:BatchWriteItem', 'dynamodb:DeleteItem', 'dynamodb:PutItem', 'dynamodb:UpdateItem', 'kms:Decrypt', 'dynamodb:DescribeTable', 'dynamodb:DescribeTimeToLive',
    ]);
    expect(statements().at(-1).Resource).toEqual([arn, { 'Fn::Join': ['', [arn, '/index/by-state']] }, { 'Fn::Join': ['', [arn, '/index/by-city']] }]);
  });

  test('grantOnKey lets decrypt, whatever is asked for', () => {
    const { table, role, statements } = setting();
    expect(table.grantOnKey(role, 'kms:*').grant!.success).toBe(true);
    expect(statements().map(({ Action }) => Action)).toEqual(['kms:Decrypt']);
    expect(setting({}, { profile: SecurityProfile.sandbox() }).table.grantOnKey(role).grant).toBeUndefined();
  });

  test('grantStream and grantTableListStreams stay on this stream', () => {
    const { stack, table, role, statements } = setting({ stream: StreamViewType.NEW_IMAGE });
    table.grantStream(role, 'dynamodb:GetRecords');
    table.grantTableListStreams(role);
    const Resource = stack.resolve(table.tableStreamArn);
    expect(statements().filter(({ Action }) => Action !== 'kms:Decrypt')).toEqual([
      { Effect: 'Allow', Action: 'dynamodb:GetRecords', Resource }, { Effect: 'Allow', Action: 'dynamodb:ListStreams', Resource },
    ]);
  });

  test('a trigger of CDK gets what allowReadStream gives', () => {
    const stack = testStack();
    const table = new SecureTable(stack, 'Orders', { ...KEYS, stream: StreamViewType.NEW_IMAGE });
    const fn = aFunction(stack, 'Fn');
    fn.addEventSource(new DynamoEventSource(table, { startingPosition: StartingPosition.LATEST }));
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:ListStreams'],
          Resource: stack.resolve(table.tableStreamArn),
        }]),
      },
    });
  });
});

describe('somebody of another account', () => {
  test('is named in the policies of table and key, and passes the guard', () => {
    const one = setting({ tableName: 'orders', ...INDEXES }, { env: ENV });
    one.table.allowRead(new ArnPrincipal(STRANGER), { indexes: ['by-city'] });
    const arn = ['arn:', { Ref: 'AWS::Partition' }, ':dynamodb:eu-west-1:111122223333:table/orders'];
    const [guard, onTable, onIndex] = resourcePolicyOf(one);
    expect(guard.Condition.StringNotEquals).toEqual({ 'aws:PrincipalAccount': ['111122223333', '444455556666'] });
    expect(onTable).toEqual({
      Effect: 'Allow',
      Principal: { AWS: STRANGER },
      Action: ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'],
      Resource: { 'Fn::Join': ['', arn] },
    });
    expect(onIndex).toEqual({ Effect: 'Allow', Principal: { AWS: STRANGER }, Action: 'dynamodb:Query', Resource: { 'Fn::Join': ['', [...arn.slice(0, 2), `${arn[2]}/index/by-city`]] } });
    templateOf(one.stack).hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: {
        Statement: Match.arrayWith([{
          Effect: 'Allow',
          Principal: { AWS: STRANGER },
          Action: 'kms:Decrypt',
          Resource: '*',
          Condition: { StringEquals: { ...via('eu-west-1'), 'kms:EncryptionContext:aws:dynamodb:tableName': 'orders' } },
        }]),
      },
    });
  });

  test('is let in to a table without a name of its own, whose policy cannot refer to it', () => {
    const one = setting();
    one.table.allowAppend(new AccountPrincipal('444455556666'), { leadingKeys: ['a'] });
    const [, statement] = resourcePolicyOf(one);
    expect(statement).toMatchObject({ Action: 'dynamodb:PutItem', Resource: '*', Condition: { 'StringEqualsIfExists': { 'dynamodb:ReturnValues': 'NONE' }, 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['a'] } } });
    expect(JSON.stringify(resourcePolicyOf(one))).not.toContain('Fn::GetAtt');
  });

  test('may be an imported role: its own policy is changed too, where it can be', () => {
    const stack = testStack({ env: ENV });
    const table = new SecureTable(stack, 'Orders', KEYS);
    table.allowWrite(Role.fromRoleArn(stack, 'Stranger', STRANGER));
    expect(resourcePolicyOf({ stack, table } as Setting)[1]).toMatchObject({ Principal: { AWS: STRANGER }, Action: ['dynamodb:PutItem', 'dynamodb:UpdateItem'] });
  });

  test('may be an organisation', () => {
    const one = setting();
    one.table.allowList(new OrganizationPrincipal('o-1234567890'));
    const [guard, statement] = resourcePolicyOf(one);
    expect(guard.Condition.StringNotEquals).toEqual({ 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' }, 'aws:PrincipalOrgID': 'o-1234567890' });
    expect(statement).toMatchObject({ Principal: { AWS: '*' }, Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-1234567890' } } });
  });

  test('may be known only at deployment', () => {
    const one = setting();
    one.table.allowRead(new ArnPrincipal(Fn.importValue('reader')));
    expect(resourcePolicyOf(one)[0].Condition.StringNotEquals['aws:PrincipalAccount'])
      .toEqual([{ Ref: 'AWS::AccountId' }, { 'Fn::Select': [4, { 'Fn::Split': [':', { 'Fn::ImportValue': 'reader' }] }] }]);
  });

  test('reads the stream through a policy of its own, with the same guard', () => {
    const one = setting({ stream: StreamViewType.NEW_IMAGE }, { env: ENV });
    one.table.allowReadStream(new ArnPrincipal(STRANGER));
    one.table.allowReadStream(new AccountPrincipal('777788889999'));
    const { Properties } = templateOf(one.stack).toJSON().Resources[one.stack.getLogicalId(one.table.node.defaultChild as CfnGlobalTable)];
    const [guard, ...rest] = Properties.Replicas[0].ReplicaStreamSpecification.ResourcePolicy.PolicyDocument.Statement;
    expect(guard).toMatchObject({ Sid: 'NobodyOfOtherAccounts', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ['111122223333', '444455556666', '777788889999'] } } });
    expect(rest).toEqual([
      expect.objectContaining({ Action: ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], Resource: '*' }),
    ]); // merged
    expect(resourcePolicyOf(one)).toHaveLength(1);
  });

  test('is told about a key whose policy cannot be changed here', () => {
    const stack = testStack({ env: ENV });
    const encryptionKey = Key.fromKeyArn(stack, 'Central', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    new SecureTable(stack, 'Orders', { ...KEYS, encryptionKey }).allowRead(new ArnPrincipal(STRANGER));
    Annotations.fromStack(stack).hasWarning('/Shop/Orders', Match.stringLikeRegexp('The policy of the imported key Shop/Central cannot be changed here: it must allow kms:Decrypt'));
  });
});

describe('the policy', () => {
  const statement = (conditions: Record<string, unknown>, principal: IPrincipal = new AnyPrincipal()) => new PolicyStatement({
    principals: [principal], actions: ['dynamodb:GetItem'], resources: ['*'], conditions,
  });

  test('takes statements of the owner, and lets their accounts pass the guard', () => {
    const one = setting();
    one.table.addToResourcePolicy(statement({ StringEquals: { 'aws:PrincipalAccount': ['222233334444'] } }));
    one.table.addToResourcePolicy(statement({ StringEquals: { 'aws:SourceAccount': '111122223333' } }, new ServicePrincipal('redshift.amazonaws.com')));
    one.table.addToResourcePolicy(new PolicyStatement({ effect: Effect.DENY, principals: [new AccountPrincipal('999900001111')], actions: ['dynamodb:Scan'], resources: [one.table.tableArn] }));
    const policy = resourcePolicyOf(one);
    expect(policy[0].Condition.StringNotEquals['aws:PrincipalAccount']).toEqual([{ Ref: 'AWS::AccountId' }, '222233334444']);
    expect(policy.at(-1)).toMatchObject({ Effect: 'Deny', Action: 'dynamodb:Scan', Resource: '*' });
  });

  test('takes an index by its ARN where the table has a name', () => {
    const one = setting({ ...INDEXES, tableName: 'orders' });
    one.table.addToResourcePolicy(new PolicyStatement({ principals: [new ArnPrincipal(STRANGER)], actions: ['dynamodb:Query'], resources: [`${one.table.tableArn}/index/by-city`] }));
    expect(JSON.stringify(resourcePolicyOf(one)[1].Resource)).toContain(':table/orders/index/by-city');
  });
});
