import { App, CfnCondition, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { LambdaDeploymentConfig, LambdaDeploymentGroup } from 'aws-cdk-lib/aws-codedeploy';
import { IRole, ManagedPolicy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, CfnAlias, CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningChange } from '../../../src/core/hardening/hardening-change';
import { compared, FLAG_SETS, hardened, linesOn } from '../support/compared';

const POLICY = 'service-role/AWSCodeDeployRoleForLambdaLimited';
const deploymentConfig = LambdaDeploymentConfig.CANARY_10PERCENT_5MINUTES;

function aliasIn(stack: Stack, id: string): Alias {
  const fn = new LambdaFunction(stack, id, { code: Code.fromInline('exports.h = async () => 1'), handler: 'index.h', runtime: Runtime.NODEJS_24_X });
  return new Alias(stack, `${id}Live`, { aliasName: 'live', version: fn.currentVersion });
}

function groupIn(stack: Stack, id = 'Orders', role?: IRole): LambdaDeploymentGroup {
  return new LambdaDeploymentGroup(stack, `${id}Group`, { alias: aliasIn(stack, id), deploymentConfig, role });
}

const roleIn = (stack: Stack) => new Role(stack, 'Shared', {
  assumedBy: new ServicePrincipal('codedeploy.amazonaws.com'), managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName(POLICY)],
});

/** The statements of policies of hardening that deny something. */
const denialsIn = (template: Template): any[] => Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement).filter(({ Effect }) => Effect === 'Deny');
const arnOf = (id: string) => ({ 'Fn::GetAtt': [expect.stringMatching(new RegExp(`^${id}`)), 'Arn'] });
const aliasesOf = (id: string) => ({ 'Fn::Join': ['', [arnOf(id), ':*']] });
const denial = (...ids: string[]) => ({
  Sid: 'OwnAliases', Effect: 'Deny', Action: 'lambda:UpdateAlias', NotResource: ids.flatMap((id) => [arnOf(id), aliasesOf(id)]),
});
/** The lines of the report about the policy: functions have another. */
const onPolicy = (changes: readonly HardeningChange[]) => changes.filter(({ property, before }) => property === 'ManagedPolicyArns' && before?.includes(POLICY));
const onPolicies = (changes: readonly HardeningChange[]) => linesOn(onPolicy(changes), 'ManagedPolicyArns');

describe('the role of a deployment group', () => {
  test('keeps the policy of AWS, and may change no function but its own', () => {
    const { template, changes } = hardened((stack) => { groupIn(stack); });
    template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: [{ 'Fn::Join': ['', Match.arrayWith([`:iam::aws:policy/${POLICY}`])] }] });
    expect(denialsIn(template)).toEqual([denial('Orders')]);
    expect(onPolicies(changes)).toEqual(['set needs-attention']);
    expect(changes.filter(({ property }) => property.startsWith('ManagedPolicyArns.'))).toStrictEqual([]); // nothing is proposed besides
  });

  test('that several groups share may change the functions of all of them', () => {
    const { template } = hardened((stack) => {
      const role = roleIn(stack);
      for (const id of ['Orders', 'Refunds']) groupIn(stack, id, role);
    });
    expect(denialsIn(template)).toEqual([denial('Orders', 'Refunds')]);
  });

  test('is not looked at twice', () => {
    const { template, changes } = hardened((stack) => {
      groupIn(stack);
      ServerlessSecurity.of(stack.node.root as App).harden();
    });
    expect(denialsIn(template)).toHaveLength(1);
    expect(onPolicies(changes)).toEqual(['set needs-attention']);
  });

  test('stays as it is in a dry run', () => {
    const { template, changes } = hardened((stack) => { groupIn(stack); }, { dryRun: true });
    expect(denialsIn(template)).toStrictEqual([]);
    expect(onPolicies(changes)).toEqual(['set needs-attention']);
  });

  const none: [string, (stack: Stack) => void][] = [
    ['of a group without an alias', (stack) => {
      const group = groupIn(stack);
      const alias = stack.node.findAll().find((one): one is CfnAlias => CfnAlias.isCfnAlias(one))!;
      alias.cfnOptions.updatePolicy = undefined;
      new CfnOutput(stack, 'Group', { value: group.deploymentGroupName });
    }],
    ['of a group whose function is not in the app', (stack) => {
      groupIn(stack);
      stack.node.findAll().find((one): one is CfnAlias => CfnAlias.isCfnAlias(one))!.functionName = 'orders';
    }],
    ['of a group whose function is made under a condition', (stack) => {
      groupIn(stack);
      const condition = new CfnCondition(stack, 'IsLive', { expression: Fn.conditionEquals('a', 'b') });
      stack.node.findAll().find((one): one is CfnFunction => CfnFunction.isCfnFunction(one))!.cfnOptions.condition = condition;
    }],
    ['that is told to others', (stack) => { new CfnOutput(stack, 'Role', { value: (groupIn(stack).role as Role).roleArn }); }],
    ['that others than CodeDeploy may assume', (stack) => {
      const role = roleIn(stack);
      role.assumeRolePolicy!.addStatements(new PolicyStatement({ actions: ['sts:AssumeRole'], principals: [new ServicePrincipal('lambda.amazonaws.com')] }));
      groupIn(stack, 'Orders', role);
    }],
  ];

  test.each(none)('%s: proposed, since nobody knows what it deploys', (_, build) => {
    const { template, changes } = hardened(build);
    expect(denialsIn(template)).toStrictEqual([]);
    expect(onPolicies(changes)).toEqual(['proposed in-place']);
    expect(onPolicy(changes)[0].note).toMatch(/^Write this statement beside the policy: /);
  });

  test('of the author, to which CDK attaches its policy', () => {
    const { template, changes } = hardened((stack) => { groupIn(stack, 'Orders', new Role(stack, 'Own', { assumedBy: new ServicePrincipal('codedeploy.amazonaws.com') })); });
    expect(denialsIn(template)).toEqual([denial('Orders')]);
    expect(onPolicies(changes)).toEqual(['set needs-attention']);
  });

  test.each(FLAG_SETS)('no pack finds more than before, with %s', (_, flags) => {
    const { before, after, worse } = compared((stack) => { groupIn(stack); }, { flags });
    expect([before.get('ManagedPolicyBreadth'), after.get('ManagedPolicyBreadth')]).toEqual([1, undefined]);
    expect(before.get('AwsSolutions-IAM4')).toBeGreaterThan(after.get('AwsSolutions-IAM4') ?? 0);
    expect(worse).toStrictEqual([]);
  });
});
