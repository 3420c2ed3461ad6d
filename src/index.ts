// core: what all constructs stand on
export { AlarmCoverage, SecurityControlChanges, SecurityControls, SecurityProfile } from './core/security-profile';
export { DataKeyService, StackDataKey } from './core/stack-data-key';

// alarms
export { AlarmSetting, AlarmTuning } from './alarms/alarm-setting';
export { StackAlarmTopic } from './alarms/stack-alarm-topic';

// logging
export { LogMasking } from './logging/log-masking';

// waf
export { GeoRule } from './waf/geo-rule';
export { ManagedRuleGroup } from './waf/managed-rule-group';
export { SecureWebAcl, SecureWebAclProps } from './waf/secure-web-acl';
export { StackWebAcl } from './waf/stack-web-acl';
export { WebAclAlarms } from './waf/web-acl-alarms';
export { WebAclMode } from './waf/web-acl-mode';

// storage
export { BucketAccessLogs } from './storage/bucket-access-logs';
export { BucketAccessOptions, BucketReadOptions } from './storage/bucket-access-options';
export { BucketAlarms } from './storage/bucket-alarms';
export { BucketObjectLock } from './storage/bucket-object-lock';
export { BucketRemoval } from './storage/bucket-removal';
export { BucketReplicationRule } from './storage/bucket-replication';
export { BucketVersioning } from './storage/bucket-versioning';
export { SecureBucket } from './storage/secure-bucket';
export { SecureBucketProps } from './storage/secure-bucket-props';
export { StackAccessLogBucket } from './storage/stack-access-log-bucket';

// messaging
export { EventPublishOptions } from './messaging/event-bus-access';
export { EventBusLogging } from './messaging/event-bus-logging';
export { QueueRouteOptions } from './messaging/event-bus-routes';
export { QueueAlarms } from './messaging/queue-alarms';
export { QueueDeadLetter } from './messaging/queue-dead-letter';
export { QueueRemoval } from './messaging/queue-removal';
export { QueueSender } from './messaging/queue-sender';
export { RuleAlarms } from './messaging/rule-alarms';
export { SecureEventBus } from './messaging/secure-event-bus';
export { EventBusArchive, SecureEventBusProps } from './messaging/secure-event-bus-props';
export { SecureQueue } from './messaging/secure-queue';
export { QueueFifo, SecureQueueProps } from './messaging/secure-queue-props';
export { SecureTopic } from './messaging/secure-topic';
export { SecureTopicProps, TopicFifo } from './messaging/secure-topic-props';
export { StackDeadLetterQueue } from './messaging/stack-dead-letter-queue';
export { TopicAlarms } from './messaging/topic-alarms';
export { TopicDeliveryLogging } from './messaging/topic-delivery-logging';
export { TopicMasking } from './messaging/topic-masking';
export { TopicPublisher } from './messaging/topic-publisher';
export { QueueSubscriptionOptions } from './messaging/topic-subscriptions';

// integration: schedules
export { ScheduleTarget } from './integration/schedule-target';
export { SecureSchedule } from './integration/secure-schedule';
export { SecureScheduleOptions, SecureScheduleProps } from './integration/secure-schedule-props';
export { StackScheduleGroup } from './integration/stack-schedule-group';

// triggers
export { BucketTriggerOptions } from './triggers/bucket-trigger';
export { BucketTriggerEvent } from './triggers/bucket-trigger-event';
export { EndlessRetries } from './triggers/endless-retries';
export { EventTriggerOptions } from './triggers/event-trigger';
export { QueueTriggerOptions } from './triggers/queue-trigger';
export { ScheduleTriggerOptions } from './triggers/schedule-trigger';
export { StreamTriggerAlarms, StreamTriggerOptions } from './triggers/stream-trigger-options';
export { TopicTriggerOptions } from './triggers/topic-trigger';
export { TriggerLoop } from './triggers/trigger-loop';

// function
export { AsyncInvocation, FunctionAlarms, FunctionNetwork, SecureFunctionOptions } from './function/function-options';
export { FunctionTracing } from './function/function-tracing';
export { NodejsBundling } from './function/nodejs-bundling';
export { SecureFunction, SecureFunctionProps } from './function/secure-function';
export { SecureFunctionAlias } from './function/secure-function-alias';
export { SecureNodejsFunction, SecureNodejsFunctionProps } from './function/secure-nodejs-function';

// api
export { ApiAlarms } from './api/api-alarms';
export { ApiAuth, ApiAuthKind, LambdaAuthOptions, UserPoolAuthOptions } from './api/api-auth';
export { ApiCors } from './api/api-cors';
export { ApiDomain, ApiMutualTls } from './api/api-domain';
export { ApiEndpoint } from './api/api-endpoint';
export { ApiGatewayAccount } from './api/api-gateway-account';
export { ApiUsagePlan, ApiUsagePlanProps } from './api/api-usage-plan';
export { ApiThrottle, RouteCache, RouteOptions } from './api/route-options';
export { RouteParameter, RouteParameterOptions } from './api/route-parameter';
export { SecureApi } from './api/secure-api';
export { SecureApiProps } from './api/secure-api-props';

// app: the rules, the packs and the report
export { RulePack } from './app/rule-pack';
export { EnforceOptions, ServerlessSecurity } from './app/serverless-security';
export { ServerlessSecurityChecks, ServerlessSecurityChecksProps } from './app/serverless-security-checks';
