import { Template } from '../../seed';
import { add, BlindSeed, breach, env, fault, prop, safe, statements, trust } from '../support';
import {
  ACCOUNT, alarm, allow, att, bucket, failures, firewall, forService, key, lambda, logs, Parts, plain, poolClient, ref, role, signing, sub,
  takesLogs, userPool, via,
} from './parts';

const child = (file: string, Parameters: any): any => ({
  Type: 'AWS::CloudFormation::Stack', Properties: { TemplateURL: sub('https://${Artifacts}.s3.${AWS::Region}.amazonaws.com/' + file), Parameters },
});
const text = (...names: string[]): any => Object.fromEntries(names.map((name) => [name, { Type: 'String' }]));

const PARENT: Template = {
  Description: 'Inventory: what the parts are and who gets what of whom',
  Parameters: { ...text('Artifacts', 'PagerTopicArn'), Stage: { Type: 'String', Default: 'prod' } },
  Resources: {
    Data: child('data.yaml', {
      PagerTopicArn: ref('PagerTopicArn'), Mode: 'KMS', ResizeArn: sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:inventory-resize'),
    }),
    Staff: child('staff.yaml', {
      KeyArn: att('Data', 'Outputs.KeyArn'),
      PhotosArn: att('Data', 'Outputs.PhotosArn'),
      Guests: 'false',
      PagerTopicArn: ref('PagerTopicArn'),
    }),
    Stock: child('stock.yaml', {
      KeyArn: att('Data', 'Outputs.KeyArn'),
      StockArn: att('Data', 'Outputs.StockArn'),
      StockName: att('Data', 'Outputs.StockName'),
      PhotosName: att('Data', 'Outputs.PhotosName'),
      PhotosArn: att('Data', 'Outputs.PhotosArn'),
      FailedArn: att('Data', 'Outputs.FailedArn'),
      PoolId: att('Staff', 'Outputs.PoolId'),
      ClientId: att('Staff', 'Outputs.ClientId'),
      PagerTopicArn: ref('PagerTopicArn'),
      Artifacts: ref('Artifacts'),
      Level: 'INFO',
      Introspection: 'DISABLED',
      SupplierSecretArn: 'arn:aws:secretsmanager:eu-central-1:111122223333:secret:supplier-Ab12Cd',
      Depth: '5',
    }),
  },
};

const DATA: Template = {
  Parameters: text('PagerTopicArn', 'Mode', 'ResizeArn'),
  Resources: {
    Key: key(forService(['s3.amazonaws.com'], ['kms:Decrypt', 'kms:GenerateDataKey'])),
    Stock: {
      Type: 'AWS::DynamoDB::GlobalTable',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        TableName: sub('${AWS::StackName}-stock'),
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: [{ AttributeName: 'tenant', AttributeType: 'S' }, { AttributeName: 'item', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'tenant', KeyType: 'HASH' }, { AttributeName: 'item', KeyType: 'RANGE' }],
        SSESpecification: { SSEEnabled: true, SSEType: ref('Mode') },
        Replicas: [{
          Region: ref('AWS::Region'),
          DeletionProtectionEnabled: true,
          PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
          SSESpecification: { KMSMasterKeyId: att('Key') },
          Tags: [{ Key: 'app', Value: 'inventory' }],
        }],
      },
    },
    ...bucket(plain('LogStore'), undefined, undefined, {}, [takesLogs('LogStore')]),
    ...bucket(plain('Photos'), att('Key'), 'LogStore', {
      BucketName: sub('${AWS::StackName}-photos-${AWS::AccountId}'),
      NotificationConfiguration: { LambdaConfigurations: [{ Event: 's3:ObjectCreated:*', Function: ref('ResizeArn') }] },
    }),
    ...failures(plain('Failed'), ref('Key'), ref('PagerTopicArn')),
  },
  Outputs: {
    KeyArn: { Value: att('Key') },
    StockArn: { Value: att('Stock') },
    StockName: { Value: ref('Stock') },
    PhotosArn: { Value: att('Photos') },
    PhotosName: { Value: ref('Photos') },
    FailedArn: { Value: att('Failed') },
  },
};

const STAFF: Template = {
  Parameters: text('KeyArn', 'PhotosArn', 'Guests', 'PagerTopicArn'),
  Resources: {
    Pool: userPool(),
    ...firewall(plain('Firewall'), ref('KeyArn'), ref('PagerTopicArn')),
    FirewallOnPool: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: att('Pool'), WebACLArn: att('Firewall') } },
    Client: poolClient('Pool', 'https://stock.example.org/in', []),
    Identities: {
      Type: 'AWS::Cognito::IdentityPool',
      Properties: {
        AllowUnauthenticatedIdentities: ref('Guests'),
        AllowClassicFlow: false,
        CognitoIdentityProviders: [{ ClientId: ref('Client'), ProviderName: att('Pool', 'ProviderName'), ServerSideTokenCheck: true }],
      },
    },
    SignedInRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow',
            Principal: { Federated: 'cognito-identity.amazonaws.com' },
            Action: 'sts:AssumeRoleWithWebIdentity',
            Condition: {
              'StringEquals': { 'cognito-identity.amazonaws.com:aud': ref('Identities') },
              'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': 'authenticated' },
            },
          }],
        },
        Policies: [{
          PolicyName: 'photos',
          PolicyDocument: {
            Version: '2012-10-17',
            Statement: [
              allow('s3:GetObject', sub('${PhotosArn}/shown/${!cognito-identity.amazonaws.com:sub}/*')),
              allow('kms:Decrypt', ref('KeyArn'), via('s3')),
            ],
          },
        }],
      },
    },
    Roles: { Type: 'AWS::Cognito::IdentityPoolRoleAttachment', Properties: { IdentityPoolId: ref('Identities'), Roles: { authenticated: att('SignedInRole') } } },
  },
  Outputs: { PoolId: { Value: ref('Pool') }, ClientId: { Value: ref('Client') }, PoolArn: { Value: att('Pool') } },
};

const fn = (name: string, allowed: any[], variables: any, more: any = {}): Parts => lambda({
  id: plain(name),
  key: ref('KeyArn'),
  pager: ref('PagerTopicArn'),
  signing: ref('Signing'),
  code: { S3Bucket: ref('Artifacts'), S3Key: `${name}.zip` },
  statements: allowed,
  env: { LOG_LEVEL: ref('Level'), ...variables },
  more,
});

const STOCK: Template = {
  Parameters: {
    ...text('KeyArn', 'StockArn', 'StockName', 'PhotosName', 'PhotosArn', 'FailedArn', 'PoolId', 'ClientId', 'PagerTopicArn', 'Artifacts', 'SupplierSecretArn'),
    Level: { Type: 'String', Default: 'INFO' },
    Introspection: { Type: 'String', Default: 'DISABLED' },
    Depth: { Type: 'Number', Default: 5 },
  },
  Resources: {
    Signing: signing(),
    ApiLogsRole: role('appsync.amazonaws.com', [
      allow(['logs:CreateLogStream', 'logs:PutLogEvents'], sub('arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:/aws/appsync/apis/*')),
    ]),
    Api: {
      Type: 'AWS::AppSync::GraphQLApi',
      Properties: {
        Name: 'stock',
        AuthenticationType: 'AMAZON_COGNITO_USER_POOLS',
        XrayEnabled: true,
        IntrospectionConfig: ref('Introspection'),
        QueryDepthLimit: ref('Depth'),
        ResolverCountLimit: 50,
        UserPoolConfig: { UserPoolId: ref('PoolId'), AwsRegion: ref('AWS::Region'), DefaultAction: 'DENY', AppIdClientRegex: ref('ClientId') },
        LogConfig: { CloudWatchLogsRoleArn: att('ApiLogsRole'), FieldLogLevel: 'ERROR', ExcludeVerboseContent: true },
        Tags: [{ Key: 'app', Value: 'inventory' }],
      },
    },
    ApiLogs: logs(ref('KeyArn'), { LogGroupName: sub('/aws/appsync/apis/${Api.ApiId}') }),
    ApiSchema: {
      Type: 'AWS::AppSync::GraphQLSchema',
      Properties: {
        ApiId: att('Api', 'ApiId'),
        Definition: 'type Item @aws_cognito_user_pools { id: ID! count: Int! } type Query { item(id: ID!): Item @aws_auth(cognito_groups: ["stock"]) }',
      },
    },
    ReadSource: {
      Type: 'AWS::AppSync::DataSource',
      Properties: {
        ApiId: att('Api', 'ApiId'), Name: 'read', Type: 'AWS_LAMBDA', ServiceRoleArn: att('ReadSourceRole'), LambdaConfig: { LambdaFunctionArn: att('Read') },
      },
    },
    ReadSourceRole: role('appsync.amazonaws.com', [allow('lambda:InvokeFunction', att('Read'))]),
    ItemResolver: {
      Type: 'AWS::AppSync::Resolver',
      DependsOn: 'ApiSchema',
      Properties: {
        ApiId: att('Api', 'ApiId'), TypeName: 'Query', FieldName: 'item', DataSourceName: att('ReadSource', 'Name'),
      },
    },
    ApiFaults: alarm('AWS/AppSync', '5XXError', { GraphQLAPIId: att('Api', 'ApiId') }, ref('PagerTopicArn')),
    ...firewall(plain('Firewall'), ref('KeyArn'), ref('PagerTopicArn')),
    FirewallOnApi: { Type: 'AWS::WAFv2::WebACLAssociation', Properties: { ResourceArn: att('Api'), WebACLArn: att('Firewall') } },
    ...fn('Read', [
      allow('dynamodb:GetItem', ref('StockArn')),
      allow('kms:Decrypt', ref('KeyArn'), via('dynamodb')),
    ], { STOCK: ref('StockName') }),
    ...fn('Resize', [
      allow('s3:GetObject', sub('${PhotosArn}/raw/*')),
      allow('dynamodb:UpdateItem', ref('StockArn')),
      allow('sqs:SendMessage', ref('FailedArn')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], ref('KeyArn'), via('s3', 'dynamodb', 'sqs')),
    ], { STOCK: ref('StockName'), PHOTOS: ref('PhotosName'), SUPPLIER_SECRET_ARN: ref('SupplierSecretArn') }, {
      FunctionName: 'inventory-resize', DeadLetterConfig: { TargetArn: ref('FailedArn') },
    }),
    ResizeAllow: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        FunctionName: att('Resize'), Action: 'lambda:InvokeFunction', Principal: 's3.amazonaws.com', SourceArn: ref('PhotosArn'), SourceAccount: ACCOUNT,
      },
    },
  },
};

const given = (template: Template, id: string): any => prop(template, id).Parameters;

export const INVENTORY_SEED: BlindSeed = {
  name: 'Seven A: inventory, a parent with nested stacks',
  style: 'nested',
  stacks: { Parent: PARENT, DataPart: DATA, StaffPart: STAFF, StockPart: STOCK },
  nested: {
    DataPart: { id: 'Parent', logicalId: 'Data' }, StaffPart: { id: 'Parent', logicalId: 'Staff' }, StockPart: { id: 'Parent', logicalId: 'Stock' },
  },
  mutants: [
    fault('G01', 'the parent hands on the secret of the supplier, which lands in a variable', ({ Parent, StockPart }) => {
      given(Parent, 'Stock').Supplier = '{{resolve:secretsmanager:supplier:SecretString:key}}';
      StockPart.Parameters.Supplier = { Type: 'String', NoEcho: true };
      env(StockPart, 'Resize').SUPPLIER = ref('Supplier');
    }),
    fault('G05', 'the password of the supplier is shown with the parameters of a nested stack', ({ Parent, StockPart }) => {
      Parent.Parameters.Supplied = { Type: 'String', NoEcho: true };
      given(Parent, 'Stock').SupplierPassword = ref('Supplied');
      StockPart.Parameters.SupplierPassword = { Type: 'String' };
    }),
    fault('G08', 'the parent turns on all logs', ({ Parent }) => {
      given(Parent, 'Stock').Level = 'DEBUG';
    }),
    fault('G06', 'the API holds the key of the supplier', ({ StockPart }) => {
      prop(StockPart, 'Api').EnvironmentVariables = { SUPPLIER_API_KEY: { 'Fn::Join': ['-', ['sup', '7f3k9d2m4x8q1z']] } };
    }),
    fault('G86', 'the parent lets each caller read the schema', ({ Parent }) => {
      given(Parent, 'Stock').Introspection = 'ENABLED';
    }),
    fault('G86', 'the parent sets no depth to a query', ({ Parent }) => {
      given(Parent, 'Stock').Depth = '0';
    }),
    fault('G70', 'what is asked for and given stands in the log', ({ StockPart }) => {
      Object.assign(prop(StockPart, 'Api').LogConfig, { ExcludeVerboseContent: 'false', FieldLogLevel: 'ALL' });
    }),
    fault('G30', 'who signed in to any pool of the world gets the role', ({ StaffPart }) => {
      const [statement] = trust(StaffPart, 'SignedInRole');
      statement.Condition = { 'ForAnyValue:StringLike': statement.Condition['ForAnyValue:StringLike'] };
    }),
    fault('G30', 'guests get the role of who signed in', ({ StaffPart }) => {
      const [statement] = trust(StaffPart, 'SignedInRole');
      statement.Condition['ForAnyValue:StringLike'] = { 'cognito-identity.amazonaws.com:amr': '*' };
    }),
    fault('G39', 'who signed in may put photos that a function reads, all of them', ({ StaffPart }) => {
      statements(StaffPart, 'SignedInRole').push(allow('s3:PutObject', sub('${PhotosArn}/raw/*')));
    }),
    fault('G32', 'who reads for all tenants may go through all of them', ({ StockPart }) => {
      statements(StockPart, 'ReadRole').push(allow(['dynamodb:Scan', 'dynamodb:PartiQLSelect'], ref('StockArn')));
    }),
    fault('G32', 'indices that are not there may be asked', ({ StockPart }) => {
      statements(StockPart, 'ReadRole').push(allow('dynamodb:Query', sub('${StockArn}/index/*')));
    }),
    fault('G77', 'one copy of the stock may be deleted', ({ DataPart }) => {
      prop(DataPart, 'Stock').Replicas.push({
        Region: 'eu-west-1',
        DeletionProtectionEnabled: false,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/8d7f6a5b-4c3d-2e1f-9a8b-7c6d5e4f3a2b' },
      });
    }),
    fault('G77', 'one copy of the stock lies under the key of AWS and cannot be brought back', ({ DataPart }) => {
      prop(DataPart, 'Stock').Replicas.push({ Region: 'eu-west-1', DeletionProtectionEnabled: true });
    }),
    fault('G40', 'a photo that cannot be resized is forgotten', ({ StockPart }) => {
      delete prop(StockPart, 'Resize').DeadLetterConfig;
    }),
    fault('G27', 'any bucket of the account and others calls the resizing', ({ StockPart }) => {
      prop(StockPart, 'ResizeAllow').SourceArn = { 'Fn::Sub': 'arn:${AWS::Partition}:s3:::*' };
      delete prop(StockPart, 'ResizeAllow').SourceAccount;
    }),
    fault('G38', 'the source of items may call all functions', ({ StockPart }) => {
      statements(StockPart, 'ReadSourceRole')[0] = allow('lambda:*', '*');
    }),
    fault('G76', 'who deletes the part deletes the people, and nothing keeps the pool', ({ StaffPart }) => {
      Object.assign(StaffPart.Resources.Pool, { DeletionPolicy: 'Delete', UpdateReplacePolicy: 'Delete' });
      prop(StaffPart, 'Pool').DeletionProtection = 'INACTIVE';
    }),
    fault('G03', 'the parent tells the stock where its database is, with the password', ({ Parent, StockPart }) => {
      given(Parent, 'Stock').Database = ['postgres', '://stock:', 'q8Zt5nB3', '@db.stock.example.org/stock'].join('');
      StockPart.Parameters.Database = { Type: 'String' };
      env(StockPart, 'Read').DATABASE = ref('Database');
    }),
    breach('cognito.guest', 'the parent lets in guests', ({ Parent }) => {
      given(Parent, 'Staff').Guests = 'true';
    }),
    breach('appsync.api-key', 'a second door of the API opens by a key', ({ StockPart }) => {
      prop(StockPart, 'Api').AdditionalAuthenticationProviders = [{ AuthenticationType: 'API_KEY' }];
      add(StockPart, 'ApiKey', 'AWS::AppSync::ApiKey', { ApiId: att('Api', 'ApiId') });
    }),
    breach('iam.wildcard-resource', 'the parent tells the stock that its table is all tables', ({ Parent }) => {
      given(Parent, 'Stock').StockArn = '*';
    }),
    breach('ddb.cmk', 'the stock is encrypted by a key of DynamoDB', ({ DataPart }) => {
      prop(DataPart, 'Stock').SSESpecification = { SSEEnabled: false };
      delete prop(DataPart, 'Stock').Replicas[0].SSESpecification;
    }),
  ],
  variants: [
    safe('a default that is wrong, which the parent sets right', ({ StockPart }) => {
      StockPart.Parameters.Level.Default = 'DEBUG';
      StockPart.Parameters.Introspection.Default = 'ENABLED';
    }),
    safe('the parent says itself that there are no guests', ({ StaffPart }) => {
      StaffPart.Parameters.Guests.Default = 'true';
    }),
    safe('who reads is bound to the tenant of the caller', ({ StockPart }) => {
      statements(StockPart, 'ReadRole').push(allow('dynamodb:Query', ref('StockArn'), {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] }, 'Null': { 'dynamodb:LeadingKeys': 'false' },
      }));
    }),
    safe('the API is told where the supplier is', ({ StockPart }) => {
      prop(StockPart, 'Api').EnvironmentVariables = { SUPPLIER_HOST: 'api.supplier.example.org', SUPPLIER_SECRET_NAME: 'supplier' };
    }),
    safe('one more copy of the stock, as good as the first', ({ DataPart }) => {
      prop(DataPart, 'Stock').Replicas.push({
        Region: 'eu-west-1',
        DeletionProtectionEnabled: true,
        PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
        SSESpecification: { KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/8d7f6a5b-4c3d-2e1f-9a8b-7c6d5e4f3a2b' },
      });
    }),
  ],
};
