import { Duration, RemovalPolicy, Token } from 'aws-cdk-lib';
import { AccountRootPrincipal, IPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { KeyProps, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { ADMIN_ACTIONS, DELEGATED_USE_ACTIONS, GRANTS_SID, KEY_ALIAS, KEY_DESCRIPTION_MOST, KEY_USAGES, PENDING_DAYS, ROTATION_DAYS } from './key-baseline';
import { SecureKeyProps } from './secure-key-props';
import { checkDuration, checkKnown, checkLength, checkReason } from '../../core/checks';
import { Place, refuse } from '../../core/configuration-error';
import { grantsOnlyForServices } from '../../core/keys/key-grants';
import { SecurityControls } from '../../core/profile/security-controls';
import { fragmentOf } from '../../iam/principal-fragment';
import { isBound, StatementConditions } from '../../iam/statement-binding';
import { checkNotices } from '../trail-notices';

/** What the props and the profile come to together. */
export interface KeySettings {
  readonly keySpec: KeySpec;
  readonly keyUsage: KeyUsage;
  readonly keeps: boolean;
  /** Whether administrators manage the key, and IAM policies give its use only. */
  readonly administered: boolean;
}

/** Judges all props before anything is made, and weighs them against the profile. */
export function decideKey(place: Place, props: SecureKeyProps, controls: SecurityControls): KeySettings {
  const keySpec = props.keySpec ?? KeySpec.SYMMETRIC_DEFAULT;
  const keyUsage = props.keyUsage ?? usualUsage(place, keySpec);
  checkTexts(place, props);
  checkUsage(place, keySpec, keyUsage);
  checkRotation(place, props, keySpec);
  const window = { code: 'SecureKey.PendingWindow', prop: 'pendingWindow', fix: `leave it out to use ${PENDING_DAYS.standard} days` };
  checkKnown(place, props.pendingWindow, window);
  checkDuration(place, props.pendingWindow, Duration.days(PENDING_DAYS.least), Duration.days(PENDING_DAYS.standard), window);
  if (props.administrators?.length === 0) {
    refuse(place, {
      code: 'SecureKey.Administrators',
      prop: 'administrators',
      must: 'must name at least one principal, or nobody could ever manage the key',
      got: [],
      fix: 'leave it out to manage the key with IAM policies',
    });
  }
  for (const administrator of props.administrators ?? []) checkAdministrator(place, administrator);
  for (const [prop, reason] of Object.entries({ regions: props.regions?._multipleReason, removal: props.removal?._destroyReason })) {
    if (reason !== undefined) checkReason(place, reason, { code: 'SecureKey.Reason', prop, fix: 'say why this key may do without' });
  }
  checkNotices(place, props.changeNotices);
  return {
    keySpec,
    keyUsage,
    keeps: props.removal === undefined ? controls.retainData : props.removal._destroyReason === undefined,
    administered: props.administrators !== undefined,
  };
}

/** CDK looks at the alias too, but only after the key was made. */
function checkTexts(place: Place, { alias, description }: SecureKeyProps): void {
  checkLength(place, description, 0, KEY_DESCRIPTION_MOST, { code: 'SecureKey.Description', prop: 'description', fix: 'shorten it' });
  if (alias === undefined || Token.isUnresolved(alias) || KEY_ALIAS.test(alias)) return;
  refuse(place, {
    code: 'SecureKey.Alias',
    prop: 'alias',
    must: "must have 1 to 250 letters, digits and : / _ - after 'alias/', and must not begin with 'aws/'",
    got: alias,
    fix: "write it like 'alias/orders'",
  });
}

/** The props of CDK's key, each security setting among them in plain sight. */
export function secureKeyProps(path: string, props: SecureKeyProps, settings: KeySettings): KeyProps {
  const rotates = settings.keySpec === KeySpec.SYMMETRIC_DEFAULT;
  return {
    description: props.description ?? path,
    alias: props.alias,
    keySpec: settings.keySpec,
    keyUsage: settings.keyUsage,
    enabled: true,
    enableKeyRotation: rotates ? true : undefined,
    rotationPeriod: rotates ? props.rotationPeriod ?? Duration.days(ROTATION_DAYS.standard) : undefined,
    multiRegion: props.regions?._multipleReason !== undefined,
    pendingWindow: props.pendingWindow ?? Duration.days(PENDING_DAYS.standard),
    removalPolicy: settings.keeps ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY,
    policy: keyPolicy(props.administrators),
  };
}

/**
 * | administrators | IAM policies of the account can give | managed by          |
 * |----------------|--------------------------------------|---------------------|
 * | none           | everything                           | whom IAM lets       |
 * | some           | the use of the key                   | the administrators  |
 */
function keyPolicy(administrators: readonly IPrincipal[] | undefined): PolicyDocument {
  const account = { principals: [new AccountRootPrincipal()], resources: ['*'] };
  const statements = administrators === undefined
    ? [new PolicyStatement({ sid: 'IamPolicies', actions: ['kms:*'], ...account })]
    : [
      new PolicyStatement({ sid: 'IamPoliciesForUse', actions: DELEGATED_USE_ACTIONS, ...account }),
      ...administratorStatements(administrators),
    ];
  statements.push(grantsOnlyForServices(GRANTS_SID));
  return new PolicyDocument({ statements });
}

/** Principals whose conditions differ cannot share a statement. */
function administratorStatements(administrators: readonly IPrincipal[]): PolicyStatement[] {
  const bare = administrators.filter((one) => !isConditional(one));
  return [...bare.length === 0 ? [] : [bare], ...administrators.filter(isConditional).map((one) => [one])].map((principals, index) => (
    new PolicyStatement({ sid: `Administrators${index === 0 ? '' : index + 1}`, principals, actions: ADMIN_ACTIONS, resources: ['*'] })));
}

function isConditional(principal: IPrincipal): boolean {
  return Object.keys(fragmentOf(principal).conditions).length > 0;
}

/** Whoever manages a key can open it to anybody. */
function checkAdministrator(place: Place, principal: IPrincipal): void {
  const { principalJson, conditions } = fragmentOf(principal);
  const named = Object.values(principalJson).flat();
  const fault = principalJson.Service !== undefined ? 'must not be a service, which acts for whoever uses it'
    : named.length === 0 ? 'must be known, and a function that was imported without its role is not'
      : named.includes('*') && !isBound(conditions as StatementConditions) ? 'must not be everybody' : undefined;
  if (fault === undefined) return;
  refuse(place, { code: 'SecureKey.Administrators', prop: 'administrators', must: fault, fix: 'name roles that manage keys' });
}

function checkRotation(place: Place, { rotationPeriod }: SecureKeyProps, keySpec: KeySpec): void {
  if (rotationPeriod !== undefined && keySpec !== KeySpec.SYMMETRIC_DEFAULT) {
    refuse(place, {
      code: 'SecureKey.RotationPeriod',
      prop: 'rotationPeriod',
      must: 'must go with a symmetric key, because KMS rotates no other',
      got: keySpec,
      fix: 'leave it out, and make a new key when it is time',
    });
  }
  const period = { code: 'SecureKey.RotationPeriod', prop: 'rotationPeriod', fix: `leave it out to use ${ROTATION_DAYS.standard} days` };
  checkKnown(place, rotationPeriod, period);
  checkDuration(place, rotationPeriod, Duration.days(ROTATION_DAYS.least), Duration.days(ROTATION_DAYS.most), period);
}

function checkUsage(place: Place, keySpec: KeySpec, keyUsage: KeyUsage): void {
  const usages = KEY_USAGES.find(([spec]) => spec.test(keySpec))?.[1];
  if (usages === undefined || usages.includes(keyUsage)) return;
  refuse(place, {
    code: 'SecureKey.KeyUsage', prop: 'keyUsage', must: `must be ${usages.join(' or ')} for a key of ${keySpec}`, got: keyUsage, fix: 'leave it out, or choose another keySpec',
  });
}

function usualUsage(place: Place, keySpec: KeySpec): KeyUsage {
  if (Token.isUnresolved(keySpec) || /^(RSA|SM2)/.test(keySpec)) {
    refuse(place, {
      code: 'SecureKey.KeyUsage',
      prop: 'keyUsage',
      must: 'must be chosen for a key that could either encrypt or sign',
      got: keySpec,
      fix: 'pass keyUsage: KeyUsage.SIGN_VERIFY or KeyUsage.ENCRYPT_DECRYPT',
    });
  }
  if (keySpec === KeySpec.SYMMETRIC_DEFAULT) return KeyUsage.ENCRYPT_DECRYPT;
  return keySpec.startsWith('HMAC') ? KeyUsage.GENERATE_VERIFY_MAC : KeyUsage.SIGN_VERIFY;
}
