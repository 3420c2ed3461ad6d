import { Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { expectUnsynthesized, plantIn } from './hardening-aspect';
import { HardeningOptions } from './hardening-options';
import { HardeningScope, isAtOrBelow } from './hardening-scope';
import { reachLaterStages } from './planting-injector';
import { expectChanges } from '../core/hardening/hardening-change';

/** Hardens everything below a construct when the app is synthesized, whether it is there already or made later. */
export function hardenBelow(top: IConstruct, options: HardeningOptions): void {
  const { path } = top.node;
  const scope = new HardeningScope(top, options, (construct) => isAtOrBelow(construct, path));
  const stage = Stage.of(top);
  const below = top.node.findAll().filter((node) => Stage.isStage(node));
  if (stage !== undefined) expectUnsynthesized(stage, top, scope);
  for (const one of below) expectUnsynthesized(one, one, scope);
  expectChanges(top.node.root);
  if (stage !== undefined) plantIn(stage, scope);
  for (const one of below) plantIn(one, scope);
  reachLaterStages(top, scope);
}
