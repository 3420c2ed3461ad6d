import { aws_lambda as lambda } from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

/** What every function needs. */
const PRINT = {
  role: 'arn:aws:iam::111122223333:role/print', runtime: 'nodejs24.x', handler: 'index.handler', code: { s3Bucket: 'artifacts', s3Key: 'print.zip' },
};


export const ENVIRONMENT_EXAMPLES: RuleExamples = {
  EnvironmentDebugSwitch: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { LOG_LEVEL: 'debug' } } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { LOG_LEVEL: 'info' } } });
    },
  },
  EnvironmentRuntimeHook: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { NODE_OPTIONS: '--require /opt/hook.js' } } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { NODE_OPTIONS: '--enable-source-maps' } } });
    },
  },
  EnvironmentSecret: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { DB_PASSWORD: '{{resolve:secretsmanager:shop/db:SecretString:password}}' } } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { DB_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf' } } });
    },
  },
  EnvironmentTlsCheck: {
    violates(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { NODE_TLS_REJECT_UNAUTHORIZED: '0' } } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Print', { ...PRINT, environment: { variables: { NODE_EXTRA_CA_CERTS: '/var/task/private-authority.pem' } } });
    },
  },
};
