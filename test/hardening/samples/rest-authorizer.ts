import { App, Duration, Stack, StackProps } from 'aws-cdk-lib';
import * as apigateway from 'aws-cdk-lib/aws-apigateway';
import * as cognito from 'aws-cdk-lib/aws-cognito';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';

// A REST API with a token authorizer, a request authorizer and a user pool authorizer, an API key with a usage plan, models and a custom access log.
export class SecuredApiStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);
    const authorizerFn = new lambda.Function(this, 'Authorizer', {
      runtime: lambda.Runtime.NODEJS_18_X,
      handler: 'index.handler',
      code: lambda.Code.fromInline('exports.handler = async () => ({ isAuthorized: true });'),
    });
    const token = new apigateway.TokenAuthorizer(this, 'TokenAuthorizer', { handler: authorizerFn, resultsCacheTtl: Duration.minutes(5) });
    const request = new apigateway.RequestAuthorizer(this, 'RequestAuthorizer', {
      handler: authorizerFn,
      identitySources: [apigateway.IdentitySource.header('Authorization'), apigateway.IdentitySource.queryString('tenant')],
    });
    const userPool = new cognito.UserPool(this, 'Users', { passwordPolicy: { minLength: 8 }, mfa: cognito.Mfa.OPTIONAL });
    const pool = new apigateway.CognitoUserPoolsAuthorizer(this, 'PoolAuthorizer', { cognitoUserPools: [userPool] });

    const backend = new lambda.Function(this, 'Backend', {
      runtime: lambda.Runtime.PYTHON_3_9,
      handler: 'index.handler',
      code: lambda.Code.fromInline('def handler(event, context):\n    return {"statusCode": 200}'),
      role: new iam.Role(this, 'BackendRole', {
        assumedBy: new iam.ServicePrincipal('lambda.amazonaws.com'),
        managedPolicies: [
          iam.ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole'),
          iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonDynamoDBFullAccess'),
        ],
      }),
    });

    const api = new apigateway.RestApi(this, 'Api', {
      description: 'Orders',
      deployOptions: { stageName: 'v1', throttlingRateLimit: 100, throttlingBurstLimit: 50, metricsEnabled: true },
      endpointTypes: [apigateway.EndpointType.REGIONAL],
      defaultCorsPreflightOptions: { allowOrigins: apigateway.Cors.ALL_ORIGINS },
    });
    const model = api.addModel('OrderModel', {
      contentType: 'application/json',
      schema: { type: apigateway.JsonSchemaType.OBJECT, required: ['sku'], properties: { sku: { type: apigateway.JsonSchemaType.STRING } } },
    });
    const integration = new apigateway.LambdaIntegration(backend);
    const orders = api.root.addResource('orders');
    orders.addMethod('GET', integration, { authorizer: token });
    orders.addMethod('POST', integration, { authorizer: pool, requestModels: { 'application/json': model } });
    orders.addResource('{id}').addMethod('GET', integration, { authorizer: request, requestParameters: { 'method.request.querystring.tenant': true } });
    api.root.addResource('partner').addMethod('POST', integration, { apiKeyRequired: true });
    api.root.addResource('health').addMethod('GET', new apigateway.MockIntegration({ integrationResponses: [{ statusCode: '200' }] }), { methodResponses: [{ statusCode: '200' }] });

    const plan = api.addUsagePlan('Partners', { throttle: { rateLimit: 10, burstLimit: 2 }, quota: { limit: 10_000, period: apigateway.Period.DAY } });
    plan.addApiStage({ stage: api.deploymentStage });
    plan.addApiKey(api.addApiKey('PartnerKey'));
  }
}

export const restAuthorizer = (app: App): void => {
  new SecuredApiStack(app, 'secured-api-dev');
};
