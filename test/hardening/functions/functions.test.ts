import { App, AspectPriority, Aspects, CfnParameter, CfnResource, Duration, Fn, NestedStack, Stack } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { experimental } from 'aws-cdk-lib/aws-cloudfront';
import { CfnDashboard } from 'aws-cdk-lib/aws-cloudwatch';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction as LambdaTarget } from 'aws-cdk-lib/aws-events-targets';
import { CfnPolicy, ManagedPolicy, PolicyDocument, PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { CfnEventInvokeConfig, CfnFunction, CfnPermission, CfnUrl, Code, Function as LambdaFunction, FunctionProps, Runtime, Tracing, Version } from 'aws-cdk-lib/aws-lambda';
import { CfnMetricFilter, LogGroup, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { HardeningArea } from '../../../src/core/hardening/hardening-area';
import { changesOf } from '../../../src/core/hardening/hardening-change';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { findingsOf, testStack } from '../../support/apps';
import { compared, FLAG_SETS, hardened, hardenedStack, linesOn } from '../support/compared';
import { fourCases } from '../support/four-cases';

beforeAll(() => {
  process.env.JSII_DEPRECATED = 'quiet'; // authors use what is deprecated
});

const FUNCTION = 'AWS::Lambda::Function';
const ROLE = 'arn:aws:iam::111122223333:role/fn';
const INLINE = { code: Code.fromInline('exports.handler = async () => {};'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X };

const place = (stack: Stack, props: Partial<FunctionProps> = {}) => new LambdaFunction(stack, 'Place', { ...INLINE, ...props });
const bare = (stack: Stack, props: object = {}) => new CfnFunction(stack, 'Place', { code: { zipFile: '0' }, role: ROLE, ...props });
const withRole = (stack: Stack, props: object = {}) => (
  bare(stack, { role: new Role(stack, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }).roleArn, ...props }));

function functionIn(template: Template): Record<string, any> {
  const found = Object.values(template.findResources(FUNCTION));
  expect(found).toHaveLength(1);
  return found[0];
}

const propertiesIn = (template: Template): Record<string, any> => functionIn(template).Properties;

/** The statements of the policy that hardening added to a role. */
const rightsIn = (template: Template): any[] => Object.values(template.findResources('AWS::IAM::ManagedPolicy'))
  .flatMap(({ Properties: { PolicyDocument: document } }) => document.Statement);

fourCases('timeout of a function', {
  property: 'Timeout', make: (stack, value) => bare(stack, { timeout: value }), secure: 3, safe: 900, replaced: false,
});

fourCases('memory of a function', {
  property: 'MemorySize', make: (stack, value) => bare(stack, { memorySize: value }), secure: 128, safe: 512, replaced: false,
});

describe('a function whose versions CDK publishes when its properties change', () => {
  const FULL = { deadLetterQueueEnabled: true, tracing: Tracing.ACTIVE };
  const published = (props: Partial<FunctionProps>) => (stack: Stack) => {
    place(stack, { ...FULL, logGroup: new LogGroup(stack, 'Logs'), ...props }).currentVersion.addAlias('live');
  };

  const ON_INSTANCES = { lambdaManagedInstancesCapacityProviderConfig: { capacityProviderArn: 'arn:aws:lambda:eu-west-1:111122223333:capacity-provider:own' } };

  test.each<[string, (fn: CfnFunction) => void]>([
    ['property', (fn) => { fn.capacityProviderConfig = ON_INSTANCES; }],
    ['escape hatch', (fn) => { fn.addPropertyOverride('CapacityProviderConfig.LambdaManagedInstancesCapacityProviderConfig.CapacityProviderArn', 'x'); }],
  ])('of a function on instances, named by a %s, the memory is its author\'s: Lambda takes none as small as elsewhere', (_, move) => {
    const { template, changes } = hardened((stack) => { move(bare(stack)); });
    expect(propertiesIn(template)).toMatchObject({ Timeout: 3 });
    expect(propertiesIn(template)).not.toHaveProperty('MemorySize');
    expect(changes.filter(({ property }) => property === 'MemorySize').map(({ after, outcome, rule }) => [outcome, rule, after])).toEqual([['proposed', 'FunctionLimits', '2048 or more']]);
  });

  test('of a function on instances, the memory of the author stays', () => {
    const { template, changes } = hardened((stack) => { bare(stack, { capacityProviderConfig: ON_INSTANCES, memorySize: 4096 }); });
    expect(propertiesIn(template)).toMatchObject({ MemorySize: 4096 });
    expect(linesOn(changes, 'MemorySize')).toStrictEqual([]);
  });

  const versionIn = (template: Template) => Object.keys(template.findResources('AWS::Lambda::Version'));
  const plainly = (build: (stack: Stack) => void, flags: Record<string, unknown> = {}) => {
    const stack = testStack({ flags });
    build(stack);
    return versionIn(Template.fromStack(stack));
  };

  test.each(FLAG_SETS)('keeps its version where only what Lambda chooses by itself is written, since it takes no second one of the same, with %s', (_, flags) => {
    const { template, changes } = hardened(published({}), {}, { flags });
    expect(propertiesIn(template)).toMatchObject({ Timeout: 3, MemorySize: 128 });
    expect(versionIn(template)).toEqual(plainly(published({}), flags));
    template.hasResourceProperties('AWS::Lambda::Alias', { FunctionVersion: { 'Fn::GetAtt': [versionIn(template)[0], 'Version'] } });
    expect(linesOn(changes, 'Timeout')).toEqual(['set in-place']);
    expect(linesOn(changes, 'MemorySize')).toEqual(['set in-place']);
  });

  test('keeps its version where the author wrote one of both', () => {
    const { template } = hardened(published({ memorySize: 512 }));
    expect(propertiesIn(template)).toMatchObject({ Timeout: 3, MemorySize: 512 });
    expect(versionIn(template)).toEqual(plainly(published({ memorySize: 512 })));
  });

  test('gets a new version of whatever the author changes, by an aspect after hardening too', () => {
    const kept = versionIn(hardened(published({})).template);
    expect(versionIn(hardened(published({ description: 'second' })).template)).not.toEqual(kept);
    const late = (stack: Stack) => {
      published({})(stack);
      Aspects.of(stack).add({ visit: (node) => { if (CfnFunction.isCfnFunction(node)) node.description = 'late'; } }, { priority: AspectPriority.READONLY - 1 });
    };
    expect(versionIn(hardened(late).template)).not.toEqual(kept);
    expect(versionIn(hardened(late).template)).toEqual(plainly(late));
  });

  test('keeps its version from then on, when the author writes what hardening changed besides', () => {
    const [first, second] = [hardened(published({ tracing: undefined })), hardened(published({ tracing: Tracing.ACTIVE }))];
    expect(propertiesIn(first.template)).toEqual(propertiesIn(second.template));
    expect(versionIn(first.template)).toEqual(versionIn(second.template));
  });

  test.each<[string, (stack: Stack) => Stack, boolean]>([
    ['another stack, of a deployment that fails as with each change', (stack) => new Stack(stack.node.root, 'Other'), true],
    ['a nested stack, which is handed it, of nothing more', (stack) => new NestedStack(stack, 'Nested'), false],
    ['its own stack, of nothing more', (stack) => stack, false],
  ])('is told, where its version is named by %s', (_, where, isTold) => {
    const { changes } = hardened((stack) => {
      const { currentVersion } = place(stack, { ...FULL, tracing: undefined, logGroup: new LogGroup(stack, 'Logs') });
      new CfnResource(where(stack), 'Reader', { type: 'Custom::Reader', properties: { Version: currentVersion.functionArn } });
    });
    const note = changes.find(({ property }) => property === 'TracingConfig.Mode')?.note;
    expect(note).toContain('The function has versions');
    expect(note?.includes('CloudFormation gives up no export that is in use: the deployment fails, as with each change of the function.')).toBe(isTold);
  });

  test('is told of them where another stack already goes by the id of its version', () => {
    const { template, changes } = hardened((stack) => {
      const { currentVersion } = place(stack, { ...FULL, logGroup: new LogGroup(stack, 'Logs') });
      stack.exportValue(currentVersion.version);
    });
    expect(propertiesIn(template)).not.toHaveProperty('Timeout');
    expect(linesOn(changes, 'Timeout')).toEqual(['proposed in-place']);
    expect(linesOn(changes, 'MemorySize')).toEqual(['proposed in-place']);
    expect(changes.find(({ property }) => property === 'Timeout')?.note).toBe(
      'Write it down together with the next change of the function: alone, it has CDK publish a version that Lambda refuses, since nothing changed.');
  });

  test.each([
    ['tracing', { tracing: undefined }], ['a queue for failed events', { deadLetterQueueEnabled: undefined }], ['a log group', { logGroup: undefined }],
  ])('has them written down where it gets %s as well', (_, props) => {
    const { template } = hardened(published(props));
    expect(propertiesIn(template)).toMatchObject({ Timeout: 3, MemorySize: 128 });
  });

  test('has them written down where its version has an id of its own', () => {
    const { template } = hardened((stack) => { new Version(stack, 'First', { lambda: place(stack, { ...FULL, logGroup: new LogGroup(stack, 'Logs') }) }); });
    expect(propertiesIn(template)).toMatchObject({ Timeout: 3, MemorySize: 128 });
  });

  test('is hardened alike by a dry run and by a second call', () => {
    const { changes } = hardened(published({}), { dryRun: true });
    expect(linesOn(changes, 'Timeout')).toEqual(['set in-place']);
    const again = hardened((stack) => { ServerlessSecurity.of(stack.node.root as App).harden(); published({})(stack); });
    expect(versionIn(again.template)).toEqual(plainly(published({})));
    const twice = hardened((stack) => { ServerlessSecurity.of(stack.node.root as App).harden(); published({ tracing: undefined })(stack); });
    expect(propertiesIn(twice.template)).toMatchObject({ Timeout: 3, MemorySize: 128 });
  });
});

fourCases('guard against recursion', {
  property: 'RecursiveLoop', make: (stack, value) => bare(stack, { recursiveLoop: value }), secure: undefined, safe: 'Terminate', unsafe: 'Allow', replaced: false,
});

fourCases('tracing of a function', {
  property: 'TracingConfig.Mode',
  make: (stack, value) => withRole(stack, { tracingConfig: value === undefined ? undefined : { mode: value } }),
  secure: 'Active',
  safe: 'Active',
  unsafe: 'PassThrough',
  replaced: true,
});

describe('the log of a function', () => {
  test.each([['a construct of CDK', place], ['a resource', withRole]])('goes to an encrypted, masked group of its own that ends: %s', (_, make) => {
    const { template, changes } = hardened((stack) => { make(stack); });
    const { LoggingConfig } = propertiesIn(template);
    const groups = template.findResources('AWS::Logs::LogGroup');
    expect(Object.keys(groups)).toEqual([LoggingConfig.LogGroup.Ref]);
    expect(groups[LoggingConfig.LogGroup.Ref]).toMatchObject({
      DeletionPolicy: 'Retain',
      Properties: { KmsKeyId: { 'Fn::GetAtt': [expect.stringContaining('DataKey'), 'Arn'] }, RetentionInDays: 365, DataProtectionPolicy: expect.anything() },
    });
    expect(groups[LoggingConfig.LogGroup.Ref].Properties.LogGroupName).toBeUndefined();
    expect(linesOn(changes, 'LoggingConfig.LogGroup')).toEqual(['set needs-attention']);
  });

  describe('is moved only where the function can write to it', () => {
    const onlyNamed = {
      logs: new PolicyDocument({
        statements: [new PolicyStatement({
          actions: ['logs:CreateLogGroup', 'logs:CreateLogStream', 'logs:PutLogEvents'], resources: ['arn:aws:logs:us-east-1:111122223333:log-group:/aws/lambda/orders-prod*:*'],
        })],
      }),
    };
    const lambda = () => new ServicePrincipal('lambda.amazonaws.com');
    /** The actions that the app's policies allow on the group of the function. */
    const allowed = (template: Template): string[] => {
      const group = propertiesIn(template).LoggingConfig.LogGroup.Ref;
      const policies = [...Object.values(template.findResources('AWS::IAM::ManagedPolicy')), ...Object.values(template.findResources('AWS::IAM::Policy'))];
      return policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement)
        .filter(({ Resource }) => JSON.stringify(Resource) === JSON.stringify({ 'Fn::GetAtt': [group, 'Arn'] })).flatMap(({ Action }) => Action);
    };

    test.each<[string, (stack: Stack) => void]>([
      ['rights on certain groups alone', (stack) => { place(stack, { role: new Role(stack, 'Role', { assumedBy: lambda(), inlinePolicies: onlyNamed }) }); }],
      ['rights by a policy of the author', (stack) => {
        const role = new Role(stack, 'Role', { assumedBy: lambda() });
        new ManagedPolicy(stack, 'Logs', { roles: [role], document: onlyNamed.logs });
        place(stack, { role });
      }],
      ['the policy of AWS', (stack) => { place(stack); }],
      ['the policy of AWS for networks', (stack) => {
        const managedPolicies = [ManagedPolicy.fromAwsManagedPolicyName('service-role/AWSLambdaVPCAccessExecutionRole')];
        place(stack, { role: new Role(stack, 'Role', { assumedBy: lambda(), managedPolicies }) });
      }],
      ['no rights for logs', (stack) => { withRole(stack); }],
    ])('the role has %s', (_, build) => {
      const { template } = hardened(build);
      expect(allowed(template)).toEqual(['logs:CreateLogStream', 'logs:PutLogEvents']);
      const policies = Object.keys(template.findResources('AWS::IAM::ManagedPolicy', { Properties: { Description: Match.stringLikeRegexp('hardening') } }));
      expect(functionIn(template).DependsOn).toEqual(expect.arrayContaining(policies));
    });

    test('the rights of a role that other functions have too are for all of their groups', () => {
      const { template } = hardened((stack) => {
        const role = new Role(stack, 'Role', { assumedBy: lambda(), inlinePolicies: onlyNamed });
        for (const id of ['A', 'B']) new LambdaFunction(stack, id, { ...INLINE, role });
      });
      template.hasResourceProperties('AWS::IAM::ManagedPolicy', {
        PolicyDocument: {
          Statement: Match.arrayWith([{
            Action: ['logs:CreateLogStream', 'logs:PutLogEvents'],
            Effect: 'Allow',
            Resource: Object.keys(template.findResources('AWS::Logs::LogGroup')).sort().map((id) => ({ 'Fn::GetAtt': [id, 'Arn'] })),
          }]),
        },
      });
    });

    test('what many functions with one role need alike stands in one of its policies', () => {
      const { template } = hardened((stack) => {
        const role = new Role(stack, 'Role', { assumedBy: lambda(), inlinePolicies: onlyNamed });
        for (let count = 0; count < 20; count++) new LambdaFunction(stack, `Fn${count}`, { ...INLINE, role });
      }, { except: [HardeningArea.ALARMS] });
      const policies = Object.values(template.findResources('AWS::IAM::ManagedPolicy', { Properties: { Description: Match.stringLikeRegexp('hardening') } }));
      const statements: { Sid?: string; Resource: unknown }[] = policies.flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
      expect(policies).toHaveLength(2);
      expect(statements.filter(({ Sid }) => Sid === 'Traces')).toHaveLength(1);
      expect(statements.filter(({ Sid }) => Sid === 'FailedEvents')).toHaveLength(1);
      expect(statements.filter(({ Sid }) => Sid === undefined).flatMap(({ Resource }) => Resource).filter((arn) => JSON.stringify(arn).includes('LogGroup'))).toHaveLength(20);
    });

    test('the policy of AWS stays where rights are left alone, and allows the group as well', () => {
      const { template } = hardened((stack) => { place(stack); }, { except: [HardeningArea.RIGHTS] });
      expect(allowed(template)).toStrictEqual([]);
      template.hasResourceProperties('AWS::IAM::Role', { ManagedPolicyArns: [Match.anyValue()] });
    });

    test('a role that is made elsewhere may write to certain groups alone: the group is proposed', () => {
      const { template, changes } = hardened((stack) => { bare(stack); });
      expect(propertiesIn(template).LoggingConfig).toBeUndefined();
      expect(linesOn(changes, 'LoggingConfig.LogGroup')).toEqual(['proposed in-place']);
      expect(changes.find(({ property }) => property === 'LoggingConfig.LogGroup')!.note).toContain('logs:CreateLogStream and logs:PutLogEvents');
    });
  });

  test('keeps the other settings of logging', () => {
    const { template } = hardened((stack) => { withRole(stack, { loggingConfig: { logFormat: 'JSON', systemLogLevel: 'WARN' } }); });
    expect(propertiesIn(template).LoggingConfig).toMatchObject({ LogFormat: 'JSON', SystemLogLevel: 'WARN', LogGroup: { Ref: expect.any(String) } });
  });

  test('stays where the app declared a group: by a pointer, by the name of the function, or with logRetention', () => {
    const kept = (build: (stack: Stack) => void) => linesOn(hardened(build).changes, 'LoggingConfig.LogGroup');
    expect(kept((stack) => { place(stack, { logGroup: new LogGroup(stack, 'Own') }); })).toStrictEqual([]);
    expect(kept((stack) => { new LogGroup(stack, 'Own', { logGroupName: `/aws/lambda/${place(stack).functionName}` }); })).toStrictEqual([]);
    expect(kept((stack) => { place(stack, { logRetention: RetentionDays.ONE_YEAR }); })).toStrictEqual([]);
  });

  test('stays where a filter or a dashboard reads it by its name', () => {
    const filter = (stack: Stack, logGroupName: string) => new CfnMetricFilter(stack, 'Filter', {
      logGroupName, filterPattern: '', metricTransformations: [{ metricName: 'n', metricNamespace: 'n', metricValue: '1' }],
    });
    const read = (build: (stack: Stack) => void) => linesOn(hardened(build).changes, 'LoggingConfig.LogGroup');
    expect(read((stack) => { filter(stack, `/aws/lambda/${place(stack).functionName}`); })).toEqual(['proposed in-place']);
    expect(read((stack) => { filter(stack, '/aws/lambda/place'); place(stack, { functionName: 'place' }); })).toEqual(['proposed in-place']);
    expect(read((stack) => { filter(stack, '/aws/lambda/place-b'); place(stack, { functionName: 'place' }); })).toEqual(['set needs-attention']);
    expect(read((stack) => {
      new CfnDashboard(stack, 'Board', { dashboardBody: `{"query":"SOURCE '/aws/lambda/${place(stack).functionName}' | fields @message"}` });
    })).toEqual(['proposed in-place']);
    expect(read((stack) => { new CfnDashboard(stack, 'Board', { dashboardBody: `{"function":"${place(stack).functionName}"}` }); })).toEqual(['set needs-attention']);
  });

  test('moves below a dashboard whose text is joined from a list that only the deployment knows', () => {
    const { changes } = hardened((stack) => {
      place(stack);
      const widgets = new CfnParameter(stack, 'Widgets', { type: 'CommaDelimitedList' });
      new CfnDashboard(stack, 'Board', { dashboardBody: `{"widgets":[${Fn.join(',', widgets.valueAsList)}]}` });
    });
    expect(linesOn(changes, 'LoggingConfig.LogGroup')).toEqual(['set needs-attention']);
  });

  test('does not go in a circle where the function waits for its role', () => {
    const { template } = hardened((stack) => {
      const fn = place(stack);
      fn.node.addDependency(fn.role!);
    });
    const [group] = Object.values(template.findResources('AWS::Logs::LogGroup'));
    expect(group.DependsOn).toBeUndefined();
  });

  test('follows a profile that holds for the function alone', () => {
    const { template } = hardened((stack) => {
      const fn = place(stack);
      SecurityProfile.sandbox().applyTo(fn);
    });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 30, KmsKeyId: Match.absent() });
  });
});

describe('tracing', () => {
  test('gives the role exactly the right for it, in a policy that the function waits for, and explains the wildcard', () => {
    const stack = hardenedStack((one) => { withRole(one); });
    const template = Template.fromStack(stack);
    expect(rightsIn(template)).toContainEqual({
      Sid: 'Traces',
      Effect: 'Allow',
      Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
      Resource: '*',
      Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
    });
    const [policy] = Object.keys(template.findResources('AWS::IAM::ManagedPolicy'));
    expect(functionIn(template).DependsOn).toContain(policy);
    expect(findingsOf(stack).filter(({ rule }) => rule.includes('IAM5[Resource::*]')).map(({ reason }) => reason)).toEqual([expect.stringContaining('xray:PutTraceSegments')]);
  });

  test('is proposed where the role is not of this app', () => {
    const { template, changes } = hardened((stack) => { bare(stack); });
    expect(linesOn(changes, 'TracingConfig.Mode')).toEqual(['proposed in-place']);
    expect(propertiesIn(template).TracingConfig).toBeUndefined();
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
  });

  test('of a function whose role lives in another stack: the policy stands beside the function', () => {
    const stack = hardenedStack((one) => {
      const roles = new Stack(one.node.root, 'Roles');
      place(one, { role: new Role(roles, 'Role', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }) });
    });
    Template.fromStack(stack).hasResourceProperties('AWS::IAM::ManagedPolicy', { Roles: [{ 'Fn::ImportValue': Match.anyValue() }] });
  });

  test('of a role that has ten managed policies already: the right is inline', () => {
    const { template } = hardened((stack) => {
      const managedPolicies = [...Array(9).keys()].map((n) => ManagedPolicy.fromAwsManagedPolicyName(`Policy${n}`));
      place(stack, { role: new Role(stack, 'Full', { assumedBy: new ServicePrincipal('lambda.amazonaws.com'), managedPolicies: [...managedPolicies, ManagedPolicy.fromAwsManagedPolicyName('Last')] }) });
    });
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 0);
    template.hasResourceProperties('AWS::IAM::Policy', { PolicyDocument: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'Traces' })]) } });
  });

  test('of functions that share a role: it has one policy', () => {
    const { template } = hardened((stack) => {
      const role = new Role(stack, 'Shared', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') });
      for (const id of ['A', 'B']) new LambdaFunction(stack, id, { ...INLINE, role });
    });
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
    expect(rightsIn(template).filter(({ Sid }) => Sid === 'Traces')).toHaveLength(1);
  });
});

describe('failed events', () => {
  test('go to the queue of the stack, with the rights for it and its key', () => {
    const { template } = hardened((stack) => { place(stack); });
    const [queue] = Object.keys(template.findResources('AWS::SQS::Queue'));
    expect(propertiesIn(template).DeadLetterConfig).toEqual({ TargetArn: { 'Fn::GetAtt': [queue, 'Arn'] } });
    expect(rightsIn(template)).toEqual(expect.arrayContaining([
      expect.objectContaining({ Action: 'sqs:SendMessage', Resource: { 'Fn::GetAtt': [queue, 'Arn'] } }),
      expect.objectContaining({
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Condition: { StringEquals: expect.objectContaining({ 'kms:EncryptionContext:aws:sqs:arn': { 'Fn::GetAtt': [queue, 'Arn'] } }) },
      }),
    ]));
  });

  test('share one queue in a stack', () => {
    hardened((stack) => { for (const id of ['A', 'B']) new LambdaFunction(stack, id, INLINE); }).template.resourceCountIs('AWS::SQS::Queue', 1);
  });

  test('of a function that has a place for them already stay there', () => {
    const { changes } = hardened((stack) => { place(stack, { deadLetterQueueEnabled: true }); });
    expect(linesOn(changes, 'DeadLetterConfig.TargetArn')).toStrictEqual([]);
  });

  test('are proposed to have a queue where the role is not of this app', () => {
    expect(linesOn(hardened((stack) => { bare(stack); }).changes, 'DeadLetterConfig.TargetArn')).toEqual(['proposed in-place']);
  });

  test('settings of asynchronous calls learn the queue, and keep what they say besides', () => {
    const { template } = hardened((stack) => { place(stack).configureAsyncInvoke({ retryAttempts: 1 }); });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', {
      MaximumRetryAttempts: 1, DestinationConfig: { OnFailure: { Destination: { 'Fn::GetAtt': [Match.stringLikeRegexp('DeadLetterQueue'), 'Arn'] } } },
    });
  });

  test('settings that name a destination stay', () => {
    const { changes } = hardened((stack) => {
      new CfnEventInvokeConfig(stack, 'Async', { functionName: withRole(stack).ref, qualifier: '$LATEST', destinationConfig: { onFailure: { destination: 'arn:aws:sqs:eu-west-1:111122223333:failed' } } });
    });
    expect(linesOn(changes, 'DestinationConfig.OnFailure.Destination')).toStrictEqual([]);
  });
});

describe('variables', () => {
  test('are encrypted with the key of the stack', () => {
    const { template, changes } = hardened((stack) => { place(stack, { environment: { TABLE: 'orders' } }); });
    expect(propertiesIn(template).KmsKeyArn).toEqual({ 'Fn::GetAtt': [expect.stringContaining('DataKey'), 'Arn'] });
    expect(linesOn(changes, 'KmsKeyArn')).toEqual(['set needs-attention']);
  });

  test.each<[string, (stack: Stack) => object, string[]]>([
    ['there are none', () => ({}), []],
    ['its author chose a key', (stack) => ({ environment: { A: 'b' }, environmentEncryption: new Key(stack, 'Own', { enableKeyRotation: true }) }), []],
  ])('need no key where %s', (_, props, lines) => {
    expect(linesOn(hardened((stack) => { place(stack, props(stack)); }).changes, 'KmsKeyArn')).toEqual(lines);
  });

  test('keep a key of AWS that was named, and the report says so', () => {
    const { changes } = hardened((stack) => { bare(stack, { environment: { variables: { A: 'b' } }, kmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:alias/aws/lambda' }); }, { strict: true });
    expect(linesOn(changes, 'KmsKeyArn')).toEqual(['kept in-place']);
  });

  test('have no key of the stack where the profile has none', () => {
    expect(linesOn(hardened((stack) => { place(stack, { environment: { A: 'b' } }); }, { profile: SecurityProfile.sandbox() }).changes, 'KmsKeyArn')).toStrictEqual([]);
  });

  test('that hold a secret are reported without it', () => {
    const { changes } = hardened((stack) => { place(stack, { environment: { DB_PASSWORD: 'hunter2hunter2' } }); });
    const [line] = changes.filter(({ rule }) => rule === 'EnvironmentSecret');
    expect(line).toMatchObject({ outcome: 'proposed', property: 'Environment.Variables.DB_PASSWORD', note: expect.stringContaining('This looks like a password.') });
    expect(JSON.stringify(changes)).not.toContain('hunter2');
  });
});

test('a runtime that is patched no more is reported with the newest of its family', () => {
  const { changes } = hardened((stack) => { bare(stack, { runtime: 'python3.8', handler: 'a.b' }); });
  expect(changes.find(({ rule }) => rule === 'RuntimeDeprecated')).toMatchObject({ outcome: 'proposed', before: 'python3.8', after: expect.stringMatching(/^python3\.\d\d$/) });
});

test('a URL that answers everybody is reported, and stays', () => {
  const { template, changes } = hardened((stack) => { new CfnUrl(stack, 'Url', { authType: 'NONE', targetFunctionArn: withRole(stack).attrArn }); }, { strict: true });
  expect(linesOn(changes, 'AuthType')).toEqual(['proposed in-place']);
  template.hasResourceProperties('AWS::Lambda::Url', { AuthType: 'NONE' });
});

test('versions: the report says that they change with the next one', () => {
  const { changes } = hardened((stack) => { place(stack).addAlias('live'); });
  expect(changes.find(({ property }) => property === 'TracingConfig.Mode')).toMatchObject({ impact: 'needs-attention', note: expect.stringContaining('The function has versions') });
});

describe('permissions', () => {
  const permit = (stack: Stack, props: object) => new CfnPermission(stack, 'Permit', { action: 'lambda:InvokeFunction', functionName: withRole(stack).ref, principal: 's3.amazonaws.com', ...props });

  test('of a bucket of the app name its account', () => {
    const { template, changes } = hardened((stack) => { permit(stack, { sourceArn: new Bucket(stack, 'In').bucketArn }); });
    template.hasResourceProperties('AWS::Lambda::Permission', { SourceAccount: { Ref: 'AWS::AccountId' } });
    expect(linesOn(changes, 'SourceAccount')).toEqual(['set replacement']);
  });

  test('of a bucket elsewhere, and of a service without a source, are only proposed to', () => {
    expect(linesOn(hardened((stack) => { permit(stack, { sourceArn: 'arn:aws:s3:::theirs' }); }).changes, 'SourceAccount')).toEqual(['proposed replacement']);
    expect(linesOn(hardened((stack) => { permit(stack, { principal: 'sns.amazonaws.com' }); }).changes, 'SourceArn')).toEqual(['proposed replacement']);
    expect(linesOn(hardened((stack) => { permit(stack, { principal: 'ses.amazonaws.com' }); }).changes, 'SourceAccount')).toEqual(['proposed replacement']);
    expect(linesOn(hardened((stack) => { permit(stack, { principal: 'alexa-appkit.amazon.com' }); }).changes, 'EventSourceToken')).toEqual(['proposed replacement']);
  });

  test.each<[string, object]>([
    ['the account', { sourceAccount: '111122223333', sourceArn: 'arn:aws:s3:::theirs' }],
    ['a source with an account', { principal: 'sns.amazonaws.com', sourceArn: 'arn:aws:sns:eu-west-1:111122223333:orders' }],
    ['a role', { principal: ROLE }],
    ['a skill of Alexa', { principal: 'alexa-appkit.amazon.com', eventSourceToken: 'amzn1.ask.skill.1' }],
    ['a load balancer, which sends none', { principal: 'elasticloadbalancing.amazonaws.com' }],
  ])('that name %s are fine', (_, props) => {
    expect(hardened((stack) => { permit(stack, props); }).changes.filter(({ rule }) => rule === 'InvokePermissionSource')).toStrictEqual([]);
  });
});

describe('what hardening leaves to work as it does', () => {
  const call = { service: 'sqs', action: 'listQueues', physicalResourceId: PhysicalResourceId.of('1') };

  test('helpers of CDK get a log group and traces, and neither a queue nor a key nor a proposal', () => {
    const { changes } = hardened((stack) => {
      new AwsCustomResource(stack, 'Call', { onCreate: call, policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: ['*'] }) });
    });
    const lines = changes.filter(({ resourceType }) => resourceType === FUNCTION).map(({ outcome, property }) => `${outcome} ${property}`);
    expect(lines).toEqual([
      'set LoggingConfig.LogGroup', 'set TracingConfig.Mode', 'set MemorySize', 'set the finding L1', 'set the finding LambdaLatestVersion', 'set the finding LambdaDLQ',
    ]);
  });

  test('a function that CloudFront copies runs as it did, and what cdk-nag finds there is explained', () => {
    const stack = hardenedStack((one) => { new experimental.EdgeFunction(one, 'Edge', INLINE); }, {}, { env: { account: '111122223333', region: 'us-east-1' } });
    expect(propertiesIn(Template.fromStack(stack))).not.toHaveProperty('TracingConfig');
    expect(propertiesIn(Template.fromStack(stack))).not.toHaveProperty('DeadLetterConfig');
    expect(propertiesIn(Template.fromStack(stack))).not.toHaveProperty('LoggingConfig');
    expect(propertiesIn(Template.fromStack(stack))).toMatchObject({ Timeout: 3, MemorySize: 128 });
    expect(changesOf(stack.node.root)!.filter(({ resourceType }) => resourceType === FUNCTION).map(({ outcome, property }) => `${outcome} ${property}`)).toEqual([
      'set Timeout', 'set MemorySize',
      'set the finding LambdaDLQ', 'set the finding LambdaTracing', 'set the finding LambdaConcurrency', 'set the finding LambdaInsideVPC',
    ]);
  });

  test('a function that CloudFront copies from another region keeps its version, and who reads its name there is asked for nothing new', () => {
    const env = { account: '111122223333', region: 'eu-west-1' };
    const edge = (stack: Stack) => { new experimental.EdgeFunction(stack, 'Edge', INLINE); };
    const plain = testStack({ env });
    edge(plain);
    const templates = [plain, hardenedStack(edge, {}, { env })]
      .map((stack) => Object.values((stack.node.root as App).synth().stacks).map((one) => one.template.Resources));
    const [before, after] = templates.map((stacks) => Object.entries<any>(Object.assign({}, ...stacks)).flatMap(([id, { Type, Properties }]) => (
      Type === 'AWS::Lambda::Version' ? [id] : Type === 'Custom::CrossRegionStringParameterReader' ? [Properties.RefreshToken] : [])));
    expect(before).toHaveLength(2);
    expect(after).toEqual(before);
    const [fn] = Object.values<any>(Object.assign({}, ...templates[1])).filter(({ Type, Properties }) => Type === FUNCTION && Properties.Handler === 'index.handler'
      && Properties.Code.ZipFile !== undefined);
    expect(fn.Properties).toMatchObject({ Timeout: 3, MemorySize: 128 });
  });

  test('a function that CloudFront copies is told that its runtime is old, and not which one is the newest', () => {
    const stack = hardenedStack((one) => { new experimental.EdgeFunction(one, 'Edge', { ...INLINE, runtime: Runtime.NODEJS_16_X }); }, {}, {
      env: { account: '111122223333', region: 'us-east-1' },
    });
    Template.fromStack(stack);
    expect(changesOf(stack.node.root)!.filter(({ property }) => property === 'Runtime').map(({ outcome, before, after }) => [outcome, before, after])).toEqual([
      ['proposed', 'nodejs16.x', 'a runtime that AWS patches, and CloudFront copies'],
    ]);
  });

  test('what an override says is what the report goes by', () => {
    const { changes } = hardened((stack) => {
      const fn = place(stack, { runtime: Runtime.NODEJS_16_X }).node.defaultChild as CfnFunction;
      fn.addPropertyOverride('Runtime', Runtime.NODEJS_24_X.name);
      new CfnUrl(stack, 'Url', { authType: 'NONE', targetFunctionArn: fn.attrArn }).addPropertyOverride('AuthType', 'AWS_IAM');
    });
    expect(changes.filter(({ rule }) => ['RuntimeDeprecated', 'FunctionUrlAuth'].includes(rule))).toStrictEqual([]);
  });

  test('a function without a class of CDK is left alone', () => {
    const { template } = hardened((stack) => { new CfnResource(stack, 'Raw', { type: FUNCTION, properties: { Role: ROLE, Code: { ZipFile: '0' } } }); });
    expect(propertiesIn(template)).toEqual({ Role: ROLE, Code: { ZipFile: '0' } });
  });
});

test.each(FLAG_SETS)('an app of functions gets better under every pack, with %s', (_, flags) => {
  const { worse, before, after } = compared((stack) => {
    const fn = place(stack, { timeout: Duration.seconds(5), environment: { TABLE: 'orders' } });
    new Bucket(stack, 'In').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(fn));
    new Rule(stack, 'Nightly', { schedule: Schedule.rate(Duration.days(1)), targets: [new LambdaTarget(fn)] });
    new Provider(stack, 'Provider', { onEventHandler: new LambdaFunction(stack, 'Seed', { ...INLINE, tracing: Tracing.PASS_THROUGH }) });
  }, { flags });
  expect(worse).toStrictEqual([]);
  for (const rule of ['LambdaDLQ', 'LambdaDefaultMemorySize', 'LambdaDefaultTimeout']) expect([rule, after.get(`Serverless-${rule}`)]).toEqual([rule, undefined]);
  expect(before.get('Serverless-LambdaTracing')).toBe(3);
  expect(after.get('Serverless-LambdaTracing')).toBe(1); // the author switched it off
});

test('the wildcards in the rights of a helper are explained, unless somebody gave it more', () => {
  const unexplainedIn = (more: boolean) => {
    const stack = hardenedStack((one) => {
      place(one, { logRetention: RetentionDays.ONE_YEAR });
      const policies = one.node.findAll().filter((node): node is CfnPolicy => CfnPolicy.isCfnPolicy(node));
      const statement = new PolicyStatement({ actions: ['sqs:SendMessage'], resources: ['arn:aws:sqs:eu-west-1:111122223333:theirs-*'] });
      if (more) for (const policy of policies) (policy.policyDocument as PolicyDocument).addStatements(statement);
    });
    return findingsOf(stack).filter(({ rule, reason }) => rule.includes('IAM5') && reason === undefined).map(({ rule }) => rule);
  };
  expect(unexplainedIn(false)).toStrictEqual([]);
  expect(unexplainedIn(true)).toEqual(['AwsSolutions-IAM5[Resource::*]', 'AwsSolutions-IAM5[Resource::arn:aws:sqs:eu-west-1:111122223333:theirs-*]']);
});
