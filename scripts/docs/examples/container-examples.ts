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
};
