import { seen } from '../text';

const ENTITIES: { readonly [character: string]: string } = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;', '\'': '&apos;', '\t': '&#9;', '\n': '&#10;', '\r': '&#13;' };

/** For attributes and for text alike. Characters that XML 1.0 cannot hold, not even escaped, are replaced. */
export function xml(text: string): string {
  return seen(text).replace(/[&<>"'\t\n\r]/g, (character) => ENTITIES[character]);
}
