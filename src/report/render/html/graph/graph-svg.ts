import { Graph, GraphEdge, GraphNode, NodeKind } from './graph-model';
import { Layout, layoutOf, Point } from './layout';
import { Flow } from '../../../form/app-form';
import { Gate } from '../../gates';
import { clip, count } from '../../text';
import { Markup, markup, NOTHING } from '../markup';

/** Widths of letters are not known while rendering: those of fixed-width fonts are, nearly. */
const NAME_LETTER = 7.4;
const BELOW_LETTER = 6.1;
const LONGEST_NAME = 26;
const LONGEST_BELOW = 26;

const HEIGHT = 38;
const PADDING = 12;
const NARROWEST = 96;
const GATE = 7;
const ICON = 22;

export const NODE_WORDS: { readonly [kind in NodeKind]: string } = {
  entry: 'entry point', function: 'function', store: 'store', party: 'third party', other: 'other',
};

export const MANY_NODES: { readonly [kind in NodeKind]: string } = {
  entry: 'entry points', function: 'functions', store: 'stores', party: 'third parties', other: 'others',
};

/** From the least to the most harm: an arrow that stands for several flows looks like the last. */
const HARM: readonly Flow['kind'][] = ['calls', 'starts', 'sends', 'reads', 'writes', 'deletes'];

/** The picture, readable without a script; `client/` adds zoom, filter and focus. */
export function pictureOf(graph: Graph): Markup {
  // boxes of one kind are equally wide: their edges then line up in each column
  const widest = new Map<NodeKind, number>();
  for (const node of graph.nodes) widest.set(node.kind, Math.max(widest.get(node.kind) ?? 0, widthOf(node)));
  const boxes = graph.nodes.map(({ id, kind }) => ({ id, width: widest.get(kind)!, height: HEIGHT }));
  const layout = layoutOf(boxes, graph.edges);
  const widths = new Map(boxes.map(({ id, width }) => [id, width]));
  return markup`<svg id="picture" class="picture" xmlns="http://www.w3.org/2000/svg" width="${layout.width}" height="${layout.height}" viewBox="0 0 ${layout.width} ${layout.height}" role="img" aria-labelledby="picture-title">
<title id="picture-title">${summary(graph)}</title>
<defs>${HARM.map((kind) => markup`<marker id="tip-${kind}" class="tip ${kind}" viewBox="0 0 8 8" refX="7" refY="4" markerWidth="7" markerHeight="7" orient="auto-start-reverse"><path d="M0 0.8 7.5 4 0 7.2z"/></marker>`)}</defs>
<g class="edges">${graph.edges.map((edge, index) => arrow(edge, layout.arrows[index], graph))}</g>
<g class="nodes">${graph.nodes.map((node) => box(node, layout, widths.get(node.id)!))}</g>
</svg>`;
}

function summary({ nodes, edges }: Graph): string {
  const amounts = (Object.keys(NODE_WORDS) as readonly NodeKind[]).flatMap((kind) => {
    const amount = nodes.filter((node) => node.kind === kind).length;
    return amount === 0 ? [] : [count(amount, NODE_WORDS[kind], MANY_NODES[kind])];
  });
  return `The attack surface: ${amounts.join(', ')} and ${count(edges.length, 'arrow')}`;
}

function widthOf({ name, below, gates }: GraphNode): number {
  const text = Math.max(clip(name, LONGEST_NAME).length * NAME_LETTER, clip(below, LONGEST_BELOW).length * BELOW_LETTER);
  return Math.ceil(Math.max(NARROWEST, text + (gates.length > 0 ? gates.length * GATE + 6 : ICON) + 2 * PADDING));
}

function box(node: GraphNode, layout: Layout, width: number): Markup {
  const { id, kind, name, below, facts, gates, level, findings, minor } = node;
  const centre = layout.boxes.get(id)!;
  const text = gates.length > 0 ? PADDING + gates.length * GATE + 6 : PADDING + ICON;
  return markup`<g class="node ${kind}${minor ? ' minor' : ''}" data-n="${id}" data-k="${kind}" transform="translate(${half(centre.x - width / 2)} ${half(centre.y - HEIGHT / 2)})">
<title>${NODE_WORDS[kind]} ${below === '' ? name : `${name} (${below})`}</title><desc>${facts.join('\n')}</desc>
<rect class="box" width="${width}" height="${HEIGHT}" rx="${kind === 'store' ? 14 : 6}"/>${gates.length > 0 ? gates.map(gate) : icon(kind)}
<text class="name" x="${text}" y="16">${clip(name, LONGEST_NAME)}</text><text class="below" x="${text}" y="30">${clip(below, LONGEST_BELOW)}</text>
${level === undefined ? NOTHING : markup`<g class="badge ${level}" transform="translate(${width - 4} 2)"><circle r="9"/><text y="3.5">${findings > 99 ? '99' : findings}</text></g>`}</g>`;
}

/** Each layer is a post in front of the way in: filled where it stands, hollow where it is missing. */
function gate({ name, state, detail }: Gate, index: number): Markup {
  return markup`<rect class="gate ${state}" x="${PADDING - 3 + index * GATE}" y="8" width="4" height="${HEIGHT - 16}" rx="1.5"><title>${name}: ${detail ?? state}</title></rect>`;
}

/** Shapes, so that kinds are told apart without colour. */
function icon(kind: NodeKind): Markup {
  const shapes: { readonly [kind in NodeKind]: Markup } = {
    entry: markup`<path d="M0 8h11m-4-4 4 4-4 4"/>`,
    function: markup`<path d="M2 1.5h2.4l6.2 13H13M6.6 6.2 2.6 14.5"/>`,
    store: markup`<ellipse cx="7.5" cy="3.5" rx="6" ry="2.5"/><path d="M1.5 3.500v9c0 1.4 2.7 2.5 6 2.500s6-1.1 6-2.500v-9"/>`,
    party: markup`<circle cx="7.5" cy="8" r="6.5"/><path d="M1 8h13M7.5 1.500c2 2 2.8 4.2 2.8 6.500s-.8 4.5-2.8 6.500c-2-2-2.8-4.2-2.8-6.500s.8-4.5 2.8-6.5"/>`,
    other: markup`<path d="M7.5 1.5 14 8l-6.5 6.500L1 8z"/>`,
  };
  return markup`<g class="icon" transform="translate(${PADDING - 1} ${(HEIGHT - 16) / 2})">${shapes[kind]}</g>`;
}

function arrow({ from, to, kinds }: GraphEdge, points: readonly Point[], { nodes }: Graph): Markup {
  const name = (id: string) => nodes[Number(id.slice(1))].name;
  const worst = [...kinds].sort((a, b) => HARM.indexOf(b) - HARM.indexOf(a))[0];
  return markup`<path class="edge ${worst}" data-a="${from}" data-b="${to}" data-w="${kinds.join(', ')}" d="${curve(points)}" marker-end="url(#tip-${worst})"><title>${name(from)} ${kinds.join(', ')} ${name(to)}</title></path>`;
}

/** Through the middles of the pieces, bent at the layout's own points. */
function curve(points: readonly Point[]): string {
  const [first, ...rest] = points;
  const last = rest[rest.length - 1];
  const bends = rest.slice(0, -1).map((point, index) => {
    const next = rest[index + 1];
    const end = index === rest.length - 2 ? next : { x: (point.x + next.x) / 2, y: (point.y + next.y) / 2 };
    return `Q${half(point.x)} ${half(point.y)} ${half(end.x)} ${half(end.y)}`;
  });
  return `M${half(first.x)} ${half(first.y)}${bends.length > 0 ? bends.join('') : `L${half(last.x)} ${half(last.y)}`}`;
}

function half(value: number): number {
  return Math.round(value * 2) / 2;
}
