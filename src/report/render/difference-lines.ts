import { entryName, layerName, missingGates } from './gates';
import { dollars, firstOf } from './text';
import { Changed, PostureDifference, WidenedRight } from '../compare/posture-difference';

const MOST_LINES = 6;

/** How the words of a difference are written: as Markdown, or as they are. */
export interface WordStyle {
  /** A name of the app, a rule, an action. */
  readonly name: (text: string) => string;
  /** Somebody's words. */
  readonly words: (text: string) => string;
  readonly strong: (text: string) => string;
}

/** What changed, a line each: first what makes the app easier to attack, or an attack easier to miss. Empty where nothing did. */
export function differenceLines(difference: PostureDifference, style: WordStyle): readonly string[] {
  const { before, after } = difference;
  const lines = [...weakening(difference, style), ...others(difference, style)];
  return lines.length === 0 ? [] : [
    ...before.verdict === after.verdict ? [] : [style.strong(`The verdict was ${before.verdict} and is ${after.verdict}`)],
    ...before.profile === after.profile ? [] : [style.strong(`The profile was ${style.name(before.profile)} and is ${style.name(after.profile)}`)],
    ...lines,
  ];
}

function weakening(difference: PostureDifference, style: WordStyle): readonly string[] {
  const { entryPoints, widenedRights, stores, thirdParties, lostAlarms, findings, exceptions } = difference;
  const { name, words } = style;
  return [
    ...listed('New way in', entryPoints.added, (entry) => {
      const missing = missingGates(entry).map((gate) => gate.name);
      return `${name(entryName(entry))}, ${entry.layerCount} of ${entry.possibleLayers} layers${missing.length === 0 ? '' : `, without ${missing.join(', ')}`}`;
    }),
    ...listed('Way in that lost a layer', entryPoints.weakened, ({ id, lost, authorizationBefore, authorizationAfter }) =>
      `${name(id)}: ${lost.map((layer) => layer === 'authorization' ? `authorization (was ${words(authorizationBefore)}, is ${words(authorizationAfter)})` : layerName(layer)).join(', ')}`),
    ...listed('Wider right', widenedRights, (right) => wider(right, style)),
    ...listed('Weaker store', stores.weakened, ({ at, changes }) => `${name(at)}: ${changes.map((change) => moved(change, style)).join(', ')}`),
    ...listed('New third party', thirdParties.added, ({ kind, name: who, relations }) => `${words(kind)} ${name(who)}${relations.length === 0 ? '' : `, ${words(relations[0].how)}`}`),
    ...listed('Lost alarm', lostAlarms, ({ alarm, why }) => `${name(alarm.at)}: ${why}`),
    ...listed('New finding', findings.added, ({ level, id, at, title }) => `${level} ${name(id)} at ${name(at)}: ${words(title)}`),
    ...listed('New exception', exceptions.added, ({ control, at, reason }) => `${name(control)} at ${name(at)}: ${words(reason)}`),
  ];
}

function others(difference: PostureDifference, style: WordStyle): readonly string[] {
  const { name, words } = style;
  const { entryPoints, stores, thirdParties, findings, exceptions, overrides, hardening, defaults, rules, cost, before, after } = difference;
  const upgrade = `With ${words(after.tool.name)} ${words(after.tool.version)} (was ${words(before.tool.version)})`;
  return [
    ...listed(upgrade, defaults, (change) => `${name(change.at)}: ${moved(change, style)}`),
    ...listed('Rule', rules, ({ rule, change, severity, severityBefore }) =>
      `${name(rule)}, ${severityBefore === undefined ? `${words(severity)}: ${change}` : `was ${words(severityBefore)}, is ${words(severity)}`}`),
    ...listed('New override', overrides.added, ({ at, prop, value, default: usual }) => `${name(at)}: ${name(prop)} is ${name(value)}, by default ${name(usual)}`),
    ...listed('Changed override', overrides.changed, (change) => `${name(change.at)}: ${moved(change, style)}`),
    ...listed('Override gone', overrides.removed, ({ at, prop }) => `${name(at)}: ${name(prop)}`),
    ...listed('Hardening', hardening.added, ({ at, property, outcome, impact }) => `${name(at)}: ${name(property)} ${words(outcome)}, ${words(impact)}`),
    ...listed('No longer hardened', hardening.removed, ({ at, property }) => `${name(at)}: ${name(property)}`),
    ...listed('New store', stores.added, ({ at, encryption, exposure }) => `${name(at)}, ${words(exposure)}, key: ${words(encryption)}`),
    ...listed('Store gone', stores.removed, ({ at }) => name(at)),
    ...listed('Way in gone', entryPoints.removed, (entry) => name(entryName(entry))),
    ...listed('Third party gone', thirdParties.removed, ({ name: who }) => name(who)),
    ...listed('Finding resolved', findings.resolved, ({ id, at }) => `${name(id)} at ${name(at)}`),
    ...listed('Exception ended', exceptions.ended, ({ control, at }) => `${name(control)} at ${name(at)}`),
    ...cost.difference === 0 ? [] : [`Idle cost: ${dollars(cost.before)} → ${dollars(cost.after)} per month${cost.samePrices ? '' : ', by other prices'}`],
  ];
}

function wider(right: WidenedRight, { name, strong }: WordStyle): string {
  const { at, resource, actions, verbs, newFunction, newWildcard, newDelete, conditionGone } = right;
  const { first, more } = firstOf(actions, 4);
  const notes = [
    ...newFunction ? ['new function'] : [], ...newDelete ? [strong('may delete now')] : [], ...newWildcard ? [strong('wildcard')] : [],
    ...conditionGone ? ['condition gone'] : verbs.length > 0 ? [`new: ${verbs.join(', ')}`] : [],
  ];
  return `${name(at)} on ${name(resource)}: ${first.map(name).join(', ')}${more === 0 ? '' : ` and ${more} more`}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

function moved({ what, before, after }: Changed, { name, words }: WordStyle): string {
  return `${words(what)} ${name(before) || 'none'} → ${name(after) || 'none'}`;
}

function listed<T>(what: string, all: readonly T[], say: (one: T) => string): readonly string[] {
  const { first, more } = firstOf(all, MOST_LINES);
  return [...first.map((one) => `${what}: ${say(one)}`), ...more === 0 ? [] : [`${what}: and ${more} more`]];
}
