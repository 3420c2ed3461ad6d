import { App, CfnResource, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ManagedPolicy, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { DefinitionBody, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { Dependable, IConstruct } from 'constructs';
import { ServiceRole } from '../../src/iam/service-role';
import { PipeSource } from '../../src/integration/pipe/pipe-source';
import { PipeTarget } from '../../src/integration/pipe/pipe-target';
import { SecurePipe } from '../../src/integration/pipe/secure-pipe';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureStateMachine } from '../../src/workflow/secure-state-machine';
import { PROFILES, testStack } from '../support/apps';
import { aFunction, FLAGS } from '../support/self-audit';

interface Resource {
  readonly Type: string;
  readonly Properties?: { readonly Roles?: readonly { readonly Ref: string }[]; readonly [name: string]: unknown };
  readonly DependsOn?: string | readonly string[];
}

type Resources = { readonly [id: string]: Resource };

const STATEMENT = new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:111122223333:orders'] });

/** What a value names by Ref or Fn::GetAtt. */
function namedIn(value: unknown): string[] {
  if (typeof value !== 'object' || value === null) return [];
  const { 'Ref': ref, 'Fn::GetAtt': attribute } = value as { readonly 'Ref'?: string; readonly 'Fn::GetAtt'?: readonly [string, string] };
  return [...ref === undefined ? [] : [ref], ...attribute === undefined ? [] : [attribute[0]], ...Object.values(value).flatMap(namedIn)];
}

const waitedFor = ({ DependsOn }: Resource): string[] => [DependsOn ?? []].flat();
const resourcesOf = (stack: Stack): Resources => Template.fromStack(stack).toJSON().Resources as Resources;

/** What must be there before a resource is made. Fails on a circle. */
function before(resources: Resources, id: string, path: readonly string[] = []): Set<string> {
  if (path.includes(id)) throw new Error(`a circle: ${[...path, id].join(' > ')}`);
  const direct = [...waitedFor(resources[id]), ...namedIn(resources[id].Properties)].filter((one) => one in resources && one !== id);
  return new Set(direct.flatMap((one) => [one, ...before(resources, one, [...path, id])]));
}

/** What waits for a resource that it names as well. */
const saidTwice = (resources: Resources): string[] => Object.entries(resources)
  .flatMap(([id, one]) => waitedFor(one).filter((other) => namedIn(one.Properties).includes(other)).map((other) => `${id} waits for ${other}`));

/** The role that a resource takes, and its policies: what names the resource itself can only come after it. */
function policiesOfRole(resources: Resources, id: string): { readonly role: string; readonly policies: string[] } {
  const role = namedIn(resources[id].Properties?.Role ?? resources[id].Properties?.RoleArn ?? resources[id].Properties?.Target)
    .find((one) => resources[one]?.Type === 'AWS::IAM::Role')!;
  const policies = Object.entries(resources).filter(([, { Type, Properties }]) => (
    ['AWS::IAM::Policy', 'AWS::IAM::ManagedPolicy'].includes(Type) && Properties?.Roles?.some(({ Ref }) => Ref === role)));
  return { role, policies: policies.map(([name]) => name).filter((name) => !before(resources, name).has(id)) };
}

const TAKERS = ['AWS::Lambda::Function', 'AWS::Pipes::Pipe', 'AWS::Scheduler::Schedule', 'AWS::StepFunctions::StateMachine'];

/** One of each that takes a role of ours, with rights and without. */
function everything(scope: Stack): void {
  aFunction(scope, 'Idle');
  const fn = aFunction(scope, 'Busy');
  fn.addToRolePolicy(STATEMENT);
  const machine = new SecureStateMachine(scope, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Done')) });
  new SecureStateMachine(scope, 'Later', { definitionBody: DefinitionBody.fromChainable(new Pass(scope, 'Over')) }).addToRolePolicy(STATEMENT);
  new SecureSchedule(scope, 'Nightly', { schedule: ScheduleExpression.cron({ hour: '3' }), target: ScheduleTarget.function(fn) });
  new SecurePipe(scope, 'Pipe', { source: PipeSource.queue(new SecureQueue(scope, 'Queue')), target: PipeTarget.stateMachine(machine) });
}

describe.each(PROFILES)('in the profile %s', (_, profile) => {
  describe.each(FLAGS)('with %s', (__, flags) => {
    test.each<[string, (stack: Stack) => Stack]>([
      ['a stack', (stack) => stack],
      ['a nested stack', (stack) => new NestedStack(stack, 'Nested')],
    ])('in %s, what takes a role is made when the role has its rights, and says nothing twice', (___, placeIn) => {
      const stack = testStack({ profile: profile(), flags });
      const place = placeIn(stack);
      everything(place);
      const resources = resourcesOf(place);
      const takers = Object.keys(resources).filter((id) => TAKERS.includes(resources[id].Type));
      expect(takers).toHaveLength(6);
      for (const id of takers) {
        const { role, policies } = policiesOfRole(resources, id);
        expect([...before(resources, id)]).toEqual(expect.arrayContaining([role, ...policies]));
        expect(waitedFor(resources[id])).toEqual(expect.arrayContaining(policies));
      }
      expect(saidTwice(resources)).toStrictEqual([]);
    });
  });
});

describe('Whoever waits for a role waits for', () => {
  const made = (props: object = {}, stack = testStack()) => new ServiceRole(stack, 'Role', { service: 'lambda.amazonaws.com', description: 'A role', ...props });
  const pathsOf = (role: IConstruct) => Dependable.of(role).dependencyRoots.map(({ node }) => node.path);

  test.each<[string, () => IConstruct, readonly string[]]>([
    ['its policy, where there is one beside its own rights', () => {
      const role = made({ baseline: [STATEMENT] });
      role.addToPrincipalPolicy(STATEMENT);
      return role;
    }, ['Shop/Role/DefaultPolicy']],
    ['its policy alone', () => {
      const role = made();
      role.addToPrincipalPolicy(STATEMENT);
      return role;
    }, ['Shop/Role/DefaultPolicy']],
    ['its managed policy', () => made({ managedPolicy: true, baseline: [STATEMENT] }), ['Shop/Role/Policy']],
    ['nothing, where its rights stand inside of it', () => made({ baseline: [STATEMENT] }), []],
    ['itself, where it has none', () => made(), ['Shop/Role']],
    ['itself, where policies from elsewhere hang on it', () => {
      const role = made();
      role.attachInlinePolicy(new Policy(role.stack, 'Theirs', { statements: [STATEMENT] }));
      role.addManagedPolicy(ManagedPolicy.fromAwsManagedPolicyName('ReadOnlyAccess'));
      return role;
    }, ['Shop/Role']],
    ['itself, where CDK makes no roles', () => {
      const stack = testStack();
      Role.customizeRoles(stack, { usePrecreatedRoles: { 'Shop/Role': 'theirs' } });
      return made({ baseline: [STATEMENT] }, stack);
    }, ['Shop/Role']],
    ['what it is of CDK, and no less', () => new Role(testStack(), 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), inlinePolicies: {} }), ['Shop/Role']],
  ])('%s', (_, make, expected) => {
    expect(pathsOf(make())).toEqual(expected);
  });

  test('what comes after it was asked for', () => {
    const role = made({ baseline: [STATEMENT] });
    const later = new CfnResource(role.stack, 'Later', { type: 'A::B::C' });
    later.node.addDependency(role);
    role.addToPrincipalPolicy(STATEMENT);
    const resources = resourcesOf(role.stack);
    expect([...before(resources, 'Later')].sort()).toEqual(['Role1ABCC5F0', 'RoleDefaultPolicy5FFB7DAB']);
  });

  test('the nested stack, where its policy stands in one', () => {
    const stack = testStack();
    const nested = new NestedStack(stack, 'Nested');
    const fn = aFunction(nested);
    fn.addToRolePolicy(STATEMENT);
    new CfnResource(stack, 'Later', { type: 'A::B::C' }).node.addDependency(fn.role!);
    expect(waitedFor(resourcesOf(stack).Later)).toEqual([stack.resolve(stack.getLogicalId(nested.nestedStackResource as CfnResource))]);
  });

  test('the stack, where its policy stands in another one', () => {
    const stack = testStack();
    const other = new Stack(stack.node.root as App, 'Other');
    const fn = aFunction(stack);
    fn.addToRolePolicy(STATEMENT);
    new CfnResource(other, 'Later', { type: 'A::B::C' }).node.addDependency(fn.role!);
    Template.fromStack(other);
    expect(other.dependencies).toEqual([stack]);
  });
});
