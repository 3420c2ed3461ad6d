import { facingFunctions } from '../model/entries/facing-functions';
import { AppModel } from '../model/resources/app-model';
import { parseObject } from '../model/resources/leaves';
import { settingPath, WORKERS } from '../model/resources/web-functions';
import { expectProperty, fail, notApplicable, Outcome, pass, Rule, Severity, unresolved } from '../model/rule';
import { at, elements, isRecord, isUnresolved, numberOf, Value } from '../model/values/values';

const LOG_GROUP = 'AWS::Logs::LogGroup';
const FUNCTION = 'AWS::Lambda::Function';

/** What CDK's older `logRetention` sets the retention with. */
const RETENTION_RESOURCE = 'Custom::LogRetention';

export const LOG_RETENTION: Rule = {
  id: 'LogRetention',
  severity: Severity.LOW,
  appliesTo: [LOG_GROUP, RETENTION_RESOURCE],
  title: 'Logs are kept for ever, or gone before anybody looks at them',
  why: 'Attacks are noticed months after they began, and what expired by then explains nothing; what never expires is a growing pile of personal data.',
  fix: 'Set RetentionInDays to what your profile asks for: 365 in production (retention: RetentionDays.ONE_YEAR). Secure constructs do.',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: ['FSBP CloudWatch.16', 'CT.CLOUDWATCH.PR.2', 'cdk-nag CloudWatchLogGroupRetentionPeriod', 'CKV_AWS_66', 'OWASP Serverless S10'],
  check: (group, _app, { profile }) => {
    if (group.property('LogGroupClass') === 'DELIVERY') return notApplicable(); // always one day
    return expectProperty(group, 'RetentionInDays', (days) => (numberOf(days) ?? 0) >= profile.controls.logRetention);
  },
};

export const LOG_CUSTOMER_KEY: Rule = {
  id: 'LogCustomerKey',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  control: 'customerKeys',
  appliesTo: [LOG_GROUP],
  title: 'Logs are not encrypted with a key of your own',
  why: 'Logs hold what requests held. With your key, reading them takes a second right, which can be taken away from everybody at once.',
  fix: 'Set KmsKeyId (encryptionKey of LogGroup), and let logs.<region>.amazonaws.com use the key. Secure constructs use the key of the stack.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['CT.CLOUDWATCH.PR.3', 'cdk-nag CloudWatchLogGroupEncrypted', 'CKV_AWS_158', 'AWS-0017'],
  check: (group, app) => {
    if (keyless(app).has(group.key)) return notApplicable();
    return expectProperty(group, 'KmsKeyId', (key) => key !== undefined && key !== '');
  },
};

export const LOG_MASKING: Rule = {
  id: 'LogMasking',
  severity: Severity.INFO,
  control: 'logMasking',
  appliesTo: [LOG_GROUP],
  title: 'Logs of a function that faces the Internet, or that are said to hide personal data, show it as it was sent',
  why: 'Sooner or later a request is logged as a whole: whoever reads logs then reads card numbers, tokens and addresses.',
  fix: 'Set a DataProtectionPolicy with an Audit and a Deidentify statement (dataProtectionPolicy of LogGroup). Secure constructs do.',
  risks: ['data-exposure'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-05'],
  check: (group, app) => {
    const isMeantToMask = group.alternatives('DataProtectionPolicy').every((policy) => policy !== undefined && policy !== '');
    if (!(facingGroups(app).has(group.key) || isMeantToMask) || masksWholeAccount(app)) return notApplicable();
    return group.alternatives('DataProtectionPolicy').map((policy): Outcome => {
      if (isUnresolved(policy)) return unresolved('Properties.DataProtectionPolicy');
      return masks(policy, app) ? pass() : fail('Properties.DataProtectionPolicy');
    });
  },
};

/** Cognito delivers logs only into groups without a key. */
function keyless(app: AppModel): ReadonlySet<string> {
  return app.index('log groups of Cognito', () => new Set(app.ofType('AWS::Cognito::LogDeliveryConfiguration')
    .flatMap((delivery) => delivery.items('LogConfigurations'))
    .flatMap((log) => app.targets(at(at(log, 'CloudWatchLogsConfiguration'), 'LogGroupArn'))).map(({ key }) => key)));
}

/** The groups into which functions write that face the Internet: the declared one, or the one with the name that Lambda chooses. */
function facingGroups(app: AppModel): ReadonlySet<string> {
  return app.index('log groups that hold requests', () => {
    const facing = facingFunctions(app);
    const functions = app.ofType(FUNCTION).filter(({ key }) => facing.has(key));
    const declared = app.ofType(...WORKERS).filter(({ key }) => facing.has(key))
      .flatMap((worker) => app.targets(worker.property(settingPath(worker.type, 'logGroup')))).map(({ key }) => key);
    const names = new Set(functions.flatMap((fn) => fn.alternatives('FunctionName')).flatMap((name) => (typeof name === 'string' ? [`/aws/lambda/${name}`] : [])));
    const byName = app.ofType(LOG_GROUP).filter((group) => group.alternatives('LogGroupName')
      .some((name) => (typeof name === 'string' && names.has(name)) || app.targets(name).some((target) => facing.has(target.key))));
    return new Set([...declared, ...byName.map(({ key }) => key)]);
  });
}

function masksWholeAccount(app: AppModel): boolean {
  return app.index('data protection of the account', () => app.ofType('AWS::Logs::AccountPolicy')
    .some((policy) => policy.property('PolicyType') === 'DATA_PROTECTION_POLICY' && masks(policy.property('PolicyDocument'), app)));
}

/** Only both statements together hide something: one finds it, the other masks it. */
function masks(policy: Value, app: AppModel): boolean {
  const document = isRecord(policy) ? policy : parseObject(app.describe(policy) ?? '');
  const operations = elements(at(document, 'Statement')).filter((statement) => elements(at(statement, 'DataIdentifier')).length > 0)
    .map((statement) => at(statement, 'Operation'));
  return ['Audit', 'Deidentify'].every((operation) => operations.some((one) => at(one, operation) !== undefined));
}

export const LOG_RULES: readonly Rule[] = [LOG_CUSTOMER_KEY, LOG_MASKING, LOG_RETENTION];
