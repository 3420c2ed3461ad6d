import { EntryPoint, Flow, FunctionPosture, StorePosture, ThirdParty } from '../../../form/app-form';
import { FindingPosture, Posture } from '../../../form/posture-form';
import { LEVELS, openFindings } from '../../findings';
import { Gate, gatesOf } from '../../gates';
import { count } from '../../text';

export type NodeKind = 'entry' | 'function' | 'store' | 'party' | 'other';

/** A box of the picture. */
export interface GraphNode {
  readonly id: string;
  readonly kind: NodeKind;
  /** What it is called, and the smaller line below. */
  readonly name: string;
  readonly below: string;
  /** All that is known, for whoever asks. */
  readonly facts: readonly string[];
  readonly gates: readonly Gate[];
  /** The most severe open finding on it or on a part of it, and how many there are. */
  readonly level?: FindingPosture['level'];
  readonly findings: number;
  /** It belongs to CDK, or answers browsers only. */
  readonly minor: boolean;
}

/** An arrow: all flows from one box to another. */
export interface GraphEdge {
  readonly from: string;
  readonly to: string;
  readonly kinds: readonly Flow['kind'][];
}

export interface Graph {
  readonly nodes: readonly GraphNode[];
  readonly edges: readonly GraphEdge[];
}

/** Logs are written by everything and drawn for nothing: arrows to them would hide the others. */
const UNDRAWN = new Set(['AWS::Logs::LogGroup']);

type Known = Omit<GraphNode, 'id' | 'level' | 'findings'> & { readonly place?: string };

/** The attack surface as boxes and arrows. Stores without an arrow are drawn as well: nobody may reach them, or everybody. */
export function graphOf(posture: Posture): Graph {
  const flows = [...posture.flows, ...partyFlows(posture)];
  const ends = new Set(flows.flatMap(({ from, to }) => [from, to]));
  const named = namesBelow(posture.stacks.map(({ at }) => at));
  const known = new Map<string, Known>([
    ...posture.entryPoints.map((entry) => [entry.id, entryNode(entry, named)] as const),
    ...posture.functions.filter(({ at, helper }) => ends.has(at) || !helper).map((fn) => [fn.at, functionNode(fn, named)] as const),
    ...posture.stores.filter(({ at, type }) => ends.has(at) || !UNDRAWN.has(type)).map((store) => [store.at, storeNode(store, named)] as const),
    ...posture.thirdParties.filter(({ id, kind }) => ends.has(id) || kind !== 'package').map((party) => [party.id, partyNode(party)] as const),
  ]);
  for (const end of ends) if (!known.has(end)) known.set(end, { ...named(end, ''), kind: 'other', facts: [], gates: [], minor: false });
  const ids = new Map([...known.keys()].map((key, index) => [key, `n${index}`]));
  const places = new Set([...known].flatMap(([key, { place }]) => [key, ...place === undefined ? [] : [place]]));
  const trouble = troubleAt(openFindings(posture.findings), places);
  return {
    nodes: [...known].map(([key, node]) => ({ ...node, id: ids.get(key)!, ...trouble(node.place ?? key) })),
    edges: edgesOf(flows, ids),
  };
}

/** Who acts on the app comes from the left; whom the app calls or takes code from stands to the right. */
const ACTING: ReadonlySet<ThirdParty['kind']> = new Set(['account', 'identity-provider', 'partner-bus']);

/** Arrows between third parties and what has to do with them, where that is drawn anyway. */
function partyFlows({ thirdParties, functions, actors, stores }: Posture): readonly Flow[] {
  const drawn = new Set([...functions, ...actors, ...stores].map(({ at }) => at));
  return thirdParties.filter(({ kind }) => kind !== 'package').flatMap(({ id, kind, relations }) => relations.filter(({ at }) => drawn.has(at))
    .map(({ at }): Flow => (ACTING.has(kind) ? { from: id, to: at, kind: 'calls' } : { from: at, to: id, kind: 'calls' })));
}

function edgesOf(flows: readonly Flow[], ids: ReadonlyMap<string, string>): readonly GraphEdge[] {
  const kinds = new Map<string, Set<Flow['kind']>>();
  for (const { from, to, kind } of flows) {
    const key = `${ids.get(from)} ${ids.get(to)}`;
    kinds.set(key, (kinds.get(key) ?? new Set()).add(kind));
  }
  return [...kinds].map(([key, all]) => {
    const [from, to] = key.split(' ');
    return { from, to, kinds: [...all] };
  }).filter(({ from, to }) => from !== to);
}

type Names = (path: string, otherwise: string) => Pick<GraphNode, 'name' | 'below'>;

/** The last part of a path is the name, the rest stands below it: without the stack where there is only one, and `otherwise` where nothing is left. */
function namesBelow(stacks: readonly string[]): Names {
  const prefix = stacks.length === 1 ? `${stacks[0]}/` : '';
  return (path, otherwise) => {
    const short = path.startsWith(prefix) ? path.slice(prefix.length) : path;
    const slash = short.lastIndexOf('/');
    return { name: short.slice(slash + 1), below: slash < 1 ? otherwise : short.slice(0, slash) };
  };
}

function entryNode(entry: EntryPoint, named: Names): Known {
  const { method, path, at, kind, api, layerCount, possibleLayers, handler, preflight } = entry;
  const gates = gatesOf(entry);
  return {
    kind: 'entry',
    name: path === undefined ? named(at, '').name : [method, path].filter((part) => part !== undefined).join(' '),
    below: path === undefined ? kind : named(api ?? at, '').name,
    place: path === undefined ? at : undefined,
    facts: [
      `${kind} of ${api ?? at}`,
      `${layerCount} of ${possibleLayers} layers`,
      ...gates.map(({ name, state, detail }) => `${name}: ${STATES[state]}${detail === undefined || detail === 'none' ? '' : ` (${detail})`}`),
      ...handler === undefined ? [] : [`answered by ${handler}`],
    ],
    gates,
    minor: preflight === true,
  };
}

const STATES: { readonly [state in Gate['state']]: string } = { there: 'yes', missing: 'missing', impossible: 'not possible here', unknown: 'only the deployment tells' };

function functionNode(fn: FunctionPosture, named: Names): Known {
  const { at, runtime, memoryMb, timeoutSeconds, role, sharedRole, rights, mayDelete, foreignPolicies, helper } = fn;
  return {
    kind: 'function',
    ...named(at, runtime ?? 'function'),
    facts: [
      [runtime, ...memoryMb === undefined ? [] : [`${memoryMb} MB`], ...timeoutSeconds === undefined ? [] : [`${timeoutSeconds} s`]].filter((part) => part !== undefined).join(', '),
      ...role === undefined ? [] : [`role ${role}${sharedRole ? ', shared with other functions' : ''}`],
      `${count(rights.length, 'right')}, ${rights.filter(({ wildcard }) => wildcard).length} with a wildcard`,
      ...mayDelete.length === 0 ? [] : [`may delete from ${mayDelete.join(', ')}`],
      ...foreignPolicies.length === 0 ? [] : [`and what ${foreignPolicies.join(', ')} allows`],
      ...helper ? ['belongs to CDK'] : [],
    ].filter((fact) => fact !== ''),
    gates: [],
    minor: helper,
  };
}

function storeNode({ at, type, encryption, key, backup, exposure, retained }: StorePosture, named: Names): Known {
  return {
    kind: 'store',
    ...named(at, type.slice(type.indexOf('::') + 2)),
    facts: [
      type, `exposure: ${exposure}`, `encrypted by ${encryption === 'customer' ? key ?? 'a key of the account' : KEYS[encryption]}`,
      `backup: ${backup.join(', ') || 'none'}`, retained ? 'stays when its stack goes' : 'goes with its stack',
    ],
    gates: [],
    minor: false,
  };
}

const KEYS = { aws: 'a key of AWS', none: 'no key', unknown: 'what only the deployment tells' } as const;

function partyNode({ name, kind, relations, trusted }: ThirdParty): Known {
  return { kind: 'party', name, below: kind, facts: [trusted ? 'trusted by the owner of the app' : 'not named as trusted', ...relations.map(({ how }) => how)], gates: [], minor: false };
}

/** A finding belongs to the nearest box at or above its place. */
function troubleAt(findings: readonly FindingPosture[], places: ReadonlySet<string>): (place: string) => Pick<GraphNode, 'level' | 'findings'> {
  const levels = new Map<string, FindingPosture['level'][]>();
  for (const { at, level } of findings) {
    let place = at;
    while (place !== '' && !places.has(place)) place = place.slice(0, Math.max(0, place.lastIndexOf('/')));
    if (place !== '') levels.set(place, [...levels.get(place) ?? [], level]);
  }
  return (place) => {
    const found = levels.get(place) ?? [];
    return { findings: found.length, ...found.length === 0 ? {} : { level: LEVELS[Math.min(...found.map((level) => LEVELS.indexOf(level)))] } };
  };
}
