/** What a caller decides in a request. */
const INPUT = /\$!?\{?\s*input\s*\.\s*(params|path|json|body)\b|\$!?\{?\s*util\s*\.\s*parseJson\s*\(/;

/** The whole body and nothing else is what a template without mapping passes on, too. */
const WHOLE_BODY = /^\s*\$!?\{?\s*input\s*\.\s*(body|json\s*\(\s*(['"])\$\2\s*\))\s*\}?\s*$/;

/** Functions whose result holds no sign that ends a text. */
const ESCAPES = /\$!?\{?\s*util\s*\.\s*(base64Encode|escapeJavaScript|urlEncode)\s*\(/g;

/** JSON that API Gateway writes is valid where JSON stands; inside of quotes or of a form it is not. */
const JSON_INPUT = /\$!?\{?\s*input\s*\.\s*json\s*\(/g;

/** What a caller decides in a request to a graph. */
const ARGUMENTS = /\$!?\{?\s*(?:ctx|context)\s*\.\s*(?:args|arguments|request\s*\.\s*headers)\b/;

/** Whatever a resolver is helped with writes a value, and escapes it. */
const HELPERS = /\$!?\{?\s*util\s*(?:\.\s*\w+\s*)+\(/g;

/** A template longer than this is none: API Gateway takes 300 KB. */
const LONGEST = 300_000;
const MOST_DIRECTIVES = 1_000;

/**
 * Whether a mapping template (VTL) writes input of the caller into its result without escaping it. Follows variables that are set from input
 * and loops over input; conditions write nothing.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-mapping-template-reference.html
 */
export function mappingTakesInputAsIs(template: string): boolean {
  const source = template.slice(0, LONGEST);
  if (WHOLE_BODY.test(source)) return false;
  const isForm = /(^|[&\s"'])Action=/.test(source);
  const escaped = withoutCalls(withoutComments(source), ESCAPES);
  const { text, tainted } = withoutDirectives(isForm ? escaped : withoutCalls(escaped, JSON_INPUT, isUnquoted));
  return INPUT.test(text) || mentions(text, tainted);
}

/**
 * Whether the template of a resolver (VTL) writes input of the caller into a text: into a key, an expression, a path. Outside of quotes the schema
 * has seen to it that it is a number or a truth.
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/resolver-mapping-template-reference-programming-guide.html
 */
export function resolverTakesInputAsIs(template: string): boolean {
  const helped = withoutCalls(withoutComments(template.slice(0, LONGEST)), HELPERS);
  const { text, tainted } = withoutDirectives(helped, ARGUMENTS);
  const quoted = text.split('"').filter((_, index) => index % 2 === 1).join('\n');
  return ARGUMENTS.test(quoted) || mentions(quoted, tainted);
}

function withoutComments(text: string): string {
  return text.replace(/##[^\n]*/g, '').replace(/#\*[^*]*\*#/g, '');
}

/** Takes out calls with all that stands between their brackets. */
function withoutCalls(text: string, call: RegExp, counts: (text: string, start: number) => boolean = () => true): string {
  let rest = '';
  let end = 0;
  for (const match of text.matchAll(call)) {
    if (match.index < end || !counts(text, match.index)) continue;
    rest += text.slice(end, match.index);
    end = closing(text, match.index + match[0].length - 1) + 1;
  }
  return rest + text.slice(end);
}

function isUnquoted(text: string, start: number): boolean {
  return !/["']$/.test(text.slice(Math.max(0, start - 1), start));
}

/** Where the bracket at a position closes, or the end of the text. */
function closing(text: string, opening: number): number {
  let depth = 0;
  for (let position = opening; position < text.length; position++) {
    if (text[position] === '(') depth++;
    if (text[position] === ')' && --depth === 0) return position;
  }
  return text.length;
}

/** Takes out what writes nothing, and tells which variables hold input. */
function withoutDirectives(text: string, input = INPUT): { readonly text: string; readonly tainted: ReadonlySet<string> } {
  const tainted = new Set<string>();
  let rest = '';
  let end = 0;
  let count = 0;
  for (const match of text.matchAll(/#\{?(set|if|elseif|foreach)\}?\s*\(/g)) {
    if (match.index < end || count++ > MOST_DIRECTIVES) continue;
    rest += text.slice(end, match.index);
    const close = closing(text, match.index + match[0].length - 1);
    const inner = text.slice(match.index + match[0].length, close);
    const assigned = /^\s*\$!?\{?([A-Za-z][\w-]*)[^=]*?(?:=|\sin\s)([\s\S]*)$/.exec(inner);
    if ((match[1] === 'set' || match[1] === 'foreach') && assigned !== null) {
      if (input.test(assigned[2]) || mentions(assigned[2], tainted)) tainted.add(assigned[1]);
      else tainted.delete(assigned[1]);
    }
    end = close + 1;
  }
  return { text: rest + text.slice(end), tainted };
}

function mentions(text: string, names: ReadonlySet<string>): boolean {
  if (names.size === 0) return false;
  for (const match of text.matchAll(/\$!?\{?([A-Za-z][\w-]*)/g)) if (names.has(match[1])) return true;
  return false;
}
