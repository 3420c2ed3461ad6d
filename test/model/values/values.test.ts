import {
  behaviorsOf, cacheOf, isBucketOrigin, isWebsiteEndpoint, looksLikeApi, originsIn, originsOf,
} from '../../../src/model/entries/edge-behaviors';
import { webAclRulesIn } from '../../../src/model/entries/web-acl-rules';
import { awsManagedPolicy, ManagedPolicyReach } from '../../../src/model/rights/aws-managed-policies';
import { acceptsEverything, schemaGaps } from '../../../src/model/values/json-schemas';
import { likelyValueOf, parametersOf, typed, valueOfParameter } from '../../../src/model/values/parameters';
import { forEach, glue, MOST_OPTIONS, split, toJson } from '../../../src/model/values/texts';
import {
  alternatives, at, Choice, choose, elements, entries, hasUnknown, isOfAnotherApp, isRecord, isTrue, numberOf, Reference,
  referencesIn, Text, textOf, Unresolved, Value,
} from '../../../src/model/values/values';
import { modelOf, Resources } from '../../policy/support';

const POINTER = new Reference('Shop', 'Orders', 'Arn');
const OPEN = new Unresolved('set at deployment');
const EITHER = new Choice(['a', 'b']);

describe('A value', () => {
  test('is one of several, or itself', () => {
    expect([alternatives(EITHER), alternatives('a'), choose(['a', 'a']), choose(['a', EITHER])]).toEqual([['a', 'b'], ['a'], 'a', EITHER]);
  });

  test('has what stands under a key, for each alternative', () => {
    expect(at({ a: 1 }, 'a')).toBe(1);
    expect(at(['x', 'y'], '1')).toBe('y');
    expect(at(OPEN, 'a')).toBe(OPEN);
    expect([at('text', 'length'), at(undefined, 'a'), at(POINTER, 'attribute'), at(new Text(['x']), 'parts')]).toEqual([undefined, undefined, undefined, undefined]);
    expect(at(new Choice([{ a: 1 }, { b: 2 }]), 'a')).toEqual(new Choice([1, undefined]));
  });

  test('has elements, whether it is a list or not', () => {
    expect([elements('a'), elements(['a', 'b']), elements(undefined), elements(null), elements(['a', null, undefined]), elements(new Choice([['a'], 'b', undefined])), elements([EITHER, 'c'])])
      .toEqual([['a'], ['a', 'b'], [], [], ['a'], ['a', 'b'], ['a', 'b', 'c']]);
  });

  test('has entries if it is an object', () => {
    expect([entries({ a: 1 }), entries(['a']), entries(POINTER), entries(new Choice([{ a: 1 }, 'x', { b: 2 }]))]).toEqual([[['a', 1]], [], [], [['a', 1], ['b', 2]]]);
    expect([{}, [], null, 'a', POINTER, OPEN, EITHER, new Text([])].map((value) => isRecord(value as Value))).toEqual([true, false, false, false, false, false, false, false]);
  });

  test('is known or not, and of this app or not', () => {
    expect([OPEN, EITHER, new Text(['a', OPEN]), new Text(['a', POINTER]), POINTER, 'a'].map(hasUnknown)).toEqual([true, true, true, false, false, false]);
    const foreign = new Unresolved('the export x belongs to another app');
    expect([foreign, new Text(['a', foreign]), OPEN, new Text([OPEN]), 'the export '].map(isOfAnotherApp)).toEqual([true, true, false, false, false]);
  });

  test('points to resources', () => {
    expect([referencesIn(POINTER), referencesIn(new Text(['a', POINTER])), referencesIn(new Choice([POINTER, 'a'])), referencesIn('a')]).toEqual([[POINTER], [POINTER], [POINTER], []]);
  });

  test.each<[Value, string | undefined]>([
    ['a', 'a'], [1, '1'], [false, 'false'], [POINTER, '<Orders.Arn>'], [new Reference('S', 'Q'), '<Q>'], [new Text(['a', POINTER, OPEN]), 'a<Orders.Arn><?>'], [OPEN, '<?>'], [null, undefined], [{}, undefined],
    [[], undefined], [new Choice([OPEN, 'b']), 'b'], [new Choice([OPEN, undefined]), '<?>'], [new Choice([undefined, 'a', 'b']), 'a'],
  ])('%j is shown as %s', (value, text) => expect(textOf(value)).toBe(text));

  test.each<[Value, boolean, number | undefined]>([[true, true, undefined], ['TRUE', true, undefined], ['yes', false, undefined], [7, false, 7], ['7', false, 7], [' ', false, undefined], ['7a', false, undefined], [null, false, undefined]])(
    '%j is on: %s, and the number %s', (value, on, number) => {
      expect(isTrue(value)).toBe(on);
      expect(numberOf(value)).toBe(number);
    });
});

describe('A text', () => {
  test('is glued of pieces', () => {
    expect(glue(['a', 'b', 1])).toBe('ab1');
    expect(glue([])).toBe('');
    expect(glue(['', POINTER])).toEqual(POINTER);
    expect(glue(['a', POINTER, '', 'b', 'c'])).toEqual(new Text(['a', POINTER, 'bc']));
    expect(glue([OPEN, OPEN, 'a'])).toEqual(new Text([OPEN, 'a']));
    expect(glue([{}, 'a'])).toEqual(new Text([new Unresolved('a list or an object inside of a text'), 'a']));
    expect(glue(['<AWS::Region>'])).toEqual(new Text(['<AWS::Region>']));
    expect(glue([new Text(['a', POINTER]), 'b'])).toEqual(new Text(['a', POINTER, 'b']));
  });

  test('has the same value for the same choice, and all combinations of others', () => {
    expect(glue([EITHER, '-', EITHER])).toEqual(new Choice(['a-a', 'b-b']));
    expect(glue([EITHER, new Choice(['1', '2'])])).toEqual(new Choice(['a1', 'a2', 'b1', 'b2']));
  });

  test('tells so many combinations apart and no more', () => {
    const choices = (count: number) => Array.from({ length: count }, (_, index) => new Choice([`${index}x`, `${index}y`]));
    expect(alternatives(glue(choices(4)))).toHaveLength(MOST_OPTIONS);
    expect(alternatives(glue(choices(5))).every((option) => hasUnknown(option))).toBe(true);
  });

  test('is not known if it is too long for CloudFormation', () => {
    expect(glue(['a'.repeat(65_536), ''])).toBe('a'.repeat(65_536));
    expect(glue(['a'.repeat(65_536), 'b'])).toEqual(new Unresolved('the text is too long'));
  });

  test('is split, around pointers and pseudo parameters', () => {
    expect(split('a:b', ':')).toEqual(['a', 'b']);
    expect(split(POINTER, ':')).toBeUndefined();
    expect(split(new Text(['arn:<AWS::Partition>:s3:', POINTER, ':x']), ':')).toEqual(['arn', new Text(['<AWS::Partition>']), 's3', POINTER, 'x']);
  });

  test('is made of a value as JSON', () => {
    expect(toJson({ a: [1, 'x"', true, null], b: { c: undefined } })).toBe('{"a":[1,"x\\"",true,null],"b":{"c":null}}');
    expect(toJson({ a: POINTER })).toEqual(new Text(['{"a":"', POINTER, '"}']));
    expect(toJson([new Text(['x', POINTER]), OPEN])).toEqual(new Text(['["x', POINTER, '",', OPEN, ']']));
    expect(toJson([EITHER])).toEqual(new Choice(['["a"]', '["b"]']));
  });

  test('is changed in each of its alternatives', () => {
    expect(forEach(EITHER, (option) => `${textOf(option)}!`)).toEqual(new Choice(['a!', 'b!']));
    expect(forEach('a', () => 'b')).toBe('b');
  });
});

describe('A parameter', () => {
  const one = (declared: unknown) => parametersOf('Shop', { Parameters: { P: declared } })[0];
  const open = new Unresolved('the parameter P is set at deployment');

  test('is declared with a type, a default, allowed values and a description', () => {
    expect(one({ Type: 'Number', NoEcho: 'TRUE', Default: 5, AllowedValues: [1, 'b', {}], Description: 'd' }))
      .toEqual({ stackId: 'Shop', name: 'P', type: 'Number', noEcho: true, default: 5, allowedValues: [1, 'b'], description: 'd' });
    expect(one({ Default: {}, AllowedValues: 'x', Description: 1 })).toEqual({ stackId: 'Shop', name: 'P', type: 'String', noEcho: false, default: undefined, allowedValues: [], description: undefined });
  });

  test.each<[string, unknown, Value, Value]>([
    ['NoEcho', { Type: 'String', NoEcho: true, Default: 'a', AllowedValues: ['prod'] }, open, undefined],
    ['a type of SSM', { Type: 'AWS::SSM::Parameter::Value<String>', Default: 'a' }, open, undefined],
    ['allowed values', { Type: 'String', AllowedValues: ['dev', 'Prod'], Default: 'dev' }, new Choice(['dev', 'Prod']), 'Prod'],
    ['allowed values without production', { Type: 'String', AllowedValues: ['a', 'b'], Default: 'b' }, new Choice(['a', 'b']), 'b'],
    ['a default', { Type: 'String', Default: 'a' }, new Choice(['a', open]), 'a'],
    ['neither', { Type: 'String' }, new Unresolved(open.because, { name: 'P' }), undefined],
    ['a default of nothing', { Type: 'String', Default: '' }, new Choice(['', new Unresolved(open.because, { name: 'P' })]), ''],
    ['numbers', { Type: 'Number', AllowedValues: ['1', 'x'] }, new Choice([1, 'x']), undefined],
  ])('with %s', (_, declared, value, likely) => {
    expect(valueOfParameter(one(declared))).toEqual(value);
    expect(likelyValueOf(one(declared))).toEqual(likely);
  });

  test.each(['live', 'prd', 'prod', 'production', 'PROD'])('%s is production', (stage) => expect(likelyValueOf(one({ AllowedValues: ['dev', stage, 'test'], Default: 'dev' }))).toBe(stage));
  test.each(['preprod', 'products', 'alive'])('%s is not', (stage) => expect(likelyValueOf(one({ AllowedValues: ['dev', stage], Default: 'dev' }))).toBe('dev'));

  test.each<[string, Value, Value]>([
    ['String', 5, '5'], ['Number', '5', 5], ['CommaDelimitedList', 'a, b', ['a', 'b']], ['List<Number>', '1, x', [1, 'x']], ['List<AWS::EC2::Subnet::Id>', 'a,b', ['a', 'b']], ['CommaDelimitedList', ['a'], ['a']],
    ['String', undefined, undefined], ['String', POINTER, POINTER],
  ])('of the type %s makes %j', (Type, given, expected) => expect(typed(one({ Type }), given)).toEqual(expected));
});

describe('A policy of AWS', () => {
  const { ADMIN, FULL, READ, EXECUTION, OTHER } = ManagedPolicyReach;
  const of = (name: string) => awsManagedPolicy(`arn:aws:iam::aws:policy/${name}`);

  test.each<[string, ManagedPolicyReach, string[]]>([
    ['AdministratorAccess', ADMIN, ['*']], ['AdministratorAccess-AWSElasticBeanstalk', ADMIN, []], ['AdministratorAccess-Amplify', ADMIN, []], ['IAMFullAccess', ADMIN, ['iam:*']], ['PowerUserAccess', ADMIN, ['*']],
    ['job-function/SystemAdministrator', ADMIN, []], ['AWSAppSyncPushToCloudWatchLogs', EXECUTION, []], ['service-role/AWSLambdaBasicDurableExecutionRolePolicy', EXECUTION, []],
    ['service-role/AWSLambdaBasicExecutionRole', EXECUTION, []], ['service-role/AWSLambdaDynamoDBExecutionRole', EXECUTION, []], ['service-role/AWSLambdaENIManagementAccess', EXECUTION, []],
    ['service-role/AWSLambdaKinesisExecutionRole', EXECUTION, []], ['service-role/AWSLambdaMSKExecutionRole', EXECUTION, []], ['service-role/AWSLambdaRole', EXECUTION, ['lambda:InvokeFunction']],
    ['service-role/AWSLambdaSQSQueueExecutionRole', EXECUTION, []], ['service-role/AWSLambdaVPCAccessExecutionRole', EXECUTION, []], ['AWSXRayDaemonWriteAccess', EXECUTION, []], ['AWSXrayWriteOnlyAccess', EXECUTION, []],
    ['service-role/AmazonAPIGatewayPushToCloudWatchLogs', EXECUTION, []], ['CloudWatchLambdaInsightsExecutionRolePolicy', EXECUTION, []],
    ['AWSLambdaExecute', OTHER, ['logs:*', 's3:GetObject', 's3:PutObject']],
    ['AWSLambdaInvocation-DynamoDB', OTHER, []], ['AWSLambdaInvocation_DynamoDB', OTHER, ['dynamodb:DescribeStream', 'dynamodb:GetRecords', 'dynamodb:GetShardIterator', 'lambda:InvokeFunction']],
    ['AWSLambda_FullAccess', FULL, ['iam:PassRole', 'lambda:*']], ['AWSStepFunctionsFullAccess', FULL, ['states:*']], ['AmazonKinesisFullAccess', FULL, ['kinesis:*']], ['AmazonKinesisFirehoseFullAccess', FULL, ['firehose:*']],
    ['AmazonDynamoDBReadOnlyAccess', READ, ['dynamodb:BatchGetItem', 'dynamodb:GetItem', 'dynamodb:PartiQLSelect', 'dynamodb:Query', 'dynamodb:Scan']], ['AmazonS3ReadOnlyAccess', READ, ['s3:Get*', 's3:List*']],
    ['AmazonSQSReadOnlyAccess', READ, ['sqs:GetQueueAttributes', 'sqs:ListQueues']], ['CloudWatchFullAccess', FULL, ['cloudwatch:*', 'logs:*', 'sns:*']], ['CloudWatchLogsFullAccess', FULL, ['logs:*']],
    ['ReadOnlyAccess', READ, ['dynamodb:GetItem', 'dynamodb:Scan', 's3:GetObject', 'sqs:ReceiveMessage']], ['SecretsManagerReadWrite', FULL, ['secretsmanager:*']], ['SecurityAudit', READ, []], ['job-function/ViewOnlyAccess', READ, []],
    ['AmazonAPIGatewayAdministrator', FULL, ['apigateway:*']], ['AmazonAPIGatewayInvokeFullAccess', FULL, ['execute-api:*']], ['AmazonCognitoPowerUser', FULL, ['cognito-idp:*']], ['AmazonDynamoDBFullAccess', FULL, ['dynamodb:*']],
    ['AmazonDynamoDBFullAccess_v2', FULL, ['dynamodb:*']], ['AmazonEC2FullAccess', FULL, ['ec2:*']], ['AmazonEventBridgeFullAccess', FULL, ['events:*']], ['AmazonEventBridgePipesFullAccess', FULL, ['pipes:*']],
    ['AmazonEventBridgeSchedulerFullAccess', FULL, ['scheduler:*']], ['AWSKeyManagementServicePowerUser', FULL, ['kms:*']], ['AmazonRDSFullAccess', FULL, ['rds:*']], ['AmazonRDSDataFullAccess', FULL, ['rds-data:*']],
    ['AmazonS3FullAccess', FULL, ['s3:*']], ['AmazonSESFullAccess', FULL, ['ses:*']], ['AmazonSNSFullAccess', FULL, ['sns:*']], ['AmazonSQSFullAccess', FULL, ['sqs:*']], ['AmazonSSMFullAccess', FULL, ['ssm:*']],
    ['AmazonUnheardOfFullAccess', FULL, []], ['AWSSupportAccess', OTHER, []], ['constructor', OTHER, []],
  ])('%s: %s', (name, reach, actions) => {
    expect(of(name)).toEqual({ name: name.split('/').pop(), reach, actions });
  });

  test.each(['arn:aws:iam::111122223333:policy/AdministratorAccess', 'arn:aws:sts::aws:policy/AdministratorAccess', 'AdministratorAccess'])('%s is none', (arn) => expect(awsManagedPolicy(arn)).toBeUndefined());
});

describe('A schema', () => {
  const gaps = (schema: Value): string[] => [...schemaGaps(schema)].sort();

  test.each<[string, Value, string[]]>([
    ['that says nothing', {}, ['type']], ['of an enumeration', { enum: ['a'] }, []], ['of one value', { const: 'a' }, []], ['of a pattern', { pattern: 'a' }, []],
    ['of an object', { type: 'object' }, ['additionalProperties']], ['of an object that is closed', { type: 'object', additionalProperties: false }, []],
    ['of an object that is closed in YAML', { type: 'object', additionalProperties: 'false' }, []], ['of an object without more', { type: 'object', unevaluatedProperties: false }, []],
    ['of properties alone', { properties: {} }, ['additionalProperties']], ['of any more', { type: 'object', additionalProperties: { type: 'number' } }, ['additionalProperties']],
    ['of so many more', { type: 'object', additionalProperties: { type: 'number' }, maxProperties: 5 }, []], ['of so many', { type: 'object', maxProperties: 5 }, ['additionalProperties']],
    ['of a text', { type: 'string' }, ['maxLength']], ['of a short text', { type: 'string', maxLength: 5 }, []], ['of a text or nothing', { type: ['string', 'null'] }, ['maxLength']],
    ['of a text in a form', { type: 'string', pattern: '^[a-z]{1,9}$' }, []], ['of a text in an endless form', { type: 'string', pattern: '^[a-z]+$' }, ['maxLength']],
    ['of a text in a form without an end', { type: 'string', pattern: '^[a-z]{1,9}' }, ['maxLength']], ['of a text in a form without a beginning', { type: 'string', pattern: '[a-z]$' }, ['maxLength']],
    ['of a text with a star that is meant', { type: 'string', pattern: '^\\*[*+]$' }, []], ['of a text of at least so many', { type: 'string', pattern: '^a{2,}$' }, ['maxLength']],
    ['of a list of texts', { type: 'array', items: { type: 'string' } }, ['maxLength']], ['of parts', { type: 'object', additionalProperties: false, properties: { a: {} } }, ['type']],
    ['of parts by pattern', { type: 'object', additionalProperties: false, patternProperties: { a: {} } }, ['type']], ['of alternatives', { anyOf: [{ type: 'string' }] }, ['maxLength']],
    ['of one alternative', { oneOf: [{ type: 'string' }] }, ['maxLength']], ['of several at once', { allOf: [{ type: 'object' }] }, []], ['of a negation', { not: {} }, []], ['of another', { $ref: '#/x' }, []],
    ['of more texts', { type: 'object', maxProperties: 1, additionalProperties: { type: 'string' } }, ['maxLength']],
  ])('%s', (_, schema, expected) => expect(gaps(schema)).toEqual(expected));
});

test.each<[Value, boolean]>([
  [{}, true], [{ type: 'object' }, true], [{ type: 'object', additionalProperties: true, properties: {}, title: 'Empty', $schema: 'x' }, true], [{ type: 'string' }, false], [{ additionalProperties: false }, false],
  [{ properties: { a: {} } }, false], [{ required: ['a'] }, false],
])('the schema %j accepts everything: %s', (schema, expected) => expect(acceptsEverything(schema)).toBe(expected));

describe('A rule of a web ACL', () => {
  const app = modelOf({});
  const narrowed = (scope: Value, kind = 'RateBasedStatement') => webAclRulesIn([{ Name: 'r', Statement: { [kind]: { ScopeDownStatement: scope } }, Action: { Block: {} } }], app)[0].narrowed;
  const path = (SearchString: string, PositionalConstraint: string, field = 'UriPath') => ({ ByteMatchStatement: { SearchString, PositionalConstraint, FieldToMatch: { [field]: {} } } });
  const geo = { GeoMatchStatement: {} };

  test.each<[string, Value, boolean]>([
    ['a path', path('/admin', 'STARTS_WITH'), true], ['all paths', path('/', 'STARTS_WITH'), false], ['all paths, by what they contain', path('/', 'CONTAINS'), false], ['paths that end so', path('/', 'ENDS_WITH'), true],
    ['what is asked', path('/', 'CONTAINS', 'QueryString'), true], ['all but a country', { NotStatement: { Statement: geo } }, false], ['nothing', { NotStatement: { Statement: path('/', 'CONTAINS') } }, true],
    ['a path of all', { AndStatement: { Statements: [path('/', 'CONTAINS'), geo] } }, true], ['all of all', { AndStatement: { Statements: [path('/', 'CONTAINS'), path('/', 'CONTAINS')] } }, false],
    ['a path or all', { OrStatement: { Statements: [path('/', 'CONTAINS'), geo] } }, false], ['one of two', { OrStatement: { Statements: [geo, geo] } }, true], ['one of none', { OrStatement: { Statements: [] } }, false],
    ['a statement without a kind', {}, false],
  ])('looks at %s', (_, scope, expected) => {
    expect(narrowed(scope)).toBe(expected);
    expect(narrowed(scope, 'ManagedRuleGroupStatement')).toBe(expected);
  });

  test('has a name, a place, a group with its vendor, and what of it only counts', () => {
    const [, rule] = webAclRulesIn([{ Name: 'a' }, {
      OverrideAction: { None: {} },
      Statement: {
        ManagedRuleGroupStatement: {
          Name: 'Common',
          VendorName: 'AWS',
          ExcludedRules: [{ Name: 'Old' }],
          RuleActionOverrides: [{ Name: 'Counts', ActionToUse: { Count: {} } }, { Name: 'Allows', ActionToUse: { Allow: {} } }, { Name: 'Blocks', ActionToUse: { Block: {} } }],
        },
      },
    }], app);
    expect(rule).toMatchObject({ name: 'rule 1', location: 'Properties.Rules.1', managedGroup: 'Common', vendor: 'AWS', counted: ['Counts', 'Allows', 'Old'], narrowed: false, stops: true });
  });
});

describe('A distribution', () => {
  const distribution = (DistributionConfig: object, more: Resources = {}) => {
    const app = modelOf({ D: { Type: 'AWS::CloudFront::Distribution', Properties: { DistributionConfig } }, ...more });
    return { app, found: app.resources.find(({ logicalId }) => logicalId === 'D')! };
  };
  const cache = (behavior: object, more: Resources = {}) => {
    const { app, found } = distribution({ DefaultCacheBehavior: behavior }, more);
    return cacheOf(behaviorsOf(found)[0], app);
  };
  const cachePolicy = (ParametersInCacheKeyAndForwardedToOrigin: object, more: object = {}): Resources => (
    { P: { Type: 'AWS::CloudFront::CachePolicy', Properties: { CachePolicyConfig: { ParametersInCacheKeyAndForwardedToOrigin, ...more } } } });
  const header = (HeaderBehavior: string, Headers?: unknown) => ({ HeadersConfig: { HeaderBehavior, Headers } });

  test.each<[string, object, object, Resources?]>([
    ['nothing by the managed policy', { CachePolicyId: '4135ea2d-6df8-44a3-9df3-4b5a84be39ad' }, { keeps: false, identityInKey: false, identityForwarded: false }],
    ['by another managed policy', { CachePolicyId: '658327ea-f89d-4fab-a63d-7e88639e58f6' }, { keeps: true, identityInKey: false }],
    ...['2e54312d-136d-493c-8eb9-b001f22f67d2', '4cc15a8a-d715-48a4-82b8-cc0b614638fe', '83da9c7e-98b4-4e11-a168-04f0df8e2c65'].map((id): [string, object, object] => [`by caller: ${id}`, { CachePolicyId: id }, { keeps: true, identityInKey: true }]),
    ...['216adef6-5c7f-47e4-b989-5492eafa07d3', '33f36d7e-f396-46d9-90e0-52428a34d9dc', 'b689b0a8-53d0-40ab-baf2-68738e2966ac'].map((id): [string, object, object] => [`and passes on: ${id}`, { OriginRequestPolicyId: id }, { identityForwarded: true }]),
    ['and passes nothing on', { OriginRequestPolicyId: '88a5eaf4-2fd4-4709-b370-b4c650ea3fcf' }, { identityForwarded: false }],
    ['in the old form', { ForwardedValues: {} }, { keeps: true, identityInKey: false }],
    ['in the old form, by cookies', { ForwardedValues: { Cookies: { Forward: 'ALL' } } }, { keeps: true, identityInKey: true }],
    ['in the old form, by no cookies', { ForwardedValues: { Cookies: { Forward: 'none' } } }, { keeps: true, identityInKey: false }],
    ['in the old form, by the token', { ForwardedValues: { Headers: ['Accept', 'Authorization'] } }, { keeps: true, identityInKey: true }],
    ['in the old form, by all headers', { ForwardedValues: { Headers: ['*'] } }, { keeps: false, identityInKey: true }],
    ['in the old form, never', { MaxTTL: 0, ForwardedValues: {} }, { keeps: false, identityInKey: false }],
    ['in the old form, not unless told', { DefaultTTL: 0, MinTTL: '0', ForwardedValues: {} }, { keeps: false, identityInKey: false }],
    ['in the old form, if the origin says so', { DefaultTTL: 0, MinTTL: 0, MaxTTL: 60, ForwardedValues: {} }, { keeps: true }],
    ['in the old form, at least a while', { DefaultTTL: 0, MinTTL: 1, ForwardedValues: {} }, { keeps: true }],
    ['by an own policy', { CachePolicyId: { Ref: 'P' } }, { keeps: true, identityInKey: false }, cachePolicy(header('none'))],
    ['by an own policy, never', { CachePolicyId: { Ref: 'P' } }, { keeps: false }, cachePolicy({}, { MaxTTL: '0' })],
    ['by an own policy with cookies', { CachePolicyId: { Ref: 'P' } }, { keeps: true, identityInKey: true }, cachePolicy({ CookiesConfig: { CookieBehavior: 'all' } })],
    ['by an own policy with the token', { CachePolicyId: { Ref: 'P' } }, { identityInKey: true }, cachePolicy(header('whitelist', ['x-api-key']))],
    ['by an own policy with the token, as a set', { CachePolicyId: { Ref: 'P' } }, { identityInKey: true }, cachePolicy(header('whitelist', { Items: ['X-User-Id'] }))],
    ['by an own policy with another header', { CachePolicyId: { Ref: 'P' } }, { identityInKey: false }, cachePolicy(header('whitelist', ['Accept']))],
    ['by what nobody knows', { CachePolicyId: { Ref: 'Unknown' } }, { keeps: undefined, identityInKey: undefined }],
    ...['allViewer', 'allViewerAndWhitelistCloudFront', 'allExcept'].map((kind): [string, object, object, Resources] => [`and passes on: ${kind}`, { OriginRequestPolicyId: { Ref: 'R' } }, { identityForwarded: true },
      { R: { Type: 'AWS::CloudFront::OriginRequestPolicy', Properties: { OriginRequestPolicyConfig: header(kind) } } }]),
    ['and passes on what nobody knows', { OriginRequestPolicyId: { Ref: 'Unknown' } }, { identityForwarded: undefined }],
  ])('caches %s', (_, behavior, expected, more = {}) => expect(cache(behavior, more)).toMatchObject(expected));

  test.each<[string, boolean, boolean, boolean]>([
    ['orders.s3.eu-west-1.amazonaws.com', true, false, false], ['orders.s3.amazonaws.com', true, false, false], ['orders.s3-eu-west-1.amazonaws.com', true, false, false], ['orders.s3.cn-north-1.amazonaws.com.cn', true, false, false],
    ['orders.s3-website-eu-west-1.amazonaws.com', false, true, false], ['orders.s3-website.eu-central-1.amazonaws.com', false, true, false], ['shop.test', false, false, false], ['s3.shop.test', false, false, false],
    ['a1.execute-api.eu-west-1.amazonaws.com', false, false, true], ['a1.lambda-url.eu-west-1.on.aws', false, false, true],
  ])('asks %s: a bucket %s, a site %s, an API %s', (DomainName, bucket, site, api) => {
    const { app, found } = distribution({ Origins: [{ Id: 'o', DomainName }] });
    const [origin] = originsIn(found);
    expect([isBucketOrigin(origin, app), isWebsiteEndpoint(origin, app), looksLikeApi(origin, app)]).toEqual([bucket, site, api]);
  });

  test('asks the members of a group in their order', () => {
    const { found } = distribution({
      Origins: [{ Id: 'b' }, { Id: 'a' }, { Id: 'c' }],
      OriginGroups: { Items: [{ Id: 'g', Members: { Items: [{ OriginId: 'a' }, { OriginId: 'b' }] } }] },
      DefaultCacheBehavior: { TargetOriginId: 'g' },
      CacheBehaviors: [{ TargetOriginId: 'c', PathPattern: '/c' }, { TargetOriginId: 'x' }],
    });
    expect(behaviorsOf(found).map((behavior) => [behavior.name, behavior.location, originsOf(behavior, found).map(({ id }) => id)])).toEqual([
      ['default', 'Properties.DistributionConfig.DefaultCacheBehavior', ['a', 'b']], ['/c', 'Properties.DistributionConfig.CacheBehaviors.0', ['c']], ['1', 'Properties.DistributionConfig.CacheBehaviors.1', []],
    ]);
  });
});
