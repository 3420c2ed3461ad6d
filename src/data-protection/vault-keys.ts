import { AnyPrincipal, Effect, IRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { KeySpec } from 'aws-cdk-lib/aws-kms';
import { Construct } from 'constructs';
import { CODE_ACTIONS, CONTEXT_KEYS, OTHER_CODE_USES, OTHER_KEY_USES, UNWRAP_ACTIONS, WRAP_ACTIONS } from './vault-baseline';
import { SecureFunction } from '../function/secure-function';
import { allow } from '../iam/exact-access';
import { SecureKey } from '../secrets/key/secure-key';

/** A key that makes codes, and its generation. */
export interface CodeKey {
  readonly generation: number;
  readonly key: SecureKey;
}

/**
 * The keys of a vault: one that wraps data keys, and one that makes codes for each generation. What IAM policies of the account give to others,
 * administrators included, their own policies take away: only the function that seals can wrap, only the one that opens can unwrap.
 */
export class VaultKeys {
  public readonly wrapping: SecureKey;
  /** Newest first. */
  public readonly codes: readonly CodeKey[];

  constructor(vault: Construct, private readonly vaultId: string, generations: readonly number[]) {
    this.wrapping = new SecureKey(vault, 'Key', { description: `Wraps the data keys of ${vault.node.path}` });
    this.codes = generations.map((generation) => ({
      generation,
      key: new SecureKey(vault, `CodeKey${generation}`, {
        description: `Makes codes of values in ${vault.node.path}, generation ${generation}`, keySpec: KeySpec.HMAC_256,
      }),
    }));
  }

  /** Who wraps, who unwraps, and who makes codes; and that nobody else does. */
  public share(tokenize: SecureFunction, detokenize: SecureFunction, search: SecureFunction): void {
    const { wrapping, codes } = this;
    allow(wrapping, { grantee: tokenize, actions: WRAP_ACTIONS, resources: [wrapping.keyArn], conditions: this.context() });
    allow(wrapping, { grantee: detokenize, actions: UNWRAP_ACTIONS, resources: [wrapping.keyArn], conditions: this.context() });
    deny(wrapping, 'OnlyTokenizeWraps', WRAP_ACTIONS, [tokenize]);
    deny(wrapping, 'OnlyDetokenizeUnwraps', UNWRAP_ACTIONS, [detokenize]);
    deny(wrapping, 'NoOtherUse', OTHER_KEY_USES, []);
    for (const { key } of codes) {
      for (const grantee of [tokenize, search]) allow(key, { grantee, actions: CODE_ACTIONS, resources: [key.keyArn] });
      deny(key, 'OnlyTokenizeAndSearch', CODE_ACTIONS, [tokenize, search]);
      deny(key, 'NoOtherUse', OTHER_CODE_USES, []);
    }
  }

  /** `ForAllValues` holds where there is no context at all, hence the parts that must be there. */
  private context(): { readonly [operator: string]: { readonly [key: string]: unknown } } {
    const others = CONTEXT_KEYS.filter((key) => key !== 'vault').map((key) => [`kms:EncryptionContext:${key}`, 'false']);
    return {
      'StringEquals': { 'kms:EncryptionContext:vault': this.vaultId },
      'ForAllValues:StringEquals': { 'kms:EncryptionContextKeys': CONTEXT_KEYS },
      'Null': Object.fromEntries(others),
    };
  }
}

function deny(key: SecureKey, sid: string, actions: readonly string[], except: readonly SecureFunction[]): void {
  const roles = except.map(({ role }) => (role as IRole).roleArn);
  key.addToResourcePolicy(new PolicyStatement({
    sid,
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: ['*'],
    ...roles.length > 0 && { conditions: { ArnNotEquals: { 'aws:PrincipalArn': roles } } },
  }));
}
