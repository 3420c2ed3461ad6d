import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { DEFAULT_RULE_OPTIONS } from '../../../src/model/rule-options';
import { judge } from '../../../src/policy/judge';
import { findings, modelOfStacks, findingsIn, Resources, RuleCase } from '../support';

const SECTIONS = {
  Conditions: { Debugging: { 'Fn::Equals': [{ Ref: 'Stage' }, 'dev'] } },
  Parameters: {
    Stage: { Type: 'String' }, DbPassword: { Type: 'String', NoEcho: true }, Key: { Type: 'String', NoEcho: 'true' }, ApiKey: { Type: 'String' }, DbSecretArn: { Type: 'String' },
  },
  Mappings: { Levels: { prod: { level: 'INFO' }, dev: { level: 'DEBUG' } } },
};
const fn = (properties: unknown, more: Resources = {}): Resources => ({ F: { Type: 'AWS::Lambda::Function', Properties: properties }, ...more });
const withVariables = (Variables: unknown, more: Resources = {}): Resources => fn({ Environment: { Variables } }, more);
const join = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const getAtt = (...parts: string[]) => ({ 'Fn::GetAtt': parts });

/** Joined at run time, so that no scanner takes this file for a leak. */
const TOKEN = ['ghp_', 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA2'].join('');

const CASES: readonly RuleCase[] = [
  ['EnvironmentSecret', 'pointers under the names of secrets', withVariables({
    DB_SECRET: { Ref: 'S' },
    SECRET: getAtt('S', 'Id'),
    TOKEN_URL: 'https://id.example.org',
    API_KEY_PARAM: '/shop/key',
    PASSWORD_POLICY_NAME: 'x',
    DB_PASSWORD: { Ref: 'DbSecretArn' },
    KEY_HEADER: 'x-api-key',
    AUTH_TOKEN: 'required',
  }, { S: { Type: 'AWS::SecretsManager::Secret' } }), ['EnvironmentSecret[undecided DB_PASSWORD] at F']],
  ['EnvironmentSecret', 'passwords by any name', withVariables({ DB_PASS: 'x1y2', dbPwd: 'abcd', PGPASSWORD: '12345678', apiKey: 'abc-123-def' }),
    ['EnvironmentSecret[DB_PASS] at F', 'EnvironmentSecret[PGPASSWORD] at F', 'EnvironmentSecret[apiKey] at F', 'EnvironmentSecret[dbPwd] at F']],
  ['EnvironmentSecret', 'names that only look like passwords', withVariables({ COMPASS: 'north', BYPASS: 'none', PASSENGERS: 'two of them', TOKENIZER: 'cl100k-base' }), []],
  ['EnvironmentSecret', 'dynamic references that functions put together', withVariables({
    A: join('{{resolve:secrets', 'manager:', { Ref: 'Stage' }, '}}'),
    B: { 'Fn::Sub': 'x{{resolve:ssm-secure:/${Stage}/k:1}}' },
    C: { 'Fn::If': ['Debugging', 'none', '{{resolve:secretsmanager:shop}}'] },
  }), ['EnvironmentSecret[A] at F', 'EnvironmentSecret[B] at F', 'EnvironmentSecret[C] at F']],
  ['EnvironmentSecret', 'a parameter with NoEcho under any name', withVariables({ CONFIG: { Ref: 'Key' }, URL: { 'Fn::Sub': 'x=${DbPassword}' } }),
    ['EnvironmentSecret[CONFIG] at F', 'EnvironmentSecret[URL] at F']],
  ['EnvironmentSecret', 'a parameter under the name of a secret', withVariables({ API_KEY: { Ref: 'ApiKey' } }), ['EnvironmentSecret[API_KEY] at F']],
  ['EnvironmentSecret', 'a parameter and a text under the name of a secret', withVariables({
    DB_PASSWORD: { 'Fn::Sub': '${ApiKey}-pw' }, API_TOKEN: join('t-', { Ref: 'ApiKey' }, '-2024'),
  }), ['EnvironmentSecret[API_TOKEN] at F', 'EnvironmentSecret[DB_PASSWORD] at F']],
  ['EnvironmentSecret', 'a parameter in a path, in an ARN and in a pointer', withVariables({
    DB_SECRET: { 'Fn::Sub': '${ApiKey}/db' },
    API_TOKEN: { 'Fn::Sub': 'arn:aws:ssm:eu-west-1:111122223333:parameter/${ApiKey}' },
    DB_PASSWORD: { 'Fn::Sub': '/shop/${ApiKey}/password' },
    DB_PASSWORD_NAME: { 'Fn::Sub': '${ApiKey}-pw' },
  }), []],
  ['EnvironmentSecret', 'a parameter in a connection string', withVariables({ DATABASE: { 'Fn::Sub': 'postgres://app:${ApiKey}@db:5432/shop' } }), ['EnvironmentSecret[DATABASE] at F']],
  ['EnvironmentSecret', 'the value of a parameter or of an access key', withVariables({ API_TOKEN: getAtt('P', 'Value'), X: getAtt('K', 'SecretAccessKey') },
    { P: { Type: 'AWS::SSM::Parameter' }, K: { Type: 'AWS::IAM::AccessKey' } }), ['EnvironmentSecret[API_TOKEN] at F', 'EnvironmentSecret[X] at F']],
  ['EnvironmentSecret', 'an import under the name of a secret', withVariables({ API_TOKEN: { 'Fn::ImportValue': 'token' } }), ['EnvironmentSecret[undecided API_TOKEN] at F']],
  ['EnvironmentSecret', 'variables under a condition', fn({ Environment: { 'Fn::If': ['Debugging', { Variables: { DB_PASSWORD: 'hunter22' } }, { Ref: 'AWS::NoValue' }] } }),
    ['EnvironmentSecret[DB_PASSWORD] at F']],

  ['EnvironmentDebugSwitch', 'a level by a mapping', withVariables({ LOG_LEVEL: { 'Fn::FindInMap': ['Levels', { Ref: 'Stage' }, 'level'] } }), ['EnvironmentDebugSwitch[LOG_LEVEL] at F']],
  ['EnvironmentDebugSwitch', 'the level of production by a mapping', withVariables({ LOG_LEVEL: { 'Fn::FindInMap': ['Levels', 'prod', 'level'] } }), []],
  ['EnvironmentDebugSwitch', 'switches in other spellings', withVariables({ NODE_DEBUG: '1', FLASK_DEBUG: 1, POWERTOOLS_DEV: true }),
    ['EnvironmentDebugSwitch[FLASK_DEBUG] at F', 'EnvironmentDebugSwitch[NODE_DEBUG] at F', 'EnvironmentDebugSwitch[POWERTOOLS_DEV] at F']],

  ['EnvironmentTlsCheck', 'certificates that are checked', withVariables({ NODE_TLS_REJECT_UNAUTHORIZED: '1', NODE_OPTIONS: '--tls-min-v1.2', REQUESTS_CA_BUNDLE: '/var/task/ca.pem' }), []],
  ['EnvironmentTlsCheck', 'certificates that are not checked', withVariables({
    NODE_TLS_REJECT_UNAUTHORIZED: 0, PYTHONHTTPSVERIFY: '0', GIT_SSL_NO_VERIFY: 'true', REQUESTS_CA_BUNDLE: '', NODE_OPTIONS: '--enable-source-maps --tls-min-v1.0',
  }), ['GIT_SSL_NO_VERIFY', 'NODE_OPTIONS', 'NODE_TLS_REJECT_UNAUTHORIZED', 'PYTHONHTTPSVERIFY', 'REQUESTS_CA_BUNDLE'].map((name) => `EnvironmentTlsCheck[${name}] at F`)],
  ['EnvironmentTlsCheck', 'a switch set at deployment', withVariables({ PYTHONHTTPSVERIFY: { Ref: 'Stage' } }), ['EnvironmentTlsCheck[undecided PYTHONHTTPSVERIFY] at F']],
  ['EnvironmentTlsCheck', 'addresses of databases that are asked by TLS', withVariables({
    PG: 'postgres://db/shop?sslmode=verify-full', MY: 'mysql://db/shop?ssl-mode=REQUIRED&useSSL=true', MS: 'Server=db;Encrypt=true;TrustServerCertificate=false;', MONGO: 'mongodb://db/?tls=true', PGSSLMODE: 'require',
  }), []],
  ['EnvironmentTlsCheck', 'addresses of databases that are not', withVariables({
    PG: 'postgres://db/shop?sslmode=disable', MY: 'mysql://db/shop?x=1&useSSL=false', MS: 'Server=db;Encrypt=true;TrustServerCertificate=True;', MONGO: 'mongodb://db/?tlsInsecure=true', PGSSLMODE: 'allow',
  }), ['MONGO', 'MS', 'MY', 'PGSSLMODE', 'PG'].map((name) => `EnvironmentTlsCheck[${name}] at F`)],
  ['EnvironmentTlsCheck', 'no variables', fn({}), []],

  ['EnvironmentRuntimeHook', 'options that load nothing', withVariables({ NODE_OPTIONS: '--enable-source-maps --max-old-space-size=200', PYTHONPATH: '/opt/python:/var/task' }), []],
  ['EnvironmentRuntimeHook', 'hooks', withVariables({ AWS_LAMBDA_EXEC_WRAPPER: '/opt/wrap', NODE_OPTIONS: '--require /tmp/x.js', PYTHONPATH: '/var/task:/mnt/lib', LD_PRELOAD: '/opt/x.so' }),
    ['AWS_LAMBDA_EXEC_WRAPPER', 'LD_PRELOAD', 'NODE_OPTIONS', 'PYTHONPATH'].map((name) => `EnvironmentRuntimeHook[${name}] at F`)],
  ['EnvironmentRuntimeHook', 'a hook set at deployment', withVariables({ LD_PRELOAD: { Ref: 'Stage' } }), ['EnvironmentRuntimeHook[undecided LD_PRELOAD] at F']],

  ['FunctionTracing', 'on', fn({ TracingConfig: { Mode: 'Active' } }), []],
  ['FunctionTracing', 'off', fn({ TracingConfig: { Mode: 'PassThrough' } }), ['FunctionTracing at F']],
  ['FunctionTracing', 'nothing said', fn({}), ['FunctionTracing at F']],
  ['FunctionTracing', 'at the edge, where there is none', {
    ...fn({}),
    V: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'F' } } },
    D: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { DefaultCacheBehavior: { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: { Ref: 'V' } }] } } } },
  }, []],
  ...(['FunctionTracing', 'FunctionLogGroup', 'FunctionAlarm'].map((rule): RuleCase => [rule, 'of a function whose role CloudFront may have: the distribution lies in another stack', {
    ...fn({ Role: { 'Fn::GetAtt': ['R', 'Arn'] } }),
    R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: ['lambda', 'edgelambda'].map((name) => ({ Effect: 'Allow', Action: 'sts:AssumeRole', Principal: { Service: `${name}.amazonaws.com` } })) } } },
  }, []])),
  ...(['FunctionLogGroup', 'FunctionAlarm'].map((rule): RuleCase => [rule, 'of a function at the edge, which has them in each region', {
    ...fn({}),
    V: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'F' } } },
    D: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig: { DefaultCacheBehavior: { LambdaFunctionAssociations: [{ EventType: 'viewer-request', LambdaFunctionARN: { Ref: 'V' } }] } } } },
  }, []])),
  ['FunctionTracing', 'set at deployment', fn({ TracingConfig: { Mode: { Ref: 'Stage' } } }), ['FunctionTracing[undecided] at F']],

  ['RuntimeDeprecated', 'a runtime that is patched, or newer than the list', fn({ Runtime: 'nodejs26.x' }), []],
  ['RuntimeDeprecated', 'an image', fn({ PackageType: 'Image' }), []],
  ['RuntimeDeprecated', 'an old runtime in one branch', fn({ Runtime: { 'Fn::If': ['Debugging', 'python3.8', 'python3.13'] } }), ['RuntimeDeprecated at F']],
  ['RuntimeDeprecated', 'a runtime set at deployment', fn({ Runtime: { Ref: 'Stage' } }), ['RuntimeDeprecated[undecided] at F']],

  ['RuntimeUpdatesFrozen', 'updates with each deployment', fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'FunctionUpdate' } }), []],
  ['RuntimeUpdatesFrozen', 'nothing said', fn({}), []],
  ['RuntimeUpdatesFrozen', 'a pinned version', fn({ RuntimeManagementConfig: { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'x' } }), ['RuntimeUpdatesFrozen at F']],
  ['RuntimeUpdatesFrozen', 'set at deployment', fn({ RuntimeManagementConfig: { UpdateRuntimeOn: { Ref: 'Stage' } } }), ['RuntimeUpdatesFrozen[undecided] at F']],

  ['FunctionLimits', 'both given', fn({ Timeout: '15', MemorySize: 256 }), []],
  ['FunctionLimits', 'none given', fn({}), ['FunctionLimits[MemorySize] at F', 'FunctionLimits[Timeout] at F']],
  ['FunctionLimits', 'set at deployment', fn({ Timeout: { Ref: 'Stage' }, MemorySize: 1 }), ['FunctionLimits[undecided Timeout] at F']],

  ['FunctionBlastRadius', 'small', fn({ Timeout: 29, EphemeralStorage: { Size: 512 } }, {
    P: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'apigateway.amazonaws.com', FunctionName: { Ref: 'F' } } },
  }), []],
  ['FunctionBlastRadius', 'longer than the API waits', fn({ Timeout: '60' }, {
    P: { Type: 'AWS::Lambda::Permission', Properties: { Principal: 'apigateway.amazonaws.com', FunctionName: { Ref: 'Live' } } },
    Live: { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'F' } } },
  }), ['FunctionBlastRadius[behind an API] at F']],
  ['FunctionBlastRadius', 'the same by an integration alone', fn({ Timeout: 60 }, {
    I: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { IntegrationUri: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${F.Arn}/invocations' } } },
  }), ['FunctionBlastRadius[behind an API] at F']],
  ['FunctionBlastRadius', 'as long as Lambda lets, and a lot of space', fn({ Timeout: 900, EphemeralStorage: { Size: 10240 } }),
    ['FunctionBlastRadius[EphemeralStorage] at F', 'FunctionBlastRadius[unbounded] at F']],
  ['FunctionBlastRadius', 'long, and bounded by its mapping', fn({ Timeout: 900 }, {
    M: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'F' }, ScalingConfig: { MaximumConcurrency: 5 } } },
  }), []],
  ['FunctionBlastRadius', 'space set at deployment', fn({ EphemeralStorage: { Size: { Ref: 'Stage' } } }), ['FunctionBlastRadius[undecided EphemeralStorage] at F']],

  ['FunctionEnvironmentKey', 'no variables', fn({}), []],
  ['FunctionEnvironmentKey', 'variables and a key', fn({ Environment: { Variables: { A: '1' } }, KmsKeyArn: getAtt('K', 'Arn') }, { K: { Type: 'AWS::KMS::Key' } }), []],
  ['FunctionEnvironmentKey', 'variables without a key', withVariables({ A: '1' }), ['FunctionEnvironmentKey at F']],
  ['FunctionEnvironmentKey', 'a key set at deployment', fn({ Environment: { Variables: { A: '1' } }, KmsKeyArn: { Ref: 'Stage' } }), ['FunctionEnvironmentKey[undecided] at F']],

  ['FunctionLogLevel', 'information', fn({ LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' } }), []],
  ['FunctionLogLevel', 'everything', fn({ LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'trace' } }), ['FunctionLogLevel at F']],
  ['FunctionLogLevel', 'set at deployment', fn({ LoggingConfig: { ApplicationLogLevel: { Ref: 'Stage' } } }), ['FunctionLogLevel[undecided] at F']],

  ['FunctionLogGroup', 'a group of the same text', fn({ FunctionName: { 'Fn::Sub': '${AWS::StackName}-print' } }, {
    G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: join('/aws/lambda/', { Ref: 'AWS::StackName' }, '-print') } },
  }), []],
  ['FunctionLogGroup', 'a group of another function', fn({ FunctionName: 'print' }, { G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/show' } } }), ['FunctionLogGroup at F']],
  ['FunctionLogGroup', 'a group of the app by its name', fn({ LoggingConfig: { LogGroup: '/shop/print' } }, { G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/shop/print' } } }), []],
  ['FunctionLogGroup', 'a name that the app does not declare', fn({ LoggingConfig: { LogGroup: '/shop/print' } }), ['FunctionLogGroup[undecided] at F']],
  ['FunctionLogGroup', 'a format without a group', fn({ LoggingConfig: { LogFormat: 'JSON' } }), ['FunctionLogGroup at F']],

  ['FunctionCodeSigning', 'an app that signs nothing', fn({}), []],
  ['FunctionCodeSigning', 'signed', fn({ CodeSigningConfigArn: { Ref: 'C' } }, { C: { Type: 'AWS::Lambda::CodeSigningConfig' } }), []],
  ['FunctionCodeSigning', 'the way around', fn({}, { C: { Type: 'AWS::Lambda::CodeSigningConfig' } }), ['FunctionCodeSigning at F']],
  ['FunctionCodeSigning', 'an image', fn({ PackageType: 'Image' }, { C: { Type: 'AWS::Lambda::CodeSigningConfig' } }), []],
  ['FunctionCodeSigning', 'set at deployment', fn({ CodeSigningConfigArn: { Ref: 'Stage' } }), ['FunctionCodeSigning[undecided] at F']],

  ['CodeSigningEnforced', 'enforced', { C: { Type: 'AWS::Lambda::CodeSigningConfig', Properties: { CodeSigningPolicies: { UntrustedArtifactOnDeployment: 'Enforce' } } } }, []],
  ['CodeSigningEnforced', 'only warned', { C: { Type: 'AWS::Lambda::CodeSigningConfig', Properties: {} } }, ['CodeSigningEnforced at C']],
  ['CodeSigningEnforced', 'set at deployment', { C: { Type: 'AWS::Lambda::CodeSigningConfig', Properties: { CodeSigningPolicies: { UntrustedArtifactOnDeployment: { Ref: 'Stage' } } } } },
    ['CodeSigningEnforced[undecided] at C']],

  ['FunctionImageDigest', 'a digest', fn({ Code: { ImageUri: `1.dkr.ecr.eu-west-1.amazonaws.com/shop@sha256:${'a'.repeat(64)}` } }), []],
  ['FunctionImageDigest', 'an asset of CDK', fn({ Code: { ImageUri: { 'Fn::Sub': `\${AWS::AccountId}.dkr.ecr.\${AWS::Region}.\${AWS::URLSuffix}/cdk-assets:${'a'.repeat(64)}` } } }), []],
  ['FunctionImageDigest', 'a tag', fn({ PackageType: 'Image', Code: { ImageUri: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.eu-west-1.amazonaws.com/shop:latest' } } }), ['FunctionImageDigest at F']],
  ['FunctionImageDigest', 'set at deployment', fn({ PackageType: 'Image', Code: { ImageUri: { Ref: 'Stage' } } }), ['FunctionImageDigest[undecided] at F']],

  ['FunctionCodeInline', 'code of a bucket', fn({ Code: { S3Bucket: 'b', S3Key: 'k' } }), []],
  ['FunctionCodeInline', 'code in the template', fn({ Code: { ZipFile: { 'Fn::Sub': 'exports.handler = 1; // ${Stage}' } } }), ['FunctionCodeInline at F']],
  ['FunctionCodeInline', 'set at deployment', fn({ Code: { 'Fn::Transform': {} } }), ['FunctionCodeInline[undecided] at F']],

  ['FileAccessPoint', 'an access point with a user', fn({ FileSystemConfigs: [{ Arn: getAtt('A', 'Arn') }] }, {
    A: { Type: 'AWS::EFS::AccessPoint', Properties: { PosixUser: { Uid: '1001', Gid: '1001' }, RootDirectory: { Path: '/orders' } } },
  }), []],
  ['FileAccessPoint', 'an access point for root', { A: { Type: 'AWS::EFS::AccessPoint', Properties: { PosixUser: { Uid: '0', Gid: '0' }, RootDirectory: { Path: '/' } } } },
    ['FileAccessPoint[PosixUser] at A', 'FileAccessPoint[RootDirectory] at A']],
  ['FileAccessPoint', 'a file system', fn({ FileSystemConfigs: [{ Arn: getAtt('E', 'Arn') }] }, { E: { Type: 'AWS::EFS::FileSystem' } }), ['FileAccessPoint at F']],
  ['FileAccessPoint', 'set at deployment', fn({ FileSystemConfigs: [{ Arn: { Ref: 'Stage' } }] }), ['FileAccessPoint[undecided] at F']],
];

describe('The rules of functions', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    expect(findings(rule, resources, undefined, SECTIONS)).toEqual(expected);
  });

  test.each(['FunctionConcurrencyLimit', 'FunctionNetwork'])('%s asks only where the profile does', (rule) => {
    const isolated = fn({ ReservedConcurrentExecutions: 0, VpcConfig: { SubnetIds: ['s'] } });
    expect(findings(rule, fn({}))).toStrictEqual([]);
    expect(findings(rule, fn({}), SecurityProfile.regulated())).toEqual([`${rule} at F`]);
    expect(findings(rule, isolated, SecurityProfile.regulated())).toStrictEqual([]);
  });

  test('FunctionCodeSigning asks every function of a profile that demands it', () => {
    expect(findings('FunctionCodeSigning', fn({}), SecurityProfile.regulated())).toEqual(['FunctionCodeSigning at F']);
  });

  test('EnvironmentRuntimeHook lets be what the options allow', () => {
    const app = modelOfStacks({ id: 'Shop', template: { Resources: withVariables({ AWS_LAMBDA_EXEC_WRAPPER: '/opt/otel-handler' }) } });
    const options = { ...DEFAULT_RULE_OPTIONS, allowedRuntimeHooks: ['AWS_LAMBDA_EXEC_WRAPPER'] };
    expect(judge(app, () => SecurityProfile.production(), undefined, options).findings.map(({ id }) => id)).not.toContain('EnvironmentRuntimeHook[AWS_LAMBDA_EXEC_WRAPPER]');
    expect(findingsIn('EnvironmentRuntimeHook', app)).toEqual(['EnvironmentRuntimeHook[AWS_LAMBDA_EXEC_WRAPPER] at F']);
  });
});

const template = (rest: unknown, resources: Resources = {}) => modelOfStacks({ id: 'Shop', template: { Resources: resources, ...rest as object } });

describe('The rules of templates', () => {
  test.each<[string, unknown, Resources, string[]]>([
    ['a clean template', { Description: 'The shop' }, { F: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'const token = process.env.TOKEN; fetch(`https://${user}:${pass}@x`);' } } } }, []],
    ['a token in code', {}, { F: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: `const t = '${TOKEN}';` } } } }, ['TemplateToken[a GitHub token] at F']],
    ['a token in user data', {}, { I: { Type: 'AWS::EC2::Instance', Properties: { UserData: { 'Fn::Base64': { 'Fn::Sub': `#!/bin/sh\nexport T=${TOKEN}` } } } } }, ['TemplateToken[a GitHub token] at I']],
    ['a token in two pieces', {}, { Q: { Type: 'AWS::SQS::Queue', Properties: { Tags: [{ Key: 'a', Value: { 'Fn::Join': ['', [TOKEN.slice(0, 12), TOKEN.slice(12)]] } }] } } }, ['TemplateToken[a GitHub token] at Q']],
    ['a token in a mapping', { Mappings: { Keys: { prod: { github: TOKEN } } } }, {}, ['TemplateToken[a GitHub token] at Template']],
    ['a token in metadata', { Metadata: { Note: TOKEN } }, {}, ['TemplateToken[a GitHub token] at Template']],
    ['a token in two pieces, in a property that is called metadata', {}, {
      Q: { Type: 'Custom::Config', Properties: { Metadata: { 'Fn::Join': ['', [TOKEN.slice(0, 12), TOKEN.slice(12)]] } } },
    }, ['TemplateToken[a GitHub token] at Q']],
    ['a password in an address', {}, { S: { Type: 'AWS::SNS::Subscription', Properties: { Endpoint: 'https://shop:hunter22@hooks.example.org/x' } } }, ['TemplateToken[a connection string with a password] at S']],
    ['a dynamic reference, which is the way out', {}, { D: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: '{{resolve:secretsmanager:prod/db:SecretString:password}}' } } }, []],
  ])('TemplateToken: %s', (_name, rest, resources, expected) => {
    expect(findingsIn('TemplateToken', template(rest, resources))).toEqual(expected);
  });

  test.each<[string, unknown, Resources, string[]]>([
    ['hidden, and without a default', { DbPassword: { Type: 'String', NoEcho: true } }, {}, []],
    ['hidden, as YAML writes it', { DbPassword: { Type: 'String', NoEcho: 'TRUE', Default: '' } }, {}, []],
    ['shown', { DbPassword: { Type: 'String' } }, {}, ['SecretParameter[DbPassword] at Template']],
    ['with a default', { ApiToken: { Type: 'String', NoEcho: true, Default: 'hunter2' } }, {}, ['SecretParameter[ApiToken Default] at Template']],
    ['a pointer', { DbSecretArn: { Type: 'String' }, TokenTtl: { Type: 'Number', Default: 5 }, Secret: { Type: 'String', Default: '/shop/db/password' }, Key: { Type: 'AWS::EC2::KeyPair::KeyName' } }, {}, []],
    ['a switch', { EnableApiKey: { Type: 'String', Default: 'false', AllowedValues: ['true', 'false'] } }, {}, []],
    ['a choice between kinds of secrets', { AuthToken: { Type: 'String', Default: 'required', AllowedValues: ['optional', 'required'] } }, {}, []],
    ['a choice between secrets', { AdminPassword: { Type: 'String', AllowedValues: ['hunter22', 'true'] } }, {}, ['SecretParameter[AdminPassword] at Template']],
    ['a harmless name in a property that is a credential', { Db: { Type: 'String' } }, { D: { Type: 'AWS::RDS::DBInstance', Properties: { MasterUserPassword: { Ref: 'Db' } } } }, ['SecretParameter[Db] at Template']],
  ])('SecretParameter: %s', (_name, Parameters, resources, expected) => {
    expect(findingsIn('SecretParameter', template({ Parameters }, resources))).toEqual(expected);
  });

  test.each<[string, unknown, string[]]>([
    ['the ARN of a secret', { Ref: 'S' }, []],
    ['an attribute that is no secret', { 'Fn::GetAtt': ['C', 'UserPoolId'] }, []],
    ['the secret of a client', { 'Fn::GetAtt': ['C', 'ClientSecret'] }, ['SecretParameter[ShopSecret] at Template']],
    ['a parameter of the stack around it', { Ref: 'P' }, ['SecretParameter[ShopSecret] at Template']],
    ['a text', 'hunter22', ['SecretParameter[ShopSecret] at Template']],
    ['one or the other', { 'Fn::If': ['Other', { Ref: 'S' }, 'hunter22'] }, ['SecretParameter[ShopSecret] at Template']],
    ['nothing', undefined, ['SecretParameter[ShopSecret] at Template']],
  ])('SecretParameter: a nested stack that is given %s', (_name, ShopSecret, expected) => {
    const around = {
      Parameters: { P: { Type: 'String', NoEcho: true }, Q: { Type: 'String' } },
      Conditions: { Other: { 'Fn::Equals': [{ Ref: 'Q' }, 'x'] } },
      Resources: {
        N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { ShopSecret } } }, S: { Type: 'AWS::SecretsManager::Secret' }, C: { Type: 'AWS::Cognito::UserPoolClient' },
      },
    };
    const nested = { Parameters: { ShopSecret: { Type: 'String' } }, Resources: {} };
    expect(findingsIn('SecretParameter', modelOfStacks({ id: 'Shop', template: around }, { id: 'Shop/N', template: nested, parent: { id: 'Shop', logicalId: 'N' } }))).toEqual(expected);
  });

  test.each<[string, unknown, string[]]>([
    ['names and ARNs', { SecretArn: { Value: { Ref: 'S' } }, ApiKeyId: { Value: { Ref: 'K' } }, Token: { Value: { 'Fn::GetAtt': ['S', 'Id'] } } }, []],
    ['the secret of an access key', { Key: { Value: { 'Fn::GetAtt': ['A', 'SecretAccessKey'] } } }, ['OutputSecret[Key] at Template']],
    ['the secret of a client', { Client: { Value: { 'Fn::Sub': 'id:${C.ClientSecret}' } } }, ['OutputSecret[Client] at Template']],
    ['a hidden parameter', { Out: { Value: { 'Fn::Sub': 'x ${P}' } } }, ['OutputSecret[Out] at Template']],
    ['a dynamic reference', { Out: { Value: '{{resolve:secretsmanager:shop}}' } }, ['OutputSecret[Out] at Template']],
    ['a literal', { DbPassword: { Value: 'hunter22' } }, ['OutputSecret[DbPassword] at Template']],
    ['an import', { ApiToken: { Value: { 'Fn::ImportValue': 'x' } } }, ['OutputSecret[undecided ApiToken] at Template']],
  ])('OutputSecret: %s', (_name, Outputs, expected) => {
    const resources = {
      S: { Type: 'AWS::SecretsManager::Secret' }, K: { Type: 'AWS::ApiGateway::ApiKey' }, A: { Type: 'AWS::IAM::AccessKey' }, C: { Type: 'AWS::Cognito::UserPoolClient' },
    };
    expect(findingsIn('OutputSecret', template({ Outputs, Parameters: { P: { Type: 'String', NoEcho: true } } }, resources))).toEqual(expected);
  });
});
