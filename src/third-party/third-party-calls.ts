import { Grant } from 'aws-cdk-lib/aws-iam';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { CallEgress } from './call-egress';
import { CallSettings, ThirdPartyCallOptions } from './third-party-api-props';
import { BREAKER, CALL_RETRIES, CALL_TIMEOUT } from './third-party-baseline';
import { hostOf } from './third-party-checks';
import { checkReason } from '../core/checks';
import { refuse } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';
import { joinedNetwork } from '../network/access/joined-network';
import { SecureSecret } from '../secrets/secret/secure-secret';

/** What a function is let in to. */
export interface Called {
  readonly url: string;
  readonly secret: SecureSecret;
  readonly calls: CallSettings;
}

/** Lets a function call a third party: the right to read its secret, a way to its host, and settings that are no secret. */
export function allowCalls(api: IConstruct, fn: LambdaFunction, { url, secret, calls }: Called, options: ThirdPartyCallOptions): Grant {
  const { egress = CallEgress.network(), variablePrefix = prefixOf(api.node.id) } = options;
  const settings = {
    timeout: calls.timeout?.toMilliseconds() ?? CALL_TIMEOUT.default * 1000,
    retries: calls.retries ?? CALL_RETRIES.default,
  };
  checkPrefix(api, variablePrefix);
  checkTime(api, fn, settings);
  letOut(api, fn, hostOf(url), egress);
  const variables = {
    URL: url,
    CREDENTIAL_ARN: secret.secretArn,
    TIMEOUT_MS: settings.timeout,
    RETRIES: settings.retries,
    BREAKER_FAILURES: calls.breakerFailures ?? BREAKER.failures.default,
    BREAKER_OPEN_MS: calls.breakerOpen?.toMilliseconds() ?? BREAKER.open.default * 1000,
  };
  for (const [name, value] of Object.entries(variables)) fn.addEnvironment(`${variablePrefix}_${name}`, String(value));
  return secret.allowRead(fn);
}

/** `PaymentsV2` becomes `PAYMENTS_V2`. */
function prefixOf(id: string): string {
  return id.replace(/([a-z0-9])([A-Z])/g, '$1_$2').replace(/[^A-Za-z0-9]+/g, '_').toUpperCase();
}

function checkPrefix(api: IConstruct, prefix: string): void {
  if (/^[A-Z][A-Z0-9_]{0,40}$/.test(prefix)) return;
  refuse(api, {
    code: 'ThirdPartyApi.VariablePrefix', prop: 'variablePrefix', must: 'must be capital letters, digits and underscores, a letter first', got: prefix, fix: "write it like 'PAYMENTS'",
  });
}

/** A function that waits for longer than it lives is stopped in the midst of a call, and nobody learns how that ended. */
function checkTime(api: IConstruct, fn: LambdaFunction, { timeout, retries }: { readonly timeout: number; readonly retries: number }): void {
  const lives = fn.timeout?.toMilliseconds() ?? 3000;
  const waits = timeout * (retries + 1);
  if (waits < lives) return;
  refuse(api, {
    code: 'ThirdPartyApi.CallTime',
    prop: 'calls',
    must: `must leave time to the function '${fn.node.path}', which runs for ${lives} ms at most`,
    got: `${waits} ms: ${timeout} for each of ${retries + 1}`,
    fix: 'shorten calls.timeout, lower calls.retries, or give the function more time',
  });
}

/**
 * | egress       | the function's network            | |
 * |--------------|-----------------------------------|---|
 * | network()    | a SecureNetwork with egress       | the host is added to what resolves there |
 * | network()    | any other, or none                | refused |
 * | open(reason) | any                               | nothing is added; recorded |
 */
function letOut(api: IConstruct, fn: LambdaFunction, host: string, egress: CallEgress): void {
  if (egress._openReason !== undefined) {
    checkReason(api, egress._openReason, { code: 'ThirdPartyApi.Reason', prop: 'egress', fix: 'say why this function may reach everybody' });
    return recordWaiver(fn, { control: 'ThirdPartyApi.egress', reason: egress._openReason });
  }
  if (joinedNetwork(fn)?.access?._letOut(host) === true) return;
  refuse(api, {
    code: 'ThirdPartyApi.Egress',
    prop: 'egress',
    must: `must be held to ${host}, and nothing holds the requests of '${fn.node.path}'`,
    fix: `let it join a SecureNetwork with egress: NetworkEgress.inspectedDomains(['${host}']), send events by routeEvents() instead, `
      + "or pass egress: CallEgress.open('why it may reach everybody')",
  });
}
