import { Duration, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Function as LambdaHandler, Runtime } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';

/** What an author writes with plain aws-cdk-lib: functions that work off queues, write tables and buckets and answer an API. */
export function build(stack: Stack, functions: number): void {
  const api = new RestApi(stack, 'Api');
  const bucket = new Bucket(stack, 'Files');
  const table = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  for (let i = 0; i < functions; i++) {
    const fn = new LambdaHandler(stack, `Fn${i}`, {
      runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => {}'), environment: { TABLE: table.tableName },
    });
    table.grantReadWriteData(fn);
    if (i % 2 === 0) bucket.grantRead(fn);
    if (i % 5 === 0) fn.addEventSource(new SqsEventSource(new Queue(stack, `Queue${i}`)));
    if (i % 5 === 1) new Rule(stack, `Nightly${i}`, { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaFunction(fn)] });
    if (i % 5 === 2) api.root.addResource(`items${i}`).addMethod('GET', new LambdaIntegration(fn));
  }
  api.root.addMethod('GET');
}
