import { Resource } from 'aws-cdk-lib';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { IConstruct } from 'constructs';
import { refuse } from '../configuration-error';
import { holds, stackOfBoth } from '../stacks/stack-nesting';

const KEY = Symbol.for('cdk-secure-serverless.encryption-key');

type Encrypted = IConstruct & { readonly encryptionKey?: IKey; readonly encryptionMasterKey?: IKey; readonly masterKey?: IKey; [KEY]?: IKey };

/** Notes the key of a resource that has no property for it, as functions. */
export function recordKey(resource: IConstruct, key: IKey | undefined): void {
  (resource as Encrypted)[KEY] = key;
}

/**
 * Refuses a resource whose key stands in the stack of somebody that names the resource: the stack of the resource would wait for the key, and
 * that of the key for the resource. CDK sees it at synth between stacks, and not at all between nested stacks: only the deployment would fail.
 *
 * | the key stands                                   | verdict |
 * |--------------------------------------------------|---------|
 * | beside the resource                              | fine    |
 * | in a stack around both, or in a third one        | fine    |
 * | in a stack that holds the user, not the resource | refused |
 *
 * @param user what names the resource: a role, a subscription, a rule
 */
export function expectNoKeyCircle(user: IConstruct, resource: IConstruct): void {
  const { encryptionKey, encryptionMasterKey, masterKey, [KEY]: recorded } = resource as Encrypted;
  const key = encryptionKey ?? encryptionMasterKey ?? masterKey ?? recorded;
  if (key === undefined || ![key, resource].every((one) => Resource.isOwnedResource(one))) return;
  const stack = stackOfBoth(user, key);
  if (stack === undefined || holds(stack, resource)) return;
  refuse(resource, {
    code: 'StackCircle.Key',
    prop: 'encryptionKey',
    must: `must not come from the stack ${stack.node.path}, where ${user.node.path} uses the resource: each of the two stacks would wait for the other`,
    got: key.node.path,
    fix: 'make the key beside the resource, or in a stack around both',
  });
}
