import { join } from 'path';
import { Stack } from 'aws-cdk-lib';
import { Rule as EventRule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import { Code, Runtime } from 'aws-cdk-lib/aws-lambda';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { findingsIn, modelOfStacks } from './support';
import { StackAlarmTopic } from '../../src/alarms/stack-alarm-topic';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { ServerlessSecurityChecks } from '../../src/app/serverless-security-checks';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { StackDeadLetterQueue } from '../../src/messaging/stack-dead-letter-queue';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { findingsOf, PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, unexplained } from '../support/apps';

interface RawResource {
  readonly Type: string;
  readonly Properties: Record<string, any>;
}

/** An API with three kinds of routes, two functions, one with a URL and one behind a rule, and a bucket that one reads and the other writes. */
function shop(profile: SecurityProfile, flags: Record<string, unknown> = {}): Stack {
  const stack = testStack({ profile, flags });
  const code = { runtime: Runtime.NODEJS_24_X, handler: 'index.handler', code: Code.fromAsset(join(__dirname, '..', 'support', 'handler')) };
  StackAlarmTopic.of(stack).addSubscription(new EmailSubscription('oncall@example.com'));
  const receipts = new SecureBucket(stack, 'Receipts');
  const print = new SecureFunction(stack, 'Print', { ...code, environment: { BUCKET: receipts.bucketName } });
  const show = new SecureFunction(stack, 'Show', { ...code, environment: { BUCKET: receipts.bucketName }, reservedConcurrentExecutions: 5 });
  receipts.allowWrite(print, { prefix: 'pdf/' });
  receipts.allowRead(show);
  show.addFunctionUrl();
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.userPool(new SecureUserPool(stack, 'Customers')) });
  api.addRoute('POST', '/orders', print, { scopes: ['orders/write'], body: { type: 'object', properties: { id: { type: 'string', maxLength: 64 } } } });
  api.addRoute('DELETE', '/orders/{id}', print, { auth: ApiAuth.iam() });
  api.addRoute('GET', '/health', show, { auth: ApiAuth.open('load balancer probe, returns no data') });
  new EventRule(stack, 'Nightly', { eventPattern: { source: ['shop'] }, targets: [new LambdaFunction(print, { deadLetterQueue: StackDeadLetterQueue.of(stack) })] });
  return stack;
}

/** The regulated profile asks for things that are not this test's subject. */
const withoutNetwork = (profile: SecurityProfile): SecurityProfile => (profile.controls.networkRequired
  ? profile.with({ networkRequired: false, codeSigningRequired: false, concurrencyRequired: false, reason: 'the test is about the rules of the pack' })
  : profile);

describe('Our own constructs', () => {
  test.each(PROFILES.flatMap(([name, profile]) => (
    [[name, 'no flags', profile, {}], [name, 'the recommended flags', profile, RECOMMENDED_FLAGS]] as const)))(
    'have no finding of our pack in %s with %s', (_name, _flags, profile, flags) => {
      const findings = findingsOf(shop(withoutNetwork(profile()), flags), [new ServerlessSecurityChecks()]);
      expect(unexplained(findings)).toStrictEqual([]);
      expect(findings).toEqual([{ rule: 'RouteAuthorization[GET /health]', path: 'Shop/Api/RestApi/Resource', reason: 'load balancer probe, returns no data' }]);
    });
});

/** What somebody could do to a template that was good, and what must be said then. */
const MUTANTS: readonly [rule: string, type: string, mutate: (properties: Record<string, any>) => void, expected: RegExp][] = [
  ['ApiWebAcl', 'AWS::WAFv2::WebACLAssociation', (association) => { association.ResourceArn = 'arn:aws:apigateway:eu-west-1::/restapis/other/stages/prod'; },
    /^ApiWebAcl at /],
  ['RouteAuthorization', 'AWS::ApiGateway::RestApi', (api) => { api.Body.paths['/orders'].post.security = []; }, /^RouteAuthorization\[POST \/orders\] at /],
  ['RouteAuthorization', 'AWS::ApiGateway::RestApi', (api) => { delete Object.values<any>(api.Body.components.securitySchemes)[0]['x-amazon-apigateway-authorizer']; },
    /^RouteAuthorization\[POST \/orders\] at /],
  ['RouteValidation', 'AWS::ApiGateway::RestApi', (api) => { delete api.Body.paths['/orders'].post.requestBody; }, /^RouteValidation\[POST \/orders\] at /],
  ['RouteValidation', 'AWS::ApiGateway::RestApi', (api) => { Object.values<any>(api.Body['x-amazon-apigateway-request-validators'])[0].validateRequestBody = false; },
    /^RouteValidation\[POST \/orders\] at /],
  ['StageDataTrace', 'AWS::ApiGateway::Stage', (stage) => { stage.MethodSettings[0].DataTraceEnabled = true; }, /^StageDataTrace at /],
  ['StageThrottle', 'AWS::ApiGateway::Stage', (stage) => { for (const setting of stage.MethodSettings) delete setting.ThrottlingBurstLimit; }, /^StageThrottle at /],
  ['BucketPublicAccess', 'AWS::S3::Bucket', (bucket) => { bucket.PublicAccessBlockConfiguration.BlockPublicPolicy = false; }, /^BucketPublicAccess at /],
  ['BucketPublicAccess', 'AWS::S3::BucketPolicy', (policy) => { policy.PolicyDocument.Statement[0].Effect = 'Allow'; delete policy.PolicyDocument.Statement[0].Condition; },
    /^BucketPublicAccess\[Principal::\*\] at /],
  ['EnvironmentDebugSwitch', 'AWS::Lambda::Function', (fn) => { fn.Environment = { Variables: { LOG_LEVEL: 'trace' } }; }, /^EnvironmentDebugSwitch\[LOG_LEVEL\] at /],
  ['EnvironmentSecret', 'AWS::Lambda::Function', (fn) => { fn.Environment = { Variables: { DB: 'postgres://shop:hunter2@db/orders' } }; }, /^EnvironmentSecret\[DB\] at /],
  ['FunctionLogGroup', 'AWS::Lambda::Function', (fn) => { delete fn.LoggingConfig; }, /^FunctionLogGroup at /],
  ['FunctionUrlAuth', 'AWS::Lambda::Url', (url) => { url.AuthType = 'NONE'; }, /^FunctionUrlAuth at /],
  ['IamActionWildcard', 'AWS::IAM::Policy', (policy) => { policy.PolicyDocument.Statement[0].Action = 's3:*'; }, /^IamActionWildcard\[Action::s3:\*\] at /],
  ['IamResourceWildcard', 'AWS::IAM::Policy', (policy) => { policy.PolicyDocument.Statement[0].Resource = '*'; }, /^IamResourceWildcard\[Resource::\*\] at /],
  ['InvokePermissionSource', 'AWS::Lambda::Permission', (permission) => { delete permission.SourceArn; }, /^InvokePermissionSource at /],
];

describe('A mutant of their template', () => {
  const template = (): { Resources: Record<string, RawResource> } => (
    JSON.parse(JSON.stringify(templateOf(shop(SecurityProfile.production())).toJSON())) as { Resources: Record<string, RawResource> });

  test.each(MUTANTS)('is caught: %s on %s', (rule, type, mutate, expected) => {
    const mutant = template();
    const before = findingsIn(rule, modelOfStacks({ id: 'Shop', template: mutant }));
    expect(before.filter((finding) => expected.test(finding))).toStrictEqual([]);
    for (const resource of Object.values(mutant.Resources).filter(({ Type }) => Type === type)) mutate(resource.Properties);
    expect(findingsIn(rule, modelOfStacks({ id: 'Shop', template: mutant })).some((finding) => expected.test(finding))).toBe(true);
  });

  test('is caught: FunctionRoleShared', () => {
    const mutant = template();
    const functions = Object.values(mutant.Resources).filter(({ Type }) => Type === 'AWS::Lambda::Function');
    functions[0].Properties.Role = functions[1].Properties.Role;
    expect(findingsIn('FunctionRoleShared', modelOfStacks({ id: 'Shop', template: mutant }))).toHaveLength(2);
  });
});
