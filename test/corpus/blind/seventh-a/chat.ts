import { Template } from '../../seed';
import { add, BlindSeed, breach, env, fault, prop, safe, statements, trust } from '../support';
import {
  ACCESS_LOG_V2, ACCOUNT, alarm, allow, att, failures, forService, key, lambda, logs, Parts, permission, queue, ref, role, signing, sub,
  table, via,
} from './parts';

const PAGER = ref('pager_topic_arn');
const snake = (name: string) => (part: string): string => (part === '' ? name : `${name}_${part.toLowerCase()}`);
const KEY = att('chat_key');
const MODEL = sub('arn:${AWS::Partition}:bedrock:${AWS::Region}::foundation-model/amazon.nova-lite-v1:0');

const fn = (name: string, allowed: any[], variables: any = {}, more: any = {}): Parts => lambda({
  id: snake(name),
  key: KEY,
  pager: PAGER,
  signing: ref('code_signing'),
  code: { S3Bucket: ref('artifact_bucket'), S3Key: `${name}.zip` },
  statements: allowed,
  env: variables,
  more: { FunctionName: name, ...more },
});

const route = (RouteKey: string, integration: string, more: any) => ({
  Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref('chat_api'), RouteKey, Target: sub(`integrations/\${${integration}}`), ...more },
});
const integration = (target: string) => ({
  Type: 'AWS::ApiGatewayV2::Integration',
  Properties: {
    ApiId: ref('chat_api'),
    IntegrationType: 'AWS_PROXY',
    IntegrationUri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${target}.Arn}/invocations`),
  },
});
const fromApi = (target: string, path: string) => permission(target, 'apigateway.amazonaws.com', sub(
  `arn:\${AWS::Partition}:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${chat_api}/${path}`));

const TEMPLATE: Template = {
  Description: 'chat bot, converted from terraform',
  Parameters: {
    pager_topic_arn: { Type: 'String' },
    artifact_bucket: { Type: 'String' },
    crm_rotation_function_arn: { Type: 'String' },
    environment: { Type: 'String', Default: 'prod' },
  },
  Resources: {
    chat_key: key(forService(['events.amazonaws.com', 'bedrock.amazonaws.com', 'pipes.amazonaws.com'], ['kms:Decrypt', 'kms:GenerateDataKey'])),
    code_signing: signing(),
    turns_table: table(KEY, 'conversation', {
      StreamSpecification: { StreamViewType: 'NEW_IMAGE' },
      AttributeDefinitions: [{ AttributeName: 'conversation', AttributeType: 'S' }, { AttributeName: 'turn', AttributeType: 'N' }],
      KeySchema: [{ AttributeName: 'conversation', KeyType: 'HASH' }, { AttributeName: 'turn', KeyType: 'RANGE' }],
    }),
    chat_api: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Name: 'chat', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action', Tags: { managed_by: 'terraform' },
      },
    },
    gate_authorizer: {
      Type: 'AWS::ApiGatewayV2::Authorizer',
      Properties: {
        ApiId: ref('chat_api'),
        Name: 'gate',
        AuthorizerType: 'REQUEST',
        IdentitySource: ['route.request.header.Authorization'],
        AuthorizerUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${gate.Arn}/invocations'),
      },
    },
    connect_integration: integration('talk'),
    connect_route: route('$connect', 'connect_integration', { AuthorizationType: 'CUSTOM', AuthorizerId: ref('gate_authorizer') }),
    talk_integration: integration('talk'),
    talk_route: route('say', 'talk_integration', {}),
    chat_logs: logs(KEY),
    chat_stage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: ref('chat_api'),
        StageName: 'prod',
        AutoDeploy: true,
        AccessLogSettings: { DestinationArn: att('chat_logs'), Format: ACCESS_LOG_V2 },
        DefaultRouteSettings: {
          ThrottlingBurstLimit: 20, ThrottlingRateLimit: 50, LoggingLevel: 'ERROR', DataTraceEnabled: false, DetailedMetricsEnabled: true,
        },
        Tags: { managed_by: 'terraform' },
      },
    },
    chat_faults: alarm('AWS/ApiGateway', 'ExecutionError', { ApiId: ref('chat_api') }, PAGER),
    chat_client_errors: alarm('AWS/ApiGateway', 'ClientError', { ApiId: ref('chat_api') }, PAGER),
    gate_permission: fromApi('gate', 'authorizers/${gate_authorizer}'),
    connect_permission: fromApi('talk', 'prod/$connect'),
    talk_permission: fromApi('talk', 'prod/say'),
    ...fn('gate', []),
    ...fn('talk', [
      allow('bedrock:InvokeAgent', sub('arn:${AWS::Partition}:bedrock:${AWS::Region}:${AWS::AccountId}:agent-alias/${desk_agent}/*')),
      allow(['dynamodb:PutItem', 'dynamodb:Query'], att('turns_table')),
      allow('execute-api:ManageConnections', sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${chat_api}/prod/POST/@connections/*')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('dynamodb')),
    ], { TURNS: ref('turns_table'), AGENT_ID: ref('desk_agent'), CONNECTIONS: sub('https://${chat_api}.execute-api.${AWS::Region}.amazonaws.com/prod') }, {
      Timeout: 29,
    }),
    guardrail: {
      Type: 'AWS::Bedrock::Guardrail',
      Properties: {
        Name: 'chat',
        BlockedInputMessaging: 'I cannot help with that.',
        BlockedOutputsMessaging: 'I cannot help with that.',
        KmsKeyArn: KEY,
        ContentPolicyConfig: { FiltersConfig: [{ Type: 'PROMPT_ATTACK', InputStrength: 'HIGH', OutputStrength: 'NONE' }] },
        SensitiveInformationPolicyConfig: { PiiEntitiesConfig: [{ Type: 'EMAIL', Action: 'ANONYMIZE' }] },
        Tags: [{ Key: 'managed_by', Value: 'terraform' }],
      },
    },
    agent_role: role('bedrock.amazonaws.com', [
      allow('bedrock:InvokeModel', MODEL),
      allow('bedrock:ApplyGuardrail', att('guardrail', 'GuardrailArn')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('bedrock')),
    ]),
    desk_agent: {
      Type: 'AWS::Bedrock::Agent',
      Properties: {
        AgentName: 'desk',
        AgentResourceRoleArn: att('agent_role'),
        FoundationModel: 'amazon.nova-lite-v1:0',
        IdleSessionTTLInSeconds: 600,
        Instruction: 'You help customers of the shop with the state of their orders, and with nothing else at all.',
        CustomerEncryptionKeyArn: KEY,
        GuardrailConfiguration: { GuardrailIdentifier: att('guardrail', 'GuardrailId'), GuardrailVersion: 'DRAFT' },
        ActionGroups: [{
          ActionGroupName: 'orders',
          ActionGroupExecutor: { Lambda: att('orders') },
          FunctionSchema: { Functions: [{ Name: 'state', Parameters: { order: { Type: 'string', Required: true } } }] },
        }],
      },
    },
    ...fn('orders', []),
    orders_permission: permission('orders', 'bedrock.amazonaws.com', att('desk_agent', 'AgentArn')),
    ...queue(snake('transcripts'), ref('chat_key'), PAGER),
    ...failures(snake('lost'), ref('chat_key'), PAGER, [forService('events.amazonaws.com', 'sqs:SendMessage', att('lost'))]),
    pipe_role: role('pipes.amazonaws.com', [
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], att('turns_table', 'StreamArn')),
      allow('dynamodb:ListStreams', '*'),
      allow('sqs:SendMessage', [att('transcripts'), att('lost')]),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('dynamodb', 'sqs')),
    ]),
    pipe_logs: logs(KEY),
    turns_pipe: {
      Type: 'AWS::Pipes::Pipe',
      Properties: {
        Name: 'turns',
        RoleArn: att('pipe_role'),
        Source: att('turns_table', 'StreamArn'),
        Target: att('transcripts'),
        KmsKeyIdentifier: KEY,
        SourceParameters: {
          DynamoDBStreamParameters: {
            StartingPosition: 'LATEST',
            BatchSize: 10,
            MaximumRetryAttempts: 5,
            MaximumRecordAgeInSeconds: 3600,
            OnPartialBatchItemFailure: 'AUTOMATIC_BISECT',
            DeadLetterConfig: { Arn: att('lost') },
          },
        },
        LogConfiguration: { Level: 'ERROR', CloudwatchLogsLogDestination: { LogGroupArn: att('pipe_logs') } },
        Tags: { managed_by: 'terraform' },
      },
    },
    ...fn('summarize', [
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('transcripts')),
      allow('events:PutEvents', att('chat_bus')),
      allow('bedrock:InvokeModel', MODEL),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('sqs', 'events')),
    ], { BUS: ref('chat_bus') }),
    transcripts_mapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: ref('summarize'),
        EventSourceArn: att('transcripts'),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 5 },
      },
    },
    chat_bus: {
      Type: 'AWS::Events::EventBus',
      Properties: {
        Name: 'chat',
        KmsKeyIdentifier: KEY,
        DeadLetterConfig: { Arn: att('lost') },
        LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' },
        Policy: {
          Version: '2012-10-17',
          Statement: [{
            Sid: 'own',
            Effect: 'Allow',
            Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
            Action: 'events:PutEvents',
            Resource: sub('arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:event-bus/chat'),
            Condition: { StringEquals: { 'events:source': 'chat' } },
          }],
        },
      },
    },
    crm_secret: {
      Type: 'AWS::SecretsManager::Secret',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KmsKeyId: KEY,
        GenerateSecretString: { SecretStringTemplate: '{"client":"chat"}', GenerateStringKey: 'secret', PasswordLength: 40 },
        Tags: [{ Key: 'managed_by', Value: 'terraform' }],
      },
    },
    crm_secret_policy: {
      Type: 'AWS::SecretsManager::ResourcePolicy',
      Properties: {
        SecretId: ref('crm_secret'),
        BlockPublicPolicy: true,
        ResourcePolicy: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Deny', Principal: '*', Action: 'secretsmanager:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } },
          }],
        },
      },
    },
    crm_secret_rotation: {
      Type: 'AWS::SecretsManager::RotationSchedule',
      Properties: {
        SecretId: ref('crm_secret'), RotationLambdaARN: ref('crm_rotation_function_arn'), RotationRules: { AutomaticallyAfterDays: 30 },
      },
    },
    crm_connection: {
      Type: 'AWS::Events::Connection',
      Properties: {
        Name: 'crm',
        AuthorizationType: 'OAUTH_CLIENT_CREDENTIALS',
        KmsKeyIdentifier: KEY,
        AuthParameters: {
          OAuthParameters: {
            AuthorizationEndpoint: 'https://login.crm.example.org/token',
            HttpMethod: 'POST',
            ClientParameters: {
              ClientID: sub('{{resolve:secretsmanager:${crm_secret}:SecretString:client}}'),
              ClientSecret: sub('{{resolve:secretsmanager:${crm_secret}:SecretString:secret}}'),
            },
          },
        },
      },
    },
    crm_destination: {
      Type: 'AWS::Events::ApiDestination',
      Properties: {
        Name: 'crm',
        ConnectionArn: att('crm_connection'),
        HttpMethod: 'POST',
        InvocationRateLimitPerSecond: 5,
        InvocationEndpoint: 'https://api.crm.example.org/notes',
      },
    },
    crm_role: role('events.amazonaws.com', [allow('events:InvokeApiDestination', att('crm_destination'))]),
    crm_rule: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: ref('chat_bus'),
        State: 'ENABLED',
        EventPattern: { 'source': ['chat'], 'detail-type': ['Summarized'] },
        Targets: [{
          Id: 'crm', Arn: att('crm_destination'), RoleArn: att('crm_role'), DeadLetterConfig: { Arn: att('lost') }, RetryPolicy: { MaximumRetryAttempts: 5 },
        }],
      },
    },
  },
};

export const CHAT_SEED: BlindSeed = {
  name: 'Seven A: a chat bot, converted from Terraform',
  style: 'terraform',
  stacks: { Chat: TEMPLATE },
  mutants: [
    fault('G21', 'anybody may open a conversation', ({ Chat }) => {
      const connect = prop(Chat, 'connect_route');
      connect.AuthorizationType = 'NONE';
      delete connect.AuthorizerId;
    }),
    fault('G02', 'the token of the shop is what a parameter holds', ({ Chat }) => {
      Chat.Parameters.shop = { Type: 'String' };
      env(Chat, 'orders').SHOP_ACCESS_TOKEN = { 'Fn::Sub': '${shop}' };
    }),
    fault('G04', 'the secret of the CRM stands in the template, in pieces', ({ Chat }) => {
      const secret = prop(Chat, 'crm_secret');
      delete secret.GenerateSecretString;
      secret.SecretString = { 'Fn::Join': ['', ['{"client":"', { Ref: 'environment' }, '","secret":"', 'tR4v9kQ2mX7z', '"}']] };
    }),
    fault('G04', 'a second password stands in the pattern of the secret', ({ Chat }) => {
      prop(Chat, 'crm_secret').GenerateSecretString.SecretStringTemplate = '{"client":"chat","fallback_password":"tR4v9kQ2mX7z"}';
    }),
    fault('G06', 'the CRM is told a key that stands in the template', ({ Chat }) => {
      const connection = prop(Chat, 'crm_connection');
      connection.AuthorizationType = 'API_KEY';
      connection.AuthParameters = { ApiKeyAuthParameters: { ApiKeyName: 'x-key', ApiKeyValue: { 'Fn::Sub': 'crm-8f2kd9s0wq-${environment}' } } };
    }),
    fault('G07', 'a header with a bearer goes to the CRM with each summary', ({ Chat }) => {
      prop(Chat, 'crm_rule').Targets[0].Input = { 'Fn::Join': ['', ['{"authorization":"Bearer {{resolve:ssm-secure:', 'crm-token}}"}']] };
    }),
    fault('G33', 'the gate may read turns, which it is told nothing of', ({ Chat }) => {
      statements(Chat, 'gate_role').push(allow('dynamodb:GetItem', att('turns_table')));
    }),
    fault('G34', 'who talks may call each function of the account', ({ Chat }) => {
      statements(Chat, 'talk_role').push(allow(['lambda:Invoke*'], { 'Fn::Join': [':', ['arn:aws:lambda', { Ref: 'AWS::Region' }, ACCOUNT, 'function', '*']] }));
    }),
    fault('G36', 'four functions read the secret of the CRM', ({ Chat }) => {
      for (const name of ['gate', 'talk', 'orders', 'summarize']) {
        statements(Chat, `${name}_role`).push(allow('secretsmanager:GetSecretValue', ref('crm_secret')));
        env(Chat, name).CRM_SECRET_ARN = ref('crm_secret');
      }
    }),
    fault('G37', 'who summarizes may hand on the key, by all actions but a few', ({ Chat }) => {
      statements(Chat, 'summarize_role').push({ Effect: 'Allow', NotAction: ['kms:ScheduleKeyDeletion', 'kms:DisableKey'], Resource: KEY });
    }),
    fault('G45', 'any queue may leave what it lost with the transcripts', ({ Chat }) => {
      prop(Chat, 'transcripts_dead').RedriveAllowPolicy = { redrivePermission: 'allowAll' };
    }),
    fault('G48', 'each event of the bus goes to the CRM', ({ Chat }) => {
      prop(Chat, 'crm_rule').EventPattern = { 'source': [{ prefix: '' }], 'detail-type': [{ exists: true }] };
    }),
    fault('G49', 'what the bus cannot bring is gone', ({ Chat }) => {
      delete prop(Chat, 'chat_bus').DeadLetterConfig;
      prop(Chat, 'chat_bus').KmsKeyIdentifier = { Ref: 'AWS::NoValue' };
    }),
    fault('G50', 'notes go to the CRM in the clear', ({ Chat }) => {
      prop(Chat, 'crm_destination').InvocationEndpoint = { 'Fn::Sub': ['${way}://api.crm.example.org/notes', { way: 'http' }] };
    }),
    fault('G52', 'turns stand in the log of the pipe', ({ Chat }) => {
      Object.assign(prop(Chat, 'turns_pipe').LogConfiguration, { Level: 'TRACE', IncludeExecutionData: ['ALL'] });
    }),
    fault('G52', 'a turn that the pipe cannot bring is gone', ({ Chat }) => {
      delete prop(Chat, 'turns_pipe').SourceParameters.DynamoDBStreamParameters.DeadLetterConfig;
    }),
    fault('G52', 'the pipe may do all to queues', ({ Chat }) => {
      statements(Chat, 'pipe_role')[2] = allow(['SQS:*'], sub('arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:*'));
    }),
    fault('G74', 'what is said is sent to another account', ({ Chat }) => {
      add(Chat, 'talk_shipping', 'AWS::Logs::SubscriptionFilter', {
        LogGroupName: ref('talk_logs'),
        FilterPattern: '',
        DestinationArn: {
          'Fn::Join': [':', [
            'arn', { Ref: 'AWS::Partition' }, 'logs', { Ref: 'AWS::Region' }, '210987654321', 'destination', 'central',
          ]],
        },
      });
    }),
    fault('G47', 'the talk may be called by an API that is gone', ({ Chat }) => {
      prop(Chat, 'talk_permission').SourceArn = sub('arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:a1b2c3d4e5/prod/say');
    }),
    fault('G69', 'the stage traces what is said', ({ Chat }) => {
      prop(Chat, 'chat_stage').RouteSettings = { say: { DataTraceEnabled: true, LoggingLevel: 'INFO' } };
    }),
    breach('iam.confused-deputy', 'agents of each account may take the role of the agent', ({ Chat }) => {
      trust(Chat, 'agent_role')[0].Condition = { ArnLikeIfExists: { 'aws:SourceArn': 'arn:aws:bedrock:*:*:agent/*' } };
    }),
    breach('iam.wildcard-resource', 'the agent may run any model there is', ({ Chat }) => {
      statements(Chat, 'agent_role')[0] = allow('bedrock:*', '*');
    }),
    breach('sm.cmk', 'the secret of the CRM lies under the key of AWS', ({ Chat }) => {
      prop(Chat, 'crm_secret').KmsKeyId = { 'Fn::Sub': 'arn:${AWS::Partition}:kms:${AWS::Region}:${AWS::AccountId}:alias/aws/secretsmanager' };
    }),
    breach('eb.open-access', 'every account may put events on the bus, from a source that it writes itself', ({ Chat }) => {
      prop(Chat, 'chat_bus').Policy.Statement[0].Principal = { AWS: ['*'] };
    }),
  ],
  variants: [
    safe('one more route needs no gate, since connecting did', ({ Chat }) => {
      add(Chat, 'bye_route', 'AWS::ApiGatewayV2::Route', { ApiId: ref('chat_api'), RouteKey: '$disconnect', Target: sub('integrations/${talk_integration}') });
      add(Chat, 'bye_permission', 'AWS::Lambda::Permission', fromApi('talk', 'prod/$disconnect').Properties);
    }),
    safe('two functions read the secret of the CRM', ({ Chat }) => {
      for (const name of ['orders', 'summarize']) {
        statements(Chat, `${name}_role`).push(
          allow('secretsmanager:GetSecretValue', ref('crm_secret')), allow('kms:Decrypt', KEY, via('secretsmanager')));
        env(Chat, name).CRM_SECRET_ARN = ref('crm_secret');
      }
    }),
    safe('the pipe logs errors with nothing of what it carries', ({ Chat }) => {
      prop(Chat, 'turns_pipe').LogConfiguration.IncludeExecutionData = [];
    }),
    safe('the rule takes summaries of any kind, of its source', ({ Chat }) => {
      prop(Chat, 'crm_rule').EventPattern = { 'source': ['chat'], 'detail-type': [{ prefix: 'Summar' }] };
    }),
    safe('how many tokens a turn may have is a variable', ({ Chat }) => {
      Object.assign(env(Chat, 'talk'), { MAX_TOKENS: '2048', TOKENIZER: 'o200k' });
    }),
  ],
};
