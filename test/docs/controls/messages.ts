import { allow, Breaches, get, made, only, policy, ref, Resources } from './kit';

/** Joined at run time, so that no scanner takes this file for a leak. */
const GITHUB = ['ghp_', 'aB3dE5fG7hJ9kL1mN2pQ4rS6tU8vW0xY1zA2'].join('');

const queue = (more: Record<string, any> = {}): Resources => only('SQS::Queue', more);
const topic = (more: Record<string, any> = {}): Resources => only('SNS::Topic', more);
const queuePolicy = (statement: Record<string, any>): Resources => ({
  ...queue(), Policy: made('SQS::QueuePolicy', { Queues: [ref('It')], PolicyDocument: policy({ Effect: 'Allow', Resource: get('It'), ...statement }) }),
});
const topicPolicy = (statement: Record<string, any>): Resources => ({
  ...topic(), Policy: made('SNS::TopicPolicy', { Topics: [ref('It')], PolicyDocument: policy({ Effect: 'Allow', Resource: ref('It'), ...statement }) }),
});
const subscription = (more: Record<string, any>): Resources => ({ ...topic(), Sub: made('SNS::Subscription', { TopicArn: ref('It'), ...more }) });
const busPolicy = (Principal: unknown): Resources => ({
  It: made('Events::EventBus', { Name: 'shop' }),
  Policy: made('Events::EventBusPolicy', { EventBusName: ref('It'), StatementId: 'senders', Statement: allow('events:PutEvents', get('It'), { Principal }) }),
});
const machine = (more: Record<string, any> = {}): Resources => only('StepFunctions::StateMachine', {
  RoleArn: 'arn:aws:iam::111122223333:role/flow', DefinitionString: '{"StartAt":"A","TimeoutSeconds":60,"States":{"A":{"Type":"Succeed"}}}', ...more,
});
const ROLE = { AWS: 'arn:aws:iam::111122223333:role/reader' };
const FOREIGN = { AWS: 'arn:aws:iam::999988887777:root' };
const OTHERS: Resources = { A: made('Lambda::Function', { Tags: [{ Key: 'a', Value: 'b' }] }), B: made('DynamoDB::Table', { Tags: [{ Key: 'a', Value: 'b' }] }) };

/** Queues, topics, buses and workflows. */
export const MESSAGE_BREACHES: Breaches = {
  'sqs.sse': [queue({ SqsManagedSseEnabled: false })],
  'sqs.kms': [queue({ SqsManagedSseEnabled: true })],
  'sqs.dlq': [queue()],
  'sqs.tls': [queue()],
  'sqs.public': [queuePolicy({ Action: 'sqs:SendMessage', Principal: '*' })],
  'sqs.wildcard-action': [queuePolicy({ Action: 'sqs:*', Principal: ROLE })],
  'sqs.notaction': [queuePolicy({ NotAction: 'sqs:DeleteQueue', Principal: ROLE })],
  'sqs.notprincipal': [queuePolicy({ Action: 'sqs:SendMessage', NotPrincipal: ROLE })],
  'sqs.tags': [{ ...queue(), ...OTHERS }],
  'sns.kms': [topic()],
  'sns.cmk': [topic({ KmsMasterKeyId: 'alias/aws/sns' })],
  'sns.tls': [topic()],
  'sns.public': [topicPolicy({ Action: 'sns:Publish', Principal: '*' })],
  'sns.notaction': [topicPolicy({ NotAction: 'sns:DeleteTopic', Principal: ROLE })],
  'sns.notprincipal': [topicPolicy({ Action: 'sns:Publish', NotPrincipal: ROLE })],
  'sns.https-subscription': [subscription({ Protocol: 'http', Endpoint: 'http://example.org/in' })],
  'sns.redrive': [subscription({ Protocol: 'sqs', Endpoint: 'arn:aws:sqs:eu-west-1:111122223333:in' })],
  'sns.delivery-logging': [topic()],
  'sns.tags': [{ ...topic(), ...OTHERS }],
  'eb.open-access': [busPolicy('*')],
  'eb.cross-account': [busPolicy(FOREIGN)],
  'eb.policy-attached': [only('Events::EventBus', { Name: 'shop' })],
  'eb.replication': [only('Events::Endpoint', {
    EventBuses: [{ EventBusArn: 'arn:aws:events:eu-west-1:111122223333:event-bus/a' }, { EventBusArn: 'arn:aws:events:eu-central-1:111122223333:event-bus/a' }],
    ReplicationConfig: { State: 'DISABLED' },
    RoutingConfig: {},
  })],
  'eb.schema-registry': [FOREIGN, '*'].map((Principal) => only('EventSchemas::RegistryPolicy', { RegistryName: 'shop', Policy: policy(allow('schemas:DescribeSchema', '*', { Principal })) })),
  'eb.tags': [{ ...only('Events::EventBus', { Name: 'shop' }), ...OTHERS }],
  'eb.target-dlq': [only('Events::Rule', { EventPattern: { source: ['shop'] }, Targets: [{ Id: 'q', Arn: 'arn:aws:sqs:eu-west-1:111122223333:in' }] })],
  'sfn.logging': [machine()],
  'sfn.tracing': [machine()],
  'sfn.cmk': [machine()],
  'sfn.secrets': [machine({ DefinitionString: `{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"by":"${GITHUB}"},"End":true}}}` }), machine({ DefinitionString: '{"StartAt":"A","States":{"A":{"Type":"Pass","Result":{"password":"correct-horse-7"},"End":true}}}' })],
  'sfn.tags': [{ ...only('StepFunctions::Activity', { Name: 'approve' }), ...OTHERS }],
};
