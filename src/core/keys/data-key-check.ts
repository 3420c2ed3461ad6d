import { Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { CfnKey, IKey, KeySpec } from 'aws-cdk-lib/aws-kms';
import { Place, refuse } from '../configuration-error';

/** How the author named the key, and what to write instead of one of another region. */
export interface NamedKey {
  readonly prop: string;
  readonly fix: string;
}

const GIVEN: NamedKey = { prop: 'encryptionKey', fix: 'leave it out to use the key of the stack, or make a key there' };

/**
 * Refuses a key with which no service of the stack's region could encrypt: one of another region, and one that signs. Of an imported key only
 * the region is known, and of a stack that stands anywhere not even that.
 * @see https://docs.aws.amazon.com/kms/latest/developerguide/symmetric-asymmetric.html
 */
export function checkDataKey(place: Place, stack: Stack, key: IKey, { prop, fix }: NamedKey = GIVEN): void {
  checkSymmetric(place, key, { prop: 'encryptionKey', fix: 'leave it out to use the key of the stack, or make a key without keySpec' });
  if (Token.compareStrings(key.env.region, stack.region) !== TokenComparison.DIFFERENT) return;
  refuse(place, {
    code: 'DataKey.Region',
    prop,
    must: `must name a key of ${stack.region}, as a resource is encrypted with a key of its region`,
    got: key.env.region,
    fix,
  });
}

/** Refuses a key of this app that signs or makes codes. */
export function checkSymmetric(place: Place, key: IKey, { prop, fix }: NamedKey): void {
  const resource = key.node.defaultChild;
  const keySpec = resource !== undefined && CfnKey.isCfnKey(resource) ? resource.keySpec : undefined;
  if (keySpec === undefined || Token.isUnresolved(keySpec) || keySpec === KeySpec.SYMMETRIC_DEFAULT) return;
  refuse(place, { code: 'DataKey.KeySpec', prop, must: 'must name a symmetric key, as AWS services encrypt with no other', got: keySpec, fix });
}
