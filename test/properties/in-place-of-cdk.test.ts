import { Duration, Lazy, Size, Stack } from 'aws-cdk-lib';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { UserPoolOperation } from 'aws-cdk-lib/aws-cognito';
import { Attribute, AttributeType, Capacity, GlobalSecondaryIndexPropsV2, ProjectionType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { TenancyConfig } from 'aws-cdk-lib/aws-lambda';
import { HttpMethods } from 'aws-cdk-lib/aws-s3';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { ISecretAttachmentTarget } from 'aws-cdk-lib/aws-secretsmanager';
import { FilterOrPolicy, SubscriptionFilter } from 'aws-cdk-lib/aws-sns';
import { AlarmSetting } from '../../src/alarms/alarm-setting';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { SecureTable } from '../../src/database/table/secure-table';
import { SecureTableProps } from '../../src/database/table/secure-table-props';
import { TableBilling } from '../../src/database/table/table-billing';
import { TableRecovery } from '../../src/database/table/table-recovery';
import { EdgeDistribution } from '../../src/edge/edge-distribution';
import { EdgeDistributionProps } from '../../src/edge/edge-distribution-props';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { EdgeKind } from '../../src/edge/edge-kind';
import { EdgeWebAcl } from '../../src/edge/edge-web-acl';
import { FunctionUrlAuth } from '../../src/http-api/function-url-auth';
import { SecureFunctionUrl } from '../../src/http-api/secure-function-url';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { ScheduleTarget } from '../../src/integration/schedule/schedule-target';
import { SecureSchedule } from '../../src/integration/schedule/secure-schedule';
import { SecureScheduleProps } from '../../src/integration/schedule/secure-schedule-props';
import { SecureQueue } from '../../src/messaging/queue/secure-queue';
import { SecureTopic } from '../../src/messaging/topic/secure-topic';
import { SecureKey } from '../../src/secrets/key/secure-key';
import { SecretRotation } from '../../src/secrets/secret/secret-rotation';
import { SecureSecret } from '../../src/secrets/secret/secure-secret';
import { SecureParameter } from '../../src/secrets/secure-parameter';
import { SecureBucket } from '../../src/storage/secure-bucket';
import { ThirdPartyApi } from '../../src/third-party/third-party-api';
import { CallSettings } from '../../src/third-party/third-party-api-props';
import { ThirdPartyCredential } from '../../src/third-party/third-party-credential';
import { SecureWebAcl } from '../../src/waf/secure-web-acl';
import { ALL_NAG_PACKS, findingsOf, templateOf, testStack, unexplained } from '../support/apps';
import { aFunction } from '../support/self-audit';

const ROTATION = SecretRotation.off('the partner issues it once a year, by mail');
const LATE = 'must be known when the app is synthesized, got "a value that is only known at deployment"';
const number = (): number => Lazy.number({ produce: () => 7 });
const text = (name: string): Attribute => ({ name, type: AttributeType.STRING });

const table = (stack: Stack, props: Partial<SecureTableProps>): SecureTable => new SecureTable(stack, 'It', { partitionKey: text('id'), sortKey: text('at'), ...props });
const index = (more: Partial<GlobalSecondaryIndexPropsV2> = {}): GlobalSecondaryIndexPropsV2 => ({ indexName: 'byKind', partitionKey: text('kind'), ...more });
const schedule = (stack: Stack, props: Partial<SecureScheduleProps>): SecureSchedule => new SecureSchedule(stack, 'It', {
  schedule: ScheduleExpression.expression('rate(1 day)'), target: ScheduleTarget.function(aFunction(stack, 'Fn')), ...props,
});
const edge = (stack: Stack, errorResponses: EdgeDistributionProps['errorResponses']): EdgeDistribution => new EdgeDistribution(stack, 'It', {
  kind: EdgeKind.site(),
  origin: new HttpOrigin('origin.example.com'),
  domain: EdgeDomain.generated('an internal preview, seen by nobody else'),
  errorResponses,
  webAcl: EdgeWebAcl.fromArn('arn:aws:wafv2:us-east-1:111122223333:global/webacl/shop/1'),
});
const values = (count: number): SubscriptionFilter => SubscriptionFilter.stringFilter({
  allowlist: Array.from({ length: count }, (_, value) => `value${value}`),
});
const fields = (names: string, count: number): { [name: string]: SubscriptionFilter } => (
  Object.fromEntries([...names].map((name) => [name, values(count)])));
const partner = (stack: Stack, calls: CallSettings): ThirdPartyApi => new ThirdPartyApi(stack, 'It', {
  url: 'https://api.partner.example.com', purpose: 'ships the orders of the shop', credential: ThirdPartyCredential.apiKey('x-api-key', { rotation: ROTATION }), calls,
});
const secret = (stack: Stack): SecureSecret => new SecureSecret(stack, 'It', { rotation: ROTATION });
const copyKey = (stack: Stack) => Key.fromKeyArn(stack, 'Copy', 'arn:aws:kms:eu-central-1:111122223333:key/1');
const target: ISecretAttachmentTarget = { asSecretAttachmentTarget: () => ({ targetId: 'database', targetType: 'AWS::RDS::DBInstance' as never }) };

/** What samples brought to light: each of these was refused by CDK, in its words, without a place, or late, or not at all. */
test.each<[string, (stack: Stack) => unknown, string]>([
  ['a key whose use does not fit its material', (stack) => new SecureKey(stack, 'It', { keySpec: KeySpec.RSA_2048, keyUsage: KeyUsage.KEY_AGREEMENT }),
    "'keyUsage' must be ENCRYPT_DECRYPT or SIGN_VERIFY for a key of RSA_2048, got \"KEY_AGREEMENT\"; leave it out, or choose another keySpec [SecureKey.KeyUsage, at 'Shop/It']"],
  ['a symmetric key that shall sign', (stack) => new SecureKey(stack, 'It', { keyUsage: KeyUsage.SIGN_VERIFY }),
    "'keyUsage' must be ENCRYPT_DECRYPT for a key of SYMMETRIC_DEFAULT, got \"SIGN_VERIFY\"; leave it out, or choose another keySpec [SecureKey.KeyUsage, at 'Shop/It']"],
  ['two copies of a secret in one region', (stack) => new SecureSecret(stack, 'It', {
    rotation: ROTATION, replicas: ['eu-central-1', 'eu-central-1'].map((region, place) => ({ region, encryptionKey: Key.fromKeyArn(stack, `Key${place}`, 'arn:aws:kms:eu-central-1:111122223333:key/1') })),
  }), "'replicas.region' must name each region once, and not that of the stack, got \"eu-central-1\"; write it like 'eu-central-1' [SecureSecret.Replica, at 'Shop/It']"],
  ['a copy of a secret where it is', (stack) => secret(stack).addReplicaRegion('eu-west-1', copyKey(stack)),
    "'replicas.region' must name each region once, and not that of the stack, got \"eu-west-1\"; write it like 'eu-central-1' [SecureSecret.Replica, at 'Shop/It']"],
  ['a second copy of a secret in a region', (stack) => {
    const one = secret(stack);
    const key = copyKey(stack);
    one.addReplicaRegion('eu-central-1', key);
    one.addReplicaRegion('eu-central-1', key);
  }, "'replicas.region' must name each region once, and not that of the stack, got \"eu-central-1\"; write it like 'eu-central-1' [SecureSecret.Replica, at 'Shop/It']"],
  ['a secret of two databases', (stack) => {
    const one = secret(stack);
    one.attach(target);
    one.attach(target);
  }, "'attach' must be called once: a secret holds the address of one database; make a secret for each database [SecureSecret.Attached, at 'Shop/It']"],
  ['a parameter with a long description', (stack) => new SecureParameter(stack, 'It', { value: '1', description: 'x'.repeat(1025) }),
    "'description' must have at most 1024 characters, got 1025; shorten it [SecureParameter.Description, at 'Shop/It']"],
  ['a topic with a long display name', (stack) => new SecureTopic(stack, 'It', { displayName: 'x'.repeat(101) }),
    "'displayName' must have at most 100 characters, got 101; shorten it [SecureTopic.DisplayName, at 'Shop/It']"],
  ['retries of a schedule that nobody knows', (stack) => schedule(stack, { retryAttempts: number() }), `'retryAttempts' ${LATE}; leave it out to use 3 [SecureSchedule.RetryAttempts, at 'Shop/It']`],
  ['an age of events that nobody knows', (stack) => schedule(stack, { maxEventAge: Duration.seconds(number()) }),
    `'maxEventAge' ${LATE}; leave it out to use 1 hour [SecureSchedule.MaxEventAge, at 'Shop/It']`],
  ['an age of records that nobody knows', (stack) => aFunction(stack, 'Fn').onTable(table(stack, { stream: StreamViewType.KEYS_ONLY }), { maxRecordAge: Duration.seconds(number()) }),
    `'maxRecordAge' ${LATE}; leave it out to use 1 day [StreamTrigger.MaxRecordAge, at 'Shop/Fn']`],
  ['a filter of a function by more than five fields', (stack) => aFunction(stack, 'It').onTopic(new SecureTopic(stack, 'News'), { filterPolicy: fields('abcdef', 1) }),
    "'filterPolicy' must name at most 5 fields, got 6; filter by fewer, and let the receiver look at the others [TopicTrigger.FilterPolicy, at 'Shop/It']"],
  ['a filter of a function by too many values', (stack) => aFunction(stack, 'It').onTopic(new SecureTopic(stack, 'News'), { filterPolicy: fields('abc', 6) }),
    "'filterPolicy' must have at most 150 combinations of values, got 216; name fewer values, or a prefix in the place of many [TopicTrigger.FilterPolicy, at 'Shop/It']"],
  ['a filter of a queue by too many values deep in the body', (stack) => new SecureTopic(stack, 'It').subscribeQueue(new SecureQueue(stack, 'Queue'), {
    filterBody: { kind: FilterOrPolicy.filter(values(5)), order: FilterOrPolicy.policy({ state: FilterOrPolicy.filter(values(16)) }) },
  }), "'filterBody' must have at most 150 combinations of values, got 160; name fewer values, or a prefix in the place of many [SecureTopic.QueueSubscription, at 'Shop/It']"],
  ['a password history that nobody knows', (stack) => new SecureUserPool(stack, 'It', { passwords: { history: number() } }),
    `'passwords.history' ${LATE}; leave it out to use 12 [SecureUserPool.Passwords, at 'Shop/It']`],
  ['a length of passwords that nobody knows', (stack) => new SecureUserPool(stack, 'It', { passwords: { minLength: number() } }),
    `'passwords.minLength' ${LATE}; leave it out to use 14 [SecureUserPool.Passwords, at 'Shop/It']`],
  ['addresses of a client that nobody knows, one by one', (stack) => new SecureUserPool(stack, 'It').addAppClient('Web', { callbackUrls: Lazy.list({ produce: () => ['https://shop.example.com'] }) }),
    "'callbackUrls' must be exact https addresses of yours, got a value that is only known at deployment; "],
  ['a 21st global index', (stack) => table(stack, { globalSecondaryIndexes: Array.from({ length: 21 }, (_, place) => index({ indexName: `by${place}s` })) }),
    "'globalSecondaryIndexes' must be at most 20, got 21; put what is asked for by several keys into one index [SecureTable.IndexCount, at 'Shop/It']"],
  ['a sixth local index that is added later', (stack) => {
    const one = table(stack, { localSecondaryIndexes: Array.from({ length: 5 }, (_, place) => ({ indexName: `by${place}s`, sortKey: text(`sort${place}`) })) });
    one.addLocalSecondaryIndex({ indexName: 'bySixth', sortKey: text('sixth') });
  }, "'localSecondaryIndexes' must be at most 5, got 6; put what is asked for by several keys into one index [SecureTable.IndexCount, at 'Shop/It']"],
  ['a sign-in domain that Cognito does not take', (stack) => new SecureUserPool(stack, 'It').addDomain('Pages', { cognitoDomain: { domainPrefix: 'a b' } }), "[SecureUserPool.Domain, at 'Shop/It']"],
  ['two functions for one trigger', (stack) => {
    const pool = new SecureUserPool(stack, 'It');
    for (const id of ['One', 'Other']) pool.addTrigger(UserPoolOperation.PRE_AUTHENTICATION, aFunction(stack, id));
  }, "'preAuthentication' must have one function, got \"Shop/Other\"; do both in one function [SecureUserPool.Trigger, at 'Shop/It']"],
  ['a trigger that may change users', (stack) => {
    const pool = new SecureUserPool(stack, 'It');
    const fn = aFunction(stack, 'Fn');
    pool.addTrigger(UserPoolOperation.PRE_SIGN_UP, fn);
    pool.allowReadUsers(fn);
  }, "'grantee' must not be a function that the pool calls itself: each would have to be there before the other, got \"Shop/Fn\"; give the right by a policy of its own, "
    + "for which the function does not wait: new ManagedPolicy(this, id, { roles: [fn.role!], statements }) [SecureUserPool.TriggerGrantee, at 'Shop/It']"],
  ['a function that may change users, as a trigger', (stack) => {
    const pool = new SecureUserPool(stack, 'It');
    const fn = aFunction(stack, 'Fn');
    pool.allowReadUsers(fn);
    pool.addTrigger(UserPoolOperation.PRE_SIGN_UP, fn);
  }, "[SecureUserPool.TriggerGrantee, at 'Shop/It']"],
  ['a size of bodies that nobody knows', (stack) => new SecureWebAcl(stack, 'It').allowLargerBodies('^/upload$', Size.kibibytes(number())),
    `'upTo' ${LATE}; leave it out to accept bodies up to 8 KiB [SecureWebAcl.BodySize, at 'Shop/It']`],
  ['an answer to errors that says nothing', (stack) => edge(stack, [{ httpStatus: 404 }]),
    "'errorResponses' must say what becomes of the error, got 404; give responsePagePath with responseHttpStatus, or ttl [EdgeDistribution.ErrorResponse, at 'Shop/It']"],
  ['an answer to what is no error', (stack) => edge(stack, [{ httpStatus: 200, ttl: Duration.minutes(1) }]),
    "'errorResponses.httpStatus' must be one of 400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504, for which CloudFront has pages, got 200; leave it out [EdgeDistribution.ErrorResponse, at 'Shop/It']"],
  ['a page without a status', (stack) => edge(stack, [{ httpStatus: 404, responsePagePath: '/404.html' }]),
    "'errorResponses.responsePagePath' must come with responseHttpStatus, got \"/404.html\"; give both, or leave both out and give ttl [EdgeDistribution.ErrorResponse, at 'Shop/It']"],
  ['a page that is no path', (stack) => edge(stack, [{ httpStatus: 404, responseHttpStatus: 404, responsePagePath: '404.html' }]),
    "'errorResponses.responsePagePath' must begin with a slash, got \"404.html\"; write it like '/404.html' [EdgeDistribution.ErrorResponse, at 'Shop/It']"],
  ['a time-out of calls that nobody knows', (stack) => partner(stack, { timeout: Duration.seconds(number()) }), `'calls.timeout' ${LATE}; leave it out to use 3 seconds [ThirdPartyApi.Timeout, at 'Shop/It']`],
  ['a pause of calls that nobody knows', (stack) => partner(stack, { breakerOpen: Duration.seconds(number()) }), `'calls.breakerOpen' ${LATE}; leave it out to use 30 seconds [ThirdPartyApi.Breaker, at 'Shop/It']`],
  ['a URL of a function with tenants', (stack) => aFunction(stack, 'It', { tenancyConfig: TenancyConfig.PER_TENANT }).addFunctionUrl(),
    "'addFunctionUrl' must not be called on a function with tenancyConfig: Lambda gives it no URL; call it through an API, which says for which tenant [SecureFunction.UrlTenancy, at 'Shop/It']"],
  ['standard deviations that nobody knows', (stack) => {
    const api = new SecureApi(stack, 'It', { auth: ApiAuth.iam(), alarms: { requestCount: AlarmSetting.threshold(number()) } });
    api.addRoute('GET', '/orders', aFunction(stack, 'Fn'));
  }, `'alarms.requestCount' ${LATE}; leave it out to use 4 [AlarmSetting.Threshold, at 'Shop/It']`],
  ['a recovery that nobody knows', (stack) => table(stack, { recovery: TableRecovery.days(number()) }), `'recovery' ${LATE}; leave it out to use 35 days [SecureTable.Recovery, at 'Shop/It']`],
  ['two indexes of one name', (stack) => table(stack, { globalSecondaryIndexes: [index(), index()] }),
    "'globalSecondaryIndexes.indexName' must have 3 to 255 letters, digits, dots, hyphens and underscores, and be the name of one index, got \"byKind\"; write it like 'byDate' [SecureTable.IndexName, at 'Shop/It']"],
  ['an index of a name that is there', (stack) => table(stack, { globalSecondaryIndexes: [index()] }).addLocalSecondaryIndex({ indexName: 'byKind', sortKey: text('kind') }),
    "'localSecondaryIndexes.indexName' must have 3 to 255 letters, digits, dots, hyphens and underscores, and be the name of one index, got \"byKind\"; write it like 'byDate' [SecureTable.IndexName, at 'Shop/It']"],
  ['an index with a short name', (stack) => table(stack, {}).addGlobalSecondaryIndex(index({ indexName: 'ab' })),
    "'globalSecondaryIndexes.indexName' must have 3 to 255 letters, digits, dots, hyphens and underscores, and be the name of one index, got \"ab\"; write it like 'byDate' [SecureTable.IndexName, at 'Shop/It']"],
  ...['#byKind', 'byKind#'].map((indexName): [string, (stack: Stack) => unknown, string] => [`an index of the name ${indexName}`, (stack) => table(stack, { globalSecondaryIndexes: [index({ indexName })] }),
    `'globalSecondaryIndexes.indexName' must have 3 to 255 letters, digits, dots, hyphens and underscores, and be the name of one index, got "${indexName}"; write it like 'byDate' [SecureTable.IndexName, at 'Shop/It']`]),
  ['attributes beside all', (stack) => table(stack, { globalSecondaryIndexes: [index({ nonKeyAttributes: ['note'] })] }),
    "'globalSecondaryIndexes.byKind.nonKeyAttributes' must go with ProjectionType.INCLUDE, and it with them, got [\"note\"]; leave them out, or choose ProjectionType.INCLUDE [SecureTable.Projection, at 'Shop/It']"],
  ['no attributes to include', (stack) => table(stack, { globalSecondaryIndexes: [index({ projectionType: ProjectionType.INCLUDE })] }),
    "'globalSecondaryIndexes.byKind.nonKeyAttributes' must go with ProjectionType.INCLUDE, and it with them, got undefined; name the attributes, or choose ProjectionType.KEYS_ONLY [SecureTable.Projection, at 'Shop/It']"],
  ['an empty list of attributes to include', (stack) => table(stack, { globalSecondaryIndexes: [index({ projectionType: ProjectionType.INCLUDE, nonKeyAttributes: [] })] }),
    "'globalSecondaryIndexes.byKind.nonKeyAttributes' must go with ProjectionType.INCLUDE, and it with them, got []; name the attributes, or choose ProjectionType.KEYS_ONLY [SecureTable.Projection, at 'Shop/It']"],
  ['a capacity for writes that nothing bills', (stack) => table(stack, { globalSecondaryIndexes: [index({ writeCapacity: Capacity.autoscaled({ maxCapacity: 5 }) })] }),
    "'globalSecondaryIndexes.byKind' must have no capacity where the table is billed on demand, got \"writeCapacity\"; leave it out, or use TableBilling.provisioned() [SecureTable.IndexCapacity, at 'Shop/It']"],
  ['a capacity that nothing bills', (stack) => table(stack, { globalSecondaryIndexes: [index({ readCapacity: Capacity.fixed(5) })] }),
    "'globalSecondaryIndexes.byKind' must have no capacity where the table is billed on demand, got \"readCapacity\"; leave it out, or use TableBilling.provisioned() [SecureTable.IndexCapacity, at 'Shop/It']"],
  ['an attribute of two types', (stack) => table(stack, { globalSecondaryIndexes: [index({ partitionKey: { name: 'id', type: AttributeType.NUMBER } })] }),
    "'globalSecondaryIndexes.byKind' must consist of attributes with names of 1 to 255 characters, each of one type in the table and all indexes, got \"id, N here and S before\"; "
    + "correct the name or the type [SecureTable.Attribute, at 'Shop/It']"],
  ['an attribute of another type in a local index', (stack) => table(stack, { localSecondaryIndexes: [{ indexName: 'byKind', sortKey: { name: 'at', type: AttributeType.NUMBER } }] }),
    "'localSecondaryIndexes.byKind' must consist of attributes with names of 1 to 255 characters, each of one type in the table and all indexes, got \"at, N here and S before\"; "
    + "correct the name or the type [SecureTable.Attribute, at 'Shop/It']"],
  ['a key of one attribute twice', (stack) => table(stack, { globalSecondaryIndexes: [index({ sortKey: text('kind') })] }),
    "'globalSecondaryIndexes.byKind' must name each attribute of a key once, got [\"kind\",\"kind\"]; leave the sort key out [SecureTable.Attribute, at 'Shop/It']"],
  ['a URL that its own function calls', (stack) => {
    const handler = aFunction(stack, 'Fn', { reservedConcurrentExecutions: 10 });
    new SecureFunctionUrl(stack, 'It', { handler, auth: FunctionUrlAuth.iam() }).allowInvoke(handler);
  }, "'grantee' must not be the function behind the URL: each would have to be there before the other, got \"Shop/Fn\"; let it do the work itself, or send itself a message by a queue "
    + "[SecureFunctionUrl.Caller, at 'Shop/It']"],
  ['an attribute without a name', (stack) => table(stack, { sortKey: text('') }),
    "'sortKey' must consist of attributes with names of 1 to 255 characters, each of one type in the table and all indexes, got \"\"; correct the name or the type [SecureTable.Attribute, at 'Shop/It']"],
  ['a partition key without a name', (stack) => table(stack, { partitionKey: text('') }),
    "'partitionKey' must consist of attributes with names of 1 to 255 characters, each of one type in the table and all indexes, got \"\"; correct the name or the type [SecureTable.Attribute, at 'Shop/It']"],
  ['a table with one attribute as both keys', (stack) => table(stack, { sortKey: text('id') }),
    "'sortKey' must name each attribute of a key once, got [\"id\",\"id\"]; leave the sort key out [SecureTable.Attribute, at 'Shop/It']"],
  ['a local index of a table without a sort key', (stack) => table(stack, { sortKey: undefined, localSecondaryIndexes: [{ indexName: 'byKind', sortKey: text('kind') }] }),
    "'sortKey' must be given for a local secondary index, which orders items in another way; use a global secondary index [SecureTable.LocalIndex, at 'Shop/It']"],
])('fails for %s', (_, make, message) => {
  expect(() => make(testStack({ env: { account: '111122223333', region: 'eu-west-1' } }))).toThrow(message);
});

test('indexes with capacities and attributes of their own are made', () => {
  const stack = testStack();
  table(stack, {
    billing: TableBilling.provisioned({ read: Capacity.fixed(5), write: Capacity.autoscaled({ maxCapacity: 5 }) }),
    globalSecondaryIndexes: [index({ projectionType: ProjectionType.INCLUDE, nonKeyAttributes: ['note'], readCapacity: Capacity.fixed(5), writeCapacity: Capacity.autoscaled({ maxCapacity: 5 }) })],
  }).addGlobalSecondaryIndex({ indexName: 'byNote', partitionKeys: [text('note'), text('kind')] });
  expect(Object.values(stack.resolve((stack.node.findChild('It').node.defaultChild as unknown as { globalSecondaryIndexes: { indexName: string }[] }).globalSecondaryIndexes) as { indexName: string }[])
    .map(({ indexName }) => indexName)).toEqual(['byKind', 'byNote']);
});

test('lists name each thing once, as CloudFormation wants it', () => {
  const stack = testStack();
  new SecureBucket(stack, 'Bucket', { cors: [{ allowedMethods: [HttpMethods.GET, HttpMethods.GET], allowedOrigins: ['https://shop.example.com'], allowedHeaders: ['*', '*'] }] });
  new SecureApi(stack, 'Api', { auth: ApiAuth.iam(), binaryMediaTypes: ['image/png', 'image/png'] }).addRoute('GET', '/orders', aFunction(stack, 'Fn'));
  const template = templateOf(stack);
  template.hasResourceProperties('AWS::S3::Bucket', { CorsConfiguration: { CorsRules: [{ AllowedMethods: ['GET'], AllowedOrigins: ['https://shop.example.com'], AllowedHeaders: ['*'] }] } });
  template.hasResourceProperties('AWS::ApiGateway::RestApi', { BinaryMediaTypes: ['image/png'] });
});

test('a trigger filters by each pattern once', () => {
  const stack = testStack();
  const filter = { body: { kind: ['order'] } };
  aFunction(stack, 'Fn').onQueue(new SecureQueue(stack, 'Queue'), { filters: [filter, filter] });
  templateOf(stack).hasResourceProperties('AWS::Lambda::EventSourceMapping', { FilterCriteria: { Filters: [{ Pattern: JSON.stringify(filter) }] } });
});

test('what an imported role is given has a reason in the regulated profile, and what a role of the app is given is a managed policy', () => {
  const stack = testStack({ profile: SecurityProfile.regulated() });
  const topic = new SecureTopic(stack, 'It');
  topic.allowPublish(Role.fromRoleArn(stack, 'Worker', 'arn:aws:iam::111122223333:role/worker'));
  aFunction(stack, 'Called').allowInvoke(Role.fromRoleArn(stack, 'Caller', 'arn:aws:iam::111122223333:role/caller'));
  topic.allowPublish(aFunction(stack, 'Fn'));
  const found = findingsOf(stack, ALL_NAG_PACKS());
  const inline = found.filter(({ rule }) => rule.endsWith('IAMNoInlinePolicy'));
  expect([...new Set(inline.map(({ path }) => path))].sort()).toEqual(['Shop/Caller/Policy/Resource', 'Shop/Worker/Policy/Resource']);
  expect(inline).toHaveLength(8);
  expect(unexplained(found)).toStrictEqual([]);
});
