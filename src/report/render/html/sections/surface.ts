import { Posture } from '../../../form/posture-form';
import { Section } from '../elements';
import { Graph, graphOf, NodeKind } from '../graph/graph-model';
import { MANY_NODES, pictureOf } from '../graph/graph-svg';
import { Markup, markup } from '../markup';

const ARROWS = [
  ['calls', 'calls'], ['starts', 'starts by an event'], ['sends', 'sends to'], ['reads', 'reads'], ['writes', 'writes'], ['deletes', 'deletes from'],
] as const;

/** The attack surface as a picture. */
export function surface(posture: Posture): Section {
  const graph = graphOf(posture);
  return {
    id: 'surface',
    title: 'Attack surface',
    body: graph.nodes.length === 0 ? markup`<p>There is no entry point, no function and no store.</p>` : markup`<p class="lead">From left to right: what calls, what is called, and where data lies. The posts of an entry point are its layers: web ACL, throttle, authorization, validation, logging, least privilege. Filled ones stand, hollow ones are missing, faint ones cannot be there.</p>
${tools(graph)}<div id="canvas" class="canvas" role="region" aria-label="Picture of the attack surface, scrollable" tabindex="0">${pictureOf(graph)}</div>
<div id="focus" class="focus scripted" aria-live="polite"><p class="quiet">Choose a box to see what it is and what is next to it. With the keyboard: arrow keys go from box to box, Enter chooses, Escape lets go.</p></div>
${legend()}`,
  };
}

function tools({ nodes }: Graph): Markup {
  const kinds = (Object.keys(MANY_NODES) as readonly NodeKind[])
    .map((kind) => [kind, nodes.filter((node) => node.kind === kind).length] as const).filter(([, amount]) => amount > 0);
  const minor = nodes.filter((node) => node.minor).length;
  return markup`<div class="tools scripted"><label><span>Find a box</span><input id="find" type="search" autocomplete="off" spellcheck="false"></label>
<fieldset><legend>Show</legend>${kinds.map(([kind, amount]) => markup`<label class="check"><input type="checkbox" data-kind="${kind}" checked> ${MANY_NODES[kind]} <span class="quiet">${amount}</span></label>`)}${minor === 0 ? '' : markup`<label class="check"><input type="checkbox" data-kind="minor" checked> preflight and CDK’s own <span class="quiet">${minor}</span></label>`}</fieldset>
<div class="zoom" role="group" aria-label="Zoom"><button type="button" data-zoom="out" aria-label="Zoom out">−</button><button type="button" data-zoom="in" aria-label="Zoom in">+</button><button type="button" data-zoom="fit">Fit</button><button type="button" data-zoom="full">100 %</button></div><output id="found" aria-live="polite"></output></div>`;
}

function legend(): Markup {
  return markup`<ul class="legend" aria-label="What the arrows mean">${ARROWS.map(([kind, word]) => markup`<li><svg width="34" height="10" aria-hidden="true"><path class="edge ${kind}" d="M0 5H33"/></svg>${word}</li>`)}</ul>`;
}
