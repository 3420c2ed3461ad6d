import { App, Aws, CfnOutput, CfnParameter, Duration, Fn, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { AwsIntegration, EndpointType, PassthroughBehavior, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, BillingMode, StreamViewType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, Policy, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';

// Short links without any function: API Gateway talks to DynamoDB by mapping templates, under a role of its own.
export const urlShortener = (app: App): void => {
  const stack = new Stack(app, 'url-shortener');
  const domain = new CfnParameter(stack, 'Domain', { default: 'sho.rt.example' });
  const links = new Table(stack, 'LinkTable', {
    partitionKey: { name: 'id', type: AttributeType.STRING },
    billingMode: BillingMode.PAY_PER_REQUEST,
    stream: StreamViewType.NEW_IMAGE,
    removalPolicy: RemovalPolicy.RETAIN,
  });
  const role = new Role(stack, 'LinkReader', { assumedBy: new ServicePrincipal('apigateway.amazonaws.com'), maxSessionDuration: Duration.hours(1) });
  role.attachInlinePolicy(new Policy(stack, 'ReadLinks', {
    statements: [new PolicyStatement({ effect: Effect.ALLOW, actions: ['dynamodb:GetItem', 'dynamodb:UpdateItem', 'dynamodb:Query'], resources: [links.tableArn] })],
  }));

  const api = new RestApi(stack, 'Links', {
    endpointConfiguration: { types: [EndpointType.EDGE] },
    deployOptions: { stageName: 'prod', tracingEnabled: true, dataTraceEnabled: true },
    cloudWatchRole: true,
  });
  const redirect = new AwsIntegration({
    service: 'dynamodb',
    action: 'GetItem',
    options: {
      credentialsRole: role,
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': `{"Key":{"id":{"S":"$input.params().path.linkId"}},"TableName":"${links.tableName}"}` },
      integrationResponses: [{
        statusCode: '301',
        responseParameters: { 'method.response.header.Location': `'https://${domain.valueAsString}'` },
        responseTemplates: { 'application/json': '#set($item = $input.path(\'$\').Item)\n#set($context.responseOverride.header.Location = $item.url.S)' },
      }],
    },
  });
  api.root.addResource('{linkId}').addMethod('GET', redirect, {
    methodResponses: [{ statusCode: '301', responseParameters: { 'method.response.header.Location': true } }],
  });
  new CfnOutput(stack, 'Short', { value: Fn.join('', ['https://', api.restApiId, '.execute-api.', Aws.REGION, '.', Aws.URL_SUFFIX, '/prod?d=', domain.valueAsString]) });
};
