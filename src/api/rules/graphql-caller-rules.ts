import { resolverTakesInputAsIs } from './mapping-template';
import { AppModel } from '../../model/resources/app-model';
import { resourceMeant } from '../../model/resources/names';
import { Resource } from '../../model/resources/resource';
import { accessOf } from '../../model/rights/access';
import { changingActions } from '../../model/rights/action-classes';
import { expectEach, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, isUnresolved, textOf, Value } from '../../model/values/values';

const GRAPHQL_API = 'AWS::AppSync::GraphQLApi';
const EVENT_API = 'AWS::AppSync::Api';
const RESOLVER = 'AWS::AppSync::Resolver';
const STEP = 'AWS::AppSync::FunctionConfiguration';

/** A regular expression that every text matches. */
const ANYTHING = /^\^?\(?(?:\.[*+]|\[\\?s\\S\][*+])\)?\$?$/;

/** One way in which callers of an API show who they are. */
interface Provider {
  readonly type: string;
  readonly value: Value;
  readonly location: string;
}

export const GRAPHQL_TOKEN_CLIENTS: Rule = {
  id: 'GraphqlTokenClients',
  severity: Severity.LOW,
  appliesTo: [GRAPHQL_API, EVENT_API],
  title: 'An AppSync API takes tokens that were made for other apps, or believes an issuer that anybody can pretend to be',
  why: 'A token of the least trusted client of the issuer opens the API, and keys that are fetched over plain HTTP are those of whoever sits on the way.',
  fix: 'Set AppIdClientRegex (UserPoolConfig) or ClientId (OpenIDConnectConfig) to the ids of your clients, and name the issuer by https://.',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: '`AppIdClientRegex`, `ClientId` or `Issuer`',
  check: (api) => providersOf(api).flatMap(({ type, value, location }): readonly Outcome[] => {
    if (type === 'AMAZON_COGNITO_USER_POOLS') {
      const pool = at(value, api.type === EVENT_API ? 'CognitoConfig' : 'UserPoolConfig');
      return [expectEach(alternatives(at(pool, 'AppIdClientRegex')), location, isNarrow, 'AppIdClientRegex')];
    }
    if (type !== 'OPENID_CONNECT') return [];
    const issuer = at(value, 'OpenIDConnectConfig');
    return [
      expectEach(alternatives(at(issuer, 'ClientId')), location, isNarrow, 'ClientId'),
      expectEach(alternatives(at(issuer, 'Issuer')), location, (text) => !/^http:\/\//i.test(textOf(text) ?? ''), 'Issuer'),
    ];
  }),
};

export const GRAPHQL_TOKEN_PATTERN: Rule = {
  id: 'GraphqlTokenPattern',
  severity: Severity.LOW,
  appliesTo: [GRAPHQL_API, EVENT_API],
  title: 'An AppSync API runs its authorizer for whatever a caller sends',
  why: 'Each request wakes the function, tokens of any form among them: floods are paid for before anybody looks at them.',
  fix: 'Set IdentityValidationExpression of the LambdaAuthorizerConfig to the form of your tokens (validationRegex).',
  risks: ['runaway-use', 'broken-authentication'],
  frameworks: ['OWASP Serverless: Denial of Wallet', 'CSA SAS-02', 'CSA SAS-08'],
  check: (api) => providersOf(api).filter(({ type }) => type === 'AWS_LAMBDA').map(({ value, location }) => (
    expectEach(alternatives(at(at(value, 'LambdaAuthorizerConfig'), 'IdentityValidationExpression')), location, isNarrow))),
};

export const GRAPHQL_TEMPLATE_INPUT: Rule = {
  id: 'GraphqlTemplateInput',
  severity: Severity.LOW,
  appliesTo: [RESOLVER, STEP],
  title: 'A resolver writes what a caller sent into a text as it is',
  why: 'A quote ends the text, a slash the path, and a word the expression that it stands in: the caller reads or changes what was never meant, under the rights of the data source.',
  fix: 'Write the value with $util.dynamodb.toDynamoDBJson(…), $util.toJson(…) or $util.urlEncode(…), and never into an expression.',
  risks: ['no-front-line', 'over-privilege'],
  frameworks: ['OWASP Serverless S1', 'CSA SAS-01'],
  check: (resolver, app) => resolver.alternatives('RequestMappingTemplate').map((template): Outcome => {
    if (template === undefined) return notApplicable();
    const location = 'Properties.RequestMappingTemplate';
    if (resolverTakesInputAsIs(app.describe(template) ?? '')) return fail(location);
    return isUnresolved(template) ? unresolved(location) : pass();
  }),
};

export const GRAPHQL_SOURCE_RIGHTS: Rule = {
  id: 'GraphqlSourceRights',
  severity: Severity.LOW,
  appliesTo: ['AWS::AppSync::DataSource'],
  title: 'A data source that answers queries only may change data',
  why: 'Nobody expects a query to change anything, so that nobody checks it: one mistake in a resolver deletes or forges what it only has to show.',
  fix: 'Give the role of the data source the right to read (grantReadData), and mutations a data source of their own.',
  risks: ['over-privilege'],
  frameworks: ['CKV_AWS_111', 'OWASP Serverless S5', 'CSA SAS-04'],
  findingForm: 'the action and the resource',
  check: judgeSource,
};

function providersOf(api: Resource): readonly Provider[] {
  if (api.type === EVENT_API) {
    return api.items('EventConfig.AuthProviders').map((value) => ({ type: typeOf(at(value, 'AuthType')), value, location: 'Properties.EventConfig.AuthProviders' }));
  }
  const own: Provider = {
    type: typeOf(api.property('AuthenticationType')),
    value: Object.fromEntries(['LambdaAuthorizerConfig', 'OpenIDConnectConfig', 'UserPoolConfig'].map((name) => [name, api.property(name)])),
    location: 'Properties.AuthenticationType',
  };
  return [own, ...api.items('AdditionalAuthenticationProviders').map((value): Provider => (
    { type: typeOf(at(value, 'AuthenticationType')), value, location: 'Properties.AdditionalAuthenticationProviders' }))];
}

function typeOf(value: Value): string {
  return (textOf(value) ?? '').toUpperCase();
}

function isNarrow(value: Value): boolean {
  const text = textOf(value)?.trim() ?? '';
  return text !== '' && !ANYTHING.test(text);
}

/** Steps of a pipeline serve whatever calls the pipeline: whether that only reads, is not looked at. */
function judgeSource(source: Resource, app: AppModel): RuleResult {
  const name = source.property('Name');
  const isServedBy = (user: Resource): boolean => user.alternatives('DataSourceName').some((used) => (
    app.target(used) === source || (textOf(used) !== undefined && textOf(used) === textOf(name))));
  const resolvers = app.ofType(RESOLVER).filter(isServedBy);
  const role = resourceMeant(source.property('ServiceRoleArn'), app, source.stackId, 'AWS::IAM::Role');
  if (role === undefined || resolvers.length === 0 || app.ofType(STEP).some(isServedBy)) return notApplicable();
  if (!resolvers.every((resolver) => resolver.property('TypeName') === 'Query')) return notApplicable();
  const resolves = app.functionBehind(source.property('LambdaConfig.LambdaFunctionArn'));
  const found = accessOf(role, app).flatMap((access) => {
    const isOther = access.resource !== undefined && access.resource !== resolves; // to call its own function is how it reads
    const action = isOther ? changingActions(access.resource!.type).find((one) => access.covers(one)) : undefined;
    return action === undefined ? [] : [fail('Properties.ServiceRoleArn', `${action} on ${access.resource!.name}`)];
  });
  return found.length === 0 ? pass() : found;
}

export const GRAPHQL_CALLER_RULES: readonly Rule[] = [GRAPHQL_SOURCE_RIGHTS, GRAPHQL_TEMPLATE_INPUT, GRAPHQL_TOKEN_CLIENTS, GRAPHQL_TOKEN_PATTERN];
