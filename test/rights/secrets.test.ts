import { Stack } from 'aws-cdk-lib';
import { Rule } from 'aws-cdk-lib/aws-events';
import { ArnPrincipal, CompositePrincipal, OrganizationPrincipal } from 'aws-cdk-lib/aws-iam';
import { KeySpec } from 'aws-cdk-lib/aws-kms';
import { allowed, denied, rights, through } from './support/rights';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { ServiceRole } from '../../src/iam/service-role';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { SecureParameter } from '../../src/secrets/secure-parameter';
import { aFunction } from '../support/self-audit';

const OWN = '111122223333';
const PARTNER = 'arn:aws:iam::444455556666:role/partner';
const OFF = SecretRotation.off('the partner issues a token once a year, by mail');
const SERVICE = 'secretsmanager';
const GET = 'secretsmanager:GetSecretValue';

const inContext = (secret: string) => through(SERVICE, { 'kms:EncryptionContext:SecretARN': secret });

/** What Secrets Manager says when it calls a rotation function. */
const rotating = (secret: string, account = OWN) => ({ 'aws:SourceArn': secret, 'aws:SourceAccount': account });

function twoSecrets(stack: Stack) {
  const secret = new SecureSecret(stack, 'Token', { rotation: OFF });
  const other = new SecureSecret(stack, 'Other', { rotation: OFF });
  const fn = aFunction(stack, 'Caller');
  return { secret, fn, setting: { who: fn, secret: secret.secretArn, other: other.secretArn, key: secret.encryptionKey!.keyArn } };
}

rights('SecureSecret without a verb', (stack) => twoSecrets(stack).setting, [
  denied(GET, '{secret}'),
  denied('secretsmanager:PutSecretValue', '{secret}'),
  denied('kms:Decrypt', '{key}', inContext('{secret}')),
]);

rights('SecureSecret.allowRead', (stack) => {
  const { secret, fn, setting } = twoSecrets(stack);
  secret.allowRead(fn);
  return setting;
}, [
  allowed(GET, '{secret}'),
  allowed('secretsmanager:DescribeSecret', '{secret}'),
  allowed('kms:Decrypt', '{key}', inContext('{secret}')),
  denied(GET, '{other}'),
  denied(GET, '{secret}', { 'aws:SecureTransport': 'false' }),
  denied('secretsmanager:PutSecretValue', '{secret}'),
  denied('secretsmanager:UpdateSecret', '{secret}'),
  denied('secretsmanager:DeleteSecret', '{secret}'),
  denied('secretsmanager:PutResourcePolicy', '{secret}'),
  denied('kms:Decrypt', '{key}'),
  denied('kms:Decrypt', '{key}', inContext('{other}')),
  denied('kms:Decrypt', '{key}', through('s3', { 'kms:EncryptionContext:SecretARN': '{secret}' })),
  denied('kms:GenerateDataKey', '{key}', inContext('{secret}')),
]);

rights('SecureSecret.allowRead of one version', (stack) => {
  const { secret, fn, setting } = twoSecrets(stack);
  secret.allowRead(fn, { versionStages: ['AWSCURRENT'] });
  return setting;
}, [
  allowed(GET, '{secret}', { 'secretsmanager:VersionStage': 'AWSCURRENT' }),
  allowed('secretsmanager:DescribeSecret', '{secret}'),
  denied(GET, '{secret}', { 'secretsmanager:VersionStage': 'AWSPREVIOUS' }),
  denied(GET, '{secret}'),
]);

rights('SecureSecret.allowWrite', (stack) => {
  const { secret, fn, setting } = twoSecrets(stack);
  secret.allowWrite(fn);
  return setting;
}, [
  allowed('secretsmanager:PutSecretValue', '{secret}'),
  allowed('kms:GenerateDataKey', '{key}', inContext('{secret}')),
  denied(GET, '{secret}'),
  denied('secretsmanager:UpdateSecret', '{secret}'),
  denied('secretsmanager:UpdateSecretVersionStage', '{secret}'),
  denied('kms:GenerateDataKey', '{key}', inContext('{other}')),
  denied('secretsmanager:PutSecretValue', '{other}'),
]);

const rotated = (stack: Stack) => {
  const rotator = aFunction(stack, 'Rotator');
  const secret = new SecureSecret(stack, 'Database', { rotation: SecretRotation.by(rotator) });
  return { rotator, names: { secret: secret.secretArn, key: secret.encryptionKey!.keyArn, rotator: rotator.functionArn } };
};

rights('the function that rotates a SecureSecret', (stack) => {
  const { rotator, names } = rotated(stack);
  return { who: rotator, ...names };
}, [
  allowed(GET, '{secret}'),
  allowed('secretsmanager:PutSecretValue', '{secret}'),
  allowed('secretsmanager:UpdateSecretVersionStage', '{secret}'),
  allowed('kms:Decrypt', '{key}', inContext('{secret}')),
  allowed('kms:GenerateDataKey', '{key}', inContext('{secret}')),
  denied('secretsmanager:RotateSecret', '{secret}'),
  denied('secretsmanager:CancelRotateSecret', '{secret}'),
  denied('secretsmanager:DeleteSecret', '{secret}'),
  denied('secretsmanager:GetRandomPassword', '*'),
]);

rights('Secrets Manager and the function that rotates a SecureSecret', (stack) => ({ who: 'secretsmanager.amazonaws.com', ...rotated(stack).names }), [
  allowed('lambda:InvokeFunction', '{rotator}', rotating('{secret}')),
  denied('lambda:InvokeFunction', '{rotator}', rotating('arn:aws:secretsmanager:eu-west-1:111122223333:secret:another-AbCdEf')),
  denied('lambda:InvokeFunction', '{rotator}', rotating('{secret}', '444455556666')),
  denied('lambda:InvokeFunction', '{rotator}'),
  denied('lambda:UpdateFunctionCode', '{rotator}', rotating('{secret}')),
]);

rights('SecureSecret.allowRead for roles of other accounts', (stack) => {
  const { secret, setting } = twoSecrets(stack);
  secret.allowRead(new CompositePrincipal(new ArnPrincipal(PARTNER), new ArnPrincipal('arn:aws:iam::777788889999:role/auditor')));
  return { ...setting, who: PARTNER };
}, [
  allowed(GET, '{secret}'),
  allowed('kms:Decrypt', '{key}', inContext('{secret}')),
  denied('secretsmanager:PutSecretValue', '{secret}'),
  denied(GET, '{other}'),
  denied('kms:Decrypt', '{key}'),
  denied('kms:GenerateDataKey', '{key}', inContext('{secret}')),
]);

rights('SecureSecret.allowRead for another role of that account', (stack) => {
  const { secret, setting } = twoSecrets(stack);
  secret.allowRead(new ArnPrincipal(PARTNER));
  return { ...setting, who: 'arn:aws:iam::444455556666:role/stranger' };
}, [
  denied(GET, '{secret}'),
  denied('kms:Decrypt', '{key}', inContext('{secret}')),
]);

rights('SecureSecret.allowRead for an organization', (stack) => {
  const { secret, setting } = twoSecrets(stack);
  secret.allowRead(new OrganizationPrincipal('o-1234567890'));
  return { ...setting, who: PARTNER };
}, [
  allowed(GET, '{secret}', { 'aws:PrincipalOrgID': 'o-1234567890' }),
  denied(GET, '{secret}', { 'aws:PrincipalOrgID': 'o-0987654321' }),
  denied(GET, '{secret}'),
  denied(GET, '{other}', { 'aws:PrincipalOrgID': 'o-1234567890' }),
  denied('kms:Decrypt', '{key}', inContext('{secret}')),
]);

const cards = (stack: Stack) => {
  const key = new SecureKey(stack, 'Cards');
  return { key, fn: aFunction(stack, 'Caller'), names: { key: key.keyArn } };
};

rights('SecureKey.allowEncrypt', (stack) => {
  const { key, fn, names } = cards(stack);
  key.allowEncrypt(fn, { encryptionContext: { purpose: 'payment' } });
  return { who: fn, ...names };
}, [
  allowed('kms:Encrypt', '{key}', { 'kms:EncryptionContext:purpose': 'payment' }),
  allowed('kms:GenerateDataKey', '{key}', { 'kms:EncryptionContext:purpose': 'payment' }),
  denied('kms:Encrypt', '{key}', { 'kms:EncryptionContext:purpose': 'refund' }),
  denied('kms:Encrypt', '{key}'),
  denied('kms:Decrypt', '{key}', { 'kms:EncryptionContext:purpose': 'payment' }),
  denied('kms:CreateGrant', '{key}', { 'kms:GrantIsForAWSResource': 'false' }),
]);

rights('SecureKey.allowDecrypt through one service', (stack) => {
  const { key, fn, names } = cards(stack);
  key.allowDecrypt(fn, { viaService: 'sqs' });
  return { who: fn, ...names };
}, [
  allowed('kms:Decrypt', '{key}', through('sqs')),
  denied('kms:Decrypt', '{key}', through('s3')),
  denied('kms:Decrypt', '{key}'),
  denied('kms:ScheduleKeyDeletion', '{key}'),
  denied('kms:PutKeyPolicy', '{key}'),
]);

rights('SecureKey for somebody who may make grants', (stack) => {
  const { key, fn, names } = cards(stack);
  key.grant(fn, 'kms:CreateGrant');
  return { who: fn, ...names };
}, [
  allowed('kms:CreateGrant', '{key}', { 'kms:GrantIsForAWSResource': 'true' }),
  denied('kms:CreateGrant', '{key}', { 'kms:GrantIsForAWSResource': 'false' }),
  denied('kms:CreateGrant', '{key}'),
]);

rights('SecureKey.allowVerify', (stack) => {
  const key = new SecureKey(stack, 'Receipts', { keySpec: KeySpec.ECC_NIST_P256 });
  const fn = aFunction(stack, 'Caller');
  key.allowVerify(fn);
  return { who: fn, key: key.keyArn };
}, [
  allowed('kms:Verify', '{key}'),
  allowed('kms:GetPublicKey', '{key}'),
  denied('kms:Sign', '{key}'),
]);

rights('SecureKey with administrators: a further one', (stack) => {
  const key = new SecureKey(stack, 'Cards', { administrators: [new ArnPrincipal(`arn:aws:iam::${OWN}:role/keys`)] });
  const fn = aFunction(stack, 'Caller');
  key.grantAdmin(fn);
  return { who: fn, key: key.keyArn };
}, [
  allowed('kms:ScheduleKeyDeletion', '{key}'),
  allowed('kms:PutKeyPolicy', '{key}'),
  denied('kms:Decrypt', '{key}'),
  denied('kms:CreateGrant', '{key}', { 'kms:GrantIsForAWSResource': 'false' }),
]);

rights('SecureKey for a role of another account', (stack) => {
  const { key, names } = cards(stack);
  key.allowDecrypt(new ArnPrincipal(PARTNER));
  return { who: PARTNER, ...names };
}, [
  allowed('kms:Decrypt', '{key}'),
  denied('kms:Encrypt', '{key}'),
  denied('kms:PutKeyPolicy', '{key}'),
]);

rights('SecureParameter.allowRead', (stack) => {
  const parameter = new SecureParameter(stack, 'BatchSize', { name: '/shop/batch-size', value: '25' });
  const fn = aFunction(stack, 'Caller');
  parameter.allowRead(fn);
  return { who: fn, parameter: parameter.parameterArn };
}, [
  allowed('ssm:GetParameter', '{parameter}'),
  allowed('ssm:GetParameters', `arn:aws:ssm:eu-west-1:${OWN}:parameter/shop/batch-size`),
  denied('ssm:GetParameterHistory', '{parameter}'),
  denied('ssm:PutParameter', '{parameter}'),
  denied('ssm:GetParameter', `arn:aws:ssm:eu-west-1:${OWN}:parameter/shop/batch-size-2`),
]);

/** What stands behind the notices: the rule about the end of a secret, the role in which it publishes, and where the notices go. */
const noticed = (stack: Stack) => {
  new SecureSecret(stack, 'Token', { rotation: OFF });
  const found = stack.node.findAll();
  const queue = StackDeadLetterQueue.of(stack);
  const topic = StackAlarmTopic.of(stack);
  return {
    role: found.find((one): one is ServiceRole => one instanceof ServiceRole)!,
    names: {
      rule: found.find((one): one is Rule => one instanceof Rule)!.ruleArn,
      queue: queue.queueArn,
      topic: topic.topicArn,
      key: topic.masterKey!.keyArn,
    },
  };
};

rights('the role in which notices are published', (stack) => {
  const { role, names } = noticed(stack);
  return { who: role, ...names };
}, [
  allowed('sns:Publish', '{topic}'),
  allowed('kms:GenerateDataKey', '{key}', through('sns', { 'kms:EncryptionContext:aws:sns:topicArn': '{topic}' })),
  denied('sns:Publish', `arn:aws:sns:eu-west-1:${OWN}:other`),
  denied('sns:Subscribe', '{topic}'),
  denied('kms:GenerateDataKey', '{key}', through('sqs', { 'kms:EncryptionContext:aws:sns:topicArn': '{topic}' })),
  denied('kms:GenerateDataKey', '{key}', through('sns', { 'kms:EncryptionContext:aws:sns:topicArn': `arn:aws:sns:eu-west-1:${OWN}:other` })),
]);

const FOREIGN_RULE = { 'aws:SourceArn': 'arn:aws:events:eu-west-1:444455556666:rule/x', 'aws:SourceAccount': '444455556666' };
const OWN_RULE = { 'aws:SourceArn': '{rule}', 'aws:SourceAccount': OWN };

rights('EventBridge and notices that cannot be delivered', (stack) => ({ who: 'events.amazonaws.com', ...noticed(stack).names }), [
  allowed('sqs:SendMessage', '{queue}', OWN_RULE),
  allowed('kms:GenerateDataKey', '{key}', OWN_RULE),
  denied('sqs:SendMessage', '{queue}', FOREIGN_RULE),
  denied('sqs:SendMessage', '{queue}', { ...OWN_RULE, 'aws:SourceArn': `arn:aws:events:eu-west-1:${OWN}:rule/another` }),
  denied('sqs:ReceiveMessage', '{queue}', OWN_RULE),
  denied('kms:GenerateDataKey', '{key}', FOREIGN_RULE),
  denied('kms:GenerateDataKey', '{key}'),
  denied('sns:Publish', '{topic}', OWN_RULE),
]);
