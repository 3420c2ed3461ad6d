import { AppModel } from '../../../src/model/resources/app-model';
import { Resource } from '../../../src/model/resources/resource';
import { accessOf, accessTo, functionsOfRole, principalsWith, roleOf } from '../../../src/model/rights/access';
import { isForeign, ownAccounts } from '../../../src/model/rights/accounts';
import { speaksOf } from '../../../src/model/rights/actions';
import { awsManagedPolicy, ManagedPolicyReach } from '../../../src/model/rights/aws-managed-policies';
import { statementsOf } from '../../../src/model/rights/iam';
import { matchesGlob } from '../../../src/model/values/glob';
import { modelOf, modelOfStacks, Resources } from '../../policy/support';

const find = (app: AppModel, logicalId: string): Resource => app.resources.find((resource) => resource.logicalId === logicalId)!;
const table = { Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders' } };
const role = (...statements: unknown[]) => ({ Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: statements } }] } });
const allow = (Action: unknown, on: unknown, more = {}) => ({ Effect: 'Allow', Action, Resource: on, ...more });
const put = 'dynamodb:PutItem';

/** Whether the role `R` may put items into the table `T`. */
function mayPut(resources: Resources): boolean {
  const app = modelOf({ T: table, ...resources });
  return accessTo(find(app, 'R'), find(app, 'T'), app).some((access) => access.covers(put));
}

test.each([
  ['dynamodb:*', 'dynamodb:PutItem', true], ['*', 'a', true], ['d?n*:Put*', put, true], ['dynamodb:Put', put, false], ['a*b*c', 'aXbYc', true],
  ['a*b*c', 'aXbY', false], ['', '', true], ['?', '', false], [`${'a*'.repeat(500)}b`, 'a'.repeat(5000), false],
])('the pattern %.20s of IAM and the text %.20s: %s', (pattern, text, expected) => {
  expect(matchesGlob(pattern, text)).toBe(expected);
});

test.each([
  ['an action in other letters', { Action: 'DYNAMODB:putitem' }, true],
  ['NotAction of others', { NotAction: ['s3:*'] }, true],
  ['NotAction of the same', { NotAction: 'dynamodb:*' }, false],
  ['an action that the deployment knows', { Action: { Ref: 'P' } }, false],
])('a statement speaks of an action: %s', (_name, statement, expected) => {
  const [one] = statementsOf(modelOf({ R: { Type: 'X', Properties: { S: { Statement: statement } } } }).resources[0].property('S'), '');
  expect(speaksOf(one, put)).toBe(expected);
});

describe('The rights of a role', () => {
  test.each<[string, Resources, boolean]>([
    ['by pointer', { R: role(allow(put, { 'Fn::GetAtt': ['T', 'Arn'] })) }, true],
    ['by a pointer in a text', { R: role(allow('dynamodb:*', { 'Fn::Sub': '${T.Arn}/index/*' })) }, true],
    ['by the name in an ARN', { R: role(allow(put, 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders')) }, true],
    ['by the name in a text', { R: role(allow(put, { 'Fn::Sub': 'arn:${AWS::Partition}:dynamodb:${AWS::Region}:${AWS::AccountId}:table/orders' })) }, true],
    ['by a pointer to the name', { R: role(allow(put, { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/${T}' })) }, true],
    ['by a pattern', { R: role(allow(put, 'arn:aws:dynamodb:*:*:table/ord*')) }, true],
    ['by a pattern of another name', { R: role(allow(put, 'arn:aws:dynamodb:*:*:table/users*')) }, false],
    ['on everything', { R: role(allow('*', '*')) }, true],
    ['on another table', { R: role(allow(put, 'arn:aws:dynamodb:eu-west-1:111122223333:table/users')) }, false],
    ['on its log group, which has the name of the table', { R: role(allow('*', { 'Fn::Sub': 'arn:aws:logs:eu-west-1:1:log-group:${T}' })) }, false],
    ['to read only', { R: role(allow('dynamodb:Get*', '*')) }, false],
    ['taken away by a denial', { R: role(allow(put, '*'), { Effect: 'Deny', Action: 'dynamodb:Put*', Resource: '*' }) }, false],
    ['taken away under a condition only', { R: role(allow(put, '*'), { Effect: 'Deny', Action: put, Resource: '*', Condition: { Bool: { a: 'b' } } }) }, true],
    ['in a policy that is attached by pointer', {
      R: { Type: 'AWS::IAM::Role' },
      P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'R' }], PolicyDocument: { Statement: [allow(put, '*')] } } },
    }, true],
    ['in a policy that is attached by name', {
      R: { Type: 'AWS::IAM::Role', Properties: { RoleName: 'orders-role' } },
      P: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: 'orders-role', PolicyDocument: { Statement: allow(put, '*') } } },
    }, true],
    ['in a managed policy that the role names by ARN', {
      R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:policy/app/writer' }] } },
      P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { ManagedPolicyName: 'writer', PolicyDocument: { Statement: allow(put, '*') } } },
    }, true],
    ['in a policy of AWS', { R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: ['arn:aws:iam::aws:policy/AmazonDynamoDBFullAccess'] } } }, true],
    ['outside of the permissions boundary', {
      R: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'B' }, Policies: [{ PolicyDocument: { Statement: allow('*', '*') } }] } },
      B: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: allow('s3:*', '*') } } },
    }, false],
  ])('%s', (_name, resources, expected) => {
    expect(mayPut(resources)).toBe(expected);
  });

  test('join functions, roles and stores over stacks', () => {
    const app = modelOfStacks(
      { id: 'Data', template: { Resources: { T: { Type: 'AWS::DynamoDB::Table' } }, Outputs: { A: { Value: { 'Fn::GetAtt': ['T', 'Arn'] }, Export: { Name: 'table' } } } } },
      {
        id: 'Code',
        template: {
          Resources: {
            R: role(allow(put, { 'Fn::ImportValue': 'table' })),
            F: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] } } },
          },
        },
      },
    );
    expect(principalsWith(find(app, 'T'), put, app).map((one) => one.role.logicalId)).toEqual(['R']);
    expect(functionsOfRole(roleOf(find(app, 'F'), app)!, app).map((fn) => fn.logicalId)).toEqual(['F']);
    expect(accessOf(find(app, 'R'), app)[0]).toMatchObject({ element: '<Data/T.Arn>', everything: false });
  });
});

test.each([
  ['arn:aws:iam::aws:policy/AdministratorAccess', ManagedPolicyReach.ADMIN, ['*']],
  ['arn:<AWS::Partition>:iam::aws:policy/AmazonS3FullAccess', ManagedPolicyReach.FULL, ['s3:*']],
  ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', ManagedPolicyReach.EXECUTION, []],
  ['arn:aws:iam::aws:policy/AmazonDynamoDBReadOnlyAccess', ManagedPolicyReach.READ, expect.arrayContaining(['dynamodb:Scan'])],
  ['arn:aws:iam::aws:policy/AWSLambda_FullAccess', ManagedPolicyReach.FULL, ['iam:PassRole', 'lambda:*']],
])('%s amounts to %s', (arn, reach, actions) => {
  expect(awsManagedPolicy(arn)).toMatchObject({ reach, actions });
});

test('the account of an app is read from ARNs that can only be its own', () => {
  const app = modelOf({ F: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/print' } } });
  expect([...ownAccounts(app)]).toEqual(['111122223333']);
  expect(isForeign('999988887777', app, [])).toBe(true);
  expect(isForeign('999988887777', app, ['999988887777'])).toBe(false);
});
