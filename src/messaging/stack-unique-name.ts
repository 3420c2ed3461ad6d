import { CfnResource, Fn, Lazy } from 'aws-cdk-lib';
import { stackInstance } from '../core/stacks/stack-instance';

const HASH_LENGTH = 8;
const SUFFIX_LENGTH = 9; // a dash, and the first group of the stack's id

/**
 * A physical name that other resources of the same stack can write without a reference to this one, where a reference would close a circle.
 *
 * It is as unique as the names that CloudFormation makes: it follows the logical id, so that a replacement gets a new name, and the id of the
 * stack, so that a stack that is made again does not meet what its predecessor left behind.
 */
export function stackUniqueName(resource: CfnResource, longest: number, suffix = ''): string {
  const logicalId = Lazy.string({ produce: () => shorten(resource.stack.resolve(resource.logicalId), longest - SUFFIX_LENGTH - suffix.length) });
  return Fn.join('', [logicalId, '-', stackInstance(), ...suffix === '' ? [] : [suffix]]);
}

/** Keeps the hash at the end, which tells logical ids apart. */
function shorten(logicalId: string, longest: number): string {
  return logicalId.length <= longest ? logicalId : `${logicalId.slice(0, longest - HASH_LENGTH)}${logicalId.slice(-HASH_LENGTH)}`;
}
