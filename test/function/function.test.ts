import { readdirSync, readFileSync } from 'fs';
import { join } from 'path';
import { App, Aws, CfnParameter, Duration, Lazy, Size, Stack, Token } from 'aws-cdk-lib';
import { Match, Template } from 'aws-cdk-lib/assertions';
import { Deployment, LambdaIntegration, RestApi, Stage } from 'aws-cdk-lib/aws-apigateway';
import { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { LambdaAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { IVpc, Peer, Port, SecurityGroup, SubnetType, Vpc } from 'aws-cdk-lib/aws-ec2';
import { Rule, Schedule } from 'aws-cdk-lib/aws-events';
import { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';
import {
  AccountPrincipal, AnyPrincipal, ManagedPolicy, OrganizationPrincipal, PolicyStatement, Role, ServicePrincipal, StarPrincipal,
} from 'aws-cdk-lib/aws-iam';
import { Stream } from 'aws-cdk-lib/aws-kinesis';
import { Key } from 'aws-cdk-lib/aws-kms';
import {
  ApplicationLogLevel, Architecture, Code, CodeSigningConfig, Function as LambdaFn, FunctionUrlAuthType, HttpMethod, LayerVersion, Runtime,
  StartingPosition, TenancyConfig,
} from 'aws-cdk-lib/aws-lambda';
import { KinesisEventSource, SqsEventSource } from 'aws-cdk-lib/aws-lambda-event-sources';
import { CfnLogGroup, CustomDataIdentifier, DataIdentifier, FilterPattern, LogGroup, RetentionDays, SubscriptionFilter } from 'aws-cdk-lib/aws-logs';
import { LambdaDestination as LogsDestination } from 'aws-cdk-lib/aws-logs-destinations';
import { Bucket, EventType } from 'aws-cdk-lib/aws-s3';
import { LambdaDestination } from 'aws-cdk-lib/aws-s3-notifications';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { SigningProfile, Platform } from 'aws-cdk-lib/aws-signer';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { LambdaSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Queue, QueueEncryption } from 'aws-cdk-lib/aws-sqs';
import * as fc from 'fast-check';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { waiversBelow } from '../../src/core/exceptions/waiver';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AsyncInvocation, SecureFunctionOptions } from '../../src/function/function-options';
import { FunctionTracing } from '../../src/function/function-tracing';
import { serviceName } from '../../src/function/invocation/invoke-permission';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureNodejsFunction, SecureNodejsFunctionProps } from '../../src/function/secure-nodejs-function';
import { LogMasking } from '../../src/logging/log-masking';
import { ALL_NAG_PACKS, findingsOf, PROFILES, RECOMMENDED_FLAGS, templateOf, testStack, TestAppOptions, unexplained } from '../support/apps';

const CODE = { code: Code.fromInline('exports.handler = async () => {}'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X };
const ENTRY = `${__dirname}/handlers/hello.ts`;
const ACCOUNT = { Ref: 'AWS::AccountId' };
const ENV = { account: '111122223333', region: 'eu-west-1' };

function secure(stack: Stack, options: SecureFunctionOptions = {}): SecureFunction {
  return new SecureFunction(stack, 'Orders', { ...CODE, ...options });
}

function templateWith(options: SecureFunctionOptions, app?: TestAppOptions): Template {
  const stack = testStack(app);
  secure(stack, options);
  return templateOf(stack);
}

function functionWith(options: SecureFunctionOptions, properties: object, app?: TestAppOptions): void {
  templateWith(options, app).hasResourceProperties('AWS::Lambda::Function', properties);
}

/** What a regulated function must have: a private network, a signing configuration and a bound. */
function regulatedOptions(stack: Stack): SecureFunctionOptions {
  return { network: { vpc: privateVpc(stack) }, codeSigningConfig: signing(stack), reservedConcurrentExecutions: 10 };
}

function privateVpc(stack: Stack): IVpc {
  return Vpc.fromVpcAttributes(stack, 'Vpc', {
    vpcId: 'vpc-1',
    availabilityZones: ['a', 'b'],
    privateSubnetIds: ['subnet-1', 'subnet-2'],
    privateSubnetRouteTableIds: ['rtb-1', 'rtb-2'],
    publicSubnetIds: ['subnet-3', 'subnet-4'],
    publicSubnetRouteTableIds: ['rtb-3', 'rtb-4'],
  });
}

function signing(stack: Stack): CodeSigningConfig {
  return new CodeSigningConfig(stack, 'Signing', { signingProfiles: [new SigningProfile(stack, 'Publisher', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA })] });
}

describe('a secure function by default', () => {
  test('is explicit in every setting', () => {
    functionWith({}, {
      Architectures: ['arm64'],
      MemorySize: 256,
      Timeout: 15,
      Runtime: 'nodejs24.x',
      RecursiveLoop: 'Terminate',
      TracingConfig: { Mode: 'Active' },
      LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', LogGroup: { Ref: 'OrdersSupportLogGroupF68B2519' } },
      Environment: Match.absent(),
      KmsKeyArn: Match.absent(),
      DeadLetterConfig: Match.absent(),
      ReservedConcurrentExecutions: Match.absent(),
      VpcConfig: Match.absent(),
      Role: { 'Fn::GetAtt': ['OrdersSupportRole5D9840F4', 'Arn'] },
    });
  });

  test('has a role that may write its own logs and traces, and nothing else', () => {
    templateWith({}).hasResourceProperties('AWS::IAM::Role', {
      ManagedPolicyArns: Match.absent(),
      Policies: [{
        PolicyName: 'Baseline',
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            { Sid: 'OwnLogs', Effect: 'Allow', Action: ['logs:CreateLogStream', 'logs:PutLogEvents'], Resource: { 'Fn::GetAtt': ['OrdersSupportLogGroupF68B2519', 'Arn'] } },
            {
              Sid: 'Traces',
              Effect: 'Allow',
              Action: ['xray:PutTelemetryRecords', 'xray:PutTraceSegments'],
              Resource: '*',
              Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } },
            },
          ],
        },
      }],
    });
  });

  test('has an encrypted, masked log group that outlives it', () => {
    templateWith({}).hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Retain',
      Properties: {
        RetentionInDays: 365,
        KmsKeyId: { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] },
        LogGroupName: Match.absent(),
        DataProtectionPolicy: Match.objectLike({
          Statement: [Match.anyValue(), Match.objectLike({ Operation: { Deidentify: { MaskConfig: {} } } })],
        }),
      },
    });
  });

  test('adds seven resources of its own: role, log group, function and four alarms', () => {
    const own = Object.keys(templateWith({}).toJSON().Resources).filter((id) => id.startsWith('Orders'));
    expect(own.sort()).toEqual([
      'OrdersA9B65338', 'OrdersConcurrencyAlarm7F3F1A3E', 'OrdersDurationAlarm81A6F3FB', 'OrdersErrorsAlarmA1BB1C61',
      'OrdersSupportLogGroupF68B2519', 'OrdersSupportRole5D9840F4', 'OrdersThrottlesAlarm7519FA31',
    ]);
  });

  test('keeps the logical ids of what must never be replaced', () => {
    const template = templateWith({ asyncInvocation: {} });
    expect(Object.keys(template.findResources('AWS::Logs::LogGroup'))).toEqual(['OrdersSupportLogGroupF68B2519']);
    expect(Object.keys(template.findResources('AWS::SQS::Queue'))).toEqual(['OrdersSupportFailureQueue03770B20']);
    expect(Object.keys(template.findResources('AWS::IAM::Role'))).toEqual(['OrdersSupportRole5D9840F4']);
    expect(Object.keys(template.findResources('AWS::Lambda::Function'))).toEqual(['OrdersA9B65338']);
  });

  test('costs little in the sandbox', () => {
    const template = templateWith({ environment: { TABLE: 'orders' }, asyncInvocation: {} }, { profile: SecurityProfile.sandbox() });
    template.resourceCountIs('AWS::KMS::Key', 0);
    template.resourceCountIs('AWS::CloudWatch::Alarm', 2);
    template.hasResource('AWS::Logs::LogGroup', {
      DeletionPolicy: 'Delete', Properties: { RetentionInDays: 30, KmsKeyId: Match.absent(), DataProtectionPolicy: Match.absent() },
    });
    template.hasResource('AWS::SQS::Queue', { DeletionPolicy: 'Delete', Properties: { SqsManagedSseEnabled: true } });
  });

  test('has one managed policy instead of inline ones where the profile says so', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    secure(stack, { ...regulatedOptions(stack), secrets: { DB: new Secret(stack, 'S') } });
    const template = templateOf(stack);
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.resourceCountIs('AWS::IAM::ManagedPolicy', 1);
  });
});

describe('the props of a secure function', () => {
  test.each<[keyof SecureFunctionOptions, SecureFunctionOptions, object]>([
    ['description', { description: 'takes orders' }, { Description: 'takes orders' }],
    ['functionName', { functionName: 'orders' }, { FunctionName: 'orders' }],
    ['memorySize', { memorySize: 1024 }, { MemorySize: 1024 }],
    ['timeout', { timeout: Duration.minutes(1) }, { Timeout: 60 }],
    ['architecture', { architecture: Architecture.X86_64 }, { Architectures: ['x86_64'] }],
    ['reservedConcurrentExecutions', { reservedConcurrentExecutions: 5 }, { ReservedConcurrentExecutions: 5 }],
    ['ephemeralStorageSize', { ephemeralStorageSize: Size.gibibytes(1) }, { EphemeralStorage: { Size: 1024 } }],
    ['tenancyConfig', { tenancyConfig: TenancyConfig.PER_TENANT }, { TenancyConfig: { TenantIsolationMode: 'PER_TENANT' } }],
    ['logLevel', { logLevel: ApplicationLogLevel.ERROR }, { LoggingConfig: Match.objectLike({ ApplicationLogLevel: 'ERROR' }) }],
  ])('pass on %s', (_, options, properties) => {
    functionWith(options, properties);
  });

  test('encrypt the environment as soon as there is a variable', () => {
    functionWith({ environment: { TABLE: 'orders' } }, {
      Environment: { Variables: { TABLE: 'orders' } }, KmsKeyArn: { 'Fn::GetAtt': ['SharedSecurityDataKeyD4D7B14E', 'Arn'] },
    });
    const stack = testStack();
    secure(stack).addEnvironment('TABLE', 'orders');
    templateOf(stack).hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: Match.anyValue() });
  });

  test('take another key for environment, logs and queue', () => {
    const stack = testStack();
    secure(stack, { encryptionKey: new Key(stack, 'Own'), environment: { TABLE: 'orders' }, asyncInvocation: {} });
    const template = templateOf(stack);
    const own = { 'Fn::GetAtt': ['Own30425842', 'Arn'] };
    template.hasResourceProperties('AWS::Lambda::Function', { KmsKeyArn: own });
    template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: own });
    template.hasResourceProperties('AWS::SQS::Queue', { KmsMasterKeyId: own });
    template.hasResourceProperties('AWS::KMS::Key', {
      KeyPolicy: { Statement: Match.arrayWith([Match.objectLike({ Sid: 'CloudWatchLogs' })]) },
    });
  });

  test('bind the role by a permissions boundary', () => {
    const stack = testStack();
    secure(stack, { permissionsBoundary: ManagedPolicy.fromManagedPolicyName(stack, 'Most', 'most') });
    templateOf(stack).hasResourceProperties('AWS::IAM::Role', { PermissionsBoundary: Match.anyValue() });
  });

  test('admit signed code only', () => {
    const stack = testStack();
    secure(stack, { codeSigningConfig: signing(stack) });
    templateOf(stack).hasResourceProperties('AWS::Lambda::Function', { CodeSigningConfigArn: Match.anyValue() });
  });

  test('keep logs longer, and mask more', () => {
    const logMasking = LogMasking.with(DataIdentifier.IPADDRESS, DataIdentifier.EMAILADDRESS);
    const template = templateWith({ logRetention: RetentionDays.TWO_YEARS, logMasking });
    template.hasResourceProperties('AWS::Logs::LogGroup', { RetentionInDays: 731 });
    const [group] = Object.values(template.findResources('AWS::Logs::LogGroup'));
    const identifiers = group.Properties.DataProtectionPolicy.Statement[1].DataIdentifier.map((one: { 'Fn::Sub': string }) => one['Fn::Sub']);
    expect(identifiers).toContain('arn:${AWS::Partition}:dataprotection::aws:data-identifier/IpAddress');
    expect(new Set(identifiers).size).toBe(identifiers.length);
  });

  test.each([
    [undefined, { 'Fn::Sub': 'arn:${AWS::Partition}:dataprotection::aws:data-identifier/AwsSecretKey' }],
    ['eu-west-1', 'arn:aws:dataprotection::aws:data-identifier/AwsSecretKey'],
    ['ap-southeast-7', 'arn:aws:dataprotection::aws:data-identifier/AwsSecretKey'],
    ['us-gov-west-1', { 'Fn::Sub': 'arn:${AWS::Partition}:dataprotection::aws:data-identifier/AwsSecretKey' }],
    ['cn-north-1', { 'Fn::Sub': 'arn:${AWS::Partition}:dataprotection::aws:data-identifier/AwsSecretKey' }],
  ])('name what they mask in the partition of the region %s', (region, expected) => {
    const stack = testStack({ env: region === undefined ? undefined : { account: '111122223333', region } });
    secure(stack);
    const [group] = Object.values(templateOf(stack).findResources('AWS::Logs::LogGroup'));
    const masked = group.Properties.DataProtectionPolicy.Statement.map((statement: { DataIdentifier: unknown[] }) => statement.DataIdentifier[0]);
    expect(masked).toEqual([expected, expected]);
  });

  test('leave the masking of other log groups alone when that of one is overridden', () => {
    const stack = testStack();
    const logMasking = LogMasking.standard();
    const [first] = ['First', 'Second'].map((id) => new SecureFunction(stack, id, { ...CODE, logMasking }));
    (first.logGroup.node.defaultChild as CfnLogGroup).addPropertyOverride('DataProtectionPolicy.Statement.0.Sid', 'Found');
    const sids = Object.values(templateOf(stack).findResources('AWS::Logs::LogGroup'))
      .map(({ Properties }) => Properties.DataProtectionPolicy.Statement.map(({ Sid }: { Sid: string }) => Sid));
    expect(sids).toEqual([['Found', 'Mask'], ['Audit', 'Mask']]);
  });

  test('mask what a parameter of another stack names', () => {
    const stack = testStack();
    const { valueAsString } = new CfnParameter(new Stack(stack.node.root, 'Other'), 'Sensitive');
    secure(stack, { logMasking: LogMasking.with(new DataIdentifier(valueAsString)) });
    const [group] = Object.values(templateOf(stack).findResources('AWS::Logs::LogGroup'));
    expect(group.Properties.DataProtectionPolicy.Statement[1].DataIdentifier.at(-1)).toEqual({
      'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':dataprotection::aws:data-identifier/', { 'Fn::ImportValue': 'Other:ExportsOutputRefSensitiveB94E0158' }]],
    });
  });

  test('mask a pattern of the owner beside those that AWS manages', () => {
    const template = templateWith({ logMasking: LogMasking.with(new CustomDataIdentifier('OrderToken', 'ot_[0-9a-f]{32}')) });
    const [group] = Object.values(template.findResources('AWS::Logs::LogGroup'));
    const { Configuration, Statement } = group.Properties.DataProtectionPolicy;
    expect(Configuration).toEqual({ CustomDataIdentifier: [{ Name: 'OrderToken', Regex: 'ot_[0-9a-f]{32}' }] });
    expect(Statement.map(({ DataIdentifier: masked }: { DataIdentifier: unknown[] }) => masked.at(-1))).toEqual(['OrderToken', 'OrderToken']);
  });

  test('switch masking and tracing off only with a reason, which is recorded', () => {
    const stack = testStack();
    secure(stack, { logMasking: LogMasking.off('logs hold counters only, never input'), tracing: FunctionTracing.off('runs once a night, nothing upstream') });
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::Logs::LogGroup', { DataProtectionPolicy: Match.absent() });
    template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'PassThrough' } });
    template.hasResourceProperties('AWS::IAM::Role', { Policies: [{ PolicyDocument: { Statement: [Match.objectLike({ Sid: 'OwnLogs' })] } }] });
    expect(waiversBelow(stack).map(({ control, reason }) => [control, reason])).toEqual([
      ['SecureFunction.tracing', 'runs once a night, nothing upstream'],
      ['SecureFunction.logMasking', 'logs hold counters only, never input'],
    ]);
    expect(unexplained(findingsOf(stack))).toStrictEqual([]);
  });

  test('give a secret its variable and the right to read it, key included', () => {
    const stack = testStack();
    secure(stack, { secrets: { DB_SECRET: new Secret(stack, 'Db', { encryptionKey: new Key(stack, 'K') }) } });
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Environment: { Variables: { DB_SECRET: { Ref: 'Db5D02A0A9' } } }, KmsKeyArn: Match.anyValue() });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: [
          { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { Ref: 'Db5D02A0A9' } },
          {
            Effect: 'Allow',
            Action: 'kms:Decrypt',
            Resource: { 'Fn::GetAtt': ['K485CC42E', 'Arn'] },
            Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['secretsmanager.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } },
          },
        ],
      },
    });
  });

  test('read a secret that is imported by name', () => {
    const stack = testStack({ env: ENV });
    secure(stack, { secrets: { DB_SECRET: Secret.fromSecretNameV2(stack, 'Db', 'prod/db') } });
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [Match.objectLike({ Resource: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':secretsmanager:eu-west-1:111122223333:secret:prod/db-??????']] } })] },
    });
  });

  test('leave unresolved numbers to CloudFormation', () => {
    const token = Token.asNumber({ Ref: 'Memory' });
    functionWith({ memorySize: token, reservedConcurrentExecutions: token }, { MemorySize: { Ref: 'Memory' }, ReservedConcurrentExecutions: { Ref: 'Memory' } });
  });
});

describe('a secure function fails', () => {
  const at = (code: string) => ` [SecureFunction.${code}, at 'Shop/Orders']`;
  test.each<[string, SecureFunctionOptions, string]>([
    ['on too little memory', { memorySize: 64 }, `'memorySize' must be a whole number between 128 and 10240, got 64; leave it out to use 256 MiB${at('MemorySize')}`],
    ['on a fraction of memory', { memorySize: 200.5 }, `'memorySize' must be a whole number between 128 and 10240, got 200.5; leave it out to use 256 MiB${at('MemorySize')}`],
    ['on a timeout of zero', { timeout: Duration.seconds(0) }, `'timeout' must lie between 1 second and 15 minutes, got "0 seconds"; leave it out to use 15 seconds${at('Timeout')}`],
    ['on too long a timeout', { timeout: Duration.minutes(16) }, `'timeout' must lie between 1 second and 15 minutes, got "16 minutes"; leave it out to use 15 seconds${at('Timeout')}`],
    ['on a timeout that is not known', { timeout: Duration.seconds(Token.asNumber({ Ref: 'T' })) }, `'timeout' must be known at synth, because the alarm on the duration depends on it; give a number, or leave it out to use 15 seconds${at('Timeout')}`],
    ['on a disk of parts of a MiB', { ephemeralStorageSize: Size.kibibytes(524_289) }, `'ephemeralStorageSize (in MiB)' must be a whole number between 512 and 10240, got 512.0009765625; leave it out to use 512 MiB${at('EphemeralStorage')}`],
    ['on too small a disk', { ephemeralStorageSize: Size.mebibytes(100) }, `'ephemeralStorageSize (in MiB)' must be a whole number between 512 and 10240, got 100; leave it out to use 512 MiB${at('EphemeralStorage')}`],
    ['on no concurrency', { reservedConcurrentExecutions: 0 }, `'reservedConcurrentExecutions' must be a whole number between 1 and 100000, got 0; leave it out to share what the account has left; 0 switches a function off, which is for an incident and not for code${at('ReservedConcurrency')}`],
    ['on a variable name that Lambda rejects', { environment: { 'my-var': 'x' } }, `'environment' must be a name of two or more letters, digits and underscores that begins with a letter and is not reserved by Lambda, got "my-var"; choose another name${at('VariableName')}`],
    ['on a variable that Lambda reserves', { environment: { AWS_REGION: 'x' } }, `'environment' must be a name of two or more letters, digits and underscores that begins with a letter and is not reserved by Lambda, got "AWS_REGION"; choose another name${at('VariableName')}`],
    ['on too long a description', { description: 'x'.repeat(257) }, `'description' must have at most 256 characters, got 257; shorten it${at('Description')}`],
    ['on a name that Lambda rejects', { functionName: 'my function' }, `'functionName' must have 1 to 64 letters, digits, hyphens and underscores, got "my function"; leave it out to have a name made${at('FunctionName')}`],
    ['on a trusted account that is none', { trustedLayerAccounts: ['*'] }, `'trustedLayerAccounts' must be account ids of 12 digits, got "*"; name each publisher by the account in the ARN of its layer${at('TrustedLayerAccounts')}`],
    ['on too many retries', { asyncInvocation: { retryAttempts: 3 } }, `'asyncInvocation.retryAttempts' must be a whole number between 0 and 2, got 3; leave it out to use 2${at('RetryAttempts')}`],
    ['on too short an age of events', { asyncInvocation: { maxEventAge: Duration.seconds(5) } }, `'asyncInvocation.maxEventAge' must lie between 1 minute and 6 hours, got "5 seconds"; leave it out to use 6 hours${at('MaxEventAge')}`],
    ['on shorter logs than the profile', { logRetention: RetentionDays.ONE_WEEK }, `'logRetention' must not be shorter than the 365 days of the profile 'production', got 7; leave it out, or shorten it for all with SecurityProfile.with({ logRetention, reason })${at('LogRetention')}`],
    ['on logs of everything in production', { logLevel: ApplicationLogLevel.TRACE }, `'logLevel' must be INFO or above, because it logs everything, got "TRACE"; leave it out, or choose SecurityProfile.sandbox() for the stack in which you experiment${at('LogLevel')}`],
    ['on debug logs in production', { logLevel: ApplicationLogLevel.DEBUG }, `'logLevel' must be INFO or above, because it logs everything, got "DEBUG"; leave it out, or choose SecurityProfile.sandbox() for the stack in which you experiment${at('LogLevel')}`],
    ['on an empty reason for unmasked logs', { logMasking: LogMasking.off('todo') }, `'logMasking' must be a sentence of at least 12 characters that a reviewer can judge, got "todo"; say why these logs never hold a secret or personal data${at('LogMasking')}`],
    ['on an empty reason for no traces', { tracing: FunctionTracing.off('') }, `'tracing' must be a sentence of at least 12 characters that a reviewer can judge, got ""; say why nobody needs to follow requests through it${at('Tracing')}`],
  ])('%s', (_, options, message) => {
    const stack = testStack();
    expect(() => secure(stack, options)).toThrow(message);
    expect(stack.node.children).toStrictEqual([]);
  });

  test('on a runtime that AWS no longer patches', () => {
    expect(() => new SecureFunction(testStack(), 'Orders', { ...CODE, runtime: Runtime.NODEJS_18_X })).toThrow(
      `'runtime' must be one that AWS still patches, got "nodejs18.x"; move to the newest runtime of the family: https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtimes.html${at('DeprecatedRuntime')}`);
  });

  test('on a variable that is set twice', () => {
    const stack = testStack();
    expect(() => secure(stack, { environment: { DB: 'x' }, secrets: { DB: new Secret(stack, 'S') } })).toThrow(
      `'secrets.DB' must have a name that is not in the environment already; leave the variable out of the environment: it gets the ARN of the secret${at('VariableTwice')}`);
  });

  test('on a failure queue that is not encrypted, or FIFO', () => {
    const stack = testStack();
    const plain = new Queue(stack, 'Plain', { encryption: QueueEncryption.UNENCRYPTED });
    expect(() => secure(stack, { asyncInvocation: { failureQueue: plain } })).toThrow(
      `'asyncInvocation.failureQueue' must be encrypted, got "Shop/Plain"; leave it out to have an encrypted one made${at('FailureQueue')}`);
    const fifo = new Queue(stack, 'Fifo', { fifo: true, encryption: QueueEncryption.SQS_MANAGED });
    expect(() => secure(stack, { asyncInvocation: { failureQueue: fifo } })).toThrow(
      `'asyncInvocation.failureQueue' must be a standard queue, since Lambda sends failed events to no other, got "Shop/Fifo"; leave it out to have an encrypted one made${at('FailureQueue')}`);
  });

  test('without network, code signing and a bound in the regulated profile, naming the way out', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    expect(() => secure(stack)).toThrow(
      "'network' must be given, as the profile 'regulated' asks; make a SecureNetwork and pass { network: network.forFunctions() }, or give it to all functions with "
      + `StackNetwork.use(app, network.forFunctions()), or let functions do without by SecurityProfile.with({ networkRequired: false, reason: '…' })${at('NetworkRequired')}`);
    const network = { vpc: privateVpc(stack) };
    expect(() => secure(stack, { network, codeSigningConfig: signing(stack) })).toThrow(
      "'reservedConcurrentExecutions' must be given, as the profile 'regulated' asks; pass the most executions at once that the function may have, "
      + `or let functions do without by SecurityProfile.with({ concurrencyRequired: false, reason: '…' })${at('ConcurrencyRequired')}`);
    expect(() => secure(stack, { network })).toThrow(
      `'codeSigning' must be given, as the profile 'regulated' asks; pass CodeSigning.byProfiles('who signs, and when', profile), or let functions do without by SecurityProfile.with({ codeSigningRequired: false, reason: '…' })${at('CodeSigningRequired')}`);
    const relaxed = SecurityProfile.regulated().with({
      networkRequired: false, codeSigningRequired: false, concurrencyRequired: false, reason: 'calls AWS services only, deployed by a signed pipeline',
    });
    expect(() => secure(testStack({ profile: relaxed }))).not.toThrow();
  });
});

describe('layers', () => {
  const foreign = 'arn:aws:lambda:eu-west-1:999988887777:layer:tools:3';
  const refusal = `'layers' must come from this account, since their code runs with all rights of the function, got "${foreign}"; `
    + "publish the code as a layer of your own, or trust the publisher: TrustedAccounts.of(app).add('999988887777', "
    + "{ name, reason, uses: [AccountUse.CODE] }), or trustedLayerAccounts for this function alone [SecureFunction.ForeignLayer, at 'Shop/Orders']";

  test('fail when they come from an account that is not trusted', () => {
    const stack = testStack({ env: ENV });
    const layer = LayerVersion.fromLayerVersionArn(stack, 'Tools', foreign);
    expect(() => secure(stack, { layers: [layer] })).toThrow(refusal);
    const fn = secure(stack);
    expect(() => fn.addLayers(layer)).toThrow(refusal);
  });

  test('are added when they are own or trusted', () => {
    const stack = testStack({ env: ENV });
    const own = new LayerVersion(stack, 'Own', { code: Code.fromAsset(`${__dirname}/handlers`) });
    const sameAccount = LayerVersion.fromLayerVersionArn(stack, 'Same', 'arn:aws:lambda:eu-west-1:111122223333:layer:own:1');
    const trusted = LayerVersion.fromLayerVersionArn(stack, 'Tools', foreign);
    secure(stack, { layers: [own, sameAccount], trustedLayerAccounts: ['999988887777'] }).addLayers(trusted);
    const [fn] = Object.values(templateOf(stack).findResources('AWS::Lambda::Function'));
    expect(fn.Properties.Layers).toHaveLength(3);
  });

  test('fail when one is named twice', () => {
    const stack = testStack({ env: ENV });
    const own = LayerVersion.fromLayerVersionArn(stack, 'Own', 'arn:aws:lambda:eu-west-1:111122223333:layer:own:1');
    expect(() => secure(stack, { layers: [own, own] })).toThrow(
      "'layers' must name each layer once, got \"arn:aws:lambda:eu-west-1:111122223333:layer:own:1\"; leave out the second [SecureFunction.LayerTwice, at 'Shop/Orders']");
    const fn = secure(stack, { layers: [own] });
    expect(() => fn.addLayers(own)).toThrow('[SecureFunction.LayerTwice');
  });

  test('fail when there are more than five', () => {
    const stack = testStack({ env: ENV });
    const layers = [1, 2, 3, 4, 5, 6].map((n) => LayerVersion.fromLayerVersionArn(stack, `L${n}`, `arn:aws:lambda:eu-west-1:111122223333:layer:own:${n}`));
    expect(() => secure(stack, { layers })).toThrow(
      "'layers' must be at most 5, got 6; put several into one layer, or bundle them with the code [SecureFunction.LayerCount, at 'Shop/Orders']");
  });

  test('fail when only parts of their ARN are known and the account is another', () => {
    const stack = testStack();
    const layer = LayerVersion.fromLayerVersionArn(stack, 'Tools', `arn:${stack.partition}:lambda:${stack.region}:999988887777:layer:tools:3`);
    expect(() => secure(stack, { layers: [layer] })).toThrow('got a value that is only known at deployment');
  });
});

describe('failed events', () => {
  const failureHandling = (template: Template) => {
    const queue = { 'Fn::GetAtt': ['OrdersSupportFailureQueue03770B20', 'Arn'] };
    template.hasResource('AWS::SQS::Queue', {
      DeletionPolicy: 'Retain',
      Properties: { MessageRetentionPeriod: 1209600, KmsMasterKeyId: Match.anyValue(), RedriveAllowPolicy: { redrivePermission: 'denyAll' } },
    });
    template.hasResourceProperties('AWS::SQS::QueuePolicy', {
      PolicyDocument: { Statement: [Match.objectLike({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } })] },
    });
    template.hasResourceProperties('AWS::Lambda::Function', { DeadLetterConfig: { TargetArn: queue } });
    template.hasResourceProperties('AWS::Lambda::EventInvokeConfig', { DestinationConfig: { OnFailure: { Destination: queue } } });
    template.hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: {
        Statement: Match.arrayWith([
          { Effect: 'Allow', Action: 'sqs:SendMessage', Resource: queue },
          Match.objectLike({ Action: ['kms:Decrypt', 'kms:GenerateDataKey'], Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Join': ['', ['sqs.', { Ref: 'AWS::Region' }, '.amazonaws.com']] } } } }),
        ]),
      },
    });
    template.hasResourceProperties('AWS::CloudWatch::Alarm', { AlarmName: 'Shop/Orders failureQueueDepth', Threshold: 0 });
  };

  const callers: [string, (stack: Stack, fn: SecureFunction) => void, string][] = [
    ['S3', (stack, fn) => new Bucket(stack, 'B').addEventNotification(EventType.OBJECT_CREATED, new LambdaDestination(fn)), 's3.amazonaws.com'],
    ['SNS', (stack, fn) => { new Topic(stack, 'T').addSubscription(new LambdaSubscription(fn)); }, 'sns.amazonaws.com'],
    ['EventBridge', (stack, fn) => { new Rule(stack, 'R', { schedule: Schedule.rate(Duration.hours(1)) }).addTarget(new LambdaFunction(fn)); }, 'events.amazonaws.com'],
    ['a CloudWatch alarm', (stack, fn) => new Alarm(stack, 'A', { metric: fn.metricErrors(), threshold: 9, evaluationPeriods: 1 }).addAlarmAction(new LambdaAction(fn)), 'lambda.alarms.cloudwatch.amazonaws.com'],
    ['CloudWatch Logs', (stack, fn) => { new SubscriptionFilter(stack, 'F', { logGroup: new LogGroup(stack, 'L'), destination: new LogsDestination(fn), filterPattern: FilterPattern.allEvents() }); }, 'logs.amazonaws.com'],
  ];
  test.each(callers)('are kept when %s calls the function, from a named source of this account', (_, connect, principal) => {
    const stack = testStack();
    connect(stack, secure(stack));
    const template = templateOf(stack);
    failureHandling(template);
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: principal, SourceArn: Match.anyValue(), SourceAccount: ACCOUNT, Action: 'lambda:InvokeFunction' });
  });

  test('are kept in one queue, however many services call', () => {
    const stack = testStack();
    const fn = secure(stack);
    for (const [, connect] of callers) connect(stack, fn);
    templateOf(stack).resourceCountIs('AWS::SQS::Queue', 1);
  });

  test('are kept when the app says that callers do not wait', () => {
    const stack = testStack();
    const fn = secure(stack, { asyncInvocation: { retryAttempts: 0, maxEventAge: Duration.hours(1) } });
    expect(fn.failureQueue).toBeDefined();
    failureHandling(templateOf(stack));
    templateOf(stack).hasResourceProperties('AWS::Lambda::EventInvokeConfig', { MaximumRetryAttempts: 0, MaximumEventAgeInSeconds: 3600 });
  });

  test('go to a given queue', () => {
    const stack = testStack();
    const failureQueue = new Queue(stack, 'Failures', { encryption: QueueEncryption.SQS_MANAGED });
    expect(secure(stack, { asyncInvocation: { failureQueue } as AsyncInvocation }).failureQueue).toBe(failureQueue);
    templateOf(stack).resourceCountIs('AWS::SQS::Queue', 1);
  });

  test('are configured through the CDK method too, but not twice', () => {
    const stack = testStack();
    const fn = secure(stack);
    fn.configureAsyncInvoke({ retryAttempts: 1 });
    failureHandling(templateOf(stack));
    expect(() => fn.configureAsyncInvoke({})).toThrow("'configureAsyncInvoke()' must not follow a service that may already call the function asynchronously; "
      + "pass { asyncInvocation: { retryAttempts, maxEventAge, failureQueue } } to the function [SecureFunction.AsyncInvocationTwice, at 'Shop/Orders']");
  });

  test('need no queue where callers wait, which the template explains', () => {
    const stack = testStack();
    const fn = secure(stack);
    fn.addEventSource(new SqsEventSource(new Queue(stack, 'Q')));
    expect(fn.failureQueue).toBeUndefined();
    const dlq = findingsOf(stack).filter(({ rule, path }) => rule === 'Serverless-LambdaDLQ' && path === 'Shop/Orders/Resource');
    expect(dlq.map(({ reason }) => reason?.slice(0, 66))).toEqual(['No service that calls functions asynchronously has the permission ']);
  });
});

describe('what only the finished app shows', () => {
  test('fails the synthesis where a permission past the function would lose events', () => {
    const stack = testStack();
    secure(stack).currentVersion.addPermission('P', { principal: new ServicePrincipal('s3.amazonaws.com'), sourceArn: 'arn:aws:s3:::shop' });
    expect(() => templateOf(stack)).toThrow("'asyncInvocation' must be given, because a permission was added past the function to a service that does not "
      + 'wait for the answer, and failed events would get lost, got "s3.amazonaws.com"; pass { asyncInvocation: {} } to the function '
      + "[SecureFunction.UnkeptEvents, at 'Shop/Orders/CurrentVersion/P']");
  });

  test('fails the synthesis where a lazy variable turns out to be a secret', () => {
    const stack = testStack();
    let value: string | undefined;
    secure(stack, { environment: { GH: Lazy.string({ produce: () => { if (value === undefined) throw new Error('not yet'); return value; } }) } });
    value = `ghp_${'aB3dE5fG7h'.repeat(4)}`;
    expect(() => templateOf(stack)).toThrow("'environment.GH' must not hold a secret, and this looks like a GitHub token; keep it in AWS Secrets Manager and pass "
      + "{ secrets: { GH: secret } } [SecureFunction.SecretInEnvironment, at 'Shop/Orders']");
  });

  const settings = (bytes: number): string => 'ä'.repeat(Math.floor(bytes / 2)) + 'a'.repeat(bytes % 2);

  test.each([
    ['at once', (fn: SecureFunction) => { fn.addEnvironment('TABLE', settings(4096 - 'CONFIGTABLE'.length - 2000 + 1)); }],
    ['late', (fn: SecureFunction) => { fn.addEnvironment('TABLE', Lazy.string({ produce: () => settings(4000) })); }],
    ['beside what is not known', (fn: SecureFunction) => { fn.addEnvironment('TABLE', `${Aws.REGION}${settings(4000)}${Aws.ACCOUNT_ID}`); }],
  ])('fails the synthesis where the environment is larger than Lambda takes, told %s', (_, add) => {
    const stack = testStack();
    const fn = secure(stack, { environment: { CONFIG: settings(2000) } });
    add(fn);
    expect(() => templateOf(stack)).toThrow(new RegExp("'environment' must hold at most 4096 bytes, names and values together, got \\d+ bytes; put what is large into a "
      + "file of the code, or into a parameter that the function reads \\[SecureFunction\\.EnvironmentSize, at 'Shop/Orders'\\]"));
  });

  test('takes an environment as large as Lambda does, and counts nothing for what only the deployment knows', () => {
    const stack = testStack();
    secure(stack, { environment: { CONFIG: settings(2000) } }).addEnvironment('TABLE', settings(4096 - 'CONFIGTABLE'.length - 2000));
    const open = testStack();
    secure(open, { environment: { REGION: Aws.REGION } }).addEnvironment('TABLE', settings(4096 - 'REGIONTABLE'.length));
    templateOf(open).resourceCountIs('AWS::Lambda::Function', 1);
    const [{ Properties }] = Object.values(templateOf(stack).findResources('AWS::Lambda::Function'));
    expect(Buffer.byteLength(Object.entries<string>(Properties.Environment.Variables).flat().join(''))).toBe(4096);
  });

  test('explains that queues take no failure destination, and leaves streams to be judged', () => {
    const stack = testStack();
    const fn = secure(stack);
    fn.addEventSource(new SqsEventSource(new Queue(stack, 'Q')));
    fn.addEventSource(new KinesisEventSource(new Stream(stack, 'S'), { startingPosition: StartingPosition.LATEST }));
    const mappings = findingsOf(stack).filter(({ rule }) => rule === 'Serverless-LambdaEventSourceMappingDestination');
    expect(mappings.map(({ path, reason }) => `${path.split('/')[2].split('EventSource')[0]} ${reason !== undefined}`).sort()).toEqual(['Kinesis false', 'Sqs true']);
  });
});

describe('permissions to call', () => {
  const connect = (permission: Parameters<SecureFunction['addPermission']>[1], env?: typeof ENV) => {
    const stack = testStack({ env });
    secure(stack).addPermission('P', permission);
    return templateOf(stack);
  };
  const apigateway = new ServicePrincipal('apigateway.amazonaws.com');

  test.each([
    ['AnyPrincipal', new AnyPrincipal()], ['StarPrincipal', new StarPrincipal()], ['account *', new AccountPrincipal('*')],
  ])('fail for everybody: %s', (_, principal) => {
    expect(() => connect({ principal })).toThrow("'principal' must not be everybody; name the account, role or service that calls the function, "
      + "or your organization with new OrganizationPrincipal(id) [SecureFunction.PublicPermission, at 'Shop/Orders']");
  });

  test('fail for a service without source', () => {
    expect(() => connect({ principal: apigateway })).toThrow("'sourceArn' must name the resource in whose name apigateway calls the function, "
      + "or anybody's resource could; add its ARN to the permission [SecureFunction.SourceArn, at 'Shop/Orders']");
    const fn = secure(testStack());
    expect(() => fn.allowInvoke(apigateway)).toThrow('[SecureFunction.SourceArn');
  });

  test.each(['*', 'arn:aws:s3:::*', 'arn:aws:s3:eu-west-1:111122223333:*'])('fail for a whole service: %s', (sourceArn) => {
    expect(() => connect({ principal: new ServicePrincipal('s3.amazonaws.com'), sourceArn })).toThrow(
      `'sourceArn' must name one resource of s3, got "${sourceArn}"; add its ARN to the permission [SecureFunction.SourceArn, at 'Shop/Orders']`);
  });

  test.each([
    [{ sourceArn: 'arn:aws:s3:::shop' }, "'sourceArn' must be left out for a caller that is no service: it tells no source, and would be denied, got \"arn:aws:s3:::shop\""],
    [{ sourceAccount: '111122223333' }, "'sourceAccount' must be left out for a caller that is no service: it tells no source, and would be denied, got \"111122223333\""],
  ])('fail for an account that would have to tell a source: %j', (source, message) => {
    expect(() => connect({ principal: new AccountPrincipal('999988887777'), ...source })).toThrow(
      `${message}; name the account or role alone [SecureFunction.SourceArn, at 'Shop/Orders']`);
  });

  test('name the account that the source belongs to', () => {
    const sourceArn = 'arn:aws:execute-api:eu-west-1:999988887777:abc/prod/GET/orders';
    connect({ principal: apigateway, sourceArn }, ENV).hasResourceProperties('AWS::Lambda::Permission', { SourceArn: sourceArn, SourceAccount: '999988887777' });
    connect({ principal: new ServicePrincipal('s3.amazonaws.com'), sourceArn: 'arn:aws:s3:::shop' }, ENV)
      .hasResourceProperties('AWS::Lambda::Permission', { SourceAccount: '111122223333' });
    connect({ principal: apigateway, sourceArn, sourceAccount: '444455556666' }).hasResourceProperties('AWS::Lambda::Permission', { SourceAccount: '444455556666' });
  });

  test('take the source from the conditions of the principal', () => {
    const principal = new ServicePrincipal('sns.amazonaws.com', {
      conditions: { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:eu-west-1:111122223333:t' }, StringEquals: { 'aws:SourceAccount': '111122223333' } },
    });
    connect({ principal }).hasResourceProperties('AWS::Lambda::Permission', { SourceArn: 'arn:aws:sns:eu-west-1:111122223333:t', SourceAccount: '111122223333' });
    const ofBucket = new ServicePrincipal('s3.amazonaws.com', {
      conditions: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::shop' }, StringEquals: { 'aws:SourceAccount': '999988887777' } },
    });
    connect({ principal: ofBucket }, ENV).hasResourceProperties('AWS::Lambda::Permission', { SourceArn: 'arn:aws:s3:::shop', SourceAccount: '999988887777' });
  });

  test.each(['config', 'secretsmanager', 'ses'])('are bound to the account for services that have no ARN to name: %s', (service) => {
    connect({ principal: new ServicePrincipal(`${service}.amazonaws.com`) })
      .hasResourceProperties('AWS::Lambda::Permission', { SourceArn: Match.absent(), SourceAccount: ACCOUNT });
  });

  test('leave accounts, organizations and event source tokens as they are', () => {
    connect({ principal: new AccountPrincipal('999988887777') }).hasResourceProperties('AWS::Lambda::Permission', { Principal: '999988887777', SourceAccount: Match.absent() });
    connect({ principal: new OrganizationPrincipal('o-1234567890') }).hasResourceProperties('AWS::Lambda::Permission', { Principal: '*', PrincipalOrgID: 'o-1234567890' });
    connect({ principal: new ServicePrincipal('alexa-appkit.amazon.com'), eventSourceToken: 'skill' }).hasResourceProperties('AWS::Lambda::Permission', { EventSourceToken: 'skill', SourceAccount: Match.absent() });
  });

  test('give principals the function itself and not its versions', () => {
    const stack = testStack();
    const role = new Role(stack, 'Caller', { assumedBy: new AccountPrincipal('999988887777') });
    secure(stack).allowInvoke(role);
    templateOf(stack).hasResourceProperties('AWS::IAM::Policy', {
      PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['OrdersA9B65338', 'Arn'] } }] },
    });
  });
});

describe('the name of a service', () => {
  test.each([
    ['s3.amazonaws.com', 's3'], ['s3.eu-west-1.amazonaws.com', 's3'], ['logs.us-gov-west-1.amazonaws.com', 'logs'], ['events.amazonaws.com.cn', 'events'],
    [`logs.${Aws.REGION}.amazonaws.com`, 'logs'], ['lambda.alarms.cloudwatch.amazonaws.com', 'lambda.alarms.cloudwatch'], ['alexa-appkit.amazon.com', 'alexa-appkit.amazon.com'],
  ])('is read from %s', (principal, name) => {
    expect(serviceName(principal)).toBe(name);
  });
});

describe('a function URL', () => {
  test('answers signed requests only', () => {
    const stack = testStack();
    secure(stack).addFunctionUrl({ cors: { allowedOrigins: ['https://shop.example.com'], allowedMethods: [HttpMethod.GET] } });
    templateOf(stack).hasResourceProperties('AWS::Lambda::Url', { AuthType: 'AWS_IAM', Cors: { AllowOrigins: ['https://shop.example.com'], AllowMethods: ['GET'] } });
  });

  test('fails when it would answer everybody', () => {
    const fn = secure(testStack());
    expect(() => fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE })).toThrow("'authType' must be AWS_IAM, or whoever learns the URL can run the function, got \"NONE\"; "
      + 'leave it out, and put an API with an authorizer or CloudFront with origin access control in front for callers without AWS credentials '
      + "[SecureFunction.UrlAuth, at 'Shop/Orders']");
  });

  test.each(['*', 'https://*', 'http://shop.example.com', 'https://*.example.com'])('fails on the origin %s', (origin) => {
    const fn = secure(testStack());
    expect(() => fn.addFunctionUrl({ cors: { allowedOrigins: [origin] } })).toThrow(`'cors.allowedOrigins' must be exact https origins, or other sites read the answers in the name of their visitors, got "${origin}"; `
      + "name each origin, for example 'https://shop.example.com' [SecureFunction.UrlOrigin, at 'Shop/Orders']");
  });
});

describe('a function in a network', () => {
  test.each([
    ['Größe', 'Function Shop/Gr__e: nothing in, named peers out'],
    ['O'.repeat(240), `Function ${'O'.repeat(200)}: nothing in, named peers out`],
  ])('called %s has a group whose description EC2 takes', (id, description) => {
    const stack = testStack();
    new SecureFunction(stack, id, { code: Code.fromInline('x'), handler: 'index.handler', runtime: Runtime.NODEJS_24_X, network: { vpc: privateVpc(stack) } });
    templateOf(stack).hasResourceProperties('AWS::EC2::SecurityGroup', { GroupDescription: description });
  });

  test('has a closed security group, and interface rights that its own code is denied', () => {
    const stack = testStack();
    secure(stack, { network: { vpc: privateVpc(stack) } });
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { VpcConfig: { SubnetIds: ['subnet-1', 'subnet-2'], SecurityGroupIds: [{ 'Fn::GetAtt': [Match.stringLikeRegexp('OrdersSupportSecurityGroup'), 'GroupId'] }] } });
    template.hasResourceProperties('AWS::EC2::SecurityGroup', {
      GroupDescription: 'Function Shop/Orders: nothing in, named peers out',
      SecurityGroupIngress: Match.absent(),
      SecurityGroupEgress: [Match.objectLike({ CidrIp: '255.255.255.255/32', Description: 'Disallow all traffic' })],
    });
    const actions = ['ec2:AssignPrivateIpAddresses', 'ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces', 'ec2:DescribeSubnets', 'ec2:UnassignPrivateIpAddresses'];
    template.hasResourceProperties('AWS::IAM::Role', {
      Policies: [Match.objectLike({
        PolicyDocument: {
          Statement: Match.arrayWith([
            { Sid: 'NetworkInterfaces', Effect: 'Allow', Action: actions, Resource: '*', Condition: { StringEquals: { 'aws:RequestedRegion': { Ref: 'AWS::Region' } } } },
            { Sid: 'NetworkInterfacesOnlyByLambda', Effect: 'Deny', Action: actions, Resource: '*', Condition: { Null: { 'lambda:SourceFunctionArn': 'false' } } },
          ]),
        },
      })],
    });
    template.resourceCountIs('AWS::IAM::Policy', 0);
    template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
    expect(unexplained(findingsOf(stack))).toStrictEqual([]);
  });

  test('opens connections to named peers', () => {
    const stack = testStack();
    const fn = secure(stack, { network: { vpc: privateVpc(stack) } });
    fn.allowEgressTo(Peer.ipv4('10.1.0.0/16'), Port.tcp(5432), 'orders database');
    fn.connections.allowTo(Peer.prefixList('pl-1'), Port.HTTPS, 'S3 endpoint');
    const [group] = Object.values(templateOf(stack).findResources('AWS::EC2::SecurityGroup'));
    expect(group.Properties.SecurityGroupEgress).toEqual([
      { CidrIp: '10.1.0.0/16', Description: 'orders database', FromPort: 5432, IpProtocol: 'tcp', ToPort: 5432 },
    ]);
    templateOf(stack).hasResourceProperties('AWS::EC2::SecurityGroupEgress', { DestinationPrefixListId: 'pl-1', Description: 'S3 endpoint', FromPort: 443, ToPort: 443 });
  });

  test.each([
    ['0.0.0.0/0', Peer.anyIpv4()], ['::/0', Peer.anyIpv6()], ['0.0.0.0/1', Peer.ipv4('0.0.0.0/1')], ['2000::/3', Peer.ipv6('2000::/3')],
  ])('fails to open to the world: %s', (cidr, peer) => {
    const stack = testStack();
    const fn = secure(stack, { network: { vpc: privateVpc(stack) } });
    const why = `'peer' must not be the whole internet: what runs in the function could send data anywhere, got "${cidr}"; `
      + 'name the security group, prefix list or addresses that the function needs, or reach AWS services through VPC endpoints';
    expect(() => fn.allowEgressTo(peer, Port.HTTPS, 'anywhere')).toThrow(`${why} [SecureFunction.WorldwideEgress, at 'Shop/Orders']`);
    expect(() => fn.connections.allowTo(peer, Port.HTTPS)).toThrow(`${why} [SecureFunction.WorldwideEgress, at 'Shop/OrdersSupport/SecurityGroup']`);
  });

  test('takes given security groups that are closed, and fails on open ones', () => {
    const stack = testStack();
    const vpc = privateVpc(stack);
    secure(stack, { network: { vpc, securityGroups: [new SecurityGroup(stack, 'Closed', { vpc, allowAllOutbound: false })] } });
    templateOf(stack).resourceCountIs('AWS::EC2::SecurityGroup', 1);
    const open = new SecurityGroup(stack, 'Open', { vpc });
    expect(() => new SecureFunction(stack, 'Second', { ...CODE, network: { vpc, securityGroups: [open] } })).toThrow(
      "'network.securityGroups' must not let all traffic out, got \"Shop/Open\"; make or import it with { allowAllOutbound: false } and open what the function needs, "
      + "or leave it out and use allowEgressTo() [SecureFunction.WorldwideEgress, at 'Shop/Second']");
  });

  test('fails in a public subnet', () => {
    const stack = testStack();
    expect(() => secure(stack, { network: { vpc: privateVpc(stack), subnets: { subnetType: SubnetType.PUBLIC } } })).toThrow(
      "'network.subnets' must be private: a function in a public subnet has no public address and reaches nothing; "
      + "choose private subnets, for example { subnetType: SubnetType.PRIVATE_ISOLATED } [SecureFunction.PublicSubnet, at 'Shop/Orders']");
  });

  test('fails to open connections where there is no network', () => {
    const fn = secure(testStack());
    expect(() => fn.allowEgressTo(Peer.ipv4('10.0.0.0/16'), Port.HTTPS, 'x')).toThrow("'network' must be given before traffic can be let out to a peer; "
      + 'pass { network: network.forFunctions() } of a SecureNetwork, or { network: { vpc } }; without a network the function reaches the internet and AWS services, but no private address '
      + "[SecureFunction.NoNetwork, at 'Shop/Orders']");
  });
});

describe('alarms', () => {
  const thresholds = (template: Template) => Object.fromEntries(Object.values(template.findResources('AWS::CloudWatch::Alarm'))
    .map(({ Properties }) => [Properties.AlarmName.split(' ')[1], Properties.Threshold]));

  test('watch errors, throttles, duration at 80 % of the timeout, concurrency and the failure queue', () => {
    expect(thresholds(templateWith({ asyncInvocation: {}, timeout: Duration.seconds(10) })))
      .toEqual({ errors: 0, throttles: 0, duration: 8000, concurrency: 100, failureQueueDepth: 0 });
    templateWith({}).hasResourceProperties('AWS::CloudWatch::Alarm', { MetricName: 'Duration', ExtendedStatistic: 'p99', EvaluationPeriods: 3, DatapointsToAlarm: 2 });
  });

  test.each([[1, 1], [10, 8], [100, 80]])('measure concurrency against the reserved %d', (reservedConcurrentExecutions, threshold) => {
    expect(thresholds(templateWith({ reservedConcurrentExecutions })).concurrency).toBe(threshold);
  });

  test.each(['errors', 'throttles', 'duration', 'concurrency', 'failureQueueDepth'])('can be tuned, or switched off with a reason: %s', (name) => {
    expect(thresholds(templateWith({ asyncInvocation: {}, alarms: { [name]: AlarmSetting.threshold(7) } }))[name]).toBe(7);
    const stack = testStack();
    secure(stack, { asyncInvocation: {}, alarms: { [name]: AlarmSetting.off('watched by the caller instead') } });
    expect(thresholds(templateOf(stack))).not.toHaveProperty(name);
    expect(waiversBelow(stack)).toEqual([{ control: `Alarm.${name}`, reason: 'watched by the caller instead', constructPath: 'Shop/Orders' }]);
  });
});

describe('a secure function goes where a function goes', () => {
  test('REST APIs, user pool triggers, versions, aliases, policies and metrics', () => {
    const stack = testStack();
    const fn: LambdaFn = secure(stack);
    new RestApi(stack, 'Api').root.addMethod('GET', new LambdaIntegration(fn, { allowTestInvoke: false }));
    const later = new RestApi(stack, 'Later', { deploy: false });
    later.root.addMethod('GET', new LambdaIntegration(fn, { allowTestInvoke: false }));
    later.deploymentStage = new Stage(stack, 'Prod', { deployment: new Deployment(stack, 'First', { api: later }) });
    new Secret(stack, 'Rotated').addRotationSchedule('Rotation', { rotationLambda: fn });
    new UserPool(stack, 'Pool', { lambdaTriggers: { preSignUp: fn } });
    const live = fn.addAlias('live');
    live.addPermission('Topic', { principal: new ServicePrincipal('sns.amazonaws.com'), sourceArn: 'arn:aws:sns:eu-west-1:999988887777:orders' });
    expect(() => live.addPermission('Public', { principal: new AnyPrincipal() })).toThrow('[SecureFunction.PublicPermission');
    fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/t'] }));
    const template = templateOf(stack);
    template.resourceCountIs('AWS::Lambda::Version', 1);
    template.hasResourceProperties('AWS::Lambda::Permission', { FunctionName: { Ref: Match.stringLikeRegexp('OrdersAliaslive') }, SourceAccount: '999988887777' });
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'apigateway.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: Match.anyValue() });
    template.hasResourceProperties('AWS::Lambda::Permission', { Principal: 'cognito-idp.amazonaws.com', SourceAccount: ACCOUNT, SourceArn: Match.anyValue() });
    template.resourceCountIs('AWS::IAM::Policy', 1);
    expect(fn.metricErrors().metricName).toBe('Errors');
  });
});

describe('SecureNodejsFunction', () => {
  const nodejs = (stack: Stack, props: Partial<SecureNodejsFunctionProps> = {}) => new SecureNodejsFunction(stack, 'Orders', { entry: ENTRY, ...props });

  test('has the same template as SecureFunction but for its code', () => {
    const [one, two] = [testStack(), testStack()];
    const options = { environment: { TABLE: 'orders' }, asyncInvocation: {} };
    nodejs(one, options);
    secure(two, options);
    const [mine, other] = [templateOf(one).toJSON(), templateOf(two).toJSON()];
    for (const template of [mine, other]) delete template.Resources.OrdersA9B65338.Properties.Code;
    expect(mine.Resources).toEqual(other.Resources);
  });

  test('chooses the newest Node.js, and takes another that is patched', () => {
    const stack = testStack();
    nodejs(stack);
    new SecureNodejsFunction(stack, 'Older', { entry: ENTRY, runtime: Runtime.NODEJS_22_X, handler: 'other', bundling: { minify: false, esm: true } });
    const template = templateOf(stack);
    template.hasResourceProperties('AWS::Lambda::Function', { Runtime: 'nodejs24.x', Handler: 'index.handler' });
    template.hasResourceProperties('AWS::Lambda::Function', { Runtime: 'nodejs22.x', Handler: 'index.other' });
  });

  test('leaves an older runtime to be explained by whoever chose it', () => {
    const stack = testStack();
    nodejs(stack, { runtime: Runtime.NODEJS_22_X });
    expect(unexplained(findingsOf(stack))).toEqual(['AwsSolutions-L1 at Shop/Orders/Resource', 'Serverless-LambdaLatestVersion at Shop/Orders/Resource']);
  });

  test('fails on the runtime of another language', () => {
    expect(() => nodejs(testStack(), { runtime: Runtime.PYTHON_3_14 })).toThrow(
      "'runtime' must be a Node.js runtime, got \"python3.14\"; leave it out to use nodejs24.x, or use SecureFunction for another language [SecureFunction.Runtime, at 'Shop/Orders']");
  });

  test('fails on an entry that does not exist, before anything is made', () => {
    const stack = testStack();
    expect(() => nodejs(stack, { entry: 'src/missing.ts' })).toThrow("'entry' must be a TypeScript or JavaScript file that exists, got \"src/missing.ts\"; "
      + "give its path, relative to the working directory or made absolute with path.join(__dirname, …) [SecureFunction.Entry, at 'Shop/Orders']");
    expect(stack.node.children).toStrictEqual([]);
  });

  test('bundles the handler', () => {
    const app = new App({ context: { '@aws-cdk/core:failSynthOnValidationErrors': false } });
    nodejs(new Stack(app, 'Shop'));
    const { directory } = app.synth();
    const [asset] = readdirSync(directory).filter((name) => name.startsWith('asset.'));
    expect(readFileSync(join(directory, asset, 'index.js'), 'utf8')).toContain('hello');
  });

  test('guards what SecureFunction guards', () => {
    const stack = testStack({ env: ENV });
    const fn = nodejs(stack, { network: { vpc: privateVpc(stack) } });
    expect(() => fn.addEnvironment('DEBUG', '*')).toThrow('[SecureFunction.DebugSwitch');
    expect(() => fn.addLayers(LayerVersion.fromLayerVersionArn(stack, 'L', 'arn:aws:lambda:eu-west-1:999988887777:layer:tools:3'))).toThrow('[SecureFunction.ForeignLayer');
    expect(() => fn.addPermission('P', { principal: new AnyPrincipal() })).toThrow('[SecureFunction.PublicPermission');
    expect(() => fn.allowInvoke(new ServicePrincipal('iot.amazonaws.com'))).toThrow('[SecureFunction.SourceArn');
    expect(() => fn.addFunctionUrl({ authType: FunctionUrlAuthType.NONE })).toThrow('[SecureFunction.UrlAuth');
    expect(() => fn.allowEgressTo(Peer.anyIpv4(), Port.HTTPS, 'x')).toThrow('[SecureFunction.WorldwideEgress');
    expect(fn.resourceArnsForGrantInvoke).toEqual([fn.functionArn]);
    fn.addToRolePolicy(new PolicyStatement({ actions: ['dynamodb:GetItem'], resources: ['arn:aws:dynamodb:eu-west-1:111122223333:table/t'] }));
    fn.configureAsyncInvoke({});
    expect(fn.failureQueue).toBeDefined();
    expect(() => fn.addAlias('live').addPermission('P', { principal: new AnyPrincipal() })).toThrow('[SecureFunction.PublicPermission');
  });
});

describe('no combination of legal props', () => {
  const optional = <T>(value: fc.Arbitrary<T>) => fc.option(value, { nil: undefined });
  const options: fc.Arbitrary<SecureFunctionOptions> = fc.record({
    memorySize: optional(fc.integer({ min: 128, max: 10240 })),
    timeout: optional(fc.integer({ min: 1, max: 900 }).map((seconds) => Duration.seconds(seconds))),
    architecture: optional(fc.constantFrom(Architecture.ARM_64, Architecture.X86_64)),
    environment: optional(fc.dictionary(fc.stringMatching(/^[A-Z][A-Z_]{1,8}$/), fc.stringMatching(/^[a-z-]{0,10}$/), { maxKeys: 3 })),
    reservedConcurrentExecutions: optional(fc.integer({ min: 1, max: 1000 })),
    asyncInvocation: optional(fc.record({ retryAttempts: optional(fc.integer({ min: 0, max: 2 })) })),
    logRetention: optional(fc.constantFrom(RetentionDays.ONE_YEAR, RetentionDays.TEN_YEARS, RetentionDays.INFINITE)),
    logMasking: optional(fc.constantFrom(LogMasking.standard(), LogMasking.with(DataIdentifier.IPADDRESS))),
    tracing: optional(fc.constant(FunctionTracing.active())),
    tenancyConfig: optional(fc.constant(TenancyConfig.PER_TENANT)),
  });

  test('weakens the function without a reason', () => {
    fc.assert(fc.property(options, (some) => {
      const stack = testStack();
      secure(stack, some);
      const template = templateOf(stack);
      template.hasResourceProperties('AWS::Lambda::Function', { TracingConfig: { Mode: 'Active' }, RecursiveLoop: 'Terminate', LoggingConfig: Match.objectLike({ LogFormat: 'JSON' }) });
      template.hasResourceProperties('AWS::Logs::LogGroup', { KmsKeyId: Match.anyValue(), DataProtectionPolicy: Match.anyValue() });
      template.allResourcesProperties('AWS::IAM::Role', { ManagedPolicyArns: Match.absent() });
      const fn = Object.values(template.findResources('AWS::Lambda::Function'))[0].Properties;
      expect(fn.KmsKeyArn !== undefined).toBe(Object.keys(some.environment ?? {}).length > 0);
      expect(fn.DeadLetterConfig !== undefined).toBe(some.asyncInvocation !== undefined);
      expect(Object.keys(template.findResources('AWS::CloudWatch::Alarm')).length).toBe(some.asyncInvocation === undefined ? 4 : 5);
      expect(waiversBelow(stack)).toStrictEqual([]);
    }), { numRuns: 40 });
  });
});

describe('self-audit', () => {
  const everything = (stack: Stack): void => {
    const options = regulatedOptions(stack);
    const full: SecureFunctionOptions = { ...options, environment: { TABLE: 'orders' }, secrets: { DB_SECRET: new Secret(stack, 'Imported') } };
    secure(stack, full).addPermission('Bucket', { principal: new ServicePrincipal('s3.amazonaws.com'), sourceArn: 'arn:aws:s3:::shop' });
    new SecureNodejsFunction(stack, 'Node', { entry: ENTRY, ...options }).addFunctionUrl();
  };
  /** The stack's own warning that nobody listens, and the secret of the test, are not the function's. */
  const own = (finding: string): boolean => !finding.includes('/SharedSecurity/') && !finding.includes('/Imported/');

  test.each(PROFILES.flatMap(([name, profile]) => ([['no', {}], ['the recommended', RECOMMENDED_FLAGS]] as const).map(([label, flags]) => [name, label, profile, flags] as const)))(
    'finds nothing in %s with %s flags', (_name, _label, profile, flags) => {
      const stack = testStack({ profile: profile(), flags });
      everything(stack);
      expect(unexplained(findingsOf(stack)).filter(own)).toStrictEqual([]);
    });

  test.each(PROFILES)('writes the same template with and without flags: %s', (_, profile) => {
    const [none, recommended] = [{}, RECOMMENDED_FLAGS].map((flags) => {
      const stack = testStack({ profile: profile(), flags });
      secure(stack, { ...regulatedOptions(stack), environment: { TABLE: 'orders' }, asyncInvocation: {} });
      return templateOf(stack).toJSON();
    });
    expect(recommended).toEqual(none);
  });

  test('leaves nothing to be explained under all packs in the regulated profile', () => {
    const stack = testStack({ profile: SecurityProfile.regulated() });
    secure(stack, regulatedOptions(stack));
    expect(unexplained(findingsOf(stack, ALL_NAG_PACKS()))).toStrictEqual([]);
  });

  test('acknowledges little, and each with its reason', () => {
    const stack = testStack();
    secure(stack, { network: { vpc: privateVpc(stack) } });
    new SecureFunction(stack, 'Async', { ...CODE, asyncInvocation: {} });
    expect(findingsOf(stack).filter(({ reason }) => reason !== undefined).map(({ rule, path }) => `${rule} at ${path}`).sort()).toEqual([
      'AwsSolutions-IAM5[Resource::*] at Shop/AsyncSupport/Role/Resource',
      'AwsSolutions-IAM5[Resource::*] at Shop/OrdersSupport/Role/Resource',
      'Serverless-LambdaDLQ at Shop/Orders/Resource',
      'Serverless-LambdaStarPermissions at Shop/AsyncSupport/Role/Resource',
      'Serverless-LambdaStarPermissions at Shop/OrdersSupport/Role/Resource',
      'Serverless-SQSRedrivePolicy at Shop/AsyncSupport/FailureQueue/Resource',
    ]);
  });
});
