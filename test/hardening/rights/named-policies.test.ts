import { CfnCondition, CfnParameter, Fn, Stack } from 'aws-cdk-lib';
import { CfnRule } from 'aws-cdk-lib/aws-events';
import { Bucket, CfnBucket, CfnBucketPolicy } from 'aws-cdk-lib/aws-s3';
import { CfnTopic, CfnTopicPolicy } from 'aws-cdk-lib/aws-sns';
import { CfnQueue, CfnQueuePolicy } from 'aws-cdk-lib/aws-sqs';
import { hardened } from '../support/compared';

const ALLOW = { Effect: 'Allow', Principal: { AWS: '444455556666' }, Resource: '*' };
const policyDocument = (Action: string) => ({ Version: '2012-10-17', Statement: [{ ...ALLOW, Action }] });

/** How many policies there are, and whether the one of the author's refuses plain HTTP. */
function policies(type: string, build: (stack: Stack) => void): unknown[] {
  const { template } = hardened(build, {}, { env: { account: '111122223333', region: 'eu-west-1' } });
  return Object.entries(template.findResources(type)).filter(([id]) => !id.startsWith('SharedSecurity'))
    .map(([id, { Properties }]) => [id, Properties.PolicyDocument.Statement.map(({ Effect }: { Effect: string }) => Effect)]);
}

test.each<[string, string, (stack: Stack) => void]>([
  ['a bucket by its name', 'AWS::S3::BucketPolicy', (stack) => {
    new CfnBucket(stack, 'Data', { bucketName: 'data-of-the-shop' });
    new CfnBucketPolicy(stack, 'Own', { bucket: 'data-of-the-shop', policyDocument: policyDocument('s3:GetObject') });
  }],
  ['a bucket by a parameter', 'AWS::S3::BucketPolicy', (stack) => {
    const name = new CfnParameter(stack, 'Name').valueAsString;
    new CfnBucket(stack, 'Data', { bucketName: name });
    new CfnBucketPolicy(stack, 'Own', { bucket: name, policyDocument: policyDocument('s3:GetObject') });
  }],
  ['a bucket by a name made of values', 'AWS::S3::BucketPolicy', (stack) => {
    new CfnBucket(stack, 'Data', { bucketName: Fn.sub('data-${AWS::Partition}') });
    new CfnBucketPolicy(stack, 'Own', { bucket: Fn.join('-', ['data', Fn.ref('AWS::Partition')]), policyDocument: policyDocument('s3:GetObject') });
  }],
  ['a queue by its URL', 'AWS::SQS::QueuePolicy', (stack) => {
    new CfnQueue(stack, 'Jobs', { queueName: 'jobs' });
    new CfnQueuePolicy(stack, 'Own', { queues: ['https://sqs.eu-west-1.amazonaws.com/111122223333/jobs'], policyDocument: policyDocument('sqs:SendMessage') });
  }],
  ['a topic by its ARN', 'AWS::SNS::TopicPolicy', (stack) => {
    new CfnTopic(stack, 'News', { topicName: 'news' });
    new CfnTopicPolicy(stack, 'Own', { topics: [Fn.sub('arn:${AWS::Partition}:sns:${AWS::Region}:${AWS::AccountId}:news')], policyDocument: policyDocument('sns:Publish') });
  }],
])('the policy that names %s is extended, and no second one overwrites it', (_, type, build) => {
  expect(policies(type, build)).toEqual([['Own', ['Allow', 'Deny']]]);
});

test('a policy for another name is for another bucket', () => {
  expect(policies('AWS::S3::BucketPolicy', (stack) => {
    new Bucket(stack, 'Data', { bucketName: 'data-of-the-shop' });
    new CfnBucketPolicy(stack, 'Own', { bucket: 'old-data-of-the-shop', policyDocument: policyDocument('s3:GetObject') });
  })).toEqual([[expect.stringMatching(/^DataPolicy/), ['Deny']], ['Own', ['Allow']]]);
});

test('a bucket whose policy, which names it, admits everybody stays open', () => {
  const { changes } = hardened((stack) => {
    new CfnBucket(stack, 'Data', { bucketName: 'open-data' });
    new CfnBucketPolicy(stack, 'Own', { bucket: 'open-data', policyDocument: { Version: '2012-10-17', Statement: { Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: 'arn:aws:s3:::open-data/*' } } });
  });

  expect(changes.filter(({ property }) => property.startsWith('PublicAccessBlock')).map(({ outcome }) => outcome)).toEqual(['proposed']);
});

test.each<[string, (stack: Stack) => string]>([
  ['written out', () => 'arn:aws:sqs:eu-west-1:111122223333:failed-jobs'],
  ['put together', () => Fn.sub('arn:${AWS::Partition}:sqs:eu-west-1:111122223333:failed-jobs')],
  ['of CDK', (stack) => stack.formatArn({ service: 'sqs', resource: 'failed-jobs' })],
])('a queue for failed messages that is named by an ARN, %s, is one', (_, arnOf) => {
  const { changes, template } = hardened((stack) => {
    const deadLetterTargetArn = arnOf(stack);
    new CfnQueue(stack, 'Failed', { queueName: 'failed-jobs' });
    new CfnQueue(stack, 'Jobs', { queueName: 'jobs', redrivePolicy: { deadLetterTargetArn, maxReceiveCount: 3 } });
  }, {}, { env: { account: '111122223333', region: 'eu-west-1' } });

  expect(template.findResources('AWS::SQS::Queue').Failed.Properties).toMatchObject({
    RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':sqs:eu-west-1:111122223333:jobs']] }] },
  });
  expect(changes.filter(({ at, property }) => at === 'Shop/Failed' && property === 'RedrivePolicy')).toStrictEqual([]);
});

test('a queue of that name in another region, or another name, is none', () => {
  const { template } = hardened((stack) => {
    new CfnQueue(stack, 'Second', { queueName: 'failed-jobs' });
    new CfnQueue(stack, 'Jobs', { redrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-central-1:111122223333:failed-jobs', maxReceiveCount: 3 } });
    new CfnQueue(stack, 'More', { redrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed', maxReceiveCount: 3 } });
  }, {}, { env: { account: '111122223333', region: 'eu-west-1' } });

  expect(template.findResources('AWS::SQS::Queue').Second.Properties).not.toHaveProperty('RedriveAllowPolicy');
});

test('a queue named so is closed to no queue that puts its failures there by name, when services do it by reference', () => {
  const { template } = hardened((stack) => {
    const failed = new CfnQueue(stack, 'Failed', { queueName: 'failed-jobs' });
    new CfnRule(stack, 'Nightly', { scheduleExpression: 'rate(1 day)', targets: [{ id: 'One', arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs', deadLetterConfig: { arn: failed.attrArn } }] });
    new CfnQueue(stack, 'Jobs', { queueName: 'jobs', redrivePolicy: { deadLetterTargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed-jobs', maxReceiveCount: 3 } });
  }, {}, { env: { account: '111122223333', region: 'eu-west-1' } });

  expect(template.findResources('AWS::SQS::Queue').Failed.Properties.RedriveAllowPolicy).toMatchObject({ redrivePermission: 'byQueue' });
});

test('a queue that takes failed messages only under a condition is one, and goes on to no other', () => {
  const { changes } = hardened((stack) => {
    new CfnCondition(stack, 'IsProd', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1') });
    const failed = new CfnQueue(stack, 'Errors');
    const redrivePolicy = Fn.conditionIf('IsProd', { deadLetterTargetArn: failed.attrArn, maxReceiveCount: 3 }, Fn.ref('AWS::NoValue'));
    new CfnQueue(stack, 'Jobs', { redrivePolicy });
  });

  expect(changes.filter(({ at, property }) => at === 'Shop/Errors' && property === 'RedrivePolicy')).toStrictEqual([]);
});
