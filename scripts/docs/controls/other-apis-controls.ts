import { Controls } from './control';

/** HTTP and WebSocket APIs, AppSync, agents. */
export const OTHER_API_CONTROLS: Controls = {
  'agentcore.network': {
    asks: 'Agents, and what runs code and browsers for them, are in a network of the owner',
    sources: { securityHub: ['BedrockAgentCore.1', 'BedrockAgentCore.5', 'BedrockAgentCore.7'] },
    rules: ['AgentNetwork'],
  },
  'agentcore.gateway-auth': {
    asks: 'A gateway for agents asks who calls',
    sources: { securityHub: ['BedrockAgentCore.2'] },
    rules: ['AgentGatewayAuth'],
  },
  'agentcore.customer-key': {
    asks: 'The memory of agents, and gateways for them, are encrypted with a key of the owner',
    sources: { securityHub: ['BedrockAgentCore.3', 'BedrockAgentCore.4'] },
    rules: ['AgentCustomerKey'],
  },
  'apigwv2.access-logging': {
    asks: 'An HTTP or WebSocket stage logs each request',
    sources: {
      securityHub: ['APIGateway.9'],
      controlTower: ['CT.APIGATEWAY.PR.4'],
      checkov: ['CKV_AWS_95'],
      cfnNag: ['W46'],
      guard: ['API_GWV2_ACCESS_LOGS_ENABLED'],
      prowler: ['apigatewayv2_api_access_logging_enabled'],
    },
    rules: ['StageAccessLog'],
  },
  'apigwv2.route-auth': {
    asks: 'Each route asks who calls',
    sources: { securityHub: ['APIGateway.8'], controlTower: ['CT.APIGATEWAY.PR.5'], prowler: ['apigatewayv2_api_authorizers_enabled'] },
    rules: ['RouteAuthorization', 'OpenCatchAll'],
  },
  'apigwv2.integration-tls': {
    asks: 'The way to a private backend is encrypted',
    sources: { securityHub: ['APIGateway.10'] },
    rules: ['IntegrationPrivateTls'],
  },
  'appsync.api-key': {
    asks: 'An API key does not open an API',
    sources: { securityHub: ['AppSync.5'], controlTower: ['CT.APPSYNC.PR.3'], prowler: ['appsync_graphql_api_no_api_key_authentication'] },
    rules: ['GraphqlApiKey', 'GraphqlPublicFields'],
  },
  'appsync.cache-rest': {
    asks: 'The cache is encrypted where it lies',
    sources: { securityHub: ['AppSync.1'], controlTower: ['CT.APPSYNC.PR.5'] },
    rules: ['GraphqlCacheEncryption'],
  },
  'appsync.cache-transit': {
    asks: 'The cache is encrypted on the way',
    sources: { securityHub: ['AppSync.6'], controlTower: ['CT.APPSYNC.PR.4'] },
    rules: ['GraphqlCacheEncryption'],
  },
  'appsync.logging': {
    asks: 'Requests are logged',
    sources: { nag: ['AwsSolutions-ASC3'], checkov: ['CKV_AWS_193'] },
    rules: ['GraphqlLogging'],
  },
  'appsync.field-logs': {
    asks: 'Resolvers are logged',
    sources: {
      securityHub: ['AppSync.2'], controlTower: ['CT.APPSYNC.PR.1'], checkov: ['CKV_AWS_194'], prowler: ['appsync_field_level_logging_enabled'],
    },
    rules: ['GraphqlLogging'],
  },
  'appsync.xray': {
    asks: 'Requests are traced',
    sources: { nag: ['Serverless-AppSyncTracing'] },
    rules: ['GraphqlTracing'],
  },
  'appsync.waf': {
    asks: 'The API stands behind a web ACL',
    sources: { checkov: ['CKV2_AWS_33'] },
    rules: ['GraphqlWebAcl'],
  },
  'appsync.private': {
    asks: 'The API is private',
    sources: { controlTower: ['CT.APPSYNC.PR.2'] },
    because: 'decided',
    remark: 'Whether an API is for the public is its owner\'s decision.',
  },
  'appsync.tags': {
    asks: 'The API carries tags',
    sources: { securityHub: ['AppSync.4'] },
    rules: ['OwnerTags'],
  },
};
