import {
  aws_stepfunctions as stepfunctions, aws_stepfunctions_tasks as tasks, Duration,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

const FULFIL = {
  roleArn: 'arn:aws:iam::111122223333:role/fulfil',
  definition: { StartAt: 'Done', TimeoutSeconds: 3600, States: { Done: { Type: 'Succeed' } } },
};
const LOGS = [{ cloudWatchLogsLogGroup: { logGroupArn: 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/vendedlogs/states/fulfil:*' } }];
const KEY = 'arn:aws:kms:eu-west-1:111122223333:key/11111111-2222-3333-4444-555555555555';

export const WORKFLOW_EXAMPLES: RuleExamples = {
  MapConcurrency: {
    violates(stack) {
      const each = new stepfunctions.DistributedMap(stack, 'Each', { itemsPath: '$.orders' });
      each.itemProcessor(new stepfunctions.Pass(stack, 'Print'));
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(each) });
    },
    passes(stack) {
      const each = new stepfunctions.DistributedMap(stack, 'Each', { itemsPath: '$.orders', maxConcurrency: 20 });
      each.itemProcessor(new stepfunctions.Pass(stack, 'Print'));
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(each) });
    },
  },
  TaskErrorCatch: {
    violates(stack) {
      const ask = new tasks.CallAwsService(stack, 'Ask', { service: 'dynamodb', action: 'getItem', iamResources: ['*'] });
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(ask) });
    },
    passes(stack) {
      const ask = new tasks.CallAwsService(stack, 'Ask', { service: 'dynamodb', action: 'getItem', iamResources: ['*'] });
      ask.addCatch(new stepfunctions.Fail(stack, 'Failed'));
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(ask) });
    },
  },
  TaskHeartbeat: {
    violates(stack) {
      const ask = new stepfunctions.CustomState(stack, 'Ask', {
        stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', End: true },
      });
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(ask) });
    },
    passes(stack) {
      const ask = new stepfunctions.CustomState(stack, 'Ask', {
        stateJson: { Type: 'Task', Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken', HeartbeatSeconds: 300, End: true },
      });
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(ask) });
    },
  },
  TaskRetryLimit: {
    violates(stack) {
      const ask = new tasks.CallAwsService(stack, 'Ask', { service: 'dynamodb', action: 'getItem', iamResources: ['*'] });
      ask.addRetry({ maxAttempts: 9999 });
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(ask) });
    },
    passes(stack) {
      const ask = new tasks.CallAwsService(stack, 'Ask', { service: 'dynamodb', action: 'getItem', iamResources: ['*'] });
      ask.addRetry({ maxAttempts: 3 });
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody: stepfunctions.DefinitionBody.fromChainable(ask) });
    },
  },
  WorkflowExecutionData: {
    violates(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', { ...FULFIL, loggingConfiguration: { level: 'ALL', includeExecutionData: true, destinations: LOGS } });
    },
    passes(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', { ...FULFIL, loggingConfiguration: { level: 'ALL', includeExecutionData: false, destinations: LOGS } });
    },
  },
  WorkflowKey: {
    violates(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', FULFIL);
    },
    passes(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', { ...FULFIL, encryptionConfiguration: { type: 'CUSTOMER_MANAGED_KMS_KEY', kmsKeyId: KEY } });
    },
  },
  WorkflowLogging: {
    violates(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', FULFIL);
    },
    passes(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', { ...FULFIL, loggingConfiguration: { level: 'ALL', destinations: LOGS } });
    },
  },
  WorkflowTimeout: {
    violates(stack) {
      const definitionBody = stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Done'));
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody });
    },
    passes(stack) {
      const definitionBody = stepfunctions.DefinitionBody.fromChainable(new stepfunctions.Pass(stack, 'Done'));
      new stepfunctions.StateMachine(stack, 'Fulfil', { definitionBody, timeout: Duration.hours(1) });
    },
  },
  WorkflowTracing: {
    violates(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', FULFIL);
    },
    passes(stack) {
      new stepfunctions.CfnStateMachine(stack, 'Fulfil', { ...FULFIL, tracingConfiguration: { enabled: true } });
    },
  },
};
