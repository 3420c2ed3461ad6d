import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { revisionsBehind } from '../../../src/model/resources/web-functions';
import { grantsOn } from '../../../src/model/rights/resource-policies';
import { EntryPoint } from '../../../src/policy/entry-points/entry-point';
import { entryPointsOf } from '../../../src/policy/entry-points/entry-points';
import { judge } from '../../../src/policy/judge';
import { actorsOf } from '../../../src/report/parts/actors';
import { findings, judged, modelOf, Resources, RuleCase } from '../support';
import { attribute, LATER, resource, SECTIONS } from '../template-parts';

const NOTHING = { Ref: 'AWS::NoValue' };
const either = (one: unknown, other: unknown) => ({ 'Fn::If': ['Prod', one, other] });

const role = (...statements: unknown[]) => resource('AWS::IAM::Role', {
  AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: 'lambda.amazonaws.com' } }] },
  Policies: [{ PolicyName: 'p', PolicyDocument: { Statement: statements } }],
});
const may = (Action: string, Resource: unknown = attribute('Orders')) => ({ Effect: 'Allow', Action, Resource });

/** As the WebFunction of aws-cdk-lib writes it. */
const revision = (service = {}, more = {}) => resource('AWS::Lambda::WebFunctionRevision', {
  FunctionName: { Ref: 'Web' },
  BuildConfig: { RuntimeConfig: { Runtime: 'nodejs24.x' } },
  ServiceConfig: { ExecutionRoleArn: attribute('Role'), TelemetryConfig: { LoggingConfig: { LogGroup: { Ref: 'Logs' } } }, ...service },
  ...more,
});
const endpoint = (more = {}) => resource('AWS::Lambda::WebFunctionEndpoint', {
  FunctionName: attribute('Web', 'FunctionArn'),
  EndpointName: 'prod',
  EndpointType: 'HomeRegion',
  AuthType: 'IamAuth',
  RevisionWeights: [{ RevisionId: attribute('Revision', 'RevisionId'), Weight: 100 }],
  ThrottleConfig: { RateLimit: 100 },
  ...more,
});
const app = (door = {}, service = {}, more: Resources = {}): Resources => ({
  Web: resource('AWS::Lambda::WebFunction', { FunctionName: 'shop' }),
  Revision: revision(service),
  Door: endpoint(door),
  Role: role(may('dynamodb:GetItem')),
  Logs: resource('AWS::Logs::LogGroup'),
  Orders: resource('AWS::DynamoDB::Table'),
  ...more,
});
const withVariables = (EnvironmentVariables: unknown, more = {}) => ({ ...app(), Revision: revision({ EnvironmentVariables }, more) });
const policy = (statement: object, on = 'Web') => ({
  ...app(), Policy: resource('AWS::Lambda::ResourcePolicy', { ResourceArn: { Ref: on }, PolicyDocument: { Statement: [{ Effect: 'Allow', ...statement }] } }),
});

const CASES: readonly RuleCase[] = [
  ['WebFunctionAuth', 'signatures', app(), []],
  ['WebFunctionAuth', 'left to the code', app({ AuthType: 'ApplicationManaged' }), ['WebFunctionAuth at Door']],
  ['WebFunctionAuth', 'nothing said', app({ AuthType: NOTHING }), ['WebFunctionAuth at Door']],
  ['WebFunctionAuth', 'one unsafe branch of a condition', app({ AuthType: either('IamAuth', 'ApplicationManaged') }), ['WebFunctionAuth at Door']],
  ['WebFunctionAuth', 'set at deployment', app({ AuthType: LATER }), ['WebFunctionAuth[undecided] at Door']],

  ['WebFunctionLimits', 'a rate', app(), []],
  ['WebFunctionLimits', 'a number of environments', app({ ThrottleConfig: NOTHING, ScalingConfig: { MaxEnvironments: 4 } }), []],
  ['WebFunctionLimits', 'neither', app({ ThrottleConfig: NOTHING }), ['WebFunctionLimits at Door']],
  ['WebFunctionLimits', 'a rate in one case only', app({ ThrottleConfig: either({ RateLimit: 100 }, NOTHING) }), ['WebFunctionLimits at Door']],
  ['WebFunctionLimits', 'all refused', app({ ThrottleConfig: { RateLimit: 0 } }), []],
  ['WebFunctionLimits', 'set at deployment', app({ ThrottleConfig: { RateLimit: LATER } }), ['WebFunctionLimits[undecided] at Door']],

  ['EnvironmentSecret', 'settings', withVariables({ TABLE: { Ref: 'Orders' } }), []],
  ['EnvironmentSecret', 'a password', withVariables({ DB_PASSWORD: 'correct horse 9' }), ['EnvironmentSecret[DB_PASSWORD] at Revision']],
  ['EnvironmentSecret', 'a parameter under the name of a secret', withVariables({ API_TOKEN: LATER }), ['EnvironmentSecret[API_TOKEN] at Revision']],
  ['EnvironmentSecret', 'variables that a macro makes', withVariables({ 'Fn::Transform': {} }), ['EnvironmentSecret[undecided] at Revision']],
  ['EnvironmentDebugSwitch', 'an inspector', withVariables({ NODE_OPTIONS: '--inspect=0.0.0.0' }), ['EnvironmentDebugSwitch[NODE_OPTIONS] at Revision']],
  ['EnvironmentTlsCheck', 'no check of certificates', withVariables({ NODE_TLS_REJECT_UNAUTHORIZED: '0' }), ['EnvironmentTlsCheck[NODE_TLS_REJECT_UNAUTHORIZED] at Revision']],
  ['FunctionEnvironmentKey', 'a key of AWS', withVariables({ TABLE: 'x' }), ['FunctionEnvironmentKey at Revision']],
  ['FunctionEnvironmentKey', 'a key of the app', withVariables({ TABLE: 'x' }, { KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/x' }), []],
  ['FunctionEnvironmentKey', 'no variables', app(), []],
  ['PassThroughSecret', 'what CDK copies from a revision is judged there',
    { Copy: resource('Custom::S3ObjectCopy', { ServiceToken: 'x', Configuration: { ServiceConfig: { EnvironmentVariables: { DB_PASSWORD: 'correct horse 9' } } } }) }, []],
  ['PassThroughSecret', 'what an author gives a custom resource is not',
    { Copy: resource('Custom::Copy', { ServiceToken: 'x', Configuration: { DB_PASSWORD: 'correct horse 9' } }) }, ['PassThroughSecret[DB_PASSWORD] at Copy']],
  ['TemplateToken', 'a variable is judged by one rule only', withVariables({ STRIPE: `sk_live_${'a1B2'.repeat(6)}` }), []],

  ['FunctionLogGroup', 'a declared group', app(), []],
  ['FunctionLogGroup', 'no group', app({}, { TelemetryConfig: NOTHING }), ['FunctionLogGroup at Revision']],
  ['FunctionLogGroup', 'a group declared under the name that Lambda would choose',
    app({}, { TelemetryConfig: NOTHING }, { Logs: resource('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/web/shop' }) }), []],
  ['FunctionLogGroup', 'a group declared under the name that it would choose for a function',
    app({}, { TelemetryConfig: NOTHING }, { Logs: resource('AWS::Logs::LogGroup', { LogGroupName: '/aws/lambda/shop' }) }), ['FunctionLogGroup at Revision']],
  ['FunctionLogGroup', 'a group of another app', app({}, { TelemetryConfig: { LoggingConfig: { LogGroup: 'elsewhere' } } }), ['FunctionLogGroup[undecided] at Revision']],
  ['LogMasking', 'the log of what answers the Internet', app(), ['LogMasking at Logs']],
  ['RuntimeDeprecated', 'a runtime that is supported', app(), []],
  ['RuntimeDeprecated', 'an old one', { ...app(), Revision: revision({}, { BuildConfig: { RuntimeConfig: { Runtime: 'nodejs16.x' } } }) }, ['RuntimeDeprecated at Revision']],

  ['FunctionRoleShared', 'two revisions of one web function', app({}, {}, { Next: revision() }), []],
  ['FunctionRoleShared', 'two web functions', app({}, {}, { Other: resource('AWS::Lambda::WebFunction', { FunctionName: 'other' }), Next: revision({}, { FunctionName: { Ref: 'Other' } }) }),
    ['FunctionRoleShared at Next', 'FunctionRoleShared at Revision']],
  ['FunctionRoleShared', 'a function beside', app({}, {}, { Fn: resource('AWS::Lambda::Function', { Role: attribute('Role') }) }),
    ['FunctionRoleShared at Fn', 'FunctionRoleShared at Revision']],
  ['FunctionRoleShared', 'a role that is known at deployment', app({}, { ExecutionRoleArn: { 'Fn::ImportValue': 'role' } }), ['FunctionRoleShared[undecided] at Revision']],

  ['OpenStorePath', 'whoever signs', app({}, {}, { Role: role(may('dynamodb:PutItem')) }), []],
  ['OpenStorePath', 'anybody reads', app({ AuthType: 'ApplicationManaged' }), []],
  ['OpenStorePath', 'anybody writes', app({ AuthType: 'ApplicationManaged' }, {}, { Role: role(may('dynamodb:PutItem')) }), ['OpenStorePath at Door']],
  ['OpenStorePath', 'anybody writes, by a revision that the endpoint does not name', app({ AuthType: 'ApplicationManaged', RevisionWeights: LATER }, {}, { Role: role(may('dynamodb:PutItem')) }),
    ['OpenStorePath at Door']],
  ['EntryPointLayers', 'all that there can be', app(), []],
  ['EntryPointLayers', 'none', app({ AuthType: 'ApplicationManaged', ThrottleConfig: NOTHING }, { TelemetryConfig: NOTHING }, { Role: role(may('s3:*', '*')) }), ['EntryPointLayers at Door']],

  ['FrontWebAcl', 'whoever signs', app(), []],
  ['FrontWebAcl', 'anybody', app({ AuthType: 'ApplicationManaged' }), ['FrontWebAcl at Door']],
];

describe('Web functions', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS)).toEqual(expected);
  });

  const front = (origin: object, door = {}): Resources => app(door, {}, {
    Cdn: resource('AWS::CloudFront::Distribution', {
      DistributionConfig: {
        Origins: [{ Id: 'web', DomainName: attribute('Door', 'DomainName'), CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] }, ...origin }],
        DefaultCacheBehavior: { TargetOriginId: 'web', ViewerProtocolPolicy: 'https-only' },
      },
    }),
    Oac: resource('AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { SigningBehavior: 'always' } }),
    Never: resource('AWS::CloudFront::OriginAccessControl', { OriginAccessControlConfig: { SigningBehavior: 'never' } }),
  });
  const SIGNS = { OriginAccessControlId: { Ref: 'Oac' } };

  test.each<RuleCase>([
    ['OriginBypass', 'CloudFront signs', front(SIGNS), []],
    ['OriginBypass', 'the endpoint asks nobody', front(SIGNS, { AuthType: 'ApplicationManaged' }), ['OriginBypass[default] at Cdn']],
    ['OriginBypass', 'a web function of another app', front({ DomainName: 'abcd1234.lambda-web.us-west-2.on.aws' }), ['OriginBypass[undecided default] at Cdn']],
    ['OriginAccessControl', 'it always signs', front(SIGNS), []],
    ['OriginAccessControl', 'it never signs', front({ OriginAccessControlId: { Ref: 'Never' } }), ['OriginAccessControl[default] at Cdn']],
  ])('behind a distribution, %s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, SecurityProfile.production(), SECTIONS)).toEqual(expected);
  });

  test('are ways in, with the layers that Lambda knows of, the role of the revision and what stands behind it', () => {
    const entries = (resources: Resources): readonly EntryPoint[] => entryPointsOf(modelOf(resources, SECTIONS));
    const [safe, ...others] = entries(app());
    expect(others).toStrictEqual([]);
    expect(safe).toMatchObject({ kind: 'web-function', location: 'Properties.AuthType' });
    expect(safe.handler?.logicalId).toBe('Revision');
    expect(safe.roles.map(({ logicalId }) => logicalId)).toEqual(['Role']);
    expect(safe.layers).toEqual({ authorization: 'iam', validation: null, throttle: true, webAcl: null, logging: true, leastPrivilege: true });
    expect(entries(app({ AuthType: 'ApplicationManaged', ThrottleConfig: NOTHING }, { TelemetryConfig: NOTHING }, { Role: role(may('s3:*', '*')) }))[0].layers)
      .toEqual({ authorization: 'none', validation: null, throttle: false, webAcl: null, logging: false, leastPrivilege: false });
    const { Revision: _, ...without } = app({ AuthType: LATER });
    expect(entries(without)[0].layers).toEqual({ authorization: 'unknown', validation: null, throttle: true, webAcl: null, logging: null, leastPrivilege: null });
    expect(entries(app({}, { ExecutionRoleArn: 'arn:aws:iam::111122223333:role/elsewhere' }))[0].layers.leastPrivilege).toBeUndefined();
  });

  test('act with the role of their revision', () => {
    expect(actorsOf(modelOf(app())).map((one) => [one.actor.logicalId, one.role.logicalId])).toEqual([['Revision', 'Role']]);
  });

  test('answer with the revisions that the endpoint gives a weight, or with all of their function', () => {
    const other: Resources = { Other: resource('AWS::Lambda::WebFunction', { FunctionName: 'other' }), Third: revision({}, { FunctionName: { Ref: 'Other' } }) };
    const behind = (...weights: readonly unknown[]) => {
      const RevisionWeights = weights.map((RevisionId) => ({ RevisionId, Weight: 50 }));
      const model = modelOf(app({ RevisionWeights }, {}, { Next: revision(), ...other }), SECTIONS);
      return revisionsBehind(model.ofType('AWS::Lambda::WebFunctionEndpoint')[0], model).map(({ logicalId }) => logicalId);
    };
    const [next, first] = [attribute('Next', 'RevisionId'), attribute('Revision', 'RevisionId')];
    expect([behind(next), behind(next, first, next)]).toEqual([['Next'], ['Next', 'Revision']]);
    expect([behind(), behind(LATER), behind(attribute('Logs'))]).toEqual([['Revision', 'Next'], ['Revision', 'Next'], ['Revision', 'Next']]);
    const { Web: _, ...elsewhere } = app({ RevisionWeights: NOTHING });
    const unknown = modelOf(elsewhere);
    expect(revisionsBehind(unknown.ofType('AWS::Lambda::WebFunctionEndpoint')[0], unknown)).toStrictEqual([]);
  });

  test('have the web ACL of a distribution before them where callers must sign', () => {
    const layer = (door: object, config: object) => {
      const resources = front(SIGNS, door);
      const { Properties: { DistributionConfig } } = resources.Cdn as { Properties: { DistributionConfig: object } };
      return entryPointsOf(modelOf({ ...resources, Cdn: resource('AWS::CloudFront::Distribution', { DistributionConfig: { ...DistributionConfig, ...config } }) }))[0].layers.webAcl;
    };
    const acl = { WebACLId: 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/a/1' };
    expect([layer({}, acl), layer({}, {}), layer({ AuthType: 'ApplicationManaged' }, acl)]).toEqual([true, false, null]);
  });

  test('are found by their name and by their ARN', () => {
    for (const FunctionName of ['shop', 'arn:aws:lambda:eu-west-1:111122223333:web-function/shop']) {
      expect(findings('OpenStorePath', app({ AuthType: 'ApplicationManaged', FunctionName, RevisionWeights: NOTHING }, {}, { Role: role(may('dynamodb:PutItem')) })))
        .toEqual(['OpenStorePath at Door']);
    }
  });
});

describe('The bucket that CDK makes for copies of the code', () => {
  const BUCKET = 'AWSCDKWebFunctionAssetBucket5B596593';
  const helperRole = (...statements: unknown[]) => role(may('s3:PutObject', { 'Fn::Sub': `\${${BUCKET}.Arn}/web-function/*` }), ...statements);
  const copies = (more: Resources = {}): Resources => ({
    [BUCKET]: { ...resource('AWS::S3::Bucket', { VersioningConfiguration: { Status: 'Enabled' } }), DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' },
    Empties: resource('Custom::S3AutoDeleteObjects', { ServiceToken: 'arn:aws:lambda:eu-west-1:111122223333:function:empties', BucketName: { Ref: BUCKET } }),
    Copy: resource('Custom::S3ObjectCopy', { ServiceToken: attribute('Copies'), DestinationBucketName: { Ref: BUCKET } }),
    Copies: resource('AWS::Lambda::Function', { Role: attribute('CopyRole'), Handler: 'index.handler', Code: { S3Bucket: 'assets', S3Key: `${'a'.repeat(64)}.zip` } }),
    CopyRole: helperRole(),
    ...more,
  });
  const removal = (resources: Resources) => ['DataRemoval', 'RemovalPolicy'].flatMap((rule) => findings(rule, resources));
  const ALL = ['DataRemoval at Empties', `RemovalPolicy[DeletionPolicy] at ${BUCKET}`, `RemovalPolicy[UpdateReplacePolicy] at ${BUCKET}`];

  test('holds nothing that could be lost', () => expect(removal(copies())).toStrictEqual([]));

  test.each<[string, Resources]>([
    ['something of the author\'s writes there', { Role: role(may('s3:PutObject', { 'Fn::Sub': `\${${BUCKET}.Arn}/*` })) }],
    ['nothing is copied there', { Copy: resource('AWS::SNS::Topic') }],
    ['the function that copies is the author\'s', { Copies: resource('AWS::Lambda::Function', { Role: attribute('CopyRole'), Handler: 'copy.main', Code: { ZipFile: '0' } }) }],
  ])('is like any other where %s', (_name, more) => {
    expect(removal(copies(more))).toEqual(ALL);
  });
});

describe('Resource policies of Lambda', () => {
  const ids = (resources: Resources) => judge(modelOf(resources), () => SecurityProfile.production()).findings
    .filter((finding) => finding.resource.logicalId === 'Policy').map(({ id }) => id);
  const INVOKE = 'lambda:InvokeWebFunctionEndpoint';

  test('belong to what they are about', () => {
    const model = modelOf(policy({ Action: INVOKE, Principal: '*' }));
    expect(grantsOn(model.ofType('AWS::Lambda::WebFunction')[0], model).map(({ holder }) => holder.logicalId)).toEqual(['Policy']);
  });

  test.each([
    ['everybody', { Action: INVOKE, Principal: '*' }, 'PolicyOpenEveryone[Lambda resource]'],
    ['a service without a source', { Action: INVOKE, Principal: { Service: 'cloudfront.amazonaws.com' } }, 'ServiceGrantSource[cloudfront]'],
    ['the own account with all actions', { Action: 'lambda:*', Principal: { AWS: 'arn:aws:iam::111122223333:role/ci' } }, 'PolicyActionWildcard[lambda:*]'],
  ])('that let in %s are found', (_name, statement, expected) => {
    expect(ids(policy(statement))).toContain(expected);
  });

  test('that let in one distribution are not', () => {
    expect(ids(policy({
      Action: INVOKE,
      Principal: { Service: 'cloudfront.amazonaws.com' },
      Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:cloudfront::111122223333:distribution/E123' } },
    }))).toStrictEqual([]);
  });

  test('of functions are judged like their permissions', () => {
    const fn = resource('AWS::Lambda::Function', { Role: attribute('Role') });
    expect(ids({ ...policy({ Action: 'lambda:InvokeFunction', Principal: '*' }, 'Fn'), Fn: fn })).toEqual(['PolicyOpenEveryone[Lambda resource]']);
  });
});

test('no rule about the endpoint is left without a case', () => {
  expect(judged('WebFunctionAuth', app())).toBe(1);
  expect(judged('WebFunctionLimits', app())).toBe(1);
});
