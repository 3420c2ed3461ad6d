import { findings, findingsIn, modelOfStacks, Resources, RuleCase } from '../support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const FOREIGN = '999988887777';
const one = (Type: string, Properties: unknown): Resources => ({ X: { Type, Properties } });
const allow = (Action: unknown, on: unknown, more = {}) => ({ Effect: 'Allow', Action, Resource: on, ...more });
const ROLE = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'print-role' } };
const fn = (more = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': ['R', 'Arn'] }, ...more } });
const policy = (...Statement: unknown[]): Resources => ({
  R: ROLE, P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'R' }], PolicyDocument: { Statement } } },
});
const ofFunction = (...statements: unknown[]): Resources => ({ F: fn(), ...policy(...statements) });
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const trust = (Federated: unknown, Condition?: unknown): Resources => one('AWS::IAM::Role', {
  AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition } },
});
const COGNITO = 'cognito-identity.amazonaws.com';
const GITHUB = 'arn:aws:iam::111122223333:oidc-provider/token.actions.githubusercontent.com';
const github = (sub: unknown, operator = 'StringLike') => trust(GITHUB, {
  StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' }, [operator]: { 'token.actions.githubusercontent.com:sub': sub },
});
const AMR = { 'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: 'authenticated' } };
const permission = (Properties: unknown): Resources => one('AWS::Lambda::Permission', Properties);
const from = (SourceArn: unknown) => permission({ Action: 'lambda:InvokeFunction', Principal: 'x.amazonaws.com', SourceArn });
const url = (more: unknown) => permission({ Action: 'lambda:InvokeFunctionUrl', ...more as object });
const urlOf = (AuthType: unknown): Resources => ({ F: fn({}), U: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arnOf('F'), AuthType } } });
const PUBLIC = urlOf('NONE');
const OVER_PUBLIC = { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'NONE' };
const OVER_ANY = { Action: 'lambda:InvokeFunction', InvokedViaFunctionUrl: true };
const ALIAS = { Type: 'AWS::Lambda::Alias', Properties: { FunctionName: { Ref: 'F' }, Name: 'live', FunctionVersion: '1' } };
const BOTH = { ...PUBLIC, A: ALIAS, V: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arnOf('F'), Qualifier: 'live', AuthType: 'AWS_IAM' } } };

/** What is shown, the permission, the URLs, and the one finding of the three rules that speak of it. */
const EVERYBODY_CALLS: readonly (readonly [string, object, Resources, readonly string[]])[] = [
  ['over a public URL', OVER_PUBLIC, PUBLIC, ['FunctionUrlAuth at U']],
  ['over the public URL of an alias', { ...OVER_PUBLIC, FunctionName: { Ref: 'A' } }, { ...PUBLIC, A: ALIAS }, ['FunctionUrlAuth at U']],
  ['over a public URL, beside one that asks', OVER_PUBLIC, BOTH, ['FunctionUrlAuth at U']],
  ['over a public URL of another app', OVER_PUBLIC, { F: fn({}) }, ['InvokePermissionSource at X']],
  ['over a public URL, where it asks', OVER_PUBLIC, urlOf('AWS_IAM'), ['InvokePermissionSource at X']],
  ['over a public URL, to do anything but call', { ...OVER_PUBLIC, Action: 'lambda:GetFunction' }, PUBLIC, ['FunctionUrlAuth at U', 'InvokePermissionSource at X']],
  ['over any URL, where it is public', OVER_ANY, PUBLIC, ['FunctionUrlAuth at U']],
  ['over any URL, as YAML writes it', { ...OVER_ANY, InvokedViaFunctionUrl: 'true' }, PUBLIC, ['FunctionUrlAuth at U']],
  ['over any URL, where another asks', OVER_ANY, BOTH, ['FunctionUrlAuth at U', 'UrlPermissionScope[everybody] at X']],
  ['over any URL, where it asks', OVER_ANY, urlOf('AWS_IAM'), ['UrlPermissionScope[everybody] at X']],
  ['over URLs that ask', { Action: 'lambda:InvokeFunctionUrl', FunctionUrlAuthType: 'AWS_IAM' }, urlOf('AWS_IAM'), ['UrlPermissionScope[everybody] at X']],
  ['directly', { Action: 'lambda:InvokeFunction' }, PUBLIC, ['FunctionUrlAuth at U', 'InvokePermissionSource at X']],
  ['directly only', { ...OVER_ANY, InvokedViaFunctionUrl: false }, PUBLIC, ['FunctionUrlAuth at U', 'InvokePermissionSource at X']],
  ['directly only, beside a URL that asks', { ...OVER_ANY, InvokedViaFunctionUrl: 'false' }, urlOf('AWS_IAM'), ['InvokePermissionSource at X']],
];
const table = (more = {}) => ({ Type: 'AWS::DynamoDB::Table', Properties: { TableName: 'orders', ...more } });
const route = (HttpMethod: string): Resources => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  M: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod, Integration: { Uri: { 'Fn::Sub': 'arn:aws:apigateway:x/${F.Arn}/invocations' } } } },
});
const managed = (name: string) => one('AWS::IAM::Role', { ManagedPolicyArns: [{ 'Fn::Sub': `arn:\${AWS::Partition}:iam::aws:policy/${name}` }] });

/** rule, what is shown, the resources, and what the rule must say. */
const CASES: readonly RuleCase[] = [
  ['CognitoTrustAudience', 'one pool, signed in', trust(COGNITO, { StringEquals: { [`${COGNITO}:aud`]: { Ref: 'Pool' } }, ...AMR }), ['CognitoTrustAudience[undecided aud] at X']],
  ['CognitoTrustAudience', 'one pool of the app', {
    ...trust(COGNITO, { StringEquals: { [`${COGNITO}:aud`]: { Ref: 'Pool' } }, ...AMR }), Pool: { Type: 'AWS::Cognito::IdentityPool' },
  }, []],
  ['CognitoTrustAudience', 'any pool', trust(COGNITO, AMR), ['CognitoTrustAudience[aud] at X']],
  ['CognitoTrustAudience', 'any pool of a region', trust(COGNITO, { StringLike: { [`${COGNITO}:aud`]: 'eu-west-1:*' }, ...AMR }), ['CognitoTrustAudience[aud] at X']],
  ['CognitoTrustAudience', 'guests too', trust(COGNITO, { StringEquals: { [`${COGNITO}:aud`]: 'eu-west-1:1' } }), ['CognitoTrustAudience[amr] at X']],
  ['CognitoTrustAudience', 'guests by a pattern', trust(COGNITO, {
    'StringEquals': { [`${COGNITO}:aud`]: 'eu-west-1:1' }, 'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: '*authenticated' },
  }), ['CognitoTrustAudience[amr] at X']],
  ['CognitoTrustAudience', 'guests for lack of a value', trust(COGNITO, {
    'StringEquals': { [`${COGNITO}:aud`]: 'eu-west-1:1' }, 'ForAllValues:StringLike': { [`${COGNITO}:amr`]: 'authenticated' },
  }), ['CognitoTrustAudience[amr] at X']],
  ...([
    ['authenticated', 'those who signed in', ['CognitoTrustAudience[amr] at X']],
    ['unauthenticated', 'guests', []],
  ] as const).map(([kind, name, expected]): [string, string, Resources, string[]] => ['CognitoTrustAudience', `guests named in the role of ${name}`, {
    ...trust(COGNITO, { 'StringEquals': { [`${COGNITO}:aud`]: 'eu-west-1:1' }, 'ForAnyValue:StringLike': { [`${COGNITO}:amr`]: ['unauthenticated', 'authenticated'] } }),
    A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { Roles: { [kind]: arnOf('X') } } },
  }, [...expected]]),
  ['CognitoTrustAudience', 'a service', one('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } } } }), []],

  ...([
    ['objects of everybody', allow(['s3:GetObject', 's3:PutObject'], 'arn:aws:s3:::files/own/*'), ['MemberRoleIsolation[s3:GetObject on arn:aws:s3:::files/own/*] at R']],
    ['objects of each', allow(['s3:GetObject', 's3:PutObject'], `arn:aws:s3:::files/own/\${${COGNITO}:sub}/*`), []],
    ['objects of each, by a tag', allow('s3:PutObject', 'arn:aws:s3:::files/${aws:PrincipalTag/sub}/*'), []],
    ['objects that all read', allow('s3:GetObject', 'arn:aws:s3:::files/public/*'), []],
    ['objects that all read, to be written by all', allow('s3:*', 'arn:aws:s3:::files/public/*'), ['MemberRoleIsolation[s3:PutObject on arn:aws:s3:::files/public/*] at R']],
    ['one object', allow('s3:GetObject', 'arn:aws:s3:::files/own/terms.pdf'), []],
    ['items of everybody', allow('dynamodb:Query', arnOf('T')), ['MemberRoleIsolation[dynamodb:Query on Shop/T] at R']],
    ['items of each', allow('dynamodb:Query', arnOf('T'), { Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': [`\${${COGNITO}:sub}`] } } }), []],
    ['a function', allow('lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:own*'), []],
  ] as [string, object, string[]][]).flatMap(([name, right, expected]): [string, string, Resources, string[]][] => (['authenticated', 'unauthenticated'] as const).map((kind) => [
    'MemberRoleIsolation', `${name}, in the role of the ${kind}`, {
      ...policy(right), T: table(), A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { Roles: { [kind]: arnOf('R') } } },
    }, kind === 'authenticated' ? expected : [],
  ])),

  ['FederatedTrustSubject', 'a repository', github('repo:shop/orders:*'), []],
  ['FederatedTrustSubject', 'an organization', github('repo:shop/*'), []],
  ['FederatedTrustSubject', 'everybody', github('*'), ['FederatedTrustSubject[token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'every repository', github(['repo:shop/orders:*', 'repo:*']), ['FederatedTrustSubject[token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'organizations that begin so', github('repo:shop*/orders:*'), ['FederatedTrustSubject[token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'a subject that may be missing', github('repo:shop/orders:*', 'StringLikeIfExists'), ['FederatedTrustSubject[token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'the audience alone', trust(GITHUB, { StringEquals: { 'token.actions.githubusercontent.com:aud': 'sts.amazonaws.com' } }),
    ['FederatedTrustSubject[token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'a subject that is set at deployment', github(PARAMETER), ['FederatedTrustSubject[undecided token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'an environment, a branch or a workflow, which every repository may have',
    github(['environment:production', 'ref:refs/heads/main', 'workflow:Deploy', 'context:pull_request']), ['FederatedTrustSubject[token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'an environment of an organization', github(['environment:production:repository_owner:shop', 'environment:production:repo:shop/orders']), []],
  ['FederatedTrustSubject', 'a workflow that repositories share', github('job_workflow_ref:shop/deploys/.github/workflows/deploy.yml@refs/heads/main'), []],
  ['FederatedTrustSubject', 'any subject, of a repository that another key names', trust(GITHUB, {
    StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:*:environment:production' },
    StringEquals: { 'token.actions.githubusercontent.com:repository': 'shop/orders' },
  }), []],
  ['FederatedTrustSubject', 'one key that names everybody, and another that the deployment decides', trust(GITHUB, {
    StringLike: { 'token.actions.githubusercontent.com:sub': '*' }, StringEquals: { 'token.actions.githubusercontent.com:repository': PARAMETER },
  }), ['FederatedTrustSubject[undecided token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'a provider of the app', {
    ...trust({ Ref: 'Github' }), Github: { Type: 'AWS::IAM::OIDCProvider', Properties: { Url: 'https://token.actions.githubusercontent.com' } },
  }, ['FederatedTrustSubject[token.actions.githubusercontent.com] at X']],
  ['FederatedTrustSubject', 'an own provider and its audience', trust('arn:aws:iam::111122223333:oidc-provider/id.example.com', { StringEquals: { 'id.example.com:aud': 'shop' } }), []],
  ['FederatedTrustSubject', 'an own provider', trust('arn:aws:iam::111122223333:oidc-provider/id.example.com'), ['FederatedTrustSubject[id.example.com] at X']],
  ['FederatedTrustSubject', 'SAML', trust('arn:aws:iam::111122223333:saml-provider/corp'), []],
  ['FederatedSubjectBreadth', 'an organization', github('repo:shop/*'), ['FederatedSubjectBreadth[repo:shop/*] at X']],
  ['FederatedSubjectBreadth', 'any branch of a repository', github('repo:shop/orders:*'), []],
  ['FederatedSubjectBreadth', 'repositories that begin so', github('repo:shop/orders*'), ['FederatedSubjectBreadth[repo:shop/orders*] at X']],
  ['FederatedSubjectBreadth', 'the production of repositories that begin so', github('repo:shop/or?ers-*:environment:production'),
    ['FederatedSubjectBreadth[repo:shop/or?ers-*:environment:production] at X']],

  ['GuestRoleRights', 'guests that write', {
    R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow('dynamodb:PutItem', '*') } }] } },
    A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { Roles: { unauthenticated: arnOf('R') } } },
  }, ['GuestRoleRights[dynamodb:PutItem] at R']],
  ['GuestRoleRights', 'guests that send events to analytics', {
    R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow(['mobiletargeting:PutEvents', 'rum:PutRumEvents'], '*') } }] } },
    A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { Roles: { unauthenticated: arnOf('R') } } },
  }, []],
  ['GuestRoleRights', 'guests that read public files', {
    R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow('s3:GetObject', 'arn:aws:s3:::shop/public/*') } }] } },
    A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { Roles: { unauthenticated: arnOf('R') } } },
  }, []],
  ['GuestRoleRights', 'users', { R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow('s3:*', '*') } }] } } }, []],

  ['IamPrivilegeEscalation', 'own policies', ofFunction(allow('iam:PutRolePolicy', arnOf('R'))), ['IamPrivilegeEscalation[iam:PutRolePolicy] at P']],
  ['IamPrivilegeEscalation', 'policies by a pattern', ofFunction(allow('iam:Put*', 'arn:aws:iam::111122223333:role/x')), ['IamPrivilegeEscalation[iam:PutGroupPolicy] at P']],
  ['IamPrivilegeEscalation', 'all but a few actions', ofFunction({ Effect: 'Allow', NotAction: 's3:*', Resource: '*' }),
    ['IamPrivilegeEscalation[iam:AddUserToGroup] at P', 'IamPrivilegeEscalation[iam:PassRole] at P', 'IamPrivilegeEscalation[sts:AssumeRole] at P']],
  ['IamPrivilegeEscalation', 'any role', policy(allow('iam:PassRole', '*')), ['IamPrivilegeEscalation[iam:PassRole] at P']],
  ['IamPrivilegeEscalation', 'any role to one service', policy(allow('iam:PassRole', '*', { Condition: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } } })), []],
  ['IamPrivilegeEscalation', 'any role to any service', policy(allow('iam:PassRole', '*', { Condition: { StringLike: { 'iam:PassedToService': '*' } } })),
    ['IamPrivilegeEscalation[iam:PassRole] at P']],
  ['IamPrivilegeEscalation', 'one role', policy(allow('iam:PassRole', arnOf('R'))), []],
  ['IamPrivilegeEscalation', 'any role of any account', policy(allow('sts:AssumeRole', 'arn:aws:iam::*:role/deploy')), ['IamPrivilegeEscalation[sts:AssumeRole] at P']],
  ['IamPrivilegeEscalation', 'a boundary', policy(allow('iam:PutRolePolicy', '*', { Condition: { StringEquals: { 'iam:PermissionsBoundary': 'arn:aws:iam::1:policy/b' } } })), []],
  ['IamPrivilegeEscalation', 'a policy that only bounds', {
    R: { Type: 'AWS::IAM::Role', Properties: { PermissionsBoundary: { Ref: 'P' } } },
    P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: allow('iam:*', '*') } } },
  }, []],

  ['FunctionCodeRights', 'own code', ofFunction(allow('lambda:UpdateFunctionCode', arnOf('F'))), ['FunctionCodeRights[lambda:UpdateFunctionCode] at P']],
  ['FunctionCodeRights', 'own code, in other letters', ofFunction(allow(['LAMBDA:updatefunctionconfiguration'], '*')), ['FunctionCodeRights[lambda:UpdateFunctionConfiguration] at P']],
  ['FunctionCodeRights', 'any function', ofFunction(allow('lambda:InvokeFunction', '*')), ['FunctionCodeRights[lambda:InvokeFunction] at P']],
  ['FunctionCodeRights', 'one function', ofFunction(allow('lambda:InvokeFunction', 'arn:aws:lambda:eu-west-1:111122223333:function:pay')), []],
  ['FunctionCodeRights', 'a managed policy that the role names', {
    F: fn(),
    R: { Type: 'AWS::IAM::Role', Properties: { ManagedPolicyArns: [{ Ref: 'P' }] } },
    P: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: { Statement: allow('lambda:AddPermission', '*') } } },
  }, ['FunctionCodeRights[lambda:AddPermission] at P']],
  ['FunctionCodeRights', 'a role of the deployment', policy(allow('lambda:UpdateFunctionCode', '*')), []],
  ['KeyControlRights', 'grants', ofFunction(allow('kms:CreateGrant', arnOf('K'))), ['KeyControlRights[kms:CreateGrant] at P']],
  ['KeyControlRights', 'everything', ofFunction(allow('kms:*', arnOf('K'))), ['KeyControlRights[kms:CreateGrant] at P']],
  ['KeyControlRights', 'grants for services', ofFunction(allow('kms:CreateGrant', arnOf('K'), { Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } })), []],
  ['KeyControlRights', 'use', ofFunction(allow(['kms:Decrypt', 'kms:GenerateDataKey*'], arnOf('K'))), []],
  ['KeyControlRights', 'a role of a service that attaches volumes', policy(allow('kms:CreateGrant', arnOf('K'))), []],

  ['ManagedPolicyAccess', 'administrators', managed('AdministratorAccess'), ['ManagedPolicyAccess[AdministratorAccess] at X']],
  ['ManagedPolicyAccess', 'a whole service', managed('AmazonSQSFullAccess'), ['ManagedPolicyAccess[AmazonSQSFullAccess] at X']],
  ['ManagedPolicyAccess', 'an execution role', managed('service-role/AWSLambdaBasicExecutionRole'), []],
  ['ManagedPolicyAccess', 'one that is set at deployment', one('AWS::IAM::Role', { ManagedPolicyArns: [PARAMETER] }), ['ManagedPolicyAccess[undecided] at X']],
  ['ManagedPolicyBreadth', 'reading', managed('AmazonS3ReadOnlyAccess'), ['ManagedPolicyBreadth[AmazonS3ReadOnlyAccess] at X']],
  ['ManagedPolicyBreadth', 'a policy of the app', { ...one('AWS::IAM::Role', { ManagedPolicyArns: [{ Ref: 'P' }] }), P: { Type: 'AWS::IAM::ManagedPolicy' } }, []],
  ['IamUserKeys', 'a key', one('AWS::IAM::AccessKey', { UserName: 'ci' }), ['IamUserKeys[access key] at X']],
  ['IamUserKeys', 'a password', one('AWS::IAM::User', { LoginProfile: { Password: PARAMETER } }), ['IamUserKeys[password] at X']],
  ['IamUserKeys', 'a user', one('AWS::IAM::User', {}), []],
  ['IamUserPresent', 'a user', one('AWS::IAM::User', {}), ['IamUserPresent at X']],

  ['PermissionSourceBreadth', 'one topic', from('arn:aws:sns:eu-west-1:111122223333:orders'), []],
  ['PermissionSourceBreadth', 'one API', from({ 'Fn::Sub': 'arn:aws:execute-api:${AWS::Region}:${AWS::AccountId}:${Api}/*/GET/orders' }), []],
  ...['/*', '/*/*', '/*/*/*'].map((path): [string, string, Resources, string[]] => [
    'PermissionSourceBreadth', `any route: ${path}`, from({ 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}${path}` }),
    ['PermissionSourceBreadth[route] at X'],
  ]),
  ...['/*/*/orders', '/prod/*/*', '/prod/*', '/*/GET/*', '/*/$connect', '/authorizers/*'].map((path): [string, string, Resources, string[]] => [
    'PermissionSourceBreadth', `a part of one API: ${path}`, from({ 'Fn::Sub': `arn:aws:execute-api:\${AWS::Region}:\${AWS::AccountId}:\${Api}${path}` }), [],
  ]),
  ['PermissionSourceBreadth', 'every API', from('arn:aws:execute-api:eu-west-1:111122223333:*/*/GET/orders'), ['PermissionSourceBreadth[resource] at X']],
  ['PermissionSourceBreadth', 'every bucket', from('arn:aws:s3:::*'), ['PermissionSourceBreadth[resource] at X']],
  ['PermissionSourceBreadth', 'one bucket', from('arn:aws:s3:::receipts'), []],
  ['PermissionSourceBreadth', 'every account', from('arn:aws:sns:eu-west-1:*:orders'), ['PermissionSourceBreadth[account] at X']],
  ['PermissionSourceBreadth', 'no account', from('arn:aws:sns:eu-west-1::orders'), ['PermissionSourceBreadth[account] at X']],
  ['PermissionSourceBreadth', 'every region', from('arn:aws:sns:*:111122223333:orders'), ['PermissionSourceBreadth[region] at X']],
  ['PermissionSourceBreadth', 'every rule', from({ 'Fn::Join': [':', ['arn:aws:events', { Ref: 'AWS::Region' }, { Ref: 'AWS::AccountId' }, 'rule/*']] }), ['PermissionSourceBreadth[resource] at X']],
  ['PermissionSourceBreadth', 'rules of one bus', from('arn:aws:events:eu-west-1:111122223333:rule/shop/*'), ['PermissionSourceBreadth[resource] at X']],
  ['PermissionSourceBreadth', 'a pointer', { ...from({ Ref: 'T' }), T: { Type: 'AWS::SNS::Topic' } }, []],
  ['PermissionSourceBreadth', 'a source that is set at deployment', from(PARAMETER), ['PermissionSourceBreadth[undecided] at X']],
  ['PermissionActionScope', 'everything', permission({ Action: 'lambda:*', Principal: 'x.amazonaws.com' }), ['PermissionActionScope[lambda:*] at X']],
  ['PermissionActionScope', 'the code', permission({ Action: 'lambda:GetFunction' }), ['PermissionActionScope[lambda:GetFunction] at X']],
  ['PermissionActionScope', 'a call', permission({ Action: 'lambda:invokefunction' }), []],
  ['UrlPermissionScope', 'everybody', url({ Principal: '*', FunctionUrlAuthType: 'AWS_IAM' }), ['UrlPermissionScope[everybody] at X']],
  ['UrlPermissionScope', 'everybody, if over the URL', permission({ Action: 'lambda:InvokeFunction', Principal: '*', InvokedViaFunctionUrl: true }), ['UrlPermissionScope[everybody] at X']],
  ['UrlPermissionScope', 'everybody, for URLs without authentication', url({ Principal: '*', FunctionUrlAuthType: 'NONE' }), []],
  ['UrlPermissionScope', 'everybody, if over a URL without authentication', {
    ...permission({ Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'F' }, Principal: '*', InvokedViaFunctionUrl: true }), ...urlOf('NONE'),
  }, []],
  ['UrlPermissionScope', 'everybody, if over a URL with authentication', {
    ...permission({ Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'F' }, Principal: '*', InvokedViaFunctionUrl: true }), ...urlOf('AWS_IAM'),
  }, ['UrlPermissionScope[everybody] at X']],
  ['UrlPermissionScope', 'everybody, if over a URL whose authentication the deployment decides', {
    ...permission({ Action: 'lambda:InvokeFunction', FunctionName: { Ref: 'F' }, Principal: '*', InvokedViaFunctionUrl: true }), ...urlOf({ 'Fn::If': ['C', 'NONE', 'AWS_IAM'] }),
  }, ['UrlPermissionScope[everybody] at X']],
  ...['FunctionUrlAuth', 'InvokePermissionSource', 'UrlPermissionScope'].flatMap((rule) => EVERYBODY_CALLS.map(([name, properties, urls, told]): RuleCase => [
    rule, `everybody: ${name}`, { ...permission({ FunctionName: { Ref: 'F' }, Principal: '*', ...properties }), ...urls },
    told.filter((finding) => finding.startsWith(rule)),
  ])),
  ['UrlPermissionScope', 'an organization', url({ Principal: '*', PrincipalOrgID: 'o-a' }), []],
  ['UrlPermissionScope', 'every distribution', url({ Principal: 'cloudfront.amazonaws.com', SourceAccount: '1' }), ['UrlPermissionScope[cloudfront] at X']],
  ['UrlPermissionScope', 'every distribution of an account',
    url({ Principal: 'cloudfront.amazonaws.com', SourceArn: 'arn:aws:cloudfront::111122223333:distribution/*' }), []],
  ['PermissionSourceBreadth', 'every distribution of an account',
    url({ Principal: 'cloudfront.amazonaws.com', SourceArn: 'arn:aws:cloudfront::111122223333:distribution/*' }), ['PermissionSourceBreadth[resource] at X']],
  ['UrlPermissionScope', 'one distribution', url({
    Principal: 'cloudfront.amazonaws.com', SourceArn: { 'Fn::Sub': 'arn:aws:cloudfront::${AWS::AccountId}:distribution/E123' },
  }), []],
  ['UrlPermissionScope', 'no URL', permission({ Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com' }), []],

  ['ReadRouteRights', 'a reader that deletes', { ...ofFunction(allow('dynamodb:DeleteItem', arnOf('T'))), T: table(), ...route('GET') },
    ['ReadRouteRights[dynamodb:DeleteItem on Shop/T] at F']],
  ['ReadRouteRights', 'a reader that reads', { ...ofFunction(allow(['dynamodb:GetItem', 'dynamodb:Query'], arnOf('T'))), T: table(), ...route('GET') }, []],
  ['ReadRouteRights', 'a writer', { ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route('POST') }, []],
  ['ReadRouteRights', 'a reader that a queue calls too', {
    ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route('GET'), E: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'F' } } },
  }, []],
  ['ReadRouteRights', 'a reader with a queue for failures', {
    ...policy(allow('sqs:SendMessage', arnOf('Q'))), F: fn({ DeadLetterConfig: { TargetArn: arnOf('Q') } }), Q: { Type: 'AWS::SQS::Queue' }, ...route('GET'),
  }, []],
  ['IndexGrantUnused', 'no index', { ...policy(allow('dynamodb:Query', { 'Fn::Sub': '${T.Arn}/index/*' })), T: table() }, ['IndexGrantUnused[<Shop/T.Arn>/index/*] at P']],
  ['IndexGrantUnused', 'no index, by name', { ...policy(allow('dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*')), T: table() },
    ['IndexGrantUnused[arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*] at P']],
  ['IndexGrantUnused', 'an index of vectors', { ...policy(allow('dynamodb:SearchVectors', { 'Fn::Sub': '${T.Arn}/index/meaning' })), T: table({ VectorIndexes: [{ IndexName: 'meaning' }] }) }, []],
  ['IndexGrantUnused', 'an index', { ...policy(allow('dynamodb:Query', { 'Fn::Sub': '${T.Arn}/index/*' })), T: table({ LocalSecondaryIndexes: [{}] }) }, []],
  ['TenantScanRights', 'scans beside bound keys', {
    ...ofFunction(allow('dynamodb:Query', arnOf('T'), { Condition: { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] } } }), allow('dynamodb:Scan', arnOf('T'))),
    T: table(),
  }, ['TenantScanRights[dynamodb:Scan] at P']],
  ['TenantScanRights', 'PartiQL on a table of tenants behind a route', {
    ...ofFunction(allow('dynamodb:PartiQL*', arnOf('T'))), T: table({ KeySchema: [{ AttributeName: 'tenantId', KeyType: 'HASH' }] }), ...route('GET'),
  }, ['TenantScanRights[dynamodb:PartiQLSelect] at P']],
  ['TenantScanRights', 'a scan of a table of tenants behind a data source of AppSync', {
    ...ofFunction(allow('dynamodb:Scan', arnOf('T'))),
    T: table({ KeySchema: [{ AttributeName: 'tenantId', KeyType: 'HASH' }] }),
    D: { Type: 'AWS::AppSync::DataSource', Properties: { Type: 'AWS_LAMBDA', LambdaConfig: { LambdaFunctionArn: arnOf('F') } } },
  }, ['TenantScanRights[dynamodb:Scan] at P']],
  ['TenantScanRights', 'a report', { ...ofFunction(allow('dynamodb:Scan', arnOf('T'))), T: table({ KeySchema: [{ AttributeName: 'tenantId', KeyType: 'HASH' }] }) }, []],
  ['TenantScanRights', 'no tenants', { ...ofFunction(allow('dynamodb:Scan', arnOf('T'))), T: table(), ...route('GET') }, []],
  ['IamActionPattern', 'patterns that read, and those of grants of CDK', policy(allow(['dynamodb:BatchGet*', 's3:DeleteObject*', 'KMS:ReEncrypt*'], 'x')),
    ['IamActionPattern[Action::KMS:ReEncrypt*] at P', 'IamActionPattern[Action::dynamodb:BatchGet*] at P', 'IamActionPattern[Action::s3:DeleteObject*] at P']],
  ['IamActionPattern', 'wider patterns, which another rule judges', policy(allow(['s3:*', 's3:Put*', 'sts:Get*', '*'], 'x')), []],
  ['IamActionPattern', 'named actions', policy(allow(['s3:GetObject'], 'x')), []],
  ['IamActionPattern', 'an action set at deployment, about which another rule asks', policy(allow({ Ref: 'SetAtDeployment' }, 'x')), []],
  ['IamResourceWildcard', 'everything, but through one access point', policy(allow('elasticfilesystem:ClientMount', '*', { Condition: { StringEquals: { 'elasticfilesystem:AccessPointArn': arnOf('A') } } })), []],
  ['IamResourceWildcard', 'everything, with a tag', policy(allow('dynamodb:GetItem', '*', { Condition: { StringEquals: { 'aws:ResourceTag/app': 'shop' } } })), []],
  ['IamResourceWildcard', 'everything, with any tag', policy(allow('dynamodb:GetItem', '*', { Condition: { StringLike: { 'aws:ResourceTag/app': '*' } } })), ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'everything, with a tag if there is one', policy(allow('dynamodb:GetItem', '*', { Condition: { StringEqualsIfExists: { 'aws:ResourceTag/app': 'shop' } } })),
    ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'the log groups of APIs that do not exist yet', policy(allow('logs:PutLogEvents', { 'Fn::Sub': 'arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/appsync/apis/*' })), []],
  ['IamResourceWildcard', 'a list of all log groups, which knows no single one', policy(allow('logs:DescribeLogGroups', 'arn:aws:logs:eu-west-1:111122223333:log-group:*')), []],
  ['IamResourceWildcard', 'a list, and more', policy(allow(['logs:DescribeLogGroups', 'logs:GetLogEvents'], 'arn:aws:logs:eu-west-1:111122223333:log-group:*')),
    ['IamResourceWildcard[Resource::arn:aws:logs:eu-west-1:111122223333:log-group:*] at P']],
  ['IamResourceWildcard', 'a list in all regions', policy(allow('logs:DescribeLogGroups', 'arn:aws:logs:*:111122223333:log-group:*')),
    ['IamResourceWildcard[Resource::arn:aws:logs:*:111122223333:log-group:*] at P']],
  ['IamResourceWildcard', 'reading the same', policy(allow('logs:GetLogEvents', 'arn:aws:logs:eu-west-1:111122223333:log-group:/aws/appsync/apis/*')),
    ['IamResourceWildcard[Resource::arn:aws:logs:eu-west-1:111122223333:log-group:/aws/appsync/apis/*] at P']],
  ['StoreControlRights', 'a policy of a table', ofFunction(allow(['dynamodb:GetItem', 'dynamodb:PutResourcePolicy'], arnOf('T'))), ['StoreControlRights[dynamodb:PutResourcePolicy] at P']],
  ['StoreControlRights', 'by a pattern in the middle', ofFunction(allow('s3:PutBucket?olicy', arnOf('B'))), ['StoreControlRights[s3:PutBucketPolicy] at P']],
  ['StoreControlRights', 'items only', ofFunction(allow(['dynamodb:GetItem', 'dynamodb:PutItem'], arnOf('T'))), []],
  ['StoreControlRights', 'a role of no function', policy(allow('dynamodb:PutResourcePolicy', arnOf('T'))), []],
  ['GrantWithoutUse', 'a forgotten right', {
    ...policy(allow('sqs:SendMessage', arnOf('Q'))), F: fn({ Environment: { Variables: { TABLE: { Ref: 'T' } } } }), T: table(), Q: { Type: 'AWS::SQS::Queue' },
  }, ['GrantWithoutUse[Shop/Q] at F']],
  ['GrantWithoutUse', 'a right that is used', {
    ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: fn({ Environment: { Variables: { TABLE: { Ref: 'T' } } } }), T: table(),
  }, []],
  ['GrantWithoutUse', 'a right on a function of which the environment names a version', {
    ...policy(allow('lambda:InvokeFunction', [arnOf('G'), { 'Fn::Sub': '${G.Arn}:*' }])),
    F: fn({ Environment: { Variables: { TABLE: { Ref: 'T' }, ACTIVITY: { Ref: 'V' } } } }),
    G: { Type: 'AWS::Lambda::Function' },
    V: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'G' } } },
    T: table(),
  }, []],
  ...([
    ['with a distributed map, which starts it for each part', { DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Map","ItemProcessor":{"ProcessorConfig": {"Mode": "DISTRIBUTED"}}}}}' }, []],
    ['with one as an object', { Definition: { StartAt: 'A', States: { A: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' } } } } } }, []],
    ['without', { Definition: { StartAt: 'A', States: { A: { Type: 'Map', ItemProcessor: { ProcessorConfig: { Mode: 'INLINE' } } } } } }, ['GrantWithoutUse[Shop/M] at M']],
  ] as const).map(([name, definition, found]): RuleCase => ['GrantWithoutUse', `the right of a workflow to start itself, ${name}`, {
    ...policy(allow('states:StartExecution', { Ref: 'M' })), M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('R'), ...definition } },
  }, [...found]]),
  ['GrantWithoutUse', 'a right on a literal name', {
    ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: fn({ Environment: { Variables: { TABLE: 'orders', OTHER: { Ref: 'Q' } } } }), T: table(), Q: { Type: 'AWS::SQS::Queue' },
  }, []],
  ['GrantWithoutUse', 'a right of a function that is told nothing', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: fn(), T: table() }, ['GrantWithoutUse[Shop/T] at F']],
  ['GrantWithoutUse', 'a right of a function that looks names up', { ...policy(allow(['dynamodb:GetItem', 'ssm:GetParameter'], arnOf('T'))), F: fn(), T: table() }, []],
  ['GrantWithoutUse', 'a workflow that may call a function which its definition does not name', {
    ...policy(allow('lambda:InvokeFunction', arnOf('F'))),
    F: { Type: 'AWS::Lambda::Function', Properties: {} },
    M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('R'), Definition: { StartAt: 'A', States: { A: { Type: 'Pass', End: true } } } } },
  }, ['GrantWithoutUse[Shop/F] at M']],
  ['GrantWithoutUse', 'a workflow that calls a function by a substitution', {
    ...policy(allow('lambda:InvokeFunction', [arnOf('F'), { 'Fn::Sub': '${F.Arn}:*' }])),
    F: { Type: 'AWS::Lambda::Function', Properties: {} },
    M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('R'), DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Task","Resource":"${F}","End":true}}}', DefinitionSubstitutions: { F: arnOf('F') } } },
  }, []],
  ['GrantWithoutUse', 'a secret whose name CloudFormation makes, of a function that is told nothing', {
    ...policy(allow('secretsmanager:GetSecretValue', { Ref: 'S' })), F: fn(), S: { Type: 'AWS::SecretsManager::Secret' },
  }, ['GrantWithoutUse[Shop/S] at F']],
  ['GrantWithoutUse', 'a secret whose name the author chose, of a function that is told nothing', {
    ...policy(allow('secretsmanager:GetSecretValue', { Ref: 'S' })), F: fn(), S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'shop/db' } },
  }, []],
  ['GrantWithoutUse', 'a table of a function that reads a secret which it can find', {
    ...policy(allow('secretsmanager:GetSecretValue', 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:settings-AbCdEf'), allow('dynamodb:GetItem', arnOf('T'))), F: fn(), T: table(),
  }, []],
  ['GrantWithoutUse', 'the name is a part of another one', {
    ...policy(allow('dynamodb:GetItem', 'arn:aws:dynamodb:eu-west-1:111122223333:table/fleet')), F: fn({ Environment: { Variables: { GROUP: '/logs/fleet-socket' } } }),
  }, ['GrantWithoutUse[fleet] at F']],
  ['GrantWithoutUse', 'a right on an event source', {
    ...policy(allow('sqs:ReceiveMessage', arnOf('Q'))),
    F: fn({ Environment: { Variables: { TABLE: { Ref: 'T' } } } }),
    T: table(),
    Q: { Type: 'AWS::SQS::Queue' },
    E: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'F' }, EventSourceArn: arnOf('Q') } },
  }, []],

  ['KeyDecryptScope', 'a key for anything', ofFunction(allow('secretsmanager:GetSecretValue', arnOf('S')), allow('kms:Decrypt', arnOf('K'))), ['KeyDecryptScope at P']],
  ['KeyDecryptScope', 'a key for secrets', ofFunction(allow('secretsmanager:GetSecretValue', arnOf('S')),
    allow('kms:Decrypt', arnOf('K'), { Condition: { StringEquals: { 'kms:ViaService': { 'Fn::Sub': 'secretsmanager.${AWS::Region}.amazonaws.com' } } } })), []],
  ['KeyDecryptScope', 'a key for anything, and no secrets', ofFunction(allow('kms:Decrypt', arnOf('K'))), ['KeyDecryptScope at P']],
  ['KeyDecryptScope', 'a key by its literal ARN', ofFunction(allow(['kms:Decrypt'], 'arn:aws:kms:eu-west-1:111122223333:key/0a1b')), ['KeyDecryptScope at P']],
  ['KeyDecryptScope', 'a key for a table', ofFunction(
    allow('kms:Decrypt', arnOf('K'), { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' } } })), []],
  ['KeyDecryptScope', 'a key for any service', ofFunction(allow('kms:Decrypt', arnOf('K'), { Condition: { StringLike: { 'kms:ViaService': '*' } } })), ['KeyDecryptScope at P']],
  ['KeyDecryptScope', 'every action on keys', ofFunction(allow('kms:*', arnOf('K'))), ['KeyDecryptScope at P']],
  ['KeyDecryptScope', 'a role of no function', policy(allow('kms:Decrypt', arnOf('K'))), []],
  ['SecretManyReaders', 'four readers', {
    S: { Type: 'AWS::SecretsManager::Secret' },
    ...Object.fromEntries([1, 2, 3, 4].map((n) => [`R${n}`, {
      Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow('secretsmanager:Get*', { Ref: 'S' }) } }] },
    }])),
  }, ['SecretManyReaders at S']],
  ['SecretManyReaders', 'four readers of a secret that another app holds', Object.fromEntries([1, 2, 3, 4].map((n) => [`R${n}`, {
    Type: 'AWS::IAM::Role',
    Properties: { Policies: [{ PolicyDocument: { Statement: allow('secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-${n === 1 ? 'AbCdEf' : '??????'}`) } }] },
  }])), ['SecretManyReaders[db] at Template']],
  ['SecretManyReaders', 'one reader', { S: { Type: 'AWS::SecretsManager::Secret' }, ...policy(allow('secretsmanager:GetSecretValue', { Ref: 'S' })) }, []],

  ['ForeignCodeSource', 'a layer of somebody', { F: fn({ Layers: [`arn:aws:lambda:eu-west-1:${FOREIGN}:layer:apm:1`] }) }, [`ForeignCodeSource[Layers ${FOREIGN}] at F`]],
  ['ForeignCodeSource', 'a layer of AWS', { F: fn({ Layers: ['arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:35', { Ref: 'L' }] }) }, []],
  ['ForeignCodeSource', 'an image of somebody', { F: fn({ Code: { ImageUri: `${FOREIGN}.dkr.ecr.eu-west-1.amazonaws.com/app:1` } }) }, [`ForeignCodeSource[Code.ImageUri ${FOREIGN}] at F`]],
  ['ForeignCodeSource', 'a bucket that tells its account', { F: fn({ Code: { S3Bucket: `artifacts-${FOREIGN}-eu-west-1`, S3Key: 'x' } }) }, [`ForeignCodeSource[Code.S3Bucket ${FOREIGN}] at F`]],
  ['CustomResourceAbroad', 'a function of somebody', { X: { Type: 'Custom::Seed', Properties: { ServiceToken: `arn:aws:lambda:eu-west-1:${FOREIGN}:function:seed` } } }, [`CustomResourceAbroad[${FOREIGN}] at X`]],
  ['CustomResourceAbroad', 'a topic of somebody', one('AWS::CloudFormation::CustomResource', { ServiceToken: { 'Fn::Sub': `arn:\${AWS::Partition}:sns:\${AWS::Region}:${FOREIGN}:made` } }),
    [`CustomResourceAbroad[${FOREIGN}] at X`]],
  ['CustomResourceAbroad', 'a macro of somebody', one('AWS::CloudFormation::Macro', { Name: 'Shop', FunctionName: `arn:aws:lambda:eu-west-1:${FOREIGN}:function:shop` }), [`CustomResourceAbroad[${FOREIGN}] at X`]],
  ['CustomResourceAbroad', 'an own function', { X: { Type: 'Custom::Seed', Properties: { ServiceToken: arnOf('F') } }, F: fn(), R: ROLE }, []],
  ['CustomResourceAbroad', 'a function of the account', one('AWS::CloudFormation::CustomResource', { ServiceToken: { 'Fn::Sub': 'arn:aws:lambda:eu-west-1:${AWS::AccountId}:function:seed' } }), []],
  ['CustomResourceAbroad', 'something else with such a property', one('AWS::SSM::Parameter', { ServiceToken: `arn:aws:lambda:eu-west-1:${FOREIGN}:function:seed` }), []],
  ['ForeignEventSource', 'a queue of somebody', one('AWS::Lambda::EventSourceMapping', { EventSourceArn: `arn:aws:sqs:eu-west-1:${FOREIGN}:q` }),
    [`ForeignEventSource[EventSourceArn ${FOREIGN}] at X`]],
  ['ForeignEventSource', 'an own queue', one('AWS::Lambda::EventSourceMapping', { EventSourceArn: { 'Fn::Sub': 'arn:aws:sqs:eu-west-1:${AWS::AccountId}:q' } }), []],
  ['LogDataAbroad', 'a destination of somebody', one('AWS::Logs::SubscriptionFilter', { DestinationArn: `arn:aws:logs:eu-west-1:${FOREIGN}:destination:d` }),
    [`LogDataAbroad[DestinationArn ${FOREIGN}] at X`]],
  ['LogDataAbroad', 'the policy of an account', one('AWS::Logs::AccountPolicy', { PolicyDocument: JSON.stringify({ DestinationArn: `arn:aws:logs:eu-west-1:${FOREIGN}:destination:d` }) }),
    [`LogDataAbroad[PolicyDocument ${FOREIGN}] at X`]],
  ['LogDataAbroad', 'an own stream', { ...one('AWS::Logs::SubscriptionFilter', { DestinationArn: arnOf('S') }), S: { Type: 'AWS::Kinesis::Stream' } }, []],

  ['IntegrationCallerCredentials', 'the caller', one('AWS::ApiGateway::Method', { Integration: { Credentials: 'arn:aws:iam::*:user/*' } }), ['IntegrationCallerCredentials[caller] at X']],
  ['IntegrationCallerCredentials', 'the caller, in pieces', one('AWS::ApiGatewayV2::Integration', { CredentialsArn: { 'Fn::Sub': 'arn:${AWS::Partition}:iam::*:user/*' } }),
    ['IntegrationCallerCredentials[caller] at X']],
  ['IntegrationCallerCredentials', 'the caller, in a document', one('AWS::ApiGateway::RestApi', {
    Body: { paths: { '/a': { get: { 'x-amazon-apigateway-integration': { credentials: 'arn:aws:iam::*:user/*' } } } } },
  }), ['IntegrationCallerCredentials[caller GET /a] at X']],
  ['IntegrationCallerCredentials', 'a role for a whole service', { ...one('AWS::ApiGateway::Method', { Integration: { Credentials: arnOf('R') } }), ...policy(allow('dynamodb:*', arnOf('T'))), T: table() },
    ['IntegrationCallerCredentials[role] at X']],
  ['IntegrationCallerCredentials', 'a role for one action', { ...one('AWS::ApiGateway::Method', { Integration: { Credentials: arnOf('R') } }), ...policy(allow('dynamodb:PutItem', arnOf('T'))), T: table() }, []],
  ['IntegrationCallerCredentials', 'none', one('AWS::ApiGateway::Method', { Integration: {} }), []],
];

test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
  expect(findings(rule, resources)).toEqual(expected);
});

test('the account of the stack is not somebody else\'s', () => {
  const template = { Resources: one('AWS::Lambda::EventSourceMapping', { EventSourceArn: 'arn:aws:sqs:eu-west-1:111122223333:q' }) };
  expect(findingsIn('ForeignEventSource', modelOfStacks({ id: 'Shop', template, account: '111122223333' }))).toStrictEqual([]);
  expect(findingsIn('ForeignEventSource', modelOfStacks({ id: 'Shop', template, account: '444455556666' }))).toEqual(['ForeignEventSource[EventSourceArn 111122223333] at X']);
});
