import { Template } from '../../seed';
import { add, BlindSeed, breach, fault, prop, remove, safe, statements } from '../support';
import {
  ACCESS_LOG_V2, ACCOUNT, alarm, allow, att, failures, firewall, forService, key, lambda, logs, Parts, permission, plain, poolClient, ref,
  signing, sub, table, topic, userPool, via,
} from './parts';

const PAGER = ref('PagerTopicArn');
const code = (name: string) => ({ S3Bucket: ref('ArtifactBucket'), S3Key: `${name}/3f2a1b7c` });

function fn(name: string, folder: string, statementsOf: any[], env: any, more: any = {}): Parts {
  return lambda({
    id: plain(name), key: att('ClinicKey'), pager: PAGER, signing: ref('SigningConfig'), code: code(folder), statements: statementsOf, env, more,
  });
}


const route = (name: string, scope: string) => ({
  'x-amazon-apigateway-integration': {
    httpMethod: 'POST',
    type: 'aws_proxy',
    payloadFormatVersion: '2.0',
    uri: sub(`arn:\${AWS::Partition}:apigateway:\${AWS::Region}:lambda:path/2015-03-31/functions/\${${name}.Arn}/invocations`),
  },
  'security': [{ Staff: [scope] }],
  'responses': {},
});

const TEMPLATE: Template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'Bookings of a clinic, after the transform of SAM',
  Parameters: { PagerTopicArn: { Type: 'String' }, ArtifactBucket: { Type: 'String' }, DomainCertificateArn: { Type: 'String' } },
  Resources: {
    ClinicKey: key(
      forService('events.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey']), forService('sns.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey'])),
    SigningConfig: signing(),
    ...firewall(plain('Firewall'), att('ClinicKey'), PAGER),
    FirewallOnPool: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: att('StaffPool'), WebACLArn: att('Firewall') } },
    BookingsTable: table(att('ClinicKey'), 'id', { StreamSpecification: { StreamViewType: 'NEW_AND_OLD_IMAGES' } }),
    StaffPool: userPool({
      Schema: [
        { Name: 'email', AttributeDataType: 'String', Mutable: true, Required: true },
        { Name: 'role', AttributeDataType: 'String', Mutable: true },
      ],
    }),
    StaffClient: poolClient('StaffPool', 'https://desk.clinic.example.org/in', ['bookings/read', 'bookings/write']),
    StaffScopes: {
      Type: 'AWS::Cognito::UserPoolResourceServer',
      Properties: {
        UserPoolId: ref('StaffPool'),
        Identifier: 'bookings',
        Name: 'bookings',
        Scopes: [{ ScopeName: 'read', ScopeDescription: 'Reads' }, { ScopeName: 'write', ScopeDescription: 'Writes' }],
      },
    },
    ServerlessHttpApi: {
      Type: 'AWS::ApiGatewayV2::Api',
      Properties: {
        Body: {
          'openapi': '3.0.1',
          'info': { version: '1.0', title: ref('AWS::StackName') },
          'paths': {
            '/bookings': { post: route('BookFunction', 'bookings/write') },
            '/bookings/{id}': { get: route('ShowFunction', 'bookings/read') },
          },
          'components': {
            securitySchemes: {
              Staff: {
                'type': 'oauth2',
                'x-amazon-apigateway-authorizer': {
                  type: 'jwt',
                  identitySource: '$request.header.Authorization',
                  jwtConfiguration: { audience: [ref('StaffClient')], issuer: sub('https://cognito-idp.${AWS::Region}.amazonaws.com/${StaffPool}') },
                },
              },
            },
          },
          'x-amazon-apigateway-cors': {
            allowOrigins: ['https://desk.clinic.example.org'], allowMethods: ['GET', 'POST'], allowHeaders: ['authorization', 'content-type'], maxAge: 300,
          },
          'tags': [{ 'name': 'httpapi:createdBy', 'x-amazon-apigateway-tag-value': 'SAM' }],
        },
        FailOnWarnings: true,
        DisableExecuteApiEndpoint: true,
      },
    },
    ServerlessHttpApiApiGatewayDefaultStage: {
      Type: 'AWS::ApiGatewayV2::Stage',
      Properties: {
        ApiId: ref('ServerlessHttpApi'),
        StageName: '$default',
        AutoDeploy: true,
        AccessLogSettings: { DestinationArn: att('HttpApiLogs'), Format: ACCESS_LOG_V2 },
        DefaultRouteSettings: { ThrottlingBurstLimit: 50, ThrottlingRateLimit: 100, DetailedMetricsEnabled: true },
        Tags: { 'httpapi:createdBy': 'SAM' },
      },
    },
    ApiGatewayDomainNameV2clinic: {
      Type: 'AWS::ApiGatewayV2::DomainName',
      Properties: {
        DomainName: 'api.clinic.example.org',
        DomainNameConfigurations: [{ CertificateArn: ref('DomainCertificateArn'), EndpointType: 'REGIONAL', SecurityPolicy: 'TLS_1_2' }],
      },
    },
    ServerlessHttpApiApiMapping: {
      Type: 'AWS::ApiGatewayV2::ApiMapping',
      Properties: { ApiId: ref('ServerlessHttpApi'), DomainName: ref('ApiGatewayDomainNameV2clinic'), Stage: ref('ServerlessHttpApiApiGatewayDefaultStage') },
    },
    HttpApiLogs: logs(att('ClinicKey')),
    HttpApiFaults: alarm('AWS/ApiGateway', '5xx', { ApiId: ref('ServerlessHttpApi') }, PAGER),
    HttpApiRefusals: alarm('AWS/ApiGateway', '4xx', { ApiId: ref('ServerlessHttpApi') }, PAGER),
    ...fn('BookFunction', 'book', [
      allow(['dynamodb:PutItem'], att('BookingsTable')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], att('ClinicKey'), via('dynamodb')),
    ], { TABLE: ref('BookingsTable') }),
    ...fn('ShowFunction', 'show', [
      allow(['dynamodb:GetItem'], att('BookingsTable')),
      allow('kms:Decrypt', att('ClinicKey'), via('dynamodb')),
    ], { TABLE: ref('BookingsTable') }),
    BookFunctionPostPermission: permission('BookFunction', 'apigateway.amazonaws.com', sub(
      'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ServerlessHttpApi}/*/POST/bookings')),
    ShowFunctionGetPermission: permission('ShowFunction', 'apigateway.amazonaws.com', sub(
      'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ServerlessHttpApi}/*/GET/bookings/{id}')),
    ...failures(plain('Failed'), ref('ClinicKey'), PAGER, [forService('events.amazonaws.com', 'sqs:SendMessage', att('Failed'))]),
    ...topic(plain('Reminders'), ref('ClinicKey')),
    ...fn('RemindFunction', 'remind', [
      allow(['dynamodb:Query'], att('BookingsTable')),
      allow('sns:Publish', ref('Reminders')),
      allow('sqs:SendMessage', att('Failed')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], att('ClinicKey'), via('dynamodb', 'sns', 'sqs')),
    ], { TABLE: ref('BookingsTable'), TOPIC: ref('Reminders') }, { DeadLetterConfig: { TargetArn: att('Failed') } }),
    RemindFunctionConfig: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: ref('RemindFunction'),
        Qualifier: '$LATEST',
        MaximumRetryAttempts: 1,
        MaximumEventAgeInSeconds: 3600,
        DestinationConfig: { OnFailure: { Destination: att('Failed') } },
      },
    },
    RemindFunctionDaily: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        State: 'ENABLED',
        Targets: [{ Id: 'Remind', Arn: att('RemindFunction'), DeadLetterConfig: { Arn: att('Failed') }, RetryPolicy: { MaximumRetryAttempts: 3 } }],
      },
    },
    RemindFunctionDailyPermission: permission('RemindFunction', 'events.amazonaws.com', att('RemindFunctionDaily')),
    ...fn('AuditFunction', 'audit', [
      allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], att('BookingsTable', 'StreamArn')),
      allow('dynamodb:ListStreams', '*'),
      allow('sqs:SendMessage', att('Failed')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], att('ClinicKey'), via('dynamodb', 'sqs')),
    ], {}),
    AuditFunctionStream: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: ref('AuditFunction'),
        EventSourceArn: att('BookingsTable', 'StreamArn'),
        StartingPosition: 'TRIM_HORIZON',
        BisectBatchOnFunctionError: true,
        MaximumRetryAttempts: 5,
        MaximumRecordAgeInSeconds: 86400,
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        DestinationConfig: { OnFailure: { Destination: att('Failed') } },
      },
    },
  },
};

const body = (template: Template): any => prop(template, 'ServerlessHttpApi').Body;

export const CLINIC_SEED: BlindSeed = {
  name: 'Seven A: bookings of a clinic, SAM after the transform',
  style: 'sam',
  stacks: { Clinic: TEMPLATE },
  mutants: [
    fault('G11', 'every secure site may ask with the cookies of the desk, in the body', ({ Clinic }) => {
      Object.assign(body(Clinic)['x-amazon-apigateway-cors'], { allowOrigins: ['https://desk.clinic.example.org', 'https://*'], allowCredentials: true });
    }),
    fault('G12', 'a page without TLS may ask, in the body', ({ Clinic }) => {
      body(Clinic)['x-amazon-apigateway-cors'].allowOrigins.push({ 'Fn::Join': ['', ['http', '://', 'desk.clinic.example.org']] });
    }),
    fault('G17', 'a token for any client is good, in the body', ({ Clinic }) => {
      delete body(Clinic).components.securitySchemes.Staff['x-amazon-apigateway-authorizer'].jwtConfiguration.audience;
    }),
    fault('G18', 'any token of the pool shows a booking, in the body', ({ Clinic }) => {
      body(Clinic).paths['/bookings/{id}'].get.security = [{ Staff: [] }];
    }),
    fault('G20', 'what no path names reaches the desk without a token, in the body', ({ Clinic }) => {
      const open: any = route('BookFunction', 'bookings/write');
      delete open.security;
      body(Clinic).paths['/$default'] = { 'x-amazon-apigateway-any-method': { ...open, isDefaultRoute: true } };
    }),
    fault('G22', 'the default endpoint stays beside the domain', ({ Clinic }) => {
      prop(Clinic, 'ServerlessHttpApi').DisableExecuteApiEndpoint = 'false';
    }),
    fault('G28', 'any event rule of anybody may publish reminders', ({ Clinic }) => {
      statements(Clinic, 'RemindersPolicy').push(
        { Effect: 'Allow', Principal: { Service: ['events.amazonaws.com'] }, Action: 'sns:Publish', Resource: ref('Reminders') });
    }),
    fault('G31', 'who shows a booking may delete it, by a policy that is attached from elsewhere', ({ Clinic }) => {
      add(Clinic, 'Care', 'AWS::IAM::ManagedPolicy', {
        Roles: [ref('ShowFunctionRole')],
        PolicyDocument: { Version: '2012-10-17', Statement: [allow(['dynamodb:GetItem', 'dynamodb:DeleteItem'], att('BookingsTable'))] },
      });
    }),
    fault('G32', 'who books may ask all indices, of which there are none', ({ Clinic }) => {
      statements(Clinic, 'BookFunctionRole').push(allow('dynamodb:Query', { 'Fn::Join': ['/', [att('BookingsTable'), 'index', '*']] }));
    }),
    fault('G40', 'a reminder that fails is gone', ({ Clinic }) => {
      delete prop(Clinic, 'RemindFunction').DeadLetterConfig;
      delete prop(Clinic, 'RemindFunctionConfig').DestinationConfig;
    }),
    fault('G41', 'a record that fails is tried for ever', ({ Clinic }) => {
      const stream = prop(Clinic, 'AuditFunctionStream');
      stream.MaximumRetryAttempts = -1;
      delete stream.BisectBatchOnFunctionError;
      delete stream.DestinationConfig;
    }),
    fault('G47', 'who may call the reminder is a rule that is gone', ({ Clinic }) => {
      remove(Clinic, 'RemindFunctionDaily');
      prop(Clinic, 'RemindFunctionDailyPermission').SourceArn = sub('arn:${AWS::Partition}:events:${AWS::Region}:${AWS::AccountId}:rule/daily');
    }),
    fault('G80', 'the desk gets its tokens in the address', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').AllowedOAuthFlows.push('implicit');
    }),
    fault('G80', 'the desk may be sent back to any place of a domain', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').CallbackURLs.push({ 'Fn::Sub': 'http://${AWS::StackName}.clinic.example.org/in' });
    }),
    fault('G81', 'servers may hand in passwords in the clear', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').ExplicitAuthFlows.push('ALLOW_ADMIN_USER_PASSWORD_AUTH');
    }),
    fault('G82', 'the pool tells who works here', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').PreventUserExistenceErrors = 'LEGACY';
    }),
    fault('G83', 'a token lasts a day, by its unit', ({ Clinic }) => {
      const client = prop(Clinic, 'StaffClient');
      client.AccessTokenValidity = 24;
      client.TokenValidityUnits = { ...client.TokenValidityUnits, AccessToken: 'hours' };
    }),
    fault('G84', 'staff may write their own role', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').WriteAttributes.push('custom:role');
    }),
    fault('G85', 'who lost a password gets in by a phone', ({ Clinic }) => {
      prop(Clinic, 'StaffPool').AccountRecoverySetting.RecoveryMechanisms = [
        { Name: 'verified_email', Priority: 2 }, { Name: 'verified_phone_number', Priority: 1 },
      ];
    }),
    fault('G73', 'bookings are logged to a group that CloudFormation does not know', ({ Clinic }) => {
      prop(Clinic, 'BookFunction').LoggingConfig = { LogFormat: 'JSON', ApplicationLogLevel: 'INFO' };
    }),
    fault('G75', 'the alarm on failed reminders is dumb', ({ Clinic }) => {
      prop(Clinic, 'RemindFunctionErrors').AlarmActions = [];
    }),
    breach('iam.passrole', 'the reminder hands on each role of the account', ({ Clinic }) => {
      statements(Clinic, 'RemindFunctionRole').push(allow('iam:Pass*', sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/*')));
    }),
    breach('lambda.public-policy', 'all accounts may book, by a permission', ({ Clinic }) => {
      add(Clinic, 'BookByAll', 'AWS::Lambda::Permission', { FunctionName: ref('BookFunction'), Action: 'lambda:InvokeFunction', Principal: '*' });
    }),
  ],
  variants: [
    safe('staff may not write their role, which is mutable', ({ Clinic }) => {
      prop(Clinic, 'StaffClient').ReadAttributes.push('custom:role');
    }),
    safe('a token lasts an hour, by its unit', ({ Clinic }) => {
      const client = prop(Clinic, 'StaffClient');
      client.AccessTokenValidity = 1;
      client.TokenValidityUnits.AccessToken = 'hours';
    }),
    safe('the stream is retried without a split, ten times', ({ Clinic }) => {
      const stream = prop(Clinic, 'AuditFunctionStream');
      stream.MaximumRetryAttempts = 10;
      delete stream.BisectBatchOnFunctionError;
    }),
    safe('a reminder is lost to the queue of its destination alone', ({ Clinic }) => {
      delete prop(Clinic, 'RemindFunction').DeadLetterConfig;
    }),
    safe('the topic refuses who is not of this account, by a star', ({ Clinic }) => {
      statements(Clinic, 'RemindersPolicy').push({
        Effect: 'Deny', Principal: { AWS: '*' }, Action: 'sns:Publish', Resource: ref('Reminders'), Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } },
      });
    }),
  ],
};
