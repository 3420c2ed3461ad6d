import { IConstruct } from 'constructs';

const OWN = Symbol.for('cdk-secure-serverless.own-part');

type Holder = IConstruct & { [OWN]?: true };

/** Says that a construct and all below it belong to this library: hardening leaves them alone, since their authors' reasons hold there. */
export function markOwn<T extends IConstruct>(construct: T): T {
  (construct as Holder)[OWN] = true;
  return construct;
}

/** Whether a construct belongs to something that this library made. */
export function isOwn(construct: IConstruct): boolean {
  for (let node: Holder | undefined = construct; node !== undefined; node = node.node.scope) {
    if (node[OWN] === true) return true;
  }
  return false;
}
