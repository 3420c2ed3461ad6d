import { Aws, Stack, Token } from 'aws-cdk-lib';
import {
  AccountPrincipal, AnyPrincipal, ArnPrincipal, Effect, OrganizationPrincipal, PolicyStatement, PolicyStatementProps, Role,
  ServicePrincipal, StarPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { ConfigurationError } from '../../src/core/configuration-error';
import { Admission, checkStatement, serviceOf } from '../../src/messaging/policy-statements';

const ACCOUNT = '111122223333';
const [BILLING, ARCHIVE] = ['444455556666', '777788889999'];
const shop = () => new Stack(undefined, 'Shop', { env: { account: ACCOUNT, region: 'eu-west-1' } });
const EVENTS = new ServicePrincipal('events.amazonaws.com');
const statement = (props: PolicyStatementProps) => new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['*'], ...props });
const roleOf = (account: string) => new ArnPrincipal(`arn:aws:iam::${account}:role/a`);

function refusalOf(props: PolicyStatementProps): string | undefined {
  try {
    checkStatement(shop(), 'SecureQueue', statement(props));
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
}

describe('A statement', () => {
  const PUBLIC = "'statement' must not allow everybody without a condition that binds it to somebody, like 'aws:PrincipalOrgID'; name the principals [SecureQueue.PublicStatement, at 'Shop']";
  const SOURCE = "'statement' must say for whom the service acts, with an 'aws:SourceArn' or 'aws:SourceAccount' condition: it acts for other accounts as well, got \"events.amazonaws.com\"; "
    + "add the condition, or call the verb that lets in one source of a service [SecureQueue.ServiceSource, at 'Shop']";
  const ORGANIZATION = { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } };

  test.each<[string, PolicyStatementProps, string | undefined]>([
    ['that denies everybody', { effect: Effect.DENY, principals: [new AnyPrincipal()] }, undefined],
    ['that denies a service', { effect: Effect.DENY, principals: [EVENTS] }, undefined],
    ['for an account', { principals: [new AccountPrincipal(BILLING)] }, undefined],
    ['for a role', { principals: [roleOf(BILLING)] }, undefined],
    ['for nobody that it names', {}, "'statement' must name principals, as each statement in the policy of a resource does; give it principals before it is added [SecureQueue.Statement, at 'Shop']"],
    ['for everybody', { principals: [new AnyPrincipal()] }, PUBLIC],
    ['for everybody as a star', { principals: [new StarPrincipal()] }, PUBLIC],
    ['for everybody among others', { principals: [roleOf(BILLING), new AnyPrincipal()] }, PUBLIC],
    ['for all but some', { notPrincipals: [roleOf(BILLING)] }, PUBLIC],
    ['for everybody, over TLS', { principals: [new AnyPrincipal()], conditions: { Bool: { 'aws:SecureTransport': 'true' } } }, PUBLIC],
    ['for everybody of an organization', { principals: [new AnyPrincipal()], conditions: ORGANIZATION }, undefined],
    ['for an organization', { principals: [new OrganizationPrincipal('o-abcdefghij')] }, undefined],
    ['for all but some of an organization', { notPrincipals: [roleOf(BILLING)], conditions: ORGANIZATION }, undefined],
    ['for a service', { principals: [EVENTS] }, SOURCE],
    ['for a service of an organization that it does not tell', { principals: [EVENTS], conditions: ORGANIZATION }, SOURCE],
    ['for a service, of an account', { principals: [EVENTS], conditions: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }, undefined],
    ['for a service, of a source', { principals: [EVENTS], conditions: { ArnLike: { 'aws:SourceArn': `arn:aws:events:eu-west-1:${ACCOUNT}:rule/a` } } }, undefined],
  ])('%s', (_, props, message) => {
    expect(refusalOf(props)).toBe(message);
  });

  test('knows its service', () => {
    expect([serviceOf(shop(), EVENTS), serviceOf(shop(), new AccountPrincipal(BILLING)), serviceOf(shop(), new AnyPrincipal())]).toEqual(['events.amazonaws.com', undefined, undefined]);
  });
});

describe('The denial for all others', () => {
  const denied = (stack: Stack, ...statements: PolicyStatement[]) => {
    const admission = new Admission(stack);
    const denial = admission.denyAllOthers(['sqs:ReceiveMessage', 'sqs:SendMessage'], 'arn:aws:sqs:eu-west-1:111122223333:orders');
    statements.forEach((one) => admission.admit(one)); // whoever comes later is in it
    return stack.resolve(denial.toStatementJson()) as { Condition: { StringNotEquals: Record<string, unknown> } };
  };
  const admitted = (...statements: PolicyStatement[]) => denied(shop(), ...statements).Condition.StringNotEquals;
  const own = (...others: string[]) => ({ 'aws:PrincipalAccount': others.length === 0 ? ACCOUNT : [ACCOUNT, ...others] });
  const named = (conditions: Record<string, Record<string, unknown>>) => statement({ principals: [new AnyPrincipal()], conditions });

  test('leaves the own account, and services that name their source', () => {
    expect(denied(shop())).toEqual({
      Sid: 'OnlyThoseAdmitted',
      Effect: 'Deny',
      Principal: { AWS: '*' },
      Action: ['sqs:ReceiveMessage', 'sqs:SendMessage'],
      Resource: 'arn:aws:sqs:eu-west-1:111122223333:orders',
      Condition: { StringNotEquals: own(), BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' } },
    });
  });

  test.each<[string, PolicyStatement, Record<string, unknown>]>([
    ['a role of another account', statement({ principals: [roleOf(BILLING)] }), own(BILLING)],
    ['a session of a role', statement({ principals: [new ArnPrincipal(`arn:aws:sts::${BILLING}:assumed-role/a/b`)] }), own(BILLING)],
    ['the number of an account', statement({ principals: [new ArnPrincipal(BILLING)] }), own(BILLING)],
    ['an account', statement({ principals: [new AccountPrincipal(BILLING)] }), own(BILLING)],
    ['several accounts', statement({ principals: [roleOf(BILLING), roleOf(ARCHIVE), new AccountPrincipal(BILLING)] }), own(BILLING, ARCHIVE)],
    ['the own account', statement({ principals: [roleOf(ACCOUNT)] }), own()],
    ['a role that was imported', statement({ principals: [Role.fromRoleArn(shop(), 'Theirs', `arn:aws:iam::${BILLING}:role/a`)] }), own(BILLING)],
    ['a service', statement({ principals: [EVENTS] }), own()],
    ['a number that is too long', statement({ principals: [new ArnPrincipal(`${BILLING}1`)] }), own()],
    ['everybody of an account', named({ StringEquals: { 'aws:PrincipalAccount': BILLING } }), own(BILLING)],
    ['everybody of an account, in small letters', named({ StringLike: { 'aws:principalaccount': [BILLING, ARCHIVE] } }), own(BILLING, ARCHIVE)],
    ['everybody of an organization', named({ StringEquals: { 'aws:PrincipalOrgID': 'o-a' } }), { ...own(), 'aws:PrincipalOrgID': 'o-a' }],
    ['everybody of two organizations', named({ StringEquals: { 'aws:PrincipalOrgID': ['o-a', 'o-b', 'o-a'] } }), { ...own(), 'aws:PrincipalOrgID': ['o-a', 'o-b'] }],
    ['everybody of a unit of an organization', named({ 'ForAnyValue:StringLike': { 'aws:PrincipalOrgPaths': 'o-a/r-b/ou-c/*' } }), { ...own(), 'aws:PrincipalOrgID': 'o-a' }],
    ['everybody but an account', named({ StringNotEquals: { 'aws:PrincipalAccount': BILLING } }), own()],
    ['everybody with another operator', named({ StringEqualsIfExists: { 'aws:PrincipalAccount': BILLING } }), own()],
    ['everybody, of any set of values', named({ 'ForAllValues:StringEquals': { 'aws:PrincipalOrgPaths': 'o-a/*' } }), own()],
    ['everybody under another key', named({ StringEquals: { 'aws:SourceAccount': BILLING } }), own()],
    ['everybody of an account that is an object of CloudFormation', named({ StringEquals: { 'aws:PrincipalAccount': { Ref: 'Account' } } }), own()],
    ['nobody, as it denies', statement({ effect: Effect.DENY, principals: [roleOf(BILLING)] }), own()],
  ])('leaves whom a statement lets in: %s', (_, one, expected) => {
    expect(admitted(one)).toEqual(expected);
  });

  test('names the account that only deployment knows, and those whose ARN only it shows', () => {
    const stack = new Stack(undefined, 'Shop');
    const token = Token.asString({ 'Fn::ImportValue': 'Role' });
    expect(denied(stack, statement({ principals: [new AccountPrincipal(Aws.ACCOUNT_ID), new ArnPrincipal(token)] })).Condition.StringNotEquals)
      .toEqual({ 'aws:PrincipalAccount': { Ref: 'AWS::AccountId' } });
  });
});
