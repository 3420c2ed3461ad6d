import { Rule } from './model/rule';
import { API_RULES } from '../api/api-rules';
import { FUNCTION_RULES } from '../function/function-rules';
import { IAM_RULES } from '../iam/iam-rules';
import { STORAGE_RULES } from '../storage/storage-rules';

/** Name of the pack, and the prefix under which its findings are acknowledged: `ServerlessSecurity::RouteAuthorization[GET /health]`. */
export const PACK_NAME = 'ServerlessSecurity';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [...API_RULES, ...FUNCTION_RULES, ...IAM_RULES, ...STORAGE_RULES]
  .sort((one, other) => (one.id < other.id ? -1 : 1));
