import { ApiGatewayToLambda } from '@aws-solutions-constructs/aws-apigateway-lambda';
import { WafwebaclToApiGateway } from '@aws-solutions-constructs/aws-wafwebacl-apigateway';
import { App, Stack } from 'aws-cdk-lib';
import { AuthorizationType } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, BillingMode, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';

// Made from AWS Solutions Constructs: their REST API with a function and their web ACL, with a table added by hand.
export const solutionsConstructs = (app: App): void => {
  const stack = new Stack(app, 'Solutions', { env: { account: '111122223333', region: 'us-east-1' } });
  const { apiGateway, lambdaFunction } = new ApiGatewayToLambda(stack, 'Backend', {
    lambdaFunctionProps: { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });') },
    apiGatewayProps: { defaultMethodOptions: { authorizationType: AuthorizationType.NONE } },
  });
  new WafwebaclToApiGateway(stack, 'Firewall', { existingApiGatewayInterface: apiGateway });
  const table = new Table(stack, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING }, billingMode: BillingMode.PAY_PER_REQUEST, pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true } });
  table.grantReadWriteData(lambdaFunction);
  lambdaFunction.addEnvironment('TABLE', table.tableName);
};
