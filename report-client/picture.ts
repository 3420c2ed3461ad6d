import { Boxes } from './boxes';
import { showFocus } from './focus-panel';
import { startZoom } from './zoom';

/** Filter, focus and keyboard of the picture. */
export function startPicture(): void {
  const svg = document.querySelector<SVGSVGElement>('#picture');
  const canvas = document.getElementById('canvas');
  const panel = document.getElementById('focus');
  if (svg === null || canvas === null || panel === null) return;
  const zoom = startZoom(canvas, svg);
  const boxes = new Boxes(svg);
  const empty = [...panel.childNodes];

  const choose = (box: SVGGElement | undefined, follow: boolean) => {
    boxes.choose(box);
    if (box === undefined) panel.replaceChildren(...empty);
    else showFocus(panel, boxes, box, (next) => choose(next, true));
    if (box !== undefined && follow) {
      zoom.show(box);
      boxes.makeReachable(box);
    }
  };

  svg.setAttribute('role', 'group');
  boxes.makeReachable(boxes.all[0]);
  svg.addEventListener('click', ({ target }) => {
    if (!zoom.wasDragged()) choose((target as Element).closest<SVGGElement>('.node') ?? undefined, false);
  });
  svg.addEventListener('keydown', (event) => {
    const box = (event.target as Element).closest<SVGGElement>('.node');
    if (box === null) return;
    if (event.key === 'Enter' || event.key === ' ') choose(box, true);
    else if (event.key === 'Escape') choose(undefined, false);
    else if (!event.key.startsWith('Arrow')) return;
    else step(boxes, box, event.key, zoom.show);
    event.preventDefault();
  });
  startFind(boxes, (box) => choose(box, true), () => choose(undefined, false));
  for (const check of document.querySelectorAll<HTMLInputElement>('[data-kind]')) {
    check.addEventListener('change', () => boxes.showKind(check.dataset.kind ?? '', check.checked));
  }
}

function step(boxes: Boxes, from: SVGGElement, key: string, show: (box: SVGGElement) => void): void {
  const next = boxes.nearest(from, key);
  if (next === undefined) return;
  boxes.makeReachable(next);
  next.focus({ preventScroll: true });
  show(next);
}

/** What is typed lights the boxes that have it in their names or facts; Enter goes through them. */
function startFind(boxes: Boxes, choose: (box: SVGGElement) => void, clear: () => void): void {
  const find = document.querySelector<HTMLInputElement>('#find');
  const found = document.getElementById('found');
  if (find === null) return;
  let at = -1;
  find.addEventListener('input', () => {
    at = -1;
    const matches = boxes.find(find.value);
    if (find.value.trim() === '') clear();
    else boxes.light(matches);
    if (found !== null) found.textContent = find.value.trim() === '' ? '' : `${matches.length} found`;
  });
  find.addEventListener('keydown', (event) => {
    const matches = boxes.find(find.value);
    if (event.key === 'Escape') {
      find.value = '';
      clear();
      if (found !== null) found.textContent = '';
    }
    if (event.key !== 'Enter' || matches.length === 0) return;
    event.preventDefault();
    at = (at + 1) % matches.length;
    choose(matches[at]);
    if (found !== null) found.textContent = `${at + 1} of ${matches.length}`;
  });
}
