import { properties, Seed } from './seed';

/** Amazon ECS. */
export const CONTAINER_SEEDS: readonly Seed[] = [{
  name: 'A cluster of containers, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Resources:
  Cluster:
    Type: AWS::ECS::Cluster
    Properties:
      CapacityProviders: [FARGATE]
      ClusterSettings: [{ Name: containerInsights, Value: enhanced }]
`,
  },
  mutants: [
    { name: 'nobody measures', rule: 'ContainerInsights', change: ({ Shop }) => { properties(Shop, 'Cluster').ClusterSettings = [{ Name: 'containerInsights', Value: 'disabled' }]; } },
  ],
  variants: [
    { name: 'measures of services alone', change: ({ Shop }) => { properties(Shop, 'Cluster').ClusterSettings = [{ Name: 'containerInsights', Value: 'enabled' }]; } },
    { name: 'measures that a parameter decides', undecided: ['ContainerInsights'], change: ({ Shop }) => { properties(Shop, 'Cluster').ClusterSettings = [{ Name: 'containerInsights', Value: { 'Fn::ImportValue': 'measures' } }]; } },
  ],
}];
