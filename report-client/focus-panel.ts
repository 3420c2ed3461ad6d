import { Boxes, factsOf, nameOf, Neighbour } from './boxes';

/** Says what a box is and offers what is next to it. Everything is set as text. */
export function showFocus(panel: HTMLElement, boxes: Boxes, box: SVGGElement, choose: (next: SVGGElement) => void): void {
  const title = document.createElement('h3');
  title.textContent = nameOf(box);
  const facts = document.createElement('ul');
  facts.className = 'facts';
  facts.append(...factsOf(box).map((fact) => {
    const item = document.createElement('li');
    item.textContent = fact;
    return item;
  }));
  const neighbours = boxes.neighbours(box);
  panel.replaceChildren(title, facts,
    ...row('from', neighbours.filter(({ inwards }) => inwards), choose), ...row('to', neighbours.filter(({ inwards }) => !inwards), choose));
}

function row(word: string, neighbours: readonly Neighbour[], choose: (next: SVGGElement) => void): readonly HTMLElement[] {
  if (neighbours.length === 0) return [];
  const line = document.createElement('div');
  line.className = 'next';
  line.append(word, ...neighbours.map(({ box, how }) => {
    const button = document.createElement('button');
    button.type = 'button';
    button.textContent = `${how}: ${box.querySelector('.name')?.textContent ?? ''}`;
    button.title = nameOf(box);
    button.addEventListener('click', () => choose(box));
    return button;
  }));
  return [line];
}
