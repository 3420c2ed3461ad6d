import { SECRET_ROTATION_DAYS, STAND_IN_VALUE } from './secret-baseline';
import { findSecret, findToken, namesSecret, wordsOf } from '../../core/secrets/secret-findings';
import { AppModel } from '../../model/resources/app-model';
import { parseObject } from '../../model/resources/leaves';
import { Resource } from '../../model/resources/resource';
import { expectProperty, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { entries, isRecord, isTrue, isUnresolved, numberOf, Reference, textOf, Value } from '../../model/values/values';

const SECRET = 'AWS::SecretsManager::Secret';
const ATTACHMENTS = ['AWS::SecretsManager::SecretTargetAttachment'];

/** Fields of a secret that are none. */
const HARMLESS_FIELD = /^(?:account|audience|client_?id|cluster.*|database|db.*|email|engine|grant_?type|issuer|login|master_?arn|port|realm|region|schema|scopes?|user.*)$/;

export const SECRET_LITERAL: Rule = {
  id: 'SecretLiteral',
  severity: Severity.HIGH,
  appliesTo: [SECRET],
  title: 'A template holds the value of a secret',
  why: 'The value stands in the repository, in the history of CloudFormation and in the logs of the pipeline: who reads one of them needs no right to the secret.',
  fix: 'Let Secrets Manager make the value (GenerateSecretString), or put it in by hand after the deployment. SecureSecret does not take a literal.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'name of the field, where the value is a JSON object',
  check: judgeBody,
};

export const PARAMETER_SECRET: Rule = {
  id: 'ParameterPlainSecret',
  severity: Severity.MEDIUM,
  appliesTo: ['AWS::SSM::Parameter'],
  title: 'A parameter that is not encrypted holds a secret',
  why: 'CloudFormation cannot make a SecureString: the value stands in the template, and everybody who may read parameters reads it.',
  fix: 'Keep the value in Secrets Manager (SecureSecret), and at most its ARN in the parameter.',
  risks: ['data-exposure', 'misconfiguration'],
  frameworks: ['CKV_AWS_384', 'OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  check: judgeParameter,
};

export const SECRET_KEY: Rule = {
  id: 'SecretOwnKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [SECRET],
  title: 'A secret is encrypted with a key that everybody in the account may use',
  why: 'The right to read the secret is then the only lock. A key of yours takes a second right, and records each use.',
  fix: 'Set KmsKeyId to a key of yours (encryptionKey). SecureSecret does.',
  risks: ['single-layer', 'data-exposure'],
  frameworks: ['cdk-nag SecretsManagerUsingKMSKey', 'CKV_AWS_149', 'CSA SAS-07'],
  control: 'customerKeys',
  check: (secret) => expectProperty(secret, 'KmsKeyId', (key) => (textOf(key) ?? '') !== '' && !/alias\/aws\//.test(textOf(key) ?? '')),
};

export const SECRET_ROTATION: Rule = {
  id: 'SecretRotation',
  severity: Severity.LOW,
  appliesTo: [SECRET, 'AWS::SecretsManager::RotationSchedule'],
  title: 'A secret keeps its value for good',
  why: 'Whoever has seen it once can use it until somebody changes it by hand.',
  fix: 'Give the secret a rotation of at most 90 days (addRotationSchedule; rotation of SecureSecret). '
    + 'Where only a third party can change the value, acknowledge this with the reason, or SecretRotation.off(reason).',
  risks: ['broken-authentication', 'misconfiguration'],
  frameworks: ['FSBP SecretsManager.1', 'FSBP SecretsManager.4', 'cdk-nag SMG4', 'CSA SAS-07'],
  check: (resource, app) => (resource.type === SECRET ? judgeRotation(resource, app) : judgeInterval(resource)),
};

export const SECRET_POLICY_BLOCK: Rule = {
  id: 'SecretPolicyBlock',
  severity: Severity.LOW,
  appliesTo: ['AWS::SecretsManager::ResourcePolicy'],
  title: 'A policy of a secret may become public',
  why: 'Secrets Manager checks with an automated proof that a policy admits nobody from everywhere, but only where it is told to.',
  fix: 'Set BlockPublicPolicy to true. SecureSecret does.',
  risks: ['attack-surface', 'misconfiguration'],
  frameworks: ['prowler secretsmanager_not_publicly_accessible', 'CSA SAS-07'],
  check: (policy) => expectProperty(policy, 'BlockPublicPolicy', isTrue),
};

function judgeBody(secret: Resource): RuleResult {
  return [
    ...secret.alternatives('SecretString').flatMap((value) => judgeValue(value, 'Properties.SecretString', false)),
    ...secret.alternatives('GenerateSecretString.SecretStringTemplate')
      .flatMap((value) => judgeValue(value, 'Properties.GenerateSecretString.SecretStringTemplate', true)),
  ];
}

/** Whether the value of a secret, as a template has it, is the secret itself. */
export function holdsLiteral(value: string): boolean {
  return judgeValue(value, 'Properties.SecretString', false).some(({ kind }) => kind === 'fail');
}

/**
 * | value                                | as `SecretString`                        | as template of a generated one |
 * |--------------------------------------|------------------------------------------|--------------------------------|
 * | a JSON object, with a literal field  | wrong, unless the field is harmless      | wrong under the name of a secret |
 * | another literal text                 | wrong                                    | wrong with a token in it       |
 * | a stand-in, a pointer, a dynamic reference | fine                               | fine                           |
 * | known at deployment                  | open                                     | open                           |
 */
function judgeValue(value: Value, location: string, generated: boolean): readonly Outcome[] {
  if (value === undefined) return [];
  if (isUnresolved(value)) return [unresolved(location)];
  const text = (textOf(value) ?? '').trim();
  const opened = isRecord(value) ? value : parseObject(text);
  if (isRecord(opened)) {
    return entries(opened).map(([field, content]) => (
      isLiteral(content) && isSecretField(field, textOf(content)!, generated) ? fail(location, field) : pass()));
  }
  if (value instanceof Reference || !isLiteral(text)) return [pass()];
  const isWhole = typeof value === 'string' && !generated;
  return [isWhole || findToken(text) !== undefined ? fail(location) : pass()];
}

function isLiteral(value: Value): boolean {
  const text = textOf(value)?.trim();
  return text !== undefined && !(value instanceof Reference) && !/^\{\{resolve:|^(?:<[^<>]*>)+$/.test(text) && !STAND_IN_VALUE.test(text);
}

function isSecretField(field: string, content: string, generated: boolean): boolean {
  const name = wordsOf(field);
  if (findSecret(field, content) !== undefined || namesSecret(field)) return !/^(?:arn:|https?:\/\/[^@]*$)/.test(content);
  return !generated && !HARMLESS_FIELD.test(name) && !/(?:arn|host|id|name|uri|url|version|type|endpoint)$/.test(name) && !/^(?:arn:|https?:\/\/)/.test(content);
}

function judgeParameter(parameter: Resource): RuleResult {
  const name = textOf(parameter.property('Name'))?.split('/').pop() ?? '';
  return parameter.alternatives('Value').map((value): Outcome => {
    if (isUnresolved(value)) return namesSecret(name) ? unresolved('Properties.Value') : pass();
    const text = (textOf(value) ?? '').trim();
    if (value instanceof Reference || /^(?:arn:|\/|<)/.test(text) || STAND_IN_VALUE.test(text)) return pass();
    const opened = parseObject(text);
    const fields = isRecord(opened) ? entries(opened).filter(([, content]) => isLiteral(content)) : [];
    const found = fields.some(([field, content]) => findSecret(field, textOf(content)!) !== undefined) || findSecret(name, text) !== undefined;
    return found ? fail('Properties.Value') : pass();
  });
}

function judgeRotation(secret: Resource, app: AppModel): RuleResult {
  const rotated = app.index('secrets that rotate', () => rotatedSecrets(app));
  if (rotated.has(secret.key)) return pass();
  return rotated.has('?') ? unresolved('Properties') : fail('Properties');
}

/** A schedule names its secret by pointer, or by the attachment of the secret to a database. */
function rotatedSecrets(app: AppModel): ReadonlySet<string> {
  const found = new Set<string>();
  for (const schedule of app.ofType('AWS::SecretsManager::RotationSchedule')) {
    for (const id of schedule.alternatives('SecretId')) {
      const target = app.targets(id)[0];
      const secret = target !== undefined && ATTACHMENTS.includes(target.type) ? app.targets(target.property('SecretId'))[0] : target;
      if (secret !== undefined) found.add(secret.key);
      else if (isUnresolved(id)) found.add('?');
    }
  }
  return found;
}

function judgeInterval(schedule: Resource): RuleResult {
  const days = schedule.alternatives('RotationRules.AutomaticallyAfterDays').map(numberOf);
  if (days.some((number) => number !== undefined && number > SECRET_ROTATION_DAYS.most)) return fail('Properties.RotationRules.AutomaticallyAfterDays');
  const rate = schedule.alternatives('RotationRules.ScheduleExpression').map((value) => /^rate\((\d{1,9}) days?\)$/.exec(textOf(value) ?? '')?.[1]);
  return rate.some((number) => number !== undefined && Number(number) > SECRET_ROTATION_DAYS.most) ? fail('Properties.RotationRules.ScheduleExpression') : pass();
}

export const SECRET_RULES: readonly Rule[] = [PARAMETER_SECRET, SECRET_KEY, SECRET_LITERAL, SECRET_POLICY_BLOCK, SECRET_ROTATION];
