import { Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureFunction } from '../../src/function/secure-function';
import { sizeOf } from '../../src/iam/hardening/actions/policy-size';
import { ServiceRole } from '../../src/iam/service-role';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { RECOMMENDED_FLAGS, templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

type Json = any;

const INLINE = SecurityProfile.production();
const MANAGED = SecurityProfile.production().with({ managedPolicies: true });

interface RolePolicies {
  /** How long the inline policies are together. */
  readonly inline: number;
  /** How long each managed policy is. */
  readonly managed: readonly number[];
  readonly statements: readonly Json[];
}

function policiesOf(stack: Stack, idPart: string): RolePolicies {
  const template = templateOf(stack).toJSON().Resources as Json;
  const ofRole = Object.entries<Json>(template).filter(([id]) => id.startsWith(idPart)).map(([, resource]) => resource);
  const documents = (type: string): Json[] => ofRole.filter(({ Type }) => Type === type).map(({ Properties }) => Properties.PolicyDocument);
  const inside = ofRole.filter(({ Type }) => Type === 'AWS::IAM::Role').flatMap(({ Properties }) => Properties.Policies ?? []).map((one: Json) => one.PolicyDocument);
  const inline = [...inside, ...documents('AWS::IAM::Policy')];
  return {
    inline: inline.reduce((sum, document) => sum + sizeOf(document), 0),
    managed: documents('AWS::IAM::ManagedPolicy').map((document) => sizeOf(document)),
    statements: [...inline, ...documents('AWS::IAM::ManagedPolicy')].flatMap(({ Statement }) => Statement),
  };
}

/** A function that reads many tables and sends to many queues, all under the key of the stack. */
function withStores(stack: Stack, count: number): SecureFunction {
  const fn = aFunction(stack, 'Fn');
  for (let i = 0; i < count; i++) {
    new SecureTable(stack, `Table${i}`, { partitionKey: { name: 'id', type: AttributeType.STRING } }).allowRead(fn);
    new SecureQueue(stack, `Queue${i}`).allowSend(fn);
  }
  return fn;
}

const resourcesOf = (statements: readonly Json[], action: string): readonly Json[] => (
  statements.filter(({ Action }) => [Action].flat().includes(action)).flatMap(({ Resource }) => [Resource].flat()));

describe.each([['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]])('with %s', (_, flags) => {
  test.each([[1, 0], [10, 0], [25, 2], [40, 4]])('the rights on %d tables and as many queues fit into what IAM takes: inline, and %d managed policies', (count, overflow) => {
    const stack = testStack({ profile: INLINE, flags });
    withStores(stack, count);
    const { inline, managed, statements } = policiesOf(stack, 'FnSupportRole');
    expect(inline).toBeLessThanOrEqual(10_240);
    expect(managed).toHaveLength(overflow);
    expect(Math.max(0, ...managed)).toBeLessThanOrEqual(6144);
    expect(resourcesOf(statements, 'dynamodb:GetItem')).toHaveLength(count);
    expect(resourcesOf(statements, 'sqs:SendMessage')).toHaveLength(count);
  });

  test.each([[1, 1], [6, 1], [25, 4]])('and in the profile with managed policies, of %d tables and queues, into %d of them', (count, policies) => {
    const stack = testStack({ profile: MANAGED, flags });
    withStores(stack, count);
    const { inline, managed, statements } = policiesOf(stack, 'FnSupportRole');
    expect(inline).toBe(0);
    expect(managed).toHaveLength(policies);
    expect(Math.max(...managed)).toBeLessThanOrEqual(6144);
    expect(resourcesOf(statements, 'dynamodb:GetItem')).toHaveLength(count);
  });
});

test('the key of each table and queue is opened as exactly as by a statement of its own', () => {
  const stack = testStack({ profile: INLINE });
  withStores(stack, 3);
  const onKey = policiesOf(stack, 'FnSupportRole').statements.filter(({ Action }) => [Action].flat().includes('kms:Decrypt'));
  const numbers = (conditions: Json): Json => Object.entries<Json>(conditions).map(([key, values]) => [key, [values].flat().length]);
  expect(onKey.map(({ Action, Condition }) => [Action, numbers(Condition.StringEquals)])).toEqual([
    ['kms:Decrypt', [
      ['kms:ViaService', 1], ['kms:EncryptionContext:aws:dynamodb:tableName', 3], ['kms:EncryptionContext:aws:dynamodb:subscriberId', 1],
    ]],
    [['kms:Decrypt', 'kms:GenerateDataKey'], [['kms:ViaService', 1], ['kms:EncryptionContext:aws:sqs:arn', 3]]],
  ]);
});

test('whoever takes the role waits for all of its policies', () => {
  const stack = testStack({ profile: INLINE });
  withStores(stack, 25);
  const template = templateOf(stack);
  const policies = ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].flatMap((type) => Object.keys(template.findResources(type)));
  const [fn] = Object.values<Json>(template.findResources('AWS::Lambda::Function'));
  expect(policies).toHaveLength(3);
  expect(fn.DependsOn).toEqual(expect.arrayContaining(policies));
});

describe('a role of more rights than IAM attaches', () => {
  const role = (stack: Stack): ServiceRole => new ServiceRole(stack, 'Role', { service: 'lambda.amazonaws.com', description: 'test' });
  const fill = (into: ServiceRole, policies: number): void => {
    for (let i = 0; i < policies; i++) {
      into.addToPrincipalPolicy(new PolicyStatement({ actions: [`s${i}:Get`], resources: [`arn:aws:s3:::${'x'.repeat(5900)}`] }));
    }
  };

  test('warns from the eleventh managed policy on, which needs another quota', () => {
    const stack = testStack({ profile: MANAGED });
    fill(role(stack), 10);
    Annotations.fromStack(stack).hasNoWarning('*', Match.stringLikeRegexp('more than 10 managed policies'));
    const more = testStack({ profile: MANAGED });
    fill(role(more), 11);
    Annotations.fromStack(more).hasWarning('/Shop/Role', Match.stringLikeRegexp('more than 10 managed policies'));
  });

  test('is refused from the twenty-first on', () => {
    const stack = testStack({ profile: MANAGED });
    const large = role(stack);
    fill(large, 20);
    expect(() => large.addToPrincipalPolicy(new PolicyStatement({ actions: ['s:Get'], resources: [`arn:aws:s3:::${'x'.repeat(5900)}`] }))).toThrow(
      "'rights' must fit into 20 managed policies of 6144 characters, the most that IAM attaches to a role; "
      + "split what acts in the role, or give the rights on a prefix or a path instead of on each resource [ServiceRole.Rights, at 'Shop/Role']");
  });
});

test('the description of a role has what IAM accepts: names of constructs may be in any script', () => {
  const stack = testStack({ profile: INLINE });
  new ServiceRole(stack, 'Role', { service: 'lambda.amazonaws.com', description: 'Runs Größe/注文 — EU (1)' });
  templateOf(stack).hasResourceProperties('AWS::IAM::Role', { Description: 'Runs Größe/__ _ EU (1)' });
});

test('the description of a role is as long as IAM allows', () => {
  const stack = testStack({ profile: INLINE });
  new ServiceRole(stack, 'Role', { service: 'lambda.amazonaws.com', description: 'x'.repeat(1100) });
  templateOf(stack).hasResourceProperties('AWS::IAM::Role', { Description: 'x'.repeat(1000) });
});
