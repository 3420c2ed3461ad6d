import { asked, FOREIGN, front, headers, pick, root, split, work } from './parts';
import { ACCOUNT, alarm, allow, att, bucket, deadLetters, document, HTTP_FORMAT, join, Json, kept, key, logs, NONE, overTls, ref, REGION, sub, when, worker } from '../fifth/kit';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements, trust } from '../support';

const text = (Default?: string): Json => ({ Type: 'String', ...(Default !== undefined && { Default }) });
const texts = (...names: string[]): Json => Object.fromEntries(names.map((name) => [name, text()]));
const nested = (file: string, Parameters: Json): Json => ({ Type: 'AWS::CloudFormation::Stack', ...kept, Properties: { TemplateURL: sub(`https://parks-templates.s3.\${AWS::Region}.amazonaws.com/${file}.yaml`), Parameters } });
const out = (stack: string, name: string): Json => att(stack, `Outputs.${name}`);

const ROOT: Json = {
  AWSTemplateFormatVersion: '2010-09-09',
  Parameters: {
    Environment: { ...text('prod'), AllowedValues: ['prod', 'preview'] },
    Origins: { Type: 'CommaDelimitedList', Default: 'https://parks.city.example,https://m.parks.city.example' },
    Issuer: text('https://cognito-idp.eu-central-1.amazonaws.com/eu-central-1_Park12345'),
    Audience: text('3n4b5urk7ft4fl3mg5e62d9ado'),
    Reporter: text('https://reports.city.example/hook'),
    Partner: text(''),
  },
  Conditions: { HasPartner: { 'Fn::Not': [{ 'Fn::Equals': [ref('Partner'), ''] }] }, Preview: { 'Fn::Equals': [ref('Environment'), 'preview'] } },
  Resources: {
    StoreStack: nested('store', { Environment: ref('Environment'), Protected: 'true', Ends: 'Retain' }),
    BenchStack: nested('bench', { KeyArn: out('StoreStack', 'KeyArn'), Pager: out('StoreStack', 'PagerArn'), Reporter: ref('Reporter'), SourceAccount: ACCOUNT }),
    WebStack: nested('web', {
      KeyArn: out('StoreStack', 'KeyArn'),
      TableName: out('StoreStack', 'TableName'),
      TableArn: out('StoreStack', 'TableArn'),
      Pager: out('StoreStack', 'PagerArn'),
      LogBucket: out('StoreStack', 'LogBucketDomain'),
      Origins: join(pick(0, ref('Origins')), ',', pick(1, ref('Origins'))),
      Issuer: ref('Issuer'),
      Audience: ref('Audience'),
      Verbs: 'dynamodb:GetItem,dynamodb:Query',
      ConnectAuth: 'AWS_IAM',
      Trace: 'false',
      Level: 'INFO',
      Endpoint: 'true',
    }),
  },
  Outputs: { Site: { Value: out('WebStack', 'Site') } },
};

const STORE: Json = {
  Parameters: texts('Environment', 'Protected', 'Ends'),
  Conditions: { Prod: { 'Fn::Equals': [ref('Environment'), 'prod'] } },
  Resources: {
    Key: key('sns.amazonaws.com', 'cloudwatch.amazonaws.com'),
    Trees: {
      Type: 'AWS::DynamoDB::GlobalTable',
      ...kept,
      Properties: {
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'pk', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'pk', KeyType: 'HASH' }],
        SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
        Replicas: [{ Region: REGION, DeletionProtectionEnabled: ref('Protected'), PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { KMSMasterKeyId: att('Key') }, Tags: [{ Key: 'stage', Value: 'prod' }] }],
      },
    },
    Pager: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key'), Tags: [{ Key: 'stage', Value: 'prod' }] } },
    PagerPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Pager')], PolicyDocument: document({ ...overTls('sns:Publish', ref('Pager')) }, { Effect: 'Allow', Principal: { Service: 'cloudwatch.amazonaws.com' }, Action: 'sns:Publish', Resource: ref('Pager'), Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } } }) } },
    ...bucket('LogBucket', undefined, undefined, { OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] } }),
    ...bucket('Photos', att('Key'), ref('LogBucket')),
  },
  Outputs: { KeyArn: { Value: att('Key') }, TableName: { Value: ref('Trees') }, TableArn: { Value: att('Trees') }, PagerArn: { Value: ref('Pager') }, LogBucketDomain: { Value: att('LogBucket', 'RegionalDomainName') }, PhotosArn: { Value: att('Photos') } },
};

const BENCH: Json = {
  Parameters: texts('KeyArn', 'Pager', 'Reporter', 'SourceAccount'),
  Resources: {
    ...work('Reports', ref('KeyArn'), ref('Pager'), {}, [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('Reports'), Condition: { ArnEquals: { 'aws:SourceArn': ref('Found') } } }]),
    Found: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('KeyArn'), Tags: [{ Key: 'stage', Value: 'prod' }] } },
    FoundPolicy: { Type: 'AWS::SNS::TopicPolicy', Properties: { Topics: [ref('Found')], PolicyDocument: document(overTls('sns:Publish', ref('Found'))) } },
    ToReports: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: ref('Found'), Protocol: 'sqs', Endpoint: att('Reports'), RawMessageDelivery: true, RedrivePolicy: { deadLetterTargetArn: att('UnsentDead') } } },
    ...deadLetters('UnsentDead', ref('KeyArn'), ref('Pager'), [{ Effect: 'Allow', Principal: { Service: 'sns.amazonaws.com' }, Action: 'sqs:SendMessage', Resource: att('UnsentDead'), Condition: { ArnEquals: { 'aws:SourceArn': ref('Found') } } }]),
    ...worker('Mend', { cmk: ref('KeyArn'), alarms: ref('Pager'), policy: 'managed', can: [allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Reports'))] }),
    MendReports: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { EventSourceArn: att('Reports'), FunctionName: att('Mend'), BatchSize: 5, FunctionResponseTypes: ['ReportBatchItemFailures'], ScalingConfig: { MaximumConcurrency: 5 } } },
  },
};
const route = (api: string, RouteKey: string, more: Json): Json => ({ Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: ref(api), RouteKey, Target: join('integrations/', ref(api === 'Api' ? 'ToTrees' : 'ToGates')), ...more } });
const WEB: Json = {
  Parameters: { ...texts('KeyArn', 'TableName', 'TableArn', 'Pager', 'LogBucket', 'Issuer', 'Audience', 'ConnectAuth', 'Trace', 'Level', 'Endpoint'), Origins: { Type: 'CommaDelimitedList' }, Verbs: { Type: 'CommaDelimitedList' } },
  Resources: {
    ...worker('Trees', { cmk: ref('KeyArn'), alarms: ref('Pager'), env: { TABLE: ref('TableName') }, can: [allow(ref('Verbs'), ref('TableArn'))], more: { LoggingConfig: { LogFormat: 'JSON', LogGroup: ref('TreesLogs'), ApplicationLogLevel: ref('Level'), SystemLogLevel: 'INFO' } } }),
    ...worker('Gates', { cmk: ref('KeyArn'), alarms: ref('Pager') }),
    Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'parks', ProtocolType: 'HTTP', DisableExecuteApiEndpoint: ref('Endpoint'), CorsConfiguration: { AllowOrigins: ref('Origins'), AllowMethods: ['GET'], AllowHeaders: ['authorization'], AllowCredentials: true } } },
    People: { Type: 'AWS::ApiGatewayV2::Authorizer', Properties: { ApiId: ref('Api'), Name: 'people', AuthorizerType: 'JWT', IdentitySource: ['$request.header.Authorization'], JwtConfiguration: { Issuer: ref('Issuer'), Audience: [ref('Audience')] } } },
    ToTrees: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Api'), IntegrationType: 'AWS_PROXY', IntegrationUri: att('Trees'), PayloadFormatVersion: '2.0' } },
    GetTrees: route('Api', 'GET /trees', { AuthorizationType: 'JWT', AuthorizerId: ref('People'), AuthorizationScopes: ['parks/read'] }),
    ApiLogs: logs(ref('KeyArn')),
    ApiStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Api'), StageName: '$default', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('ApiLogs'), Format: HTTP_FORMAT }, DefaultRouteSettings: { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20, DetailedMetricsEnabled: true }, Tags: { stage: 'prod' } } },
    ApiFailing: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('Api') }, ref('Pager')),
    TreesMay: asked(att('Trees'), ref('Api'), '/*/GET/trees'),
    Domain: { Type: 'AWS::ApiGatewayV2::DomainName', Properties: { DomainName: 'origin.parks.city.example', DomainNameConfigurations: [{ CertificateArn: 'arn:aws:acm:eu-central-1:111122223333:certificate/7c7c7c7c-1111-2222-3333-444444444444', EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }] } },
    Mapping: { Type: 'AWS::ApiGatewayV2::ApiMapping', Properties: { ApiId: ref('Api'), DomainName: ref('Domain'), Stage: ref('ApiStage') } },
    Headers: headers('parks'),
    Site: front({ DomainName: 'origin.parks.city.example', CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'] } }, 'arn:aws:wafv2:us-east-1:111122223333:global/webacl/parks/5b1a2d2e-0d7b-4d93-8a5c-0d36cf1a7a11', ref('Headers'), ref('LogBucket')),
    Socket: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'gates', ProtocolType: 'WEBSOCKET', RouteSelectionExpression: '$request.body.action' } },
    ToGates: { Type: 'AWS::ApiGatewayV2::Integration', Properties: { ApiId: ref('Socket'), IntegrationType: 'AWS_PROXY', IntegrationUri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Gates.Arn}/invocations') } },
    Connect: route('Socket', '$connect', { AuthorizationType: ref('ConnectAuth') }),
    Open: route('Socket', 'open', {}),
    SocketLogs: logs(ref('KeyArn')),
    SocketStage: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { ApiId: ref('Socket'), StageName: 'prod', AutoDeploy: true, AccessLogSettings: { DestinationArn: att('SocketLogs'), Format: HTTP_FORMAT.replace('"status"', '"event":"$context.eventType","connection":"$context.connectionId","status"') }, DefaultRouteSettings: { ThrottlingBurstLimit: 40, ThrottlingRateLimit: 20, LoggingLevel: 'ERROR', DataTraceEnabled: ref('Trace'), DetailedMetricsEnabled: true }, Tags: { stage: 'prod' } } },
    GatesMay: asked(att('Gates'), ref('Socket'), '/prod/$connect'),
    GatesMayOpen: asked(att('Gates'), ref('Socket'), '/prod/open'),
  },
  Outputs: { Site: { Value: att('Site', 'DomainName') }, TreesRole: { Value: ref('TreesRole') } },
};

const passed = (t: Json, stack: string): Json => prop(t, stack).Parameters;

/** A root that holds nothing but stacks: what is right or wrong is passed down, and what was made is passed up. */
export const PARKS: BlindSeed = {
  name: 'Parks of a city in nested stacks: values are passed down and up',
  style: 'nested',
  stacks: { Parks: ROOT, Store: STORE, Bench: BENCH, Web: WEB },
  nested: { Store: { id: 'Parks', logicalId: 'StoreStack' }, Bench: { id: 'Parks', logicalId: 'BenchStack' }, Web: { id: 'Parks', logicalId: 'WebStack' } },
  mutants: [
    fault('G05', 'a token is passed down that all may read', ({ Parks, Web }) => { Parks.Parameters.MapsToken = text('mt-9b1de1c1'); passed(Parks, 'WebStack').MapsToken = ref('MapsToken'); Web.Parameters.MapsToken = { ...text(), NoEcho: true }; }),
    fault('G02', 'a token is passed down into a variable', ({ Parks, Web }) => { Parks.Parameters.Maps = { ...text(), NoEcho: true }; passed(Parks, 'WebStack').Maps = ref('Maps'); Web.Parameters.Maps = { ...text(), NoEcho: true }; env(Web, 'Trees').MAPS_TOKEN = ref('Maps'); }),
    fault('G07', 'a secret goes up to the root, which tells it', ({ Parks, Store }) => { Store.Outputs.Word = { Value: '{{resolve:secretsmanager:parks/word:SecretString:value}}' }; Parks.Outputs.Word = { Value: out('StoreStack', 'Word') }; }),
    fault('G11', 'any page may ask with credentials: one star in the list that is passed', ({ Parks }) => { Parks.Parameters.Origins.Default = 'https://parks.city.example,*'; }),
    fault('G12', 'a page of the machine at hand may ask', ({ Parks }) => { Parks.Parameters.Origins.Default = 'https://parks.city.example,http://localhost:3000'; }),
    fault('G17', 'who gives out tokens is asked in the clear, by a default of the root', ({ Parks }) => { Parks.Parameters.Issuer.Default = 'http://id.city.example/parks'; }),
    fault('G18', 'a token without a scope lists trees', ({ Web }) => { prop(Web, 'GetTrees').AuthorizationScopes = NONE; }),
    fault('G21', 'whoever comes connects to the gates, by what is passed', ({ Parks }) => { passed(Parks, 'WebStack').ConnectAuth = 'NONE'; }),
    fault('G22', 'the API answers under its own name, by what is passed', ({ Parks }) => { passed(Parks, 'WebStack').Endpoint = 'false'; }),
    fault('G23', 'the roots of the domain may be exchanged', ({ Web }) => { prop(Web, 'Domain').MutualTlsAuthentication = { TruststoreUri: 's3://parks-trust/roots.pem' }; }),
    fault('G31', 'listing trees fells them: a verb in the list that is passed', ({ Parks }) => { passed(Parks, 'WebStack').Verbs = 'dynamodb:GetItem,dynamodb:DeleteItem'; }),
    fault('G31', 'listing trees fells them: a policy of the store, on a role passed up', ({ Parks, Store, Web }) => { passed(Parks, 'StoreStack').Role = 'parks-trees'; Store.Parameters.Role = text(); prop(Web, 'TreesRole').RoleName = 'parks-trees'; add(Store, 'Fell', 'AWS::IAM::Policy', { PolicyName: 'fell', Roles: [ref('Role')], PolicyDocument: document(allow('dynamodb:DeleteItem', att('Trees'))) }); }),
    fault('G39', 'everybody may leave a report in the queue', ({ Bench }) => { statements(Bench, 'ReportsPolicy').push({ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'sqs:SendMessage', Resource: att('Reports') }); }),
    fault('G39', 'another account may publish what is found, by what is passed', ({ Parks, Bench }) => { passed(Parks, 'BenchStack').SourceAccount = FOREIGN; statements(Bench, 'FoundPolicy').push({ Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${SourceAccount}:root') }, Action: 'sns:Publish', Resource: ref('Found') }); }),
    fault('G43', 'reports are mended without an end at once', ({ Bench }) => { delete prop(Bench, 'MendReports').ScalingConfig; delete prop(Bench, 'Mend').ReservedConcurrentExecutions; }),
    fault('G45', 'any queue may leave its letters among the reports', ({ Bench }) => { prop(Bench, 'ReportsDead').RedriveAllowPolicy = { redrivePermission: 'allowAll' }; }),
    fault('G53', 'what is found is told in the clear, by a default of the root', ({ Parks, Bench }) => { Parks.Parameters.Reporter.Default = 'http://reports.city.example/hook'; add(Bench, 'ToHook', 'AWS::SNS::Subscription', { TopicArn: ref('Found'), Protocol: pick(0, split(':', ref('Reporter'))), Endpoint: ref('Reporter'), RedrivePolicy: { deadLetterTargetArn: att('UnsentDead') } }); }),
    fault('G53', 'what is found goes to a queue of strangers', ({ Bench }) => { add(Bench, 'ToStrangers', 'AWS::SNS::Subscription', { TopicArn: ref('Found'), Protocol: 'sqs', Endpoint: join('arn:aws:sqs:', REGION, ':', FOREIGN, ':reports'), RedrivePolicy: { deadLetterTargetArn: att('UnsentDead') } }); }),
    fault('G65', 'the site has no fence in front', ({ Web }) => { delete prop(Web, 'Site').DistributionConfig.WebACLId; }),
    fault('G69', 'what is said at the gates is traced, by what is passed', ({ Parks }) => { passed(Parks, 'WebStack').Trace = 'true'; }),
    fault('G08', 'listing trees tells all, by what is passed', ({ Parks }) => { passed(Parks, 'WebStack').Level = 'TRACE'; }),
    fault('G75', 'nobody hears that listing trees fails', ({ Web }) => { remove(Web, 'TreesErrors', 'TreesThrottles'); }),
    fault('G77', 'trees may be removed, by what is passed', ({ Parks }) => { passed(Parks, 'StoreStack').Protected = 'false'; }),
    fault('G77', 'in another part of the world trees are not kept', ({ Store }) => { prop(Store, 'Trees').Replicas.push({ Region: 'eu-west-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: when('Prod', false, true) }, SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012' } }); }),
    fault('G77', 'the copy of the trees lies under a key of Amazon', ({ Store }) => { prop(Store, 'Trees').Replicas.push({ Region: 'eu-west-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }); }),
    fault('G78', 'trees are read by strangers over their own policy', ({ Store }) => { prop(Store, 'Trees').Replicas[0].ResourcePolicy = { PolicyDocument: document({ Effect: 'Allow', Principal: { AWS: root(FOREIGN) }, Action: 'dynamodb:GetItem', Resource: '*' }) }; }),
    breach('s3.policy-principal', 'photos may be read by a partner without a number', ({ Store }) => { statements(Store, 'PhotosPolicy').push({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: join(att('Photos'), '/*'), Condition: { StringLike: { 'aws:Referer': 'https://partner.example/*' } } }); }),
    breach('iam.permissions-management', 'mending gives itself rights', ({ Bench }) => { statements(Bench, 'MendPolicy').push(allow(['iam:Attach*', 'iam:PutRole*'], sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/parks-*'))); }),
    breach('iam.trust-public', 'who mends may be anybody that has the word, in the open', ({ Bench }) => { trust(Bench, 'MendRole').push({ Effect: 'Allow', Principal: { AWS: ['*'] }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'sts:ExternalId': 'parks' } } }); }),
    breach('kms.public', 'the key is for everybody who comes by way of a table', ({ Store }) => { prop(Store, 'Key').KeyPolicy.Statement.push({ Sid: 'way', Effect: 'Allow', Principal: { AWS: '*' }, Action: ['kms:Decrypt'], Resource: '*', Condition: { StringEquals: { 'kms:ViaService': sub('dynamodb.${AWS::Region}.amazonaws.com') } } }); }),
  ],
  variants: [
    safe('what is found goes out in the clear under a condition that never holds', ({ Bench }) => { Bench.Conditions = { Never: { 'Fn::Equals': ['a', 'b'] } }; add(Bench, 'ToHook', 'AWS::SNS::Subscription', { TopicArn: ref('Found'), Protocol: 'http', Endpoint: 'http://reports.city.example', RedrivePolicy: { deadLetterTargetArn: att('UnsentDead') } }, { Condition: 'Never' }); }),
    safe('all of the organization may publish', ({ Bench }) => { statements(Bench, 'FoundPolicy').push({ Effect: 'Allow', Principal: '*', Action: 'sns:Publish', Resource: ref('Found'), Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } } }); }),
    safe('a hook that speaks TLS hears what is found', ({ Bench }) => { add(Bench, 'ToHook', 'AWS::SNS::Subscription', { TopicArn: ref('Found'), Protocol: pick(0, split(':', ref('Reporter'))), Endpoint: ref('Reporter'), RedrivePolicy: { deadLetterTargetArn: att('UnsentDead') } }); }),
    safe('one page more', ({ Parks, Web }) => { Parks.Parameters.Origins.Default = 'https://parks.city.example,https://m.parks.city.example,https://kids.city.example'; prop(Web, 'Api').CorsConfiguration.MaxAge = 600; }),
    safe('a password is a parameter that nobody sees, and goes nowhere', ({ Parks }) => { Parks.Parameters.AdminPassword = { Type: 'String', NoEcho: true, MinLength: 16 }; }),
    safe('a second place that is kept as well as the first', ({ Store }) => { prop(Store, 'Trees').Replicas.push({ Region: 'eu-west-1', DeletionProtectionEnabled: true, PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }, SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/12345678-1234-1234-1234-123456789012' } }); }),
    safe('who disconnects need not be asked', ({ Web }) => { Web.Resources.Disconnect = route('Socket', '$disconnect', { AuthorizationType: 'NONE' }); add(Web, 'GatesMayDisconnect', 'AWS::Lambda::Permission', asked(att('Gates'), ref('Socket'), '/prod/$disconnect').Properties); }),
    safe('the list of verbs has one more, to look', ({ Parks }) => { passed(Parks, 'WebStack').Verbs = 'dynamodb:GetItem,dynamodb:Query,dynamodb:BatchGetItem'; }),
  ],
};
