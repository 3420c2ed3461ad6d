import { readFileSync } from 'fs';
import { join } from 'path';
import { PINNED_RULES } from './pinned-rules';
import { findings, findingsIn, judged, modelOfStacks, Resources, RuleCase, shownBy } from './support';
import { exampleSources } from '../../scripts/docs/examples';
import { rulesPage } from '../../scripts/docs/rules-page';
import { SecurityProfile } from '../../src/core/profile/security-profile';

import { API_GATEWAY_LOG_ACTIONS, LOG_WRITE_ACTIONS, NETWORK_INTERFACE_ACTIONS, TRACE_WRITE_ACTIONS } from '../../src/iam/iam-baseline';
import { isResourceWildcard } from '../../src/iam/resource-wildcard';
import { isUnscoped, UNSCOPED_ACTIONS } from '../../src/model/rights/unscoped-actions';
import { RULES } from '../../src/policy/catalog';

describe('The catalogue', () => {
  test('has exactly the listed rules, with the listed severities', () => {
    expect(Object.fromEntries(RULES.map(({ id, severity }) => [id, severity]))).toEqual(PINNED_RULES);
  });

  test.each(RULES.map((rule) => [rule.id, rule] as const))('explains %s: what, why, the way out, risks and frameworks', (id, rule) => {
    expect(id).toMatch(/^([A-Z][a-z]+){2,3}$/);
    for (const text of [rule.title, rule.why, rule.fix]) expect(text.length).toBeGreaterThan(25);
    expect(rule.title).not.toMatch(/\.$/);
    expect(rule.risks.length).toBeGreaterThan(0);
    expect(rule.frameworks.length).toBeGreaterThan(0);
    expect(rule.appliesTo.length).toBeGreaterThan(0);
  });
});

const PARAMETER = { Ref: 'SetAtDeployment' };
const bucket = (PublicAccessBlockConfiguration: unknown, more = {}): Resources => ({
  B: { Type: 'AWS::S3::Bucket', Properties: { PublicAccessBlockConfiguration, ...more } },
});
const ALL_BLOCKED = { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true };
const bucketPolicy = (statement: unknown): Resources => ({ P: { Type: 'AWS::S3::BucketPolicy', Properties: { PolicyDocument: { Statement: statement } } } });
const everybody = (Condition?: unknown) => ({ Effect: 'Allow', Principal: '*', Action: 's3:GetObject', Resource: '*', Condition });
const fn = (properties: unknown): Resources => ({ F: { Type: 'AWS::Lambda::Function', Properties: properties } });
const withVariables = (Variables: unknown): Resources => fn({ Environment: { Variables } });
const url = (AuthType: unknown): Resources => ({ U: { Type: 'AWS::Lambda::Url', Properties: { AuthType } } });
const permission = (properties: unknown): Resources => ({
  B: { Type: 'AWS::S3::Bucket' }, R: { Type: 'AWS::Events::Rule' }, P: { Type: 'AWS::Lambda::Permission', Properties: properties },
});
const policy = (...statements: unknown[]): Resources => ({ P: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: { Statement: statements } } } });
const allowed = (Action: unknown, Resource: unknown) => ({ Effect: 'Allow', Action, Resource });
const bound = (Condition: unknown) => ({ ...allowed('elasticfilesystem:ClientMount', '*'), Condition });
const arn = (...parts: unknown[]) => ({ 'Fn::Join': ['', parts] });
const method = (properties: unknown, more: Resources = {}): Resources => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  Orders: { Type: 'AWS::ApiGateway::Resource', Properties: { PathPart: 'orders', ParentId: { 'Fn::GetAtt': ['Api', 'RootResourceId'] } } },
  M: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, ResourceId: { Ref: 'Orders' }, HttpMethod: 'POST', ...properties as object } },
  ...more,
});
const validator = (ValidateRequestBody: unknown, ValidateRequestParameters: unknown): Resources => ({
  V: { Type: 'AWS::ApiGateway::RequestValidator', Properties: { ValidateRequestBody, ValidateRequestParameters } },
});
const VALIDATED = { RequestValidatorId: { Ref: 'V' }, RequestModels: { 'application/json': { Ref: 'Model' } } };
const stage = (MethodSettings: unknown, more: Resources = {}): Resources => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  S: { Type: 'AWS::ApiGateway::Stage', Properties: { RestApiId: { Ref: 'Api' }, StageName: 'prod', MethodSettings } },
  ...more,
});
const httpRoute = (properties: unknown, protocol = 'HTTP'): Resources => ({
  Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { ProtocolType: protocol } },
  R: { Type: 'AWS::ApiGatewayV2::Route', Properties: { ApiId: { Ref: 'Api' }, RouteKey: 'GET /orders', ...properties as object } },
});
const openApi = (body: unknown): Resources => ({ Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { Body: body } } });
const SCHEMES = {
  securitySchemes: {
    Users: { 'type': 'apiKey', 'x-amazon-apigateway-authtype': 'cognito_user_pools', 'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools' } },
    Signed: { 'type': 'apiKey', 'x-amazon-apigateway-authtype': 'awsSigv4' },
    Key: { type: 'apiKey', name: 'x-api-key', in: 'header' },
  },
};
const oneRoute = (operation: unknown, more = {}) => openApi({ paths: { '/orders': { post: operation } }, components: SCHEMES, ...more });

const CASES: readonly RuleCase[] = [
  ['FunctionUrlAuth', 'IAM', url('AWS_IAM'), []],
  ['FunctionUrlAuth', 'no authentication', url('NONE'), ['FunctionUrlAuth at U']],
  ['FunctionUrlAuth', 'nothing said', url(undefined), ['FunctionUrlAuth at U']],
  ['FunctionUrlAuth', 'a parameter', url(PARAMETER), ['FunctionUrlAuth[undecided] at U']],
  ['FunctionUrlAuth', 'one unsafe branch of a condition', url({ 'Fn::If': ['Prod', 'AWS_IAM', 'NONE'] }), ['FunctionUrlAuth at U']],

  ['EnvironmentSecret', 'settings and pointers', withVariables({ TABLE: { Ref: 'T' }, LEVEL: 'info', DB_SECRET_ARN: 'arn:aws:secretsmanager:eu-west-1:1:secret:x' }), []],
  ['EnvironmentSecret', 'a secret as a literal', withVariables({ DB_PASSWORD: 'correct horse 9' }), ['EnvironmentSecret[DB_PASSWORD] at F']],
  ['EnvironmentSecret', 'a secret that CloudFormation resolves', withVariables({ X: arn('{{resolve:secretsmanager:', { Ref: 'S' }, ':SecretString}}') }), ['EnvironmentSecret[X] at F']],
  ['EnvironmentSecret', 'a parameter under the name of a secret', withVariables({ API_TOKEN: PARAMETER }), ['EnvironmentSecret[API_TOKEN] at F']],
  ['EnvironmentSecret', 'an import under the name of a secret', withVariables({ API_TOKEN: { 'Fn::ImportValue': 'token' } }), ['EnvironmentSecret[undecided API_TOKEN] at F']],
  ['EnvironmentSecret', 'a parameter under another name', withVariables({ STAGE: PARAMETER }), []],
  ['EnvironmentSecret', 'variables that a macro makes', fn({ Environment: { 'Fn::Transform': {} } }), ['EnvironmentSecret[undecided] at F']],

  ['EnvironmentDebugSwitch', 'a quiet function', withVariables({ LOG_LEVEL: 'info' }), []],
  ['EnvironmentDebugSwitch', 'debug output', withVariables({ LOG_LEVEL: 'debug', NODE_OPTIONS: '--inspect=0.0.0.0' }),
    ['EnvironmentDebugSwitch[LOG_LEVEL] at F', 'EnvironmentDebugSwitch[NODE_OPTIONS] at F']],
  ['EnvironmentDebugSwitch', 'a level set at deployment', withVariables({ LOG_LEVEL: PARAMETER, OTHER: PARAMETER }), ['EnvironmentDebugSwitch[undecided LOG_LEVEL] at F']],

  ['FunctionLogGroup', 'a group of its own', fn({ LoggingConfig: { LogGroup: { Ref: 'G' } } }), ['FunctionLogGroup[undecided] at F']],
  ['FunctionLogGroup', 'a declared group', { ...fn({ LoggingConfig: { LogGroup: { Ref: 'G' } } }), G: { Type: 'AWS::Logs::LogGroup' } }, []],
  ['FunctionLogGroup', 'the implicit group', fn({}), ['FunctionLogGroup at F']],
  ['FunctionLogGroup', 'a group declared under the name that Lambda would choose',
    { ...fn({}), G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: arn('/aws/lambda/', { Ref: 'F' }) } } }, []],
  ['FunctionLogGroup', 'the same with a fixed name',
    { ...fn({ FunctionName: 'orders' }), G: { Type: 'AWS::Logs::LogGroup', Properties: { LogGroupName: '/aws/lambda/orders' } } }, []],

  ['FunctionRoleShared', 'a role each', {
    A: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['RA', 'Arn'] } } },
    B: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['RB', 'Arn'] } } },
    RA: { Type: 'AWS::IAM::Role' },
    RB: { Type: 'AWS::IAM::Role' },
  }, []],
  ['FunctionRoleShared', 'one role for two', {
    A: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['RA', 'Arn'] } } },
    B: { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': 'RA.Arn' } } },
    RA: { Type: 'AWS::IAM::Role' },
  }, ['FunctionRoleShared at A', 'FunctionRoleShared at B']],
  ['FunctionRoleShared', 'one foreign role for two', {
    A: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/all' } },
    B: { Type: 'AWS::Lambda::Function', Properties: { Role: 'arn:aws:iam::111122223333:role/all' } },
  }, ['FunctionRoleShared at A', 'FunctionRoleShared at B']],
  ['FunctionRoleShared', 'a role set at deployment', fn({ Role: PARAMETER }), ['FunctionRoleShared[undecided] at F']],

  ['InvokePermissionSource', 'a service with its source', permission({ Principal: 'events.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['R', 'Arn'] } }), []],
  ['InvokePermissionSource', 'a service without a source', permission({ Principal: 'apigateway.amazonaws.com' }), ['InvokePermissionSource at P']],
  ['InvokePermissionSource', 'S3 without an account', permission({ Principal: 's3.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['B', 'Arn'] } }), ['InvokePermissionSource at P']],
  ['InvokePermissionSource', 'S3 with an account', permission({ Principal: 's3.amazonaws.com', SourceArn: { 'Fn::GetAtt': ['B', 'Arn'] }, SourceAccount: { Ref: 'AWS::AccountId' } }), []],
  ['InvokePermissionSource', 'a source of any account',
    permission({ Principal: 'apigateway.amazonaws.com', SourceArn: 'arn:aws:execute-api:eu-west-1:*:abc/*/GET/x' }), ['InvokePermissionSource at P']],
  ['InvokePermissionSource', 'a source with pseudo parameters', permission({
    Principal: 'apigateway.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${R}/*/GET/x' },
  }), []],
  ['InvokePermissionSource', 'everything of a service', permission({ Principal: 'sns.amazonaws.com', SourceArn: 'arn:aws:sns:eu-west-1:111122223333:*' }), ['InvokePermissionSource at P']],
  ['InvokePermissionSource', 'everybody', permission({ Principal: '*' }), ['InvokePermissionSource at P']],
  ['InvokePermissionSource', 'everybody of an organization', permission({ Principal: '*', PrincipalOrgID: 'o-12345' }), []],
  ['InvokePermissionSource', 'an account', permission({ Principal: '111122223333' }), []],
  ['InvokePermissionSource', 'a rotation, which sends the account only', permission({ Principal: 'secretsmanager.amazonaws.com', SourceAccount: '111122223333' }), []],
  ['InvokePermissionSource', 'a skill without its token', permission({ Principal: 'alexa-appkit.amazon.com' }), ['InvokePermissionSource at P']],
  ['InvokePermissionSource', 'a principal set at deployment', permission({ Principal: PARAMETER }), ['InvokePermissionSource[undecided] at P']],
  ['InvokePermissionSource', 'a source set at deployment', permission({ Principal: 'sns.amazonaws.com', SourceArn: PARAMETER }), ['InvokePermissionSource[undecided] at P']],

  ['IamActionWildcard', 'named actions', policy(allowed(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::receipts/*')), []],
  ['IamActionWildcard', 'wildcards', policy(allowed(['s3:*', 's3:Put*', 's3:*Object', 's3:?etObject'], 'x'), allowed('*', 'x')),
    ['IamActionWildcard[Action::*] at P', 'IamActionWildcard[Action::s3:*Object] at P', 'IamActionWildcard[Action::s3:*] at P',
      'IamActionWildcard[Action::s3:?etObject] at P', 'IamActionWildcard[Action::s3:Put*] at P']],
  ['IamActionWildcard', 'patterns that read, and those of grants of CDK', policy(allowed(['dynamodb:BatchGet*', 's3:DeleteObject*', 'KMS:ReEncrypt*'], 'x')), []],
  ['IamActionWildcard', 'everything but', policy({ Effect: 'Allow', NotAction: 'iam:*', Resource: 'x' }), ['IamActionWildcard[NotAction] at P']],
  ['IamActionWildcard', 'a denial', policy({ Effect: 'Deny', Action: 's3:*', Resource: '*' }), []],
  ['IamActionWildcard', 'an action set at deployment', policy(allowed(PARAMETER, 'x')), ['IamActionWildcard[undecided] at P']],
  ['IamActionWildcard', 'a document set at deployment', { P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: PARAMETER } } }, ['IamActionWildcard[undecided] at P']],
  ['IamActionWildcard', 'a role with an inline policy',
    { R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allowed('sqs:*', 'x') } }] } } }, ['IamActionWildcard[Action::sqs:*] at R']],
  ['IamActionWildcard', 'a policy that is nothing but a boundary', {
    ...{ P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: allowed('s3:*', '*') } } } },
    R: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'P' } } },
  }, []],

  ['IamResourceWildcard', 'one table and its indexes', {
    ...policy(allowed('dynamodb:Query', [{ 'Fn::GetAtt': ['T', 'Arn'] }, arn({ 'Fn::GetAtt': ['T', 'Arn'] }, '/index/*')])), T: { Type: 'AWS::DynamoDB::Table' },
  }, []],
  ['IamResourceWildcard', 'everything', policy(allowed('dynamodb:Query', '*')), ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'traces', policy(allowed(TRACE_WRITE_ACTIONS, '*')), []],
  ['IamResourceWildcard', 'everything, bound to one access point', policy(bound({ StringEquals: { 'elasticfilesystem:AccessPointArn': { 'Fn::GetAtt': ['Point', 'Arn'] } } })), []],
  ['IamResourceWildcard', 'everything, bound to any access point', policy(bound({ StringLike: { 'elasticfilesystem:AccessPointArn': '*' } })),
    ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'everything, bound to one access point where there is one', policy(bound({ StringEqualsIfExists: { 'elasticfilesystem:AccessPointArn': 'arn:aws:elasticfilesystem:eu-west-1:111122223333:access-point/fsap-1' } })),
    ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'traces together with something else', policy(allowed([...TRACE_WRITE_ACTIONS, ...LOG_WRITE_ACTIONS], '*')), ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'everything but', policy({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'x' }), ['IamResourceWildcard[NotResource] at P']],
  ['IamResourceWildcard', 'names that begin like a bucket', { ...policy(allowed('s3:GetObject', arn({ 'Fn::GetAtt': ['B', 'Arn'] }, '*'))), B: { Type: 'AWS::S3::Bucket' } },
    ['IamResourceWildcard[Resource::<Shop/B.Arn>*] at P']],
  ['IamResourceWildcard', 'all tables of the account', policy(allowed('dynamodb:Query', { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*' })),
    ['IamResourceWildcard[Resource::arn:aws:dynamodb:<AWS::Region>:<AWS::AccountId>:table/*] at P']],
  ['IamResourceWildcard', 'a resource set at deployment', policy(allowed('dynamodb:Query', PARAMETER)), ['IamResourceWildcard[undecided] at P']],
  ['IamResourceWildcard', 'the role that writes the logs of all APIs of the account', {
    A: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: { 'Fn::GetAtt': ['R', 'Arn'] } } },
    R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allowed(API_GATEWAY_LOG_ACTIONS, '*') } }] } },
    P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { Roles: [{ Ref: 'R' }], PolicyDocument: { Statement: allowed('logs:DeleteLogGroup', '*') } } },
  }, ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'the same rights for anybody else', policy(allowed(API_GATEWAY_LOG_ACTIONS, '*')), ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'a key policy', { K: { Type: 'AWS::KMS::Key', Properties: { KeyPolicy: { Statement: allowed('kms:*', '*') } } } }, []],

  ['BucketPublicAccess', 'all blocks', bucket(ALL_BLOCKED), []],
  ['BucketPublicAccess', 'no blocks', bucket(undefined), ['BucketPublicAccess at B']],
  ['BucketPublicAccess', 'one block missing', bucket({ ...ALL_BLOCKED, RestrictPublicBuckets: false }), ['BucketPublicAccess at B']],
  ['BucketPublicAccess', 'a public ACL', bucket(ALL_BLOCKED, { AccessControl: 'PublicRead' }), ['BucketPublicAccess at B']],
  ['BucketPublicAccess', 'blocks set at deployment', bucket(PARAMETER), ['BucketPublicAccess[undecided] at B']],
  ['BucketPublicAccess', 'a policy for a service', bucketPolicy({ Effect: 'Allow', Principal: { Service: 'logging.s3.amazonaws.com' } }), []],
  ['BucketPublicAccess', 'a policy for everybody', bucketPolicy(everybody()), ['BucketPublicAccess[Principal::*] at P']],
  ['BucketPublicAccess', 'a policy for every account', bucketPolicy({ ...everybody(), Principal: { AWS: ['*'] } }), ['BucketPublicAccess[Principal::*] at P']],
  ['BucketPublicAccess', 'a policy for everybody of an organization', bucketPolicy(everybody({ StringEquals: { 'aws:PrincipalOrgID': 'o-1' } })), []],
  ['BucketPublicAccess', 'a condition that every request meets', bucketPolicy(everybody({ StringLike: { 'aws:PrincipalArn': '*' } })), ['BucketPublicAccess[Principal::*] at P']],
  ['BucketPublicAccess', 'a condition that a request without the key meets', bucketPolicy(everybody({ StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-1' } })), ['BucketPublicAccess[Principal::*] at P']],
  ['BucketPublicAccess', 'the whole internet as address', bucketPolicy(everybody({ IpAddress: { 'aws:SourceIp': '0.0.0.0/0' } })), ['BucketPublicAccess[Principal::*] at P']],
  ['BucketPublicAccess', 'a denial of plain HTTP for everybody', bucketPolicy({ ...everybody(), Effect: 'Deny' }), []],
  ['BucketPublicAccess', 'everybody but one', bucketPolicy({ Effect: 'Allow', NotPrincipal: { AWS: '1' } }), ['BucketPublicAccess[Principal::*] at P']],
  ['BucketPublicAccess', 'a principal set at deployment', bucketPolicy({ ...everybody(), Principal: PARAMETER }), ['BucketPublicAccess[undecided] at P']],
  ['BucketPublicAccess', 'a condition set at deployment', bucketPolicy(everybody({ StringEquals: { 'aws:SourceVpce': PARAMETER } })), ['BucketPublicAccess[undecided Principal::*] at P']],

  ['RouteAuthorization', 'IAM', method({ AuthorizationType: 'AWS_IAM' }), []],
  ['RouteAuthorization', 'none', method({ AuthorizationType: 'NONE' }), ['RouteAuthorization[POST /orders] at M']],
  ['RouteAuthorization', 'an API key alone', method({ ApiKeyRequired: true }), ['RouteAuthorization[POST /orders] at M']],
  ['RouteAuthorization', 'a preflight', method({ HttpMethod: 'OPTIONS', Integration: { Type: 'MOCK' } }), []],
  ['RouteAuthorization', 'OPTIONS that a function answers', method({ HttpMethod: 'OPTIONS', Integration: { Type: 'AWS_PROXY' } }), ['RouteAuthorization[OPTIONS /orders] at M']],
  ['RouteAuthorization', 'a type set at deployment', method({ AuthorizationType: PARAMETER }), ['RouteAuthorization[undecided POST /orders] at M']],
  ['RouteAuthorization', 'HTTP API with JWT', httpRoute({ AuthorizationType: 'JWT', AuthorizerId: 'abc123' }), []],
  ['RouteAuthorization', 'HTTP API with JWT and nothing that checks the token', httpRoute({ AuthorizationType: 'JWT' }), ['RouteAuthorization[GET /orders] at R']],
  ['RouteAuthorization', 'HTTP API without', httpRoute({}), ['RouteAuthorization[GET /orders] at R']],
  ['RouteAuthorization', 'a WebSocket connection without', httpRoute({ RouteKey: '$connect' }, 'WEBSOCKET'), ['RouteAuthorization[$connect] at R']],
  ['RouteAuthorization', 'a WebSocket message, without a route that asks who connects', httpRoute({ RouteKey: 'send' }, 'WEBSOCKET'), ['RouteAuthorization[$connect] at Api']],
  ['RouteAuthorization', 'a quick-create HTTP API', { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Target: 'arn' } } }, ['RouteAuthorization[ANY $default] at Api']],
  ['RouteAuthorization', 'OpenAPI with a user pool', oneRoute({ security: [{ Users: ['orders/write'] }] }), []],
  ['RouteAuthorization', 'OpenAPI with IAM', oneRoute({ security: [{ Signed: [] }] }), []],
  ['RouteAuthorization', 'OpenAPI with security for the whole document, which REST APIs ignore', oneRoute({}, { security: [{ Signed: [] }] }),
    ['RouteAuthorization[POST /orders] at Api']],
  ['RouteAuthorization', 'OpenAPI with security for the whole document of an HTTP API',
    { Api: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Body: { paths: { '/x': { get: {} } }, security: [{ Signed: [] }], components: SCHEMES } } } },
    ['RouteAuthorization[undecided GET /x] at Api']],
  ['RouteAuthorization', 'OpenAPI opened', oneRoute({ security: [] }), ['RouteAuthorization[POST /orders] at Api']],
  ['RouteAuthorization', 'OpenAPI with an API key', oneRoute({ security: [{ Key: [] }] }), ['RouteAuthorization[POST /orders] at Api']],
  ['RouteAuthorization', 'OpenAPI with an API key and a user pool', oneRoute({ security: [{ Key: [], Users: [] }] }), []],
  ['RouteAuthorization', 'OpenAPI with a user pool and an API key in entries of their own, which REST APIs both demand',
    oneRoute({ security: [{ Users: [] }, { Key: [] }] }), []],
  ['RouteAuthorization', 'OpenAPI with an API key and a scheme that nobody declared',
    oneRoute({ security: [{ Key: [] }, { Ghost: [] }] }), ['RouteAuthorization[POST /orders] at Api']],
  ['RouteAuthorization', 'OpenAPI with a user pool or nothing', oneRoute({ security: [{ Users: [] }, {}] }), ['RouteAuthorization[POST /orders] at Api']],
  ['RouteAuthorization', 'OpenAPI with a scheme that nobody declared', oneRoute({ security: [{ Ghost: [] }] }), ['RouteAuthorization[POST /orders] at Api']],
  ['RouteAuthorization', 'OpenAPI for any method', openApi({ paths: { '/{proxy+}': { 'x-amazon-apigateway-any-method': {} } } }), ['RouteAuthorization[ANY /{proxy+}] at Api']],
  ['RouteAuthorization', 'OpenAPI preflight', openApi({ paths: { '/x': { options: { 'x-amazon-apigateway-integration': { type: 'mock' } } } } }), []],
  ['RouteAuthorization', 'OpenAPI with the IAM extension', oneRoute({ 'x-amazon-apigateway-auth': { type: 'AWS_IAM' } }), []],
  ['RouteAuthorization', 'OpenAPI in a bucket', { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { BodyS3Location: { Bucket: 'b' } } } }, ['RouteAuthorization[undecided ANY …] at Api']],
  ['RouteAuthorization', 'OpenAPI that is included', openApi({ 'Fn::Transform': { Name: 'AWS::Include' } }), ['RouteAuthorization[undecided ANY …] at Api']],

  ['RouteValidation', 'validator and model', method(VALIDATED, { ...validator(true, true), Model: { Type: 'AWS::ApiGateway::Model', Properties: { Schema: { type: 'object', required: ['item'] } } } }), []],
  ['RouteValidation', 'no validator', method({ RequestModels: { 'application/json': 'M' } }), ['RouteValidation[POST /orders] at M']],
  ['RouteValidation', 'a validator that lets bodies through', method(VALIDATED, validator(false, true)), ['RouteValidation[POST /orders] at M']],
  ['RouteValidation', 'the model that accepts everything', method({ ...VALIDATED, RequestModels: { 'application/json': 'Empty' } }, validator(true, true)), ['RouteValidation[POST /orders] at M']],
  ['RouteValidation', 'parameters of a GET', method({ HttpMethod: 'GET', RequestValidatorId: { Ref: 'V' } }, validator(false, true)), []],
  ['RouteValidation', 'a validator set at deployment', method({ ...VALIDATED, RequestValidatorId: PARAMETER, RequestModels: { 'application/json': 'M' } }), ['RouteValidation[undecided POST /orders] at M']],
  ['RouteValidation', 'OpenAPI with a schema', oneRoute({ requestBody: { content: { 'application/json': { schema: { $ref: '#/definitions/Order' } } } } }, {
    'definitions': { Order: { type: 'object', required: ['item'] } },
    'x-amazon-apigateway-request-validator': 'all',
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  }), []],
  ['RouteValidation', 'OpenAPI without a schema', oneRoute({ 'x-amazon-apigateway-request-validator': 'all' }, {
    'x-amazon-apigateway-request-validators': { all: { validateRequestBody: true, validateRequestParameters: true } },
  }), ['RouteValidation[POST /orders] at Api']],
  ['RouteValidation', 'OpenAPI with a validator that nobody declared', oneRoute({ 'x-amazon-apigateway-request-validator': 'ghost' }), ['RouteValidation[POST /orders] at Api']],
  ['RouteValidation', 'an HTTP API, which cannot validate', httpRoute({}), []],

  ['StageThrottle', 'limits for all methods', stage([{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 500, ThrottlingBurstLimit: 250 }]), []],
  ['StageThrottle', 'no limits', stage(undefined), ['StageThrottle at S']],
  ['StageThrottle', 'limits for one method only', stage([{ HttpMethod: 'GET', ResourcePath: '/x', ThrottlingRateLimit: 5, ThrottlingBurstLimit: 5 }]), ['StageThrottle at S']],
  ['StageThrottle', 'the quota of the account', stage([{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: 10000, ThrottlingBurstLimit: 250 }]), ['StageThrottle at S']],
  ['StageThrottle', 'a limit switched off', stage([{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: -1, ThrottlingBurstLimit: 250 }]), ['StageThrottle at S']],
  ['StageThrottle', 'a limit set at deployment', stage([{ HttpMethod: '*', ResourcePath: '/*', ThrottlingRateLimit: PARAMETER, ThrottlingBurstLimit: 250 }]), ['StageThrottle[undecided] at S']],
  ['StageThrottle', 'an HTTP API', { S: { Type: 'AWS::ApiGatewayV2::Stage', Properties: { DefaultRouteSettings: { ThrottlingRateLimit: 100, ThrottlingBurstLimit: 50 } } } }, []],
  ['StageThrottle', 'an HTTP API without', { S: { Type: 'AWS::ApiGatewayV2::Stage', Properties: {} } }, ['StageThrottle at S']],
  ['StageThrottle', 'a deployment that makes no stage', { D: { Type: 'AWS::ApiGateway::Deployment', Properties: {} } }, []],
  ['StageThrottle', 'a deployment that makes a stage', { D: { Type: 'AWS::ApiGateway::Deployment', Properties: { StageName: 'prod' } } }, ['StageThrottle at D']],

  ['StageDataTrace', 'fields only', stage([{ HttpMethod: '*', ResourcePath: '/*', DataTraceEnabled: false }]), []],
  ['StageDataTrace', 'whole requests of one method', stage([{ HttpMethod: '*' }, { HttpMethod: 'GET', DataTraceEnabled: true }]), ['StageDataTrace at S']],
  ['StageDataTrace', 'whole requests, as YAML writes it', stage([{ HttpMethod: '*', DataTraceEnabled: 'true' }]), ['StageDataTrace at S']],
  ['StageDataTrace', 'a switch set at deployment', stage([{ HttpMethod: '*', DataTraceEnabled: PARAMETER }]), ['StageDataTrace[undecided] at S']],
  ['StageDataTrace', 'no settings', stage(undefined), []],

  ['ApiWebAcl', 'associated by pointers', stage([], {
    W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: arn('arn:', { Ref: 'AWS::Partition' }, ':apigateway:eu-west-1::/restapis/', { Ref: 'Api' }, '/stages/', { Ref: 'S' }) } },
  }), []],
  ['ApiWebAcl', 'associated by the name of the stage', stage([], {
    W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/prod' } } },
  }), []],
  ['ApiWebAcl', 'associated with another stage', stage([], {
    W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: { 'Fn::Sub': 'arn:aws:apigateway:eu-west-1::/restapis/${Api}/stages/test' } } },
  }), ['ApiWebAcl at S']],
  ['ApiWebAcl', 'nothing in front', stage([]), ['ApiWebAcl at S']],
  ['ApiWebAcl', 'associated with what is known at deployment', stage([], { W: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: PARAMETER } } }), ['ApiWebAcl[undecided] at S']],
  ['ApiWebAcl', 'a private API', stage([], { Api: { Type: 'AWS::ApiGateway::RestApi', Properties: { EndpointConfiguration: { Types: ['PRIVATE'] } } } }), []],
];

describe('The rules', () => {
  test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
    const conditions = { Conditions: { Prod: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] } }, Parameters: { SetAtDeployment: { Type: 'String' } } };
    expect(findings(rule, resources, undefined, conditions)).toEqual(expected);
  });

  test.each(RULES.map(({ id }) => [id]))('%s has nothing to say where its types do not occur', (id) => {
    expect(judged(id, { O: { Type: 'AWS::Location::Map', Properties: {} } })).toBe(0);
  });

  test.each([...new Set(CASES.map(([rule]) => rule))].map((id) => [id]))('%s is shown compliant, violated and open', (id) => {
    expect(shownBy(CASES, id)).toEqual({ compliant: true, violated: true, open: true });
  });

  test('ApiWebAcl is silent where the profile does without web ACLs', () => {
    expect(findings('ApiWebAcl', stage([]), SecurityProfile.sandbox())).toStrictEqual([]);
  });

  test('the sandbox may log more, and never lets certificates go unchecked', () => {
    const variables = withVariables({ LOG_LEVEL: 'debug', NODE_TLS_REJECT_UNAUTHORIZED: '0' });
    expect(findings('EnvironmentDebugSwitch', variables, SecurityProfile.sandbox())).toStrictEqual([]);
    expect(findings('EnvironmentTlsCheck', variables, SecurityProfile.sandbox())).toEqual(['EnvironmentTlsCheck[NODE_TLS_REJECT_UNAUTHORIZED] at F']);
  });

  test('FunctionRoleShared sees functions of two stacks', () => {
    const role = { Type: 'AWS::IAM::Role' };
    const of = (Role: unknown) => ({ Type: 'AWS::Lambda::Function', Properties: { Role } });
    const app = modelOfStacks(
      { id: 'One', template: { Resources: { Role: role, F: of({ 'Fn::GetAtt': ['Role', 'Arn'] }) }, Outputs: { R: { Value: { 'Fn::GetAtt': ['Role', 'Arn'] }, Export: { Name: 'one-role' } } } } },
      { id: 'Two', template: { Resources: { G: of({ 'Fn::ImportValue': 'one-role' }) } } },
    );
    expect(findingsIn('FunctionRoleShared', app)).toEqual(['FunctionRoleShared at F', 'FunctionRoleShared at G']);
  });

  test('a finding id keeps balanced brackets, which CDK insists on', () => {
    expect(findings('IamActionWildcard', policy(allowed('s3:Put]*', 'x')))).toEqual(['IamActionWildcard[Action::s3:Put_*] at P']);
  });
});

describe('Resource wildcards', () => {
  test.each([
    'arn:aws:s3:::receipts/*', 'arn:aws:s3:::receipts/pdf/*', '<Receipts.Arn>/*', '<Orders.Arn>/index/*', 'arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/f:*',
    'arn:aws:secretsmanager:eu-west-1:1:secret:db-??????', 'arn:aws:ssm:eu-west-1:1:parameter/shop/*', 'arn:aws:lambda:eu-west-1:1:function:place:*',
    'arn:<AWS::Partition>:execute-api:<AWS::Region>:<AWS::AccountId>:<Api>/*/GET/x', 'arn:aws:dynamodb:eu-west-1:1:table/Orders/index/*', 'arn:aws:sqs:eu-west-1:1:orders',
    'arn:aws:secretsmanager:eu-west-1:1:secret:shop/db-*', 'arn:aws:logs:eu-west-1:1:log-group:API-Gateway-Execution-Logs_<Shop/Api>/*',
    'arn:aws:logs:eu-west-1:1:log-group:API-Gateway-Execution-Logs_a1b2c3/*:*', 'arn:aws:logs:eu-west-1:1:log-group:/aws/codebuild/<Build>/*',
    'arn:<AWS::Partition>:codebuild:eu-west-1:1:report-group/<Shop/Build>-*', 'arn:<Task>:<Task>:<Task>:<Task>:<Task>/<Task>:*',
  ])('%s names its resource', (resource) => expect(isResourceWildcard(resource)).toBe(false));

  test.each([
    '*', 'arn:aws:s3:::*', 'arn:aws:s3:::receipts-*/x', '<Receipts.Arn>*', 'arn:aws:dynamodb:eu-west-1:1:table/*', 'arn:aws:sqs:eu-west-1:*:orders', 'arn:aws:lambda:eu-west-1:1:function:*',
    'arn:aws:lambda:eu-west-1:1:function:shop-*', 'arn:aws:logs:eu-west-1:1:log-group:/aws/lambda/*', 'arn:aws:logs:*:*:*', 'arn:aws:ssm:eu-west-1:1:parameter/*', 'arn:aws:*:eu-west-1:1:x',
    'arn:<AWS::Partition>:sns:<AWS::Region>:<AWS::AccountId>:*', 'receipts/*', 'arn:aws:iam::1:role/*', 'arn:aws:dynamodb:eu-west-1:1:*', 'arn:aws:dynamodb:eu-west-1:1:*/Orders',
    'arn:aws:secretsmanager:eu-west-1:1:secret:*', 'arn:aws:secretsmanager:eu-west-1:1:secret:shop/*', 'arn:aws:secretsmanager:eu-west-1:1:secret:*-*',
    'arn:aws:logs:eu-west-1:1:log-group:API-Gateway-Execution-Logs_*/prod', 'arn:aws:logs:eu-west-1:1:log-group:/aws/<AWS::StackName>/*',
    'arn:aws:logs:eu-west-1:1:log-group:/aws/<?>/*', 'arn:aws:codebuild:eu-west-1:1:report-group/*', 'arn:aws:codebuild:eu-west-1:1:report-group/shop-*',
    'arn:aws:codebuild:eu-west-1:1:report-group/<Shop/Build>*', 'arn:aws:codebuild:eu-west-1:1:report-group/<AWS::StackName>-*',
    'arn:aws:codebuild:eu-west-1:1:report-group/<?>-*', 'arn:aws:codebuild:eu-west-1:1:project/<Shop/Build>-*',
  ])('%s leaves open what is meant', (resource) => expect(isResourceWildcard(resource)).toBe(true));

  test('actions that cannot be limited are listed in order, with a reason, and hold what our own roles use on "*"', () => {
    const actions = UNSCOPED_ACTIONS.flatMap((entry) => entry.actions);
    for (const entry of UNSCOPED_ACTIONS) expect(entry.actions).toEqual([...entry.actions].sort());
    expect(actions).toEqual(expect.arrayContaining([...TRACE_WRITE_ACTIONS, ...NETWORK_INTERFACE_ACTIONS]));
    for (const { because } of UNSCOPED_ACTIONS) expect(because).toMatch(/https:\/\/docs\.aws\.amazon\.com\/\S+$/);
  });

  test.each([
    'cloudwatch:GetMetricData', 'CloudWatch:putmetricdata', 'dynamodb:ListTables', 'ecr:GetAuthorizationToken', 's3:ListAllMyBuckets', 'sts:GetCallerIdentity',
    'comprehend:DetectSentiment', 'rekognition:DetectLabels', 'tag:GetResources', 'organizations:DescribeOrganization', 'cloudfront:ListDistributions',
  ])('%s has no resource that a policy could name', (action) => expect(isUnscoped(action)).toBe(true));

  test.each([
    'dynamodb:GetItem', 'dynamodb:List*', 's3:PutAccountPublicAccessBlock', 'organizations:LeaveOrganization', 'lambda:CreateEventSourceMapping', 'constructor:name', 'xray', '',
  ])('%s has one, manages rights, is bound by a condition, or is no action', (action) => expect(isUnscoped(action)).toBe(false));
});

describe('docs/rules.md', () => {
  test('is what the records say: run "npx projen rules:docs" after a change', () => {
    expect(readFileSync(join(__dirname, '..', '..', 'docs', 'rules.md'), 'utf8')).toBe(rulesPage(RULES, exampleSources()));
  });
});
