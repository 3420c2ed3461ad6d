import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'fs';
import { tmpdir } from 'os';
import { dirname, join } from 'path';
import { readFile, readFolder, UnreadableTemplate } from '../../../src/model/templates/folder-reader';
import { asTemplate, parseText, readTemplateText } from '../../../src/model/templates/template-reader';

const folders: string[] = [];
afterAll(() => folders.forEach((path) => rmSync(path, { recursive: true })));

/** A folder with some files: objects are written as JSON. */
function folder(files: { readonly [name: string]: unknown }): string {
  const path = mkdtempSync(join(tmpdir(), 'folder-reader-'));
  folders.push(path);
  for (const [name, content] of Object.entries(files)) {
    mkdirSync(dirname(join(path, name)), { recursive: true });
    writeFileSync(join(path, name), typeof content === 'string' ? content : JSON.stringify(content));
  }
  return path;
}

const THING = { AWSTemplateFormatVersion: '2010-09-09', Resources: { T: { Type: 'AWS::SNS::Topic' } } };
const nesting = (url: unknown, more = {}, Type = 'AWS::CloudFormation::Stack') => ({ AWSTemplateFormatVersion: '2010-09-09', Resources: { N: { Type, Properties: { TemplateURL: url }, ...more } } });

/** The stacks of a folder: id, and the parent. */
const stacks = (files: { readonly [name: string]: unknown }) => readFolder(folder(files)).map(({ id, parent }) => (parent === undefined ? id : `${id} in ${parent.id} as ${parent.logicalId}`));

describe('A folder of templates', () => {
  test.each<[string, { readonly [name: string]: unknown }, string[]]>([
    ['files that end like templates', { 'a.json': THING, 'b.yaml': THING, 'c.yml': THING, 'd.template': THING, 'e.template.json': THING, 'F.JSON': THING, 'g.txt': THING, 'h.json5': THING }, ['F', 'a', 'b', 'c', 'd', 'e']],
    ['files that hold one', { 'a.json': { name: 'x' }, 'b.yaml': 'Resources:\n  T:\n    Type: AWS::SNS::Topic\n', 'c.yaml': "Resources:\n  T:\n    Type: 'AWS::SNS::Topic'\n", 'd.yaml': 'name: x' }, ['b', 'c']],
    ['JSON in any spacing', { 'a.json': '{"Resources":{"T":{"Type" : "AWS::SNS::Topic"}}}', 'b.json': '{"Transform":"AWS::Serverless-2016-10-31","Resources":{}}' }, ['a', 'b']],
    ['no type that only begins a line', { 'a.yaml': 'Type: AWS::SNS::Topic\n' }, []],
    ['folders below', { 'one/two/a.json': THING }, ['one/two/a']],
    ['no folders of packages and builds', Object.fromEntries(['node_modules', '.git', '.aws-sam', 'dist', 'lib', '.venv'].map((name) => [`${name}/a.json`, THING])), []],
    ['folders of other names', { 'build/a.json': THING, 'library/b.json': THING }, ['build/a', 'library/b']],
    ['nothing', {}, []],
    ['folders so deep as those of apps are', { [`${'d/'.repeat(16)}a.json`]: THING, [`${'e/'.repeat(17)}a.json`]: THING }, [`${'d/'.repeat(16)}a`]],
  ])('is read: %s', (_, files, expected) => expect(stacks(files)).toEqual(expected));

  test('has each nested stack once, below its parent, wherever its file lies', () => {
    expect(stacks({ 'a.json': nesting('./z.json'), 'z.json': THING })).toEqual(['a', 'a/N in a as N']);
    expect(stacks({ 'a.json': nesting('parts/b.json'), 'parts/b.json': THING, 'c.json': THING })).toEqual(['a', 'a/N in a as N', 'c']);
    expect(stacks({ 'a.json': nesting('b.json'), 'b.json': nesting('c.json'), 'c.json': THING })).toEqual(['a', 'a/N in a as N', 'a/N/N in a/N as N']);
    expect(stacks({ 'b.json': nesting('c.json'), 'c.json': THING, 'z.json': nesting('b.json') })).toEqual(['z', 'z/N in z as N', 'z/N/N in z/N as N']);
  });

  test('has one of two that nest each other, and one that nests itself', () => {
    const roots = (files: { readonly [name: string]: unknown }) => stacks(files).filter((stack) => !stack.includes(' in '));
    expect([roots({ 'a.json': nesting('b.json'), 'b.json': nesting('a.json') }), roots({ 'a.json': nesting('a.json') })]).toEqual([['a'], ['a']]);
  });

  test.each<[string, unknown]>([
    ['is not there', nesting('b.json')], ['is a folder', nesting('sub')], ['lies elsewhere', nesting('https://example.com/z.json')], ['is made at deployment', nesting({ 'Fn::Sub': 'z.json' })], ['is of something else', nesting('z.json', {}, 'AWS::SNS::Topic')],
  ])('has no nested stack whose file %s', (_, parent) => expect(stacks({ 'a.json': parent, 'z.json': THING, 'sub/x.txt': '' })).toEqual(['a', 'z']));

  test('has nested applications of SAM, and files that CDK names in the metadata', () => {
    expect(stacks({ 'a.json': { ...THING, Resources: { N: { Type: 'AWS::Serverless::Application', Properties: { Location: 'z.json' } } } }, 'z.json': THING })).toEqual(['a', 'a/N in a as N']);
    expect(stacks({ 'a.json': nesting({ Ref: 'Url' }, { Metadata: { 'aws:asset:path': 'z.json' } }), 'z.json': THING })).toEqual(['a', 'a/N in a as N']);
  });

  test('ends where stacks nest in each other', () => {
    expect(readFile(join(folder({ 'a.json': nesting('a.json') }), 'a.json'))).toHaveLength(17); // itself, and sixteen below it
  });

  test.each<[string, () => unknown, string]>([
    ['a folder that is not there', () => readFolder('/nowhere/at/all'), '/nowhere/at/all: there is no such folder'],
    ['a file for a folder', () => readFolder(join(folder({ 'a.json': THING }), 'a.json')), 'there is no such folder'],
    ['a template that is broken', () => readFolder(folder({ 'a.json': '{"Resources": {"T": {"Type": "AWS::SNS::Topic"' })), 'a.json: line 1, column'],
    ['a manifest that is broken', () => readFolder(folder({ 'manifest.json': '{' })), 'manifest.json: is no JSON'],
    ['a file that is not there', () => readFile('/nowhere/a.json'), '/nowhere/a.json: there is no such file'],
    ['a folder for a file', () => readFile(folder({})), 'is a folder'],
  ])('fails for %s', (_, read, problem) => {
    expect(read).toThrow(UnreadableTemplate);
    expect(read).toThrow(problem);
  });
});

describe('A file', () => {
  test('has the name of the file, without its ending', () => {
    const path = folder({ 'orders.template.json': THING, 'a.b.yaml': THING });
    expect([readFile(join(path, 'orders.template.json')), readFile(join(path, 'a.b.yaml'))].map(([{ id }]) => id)).toEqual(['orders', 'a.b']);
    expect(readFile(join(path, 'a.b.yaml'))[0]).toEqual({ id: 'a.b', template: THING, templatePath: join(path, 'a.b.yaml'), region: undefined, account: undefined, parent: undefined, constructPaths: new Map() });
  });

  test('knows the constructs that made its resources, by their metadata', () => {
    const path = folder({ 'a.json': { Resources: { T: { Type: 'AWS::SNS::Topic', Metadata: { 'aws:cdk:path': 'Shop/News/Resource' } }, U: { Type: 'AWS::SNS::Topic', Metadata: { 'aws:cdk:path': 7 } } } } });
    expect([...readFile(join(path, 'a.json'))[0].constructPaths!]).toEqual([['T', 'Shop/News/Resource']]);
  });
});

describe('A cloud assembly', () => {
  const stack = (templateFile: string, more: object = {}) => ({ type: 'aws:cloudformation:stack', environment: 'aws://111122223333/eu-west-1', properties: { templateFile }, ...more });
  const assembly = (artifacts: object, files: object = {}) => readFolder(folder({ 'manifest.json': { artifacts }, 'Shop.template.json': THING, ...files }));
  const logicalIds = (paths: { readonly [path: string]: string }) => ({ metadata: Object.fromEntries(Object.entries(paths).map(([path, data]) => [path, [{ type: 'aws:cdk:logicalId', data }]])) });

  test.each<[string, string, string | undefined, string | undefined]>([
    ['known', 'aws://111122223333/eu-west-1', '111122223333', 'eu-west-1'], ['unknown', 'aws://unknown-account/unknown-region', undefined, undefined], ['half known', 'aws://unknown-account/eu-west-1', undefined, 'eu-west-1'], ['empty', '', undefined, undefined],
  ])('has stacks whose place is %s', (_, environment, account, region) => {
    expect(assembly({ Shop: stack('Shop.template.json', { environment }) })).toMatchObject([{ id: 'Shop', account, region }]);
  });

  test('calls stacks by their construct, and takes nothing else for one', () => {
    expect(assembly({
      A: stack('Shop.template.json', { displayName: 'Prod/Shop (Prod-Shop)' }), B: stack('Shop.template.json'), C: { ...stack('Shop.template.json'), type: 'cdk:tree' }, D: { type: 'aws:cloudformation:stack', properties: {} },
    }).map(({ id }) => id)).toEqual(['Prod/Shop', 'B']);
  });

  test('knows stacks by the names that CloudFormation has for them', () => {
    const named = { ...stack('Shop.template.json'), properties: { templateFile: 'Shop.template.json', stackName: 'shop-live' } };
    expect(assembly({ A: named, B: stack('Shop.template.json', { displayName: 'Prod/Shop (Prod-Shop)' }) }).map(({ stackName }) => stackName)).toEqual(['shop-live', 'B']);
  });

  test('has stages in folders of their own', () => {
    const stage = (directoryName: unknown, type = 'cdk:cloud-assembly') => ({ type, properties: { directoryName } });
    const below = { 'assembly-Prod/manifest.json': { artifacts: { Shop: stack('Shop.template.json', { displayName: 'Prod/Shop' }) } }, 'assembly-Prod/Shop.template.json': THING };
    expect(assembly({ Shop: stack('Shop.template.json'), Prod: stage('assembly-Prod') }, below).map(({ id }) => id)).toEqual(['Shop', 'Prod/Shop']);
    expect(assembly({ Prod: stage('assembly-Prod', 'other') }, below)).toStrictEqual([]);
    expect(assembly({ Shop: stack('Shop.template.json'), Circle: stage('.') })).toHaveLength(17);
  });

  test('knows the constructs of a stack, and leaves those of nested stacks to these', () => {
    const files = {
      'Shop.template.json': { Resources: { T: { Type: 'AWS::SNS::Topic' }, Nested: { Type: 'AWS::CloudFormation::Stack', Metadata: { 'aws:asset:path': 'Nested.json' } } } }, 'Nested.json': { Resources: { T: { Type: 'AWS::SNS::Topic' } } },
    };
    const declared = logicalIds({ '/Shop/News/Resource': 'T', '/Shop/Part.NestedStack/Part.NestedStackResource': 'Nested', '/Shop/Part/News/Resource': 'T' });
    expect(assembly({ Shop: stack('Shop.template.json', declared) }, files).map(({ id, constructPaths }) => [id, [...constructPaths!]])).toEqual([
      ['Shop', [['T', 'Shop/News/Resource'], ['Nested', 'Shop/Part.NestedStack/Part.NestedStackResource']]], ['Shop/Part', [['T', 'Shop/Part/News/Resource']]],
    ]);
  });

  test('knows the files of nested stacks by the hash under which they are uploaded', () => {
    const hash = 'a'.repeat(64);
    const files = {
      'Shop.template.json': nesting({ 'Fn::Sub': `https://s3.\${AWS::URLSuffix}/assets/${hash}.json` }), 'Nested.json': THING, 'Shop.assets.json': { files: { [hash]: { source: { path: 'Nested.json' } }, ['b'.repeat(64)]: { source: { path: 'Other.json' } } } },
    };
    expect(assembly({ Shop: stack('Shop.template.json') }, files).map(({ id }) => id)).toEqual(['Shop', 'Shop/N']);
    expect(assembly({ Shop: stack('Shop.template.json') }, { ...files, 'Shop.assets.json': { files: {} } }).map(({ id }) => id)).toEqual(['Shop']);
    expect(assembly({ Shop: stack('Shop.template.json') }, { ...files, 'Shop.template.json': nesting(`https://example.com/${hash}`) }).map(({ id }) => id)).toEqual(['Shop']);
  });
});

describe('The text of a template', () => {
  test.each(['Resources', 'AWSTemplateFormatVersion', 'Transform', 'Parameters', 'Outputs', 'Conditions', 'Mappings', 'Rules', 'Description', 'Metadata'])('may have nothing but %s', (section) => {
    const text = JSON.stringify({ [section]: {} });
    expect(readTemplateText(text)).toEqual({ template: { [section]: {} } });
  });

  test('may begin with a mark of its order of bytes, or with blanks', () => {
    expect([readTemplateText('\uFEFF{"Resources":{}}'), readTemplateText('\n  {"Resources":{}}'), readTemplateText('\uFEFFResources: {}')].map(({ problem }) => problem)).toEqual([undefined, undefined, undefined]);
  });

  test.each<[unknown, string]>([
    [null, 'a template is an object with Resources'], [undefined, 'a template is an object with Resources'], ['x', 'a template is an object with Resources'], [[], 'a template is an object with Resources'], [{}, 'a template is an object with Resources, and the text has none of its sections'],
    [{ Resources: null }, 'Resources must be an object'], [{ Resources: 'x' }, 'Resources must be an object'], [{ Resources: [] }, 'Resources must be an object'],
  ])('%j is none', (value, problem) => expect(asTemplate(value)).toEqual({ problem }));

  test('is as long as eight mebibytes and no longer', () => {
    const padded = (length: number) => `{"Resources":{}}${' '.repeat(length - 16)}`;
    expect([8 * 1024 * 1024, 8 * 1024 * 1024 + 1].map((length) => readTemplateText(padded(length)).problem)).toEqual([undefined, 'the text is longer than 8 MiB']);
  });

  test.each(['{"a":1,"b":{"a":2}}', '{"a":[{"b":1},{"b":2}]}', '{"a":"\\"a\\":","b":1}', '{"a":{"x":1},"b":"a"}', '[{"a":1},{"a":2}]'])('has each key once: %s', (text) => expect(parseText(text)).toEqual(JSON.parse(text)));

  test.each([['{"a":1,"a":2}', 'line 1, column 8'], ['{"a":{},\n "b":[{}],\n "a" : 2}', 'line 3, column 2'], ['[{"b":1,"b":1}]', 'line 1, column 9'], ['{"x":{"a":[1,{"k":1}],"a":2}}', 'line 1, column 23']])('has a key twice: %s', (text, place) => {
    expect(() => parseText(text)).toThrow(`${place}: the key stands twice`);
  });
});
