import { Rule } from './model/rule';
import { API_RULES } from '../api/api-rules';
import { CREDENTIAL_RULES } from '../api/credential-rules';
import { FUNCTION_RULES } from '../function/function-rules';
import { PERMISSION_RULES } from '../function/permission-rules';
import { ESCALATION_RULES } from '../iam/escalation-rules';
import { FEDERATION_RULES } from '../iam/federation-rules';
import { FOREIGN_SOURCE_RULES } from '../iam/foreign-source-rules';
import { IAM_RULES } from '../iam/iam-rules';
import { MANAGED_POLICY_RULES } from '../iam/managed-policy-rules';
import { SECRET_REACH_RULES } from '../iam/secret-reach-rules';
import { SERVICE_GRANT_RULES } from '../iam/service-grant-rules';
import { SHARING_RULES } from '../iam/sharing-rules';
import { TRUST_RULES } from '../iam/trust-rules';
import { USAGE_RULES } from '../iam/usage-rules';
import { USER_RULES } from '../iam/user-rules';
import { STORAGE_RULES } from '../storage/storage-rules';

/** Name of the pack, and the prefix under which its findings are acknowledged: `ServerlessSecurity::RouteAuthorization[GET /health]`. */
export const PACK_NAME = 'ServerlessSecurity';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ...API_RULES,
  ...CREDENTIAL_RULES,
  ...ESCALATION_RULES,
  ...FEDERATION_RULES,
  ...FOREIGN_SOURCE_RULES,
  ...FUNCTION_RULES,
  ...IAM_RULES,
  ...MANAGED_POLICY_RULES,
  ...PERMISSION_RULES,
  ...SECRET_REACH_RULES,
  ...SERVICE_GRANT_RULES,
  ...SHARING_RULES,
  ...STORAGE_RULES,
  ...TRUST_RULES,
  ...USAGE_RULES,
  ...USER_RULES,
].sort((one, other) => (one.id < other.id ? -1 : 1));
