import { addResource, properties, Seed, Template } from '../seed';

/** Joined at run time, so that no scanner takes this file for a leak. */
const GITHUB = ['ghp_', 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA2'].join('');
const STRIPE = ['sk_live_', 'aB3dE5fG7hJ9kL1mN2pQ'].join('');

const variables = (template: Template, fn = 'Place'): Record<string, unknown> => (
  (properties(template, fn).Environment as { Variables: Record<string, unknown> }).Variables);

/** Settings, variables and code of functions. */
export const FUNCTION_SEEDS: readonly Seed[] = [{
  name: 'A function that reads a secret, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Description: Orders of the shop
Parameters:
  Stage: { Type: String, AllowedValues: [test, prod], Default: prod }
  LogKey: { Type: String, AllowedPattern: 'arn:.*' }
  DbSecretArn: { Type: String }
Mappings:
  Levels:
    test: { level: WARN }
    prod: { level: INFO }
Resources:
  Role:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Statement: [{ Effect: Allow, Principal: { AWS: !Sub 'arn:\${AWS::Partition}:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }]
  Logs:
    Type: AWS::Logs::LogGroup
    Properties: { LogGroupName: !Sub '/aws/lambda/\${AWS::StackName}-place', RetentionInDays: 365, KmsKeyId: !Ref LogKey }
  Signing:
    Type: AWS::Lambda::CodeSigningConfig
    Properties:
      AllowedPublishers: { SigningProfileVersionArns: [!ImportValue publisher] }
      CodeSigningPolicies: { UntrustedArtifactOnDeployment: Enforce }
  Files:
    Type: AWS::EFS::AccessPoint
    Properties:
      FileSystemId: !ImportValue files
      PosixUser: { Uid: '1001', Gid: '1001' }
      RootDirectory: { Path: /orders }
  Place:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: !Sub '\${AWS::StackName}-place'
      Role: !GetAtt Role.Arn
      Runtime: nodejs24.x
      Handler: index.handler
      Code: { S3Bucket: !ImportValue artifacts, S3Key: place.zip }
      CodeSigningConfigArn: !Ref Signing
      Timeout: 15
      MemorySize: 256
      KmsKeyArn: !GetAtt Key.Arn
      TracingConfig: { Mode: Active }
      FileSystemConfigs: [{ Arn: !GetAtt Files.Arn, LocalMountPath: /mnt/orders }]
      LoggingConfig: { LogFormat: JSON, ApplicationLogLevel: INFO }
      Environment:
        Variables:
          LOG_LEVEL: !FindInMap [Levels, !Ref Stage, level]
          DB_SECRET_ARN: !Ref DbSecretArn
          NODE_OPTIONS: --enable-source-maps
  Invoke:
    Type: AWS::Lambda::Permission
    Properties:
      FunctionName: !Ref Place
      Action: lambda:InvokeFunction
      Principal: apigateway.amazonaws.com
      SourceAccount: !Ref AWS::AccountId
      SourceArn: !Sub 'arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:abc123/prod/POST/orders'
Outputs:
  FunctionArn: { Value: !GetAtt Place.Arn }
`,
  },
  mutants: [
    { name: 'a secret is resolved into a variable', rule: 'EnvironmentSecret', change: ({ Shop }) => { variables(Shop).DB = '{{resolve:secretsmanager:prod/db:SecretString:password}}'; } },
    {
      name: 'the same in pieces',
      rule: 'EnvironmentSecret',
      change: ({ Shop }) => { variables(Shop).DB = { 'Fn::Join': ['', ['postgres://app:{{resolve:', 'secretsmanager:', { Ref: 'DbSecretArn' }, ':SecretString:password}}@db']] }; },
    },
    { name: 'a password as a literal', rule: 'EnvironmentSecret', change: ({ Shop }) => { variables(Shop).DB_PASS = 'winter2024'; } },
    {
      name: 'a password as a hidden parameter',
      rule: 'EnvironmentSecret',
      change: ({ Shop }) => {
        Shop.Parameters.Db = { Type: 'String', NoEcho: true };
        variables(Shop).CONFIG = { 'Fn::Sub': 'user=app;pw=${Db}' };
      },
    },
    { name: 'the key of a partner behind a condition', rule: 'EnvironmentSecret', change: ({ Shop }) => { Shop.Conditions = { IsTest: { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] } }; variables(Shop).PAY = { 'Fn::If': ['IsTest', 'off', STRIPE] }; } },
    { name: 'a level by a mapping', rule: 'EnvironmentDebugSwitch', change: ({ Shop }) => { Shop.Mappings.Levels.prod.level = 'DEBUG'; } },
    { name: 'a debug switch', rule: 'EnvironmentDebugSwitch', change: ({ Shop }) => { variables(Shop).POWERTOOLS_LOGGER_LOG_EVENT = 'true'; } },
    { name: 'certificates are not checked', rule: 'EnvironmentTlsCheck', change: ({ Shop }) => { variables(Shop).NODE_TLS_REJECT_UNAUTHORIZED = 0; } },
    { name: 'an old version of TLS', rule: 'EnvironmentTlsCheck', change: ({ Shop }) => { variables(Shop).NODE_OPTIONS = '--enable-source-maps --tls-min-v1.0'; } },
    { name: 'a wrapper around the handler', rule: 'EnvironmentRuntimeHook', change: ({ Shop }) => { variables(Shop).AWS_LAMBDA_EXEC_WRAPPER = '/opt/wrap'; } },
    { name: 'a module from a writable folder', rule: 'EnvironmentRuntimeHook', change: ({ Shop }) => { variables(Shop).NODE_OPTIONS = '--require /tmp/hook.js'; } },
    { name: 'no traces', rule: 'FunctionTracing', change: ({ Shop }) => { properties(Shop, 'Place').TracingConfig = { Mode: 'PassThrough' }; } },
    { name: 'an old runtime', rule: 'RuntimeDeprecated', change: ({ Shop }) => { properties(Shop, 'Place').Runtime = 'python3.8'; } },
    { name: 'a frozen runtime', rule: 'RuntimeUpdatesFrozen', change: ({ Shop }) => { properties(Shop, 'Place').RuntimeManagementConfig = { UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'x' }; } },
    { name: 'no timeout', rule: 'FunctionLimits', change: ({ Shop }) => { delete properties(Shop, 'Place').Timeout; } },
    { name: 'longer than the API waits', rule: 'FunctionBlastRadius', change: ({ Shop }) => { properties(Shop, 'Place').Timeout = '120'; } },
    { name: 'all the space there is', rule: 'FunctionBlastRadius', change: ({ Shop }) => { properties(Shop, 'Place').EphemeralStorage = { Size: 10240 }; } },
    { name: 'no key for the variables', rule: 'FunctionEnvironmentKey', change: ({ Shop }) => { delete properties(Shop, 'Place').KmsKeyArn; } },
    { name: 'a level of the runtime', rule: 'FunctionLogLevel', change: ({ Shop }) => { properties(Shop, 'Place').LoggingConfig.ApplicationLogLevel = 'TRACE'; } },
    { name: 'the group of another name', rule: 'FunctionLogGroup', change: ({ Shop }) => { properties(Shop, 'Logs').LogGroupName = '/aws/lambda/place'; } },
    { name: 'code that nobody signed', rule: 'FunctionCodeSigning', change: ({ Shop }) => { delete properties(Shop, 'Place').CodeSigningConfigArn; } },
    { name: 'signatures that only warn', rule: 'CodeSigningEnforced', change: ({ Shop }) => { delete properties(Shop, 'Signing').CodeSigningPolicies; } },
    { name: 'code in the template', rule: 'FunctionCodeInline', change: ({ Shop }) => { properties(Shop, 'Place').Code = { ZipFile: 'exports.handler = async () => 1;' }; } },
    { name: 'an image by tag', rule: 'FunctionImageDigest', change: ({ Shop }) => { Object.assign(properties(Shop, 'Place'), { PackageType: 'Image', Code: { ImageUri: { 'Fn::Sub': '${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/place:latest' } } }); } },
    { name: 'a mount as root', rule: 'FileAccessPoint', change: ({ Shop }) => { properties(Shop, 'Files').PosixUser = { Uid: '0', Gid: '0' }; } },
    { name: 'a mount of everything', rule: 'FileAccessPoint', change: ({ Shop }) => { delete properties(Shop, 'Files').RootDirectory; } },
    {
      name: 'a second function with the same role',
      rule: 'FunctionRoleShared',
      change: ({ Shop }) => { addResource(Shop, 'Show', 'AWS::Lambda::Function', { ...properties(Shop, 'Place'), FunctionName: 'show', LoggingConfig: { LogGroup: { Ref: 'Logs' } } }); },
    },
    { name: 'a source is missing', rule: 'InvokePermissionSource', change: ({ Shop }) => { delete properties(Shop, 'Invoke').SourceArn; } },
    { name: 'a token in inline code', rule: 'TemplateToken', change: ({ Shop }) => { properties(Shop, 'Place').Code = { ZipFile: { 'Fn::Sub': `const key = "${GITHUB}"; // \${Stage}` } }; } },
    { name: 'a token in a mapping', rule: 'TemplateToken', change: ({ Shop }) => { Shop.Mappings.Keys = { prod: { github: GITHUB } }; } },
    { name: 'a token in two pieces of a tag', rule: 'TemplateToken', change: ({ Shop }) => { properties(Shop, 'Place').Tags = [{ Key: 'k', Value: { 'Fn::Join': ['', [GITHUB.slice(0, 9), GITHUB.slice(9)]] } }]; } },
    { name: 'a parameter that shows a password', rule: 'SecretParameter', change: ({ Shop }) => { Shop.Parameters.DbPassword = { Type: 'String' }; } },
    { name: 'a default of a hidden parameter', rule: 'SecretParameter', change: ({ Shop }) => { Shop.Parameters.PartnerApiKey = { Type: 'String', NoEcho: true, Default: 'abc123' }; } },
    { name: 'an output of a hidden parameter', rule: 'OutputSecret', change: ({ Shop }) => { Shop.Parameters.Db = { Type: 'String', NoEcho: true }; Shop.Outputs.Url = { Value: { 'Fn::Sub': 'x:${Db}' } }; } },
    { name: 'an output of a dynamic reference', rule: 'OutputSecret', change: ({ Shop }) => { Shop.Outputs.Pin = { Value: '{{resolve:secretsmanager:prod/db}}' }; } },
  ],
  variants: [
    { name: 'the name of a secret', change: ({ Shop }) => { variables(Shop).API_KEY_SECRET_NAME = 'prod/partner'; } },
    { name: 'numbers and addresses under names of secrets', change: ({ Shop }) => { Object.assign(variables(Shop), { TOKEN_TTL: '3600', PASSWORD_MIN_LENGTH: 12, TOKEN_ENDPOINT: 'https://id.example.org/token' }); } },
    { name: 'a higher level', change: ({ Shop }) => { variables(Shop).LOG_LEVEL = 'ERROR'; } },
    { name: 'another certificate', change: ({ Shop }) => { variables(Shop).NODE_EXTRA_CA_CERTS = '/var/task/ca.pem'; } },
    { name: 'a group of its own', change: ({ Shop }) => { properties(Shop, 'Place').LoggingConfig = { LogGroup: { Ref: 'Logs' } }; } },
    { name: 'a group by the pointer in its name', change: ({ Shop }) => { delete properties(Shop, 'Place').FunctionName; properties(Shop, 'Logs').LogGroupName = { 'Fn::Sub': '/aws/lambda/${Place}' }; } },
    { name: 'an image by digest', change: ({ Shop }) => { delete properties(Shop, 'Place').Runtime; Object.assign(properties(Shop, 'Place'), { PackageType: 'Image', Code: { ImageUri: `1.dkr.ecr.eu-west-1.amazonaws.com/p@sha256:${'a'.repeat(64)}` } }); } },
    { name: 'a runtime of the next year', change: ({ Shop }) => { properties(Shop, 'Place').Runtime = 'nodejs26.x'; } },
    { name: 'the ARN of a secret as a parameter', change: ({ Shop }) => { Shop.Parameters.PartnerSecretArn = { Type: 'String', Default: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:partner-AbCdEf' }; } },
    { name: 'an output that names a secret', change: ({ Shop }) => { Shop.Outputs.SecretArn = { Value: { Ref: 'DbSecretArn' } }; } },
    { name: 'a description that speaks of tokens', change: ({ Shop }) => { properties(Shop, 'Place').Description = 'Takes the bearer token of https://id.example.org and the password of nobody'; } },
  ],
}, {
  name: 'A function that a regulated profile accepts',
  style: 'terraform',
  profile: 'regulated',
  stacks: {
    Audit: {
      Resources: {
        Role: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' } } } },
        Logs: { Type: 'AWS::Logs::LogGroup', Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': 'log-key' } } },
        Check: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: { 'Fn::GetAtt': ['Role', 'Arn'] },
            Runtime: 'python3.14',
            Handler: 'main.handler',
            Code: { S3Bucket: 'artifacts', S3Key: 'check.zip' },
            CodeSigningConfigArn: 'arn:aws:lambda:eu-west-1:111122223333:code-signing-config:csc-0123456789abcdef0',
            Timeout: 10,
            MemorySize: 128,
            ReservedConcurrentExecutions: 5,
            DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed' },
            TracingConfig: { Mode: 'Active' },
            LoggingConfig: { LogGroup: { Ref: 'Logs' } },
            VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: ['sg-1'] },
          },
        },
      },
    },
  },
  mutants: [
    { name: 'no network', rule: 'FunctionNetwork', change: ({ Audit }) => { delete properties(Audit, 'Check').VpcConfig; } },
    { name: 'one zone', rule: 'FunctionNetworkZones', change: ({ Audit }) => { properties(Audit, 'Check').VpcConfig.SubnetIds = ['subnet-1']; } },
    { name: 'no bound of concurrency', rule: 'FunctionConcurrencyLimit', change: ({ Audit }) => { delete properties(Audit, 'Check').ReservedConcurrentExecutions; } },
    { name: 'no signature', rule: 'FunctionCodeSigning', change: ({ Audit }) => { delete properties(Audit, 'Check').CodeSigningConfigArn; } },
  ],
  variants: [],
}];
