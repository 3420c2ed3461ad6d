import './environment';
import { readFileSync } from 'fs';
import { join } from 'path';
import { App } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { SecurityProfile, ServerlessSecurity } from 'cdk-secure-serverless';
import { NAG_WAYS_OUT } from '../../../src/report/render/text/nag-ways-out';
import { PROFILES, RECOMMENDED_FLAGS } from '../../../test/support/apps';
import { InsecureOrdersStack } from '../lib/insecure-orders-stack';
import { OrdersStack } from '../lib/orders-stack';

interface Violation {
  readonly ruleName: string;
  readonly severity?: string;
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

const lines = (plugins: readonly Plugin[], kind: 'violations' | 'suppressedViolations') => plugins.flatMap((plugin) => (
  (plugin[kind] ?? []).flatMap(({ ruleName, violatingConstructs }) => violatingConstructs.map(({ constructPath }) => `${ruleName} at ${constructPath}`)))).sort();

const packsOf = ({ name }: SecurityProfile) => [
  'AwsSolutions', ...name === 'regulated' ? ['HIPAA.Security', 'NIST.800.53.R4', 'NIST.800.53.R5', 'PCI.DSS.321'] : [], 'Serverless', 'ServerlessSecurity',
];

/** These two say the same in fewer words: the partition of a known region, and statements of CDK's own policies that can be one. */
const FLAGS = { ...RECOMMENDED_FLAGS, '@aws-cdk/core:enablePartitionLiterals': false, '@aws-cdk/aws-iam:minimizePolicies': false };

describe('the orders stack', () => {
  const cases = PROFILES.flatMap(([name, profile]) => [
    { name, profile, flags: {}, set: 'no feature flags' },
    { name, profile, flags: RECOMMENDED_FLAGS, set: 'the recommended feature flags' },
  ]);

  test.each(cases)('has no finding under the $name profile with $set', ({ profile, flags }) => {
    const app = newApp(flags);
    ServerlessSecurity.of(app).enforce({ profile: profile() });
    new OrdersStack(app, 'Orders');
    const plugins = judged(app);
    expect(plugins.map(({ pluginName }) => pluginName).sort()).toEqual(packsOf(profile()));
    expect(lines(plugins, 'violations')).toStrictEqual([]);
  });

  const app = newApp();
  ServerlessSecurity.of(app).enforce();
  const template = Template.fromStack(new OrdersStack(app, 'Orders'));

  /** Actions by what a statement names, from the policies of one function. */
  function rightsOf(fn: string): Record<string, string[]> {
    const policies = Object.entries(template.findResources('AWS::IAM::Policy')).filter(([id]) => id.startsWith(fn));
    const rights: Record<string, string[]> = {};
    for (const { Action, Resource } of policies.flatMap(([, policy]) => policy.Properties.PolicyDocument.Statement as Statement[])) {
      (rights[named(Resource)] ??= []).push(...[Action].flat());
    }
    return rights;
  }

  /** `{ "Fn::Join": ["", [{ "Fn::GetAtt": ["Receipts59C0D3E0", "Arn"] }, "/receipts/*"]] }` names `Receipts/receipts/*`. */
  function named(resource: unknown): string {
    const [, id, path] = /"([A-Za-z]+)[0-9A-F]{8}"(?:,"Arn"\]},"([^"]*))?/.exec(JSON.stringify(resource)) ?? [];
    return `${id}${path ?? ''}`;
  }

  test('lets each function do what its code does, and nothing else', () => {
    expect(rightsOf('PlaceOrder')).toEqual({
      'OrdersTable': ['dynamodb:PutItem'],
      'Receipts/receipts/*': ['s3:AbortMultipartUpload', 's3:PutObject'],
      'SharedSecurityDataKey': ['kms:Decrypt', 'kms:Decrypt', 'kms:GenerateDataKey'], // through DynamoDB, and through S3
    });
    expect(rightsOf('ReadOrders')).toEqual({
      OrdersTable: ['dynamodb:BatchGetItem', 'dynamodb:ConditionCheckItem', 'dynamodb:GetItem', 'dynamodb:Query'], SharedSecurityDataKey: ['kms:Decrypt'],
    });
    expect(rightsOf('Health')).toEqual({});
  });

  test('lets customers register themselves, prove two factors, and give tokens to the shop alone', () => {
    template.hasResourceProperties('AWS::Cognito::UserPool', {
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: false }, AutoVerifiedAttributes: ['email'], MfaConfiguration: 'ON', UserPoolTier: 'PLUS',
    });
    template.hasResourceProperties('AWS::Cognito::UserPoolClient', {
      AllowedOAuthFlows: ['code'], CallbackURLs: ['https://shop.example.com/signed-in'], LogoutURLs: ['https://shop.example.com/signed-out'], GenerateSecret: false,
    });
  });

  test('keeps the logical ids of what holds data, so that an upgrade replaces none of it', () => {
    const holders = ['AWS::DynamoDB::GlobalTable', 'AWS::S3::Bucket', 'AWS::Cognito::UserPool', 'AWS::KMS::Key'];
    expect(holders.flatMap((type) => Object.keys(template.findResources(type))).sort()).toEqual([
      'Customers6955EA0A', 'OrdersTable315BB997', 'Receipts59C0D3E0', 'SharedSecurityAccessLogBucketC67C0977', 'SharedSecurityDataKeyD4D7B14E',
    ]);
  });

  // Reading a template fails when its resources depend on each other in a circle.
  test.each(PROFILES)('is the same template with and without the recommended feature flags, and has no circle: %s', (_, profile) => {
    const [plain, flagged] = [{}, FLAGS].map((flags) => {
      const judgedApp = newApp(flags);
      ServerlessSecurity.of(judgedApp).enforce({ profile: profile() });
      return Template.fromStack(new OrdersStack(judgedApp, 'Orders')).toJSON();
    });
    expect(flagged).toEqual(plain);
  });

  test('joins a network without a way out, and runs signed code, where the profile asks for it', () => {
    const regulated = newApp();
    ServerlessSecurity.of(regulated).enforce({ profile: SecurityProfile.regulated() });
    const strict = Template.fromStack(new OrdersStack(regulated, 'Orders'));
    strict.resourcePropertiesCountIs('AWS::Lambda::Function', {
      VpcConfig: Match.objectLike({ SubnetIds: Match.anyValue() }), CodeSigningConfigArn: Match.anyValue(), ReservedConcurrentExecutions: 20,
    }, 3);
    strict.resourceCountIs('AWS::EC2::NatGateway', 0);
    expect(Object.values(strict.findResources('AWS::EC2::VPCEndpoint')).map(({ Properties: { VpcEndpointType } }) => VpcEndpointType)).toEqual(['Gateway', 'Gateway']);
  });

  test('acknowledges little: each finding is listed here', () => {
    expect(lines(judged(app), 'suppressedViolations')).toEqual([
      'AwsSolutions-APIG2 at Orders/Api/RestApi/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/HealthSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/PlaceOrderSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/ReadOrdersSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Orders/SharedSecurity/ApiGatewayAccount/Role/Resource',
      'AwsSolutions-IAM5[Resource::<Receipts59C0D3E0.Arn>/receipts/*] at Orders/PlaceOrderSupport/Role/DefaultPolicy/Resource',
      'AwsSolutions-SQS3 at Orders/SharedSecurity/UndeliveredAlarms/Resource',
      'RouteAuthorization[GET /health] at Orders/Api/RestApi/Resource',
      'Serverless-LambdaDLQ at Orders/Health/Resource',
      'Serverless-LambdaDLQ at Orders/PlaceOrder/Resource',
      'Serverless-LambdaDLQ at Orders/ReadOrders/Resource',
      'Serverless-LambdaStarPermissions at Orders/HealthSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Orders/PlaceOrderSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Orders/ReadOrdersSupport/Role/Resource',
      'Serverless-SQSRedrivePolicy at Orders/SharedSecurity/UndeliveredAlarms/Resource',
      'UserPoolSignup at Orders/Customers/Resource',
    ]);
  });
});

describe('the careless twin', () => {
  const app = newApp();
  ServerlessSecurity.of(app).enforce();
  new InsecureOrdersStack(app, 'InsecureOrders');
  const own = () => judged(app).find(({ pluginName }) => pluginName === 'ServerlessSecurity')!.violations;

  test('is found out by every rule of the pack that concerns it, each with a way out', () => {
    expect([...new Set(own().filter(({ severity }) => severity === 'error').map(({ ruleName }) => ruleName.replace(/\[.*/s, '')))].sort()).toEqual([
      'ApiWebAcl', 'AsyncFailurePath', 'BucketPublicAccess', 'BucketTlsOnly', 'EntryPointLayers', 'EnvironmentDebugSwitch', 'EnvironmentSecret',
      'FunctionLogGroup', 'FunctionRoleShared', 'FunctionUrlAuth', 'IamActionWildcard', 'IamResourceWildcard', 'InvokePermissionSource',
      'OpenStorePath', 'RouteAuthorization', 'RouteValidation', 'StageAccessLog', 'StageDataTrace', 'StageThrottle', 'TableDeletionProtection',
      'TableRecovery',
    ]);
    expect(own().filter(({ suggestedFix }) => !suggestedFix)).toStrictEqual([]);
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
