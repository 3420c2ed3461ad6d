import { Template } from '../../seed';
import { add, BlindSeed, breach, env, fault, prop, remove, safe, statements } from '../support';
import {
  ACCESS_LOG, ACCOUNT, alarm, allow, att, bucket, firewall, key, lambda, logs, Part, Parts, plain, ref, role, signing, sub, table, takesLogs,
  via,
} from './parts';

/** As the Serverless Framework names what belongs to a function. */
const SUFFIXES: any = { '': 'LambdaFunction', 'Role': 'IamRoleLambdaExecution', 'Logs': 'LogGroup', 'Errors': 'ErrorsAlarm', 'Throttles': 'ThrottlesAlarm' };
const sls = (name: string) => (part: string): string => `${name}${SUFFIXES[part] ?? part}`;
const KEY = att('GradesKey');
const PAGER = ref('PagerTopicArn');
const DEPLOYS = { S3Bucket: ref('ServerlessDeploymentBucket'), S3Key: 'serverless/grades/prod/1764100000000-2026-11-25T20:26:40.000Z/grades.zip' };

function fn(name: string, allowed: any[], variables: any, more: any = {}): Parts {
  const parts = lambda({
    id: sls(name),
    key: KEY,
    pager: PAGER,
    signing: ref('Signing'),
    code: DEPLOYS,
    statements: allowed,
    env: variables,
    more: { FunctionName: `grades-prod-${name.toLowerCase()}`, Handler: `src/${name}.handler`, ...more },
  });
  parts[sls(name)('Logs')].Properties.LogGroupName = `/aws/lambda/grades-prod-${name.toLowerCase()}`;
  return parts;
}

const uri = (name: string): any => ({
  'Fn::Join': ['', [
    'arn:', { Ref: 'AWS::Partition' }, ':apigateway:', { Ref: 'AWS::Region' }, ':lambda:path/2015-03-31/functions/', att(`${name}LambdaFunction`), '/invocations',
  ]],
});
const called = (name: string, path: string): Part => ({
  Type: 'AWS::Lambda::Permission',
  Properties: {
    FunctionName: att(`${name}LambdaFunction`),
    Action: 'lambda:InvokeFunction',
    Principal: 'apigateway.amazonaws.com',
    SourceAccount: ACCOUNT,
    SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', ACCOUNT, ':', ref('ApiGatewayRestApi'), path]] },
  },
});
const resource = (parent: unknown, PathPart: string): Part => (
  { Type: 'AWS::ApiGateway::Resource', Properties: { RestApiId: ref('ApiGatewayRestApi'), ParentId: parent, PathPart } });
const method = (HttpMethod: string, ResourceId: string, name: string, more: any): Part => ({
  Type: 'AWS::ApiGateway::Method',
  Properties: {
    RestApiId: ref('ApiGatewayRestApi'),
    ResourceId: ref(ResourceId),
    HttpMethod,
    AuthorizationType: 'CUSTOM',
    AuthorizerId: ref('GateApiGatewayAuthorizer'),
    ApiKeyRequired: false,
    MethodResponses: [],
    Integration: { Type: 'AWS_PROXY', IntegrationHttpMethod: 'POST', Uri: uri(name) },
    ...more,
  },
});
const answer = (ResponseType: string, message: string): Part => ({
  Type: 'AWS::ApiGateway::GatewayResponse',
  Properties: {
    RestApiId: ref('ApiGatewayRestApi'), ResponseType, ResponseTemplates: { 'application/json': `{"message":"${message}"}` },
  },
});

const TEMPLATE: Template = {
  AWSTemplateFormatVersion: '2010-09-09',
  Description: 'The AWS CloudFormation template for this Serverless application',
  Parameters: { PagerTopicArn: { Type: 'String' }, CertificateArn: { Type: 'String' }, OwnerCertificateArn: { Type: 'String' } },
  Resources: {
    GradesKey: key(),
    Signing: signing(),
    ...bucket(plain('LogStore'), undefined, undefined, {}, [takesLogs('LogStore')]),
    ...bucket(plain('ServerlessDeploymentBucket'), KEY, 'LogStore'),
    ...bucket(plain('TrustStore'), KEY, 'LogStore'),
    GradesTable: table(KEY, 'pupil'),
    ...fn('Gate', [], {}),
    ...fn('Show', [allow('dynamodb:GetItem', att('GradesTable')), allow('kms:Decrypt', KEY, via('dynamodb'))], { TABLE: ref('GradesTable') }),
    ...fn('Enter', [allow('dynamodb:PutItem', att('GradesTable')), allow(['kms:Decrypt', 'kms:GenerateDataKey'], KEY, via('dynamodb'))], {
      TABLE: ref('GradesTable'),
    }),
    ApiGatewayRestApi: {
      Type: 'AWS::ApiGateway::RestApi',
      Properties: {
        Name: 'prod-grades', EndpointConfiguration: { Types: ['REGIONAL'] }, DisableExecuteApiEndpoint: true, Tags: [{ Key: 'STAGE', Value: 'prod' }],
      },
    },
    GateApiGatewayAuthorizer: {
      Type: 'AWS::ApiGateway::Authorizer',
      Properties: {
        RestApiId: ref('ApiGatewayRestApi'),
        Name: 'gate',
        Type: 'TOKEN',
        IdentitySource: 'method.request.header.Authorization',
        IdentityValidationExpression: '^Bearer [-0-9a-zA-Z._]{20,4000}$',
        AuthorizerResultTtlInSeconds: 0,
        AuthorizerUri: uri('Gate'),
      },
    },
    GateLambdaPermissionApiGateway: called('Gate', '/authorizers/*'),
    ApiGatewayRequestValidator: {
      Type: 'AWS::ApiGateway::RequestValidator',
      Properties: {
        RestApiId: ref('ApiGatewayRestApi'), Name: 'grades', ValidateRequestBody: true, ValidateRequestParameters: true,
      },
    },
    GradeModel: {
      Type: 'AWS::ApiGateway::Model',
      Properties: {
        RestApiId: ref('ApiGatewayRestApi'),
        ContentType: 'application/json',
        Schema: {
          type: 'object',
          additionalProperties: false,
          required: ['pupil', 'grade'],
          properties: { pupil: { type: 'string', maxLength: 40 }, grade: { type: 'integer', minimum: 1, maximum: 5 } },
        },
      },
    },
    ApiGatewayResourceGrades: resource(att('ApiGatewayRestApi', 'RootResourceId'), 'grades'),
    ApiGatewayResourceGradesPupilVar: resource(ref('ApiGatewayResourceGrades'), '{pupil}'),
    ApiGatewayMethodGradesPost: method('POST', 'ApiGatewayResourceGrades', 'Enter', {
      RequestValidatorId: ref('ApiGatewayRequestValidator'), RequestModels: { 'application/json': ref('GradeModel') },
    }),
    ApiGatewayMethodGradesPupilVarGet: method('GET', 'ApiGatewayResourceGradesPupilVar', 'Show', {
      RequestValidatorId: ref('ApiGatewayRequestValidator'), RequestParameters: { 'method.request.path.pupil': true },
    }),
    EnterLambdaPermissionApiGateway: called('Enter', '/*/POST/grades'),
    ShowLambdaPermissionApiGateway: called('Show', '/*/GET/grades/*'),
    Refused: answer('DEFAULT_4XX', 'refused'),
    Failed: answer('DEFAULT_5XX', 'failed'),
    BadBody: answer('BAD_REQUEST_BODY', 'malformed'),
    ApiGatewayLogGroup: logs(KEY, { LogGroupName: '/aws/api-gateway/grades-prod' }),
    ApiGatewayDeployment1764100000000: {
      Type: 'AWS::ApiGateway::Deployment',
      DependsOn: ['ApiGatewayMethodGradesPost', 'ApiGatewayMethodGradesPupilVarGet'],
      Properties: { RestApiId: ref('ApiGatewayRestApi') },
    },
    ApiGatewayStage: {
      Type: 'AWS::ApiGateway::Stage',
      Properties: {
        RestApiId: ref('ApiGatewayRestApi'),
        DeploymentId: ref('ApiGatewayDeployment1764100000000'),
        StageName: 'prod',
        TracingEnabled: true,
        AccessLogSetting: { DestinationArn: att('ApiGatewayLogGroup'), Format: ACCESS_LOG },
        Tags: [{ Key: 'STAGE', Value: 'prod' }],
        MethodSettings: [{
          HttpMethod: '*',
          ResourcePath: '/*',
          LoggingLevel: 'ERROR',
          MetricsEnabled: true,
          DataTraceEnabled: false,
          ThrottlingBurstLimit: 20,
          ThrottlingRateLimit: 50,
        }],
      },
    },
    ApiFaults: alarm('AWS/ApiGateway', '5XXError', { ApiName: 'prod-grades', Stage: 'prod' }, PAGER),
    ApiRefusals: alarm('AWS/ApiGateway', '4XXError', { ApiName: 'prod-grades', Stage: 'prod' }, PAGER),
    ApiGatewayDomain: {
      Type: 'AWS::ApiGateway::DomainName',
      Properties: {
        DomainName: 'api.grades.example.org',
        RegionalCertificateArn: ref('CertificateArn'),
        EndpointConfiguration: { Types: ['REGIONAL'] },
        SecurityPolicy: 'TLS_1_2',
        OwnershipVerificationCertificateArn: ref('OwnerCertificateArn'),
        MutualTlsAuthentication: { TruststoreUri: sub('s3://${TrustStore}/schools.pem'), TruststoreVersion: '3sL4kqtJlcpXroDTDmJ+rmSpXd3dIbrHY' },
        Tags: [{ Key: 'STAGE', Value: 'prod' }],
      },
    },
    ApiGatewayMapping: {
      Type: 'AWS::ApiGateway::BasePathMapping',
      Properties: {
        DomainName: ref('ApiGatewayDomain'), RestApiId: ref('ApiGatewayRestApi'), Stage: ref('ApiGatewayStage'),
      },
    },
    ...firewall(plain('Firewall'), KEY, PAGER),
    FirewallOnApi: {
      Type: 'AWS::WAFv2::WebACLAssociation',
      Properties: {
        ResourceArn: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}::/restapis/${ApiGatewayRestApi}/stages/${ApiGatewayStage}'), WebACLArn: att('Firewall'),
      },
    },
  },
  Outputs: {
    ServerlessDeploymentBucketName: { Value: ref('ServerlessDeploymentBucket') },
    ServiceEndpoint: { Value: 'https://api.grades.example.org' },
  },
};

const privately = ({ Grades }: Record<string, Template>): any => {
  remove(Grades, 'ApiGatewayDomain', 'ApiGatewayMapping');
  const api = prop(Grades, 'ApiGatewayRestApi');
  delete api.DisableExecuteApiEndpoint;
  api.EndpointConfiguration = { Types: ['PRIVATE'], VpcEndpointIds: [{ 'Fn::ImportValue': 'school-api-endpoint' }] };
  return api;
};
const open = (Condition?: any): any => ({ Effect: 'Allow', Principal: '*', Action: 'execute-api:Invoke', Resource: 'execute-api:/*', ...(Condition ? { Condition } : {}) });

export const GRADES_SEED: BlindSeed = {
  name: 'Seven A: grades of a school, as the Serverless Framework writes it',
  style: 'yaml',
  stacks: { Grades: TEMPLATE },
  mutants: [
    fault('G14', 'the verdict on one pupil is good for all, since the time is left to the default', ({ Grades }) => {
      delete prop(Grades, 'GateApiGatewayAuthorizer').AuthorizerResultTtlInSeconds;
    }),
    fault('G15', 'the gate is called by whoever asks, with nothing in hand', ({ Grades }) => {
      const gate = prop(Grades, 'GateApiGatewayAuthorizer');
      gate.Type = 'REQUEST';
      gate.IdentitySource = '';
      delete gate.IdentityValidationExpression;
    }),
    fault('G22', 'the default endpoint goes past the certificates of schools', ({ Grades }) => {
      delete prop(Grades, 'ApiGatewayRestApi').DisableExecuteApiEndpoint;
    }),
    fault('G23', 'whoever writes the store says whom to trust', ({ Grades }) => {
      prop(Grades, 'ApiGatewayDomain').MutualTlsAuthentication.TruststoreVersion = { Ref: 'AWS::NoValue' };
    }),
    fault('G24', 'the API is private, for each endpoint of each network', (stacks) => {
      privately(stacks).Policy = { Version: '2012-10-17', Statement: [open({ StringLike: { 'aws:SourceVpce': 'vpce-*' } })] };
    }),
    fault('G24', 'the API is private, and what is refused is only what comes by no endpoint', (stacks) => {
      privately(stacks).Policy = {
        Version: '2012-10-17',
        Statement: [
          open(), { ...open({ StringNotEqualsIfExists: { 'aws:SourceVpcArn': 'x' } }), Effect: 'Deny', Resource: 'execute-api:/prod/GET/none' },
        ],
      };
    }),
    fault('G31', 'who shows grades may change them, by a pattern', ({ Grades }) => {
      statements(Grades, 'ShowIamRoleLambdaExecution').push(allow(['dynamodb:?utItem', 'dynamodb:Upd*'], att('GradesTable')));
    }),
    fault('G38', 'the user who calls is the user who reads', ({ Grades }) => {
      const get = prop(Grades, 'ApiGatewayMethodGradesPupilVarGet');
      get.Integration.Credentials = { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', '*:user/*']] };
    }),
    fault('G38', 'the API writes to the table itself, with all rights to it', ({ Grades }) => {
      add(Grades, 'ApiRole', 'AWS::IAM::Role', role('apigateway.amazonaws.com', [allow('dynamodb:*', '*')]).Properties);
      prop(Grades, 'ApiGatewayMethodGradesPost').Integration = {
        Type: 'AWS',
        IntegrationHttpMethod: 'POST',
        Credentials: att('ApiRole'),
        PassthroughBehavior: 'NEVER',
        Uri: sub('arn:${AWS::Partition}:apigateway:${AWS::Region}:dynamodb:action/PutItem'),
        RequestTemplates: { 'application/json': "{\"TableName\":\"grades\",\"Item\":{\"pupil\":{\"S\":\"$util.escapeJavaScript($input.path('$.pupil'))\"}}}" },
        IntegrationResponses: [{ StatusCode: '200' }],
      };
    }),
    fault('G59', 'the timetable of the school is asked in the clear', ({ Grades }) => {
      prop(Grades, 'ApiGatewayMethodGradesPupilVarGet').Integration = {
        Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: sub('http://${host}/timetable', { host: 'times.grades.example.org' }),
      };
    }),
    fault('G67', 'grades of one pupil are kept and shown to the next', ({ Grades }) => {
      Object.assign(prop(Grades, 'ApiGatewayStage'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      prop(Grades, 'ApiGatewayStage').MethodSettings.push({
        HttpMethod: 'GET',
        ResourcePath: '/~1grades~1{pupil}',
        CachingEnabled: true,
        CacheTtlInSeconds: 300,
        CacheDataEncrypted: true,
        LoggingLevel: 'ERROR',
        MetricsEnabled: true,
      });
    }),
    fault('G73', 'what the gate does is written where nobody looks', ({ Grades }) => {
      delete prop(Grades, 'GateLambdaFunction').LoggingConfig.LogGroup;
      prop(Grades, 'GateLogGroup').LogGroupName = '/aws/lambda/grades-dev-gate';
    }),
    fault('G74', 'grades in logs are streamed to another account', ({ Grades }) => {
      add(Grades, 'ShowLogsSubscription', 'AWS::Logs::SubscriptionFilter', {
        LogGroupName: '/aws/lambda/grades-prod-show', FilterPattern: '', DestinationArn: 'arn:aws:lambda:eu-central-1:210987654321:function:ship',
      });
    }),
    fault('G76', 'a policy keeps grades from being replaced, not from being deleted', ({ Grades }) => {
      Grades.Resources.GradesTable.DeletionPolicy = 'Delete';
    }),
    fault('G88', 'the gate stands in the template', ({ Grades }) => {
      prop(Grades, 'GateLambdaFunction').Code = { ZipFile: { 'Fn::Join': ['\n', ['exports.handler = async () => ({', '  isAuthorized: false', '});']] } };
      delete prop(Grades, 'GateLambdaFunction').CodeSigningConfigArn;
    }),
    fault('G89', 'the gate stays at the runtime of the day', ({ Grades }) => {
      prop(Grades, 'GateLambdaFunction').RuntimeManagementConfig = {
        UpdateRuntimeOn: 'Manual',
        RuntimeVersionArn: sub(
          'arn:${AWS::Partition}:lambda:${AWS::Region}::runtime:0af1966588ced06e3143ae720245c9b7aeaae213c6921c12c742a166679cc505'),
      };
    }),
    fault('G90', 'a grade may take five minutes to be entered', ({ Grades }) => {
      prop(Grades, 'EnterLambdaFunction').Timeout = 300;
    }),
    fault('G63', 'no rule of the firewall bounds how often somebody asks', ({ Grades }) => {
      const rules = prop(Grades, 'Firewall').Rules;
      rules[0].Statement = { IPSetReferenceStatement: { Arn: { 'Fn::ImportValue': 'bad-addresses' } } };
    }),
    fault('G71', 'the log tells neither who asked nor how it went', ({ Grades }) => {
      prop(Grades, 'ApiGatewayStage').AccessLogSetting.Format = JSON.stringify({ requestId: '$context.requestId', path: '$context.path' });
    }),
    fault('G27', 'each stage, method and path of the API enters grades', ({ Grades }) => {
      prop(Grades, 'EnterLambdaPermissionApiGateway').SourceArn['Fn::Join'][1][8] = '/*/*/*';
    }),
    fault('G87', 'nobody says which code may run, of one function', ({ Grades }) => {
      prop(Grades, 'EnterLambdaFunction').CodeSigningConfigArn = { Ref: 'AWS::NoValue' };
    }),
    breach('apigw.cache-encrypted', 'what the API keeps lies in the clear', ({ Grades }) => {
      Object.assign(prop(Grades, 'ApiGatewayStage'), { CacheClusterEnabled: true, CacheClusterSize: '0.5' });
      prop(Grades, 'ApiGatewayStage').MethodSettings[0].CachingEnabled = true;
    }),
    breach('apigw.tls-policy', 'schools come by old TLS', ({ Grades }) => {
      prop(Grades, 'ApiGatewayDomain').SecurityPolicy = 'TLS_1_0';
    }),
    breach('lambda.role-unique', 'showing and entering share a role', ({ Grades }) => {
      prop(Grades, 'ShowLambdaFunction').Role = att('EnterIamRoleLambdaExecution');
      remove(Grades, 'ShowIamRoleLambdaExecution');
    }),
  ],
  variants: [
    safe('the API is private, for one endpoint', (stacks) => {
      const api = privately(stacks);
      api.Policy = {
        Version: '2012-10-17',
        Statement: [
          open(), { ...open({ StringNotEquals: { 'aws:SourceVpce': { 'Fn::ImportValue': 'school-api-endpoint' } } }), Effect: 'Deny' },
        ],
      };
    }),
    safe('the API is private, for one endpoint by a condition', (stacks) => {
      privately(stacks).Policy = { Version: '2012-10-17', Statement: [open({ StringEquals: { 'aws:SourceVpce': { 'Fn::ImportValue': 'school-api-endpoint' } } })] };
    }),
    safe('the log group is the one that bears the name of the function', ({ Grades }) => {
      delete prop(Grades, 'GateLambdaFunction').LoggingConfig.LogGroup;
    }),
    safe('an old school comes by HTTPS to its own timetable', ({ Grades }) => {
      prop(Grades, 'ApiGatewayMethodGradesPupilVarGet').Integration = {
        Type: 'HTTP_PROXY', IntegrationHttpMethod: 'GET', Uri: 'https://times.grades.example.org/timetable',
      };
      remove(Grades, 'ShowLambdaPermissionApiGateway');
      add(Grades, 'Nightly', 'AWS::Lambda::Permission', {
        FunctionName: att('ShowLambdaFunction'), Action: 'lambda:InvokeFunction', Principal: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:role/reports'),
      });
    }),
    safe('a grade is entered with the id of the deployment', ({ Grades }) => {
      Object.assign(env(Grades, 'EnterLambdaFunction'), { DEPLOYMENT_KEY_ID: ref('GradesKey'), PUBLIC_API_URL: 'https://api.grades.example.org' });
    }),
  ],
};
