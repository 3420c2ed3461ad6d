import { CHAT_SEED } from './chat';
import { CLINIC_SEED } from './clinic';
import { FILES_SEED } from './files';
import { GRADES_SEED } from './grades';
import { INVENTORY_SEED } from './inventory';
import { NEWSLETTER_SEED } from './newsletter';
import { ACCOUNT, allow, att, permission, ref, sub } from './parts';
import { PAYMENTS_SEED } from './payments';
import { SENSORS_SEED } from './sensors';
import { Template } from '../../seed';
import { add, BlindSeed, breach, env, fault, idOf, of, prop, safe, statements, trust } from '../support';

/** Joined at run time, so that no scanner takes this file for a leak. */
const PEM = ['-----BEGIN', ' PRIVATE KEY-----\nMIIEvQIBADANBgkqhkiG9w0BAQEFAASC\n-----END', ' PRIVATE KEY-----'].join('');
const AWS_KEY = ['AK', 'IA', 'Q7RZ2MXT4LNP6VKD'].join('');

const site = (template: Template): any => of(template, 'AWS::CloudFront::Distribution', 'Site').DistributionConfig;
const calibration = (template: Template): any => prop(template, 'Calibrate').Definition.States;

const PAYMENTS_DEEP: BlindSeed = {
  ...PAYMENTS_SEED,
  name: 'Seven A, deeper: payments',
  mutants: [
    fault('G03', 'a key of AWS stands in a variable, in the base of another alphabet', ({ Pay }) => {
      env(Pay, 'Charge').BANK = { 'Fn::Base64': { 'Fn::Sub': `id=${AWS_KEY};stage=\${Stage}` } };
    }),
    fault('G03', 'a private key stands in the metadata of a function', ({ Pay }) => {
      Pay.Resources.Charge.Metadata = { deploy: { key: PEM } };
    }),
    fault('G03', 'who charges signs in to the bank by its address, in pieces', ({ Pay }) => {
      env(Pay, 'Charge').BANK_URL = { 'Fn::Join': ['', ['https://', 'shop', ':', 'q8Zt5nB3vR', '@bank.example.org/v1']] };
    }),
    fault('G05', 'the token of the bank is a parameter that is shown, under a name with a dash of camel', ({ Pay }) => {
      Pay.Parameters.BankApiKeyValue = { Type: 'String', NoEcho: 'false' };
    }),
    fault('G07', 'a canary of the stage holds a password', ({ Pay }) => {
      prop(Pay, 'ApiStage').CanarySetting = { PercentTraffic: 5, StageVariableOverrides: { bankPassword: 'q8Zt5nB3vR' } };
    }),
    fault('G08', 'the web framework shows its stack to who pays', ({ Pay }) => {
      env(Pay, 'Gate').FLASK_DEBUG = { 'Fn::If': ['IsProd', '1', '0'] };
    }),
    fault('G09', 'who charges trusts a list of authorities that stands in the temporary folder, of no content', ({ Pay }) => {
      env(Pay, 'Gate').REQUESTS_CA_BUNDLE = '';
    }),
    fault('G09', 'who charges speaks the oldest TLS that there is', ({ Pay }) => {
      env(Pay, 'Charge').NODE_OPTIONS = { 'Fn::Sub': '--enable-source-maps --tls-min-v1.0' };
    }),
    fault('G10', 'a debugger listens to all addresses', ({ Pay }) => {
      env(Pay, 'Charge').NODE_OPTIONS = { 'Fn::Join': ['=', ['--inspect', '0.0.0.0:9229']] };
    }),
    fault('G20', 'the preflight of payments reaches the code that charges', ({ Pay }) => {
      prop(Pay, 'PreflightPayment').Integration = {
        Type: 'AWS_PROXY',
        IntegrationHttpMethod: 'POST',
        Uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Charge.Arn}/invocations'),
      };
      add(Pay, 'PreflightCalled', 'AWS::Lambda::Permission', permission('Charge', 'apigateway.amazonaws.com', sub(
        'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/${Stage}/OPTIONS/payments')).Properties);
    }),
    fault('G62', 'a rule that comes first lets pass whatever goes to an address', ({ Pay }) => {
      prop(Pay, 'Firewall').Rules[0].Priority = 10;
      prop(Pay, 'Firewall').Rules.push({
        Name: 'open',
        Priority: 0,
        Action: { Allow: {} },
        Statement: {
          ByteMatchStatement: {
            FieldToMatch: { UriPath: {} }, PositionalConstraint: 'STARTS_WITH', SearchString: '/', TextTransformations: [{ Priority: 0, Type: 'NONE' }],
          },
        },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'open', SampledRequestsEnabled: false },
      });
    }),
    fault('G63', 'somebody may ask two thousand million times', ({ Pay }) => {
      prop(Pay, 'Firewall').Rules[0].Statement.RateBasedStatement.Limit = 2000000000;
    }),
    breach('waf.logging', 'the firewall writes down nothing, by its filter', ({ Pay }) => {
      prop(Pay, 'FirewallLogging').LoggingFilter = {
        DefaultBehavior: 'DROP',
        Filters: [{
          Behavior: 'KEEP', Requirement: 'MEETS_ALL', Conditions: [{ ActionCondition: { Action: 'COUNT' } }],
        }],
      };
    }),
    breach('apigw.waf', 'the firewall stands before another stage', ({ Pay }) => {
      prop(Pay, 'FirewallOnApi').ResourceArn = sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${Api}/stages/old');
    }),
    breach('logs.retention', 'what is charged is forgotten within a week, by the mapping', ({ Pay }) => {
      Pay.Mappings.Stages.prod.retention = 7;
    }),
    breach('lambda.runtime', 'production runs what is no more mended, by the mapping', ({ Pay }) => {
      Pay.Mappings.Stages.prod.runtime = 'nodejs16.x';
      Pay.Mappings.Stages.dev.runtime = 'nodejs24.x';
      prop(Pay, 'Charge').Runtime = { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'runtime'] };
    }),
    breach('kms.public', 'whoever comes by SQS may use the key, of any account', ({ Pay }) => {
      prop(Pay, 'DataKey').KeyPolicy.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: ['kms:Decrypt', 'kms:GenerateDataKey'],
        Resource: '*',
        Condition: { StringEquals: { 'kms:ViaService': sub('sqs.${AWS::Region}.amazonaws.com') }, StringLike: { 'kms:CallerAccount': '*' } },
      });
    }),
    breach('sqs.notaction', 'somebody of the account may do all to the queue but a few things', ({ Pay }) => {
      statements(Pay, 'QueueRules').push({
        Effect: 'Allow', Principal: { AWS: ACCOUNT }, NotAction: ['sqs:DeleteQueue'], Resource: att('Settlement'),
      });
    }),
    breach('ssm.parameter-secrets', 'the password of the bank is a plain parameter', ({ Pay }) => {
      add(Pay, 'Bank', 'AWS::SSM::Parameter', { Name: '/payments/bank/password', Type: 'String', Value: 'q8Zt5nB3vR' });
    }),
    breach('cw.alarm-enabled', 'the alarm on lost settlements is asleep in production', ({ Pay }) => {
      prop(Pay, 'LostSettlements').ActionsEnabled = { 'Fn::If': ['IsProd', 'false', 'true'] };
    }),
  ],
  variants: [
    safe('a rule that comes first lets pass the probes of the platform, which are named by address', ({ Pay }) => {
      prop(Pay, 'Firewall').Rules.push({
        Name: 'probes',
        Priority: 3,
        Action: { Allow: {} },
        Statement: { IPSetReferenceStatement: { Arn: { 'Fn::ImportValue': 'probe-addresses' } } },
        VisibilityConfig: { CloudWatchMetricsEnabled: true, MetricName: 'probes', SampledRequestsEnabled: false },
      });
    }),
    safe('the firewall writes down what it does not let pass', ({ Pay }) => {
      prop(Pay, 'FirewallLogging').LoggingFilter = {
        DefaultBehavior: 'DROP',
        Filters: [{
          Behavior: 'KEEP', Requirement: 'MEETS_ANY', Conditions: [{ ActionCondition: { Action: 'BLOCK' } }, { ActionCondition: { Action: 'COUNT' } }],
        }],
      };
    }),
    safe('where the bank is, and which of its keys is meant', ({ Pay }) => {
      Object.assign(env(Pay, 'Charge'), { BANK_URL: 'https://bank.example.org/v1', BANK_KEY_ID: 'k-2026-11', PASSWORD_MIN_LENGTH: '14' });
    }),
    safe('what is known by its name is read from the store of parameters', ({ Pay }) => {
      add(Pay, 'Bank', 'AWS::SSM::Parameter', { Name: '/payments/bank/password-policy', Type: 'String', Value: 'at least 14' });
    }),
  ],
};

const CLINIC_DEEP: BlindSeed = {
  ...CLINIC_SEED,
  name: 'Seven A, deeper: bookings',
  mutants: [
    fault('G20', 'an API of one line opens a function to all', ({ Clinic }) => {
      add(Clinic, 'Quick', 'AWS::ApiGatewayV2::Api', { Name: 'quick', ProtocolType: 'HTTP', Target: att('BookFunction'), RouteKey: '$default' });
    }),
    fault('G17', 'the issuer of tokens is asked in the clear, in the body', ({ Clinic }) => {
      prop(Clinic, 'ServerlessHttpApi').Body.components.securitySchemes.Staff['x-amazon-apigateway-authorizer'].jwtConfiguration.issuer
        = sub('${way}//login.clinic.example.org', { way: 'http:' });
    }),
    fault('G16', 'tokens of staff stand in the address, in the body', ({ Clinic }) => {
      prop(Clinic, 'ServerlessHttpApi').Body.components.securitySchemes.Staff['x-amazon-apigateway-authorizer'].identitySource
        = '$request.querystring.access_token';
    }),
    fault('G46', 'who audits writes to the table whose stream it reads', ({ Clinic }) => {
      statements(Clinic, 'AuditFunctionRole').push(allow(['dynamodb:UpdateItem'], att('BookingsTable')));
    }),
    fault('G46', 'a reminder that went well reminds again', ({ Clinic }) => {
      prop(Clinic, 'RemindFunctionConfig').DestinationConfig.OnSuccess = { Destination: att('RemindFunction') };
      statements(Clinic, 'RemindFunctionRole').push(allow('lambda:InvokeFunction', att('RemindFunction')));
    }),
    fault('G47', 'the audit sleeps', ({ Clinic }) => {
      prop(Clinic, 'AuditFunctionStream').Enabled = 'false';
    }),
    fault('G53', 'reminders go to a function of another account', ({ Clinic }) => {
      add(Clinic, 'Partner', 'AWS::SNS::Subscription', {
        TopicArn: ref('Reminders'),
        Protocol: 'lambda',
        Endpoint: sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${to}:function:take', { to: '210987654321' }),
        RedrivePolicy: { deadLetterTargetArn: att('Failed') },
      });
    }),
    fault('G80', 'the desk may write the profile of staff by its token', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').AllowedOAuthScopes = { 'Fn::Split': [',', 'openid,aws.cognito.signin.user.admin'] };
    }),
    fault('G80', 'the desk may be sent back to any page of the domain', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').CallbackURLs = ['https://*.clinic.example.org/in'];
    }),
    fault('G83', 'who signed in once stays for ten years', ({ Clinic }) => {
      const client = prop(Clinic, 'StaffClient');
      client.RefreshTokenValidity = 3650;
      client.RefreshTokenRotation = { Feature: 'DISABLED' };
    }),
    fault('G84', 'nobody says what staff may write of themselves', ({ Clinic }) => {
      delete prop(Clinic, 'StaffClient').WriteAttributes;
    }),
    fault('G85', 'a text message is the second proof', ({ Clinic }) => {
      prop(Clinic, 'StaffPool').EnabledMfas = ['SMS_MFA'];
    }),
    breach('cognito.mfa', 'a second proof is asked of whom it pleases', ({ Clinic }) => {
      prop(Clinic, 'StaffPool').MfaConfiguration = 'OPTIONAL';
    }),
    breach('cognito.threat', 'stolen passwords are noted, not refused', ({ Clinic }) => {
      prop(Clinic, 'StaffPool').UserPoolAddOns.AdvancedSecurityMode = 'AUDIT';
    }),
    breach('lambda.permission-token', 'a token stands in a permission', ({ Clinic }) => {
      add(Clinic, 'Skill', 'AWS::Lambda::Permission', {
        FunctionName: ref('ShowFunction'), Action: 'lambda:InvokeFunction', Principal: 'alexa-appkit.amazon.com', EventSourceToken: 'amzn1.ask.skill.q8Zt5nB3',
      });
    }),
    breach('lambda.permission-action', 'events may do all to the function', ({ Clinic }) => {
      prop(Clinic, 'RemindFunctionDailyPermission').Action = 'lambda:*';
    }),
    breach('apigw.throttling', 'one route takes as much as there is', ({ Clinic }) => {
      delete prop(Clinic, 'ServerlessHttpApiApiGatewayDefaultStage').DefaultRouteSettings.ThrottlingRateLimit;
      delete prop(Clinic, 'ServerlessHttpApiApiGatewayDefaultStage').DefaultRouteSettings.ThrottlingBurstLimit;
    }),
  ],
  variants: [
    safe('an audit that writes to another table', ({ Clinic }) => {
      add(Clinic, 'AuditTable', 'AWS::DynamoDB::Table', {
        ...prop(Clinic, 'BookingsTable'), StreamSpecification: { Ref: 'AWS::NoValue' },
      }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      statements(Clinic, 'AuditFunctionRole').push(allow('dynamodb:PutItem', att('AuditTable')));
      env(Clinic, 'AuditFunction').AUDIT = ref('AuditTable');
    }),
    safe('the desk has pages of its own on a machine of who writes it', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').LogoutURLs.push('https://desk.clinic.example.org/out');
    }),
  ],
};

const SENSORS_DEEP: BlindSeed = {
  ...SENSORS_SEED,
  name: 'Seven A, deeper: sensors',
  mutants: [
    fault('G07', 'a calibration tells a page its password', ({ Sensors }) => {
      calibration(Sensors).Ask.Parameters.MessageBody.password = 'q8Zt5nB3vR7w';
    }),
    fault('G55', 'a failure of calibration is tried again for ever', ({ Sensors }) => {
      calibration(Sensors).Measure.Retry[0].MaxAttempts = 99999999;
      calibration(Sensors).Measure.Retry[0].ErrorEquals = ['States.ALL'];
    }),
    fault('G41', 'what is old is never given up, by the event', ({ Sensors }) => {
      const readings = prop(Sensors, 'Ingest').Events.Readings.Properties;
      Object.assign(readings, { MaximumRetryAttempts: -1, MaximumRecordAgeInSeconds: -1, BisectBatchOnFunctionError: false });
      delete readings.DestinationConfig;
    }),
    fault('G43', 'a queue of commands is taken as it comes', ({ Sensors }) => {
      delete Sensors.Globals.Function.ReservedConcurrentExecutions;
      prop(Sensors, 'Command').Events.Queued = { Type: 'SQS', Properties: { Queue: att('Approval'), FunctionResponseTypes: ['ReportBatchItemFailures'] } };
      statements(Sensors, 'CommandRole').push(allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], att('Approval')));
    }),
    fault('G87', 'nobody signs the code, by Globals', ({ Sensors }) => {
      prop(Sensors, 'Signing').CodeSigningPolicies = { UntrustedArtifactOnDeployment: { 'Fn::If': ['Strict', 'Enforce', 'Warn'] } };
      Sensors.Conditions = { Strict: { 'Fn::Equals': [ref('Stage'), 'staging'] } };
    }),
    fault('G10', 'an agent of Java that lies in the temporary folder starts first', ({ Sensors }) => {
      prop(Sensors, 'Command').Environment = { Variables: { JAVA_TOOL_OPTIONS: '-javaagent:/tmp/agent.jar' } };
    }),
    breach('risk.privilege', 'who starts a calibration says with which role it measures', ({ Sensors }) => {
      calibration(Sensors).Measure.Credentials = { 'RoleArn.$': '$.role' };
      statements(Sensors, 'CalibrateRole').push(allow('sts:AssumeRole', sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*')));
    }),
    breach('s3.tls', 'the archive refuses old TLS, and takes none at all', ({ Sensors }) => {
      prop(Sensors, 'ArchivePolicy').PolicyDocument.Statement[0].Condition = { NumericLessThan: { 's3:TlsVersion': '1.2' } };
    }),
    breach('s3.tls', 'one role alone is refused when it comes in the clear', ({ Sensors }) => {
      prop(Sensors, 'ArchivePolicy').PolicyDocument.Statement[0].Principal = { AWS: att('IngestRole') };
    }),
    breach('s3.policy-notprincipal', 'the archive lets in all but one', ({ Sensors }) => {
      prop(Sensors, 'ArchivePolicy').PolicyDocument.Statement.push({
        Effect: 'Allow', NotPrincipal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/guest') }, Action: 's3:GetObject', Resource: sub('${Archive.Arn}/*'),
      });
    }),
    breach('s3.replication', 'the archive is copied to a bucket of another account, which owns the copy', ({ Sensors }) => {
      add(Sensors, 'CopyRole', 'AWS::IAM::Role', {
        ...JSON.parse(JSON.stringify(prop(Sensors, 'RuleRole'))),
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow', Principal: { Service: 's3.amazonaws.com' }, Action: 'sts:AssumeRole', Condition: { StringEquals: { 'aws:SourceAccount': ACCOUNT } },
          }],
        },
      });
      prop(Sensors, 'Archive').ReplicationConfiguration = {
        Role: att('CopyRole'),
        Rules: [{
          Status: 'Enabled',
          Priority: 1,
          Filter: { Prefix: '' },
          DeleteMarkerReplication: { Status: 'Disabled' },
          Destination: { Bucket: 'arn:aws:s3:::partner-archive', Account: '210987654321', AccessControlTranslation: { Owner: 'Destination' } },
        }],
      };
    }),
    breach('s3.lifecycle', 'the rule that tidies is off', ({ Sensors }) => {
      prop(Sensors, 'Archive').LifecycleConfiguration.Rules[0].Status = 'Disabled';
    }),
    breach('s3.cors', 'each page may write to the archive', ({ Sensors }) => {
      prop(Sensors, 'Archive').CorsConfiguration = { CorsRules: [{ AllowedOrigins: ['*'], AllowedMethods: ['PUT', 'GET'], AllowedHeaders: ['*'] }] };
    }),
  ],
  variants: [
    safe('each page may read the archive of the log store, of nothing', ({ Sensors }) => {
      prop(Sensors, 'Archive').CorsConfiguration = {
        CorsRules: [{
          AllowedOrigins: ['https://ops.sensors.example.org'], AllowedMethods: ['GET'], AllowedHeaders: ['authorization'],
        }],
      };
    }),
    safe('old TLS is refused besides none', ({ Sensors }) => {
      const refuse = prop(Sensors, 'ArchivePolicy').PolicyDocument.Statement;
      refuse.push({ ...refuse[0], Condition: { NumericLessThan: { 's3:TlsVersion': '1.2' } } });
    }),
  ],
};

const FILES_DEEP: BlindSeed = {
  ...FILES_SEED,
  name: 'Seven A, deeper: files',
  mutants: [
    fault('G11', 'the edge tells each page that it may ask with credentials', ({ Files }) => {
      of(Files, 'AWS::CloudFront::ResponseHeadersPolicy', 'Headers').ResponseHeadersPolicyConfig.CorsConfig = {
        AccessControlAllowCredentials: true,
        AccessControlAllowHeaders: { Items: ['authorization'] },
        AccessControlAllowMethods: { Items: ['GET', 'POST'] },
        AccessControlAllowOrigins: { Items: ['*'] },
        OriginOverride: true,
      };
    }),
    fault('G67', 'a cache of their own keeps answers by the address alone', ({ Files }) => {
      add(Files, 'KeepLong', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          Name: 'keep',
          MinTTL: 1,
          DefaultTTL: 300,
          MaxTTL: 600,
          ParametersInCacheKeyAndForwardedToOrigin: {
            CookiesConfig: { CookieBehavior: 'none' },
            HeadersConfig: { HeaderBehavior: 'none' },
            QueryStringsConfig: { QueryStringBehavior: 'all' },
            EnableAcceptEncodingGzip: true,
          },
        },
      });
      site(Files).DefaultCacheBehavior.CachePolicyId = ref('KeepLong');
    }),
    fault('G66', 'the edge does not sign what it asks of the door', ({ Files }) => {
      of(Files, 'AWS::CloudFront::OriginAccessControl', 'DoorAccess').OriginAccessControlConfig.SigningBehavior = 'never';
      of(Files, 'AWS::Lambda::Url', 'DoorUrl').AuthType = 'NONE';
    }),
    fault('G88', 'the image comes from a gallery of all, by its tag', ({ Files }) => {
      of(Files, 'AWS::Lambda::Function', 'Convert').Code.ImageUri = 'public.ecr.aws/example/convert:stable';
    }),
    fault('G79', 'a second endpoint has no policy', ({ Files }) => {
      add(Files, 'QueueEndpoint', 'AWS::EC2::VPCEndpoint', {
        VpcId: ref(idOf(Files, 'AWS::EC2::VPC', 'Vpc')),
        ServiceName: sub('com.amazonaws.${AWS::Region}.sqs'),
        VpcEndpointType: 'Interface',
        SubnetIds: [ref(idOf(Files, 'AWS::EC2::Subnet', 'SubnetA')), ref(idOf(Files, 'AWS::EC2::Subnet', 'SubnetB'))],
        PrivateDnsEnabled: true,
      });
    }),
    fault('G39', 'a queue of uploads takes from buckets of each account', ({ Files }) => {
      of(Files, 'AWS::S3::BucketPolicy', 'UploadsPolicy').PolicyDocument.Statement.push({
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 's3:PutObject',
        Resource: sub(`\${${idOf(Files, 'AWS::S3::Bucket', 'Uploads')}.Arn}/*`),
        Condition: { ArnLike: { 'aws:SourceArn': 'arn:aws:s3:::*' } },
      });
    }),
    breach('cf.viewer-https', 'one path is served in the clear', ({ Files }) => {
      site(Files).CacheBehaviors = [{ ...site(Files).DefaultCacheBehavior, PathPattern: '/old/*', ViewerProtocolPolicy: 'allow-all' }];
    }),
    breach('cf.origin-ssl', 'the edge speaks old TLS with the door', ({ Files }) => {
      site(Files).Origins[0].CustomOriginConfig.OriginSSLProtocols = ['TLSv1', 'TLSv1.2'];
    }),
    breach('sg.ingress-open', 'each machine of the world may ask for scratch files', ({ Files }) => {
      add(Files, 'In', 'AWS::EC2::SecurityGroupIngress', {
        GroupId: { 'Fn::GetAtt': [idOf(Files, 'AWS::EC2::SecurityGroup', 'FilesGroup'), 'GroupId'] },
        IpProtocol: 'tcp',
        FromPort: 2000,
        ToPort: 3000,
        CidrIp: { 'Fn::Join': ['/', ['0.0.0.0', '0']] },
        Description: 'In',
      });
    }),
    breach('lambda.vpc-multi-az', 'the conversion stands in one place', ({ Files }) => {
      of(Files, 'AWS::Lambda::Function', 'Convert').VpcConfig.SubnetIds.pop();
    }),
    breach('risk.data', 'scratch files lie in the clear', ({ Files }) => {
      of(Files, 'AWS::EFS::FileSystem', 'Scratch').Encrypted = 'false';
    }),
    breach('lambda.env-cmk', 'variables of the door lie under the key of AWS', ({ Files }) => {
      delete of(Files, 'AWS::Lambda::Function', 'Door').KmsKeyArn;
    }),
    breach('vpc.igw-route', 'the network of the conversion has a way out to the world', ({ Files }) => {
      const VpcId = ref(idOf(Files, 'AWS::EC2::VPC', 'Vpc'));
      add(Files, 'Gateway', 'AWS::EC2::InternetGateway', {});
      add(Files, 'Attached', 'AWS::EC2::VPCGatewayAttachment', { VpcId, InternetGatewayId: ref('Gateway') });
      add(Files, 'WayOut', 'AWS::EC2::Route', {
        RouteTableId: ref(idOf(Files, 'AWS::EC2::RouteTable', 'Routes')), DestinationCidrBlock: '0.0.0.0/0', GatewayId: ref('Gateway'),
      });
    }),
  ],
  variants: [
    safe('a cache of their own knows who asks', ({ Files }) => {
      add(Files, 'KeepLong', 'AWS::CloudFront::CachePolicy', {
        CachePolicyConfig: {
          Name: 'keep',
          MinTTL: 0,
          DefaultTTL: 0,
          MaxTTL: 60,
          ParametersInCacheKeyAndForwardedToOrigin: {
            CookiesConfig: { CookieBehavior: 'all' },
            HeadersConfig: { HeaderBehavior: 'whitelist', Headers: ['Authorization'] },
            QueryStringsConfig: { QueryStringBehavior: 'all' },
            EnableAcceptEncodingGzip: true,
          },
        },
      });
      site(Files).DefaultCacheBehavior.CachePolicyId = ref('KeepLong');
    }),
  ],
};

const CHAT_DEEP: BlindSeed = {
  ...CHAT_SEED,
  name: 'Seven A, deeper: a chat bot',
  mutants: [
    fault('G07', 'the CRM is told a password by a header of the connection that is not secret', ({ Chat }) => {
      prop(Chat, 'crm_connection').AuthParameters.InvocationHttpParameters = {
        HeaderParameters: [{ Key: 'x-crm-password', Value: 'q8Zt5nB3vR', IsValueSecret: false }],
      };
    }),
    fault('G53', 'events of the bus go to a bus of another account', ({ Chat }) => {
      prop(Chat, 'crm_rule').Targets.push({
        Id: 'partner',
        Arn: { 'Fn::Sub': 'arn:${AWS::Partition}:events:${AWS::Region}:210987654321:event-bus/partner' },
        RoleArn: att('crm_role'),
        DeadLetterConfig: { Arn: att('lost') },
      });
    }),
    fault('G46', 'who summarizes writes to where transcripts come from, two steps back', ({ Chat }) => {
      statements(Chat, 'summarize_role').push(allow('dynamodb:PutItem', att('turns_table')));
      env(Chat, 'summarize').TURNS = ref('turns_table');
    }),
    fault('G48', 'everybody of an organization puts events of each source on the bus', ({ Chat }) => {
      prop(Chat, 'chat_bus').Policy.Statement[0] = {
        ...prop(Chat, 'chat_bus').Policy.Statement[0], Principal: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3d4e5' } },
      };
    }),
    fault('G35', 'pipes and events share a role', ({ Chat }) => {
      trust(Chat, 'pipe_role')[0].Principal.Service = ['pipes.amazonaws.com', 'events.amazonaws.com'];
    }),
    fault('G54', 'the talk runs a layer of another account, by a mapping of regions', ({ Chat }) => {
      Chat.Mappings = { Layers: { 'eu-central-1': { arn: 'arn:aws:lambda:eu-central-1:210987654321:layer:trace:3' } } };
      prop(Chat, 'talk').Layers = [{ 'Fn::FindInMap': ['Layers', { Ref: 'AWS::Region' }, 'arn'] }];
    }),
    breach('iam.external-id', 'a partner takes the role of the talk', ({ Chat }) => {
      trust(Chat, 'talk_role').push({ Effect: 'Allow', Principal: { AWS: 'arn:aws:iam::210987654321:root' }, Action: 'sts:AssumeRole' });
    }),
    breach('sm.rotation', 'the secret of the CRM is turned once in a year and more', ({ Chat }) => {
      prop(Chat, 'crm_secret_rotation').RotationRules = { ScheduleExpression: 'rate(400 days)' };
    }),
    breach('logs.public', 'all may write and read logs, by a policy that is a text', ({ Chat }) => {
      add(Chat, 'log_policy', 'AWS::Logs::ResourcePolicy', {
        PolicyName: 'all',
        PolicyDocument: {
          'Fn::Sub': '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":{"AWS":"*"},"Action":["logs:PutLogEvents",'
          + '"logs:GetLogEvents"],"Resource":"arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:*"}]}',
        },
      });
    }),
    breach('kms.deletion', 'the key is off', ({ Chat }) => {
      prop(Chat, 'chat_key').Enabled = 'false';
    }),
    breach('lambda.layer-permission', 'each account may take the layer', ({ Chat }) => {
      add(Chat, 'shared_layer', 'AWS::Lambda::LayerVersion', { Content: { S3Bucket: ref('artifact_bucket'), S3Key: 'layer.zip' } });
      add(Chat, 'shared_layer_permission', 'AWS::Lambda::LayerVersionPermission', {
        LayerVersionArn: ref('shared_layer'), Action: 'lambda:GetLayerVersion', Principal: '*',
      });
    }),
    breach('iam.trust-notprincipal', 'all but one may take the role of the orders', ({ Chat }) => {
      trust(Chat, 'orders_role').push({
        Effect: 'Allow', NotPrincipal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/guest') }, Action: 'sts:AssumeRole',
      });
    }),
  ],
  variants: [
    safe('a greeting speaks of passwords', ({ Chat }) => {
      env(Chat, 'talk').GREETING = 'Hello, how may I help? Your password is never asked for.';
    }),
    safe('who summarizes reads turns', ({ Chat }) => {
      statements(Chat, 'summarize_role').push(allow('dynamodb:Query', att('turns_table')));
      env(Chat, 'summarize').TURNS = ref('turns_table');
    }),
  ],
};

const OTHERS_DEEP: readonly BlindSeed[] = [{
  ...NEWSLETTER_SEED,
  name: 'Seven A, deeper: a newsletter',
  mutants: [
    fault('G46', 'who sends may put what is composed on the bus again, which another stack gives away', ({ Letters }) => {
      statements(Letters, 'SendRole').push(allow('events:PutEvents', { 'Fn::ImportValue': sub('${Shared}-bus-arn') }));
    }),
    fault('G51', 'a schedule gives a password with each call', ({ Letters }) => {
      prop(Letters, 'Weekly').Target.Input = '{"list":"all","password":"q8Zt5nB3vR"}';
    }),
    fault('G78', 'another account reads the stream of readers', ({ Shared }) => {
      prop(Shared, 'Readers').StreamSpecification = {
        StreamViewType: 'NEW_IMAGE',
        ResourcePolicy: {
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [{
              Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${who}:root', { who: '210987654321' }) }, Action: 'dynamodb:GetRecords', Resource: '*',
            }],
          },
        },
      };
    }),
    breach('ddb.cmk', 'readers lie under the key of DynamoDB, by its alias', ({ Shared }) => {
      prop(Shared, 'Readers').SSESpecification.KMSMasterKeyId = 'alias/aws/dynamodb';
    }),
    breach('sns.cmk', 'bounces lie under the key of SNS', ({ Shared }) => {
      prop(Shared, 'Bounces').KmsMasterKeyId = { 'Fn::Join': ['/', ['alias', 'aws', 'sns']] };
    }),
  ],
  variants: [],
}, {
  ...INVENTORY_SEED,
  name: 'Seven A, deeper: inventory',
  mutants: [
    fault('G06', 'a company signs in with a secret that the parent tells', ({ Parent, StaffPart }) => {
      prop(Parent, 'Staff').Parameters.Company = 'q8Zt5nB3vR7wK2';
      StaffPart.Parameters.Company = { Type: 'String' };
      add(StaffPart, 'CompanyLogin', 'AWS::Cognito::UserPoolIdentityProvider', {
        UserPoolId: ref('Pool'),
        ProviderName: 'company',
        ProviderType: 'OIDC',
        AttributeMapping: { email: 'email' },
        ProviderDetails: {
          client_id: 'stock', client_secret: ref('Company'), authorize_scopes: 'openid', oidc_issuer: 'https://login.company.example.org', attributes_request_method: 'GET',
        },
      });
    }),
    fault('G58', 'what is asked for is put into a query as it is', ({ StockPart }) => {
      prop(StockPart, 'ItemResolver').RequestMappingTemplate = '{"version":"2018-05-29","operation":"Invoke","payload":{"id":"$ctx.args.id"}}';
    }),
    fault('G39', 'guests may put photos', ({ Parent, StaffPart }) => {
      prop(Parent, 'Staff').Parameters.Guests = 'true';
      const role = JSON.parse(JSON.stringify(prop(StaffPart, 'SignedInRole')));
      role.AssumeRolePolicyDocument.Statement[0].Condition['ForAnyValue:StringLike']['cognito-identity.amazonaws.com:amr'] = 'unauthenticated';
      role.Policies[0].PolicyDocument.Statement = [allow('s3:PutObject', sub('${PhotosArn}/raw/*'))];
      add(StaffPart, 'GuestRole', 'AWS::IAM::Role', role);
      prop(StaffPart, 'Roles').Roles.unauthenticated = att('GuestRole');
    }),
    breach('appsync.cache-transit', 'what the API keeps goes in the clear', ({ StockPart }) => {
      add(StockPart, 'Kept', 'AWS::AppSync::ApiCache', {
        ApiId: att('Api', 'ApiId'), ApiCachingBehavior: 'PER_RESOLVER_CACHING', Type: 'SMALL', Ttl: 60, AtRestEncryptionEnabled: true, TransitEncryptionEnabled: 'false',
      });
    }),
    breach('appsync.waf', 'no firewall stands before the API', ({ StockPart }) => {
      prop(StockPart, 'FirewallOnApi').ResourceArn = ref('PoolId');
    }),
  ],
  variants: [],
}, {
  ...GRADES_SEED,
  name: 'Seven A, deeper: grades',
  mutants: [
    fault('G13', 'what is refused is told to each page', ({ Grades }) => {
      prop(Grades, 'Refused').ResponseParameters = { 'gatewayresponse.header.Access-Control-Allow-Origin': "'*'" };
    }),
    fault('G14', 'the verdict on one pupil is good for two methods, by a request of one header', ({ Grades }) => {
      Object.assign(prop(Grades, 'GateApiGatewayAuthorizer'), {
        Type: 'REQUEST',
        IdentitySource: { 'Fn::Join': [', ', ['method.request.header.Authorization', 'method.request.header.Accept']] },
        AuthorizerResultTtlInSeconds: '60',
      });
      delete prop(Grades, 'GateApiGatewayAuthorizer').IdentityValidationExpression;
    }),
    fault('G59', 'times are asked for over a link, where nobody checks who answers', ({ Grades }) => {
      prop(Grades, 'ApiGatewayMethodGradesPupilVarGet').Integration = {
        Type: 'HTTP_PROXY',
        IntegrationHttpMethod: 'GET',
        Uri: 'http://times.internal.example.org/',
        ConnectionType: 'VPC_LINK',
        ConnectionId: { 'Fn::ImportValue': 'school-link' },
      };
    }),
    fault('G61', 'a key of the API stands in the template', ({ Grades }) => {
      add(Grades, 'SchoolKey', 'AWS::ApiGateway::ApiKey', { Enabled: true, Name: 'school', Value: { 'Fn::Sub': 'q8Zt5nB3vR7wK2mX4cL9${AWS::StackName}' } });
    }),
    fault('G76', 'what is thrown away with the stack is the key that opens grades', ({ Grades }) => {
      delete Grades.Resources.GradesKey.DeletionPolicy;
      prop(Grades, 'GradesKey').PendingWindowInDays = 7;
    }),
    breach('cfn.credentials', 'a password for files stands in the metadata', ({ Grades }) => {
      Grades.Resources.EnterLambdaFunction.Metadata = {
        'AWS::CloudFormation::Authentication': {
          repo: { type: 'basic', username: 'school', password: 'q8Zt5nB3vR', uris: ['https://files.grades.example.org'] },
        },
      };
    }),
    breach('iam.priv-esc', 'who shows grades may write its own rights', ({ Grades }) => {
      statements(Grades, 'ShowIamRoleLambdaExecution').push(allow('iam:AttachRolePolicy', att('ShowIamRoleLambdaExecution')));
    }),
    breach('s3.public-read', 'the bucket of deployments may be read by all, in a list', ({ Grades }) => {
      prop(Grades, 'ServerlessDeploymentBucketPolicy').PolicyDocument.Statement.push({
        Effect: 'Allow', Principal: { AWS: { 'Fn::Split': [',', '*,111122223333'] } }, Action: 's3:GetObject', Resource: sub('${ServerlessDeploymentBucket.Arn}/*'),
      });
    }),
  ],
  variants: [
    safe('two schools have a key each, that API Gateway makes', ({ Grades }) => {
      add(Grades, 'SchoolKey', 'AWS::ApiGateway::ApiKey', { Enabled: true, Name: 'school' });
    }),
  ],
}];

/** More, in forms that are seldom; written after the first part, when three files with rules had been read. */
export const DEEP_SEEDS: readonly BlindSeed[] = [PAYMENTS_DEEP, CLINIC_DEEP, SENSORS_DEEP, FILES_DEEP, CHAT_DEEP, ...OTHERS_DEEP];
