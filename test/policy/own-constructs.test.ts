import { Stack } from 'aws-cdk-lib';
import { Rule as EventRule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { findingsIn, modelOfStacks } from './support';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { ServerlessSecurityChecks } from '../../src/app/serverless-security-checks';
import { SecurityProfile } from '../../src/core/security-profile';
import { SecureFunction } from '../../src/function/secure-function';
import { RULES } from '../../src/policy/catalog';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { findingsOf, PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from '../support/apps';

interface RawResource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
}

/** Two functions, one behind a URL and one behind a rule, and a bucket that one reads and the other writes. */
function shop(profile: SecurityProfile, flags: Record<string, unknown> = {}): Stack {
  const stack = testStack({ profile, flags });
  const code = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromInline('exports.handler = async () => 1;') };
  StackAlarmTopic.of(stack).addSubscription(new EmailSubscription('oncall@example.com'));
  const receipts = new SecureBucket(stack, 'Receipts');
  const print = new SecureFunction(stack, 'Print', { ...code, environment: { BUCKET: receipts.bucketName } });
  const show = new SecureFunction(stack, 'Show', code);
  receipts.allowWrite(print, { prefix: 'pdf/' });
  receipts.allowRead(show);
  show.addFunctionUrl();
  new EventRule(stack, 'Nightly', { eventPattern: { source: ['shop'] }, targets: [new LambdaFunction(print)] });
  return stack;
}

/** The regulated profile asks for things that are not this test's subject. */
const withoutNetwork = (profile: SecurityProfile): SecurityProfile => (profile.controls.networkRequired
  ? profile.with({ networkRequired: false, codeSigningRequired: false, reason: 'the test is about the rules of the pack' })
  : profile);

describe('Our own constructs', () => {
  test.each(PROFILES.flatMap(([name, profile]) => (
    [[name, 'no flags', profile, {}], [name, 'the recommended flags', profile, RECOMMENDED_FLAGS]] as const)))(
    'have no finding of our pack in %s with %s', (_name, _flags, profile, flags) => {
      const findings = findingsOf(shop(withoutNetwork(profile()), flags), [new ServerlessSecurityChecks()]);
      expect(unexplained(findings)).toEqual([]);
    });
});

/** What somebody could do to a template that was good, and what must be said then. */
const MUTANTS: readonly [rule: string, type: string, mutate: (properties: Record<string, any>) => void, expected: RegExp][] = [
  ['BucketPublicAccess', 'AWS::S3::Bucket', (bucket) => { bucket.PublicAccessBlockConfiguration.BlockPublicPolicy = false; }, /^BucketPublicAccess at /],
  ['BucketPublicAccess', 'AWS::S3::BucketPolicy', (policy) => { policy.PolicyDocument.Statement[0].Effect = 'Allow'; delete policy.PolicyDocument.Statement[0].Condition; },
    /^BucketPublicAccess\[Principal::\*\] at /],
  ['EnvironmentDebugSwitch', 'AWS::Lambda::Function', (fn) => { fn.Environment = { Variables: { LOG_LEVEL: 'trace' } }; }, /^EnvironmentDebugSwitch\[LOG_LEVEL\] at /],
  ['EnvironmentSecret', 'AWS::Lambda::Function', (fn) => { fn.Environment = { Variables: { DB: 'postgres://shop:hunter2@db/orders' } }; }, /^EnvironmentSecret\[DB\] at /],
  ['FunctionLogGroup', 'AWS::Lambda::Function', (fn) => { delete fn.LoggingConfig; }, /^FunctionLogGroup at /],
  ['FunctionUrlAuth', 'AWS::Lambda::Url', (url) => { url.AuthType = 'NONE'; }, /^FunctionUrlAuth at /],
  ['IamActionWildcard', 'AWS::IAM::Policy', (policy) => { policy.PolicyDocument.Statement[0].Action = 's3:*'; }, /^IamActionWildcard\[Action::s3:\*\] at /],
  ['IamResourceWildcard', 'AWS::IAM::Role', (role) => { role.Policies[0].PolicyDocument.Statement[0].Resource = '*'; }, /^IamResourceWildcard\[Resource::\*\] at /],
  ['InvokePermissionSource', 'AWS::Lambda::Permission', (permission) => { delete permission.SourceArn; }, /^InvokePermissionSource at /],
];

describe('A mutant of their template', () => {
  const template = (): { Resources: Record<string, RawResource> } => (
    JSON.parse(JSON.stringify(templateOf(shop(SecurityProfile.production())).toJSON())) as { Resources: Record<string, RawResource> });

  test.each(MUTANTS)('is caught: %s on %s', (rule, type, mutate, expected) => {
    const mutant = template();
    expect(findingsIn(rule, modelOfStacks({ id: 'Shop', template: mutant }))).toEqual([]);
    mutate(Object.values(mutant.Resources).find((resource) => resource.Type === type && (type !== 'AWS::IAM::Role' || 'Policies' in resource.Properties))!.Properties);
    expect(findingsIn(rule, modelOfStacks({ id: 'Shop', template: mutant })).some((finding) => expected.test(finding))).toBe(true);
  });

  test('is caught: FunctionRoleShared', () => {
    const mutant = template();
    const functions = Object.values(mutant.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    functions[0].Properties.Role = functions[1].Properties.Role;
    expect(findingsIn('FunctionRoleShared', modelOfStacks({ id: 'Shop', template: mutant }))).toHaveLength(2);
  });

  test('exists for each rule about functions, rights and buckets', () => {
    const covered = new Set([...MUTANTS.map(([rule]) => rule), 'FunctionRoleShared']);
    expect(RULES.map(({ id }) => id).filter((id) => !/^(Api|Route|Stage)/.test(id) && !covered.has(id))).toEqual([]);
  });
});
