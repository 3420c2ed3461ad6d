import { App, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { WebSocketLambdaIntegration } from 'aws-cdk-lib/aws-apigatewayv2-integrations';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';

// Chat over WebSockets: connections are kept in a table, messages are posted back to every connection.
export const websocketChat = (app: App): void => {
  const stack = new Stack(app, 'Chat');
  const table = new Table(stack, 'openConnections', {
    partitionKey: { name: 'connectionId', type: AttributeType.STRING },
    readCapacity: 5,
    writeCapacity: 5,
    removalPolicy: RemovalPolicy.DESTROY,
  });

  const handler = (id: string) => new Function(stack, id, {
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    handler: 'index.handler',
    runtime: Runtime.NODEJS_20_X,
    memorySize: 256,
    environment: { TABLE_NAME: table.tableName },
  });
  const onConnect = handler('on-connect');
  const onDisconnect = handler('on-disconnect');
  const sendMessage = handler('on-message');
  table.grantReadWriteData(onConnect);
  table.grantReadWriteData(onDisconnect);
  table.grantReadWriteData(sendMessage);

  const api = new WebSocketApi(stack, 'ChatApi', {
    connectRouteOptions: { integration: new WebSocketLambdaIntegration('Connect', onConnect) },
    disconnectRouteOptions: { integration: new WebSocketLambdaIntegration('Disconnect', onDisconnect) },
  });
  api.addRoute('say', { integration: new WebSocketLambdaIntegration('Send', sendMessage) });
  new WebSocketStage(stack, 'Stage', { webSocketApi: api, stageName: 'dev', autoDeploy: true });

  sendMessage.addToRolePolicy(new PolicyStatement({
    effect: Effect.ALLOW,
    actions: ['execute-api:ManageConnections'],
    resources: [stack.formatArn({ service: 'execute-api', resource: api.apiId, resourceName: '*' })],
  }));
};
