import { ACCOUNT, alarm, allow, att, bucket, deadLetters, document, h, Json, join, key, logs, NONE, ref, sub, table, trusts, use, via, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const CMK = use('UploadBase:ExportsOutputFnGetAttKeyArn');
const BELL = use('UploadBase:ExportsOutputRefBell');
const PART: Json = { '': '', 'Role': '/ServiceRole', 'Policy': '/ServiceRole/DefaultPolicy', 'Logs': '/Logs', 'Errors': '/Errors', 'Throttles': '/Throttles' };
const at = (name: string, part = ''): string => h(`${name}${PART[part]}/Resource`);
const fn = (name: string, can: Json[], environment: Json, more: Json = {}): Json => worker(name, { id: (part) => at(name, part), cmk: CMK, alarms: BELL, policy: 'attached', env: environment, can, more: { Tags: [{ Key: 'stage', Value: 'prod' }, { Key: 'aws-cdk:path', Value: name }], ...more } });
const MACHINE = h('Flow/Resource');
const RULE = h('Arrived/Resource');
const DLQ = 'Lost1F2E3D4C';

const BASE: Json = {
  Resources: {
    Key: key('sns.amazonaws.com', 'cloudwatch.amazonaws.com', 'events.amazonaws.com', 'firehose.amazonaws.com', 's3.amazonaws.com'),
    Bell: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key'), Tags: [{ Key: 'stage', Value: 'prod' }] } },
    BellPolicy: {
      Type: 'AWS::SNS::TopicPolicy',
      Properties: {
        Topics: [ref('Bell')],
        PolicyDocument: document(
          { Sid: 'tls', Effect: 'Deny', Principal: '*', Action: 'sns:Publish', Resource: ref('Bell'), Condition: { Bool: { 'aws:SecureTransport': 'false' } } },
          { Sid: 'alarms', Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: ref('Bell'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } },
        ),
      },
    },
    BellMail: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('Bell'), Protocol: 'email', Endpoint: 'oncall@kitchen.internal', RedrivePolicy: { deadLetterTargetArn: att('BellLost') } } },
    ...deadLetters('BellLost', ref('Key'), ref('Bell'), [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('BellLost'), Condition: { ArnEquals: { 'aws:SourceArn': ref('Bell') } } }]),
    ...bucket('Trail', undefined, undefined, {}, [{ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' }, Action: 's3:PutObject', Resource: join(att('Trail'), '/*'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }]),
    ...bucket('Uploads', att('Key'), ref('Trail'), {
      NotificationConfiguration: { EventBridgeConfiguration: { EventBridgeEnabled: true } },
      CorsConfiguration: { CorsRules: [{ AllowedOrigins: ['https://app.kitchen.internal'], AllowedMethods: ['PUT'], AllowedHeaders: ['content-type', 'content-md5'], MaxAge: 300 }] },
    }),
    ...bucket('Clean', att('Key'), ref('Trail')),
  },
  Outputs: {
    Key: { Value: att('Key'), Export: { Name: 'UploadBase:ExportsOutputFnGetAttKeyArn' } },
    Bell: { Value: ref('Bell'), Export: { Name: 'UploadBase:ExportsOutputRefBell' } },
    Uploads: { Value: ref('Uploads'), Export: { Name: 'UploadBase:ExportsOutputRefUploads' } },
    UploadsArn: { Value: att('Uploads'), Export: { Name: 'UploadBase:ExportsOutputFnGetAttUploadsArn' } },
    Clean: { Value: ref('Clean'), Export: { Name: 'UploadBase:ExportsOutputRefClean' } },
    CleanArn: { Value: att('Clean'), Export: { Name: 'UploadBase:ExportsOutputFnGetAttCleanArn' } },
    Level: { Value: 'INFO', Export: { Name: 'upload-log-level' } },
    Registry: { Value: sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/scanner'), Export: { Name: 'scanner-repository' } },
  },
};
const UPLOADS = use('UploadBase:ExportsOutputFnGetAttUploadsArn');
const CLEAN = use('UploadBase:ExportsOutputFnGetAttCleanArn');
const SCAN_RESOURCE = att(at('Scan'));

const states = (...lines: unknown[]): Json => ({ 'Fn::Join': ['', lines] });
const DEFINITION = states(
  '{"StartAt":"Scan","TimeoutSeconds":1800,"States":{"Scan":{"Type":"Task","Resource":"arn:', ref('AWS::Partition'), ':states:::lambda:invoke","TimeoutSeconds":300,"Parameters":{"FunctionName":"', SCAN_RESOURCE,
  '","Payload.$":"$.detail"},"Retry":[{"ErrorEquals":["Lambda.ServiceException","Lambda.TooManyRequestsException"],"IntervalSeconds":2,"MaxAttempts":4,"BackoffRate":2}],"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Lost"}],"Next":"Approve"},"Approve":{"Type":"Task","Resource":"arn:', ref('AWS::Partition'),
  ':states:::sqs:sendMessage.waitForTaskToken","HeartbeatSeconds":600,"TimeoutSeconds":1200,"Parameters":{"QueueUrl":"', ref('Reviews'), '","MessageBody":{"token.$":"$$.Task.Token","key.$":"$.Payload.key"}},"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Lost"}],"End":true},"Lost":{"Type":"Fail","Error":"Upload"}}}',
);

const FLOW: Json = {
  Resources: {
    [RULE]: { Type: 'AWS::Events::Rule', Properties: { EventPattern: { 'source': ['aws.s3'], 'detail-type': ['Object Created'], 'detail': { bucket: { name: [use('UploadBase:ExportsOutputRefUploads')] }, object: { key: [{ prefix: 'incoming/' }] } } }, State: 'ENABLED', Targets: [{ Id: 'Target0', Arn: ref(MACHINE), RoleArn: att('StartRole'), DeadLetterConfig: { Arn: att(DLQ) }, RetryPolicy: { MaximumRetryAttempts: 4, MaximumEventAgeInSeconds: 7200 } }] } },
    StartRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('events.amazonaws.com') } },
    StartPolicy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'StartPolicy', Roles: [ref('StartRole')], PolicyDocument: document(allow('states:StartExecution', ref(MACHINE))) } },
    ...deadLetters(DLQ, CMK, BELL, [{ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att(DLQ), Condition: { ArnEquals: { 'aws:SourceArn': att(RULE) } } }]),
    Reviews: { Type: 'AWS::SQS::Queue', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { QueueName: 'reviews', KmsMasterKeyId: CMK, VisibilityTimeout: 180, RedrivePolicy: { deadLetterTargetArn: att('ReviewsLost'), maxReceiveCount: 4 }, RedriveAllowPolicy: { redrivePermission: 'denyAll' }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    ReviewsPolicy: { Type: 'AWS::SQS::QueuePolicy', Properties: { Queues: [ref('Reviews')], PolicyDocument: document({ Effect: 'Deny', Principal: '*', Action: 'sqs:*', Resource: att('Reviews'), Condition: { Bool: { 'aws:SecureTransport': 'false' } } }) } },
    ReviewsOld: alarm('AWS/SQS', 'ApproximateAgeOfOldestMessage', { QueueName: att('Reviews', 'QueueName') }, BELL),
    ...deadLetters('ReviewsLost', CMK, BELL, [], { RedriveAllowPolicy: { redrivePermission: 'byQueue', sourceQueueArns: [sub('arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:reviews')] } }),
    [MACHINE]: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: att('FlowRole'), DefinitionString: DEFINITION, EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: CMK, KmsDataKeyReusePeriodSeconds: 300 }, TracingConfiguration: { Enabled: true }, LoggingConfiguration: { Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('FlowLogs') } }] }, Tags: [{ Key: 'stage', Value: 'prod' }] }, DependsOn: ['FlowPolicy', 'FlowRole'] },
    FlowLogs: logs(CMK, { LogGroupName: '/aws/vendedlogs/states/uploads' }),
    FlowFailed: alarm('AWS/States', 'ExecutionsFailed', { StateMachineArn: ref(MACHINE) }, BELL),
    FlowRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('states.amazonaws.com') } },
    FlowPolicy: {
      Type: 'AWS::IAM::Policy',
      Properties: {
        PolicyName: 'FlowPolicy',
        Roles: [ref('FlowRole')],
        PolicyDocument: document(
          allow(['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries', 'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups'], '*'),
          allow(['xray:PutTraceSegments', 'xray:PutTelemetryRecords', 'xray:GetSamplingRules', 'xray:GetSamplingTargets'], '*'),
          allow('lambda:InvokeFunction', att(at('Scan'))), allow('sqs:SendMessage', att('Reviews')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('sqs', 'states')),
        ),
      },
    },
    ...fn('Scan', [allow('s3:GetObject', join(UPLOADS, '/incoming/*')), allow('s3:PutObject', join(CLEAN, '/*')), allow('kms:GenerateDataKey', CMK, via('s3')), allow('firehose:PutRecord', att('Audit'))], { CLEAN: use('UploadBase:ExportsOutputRefClean'), AUDIT: ref('Audit'), LOG_LEVEL: use('upload-log-level') }, {
      Runtime: NONE, Handler: NONE, PackageType: 'Image', Code: { ImageUri: join(use('scanner-repository'), '@sha256:', '5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03') }, Timeout: 240, MemorySize: 2048, EphemeralStorage: { Size: 2048 }, ReservedConcurrentExecutions: 8,
    }),
    ...fn('Decide', [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Reviews')), allow(['states:SendTaskSuccess', 'states:SendTaskFailure'], ref(MACHINE)), allow('dynamodb:PutItem', att('Verdicts'))], { VERDICTS: ref('Verdicts') }),
    DecideReviews: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att('Reviews'), FunctionName: ref(at('Decide')), BatchSize: 5, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 4 } } },
    Verdicts: table(CMK, { StreamSpecification: { StreamViewType: 'NEW_IMAGE' } }),
    ...fn('Index', [allow(['dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'dynamodb:DescribeStream'], att('Verdicts', 'StreamArn')), allow('dynamodb:ListStreams', '*'), allow('sqs:SendMessage', att('IndexLost')), allow('kms:GenerateDataKey', CMK, via('sqs')), allow('es:ESHttpPost', join(att('Search'), '/verdicts/*'))], { SEARCH: join('https://', att('Search', 'DomainEndpoint')) }),
    IndexStream: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att('Verdicts', 'StreamArn'), FunctionName: ref(at('Index')), StartingPosition: 'TRIM_HORIZON', BatchSize: 100, BisectBatchOnFunctionError: true, MaximumRetryAttempts: 5, MaximumRecordAgeInSeconds: 21600, FunctionResponseTypes: ['ReportBatchItemFailures'], DestinationConfig: { OnFailure: { Destination: att('IndexLost') } } } },
    ...deadLetters('IndexLost', CMK, BELL),
    Search: { Type: 'AWS::OpenSearchService::Domain', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { EngineVersion: 'OpenSearch_2.17', ClusterConfig: { InstanceType: 'r7g.large.search', InstanceCount: 3, ZoneAwarenessEnabled: true, ZoneAwarenessConfig: { AvailabilityZoneCount: 3 }, DedicatedMasterEnabled: true, DedicatedMasterCount: 3, DedicatedMasterType: 'm7g.large.search' }, EBSOptions: { EBSEnabled: true, VolumeSize: 50, VolumeType: 'gp3' }, EncryptionAtRestOptions: { Enabled: true, KmsKeyId: CMK }, NodeToNodeEncryptionOptions: { Enabled: true }, DomainEndpointOptions: { EnforceHTTPS: true, TLSSecurityPolicy: 'Policy-Min-TLS-1-2-PFS-2023-10' }, AccessPolicies: document({ Effect: 'Allow', Principal: { AWS: att(at('Index', 'Role')) }, Action: 'es:ESHttpPost', Resource: sub('arn:${AWS::Partition}:es:${AWS::Region}:${AWS::AccountId}:domain/*/verdicts/*') }), LogPublishingOptions: { AUDIT_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: att('SearchLogs') }, ES_APPLICATION_LOGS: { Enabled: true, CloudWatchLogsLogGroupArn: att('SearchLogs') } }, VPCOptions: { SubnetIds: ['subnet-0a1', 'subnet-0b2', 'subnet-0c3'], SecurityGroupIds: ['sg-0d4'] }, AdvancedSecurityOptions: { Enabled: true, InternalUserDatabaseEnabled: false, MasterUserOptions: { MasterUserARN: att('SearchAdmin') } }, SoftwareUpdateOptions: { AutoSoftwareUpdateEnabled: true }, Tags: [{ Key: 'stage', Value: 'prod' }] } },
    SearchAdmin: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/break-glass') }, Action: 'sts:AssumeRole' }) } },
    SearchLogs: logs(CMK),
    SearchLogsPolicy: { Type: 'AWS::Logs::ResourcePolicy', Properties: { PolicyName: 'search', PolicyDocument: sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"es.amazonaws.com"},"Action":["logs:CreateLogStream","logs:PutLogEvents"],"Resource":"${SearchLogs.Arn}","Condition":{"StringEquals":{"aws:SourceAccount":"${AWS::AccountId}"}}}]}') } },
    Audit: { Type: 'AWS::KinesisFirehose::DeliveryStream', Properties: { DeliveryStreamType: 'DirectPut', DeliveryStreamEncryptionConfigurationInput: { KeyType: 'CUSTOMER_MANAGED_CMK', KeyARN: CMK }, ExtendedS3DestinationConfiguration: { BucketARN: CLEAN, Prefix: 'audit/', RoleARN: att('AuditRole'), CompressionFormat: 'GZIP', EncryptionConfiguration: { KMSEncryptionConfig: { AWSKMSKeyARN: CMK } }, CloudWatchLoggingOptions: { Enabled: true, LogGroupName: ref('AuditLogs'), LogStreamName: 's3' } }, Tags: [{ Key: 'stage', Value: 'prod' }] }, DependsOn: ['AuditPolicy'] },
    AuditStream: { Type: 'AWS::Logs::LogStream', Properties: { LogGroupName: ref('AuditLogs'), LogStreamName: 's3' } },
    AuditLogs: logs(CMK),
    AuditStale: alarm('AWS/Firehose', 'DeliveryToS3.DataFreshness', { DeliveryStreamName: ref('Audit') }, BELL),
    AuditRole: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: trusts('firehose.amazonaws.com') } },
    AuditPolicy: { Type: 'AWS::IAM::Policy', Properties: { PolicyName: 'AuditPolicy', Roles: [ref('AuditRole')], PolicyDocument: document(allow(['s3:AbortMultipartUpload', 's3:GetBucketLocation', 's3:ListBucket', 's3:ListBucketMultipartUploads', 's3:PutObject'], [CLEAN, join(CLEAN, '/audit/*')]), allow(['kms:Decrypt', 'kms:GenerateDataKey'], CMK, via('s3')), allow('logs:PutLogEvents', att('AuditLogs'))) } },
  },
};

const replaced = (template: Json, from: string, to: string): void => { const { DefinitionString } = prop(template, MACHINE); const parts = DefinitionString['Fn::Join'][1] as unknown[]; DefinitionString['Fn::Join'][1] = parts.map((part) => (typeof part === 'string' ? part.split(from).join(to) : part)); };
const THEM = '313233343536';
const can = (template: Json, name: string): Json[] => statements(template, at(name, 'Policy'));

/** An upload, its scan, its review and its index, in two stacks of the CDK. */
export const UPLOAD: BlindSeed = {
  name: 'Uploads as the CDK writes them: exports of one stack, a machine in a join, an image',
  style: 'cross-stack',
  stacks: { UploadBase: BASE, UploadFlow: FLOW },
  mutants: [
    fault('G08', 'the level of the log is exported by the other stack', ({ UploadBase }) => { UploadBase.Outputs.Level.Value = 'DEBUG'; }),
    fault('G88', 'the image is what the tag names today', ({ UploadFlow }) => { prop(UploadFlow, at('Scan')).Code.ImageUri = join(use('scanner-repository'), ':', 'stable'); }),
    fault('G54', 'the image is of another account, by an export', ({ UploadBase }) => { UploadBase.Outputs.Registry.Value = sub(`${THEM}.dkr.ecr.\${AWS::Region}.amazonaws.com/scanner`); }),
    fault('G28', 'the key serves the topics of any account', ({ UploadBase }) => { prop(UploadBase, 'Key').KeyPolicy.Statement[2].Condition = { 'ForAllValues:StringEquals': { 'aws:SourceAccount': ACCOUNT } }; }),
    fault('G28', 'the buckets of any account write the trail', ({ UploadBase }) => { statements(UploadBase, 'TrailPolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } }; }),
    fault('G28', 'the log of the search is for the domains of anybody', ({ UploadFlow }) => { prop(UploadFlow, 'SearchLogsPolicy').PolicyDocument = sub('{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"Service":"es.amazonaws.com"},"Action":"logs:*","Resource":"${SearchLogs.Arn}"}]}'); }),
    fault('G29', 'the machines of any account run with this role', ({ UploadFlow }) => { trust(UploadFlow, 'FlowRole')[0].Condition = { StringNotLike: { 'aws:SourceAccount': THEM } }; }),
    fault('G34', 'the scan calls whatever function', ({ UploadFlow }) => { can(UploadFlow, 'Scan').push(allow(['lambda:Invoke*'], join('arn:aws:lambda:', ref('AWS::Region'), ':', ACCOUNT, ':function:*'))); }),
    fault('G36', 'the scan decrypts by itself, in a further statement', ({ UploadFlow }) => { can(UploadFlow, 'Scan').push(allow(['kms:Decrypt', 'kms:DescribeKey'], [CMK])); }),
    fault('G37', 'the index grants the key', ({ UploadFlow }) => { can(UploadFlow, 'Index').push(allow('kms:Create*', CMK)); }),
    fault('G32', 'the reviewer writes indexes that are not there', ({ UploadFlow }) => { can(UploadFlow, 'Decide').push(allow('dynamodb:Query', { 'Fn::Join': ['/', [att('Verdicts'), 'index', '*']] })); }),
    fault('G46', 'what is clean is scanned again: the scan puts where it is started from', ({ UploadFlow }) => { can(UploadFlow, 'Scan').push(allow('s3:PutObject*', join(UPLOADS, '/incoming/*'))); }),
    fault('G46', 'the index writes verdicts, of which it is told', ({ UploadFlow }) => { can(UploadFlow, 'Index').push(allow('dynamodb:UpdateItem', att('Verdicts'))); env(UploadFlow, at('Index')).VERDICTS = ref('Verdicts'); }),
    fault('G41', 'a verdict that cannot be indexed stops the rest', ({ UploadFlow }) => { Object.assign(prop(UploadFlow, 'IndexStream'), { MaximumRetryAttempts: '-1', MaximumRecordAgeInSeconds: NONE, BisectBatchOnFunctionError: 'false', DestinationConfig: NONE }); }),
    fault('G42', 'verdicts come again with their neighbours', ({ UploadFlow }) => { prop(UploadFlow, 'IndexStream').FunctionResponseTypes = []; }),
    fault('G44', 'a review is dead after the first try', ({ UploadFlow }) => { prop(UploadFlow, 'Reviews').RedrivePolicy.maxReceiveCount = '1'; }),
    fault('G44', 'no review is ever dead', ({ UploadFlow }) => { delete prop(UploadFlow, 'Reviews').RedrivePolicy; }),
    breach('lambda.sqs-visibility', 'a review is seen by a second while the first works', ({ UploadFlow }) => { prop(UploadFlow, 'Reviews').VisibilityTimeout = NONE; prop(UploadFlow, at('Decide')).Timeout = 45; }),
    fault('G48', 'any new object of any bucket starts the flow', ({ UploadFlow }) => { prop(UploadFlow, RULE).EventPattern.detail = { object: { key: [{ wildcard: '*' }] } }; }),
    fault('G55', 'nobody beats for the one who waits', ({ UploadFlow }) => { replaced(UploadFlow, '"HeartbeatSeconds":600,"TimeoutSeconds":1200,', ''); }),
    fault('G55', 'the flow has no end', ({ UploadFlow }) => { replaced(UploadFlow, '"TimeoutSeconds":1800,', ''); }),
    fault('G55', 'the scan is tried nine thousand times', ({ UploadFlow }) => { replaced(UploadFlow, '"MaxAttempts":4', '"MaxAttempts":9000'); }),
    fault('G55', 'what fails in the scan is caught by nobody', ({ UploadFlow }) => { replaced(UploadFlow, '"Catch":[{"ErrorEquals":["States.ALL"],"Next":"Lost"}],"Next":"Approve"', '"Next":"Approve"'); }),
    breach('sfn.secrets', 'the flow says a password', ({ UploadFlow }) => { replaced(UploadFlow, '"MessageBody":{', '"MessageBody":{"password":"r3vi3w-1234",'); }),
    fault('G07', 'the flow says a token that is resolved', ({ UploadFlow }) => { replaced(UploadFlow, '"MessageBody":{', '"MessageBody":{"auth":"{{resolve:secretsmanager:review:SecretString:token}}",'); }),
    fault('G70', 'the names of the uploads are in the log', ({ UploadFlow }) => { prop(UploadFlow, MACHINE).LoggingConfiguration.IncludeExecutionData = true; }),
    breach('sfn.logging', 'only what is fatal is told, to nobody', ({ UploadFlow }) => { prop(UploadFlow, MACHINE).LoggingConfiguration = { Level: 'OFF' }; }),
    breach('sfn.tracing', 'the flow leaves no trace', ({ UploadFlow }) => { prop(UploadFlow, MACHINE).TracingConfiguration.Enabled = 'false'; }),
    fault('G72', 'mail addresses of uploads are only counted in the log', ({ UploadFlow }) => { const { DataProtectionPolicy } = prop(UploadFlow, at('Scan', 'Logs')); DataProtectionPolicy.Statement = [DataProtectionPolicy.Statement[0]]; }),
    breach('logs.public', 'everybody reads the log of the flow', ({ UploadFlow }) => { add(UploadFlow, 'FlowLogsShare', 'AWS::Logs::ResourcePolicy', { PolicyName: 'share', PolicyDocument: { 'Fn::Join': ['', ['{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:Get*","Resource":"', att('FlowLogs'), '"}]}']] } }); }),
    breach('logs.retention', 'the log of the search is kept for ever', ({ UploadFlow }) => { delete prop(UploadFlow, 'SearchLogs').RetentionInDays; }),
    fault('G76', 'clean files go with the base', ({ UploadBase }) => { UploadBase.Resources.Clean.DeletionPolicy = 'Delete'; }),
    fault('G76', 'verdicts go when the table is replaced', ({ UploadFlow }) => { UploadFlow.Resources.Verdicts.UpdateReplacePolicy = 'Delete'; }),
    breach('s3.bpa', 'the policy may be public after all', ({ UploadBase }) => { prop(UploadBase, 'Uploads').PublicAccessBlockConfiguration = { BlockPublicAcls: 'true', IgnorePublicAcls: 'true', BlockPublicPolicy: 'false', RestrictPublicBuckets: 'true' }; }),
    breach('s3.cors', 'any page puts', ({ UploadBase }) => { prop(UploadBase, 'Uploads').CorsConfiguration.CorsRules.push({ AllowedOrigins: ['https://*'], AllowedMethods: ['PUT', 'DELETE'], AllowedHeaders: ['*'] }); }),
    fault('G78', 'a stranger reads by an access point', ({ UploadBase }) => { add(UploadBase, 'Door', 'AWS::S3::AccessPoint', { Bucket: ref('Clean'), Name: 'door', PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true }, Policy: document({ Effect: 'Allow', Principal: { AWS: join('arn:aws:iam::', THEM, ':root') }, Action: 's3:GetObject', Resource: sub('arn:aws:s3:${AWS::Region}:${AWS::AccountId}:accesspoint/door/object/*') }) }); }),
    breach('s3.policy-notaction', 'all but deletion is for everybody of this account and others', ({ UploadBase }) => { statements(UploadBase, 'CleanPolicy').push({ Effect: 'Allow', Principal: { AWS: '*' }, NotAction: 's3:DeleteObject', Resource: join(att('Clean'), '/*'), Condition: { Null: { 'aws:PrincipalArn': 'false' } } }); }),
    breach('sns.public', 'everybody rings: the account that is asked is the own one of each', ({ UploadBase }) => { statements(UploadBase, 'BellPolicy').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: ['SNS:Publish', 'SNS:Subscribe'], Resource: ref('Bell'), Condition: { StringEqualsIfExists: { 'AWS:SourceOwner': ACCOUNT } } }); }),
    breach('sns.notprincipal', 'all but one subscribe', ({ UploadBase }) => { statements(UploadBase, 'BellPolicy').push({ Effect: 'Allow', NotPrincipal: { AWS: [THEM] }, Action: 'sns:Subscribe', Resource: ref('Bell') }); }),
    fault('G53', 'alarms are told in the clear', ({ UploadBase }) => { add(UploadBase, 'BellHook', 'AWS::SNS::Subscription', { TopicArn: ref('Bell'), Protocol: 'http', Endpoint: 'http://pager.kitchen.internal/in', RedrivePolicy: { deadLetterTargetArn: att('BellLost') } }); }),
    fault('G53', 'alarms go to a queue of a stranger', ({ UploadBase }) => { add(UploadBase, 'BellQueue', 'AWS::SNS::Subscription', { TopicArn: ref('Bell'), Protocol: 'sqs', Endpoint: { 'Fn::Join': [':', ['arn', 'aws', 'sqs', ref('AWS::Region'), THEM, 'alarms']] }, RedrivePolicy: { deadLetterTargetArn: att('BellLost') } }); }),
    breach('risk.data', 'the search is asked in the clear', ({ UploadFlow }) => { prop(UploadFlow, 'Search').DomainEndpointOptions = { EnforceHTTPS: false }; }),
    breach('risk.data', 'the search is for everybody', ({ UploadFlow }) => { prop(UploadFlow, 'Search').AccessPolicies = document({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'es:ESHttp*', Resource: '*' }); prop(UploadFlow, 'Search').VPCOptions = NONE; }),
    breach('risk.data', 'the search is at rest in the clear', ({ UploadFlow }) => { prop(UploadFlow, 'Search').EncryptionAtRestOptions.Enabled = 'false'; }),
    fault('G90', 'the scan has ten gigabytes of scratch, and a quarter of an hour without a bound', ({ UploadFlow }) => { Object.assign(prop(UploadFlow, at('Scan')), { Timeout: '900', EphemeralStorage: { Size: 10240 }, ReservedConcurrentExecutions: NONE }); }),
    breach('iam.wildcard-action', 'the index does all with the search', ({ UploadFlow }) => { can(UploadFlow, 'Index').push(allow('es:*', { 'Fn::Join': ['', [att('Search'), '/*']] })); }),
    breach('iam.passrole', 'the flow hands on any role', ({ UploadFlow }) => { statements(UploadFlow, 'FlowPolicy').push(allow('iam:Pass*', sub('arn:aws:iam::${AWS::AccountId}:role/*'), { StringLike: { 'iam:PassedToService': '*' } })); }),
  ],
  variants: [
    safe('a refusal of all that is not under the key', ({ UploadBase }) => { statements(UploadBase, 'UploadsPolicy').push({ Effect: 'Deny', Principal: '*', Action: 's3:PutObject', Resource: join(att('Uploads'), '/*'), Condition: { Null: { 's3:x-amz-server-side-encryption-aws-kms-key-id': 'false' }, ArnNotEqualsIfExists: { 's3:x-amz-server-side-encryption-aws-kms-key-id': att('Key') } } }); }),
    safe('what has no level of a resource is asked of all', ({ UploadFlow }) => { can(UploadFlow, 'Scan').push(allow(['ec2:DescribeNetworkInterfaces', 'cloudwatch:PutMetricData'], '*', { StringEqualsIfExists: { 'cloudwatch:namespace': 'Uploads' } })); }),
    safe('the bell is for the organization', ({ UploadBase }) => { statements(UploadBase, 'BellPolicy').push({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: ref('Bell'), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-k1tch3n000' } } }); }),
    safe('the trail by the ARN of buckets of this account, two conditions', ({ UploadBase }) => { statements(UploadBase, 'TrailPolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' }, StringEquals: { 'aws:SourceAccount': [ACCOUNT] } }; }),
    safe('the digest of the image is exported whole', ({ UploadBase, UploadFlow }) => { UploadBase.Outputs.Registry.Value = sub('${AWS::AccountId}.dkr.ecr.${AWS::Region}.amazonaws.com/scanner@sha256:5891b5b522d5df086d0ff0b110fbd9d21bb4fc7163af34d08286a2e846f6be03'); prop(UploadFlow, at('Scan')).Code.ImageUri = use('scanner-repository'); }),
    safe('the scan writes beside what starts it', ({ UploadFlow }) => { can(UploadFlow, 'Scan').push(allow('s3:PutObject', join(UPLOADS, '/refused/*'))); }),
    safe('the machine is an express one with all its lines', ({ UploadFlow }) => { prop(UploadFlow, MACHINE).StateMachineType = 'STANDARD'; prop(UploadFlow, MACHINE).LoggingConfiguration.IncludeExecutionData = 'false'; }),
    safe('a cold mail is not told', ({ UploadBase }) => { remove(UploadBase, 'BellMail', 'BellLost', 'BellLostPolicy', 'BellLostSeen'); }),
    safe('reviews are pulled as texts say', ({ UploadFlow }) => { prop(UploadFlow, 'Reviews').RedrivePolicy = { deadLetterTargetArn: att('ReviewsLost'), maxReceiveCount: '10' }; prop(UploadFlow, 'Reviews').VisibilityTimeout = '900'; }),
  ],
};
