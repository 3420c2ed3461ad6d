import {
  ACCOUNT, admit, alarms, allow, arn, att, document, drain, failures, fn, invoke, join,
  key, logs, queue, READ_QUEUE, ref, Resources, role, SAME_ACCOUNT, signing, sub, table, tls, USE_KEY,
} from './parts';
import { accessLogs, bucket } from './stores';
import { Template } from '../../seed';
import { add, breach, BlindSeed, env, fault, prop, remove, safe, statements, trust } from '../support';

const root = (account: string): Template => ({ AWS: sub(`arn:\${AWS::Partition}:iam::\${${account}}:root`) });
const OURS = { StringEquals: { 'aws:PrincipalOrgID': ref('Organization') } };

/** The hub of the carriers: it takes orders of partner accounts, and gives back labels. */
const hub: Resources = {
  Key: key('cloudwatch', 'events', 'sqs', 'sns', 's3'),
  Signing: signing(),
  ...alarms(),
  ...accessLogs(),
  SharedKey: {
    Type: 'AWS::KMS::Key',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: {
      EnableKeyRotation: true,
      KeyPolicy: document(
        admit({ AWS: sub('arn:${AWS::Partition}:iam::${AWS::AccountId}:root') }, 'kms:*', '*'),
        admit(root('Carrier'), ['kms:Decrypt', 'kms:DescribeKey'], '*', { StringEquals: { 'kms:ViaService': sub('s3.${AWS::Region}.amazonaws.com'), 'aws:PrincipalOrgID': ref('Organization') } }),
        { Effect: 'Deny', Principal: { AWS: '*' }, Action: 'kms:CreateGrant', Resource: '*', Condition: { Bool: { 'kms:GrantIsForAWSResource': 'false' } } }),
    },
  },
  ...bucket('Labels', {
    BucketEncryption: { ServerSideEncryptionConfiguration: [{ BucketKeyEnabled: true, ServerSideEncryptionByDefault: { SSEAlgorithm: 'aws:kms', KMSMasterKeyID: att('SharedKey') } }] },
  }, admit(root('Carrier'), 's3:GetObject', join(att('Labels'), '/', ref('Carrier'), '/*'), OURS)),
  Orders: table(['order', 'carrier']),
  ...failures('Unread', 'Inbox'),
  ...failures('Unheard'),
  Bus: { Type: 'AWS::Events::EventBus', Properties: { Name: sub('${AWS::StackName}-carriers'), KmsKeyIdentifier: att('Key'), DeadLetterConfig: { Arn: att('Unheard') } } },
  BusPolicy: {
    Type: 'AWS::Events::EventBusPolicy',
    Properties: {
      EventBusName: ref('Bus'),
      StatementId: 'carriers',
      Statement: {
        Effect: 'Allow',
        Principal: root('Carrier'),
        Action: 'events:PutEvents',
        Resource: att('Bus'),
        Condition: { StringEquals: { 'events:source': 'carrier.pickups', 'aws:PrincipalOrgID': ref('Organization') } },
      },
    },
  },
  BusToUnheard: {
    Type: 'AWS::SQS::QueuePolicy',
    Properties: { Queues: [ref('Unheard')], PolicyDocument: document(tls('sqs:*', att('Unheard')), admit({ Service: 'events.amazonaws.com' }, 'sqs:SendMessage', att('Unheard'), SAME_ACCOUNT)) },
  },
  PickupRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { 'source': ['carrier.pickups'], 'detail-type': ['PickedUp'], 'account': [ref('Carrier')] },
      Targets: [{ Id: 'picked', Arn: att('PickedUp'), DeadLetterConfig: { Arn: att('Unheard') } }],
    },
  },
  ForwardRole: role('events.amazonaws.com', [allow('events:PutEvents', ref('CarrierBus'))], SAME_ACCOUNT),
  ForwardRule: {
    Type: 'AWS::Events::Rule',
    Properties: {
      EventBusName: ref('Bus'),
      EventPattern: { 'source': ['hub.orders'], 'detail-type': ['LabelReady'] },
      Targets: [{ Id: 'carrier', Arn: ref('CarrierBus'), RoleArn: att('ForwardRole'), DeadLetterConfig: { Arn: att('Unheard') } }],
    },
  },
  ...fn('PickedUp', { can: [allow('dynamodb:UpdateItem', att('Orders')), USE_KEY], env: { ORDERS: ref('Orders') }, lost: 'Unheard' }),
  PickedUpCalled: invoke('PickedUp', 'events', att('PickupRule')),
  ...queue('Inbox', 'Unread', admit(root('Carrier'), 'sqs:SendMessage', att('Inbox'), OURS)),
  ...fn('Take', { can: [allow(READ_QUEUE, att('Inbox')), allow('dynamodb:PutItem', att('Orders')), allow('events:PutEvents', att('Bus')), USE_KEY], env: { ORDERS: ref('Orders'), BUS: ref('Bus') } }),
  TakeFrom: drain('Inbox', 'Take'),
  Notices: { Type: 'AWS::SNS::Topic', Properties: { KmsMasterKeyId: ref('Key') } },
  NoticesPolicy: {
    Type: 'AWS::SNS::TopicPolicy',
    Properties: { Topics: [ref('Notices')], PolicyDocument: document(tls('sns:Publish', ref('Notices')), admit(root('Carrier'), ['sns:Subscribe', 'sns:GetTopicAttributes'], ref('Notices'), OURS)) },
  },
  ReaderOfLabels: {
    Type: 'AWS::IAM::Role',
    Properties: {
      MaxSessionDuration: 3600,
      AssumeRolePolicyDocument: document({
        Effect: 'Allow',
        Principal: root('Carrier'),
        Action: 'sts:AssumeRole',
        Condition: { StringEquals: { 'sts:ExternalId': sub('carrier-${ExternalId}'), 'aws:PrincipalOrgID': ref('Organization') } },
      }),
      Policies: [{ PolicyName: 'read', PolicyDocument: document(allow('s3:GetObject', join(att('Labels'), '/', ref('Carrier'), '/*')), allow('kms:Decrypt', att('SharedKey'), { StringEquals: { 'kms:ViaService': sub('s3.${AWS::Region}.amazonaws.com') } })) }],
    },
  },
  PartnerSecret: {
    Type: 'AWS::SecretsManager::Secret',
    DeletionPolicy: 'Retain',
    UpdateReplacePolicy: 'Retain',
    Properties: { KmsKeyId: att('SharedKey'), GenerateSecretString: { PasswordLength: 48, ExcludePunctuation: true } },
  },
  PartnerSecretPolicy: {
    Type: 'AWS::SecretsManager::ResourcePolicy',
    Properties: { SecretId: ref('PartnerSecret'), BlockPublicPolicy: true, ResourcePolicy: document(admit(root('Carrier'), 'secretsmanager:GetSecretValue', '*', OURS)) },
  },
  PartnerSecretTurns: { Type: 'AWS::SecretsManager::RotationSchedule', Properties: { SecretId: ref('PartnerSecret'), RotationLambdaARN: att('Turn'), RotationRules: { AutomaticallyAfterDays: 60 } } },
  ...fn('Turn', {
    can: [allow(['secretsmanager:DescribeSecret', 'secretsmanager:GetSecretValue', 'secretsmanager:PutSecretValue', 'secretsmanager:UpdateSecretVersionStage'], ref('PartnerSecret')),
      allow(['kms:Decrypt', 'kms:GenerateDataKey'], [att('Key'), att('SharedKey')])],
    lost: 'Unheard',
  }),
  TurnCalled: invoke('Turn', 'secretsmanager', ref('PartnerSecret')),
  AuditLogs: logs(sub('/hub/${AWS::StackName}/audit')),
};

export const PARTNERS: BlindSeed = {
  name: 'A hub of carriers that shares with accounts of partners',
  style: 'cross-stack',
  stacks: {
    Hub: {
      Parameters: {
        Carrier: { Type: 'String', AllowedPattern: '[0-9]{12}' },
        Organization: { Type: 'String', AllowedPattern: 'o-[a-z0-9]{10,32}' },
        CarrierBus: { Type: 'String', AllowedPattern: 'arn:aws[a-z-]*:events:.+' },
        ExternalId: { Type: 'String', AllowedPattern: '[a-z0-9]{20}' },
      },
      Resources: hub,
      Outputs: { OrdersTable: { Value: ref('Orders'), Export: { Name: 'hub-orders' } }, OrdersArn: { Value: att('Orders'), Export: { Name: 'hub-orders-arn' } }, HubKey: { Value: att('Key'), Export: { Name: 'hub-key' } } },
    },
    Reports: {
      Resources: {
        Key: key('cloudwatch'),
        Signing: signing(),
        ...alarms(),
        ...fn('Report', {
          can: [allow('dynamodb:Query', { 'Fn::ImportValue': 'hub-orders-arn' }), allow('kms:Decrypt', { 'Fn::ImportValue': 'hub-key' }), USE_KEY], env: { ORDERS: { 'Fn::ImportValue': 'hub-orders' } },
        }),
        ReportAtSix: {
          Type: 'AWS::Events::Rule',
          Properties: { ScheduleExpression: 'cron(0 6 * * ? *)', Targets: [{ Id: 'report', Arn: att('Report'), DeadLetterConfig: { Arn: att('Missed') } }] },
        },
        ReportCalled: invoke('Report', 'events', att('ReportAtSix')),
        ...failures('Missed'),
        MissedPolicy: {
          Type: 'AWS::SQS::QueuePolicy',
          Properties: { Queues: [ref('Missed')], PolicyDocument: document(tls('sqs:*', att('Missed')), admit({ Service: 'events.amazonaws.com' }, 'sqs:SendMessage', att('Missed'), { ArnEquals: { 'aws:SourceArn': att('ReportAtSix') } })) },
        },
        ReportAsync: { Type: 'AWS::Lambda::EventInvokeConfig', Properties: { FunctionName: ref('Report'), Qualifier: '$LATEST', DestinationConfig: { OnFailure: { Destination: att('Missed') } } } },
        ReportMay: { Type: 'AWS::IAM::RolePolicy', Properties: { RoleName: ref('ReportRole'), PolicyName: 'missed', PolicyDocument: document(allow('sqs:SendMessage', att('Missed'))) } },
      },
    },
  },
  mutants: [
    fault('G28', 'event rules of every account fill the queue for failures', ({ Hub }) => { delete statements(Hub, 'BusToUnheard', 'PolicyDocument')[1].Condition; }),
    fault('G28', 'the key works for buckets of every account', ({ Hub }) => { prop(Hub, 'SharedKey').KeyPolicy.Statement.push(admit({ Service: ['s3.amazonaws.com', 'sns.amazonaws.com'] }, ['kms:Decrypt', 'kms:GenerateDataKey*'], '*')); }),
    fault('G29', 'the rule role serves rules of every account', ({ Hub }) => { trust(Hub, 'ForwardRole')[0].Condition = { StringEqualsIfExists: { 'aws:PrincipalAccount': ACCOUNT } }; }),
    breach('iam.wildcard-action', 'the report may do everything with the orders of another stack, by an import', ({ Reports }) => {
      add(Reports, 'More', 'AWS::IAM::Policy', { PolicyName: 'more', Roles: [ref('ReportRole')], PolicyDocument: document(allow('dynamodb:*', { 'Fn::ImportValue': 'hub-orders-arn' })) });
    }),
    fault('G35', 'the role of the report is lent to the whole account', ({ Reports }) => { trust(Reports, 'ReportRole')[0].Principal.AWS = ACCOUNT; }),
    fault('G37', 'the turning may hand out the shared key', ({ Hub }) => { statements(Hub, 'TurnRole').push(allow(['kms:PutKeyPolicy', 'kms:CreateGrant'], att('SharedKey'))); }),
    fault('G39', 'accounts outside the organization fill the queue that starts the taking', ({ Hub }) => { statements(Hub, 'InboxPolicy', 'PolicyDocument')[1].Principal = { AWS: ['arn:aws:iam::112233445566:root', '*'] }; delete statements(Hub, 'InboxPolicy', 'PolicyDocument')[1].Condition; }),
    fault('G48', 'partners put events of any source on the bus', ({ Hub }) => { delete prop(Hub, 'BusPolicy').Statement.Condition.StringEquals['events:source']; }),
    fault('G48', 'the source is checked only if there is one and may be any', ({ Hub }) => {
      prop(Hub, 'BusPolicy').Statement.Condition = { StringLikeIfExists: { 'events:source': '*' } };
    }),
    fault('G49', 'the bus takes events of everybody, by a policy of its own', ({ Hub }) => { prop(Hub, 'Bus').Policy = document(admit('*', 'events:PutEvents', att('Bus'))); }),
    fault('G49', 'an archive without a key', ({ Hub }) => { add(Hub, 'Old', 'AWS::Events::Archive', { SourceArn: att('Bus'), RetentionDays: 30 }); }),
    fault('G53', 'notices go to a foreign account, written into the template', ({ Hub }) => { add(Hub, 'ToPartner', 'AWS::SNS::Subscription', { TopicArn: ref('Notices'), Protocol: 'sqs', Endpoint: { 'Fn::Sub': 'arn:aws:sqs:${AWS::Region}:556677889900:notices' } }); }),
    fault('G54', 'the taking runs a layer of a foreign account', ({ Hub }) => { prop(Hub, 'Take').Layers = ['arn:aws:lambda:eu-west-1:556677889900:layer:parse:1']; }),
    fault('G54', 'the taking reads a queue of a foreign account', ({ Hub }) => { add(Hub, 'TakeOther', 'AWS::Lambda::EventSourceMapping', { ...prop(Hub, 'TakeFrom'), EventSourceArn: join('arn:aws:sqs:', ref('AWS::Region'), ':556677889900:orders') }); }),
    fault('G74', 'the audit log is streamed to a foreign account', ({ Hub }) => {
      add(Hub, 'Ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('AuditLogs'), FilterPattern: '', DestinationArn: { 'Fn::Join': [':', ['arn:aws:logs', ref('AWS::Region'), '556677889900', 'destination', 'all']] } });
    }),
    fault('G74', 'everybody may send the logs of the account to a destination', ({ Hub }) => {
      add(Hub, 'Sink', 'AWS::Logs::Destination', { DestinationName: 'sink', RoleArn: att('ForwardRole'), TargetArn: arn('kinesis', 'stream/audit'), DestinationPolicy: '{"Version":"2012-10-17","Statement":[{"Effect":"Allow","Principal":"*","Action":"logs:PutSubscriptionFilter","Resource":"*"}]}' });
    }),
    fault('G78', 'a foreign account reads the orders by the policy of the table', ({ Hub }) => { prop(Hub, 'Orders').ResourcePolicy = { PolicyDocument: document(admit({ AWS: '556677889900' }, ['dynamodb:GetItem', 'dynamodb:Query'], '*')) }; }),
    fault('G78', 'everybody in the world may read the secret that the condition does not name', ({ Hub }) => {
      statements(Hub, 'PartnerSecretPolicy', 'ResourcePolicy')[0] = admit({ AWS: '*' }, 'secretsmanager:GetSecretValue', '*', { StringNotEquals: { 'aws:PrincipalOrgID': ref('Organization') } });
      prop(Hub, 'PartnerSecretPolicy').BlockPublicPolicy = 'false';
    }),
    fault('G78', 'the policy of the secret does not keep the public out', ({ Hub }) => { prop(Hub, 'PartnerSecretPolicy').BlockPublicPolicy = false; }),
    fault('G36', 'four functions read the secret of the partner', ({ Hub }) => {
      for (const id of ['Take', 'PickedUp']) statements(Hub, `${id}Role`).push(allow('secretsmanager:Get*', ref('PartnerSecret')));
      add(Hub, 'Reads', 'AWS::IAM::ManagedPolicy', { Roles: [ref('TurnRole'), ref('TakeRole'), ref('PickedUpRole'), ref('ForwardRole')], PolicyDocument: document(allow('secretsmanager:GetSecretValue', ref('PartnerSecret'))) });
    }),
    fault('G75', 'nobody hears that orders of partners pile up as failures', ({ Hub }) => { remove(Hub, 'UnreadDepth'); }),
    breach('iam.external-id', 'the reader of labels may be taken on without the shared number', ({ Hub }) => { delete trust(Hub, 'ReaderOfLabels')[0].Condition; }),
    breach('iam.trust-notprincipal', 'everybody who is not the named account may take on the reader', ({ Hub }) => { trust(Hub, 'ReaderOfLabels')[0] = { Effect: 'Allow', NotPrincipal: { AWS: ref('Carrier') }, Action: 'sts:AssumeRole' }; }),
    breach('s3.policy-action', 'partners may do everything with labels', ({ Hub }) => { statements(Hub, 'LabelsPolicy', 'PolicyDocument')[1].Action = 's3:*'; }),
    breach('sns.public', 'everybody may publish notices; the condition lets all accounts pass', ({ Hub }) => { statements(Hub, 'NoticesPolicy', 'PolicyDocument').push(admit({ AWS: '*' }, 'sns:Publish', ref('Notices'), { StringLike: { 'aws:PrincipalOrgID': '*' } })); }),
    breach('kms.public', 'the shared key is open to all', ({ Hub }) => { prop(Hub, 'SharedKey').KeyPolicy.Statement.push(admit({ AWS: '*' }, 'kms:Decrypt', '*', { 'ForAllValues:StringEquals': { 'aws:PrincipalOrgID': 'o-abcdefghij' } })); }),
  ],
  variants: [
    safe('all accounts of the organization may put events of the source', ({ Hub }) => { prop(Hub, 'BusPolicy').Statement.Principal = '*'; }),
    safe('the policy of the table names a role of this account', ({ Hub }) => { prop(Hub, 'Orders').ResourcePolicy = { PolicyDocument: document(admit({ AWS: att('TakeRole') }, 'dynamodb:GetItem', '*')) }; }),
    safe('the audit log is streamed to a function of this account', ({ Hub }) => {
      add(Hub, 'Ship', 'AWS::Logs::SubscriptionFilter', { LogGroupName: ref('AuditLogs'), FilterPattern: '', DestinationArn: att('PickedUp') });
      add(Hub, 'ShipCalled', 'AWS::Lambda::Permission', { FunctionName: ref('PickedUp'), Action: 'lambda:InvokeFunction', Principal: 'logs.amazonaws.com', SourceArn: att('AuditLogs'), SourceAccount: ACCOUNT });
    }),
    safe('a third reader role with another shared number', ({ Hub }) => {
      add(Hub, 'Auditor', 'AWS::IAM::Role', { ...prop(Hub, 'ReaderOfLabels'), Description: 'Of the auditors', AssumeRolePolicyDocument: document({ Effect: 'Allow', Principal: { AWS: ref('Carrier') }, Action: ['sts:AssumeRole', 'sts:TagSession'], Condition: { StringEquals: { 'sts:ExternalId': ref('ExternalId') } } }) });
    }),
    safe('the number of the own account in the condition as a list', ({ Hub }) => { trust(Hub, 'ForwardRole')[0].Condition = { StringEquals: { 'AWS:SourceAccount': [ACCOUNT] } }; env(Hub, 'Take').PARTNER_ACCOUNT = ref('Carrier'); }),
  ],
};
