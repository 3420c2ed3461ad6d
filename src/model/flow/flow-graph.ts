import { Resource } from '../resources/resource';
import { Value } from '../values/values';

/** A way from a source of events to what it starts. */
export interface Channel {
  /** The node of the graph: the source itself, or the rule or notification where only some events pass. */
  readonly id: string;
  readonly source: Resource;
  readonly targets: readonly { readonly key: string; readonly certain: boolean }[];
  /** The pattern of a rule, or the notification of a bucket. */
  readonly pattern?: Value;
}

/** Who starts whom. An edge is certain unless a filter, a pattern or the code decides. */
export class FlowGraph {
  private readonly edges = new Map<string, Map<string, boolean>>();
  private circles?: ReadonlyMap<string, number>;

  public connect(from: string, to: string, certain: boolean): void {
    const known = this.edges.get(from) ?? new Map<string, boolean>();
    known.set(to, certain || known.get(to) === true);
    this.edges.set(from, known);
  }

  /** Whether a node leads back to itself without passing certain others; only along certain edges, or along all. */
  public returns(start: string, isStop: (node: string) => boolean, onlyCertain: boolean): boolean {
    if (!this.isOnCircle(start)) return false;
    const seen = new Set<string>();
    const open = [start];
    while (open.length > 0) {
      for (const [to, certain] of this.edges.get(open.pop()!) ?? []) {
        if (onlyCertain && !certain) continue;
        if (to === start) return true;
        if (seen.has(to) || isStop(to)) continue;
        seen.add(to);
        open.push(to);
      }
    }
    return false;
  }

  /** Whether a node lies on a circle, however long. */
  public isOnCircle(node: string): boolean {
    this.circles ??= this.components();
    return (this.circles.get(node) ?? 0) > 1 || this.edges.get(node)?.has(node) === true;
  }

  /** The size of the strongly connected component of each node, by Tarjan's algorithm with a stack of its own: no depth of flow overflows it. */
  private components(): ReadonlyMap<string, number> {
    const index = new Map<string, number>();
    const low = new Map<string, number>();
    const stack: string[] = [];
    const onStack = new Set<string>();
    const sizes = new Map<string, number>();
    for (const root of this.edges.keys()) {
      if (index.has(root)) continue;
      const work = [this.enter(root, index, low, stack, onStack)];
      while (work.length > 0) {
        const { node, next } = work[work.length - 1];
        const step = next.next();
        if (step.done !== true) {
          const to = step.value;
          if (!index.has(to)) work.push(this.enter(to, index, low, stack, onStack));
          else if (onStack.has(to)) low.set(node, Math.min(low.get(node)!, index.get(to)!));
          continue;
        }
        work.pop();
        const parent = work[work.length - 1]?.node;
        if (parent !== undefined) low.set(parent, Math.min(low.get(parent)!, low.get(node)!));
        if (low.get(node) !== index.get(node)) continue;
        const members = stack.splice(stack.lastIndexOf(node));
        for (const member of members) {
          onStack.delete(member);
          sizes.set(member, members.length);
        }
      }
    }
    return sizes;
  }

  private enter(
    node: string, index: Map<string, number>, low: Map<string, number>, stack: string[], onStack: Set<string>,
  ): { readonly node: string; readonly next: Iterator<string> } {
    index.set(node, index.size);
    low.set(node, index.get(node)!);
    stack.push(node);
    onStack.add(node);
    return { node, next: (this.edges.get(node) ?? new Map<string, boolean>()).keys() };
  }
}
