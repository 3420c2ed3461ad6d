import { defined, list, Raw, record } from './sam-support';
import { wordOf } from './template-source';

/** Where an authorizer finds who calls, by the names that SAM has for it, and how REST and HTTP APIs write it. */
const PLACES: readonly (readonly [property: string, rest: string, http: string])[] = [
  ['Header', 'method.request.header.', '$request.header.'],
  ['Headers', 'method.request.header.', '$request.header.'],
  ['QueryStrings', 'method.request.querystring.', '$request.querystring.'],
  ['StageVariables', 'stageVariables.', '$stageVariables.'],
  ['Context', 'context.', '$context.'],
];

/** The security scheme of an authorizer. */
export function scheme(authorizer: Raw, kind: 'rest' | 'http'): Raw {
  const base = { type: 'apiKey', name: 'Authorization', in: 'header' };
  if (authorizer.UserPoolArn !== undefined) {
    return {
      ...base,
      'x-amazon-apigateway-authtype': 'cognito_user_pools',
      'x-amazon-apigateway-authorizer': { type: 'cognito_user_pools', providerARNs: list(authorizer.UserPoolArn) },
    };
  }
  if (kind === 'http' && authorizer.FunctionArn === undefined) {
    return {
      'type': 'oauth2',
      'x-amazon-apigateway-authorizer': { type: 'jwt', jwtConfiguration: authorizer.JwtConfiguration, identitySource: authorizer.IdentitySource },
    };
  }
  const identity = record(authorizer.Identity);
  const sources = identitySources(identity, kind);
  const type = authorizer.FunctionPayloadType === 'REQUEST' || kind === 'http' ? 'request' : 'token';
  return {
    ...base,
    'x-amazon-apigateway-authtype': 'custom',
    'x-amazon-apigateway-authorizer': defined({
      type,
      authorizerUri: { 'Fn::Sub': ['arn:${AWS::Partition}:apigateway:${AWS::Region}:lambda:path/2015-03-31/functions/${Fn}/invocations', { Fn: authorizer.FunctionArn }] },
      authorizerResultTtlInSeconds: identity.ReauthorizeEvery,
      identitySource: sources.length === 0 ? undefined : sources.join(', '),
      identityValidationExpression: identity.ValidationExpression,
    }),
  };
}

function identitySources(identity: Raw, kind: 'rest' | 'http'): readonly string[] {
  return PLACES.flatMap(([property, rest, http]) => list(identity[property]).map((name) => `${kind === 'rest' ? rest : http}${wordOf(name)}`));
}

/** The policy of an API, of the short forms that SAM has for it. */
export function resourcePolicy(policy: Raw): unknown {
  if (Object.keys(policy).length === 0) return undefined;
  const invoke = (Effect: string, Condition?: Raw) => defined({ Effect, Principal: '*', Action: 'execute-api:Invoke', Resource: ['execute-api:/*'], Condition });
  const ranges = list(policy.IpRangeWhitelist);
  const accounts = list(policy.AwsAccountWhitelist);
  const places = [...list(policy.SourceVpcWhitelist), ...list(policy.IntrinsicVpcWhitelist), ...list(policy.IntrinsicVpceWhitelist)];
  const endpoints = places.filter((place) => list(policy.IntrinsicVpceWhitelist).includes(place) || wordOf(place).startsWith('vpce-'));
  const networks = places.filter((place) => !endpoints.includes(place));
  return {
    Version: '2012-10-17',
    Statement: [
      ...list(policy.CustomStatements),
      ...accounts.length > 0 ? [{ ...invoke('Allow'), Principal: { AWS: accounts } }] : ranges.length > 0 || places.length > 0 ? [invoke('Allow')] : [],
      ...ranges.length > 0 ? [invoke('Deny', { NotIpAddress: { 'aws:SourceIp': ranges } })] : [],
      ...places.length > 0 ? [invoke('Deny', {
        StringNotEquals: defined({
          'aws:SourceVpc': networks.length > 0 ? networks : undefined, 'aws:SourceVpce': endpoints.length > 0 ? endpoints : undefined,
        }) as Raw,
      })] : [],
    ],
  };
}

/**
 * Which authorizer an operation asks for: `NONE` opens a route that the default of the API would close. Scopes of the route count before those
 * of the authorizer.
 */
export function requirement(auth: Raw, authorizer: unknown, scopes: unknown, apiKey: unknown): unknown {
  const key = wordOf(apiKey) === 'true' ? [{ api_key: [] }] : [];
  if (authorizer === undefined) return key.length > 0 ? key : undefined;
  if (authorizer === 'NONE') return key;
  if (typeof authorizer !== 'string') return { 'Fn::Transform': { Name: 'Authorizer' } };
  return [{ [authorizer]: list(scopes ?? record(record(auth.Authorizers)[authorizer]).AuthorizationScopes) }, ...key];
}
