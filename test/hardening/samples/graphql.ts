import { join } from 'path';
import { App, Expiration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AppsyncFunction, AuthorizationType, Code as ResolverCode, Definition, FieldLogLevel, FunctionRuntime, GraphqlApi, MappingTemplate, Resolver,
} from 'aws-cdk-lib/aws-appsync';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus } from 'aws-cdk-lib/aws-events';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { asset } from './sample';

const node = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ isAuthorized: true });') };

// A GraphQL API with an API key, a user pool and an authorizer; resolvers in VTL and JavaScript on a table, a function, a bus and an HTTP endpoint.
export const graphqlNotes = (app: App): void => {
  const stack = new Stack(app, 'GraphqlNotes');
  const api = new GraphqlApi(stack, 'Api', {
    name: 'notes',
    definition: Definition.fromFile(join(asset('graphql'), 'schema.graphql')),
    authorizationConfig: {
      defaultAuthorization: { authorizationType: AuthorizationType.API_KEY, apiKeyConfig: { expires: Expiration.atDate(new Date('2027-06-01T00:00:00Z')) } },
      additionalAuthorizationModes: [
        { authorizationType: AuthorizationType.USER_POOL, userPoolConfig: { userPool: new UserPool(stack, 'Users') } },
        { authorizationType: AuthorizationType.LAMBDA, lambdaAuthorizerConfig: { handler: new Function(stack, 'Authorizer', node) } },
        { authorizationType: AuthorizationType.IAM },
      ],
    },
    logConfig: { fieldLogLevel: FieldLogLevel.ALL, excludeVerboseContent: false },
    xrayEnabled: true,
  });
  const notes = new Table(stack, 'Notes', { partitionKey: { name: 'id', type: AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY });
  const table = api.addDynamoDbDataSource('table', notes);
  table.createResolver('Get', {
    typeName: 'Query', fieldName: 'getNote', requestMappingTemplate: MappingTemplate.dynamoDbGetItem('id', 'id'), responseMappingTemplate: MappingTemplate.dynamoDbResultItem(),
  });
  const search = new Function(stack, 'Search', { ...node, environment: { TABLE: notes.tableName } });
  notes.grantReadData(search);
  api.addLambdaDataSource('search', search).createResolver('SearchNotes', { typeName: 'Query', fieldName: 'search', maxBatchSize: 5 });
  const code = ResolverCode.fromInline('export function request() { return {}; }\nexport function response(ctx) { return ctx.result; }');
  const runtime = FunctionRuntime.JS_1_0_0;
  new Resolver(stack, 'Put', {
    api, typeName: 'Mutation', fieldName: 'putNote', pipelineConfig: [new AppsyncFunction(stack, 'Write', { api, dataSource: table, name: 'write', runtime, code })], runtime, code,
  });
  api.addEventBridgeDataSource('bus', new EventBus(stack, 'Bus'));
  api.addHttpDataSource('workflows', `https://states.${stack.region}.amazonaws.com/`, { authorizationConfig: { signingRegion: stack.region, signingServiceName: 'states' } });
  const importer = new Function(stack, 'Import', { ...node, environment: { URL: api.graphqlUrl } });
  api.grantMutation(importer, 'putNote');
};
