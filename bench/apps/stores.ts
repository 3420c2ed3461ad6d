import { App, Duration, Stack } from 'aws-cdk-lib';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { HANDLER } from './shape';

/** Functions in one stack. */
const FUNCTIONS = 50;

/**
 * Functions with a table and a queue each, as CDK's own constructs write them. Their rights have several statements, and reach the table of
 * the function before, that of another stack among them, and a bucket for all.
 */
export function stores(functions: number): App {
  const app = new App({ analyticsReporting: false, context: { '@aws-cdk/core:stackResourceLimit': 0 } });
  let before: Table | undefined;
  let bucket: Bucket | undefined;
  for (let index = 0; index < functions; index++) {
    const stack = index % FUNCTIONS === 0 ? new Stack(app, `Stores${index / FUNCTIONS}`) : Stack.of(before!);
    bucket ??= new Bucket(stack, 'Shared', { enforceSSL: true });
    const queue = new Queue(stack, `Queue${index}`, { visibilityTimeout: Duration.seconds(60), enforceSSL: true });
    const table = new Table(stack, `Table${index}`, { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const fn = new LambdaFunction(stack, `Function${index}`, { ...HANDLER, environment: { TABLE: table.tableName, QUEUE: queue.queueUrl } });
    fn.addEventSource(new SqsEventSource(queue));
    table.grantReadWriteData(fn);
    bucket.grantReadWrite(fn, `${index}/*`);
    before?.grantReadData(fn);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['cloudwatch:PutMetricData', 'xray:PutTraceSegments'], resources: ['*'] }));
    fn.addToRolePolicy(new PolicyStatement({ actions: ['ssm:GetParameter*'], resources: [`arn:aws:ssm:*:*:parameter/app/${index}/*`] }));
    before = table;
  }
  return app;
}
