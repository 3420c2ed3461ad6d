import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Distribution, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { AttributeType, StreamViewType, Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { CfnRule, EventBus, Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction, SqsQueue } from 'aws-cdk-lib/aws-events-targets';
import { CfnStream } from 'aws-cdk-lib/aws-kinesis';
import { CfnDeliveryStream } from 'aws-cdk-lib/aws-kinesisfirehose';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Code, Function as LambdaFunctionConstruct, Runtime, StartingPosition } from 'aws-cdk-lib/aws-lambda';
import { DynamoEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { Bucket, BucketAccessControl, EventType, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { SqsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Schedule as SchedulerSchedule, ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SqsSendMessage } from 'aws-cdk-lib/aws-scheduler-targets';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription, SqsSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StringParameter } from 'aws-cdk-lib/aws-ssm';

/**
 * All kinds of stores and ways of messages of a plain app, wired to each other: objects that arrive go by a queue to a function and into a table, and
 * from its stream by a topic to another queue; a bus with a rule, a schedule, a site behind CloudFront, and the buckets of their logs.
 */
export function dataApp(stack: Stack): void {
  const handler = (id: string) => new LambdaFunctionConstruct(stack, id, {
    code: Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X, timeout: Duration.seconds(20),
  });
  const uploads = new Queue(stack, 'Uploads');
  const inbox = new Bucket(stack, 'Inbox');
  inbox.addEventNotification(EventType.OBJECT_CREATED, new SqsDestination(uploads));
  const orders = new Table(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING }, stream: StreamViewType.NEW_IMAGE });
  const place = handler('Place');
  place.addEventSource(new SqsEventSource(uploads));
  inbox.grantRead(place);
  orders.grantReadWriteData(place);
  const news = new Topic(stack, 'News');
  const tell = handler('Tell');
  tell.addEventSource(new DynamoEventSource(orders, { startingPosition: StartingPosition.LATEST }));
  news.grantPublish(tell);
  const failed = new Queue(stack, 'FailedBills');
  const bills = new Queue(stack, 'Bills', { deadLetterQueue: { queue: failed, maxReceiveCount: 5 } });
  news.addSubscription(new SqsSubscription(bills));
  news.addSubscription(new EmailSubscription('shop@example.com'));
  const bus = new EventBus(stack, 'Bus');
  new Rule(stack, 'Placed', { eventBus: bus, eventPattern: { source: ['shop'] }, targets: [new SqsQueue(bills), new LambdaFunction(tell)] });
  new CfnRule(stack, 'Nightly', { scheduleExpression: Schedule.rate(Duration.days(1)).expressionString, targets: [{ id: 'One', arn: place.functionArn }] });
  new SchedulerSchedule(stack, 'Hourly', { schedule: ScheduleExpression.rate(Duration.hours(1)), target: new SqsSendMessage(bills) });
  new TableV2(stack, 'Carts', { partitionKey: { name: 'id', type: AttributeType.STRING }, removalPolicy: RemovalPolicy.DESTROY });
  const edgeLogs = new Bucket(stack, 'EdgeLogs', { objectOwnership: ObjectOwnership.OBJECT_WRITER, accessControl: BucketAccessControl.LOG_DELIVERY_WRITE });
  const site = new Bucket(stack, 'Site');
  new Distribution(stack, 'Edge', {
    logBucket: edgeLogs,
    defaultBehavior: { origin: S3BucketOrigin.withOriginAccessControl(site), viewerProtocolPolicy: ViewerProtocolPolicy.REDIRECT_TO_HTTPS },
  });
  new Bucket(stack, 'OldSite', { websiteIndexDocument: 'index.html', publicReadAccess: true, blockPublicAccess: { blockPublicAcls: false, blockPublicPolicy: false, ignorePublicAcls: false, restrictPublicBuckets: false } as never });
  new CfnStream(stack, 'Clicks', { shardCount: 1 });
  new CfnDeliveryStream(stack, 'Archive', { deliveryStreamType: 'DirectPut' });
  new Key(stack, 'Key');
  new Secret(stack, 'Password');
  new StringParameter(stack, 'Setting', { parameterName: '/shop/setting', stringValue: 'blue' });
  new Alarm(stack, 'Full', { metric: uploads.metricApproximateNumberOfMessagesVisible(), threshold: 10, evaluationPeriods: 1 }).addAlarmAction(new SnsAction(news));
}
