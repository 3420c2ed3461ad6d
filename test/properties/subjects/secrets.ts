import { SecretValue } from 'aws-cdk-lib';
import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { HostedRotation, ISecretAttachmentTarget } from 'aws-cdk-lib/aws-secretsmanager';
import { ParameterTier } from 'aws-cdk-lib/aws-ssm';
import * as fc from 'fast-check';
import { ChangeNotices } from '../../../src/secrets/change-notices';
import { KeyAccessOptions } from '../../../src/secrets/key-access-options';
import { KeyRegions } from '../../../src/secrets/key-regions';
import { KeyRemoval } from '../../../src/secrets/key-removal';
import { GeneratedSecret, SecretContent } from '../../../src/secrets/secret-content';
import { SecretRemoval } from '../../../src/secrets/secret-removal';
import { SecretRotation } from '../../../src/secrets/secret-rotation';
import { SecureKey } from '../../../src/secrets/secure-key';
import { SecureKeyProps } from '../../../src/secrets/secure-key-props';
import { SecureParameter, SecureParameterProps } from '../../../src/secrets/secure-parameter';
import { SecretReadOptions, SecureSecret } from '../../../src/secrets/secure-secret';
import { SecretReplica, SecureSecretProps } from '../../../src/secrets/secure-secret-props';
import { any, call, dictionary, Fields, list, made, mostly, oneOf, struct, Values } from '../support/recipe';
import { Step, step, Subject } from '../support/subject';
import { durations, flag, grantee, key, names, numbers, reasons, removalPolicies, statement, texts, textToken } from '../support/values';

const notices: Values<ChangeNotices> = any<ChangeNotices>(call('ChangeNotices.toAlarmTopic', ChangeNotices.toAlarmTopic), call('ChangeNotices.off', ChangeNotices.off, reasons));

const keyFields: Fields<SecureKeyProps> = {
  description: texts,
  alias: names('shop', 'alias/shop'),
  keySpec: oneOf(KeySpec.SYMMETRIC_DEFAULT, KeySpec.SYMMETRIC_DEFAULT, KeySpec.RSA_2048, KeySpec.ECC_NIST_P256, KeySpec.HMAC_256,
    KeySpec.ECC_SECG_P256K1),
  keyUsage: oneOf(...Object.values(KeyUsage)),
  rotationPeriod: durations('days', 90, 2560),
  pendingWindow: durations('days', 7, 30),
  administrators: list(grantee.map((one) => one).chain((to) => call('principalOf', (who: { grantPrincipal: IPrincipal }) => who.grantPrincipal, fc.constant(to))), { maxLength: 2 }),
  regions: any<KeyRegions>(call('KeyRegions.single', KeyRegions.single), call('KeyRegions.multiple', KeyRegions.multiple, reasons)),
  removal: any<KeyRemoval>(call('KeyRemoval.retain', KeyRemoval.retain), call('KeyRemoval.destroy', KeyRemoval.destroy, reasons)),
  changeNotices: notices,
};

const keyAccess: Values<KeyAccessOptions> = struct<KeyAccessOptions>({
  encryptionContext: dictionary(fc.constantFrom('tenant', ''), mostly(oneOf('acme', '*'), textToken)), viaService: names('s3.eu-west-1.amazonaws.com', 's3'),
});

const keySteps: { [method: string]: Values<Step<SecureKey>> } = {
  allowEncrypt: step((one: SecureKey, to, options) => one.allowEncrypt(to, options), grantee, keyAccess),
  allowDecrypt: step((one: SecureKey, to, options) => one.allowDecrypt(to, options), grantee, keyAccess),
  allowSign: step((one: SecureKey, to) => one.allowSign(to), grantee),
  allowVerify: step((one: SecureKey, to) => one.allowVerify(to), grantee),
  allowGenerateMac: step((one: SecureKey, to) => one.allowGenerateMac(to), grantee),
  allowVerifyMac: step((one: SecureKey, to) => one.allowVerifyMac(to), grantee),
  grant: step((one: SecureKey, to, actions) => one.grant(to, ...actions), grantee, list(oneOf('kms:Decrypt', 'kms:*', 'kms:DescribeKey'))),
  grantDecrypt: step((one: SecureKey, to) => one.grantDecrypt(to), grantee),
  grantEncrypt: step((one: SecureKey, to) => one.grantEncrypt(to), grantee),
  grantEncryptDecrypt: step((one: SecureKey, to) => one.grantEncryptDecrypt(to), grantee),
  grantSign: step((one: SecureKey, to) => one.grantSign(to), grantee),
  grantVerify: step((one: SecureKey, to) => one.grantVerify(to), grantee),
  grantSignVerify: step((one: SecureKey, to) => one.grantSignVerify(to), grantee),
  grantGenerateMac: step((one: SecureKey, to) => one.grantGenerateMac(to), grantee),
  grantVerifyMac: step((one: SecureKey, to) => one.grantVerifyMac(to), grantee),
  grantAdmin: step((one: SecureKey, to) => one.grantAdmin(to), grantee),
  addToResourcePolicy: step((one: SecureKey, make, actions) => one.addToResourcePolicy(make(actions, '*')), statement, list(oneOf('kms:Decrypt', 'kms:Encrypt'), { minLength: 1, maxLength: 2 })),
  applyRemovalPolicy: step((one: SecureKey, policy) => one.applyRemovalPolicy(policy), removalPolicies),
};

const secretValues: Values<SecretValue> = any<SecretValue>(
  made('SecretValue.secretsManager()', () => SecretValue.secretsManager('arn:aws:secretsmanager:eu-west-1:111122223333:secret:other-AbCdEf')),
  made("SecretValue.unsafePlainText('hunter2')", () => SecretValue.unsafePlainText('hunter2')),
  made('SecretValue.ssmSecure()', () => SecretValue.ssmSecure('/shop/token')),
);

const generated: Values<GeneratedSecret> = struct<GeneratedSecret>({
  length: numbers(32, 4096),
  excludeCharacters: oneOf('', '"@/\\', 'abcdefghijklmnopqrstuvwxyz', '0123456789'),
  excludePunctuation: flag,
  fields: dictionary(fc.constantFrom('username', 'password', ''), mostly(oneOf('shop'), oneOf('AKIAIOSFODNN7EXAMPLE'), textToken)),
  secretField: names('password', 'token'),
});

const secretFields: Fields<SecureSecretProps> = {
  rotation: any<SecretRotation>(
    call('SecretRotation.by', SecretRotation.by, made('aRotator', (kit) => kit.fn('Rotator')), durations('hours', 4, 2160)),
    made<SecretRotation>('SecretRotation.hosted(mysqlSingleUser)', () => SecretRotation.hosted(HostedRotation.mysqlSingleUser())),
    call('SecretRotation.off', SecretRotation.off, reasons),
  ),
  content: any<SecretContent>(
    call('SecretContent.generated', SecretContent.generated, generated),
    call('SecretContent.from', SecretContent.from, secretValues),
    call('SecretContent.fields', SecretContent.fields, dictionary(fc.constantFrom('token', ''), secretValues)),
  ),
  description: texts,
  secretName: names('shop/token', 'token'),
  encryptionKey: key,
  replicas: list(struct<SecretReplica>({ region: mostly(oneOf('eu-central-1', 'us-east-1'), oneOf('eu-west-1', ''), textToken), encryptionKey: key }, 'region', 'encryptionKey'), { maxLength: 2 }),
  removal: any<SecretRemoval>(call('SecretRemoval.retain', SecretRemoval.retain), call('SecretRemoval.destroy', SecretRemoval.destroy, reasons)),
  changeNotices: notices,
};

const secretSteps: { [method: string]: Values<Step<SecureSecret>> } = {
  allowRead: step((secret: SecureSecret, to, options) => secret.allowRead(to, options), grantee, struct<SecretReadOptions>({ versionStages: list(oneOf('AWSCURRENT', 'AWSPREVIOUS', '*', '')) })),
  allowWrite: step((secret: SecureSecret, to) => secret.allowWrite(to), grantee),
  allowRotate: step((secret: SecureSecret, to) => secret.allowRotate(to), grantee),
  grantRead: step((secret: SecureSecret, to, stages) => secret.grantRead(to, stages), grantee, list(oneOf('AWSCURRENT'))),
  grantWrite: step((secret: SecureSecret, to) => secret.grantWrite(to), grantee),
  addToResourcePolicy: step((secret: SecureSecret, make, actions) => secret.addToResourcePolicy(make(actions, '*')), statement, list(oneOf('secretsmanager:GetSecretValue'), { minLength: 1 })),
  addRotationSchedule: step((secret: SecureSecret) => secret.addRotationSchedule('Rotation', {})),
  addReplicaRegion: step((secret: SecureSecret, region, encryptionKey) => secret.addReplicaRegion(region, encryptionKey), oneOf('eu-central-1', 'eu-west-1', ''), key),
  attach: step((secret: SecureSecret, target) => secret.attach(target), made<ISecretAttachmentTarget>('aDatabase', () => ({
    asSecretAttachmentTarget: () => ({ targetId: 'database', targetType: 'AWS::RDS::DBInstance' as never }),
  }))),
  applyRemovalPolicy: step((secret: SecureSecret, policy) => secret.applyRemovalPolicy(policy), removalPolicies),
};

const parameterFields: Fields<SecureParameterProps> = {
  value: mostly(oneOf('25', 'über', 'x'.repeat(5000)), oneOf('', 'AKIAIOSFODNN7EXAMPLE', 'x'.repeat(9000), '{{resolve:ssm:x}}'), textToken),
  name: names('/shop/orders/batch-size', 'batch-size'),
  description: texts,
  allowedPattern: oneOf('\\d{1,3}', '.*', '(', '', 'x'.repeat(2000)),
  tier: oneOf(...Object.values(ParameterTier)),
};

const parameterSteps: { [method: string]: Values<Step<SecureParameter>> } = {
  allowRead: step((parameter: SecureParameter, to) => parameter.allowRead(to), grantee),
  allowWrite: step((parameter: SecureParameter, to) => parameter.allowWrite(to), grantee),
  grantRead: step((parameter: SecureParameter, to) => parameter.grantRead(to), grantee),
  grantWrite: step((parameter: SecureParameter, to) => parameter.grantWrite(to), grantee),
};

export const SECRETS: readonly Subject[] = [
  { name: 'SecureKey', make: (scope, id, props) => new SecureKey(scope, id, props), props: struct(keyFields), propNames: Object.keys(keyFields), steps: keySteps },
  { name: 'SecureSecret', make: (scope, id, props) => new SecureSecret(scope, id, props), props: struct(secretFields, 'rotation'), propNames: Object.keys(secretFields), steps: secretSteps },
  { name: 'SecureParameter', make: (scope, id, props) => new SecureParameter(scope, id, props), props: struct(parameterFields, 'value'), propNames: Object.keys(parameterFields), steps: parameterSteps },
];
