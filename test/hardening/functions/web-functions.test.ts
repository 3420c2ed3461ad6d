import { App, CfnCondition, CfnResource, Lazy, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { IRole, ManagedPolicy, PolicyStatement, Role, RoleProps, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnFunction, Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { CfnLogGroup, FilterPattern, LogGroup } from 'aws-cdk-lib/aws-logs';
import { BlockPublicAccess, Bucket, BucketEncryption, CfnBucket } from 'aws-cdk-lib/aws-s3';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { flattenReference } from '../../../src/core/values/flatten-reference';
import { NETWORK_INTERFACE_ACTIONS } from '../../../src/iam/iam-baseline';
import { ACCOUNT, REGION } from '../../rights/support/deployed';
import { findingsOf, RECOMMENDED_FLAGS, testStack, unexplained } from '../../support/apps';
import { OTHER_ROLE_USERS } from '../../support/other-role-users';

/** The oldest `aws-cdk-lib` that the library works with has no classes of web functions: these are resources without one, as newer classes render them. */
const FLAGS = [['no flags', {}], ['the recommended flags', RECOMMENDED_FLAGS]] as const;
const BASIC = 'service-role/AWSLambdaBasicExecutionRole';
const WRITING = ['logs:CreateLogStream', 'logs:PutLogEvents'];

function shop(flags: Record<string, unknown> = {}, only = [HardeningArea.RIGHTS]): Stack {
  const stack = testStack({ env: { account: ACCOUNT, region: REGION }, flags });
  ServerlessSecurity.of(stack.node.root as App).harden({ only });
  return stack;
}

const lambdaRole = (stack: Stack, names = [BASIC], props: Partial<RoleProps> = {}, id = 'Role') => new Role(stack, id, {
  assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: names.map((name) => ManagedPolicy.fromAwsManagedPolicyName(name)), ...props,
});

interface Web {
  readonly role: IRole;
  readonly name?: unknown;
  readonly logGroup?: unknown;
  readonly service?: object;
  readonly revision?: object;
}

function webFunction(stack: Stack, { role, name = 'shop', logGroup, service, revision }: Web, id = 'Web'): CfnResource {
  const fn = new CfnResource(stack, id, { type: 'AWS::Lambda::WebFunction', properties: { FunctionName: name } });
  return new CfnResource(stack, `${id}Revision`, {
    type: 'AWS::Lambda::WebFunctionRevision',
    properties: {
      FunctionName: fn.ref,
      BuildConfig: { CodeConfig: { S3Object: { Bucket: 'code', Key: 'a.zip' } }, RuntimeConfig: { Runtime: 'nodejs24.x' } },
      ServiceConfig: {
        ExecutionRoleArn: role.roleArn, ...logGroup === undefined ? {} : { TelemetryConfig: { LoggingConfig: { LogGroup: logGroup } } }, ...service,
      },
      ...revision,
    },
  });
}

const rightsOf = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'))
  .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as { Sid?: string; Action: unknown; Resource: unknown }[]);
const attached = (stack: Stack) => Object.values(Template.fromStack(stack).findResources('AWS::IAM::Role')).map(({ Properties }) => Properties.ManagedPolicyArns);
const notes = (stack: Stack) => {
  Template.fromStack(stack);
  return changesOf(stack.node.root)!.filter(({ rule }) => rule === 'ManagedPolicyBreadth').map(({ outcome, note }) => [outcome, note]);
};
/** Without pieces and partition, so that all flags render the same. */
const said = (stack: Stack) => rightsOf(stack).map(({ Sid, Resource }) => (
  [Sid, ...[Resource].flat().map((one) => flattenReference(one).replace('<AWS::Partition>', 'aws'))]));
const groupArn = (name: string, region = REGION) => `arn:aws:logs:${region}:${ACCOUNT}:log-group:${name}:*`;

describe.each(FLAGS)('with %s, a role of a web function', (_, flags) => {
  test('writes to its log group and to those beside it in all regions, and the revision waits for that', () => {
    const stack = shop(flags);
    const group = new LogGroup(stack, 'Logs');
    webFunction(stack, { role: lambdaRole(stack), logGroup: group.logGroupName });
    const template = Template.fromStack(stack);
    const [logs, policy] = ['AWS::Logs::LogGroup', 'AWS::IAM::ManagedPolicy'].map((type) => Object.keys(template.findResources(type))[0]);
    expect(attached(stack)).toEqual([undefined]);
    expect(said(stack)).toEqual([['OwnLogs', `<${logs}.Arn>`], ['OwnLogGroups', groupArn(`<${logs}>.local`, '*')]]);
    expect(rightsOf(stack).map(({ Action }) => Action)).toEqual([WRITING, ['logs:CreateLogGroup', ...WRITING]]);
    template.hasResource('AWS::Lambda::WebFunctionRevision', { DependsOn: Match.arrayWith([policy]) });
    expect(unexplained(findingsOf(stack)).filter((finding) => finding.includes('IAM'))).toStrictEqual([]);
  });

  test('that a function has as well writes the logs of both', () => {
    const stack = shop(flags);
    const role = lambdaRole(stack);
    const [logs, web] = ['FnLogs', 'WebLogs'].map((id) => new LogGroup(stack, id));
    new LambdaFunction(stack, 'Orders', { runtime: Runtime.NODEJS_22_X, handler: 'index.handler', code: Code.fromInline('x'), role, logGroup: logs });
    webFunction(stack, { role, logGroup: web.logGroupName });
    const [ofFn, ofWeb] = [logs, web].map((group) => stack.getLogicalId(group.node.defaultChild as CfnLogGroup));
    expect(said(stack)).toEqual([['OwnLogs', `<${ofFn}.Arn>`, `<${ofWeb}.Arn>`], ['OwnLogGroups', groupArn(`<${ofWeb}>.local`, '*')]]);
  });
});

describe('the group of a web function is', () => {
  const beside = (name: string) => groupArn(`${name}.local`, '*');

  test.each<[string, Partial<Web>, string]>([
    ['the one that it names', { logGroup: '/shop/web' }, '/shop/web'],
    ['named after it, where it names none', {}, '/aws/lambda/web/shop'],
    ['named after it, whose name is in the revision', { revision: { FunctionName: 'orders' } }, '/aws/lambda/web/orders'],
    ['named after it, whose ARN is in the revision', { revision: { FunctionName: 'arn:aws:lambda:eu-west-1:111122223333:web-function/orders' } }, '/aws/lambda/web/orders'],
    ['named after it, whose name a parameter tells', { name: { Ref: 'AWS::StackName' } }, '/aws/lambda/web/<AWS::StackName>'],
  ])('%s', (_, web, name) => {
    const stack = shop();
    webFunction(stack, { role: lambdaRole(stack), ...web });
    expect(said(stack)).toEqual([['OwnLogGroups', beside(name), groupArn(name)]]);
    expect(notes(stack).map(([outcome]) => outcome)).toEqual(['set']);
  });

  test('that of the app, which has its name', () => {
    const stack = shop();
    new CfnLogGroup(stack, 'Logs', { logGroupName: '/aws/lambda/web/shop' });
    webFunction(stack, { role: lambdaRole(stack) });
    expect(said(stack)).toEqual([['OwnLogs', '<Logs.Arn>'], ['OwnLogGroups', beside('/aws/lambda/web/shop')]]);
  });

  test('that of another stack, which is named by its name', () => {
    const stack = shop();
    new CfnLogGroup(new Stack(stack.node.root as App, 'Logs', { env: { account: ACCOUNT, region: REGION } }), 'Group', { logGroupName: '/shop/web' });
    webFunction(stack, { role: lambdaRole(stack), logGroup: '/shop/web' });
    expect(said(stack)).toEqual([['OwnLogs', groupArn('/shop/web')], ['OwnLogGroups', beside('/shop/web')]]);
  });

  test('set by an escape hatch', () => {
    const stack = shop();
    webFunction(stack, { role: lambdaRole(stack) }).addPropertyOverride('ServiceConfig.TelemetryConfig.LoggingConfig.LogGroup', '/shop/web');
    expect(said(stack)).toEqual([['OwnLogGroups', beside('/shop/web'), groupArn('/shop/web')]]);
  });

  test('only there under a condition: so is the policy that names it', () => {
    const stack = shop();
    const condition = new CfnCondition(stack, 'Logged');
    const group = new CfnLogGroup(stack, 'Logs');
    group.cfnOptions.condition = condition;
    webFunction(stack, { role: lambdaRole(stack), logGroup: group.ref });
    const policies = Object.values(Template.fromStack(stack).findResources('AWS::IAM::ManagedPolicy'));
    expect(policies.map(({ Condition, Properties }) => [Condition, Properties.PolicyDocument.Statement.length])).toEqual([['Logged', 2]]);
  });

  test.each<[string, Partial<Web>]>([
    ['its name in a parameter', { revision: { FunctionName: { Ref: 'AWS::StackName' } } }],
    ['none under a condition', { logGroup: { 'Fn::If': ['Logged', '/shop/web', { Ref: 'AWS::NoValue' }] } }],
    ['all settings of its log under a condition', { service: { TelemetryConfig: { 'Fn::If': ['Logged', { LoggingConfig: { LogGroup: '/shop/web' } }, { Ref: 'AWS::NoValue' }] } } }],
  ])('not known, with %s: nothing is narrowed, and the report says why', (_, web) => {
    const stack = shop();
    new CfnCondition(stack, 'Logged');
    webFunction(stack, { role: lambdaRole(stack), ...web });
    expect([attached(stack)[0].length, rightsOf(stack)]).toEqual([1, []]);
    expect(notes(stack)).toEqual([['proposed', 'Write these statements in the place of the policies: only the deployment knows into which log group Shop/WebRevision writes.']]);
  });
});

test('web functions with one role and one group are named once', () => {
  const stack = shop();
  const [role, group] = [lambdaRole(stack), new LogGroup(stack, 'Logs')];
  ['One', 'Two'].forEach((id) => webFunction(stack, { role, logGroup: group.logGroupName }, id));
  expect(said(stack).map((statement) => statement.length)).toEqual([2, 2]);
});

test('classes of a newer CDK come out as resources without one', () => {
  class CfnWebFunctionRevision extends CfnResource {
    public static readonly CFN_RESOURCE_TYPE_NAME = 'AWS::Lambda::WebFunctionRevision';

    constructor(scope: Stack, public readonly functionName: string, public readonly serviceConfig: object) {
      super(scope, 'Revision', { type: CfnWebFunctionRevision.CFN_RESOURCE_TYPE_NAME });
    }
  }
  const stack = shop();
  const role = lambdaRole(stack);
  new CfnWebFunctionRevision(stack, 'shop', Lazy.any({
    produce: () => ({ executionRoleArn: role.roleArn, telemetryConfig: { loggingConfig: { logGroup: '/shop/web' } } }),
  }));
  expect(said(stack)).toEqual([['OwnLogGroups', groupArn('/shop/web.local', '*'), groupArn('/shop/web')]]);
});

test('the template goes round in no circle where the group waits for the revision', () => {
  const stack = shop();
  const revision = webFunction(stack, { role: lambdaRole(stack), logGroup: '/shop/web' });
  new CfnLogGroup(stack, 'Logs', { logGroupName: '/shop/web' }).addResourceDependency(revision);
  Template.fromStack(stack, { skipCyclicalDependenciesCheck: false });
  expect(said(stack)).toEqual([['OwnLogs', '<Logs.Arn>'], ['OwnLogGroups', groupArn('/shop/web.local', '*')]]);
});

test('a web function is in no network by itself: its connector has a role for that', () => {
  const stack = shop();
  webFunction(stack, { role: lambdaRole(stack, ['service-role/AWSLambdaVPCAccessExecutionRole']), service: { EgressNetworkConnectorArn: 'arn:aws:lambda:eu-west-1:111122223333:network-connector:nc-1:1' } });
  expect(rightsOf(stack).map(({ Sid }) => Sid)).toEqual(['OwnLogGroups']);
});

describe('a role stays where something else of Lambda uses it too', () => {
  test.each(OTHER_ROLE_USERS)('%s', (type, properties) => {
    const stack = shop();
    const role = lambdaRole(stack);
    webFunction(stack, { role });
    new CfnResource(stack, 'Other', { type, properties: properties(role.roleArn) });
    expect([attached(stack)[0].length, rightsOf(stack)]).toEqual([1, []]);
    expect(notes(stack)).toEqual([['proposed', `Write these statements in the place of the policies: ${type} Shop/Other uses the role too.`]]);
  });

  test('the policy of AWS for network connectors is no policy for functions, and stays', () => {
    const stack = shop();
    const role = lambdaRole(stack, ['AWSLambdaNetworkConnectorOperatorPolicy']);
    new CfnResource(stack, 'Connector', { type: 'AWS::Lambda::NetworkConnector', properties: { OperatorRole: role.roleArn } });
    webFunction(stack, { role: lambdaRole(stack, [BASIC, 'AWSLambdaNetworkConnectorOperatorPolicy'], {}, 'Web2') });
    expect(attached(stack).map((arns) => flattenReference(arns[0]))).toEqual(Array(2).fill('arn:<AWS::Partition>:iam::aws:policy/AWSLambdaNetworkConnectorOperatorPolicy'));
    expect(attached(stack).map((arns) => arns.length)).toEqual([1, 1]);
    const stays = expect.stringContaining('CDK attaches it to the role of each connector: it stays.');
    expect(notes(stack).filter(([outcome]) => outcome === 'proposed')).toEqual([['proposed', stays], ['proposed', stays]]);
  });
});

test('rights for a network in a statement of the author stay a finding where a web function has them beside a function in a network', () => {
  const explained = [false, true].map((shared) => {
    const stack = shop();
    const role = lambdaRole(stack, []);
    role.addToPolicy(new PolicyStatement({ actions: NETWORK_INTERFACE_ACTIONS, resources: ['*'] }));
    new CfnFunction(stack, 'Fn', {
      code: { zipFile: 'x' }, handler: 'index.handler', role: role.roleArn, runtime: 'nodejs24.x', vpcConfig: { subnetIds: ['subnet-1'], securityGroupIds: ['sg-1'] },
    });
    if (shared) webFunction(stack, { role });
    return findingsOf(stack).filter(({ rule }) => rule === 'AwsSolutions-IAM5[Resource::*]').map(({ reason }) => reason !== undefined);
  });
  expect(explained).toEqual([[true], [false]]);
});

test('patterns in the rights of the role become exact actions, and the right to call an endpoint stays', () => {
  const stack = shop();
  const role = lambdaRole(stack);
  const endpoint = 'arn:aws:lambda:eu-west-1:111122223333:web-function/shop/endpoint/prod';
  role.addToPolicy(new PolicyStatement({ actions: ['s3:List*'], resources: ['arn:aws:s3:::orders'] }));
  role.addToPolicy(new PolicyStatement({ actions: ['lambda:InvokeWebFunctionEndpoint'], resources: [endpoint] }));
  webFunction(stack, { role });
  const [{ Properties }] = Object.values(Template.fromStack(stack).findResources('AWS::IAM::Policy'));
  const [listing, calling] = Properties.PolicyDocument.Statement;
  expect([listing.Action].flat()).not.toContain('s3:List*');
  expect([listing.Action].flat()).toContain('s3:ListBucket');
  expect(calling).toEqual({ Effect: 'Allow', Action: 'lambda:InvokeWebFunctionEndpoint', Resource: endpoint });
});

describe('the log group of a web function', () => {
  const settings = ({ DataProtectionPolicy: masking, KmsKeyId, RetentionInDays }: Record<string, any>) => (
    [masking?.Name, KmsKeyId !== undefined, RetentionInDays]);
  const groups = (template: Template) => Object.fromEntries(Object.entries(template.findResources('AWS::Logs::LogGroup'))
    .map(([id, { Properties }]) => [id, settings(Properties)]));

  test('has key, end and masking as that of a function has, and so has the one beside it that the app declares', () => {
    const stack = shop({}, [HardeningArea.LOG_GROUPS]);
    const group = new CfnLogGroup(stack, 'Logs');
    new CfnLogGroup(stack, 'Beside', { logGroupName: `${group.ref}.local` });
    new CfnLogGroup(stack, 'Other', { logGroupName: '/shop/other' });
    webFunction(stack, { role: lambdaRole(stack), logGroup: group.ref });
    expect(groups(Template.fromStack(stack))).toEqual({ Logs: ['masking', true, 365], Beside: ['masking', true, 365], Other: [undefined, true, 365] });
  });

  test('is not masked where a filter of the app reads it', () => {
    const stack = shop({}, [HardeningArea.LOG_GROUPS]);
    const group = new LogGroup(stack, 'Logs');
    group.addMetricFilter('Errors', { filterPattern: FilterPattern.allEvents(), metricName: 'n', metricNamespace: 'n' });
    webFunction(stack, { role: lambdaRole(stack), logGroup: group.logGroupName });
    Template.fromStack(stack);
    expect(changesOf(stack.node.root)!.filter(({ rule }) => rule === 'LogMasking').map(({ outcome }) => outcome)).toEqual(['proposed']);
  });
});

test('old versions of the code of a web function never end, whoever switched versions on', () => {
  const stack = shop({}, [HardeningArea.BUCKETS]);
  const [code, other] = ['Code', 'Other'].map((id) => new CfnBucket(stack, id));
  webFunction(stack, { role: lambdaRole(stack), revision: { BuildConfig: { CodeConfig: { S3Object: { Bucket: code.ref, Key: 'a.zip' } } } } });
  const template = Template.fromStack(stack);
  expect([code, other].map((bucket) => {
    const { LifecycleConfiguration, VersioningConfiguration } = template.findResources('AWS::S3::Bucket')[stack.getLogicalId(bucket)].Properties;
    return [VersioningConfiguration.Status, LifecycleConfiguration.Rules[0].NoncurrentVersionExpiration !== undefined];
  })).toEqual([['Enabled', false], ['Enabled', true]]);
});

describe('the report proposes, and nothing is set, also in strict hardening:', () => {
  const endpoint = (stack: Stack, properties: object) => new CfnResource(stack, 'Endpoint', {
    type: 'AWS::Lambda::WebFunctionEndpoint', properties: { FunctionName: 'shop', EndpointName: 'prod', EndpointType: 'HomeRegion', AuthType: 'IamAuth', ...properties },
  });
  /** What the report says of the resources that are made, which stay as they are. */
  const told = (make: (stack: Stack) => CfnResource, profile = SecurityProfile.production()) => {
    const [plain, stack] = [undefined, { strict: true }].map((options) => {
      const one = testStack({ env: { account: ACCOUNT, region: REGION } });
      if (options !== undefined) ServerlessSecurity.of(one.node.root as App).harden({ ...options, profile, only: [HardeningArea.FUNCTIONS] });
      return { one, id: one.getLogicalId(make(one)) };
    });
    const [before, after] = [plain, stack].map(({ one, id }) => Template.fromStack(one).toJSON().Resources[id]);
    expect(after).toEqual(before);
    return changesOf(stack.one.node.root)!.filter(({ resourceType }) => resourceType.startsWith('AWS::Lambda::Web'))
      .map(({ rule, property, outcome, impact }) => `${rule} ${property} ${outcome} ${impact}`);
  };
  const AUTH = 'WebFunctionAuth AuthType proposed in-place';
  const LIMITS = 'WebFunctionLimits ThrottleConfig.RateLimit proposed in-place';

  test.each<[string, object, string[]]>([
    ['an endpoint that everybody can call and nothing bounds', { AuthType: 'ApplicationManaged' }, [AUTH, LIMITS]],
    ['one with a rate', { AuthType: 'ApplicationManaged', ThrottleConfig: { RateLimit: 100 } }, [AUTH]],
    ['one with a most of environments', { ScalingConfig: { MaxEnvironments: 2 } }, []],
    ['one of which the deployment decides', { AuthType: { Ref: 'AWS::StackName' }, ThrottleConfig: { Ref: 'AWS::StackName' } }, []],
  ])('%s', (_, properties, expected) => {
    expect(told((stack) => endpoint(stack, properties))).toEqual(expected);
  });

  const BESIDE = 'LogRetention the log groups whose names end with .local proposed needs-attention';
  const KEY = 'FunctionEnvironmentKey KmsKeyArn proposed needs-attention';
  const LOGGED = { logGroup: '/shop/web' };
  const TELLS = { EnvironmentVariables: { STAGE: 'prod' } };

  test.each<[string, Partial<Web>, string[]]>([
    ['a revision without variables', LOGGED, [BESIDE]],
    ['one with variables, which no key of the author protects', { ...LOGGED, service: TELLS }, [KEY, BESIDE]],
    ['one with a key', { ...LOGGED, service: TELLS, revision: { KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/1' } }, [BESIDE]],
    ['one whose variables only the deployment knows', { ...LOGGED, service: { EnvironmentVariables: { 'Fn::If': ['C', {}, {}] } } }, [BESIDE]],
    ['one with a password', { ...LOGGED, service: { EnvironmentVariables: { DB_PASSWORD: 'hunter2hunter2' } } }, [
      KEY, 'EnvironmentSecret ServiceConfig.EnvironmentVariables.DB_PASSWORD proposed needs-attention', BESIDE,
    ]],
    ['one whose log group Lambda makes', {}, ['FunctionLogGroup ServiceConfig.TelemetryConfig.LoggingConfig.LogGroup proposed needs-attention', BESIDE]],
  ])('%s', (_, web, expected) => {
    expect(told((stack) => {
      new CfnCondition(stack, 'C');
      return webFunction(stack, { role: lambdaRole(stack, []), ...web });
    })).toEqual(expected);
  });

  test('no key where the profile asks for none, no group where the app declares it, and not the one beside it', () => {
    expect(told((stack) => {
      ['/aws/lambda/web/shop', '/aws/lambda/web/shop.local'].forEach((logGroupName, index) => new CfnLogGroup(stack, `Logs${index}`, { logGroupName }));
      return webFunction(stack, { role: lambdaRole(stack, []), service: TELLS });
    }, SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('a secret is not told', () => {
    const stack = shop({}, [HardeningArea.FUNCTIONS]);
    webFunction(stack, { role: lambdaRole(stack, []), service: { EnvironmentVariables: { DB_PASSWORD: 'hunter2hunter2' } } });
    Template.fromStack(stack);
    expect(changesOf(stack.node.root)!.map(({ rule }) => rule)).toContain('EnvironmentSecret');
    expect(JSON.stringify(changesOf(stack.node.root))).not.toContain('hunter2');
  });
});

test.each(FLAGS)('what CDK makes to copy the code of web functions works and goes as before, with %s', (_, flags) => {
  const settings = (hardens: boolean) => {
    const stack = testStack({ env: { account: ACCOUNT, region: REGION }, flags });
    if (hardens) ServerlessSecurity.of(stack.node.root as App).harden({ strict: true });
    const bucket = new Bucket(stack, 'AWSCDKWebFunctionAssetBucket', {
      versioned: true,
      encryption: BucketEncryption.S3_MANAGED,
      blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
      enforceSSL: true,
      removalPolicy: RemovalPolicy.DESTROY,
      autoDeleteObjects: true,
    });
    bucket.addToResourcePolicy(new PolicyStatement({
      principals: [new ServicePrincipal('lambda.amazonaws.com')], actions: ['s3:GetObject', 's3:GetObjectVersion'], resources: [bucket.arnForObjects('web-function/*')],
    }));
    const [role, copier] = [lambdaRole(stack), lambdaRole(stack, [BASIC], {}, 'CopierRole')];
    copier.addToPolicy(new PolicyStatement({ actions: ['s3:PutObject', 's3:Abort*'], resources: [bucket.arnForObjects('web-function/*')] }));
    const helper = new CfnFunction(stack, 'Copier', {
      code: { s3Bucket: 'assets', s3Key: `${'0a'.repeat(32)}.zip` },
      handler: 'index.handler',
      role: copier.roleArn,
      runtime: 'nodejs24.x',
      loggingConfig: { logGroup: new LogGroup(stack, 'CopierLogs').logGroupName },
    });
    const copy = new CfnResource(stack, 'Copy', {
      type: 'Custom::S3ObjectCopy',
      properties: {
        ServiceToken: helper.attrArn, DestinationBucketName: bucket.bucketName, Configuration: { ServiceConfig: { ExecutionRoleArn: role.roleArn } },
      },
    });
    const S3Object = { Bucket: copy.getAtt('Bucket'), Key: copy.getAtt('Key'), VersionId: copy.getAtt('VersionId') };
    const revision = webFunction(stack, { role, logGroup: new LogGroup(stack, 'Logs').logGroupName, revision: { BuildConfig: { CodeConfig: { S3Object } } } });
    for (const one of [role, copy, revision]) one.node.addDependency(bucket.policy!);
    const template = Template.fromStack(stack); // which fails where it goes round in a circle
    const rendered = (one: CfnResource) => template.toJSON().Resources[stack.getLogicalId(one)];
    const [made, code, written] = [helper, bucket.node.defaultChild as CfnBucket, revision].map(rendered);
    return { template, made, code, written };
  };
  const [plain, hard] = [false, true].map(settings);
  const added = (before: object, after: object) => Object.keys(after).filter((name) => !Object.hasOwn(before, name));
  expect(added(plain.code.Properties, hard.code.Properties)).toEqual(['LifecycleConfiguration', 'LoggingConfiguration']);
  expect(hard.code.Properties.LifecycleConfiguration).toEqual({
    Rules: [{ AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 }, Id: 'HardenedCleanUp', Status: 'Enabled' }],
  });
  const kept = ({ Properties, DeletionPolicy }: any) => [Properties.BucketEncryption, Properties.VersioningConfiguration, DeletionPolicy];
  expect(kept(hard.code)).toEqual(kept(plain.code));
  expect(added(plain.made.Properties, hard.made.Properties).sort()).toEqual(['MemorySize', 'Timeout', 'TracingConfig']);
  expect(hard.written.Properties).toEqual(plain.written.Properties);
  expect(hard.written.DependsOn.length - plain.written.DependsOn.length).toBe(1);
  hard.template.resourceCountIs('AWS::CloudWatch::Alarm', 0);
  hard.template.resourceCountIs('AWS::SQS::Queue', 0);
});
