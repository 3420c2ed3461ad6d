import { Alias, Composer, CST, Document, isAlias, isMap, isScalar, isSeq, Node, Parser, YAMLMap } from 'yaml';

/** More values than this are in no template that CloudFormation takes (1 MB); aliases of aliases can make them out of a few lines. */
const MOST_VALUES = 300_000;
const DEEPEST = 500;

/** The words that YAML 1.1, which CloudFormation reads, takes for booleans besides `true` and `false`. */
const BOOLEANS: { readonly [word: string]: boolean } = {
  yes: true, Yes: true, YES: true, on: true, On: true, ON: true, no: false, No: false, NO: false, off: false, Off: false, OFF: false,
};

/** Short forms whose long form has no `Fn::` before it. */
const WITHOUT_PREFIX = new Set(['Condition', 'Ref']);

/** What is wrong with a text, and where. */
export class YamlProblem extends Error {}

type Mapping = { [key: string]: unknown };

/**
 * Parses a template written in YAML, as CloudFormation reads it: short forms of intrinsic functions become long ones, dates stay texts,
 * `yes` and `no` are booleans, anchors and merge keys are followed, and a key that stands twice is refused.
 *
 * @throws YamlProblem with line and column
 */
export function parseYaml(text: string): unknown {
  const tokens = [...new Parser().parse(text)];
  refuseDepth(tokens, text);
  const options = { schema: 'core', merge: false, uniqueKeys: true, logLevel: 'silent', strict: true } as const;
  const [document, another] = [...new Composer(options).compose(tokens, true, text.length)] as (Document.Parsed | undefined)[];
  if (another !== undefined) throw new YamlProblem(`${placeOf(text, another.range[0])}: a second document begins here`);
  if (document === undefined) return undefined;
  const [error] = document.errors;
  if (error !== undefined) throw new YamlProblem(`${placeOf(text, error.pos[0])}: ${error.message.split('\n')[0]}`);
  return new Reader(text).read(document.contents, 0);
}

/** Line and column of a position, as editors count them. */
export function placeOf(text: string, position: number): string {
  const before = text.slice(0, position).split('\n');
  return `line ${before.length}, column ${before[before.length - 1].length + 1}`;
}

/** The library composes values by recursion: a text that is nested without end would exhaust the stack. */
function refuseDepth(tokens: readonly CST.Token[], text: string): void {
  let level: readonly unknown[] = tokens;
  for (let depth = 0; level.length > 0; depth++) {
    if (depth > DEEPEST) throw new YamlProblem(`${placeOf(text, offsetOf(level[0]))}: nested too deeply`);
    level = level.flatMap((token) => {
      const { items = [], value } = token as { items?: { key?: unknown; value?: unknown }[]; value?: unknown };
      return [...items.flatMap((item) => [item.key, item.value]), value].filter((one) => typeof one === 'object' && one !== null);
    });
  }
}

function offsetOf(token: unknown): number {
  return (token as { offset?: number }).offset ?? 0;
}

class Reader {
  private readonly anchors = new Map<string, { readonly value: unknown; readonly size: number }>();
  private size = 0;

  constructor(private readonly text: string) {}

  public read(node: unknown, depth: number): unknown {
    if (isAlias(node)) return this.follow(node);
    const before = this.size++;
    if (this.size > MOST_VALUES) throw new YamlProblem('the text holds more values than any template may');
    if (depth > DEEPEST) throw new YamlProblem(`${this.at(node)}: nested too deeply`);
    const value = withTag((node as Node | null)?.tag, this.plain(node, depth));
    const anchor = (node as { anchor?: string } | null)?.anchor;
    if (anchor !== undefined) this.anchors.set(anchor, { value, size: this.size - before });
    return value;
  }

  private plain(node: unknown, depth: number): unknown {
    if (isSeq(node)) return node.items.map((item) => this.read(item, depth + 1));
    if (isMap(node)) return this.mapping(node, depth);
    if (!isScalar(node)) return null;
    const { source, type, value } = node;
    if (type !== 'PLAIN' || typeof source !== 'string') return value;
    if (Object.prototype.hasOwnProperty.call(BOOLEANS, source) && node.tag === undefined) return BOOLEANS[source];
    return typeof value === 'number' && (/^0\d/.test(source) || !Number.isFinite(value)) ? source : value; // an account id may begin with 0
  }

  private mapping(node: YAMLMap, depth: number): Mapping {
    const own = Object.create(null) as Mapping;
    const merged: Mapping[] = [];
    for (const pair of node.items) {
      const key = isScalar(pair.key) ? String(pair.key.source ?? pair.key.value) : String(this.read(pair.key, depth + 1));
      const value = this.read(pair.value, depth + 1);
      if (key === '<<') merged.push(...[value].flat().filter((one): one is Mapping => typeof one === 'object' && one !== null));
      else own[key] = value;
    }
    for (const other of merged) for (const key of Object.keys(other)) if (!(key in own)) own[key] = other[key];
    return own;
  }

  private follow(alias: Alias): unknown {
    const anchor = this.anchors.get(alias.source);
    if (anchor === undefined) throw new YamlProblem(`${this.at(alias)}: the alias *${alias.source} has no anchor before it`);
    this.size += anchor.size;
    if (this.size > MOST_VALUES) throw new YamlProblem(`${this.at(alias)}: the aliases make more values than any template may hold`);
    return anchor.value;
  }

  private at(node: unknown): string {
    return placeOf(this.text, (node as Node | null)?.range?.[0] ?? 0);
  }
}

/** `!Sub x` is `{ 'Fn::Sub': x }`. */
function withTag(tag: string | undefined, value: unknown): unknown {
  if (tag === undefined || !/^!\w+$/.test(tag)) return value;
  const name = tag.slice(1);
  if (name === 'GetAtt' && typeof value === 'string') return { 'Fn::GetAtt': value.split(/\.(.*)/s).slice(0, 2) };
  return { [WITHOUT_PREFIX.has(name) ? name : `Fn::${name}`]: value };
}
