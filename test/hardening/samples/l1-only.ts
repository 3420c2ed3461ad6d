import { App, CfnOutput, Fn, Stack } from 'aws-cdk-lib';
import { CfnDeployment, CfnMethod, CfnResource, CfnRestApi, CfnStage } from 'aws-cdk-lib/aws-apigateway';
import { CfnTable } from 'aws-cdk-lib/aws-dynamodb';
import { CfnPolicy, CfnRole } from 'aws-cdk-lib/aws-iam';
import { CfnEventSourceMapping, CfnFunction, CfnPermission } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { CfnTopic } from 'aws-cdk-lib/aws-sns';
import { CfnQueue } from 'aws-cdk-lib/aws-sqs';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';

// An app that was carried over from a template by hand: L1s only, one shared role, ids as they were.
export const l1Only = (app: App): void => {
  const stack = new Stack(app, 'legacy');
  const bucket = new CfnBucket(stack, 'Inbox', {});
  const queue = new CfnQueue(stack, 'Jobs', { queueName: 'jobs', visibilityTimeout: 120 });
  const topic = new CfnTopic(stack, 'Done', {});
  const table = new CfnTable(stack, 'State', {
    attributeDefinitions: [{ attributeName: 'id', attributeType: 'S' }],
    keySchema: [{ attributeName: 'id', keyType: 'HASH' }],
    billingMode: 'PAY_PER_REQUEST',
  });
  const role = new CfnRole(stack, 'LambdaRole', {
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
    managedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole', 'arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole'],
  });
  new CfnPolicy(stack, 'LambdaPolicy', {
    policyName: 'lambda',
    roles: [role.ref],
    policyDocument: {
      Version: '2012-10-17',
      Statement: [
        { Effect: 'Allow', Action: 'dynamodb:*', Resource: table.attrArn },
        { Effect: 'Allow', Action: ['s3:Get*', 's3:List*'], Resource: [bucket.attrArn, Fn.join('', [bucket.attrArn, '/*'])] },
        { Effect: 'Allow', Action: 'sns:Publish', Resource: topic.ref },
      ],
    },
  });
  const worker = new CfnFunction(stack, 'Worker', {
    code: { zipFile: 'exports.handler = async () => {};' },
    handler: 'index.handler',
    runtime: 'nodejs20.x',
    role: role.attrArn,
    environment: { variables: { TABLE: table.ref, TOPIC: topic.ref } },
  });
  worker.addDependency(bucket);
  new CfnEventSourceMapping(stack, 'JobsToWorker', { functionName: worker.ref, eventSourceArn: queue.attrArn, batchSize: 10 });

  const front = new CfnFunction(stack, 'Front', { code: { zipFile: 'def handler(e, c): return {"statusCode": 200}' }, handler: 'index.handler', runtime: 'python3.12', role: role.attrArn });
  const api = new CfnRestApi(stack, 'Api', { name: 'legacy' });
  const jobs = new CfnResource(stack, 'JobsResource', { parentId: api.attrRootResourceId, pathPart: 'jobs', restApiId: api.ref });
  const post = new CfnMethod(stack, 'PostJobs', {
    restApiId: api.ref,
    resourceId: jobs.ref,
    httpMethod: 'POST',
    authorizationType: 'NONE',
    integration: { type: 'AWS_PROXY', integrationHttpMethod: 'POST', uri: `arn:aws:apigateway:${stack.region}:lambda:path/2015-03-31/functions/${front.attrArn}/invocations` },
  });
  const deployment = new CfnDeployment(stack, 'Deployment', { restApiId: api.ref });
  deployment.addDependency(post);
  new CfnStage(stack, 'Stage', { restApiId: api.ref, deploymentId: deployment.ref, stageName: 'prod' });
  new CfnPermission(stack, 'ApiMayInvoke', { action: 'lambda:InvokeFunction', functionName: front.ref, principal: 'apigateway.amazonaws.com' });

  const machineRole = new CfnRole(stack, 'MachineRole', {
    assumeRolePolicyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Principal: { Service: `states.${stack.region}.amazonaws.com` }, Action: 'sts:AssumeRole' }] },
    policies: [{ policyName: 'invoke', policyDocument: { Version: '2012-10-17', Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: worker.attrArn }] } }],
  });
  new CfnStateMachine(stack, 'Machine', {
    roleArn: machineRole.attrArn,
    definitionString: Fn.sub('{"StartAt":"Work","States":{"Work":{"Type":"Task","Resource":"${Worker.Arn}","End":true}}}'),
  });
  new CfnOutput(stack, 'QueueUrl', { value: queue.ref });
};
