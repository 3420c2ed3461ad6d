import { aws_lambda as lambda, CfnResource } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const FUNCTION_EXAMPLES: RuleExamples = {
  FunctionUrlAuth: {
    violates(stack) {
      new lambda.CfnUrl(stack, 'Url', { targetFunctionArn: 'print', authType: 'NONE' });
    },
    passes(stack) {
      new lambda.CfnUrl(stack, 'Url', { targetFunctionArn: 'print', authType: 'AWS_IAM' });
    },
  },
  WebFunctionAuth: {
    violates(stack) {
      new CfnResource(stack, 'Endpoint', {
        type: 'AWS::Lambda::WebFunctionEndpoint',
        properties: {
          FunctionName: 'page', EndpointName: 'prod', EndpointType: 'HomeRegion', AuthType: 'ApplicationManaged', ThrottleConfig: { RateLimit: 500 },
        },
      });
    },
    passes(stack) {
      new CfnResource(stack, 'Endpoint', {
        type: 'AWS::Lambda::WebFunctionEndpoint',
        properties: { FunctionName: 'page', EndpointName: 'prod', EndpointType: 'HomeRegion', AuthType: 'IamAuth', ThrottleConfig: { RateLimit: 500 } },
      });
    },
  },
  WebFunctionLimits: {
    violates(stack) {
      new CfnResource(stack, 'Endpoint', {
        type: 'AWS::Lambda::WebFunctionEndpoint',
        properties: { FunctionName: 'page', EndpointName: 'prod', EndpointType: 'HomeRegion', AuthType: 'IamAuth' },
      });
    },
    passes(stack) {
      new CfnResource(stack, 'Endpoint', {
        type: 'AWS::Lambda::WebFunctionEndpoint',
        properties: { FunctionName: 'page', EndpointName: 'prod', EndpointType: 'HomeRegion', AuthType: 'IamAuth', ThrottleConfig: { RateLimit: 500 } },
      });
    },
  },
};
