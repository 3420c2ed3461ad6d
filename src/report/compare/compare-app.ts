import { matched } from './keyed';
import { Changed, LostAlarm, WeakenedEntryPoint, WeakenedStore } from './posture-difference';
import { AlarmPosture, EntryPoint, Layers, StorePosture } from '../form/app-form';
import { Posture } from '../form/posture-form';

/** From the closest to the most open. What only the deployment knows stands where it may turn out to be worse than an account's own. */
const EXPOSURES: readonly StorePosture['exposure'][] = ['private', 'account', 'unknown', 'cross-account', 'public'];
const ENCRYPTIONS: readonly StorePosture['encryption'][] = ['customer', 'aws', 'unknown', 'none'];

const SWITCHES = ['validation', 'throttle', 'webAcl', 'logging', 'leastPrivilege'] as const;

/** A caller that proved who it is. */
const proves = ({ authorization }: Layers) => authorization !== 'none' && authorization !== 'unknown';

export function weakenedEntryPoints(before: Posture, after: Posture): readonly WeakenedEntryPoint[] {
  return matched(before.entryPoints, after.entryPoints, ({ id }) => id).flatMap(([old, now]) => {
    const lost = lostLayers(old, now);
    return lost.length === 0 ? [] : [{
      id: now.id, lost, authorizationBefore: old.layers.authorization, authorizationAfter: now.layers.authorization,
    }];
  });
}

function lostLayers({ layers: old }: EntryPoint, { layers: now }: EntryPoint): readonly (keyof Layers)[] {
  return [
    ...proves(old) && !proves(now) || old.authorization === 'unknown' && now.authorization === 'none' ? ['authorization' as const] : [],
    ...SWITCHES.filter((layer) => old[layer] === true && now[layer] !== true),
  ];
}

export function weakenedStores(before: readonly StorePosture[], after: readonly StorePosture[]): readonly WeakenedStore[] {
  return matched(before, after, ({ at }) => at).flatMap(([old, now]) => {
    const changes = storeChanges(old, now);
    return changes.length === 0 ? [] : [{ at: now.at, changes }];
  });
}

function storeChanges(old: StorePosture, now: StorePosture): readonly Changed[] {
  const change = (what: string, was: string, is: string): Changed => ({ at: now.at, what, before: was, after: is });
  const yes = (value: boolean | undefined) => value === true ? 'yes' : 'no';
  const lostBackup = old.backup.filter((way) => !now.backup.includes(way));
  return [
    ...EXPOSURES.indexOf(now.exposure) > EXPOSURES.indexOf(old.exposure) ? [change('exposure', old.exposure, now.exposure)] : [],
    ...ENCRYPTIONS.indexOf(now.encryption) > ENCRYPTIONS.indexOf(old.encryption) ? [change('encryption', old.encryption, now.encryption)] : [],
    // another number of days is a change too: the words differ, and both are said
    ...lostBackup.length > 0 ? [change('backup', old.backup.join(', '), now.backup.join(', ') || 'none')] : [],
    ...old.classification !== undefined && now.classification !== old.classification
      ? [change('classification', old.classification, now.classification ?? 'none')] : [],
    ...old.retained && !now.retained ? [change('retained', 'yes', 'no')] : [],
    ...old.deletionProtection === true && now.deletionProtection !== true ? [change('deletion protection', 'yes', yes(now.deletionProtection))] : [],
  ];
}

export function lostAlarms(before: Posture, after: Posture): readonly LostAlarm[] {
  const left = new Map(after.alarms.map((alarm) => [alarm.at, alarm]));
  const gone = goneWith(before, after);
  return before.alarms.flatMap((alarm): readonly LostAlarm[] => {
    const now = left.get(alarm.at);
    if (now === undefined) return gone(alarm) ? [] : [{ alarm, why: 'gone' }];
    if (alarm.reachesSomebody === true && now.reachesSomebody !== true) return [{ alarm: now, why: 'reaches nobody' }];
    return alarm.watches.some((one) => !now.watches.includes(one) && !gone({ ...alarm, watches: [one] })) ? [{ alarm: now, why: 'watches less' }] : [];
  });
}

/** Everything that an alarm watched has left the app: nobody misses the alarm. Only functions, stores and entry points are known well enough to say so. */
function goneWith(before: Posture, after: Posture): (alarm: AlarmPosture) => boolean {
  const places = ({ functions, stores, entryPoints }: Posture) => new Set([
    ...[...functions, ...stores].map(({ at }) => at),
    ...entryPoints.flatMap(({ at, api }) => api === undefined ? [at] : [at, api]),
  ]);
  const [had, has] = [places(before), places(after)];
  return ({ watches }) => watches.length > 0 && watches.every((one) => had.has(one) && !has.has(one));
}
