import { Duration, Token } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { checkDuration, checkLength } from '../../core/checks';
import { refuse } from '../../core/configuration-error';
import { SecurityProfile } from '../../core/profile/security-profile';
import { URL_CORS } from '../api-baseline';

/** Which web pages may call the API from a browser. */
export interface ApiCors {
  /**
   * Exact origins, such as `https://shop.example.com`: no wildcard, no path. The sandbox profile also takes `http://localhost:3000`.
   * With several origins, answers that API Gateway gives by itself carry no CORS headers, because only one origin could stand there.
   */
  readonly origins: string[];
  /**
   * Request headers that pages may send.
   * @default ['Authorization', 'Content-Type']
   */
  readonly headers?: string[];
  /**
   * Whether browsers send cookies and client certificates along. Tokens in the Authorization header do not need it.
   * @default false
   */
  readonly credentials?: boolean;
  /**
   * How long browsers may keep the answer, at most one day.
   * @default Duration.minutes(10)
   */
  readonly maxAge?: Duration;
}

const HTTPS_ORIGIN = /^https:\/\/[a-z0-9]([a-z0-9.-]*[a-z0-9])?(:\d{1,5})?$/;
const LOCAL_ORIGIN = /^http:\/\/(localhost|127\.0\.0\.1)(:\d{1,5})?$/;
const HEADER = /^[A-Za-z0-9-]+$/;

/** Checks the whole of it before anything is made. */
export function checkCors(scope: IConstruct, cors: ApiCors): void {
  if (cors.origins.length === 0) {
    refuse(scope, { code: 'ApiCors.Origins', prop: 'cors.origins', must: 'must name at least one origin', fix: "leave 'cors' out if no page calls the API" });
  }
  for (const origin of cors.origins) checkOrigin(scope, origin, cors.credentials === true);
  const header = cors.headers?.find((one) => !HEADER.test(one));
  if (header !== undefined) {
    refuse(scope, { code: 'ApiCors.Headers', prop: 'cors.headers', must: 'must be names of headers', got: header, fix: 'name each header; a wildcard would let pages send anything' });
  }
  const maxAge = cors.maxAge;
  if (maxAge !== undefined && !maxAge.isUnresolved() && maxAge.toMilliseconds() > Duration.days(1).toMilliseconds()) {
    refuse(scope, { code: 'ApiCors.MaxAge', prop: 'cors.maxAge', must: 'must be at most 1 day', got: maxAge.toHumanString(), fix: 'leave it out to use 10 minutes' });
  }
  checkDuration(scope, maxAge, Duration.seconds(0), Duration.days(1), { code: 'ApiCors.MaxAge', prop: 'cors.maxAge', fix: 'leave it out to use 10 minutes' });
}

/**
 * What Lambda takes of it besides, for a function URL.
 * @see https://docs.aws.amazon.com/lambda/latest/api/API_Cors.html
 */
export function checkUrlCors(scope: IConstruct, cors: ApiCors): void {
  checkCors(scope, cors);
  for (const [prop, code, given] of [['origins', 'ApiCors.Origins', cors.origins], ['headers', 'ApiCors.Headers', cors.headers ?? []]] as const) {
    if (given.length > URL_CORS.most) {
      refuse(scope, {
        code, prop: `cors.${prop}`, must: `must be at most ${URL_CORS.most} for a function URL`, got: given.length, fix: 'let CloudFront or an API answer preflights',
      });
    }
    for (const one of given) checkLength(scope, one, 1, URL_CORS.longest[prop], { code, prop: `cors.${prop}`, fix: 'let CloudFront or an API answer preflights' });
  }
}

/**
 * | origin              | credentials | profile | result  |
 * |---------------------|-------------|---------|---------|
 * | contains `*`        | yes         | any     | refused: every site could act for a signed-in user |
 * | contains `*`        | no          | any     | refused: every site could read the answers |
 * | https://host[:port] | any         | any     | accepted |
 * | http://localhost    | any         | sandbox | accepted |
 * | anything else       | any         | any     | refused |
 */
function checkOrigin(scope: IConstruct, origin: string, credentials: boolean): void {
  if (Token.isUnresolved(origin)) {
    refuse(scope, { code: 'ApiCors.Origins', prop: 'cors.origins', must: 'must be known at synthesis', got: origin, fix: 'write the origin out' });
  }
  if (origin.includes('*')) {
    refuse(scope, {
      code: credentials ? 'ApiCors.WildcardWithCredentials' : 'ApiCors.Wildcard',
      prop: 'cors.origins',
      must: credentials
        ? 'must not be a wildcard together with credentials, or every site could act for a signed-in user'
        : 'must not be a wildcard, or every site could read the answers',
      got: origin,
      fix: "name each origin, such as 'https://shop.example.com'",
    });
  }
  const local = LOCAL_ORIGIN.test(origin) && SecurityProfile.of(scope).name === 'sandbox';
  if (!local && !HTTPS_ORIGIN.test(origin)) {
    refuse(scope, {
      code: 'ApiCors.Origins', prop: 'cors.origins', must: 'must be exact https origins in lower case, without path', got: origin, fix: "write them like 'https://shop.example.com'",
    });
  }
}

/** The OPTIONS operation of one path: open, answered by API Gateway itself, and silent about anything but CORS. */
export function preflight(cors: ApiCors, methods: readonly string[], parameters: readonly object[]): object {
  const headers: Record<string, string> = {
    'Access-Control-Allow-Headers': (cors.headers ?? ['Authorization', 'Content-Type']).join(','),
    'Access-Control-Allow-Methods': [...methods, 'OPTIONS'].sort().join(','),
    'Access-Control-Max-Age': `${(cors.maxAge ?? Duration.minutes(10)).toSeconds()}`,
    'Vary': 'Origin',
    ...corsAnswerHeaders(cors),
  };
  return {
    'parameters': parameters,
    'responses': { 204: { description: 'Preflight', headers: responseHeaders([...Object.keys(headers), 'Access-Control-Allow-Origin']) } },
    'x-amazon-apigateway-auth': { type: 'NONE' },
    'x-amazon-apigateway-integration': {
      type: 'mock',
      passthroughBehavior: 'never',
      requestTemplates: { 'application/json': '{"statusCode":204}' },
      responses: {
        default: {
          statusCode: '204',
          responseParameters: Object.fromEntries(Object.entries(headers).map(([name, value]) => [`method.response.header.${name}`, `'${value}'`])),
          responseTemplates: { 'application/json': cors.origins.length === 1 ? '' : echoListedOrigin(cors.origins) },
        },
      },
    },
  };
}

/** The CORS headers that can be written into every answer as they stand: with several origins, none can. */
export function corsAnswerHeaders(cors: ApiCors | undefined): { [header: string]: string } {
  if (cors === undefined) return {};
  return {
    ...cors.origins.length === 1 ? { 'Access-Control-Allow-Origin': cors.origins[0] } : {},
    ...cors.credentials === true ? { 'Access-Control-Allow-Credentials': 'true' } : {},
  };
}

function responseHeaders(names: readonly string[]): object {
  return Object.fromEntries([...new Set(names)].sort().map((name) => [name, { schema: { type: 'string' } }]));
}

/** Velocity: the origin comes back only if it is one of those listed; nothing that a caller wrote reaches the answer otherwise. */
function echoListedOrigin(origins: readonly string[]): string {
  const listed = origins.map((origin) => `$origin == "${origin}"`).join(' || ');
  return [
    '#set($origin = $input.params().header.get("Origin"))',
    '#if(!$origin)#set($origin = $input.params().header.get("origin"))#end',
    `#if(${listed})#set($context.responseOverride.header.Access-Control-Allow-Origin = $origin)#end`,
  ].join('\n');
}
