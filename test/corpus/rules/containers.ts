import { properties, removeResources, Seed } from '../seed';

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
}, {
  name: 'Containers to which AWS gives an address, by hand',
  style: 'yaml',
  stacks: {
    Pages: `
Conditions:
  Prod: !Equals [!Ref AWS::StackName, Pages]
Resources:
  Runner:
    Type: AWS::AppRunner::Service
    Properties:
      SourceConfiguration:
        ImageRepository:
          ImageIdentifier: !ImportValue pages-image
          ImageRepositoryType: ECR
          ImageConfiguration:
            RuntimeEnvironmentVariables: [{ Name: LOG_LEVEL, Value: info }]
            RuntimeEnvironmentSecrets: [{ Name: DB_PASSWORD, Value: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf' }]
      InstanceConfiguration: { InstanceRoleArn: !GetAtt RunnerRole.Arn }
      NetworkConfiguration: { IngressConfiguration: { IsPubliclyAccessible: true } }
  RunnerRole:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument: { Statement: [{ Effect: Allow, Principal: { Service: tasks.apprunner.amazonaws.com }, Action: 'sts:AssumeRole' }] }
      Policies: [{ PolicyName: read, PolicyDocument: { Statement: [{ Effect: Allow, Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf' }] } }]
  RunnerGuard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !GetAtt Runner.ServiceArn, WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/guard/1' } }
  Express:
    Type: AWS::ECS::ExpressGatewayService
    Properties:
      InfrastructureRoleArn: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/infrastructure'
      ExecutionRoleArn: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:role/execution'
      PrimaryContainer: { Image: !ImportValue pages-image, Environment: [{ Name: LOG_LEVEL, Value: info }] }
  ExpressGuard: { Type: AWS::WAFv2::WebACLAssociation, Properties: { ResourceArn: !GetAtt Express.ECSManagedResourceArns.IngressPath.LoadBalancerArn, WebACLArn: 'arn:aws:wafv2:eu-west-1:111122223333:regional/webacl/guard/1' } }
`,
  },
  mutants: [
    { name: 'nothing stands before the service of App Runner', rule: 'ContainerWebAcl', change: ({ Pages }) => { removeResources(Pages, 'RunnerGuard'); } },
    { name: 'the web ACL stands before another load balancer', rule: 'ContainerWebAcl', change: ({ Pages }) => { properties(Pages, 'ExpressGuard').ResourceArn = 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:loadbalancer/app/other/1'; } },
    {
      name: 'a password in a variable of App Runner',
      rule: 'PassThroughSecret',
      change: ({ Pages }) => { properties(Pages, 'Runner').SourceConfiguration.ImageRepository.ImageConfiguration.RuntimeEnvironmentVariables.push({ Name: 'DB_PASSWORD', Value: 'correct-horse-battery' }); },
    },
    { name: 'a password in a variable of ECS Express', rule: 'PassThroughSecret', change: ({ Pages }) => { properties(Pages, 'Express').PrimaryContainer.Environment.push({ Name: 'DB_PASSWORD', Value: 'correct-horse-battery' }); } },
    {
      name: 'the role of the container may do everything to tables, and nothing stands before it',
      rule: 'EntryPointLayers',
      change: ({ Pages }) => {
        removeResources(Pages, 'RunnerGuard');
        properties(Pages, 'RunnerRole').Policies[0].PolicyDocument.Statement = [{ Effect: 'Allow', Action: 'dynamodb:*', Resource: '*' }];
      },
    },
  ],
  variants: [
    {
      name: 'only a network reaches the service, and nothing stands before it',
      change: ({ Pages }) => {
        removeResources(Pages, 'RunnerGuard');
        properties(Pages, 'Runner').NetworkConfiguration = { IngressConfiguration: { IsPubliclyAccessible: { 'Fn::If': ['Prod', false, 'false'] } } };
      },
    },
  ],
}];
