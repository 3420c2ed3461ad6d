import { StringAttribute } from 'aws-cdk-lib/aws-cognito';
import { ApiAuth } from '../../src/api/access/api-auth';
import { SecureApi } from '../../src/api/secure-api';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { SignInDomain } from '../../src/identity/sign-in-domain';
import { SignUp } from '../../src/identity/sign-up';
import { UserPoolMfa } from '../../src/identity/user-pool-mfa';
import { aFunction, AuditCase } from '../support/self-audit';

const SHOP = 'https://shop.example.org/signed-in';

export const IDENTITY_CASES: readonly AuditCase[] = [
  ['SecureUserPool', (stack) => { new SecureUserPool(stack, 'Customers'); }],
  ['SecureUserPool with clients, scopes and verbs', (stack) => {
    const pool = new SecureUserPool(stack, 'Customers', {
      domain: SignInDomain.prefix('shop-customers'),
      authorizationAttributes: { tenant: new StringAttribute({ mutable: true }) },
      lambdaTriggers: { preSignUp: aFunction(stack, 'Check') },
    });
    pool.addAppClient('Shop', { callbackUrls: [SHOP] });
    const orders = pool.addApi('Orders', { identifier: 'orders', scopes: { read: 'See orders' } });
    pool.addMachineClient('Partner', { scopes: [orders.scope('read')] });
    const fn = aFunction(stack, 'Desk');
    pool.allowReadUsers(fn);
    pool.allowManageUsers(fn);
    pool.allowAuthorizeUsers(fn);
    pool.allowDeleteUsers(fn);
  }],
  ['SecureUserPool that is open, with optional second factors', (stack) => {
    new SecureUserPool(stack, 'Customers', {
      signUp: SignUp.open('anybody may become a customer'), mfa: UserPoolMfa.optional('customers bring no authenticator app'),
    });
  }],
  ['SecureUserPool before a SecureApi', (stack) => {
    const pool = new SecureUserPool(stack, 'Customers');
    const orders = pool.addApi('Orders', { identifier: 'orders', scopes: { read: 'See orders' } });
    new SecureApi(stack, 'Api', { auth: ApiAuth.userPool(pool, { scopes: [orders.scopeName('read')] }) }).addRoute('GET', '/orders', aFunction(stack));
  }],
];
