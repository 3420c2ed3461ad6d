import { seen } from '../text';

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&#39;', '`': '&#96;' };

/** For text and for attributes in quotes. Nothing of it reaches a script, a style or the name of a tag. */
export function escapeHtml(text: string): string {
  return seen(text).replace(/[&<>"'`]/g, (character) => ENTITIES[character]);
}
