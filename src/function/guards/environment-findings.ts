import { DEBUG_SWITCHES, DebugSwitch, RUNTIME_HOOKS, TLS_SWITCHES } from '../function-baseline';

const SWITCHES: readonly DebugSwitch[] = [...DEBUG_SWITCHES, ...TLS_SWITCHES];

/** What the variable opens, if it is a debug switch that is turned on. */
export function findDebugSwitch(name: string, value: string): DebugSwitch | undefined {
  return SWITCHES.find((one) => one.variable.test(name) && one.value.test(value));
}

/** Whether the variable makes the runtime load code before the handler. */
export function isRuntimeHook(name: string, value: string): boolean {
  return RUNTIME_HOOKS.some((hook) => hook.variable.test(name) && hook.value.test(value));
}
