/** Marks text, or leaves it alone. */
export interface Paint {
  good(text: string): string;
  bad(text: string): string;
  strong(text: string): string;
  faint(text: string): string;
}

const sgr = (code: number) => (text: string): string => `\u001b[${code}m${text}\u001b[0m`;
const asIs = (text: string): string => text;

export const PLAIN: Paint = { good: asIs, bad: asIs, strong: asIs, faint: asIs };
export const COLOURED: Paint = { good: sgr(32), bad: sgr(31), strong: sgr(1), faint: sgr(2) };

/** Colour is for a terminal whose owner did not opt out (https://no-color.org). */
export function paintFor(stream: { readonly isTTY?: boolean }, env: NodeJS.ProcessEnv): Paint {
  return stream.isTTY === true && (env.NO_COLOR ?? '') === '' && env.TERM !== 'dumb' ? COLOURED : PLAIN;
}
