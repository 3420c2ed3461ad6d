import { Stack } from 'aws-cdk-lib';
import { CfnApiDestination, CfnConnection, Connection } from 'aws-cdk-lib/aws-events';
import { Role } from 'aws-cdk-lib/aws-iam';
import { allowed, denied, rights, through } from './support/rights';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { CallEgress } from '../../src/third-party/call-egress';
import { ThirdPartyApi } from '../../src/third-party/third-party-api';
import { ThirdPartyCredential } from '../../src/third-party/third-party-credential';
import { aFunction } from '../support/self-audit';

function payments(stack: Stack, id = 'Payments'): ThirdPartyApi {
  return new ThirdPartyApi(stack, id, {
    url: 'https://api.example.com',
    purpose: 'charges the cards of customers',
    credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: SecretRotation.off('the partner issues a key once a year, by mail') }),
  });
}

function connectionOf(api: ThirdPartyApi): CfnConnection {
  return (api.node.findChild('Connection') as Connection).node.findAll().find((node): node is CfnConnection => CfnConnection.isCfnConnection(node))!;
}

function destinationOf(api: ThirdPartyApi): CfnApiDestination {
  return api.node.findAll().find((node): node is CfnApiDestination => CfnApiDestination.isCfnApiDestination(node))!;
}

rights('a function that ThirdPartyApi.allowCall lets in', (stack) => {
  const [api, other] = [payments(stack), payments(stack, 'Other')];
  const fn = aFunction(stack);
  api.allowCall(fn, { egress: CallEgress.open('the test is about rights, not networks') });
  return { who: fn, secret: api.secret.secretArn, other: other.secret.secretArn, key: StackDataKey.of(stack).keyArn };
}, [
  allowed('secretsmanager:GetSecretValue', '{secret}'),
  allowed('kms:Decrypt', '{key}', through('secretsmanager', { 'kms:EncryptionContext:SecretARN': '{secret}' })),
  denied('kms:Decrypt', '{key}', through('secretsmanager', { 'kms:EncryptionContext:SecretARN': '{other}' })),
  denied('secretsmanager:GetSecretValue', '{other}'),
  denied('secretsmanager:PutSecretValue', '{secret}'),
  denied('secretsmanager:GetSecretValue', '{secret}', { 'aws:SecureTransport': 'false' }),
]);

rights('the role of a route to a third party', (stack) => {
  const [api, other] = [payments(stack), payments(stack, 'Other')];
  const bus = new SecureEventBus(stack, 'Bus');
  const rule = api.routeEvents('Charge', bus, { source: ['shop.orders'] });
  other.routeEvents('Charge', bus, { source: ['shop.orders'] });
  return {
    who: rule.node.findChild('Role') as Role, destination: destinationOf(api).attrArn, other: destinationOf(other).attrArn, secret: api.secret.secretArn,
  };
}, [
  allowed('events:InvokeApiDestination', '{destination}'),
  denied('events:InvokeApiDestination', '{other}'),
  denied('events:UpdateApiDestination', '{destination}'),
  denied('secretsmanager:GetSecretValue', '{secret}'),
]);

rights('the function that refreshes a connection', (stack) => {
  const [api, other] = [payments(stack), payments(stack, 'Other')];
  const bus = new SecureEventBus(stack, 'Bus');
  for (const one of [api, other]) one.routeEvents('Charge', bus, { source: ['shop.orders'] });
  return {
    who: api.node.findChild('Refresh') as SecureFunction,
    secret: api.secret.secretArn,
    connection: connectionOf(api).attrArnForPolicy,
    copy: connectionOf(api).attrSecretArn,
    others: connectionOf(other).attrArnForPolicy,
    othersCopy: connectionOf(other).attrSecretArn,
    othersSecret: other.secret.secretArn,
    key: StackDataKey.of(stack).keyArn,
  };
}, [
  allowed('secretsmanager:GetSecretValue', '{secret}', { 'secretsmanager:VersionStage': 'AWSCURRENT' }),
  allowed('events:UpdateConnection', '{connection}'),
  allowed('secretsmanager:PutSecretValue', '{copy}'),
  allowed('kms:GenerateDataKey', '{key}', through('secretsmanager', { 'kms:EncryptionContext:SecretARN': '{copy}' })),
  denied('secretsmanager:GetSecretValue', '{secret}', { 'secretsmanager:VersionStage': 'AWSPENDING' }),
  denied('secretsmanager:PutSecretValue', '{secret}'),
  denied('secretsmanager:DeleteSecret', '{copy}'),
  denied('events:UpdateConnection', '{others}'),
  denied('events:DeleteConnection', '{connection}'),
  denied('secretsmanager:PutSecretValue', '{othersCopy}'),
  denied('secretsmanager:GetSecretValue', '{othersSecret}', { 'secretsmanager:VersionStage': 'AWSCURRENT' }),
  denied('kms:Decrypt', '{key}', through('secretsmanager', { 'kms:EncryptionContext:SecretARN': '{othersCopy}' })),
  denied('kms:Decrypt', '{key}'),
]);
