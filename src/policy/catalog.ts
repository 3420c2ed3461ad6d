import { Rule } from './model/rule';
import { ACCESS_LOG_RULES } from '../api/access-log-rules';
import { API_RULES } from '../api/api-rules';
import { CACHE_RULES } from '../api/cache-rules';
import { INTEGRATION_RULES } from '../api/integration-rules';
import { STAGE_RULES } from '../api/stage-rules';
import { USAGE_PLAN_RULES } from '../api/usage-plan-rules';
import { VALIDATION_RULES } from '../api/validation-rules';
import { EDGE_RULES } from '../edge/edge-rules';
import { FUNCTION_RULES } from '../function/function-rules';
import { IAM_RULES } from '../iam/iam-rules';
import { STORAGE_RULES } from '../storage/storage-rules';
import { WAF_RULES } from '../waf/waf-rules';

/** Name of the pack, and the prefix under which its findings are acknowledged: `ServerlessSecurity::RouteAuthorization[GET /health]`. */
export const PACK_NAME = 'ServerlessSecurity';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ...ACCESS_LOG_RULES,
  ...API_RULES,
  ...CACHE_RULES,
  ...EDGE_RULES,
  ...FUNCTION_RULES,
  ...IAM_RULES,
  ...INTEGRATION_RULES,
  ...STAGE_RULES,
  ...STORAGE_RULES,
  ...USAGE_PLAN_RULES,
  ...VALIDATION_RULES,
  ...WAF_RULES,
].sort((one, other) => (one.id < other.id ? -1 : 1));
