import { addResource, properties, Seed, Template } from '../seed';

const FOREIGN = '999988887777';

interface Document {
  Statement: Record<string, any>[];
}

/** The first statement of a policy document. */
const first = (document: Document) => document.Statement[0];
const statementsOf = (template: Template, id: string) => (properties(template, id).PolicyDocument as Document).Statement;
const trustOf = (template: Template, id: string) => first(properties(template, id).AssumeRolePolicyDocument as Document);

/** A queue behind a topic, with key, secret and endpoint: who may use what. */
const SHARING: Seed = {
  name: 'A queue behind a topic with their key, and a secret, by hand',
  style: 'yaml',
  stacks: {
    Shop: `
Parameters:
  Organization: { Type: String }
Resources:
  Key:
    Type: AWS::KMS::Key
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      EnableKeyRotation: true
      KeyPolicy:
        Version: '2012-10-17'
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root' }, Action: 'kms:*', Resource: '*' }
          - Effect: Allow
            Principal: { Service: sns.amazonaws.com }
            Action: ['kms:Decrypt', 'kms:GenerateDataKey']
            Resource: '*'
            Condition: { ArnLike: { 'aws:SourceArn': !Sub 'arn:aws:sns:\${AWS::Region}:\${AWS::AccountId}:*' } }
  Placed:
    Type: AWS::SNS::Topic
    Properties: { KmsMasterKeyId: !GetAtt Key.Arn }
  PlacedPolicy:
    Type: AWS::SNS::TopicPolicy
    Properties:
      Topics: [!Ref Placed]
      PolicyDocument:
        Statement:
          - { Effect: Allow, Principal: { AWS: !Sub 'arn:aws:iam::\${AWS::AccountId}:root' }, Action: 'sns:Publish', Resource: !Ref Placed }
          - { Effect: Deny, Principal: '*', Action: 'sns:Publish', Resource: !Ref Placed, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  Failed:
    Type: AWS::SQS::Queue
    Properties: { KmsMasterKeyId: !GetAtt Key.Arn, RedriveAllowPolicy: { redrivePermission: byQueue, sourceQueueArns: [!Sub 'arn:aws:sqs:\${AWS::Region}:\${AWS::AccountId}:orders'] } }
  FailedPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Failed]
      PolicyDocument:
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Failed.Arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  Orders:
    Type: AWS::SQS::Queue
    Properties:
      QueueName: orders
      KmsMasterKeyId: !GetAtt Key.Arn
      RedrivePolicy: { deadLetterTargetArn: !GetAtt Failed.Arn, maxReceiveCount: 5 }
  OrdersPolicy:
    Type: AWS::SQS::QueuePolicy
    Properties:
      Queues: [!Ref Orders]
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Service: sns.amazonaws.com }
            Action: 'sqs:SendMessage'
            Resource: !GetAtt Orders.Arn
            Condition: { ArnEquals: { 'aws:SourceArn': !Ref Placed } }
          - { Effect: Deny, Principal: '*', Action: 'sqs:*', Resource: !GetAtt Orders.Arn, Condition: { Bool: { 'aws:SecureTransport': 'false' } } }
  Credentials:
    Type: AWS::SecretsManager::Secret
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { KmsKeyId: !GetAtt Key.Arn, GenerateSecretString: { PasswordLength: 32 } }
  CredentialsPolicy:
    Type: AWS::SecretsManager::ResourcePolicy
    Properties:
      SecretId: !Ref Credentials
      BlockPublicPolicy: true
      ResourcePolicy:
        Statement:
          - { Effect: Deny, Principal: '*', Action: 'secretsmanager:DeleteSecret', Resource: '*' }
  Endpoint:
    Type: AWS::EC2::VPCEndpoint
    Properties:
      VpcId: vpc-1
      ServiceName: !Sub 'com.amazonaws.\${AWS::Region}.sqs'
      VpcEndpointType: Interface
      PolicyDocument:
        Statement:
          - Effect: Allow
            Principal: '*'
            Action: '*'
            Resource: '*'
            Condition: { StringEquals: { 'aws:ResourceAccount': !Ref AWS::AccountId, 'aws:PrincipalAccount': !Ref AWS::AccountId } }
`,
  },
  mutants: [{
    name: 'the queue is open to everybody',
    rule: 'PolicyOpenEveryone',
    change: ({ Shop }) => { statementsOf(Shop, 'OrdersPolicy').push({ Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*' }); },
  }, {
    name: 'the topic is open to whoever names no organization',
    rule: 'PolicyOpenEveryone',
    change: ({ Shop }) => {
      Object.assign(statementsOf(Shop, 'PlacedPolicy')[0], { Principal: { AWS: ['*'] }, Condition: { StringEqualsIfExists: { 'aws:PrincipalOrgID': 'o-abcdefghij' } } });
    },
  }, {
    name: 'the key is open to everybody through SQS, by a mapping',
    rule: 'PolicyOpenEveryone',
    change: ({ Shop }) => {
      Shop.Mappings = { Who: { prod: { Principal: '*' } } };
      properties(Shop, 'Key').KeyPolicy.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::FindInMap': ['Who', 'prod', 'Principal'] } },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringLike: { 'kms:ViaService': 'sqs.*.amazonaws.com' } },
      });
    },
  }, {
    name: 'another account reads the secret',
    rule: 'PolicyForeignAccount',
    change: ({ Shop }) => {
      properties(Shop, 'CredentialsPolicy').ResourcePolicy.Statement.push({
        Effect: 'Allow', Principal: { AWS: { 'Fn::Join': [':', ['arn:aws:iam:', FOREIGN, 'root']] } }, Action: 'secretsmanager:GetSecretValue', Resource: '*',
      });
    },
  }, {
    name: 'another account of the organization sends',
    rule: 'ForeignAccountAgreed',
    change: ({ Shop }) => {
      statementsOf(Shop, 'OrdersPolicy').push({
        Effect: 'Allow', Principal: { AWS: FOREIGN }, Action: 'sqs:SendMessage', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      });
    },
  }, {
    name: 'topics of everybody send to the queue',
    rule: 'ServiceGrantSource',
    change: ({ Shop }) => { delete statementsOf(Shop, 'OrdersPolicy')[0].Condition; },
  }, {
    name: 'topics of every account use the key',
    rule: 'ServiceGrantCustomary',
    change: ({ Shop }) => { properties(Shop, 'Key').KeyPolicy.Statement[1].Condition = { ArnLike: { 'aws:SourceArn': { 'Fn::Sub': 'arn:aws:sns:${AWS::Region}:*:*' } } }; },
  }, {
    name: 'the policy of the queue allows everything',
    rule: 'PolicyActionWildcard',
    change: ({ Shop }) => { statementsOf(Shop, 'OrdersPolicy')[0].Action = ['SQS:*']; },
  }, {
    name: 'nobody checks the policy of the secret',
    rule: 'SecretPolicyBlock',
    change: ({ Shop }) => { properties(Shop, 'CredentialsPolicy').BlockPublicPolicy = 'false'; },
  }, {
    name: 'the endpoint lets everything through',
    rule: 'EndpointPolicyOpen',
    change: ({ Shop }) => { delete properties(Shop, 'Endpoint').PolicyDocument; },
  }, {
    name: 'the endpoint does not ask whose the resources are',
    rule: 'EndpointPolicyOpen',
    change: ({ Shop }) => { properties(Shop, 'Endpoint').PolicyDocument.Statement[0].Condition = { Bool: { 'aws:SecureTransport': 'true' } }; },
  }],
  variants: [{
    name: 'the queue is open to the own organization',
    change: ({ Shop }) => {
      statementsOf(Shop, 'OrdersPolicy').push({
        Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': 'o-abcdefghij' } },
      });
    },
  }, {
    name: 'the organization is a parameter',
    undecided: ['PolicyOpenEveryone'],
    change: ({ Shop }) => {
      statementsOf(Shop, 'OrdersPolicy').push({
        Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: '*', Condition: { StringEquals: { 'aws:PrincipalOrgID': { Ref: 'Organization' } } },
      });
    },
  }, {
    name: 'a role of the own account sends',
    change: ({ Shop }) => {
      statementsOf(Shop, 'OrdersPolicy').push({
        Effect: 'Allow', Principal: { AWS: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/sender' } }, Action: 'sqs:SendMessage', Resource: '*',
      });
    },
  }, {
    name: 'the topic is bound by its account',
    change: ({ Shop }) => { statementsOf(Shop, 'OrdersPolicy')[0].Condition = { StringEquals: { 'AWS:SourceAccount': { Ref: 'AWS::AccountId' } } }; },
  }, {
    name: 'everybody in the account uses the key through SQS',
    change: ({ Shop }) => {
      properties(Shop, 'Key').KeyPolicy.Statement.push({
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'kms:Decrypt',
        Resource: '*',
        Condition: { StringEquals: { 'kms:CallerAccount': { Ref: 'AWS::AccountId' }, 'kms:ViaService': 'sqs.eu-west-1.amazonaws.com' } },
      });
    },
  }],
};

/** A function with a role by name, as a converter writes it: everything is a literal. */
const RIGHTS: Seed = {
  name: 'A function that reads a table, with literal names',
  style: 'terraform',
  stacks: {
    Shop: `
Resources:
  TfOrders:
    Type: AWS::DynamoDB::Table
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties:
      TableName: orders
      BillingMode: PAY_PER_REQUEST
      DeletionProtectionEnabled: true
      PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true }
      SSESpecification: { SSEEnabled: true, SSEType: KMS, KMSMasterKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' }
      AttributeDefinitions: [{ AttributeName: tenantId, AttributeType: S }]
      KeySchema: [{ AttributeName: tenantId, KeyType: HASH }]
  TfLogs:
    Type: AWS::Logs::LogGroup
    DeletionPolicy: Retain
    UpdateReplacePolicy: Retain
    Properties: { LogGroupName: /aws/lambda/show, RetentionInDays: 365, KmsKeyId: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111' }
  TfRole:
    Type: AWS::IAM::Role
    Properties:
      RoleName: show-role
      AssumeRolePolicyDocument:
        Statement: [{ Effect: Allow, Principal: { Service: lambda.amazonaws.com }, Action: 'sts:AssumeRole' }]
      ManagedPolicyArns: ['arn:aws:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole']
  TfRolePolicy:
    Type: AWS::IAM::RolePolicy
    Properties:
      RoleName: show-role
      PolicyName: read
      PolicyDocument:
        Statement:
          - { Effect: Allow, Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders' }
          - Effect: Allow
            Action: 'kms:Decrypt'
            Resource: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111'
            Condition: { StringEquals: { 'kms:ViaService': dynamodb.eu-west-1.amazonaws.com } }
  TfShow:
    Type: AWS::Lambda::Function
    Properties:
      FunctionName: show
      Role: 'arn:aws:iam::111122223333:role/show-role'
      Runtime: nodejs24.x
      Handler: index.handler
      Timeout: 10
      MemorySize: 256
      ReservedConcurrentExecutions: 10
      TracingConfig: { Mode: Active }
      LoggingConfig: { LogGroup: /aws/lambda/show, LogFormat: JSON }
      KmsKeyArn: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111'
      Environment: { Variables: { TABLE: !Ref TfOrders } }
      Code: { S3Bucket: artifacts-111122223333, S3Key: show.zip }
      DeadLetterConfig: { TargetArn: 'arn:aws:sqs:eu-west-1:111122223333:failed' }
  TfPermission:
    Type: AWS::Lambda::Permission
    Properties: { FunctionName: show, Action: 'lambda:InvokeFunction', Principal: events.amazonaws.com, SourceArn: 'arn:aws:events:eu-west-1:111122223333:rule/nightly' }
`,
  },
  mutants: [{
    name: 'the function writes itself a policy',
    rule: 'IamPrivilegeEscalation',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy').push({ Effect: 'Allow', Action: 'iam:putrolepolicy', Resource: 'arn:aws:iam::111122223333:role/show-role' }); },
  }, {
    name: 'the function passes any role to any service',
    rule: 'IamPrivilegeEscalation',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy').push({ Effect: 'Allow', Action: ['iam:PassRole'], Resource: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:role/*' } }); },
  }, {
    name: 'the function assumes any role',
    rule: 'IamPrivilegeEscalation',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy').push({ Effect: 'Allow', Action: 'sts:AssumeRole', Resource: ['*'] }); },
  }, {
    name: 'the function changes its own code',
    rule: 'FunctionCodeRights',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy').push({ Effect: 'Allow', Action: 'lambda:UpdateFunctionCode', Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:show' }); },
  }, {
    name: 'a managed policy lets the function call all functions',
    rule: 'FunctionCodeRights',
    change: ({ Shop }) => {
      addResource(Shop, 'TfPolicy', 'AWS::IAM::ManagedPolicy', {
        Roles: ['show-role'], PolicyDocument: { Statement: { Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:aws:lambda:*:*:function:*' } },
      });
    },
  }, {
    name: 'the function makes grants of the key',
    rule: 'KeyControlRights',
    change: ({ Shop }) => { Object.assign(statementsOf(Shop, 'TfRolePolicy')[1], { Action: ['kms:Decrypt', 'kms:CreateGrant'], Condition: undefined }); },
  }, {
    name: 'a policy of AWS gives the whole service',
    rule: 'ManagedPolicyAccess',
    change: ({ Shop }) => { (properties(Shop, 'TfRole').ManagedPolicyArns as unknown[]).push({ 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::aws:policy/AmazonDynamoDBFullAccess']] }); },
  }, {
    name: 'a policy of AWS reads everything',
    rule: 'ManagedPolicyBreadth',
    change: ({ Shop }) => { properties(Shop, 'TfRole').ManagedPolicyArns = ['arn:aws:iam::aws:policy/ReadOnlyAccess']; },
  }, {
    name: 'the function may open its table to others',
    rule: 'StoreControlRights',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy')[0].Action = ['dynamodb:GetItem', 'dynamodb:PutResourcePolicy']; },
  }, {
    name: 'reading by a pattern',
    rule: 'IamActionPattern',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy')[0].Action = ['dynamodb:BatchGet*']; },
  }, {
    name: 'all actions of the service, by a condition that is open',
    rule: 'IamActionWildcard',
    change: ({ Shop }) => {
      Shop.Parameters = { Wide: { Type: 'String' } };
      Shop.Conditions = { Wide: { 'Fn::Equals': [{ Ref: 'Wide' }, 'yes'] } };
      statementsOf(Shop, 'TfRolePolicy')[0].Action = { 'Fn::If': ['Wide', 'dynamodb:*', 'dynamodb:GetItem'] };
    },
  }, {
    name: 'all actions but a few',
    rule: 'IamActionWildcard',
    change: ({ Shop }) => {
      const [statement] = statementsOf(Shop, 'TfRolePolicy');
      delete statement.Action;
      statement.NotAction = ['iam:*', 'kms:*'];
    },
  }, {
    name: 'all tables',
    rule: 'IamResourceWildcard',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy')[0].Resource = { 'Fn::Sub': 'arn:aws:dynamodb:${AWS::Region}:${AWS::AccountId}:table/*' }; },
  }, {
    name: 'everybody\'s rules call the function',
    rule: 'InvokePermissionSource',
    change: ({ Shop }) => { delete properties(Shop, 'TfPermission').SourceArn; },
  }, {
    name: 'an access key for a user',
    rule: 'IamUserKeys',
    change: ({ Shop }) => { addResource(Shop, 'TfKey', 'AWS::IAM::AccessKey', { UserName: 'deploy' }); },
  }, {
    name: 'a user', rule: 'IamUserPresent', change: ({ Shop }) => { addResource(Shop, 'TfUser', 'AWS::IAM::User', { UserName: 'deploy' }); },
  }, {
    name: 'the right holds for indexes that do not exist',
    rule: 'IndexGrantUnused',
    change: ({ Shop }) => {
      statementsOf(Shop, 'TfRolePolicy')[0].Resource = ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders/index/*'];
    },
  }, {
    name: 'a function for one tenant scans them all',
    rule: 'TenantScanRights',
    change: ({ Shop }) => {
      const statements = statementsOf(Shop, 'TfRolePolicy');
      statements[0].Condition = { 'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] } };
      statements.push({ Effect: 'Allow', Action: 'dynamodb:Scan', Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/orders' });
    },
  }, {
    name: 'a right on a table that the function never hears of',
    rule: 'GrantWithoutUse',
    change: ({ Shop }) => {
      const table = JSON.parse(JSON.stringify(properties(Shop, 'TfOrders'))) as Record<string, any>;
      addResource(Shop, 'TfCustomers', 'AWS::DynamoDB::Table', { ...table, TableName: 'customers' }, { DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain' });
      statementsOf(Shop, 'TfRolePolicy')[0].Resource = ['arn:aws:dynamodb:eu-west-1:111122223333:table/orders', 'arn:aws:dynamodb:eu-west-1:111122223333:table/customers'];
    },
  }, {
    name: 'the key of a secret opens everything',
    rule: 'KeyDecryptScope',
    change: ({ Shop }) => {
      const statements = statementsOf(Shop, 'TfRolePolicy');
      statements.push({ Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf' });
      delete statements[1].Condition;
    },
  }, {
    name: 'a secret with four readers',
    rule: 'SecretManyReaders',
    change: ({ Shop }) => {
      addResource(Shop, 'TfSecret', 'AWS::SecretsManager::Secret', { Name: 'db' });
      for (const name of ['a', 'b', 'c', 'd']) {
        addResource(Shop, `TfReader${name}`, 'AWS::IAM::Role', {
          AssumeRolePolicyDocument: properties(Shop, 'TfRole').AssumeRolePolicyDocument,
          Policies: [{
            PolicyName: 'read',
            PolicyDocument: { Statement: { Effect: 'Allow', Action: 'secretsmanager:GetSecretValue', Resource: 'arn:aws:secretsmanager:eu-west-1:111122223333:secret:db-AbCdEf' } },
          }],
        });
      }
    },
  }, {
    name: 'a layer of somebody else',
    rule: 'ForeignCodeSource',
    change: ({ Shop }) => { properties(Shop, 'TfShow').Layers = [{ 'Fn::Sub': `arn:aws:lambda:\${AWS::Region}:${FOREIGN}:layer:apm:7` }]; },
  }, {
    name: 'a custom resource is made by somebody else',
    rule: 'CustomResourceAbroad',
    change: ({ Shop }) => { addResource(Shop, 'TfSeed', 'Custom::Seed', { ServiceToken: { 'Fn::Sub': `arn:aws:lambda:\${AWS::Region}:${FOREIGN}:function:seed` } }); },
  }, {
    name: 'the code lies in a bucket of somebody else',
    rule: 'ForeignCodeSource',
    change: ({ Shop }) => { properties(Shop, 'TfShow').Code = { S3Bucket: `artifacts-${FOREIGN}`, S3Key: 'show.zip' }; },
  }, {
    name: 'a stream of somebody else',
    rule: 'ForeignEventSource',
    change: ({ Shop }) => {
      addResource(Shop, 'TfSource', 'AWS::Lambda::EventSourceMapping', { FunctionName: 'show', EventSourceArn: `arn:aws:kinesis:eu-west-1:${FOREIGN}:stream/clicks` });
    },
  }, {
    name: 'the logs go to somebody else',
    rule: 'LogDataAbroad',
    change: ({ Shop }) => {
      addResource(Shop, 'TfFilter', 'AWS::Logs::SubscriptionFilter', {
        LogGroupName: '/aws/lambda/show', FilterPattern: '', DestinationArn: `arn:aws:logs:eu-west-1:${FOREIGN}:destination:collect`,
      });
    },
  }, {
    name: 'the layer is open to everybody',
    rule: 'LayerOpenEveryone',
    change: ({ Shop }) => {
      addResource(Shop, 'TfShare', 'AWS::Lambda::LayerVersionPermission', {
        Action: 'lambda:GetLayerVersion', LayerVersionArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:common:3', Principal: '*',
      });
    },
  }, {
    name: 'every rule of the account calls the function',
    rule: 'PermissionSourceBreadth',
    change: ({ Shop }) => { properties(Shop, 'TfPermission').SourceArn = { 'Fn::Sub': 'arn:aws:events:${AWS::Region}:${AWS::AccountId}:rule/*' }; },
  }, {
    name: 'the rule may also change the function',
    rule: 'PermissionActionScope',
    change: ({ Shop }) => { properties(Shop, 'TfPermission').Action = 'lambda:*'; },
  }, {
    name: 'every distribution calls the URL',
    rule: 'UrlPermissionScope',
    change: ({ Shop }) => {
      addResource(Shop, 'TfEdge', 'AWS::Lambda::Permission', {
        FunctionName: 'show', Action: 'lambda:InvokeFunctionUrl', Principal: 'cloudfront.amazonaws.com', SourceAccount: '111122223333',
      });
    },
  }, {
    name: 'a schedule of anybody assumes the role',
    rule: 'RoleTrustSource',
    change: ({ Shop }) => { trustOf(Shop, 'TfRole').Principal = { Service: 'scheduler.amazonaws.com' }; },
  }, {
    name: 'three services share the role',
    rule: 'RoleTrustServices',
    change: ({ Shop }) => { trustOf(Shop, 'TfRole').Principal.Service = ['lambda.amazonaws.com', 'ec2.amazonaws.com', 'ecs-tasks.amazonaws.com']; },
  }, {
    name: 'everybody assumes the role',
    rule: 'RoleTrustEveryone',
    change: ({ Shop }) => { trustOf(Shop, 'TfRole').Principal = { AWS: '*' }; },
  }, {
    name: 'another account assumes the role',
    rule: 'RoleTrustForeign',
    change: ({ Shop }) => { trustOf(Shop, 'TfRole').Principal = { AWS: [`arn:aws:iam::${FOREIGN}:role/collector`], Service: 'lambda.amazonaws.com' }; },
  }],
  variants: [{
    name: 'the function passes one role to one service',
    change: ({ Shop }) => {
      statementsOf(Shop, 'TfRolePolicy').push({
        Effect: 'Allow', Action: 'iam:PassRole', Resource: 'arn:aws:iam::111122223333:role/worker', Condition: { StringEquals: { 'iam:PassedToService': 'states.amazonaws.com' } },
      });
    },
  }, {
    name: 'the function calls one other function',
    change: ({ Shop }) => { statementsOf(Shop, 'TfRolePolicy').push({ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn:aws:lambda:eu-west-1:111122223333:function:price' }); },
  }, {
    name: 'a layer of AWS',
    change: ({ Shop }) => { properties(Shop, 'TfShow').Layers = ['arn:aws:lambda:eu-west-1:580247275435:layer:LambdaInsightsExtension:53']; },
  }, {
    name: 'the own account by its number',
    change: ({ Shop }) => {
      addResource(Shop, 'TfShare', 'AWS::Lambda::LayerVersionPermission', {
        Action: 'lambda:GetLayerVersion', LayerVersionArn: 'arn:aws:lambda:eu-west-1:111122223333:layer:common:3', Principal: '111122223333',
      });
    },
  }, {
    name: 'grants for services of AWS',
    change: ({ Shop }) => {
      statementsOf(Shop, 'TfRolePolicy').push({
        Effect: 'Allow',
        Action: 'kms:CreateGrant',
        Resource: 'arn:aws:kms:eu-west-1:111122223333:key/11111111-1111-1111-1111-111111111111',
        Condition: { Bool: { 'kms:GrantIsForAWSResource': true } },
      });
    },
  }],
};

/** Customers get rights on files, by the role that the pool gives them. */
function giveFiles(roles: Template, Resource: unknown): void {
  properties(roles, 'Customer').Policies = [{ PolicyName: 'files', PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource }] } }];
  addResource(roles, 'Given', 'AWS::Cognito::IdentityPoolRoleAttachment', { IdentityPoolId: { 'Fn::ImportValue': 'pool' }, Roles: { authenticated: { 'Fn::GetAtt': ['Customer', 'Arn'] } } });
}

/** Who becomes a role from outside of AWS. */
const FEDERATION: Seed = {
  name: 'Roles for users of an identity pool and for a pipeline',
  style: 'cross-stack',
  stacks: {
    Users: `
Resources:
  Pool:
    Type: AWS::Cognito::IdentityPool
    Properties: { AllowUnauthenticatedIdentities: false }
Outputs:
  Pool: { Value: !Ref Pool, Export: { Name: pool } }
`,
    Roles: `
Resources:
  Customer:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Federated: cognito-identity.amazonaws.com }
            Action: 'sts:AssumeRoleWithWebIdentity'
            Condition:
              StringEquals: { 'cognito-identity.amazonaws.com:aud': !ImportValue pool }
              'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': authenticated }
  Guest:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Federated: cognito-identity.amazonaws.com }
            Action: 'sts:AssumeRoleWithWebIdentity'
            Condition:
              StringEquals: { 'cognito-identity.amazonaws.com:aud': !ImportValue pool }
              'ForAnyValue:StringLike': { 'cognito-identity.amazonaws.com:amr': unauthenticated }
      Policies:
        - PolicyName: events
          PolicyDocument: { Statement: [{ Effect: Allow, Action: 'mobiletargeting:PutEvents', Resource: 'arn:aws:mobiletargeting:eu-west-1:111122223333:apps/1/events' }] }
  Pipeline:
    Type: AWS::IAM::Role
    Properties:
      AssumeRolePolicyDocument:
        Statement:
          - Effect: Allow
            Principal: { Federated: !Sub 'arn:aws:iam::\${AWS::AccountId}:oidc-provider/token.actions.githubusercontent.com' }
            Action: 'sts:AssumeRoleWithWebIdentity'
            Condition:
              StringEquals: { 'token.actions.githubusercontent.com:aud': sts.amazonaws.com }
              StringLike: { 'token.actions.githubusercontent.com:sub': 'repo:shop/orders:ref:refs/heads/main' }
`,
  },
  mutants: [{
    name: 'users of any pool', rule: 'CognitoTrustAudience', change: ({ Roles }) => { delete trustOf(Roles, 'Customer').Condition.StringEquals; },
  }, {
    name: 'guests become customers', rule: 'CognitoTrustAudience', change: ({ Roles }) => { delete trustOf(Roles, 'Customer').Condition['ForAnyValue:StringLike']; },
  }, {
    name: 'the pool matters only if it is told',
    rule: 'CognitoTrustAudience',
    change: ({ Roles }) => {
      const condition = trustOf(Roles, 'Customer').Condition as Record<string, unknown>;
      condition.StringEqualsIfExists = condition.StringEquals;
      delete condition.StringEquals;
    },
  }, {
    name: 'every repository deploys',
    rule: 'FederatedTrustSubject',
    change: ({ Roles }) => { trustOf(Roles, 'Pipeline').Condition.StringLike = { 'token.actions.githubusercontent.com:sub': { 'Fn::Join': ['', ['repo', ':*']] } }; },
  }, {
    name: 'nobody looks at the repository', rule: 'FederatedTrustSubject', change: ({ Roles }) => { delete trustOf(Roles, 'Pipeline').Condition.StringLike; },
  }, {
    name: 'every repository of the organization deploys',
    rule: 'FederatedSubjectBreadth',
    change: ({ Roles }) => { trustOf(Roles, 'Pipeline').Condition.StringLike = { 'token.actions.githubusercontent.com:sub': 'repo:shop/*' }; },
  }, {
    name: 'guests read a table',
    rule: 'GuestRoleRights',
    change: ({ Roles }) => {
      properties(Roles, 'Guest').Policies[0].PolicyDocument.Statement.push({ Effect: 'Allow', Action: ['dynamodb:GetItem'], Resource: 'arn:aws:dynamodb:eu-west-1:111122223333:table/offers' });
    },
  }, {
    name: 'customers read the files of each other',
    rule: 'MemberRoleIsolation',
    change: ({ Roles }) => { giveFiles(Roles, 'arn:aws:s3:::files/own/*'); },
  }],
  variants: [{
    name: 'customers read their own files',
    change: ({ Roles }) => { giveFiles(Roles, { 'Fn::Sub': 'arn:aws:s3:::files/own/${!cognito-identity.amazonaws.com:sub}/*' }); },
  }, {
    name: 'a SAML provider of the house',
    change: ({ Roles }) => {
      trustOf(Roles, 'Pipeline').Principal = { Federated: { 'Fn::Sub': 'arn:aws:iam::${AWS::AccountId}:saml-provider/corp' } };
    },
  }, {
    name: 'all branches of one repository',
    change: ({ Roles }) => { trustOf(Roles, 'Pipeline').Condition.StringLike = { 'token.actions.githubusercontent.com:sub': ['repo:shop/orders:*'] }; },
  }],
};

/** Routes, and what stands behind them. */
const ROUTES: Seed = {
  name: 'A route that reads a table, in a managed policy of another stack',
  style: 'cdk',
  stacks: {
    Data: {
      Resources: {
        OrdersA1: {
          Type: 'AWS::DynamoDB::GlobalTable',
          DeletionPolicy: 'Retain',
          UpdateReplacePolicy: 'Retain',
          Properties: {
            BillingMode: 'PAY_PER_REQUEST',
            KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
            AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
            SSESpecification: { SSEEnabled: true, SSEType: 'KMS' },
            Replicas: [{
              Region: 'eu-west-1',
              DeletionProtectionEnabled: true,
              PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true },
              SSESpecification: { KMSMasterKeyId: { 'Fn::ImportValue': 'data-key' } },
            }],
          },
        },
      },
      Outputs: { TableArn: { Value: { 'Fn::GetAtt': ['OrdersA1', 'Arn'] }, Export: { Name: 'Data:TableArn' } } },
    },
    Api: {
      Resources: {
        RoleB2: {
          Type: 'AWS::IAM::Role',
          Properties: {
            AssumeRolePolicyDocument: { Statement: [{ Action: 'sts:AssumeRole', Effect: 'Allow', Principal: { Service: 'lambda.amazonaws.com' } }], Version: '2012-10-17' },
            ManagedPolicyArns: [{ Ref: 'ReadC3' }],
          },
        },
        ReadC3: {
          Type: 'AWS::IAM::ManagedPolicy',
          Properties: { PolicyDocument: { Statement: [{ Action: ['dynamodb:GetItem', 'dynamodb:Query'], Effect: 'Allow', Resource: { 'Fn::ImportValue': 'Data:TableArn' } }], Version: '2012-10-17' } },
        },
        LogsD4: {
          Type: 'AWS::Logs::LogGroup', DeletionPolicy: 'Retain', UpdateReplacePolicy: 'Retain', Properties: { RetentionInDays: 365, KmsKeyId: { 'Fn::ImportValue': 'data-key' } },
        },
        ShowE5: {
          Type: 'AWS::Lambda::Function',
          Properties: {
            Role: { 'Fn::GetAtt': ['RoleB2', 'Arn'] },
            Runtime: 'nodejs24.x',
            Handler: 'index.handler',
            Timeout: 10,
            MemorySize: 256,
            TracingConfig: { Mode: 'Active' },
            LoggingConfig: { LogGroup: { Ref: 'LogsD4' }, LogFormat: 'JSON' },
            Code: { S3Bucket: { 'Fn::Sub': 'cdk-hnb659fds-assets-${AWS::AccountId}-${AWS::Region}' }, S3Key: 'a.zip' },
          },
        },
        ApiF6: { Type: 'AWS::ApiGatewayV2::Api', Properties: { Name: 'orders', ProtocolType: 'HTTP' } },
        IntegrationG7: {
          Type: 'AWS::ApiGatewayV2::Integration',
          Properties: { ApiId: { Ref: 'ApiF6' }, IntegrationType: 'AWS_PROXY', IntegrationUri: { 'Fn::GetAtt': ['ShowE5', 'Arn'] }, PayloadFormatVersion: '2.0' },
        },
        RouteH8: {
          Type: 'AWS::ApiGatewayV2::Route',
          Properties: {
            ApiId: { Ref: 'ApiF6' }, RouteKey: 'GET /orders', AuthorizationType: 'AWS_IAM', Target: { 'Fn::Join': ['', ['integrations/', { Ref: 'IntegrationG7' }]] },
          },
        },
        PermissionI9: {
          Type: 'AWS::Lambda::Permission',
          Properties: {
            Action: 'lambda:InvokeFunction',
            FunctionName: { 'Fn::GetAtt': ['ShowE5', 'Arn'] },
            Principal: 'apigateway.amazonaws.com',
            SourceArn: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':execute-api:', { Ref: 'AWS::Region' }, ':', { Ref: 'AWS::AccountId' }, ':', { Ref: 'ApiF6' }, '/*/GET/orders']] },
          },
        },
      },
    },
  },
  mutants: [{
    name: 'the reader deletes',
    rule: 'ReadRouteRights',
    change: ({ Api }) => { (statementsOf(Api, 'ReadC3')[0].Action as string[]).push('dynamodb:DeleteItem'); },
  }, {
    name: 'the API acts with the credentials of the caller',
    rule: 'IntegrationCallerCredentials',
    change: ({ Api }) => { properties(Api, 'IntegrationG7').CredentialsArn = 'arn:aws:iam::*:user/*'; },
  }, {
    name: 'every API calls the function',
    rule: 'PermissionSourceBreadth',
    change: ({ Api }) => { properties(Api, 'PermissionI9').SourceArn = { 'Fn::Sub': 'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:*/*/*/*' }; },
  }, {
    name: 'the managed policy lets the function permit others to call it',
    rule: 'FunctionCodeRights',
    change: ({ Api }) => { statementsOf(Api, 'ReadC3').push({ Action: 'lambda:AddPermission', Effect: 'Allow', Resource: { 'Fn::GetAtt': ['ShowE5', 'Arn'] } }); },
  }, {
    name: 'the table is open to everybody',
    rule: 'PolicyOpenEveryone',
    change: ({ Data }) => {
      properties(Data, 'OrdersA1').Replicas[0].ResourcePolicy = { PolicyDocument: { Statement: [{ Effect: 'Allow', Principal: { AWS: '*' }, Action: 'dynamodb:GetItem', Resource: '*' }] } };
    },
  }],
  variants: [{
    name: 'the reader also checks conditions', change: ({ Api }) => { (statementsOf(Api, 'ReadC3')[0].Action as string[]).push('dynamodb:BatchGetItem'); },
  }],
};

/** Who may do what, and who may become whom. */
export const RIGHTS_SEEDS: readonly Seed[] = [SHARING, RIGHTS, FEDERATION, ROUTES];
