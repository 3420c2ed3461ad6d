import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { CfnUserPool, CfnUserPoolRiskConfigurationAttachment, ManagedLoginVersion, UserPoolDomainOptions } from 'aws-cdk-lib/aws-cognito';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { SecureUserPoolProps } from './secure-user-pool-props';
import { SignInDomain } from './sign-in-domain';
import { COMPROMISED_PASSWORD_EVENTS, CUSTOM_SENDERS } from './user-pool-baseline';
import { Place, refuse } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { DATA_REMOVAL_FINDINGS, recordWaiver } from '../core/exceptions/waiver';
import { SecurityControls } from '../core/profile/security-controls';
import { SecurityProfile } from '../core/profile/security-profile';

/** What Cognito does about risks: without this it only looks. A second factor that is required anyway cannot be asked for again. */
export function blockRisks(pool: CfnUserPool, mfaRequired: boolean): void {
  const answer = (eventAction: string) => ({ eventAction, notify: false });
  new CfnUserPoolRiskConfigurationAttachment(pool.node.scope!, 'Risks', {
    userPoolId: pool.ref,
    clientId: 'ALL',
    compromisedCredentialsRiskConfiguration: { eventFilter: [...COMPROMISED_PASSWORD_EVENTS], actions: { eventAction: 'BLOCK' } },
    accountTakeoverRiskConfiguration: {
      actions: {
        highAction: answer('BLOCK'),
        ...!mfaRequired && { mediumAction: answer('MFA_REQUIRED'), lowAction: answer('MFA_IF_CONFIGURED') },
      },
    },
  });
}

/** Refuses functions of other accounts, which would see the users, and those that are handed codes. */
export function checkTrigger(place: Place, stack: Stack, operation: string, fn: IFunction | undefined): void {
  if (fn === undefined) return;
  const sender = CUSTOM_SENDERS.includes(operation);
  if (!sender && Token.compareStrings(fn.env.account, stack.account) !== TokenComparison.DIFFERENT) return;
  refuse(place, {
    code: 'SecureUserPool.Trigger',
    prop: `lambdaTriggers.${operation}`,
    must: sender ? 'must not be set: the function would hold the codes of users, and needs a key that this library does not set up' : 'must be a function of this account, because it sees the users',
    got: sender ? fn.node.path : fn.env.account,
    fix: sender ? 'let Cognito send mail, by SES with UserPoolEmail.withSES()' : 'call the other account from a function of yours',
  });
}

export function domainOptions(domain: SignInDomain): UserPoolDomainOptions {
  const managedLoginVersion = ManagedLoginVersion.NEWER_MANAGED_LOGIN;
  if (domain._prefix !== undefined) return { managedLoginVersion, cognitoDomain: { domainPrefix: domain._prefix } };
  return { managedLoginVersion, customDomain: { domainName: domain._domainName!, certificate: domain._certificate! } };
}

/** What the profile does not ask for, or decides itself, is no waiver; scanners are told why all the same. */
export function explainPool(pool: CfnUserPool, props: SecureUserPoolProps, threats: string, controls: SecurityControls): void {
  const waivers = {
    'UserPool.signUp': props.signUp?._openReason,
    'UserPool.mfa': props.mfa?._optionalReason,
    'UserPool.threatProtection': controls.webAcl ? props.threatProtection?._reason : undefined,
    'UserPool.removal': controls.retainData ? props.removal?._destroyReason : undefined,
  };
  for (const [control, reason] of Object.entries(waivers)) {
    if (reason !== undefined) recordWaiver(pool.node.scope!, { control, reason }, control === 'UserPool.removal' ? DATA_REMOVAL_FINDINGS : []);
  }
  const findings = {
    UserPoolSignup: props.signUp?._openReason,
    UserOptionalMfa: props.mfa?._optionalReason,
    UserPoolThreats: props.threatProtection?._reason,
    UserPoolDeletion: props.removal?._destroyReason,
  };
  for (const [finding, reason] of Object.entries(findings)) {
    if (reason !== undefined) acknowledgeRule(pool, finding, reason);
  }
  if (props.mfa?._optionalReason !== undefined) acknowledge(pool, NagPackId.AWS_SOLUTIONS, 'COG2', props.mfa._optionalReason);
  if (threats !== 'off') return;
  acknowledge(pool, NagPackId.AWS_SOLUTIONS, 'COG8', props.threatProtection?._reason
    ?? `The profile '${SecurityProfile.of(pool).name}' does without threat protection, which costs a third more for each active user; second factors and strong passwords stand.`);
}
