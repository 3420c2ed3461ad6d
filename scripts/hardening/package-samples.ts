import { DynamoDBSeeder, Seeds } from '@cloudcomponents/cdk-dynamodb-seeder';
import { App, Duration, Stack } from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Code, Function, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { MonitoringFacade, SnsAlarmActionStrategy } from 'cdk-monitoring-constructs';
import { Sample } from '../../test/hardening/samples/sample';

// A table filled at deployment by a package whose custom resource brings a function of its own, with a runtime of its own.
const seededTable = (app: App): void => {
  const stack = new Stack(app, 'Seeded');
  const table = new Table(stack, 'Countries', { partitionKey: { name: 'code', type: AttributeType.STRING } });
  new DynamoDBSeeder(stack, 'Seeder', { table, seeds: Seeds.fromInline([{ code: 'NO' }, { code: 'PT' }]) });
};

// A shop watched by a monitoring package: its alarms, dashboards and topic stand beside those of hardening.
const monitoredShop = (app: App): void => {
  const stack = new Stack(app, 'Monitored');
  const table = new Table(stack, 'Carts', { partitionKey: { name: 'id', type: AttributeType.STRING } });
  const queue = new Queue(stack, 'Mails');
  const fn = new Function(stack, 'Checkout', {
    runtime: Runtime.NODEJS_22_X,
    handler: 'index.handler',
    code: Code.fromInline('exports.handler = async () => ({ statusCode: 200 });'),
    timeout: Duration.seconds(10),
  });
  table.grantReadWriteData(fn);
  queue.grantSendMessages(fn);
  const api = new RestApi(stack, 'Shop');
  api.root.addResource('checkout').addMethod('POST', new LambdaIntegration(fn));
  const onAlarmTopic = new Topic(stack, 'OnCall');
  new MonitoringFacade(stack, 'Monitoring', {
    alarmFactoryDefaults: { actionsEnabled: true, alarmNamePrefix: 'shop', action: new SnsAlarmActionStrategy({ onAlarmTopic }) },
  })
    .addLargeHeader('Shop')
    .monitorApiGateway({ api, alarmFriendlyName: 'Shop', add5XXFaultRateAlarm: { Warning: { maxErrorRate: 0.01 } } })
    .monitorLambdaFunction({ lambdaFunction: fn, addLatencyP99Alarm: { Warning: { maxLatency: Duration.seconds(3) } } })
    .monitorDynamoTable({ table })
    .monitorSqsQueue({ queue, addQueueMaxMessageAgeAlarm: { Warning: { maxAgeInSeconds: 300 } } });
};

/** Samples made from packages that stand here so that the tests need no more than the library does. */
export const PACKAGE_SAMPLES: readonly Sample[] = Object.entries({ seededTable, monitoredShop }).map(([name, build]) => ({ name, build }));
