import { CfnResource, Stack } from 'aws-cdk-lib';
import { CfnService } from 'aws-cdk-lib/aws-apprunner';
import { CfnWebACLAssociation } from 'aws-cdk-lib/aws-wafv2';
import { hardened } from '../support/compared';

const image = { imageIdentifier: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/pages:1', imageRepositoryType: 'ECR' };
const runner = (isPubliclyAccessible?: boolean, variables: CfnService.KeyValuePairProperty[] = []) => (stack: Stack) => new CfnService(stack, 'Pages', {
  sourceConfiguration: { imageRepository: { ...image, imageConfiguration: { runtimeEnvironmentVariables: variables } } },
  ...isPubliclyAccessible === undefined ? {} : { networkConfiguration: { ingressConfiguration: { isPubliclyAccessible } } },
});
const express = (Environment: object[] = []) => (stack: Stack) => new CfnResource(stack, 'Shop', {
  type: 'AWS::ECS::ExpressGatewayService', properties: { PrimaryContainer: { Image: 'shop', Environment } },
});
const guarded = (arnOf: (stack: Stack) => string) => (stack: Stack) => {
  new CfnWebACLAssociation(stack, 'Guard', { resourceArn: arnOf(stack), webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/a/1' });
};
const said = (make: (stack: Stack) => void) => hardened(make).changes.filter(({ rule }) => ['ContainerWebAcl', 'PassThroughSecret'].includes(rule!))
  .map(({ rule, outcome, property }) => `${rule} ${outcome} ${property}`);

describe('What hardening says of services of containers', () => {
  test.each<[string, (stack: Stack) => void, string[]]>([
    ['App Runner without a web ACL', runner(), ['ContainerWebAcl proposed a web ACL']],
    ['App Runner for everybody', runner(true), ['ContainerWebAcl proposed a web ACL']],
    ['App Runner for a network alone', runner(false), []],
    ['App Runner behind a web ACL', guarded((stack) => runner()(stack).attrServiceArn), []],
    ['ECS Express without a web ACL', express(), ['ContainerWebAcl proposed a web ACL']],
    ['ECS Express behind a web ACL', guarded((stack) => express()(stack).getAtt('ECSManagedResourceArns.IngressPath.LoadBalancerArn').toString()), []],
    ['a secret in a variable of App Runner', runner(false, [{ name: 'DB_PASSWORD', value: 'correct-horse-battery' }, { name: 'LOG_LEVEL', value: 'info' }]), [
      'PassThroughSecret proposed SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.DB_PASSWORD',
    ]],
    ['a secret in a variable of ECS Express', express([{ Name: 'DB_PASSWORD', Value: 'correct-horse-battery' }]), [
      'ContainerWebAcl proposed a web ACL', 'PassThroughSecret proposed PrimaryContainer.Environment.DB_PASSWORD',
    ]],
  ])('%s', (_name, make, expected) => {
    expect(said(make)).toEqual(expected);
  });

  test('tells no secret, and adds nothing', () => {
    const { changes, template } = hardened(runner(true, [{ name: 'DB_PASSWORD', value: 'correct-horse-battery' }]));
    expect(JSON.stringify(changes)).not.toContain('correct-horse-battery');
    template.resourceCountIs('AWS::WAFv2::WebACLAssociation', 0);
  });
});
