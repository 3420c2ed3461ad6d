import { WEB_ACL, webAclBehind, webAclRules } from '../model/entries/web-acl-rules';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { expectEach, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../model/rule';
import { alternatives, at, elements, hasUnknown, isOfAnotherApp, isTrue, Text, textOf, Value } from '../model/values/values';

const LOGGING = 'AWS::WAFv2::LoggingConfiguration';

/** WAF writes to no destination whose name begins otherwise. */
const LOG_PREFIX = 'aws-waf-logs-';

/** Headers with which somebody else could go on in the caller's name. */
const CREDENTIAL_HEADERS = ['authorization', 'cookie'];

/** Where the types that WAF can write to keep their names. */
const NAME_PROPERTIES: { readonly [type: string]: string } = {
  'AWS::KinesisFirehose::DeliveryStream': 'DeliveryStreamName',
  'AWS::Logs::LogGroup': 'LogGroupName',
  'AWS::S3::Bucket': 'BucketName',
};

export const WEB_ACL_LOG: Rule = {
  id: 'WebAclLog',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [WEB_ACL],
  title: 'A web ACL keeps no record of what it let through and what it blocked',
  why: 'Which requests of an attack got past the rules, and from where, can only be guessed.',
  fix: 'Make an AWS::WAFv2::LoggingConfiguration to a log group, bucket or stream whose name begins with aws-waf-logs-; SecureWebAcl does.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP WAF.11', 'cdk-nag WAFv2LoggingEnabled', 'OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: '`destination` where the name of the destination is one that WAF refuses, `filter` where what was blocked is dropped; none where there is no log',
  check: judgeLog,
};

export const WEB_ACL_REDACTION: Rule = {
  id: 'WebAclRedaction',
  severity: Severity.LOW,
  appliesTo: [LOGGING],
  title: 'The log of a web ACL holds the credentials of callers',
  why: 'Whoever reads the log can go on in the name of everybody who called: the tokens stand in it.',
  fix: 'Name authorization and cookie in RedactedFields, or substitute them with DataProtectionConfig of the web ACL; SecureWebAcl does.',
  risks: ['data-exposure'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-10'],
  findingForm: 'name of the header: `authorization`, `cookie`',
  check: judgeRedaction,
};

export const WEB_ACL_METRICS: Rule = {
  id: 'WebAclMetrics',
  severity: Severity.LOW,
  appliesTo: [WEB_ACL],
  title: 'A web ACL or a rule of it is not counted in CloudWatch',
  why: 'No alarm can tell that an attack began, or that a rule blocks the app\'s own users.',
  fix: 'Set CloudWatchMetricsEnabled to true in VisibilityConfig of the ACL and of each rule; SecureWebAcl does.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP WAF.12', 'CSA SAS-05'],
  findingForm: 'name of the rule; none for the ACL itself',
  check: (acl, app) => [
    expectEach(acl.alternatives('VisibilityConfig.CloudWatchMetricsEnabled'), 'Properties.VisibilityConfig', isTrue),
    ...webAclRules(acl, app).map(({ value, location, name }) => (
      expectEach(alternatives(at(at(value, 'VisibilityConfig'), 'CloudWatchMetricsEnabled')), `${location}.VisibilityConfig`, isTrue, name))),
  ],
};

function judgeLog(acl: Resource, app: AppModel): RuleResult {
  const { byAcl, isOpen } = app.index('logs of web ACLs', () => logsOf(app));
  const logs = byAcl.get(acl.key) ?? [];
  if (logs.length === 0) return isOpen ? unresolved('Properties') : fail('Properties');
  return [
    pass(), ...logs.flatMap((log) => log.items('LogDestinationConfigs')).flatMap(alternatives).map((arn) => judgeDestination(arn, app)),
    ...logs.filter((log) => log.alternatives('LoggingFilter').some(dropsBlocked)).map(() => fail('Properties', 'filter')),
  ];
}

/** A filter keeps or drops by what became of a request, and has an answer for the rest. */
function dropsBlocked(filter: Value): boolean {
  const about = (behavior: string): boolean => elements(at(filter, 'Filters')).some((one) => at(one, 'Behavior') === behavior
    && elements(at(one, 'Conditions')).some((condition) => textOf(at(at(condition, 'ActionCondition'), 'Action')) === 'BLOCK'));
  return about('DROP') || (at(filter, 'DefaultBehavior') === 'DROP' && !about('KEEP'));
}

function logsOf(app: AppModel): { readonly byAcl: ReadonlyMap<string, readonly Resource[]>; readonly isOpen: boolean } {
  const byAcl = new Map<string, Resource[]>();
  let isOpen = false;
  for (const log of app.ofType(LOGGING)) {
    const acl = webAclBehind(log.property('ResourceArn'), app);
    if (acl === undefined) isOpen ||= hasUnknown(log.property('ResourceArn')) && !isOfAnotherApp(log.property('ResourceArn'));
    else byAcl.set(acl.key, [...byAcl.get(acl.key) ?? [], log]);
  }
  return { byAcl, isOpen };
}

function judgeDestination(arn: Value, app: AppModel): Outcome {
  const target = app.targets(arn).find(({ type }) => NAME_PROPERTIES[type] !== undefined);
  const name = target === undefined ? arn : target.property(NAME_PROPERTIES[target.type]);
  return expectEach(alternatives(name).map((option) => (option instanceof Text && hasUnknown(option) ? option.parts[0] : option)), 'Properties', (option) => {
    const text = textOf(option);
    return text !== undefined && (target === undefined ? text.includes(LOG_PREFIX) || !text.startsWith('arn:') : text.startsWith(LOG_PREFIX));
  }, 'destination');
}

function judgeRedaction(log: Resource, app: AppModel): RuleResult {
  const redacted = new Set(log.items('RedactedFields').map(headerName));
  const acl = webAclBehind(log.property('ResourceArn'), app);
  const isOpen = log.items('RedactedFields').some(hasUnknown);
  return CREDENTIAL_HEADERS.map((header) => {
    if (redacted.has(header) || (acl !== undefined && isSubstituted(header, acl))) return pass();
    return isOpen ? unresolved('Properties.RedactedFields', header) : fail('Properties.RedactedFields', header);
  });
}

/** The schema of WAF is without types here: templates write the key both ways. */
function headerName(field: Value): string {
  const header = at(field, 'SingleHeader');
  return (textOf(at(header, 'Name')) ?? textOf(at(header, 'name')) ?? '').toLowerCase();
}

function isSubstituted(header: string, acl: Resource): boolean {
  return acl.items('DataProtectionConfig.DataProtections').some((protection) => {
    const keys = elements(at(at(protection, 'Field'), 'FieldKeys')).map((key) => textOf(key)?.toLowerCase());
    return at(at(protection, 'Field'), 'FieldType') === 'SINGLE_HEADER' && (keys.length === 0 || keys.includes(header));
  });
}

export const WEB_ACL_LOG_RULES: readonly Rule[] = [WEB_ACL_LOG, WEB_ACL_METRICS, WEB_ACL_REDACTION];
