import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { AppModel } from '../../../src/model/resources/app-model';
import { alternatives, textOf, Unresolved, Value } from '../../../src/model/values/values';
import { judge } from '../../../src/policy/judge';
import { findings, modelOf, modelOfStacks } from '../../policy/support';

type Section = { readonly [name: string]: unknown };

function resolved(V: unknown, rest: Section, resource: Section = {}): Value {
  return modelOf({ R: { Type: 'X', Properties: { V }, ...resource } }, rest).resources[0]?.property('V');
}

const OPEN = new Unresolved('the parameter P is set at deployment');
const asText = (value: Value) => alternatives(value).map((option) => textOf(option) ?? option);

describe('A parameter that nobody passes', () => {
  test.each<[string, Section, Value[]]>([
    ['known at deployment', { Type: 'String' }, [new Unresolved(OPEN.because, { name: 'P' })]],
    ['known at deployment, by a pattern', { Type: 'String', AllowedPattern: '[a-z]+' }, [new Unresolved(OPEN.because, { name: 'P', allowedPattern: '[a-z]+' })]],
    ['its default, or something else', { Type: 'String', Default: 'x' }, ['x', OPEN]],
    ['one of the allowed values', { Type: 'String', Default: 'a', AllowedValues: ['a', 'b'] }, ['a', 'b']],
    ['a text, however it is written', { Type: 'String', AllowedValues: [true, 7] }, ['true', '7']],
    ['a number', { Type: 'Number', Default: '7' }, [7, OPEN]],
    ['a list', { Type: 'CommaDelimitedList', Default: 'a, b' }, [['a', 'b'], OPEN]],
    ['a list of numbers', { Type: 'List<Number>', AllowedValues: ['1,2'] }, [[1, 2]]],
    ['the value of an SSM parameter', { Type: 'AWS::SSM::Parameter::Value<String>', Default: '/path' }, [OPEN]],
    ['a secret', { Type: 'String', NoEcho: 'true', Default: 'x' }, [OPEN]],
  ])('is %s', (_name, P, expected) => {
    expect(alternatives(resolved({ Ref: 'P' }, { Parameters: { P } }))).toEqual(expected);
  });

  test('is listed with what the template says about it', () => {
    expect(modelOf({}, { Parameters: { P: { Type: 'String', NoEcho: true, Description: 'd', Default: 'x' } } }).parameters)
      .toEqual([{ stackId: 'Shop', name: 'P', type: 'String', noEcho: true, default: 'x', allowedValues: [], description: 'd' }]);
  });

  test('fails a rule by its default, and leaves the answer open where the default is safe', () => {
    const url = { U: { Type: 'AWS::Lambda::Url', Properties: { AuthType: { Ref: 'P' } } } };
    const withDefault = (Default: string) => findings('FunctionUrlAuth', url, undefined, { Parameters: { P: { Type: 'String', Default } } });
    expect(withDefault('NONE')).toEqual(['FunctionUrlAuth at U']);
    expect(withDefault('AWS_IAM')).toEqual(['FunctionUrlAuth[undecided] at U']);
  });

  test('warns of an allowed value that is unsafe, and stops where it is the one of production', () => {
    const url = { U: { Type: 'AWS::Lambda::Url', Properties: { AuthType: { Ref: 'P' } } } };
    const judged = (P: Section) => judge(modelOf(url, { Parameters: { P } }), () => SecurityProfile.production()).findings
      .filter(({ rule }) => rule.id === 'FunctionUrlAuth').map(({ id, severity, undecided }) => [id, severity, undecided]);
    expect(judged({ Type: 'String', Default: 'AWS_IAM', AllowedValues: ['AWS_IAM', 'NONE'] })).toEqual([['FunctionUrlAuth[other values]', 'warning', false]]);
    expect(judged({ Type: 'String', Default: 'NONE', AllowedValues: ['AWS_IAM', 'NONE'] })).toEqual([['FunctionUrlAuth', 'error', false]]);
    expect(judged({ Type: 'String', AllowedValues: ['AWS_IAM'] })).toStrictEqual([]);
  });

  test('has one value in a text that names it twice', () => {
    const value = resolved({ 'Fn::Sub': '${P}-${P}' }, { Parameters: { P: { Type: 'String', AllowedValues: ['a', 'b'] } } });
    expect(asText(value)).toEqual(['a-a', 'b-b']);
  });

  test('in a nested stack has the value that the parent passes', () => {
    const app = modelOfStacks(
      { id: 'S', template: { Resources: { N: { Type: 'AWS::CloudFormation::Stack', Properties: { Parameters: { P: 'a,b' } } } } } },
      {
        id: 'S/N',
        parent: { id: 'S', logicalId: 'N' },
        template: { Parameters: { P: { Type: 'CommaDelimitedList', Default: 'x' } }, Resources: { R: { Type: 'X', Properties: { V: { Ref: 'P' } } } } },
      });
    expect(app.ofType('X')[0].property('V')).toEqual(['a', 'b']);
  });
});

describe('A condition over parameters', () => {
  const Parameters = { P: { Type: 'String', Default: 'dev', AllowedValues: ['dev', 'prod'] }, Key: { Type: 'String', Default: '' } };
  const Conditions = {
    IsProd: { 'Fn::Equals': [{ Ref: 'P' }, 'prod'] },
    IsTest: { 'Fn::Equals': [{ Ref: 'P' }, 'test'] },
    HasKey: { 'Fn::Not': [{ 'Fn::Equals': ['', { Ref: 'Key' }] }] },
    Both: { 'Fn::And': [{ Condition: 'IsProd' }, { Condition: 'HasKey' }] },
  };
  const rest = { Parameters, Conditions };

  test('is open where an allowed value makes it true and another false', () => {
    expect(asText(resolved({ 'Fn::If': ['IsProd', 'yes', 'no'] }, rest))).toEqual(['yes', 'no']);
  });

  test('is false where no allowed value makes it true', () => {
    expect(resolved({ 'Fn::If': ['IsTest', 'yes', 'no'] }, rest)).toBe('no');
  });

  test('holds inside of its own branch', () => {
    expect(asText(resolved({ 'Fn::If': ['IsProd', { 'Fn::If': ['IsProd', 'a', 'never'] }, { Ref: 'P' }] }, rest))).toEqual(['a', 'dev']);
  });

  test('keeps the empty default out of the branch for which somebody gave a value', () => {
    const value = resolved({ 'Fn::If': ['Both', { Ref: 'Key' }, { Ref: 'AWS::NoValue' }] }, rest);
    expect(alternatives(value)).toEqual([new Unresolved('the parameter Key is set at deployment', { name: 'Key' }), undefined]);
  });

  test('holds in a resource that is made only then', () => {
    expect(resolved({ Ref: 'P' }, rest, { Condition: 'IsProd' })).toBe('prod');
  });
});

describe('Fn::FindInMap', () => {
  const Mappings = { M: { dev: { auth: 'NONE' }, prod: { auth: 'AWS_IAM' }, test: { auth: 'other' } } };
  const cell = (P: Section, more: unknown[] = []) => asText(resolved({ 'Fn::FindInMap': ['M', { Ref: 'P' }, 'auth', ...more] }, { Mappings, Parameters: { P } }));

  test.each<[string, Section, unknown[]]>([
    ['the rows of the allowed values', { Type: 'String', AllowedValues: ['dev', 'prod'] }, ['NONE', 'AWS_IAM']],
    ['every row where the key may be any', { Type: 'String', Default: 'prod' }, ['NONE', 'AWS_IAM', 'other']],
  ])('leads to %s', (_name, P, expected) => {
    expect(cell(P)).toEqual(expected);
  });

  test('falls back to its default value', () => {
    expect(cell({ Type: 'String', AllowedValues: ['prod', 'qa'] }, [{ DefaultValue: 'none' }])).toEqual(['AWS_IAM', 'none']);
  });
});

test('a parameter without a declaration is none', () => {
  const template = { Parameters: { Ghost: undefined, Stage: { Type: 'String', Default: 'prod' } }, Resources: {} };
  expect(new AppModel([{ id: 'Shop', template }]).parameters.map(({ name }) => name)).toEqual(['Stage']);
});

describe('What stands only where a condition holds that only the deployment decides', () => {
  const Conditions = {
    Europe: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
    Elsewhere: { 'Fn::Not': [{ Condition: 'Europe' }] },
    CDKMetadataAvailable: { 'Fn::Equals': [{ Ref: 'AWS::Region' }, 'eu-west-1'] },
  };
  const Resource = [{ 'Fn::GetAtt': ['B', 'Arn'] }, { 'Fn::Sub': '${B.Arn}/*' }];
  const overTls = { Bool: { 'aws:SecureTransport': 'false' } };
  const PolicyDocument = { Statement: [{ Effect: 'Deny', Principal: '*', Action: 's3:*', Resource, Condition: overTls }] };
  const policy = (Condition: string) => ({ Type: 'AWS::S3::BucketPolicy', Condition, Properties: { Bucket: { Ref: 'B' }, PolicyDocument } });
  const bucket = (more: Section = {}) => ({ B: { Type: 'AWS::S3::Bucket', ...more } });
  const judged = (resources: Section, conditions: Section = Conditions) => (
    judge(modelOf(resources, { Conditions: conditions }), () => SecurityProfile.production()));
  const tls = (resources: Section, conditions?: Section) => judged(resources, conditions).findings
    .filter(({ rule }) => rule.id === 'BucketTlsOnly').map(({ id, severity, undecided }) => [id, severity, undecided]);

  test('protects there alone, which is a warning', () => {
    expect(tls({ ...bucket(), P: policy('Europe') })).toEqual([['BucketTlsOnly[other values]', 'warning', false]]);
    expect(tls({ ...bucket(), P: policy('Elsewhere') })).toEqual([['BucketTlsOnly[other values]', 'warning', false]]);
  });

  test('protects everywhere with something else on the other side', () => {
    expect(tls({ ...bucket(), P: policy('Europe'), Q: policy('Elsewhere') })).toStrictEqual([]);
  });

  test('protects what stands under the same condition', () => {
    expect(tls({ ...bucket({ Condition: 'Europe' }), P: policy('Europe') })).toStrictEqual([]);
  });

  test('changes nothing about what is wrong anyhow', () => {
    expect(tls(bucket())).toEqual([['BucketTlsOnly', 'error', false]]);
  });

  test('counts in the tally of its rule', () => {
    const tally = judged({ ...bucket(), P: policy('Europe') }).tallies.find(({ rule }) => rule === 'BucketTlsOnly');
    expect(tally).toMatchObject({ failed: 1, undecided: 0 });
  });

  test('is looked at for eight conditions at most, and never for that of CDK itself', () => {
    const many = Object.fromEntries(Array.from({ length: 9 }, (_, index) => [`C${index}`, Conditions.Europe]));
    const ofCdk = { CDKMetadataAvailable: Conditions.CDKMetadataAvailable };
    expect(modelOf({}, { Conditions: many }).branches()).toHaveLength(16);
    expect(modelOf({}, { Conditions: ofCdk }).branches()).toStrictEqual([]);
    expect(tls({ ...bucket(), P: policy('CDKMetadataAvailable') }, ofCdk)).toStrictEqual([]);
  });

  test('takes with a condition the value of the parameter that it compares', () => {
    const [prod, others] = modelOf({ R: { Type: 'X', Properties: { V: { Ref: 'P' } } } }, {
      Parameters: { P: { Type: 'String', AllowedValues: ['dev', 'prod'] } }, Conditions: { IsProd: { 'Fn::Equals': [{ Ref: 'P' }, 'prod'] } },
    }).branches();
    expect([prod, others].map((app) => app.ofType('X')[0].property('V'))).toEqual(['prod', 'dev']);
  });
});
