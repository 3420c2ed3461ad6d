import {
  aws_cognito as cognito, aws_lambda as lambda, aws_scheduler as scheduler, aws_secretsmanager as secretsmanager, aws_ssm as ssm,
  CfnOutput, CfnParameter,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

/** What every function needs. */
const PRINT = {
  role: 'arn:aws:iam::111122223333:role/print', runtime: 'nodejs24.x', handler: 'index.handler', code: { s3Bucket: 'artifacts', s3Key: 'print.zip' },
};


export const SECRET_EXAMPLES: RuleExamples = {
  CredentialLiteral: {
    violates(stack) {
      new cognito.CfnUserPoolIdentityProvider(stack, 'Partner', {
        userPoolId: 'users',
        providerName: 'partner',
        providerType: 'OIDC',
        providerDetails: { client_id: 'shop', client_secret: 'abcdefghijklmnopqrstuvwxyz' },
      });
    },
    passes(stack) {
      new cognito.CfnUserPoolIdentityProvider(stack, 'Partner', {
        userPoolId: 'users',
        providerName: 'partner',
        providerType: 'OIDC',
        providerDetails: { client_id: 'shop', client_secret: '{{resolve:secretsmanager:shop/partner:SecretString:clientSecret}}' },
      });
    },
  },
  OutputSecret: {
    violates(stack) {
      new CfnOutput(stack, 'Password', { value: '{{resolve:secretsmanager:shop/db:SecretString:password}}' });
    },
    passes(stack) {
      new CfnOutput(stack, 'SecretName', { value: 'shop/db' });
    },
  },
  ParameterPlainSecret: {
    violates(stack) {
      new ssm.CfnParameter(stack, 'Setting', { type: 'String', name: '/shop/db-password', value: 'winter2024' });
    },
    passes(stack) {
      new ssm.CfnParameter(stack, 'Setting', { type: 'String', name: '/shop/db-secret', value: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:shop/db-AbCdEf' });
    },
  },
  PassThroughSecret: {
    violates(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', {
        scheduleExpression: 'rate(1 day)',
        flexibleTimeWindow: { mode: 'OFF' },
        target: { arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs', roleArn: 'arn:aws:iam::111122223333:role/jobs', input: '{"dbPassword":"winter2024"}' },
      });
    },
    passes(stack) {
      new scheduler.CfnSchedule(stack, 'Nightly', {
        scheduleExpression: 'rate(1 day)',
        flexibleTimeWindow: { mode: 'OFF' },
        target: { arn: 'arn:aws:sqs:eu-west-1:111122223333:jobs', roleArn: 'arn:aws:iam::111122223333:role/jobs', input: '{"dbSecretName":"shop/db"}' },
      });
    },
  },
  SecretLiteral: {
    violates(stack) {
      new secretsmanager.CfnSecret(stack, 'Database', { secretString: '{"username":"app","password":"winter2024"}' });
    },
    passes(stack) {
      new secretsmanager.CfnSecret(stack, 'Database', { generateSecretString: { secretStringTemplate: '{"username":"app"}', generateStringKey: 'password' } });
    },
  },
  SecretOwnKey: {
    violates(stack) {
      new secretsmanager.CfnSecret(stack, 'Database', { generateSecretString: { secretStringTemplate: '{"username":"app"}', generateStringKey: 'password' } });
    },
    passes(stack) {
      new secretsmanager.CfnSecret(stack, 'Database', { kmsKeyId: 'alias/shop', generateSecretString: { secretStringTemplate: '{"username":"app"}', generateStringKey: 'password' } });
    },
  },
  SecretParameter: {
    violates(stack) {
      new CfnParameter(stack, 'PartnerApiKey');
    },
    passes(stack) {
      new CfnParameter(stack, 'PartnerApiKey', { noEcho: true });
    },
  },
  SecretPolicyBlock: {
    violates(stack) {
      new secretsmanager.CfnResourcePolicy(stack, 'Policy', {
        secretId: 'shop/db',
        blockPublicPolicy: false,
        resourcePolicy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:DeleteSecret', Resource: '*' }] },
      });
    },
    passes(stack) {
      new secretsmanager.CfnResourcePolicy(stack, 'Policy', {
        secretId: 'shop/db',
        blockPublicPolicy: true,
        resourcePolicy: { Statement: [{ Effect: 'Deny', Principal: '*', Action: 'secretsmanager:DeleteSecret', Resource: '*' }] },
      });
    },
  },
  SecretRotation: {
    violates(stack) {
      new secretsmanager.CfnSecret(stack, 'Database', { generateSecretString: { secretStringTemplate: '{"username":"app"}', generateStringKey: 'password' } });
    },
    passes(stack) {
      const database = new secretsmanager.CfnSecret(stack, 'Database', { generateSecretString: { secretStringTemplate: '{"username":"app"}', generateStringKey: 'password' } });
      new secretsmanager.CfnRotationSchedule(stack, 'Rotation', {
        secretId: database.ref,
        rotationLambdaArn: 'arn:aws:lambda:eu-west-1:111122223333:function:rotate',
        rotationRules: { automaticallyAfterDays: 30 },
      });
    },
  },
  TemplateToken: {
    violates(stack) {
      const key = ['sk_live_', 'aB3dE5fG7hJ9kL1mN2pQ'].join(''); // in pieces: no scanner shall take this page for a leak
      new lambda.CfnFunction(stack, 'Pay', { ...PRINT, code: { zipFile: `const key = '${key}';` } });
    },
    passes(stack) {
      new lambda.CfnFunction(stack, 'Pay', { ...PRINT, environment: { variables: { PARTNER_SECRET_NAME: 'shop/partner' } } });
    },
  },
};
