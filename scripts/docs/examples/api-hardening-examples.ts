import { aws_apigateway as apigateway, aws_apigatewayv2 as apigatewayv2, aws_wafv2 as wafv2 } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const API_HARDENING_EXAMPLES: RuleExamples = {
  ApiKeyLiteral: {
    violates(stack) {
      new apigateway.CfnApiKey(stack, 'Key', { value: 'customer-4711-key-of-2026' });
    },
    passes(stack) {
      new apigateway.CfnApiKey(stack, 'Key', { enabled: true });
    },
  },
  ApiWebAcl: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', stageName: 'prod' });
    },
    passes(stack) {
      const stage = new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', stageName: 'prod' });
      new wafv2.CfnWebACLAssociation(stack, 'Front', {
        webAclArn: 'arn:aws:wafv2:…', resourceArn: `arn:aws:apigateway:eu-west-1::/restapis/api/stages/${stage.ref}`,
      });
    },
  },
  GatewayResponseDefaults: {
    violates(stack) {
      new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
    },
    passes(stack) {
      const api = new apigateway.CfnRestApi(stack, 'Api', { name: 'shop' });
      for (const responseType of ['DEFAULT_4XX', 'DEFAULT_5XX']) {
        new apigateway.CfnGatewayResponse(stack, responseType, {
          restApiId: api.ref, responseType, responseTemplates: { 'application/json': '{"message":"refused"}' },
        });
      }
    },
  },
  GatewayResponseDetail: {
    violates(stack) {
      new apigateway.CfnGatewayResponse(stack, 'Invalid', {
        restApiId: 'api',
        responseType: 'BAD_REQUEST_BODY',
        responseTemplates: { 'application/json': '{"message":"$context.error.validationErrorString"}' },
      });
    },
    passes(stack) {
      new apigateway.CfnGatewayResponse(stack, 'Invalid', {
        restApiId: 'api', responseType: 'BAD_REQUEST_BODY', responseTemplates: { 'application/json': '{"message":"invalid body"}' },
      });
    },
  },
  IntegrationCertificateCheck: {
    violates(stack) {
      new apigateway.CfnRestApi(stack, 'Api', {
        body: {
          openapi: '3.0.1',
          paths: {
            '/orders': {
              get: {
                'x-amazon-apigateway-integration': {
                  type: 'http_proxy', uri: 'https://backend.example.com', tlsConfig: { insecureSkipVerification: true },
                },
              },
            },
          },
        },
      });
    },
    passes(stack) {
      new apigateway.CfnRestApi(stack, 'Api', {
        body: {
          openapi: '3.0.1',
          paths: {
            '/orders': {
              get: {
                'x-amazon-apigateway-integration': {
                  type: 'http_proxy', uri: 'https://backend.example.com', tlsConfig: { insecureSkipVerification: false },
                },
              },
            },
          },
        },
      });
    },
  },
  IntegrationPlainText: {
    violates(stack) {
      new apigatewayv2.CfnIntegration(stack, 'Orders', { apiId: 'api', integrationType: 'HTTP_PROXY', integrationUri: 'http://backend.example.com' });
    },
    passes(stack) {
      new apigatewayv2.CfnIntegration(stack, 'Orders', { apiId: 'api', integrationType: 'HTTP_PROXY', integrationUri: 'https://backend.example.com' });
    },
  },
  IntegrationPrivateTls: {
    violates(stack) {
      new apigatewayv2.CfnIntegration(stack, 'Orders', {
        apiId: 'api', integrationType: 'HTTP_PROXY', connectionType: 'VPC_LINK', integrationUri: 'arn:aws:elasticloadbalancing:…',
      });
    },
    passes(stack) {
      new apigatewayv2.CfnIntegration(stack, 'Orders', {
        apiId: 'api',
        integrationType: 'HTTP_PROXY',
        connectionType: 'VPC_LINK',
        integrationUri: 'arn:aws:elasticloadbalancing:…',
        tlsConfig: { serverNameToVerify: 'backend.example.com' },
      });
    },
  },
  MappingTemplateInput: {
    violates(stack) {
      new apigateway.CfnMethod(stack, 'Method', {
        restApiId: 'api',
        resourceId: 'orders',
        httpMethod: 'POST',
        integration: { type: 'AWS', requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$input.body' } },
      });
    },
    passes(stack) {
      new apigateway.CfnMethod(stack, 'Method', {
        restApiId: 'api',
        resourceId: 'orders',
        httpMethod: 'POST',
        integration: { type: 'AWS', requestTemplates: { 'application/json': 'Action=SendMessage&MessageBody=$util.urlEncode($input.body)' } },
      });
    },
  },
  ModelBounds: {
    violates(stack) {
      new apigateway.CfnModel(stack, 'Order', { restApiId: 'api', schema: { type: 'object', properties: { item: { type: 'string' } } } });
    },
    passes(stack) {
      new apigateway.CfnModel(stack, 'Order', {
        restApiId: 'api', schema: { type: 'object', additionalProperties: false, properties: { item: { type: 'string', maxLength: 64 } } },
      });
    },
  },
  RouteValidation: {
    violates(stack) {
      const api = new apigateway.RestApi(stack, 'Api');
      api.root.addMethod('GET');
    },
    passes(stack) {
      const api = new apigateway.RestApi(stack, 'Api');
      api.root.addMethod('GET', undefined, { requestValidatorOptions: { validateRequestParameters: true } });
    },
  },
  UsagePlanLimits: {
    violates(stack) {
      new apigateway.CfnUsagePlan(stack, 'Plan', { usagePlanName: 'partners' });
    },
    passes(stack) {
      new apigateway.CfnUsagePlan(stack, 'Plan', { throttle: { rateLimit: 10, burstLimit: 5 }, quota: { limit: 10_000, period: 'DAY' } });
    },
  },
};
