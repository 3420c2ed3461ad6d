import { Controls } from './control';

/** Queues, topics, buses and workflows. */
export const MESSAGE_CONTROLS: Controls = {
  'sqs.sse': {
    asks: 'Messages are encrypted where they lie',
    sources: {
      securityHub: ['SQS.1'],
      controlTower: ['CT.SQS.PR.2'],
      nag: ['AwsSolutions-SQS2'],
      trivy: ['AWS-0096'],
      kics: ['sqs_with_sse_disabled'],
      prowler: ['sqs_queues_server_side_encryption_enabled'],
    },
    rules: ['QueueEncryption'],
  },
  'sqs.kms': {
    asks: 'A key of the owner encrypts',
    sources: { checkov: ['CKV_AWS_27'], trivy: ['AWS-0135'], cfnNag: ['W48'], guard: ['SQS_QUEUE_KMS_MASTER_KEY_ID_RULE'] },
    rules: ['QueueKey'],
  },
  'sqs.dlq': {
    asks: 'Messages that fail go to a queue of their own',
    sources: { controlTower: ['CT.SQS.PR.1'], nag: ['AwsSolutions-SQS3', 'Serverless-SQSRedrivePolicy'] },
    rules: ['QueueRedrivePolicy'],
  },
  'sqs.tls': {
    asks: 'Plain HTTP is denied',
    sources: { nag: ['AwsSolutions-SQS4'] },
    rules: ['QueueTlsOnly'],
  },
  'sqs.public': {
    asks: 'The policy lets nobody in general in',
    sources: {
      securityHub: ['SQS.3'],
      cfnNag: ['F21'],
      kics: ['sqs_policy_with_public_access'],
      guard: ['SQS_QUEUEPOLICY_NO_WILDCARD_PRINCIPAL'],
      prowler: ['sqs_queues_not_publicly_accessible'],
    },
    rules: ['PolicyOpenEveryone'],
  },
  'sqs.wildcard-action': {
    asks: 'The policy spells out actions',
    sources: { trivy: ['AWS-0097'], cfnNag: ['F20'], guard: ['SQS_QUEUEPOLICY_NO_WILDCARD_ACTION'] },
    rules: ['PolicyActionWildcard'],
  },
  'sqs.notaction': {
    asks: 'The policy does not allow all but some actions',
    sources: { cfnNag: ['W18'], guard: ['SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOT_ACTION'] },
    rules: ['PolicyActionWildcard'],
  },
  'sqs.notprincipal': {
    asks: 'The policy does not allow all but some callers',
    sources: { cfnNag: ['F7'], guard: ['SQS_QUEUEPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'] },
    rules: ['PolicyOpenEveryone'],
  },
  'sqs.tags': {
    asks: 'The queue carries tags',
    sources: { securityHub: ['SQS.2'] },
    rules: ['OwnerTags'],
  },
  'sns.kms': {
    asks: 'Messages are encrypted where they lie',
    sources: {
      securityHub: ['SNS.1'],
      nag: ['HIPAA.Security-SNSEncryptedKMS', 'NIST.800.53.R4-SNSEncryptedKMS', 'NIST.800.53.R5-SNSEncryptedKMS', 'PCI.DSS.321-SNSEncryptedKMS'],
      checkov: ['CKV_AWS_26'],
      trivy: ['AWS-0095'],
      cfnNag: ['W47'],
      kics: ['sns_topic_without_kms_master_key_id'],
      guard: ['SNS_ENCRYPTED_KMS'],
      prowler: ['sns_topics_kms_encryption_at_rest_enabled'],
    },
    rules: ['TopicEncryption'],
  },
  'sns.cmk': {
    asks: 'The key is the owner\'s',
    sources: { trivy: ['AWS-0136'] },
    rules: ['TopicEncryption'],
  },
  'sns.tls': {
    asks: 'Plain HTTP is denied',
    sources: { nag: ['AwsSolutions-SNS3'] },
    rules: ['TopicTlsOnly'],
  },
  'sns.public': {
    asks: 'The policy lets nobody in general in',
    sources: {
      securityHub: ['SNS.4'],
      cfnNag: ['F18'],
      kics: ['sns_topic_is_publicly_accessible'],
      guard: ['SNS_TOPICPOLICY_NO_WILDCARD_PRINCIPAL'],
      prowler: ['sns_topics_not_publicly_accessible'],
    },
    rules: ['PolicyOpenEveryone'],
  },
  'sns.notaction': {
    asks: 'The policy does not allow all but some actions',
    sources: {
      cfnNag: ['W19'], kics: ['sns_topic_publicity_has_allow_and_not_action_simultaneously'], guard: ['SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOT_ACTION'],
    },
    rules: ['PolicyActionWildcard'],
  },
  'sns.notprincipal': {
    asks: 'The policy does not allow all but some callers',
    sources: { cfnNag: ['F8'], guard: ['SNS_TOPICPOLICY_NO_ALLOW_PLUS_NOTPRINCIPAL'] },
    rules: ['PolicyOpenEveryone'],
  },
  'sns.https-subscription': {
    asks: 'Nothing is delivered over plain HTTP',
    sources: { prowler: ['sns_subscription_not_using_http_endpoints'] },
    rules: ['SubscriptionTransport'],
  },
  'sns.redrive': {
    asks: 'A subscription keeps what it cannot deliver',
    sources: { nag: ['Serverless-SNSRedrivePolicy'] },
    rules: ['SubscriptionDeadLetter'],
  },
  'sns.delivery-logging': {
    asks: 'The status of deliveries is logged',
    sources: { securityHub: ['SNS.2'] },
    because: 'decided',
    remark: 'Security Hub has retired the control; SubscriptionDeadLetter keeps what fails.',
  },
  'sns.tags': {
    asks: 'The topic carries tags',
    sources: { securityHub: ['SNS.3'] },
    rules: ['OwnerTags'],
  },
  'eb.open-access': {
    asks: 'The bus is not open',
    sources: { nag: ['AwsSolutions-EVB1'], prowler: ['eventbridge_bus_exposed'] },
    rules: ['PolicyOpenEveryone', 'EventBusSenders'],
  },
  'eb.cross-account': {
    asks: 'Other accounts do not share the bus',
    sources: { prowler: ['eventbridge_bus_cross_account_access'] },
    rules: ['PolicyForeignAccount', 'EventBusSenders'],
  },
  'eb.policy-attached': {
    asks: 'The bus has a policy',
    sources: { securityHub: ['EventBridge.3'] },
    because: 'decided',
    remark: 'A bus without one takes events of its own account only; the rules judge the policies that open it.',
  },
  'eb.replication': {
    asks: 'A global endpoint copies its events',
    sources: { securityHub: ['EventBridge.4'], prowler: ['eventbridge_global_endpoint_event_replication_enabled'] },
    rules: ['EventEndpointReplication'],
  },
  'eb.schema-registry': {
    asks: 'Other accounts do not share the schemas',
    sources: { prowler: ['eventbridge_schema_registry_cross_account_access'] },
    rules: ['PolicyForeignAccount', 'PolicyOpenEveryone'],
  },
  'eb.tags': {
    asks: 'The bus carries tags',
    sources: { securityHub: ['EventBridge.2'] },
    rules: ['OwnerTags'],
  },
  'eb.target-dlq': {
    asks: 'A rule keeps what it cannot deliver',
    sources: { nag: ['Serverless-EventBusDLQ'] },
    rules: ['RuleDeadLetter'],
  },
  'sfn.logging': {
    asks: 'Executions are logged',
    sources: {
      securityHub: ['StepFunctions.1'],
      controlTower: ['CT.STEPFUNCTIONS.PR.1'],
      nag: ['AwsSolutions-SF1'],
      prowler: ['stepfunctions_statemachine_logging_enabled'],
    },
    rules: ['WorkflowLogging'],
  },
  'sfn.tracing': {
    asks: 'Executions are traced',
    sources: { controlTower: ['CT.STEPFUNCTIONS.PR.2'], nag: ['AwsSolutions-SF2', 'Serverless-StepFunctionStateMachineXray'] },
    rules: ['WorkflowTracing'],
  },
  'sfn.cmk': {
    asks: 'A key of the owner encrypts',
    sources: { prowler: ['stepfunctions_statemachine_encrypted_with_cmk'] },
    rules: ['WorkflowKey'],
  },
  'sfn.secrets': {
    asks: 'The definition holds no secret',
    sources: { prowler: ['stepfunctions_statemachine_no_secrets_in_definition'] },
    rules: ['PassThroughSecret', 'TemplateToken'],
  },
  'sfn.tags': {
    asks: 'Activities carry tags',
    sources: { securityHub: ['StepFunctions.2'] },
    rules: ['OwnerTags'],
  },
};
