import { expandSam } from '../../../src/model/templates/sam';

type Raw = { readonly [key: string]: unknown };

/** The trust of a role that SAM makes for a function. */
const FOR_LAMBDA: Raw = {
  Version: '2012-10-17',
  Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
};

/** The role of a function that asks for nothing. */
const ROLE: Raw = {
  Type: 'AWS::IAM::Role',
  Properties: {
    AssumeRolePolicyDocument: FOR_LAMBDA,
    ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }],
    Policies: [],
  },
};

/** Name, resources, globals, and what is made of them: what stays as it was is left out. */
const CASES: readonly (readonly [name: string, resources: Raw, globals: Raw, made: Raw])[] = [
  ['a function with everything', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Architectures: 'given Architectures',
        CapacityProviderConfig: 'given CapacityProviderConfig',
        CodeSigningConfigArn: 'given CodeSigningConfigArn',
        Description: 'given Description',
        DurableConfig: 'given DurableConfig',
        Environment: 'given Environment',
        EphemeralStorage: 'given EphemeralStorage',
        FileSystemConfigs: 'given FileSystemConfigs',
        FunctionName: 'given FunctionName',
        Handler: 'given Handler',
        ImageConfig: 'given ImageConfig',
        KmsKeyArn: 'given KmsKeyArn',
        Layers: 'given Layers',
        LoggingConfig: 'given LoggingConfig',
        MemorySize: 'given MemorySize',
        PackageType: 'given PackageType',
        RecursiveLoop: 'given RecursiveLoop',
        ReservedConcurrentExecutions: 'given ReservedConcurrentExecutions',
        Runtime: 'given Runtime',
        RuntimeManagementConfig: 'given RuntimeManagementConfig',
        SnapStart: 'given SnapStart',
        TenancyConfig: 'given TenancyConfig',
        Timeout: 'given Timeout',
        VpcConfig: 'given VpcConfig',
        Role: 'r',
        CodeUri: { Bucket: 'b', Key: 'k', Version: 'v' },
        Tags: { a: '1' },
        Tracing: 'Active',
        DeadLetterQueue: { Type: 'SQS', TargetArn: 'q' },
        AutoPublishAlias: 'live-1',
        ProvisionedConcurrencyConfig: { x: 1 },
        FunctionUrlConfig: { AuthType: 'NONE', Cors: { a: 1 }, InvokeMode: 'm' },
        EventInvokeConfig: {
          MaximumEventAgeInSeconds: 1,
          MaximumRetryAttempts: 2,
          DestinationConfig: { OnFailure: { Type: 'SQS', Destination: 'd' } },
        },
      },
      Condition: 'C',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      DependsOn: 'X',
      Metadata: { m: 1 },
    },
    X: {
      Type: 'Y',
      Properties: { V: { Ref: 'F.Alias' }, W: { 'Fn::Sub': '${F.Version}/${Z}' }, L: [{ Ref: 'F.Alias' }, { Ref: 'F' }] },
    },
  }, {}, {
    F: {
      Type: 'AWS::Lambda::Function',
      Properties: {
        Architectures: 'given Architectures',
        CapacityProviderConfig: 'given CapacityProviderConfig',
        CodeSigningConfigArn: 'given CodeSigningConfigArn',
        Description: 'given Description',
        DurableConfig: 'given DurableConfig',
        Environment: 'given Environment',
        EphemeralStorage: 'given EphemeralStorage',
        FileSystemConfigs: 'given FileSystemConfigs',
        FunctionName: 'given FunctionName',
        Handler: 'given Handler',
        ImageConfig: 'given ImageConfig',
        KmsKeyArn: 'given KmsKeyArn',
        Layers: 'given Layers',
        LoggingConfig: 'given LoggingConfig',
        MemorySize: 'given MemorySize',
        PackageType: 'given PackageType',
        RecursiveLoop: 'given RecursiveLoop',
        ReservedConcurrentExecutions: 'given ReservedConcurrentExecutions',
        Runtime: 'given Runtime',
        RuntimeManagementConfig: 'given RuntimeManagementConfig',
        SnapStart: 'given SnapStart',
        TenancyConfig: 'given TenancyConfig',
        Timeout: 'given Timeout',
        VpcConfig: 'given VpcConfig',
        Code: { S3Bucket: 'b', S3Key: 'k', S3ObjectVersion: 'v' },
        DeadLetterConfig: { TargetArn: 'q' },
        Role: 'r',
        Tags: [{ Key: 'a', Value: '1' }],
        TracingConfig: { Mode: 'Active' },
      },
      Condition: 'C',
      DeletionPolicy: 'Retain',
      DependsOn: 'X',
      Metadata: { m: 1 },
      UpdateReplacePolicy: 'Retain',
    },
    X: {
      Type: 'Y',
      Properties: { V: { Ref: 'FAliaslive1' }, W: { 'Fn::Sub': '${FVersion}/${Z}' }, L: [{ Ref: 'FAliaslive1' }, { Ref: 'F' }] },
    },
    FVersion: { Type: 'AWS::Lambda::Version', Properties: { FunctionName: { Ref: 'F' } }, Condition: 'C' },
    FAliaslive1: {
      Type: 'AWS::Lambda::Alias',
      Properties: {
        Name: 'live-1',
        FunctionName: { Ref: 'F' },
        FunctionVersion: { 'Fn::GetAtt': ['FVersion', 'Version'] },
        ProvisionedConcurrencyConfig: { x: 1 },
      },
      Condition: 'C',
    },
    FEventInvokeConfig: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        MaximumEventAgeInSeconds: 1,
        MaximumRetryAttempts: 2,
        FunctionName: { Ref: 'F' },
        Qualifier: 'live-1',
        DestinationConfig: { OnFailure: { Destination: 'd' } },
      },
      Condition: 'C',
    },
    FUrl: {
      Type: 'AWS::Lambda::Url',
      Properties: { AuthType: 'NONE', Cors: { a: 1 }, InvokeMode: 'm', TargetFunctionArn: { Ref: 'FAliaslive1' }, Qualifier: 'live-1' },
      Condition: 'C',
    },
    FUrlPublicPermissions: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunctionUrl',
        FunctionName: { Ref: 'FAliaslive1' },
        FunctionUrlAuthType: 'NONE',
        Principal: '*',
      },
      Condition: 'C',
    },
  }],
  ['what SAM lets a function send to', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        VpcConfig: {},
        RolePath: '/p/',
        PermissionsBoundary: 'pb',
        DeadLetterQueue: { Type: 'SNS', TargetArn: 'dead' },
        EventInvokeConfig: {
          DestinationConfig: {
            EventBridge: { Type: 'EventBridge', Destination: 'arn of EventBridge' },
            Lambda: { Type: 'Lambda', Destination: 'arn of Lambda' },
            S3Bucket: { Type: 'S3Bucket', Destination: 'arn of S3Bucket' },
            SNS: { Type: 'SNS', Destination: 'arn of SNS' },
            SQS: { Type: 'SQS', Destination: 'arn of SQS' },
            Other: { Type: 'Other', Destination: 'arn of Other' },
          },
        },
      },
    },
  }, {}, {
    F: {
      Type: 'AWS::Lambda::Function',
      Properties: { VpcConfig: {}, Code: {}, DeadLetterConfig: { TargetArn: 'dead' }, Role: { 'Fn::GetAtt': ['FRole', 'Arn'] } },
    },
    FRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: FOR_LAMBDA,
        ManagedPolicyArns: [
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' },
        ],
        Policies: [
          {
            PolicyName: 'FOwn0',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'events:PutEvents', Resource: 'arn of EventBridge' }] },
          },
          {
            PolicyName: 'FOwn1',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: 'arn of Lambda' }] },
          },
          {
            PolicyName: 'FOwn2',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:PutObject', Resource: 'arn of S3Bucket' }] },
          },
          {
            PolicyName: 'FOwn3',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: 'arn of SNS' }] },
          },
          {
            PolicyName: 'FOwn4',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sqs:SendMessage', Resource: 'arn of SQS' }] },
          },
          {
            PolicyName: 'FOwn5',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'sns:Publish', Resource: 'dead' }] },
          },
        ],
        Path: '/p/',
        PermissionsBoundary: 'pb',
      },
    },
    FEventInvokeConfig: {
      Type: 'AWS::Lambda::EventInvokeConfig',
      Properties: {
        FunctionName: { Ref: 'F' },
        Qualifier: '$LATEST',
        DestinationConfig: {
          EventBridge: { Destination: 'arn of EventBridge' },
          Lambda: { Destination: 'arn of Lambda' },
          S3Bucket: { Destination: 'arn of S3Bucket' },
          SNS: { Destination: 'arn of SNS' },
          SQS: { Destination: 'arn of SQS' },
          Other: { Destination: 'arn of Other' },
        },
      },
    },
  }],
  ['a function with little', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: { InlineCode: 'x', AssumeRolePolicyDocument: { own: 1 }, FunctionUrlConfig: { AuthType: 'AWS_IAM' } },
    },
    G: { Type: 'AWS::Serverless::Function', Properties: { ImageUri: 'i', Role: 'r' } },
    H: { Type: 'AWS::Serverless::Function', Properties: { CodeUri: './here', Role: 'r' } },
    I: { Type: 'AWS::Serverless::Function' },
  }, {}, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: { ZipFile: 'x' }, Role: { 'Fn::GetAtt': ['FRole', 'Arn'] } } },
    G: { Type: 'AWS::Lambda::Function', Properties: { Code: { ImageUri: 'i' }, Role: 'r' } },
    H: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'r' } },
    I: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': ['IRole', 'Arn'] } } },
    FRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: { own: 1 },
        ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' }],
        Policies: [],
      },
    },
    FUrl: { Type: 'AWS::Lambda::Url', Properties: { AuthType: 'AWS_IAM', TargetFunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } } },
    IRole: ROLE,
  }],
  ['policies of all kinds', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Policies: [
          'AmazonS3ReadOnlyAccess',
          'arn:aws:iam::1:policy/own',
          { Ref: 'M' },
          { 'Fn::Sub': 'x' },
          { Statement: [{ a: 1 }] },
          { SQSSendMessagePolicy: { QueueName: 'q' } },
          { CloudWatchPutMetricPolicy: {} },
          { NoSuchPolicy: {} },
          { 'Fn::If': ['C', 'AmazonSQSFullAccess', { Ref: 'AWS::NoValue' }] },
          { 'Fn::If': ['C', { Statement: [] }, 'AmazonSNSFullAccess'] },
          {},
          { A: 1, B: 2 },
        ],
      },
    },
    G: { Type: 'AWS::Serverless::Function', Properties: { Policies: 'AWSLambda_FullAccess' } },
  }, {}, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': ['FRole', 'Arn'] } } },
    G: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': ['GRole', 'Arn'] } } },
    FRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: FOR_LAMBDA,
        ManagedPolicyArns: [
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonS3ReadOnlyAccess' },
          'arn:aws:iam::1:policy/own',
          { Ref: 'M' },
          { 'Fn::Sub': 'x' },
          {
            'Fn::If': ['C', { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonSQSFullAccess' }, { Ref: 'AWS::NoValue' }],
          },
          {
            'Fn::If': ['C', { Ref: 'AWS::NoValue' }, { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AmazonSNSFullAccess' }],
          },
        ],
        Policies: [
          { PolicyName: 'FPolicy4', PolicyDocument: { Statement: [{ a: 1 }] } },
          {
            PolicyName: 'FPolicy5',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [
                {
                  Effect: 'Allow',
                  Action: ['sqs:SendMessage'],
                  Resource: [
                    {
                      'Fn::Sub': ['arn:${AWS::Partition}:sqs:${AWS::Region}:${AWS::AccountId}:${QueueName}', { QueueName: 'q' }],
                    },
                  ],
                },
              ],
            },
          },
          {
            PolicyName: 'FPolicy6',
            PolicyDocument: {
              Version: '2012-10-17',
              Statement: [{ Effect: 'Allow', Action: ['cloudwatch:PutMetricData'], Resource: ['*'] }],
            },
          },
          { PolicyName: 'FPolicy7', PolicyDocument: { 'Fn::Transform': { Name: 'NoSuchPolicy' } } },
          { 'Fn::If': ['C', { PolicyName: 'FPolicy9', PolicyDocument: { Statement: [] } }, { Ref: 'AWS::NoValue' }] },
        ],
      },
    },
    GRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: FOR_LAMBDA,
        ManagedPolicyArns: [
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSLambda_FullAccess' },
        ],
        Policies: [],
      },
    },
  }],
  ['tables', {
    T: {
      Type: 'AWS::Serverless::SimpleTable',
      Properties: {
        TableName: 't',
        PrimaryKey: { Name: 'k', Type: 'Number' },
        PointInTimeRecoverySpecification: 1,
        SSESpecification: 2,
        ProvisionedThroughput: 3,
        Tags: { a: 'b' },
      },
    },
    U: { Type: 'AWS::Serverless::SimpleTable' },
  }, {}, {
    T: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        PointInTimeRecoverySpecification: 1,
        SSESpecification: 2,
        TableName: 't',
        AttributeDefinitions: [{ AttributeName: 'k', AttributeType: 'N' }],
        KeySchema: [{ AttributeName: 'k', KeyType: 'HASH' }],
        ProvisionedThroughput: 3,
        Tags: [{ Key: 'a', Value: 'b' }],
      },
    },
    U: {
      Type: 'AWS::DynamoDB::Table',
      Properties: {
        AttributeDefinitions: [{ AttributeName: 'id', AttributeType: 'S' }],
        KeySchema: [{ AttributeName: 'id', KeyType: 'HASH' }],
        BillingMode: 'PAY_PER_REQUEST',
      },
    },
  }],
  ['layers', {
    L: {
      Type: 'AWS::Serverless::LayerVersion',
      Properties: {
        CompatibleArchitectures: 1,
        CompatibleRuntimes: 2,
        Description: 3,
        LayerName: 4,
        LicenseInfo: 5,
        ContentUri: { Bucket: 'b', Key: 'k', Version: 'v' },
      },
    },
    K: { Type: 'AWS::Serverless::LayerVersion', Properties: { ContentUri: './here' } },
  }, {}, {
    L: {
      Type: 'AWS::Lambda::LayerVersion',
      Properties: {
        CompatibleArchitectures: 1,
        CompatibleRuntimes: 2,
        Description: 3,
        LayerName: 4,
        LicenseInfo: 5,
        Content: { S3Bucket: 'b', S3Key: 'k', S3ObjectVersion: 'v' },
      },
    },
    K: { Type: 'AWS::Lambda::LayerVersion', Properties: { Content: {} } },
  }],
  ['state machines', {
    M: {
      Type: 'AWS::Serverless::StateMachine',
      Properties: {
        Definition: 1,
        DefinitionSubstitutions: 2,
        EncryptionConfiguration: 3,
        Logging: 4,
        Name: 5,
        Type: 6,
        Tracing: { Enabled: true },
        DefinitionUri: 'u',
        Tags: { a: 'b' },
        AutoPublishAlias: 'live',
      },
    },
    N: { Type: 'AWS::Serverless::StateMachine', Properties: { Role: 'r', DefinitionUri: { Bucket: 'b' } } },
    O: { Type: 'AWS::Serverless::StateMachine', Properties: { Definition: {} } },
    Z: { Type: 'Q', P: { Ref: 'M.Alias' } },
  }, {}, {
    M: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: {
        Definition: 1,
        DefinitionSubstitutions: 2,
        EncryptionConfiguration: 3,
        LoggingConfiguration: 4,
        StateMachineName: 5,
        StateMachineType: 6,
        TracingConfiguration: { Enabled: true },
        DefinitionS3Location: { Bucket: 'u', Key: 'u' },
        RoleArn: { 'Fn::GetAtt': ['MRole', 'Arn'] },
        Tags: [{ Key: 'a', Value: 'b' }],
      },
    },
    N: { Type: 'AWS::StepFunctions::StateMachine', Properties: { DefinitionS3Location: { Bucket: 'b' }, RoleArn: 'r' } },
    O: {
      Type: 'AWS::StepFunctions::StateMachine',
      Properties: { Definition: {}, RoleArn: { 'Fn::GetAtt': ['ORole', 'Arn'] } },
    },
    Z: { Type: 'Q', P: { Ref: 'MAliaslive' } },
    MRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: ['states.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
        },
        ManagedPolicyArns: [{ 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/AWSXrayWriteOnlyAccess' }],
        Policies: [],
      },
    },
    ORole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: ['states.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
        },
        ManagedPolicyArns: [],
        Policies: [],
      },
    },
  }],
  ['applications', {
    A: {
      Type: 'AWS::Serverless::Application',
      Properties: { NotificationARNs: 1, Parameters: 2, TimeoutInMinutes: 3, Location: 4 },
    },
  }, {}, {
    A: {
      Type: 'AWS::CloudFormation::Stack',
      Properties: { NotificationARNs: 1, Parameters: 2, TimeoutInMinutes: 3, TemplateURL: 4 },
    },
  }],
  ['connectors', {
    F: { Type: 'AWS::Serverless::Function', Properties: {} },
    R: { Type: 'AWS::Serverless::Function', Properties: { Role: { 'Fn::GetAtt': ['Own', 'Arn'] } } },
    Q2: { Type: 'AWS::Serverless::Function', Properties: { Role: { 'Fn::GetAtt': 'Own.Arn' } } },
    E: { Type: 'AWS::Serverless::Function', Properties: { Role: 'arn:x' } },
    M: { Type: 'AWS::Serverless::StateMachine', Properties: {} },
    T: { Type: 'AWS::DynamoDB::Table' },
    B: { Type: 'AWS::S3::Bucket' },
    P: { Type: 'AWS::SNS::Topic' },
    Q: { Type: 'AWS::SQS::Queue' },
    V: { Type: 'AWS::Events::EventBus' },
    K: { Type: 'AWS::KMS::Key' },
    C1: {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'F' }, Destination: { Id: 'T' }, Permissions: ['Read', 'Write'] },
    },
    C2: {
      Type: 'AWS::Serverless::Connector',
      Condition: 'C',
      Properties: {
        Source: { Id: 'R' },
        Destination: [{ Id: 'B' }, { Id: 'P' }, { Id: 'Q' }, { Id: 'V' }, { Id: 'K' }],
        Permissions: ['Write'],
      },
    },
    C3: {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'Q2' }, Destination: [{ Id: 'B' }, { Id: 'Q' }, { Id: 'M' }, { Id: 'P' }], Permissions: 'Read' },
    },
    C4: {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'E' }, Destination: { Id: 'T' }, Permissions: ['Read'] },
    },
    C5: {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'M' }, Destination: { Id: 'F' }, Permissions: ['Write'] },
    },
    C6: {
      Type: 'AWS::Serverless::Connector',
      Properties: { Source: { Id: 'T' }, Destination: { Id: 'F' }, Permissions: ['Write'] },
    },
  }, {}, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': ['FRole', 'Arn'] } } },
    R: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': ['Own', 'Arn'] } } },
    Q2: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': 'Own.Arn' } } },
    E: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'arn:x' } },
    M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: { 'Fn::GetAtt': ['MRole', 'Arn'] } } },
    FRole: ROLE,
    MRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: ['states.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
        },
        ManagedPolicyArns: [],
        Policies: [],
      },
    },
    C1Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: [
                'dynamodb:BatchGetItem',
                'dynamodb:ConditionCheckItem',
                'dynamodb:GetItem',
                'dynamodb:PartiQLSelect',
                'dynamodb:Query',
                'dynamodb:Scan',
                'dynamodb:BatchWriteItem',
                'dynamodb:DeleteItem',
                'dynamodb:PartiQLDelete',
                'dynamodb:PartiQLInsert',
                'dynamodb:PartiQLUpdate',
                'dynamodb:PutItem',
                'dynamodb:UpdateItem',
              ],
              Resource: [{ 'Fn::GetAtt': ['T', 'Arn'] }],
            },
          ],
        },
        Roles: [{ Ref: 'FRole' }],
      },
    },
    C2Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: [
                's3:AbortMultipartUpload',
                's3:DeleteObject',
                's3:DeleteObjectVersion',
                's3:PutObject',
                's3:RestoreObject',
              ],
              Resource: [{ 'Fn::GetAtt': ['B', 'Arn'] }, { 'Fn::Sub': '${B.Arn}/*' }],
            },
          ],
        },
        Roles: [{ Ref: 'Own' }],
      },
      Condition: 'C',
    },
    C2Policy1: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['sns:Publish'], Resource: [{ Ref: 'P' }] }],
        },
        Roles: [{ Ref: 'Own' }],
      },
      Condition: 'C',
    },
    C2Policy2: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['sqs:SendMessage', 'sqs:ChangeMessageVisibility'],
              Resource: [{ 'Fn::GetAtt': ['Q', 'Arn'] }],
            },
          ],
        },
        Roles: [{ Ref: 'Own' }],
      },
      Condition: 'C',
    },
    C2Policy3: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['events:PutEvents'], Resource: [{ 'Fn::GetAtt': ['V', 'Arn'] }] }],
        },
        Roles: [{ Ref: 'Own' }],
      },
      Condition: 'C',
    },
    C3Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectVersion', 's3:ListBucket'],
              Resource: [{ 'Fn::GetAtt': ['B', 'Arn'] }, { 'Fn::Sub': '${B.Arn}/*' }],
            },
          ],
        },
        Roles: [{ Ref: 'Own' }],
      },
    },
    C3Policy1: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'],
              Resource: [{ 'Fn::GetAtt': ['Q', 'Arn'] }],
            },
          ],
        },
        Roles: [{ Ref: 'Own' }],
      },
    },
    C3Policy2: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['states:DescribeExecution'], Resource: [{ Ref: 'M' }] }],
        },
        Roles: [{ Ref: 'Own' }],
      },
    },
    C5Policy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [
            {
              Effect: 'Allow',
              Action: ['lambda:InvokeAsync', 'lambda:InvokeFunction'],
              Resource: [{ 'Fn::GetAtt': ['F', 'Arn'] }],
            },
          ],
        },
        Roles: [{ Ref: 'MRole' }],
      },
    },
  }],
  ['connectors below their source', {
    F: { Type: 'AWS::Serverless::Function', Properties: { Role: 'arn:x' } },
    G: {
      Type: 'AWS::Serverless::Function',
      Properties: {},
      Connectors: { ToM: { Properties: { Destination: { Id: 'M' }, Permissions: ['Write'] } } },
    },
    M: { Type: 'AWS::StepFunctions::StateMachine' },
  }, {}, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'arn:x' } },
    G: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': ['GRole', 'Arn'] } } },
    GRole: ROLE,
    GToMPolicy: {
      Type: 'AWS::IAM::ManagedPolicy',
      Properties: {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Action: ['states:StartExecution'], Resource: [{ Ref: 'M' }] }],
        },
        Roles: [{ Ref: 'GRole' }],
      },
    },
  }],
];

test.each(CASES)('what SAM makes of %s', (_, Resources, Globals, made) => {
  const { template } = expandSam({ Transform: 'AWS::Serverless-2016-10-31', Resources, Globals });
  const expanded = (template as { readonly Resources: Raw }).Resources;
  expect(JSON.parse(JSON.stringify({ ...expanded }))).toEqual({ ...Resources, ...made });
});

interface Made {
  readonly Properties: { readonly PolicyDocument: { readonly Statement: readonly { readonly Action: readonly string[] }[] } };
}

const READS_TABLE = ['BatchGetItem', 'ConditionCheckItem', 'GetItem', 'PartiQLSelect', 'Query', 'Scan'].map((name) => `dynamodb:${name}`);
const WRITES_TABLE = ['BatchWriteItem', 'DeleteItem', 'PartiQLDelete', 'PartiQLInsert', 'PartiQLUpdate', 'PutItem', 'UpdateItem'].map((name) => `dynamodb:${name}`);

test.each<[string, readonly string[], readonly string[]]>([
  ['AWS::DynamoDB::Table', READS_TABLE, WRITES_TABLE],
  ['AWS::Events::EventBus', [], ['events:PutEvents']],
  ['AWS::Lambda::Function', [], ['lambda:InvokeAsync', 'lambda:InvokeFunction']],
  ['AWS::S3::Bucket', ['s3:GetObject', 's3:GetObjectAcl', 's3:GetObjectVersion', 's3:ListBucket'],
    ['s3:AbortMultipartUpload', 's3:DeleteObject', 's3:DeleteObjectVersion', 's3:PutObject', 's3:RestoreObject']],
  ['AWS::SNS::Topic', [], ['sns:Publish']],
  ['AWS::SQS::Queue', ['sqs:ReceiveMessage', 'sqs:GetQueueAttributes'], ['sqs:SendMessage', 'sqs:ChangeMessageVisibility']],
  ['AWS::Serverless::Function', [], ['lambda:InvokeAsync', 'lambda:InvokeFunction']],
  ['AWS::Serverless::SimpleTable', READS_TABLE, WRITES_TABLE],
  ['AWS::Serverless::StateMachine', ['states:DescribeExecution'], ['states:StartExecution']],
  ['AWS::StepFunctions::StateMachine', ['states:DescribeExecution'], ['states:StartExecution']],
])('a connector to %s allows what its permissions say', (Type, read, write) => {
  const actions = (Permissions: readonly string[]): unknown => {
    const { template } = expandSam({
      Transform: 'AWS::Serverless-2016-10-31',
      Resources: {
        F: { Type: 'AWS::Serverless::Function', Properties: {} },
        D: { Type, Properties: {} },
        C: { Type: 'AWS::Serverless::Connector', Properties: { Source: { Id: 'F' }, Destination: { Id: 'D' }, Permissions } },
      },
    });
    const { CPolicy } = (template as { readonly Resources: { readonly CPolicy?: Made } }).Resources;
    return CPolicy?.Properties.PolicyDocument.Statement.flatMap(({ Action }) => Action) ?? [];
  };
  expect([actions(['Read']), actions(['Write'])]).toEqual([read, write]);
});
