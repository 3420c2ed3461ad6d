import { Template } from '../../seed';
import { add, BlindSeed, breach, env, fault, prop, safe, statements, trust } from '../support';
import {
  ACCOUNT, allow, att, failures, forService, imported, key, lambda, Part, Parts, permission, plain, queue, ref, role, signing, sub, table,
  topic, via,
} from './parts';

/** What the one stack gives away and the other takes. */
const given = (name: string): any => imported(sub('${Shared}-' + name));
const gives = (name: string, Value: any): any => ({ Value, Export: { Name: sub('${AWS::StackName}-' + name) } });
const OWN_KEY = att('SharedKey');

const SHARED: Template = {
  Description: 'What the letters stand on',
  Parameters: { PagerTopicArn: { Type: 'String' }, TurnFunctionArn: { Type: 'String' } },
  Resources: {
    SharedKey: key(
      forService(['events.amazonaws.com', 'sns.amazonaws.com', 'scheduler.amazonaws.com', 'ses.amazonaws.com'], ['kms:Decrypt', 'kms:GenerateDataKey']),
    ),
    Readers: table(OWN_KEY, 'email', {
      AttributeDefinitions: [{ AttributeName: 'email', AttributeType: 'S' }, { AttributeName: 'list', AttributeType: 'S' }],
      GlobalSecondaryIndexes: [{ IndexName: 'byList', KeySchema: [{ AttributeName: 'list', KeyType: 'HASH' }], Projection: { ProjectionType: 'KEYS_ONLY' } }],
    }),
    ...topic(plain('Bounces'), ref('SharedKey'), [forService('ses.amazonaws.com', 'sns:Publish', ref('Bounces'))]),
    ...queue(plain('BounceQueue'), ref('SharedKey'), ref('PagerTopicArn'), [{
      Effect: 'Allow',
      Principal: { Service: 'sns.amazonaws.com' },
      Action: 'sqs:SendMessage',
      Resource: att('BounceQueue'),
      Condition: { ArnEquals: { 'aws:SourceArn': ref('Bounces') } },
    }]),
    ...failures(plain('Undelivered'), ref('SharedKey'), ref('PagerTopicArn'), [
      forService(['events.amazonaws.com', 'sns.amazonaws.com'], 'sqs:SendMessage', att('Undelivered')),
    ]),
    BounceSubscription: {
      Type: 'AWS::SNS::Subscription',
      Properties: {
        TopicArn: ref('Bounces'), Protocol: 'sqs', Endpoint: att('BounceQueue'), RedrivePolicy: { deadLetterTargetArn: att('Undelivered') },
      },
    },
    LetterBus: {
      Type: 'AWS::Events::EventBus',
      Properties: {
        Name: 'letters', KmsKeyIdentifier: OWN_KEY, DeadLetterConfig: { Arn: att('Undelivered') }, LogConfig: { Level: 'ERROR', IncludeDetail: 'NONE' },
      },
    },
    LetterBusPolicy: {
      Type: 'AWS::Events::EventBusPolicy',
      Properties: {
        EventBusName: ref('LetterBus'),
        StatementId: 'own',
        Statement: {
          Effect: 'Allow',
          Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') },
          Action: 'events:PutEvents',
          Resource: att('LetterBus'),
          Condition: { StringEquals: { 'events:source': 'letters' } },
        },
      },
    },
    LetterArchive: {
      Type: 'AWS::Events::Archive',
      Properties: {
        SourceArn: att('LetterBus'), RetentionDays: 30, KmsKeyIdentifier: OWN_KEY, EventPattern: { source: ['letters'] },
      },
    },
    ProviderSecret: {
      Type: 'AWS::SecretsManager::Secret',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        KmsKeyId: OWN_KEY, GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true },
      },
    },
    ProviderSecretPolicy: {
      Type: 'AWS::SecretsManager::ResourcePolicy',
      Properties: {
        SecretId: ref('ProviderSecret'),
        BlockPublicPolicy: true,
        ResourcePolicy: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Deny', Principal: '*', Action: 'secretsmanager:GetSecretValue', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': ACCOUNT } },
          }],
        },
      },
    },
    ProviderSecretRotation: {
      Type: 'AWS::SecretsManager::RotationSchedule',
      Properties: {
        SecretId: ref('ProviderSecret'), RotationLambdaARN: ref('TurnFunctionArn'), RotationRules: { AutomaticallyAfterDays: 30 },
      },
    },
  },
  Outputs: {
    KeyArn: gives('key', OWN_KEY),
    KeyId: gives('key-id', ref('SharedKey')),
    ReadersName: gives('readers', ref('Readers')),
    ReadersArn: gives('readers-arn', att('Readers')),
    BusName: gives('bus', ref('LetterBus')),
    BusArn: gives('bus-arn', att('LetterBus')),
    SecretArn: gives('secret-arn', ref('ProviderSecret')),
    BounceQueueArn: gives('bounces-arn', att('BounceQueue')),
    UndeliveredArn: gives('undelivered-arn', att('Undelivered')),
  },
};

const fn = (name: string, allowed: any[], variables: any, more: any = {}): Parts => lambda({
  id: plain(name),
  key: given('key'),
  pager: ref('PagerTopicArn'),
  signing: ref('Signing'),
  code: { S3Bucket: ref('Artifacts'), S3Key: `${name.toLowerCase()}.jar` },
  statements: allowed,
  env: variables,
  more: { Runtime: 'java25', Handler: 'org.letters.Handler', MemorySize: 1024, ...more },
});
const KEY_USE = (...services: string[]) => allow(['kms:Decrypt', 'kms:GenerateDataKey'], given('key'), via(...services));

const WEEKLY: Part = {
  Type: 'AWS::Scheduler::Schedule',
  Properties: {
    GroupName: ref('Calendar'),
    ScheduleExpression: 'cron(0 7 ? * MON *)',
    ScheduleExpressionTimezone: 'Europe/Vienna',
    FlexibleTimeWindow: { Mode: 'OFF' },
    KmsKeyArn: given('key'),
    State: 'ENABLED',
    Target: {
      Arn: att('Compose'),
      RoleArn: att('WeeklyRole'),
      DeadLetterConfig: { Arn: given('undelivered-arn') },
      RetryPolicy: { MaximumRetryAttempts: 3, MaximumEventAgeInSeconds: 3600 },
    },
  },
};

const LETTERS: Template = {
  Description: 'The letters',
  Parameters: { Shared: { Type: 'String', Default: 'Shared' }, PagerTopicArn: { Type: 'String' }, Artifacts: { Type: 'String' } },
  Resources: {
    Signing: signing(),
    Calendar: { Type: 'AWS::Scheduler::ScheduleGroup', Properties: { Name: 'letters' } },
    WeeklyRole: role('scheduler.amazonaws.com', [
      allow('lambda:InvokeFunction', att('Compose')),
      allow('sqs:SendMessage', given('undelivered-arn')),
      KEY_USE('sqs', 'scheduler'),
    ]),
    Weekly: WEEKLY,
    ...fn('Compose', [
      allow('dynamodb:Query', sub('${arn}/index/byList', { arn: given('readers-arn') })),
      allow('events:PutEvents', given('bus-arn')),
      allow('sqs:SendMessage', given('undelivered-arn')),
      KEY_USE('dynamodb', 'events', 'sqs'),
    ], { READERS: given('readers'), BUS: given('bus') }, { DeadLetterConfig: { TargetArn: given('undelivered-arn') } }),
    Composed: {
      Type: 'AWS::Events::Rule',
      Properties: {
        EventBusName: given('bus'),
        EventPattern: { 'source': ['letters'], 'detail-type': ['Composed'] },
        State: 'ENABLED',
        Targets: [{ Id: 'send', Arn: att('Send'), DeadLetterConfig: { Arn: given('undelivered-arn') } }],
      },
    },
    ...fn('Send', [
      allow('ses:SendEmail', sub('arn:${AWS::Partition}:ses:${AWS::Region}:${AWS::AccountId}:identity/letters.example.org')),
      allow('secretsmanager:GetSecretValue', given('secret-arn')),
      allow('sqs:SendMessage', given('undelivered-arn')),
      KEY_USE('secretsmanager', 'sqs'),
    ], { PROVIDER_SECRET_ARN: given('secret-arn') }, { DeadLetterConfig: { TargetArn: given('undelivered-arn') } }),
    SendAllow: permission('Send', 'events.amazonaws.com', att('Composed')),
    ...fn('Bounced', [
      allow(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], given('bounces-arn')),
      allow('dynamodb:UpdateItem', given('readers-arn')),
      KEY_USE('sqs', 'dynamodb'),
    ], { READERS: given('readers') }),
    BouncedMapping: {
      Type: 'AWS::Lambda::EventSourceMapping',
      Properties: {
        FunctionName: ref('Bounced'),
        EventSourceArn: given('bounces-arn'),
        FunctionResponseTypes: ['ReportBatchItemFailures'],
        ScalingConfig: { MaximumConcurrency: 2 },
      },
    },
  },
};

export const NEWSLETTER_SEED: BlindSeed = {
  name: 'Seven A: a newsletter, two stacks that exports join',
  style: 'cross-stack',
  stacks: { Shared: SHARED, Letters: LETTERS },
  mutants: [
    fault('G07', 'the secret of the provider is told to all stacks', ({ Shared }) => {
      Shared.Outputs.Provider = gives('provider', sub('{{resolve:secretsmanager:${ProviderSecret}}}'));
    }),
    fault('G01', 'a function gets the secret that another stack gives away', ({ Shared, Letters }) => {
      Shared.Outputs.Provider = gives('provider', sub('{{resolve:secretsmanager:${ProviderSecret}:SecretString}}'));
      env(Letters, 'Send').PROVIDER = given('provider');
    }),
    fault('G28', 'any bucket of anybody may write bounces', ({ Shared }) => {
      statements(Shared, 'BouncesPolicy').push({
        Effect: 'Allow',
        Principal: { Service: 's3.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: ref('Bounces'),
        Condition: { StringEqualsIfExists: { 'aws:SourceVpce': 'vpce-0a1b2c3d' } },
      });
    }),
    fault('G36', 'who sends may open by itself what lies under the key, not by a service alone', ({ Letters }) => {
      statements(Letters, 'SendRole').push(allow(['kms:decrypt'], given('key'), { StringEqualsIfExists: { 'kms:ViaService': 'secretsmanager.*' } }));
    }),
    fault('G37', 'who composes may hand on the key of the other stack', ({ Letters }) => {
      statements(Letters, 'ComposeRole').push(allow(['kms:Create*'], given('key')));
    }),
    fault('G39', 'who has an account anywhere may write bounces, by the queue', ({ Shared }) => {
      statements(Shared, 'BounceQueuePolicy').push({
        Effect: 'Allow', Principal: '*', Action: 'sqs:SendMessage', Resource: att('BounceQueue'), Condition: { Bool: { 'aws:SecureTransport': 'true' } },
      });
    }),
    fault('G40', 'a letter that cannot be sent is gone', ({ Letters }) => {
      delete prop(Letters, 'Send').DeadLetterConfig;
    }),
    fault('G44', 'the queue of bounces tries for ever', ({ Shared }) => {
      delete prop(Shared, 'BounceQueue').RedrivePolicy;
    }),
    fault('G44', 'what is lost is lost sooner than the queue forgets', ({ Shared }) => {
      prop(Shared, 'BounceQueueDead').MessageRetentionPeriod = 3600;
    }),
    fault('G46', 'who deals with bounces writes to their queue, by its export', ({ Letters }) => {
      statements(Letters, 'BouncedRole').push(allow(['sqs:*Message'], given('bounces-arn')));
      prop(Letters, 'Bounced').RecursiveLoop = 'Allow';
    }),
    fault('G48', 'letters are sent for any event of the account', ({ Letters }) => {
      prop(Letters, 'Composed').EventPattern = { account: [ACCOUNT] };
    }),
    fault('G49', 'events are kept for ever', ({ Shared }) => {
      prop(Shared, 'LetterArchive').RetentionDays = 0;
      delete prop(Shared, 'LetterArchive').KmsKeyIdentifier;
    }),
    fault('G51', 'a Monday without a letter is not noticed', ({ Letters }) => {
      delete prop(Letters, 'Weekly').Target.DeadLetterConfig;
      prop(Letters, 'Weekly').Target.RetryPolicy = {};
    }),
    fault('G51', 'the schedule may call each function', ({ Letters }) => {
      statements(Letters, 'WeeklyRole')[0].Resource = {
        'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':lambda:', { Ref: 'AWS::Region' }, ':', ACCOUNT,
          ':function:*']],
      };
    }),
    fault('G51', 'the schedule stands in the group of all', ({ Letters }) => {
      prop(Letters, 'Weekly').GroupName = { 'Fn::Select': [1, { 'Fn::Split': ['/', 'group/default'] }] };
      delete prop(Letters, 'Weekly').KmsKeyArn;
    }),
    fault('G53', 'bounces go to a page without TLS', ({ Shared }) => {
      add(Shared, 'BounceHook', 'AWS::SNS::Subscription', {
        TopicArn: ref('Bounces'), Protocol: 'http', Endpoint: 'http://hook.letters.example.org/bounces', RedrivePolicy: { deadLetterTargetArn: att('Undelivered') },
      });
    }),
    fault('G53', 'bounces go to a queue of another account', ({ Shared }) => {
      prop(Shared, 'BounceSubscription').Endpoint = { 'Fn::Sub': ['arn:${AWS::Partition}:sqs:${AWS::Region}:${owner}:bounces', { owner: '210987654321' }] };
    }),
    fault('G77', 'readers may be deleted, and not brought back', ({ Shared }) => {
      Object.assign(prop(Shared, 'Readers'), { DeletionProtectionEnabled: 'false', PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: 'false' } });
    }),
    fault('G78', 'readers are read by another account, by the policy of the table', ({ Shared }) => {
      prop(Shared, 'Readers').ResourcePolicy = {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow', Principal: { AWS: '210987654321' }, Action: ['dynamodb:GetItem', 'dynamodb:Query'], Resource: '*',
          }],
        },
      };
    }),
    fault('G78', 'the secret may be opened to all by its policy', ({ Shared }) => {
      prop(Shared, 'ProviderSecretPolicy').BlockPublicPolicy = false;
      statements(Shared, 'ProviderSecretPolicy', 'ResourcePolicy').push({
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: { StringLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/letters-*' } },
      });
    }),
    fault('G29', 'calendars of each account may take the role', ({ Letters }) => {
      trust(Letters, 'WeeklyRole')[0].Condition = { StringLike: { 'aws:SourceAccount': '*' } };
    }),
    breach('sns.tls', 'bounces are taken in the clear', ({ Shared }) => {
      prop(Shared, 'BouncesPolicy').PolicyDocument.Statement[0].Condition = { Bool: { 'aws:SecureTransport': 'true' } };
      prop(Shared, 'BouncesPolicy').PolicyDocument.Statement[0].Sid = 'TlsOnly';
    }),
    breach('sns.redrive', 'what the queue of bounces does not take is gone', ({ Shared }) => {
      delete prop(Shared, 'BounceSubscription').RedrivePolicy;
    }),
    breach('iam.notresource', 'who sends may read all secrets but one', ({ Letters }) => {
      statements(Letters, 'SendRole').push({
        Effect: 'Allow',
        Action: 'secretsmanager:GetSecretValue',
        NotResource: [sub(
          'arn:${AWS::Partition}:secretsmanager:${AWS::Region}:${AWS::AccountId}:secret:payroll-*')],
      });
    }),
    breach('eb.cross-account', 'another account puts letters on the bus', ({ Shared }) => {
      prop(Shared, 'LetterBusPolicy').Statement.Principal = { AWS: 'arn:aws:iam::210987654321:root' };
      delete prop(Shared, 'LetterBusPolicy').Statement.Condition;
    }),
  ],
  variants: [
    safe('the archive keeps events for a year', ({ Shared }) => {
      prop(Shared, 'LetterArchive').RetentionDays = 365;
    }),
    safe('an alarm of bounces publishes too, for this account', ({ Shared }) => {
      statements(Shared, 'BouncesPolicy').push({
        Effect: 'Allow',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Action: 'sns:Publish',
        Resource: ref('Bounces'),
        Condition: { ArnLike: { 'aws:SourceArn': sub('arn:${AWS::Partition}:cloudwatch:${AWS::Region}:${AWS::AccountId}:alarm:*') } },
      });
      statements(Shared, 'SharedKey', 'KeyPolicy').push(forService('cloudwatch.amazonaws.com', ['kms:Decrypt', 'kms:GenerateDataKey']));
    }),
    safe('the table names who of its account may read it', ({ Shared }) => {
      prop(Shared, 'Readers').ResourcePolicy = {
        PolicyDocument: {
          Version: '2012-10-17',
          Statement: [{
            Effect: 'Allow', Principal: { AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, Action: ['dynamodb:GetItem'], Resource: '*',
          }],
        },
      };
    }),
    safe('the name of the bus goes by an export of another name', ({ Shared, Letters }) => {
      Shared.Outputs.Again = gives('bus-again', { 'Fn::Select': [1, { 'Fn::Split': ['/', att('LetterBus')] }] });
      env(Letters, 'Compose').BUS = given('bus-again');
    }),
    safe('bounces go to a page with TLS', ({ Shared }) => {
      add(Shared, 'BounceHook', 'AWS::SNS::Subscription', {
        TopicArn: ref('Bounces'), Protocol: 'https', Endpoint: 'https://hook.letters.example.org/bounces', RedrivePolicy: { deadLetterTargetArn: att('Undelivered') },
      });
    }),
  ],
};
