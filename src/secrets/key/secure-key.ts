import { RemovalPolicy } from 'aws-cdk-lib';
import { AddToResourcePolicyResult, Grant, IGrantable, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec, KeyUsage } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { allowKey, conditionsFor, exactActions } from './key-access';
import { KeyAccessOptions } from './key-access-options';
import {
  ADMIN_ACTIONS, ASYMMETRIC_ENCRYPT_ACTIONS, DECRYPT_ACTIONS, DELEGATED_USE_ACTIONS, ENCRYPT_ACTIONS, GENERATE_MAC_ACTIONS, KEY_END_EVENTS,
  SIGN_ACTIONS, VERIFY_ACTIONS, VERIFY_MAC_ACTIONS,
} from './key-baseline';
import { decideKey, KeySettings, secureKeyProps } from './key-settings';
import { SecureKeyProps } from './secure-key-props';
import { checkRemovalPolicy } from '../../core/checks';
import { placeOf, refuse } from '../../core/configuration-error';
import { DATA_REMOVAL_FINDINGS, recordWaiver } from '../../core/exceptions/waiver';
import { markOwn } from '../../core/own-part';
import { SecurityProfile } from '../../core/profile/security-profile';
import { checkStatement } from '../policy-checks';
import { noticeEventsLater, TrailEvent } from '../trail-notices';

const KEY_ENDS: TrailEvent = {
  id: 'KeyEnds',
  message: 'Somebody disables a KMS key or orders its deletion; what it encrypts can soon be read no more. Enable it, or cancel the deletion, unless this was meant:',
  service: 'kms',
  origin: 'API Call',
  eventNames: KEY_END_EVENTS,
  subject: 'resources[0].ARN',
  about: (arn) => ({ resources: { ARN: [arn] } }),
};

/**
 * A KMS key of its own, for data that must not share the key of the stack: rotated each year, kept when its stack goes, closed to everybody
 * outside of its account, and passed on to AWS services only, never to other principals.
 *
 * ```ts
 * const key = new SecureKey(this, 'Cards');
 * key.allowDecrypt(placeOrder, { encryptionContext: { purpose: 'payment' } });
 * ```
 *
 * It costs 1 USD a month, and 1 more for each of its first two rotations. Constructs of this library share the stack's data key without
 * being asked: make a key of your own for signatures, for codes, for data of one tenant, and for administrators of its own.
 *
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/key-policies.html
 */
export class SecureKey extends Key {
  private readonly settings: KeySettings;

  /**
   * @throws ConfigurationError [SecureKey.Reason] or [ChangeNotices.Reason] when a control is weakened with a reason that nobody can judge
   * @throws ConfigurationError [SecureKey.RotationPeriod] when KMS would not rotate the key like that
   * @throws ConfigurationError [SecureKey.PendingWindow] when the window lies outside of 7 to 30 days
   * @throws ConfigurationError [SecureKey.Administrators] when the list of administrators is empty
   * @throws ConfigurationError [SecureKey.Alias] or [SecureKey.Description] when KMS would not take the alias or the description
   * @throws ConfigurationError [SecureKey.KeyUsage] when the kind of key leaves open what it does
   */
  constructor(scope: Construct, id: string, props: SecureKeyProps = {}) {
    const place = placeOf(scope, id);
    const { controls } = SecurityProfile.of(scope);
    const settings = decideKey(place, props, controls);
    super(scope, id, secureKeyProps(place.node.path, props, settings));
    markOwn(this);
    this.settings = settings;
    if (props.regions?._multipleReason !== undefined) {
      recordWaiver(this, { control: 'Key.regions', reason: props.regions._multipleReason }, ['KeyRegions']);
    }
    if (props.removal?._destroyReason !== undefined && controls.retainData) {
      recordWaiver(this, { control: 'Key.removal', reason: props.removal._destroyReason }, DATA_REMOVAL_FINDINGS);
    }
    noticeEventsLater(this, props.changeNotices, [KEY_ENDS], this.keyArn);
  }

  /**
   * Lets somebody encrypt: `kms:Encrypt` and `kms:GenerateDataKey`, or `kms:GetPublicKey` for asymmetric keys. Not decrypt.
   * @throws ConfigurationError [SecureKey.Usage] when the key does something else
   * @throws ConfigurationError [SecureKey.EncryptionContext], [SecureKey.ViaService] or [SecureKey.ServicePrincipal]
   */
  public allowEncrypt(grantee: IGrantable, options: KeyAccessOptions = {}): Grant {
    const symmetric = this.settings.keySpec === KeySpec.SYMMETRIC_DEFAULT;
    return this.giveUse('allowEncrypt', KeyUsage.ENCRYPT_DECRYPT, grantee, symmetric ? ENCRYPT_ACTIONS : ASYMMETRIC_ENCRYPT_ACTIONS, options);
  }

  /**
   * Lets somebody decrypt: `kms:Decrypt`.
   * @throws ConfigurationError [SecureKey.Usage] when the key does something else
   * @throws ConfigurationError [SecureKey.EncryptionContext], [SecureKey.ViaService] or [SecureKey.ServicePrincipal]
   */
  public allowDecrypt(grantee: IGrantable, options: KeyAccessOptions = {}): Grant {
    return this.giveUse('allowDecrypt', KeyUsage.ENCRYPT_DECRYPT, grantee, DECRYPT_ACTIONS, options);
  }

  /**
   * Lets somebody sign: `kms:Sign`.
   * @throws ConfigurationError [SecureKey.Usage] when the key does something else, or [SecureKey.ServicePrincipal]
   */
  public allowSign(grantee: IGrantable): Grant {
    return this.giveUse('allowSign', KeyUsage.SIGN_VERIFY, grantee, SIGN_ACTIONS);
  }

  /**
   * Lets somebody check signatures: `kms:Verify` and `kms:GetPublicKey`.
   * @throws ConfigurationError [SecureKey.Usage] when the key does something else, or [SecureKey.ServicePrincipal]
   */
  public allowVerify(grantee: IGrantable): Grant {
    return this.giveUse('allowVerify', KeyUsage.SIGN_VERIFY, grantee, VERIFY_ACTIONS);
  }

  /**
   * Lets somebody make message authentication codes: `kms:GenerateMac`. Whoever can make codes can forge them.
   * @throws ConfigurationError [SecureKey.Usage] when the key does something else, or [SecureKey.ServicePrincipal]
   */
  public allowGenerateMac(grantee: IGrantable): Grant {
    return this.giveUse('allowGenerateMac', KeyUsage.GENERATE_VERIFY_MAC, grantee, GENERATE_MAC_ACTIONS);
  }

  /**
   * Lets somebody check message authentication codes: `kms:VerifyMac`.
   * @throws ConfigurationError [SecureKey.Usage] when the key does something else, or [SecureKey.ServicePrincipal]
   */
  public allowVerifyMac(grantee: IGrantable): Grant {
    return this.giveUse('allowVerifyMac', KeyUsage.GENERATE_VERIFY_MAC, grantee, VERIFY_MAC_ACTIONS);
  }

  /**
   * What CDK's own constructs call, in exact actions. `grants`, which CDK offers besides, gives wildcards: prefer the methods of this class.
   * @throws ConfigurationError [ExactAccess.Wildcard] when an action is not a complete name
   */
  public grant(grantee: IGrantable, ...actions: string[]): Grant {
    const exact = exactActions(actions);
    return allowKey(this, grantee, exact, {}, this.isDelegated(exact));
  }

  /** The same as `allowDecrypt`. */
  public grantDecrypt(grantee: IGrantable): Grant {
    return this.allowDecrypt(grantee);
  }

  /** The same as `allowEncrypt`. */
  public grantEncrypt(grantee: IGrantable): Grant {
    return this.allowEncrypt(grantee);
  }

  /** The same as `allowEncrypt` and `allowDecrypt`. */
  public grantEncryptDecrypt(grantee: IGrantable): Grant {
    return this.allowEncrypt(grantee).combine(this.allowDecrypt(grantee));
  }

  /** The same as `allowSign`. */
  public grantSign(grantee: IGrantable): Grant {
    return this.allowSign(grantee);
  }

  /** The same as `allowVerify`. */
  public grantVerify(grantee: IGrantable): Grant {
    return this.allowVerify(grantee);
  }

  /** The same as `allowSign` and `allowVerify`. */
  public grantSignVerify(grantee: IGrantable): Grant {
    return this.allowSign(grantee).combine(this.allowVerify(grantee));
  }

  /** The same as `allowGenerateMac`. */
  public grantGenerateMac(grantee: IGrantable): Grant {
    return this.allowGenerateMac(grantee);
  }

  /** The same as `allowVerifyMac`. */
  public grantVerifyMac(grantee: IGrantable): Grant {
    return this.allowVerifyMac(grantee);
  }

  /** Lets somebody manage the key: its policy, rotation and deletion, each by its complete name. Prefer `administrators`. */
  public grantAdmin(grantee: IGrantable): Grant {
    return allowKey(this, grantee, ADMIN_ACTIONS, {}, this.isDelegated(ADMIN_ACTIONS));
  }

  /**
   * Adds a statement to the key policy.
   * @throws ConfigurationError [SecureKey.Statement] when it names no principals, actions or resources
   * @throws ConfigurationError [SecureKey.PublicStatement] when it lets everybody in without a condition that binds it to somebody
   * @throws ConfigurationError [SecureKey.ServicePrincipal] when it lets a service in for whatever account
   */
  public addToResourcePolicy(statement: PolicyStatement, allowNoOp?: boolean): AddToResourcePolicyResult {
    checkStatement(this, 'SecureKey', statement);
    return super.addToResourcePolicy(statement, allowNoOp);
  }

  /**
   * Sets what happens when the key leaves its stack.
   * @throws ConfigurationError [SecureKey.Removal] when a key that was to be kept shall be deleted, or asked for a snapshot
   */
  public applyRemovalPolicy(policy: RemovalPolicy): void {
    checkRemovalPolicy(this, policy, this.settings?.keeps === true, { code: 'SecureKey.Removal', what: 'a key that is kept', fix: 'pass removal: KeyRemoval.destroy(reason)' });
    super.applyRemovalPolicy(policy);
  }

  /** Whether IAM policies are enough to give these rights. */
  private isDelegated(actions: readonly string[]): boolean {
    return !this.settings.administered || actions.every((action) => DELEGATED_USE_ACTIONS.includes(action));
  }

  private giveUse(verb: string, usage: KeyUsage, grantee: IGrantable, actions: readonly string[], options: KeyAccessOptions = {}): Grant {
    if (this.settings.keyUsage !== usage) {
      refuse(this, {
        code: 'SecureKey.Usage',
        prop: verb,
        must: `must go with a key for ${usage}`,
        got: this.settings.keyUsage,
        fix: `make another key, with keyUsage ${usage}`,
      });
    }
    return allowKey(this, grantee, actions, conditionsFor(this, this.settings.keySpec, options));
  }
}
