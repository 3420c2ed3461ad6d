import {
  aws_apigateway as apigateway, aws_apigatewayv2 as apigatewayv2, aws_bedrockagentcore as agentcore, aws_dynamodb as dynamodb, aws_iam as iam,
  aws_kms as kms, aws_lambda as lambda, aws_logs as logGroups, aws_wafv2 as wafv2,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

/** Rules about ways in: routes, authorizers, CORS, domains, function URLs. */
export const ENTRY_EXAMPLES: RuleExamples = {
  AgentCustomerKey: {
    violates(stack) {
      new agentcore.CfnMemory(stack, 'Talks', { name: 'talks', eventExpiryDuration: 30 });
    },
    passes(stack) {
      const key = new kms.CfnKey(stack, 'Key', { enableKeyRotation: true });
      new agentcore.CfnMemory(stack, 'Talks', { name: 'talks', eventExpiryDuration: 30, encryptionKeyArn: key.attrArn });
    },
  },
  AgentGatewayAuth: {
    violates(stack) {
      new agentcore.Gateway(stack, 'Tools', { authorizerConfiguration: agentcore.GatewayAuthorizer.withNoAuth() });
    },
    passes(stack) {
      new agentcore.Gateway(stack, 'Tools', { authorizerConfiguration: agentcore.GatewayAuthorizer.usingAwsIam() });
    },
  },
  AgentNetwork: {
    violates(stack) {
      new agentcore.CfnCodeInterpreterCustom(stack, 'Reckon', { name: 'reckon', networkConfiguration: { networkMode: 'PUBLIC' } });
    },
    passes(stack) {
      new agentcore.CfnCodeInterpreterCustom(stack, 'Reckon', { name: 'reckon', networkConfiguration: { networkMode: 'SANDBOX' } });
    },
  },
  AgentTokenAudience: {
    violates(stack) {
      new agentcore.CfnGateway(stack, 'Tools', {
        name: 'tools',
        authorizerType: 'CUSTOM_JWT',
        authorizerConfiguration: { customJwtAuthorizer: { discoveryUrl: 'https://login.example.com/.well-known/openid-configuration' } },
        roleArn: 'arn:aws:iam::111122223333:role/tools',
      });
    },
    passes(stack) {
      new agentcore.CfnGateway(stack, 'Tools', {
        name: 'tools',
        authorizerType: 'CUSTOM_JWT',
        authorizerConfiguration: {
          customJwtAuthorizer: { discoveryUrl: 'https://login.example.com/.well-known/openid-configuration', allowedClients: ['agent'] },
        },
        roleArn: 'arn:aws:iam::111122223333:role/tools',
      });
    },
  },
  ApiDefaultEndpoint: {
    violates(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnApiMapping(stack, 'Mapping', { apiId: api.ref, domainName: 'api.example.com', stage: '$default' });
    },
    passes(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP', disableExecuteApiEndpoint: true });
      new apigatewayv2.CfnApiMapping(stack, 'Mapping', { apiId: api.ref, domainName: 'api.example.com', stage: '$default' });
    },
  },
  ApiKeyAlone: {
    violates(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      new apigateway.CfnMethod(stack, 'Show', {
        restApiId: api.ref, resourceId: api.attrRootResourceId, httpMethod: 'GET', authorizationType: 'NONE', apiKeyRequired: true,
      });
    },
    passes(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      new apigateway.CfnMethod(stack, 'Show', {
        restApiId: api.ref, resourceId: api.attrRootResourceId, httpMethod: 'GET', authorizationType: 'AWS_IAM', apiKeyRequired: true,
      });
    },
  },
  AuthorizerCacheScope: {
    violates(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      const orders = new apigateway.CfnResource(stack, 'Orders', { restApiId: api.ref, parentId: api.attrRootResourceId, pathPart: 'orders' });
      const callers = new apigateway.CfnAuthorizer(stack, 'Callers', {
        restApiId: api.ref, name: 'callers', type: 'REQUEST', authorizerResultTtlInSeconds: 300, identitySource: 'method.request.header.Authorization',
      });
      for (const httpMethod of ['GET', 'DELETE']) {
        new apigateway.CfnMethod(stack, httpMethod, {
          restApiId: api.ref, resourceId: orders.ref, httpMethod, authorizationType: 'CUSTOM', authorizerId: callers.ref,
        });
      }
    },
    passes(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      const orders = new apigateway.CfnResource(stack, 'Orders', { restApiId: api.ref, parentId: api.attrRootResourceId, pathPart: 'orders' });
      const callers = new apigateway.CfnAuthorizer(stack, 'Callers', {
        restApiId: api.ref, name: 'callers', type: 'REQUEST', authorizerResultTtlInSeconds: 300, identitySource: 'method.request.header.Authorization,context.path,context.httpMethod',
      });
      for (const httpMethod of ['GET', 'DELETE']) {
        new apigateway.CfnMethod(stack, httpMethod, {
          restApiId: api.ref, resourceId: orders.ref, httpMethod, authorizationType: 'CUSTOM', authorizerId: callers.ref,
        });
      }
    },
  },
  AuthorizerIdentitySource: {
    violates(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      new apigateway.CfnAuthorizer(stack, 'Callers', { restApiId: api.ref, name: 'callers', type: 'REQUEST', authorizerResultTtlInSeconds: 0 });
    },
    passes(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      new apigateway.CfnAuthorizer(stack, 'Callers', { restApiId: api.ref, name: 'callers', type: 'REQUEST', identitySource: 'method.request.header.Authorization' });
    },
  },
  CorsCredentialsWildcard: {
    violates(stack) {
      new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP', corsConfiguration: { allowOrigins: ['https://*'], allowCredentials: true } });
    },
    passes(stack) {
      new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP', corsConfiguration: { allowOrigins: ['https://shop.example.com'], allowCredentials: true } });
    },
  },
  CorsOriginScope: {
    violates(stack) {
      new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP', corsConfiguration: { allowOrigins: ['*'] } });
    },
    passes(stack) {
      new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP', corsConfiguration: { allowOrigins: ['https://shop.example.com'] } });
    },
  },
  DomainTlsPolicy: {
    violates(stack) {
      new apigateway.CfnDomainName(stack, 'Name', { domainName: 'api.example.com', securityPolicy: 'TLS_1_0' });
    },
    passes(stack) {
      new apigateway.CfnDomainName(stack, 'Name', { domainName: 'api.example.com', securityPolicy: 'TLS_1_2' });
    },
  },
  EntryPointLayers: {
    violates(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnStage(stack, 'Stage', {
        apiId: api.ref, stageName: '$default',
      });
      new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: 'GET /orders', authorizationType: 'AWS_IAM' });
    },
    passes(stack) {
      const logs = new logGroups.LogGroup(stack, 'Logs');
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnStage(stack, 'Stage', {
        apiId: api.ref,
        stageName: '$default',
        defaultRouteSettings: { throttlingRateLimit: 100, throttlingBurstLimit: 50 },
        accessLogSettings: { destinationArn: logs.logGroupArn, format: '$context.requestId' },
      });
      new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: 'GET /orders', authorizationType: 'AWS_IAM' });
    },
  },
  FunctionUrlConcurrency: {
    violates(stack) {
      const print = new lambda.Function(stack, 'Print', {
        runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => 1;'),
      });
      print.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
    },
    passes(stack) {
      const print = new lambda.Function(stack, 'Print', {
        runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => 1;'), reservedConcurrentExecutions: 5,
      });
      print.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
    },
  },
  JwtAuthorizerAudience: {
    violates(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnAuthorizer(stack, 'Users', {
        apiId: api.ref, name: 'users', authorizerType: 'JWT', jwtConfiguration: { issuer: 'https://login.example.com' },
      });
    },
    passes(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnAuthorizer(stack, 'Users', {
        apiId: api.ref, name: 'users', authorizerType: 'JWT', jwtConfiguration: { issuer: 'https://login.example.com', audience: ['shop'] },
      });
    },
  },
  MutualTlsTruststore: {
    violates(stack) {
      new apigateway.CfnDomainName(stack, 'Name', { domainName: 'api.example.com', mutualTlsAuthentication: { truststoreUri: 's3://authorities/all.pem' } });
    },
    passes(stack) {
      new apigateway.CfnDomainName(stack, 'Name', { domainName: 'api.example.com', mutualTlsAuthentication: { truststoreUri: 's3://authorities/all.pem', truststoreVersion: 'v1' } });
    },
  },
  OpenCatchAll: {
    violates(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: '$default' });
    },
    passes(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: '$default', authorizationType: 'AWS_IAM' });
    },
  },
  OpenStorePath: {
    violates(stack) {
      const orders = new dynamodb.Table(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const add = new lambda.Function(stack, 'Add', {
        runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => 1;'),
      });
      orders.grantWriteData(add);
      add.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.NONE });
    },
    passes(stack) {
      const orders = new dynamodb.Table(stack, 'Orders', { partitionKey: { name: 'id', type: dynamodb.AttributeType.STRING } });
      const add = new lambda.Function(stack, 'Add', {
        runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => 1;'),
      });
      orders.grantWriteData(add);
      add.addFunctionUrl({ authType: lambda.FunctionUrlAuthType.AWS_IAM });
    },
  },
  PrivateApiPolicy: {
    violates(stack) {
      new apigateway.RestApi(stack, 'Api', {
        endpointTypes: [apigateway.EndpointType.PRIVATE],
        policy: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({
            principals: [new iam.AnyPrincipal()], actions: ['execute-api:Invoke'], resources: ['execute-api:/*'],
          })],
        }),
      }).root.addMethod('GET');
    },
    passes(stack) {
      new apigateway.RestApi(stack, 'Api', {
        endpointTypes: [apigateway.EndpointType.PRIVATE],
        policy: new iam.PolicyDocument({
          statements: [new iam.PolicyStatement({
            principals: [new iam.AnyPrincipal()],
            actions: ['execute-api:Invoke'],
            resources: ['execute-api:/*'],
            conditions: { StringEquals: { 'aws:SourceVpce': 'vpce-1a2b3c4d' } },
          })],
        }),
      }).root.addMethod('GET');
    },
  },
  QueryStringCredentials: {
    violates(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      new apigateway.CfnAuthorizer(stack, 'Callers', { restApiId: api.ref, name: 'callers', type: 'REQUEST', identitySource: 'method.request.querystring.token' });
    },
    passes(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      new apigateway.CfnAuthorizer(stack, 'Callers', { restApiId: api.ref, name: 'callers', type: 'REQUEST', identitySource: 'method.request.header.Authorization' });
    },
  },
  RouteTokenScopes: {
    violates(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: 'GET /orders', authorizationType: 'JWT', authorizerId: 'users' });
    },
    passes(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnRoute(stack, 'Route', { apiId: api.ref, routeKey: 'GET /orders', authorizationType: 'JWT', authorizerId: 'users', authorizationScopes: ['orders/read'] });
    },
  },
  WebAclAlone: {
    violates(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      const live = new apigateway.CfnStage(stack, 'Live', { restApiId: api.ref, stageName: 'live' });
      new wafv2.CfnWebACLAssociation(stack, 'Shield', {
        webAclArn: 'acl', resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${api.ref}/stages/${live.ref}`,
      });
      new apigateway.CfnMethod(stack, 'Show', { restApiId: api.ref, resourceId: api.attrRootResourceId, httpMethod: 'GET', authorizationType: 'NONE' });
    },
    passes(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      const live = new apigateway.CfnStage(stack, 'Live', { restApiId: api.ref, stageName: 'live' });
      new wafv2.CfnWebACLAssociation(stack, 'Shield', {
        webAclArn: 'acl', resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/${api.ref}/stages/${live.ref}`,
      });
      new apigateway.CfnMethod(stack, 'Show', { restApiId: api.ref, resourceId: api.attrRootResourceId, httpMethod: 'GET', authorizationType: 'AWS_IAM' });
    },
  },
  RouteAuthorization: {
    violates(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnRoute(stack, 'Orders', { apiId: api.ref, routeKey: 'GET /orders' });
    },
    passes(stack) {
      const api = new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP' });
      new apigatewayv2.CfnRoute(stack, 'Orders', { apiId: api.ref, routeKey: 'GET /orders', authorizationType: 'AWS_IAM' });
    },
  },
};
