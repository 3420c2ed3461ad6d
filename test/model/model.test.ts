import * as fc from 'fast-check';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { statementsOfRole } from '../../src/model/rights/iam';
import { DEFAULT_RULE_OPTIONS } from '../../src/model/rule-options';
import { Choice, textOf, Unresolved, Value } from '../../src/model/values/values';
import { RULES } from '../../src/policy/catalog';
import { judge } from '../../src/policy/judge';
import { findingsIn, modelOf, modelOfStacks } from '../policy/support';

/** Resolves one expression as the property `V` of a resource. */
function resolved(V: unknown, rest: { readonly [section: string]: unknown } = {}): Value {
  return modelOf({ R: { Type: 'X', Properties: { V } }, Other: { Type: 'Y' } }, rest).resources[0].property('V');
}

describe('Intrinsic functions', () => {
  test.each([
    ['Ref to a resource', { Ref: 'Other' }, '<Other>'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Other', 'Arn'] }, '<Other.Arn>'],
    ['Fn::GetAtt as a text', { 'Fn::GetAtt': 'Other.A.B' }, '<Other.A.B>'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'AWS::Region' }, 1]] }, 'a-<AWS::Region>-1'],
    ['Fn::Sub with variables and a literal', { 'Fn::Sub': ['${A}/${Other.Arn}/${!B}', { A: 'x' }] }, 'x/<Other.Arn>/${B}'],
    ['Fn::Sub of nested functions', { 'Fn::Sub': ['${A}', { A: { 'Fn::Join': ['', ['x', 'y']] } }] }, 'xy'],
    ['Fn::Select and Fn::Split', { 'Fn::Select': [1, { 'Fn::Split': ['/', 'a/b'] }] }, 'b'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', 'a', 'b'] }, 'found'],
    ['Fn::If of a condition that is known', { 'Fn::If': ['Yes', 'a', 'b'] }, 'a'],
    ['Fn::If with a negation', { 'Fn::If': ['No', 'a', 'b'] }, 'b'],
  ])('%s', (_name, expression, expected) => {
    expect(textOf(resolved(expression, {
      Mappings: { M: { a: { b: 'found' } } },
      Conditions: { Yes: { 'Fn::Equals': ['a', 'a'] }, No: { 'Fn::Not': [{ Condition: 'Yes' }] } },
    }))).toBe(expected);
  });

  test.each<[string, unknown, string, { name: string } | undefined]>([
    ['a parameter', { Ref: 'P' }, 'the parameter P is set at deployment', { name: 'P' }],
    ['an element of a parameter', { 'Fn::Select': [0, { Ref: 'P' }] }, 'Fn::Select from a list that is known at deployment', { name: 'P' }],
    ['nothing', { Ref: 'Ghost' }, 'the template holds nothing called Ghost', undefined],
    ['a macro', { 'Fn::Transform': {} }, 'Fn::Transform is computed at deployment', undefined],
    ['an import of another app', { 'Fn::ImportValue': 'x' }, 'the export x belongs to another app', undefined],
  ])('says why %s is not known', (_name, expression, because, parameter) => {
    expect(resolved(expression, { Parameters: { P: { Type: 'String' } } })).toEqual(new Unresolved(because, parameter));
  });

  test('keep both branches where only the deployment knows the condition, AWS::NoValue as absence', () => {
    const rest = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'a'] } } };
    expect(resolved({ 'Fn::If': ['C', 'a', { Ref: 'AWS::NoValue' }] }, rest)).toEqual(new Choice(['a', undefined]));
    expect(resolved({ 'Fn::Join': ['', ['x', { 'Fn::If': ['C', 'a', 'b'] }]] }, rest)).toEqual(new Choice(['xa', 'xb']));
  });

  test('leave a resource out whose condition can not hold', () => {
    const app = modelOf({ R: { Type: 'X', Condition: 'No' } }, { Conditions: { No: { 'Fn::Equals': ['a', 'b'] } } });
    expect(app.resources).toStrictEqual([]);
  });

  test('a chain of conditions without end is not decided', () => {
    const Conditions = Object.fromEntries(Array.from({ length: 20_000 }, (_, n) => [`C${n}`, { 'Fn::Not': [{ Condition: `C${n + 1}` }] }]));
    expect(resolved({ 'Fn::If': ['C0', 1, 2] }, { Conditions })).toEqual(new Choice([1, 2]));
  });

  test('a value that is nested without end is not known', () => {
    const deep = JSON.parse(`${'['.repeat(20_000)}${']'.repeat(20_000)}`) as unknown;
    expect(() => resolved(deep)).not.toThrow();
  });

  test('a condition in a circle is not decided', () => {
    expect(resolved({ 'Fn::If': ['A', 1, 2] }, { Conditions: { A: { Condition: 'A' } } })).toEqual(new Choice([1, 2]));
  });
});

describe('The app model', () => {
  const bucket = { Type: 'AWS::S3::Bucket' };
  const gives = (id: string) => ({
    id,
    template: { Resources: { B: bucket }, Outputs: { O: { Value: { 'Fn::GetAtt': ['B', 'Arn'] }, Export: { Name: { 'Fn::Sub': '${AWS::StackName}-bucket' } } } } },
  });

  test('follows an import to the stack that exports it', () => {
    const app = modelOfStacks(
      { id: 'One', template: { Resources: { B: bucket }, Outputs: { O: { Value: { 'Fn::GetAtt': ['B', 'Arn'] }, Export: { Name: { 'Fn::Sub': 'One:B' } } } } } },
      { id: 'Two', template: { Resources: { R: { Type: 'X', Properties: { V: { 'Fn::ImportValue': 'One:B' } } } } } },
    );
    expect(app.target(app.ofType('X')[0].property('V'))?.name).toBe('One/B');
  });

  test.each([
    ['the name of that stack', 'Base-bucket', {}],
    ['a parameter that has its name as the default', { 'Fn::Sub': '${Network}-bucket' }, { Network: { Type: 'String', Default: 'Base' } }],
    ['a parameter whose value nobody knows', { 'Fn::Sub': '${Network}-bucket' }, { Network: { Type: 'String' } }],
    ['the same, joined', { 'Fn::Join': ['-', [{ Ref: 'Network' }, 'bucket']] }, { Network: { Type: 'String' } }],
  ])('follows an import of what a stack exports under its own name, by %s', (_name, name, Parameters) => {
    const app = modelOfStacks(gives('Base'), { id: 'Two', template: { Parameters, Resources: { R: { Type: 'X', Properties: { V: { 'Fn::ImportValue': name } } } } } });
    expect(app.target(app.ofType('X')[0].property('V'))?.name).toBe('Base/B');
  });

  test('does not guess which of two stacks is meant, nor takes the export of another app for one of this', () => {
    const takes = (V: unknown) => ({ Type: 'X', Properties: { V: { 'Fn::ImportValue': V } } });
    const app = modelOfStacks(gives('Base'), gives('App/Other'), {
      id: 'Two',
      template: {
        Parameters: { Network: { Type: 'String' } },
        Resources: { A: takes({ 'Fn::Sub': '${Network}-bucket' }), B: takes('Else-bucket'), C: takes('App-Other-bucket'), D: takes({ Ref: 'Network' }) },
      },
    });
    const [open, foreign, named, whole] = app.ofType('X').map((one) => one.property('V'));
    expect(open).toEqual(new Unresolved('the export <?>-bucket belongs to another app'));
    expect(foreign).toEqual(new Unresolved('the export Else-bucket belongs to another app'));
    expect(app.target(named)?.name).toBe('App/Other/B');
    expect(whole).toEqual(new Unresolved('the export <?> belongs to another app'));
  });

  const asks = (StackName: unknown, more: object = {}) => ({ Type: 'X', Properties: { V: { 'Fn::GetStackOutput': { StackName, OutputName: 'O', ...more } } } });
  const tells = { Resources: { B: bucket }, Outputs: { O: { Value: { 'Fn::GetAtt': ['B', 'Arn'] } } } };

  test.each<[string, unknown, object, string | undefined]>([
    ['the name of the stack', 'shop-live', {}, 'Shop/Live/B'],
    ['the path of a stack without a name of its own', 'Shop-Test', {}, 'Shop/Test/B'],
    ['name and region', 'twin', { Region: 'us-east-1' }, 'Shop/There/B'],
    ['name and the region in which it is asked', 'twin', { Region: { Ref: 'AWS::Region' } }, 'Shop/Here/B'],
    ['a name that a condition decides', { 'Fn::If': ['IsLive', 'shop-live', 'shop-live'] }, {}, 'Shop/Live/B'],
    ['a name that two stacks have, without a region', 'twin', {}, 'Shop/Here/B'],
    ['a name that two stacks have in a region', 'again', {}, undefined],
    ['the name of a stack of another app', 'else', {}, undefined],
    ['a name that the deployment gives', { Ref: 'Name' }, {}, undefined],
    ['an output that is not there', 'shop-live', { OutputName: 'P' }, undefined],
  ])('follows an output of another stack by %s', (_name, stack, more, found) => {
    const app = modelOfStacks(
      { id: 'Shop/Live', stackName: 'shop-live', template: tells }, { id: 'Shop/Test', template: tells },
      { id: 'Shop/Here', stackName: 'twin', region: 'eu-west-1', template: tells }, { id: 'Shop/There', stackName: 'twin', region: 'us-east-1', template: tells },
      { id: 'Shop/One', stackName: 'again', template: tells }, { id: 'Shop/Other', stackName: 'again', template: tells },
      { id: 'Asks', region: 'eu-west-1', template: { Parameters: { Name: { Type: 'String' } }, Conditions: { IsLive: { 'Fn::Equals': [{ Ref: 'Name' }, 'x'] } }, Resources: { R: asks(stack, more) } } },
    );
    expect(app.target(app.ofType('X')[0].property('V'))?.name).toBe(found);
  });

  test('gives up where two stacks ask each other, or nobody is asked', () => {
    const circle = { Outputs: { O: { Value: asks('B').Properties.V } }, Resources: { R: asks('B') } };
    const app = modelOfStacks({ id: 'A', template: circle }, { id: 'B', template: { Outputs: { O: { Value: asks('A').Properties.V } } } }, {
      id: 'C', template: { Resources: { R: { Type: 'Y', Properties: { V: { 'Fn::GetStackOutput': 'A.O' } } } } },
    });
    expect(app.ofType('X')[0].property('V')).toEqual(new Unresolved('two stacks refer to each other in a circle'));
    expect(app.ofType('Y')[0].property('V')).toEqual(new Unresolved('Fn::GetStackOutput without a name'));
  });

  test('follows parameters into nested stacks and outputs out of them', () => {
    const app = modelOfStacks(
      {
        id: 'S',
        template: {
          Resources: {
            B: bucket,
            N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: { 'Fn::GetAtt': ['B', 'Arn'] } } } },
            R: { Type: 'X', Properties: { V: { 'Fn::GetAtt': ['N', 'Outputs.Q'] } } },
          },
        },
      },
      {
        id: 'S/N',
        parent: { id: 'S', logicalId: 'N' },
        template: {
          Parameters: { P: { Type: 'String' } },
          Resources: { Q: { Type: 'AWS::SQS::Queue', Properties: { V: { Ref: 'P' } } } },
          Outputs: { Q: { Value: { 'Fn::GetAtt': ['Q', 'Arn'] } } },
        },
      },
    );
    expect(app.target(app.ofType('AWS::SQS::Queue')[0].property('V'))?.name).toBe('S/B');
    expect(app.target(app.ofType('X')[0].property('V'))?.name).toBe('S/N/Q');
  });

  test('gives up where two stacks import from each other', () => {
    const app = modelOfStacks(
      { id: 'A', template: { Outputs: { O: { Value: { 'Fn::ImportValue': 'b' }, Export: { Name: 'a' } } } } },
      { id: 'B', template: { Resources: { R: { Type: 'X', Properties: { V: { 'Fn::ImportValue': 'a' } } } }, Outputs: { O: { Value: { 'Fn::ImportValue': 'a' }, Export: { Name: 'b' } } } } },
    );
    expect(app.resources[0].property('V')).toEqual(new Unresolved('two stacks refer to each other in a circle'));
  });

  test('names resources by construct path, and by logical id where none is known', () => {
    const app = modelOfStacks({ id: 'Shop', template: { Resources: { B: bucket, C: bucket } }, constructPaths: new Map([['B', 'Shop/Receipts/Resource']]) });
    expect(app.resources.map(({ name }) => name)).toEqual(['Shop/Receipts', 'Shop/C']);
  });

  test('joins inline, attached and managed policies to their role', () => {
    const document = (Action: string) => ({ Statement: [{ Effect: 'Allow', Action, Resource: 'x' }] });
    const app = modelOf({
      Role: { Type: 'AWS::IAM::Role', Properties: { Policies: [{ PolicyDocument: document('a:Inline') }], ManagedPolicyArns: [{ Ref: 'M' }] } },
      P: { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: 'Role' }], PolicyDocument: document('a:Attached') } },
      M: { Type: 'AWS::IAM::ManagedPolicy', Properties: { PolicyDocument: document('a:Managed') } },
    });
    expect(statementsOfRole(app.ofType('AWS::IAM::Role')[0], app).flatMap(({ actions }) => actions)).toEqual(['a:Inline', 'a:Attached', 'a:Managed']);
  });

  test.each([undefined, null, 'text', 7, [], { Resources: null }, { Resources: [] }, { Resources: { A: null, B: 'x', C: [], D: { Type: 5 } } }])(
    'takes the malformed template %j', (template) => {
      expect(() => judge(modelOfStacks({ id: 'S', template }), () => SecurityProfile.production())).not.toThrow();
    });

  test('takes keys of the prototype for keys', () => {
    const template = JSON.parse('{"Resources":{"__proto__":{"Type":"AWS::Lambda::Url","Properties":{"AuthType":"NONE"}},"U":{"Type":"AWS::Lambda::Url","Properties":{"__proto__":{"AuthType":"AWS_IAM"}}}}}') as unknown;
    expect(findingsIn('FunctionUrlAuth', modelOfStacks({ id: 'S', template }))).toEqual(['FunctionUrlAuth at U', 'FunctionUrlAuth at __proto__']);
  });

  test('stops at texts that grow without end', () => {
    const double = (name: string) => ({ 'Fn::Join': ['', [{ Ref: name }, { Ref: name }]] });
    const nested = Array.from({ length: 60 }, (_, level) => ({
      id: `S${level + 1}`,
      parent: { id: `S${level}`, logicalId: 'N' },
      template: {
        Parameters: { P: { Type: 'String' } },
        Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: double('P') } } }, R: { Type: 'X', Properties: { V: { Ref: 'P' } } } },
      },
    }));
    const app = modelOfStacks({ id: 'S0', template: { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: 'long' } } } } } }, ...nested);
    expect(app.ofType('X')[59].property('V')).toBeInstanceOf(Unresolved);
  });
});

/** Anything that JSON can hold, thick with the words that templates are made of. */
const words = ['Ref', 'Fn::Sub', 'Fn::Join', 'Fn::If', 'Fn::GetAtt', 'Fn::ImportValue', 'Fn::Select', 'Fn::FindInMap', 'Fn::Split', 'Condition', 'Type', 'Properties',
  'Statement', 'Effect', 'Allow', 'Action', 'Resource', 'Principal', 'AWS', '*', 'PolicyDocument', 'Policies', 'Body', 'paths', '/x', 'get', 'security', '__proto__', 'constructor',
  'Environment', 'Variables', 'Role', 'R0', 'R1', 'AWS::NoValue', '${R0.Arn}', '${', 'arn:aws:s3:::*', 'AuthType', 'MethodSettings', 'RestApiId', 'ParentId', 'ResourceId'];
const word = fc.oneof({ weight: 6, arbitrary: fc.constantFrom(...words) }, fc.string({ maxLength: 8 }));
const functions = ['Condition', 'Fn::And', 'Fn::Equals', 'Fn::FindInMap', 'Fn::GetAtt', 'Fn::If', 'Fn::ImportValue', 'Fn::Join', 'Fn::Not', 'Fn::Select', 'Fn::Split', 'Fn::Sub', 'Ref'];
const { value: anything } = fc.letrec((tie) => ({
  intrinsic: fc.tuple(fc.constantFrom(...functions), fc.oneof(word, fc.array(tie('value'), { minLength: 1, maxLength: 3 }), tie('value')))
    .map(([fn, argument]) => ({ [fn]: argument })),
  pointer: fc.constantFrom({ Ref: 'R0' }, { Ref: 'P0' }, { 'Fn::GetAtt': ['R1', 'Arn'] }, { 'Fn::Sub': '${R2}/x' }, { 'Fn::Select': [0, ['a', 'b']] }),
  value: fc.oneof({ maxDepth: 6, depthSize: 'medium' }, word, tie('pointer'), fc.integer(), fc.boolean(), fc.constant(null), tie('intrinsic'),
    fc.array(tie('value'), { maxLength: 4 }), fc.dictionary(word, tie('value'), { maxKeys: 5, noNullPrototype: true })),
}));
const types = ['AWS::ApiGateway::Deployment', 'AWS::ApiGateway::Method', 'AWS::ApiGateway::Resource', 'AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Stage', 'AWS::ApiGatewayV2::Api',
  'AWS::ApiGatewayV2::Route', 'AWS::ApiGatewayV2::Stage', 'AWS::CloudFormation::Stack', 'AWS::IAM::ManagedPolicy', 'AWS::IAM::Policy', 'AWS::IAM::Role', 'AWS::Lambda::Alias',
  'AWS::Lambda::Function', 'AWS::Lambda::Permission', 'AWS::Lambda::Url', 'AWS::Logs::LogGroup', 'AWS::S3::Bucket', 'AWS::S3::BucketPolicy', 'AWS::WAFv2::WebACLAssociation'];
const properties = ['AuthType', 'AuthorizationType', 'Body', 'DefaultRouteSettings', 'Environment', 'FunctionName', 'HttpMethod', 'LogGroupName', 'LoggingConfig', 'ManagedPolicyArns', 'MethodSettings',
  'ParentId', 'PathPart', 'PermissionsBoundary', 'Policies', 'PolicyDocument', 'Principal', 'PublicAccessBlockConfiguration', 'RequestModels', 'RequestValidatorId', 'ResourceArn',
  'ResourceId', 'RestApiId', 'Role', 'Roles', 'RouteKey', 'SourceArn', 'StageName', 'Target'];
const resource = fc.record({ Type: fc.constantFrom(...types), Properties: fc.dictionary(fc.constantFrom(...properties), anything, { maxKeys: 12 }) });
const template = fc.record({
  Resources: fc.dictionary(fc.constantFrom('R0', 'R1', 'R2', 'R3', '__proto__'), fc.oneof({ weight: 8, arbitrary: resource }, anything)),
  Conditions: fc.dictionary(fc.constantFrom('C0', 'C1'), anything),
  Parameters: fc.dictionary(fc.constantFrom('P0', 'P1'), anything),
  Mappings: anything,
  Outputs: fc.dictionary(fc.constantFrom('O0', 'O1'), anything),
});

describe('Any template', () => {
  test('is checked by each rule without an exception', () => {
    fc.assert(fc.property(template, (one) => {
      const app = modelOfStacks({ id: 'A', template: one });
      for (const checked of app.resources) {
        for (const rule of RULES.filter(({ appliesTo }) => appliesTo.includes(checked.type))) {
          rule.check(checked, app, { profile: SecurityProfile.production(), options: DEFAULT_RULE_OPTIONS });
        }
      }
    }), { numRuns: 1000 });
  });

  test('is judged each finding once, and each time the same', () => {
    fc.assert(fc.property(template, template, (one, two) => {
      const sources = [{ id: 'A', template: one }, { id: 'A/R0', template: two, parent: { id: 'A', logicalId: 'R0' } }];
      const ids = () => judge(modelOfStacks(...sources), () => SecurityProfile.production()).findings.map(({ id, resource: { key } }) => `${id} ${key}`);
      const first = ids();
      expect(new Set(first).size).toBe(first.length);
      expect(ids()).toEqual(first);
    }), { numRuns: 1000 });
  });

  test('of 500 functions is judged in well under 2 s', () => {
    const resources = Object.fromEntries(Array.from({ length: 500 }, (_, n) => [
      [`F${n}`, { Type: 'AWS::Lambda::Function', Properties: { Role: { 'Fn::GetAtt': [`R${n}`, 'Arn'] }, Environment: { Variables: { TABLE: { Ref: `R${n}` }, TOKEN_TTL: '5' } } } }],
      [`R${n}`, { Type: 'AWS::IAM::Role', Properties: { Policies: [] } }],
      [`P${n}`, { Type: 'AWS::IAM::Policy', Properties: { Roles: [{ Ref: `R${n}` }], PolicyDocument: { Statement: [{ Effect: 'Allow', Action: 's3:*', Resource: '*' }] } } }],
    ]).flat());
    const start = performance.now();
    const { findings } = judge(modelOf(resources), () => SecurityProfile.production());
    const count = (rule: string) => findings.filter((finding) => finding.rule.id === rule).length;
    expect(['FunctionLogGroup', 'IamActionWildcard', 'IamResourceWildcard'].map(count)).toEqual([500, 500, 500]);
    expect(performance.now() - start).toBeLessThan(2000);
  });
});
