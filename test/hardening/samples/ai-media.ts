import * as cdk from 'aws-cdk-lib';
import { LambdaIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { AttributeType, Table } from 'aws-cdk-lib/aws-dynamodb';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import { S3EventSource, SnsEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as sns from 'aws-cdk-lib/aws-sns';
import * as subscriptions from 'aws-cdk-lib/aws-sns-subscriptions';
import * as sqs from 'aws-cdk-lib/aws-sqs';

const PY = { runtime: lambda.Runtime.PYTHON_3_12, handler: 'index.handler', code: lambda.Code.fromInline('import boto3\ndef handler(event, context):\n    return event') };

// Pictures are labelled by Rekognition: bucket, topic, queue, function, table; AWS managed policies with full access, since it was a workshop.
export const imageRecognition = (app: cdk.App): void => {
  const stack = new cdk.Stack(app, 'PictureLabels');
  const images = new s3.Bucket(stack, 'pictures', { autoDeleteObjects: true, removalPolicy: cdk.RemovalPolicy.DESTROY });
  const labels = new Table(stack, 'Labels', { partitionKey: { name: 'image', type: AttributeType.STRING }, removalPolicy: cdk.RemovalPolicy.DESTROY });
  const topic = new sns.Topic(stack, 'Uploaded');
  const queue = new sqs.Queue(stack, 'ToLabel', { visibilityTimeout: cdk.Duration.seconds(180) });
  topic.addSubscription(new subscriptions.SqsSubscription(queue));

  const notify = new lambda.Function(stack, 'Announce', { ...PY, environment: { TOPIC: topic.topicArn } });
  notify.addEventSource(new S3EventSource(images, { events: [s3.EventType.OBJECT_CREATED] }));
  topic.grantPublish(notify);
  const rekognition = new lambda.Function(stack, 'Label', { ...PY, timeout: cdk.Duration.seconds(30), memorySize: 1024, environment: { TABLE: labels.tableName, BUCKET: images.bucketName } });
  rekognition.addEventSource(new SqsEventSource(queue));
  images.grantRead(rekognition);
  labels.grantWriteData(rekognition);
  rekognition.role?.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonRekognitionFullAccess'));
  rekognition.role?.addManagedPolicy(iam.ManagedPolicy.fromAwsManagedPolicyName('AmazonS3ReadOnlyAccess'));
};

// Documents go to Textract, whose completion comes back over a topic under a role that the service takes.
export const documentText = (app: cdk.App): void => {
  const stack = new cdk.Stack(app, 'Textract');
  const documents = new s3.Bucket(stack, 'Documents', { bucketName: cdk.PhysicalName.GENERATE_IF_NEEDED, versioned: true });
  const done = new sns.Topic(stack, 'Done');
  const serviceRole = new iam.Role(stack, 'TextractServiceRole', { assumedBy: new iam.ServicePrincipal('textract.amazonaws.com') });
  serviceRole.addToPolicy(new iam.PolicyStatement({ effect: iam.Effect.ALLOW, resources: [done.topicArn], actions: ['sns:Publish'] }));
  const start = new lambda.Function(stack, 'Start', { ...PY, environment: { ROLE: serviceRole.roleArn, TOPIC: done.topicArn } });
  start.addToRolePolicy(new iam.PolicyStatement({ actions: ['textract:*'], resources: ['*'] }));
  start.addToRolePolicy(new iam.PolicyStatement({ actions: ['iam:PassRole'], resources: [serviceRole.roleArn] }));
  documents.grantRead(start);
  documents.addEventNotification(s3.EventType.OBJECT_CREATED, new cdk.aws_s3_notifications.LambdaDestination(start), { suffix: '.pdf' });
  const collect = new lambda.Function(stack, 'Collect', { ...PY, memorySize: 2048, timeout: cdk.Duration.minutes(15) });
  collect.addToRolePolicy(new iam.PolicyStatement({ actions: ['textract:GetDocumentTextDetection'], resources: ['*'] }));
  collect.addEventSource(new SnsEventSource(done));
  documents.grantReadWrite(collect, 'text/*');
};

// A chat endpoint in front of a model of Bedrock, history in a table; the CORS of a demo.
export const bedrockChat = (app: cdk.App): void => {
  const stack = new cdk.Stack(app, 'Chat', { env: { region: process.env.CDK_SAMPLE_REGION ?? 'us-west-2' } });
  const history = new Table(stack, 'History', { partitionKey: { name: 'session', type: AttributeType.STRING }, sortKey: { name: 'at', type: AttributeType.NUMBER }, timeToLiveAttribute: 'ttl' });
  const chat = new lambda.Function(stack, 'Chat', { ...PY, timeout: cdk.Duration.seconds(29), environment: { MODEL_ID: 'amazon.nova-lite-v1:0', HISTORY: history.tableName } });
  history.grantReadWriteData(chat);
  chat.addToRolePolicy(new iam.PolicyStatement({ actions: ['bedrock:InvokeModel', 'bedrock:InvokeModelWithResponseStream'], resources: [`arn:aws:bedrock:${stack.region}::foundation-model/*`] }));
  const api = new RestApi(stack, 'ChatApi', { defaultCorsPreflightOptions: { allowOrigins: ['*'], allowMethods: ['OPTIONS', 'POST'] }, deployOptions: { stageName: 'demo' } });
  api.root.addResource('chat').addMethod('POST', new LambdaIntegration(chat));
};
