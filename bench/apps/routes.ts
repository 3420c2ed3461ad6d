import { App, Duration, Stack } from 'aws-cdk-lib';
import { CfnRestApi, CfnStage, CfnDeployment, LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { CfnPermission, Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { HANDLER } from './shape';

/** Routes of one API. */
const ROUTES = 60;

/** Functions behind REST APIs with sixty routes each, as CDK's own constructs write them: a path, a method and two permissions for each. */
export function restRoutes(functions: number): App {
  return eachApi(functions, (stack, count) => {
    const api = new RestApi(stack, 'Api');
    for (let index = 0; index < count; index++) {
      api.root.addResource(`items${index}`).addMethod(index % 2 === 0 ? 'GET' : 'POST', new LambdaIntegration(functionOf(stack, index)));
    }
  });
}

/** The same with the routes in an OpenAPI document. */
export function openApiRoutes(functions: number): App {
  return eachApi(functions, (stack, count) => {
    const paths = Object.fromEntries(Array.from({ length: count }, (_, index) => [`/items${index}`, { get: operation(stack, index) }]));
    const api = new CfnRestApi(stack, 'Api', { body: { openapi: '3.0.1', info: { title: 'Items', version: '1' }, paths } });
    const deployment = new CfnDeployment(stack, 'Deployment', { restApiId: api.ref });
    new CfnStage(stack, 'Stage', { restApiId: api.ref, deploymentId: deployment.ref, stageName: 'live' });
  });
}

function eachApi(functions: number, build: (stack: Stack, count: number) => void): App {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  for (let first = 0; first < functions; first += ROUTES) build(new Stack(app, `Shop${first / ROUTES}`), Math.min(ROUTES, functions - first));
  return app;
}

function operation(stack: Stack, index: number): object {
  const handler = functionOf(stack, index);
  new CfnPermission(stack, `Permission${index}`, {
    action: 'lambda:InvokeFunction', functionName: handler.functionArn, principal: 'apigateway.amazonaws.com',
  });
  const uri = `arn:aws:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${handler.functionArn}/invocations`;
  return { 'responses': {}, 'x-amazon-apigateway-integration': { type: 'aws_proxy', httpMethod: 'POST', uri } };
}

function functionOf(stack: Stack, index: number): LambdaFunction {
  return new LambdaFunction(stack, `Function${index}`, { ...HANDLER, timeout: Duration.seconds(10) });
}
