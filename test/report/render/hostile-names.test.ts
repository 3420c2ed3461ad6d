import * as fc from 'fast-check';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { Posture } from '../../../src/report/form/posture-form';
import { htmlReport } from '../../../src/report/render/html/html-report';
import { junitReport } from '../../../src/report/render/junit/junit-report';
import { markdownReport } from '../../../src/report/render/markdown/markdown-report';
import { sarifReport } from '../../../src/report/render/sarif/sarif-report';
import { posture } from '../support/postures';

/** Names come from templates of strangers. */
const ATTACKS = [
  '<script>alert(1)</script>', '</script><script>alert(1)</script>', '"><img src=x onerror=alert(1)>', '\' onmouseover=\'alert(1)', '</title></svg><script>alert(1)</script>', '<!--', '-->', ']]>',
  '<![CDATA[', '&lt;b&gt;', '`${1}`', '` | ` <b>', '| a | b |', '\n\n# heading\n', '\n</details>\n<h1>', '</summary></details>', '[link](https://evil.example.com)', '![x](https://evil.example.com/x.png)',
  'https://evil.example.com', 'www.evil.example.com', '@everybody', '#1', '\\|', '\\`', '``', '\u202egnp.exe', '\u0000\u0001\u001b[31m', '\ud800', 'x'.repeat(5000), '{{constructor}}', 'javascript:alert(1)', ' ', '',
];

const anyText = fc.oneof(fc.constantFrom(...ATTACKS), fc.string({ unit: 'binary', maxLength: 40 }), fc.tuple(fc.constantFrom(...ATTACKS), fc.constantFrom(...ATTACKS)).map((two) => two.join('')));

/** Words of the form itself, which no template chooses. */
const FIXED = new Set(['level', 'state', 'kind', 'verdict', 'encryption', 'exposure', 'how', 'currency']);

/** The posture with every text that a stranger can choose replaced; the same text by the same, so that pointers still lead somewhere. */
function poisoned(value: unknown, poison: (text: string) => string, key = ''): unknown {
  if (Array.isArray(value)) return value.map((one) => poisoned(one, poison, key));
  if (typeof value === 'object' && value !== null) {
    const fixed = 'covers' in value || 'watches' in value ? [...FIXED] : [...FIXED, ...'verbs' in value ? ['verbs'] : []];
    return Object.fromEntries(Object.entries(value).map(([name, one]) => [name, fixed.includes(name) ? one : poisoned(one, poison, name)]));
  }
  return typeof value === 'string' ? poison(value) : value;
}

const hostile = fc.array(anyText, { minLength: 1, maxLength: 12 }).map((texts) => {
  const given = new Map<string, string>();
  const poison = (text: string) => {
    if (!given.has(text)) given.set(text, texts[given.size % texts.length]);
    return given.get(text)!;
  };
  return { texts, posture: poisoned(posture(), poison) as Posture };
});

const runs = { numRuns: 150 };

interface Result {
  readonly properties: { readonly at: string };
  readonly locations: readonly [{ readonly physicalLocation?: { readonly artifactLocation: { readonly uri: string } } }];
}

/** The tags of a page as a browser's tokenizer sees them: names and attributes, in order. */
function tagsOf(html: string): readonly string[] {
  const body = html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '<$1></$1>');
  return [...body.matchAll(/<(\/?[a-zA-Z!][^\s/>]*)((?:\s+[\w-]+(?:="[^"]*")?)*)\s*\/?>/g)].map(([, name, attributes]) => `${name} ${[...attributes.replace(/"[^"]*"/g, '').matchAll(/\s([\w-]+)/g)].map(([, one]) => one).join(' ')}`);
}

const KNOWN_TAGS = new Set(tagsOf(htmlReport(posture())).map((tag) => tag.split(' ')[0]));
const KNOWN_ATTRIBUTES = new Set([...tagsOf(htmlReport(posture())).flatMap((tag) => tag.split(' ').slice(1)), 'data-key', 'value', 'hidden', 'checked', 'open']);

/** A line as CommonMark reads it: escaped characters are dropped, and so is what stands in code, up to a fence as long as the one before it. */
function proseOf(line: string): string {
  let prose = '';
  for (let at = 0; at < line.length; at += 1) {
    if (line[at] === '\\') {
      at += 1;
    } else if (line[at] === '`') {
      const [fence] = /^`+/.exec(line.slice(at))!;
      const rest = line.slice(at + fence.length);
      const end = [...rest.matchAll(/`+/g)].find(([run]) => run.length === fence.length)?.index;
      at += end === undefined ? fence.length - 1 : fence.length + end + fence.length - 1;
      prose += 'CODE';
    } else {
      prose += line[at];
    }
  }
  return prose;
}

describe('Hostile names', () => {
  test('never make a tag or an attribute in HTML', () => {
    fc.assert(fc.property(hostile, ({ posture: bad }) => {
      const html = htmlReport(bad);
      const tags = tagsOf(html);
      expect(tags.filter((tag) => !KNOWN_TAGS.has(tag.split(' ')[0]) && tag !== 'wbr ')).toStrictEqual([]);
      expect(tags.flatMap((tag) => tag.split(' ').slice(1)).filter((one) => one !== '' && !KNOWN_ATTRIBUTES.has(one))).toStrictEqual([]);
      // every "<" begins a tag of ours, so none came from a name
      expect(html.replace(/<(style|script)>[\s\S]*?<\/\1>/g, '').match(/<(?![a-zA-Z/!])/g)).toBeNull();
      expect([...html.matchAll(/<script/g)]).toHaveLength(1);
      expect(html).not.toMatch(/[\u0000-\u0008\u202e]/);
    }), runs);
  });

  test('never make JUnit that is not XML, nor elements of their own', () => {
    const parser = new XMLParser({ ignoreAttributes: false, isArray: (name) => name === 'testsuite' || name === 'testcase' });
    fc.assert(fc.property(hostile, ({ posture: bad }) => {
      const xml = junitReport(bad);
      expect(XMLValidator.validate(xml)).toBe(true);
      const elements = new Set<string>();
      const visit = (value: unknown): void => {
        if (Array.isArray(value)) {value.forEach(visit);} else if (typeof value === 'object' && value !== null) {
          for (const [name, one] of Object.entries(value)) {
            if (!name.startsWith('@_') && name !== '#text') elements.add(name);
            visit(one);
          }
        }
      };
      visit(parser.parse(xml));
      expect([...elements].filter((name) => !['?xml', 'testsuites', 'testsuite', 'testcase', 'failure', 'skipped', 'system-out'].includes(name))).toStrictEqual([]);
    }), runs);
  });

  test('come out of SARIF as they went in, within well-formed JSON and addresses', () => {
    fc.assert(fc.property(hostile, ({ posture: bad }) => {
      const { runs: [{ results }] } = JSON.parse(sarifReport(bad)) as { readonly runs: readonly [{ readonly results: readonly Result[] }] };
      expect(results.map(({ properties }) => properties.at).sort()).toEqual(bad.findings.map(({ at }) => at).sort());
      for (const { locations: [{ physicalLocation }] } of results) {
        if (physicalLocation !== undefined) expect(physicalLocation.artifactLocation.uri).toMatch(/^[\w\-.!~*'()%/:]*$/);
      }
    }), runs);
  });

  test('never make a link, a heading, a cell, a mention or a tag in Markdown', () => {
    fc.assert(fc.property(hostile, ({ posture: bad }) => {
      const lines = markdownReport(bad, posture()).split('\n');
      for (const line of lines) {
        const prose = proseOf(line);
        expect(prose.replace(/<\/?(details|summary)>|<br>/g, '')).not.toMatch(/<|>/);
        expect(prose).not.toMatch(/(?<!\\)\]\(|(?<!\\)!\[|https?:\/\/|www\.|[@#](?!\u2060)[\w]/i);
        expect(prose).not.toMatch(/^\s*#+ (?!Security posture|Open findings|Entry points that miss|What changed)/);
      }
      const tables = lines.filter((line) => line.startsWith('|'));
      const cells = (line: string) => line.split('|').length;
      expect(new Set(tables.filter((line) => line.startsWith('| error') || line.startsWith('| warning')).map(cells)).size).toBeLessThanOrEqual(1);
      expect(lines.filter((line) => line.startsWith('<details>')).length).toBe(lines.filter((line) => line === '</details>').length);
    }), runs);
  });
});
