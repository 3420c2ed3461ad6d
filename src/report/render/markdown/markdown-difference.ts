import { markdownCode as code, markdownText as text } from './escape-markdown';
import { Changed, PostureDifference, WidenedRight } from '../../compare/posture-difference';
import { entryName, layerName, missingGates } from '../gates';
import { clip, dollars, firstOf } from '../text';

const MOST_LINES = 6;
const LONGEST_NAME = 90;
const LONGEST_TEXT = 200;

const name = (one: string) => code(clip(one, LONGEST_NAME));
const words = (one: string) => text(clip(one, LONGEST_TEXT));

/** What changed, as sections of a Markdown report; one sentence where nothing did. */
export function differenceSections(difference: PostureDifference): readonly string[] {
  const lines = [...weakening(difference), ...others(difference)];
  const { before, after } = difference;
  const since = `### What changed since ${text(before.asOf)}`;
  return lines.length === 0 ? [since, 'Nothing that the report looks at.'] : [since, [
    ...before.verdict === after.verdict ? [] : [`* **The verdict was ${before.verdict} and is ${after.verdict}**`],
    ...before.profile === after.profile ? [] : [`* **The profile was ${code(before.profile)} and is ${code(after.profile)}**`],
    ...lines,
  ].join('\n')];
}

/** What makes the app easier to attack, or an attack easier to miss. */
function weakening({ entryPoints, widenedRights, stores, thirdParties, lostAlarms, findings, exceptions }: PostureDifference): readonly string[] {
  return [
    ...listed('New way in', entryPoints.added, (entry) => {
      const missing = missingGates(entry).map((gate) => gate.name);
      return `${name(entryName(entry))}, ${entry.layerCount} of ${entry.possibleLayers} layers${missing.length === 0 ? '' : `, without ${missing.join(', ')}`}`;
    }),
    ...listed('Way in that lost a layer', entryPoints.weakened, ({ id, lost, authorizationBefore, authorizationAfter }) =>
      `${name(id)}: ${lost.map((layer) => layer === 'authorization' ? `authorization (was ${text(authorizationBefore)}, is ${text(authorizationAfter)})` : layerName(layer)).join(', ')}`),
    ...listed('Wider right', widenedRights, wider),
    ...listed('Weaker store', stores.weakened, ({ at, changes }) => `${name(at)}: ${changes.map(moved).join(', ')}`),
    ...listed('New third party', thirdParties.added, ({ kind, name: who, relations }) => `${text(kind)} ${name(who)}${relations.length === 0 ? '' : `, ${words(relations[0].how)}`}`),
    ...listed('Lost alarm', lostAlarms, ({ alarm, why }) => `${name(alarm.at)}: ${why}`),
    ...listed('New finding', findings.added, ({ level, id, at, title }) => `${level} ${name(id)} at ${name(at)}: ${words(title)}`),
    ...listed('New exception', exceptions.added, ({ control, at, reason }) => `${name(control)} at ${name(at)}: ${words(reason)}`),
  ];
}

function others(difference: PostureDifference): readonly string[] {
  const { entryPoints, stores, thirdParties, findings, exceptions, overrides, defaults, rules, cost, before, after } = difference;
  const upgrade = `With ${text(after.tool.name)} ${text(after.tool.version)} (was ${text(before.tool.version)})`;
  return [
    ...listed(upgrade, defaults, (change) => `${name(change.at)}: ${moved(change)}`),
    ...listed('Rule', rules, ({ rule, change, severity, severityBefore }) =>
      `${name(rule)}, ${severityBefore === undefined ? `${severity}: ${change}` : `was ${severityBefore}, is ${severity}`}`),
    ...listed('New override', overrides.added, ({ at, prop, value, default: usual }) => `${name(at)}: ${name(prop)} is ${name(value)}, by default ${name(usual)}`),
    ...listed('Changed override', overrides.changed, (change) => `${name(change.at)}: ${moved(change)}`),
    ...listed('Override gone', overrides.removed, ({ at, prop }) => `${name(at)}: ${name(prop)}`),
    ...listed('New store', stores.added, ({ at, encryption, exposure }) => `${name(at)}, ${exposure}, key: ${encryption}`),
    ...listed('Store gone', stores.removed, ({ at }) => name(at)),
    ...listed('Way in gone', entryPoints.removed, (entry) => name(entryName(entry))),
    ...listed('Third party gone', thirdParties.removed, ({ name: who }) => name(who)),
    ...listed('Finding resolved', findings.resolved, ({ id, at }) => `${name(id)} at ${name(at)}`),
    ...listed('Exception ended', exceptions.ended, ({ control, at }) => `${name(control)} at ${name(at)}`),
    ...cost.difference === 0 ? [] : [`* Idle cost: ${dollars(cost.before)} → ${dollars(cost.after)} per month${cost.samePrices ? '' : ', by other prices'}`],
  ];
}

function wider({ at, resource, actions, verbs, newFunction, newWildcard, newDelete, conditionGone }: WidenedRight): string {
  const { first, more } = firstOf(actions, 4);
  const notes = [
    ...newFunction ? ['new function'] : [], ...newDelete ? ['**may delete now**'] : [], ...newWildcard ? ['**wildcard**'] : [],
    ...conditionGone ? ['condition gone'] : verbs.length > 0 ? [`new: ${verbs.join(', ')}`] : [],
  ];
  return `${name(at)} on ${name(resource)}: ${first.map(name).join(', ')}${more === 0 ? '' : ` and ${more} more`}${notes.length === 0 ? '' : ` (${notes.join('; ')})`}`;
}

function moved({ what, before, after }: Changed): string {
  return `${text(what)} ${name(before) || 'none'} → ${name(after) || 'none'}`;
}

function listed<T>(what: string, all: readonly T[], say: (one: T) => string): readonly string[] {
  const { first, more } = firstOf(all, MOST_LINES);
  return [...first.map((one) => `* ${what}: ${say(one)}`), ...more === 0 ? [] : [`* ${what}: and ${more} more`]];
}
