import { App, Duration, Stack } from 'aws-cdk-lib';
import * as iam from 'aws-cdk-lib/aws-iam';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3n from 'aws-cdk-lib/aws-s3-notifications';
import { asset } from './sample';

// Pictures uploaded to one bucket become thumbnails in another; rights written as statements by hand.
export const thumbnails = (app: App): void => {
  const stack = new Stack(app, 'ThumbnailStack');

  const uploads = new s3.Bucket(stack, 'UploadBucket');
  const thumbs = new s3.Bucket(stack, 'ThumbnailBucket');

  const resize = new lambda.Function(stack, 'ResizeFn', {
    code: lambda.Code.fromAsset(asset('handler')),
    handler: 'index.handler',
    runtime: lambda.Runtime.NODEJS_22_X,
    timeout: Duration.minutes(1),
    memorySize: 1024,
    environment: { DEST_BUCKET: thumbs.bucketName },
  });
  resize.addToRolePolicy(new iam.PolicyStatement({
    actions: ['s3:GetObject'],
    resources: [`${uploads.bucketArn}/*`],
  }));
  resize.addToRolePolicy(new iam.PolicyStatement({
    effect: iam.Effect.ALLOW,
    actions: ['s3:PutObject', 's3:PutObjectAcl'],
    resources: [thumbs.bucketArn + '/*'],
  }));

  uploads.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(resize), { suffix: '.jpg' });
  uploads.addEventNotification(s3.EventType.OBJECT_CREATED, new s3n.LambdaDestination(resize), { suffix: '.png' });
};
