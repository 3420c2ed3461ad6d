import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { plantIn } from './hardening-aspect';
import { HardeningOptions } from './hardening-options';
import { HardeningScope, isAtOrBelow } from './hardening-scope';
import { reachLaterStages } from './planting-injector';
import { expectChanges } from '../core/hardening/hardening-change';

/** Hardens everything below a construct when the app is synthesized, whether it is there already or made later. */
export function hardenBelow(top: IConstruct, options: HardeningOptions): void {
  const { path } = top.node;
  const scope = new HardeningScope(top, options, (construct) => isAtOrBelow(construct, path));
  expectChanges(top.node.root);
  const stage = Stage.of(top);
  if (stage !== undefined) plantIn(stage, scope);
  for (const node of top.node.findAll()) if (Stage.isStage(node)) plantIn(node, scope);
  reachLaterStages(top, scope);
}
