import { AppModel } from '../../../src/model/resources/app-model';
import { eachWrittenText, leavesOf, parseObject } from '../../../src/model/resources/leaves';
import { meantBy, resourceMeant } from '../../../src/model/resources/names';
import { expressionsUnder, parametersIn, parametersOfStack } from '../../../src/model/resources/parameter-use';
import { functionAt, LATEST, qualifierAt, qualifierNamed, resourcesAt, valuesAt, valuesBelow } from '../../../src/model/resources/pointers';
import { Resource } from '../../../src/model/resources/resource';
import { Choice, Reference, Text, textOf, Unresolved, Value } from '../../../src/model/values/values';
import { modelOf, modelOfStacks, Resources } from '../../policy/support';

const one = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const sub = (text: string) => ({ 'Fn::Sub': text });
const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } };
const LATER = { Ref: 'P' };
const either = (yes: unknown, no: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['C', yes, no] });
const names = (resources: readonly (Resource | undefined)[]) => resources.map((resource) => resource?.logicalId);
const of = (app: AppModel, logicalId: string): Resource => app.resources.find((resource) => resource.logicalId === logicalId)!;

/** An app in which the property `V` of the resource `X` has a value. */
function holding(V: unknown, more: Resources = {}): { readonly app: AppModel; readonly value: Value } {
  const app = modelOf({ ...more, X: one('X', { V }) }, SECTIONS);
  return { app, value: app.ofType('X')[0].property('V') };
}

const ARN = 'arn:aws';
const HERE = 'eu-west-1:111122223333';

/** Each type that has a name, how an ARN says it, and how it says something inside of it. */
const NAMED: readonly (readonly [type: string, property: string, arn: string, inside?: string])[] = [
  ['AWS::CloudWatch::Alarm', 'AlarmName', `${ARN}:cloudwatch:${HERE}:alarm:orders`],
  ['AWS::CodeBuild::Project', 'Name', `${ARN}:codebuild:${HERE}:project/orders`],
  ['AWS::DynamoDB::GlobalTable', 'TableName', `${ARN}:dynamodb:${HERE}:table/orders`, '/index/*'],
  ['AWS::DynamoDB::Table', 'TableName', `${ARN}:dynamodb:${HERE}:table/orders`, '/stream/2030'],
  ['AWS::ECR::Repository', 'RepositoryName', `${ARN}:ecr:${HERE}:repository/orders`],
  ['AWS::Events::EventBus', 'Name', `${ARN}:events:${HERE}:event-bus/orders`],
  ['AWS::Events::Rule', 'Name', `${ARN}:events:${HERE}:rule/orders`],
  ['AWS::IAM::Group', 'GroupName', `${ARN}:iam::111122223333:group/orders`],
  ['AWS::IAM::ManagedPolicy', 'ManagedPolicyName', `${ARN}:iam::111122223333:policy/orders`],
  ['AWS::IAM::Role', 'RoleName', `${ARN}:iam::111122223333:role/orders`],
  ['AWS::IAM::User', 'UserName', `${ARN}:iam::111122223333:user/orders`],
  ['AWS::Kinesis::Stream', 'Name', `${ARN}:kinesis:${HERE}:stream/orders`, '/consumer/a:1'],
  ['AWS::KinesisFirehose::DeliveryStream', 'DeliveryStreamName', `${ARN}:firehose:${HERE}:deliverystream/orders`],
  ['AWS::Lambda::Function', 'FunctionName', `${ARN}:lambda:${HERE}:function:orders`, ':live'],
  ['AWS::Lambda::LayerVersion', 'LayerName', `${ARN}:lambda:${HERE}:layer:orders`, ':3'],
  ['AWS::Logs::LogGroup', 'LogGroupName', `${ARN}:logs:${HERE}:log-group:orders`, ':log-stream:a'],
  ['AWS::Pipes::Pipe', 'Name', `${ARN}:pipes:${HERE}:pipe/orders`],
  ['AWS::S3::Bucket', 'BucketName', `${ARN}:s3:::orders`, '/in/*'],
  ['AWS::SNS::Topic', 'TopicName', `${ARN}:sns:${HERE}:orders`, ':0d1-subscription'],
  ['AWS::SQS::Queue', 'QueueName', `${ARN}:sqs:${HERE}:orders`],
  ['AWS::SSM::Parameter', 'Name', `${ARN}:ssm:${HERE}:parameter/orders`],
  ['AWS::SecretsManager::Secret', 'Name', `${ARN}:secretsmanager:${HERE}:secret:orders-a1B2c3`],
  ['AWS::StepFunctions::Activity', 'Name', `${ARN}:states:${HERE}:activity:orders`],
  ['AWS::StepFunctions::StateMachine', 'StateMachineName', `${ARN}:states:${HERE}:stateMachine:orders`, ':live'],
];
const named = (type: string, property: string) => one(type, { [property]: type === 'AWS::SSM::Parameter' ? '/orders' : 'orders' });

describe('A resource that has a name', () => {
  test.each(NAMED.map(([type, property, arn, inside = '']) => [type, property, arn, inside] as const))('is found by its ARN: %s', (type, property, arn, inside) => {
    const { app, value } = holding(arn, { T: named(type, property), O: one(type, { [property]: 'others' }) });
    expect([names([app.target(value)]), names(app.targets(value)), names(meantBy(value, app, 'Shop').resources), names(resourcesAt(value, app))]).toEqual([['T'], ['T'], ['T'], ['T']]);
    if (inside === '') return;
    const part = holding(`${arn}${inside}`, { T: named(type, property) });
    expect([part.app.target(part.value), names(part.app.targets(part.value)), names(meantBy(part.value, part.app, 'Shop').resources)]).toEqual([undefined, ['T'], ['T']]);
  });

  test.each(NAMED.map(([type, property]) => [type, property] as const))('is found by its name alone, where the type is known: %s', (type, property) => {
    const { app, value } = holding(type === 'AWS::SSM::Parameter' ? '/orders' : 'orders', { T: named(type, property) });
    expect(resourceMeant(value, app, 'Shop', type)?.logicalId).toBe('T');
    expect(app.named(value, type)?.logicalId).toBe('T');
    expect(app.named(value, 'Other')).toBeUndefined();
  });

  test.each<[string, unknown, boolean]>([
    ['everything', '*', true], ['everything twice', '**', true], ['every table', `${ARN}:dynamodb:*:*:table/*`, true], ['everything of the service', `${ARN}:dynamodb:*:*:*`, true], ['tables that begin so', `${ARN}:dynamodb:*:*:table/ord*`, true],
    ['tables of six letters', `${ARN}:dynamodb:*:*:table/??????`, true], ['tables that begin otherwise', `${ARN}:dynamodb:*:*:table/bills*`, false], ['every queue', `${ARN}:sqs:*:*:*`, false], ['services that begin so', `${ARN}:dyn*:*:*:table/orders`, true],
    ['any service', `${ARN}:*:*:*:table/orders`, true], ['tables of seven letters', `${ARN}:dynamodb:*:*:table/???????`, false], ['every backup', `${ARN}:dynamodb:*:*:backup/*`, false],
  ])('is taken in by a pattern: %s', (_, pattern, expected) => {
    const { app, value } = holding(pattern, { T: named('AWS::DynamoDB::Table', 'TableName') });
    expect(meantBy(value, app, 'Shop').takesIn(of(app, 'T'))).toBe(expected);
  });

  test('is not taken in by the name of others, nor what has no name', () => {
    const resources = { T: one('AWS::DynamoDB::Table'), K: one('AWS::KMS::Key'), N: one('Some::Thing'), S: one('AWS::SSM::Parameter', { Name: '/shop/key' }) };
    const takes = (pattern: string, logicalId: string) => {
      const { app, value } = holding(pattern, resources);
      return meantBy(value, app, 'Shop').takesIn(of(app, logicalId));
    };
    expect([takes(`${ARN}:dynamodb:*:*:table/ord*`, 'T'), takes(`${ARN}:dynamodb:*:*:table/*`, 'T'), takes(`${ARN}:kms:*:*:key/*`, 'K'), takes(`${ARN}:kms:*:*:key/a*`, 'K'), takes(`${ARN}:*:*:*:*`, 'N')]).toEqual([false, true, true, false, false]);
    expect([takes(`${ARN}:ssm:*:*:parameter/shop/*`, 'S'), takes(`${ARN}:ssm:*:*:parameter/bank/*`, 'S')]).toEqual([true, false]);
  });

  test('is meant by a pattern for secrets with the letters that Secrets Manager adds', () => {
    const meant = (resource: string) => {
      const { app, value } = holding(`${ARN}:secretsmanager:${HERE}:secret:${resource}`, { S: one('AWS::SecretsManager::Secret', { Name: 'shop/db' }) });
      const { resources, takesIn } = meantBy(value, app, 'Shop');
      return [names(resources), takesIn(of(app, 'S'))];
    };
    expect([meant('shop/db-??????'), meant('shop/db-*'), meant('shop/db-a1B2c3'), meant('shop/*'), meant('bank/*')]).toEqual([[['S'], true], [['S'], true], [['S'], true], [[], true], [[], false]]);
  });

  test('of two with one name is the one of the same stack, if that has one', () => {
    const table = { T: named('AWS::DynamoDB::Table', 'TableName') };
    const app = modelOfStacks({ id: 'A', template: { Resources: table } }, { id: 'B', template: { Resources: table } }, { id: 'C', template: { Resources: {} } });
    const stacks = (stack: string) => meantBy(`${ARN}:dynamodb:${HERE}:table/orders`, app, stack).resources.map(({ stackId }) => stackId);
    expect([stacks('A'), stacks('B'), stacks('C')]).toEqual([['A'], ['B'], ['A', 'B']]);
    const ofType = (stack: string) => resourceMeant(`${ARN}:dynamodb:${HERE}:table/orders`, app, stack, 'AWS::DynamoDB::Table')?.stackId;
    expect([ofType('A'), ofType('B'), ofType('C')]).toEqual(['A', 'B', 'A']);
  });

  test('is not found by what only the deployment knows', () => {
    const { app, value } = holding(sub('${P}-orders'), { T: named('AWS::SQS::Queue', 'QueueName') });
    expect(resourceMeant(value, app, 'Shop', 'AWS::SQS::Queue')).toBeUndefined();
    expect([meantBy(new Unresolved('x'), app, 'Shop').text, meantBy(new Unresolved('x'), app, 'Shop').resources]).toEqual(['<?>', []]);
    expect(resourceMeant(undefined, app, 'Shop', 'AWS::SQS::Queue')).toBeUndefined();
  });

  test('that a pointer names is meant by the ARN of its own service alone', () => {
    const meant = (text: string) => {
      const { app, value } = holding(sub(text), { T: one('AWS::DynamoDB::Table'), F: one('AWS::Lambda::Function'), A: one('AWS::Lambda::Alias', { FunctionName: { Ref: 'F' } }), O: one('Some::Thing') });
      return names(meantBy(value, app, 'Shop').resources);
    };
    expect([meant('arn:aws:dynamodb:*:*:table/${T}'), meant('arn:aws:logs:*:*:log-group:${T}'), meant('${T.Arn}/index/*'), meant('arn:aws:dyn*:*:*:table/${T}'), meant('arn:aws:thing:::${O}')]).toEqual([['T'], [], ['T'], ['T'], ['O']]);
    expect([meant('${A}'), meant('${A}:x'), meant('${T.Arn}/${O}')]).toEqual([['F'], ['F'], ['T']]);
  });

  test('is told apart from one in another place by account and region, as far as both are known', () => {
    const placed = (place: object, arn: string) => names([modelOfStacks({ id: 'S', template: { Resources: { Q: named('AWS::SQS::Queue', 'QueueName') } }, ...place }).target(arn)])[0];
    const place = { account: '111122223333', region: 'eu-west-1' };
    expect(['eu-west-1:111122223333', 'us-east-1:111122223333', 'eu-west-1:444455556666', ':', '*:*'].map((at) => placed(place, `arn:aws:sqs:${at}:orders`))).toEqual(['Q', undefined, undefined, 'Q', 'Q']);
    expect(placed({ region: 'eu-west-1' }, 'arn:aws:sqs:eu-west-1:444455556666:orders')).toBe('Q');
    const url = (host: string, account = '111122223333') => placed(place, `https://${host}/${account}/orders`);
    expect([url('sqs.eu-west-1.amazonaws.com'), url('sqs.us-east-1.amazonaws.com'), url('sqs.eu-west-1.amazonaws.com', '444455556666'), url('example.com'), placed(place, 'https://sqs.eu-west-1.amazonaws.com/orders')])
      .toEqual(['Q', undefined, undefined, undefined, undefined]);
  });

  test('has a name that pointers, pseudo parameters and parameters make, the same wherever it is used', () => {
    const found = (name: unknown, used: unknown) => {
      const { app, value } = holding(used, { Q: one('AWS::SQS::Queue', { QueueName: name }), T: one('AWS::SNS::Topic') });
      return app.target(value)?.logicalId;
    };
    expect(found(sub('${P}-${AWS::Region}'), sub('arn:aws:sqs:${AWS::Region}:${AWS::AccountId}:${P}-${AWS::Region}'))).toBe('Q');
    expect(found(sub('${T.TopicName}-dlq'), sub('${T.TopicName}-dlq'))).toBe('Q');
    expect(found({ 'Fn::Join': ['-', ['a', { 'Fn::ImportValue': 'x' }]] }, { 'Fn::Join': ['-', ['a', { 'Fn::ImportValue': 'x' }]] })).toBeUndefined(); // an export is no name
    expect(found('', '')).toBeUndefined();
  });

  test.each([['arn:aws:iam::aws:policy/orders'], ['arn:aws:iam'], ['arn:aws:s3:::'], ['https://sqs.eu-west-1.amazonaws.com/']])('is not found by %s', (text) => {
    const { app, value } = holding(text, { M: named('AWS::IAM::ManagedPolicy', 'ManagedPolicyName'), B: named('AWS::S3::Bucket', 'BucketName') });
    expect(app.targets(value)).toStrictEqual([]);
  });

  test('behind a path is found by what follows the path', () => {
    for (const [type, property, arn] of NAMED.filter(([type_]) => type_.startsWith('AWS::IAM::') || type_ === 'AWS::Events::Rule')) {
      const { app, value } = holding(arn.replace(/\/orders$/, '/team/a/orders'), { T: named(type, property) });
      expect(names([app.target(value)])).toEqual(['T']);
    }
    const { app, value } = holding(`${ARN}:iam::111122223333:role/team/a/orders`, { T: named('AWS::IAM::Role', 'RoleName') });
    expect(names(meantBy(value, app, 'Shop').resources)).toEqual(['T']);
  });

  test('with strokes in it is found by all of it', () => {
    for (const [type, property, arn, name] of [
      ['AWS::ECR::Repository', 'RepositoryName', 'ecr:x:1:repository/', 'team/orders'], ['AWS::KMS::Alias', 'AliasName', 'kms:x:1:', 'alias/orders'], ['AWS::Logs::LogGroup', 'LogGroupName', 'logs:x:1:log-group:', '/aws/lambda/orders'],
      ['AWS::SecretsManager::Secret', 'Name', 'secretsmanager:x:1:secret:', 'team/orders'], ['AWS::SSM::Parameter', 'Name', 'ssm:x:1:parameter', '/team/orders'],
    ]) {
      const { app, value } = holding(`arn:aws:${arn}${name}`, { T: one(type, { [property]: name }) });
      expect(names([app.target(value)])).toEqual(['T']);
    }
  });

  test('is found in the ARN that API Gateway calls', () => {
    const { app, value } = holding(`arn:aws:apigateway:eu-west-1:lambda:path/2015-03-31/functions/${ARN}:lambda:${HERE}:function:orders/invocations`, { F: named('AWS::Lambda::Function', 'FunctionName') });
    expect(names([app.target(value)])).toEqual(['F']);
  });
});

describe('A value leads to', () => {
  const resources = { F: one('AWS::Lambda::Function'), A: one('AWS::Lambda::Alias', { FunctionName: { Ref: 'F' }, Name: 'live' }), V: one('AWS::Lambda::Version', { FunctionName: { Ref: 'F' } }), Q: one('AWS::SQS::Queue'), R: one('AWS::SQS::Queue') };

  test.each<[string, unknown, string | undefined]>([
    ['one resource', { Ref: 'Q' }, 'Q'], ['one of two that are the same', either({ Ref: 'Q' }, att('Q')), 'Q'], ['one of two that differ', either({ Ref: 'Q' }, { Ref: 'R' }), undefined], ['one, or what is not known', either({ Ref: 'Q' }, LATER), 'Q'], ['a text around it', sub('${Q}/x'), undefined],
    ['nothing', undefined, undefined],
  ])('%s', (_, V, expected) => {
    const { app, value } = holding(V, resources);
    expect(app.target(value)?.logicalId).toBe(expected);
  });

  test.each<[string, unknown, string | undefined, string | undefined]>([
    ['a function', { Ref: 'F' }, 'F', LATEST], ['an alias', { Ref: 'A' }, 'F', 'live'], ['a version', { Ref: 'V' }, 'F', 'Shop\u0000V'], ['an alias by text', sub('${F.Arn}:live'), 'F', 'live'], ['a version by number', sub('${F}:3'), 'F', '3'],
    ['a function in a text', sub('arn:aws:apigateway:x:lambda:path/functions/${F.Arn}/invocations'), 'F', LATEST], ['something else', { Ref: 'Q' }, undefined, LATEST], ['what is not known', LATER, undefined, undefined],
    ['an alias that is not known', sub('${F}:${P}'), 'F', undefined], ['nothing', undefined, undefined, undefined],
  ])('%s, as a function and its version', (_, V, fn, qualifier) => {
    const { app, value } = holding(V, resources);
    expect([functionAt(value, app)?.logicalId, qualifierAt(value, app)]).toEqual([fn, qualifier]);
  });

  test('nothing where a pointer names what the template does not have', () => {
    const { app, value } = holding([{ Ref: 'Ghost' }, sub('${Ghost}-${Q.Arn}')], resources);
    const [ghost, both] = value as readonly Value[];
    expect([app.target(ghost), app.targets(ghost), app.named(ghost), app.named(ghost, 'AWS::SQS::Queue')]).toStrictEqual([undefined, [], undefined, undefined]);
    expect(names(app.targets(both))).toEqual(['Q']);
  });

  test('a function that is written out, and its alias', () => {
    const { app, value } = holding(`${ARN}:lambda:${HERE}:function:orders:live`, { F: named('AWS::Lambda::Function', 'FunctionName') });
    expect([functionAt(value, app)?.logicalId, qualifierAt(value, app), qualifierAt('orders:4', app), qualifierAt('orders', app)]).toEqual(['F', 'live', '4', LATEST]);
  });

  test('a function through aliases of aliases, three at most', () => {
    const chain = (length: number): Resources => Object.fromEntries(Array.from({ length }, (_, n) => [`A${n}`, one('AWS::Lambda::Alias', { FunctionName: { Ref: n === 0 ? 'F' : `A${n - 1}` } })]));
    const through = (length: number) => {
      const { app, value } = holding({ Ref: `A${length - 1}` }, { F: one('AWS::Lambda::Function'), ...chain(length) });
      return app.functionBehind(value)?.logicalId;
    };
    expect([through(1), through(3), through(4)]).toEqual(['F', 'F', undefined]);
  });

  test('an alias or version that stands alone', () => {
    const { app } = holding('x', resources);
    const read = (V: unknown) => qualifierNamed(holding(V, resources).value, app);
    expect([read(undefined), read('live'), read({ Ref: 'A' }), read(att('V', 'Version')), read(LATER)]).toEqual([LATEST, 'live', 'live', 'Shop\u0000V', undefined]);
  });

  test('all values at the end of a path, through lists, conditions and texts of JSON', () => {
    const { app } = holding([{ a: { b: 'x' } }, either({ a: { b: ['y', 'z'] } }), { a: '{"b":"j"}' }, { c: 1 }]);
    expect(valuesAt(of(app, 'X'), 'V.a.b')).toEqual(['x', 'y', 'z', 'j']);
    expect(valuesAt(of(app, 'X'), 'V')).toHaveLength(4);
    expect([valuesBelow(['a', 'b'], ''), valuesBelow(undefined, 'a.b'), valuesBelow({ a: 1 } as never, 'a')]).toEqual([['a', 'b'], [], [1]]);
  });

  test('resources of some types alone, each once', () => {
    const { app, value } = holding([{ Ref: 'Q' }], resources);
    expect(names(resourcesAt((value as readonly Value[])[0], app))).toEqual(['Q']);
    expect([names(resourcesAt(new Reference('Shop', 'Q'), app, 'AWS::SQS::Queue')), names(resourcesAt(new Reference('Shop', 'Q'), app, 'AWS::SNS::Topic'))]).toEqual([['Q'], []]);
    expect(names(resourcesAt(new Choice([new Reference('Shop', 'Q'), new Reference('Shop', 'R'), new Reference('Shop', 'Q', 'Arn')]), app))).toEqual(['Q', 'R']);
  });

  test('what reads like it', () => {
    const app = modelOfStacks({ id: 'Shop', template: { Resources: { Q: one('AWS::SQS::Queue') } }, constructPaths: new Map([['Q', 'Shop/Orders/Resource']]) });
    expect([app.describe(new Reference('Shop', 'Q', 'Arn')), app.describe(new Text(['x-', new Reference('Shop', 'Ghost')])), app.describe('a'), app.describe(null), app.describe(5), app.describe([])]).toEqual(['<Shop/Orders.Arn>', 'x-<Ghost>', 'a', undefined, '5', undefined]);
  });
});

describe('A resource', () => {
  const app = modelOfStacks({
    id: 'Shop',
    templatePath: 'shop.json',
    constructPaths: new Map([['A', 'Shop/Orders/Default'], ['B', 'Shop/ResourceList']]),
    template: {
      Resources: {
        A: { Type: 'X', DeletionPolicy: 'Retain', Properties: { V: { a: { b: 1 } }, L: ['x'] } },
        B: { Type: 7, Properties: { 'Fn::Transform': { Name: 'M' }, 'V': 'x' } },
        C: { Type: 'Y', Properties: { 'Fn::If': ['C', { V: 'a' }, { V: 'b', W: 'c' }] } },
        D: { Type: 'Y' },
        E: { Type: 'Y', Properties: null },
      },
      ...SECTIONS,
    },
  });

  test('has a name, a type, a key and a place', () => {
    expect(app.resources.map(({ name, type, templatePath }) => `${name} ${type} ${templatePath}`)).toEqual(['Shop/Orders X shop.json', 'Shop/ResourceList  shop.json', 'Shop/C Y shop.json', 'Shop/D Y shop.json', 'Shop/E Y shop.json']);
    expect(new Set(app.resources.map(({ key }) => key)).size).toBe(5);
  });

  test('has properties by path, and none where there is none', () => {
    const a = of(app, 'A');
    expect([a.property('V.a.b'), a.property('V.a.c'), a.property('V.x.b'), a.property('Z.a'), a.items('L'), a.alternatives('Z'), a.attribute('DeletionPolicy'), a.attribute('Metadata')]).toEqual([1, undefined, undefined, undefined, ['x'], [undefined], 'Retain', undefined]);
    expect([of(app, 'D').property('V'), of(app, 'E').property('V'), of(app, 'D').propertyNames, a.propertyNames]).toEqual([undefined, undefined, [], ['V', 'L']]);
  });

  test('that a macro makes may have any property', () => {
    const b = of(app, 'B');
    expect([b.property('V'), b.property('Other')]).toEqual(['x', new Unresolved('Fn::Transform is computed at deployment')]);
    expect(b.propertyNames).toEqual(['Fn::Transform', 'V']);
  });

  test('that a condition makes has the properties of each side', () => {
    const c = of(app, 'C');
    expect([c.property('V'), c.property('W'), c.propertyNames]).toEqual([new Choice(['a', 'b']), new Choice([undefined, 'c']), ['V', 'V', 'W']]);
  });

  test('is what a pointer of its stack names', () => {
    const a = of(app, 'A');
    expect([new Reference('Shop', 'A'), new Reference('Shop', 'A', 'Arn'), new Reference('Other', 'A'), new Reference('Shop', 'B'), 'A'].map((value) => a.isTargetOf(value))).toEqual([true, true, false, false, false]);
  });
});

describe('An app', () => {
  test('knows its stacks, accounts, parameters and templates', () => {
    const app = modelOfStacks(
      { id: 'A', account: '111122223333', region: 'eu-west-1', template: { Parameters: { P: { Type: 'String' } }, Outputs: { O: { Value: 'x' } } }, constructPaths: new Map() }, { id: 'B', template: {} },
    );
    expect(app.stacks).toEqual([{ id: 'A', account: '111122223333', region: 'eu-west-1' }, { id: 'B', account: undefined, region: undefined }]);
    expect([[...app.accounts], app.parameters.map(({ stackId, name }) => `${stackId} ${name}`)]).toEqual([['111122223333'], ['A P']]);
    expect(app.templates.map(({ type, stackId, logicalId, constructPath }) => [type, stackId, logicalId, constructPath])).toEqual([['Template', 'A', 'Template', 'A'], ['Template', 'B', 'Template', undefined]]);
    expect(app.templates[0].property('Outputs.O.Value')).toBe('x');
  });

  test('is another one in production only if parameters tell', () => {
    const given = (P: object) => modelOf({ X: one('X', { V: LATER }) }, { Parameters: { P: { Type: 'String', ...P } } });
    expect(given({}).inProduction()).toBeUndefined();
    const app = given({ AllowedValues: ['dev', 'prod'] });
    expect([app.inProduction()?.resources[0].property('V'), app.inProduction()?.inProduction(), app.inProduction() === app.inProduction()]).toEqual(['prod', undefined, true]);
  });

  test('is another one on each side of each condition that is open, but for that of CDK, and for few conditions', () => {
    const conditions = (count: number, more = {}) => modelOf({ X: one('X', { V: either('a', 'b') }) }, {
      Parameters: SECTIONS.Parameters, Conditions: { ...SECTIONS.Conditions, ...Object.fromEntries(Array.from({ length: count }, (_, n) => [`D${n}`, { 'Fn::Equals': [{ Ref: 'P' }, `${n}`] }])), ...more },
    });
    const branches = conditions(0, { CDKMetadataAvailable: { 'Fn::Equals': [LATER, 'z'] }, Known: { 'Fn::Equals': ['a', 'a'] } }).branches();
    expect(branches.map((branch) => branch.resources[0].property('V'))).toEqual(['a', 'b']);
    expect([branches[0].branches(), conditions(20).branches().length]).toEqual([[], 16]);
  });

  test('in a branch knows what follows for parameters', () => {
    const app = modelOf({ X: one('X', { V: LATER }) }, SECTIONS);
    expect(app.branches().map((branch) => textOf(branch.resources[0].property('V')))).toEqual(['x', '<?>']);
  });

  test('has resources by type, and none that is never made', () => {
    const app = modelOf({ A: one('X'), B: one('Y'), C: one('X'), D: { Type: 'X', Condition: 'No' }, E: { Type: 'X', Condition: 'C' } }, { ...SECTIONS, Conditions: { ...SECTIONS.Conditions, No: { 'Fn::Equals': ['a', 'b'] } } });
    expect([names(app.ofType('X')), names(app.ofType('Y', 'X')), app.ofType('Z')]).toEqual([['A', 'C', 'E'], ['B', 'A', 'C', 'E'], []]);
  });

  test('keeps a table that a rule makes, even one that is nothing', () => {
    const app = modelOf({});
    let built = 0;
    const build = () => { built++; return undefined; };
    expect([app.index('t', build), app.index('t', build), app.index('u', () => 5), app.index('u', () => 6), built]).toEqual([undefined, undefined, 5, 5, 1]);
  });

  test('follows an export whose name has alternatives, and no export that the deployment names', () => {
    const exporting = (Name: unknown) => ({ id: 'A', template: { ...SECTIONS, Resources: { Q: one('AWS::SQS::Queue') }, Outputs: { O: { Value: { Ref: 'Q' }, Export: { Name } } } } });
    const importing = { id: 'B', template: { Resources: { X: one('X', { V: { 'Fn::ImportValue': 'queue' } }) } } };
    const imported = (Name: unknown) => textOf(modelOfStacks(exporting(Name), importing).ofType('X')[0].property('V'));
    expect([imported('queue'), imported(either('queue', 'other')), imported(LATER), imported(undefined)]).toEqual(['<Q>', '<Q>', '<?>', '<?>']);
  });
});

describe('Texts below a value', () => {
  test('have a way to them, and the name that they stand under', () => {
    const value = { a: 'x', b: ['y', { c: 'z' }], env: [{ Name: 'KEY', Value: 'v', Note: 'n' }], t: [{ Key: 'K', Value: 'w' }], h: { HeaderName: 'H', HeaderValue: 'u' }, p: { ParameterKey: 'Q', ParameterValue: 'q' }, low: { name: 'l', value: 'm' } } as never;
    expect(leavesOf(value, 'P').map(({ path, name, text }) => `${path} ${name} ${text}`)).toEqual([
      'P.a a x', 'P.b.0 b y', 'P.b.1.c c z', 'P.env.0.Name Name KEY', 'P.env.0.Value KEY v', 'P.env.0.Note Note n', 'P.t.0.Key Key K', 'P.t.0.Value K w', 'P.h.HeaderName HeaderName H', 'P.h.HeaderValue H u',
      'P.p.ParameterKey ParameterKey Q', 'P.p.ParameterValue Q q', 'P.low.name name l', 'P.low.value l m',
    ]);
  });

  test('are opened where they are JSON, and taken in each alternative', () => {
    expect(leavesOf('{"a":["x"]}', 'P.V')).toEqual([{ path: 'P.V.a.0', name: 'a', text: 'x' }]);
    expect(leavesOf(new Choice(['a', undefined, 'b']), 'P.V')).toEqual([{ path: 'P.V', name: 'V', text: 'a' }, { path: 'P.V', name: 'V', text: 'b' }]);
    expect(['{"a":1}', ' [1]', '{', 'x{}', '7'].map(parseObject)).toEqual([{ a: 1 }, [1], undefined, undefined, undefined]);
  });

  test('are looked for as deep as templates are', () => {
    const deep = (times: number): Value => Array.from({ length: times }).reduce((inner: Value) => [inner], 'x' as Value);
    expect([leavesOf(deep(100), 'P').length, leavesOf(deep(101), 'P').length]).toEqual([1, 0]);
  });

  test('are shown as they were written, with each key on the way', () => {
    const seen: string[] = [];
    const passed: string[] = [];
    eachWrittenText({ a: { 'Fn::Join': ['', ['x', 5, null]] }, b: 'y' }, (text, keys) => seen.push(`${keys.join('.')} ${text}`), (key) => passed.push(key));
    expect([seen.sort(), passed.sort()]).toEqual([['a.Fn::Join.0 ', 'a.Fn::Join.1.0 x', 'b y'], ['0', '0', '1', '1', '2', 'Fn::Join', 'a', 'b']]);
    const deep: string[] = [];
    for (const times of [100, 101]) eachWrittenText(Array.from({ length: times }).reduce((inner: unknown) => [inner], `${times}`), (text) => deep.push(text));
    expect(deep).toEqual(['100']);
  });
});

describe('The parameters that an expression names', () => {
  const app = modelOf({}, { Parameters: { P: { Type: 'String' }, Q: { Type: 'String' } } });
  const found = (expression: unknown, stack = 'Shop') => parametersIn(expression, stack, app).map(({ name }) => name);

  test.each<[string, unknown, string[]]>([
    ['a pointer', { Ref: 'P' }, ['P']], ['a pointer to something else', { Ref: 'R' }, []], ['no pointer', { Ref: 7 }, []], ['a text', sub('${P}-${Q}-${R}'), ['P', 'Q']], ['a text with variables', { 'Fn::Sub': ['${P}${A}', { A: { Ref: 'Q' } }] }, ['P', 'Q']],
    ['something within', { a: [{ b: { Ref: 'P' } }, { Ref: 'P' }] }, ['P']], ['a word', 'P', []], ['an attribute in a text', sub('${P.Arn}'), []], ['null', null, []], ['a text that is none', { 'Fn::Sub': 7 }, []],
  ])('are those of %s', (_, expression, expected) => expect(found(expression)).toEqual(expected));

  test('are those of its own stack', () => {
    expect([found({ Ref: 'P' }, 'Other'), [...parametersOfStack('Shop', app).keys()], parametersOfStack('Other', app).size]).toEqual([[], ['P', 'Q'], 0]);
  });

  test('stand in expressions under a key, anywhere below, but not within each other', () => {
    expect(expressionsUnder('k', { k: { k: 1 }, a: [{ k: 2 }, 'k'], b: { c: { k: 3 } } })).toEqual([{ k: 1 }, 2, 3]);
    expect(expressionsUnder('k', 'k')).toStrictEqual([]);
  });
});
