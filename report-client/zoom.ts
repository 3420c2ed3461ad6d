const STEP = 1.25;
const LEAST = 0.1;
const MOST = 4;
/** Smaller than this nobody reads a name: a wide picture is scrolled instead. */
const READABLE = 0.72;
/** A hand that clicks moves a little. */
const DRAG_FROM = 4;

export interface Zoom {
  /** Scrolls until the box is in sight. */
  readonly show: (box: SVGGElement) => void;
  /** The click that comes after a drag is none. */
  readonly wasDragged: () => boolean;
}

/** Scaling changes the size of the picture inside of an element that scrolls: touch, keyboard and screen readers then just work. */
export function startZoom(canvas: HTMLElement, svg: SVGSVGElement): Zoom {
  const { width, height } = svg.viewBox.baseVal;
  let scale = 1;
  const apply = (next: number, x = canvas.clientWidth / 2, y = canvas.clientHeight / 2) => {
    const before = scale;
    scale = Math.min(MOST, Math.max(LEAST, next));
    const [left, top] = [(canvas.scrollLeft + x) / before * scale - x, (canvas.scrollTop + y) / before * scale - y];
    svg.setAttribute('width', String(Math.round(width * scale)));
    svg.setAttribute('height', String(Math.round(height * scale)));
    canvas.scrollTo({ left, top, behavior: 'instant' });
  };
  const fitting = () => Math.min(1, (canvas.clientWidth - 2) / width);
  const actions: { readonly [name: string]: () => void } = {
    in: () => apply(scale * STEP),
    out: () => apply(scale / STEP),
    full: () => apply(1),
    fit: () => apply(Math.min(fitting(), (canvas.clientHeight - 2) / height)),
  };
  for (const button of document.querySelectorAll<HTMLButtonElement>('[data-zoom]')) {
    button.addEventListener('click', () => actions[button.dataset.zoom ?? '']?.());
  }
  canvas.addEventListener('wheel', (event) => {
    if (!event.ctrlKey && !event.metaKey) return;
    event.preventDefault();
    const { left, top } = canvas.getBoundingClientRect();
    apply(scale * (event.deltaY < 0 ? STEP : 1 / STEP), event.clientX - left, event.clientY - top);
  }, { passive: false });
  canvas.addEventListener('keydown', ({ key, target }) => {
    if (target !== canvas) return;
    if (key === '+' || key === '=') actions.in();
    if (key === '-') actions.out();
    if (key === '0') actions.full();
  });
  apply(Math.max(fitting(), READABLE), 0, 0);
  return { show: (box) => show(canvas, box), wasDragged: startDrag(canvas) };
}

function show(canvas: HTMLElement, box: SVGGElement): void {
  const [inner, outer] = [box.getBoundingClientRect(), canvas.getBoundingClientRect()];
  const margin = 40;
  const shift = (from: number, to: number, least: number, most: number) => {
    if (from < least + margin) return from - least - margin;
    return to > most - margin ? to - most + margin : 0;
  };
  canvas.scrollBy(shift(inner.left, inner.right, outer.left, outer.right), shift(inner.top, inner.bottom, outer.top, outer.bottom));
}

/** Mouse only: fingers scroll by themselves. */
function startDrag(canvas: HTMLElement): () => boolean {
  let from: { x: number; y: number; left: number; top: number } | undefined;
  let dragged = false;
  canvas.addEventListener('pointerdown', ({ pointerType, button, clientX, clientY, offsetX, offsetY }) => {
    dragged = false;
    const onScrollbar = offsetX > canvas.clientWidth && offsetY > canvas.clientHeight;
    if (pointerType === 'mouse' && button === 0 && !onScrollbar) from = { x: clientX, y: clientY, left: canvas.scrollLeft, top: canvas.scrollTop };
  });
  window.addEventListener('pointermove', ({ clientX, clientY }) => {
    if (from === undefined) return;
    if (!dragged && Math.hypot(clientX - from.x, clientY - from.y) < DRAG_FROM) return;
    dragged = true;
    canvas.classList.add('dragged');
    canvas.scrollTo({ left: from.left - clientX + from.x, top: from.top - clientY + from.y, behavior: 'instant' });
  });
  window.addEventListener('pointerup', () => {
    from = undefined;
    canvas.classList.remove('dragged');
  });
  return () => dragged;
}
