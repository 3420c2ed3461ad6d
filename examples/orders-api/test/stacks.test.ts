import './environment';
import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { RulePack, SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { NAG_WAYS_OUT } from '../../../scripts/demo/nag-ways-out';
import { PROFILES, RECOMMENDED_FLAGS } from '../../../test/support/apps';
import { InsecureOrdersStack } from '../lib/insecure-orders-stack';
import { OrdersStack } from '../lib/orders-stack';

interface Violation {
  readonly ruleName: string;
  readonly reason?: string;
  readonly suggestedFix?: string;
  readonly violatingConstructs: readonly { readonly constructPath: string }[];
}

interface Plugin {
  readonly pluginName: string;
  readonly violations: readonly Violation[];
  readonly suppressedViolations?: readonly Violation[];
}

interface Statement {
  readonly Action: string | string[];
  readonly Resource: unknown;
}

/** Bundling is off, and findings do not throw: the tests read them. */
function newApp(flags: Record<string, unknown> = {}): App {
  return new App({ context: { 'aws:cdk:bundling-stacks': [], '@aws-cdk/core:failSynthOnValidationErrors': false, ...flags } });
}

function judged(app: App): readonly Plugin[] {
  const { directory } = app.synth();
  return (JSON.parse(readFileSync(join(directory, 'validation-report.json'), 'utf8')) as { pluginReports: Plugin[] }).pluginReports;
}

/** `regulated` asks for networks, code signing and bounds, which this shop does without; everything else of it holds. */
function applicable(profile: SecurityProfile): SecurityProfile {
  return profile.name === 'regulated'
    ? profile.with({
      networkRequired: false, codeSigningRequired: false, concurrencyRequired: false, reason: 'the example has no network, no signing profile and a small quota',
    })
    : profile;
}

const lines = (plugins: readonly Plugin[], kind: 'violations' | 'suppressedViolations') => plugins.flatMap((plugin) => (
  (plugin[kind] ?? []).flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`)))).sort();

describe('the orders stack', () => {
  const cases = PROFILES.flatMap(([name, profile]) => [
    { name, profile, flags: {}, set: 'no feature flags' },
    { name, profile, flags: RECOMMENDED_FLAGS, set: 'the recommended feature flags' },
  ]);

  test.each(cases)('has no finding under the $name profile with $set', ({ profile, flags }) => {
    const app = newApp(flags);
    ServerlessSecurity.of(app).enforce({ profile: applicable(profile()), packs: [RulePack.AWS_SOLUTIONS, RulePack.SERVERLESS] });
    new OrdersStack(app, 'Orders');
    expect(lines(judged(app), 'violations')).toEqual([]);
  });

  const app = newApp();
  ServerlessSecurity.of(app).enforce();
  const template = Template.fromStack(new OrdersStack(app, 'Orders'));

  /** Actions by the construct that a statement names, from the inline policies of one function. */
  function rightsOf(fn: string): Record<string, string[]> {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith(fn));
    const statements = policies.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[]);
    return Object.fromEntries(statements.map(({ Action, Resource }) => [constructIn(Resource), [Action].flat()]));
  }

  /** `{ "Fn::GetAtt": ["OrdersTable315BB997", "Arn"] }` names `OrdersTable`. */
  function constructIn(resource: unknown): string {
    return /"([A-Za-z]+)[0-9A-F]{8}"/.exec(JSON.stringify(resource))?.[1] ?? JSON.stringify(resource);
  }

  test('lets each function do what its code does, and nothing else', () => {
    expect(rightsOf('PlaceOrder')).toMatchObject({
      OrdersTable: ['dynamodb:PutItem'],
      Receipts: ['s3:AbortMultipartUpload', 's3:PutObject'],
    });
    expect(rightsOf('ReadOrders')).toMatchObject({ OrdersTable: ['dynamodb:GetItem', 'dynamodb:Query'] });
    expect(Object.keys(rightsOf('ReadOrders'))).not.toContain('Receipts');
    expect(rightsOf('Health')).toEqual({});
  });

  test('keeps the logical ids of what holds data, so that an upgrade replaces none of it', () => {
    const ids = ['AWS::DynamoDB::Table', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::KMS::Key'].flatMap((type) => Object.keys(template.findResources(type)));
    expect(ids.sort()).toEqual([
      'CustomersPool6FDCCC04', 'OrdersTable315BB997', 'Receipts59C0D3E0', 'SharedSecurityAccessLogBucketC67C0977', 'SharedSecurityDataKeyD4D7B14E',
    ]);
  });

  test('is the same template with and without the recommended feature flags', () => {
    const flagged = newApp(RECOMMENDED_FLAGS);
    ServerlessSecurity.of(flagged).enforce();
    expect(Template.fromStack(new OrdersStack(flagged, 'Orders')).toJSON()).toEqual(template.toJSON());
  });

  test('acknowledges little: each finding is listed here', () => {
    expect(lines(judged(app), 'suppressedViolations')).toEqual([
      'AwsSolutions-APIG2 at Orders/Api/RestApi/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/HealthSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/PlaceOrderSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/ReadOrdersSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/SharedSecurity/ApiGatewayAccount/Role/Resource',
      'AwsSolutions-IAM5[Resource::<Receipts59C0D3E0.Arn>/receipts/*] at Orders/PlaceOrderSupport/Role/DefaultPolicy/Resource',
      'RouteAuthorization[GET /health] at Orders/Api/RestApi/Resource',
      'Serverless-LambdaDLQ at Orders/Health/Resource',
      'Serverless-LambdaDLQ at Orders/PlaceOrder/Resource',
      'Serverless-LambdaDLQ at Orders/ReadOrders/Resource',
      'Serverless-LambdaStarPermissions at Orders/HealthSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Orders/PlaceOrderSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Orders/ReadOrdersSupport/Role/Resource',
      'Serverless-SNSRedrivePolicy at Orders/SharedSecurity/AlarmTopic/oncall@example.com/Resource',
    ]);
  });
});

describe('the careless twin', () => {
  const app = newApp();
  ServerlessSecurity.of(app).enforce();
  new InsecureOrdersStack(app, 'InsecureOrders');
  const own = () => judged(app).find(({ pluginName }) => pluginName === 'ServerlessSecurity')!.violations;

  test('is found out by every rule of the pack that concerns it, each with a way out', () => {
    expect([...new Set(own().map(({ ruleName }) => ruleName.replace(/\[.*/s, '')))].sort()).toEqual([
      'ApiWebAcl', 'BucketPublicAccess', 'EnvironmentDebugSwitch', 'EnvironmentSecret', 'FunctionLogGroup', 'FunctionRoleShared', 'FunctionUrlAuth',
      'IamActionWildcard', 'IamResourceWildcard', 'InvokePermissionSource', 'RouteAuthorization', 'RouteValidation', 'StageDataTrace', 'StageThrottle',
    ]);
    expect(own().filter(({ suggestedFix }) => !suggestedFix)).toEqual([]);
  });

  test('is found out by cdk-nag as well, and the demo knows the way out of each of its findings', () => {
    const nag = judged(app).filter(({ pluginName }) => ['AwsSolutions', 'Serverless'].includes(pluginName));
    const rules = [...new Set(nag.flatMap(({ violations }) => violations.map(({ ruleName }) => ruleName.replace(/\[.*/s, ''))))];
    expect(rules.sort()).toEqual(Object.keys(NAG_WAYS_OUT).sort());
  });

  test('stops the synth with the findings and their ways out', () => {
    const strict = new App({ context: { 'aws:cdk:bundling-stacks': [] } });
    ServerlessSecurity.of(strict).enforce();
    new InsecureOrdersStack(strict, 'InsecureOrders');
    expect(() => strict.synth()).toThrow(/Keep the value in Secrets Manager/);
  });
});

test('no secret of the careless twin leaves its template: the findings name variables, not values', () => {
  const app = newApp();
  ServerlessSecurity.of(app).enforce();
  new InsecureOrdersStack(app, 'InsecureOrders');
  const { directory } = app.synth();
  const reports = ['validation-report.json', 'security/report.json'].map((file) => readFileSync(join(directory, file), 'utf8')).join();
  expect(reports).toContain('PARTNER_SECRET_ACCESS_KEY');
  expect(reports).not.toMatch(/AKIAIOSFODNN7EXAMPLE|wJalrXUtnFEMI/);
});
