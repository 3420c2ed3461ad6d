import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import {
  AccountRecovery, CustomThreatProtectionMode, FeaturePlan, ICustomAttribute, Mfa, PasskeyUserVerification, StandardAttributes,
  StandardThreatProtectionMode, UserPoolEmail, UserPoolProps,
} from 'aws-cdk-lib/aws-cognito';
import { checkCustomAttributes, checkNames } from './attribute-checks';
import { SecureUserPoolProps } from './secure-user-pool-props';
import { SignInDomain } from './sign-in-domain';
import { ThreatProtection } from './threat-protection';
import {
  AUTHORIZATION_NAME, PASSWORD_HISTORY, PASSWORD_LENGTH, RESERVED_PREFIX_WORDS, TEMPORARY_PASSWORD_DAYS,
} from './user-pool-baseline';
import { checkDuration, checkInteger, checkKnown, checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { SecurityControls } from '../core/profile/security-controls';
import { certificateRegion } from '../core/stacks/certificate-region';
import { isDomainName } from '../core/values/domain-name';
import { EDGE_REGION } from '../waf/web-acl-baseline';

/** What the props and the profile come to together. */
export interface UserPoolSettings {
  readonly threats: ThreatProtection['_mode'];
  readonly keeps: boolean;
  readonly guarded: boolean;
  readonly standardAttributes: StandardAttributes;
  readonly customAttributes: { readonly [name: string]: ICustomAttribute };
}

/**
 * Weighs the props of a pool against its profile. A prop always wins, and one that is weaker than the profile carries its reason.
 *
 * | setting  | prop             | otherwise                                                      |
 * |----------|------------------|----------------------------------------------------------------|
 * | threats  | threatProtection | full where the profile pays for a web ACL, the layer beside it |
 * | keeps    | removal          | the profile's retainData                                       |
 * | guarded  | webAcl           | the profile's webAcl                                           |
 */
export function decidePool(props: SecureUserPoolProps, controls: SecurityControls): UserPoolSettings {
  return {
    threats: props.threatProtection?._mode ?? (controls.webAcl ? 'full' : 'off'),
    keeps: props.removal === undefined ? controls.retainData : props.removal._destroyReason === undefined,
    guarded: props.webAcl !== undefined || controls.webAcl,
    standardAttributes: { ...props.standardAttributes, email: { mutable: props.standardAttributes?.email?.mutable ?? true, required: true } },
    customAttributes: { ...props.customAttributes, ...props.authorizationAttributes },
  };
}

/** Judges all props before anything is made. */
export function checkPool(place: Place, props: SecureUserPoolProps, settings: UserPoolSettings): void {
  const reasons = {
    signUp: props.signUp?._openReason,
    mfa: props.mfa?._optionalReason,
    threatProtection: props.threatProtection?._reason,
    removal: props.removal?._destroyReason,
  };
  for (const [prop, reason] of Object.entries(reasons)) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureUserPool.Reason', prop, fix: 'say why this pool may do without' });
  }
  checkPasswords(place, props);
  checkOpenSignUp(place, props, settings);
  checkNames(place, props);
  checkAttributes(place, props);
  checkCustomAttributes(place, props, settings.standardAttributes);
  checkPrefix(place, props.domain?._prefix);
  checkOwnDomain(place, props.domain);
  if (props.alarms !== undefined && Object.values(props.alarms).some((alarm) => alarm !== undefined) && settings.threats === 'off') {
    refuse(place, {
      code: 'SecureUserPool.Alarms',
      prop: 'alarms',
      must: 'must come with threat protection, from whose metrics they are made',
      fix: 'pass threatProtection: ThreatProtection.full(), or leave alarms out',
    });
  }
}

/** The props of CDK's pool, each security setting among them in plain sight. */
export function securePoolProps(props: SecureUserPoolProps, settings: UserPoolSettings): UserPoolProps {
  return {
    userPoolName: props.userPoolName,
    selfSignUpEnabled: props.signUp?._openReason !== undefined,
    signInAliases: { email: true, username: props.signInWithUsername === true },
    signInCaseSensitive: false,
    autoVerify: { email: true },
    keepOriginal: { email: true },
    standardAttributes: settings.standardAttributes,
    customAttributes: settings.customAttributes,
    mfa: props.mfa?._optionalReason === undefined ? Mfa.REQUIRED : Mfa.OPTIONAL,
    mfaSecondFactor: { sms: false, otp: true, email: false },
    enableSmsRole: false,
    passwordPolicy: {
      minLength: props.passwords?.minLength ?? PASSWORD_LENGTH.standard,
      requireLowercase: true,
      requireUppercase: true,
      requireDigits: true,
      requireSymbols: true,
      passwordHistorySize: props.passwords?.history ?? PASSWORD_HISTORY,
      tempPasswordValidity: props.passwords?.temporaryPasswordValidity ?? Duration.days(TEMPORARY_PASSWORD_DAYS.standard),
    },
    signInPolicy: { allowedFirstAuthFactors: { password: true, passkey: true, emailOtp: false, smsOtp: false } },
    passkeyRelyingPartyId: props.passkeyRelyingPartyId,
    passkeyUserVerification: PasskeyUserVerification.REQUIRED,
    accountRecovery: AccountRecovery.EMAIL_ONLY,
    email: props.email ?? UserPoolEmail.withCognito(),
    featurePlan: settings.threats === 'off' ? FeaturePlan.ESSENTIALS : FeaturePlan.PLUS,
    standardThreatProtectionMode: STANDARD_MODES[settings.threats],
    customThreatProtectionMode: CUSTOM_MODES[settings.threats],
    deletionProtection: settings.keeps,
    removalPolicy: settings.keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
  };
}

const STANDARD_MODES = {
  full: StandardThreatProtectionMode.FULL_FUNCTION,
  audit: StandardThreatProtectionMode.AUDIT_ONLY,
  off: StandardThreatProtectionMode.NO_ENFORCEMENT,
};

const CUSTOM_MODES = { full: CustomThreatProtectionMode.FULL_FUNCTION, audit: CustomThreatProtectionMode.AUDIT_ONLY, off: undefined };

function checkPasswords(place: Place, { passwords = {} }: SecureUserPoolProps): void {
  const length = { code: 'SecureUserPool.Passwords', prop: 'passwords.minLength', fix: `leave it out to use ${PASSWORD_LENGTH.standard}` };
  checkKnown(place, passwords.minLength, length);
  checkInteger(place, passwords.minLength, PASSWORD_LENGTH.least, PASSWORD_LENGTH.most, length);
  const history = { code: 'SecureUserPool.Passwords', prop: 'passwords.history', fix: `leave it out to use ${PASSWORD_HISTORY}` };
  checkKnown(place, passwords.history, history);
  checkInteger(place, passwords.history, 1, 24, history);
  checkDuration(place, passwords.temporaryPasswordValidity, Duration.days(1), Duration.days(TEMPORARY_PASSWORD_DAYS.most), {
    code: 'SecureUserPool.Passwords', prop: 'passwords.temporaryPasswordValidity', fix: `leave it out to use ${TEMPORARY_PASSWORD_DAYS.standard} days`,
  });
}

/** What anybody can do needs all layers in front of it; the sandbox, where nothing is of value, is spared their price. */
function checkOpenSignUp(place: Place, props: SecureUserPoolProps, { threats, guarded }: UserPoolSettings): void {
  const weakened = props.threatProtection?._reason !== undefined && threats === 'off';
  if (props.signUp?._openReason === undefined || !(weakened && guarded)) return;
  refuse(place, {
    code: 'SecureUserPool.OpenSignUp',
    prop: 'threatProtection',
    must: 'must not be off for a pool in which everybody can make an account',
    fix: 'leave it out, or sign users up by administrators',
  });
}

function checkAttributes(place: Place, { customAttributes = {}, authorizationAttributes = {} }: SecureUserPoolProps): void {
  for (const name of Object.keys(customAttributes)) {
    if (name in authorizationAttributes || AUTHORIZATION_NAME.test(name)) {
      refuse(place, {
        code: 'SecureUserPool.AuthorizationAttribute',
        prop: 'customAttributes',
        must: 'must not hold what decides what a user may do, because users can write it',
        got: name,
        fix: 'move it to authorizationAttributes, or rename it',
      });
    }
  }
}

/** Cognito makes a CloudFront distribution of its own for the name. */
function checkOwnDomain(place: Place, domain: SignInDomain | undefined): void {
  const { _domainName: name, _certificate: certificate } = domain ?? {};
  if (name === undefined || certificate === undefined) return;
  if (!Token.isUnresolved(name) && !isDomainName(name)) {
    refuse(place, { code: 'SecureUserPool.Domain', prop: 'domain', must: 'must be a domain name in small letters', got: name, fix: "write it like 'auth.example.com'" });
  }
  const region = certificateRegion(certificate);
  if (region === undefined || region === EDGE_REGION) return;
  refuse(place, {
    code: 'SecureUserPool.Certificate',
    prop: 'domain',
    must: `must come with a certificate of ${EDGE_REGION}, the only region from which Cognito takes it`,
    got: region,
    fix: 'request one for this name there, and import it with Certificate.fromCertificateArn()',
  });
}

/** Refuses a prefix of a sign-in domain that Cognito would not take. */
export function checkPrefix(place: Place, prefix: string | undefined): void {
  if (prefix === undefined || Token.isUnresolved(prefix)) return;
  if (/^[a-z0-9](?:[a-z0-9-]{0,61}[a-z0-9])?$/.test(prefix) && !RESERVED_PREFIX_WORDS.some((word) => prefix.includes(word))) return;
  refuse(place, {
    code: 'SecureUserPool.Domain',
    prop: 'domain',
    must: `must have a prefix of at most 63 small letters, digits and dashes, without ${RESERVED_PREFIX_WORDS.join(', ')}`,
    got: prefix,
    fix: "write it like 'shop-customers'",
  });
}
