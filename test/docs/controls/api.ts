import { Breaches, get, made, only, ref, Resources } from './kit';

const LOGS = { DestinationArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:api', Format: '{"requestId":"$context.requestId"}' };
const rest = (api: Record<string, any>, others: Resources = {}): Resources => ({ Api: made('ApiGateway::RestApi', { Name: 'shop', ...api }), ...others });
const stage = (more: Record<string, any> = {}): Resources => rest({}, {
  It: made('ApiGateway::Stage', { RestApiId: ref('Api'), DeploymentId: ref('Deployment'), StageName: 'prod', ...more }),
  Deployment: made('ApiGateway::Deployment', { RestApiId: ref('Api') }),
  Orders: made('ApiGateway::Resource', { RestApiId: ref('Api'), ParentId: get('Api', 'RootResourceId'), PathPart: 'orders' }),
});
const method = (more: Record<string, any>): Resources => ({
  ...stage(),
  Method: made('ApiGateway::Method', {
    RestApiId: ref('Api'),
    ResourceId: ref('Orders'),
    HttpMethod: 'POST',
    AuthorizationType: 'NONE',
    Integration: { Type: 'HTTP_PROXY', IntegrationHttpMethod: 'POST', Uri: 'https://backend.example.org' },
    ...more,
  }),
});
const all = (more: Record<string, any>) => stage({ MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', ...more }] });
const http = (others: Resources): Resources => ({ Api: made('ApiGatewayV2::Api', { Name: 'shop', ProtocolType: 'HTTP' }), ...others });
const graphql = (more: Record<string, any> = {}) => only('AppSync::GraphQLApi', { Name: 'shop', AuthenticationType: 'AWS_IAM', ...more });
const TAGGED: Resources = { T: made('SNS::Topic', { Tags: [{ Key: 'owner', Value: 'shop' }] }), Q: made('SQS::Queue', { Tags: [{ Key: 'owner', Value: 'shop' }] }) };

/** REST, HTTP and WebSocket APIs, AppSync. */
export const API_BREACHES: Breaches = {
  'agentcore.network': [only('BedrockAgentCore::Runtime', { NetworkConfiguration: { NetworkMode: 'PUBLIC' } })],
  'agentcore.gateway-auth': [only('BedrockAgentCore::Gateway', { Name: 'tools', AuthorizerType: 'NONE' })],
  'agentcore.customer-key': [only('BedrockAgentCore::Memory', { Name: 'talks', EventExpiryDuration: 30 })],
  'apigw.access-logging': [stage()],
  'apigw.structured-logs': [stage({ AccessLogSetting: { ...LOGS, Format: '$context.identity.sourceIp $context.requestId $context.status' } })],
  'apigw.execution-logging': [all({ LoggingLevel: 'OFF' })],
  'apigw.metrics': [all({ MetricsEnabled: false })],
  'apigw.throttling': [stage()],
  'apigw.xray': [stage()],
  'apigw.waf': [stage()],
  'apigw.cache-encrypted': [{
    ...all({ CachingEnabled: true }),
    Cached: made('ApiGateway::Stage', {
      RestApiId: ref('Api'), DeploymentId: ref('Deployment'), StageName: 'cached', CacheClusterEnabled: true, MethodSettings: [{ HttpMethod: '*', ResourcePath: '/*', CachingEnabled: true }],
    }),
  }],
  'apigw.client-cert': [method({ AuthorizationType: 'AWS_IAM' })],
  'apigw.method-auth': [method({}), {
    ...method({ HttpMethod: 'ANY' }), Orders: made('ApiGateway::Resource', { RestApiId: ref('Api'), ParentId: get('Api', 'RootResourceId'), PathPart: '{proxy+}' }),
  }],
  'apigw.authorizer-exists': [method({})],
  'apigw.request-validation': [method({ AuthorizationType: 'AWS_IAM' })],
  'apigw.stage-variables': [stage({ Variables: { db_password: 'correct-horse-7' } })],
  'apigw.tls-policy': [only('ApiGateway::DomainName', { DomainName: 'api.example.org', SecurityPolicy: 'TLS_1_0', RegionalCertificateArn: 'arn:aws:acm:eu-west-1:111122223333:certificate/1' })],
  'apigw.endpoint-type': [only('ApiGateway::DomainName', { DomainName: 'api.example.org', SecurityPolicy: 'TLS_1_2', CertificateArn: 'arn:aws:acm:us-east-1:111122223333:certificate/1' })],
  'apigw.usage-plan': [{ ...stage(), Plan: made('ApiGateway::UsagePlan', { ApiStages: [{ ApiId: ref('Api'), Stage: ref('It') }] }) }],
  'apigw.api-key': [method({ AuthorizationType: 'NONE', ApiKeyRequired: true })],
  'apigw.private-endpoint': [rest({ EndpointConfiguration: { Types: ['PRIVATE'] } })],
  'apigw.compression': [rest({ MinimumCompressionSize: -1 })],
  'apigwv2.access-logging': [http({ It: made('ApiGatewayV2::Stage', { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true }) })],
  'apigwv2.route-auth': [http({ It: made('ApiGatewayV2::Route', { ApiId: ref('Api'), RouteKey: 'GET /orders' }) }), http({ It: made('ApiGatewayV2::Route', { ApiId: ref('Api'), RouteKey: '$default' }) })],
  'apigwv2.integration-tls': [http({
    It: made('ApiGatewayV2::Integration', {
      ApiId: ref('Api'),
      IntegrationType: 'HTTP_PROXY',
      ConnectionType: 'VPC_LINK',
      ConnectionId: 'abc',
      IntegrationMethod: 'ANY',
      PayloadFormatVersion: '1.0',
      IntegrationUri: 'arn:aws:elasticloadbalancing:eu-west-1:111122223333:listener/app/shop/1/2',
    }),
  })],
  'appsync.api-key': [graphql({ AuthenticationType: 'API_KEY' }), graphql({ AdditionalAuthenticationProviders: [{ AuthenticationType: 'API_KEY' }] })],
  'appsync.cache-rest': [{ ...graphql(), Cache: made('AppSync::ApiCache', { ApiId: get('It', 'ApiId'), TransitEncryptionEnabled: true, Ttl: 60, Type: 'SMALL', ApiCachingBehavior: 'FULL_REQUEST_CACHING' }) }],
  'appsync.cache-transit': [{ ...graphql(), Cache: made('AppSync::ApiCache', { ApiId: get('It', 'ApiId'), AtRestEncryptionEnabled: true, Ttl: 60, Type: 'SMALL', ApiCachingBehavior: 'FULL_REQUEST_CACHING' }) }],
  'appsync.logging': [graphql()],
  'appsync.field-logs': [graphql({ LogConfig: { FieldLogLevel: 'NONE', CloudWatchLogsRoleArn: 'arn:aws:iam::111122223333:role/logs' } })],
  'appsync.xray': [graphql()],
  'appsync.waf': [graphql()],
  'appsync.tags': [{ ...graphql(), ...TAGGED }],
};
