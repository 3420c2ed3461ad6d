import { createHash } from 'crypto';
import { SCRIPT, STYLE } from './client.generated';
import { Section } from './elements';
import { Markup, markup, NOTHING } from './markup';
import { verdictWords } from './sections/overview';
import { Posture } from '../../form/posture-form';

const hash = (text: string) => `'sha256-${createHash('sha256').update(text, 'utf8').digest('base64')}'`;

/** Nothing is fetched, framed, sent or run, but the style and the script of this file. */
const policy = () => [
  "default-src 'none'", `style-src ${hash(STYLE)}`, `script-src ${hash(SCRIPT)}`, "base-uri 'none'", "form-action 'none'", "require-trusted-types-for 'script'",
].join('; ');

export function page(posture: Posture, sections: readonly Section[]): string {
  const { verdict, profile, asOf, tool, stacks } = posture;
  const app = nameOf(stacks.map(({ at }) => at));
  return markup`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta http-equiv="Content-Security-Policy" content="${policy()}">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="referrer" content="no-referrer">
<meta name="robots" content="noindex">
<meta name="color-scheme" content="light dark">
<title>${app}: security posture</title>
<style>${new Markup(STYLE)}</style>
</head>
<body>
<a class="skip" href="#overview">Skip to the report</a>
<header><div class="title"><p class="kicker">Security posture</p><h1>${app}</h1><p class="verdict ${verdict}"><b>${verdict === 'pass' ? 'Pass' : 'Fail'}</b> ${verdictWords(posture)}</p></div>
<dl class="meta"><div><dt>Profile</dt><dd>${profile}</dd></div><div><dt>As of</dt><dd>${asOf}</dd></div><div><dt>Made by</dt><dd>${tool.name} ${tool.version}</dd></div></dl>
<button type="button" id="theme" class="scripted">Dark</button></header>
<nav aria-label="Parts of the report"><ul>${sections.map(({ id, title, amount }) => markup`<li><a href="#${id}">${title}${amount === undefined || amount === 0 ? NOTHING : markup` <span class="quiet">${amount}</span>`}</a></li>`)}</ul></nav>
<main>${sections.map(({ id, title, body }) => markup`<section id="${id}" aria-labelledby="${id}-title"><h2 id="${id}-title">${title}</h2>
${body}</section>
`)}</main>
<footer><p>Made at synthesis, from templates: what people change in the account later is not in it. All names come from the app itself.</p></footer>
<script>${new Markup(SCRIPT)}</script>
</body>
</html>
`.text;
}

/** The app by its stacks: as many as fit a title. */
function nameOf(stacks: readonly string[]): string {
  const [first = 'App', ...others] = stacks;
  return others.length === 0 ? first : others.length < 3 ? stacks.join(', ') : `${first} and ${others.length} more stacks`;
}
