import { KeySpec } from 'aws-cdk-lib/aws-kms';
import { ConstructWithVerbs } from './verb';
import { SecureUserPool } from '../../../src/identity/secure-user-pool';
import { SecureKey } from '../../../src/secrets/key/secure-key';
import { SecretRotation } from '../../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../../src/secrets/secret/secure-secret';
import { SecureParameter } from '../../../src/secrets/secure-parameter';

/** Who somebody is, and what is kept secret. */
export const IDENTITY_VERBS: readonly ConstructWithVerbs[] = [
  {
    name: 'SecureUserPool',
    verbs: (stack) => {
      const pool = new SecureUserPool(stack, 'Pool');
      return [
        { call: 'allowReadUsers(fn)', give: (fn) => pool.allowReadUsers(fn) },
        { call: 'allowManageUsers(fn)', give: (fn) => pool.allowManageUsers(fn) },
        { call: 'allowAuthorizeUsers(fn)', give: (fn) => pool.allowAuthorizeUsers(fn) },
        { call: 'allowDeleteUsers(fn)', give: (fn) => pool.allowDeleteUsers(fn) },
      ];
    },
  },
  {
    name: 'SecureSecret',
    verbs: (stack) => {
      const secret = new SecureSecret(stack, 'Secret', { rotation: SecretRotation.off('the partner issues a token once a year, by mail') });
      return [
        { call: 'allowRead(fn)', give: (fn) => secret.allowRead(fn) },
        { call: "allowRead(fn, { versionStages: ['AWSCURRENT'] })", give: (fn) => secret.allowRead(fn, { versionStages: ['AWSCURRENT'] }) },
        { call: 'allowWrite(fn)', give: (fn) => secret.allowWrite(fn) },
        { call: 'allowRotate(fn)', give: (fn) => secret.allowRotate(fn) },
      ];
    },
  },
  {
    name: 'SecureParameter',
    verbs: (stack) => {
      const parameter = new SecureParameter(stack, 'Parameter', { name: '/shop/batch-size', value: '25' });
      return [
        { call: 'allowRead(fn)', give: (fn) => parameter.allowRead(fn) },
        { call: 'allowWrite(fn)', give: (fn) => parameter.allowWrite(fn) },
      ];
    },
  },
  {
    name: 'SecureKey',
    verbs: (stack) => {
      const data = new SecureKey(stack, 'Key');
      const signatures = new SecureKey(stack, 'SigningKey', { keySpec: KeySpec.ECC_NIST_P256 });
      const macs = new SecureKey(stack, 'MacKey', { keySpec: KeySpec.HMAC_256 });
      return [
        { call: "allowEncrypt(fn, { encryptionContext: { purpose: 'payment' } })", give: (fn) => data.allowEncrypt(fn, { encryptionContext: { purpose: 'payment' } }) },
        { call: "allowDecrypt(fn, { viaService: 'sqs' })", give: (fn) => data.allowDecrypt(fn, { viaService: 'sqs' }) },
        { call: 'allowSign(fn)', give: (fn) => signatures.allowSign(fn) },
        { call: 'allowVerify(fn)', give: (fn) => signatures.allowVerify(fn) },
        { call: 'allowGenerateMac(fn)', give: (fn) => macs.allowGenerateMac(fn) },
        { call: 'allowVerifyMac(fn)', give: (fn) => macs.allowVerifyMac(fn) },
      ];
    },
  },
];
