/// <reference path="./dagre.d.ts" />
import { Graph, layout } from '@dagrejs/dagre';

/** What a layout needs to know of a box. */
export interface Box {
  readonly id: string;
  readonly width: number;
  readonly height: number;
}

export interface Arrow {
  readonly from: string;
  readonly to: string;
}

export interface Point {
  readonly x: number;
  readonly y: number;
}

/** Where everything goes: centres of boxes, and the points of arrows from end to end. */
export interface Layout {
  readonly width: number;
  readonly height: number;
  readonly boxes: ReadonlyMap<string, Point>;
  /** In the order of the arrows that were given. */
  readonly arrows: readonly (readonly Point[])[];
}

/** With more boxes the exact ranks take seconds and look the same. */
const EXACT_BELOW = 120;

const GAP = 12;
const MARGIN = 24;
/** Boxes that no arrow reaches stand in a block of their own, this wide at least. */
const NARROWEST_BLOCK = 900;

/** Lays boxes out in columns, from what calls to what is called. The only file that knows the library: see docs/adr/0010-renderings.md. */
export function layoutOf(boxes: readonly Box[], arrows: readonly Arrow[]): Layout {
  const touched = new Set(arrows.flatMap(({ from, to }) => [from, to]));
  const joined = boxes.filter(({ id }) => touched.has(id));
  const graph = new Graph();
  graph.setGraph({
    rankdir: 'LR', nodesep: GAP, edgesep: 10, ranksep: 46, marginx: MARGIN, marginy: MARGIN, ranker: joined.length < EXACT_BELOW ? 'network-simplex' : 'longest-path',
  });
  for (const { id, width, height } of joined) graph.setNode(id, { width, height });
  for (const { from, to } of arrows) graph.setEdge(from, to, {});
  if (joined.length > 0) layout(graph);
  const size = graph.graph();
  const placed = new Map<string, Point>(joined.map(({ id }) => [id, { x: graph.node(id).x, y: graph.node(id).y }]));
  const block = blockOf(boxes.filter(({ id }) => !touched.has(id)), size.height ?? MARGIN, Math.max(NARROWEST_BLOCK, size.width ?? 0));
  return {
    width: Math.ceil(Math.max(size.width ?? 0, block.width)),
    height: Math.ceil(Math.max(size.height ?? 0, block.height)),
    boxes: new Map([...placed, ...block.boxes]),
    arrows: arrows.map(({ from, to }) => graph.edge(from, to).points),
  };
}

/** Rows of boxes below the rest. */
function blockOf(boxes: readonly Box[], top: number, most: number): Omit<Layout, 'arrows'> {
  const places = new Map<string, Point>();
  let [x, y, tallest, width] = [MARGIN, top, 0, 0];
  for (const box of boxes) {
    if (x > MARGIN && x + box.width + MARGIN > most) [x, y, tallest] = [MARGIN, y + tallest + GAP, 0];
    places.set(box.id, { x: x + box.width / 2, y: y + box.height / 2 });
    x += box.width + GAP;
    width = Math.max(width, x - GAP + MARGIN);
    tallest = Math.max(tallest, box.height);
  }
  return { width, height: boxes.length === 0 ? 0 : y + tallest + MARGIN, boxes: places };
}
