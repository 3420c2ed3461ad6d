import { Rule } from './model/rule';
import { WHOLE_APP_RULES } from './whole-app-rules';
import { API_RULES } from '../api/api-rules';
import { AUTHORIZER_RULES } from '../api/authorizer-rules';
import { CORS_RULES } from '../api/cors-rules';
import { ENDPOINT_RULES } from '../api/endpoint-rules';
import { ROUTE_RULES } from '../api/route-rules';
import { FUNCTION_RULES } from '../function/function-rules';
import { FUNCTION_URL_RULES } from '../function/function-url-rules';
import { IAM_RULES } from '../iam/iam-rules';
import { STORAGE_RULES } from '../storage/storage-rules';

/** Name of the pack, and the prefix under which its findings are acknowledged: `ServerlessSecurity::RouteAuthorization[GET /health]`. */
export const PACK_NAME = 'ServerlessSecurity';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ...API_RULES, ...AUTHORIZER_RULES, ...CORS_RULES, ...ENDPOINT_RULES, ...FUNCTION_RULES, ...FUNCTION_URL_RULES, ...IAM_RULES, ...ROUTE_RULES, ...STORAGE_RULES,
  ...WHOLE_APP_RULES,
].sort((one, other) => (one.id < other.id ? -1 : 1));
