/**
 * As much of the library as the layout uses. Its own types are those of an ES module, which TypeScript refuses to a CommonJS one, although the
 * library brings a file for each.
 */
declare module '@dagrejs/dagre' {
  export interface Size {
    readonly width?: number;
    readonly height?: number;
  }

  export interface Placed {
    readonly x: number;
    readonly y: number;
  }

  export class Graph {
    setGraph(settings: { readonly [name: string]: string | number }): this;
    setNode(id: string, box: { readonly width: number; readonly height: number }): this;
    setEdge(from: string, to: string, arrow: object): this;
    /** After the layout. */
    graph(): Size;
    node(id: string): Placed;
    edge(from: string, to: string): { readonly points: readonly Placed[] };
  }

  export function layout(graph: Graph): void;
}
