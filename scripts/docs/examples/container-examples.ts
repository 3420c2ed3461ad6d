import { aws_ecs as ecs } from 'aws-cdk-lib';
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
};
