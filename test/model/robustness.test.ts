import * as fc from 'fast-check';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { AppModel } from '../../src/model/resources/app-model';
import { expandSam } from '../../src/model/templates/sam';
import { readTemplateText } from '../../src/model/templates/template-reader';
import { alternatives, Value } from '../../src/model/values/values';
import { judge } from '../../src/policy/judge';
import { stacksOf } from '../corpus/parse';
import { SEEDS } from '../corpus/seeds';
import { modelOf, modelOfStacks } from '../policy/support';

/** CPU time that nothing below may need, on a slow machine too. */
const LONGEST = 2_000;

/** Judges everything, and says how many milliseconds of CPU it took. */
function cost(build: () => AppModel): number {
  const once = costOnce(build);
  return once < LONGEST ? once : Math.min(once, costOnce(build)); // what else the machine does only ever adds to it
}

function costOnce(build: () => AppModel): number {
  const start = process.cpuUsage();
  const app = build();
  judge(app, () => SecurityProfile.production());
  for (const resource of app.resources) for (const name of resource.propertyNames) resource.property(name);
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1000;
}

const parameter = (more: object = {}) => ({ Type: 'String', ...more });
const bucket = (BucketName: unknown) => ({ Type: 'AWS::S3::Bucket', Properties: { BucketName } });

/** A list of names, and what each makes. */
function many<T>(count: number, make: (n: number) => T, prefix = 'R'): { [name: string]: T } {
  return Object.fromEntries(Array.from({ length: count }, (_, n) => [`${prefix}${n}`, make(n)]));
}

describe('A template that is made to stall the check does not', () => {
  test.each<[string, () => AppModel]>([
    ['a text of every parameter with several values', () => modelOf({ R: bucket({ 'Fn::Sub': Object.keys(many(200, () => 0, 'P')).map((name) => `\${${name}}`).join('') }) },
      { Parameters: many(200, () => parameter({ AllowedValues: ['a', 'b', 'c'] }), 'P') })],
    ['conditions in each other, in every branch', () => {
      let value: unknown = 'x';
      for (let n = 0; n < 12; n++) value = { 'Fn::If': [`C${n}`, value, { 'Fn::Join': ['', [value, 'y']] }] };
      return modelOf({ R: bucket(value) },
        { Parameters: many(12, () => parameter(), 'P'), Conditions: many(12, (n) => ({ 'Fn::Equals': [{ Ref: `P${n}` }, 'x'] }), 'C') });
    }],
    ['conditions that need each other twice', () => modelOf({ R: { Type: 'X', Condition: 'C0', Properties: { V: { 'Fn::If': ['C0', 1, 2] } } } },
      { Conditions: many(90, (n) => ({ 'Fn::Or': [{ Condition: `C${n + 1}` }, { 'Fn::Not': [{ Condition: `C${n + 1}` }] }] }), 'C') })],
    ['parameters of nested stacks in a circle', () => modelOfStacks(
      { id: 'A', parent: { id: 'B', logicalId: 'N' }, template: { Parameters: { P: parameter() }, Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: { Ref: 'P' } } } }, R: bucket({ Ref: 'P' }) } } },
      { id: 'B', parent: { id: 'A', logicalId: 'N' }, template: { Parameters: { P: parameter() }, Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: { Ref: 'P' } } } }, R: bucket({ Ref: 'P' }) } } })],
    ['loops in loops', () => {
      let body: object = { 'B${A}${B}${C}${D}': bucket('x') };
      for (const name of ['D', 'C', 'B', 'A']) body = { [`Fn::ForEach::L${name}`]: [name, Array.from({ length: 100 }, (_, n) => `${n}`), body] };
      return modelOf(body as { [key: string]: unknown });
    }],
    ['one long text after another', () => modelOf(many(50, () => bucket({ 'Fn::Sub': '${AWS::Region}${'.repeat(2_000) })))],
    ['a long text of brackets', () => modelOf({ R: { Type: 'AWS::IAM::Policy', Properties: { PolicyDocument: '{'.repeat(100_000) } } })],
    ['a map of maps with every key open', () => modelOf({ R: bucket({ 'Fn::FindInMap': ['M', { Ref: 'P' }, { Ref: 'P' }] }) },
      { Parameters: { P: parameter() }, Mappings: { M: many(300, () => many(300, () => 'x', 'K'), 'K') } })],
  ])('%s', (_name, build) => {
    expect(cost(build)).toBeLessThan(LONGEST);
  });
});

describe('Any change of a template is judged', () => {
  const junk = fc.oneof(fc.constantFrom<unknown>(null, undefined, true, 0, -1, '', '*', [], {}, [[]], [null], { Ref: 'Ghost' }, { Ref: 7 }, { 'Fn::If': [] }, { 'Fn::Sub': {} },
    { 'Fn::GetAtt': [] }, { 'Fn::Join': [1, 2] }, { 'Fn::Transform': { Name: 'M' } }, { __proto__: null, constructor: 'x' }), fc.string(), fc.integer(), fc.object({ maxDepth: 3 }));

  /** Replaces one value, chosen by a walk through the template. */
  function mutate(value: unknown, path: readonly number[], by: unknown): unknown {
    if (path.length === 0 || typeof value !== 'object' || value === null) return by;
    const keys = Object.keys(value);
    if (keys.length === 0) return by;
    const key = keys[path[0] % keys.length];
    if (Array.isArray(value)) return value.map((element, index) => (String(index) === key ? mutate(element, path.slice(1), by) : element as unknown));
    return { ...value, [key]: mutate((value as { [key: string]: unknown })[key], path.slice(1), by) };
  }

  test('without an exception', () => {
    const stacks = SEEDS.map((seed) => stacksOf(seed));
    const change = fc.record({ seed: fc.nat(), path: fc.array(fc.nat({ max: 50 }), { minLength: 1, maxLength: 9 }), by: junk });
    fc.assert(fc.property(change, ({ seed, path, by }) => {
      const sources = Object.entries(stacks[seed % stacks.length]).map(([id, template]) => ({ id, template: mutate(template, path, by) }));
      judge(new AppModel(sources), () => SecurityProfile.production());
    }), { numRuns: 500 });
  });

  test('written for SAM, without an exception', () => {
    const properties = fc.dictionary(fc.constantFrom('Auth', 'Cors', 'CorsConfiguration', 'DeadLetterQueue', 'DefinitionBody', 'DefinitionUri', 'Domain', 'EndpointConfiguration',
      'Environment', 'EventInvokeConfig', 'Events', 'FunctionUrlConfig', 'Policies', 'AutoPublishAlias', 'PrimaryKey', 'Tags', 'Role', 'StageName'), junk);
    const event = fc.record({ Type: fc.constantFrom<unknown>('Api', 'HttpApi', 'S3', 'SQS', 'SNS', 'Schedule', 'Cognito', 'constructor', 7), Properties: fc.oneof(junk, fc.record({ Bucket: junk, RestApiId: junk, Auth: junk, Path: junk, RequestModel: junk })) });
    const resource = fc.record({
      Type: fc.constantFrom('Api', 'Application', 'Function', 'HttpApi', 'LayerVersion', 'SimpleTable', 'StateMachine', 'Other').map((name) => `AWS::Serverless::${name}`),
      Properties: fc.tuple(properties, fc.dictionary(fc.string(), event)).map(([one, Events]) => ({ Events, ...one })),
    });
    fc.assert(fc.property(fc.dictionary(fc.constantFrom('A', 'B', '__proto__', 'ServerlessRestApi'), fc.oneof({ weight: 5, arbitrary: resource }, junk)), junk, (Resources, Globals) => {
      expandSam({ Transform: 'AWS::Serverless-2016-10-31', Resources, Globals });
      judge(modelOf(Resources, { Transform: 'AWS::Serverless-2016-10-31', Globals }), () => SecurityProfile.production());
    }), { numRuns: 1000 });
  });
});

describe('Any text', () => {
  test('is a template or has a reason', () => {
    const lines = fc.array(fc.constantFrom('Resources:', '  A:', '    Type: !Sub "x', '  - b', '\t', '{', '}', '[', ']', '"', '!Ref', '&a', '*a', '<<: *a', '? x', ': y', '|', '---', '%YAML', 'é\u0000', '"Resources": {', '"A": 1,'));
    fc.assert(fc.property(fc.oneof(fc.string(), lines.map((list) => list.join('\n')), lines.map((list) => list.join(' '))), (text) => {
      const { template, problem } = readTemplateText(text);
      expect((template === undefined) !== (problem === undefined)).toBe(true);
    }), { numRuns: 2000 });
  });

  test('that was written as JSON is read as it was', () => {
    fc.assert(fc.property(fc.dictionary(fc.string(), fc.jsonValue({ maxDepth: 4 }), { noNullPrototype: true }), (Metadata) => {
      const template = { Resources: {}, Metadata };
      expect(JSON.stringify(readTemplateText(JSON.stringify(template)).template)).toBe(JSON.stringify(template));
    }), { numRuns: 300 });
  });
});

test('A parameter never has more values than the template tells', () => {
  const value = fc.oneof(fc.string(), fc.integer(), fc.boolean());
  fc.assert(fc.property(fc.array(value, { maxLength: 5 }), fc.option(value, { nil: undefined }), (AllowedValues, Default) => {
    const app = modelOf({ R: { Type: 'X', Properties: { V: { Ref: 'P' } } } }, { Parameters: { P: { Type: 'String', AllowedValues, Default } } });
    const options: readonly Value[] = alternatives(app.resources[0].property('V'));
    expect(options.length).toBeLessThanOrEqual(Math.max(AllowedValues.length, 2));
  }));
});

describe('Cost', () => {
  const large = (count: number) => modelOf({
    ...many(count / 3, (n) => ({ Type: 'AWS::Lambda::Function', Properties: { FunctionName: `fn-${n}`, Role: { 'Fn::GetAtt': [`Role${n}`, 'Arn'] }, Environment: { Variables: { TABLE: { Ref: 'P' } } } } }), 'Fn'),
    ...many(count / 3, (n) => ({ Type: 'AWS::IAM::Role', Properties: { RoleName: { 'Fn::Sub': `\${P}-${n}` } } }), 'Role'),
    ...many(count / 3, (n) => ({ Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: `Role${n}` }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:GetObject', Resource: `arn:aws:s3:::b${n}/*` }] } } }), 'Policy'),
  }, { Parameters: { P: parameter({ Default: 'x' }) } });

  /** The best of some runs: what else the machine does is not the model's fault. */
  const best = (act: () => void) => Math.min(...Array.from({ length: 3 }, () => {
    const start = process.cpuUsage();
    act();
    const { user, system } = process.cpuUsage(start);
    return (user + system) / 1000;
  }));

  test('of a model of 6,000 resources is below 300 ms of CPU, names included', () => {
    expect(best(() => large(6_000).named('fn-1'))).toBeLessThan(300);
  });

  test('of judging grows with the number of resources and not with its square', () => {
    const one = best(() => void costOnce(() => large(1_500)));
    const four = best(() => void costOnce(() => large(6_000)));
    expect(four / one).toBeLessThan(10); // 4 where it is linear, 16 where it is not
  });
});
