import { Duration, Token } from 'aws-cdk-lib';
import { OAuthScope } from 'aws-cdk-lib/aws-cognito';
import { AppClientOptions, MachineClientOptions } from './app-client-options';
import { CLIENT_URLS, MACHINE_TOKEN_MINUTES, REFRESH_TOKEN_DAYS, TOKEN_MINUTES } from './user-pool-baseline';
import { checkDuration, checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';

/** Judges the options of an app client before it is made. */
export function checkAppClient(place: Place, options: AppClientOptions, authorizationAttributes: readonly string[], sandbox: boolean): void {
  checkUrls(place, options, sandbox);
  checkTokens(place, options);
  checkNotEmpty(place, 'scopes', options.scopes, "leave it out to use 'openid', 'email' and 'profile'");
  checkNotEmpty(place, 'identityProviders', options.identityProviders, 'leave it out to let the pool itself sign users in');
  if (options.logoutUrls !== undefined && options.callbackUrls === undefined) {
    refuse(place, {
      code: 'SecureUserPoolClient.LogoutUrls',
      prop: 'logoutUrls',
      must: 'must come with callbackUrls, because only the sign-in pages use them',
      fix: 'add callbackUrls, or leave logoutUrls out',
    });
  }
  const writable = options.writeAttributes?.attributes().find((name) => authorizationAttributes.includes(name.replace(/^custom:/, '')) && name.startsWith('custom:'));
  if (writable !== undefined) {
    refuse(place, {
      code: 'SecureUserPoolClient.WriteAttributes',
      prop: 'writeAttributes',
      must: 'must not hold attributes for authorization, or users choose their own rights',
      got: writable,
      fix: 'leave it out, and write it with a function that may: see SecureUserPool.allowAuthorizeUsers()',
    });
  }
}

/** Cognito refuses clients without scopes, and nobody could sign in without a provider. */
function checkNotEmpty(place: Place, prop: string, given: readonly unknown[] | undefined, fix: string): void {
  if (given?.length !== 0) return;
  refuse(place, {
    code: prop === 'scopes' ? 'SecureUserPoolClient.Scopes' : 'SecureUserPoolClient.IdentityProviders', prop, must: 'must not be empty, or nobody can sign in', got: given, fix,
  });
}

/** Judges the options of a machine client before it is made. */
export function checkMachineClient(place: Place, { scopes, accessTokenValidity }: MachineClientOptions): void {
  const { least, most, standard } = MACHINE_TOKEN_MINUTES;
  checkDuration(place, accessTokenValidity, Duration.minutes(least), Duration.minutes(most), {
    code: 'SecureUserPoolClient.TokenValidity', prop: 'accessTokenValidity', fix: `leave it out to use ${standard} minutes`,
  });
  const names = scopes.map((scope) => scope.scopeName);
  const wrong = names.find((name) => !Token.isUnresolved(name) && !/^[^/].*\/[^/]+$/.test(name));
  if (scopes.length > 0 && wrong === undefined) return;
  refuse(place, {
    code: 'SecureUserPoolClient.Scopes',
    prop: 'scopes',
    must: 'must name scopes of APIs of the pool, because a program has no user whose data the others open',
    got: wrong ?? names,
    fix: "make them with pool.addApi(), and pass api.scope('read')",
  });
}

/** Scopes in the order in which they were given, OpenID's own by default. */
export function scopesOf(options: AppClientOptions): OAuthScope[] {
  return options.scopes ?? [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE];
}

/**
 * | address                            | taken                                          |
 * |------------------------------------|------------------------------------------------|
 * | https, exact                       | yes                                            |
 * | http://localhost, 127.0.0.1, [::1] | in the sandbox, and with `localCallbacks`      |
 * | a scheme in `nativeSchemes`        | yes                                            |
 * | a token                            | yes: only CloudFormation knows it              |
 * | any other, wildcards, fragments    | no                                             |
 */
function checkUrls(place: Place, { callbackUrls, logoutUrls = [], localCallbacks, nativeSchemes = [] }: AppClientOptions, sandbox: boolean): void {
  if (localCallbacks !== undefined && !sandbox) {
    checkReason(place, localCallbacks._reason, { code: 'SecureUserPoolClient.Reason', prop: 'localCallbacks', fix: 'say who signs in from localhost' });
  }
  if (callbackUrls?.length === 0) refuseUrl(place, 'callbackUrls', callbackUrls);
  for (const scheme of nativeSchemes) checkScheme(place, scheme);
  const local = sandbox || localCallbacks !== undefined;
  for (const [prop, urls] of Object.entries({ callbackUrls: callbackUrls ?? [], logoutUrls })) {
    if (urls.length > CLIENT_URLS.most || urls.some((url) => !Token.isUnresolved(url) && url.length > CLIENT_URLS.longest)) {
      refuse(place, {
        code: 'SecureUserPoolClient.Url', prop, must: `must be at most ${CLIENT_URLS.most} addresses of at most ${CLIENT_URLS.longest} characters`, got: urls.length, fix: 'make a second client',
      });
    }
    for (const url of urls) {
      const exact = Token.isUnresolved(url) || (/^https:\/\/[^/?#\s*@\\]+(\/[^#\s*]*)?$/.test(url) && !/^https:\/\/(www\.)?example\.com/.test(url))
        || (local && /^http:\/\/(localhost|127\.0\.0\.1|\[::1\])(:\d+)?(\/[^#\s*]*)?$/.test(url))
        || (nativeSchemes.some((scheme) => url.startsWith(`${scheme}:`)) && !/[\s*#]/.test(url));
      if (!exact) refuseUrl(place, prop, url);
    }
  }
}

function refuseUrl(place: Place, prop: string, got: unknown): never {
  return refuse(place, {
    code: 'SecureUserPoolClient.Url',
    prop,
    must: 'must be exact https addresses of yours',
    got,
    fix: "write them like 'https://shop.example.org/signed-in'; for apps on devices name the scheme in nativeSchemes, for http://localhost pass localCallbacks",
  });
}

/** A scheme without a dot belongs to nobody; browsers and other apps answer to the well-known ones. */
function checkScheme(place: Place, scheme: string): void {
  if (Token.isUnresolved(scheme) || /^[a-z][a-z0-9]*(\.[a-z0-9-]+)+$/.test(scheme)) return;
  refuse(place, {
    code: 'SecureUserPoolClient.NativeScheme',
    prop: 'nativeSchemes',
    must: 'must be a domain of yours in reverse, so that no other app has it by accident',
    got: scheme,
    fix: "write it like 'com.example.shop'",
  });
}

function checkTokens(place: Place, { accessTokenValidity, idTokenValidity, refreshTokenValidity }: AppClientOptions): void {
  for (const [prop, value] of Object.entries({ accessTokenValidity, idTokenValidity })) {
    checkDuration(place, value, Duration.minutes(TOKEN_MINUTES.least), Duration.minutes(TOKEN_MINUTES.most), {
      code: 'SecureUserPoolClient.TokenValidity', prop, fix: `leave it out to use ${TOKEN_MINUTES.standard} minutes`,
    });
  }
  checkDuration(place, refreshTokenValidity, Duration.hours(1), Duration.days(REFRESH_TOKEN_DAYS.most), {
    code: 'SecureUserPoolClient.TokenValidity', prop: 'refreshTokenValidity', fix: `leave it out to use ${REFRESH_TOKEN_DAYS.standard} days`,
  });
  for (const [prop, value] of Object.entries({ accessTokenValidity, idTokenValidity })) {
    if (refreshTokenValidity === undefined || value === undefined || refreshTokenValidity.isUnresolved() || value.isUnresolved()) continue;
    if (value.toMinutes() <= refreshTokenValidity.toMinutes()) continue;
    refuse(place, {
      code: 'SecureUserPoolClient.TokenValidity', prop, must: 'must not be longer than refreshTokenValidity', got: value.toHumanString(), fix: 'shorten it',
    });
  }
}
