export interface Neighbour {
  readonly box: SVGGElement;
  /** `reads, writes`. */
  readonly how: string;
  /** The arrow leads from the other box to the one that was asked about. */
  readonly inwards: boolean;
}

/** The boxes and arrows of the picture, and which of them are lit, chosen or hidden. */
export class Boxes {
  public readonly all: readonly SVGGElement[];
  private readonly arrows: readonly SVGPathElement[];
  private readonly byId: ReadonlyMap<string, SVGGElement>;
  private readonly hidden = new Set<string>();

  constructor(private readonly svg: SVGSVGElement) {
    this.all = [...svg.querySelectorAll<SVGGElement>('.node')];
    this.arrows = [...svg.querySelectorAll<SVGPathElement>('.edges .edge')];
    this.byId = new Map(this.all.map((box) => [box.dataset.n ?? '', box]));
    for (const box of this.all) {
      box.setAttribute('role', 'button');
      box.setAttribute('tabindex', '-1');
      // its name is the title: what is drawn says the same in fewer letters
      for (const part of box.children) if (part.tagName !== 'title') part.setAttribute('aria-hidden', 'true');
    }
  }

  /** One stop for the tab key; arrow keys do the rest. */
  public makeReachable(box: SVGGElement | undefined): void {
    for (const other of this.all) other.setAttribute('tabindex', '-1');
    box?.setAttribute('tabindex', '0');
  }

  public choose(box: SVGGElement | undefined): void {
    for (const other of this.all) other.classList.toggle('chosen', other === box);
    if (box === undefined) {
      this.svg.classList.remove('faded');
      return;
    }
    const next = this.neighbours(box).map((neighbour) => neighbour.box);
    this.light([box, ...next], box.dataset.n);
  }

  /** Only these, and the arrows between them, or those of one box. */
  public light(boxes: readonly SVGGElement[], of?: string): void {
    const lit = new Set(boxes.map(({ dataset }) => dataset.n));
    this.svg.classList.add('faded');
    for (const box of this.all) box.classList.toggle('lit', lit.has(box.dataset.n));
    for (const { dataset, classList } of this.arrows) {
      classList.toggle('lit', of === undefined ? lit.has(dataset.a) && lit.has(dataset.b) : dataset.a === of || dataset.b === of);
    }
  }

  public find(text: string): readonly SVGGElement[] {
    const words = text.toLowerCase().split(/\s+/).filter((word) => word !== '');
    if (words.length === 0) return [];
    return this.visible().filter((box) => {
      const all = `${nameOf(box)} ${factsOf(box).join(' ')}`.toLowerCase();
      return words.every((word) => all.includes(word));
    });
  }

  public neighbours(box: SVGGElement): readonly Neighbour[] {
    const id = box.dataset.n;
    return this.arrows.flatMap(({ dataset: { a = '', b = '', w = '' } }): readonly Neighbour[] => {
      const other = this.byId.get(a === id ? b : a);
      return other === undefined || a !== id && b !== id ? [] : [{ box: other, how: w, inwards: b === id }];
    });
  }

  /** `minor` is what belongs to CDK or answers browsers only, whatever its kind. */
  public showKind(kind: string, shown: boolean): void {
    if (shown) this.hidden.delete(kind);
    else this.hidden.add(kind);
    const away = new Set<string>();
    for (const box of this.all) {
      const gone = this.hidden.has(box.dataset.k ?? '') || this.hidden.has('minor') && box.classList.contains('minor');
      box.classList.toggle('away', gone);
      if (gone) away.add(box.dataset.n ?? '');
    }
    for (const { dataset, classList } of this.arrows) classList.toggle('away', away.has(dataset.a ?? '') || away.has(dataset.b ?? ''));
    if (this.all.some((box) => box.getAttribute('tabindex') === '0' && box.classList.contains('away'))) this.makeReachable(this.visible()[0]);
  }

  /** The next box in the direction of an arrow key: near in that direction counts more than straight. */
  public nearest(from: SVGGElement, key: string): SVGGElement | undefined {
    const start = from.getBoundingClientRect();
    const sideways = key === 'ArrowLeft' || key === 'ArrowRight';
    const sign = key === 'ArrowRight' || key === 'ArrowDown' ? 1 : -1;
    let best: SVGGElement | undefined;
    let least = Infinity;
    for (const box of this.visible()) {
      const { x, y, width, height } = box.getBoundingClientRect();
      const [dx, dy] = [x + width / 2 - start.x - start.width / 2, y + height / 2 - start.y - start.height / 2];
      const [along, across] = sideways ? [dx * sign, Math.abs(dy)] : [dy * sign, Math.abs(dx)];
      const far = along + across * 2;
      if (along > 4 && far < least) [best, least] = [box, far];
    }
    return best;
  }

  private visible(): readonly SVGGElement[] {
    return this.all.filter(({ classList }) => !classList.contains('away'));
  }
}

export function nameOf(box: SVGGElement): string {
  return box.querySelector('title')?.textContent ?? '';
}

export function factsOf(box: SVGGElement): readonly string[] {
  return (box.querySelector('desc')?.textContent ?? '').split('\n').filter((fact) => fact !== '');
}
