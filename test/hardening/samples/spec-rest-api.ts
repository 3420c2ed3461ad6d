import { App, Aws, Stack } from 'aws-cdk-lib';
import { ApiDefinition, LambdaRestApi, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Alias, Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

// A REST API imported from an OpenAPI document kept in the app, with the integrations written into it.
export const specRestApi = (app: App): void => {
  const stack = new Stack(app, 'PetStore');
  const fn = new Function(stack, 'Pets', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: "[]" });'),
  });
  const invoke = {
    type: 'aws_proxy',
    httpMethod: 'POST',
    uri: `arn:${Aws.PARTITION}:apigateway:${Aws.REGION}:lambda:path/2015-03-31/functions/${fn.functionArn}/invocations`,
  };
  const api = new SpecRestApi(stack, 'Api', {
    apiDefinition: ApiDefinition.fromInline({
      openapi: '3.0.1',
      info: { title: 'pets', version: '1.0' },
      paths: {
        '/pets': {
          get: { 'responses': { 200: { description: 'all pets' } }, 'x-amazon-apigateway-integration': invoke },
          post: { 'responses': { 201: { description: 'one more' } }, 'security': [{ sigv4: [] }], 'x-amazon-apigateway-integration': invoke },
        },
        '/pets/{id}': { get: { 'parameters': [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }], 'responses': { 200: { description: 'a pet' } }, 'x-amazon-apigateway-integration': invoke } },
      },
      components: { securitySchemes: { sigv4: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' } } },
    }),
    deployOptions: { stageName: 'live' },
  });
  fn.addPermission('ApiGateway', { principal: new ServicePrincipal('apigateway.amazonaws.com'), sourceArn: api.arnForExecuteApi() });
};

// Two greedy proxies: one on the function, one on an alias with its own CORS.
export const lambdaRestApi = (app: App): void => {
  const stack = new Stack(app, 'ProxyApis');
  const hello = new Function(stack, 'Hello', {
    runtime: Runtime.NODEJS_20_X,
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: "hello" });'),
    handler: 'index.handler',
  });
  new LambdaRestApi(stack, 'Endpoint', { handler: hello });

  const alias = new Alias(stack, 'Live', { aliasName: 'live', version: hello.currentVersion });
  const aliased = new LambdaRestApi(stack, 'LiveEndpoint', { handler: alias, proxy: false, defaultCorsPreflightOptions: { allowOrigins: ['https://app.example.com'] } });
  aliased.root.addResource('greet').addMethod('GET');
};
