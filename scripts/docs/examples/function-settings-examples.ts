import { aws_efs as efs, aws_lambda as lambda, aws_logs as logs } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

/** What every function needs. */
const PRINT = {
  role: 'arn:aws:iam::111122223333:role/print', runtime: 'nodejs24.x', handler: 'index.handler', code: { s3Bucket: 'artifacts', s3Key: 'print.zip' },
};


export const FUNCTION_SETTINGS_EXAMPLES: RuleExamples = {
  CodeSigningEnforced: {
    violates(stack) {
      new lambda.CfnCodeSigningConfig(stack, 'Signing', {
        allowedPublishers: { signingProfileVersionArns: ['arn:aws:signer:eu-west-1:111122223333:/signing-profiles/shop/1'] },
      });
    },
    passes(stack) {
      new lambda.CfnCodeSigningConfig(stack, 'Signing', {
        allowedPublishers: { signingProfileVersionArns: ['arn:aws:signer:eu-west-1:111122223333:/signing-profiles/shop/1'] },
        codeSigningPolicies: { untrustedArtifactOnDeployment: 'Enforce' },
      });
    },
  },
  FileAccessPoint: {
    violates(stack) {
      new efs.CfnAccessPoint(stack, 'Files', { fileSystemId: 'fs-0123456789abcdef0' });
    },
    passes(stack) {
      new efs.CfnAccessPoint(stack, 'Files', {
        fileSystemId: 'fs-0123456789abcdef0',
        posixUser: { uid: '1001', gid: '1001' },
        rootDirectory: { path: '/orders' },
      });
    },
  },
  FunctionBlastRadius: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, timeout: 900 });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, timeout: 900, reservedConcurrentExecutions: 2 });
    },
  },
  FunctionCodeInline: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, code: { zipFile: 'exports.handler = async () => {};' } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
    },
  },
  FunctionCodeSigning: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Signed', { ...PRINT, codeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0' });
      new lambda.CfnFunction(stack, 'NotSigned', PRINT);
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Signed', { ...PRINT, codeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0' });
    },
  },
  FunctionConcurrencyLimit: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, reservedConcurrentExecutions: 10 });
    },
  },
  FunctionEnvironmentKey: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { TABLE: 'orders' } } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { TABLE: 'orders' } }, kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' });
    },
  },
  FunctionImageDigest: {
    violates(stack) {
      const imageUri = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/print:latest';
      new lambda.CfnFunction(stack, 'Print', { role: PRINT.role, packageType: 'Image', code: { imageUri } });
    },
    passes(stack) {
      const digest = 'sha256:9f86d081884c7d659a2feaa0c55ad015a3bf4f1b2b0b822cd15d6c15b0f00a08';
      const imageUri = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/print@${digest}`;
      new lambda.CfnFunction(stack, 'Print', { role: PRINT.role, packageType: 'Image', code: { imageUri } });
    },
  },
  FunctionLimits: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, timeout: 15, memorySize: 256 });
    },
  },
  FunctionLogGroup: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
    },
    passes(stack) {
      const group = new logs.CfnLogGroup(stack, 'Logs', { retentionInDays: 365 });
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, loggingConfig: { logGroup: group.ref } });
    },
  },
  FunctionLogLevel: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, loggingConfig: { logFormat: 'JSON', applicationLogLevel: 'DEBUG' } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, loggingConfig: { logFormat: 'JSON', applicationLogLevel: 'INFO' } });
    },
  },
  FunctionRoleShared: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
      new lambda.CfnFunction(stack, 'Show', PRINT);
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
      new lambda.CfnFunction(stack, 'Show', { ...PRINT, role: 'arn:aws:iam::111122223333:role/show' });
    },
  },
  FunctionTracing: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', PRINT);
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, tracingConfig: { mode: 'Active' } });
    },
  },
  RuntimeDeprecated: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, runtime: 'nodejs18.x' });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, runtime: 'nodejs24.x' });
    },
  },
  RuntimeUpdatesFrozen: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, runtimeManagementConfig: { updateRuntimeOn: 'Manual', runtimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:1' } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, runtimeManagementConfig: { updateRuntimeOn: 'FunctionUpdate' } });
    },
  },
};
