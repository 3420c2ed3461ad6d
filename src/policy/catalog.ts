import { Rule } from './model/rule';
import { ALARM_RULES } from '../alarms/alarm-rules';
import { COVERAGE_RULES } from '../alarms/coverage-rules';
import { STORE_ALARM_RULES } from '../alarms/store-alarm-rules';
import { API_RULES } from '../api/api-rules';
import { STORE_RULES } from '../database/store-rules';
import { TABLE_RULES } from '../database/table-rules';
import { FUNCTION_RULES } from '../function/function-rules';
import { IAM_RULES } from '../iam/iam-rules';
import { LOG_RULES } from '../logging/log-rules';
import { KEY_RULES } from '../secrets/key-rules';
import { STORE_KEY_RULES } from '../secrets/store-key-rules';
import { BUCKET_RULES } from '../storage/bucket-rules';
import { BUCKET_SHARING_RULES } from '../storage/bucket-sharing-rules';
import { BUCKET_TLS_RULES } from '../storage/bucket-tls-rules';
import { REMOVAL_RULES } from '../storage/removal-rules';
import { STORAGE_RULES } from '../storage/storage-rules';

/** Name of the pack, and the prefix under which its findings are acknowledged: `ServerlessSecurity::RouteAuthorization[GET /health]`. */
export const PACK_NAME = 'ServerlessSecurity';

/** Every rule, by id. */
export const RULES: readonly Rule[] = [
  ...ALARM_RULES,
  ...API_RULES,
  ...BUCKET_RULES,
  ...BUCKET_SHARING_RULES,
  ...BUCKET_TLS_RULES,
  ...COVERAGE_RULES,
  ...FUNCTION_RULES,
  ...IAM_RULES,
  ...KEY_RULES,
  ...LOG_RULES,
  ...REMOVAL_RULES,
  ...STORAGE_RULES,
  ...STORE_ALARM_RULES,
  ...STORE_KEY_RULES,
  ...STORE_RULES,
  ...TABLE_RULES,
].sort((one, other) => (one.id < other.id ? -1 : 1));
