import {
  aws_events as events, aws_pipes as pipes, aws_scheduler as scheduler, aws_transfer as transfer, SecretValue,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';
const QUEUE = 'arn:aws:sqs:eu-west-1:111122223333:failed';
const PIPE = {
  roleArn: 'arn:aws:iam::111122223333:role/pipe', source: 'arn:aws:kinesis:eu-west-1:111122223333:stream/clicks', target: 'arn:aws:sqs:eu-west-1:111122223333:counts',
};
const NIGHTLY = { flexibleTimeWindow: { mode: 'OFF' }, scheduleExpression: 'rate(1 day)' };
const TARGET = { arn: 'arn:aws:lambda:eu-west-1:111122223333:function:clean', roleArn: 'arn:aws:iam::111122223333:role/clean' };
const LOGIN = { identityProviderType: 'AWS_LAMBDA', identityProviderDetails: { function: 'arn:aws:lambda:eu-west-1:111122223333:function:login' } };
const CONNECTION = 'arn:aws:events:eu-west-1:111122223333:connection/partner/1';

export const INTEGRATION_EXAMPLES: RuleExamples = {
  ApiDestinationTransport: {
    violates(stack) {
      new events.CfnApiDestination(stack, 'Partner', {
        connectionArn: CONNECTION, httpMethod: 'POST', invocationEndpoint: 'http://partner.example.com',
      });
    },
    passes(stack) {
      new events.CfnApiDestination(stack, 'Partner', {
        connectionArn: CONNECTION, httpMethod: 'POST', invocationEndpoint: 'https://partner.example.com',
      });
    },
  },
  ConnectionSecret: {
    violates(stack) {
      new events.Connection(stack, 'Partner', {
        authorization: events.Authorization.basic('shop', SecretValue.unsafePlainText('in-the-clear')),
      });
    },
    passes(stack) {
      new events.Connection(stack, 'Partner', {
        authorization: events.Authorization.basic('shop', SecretValue.secretsManager('partner', { jsonField: 'password' })),
      });
    },
  },
  ConnectionTokenTransport: {
    violates(stack) {
      new events.Connection(stack, 'Partner', {
        authorization: events.Authorization.oauth({
          authorizationEndpoint: 'http://partner.example.com/token',
          clientId: 'shop',
          clientSecret: SecretValue.secretsManager('partner'),
          httpMethod: events.HttpMethod.POST,
        }),
      });
    },
    passes(stack) {
      new events.Connection(stack, 'Partner', {
        authorization: events.Authorization.oauth({
          authorizationEndpoint: 'https://partner.example.com/token',
          clientId: 'shop',
          clientSecret: SecretValue.secretsManager('partner'),
          httpMethod: events.HttpMethod.POST,
        }),
      });
    },
  },
  FileServerCiphers: {
    violates(stack) {
      new transfer.CfnServer(stack, 'Files', { protocols: ['SFTP'] });
    },
    passes(stack) {
      new transfer.CfnServer(stack, 'Files', { protocols: ['SFTP'], securityPolicyName: 'TransferSecurityPolicy-2024-01' });
    },
  },
  FileServerLog: {
    violates(stack) {
      new transfer.CfnServer(stack, 'Files', { protocols: ['SFTP'] });
    },
    passes(stack) {
      const structuredLogDestinations = ['arn:aws:logs:eu-west-1:111122223333:log-group:files'];
      new transfer.CfnServer(stack, 'Files', { protocols: ['SFTP'], structuredLogDestinations });
    },
  },
  FileServerPasswords: {
    violates(stack) {
      new transfer.CfnServer(stack, 'Files', LOGIN);
    },
    passes(stack) {
      new transfer.CfnServer(stack, 'Files', {
        ...LOGIN, identityProviderDetails: { ...LOGIN.identityProviderDetails, sftpAuthenticationMethods: 'PUBLIC_KEY' },
      });
    },
  },
  FileServerPlaintext: {
    violates(stack) {
      new transfer.CfnServer(stack, 'Files', { protocols: ['FTP', 'SFTP'] });
    },
    passes(stack) {
      new transfer.CfnServer(stack, 'Files', { protocols: ['SFTP'] });
    },
  },
  PipeDeadLetter: {
    violates(stack) {
      const kinesisStreamParameters = { startingPosition: 'LATEST' };
      new pipes.CfnPipe(stack, 'Count', { ...PIPE, sourceParameters: { kinesisStreamParameters } });
    },
    passes(stack) {
      const kinesisStreamParameters = { startingPosition: 'LATEST', maximumRetryAttempts: 5, deadLetterConfig: { arn: QUEUE } };
      new pipes.CfnPipe(stack, 'Count', { ...PIPE, sourceParameters: { kinesisStreamParameters } });
    },
  },
  PipeExecutionData: {
    violates(stack) {
      new pipes.CfnPipe(stack, 'Count', { ...PIPE, logConfiguration: { level: 'INFO', includeExecutionData: ['ALL'] } });
    },
    passes(stack) {
      new pipes.CfnPipe(stack, 'Count', { ...PIPE, logConfiguration: { level: 'INFO' } });
    },
  },
  PipeKey: {
    violates(stack) {
      new pipes.CfnPipe(stack, 'Count', PIPE);
    },
    passes(stack) {
      new pipes.CfnPipe(stack, 'Count', { ...PIPE, kmsKeyIdentifier: KEY });
    },
  },
  PipeLogging: {
    violates(stack) {
      new pipes.CfnPipe(stack, 'Count', PIPE);
    },
    passes(stack) {
      const cloudwatchLogsLogDestination = { logGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/vendedlogs/pipes/count' };
      new pipes.CfnPipe(stack, 'Count', { ...PIPE, logConfiguration: { level: 'ERROR', cloudwatchLogsLogDestination } });
    },
  },
  ScheduleDeadLetter: {
    violates(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: TARGET });
    },
    passes(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: { ...TARGET, deadLetterConfig: { arn: QUEUE } } });
    },
  },
  ScheduleGroup: {
    violates(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: TARGET });
    },
    passes(stack) {
      const groupName = new scheduler.CfnScheduleGroup(stack, 'Shop').ref;
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: TARGET, groupName });
    },
  },
  ScheduleKey: {
    violates(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: TARGET });
    },
    passes(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: TARGET, kmsKeyArn: KEY });
    },
  },
  ScheduleRetryLimit: {
    violates(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: TARGET });
    },
    passes(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', { ...NIGHTLY, target: { ...TARGET, retryPolicy: { maximumRetryAttempts: 3 } } });
    },
  },
};
