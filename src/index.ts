// core: what all constructs stand on
export { AlarmCoverage, SecurityControlChanges, SecurityControls } from './core/profile/security-controls';
export { SecurityProfile } from './core/profile/security-profile';
export { DataKeyService, StackDataKey } from './core/keys/stack-data-key';

// alarms: who hears, what is seen at a glance
export { AlarmMuting, AlarmQuietTime } from './alarms/alarm-muting';
export { AlarmRecipient, SlackChannel, TeamsChannel } from './alarms/alarm-recipient';
export { AlarmSetting, AlarmTuning } from './alarms/alarm-setting';
export { StackAlarmTopic } from './alarms/stack-alarm-topic';
export { StackAttackAlarm } from './alarms/stack-attack-alarm';
export { StackDashboard } from './alarms/stack-dashboard';

// logging
export { LogMasking } from './logging/log-masking';

// classification: what kinds of sensitive data something holds
export { CountryOptions, DataClassification } from './classification/data-classification';
export { MaskingFindings } from './classification/masking-findings';

// waf
export { GeoRule } from './waf/geo-rule';
export { ManagedRuleGroup } from './waf/managed-rule-group';
export { SecureWebAcl, SecureWebAclProps } from './waf/secure-web-acl';
export { StackEdgeWebAcl } from './waf/stack-edge-web-acl';
export { StackWebAcl } from './waf/stack-web-acl';
export { WebAclAlarms } from './waf/web-acl-alarms';
export { WebAclDenyList } from './waf/web-acl-deny-list';
export { WebAclMode } from './waf/web-acl-mode';
export { WebAclScope } from './waf/web-acl-scope';

// secrets: keys, secrets and parameters
export { ChangeNotices } from './secrets/change-notices';
export { KeyAccessOptions } from './secrets/key/key-access-options';
export { KeyRegions } from './secrets/key/key-regions';
export { KeyRemoval } from './secrets/key/key-removal';
export { GeneratedSecret, SecretContent } from './secrets/secret/secret-content';
export { SecretRemoval } from './secrets/secret/secret-removal';
export { SecretRotation } from './secrets/secret/secret-rotation';
export { SecureKey } from './secrets/key/secure-key';
export { SecureKeyProps } from './secrets/key/secure-key-props';
export { SecureParameter, SecureParameterProps } from './secrets/secure-parameter';
export { SecretReadOptions, SecureSecret } from './secrets/secret/secure-secret';
export { SecretReplica, SecureSecretProps } from './secrets/secret/secure-secret-props';

// identity: users and their clients
export { AppClientOptions, MachineClientOptions } from './identity/app-client-options';
export { LocalCallbacks } from './identity/local-callbacks';
export { PasswordRules } from './identity/rules/password-rules';
export { ResourceServerOptions, SecureResourceServer } from './identity/secure-resource-server';
export { SecureUserPool } from './identity/secure-user-pool';
export { SecureUserPoolClient } from './identity/secure-user-pool-client';
export { SecureUserPoolProps } from './identity/secure-user-pool-props';
export { SignInDomain } from './identity/sign-in-domain';
export { SignUp } from './identity/sign-up';
export { ThreatProtection } from './identity/threat-protection';
export { UserPoolAlarms, UserPoolClientAlarms } from './identity/user-pool-alarms';
export { UserPoolMfa } from './identity/user-pool-mfa';
export { UserPoolRemoval } from './identity/user-pool-removal';

// storage: buckets
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

// database: tables
export { SecureTable } from './database/table/secure-table';
export { SecureTableProps } from './database/table/secure-table-props';
export { StackBackup } from './database/stack-backup';
export { TableAccessOptions, TableListOptions, TableReadOptions, TableWriteOptions } from './database/table/rights/table-access-options';
export { TableAlarms } from './database/table/table-alarms';
export { TableBackup } from './database/table/table-backup';
export { TableBilling, TableProvisionedThroughput, TableThroughputLimits } from './database/table/table-billing';
export { TableRecovery } from './database/table/table-recovery';
export { TableRemoval } from './database/table/table-removal';
export { TableReplica } from './database/table/table-replica';

// messaging: queues, topics and event buses
export { EventPublishOptions } from './messaging/event-bus/event-bus-access';
export { EventBusLogging } from './messaging/event-bus/event-bus-logging';
export { QueueRouteOptions } from './messaging/event-bus/event-bus-routes';
export { QueueAlarms } from './messaging/queue/queue-alarms';
export { QueueDeadLetter } from './messaging/queue/queue-dead-letter';
export { QueueRemoval } from './messaging/queue/queue-removal';
export { QueueSender } from './messaging/queue/queue-sender';
export { RuleAlarms } from './messaging/event-bus/rule-alarms';
export { SecureEventBus } from './messaging/event-bus/secure-event-bus';
export { EventBusArchive, SecureEventBusProps } from './messaging/event-bus/secure-event-bus-props';
export { SecureQueue } from './messaging/queue/secure-queue';
export { QueueFifo, SecureQueueProps } from './messaging/queue/secure-queue-props';
export { SecureTopic } from './messaging/topic/secure-topic';
export { SecureTopicProps, TopicFifo } from './messaging/topic/secure-topic-props';
export { StackDeadLetterQueue } from './messaging/stack-dead-letter-queue';
export { StateMachineRouteOptions } from './messaging/event-bus/state-machine-route';
export { TopicAlarms } from './messaging/topic/topic-alarms';
export { TopicDeliveryLogging } from './messaging/topic/topic-delivery-logging';
export { TopicMasking } from './messaging/topic/topic-masking';
export { TopicPublisher } from './messaging/topic/topic-publisher';
export { QueueSubscriptionOptions } from './messaging/topic/topic-subscriptions';

// network
export { FunctionNetwork } from './network/access/function-network';
export { GatewayPrefixLists } from './network/access/gateway-prefix-lists';
export { NetworkAccess } from './network/access/network-access';
export { NetworkAddresses } from './network/network-addresses';
export { NetworkAlarms } from './network/network-alarms';
export { NetworkEgress } from './network/egress/network-egress';
export { NetworkEndpoint } from './network/network-endpoint';
export { SecureNetwork } from './network/secure-network';
export { SecureNetworkProps } from './network/secure-network-props';
export { StackNetwork } from './network/stack-network';

// integration: schedules and pipes
export { PipeAlarms } from './integration/pipe/pipe-alarms';
export { PipeEnrichment } from './integration/pipe/pipe-enrichment';
export { PipeLogLevel } from './integration/pipe/pipe-log-level';
export { PipeSource } from './integration/pipe/pipe-source';
export { PipeSourceOptions, PipeStreamOptions } from './integration/pipe/pipe-source-options';
export { PipeState } from './integration/pipe/pipe-state';
export { PipeTarget } from './integration/pipe/pipe-target';
export { PipeEventBusOptions, PipeQueueTargetOptions } from './integration/pipe/pipe-target-options';
export { ScheduleTarget } from './integration/schedule/schedule-target';
export { SecurePipe } from './integration/pipe/secure-pipe';
export { SecurePipeProps } from './integration/pipe/secure-pipe-props';
export { SecureSchedule } from './integration/schedule/secure-schedule';
export { SecureScheduleOptions, SecureScheduleProps } from './integration/schedule/secure-schedule-props';
export { StackScheduleGroup } from './integration/schedule/stack-schedule-group';

// triggers: what starts a function
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
export { CodeSigning } from './function/code/code-signing';
export { AsyncInvocation, FunctionAlarms, SecureFunctionOptions } from './function/function-options';
export { FunctionTracing } from './function/function-tracing';
export { NodejsBundling } from './function/code/nodejs-bundling';
export { SecureFunction, SecureFunctionProps } from './function/secure-function';
export { SecureFunctionAlias } from './function/invocation/secure-function-alias';
export { SecureNodejsFunction, SecureNodejsFunctionProps } from './function/secure-nodejs-function';

// data protection: tokens in the place of values
export { TokenField } from './data-protection/token-field';
export { DigitsOptions, TokenFormat } from './data-protection/token-format';
export { TokenVault } from './data-protection/token-vault';
export { CodeKeyGenerations, TokenVaultProps, VaultAccessOptions } from './data-protection/token-vault-props';
export { VaultAccess } from './data-protection/vault-access';
export { TokenVaultAlarms } from './data-protection/vault-alarms';

// third-party: the APIs of others
export { CallEgress } from './third-party/call-egress';
export { CredentialRefresh } from './third-party/credential-refresh';
export { ThirdPartyAlarms } from './third-party/third-party-alarms';
export { ThirdPartyApi } from './third-party/third-party-api';
export { CallSettings, ThirdPartyApiProps, ThirdPartyCallOptions, ThirdPartyRouteOptions } from './third-party/third-party-api-props';
export { BasicCredentialOptions, CredentialOptions, OAuthCredentialOptions, ThirdPartyCredential } from './third-party/third-party-credential';

// detection: what finds attacks, and how findings reach those who act
export { AccessAnalysis } from './detection/services/access-analysis';
export { AuditTrail, AuditTrailOptions } from './detection/services/audit-trail';
export { FindingAlarms } from './detection/findings/finding-alarms';
export { FindingFilter } from './detection/findings/finding-filter';
export { FindingFrequency } from './detection/findings/finding-frequency';
export { FindingKind } from './detection/findings/finding-kind';
export { FindingNotification } from './detection/findings/finding-notification';
export { FindingSeverity } from './detection/findings/finding-severity';
export { FindingSource } from './detection/findings/finding-source';
export { FindingTarget } from './detection/findings/finding-target';
export { GuardDutyDetector, GuardDutyOptions } from './detection/services/guard-duty-detector';
export { GuardDutyFeature } from './detection/services/guard-duty-feature';
export { LogAnomalies, LogAnomalyOptions } from './detection/services/log-anomalies';
export { LogAnomalyFrequency } from './detection/services/log-anomaly-frequency';
export { MalwareScanOptions } from './detection/services/malware-scan';
export { ThreatDetection } from './detection/threat-detection';
export { ThreatDetectionProps } from './detection/threat-detection-props';

// workflow: state machines
export { ErrorCatching } from './workflow/error-catching';
export { ExecutionData } from './workflow/execution-data';
export { SecureStateMachine } from './workflow/secure-state-machine';
export { SecureStateMachineProps } from './workflow/secure-state-machine-props';
export { StateMachineAlarms } from './workflow/state-machine-alarms';
export { StateMachineTracing } from './workflow/state-machine-tracing';

// api: REST APIs
export { ApiAlarms } from './api/api-alarms';
export { ApiAuth, ApiAuthKind, LambdaAuthOptions, UserPoolAuthOptions } from './api/access/api-auth';
export { ApiCors } from './api/access/api-cors';
export { ApiDomain, ApiMutualTls } from './api/domains/api-domain';
export { ApiEndpoint } from './api/domains/api-endpoint';
export { ApiGatewayAccount } from './api/stages/api-gateway-account';
export { ApiUsagePlan, ApiUsagePlanProps } from './api/routes/api-usage-plan';
export { ApiThrottle, RouteCache, RouteOptions } from './api/routes/route-options';
export { RouteParameter, RouteParameterOptions } from './api/routes/route-parameter';
export { SecureApi } from './api/secure-api';
export { SecureApiProps } from './api/secure-api-props';

// containment: what answers findings
export { Containment } from './containment/containment';
export { ContainmentAlarms } from './containment/containment-alarms';
export { ContainmentExemption } from './containment/containment-exemption';
export { ApprovalOptions, ContainmentMode } from './containment/containment-mode';
export { ApiPlaybookOptions, ContainmentPlaybook, PlaybookOptions } from './containment/containment-playbook';
export { ContainmentFunctionOptions, ContainmentProps } from './containment/containment-props';
export { ContainmentTarget } from './containment/containment-target';

// hardening: the baseline for constructs of others
export { HardeningArea } from './core/hardening/hardening-area';
export { HardenOptions } from './hardening/harden-options';
export { Hardening } from './hardening/hardening';
export { HardeningOptions } from './hardening/hardening-options';
// http-api: HTTP APIs and function URLs
export { EdgeFrontOptions } from './http-api/edge-front-options';
export { FunctionUrlAlarms } from './http-api/function-url-alarms';
export { FunctionUrlAuth, FunctionUrlAuthKind } from './http-api/function-url-auth';
export { FunctionUrlConcurrency } from './http-api/function-url-concurrency';
export { HttpApiAuth, HttpApiAuthKind, HttpLambdaAuthOptions, JwtAuthProps } from './http-api/http-api-auth';
export { HttpApiCloudFrontProps, HttpApiFront } from './http-api/http-api-front';
export { HttpRouteOptions } from './http-api/http-route-options';
export { SecureFunctionUrl } from './http-api/secure-function-url';
export { SecureFunctionUrlProps } from './http-api/secure-function-url-props';
export { SecureHttpApi } from './http-api/secure-http-api';
export { SecureHttpApiProps } from './http-api/secure-http-api-props';

// websocket-api
export { ConnectionAction, ManageConnectionsOptions } from './websocket-api/connection-action';
export { SecureWebSocketApi } from './websocket-api/secure-web-socket-api';
export { SecureWebSocketApiProps } from './websocket-api/secure-web-socket-api-props';
export { WebSocketAlarms } from './websocket-api/websocket-alarms';
export { WebSocketAuth, WebSocketAuthKind, WebSocketLambdaAuthOptions } from './websocket-api/websocket-auth';
export { WebSocketRouteOptions } from './websocket-api/websocket-route-options';

// edge: CloudFront in front
export { ContentSecurityPolicy, ContentSources, UnsafeContent } from './edge/content-security-policy';
export { EdgeAccessLogs } from './edge/edge-access-logs';
export { EdgeAlarms } from './edge/edge-alarms';
export { EdgeCaching } from './edge/edge-caching';
export { EdgeDistribution } from './edge/edge-distribution';
export { EdgeBehavior, EdgeDistributionProps } from './edge/edge-distribution-props';
export { EdgeDomain, EdgeDomainProps } from './edge/edge-domain';
export { CrossOriginResources, EdgeHeaders } from './edge/edge-headers';
export { EdgeKind } from './edge/edge-kind';
export { EdgeWebAcl } from './edge/edge-web-acl';
export { StackEdgeLogBucket } from './edge/stack-edge-log-bucket';

// website
export { SecureWebsite } from './website/secure-website';
export { SecureWebsiteProps } from './website/secure-website-props';
export { WebsiteFallback } from './website/website-fallback';

// app: the rules, the packs and the report
export { RulePack } from './app/rule-pack';
export { RulePackOptions } from './app/rule-pack-options';
export { ReportRendering } from './report/report-rendering';
export { RuleSetting, RuleSeverity } from './app/rule-setting';
export { SecurityExceptions } from './app/security-exceptions';
export { EnforceOptions, ServerlessSecurity } from './app/serverless-security';
export { OpenRoutesOptions, ThirdPartiesOptions } from './app/posture-options';
export { SecurityPosture } from './app/security-posture';
export { TrustedAccountOptions, TrustedAccounts } from './app/trusted-accounts';
export { DependencyException, DependencyLimits } from './core/third-party/dependency-limits';
export { AccountUse } from './core/third-party/trusted-account';
export { ServerlessSecurityChecks, ServerlessSecurityChecksProps } from './app/serverless-security-checks';
export { AuditFinding, TemplateAudit, TemplateAuditProps } from './app/template-audit';
export { ExceptionOptions, ExceptionRecord } from './policy/exceptions/exception-record';
