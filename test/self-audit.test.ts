import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Vpc } from 'aws-cdk-lib/aws-ec2';
import { Code, CodeSigningConfig, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { Finding, findingsOf, PRODUCTION_PACKS, PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from './support/apps';
import { StackAlarmTopic } from '../src/alarms/stack-alarm-topic';
import { ApiAuth } from '../src/api/api-auth';
import { SecureApi } from '../src/api/secure-api';
import { ServerlessSecurityChecks } from '../src/app/serverless-security-checks';
import { SecurityProfile } from '../src/core/security-profile';
import { StackDataKey } from '../src/core/stack-data-key';
import { SecureFunctionOptions } from '../src/function/function-options';
import { SecureFunction } from '../src/function/secure-function';
import { SecureNodejsFunction } from '../src/function/secure-nodejs-function';
import { SecureBucket } from '../src/storage/secure-bucket';
import { StackAccessLogBucket } from '../src/storage/stack-access-log-bucket';
import { SecureWebAcl } from '../src/waf/secure-web-acl';

/** What the profile demands of each function, and the author must bring along. */
function demanded(stack: Stack): SecureFunctionOptions {
  if (!SecurityProfile.of(stack).controls.networkRequired) return {};
  const vpc = Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1', availabilityZones: ['a', 'b'], privateSubnetIds: ['subnet-1', 'subnet-2'], privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
  });
  const signingProfiles = [new SigningProfile(stack, 'Publisher', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA })];
  return { network: { vpc }, codeSigningConfig: new CodeSigningConfig(stack, 'Signing', { signingProfiles }) };
}

function aFunction(stack: Stack): SecureFunction {
  return new SecureFunction(stack, 'Orders', {
    ...demanded(stack), code: Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
  });
}

/** Each construct alone, as its author would first write it. */
const CONSTRUCTS: readonly [string, (stack: Stack) => void][] = [
  ['SecureFunction', (stack) => { aFunction(stack); }],
  ['SecureFunction, called asynchronously', (stack) => { aFunction(stack).configureAsyncInvoke({}); }],
  ['SecureNodejsFunction', (stack) => { new SecureNodejsFunction(stack, 'Orders', { ...demanded(stack), entry: join(__dirname, 'fixtures/fresh-app/handler.ts') }); }],
  ['SecureBucket', (stack) => { new SecureBucket(stack, 'Receipts'); }],
  ['SecureBucket with all verbs', (stack) => {
    const bucket = new SecureBucket(stack, 'Receipts');
    const fn = aFunction(stack);
    bucket.allowRead(fn, { prefix: 'in/' });
    bucket.allowWrite(fn);
    bucket.allowAppend(fn, { prefix: 'log/' });
    bucket.allowDelete(fn, { prefix: 'tmp/' });
    bucket.allowList(fn);
  }],
  ['SecureApi', (stack) => {
    const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
    const fn = aFunction(stack);
    api.addRoute('GET', '/orders/{id}', fn);
    api.addRoute('POST', '/orders', fn, { body: { type: 'object', properties: { item: { type: 'string' } } } });
    api.addRoute('GET', '/health', fn, { auth: ApiAuth.open('load balancer probe, returns no data') });
  }],
  ['SecureWebAcl', (stack) => { new SecureWebAcl(stack, 'Acl'); }],
  ['StackAlarmTopic', (stack) => { StackAlarmTopic.of(stack); }],
  ['StackDataKey', (stack) => { StackDataKey.of(stack); }],
  ['StackAccessLogBucket', (stack) => { StackAccessLogBucket.of(stack); }],
];

const FLAGS: readonly [string, Record<string, unknown>][] = [['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]];

const acknowledged = new Map<string, string>();

function audit(stack: Stack): Finding[] {
  const findings = findingsOf(stack, [...PRODUCTION_PACKS(), new ServerlessSecurityChecks()]);
  for (const { rule, reason } of findings) if (reason !== undefined) acknowledged.set(kindOf(rule), reason);
  return findings;
}

/** A finding's id without the names of one app: what kind of thing was acknowledged. */
function kindOf(rule: string): string {
  return rule.replace(/<[^>]+>/g, '<…>').replace(/(>)[^\]]*\*/g, '$1…*');
}

describe.each(PROFILES)('in the profile %s', (_, profile) => {
  describe.each(FLAGS)('with %s', (__, flags) => {
    test.each(CONSTRUCTS)('%s has no finding without a reason', (___, make) => {
      const stack = testStack({ profile: profile(), flags });
      make(stack);
      expect(unexplained(audit(stack))).toEqual([]);
    });
  });

  test.each(CONSTRUCTS)('%s is the same template under all flags', (__, make) => {
    const [plain, flagged] = FLAGS.map(([, flags]) => {
      const stack = testStack({ profile: profile(), flags });
      make(stack);
      return templateOf(stack).toJSON();
    });
    expect(flagged).toEqual(plain);
  });
});

test('the acknowledgements that our constructs write are few, and each says why', () => {
  process.stdout.write(`\n${[...acknowledged].sort().map(([rule, reason]) => `  ${rule}\n      ${reason}`).join('\n')}\n\n`);
  expect([...acknowledged.keys()].sort()).toEqual([
    'AwsSolutions-APIG2',
    'AwsSolutions-APIG3',
    'AwsSolutions-IAM5[Resource::*]',
    'AwsSolutions-IAM5[Resource::<…>…*]',
    'AwsSolutions-S1',
    'RouteAuthorization[GET /health]',
    'Serverless-LambdaDLQ',
    'Serverless-LambdaStarPermissions',
    'Serverless-SQSRedrivePolicy',
  ]);
  expect([...acknowledged.values()].filter((reason) => reason.length < 20)).toEqual([]);
});
