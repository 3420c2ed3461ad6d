import { Token } from 'aws-cdk-lib';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { Key, KeySpec } from 'aws-cdk-lib/aws-kms';
import { KeyAccessOptions } from './key-access-options';
import { EXPANDED_ACTIONS } from './key-baseline';
import { refuse } from '../../core/configuration-error';
import { allow, throughService } from '../../iam/exact-access';
import { allowInKeyPolicy, needsResourcePolicy } from '../../iam/resource-access';

type Conditions = Record<string, Record<string, unknown>>;

/**
 * Gives rights on a key where they take effect: in the policy of the principal, and in that of the key too if the principal belongs to
 * another account or takes no policy, or the key does not leave these rights to IAM policies (`delegated`).
 */
export function allowKey(key: Key, grantee: IGrantable, actions: readonly string[], conditions: Conditions = {}, delegated = true): Grant {
  const bound = Object.keys(conditions).length > 0;
  const identity = allow(key, { grantee, actions, resources: [key.keyArn], conditions: bound ? conditions : undefined });
  if (!delegated || needsResourcePolicy(identity, key, grantee)) allowInKeyPolicy(key, key, grantee.grantPrincipal, actions, conditions);
  return identity;
}

/** Turns the options of a verb into conditions. */
export function conditionsFor(key: Key, keySpec: KeySpec, { encryptionContext = {}, viaService }: KeyAccessOptions): Conditions {
  if (Object.keys(encryptionContext).length > 0 && keySpec !== KeySpec.SYMMETRIC_DEFAULT) {
    refuse(key, {
      code: 'SecureKey.EncryptionContext',
      prop: 'encryptionContext',
      must: 'must go with a symmetric key, because others take no context and every request would be refused',
      got: keySpec,
      fix: 'leave it out',
    });
  }
  if (viaService !== undefined && !Token.isUnresolved(viaService) && !/^[a-z0-9-]+$/.test(viaService)) {
    refuse(key, {
      code: 'SecureKey.ViaService',
      prop: 'viaService',
      must: 'must be the name of one service, without region and domain',
      got: viaService,
      fix: "write it like 'sqs'",
    });
  }
  const equals = {
    ...viaService === undefined ? {} : throughService(key, viaService),
    ...Object.fromEntries(Object.entries(encryptionContext).map(([name, value]) => [`kms:EncryptionContext:${name}`, value])),
  };
  return Object.keys(equals).length === 0 ? {} : { StringEquals: equals };
}

/** CDK's constructs ask for two wildcards, which stand for complete names; any other is refused where rights are given. */
export function exactActions(actions: readonly string[]): string[] {
  return [...new Set(actions.flatMap((action) => EXPANDED_ACTIONS[action] ?? [action]))].sort();
}
