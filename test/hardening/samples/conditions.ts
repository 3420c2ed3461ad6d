import { App, CfnCondition, CfnParameter, CfnResource, Duration, Fn, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { ManagedPolicy, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { CfnQueue, Queue } from 'aws-cdk-lib/aws-sqs';
import { DefinitionBody, Pass, StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { Construct } from 'constructs';

const node = { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });') };

// One template for all environments: reports, exports and their API are made only where a parameter of the deployment says so.
export const conditionalParts = (app: App): void => {
  const stack = new Stack(app, 'OneTemplate');
  const environment = new CfnParameter(stack, 'Environment', { default: 'dev', allowedValues: ['dev', 'prod'] });
  const isProd = new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(environment.valueAsString, 'prod') });
  const role = new Role(stack, 'SharedRole', {
    assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaBasicExecutionRole')],
  });
  new Function(stack, 'Front', { ...node, role, environment: { REPORTS: Fn.conditionIf(isProd.logicalId, 'on', 'off').toString() } });

  const prod = new Construct(stack, 'Production');
  const orders = new Queue(prod, 'Orders', { visibilityTimeout: Duration.minutes(3) });
  const news = new Topic(prod, 'News');
  news.addSubscription(new SqsSubscription(orders));
  const exportsBucket = new Bucket(prod, 'Exports');
  const report = new Function(prod, 'Report', { ...node, role, environment: { BUCKET: exportsBucket.bucketName } });
  exportsBucket.grantWrite(report);
  const bill = new Function(prod, 'Bill', node);
  bill.addEventSource(new SqsEventSource(orders));
  new Rule(prod, 'Nightly', { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(report)] });
  new RestApi(prod, 'Api', { cloudWatchRole: false }).root.addMethod('GET', new LambdaIntegration(bill));
  new StateMachine(prod, 'Close', { definitionBody: DefinitionBody.fromChainable(new Pass(prod, 'Closed')) });
  const granted = role.node.tryFindChild('DefaultPolicy')!;
  for (const child of [...prod.node.findAll(), ...granted.node.findAll()]) if (CfnResource.isCfnResource(child)) child.cfnOptions.condition = isProd;

  const isDev = new CfnCondition(stack, 'IsDev', { expression: Fn.conditionNot(isProd) });
  new CfnQueue(stack, 'Sandbox', { queueName: 'sandbox' }).addOverride('Condition', isDev.logicalId);
};
