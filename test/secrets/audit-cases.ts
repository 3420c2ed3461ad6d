import { AccountRootPrincipal } from 'aws-cdk-lib/aws-iam';
import { KeySpec } from 'aws-cdk-lib/aws-kms';
import { StackDataKey } from '../../src/core/keys/stack-data-key';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { SecureParameter } from '../../src/secrets/secure-parameter';
import { aFunction, AuditCase } from '../support/self-audit';

export const SECRETS_CASES: readonly AuditCase[] = [
  ['SecureKey', (stack) => { new SecureKey(stack, 'Cards'); }],
  ['SecureKey with administrators and verbs', (stack) => {
    const key = new SecureKey(stack, 'Cards', { administrators: [new AccountRootPrincipal()], alias: 'shop/cards' });
    key.allowEncrypt(aFunction(stack), { encryptionContext: { purpose: 'payment' } });
    key.allowDecrypt(aFunction(stack, 'Refunds'), { viaService: 'sqs' });
  }],
  ['SecureKey for signatures', (stack) => {
    const key = new SecureKey(stack, 'Receipts', { keySpec: KeySpec.ECC_NIST_P256 });
    key.allowSign(aFunction(stack));
    key.allowVerify(aFunction(stack, 'Checks'));
  }],
  ['SecureKey as the data key of its stack', (stack) => {
    StackDataKey.use(stack, new SecureKey(stack, 'Data'));
    new SecureSecret(stack, 'Database', { rotation: SecretRotation.by(aFunction(stack)) });
  }],
  ['SecureSecret with rotation and verbs', (stack) => {
    const secret = new SecureSecret(stack, 'Database', { rotation: SecretRotation.by(aFunction(stack, 'Rotator')) });
    secret.allowRead(aFunction(stack));
    secret.allowWrite(aFunction(stack, 'Writer'));
  }],
  ['SecureSecret without rotation', (stack) => {
    new SecureSecret(stack, 'Token', { rotation: SecretRotation.off('the partner issues a token once a year, by mail') })
      .allowRead(aFunction(stack), { versionStages: ['AWSCURRENT'] });
  }],
  ['SecureParameter with verbs', (stack) => {
    const parameter = new SecureParameter(stack, 'BatchSize', { name: '/shop/batch-size', value: '25', allowedPattern: '\\d{1,3}' });
    parameter.allowRead(aFunction(stack));
    parameter.allowWrite(aFunction(stack, 'Tuning'));
  }],
];
