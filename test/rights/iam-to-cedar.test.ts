import { decide, Statement } from './support/iam-to-cedar';

/** Whether one statement allows a request that it fits in all but what the test is about. */
function allows(statement: Partial<Statement>, context: Record<string, string | readonly string[]> = {}): boolean {
  return decide([{ Effect: 'Allow', Action: '*', Resource: '*', ...statement }], {
    action: 's3:GetObject', resource: 'arn:aws:s3:::example/a', principals: ['arn:aws:iam::111122223333:role/reader'], context,
  });
}

const when = (operator: string, key: string, value: unknown): Partial<Statement> => ({ Condition: { [operator]: { [key]: value } } });

test('nothing is allowed by default, and a denial wins', () => {
  const request = { principals: ['p'], action: 's3:GetObject', resource: 'r', context: {} };
  expect(decide([], request)).toBe(false);
  expect(decide([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }], request)).toBe(true);
  expect(decide([{ Effect: 'Allow', Action: 's3:*', Resource: '*' }, { Effect: 'Deny', Action: 's3:GetObject', Resource: 'r' }], request)).toBe(false);
});

test('actions match in any case and with wildcards', () => {
  expect(allows({ Action: 's3:getobject' })).toBe(true);
  expect(allows({ Action: ['s3:Put*', 's3:Get*'] })).toBe(true);
  expect(allows({ Action: 's3:Put*' })).toBe(false);
  expect(allows({ Action: undefined, NotAction: 's3:Get*' })).toBe(false);
  expect(allows({ Action: undefined, NotAction: 'iam:*' })).toBe(true);
});

test('resources match with wildcards and policy variables', () => {
  expect(allows({ Resource: 'arn:aws:s3:::example/*' })).toBe(true);
  expect(allows({ Resource: 'arn:aws:s3:::other/*' })).toBe(false);
  expect(allows({ Resource: undefined, NotResource: 'arn:aws:s3:::example/*' })).toBe(false);
  expect(allows({ Resource: 'arn:aws:s3:::example/${aws:PrincipalTag/folder}' }, { 'aws:PrincipalTag/folder': 'a' })).toBe(true);
  expect(allows({ Resource: 'arn:aws:s3:::example/${aws:PrincipalTag/folder}' }, { 'aws:PrincipalTag/folder': 'b' })).toBe(false);
  expect(allows({ Resource: 'arn:aws:s3:::example/${aws:PrincipalTag/folder}' })).toBe(false);
});

test('principals match by name, or all by a star', () => {
  expect(allows({ Principal: { AWS: 'arn:aws:iam::111122223333:role/reader' } })).toBe(true);
  expect(allows({ Principal: { AWS: ['arn:aws:iam::111122223333:role/writer'] } })).toBe(false);
  expect(allows({ Principal: { AWS: '*' } })).toBe(true);
  expect(allows({ Principal: '*' })).toBe(true);
  expect(allows({ Principal: { Service: 'sns.amazonaws.com' } })).toBe(false);
});

// https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_elements_condition_operators.html
test.each([
  ['StringEquals', 'x', 'x', true],
  ['StringEquals', 'x', 'y', false],
  ['StringEquals', 'x', undefined, false],
  ['StringEquals', ['x', 'y'], 'y', true],
  ['StringEqualsIfExists', 'x', undefined, true],
  ['StringEqualsIfExists', 'x', 'y', false],
  ['StringNotEquals', 'x', 'x', false],
  ['StringNotEquals', 'x', 'y', true],
  ['StringNotEquals', ['x', 'y'], 'y', false],
  ['StringNotEquals', 'x', undefined, true],
  ['StringLike', 'in/*', 'in/a', true],
  ['StringLike', 'in/*', 'out/a', false],
  ['StringNotLike', 'in/*', 'in/a', false],
  ['ArnLike', 'arn:aws:sns:*:111122223333:orders', 'arn:aws:sns:eu-west-1:111122223333:orders', true],
  ['ArnLike', 'arn:aws:sns:*:111122223333:orders', 'arn:aws:sns:eu-west-1:444455556666:orders', false],
  ['ArnNotEquals', 'arn:aws:sns:eu-west-1:111122223333:orders', undefined, true],
  ['Bool', 'true', 'true', true],
  ['Bool', true, 'false', false],
  ['Bool', 'false', undefined, false],
  ['BoolIfExists', 'false', undefined, true],
  ['Null', 'true', undefined, true],
  ['Null', 'true', 'x', false],
  ['Null', 'false', 'x', true],
  ['Null', false, undefined, false],
  ['NumericLessThan', '1.2', '1.1', true],
  ['NumericLessThan', 1.2, '1.3', false],
  ['NumericLessThanEquals', 10, '10', true],
  ['NumericGreaterThan', 10, '11', true],
  ['NumericGreaterThanEquals', 10, '9', false],
  // https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-single-vs-multi-valued-context-keys.html
  ['ForAllValues:StringEquals', ['a', 'b'], ['a'], true],
  ['ForAllValues:StringEquals', ['a', 'b'], ['a', 'c'], false],
  ['ForAllValues:StringEquals', ['a', 'b'], undefined, true],
  ['ForAllValues:StringLike', ['a*'], ['a1', 'a2'], true],
  ['ForAllValues:StringLike', ['a*'], ['a1', 'b2'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['a', 'c'], true],
  ['ForAnyValue:StringEquals', ['a', 'b'], ['c'], false],
  ['ForAnyValue:StringEquals', ['a', 'b'], undefined, false],
  ['ForAnyValue:StringLike', ['a*'], ['b', 'a2'], true],
] as const)('%s %j against %j is %s', (operator, wanted, actual, expected) => {
  expect(allows(when(operator, 'aws:Key', wanted), actual === undefined ? {} : { 'aws:key': actual })).toBe(expected);
});

test('several keys of one operator must all match', () => {
  const both: Partial<Statement> = { Condition: { StringEquals: { 'aws:SourceAccount': '111122223333', 'aws:PrincipalOrgID': 'o-1' } } };
  expect(allows(both, { 'aws:SourceAccount': '111122223333', 'aws:PrincipalOrgID': 'o-1' })).toBe(true);
  expect(allows(both, { 'aws:SourceAccount': '111122223333' })).toBe(false);
});

test('fails on operators that it does not know, instead of letting them pass', () => {
  expect(() => allows(when('IpAddress', 'aws:SourceIp', '10.0.0.0/8'))).toThrow('the operator IpAddress is not known here');
});
