import { isWatched, isWatchedAtAll, metricsOf, pointersWithin } from '../../src/model/alarms';
import { statementsIn, webAclBehind, webAclRules } from '../../src/model/entries/web-acl-rules';
import { AppModel } from '../../src/model/resources/app-model';
import { Resource } from '../../src/model/resources/resource';
import { schemaGaps, schemaOf } from '../../src/model/values/json-schemas';
import { parsedJson, referencesWithin } from '../../src/model/values/json-text';
import { Choice, Reference, Text, textOf, Unresolved, Value } from '../../src/model/values/values';
import { findings, modelOf, Resources } from '../policy/support';

const one = (Type: string, Properties: unknown = {}) => ({ Type, Properties });
const att = (logicalId: string, attribute = 'Arn') => ({ 'Fn::GetAtt': [logicalId, attribute] });
const SECTIONS = { Parameters: { P: { Type: 'String' } }, Conditions: { C: { 'Fn::Equals': [{ Ref: 'P' }, 'x'] } } };
const LATER = { Ref: 'P' };
const either = (yes: unknown, no: unknown = { Ref: 'AWS::NoValue' }) => ({ 'Fn::If': ['C', yes, no] });
const model = (resources: Resources): AppModel => modelOf(resources, SECTIONS);
const of = (app: AppModel, logicalId: string): Resource => app.resources.find((resource) => resource.logicalId === logicalId)!;

describe('An alarm', () => {
  const alarm = (properties: object) => one('AWS::CloudWatch::Alarm', properties);
  const watched = (properties: object, metrics = ['Errors', 'Throttles'], names: readonly Value[] = ['print']) => {
    const app = model({ F: one('AWS::Lambda::Function'), G: one('AWS::Lambda::Function'), A: alarm(properties) });
    return isWatched(of(app, 'F'), 'AWS/Lambda', metrics, names, app);
  };
  const on = (value: unknown, more: object = {}) => (
    { Namespace: 'AWS/Lambda', MetricName: 'Errors', Dimensions: [{ Name: 'FunctionName', Value: value }], ...more });
  const query = (expression: unknown, more: object = {}) => ({ Metrics: [{ Id: 'q', Expression: expression, ...more }] });
  const stat = (Id: string, MetricName: string, value: unknown, more: object = {}) => (
    { Id, MetricStat: { Metric: on(value, { MetricName }) }, ...more });

  test.each<[string, object, boolean | undefined]>([
    ['it by a pointer', on({ Ref: 'F' }), true], ['it by its name', on('print'), true], ['another one', on({ Ref: 'G' }), false], ['another name', on('other'), false], ['what the deployment knows', on(LATER), undefined],
    ['all functions', { ...on('x'), Dimensions: undefined }, true], ['another metric', on({ Ref: 'F' }, { MetricName: 'Duration' }), false], ['another service', on({ Ref: 'F' }, { Namespace: 'AWS/SQS' }), false],
    ['a dimension of nobody', { ...on('x'), Dimensions: [{ Name: 'Function', Value: { Ref: 'F' } }] }, false], ['its alias', { ...on('x'), Dimensions: [{ Name: 'Resource', Value: { 'Fn::Sub': '${F}:live' } }] }, true],
    ['its mapping', { ...on('x'), Dimensions: [{ Name: 'EventSourceMappingUUID', Value: { Ref: 'F' } }] }, true], ['a dimension that the deployment knows', { ...on('x'), Dimensions: [LATER] }, undefined],
    ['it or another one', on(either({ Ref: 'F' }, { Ref: 'G' })), true], ['an empty name', on(''), false],
    ['what a sum counts', { Metrics: [{ Id: 'sum', Expression: 'm1 + m2' }, stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: false }), stat('m2', 'Errors', { Ref: 'G' }, { ReturnData: false })] }, true],
    ['what is only drawn', { Metrics: [{ Id: 'sum', Expression: 'm2' }, stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: false }), stat('m2', 'Errors', { Ref: 'G' }, { ReturnData: false })] }, false],
    ['what a sum of sums counts', { Metrics: [{ Id: 'all', Expression: 'sum * 2' }, { Id: 'sum', Expression: 'm1', ReturnData: false }, stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: false })] }, true],
    ['all that there is', { Metrics: [{ Id: 'all', Expression: 'SUM(METRICS())' }, stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: false })] }, true],
    ['all that is called so', { Metrics: [{ Id: 'all', Expression: 'SUM(METRICS( "err" ))' }, stat('errors', 'Errors', { Ref: 'F' }, { ReturnData: false })] }, true],
    ['all that is called so, in other quotes', { Metrics: [{ Id: 'all', Expression: "SUM(METRICS('err'))" }, stat('errors', 'Errors', { Ref: 'F' }, { ReturnData: false })] }, true],
    ['all that is called otherwise', { Metrics: [{ Id: 'all', Expression: 'SUM(METRICS("lag"))' }, stat('errors', 'Errors', { Ref: 'F' }, { ReturnData: false })] }, false],
    ['what it returns', { Metrics: [stat('m1', 'Errors', { Ref: 'F' })] }, true], ['what it returns, said in words', { Metrics: [stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: 'true' }), stat('m2', 'Errors', { Ref: 'G' }, { ReturnData: false })] }, true],
    ['what it may return', { Metrics: [stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: either(true, false) }), stat('m2', 'Errors', { Ref: 'G' })] }, true],
    ['what it returns as the deployment knows', { Metrics: [stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: LATER }), stat('m2', 'Errors', { Ref: 'G' })] }, true],
    ['nothing that it returns, which counts as all', { Metrics: [stat('m1', 'Errors', { Ref: 'F' }, { ReturnData: false })] }, true],
    ['a search for all', query("SEARCH('{AWS/Lambda,FunctionName} MetricName=\"Errors\"', 'Sum')"), true], ['a search with blanks', query("SEARCH('{AWS/Lambda,FunctionName} MetricName = \"Errors\"', 'Sum')"), true],
    ['a search for another metric', query("SEARCH('{AWS/Lambda,FunctionName} MetricName=\"Duration\"', 'Sum')"), false], ['a search of another service', query("SEARCH('{AWS/SQS,QueueName} MetricName=\"Errors\"', 'Sum')"), false],
    ['a selection for all', query('SELECT SUM(Errors) FROM SCHEMA("AWS/Lambda", FunctionName)'), true], ['a selection with quotes', query('select  SUM( "Errors" ) FROM "AWS/Lambda"'), true],
    ['a selection by name', query("SELECT SUM(Errors) FROM SCHEMA(\"AWS/Lambda\", FunctionName) WHERE FunctionName = 'print'"), true], ['a selection by another name', query("SELECT SUM(Errors) FROM SCHEMA(\"AWS/Lambda\", FunctionName) WHERE FunctionName='other'"), false],
    ['a selection by pointer', query({ 'Fn::Sub': "SELECT SUM(Errors) FROM SCHEMA(\"AWS/Lambda\", FunctionName) WHERE FunctionName = '${F}'" }), true],
    ['no query', query('AWS/Lambda MetricName="Errors"'), false], ['a word that begins so', query('RESEARCH AWS/Lambda MetricName="Errors"'), false], ['nothing', {}, false],
  ])('watches %s', (_, properties, expected) => expect(watched(properties)).toBe(expected));

  test.each<[string, string, boolean]>([
    ['AWS/DynamoDB', 'TableName', true], ['AWS/DynamoDB', 'GlobalSecondaryIndexName', true], ['AWS/DynamoDB', 'Operation', false], ['AWS/DynamoDB', 'MyTableName', false], ['AWS/SQS', 'QueueName', true], ['AWS/SQS', 'QueueNames', false], ['AWS/Lambda', 'ResourceGroup', false], ['AWS/Lambda', 'MyResource', false],
    ['AWS/States', 'StateMachineArn', true], ['AWS/States', 'ActivityArn', true], ['AWS/States', 'Name', false], ['AWS/Kinesis', 'Anything', true],
  ])('in %s is about whom %s names: %s', (Namespace, Name, expected) => {
    const app = model({ X: one('Some::Thing'), A: alarm({ Namespace, MetricName: 'M', Dimensions: [{ Name, Value: { Ref: 'X' } }] }) });
    expect(isWatched(of(app, 'X'), Namespace, ['M'], [], app)).toBe(expected);
  });

  test('of any metric of a service counts, of another service not', () => {
    const app = model({ F: one('AWS::Lambda::Function'), A: alarm(on({ Ref: 'F' })) });
    const at = (namespace: string) => isWatchedAtAll(of(app, 'F'), namespace, [], app);
    expect([at('AWS/Lambda'), at('AWS/Lamb'), at('AWS/SQS')]).toEqual([true, false, false]);
  });

  test('tells its metrics', () => {
    const app = model({ A: alarm({ ...on('a'), Metrics: [stat('m1', 'Throttles', 'b')] }) });
    expect(metricsOf(of(app, 'A'), app)).toEqual([{ namespace: 'AWS/Lambda', name: 'Errors', dimensions: ['a'] }, { namespace: 'AWS/Lambda', name: 'Throttles', dimensions: ['b'] }]);
  });

  test('leads to all pointers within a value, as deep as somebody writes them', () => {
    const pointer = new Reference('S', 'A');
    const deep = (times: number): Value => Array.from({ length: times }).reduce((inner: Value) => [inner], pointer as Value);
    expect([pointersWithin({ a: [pointer], b: new Text(['x', pointer]) } as never), pointersWithin(new Choice([[pointer], 'x'])), pointersWithin('x'), pointersWithin(deep(20)), pointersWithin(deep(21))])
      .toEqual([[pointer, pointer], [pointer], [], [pointer], []]);
  });
});

describe('The rules of a web ACL', () => {
  const rules = (Rules: unknown, more: Resources = {}) => {
    const app = model({ W: one('AWS::WAFv2::WebACL', { Rules }), ...more });
    return webAclRules(of(app, 'W'), app);
  };
  const stops = (rule: unknown, more: Resources = {}) => rules([rule], more)[0].stops;
  const managed = (statement: object, more: object = {}) => ({ Name: 'r', OverrideAction: { None: {} }, Statement: { ManagedRuleGroupStatement: { VendorName: 'AWS', ...statement } }, ...more });
  const count = (...names: string[]) => ({ RuleActionOverrides: names.map((Name) => ({ Name, ActionToUse: { Count: {} } })) });
  const group = (Rules: unknown): Resources => ({ G: one('AWS::WAFv2::RuleGroup', { Rules }) });
  const own = (more: object = {}) => ({ Name: 'r', OverrideAction: { None: {} }, Statement: { RuleGroupReferenceStatement: { Arn: att('G'), ...more } } });
  const BLOCKS = { Name: 'b', Action: { Block: {} }, Statement: {} };

  test.each<[string, unknown, boolean | undefined]>([
    ['Block', { Action: { Block: {} } }, true], ['Captcha', { Action: { Captcha: {} } }, true], ['Challenge', { Action: { Challenge: {} } }, true], ['Count', { Action: { Count: {} } }, false], ['Allow', { Action: { Allow: {} } }, false],
    ['what the deployment knows', { Action: LATER }, undefined], ['Block or Count', { Action: either({ Block: {} }, { Count: {} }) }, false], ['Block or what the deployment knows', { Action: either({ Block: {} }, LATER) }, undefined],
    ['nothing', { Name: 'r' }, false], ['a group', managed({ Name: 'X' }), true], ['a group that counts', managed({ Name: 'X' }, { OverrideAction: { Count: {} } }), false], ['a group that may count', managed({ Name: 'X' }, { OverrideAction: LATER }), undefined],
    ['a group without a word about it', managed({ Name: 'X' }, { OverrideAction: undefined }), true], ['a large group of which one counts', managed({ Name: 'Unheard', ...count('a', 'b', 'c') }), true],
    ['a group of which all count', managed({ Name: 'AWSManagedRulesAdminProtectionRuleSet', ...count('a') }), false], ['a group of which one of two counts', managed({ Name: 'AWSManagedRulesAnonymousIpList', ...count('a') }), true], ['a group of which both count', managed({ Name: 'AWSManagedRulesAnonymousIpList', ...count('a', 'b') }), false],
  ])('stop requests by %s', (_, rule, expected) => expect(stops(rule)).toBe(expected));

  test.each<[string, number]>([
    ['AWSManagedRulesAdminProtectionRuleSet', 1], ['AWSManagedRulesAmazonIpReputationList', 2], ['AWSManagedRulesAnonymousIpList', 2], ['AWSManagedRulesCommonRuleSet', 21], ['AWSManagedRulesKnownBadInputsRuleSet', 10], ['AWSManagedRulesLinuxRuleSet', 3],
    ['AWSManagedRulesPHPRuleSet', 2], ['AWSManagedRulesSQLiRuleSet', 5], ['AWSManagedRulesUnixRuleSet', 2], ['AWSManagedRulesWordPressRuleSet', 2],
  ])('of %s are %i', (Name, size) => {
    const counted = (number: number) => stops(managed({ Name, ...count(...Array.from({ length: number }, (_, n) => `${n}`)) }));
    expect([counted(size - 1), counted(size)]).toEqual([true, false]);
  });

  test.each<[string, unknown, object, boolean | undefined]>([
    ['one that blocks', [BLOCKS], {}, true], ['none', [], {}, false], ['one that counts', [{ Name: 'b', Action: { Count: {} } }], {}, false], ['one that is made to count', [BLOCKS], count('b'), false], ['one that is left out', [BLOCKS], { ExcludedRules: [{ Name: 'b' }] }, false],
    ['one that is made to allow', [BLOCKS], { RuleActionOverrides: [{ Name: 'b', ActionToUse: { Allow: {} } }] }, false], ['one of two that is made to count', [BLOCKS, { ...BLOCKS, Name: 'c' }], count('b'), true], ['one without an action', [{ Name: 'b', Statement: {} }], {}, false],
    ['one that the deployment knows', [{ Name: 'b', Action: LATER }], {}, undefined], ['one that blocks, and one that the deployment knows', [{ Name: 'a', Action: LATER }, BLOCKS], {}, true],
  ])('stop requests by a group of the app with %s', (_, Rules, more, expected) => expect(stops(own(more), group(Rules))).toBe(expected));

  test('may be left out by a condition, or all be known at deployment', () => {
    expect(rules([either(BLOCKS)]).map(({ name, stops: found }) => [name, found])).toEqual([['b', false]]);
    expect(rules(either([BLOCKS], [])).map(({ name }) => name)).toEqual(['b']);
    expect(rules(LATER).map(({ name, stops: found }) => [name, found])).toEqual([['<?>', undefined]]);
    expect([rules(undefined), rules([null])]).toEqual([[], []]);
  });

  test('have all statements in them, those of groups of the app too', () => {
    const kinds = (rule: Value, more: Resources = {}) => {
      const app = model({ W: one('AWS::WAFv2::WebACL', { Rules: [rule] }), ...more });
      return statementsIn(of(app, 'W').items('Rules')[0], app).map(([kind]) => kind).sort();
    };
    const parts = [
      { NotStatement: { Statement: { GeoMatchStatement: {} } } }, { RateBasedStatement: { ScopeDownStatement: { LabelMatchStatement: {} } } },
    ];
    expect(kinds({ Statement: { AndStatement: { Statements: parts } } } as never))
      .toEqual(['AndStatement', 'GeoMatchStatement', 'LabelMatchStatement', 'NotStatement', 'RateBasedStatement']);
    expect(kinds(own() as never, group([{ Statement: { XssMatchStatement: {} } }]))).toEqual(['RuleGroupReferenceStatement', 'XssMatchStatement']);
    expect(kinds({ Statement: { RuleGroupReferenceStatement: { Arn: att('G') } } } as never, { G: one('AWS::WAFv2::IPSet', { Rules: [{ Statement: { XssMatchStatement: {} } }] }) })).toEqual(['RuleGroupReferenceStatement']);
  });

  test('stand in the one behind an ARN', () => {
    const app = model({ W: one('AWS::WAFv2::WebACL'), Q: one('AWS::SQS::Queue') });
    expect([webAclBehind(new Reference('Shop', 'W', 'Arn'), app)?.logicalId, webAclBehind(new Reference('Shop', 'Q', 'Arn'), app), webAclBehind('arn', app)]).toEqual(['W', undefined, undefined]);
  });
});

describe('A text of JSON', () => {
  const POINTER = new Reference('S', 'A', 'Arn');
  const plain = (value: Value): unknown => JSON.parse(JSON.stringify(value));
  const NO_JSON = new Unresolved('the text is no JSON as it stands in the template');

  test.each<[string, Value, unknown]>([
    ['an object', '{"a":[1,"x",null]}', { a: [1, 'x', null] }], ['no JSON', '{', NO_JSON], ['no text', { a: 1 } as never, { a: 1 }], ['a pointer in the place of a number', new Text(['{"a":', POINTER, '}']), { a: POINTER }],
    ['a pointer in a text', new Text(['{"a":"x', POINTER, 'y"}']), { a: new Text(['x', POINTER, 'y']) }], ['what is not known in a text', new Text(['{"a":"x', NO_JSON, '"}']), { a: new Text(['x', NO_JSON]) }],
    ['a quote that is meant', new Text(['{"a":"\\"', POINTER, '"}']), { a: new Text(['"', POINTER]) }], ['two alternatives', new Choice(['{"a":1}', '{"a":2}']), new Choice([{ a: 1 }, { a: 2 }] as never)], ['an empty text in it', '{"a":""}', { a: '' }],
  ])('is read: %s', (_, text, expected) => expect(plain(parsedJson(text))).toEqual(plain(expected as Value)));

  test.each<[string, Value, unknown]>([
    ['as a whole', '{"a":"${X}"}', { a: POINTER }], ['within a text', '{"a":"x/${X}/${N}"}', { a: new Text(['x/', POINTER, '/', '7']) }], ['outside of a text', '{"a":${N},"b":${ X }}', { a: 7, b: POINTER }], ['in an object', { a: '${N}' } as never, { a: 7 }],
    ['that nobody gave', '{"a":"${Y}"}', { a: new Unresolved('nothing is given for ${Y}') }], ['of several values', '{"a":"x${L}"}', { a: new Text(['x', new Unresolved('several values in a text')]) }], ['in a list', ['${N}', 5], [7, 5]],
  ])('has what is put in for a name: %s', (_, text, expected) => expect(plain(parsedJson(text, { X: POINTER, N: 7, L: ['a'] } as never))).toEqual(plain(expected as Value)));

  test('keeps names for which nothing is given at all', () => expect(plain(parsedJson('{"a":"${X}"}'))).toEqual({ a: '${X}' }));

  test('is nested a hundred times and no more', () => {
    const innermost = (times: number) => {
      let value = parsedJson(`${'['.repeat(times)}"x"${']'.repeat(times)}`);
      while (Array.isArray(value)) value = (value as readonly Value[])[0];
      return value;
    };
    expect([innermost(100), innermost(101)]).toEqual(['x', new Unresolved('the text is nested too deeply')]);
  });

  test('leads to the pointers in it, in each alternative', () => {
    const deep = (times: number): Value => Array.from({ length: times }).reduce((inner: Value) => [inner], POINTER as Value);
    expect([referencesWithin({ a: [POINTER, new Text(['x', POINTER])] } as never), referencesWithin(new Choice([[POINTER], 'x'])), referencesWithin('x'), referencesWithin(deep(100)), referencesWithin(deep(101))])
      .toEqual([[POINTER, POINTER], [POINTER], [], [POINTER], []]);
  });

  test('is the schema of a model, or none', () => {
    expect([plain(schemaOf('{"type":"object","items":[{"a":1}]}')), schemaOf('{'), schemaOf({ a: 1 } as never)]).toEqual([{ type: 'object', items: [{ a: 1 }] }, undefined, { a: 1 }]);
    expect([...schemaGaps({ $ref: '#/x', type: 'string' } as never)]).toStrictEqual([]);
    expect([...schemaGaps({ a: 'part' } as never, (part) => (part === 'part' ? { type: 'string' } as never : part))]).toEqual(['type']);
  });
});

describe('What a template says in words', () => {
  const template = (section: string, content: unknown, rule: string, resources: Resources = {}) => (
    findings(rule, resources, undefined, { [section]: content } as Resources));
  const output = (name: string, value: unknown, resources: Resources = {}, Parameters: unknown = {}) => (
    findings('OutputSecret', resources, undefined, { Outputs: { [name]: { Value: value } }, Parameters } as Resources));

  test.each<[string, string, unknown, Resources, string[]]>([
    ['the key of an API', 'Key', att('K', 'ApiKey'), { K: one('AWS::AppSync::ApiKey') }, ['OutputSecret[Key] at Template']], ['the id of the key of an API', 'Key', att('K', 'ApiKeyId'), { K: one('AWS::AppSync::ApiKey') }, []],
    ['the secret of a client', 'Client', att('C', 'ClientSecret'), { C: one('AWS::Cognito::UserPoolClient') }, ['OutputSecret[Client] at Template']], ['the key of a user', 'Access', att('U', 'SecretAccessKey'), { U: one('AWS::IAM::AccessKey') }, ['OutputSecret[Access] at Template']],
    ['a value that is called a secret', 'DbPassword', att('P', 'Value'), { P: one('AWS::SSM::Parameter') }, ['OutputSecret[DbPassword] at Template']], ['the value of something else', 'DbHost', att('P', 'Value'), { P: one('AWS::SSM::Parameter') }, []],
    ['the ARN of a secret', 'DbPassword', att('P', 'Arn'), { P: one('AWS::SSM::Parameter') }, []], ['a value of Secrets Manager', 'DbPassword', att('S', 'Value'), { S: one('AWS::SecretsManager::SecretTargetAttachment') }, []], ['a resource', 'DbPassword', { Ref: 'P' }, { P: one('AWS::SSM::Parameter') }, []],
  ])('as an output: %s', (_, name, value, resources, expected) => expect(output(name, value, resources)).toEqual(expected));

  test('as an output that a parameter without an echo makes', () => {
    const parameters = (NoEcho: boolean) => ({ P: { Type: 'String', NoEcho } });
    expect([output('Where', { 'Fn::Sub': 'x-${P}' }, {}, parameters(true)), output('Where', { Ref: 'P' }, {}, parameters(false)), output('ApiToken', { Ref: 'P' }, {}, parameters(false))])
      .toEqual([['OutputSecret[Where] at Template'], [], ['OutputSecret[undecided ApiToken] at Template']]);
  });

  test.each<[string, object, Resources, string[]]>([
    ['without a default, and masked', { DbPassword: { Type: 'String', NoEcho: true } }, {}, []], ['shown', { DbPassword: { Type: 'String' } }, {}, ['SecretParameter[DbPassword] at Template']], ['with a default', { DbPassword: { Type: 'String', NoEcho: true, Default: 'x' } }, {}, ['SecretParameter[DbPassword Default] at Template']],
    ['of a blank default', { DbPassword: { Type: 'String', NoEcho: true, Default: ' ' } }, {}, []], ['that points to a secret', { DbPassword: { Type: 'String', Default: 'arn:aws:secretsmanager:x' } }, {}, []], ['that is a path', { DbPassword: { Type: 'String', Default: '/shop/db' } }, {}, []],
    ['that is an alias', { DbPassword: { Type: 'String', Default: 'alias/db' } }, {}, []], ['that is resolved later', { DbPassword: { Type: 'String', Default: '{{resolve:ssm:x}}' } }, {}, []],
    ['that only holds something to resolve', { DbPassword: { Type: 'String', NoEcho: true, Default: 'x{{resolve:ssm:x}}' } }, {}, ['SecretParameter[DbPassword Default] at Template']], ['that is a number', { DbPassword: { Type: 'Number' } }, {}, []], ['of a list', { DbPassword: { Type: 'CommaDelimitedList' } }, {}, ['SecretParameter[DbPassword] at Template']],
    ['by another name in a credential', { Word: { Type: 'String' } }, { D: one('AWS::RDS::DBInstance', { MasterUserPassword: { Ref: 'Word' } }) }, ['SecretParameter[Word] at Template']], ['by another name beside a credential', { Word: { Type: 'String' } }, { D: one('AWS::RDS::DBInstance', { MasterUsername: { Ref: 'Word' } }) }, []],
    ['in the text of a secret', { Word: { Type: 'String' } }, { S: one('AWS::SecretsManager::Secret', { SecretString: { 'Fn::Sub': '{"p":"${Word}"}' } }) }, ['SecretParameter[Word] at Template']],
    ['beside the password in the text of a secret', { DbUser: { Type: 'String' }, DbHost: { Type: 'String' } }, { S: one('AWS::SecretsManager::Secret', { SecretString: { 'Fn::Sub': '{"u":"${DbUser}","h":"${DbHost}"}' } }) }, []],
    ['deep in a resource', { Word: { Type: 'String' } }, { D: one('Some::Thing', { a: [{ b: { AuthToken: { Ref: 'Word' } } }] }) }, ['SecretParameter[Word] at Template']],
  ])('as a parameter %s', (_, parameters, resources, expected) => expect(template('Parameters', parameters, 'SecretParameter', resources)).toEqual(expected));

  test('is shown with its names', () => expect(textOf(new Text(['a', new Reference('S', 'B')]))).toBe('a<B>'));
});
