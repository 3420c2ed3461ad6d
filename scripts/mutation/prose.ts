import type { Ignorer, NodePath } from '@stryker-mutator/api/ignore' with { 'resolution-mode': 'import' };

/** Properties of rules and steps that are texts for people. What a test could hold against them is only the same text once more. */
const TEXTS = new Set(['attention', 'findingForm', 'fix', 'frameworks', 'risks', 'title', 'why']);

const FILES = /-(rules|hardening)\.ts$/;

/** The part of a syntax tree that matters here. */
interface Node {
  readonly node: { readonly type: string; readonly key?: { readonly type: string; readonly name?: string } };
  readonly hub?: { readonly file?: { readonly opts: { readonly filename?: string } } };
}

/** Leaves the texts of rules alone: a test that repeats a text says nothing about the rule. */
export const PROSE: Ignorer = {
  shouldIgnore: (path: NodePath) => {
    const { node: { type, key }, hub } = path as unknown as Node;
    if (type !== 'ObjectProperty' || key?.type !== 'Identifier' || !TEXTS.has(key.name ?? '')) return undefined;
    return FILES.test(hub?.file?.opts.filename ?? '') ? 'a text for people' : undefined;
  },
};
