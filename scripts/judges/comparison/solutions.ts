import { ApiGatewayToLambda } from '@aws-solutions-constructs/aws-apigateway-lambda';
import { WafwebaclToApiGateway } from '@aws-solutions-constructs/aws-wafwebacl-apigateway';
import {
  buildDynamoDBTable, buildEventBus, buildLambdaFunction, buildQueue, buildS3Bucket, buildSecretsManagerSecret, buildStateMachine, buildTopic,
  buildUserPool, createCloudFrontDistributionForS3,
} from '@aws-solutions-constructs/core';
import { Stack } from 'aws-cdk-lib';
import { LambdaIntegration } from 'aws-cdk-lib/aws-apigateway';
import { DefinitionBody, Pass } from 'aws-cdk-lib/aws-stepfunctions';
import { aHandler, KEY, siteDomain } from './plain';

/**
 * The jobs with AWS Solutions Constructs: the patterns where there is one for the job, with a second one for the web ACL, and else the
 * builders that all of the patterns use. There is none for HTTP APIs.
 */
export const SOLUTIONS: { readonly [job: string]: (stack: Stack) => void } = {
  'function': (stack) => { buildLambdaFunction(stack, { lambdaFunctionProps: aHandler() }); },
  'REST API with one route': (stack) => {
    const { apiGateway, lambdaFunction } = new ApiGatewayToLambda(stack, 'Api', { lambdaFunctionProps: aHandler(), apiGatewayProps: { proxy: false } });
    apiGateway.root.addResource('orders').addMethod('GET', new LambdaIntegration(lambdaFunction));
    new WafwebaclToApiGateway(stack, 'Waf', { existingApiGatewayInterface: apiGateway });
  },
  'bucket': (stack) => { buildS3Bucket(stack, {}); },
  'table': (stack) => { buildDynamoDBTable(stack, { dynamoTableProps: { partitionKey: KEY } }); },
  'queue': (stack) => { buildQueue(stack, 'Jobs', {}); },
  'topic': (stack) => { buildTopic(stack, 'News', {}); },
  'event bus': (stack) => { buildEventBus(stack, { eventBusProps: { eventBusName: 'shop' } }); },
  'secret': (stack) => { buildSecretsManagerSecret(stack, 'Token', {}); },
  'user pool': (stack) => { buildUserPool(stack); },
  'state machine': (stack) => {
    buildStateMachine(stack, 'Checkout', { stateMachineProps: { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')) } });
  },
  'website': (stack) => {
    const { bucket: sourceBucket } = buildS3Bucket(stack, {});
    createCloudFrontDistributionForS3(stack, 'Edge', { sourceBucket, cloudFrontDistributionProps: siteDomain(stack) });
  },
};
