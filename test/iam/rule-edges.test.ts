import { findings, judged, Resources, RuleCase } from '../policy/support';

const PARAMETER = { Ref: 'SetAtDeployment' };
const ACCOUNT = '111122223333';
const arnOf = (id: string) => ({ 'Fn::GetAtt': [id, 'Arn'] });
const one = (Type: string, Properties: unknown): Resources => ({ X: { Type, Properties } });
const allow = (Action: unknown, Resource: unknown, more = {}) => ({ Effect: 'Allow', Action, Resource, ...more });
const ROLE = { Type: 'AWS::IAM::Role', Properties: { RoleName: 'print-role' } };
const fn = (more = {}) => ({ Type: 'AWS::Lambda::Function', Properties: { Role: arnOf('R'), ...more } });
const policy = (...statements: unknown[]): Resources => ({
  R: ROLE, P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'R' }], PolicyDocument: { Statement: statements } } },
});
const ofFunction = (...statements: unknown[]): Resources => ({ F: fn(), ...policy(...statements) });
const table = (more = {}) => ({ Type: 'AWS::DynamoDB::Table', Properties: more });
const trusting = (...statements: unknown[]): Resources => one('AWS::IAM::Role', { AssumeRolePolicyDocument: { Statement: statements } });
const assume = (Principal: unknown, more = {}) => ({ Effect: 'Allow', Principal, Action: 'sts:AssumeRole', ...more });
const route = (HttpMethod: string): Resources => ({
  Api: { Type: 'AWS::ApiGateway::RestApi', Properties: {} },
  M: { Type: 'AWS::ApiGateway::Method', Properties: { RestApiId: { Ref: 'Api' }, HttpMethod, Integration: { Uri: { 'Fn::Sub': 'arn:aws:apigateway:x/${F.Arn}/invocations' } } } },
});
const readers = (count: number, Action: string, on: unknown): Resources => Object.fromEntries(Array.from({ length: count }, (_, n) => [`R${n}`, {
  Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow(Action, on) } }] },
}]));
const told = (Variables: unknown) => fn({ Environment: { Variables } });
const machine = (Definition: unknown) => ({ Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('R'), Definition } });
const guests = (action: string, on: unknown): Resources => ({
  R: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: { Statement: allow(action, on) } }] } },
  A: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { Roles: { unauthenticated: arnOf('R') } } },
});
const queue = (statement: unknown): Resources => one('AWS::SQS::QueuePolicy', { Queues: ['x'], PolicyDocument: { Statement: statement } });
const key = (statement: unknown): Resources => one('AWS::KMS::Key', { KeyPolicy: { Statement: statement } });
const web = (Federated: unknown, Condition?: unknown): Resources => trusting({ Effect: 'Allow', Principal: { Federated }, Action: 'sts:AssumeRoleWithWebIdentity', Condition });

const CASES: readonly RuleCase[] = [
  ['SecretManyReaders', 'a parameter', { S: { Type: 'AWS::SSM::Parameter' }, ...readers(4, 'ssm:GetParameter', { 'Fn::Sub': 'arn:aws:ssm:${AWS::Region}:${AWS::AccountId}:parameter/${S}' }) }, ['SecretManyReaders at S']],
  ['SecretManyReaders', 'a parameter, by path', { S: { Type: 'AWS::SSM::Parameter' }, ...readers(4, 'ssm:GetParametersByPath', '*') }, ['SecretManyReaders at S']],
  ['SecretManyReaders', 'a parameter that readers of secrets do not read', { S: { Type: 'AWS::SSM::Parameter' }, ...readers(4, 'secretsmanager:GetSecretValue', '*') }, []],
  ['SecretManyReaders', 'a secret that readers of parameters do not read', { S: { Type: 'AWS::SecretsManager::Secret' }, ...readers(4, 'ssm:GetParameter', '*') }, []],
  ['SecretManyReaders', 'as many as are fine', { S: { Type: 'AWS::SecretsManager::Secret' }, ...readers(3, 'secretsmanager:GetSecretValue', { Ref: 'S' }) }, []],
  ['SecretManyReaders', 'a secret of the app, told once although it is named by its ARN', {
    S: { Type: 'AWS::SecretsManager::Secret', Properties: { Name: 'db' } }, ...readers(4, 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db-AbCdEf`),
  }, ['SecretManyReaders at S']],
  ['SecretManyReaders', 'a foreign parameter', readers(4, 'ssm:GetParameters', `arn:aws:ssm:eu-west-1:${ACCOUNT}:parameter/shop/db`), ['SecretManyReaders[shop/db] at Template']],
  ['SecretManyReaders', 'as many of a foreign secret as are fine', readers(3, 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db-AbCdEf`), []],
  ['SecretManyReaders', 'a pattern of foreign secrets', readers(4, 'secretsmanager:GetSecretValue', `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db*x`), []],
  ['SecretManyReaders', 'those who write a foreign secret', readers(4, 'secretsmanager:PutSecretValue', `arn:aws:secretsmanager:eu-west-1:${ACCOUNT}:secret:db-AbCdEf`), []],
  ['KeyDecryptScope', 'an encryption context', ofFunction(allow('kms:Decrypt', arnOf('K'), { Condition: { StringEquals: { 'kms:EncryptionContext:shop': 'orders' } } })), []],
  ['KeyDecryptScope', 'another condition', ofFunction(allow('kms:Decrypt', arnOf('K'), { Condition: { StringEquals: { 'aws:ResourceTag/app': 'shop' } } })), ['KeyDecryptScope at P']],
  ['KeyDecryptScope', 'a denial', ofFunction({ Effect: 'Deny', Action: 'kms:Decrypt', Resource: '*' }), []],

  ['GrantWithoutUse', 'a secret', { ...policy(allow('secretsmanager:PutSecretValue', { Ref: 'S' })), F: told({ TABLE: { Ref: 'T' } }), T: table(), S: { Type: 'AWS::SecretsManager::Secret' } }, ['GrantWithoutUse[Shop/S] at F']],
  ...['AWS::DynamoDB::GlobalTable', 'AWS::Events::EventBus', 'AWS::Kinesis::Stream', 'AWS::S3::Bucket', 'AWS::StepFunctions::StateMachine'].map((Type): RuleCase => [
    'GrantWithoutUse', Type, { ...policy(allow('x:Use', arnOf('S'))), F: told({ TABLE: { Ref: 'T' } }), T: table(), S: { Type } }, ['GrantWithoutUse[Shop/S] at F'],
  ]),
  ...['AWS::SNS::Topic', 'AWS::SSM::Parameter'].map((Type): RuleCase => [
    'GrantWithoutUse', Type, { ...policy(allow('x:Use', { Ref: 'S' })), F: told({ TABLE: { Ref: 'T' } }), T: table(), S: { Type } }, ['GrantWithoutUse[Shop/S] at F'],
  ]),
  ['GrantWithoutUse', 'a key, which nobody looks up', { ...policy(allow('kms:Decrypt', arnOf('K'))), F: told({ TABLE: { Ref: 'T' } }), T: table(), K: { Type: 'AWS::KMS::Key' } }, []],
  ['GrantWithoutUse', 'a key of another app', { ...policy(allow('kms:Decrypt', `arn:aws:kms:eu-west-1:${ACCOUNT}:key/0a1b`)), F: told({ TABLE: { Ref: 'T' } }), T: table() }, []],
  ['GrantWithoutUse', 'a right on everything', { ...policy(allow('dynamodb:GetItem', '*')), F: told({ TABLE: { Ref: 'T' } }), T: table() }, []],
  ...([
    ['dynamodb', 'table/users', 'users'], ['kinesis', 'stream/users', 'users'], ['secretsmanager', 'secret:users-??????', 'users'], ['sns', 'users', 'users'], ['sqs', 'users', 'users'], ['ssm', 'parameter/users', 'users'],
  ] as const).map(([service, resource, name]): RuleCase => ['GrantWithoutUse', `${name} of ${service}, which another app holds`, {
    ...policy(allow(`${service}:Use`, `arn:aws:${service}:eu-west-1:${ACCOUNT}:${resource}`)), F: told({ TABLE: { Ref: 'T' } }), T: table(),
  }, [`GrantWithoutUse[${name}] at F`]]),
  ['GrantWithoutUse', 'a bucket of another app', { ...policy(allow('s3:GetObject', 'arn:aws:s3:::users/*')), F: told({ TABLE: { Ref: 'T' } }), T: table() }, ['GrantWithoutUse[users] at F']],
  ['GrantWithoutUse', 'buckets by a pattern', { ...policy(allow('s3:GetObject', 'arn:aws:s3:::us*/a')), F: told({ TABLE: { Ref: 'T' } }), T: table() }, []],
  ['GrantWithoutUse', 'a name that is told at the end of an ARN', { ...policy(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:users`)), F: told({ QUEUE: `https://sqs/${ACCOUNT}/users`, T: { Ref: 'T' } }), T: table() }, []],
  ['GrantWithoutUse', 'a name that is all that is told', { ...policy(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:users`)), F: told({ QUEUE: 'users', T: { Ref: 'T' } }), T: table() }, []],
  ['GrantWithoutUse', 'a name that begins another one', { ...policy(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:users`)), F: told({ QUEUE: 'users-dead', T: { Ref: 'T' } }), T: table() }, ['GrantWithoutUse[users] at F']],
  ['GrantWithoutUse', 'a name that ends another one', { ...policy(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:users`)), F: told({ QUEUE: 'all-users', T: { Ref: 'T' } }), T: table() }, ['GrantWithoutUse[users] at F']],
  ['GrantWithoutUse', 'a name that stands there a second time, as a whole', { ...policy(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:users`)), F: told({ QUEUE: 'all-users users', T: { Ref: 'T' } }), T: table() }, []],
  ['GrantWithoutUse', 'a function whose environment only the deployment knows', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: fn({ Environment: { Variables: PARAMETER } }), T: table() }, []],
  ['GrantWithoutUse', 'a function that is told a name at deployment', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: told({ TABLE_NAME: PARAMETER }), T: table() }, []],
  ['GrantWithoutUse', 'a function that is told its log level at deployment', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: told({ LOG_LEVEL: PARAMETER }), T: table() }, ['GrantWithoutUse[Shop/T] at F']],
  ['GrantWithoutUse', 'a role of two functions', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: fn(), G: fn(), T: table() }, []],
  ['GrantWithoutUse', 'a role that the app does not hold', { F: fn({ Role: `arn:aws:iam::${ACCOUNT}:role/x` }), T: table() }, []],
  ['GrantWithoutUse', 'a function that is told in its description', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), F: fn({ Description: { 'Fn::Sub': 'reads ${T}' } }), T: table() }, []],
  ['GrantWithoutUse', 'a file system that is mounted', { ...policy(allow('x:Use', arnOf('T'))), F: fn({ FileSystemConfigs: [{ Arn: arnOf('T') }] }), T: table() }, []],
  ...['appconfig:GetLatestConfiguration', 'ssm:GetParameter', 'ssm:GetParameters', 'ssm:GetParametersByPath', 'secretsmanager:GetSecretValue'].map((action): RuleCase => [
    'GrantWithoutUse', `a function that is told nothing and reads settings by ${action}`, { ...policy(allow('dynamodb:GetItem', arnOf('T')), allow(action, '*')), F: fn(), T: table() }, [],
  ]),
  ['GrantWithoutUse', 'a function that reads settings, but is told of stores', {
    ...policy(allow('dynamodb:GetItem', arnOf('T')), allow('ssm:GetParameter', '*')), F: told({ QUEUE: { Ref: 'Q' } }), T: table(), Q: { Type: 'AWS::SQS::Queue' },
  }, ['GrantWithoutUse[Shop/T] at F']],
  ['GrantWithoutUse', 'a function that is told a name, and reads settings', {
    ...policy(allow('sqs:SendMessage', `arn:aws:sqs:eu-west-1:${ACCOUNT}:users`), allow('dynamodb:GetItem', arnOf('T')), allow('ssm:GetParameter', '*')), F: told({ QUEUE: 'users' }), T: table(),
  }, ['GrantWithoutUse[Shop/T] at F']],
  ['GrantWithoutUse', 'a workflow that is told a name at deployment', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), W: machine({ States: { A: { Parameters: { TableName: PARAMETER } } } }), T: table() }, []],
  ['GrantWithoutUse', 'a workflow', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), W: machine({ States: { A: { Type: 'Pass' } } }), T: table() }, ['GrantWithoutUse[Shop/T] at W']],
  ['GrantWithoutUse', 'a workflow that is told', { ...policy(allow('dynamodb:GetItem', arnOf('T'))), W: machine({ States: { A: { Parameters: { TableName: { Ref: 'T' } } } } }), T: table() }, []],
  ['GrantWithoutUse', 'a workflow that lies elsewhere', {
    ...policy(allow('dynamodb:GetItem', arnOf('T'))), W: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: arnOf('R'), DefinitionS3Location: { Bucket: 'b' } } }, T: table(),
  }, []],
  ['GrantWithoutUse', 'a secret that an event source is opened with', {
    ...policy(allow('secretsmanager:GetSecretValue', { Ref: 'S' })),
    F: told({ TABLE: { Ref: 'T' } }),
    T: table(),
    S: { Type: 'AWS::SecretsManager::Secret' },
    E: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'F' }, SourceAccessConfigurations: [{ Type: 'BASIC_AUTH', URI: { Ref: 'S' } }] } },
  }, []],
  ['GrantWithoutUse', 'a queue that failures of an event source go to', {
    ...policy(allow('sqs:SendMessage', arnOf('Q'))),
    F: told({ TABLE: { Ref: 'T' } }),
    T: table(),
    Q: { Type: 'AWS::SQS::Queue' },
    E: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { Ref: 'F' }, DestinationConfig: { OnFailure: { Destination: arnOf('Q') } } } },
  }, []],
  ['GrantWithoutUse', 'a bucket that calls the function', {
    ...policy(allow('s3:GetObject', 'arn:aws:s3:::users/*')),
    F: told({ TABLE: { Ref: 'T' } }),
    T: table(),
    E: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'F' }, SourceArn: 'arn:aws:s3:::users' } },
  }, []],
  ...['OnFailure', 'OnSuccess'].map((outcome): RuleCase => ['GrantWithoutUse', `a queue for what is asynchronous: ${outcome}`, {
    ...policy(allow('sqs:SendMessage', arnOf('Q'))),
    F: told({ TABLE: { Ref: 'T' } }),
    T: table(),
    Q: { Type: 'AWS::SQS::Queue' },
    E: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'F' }, DestinationConfig: { [outcome]: { Destination: arnOf('Q') } } } },
  }, []]),

  ...['HEAD', 'OPTIONS', 'GET'].map((method): RuleCase => ['ReadRouteRights', method, { ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route(method) }, ['ReadRouteRights[dynamodb:PutItem on Shop/T] at F']]),
  ...['POST', 'PUT', 'PATCH', 'DELETE', 'ANY'].map((method): RuleCase => ['ReadRouteRights', method, { ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route(method) }, []]),
  ...['AWS::Kinesis::Stream', 'AWS::S3::Bucket', 'AWS::SNS::Topic', 'AWS::SQS::Queue', 'AWS::DynamoDB::GlobalTable'].map((Type): RuleCase => [
    'ReadRouteRights', `a reader with every right on ${Type}`, { ...ofFunction(allow('*', Type === 'AWS::SNS::Topic' ? { Ref: 'S' } : arnOf('S'))), S: { Type }, ...route('GET') },
    [expect.stringMatching(/^ReadRouteRights\[\w+:\w+ on Shop\/S\] at F$/) as unknown as string],
  ]),
  ['ReadRouteRights', 'a reader that has a URL too', { ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route('GET'), U: { Type: 'AWS::Lambda::Url', Properties: { TargetFunctionArn: arnOf('F') } } }, []],
  ['ReadRouteRights', 'a reader that a topic calls too', {
    ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route('GET'), U: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'F' }, Principal: 'sns.amazonaws.com' } },
  }, []],
  ['ReadRouteRights', 'a reader that the API may call', {
    ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route('GET'), U: { Type: 'AWS::Lambda::Permission', Properties: { FunctionName: { Ref: 'F' }, Principal: 'apigateway.amazonaws.com' } },
  }, ['ReadRouteRights[dynamodb:PutItem on Shop/T] at F']],
  ['ReadRouteRights', 'a function that one route reads with and another writes with', {
    ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table(), ...route('GET'), N: route('POST').M,
  }, []],
  ...([
    ['asks for a tenant, which every request must name', { Null: { 'dynamodb:LeadingKeys': 'false' } }, []],
    ['asks for no tenant', { Null: { 'dynamodb:LeadingKeys': 'true' } }, ['TenantScanRights[dynamodb:Scan] at P']],
    ['asks for a tenant', { StringEquals: { 'dynamodb:LeadingKeys': 'shop' } }, []],
    ['asks for a tenant where a request names one', { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': 'shop' } }, ['TenantScanRights[dynamodb:Scan] at P']],
    ['asks for any tenant', { StringLike: { 'dynamodb:LeadingKeys': '*' } }, ['TenantScanRights[dynamodb:Scan] at P']],
  ] as const).map(([name, Condition, found]): RuleCase => [
    'TenantScanRights', `a statement that ${name}`, { ...ofFunction(allow(['dynamodb:Query', 'dynamodb:Scan'], arnOf('T'), { Condition })), T: table() }, [...found],
  ]),
  ['TenantScanRights', 'a query for any tenant', { ...ofFunction(allow('dynamodb:Query', arnOf('T'), { Condition: { StringLike: { 'dynamodb:LeadingKeys': '*' } } })), T: table() }, ['TenantScanRights[dynamodb:Query] at P']],
  ['TenantScanRights', 'a query for a tenant, which every request must name', { ...ofFunction(allow('dynamodb:Query', arnOf('T'), { Condition: { Null: { 'dynamodb:LeadingKeys': 'false' } } })), T: table() }, []],
  ['ReadRouteRights', 'a function without routes', { ...ofFunction(allow('dynamodb:PutItem', arnOf('T'))), T: table() }, []],
  ['ReadRouteRights', 'a reader that sends what it did to a queue', {
    ...ofFunction(allow('sqs:SendMessage', arnOf('Q'))),
    Q: { Type: 'AWS::SQS::Queue' },
    ...route('GET'),
    E: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: { Ref: 'F' }, DestinationConfig: { OnSuccess: { Destination: arnOf('Q') } } } },
  }, []],
  ['IndexGrantUnused', 'two tables of which one has an index', {
    ...policy(allow('dynamodb:Query', 'arn:aws:dynamodb:eu-west-1:111122223333:table/shop-*/index/*')),
    T: table({ TableName: 'shop-a' }),
    U: table({ TableName: 'shop-b', GlobalSecondaryIndexes: [{}] }),
  }, []],
  ['IndexGrantUnused', 'one index by name', { ...policy(allow('dynamodb:Query', { 'Fn::Sub': '${T.Arn}/index/byDay' })), T: table() }, ['IndexGrantUnused[<Shop/T.Arn>/index/byDay] at P']],
  ['IndexGrantUnused', 'the level of indexes', { ...policy(allow('dynamodb:Query', { 'Fn::Sub': '${T.Arn}/index' })), T: table() }, ['IndexGrantUnused[<Shop/T.Arn>/index] at P']],
  ['IndexGrantUnused', 'something that only begins so', { ...policy(allow('dynamodb:Query', { 'Fn::Sub': '${T.Arn}/indexes' })), T: table() }, []],
  ['IndexGrantUnused', 'the table itself', { ...policy(allow('dynamodb:Query', arnOf('T'))), T: table() }, []],
  ['IndexGrantUnused', 'a denial', { ...policy({ Effect: 'Deny', Action: 'dynamodb:Query', Resource: { 'Fn::Sub': '${T.Arn}/index/*' } }), T: table() }, []],
  ['TenantScanRights', 'a function that is told about its tenants', { ...policy(allow('dynamodb:Scan', arnOf('T'))), F: told({ TENANT_HEADER: 'x-tenant' }), T: table(), ...route('GET') }, ['TenantScanRights[dynamodb:Scan] at P']],
  ['TenantScanRights', 'the same, that nobody calls', { ...policy(allow('dynamodb:Scan', arnOf('T'))), F: told({ TENANT_HEADER: 'x-tenant' }), T: table() }, []],
  ...['PartiQLDelete', 'PartiQLUpdate', 'ExportTableToPointInTime'].map((name): RuleCase => [
    'TenantScanRights', name, { ...policy(allow(`dynamodb:${name}`, arnOf('T'))), F: told({ TENANTS: 'x' }), T: table(), ...route('GET') }, [`TenantScanRights[dynamodb:${name}] at P`],
  ]),
  ['TenantScanRights', 'a table with the tenant as its second key', {
    ...ofFunction(allow('dynamodb:Scan', arnOf('T'))), T: table({ KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }, { AttributeName: 'tenant', KeyType: 'RANGE' }] }), ...route('GET'),
  }, []],

  ['RoleTrustEveryone', 'a condition that only the deployment knows', trusting(assume('*', { Condition: PARAMETER })), ['RoleTrustEveryone[undecided] at X']],
  ['RoleTrustEveryone', 'everybody of an organization', trusting(assume('*', { Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-a1b2c3' } } })), []],
  ['RoleTrustEveryone', 'everybody who knows an id', trusting(assume({ AWS: '*' }, { Condition: { StringEquals: { 'sts:ExternalId': 'a' } } })), ['RoleTrustEveryone at X']],
  ['RoleTrustEveryone', 'by a document that only the deployment knows', one('AWS::IAM::Role', { AssumeRolePolicyDocument: PARAMETER }), ['RoleTrustEveryone[undecided] at X']],
  ...['sts:AssumeRole', 'sts:AssumeRoleWithSAML', 'sts:AssumeRoleWithWebIdentity', 'sts:*', '*'].map((Action): RuleCase => ['RoleTrustEveryone', `by ${Action}`, trusting(assume('*', { Action })), ['RoleTrustEveryone at X']]),
  ['RoleTrustEveryone', 'without an action', trusting(assume('*', { Action: undefined })), ['RoleTrustEveryone at X']],
  ['RoleTrustEveryone', 'to tag sessions only', trusting(assume('*', { Action: 'sts:TagSession' })), []],
  ['RoleTrustSource', 'an id that was agreed upon', trusting(assume({ Service: 'events.amazonaws.com' }, { Condition: { StringEquals: { 'sts:ExternalId': 'a' } } })), []],
  ['RoleTrustSource', 'a source that only the deployment knows', trusting(assume({ Service: 'events.amazonaws.com' }, { Condition: { StringEquals: { 'aws:SourceArn': PARAMETER } } })), ['RoleTrustSource[undecided events] at X']],
  ['RoleTrustSource', 'Lambda, which says nothing', trusting(assume({ Service: 'lambda.amazonaws.com' })), []],
  ['RoleTrustSource', 'the role of API Gateway', { ...trusting(assume({ Service: 'apigateway.amazonaws.com' })), A: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: arnOf('X') } } }, []],
  ['RoleTrustServices', 'Lambda and the edge', trusting(assume({ Service: ['lambda.amazonaws.com', 'edgelambda.amazonaws.com'] })), []],
  ['RoleTrustServices', 'two', trusting(assume({ Service: ['lambda.amazonaws.com', 'events.amazonaws.com'] })), ['RoleTrustServices[events and lambda] at X']],
  ['RoleTrustServices', 'one and the account', trusting(assume({ Service: 'lambda.amazonaws.com', AWS: `arn:aws:iam::${ACCOUNT}:root` })), ['RoleTrustServices[lambda and account] at X']],
  ['RoleTrustServices', 'one and a role', trusting(assume({ Service: 'lambda.amazonaws.com', AWS: `arn:aws:iam::${ACCOUNT}:role/a` })), []],
  ['RoleTrustServices', 'an account alone', trusting(assume({ AWS: `arn:aws:iam::${ACCOUNT}:root` })), []],
  ['RoleTrustServices', 'a statement that only the deployment knows', trusting(PARAMETER), ['RoleTrustServices[undecided] at X']],
  ...['aws:MultiFactorAuthPresent', 'aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:SourceIp', 'aws:SourceVpc', 'aws:SourceVpce', 'sts:ExternalId'].map((name): RuleCase => [
    'RoleTrustForeign', `another account under ${name}`, trusting(assume({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, { Condition: { StringEquals: { [name]: 'x-1' } } })), [],
  ]),
  ['RoleTrustForeign', 'another account', trusting(assume({ AWS: `arn:aws:iam::${ACCOUNT}:root` })), [`RoleTrustForeign[${ACCOUNT}] at X`]],
  ['RoleTrustForeign', 'another account under a name', trusting(assume({ AWS: `arn:aws:iam::${ACCOUNT}:root` }, { Condition: { StringEquals: { 'aws:username': 'a' } } })), [`RoleTrustForeign[${ACCOUNT}] at X`]],

  ...([
    ['AdministratorAccess', 'ManagedPolicyAccess'], ['AmazonS3FullAccess', 'ManagedPolicyAccess'], ['ReadOnlyAccess', 'ManagedPolicyBreadth'], ['AmazonS3ReadOnlyAccess', 'ManagedPolicyBreadth'],
    ['AWSLambdaExecute', 'ManagedPolicyBreadth'], ['service-role/AWSLambdaBasicExecutionRole', undefined], ['service-role/AWSLambdaVPCAccessExecutionRole', undefined],
  ] as const).flatMap(([name, found]) => (['ManagedPolicyAccess', 'ManagedPolicyBreadth'] as const).map((rule): RuleCase => [
    rule, name, one('AWS::IAM::Role', { ManagedPolicyArns: [`arn:aws:iam::aws:policy/${name}`] }), rule === found ? [`${rule}[${name}] at X`] : [],
  ])),
  ['IamActionWildcard', 'all but some', policy({ Effect: 'Allow', NotAction: 's3:*', Resource: 'x' }), ['IamActionWildcard[NotAction] at P']],
  ['IamResourceWildcard', 'all but some', policy({ Effect: 'Allow', Action: 's3:GetObject', NotResource: 'x' }), ['IamResourceWildcard[NotResource] at P']],
  ['IamResourceWildcard', 'all but some actions on everything', policy({ Effect: 'Allow', NotAction: 'xray:*', Resource: '*' }), ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'a resource that only the deployment knows', policy(allow('s3:GetObject', PARAMETER)), ['IamResourceWildcard[undecided] at P']],
  ['IamResourceWildcard', 'what follows one', policy(allow('s3:GetObject', { 'Fn::Sub': '${SetAtDeployment}/*' })), ['IamResourceWildcard[undecided] at P']],
  ['IamResourceWildcard', 'a bus with a name that only the deployment knows', policy(allow('events:PutEvents', { 'Fn::Sub': 'arn:aws:events:eu-west-1:111122223333:event-bus/${SetAtDeployment}' })),
    ['IamResourceWildcard[undecided Resource::arn:aws:events:eu-west-1:111122223333:event-bus/<?>] at P']],
  ['IamResourceWildcard', 'buses with names that begin like that', policy(allow('events:PutEvents', { 'Fn::Sub': 'arn:aws:events:eu-west-1:111122223333:event-bus/${SetAtDeployment}*' })),
    ['IamResourceWildcard[Resource::arn:aws:events:eu-west-1:111122223333:event-bus/<?>*] at P']],
  ['IamResourceWildcard', 'objects of a bucket with a name that only the deployment knows', policy(allow('s3:GetObject', { 'Fn::Sub': 'arn:aws:s3:::${SetAtDeployment}/*' })),
    ['IamResourceWildcard[undecided Resource::arn:aws:s3:::<?>/*] at P']],
  ['IamResourceWildcard', 'a table of an account that only the deployment knows', policy(allow('dynamodb:GetItem', { 'Fn::Sub': 'arn:aws:dynamodb:eu-west-1:${SetAtDeployment}:table/Orders' })),
    ['IamResourceWildcard[undecided Resource::arn:aws:dynamodb:eu-west-1:<?>:table/Orders] at P']],
  ['IamResourceWildcard', 'one action that has a resource beside one that has none', policy(allow(['xray:PutTraceSegments', 's3:GetObject'], '*')), ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'traces', policy(allow(['xray:PutTraceSegments', 'XRAY:puttelemetryrecords'], '*')), []],
  ...['elasticfilesystem:AccessPointArn', 'lambda:FunctionArn', 's3:DataAccessPointArn', 'ecs:cluster', 'kms:ResourceAliases', 'shop:ResourceTag/app'].map((name): RuleCase => [
    'IamResourceWildcard', `everything, bound by ${name}`, policy(allow('x:Use', '*', { Condition: { StringEquals: { [name]: 'a' } } })), [],
  ]),
  ['IamResourceWildcard', 'everything, with a tag of the request', policy(allow('x:Use', '*', { Condition: { StringEquals: { 'aws:RequestTag/app': 'a' } } })), ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'logs of all APIs, for the role of API Gateway', {
    ...policy(allow(['logs:CreateLogGroup', 'logs:PutLogEvents'], '*')), A: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: arnOf('R') } },
  }, []],
  ['IamResourceWildcard', 'more than logs, for the role of API Gateway', {
    ...policy(allow(['logs:CreateLogGroup', 's3:GetObject'], '*')), A: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: arnOf('R') } },
  }, ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'logs of all APIs, for another role', {
    ...policy(allow(['logs:CreateLogGroup', 'logs:PutLogEvents'], '*')), A: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: arnOf('Q') } }, Q: ROLE,
  }, ['IamResourceWildcard[Resource::*] at P']],
  ['IamResourceWildcard', 'logs of all APIs, for a role of another app', {
    P: { Type: 'AWS::IAM::Policy', Properties: { Roles: ['elsewhere'], PolicyDocument: { Statement: allow('logs:PutLogEvents', '*') } } },
    A: { Type: 'AWS::ApiGateway::Account', Properties: { CloudWatchRoleArn: PARAMETER } },
  }, ['IamResourceWildcard[Resource::*] at P']],
  ...([
    ['text messages of a user pool', 'cognito-idp.amazonaws.com', 'sns:Publish', 'R', []],
    ['text messages of a user pool, and topics', 'cognito-idp.amazonaws.com', ['sns:Publish', 'sns:Subscribe'], 'R', ['IamResourceWildcard[Resource::*] at P']],
    ['text messages, for a role that functions have too', ['cognito-idp.amazonaws.com', 'lambda.amazonaws.com'], 'sns:Publish', 'R', ['IamResourceWildcard[Resource::*] at P']],
    ['text messages of a user pool with another role', 'cognito-idp.amazonaws.com', 'sns:Publish', 'Q', ['IamResourceWildcard[Resource::*] at P']],
  ] as const).map(([name, Service, action, role, found]): RuleCase => ['IamResourceWildcard', name, {
    ...policy(allow(action as string, '*')),
    R: { Type: 'AWS::IAM::Role', Properties: { AssumeRolePolicyDocument: { Statement: assume({ Service }) } } },
    Q: ROLE,
    U: { Type: 'AWS::Cognito::UserPool', Properties: { SmsConfiguration: { SnsCallerArn: arnOf(role) } } },
  }, [...found]]),
  ['IamPrivilegeEscalation', 'own policies, by the name of the role', ofFunction(allow('iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/print-role`)), ['IamPrivilegeEscalation[iam:PutRolePolicy] at P']],
  ['IamPrivilegeEscalation', 'own policies of a role of no function, by name', policy(allow('iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/print-role`)), ['IamPrivilegeEscalation[iam:PutRolePolicy] at P']],
  ['IamPrivilegeEscalation', 'policies of another role, for the deployment', policy(allow('iam:PutRolePolicy', `arn:aws:iam::${ACCOUNT}:role/other`)), []],
  ['IamPrivilegeEscalation', 'policies of a role that is set at deployment, for the deployment', policy(allow('iam:PutRolePolicy', PARAMETER)), []],
  ...['iam:PermissionsBoundary', 'iam:PolicyARN'].map((name): RuleCase => [
    'IamPrivilegeEscalation', `bound by ${name}`, policy(allow('iam:AttachRolePolicy', '*', { Condition: { StringEquals: { [name]: 'arn:aws:iam::1:policy/b' } } })), [],
  ]),
  ...['iam:PassedToService', 'iam:AssociatedResourceArn'].map((name): RuleCase => [
    'IamPrivilegeEscalation', `passing bound by ${name}`, policy(allow('iam:PassRole', '*', { Condition: { StringEquals: { [name]: 'x-1' } } })), [],
  ]),
  ['IamPrivilegeEscalation', 'roles under a condition', policy(allow('sts:AssumeRole', '*', { Condition: { StringEquals: { 'iam:ResourceTag/app': 'shop' } } })), []],
  ['IamPrivilegeEscalation', 'a denial', policy({ Effect: 'Deny', Action: 'iam:*', Resource: '*' }), []],
  ['KeyControlRights', 'through a service', ofFunction(allow('kms:CreateGrant', arnOf('K'), { Condition: { StringEquals: { 'kms:ViaService': 'dynamodb.eu-west-1.amazonaws.com' } } })), []],

  ['FederatedTrustSubject', 'a provider that nobody knows, with an audience', web(PARAMETER), []],
  ['FederatedTrustSubject', 'a pointer to a provider elsewhere, whose conditions name it', web({ 'Fn::Sub': 'arn:aws:iam::1:oidc-provider/${SetAtDeployment}' }, { StringEquals: { 'gitlab.com:aud': 'a' } }),
    ['FederatedTrustSubject[gitlab.com] at X']],
  ['FederatedTrustSubject', 'a provider by a path, whose conditions name it', web('provider/login.example.org', { StringEquals: { 'gitlab.com:aud': 'a' } }),
    ['FederatedTrustSubject[gitlab.com] at X']],
  ['FederatedTrustSubject', 'a pointer to a provider elsewhere, whose conditions name something else', web({ 'Fn::Sub': 'arn:aws:iam::1:oidc-provider/${SetAtDeployment}' }, { StringEquals: { 'gitlab.com:audience': 'a' } }),
    ['FederatedTrustSubject[provider] at X']],
  ['FederatedTrustSubject', 'a provider by its host', web('gitlab.com', { StringEquals: { 'gitlab.com:aud': 'a' } }), ['FederatedTrustSubject[gitlab.com] at X']],
  ...['repository', 'repository_id', 'repository_owner_id', 'job_workflow_ref', 'environment', 'namespace_id', 'project_id', 'sub'].map((name): RuleCase => [
    'FederatedTrustSubject', `bound by ${name}`, web('gitlab.com', { StringEquals: { [`gitlab.com:${name}`]: 'x-1' } }), [],
  ]),
  ...['*', '?epo:shop/orders', 'repo:*', 'repo:sh?p/a', 'project_path:*', 'organization:a*', 'repository_owner:*'].map((text): RuleCase => [
    'FederatedTrustSubject', `the subject ${text}`, web('gitlab.com', { StringLike: { 'gitlab.com:sub': text } }), ['FederatedTrustSubject[gitlab.com] at X'],
  ]),
  ['CognitoTrustAudience', 'users in China', web('cognito-identity.cn-north.amazonaws.com.cn'), ['CognitoTrustAudience[amr] at X', 'CognitoTrustAudience[aud] at X']],
  ['CognitoTrustAudience', 'users of the government', web('cognito-identity-us-gov.amazonaws.com'), ['CognitoTrustAudience[amr] at X', 'CognitoTrustAudience[aud] at X']],
  ['GuestRoleRights', 'guests that read all files', guests('s3:GetObject', 'arn:aws:s3:::shop/*'), ['GuestRoleRights[s3:GetObject] at R']],
  ['GuestRoleRights', 'guests that change public files', guests('s3:PutObject', 'arn:aws:s3:::shop/public/*'), ['GuestRoleRights[s3:PutObject] at R']],
  ['GuestRoleRights', 'guests that read items of a place', guests('dynamodb:GetObject', 'arn:aws:s3:::shop/public/*'), ['GuestRoleRights[dynamodb:GetObject] at R']],
  ['GuestRoleRights', 'guests that may do everything', guests('*', '*'), ['GuestRoleRights[*] at R']],
  ['IamUserPresent', 'a role', one('AWS::IAM::Role', {}), []],
  ...['Group', 'UserPolicy', 'UserToGroupAddition'].map((name): RuleCase => ['IamUserPresent', name, one(`AWS::IAM::${name}`, {}), ['IamUserPresent at X']]),

  ...([
    ['what only reads', { Statement: allow('s3:GetObject', '*', { Principal: '*' }) }, []],
    ['what carries data out', { Statement: allow('s3:PutObject', '*', { Principal: '*' }) }, ['EndpointPolicyOpen at X']],
    ['everything of a service', { Statement: allow('s3:*', '*', { Principal: '*' }) }, ['EndpointPolicyOpen at X']],
    ['one bucket', { Statement: allow('s3:PutObject', 'arn:aws:s3:::shop/*', { Principal: '*' }) }, []],
    ['a policy in one case alone', { 'Fn::If': ['IsProduction', { Statement: allow('s3:GetObject', '*', { Principal: '*' }) }, { Ref: 'AWS::NoValue' }] }, ['EndpointPolicyOpen at X']],
  ] as const).map(([name, PolicyDocument, found]): RuleCase => [
    'EndpointPolicyOpen', name, one('AWS::EC2::VPCEndpoint', { ServiceName: 'com.amazonaws.eu-west-1.s3', PolicyDocument }), [...found],
  ]),
  ['PolicyActionWildcard', 'the whole account, for a key', key({ Effect: 'Allow', Principal: { AWS: `arn:aws:iam::${ACCOUNT}:root` }, Action: 'kms:*', Resource: '*' }), []],
  ['PolicyActionWildcard', 'nobody in particular, for a key', key({ Effect: 'Allow', Action: 'kms:*', Resource: '*' }), ['PolicyActionWildcard[kms:*] at X']],
  ['PolicyActionWildcard', 'the account and a role, for a key', key({ Effect: 'Allow', Principal: { AWS: [ACCOUNT, `arn:aws:iam::${ACCOUNT}:role/a`] }, Action: 'kms:*', Resource: '*' }), ['PolicyActionWildcard[kms:*] at X']],
  ['PolicyActionWildcard', 'all but some', queue({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, NotAction: 'sqs:DeleteQueue' }), ['PolicyActionWildcard[NotAction] at X']],
  ['PolicyActionWildcard', 'the whole account, for a queue', queue({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: 'sqs:*' }), ['PolicyActionWildcard[sqs:*] at X']],
  ['PolicyActionWildcard', 'an action set at deployment', queue({ Effect: 'Allow', Principal: { AWS: ACCOUNT }, Action: PARAMETER }), ['PolicyActionWildcard[undecided] at X']],
  ['ServiceGrantSource', 'a service without an action', queue({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com' }, Action: [] }), ['ServiceGrantSource[events] at X']],
  ['ServiceGrantSource', 'the service of load balancers, which names no source', one('AWS::S3::BucketPolicy', { Bucket: 'b', PolicyDocument: { Statement: { Effect: 'Allow', Principal: { Service: 'logdelivery.elasticloadbalancing.amazonaws.com' }, Action: 's3:PutObject' } } }), []],
  ['ServiceGrantSource', 'a grant for resources of AWS', key({ Effect: 'Allow', Principal: { Service: 'x.amazonaws.com' }, Action: 'kms:CreateGrant', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'true' } } }), []],
  ['ServiceGrantSource', 'a source set at deployment', queue({ Effect: 'Allow', Principal: { Service: 'x.amazonaws.com' }, Action: 'sqs:SendMessage', Condition: { ArnLike: { 'aws:SourceArn': PARAMETER } } }), ['ServiceGrantSource[undecided x] at X']],
  ['ForeignAccountAgreed', 'a service that acts for nobody', queue({ Effect: 'Allow', Principal: { Service: 'x.amazonaws.com' }, Action: 'sqs:SendMessage' }), []],
  ...['aws:PrincipalOrgID', 'aws:PrincipalOrgPaths', 'aws:SourceOrgID', 'aws:SourceOrgPaths', 'aws:ResourceOrgID', 'aws:MultiFactorAuthPresent', 'sts:ExternalId'].map((name): RuleCase => [
    'ForeignAccountAgreed', `under ${name}`, queue({ Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'sqs:SendMessage', Condition: { StringEquals: { [name]: 'x-1' } } }), ['ForeignAccountAgreed[999988887777] at X'],
  ]),
  ...([
    ['ForeignCodeSource', 'AWS::Lambda::Function', 'CodeSigningConfigArn'], ['ForeignEventSource', 'AWS::Lambda::EventSourceMapping', 'EventSourceArn'], ['ForeignEventSource', 'AWS::Pipes::Pipe', 'Source'],
    ['ForeignEventSource', 'AWS::SNS::Subscription', 'TopicArn'], ['LogDataAbroad', 'AWS::CloudWatch::MetricStream', 'FirehoseArn'], ['LogDataAbroad', 'AWS::Logs::AccountPolicy', 'PolicyDocument'],
    ['LogDataAbroad', 'AWS::Logs::Delivery', 'DeliveryDestinationArn'], ['LogDataAbroad', 'AWS::Logs::DeliveryDestination', 'DestinationResourceArn'], ['LogDataAbroad', 'AWS::Logs::Destination', 'TargetArn'],
    ['LogDataAbroad', 'AWS::Logs::SubscriptionFilter', 'DestinationArn'], ['LogDataAbroad', 'AWS::Oam::Link', 'SinkIdentifier'],
  ] as const).map(([rule, type, place]): RuleCase => [rule, `${place} of ${type}`, one(type, { [place]: 'arn:aws:x:eu-west-1:999988887777:y' }), [`${rule}[${place} 999988887777] at X`]]),
  ...([['AWS::Lambda::LayerVersion', 'Content', 'S3Bucket'], ['AWS::StepFunctions::StateMachine', 'DefinitionS3Location', 'Bucket']] as const).map(([type, outer, inner]): RuleCase => [
    'ForeignCodeSource', `${inner} of ${type}`, one(type, { [outer]: { [inner]: 'code-999988887777' } }), [`ForeignCodeSource[${outer}.${inner} 999988887777] at X`],
  ]),
  ['ForeignCodeSource', 'a bucket with a longer number', one('AWS::Lambda::LayerVersion', { Content: { S3Bucket: 'code-9999888877776' } }), []],
  ['PolicyForeignAccount', 'a publisher whose sources are named', one('AWS::Events::EventBus', { Policy: { Statement: { Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'events:PutEvents', Condition: { StringEquals: { 'events:source': 'shop' } } } } }), []],
  ['PolicyForeignAccount', 'an account beside a service', queue({ Effect: 'Allow', Principal: { Service: 'events.amazonaws.com', AWS: '999988887777' }, Action: 'sqs:SendMessage' }),
    ['PolicyForeignAccount[999988887777] at X']],
  ['PolicyForeignAccount', 'an endpoint, which EndpointPolicyOpen judges', one('AWS::EC2::VPCEndpoint', {
    ServiceName: 'com.amazonaws.eu-west-1.s3', PolicyDocument: { Statement: allow('s3:PutObject', 'arn:aws:s3:::shop/*', { Principal: { AWS: '999988887777' } }) },
  }), []],
  ['PolicyForeignAccount', 'an API, whose callers other rules judge', one('AWS::ApiGateway::RestApi', {
    Policy: { Statement: allow('execute-api:Invoke', 'execute-api:/*', { Principal: { AWS: '999988887777' } }) },
  }), []],
  ['PolicyForeignAccount', 'a publisher', one('AWS::Events::EventBus', { Policy: { Statement: { Effect: 'Allow', Principal: { AWS: '999988887777' }, Action: 'events:PutEvents' } } }), ['PolicyForeignAccount[999988887777] at X']],
  ...['aws:PrincipalAccount', 'aws:SourceAccount', 'aws:SourceOwner', 'kms:CallerAccount', 's3:DataAccessPointAccount'].map((name): RuleCase => [
    'PolicyForeignAccount', `everybody, bound by ${name}`, queue({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Condition: { StringEquals: { [name]: '999988887777' } } }), ['PolicyForeignAccount[999988887777] at X'],
  ]),
  ...['aws:PrincipalArn', 'aws:SourceArn'].map((name): RuleCase => [
    'PolicyForeignAccount', `everybody, bound by ${name}`, queue({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Condition: { ArnLike: { [name]: 'arn:aws:iam::999988887777:role/a' } } }), ['PolicyForeignAccount[999988887777] at X'],
  ]),
];

test.each(CASES)('%s: %s', (rule, _name, resources, expected) => {
  expect(findings(rule, resources)).toEqual(expected);
});

test('what a rule has nothing to say about, it does not count as judged', () => {
  expect(judged('RoleTrustServices', trusting(assume({ AWS: `arn:aws:iam::${ACCOUNT}:root` })))).toBe(0);
  expect(judged('IamUserPresent', one('AWS::IAM::Role', {}))).toBe(1);
  expect(judged('KeyDecryptScope', policy(allow('kms:Decrypt', '*')))).toBe(0);
});
