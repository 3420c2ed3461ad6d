import { aws_apigateway as apigateway, aws_apigatewayv2 as apigatewayv2 } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const STAGE_EXAMPLES: RuleExamples = {
  AccessLogFields: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', accessLogSetting: { destinationArn: 'arn:aws:logs:…', format: '$context.requestId' } });
    },
    passes(stack) {
      new apigateway.CfnStage(stack, 'Stage', {
        restApiId: 'api',
        accessLogSetting: {
          destinationArn: 'arn:aws:logs:…',
          format: JSON.stringify({
            id: '$context.requestId',
            ip: '$context.identity.sourceIp',
            caller: '$context.identity.caller',
            path: '$context.resourcePath',
            status: '$context.status',
            error: '$context.error.message',
          }),
        },
      });
    },
  },
  AccessLogLeak: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', {
        restApiId: 'api', accessLogSetting: { destinationArn: 'arn:aws:logs:…', format: '$context.requestId $context.authorizer.claims.email' },
      });
    },
    passes(stack) {
      new apigateway.CfnStage(stack, 'Stage', {
        restApiId: 'api', accessLogSetting: { destinationArn: 'arn:aws:logs:…', format: '$context.requestId $context.authorizer.claims.sub' },
      });
    },
  },
  StageAccessLog: {
    violates(stack) {
      new apigatewayv2.CfnStage(stack, 'Stage', { apiId: 'api', stageName: '$default' });
    },
    passes(stack) {
      new apigatewayv2.CfnStage(stack, 'Stage', { apiId: 'api', stageName: '$default', accessLogSettings: { destinationArn: 'arn:aws:logs:…', format: '…' } });
    },
  },
  StageCacheEncryption: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', methodSettings: [{ httpMethod: '*', resourcePath: '/*', cachingEnabled: true }] });
    },
    passes(stack) {
      new apigateway.CfnStage(stack, 'Stage', {
        restApiId: 'api', methodSettings: [{ httpMethod: '*', resourcePath: '/*', cachingEnabled: true, cacheDataEncrypted: true }],
      });
    },
  },
  StageCacheIdentity: {
    violates(stack) {
      const api = new apigateway.RestApi(stack, 'Api', { deployOptions: { cachingEnabled: true } });
      api.root.addMethod('GET', new apigateway.HttpIntegration('https://example.com'), { authorizationType: apigateway.AuthorizationType.IAM });
    },
    passes(stack) {
      const api = new apigateway.RestApi(stack, 'Api', { deployOptions: { cachingEnabled: true } });
      const cacheKeyParameters = ['method.request.header.Authorization'];
      api.root.addMethod('GET', new apigateway.HttpIntegration('https://example.com', { options: { cacheKeyParameters } }), {
        authorizationType: apigateway.AuthorizationType.IAM, requestParameters: { 'method.request.header.Authorization': true },
      });
    },
  },
  StageClientCertificate: {
    violates(stack) {
      const api = new apigateway.RestApi(stack, 'Api');
      api.root.addMethod('GET', new apigateway.HttpIntegration('https://example.com'));
    },
    passes(stack) {
      const certificate = new apigateway.CfnClientCertificate(stack, 'Certificate');
      const api = new apigateway.RestApi(stack, 'Api', { deployOptions: { clientCertificateId: certificate.ref } });
      api.root.addMethod('GET', new apigateway.HttpIntegration('https://example.com'));
    },
  },
  StageDataTrace: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', methodSettings: [{ httpMethod: '*', resourcePath: '/*', dataTraceEnabled: true }] });
    },
    passes(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', methodSettings: [{ httpMethod: '*', resourcePath: '/*', dataTraceEnabled: false }] });
    },
  },
  StageExecutionLog: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', methodSettings: [{ httpMethod: '*', resourcePath: '/*', loggingLevel: 'OFF' }] });
    },
    passes(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', methodSettings: [{ httpMethod: '*', resourcePath: '/*', loggingLevel: 'ERROR' }] });
    },
  },
  StageMetrics: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api' });
    },
    passes(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', methodSettings: [{ httpMethod: '*', resourcePath: '/*', metricsEnabled: true }] });
    },
  },
  StageThrottle: {
    violates(stack) {
      new apigatewayv2.CfnStage(stack, 'Stage', { apiId: 'api', stageName: '$default' });
    },
    passes(stack) {
      new apigatewayv2.CfnStage(stack, 'Stage', {
        apiId: 'api', stageName: '$default', defaultRouteSettings: { throttlingRateLimit: 500, throttlingBurstLimit: 250 },
      });
    },
  },
  StageTracing: {
    violates(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api' });
    },
    passes(stack) {
      new apigateway.CfnStage(stack, 'Stage', { restApiId: 'api', tracingEnabled: true });
    },
  },
};
