import {
  ClientAttributes, ICustomAttribute, OAuthScope, StandardAttributes, StringAttribute, UserPoolClientIdentityProvider, UserPoolEmail,
  UserPoolOperation, UserPoolTriggers,
} from 'aws-cdk-lib/aws-cognito';
import { AppClientOptions, MachineClientOptions } from '../../../src/identity/app-client-options';
import { LocalCallbacks } from '../../../src/identity/local-callbacks';
import { PasswordRules } from '../../../src/identity/rules/password-rules';
import { ResourceServerOptions } from '../../../src/identity/secure-resource-server';
import { SecureUserPool } from '../../../src/identity/secure-user-pool';
import { SecureUserPoolProps } from '../../../src/identity/secure-user-pool-props';
import { SignInDomain } from '../../../src/identity/sign-in-domain';
import { SignUp } from '../../../src/identity/sign-up';
import { ThreatProtection } from '../../../src/identity/threat-protection';
import { UserPoolAlarms, UserPoolClientAlarms } from '../../../src/identity/user-pool-alarms';
import { UserPoolMfa } from '../../../src/identity/user-pool-mfa';
import { UserPoolRemoval } from '../../../src/identity/user-pool-removal';
import { any, call, dictionary, Fields, illegal, lawful, list, made, mostly, needs, oneOf, struct, Values } from '../support/recipe';
import { SaidOfSample, Step, step, Subject } from '../support/subject';
import {
  actionNames, alarms, durations, flag, keyNames, names, numbers, ownGrantee, reasons, removalPolicies, texts, textToken,
} from '../support/values';

const attributesNamed = (...legal: string[]): Values<{ [name: string]: ICustomAttribute }> => dictionary<ICustomAttribute>(keyNames(legal, ['größe', '', 'role', 'x'.repeat(30)]), any<ICustomAttribute>(
  made<ICustomAttribute>('new StringAttribute({ mutable: true })', () => new StringAttribute({ mutable: true })),
  made<ICustomAttribute>('new StringAttribute()', () => new StringAttribute()),
));

const fields: Fields<SecureUserPoolProps> = {
  userPoolName: names('customers'),
  signUp: any<SignUp>(call('SignUp.byAdministrators', SignUp.byAdministrators), call('SignUp.open', SignUp.open, reasons)),
  mfa: any<UserPoolMfa>(call('UserPoolMfa.required', UserPoolMfa.required), call('UserPoolMfa.optional', UserPoolMfa.optional, reasons)),
  passwords: struct<PasswordRules>({ minLength: numbers(12, 99), history: numbers(1, 24), temporaryPasswordValidity: durations('days', 1, 7) }),
  threatProtection: any<ThreatProtection>(
    call('ThreatProtection.full', ThreatProtection.full), call('ThreatProtection.auditOnly', ThreatProtection.auditOnly, reasons), call('ThreatProtection.off', ThreatProtection.off, reasons),
  ),
  signInWithUsername: flag,
  standardAttributes: struct<Pick<StandardAttributes, 'email' | 'fullname' | 'phoneNumber'>>({
    email: oneOf({ required: true, mutable: true }, { required: false }), fullname: oneOf({ required: true }), phoneNumber: oneOf({ required: true }),
  }) as Values<StandardAttributes>,
  customAttributes: attributesNamed('theme', 'size'),
  authorizationAttributes: attributesNamed('tenant', 'plan'),
  passkeyRelyingPartyId: names('shop.example.com'),
  domain: any<SignInDomain>(
    call('SignInDomain.prefix', SignInDomain.prefix, names('shop-111122223333')),
    call('SignInDomain.custom', SignInDomain.custom, names('auth.shop.example.com'), any(
      made('aCertificate of us-east-1', (kit) => kit.certificate('us-east-1')), made('aCertificate', (kit) => kit.certificate()),
    )),
  ),
  email: any<UserPoolEmail>(
    made('UserPoolEmail.withCognito()', () => UserPoolEmail.withCognito()),
    made("UserPoolEmail.withSES('no-reply@example.com')", () => UserPoolEmail.withSES({ fromEmail: 'no-reply@example.com', sesRegion: 'eu-west-1', sesVerifiedDomain: 'example.com' })),
  ),
  lambdaTriggers: struct<Pick<UserPoolTriggers, 'preSignUp' | 'postConfirmation'>>({
    preSignUp: made('aFunction', (kit) => kit.fn()), postConfirmation: made('anotherFunction', (kit) => kit.fn('OtherFunction')),
  }) as Values<UserPoolTriggers>,
  webAcl: made('aWebAcl', (kit) => kit.webAcl()),
  removal: any<UserPoolRemoval>(call('UserPoolRemoval.retain', UserPoolRemoval.retain), call('UserPoolRemoval.destroy', UserPoolRemoval.destroy, reasons)),
  alarms: alarms<UserPoolAlarms>('compromisedCredentials', 'accountTakeover'),
};

const urls = list(mostly(oneOf('https://shop.example.com/in'), oneOf('http://shop.example.com', 'http://localhost:3000', '', '*', 'https://*.example.com'), textToken), { minLength: 1, maxLength: 2 });
const scopes = list(mostly(any(
  made('OAuthScope.OPENID', () => OAuthScope.OPENID), made('OAuthScope.COGNITO_ADMIN', () => OAuthScope.COGNITO_ADMIN), made("OAuthScope.custom('api/orders')", () => OAuthScope.custom('api/orders')),
), made('OAuthScope.custom(empty)', () => OAuthScope.custom(''))), { minLength: 1, maxLength: 2 });
const machineScopes = list(made("OAuthScope.custom('api/orders')", () => OAuthScope.custom('api/orders')), { minLength: 1, maxLength: 1 });
const attributes: Values<ClientAttributes> = made('new ClientAttributes().withStandardAttributes({ email: true })', () => new ClientAttributes().withStandardAttributes({ email: true }));
const ids = oneOf('Web', 'Größe');

const appClient: Values<AppClientOptions> = lawful(struct<AppClientOptions>({
  callbackUrls: urls,
  logoutUrls: urls,
  localCallbacks: call('LocalCallbacks.allow', LocalCallbacks.allow, reasons),
  nativeSchemes: list(mostly(oneOf('com.example.shop'), oneOf('', 'myapp', 'http', 'javascript', '*')), { minLength: 1, maxLength: 1 }),
  scopes,
  confidential: flag,
  identityProviders: list(made('UserPoolClientIdentityProvider.COGNITO', () => UserPoolClientIdentityProvider.COGNITO), { minLength: 1, maxLength: 1 }),
  customAuthentication: flag,
  accessTokenValidity: durations('minutes', 5, 60),
  idTokenValidity: durations('minutes', 5, 60),
  refreshTokenValidity: durations('hours', 1, 720),
  readAttributes: attributes,
  writeAttributes: attributes,
  alarms: alarms<UserPoolClientAlarms>('signInThrottles', 'tokenRefreshThrottles', 'federationThrottles'),
}), needs('logoutUrls', 'callbackUrls'), needs('nativeSchemes', 'callbackUrls'), needs('localCallbacks', 'callbackUrls'));

const steps: { [method: string]: Values<Step<SecureUserPool>> } = {
  addAppClient: step((pool: SecureUserPool, id, options) => pool.addAppClient(id, options), ids, appClient),
  addMachineClient: step((pool: SecureUserPool, id, options) => pool.addMachineClient(id, options), oneOf('Machine'), struct<MachineClientOptions>({ scopes: mostly(machineScopes, scopes), accessTokenValidity: durations('minutes', 5, 1440) }, 'scopes')),
  addApi: step((pool: SecureUserPool, id, options) => pool.addApi(id, options), oneOf('Api'), struct<ResourceServerOptions>({
    identifier: names('orders', 'https://orders.example.com'), scopes: dictionary(keyNames(['write'], ['a b', '']), texts, { minKeys: 1 }),
  }, 'identifier', 'scopes')),
  addClient: illegal(step((pool: SecureUserPool) => pool.addClient('Client'))),
  addDomain: step((pool: SecureUserPool, domainPrefix) => pool.addDomain('Domain', { cognitoDomain: { domainPrefix } }), names('shop')),
  addTrigger: step((pool: SecureUserPool, fn) => pool.addTrigger(UserPoolOperation.PRE_AUTHENTICATION, fn), mostly(made('aFunction', (kit) => kit.fn()), made('Function.fromFunctionArn()', (kit) => kit.importedFunction() as never))),
  allowAuthorizeUsers: step((pool: SecureUserPool, to) => pool.allowAuthorizeUsers(to), ownGrantee),
  allowDeleteUsers: step((pool: SecureUserPool, to) => pool.allowDeleteUsers(to), ownGrantee),
  allowManageUsers: step((pool: SecureUserPool, to) => pool.allowManageUsers(to), ownGrantee),
  allowReadUsers: step((pool: SecureUserPool, to) => pool.allowReadUsers(to), ownGrantee),
  grant: step((pool: SecureUserPool, to, actions) => pool.grant(to, ...actions), ownGrantee, actionNames(['cognito-idp:ListUsers'], 'cognito-idp:*')),
  applyRemovalPolicy: step((pool: SecureUserPool, policy) => pool.applyRemovalPolicy(policy), removalPolicies),
};

/** Alarms need the metrics of threat protection, pages need a domain, and each part is there once. */
function isPool({ props, steps: taken, profile, twin }: SaidOfSample): boolean {
  const protection = props.threatProtection?.[0] ?? (profile === 'sandbox' ? 'ThreatProtection.off' : 'ThreatProtection.full');
  const hooks = [...Object.values(props.lambdaTriggers ?? {}), ...taken.filter(([method]) => method === 'addTrigger').map(([, fn]) => fn as string)];
  const clients = taken.filter(([method]) => /Client$|Api$|Trigger$|Domain$/.test(method as string)).map(([method, id]) => `${method} ${/^add(App|Mach)/.test(method as string) ? id : ''}`);
  return (protection !== 'ThreatProtection.off' || (props.alarms === undefined && props.signUp?.[0] !== 'SignUp.open'))
    && taken.every((one) => !hooks.includes(one[1] as string) || !/^(allow|grant)/.test(one[0] as string)) && new Set(clients).size === clients.length && !(twin && props.domain !== undefined)
    && (props.domain === undefined ? taken.every(([method, , options]) => !/Client$/.test(method as string) || (method === 'addAppClient' && options.callbackUrls === undefined))
      : taken.every(([method]) => method !== 'addDomain'));
}

export const IDENTITY: readonly Subject[] = [
  { name: 'SecureUserPool', make: (scope, id, props) => new SecureUserPool(scope, id, props), props: struct(fields), propNames: Object.keys(fields), law: isPool, steps },
  {
    name: 'SecureUserPoolClient',
    make: (scope, id, props) => new SecureUserPool(scope, `${id}Pool`, { domain: SignInDomain.prefix('shop-111122223333') }).addAppClient(`${id}Client`, props),
    props: appClient,
    propNames: [],
    steps: {},
  },
  {
    name: 'SecureResourceServer',
    make: (scope, id, { options, scope: wanted }: { options: ResourceServerOptions; scope: string }) => {
      const server = new SecureUserPool(scope, `${id}Pool`).addApi(`${id}Api`, options);
      server.scope(wanted);
      return server;
    },
    props: struct<{ options: ResourceServerOptions; scope: string }>({
      options: struct<ResourceServerOptions>({ identifier: names('orders'), scopes: dictionary(keyNames(['write', 'read'], ['']), texts, { minKeys: 1 }) }, 'identifier', 'scopes'), scope: names('write'),
    }, 'options', 'scope'),
    propNames: [],
    law: ({ props, steps: taken }) => [props.scope, ...taken.map(([, name]) => name as string)].every((name) => name in props.options.scopes),
    steps: { scope: step((server: { scope(name: string): unknown }, name) => server.scope(name), names('write')) as never },
  },
];
