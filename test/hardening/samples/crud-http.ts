import * as cdk from 'aws-cdk-lib';
import * as apigwv2 from 'aws-cdk-lib/aws-apigatewayv2';
import { HttpLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';

// A single function behind the catch-all of an HTTP API, with a pay-per-request table and open CORS.
export const crudHttp = (app: cdk.App): void => {
  const stack = new cdk.Stack(app, 'HttpCrud', { description: 'HTTP API -> Lambda -> DynamoDB' });

  const table = new dynamodb.Table(stack, 'Table', {
    partitionKey: { name: 'pk', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'sk', type: dynamodb.AttributeType.STRING },
    billingMode: dynamodb.BillingMode.PAY_PER_REQUEST,
  });
  table.addGlobalSecondaryIndex({
    indexName: 'gsi1',
    partitionKey: { name: 'gsi1pk', type: dynamodb.AttributeType.STRING },
  });

  const fn = new lambda.Function(stack, 'Handler', {
    runtime: lambda.Runtime.PYTHON_3_12,
    handler: 'app.handler',
    code: lambda.Code.fromInline('def handler(event, context):\n    return {"statusCode": 200}'),
    environment: { TABLE: table.tableName },
    timeout: cdk.Duration.seconds(10),
    memorySize: 512,
  });
  table.grantReadWriteData(fn);

  const api = new apigwv2.HttpApi(stack, 'Api', {
    corsPreflight: { allowOrigins: ['*'], allowMethods: [apigwv2.CorsHttpMethod.ANY], allowHeaders: ['*'] },
    defaultIntegration: new HttpLambdaIntegration('DefaultIntegration', fn),
  });
  api.addRoutes({ path: '/notes', methods: [apigwv2.HttpMethod.GET, apigwv2.HttpMethod.POST], integration: new HttpLambdaIntegration('Notes', fn) });
  api.addRoutes({ path: '/notes/{id}', methods: [apigwv2.HttpMethod.ANY], integration: new HttpLambdaIntegration('Note', fn) });

  new cdk.CfnOutput(stack, 'Endpoint', { value: api.apiEndpoint });
};
