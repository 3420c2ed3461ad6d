import { Rule } from './model/rule';
import { TEMPLATE_RULES } from './template-rules';
import { API_RULES } from '../api/api-rules';
import { GRAPHQL_RULES } from '../api/graphql-rules';
import { ENVIRONMENT_RULES } from '../function/environment-rules';
import { FUNCTION_CODE_RULES } from '../function/function-code-rules';
import { FUNCTION_RULES } from '../function/function-rules';
import { FUNCTION_SETTINGS_RULES } from '../function/function-settings-rules';
import { IAM_RULES } from '../iam/iam-rules';
import { CLIENT_RULES } from '../identity/client-rules';
import { IDENTITY_POOL_RULES } from '../identity/identity-pool-rules';
import { USER_POOL_RULES } from '../identity/user-pool-rules';
import { NETWORK_RULES } from '../network/network-rules';
import { CREDENTIAL_RULES } from '../secrets/credential-rules';
import { SECRET_RULES } from '../secrets/secret-rules';
import { STORAGE_RULES } from '../storage/storage-rules';

/** Name of the pack, and the prefix under which its findings are acknowledged: `ServerlessSecurity::RouteAuthorization[GET /health]`. */
export const PACK_NAME = 'ServerlessSecurity';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ...API_RULES, ...CLIENT_RULES, ...CREDENTIAL_RULES, ...ENVIRONMENT_RULES, ...FUNCTION_CODE_RULES, ...FUNCTION_RULES, ...FUNCTION_SETTINGS_RULES,
  ...GRAPHQL_RULES, ...IAM_RULES, ...IDENTITY_POOL_RULES, ...NETWORK_RULES, ...SECRET_RULES, ...STORAGE_RULES, ...TEMPLATE_RULES,
  ...USER_POOL_RULES,
].sort((one, other) => (one.id < other.id ? -1 : 1));
