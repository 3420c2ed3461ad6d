import { FAILED_EVENTS_HARDENING } from './failed-events-hardening';
import { FUNCTION_FINDING_HARDENING } from './function-finding-hardening';
import { FUNCTION_LIMIT_HARDENING } from './function-limit-hardening';
import { FUNCTION_LOG_HARDENING } from './function-log-hardening';
import { FUNCTION_TRACING_HARDENING } from './function-tracing-hardening';
import { FUNCTION_VALUE_HARDENING } from './function-value-hardening';
import { PERMISSION_HARDENING } from './permission-hardening';
import { WEB_FUNCTION_HARDENING } from './web-function-hardening';
import { HardeningStep } from '../../core/hardening/steps/hardening-step';

/** What hardening does to functions and to the permissions to call them, and what it says of web functions; their alarms come later, for what room is left. */
export const FUNCTION_HARDENING: readonly HardeningStep[] = [
  ...FUNCTION_LOG_HARDENING, ...FUNCTION_TRACING_HARDENING, ...FUNCTION_VALUE_HARDENING, ...FAILED_EVENTS_HARDENING, ...FUNCTION_LIMIT_HARDENING,
  ...FUNCTION_FINDING_HARDENING, ...PERMISSION_HARDENING, ...WEB_FUNCTION_HARDENING,
];
