/** Properties that are a credential, by type; `*` stands for each element of a list or entry of an object. */
export const CREDENTIAL_PATHS: { readonly [type: string]: readonly string[] } = {
  'AWS::Amplify::App': ['AccessToken', 'BasicAuthConfig.Password', 'OauthToken'],
  'AWS::AmazonMQ::Broker': ['Users.*.Password'],
  'AWS::ApiGateway::ApiKey': ['Value'],
  'AWS::CodeBuild::SourceCredential': ['Token'],
  'AWS::CodePipeline::Pipeline': ['Stages.*.Actions.*.Configuration.OAuthToken'],
  'AWS::CodePipeline::Webhook': ['AuthenticationConfiguration.SecretToken'],
  'AWS::Cognito::UserPoolIdentityProvider': ['ProviderDetails.client_secret', 'ProviderDetails.private_key'],
  'AWS::DMS::Endpoint': ['Password'],
  'AWS::DirectoryService::MicrosoftAD': ['Password'],
  'AWS::DirectoryService::SimpleAD': ['Password'],
  'AWS::DocDB::DBCluster': ['MasterUserPassword'],
  'AWS::ElastiCache::ReplicationGroup': ['AuthToken'],
  'AWS::ElastiCache::User': ['AuthenticationMode.Passwords.*', 'Passwords.*'],
  'AWS::Events::Connection': [
    'AuthParameters.ApiKeyAuthParameters.ApiKeyValue', 'AuthParameters.BasicAuthParameters.Password',
    'AuthParameters.OAuthParameters.ClientParameters.ClientSecret',
  ],
  'AWS::Glue::Connection': ['ConnectionInput.ConnectionProperties.PASSWORD'],
  'AWS::IAM::User': ['LoginProfile.Password'],
  'AWS::MemoryDB::User': ['AuthenticationMode.Passwords.*'],
  'AWS::OpenSearchService::Domain': ['AdvancedSecurityOptions.MasterUserOptions.MasterUserPassword'],
  'AWS::RDS::DBCluster': ['MasterUserPassword'],
  'AWS::RDS::DBInstance': ['MasterUserPassword', 'TdeCredentialPassword'],
  'AWS::Redshift::Cluster': ['MasterUserPassword'],
  'AWS::RedshiftServerless::Namespace': ['AdminUserPassword'],
};

/** Lists of names and values of a connection that may each be a credential. */
export const CONNECTION_PARAMETERS: readonly string[] = ['AuthParameters.InvocationHttpParameters', 'AuthParameters.OAuthParameters.OAuthHttpParameters'];

/** Properties whose values a service passes on, and shows to everybody who may describe the resource. */
export const PASS_THROUGH_PATHS: { readonly [type: string]: readonly string[] } = {
  'AWS::ApiGateway::Deployment': ['StageDescription.Variables'],
  'AWS::ApiGateway::Method': ['Integration.RequestParameters', 'Integration.RequestTemplates'],
  'AWS::ApiGateway::RestApi': ['Body'],
  'AWS::ApiGateway::Stage': ['Variables'],
  'AWS::ApiGatewayV2::Api': ['Body'],
  'AWS::ApiGatewayV2::Integration': ['RequestParameters', 'RequestTemplates'],
  'AWS::ApiGatewayV2::Stage': ['StageVariables'],
  'AWS::AppSync::DataSource': ['HttpConfig'],
  'AWS::Batch::JobDefinition': ['ContainerProperties.Environment'],
  'AWS::CloudFront::Distribution': ['DistributionConfig.Origins'],
  'AWS::CodeBuild::Project': ['Environment.EnvironmentVariables'],
  'AWS::ECS::TaskDefinition': ['ContainerDefinitions'],
  'AWS::Events::Rule': ['Targets'],
  'AWS::Glue::Job': ['DefaultArguments'],
  'AWS::Pipes::Pipe': ['EnrichmentParameters', 'TargetParameters'],
  'AWS::Scheduler::Schedule': ['Target'],
  'AWS::StepFunctions::StateMachine': ['Definition', 'DefinitionString', 'DefinitionSubstitutions'],
};
