import { Lazy, SecretValue } from 'aws-cdk-lib';
import { AccountPrincipal, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ParameterTier } from 'aws-cdk-lib/aws-ssm';
import { SecureParameter, SecureParameterProps } from '../../src/secrets/secure-parameter';
import { Json, only } from '../support/api';
import { templateOf, testStack } from '../support/apps';

function made(props: SecureParameterProps): Json {
  const stack = testStack();
  new SecureParameter(stack, 'BatchSize', props);
  return only(templateOf(stack), 'AWS::SSM::Parameter');
}

test('a parameter is plain text in the standard tier', () => {
  expect(made({ value: '25' })).toEqual({ Type: 'String', DataType: 'text', Tier: 'Standard', Value: '25' });
});

test('a parameter takes other values', () => {
  expect(made({ value: '25', name: '/shop/batch-size', description: 'Orders at once', allowedPattern: '\\d{1,3}', tier: ParameterTier.ADVANCED })).toEqual({
    Type: 'String', DataType: 'text', Tier: 'Advanced', Value: '25', Name: '/shop/batch-size', Description: 'Orders at once', AllowedPattern: '\\d{1,3}',
  });
});

test('a value that is known only at deployment passes', () => {
  expect(made({ value: Lazy.string({ produce: () => '25' }), name: Lazy.string({ produce: () => '/shop/size' }), allowedPattern: '\\d+' }).Value).toBe('25');
});

test.each<[string, (parameter: SecureParameter, role: Role) => unknown, string | string[]]>([
  ['allowRead', (parameter, role) => parameter.allowRead(role), ['ssm:GetParameter', 'ssm:GetParameters']],
  ['grantRead', (parameter, role) => parameter.grantRead(role), ['ssm:GetParameter', 'ssm:GetParameters']],
  ['allowWrite', (parameter, role) => parameter.allowWrite(role), 'ssm:PutParameter'],
  ['grantWrite', (parameter, role) => parameter.grantWrite(role), 'ssm:PutParameter'],
])('%s gives exact actions on this parameter', (_, use, Action) => {
  const stack = testStack();
  const parameter = new SecureParameter(stack, 'BatchSize', { value: '25', name: '/shop/batch-size' });
  use(parameter, new Role(stack, 'Reader', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }));
  expect(only(templateOf(stack), 'AWS::IAM::Policy').PolicyDocument.Statement).toEqual([{ Action, Effect: 'Allow', Resource: stack.resolve(parameter.parameterArn) }]);
});

describe('a parameter fails', () => {
  test.each<[string, SecureParameterProps, string]>([
    ['a password', { value: 'hunter2', name: '/shop/db-password' },
      "'value' must not hold a secret, because nothing hides a parameter, and this looks like a password; keep it in a SecureSecret [SecureParameter.Secret, at 'Shop/BatchSize']"],
    ['a token', { value: `ghp_${'a1B2'.repeat(9)}` },
      "'value' must not hold a secret, because nothing hides a parameter, and this looks like a GitHub token; keep it in a SecureSecret [SecureParameter.Secret, at 'Shop/BatchSize']"],
    ['the value of a secret', { value: SecretValue.secretsManager('shop/db').unsafeUnwrap() },
      "'value' must not hold a secret, because nothing hides a parameter, and this looks like a reference that CloudFormation replaces by a secret; keep it in a SecureSecret [SecureParameter.Secret, at 'Shop/BatchSize']"],
    ['a name that is no path', { value: '25', name: 'batch-size' },
      "'name' must be a path of at most 15 levels of letters, digits and . _ - that does not begin with aws or ssm, got \"batch-size\"; write it like '/shop/orders/batch-size' [SecureParameter.Name, at 'Shop/BatchSize']"],
    ['a name of AWS', { value: '25', name: '/aws/batch-size' },
      "'name' must be a path of at most 15 levels of letters, digits and . _ - that does not begin with aws or ssm, got \"/aws/batch-size\"; write it like '/shop/orders/batch-size' [SecureParameter.Name, at 'Shop/BatchSize']"],
    ['no value', { value: '' },
      "'value' must be between 1 and 4096 bytes long in this tier, got \"0 bytes\"; leave the parameter out [SecureParameter.Value, at 'Shop/BatchSize']"],
    ['a large value', { value: 'ü'.repeat(2049) },
      "'value' must be between 1 and 4096 bytes long in this tier, got \"4098 bytes\"; pass tier: ParameterTier.ADVANCED [SecureParameter.Value, at 'Shop/BatchSize']"],
    ['a huge value', { value: 'x'.repeat(9000), tier: ParameterTier.ADVANCED },
      "'value' must be between 1 and 8192 bytes long in this tier, got \"9000 bytes\"; keep it in a bucket [SecureParameter.Value, at 'Shop/BatchSize']"],
    ['a value that its pattern forbids', { value: 'many', allowedPattern: '\\d+' },
      "'value' must match its own allowedPattern \\d+ in full, got \"many\"; change one of the two [SecureParameter.Value, at 'Shop/BatchSize']"],
    ['a broken pattern', { value: '25', allowedPattern: '(' },
      "'allowedPattern' must be a regular expression, got \"(\"; close its brackets, or leave it out [SecureParameter.AllowedPattern, at 'Shop/BatchSize']"],
  ])('on %s', (_, props, message) => {
    const stack = testStack();
    expect(() => new SecureParameter(stack, 'BatchSize', props)).toThrow(message);
    expect(stack.node.children).toStrictEqual([]);
  });

  test('on a grantee that takes no rights', () => {
    const parameter = new SecureParameter(testStack({ env: { account: '111122223333', region: 'eu-west-1' } }), 'BatchSize', { value: '25' });
    expect(() => parameter.allowRead(new ServicePrincipal('events.amazonaws.com'))).toThrow(
      "'grantee' must be a role, user or group of this account, because parameters have no policy of their own here, got {\"Service\":[\"events.amazonaws.com\"]}; "
      + "give the right to a role that the principal can assume [SecureParameter.Grantee, at 'Shop/BatchSize']");
    const elsewhere = Role.fromRoleArn(parameter.stack, 'Elsewhere', 'arn:aws:iam::444455556666:role/reader');
    expect(() => parameter.allowRead(elsewhere)).toThrow(/\[SecureParameter\.Grantee, at 'Shop\/BatchSize'\]$/);
    expect(() => parameter.allowWrite(new AccountPrincipal('444455556666'))).toThrow(/\[SecureParameter\.Grantee, at 'Shop\/BatchSize'\]$/);
  });
});
