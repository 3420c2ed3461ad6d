import { isForFunction } from './escalation-rules';
import { AppModel, TEMPLATE } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { Access, accessOf, principalsWith } from '../../model/rights/access';
import { speaksOf } from '../../model/rights/actions';
import { Closure, closedBy } from '../../model/rights/conditions';
import { IDENTITY_POLICY_TYPES, identityStatements, isOnlyBoundary, Statement } from '../../model/rights/iam';
import { fail, notApplicable, Outcome, pass, Rule, Severity } from '../../model/rule';
import { parseArn } from '../../model/values/arn';

const SECRET = 'AWS::SecretsManager::Secret';
const DECRYPT = 'kms:Decrypt';
const READ_SECRET = ['secretsmanager:GetSecretValue', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath'];

export const SECRET_MANY_READERS: Rule = {
  id: 'SecretManyReaders',
  severity: Severity.INFO,
  appliesTo: [SECRET, 'AWS::SSM::Parameter', TEMPLATE],
  title: 'Many roles may read the same secret',
  why: 'The secret is as safe as the weakest of its readers, and nobody knows from which of them it leaked. Changing it breaks all of them at once.',
  fix: 'Give each function a secret of its own, or let one function hold it and serve the others. How many readers are fine is an option of the checks (mostSecretReaders).',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['OWASP Serverless: Insecure Secret Management', 'CSA SAS-07'],
  findingForm: 'the name of a secret that the app does not hold; none for one that it holds',
  check: (secret, app, { options }) => {
    if (secret.type === TEMPLATE) return judgeForeignSecrets(secret, app, options.mostSecretReaders);
    const readers = new Set(readActions(secret).flatMap((action) => principalsWith(secret, action, app)).map(({ role }) => role.key));
    return readers.size > options.mostSecretReaders ? fail('Properties') : pass();
  },
};

export const KEY_DECRYPT_SCOPE: Rule = {
  id: 'KeyDecryptScope',
  severity: Severity.INFO,
  appliesTo: IDENTITY_POLICY_TYPES,
  title: 'A function may use a key for whatever it protects',
  why: 'With kms:Decrypt alone, whoever takes over the function decrypts whatever else the key protects, as soon as he gets hold of the ciphertext.',
  fix: 'Add the condition kms:ViaService with the service that keeps the data, such as secretsmanager.<region>.amazonaws.com, or an encryption context where the function '
    + 'calls KMS itself. The verbs of secure constructs do.',
  risks: ['over-privilege', 'data-exposure'],
  frameworks: ['FSBP KMS.2', 'OWASP Serverless S5', 'CSA SAS-04'],
  check: (policy, app) => {
    if (isOnlyBoundary(policy, app) || !isForFunction(policy, app)) return notApplicable();
    const decrypting = identityStatements(policy, app).filter((statement) => statement.allows && speaksOf(statement, DECRYPT));
    if (decrypting.length === 0) return notApplicable();
    return decrypting.map((statement) => (isScoped(statement, app) ? pass() : fail(statement.location)));
  },
};

/** Secrets that the app reads and does not hold are told at the template of the first role that reads them. */
function judgeForeignSecrets(template: Resource, app: AppModel, most: number): readonly Outcome[] {
  const readers = app.index('readers of foreign secrets', () => {
    const table = new Map<string, Map<string, Resource>>();
    for (const access of app.ofType('AWS::IAM::Role').flatMap((role) => accessOf(role, app))) {
      const name = access.resource === undefined ? nameOfSecret(access) : undefined;
      if (name !== undefined) table.set(name, (table.get(name) ?? new Map<string, Resource>()).set(access.role.key, access.role));
    }
    return table;
  });
  return [...readers].filter(([, roles]) => roles.size > most && [...roles.values()][0].stackId === template.stackId)
    .map(([name]) => fail('Resources', name));
}

/** The name of a secret, without the letters that Secrets Manager adds to it, or of a parameter; undefined for a pattern. */
function nameOfSecret({ element, covers }: Access): string | undefined {
  const arn = parseArn(element);
  const name = /^(?:secret:|parameter\/)(.+)$/.exec(arn?.resource ?? '')?.[1].replace(/-(\?{6}|[A-Za-z0-9]{6}|\*)$/, '');
  return name === undefined || /[*?]/.test(name) || element.includes('<?>') || !READ_SECRET.some((action) => covers(action)) ? undefined : name;
}

function readActions(secret: Resource): readonly string[] {
  return secret.type === SECRET ? READ_SECRET.slice(0, 1) : READ_SECRET.slice(1);
}

function isScoped(statement: Statement, app: AppModel): boolean {
  return closedBy(statement, app, (key) => key === 'kms:viaservice' || key.startsWith('kms:encryptioncontext:')) !== Closure.OPEN;
}

export const SECRET_REACH_RULES: readonly Rule[] = [KEY_DECRYPT_SCOPE, SECRET_MANY_READERS];
