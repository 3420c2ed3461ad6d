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
  Print:
    Type: AWS::ECS::TaskDefinition
    Properties:
      RequiresCompatibilities: [FARGATE]
      ContainerDefinitions:
        - Name: print
          Image: !ImportValue print-image
          LogConfiguration: { LogDriver: awslogs, Options: { awslogs-group: !ImportValue print-logs } }
        - Name: router
          Image: !ImportValue router-image
          LogConfiguration: { LogDriver: awsfirelens }
`,
  },
  mutants: [
    { name: 'nobody measures', rule: 'ContainerInsights', change: ({ Shop }) => { properties(Shop, 'Cluster').ClusterSettings = [{ Name: 'containerInsights', Value: 'disabled' }]; } },
    { name: 'a container that writes nothing down', rule: 'ContainerLogs', change: ({ Shop }) => { delete properties(Shop, 'Print').ContainerDefinitions[1].LogConfiguration; } },
    { name: 'a password in a variable', rule: 'PassThroughSecret', change: ({ Shop }) => { properties(Shop, 'Print').ContainerDefinitions[0].Environment = [{ Name: 'DB_PASSWORD', Value: 'correct-horse-battery' }]; } },
  ],
  variants: [
    { name: 'a setting in a variable', change: ({ Shop }) => { properties(Shop, 'Print').ContainerDefinitions[0].Environment = [{ Name: 'LOG_LEVEL', Value: 'info' }]; } },
    { name: 'measures of services alone', change: ({ Shop }) => { properties(Shop, 'Cluster').ClusterSettings = [{ Name: 'containerInsights', Value: 'enabled' }]; } },
    { name: 'measures that a parameter decides', undecided: ['ContainerInsights'], change: ({ Shop }) => { properties(Shop, 'Cluster').ClusterSettings = [{ Name: 'containerInsights', Value: { 'Fn::ImportValue': 'measures' } }]; } },
  ],
}];
