import { base } from './bases';
import { Template } from '../../seed';
import { add, BlindSeed, breach, fault, idOf, of, prop, safe } from '../support';

const FOREIGN = '999988887777';

const worker = (Compute: Template): any => of(Compute, 'AWS::Lambda::Function', 'Worker');
const granted = (Compute: Template): any[] => of(Compute, 'AWS::IAM::Policy', 'WorkerRoleDefaultPolicy').PolicyDocument.Statement;
const mapping = (Compute: Template): any => of(Compute, 'AWS::Lambda::EventSourceMapping', 'WorkerSqs');
const table = (Data: Template): any => of(Data, 'AWS::DynamoDB::GlobalTable', 'Carts');
const jobsPolicy = (Data: Template): any[] => of(Data, 'AWS::SQS::QueuePolicy', 'JobsPolicy').PolicyDocument.Statement;
const uploadsPolicy = (Data: Template): any[] => of(Data, 'AWS::S3::BucketPolicy', 'UploadsPolicy').PolicyDocument.Statement;
const role = (Compute: Template, who: string): any => of(Compute, 'AWS::IAM::Role', who);
const jobsArn = (Data: Template): object => ({ 'Fn::GetAtt': [idOf(Data, 'AWS::SQS::Queue', 'Jobs'), 'Arn'] });

/** Imports an output of the data stack by the start of its name, as references between stacks are written. */
function imported(Data: Template, start: string): any {
  const output = Object.keys(Data.Outputs).find((name) => name.startsWith(`ExportsOutput${start}`));
  if (output === undefined) throw new Error(`no export starts with ${start}`);
  return { 'Fn::ImportValue': Data.Outputs[output].Export.Name };
}

/** Exports one more value of the data stack. */
function exported(Data: Template, name: string, Value: unknown): any {
  Data.Outputs[name] = { Value, Export: { Name: `Data-${name}` } };
  return { 'Fn::ImportValue': { 'Fn::Join': ['-', ['Data', name]] } };
}

/** A stream of the table, read by the worker. */
function addStream(Data: Template, Compute: Template, more: object): void {
  table(Data).StreamSpecification = { StreamViewType: 'NEW_IMAGE' };
  const EventSourceArn = exported(Data, 'stream', { 'Fn::GetAtt': [idOf(Data, 'AWS::DynamoDB::GlobalTable', 'Carts'), 'StreamArn'] });
  add(Compute, 'Stream', 'AWS::Lambda::EventSourceMapping', {
    FunctionName: { Ref: idOf(Compute, 'AWS::Lambda::Function', 'Worker') }, EventSourceArn, StartingPosition: 'LATEST', ...more,
  });
}

/** Data in one stack, a worker in another. */
export const CDK_SPLIT: BlindSeed = {
  name: 'Data and a worker in two stacks, by L2 constructs',
  style: 'cross-stack',
  stacks: { Data: base('data'), Compute: base('compute') },
  mutants: [
    fault('G01', 'an exported secret', ({ Data, Compute }) => {
      worker(Compute).Environment.Variables.LOGIN = exported(Data, 'login', '{{resolve:secretsmanager:shop/login}}');
    }),
    fault('G02', 'an exported password', ({ Data, Compute }) => { worker(Compute).Environment.Variables.DB_PASSWORD = exported(Data, 'password', 'Sommer2025!'); }),
    fault('G07', 'a token among the outputs', ({ Data }) => { Data.Outputs.Token = { Value: 'xoxb-123456789012-abcdefABCDEF' }; }),
    fault('G28', 'any topic of the world fills the queue of the worker', ({ Data }) => { delete jobsPolicy(Data)[1].Condition; }),
    fault('G28', 'any bucket of the world fills the alarms', ({ Data }) => {
      of(Data, 'AWS::SNS::TopicPolicy', 'AlarmsPolicy').PolicyDocument.Statement.push({
        Effect: 'Allow', Principal: { Service: ['s3.amazonaws.com'] }, Action: ['sns:Publish'], Resource: { Ref: idOf(Data, 'AWS::SNS::Topic', 'Alarms') },
      });
    }),
    fault('G30', 'any identity pool', ({ Compute }) => { delete role(Compute, 'Member').AssumeRolePolicyDocument.Statement[0].Condition.StringEquals; }),
    fault('G30', 'those who did not sign in', ({ Compute }) => { delete role(Compute, 'Member').AssumeRolePolicyDocument.Statement[0].Condition['ForAnyValue:StringLike']; }),
    fault('G32', 'an index of another stack that is none', ({ Data, Compute }) => {
      granted(Compute).push({ Effect: 'Allow', Action: ['dynamodb:Query'], Resource: { 'Fn::Join': ['/', [imported(Data, 'FnGetAttCarts'), 'index', '*']] } });
    }),
    fault('G33', 'rights on a topic that nothing names', ({ Data, Compute }) => {
      granted(Compute).push({ Effect: 'Allow', Action: 'sns:Publish', Resource: exported(Data, 'news', { Ref: idOf(Data, 'AWS::SNS::Topic', 'News') }) });
    }),
    fault('G34', 'the worker writes policies', ({ Compute }) => {
      granted(Compute).push({ Effect: 'Allow', Action: ['iam:PutRolePolicy'], Resource: { 'Fn::GetAtt': [idOf(Compute, 'AWS::IAM::Role', 'Worker'), 'Arn'] } });
    }),
    fault('G34', 'the worker runs every function of the account', ({ Compute }) => {
      granted(Compute).push({ Effect: 'Allow', Action: 'lambda:Invoke*', Resource: { 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:function:*' } });
    }),
    fault('G36', 'six readers of one secret', ({ Data, Compute }) => {
      add(Data, 'Login', 'AWS::SecretsManager::Secret', { KmsKeyId: { Ref: idOf(Data, 'AWS::KMS::Key', 'Key') }, GenerateSecretString: {} },
        { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      const Resource = exported(Data, 'login', { Ref: 'Login' });
      for (let i = 0; i < 12; i++) {
        add(Compute, `Reader${i}Role`, 'AWS::IAM::Role', {
          AssumeRolePolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' }, Action: 'sts:AssumeRole' }] },
          Policies: [{ PolicyName: 'read', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource }] } }],
        });
      }
    }),
    fault('G37', 'the worker grants the key of another stack', ({ Data, Compute }) => {
      granted(Compute).push({ Effect: 'Allow', Action: ['kms:CreateGrant', 'kms:DescribeKey'], Resource: imported(Data, 'FnGetAttKey') });
    }),
    fault('G39', 'another account sends jobs', ({ Data }) => {
      jobsPolicy(Data).push({ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': `arn:aws:iam::${FOREIGN}:root` } }, Action: ['sqs:SendMessage'], Resource: jobsArn(Data) });
    }),
    fault('G39', 'another account sends news to the worker', ({ Data }) => {
      of(Data, 'AWS::SNS::TopicPolicy', 'NewsPolicy').PolicyDocument.Statement.push({
        Effect: 'Allow', Principal: { AWS: [FOREIGN] }, Action: 'sns:Publish', Resource: { Ref: idOf(Data, 'AWS::SNS::Topic', 'News') },
      });
    }),
    fault('G40', 'news call the worker, and failures are lost', ({ Data, Compute }) => {
      const TopicArn = exported(Data, 'news', { Ref: idOf(Data, 'AWS::SNS::Topic', 'News') });
      const FunctionName = { 'Fn::GetAtt': [idOf(Compute, 'AWS::Lambda::Function', 'Worker'), 'Arn'] };
      add(Compute, 'Call', 'AWS::SNS::Subscription', { TopicArn, Protocol: 'lambda', Endpoint: FunctionName, RedrivePolicy: { deadLetterTargetArn: imported(Data, 'FnGetAttJobs') } });
      add(Compute, 'AllowNews', 'AWS::Lambda::Permission', {
        FunctionName, Action: 'lambda:InvokeFunction', Principal: 'sns.amazonaws.com', SourceArn: TopicArn,
      });
    }),
    fault('G41', 'a stream without an end', ({ Data, Compute }) => { addStream(Data, Compute, { FunctionResponseTypes: ['ReportBatchItemFailures'] }); }),
    fault('G42', 'a whole batch of changes again', ({ Data, Compute }) => {
      addStream(Data, Compute, {
        MaximumRetryAttempts: 3, BisectBatchOnFunctionError: true, DestinationConfig: { OnFailure: { Destination: imported(Data, 'FnGetAttJobs') } },
      });
    }),
    fault('G43', 'nothing bounds the consumers', ({ Compute }) => {
      delete mapping(Compute).ScalingConfig;
      delete worker(Compute).ReservedConcurrentExecutions;
    }),
    fault('G44', 'one try', ({ Data }) => { of(Data, 'AWS::SQS::Queue', 'Jobs').RedrivePolicy.maxReceiveCount = 1; }),
    fault('G44', 'failures live shorter than jobs', ({ Data }) => { of(Data, 'AWS::SQS::Queue', 'Failed').MessageRetentionPeriod = 3600; }),
    fault('G45', 'every queue may dump', ({ Data }) => { of(Data, 'AWS::SQS::Queue', 'Failed').RedriveAllowPolicy = { redrivePermission: 'allowAll' }; }),
    fault('G46', 'the worker writes where it reads, two stacks away', ({ Data, Compute }) => {
      granted(Compute).push({ Effect: 'Allow', Action: 'sqs:Send*', Resource: imported(Data, 'FnGetAttJobs') });
    }),
    fault('G46', 'an upload calls the worker, which uploads', ({ Data, Compute }) => {
      const functionArn = { 'Fn::GetAtt': [idOf(Compute, 'AWS::Lambda::Function', 'Worker'), 'Arn'] };
      Compute.Outputs = { Worker: { Value: functionArn, Export: { Name: 'worker-arn' } } };
      of(Data, 'AWS::S3::Bucket', 'Uploads').NotificationConfiguration = {
        LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: { 'Fn::ImportValue': 'worker-arn' } }],
      };
      granted(Compute).push({ Effect: 'Allow', Action: ['s3:PutObject'], Resource: { 'Fn::Join': ['', [imported(Data, 'FnGetAttUploads'), '/*']] } });
    }),
    fault('G53', 'news go to another account', ({ Data }) => {
      of(Data, 'AWS::SNS::Subscription', 'Jobs').Endpoint = { 'Fn::Join': [':', ['arn:aws:sqs', { Ref: 'AWS::Region' }, FOREIGN, 'news']] };
    }),
    fault('G53', 'news go out in the clear, on the topic itself', ({ Data }) => {
      of(Data, 'AWS::SNS::Topic', 'News').Subscription = [{ Protocol: 'http', Endpoint: 'http://hooks.example/news' }];
    }),
    fault('G54', 'code from a bucket of another account', ({ Compute }) => { worker(Compute).Code.S3Bucket = `cdk-hnb659fds-assets-${FOREIGN}-eu-west-1`; }),
    fault('G54', 'a layer of another account, by Sub', ({ Compute }) => {
      worker(Compute).Layers = [{ 'Fn::Sub': ['arn:aws:lambda:${AWS::Region}:${Owner}:layer:tools:1', { Owner: FOREIGN }] }];
    }),
    fault('G76', 'the table goes with the stack', ({ Data }) => { Data.Resources[idOf(Data, 'AWS::DynamoDB::GlobalTable', 'Carts')].DeletionPolicy = 'Delete'; }),
    fault('G76', 'objects are deleted with the stack', ({ Data }) => {
      add(Data, 'UploadsAutoDelete', 'Custom::S3AutoDeleteObjects', {
        ServiceToken: { 'Fn::ImportValue': 'provider' }, BucketName: { Ref: idOf(Data, 'AWS::S3::Bucket', 'Uploads') },
      });
    }),
    fault('G77', 'a replica can be deleted', ({ Data }) => { table(Data).Replicas[0].DeletionProtectionEnabled = false; }),
    fault('G77', 'a second replica without recovery and key', ({ Data }) => {
      table(Data).Replicas.push({ Region: 'eu-central-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'false' } });
    }),
    fault('G78', 'a replica is shared with another account', ({ Data }) => {
      table(Data).Replicas[0].ResourcePolicy = {
        PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${FOREIGN}:role/reports` }, Action: 'dynamodb:Query', Resource: '*' }] },
      };
    }),
    fault('G78', 'an access point for everybody', ({ Data }) => {
      add(Data, 'Point', 'AWS::S3::AccessPoint', {
        Bucket: { Ref: idOf(Data, 'AWS::S3::Bucket', 'Uploads') },
        Name: 'partner',
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        Policy: { Statement: [{ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` }, Action: 's3:GetObject', Resource: 'arn:aws:s3:eu-west-1:111122223333:accesspoint/partner/object/*' }] },
      });
    }),
    fault('G89', 'the runtime waits for the function to change', ({ Compute }) => {
      worker(Compute).RuntimeManagementConfig = { UpdateRuntimeOn: { 'Fn::Select': [1, ['Auto', 'Manual']] }, RuntimeVersionArn: 'arn:aws:lambda:eu-west-1::runtime:abc' };
    }),
    fault('G87', 'a configuration that warns, imported', ({ Compute }) => {
      add(Compute, 'Signing', 'AWS::Lambda::CodeSigningConfig', {
        AllowedPublishers: { SigningProfileVersionArns: [{ 'Fn::ImportValue': 'profile' }] },
      });
      worker(Compute).CodeSigningConfigArn = { Ref: 'Signing' };
    }),
    fault('G90', 'a quarter of an hour, without a bound', ({ Data, Compute }) => {
      worker(Compute).Timeout = 900;
      delete worker(Compute).ReservedConcurrentExecutions;
      delete mapping(Compute).ScalingConfig;
      of(Data, 'AWS::SQS::Queue', 'Jobs').VisibilityTimeout = 5400;
    }),
    breach('1.1 rights without a star', 'all objects of all buckets, by a managed policy that the role names', ({ Compute }) => {
      add(Compute, 'Wide', 'AWS::IAM::ManagedPolicy', { PolicyDocument: { Statement: [{ Effect: 'Allow', Action: ['s3:*Object'], Resource: 'arn:aws:s3:::*/*' }] } });
      role(Compute, 'Worker').ManagedPolicyArns = [{ Ref: 'Wide' }];
    }),
    breach('1.1 rights without a star', 'the administrator, joined', ({ Compute }) => {
      role(Compute, 'Worker').ManagedPolicyArns = [{ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AdministratorAccess']] }];
    }),
    breach('1.1 rights without a star', 'everything that is not named', ({ Compute }) => {
      granted(Compute).push({ Effect: 'Allow', NotAction: ['iam:*'], Resource: '*' });
    }),
    breach('1.4 TLS only', 'no policy of the bucket', ({ Data }) => { uploadsPolicy(Data).splice(0, 1); }),
    breach('1.4 public access', 'nothing is blocked', ({ Data }) => { delete of(Data, 'AWS::S3::Bucket', 'Uploads').PublicAccessBlockConfiguration; }),
    breach('1.4 closed policy', 'another account is the owner', ({ Data }) => {
      uploadsPolicy(Data).push({
        Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${FOREIGN}:root` }, Action: 's3:*', Resource: [{ 'Fn::GetAtt': [idOf(Data, 'AWS::S3::Bucket', 'Uploads'), 'Arn'] }],
      });
    }),
    breach('1.5 recovery', 'a replica cannot be restored', ({ Data }) => { delete table(Data).Replicas[0].PointInTimeRecoverySpecification; }),
    breach('1.5 encryption', 'the key of DynamoDB itself', ({ Data }) => {
      table(Data).SSESpecification = { SSEEnabled: false };
      delete table(Data).Replicas[0].SSESpecification;
    }),
    breach('1.6 closed policy', 'everybody of somewhere', ({ Data }) => {
      jobsPolicy(Data).push({
        Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: jobsArn(Data), Condition: { IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } },
      });
    }),
    breach('1.7 encryption', 'the key that everybody has', ({ Data }) => { of(Data, 'AWS::SNS::Topic', 'News').KmsMasterKeyId = 'alias/aws/sns'; }),
    breach('1.1 visibility timeout', 'the worker takes longer than the queue waits', ({ Compute }) => { worker(Compute).Timeout = 120; }),
  ],
  variants: [
    safe('the name of the queue, exported', ({ Data, Compute }) => {
      worker(Compute).Environment.Variables.JOBS = exported(Data, 'jobs', { 'Fn::GetAtt': [idOf(Data, 'AWS::SQS::Queue', 'Jobs'), 'QueueName'] });
    }),
    safe('the ARN of a secret, exported', ({ Data, Compute }) => {
      add(Data, 'Login', 'AWS::SecretsManager::Secret', { KmsKeyId: { Ref: idOf(Data, 'AWS::KMS::Key', 'Key') }, GenerateSecretString: {} },
        { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      add(Data, 'LoginRotation', 'AWS::SecretsManager::RotationSchedule', {
        SecretId: { Ref: 'Login' }, RotationLambdaARN: { 'Fn::ImportValue': 'rotator' }, RotationRules: { AutomaticallyAfterDays: 30 },
      });
      worker(Compute).Environment.Variables.LOGIN_SECRET_ARN = exported(Data, 'login', { Ref: 'Login' });
      granted(Compute).push({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: { 'Fn::ImportValue': 'Data-login' } });
    }),
    safe('a stream with all bounds', ({ Data, Compute }) => {
      addStream(Data, Compute, {
        MaximumRetryAttempts: 3,
        BisectBatchOnFunctionError: true,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: exported(Data, 'failed', { 'Fn::GetAtt': [idOf(Data, 'AWS::SQS::Queue', 'Failed'), 'Arn'] }) } },
      });
    }),
    safe('the account itself sends jobs', ({ Data }) => {
      jobsPolicy(Data).push({ Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:root' } }, Action: 'sqs:SendMessage', Resource: jobsArn(Data) });
    }),
    safe('every account of the organisation sends jobs', ({ Data }) => {
      jobsPolicy(Data).push({
        Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sqs:SendMessage', Resource: jobsArn(Data), Condition: { StringEquals: { 'aws:PrincipalOrgID': ['o-abcdef1234'] } },
      });
    }),
    safe('the worker writes to another place of the same bucket', ({ Data, Compute }) => {
      granted(Compute).push({ Effect: 'Allow', Action: 's3:PutObject', Resource: { 'Fn::Join': ['', [imported(Data, 'FnGetAttUploads'), '/done/*']] } });
    }),
    safe('the bound is on the function alone', ({ Compute }) => { delete mapping(Compute).ScalingConfig; }),
    safe('the bound is on the mapping alone', ({ Compute }) => { delete worker(Compute).ReservedConcurrentExecutions; }),
    safe('both conditions of an identity pool in one operator each, as lists', ({ Compute }) => {
      role(Compute, 'Member').AssumeRolePolicyDocument.Statement[0].Condition = {
        'StringEquals': { 'cognito-identity.amazonaws.com:aud': [{ Ref: 'Guests' }] },
        'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': ['authenticated'] },
      };
    }),
    safe('who signed in reads his own folder', ({ Data, Compute }) => {
      role(Compute, 'Member').Policies = [{
        PolicyName: 'own',
        PolicyDocument: {
          Statement: [{
            Effect: 'Allow',
            Action: 's3:GetObject',
            Resource: { 'Fn::Join': ['', [imported(Data, 'FnGetAttUploads'), '/private/${cognito-identity.amazonaws.com:sub}/*']] },
          }],
        },
      }];
    }),
    safe('a layer of Amazon', ({ Compute }) => { worker(Compute).Layers = [{ 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:017000801446:layer:AWSLambdaPowertoolsTypeScriptV2:22' }]; }),
    safe('a layer of this account', ({ Compute }) => { worker(Compute).Layers = [{ 'Fn::Sub': 'arn:aws:lambda:${AWS::Region}:${AWS::AccountId}:layer:tools:1' }]; }),
    safe('the bootstrap bucket of this account', ({ Compute }) => { worker(Compute).Code.S3Bucket = { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' }; }),
    safe('another queue in the same account', ({ Data }) => {
      of(Data, 'AWS::SNS::Subscription', 'Jobs').Endpoint = { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:elsewhere' };
    }),
    safe('a second replica with everything', ({ Data }) => {
      table(Data).Replicas.push({
        Region: 'eu-central-1',
        DeletionProtectionEnabled: 'true',
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'true' },
        SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-central-1:111122223333:key/0f1e2d3c-0000-0000-0000-000000000000' },
      });
    }),
    safe('the topic subscribes on its own', ({ Data }) => {
      of(Data, 'AWS::SNS::Topic', 'News').Subscription = [{ Protocol: 'https', Endpoint: 'https://hooks.example/news' }];
    }),
    safe('a deny for all but one role', ({ Data }) => {
      uploadsPolicy(Data).push({
        Effect: 'Deny',
        NotPrincipal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/worker' } },
        Action: 's3:DeleteObject',
        Resource: { 'Fn::Join': ['', [{ 'Fn::GetAtt': [idOf(Data, 'AWS::S3::Bucket', 'Uploads'), 'Arn'] }, '/*']] },
      });
    }),
    safe('a policy of the worker in a resource of its own', ({ Data, Compute }) => {
      add(Compute, 'More', 'AWS::IAM::RolePolicy', {
        RoleName: { Ref: idOf(Compute, 'AWS::IAM::Role', 'Worker') },
        PolicyName: 'more',
        PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'dynamodb:UpdateItem', Resource: imported(Data, 'FnGetAttCarts') }] },
      });
    }),
    safe('the timeout of the queue is six times that of the worker', ({ Data, Compute }) => {
      worker(Compute).Timeout = 20;
      of(Data, 'AWS::SQS::Queue', 'Jobs').VisibilityTimeout = 120;
    }),
    safe('an access point for the own account', ({ Data }) => {
      prop(Data, idOf(Data, 'AWS::S3::Bucket', 'Uploads'));
      add(Data, 'Point', 'AWS::S3::AccessPoint', {
        Bucket: { Ref: idOf(Data, 'AWS::S3::Bucket', 'Uploads') },
        Name: 'own',
        VpcConfiguration: { VpcId: { 'Fn::ImportValue': 'vpc' } },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
      });
    }),
  ],
};
