import { aFinding } from './support';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { DEFAULT_RULE_OPTIONS } from '../../src/model/rule-options';
import { TemplateSource } from '../../src/model/templates/template-source';
import { judge } from '../../src/policy/judge';
import { Posture } from '../../src/report/form/posture-form';
import { exceptionsOf } from '../../src/report/parts/exceptions';
import { parseControl } from '../../src/report/parts/frameworks';
import { postureOf } from '../../src/report/posture';
import { modelOfStacks, Resources } from '../policy/support';

function posture(resources: Resources, stack: Partial<TemplateSource> = {}, trustedAccounts: readonly string[] = []): Posture {
  const app = modelOfStacks({ id: 'Shop', template: { Resources: resources }, ...stack });
  const profile = SecurityProfile.production();
  return postureOf({ app, judgement: judge(app, () => profile, []), profile, options: { ...DEFAULT_RULE_OPTIONS, trustedAccounts }, asOf: '2026-11-26' });
}

const arn = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const resource = (type: string, properties: object = {}, more: object = {}) => ({ Type: type, Properties: properties, ...more });
const allow = (actions: string[] | string, on: unknown, more = {}) => ({ Effect: 'Allow', Action: actions, Resource: on, ...more });
const role = (...statements: unknown[]) => resource('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: statements } }] });
const fn = (roleId: string, more = {}) => resource('AWS::Lambda::Function', { Role: arn(roleId), Runtime: 'nodejs24.x', ...more });

describe('Rights', () => {
  const rightsOf = (...statements: unknown[]) => posture({ Orders: resource('AWS::DynamoDB::Table'), Role: role(...statements), Fn: fn('Role') }).functions[0].rights;

  test.each<[string[], string[]]>([
    [['dynamodb:Query'], ['read']],
    [['dynamodb:BatchWriteItem'], ['write', 'delete']],
    [['s3:GetObject*', 's3:DeleteObject'], ['read', 'delete']],
    [['sqs:SendMessage', 'lambda:InvokeFunction', 'sns:Publish'], ['invoke', 'send']],
    [['iam:PassRole'], ['admin']],
    [['dynamodb:*'], ['list', 'read', 'write', 'delete', 'admin']],
    [['*'], ['list', 'read', 'write', 'delete', 'admin', 'invoke', 'send']],
    [['textract:GetDocumentAnalysis', 'textract:StartDocumentAnalysis', 'quicksight:Foo'], ['read', 'invoke', 'other']],
    [['s3:DeleteObjectTagging'], ['write']],
  ])('%j amounts to %j', (actions, verbs) => {
    expect(rightsOf(allow(actions, '*'))[0].verbs).toEqual(verbs);
  });

  test.each<[unknown, string[], boolean]>([
    [arn('Orders'), ['Shop/Orders'], false],
    [{ 'Fn::Sub': '${Orders.Arn}/index/*' }, ['Shop/Orders'], false],
    ['arn:aws:dynamodb:eu-west-1:111122223333:table/*', ['Shop/Orders'], true],
    ['*', [], true],
    ['arn:aws:s3:::elsewhere/*', [], false],
  ])('on %j mean %j', (on, targets, wildcard) => {
    expect(rightsOf(allow('dynamodb:GetItem', on))[0]).toMatchObject({ targets, wildcard });
  });

  test.each<[string, string | string[], unknown, boolean, boolean]>([
    ['traces', ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*', false, true],
    ['traces and a table', ['xray:PutTraceSegments', 'dynamodb:GetItem'], '*', true, false],
    ['a pattern of traces', 'xray:*', '*', true, false],
    ['everything but a table', 'xray:PutTraceSegments', undefined, true, false],
  ])('on %s are a wildcard that somebody chose, or have no resource to name', (_name, actions, on, wildcard, unscoped) => {
    expect(rightsOf(allow(actions, on, on === undefined ? { NotResource: 'arn:aws:dynamodb:*:*:table/x' } : {}))[0]).toMatchObject({ wildcard, unscoped });
  });

  test('leave out what a denial takes away', () => {
    expect(rightsOf(allow(['dynamodb:GetItem', 'dynamodb:DeleteItem'], arn('Orders')), { Effect: 'Deny', Action: 'dynamodb:DeleteItem', Resource: '*' }))
      .toEqual([{ resource: '<Shop/Orders.Arn>', targets: ['Shop/Orders'], actions: ['dynamodb:GetItem'], verbs: ['read'], condition: false, wildcard: false, unscoped: false }]);
  });

  test('say whose data a function may delete, and who shares its role', () => {
    const { functions } = posture({
      Orders: resource('AWS::DynamoDB::Table'),
      Inbox: resource('AWS::SQS::Queue'),
      Role: role(allow('dynamodb:DeleteItem', arn('Orders')), allow('sqs:SendMessage', arn('Inbox'))),
      Fn: fn('Role', { MemorySize: 256, Timeout: '15' }),
      Other: fn('Role'),
    });
    expect(functions).toMatchObject([{ mayDelete: ['Shop/Orders'], sharedRole: true, memoryMb: 256, timeoutSeconds: 15 }, { sharedRole: true }]);
  });
});

describe('Stores', () => {
  const only = (store: unknown, more: Resources = {}) => posture({ Store: store, Key: resource('AWS::KMS::Key'), ...more }).stores.find(({ at }) => at === 'Shop/Store')!;

  test.each<[string, unknown, object]>([
    ['a table with a key', resource('AWS::DynamoDB::Table', { SSESpecification: { KMSMasterKeyId: arn('Key') } }), { encryption: 'customer', key: 'Shop/Key' }],
    ['a topic without a key', resource('AWS::SNS::Topic'), { encryption: 'none' }],
    ['a queue whose encryption is off', resource('AWS::SQS::Queue', { SqsManagedSseEnabled: false }), { encryption: 'none' }],
    ['a queue as it comes', resource('AWS::SQS::Queue'), { encryption: 'aws' }],
    ['a key that only the deployment knows', resource('AWS::SQS::Queue', { KmsMasterKeyId: { 'Fn::ImportValue': 'key' } }), { encryption: 'unknown' }],
    ['a key of AWS', resource('AWS::SecretsManager::Secret', { KmsKeyId: 'alias/aws/secretsmanager' }), { encryption: 'aws' }],
    ['a database that is not encrypted', resource('AWS::RDS::DBInstance', { StorageEncrypted: false, BackupRetentionPeriod: 0 }), { encryption: 'none', backup: [] }],
  ])('%s', (_name, store, expected) => {
    expect(only(store)).toMatchObject(expected);
  });

  test.each<[string, unknown, object]>([
    ['a classified bucket', resource('AWS::S3::Bucket', { Tags: [{ Key: 'team', Value: 'shop' }, { Key: 'data-classification', Value: 'personal' }] }), { classification: 'personal' }],
    ['a classified table', resource('AWS::DynamoDB::GlobalTable', { Replicas: [{ Tags: [{ Key: 'data-classification', Value: 'financial+personal' }] }] }),
      { classification: 'financial+personal' }],
  ])('%s says what it holds', (_name, store, expected) => {
    expect(only(store)).toMatchObject(expected);
  });

  test('without a classification say nothing of it', () => {
    expect('classification' in only(resource('AWS::S3::Bucket', { Tags: [{ Key: 'team', Value: 'shop' }] }))).toBe(false);
  });

  test('say what brings lost data back, and what stays', () => {
    const kept = { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' };
    expect(only(resource('AWS::DynamoDB::Table', { PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, DeletionProtectionEnabled: true }, kept), {
      Plan: resource('AWS::Backup::BackupSelection', { BackupSelection: { Resources: [arn('Store')] } }),
    })).toMatchObject({ backup: ['point-in-time recovery 35 days', 'backup plan'], retained: true, deletionProtection: true });
    expect(only(resource('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }))).toMatchObject({ backup: ['versions'], retained: false });
  });

  const policy = (Principal: unknown, more = {}) => resource('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: 'Store' }], PolicyDocument: { Statement: { Effect: 'Allow', Principal, Action: 'sqs:*', Resource: '*', ...more } },
  });

  test.each<[string, unknown]>([
    ['public', policy('*')],
    ['account', policy('*', { Condition: { StringEquals: { 'aws:PrincipalAccount': '111122223333' } } })],
    ['account', policy({ AWS: 'arn:aws:iam::111122223333:root' })],
    ['cross-account', policy({ AWS: 'arn:aws:iam::444455556666:root' })],
    ['private', policy({ Service: 'sns.amazonaws.com' })],
  ])('are %s by policy', (exposure, Policy) => {
    expect(posture({ Store: resource('AWS::SQS::Queue'), Policy }, { account: '111122223333' }).stores[0].exposure).toBe(exposure);
  });

  test('know who reads, writes and deletes: functions, state machines, and services by the policy of the store', () => {
    const { stores } = posture({
      Receipts: resource('AWS::S3::Bucket'),
      Reader: role(allow('s3:GetObject', { 'Fn::Sub': '${Receipts.Arn}/*' })),
      Everything: role(allow('s3:*', '*')),
      Read: fn('Reader'),
      Machine: resource('AWS::StepFunctions::StateMachine', { RoleArn: arn('Everything') }),
      Site: resource('AWS::CloudFront::Distribution', { DistributionConfig: {} }),
      Policy: resource('AWS::S3::BucketPolicy', {
        Bucket: { Ref: 'Receipts' },
        PolicyDocument: {
          Statement: {
            Effect: 'Allow',
            Principal: { Service: 'cloudfront.amazonaws.com' },
            Action: 's3:GetObject',
            Resource: '*',
            Condition: { StringEquals: { 'AWS:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Site}' } } },
          },
        },
      }),
    });
    expect(stores[0]).toMatchObject({ readers: ['Shop/Machine', 'Shop/Read', 'Shop/Site'], writers: ['Shop/Machine'], deleters: ['Shop/Machine'] });
  });
});

test('flows lead from ways in through functions to stores, and from queues to what they start', () => {
  const { flows, functions, entryPoints } = posture({
    Orders: resource('AWS::DynamoDB::Table'),
    Inbox: resource('AWS::SQS::Queue', { RedrivePolicy: { deadLetterTargetArn: arn('Dead'), maxReceiveCount: 5 } }),
    Dead: resource('AWS::SQS::Queue'),
    Role: role(allow('dynamodb:PutItem', arn('Orders')), allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage'], arn('Inbox'))),
    Store: fn('Role'),
    Mapping: resource('AWS::Lambda::EventSourceMapping', { EventSourceArn: arn('Inbox'), FunctionName: { Ref: 'Store' } }),
    Sender: role(allow('sqs:SendMessage', arn('Inbox')), allow('lambda:InvokeFunction', arn('Store'))),
    Accept: fn('Sender'),
    Url: resource('AWS::Lambda::Url', { AuthType: 'AWS_IAM', TargetFunctionArn: arn('Accept') }),
  });
  expect(flows.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual([
    'Shop/Url function-url calls Shop/Accept', 'Shop/Inbox starts Shop/Store', 'Shop/Inbox sends Shop/Dead', 'Shop/Accept calls Shop/Store',
    'Shop/Store writes Shop/Orders', 'Shop/Store reads Shop/Inbox', 'Shop/Accept sends Shop/Inbox',
  ]);
  expect(functions.map(({ triggers }) => triggers)).toEqual([['Shop/Inbox'], ['Shop/Url function-url']]);
  expect(entryPoints).toMatchObject([{ id: 'Shop/Url function-url', possibleLayers: 4 }]);
});

test('sites, sign-ins and what a policy opens are ways in too', () => {
  const { entryPoints, counts } = posture({
    Site: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: { DefaultCacheBehavior: { TargetOriginId: 'b' }, Origins: [{ Id: 'b', DomainName: { 'Fn::GetAtt': ['Pages', 'RegionalDomainName'] } }] },
    }),
    Pages: resource('AWS::S3::Bucket'),
    Pool: resource('AWS::Cognito::UserPool'),
    Client: resource('AWS::Cognito::UserPoolClient', { UserPoolId: { Ref: 'Pool' } }),
    Topic: resource('AWS::SNS::Topic'),
    Open: resource('AWS::SNS::TopicPolicy', { Topics: [{ Ref: 'Topic' }], PolicyDocument: { Statement: { Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: '*' } } }),
  });
  expect(entryPoints.map(({ id, layers, selfSignUp }) => [id, layers.authorization, layers.webAcl, selfSignUp])).toEqual([
    ['Shop/Site website', 'none', false, undefined], ['Shop/Pool sign-in', 'user-pool', false, true], ['Shop/Topic public-topic', 'none', null, undefined],
  ]);
  expect(counts.openEntryPoints).toBe(2);
});

test('a pipe stands between what it reads and the functions that it asks, and a rule starts a workflow once', () => {
  const { flows, functions } = posture({
    Orders: resource('AWS::DynamoDB::Table'),
    Bus: resource('AWS::Events::EventBus', { Name: 'bus' }),
    Role: role(allow('lambda:InvokeFunction', arn('Enrich')), allow('events:PutEvents', arn('Bus')), allow('states:StartExecution', { Ref: 'Machine' })),
    Enrich: fn('None'),
    None: role(),
    Pipe: resource('AWS::Pipes::Pipe', { Source: { 'Fn::GetAtt': ['Orders', 'StreamArn'] }, Enrichment: arn('Enrich'), Target: arn('Bus'), RoleArn: arn('Role') }),
    Rule: resource('AWS::Events::Rule', { EventBusName: { Ref: 'Bus' }, EventPattern: {}, Targets: [{ Id: 'a', Arn: { Ref: 'Machine' }, RoleArn: arn('Role') }] }),
    Machine: resource('AWS::StepFunctions::StateMachine', {}),
  });
  expect(flows.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual([
    'Shop/Pipe calls Shop/Enrich', 'Shop/Bus starts Shop/Machine', 'Shop/Orders starts Shop/Pipe', 'Shop/Pipe sends Shop/Bus', 'Shop/Rule sends Shop/Bus',
    'Shop/Pipe starts Shop/Machine',
  ]);
  expect(functions[0].triggers).toEqual(['Shop/Pipe']);
});

test.each<[string, readonly string[], string]>([
  ['the own account alone', ['111122223333'], 'account'],
  ['an account that only the deployment knows, beside the own', ['111122223333', '<?>'], 'unknown'],
  ['a foreign account, beside one that only the deployment knows and the own', ['111122223333', '<?>', '444455556666'], 'cross-account'],
  ['everybody, beside a foreign account', ['444455556666', '*'], 'public'],
])('of several principals the most open one decides how a store is exposed: %s', (_name, principals, exposure) => {
  const principal = (one: string) => (one === '<?>' ? { 'Fn::ImportValue': 'partner' } : one);
  const Policy = resource('AWS::SQS::QueuePolicy', {
    Queues: [{ Ref: 'Store' }],
    PolicyDocument: { Statement: principals.map((one) => ({ Effect: 'Allow', Principal: { AWS: principal(one) }, Action: 'sqs:SendMessage', Resource: '*' })) },
  });
  expect(posture({ Store: resource('AWS::SQS::Queue'), Policy }, { account: '111122223333' }).stores[0].exposure).toBe(exposure);
});

test('the files of a site are read by the way in itself', () => {
  const { flows } = posture({
    Files: resource('AWS::S3::Bucket'),
    Site: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: { Origins: [{ Id: 'files', DomainName: { 'Fn::GetAtt': ['Files', 'RegionalDomainName'] }, S3OriginConfig: {} }], DefaultCacheBehavior: { TargetOriginId: 'files' } },
    }),
    Policy: resource('AWS::S3::BucketPolicy', {
      Bucket: { Ref: 'Files' },
      PolicyDocument: {
        Statement: {
          Effect: 'Allow',
          Principal: { Service: 'cloudfront.amazonaws.com' },
          Action: 's3:GetObject',
          Resource: { 'Fn::Sub': '${Files.Arn}/*' },
          Condition: { StringEquals: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/${Site}' } } },
        },
      },
    }),
  });
  expect(flows).toEqual([{ from: 'Shop/Site website', to: 'Shop/Files', kind: 'reads' }]);
});

test('the files of a site with an origin access identity are read by the way in, and by no other account', () => {
  const { flows, stores, thirdParties } = posture({
    Files: resource('AWS::S3::Bucket'),
    Identity: resource('AWS::CloudFront::CloudFrontOriginAccessIdentity', { CloudFrontOriginAccessIdentityConfig: { Comment: 'site' } }),
    Site: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [{
          Id: 'files',
          DomainName: { 'Fn::GetAtt': ['Files', 'RegionalDomainName'] },
          S3OriginConfig: { OriginAccessIdentity: { 'Fn::Join': ['', ['origin-access-identity/cloudfront/', { Ref: 'Identity' }]] } },
        }],
        DefaultCacheBehavior: { TargetOriginId: 'files' },
      },
    }),
    Other: resource('AWS::CloudFront::Distribution', { DistributionConfig: {} }),
    Policy: resource('AWS::S3::BucketPolicy', {
      Bucket: { Ref: 'Files' },
      PolicyDocument: { Statement: { Effect: 'Allow', Principal: { CanonicalUser: { 'Fn::GetAtt': ['Identity', 'S3CanonicalUserId'] } }, Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Files.Arn}/*' } } },
    }),
  }, { account: '111122223333' });
  expect(flows).toEqual([{ from: 'Shop/Site website', to: 'Shop/Files', kind: 'reads' }]);
  expect(stores).toMatchObject([{ at: 'Shop/Files', exposure: 'private', readers: ['Shop/Site'] }]);
  expect(thirdParties).toStrictEqual([]);
});

test('a canonical user that is written out is another account', () => {
  const { stores, thirdParties } = posture({
    Files: resource('AWS::S3::Bucket'),
    Policy: resource('AWS::S3::BucketPolicy', {
      Bucket: { Ref: 'Files' },
      PolicyDocument: { Statement: { Effect: 'Allow', Principal: { CanonicalUser: '79a59d'.repeat(11).slice(0, 64) }, Action: 's3:GetObject', Resource: { 'Fn::Sub': '${Files.Arn}/*' } } },
    }),
  }, { account: '111122223333' });
  expect(stores).toMatchObject([{ exposure: 'cross-account' }]);
  expect(thirdParties).toMatchObject([{ kind: 'account', name: '79a59d'.repeat(11).slice(0, 64) }]);
});

test('a rule of IoT acts with the roles of its actions', () => {
  const { actors, flows, stores } = posture({
    Readings: resource('AWS::DynamoDB::Table'),
    Alerts: resource('AWS::SNS::Topic'),
    Dead: resource('AWS::SQS::Queue'),
    Puts: role(allow('dynamodb:PutItem', arn('Readings'))),
    Tells: role(allow('sns:Publish', { Ref: 'Alerts' })),
    Keeps: role(allow('sqs:SendMessage', arn('Dead'))),
    Rule: resource('AWS::IoT::TopicRule', {
      TopicRulePayload: {
        Sql: 'SELECT * FROM \'sensors/+\'',
        Actions: [
          { DynamoDBv2: { PutItem: { TableName: { Ref: 'Readings' } }, RoleArn: arn('Puts') } },
          { Sns: { TargetArn: { Ref: 'Alerts' }, RoleArn: arn('Tells') } },
        ],
        ErrorAction: { Sqs: { QueueUrl: { Ref: 'Dead' }, RoleArn: arn('Keeps') } },
      },
    }),
  });
  expect(actors).toMatchObject([{ at: 'Shop/Rule', type: 'AWS::IoT::TopicRule', roles: ['Shop/Puts', 'Shop/Tells', 'Shop/Keeps'] }]);
  expect(flows.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual([
    'Shop/Rule device-topic writes Shop/Readings', 'Shop/Rule device-topic sends Shop/Alerts', 'Shop/Rule device-topic sends Shop/Dead',
  ]);
  expect(stores.map(({ at, writers }) => [at, writers])).toEqual([['Shop/Readings', ['Shop/Rule']], ['Shop/Alerts', ['Shop/Rule']], ['Shop/Dead', ['Shop/Rule']]]);
});

describe('Identity pools', () => {
  const pool = (more = {}) => ({
    Pool: resource('AWS::Cognito::IdentityPool', { CognitoIdentityProviders: [{ ClientId: 'c', ProviderName: 'p' }], AllowUnauthenticatedIdentities: false, ...more }),
    Guests: role(allow('s3:GetObject', { 'Fn::Sub': '${Photos.Arn}/*' })),
    Members: role(allow('s3:PutObject', { 'Fn::Sub': '${Photos.Arn}/*' })),
    Staff: role(allow('s3:*', { 'Fn::Sub': '${Photos.Arn}/*' })),
    Chiefs: role(allow('dynamodb:DeleteItem', arn('Orders'))),
    Photos: resource('AWS::S3::Bucket'),
    Orders: resource('AWS::DynamoDB::Table'),
    Roles: resource('AWS::Cognito::IdentityPoolRoleAttachment', {
      IdentityPoolId: { Ref: 'Pool' },
      Roles: { unauthenticated: arn('Guests'), authenticated: arn('Members') },
      RoleMappings: { staff: { Type: 'Rules', RulesConfiguration: { Rules: [{ Claim: 'team', MatchType: 'Equals', Value: 'staff', RoleARN: arn('Staff') }] } } },
    }),
    Group: resource('AWS::Cognito::UserPoolGroup', { UserPoolId: 'eu-west-1_a', RoleArn: arn('Chiefs') }),
  });

  test('act with the roles that they give to users, and groups with their own', () => {
    const { actors, stores, flows } = posture(pool());
    expect(actors).toMatchObject([
      { at: 'Shop/Group', type: 'AWS::Cognito::UserPoolGroup', roles: ['Shop/Chiefs'], mayDelete: ['Shop/Orders'] },
      { at: 'Shop/Pool', type: 'AWS::Cognito::IdentityPool', roles: ['Shop/Guests', 'Shop/Members', 'Shop/Staff'], mayDelete: ['Shop/Photos'] },
    ]);
    expect(stores).toMatchObject([{ at: 'Shop/Orders', deleters: ['Shop/Group'] }, { at: 'Shop/Photos', readers: ['Shop/Pool'], writers: ['Shop/Pool'], deleters: ['Shop/Pool'] }]);
    expect(flows.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual([
      'Shop/Group deletes Shop/Orders', 'Shop/Pool identity-pool reads Shop/Photos', 'Shop/Pool identity-pool writes Shop/Photos', 'Shop/Pool identity-pool deletes Shop/Photos',
    ]);
  });

  test.each<[string, object, string, number]>([
    ['users of a user pool', {}, 'user-pool', 0],
    ['guests too', { AllowUnauthenticatedIdentities: true }, 'none', 1],
    ['guests, as the deployment says', { AllowUnauthenticatedIdentities: { Ref: 'Setting' } }, 'unknown', 0],
    ['whoever another provider vouches for', { CognitoIdentityProviders: undefined, OpenIdConnectProviderARNs: ['arn:aws:iam::111122223333:oidc-provider/id.example.com'] }, 'unknown', 0],
  ])('are ways in for %s', (_name, more, authorization, open) => {
    const { entryPoints, counts } = posture(pool(more));
    expect(entryPoints).toMatchObject([{ id: 'Shop/Pool identity-pool', kind: 'identity-pool', at: 'Shop/Pool', layers: { authorization, leastPrivilege: false, webAcl: null } }]);
    expect(counts.openEntryPoints).toBe(open);
  });

  test('without a role give nobody anything', () => {
    expect(posture({ Pool: pool().Pool }).entryPoints).toStrictEqual([]);
  });
});

test('mail comes in from everybody, and goes where the receipt rule sends it', () => {
  const receipt = (more = {}) => resource('AWS::SES::ReceiptRule', {
    RuleSetName: 'inbox',
    Rule: { Actions: [{ LambdaAction: { FunctionArn: arn('Judge') } }, { S3Action: { BucketName: { Ref: 'Mails' }, TopicArn: { Ref: 'Told' } } }], ...more },
  });
  const app = (more = {}) => posture({
    Mails: resource('AWS::S3::Bucket'), Told: resource('AWS::SNS::Topic'), Role: role(), Judge: fn('Role'), Inbox: receipt(more),
  });
  expect(app().entryPoints).toMatchObject([{ id: 'Shop/Inbox mail', kind: 'mail', layers: { authorization: 'none', validation: null }, layerCount: 0, possibleLayers: 1 }]);
  expect(app().counts.openEntryPoints).toBe(1);
  expect(app().flows.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toEqual([
    'Shop/Inbox mail starts Shop/Judge', 'Shop/Inbox mail sends Shop/Mails', 'Shop/Inbox mail sends Shop/Told',
  ]);
  expect(app({ Enabled: false }).entryPoints).toStrictEqual([]);
});

describe('Messages of things', () => {
  const rule = (Sql: unknown, more = {}, extra: Resources = {}) => posture({
    Role: role(allow('dynamodb:PutItem', arn('Readings'))),
    Readings: resource('AWS::DynamoDB::Table'),
    Judge: fn('Role'),
    Rule: resource('AWS::IoT::TopicRule', {
      TopicRulePayload: {
        Sql, Actions: [{ Lambda: { FunctionArn: arn('Judge') } }, { DynamoDBv2: { PutItem: { TableName: { Ref: 'Readings' } }, RoleArn: arn('Role') } }], ...more,
      },
    }),
    ...extra,
  });
  const readings = 'SELECT * FROM \'stations/+/readings\'';

  test('come in through a rule, from things that a policy lets publish', () => {
    const { entryPoints, flows, counts } = rule(readings);
    expect(entryPoints).toStrictEqual([{
      id: 'Shop/Rule device-topic',
      kind: 'device-topic',
      at: 'Shop/Rule',
      layers: { authorization: 'iot-policy', validation: null, throttle: null, webAcl: null, logging: false, leastPrivilege: true },
      layerCount: 2,
      possibleLayers: 3,
    }]);
    expect(counts.openEntryPoints).toBe(0);
    expect(flows.map(({ from, kind, to }) => `${from} ${kind} ${to}`)).toContain('Shop/Rule device-topic starts Shop/Judge');
  });

  test.each<[string, unknown, object, number]>([
    ['by the name of the rule', 'SELECT *', {}, 1],
    ['on a topic that the deployment names', { Ref: 'SetAtDeployment' }, {}, 1],
    ['in the state of a thing', 'SELECT * FROM \'$aws/things/+/shadow/update\'', {}, 1],
    ['with a rule that is switched off', readings, { RuleDisabled: true }, 0],
    ['from AWS, which says who connects', 'SELECT * FROM \'$aws/events/presence/connected/+\'', {}, 0],
  ])('are a way in or not: %s', (_name, sql, more, count) => {
    expect(rule(sql, more).entryPoints).toHaveLength(count);
  });

  test.each<[string, object, Resources, object]>([
    ['the log of IoT', {}, { Log: resource('AWS::IoT::Logging', { DefaultLogLevel: 'WARN' }) }, { logging: true }],
    ['a log of IoT that is off', {}, { Log: resource('AWS::IoT::Logging', { DefaultLogLevel: 'DISABLED' }) }, { logging: false }],
    ['a role that may do everything', {}, { Role: role(allow('*', '*')) }, { leastPrivilege: false }],
    ['a role of another app', { ErrorAction: { Sqs: { RoleArn: 'arn:aws:iam::111122223333:role/dead' } } }, {}, { leastPrivilege: false }],
    ['no role', { Actions: [{ Lambda: { FunctionArn: arn('Judge') } }] }, {}, { leastPrivilege: null }],
  ])('have the layers that are there: %s', (_name, more, extra, layers) => {
    expect(rule(readings, more, extra).entryPoints).toMatchObject([{ layers }]);
  });
});

test('builds and pipelines act with their roles', () => {
  const { actors } = posture({
    Builds: role(allow('s3:PutObject', '*')),
    Batches: role(allow('codebuild:StartBuild', '*')),
    Moves: role(allow('s3:GetObject', '*')),
    Deploys: role(allow('cloudformation:*', '*')),
    Build: resource('AWS::CodeBuild::Project', { ServiceRole: arn('Builds'), BuildBatchConfig: { ServiceRole: arn('Batches') } }),
    Pipe: resource('AWS::CodePipeline::Pipeline', { RoleArn: arn('Moves'), Stages: [{ Actions: [{ Name: 'Deploy', RoleArn: arn('Deploys') }] }] }),
  });
  expect(actors.map(({ at, roles }) => [at, roles])).toEqual([['Shop/Build', ['Shop/Builds', 'Shop/Batches']], ['Shop/Pipe', ['Shop/Moves', 'Shop/Deploys']]]);
});

test('whoever signs in calls the user pool', () => {
  const { flows } = posture({ Users: resource('AWS::Cognito::UserPool'), Web: resource('AWS::Cognito::UserPoolClient', { UserPoolId: { Ref: 'Users' } }) });
  expect(flows).toEqual([{ from: 'Shop/Users sign-in', to: 'Shop/Users', kind: 'calls' }]);
});

describe('Third parties', () => {
  const pipeline = (Provider: string, Configuration: object) => resource('AWS::CodePipeline::Pipeline', {
    Stages: [{ Name: 'Source', Actions: [{ Name: 'Source', ActionTypeId: { Category: 'Source', Owner: 'AWS', Provider, Version: '1' }, Configuration }] }],
  });
  const ids = (resources: Resources, trusted: readonly string[] = []) => posture(resources, { account: '111122223333' }, trusted).thirdParties.map(({ id }) => id);

  test.each<[string, string, unknown]>([
    ['an account that a role trusts', 'account 444455556666', resource('AWS::IAM::Role', {
      AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::444455556666:root' }, Action: 'sts:AssumeRole' } },
    })],
    ['an account whose resources are used', 'account 444455556666', role(allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:444455556666:orders'))],
    ['a layer', 'layer arn:aws:lambda:eu-west-1:444455556666:layer:agent:3', resource('AWS::Lambda::Function', { Layers: ['arn:aws:lambda:eu-west-1:444455556666:layer:agent:3'] })],
    ['an image', 'image public.ecr.aws/x/y:1', resource('AWS::Lambda::Function', { Code: { ImageUri: 'public.ecr.aws/x/y:1' } })],
    ['a domain that gets events', 'domain api.example.com', resource('AWS::Events::ApiDestination', { InvocationEndpoint: 'https://api.example.com/orders' })],
    ['a domain in an environment', 'domain pay.example.com', resource('AWS::Lambda::Function', { Environment: { Variables: { PAY: 'https://pay.example.com:8443/x' } } })],
    ['a partner bus', 'partner-bus aws.partner/example.com/1', resource('AWS::Events::Rule', { EventBusName: 'aws.partner/example.com/1', EventPattern: {} })],
    ['an identity provider', 'identity-provider id.example.com', resource('AWS::IAM::OIDCProvider', { Url: 'https://id.example.com' })],
    ['a seller of rules', 'marketplace F5', resource('AWS::WAFv2::WebACL', { Rules: [{ Statement: { ManagedRuleGroupStatement: { VendorName: 'F5', Name: 'x' } } }] })],
    ['a repository behind a connection of another app', 'repository shop/orders', pipeline('CodeStarSourceConnection', {
      ConnectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/1', FullRepositoryId: 'shop/orders', BranchName: 'main',
    })],
    ['a repository of GitHub, taken by the older action', 'repository github.com/shop/orders', pipeline('GitHub', { Owner: 'shop', Repo: 'orders', Branch: 'main' })],
    ['a repository that is built', 'repository github.com/shop/orders', resource('AWS::CodeBuild::Project', { Source: { Type: 'GITHUB', Location: 'https://github.com/shop/orders.git' } })],
    ['a second one', 'repository bitbucket.org/shop/tools', resource('AWS::CodeBuild::Project', {
      Source: { Type: 'NO_SOURCE' }, SecondarySources: [{ Type: 'BITBUCKET', Location: 'https://bitbucket.org/shop/tools' }],
    })],
    ['a repository on a server of one\'s own', 'repository git.shop.example/a/b/c', resource('AWS::CodeBuild::Project', { Source: { Location: 'https://me@Git.shop.example:8443/a/b/c.git' } })],
    ['a repository of a hosted app', 'repository gitlab.com/shop/site', resource('AWS::Amplify::App', { Repository: 'git@gitlab.com:shop/site.git' })],
    ['a repository of a service', 'repository github.com/shop/site', resource('AWS::AppRunner::Service', {
      SourceConfiguration: { CodeRepository: { RepositoryUrl: 'https://github.com/shop/site' } },
    })],
  ])('%s', (_name, id, one) => {
    expect(ids({ One: one })).toEqual([id]);
  });

  test.each([
    ['AWS::CodeConnections::Connection', 'GitHub', 'github.com/shop/orders'],
    ['AWS::CodeStarConnections::Connection', 'Bitbucket', 'bitbucket.org/shop/orders'],
    ['AWS::CodeConnections::Connection', 'GitLab', 'gitlab.com/shop/orders'],
    ['AWS::CodeConnections::Connection', 'GitHubEnterpriseServer', 'shop/orders'],
  ])('a repository behind a connection of the app: %s to %s', (type, ProviderType, name) => {
    expect(ids({
      To: resource(type, { ConnectionName: 'to', ProviderType }),
      One: pipeline('CodeStarSourceConnection', { ConnectionArn: { Ref: 'To' }, FullRepositoryId: 'shop/orders' }),
    })).toEqual([`repository ${name}`]);
  });

  test.each<[string, unknown]>([
    ['an own layer', resource('AWS::Lambda::Function', { Layers: ['arn:aws:lambda:eu-west-1:111122223333:layer:own:3'] })],
    ['a host of AWS', resource('AWS::Lambda::Function', { Environment: { Variables: { QUEUE: 'https://sqs.eu-west-1.amazonaws.com/1/x' } } })],
    ['a repository of CodeCommit that is built', resource('AWS::CodeBuild::Project', { Source: { Type: 'CODECOMMIT', Location: 'https://git-codecommit.eu-west-1.amazonaws.com/v1/repos/x' } })],
    ['objects that are built', resource('AWS::CodeBuild::Project', { Source: { Type: 'S3', Location: 'sources.shop.example/orders.zip' } })],
    ['a repository of CodeCommit', pipeline('CodeCommit', { RepositoryName: 'orders', BranchName: 'main' })],
    ['a repository that the deployment names', pipeline('CodeStarSourceConnection', { FullRepositoryId: { Ref: 'SetAtDeployment' } })],
    ['the own account', role(allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:111122223333:orders'))],
  ])('are not: %s', (_name, one) => {
    expect(ids({ One: one })).toStrictEqual([]);
  });

  test('are trusted where the owner of the app named their account', () => {
    const One = role(allow('sqs:SendMessage', 'arn:aws:sqs:eu-west-1:444455556666:orders'));
    const one = { id: 'account 444455556666', kind: 'account', name: '444455556666', relations: [{ at: 'Shop/One', how: 'its resources are used: send' }] };
    expect(posture({ One }, { account: '111122223333' }, ['444455556666']).thirdParties).toEqual([{ ...one, trusted: true }]);
    expect(posture({ One }, { account: '111122223333' }).thirdParties).toEqual([{ ...one, trusted: false }]);
  });
});

test('one reason for two routes explains each finding once', () => {
  const reason = 'the load balancer probes it';
  const accepted = { reason, at: 'Shop/Api', how: 'construct' as const };
  const route = (name: string) => aFinding({ rule: 'RouteAuthorization', id: `RouteAuthorization[${name}]`, at: 'Shop/Api/RestApi', accepted });
  const waiver = (name: string) => ({ control: `RouteAuthorization[${name}]`, reason, constructPath: 'Shop/Api' });
  const findings = [route('GET /health'), route('GET /live'), aFinding({ pack: 'AwsSolutions', rule: 'AwsSolutions-APIG4', id: 'AwsSolutions-APIG4', at: 'Shop/Api/RestApi', accepted })];
  expect(exceptionsOf([waiver('GET /health'), waiver('GET /live')], findings).map(({ control, covers }) => [control, covers]))
    .toEqual([['RouteAuthorization[GET /health]', 2], ['RouteAuthorization[GET /live]', 2]]);
});

test('alarms say what they watch and whether somebody hears of it, as part of another alarm too', () => {
  const alarm = (actions: unknown[], more = {}) => resource('AWS::CloudWatch::Alarm', {
    Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: { Ref: 'Fn' } }], AlarmActions: actions, ...more,
  });
  const { alarms } = posture({
    Fn: resource('AWS::Lambda::Function'),
    Heard: resource('AWS::SNS::Topic'),
    Unheard: resource('AWS::SNS::Topic'),
    Mail: resource('AWS::SNS::Subscription', { TopicArn: { Ref: 'Heard' }, Protocol: 'email', Endpoint: 'oncall@example.com' }),
    A: alarm([{ Ref: 'Heard' }]),
    B: alarm([{ Ref: 'Unheard' }]),
    C: alarm([{ 'Fn::ImportValue': 'topic' }]),
    D: alarm([{ Ref: 'Heard' }], { ActionsEnabled: false }),
    E: alarm([]),
    F: resource('AWS::CloudWatch::CompositeAlarm', { AlarmRule: { 'Fn::Sub': 'ALARM("${E}")' }, AlarmActions: ['arn:aws:sns:eu-west-1:111122223333:oncall'] }),
  });
  expect(alarms.map(({ at, reachesSomebody }) => [at, reachesSomebody])).toEqual([
    ['Shop/A', true], ['Shop/B', false], ['Shop/C', null], ['Shop/D', false], ['Shop/E', true], ['Shop/F', true],
  ]);
  expect(alarms[0]).toEqual({ at: 'Shop/A', metric: 'AWS/Lambda Errors', watches: ['Shop/Fn'], actions: ['Shop/Heard'], reachesSomebody: true, composite: false });
});

test('alarms on what a web ACL blocks, and on lines of a log, are about the ACL, and about what writes the log', () => {
  const counted = (group: object, name: string) => resource('AWS::Logs::MetricFilter', {
    LogGroupName: group, FilterPattern: 'x', MetricTransformations: [{ MetricNamespace: 'Shop', MetricName: name, MetricValue: '1' }],
  });
  const alarm = (Namespace: string, MetricName: string, Dimensions: readonly object[] = []) => resource('AWS::CloudWatch::Alarm', { Namespace, MetricName, Dimensions });
  const { alarms } = posture({
    Acl: resource('AWS::WAFv2::WebACL', { VisibilityConfig: { MetricName: 'shop-acl' } }),
    AccessLog: resource('AWS::Logs::LogGroup'),
    Orphan: resource('AWS::Logs::LogGroup'),
    Stage: resource('AWS::ApiGateway::Stage', { AccessLogSetting: { DestinationArn: { 'Fn::GetAtt': ['AccessLog', 'Arn'] } } }),
    Denied: counted({ Ref: 'AccessLog' }, 'Denied'),
    Odd: counted({ Ref: 'Orphan' }, 'Odd'),
    Blocked: alarm('AWS/WAFV2', 'BlockedRequests', [{ Name: 'Rule', Value: 'ALL' }, { Name: 'WebACL', Value: 'shop-acl' }]),
    DeniedCalls: alarm('Shop', 'Denied'),
    OddLines: alarm('Shop', 'Odd'),
    Elsewhere: alarm('Shop', 'Unknown'),
  });
  expect(alarms.map(({ at, watches }) => [at, watches])).toEqual([
    ['Shop/Blocked', ['Shop/Acl']], ['Shop/DeniedCalls', ['Shop/Stage']], ['Shop/OddLines', ['Shop/Orphan']], ['Shop/Elsewhere', []],
  ]);
});

test('what acts besides functions is listed with its rights: machines, pipes and rules by the roles that they act with', () => {
  const acting = (service: string, Action: string, Resource: object) => resource('AWS::IAM::Role', {
    AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: service }, Action: 'sts:AssumeRole' }] },
    Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: [{ Effect: 'Allow', Action, Resource }] } }],
  });
  const { actors } = posture({
    Orders: resource('AWS::DynamoDB::Table'),
    MachineRole: acting('states.amazonaws.com', 'dynamodb:DeleteItem', { 'Fn::GetAtt': ['Orders', 'Arn'] }),
    Machine: resource('AWS::StepFunctions::StateMachine', { RoleArn: { 'Fn::GetAtt': ['MachineRole', 'Arn'] }, DefinitionString: '{}' }),
    RuleRole: acting('events.amazonaws.com', 'states:StartExecution', { Ref: 'Machine' }),
    Rule: resource('AWS::Events::Rule', { Targets: [{ Id: 'a', Arn: { Ref: 'Machine' }, RoleArn: { 'Fn::GetAtt': ['RuleRole', 'Arn'] } }] }),
    Unknown: resource('AWS::Pipes::Pipe', { RoleArn: 'arn:aws:iam::111122223333:role/elsewhere' }),
  });
  expect(actors.map(({ rights, ...rest }) => ({ ...rest, rights: rights.map(({ targets, verbs }) => [targets, verbs]) }))).toEqual([
    { at: 'Shop/Rule', type: 'AWS::Events::Rule', roles: ['Shop/RuleRole'], rights: [[['Shop/Machine'], ['invoke']]], mayDelete: [], foreignPolicies: [] },
    {
      at: 'Shop/Machine', type: 'AWS::StepFunctions::StateMachine', roles: ['Shop/MachineRole'], rights: [[['Shop/Orders'], ['delete']]], mayDelete: ['Shop/Orders'], foreignPolicies: [],
    },
  ]);
});

test.each([
  ['FSBP Lambda.1', 'FSBP', 'Lambda.1'],
  ['NIST 800-53 AC-3', 'NIST 800-53', 'AC-3'],
  ['PCI DSS 1.3.6', 'PCI DSS', '1.3.6'],
  ['HIPAA 164.312(a)(1)', 'HIPAA', '164.312(a)(1)'],
  ['CT.LAMBDA.PR.5', 'Control Tower', 'CT.LAMBDA.PR.5'],
  ['OWASP Serverless S2', 'OWASP Serverless', 'S2'],
  ['CSA SAS-03', 'CSA SAS', 'SAS-03'],
  ['CKV_AWS_45', 'Checkov', 'CKV_AWS_45'],
  ['Somebody X', 'Other', 'Somebody X'],
])('%s is a control of %s', (text, name, id) => {
  expect(parseControl(text)).toEqual({ name, id });
});
