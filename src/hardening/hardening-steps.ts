import { AGENT_HARDENING } from '../api/hardening/agent-hardening';
import { GRAPHQL_HARDENING } from '../api/hardening/graphql-hardening';
import { REQUEST_VALIDATOR_HARDENING } from '../api/hardening/request-validator-hardening';
import { REST_API_HARDENING } from '../api/hardening/rest-api-hardening';
import { REST_STAGE_HARDENING } from '../api/hardening/rest-stage-hardening';
import { STAGE_ALARM_HARDENING } from '../api/hardening/stage-alarm-hardening';
import { BUILD_HARDENING } from '../builds/build-hardening';
import { CONTAINER_HARDENING } from '../container/container-hardening';
import { HardeningStep } from '../core/hardening/steps/hardening-step';
import { CLUSTER_HARDENING } from '../database/cluster/cluster-hardening';
import { SEARCH_HARDENING } from '../database/search/search-hardening';
import { TABLE_ALARM_HARDENING } from '../database/table/table-alarm-hardening';
import { TABLE_HARDENING } from '../database/table/table-hardening';
import { DISTRIBUTION_HARDENING } from '../edge/hardening/distribution-hardening';
import { FUNCTION_ALARM_HARDENING } from '../function/hardening/function-alarm-hardening';
import { FUNCTION_HARDENING } from '../function/hardening/function-hardening';
import { HTTP_API_HARDENING } from '../http-api/http-api-hardening';
import { RIGHTS_HARDENING } from '../iam/hardening/rights-hardening';
import { CLIENT_HARDENING } from '../identity/hardening/client-hardening';
import { USER_POOL_HARDENING } from '../identity/hardening/user-pool-hardening';
import { FILE_SERVER_HARDENING } from '../integration/file-server/file-server-hardening';
import { PIPE_HARDENING } from '../integration/pipe/pipe-hardening';
import { SCHEDULE_HARDENING } from '../integration/schedule/schedule-hardening';
import { LOG_GROUP_HARDENING } from '../logging/log-group-hardening';
import { EVENT_HARDENING } from '../messaging/event-bus/event-hardening';
import { QUEUE_ALARM_HARDENING } from '../messaging/queue/queue-alarm-hardening';
import { QUEUE_HARDENING } from '../messaging/queue/queue-hardening';
import { STREAM_HARDENING } from '../messaging/stream-hardening';
import { TOPIC_HARDENING } from '../messaging/topic/topic-hardening';
import { LATTICE_HARDENING } from '../network/hardening/lattice-hardening';
import { NETWORK_HARDENING } from '../network/hardening/network-hardening';
import { KEY_AND_SECRET_HARDENING } from '../secrets/key/key-hardening';
import { BUCKET_HARDENING } from '../storage/hardening/bucket-hardening';
import { MAPPING_HARDENING } from '../triggers/hardening/mapping-hardening';
import { QUEUE_VISIBILITY_HARDENING } from '../triggers/hardening/queue-visibility-hardening';
import { WEBSOCKET_HARDENING } from '../websocket-api/websocket-hardening';
import { STATE_MACHINE_ALARM_HARDENING } from '../workflow/hardening/state-machine-alarm-hardening';
import { STATE_MACHINE_HARDENING } from '../workflow/hardening/state-machine-hardening';

/**
 * Everything that hardening knows to do, in the order in which it is done. Types that others depend on come first: what is added for one resource, a
 * log group or a key, is there when the next one asks for it.
 */
export const HARDENING_STEPS: readonly HardeningStep[] = [
  ...QUEUE_HARDENING,
  ...FUNCTION_HARDENING,
  ...MAPPING_HARDENING,
  ...QUEUE_VISIBILITY_HARDENING,
  ...TOPIC_HARDENING,
  ...EVENT_HARDENING,
  ...SCHEDULE_HARDENING,
  ...PIPE_HARDENING,
  ...STREAM_HARDENING,
  ...TABLE_HARDENING,
  ...CLUSTER_HARDENING,
  ...SEARCH_HARDENING,
  ...CONTAINER_HARDENING,
  ...KEY_AND_SECRET_HARDENING,
  ...REST_API_HARDENING,
  ...REQUEST_VALIDATOR_HARDENING,
  ...REST_STAGE_HARDENING,
  ...HTTP_API_HARDENING,
  ...WEBSOCKET_HARDENING,
  ...GRAPHQL_HARDENING,
  ...AGENT_HARDENING,
  ...DISTRIBUTION_HARDENING,
  ...BUCKET_HARDENING, // after distributions: whether their viewers may use plain HTTP decides whether a bucket can refuse it
  ...NETWORK_HARDENING,
  ...LATTICE_HARDENING,
  ...FILE_SERVER_HARDENING,
  ...USER_POOL_HARDENING,
  ...CLIENT_HARDENING,
  ...LOG_GROUP_HARDENING,
  ...STATE_MACHINE_HARDENING,
  ...FUNCTION_ALARM_HARDENING,
  ...QUEUE_ALARM_HARDENING,
  ...TABLE_ALARM_HARDENING,
  ...STAGE_ALARM_HARDENING,
  ...STATE_MACHINE_ALARM_HARDENING,
  ...BUILD_HARDENING, // after buckets and their keys
  ...RIGHTS_HARDENING, // last: after all that gives rights
];
