import { DEBUG_SWITCHES, DebugSwitch } from './function-baseline';

/** What the variable opens, if it is a debug switch that is turned on. */
export function findDebugSwitch(name: string, value: string): DebugSwitch | undefined {
  return DEBUG_SWITCHES.find((one) => one.variable.test(name) && one.value.test(value));
}
