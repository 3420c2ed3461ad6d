import { Template } from '../../seed';
import { BlindSeed, breach, fault, prop, safe, statements } from '../support';
import {
  ACCESS_LOG, ACCOUNT, alarm, allow, att, bucket, failures, firewall, forService, imported, key, logs, Part, Parts, plain, queue, ref, role,
  signing, sub, table, takesLogs, userPool, via,
} from './parts';

const PAGER = imported('pager-topic');

/** A function of SAM with a role of its own, since the one that SAM makes has a policy of AWS. */
function fn(name: string, codeUri: string, allowed: any[], more: any): Parts {
  return {
    [`${name}Role`]: role('lambda.amazonaws.com', [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], att(`${name}Logs`)),
      allow(['xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
      ...allowed,
    ]),
    [`${name}Logs`]: logs(att('DataKey')),
    [name]: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        CodeUri: codeUri,
        Role: att(`${name}Role`),
        LoggingConfig: { LogFormat: 'JSON', ApplicationLogLevel: 'INFO', SystemLogLevel: 'INFO', LogGroup: ref(`${name}Logs`) },
        ...more,
      },
    },
    [`${name}Errors`]: alarm('AWS/Lambda', 'Errors', { FunctionName: ref(name) }, PAGER),
    [`${name}Throttles`]: alarm('AWS/Lambda', 'Throttles', { FunctionName: ref(name) }, PAGER),
  };
}

const CALIBRATE = {
  StartAt: 'Measure',
  TimeoutSeconds: 900,
  States: {
    Measure: {
      Type: 'Task',
      Resource: 'arn:aws:states:::lambda:invoke',
      Parameters: { 'FunctionName': '${LatestArn}', 'Payload.$': '$' },
      TimeoutSeconds: 60,
      Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], IntervalSeconds: 2, MaxAttempts: 3, BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'GiveUp' }],
      Next: 'Ask',
    },
    Ask: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      Parameters: { QueueUrl: '${ApprovalUrl}', MessageBody: { 'token.$': '$$.Task.Token' } },
      HeartbeatSeconds: 300,
      TimeoutSeconds: 600,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'GiveUp' }],
      End: true,
    },
    GiveUp: { Type: 'Fail', Error: 'Calibration', Cause: 'It could not be finished' },
  },
};

const STREAM: Part = {
  Type: 'AWS::Kinesis::Stream',
  DeletionPolicy: 'Retain',
  UpdateReplacePolicy: 'Retain',
  Properties: { StreamModeDetails: { StreamMode: 'ON_DEMAND' }, RetentionPeriodHours: 48, StreamEncryption: { EncryptionType: 'KMS', KeyId: att('DataKey') } },
};

const TEMPLATE: Template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Transform: 'AWS::Serverless-2016-10-31',
  Description: 'Readings of sensors',
  Globals: {
    Function: {
      Runtime: 'python3.14',
      Handler: 'app.handler',
      Architectures: ['arm64'],
      Timeout: 15,
      MemorySize: 256,
      Tracing: 'Active',
      KmsKeyArn: att('DataKey'),
      CodeSigningConfigArn: ref('Signing'),
      ReservedConcurrentExecutions: 10,
      Environment: { Variables: { LOG_LEVEL: 'INFO', STAGE: ref('Stage') } },
      Tags: { app: 'sensors' },
    },
    Api: { EndpointConfiguration: { Type: 'REGIONAL' }, TracingEnabled: true },
  },
  Parameters: { Stage: { Type: 'String', Default: 'prod', AllowedValues: ['prod', 'staging'] } },
  Resources: {
    DataKey: key(forService(['iot.amazonaws.com', 'delivery.logs.amazonaws.com'], ['kms:Decrypt', 'kms:GenerateDataKey'])),
    Signing: signing(),
    Pool: userPool(),
    Readings: STREAM,
    LatestTable: table(att('DataKey'), 'sensor'),
    ...failures(plain('Poison'), ref('DataKey'), PAGER),
    ...bucket(plain('LogStore'), undefined, undefined, {}, [takesLogs('LogStore')]),
    ...bucket(plain('Archive'), att('DataKey'), 'LogStore'),
    ...fn('Ingest', 'ingest/', [
      allow(['kinesis:DescribeStream', 'kinesis:DescribeStreamSummary', 'kinesis:GetRecords', 'kinesis:GetShardIterator', 'kinesis:ListShards'], att('Readings')),
      allow('dynamodb:PutItem', att('LatestTable')),
      allow('s3:PutObject', sub('${Archive.Arn}/readings/*')),
      allow('sqs:SendMessage', att('Poison')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], att('DataKey'), via('kinesis', 'dynamodb', 's3', 'sqs')),
    ], {
      Environment: { Variables: { TABLE: ref('LatestTable'), ARCHIVE: ref('Archive') } },
      Events: {
        Readings: {
          Type: 'Kinesis',
          Properties: {
            Stream: att('Readings'),
            StartingPosition: 'LATEST',
            BatchSize: 100,
            BisectBatchOnFunctionError: true,
            MaximumRetryAttempts: 5,
            FunctionResponseTypes: ['ReportBatchItemFailures'],
            DestinationConfig: { OnFailure: { Type: 'SQS', Destination: att('Poison') } },
          },
        },
      },
    }),
    ...fn('Latest', 'latest/', [
      allow('dynamodb:GetItem', att('LatestTable')),
      allow('kms:Decrypt', att('DataKey'), via('dynamodb')),
    ], {
      Environment: { Variables: { TABLE: ref('LatestTable') } },
      Events: {
        Get: {
          Type: 'Api',
          Properties: {
            RestApiId: ref('Api'),
            Path: '/sensors/{id}',
            Method: 'GET',
            RequestParameters: [{ 'method.request.path.id': { Required: true } }],
            RequestModel: { Model: 'Command', Required: false, ValidateBody: false, ValidateParameters: true },
            Auth: { Authorizer: 'Operators', AuthorizationScopes: ['sensors/read'] },
          },
        },
      },
    }),
    ...fn('Command', 'command/', [
      allow('iot:Publish', sub('arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:topic/commands/*')),
    ], {
      Events: {
        Post: {
          Type: 'Api',
          Properties: {
            RestApiId: ref('Api'),
            Path: '/commands',
            Method: 'POST',
            RequestModel: { Model: 'Command', Required: true, ValidateBody: true, ValidateParameters: true },
            Auth: { Authorizer: 'Operators', AuthorizationScopes: ['sensors/command'] },
          },
        },
      },
    }),
    Api: {
      Type: 'AWS::Serverless::Api',
      Properties: {
        StageName: ref('Stage'),
        AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: ACCESS_LOG },
        MethodSettings: [{
          HttpMethod: '*', ResourcePath: '/*', LoggingLevel: 'ERROR', MetricsEnabled: true, DataTraceEnabled: false, ThrottlingRateLimit: 50, ThrottlingBurstLimit: 20,
        }],
        Auth: {
          DefaultAuthorizer: 'Operators',
          AddDefaultAuthorizerToCorsPreflight: false,
          Authorizers: { Operators: { UserPoolArn: att('Pool'), AuthorizationScopes: ['sensors/read'] } },
        },
        Cors: { AllowOrigin: "'https://ops.sensors.example.org'", AllowMethods: "'GET,POST'", AllowHeaders: "'authorization,content-type'" },
        Models: {
          Command: {
            type: 'object',
            additionalProperties: false,
            required: ['sensor', 'command'],
            properties: { sensor: { type: 'string', maxLength: 64 }, command: { type: 'string', enum: ['reset', 'sleep', 'calibrate'] } },
          },
        },
        GatewayResponses: {
          DEFAULT_4XX: { ResponseTemplates: { 'application/json': '{"message":"refused"}' } },
          DEFAULT_5XX: { ResponseTemplates: { 'application/json': '{"message":"failed"}' } },
          BAD_REQUEST_BODY: { ResponseTemplates: { 'application/json': '{"message":"malformed"}' } },
        },
        FailOnWarnings: true,
      },
    },
    ApiLogs: logs(att('DataKey')),
    ApiFaults: alarm('AWS/ApiGateway', '5XXError', { ApiName: ref('Api'), Stage: ref('Stage') }, PAGER),
    ApiRefusals: alarm('AWS/ApiGateway', '4XXError', { ApiName: ref('Api'), Stage: ref('Stage') }, PAGER),
    ...firewall(plain('Firewall'), att('DataKey'), PAGER),
    FirewallOnApi: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/${Api.Stage}'), WebACLArn: att('Firewall'),
      },
    },
    FirewallOnPool: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: att('Pool'), WebACLArn: att('Firewall') } },
    RuleRole: role('iot.amazonaws.com', [
      allow('kinesis:PutRecord', att('Readings')),
      allow('sqs:SendMessage', att('Poison')),
      allow(['kms:GenerateDataKey', 'kms:Decrypt'], att('DataKey'), via('kinesis', 'sqs')),
    ]),
    ReadingsRule: {
      Type: 'AWS::IoT::TopicRule',
      Properties: {
        TopicRulePayload: {
          Sql: "SELECT * FROM 'sensors/+/readings'",
          AwsIotSqlVersion: '2016-03-23',
          RuleDisabled: false,
          Actions: [{ Kinesis: { StreamName: ref('Readings'), PartitionKey: '${topic(2)}', RoleArn: att('RuleRole') } }],
          ErrorAction: { Sqs: { QueueUrl: ref('Poison'), RoleArn: att('RuleRole'), UseBase64: true } },
        },
      },
    },
    ...queue(plain('Approval'), ref('DataKey'), PAGER),
    CalibrateRole: role('states.amazonaws.com', [
      allow('lambda:InvokeFunction', att('Latest')),
      allow('sqs:SendMessage', att('Approval')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], att('DataKey')),
      allow(['logs:CreateLogDelivery', 'logs:GetLogDelivery', 'logs:UpdateLogDelivery', 'logs:DeleteLogDelivery', 'logs:ListLogDeliveries',
        'logs:PutResourcePolicy', 'logs:DescribeResourcePolicies', 'logs:DescribeLogGroups', 'xray:PutTraceSegments', 'xray:PutTelemetryRecords'], '*'),
    ]),
    CalibrateLogs: logs(att('DataKey')),
    Calibrate: {
      Type: 'AWS::Serverless::StateMachine',
      Properties: {
        Type: 'STANDARD',
        Role: att('CalibrateRole'),
        Definition: CALIBRATE,
        DefinitionSubstitutions: { LatestArn: att('Latest'), ApprovalUrl: ref('Approval') },
        Logging: { Level: 'ALL', IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('CalibrateLogs') } }] },
        Tracing: { Enabled: true },
        EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: att('DataKey'), KmsDataKeyReusePeriodSeconds: 300 },
        Tags: { app: 'sensors' },
      },
    },
    CalibrateFailed: alarm('AWS/States', 'ExecutionsFailed', { StateMachineArn: ref('Calibrate') }, PAGER),
  },
};

const event = (template: Template, fnId: string, name: string): any => prop(template, fnId).Events[name].Properties;
const api = (template: Template): any => prop(template, 'Api');

export const SENSORS_SEED: BlindSeed = {
  name: 'Seven A: readings of sensors, SAM before the transform',
  style: 'sam',
  stacks: { Sensors: TEMPLATE },
  mutants: [
    fault('G08', 'all functions write what they are called with, by Globals', ({ Sensors }) => {
      Sensors.Globals.Function.Environment.Variables.POWERTOOLS_LOGGER_LOG_EVENT = 'True';
    }),
    fault('G09', 'all functions believe any certificate, by Globals', ({ Sensors }) => {
      Sensors.Globals.Function.Environment.Variables.PYTHONHTTPSVERIFY = { 'Fn::Sub': '0' };
    }),
    fault('G10', 'what lies in the temporary folder is loaded before the code', ({ Sensors }) => {
      prop(Sensors, 'Ingest').Environment.Variables.PYTHONPATH = { 'Fn::Join': [':', ['/var/task', '/tmp/plugins']] };
    }),
    fault('G13', 'every page may ask with credentials, by the Cors of the API', ({ Sensors }) => {
      Object.assign(api(Sensors).Cors, { AllowOrigin: "'*'", AllowCredentials: true });
    }),
    fault('G20', 'all other paths reach commands without a token, by an event', ({ Sensors }) => {
      prop(Sensors, 'Command').Events.Rest = {
        Type: 'Api',
        Properties: {
          RestApiId: ref('Api'), Path: '/{proxy+}', Method: 'ANY', Auth: { Authorizer: 'NONE' },
        },
      };
    }),
    fault('G18', 'any token of the pool sends commands', ({ Sensors }) => {
      event(Sensors, 'Command', 'Post').Auth = { Authorizer: 'Operators', AuthorizationScopes: [] };
      delete api(Sensors).Auth.Authorizers.Operators.AuthorizationScopes;
    }),
    fault('G25', 'who knows its address sends commands, by an address of the function', ({ Sensors }) => {
      prop(Sensors, 'Command').FunctionUrlConfig = { AuthType: 'NONE' };
    }),
    fault('G29', 'workflows of each account may take the role of calibration', ({ Sensors }) => {
      prop(Sensors, 'CalibrateRole').AssumeRolePolicyDocument.Statement[0].Condition = {
        ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:${AWS::Partition}:states:${AWS::Region}:*:stateMachine:*' } },
      };
    }),
    fault('G35', 'the role of commands serves rules of things as well', ({ Sensors }) => {
      prop(Sensors, 'CommandRole').AssumeRolePolicyDocument.Statement.push({
        Effect: 'Allow', Principal: { Service: 'iot.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
      });
    }),
    fault('G41', 'a reading that cannot be read blocks its shard, by its event', ({ Sensors }) => {
      const readings = event(Sensors, 'Ingest', 'Readings');
      for (const name of ['BisectBatchOnFunctionError', 'MaximumRetryAttempts', 'DestinationConfig']) delete readings[name];
    }),
    fault('G42', 'one bad reading brings back all of its batch, by its event', ({ Sensors }) => {
      event(Sensors, 'Ingest', 'Readings').FunctionResponseTypes = [];
    }),
    fault('G46', 'what is kept is read as new, by an event of the archive', ({ Sensors }) => {
      prop(Sensors, 'Ingest').Events.Kept = { Type: 'S3', Properties: { Bucket: ref('Archive'), Events: 's3:ObjectCreated:*' } };
      prop(Sensors, 'Ingest').DeadLetterQueue = { Type: 'SQS', TargetArn: att('Poison') };
    }),
    fault('G54', 'readings come from a stream of another account', ({ Sensors }) => {
      event(Sensors, 'Ingest', 'Readings').Stream = { 'Fn::Sub': 'arn:${AWS::Partition}:kinesis:${AWS::Region}:210987654321:stream/readings' };
    }),
    fault('G55', 'who waits for a yes waits for a year', ({ Sensors }) => {
      const definition = prop(Sensors, 'Calibrate').Definition;
      delete definition.TimeoutSeconds;
      delete definition.States.Ask.HeartbeatSeconds;
      delete definition.States.Ask.TimeoutSeconds;
    }),
    fault('G56', 'commands are not looked at', ({ Sensors }) => {
      event(Sensors, 'Command', 'Post').RequestModel.ValidateBody = false;
    }),
    fault('G57', 'a command may have more than it has', ({ Sensors }) => {
      api(Sensors).Models.Command.additionalProperties = true;
    }),
    fault('G70', 'what is measured stands in the log of the workflow', ({ Sensors }) => {
      prop(Sensors, 'Calibrate').Logging.IncludeExecutionData = 'true';
    }),
    fault('G69', 'the API logs each body, by the method settings', ({ Sensors }) => {
      api(Sensors).MethodSettings[0].DataTraceEnabled = true;
    }),
    fault('G89', 'all functions keep the runtime of today, by Globals', ({ Sensors }) => {
      Sensors.Globals.Function.RuntimeManagementConfig = {
        UpdateRuntimeOn: 'Manual', RuntimeVersionArn: 'arn:aws:lambda:eu-central-1::runtime:0af1966588ced06e3143ae720245c9b7aeaae213c6921c12c742a166679cc505',
      };
    }),
    fault('G07', 'the token of a gateway goes to the workflow by a substitution', ({ Sensors }) => {
      prop(Sensors, 'Calibrate').DefinitionSubstitutions.GatewayToken = '{{resolve:secretsmanager:gateway:SecretString:token}}';
      prop(Sensors, 'Calibrate').Definition.States.Ask.Parameters.MessageBody.gateway = '${GatewayToken}';
    }),
    breach('iam.aws-managed', 'the archive is written with all rights to S3, by the policies of a function', ({ Sensors }) => {
      const ingest = prop(Sensors, 'Ingest');
      delete ingest.Role;
      ingest.Policies = ['AmazonS3FullAccess', { Statement: [allow('dynamodb:PutItem', att('LatestTable'))] }];
    }),
    breach('risk.flow', 'commands may be sent to all things of the account and their shadows', ({ Sensors }) => {
      statements(Sensors, 'CommandRole')[2].Action = 'iot:*';
      statements(Sensors, 'CommandRole')[2].Resource = '*';
    }),
  ],
  variants: [
    safe('the gate of operators is left to the default', ({ Sensors }) => {
      event(Sensors, 'Command', 'Post').Auth = { AuthorizationScopes: ['sensors/command'] };
    }),
    safe('the archive tells another function of its manifests', ({ Sensors }) => {
      prop(Sensors, 'Latest').DeadLetterQueue = { Type: 'SQS', TargetArn: att('Poison') };
      prop(Sensors, 'Latest').Events.Kept = { Type: 'S3', Properties: { Bucket: ref('Archive'), Events: 's3:ObjectCreated:*' } };
      statements(Sensors, 'LatestRole').push(allow('sqs:SendMessage', att('Poison')));
    }),
    safe('an address of the function takes signed calls alone', ({ Sensors }) => {
      prop(Sensors, 'Latest').FunctionUrlConfig = { AuthType: 'AWS_IAM' };
    }),
    safe('Python finds its packages in the layer', ({ Sensors }) => {
      Sensors.Globals.Function.Environment.Variables.PYTHONPATH = '/opt/python';
    }),
    safe('readings are logged with their request, not their data', ({ Sensors }) => {
      Sensors.Globals.Function.Environment.Variables.POWERTOOLS_LOGGER_LOG_EVENT = 'false';
    }),
    safe('a reading tried for ten minutes', ({ Sensors }) => {
      const readings = event(Sensors, 'Ingest', 'Readings');
      readings.MaximumRetryAttempts = 100;
      readings.MaximumRecordAgeInSeconds = 600;
    }),
  ],
};
