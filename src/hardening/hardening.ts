import { CfnResource, Mixin, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { expectUnsynthesized, plantIn } from './hardening-aspect';
import { HardeningOptions } from './hardening-options';
import { HardeningScope } from './hardening-scope';
import { refuse } from '../core/configuration-error';
import { expectChanges } from '../core/hardening/hardening-change';

/**
 * The hardening of constructs that are there already, as a mixin: `Mixins.of(app).apply(new Hardening())` at the end of the file, or
 * `bucket.with(new Hardening())` for one construct and all below it.
 *
 * The work is done when the app is synthesized, after all aspects of the author. `ServerlessSecurity.of(app).harden()` does the same, and for
 * constructs that are made later too.
 */
export class Hardening extends Mixin {
  private readonly resources = new Set<IConstruct>();
  private readonly scope: HardeningScope;

  /** @throws ConfigurationError [Hardening.NothingLeft] when `only` and `except` leave no area, [Hardening.Path] when a path is empty */
  constructor(options: HardeningOptions = {}) {
    super();
    this.scope = new HardeningScope({ node: { path: '' } }, options, (construct) => this.resources.has(construct));
  }

  /** Resources of CloudFormation in an app: whatever else there is consists of them. */
  public supports(construct: IConstruct): boolean {
    return CfnResource.isCfnResource(construct) && Stage.of(construct) !== undefined;
  }

  /**
   * Has the resource hardened when its stage is synthesized.
   * @throws ConfigurationError [Hardening.NoResource] when it is none, as an app or a stack
   * @throws ConfigurationError [Hardening.AppSynthesized] when the app is synthesized already and was not hardened before
   * @throws ConfigurationError [Hardening.StageSynthesized] when its stage is already, as those of CDK Pipelines are after `addStage()`
   */
  public applyTo(construct: IConstruct): void {
    const stage = Stage.of(construct);
    if (stage === undefined || !this.supports(construct)) {
      refuse(construct, {
        code: 'Hardening.NoResource',
        prop: 'construct',
        must: 'must be a resource of CloudFormation in an app',
        fix: 'call ServerlessSecurity.of(scope).harden(), or construct.with(new Hardening()) for all resources of a construct',
      });
    }
    this.resources.add(construct);
    expectUnsynthesized(stage, construct, this.scope);
    expectChanges(construct.node.root);
    plantIn(stage, this.scope);
  }
}
