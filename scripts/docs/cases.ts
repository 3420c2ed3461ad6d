import { API_CASES } from '../../test/api/audit-cases';
import { CLASSIFICATION_CASES } from '../../test/classification/audit-cases';
import { CONTAINMENT_CASES } from '../../test/containment/audit-cases';
import { DATA_PROTECTION_CASES } from '../../test/data-protection/audit-cases';
import { DATABASE_CASES } from '../../test/database/audit-cases';
import { DETECTION_CASES } from '../../test/detection/audit-cases';
import { EDGE_CASES } from '../../test/edge/audit-cases';
import { FUNCTION_CASES } from '../../test/function/audit-cases';
import { HTTP_API_CASES } from '../../test/http-api/audit-cases';
import { IDENTITY_CASES } from '../../test/identity/audit-cases';
import { PIPE_CASES } from '../../test/integration/pipe-audit-cases';
import { SCHEDULE_CASES } from '../../test/integration/schedule-audit-cases';
import { MESSAGING_CASES } from '../../test/messaging/audit-cases';
import { NETWORK_CASES } from '../../test/network/audit-cases';
import { SECRETS_CASES } from '../../test/secrets/audit-cases';
import { STORAGE_CASES } from '../../test/storage/audit-cases';
import { AuditCase } from '../../test/support/self-audit';
import { THIRD_PARTY_CASES } from '../../test/third-party/audit-cases';
import { TRIGGER_CASES } from '../../test/triggers/audit-cases';
import { WEBSITE_CASES } from '../../test/website/audit-cases';
import { WEBSOCKET_API_CASES } from '../../test/websocket-api/audit-cases';
import { WORKFLOW_CASES } from '../../test/workflow/audit-cases';

/** Every construct as the self-audit makes it, by room. */
export const CASES: { readonly [room: string]: readonly AuditCase[] } = {
  'network': NETWORK_CASES,
  'storage': STORAGE_CASES,
  'database': DATABASE_CASES,
  'classification': CLASSIFICATION_CASES,
  'messaging': MESSAGING_CASES,
  'secrets': SECRETS_CASES,
  'identity': IDENTITY_CASES,
  'function': FUNCTION_CASES,
  'triggers': TRIGGER_CASES,
  'integration': [...PIPE_CASES, ...SCHEDULE_CASES],
  'workflow': WORKFLOW_CASES,
  'containment': CONTAINMENT_CASES,
  'third-party': THIRD_PARTY_CASES,
  'api': API_CASES,
  'http-api': HTTP_API_CASES,
  'websocket-api': WEBSOCKET_API_CASES,
  'edge': EDGE_CASES,
  'website': WEBSITE_CASES,
  'detection': DETECTION_CASES,
  'data-protection': DATA_PROTECTION_CASES,
};
