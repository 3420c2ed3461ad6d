import {
  aws_apigateway as apigateway, aws_apigatewayv2 as apigatewayv2, aws_appsync as appsync, aws_iam as iam, aws_lambda as lambda, Stack,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

function httpApi(stack: Stack): apigatewayv2.CfnApi {
  return new apigatewayv2.CfnApi(stack, 'Api', { name: 'shop', protocolType: 'HTTP', disableExecuteApiEndpoint: true });
}

function httpRoute(stack: Stack, props: Partial<apigatewayv2.CfnRouteProps>): void {
  new apigatewayv2.CfnRoute(stack, 'Route', { apiId: httpApi(stack).ref, routeKey: 'GET /orders', ...props });
}

export const ENTRY_EXAMPLES: RuleExamples = {};
