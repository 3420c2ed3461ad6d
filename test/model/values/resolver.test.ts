import { alternatives, Choice, Reference, Text, textOf, Unresolved, Value } from '../../../src/model/values/values';
import { modelOf, modelOfStacks, Resources } from '../../policy/support';

type Sections = { readonly [section: string]: unknown };

const PARAMETERS = { P: { Type: 'String' }, Stage: { Type: 'String', AllowedValues: ['dev', 'prod'] }, Key: { Type: 'String', Default: '' } };
const either = (yes: unknown, no: unknown) => ({ 'Fn::If': ['Open', yes, no] });
const SECTIONS = { Parameters: PARAMETERS, Conditions: { Open: { 'Fn::Equals': [{ Ref: 'P' }, 'open'] } } };

/** Resolves one expression as the property `V` of a resource. */
function resolved(V: unknown, rest: Sections = SECTIONS, more: Resources = {}): Value {
  return modelOf({ R: { Type: 'X', Properties: { V } }, Other: { Type: 'Y' }, ...more }, rest).ofType('X')[0].property('V');
}

describe('A function without an argument that it takes is not known, and says why', () => {
  test.each<[string, unknown, string]>([
    ['Ref of a number', { Ref: 7 }, 'Ref without a name'],
    ['Fn::GetAtt of a number', { 'Fn::GetAtt': 7 }, 'Fn::GetAtt without a fixed name'],
    ['Fn::GetAtt of a resource alone', { 'Fn::GetAtt': ['Other'] }, 'Fn::GetAtt without a fixed name'],
    ['Fn::GetAtt of a resource alone, as a text', { 'Fn::GetAtt': 'Other' }, 'Fn::GetAtt without a fixed name'],
    ['Fn::GetAtt of a resource that is chosen at deployment', { 'Fn::GetAtt': [{ Ref: 'P' }, 'Arn'] }, 'Fn::GetAtt without a fixed name'],
    ['Fn::GetAtt of an attribute that is no text', { 'Fn::GetAtt': ['Other', {}] }, 'Fn::GetAtt without a fixed name'],
    ['Fn::GetAtt of nothing', { 'Fn::GetAtt': ['Ghost', 'Arn'] }, 'the template holds nothing called Ghost'],
    ['Fn::Join of a number', { 'Fn::Join': 7 }, 'Fn::Join of a list that is known at deployment'],
    ['Fn::Join of a text', { 'Fn::Join': ['-', 'a'] }, 'Fn::Join of a list that is known at deployment'],
    ['Fn::Join with a number between', { 'Fn::Join': [1, ['a']] }, 'Fn::Join of a list that is known at deployment'],
    ['Fn::Sub of a number', { 'Fn::Sub': 7 }, 'Fn::Sub without a text'],
    ['Fn::Sub of variables alone', { 'Fn::Sub': [{ A: 'x' }] }, 'Fn::Sub without a text'],
    ['Fn::ImportValue of an object', { 'Fn::ImportValue': {} }, 'Fn::ImportValue without a name'],
    ['Fn::Select of a number', { 'Fn::Select': 7 }, 'Fn::Select from a list that is known at deployment'],
    ['Fn::Select behind the end', { 'Fn::Select': [2, ['a', 'b']] }, 'Fn::Select from a list that is known at deployment'],
    ['Fn::Select before the beginning', { 'Fn::Select': [-1, ['a', 'b']] }, 'Fn::Select from a list that is known at deployment'],
    ['Fn::Select of no number', { 'Fn::Select': ['last', ['a', 'b']] }, 'Fn::Select from a list that is known at deployment'],
    ['Fn::Split of a number', { 'Fn::Split': 7 }, 'Fn::Split without a delimiter'],
    ['Fn::Split at nothing', { 'Fn::Split': ['', 'a'] }, 'Fn::Split without a delimiter'],
    ['Fn::Split at a number', { 'Fn::Split': [1, 'a1b'] }, 'Fn::Split without a delimiter'],
    ['Fn::Split of what is set at deployment', { 'Fn::Split': ['/', { Ref: 'P' }] }, 'Fn::Split of a text that is known at deployment'],
    ['Fn::Length of what is set at deployment', { 'Fn::Length': { Ref: 'P' } }, 'Fn::Length of a list that is known at deployment'],
    ['Fn::FindInMap of a number', { 'Fn::FindInMap': 7 }, 'Fn::FindInMap in a map that is chosen at deployment'],
    ['Fn::FindInMap in what is set at deployment', { 'Fn::FindInMap': [{ Ref: 'P' }, 'a', 'b'] }, 'Fn::FindInMap in a map that is chosen at deployment'],
    ['Fn::FindInMap in no map', { 'Fn::FindInMap': ['Ghost', 'a', 'b'] }, 'Fn::FindInMap with keys that are known at deployment'],
    ['a function of the deployment', { 'Fn::Cidr': ['10.0.0.0/16', 2] }, 'Fn::Cidr is computed at deployment'],
  ])('%s', (_, expression, because) => {
    expect(resolved(expression)).toEqual(new Unresolved(because));
  });
});

describe('A function', () => {
  test.each<[string, unknown, Value]>([
    ['Fn::Base64 is the text that it encodes', { 'Fn::Base64': 'x' }, 'x'],
    ['Fn::Length counts', { 'Fn::Length': ['a', 'b'] }, 2],
    ['Fn::Length of several lists counts each', { 'Fn::Length': either(['a'], ['a', 'b', 'c']) }, new Choice([1, 3])],
    ['Fn::ToJsonString writes a text', { 'Fn::ToJsonString': { a: [1, { Ref: 'AWS::NoValue' }] } }, '{"a":[1]}'],
    ['Fn::Select takes a number that is written as a text', { 'Fn::Select': ['1', ['a', 'b']] }, 'b'],
    ['Fn::Select from pieces of a pointer is a piece of it', { 'Fn::Select': [1, { 'Fn::Split': [':', { 'Fn::GetAtt': ['Other', 'Arn'] }] }] }, new Text([new Reference('Shop', 'Other', 'Arn')])],
    ['Fn::Select from pieces of a piece of a pointer is a piece of it as well',
      { 'Fn::Select': [1, { 'Fn::Split': ['/', { 'Fn::Select': [5, { 'Fn::Split': [':', { Ref: 'Other' }] }] }] }] }, new Text([new Reference('Shop', 'Other')])],
    ['Fn::GetAtt takes a name in pieces', { 'Fn::GetAtt': ['Other', 'Endpoint', 'Address'] }, new Reference('Shop', 'Other', 'Endpoint.Address')],
    ['Fn::GetAtt takes a name that a function makes', { 'Fn::GetAtt': ['Other', { 'Fn::Sub': 'A${AWS::StackName}' }] }, new Reference('Shop', 'Other', 'A<AWS::StackName>')],
    ['Fn::Join joins each of several lists', { 'Fn::Join': ['-', either(['a', 'b'], ['c'])] }, new Choice(['a-b', 'c'])],
    ['Fn::Join of nothing is an empty text', { 'Fn::Join': ['-', []] }, ''],
    ['Fn::Sub leaves what has no braces', { 'Fn::Sub': '$Other {Other} ${' }, '$Other {Other} ${'],
    ['Fn::Sub takes blanks around a name', { 'Fn::Sub': '${ Other.Arn }!' }, new Text([new Reference('Shop', 'Other', 'Arn'), '!'])],
    ['Fn::Sub takes its own variables before resources', { 'Fn::Sub': ['${Other}', { Other: 'mine' }] }, 'mine'],
    ['Fn::Split in each of several texts', { 'Fn::Split': ['/', either('a/b', 'c')] }, new Choice([['a', 'b'], ['c']])],
    ['an object with a function and more is no function', { 'Ref': 'Other', 'Fn::Sub': 'x' }, { 'Ref': 'Other', 'Fn::Sub': 'x' }],
    ['an object with a macro and more holds what nobody knows', { 'a': 1, 'Fn::Transform': { Name: 'M' } }, { 'a': 1, 'Fn::Transform': new Unresolved('Fn::Transform is computed at deployment') }],
    ['a list leaves out what is not there', ['a', { Ref: 'AWS::NoValue' }], ['a']],
    ['an object leaves out what is not there', { a: 1, b: { Ref: 'AWS::NoValue' } }, { a: 1 }],
  ])('%s', (_, expression, expected) => {
    const value = resolved(expression);
    expect(JSON.parse(JSON.stringify([value]))).toEqual(JSON.parse(JSON.stringify([expected])));
  });

  test.each(['AccountId', 'NotificationARNs', 'Partition', 'Region', 'StackId', 'StackName', 'URLSuffix'])('AWS::%s stays readable', (name) => {
    expect(resolved({ Ref: `AWS::${name}` })).toEqual(new Text([`<AWS::${name}>`]));
  });

  test('AWS::Region and AWS::AccountId are known where the stack says where it goes', () => {
    const Properties = { V: { 'Fn::Sub': '${AWS::Partition}:${AWS::Region}:${AWS::AccountId}' } };
    const placed = (place: object) => textOf(modelOfStacks({ id: 'S', template: { Resources: { R: { Type: 'X', Properties } } }, ...place }).resources[0].property('V'));
    expect(placed({ region: 'eu-west-1', account: '111122223333' })).toBe('<AWS::Partition>:eu-west-1:111122223333');
    expect(placed({ region: 'eu-west-1' })).toBe('<AWS::Partition>:eu-west-1:<AWS::AccountId>');
    expect(placed({ account: '111122223333' })).toBe('<AWS::Partition>:<AWS::Region>:111122223333');
  });

  test.each<[string, (inner: unknown) => unknown]>([
    ['Fn::Base64', (inner) => ({ 'Fn::Base64': inner })],
    ['Fn::If', (inner) => ({ 'Fn::If': ['Yes', inner, 'x'] })],
    ['Fn::ImportValue', (inner) => ({ 'Fn::ImportValue': inner })],
    ['Fn::Join', (inner) => ({ 'Fn::Join': ['', [inner]] })],
    ['Fn::Select', (inner) => ({ 'Fn::Select': [0, [inner]] })],
    ['Fn::Split', (inner) => ({ 'Fn::Select': [0, { 'Fn::Split': ['/', inner] }] })],
    ['Fn::Sub', (inner) => ({ 'Fn::Sub': ['${A}', { A: inner }] })],
    ['Fn::ToJsonString', (inner) => ({ 'Fn::ToJsonString': inner })],
    ['a list', (inner) => ({ 'Fn::Select': [0, [inner]] })],
    ['an object', (inner) => ({ 'Fn::ToJsonString': { a: inner } })],
  ])('%s in itself is followed so deep as templates are, and no deeper', (name, wrap) => {
    const nested = (times: number): unknown => Array.from({ length: times }).reduce((inner) => wrap(inner), 'x' as unknown);
    const rest = { Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] } } };
    expect(textOf(resolved(nested(101), rest))).toContain('<?>');
    if (name !== 'Fn::ImportValue') expect(textOf(resolved(nested(8), rest))).toMatch(/x/);
  });

  test('a list is nested a hundred times, and no more', () => {
    const innermost = (times: number): Value => {
      let value = resolved(JSON.parse(`${'['.repeat(times)}"x"${']'.repeat(times)}`));
      while (Array.isArray(value)) value = (value as readonly Value[])[0];
      return value;
    };
    expect([innermost(100), innermost(101)]).toEqual(['x', new Unresolved('the template is nested too deeply')]);
  });

  test('a parameter that two stacks pass to each other is not known', () => {
    const passing = (id: string, parent: string) => ({
      id,
      parent: { id: parent, logicalId: 'N' },
      template: {
        Parameters: { P: { Type: 'String' } },
        Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: { Ref: 'P' } } } }, R: { Type: 'X', Properties: { V: { Ref: 'P' } } } },
      },
    });
    expect(modelOfStacks(passing('A', 'B'), passing('B', 'A')).ofType('X')[0].property('V')).toEqual(new Unresolved('the parameter P depends on itself'));
  });

  test('an output of a nested stack that the app does not hold is known at deployment', () => {
    const stack = { Stack: { Type: 'AWS::CloudFormation::Stack' } };
    expect(resolved({ 'Fn::GetAtt': ['Stack', 'Outputs.Arn'] }, {}, stack)).toEqual(new Unresolved('the output Arn of Stack is known at deployment'));
    expect(resolved({ 'Fn::GetAtt': ['Other', 'Outputs.Arn'] })).toEqual(new Reference('Shop', 'Other', 'Outputs.Arn'));
    expect(resolved({ 'Fn::GetAtt': ['Stack', 'Arn'] }, {}, stack)).toEqual(new Reference('Shop', 'Stack', 'Arn'));
  });
});

describe('Fn::FindInMap', () => {
  const Mappings = { M: { eu: { page: 'a', file: 'b' }, us: { page: 'c' } }, Many: Object.fromEntries(Array.from({ length: 65 }, (_, n) => [`k${n}`, { page: `${n}` }])) };
  const found = (...argument: unknown[]) => alternatives(resolved({ 'Fn::FindInMap': argument }, { ...SECTIONS, Mappings }));

  test.each<[string, unknown[], Value[]]>([
    ['the cell of two keys', ['M', 'eu', 'file'], ['b']],
    ['the cells of a column, where the row is known at deployment', ['M', { Ref: 'P' }, 'page'], ['a', 'c']],
    ['the cells of a column, where the row is the region', ['M', { Ref: 'AWS::Region' }, 'page'], ['a', 'c']],
    ['the cells of a row, where the column is known at deployment', ['M', 'eu', { Ref: 'P' }], ['a', 'b']],
    ['the cells of several keys', ['M', 'eu', either('page', 'file')], ['a', 'b']],
    ['one cell, where both keys are the same', ['M', 'eu', either('page', { 'Fn::Join': ['', ['pa', 'ge']] })], ['a']],
    ['the default, where a key is missing', ['M', 'ap', 'page', { DefaultValue: 'd' }], ['d']],
    ['the default too, where a row may be missing', ['M', { Ref: 'P' }, 'page', { DefaultValue: 'd' }], ['a', 'c', 'd']],
    ['no default, where the row is there', ['M', 'eu', 'page', { DefaultValue: 'd' }], ['a']],
    ['what nobody can tell apart any more', ['Many', { Ref: 'P' }, 'page'], [new Unresolved('Fn::FindInMap with keys that are known at deployment')]],
  ])('is %s', (_, argument, expected) => {
    expect(found(...argument)).toEqual(expected);
  });

  test('tells sixty-four cells apart', () => {
    const { k64: _, ...fewer } = Mappings.Many;
    expect(alternatives(resolved({ 'Fn::FindInMap': ['Few', { Ref: 'P' }, 'page'] }, { ...SECTIONS, Mappings: { Few: fewer } }))).toHaveLength(64);
  });
});

describe('A condition', () => {
  const YES = { 'Fn::Equals': ['a', 'a'] };
  const NO = { 'Fn::Equals': ['a', 'b'] };
  const OPEN = { 'Fn::Equals': [{ Ref: 'P' }, 'open'] };
  const holds = (condition: unknown, more = {}): Value => resolved({ 'Fn::If': ['C', 'yes', 'no'] }, { Parameters: PARAMETERS, Conditions: { C: condition, ...more } });
  const UNDECIDED = new Choice(['yes', 'no']);

  test.each<[string, unknown, Value]>([
    ['two texts that are equal', YES, 'yes'],
    ['two texts that are not', NO, 'no'],
    ['a number and its text', { 'Fn::Equals': [1, '1'] }, 'yes'],
    ['a truth and its text', { 'Fn::Equals': [true, 'true'] }, 'yes'],
    ['a text and what is set at deployment', OPEN, UNDECIDED],
    ['a parameter and itself', { 'Fn::Equals': [{ Ref: 'Stage' }, { Ref: 'Stage' }] }, 'yes'],
    ['a parameter and another one', { 'Fn::Equals': [{ Ref: 'Key' }, { Ref: 'P' }] }, UNDECIDED],
    ['one of several that all differ', { 'Fn::Equals': [{ Ref: 'Stage' }, 'test'] }, 'no'],
    ['one of several', { 'Fn::Equals': ['dev', { Ref: 'Stage' }] }, UNDECIDED],
    ['a list', { 'Fn::Equals': [['a'], 'a'] }, UNDECIDED],
    ['nothing', { 'Fn::Equals': [] }, 'yes'],
    ['a negation', { 'Fn::Not': [NO] }, 'yes'],
    ['a negation of a truth', { 'Fn::Not': [YES] }, 'no'],
    ['a negation of what is open', { 'Fn::Not': [OPEN] }, UNDECIDED],
    ['a negation of two', { 'Fn::Not': [NO, NO] }, UNDECIDED],
    ['all that hold', { 'Fn::And': [YES, YES] }, 'yes'],
    ['all, with one that does not', { 'Fn::And': [OPEN, NO] }, 'no'],
    ['all, with one that is open', { 'Fn::And': [YES, OPEN] }, UNDECIDED],
    ['one that holds', { 'Fn::Or': [OPEN, YES] }, 'yes'],
    ['one of those that do not', { 'Fn::Or': [NO, NO] }, 'no'],
    ['one of those that may', { 'Fn::Or': [NO, OPEN] }, UNDECIDED],
    ['another function', { 'Fn::Contains': [['a'], 'a'] }, UNDECIDED],
    ['no function', 'yes', UNDECIDED],
    ['null', null, UNDECIDED],
    ['an empty object', {}, UNDECIDED],
    ['a condition of another name', { Condition: 'Other' }, 'yes'],
    ['a condition that is not there', { Condition: 'Ghost' }, UNDECIDED],
    ['a condition without a name', { Condition: ['Other'] }, UNDECIDED],
  ])('compares %s', (_, condition, expected) => {
    expect(holds(condition, { Other: YES })).toEqual(expected);
  });

  test('is asked of a name only', () => {
    expect(resolved({ 'Fn::If': [YES, 'yes', 'no'] })).toEqual(new Choice(['yes', 'no']));
  });

  test('in a chain is followed as deep as somebody writes them', () => {
    const chain = (length: number) => Object.fromEntries(Array.from({ length }, (_, n) => [`C${n}`, n === length - 1 ? YES : { Condition: `C${n + 1}` }]));
    const first = (length: number) => resolved({ 'Fn::If': ['C0', 'yes', 'no'] }, { Conditions: chain(length) });
    expect([first(100), first(102)]).toEqual(['yes', new Choice(['yes', 'no'])]);
  });
});

describe('In a branch its own condition holds', () => {
  const HAS_KEY = { 'Fn::Not': [{ 'Fn::Equals': [{ Ref: 'Key' }, ''] }] };
  const IS_PROD = { 'Fn::Equals': [{ Ref: 'Stage' }, 'prod'] };
  const within = (V: unknown, Conditions: object): readonly Value[] => alternatives(resolved(V, { Parameters: PARAMETERS, Conditions }));

  test('so that the same condition has the same answer', () => {
    expect(within({ 'Fn::If': ['C', { 'Fn::If': ['C', 'a', 'b'] }, { 'Fn::If': ['C', 'c', 'd'] }] }, { C: IS_PROD })).toEqual(['a', 'd']);
  });

  test('so that a parameter has the value that it was compared with, on whichever side it stood', () => {
    const branches = { 'Fn::If': ['C', { Ref: 'Stage' }, { Ref: 'Stage' }] };
    expect(within(branches, { C: IS_PROD })).toEqual(['prod', 'dev']);
    expect(within(branches, { C: { 'Fn::Equals': ['prod', { Ref: 'Stage' }] } })).toEqual(['prod', 'dev']);
    expect(within(branches, { C: { 'Fn::Not': [IS_PROD] } })).toEqual(['dev', 'prod']);
    expect(within(branches, { C: { Condition: 'D' }, D: IS_PROD })).toEqual(['prod', 'dev']);
  });

  test('so that an empty default is not met where it was ruled out', () => {
    const set = new Unresolved('the parameter Key is set at deployment', { name: 'Key' });
    expect(within({ 'Fn::If': ['C', { Ref: 'Key' }, 'none'] }, { C: HAS_KEY })).toEqual([set, 'none']);
    expect(within({ 'Fn::If': ['C', 'none', { Ref: 'Key' }] }, { C: HAS_KEY })).toEqual(['none', '']);
  });

  test('and both parts of one that needs both, and neither of one that needs either', () => {
    const keys = { 'Fn::If': ['C', { 'Fn::Sub': '${Stage}:${Key}' }, { 'Fn::Sub': '${Stage}:' }] };
    expect(within(keys, { C: { 'Fn::And': [IS_PROD, { 'Fn::Equals': [{ Ref: 'Key' }, 'k'] }] } }).map((value) => textOf(value))).toEqual(['prod:k', 'dev:', 'prod:']);
    expect(within(keys, { C: { 'Fn::Or': [IS_PROD, { 'Fn::Equals': [{ Ref: 'Key' }, 'k'] }] } }).map((value) => textOf(value))).toEqual(expect.arrayContaining(['dev:', 'prod:']));
    expect(within({ 'Fn::If': ['C', 'x', { Ref: 'Stage' }] }, { C: { 'Fn::Or': [IS_PROD, { 'Fn::Equals': [{ Ref: 'Key' }, 'k'] }] } })).toEqual(['x', 'dev']);
    expect(within({ 'Fn::If': ['C', 'x', { Ref: 'Stage' }] }, { C: { 'Fn::And': [IS_PROD, { 'Fn::Equals': [{ Ref: 'Key' }, 'k'] }] } })).toEqual(['x', 'dev', 'prod']);
  });

  test('and outside of it nothing is taken for granted any more', () => {
    expect(within([{ 'Fn::If': ['C', { Ref: 'Stage' }, 'x'] }, { Ref: 'Stage' }], { C: IS_PROD })).toEqual([[new Choice(['prod', 'x']), new Choice(['dev', 'prod'])]]);
  });

  test('and a comparison with another parameter tells nothing', () => {
    expect(within({ 'Fn::If': ['C', { Ref: 'Stage' }, 'x'] }, { C: { 'Fn::Equals': [{ Ref: 'Stage' }, { Ref: 'P' }] } })).toEqual(['dev', 'prod', 'x']);
  });

  test('and a resource with a condition is looked at where it holds', () => {
    const resources = (Condition: string) => ({ R: { Type: 'X', Condition, Properties: { V: { Ref: 'Stage' } }, DeletionPolicy: { Ref: 'Stage' } } });
    const rest = { Parameters: PARAMETERS, Conditions: { C: IS_PROD, D: { 'Fn::Not': [{ Condition: 'C' }] } } };
    expect(modelOf(resources('C'), rest).resources[0].property('V')).toBe('prod');
    expect(modelOf(resources('D'), rest).resources[0].property('V')).toBe('dev');
    expect(modelOf(resources('C'), rest).resources[0].attribute('DeletionPolicy')).toBe('prod');
  });
});

describe('A loop', () => {
  const queue = (QueueName: unknown, more = {}) => ({ Type: 'AWS::SQS::Queue', Properties: { QueueName, ...more } });
  const resources = (loops: Resources, rest: Sections = {}) => modelOf(loops, rest).resources.map((one) => `${one.logicalId} ${textOf(one.property('QueueName'))}`);

  test('becomes one resource for each element, with its value in keys, texts and pointers', () => {
    expect(resources({ 'Fn::ForEach::Queues': ['Name', ['Orders', 'Bills'], { 'Queue${Name}': queue({ 'Fn::Sub': 'shop-${Name}-queue' }) }], 'Last': queue({ Ref: 'Name' }) }))
      .toEqual(['QueueOrders shop-Orders-queue', 'QueueBills shop-Bills-queue', 'Last <?>']);
    expect(resources({ 'Fn::ForEach::Queues': ['Name', ['a'], { 'Q${Name}': queue({ Ref: 'Name' }) }] })).toEqual(['Qa a']);
    expect(resources({ 'Fn::ForEach::Queues': ['Name', ['a'], { 'Q${Name}': queue({ 'Fn::Join': ['-', ['x', '${Name}']] }) }] })).toEqual(['Qa x-a']);
  });

  test('has letters and digits alone behind `&`', () => {
    expect(resources({ 'Fn::ForEach::Queues': ['Name', ['a.b-1'], { 'Q&{Name}': queue('${Name}') }] })).toEqual(['Qab1 a.b-1']);
  });

  test('leaves other variables, and objects that only hold its name', () => {
    const [queued] = modelOf({ 'Fn::ForEach::Queues': ['Name', ['a'], { 'Q${Name}': queue('${Other}', { Tags: [{ Ref: 'Name', Key: 'b' }, null, 5] }) }] }).resources;
    expect(queued.property('QueueName')).toBe('${Other}');
    expect(JSON.parse(JSON.stringify(queued.property('Tags')))).toEqual([{ Ref: 'Name', Key: 'b' }, null, 5]);
  });

  test('takes a value with a dollar as it is', () => {
    expect(resources({ 'Fn::ForEach::Queues': ['Name', ['a$&b'], { 'Q&{Name}': queue('${Name}') }] })).toEqual(['Qab a$&b']);
  });

  test('in a loop multiplies', () => {
    const inner = { 'Fn::ForEach::Inner': ['B', ['1', '2'], { 'Q${A}${B}': queue('${A}-${B}') }] };
    expect(resources({ 'Fn::ForEach::Outer': ['A', ['x', 'y'], inner] })).toEqual(['Qx1 x-1', 'Qx2 x-2', 'Qy1 y-1', 'Qy2 y-2']);
  });

  test('goes over the elements of a parameter', () => {
    const loop = { 'Fn::ForEach::Queues': ['Name', { Ref: 'Names' }, { 'Q${Name}': queue('${Name}') }] };
    expect(resources(loop, { Parameters: { Names: { Type: 'CommaDelimitedList', Default: 'a,b' } } })).toEqual(['Qa a', 'Qb b']);
  });

  test('over what only the deployment knows leaves one entry as it is written', () => {
    const loop = { 'Fn::ForEach::Queues': ['Name', { Ref: 'Names' }, { 'Q${Name}': queue('${Name}') }] };
    expect(resources(loop, { Parameters: { Names: { Type: 'CommaDelimitedList' } } })).toEqual(['Q${Name} ${Name}']);
  });

  test('may stand in the properties of a resource, and among the outputs', () => {
    const [fn] = modelOf({ F: { Type: 'X', Properties: { Variables: { 'Fn::ForEach::V': ['Name', ['A', 'B'], { 'KEY_${Name}': '${Name}' }], 'FIXED': 'x' } } } }).resources;
    expect(JSON.parse(JSON.stringify(fn.property('Variables')))).toEqual({ KEY_A: 'A', KEY_B: 'B', FIXED: 'x' });
    const app = modelOfStacks(
      { id: 'A', template: { Resources: { Q: queue('q') }, Outputs: { 'Fn::ForEach::O': ['Name', ['a'], { 'Out${Name}': { Value: { Ref: 'Q' }, Export: { Name: 'queue-${Name}' } } }] } } },
      { id: 'B', template: { Resources: { R: { Type: 'X', Properties: { V: { 'Fn::ImportValue': 'queue-a' } } } } } },
    );
    expect(app.target(app.ofType('X')[0].property('V'))?.name).toBe('A/Q');
  });

  test.each<[string, unknown]>([
    ['no list', 'x'], ['no variable', [7, ['a'], { Q: queue('q') }]], ['no body', ['Name', ['a']]], ['null for a body', ['Name', ['a'], null]], ['a list for a body', ['Name', ['a'], [queue('q')]]],
    ['a text for a body', ['Name', ['a'], 'x']],
  ])('of another form makes nothing: %s', (_, loop) => {
    expect(resources({ 'Fn::ForEach::Queues': loop, 'Other': queue('o') })).toEqual(['Other o']);
  });

  test('makes as many copies as a template may have resources, and no more', () => {
    const names = Array.from({ length: 2_001 }, (_, n) => `${n}`);
    expect(resources({ 'Fn::ForEach::Queues': ['Name', names, { 'Q${Name}': queue('${Name}') }] })).toHaveLength(2_000);
  });

  test('follows a body as deep as templates are', () => {
    const deep = (times: number): unknown => Array.from({ length: times }).reduce((inner) => ({ a: inner }), '${Name}' as unknown);
    const innermost = (times: number): Value => {
      let value = modelOf({ 'Fn::ForEach::L': ['Name', ['x'], { 'R${Name}': { Type: 'X', Properties: { V: deep(times) } } }] }).resources[0].property('V');
      while (typeof value === 'object' && value !== null && 'a' in value) value = (value as { a: Value }).a;
      return value;
    };
    expect([innermost(90), innermost(99)]).toEqual(['x', '${Name}']);
  });
});
