/** Sources of scripts that stand for every server, or for what a page itself was made to hold. */
const ANY_SERVER = /^(\*|https?:(\/\/\*)?|data:|blob:|\*:\/\/\*|\*\.(com|net|org|io))$/i;

/** With one of these, browsers of the last years ignore 'unsafe-inline' and the names of servers. */
const NAMED_SCRIPT = /^'(nonce-|sha(256|384|512)-|strict-dynamic)/i;

/**
 * Whether a content security policy lets any script run, so that it stops none that was injected. A policy without a word on scripts says nothing
 * here: it may be about frames alone.
 *
 * | scripts, by `script-src`, else by `default-src`    | any    |
 * |----------------------------------------------------|--------|
 * | `'self'`, names of servers, hashes, a nonce        | no     |
 * | `'unsafe-inline'` beside a hash or a nonce         | no     |
 * | `'unsafe-inline'`, `'unsafe-eval'`                 | yes    |
 * | `*`, `https:`, `data:`, `https://*`                | yes    |
 *
 * @see https://developer.mozilla.org/en-US/docs/Web/HTTP/Reference/Headers/Content-Security-Policy/script-src
 */
export function admitsAnyScript(policy: string): boolean {
  const directives = new Map(policy.split(';').map((directive) => {
    const [name = '', ...sources] = directive.trim().split(/\s+/);
    return [name.toLowerCase(), sources];
  }));
  return [directives.get('script-src-elem'), directives.get('script-src') ?? directives.get('default-src')].some((sources) => (
    sources !== undefined && admitsAny(sources)));
}

function admitsAny(sources: readonly string[]): boolean {
  const isNamed = sources.some((source) => NAMED_SCRIPT.test(source));
  if (sources.some((source) => /^'unsafe-eval'$/i.test(source))) return true;
  return !isNamed && sources.some((source) => ANY_SERVER.test(source) || /^'unsafe-inline'$/i.test(source));
}
