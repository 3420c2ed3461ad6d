import { CfnCondition, Duration, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { AttributeType } from 'aws-cdk-lib/aws-dynamodb';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { CfnBucket } from 'aws-cdk-lib/aws-s3';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { watch } from '../../src/alarms/watch';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureTable } from '../../src/database/table/secure-table';
import { DETECTION_BY_PROFILE } from '../../src/detection/detection-baseline';
import { FindingFrequency } from '../../src/detection/findings/finding-frequency';
import { FindingKind } from '../../src/detection/findings/finding-kind';
import { FindingNotification } from '../../src/detection/findings/finding-notification';
import { FindingSeverity } from '../../src/detection/findings/finding-severity';
import { FindingSource } from '../../src/detection/findings/finding-source';
import { FindingTarget } from '../../src/detection/findings/finding-target';
import { AccessAnalysis } from '../../src/detection/services/access-analysis';
import { AuditTrail } from '../../src/detection/services/audit-trail';
import { GuardDutyDetector } from '../../src/detection/services/guard-duty-detector';
import { GuardDutyFeature } from '../../src/detection/services/guard-duty-feature';
import { LogAnomalies } from '../../src/detection/services/log-anomalies';
import { LogAnomalyFrequency } from '../../src/detection/services/log-anomaly-frequency';
import { ThreatDetection } from '../../src/detection/threat-detection';
import { ThreatDetectionProps } from '../../src/detection/threat-detection-props';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { Json, line, only } from '../support/api';
import { PROFILES, templateOf, TestAppOptions, testStack } from '../support/apps';
import { aFunction, demanded } from '../support/self-audit';

const REASON = 'the organisation watches this account';
const HERE = { account: '111122223333', region: 'eu-west-1' };

interface Made { readonly stack: Stack; readonly detection: ThreatDetection }

function made(props: ThreatDetectionProps = {}, options: TestAppOptions = {}): Made {
  const stack = testStack(options);
  return { stack, detection: new ThreatDetection(stack, 'Detection', { findingFunction: demanded(stack), ...props }) };
}

const resources = (stack: Stack, type: string): Json[] => Object.values(templateOf(stack).findResources(type));

/** The event patterns of the rules on the default bus. */
function heardBy(stack: Stack): Json[] {
  return resources(stack, 'AWS::Events::Rule').filter(({ Properties }) => line(Properties.EventBusName) === 'default').map(({ Properties }) => Properties.EventPattern);
}

function environmentOf(stack: Stack): Json {
  const fn = resources(stack, 'AWS::Lambda::Function').find(({ Properties }) => Properties.Environment?.Variables.METRIC_NAMESPACE !== undefined);
  return fn!.Properties.Environment.Variables;
}

/** What the role of the function may do, by action. */
function rightsOf(stack: Stack): Json[] {
  return Object.entries(templateOf(stack).findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith('DetectionPipelineFunction'))
    .flatMap(([, { Properties }]: [string, Json]) => Properties.PolicyDocument.Statement);
}

const types = (stack: Stack): string[] => (
  [...new Set(Object.values(templateOf(stack).toJSON().Resources as { [id: string]: { Type: string } }).map(({ Type }) => Type))]);

describe('by profile', () => {
  test.each(PROFILES)('%s makes what its table says', (name, profile) => {
    const { stack } = made({}, { profile: profile() });
    const defaults = DETECTION_BY_PROFILE[name as keyof typeof DETECTION_BY_PROFILE];
    const has = (type: string) => types(stack).includes(type);
    expect({
      detector: has('AWS::GuardDuty::Detector'),
      trail: has('AWS::CloudTrail::Trail'),
      analyzer: has('AWS::AccessAnalyzer::Analyzer'),
      logAnomalies: has('AWS::Logs::LogAnomalyDetector'),
      notifyFrom: environmentOf(stack).NOTIFY_FROM,
    }).toEqual({
      detector: defaults.detector,
      trail: defaults.trail,
      analyzer: defaults.analyzer,
      logAnomalies: defaults.logAnomalies,
      notifyFrom: defaults.notifyFrom,
    });
    expect(heardBy(stack)).toHaveLength(defaults.sources.length);
    if (defaults.detector) {
      expect(only(templateOf(stack), 'AWS::GuardDuty::Detector').Features.map(({ Name }: Json) => Name)).toEqual(defaults.features);
    }
  });

  test('the sandbox only listens', () => {
    expect(types(made({}, { profile: SecurityProfile.sandbox() }).stack).filter((type) => /GuardDuty|CloudTrail|AccessAnalyzer|KMS/.test(type))).toStrictEqual([]);
  });
});

describe('GuardDuty', () => {
  test('a detector watches functions and buckets and tells again every 15 minutes', () => {
    expect(only(templateOf(made().stack), 'AWS::GuardDuty::Detector')).toEqual({
      Enable: true,
      Features: [{ Name: 'LAMBDA_NETWORK_LOGS', Status: 'ENABLED' }, { Name: 'S3_DATA_EVENTS', Status: 'ENABLED' }],
      FindingPublishingFrequency: 'FIFTEEN_MINUTES',
    });
  });

  test('a detector stays when the stack goes, but not when it never came to be; in the sandbox it goes', () => {
    const [kept] = resources(made().stack, 'AWS::GuardDuty::Detector');
    expect(kept).toMatchObject({ DeletionPolicy: 'RetainExceptOnCreate', UpdateReplacePolicy: 'Retain' });
    const [gone] = resources(made({ guardDuty: GuardDutyDetector.make() }, { profile: SecurityProfile.sandbox() }).stack, 'AWS::GuardDuty::Detector');
    expect(gone.DeletionPolicy).toBeUndefined();
  });

  test('it can watch more, at another pace', () => {
    const alsoWatch = [GuardDutyFeature.RUNTIME_MONITORING, GuardDutyFeature.EKS_AUDIT_LOGS];
    const guardDuty = GuardDutyDetector.make({ alsoWatch, frequency: FindingFrequency.SIX_HOURS });
    expect(only(templateOf(made({ guardDuty }).stack), 'AWS::GuardDuty::Detector')).toMatchObject({
      Features: ['EKS_AUDIT_LOGS', 'LAMBDA_NETWORK_LOGS', 'RUNTIME_MONITORING', 'S3_DATA_EVENTS'].map((Name) => ({ Name, Status: 'ENABLED' })),
      FindingPublishingFrequency: 'SIX_HOURS',
    });
  });

  test('its id is known where the stack makes it', () => {
    const { stack, detection } = made();
    expect(stack.resolve(detection.detectorId)).toEqual({ 'Fn::GetAtt': ['DetectionDetector92F8C003', 'Id'] });
    expect(made({ guardDuty: GuardDutyDetector.existing() }).detection.detectorId).toBeUndefined();
  });

  test('one that exists is listened to, and nothing is recorded as weaker', () => {
    const { stack } = made({ guardDuty: GuardDutyDetector.existing() });
    templateOf(stack).resourceCountIs('AWS::GuardDuty::Detector', 0);
    expect(heardBy(stack)).toContainEqual({ 'source': ['aws.guardduty'], 'detail-type': ['GuardDuty Finding'] });
    expect(waiversBelow(stack)).toStrictEqual([]);
  });
});

describe('scans for malware', () => {
  test('GuardDuty scans and tags objects of one bucket, in a role with the documented rights on it', () => {
    const stack = testStack({ env: HERE });
    const bucket = new SecureBucket(stack, 'Uploads');
    new ThreatDetection(stack, 'Detection').scanForMalware(bucket, { prefixes: ['in/'] });
    const template = templateOf(stack);
    const [plan] = resources(stack, 'AWS::GuardDuty::MalwareProtectionPlan');
    const name = stack.resolve(bucket.bucketName);
    expect(plan.Properties).toMatchObject({ Actions: { Tagging: { Status: 'ENABLED' } }, ProtectedResource: { S3Bucket: { BucketName: name, ObjectPrefixes: ['in/'] } } });
    expect(plan.DependsOn).toEqual([expect.stringMatching(/^DetectionScan\w+DefaultPolicy/)]);
    const [, policy] = Object.entries(template.findResources('AWS::IAM::Policy')).find(([id]) => id.startsWith('DetectionScan')) as [string, Json];
    const [role] = resources(stack, 'AWS::IAM::Role').filter(({ Properties }) => Properties.Description === 'Scans Shop/Uploads for malware');
    expect(role.Properties.AssumeRolePolicyDocument.Statement[0].Principal).toEqual({ Service: 'malware-protection-plan.guardduty.amazonaws.com' });
    const { Statement } = policy.Properties.PolicyDocument;
    const rights = Statement.map(({ Action, Resource, Condition }: Json) => ({ Action, Resource: line(Resource), Condition }));
    const rule = 'arn:<AWS::Partition>:events:eu-west-1:111122223333:rule/DO-NOT-DELETE-AmazonGuardDutyMalwareProtectionS3*';
    const arn = line(stack.resolve(bucket.bucketArn));
    expect(rights).toEqual([
      { Action: ['events:DeleteRule', 'events:PutRule', 'events:PutTargets', 'events:RemoveTargets'], Resource: rule, Condition: { StringLike: { 'events:ManagedBy': 'malware-protection-plan.guardduty.amazonaws.com' } } },
      { Action: ['events:DescribeRule', 'events:ListTargetsByRule'], Resource: rule },
      { Action: ['s3:GetBucketNotification', 's3:ListBucket', 's3:PutBucketNotification'], Resource: arn },
      { Action: 's3:PutObject', Resource: `${arn}/malware-protection-resource-validation-object` },
      {
        Action: ['s3:GetObject', 's3:GetObjectTagging', 's3:GetObjectVersion', 's3:GetObjectVersionTagging', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'],
        Resource: `${arn}/*`,
      },
      expect.objectContaining({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'] }),
    ]);
  });

  test('without tags GuardDuty may not tag', () => {
    const stack = testStack();
    new ThreatDetection(stack, 'Detection').scanForMalware(new SecureBucket(stack, 'Uploads'), { tagging: false });
    expect(resources(stack, 'AWS::GuardDuty::MalwareProtectionPlan')[0].Properties.Actions.Tagging.Status).toBe('DISABLED');
    expect(JSON.stringify(templateOf(stack).toJSON())).not.toContain('s3:PutObjectTagging');
  });

  test('what it finds, and what it cannot scan any more, is listened to once for all buckets', () => {
    const { stack, detection } = made({ sources: [FindingSource.INSPECTOR] });
    for (const name of ['One', 'Two']) detection.scanForMalware(new SecureBucket(stack, name));
    expect(heardBy(stack).map((pattern) => pattern['detail-type'])).toEqual(expect.arrayContaining([
      ['GuardDuty Malware Protection Object Scan Result'],
      ['GuardDuty Malware Protection Resource Status Error', 'GuardDuty Malware Protection Resource Status Warning'],
    ]));
    expect(heardBy(stack)).toHaveLength(3);
  });

  test.each<[string, string[], string]>([
    ['no prefix', [], "'prefixes (how many)' must be a whole number between 1 and 5, got 0; leave them out to scan every new object [ThreatDetection.Prefixes, at 'Shop/Detection']"],
    ['six prefixes', Array.from({ length: 6 }, (_, index) => `${index}/`), "'prefixes (how many)' must be a whole number between 1 and 5, got 6; leave them out to scan every new object [ThreatDetection.Prefixes, at 'Shop/Detection']"],
    ['a pattern', ['in/*'], "'prefix' must be the start of a key, without a leading slash, a wildcard or a policy variable, got \"in/*\"; write it like 'invoices/', or leave it out for the whole bucket [SecureBucket.Prefix, at 'Shop/Detection']"],
  ])('fails on %s', (_, prefixes, message) => {
    const { stack, detection } = made();
    expect(() => detection.scanForMalware(new SecureBucket(stack, 'Uploads'), { prefixes })).toThrow(message);
  });

  test('fails on a bucket that is scanned already', () => {
    const { stack, detection } = made();
    const bucket = new SecureBucket(stack, 'Uploads');
    detection.scanForMalware(bucket);
    expect(() => detection.scanForMalware(bucket)).toThrow(
      "'bucket' must be given once, got \"Shop/Uploads\"; name all prefixes in one call [ThreatDetection.ScannedTwice, at 'Shop/Detection']");
  });

  test('fails on a bucket of another region', () => {
    const { stack, detection } = made({}, { env: HERE });
    const elsewhere = new SecureBucket(new Stack(stack.node.root, 'Elsewhere', { env: { ...HERE, region: 'us-east-1' } }), 'Uploads');
    expect(() => detection.scanForMalware(elsewhere)).toThrow(
      "'bucket' must lie in the account and region of the detection (eu-west-1), got \"us-east-1\"; let a detection over there scan it [ThreatDetection.ForeignBucket, at 'Shop/Detection']");
  });
});

describe('the trail', () => {
  const trailOf = (stack: Stack): Json => only(templateOf(stack), 'AWS::CloudTrail::Trail');
  const selectorsOf = (stack: Stack): Json => trailOf(stack).AdvancedEventSelectors
    .map(({ Name, FieldSelectors }: Json) => [Name, FieldSelectors.map(({ Field, Equals, StartsWith }: Json) => `${Field} ${(Equals ?? StartsWith).map(line).join(' ')}`)]);

  test('records in all regions, encrypted, with digests, into its own bucket and log group', () => {
    const { stack, detection } = made();
    expect(trailOf(stack)).toMatchObject({
      IsLogging: true,
      IsMultiRegionTrail: true,
      IncludeGlobalServiceEvents: true,
      EnableLogFileValidation: true,
      TrailName: 'ShopDetectionTrailE57DF351',
      S3BucketName: stack.resolve(detection.trailBucket!.bucketName),
      KMSKeyId: { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] },
      CloudWatchLogsLogGroupArn: { 'Fn::GetAtt': [expect.stringMatching(/^DetectionTrailLog/), 'Arn'] },
    });
  });

  test('waits for what CloudTrail tries: the policy of the bucket, and the rights of its role', () => {
    const [{ DependsOn }] = resources(made().stack, 'AWS::CloudTrail::Trail');
    expect(DependsOn).toEqual([expect.stringMatching(/^DetectionTrailBucketPolicy/), expect.stringMatching(/^DetectionTrailLogRoleDefaultPolicy/)]);
  });

  test('names functions, tables and buckets one by one, those of nested stacks too, and no bucket that keeps logs', () => {
    const { stack } = made();
    new SecureBucket(stack, 'Receipts');
    new SecureTable(stack, 'Orders', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    new SecureBucket(new NestedStack(stack, 'Inner'), 'Nested');
    expect(selectorsOf(stack)).toEqual([
      ['Objects', ['eventCategory Data', 'resources.type AWS::S3::Object', expect.stringMatching(
        /^resources\.ARN <Receipts[0-9A-F]{8}\.Arn>\/ <InnerNestedStack\w+\.Outputs\.\w+Nested\w+Arn>\/$/)]],
      ['Items', ['eventCategory Data', 'resources.type AWS::DynamoDB::Table', expect.stringMatching(/^resources\.ARN <DetectionPipelineHandled\w+\.Arn> <Orders\w+\.Arn>$/)]],
      ['Functions', ['eventCategory Data', 'resources.type AWS::Lambda::Function', expect.stringMatching(/^resources\.ARN <DetectionPipelineFunction\w+\.Arn>$/)]],
    ]);
  });

  test('stands in the stack around nested ones, of which none then waits for what it names in another', () => {
    const stack = testStack();
    const [shop, guard] = [new NestedStack(stack, 'Shop'), new NestedStack(stack, 'Guard')];
    const detection = new ThreatDetection(guard, 'Detection');
    detection.onFinding('Answer', FindingTarget.lambdaFunction(aFunction(shop, 'Answers')));
    const { AdvancedEventSelectors, S3BucketName } = trailOf(stack); // the assertions refuse a template with a circle
    expect(AdvancedEventSelectors.map(({ FieldSelectors }: Json) => FieldSelectors[2].Equals?.map(line).sort())).toEqual([
      [expect.stringMatching(/^<GuardNestedStack\w+\.Outputs\.\w+Handled\w+Arn>$/)],
      [expect.stringMatching(/^<GuardNestedStack\w+\.Outputs\.\w+Function\w+Arn>$/), expect.stringMatching(/^<ShopNestedStack\w+\.Outputs\.\w+Answers\w+Arn>$/)],
    ]);
    expect(line(S3BucketName)).toMatch(/^<GuardNestedStack\w+\.Outputs\.\w+TrailBucket\w+Ref>$/);
    expect(resources(stack, 'AWS::CloudTrail::Trail')[0].DependsOn).toContainEqual(expect.stringMatching(/^GuardNestedStack/));
    expect(resources(guard, 'AWS::CloudTrail::Trail')).toStrictEqual([]);
  });

  test('names what is there under a condition only under that condition', () => {
    const { stack } = made();
    new CfnBucket(stack, 'Maybe').cfnOptions.condition = new CfnCondition(stack, 'Large', { expression: Fn.conditionEquals(Fn.ref('AWS::Region'), 'eu-west-1') });
    expect(trailOf(stack).AdvancedEventSelectors[0].FieldSelectors[2].StartsWith).toEqual([
      { 'Fn::If': ['Large', { 'Fn::Join': ['', [{ 'Fn::GetAtt': ['Maybe', 'Arn'] }, '/']] }, { Ref: 'AWS::NoValue' }] },
    ]);
  });

  test('names each ARN once, also what the author names besides', () => {
    const stack = testStack();
    const nested = new NestedStack(stack, 'Inner');
    const [fn, within] = [aFunction(stack), aFunction(nested)];
    const bucket = new SecureBucket(stack, 'Receipts');
    const table = new SecureTable(stack, 'Items', { partitionKey: { name: 'id', type: AttributeType.STRING } });
    const given = ['One', 'Two'].map((id) => LambdaFunction.fromFunctionArn(stack, id, 'arn:aws:lambda:eu-west-1:111122223333:function:given'));
    const auditTrail = AuditTrail.ofStack({ functions: [fn, within, fn, ...given], buckets: [bucket], tables: [table] });
    new ThreatDetection(stack, 'Detection', { auditTrail });
    const named = trailOf(stack).AdvancedEventSelectors.map(({ FieldSelectors }: Json) => FieldSelectors[2].StartsWith ?? FieldSelectors[2].Equals);
    for (const arns of named) expect(new Set(arns.map((arn: Json) => JSON.stringify(arn))).size).toBe(arns.length);
    expect(named.map((arns: Json[]) => arns.length)).toEqual([1, 2, 4]); // the detection has a table and a function of its own
  });

  test('records what other stacks hold, and what administrators do, if asked', () => {
    const stack = testStack();
    const other = new Stack(stack.node.root, 'Other');
    const auditTrail = AuditTrail.ofStack({ managementEvents: true, buckets: [new SecureBucket(other, 'Far')], functions: [aFunction(other)] });
    new ThreatDetection(stack, 'Detection', { auditTrail });
    expect(selectorsOf(stack)).toEqual([
      ['Management events', ['eventCategory Management']],
      ['Objects', expect.arrayContaining([expect.stringContaining('Other:ExportsOutputFnGetAttFar')])],
      ['Items', expect.anything()],
      ['Functions', expect.arrayContaining([expect.stringContaining('Other:ExportsOutputFnGetAttOrders')])],
    ]);
  });

  test('records all of the account if asked', () => {
    expect(selectorsOf(made({ auditTrail: AuditTrail.ofAccount() }).stack)).toEqual([
      ['Objects', ['eventCategory Data', 'resources.type AWS::S3::Object']],
      ['Items', ['eventCategory Data', 'resources.type AWS::DynamoDB::Table']],
      ['Functions', ['eventCategory Data', 'resources.type AWS::Lambda::Function']],
    ]);
  });

  test('its key and its bucket open for this one trail', () => {
    const { stack, detection } = made({}, { env: HERE });
    const trail = 'arn:<AWS::Partition>:cloudtrail:eu-west-1:111122223333:trail/ShopDetectionTrailE57DF351';
    const [key] = resources(stack, 'AWS::KMS::Key');
    const ofTrail = (statements: Json[]) => statements.filter(({ Principal }) => Principal?.Service === 'cloudtrail.amazonaws.com')
      .map(({ Action, Condition }) => ({ Action, Condition: JSON.parse(JSON.stringify(Condition), (_, value) => (value?.['Fn::Join'] ? line(value) : value)) }));
    expect(ofTrail(key.Properties.KeyPolicy.Statement)).toEqual([
      {
        Action: ['kms:GenerateDataKey', 'kms:GenerateDataKeyWithoutPlaintext'],
        Condition: {
          StringEquals: { 'aws:SourceArn': trail },
          StringLike: { 'kms:EncryptionContext:aws:cloudtrail:arn': 'arn:<AWS::Partition>:cloudtrail:*:111122223333:trail/*' },
        },
      },
      { Action: ['kms:Decrypt', 'kms:DescribeKey'], Condition: { StringEquals: { 'aws:SourceArn': trail } } },
    ]);
    const policies = resources(stack, 'AWS::S3::BucketPolicy').filter(({ Properties }) => line(Properties.Bucket) === line(stack.resolve(detection.trailBucket!.bucketName)));
    expect(ofTrail(policies[0].Properties.PolicyDocument.Statement)).toEqual([
      { Action: 's3:GetBucketAcl', Condition: { StringEquals: { 'aws:SourceArn': trail } } },
      { Action: 's3:PutObject', Condition: { StringEquals: { 'aws:SourceArn': trail, 's3:x-amz-acl': 'bucket-owner-full-control' } } },
    ]);
  });

  test('its log expires with the retention of the profile', () => {
    const { stack, detection } = made({}, { profile: SecurityProfile.production() });
    const logical = line(stack.resolve(detection.trailBucket!.bucketName)).slice(1, -1);
    expect(templateOf(stack).toJSON().Resources[logical].Properties.LifecycleConfiguration.Rules).toContainEqual({ Id: 'ExpireLogs', Status: 'Enabled', ExpirationInDays: 365 });
  });

  test('fails with more resources than CloudTrail takes', () => {
    const stack = testStack();
    const inner = new NestedStack(stack, 'Inner');
    for (let index = 0; index < 300; index += 1) {
      new CfnBucket(stack, `One${index}`);
      new CfnBucket(inner, `Two${index}`);
    }
    new ThreatDetection(stack, 'Detection');
    expect(() => templateOf(stack)).toThrow("'auditTrail' must not name more than CloudTrail takes, 500 values for all conditions, got 608; split the stack, or record all of the account "
      + "with AuditTrail.ofAccount() [ThreatDetection.TrailValues, at 'Shop/Detection/Trail']");
  });
});

describe('Access Analyzer', () => {
  const analyzers = (accessAnalysis?: AccessAnalysis): Json[] => resources(made({ accessAnalysis }).stack, 'AWS::AccessAnalyzer::Analyzer').map(({ Properties }) => Properties);

  test('looks for access from outside by default, and archives nothing by rule', () => {
    expect(analyzers()).toEqual([{ Type: 'ACCOUNT' }]);
  });

  test('looks for unused access if asked', () => {
    const unused = (UnusedAccessAge: number) => ({ Type: 'ACCOUNT_UNUSED_ACCESS', AnalyzerConfiguration: { UnusedAccessConfiguration: { UnusedAccessAge } } });
    expect(analyzers(AccessAnalysis.externalAndUnused())).toEqual([{ Type: 'ACCOUNT' }, unused(90)]);
    expect(analyzers(AccessAnalysis.externalAndUnused(Duration.days(30)))).toEqual([{ Type: 'ACCOUNT' }, unused(30)]);
  });

  test('one that exists is listened to', () => {
    expect(analyzers(AccessAnalysis.existing())).toStrictEqual([]);
  });

  test.each([Duration.hours(12), Duration.days(366)])('fails on access that is unused for %s', (age) => {
    expect(() => made({ accessAnalysis: AccessAnalysis.externalAndUnused(age) })).toThrow(
      `'accessAnalysis' must lie between 1 day and 365 days, got "${age.toHumanString()}"; leave it out to use 90 days [ThreatDetection.UnusedFor, at 'Shop/Detection']`);
  });
});

describe('log anomalies', () => {
  test('each function has a detector for its log group, encrypted, with an alarm on anomalies of high priority', () => {
    const { stack } = made({ logAnomalies: LogAnomalies.ofFunctions({ frequency: LogAnomalyFrequency.ONE_HOUR }) });
    const orders = aFunction(stack);
    const detectors = resources(stack, 'AWS::Logs::LogAnomalyDetector');
    expect(detectors).toHaveLength(2);
    const group = line(stack.resolve(orders.logGroup.logGroupName));
    const [ofOrders] = detectors.filter(({ Properties }) => line(Properties.LogGroupArnList[0]).includes(group));
    expect(ofOrders.Properties).toMatchObject({ EvaluationFrequency: 'ONE_HOUR', AnomalyVisibilityTime: 30, KmsKeyId: { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] } });
    expect(line(ofOrders.Properties.LogGroupArnList[0])).toBe(`arn:<AWS::Partition>:logs:<AWS::Region>:<AWS::AccountId>:log-group:${group}`);
    const alarms = resources(stack, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.MetricName === 'AnomalyCount');
    expect(alarms.map(({ Properties }) => Properties.Dimensions.find(({ Name }: Json) => Name === 'LogAnomalyDetector').Value)).toEqual(
      detectors.map(({ Properties }) => Properties.DetectorName));
  });

  test('functions that share a log group share a detector, and those without one have none', () => {
    const stack = testStack();
    new ThreatDetection(stack, 'Detection', { logAnomalies: LogAnomalies.ofFunctions() });
    const twin = aFunction(stack, 'Twin');
    (twin.node.defaultChild as Json).loggingConfig = { logGroup: aFunction(stack).logGroup.logGroupName };
    (aFunction(stack, 'Bare').node.defaultChild as Json).loggingConfig = undefined;
    expect(resources(stack, 'AWS::Logs::LogAnomalyDetector')).toHaveLength(2);
  });

  test('the key opens for detectors of the account', () => {
    const { stack } = made({ logAnomalies: LogAnomalies.ofFunctions() }, { env: HERE });
    const [key] = resources(stack, 'AWS::KMS::Key');
    const statements = key.Properties.KeyPolicy.Statement.filter(({ Sid }: Json) => /^LogAnomalies/.test(Sid));
    expect(statements.map(({ Principal, Condition }: Json) => [Principal.Service, ...Object.entries(Condition.ArnLike).map(([name, value]) => `${name} ${line(value)}`)])).toEqual([
      ['logs.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws:logs:arn arn:<AWS::Partition>:logs:eu-west-1:111122223333:anomaly-detector:*'],
      ['logs.eu-west-1.amazonaws.com', 'kms:EncryptionContext:aws-crypto-ec:aws:logs:arn arn:<AWS::Partition>:logs:eu-west-1:111122223333:anomaly-detector:*'],
    ]);
  });

  test('the alarm can be tuned or switched off', () => {
    const { stack } = made({ logAnomalies: LogAnomalies.ofFunctions({ alarm: AlarmSetting.off('logs are read by hand each day') }) });
    expect(resources(stack, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.MetricName === 'AnomalyCount')).toStrictEqual([]);
  });
});

describe('whose findings are listened to', () => {
  const heard = (...sources: FindingSource[]): Json[] => heardBy(made({ sources }).stack);

  test('Inspector about functions and images', () => {
    expect(heard(FindingSource.INSPECTOR)).toEqual([
      { 'source': ['aws.inspector2'], 'detail-type': ['Inspector2 Finding'], 'detail': { resources: { type: ['AWS_ECR_CONTAINER_IMAGE', 'AWS_LAMBDA_FUNCTION'] } } },
    ]);
  });

  test('Access Analyzer of all kinds', () => {
    expect(heard(FindingSource.ACCESS_ANALYZER)).toEqual([{
      'source': ['aws.access-analyzer'], 'detail-type': ['Access Analyzer Finding', 'Internal Access Finding', 'Unused Access Finding for IAM entities'],
    }]);
  });

  test('Security Hub about what is new and bad, and not told by others', () => {
    expect(heard(FindingSource.SECURITY_HUB)[0].detail).toEqual({
      findings: {
        ProductName: [{ 'anything-but': ['GuardDuty', 'IAM Access Analyzer', 'Inspector'] }],
        RecordState: ['ACTIVE'],
        Severity: { Label: ['CRITICAL', 'HIGH'] },
        Workflow: { Status: ['NEW'] },
      },
    });
  });

  test('calls that switch off what watches', () => {
    const [{ source, detail }] = heard(FindingSource.TAMPERING);
    expect(source).toEqual(['aws.access-analyzer', 'aws.cloudtrail', 'aws.guardduty', 'aws.inspector2', 'aws.securityhub']);
    expect(detail.eventName).toEqual(expect.arrayContaining(['DeleteDetector', 'DeleteTrail', 'StopLogging', 'DisableSecurityHub']));
  });

  test('alarms that are signals of an attack, also of what is made later, and several of them at once', () => {
    const { stack } = made({ sources: [FindingSource.ALARMS] });
    aFunction(stack);
    expect(heardBy(stack)).toEqual([{
      'source': ['aws.cloudwatch'],
      'detail-type': ['CloudWatch Alarm State Change'],
      'detail': { alarmName: ['Shop under attack', { wildcard: 'Shop/* throttles' }], state: { value: ['ALARM', 'OK'] } },
    }]);
    const names = resources(stack, 'AWS::CloudWatch::Alarm').map(({ Properties }) => Properties.AlarmName as string);
    expect(names.filter((name) => /^Shop\/.* throttles$/.test(name))).toEqual(['Shop/Detection/Pipeline/Function throttles', 'Shop/Orders throttles']);
  });

  test('no alarm of findings is a signal: it would come round again', () => {
    const { detection } = made({ sources: [FindingSource.ALARMS] });
    expect(detection.alarms.map(({ node }) => node.id)).toEqual(['CriticalFindingsAlarm', 'HighFindingsAlarm', 'UnknownFindingsAlarm']);
    expect(JSON.stringify(heardBy(Stack.of(detection)))).not.toMatch(/Findings"/);
  });

  test('one source is listened to once', () => {
    expect(heard(FindingSource.GUARD_DUTY, FindingSource.GUARD_DUTY)).toHaveLength(1);
  });

  test('fails when nobody is listened to', () => {
    expect(() => made({ sources: [] })).toThrow(
      "'sources' must name at least one, or nobody hears of any finding, got []; leave it out to listen to those of the profile [ThreatDetection.Sources, at 'Shop/Detection']");
  });
});

describe('the way of a finding', () => {
  test('the function may send findings to the bus, note what it handled, and notify; nothing else', () => {
    const { stack, detection } = made();
    const rights = rightsOf(stack).map(({ Action, Resource }) => `${[Action].flat().join(' ')} on ${[Resource].flat().map(line).join(' ')}`);
    expect(rights.map((right) => right.split(' on ')[1])).toEqual(expect.arrayContaining([
      line(stack.resolve(detection.bus.eventBusArn)), line(stack.resolve(StackAlarmTopic.of(stack).topicArn)),
    ]));
    expect(rights.filter((right) => /\*/.test(right))).toStrictEqual([]);
    expect(rights.map((right) => right.split(' on ')[0].split(' ')).flat().filter((action) => !action.startsWith('kms:')).sort()).toEqual([
      'dynamodb:PutItem', 'dynamodb:UpdateItem', 'events:PutEvents', 'sns:Publish', 'sqs:SendMessage',
    ]);
    const [putEvents] = rightsOf(stack).filter(({ Action }) => Action === 'events:PutEvents');
    expect(putEvents.Condition).toEqual({
      'ForAllValues:StringEquals': { 'events:source': ['cdk-secure-serverless.detection'], 'events:detail-type': ['Security Finding'] },
      'Null': { 'events:source': 'false', 'events:detail-type': 'false' },
    });
  });

  test('what was handled is forgotten by itself', () => {
    expect(only(templateOf(made().stack), 'AWS::DynamoDB::GlobalTable')).toMatchObject({
      KeySchema: [{ AttributeName: 'finding', KeyType: 'HASH' }], TimeToLiveSpecification: { AttributeName: 'expires', Enabled: true },
    });
  });

  test('people hear of it through a topic of their own, from a severity of their choice', () => {
    const stack = testStack();
    const topic = new SecureTopic(stack, 'Security');
    new ThreatDetection(stack, 'Detection', { notification: FindingNotification.toTopic(topic, FindingSeverity.CRITICAL) });
    expect(environmentOf(stack)).toMatchObject({ TOPIC_ARN: stack.resolve(topic.topicArn), NOTIFY_FROM: 'critical' });
    expect(rightsOf(stack).some(({ Action, Resource }) => Action === 'sns:Publish' && line(Resource) === line(stack.resolve(topic.topicArn)))).toBe(true);
  });

  test('without notification the function may not publish, and the report tells', () => {
    const { stack } = made({ notification: FindingNotification.off(REASON) });
    expect(environmentOf(stack).TOPIC_ARN).toBeUndefined();
    expect(JSON.stringify(rightsOf(stack))).not.toContain('sns:Publish');
    expect(waiversBelow(stack)).toEqual([{ control: 'ThreatDetection.notification', reason: REASON, constructPath: 'Shop/Detection' }]);
  });

  test('Security Hub takes findings of the account itself if asked', () => {
    const { stack } = made({ securityHubImport: true }, { env: HERE });
    const product = 'arn:<AWS::Partition>:securityhub:eu-west-1:111122223333:product/111122223333/default';
    expect(line(environmentOf(stack).PRODUCT_ARN)).toBe(product);
    const [right] = rightsOf(stack).filter(({ Action }) => Action === 'securityhub:BatchImportFindings');
    expect({ ...right, Resource: line(right.Resource) }).toEqual({
      Effect: 'Allow', Action: 'securityhub:BatchImportFindings', Resource: product, Condition: { StringEquals: { 'securityhub:TargetAccount': '111122223333' } },
    });
    expect(environmentOf(made().stack).PRODUCT_ARN).toBeUndefined();
  });

  test('a bus of the app can be used', () => {
    const stack = testStack();
    const bus = new SecureEventBus(stack, 'Bus');
    expect(new ThreatDetection(stack, 'Detection', { bus }).bus).toBe(bus);
    templateOf(stack).resourceCountIs('AWS::Events::EventBus', 1);
    expect(environmentOf(stack).BUS_NAME).toEqual(stack.resolve(bus.eventBusName));
  });

  test('fails on a bus of another region', () => {
    const stack = testStack({ env: HERE });
    const bus = new SecureEventBus(new Stack(stack.node.root, 'Elsewhere', { env: { ...HERE, region: 'us-east-1' } }), 'Bus');
    expect(() => new ThreatDetection(stack, 'Detection', { bus })).toThrow(
      "'bus' must lie in the account and region of the detection (eu-west-1), got \"us-east-1\"; leave it out to have one made, and route its events over there "
      + "[ThreatDetection.ForeignBus, at 'Shop/Detection']");
  });

  test('critical and high findings have alarms in every profile', () => {
    const { stack } = made({}, { profile: SecurityProfile.sandbox() });
    const alarms = resources(stack, 'AWS::CloudWatch::Alarm').filter(({ Properties }) => Properties.Namespace === 'CdkSecureServerless/Detection');
    expect(alarms.map(({ Properties }) => [Properties.AlarmName, Properties.Dimensions, Properties.Threshold])).toEqual([
      ['Shop/Detection criticalFindings', [{ Name: 'Severity', Value: 'critical' }, { Name: 'Stack', Value: 'Shop' }], 0],
      ['Shop/Detection highFindings', [{ Name: 'Severity', Value: 'high' }, { Name: 'Stack', Value: 'Shop' }], 0],
    ]);
    expect(environmentOf(stack).STACK).toBe('Shop');
  });

  test('alarms can be tuned', () => {
    const { detection } = made({ alarms: { highFindings: AlarmSetting.off('criticals alone wake somebody up') } });
    expect(detection.alarms.map(({ node }) => node.id)).toEqual(['CriticalFindingsAlarm', 'UnknownFindingsAlarm']);
  });
});

describe('the app acts on findings', () => {
  const onBus = (stack: Stack): Json[] => resources(stack, 'AWS::Events::Rule').map(({ Properties }) => Properties).filter(({ EventBusName }) => line(EventBusName) !== 'default');

  test('a function starts with findings of the severities, kinds and types that it names', () => {
    const { stack, detection } = made();
    const fn = aFunction(stack);
    detection.onFinding('Respond', FindingTarget.lambdaFunction(fn), {
      severities: [FindingSeverity.CRITICAL, FindingSeverity.HIGH], kinds: [FindingKind.FUNCTION], typePrefixes: ['UnauthorizedAccess:Lambda/'],
    });
    const [rule] = onBus(stack);
    expect(rule.EventPattern).toEqual({
      'source': ['cdk-secure-serverless.detection'],
      'detail-type': ['Security Finding'],
      'detail': { severity: ['critical', 'high'], resources: { kind: ['function'] }, type: [{ prefix: 'UnauthorizedAccess:Lambda/' }] },
    });
    expect(rule.Targets[0]).toMatchObject({
      Arn: stack.resolve(fn.functionArn), DeadLetterConfig: { Arn: stack.resolve(fn.failureQueue!.queueArn) },
    });
  });

  test('a queue gets all findings if it names none', () => {
    const { stack, detection } = made();
    const queue = new SecureQueue(stack, 'Archive');
    detection.onFinding('Archive', FindingTarget.queue(queue));
    const [rule] = onBus(stack);
    expect(rule.EventPattern).toEqual({ 'source': ['cdk-secure-serverless.detection'], 'detail-type': ['Security Finding'] });
    expect(rule.Targets[0].Arn).toEqual(stack.resolve(queue.queueArn));
  });
});

describe('one for each stack', () => {
  test('it is found from everywhere in the stack', () => {
    const { stack, detection } = made();
    expect(ThreatDetection.find(new SecureQueue(stack, 'Jobs'))).toBe(detection);
    expect(ThreatDetection.find(new NestedStack(stack, 'Inner'))).toBe(detection);
    expect(ThreatDetection.find(new Stack(stack.node.root, 'Other'))).toBeUndefined();
  });

  test('fails on a second one', () => {
    const { stack } = made();
    expect(() => new ThreatDetection(new NestedStack(stack, 'Inner'), 'Again')).toThrow(
      "'scope' must not be a stack that has a ThreatDetection already, got \"Shop/Detection\"; use the one that is there: ThreatDetection.find(this) "
      + "[ThreatDetection.Twice, at 'Shop/Inner/Again']");
  });
});

describe('what an account has once', () => {
  const beside = (stack: Stack, env: object, props: ThreatDetectionProps = {}): ThreatDetection => (
    new ThreatDetection(new Stack(stack.node.root, 'Other', { env }), 'Detection', props));

  test.each<[string, ThreatDetectionProps, string]>([
    ['guardDuty', { accessAnalysis: AccessAnalysis.existing() }, 'GuardDutyDetector.existing()'],
    ['accessAnalysis', { guardDuty: GuardDutyDetector.existing() }, 'AccessAnalysis.existing()'],
  ])('fails on a second %s for one account and region', (prop, props, instead) => {
    const { stack } = made({}, { env: HERE });
    expect(() => beside(stack, HERE, props)).toThrow(
      `'${prop}' must be made once for an account and region, got "Shop/Detection"; pass { ${prop}: ${instead} } in one of the stacks [ThreatDetection.AccountParts, at 'Other/Detection']`);
  });

  test('another stack may listen, and another region or account has parts of its own', () => {
    const existing = { guardDuty: GuardDutyDetector.existing(), accessAnalysis: AccessAnalysis.existing() };
    const detectors = (detection: ThreatDetection): number => (
      Object.keys(templateOf(Stack.of(detection)).findResources('AWS::GuardDuty::Detector')).length);
    expect(detectors(beside(made({}, { env: HERE }).stack, HERE, existing))).toBe(0);
    expect(detectors(beside(made({}, { env: HERE }).stack, { ...HERE, region: 'us-east-1' }))).toBe(1);
    expect(detectors(beside(made().stack, HERE))).toBe(1);
  });
});

describe('what is off', () => {
  const OFF: readonly [string, ThreatDetectionProps, string][] = [
    ['guardDuty', { guardDuty: GuardDutyDetector.off(REASON) }, 'AWS::GuardDuty::Detector'],
    ['auditTrail', { auditTrail: AuditTrail.off(REASON) }, 'AWS::CloudTrail::Trail'],
    ['accessAnalysis', { accessAnalysis: AccessAnalysis.off(REASON) }, 'AWS::AccessAnalyzer::Analyzer'],
    ['logAnomalies', { logAnomalies: LogAnomalies.off(REASON) }, 'AWS::Logs::LogAnomalyDetector'],
  ];

  test.each(OFF)('%s is not made, and the report tells where the profile wants it', (prop, props, type) => {
    const { stack } = made(props, { profile: SecurityProfile.regulated() });
    templateOf(stack).resourceCountIs(type, 0);
    expect(waiversBelow(stack).filter(({ control }) => control.startsWith('ThreatDetection'))).toEqual([
      { control: `ThreatDetection.${prop}`, reason: REASON, constructPath: 'Shop/Detection' },
    ]);
    expect(waiversBelow(made(props, { profile: SecurityProfile.sandbox() }).stack)).toStrictEqual([]);
  });

  test.each<[string, ThreatDetectionProps]>([
    ['guardDuty', { guardDuty: GuardDutyDetector.off('') }],
    ['auditTrail', { auditTrail: AuditTrail.off('todo') }],
    ['accessAnalysis', { accessAnalysis: AccessAnalysis.off('none') }],
    ['logAnomalies', { logAnomalies: LogAnomalies.off('n/a') }],
    ['notification', { notification: FindingNotification.off('tbd') }],
  ])('fails on %s without a reason', (prop, props) => {
    const got = Object.values(props)[0]._offReason as string;
    expect(() => made(props)).toThrow(`'${prop}' must be a sentence of at least 12 characters that a reviewer can judge, got "${got}"; say why this account may do without `
      + "[ThreatDetection.Reason, at 'Shop/Detection']");
  });
});

test('what the author sets for the function holds, and its variables stay', () => {
  const { stack, detection } = made({ findingFunction: { memorySize: 512, environment: { TEAM: 'shop' } } });
  const fn = templateOf(stack).toJSON().Resources[stack.getLogicalId(detection.findingFunction.node.defaultChild as never)].Properties;
  expect(fn).toMatchObject({ MemorySize: 512, Timeout: 30, Handler: 'index.handler', Runtime: 'nodejs24.x' });
  expect(fn.Environment.Variables).toMatchObject({ TEAM: 'shop', METRIC_NAMESPACE: 'CdkSecureServerless/Detection' });
});

test('an invocation keeps a finding for longer than it may run', () => {
  expect(environmentOf(made().stack).LEASE_SECONDS).toBe('45');
  expect(environmentOf(made({ findingFunction: { timeout: Duration.minutes(1) } }).stack).LEASE_SECONDS).toBe('75');
});

test('a signal of another construct is heard too', () => {
  const { stack } = made({ sources: [FindingSource.ALARMS] });
  const bucket = new SecureBucket(stack, 'Receipts');
  watch(bucket, [{ name: 'odd', description: 'odd', metric: (options) => new Metric({ namespace: 'Shop', metricName: 'Odd', ...options }), threshold: 1, attack: true }], {});
  expect(heardBy(stack)[0].detail.alarmName).toContainEqual({ wildcard: 'Shop/* odd' });
});
