import { hasWebAclOn } from '../../model/entries/web-acl';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { expectEach, expectProperty, fail, notApplicable, Outcome, pass, Rule, RuleResult, Severity, unresolved } from '../../model/rule';
import { alternatives, at, elements, isTrue, isUnresolved, numberOf, textOf, Value } from '../../model/values/values';
import { PASSWORD_LENGTH, SHORTEST_PASSWORD, TEMPORARY_PASSWORD_DAYS } from '../user-pool-baseline';

const POOL = 'AWS::Cognito::UserPool';
const RISKS = 'AWS::Cognito::UserPoolRiskConfigurationAttachment';
const CLIENT = 'AWS::Cognito::UserPoolClient';
const CLASSES = ['RequireLowercase', 'RequireNumbers', 'RequireSymbols', 'RequireUppercase'];

/** So long a password needs no classes of characters: https://pages.nist.gov/800-63-4/sp800-63b.html */
export const PASSPHRASE = 15;

export const USER_POOL_PASSWORDS: Rule = {
  id: 'UserPoolPasswords',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [POOL],
  title: 'A user pool accepts passwords that are quickly guessed',
  why: 'Short and simple passwords stand in every list that attackers try, and Cognito answers them at internet speed.',
  fix: `Ask for ${PASSWORD_LENGTH.least} characters or more and for all four classes (passwordPolicy). SecureUserPool asks for ${PASSWORD_LENGTH.standard}.`,
  risks: ['broken-authentication'],
  frameworks: ['FSBP Cognito.3', 'cdk-nag COG1', 'OWASP Serverless S2', 'CSA SAS-02'],
  findingForm: 'name of the setting',
  check: judgePasswords,
};

export const USER_POOL_PASSWORD_LENGTH: Rule = {
  id: 'UserPasswordLength',
  severity: Severity.LOW,
  appliesTo: [POOL],
  title: 'A user pool accepts short passwords, or first passwords of long ago',
  why: 'Length is what makes guessing expensive. The password of an invitation lies in a mailbox until it is used.',
  fix: `Ask for ${PASSWORD_LENGTH.least} characters or more, and let first passwords expire within ${TEMPORARY_PASSWORD_DAYS.most} days (passwordPolicy).`,
  risks: ['broken-authentication'],
  frameworks: ['FSBP Cognito.3', 'prowler cognito_user_pool_password_policy_minimum_length_14', 'OWASP Serverless S2'],
  findingForm: 'name of the setting',
  check: (pool) => [
    expectProperty(pool, 'Policies.PasswordPolicy.MinimumLength', (length) => (numberOf(length) ?? SHORTEST_PASSWORD) >= PASSWORD_LENGTH.least, 'MinimumLength'),
    expectProperty(pool, 'Policies.PasswordPolicy.TemporaryPasswordValidityDays', (days) => (
      (numberOf(days) ?? TEMPORARY_PASSWORD_DAYS.most) <= TEMPORARY_PASSWORD_DAYS.most), 'TemporaryPasswordValidityDays'),
  ],
};

export const USER_POOL_MFA: Rule = {
  id: 'UserPoolMfa',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: [POOL],
  title: 'A user pool knows no second factor',
  why: 'One leaked or guessed password is enough to act as its user, and nothing else stands in the way.',
  fix: 'Set MfaConfiguration to ON with SOFTWARE_TOKEN_MFA (mfa: Mfa.REQUIRED, mfaSecondFactor: { otp: true, sms: false }). SecureUserPool does.',
  risks: ['broken-authentication', 'single-layer'],
  frameworks: ['FSBP Cognito.5', 'cdk-nag COG2', 'cfn_nag F78', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: (pool, app) => (signsInElsewhere(pool, app) ? notApplicable()
    : expectProperty(pool, 'MfaConfiguration', (mfa) => /^(?:on|optional)$/i.test(textOf(mfa) ?? ''))),
};

export const USER_POOL_OPTIONAL_MFA: Rule = {
  id: 'UserOptionalMfa',
  severity: Severity.LOW,
  appliesTo: [POOL],
  title: 'A user pool leaves the second factor to its users',
  why: 'Those who need it most are those who do not choose it. Threat protection asks for it only where a sign-in looks odd, and only those who have set it up.',
  fix: 'Set MfaConfiguration to ON (mfa: Mfa.REQUIRED). UserPoolMfa.optional(reason) of SecureUserPool says why not; where threat protection asks for it, so may '
    + 'an acknowledgement.',
  risks: ['broken-authentication'],
  frameworks: ['FSBP Cognito.5', 'cdk-nag COG2', 'OWASP Serverless S2'],
  check: (pool) => expectProperty(pool, 'MfaConfiguration', (mfa) => !/^optional$/i.test(textOf(mfa) ?? '')),
};

export const USER_POOL_SMS_MFA: Rule = {
  id: 'UserPoolSms',
  severity: Severity.LOW,
  appliesTo: [POOL],
  title: 'The only second factor of a user pool is a text message',
  why: 'Text messages can be read and redirected: whoever talks a shop into another SIM card has the second factor. They also cost money at each attack.',
  fix: 'Add SOFTWARE_TOKEN_MFA to EnabledMfas, and best leave SMS_MFA out (mfaSecondFactor: { otp: true, sms: false }).',
  risks: ['broken-authentication', 'runaway-use'],
  frameworks: ['OWASP Serverless S2'],
  check: judgeSms,
};

export const USER_POOL_RECOVERY: Rule = {
  id: 'UserPoolRecovery',
  severity: Severity.LOW,
  appliesTo: [POOL],
  title: 'A user pool lets users recover their account by text message first',
  why: 'Whoever takes over a phone number takes over the account, whatever its password and second factor are.',
  fix: 'Put verified_email first in AccountRecoverySetting (accountRecovery: AccountRecovery.EMAIL_ONLY). SecureUserPool does.',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: judgeRecovery,
};

export const USER_POOL_THREATS: Rule = {
  id: 'UserPoolThreats',
  severity: Severity.LOW,
  severityIn: { sandbox: 'off', regulated: Severity.MEDIUM },
  appliesTo: [POOL, RISKS],
  title: 'A user pool does not block leaked passwords and suspicious sign-ins',
  why: 'Attackers try lists of leaked passwords from many addresses, slowly: no throttle sees them.',
  fix: 'Set UserPoolTier to PLUS and AdvancedSecurityMode to ENFORCED, and CustomAuthMode too where the pool has custom challenges (featurePlan, standardThreatProtectionMode). SecureUserPool does in production.',
  risks: ['broken-authentication', 'unseen-attack'],
  frameworks: ['FSBP Cognito.1', 'FSBP Cognito.4', 'cdk-nag COG8', 'OWASP Serverless S2', 'CSA SAS-05'],
  check: (pool) => (pool.type === RISKS ? judgeRisks(pool) : [
    expectProperty(pool, 'UserPoolAddOns.AdvancedSecurityMode', (mode) => mode === 'ENFORCED'),
    // where sign-ins of one's own making are possible, they have a mode of their own
    expectProperty(pool, 'UserPoolAddOns.AdvancedSecurityAdditionalFlows.CustomAuthMode', (mode) => (
      mode === undefined ? pool.property('LambdaConfig.DefineAuthChallenge') === undefined : mode === 'ENFORCED')),
  ]),
};

export const USER_POOL_SIGN_UP: Rule = {
  id: 'UserPoolSignup',
  severity: Severity.LOW,
  appliesTo: [POOL],
  title: 'Everybody can make an account in a user pool',
  why: 'An account is all that "authenticated" asks for: a route that any user of the pool may call is then open to everybody, and robots fill the pool.',
  fix: 'Set AllowAdminCreateUserOnly to true (selfSignUpEnabled: false). Where customers make their accounts, ask routes for scopes or groups, '
    + 'and say so: SignUp.open(reason) of SecureUserPool.',
  risks: ['attack-surface', 'broken-authentication'],
  frameworks: ['prowler cognito_user_pool_self_registration_disabled', 'OWASP Serverless S2'],
  check: (pool) => expectProperty(pool, 'AdminCreateUserConfig.AllowAdminCreateUserOnly', isTrue),
};

export const USER_POOL_DELETION: Rule = {
  id: 'UserPoolDeletion',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [POOL],
  title: 'A user pool can be deleted by one call',
  why: 'Users, their second factors and their consents are gone with it, and no backup brings them back.',
  fix: 'Set DeletionProtection to ACTIVE (deletionProtection: true). SecureUserPool does where the profile keeps data.',
  risks: ['misconfiguration'],
  frameworks: ['FSBP Cognito.6', 'prowler cognito_user_pool_deletion_protection_enabled'],
  control: 'retainData',
  check: (pool) => expectProperty(pool, 'DeletionProtection', (protection) => protection === 'ACTIVE'),
};

export const USER_POOL_WEB_ACL: Rule = {
  id: 'PoolWebAcl',
  severity: Severity.LOW,
  severityIn: { regulated: Severity.MEDIUM },
  appliesTo: [POOL],
  title: 'A user pool has no web ACL in front of it',
  why: 'Robots try passwords, and fill the pool with accounts, as fast as the quota of the account allows.',
  fix: 'Associate a regional web ACL with the ARN of the pool (AWS::WAFv2::WebACLAssociation). SecureUserPool does in production.',
  risks: ['no-front-line'],
  frameworks: ['prowler cognito_user_pool_waf_acl_attached', 'OWASP Serverless S2'],
  control: 'webAcl',
  check: (pool, app) => {
    const answer = hasWebAclOn(pool, app);
    return answer === undefined ? unresolved('Properties') : answer ? pass() : fail('Properties');
  },
};

/** Left out, the policy is Cognito's own: eight characters of all four classes. Given, what it leaves out is not asked for. */
function judgePasswords(pool: Resource): RuleResult {
  return pool.alternatives('Policies.PasswordPolicy').flatMap((policy): readonly Outcome[] => {
    const location = 'Properties.Policies.PasswordPolicy';
    if (policy === undefined) return [pass()];
    if (isUnresolved(policy)) return [unresolved(location)];
    const lengths = alternatives(at(policy, 'MinimumLength'));
    const isLong = lengths.every((length) => (numberOf(length) ?? 0) >= PASSPHRASE);
    return [
      expectEach(lengths, `${location}.MinimumLength`, (length) => length === undefined || (numberOf(length) ?? 0) >= SHORTEST_PASSWORD, 'MinimumLength'),
      ...isLong ? [] : CLASSES.map((name) => expectEach(alternatives(at(policy, name)), `${location}.${name}`, isTrue, name)),
    ];
  });
}

/** A pool none of whose clients takes passwords: users sign in at another provider, which asks for the second factor. */
function signsInElsewhere(pool: Resource, app: AppModel): boolean {
  const byPool = app.index('clients by user pool', () => {
    const table = new Map<string, Resource[]>();
    for (const client of app.ofType(CLIENT)) {
      for (const { key } of app.targets(client.property('UserPoolId'))) table.set(key, [...table.get(key) ?? [], client]);
    }
    return table;
  });
  const clients = byPool.get(pool.key) ?? [];
  return clients.length > 0 && clients.every((client) => {
    const providers = client.items('SupportedIdentityProviders');
    const isMachine = client.items('AllowedOAuthFlows').length > 0 && client.items('AllowedOAuthFlows').every((flow) => flow === 'client_credentials');
    return isMachine || (providers.length > 0 && providers.every((provider) => !isUnresolved(provider) && provider !== 'COGNITO'));
  });
}

/** Threat protection asks for the second factor where a sign-in looks like an attack. */
function judgeSms(pool: Resource): RuleResult {
  const mfa = pool.alternatives('MfaConfiguration').map((value) => textOf(value)?.toUpperCase());
  if (!mfa.some((value) => value === 'ON' || value === 'OPTIONAL')) return notApplicable();
  const factors = pool.items('EnabledMfas');
  if (factors.some(isUnresolved)) return unresolved('Properties.EnabledMfas');
  const onlySms = factors.length > 0 ? factors.every((factor) => factor === 'SMS_MFA') : pool.property('SmsConfiguration') !== undefined;
  return onlySms ? fail('Properties.EnabledMfas') : pass();
}

/** Left out, Cognito prefers the phone number where the pool verifies one. */
function judgeRecovery(pool: Resource): RuleResult {
  const location = 'Properties.AccountRecoverySetting.RecoveryMechanisms';
  const mechanisms = pool.items('AccountRecoverySetting.RecoveryMechanisms');
  if (mechanisms.some(isUnresolved)) return unresolved(location);
  if (mechanisms.length === 0) {
    const verifiesPhone = elements(pool.property('AutoVerifiedAttributes')).includes('phone_number');
    return verifiesPhone && pool.property('AccountRecoverySetting') === undefined ? fail('Properties.AccountRecoverySetting') : pass();
  }
  const first = Math.min(...mechanisms.map((mechanism) => priorityOf(mechanism)));
  return mechanisms.some((mechanism) => priorityOf(mechanism) === first && at(mechanism, 'Name') === 'verified_phone_number') ? fail(location) : pass();
}

function priorityOf(mechanism: Value): number {
  return numberOf(at(mechanism, 'Priority')) ?? 1;
}

/** A client or a pool may be told to let through what was found, whatever the mode of the pool. What is not written here is as the pool says. */
function judgeRisks(risks: Resource): readonly Outcome[] {
  return ['CompromisedCredentialsRiskConfiguration.Actions', 'AccountTakeoverRiskConfiguration.Actions.HighAction']
    .map((path) => expectProperty(risks, `${path}.EventAction`, (action) => action !== 'NO_ACTION'));
}

export const USER_POOL_RULES: readonly Rule[] = [
  USER_POOL_DELETION, USER_POOL_MFA, USER_POOL_OPTIONAL_MFA, USER_POOL_PASSWORD_LENGTH, USER_POOL_PASSWORDS, USER_POOL_RECOVERY, USER_POOL_SIGN_UP,
  USER_POOL_SMS_MFA, USER_POOL_THREATS, USER_POOL_WEB_ACL,
];
