import { Duration, Token } from 'aws-cdk-lib';
import { HttpMethod } from 'aws-cdk-lib/aws-events';
import { CallSettings, ThirdPartyApiProps, ThirdPartyRouteOptions } from './third-party-api-props';
import {
  BREAKER, CALL_RETRIES, CALL_TIMEOUT, CREDENTIAL_NAME, CREDENTIAL_SCOPE, HEADER_NAME, INNER_HOST, PUBLIC_HOST, RATE_LIMIT, URL_MOST,
} from './third-party-baseline';
import { ThirdPartyCredential } from './third-party-credential';
import { checkDuration, checkInteger, checkKnown, checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { ROUTE_DELIVERY } from '../messaging/event-bus/event-bus-baseline';

/** Judges all props before anything is made. */
export function checkThirdParty(place: Place, { url, purpose, credential, calls = {}, refresh }: ThirdPartyApiProps): void {
  checkUrl(place, 'url', url);
  checkReason(place, purpose, { code: 'ThirdPartyApi.Purpose', prop: 'purpose', fix: 'say who it is, and what the app calls it for' });
  const { header, tokenUrl } = credential._kind;
  if (header !== undefined && !HEADER_NAME.test(header)) {
    refuse(place, { code: 'ThirdPartyApi.Header', prop: 'credential', must: 'must name a header of HTTP', got: header, fix: "name it as the third party does: 'x-api-key'" });
  }
  if (tokenUrl !== undefined) checkUrl(place, 'credential.tokenUrl', tokenUrl);
  checkShown(place, credential._kind);
  if (refresh?._byHandReason !== undefined) {
    checkReason(place, refresh._byHandReason, { code: 'ThirdPartyApi.Reason', prop: 'refresh', fix: 'say who updates the connection, and when' });
  }
  checkCalls(place, calls);
}

/** @see https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_CreateConnection.html */
function checkShown(place: Place, { shown = {}, scope }: ThirdPartyCredential['_kind']): void {
  const code = 'ThirdPartyApi.Credential';
  for (const [prop, value] of Object.entries(shown)) {
    if (Token.isUnresolved(value) || CREDENTIAL_NAME.test(value)) continue;
    refuse(place, {
      code, prop: `credential.${prop}`, must: 'must be 1 to 512 characters in one line, without a colon', got: value, fix: 'write it as the third party gave it',
    });
  }
  if (scope === undefined || Token.isUnresolved(scope) || CREDENTIAL_SCOPE.test(scope)) return;
  refuse(place, { code, prop: 'credential.scope', must: 'must be 1 to 512 letters, digits, blanks and signs', got: scope, fix: 'leave it out to get what the third party gives by default' });
}

/** The host that a URL names, in small letters. */
export function hostOf(url: string): string {
  return new URL(url).hostname;
}

/** Judges what a route asks of EventBridge. */
export function checkRoute(place: Place, url: string, { path, method, rateLimit, retryAttempts, maxEventAge }: ThirdPartyRouteOptions): void {
  if (path !== undefined) checkPath(place, url, path);
  checkInteger(place, rateLimit, RATE_LIMIT.min, RATE_LIMIT.max, { code: 'ThirdPartyApi.RateLimit', prop: 'rateLimit', fix: `leave it out to use ${RATE_LIMIT.default}` });
  const { retries, eventAge } = ROUTE_DELIVERY;
  checkInteger(place, retryAttempts, retries.min, retries.max, { code: 'ThirdPartyApi.RetryAttempts', prop: 'retryAttempts', fix: `leave it out to use ${retries.default}` });
  checkDuration(place, maxEventAge, Duration.seconds(eventAge.min), Duration.seconds(eventAge.max), {
    code: 'ThirdPartyApi.MaxEventAge', prop: 'maxEventAge', fix: 'leave it out to use 1 day',
  });
  if (method === HttpMethod.GET || method === HttpMethod.HEAD || method === HttpMethod.OPTIONS) {
    refuse(place, {
      code: 'ThirdPartyApi.Method', prop: 'method', must: 'must be one that carries a body, since nobody reads the answer', got: method, fix: 'use HttpMethod.POST, or let a function call',
    });
  }
}

/**
 * | part of the URL    | must be |
 * |--------------------|---------|
 * | all of it          | known at synth: what data goes to must be readable in the code |
 * | scheme             | https |
 * | name and password  | none: they would stand in the template |
 * | host               | a public name: an address cannot be allowed by name, and its owner cannot be read |
 * | port               | 443: no other is open in a network |
 * | query and fragment | none: they may hold a key, and stand in logs |
 */
function checkUrl(place: Place, prop: string, url: string): void {
  const found = !Token.isUnresolved(url) && URL.canParse(url) ? new URL(url) : undefined;
  const wrong = found === undefined ? 'must be a URL that is known at synth'
    : found.protocol !== 'https:' ? 'must begin with https://: nothing else is encrypted on its way'
      : found.username !== '' || found.password !== '' ? 'must hold no name and no password, which everybody could read'
        : !PUBLIC_HOST.test(found.hostname) || INNER_HOST.test(found.hostname) ? 'must have a public name as its host'
          : found.port !== '' ? 'must have port 443, the only one that networks of this library let out to'
            : found.search !== '' || found.hash !== '' ? 'must have no query and no fragment, which stand in logs'
              : url.length > URL_MOST ? `must have at most ${URL_MOST} characters` : undefined;
  if (wrong === undefined) return;
  const secret = found !== undefined && (found.username !== '' || found.password !== '' || found.search !== '' || found.hash !== '');
  refuse(place, {
    code: 'ThirdPartyApi.Url', prop, must: wrong, ...secret ? {} : { got: url }, fix: "write it like 'https://api.example.com/v2', and keep what is secret in the credential",
  });
}

/** What follows the URL stays on its host: `//evil.example`, `/../` and a query do not. */
function checkPath(place: Place, url: string, path: string): void {
  if (!Token.isUnresolved(path) && /^(?:\/[A-Za-z0-9._~!$&'()+,;=:@%-]+)+\/?$/.test(path) && new URL(joined(url, path)).href === joined(url, path)
    && joined(url, path).length <= URL_MOST) return;
  refuse(place, { code: 'ThirdPartyApi.Path', prop: 'path', must: 'must begin with / and lead on from the URL', got: path, fix: "write it like '/charges'" });
}

/** A URL with what follows it. */
export function joined(url: string, path = ''): string {
  return `${url.replace(/\/+$/, '')}${path}`;
}

function checkCalls(place: Place, { timeout, retries, breakerFailures, breakerOpen }: CallSettings): void {
  const { failures, open } = BREAKER;
  const limit = { code: 'ThirdPartyApi.Timeout', prop: 'calls.timeout', fix: `leave it out to use ${CALL_TIMEOUT.default} seconds` };
  checkKnown(place, timeout, limit);
  checkDuration(place, timeout, Duration.seconds(CALL_TIMEOUT.min), Duration.seconds(CALL_TIMEOUT.max), limit);
  checkInteger(place, retries, CALL_RETRIES.min, CALL_RETRIES.max, { code: 'ThirdPartyApi.Retries', prop: 'calls.retries', fix: `leave it out to use ${CALL_RETRIES.default}` });
  checkInteger(place, breakerFailures, failures.min, failures.max, {
    code: 'ThirdPartyApi.Breaker', prop: 'calls.breakerFailures', fix: `leave it out to use ${failures.default}`,
  });
  const pause = { code: 'ThirdPartyApi.Breaker', prop: 'calls.breakerOpen', fix: `leave it out to use ${open.default} seconds` };
  checkKnown(place, breakerOpen, pause);
  checkDuration(place, breakerOpen, Duration.seconds(open.min), Duration.seconds(open.max), pause);
}
