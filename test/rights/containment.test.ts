import { Stack } from 'aws-cdk-lib';
import { allowed, denied, rights } from './support/rights';
import { Containment } from '../../src/containment/containment';
import { ContainmentMode } from '../../src/containment/containment-mode';
import { ContainmentTarget } from '../../src/containment/containment-target';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { aFunction } from '../support/self-audit';

const TAG = 'aws:ResourceTag/cdk-secure-serverless:containment';
const MAPPING = 'arn:aws:lambda:eu-west-1:111122223333:event-source-mapping:4cf1a7b4-1d0b-4d7e-9f4e-000000000000';

/** A containment that protects a function and a bucket, and a function and a bucket that it does not. */
function setting(stack: Stack, mode?: ContainmentMode) {
  const containment = new Containment(stack, 'Containment', { bus: new SecureEventBus(stack, 'Findings'), mode });
  const fn = aFunction(stack);
  const other = aFunction(stack, 'Other');
  const bucket = new SecureBucket(stack, 'Receipts');
  containment.protect(ContainmentTarget.function(fn), ContainmentTarget.bucket(bucket));
  return {
    containment,
    names: {
      fn: fn.functionArn,
      role: fn.role!.roleArn,
      other: other.functionArn,
      otherRole: other.role!.roleArn,
      bucket: bucket.bucketArn,
      otherBucket: new SecureBucket(stack, 'Private').bucketArn,
      self: containment.responder.functionArn,
      selfRole: containment.responder.role!.roleArn,
      undo: containment.undoFunction.functionArn,
      undoRole: containment.undoFunction.role!.roleArn,
      log: containment.actionLog.tableArn,
    },
  };
}

const tagged = { [TAG]: 'Shop-Containment-E25DE2DC' };

rights('Containment, who contains', (stack) => {
  const { containment, names } = setting(stack);
  return { who: containment.responder, ...names };
}, [
  allowed('lambda:PutFunctionConcurrency', '{fn}', tagged),
  denied('lambda:PutFunctionConcurrency', '{fn}'),
  denied('lambda:PutFunctionConcurrency', '{fn}', { [TAG]: 'Shop-Second' }),
  denied('lambda:PutFunctionConcurrency', '{other}', tagged),
  denied('lambda:DeleteFunctionConcurrency', '{fn}', tagged),
  denied('lambda:UpdateFunctionCode', '{fn}', tagged),
  denied('lambda:InvokeFunction', '{fn}', tagged),
  allowed('lambda:UpdateEventSourceMapping', MAPPING, { 'lambda:FunctionArn': '{fn}' }),
  allowed('lambda:UpdateEventSourceMapping', MAPPING, { 'lambda:FunctionArn': '{fn}:live' }),
  denied('lambda:UpdateEventSourceMapping', MAPPING, { 'lambda:FunctionArn': '{other}' }),
  denied('lambda:UpdateEventSourceMapping', MAPPING),
  allowed('iam:PutRolePolicy', '{role}', tagged),
  denied('iam:PutRolePolicy', '{role}'),
  denied('iam:PutRolePolicy', '{otherRole}', tagged),
  denied('iam:DeleteRolePolicy', '{role}', tagged),
  denied('iam:AttachRolePolicy', '{role}', tagged),
  allowed('s3:PutBucketPolicy', '{bucket}'),
  denied('s3:PutBucketPolicy', '{otherBucket}', tagged),
  denied('s3:DeleteBucketPolicy', '{bucket}'),
  denied('s3:GetObject', '{bucket}/receipt.pdf'),
  denied('s3:DeleteObject', '{bucket}/receipt.pdf'),
  // itself, even with its own tag
  denied('lambda:PutFunctionConcurrency', '{self}', tagged),
  denied('lambda:PutFunctionConcurrency', '{undo}', tagged),
  denied('lambda:InvokeFunction', '{undo}', tagged),
  denied('iam:PutRolePolicy', '{selfRole}', tagged),
  denied('iam:PutRolePolicy', '{undoRole}', tagged),
  allowed('dynamodb:PutItem', '{log}'),
  denied('dynamodb:DeleteItem', '{log}'),
  denied('dynamodb:DeleteTable', '{log}'),
]);

rights('Containment, who undoes', (stack) => {
  const { containment, names } = setting(stack);
  return { who: containment.undoFunction, ...names };
}, [
  allowed('lambda:DeleteFunctionConcurrency', '{fn}'), // also where somebody took the tag away
  denied('lambda:DeleteFunctionConcurrency', '{other}', tagged),
  allowed('iam:DeleteRolePolicy', '{role}'),
  denied('iam:PutRolePolicy', '{role}', tagged),
  denied('iam:DeleteRolePolicy', '{otherRole}', tagged),
  denied('iam:DeleteRolePolicy', '{selfRole}', tagged),
  allowed('s3:DeleteBucketPolicy', '{bucket}'),
  denied('s3:DeleteBucketPolicy', '{otherBucket}'),
  denied('lambda:PutFunctionConcurrency', '{self}'),
  denied('dynamodb:DeleteItem', '{log}'),
]);

rights('Containment in a dry run', (stack) => {
  const { containment, names } = setting(stack, ContainmentMode.dryRun());
  return { who: containment.responder, ...names };
}, [
  allowed('lambda:GetFunctionConcurrency', '{fn}', tagged),
  allowed('s3:GetBucketPolicy', '{bucket}'),
  denied('lambda:PutFunctionConcurrency', '{fn}', tagged),
  denied('lambda:UpdateEventSourceMapping', MAPPING, { 'lambda:FunctionArn': '{fn}' }),
  denied('iam:PutRolePolicy', '{role}', tagged),
  denied('s3:PutBucketPolicy', '{bucket}'),
]);

rights('Containment with approval: who contains cannot approve', (stack) => {
  const { containment, names } = setting(stack, ContainmentMode.approval());
  return {
    who: containment.responder, ...names, answer: containment.answerFunction!.functionArn, machine: containment.stateMachine!.stateMachineArn,
  };
}, [
  denied('lambda:InvokeFunction', '{answer}'),
  denied('states:SendTaskSuccess', '{machine}'),
  allowed('iam:PutRolePolicy', '{role}', tagged),
]);

rights('Containment with approval: who answers cannot contain', (stack) => {
  const { containment, names } = setting(stack, ContainmentMode.approval());
  return { who: containment.answerFunction!, ...names, machine: containment.stateMachine!.stateMachineArn };
}, [
  allowed('states:SendTaskSuccess', '{machine}'),
  denied('iam:PutRolePolicy', '{role}', tagged),
  denied('lambda:PutFunctionConcurrency', '{fn}', tagged),
]);
