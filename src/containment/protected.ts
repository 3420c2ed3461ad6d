import { IConstruct } from 'constructs';
import { ContainmentTarget } from './containment-target';
import { refuse } from '../core/configuration-error';

const PROTECTED = Symbol.for('cdk-secure-serverless.contained-by');
const RESPONDER = Symbol.for('cdk-secure-serverless.responder');

type Holder = IConstruct & { [PROTECTED]?: string; [RESPONDER]?: true };

/** Says that a construct and all below it belong to a containment: no containment may act on them. */
export function markResponder(construct: IConstruct): void {
  Object.defineProperty(construct, RESPONDER, { value: true });
}

/** Notes who contains a target. Each has one tag, so one containment. */
export function claimTarget(containment: IConstruct, { _construct, _tagged }: ContainmentTarget): void {
  const own = [_construct, ..._tagged.map(({ construct }) => construct)].find(belongsToResponder);
  if (own !== undefined) {
    refuse(containment, {
      code: 'Containment.Self',
      prop: 'protect()',
      must: 'must not be given a part of a containment, which would lock itself out',
      got: own.node.path,
      fix: 'leave it out',
    });
  }
  const holder = _construct as Holder;
  if (holder[PROTECTED] !== undefined) {
    refuse(containment, {
      code: 'Containment.Twice',
      prop: 'protect()',
      must: 'must be given each resource once',
      got: `${_construct.node.path}, protected by ${holder[PROTECTED]}`,
      fix: 'leave it out here',
    });
  }
  Object.defineProperty(holder, PROTECTED, { value: containment.node.path });
}

function belongsToResponder({ node }: IConstruct): boolean {
  return node.scopes.some((scope) => (scope as Holder)[RESPONDER] === true);
}
