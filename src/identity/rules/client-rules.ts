import { wordsOf } from '../../core/secrets/secret-findings';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, expectProperty, fail, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { at, isTrue, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { AUTHORIZATION_NAME, PASSWORD_FLOWS, REFRESH_TOKEN_DAYS, TOKEN_MINUTES } from '../user-pool-baseline';

const CLIENT = 'AWS::Cognito::UserPoolClient';

export const CLIENT_IMPLICIT_GRANT: Rule = {
  id: 'ClientImplicitGrant',
  severity: Severity.MEDIUM,
  appliesTo: [CLIENT],
  title: 'An app client gets tokens in the address bar',
  why: 'The implicit grant puts tokens into the URL: they end in the history, in logs and in whatever script the page loads. OAuth 2.1 removed it.',
  fix: 'Set AllowedOAuthFlows to code alone, with PKCE in the app (flows: { authorizationCodeGrant: true, implicitCodeGrant: false }).',
  risks: ['broken-authentication', 'data-exposure'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: (client) => expectEach(client.items('AllowedOAuthFlows'), 'Properties.AllowedOAuthFlows', (flow) => (textOf(flow) ?? '').toLowerCase() !== 'implicit'),
};

export const CLIENT_CALLBACK_URL: Rule = {
  id: 'ClientCallbackUrl',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [CLIENT],
  title: 'An app client sends users and their codes to an address that is not safe',
  why: 'Whoever owns or listens to the address gets the code of each sign-in. https://example.com is what CDK writes when nobody chose one.',
  fix: 'Name the exact https:// addresses of the app in CallbackURLs and LogoutURLs (callbackUrls, logoutUrls); http:// is for localhost alone.',
  risks: ['broken-authentication', 'misconfiguration'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'address',
  check: (client, app) => ['CallbackURLs', 'LogoutURLs', 'DefaultRedirectURI'].flatMap((property) => (
    client.items(property).map((url) => judgeAddress(url, `Properties.${property}`, app)))),
};

export const CLIENT_ADMIN_SCOPE: Rule = {
  id: 'ClientAdminScope',
  severity: Severity.LOW,
  appliesTo: [CLIENT],
  title: 'An app client gets tokens that may change their user',
  why: 'With aws.cognito.signin.user.admin, a stolen access token reads and writes all attributes of its user, the second factor and the devices among them.',
  fix: 'Leave the scope out of AllowedOAuthScopes; use openid, email, profile and scopes of a resource server.',
  risks: ['over-privilege', 'broken-authentication'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-02'],
  check: (client) => expectEach(client.items('AllowedOAuthScopes'), 'Properties.AllowedOAuthScopes', (scope) => scope !== 'aws.cognito.signin.user.admin'),
};

export const CLIENT_PASSWORD_FLOW: Rule = {
  id: 'ClientPasswordFlow',
  severity: Severity.LOW,
  appliesTo: [CLIENT],
  title: 'An app client takes passwords in clear',
  why: 'The password passes through the app and its logs, and lists of stolen passwords can be tried with one plain call each.',
  fix: 'Use SRP or the hosted login (authFlows: { userSrp: true }); leave the flows for passwords out of ExplicitAuthFlows.',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'flow',
  check: (client) => client.items('ExplicitAuthFlows').map((flow): Outcome => {
    const text = textOf(flow) ?? '';
    if (isUnresolved(flow)) return unresolved('Properties.ExplicitAuthFlows');
    return PASSWORD_FLOWS.includes(text) ? fail('Properties.ExplicitAuthFlows', text) : pass();
  }),
};

export const CLIENT_USER_EXISTENCE: Rule = {
  id: 'ClientUserExistence',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [CLIENT],
  title: 'The errors of an app client tell who has an account',
  why: 'An attacker learns which addresses exist before the first password is tried, and to whom a forged mail is worth sending.',
  fix: 'Set PreventUserExistenceErrors to ENABLED (preventUserExistenceErrors: true): left out, CloudFormation chooses LEGACY.',
  risks: ['data-exposure', 'broken-authentication'],
  frameworks: ['prowler cognito_user_pool_client_prevent_user_existence_errors', 'OWASP Serverless S2'],
  check: (client) => (isMachine(client) ? [] : expectProperty(client, 'PreventUserExistenceErrors', (setting) => setting === 'ENABLED')),
};

export const CLIENT_TOKEN_REVOCATION: Rule = {
  id: 'ClientTokenRevocation',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [CLIENT],
  title: 'The tokens of an app client cannot be revoked',
  why: 'A stolen refresh token makes new access tokens until it expires, and signing out changes nothing about that.',
  fix: 'Leave EnableTokenRevocation out, or set it to true (enableTokenRevocation: true).',
  risks: ['broken-authentication'],
  frameworks: ['prowler cognito_user_pool_client_token_revocation_enabled', 'OWASP Serverless S2'],
  check: (client) => expectProperty(client, 'EnableTokenRevocation', (setting) => setting === undefined || isTrue(setting)),
};

export const CLIENT_TOKEN_LIFETIME: Rule = {
  id: 'ClientTokenLifetime',
  severity: Severity.LOW,
  appliesTo: [CLIENT],
  title: 'The tokens of an app client are valid for long',
  why: 'Nothing calls back an access or identity token before it expires: whoever steals it, uses it until then.',
  fix: `At most ${TOKEN_MINUTES.standard} minutes for access and identity tokens, ${REFRESH_TOKEN_DAYS.standard} days for refresh tokens `
    + '(AccessTokenValidity, IdTokenValidity, RefreshTokenValidity).',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'name of the property',
  check: judgeLifetimes,
};

export const CLIENT_TOKEN_ROTATION: Rule = {
  id: 'ClientTokenRotation',
  severity: Severity.INFO,
  appliesTo: [CLIENT],
  title: 'An app client uses one refresh token again and again',
  why: 'A copy of the token works beside the original, and nobody notices. With rotation, each token works once.',
  fix: 'Set RefreshTokenRotation.Feature to ENABLED (refreshTokenRotationGracePeriod). SecureUserPool does for clients with users.',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: (client) => (isMachine(client) ? [] : expectProperty(client, 'RefreshTokenRotation.Feature', (feature) => feature === 'ENABLED')),
};

export const CLIENT_WRITE_ATTRIBUTES: Rule = {
  id: 'ClientWriteAttributes',
  severity: Severity.MEDIUM,
  appliesTo: [CLIENT],
  title: 'Users can write an attribute that decides what they may do',
  why: 'A user changes the own role, tenant or plan with one call of UpdateUserAttributes, and the next token says so. '
    + 'Without WriteAttributes, a client may write every attribute that can be changed.',
  fix: 'List WriteAttributes without the attribute (writeAttributes), or make it not Mutable. SecureUserPool does with authorizationAttributes.',
  risks: ['over-privilege', 'broken-authentication'],
  frameworks: ['OWASP Serverless S5', 'CSA SAS-02'],
  findingForm: 'name of the attribute',
  check: judgeWriteAttributes,
};

/** A program that signs in with its own secret has no users. */
function isMachine(client: Resource): boolean {
  const flows = client.items('AllowedOAuthFlows');
  return flows.length > 0 && flows.every((flow) => flow === 'client_credentials');
}

function judgeAddress(url: Value, location: string, app: AppModel): Outcome {
  if (isUnresolved(url)) return unresolved(location);
  const text = app.describe(url) ?? '';
  const isLocal = /^http:\/\/(?:localhost|127\.0\.0\.1|\[::1\])(?:[:/]|$)/.test(text);
  const isUnsafe = (/^http:/i.test(text) && !isLocal) || /^https?:\/\/example\.com(?:[:/]|$)/i.test(text) || text.replace(/<[^<>]*>/g, '').includes('*');
  return isUnsafe ? fail(location, text) : pass();
}

const UNITS: { readonly [unit: string]: number } = { seconds: 1 / 60, minutes: 1, hours: 60, days: 1440 };

/** The unit that counts where none is given. */
const TOKENS: readonly [token: string, unit: string, mostMinutes: number][] = [
  ['AccessToken', 'hours', TOKEN_MINUTES.standard],
  ['IdToken', 'hours', TOKEN_MINUTES.standard],
  ['RefreshToken', 'days', REFRESH_TOKEN_DAYS.standard * 1440],
];

function judgeLifetimes(client: Resource): RuleResult {
  return TOKENS.map(([token, usual, most]): Outcome => {
    const property = `${token}Validity`;
    const validity = client.alternatives(property);
    const units = client.alternatives(`TokenValidityUnits.${token}`).map((unit) => (isUnresolved(unit) ? undefined : UNITS[textOf(unit) ?? usual]));
    const unit = Math.max(0, ...units.map((one) => one ?? 0));
    const outcome = expectEach(validity, `Properties.${property}`, (value) => value === undefined || (numberOf(value) ?? 0) * unit <= most, property);
    return outcome.kind === 'pass' && units.includes(undefined) && validity.some((value) => value !== undefined) ? unresolved(`Properties.${property}`, property) : outcome;
  });
}

/**
 * | `WriteAttributes`       | the attribute in the pool     | answer                              |
 * |-------------------------|-------------------------------|-------------------------------------|
 * | names it                | can be changed                | wrong                               |
 * | names it                | cannot be changed             | fine                                |
 * | names it                | the pool is of another app    | open                                |
 * | absent                  | can be changed                | wrong                               |
 * | does not name it        | any                           | fine                                |
 */
function judgeWriteAttributes(client: Resource, app: AppModel): RuleResult {
  if (isMachine(client)) return [];
  const location = 'Properties.WriteAttributes';
  const pool = app.targets(client.property('UserPoolId')).find(({ type }) => type === 'AWS::Cognito::UserPool');
  const schema = new Map(pool?.items('Schema').map((attribute): [string, boolean] => (
    [(textOf(at(attribute, 'Name')) ?? '').replace(/^custom:/, ''), at(attribute, 'Mutable') === undefined || isTrue(at(attribute, 'Mutable'))])));
  const written = client.items('WriteAttributes');
  if (written.some(isUnresolved)) return unresolved(location);
  if (client.property('WriteAttributes') === undefined) {
    const open = [...schema].filter(([name, mutable]) => mutable && decides(name));
    return open.length === 0 ? pass() : open.map(([name]) => fail(location, `custom:${name}`));
  }
  return written.map((attribute): Outcome => {
    const name = textOf(attribute) ?? '';
    if (!name.startsWith('custom:') || !decides(name.slice('custom:'.length))) return pass();
    if (pool === undefined) return unresolved(location, name);
    return schema.get(name.slice('custom:'.length)) === false ? pass() : fail(location, name);
  });
}

/** Whether an attribute says what its user may do, in any of its words: `role`, `isAdmin`, `customer_tier`. */
function decides(attribute: string): boolean {
  return AUTHORIZATION_NAME.test(attribute) || wordsOf(attribute).split('_').some((word) => AUTHORIZATION_NAME.test(word));
}

export const CLIENT_RULES: readonly Rule[] = [
  CLIENT_ADMIN_SCOPE, CLIENT_CALLBACK_URL, CLIENT_IMPLICIT_GRANT, CLIENT_PASSWORD_FLOW, CLIENT_TOKEN_LIFETIME, CLIENT_TOKEN_REVOCATION,
  CLIENT_TOKEN_ROTATION, CLIENT_USER_EXISTENCE, CLIENT_WRITE_ATTRIBUTES,
];
