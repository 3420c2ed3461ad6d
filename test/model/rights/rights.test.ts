import { AppModel } from '../../../src/model/resources/app-model';
import { meantBy } from '../../../src/model/resources/names';
import { Resource } from '../../../src/model/resources/resource';
import { accessOf, accessTo, functionsOfRole, principalsWith, roleOf, rolesHolding } from '../../../src/model/rights/access';
import { isForeign, ownAccounts } from '../../../src/model/rights/accounts';
import { foreignManagedPolicies, isOnlyBoundary, policyHoldersOf, statementsOf } from '../../../src/model/rights/iam';
import { refusesPlainHttp } from '../../../src/model/rights/transport';
import { Text, Unresolved, Value } from '../../../src/model/values/values';
import { modelOf, modelOfStacks, Resources } from '../../policy/support';

const one = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const allow = (Action: unknown, on: unknown, more = {}) => ({ Effect: 'Allow', Action, Resource: on, ...more });
const deny = (Action: unknown, on: unknown, more = {}) => ({ Effect: 'Deny', Action, Resource: on, ...more });
const role = (...Statement: unknown[]) => one('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement } }] });
const of = (app: AppModel, logicalId: string): Resource => app.resources.find((resource) => resource.logicalId === logicalId)!;
const names = (resources: readonly (Resource | undefined)[]) => resources.map((resource) => resource?.logicalId);

describe('The rights of a role', () => {
  const TABLES = { T: one('AWS::DynamoDB::Table', { TableName: 'orders' }), U: one('AWS::DynamoDB::Table', { TableName: 'users' }) };
  const may = (action: string, ...statements: unknown[]) => {
    const app = modelOf({ ...TABLES, R: role(...statements) });
    return ['T', 'U'].filter((table) => accessTo(of(app, 'R'), of(app, table), app).some((access) => access.covers(action))).join(' ');
  };
  const PUT = 'dynamodb:PutItem';
  const ANY = 'arn:aws:dynamodb:*:*:table/*';

  test.each<[string, unknown[], string]>([
    ['on one table', [allow(PUT, att('T'))], 'T'],
    ['on tables by a pattern', [allow(PUT, ANY)], 'T U'],
    ['on all but one, which counts as all', [{ Effect: 'Allow', Action: PUT, NotResource: att('T') }], 'T U'],
    ['denied on the same pattern', [allow(PUT, ANY), deny(PUT, ANY)], ''],
    ['denied on everything', [allow(PUT, att('T')), deny(PUT, '*')], ''],
    ['denied on what begins so', [allow(PUT, ANY), deny(PUT, 'arn:aws:dynamodb:*')], ''],
    ['denied on another pattern', [allow(PUT, ANY), deny(PUT, 'arn:aws:dynamodb:*:*:table/users')], 'T U'],
    ['denied on what only ends so', [allow(PUT, ANY), deny(PUT, '*:table/*')], 'T U'],
    ['denied for other actions', [allow(PUT, att('T')), deny('dynamodb:GetItem', '*')], 'T'],
    ['denied on all but some, which may be it', [allow(PUT, att('T')), { Effect: 'Deny', Action: PUT, NotResource: att('U') }], 'T'],
    ['denied for nothing that is named', [allow(PUT, att('T')), deny(PUT, {})], 'T'],
    ['allowed by a statement that the deployment knows', [{ Ref: 'P' }], ''],
  ])('%s', (_, statements, expected) => expect(may(PUT, ...statements)).toBe(expected));

  test('are those within its boundary, where the app holds that', () => {
    const bounded = (...Statement: unknown[]) => {
      const app = modelOf({
        ...TABLES,
        B: one('AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement } }),
        R: one('AWS::IAM::Role', { PermissionsBoundary: { Ref: 'B' }, Policies: [{ PolicyDocument: { Statement: [allow('dynamodb:*', att('T'))] } }] }),
      });
      return accessOf(of(app, 'R'), app).map((access) => [access.covers(PUT), access.covers('dynamodb:GetItem')]);
    };
    expect([bounded(allow('dynamodb:Get*', '*')), bounded(allow('*', '*')), bounded(deny('dynamodb:Put*', '*'))]).toEqual([[[false, true]], [[true, true]], [[false, false]]]);
  });

  test('include what known policies of AWS give, and the place of each', () => {
    const app = modelOf({ ...TABLES, R: one('AWS::IAM::Role', { ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess', 'arn:aws:iam::111122223333:policy/own'] }) });
    expect(accessOf(of(app, 'R'), app).map(({ statement, element, everything, resource, holder }) => [statement.sid, statement.location, statement.allows, element, everything, resource, holder.logicalId]))
      .toEqual([['AmazonDynamoDBFullAccess', 'Properties.ManagedPolicyArns.1', true, '*', true, undefined, 'R']]);
    expect(foreignManagedPolicies(of(app, 'R'), app)).toHaveLength(3);
  });

  test('are found from the table: by name first, then by patterns', () => {
    const app = modelOf({ ...TABLES, A: role(allow(PUT, ANY)), B: role(allow(PUT, att('T')), allow('dynamodb:GetItem', att('U'))), C: role(allow('dynamodb:Get*', '*')), D: role(allow(PUT, att('T'))) });
    const who = (table: string, action: string) => principalsWith(of(app, table), action, app).map((found) => found.role.logicalId);
    expect([who('T', PUT), who('U', PUT), who('U', 'dynamodb:GetItem'), who('T', 'dynamodb:DeleteItem')]).toEqual([['B', 'D', 'A'], ['A'], ['B', 'C'], []]);
  });

  test('belong to functions, and come from policies', () => {
    const app = modelOf({
      R: role(),
      S: role(),
      F: one('AWS::Lambda::Function', { Role: att('R') }),
      G: one('AWS::Lambda::Function', { Role: att('R') }),
      H: one('AWS::Lambda::Function', { Role: 'arn:aws:iam::111122223333:role/theirs' }),
      P: one('AWS::IAM::Policy', { Roles: [{ Ref: 'R' }, { Ref: 'S' }], PolicyDocument: {} }),
      Q: one('AWS::IAM::Policy', { Roles: [] }),
    });
    expect([names(functionsOfRole(of(app, 'R'), app)), names(functionsOfRole(of(app, 'S'), app)), roleOf(of(app, 'H'), app), roleOf(of(app, 'G'), app)?.logicalId]).toEqual([['F', 'G'], [], undefined, 'R']);
    expect([names(rolesHolding(of(app, 'P'), app)), names(rolesHolding(of(app, 'R'), app)), names(rolesHolding(of(app, 'Q'), app)), names(policyHoldersOf(of(app, 'R'), app))]).toEqual([['R', 'S'], ['R'], [], ['R', 'P']]);
  });

  test('on a table of another account or region are none on the one of the app', () => {
    const meant = (arn: string) => {
      const app = modelOfStacks({ id: 'Shop', account: '111122223333', region: 'eu-west-1', template: { Resources: TABLES } });
      return names(meantBy(arn, app, 'Shop').resources);
    };
    expect(['eu-west-1:111122223333', '*:*', 'eu-west-1:444455556666', 'us-east-1:111122223333'].map((at) => meant(`arn:aws:dynamodb:${at}:table/orders`))).toEqual([['T'], ['T'], [], []]);
  });
});

describe('A statement', () => {
  const read = (document: Value) => statementsOf(document, 'P');

  test('allows unless it denies, and knows where it stands', () => {
    expect(read({ Statement: [{ Effect: 'Deny', Sid: 's' }, { Effect: 'Allow', Action: 'a', NotAction: ['b'], Resource: 'r', NotResource: 'n', Principal: 'p', NotPrincipal: 'q' }, {}] })).toMatchObject([
      { allows: false, sid: 's', location: 'P.Statement.0', unresolved: false }, { allows: true, actions: ['a'], notActions: ['b'], resources: ['r'], notResources: ['n'], principals: 'p', notPrincipals: 'q', location: 'P.Statement.1' },
      { allows: false, actions: [], location: 'P.Statement.2' },
    ]);
  });

  test('stands in a text of JSON, or only the deployment knows it', () => {
    expect(read('{"Statement":{"Effect":"Deny","Action":"a"}}')).toMatchObject([{ allows: false, actions: ['a'] }]);
    expect(read(new Text(['{"Statement":{"Effect":"Allow","Action":"a","Resource":"', new Unresolved('x'), '"}}']))).toMatchObject([{ actions: ['a'], resources: ['<?>'] }]);
    expect([read(undefined), read('text'), read({})]).toEqual([[], [], []]);
    expect(read(new Unresolved('x'))).toMatchObject([{ unresolved: true, allows: true, location: 'P', actions: [], resources: [] }]);
    expect(read({ Statement: [new Unresolved('x')] })).toMatchObject([{ unresolved: true, location: 'P.Statement.0' }]);
  });

  test('of a managed policy that nobody has is no right', () => {
    const app = modelOf({
      B: one('AWS::IAM::ManagedPolicy'),
      C: one('AWS::IAM::ManagedPolicy', { Roles: [{ Ref: 'R' }] }),
      D: one('AWS::IAM::ManagedPolicy'),
      E: one('AWS::IAM::ManagedPolicy'),
      G: one('AWS::IAM::ManagedPolicy', { Groups: ['g'] }),
      R: one('AWS::IAM::Role', { PermissionsBoundary: { Ref: 'B' } }),
      S: one('AWS::IAM::User', { PermissionsBoundary: { Ref: 'D' }, ManagedPolicyArns: [{ Ref: 'D' }] }),
      M: role(allow('iam:CreateRole', '*', { Condition: { StringEquals: { 'iam:PermissionsBoundary': { Ref: 'E' } } } })),
      H: one('AWS::IAM::ManagedPolicy'),
      I: role(allow('iam:CreateRole', '*', { Condition: { StringEquals: { 'iam:PermissionsBoundaryX': { Ref: 'H' } } } })),
      N: one('AWS::IAM::Role', { PermissionsBoundary: { Ref: 'C' } }),
      O: one('AWS::IAM::Role', { PermissionsBoundary: { Ref: 'G' } }),
    });
    expect(['B', 'C', 'D', 'E', 'G', 'H', 'R'].map((id) => isOnlyBoundary(of(app, id), app))).toEqual([true, false, false, true, false, false, false]);
  });
});

describe('A policy refuses plain HTTP', () => {
  const HOLDERS = [{ type: 'AWS::SQS::QueuePolicy', names: 'Queues' }];
  const TLS = { Bool: { 'aws:SecureTransport': 'false' } };
  const refuses = (statement: unknown, actions = ['sqs:SendMessage', 'sqs:ReceiveMessage'], more: Resources = {}) => {
    const app = modelOf({ Q: one('AWS::SQS::Queue'), R: one('AWS::SQS::Queue'), P: one('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'Q' }], PolicyDocument: { Statement: statement } }), ...more }, { Parameters: { X: { Type: 'String' } } });
    return refusesPlainHttp(of(app, 'Q'), app, HOLDERS, actions);
  };
  const denial = (more = {}) => ({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: '*', Condition: TLS, ...more });

  test.each<[string, object]>([
    ['for all actions', {}], ['for all actions of all services', { Action: '*' }], ['for each of the actions', { Action: ['SQS:SendMessage', 'sqs:receive*'] }], ['for all but others', { Action: undefined, NotAction: 'sqs:DeleteMessage' }],
    ['to everybody of AWS', { Principal: { AWS: '*' } }], ['on the queue', { Resource: att('Q') }], ['on nothing that is named', { Resource: undefined }],
    ...['Bool', 'BoolIfExists', 'StringEquals', 'StringEqualsIfExists', 'StringEqualsIgnoreCase', 'bool'].map((operator): [string, object] => [`under ${operator}`, { Condition: { [operator]: { 'AWS:securetransport': ['False', 'x'] } } }]),
  ])('%s', (_, more) => expect(refuses(denial(more))).toBe(true));

  test.each<[string, object]>([
    ['when it allows', { Effect: 'Allow' }], ['for one action', { Action: 'sqs:SendMessage' }], ['for actions that begin otherwise', { Action: 'sqs:Delete*' }], ['for actions that end so', { Action: 'qs:*' }], ['for all but one of them', { Action: undefined, NotAction: 'sqs:Send*' }],
    ['to some', { Principal: { AWS: '111122223333' } }], ['to all but some', { Principal: undefined, NotPrincipal: { AWS: '111122223333' } }], ['on another queue', { Resource: att('R') }], ['on all but some', { Resource: undefined, NotResource: att('R') }],
    ['without a condition', { Condition: undefined }], ['where it is encrypted', { Condition: { Bool: { 'aws:SecureTransport': 'true' } } }], ['under two conditions', { Condition: { ...TLS, StringEquals: { a: 'b' } } }], ['under another key', { Condition: { Bool: { 'aws:ViaAWSService': 'false' } } }],
    ['under the opposite', { Condition: { StringNotEquals: { 'aws:SecureTransport': 'false' } } }], ['under an operator that begins so', { Condition: { BoolX: { 'aws:SecureTransport': 'false' } } }], ['under an operator that ends so', { Condition: { 'ForAnyValue:Bool': { 'aws:SecureTransport': 'false' } } }],
  ])('but not %s', (_, more) => expect(refuses(denial(more))).toBe(false));

  test('by several statements and policies together', () => {
    expect(refuses([denial({ Action: 'sqs:SendMessage' }), denial({ Action: 'sqs:ReceiveMessage' })])).toBe(true);
    expect(refuses(denial({ Action: 'sqs:SendMessage' }), undefined, { S: one('AWS::SQS::QueuePolicy', { Queues: [{ Ref: 'R' }, { Ref: 'Q' }], PolicyDocument: { Statement: denial({ Action: 'sqs:ReceiveMessage' }) } }) })).toBe(true);
  });

  test('perhaps, where only the deployment knows', () => {
    expect([refuses([{ Ref: 'X' }]), refuses([{ Ref: 'X' }, denial()])]).toEqual([undefined, true]);
  });
});

describe('The accounts of an app', () => {
  const A = '111122223333';
  const B = '444455556666';
  const accounts = (resources: Resources) => [...ownAccounts(modelOf(resources))];
  const fn = (S3Bucket: string) => one('AWS::Lambda::Function', { Code: { S3Bucket } });

  test.each<[string, Resources, string[]]>([
    ['the role of a function', { F: one('AWS::Lambda::Function', { Role: `arn:aws:iam::${A}:role/r` }) }, [A]],
    ['the role of a state machine', { M: one('AWS::StepFunctions::StateMachine', { RoleArn: `arn:aws:iam::${A}:role/r` }) }, [A]],
    ['what policies of queues and topics are about', {
      P: one('AWS::SQS::QueuePolicy', { PolicyDocument: { Statement: { Resource: `arn:aws:sqs:eu-west-1:${A}:q` } } }), T: one('AWS::SNS::TopicPolicy', { PolicyDocument: { Statement: { Resource: `arn:aws:sns:eu-west-1:${B}:t` } } }),
    }, [B, A]],
    ['rights on what the app holds', { Q: one('AWS::SQS::Queue', { QueueName: 'q' }), R: role(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${A}:q`)) }, [A]],
    ['rights on what it does not hold', { R: role(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${A}:q`)) }, []],
    ['rights on what it holds, without an account', { Q: one('AWS::SQS::Queue', { QueueName: 'q' }), R: role(allow('sqs:SendMessage', att('Q'))) }, []],
    ['the first that may do everything with a key', {
      K: one('AWS::KMS::Key', {
        KeyPolicy: {
          Statement: [
            { Effect: 'Allow', Action: 'kms:Decrypt', Principal: { AWS: `arn:aws:iam::${B}:root` } }, { Effect: 'Allow', Action: 'kms:*', Principal: { AWS: [`arn:aws:iam::${A}:root`, `arn:aws:iam::${B}:root`] } }, { Effect: 'Allow', Action: 'kms:*', Principal: { AWS: B } },
          ],
        },
      }),
    }, [A]],
    ['who may do nothing with a key', { K: one('AWS::KMS::Key', { KeyPolicy: { Statement: [{ Effect: 'Deny', Action: 'kms:*', Principal: { AWS: `arn:aws:iam::${B}:root` } }] } }) }, []],
    ['the assets of most functions', { F: fn(`cdk-a-assets-${A}-eu-west-1`), G: fn(`cdk-a-assets-${B}-eu-west-1`), H: fn(`cdk-a-assets-${B}-eu-west-1`) }, [B]],
    ['the assets of one function', { F: fn(`cdk-a-assets-${A}-eu-west-1`) }, []],
    ['other buckets', { F: fn(`my-cdk-a-assets-${A}-eu-west-1`), G: fn(`my-cdk-a-assets-${A}-eu-west-1`) }, []],
  ])('are read from %s', (_, resources, expected) => expect(accounts(resources)).toEqual(expected));

  test('are those of its stacks alone, where they are known', () => {
    const app = modelOfStacks({ id: 'S', account: A, template: { Resources: { F: one('AWS::Lambda::Function', { Role: `arn:aws:iam::${B}:role/r` }) } } });
    expect([...ownAccounts(app)]).toEqual([A]);
    expect([isForeign(A, app, []), isForeign(B, app, []), isForeign(B, app, [B]), isForeign(undefined, app, []), isForeign('<AWS::AccountId>', app, [])]).toEqual([false, true, false, false, false]);
  });
});
