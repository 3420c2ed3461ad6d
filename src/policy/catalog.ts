import { TAG_RULES } from './tag-rules';
import { TEMPLATE_RULES } from './template-rules';
import { WHOLE_APP_RULES } from './whole-app-rules';
import { ALARM_REACH_RULES } from '../alarms/rules/alarm-reach-rules';
import { ALARM_RULES } from '../alarms/rules/alarm-rules';
import { COVERAGE_RULES } from '../alarms/rules/coverage-rules';
import { STORE_ALARM_RULES } from '../alarms/rules/store-alarm-rules';
import { ACCESS_LOG_RULES } from '../api/rules/access-log-rules';
import { AGENT_RULES } from '../api/rules/agent-rules';
import { API_RULES } from '../api/rules/api-rules';
import { AUTHORIZER_RULES } from '../api/rules/authorizer-rules';
import { CACHE_RULES } from '../api/rules/cache-rules';
import { CORS_RULES } from '../api/rules/cors-rules';
import { API_CREDENTIAL_RULES } from '../api/rules/credential-rules';
import { ENDPOINT_RULES } from '../api/rules/endpoint-rules';
import { GRAPHQL_CALLER_RULES } from '../api/rules/graphql-caller-rules';
import { GRAPHQL_RULES } from '../api/rules/graphql-rules';
import { INTEGRATION_RULES } from '../api/rules/integration-rules';
import { ROUTE_RULES } from '../api/rules/route-rules';
import { STAGE_RULES } from '../api/rules/stage-rules';
import { USAGE_PLAN_RULES } from '../api/rules/usage-plan-rules';
import { VALIDATION_RULES } from '../api/rules/validation-rules';
import { BUILD_RULES } from '../builds/build-rules';
import { CONTAINER_RULES } from '../container/container-rules';
import { CLUSTER_RULES } from '../database/cluster/cluster-rules';
import { SEARCH_RULES } from '../database/search/search-rules';
import { STORE_RULES } from '../database/store-rules';
import { CAPACITY_RULES } from '../database/table/capacity-rules';
import { TABLE_RULES } from '../database/table/table-rules';
import { ARCHIVE_RULES } from '../detection/archive-rules';
import { EDGE_ACCESS_RULES } from '../edge/rules/edge-access-rules';
import { EDGE_RULES } from '../edge/rules/edge-rules';
import { ENVIRONMENT_RULES } from '../function/rules/environment-rules';
import { FUNCTION_CODE_RULES } from '../function/rules/function-code-rules';
import { FUNCTION_RULES } from '../function/rules/function-rules';
import { FUNCTION_SETTINGS_RULES } from '../function/rules/function-settings-rules';
import { FUNCTION_URL_RULES } from '../function/rules/function-url-rules';
import { IMAGE_RULES } from '../function/rules/image-rules';
import { LOG_RIGHTS_RULES } from '../function/rules/log-rights-rules';
import { PERMISSION_RULES } from '../function/rules/permission-rules';
import { WEB_FUNCTION_RULES } from '../function/rules/web-function-rules';
import { ESCALATION_RULES } from '../iam/rules/escalation-rules';
import { FEDERATION_RULES } from '../iam/rules/federation-rules';
import { FOREIGN_SOURCE_RULES } from '../iam/rules/foreign-source-rules';
import { IAM_RULES } from '../iam/rules/iam-rules';
import { MANAGED_POLICY_RULES } from '../iam/rules/managed-policy-rules';
import { SECRET_REACH_RULES } from '../iam/rules/secret-reach-rules';
import { SERVICE_GRANT_RULES } from '../iam/rules/service-grant-rules';
import { SHARING_RULES } from '../iam/rules/sharing-rules';
import { TRUST_RULES } from '../iam/rules/trust-rules';
import { UNUSED_GRANT_RULES } from '../iam/rules/unused-grant-rules';
import { USAGE_RULES } from '../iam/rules/usage-rules';
import { USER_RULES } from '../iam/rules/user-rules';
import { CLIENT_RULES } from '../identity/rules/client-rules';
import { IDENTITY_POOL_RULES } from '../identity/rules/identity-pool-rules';
import { USER_POOL_RULES } from '../identity/rules/user-pool-rules';
import { CONNECTION_RULES } from '../integration/connection-rules';
import { FILE_SERVER_RULES } from '../integration/file-server/file-server-rules';
import { OUTWARD_RULES } from '../integration/outward-rules';
import { PIPE_RULES } from '../integration/pipe/pipe-rules';
import { SCHEDULE_RULES } from '../integration/schedule/schedule-rules';
import { THING_RULES } from '../integration/thing-rules';
import { LOG_RULES } from '../logging/log-rules';
import { TRAIL_RULES } from '../logging/trail-rules';
import { EVENT_RULES } from '../messaging/event-bus/event-rules';
import { FOREIGN_RULES } from '../messaging/foreign-rules';
import { QUEUE_RULES } from '../messaging/queue/queue-rules';
import { STREAM_RULES } from '../messaging/stream-rules';
import { TOPIC_RULES } from '../messaging/topic/topic-rules';
import { Rule } from '../model/rule';
import { BALANCER_RULES } from '../network/balancer/balancer-rules';
import { LISTENER_RULES } from '../network/balancer/listener-rules';
import { ACL_RULES } from '../network/rules/acl-rules';
import { GROUP_RULES } from '../network/rules/group-rules';
import { LATTICE_RULES } from '../network/rules/lattice-rules';
import { NETWORK_RULES } from '../network/rules/network-rules';
import { CREDENTIAL_RULES } from '../secrets/credential-rules';
import { KEY_RULES } from '../secrets/key/key-rules';
import { SECRET_RULES } from '../secrets/secret/secret-rules';
import { STORE_KEY_RULES } from '../secrets/store-key-rules';
import { BUCKET_NAME_RULES } from '../storage/rules/bucket-name-rules';
import { BUCKET_RULES } from '../storage/rules/bucket-rules';
import { BUCKET_SHARING_RULES } from '../storage/rules/bucket-sharing-rules';
import { BUCKET_TLS_RULES } from '../storage/rules/bucket-tls-rules';
import { REMOVAL_RULES } from '../storage/rules/removal-rules';
import { STORAGE_RULES } from '../storage/rules/storage-rules';
import { FAILURE_RIGHTS_RULES } from '../triggers/rules/failure-rights-rules';
import { FAILURE_RULES } from '../triggers/rules/failure-rules';
import { LOOP_RULES } from '../triggers/rules/loop-rules';
import { MAPPING_RULES } from '../triggers/rules/mapping-rules';
import { SOURCE_RULES } from '../triggers/rules/source-rules';
import { UNLINKED_RULES } from '../triggers/rules/unlinked-rules';
import { WAF_RULES } from '../waf/waf-rules';
import { WORKFLOW_RULES } from '../workflow/workflow-rules';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ...ACCESS_LOG_RULES, ...ACL_RULES, ...AGENT_RULES, ...ALARM_REACH_RULES, ...ALARM_RULES, ...API_CREDENTIAL_RULES, ...API_RULES,
  ...ARCHIVE_RULES, ...AUTHORIZER_RULES, ...BALANCER_RULES, ...BUCKET_NAME_RULES, ...BUCKET_RULES, ...BUCKET_SHARING_RULES, ...BUCKET_TLS_RULES,
  ...BUILD_RULES, ...CACHE_RULES, ...CAPACITY_RULES, ...CLIENT_RULES, ...CLUSTER_RULES, ...CONNECTION_RULES, ...CONTAINER_RULES, ...CORS_RULES,
  ...COVERAGE_RULES, ...CREDENTIAL_RULES, ...EDGE_ACCESS_RULES, ...EDGE_RULES, ...ENDPOINT_RULES, ...ENVIRONMENT_RULES, ...ESCALATION_RULES,
  ...EVENT_RULES, ...FAILURE_RIGHTS_RULES, ...FAILURE_RULES, ...FEDERATION_RULES, ...FILE_SERVER_RULES, ...FOREIGN_RULES, ...FOREIGN_SOURCE_RULES,
  ...FUNCTION_CODE_RULES, ...FUNCTION_RULES, ...FUNCTION_SETTINGS_RULES, ...FUNCTION_URL_RULES, ...GRAPHQL_CALLER_RULES, ...GRAPHQL_RULES,
  ...GROUP_RULES, ...IAM_RULES, ...IDENTITY_POOL_RULES, ...IMAGE_RULES,
  ...INTEGRATION_RULES, ...KEY_RULES, ...LATTICE_RULES, ...LISTENER_RULES, ...LOG_RIGHTS_RULES, ...LOG_RULES,
  ...LOOP_RULES, ...MANAGED_POLICY_RULES, ...MAPPING_RULES, ...NETWORK_RULES, ...OUTWARD_RULES, ...PERMISSION_RULES, ...PIPE_RULES,
  ...QUEUE_RULES, ...REMOVAL_RULES, ...ROUTE_RULES, ...SCHEDULE_RULES, ...SEARCH_RULES, ...SECRET_REACH_RULES, ...SECRET_RULES,
  ...SERVICE_GRANT_RULES, ...SHARING_RULES, ...SOURCE_RULES, ...STAGE_RULES, ...STORAGE_RULES, ...STORE_ALARM_RULES, ...STORE_KEY_RULES,
  ...STORE_RULES, ...STREAM_RULES, ...TABLE_RULES, ...TAG_RULES, ...TEMPLATE_RULES, ...THING_RULES, ...TOPIC_RULES, ...TRAIL_RULES,
  ...TRUST_RULES, ...UNLINKED_RULES, ...UNUSED_GRANT_RULES, ...USAGE_PLAN_RULES, ...USAGE_RULES, ...USER_POOL_RULES, ...USER_RULES,
  ...VALIDATION_RULES, ...WAF_RULES, ...WEB_FUNCTION_RULES, ...WHOLE_APP_RULES, ...WORKFLOW_RULES,
].sort((one, other) => (one.id < other.id ? -1 : 1));
