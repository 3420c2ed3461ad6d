import { Cause, causeOf } from '../../../scripts/hardening/causes';
import { gone, lossesOf, Replacements } from '../../../scripts/hardening/replaced';
import { Synthesis, TemplateResource } from '../../../scripts/hardening/synthesis';
import { HardeningOutcome } from '../../../src/core/hardening/hardening-change';
import { RULES } from '../../../src/policy/catalog';

const NOTHING: Synthesis = {
  findings: [], warnings: [], templates: new Map(), resources: new Map(), paths: new Map(), helpers: new Set(), kept: [], left: [], milliseconds: 0,
};

describe('what only the author can decide is set apart, and nothing else', () => {
  const policy = (...statements: object[]): Synthesis => ({
    ...NOTHING,
    resources: new Map([['S/Policy', { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: statements } } }]]),
    paths: new Map([['S/Policy', 'S/Fn/Policy']]),
  });

  test.each([
    ['AwsSolutions-APIG4', 'apart'],
    ['AwsSolutions-COG4', 'apart'],
    ['AwsSolutions-L1', 'apart'],
    ['Serverless-LambdaLatestVersion', 'apart'],
    ['AwsSolutions-IAM5[Resource::<Bucket.Arn>/*]', 'apart'],
    ['AwsSolutions-IAM5[Action::s3:GetObject*]', 'hardening'],
    ['AwsSolutions-IAM5[Action::textract:*]', 'arguable'],
    ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole]', 'hardening'],
    ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaBasicDurableExecutionRolePolicy]', 'hardening'],
    ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole]', 'hardening'],
    ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AWSLambdaManagedEC2ResourceOperator]', 'hardening'],
    ['AwsSolutions-IAM4[Policy::arn:<AWS::Partition>:iam::aws:policy/AmazonDynamoDBFullAccess]', 'arguable'],
    ['AwsSolutions-CFR1', 'arguable'],
    ['AwsSolutions-RDS14', 'arguable'],
    ['AwsSolutions-DOC2', 'arguable'],
    ['AwsSolutions-S1', 'hardening'],
    ['Serverless-LambdaTracing', 'hardening'],
  ])('%s: %s', (rule, kind) => {
    expect(causeOf({ pack: 'AwsSolutions', rule, path: 'S/Fn/Policy' }, NOTHING).kind).toBe(kind);
  });

  test.each([
    ['only tracing', [{ Action: ['xray:PutTraceSegments', 'xray:PutTelemetryRecords'], Resource: '*' }], 'hardening'],
    ['tracing and an action of the author', [{ Action: 'xray:PutTraceSegments', Resource: '*' }, { Action: 'ses:SendEmail', Resource: ['*'] }], 'apart'],
    ['tracing, and elsewhere an exact grant', [{ Action: 'xray:PutTraceSegments', Resource: '*' }, { Action: 's3:GetObject', Resource: 'arn' }], 'hardening'],
  ])('a statement over everything that holds %s', (_, statements, kind) => {
    expect(causeOf({ pack: 'AwsSolutions', rule: 'AwsSolutions-IAM5[Resource::*]', path: 'S/Fn/Policy' }, policy(...statements)).kind).toBe(kind);
  });

  test.each([
    ['a resource of the author', { Action: 'ses:SendEmail', Resource: '*' }, 'apart'],
    ['an action of the author', { Action: ['ses:*'], Resource: 'arn' }, 'arguable'],
    ['what CDK writes', { Action: 'xray:PutTraceSegments', Resource: '*' }, 'hardening'],
  ])('a role of a function that is open by %s', (_, statement, kind) => {
    expect(causeOf({ pack: 'Serverless', rule: 'Serverless-LambdaStarPermissions', path: 'S/Fn/Policy' }, policy(statement)).kind).toBe(kind);
  });

  test.each([
    ['AwsSolutions-IAM5[Resource::<Bucket.Arn>/*]', 'hardening'],
    ['AwsSolutions-L1', 'arguable'],
  ])('%s inside a helper of CDK: %s', (rule, kind) => {
    expect(causeOf({ pack: 'AwsSolutions', rule, path: 'S/Helper' }, { ...NOTHING, helpers: new Set(['S/Helper']) }).kind).toBe(kind);
  });

  test.each([
    ['AwsSolutions-IAM5[Action::*]', 'arguable'],
    ['AwsSolutions-IAM5[Resource::*]', 'apart'],
    ['AwsSolutions-IAM5[Resource::<Bucket.Arn>/*]', 'hardening'],
  ])('%s of the role to which an author gave all rights (adminPermissions) in a pipeline: %s', (rule, kind) => {
    const synthesis = { ...policy({ Action: '*', Resource: '*' }, { Action: ['s3:GetObject*'], Resource: 'arn' }), helpers: new Set(['S/Fn/Policy']) };
    expect(causeOf({ pack: 'AwsSolutions', rule, path: 'S/Fn/Policy' }, synthesis).kind).toBe(kind);
  });
});

describe('what remains comes with a fix', () => {
  const left = (outcome: HardeningOutcome, note?: string, rule = 'UserPoolMfa') => ({ ...NOTHING, left: [{ at: 'S/Pool/Resource', rule, outcome, note }] });
  const cause = (rule: string, synthesis: Synthesis, more = {}) => causeOf({ pack: 'AwsSolutions', rule, path: 'S/Pool/Resource', ...more }, synthesis);
  const fixOf = (id: string) => RULES.find((rule) => rule.id === id)!.fix;

  test.each<[string, Cause, string, string]>([
    ['the proposal, where hardening makes one', cause('AwsSolutions-COG2', left(HardeningOutcome.PROPOSED, 'Tell the users.')), 'AwsSolutions-COG2: only proposed', 'Tell the users.'],
    ['the rule, where the report says nothing of it', cause('AwsSolutions-COG2', NOTHING), 'AwsSolutions-COG2', fixOf('UserPoolMfa')],
    ['the rule, where the report says nothing more', cause('AwsSolutions-COG2', left(HardeningOutcome.UNKNOWN)),
      'AwsSolutions-COG2: only the deployment knows what is there', fixOf('UserPoolMfa')],
    ['the rule, where a proposal is about something else', cause('AwsSolutions-COG2', left(HardeningOutcome.PROPOSED, 'No.', 'UserPoolThreats')), 'AwsSolutions-COG2', fixOf('UserPoolMfa')],
    ['the rule, of a fact', cause('AwsSolutions-CFR1', NOTHING), 'a fact that only the author has (AwsSolutions-CFR1)', fixOf('DistributionCountries')],
    ['the proposal, of a fact', cause('AwsSolutions-ECS2', left(HardeningOutcome.PROPOSED, 'Say which are secret.', 'PassThroughSecret')),
      'a fact that only the author has (AwsSolutions-ECS2): only proposed', 'Say which are secret.'],
    ['the cause, of a fact that no rule is about', cause('AwsSolutions-RDS11', NOTHING), 'a fact that only the author has (AwsSolutions-RDS11)',
      'choose another port, and tell it to whoever connects'],
    ['cdk-nag, where no rule is about it', cause('AwsSolutions-RDS99', NOTHING, { description: 'The cluster is old.' }), 'AwsSolutions-RDS99', 'no step of hardening is about it; cdk-nag: The cluster is old.'],
    ['the cause, where it has one', cause('AwsSolutions-IAM5[Action::s3:GetObject*]', NOTHING), 'an action wildcard that a grant of CDK wrote', 'expand it into the exact actions'],
  ])('that of %s', (_, found, title, fix) => {
    expect(found).toMatchObject({ title, fix });
  });

  test('and what stands beside a resource has that of the resource', () => {
    const synthesis = { ...NOTHING, left: [{ at: 'S/Site/Resource', rule: 'BucketTlsOnly', outcome: HardeningOutcome.PROPOSED, note: 'Sign first.' }] };
    expect(causeOf({ pack: 'AwsSolutions', rule: 'AwsSolutions-S10', path: 'S/Site/Policy/Resource' }, synthesis).fix).toBe('Sign first.');
    expect(causeOf({ pack: 'AwsSolutions', rule: 'AwsSolutions-S10', path: 'S/SiteTwo/Policy/Resource' }, synthesis).fix).toBe(fixOf('BucketTlsOnly'));
  });
});

describe('what is lost when hardened templates are deployed over plain ones', () => {
  const schemas = {
    of: (type: string): Replacements | undefined => ({
      Bucket: { stateful: true, always: ['Name', 'Keys.Type'], sometimes: ['Class'] },
      Policy: { stateful: false, always: ['Name'], sometimes: [] },
    })[type],
  };
  const templates = (resource?: TemplateResource) => ({ resources: new Map(resource === undefined ? [] : [['S/It', resource]]) });
  const bucket = { Type: 'Bucket', Properties: { Name: 'b', Keys: [{ Type: 'S' }], Class: 'hot' }, DeletionPolicy: 'Retain' };
  const losses = (before: TemplateResource, after?: TemplateResource) => {
    const { certain, possible } = lossesOf(templates(before), templates(after), schemas);
    return { certain: certain.map(({ how }) => how), possible: possible.map(({ how }) => how) };
  };

  test.each([
    ['nothing changes', bucket, [], []],
    ['a setting beside', { ...bucket, Properties: { ...bucket.Properties, Encrypted: true } }, [], []],
    ['a property that replaces', { ...bucket, Properties: { ...bucket.Properties, Name: 'c' } }, ['Name replaces it'], []],
    ['one inside a list', { ...bucket, Properties: { ...bucket.Properties, Keys: [{ Type: 'N' }] } }, ['Keys.Type replaces it'], []],
    ['one that may replace', { ...bucket, Properties: { ...bucket.Properties, Class: 'cold' } }, [], ['Class may replace it']],
    ['it is no longer retained', { ...bucket, DeletionPolicy: 'Delete' }, ['it is no longer kept when the stack goes'], []],
    ['another type', { ...bucket, Type: 'Policy' }, ['became Policy'], []],
    ['it is gone', undefined, ['its logical id is gone'], []],
  ])('%s', (_, after, certain, possible) => {
    expect(losses(bucket, after)).toEqual({ certain, possible });
  });

  test('what holds nothing may be replaced, and is told when it goes', () => {
    const policy = { Type: 'Policy', Properties: { Name: 'p' } };
    expect(losses(policy, { ...policy, Properties: { Name: 'q' } })).toEqual({ certain: [], possible: [] });
    expect(losses(policy)).toEqual({ certain: [], possible: [] });
    expect(gone(templates(policy), templates())).toEqual(['Policy S/It']);
  });
});
