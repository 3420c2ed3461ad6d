import { aws_apprunner as apprunner, aws_ecs as ecs, aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const CONTAINER_EXAMPLES: RuleExamples = {
  ContainerInsights: {
    violates(stack) {
      new ecs.CfnCluster(stack, 'Shop');
    },
    passes(stack) {
      new ecs.CfnCluster(stack, 'Shop', { clusterSettings: [{ name: 'containerInsights', value: ecs.ContainerInsights.ENABLED }] });
    },
  },
  ContainerLogs: {
    violates(stack) {
      new ecs.CfnTaskDefinition(stack, 'Print', { containerDefinitions: [{ name: 'print', image: 'print' }] });
    },
    passes(stack) {
      const logConfiguration = { logDriver: 'awslogs', options: { 'awslogs-group': 'print', 'awslogs-region': 'eu-west-1', 'awslogs-stream-prefix': 'print' } };
      new ecs.CfnTaskDefinition(stack, 'Print', { containerDefinitions: [{ name: 'print', image: 'print', logConfiguration }] });
    },
  },
  ContainerWebAcl: {
    violates(stack) {
      new apprunner.CfnService(stack, 'Pages', {
        sourceConfiguration: { imageRepository: { imageIdentifier: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/pages:1', imageRepositoryType: 'ECR' } },
      });
    },
    passes(stack) {
      const pages = new apprunner.CfnService(stack, 'Pages', {
        sourceConfiguration: { imageRepository: { imageIdentifier: '111122223333.dkr.ecr.eu-west-1.amazonaws.com/pages:1', imageRepositoryType: 'ECR' } },
      });
      new wafv2.CfnWebACLAssociation(stack, 'Guard', {
        resourceArn: pages.attrServiceArn, webAclArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/guard/1a2b3c4d',
      });
    },
  },
};
