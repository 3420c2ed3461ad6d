import { Token } from 'aws-cdk-lib';
import { CfnKey } from 'aws-cdk-lib/aws-kms';
import { CfnRotationSchedule, CfnSecret } from 'aws-cdk-lib/aws-secretsmanager';
import { CfnParameter } from 'aws-cdk-lib/aws-ssm';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { findSecret } from '../../core/secrets/secret-findings';
import { holdsLiteral } from '../secret/secret-rules';

const KEY = { area: HardeningArea.KEYS_AND_SECRETS, type: 'AWS::KMS::Key' } as const;
const SECRET = { area: HardeningArea.KEYS_AND_SECRETS, type: 'AWS::SecretsManager::Secret' } as const;

/** KMS keeps the older material: nobody notices, and nothing is encrypted anew. */
const ROTATION = valueStep<CfnKey>({
  ...KEY,
  rule: 'KeyRotation',
  property: 'EnableKeyRotation',
  when: (key) => canRotate(key),
  read: (key) => key.enableKeyRotation,
  secure: () => true,
  write: (key, secure) => { key.enableKeyRotation = secure; },
  unsafe: (enabled: boolean) => !enabled,
});

/** KMS rotates symmetric keys for encryption whose material it made itself, and refuses to for all others. */
function canRotate({ keySpec = 'SYMMETRIC_DEFAULT', keyUsage = 'ENCRYPT_DECRYPT', origin = 'AWS_KMS' }: CfnKey): boolean {
  return keySpec === 'SYMMETRIC_DEFAULT' && keyUsage === 'ENCRYPT_DECRYPT' && origin === 'AWS_KMS';
}

const SECRET_ROTATION = proposalStep<CfnSecret>({
  ...SECRET,
  rule: 'SecretRotation',
  property: 'a rotation schedule',
  when: (secret, site) => !site.once('secrets that rotate', () => rotatedSecrets(site)).has(secret),
  after: 'a new value every 90 days or less',
  advice: 'Call addRotationSchedule with the function that changes the value where it is used, or accept the finding with the reason why only somebody else can.',
});

/** A schedule names its secret, or the attachment of the secret to a database. */
function rotatedSecrets(site: HardeningSite): ReadonlySet<unknown> {
  return new Set(site.resources('AWS::SecretsManager::RotationSchedule')
    .flatMap((schedule) => site.targets(schedule, (schedule as CfnRotationSchedule).secretId))
    .flatMap((named) => (CfnSecret.isCfnSecret(named) ? [named] : site.targets(named, Reflect.get(named, 'secretId')))));
}

const SECRET_KEY = proposalStep<CfnSecret>({
  ...SECRET,
  rule: 'SecretOwnKey',
  property: 'KmsKeyId',
  when: (secret, site) => site.controls(secret).customerKeys && secret.kmsKeyId === undefined,
  after: 'a key of your own',
  advice: 'Set encryptionKey, and give all readers the use of the key first: whoever lacks it is refused.',
});

/** Its value is not shown: the report goes to more people than the template. */
const LITERAL = proposalStep<CfnSecret>({
  ...SECRET,
  rule: 'SecretLiteral',
  property: 'SecretString',
  when: (secret, site) => {
    const written: unknown = site.overrideOf(secret, 'SecretString') ?? site.resolve(secret, secret.secretString);
    return typeof written === 'string' && holdsLiteral(written);
  },
  after: 'a value that no template holds',
  advice: 'Change the value, since whoever has the template, the repository or the logs of the pipeline has it, and let Secrets Manager make the new one '
    + '(generateSecretString), or put it in by hand after the deployment.',
});

/** Its value is not shown either. */
const PLAIN_SECRET = proposalStep<CfnParameter>({
  area: HardeningArea.KEYS_AND_SECRETS,
  type: 'AWS::SSM::Parameter',
  rule: 'ParameterPlainSecret',
  property: 'Value',
  when: ({ name = '', node, value }) => !Token.isUnresolved(value) && findSecret(Token.isUnresolved(name) ? node.id : name.split('/').pop()!, value) !== undefined,
  after: 'the ARN of a secret',
  advice: 'Keep the value in Secrets Manager, change it, since whoever has the template has it, and let its readers read it there.',
});

/** What hardening does to keys and secrets, and says about parameters. */
export const KEY_AND_SECRET_HARDENING: readonly HardeningStep[] = [ROTATION, LITERAL, SECRET_ROTATION, SECRET_KEY, PLAIN_SECRET];
