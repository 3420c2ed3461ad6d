import { Resource } from '../model/resources/resource';
import { expectEach, expectProperty, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../model/rule';
import { alternatives, at, elements, isTrue, isUnresolved, textOf, Value } from '../model/values/values';

const TRAIL = 'AWS::CloudTrail::Trail';

/** What a trail records one by one when it is told to. */
const DATA_TYPES = ['AWS::Lambda::Function', 'AWS::S3::Object'];

/** Features of GuardDuty that watch what serverless apps are made of; all of them are on until somebody switches them off. */
const FEATURES = ['LAMBDA_NETWORK_LOGS', 'S3_DATA_EVENTS'];

export const TRAIL_SETTINGS: Rule = {
  id: 'TrailSettings',
  severity: Severity.LOW,
  appliesTo: [TRAIL],
  title: 'A trail misses calls, or cannot prove that nobody changed it',
  why: 'The trail is what tells after an attack who did what. Without digests, entries can be taken out; without all regions, an attacker goes to another '
    + 'one; outside of CloudWatch, no alarm sees them.',
  fix: 'Set IsLogging, EnableLogFileValidation, IsMultiRegionTrail and IncludeGlobalServiceEvents to true, KMSKeyId to a key of your own, and '
    + 'CloudWatchLogsLogGroupArn to a log group (sendToCloudWatchLogs).',
  risks: ['unseen-attack', 'misconfiguration'],
  frameworks: [
    'FSBP CloudTrail.1', 'FSBP CloudTrail.2', 'FSBP CloudTrail.3', 'FSBP CloudTrail.4', 'FSBP CloudTrail.5', 'CT.CLOUDTRAIL.PR.1', 'CT.CLOUDTRAIL.PR.2',
    'CT.CLOUDTRAIL.PR.3', 'CKV_AWS_35', 'CKV_AWS_36', 'CKV_AWS_67',
  ],
  findingForm: 'name of the property',
  check: (trail) => [
    ...['IsLogging', 'EnableLogFileValidation', 'IsMultiRegionTrail'].map((name) => expectProperty(trail, name, isTrue, name)),
    expectProperty(trail, 'IncludeGlobalServiceEvents', (value) => value === undefined || isTrue(value), 'IncludeGlobalServiceEvents'),
    ...['KMSKeyId', 'CloudWatchLogsLogGroupArn'].map((name) => expectProperty(trail, name, isGiven, name)),
  ],
};

export const TRAIL_DATA_EVENTS: Rule = {
  id: 'TrailDataEvents',
  severity: Severity.LOW,
  appliesTo: [TRAIL],
  title: 'A trail does not tell who called functions, or who read and wrote objects',
  why: 'A trail records what administrators do, and nothing else until it is told to: after an attack nobody knows which objects were read.',
  fix: 'Record data events of functions and objects, reads and writes, in AdvancedEventSelectors or EventSelectors (addLambdaEventSelector, addS3EventSelector), for those that hold what is worth it.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP S3.22', 'FSBP S3.23', 'OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: 'what is not recorded: `AWS::Lambda::Function`, `AWS::S3::Object`',
  check: judgeDataEvents,
};

export const TRAIL_LAKE_KEY: Rule = {
  id: 'TrailLakeKey',
  severity: Severity.LOW,
  control: 'customerKeys',
  appliesTo: ['AWS::CloudTrail::EventDataStore'],
  title: 'The events of a lake are not encrypted with a key of your own',
  why: 'They tell who did what in the account for years. With your key, reading them takes a second right, which can be taken away from everybody at once.',
  fix: 'Set KmsKeyId to a key of your own.',
  risks: ['data-exposure', 'single-layer'],
  frameworks: ['FSBP CloudTrail.10', 'CT.CLOUDTRAIL.PR.4'],
  check: (store) => expectProperty(store, 'KmsKeyId', isGiven),
};

export const DETECTOR_SETTINGS: Rule = {
  id: 'DetectorSettings',
  severity: Severity.LOW,
  appliesTo: ['AWS::GuardDuty::Detector'],
  title: 'GuardDuty is off, or does not look at functions or buckets',
  why: 'A function that talks to the servers of an attacker, and a bucket that is copied by somebody new, are what GuardDuty is there to see.',
  fix: 'Set Enable to true, and leave LAMBDA_NETWORK_LOGS and S3_DATA_EVENTS on, which they are unless Features says otherwise.',
  risks: ['unseen-attack'],
  frameworks: ['FSBP GuardDuty.1', 'FSBP GuardDuty.6', 'FSBP GuardDuty.10', 'CT.GUARDDUTY.PR.1', 'OWASP Serverless S10', 'CSA SAS-05'],
  findingForm: '`Enable`, or the name of the feature',
  check: (detector) => {
    const location = 'Properties.Features';
    const features = detector.items('Features');
    return [
      expectProperty(detector, 'Enable', isTrue, 'Enable'),
      expectProperty(detector, 'DataSources.S3Logs.Enable', (value) => value === undefined || isTrue(value), 'S3_DATA_EVENTS'),
      ...FEATURES.map((name) => expectEach(features.filter((feature) => isUnresolved(feature) || at(feature, 'Name') === name)
        .flatMap((feature) => (isUnresolved(feature) ? [feature] : alternatives(at(feature, 'Status')))), location, (status) => status !== 'DISABLED', name)),
    ];
  },
};

/** Two forms say it: data resources of selectors, and fields of advanced ones. One that leaves out reads or writes is half of the truth. */
function judgeDataEvents(trail: Resource): RuleResult {
  const location = 'Properties.EventSelectors';
  const selectors = [...trail.items('EventSelectors'), ...trail.items('AdvancedEventSelectors')];
  const recorded = new Set(selectors.flatMap(typesOf));
  return DATA_TYPES.map((type): Outcome => {
    if (recorded.has(type)) return pass();
    return selectors.some(isUnresolved) ? unresolved(location, type) : fail(location, type);
  });
}

function typesOf(selector: Value): readonly string[] {
  if (isUnresolved(selector)) return [];
  const scope = textOf(at(selector, 'ReadWriteType')) ?? 'All';
  const fields = elements(at(selector, 'FieldSelectors'));
  if (scope !== 'All' || fields.some((field) => at(field, 'Field') === 'readOnly')) return [];
  const plain = elements(at(selector, 'DataResources')).map((data) => at(data, 'Type'));
  const advanced = fields.filter((field) => at(field, 'Field') === 'resources.type').flatMap((field) => elements(at(field, 'Equals')));
  return [...plain, ...advanced].map((type) => textOf(type) ?? '');
}

function isGiven(value: Value): boolean {
  return value !== undefined && value !== '';
}

export const TRAIL_RULES: readonly Rule[] = [DETECTOR_SETTINGS, TRAIL_DATA_EVENTS, TRAIL_LAKE_KEY, TRAIL_SETTINGS];
