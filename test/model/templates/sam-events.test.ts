import { expandSam } from '../../../src/model/templates/sam';

type Raw = { readonly [key: string]: unknown };

/** Name, resources, globals, and what is made of them: what stays as it was is left out. */
const CASES: readonly (readonly [name: string, resources: Raw, globals: Raw, made: Raw])[] = [
  ['polled sources', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Role: 'r',
        Events: {
          A: {
            Type: 'SQS',
            Properties: {
              Queue: 'q',
              BatchSize: 'given BatchSize',
              BisectBatchOnFunctionError: 'given BisectBatchOnFunctionError',
              DestinationConfig: 'given DestinationConfig',
              Enabled: 'given Enabled',
              FilterCriteria: 'given FilterCriteria',
              FunctionResponseTypes: 'given FunctionResponseTypes',
              KmsKeyArn: 'given KmsKeyArn',
              MaximumBatchingWindowInSeconds: 'given MaximumBatchingWindowInSeconds',
              MaximumRecordAgeInSeconds: 'given MaximumRecordAgeInSeconds',
              MaximumRetryAttempts: 'given MaximumRetryAttempts',
              ParallelizationFactor: 'given ParallelizationFactor',
              Queues: 'given Queues',
              ScalingConfig: 'given ScalingConfig',
              SourceAccessConfigurations: 'given SourceAccessConfigurations',
              StartingPosition: 'given StartingPosition',
              Topics: 'given Topics',
              TumblingWindowInSeconds: 'given TumblingWindowInSeconds',
            },
          },
          B: { Type: 'DynamoDB', Properties: { Stream: 's' } },
          C: { Type: 'Kinesis', Properties: { Stream: 'k' } },
          D: { Type: 'MQ', Properties: { Broker: 'b' } },
          E: { Type: 'MSK', Properties: { Stream: 'm' } },
          G: { Type: 'DocumentDB', Properties: { Cluster: 'c' } },
          H: { Type: 'Unknown', Properties: {} },
        },
      },
    },
  }, {}, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'r' } },
    FA: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        BatchSize: 'given BatchSize',
        BisectBatchOnFunctionError: 'given BisectBatchOnFunctionError',
        DestinationConfig: 'given DestinationConfig',
        Enabled: 'given Enabled',
        FilterCriteria: 'given FilterCriteria',
        FunctionResponseTypes: 'given FunctionResponseTypes',
        KmsKeyArn: 'given KmsKeyArn',
        MaximumBatchingWindowInSeconds: 'given MaximumBatchingWindowInSeconds',
        MaximumRecordAgeInSeconds: 'given MaximumRecordAgeInSeconds',
        MaximumRetryAttempts: 'given MaximumRetryAttempts',
        ParallelizationFactor: 'given ParallelizationFactor',
        Queues: 'given Queues',
        ScalingConfig: 'given ScalingConfig',
        SourceAccessConfigurations: 'given SourceAccessConfigurations',
        StartingPosition: 'given StartingPosition',
        Topics: 'given Topics',
        TumblingWindowInSeconds: 'given TumblingWindowInSeconds',
        EventSourceArn: 'q',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
      },
    },
    FB: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 's', FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } },
    },
    FC: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'k', FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } },
    },
    FD: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'b', FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } },
    },
    FE: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'm', FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } },
    },
    FG: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: { EventSourceArn: 'c', FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } },
    },
  }],
  ['rights on polled sources', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Events: {
          SQS: { Type: 'SQS', Properties: {} },
          DynamoDB: { Type: 'DynamoDB', Properties: {} },
          Kinesis: { Type: 'Kinesis', Properties: {} },
          MQ: { Type: 'MQ', Properties: {} },
          MSK: { Type: 'MSK', Properties: {} },
          DocumentDB: { Type: 'DocumentDB', Properties: {} },
        },
      },
    },
  }, {}, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: { 'Fn::GetAtt': ['FRole', 'Arn'] } } },
    FRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Version: '2012-10-17',
          Statement: [{ Effect: 'Allow', Principal: { Service: ['lambda.amazonaws.com'] }, Action: ['sts:AssumeRole'] }],
        },
        ManagedPolicyArns: [
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaBasicExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaDynamoDBExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaKinesisExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaMSKExecutionRole' },
          { 'Fn::Sub': 'arn:${AWS::Partition}:iam::aws:policy/service-role/AWSLambdaVPCAccessExecutionRole' },
        ],
        Policies: [],
      },
    },
    FSQS: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } } },
    FDynamoDB: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } } },
    FKinesis: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } } },
    FMQ: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } } },
    FMSK: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } } },
    FDocumentDB: { Type: 'AWS::Lambda::EventSourceMapping', Properties: { FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] } } },
  }],
  ['rules and schedules of a function', {
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Role: 'r',
        Events: {
          A: {
            Type: 'EventBridgeRule',
            Properties: {
              Description: 1,
              EventBusName: 2,
              Name: 3,
              State: 4,
              Pattern: 5,
              Input: 6,
              InputPath: 7,
              InputTransformer: 8,
              RetryPolicy: 9,
              DeadLetterConfig: { Arn: 'dead' },
            },
          },
          B: { Type: 'Schedule', Properties: { Schedule: 'rate(1 day)', DeadLetterConfig: { Type: 'SQS' } } },
          C: { Type: 'CloudWatchEvent', Properties: {} },
          D: {
            Type: 'ScheduleV2',
            Properties: {
              FlexibleTimeWindow: 1,
              GroupName: 2,
              KmsKeyArn: 3,
              ScheduleExpression: 4,
              ScheduleExpressionTimezone: 5,
              State: 6,
              DeadLetterConfig: 7,
              Input: 8,
              RetryPolicy: 9,
            },
          },
        },
      },
    },
  }, {}, {
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'r' } },
    FA: {
      Type: 'AWS::Events::Rule',
      Properties: {
        Description: 1,
        EventBusName: 2,
        Name: 3,
        State: 4,
        EventPattern: 5,
        Targets: [
          {
            Input: 6,
            InputPath: 7,
            InputTransformer: 8,
            RetryPolicy: 9,
            Id: 'FALambdaTarget',
            Arn: { 'Fn::GetAtt': ['F', 'Arn'] },
            DeadLetterConfig: { Arn: 'dead' },
          },
        ],
      },
    },
    FAPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['FA', 'Arn'] },
      },
    },
    FBQueue: { Type: 'AWS::SQS::Queue', Properties: {} },
    FB: {
      Type: 'AWS::Events::Rule',
      Properties: {
        ScheduleExpression: 'rate(1 day)',
        Targets: [
          {
            Id: 'FBLambdaTarget',
            Arn: { 'Fn::GetAtt': ['F', 'Arn'] },
            DeadLetterConfig: { Arn: { 'Fn::GetAtt': ['FBQueue', 'Arn'] } },
          },
        ],
      },
    },
    FBPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['FB', 'Arn'] },
      },
    },
    FC: {
      Type: 'AWS::Events::Rule',
      Properties: { Targets: [{ Id: 'FCLambdaTarget', Arn: { 'Fn::GetAtt': ['F', 'Arn'] } }] },
    },
    FCPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'events.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['FC', 'Arn'] },
      },
    },
    FDRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'scheduler.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            },
          ],
        },
        Policies: [
          {
            PolicyName: 'FDStart',
            PolicyDocument: {
              Statement: [{ Effect: 'Allow', Action: 'lambda:InvokeFunction', Resource: { 'Fn::GetAtt': ['F', 'Arn'] } }],
            },
          },
        ],
      },
    },
    FD: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: {
        FlexibleTimeWindow: 1,
        GroupName: 2,
        KmsKeyArn: 3,
        ScheduleExpression: 4,
        ScheduleExpressionTimezone: 5,
        State: 6,
        Target: {
          DeadLetterConfig: 7,
          Input: 8,
          RetryPolicy: 9,
          Arn: { 'Fn::GetAtt': ['F', 'Arn'] },
          RoleArn: { 'Fn::GetAtt': ['FDRole', 'Arn'] },
        },
      },
    },
  }],
  ['rules and schedules of a state machine', {
    M: {
      Type: 'AWS::Serverless::StateMachine',
      Properties: {
        Role: 'r',
        Events: {
          A: { Type: 'EventBridgeRule', Properties: { Pattern: 1 } },
          B: { Type: 'Schedule', Properties: { RoleArn: 'own' } },
          C: { Type: 'ScheduleV2', Properties: { RoleArn: 'own' } },
          D: { Type: 'ScheduleV2', Properties: {} },
          E: { Type: 'SNS', Properties: { Topic: 't' } },
        },
      },
    },
  }, {}, {
    M: { Type: 'AWS::StepFunctions::StateMachine', Properties: { RoleArn: 'r' } },
    MARole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'events.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            },
          ],
        },
        Policies: [
          {
            PolicyName: 'MAStart',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: 'M' } }] },
          },
        ],
      },
    },
    MA: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventPattern: 1,
        Targets: [{ Id: 'MALambdaTarget', Arn: { Ref: 'M' }, RoleArn: { 'Fn::GetAtt': ['MARole', 'Arn'] } }],
      },
    },
    MB: { Type: 'AWS::Events::Rule', Properties: { Targets: [{ Id: 'MBLambdaTarget', Arn: { Ref: 'M' }, RoleArn: 'own' }] } },
    MC: { Type: 'AWS::Scheduler::Schedule', Properties: { Target: { Arn: { Ref: 'M' }, RoleArn: 'own' } } },
    MDRole: {
      Type: 'AWS::IAM::Role',
      Properties: {
        AssumeRolePolicyDocument: {
          Statement: [
            {
              Effect: 'Allow',
              Principal: { Service: 'scheduler.amazonaws.com' },
              Action: 'sts:AssumeRole',
              Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
            },
          ],
        },
        Policies: [
          {
            PolicyName: 'MDStart',
            PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 'states:StartExecution', Resource: { Ref: 'M' } }] },
          },
        ],
      },
    },
    MD: {
      Type: 'AWS::Scheduler::Schedule',
      Properties: { Target: { Arn: { Ref: 'M' }, RoleArn: { 'Fn::GetAtt': ['MDRole', 'Arn'] } } },
    },
    ME: { Type: 'AWS::SNS::Subscription', Properties: { TopicArn: 't', Protocol: 'lambda', Endpoint: { Ref: 'M' } } },
  }],
  ['what calls a function', {
    B: {
      Type: 'AWS::S3::Bucket',
      Properties: { NotificationConfiguration: { LambdaConfigurations: [{ Event: 'x' }], Other: 1 } },
    },
    F: {
      Type: 'AWS::Serverless::Function',
      Properties: {
        Role: 'r',
        Events: {
          A: { Type: 'SNS', Properties: { Topic: 't', FilterPolicy: 1, FilterPolicyScope: 2, RedrivePolicy: 3, Region: 4 } },
          B: {
            Type: 'S3',
            Properties: { Bucket: { Ref: 'B' }, Events: ['s3:ObjectCreated:*', 's3:ObjectRemoved:*'], Filter: { f: 1 } },
          },
          C: { Type: 'S3', Properties: { Bucket: 'elsewhere', Events: 'e' } },
          D: { Type: 'CloudWatchLogs', Properties: { FilterPattern: 'p', LogGroupName: 'g' } },
          E: { Type: 'IoTRule', Properties: { Sql: 'SELECT' } },
          G: { Type: 'Cognito', Properties: { UserPool: { Ref: 'Pool' } } },
          H: { Type: 'AlexaSkill', Properties: { SkillId: 's' } },
        },
      },
    },
  }, {}, {
    B: {
      Type: 'AWS::S3::Bucket',
      Properties: {
        NotificationConfiguration: {
          LambdaConfigurations: [
            { Event: 'x' },
            { Event: 's3:ObjectCreated:*', Function: { 'Fn::GetAtt': ['F', 'Arn'] }, Filter: { f: 1 } },
            { Event: 's3:ObjectRemoved:*', Function: { 'Fn::GetAtt': ['F', 'Arn'] }, Filter: { f: 1 } },
          ],
          Other: 1,
        },
      },
    },
    F: { Type: 'AWS::Lambda::Function', Properties: { Code: {}, Role: 'r' } },
    FA: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        FilterPolicy: 1,
        FilterPolicyScope: 2,
        RedrivePolicy: 3,
        Region: 4,
        TopicArn: 't',
        Protocol: 'lambda',
        Endpoint: { 'Fn::GetAtt': ['F', 'Arn'] },
      },
    },
    FAPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'sns.amazonaws.com',
        SourceArn: 't',
      },
    },
    FBPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 's3.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['B', 'Arn'] },
        SourceAccount: { Ref: 'AWS::AccountId' },
      },
    },
    FCPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 's3.amazonaws.com',
        SourceArn: 'elsewhere',
        SourceAccount: { Ref: 'AWS::AccountId' },
      },
    },
    FD: {
      Type: 'AWS::Logs::SubscriptionFilter',
      Properties: { FilterPattern: 'p', LogGroupName: 'g', DestinationArn: { 'Fn::GetAtt': ['F', 'Arn'] } },
    },
    FDPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'logs.amazonaws.com',
        SourceArn: {
          'Fn::Sub': ['arn:${AWS::Partition}:logs:${AWS::Region}:${AWS::AccountId}:log-group:${Group}:*', { Group: 'g' }],
        },
      },
    },
    FE: {
      Type: 'AWS::IoT::TopicRule',
      Properties: { TopicRulePayload: { Sql: 'SELECT', Actions: [{ Lambda: { FunctionArn: { 'Fn::GetAtt': ['F', 'Arn'] } } }] } },
    },
    FEPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'iot.amazonaws.com',
        SourceArn: { 'Fn::Sub': 'arn:${AWS::Partition}:iot:${AWS::Region}:${AWS::AccountId}:rule/${FE}' },
      },
    },
    FGPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'cognito-idp.amazonaws.com',
        SourceArn: { 'Fn::GetAtt': ['Pool', 'Arn'] },
      },
    },
    FHPermission: {
      Type: 'AWS::Lambda::Permission',
      Properties: {
        Action: 'lambda:InvokeFunction',
        FunctionName: { 'Fn::GetAtt': ['F', 'Arn'] },
        Principal: 'alexa-appkit.amazon.com',
        EventSourceToken: 's',
      },
    },
  }],
];

test.each(CASES)('what SAM makes of events: %s', (_, Resources, Globals, made) => {
  const { template } = expandSam({ Transform: 'AWS::Serverless-2016-10-31', Resources, Globals });
  const expanded = (template as { readonly Resources: Raw }).Resources;
  expect(JSON.parse(JSON.stringify({ ...expanded }))).toEqual({ ...Resources, ...made });
});
