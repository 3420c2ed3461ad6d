import { SecretValue } from 'aws-cdk-lib';
import { IPrincipal } from 'aws-cdk-lib/aws-iam';
import { KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { HostedRotation, ISecretAttachmentTarget } from 'aws-cdk-lib/aws-secretsmanager';
import { ParameterTier } from 'aws-cdk-lib/aws-ssm';
import { keepsItsKey } from './messaging';
import { ChangeNotices } from '../../../src/secrets/change-notices';
import { KeyAccessOptions } from '../../../src/secrets/key/key-access-options';
import { KeyRegions } from '../../../src/secrets/key/key-regions';
import { KeyRemoval } from '../../../src/secrets/key/key-removal';
import { SecureKey } from '../../../src/secrets/key/secure-key';
import { SecureKeyProps } from '../../../src/secrets/key/secure-key-props';
import { GeneratedSecret, SecretContent } from '../../../src/secrets/secret/secret-content';
import { SecretRemoval } from '../../../src/secrets/secret/secret-removal';
import { SecretRotation } from '../../../src/secrets/secret/secret-rotation';
import { SecretReadOptions, SecureSecret } from '../../../src/secrets/secret/secure-secret';
import { SecretReplica, SecureSecretProps } from '../../../src/secrets/secret/secure-secret-props';
import { SecureParameter, SecureParameterProps } from '../../../src/secrets/secure-parameter';
import { any, call, dictionary, distinct, Fields, illegal, lawful, list, made, mostly, oneOf, Said, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import {
  actionNames, durations, flag, grantee, key, names, numbers, ownGrantee, reasons, removalPolicies, statement, texts, textToken,
} from '../support/values';

const notices: Values<ChangeNotices> = any<ChangeNotices>(call('ChangeNotices.toAlarmTopic', ChangeNotices.toAlarmTopic), call('ChangeNotices.off', ChangeNotices.off, reasons));

const keyFields: Fields<SecureKeyProps> = {
  description: texts,
  alias: names('shop', 'alias/shop'),
  keySpec: oneOf(KeySpec.SYMMETRIC_DEFAULT, KeySpec.SYMMETRIC_DEFAULT, KeySpec.RSA_2048, KeySpec.ECC_NIST_P256, KeySpec.HMAC_256,
    KeySpec.ECC_SECG_P256K1),
  keyUsage: oneOf(...Object.values(KeyUsage)),
  rotationPeriod: durations('days', 90, 2560),
  pendingWindow: durations('days', 7, 30),
  administrators: list(call('principalOf', (who: { grantPrincipal: IPrincipal }) => who.grantPrincipal, ownGrantee), { minLength: 1, maxLength: 2 }),
  regions: any<KeyRegions>(call('KeyRegions.single', KeyRegions.single), call('KeyRegions.multiple', KeyRegions.multiple, reasons)),
  removal: any<KeyRemoval>(call('KeyRemoval.retain', KeyRemoval.retain), call('KeyRemoval.destroy', KeyRemoval.destroy, reasons)),
  changeNotices: notices,
};

const keyAccess: Values<KeyAccessOptions> = struct<KeyAccessOptions>({
  encryptionContext: dictionary(mostly(oneOf('tenant'), oneOf('')), mostly(oneOf('acme'), oneOf('*'), textToken)), viaService: mostly(names('s3'), oneOf('s3.eu-west-1.amazonaws.com')),
});

const keySteps: { [method: string]: Values<Step<SecureKey>> } = {
  allowEncrypt: step((one: SecureKey, to, options) => one.allowEncrypt(to, options), grantee, keyAccess),
  allowDecrypt: step((one: SecureKey, to, options) => one.allowDecrypt(to, options), grantee, keyAccess),
  allowSign: step((one: SecureKey, to) => one.allowSign(to), grantee),
  allowVerify: step((one: SecureKey, to) => one.allowVerify(to), grantee),
  allowGenerateMac: step((one: SecureKey, to) => one.allowGenerateMac(to), grantee),
  allowVerifyMac: step((one: SecureKey, to) => one.allowVerifyMac(to), grantee),
  grant: step((one: SecureKey, to, actions) => one.grant(to, ...actions), grantee, actionNames(['kms:Decrypt', 'kms:DescribeKey'], 'kms:*')),
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
  illegal(made("SecretValue.unsafePlainText('hunter2')", () => SecretValue.unsafePlainText('hunter2'))),
  illegal(made('SecretValue.ssmSecure()', () => SecretValue.ssmSecure('/shop/token'))),
);

const generated: Values<GeneratedSecret> = struct<GeneratedSecret>({
  length: numbers(32, 4096),
  excludeCharacters: mostly(oneOf('', '"@/\\'), oneOf('abcdefghijklmnopqrstuvwxyz', '0123456789')),
  excludePunctuation: flag,
  fields: dictionary(mostly(oneOf('username', 'host'), oneOf('', 'password')), mostly(oneOf('shop'), oneOf('AKIAIOSFODNN7EXAMPLE'), textToken)),
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
    call('SecretContent.fields', SecretContent.fields, dictionary(mostly(oneOf('token', 'name'), oneOf('')), secretValues, { minKeys: 1 })),
  ),
  description: texts,
  secretName: names('shop/token', 'token'),
  encryptionKey: key,
  replicas: list(struct<SecretReplica>({ region: mostly(oneOf('eu-central-1', 'us-east-1'), oneOf('eu-west-1', ''), textToken), encryptionKey: key }, 'region', 'encryptionKey'), { maxLength: 2 }),
  removal: any<SecretRemoval>(call('SecretRemoval.retain', SecretRemoval.retain), call('SecretRemoval.destroy', SecretRemoval.destroy, reasons)),
  changeNotices: notices,
};

const secretSteps: { [method: string]: Values<Step<SecureSecret>> } = {
  allowRead: step((secret: SecureSecret, to, options) => secret.allowRead(to, options), grantee, struct<SecretReadOptions>({ versionStages: list(mostly(oneOf('AWSCURRENT', 'AWSPREVIOUS'), oneOf('*', '')), { minLength: 1, maxLength: 2 }) })),
  allowWrite: step((secret: SecureSecret, to) => secret.allowWrite(to), grantee),
  allowRotate: step((secret: SecureSecret, to) => secret.allowRotate(to), grantee),
  grantRead: step((secret: SecureSecret, to, stages) => secret.grantRead(to, stages), grantee, list(oneOf('AWSCURRENT'), { minLength: 1, maxLength: 1 })),
  grantWrite: step((secret: SecureSecret, to) => secret.grantWrite(to), grantee),
  addToResourcePolicy: step((secret: SecureSecret, make, actions) => secret.addToResourcePolicy(make(actions, '*')), statement, list(oneOf('secretsmanager:GetSecretValue'), { minLength: 1 })),
  addRotationSchedule: illegal(step((secret: SecureSecret) => secret.addRotationSchedule('Rotation', {}))),
  addReplicaRegion: step((secret: SecureSecret, region, encryptionKey) => secret.addReplicaRegion(region, encryptionKey), mostly(oneOf('eu-central-1'), oneOf('eu-west-1', '')), key),
  attach: step((secret: SecureSecret, target) => secret.attach(target), made<ISecretAttachmentTarget>('aDatabase', () => ({
    asSecretAttachmentTarget: () => ({ targetId: 'database', targetType: 'AWS::RDS::DBInstance' as never }),
  }))),
  applyRemovalPolicy: step((secret: SecureSecret, policy) => secret.applyRemovalPolicy(policy), removalPolicies),
};

const parameterFields: Fields<SecureParameterProps> = {
  value: mostly(oneOf('25', '7'), oneOf('', 'über', 'AKIAIOSFODNN7EXAMPLE', 'x'.repeat(5000), 'x'.repeat(9000), '{{resolve:ssm:x}}'), textToken),
  name: mostly(names('/shop/orders/batch-size'), oneOf('batch-size')),
  description: texts,
  allowedPattern: mostly(oneOf('\\d{1,3}', '.*'), oneOf('(', '', 'x'.repeat(2000))),
  tier: oneOf(...Object.values(ParameterTier)),
};

const parameterSteps: { [method: string]: Values<Step<SecureParameter>> } = {
  allowRead: step((parameter: SecureParameter, to) => parameter.allowRead(to), ownGrantee),
  allowWrite: step((parameter: SecureParameter, to) => parameter.allowWrite(to), ownGrantee),
  grantRead: step((parameter: SecureParameter, to) => parameter.grantRead(to), ownGrantee),
  grantWrite: step((parameter: SecureParameter, to) => parameter.grantWrite(to), ownGrantee),
};

/** What each kind of key material can be used for. */
const USAGES: { readonly [spec: string]: readonly (string | undefined)[] } = {
  SYMMETRIC_DEFAULT: [undefined, KeyUsage.ENCRYPT_DECRYPT],
  RSA_2048: [KeyUsage.ENCRYPT_DECRYPT, KeyUsage.SIGN_VERIFY],
  ECC_NIST_P256: [undefined, KeyUsage.SIGN_VERIFY, KeyUsage.KEY_AGREEMENT],
  ECC_SECG_P256K1: [undefined, KeyUsage.SIGN_VERIFY],
  HMAC_256: [undefined, KeyUsage.GENERATE_VERIFY_MAC],
};
const isKey = ({ keySpec = 'SYMMETRIC_DEFAULT', keyUsage, rotationPeriod }: Said): boolean => (
  USAGES[keySpec].includes(keyUsage as string | undefined) && (keySpec === 'SYMMETRIC_DEFAULT' || rotationPeriod === undefined));

/** Each verb asks for another use, and a key has one. */
function isUsed({ props: { keySpec = 'SYMMETRIC_DEFAULT', keyUsage, alias }, steps, twin }: SaidOfSample): boolean {
  const use = (keyUsage ?? USAGES[keySpec][1]) as string;
  const fits = ([method, , options = {}]: Said): boolean => (
    /Sign|Verify$/.test(method as string) && !/Mac/.test(method as string) ? use === KeyUsage.SIGN_VERIFY
      : /Mac/.test(method as string) ? use === KeyUsage.GENERATE_VERIFY_MAC
        : /(En|De)crypt/.test(method as string) ? use === KeyUsage.ENCRYPT_DECRYPT && (keySpec === 'SYMMETRIC_DEFAULT' || options.encryptionContext === undefined)
          : true);
  return steps.every(fits) && !(twin && alias !== undefined);
}

/** One attachment, and each region once. */
function isSecret({ props, steps, profile, twin }: SaidOfSample): boolean {
  const regions = [...props.replicas ?? [], ...steps.filter(([method]) => method === 'addReplicaRegion').map(([, region]) => ({ region }))];
  return distinct(({ region }) => region)(regions) && steps.filter(([method]) => method === 'attach').length <= 1
    && keepsItsKey(props, profile) && !(twin && props.secretName !== undefined);
}

export const SECRETS: readonly Subject[] = [
  { name: 'SecureKey', make: (scope, id, props) => new SecureKey(scope, id, props), props: lawful(struct(keyFields), isKey), propNames: Object.keys(keyFields), law: isUsed, steps: keySteps },
  { name: 'SecureSecret', make: (scope, id, props) => new SecureSecret(scope, id, props), props: struct(secretFields, 'rotation'), propNames: Object.keys(secretFields), law: isSecret, steps: secretSteps },
  { name: 'SecureParameter', make: (scope, id, props) => new SecureParameter(scope, id, props), props: struct(parameterFields, 'value'), propNames: Object.keys(parameterFields), law: ({ props, twin }) => !(twin && props.name !== undefined), steps: parameterSteps },
];
