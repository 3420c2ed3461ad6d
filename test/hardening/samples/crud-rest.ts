import { App, CfnOutput, RemovalPolicy, Stack, StackProps } from 'aws-cdk-lib';
import { LambdaIntegration, MockIntegration, Resource, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, FunctionProps, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { asset } from './sample';

const VERBS = { list: 'GET', create: 'POST', read: 'GET', change: 'PATCH', remove: 'DELETE' };

// Articles kept in DynamoDB behind a REST API: one function per verb, CORS preflight written by hand with a mock integration.
class ArticlesStack extends Stack {
  constructor(scope: Construct, id: string, props?: StackProps) {
    super(scope, id, props);

    const table = new Table(this, 'articles', {
      partitionKey: { name: 'articleId', type: AttributeType.STRING },
      tableName: 'articles',
      removalPolicy: RemovalPolicy.DESTROY, // so that the demo can be torn down
    });
    const shared: FunctionProps = {
      environment: { TABLE_NAME: table.tableName, KEY_NAME: 'articleId' },
      runtime: Runtime.NODEJS_20_X,
      handler: 'index.handler',
      code: Code.fromAsset(asset('handler')),
    };

    const api = new RestApi(this, 'articlesApi', { restApiName: 'Articles' });
    const all = api.root.addResource('articles');
    const one = all.addResource('{articleId}');
    for (const [verb, method] of Object.entries(VERBS)) {
      const fn = new Function(this, `${verb}ArticleFn`, shared);
      table.grantReadWriteData(fn);
      (['list', 'create'].includes(verb) ? all : one).addMethod(method, new LambdaIntegration(fn));
    }
    [all, one].forEach(allowBrowsers);

    new CfnOutput(this, 'Url', { value: api.url });
  }
}

function allowBrowsers(resource: Resource) {
  const headers: Record<string, string> = { Origin: "'*'", Methods: "'GET,POST,PATCH,DELETE,OPTIONS'", Headers: "'Content-Type,Authorization'" };
  const parameters = (value: (name: string) => string | boolean) => Object.fromEntries(
    Object.keys(headers).map((name) => [`method.response.header.Access-Control-Allow-${name}`, value(name)]));
  resource.addMethod('OPTIONS', new MockIntegration({
    requestTemplates: { 'application/json': '{ "statusCode": 204 }' },
    integrationResponses: [{ statusCode: '204', responseParameters: parameters((name) => headers[name]) as Record<string, string> }],
  }), { methodResponses: [{ statusCode: '204', responseParameters: parameters(() => true) as Record<string, boolean> }] });
}

export const crudRest = (app: App): void => {
  new ArticlesStack(app, 'ArticlesStack');
};
