import { sizeOf } from '../../src/iam/hardening/actions/policy-size';
import { isResourceWildcard } from '../../src/iam/resource-wildcard';
import { isNarrowPattern } from '../../src/iam/rules/action-patterns';
import { isBound } from '../../src/iam/statement-binding';

describe('A pattern of actions', () => {
  test.each([
    ...['batchget', 'check', 'describe', 'get', 'head', 'list', 'lookup', 'query', 'scan', 'search', 'select', 'view'].map((verb) => `shop:${verb}*`),
    'kms:GenerateDataKey*', 'kms:ReEncrypt*', 's3:Abort*', 's3:DeleteObject*', 's3:GetBucket*', 's3:GetObject*', 's3:List*', 'dynamodb:BatchGet?tem', 'S3:DELETEOBJECT*',
  ])('%s is narrow', (action) => expect(isNarrowPattern(action)).toBe(true));

  test.each([
    '*', '*:*', 's3:*', 's?:Get*', '*:Get*', 's3:*Object', 's3:?etObject', 's3:Put*', 's3:Delete*', 'kms:*', 'kms:Generate*', 'lambda:Update*', 'sts:Get*', 'sso:Get*', 'cognito-identity:Get*',
    'shop:Reget*', 'dynamodb:DeleteObject*', 'shop',
  ])('%s is not', (action) => expect(isNarrowPattern(action)).toBe(false));
});

describe('A resource of a statement', () => {
  test.each([
    '*', '?', 'orders*', 'arn:aws:s3*', 'arn:aws:s3:::*', 'arn:aws:s3:::ord*', 'arn:aws:s3:::ord?rs/a', 'arn:aws:sns:eu-west-1:111122223333:*', 'arn:aws:sqs:eu-west-1:111122223333:ord*',
    'arn:aws:execute-api:eu-west-1:111122223333:*/prod/GET/a', 'arn:aws:sqs:eu-west-1:*:orders', 'arn:*:sqs:eu-west-1:111122223333:orders', 'arn:aws:*:eu-west-1:111122223333:orders',
    'arn:aws:sqs:eu-west-1:1111222?3333:orders', 'arn:aws:dynamodb:eu-west-1:111122223333:table/*', 'arn:aws:dynamodb:eu-west-1:111122223333:*', 'arn:aws:dynamodb:eu-west-1:111122223333:t*/orders',
    'arn:aws:lambda:eu-west-1:111122223333:function:shop-*', 'arn:aws:logs:eu-west-1:111122223333:log-group:*', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/*',
    'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/shop-*:*', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/codebuild/<?>/*', 'arn:aws:logs:eu-west-1:111122223333:log-group:<AWS::StackName>/*',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:*', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/*', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-*-x',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop*db-*', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop?db-*',
    'arn:aws:ssm:eu-west-1:111122223333:parameter/*', 'arn:aws:ssm:eu-west-1:111122223333:parameter//*', 'arn:aws:ssm:eu-west-1:111122223333:parameter/sh*/a', 'arn:aws:states:eu-west-1:111122223333:execution:*',
    'arn:aws:states:eu-west-1:111122223333:execution:pay*', 'arn:aws:states:eu-west-1:111122223333:execution:<AWS::StackName>*', 'arn:aws:states:eu-west-1:111122223333:stateMachine:<Pay.Name>*',
    '<Orders.Arn>*', '<AWS::StackName>/*', '<AWS::StackName>*', 'xrn:aws:s3:::orders/*',
  ])('%s may be any', (resource) => expect(isResourceWildcard(resource)).toBe(true));

  test.each([
    'arn:aws:s3:::orders', 'orders', 'arn:aws:s3:::orders/*', 'arn:aws:s3:::<Orders>/*', 'arn:<AWS::Partition>:s3:::orders/?', 'arn:aws:sqs:*:111122223333:orders', 'arn:aws:sns:eu-west-1:111122223333:orders:*',
    'arn:aws:execute-api:eu-west-1:111122223333:a1b2c3/*/GET/a', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*', 'arn:aws:dynamodb:eu-west-1:111122223333:table/<A:b/c>/index/*',
    'arn:aws:lambda:eu-west-1:111122223333:function:print:*', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/orders:*', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/codebuild/<Build>/*',
    'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/codebuild/<Build>-x/*:*', 'arn:aws:logs:eu-west-1:111122223333:log-group:API-Gateway-Execution-Logs_a1b2/*',
    'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-??????', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-*', 'arn:aws:ssm:eu-west-1:111122223333:parameter/shop/*',
    'arn:aws:ssm:eu-west-1:111122223333:parameter//shop/*', 'arn:aws:states:eu-west-1:111122223333:execution:<Pay.Name>*', 'arn:aws:states:eu-west-1:111122223333:execution:<Pay.Name>:*',
    'arn:aws:states:eu-west-1:111122223333:execution:pay:*', '<Orders.Arn>/*', '<Print.Arn>:*', '<Orders.Arn>/index/*',
  ])('%s is one', (resource) => expect(isResourceWildcard(resource)).toBe(false));
});

describe('The size of a policy', () => {
  test.each<[string, unknown, number]>([
    ['a text, in quotes', 'abc', 5],
    ['white space does not count', 'a b\n c', 5],
    ['a number and a truth', [1, true], 2 + 2 + 5],
    ['nothing', null, 4],
    ['a list, with commas', ['a', 'b'], 2 + 4 + 4],
    ['an empty list', [], 2],
    ['an object, with quotes and colon', { a: 'b' }, 2 + 1 + 4 + 3],
    ['an object of several', { a: 'b', cd: [] }, 2 + 8 + 8],
    ['a pointer', { Ref: 'Orders' }, 120],
    ['an attribute', { 'Fn::GetAtt': ['Orders', 'Arn'] }, 120],
    ['the region, which is short', { Ref: 'AWS::Region' }, 13],
    ['a pointer to something that is only called like the region', { Ref: 'MyAWS::Region' }, 120],
    ['an object that only begins like a pointer', { Ref: 'a', b: 'c' }, 2 + 3 + 4 + 3 + 1 + 4 + 3],
    ['an object with one field of another name', { Reference: 'a' }, 2 + 9 + 4 + 3],
    ['pieces, whose quotes do not count', { 'Fn::Join': ['', ['ab', { Ref: 'Orders' }, 'cd']] }, 2 + 2 + 120 + 2],
    ['what stands between pieces', { 'Fn::Join': ['::', ['ab', 'cd']] }, 2 + 2 + 2 + 2 + 2],
  ])('%s', (_, rendered, size) => expect(sizeOf(rendered)).toBe(size));
});

describe('A condition', () => {
  test.each<[string, string, string, boolean]>([
    ['an empty value', 'StringEquals', '', false],
    ['an ARN of another service with an empty account', 'ArnLike', 'arn:aws:apigateway:eu-west-1::x/*', false],
    ['an ARN of a bucket in an account', 'ArnLike', 'arn:aws:s3::*:receipts/*', false],
    ['an ARN whose account begins with a pattern', 'ArnLike', 'arn:aws:sns:eu-west-1:?11122223333:*', false],
    ['an ARN without wildcards', 'ArnEquals', 'arn:aws:apigateway:eu-west-1::/restapis/a', true],
    ['a text without wildcards under another operator', 'StringEqualsIgnoreCase', 'arn:aws:sns:eu-west-1:111122223333:a', true],
    ['any value of several', 'ForAnyValue:StringEquals', 'arn:aws:sns:eu-west-1:111122223333:a', true],
    ['any value of several, by pattern', 'ForAnyValue:StringLike', 'arn:aws:sns:eu-west-1:111122223333:*', true],
    ['all values, and none', 'ForAllValues:StringEquals', 'arn:aws:sns:eu-west-1:111122223333:a', false],
    ['a negation', 'ArnNotLike', 'arn:aws:sns:eu-west-1:111122223333:a', false],
    ['an operator that only begins so', 'ArnLikeIfExists', 'arn:aws:sns:eu-west-1:111122223333:a', false],
    ['a number', 'NumericEquals', '1', false],
  ])('%s', (_, operator, value, bound) => {
    expect(isBound({ [operator]: { 'aws:SourceArn': value } })).toBe(bound);
  });
});
