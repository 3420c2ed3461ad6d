/** What else than functions acts in a role that Lambda may assume: the type, and the properties that name the role. */
export const OTHER_ROLE_USERS: readonly (readonly [type: string, properties: (arn: string) => object])[] = [
  ['AWS::Lambda::CapacityProvider', (arn) => ({ PermissionsConfig: { CapacityProviderOperatorRoleArn: arn } })],
  ['AWS::Lambda::MicrovmImage', (arn) => ({ BuildRoleArn: arn })],
  ['AWS::Lambda::NetworkConnector', (arn) => ({ OperatorRole: arn })],
  ['AWS::Serverless::Function', (arn) => ({ Role: arn })],
  ['AWS::Serverless::NetworkConnector', (arn) => ({ OperatorRole: arn })],
  ['AWS::Synthetics::Canary', (arn) => ({ ExecutionRoleArn: arn })],
];
