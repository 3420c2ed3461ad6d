import { CfnDeletionPolicy } from 'aws-cdk-lib';
import { CfnIdentityPool, CfnUserPool } from 'aws-cdk-lib/aws-cognito';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf, withFields } from '../../core/hardening/nested-value';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { ListItem, mapItems } from '../../core/hardening/values/list-items';
import { webAclStep } from '../../waf/web-acl-hardening';
import { IDENTITY_POOL_GUESTS, IDENTITY_POOL_TOKEN_CHECK } from '../rules/identity-pool-rules';
import {
  PASSPHRASE, USER_POOL_DELETION, USER_POOL_MFA, USER_POOL_OPTIONAL_MFA, USER_POOL_PASSWORDS, USER_POOL_RECOVERY, USER_POOL_SIGN_UP,
  USER_POOL_THREATS, USER_POOL_WEB_ACL,
} from '../rules/user-pool-rules';
import { PASSWORD_LENGTH, SHORTEST_PASSWORD } from '../user-pool-baseline';

const POOL = { area: HardeningArea.USER_POOLS, type: 'AWS::Cognito::UserPool' } as const;
const IDENTITY_POOL = { area: HardeningArea.USER_POOLS, type: 'AWS::Cognito::IdentityPool' } as const;

const PASSWORD_ATTENTION = 'Passwords that users have stay valid; new ones must be stronger. A page of your own for signing up must say so.';

const passwords = (field: string, secure: number | boolean) => valueStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_PASSWORDS.id,
  property: `Policies.PasswordPolicy.${field[0].toUpperCase()}${field.slice(1)}`,
  when: (pool, site) => typeof secure === 'number' || !(Number(fieldOf(site, pool, pool.policies, 'passwordPolicy', 'minimumLength')) >= PASSPHRASE),
  read: (pool, site) => fieldOf(site, pool, pool.policies, 'passwordPolicy', field),
  secure: () => secure,
  safe: (value: number | boolean) => (typeof secure === 'number' ? Number(value) >= SHORTEST_PASSWORD : value === secure),
  write: (pool, value) => {
    pool.policies = withFields(pool.policies, ({ passwordPolicy }) => ({ passwordPolicy: withFields(passwordPolicy, () => ({ [field]: value })) }));
  },
  attention: PASSWORD_ATTENTION,
});

/** A pool in which users sign in without a password takes no second factor with it. */
const MFA = valueStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_MFA.id,
  property: 'MfaConfiguration',
  when: (pool, site) => fieldOf(site, pool, pool.policies, 'signInPolicy') === undefined,
  read: (pool) => pool.mfaConfiguration,
  secure: () => 'OPTIONAL',
  safe: (mfa: string) => /^(on|optional)$/i.test(mfa),
  unsafe: (mfa: string) => /^off$/i.test(mfa),
  write: (pool, mfa, site) => {
    pool.mfaConfiguration = mfa;
    if (site.resolve(pool, pool.enabledMfas) === undefined) pool.enabledMfas = ['SOFTWARE_TOKEN_MFA'];
  },
  attention: 'Users may set up an authenticator app, and are asked for its code from then on: code of your own that signs users in must answer that challenge.',
});

const MFA_ADVICE = proposalStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_OPTIONAL_MFA.id,
  property: 'MfaConfiguration',
  when: (pool, site) => site.resolve(pool, pool.mfaConfiguration) !== 'ON',
  read: (pool) => pool.mfaConfiguration,
  after: 'ON',
  advice: 'Let users who have no second factor set one up at the next sign-in, then set MfaConfiguration to ON: whose app does not know how cannot sign in any more.',
});

/** Who made a pool that goes with its stack means it to go. */
const DELETION = valueStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_DELETION.id,
  property: 'DeletionProtection',
  when: (pool, site) => site.controls(pool).retainData && pool.cfnOptions.deletionPolicy !== CfnDeletionPolicy.DELETE,
  read: (pool) => pool.deletionProtection,
  secure: () => 'ACTIVE',
  write: (pool, protection) => { pool.deletionProtection = protection; },
  attention: 'Who deletes the pool switches the protection off before.',
});

const CDK_RECOVERY = JSON.stringify([{ name: 'verified_phone_number', priority: 1 }, { name: 'verified_email', priority: 2 }]);

/**
 * | recovery | addresses of users | what is done |
 * |---|---|---|
 * | left out, or what CDK writes then | all sign in with mail addresses that are verified | by mail alone |
 * | the same | otherwise | it is proposed: who has no mail address could not come back |
 * | any other | any | nothing: it is the author's |
 */
const RECOVERY: HardeningStep = {
  ...POOL,
  rule: USER_POOL_RECOVERY.id,
  plan: (resource, site) => {
    const pool = resource as CfnUserPool;
    const given = fieldOf(site, pool, pool.accountRecoverySetting, 'recoveryMechanisms');
    if (given !== undefined && JSON.stringify(given) !== CDK_RECOVERY || site.overrideOf(pool, 'AccountRecoverySetting') !== undefined) return [];
    const mechanisms = [{ name: 'verified_email', priority: 1 }];
    const plan = { property: 'AccountRecoverySetting.RecoveryMechanisms', before: given, after: mechanisms };
    if (!allHaveMail(pool, site)) return [{ ...plan, standing: Standing.AUTHORS, advice: `${USER_POOL_RECOVERY.fix} Users without a verified mail address could not come back.` }];
    return [{
      ...plan,
      standing: Standing.MISSING,
      attention: 'Users who forgot their password get the code by mail, and no more by text message.',
      apply: () => { pool.accountRecoverySetting = { recoveryMechanisms: mechanisms }; },
    }];
  },
};

function allHaveMail(pool: CfnUserPool, site: HardeningSite): boolean {
  const names = site.resolve(pool, pool.usernameAttributes);
  const verified = site.resolve(pool, pool.autoVerifiedAttributes);
  return JSON.stringify(names) === '["email"]' && Array.isArray(verified) && verified.includes('email');
}

const SIGN_UP_ADVICE = proposalStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_SIGN_UP.id,
  property: 'AdminCreateUserConfig.AllowAdminCreateUserOnly',
  when: (pool, site) => fieldOf(site, pool, pool.adminCreateUserConfig, 'allowAdminCreateUserOnly') !== true,
  after: 'true',
  advice: USER_POOL_SIGN_UP.fix,
});

/** It costs by the number of users. */
const PLAN_COSTS = 'The plan costs by the number of users who sign in in a month: https://aws.amazon.com/cognito/pricing/.';

/**
 * | threat protection | plan | what is done |
 * |---|---|---|
 * | asked for: AUDIT or ENFORCED | left out | PLUS: Cognito puts new pools on ESSENTIALS, which has none, and refuses them |
 * | asked for | any | kept and reported, if it is not PLUS |
 * | off, left out, or a token | any | nothing: the plan costs by the number of users, and is proposed |
 */
const PLAN = valueStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_THREATS.id,
  property: 'UserPoolTier',
  when: (pool, site) => ['AUDIT', 'ENFORCED'].includes(protectionOf(pool, site) as string),
  read: (pool) => pool.userPoolTier,
  secure: () => 'PLUS',
  write: (pool, plan) => { pool.userPoolTier = plan; },
  attention: `Only this plan has the threat protection that the pool asks for; on ESSENTIALS, the plan of new pools, Cognito refuses it. ${PLAN_COSTS}`,
});

const PLAN_ADVICE = proposalStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_THREATS.id,
  property: 'UserPoolTier',
  when: (pool, site) => !['AUDIT', 'ENFORCED'].includes(protectionOf(pool, site) as string),
  read: (pool) => pool.userPoolTier,
  after: 'PLUS, with AdvancedSecurityMode ENFORCED',
  advice: `${USER_POOL_THREATS.fix} ${PLAN_COSTS}`,
});

/** Who looks on for a while wants to know what it would block. */
const BLOCKING_ADVICE = proposalStep<CfnUserPool>({
  ...POOL,
  rule: USER_POOL_THREATS.id,
  property: 'UserPoolAddOns.AdvancedSecurityMode',
  when: (pool, site) => protectionOf(pool, site) === 'AUDIT',
  chosen: () => true,
  read: (pool, site) => protectionOf(pool, site),
  after: 'ENFORCED',
  advice: 'AUDIT only writes down what ENFORCED blocks: look through the log of the pool, then let it block (standardThreatProtectionMode).',
});

function protectionOf(pool: CfnUserPool, site: HardeningSite): unknown {
  return fieldOf(site, pool, pool.userPoolAddOns, 'advancedSecurityMode');
}

const WEB_ACL = webAclStep<CfnUserPool>({ ...POOL, rule: USER_POOL_WEB_ACL.id, arnOf: (pool) => pool.attrArn });

const GUESTS_ADVICE = proposalStep<CfnIdentityPool>({
  ...IDENTITY_POOL,
  rule: IDENTITY_POOL_GUESTS.id,
  property: 'AllowUnauthenticatedIdentities',
  when: (pool) => pool.allowUnauthenticatedIdentities === true,
  chosen: () => true,
  read: (pool) => pool.allowUnauthenticatedIdentities,
  after: 'false',
  advice: `${IDENTITY_POOL_GUESTS.fix} Apps of guests stop working then.`,
});

const TOKEN_CHECK: HardeningStep = {
  ...IDENTITY_POOL,
  rule: IDENTITY_POOL_TOKEN_CHECK.id,
  plan: (resource, site) => {
    const pool = resource as CfnIdentityPool;
    const providers = [site.resolve(pool, pool.cognitoIdentityProviders) ?? []].flat() as ListItem[];
    const checks = providers.map((provider) => provider.serverSideTokenCheck);
    const plan = { property: 'CognitoIdentityProviders.ServerSideTokenCheck', after: true };
    if (checks.some((check) => check !== undefined && check !== true)) return [{ ...plan, standing: Standing.WEAKER, before: checks }];
    if (!checks.includes(undefined)) return [];
    return [{ ...plan, standing: Standing.MISSING, apply: () => checkTokens(pool), attention: 'Users who were signed out or disabled get no AWS credentials any more.' }];
  },
};

function checkTokens(pool: CfnIdentityPool): void {
  const checked = (provider: ListItem) => ({ ...provider, serverSideTokenCheck: true });
  pool.cognitoIdentityProviders = mapItems(pool.cognitoIdentityProviders, checked) as CfnIdentityPool['cognitoIdentityProviders'];
}

/** What hardening does to user pools and identity pools: nothing that would replace one. */
export const USER_POOL_HARDENING: readonly HardeningStep[] = [
  passwords('minimumLength', PASSWORD_LENGTH.standard), ...['requireLowercase', 'requireNumbers', 'requireSymbols', 'requireUppercase'].map((name) => passwords(name, true)),
  MFA, MFA_ADVICE, DELETION, RECOVERY, SIGN_UP_ADVICE, PLAN, PLAN_ADVICE, BLOCKING_ADVICE, WEB_ACL, GUESTS_ADVICE, TOKEN_CHECK,
];
