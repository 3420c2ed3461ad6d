import { CHAT_SEED } from './chat';
import { FILES_SEED } from './files';
import { GRADES_SEED } from './grades';
import { INVENTORY_SEED } from './inventory';
import { NEWSLETTER_SEED } from './newsletter';
import { PARKING_SEED } from './parking';
import { ACCOUNT, allow, att, imported, ref, sub } from './parts';
import { PAYMENTS_SEED } from './payments';
import { Template } from '../../seed';
import { add, BlindSeed, breach, env, fault, of, prop, safe, statements } from '../support';

const given = (name: string): any => imported(sub('${Shared}-' + name));
const gives = (name: string, Value: any): any => ({ Value, Export: { Name: sub('${AWS::StackName}-' + name) } });

/** The stream of readers, which another stack listens to. */
function listens({ Shared, Letters }: Record<string, Template>, more: any): void {
  prop(Shared, 'Readers').StreamSpecification = { StreamViewType: 'KEYS_ONLY' };
  Shared.Outputs.Stream = gives('stream', att('Readers', 'StreamArn'));
  statements(Letters, 'ComposeRole').push(
    allow(['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator'], given('stream')), allow('dynamodb:ListStreams', '*'));
  add(Letters, 'Changed', 'AWS::Lambda::EventSourceMapping', {
    FunctionName: ref('Compose'),
    EventSourceArn: given('stream'),
    StartingPosition: 'LATEST',
    FunctionResponseTypes: ['ReportBatchItemFailures'],
    MaximumRetryAttempts: 5,
    BisectBatchOnFunctionError: true,
    DestinationConfig: { OnFailure: { Destination: given('undelivered-arn') } },
    ...more,
  });
}

const NEWSLETTER_AGAIN: BlindSeed = {
  ...NEWSLETTER_SEED,
  name: 'Seven A, again: a newsletter',
  mutants: [
    fault('G46', 'who deals with bounces sends to their queue, which another stack gives away', ({ Letters }) => {
      statements(Letters, 'BouncedRole').push(allow('sqs:SendMessage', given('bounces-arn')));
      env(Letters, 'Bounced').QUEUE = given('bounces-arn');
    }),
    fault('G46', 'who deals with bounces sends to their queue, and nobody says which stack gives it away', ({ Letters }) => {
      delete Letters.Parameters.Shared.Default;
      statements(Letters, 'BouncedRole').push(allow('sqs:SendMessage', given('bounces-arn')));
      env(Letters, 'Bounced').QUEUE = given('bounces-arn');
    }),
    fault('G46', 'who deals with bounces sends to their queue, by the name of the other stack', ({ Letters }) => {
      statements(Letters, 'BouncedRole').push(allow('sqs:SendMessage', imported('Shared-bounces-arn')));
      env(Letters, 'Bounced').QUEUE = given('bounces-arn');
    }),
    fault('G08', 'the other stack says that all is logged', ({ Shared, Letters }) => {
      Shared.Outputs.Level = gives('level', 'DEBUG');
      env(Letters, 'Send').LOG_LEVEL = given('level');
    }),
    fault('G34', 'the other stack says which functions may be called: all', ({ Shared, Letters }) => {
      Shared.Outputs.Callable = gives('callable', sub('arn:${AWS::Partition}:lambda:${AWS::Region}:${AWS::AccountId}:function:*'));
      statements(Letters, 'SendRole').push(allow('lambda:InvokeFunction', given('callable')));
    }),
    fault('G41', 'a change that cannot be read blocks the stream of the other stack', (stacks) => {
      listens(stacks, { MaximumRetryAttempts: -1, BisectBatchOnFunctionError: false, DestinationConfig: undefined });
    }),
    fault('G42', 'one bad change brings back its batch, from the stream of the other stack', (stacks) => {
      listens(stacks, { FunctionResponseTypes: [] });
    }),
    fault('G43', 'as many bounces are dealt with at once as the queue of the other stack holds', ({ Letters }) => {
      delete prop(Letters, 'BouncedMapping').ScalingConfig;
      delete prop(Letters, 'Bounced').ReservedConcurrentExecutions;
    }),
    fault('G32', 'the index that is asked for is no more in the other stack', ({ Shared }) => {
      delete prop(Shared, 'Readers').GlobalSecondaryIndexes;
      prop(Shared, 'Readers').AttributeDefinitions.pop();
    }),
    fault('G39', 'topics of each account may write bounces', ({ Shared }) => {
      statements(Shared, 'BounceQueuePolicy')[1].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:sns:*:*:bounces' } };
    }),
    fault('G49', 'what the bus cannot bring is gone', ({ Shared }) => {
      delete prop(Shared, 'LetterBus').DeadLetterConfig;
    }),
    fault('G49', 'what the archive keeps lies under the key of AWS', ({ Shared }) => {
      delete prop(Shared, 'LetterArchive').KmsKeyIdentifier;
    }),
    fault('G78', 'roles of one name of each account read the secret', ({ Shared }) => {
      statements(Shared, 'ProviderSecretPolicy', 'ResourcePolicy')[0] = {
        Effect: 'Allow',
        Principal: { AWS: '*' },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
        Condition: { ArnLike: { 'aws:PrincipalArn': 'arn:aws:iam::*:role/letters-*' } },
      };
    }),
    fault('G78', 'a partner reads the secret, by the number of its account in a Join', ({ Shared }) => {
      statements(Shared, 'ProviderSecretPolicy', 'ResourcePolicy').push({
        Effect: 'Allow',
        Principal: { AWS: { 'Fn::Join': ['', ['arn:', { Ref: 'AWS::Partition' }, ':iam::', '210987654321', ':role/reader']] } },
        Action: 'secretsmanager:GetSecretValue',
        Resource: '*',
      });
    }),
    fault('G45', 'the queue of failures takes what any queue lost', ({ Shared }) => {
      prop(Shared, 'BounceQueueDead').RedriveAllowPolicy = { Ref: 'AWS::NoValue' };
    }),
  ],
  variants: [
    safe('a third stack gives away names that end alike', (stacks) => {
      stacks.Other = { Resources: { Hook: { Type: 'AWS::CloudFormation::WaitConditionHandle', Properties: {} } }, Outputs: { Queue: gives('bounces-arn', 'none') } };
    }),
    safe('who composes sends to the queue of bounces, which does not call it', ({ Letters }) => {
      statements(Letters, 'ComposeRole').push(allow('sqs:SendMessage', given('bounces-arn')));
      env(Letters, 'Compose').BOUNCES = given('bounces-arn');
    }),
    safe('nobody says which stack gives away what is taken', ({ Letters }) => {
      delete Letters.Parameters.Shared.Default;
    }),
    safe('changes of the stream are dealt with', (stacks) => {
      listens(stacks, {});
    }),
  ],
};

const INVENTORY_AGAIN: BlindSeed = {
  ...INVENTORY_SEED,
  name: 'Seven A, again: inventory',
  mutants: [
    fault('G32', 'who reads for all tenants may ask in SQL', ({ StockPart }) => {
      statements(StockPart, 'ReadRole')[2].Action = ['dynamodb:GetItem', 'dynamodb:PartiQL*'];
    }),
    fault('G32', 'who reads for all tenants may go through all of them, by a policy of its own', ({ StockPart }) => {
      add(StockPart, 'Reports', 'AWS::IAM::ManagedPolicy', {
        Roles: [ref('ReadRole')], PolicyDocument: { Version: '2012-10-17', Statement: [allow('dynamodb:Scan', ref('StockArn'))] },
      });
    }),
    fault('G32', 'who reads is bound to keys that a scan does not have', ({ StockPart }) => {
      statements(StockPart, 'ReadRole').push(allow(['dynamodb:Query', 'dynamodb:Scan'], ref('StockArn'), {
        'ForAllValues:StringEquals': { 'dynamodb:LeadingKeys': ['${aws:PrincipalTag/tenant}'] },
      }));
    }),
    fault('G31', 'the source of items may put what it reads into a queue', ({ StockPart }) => {
      statements(StockPart, 'ReadSourceRole').push(allow('sqs:SendMessage', ref('FailedArn')));
    }),
    fault('G31', 'the source of items may call another function than its own', ({ StockPart }) => {
      statements(StockPart, 'ReadSourceRole').push(allow('lambda:InvokeFunction', att('Resize')));
    }),
    fault('G30', 'guests and others get the role, by an If', ({ StaffPart }) => {
      StaffPart.Conditions = { Open: { 'Fn::Equals': [ref('Guests'), 'false'] } };
      const [statement] = prop(StaffPart, 'SignedInRole').AssumeRolePolicyDocument.Statement;
      statement.Condition['ForAnyValue:StringLike'] = { 'cognito-identity.amazonaws.com:amr': { 'Fn::If': ['Open', '*', 'authenticated'] } };
    }),
  ],
  variants: [
    safe('the source of items calls its function by an alias', ({ StockPart }) => {
      add(StockPart, 'ReadVersion', 'AWS::Lambda::Version', { FunctionName: ref('Read') });
      add(StockPart, 'ReadLive', 'AWS::Lambda::Alias', { FunctionName: ref('Read'), FunctionVersion: att('ReadVersion', 'Version'), Name: 'live' });
      prop(StockPart, 'ReadSource').LambdaConfig.LambdaFunctionArn = ref('ReadLive');
      statements(StockPart, 'ReadSourceRole')[0] = allow('lambda:InvokeFunction', ref('ReadLive'));
    }),
  ],
};

const CHAT_AGAIN: BlindSeed = {
  ...CHAT_SEED,
  name: 'Seven A, again: a chat bot',
  mutants: [
    fault('G16', 'the token stands in the address by which a conversation is opened', ({ Chat }) => {
      prop(Chat, 'gate_authorizer').IdentitySource = ['route.request.querystring.token'];
    }),
    fault('G49', 'what the bus cannot bring is gone, of a bus with a key', ({ Chat }) => {
      prop(Chat, 'chat_bus').DeadLetterConfig = { Arn: { Ref: 'AWS::NoValue' } };
    }),
    fault('G45', 'the queue of transcripts forgets who may leave what it lost', ({ Chat }) => {
      prop(Chat, 'transcripts_dead').RedriveAllowPolicy = { redrivePermission: { 'Fn::Select': [1, ['byQueue', 'allowAll']] } };
    }),
    fault('G29', 'the pipe of each account may take the role, by a pattern of its name', ({ Chat }) => {
      prop(Chat, 'pipe_role').AssumeRolePolicyDocument.Statement[0].Condition = { ArnLike: { 'aws:SourceArn': 'arn:aws:pipes:*:*:pipe/turns' } };
    }),
  ],
  variants: [],
};

const FILES_AGAIN: BlindSeed = {
  ...FILES_SEED,
  name: 'Seven A, again: conversion of files',
  mutants: [
    fault('G79', 'the endpoint refuses people of other accounts, not their buckets', ({ Files }) => {
      of(Files, 'AWS::EC2::VPCEndpoint', 'S3Endpoint').PolicyDocument.Statement = [
        { Effect: 'Allow', Principal: '*', Action: 's3:*', Resource: '*' },
        { Effect: 'Deny', Principal: '*', Action: 's3:DeleteBucket', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceAccount': ACCOUNT } } },
      ];
    }),
    fault('G79', 'the endpoint is closed where a key of the request is there', ({ Files }) => {
      of(Files, 'AWS::EC2::VPCEndpoint', 'S3Endpoint').PolicyDocument.Statement[0].Condition = { StringEqualsIfExists: { 'aws:PrincipalTag/team': 'files' } };
    }),
  ],
  variants: [
    safe('the endpoint refuses what is not of the account, by one statement each', ({ Files }) => {
      of(Files, 'AWS::EC2::VPCEndpoint', 'S3Endpoint').PolicyDocument.Statement = [
        { Effect: 'Allow', Principal: { AWS: '*' }, Action: '*', Resource: '*' },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { 'aws:ResourceAccount': [ACCOUNT] } } },
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 's3:*', Resource: '*', Condition: { StringNotEquals: { 'aws:PrincipalAccount': [ACCOUNT] } } },
      ];
    }),
  ],
};

const GRADES_AGAIN: BlindSeed = {
  ...GRADES_SEED,
  name: 'Seven A, again: grades',
  mutants: [
    fault('G27', 'all that the API has may enter grades', ({ Grades }) => {
      prop(Grades, 'EnterLambdaPermissionApiGateway').SourceArn = sub(
        'arn:${AWS::Partition}:execute-api:${AWS::Region}:${AWS::AccountId}:${ApiGatewayRestApi}/*');
    }),
  ],
  variants: [],
};

const PARKING_AGAIN: BlindSeed = {
  ...PARKING_SEED,
  name: 'Seven A, again: parking',
  mutants: [
    breach('risk.auth', 'bills are guarded at the top of the document, where API Gateway does not look', ({ Parking }) => {
      const { Body } = prop(Parking, 'Api');
      Body.security = [{ Drivers: ['parking/bill'] }];
      delete Body.paths['/bills'].post.security;
    }),
    fault('G56', 'what shows a stay takes any parameter, since no validator is named for it', ({ Parking }) => {
      const { Body } = prop(Parking, 'Api');
      delete Body['x-amazon-apigateway-request-validator'];
      for (const path of ['/stays', '/bills']) Body.paths[path].post['x-amazon-apigateway-request-validator'] = 'all';
    }),
  ],
  variants: [],
};

const PAYMENTS_AGAIN: BlindSeed = {
  ...PAYMENTS_SEED,
  name: 'Seven A, again: payments',
  mutants: [
    fault('G45', 'any queue may leave what it lost, by the mapping of stages', ({ Pay }) => {
      Pay.Mappings.Stages.prod.redrive = 'allowAll';
      Pay.Mappings.Stages.dev.redrive = 'byQueue';
      prop(Pay, 'SettlementDead').RedriveAllowPolicy = { redrivePermission: { 'Fn::FindInMap': ['Stages', { Ref: 'Stage' }, 'redrive'] } };
    }),
  ],
  variants: [],
};

/** What was missed or nearly missed, in other forms; written after the first look at the rules that missed it. */
export const AGAIN_SEEDS: readonly BlindSeed[] = [
  PAYMENTS_AGAIN, FILES_AGAIN, CHAT_AGAIN, NEWSLETTER_AGAIN, INVENTORY_AGAIN, GRADES_AGAIN, PARKING_AGAIN,
];
