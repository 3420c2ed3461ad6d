import { App, Environment, NestedStack, NestedStackProps, RemovalPolicy, Stack, StackProps, Stage, StageProps } from 'aws-cdk-lib';
import { Deployment, LambdaIntegration, Method, MockIntegration, PassthroughBehavior, RestApi, Stage as ApiStage } from 'aws-cdk-lib/aws-apigateway';
import { Repository } from 'aws-cdk-lib/aws-codecommit';
import { AttributeType, ITable, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, IFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { CodePipeline, CodePipelineSource, ManualApprovalStep, ShellStep } from 'aws-cdk-lib/pipelines';
import { Construct } from 'constructs';

const CODE = Code.fromInline('exports.handler = async () => ({ statusCode: 200, body: "{}" });');

interface PartProps extends NestedStackProps {
  readonly restApiId: string;
  readonly rootResourceId: string;
}

// A REST API split over nested stacks: the root stack makes the API, one nested stack the pets, one the books, a third the deployment.
class BooksStack extends NestedStack {
  readonly methods: Method[] = [];

  constructor(scope: Construct, id: string, props: PartProps) {
    super(scope, id, props);
    const table = new Table(this, 'BookTable', { partitionKey: { name: 'isbn', type: AttributeType.STRING } });
    const handler = new Function(this, 'BooksFn', { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: CODE });
    table.grantReadData(handler);
    const api = RestApi.fromRestApiAttributes(this, 'RestApi', { restApiId: props.restApiId, rootResourceId: props.rootResourceId });
    this.methods.push(api.root.addResource('books').addMethod('GET', new LambdaIntegration(handler)));
  }
}

class PetsStack extends NestedStack {
  readonly methods: Method[] = [];

  constructor(scope: Construct, id: string, props: PartProps) {
    super(scope, id, props);
    const api = RestApi.fromRestApiAttributes(this, 'RestApi', { restApiId: props.restApiId, rootResourceId: props.rootResourceId });
    this.methods.push(api.root.addResource('pets').addMethod('GET', new MockIntegration({
      integrationResponses: [{ statusCode: '200' }],
      passthroughBehavior: PassthroughBehavior.NEVER,
      requestTemplates: { 'application/json': '{ "statusCode": 200 }' },
    }), { methodResponses: [{ statusCode: '200' }] }));
  }
}

class DeployStack extends NestedStack {
  constructor(scope: Construct, id: string, props: NestedStackProps & { restApiId: string; methods: Method[] }) {
    super(scope, id, props);
    const deployment = new Deployment(this, 'Deployment', { api: RestApi.fromRestApiId(this, 'RestApi', props.restApiId) });
    for (const method of props.methods) deployment.node.addDependency(method);
    new ApiStage(this, 'Stage', { deployment });
  }
}

export const nestedStacks = (app: App): void => {
  const root = new Stack(app, 'SplitApi');
  const restApi = new RestApi(root, 'RestApi', { cloudWatchRole: true, deploy: false });
  restApi.root.addMethod('ANY', new MockIntegration());
  const props = { restApiId: restApi.restApiId, rootResourceId: restApi.restApiRootResourceId };
  const pets = new PetsStack(root, 'Pets', props);
  const books = new BooksStack(root, 'Books', props);
  new DeployStack(root, 'Deploy', { restApiId: restApi.restApiId, methods: [...pets.methods, ...books.methods] });
};

interface ApiStackProps extends StackProps {
  readonly table: ITable;
  readonly worker: IFunction;
  readonly uploads: Bucket;
}

// Two stacks that point at each other's resources: data here, API there; the API's function is also called by the data stack's name.
class DataStack extends Stack {
  readonly table = new Table(this, 'Table', { partitionKey: { name: 'id', type: AttributeType.STRING }, billingMode: undefined, removalPolicy: RemovalPolicy.RETAIN });
  readonly uploads = new Bucket(this, 'Uploads');
  readonly deadLetters = new Queue(this, 'DeadLetters');
  readonly worker = new Function(this, 'Worker', { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: CODE, deadLetterQueue: this.deadLetters });
}

class FrontStack extends Stack {
  constructor(scope: Construct, id: string, { table, worker, uploads, ...props }: ApiStackProps) {
    super(scope, id, props);
    const front = new Function(this, 'Front', { runtime: Runtime.NODEJS_20_X, handler: 'index.handler', code: CODE, environment: { TABLE: table.tableName, WORKER: worker.functionName } });
    table.grantReadWriteData(front);
    worker.grantInvoke(front);
    uploads.grantReadWrite(front);
    const api = new RestApi(this, 'Api');
    api.root.addProxy({ defaultIntegration: new LambdaIntegration(front) });
  }
}

export const crossStack = (app: App): void => {
  const data = new DataStack(app, 'Data');
  new FrontStack(app, 'Front', { table: data.table, worker: data.worker, uploads: data.uploads });
};

class ServiceStage extends Stage {
  constructor(scope: Construct, id: string, props: StageProps) {
    super(scope, id, props);
    const data = new DataStack(this, 'Data');
    new FrontStack(this, 'Front', { table: data.table, worker: data.worker, uploads: data.uploads });
  }
}

// A CDK pipeline that deploys the two stacks as stages to two accounts, behind an approval.
export const pipelineStages = (app: App): void => {
  const tools: Environment = { account: '111122223333', region: 'eu-west-1' };
  const stack = new Stack(app, 'Pipeline', { env: tools });
  const pipeline = new CodePipeline(stack, 'Pipeline', {
    crossAccountKeys: true,
    synth: new ShellStep('Synth', {
      input: CodePipelineSource.codeCommit(Repository.fromRepositoryName(stack, 'Repo', 'service'), 'main'),
      commands: ['npm ci', 'npm run build', 'npx cdk synth'],
    }),
  });
  pipeline.addStage(new ServiceStage(app, 'Beta', { env: { account: '222233334444', region: 'eu-west-1' } }));
  pipeline.addStage(new ServiceStage(app, 'Prod', { env: { account: '333344445555', region: 'us-east-1' } }), { pre: [new ManualApprovalStep('Promote')] });
};
