import { Stack } from 'aws-cdk-lib';
import { allowed, denied, rights } from './support/rights';
import { SecureFunction } from '../../src/function/secure-function';
import { SecureUserPool } from '../../src/identity/secure-user-pool';
import { aFunction } from '../support/self-audit';

const idp = (action: string) => `cognito-idp:${action}`;
const OTHER_POOL = 'arn:aws:cognito-idp:eu-west-1:111122223333:userpool/eu-west-1_other';

function desk(use: (pool: SecureUserPool, fn: SecureFunction) => unknown) {
  return (stack: Stack) => {
    const pool = new SecureUserPool(stack, 'Customers');
    const fn = aFunction(stack, 'Desk');
    use(pool, fn);
    return { who: fn, pool: pool.userPoolArn };
  };
}

/** What nobody gets by any verb: it changes the pool, or makes its caller somebody else. */
const NEVER = ['UpdateUserPool', 'DeleteUserPool', 'CreateUserPoolClient', 'UpdateUserPoolClient', 'DescribeUserPoolClient', 'AdminSetUserPassword', 'AdminInitiateAuth', 'SetRiskConfiguration']
  .map((action) => denied(idp(action), '{pool}'));

rights('SecureUserPool without a verb', desk(() => undefined), [
  denied(idp('ListUsers'), '{pool}'),
  denied(idp('AdminCreateUser'), '{pool}'),
  denied(idp('AdminUpdateUserAttributes'), '{pool}'),
]);

rights('SecureUserPool.allowReadUsers', desk((pool, fn) => pool.allowReadUsers(fn)), [
  allowed(idp('AdminGetUser'), '{pool}'),
  allowed(idp('ListUsers'), '{pool}'),
  allowed(idp('ListUsersInGroup'), '{pool}'),
  denied(idp('ListUsers'), OTHER_POOL),
  denied(idp('AdminCreateUser'), '{pool}'),
  denied(idp('AdminUpdateUserAttributes'), '{pool}'),
  denied(idp('AdminDeleteUser'), '{pool}'),
  ...NEVER,
]);

rights('SecureUserPool.allowManageUsers', desk((pool, fn) => pool.allowManageUsers(fn)), [
  allowed(idp('AdminCreateUser'), '{pool}'),
  allowed(idp('AdminDisableUser'), '{pool}'),
  allowed(idp('AdminResetUserPassword'), '{pool}'),
  allowed(idp('AdminUserGlobalSignOut'), '{pool}'),
  denied(idp('AdminDisableUser'), OTHER_POOL),
  denied(idp('AdminUpdateUserAttributes'), '{pool}'),
  denied(idp('AdminAddUserToGroup'), '{pool}'),
  denied(idp('AdminDeleteUser'), '{pool}'),
  denied(idp('AdminSetUserMFAPreference'), '{pool}'),
  denied(idp('AdminConfirmSignUp'), '{pool}'),
  denied(idp('AdminLinkProviderForUser'), '{pool}'),
  ...NEVER,
]);

rights('SecureUserPool.allowAuthorizeUsers', desk((pool, fn) => pool.allowAuthorizeUsers(fn)), [
  allowed(idp('AdminAddUserToGroup'), '{pool}'),
  allowed(idp('AdminUpdateUserAttributes'), '{pool}'),
  denied(idp('CreateGroup'), '{pool}'),
  denied(idp('UpdateGroup'), '{pool}'),
  denied(idp('AdminCreateUser'), '{pool}'),
  ...NEVER,
]);

rights('SecureUserPool.allowDeleteUsers', desk((pool, fn) => pool.allowDeleteUsers(fn)), [
  allowed(idp('AdminDeleteUser'), '{pool}'),
  denied(idp('AdminDeleteUserAttributes'), '{pool}'),
  denied(idp('AdminDisableUser'), '{pool}'),
  denied(idp('AdminDeleteUser'), OTHER_POOL),
  ...NEVER,
]);

rights('Cognito and the trigger of a SecureUserPool', (stack) => {
  const fn = aFunction(stack, 'Check');
  const pool = new SecureUserPool(stack, 'Customers', { lambdaTriggers: { preSignUp: fn } });
  return { who: 'cognito-idp.amazonaws.com', pool: pool.userPoolArn, fn: fn.functionArn };
}, [
  allowed('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': '{pool}', 'aws:SourceAccount': '111122223333' }),
  denied('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': OTHER_POOL, 'aws:SourceAccount': '111122223333' }),
  denied('lambda:InvokeFunction', '{fn}', { 'aws:SourceArn': '{pool}', 'aws:SourceAccount': '444455556666' }),
  denied('lambda:InvokeFunction', '{fn}'),
  denied('lambda:GetFunction', '{fn}', { 'aws:SourceArn': '{pool}', 'aws:SourceAccount': '111122223333' }),
]);
