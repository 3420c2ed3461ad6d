import { App, Aws, Stack, Validations } from 'aws-cdk-lib';
import { Annotations, Match, Template } from 'aws-cdk-lib/assertions';
import {
  AccountPrincipal, AnyPrincipal, ArnPrincipal, CfnRole, Effect, Grant, IGrantable, IPrincipal, ManagedPolicy, PolicyStatement,
  PrincipalPolicyFragment, Role, ServicePrincipal, StarPrincipal,
  User,
} from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { IConstruct } from 'constructs';
import { ACCOUNT, REGION, shop } from './support/sites';
import { whenAccessIsGiven } from '../../src/core/access-listeners';
import { ConfigurationError } from '../../src/core/configuration-error';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { allow, allowKeyThroughService, ExactAccess, sourceConditions, throughService } from '../../src/iam/exact-access';
import { ExecutionRole } from '../../src/iam/execution-role';
import { fragmentOf } from '../../src/iam/principal-fragment';
import { allowInKeyPolicy, allowOnResource, needsResourcePolicy, PolicyHolder } from '../../src/iam/resource-access';
import { ServiceRole } from '../../src/iam/service-role';

const ARN = 'arn:aws:sqs:eu-west-1:111122223333:orders';
const user = (stack: Stack, id = 'User') => new User(stack, id);
const access = (grantee: IGrantable, more: Partial<ExactAccess> = {}): ExactAccess => ({ grantee, actions: ['sqs:SendMessage'], resources: [ARN], ...more });

function refusalOf(act: () => unknown): string | undefined {
  try {
    act();
    return undefined;
  } catch (error) {
    expect(error).toBeInstanceOf(ConfigurationError);
    return (error as ConfigurationError).message;
  }
}

/** The statements of all resources of a type. */
const statements = (stack: Stack, type = 'AWS::IAM::Policy'): object[] => Object.values(Template.fromStack(stack).findResources(type))
  .flatMap(({ Properties }) => (Properties.PolicyDocument ?? Properties.KeyPolicy).Statement as object[]);

/** What is acknowledged at constructs below one, by path. */
function acknowledged(root: IConstruct): Record<string, Record<string, string>> {
  const found = root.node.findAll().map((one) => {
    one.node.validate();
    const notes = one.node.metadata.filter(({ type }) => type === Validations.ACKNOWLEDGED_RULES_METADATA_KEY);
    return [one.node.path, Object.fromEntries(notes.flatMap(({ data }) => Object.entries(data as object))) as Record<string, string>] as const;
  });
  return Object.fromEntries(found.filter(([, notes]) => Object.keys(notes).length > 0));
}

describe('Exact access', () => {
  test('is a statement with these actions, resources and conditions, and who listens is told', () => {
    const stack = shop();
    const [queue, grantee] = [new Queue(stack, 'Queue'), user(stack)];
    const heard: IGrantable[] = [];
    whenAccessIsGiven(queue, (one) => { heard.push(one); });
    const grant = allow(queue, access(grantee, { actions: ['sqs:GetQueueUrl', 'sqs:SendMessage'], resources: [ARN, `${ARN}2`], conditions: { StringEquals: { a: 'b' } } }));
    expect([grant.success, heard]).toEqual([true, [grantee]]);
    expect(statements(stack)).toEqual([{ Effect: 'Allow', Action: ['sqs:GetQueueUrl', 'sqs:SendMessage'], Resource: [ARN, `${ARN}2`], Condition: { StringEquals: { a: 'b' } } }]);
    expect(acknowledged(stack)).toEqual({});
  });

  test.each<[string, readonly string[], string]>([
    ['no action', [], "'actions' must name at least one action, got []; name each action [ExactAccess.NoAction, at 'Shop/Queue']"],
    ['a pattern', ['sqs:SendMessage', 'sqs:Get*'], "'actions' must be complete names, got \"sqs:Get*\"; name each action [ExactAccess.Wildcard, at 'Shop/Queue']"],
    ['everything', ['*'], "'actions' must be complete names, got \"*\"; name each action [ExactAccess.Wildcard, at 'Shop/Queue']"],
  ])('fails on %s', (_, actions, message) => {
    const stack = shop();
    const queue = new Queue(stack, 'Queue');
    expect(refusalOf(() => allow(queue, access(user(stack), { actions })))).toBe(message);
    expect(Object.keys(Template.fromStack(stack).findResources('AWS::IAM::Policy'))).toStrictEqual([]);
  });

  test('acknowledges its wildcards, and only those, at the principal that holds the rights', () => {
    const stack = shop();
    allow(stack, access(user(stack), { resources: [`${ARN}*`, ARN, `${ARN}/*`], wildcardReason: 'names follow later' }));
    const explained = Object.fromEntries([`${ARN}*`, `${ARN}/*`].map((arn) => [`AwsSolutions::AwsSolutions-IAM5[Resource::${arn}]`, 'names follow later']));
    expect(acknowledged(stack)).toEqual({ 'Shop/User': explained });
  });

  test('acknowledges at a policy that gets the rights, which is no principal', () => {
    const stack = shop();
    allow(stack, access(new ManagedPolicy(stack, 'Policy'), { resources: [`${ARN}*`], wildcardReason: 'names follow later' }));
    expect(Object.keys(acknowledged(stack))).toEqual(['Shop/Policy']);
  });

  test('acknowledges nothing without a reason, nor for who is nothing of the app', () => {
    const stack = shop();
    allow(stack, access(user(stack), { resources: [`${ARN}*`] }));
    expect(allow(stack, access(new AccountPrincipal('444455556666'), { resources: [`${ARN}*`], wildcardReason: 'names follow later' })).success).toBe(false);
    expect(acknowledged(stack)).toEqual({});
  });

  test('to a key is only through the service that keeps the data, in the region of the resource, and only for the data of the context', () => {
    const stack = shop();
    const [grantee, key] = [user(stack), new Key(stack, 'Key')];
    allowKeyThroughService(stack, key, 'sqs', grantee, ['kms:Decrypt'], { 'kms:EncryptionContext:aws:sqs:arn': ARN });
    const through = { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' };
    expect(statements(stack)).toEqual([{
      Effect: 'Allow', Action: 'kms:Decrypt', Resource: stack.resolve(key.keyArn), Condition: { StringEquals: { ...through, 'kms:EncryptionContext:aws:sqs:arn': ARN } },
    }]);
    const elsewhere = Queue.fromQueueArn(stack, 'Elsewhere', 'arn:aws:sqs:us-east-1:111122223333:orders');
    expect([throughService(stack, 'sqs'), throughService(elsewhere, 'sqs'), throughService(elsewhere.stack.node.scope!.node.findChild('Shop').node.findChild('User'), 's3')])
      .toEqual([through, { 'kms:ViaService': 'sqs.us-east-1.amazonaws.com' }, { 'kms:ViaService': 's3.eu-west-1.amazonaws.com' }]);
  });

  test('of services is bound to the account, and to the source where it is known', () => {
    expect([sourceConditions(shop()), sourceConditions(shop(), ARN)]).toEqual([
      { StringEquals: { 'aws:SourceAccount': ACCOUNT } }, { StringEquals: { 'aws:SourceAccount': ACCOUNT }, ArnLike: { 'aws:SourceArn': ARN } },
    ]);
  });
});

describe('Access to a resource with a policy of its own', () => {
  const queueOf = (stack: Stack) => new Queue(stack, 'Queue') as unknown as PolicyHolder;
  const ofQueue = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::SQS::QueuePolicy')).flatMap(({ Properties }) => Properties.PolicyDocument.Statement as object[]);
  const give = (stack: Stack, grantee: IGrantable, more: Partial<ExactAccess> = {}) => allowOnResource(queueOf(stack), 'SecureQueue', access(grantee, more));

  test('stands in the policy of a principal of the same account alone', () => {
    const stack = shop();
    give(stack, user(stack));
    expect([statements(stack), ofQueue(stack)]).toEqual([[{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN }], []]);
  });

  test('stands in both policies for a principal of another account', () => {
    const stack = shop();
    const other = new Stack(stack.node.root as App, 'Other', { env: { account: '444455556666', region: REGION } });
    const role = new Role(other, 'Role', { assumedBy: new ServicePrincipal('ec2.amazonaws.com'), roleName: 'theirs' });
    give(stack, role, { conditions: { Bool: { 'aws:SecureTransport': 'true' } } });
    expect(statements(other)).toEqual([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN, Condition: { Bool: { 'aws:SecureTransport': 'true' } } }]);
    expect(ofQueue(stack)).toEqual([expect.objectContaining({ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: ARN, Condition: { Bool: { 'aws:SecureTransport': 'true' } } })]);
  });

  test.each<[string, IGrantable, unknown]>([
    ['an account', new AccountPrincipal('444455556666'), { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::444455556666:root']] } }],
    ['an ARN', new ArnPrincipal('arn:aws:iam::444455556666:role/theirs'), { AWS: 'arn:aws:iam::444455556666:role/theirs' }],
  ])('stands in the policy of the resource for %s', (_, grantee, Principal) => {
    const stack = shop();
    expect(give(stack, grantee).success).toBe(true);
    expect(ofQueue(stack)).toEqual([{ Effect: 'Allow', Principal, Action: 'sqs:SendMessage', Resource: ARN }]);
  });

  test('fails for a service, which would act for other accounts as well', () => {
    const stack = shop();
    expect(refusalOf(() => give(stack, new ServicePrincipal('events.amazonaws.com')))).toBe(
      "'grantee' must not be a service, which would act for other accounts as well, got [\"events.amazonaws.com\"]; call addToResourcePolicy() with a statement for the service "
      + "that has 'aws:SourceAccount' and 'aws:SourceArn' conditions [SecureQueue.ServicePrincipal, at 'Shop/Queue']");
    expect(ofQueue(stack)).toStrictEqual([]);
  });

  test('needs the policy of the resource where the own one does not do, or the account is another one', () => {
    const stack = shop();
    const [dropped, granted] = [Grant.drop(user(stack), 'x'), allow(stack, access(user(stack, 'Other')))];
    const env = { env: { account: ACCOUNT, region: REGION } };
    const of = (grant: Grant, principalAccount?: string) => (
      needsResourcePolicy(grant, env, { grantPrincipal: { principalAccount } } as unknown as IGrantable));
    expect([granted.success, dropped.success]).toEqual([true, false]);
    expect([of(granted), of(granted, ACCOUNT), of(granted, Aws.ACCOUNT_ID), of(granted, '444455556666'), of(dropped, ACCOUNT)])
      .toEqual([false, false, false, true, true]);
  });
});

test('a principal of which CDK knows nothing, as a function that was imported without its role, says nothing', () => {
  const unknown = { get policyFragment(): PrincipalPolicyFragment { throw new Error('no role'); } };
  expect(fragmentOf(unknown as IPrincipal).principalJson).toEqual({});
  expect(fragmentOf(new AccountPrincipal(ACCOUNT)).principalJson).toHaveProperty('AWS');
});

describe('The policy of a key', () => {
  const CONDITIONS = { StringEquals: { 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } };
  const added = (stack: Stack) => statements(stack, 'AWS::KMS::Key').slice(1);

  test('takes in a principal, and does not name the resource', () => {
    const stack = shop();
    allowInKeyPolicy(stack, new Key(stack, 'Key'), new ArnPrincipal('arn:aws:iam::444455556666:role/theirs'), ['kms:Decrypt'], CONDITIONS);
    expect(added(stack)).toEqual([{ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:role/theirs' }, Action: 'kms:Decrypt', Resource: '*', Condition: CONDITIONS }]);
    Annotations.fromStack(stack).hasNoWarning('*', Match.anyValue());
  });

  test('of an imported key cannot, and a warning says for whom and what', () => {
    const stack = shop();
    const key = Key.fromKeyArn(stack, 'Given', 'arn:aws:kms:eu-west-1:111122223333:key/1');
    allowInKeyPolicy(stack, key, new ArnPrincipal('arn:aws:iam::444455556666:role/theirs'), ['kms:Decrypt', 'kms:GenerateDataKey'], CONDITIONS);
    const [{ entry, ...more }, ...others] = Annotations.fromStack(stack).findWarning('*', Match.anyValue());
    expect([more.id, others]).toEqual(['/Shop', []]);
    expect(entry.data).toBe(
      'The policy of the imported key Shop/Given cannot be changed here: it must allow kms:Decrypt and kms:GenerateDataKey for {"AWS":["arn:aws:iam::444455556666:role/theirs"]}, '
      + 'or requests for encrypted data are refused. [ack: Annotation::cdk-secure-serverless:ResourceKeyPolicy]');
  });

  const refused = "'grantee' must not be everybody, to whom its key would be open; name the principals [ResourceAccess.Everybody, at 'Shop']";
  test.each<[string, ArnPrincipal | AnyPrincipal | StarPrincipal]>([
    ['as an ARN', new ArnPrincipal('*')], ['as anyone', new AnyPrincipal()], ['as a star', new StarPrincipal()],
  ])('fails on everybody, %s, unless a condition binds them', (_, everybody) => {
    const stack = shop();
    const key = new Key(stack, 'Key');
    expect(refusalOf(() => allowInKeyPolicy(stack, key, everybody, ['kms:Decrypt'], CONDITIONS))).toBe(refused);
    allowInKeyPolicy(stack, key, everybody, ['kms:Decrypt'], { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } });
    expect(added(stack)).toHaveLength(1);
  });
});

describe('The role of a service', () => {
  const baseline = () => [new PolicyStatement({ sid: 'Own', actions: ['sqs:SendMessage'], resources: [ARN] })];
  const later = () => new PolicyStatement({ sid: 'Later', actions: ['sqs:ReceiveMessage'], resources: [ARN] });
  const role = (stack: Stack, props: object = {}) => new ServiceRole(stack, 'Role', { service: 'pipes.amazonaws.com', description: 'Role of a pipe', ...props });
  const rolesOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).map(({ Properties }) => Properties as Record<string, unknown>);
  const sidsOf = (stack: Stack, type: string) => statements(stack, type).map((one) => (one as { Sid: string }).Sid);

  test('is for the service alone, under conditions, within its boundary, and says whose it is', () => {
    const stack = shop();
    role(stack, { trustConditions: sourceConditions(stack), permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/most') });
    expect(rolesOf(stack)).toEqual([{
      Description: 'Role of a pipe',
      PermissionsBoundary: 'arn:aws:iam::111122223333:policy/most',
      AssumeRolePolicyDocument: {
        Version: '2012-10-17',
        Statement: [{ Effect: 'Allow', Principal: { Service: 'pipes.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }],
      },
    }]);
  });

  test('has its baseline inside, and what comes later in one policy', () => {
    const stack = shop();
    const made = role(stack, { baseline: baseline() });
    const [one, two] = [made.addToPrincipalPolicy(later()), made.addToPrincipalPolicy(later())];
    expect(rolesOf(stack)[0].Policies).toEqual([{ PolicyName: 'Baseline', PolicyDocument: { Version: '2012-10-17', Statement: [expect.objectContaining({ Sid: 'Own' })] } }]);
    expect([one.statementAdded, one.policyDependable === two.policyDependable, (one.policyDependable as IConstruct).node.path]).toEqual([true, true, 'Shop/Role/DefaultPolicy']);
    expect(statements(stack)).toEqual([{ Sid: 'Later', Effect: 'Allow', Action: 'sqs:ReceiveMessage', Resource: ARN }]);
    expect(sidsOf(stack, 'AWS::IAM::ManagedPolicy')).toStrictEqual([]);
  });

  test.each<[string, () => Stack, object]>([
    ['the prop says so', shop, { managedPolicy: true }],
    ['the profile says so', () => {
      const stack = shop();
      SecurityProfile.regulated().applyTo(stack.node.root);
      return stack;
    }, {}],
  ])('has all in one managed policy where %s', (_, make, props) => {
    const stack = make();
    role(stack, { ...props, baseline: baseline() }).addToPrincipalPolicy(later());
    expect([rolesOf(stack)[0].Policies, sidsOf(stack, 'AWS::IAM::ManagedPolicy'), sidsOf(stack, 'AWS::IAM::Policy')]).toEqual([undefined, ['Own', 'Later'], []]);
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', { Roles: [{ Ref: stack.getLogicalId(stack.node.findChild('Role').node.defaultChild as CfnRole) }] });
  });

  test('follows the prop against the profile', () => {
    const stack = shop();
    SecurityProfile.regulated().applyTo(stack.node.root);
    role(stack, { managedPolicy: false, baseline: baseline() });
    expect(sidsOf(stack, 'AWS::IAM::ManagedPolicy')).toStrictEqual([]);
    expect(rolesOf(stack)[0].Policies).toHaveLength(1);
  });

  test.each([true, false])('has no policy without a statement (managed: %p), and makes one for the first', (managedPolicy) => {
    const stack = shop();
    const made = role(stack, { managedPolicy });
    expect([rolesOf(stack)[0].Policies, ...['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].map((type) => Object.keys(Template.fromStack(stack).findResources(type)).length)]).toEqual([undefined, 0, 0]);
    made.addToPrincipalPolicy(later());
    expect(made.node.tryFindChild(managedPolicy ? 'Policy' : 'DefaultPolicy')).toBeDefined();
  });

  test('merges statements that are alike, whatever the flags say', () => {
    const stack = shop();
    const same = (sid: string) => new PolicyStatement({ actions: ['sqs:SendMessage'], resources: [`${ARN}${sid}`], effect: Effect.ALLOW });
    const made = role(stack, { baseline: [same('a'), same('b')] });
    [same('a'), same('b')].forEach((one) => made.addToPrincipalPolicy(one));
    expect(statements(stack)).toEqual([{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: [`${ARN}a`, `${ARN}b`] }]);
    expect((rolesOf(stack)[0].Policies as { PolicyDocument: { Statement: unknown[] } }[])[0].PolicyDocument.Statement).toHaveLength(1);
    const managed = shop();
    role(managed, { managedPolicy: true, baseline: [same('a'), same('b')] });
    expect(statements(managed, 'AWS::IAM::ManagedPolicy')).toHaveLength(1);
  });
});

describe('The role of a function', () => {
  const TRACES = 'xray:PutTraceSegments and xray:PutTelemetryRecords have no resource-level rights: https://docs.aws.amazon.com/service-authorization/latest/reference/list_awsx-ray.html.';
  const NETWORK = 'Lambda attaches functions to a network with ec2 actions on network interfaces that do not exist before; the code of the function itself is denied them: '
    + 'https://docs.aws.amazon.com/lambda/latest/dg/configuration-vpc.html.';
  const OWN = { Sid: 'OwnLogs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': [expect.stringMatching(/^Logs/), 'Arn'] } };
  const IN_REGION = { Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } } };
  const TRACING = { Sid: 'Traces', Effect: 'Allow', Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], Resource: '*', ...IN_REGION };
  const INTERFACES = ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'];
  const ATTACHING = [
    { Sid: 'NetworkInterfaces', Effect: 'Allow', Action: INTERFACES, Resource: '*', ...IN_REGION },
    { Sid: 'NetworkInterfacesOnlyByLambda', Effect: 'Deny', Action: INTERFACES, Resource: '*', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } },
  ];
  const made = (props: object, stack = shop()) => {
    const { node } = new ExecutionRole(stack, 'Role', { description: 'Role of a function', logGroup: new LogGroup(stack, 'Logs'), tracing: false, ...props });
    const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role'));
    return { properties: Properties as Record<string, unknown>, notes: acknowledged(node.scope!), stack };
  };
  const inside = ({ Policies }: Record<string, unknown>) => (Policies as { PolicyDocument: { Statement: object[] } }[])[0].PolicyDocument.Statement;
  const explained = (reason: string) => ({ 'Shop/Role/Resource': { 'AwsSolutions::AwsSolutions-IAM5[Resource::*]': reason, 'Serverless::Serverless-LambdaStarPermissions': reason } });

  test.each<[string, object, readonly object[], object]>([
    ['writes its own logs', {}, [OWN], {}],
    ['sends traces', { tracing: true }, [OWN, TRACING], explained(TRACES)],
    ['is in a network', { network: true }, [OWN, ...ATTACHING], explained(NETWORK)],
    ['is in no network', { network: false }, [OWN], {}],
    ['does all of it', { tracing: true, network: true }, [OWN, TRACING, ...ATTACHING], explained(`${TRACES} ${NETWORK}`)],
  ])('which %s, may do that alone, and its wildcards are explained', (_, props, expected, notes) => {
    const role = made(props);
    expect(inside(role.properties)).toEqual(expected);
    expect(role.notes).toEqual(notes);
    expect(role.properties).toMatchObject({ Description: 'Role of a function', AssumeRolePolicyDocument: { Statement: [{ Principal: { Service: 'lambda.amazonaws.com' } }] } });
  });

  test('stays within its boundary', () => {
    const stack = shop();
    expect(made({ permissionsBoundary: ManagedPolicy.fromManagedPolicyArn(stack, 'Boundary', 'arn:aws:iam::111122223333:policy/most') }, stack).properties.PermissionsBoundary)
      .toBe('arn:aws:iam::111122223333:policy/most');
  });

  test('is explained at the policy that holds the rights, where the profile has managed ones', () => {
    const stack = shop();
    SecurityProfile.regulated().applyTo(stack.node.root);
    expect(made({ tracing: true }, stack).notes).toEqual({ 'Shop/Role/Policy/Resource': { 'AwsSolutions::AwsSolutions-IAM5[Resource::*]': TRACES } });
  });
});
