import {
  ClientAttributes, ICustomAttribute, OAuthScope, StandardAttributes, StringAttribute, UserPoolClientIdentityProvider, UserPoolEmail,
  UserPoolOperation, UserPoolTriggers,
} from 'aws-cdk-lib/aws-cognito';
import { AppClientOptions, MachineClientOptions } from '../../../src/identity/app-client-options';
import { LocalCallbacks } from '../../../src/identity/local-callbacks';
import { PasswordRules } from '../../../src/identity/password-rules';
import { ResourceServerOptions } from '../../../src/identity/secure-resource-server';
import { SecureUserPool } from '../../../src/identity/secure-user-pool';
import { SecureUserPoolProps } from '../../../src/identity/secure-user-pool-props';
import { SignInDomain } from '../../../src/identity/sign-in-domain';
import { SignUp } from '../../../src/identity/sign-up';
import { ThreatProtection } from '../../../src/identity/threat-protection';
import { UserPoolAlarms, UserPoolClientAlarms } from '../../../src/identity/user-pool-alarms';
import { UserPoolMfa } from '../../../src/identity/user-pool-mfa';
import { UserPoolRemoval } from '../../../src/identity/user-pool-removal';
import { any, call, dictionary, Fields, list, made, mostly, oneOf, struct, Values } from '../support/recipe';
import { Step, step, Subject } from '../support/subject';
import { alarms, durations, flag, grantee, keyNames, names, numbers, reasons, removalPolicies, texts, textToken } from '../support/values';


const customAttributes: Values<{ [name: string]: ICustomAttribute }> = dictionary<ICustomAttribute>(keyNames(['tenant', 'plan'], ['größe', '', 'x'.repeat(30)]), any<ICustomAttribute>(
  made<ICustomAttribute>('new StringAttribute({ mutable: true })', () => new StringAttribute({ mutable: true })),
  made<ICustomAttribute>('new StringAttribute()', () => new StringAttribute()),
));

const fields: Fields<SecureUserPoolProps> = {
  userPoolName: names('customers'),
  signUp: any<SignUp>(call('SignUp.byAdministrators', SignUp.byAdministrators), call('SignUp.open', SignUp.open, reasons)),
  mfa: any<UserPoolMfa>(call('UserPoolMfa.required', UserPoolMfa.required), call('UserPoolMfa.optional', UserPoolMfa.optional, reasons)),
  passwords: struct<PasswordRules>({ minLength: numbers(12, 99), history: numbers(0, 24), temporaryPasswordValidity: durations('days', 1, 7) }),
  threatProtection: any<ThreatProtection>(
    call('ThreatProtection.full', ThreatProtection.full), call('ThreatProtection.auditOnly', ThreatProtection.auditOnly, reasons), call('ThreatProtection.off', ThreatProtection.off, reasons),
  ),
  signInWithUsername: flag,
  standardAttributes: struct<Pick<StandardAttributes, 'email' | 'fullname' | 'phoneNumber'>>({
    email: oneOf({ required: true, mutable: true }, { required: false }), fullname: oneOf({ required: true }), phoneNumber: oneOf({ required: true }),
  }) as Values<StandardAttributes>,
  customAttributes,
  authorizationAttributes: customAttributes,
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

const urls = list(mostly(oneOf('https://shop.example.com/in'), oneOf('http://shop.example.com', 'http://localhost:3000', '', '*', 'https://*.example.com'), textToken), { maxLength: 2 });
const scopes = list(any(
  made('OAuthScope.OPENID', () => OAuthScope.OPENID), made('OAuthScope.COGNITO_ADMIN', () => OAuthScope.COGNITO_ADMIN), made("OAuthScope.custom('api/orders')", () => OAuthScope.custom('api/orders')),
), { maxLength: 2 });
const attributes: Values<ClientAttributes> = made('new ClientAttributes().withStandardAttributes({ email: true })', () => new ClientAttributes().withStandardAttributes({ email: true }));
const ids = oneOf('Web', 'Größe');

const appClient: Values<AppClientOptions> = struct<AppClientOptions>({
  callbackUrls: urls,
  logoutUrls: urls,
  localCallbacks: call('LocalCallbacks.allow', LocalCallbacks.allow, reasons),
  nativeSchemes: list(mostly(oneOf('myapp'), oneOf('', 'http', 'javascript', '*')), { maxLength: 2 }),
  scopes,
  confidential: flag,
  identityProviders: list(made('UserPoolClientIdentityProvider.COGNITO', () => UserPoolClientIdentityProvider.COGNITO), { maxLength: 2 }),
  customAuthentication: flag,
  accessTokenValidity: durations('minutes', 5, 60),
  idTokenValidity: durations('minutes', 5, 60),
  refreshTokenValidity: durations('minutes', 60, 43_200),
  readAttributes: attributes,
  writeAttributes: attributes,
  alarms: alarms<UserPoolClientAlarms>('signInThrottles', 'tokenRefreshThrottles', 'federationThrottles'),
});

const steps: { [method: string]: Values<Step<SecureUserPool>> } = {
  addAppClient: step((pool: SecureUserPool, id, options) => pool.addAppClient(id, options), ids, appClient),
  addMachineClient: step((pool: SecureUserPool, id, options) => pool.addMachineClient(id, options), oneOf('Machine'), struct<MachineClientOptions>({ scopes, accessTokenValidity: durations('minutes', 5, 1440) }, 'scopes')),
  addApi: step((pool: SecureUserPool, id, options) => pool.addApi(id, options), oneOf('Api'), struct<ResourceServerOptions>({
    identifier: names('orders', 'https://orders.example.com'), scopes: dictionary(keyNames(['write'], ['a b', '']), texts),
  }, 'identifier', 'scopes')),
  addClient: step((pool: SecureUserPool) => pool.addClient('Client')),
  addDomain: step((pool: SecureUserPool, domainPrefix) => pool.addDomain('Domain', { cognitoDomain: { domainPrefix } }), names('shop')),
  addTrigger: step((pool: SecureUserPool, fn) => pool.addTrigger(UserPoolOperation.PRE_AUTHENTICATION, fn), any(made('aFunction', (kit) => kit.fn()), made('Function.fromFunctionArn()', (kit) => kit.importedFunction() as never))),
  allowAuthorizeUsers: step((pool: SecureUserPool, to) => pool.allowAuthorizeUsers(to), grantee),
  allowDeleteUsers: step((pool: SecureUserPool, to) => pool.allowDeleteUsers(to), grantee),
  allowManageUsers: step((pool: SecureUserPool, to) => pool.allowManageUsers(to), grantee),
  allowReadUsers: step((pool: SecureUserPool, to) => pool.allowReadUsers(to), grantee),
  grant: step((pool: SecureUserPool, to, actions) => pool.grant(to, ...actions), grantee, list(oneOf('cognito-idp:ListUsers', 'cognito-idp:*'))),
  applyRemovalPolicy: step((pool: SecureUserPool, policy) => pool.applyRemovalPolicy(policy), removalPolicies),
};

export const IDENTITY: readonly Subject[] = [
  { name: 'SecureUserPool', make: (scope, id, props) => new SecureUserPool(scope, id, props), props: struct(fields), propNames: Object.keys(fields), steps },
  {
    name: 'SecureUserPoolClient',
    make: (scope, id, props) => new SecureUserPool(scope, `${id}Pool`).addAppClient(id, props),
    props: appClient,
    propNames: [],
    steps: {},
  },
  {
    name: 'SecureResourceServer',
    make: (scope, id, { options, scope: wanted }: { options: ResourceServerOptions; scope: string }) => {
      const server = new SecureUserPool(scope, `${id}Pool`).addApi(id, options);
      server.scope(wanted);
      return server;
    },
    props: struct<{ options: ResourceServerOptions; scope: string }>({
      options: struct<ResourceServerOptions>({ identifier: names('orders'), scopes: dictionary(keyNames(['write', 'read'], ['']), texts) }, 'identifier', 'scopes'), scope: names('write'),
    }, 'options', 'scope'),
    propNames: [],
    steps: { scope: step((server: { scope(name: string): unknown }, name) => server.scope(name), names('write')) as never },
  },
];
