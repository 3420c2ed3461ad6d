/** Signing in with the code flow and PKCE: no secret in the page, no token in an address, nothing kept after the tab is closed. */

/** Where to sign in and what to ask for: `config.json` beside the page, written when the stack is deployed. */
export interface SignInConfig {
  /** Address of the managed login: `https://notes.auth.eu-west-1.amazoncognito.com`. */
  readonly loginUrl: string;
  readonly clientId: string;
  /** Address of this page: one of the callback addresses of the client. */
  readonly redirectUrl: string;
  readonly scopes: readonly string[];
}

/** What must survive the way to the login page and back. */
export interface PendingSignIn {
  readonly state: string;
  readonly verifier: string;
}

export async function startSignIn(config: SignInConfig): Promise<{ readonly pending: PendingSignIn; readonly address: string }> {
  const pending = { state: randomText(), verifier: randomText() };
  const parameters = new URLSearchParams({
    response_type: 'code',
    client_id: config.clientId,
    redirect_uri: config.redirectUrl,
    scope: config.scopes.join(' '),
    state: pending.state,
    code_challenge: await challengeOf(pending.verifier),
    code_challenge_method: 'S256',
  });
  return { pending, address: `${config.loginUrl}/oauth2/authorize?${parameters}` };
}

/** The request that trades the code for tokens. Fails when the answer does not belong to the sign-in that this tab began. */
export function finishSignIn(config: SignInConfig, pending: PendingSignIn | undefined, address: string): Request {
  const parameters = new URL(address).searchParams;
  const code = parameters.get('code');
  if (code === null || pending === undefined || parameters.get('state') !== pending.state) throw new Error('This sign-in was not begun here.');
  return new Request(`${config.loginUrl}/oauth2/token`, {
    method: 'POST',
    headers: { 'content-type': 'application/x-www-form-urlencoded' },
    body: new URLSearchParams({
      grant_type: 'authorization_code', client_id: config.clientId, redirect_uri: config.redirectUrl, code, code_verifier: pending.verifier,
    }),
  });
}

/** Ends the session at the sign-in pages too, which would otherwise let the next person at this browser in. */
export function signOutAddress({ loginUrl, clientId, redirectUrl }: SignInConfig): string {
  return `${loginUrl}/logout?${new URLSearchParams({ client_id: clientId, logout_uri: redirectUrl })}`;
}

export async function challengeOf(verifier: string): Promise<string> {
  return base64Url(new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(verifier))));
}

function randomText(): string {
  return base64Url(crypto.getRandomValues(new Uint8Array(32)));
}

function base64Url(bytes: Uint8Array): string {
  return btoa(String.fromCharCode(...bytes)).replace(/\+/g, '-').replace(/\//g, '_').replace(/=+$/, '');
}
