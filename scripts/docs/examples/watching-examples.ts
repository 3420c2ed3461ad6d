import {
  aws_accessanalyzer as accessanalyzer, aws_cloudtrail as cloudtrail, aws_cloudwatch as cloudwatch, aws_events as events, aws_lambda as lambda,
  aws_logs as logs, aws_secretsmanager as secretsmanager, aws_sqs as sqs, aws_stepfunctions as stepfunctions, aws_wafv2 as wafv2, Stack,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const THRESHOLD = { evaluationPeriods: 1, comparisonOperator: 'GreaterThanThreshold', threshold: 0, period: 300, statistic: 'Sum' };

function placeOrder(stack: Stack, logGroup?: logs.ILogGroup): lambda.Function {
  return new lambda.Function(stack, 'PlaceOrder', {
    runtime: lambda.Runtime.NODEJS_24_X, handler: 'index.handler', code: lambda.Code.fromInline('exports.handler = async () => ({})'), logGroup,
  });
}

export const WATCHING_EXAMPLES: RuleExamples = {
  AlarmAction: {
    violates(stack) {
      new cloudwatch.CfnAlarm(stack, 'Errors', { ...THRESHOLD, namespace: 'AWS/Lambda', metricName: 'Errors' });
    },
    passes(stack) {
      const alarmActions = ['arn:aws:sns:eu-west-1:111122223333:alarms'];
      new cloudwatch.CfnAlarm(stack, 'Errors', { ...THRESHOLD, namespace: 'AWS/Lambda', metricName: 'Errors', alarmActions });
    },
  },
  AlarmMissingData: {
    violates(stack) {
      new cloudwatch.CfnAlarm(stack, 'Errors', { ...THRESHOLD, namespace: 'AWS/Lambda', metricName: 'Errors', treatMissingData: 'ignore' });
    },
    passes(stack) {
      new cloudwatch.CfnAlarm(stack, 'Errors', { ...THRESHOLD, namespace: 'AWS/Lambda', metricName: 'Errors', treatMissingData: 'notBreaching' });
    },
  },
  AlarmNeverRings: {
    violates(stack) {
      new cloudwatch.CfnAlarm(stack, 'Errors', { ...THRESHOLD, threshold: 1_000_000, namespace: 'AWS/Lambda', metricName: 'Errors' });
    },
    passes(stack) {
      new cloudwatch.CfnAlarm(stack, 'Errors', { ...THRESHOLD, namespace: 'AWS/Lambda', metricName: 'Errors' });
    },
  },
  DeadLetterAlarm: {
    violates(stack) {
      const failed = new sqs.Queue(stack, 'Failed');
      new sqs.Queue(stack, 'Orders', { deadLetterQueue: { queue: failed, maxReceiveCount: 3 } });
    },
    passes(stack) {
      const failed = new sqs.Queue(stack, 'Failed');
      new sqs.Queue(stack, 'Orders', { deadLetterQueue: { queue: failed, maxReceiveCount: 3 } });
      failed.metricApproximateNumberOfMessagesVisible().createAlarm(stack, 'Waiting', { threshold: 1, evaluationPeriods: 1 });
    },
  },
  FindingArchiveWide: {
    violates(stack) {
      const archiveRules = [{ ruleName: 'ours', filter: [{ property: 'isPublic', eq: ['true'] }] }];
      new accessanalyzer.CfnAnalyzer(stack, 'Outside', { type: 'ACCOUNT', archiveRules });
    },
    passes(stack) {
      const archiveRules = [{ ruleName: 'site', filter: [{ property: 'resource', eq: ['arn:aws:s3:::shop-site'] }] }];
      new accessanalyzer.CfnAnalyzer(stack, 'Outside', { type: 'ACCOUNT', archiveRules });
    },
  },
  FunctionAlarm: {
    violates(stack) {
      placeOrder(stack);
    },
    passes(stack) {
      const fn = placeOrder(stack);
      fn.metricErrors().createAlarm(stack, 'Errors', { threshold: 1, evaluationPeriods: 1 });
      fn.metricThrottles().createAlarm(stack, 'Throttles', { threshold: 1, evaluationPeriods: 1 });
    },
  },
  WorkflowAlarm: {
    violates(stack) {
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Print')) });
    },
    passes(stack) {
      const definitionBody = stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Print'));
      const fulfil = new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody });
      fulfil.metricFailed().createAlarm(stack, 'Failed', { threshold: 1, evaluationPeriods: 1 });
    },
  },
  LogCustomerKey: {
    violates(stack) {
      new logs.CfnLogGroup(stack, 'Logs', { retentionInDays: 365 });
    },
    passes(stack) {
      new logs.CfnLogGroup(stack, 'Logs', { retentionInDays: 365, kmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/1234' });
    },
  },
  LogMasking: {
    violates(stack) {
      placeOrder(stack, new logs.LogGroup(stack, 'Logs')).addFunctionUrl();
    },
    passes(stack) {
      const dataProtectionPolicy = new logs.DataProtectionPolicy({ identifiers: [logs.DataIdentifier.EMAILADDRESS] });
      placeOrder(stack, new logs.LogGroup(stack, 'Logs', { dataProtectionPolicy })).addFunctionUrl();
    },
  },
  LogRetention: {
    violates(stack) {
      new logs.LogGroup(stack, 'Logs', { retention: logs.RetentionDays.INFINITE });
    },
    passes(stack) {
      new logs.LogGroup(stack, 'Logs', { retention: logs.RetentionDays.ONE_YEAR });
    },
  },
  SensitiveStoreAlarm: {
    violates(stack) {
      new secretsmanager.Secret(stack, 'Password');
    },
    passes(stack) {
      const password = new secretsmanager.Secret(stack, 'Password');
      new events.Rule(stack, 'Changed', {
        eventPattern: { source: ['aws.secretsmanager'], detail: { requestParameters: { secretId: [password.secretArn] } } },
      });
    },
  },
  TrailSettings: {
    violates(stack) {
      new cloudtrail.CfnTrail(stack, 'Trail', { isLogging: true, s3BucketName: 'shop-trail' });
    },
    passes(stack) {
      new cloudtrail.CfnTrail(stack, 'Trail', {
        isLogging: true,
        s3BucketName: 'shop-trail',
        enableLogFileValidation: true,
        isMultiRegionTrail: true,
        kmsKeyId: 'alias/trail',
        cloudWatchLogsLogGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:trail:*',
      });
    },
  },
  WebAclAlarm: {
    violates(stack) {
      const visibilityConfig = { metricName: 'front', cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
      new wafv2.CfnWebACL(stack, 'Front', { scope: 'REGIONAL', defaultAction: { allow: {} }, visibilityConfig });
    },
    passes(stack) {
      const visibilityConfig = { metricName: 'front', cloudWatchMetricsEnabled: true, sampledRequestsEnabled: true };
      new wafv2.CfnWebACL(stack, 'Front', { scope: 'REGIONAL', defaultAction: { allow: {} }, visibilityConfig });
      const blocked = { namespace: 'AWS/WAFV2', metricName: 'BlockedRequests', dimensions: [{ name: 'WebACL', value: 'front' }, { name: 'Rule', value: 'ALL' }] };
      new cloudwatch.CfnAlarm(stack, 'Flood', { ...THRESHOLD, ...blocked, alarmActions: ['arn:aws:sns:eu-west-1:111122223333:alarms'] });
    },
  },
};
