import { readTemplateText } from '../../../src/model/templates/template-reader';

/** The section `Metadata` of a template. */
const metadata = (yaml: string): unknown => JSON.parse(JSON.stringify(readTemplateText(`Resources: {}\nMetadata:\n${yaml.replace(/^/gm, '  ')}`).template?.Metadata ?? null));
const problem = (text: string) => readTemplateText(text).problem;

describe('A template in YAML', () => {
  test.each<[string, string, unknown]>([
    ['short forms on texts', 'a: !Sub "${X}"\nb: !Ref X\nc: !Condition C', { a: { 'Fn::Sub': '${X}' }, b: { Ref: 'X' }, c: { Condition: 'C' } }],
    ['short forms on lists', 'a: !If [C, !Ref X, !GetAtt Y.Arn.Z]', { a: { 'Fn::If': ['C', { Ref: 'X' }, { 'Fn::GetAtt': ['Y', 'Arn.Z'] }] } }],
    ['short forms on objects', 'a: !Base64\n  Fn::Sub: x', { a: { 'Fn::Base64': { 'Fn::Sub': 'x' } } }],
    ['short forms that come with later versions', 'a: !ToJsonString {b: 1}', { a: { 'Fn::ToJsonString': { b: 1 } } }],
    ['a date', 'Version: 2012-10-17', { Version: '2012-10-17' }],
    ['the booleans of YAML 1.1', 'a: yes\nb: Off\nc: "no"', { a: true, b: false, c: 'no' }],
    ['words that are booleans where nothing says what they are', 'a: !Ref On\nb: !!str yes', { a: { Ref: 'On' }, b: 'yes' }],
    ['an account id that begins with 0', 'a: 012345678901', { a: '012345678901' }],
    ['keys that are numbers', '404: x', { 404: 'x' }],
    ['anchors', 'a: &x [1, &y 2]\nb: *x\nc: *y', { a: [1, 2], b: [1, 2], c: 2 }],
    ['anchors below a short form', 'a: &x t\nb: !Sub [*x, {}]', { a: 't', b: { 'Fn::Sub': ['t', {}] } }],
    ['merge keys', 'a: &x {p: 1, q: 2}\nb: {<<: *x, q: 3}', { a: { p: 1, q: 2 }, b: { q: 3, p: 1 } }],
    ['a block text', 'a: |\n  one\n  two', { a: 'one\ntwo\n' }],
  ])('may hold %s', (_name, yaml, expected) => {
    expect(metadata(yaml)).toEqual(expected);
  });

  test('may have keys of the prototype', () => {
    expect(Object.keys(readTemplateText('Resources: {__proto__: {Type: X}, constructor: 1}').template!.Resources as object)).toEqual(['__proto__', 'constructor']);
  });
});

describe('A text that is no template is refused with the place and the reason', () => {
  const layers = 'bcdefghij'.split('').map((name, index) => `${name}: [${Array(9).fill(`*${'abcdefghi'[index]}`).join(',')}]`.replace(': [', `: &${name} [`));
  test.each([
    ['nothing', ' \n', 'the text is empty'],
    ['a word', 'hello', 'a template is an object with Resources'],
    ['a list', '[1]', 'a template is an object with Resources'],
    ['another object', '{"name": "x"}', 'a template is an object with Resources, and the text has none of its sections'],
    ['resources as a list', '{"Resources": []}', 'Resources must be an object'],
    ['broken JSON', '{"Resources": {"A": {},}', 'line 1, column 25: Flow map must end with a }'],
    ['a key twice in JSON', '{"Resources": {"A": {},\n"A": {}}}', 'line 2, column 1: the key stands twice'],
    ['a key twice in YAML', 'Resources:\n  A: 1\n  A: 2', 'line 3, column 3: Map keys must be unique'],
    ['a tab', 'Resources:\n\tA: 1', 'line 2, column 1: Tabs are not allowed as indentation'],
    ['two documents', 'Resources: {}\n---\nResources: {}', 'line 2, column 1: a second document begins here'],
    ['an alias of nothing', 'Resources: *x', 'line 1, column 12: the alias *x has no anchor before it'],
    ['lists in lists without end', '- '.repeat(20_000), 'line 1, column 1001: nested too deeply'],
    ['brackets without end', '['.repeat(20_000), 'line 1, column 501: nested too deeply'],
    ['aliases that multiply', `a: &a [${Array(9).fill('x').join(',')}]\n${layers.join('\n')}`, 'line 6, column 17: the aliases make more values than any template may hold'],
    ['a text without end', 'x'.repeat(9 * 1024 * 1024), 'the text is longer than 8 MiB'],
  ])('%s', (_name, text, expected) => {
    expect(problem(text)).toBe(expected);
  });

  test('a key that stands in two objects, or as a value, does not stand twice', () => {
    expect(problem('{"Resources": {"A": {"x": "A"}, "B": {"x": ["x", {"x": 1}]}}}')).toBeUndefined();
  });
});
