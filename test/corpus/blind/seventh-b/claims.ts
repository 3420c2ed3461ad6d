import {
  ACCOUNT, admit, alarm, alarms, allow, arn, att, document, drain, failures, fn,
  iff, invoke, join, key, logs, NONE, queue, READ_QUEUE, ref, Resources, role,
  SAME_ACCOUNT, signing, sub, table, USE_KEY,
} from './parts';
import { accessLogs, answers, bucket, REST_FORMAT } from './stores';
import { rightsApart } from './styles';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, safe } from '../support';

const integration = (id: string): Template => ({
  type: 'aws_proxy', httpMethod: 'POST', uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${id}.Arn}/invocations`),
});
const LOCKED = { 'x-amazon-apigateway-auth': { type: 'AWS_IAM' }, 'security': [{ sigv4: [] }] };

const BODY = {
  'openapi': '3.0.1',
  'info': { title: 'claims', version: '4' },
  'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true }, some: { validateRequestBody: false, validateRequestParameters: true } },
  'x-amazon-apigateway-request-validator': 'all',
  'paths': {
    '/claims': {
      post: {
        ...LOCKED,
        'requestBody': { required: true, content: { 'application/json': { schema: { $ref: '#/components/schemas/Claim' } } } },
        'responses': { 202: { description: 'taken' } },
        'x-amazon-apigateway-integration': integration('Intake'),
      },
    },
    '/claims/{id}': {
      get: {
        ...LOCKED,
        'parameters': [{ name: 'id', in: 'path', required: true, schema: { type: 'string' } }],
        'responses': { 200: { description: 'found' } },
        'x-amazon-apigateway-integration': integration('Status'),
      },
    },
  },
  'components': {
    schemas: {
      Claim: {
        type: 'object',
        additionalProperties: false,
        required: ['policy', 'amount'],
        properties: { policy: { type: 'string', maxLength: 24 }, amount: { type: 'number', minimum: 0, maximum: 1000000 }, items: { type: 'array', maxItems: 50, items: { $ref: '#/components/schemas/Item' } } },
      },
      Item: { type: 'object', additionalProperties: false, properties: { text: { type: 'string', maxLength: 400 } } },
    },
    securitySchemes: { sigv4: { 'type': 'apiKey', 'name': 'Authorization', 'in': 'header', 'x-amazon-apigateway-authtype': 'awsSigv4' } },
  },
};

const DEFINITION = {
  StartAt: 'Rate',
  TimeoutSeconds: 86400,
  States: {
    Rate: {
      Type: 'Task',
      Resource: '${RateArn}',
      TimeoutSeconds: 60,
      Next: 'Adjust',
      Retry: [{ ErrorEquals: ['Lambda.TooManyRequestsException'], MaxAttempts: 3, IntervalSeconds: 2, BackoffRate: 2 }],
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
    },
    Adjust: {
      Type: 'Task',
      Resource: 'arn:aws:states:::sqs:sendMessage.waitForTaskToken',
      HeartbeatSeconds: 43200,
      Catch: [{ ErrorEquals: ['States.ALL'], Next: 'Failed' }],
      End: true,
      Parameters: { QueueUrl: '${Desk}', MessageBody: { 'Token.$': '$$.Task.Token', 'Claim.$': '$.id' } },
    },
    Failed: { Type: 'Fail', Error: 'ClaimFailed' },
  },
};

const called = (id: string, rest: string): Template => invoke(id, 'apigateway', arn('execute-api', `\${Api}/\${Live}/${rest}`));
const NETWORK = { SubnetIds: iff('HasThreeZones', [ref('SubnetA'), ref('SubnetB'), ref('SubnetC')], [ref('SubnetA'), ref('SubnetB')]), SecurityGroupIds: [ref('Inside')] };
const NETWORK_RIGHTS = allow(['ec2:CreateNetworkInterface', 'ec2:DeleteNetworkInterface', 'ec2:DescribeNetworkInterfaces'], '*');

const resources: Resources = {
  Key: key('cloudwatch', 'sqs', 'states', 'events'),
  Signing: signing(),
  ...alarms(),
  ...accessLogs(),
  ...bucket('Evidence', { ObjectLockEnabled: iff('KeepsRecords', true, NONE) }),
  Claims: table(['claim', 'version'], { Tags: iff('HasOwner', [{ Key: 'owner', Value: ref('Owner') }], NONE) }),
  ...failures('Stuck', 'Desk'),
  ...queue('Desk', 'Stuck'),
  ...fn('Intake', {
    can: [allow('dynamodb:PutItem', att('Claims')), allow('states:StartExecution', ref('Flow')), USE_KEY, NETWORK_RIGHTS],
    env: { CLAIMS: ref('Claims'), FLOW_ARN: ref('Flow'), LOG_LEVEL: { 'Fn::FindInMap': ['Levels', ref('Stage'), 'log'] } },
    more: { VpcConfig: NETWORK, ReservedConcurrentExecutions: iff('IsProd', 50, 5) },
  }),
  ...fn('Status', { can: [allow('dynamodb:GetItem', att('Claims')), USE_KEY, NETWORK_RIGHTS], env: { CLAIMS: ref('Claims') }, more: { VpcConfig: NETWORK, MemorySize: iff('IsProd', 1024, 256) } }),
  ...fn('Rate', { can: [allow('s3:GetObject', join(att('Evidence'), '/*')), USE_KEY], env: { EVIDENCE: ref('Evidence') } }),
  ...fn('Answer', { can: [allow(READ_QUEUE, att('Desk')), allow(['states:SendTaskFailure', 'states:SendTaskSuccess'], ref('Flow')), USE_KEY], env: { FLOW: ref('Flow') } }),
  AnswerFrom: drain('Desk', 'Answer'),
  FlowLogs: logs(sub('/aws/vendedlogs/states/${AWS::StackName}')),
  FlowRole: role('states.amazonaws.com', [
    allow('lambda:InvokeFunction', att('Rate')), allow('sqs:SendMessage', att('Desk')), USE_KEY,
    allow(['logs:CreateLogDelivery', 'logs:DeleteLogDelivery', 'logs:DescribeLogGroups', 'logs:DescribeResourcePolicies', 'logs:GetLogDelivery', 'logs:ListLogDeliveries',
      'logs:PutResourcePolicy', 'logs:UpdateLogDelivery', 'xray:GetSamplingRules', 'xray:GetSamplingTargets', 'xray:PutTelemetryRecords', 'xray:PutTraceSegments'], '*'),
  ], SAME_ACCOUNT),
  Flow: {
    Type: 'AWS::StepFunctions::StateMachine',
    Properties: {
      RoleArn: att('FlowRole'),
      DefinitionString: JSON.stringify(DEFINITION),
      DefinitionSubstitutions: { RateArn: att('Rate'), Desk: ref('Desk') },
      LoggingConfiguration: { Level: iff('IsProd', 'ALL', 'ERROR'), IncludeExecutionData: false, Destinations: [{ CloudWatchLogsLogGroup: { LogGroupArn: att('FlowLogs') } }] },
      TracingConfiguration: { Enabled: true },
      EncryptionConfiguration: { Type: 'CUSTOMER_MANAGED_KMS_KEY', KmsKeyId: att('Key'), KmsDataKeyReusePeriodSeconds: iff('IsProd', 300, NONE) },
    },
  },
  FlowFails: alarm('AWS/States', 'ExecutionsFailed', { StateMachineArn: ref('Flow') }),
  FlowHangs: alarm('AWS/States', 'ExecutionsTimedOut', { StateMachineArn: ref('Flow') }),
  Inside: {
    Type: 'AWS::EC2::SecurityGroup',
    Properties: {
      GroupDescription: 'Functions that work on claims',
      VpcId: ref('Vpc'),
      SecurityGroupEgress: [{ IpProtocol: 'tcp', FromPort: 443, ToPort: 443, DestinationPrefixListId: ref('DynamoPrefixList'), Description: 'To the table' }],
    },
  },
  ToTable: {
    Type: 'AWS::EC2::VPCEndpoint',
    Properties: {
      VpcId: ref('Vpc'),
      VpcEndpointType: 'Gateway',
      ServiceName: sub('com.amazonaws.${AWS::Region}.dynamodb'),
      RouteTableIds: iff('HasRoutes', [ref('Routes')], NONE),
      PolicyDocument: document(admit({ AWS: '*' }, ['dynamodb:GetItem', 'dynamodb:PutItem'], att('Claims'), { StringEquals: { 'aws:PrincipalAccount': ACCOUNT } })),
    },
  },
  Api: {
    Type: 'AWS::ApiGateway::RestApi',
    Properties: {
      Name: 'claims',
      EndpointConfiguration: { Types: ['PRIVATE'], VpcEndpointIds: [ref('ApiEndpoint')] },
      Policy: document(
        admit('*', 'execute-api:Invoke', 'execute-api:/*', { StringEquals: { 'aws:SourceVpce': ref('ApiEndpoint') } }),
        { Effect: 'Deny', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', Condition: { StringNotEquals: { 'aws:SourceVpce': ref('ApiEndpoint') } } }),
      Body: BODY,
    },
  },
  ...answers('Api'),
  IntakeCalled: called('Intake', 'POST/claims'),
  StatusCalled: called('Status', 'GET/claims/*'),
  ApiLogs: logs(sub('/api/${AWS::StackName}')),
  Deployment: { Type: 'AWS::ApiGateway::Deployment', Properties: { RestApiId: ref('Api') } },
  Live: {
    Type: 'AWS::ApiGateway::Stage',
    Properties: {
      RestApiId: ref('Api'),
      DeploymentId: ref('Deployment'),
      StageName: ref('Stage'),
      TracingEnabled: true,
      Variables: iff('HasOwner', { owner: ref('Owner') }, NONE),
      AccessLogSetting: { DestinationArn: att('ApiLogs'), Format: REST_FORMAT.replace('$context.authorizer.principalId', '$context.identity.userArn') },
      MethodSettings: [{
        HttpMethod: '*',
        ResourcePath: '/*',
        LoggingLevel: 'ERROR',
        MetricsEnabled: true,
        DataTraceEnabled: false,
        ThrottlingBurstLimit: iff('IsProd', 100, 10),
        ThrottlingRateLimit: iff('IsProd', 50, 5),
      }],
    },
  },
  ApiFails: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'claims', Stage: ref('Stage') }),
  ApiRefuses: alarm('AWS/ApiGateway', '4XXError', { ApiName: 'claims', Stage: ref('Stage') }),
};

const flow = (t: Template, change: (definition: Template) => void): void => {
  const definition = JSON.parse(prop(t, 'Flow').DefinitionString as string) as Template;
  change(definition);
  prop(t, 'Flow').DefinitionString = JSON.stringify(definition);
};
const text = { Type: 'String' };

export const CLAIMS: BlindSeed = {
  name: 'Insurance claims, JSON with conditions in many places',
  style: 'yaml',
  stacks: {
    Claims: {
      AWSTemplateFormatVersion: '2010-09-09',
      Parameters: {
        Stage: { ...text, Default: 'prod', AllowedValues: ['prod', 'test'] },
        Owner: { ...text, Default: '' },
        Vpc: { Type: 'AWS::EC2::VPC::Id' },
        Routes: { ...text, Default: '' },
        SubnetA: { Type: 'AWS::EC2::Subnet::Id' },
        SubnetB: { Type: 'AWS::EC2::Subnet::Id' },
        SubnetC: { ...text, Default: '' },
        DynamoPrefixList: text,
        ApiEndpoint: text,
        Records: { ...text, Default: 'yes' },
      },
      Mappings: { Levels: { prod: { log: 'INFO', receives: 5 }, test: { log: 'INFO', receives: 5 } } },
      Conditions: {
        IsProd: { 'Fn::Equals': [ref('Stage'), 'prod'] },
        HasOwner: { 'Fn::Not': [{ 'Fn::Equals': [ref('Owner'), ''] }] },
        HasRoutes: { 'Fn::Not': [{ 'Fn::Equals': [ref('Routes'), ''] }] },
        HasThreeZones: { 'Fn::Not': [{ 'Fn::Equals': [ref('SubnetC'), ''] }] },
        KeepsRecords: { 'Fn::Equals': [ref('Records'), 'yes'] },
      },
      Resources: rightsApart(resources, 'AWS::IAM::RolePolicy'),
    },
  },
  mutants: [
    fault('G05', 'the password of the old system comes as a parameter that is shown', ({ Claims }) => { Claims.Parameters.MainframePassword = { Type: 'String' }; }),
    fault('G05', 'a hidden token has a default that everybody reads', ({ Claims }) => { Claims.Parameters.PartnerToken = { Type: 'String', NoEcho: true, Default: 'f81d4fae7dec11d0' }; }),
    fault('G07', 'a password of the partner is a variable of the stage, in production', ({ Claims }) => { prop(Claims, 'Live').Variables = iff('IsProd', { partnerPassword: 'Ivory-Gate-12' }, NONE); }),
    fault('G08', 'the level of production by the mapping is DEBUG', ({ Claims }) => { Claims.Mappings.Levels.prod.log = 'DEBUG'; }),
    fault('G24', 'the private API is open to all networks of all accounts: the condition holds if there is a key only', ({ Claims }) => {
      const policy = prop(Claims, 'Api').Policy;
      policy.Statement.splice(0, 2, admit('*', 'execute-api:Invoke', 'execute-api:/*', { StringEqualsIfExists: { 'aws:PrincipalOrgPaths': 'o-a1b2c3' } }));
    }),
    fault('G24', 'the private API has no policy in production', ({ Claims }) => { prop(Claims, 'Api').Policy = iff('IsProd', NONE, prop(Claims, 'Api').Policy); }),
    fault('G44', 'claims are given up after the first failure, by a mapping', ({ Claims }) => {
      Claims.Mappings.Levels.prod.receives = 1;
      prop(Claims, 'Desk').RedrivePolicy.maxReceiveCount = { 'Fn::FindInMap': ['Levels', ref('Stage'), 'receives'] };
    }),
    fault('G44', 'no queue for failures in production', ({ Claims }) => { prop(Claims, 'Desk').RedrivePolicy = iff('IsProd', NONE, prop(Claims, 'Desk').RedrivePolicy); }),
    fault('G45', 'every queue may put into the queue for failures', ({ Claims }) => { prop(Claims, 'Stuck').RedriveAllowPolicy = iff('IsProd', { redrivePermission: 'allowAll' }, prop(Claims, 'Stuck').RedriveAllowPolicy); }),
    fault('G55', 'the flow has no end in time', ({ Claims }) => { flow(Claims, (d) => { delete d.TimeoutSeconds; delete d.States.Adjust.HeartbeatSeconds; }); }),
    fault('G55', 'a failed rating ends the flow without being caught', ({ Claims }) => { flow(Claims, (d) => { delete d.States.Rate.Catch; }); }),
    fault('G56', 'the body of a claim is not validated by the operation of the OpenAPI document', ({ Claims }) => {
      prop(Claims, 'Api').Body.paths['/claims'].post['x-amazon-apigateway-request-validator'] = 'some';
    }),
    fault('G57', 'the items of a claim take any field', ({ Claims }) => { prop(Claims, 'Api').Body.components.schemas.Item = { type: 'object', properties: { text: { type: 'string', maxLength: 400 } } }; }),
    fault('G69', 'bodies are logged in production', ({ Claims }) => { prop(Claims, 'Live').MethodSettings[0].DataTraceEnabled = iff('IsProd', true, false); }),
    fault('G70', 'the flow logs its data in production', ({ Claims }) => { prop(Claims, 'Flow').LoggingConfiguration.IncludeExecutionData = iff('IsProd', true, false); }),
    fault('G73', 'the group of the intake is made in the test stage only', ({ Claims }) => {
      Claims.Conditions.IsTest = { 'Fn::Not': [{ Condition: 'IsProd' }] };
      Claims.Resources.IntakeLogs.Condition = 'IsTest';
      prop(Claims, 'Intake').LoggingConfig = iff('IsProd', { LogFormat: 'JSON' }, prop(Claims, 'Intake').LoggingConfig);
      prop(Claims, 'IntakeRoleRights').PolicyDocument.Statement[0].Resource = arn('logs', 'log-group:/aws/lambda/${AWS::StackName}-Intake:*');
    }),
    fault('G75', 'nobody hears of failed intakes in production', ({ Claims }) => { prop(Claims, 'IntakeErrors').AlarmActions = iff('IsProd', [], [ref('Alarms')]); }),
    fault('G76', 'the evidence goes with the stack', ({ Claims }) => { Claims.Resources.Evidence.DeletionPolicy = 'Delete'; }),
    fault('G77', 'the claims are protected against deletion in the test stage only', ({ Claims }) => { prop(Claims, 'Claims').DeletionProtectionEnabled = iff('IsProd', NONE, true); }),
    fault('G79', 'the endpoint of the network reaches every table of every account', ({ Claims }) => { prop(Claims, 'ToTable').PolicyDocument = iff('HasRoutes', NONE, prop(Claims, 'ToTable').PolicyDocument); }),
    fault('G90', 'the rating runs a quarter of an hour and has no bound of its own', ({ Claims }) => {
      prop(Claims, 'Rate').Timeout = iff('IsProd', 900, 30);
      prop(Claims, 'Rate').ReservedConcurrentExecutions = NONE;
    }),
    fault('G36', 'the key decrypts for the rating whatever it likes, of any account', ({ Claims }) => { prop(Claims, 'RateRoleRights').PolicyDocument.Statement.push(allow('kms:Decrypt', '*')); }),
    breach('sg.egress-open', 'the functions may talk to everywhere in production', ({ Claims }) => {
      prop(Claims, 'Inside').SecurityGroupEgress = iff('IsProd', [{ IpProtocol: '-1', CidrIp: '0.0.0.0/0', Description: 'All' }], prop(Claims, 'Inside').SecurityGroupEgress);
    }),
    breach('s3.bpa', 'the evidence can be opened to the public in production', ({ Claims }) => {
      const all = prop(Claims, 'Evidence').PublicAccessBlockConfiguration;
      prop(Claims, 'Evidence').PublicAccessBlockConfiguration = iff('IsProd', { ...all, RestrictPublicBuckets: false, BlockPublicPolicy: false }, all);
    }),
  ],
  variants: [
    safe('another bound in each stage', ({ Claims }) => { prop(Claims, 'AnswerFrom').ScalingConfig = iff('IsProd', { MaximumConcurrency: 20 }, { MaximumConcurrency: 2 }); }),
    safe('a level by the mapping that is quieter in production', ({ Claims }) => { Claims.Mappings.Levels.prod.log = 'WARN'; }),
    safe('a description in production only', ({ Claims }) => { prop(Claims, 'Status').Description = iff('IsProd', 'Tells how a claim stands; its token comes with the call', NONE); env(Claims, 'Status').STAGE = ref('Stage'); }),
    safe('both branches protect the claims', ({ Claims }) => { prop(Claims, 'Claims').DeletionProtectionEnabled = iff('IsProd', true, 'true'); }),
    safe('a second endpoint in production', ({ Claims }) => {
      Claims.Parameters.OtherEndpoint = { Type: 'String' };
      const both = iff('IsProd', [ref('ApiEndpoint'), ref('OtherEndpoint')], [ref('ApiEndpoint')]);
      prop(Claims, 'Api').EndpointConfiguration.VpcEndpointIds = both;
      prop(Claims, 'Api').Policy = document(admit('*', 'execute-api:Invoke', 'execute-api:/*', { StringEquals: { 'aws:SourceVpce': both } }));
    }),
    safe('no tags', ({ Claims }) => { add(Claims, 'Note', 'AWS::SSM::Parameter', { Type: 'String', Name: '/claims/stage', Value: iff('IsProd', 'live', 'test') }); }),
  ],
};
