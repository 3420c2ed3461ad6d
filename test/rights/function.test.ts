import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { allowed, denied, rights, through } from './support/rights';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { aFunction } from '../support/self-audit';

rights('SecureFunction by itself', (stack) => {
  const fn = aFunction(stack);
  return { who: fn, fn: fn.functionArn, logs: fn.logGroup.logGroupArn, key: StackDataKey.of(stack).keyArn };
}, [
  allowed('logs:PutLogEvents', '{logs}'),
  allowed('logs:CreateLogStream', '{logs}'),
  allowed('xray:PutTraceSegments', '*'),
  denied('xray:PutTraceSegments', '*', { 'aws:RequestedRegion': 'us-east-1' }),
  denied('logs:CreateLogGroup', '{logs}'),
  denied('logs:DeleteLogGroup', '{logs}'),
  denied('logs:PutLogEvents', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/lambda/another:*'),
  denied('lambda:InvokeFunction', '{fn}'),
  denied('lambda:UpdateFunctionCode', '{fn}'),
  denied('kms:Decrypt', '{key}'),
  denied('iam:PassRole', 'arn:aws:iam::111122223333:role/admin'),
  denied('ec2:CreateNetworkInterface', '*'),
  denied('sts:AssumeRole', 'arn:aws:iam::111122223333:role/admin'),
]);

rights('SecureFunction in a network', (stack) => {
  const fn = aFunction(stack, 'Orders', { network: { vpc: new Vpc(stack, 'Vpc') } });
  return { who: fn, fn: fn.functionArn };
}, [
  allowed('ec2:CreateNetworkInterface', '*'),
  allowed('ec2:DeleteNetworkInterface', '*'),
  denied('ec2:CreateNetworkInterface', '*', { 'aws:RequestedRegion': 'us-east-1' }),
  denied('ec2:CreateNetworkInterface', '*', { 'lambda:SourceFunctionArn': '{fn}' }),
  denied('ec2:RunInstances', '*'),
]);

rights('SecureFunction with a secret', (stack) => {
  const secret = new Secret(stack, 'Token', { encryptionKey: StackDataKey.of(stack) });
  const other = new Secret(stack, 'Other', { encryptionKey: StackDataKey.of(stack) });
  const fn = aFunction(stack, 'Orders', { secrets: { TOKEN: secret } });
  return { who: fn, secret: secret.secretArn, other: other.secretArn, key: StackDataKey.of(stack).keyArn };
}, [
  allowed('secretsmanager:GetSecretValue', '{secret}'),
  allowed('kms:Decrypt', '{key}', through('secretsmanager')),
  denied('secretsmanager:GetSecretValue', '{other}'),
  denied('secretsmanager:PutSecretValue', '{secret}'),
  denied('secretsmanager:DeleteSecret', '{secret}'),
  denied('kms:Decrypt', '{key}', through('s3')),
]);

rights('SecureFunction that keeps failed events', (stack) => {
  const fn = aFunction(stack);
  fn.configureAsyncInvoke({});
  return { who: fn, queue: fn.failureQueue!.queueArn, key: StackDataKey.of(stack).keyArn };
}, [
  allowed('sqs:SendMessage', '{queue}'),
  allowed('kms:GenerateDataKey', '{key}', through('sqs', { 'kms:EncryptionContext:aws:sqs:arn': '{queue}' })),
  denied('kms:GenerateDataKey', '{key}', through('sqs', { 'kms:EncryptionContext:aws:sqs:arn': 'arn:aws:sqs:eu-west-1:111122223333:other' })),
  denied('sqs:SendMessage', '{queue}', { 'aws:SecureTransport': 'false' }),
  denied('sqs:ReceiveMessage', '{queue}'),
  denied('sqs:DeleteMessage', '{queue}'),
  denied('sqs:PurgeQueue', '{queue}'),
  denied('kms:GenerateDataKey', '{key}'),
]);

rights('SecureFunction.allowInvoke', (stack) => {
  const fn = aFunction(stack);
  const caller = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  fn.allowInvoke(caller);
  return { who: caller, fn: fn.functionArn };
}, [
  allowed('lambda:InvokeFunction', '{fn}'),
  denied('lambda:InvokeFunction', '{fn}:live'),
  denied('lambda:InvokeFunctionUrl', '{fn}'),
  denied('lambda:UpdateFunctionConfiguration', '{fn}'),
  denied('lambda:GetFunction', '{fn}'),
]);

rights('a version of a SecureFunction, through CDK\'s own grant', (stack) => {
  const fn = aFunction(stack);
  const caller = new Role(stack, 'Caller', { assumedBy: new ServicePrincipal('ec2.amazonaws.com') });
  fn.currentVersion.grantInvoke(caller);
  return { who: caller, fn: fn.functionArn };
}, [
  allowed('lambda:InvokeFunction', '{fn}:1'),
  denied('lambda:InvokeFunction', '{fn}'),
  denied('lambda:InvokeFunction', '{fn}:2'),
  denied('lambda:InvokeFunction', '{fn}:live'),
]);

rights('a topic that calls a SecureFunction', (stack) => {
  const fn = aFunction(stack);
  const topic = new Topic(stack, 'Placed');
  topic.addSubscription(new LambdaSubscription(fn));
  return { who: 'sns.amazonaws.com', fn: fn.functionArn, topic: topic.topicArn };
}, [
  allowed('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': '{topic}', 'aws:SourceAccount': '111122223333' }),
  denied('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': '{topic}', 'aws:SourceAccount': '444455556666' }),
  denied('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:other', 'aws:SourceAccount': '111122223333' }),
  denied('lambda:InvokeFunction', '{fn}'),
]);

rights('SecureApi that calls a SecureFunction', (stack) => {
  const fn = aFunction(stack);
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  api.addRoute('GET', '/orders/{id}', fn);
  return { who: 'apigateway.amazonaws.com', fn: fn.functionArn, api: api.restApi.arnForExecuteApi('GET', '/orders/1', 'prod'), anyApi: 'arn:aws:execute-api:eu-west-1:111122223333:other/prod/GET/orders/1' };
}, [
  allowed('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': '{api}', 'aws:SourceAccount': '111122223333' }),
  denied('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': '{anyApi}', 'aws:SourceAccount': '111122223333' }),
  denied('lambda:InvokeFunction', '{fn}'),
]);

rights('CloudWatch and the alarm topic of a stack', (stack) => ({
  who: 'cloudwatch.amazonaws.com', topic: StackAlarmTopic.of(stack).topicArn, key: StackDataKey.of(stack).keyArn,
}), [
  allowed('sns:Publish', '{topic}', { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x' }),
  allowed('kms:GenerateDataKey', '{key}', { 'aws:SourceAccount': '111122223333', 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:111122223333:alarm:x' }),
  denied('sns:Publish', '{topic}', { 'aws:SourceAccount': '444455556666', 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:444455556666:alarm:x' }),
  denied('kms:GenerateDataKey', '{key}', { 'aws:SourceAccount': '444455556666', 'aws:SourceArn': 'arn:aws:cloudwatch:eu-west-1:444455556666:alarm:x' }),
  denied('sns:Subscribe', '{topic}'),
  denied('kms:CreateGrant', '{key}'),
]);
