import { REST_API_HARDENING } from '../api/rest-api-hardening';
import { REST_STAGE_HARDENING } from '../api/rest-stage-hardening';
import { HardeningStep } from '../core/hardening/hardening-step';
import { FUNCTION_ALARM_HARDENING } from '../function/function-alarm-hardening';
import { HTTP_API_HARDENING } from '../http-api/http-api-hardening';
import { RIGHTS_HARDENING } from '../iam/rights-hardening';
import { QUEUE_HARDENING } from '../messaging/queue-hardening';
import { WEBSOCKET_HARDENING } from '../websocket-api/websocket-hardening';
import { STATE_MACHINE_HARDENING } from '../workflow/state-machine-hardening';

/**
 * Everything that hardening knows to do, in the order in which it is done. Types that others depend on come first: what is added for one resource, a
 * log group or a key, is there when the next one asks for it.
 */
export const HARDENING_STEPS: readonly HardeningStep[] = [
  ...QUEUE_HARDENING,
  ...FUNCTION_ALARM_HARDENING,
  ...REST_API_HARDENING,
  ...REST_STAGE_HARDENING,
  ...HTTP_API_HARDENING,
  ...WEBSOCKET_HARDENING,
  ...STATE_MACHINE_HARDENING,
  ...RIGHTS_HARDENING, // last: after all that gives rights
];
