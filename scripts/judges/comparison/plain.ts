import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpMethod } from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code, Function as LambdaHandler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { CERTIFICATE_ARN } from '../../../test/edge/audit-cases';

/** The same code for all. */
export function aHandler() {
  return { code: Code.fromAsset(join(__dirname, '../../../test/support/handler')), handler: 'index.handler', runtime: Runtime.NODEJS_24_X };
}

export const KEY = { name: 'order', type: AttributeType.STRING };

/** The domain of the website, which nothing else can be secure without. */
export function siteDomain(stack: Stack) {
  return { domainNames: ['shop.example.com'], certificate: Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE_ARN) };
}

/** The jobs with the L2s of CDK, as their documentation begins. */
export const PLAIN: { readonly [job: string]: (stack: Stack) => void } = {
  'function': (stack) => { new LambdaHandler(stack, 'Orders', aHandler()); },
  'REST API with one route': (stack) => {
    new RestApi(stack, 'Api').root.addResource('orders').addMethod('GET', new LambdaIntegration(new LambdaHandler(stack, 'Orders', aHandler())));
  },
  'HTTP API with one route': (stack) => {
    const integration = new HttpLambdaIntegration('Integration', new LambdaHandler(stack, 'Orders', aHandler()));
    new HttpApi(stack, 'Api').addRoutes({ path: '/orders', methods: [HttpMethod.GET], integration });
  },
  'bucket': (stack) => { new Bucket(stack, 'Receipts'); },
  'table': (stack) => { new TableV2(stack, 'Orders', { partitionKey: KEY }); },
  'queue': (stack) => { new Queue(stack, 'Jobs'); },
  'topic': (stack) => { new Topic(stack, 'News'); },
  'event bus': (stack) => { new EventBus(stack, 'Bus'); },
  'secret': (stack) => { new Secret(stack, 'Token'); },
  'user pool': (stack) => { new UserPool(stack, 'Customers'); },
  'state machine': (stack) => {
    new StateMachine(stack, 'Checkout', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')) });
  },
  'website': (stack) => {
    new Distribution(stack, 'Edge', { ...siteDomain(stack), defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(new Bucket(stack, 'Site')) } });
  },
};
