import { join } from 'path';
import { App, CfnParameter, Duration, NestedStack, Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Code, Function as LambdaFunction, Runtime } from 'aws-cdk-lib/aws-lambda';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { aUser, containmentIn } from './audit-cases';
import * as handlerActions from '../../handlers/containment/announcer';
import { BUCKET_DENIED_ACTIONS } from '../../handlers/containment/documents';
import { OPEN_INDEX as HANDLER_INDEX } from '../../handlers/containment/dynamo-action-log';
import * as handlerSettings from '../../handlers/containment/settings';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { Containment } from '../../src/containment/containment';
import {
  ACTION_DETAIL_TYPE, ACTION_SOURCE, CONTAINMENT_METRICS, CONTAINMENT_TAG, OPEN_INDEX,
} from '../../src/containment/containment-baseline';
import { ContainmentExemption } from '../../src/containment/containment-exemption';
import { ContainmentMode } from '../../src/containment/containment-mode';
import { ContainmentPlaybook } from '../../src/containment/containment-playbook';
import { ContainmentProps } from '../../src/containment/containment-props';
import { ContainmentTarget } from '../../src/containment/containment-target';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { FindingSeverity } from '../../src/detection/findings/finding-severity';
import { SecureEventBus } from '../../src/messaging/event-bus/secure-event-bus';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { templateOf, testStack } from '../support/apps';
import { aFunction } from '../support/self-audit';

/** Values in a template have no type worth writing down here. */
type Json = any;

interface Made { readonly stack: Stack; readonly containment: Containment; readonly template: Template }

function made(
  props: Partial<ContainmentProps> = {}, more: (containment: Containment, stack: Stack) => void = () => {}, profile = SecurityProfile.production(),
): Made {
  const stack = testStack({ profile, env: { account: '111122223333', region: 'eu-central-1' } });
  const containment = containmentIn(stack, props);
  more(containment, stack);
  return { stack, containment, template: templateOf(stack) };
}

/** The settings that the responder reads, with pointers by logical id. */
function settingsOf({ template }: Made): Json {
  const [{ Properties }] = Object.entries(template.findResources('AWS::Lambda::Function')).filter(([id]) => id.startsWith('ContainmentResponder')).map(([, one]) => one as Json);
  const value = Properties.Environment.Variables.CONTAINMENT_SETTINGS;
  return JSON.parse(typeof value === 'string' ? value : value['Fn::Join'][1].map((part: Json) => (typeof part === 'string' ? part : `<${pointer(part)}>`)).join(''));
}

/** Names in a template end in a hash of eight digits. */
function pointer(value: Json): string {
  const [id, attribute] = 'Ref' in value ? [value.Ref] : value['Fn::GetAtt'];
  return `${id.replace(/[0-9A-F]{8}$/, '')}${attribute === undefined ? '' : `.${attribute}`}`;
}

function text(value: Json): string {
  if (typeof value === 'string') return value;
  return 'Fn::Join' in value ? value['Fn::Join'][1].map(text).join('') : `<${pointer(value)}>`;
}

/** The statements of the policies below a part of the containment, as text. */
function rightsIn({ template }: Made, part: string): string[] {
  return Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith(`Containment${part}`))
    .flatMap(([, { Properties }]) => [Properties.PolicyDocument.Statement].flat() as Json[])
    .map(({ Effect, Action, Resource, Condition }) => [
      Effect, [Action].flat().join(' '), 'on', [Resource].flat().map(text).join(' '),
      ...Object.entries(Condition ?? {}).map(([operator, keys]) => `if ${operator} ${Object.entries(keys as Json).map(([key, value]) => `${key} ${[value].flat().map(text).join(' or ')}`).join(', ')}`),
    ].join(' '));
}

const STAGE = 'arn:<AWS::Partition>:apigateway:eu-central-1::/restapis/<ApiRestApi>/stages/<ApiStage>';
const DENY_LISTS = '<SharedSecurityWebAclRunTimeDenyListIPV4.Arn> <SharedSecurityWebAclRunTimeDenyListIPV6.Arn>';
const TAGGED = 'if StringEquals aws:ResourceTag/cdk-secure-serverless:containment Shop-Containment-E25DE2DC';
const MAPPINGS = 'arn:<AWS::Partition>:lambda:eu-central-1:111122223333:event-source-mapping:*';

describe('the rights of each playbook are exact', () => {
  test.each<[string, (stack: Stack) => ContainmentTarget, string[], string[]]>([
    ['function', (stack) => ContainmentTarget.function(aFunction(stack)), [
      `Allow lambda:GetFunctionConcurrency lambda:GetFunctionConfiguration lambda:ListAliases lambda:ListTags lambda:PutFunctionConcurrency on <Orders.Arn> ${TAGGED}`,
      `Allow lambda:GetEventSourceMapping lambda:UpdateEventSourceMapping on ${MAPPINGS} if ArnLike lambda:FunctionArn <Orders.Arn> or <Orders.Arn>:*`,
      'Allow lambda:ListEventSourceMappings on *',
      `Allow iam:GetRolePolicy iam:ListRoleTags iam:PutRolePolicy on <OrdersSupportRole.Arn> ${TAGGED}`,
    ], [
      'Allow lambda:DeleteFunctionConcurrency lambda:GetFunctionConcurrency lambda:PutFunctionConcurrency on <Orders.Arn>',
      `Allow lambda:GetEventSourceMapping lambda:UpdateEventSourceMapping on ${MAPPINGS} if ArnLike lambda:FunctionArn <Orders.Arn> or <Orders.Arn>:*`,
      'Allow iam:DeleteRolePolicy iam:GetRolePolicy on <OrdersSupportRole.Arn>',
    ]],
    ['role', (stack) => ContainmentTarget.role(new Role(stack, 'Deploy', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') })), [
      `Allow iam:GetRolePolicy iam:ListRoleTags iam:PutRolePolicy on <Deploy.Arn> ${TAGGED}`,
    ], [
      'Allow iam:DeleteRolePolicy iam:GetRolePolicy on <Deploy.Arn>',
    ]],
    ['user', (stack) => ContainmentTarget.user(aUser(stack)), [
      `Allow iam:GetAccessKeyLastUsed iam:ListAccessKeys iam:ListUserTags iam:UpdateAccessKey on <Deploy.Arn> ${TAGGED}`,
    ], [
      'Allow iam:ListAccessKeys iam:UpdateAccessKey on <Deploy.Arn>',
    ]],
    ['bucket', (stack) => ContainmentTarget.bucket(new SecureBucket(stack, 'Receipts')), [
      'Allow s3:GetBucketPolicy s3:GetBucketPublicAccessBlock s3:GetBucketTagging s3:GetBucketVersioning s3:PutBucketPolicy s3:PutBucketPublicAccessBlock '
      + 's3:PutBucketVersioning on <Receipts.Arn>',
    ], [
      'Allow s3:DeleteBucketPolicy s3:GetBucketPolicy s3:GetBucketPublicAccessBlock s3:GetBucketVersioning s3:PutBucketPolicy s3:PutBucketPublicAccessBlock '
      + 's3:PutBucketVersioning on <Receipts.Arn>',
    ]],
    ['api', anApi, [
      `Allow apigateway:GET apigateway:PATCH on ${STAGE} ${TAGGED}`,
      `Allow wafv2:GetIPSet wafv2:UpdateIPSet on ${DENY_LISTS}`,
    ], [
      `Allow apigateway:GET apigateway:PATCH on ${STAGE}`,
      `Allow wafv2:GetIPSet wafv2:UpdateIPSet on ${DENY_LISTS}`,
    ]],
  ])('%s', (_, target, contain, undo) => {
    const app = made({}, (containment, stack) => containment.protect(target(stack)));
    expect(rightsIn(app, 'ContainRights')).toEqual(contain);
    expect(rightsIn(app, 'UndoRights')).toEqual(undo);
  });

  test('who protects nothing gives none', () => {
    const app = made();
    expect([...rightsIn(app, 'ContainRights'), ...rightsIn(app, 'UndoRights')]).toStrictEqual([]);
  });

  test('in a dry run the responder may only read, and what was contained before can still be undone', () => {
    const app = made({ mode: ContainmentMode.dryRun() }, (containment, stack) => containment.protect(
      ContainmentTarget.function(aFunction(stack)), ContainmentTarget.bucket(new SecureBucket(stack, 'Receipts')), anApi(stack)));
    expect(rightsIn(app, 'ContainRights').join('\n')).not.toMatch(/:(Put|Update|Delete|PATCH)/);
    expect(rightsIn(app, 'UndoRights').join('\n')).toContain('lambda:DeleteFunctionConcurrency');
  });

  test('what another stack made is protected from here, and that stack waits for nothing', () => {
    const stack = testStack();
    const shop = new Stack(stack.node.root as App, 'Orders');
    const api = new SecureApi(shop, 'Api', { auth: ApiAuth.iam() });
    const fn = aFunction(shop);
    api.addRoute('GET', '/orders', fn);
    containmentIn(stack).protect(ContainmentTarget.function(fn), ContainmentTarget.api(api));
    templateOf(stack);
    expect(stack.dependencies).toEqual([shop]);
    expect(shop.dependencies).toStrictEqual([]);
  });

  test('ten targets share a policy, which stays within what IAM takes', () => {
    const { template } = made({}, (containment, stack) => {
      for (let index = 0; index < 11; index++) containment.protect(ContainmentTarget.function(aFunction(stack, `Function${'x'.repeat(50)}${index}`)));
    });
    const policies = Object.entries(template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith('ContainmentContainRights'));
    expect(policies).toHaveLength(2);
    for (const [, { Properties }] of policies) {
      const arn = `arn:aws:lambda:ap-northeast-1:111122223333:function:${'x'.repeat(64)}`; // as long as an ARN here can be
      const rendered = JSON.stringify(Properties.PolicyDocument).replace(/\{"Fn::GetAtt":\["[^"]+","Arn"\]\}/g, `"${arn}"`)
        .replace(/\{"Fn::Join":\["",\["([^"]*)",?/g, '"$1').replace(/\{"Ref":"AWS::Partition"\}/g, 'aws');
      expect(rendered.length).toBeLessThan(6144);
    }
  });

  test('the responder and who undoes are denied to touch what they are made of', () => {
    const app = made({ mode: ContainmentMode.approval() });
    const functions = '<ContainmentAnswer.Arn> <ContainmentResponder.Arn> <ContainmentUndo.Arn>';
    const roles = ['Answer', 'Approval', 'Responder', 'Undo'].map((part) => `<Containment${part}SupportRole.Arn>`).join(' ');
    expect(rightsIn(app, 'SelfDenial').sort()).toEqual([
      'Deny dynamodb:DeleteItem dynamodb:DeleteTable dynamodb:UpdateContinuousBackups dynamodb:UpdateTable dynamodb:UpdateTimeToLive on <ContainmentActionLog.Arn>',
      'Deny events:DeleteEventBus events:PutPermission events:RemovePermission on <Findings.Arn>',
      `Deny iam:AttachRolePolicy iam:DeleteRole iam:DeleteRolePolicy iam:DetachRolePolicy iam:PutRolePolicy iam:UpdateAssumeRolePolicy on ${roles}`,
      'Deny kms:DisableKey kms:PutKeyPolicy kms:ScheduleKeyDeletion on <SharedSecurityDataKey.Arn>',
      'Deny lambda:DeleteFunction lambda:DeleteFunctionConcurrency lambda:InvokeFunction lambda:PutFunctionConcurrency lambda:UpdateFunctionCode '
      + `lambda:UpdateFunctionConfiguration on ${functions}`,
      'Deny logs:DeleteLogGroup logs:DeleteLogStream logs:DeleteRetentionPolicy logs:PutRetentionPolicy on <ContainmentAnswerSupportLogGroup.Arn> '
      + '<ContainmentResponderSupportLogGroup.Arn> <ContainmentUndoSupportLogGroup.Arn>',
      'Deny states:DeleteStateMachine states:SendTaskSuccess states:StopExecution states:UpdateStateMachine on <ContainmentApproval>',
    ]);
    const [denial] = Object.entries(app.template.findResources('AWS::IAM::ManagedPolicy')).filter(([id]) => id.startsWith('ContainmentSelfDenial'));
    expect((denial[1].Properties.Roles as Json[]).map(pointer).sort()).toEqual(['ContainmentResponderSupportRole', 'ContainmentUndoSupportRole']);
  });

  test('nobody of them can delete from the log', () => {
    const { template } = made();
    const allowed = Object.values({ ...template.findResources('AWS::IAM::Policy'), ...template.findResources('AWS::IAM::ManagedPolicy') })
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement as Json[]).filter(({ Effect }) => Effect === 'Allow').flatMap(({ Action }) => [Action].flat());
    expect(allowed.filter((action) => /^dynamodb:.*(Delete|\*)/.test(action))).toStrictEqual([]);
  });
});


function anApi(stack: Stack): ContainmentTarget {
  const api = new SecureApi(stack, 'Api', { auth: ApiAuth.iam() });
  api.addRoute('GET', '/orders', aFunction(stack, 'List'));
  return ContainmentTarget.api(api);
}

describe('what is protected bears the tag', () => {
  test('each resource itself, and nothing below it', () => {
    const { template } = made({}, (containment, stack) => containment.protect(
      ContainmentTarget.function(aFunction(stack)), ContainmentTarget.bucket(new SecureBucket(stack, 'Receipts')), ContainmentTarget.user(aUser(stack)), anApi(stack)));
    const tagged = Object.entries(template.toJSON().Resources as { [id: string]: Json })
      .filter(([, { Properties }]) => Array.isArray(Properties?.Tags) && Properties.Tags.some(({ Key }: Json) => Key === CONTAINMENT_TAG));
    expect(tagged.map(([id, { Type }]) => `${Type} ${id.replace(/[0-9A-F]{8}$/, '')}`).sort()).toEqual([
      'AWS::ApiGateway::Stage ApiStage', 'AWS::IAM::Role OrdersSupportRole', 'AWS::IAM::User Deploy', 'AWS::Lambda::Function Orders', 'AWS::S3::Bucket Receipts',
    ]);
    expect(new Set(tagged.map(([, { Properties }]) => Properties.Tags.find(({ Key }: Json) => Key === CONTAINMENT_TAG).Value))).toEqual(new Set(['Shop-Containment-E25DE2DC']));
  });

  test.each<[string, (stack: Stack) => ContainmentTarget, string]>([
    ['an imported function', (stack) => ContainmentTarget.function(LambdaFunction.fromFunctionName(stack, 'Other', 'other')), 'Shop/Other'],
    ['an alias', (stack) => ContainmentTarget.function(aFunction(stack).addAlias('live')), 'Shop/Orders/Aliaslive'],
    ['an imported role', (stack) => ContainmentTarget.role(Role.fromRoleName(stack, 'Other', 'other')), 'Shop/Other'],
    ['an imported bucket', (stack) => ContainmentTarget.bucket(Bucket.fromBucketName(stack, 'Other', 'other')), 'Shop/Other'],
  ])('fails on %s', (_, target, path) => {
    expect(() => made({}, (containment, stack) => containment.protect(target(stack)))).toThrow(
      `'protect()' must be given what this app makes: only that bears the tag by which it may be contained, got "${path}"; pass the function itself instead of a version or alias; `
      + 'protect what is imported from the app that makes it [Containment.Imported, at \'Shop/Containment\']');
  });

  test.each<[string, (containment: Containment) => ContainmentTarget, string]>([
    ['its own function', ({ responder }) => ContainmentTarget.function(responder), 'Shop/Containment/Responder'],
    ['its own role', ({ undoFunction }) => ContainmentTarget.role(undoFunction.role!), 'Shop/Containment/UndoSupport/Role'],
  ])('fails on %s, which would lock it out', (_, target, path) => {
    expect(() => made({}, (containment) => containment.protect(target(containment)))).toThrow(
      `'protect()' must not be given a part of a containment, which would lock itself out, got "${path}"; leave it out [Containment.Self, at 'Shop/Containment']`);
  });

  test('fails on a function whose role is its own', () => {
    expect(() => made({}, (containment, stack) => containment.protect(ContainmentTarget.function(new LambdaFunction(stack, 'Borrower', {
      role: containment.responder.role, code: Code.fromAsset(join(__dirname, '../support/handler')), handler: 'index.handler', runtime: Runtime.NODEJS_24_X,
    }))))).toThrow("got \"Shop/Containment/ResponderSupport/Role\"; leave it out [Containment.Self, at 'Shop/Containment']");
  });

  test('fails on what is protected already', () => {
    expect(() => made({}, (containment, stack) => {
      const fn = aFunction(stack);
      containment.protect(ContainmentTarget.function(fn), ContainmentTarget.function(fn));
    })).toThrow("'protect()' must be given each resource once, got \"Shop/Orders, protected by Shop/Containment\"; leave it out here [Containment.Twice, at 'Shop/Containment']");
  });
});

describe('what the responder is told', () => {
  test('by default: all playbooks, at once, for an hour', () => {
    const app = made();
    const from = (severity: string) => ({ from: severity, minutes: 60, limit: 5 });
    expect(settingsOf(app)).toEqual({
      name: 'Shop-Containment-E25DE2DC',
      account: '111122223333',
      region: 'eu-central-1',
      mode: 'automatic',
      approvalMinutes: 60,
      playbooks: {
        'function': from('critical'), 'role': from('high'), 'access-key': from('high'), 'address': from('high'), 'stage': from('high'), 'bucket': from('critical'),
      },
      never: { resources: [], addresses: [] },
      self: ['<ContainmentUndo.Arn>', '<ContainmentUndoSupportRole.Arn>', '<ContainmentResponderSupportRole.Arn>'],
      stages: [],
      denyLists: { version4: [], version6: [] },
      floor: { rate: 10, burst: 10 },
      administrators: [],
    });
  });

  test('what was chosen', () => {
    const app = made({
      playbooks: [
        ContainmentPlaybook.function({ from: FindingSeverity.HIGH, duration: Duration.hours(8), hourlyLimit: 2 }),
        ContainmentPlaybook.api({ rateFloor: 1, burstFloor: 0, from: FindingSeverity.MEDIUM }),
      ],
      exemptions: [
        ContainmentExemption.resource('arn:aws:lambda:eu-central-1:111122223333:function:Alarm', 'it tells the people on call'),
        ContainmentExemption.addresses('198.51.100.0/24', 'the office of the people on call'),
      ],
      administrators: ['arn:aws:iam::111122223333:role/Admin'],
    }, (containment, stack) => containment.protect(anApi(stack)));
    expect(settingsOf(app)).toMatchObject({
      playbooks: {
        function: { from: 'high', minutes: 480, limit: 2 }, address: { from: 'medium', minutes: 60, limit: 5 }, stage: { from: 'medium', minutes: 60, limit: 5 },
      },
      never: { resources: ['arn:aws:lambda:eu-central-1:111122223333:function:Alarm'], addresses: ['198.51.100.0/24'] },
      stages: ['<ApiRestApi>/<ApiStage>'],
      denyLists: { version4: ['<SharedSecurityWebAclRunTimeDenyListIPV4.Arn>'], version6: ['<SharedSecurityWebAclRunTimeDenyListIPV6.Arn>'] },
      floor: { rate: 1, burst: 0 },
      administrators: ['arn:aws:iam::111122223333:role/Admin'],
    });
    expect(Object.keys(settingsOf(app).playbooks)).toEqual(['function', 'address', 'stage']);
    expect(waiversBelow(app.containment)).toEqual([
      { control: 'Containment.exemption arn:aws:lambda:eu-central-1:111122223333:function:Alarm', reason: 'it tells the people on call', constructPath: 'Shop/Containment' },
      { control: 'Containment.exemption 198.51.100.0/24', reason: 'the office of the people on call', constructPath: 'Shop/Containment' },
    ]);
  });

  test.each([['sandbox', SecurityProfile.sandbox(), 'dry-run'], ['production', SecurityProfile.production(), 'automatic'], ['regulated', SecurityProfile.regulated(), 'automatic']])(
    'in the profile %s it is %s by default', (_, profile, mode) => expect(settingsOf(made({}, undefined, profile)).mode).toBe(mode));

  test('an API without a web ACL has its stage throttled', () => {
    const app = made({}, (containment, stack) => containment.protect(anApi(stack)), SecurityProfile.sandbox());
    expect(settingsOf(app)).toMatchObject({ stages: ['<ApiRestApi>/<ApiStage>'], denyLists: { version4: [], version6: [] } });
    app.template.resourceCountIs('AWS::WAFv2::IPSet', 0);
  });

  test('handlers and constructs agree on names', () => {
    expect({
      tag: handlerSettings.CONTAINMENT_TAG,
      source: handlerActions.ACTION_SOURCE,
      type: handlerActions.ACTION_DETAIL_TYPE,
      metrics: handlerActions.METRIC_NAMESPACE,
      index: HANDLER_INDEX,
    }).toEqual({ tag: CONTAINMENT_TAG, source: ACTION_SOURCE, type: ACTION_DETAIL_TYPE, metrics: CONTAINMENT_METRICS, index: OPEN_INDEX });
    expect(BUCKET_DENIED_ACTIONS).toEqual([...BUCKET_DENIED_ACTIONS].sort());
  });
});

describe('how findings arrive', () => {
  test.each<[string, Partial<ContainmentProps>, string[]]>([
    ['by default', {}, ['critical', 'high']],
    ['with a function playbook alone', { playbooks: [ContainmentPlaybook.function()] }, ['critical']],
    ['with one from medium on', { playbooks: [ContainmentPlaybook.bucket({ from: FindingSeverity.MEDIUM })] }, ['critical', 'high', 'medium']],
  ])('%s those of %j', (_, props, severity) => {
    made(props).template.hasResourceProperties('AWS::Events::Rule', {
      EventPattern: { 'source': ['cdk-secure-serverless.detection'], 'detail-type': ['Security Finding'], 'detail': { severity } },
    });
  });

  test('without approval the responder is started, with approval the state machine', () => {
    const targets = (mode: ContainmentMode) => Object.values(made({ mode }).template.findResources('AWS::Events::Rule')).map(({ Properties }) => pointer(Properties.Targets[0].Arn));
    expect(targets(ContainmentMode.automatic())).toEqual(['ContainmentResponder.Arn']);
    expect(targets(ContainmentMode.approval())).toEqual(['ContainmentApproval']);
  });

  test('what expired is undone every five minutes', () => {
    made().template.hasResourceProperties('AWS::Scheduler::Schedule', {
      ScheduleExpression: 'rate(5 minutes)', Target: { Input: '{"sweep":true}', Arn: { 'Fn::GetAtt': [expectId('ContainmentUndo'), 'Arn'] } },
    });
  });

  function expectId(prefix: string): string {
    return Object.keys(made().template.findResources('AWS::Lambda::Function')).find((id) => id.startsWith(prefix))!;
  }
});

describe('approval', () => {
  test.each<[string, (stack: Stack) => Stack]>([
    ['another stack', (stack) => new Stack(stack.node.root, 'Guard')], ['a nested stack', (stack) => new NestedStack(stack, 'Guard')],
  ])('of what a bus in %s tells of has its rule beside itself, so that no stack waits for the other', (_, placed) => {
    const stack = testStack();
    const bus = new SecureEventBus(placed(stack), 'Findings');
    containmentIn(stack, { bus, mode: ContainmentMode.approval() });
    (stack.node.root as App).synth();
    const starts = (one: Stack): number => Object.values(templateOf(one).findResources('AWS::Events::Rule'))
      .filter(({ Properties }) => JSON.stringify(Properties.Targets).includes('Approval')).length; // the assertions refuse a template with a circle
    expect([stack, bus.stack].map(starts)).toEqual([1, 0]);
  });

  test('asks, waits as long as it was told, contains what was approved and dismisses the rest', () => {
    const { template } = made({ mode: ContainmentMode.approval({ timeout: Duration.minutes(30) }) });
    const [{ Properties }] = Object.values(template.findResources('AWS::StepFunctions::StateMachine')) as Json[];
    const { StartAt, TimeoutSeconds, States } = JSON.parse(text(Properties.DefinitionString)) as Json;
    expect([StartAt, TimeoutSeconds]).toEqual(['Plan', 3600]);
    expect(States.Ask).toMatchObject({
      Resource: 'arn:<AWS::Partition>:states:::lambda:invoke.waitForTaskToken',
      HeartbeatSeconds: 1800,
      TimeoutSeconds: 1860,
      Parameters: { Payload: { 'action': 'ask', 'ids.$': '$.plan.ids', 'token.$': '$$.Task.Token', 'execution.$': '$$.Execution.Name' } },
      Retry: [
        { ErrorEquals: ['States.HeartbeatTimeout', 'States.Timeout'], MaxAttempts: 0 },
        { ErrorEquals: ['States.ALL'], IntervalSeconds: 70, MaxAttempts: 3, BackoffRate: 1 },
      ],
      Catch: [{ ErrorEquals: ['States.HeartbeatTimeout', 'States.Timeout'], Next: 'DismissUnanswered' }, { ErrorEquals: ['States.ALL'], Next: 'NotHandled' }],
      Next: 'Approved',
    });
    expect(States.Approved).toMatchObject({ Choices: [{ Variable: '$.answer.approved', BooleanEquals: true, Next: 'Contain' }], Default: 'Dismiss' });
    expect(States.Contain.Parameters).toEqual({ 'action': 'execute', 'ids.$': '$.plan.ids', 'by.$': '$.answer.by' });
    expect(States.DismissUnanswered.Parameters).toEqual({ 'action': 'dismiss', 'ids.$': '$.plan.ids', 'by': 'nobody answered' });
    expect(States.Contain.Retry).toEqual([{ ErrorEquals: ['States.ALL'], IntervalSeconds: 70, MaxAttempts: 3, BackoffRate: 1 }]);
  });

  test('only the function of the answers can answer', () => {
    const app = made({ mode: ContainmentMode.approval() });
    expect(rightsIn(app, 'AnswerRights')).toEqual(['Allow states:SendTaskFailure states:SendTaskHeartbeat states:SendTaskSuccess on <ContainmentApproval>']);
    expect(JSON.stringify(app.template.findResources('AWS::IAM::Policy'))).not.toContain('states:SendTask');
  });

  test('without it there is nobody to answer', () => {
    const { containment, stack } = made();
    expect(containment.answerFunction).toBeUndefined();
    expect(containment.stateMachine).toBeUndefined();
    expect(() => containment.allowAnswer(new Role(stack, 'OnCall', { assumedBy: new ServicePrincipal('lambda.amazonaws.com') }))).toThrow(
      "'mode' must be ContainmentMode.approval() where somebody answers; choose it, or leave allowAnswer() out [Containment.NoApproval, at 'Shop/Containment']");
  });
});

describe('alarms', () => {
  test.each([['sandbox', SecurityProfile.sandbox(), 4], ['production', SecurityProfile.production(), 5]])('in the profile %s', (_, profile, count) => {
    expect(made({}, undefined, profile).containment.alarms).toHaveLength(count);
  });

  test('can be tuned and switched off with a reason', () => {
    const { template, containment } = made({ alarms: { contained: AlarmSetting.threshold(3), limited: AlarmSetting.off('the dashboard of the security team shows it') } });
    expect(containment.alarms).toHaveLength(4);
    template.hasResourceProperties('AWS::CloudWatch::Alarm', {
      Namespace: 'SecureServerless/Containment', MetricName: 'Contained', Threshold: 3, Dimensions: [{ Name: 'Containment', Value: 'Shop-Containment-E25DE2DC' }],
    });
  });
});

describe('fails', () => {
  test.each<[string, Partial<ContainmentProps>, string]>([
    ['without a playbook', { playbooks: [] },
      "'playbooks' must hold at least one playbook, and each at most once, got []; leave it out to use all four [Containment.Playbooks, at 'Shop/Containment']"],
    ['with a playbook twice', { playbooks: [ContainmentPlaybook.bucket(), ContainmentPlaybook.bucket()] },
      '\'playbooks\' must hold at least one playbook, and each at most once, got ["bucket","bucket"]; leave it out to use all four [Containment.Playbooks, at \'Shop/Containment\']'],
    ['on findings that need no action', { playbooks: [ContainmentPlaybook.api({ from: FindingSeverity.INFO })] },
      "'from of ContainmentPlaybook.api()' must not be INFO: that is what needs no action, such as a finding that was resolved; choose HIGH or CRITICAL "
      + "[Containment.Severity, at 'Shop/Containment']"],
    ['with a duration below the sweep', { playbooks: [ContainmentPlaybook.bucket({ duration: Duration.minutes(4) })] },
      "'duration of ContainmentPlaybook.bucket()' must lie between 5 minutes and 7 days, got \"4 minutes\"; leave it out to use 1 hour [Containment.Duration, at 'Shop/Containment']"],
    ['with a bound that bounds nothing', { playbooks: [ContainmentPlaybook.api({ hourlyLimit: 101 })] },
      "'hourlyLimit of ContainmentPlaybook.api()' must be a whole number between 1 and 100, got 101; leave it out to use 5 [Containment.HourlyLimit, at 'Shop/Containment']"],
    ['with a floor below zero', { playbooks: [ContainmentPlaybook.api({ rateFloor: -1 })] },
      "'rateFloor' must be a whole number between 0 and 10000, got -1; leave it out to use 10 [Containment.Floor, at 'Shop/Containment']"],
    ['when nobody can answer in time', { mode: ContainmentMode.approval({ timeout: Duration.minutes(1) }) },
      "'mode' must lie between 5 minutes and 1 day, got \"1 minute\"; choose how long people may take to answer [Containment.ApprovalTimeout, at 'Shop/Containment']"],
    ['on an exemption without a reason', { exemptions: [ContainmentExemption.resource('arn', 'todo')] },
      "'exemptions' must be a sentence of at least 12 characters that a reviewer can judge, got \"todo\"; say why this is never contained [Containment.ExemptionReason, at 'Shop/Containment']"],
    ['on more exemptions than anybody reads', { exemptions: Array.from({ length: 11 }, (_, n) => ContainmentExemption.resource(`arn${n}`, 'the shop is down without it')) },
      "'exemptions.length' must be a whole number between 0 and 10, got 11; name what matters most [Containment.ListLength, at 'Shop/Containment']"],
    ['on an exemption of everybody', { exemptions: [ContainmentExemption.addresses('0.0.0.0/0', 'everybody is a friend here')] },
      "'exemptions' must hold IPv4 or IPv6 CIDR blocks with a prefix of at least /1, got \"0.0.0.0/0\"; write an address with its prefix length, such as 192.0.2.0/24 or "
      + "2001:db8::/32 [SecureWebAcl.Cidr, at 'Shop/Containment']"],
    ['on more administrators than the functions can be told', { administrators: Array<string>(11).fill('arn:aws:iam::111122223333:role/Admin') },
      "'administrators.length' must be a whole number between 0 and 10, got 11; name what matters most [Containment.ListLength, at 'Shop/Containment']"],
    ...['*', '', 'Admin', 'arn:aws:iam::*:role/Admin', 'arn:aws:iam::111122223333:role/*', 'arn:aws:iam::111122223333:*', 'arn:aws:s3:::orders'].map(
      (administrator): [string, Partial<ContainmentProps>, string] => [`on the administrator '${administrator}', which is nobody or everybody`, { administrators: [administrator] },
        `'administrators' must hold ARNs of roles and users of one account, or patterns that begin or end their names, got ${JSON.stringify(administrator)}; `
        + "write them like arn:aws:iam::111122223333:role/Admin or arn:aws:iam::111122223333:role/Admin* [Containment.Administrator, at 'Shop/Containment']"]),
    ...['*', '', 'till', 'arn:aws:lambda:eu-central-1:111122223333:function:*', 'arn:aws:lambda:eu-central-1:111122223333:'].map(
      (arn): [string, Partial<ContainmentProps>, string] => [`on the exemption of '${arn}', which exempts nothing`, { exemptions: [ContainmentExemption.resource(arn, 'the shop is down without it')] },
        `'exemptions' must be the ARN of one resource, or the id of an access key, got ${JSON.stringify(arn)}; write it in full, such as `
        + "arn:aws:lambda:eu-west-1:111122223333:function:till, since it is compared as it stands [Containment.ExemptionResource, at 'Shop/Containment']"]),
    ['on the exemption of an access key in plain text', { exemptions: [ContainmentExemption.resource('AKIAIOSFODNN7EXAMPLE', 'the shop is down without it')] },
      "'exemptions' must not hold the id of an access key as text, which has no place in code and templates; pass it as the value of a CfnParameter "
      + "[Containment.ExemptionResource, at 'Shop/Containment']"],
  ])('%s', (_, props, message) => {
    expect(() => made(props)).toThrow(message);
  });
});

test.each([
  'arn:aws:iam::111122223333:role/A', 'arn:aws:iam::111122223333:role/ops/Admin', 'arn:aws:iam::111122223333:user/jo', 'arn:aws:iam::111122223333:root', 'arn:aws-us-gov:iam::111122223333:role/Admin-*',
  'arn:aws:iam::111122223333:role/aws-reserved/sso.amazonaws.com/*/AWSReservedSSO_Admin_*',
])('%s may clean up', (administrator) => {
  expect(settingsOf(made({ administrators: [administrator] })).administrators).toEqual([administrator]);
});

test.each(['arn:aws:apigateway:eu-central-1::/restapis/abc/stages/live', 'arn:aws:s3:::orders-111122223333'])('%s may be exempted', (arn) => {
  expect(settingsOf(made({ exemptions: [ContainmentExemption.resource(arn, 'the shop is down without it')] })).never.resources).toEqual([arn]);
});

test('administrators and exemptions may be known at deployment only, as the id of an access key must be', () => {
  const stack = testStack();
  const late = (id: string): string => new CfnParameter(stack, id).valueAsString;
  const containment = containmentIn(stack, {
    administrators: [late('Admin')], exemptions: [ContainmentExemption.resource(late('PartnerKey'), 'the shop is down without it')],
  });
  const { administrators, never } = settingsOf({ stack, containment, template: templateOf(stack) });
  expect([administrators, never.resources]).toEqual([['<Admin>'], ['<PartnerKey>']]);
});

test('two containments of a stack keep apart', () => {
  const { stack, containment } = made();
  const other = new Containment(stack, 'Second', { bus: new SecureEventBus(stack, 'OtherFindings') });
  expect(other.containmentName).not.toBe(containment.containmentName);
});
