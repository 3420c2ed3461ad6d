import { App, CfnJson, CustomResource, RemovalPolicy, Stack } from 'aws-cdk-lib';
import { DnsValidatedCertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { experimental } from 'aws-cdk-lib/aws-cloudfront';
import { Repository } from 'aws-cdk-lib/aws-ecr';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { LogRetention, RetentionDays } from 'aws-cdk-lib/aws-logs';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { BucketDeployment, Source } from 'aws-cdk-lib/aws-s3-deployment';
import { SnsDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { CfnStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { AwsCustomResource, AwsCustomResourcePolicy, PhysicalResourceId, Provider } from 'aws-cdk-lib/custom-resources';
import { TriggerFunction } from 'aws-cdk-lib/triggers';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { AppModel } from '../../../src/model/resources/app-model';
import { CdkHelper, cdkHelperOf, helperKind } from '../../../src/model/rights/cdk-helpers';
import { renderTemplates } from '../../../src/model/templates/assembly-reader';
import { judge } from '../../../src/policy/judge';
import { findingsOf, testStack } from '../../support/apps';

/** An app that brings along every kind of helper that CDK makes for the services of a serverless app. */
function appWithHelpers(): Stack {
  const stack = testStack();
  const bucket = new Bucket(stack, 'Uploads', { autoDeleteObjects: true, removalPolicy: RemovalPolicy.DESTROY });
  bucket.addEventNotification(EventType.OBJECT_CREATED, new SnsDestination(new Topic(stack, 'Arrivals')));
  new BucketDeployment(stack, 'Pages', { sources: [Source.data('index.html', '<p>')], destinationBucket: bucket });
  new AwsCustomResource(stack, 'Lookup', {
    onCreate: { service: 'SSM', action: 'getParameter', physicalResourceId: PhysicalResourceId.of('lookup'), parameters: { Name: 'stage' } },
    policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
  });
  new LogRetention(stack, 'Retention', { logGroupName: '/aws/lambda/old', retention: RetentionDays.ONE_DAY });
  const seed = new LambdaFunction(stack, 'Seed', { code: Code.fromInline('exports.handler = 1'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
  new CustomResource(stack, 'Seeded', { serviceToken: new Provider(stack, 'Seeding', { onEventHandler: seed }).serviceToken, resourceType: 'Custom::Seed' });
  return stack;
}

type RawTemplate = { Resources: Record<string, { Type: string; Properties: Record<string, any> }> };

function rawTemplate(): RawTemplate {
  const [source] = renderTemplates(appWithHelpers());
  return JSON.parse(JSON.stringify(source.template)) as RawTemplate;
}

function helpersIn(template: RawTemplate): Map<string, CdkHelper> {
  const app = new AppModel([{ id: 'Shop', template }]);
  const found = app.resources.map((resource) => [resource.logicalId, cdkHelperOf(resource, app)] as const);
  return new Map(found.filter((entry): entry is readonly [string, CdkHelper] => entry[1] !== undefined));
}

/** Logical ids without the hash at the end. */
const short = (logicalId: string): string => logicalId.replace(/[0-9A-F]{8}$/, '');

/** The function that serves a type of custom resource. */
function serving(template: RawTemplate, type: string): string {
  const served = Object.values(template.Resources).find(({ Type }) => Type === type)!;
  return (served.Properties.ServiceToken as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
}

describe('Helper functions of CDK', () => {
  test('are recognised with their roles and policies', () => {
    const helpers = helpersIn(rawTemplate());
    expect([...helpers].filter(([, { part }]) => part === 'function').map(([id, { knownRights }]) => `${short(id)}: ${knownRights}`).sort()).toEqual([
      'AWS679f53fac002430cb0da5b7982bd2287: false', // the author chooses what it may do
      'BucketNotificationsHandler050a0587b7544547bf325f094a3db834: true',
      'CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C: true',
      'CustomS3AutoDeleteObjectsCustomResourceProviderHandler: true',
      'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a: true',
      'SeedingframeworkonEvent: true',
    ]);
    const policies = [...helpers].filter(([, { part }]) => part === 'rights').map(([id]) => short(id));
    expect(policies).toContain('CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756CServiceRoleDefaultPolicy');
  });

  test('keep what is known of their rights when they are hardened: exact actions for patterns, statements for their logs and traces', () => {
    const stack = appWithHelpers();
    ServerlessSecurity.of(stack.node.root).harden();
    (stack.node.root as App).synth();
    const app = new AppModel(renderTemplates(stack).map(({ id, template }) => ({ id, template })));
    const functions = app.ofType('AWS::Lambda::Function').map((fn) => [short(fn.logicalId), cdkHelperOf(fn, app)?.knownRights] as const);
    expect(functions.filter(([, known]) => known === true).map(([id]) => id).sort()).toEqual([
      'BucketNotificationsHandler050a0587b7544547bf325f094a3db834',
      'CustomCDKBucketDeployment8693BB64968944B69AAFB0CC9EB8756C',
      'CustomS3AutoDeleteObjectsCustomResourceProviderHandler',
      'LogRetentionaae0aa3c5b4d4f87b02d85b201efdd8a',
      'SeedingframeworkonEvent',
    ]);
  });

  test('are recognised where CDK makes them for other regions, images, records and triggers', () => {
    const stack = testStack({ env: { account: '111122223333', region: 'eu-west-1' } });
    const code = { code: Code.fromInline('exports.handler = 1'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X };
    new experimental.EdgeFunction(stack, 'Rewrite', code);
    new Repository(stack, 'Images', { autoDeleteImages: true, removalPolicy: RemovalPolicy.DESTROY });
    new TriggerFunction(stack, 'Once', code);
    new CfnJson(stack, 'Keys', { value: { a: 1 } });
    const app = new AppModel(renderTemplates(stack).map(({ id, template }) => ({ id, template })));
    const functions = app.ofType('AWS::Lambda::Function').map((fn) => [short(fn.logicalId), cdkHelperOf(fn, app)?.knownRights] as const);
    expect(Object.fromEntries(functions)).toEqual({
      AWSCDKCfnUtilsProviderCustomResourceProviderHandler: true,
      AWSCDKTriggerCustomResourceProviderCustomResourceProviderHandler: true,
      CustomCrossRegionStringParameterReaderCustomResourceProviderHandler: true,
      CustomECRAutoDeleteImagesCustomResourceProviderHandler: true,
      Once: undefined,
    });
  });

  test('are recognised where CDK asks for a certificate and proves that the domain is the author\'s', () => {
    const stack = testStack();
    ServerlessSecurity.of(stack.node.root).harden();
    const zone = HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789', zoneName: 'example.org' });
    new DnsValidatedCertificate(stack, 'Certificate', { domainName: 'shop.example.org', hostedZone: zone });
    const reasons = findingsOf(stack).filter(({ path, rule }) => path.includes('CertificateRequestorFunction/ServiceRole') && rule.startsWith('AwsSolutions-IAM5'))
      .map(({ reason }) => reason);
    expect(reasons).toEqual([expect.stringContaining('CDK brings this function along: it asks for a certificate')]);
    const app = new AppModel(renderTemplates(stack).map(({ id, template }) => ({ id, template })));
    expect(app.ofType('AWS::Lambda::Function').map((fn) => cdkHelperOf(fn, app)?.knownRights)).toEqual([true]);
  });

  describe('and the state machine that waits until a resource of the author\'s is complete', () => {
    const waiting = (change: (machine: CfnStateMachine) => void = () => undefined): AppModel => {
      const stack = testStack();
      const [start, look] = ['Start', 'Look'].map((id) => (
        new LambdaFunction(stack, id, { code: Code.fromInline('exports.handler = 1'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X })));
      const provider = new Provider(stack, 'Seeding', { onEventHandler: start, isCompleteHandler: look });
      new CustomResource(stack, 'Seeded', { serviceToken: provider.serviceToken, resourceType: 'Custom::Seed' });
      change(provider.node.findChild('waiter-state-machine').node.defaultChild as CfnStateMachine);
      return new AppModel(renderTemplates(stack).map(({ id, template }) => ({ id, template })));
    };
    const MACHINE = 'AWS::StepFunctions::StateMachine';
    const findings = (app: AppModel) => judge(app, () => SecurityProfile.production()).findings
      .filter(({ rule }) => /^Task|^Workflow/.test(rule.id)).map(({ rule }) => rule.id);

    test('is one with its role', () => {
      const app = waiting();
      const parts = app.ofType(MACHINE, 'AWS::IAM::Role').map((one) => [short(one.logicalId), cdkHelperOf(one, app)?.part]);
      expect(parts).toEqual(expect.arrayContaining([['Seedingwaiterstatemachine', 'function'], ['SeedingwaiterstatemachineRole', 'rights']]));
      expect(findings(app)).toStrictEqual([]);
    });

    test('is none where it runs something else too, or nothing', () => {
      const running = (ofCdk: boolean) => waiting((machine) => {
        const own = new LambdaFunction(machine.stack, 'Own', { code: Code.fromInline('exports.handler = 1'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
        const asks = machine.node.scope!.node.scope!.node.findChild('framework-isComplete') as LambdaFunction;
        const task = ({ functionArn }: LambdaFunction, more: object) => ({ Type: 'Task', Resource: functionArn, ...more });
        machine.definitionString = machine.stack.toJsonString({
          StartAt: ofCdk ? 'Ask' : 'A', States: { ...ofCdk ? { Ask: task(asks, { Next: 'A' }) } : {}, A: task(own, { End: true }) },
        });
      });
      const [other, beside] = [running(false), running(true)];
      const nothing = waiting((machine) => { machine.definitionString = '{"StartAt":"A","States":{"A":{"Type":"Wait","Seconds":1,"End":true}}}'; });
      const helpers = [other, beside, nothing].map((app) => app.ofType(MACHINE).map((machine) => cdkHelperOf(machine, app)));
      expect(helpers).toStrictEqual([[undefined], [undefined], [undefined]]);
      expect(findings(other)).toContain('WorkflowTimeout');
    });
  });

  test('are not what the author wrote', () => {
    const helpers = helpersIn(rawTemplate());
    expect([...helpers.keys()].map(short)).not.toContain('Seed');
    expect([...helpers.keys()].map(short)).not.toContain('Uploads');
  });

  test.each<[string, (fn: Record<string, any>) => void]>([
    ['runs another handler', (fn) => { fn.Handler = 'main.handler'; }],
    ['has inline code that is not CDK\'s', (fn) => { fn.Code = { ZipFile: 'exports.handler = steal' }; }],
    ['takes its code from a file that is no asset', (fn) => { fn.Code = { S3Bucket: 'theirs', S3Key: 'helper.zip' }; }],
    ['has code that only the deployment knows', (fn) => { fn.Code = { S3Bucket: 'theirs', S3Key: { 'Fn::ImportValue': 'code' } }; }],
  ])('are not recognised by the type of the custom resource alone: the function %s', (_what, change) => {
    const template = rawTemplate();
    const id = serving(template, 'Custom::LogRetention');
    change(template.Resources[id].Properties);
    expect(helpersIn(template).has(id)).toBe(false);
  });

  test('are not functions that serve something of the author\'s as well', () => {
    const template = rawTemplate();
    const id = serving(template, 'Custom::LogRetention');
    template.Resources.Mine = { Type: 'Custom::Mine', Properties: { ServiceToken: { 'Fn::GetAtt': [id, 'Arn'] } } };
    expect(helpersIn(template).has(id)).toBe(false);
  });

  test.each([
    ['an action that CDK did not give', { Effect: 'Allow', Action: 's3:*', Resource: '*' }],
    ['all but some actions', { Effect: 'Allow', NotAction: 'iam:*', Resource: '*' }],
  ])('have rights that are not known once the role holds %s', (_what, statement) => {
    const template = rawTemplate();
    const id = serving(template, 'Custom::LogRetention');
    const role = (template.Resources[id].Properties.Role as { 'Fn::GetAtt': [string, string] })['Fn::GetAtt'][0];
    template.Resources.More = { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'more', Roles: [{ Ref: role }], PolicyDocument: { Statement: [statement] } } };
    expect(helpersIn(template).get(id)?.knownRights).toBe(false);
    expect(helpersIn(template).get('More')?.knownRights).toBe(false);
  });

  test('are excused from what CDK decided about them, with the reason, and from nothing else', () => {
    const app = new AppModel([{ id: 'Shop', template: rawTemplate() }]);
    const { excused, findings } = judge(app, () => SecurityProfile.production());
    const onHelpers = findings.filter(({ resource }) => cdkHelperOf(resource, app) !== undefined);
    expect(new Set(onHelpers.map(({ rule, resource }) => `${rule.id} at ${resource.logicalId.replace(/[0-9A-F]{8}$/, '')}`)))
      .toEqual(new Set(['IamResourceWildcard at LookupCustomResourcePolicy'])); // the author asked for every resource
    expect(excused.length).toBeGreaterThan(10);
    for (const { reason } of excused) expect(reason).toMatch(/^CDK brings this function along: it .+ when the stack is deployed/);
  });

  test('are not excused from a secret in their environment', () => {
    const template = rawTemplate();
    const id = serving(template, 'Custom::CDKBucketDeployment');
    template.Resources[id].Properties.Environment = { Variables: { DB: 'postgres://shop:hunter2@db/orders' } };
    const { findings } = judge(new AppModel([{ id: 'Shop', template }]), () => SecurityProfile.production());
    expect(findings.filter(({ resource }) => resource.logicalId === id).map((finding) => finding.id)).toEqual(['EnvironmentSecret[DB]']);
  });
});

describe('What tells a helper of CDK from a function that the author wrote', () => {
  const assetKey = `${'a'.repeat(64)}.zip`;
  const ASSET = { handler: 'index.handler', assetKey };
  const buckets = ['s3:GetBucket*', 's3:GetObject*', 's3:List*', 's3:Abort*', 's3:DeleteObject*', 's3:PutObject', 's3:PutObjectLegalHold', 's3:PutObjectRetention', 's3:PutObjectTagging', 's3:PutObjectVersionTagging'];

  // what CDK gives the roles of its functions, once more by hand: a right that falls out of the list is held against the author
  test.each<[string, string[] | undefined]>([
    ['Custom::AWS', undefined],
    ['Custom::AWSCDKOpenIdConnectProvider', ['AddClientIDTo', 'Create', 'Delete', 'RemoveClientIDFrom'].map((verb) => `iam:${verb}OpenIDConnectProvider`).concat('iam:UpdateOpenIDConnectProviderThumbprint')],
    ['Custom::AWSCDKCfnJson', []],
    ['Custom::CDKBucketDeployment', [...buckets, 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*', 'cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation']],
    ['Custom::CrossAccountZoneDelegation', ['sts:AssumeRole']],
    ['Custom::CrossRegionExportReader', ['ssm:AddTagsToResource', 'ssm:GetParameters', 'ssm:RemoveTagsFromResource']],
    ['Custom::CrossRegionExportWriter', ['ssm:DeleteParameters', 'ssm:GetParameters', 'ssm:ListTagsForResource', 'ssm:PutParameter']],
    ['Custom::CrossRegionStringParameterReader', ['ssm:GetParameter']],
    ['Custom::DeleteExistingRecordSet', ['route53:ChangeResourceRecordSets', 'route53:GetChange', 'route53:ListResourceRecordSets']],
    ['Custom::ECRAutoDeleteImages', ['ecr:BatchDeleteImage', 'ecr:DescribeRepositories', 'ecr:ListImages', 'ecr:ListTagsForResource']],
    ['Custom::LogRetention', ['logs:DeleteLogGroup', 'logs:DeleteRetentionPolicy', 'logs:PutRetentionPolicy']],
    ['Custom::S3AutoDeleteObjects', []],
    ['Custom::S3ObjectCopy', ['s3:GetObject', 's3:GetObjectVersion', ...buckets.slice(3), 'kms:Decrypt', 'kms:DescribeKey', 'kms:Encrypt', 'kms:GenerateDataKey*', 'kms:ReEncrypt*']],
    ['Custom::SyntheticsAutoDeleteUnderlyingResources', ['lambda:DeleteFunction', 'synthetics:GetCanary']],
    ['Custom::Trigger', ['lambda:InvokeFunction']],
    ['Custom::VpcRestrictDefaultSG', ['ec2:AuthorizeSecurityGroupEgress', 'ec2:AuthorizeSecurityGroupIngress', 'ec2:RevokeSecurityGroupEgress', 'ec2:RevokeSecurityGroupIngress']],
  ])('%s has the rights that CDK gives', (type, actions) => {
    expect(helperKind({ serves: [type], ...ASSET })).toMatchObject({ does: expect.stringMatching(/^[a-z]+s /) as unknown });
    expect(helperKind({ serves: [type], ...ASSET })?.actions).toEqual(actions);
    expect(helperKind({ serves: [type], ...ASSET, handler: '__entrypoint__.handler' })).toBeDefined();
  });

  test('the one that sets notifications has its code in the template', () => {
    const notifying = (inlineCode: string) => helperKind({ serves: ['Custom::S3BucketNotifications'], handler: 'index.handler', inlineCode })?.actions;
    expect([notifying('x = s3.put_bucket_notification_configuration(y)'), notifying('x = 1')]).toEqual([['s3:GetBucketNotification', 's3:PutBucketNotification'], undefined]);
  });

  test('the framework runs resources of the author by three handlers', () => {
    const framework = (handler: string, description = 'AWS CDK resource provider framework - onEvent (Shop/Seeding)') => helperKind({ serves: ['Custom::Seed'], handler, description, assetKey })?.actions;
    const actions = ['lambda:GetFunction', 'lambda:InvokeFunction', 'states:StartExecution'];
    expect(['framework.isComplete', 'framework.onEvent', 'framework.onTimeout', 'framework.other', 'index.handler'].map((handler) => framework(handler))).toEqual([actions, actions, actions, undefined, undefined]);
    expect(framework('framework.onEvent', 'My AWS CDK resource provider framework - onEvent')).toBeUndefined();
  });

  test.each<[string, object]>([
    ['nothing that it serves', { serves: [] }], ['two kinds of resources that it serves', { serves: ['Custom::LogRetention', 'Custom::S3AutoDeleteObjects'] }], ['a kind of its author', { serves: ['Custom::Mine'] }], ['a kind of the prototype', { serves: ['constructor'] }],
    ['another handler', { handler: 'main.handler' }], ['no handler', { handler: undefined }], ['no code', { assetKey: undefined }], ['code that is no asset', { assetKey: 'code.zip' }], ['an asset with a longer name', { assetKey: `f${'a'.repeat(64)}.zip` }],
    ['an asset with something behind it', { assetKey: `${assetKey}.old` }], ['code in the template', { inlineCode: 'exports.handler = 1' }],
  ])('%s makes it one of the author', (_, change) => expect(helperKind({ serves: ['Custom::LogRetention', 'Custom::LogRetention'], ...ASSET, ...change })).toBeUndefined());

  test('an asset may lie below a prefix', () => expect(helperKind({ serves: ['Custom::LogRetention'], ...ASSET, assetKey: `assets/${assetKey}` })).toBeDefined());
});

describe('One function for custom resources of several types', () => {
  const judged = (stack: Stack) => {
    const app = new AppModel([...renderTemplates(stack)]);
    return app.ofType('AWS::Lambda::Function').map((fn) => cdkHelperOf(fn, app)?.reason);
  };

  test('makes AWS calls, whatever type their author gave them', () => {
    const stack = testStack();
    for (const resourceType of ['Custom::EcrImageDigest', undefined]) {
      new AwsCustomResource(stack, `Call${resourceType ?? ''}`.replace(/:/g, ''), {
        resourceType,
        onCreate: { service: 'SSM', action: 'getParameter', physicalResourceId: PhysicalResourceId.of('a'), parameters: { Name: 'stage' } },
        policy: AwsCustomResourcePolicy.fromSdkCalls({ resources: AwsCustomResourcePolicy.ANY_RESOURCE }),
      });
    }
    expect(judged(stack)).toEqual([expect.stringContaining('it makes one AWS call for the author')]);
  });

  test('is an author\'s, where only its name is that of CDK', () => {
    const stack = testStack();
    const fn = new LambdaFunction(stack, 'AWS679f53fac002430cb0da5b7982bd2287', { code: Code.fromInline('exports.handler = 1'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X });
    new CustomResource(stack, 'Call', { serviceToken: fn.functionArn, resourceType: 'Custom::Mine' });
    expect(judged(stack)).toEqual([undefined]);
  });

  test.each([
    [['Custom::AWSCDKCfnJsonStringify'], true], [['Custom::AWSCDKCfnJson', 'Custom::AWSCDKCfnJsonStringify'], true],
    [['Custom::AWSCDKCfnJsonStringify', 'Custom::S3AutoDeleteObjects'], false],
  ])('serves %j: %s', (serves, known) => {
    expect(helperKind({ serves, handler: '__entrypoint__.handler', assetKey: `${'a'.repeat(64)}.zip` }) !== undefined).toBe(known);
  });
});
