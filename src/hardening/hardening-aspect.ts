import { AspectPriority, Aspects, CfnResource, IAspect, Stage } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { HardeningScope } from './hardening-scope';
import { warnOfPathsToNowhere } from './paths-to-nowhere';
import { StageHardening } from './stage-hardening';
import { refuse } from '../core/configuration-error';

/** After aspects that change something (200) and those without a priority (500), before those that only read (1000). */
const PRIORITY = (AspectPriority.DEFAULT + AspectPriority.READONLY) / 2;

/** The last child of a stage, so that the aspects of the author have been everywhere else when it is visited. */
const LAST_CHILD = 'ServerlessSecurityHardening';

const PLANTED = Symbol.for('cdk-secure-serverless.hardening-planted');

type Holder = IConstruct & { [PLANTED]?: Set<HardeningScope> };

/** Hardens a stage when it is synthesized. Aspects of an app do not reach the stages in it, so each needs one of its own. */
export function plantIn(stage: Stage, scope: HardeningScope): void {
  const planted = (stage as Holder)[PLANTED] ??= new Set();
  if (planted.has(scope)) return;
  planted.add(scope);
  Aspects.of(stage).add(new HardeningAspect(stage, scope), { priority: PRIORITY });
}

/**
 * Refuses what comes too late: CDK synthesizes an app and a stage once, and its templates would stay as they are. Programs in Python, Java, Go and C#
 * end with `app.synth()`, and CDK Pipelines synthesizes a stage when it is added. An app that was hardened in time may be so again.
 */
export function expectUnsynthesized(stage: Stage, construct: IConstruct, scope: HardeningScope): void {
  if (Reflect.get(stage, 'assembly') === undefined || !scope.includes(construct)) return;
  if (stage.parentStage === undefined) {
    if ((stage as Holder)[PLANTED] !== undefined) return;
    refuse(stage, {
      code: 'Hardening.AppSynthesized',
      prop: 'harden',
      must: 'must be called before the app is synthesized, by app.synth() or by a test that reads a template',
      fix: 'call ServerlessSecurity.of(app).harden() right after the app is made',
    });
  }
  refuse(stage, {
    code: 'Hardening.StageSynthesized',
    prop: 'harden',
    must: 'must be called before the stage is synthesized, which CDK Pipelines does in addStage()',
    fix: 'call ServerlessSecurity.of(app).harden() right after the app is made, or name the stage in exceptPaths',
  });
}

class HardeningAspect implements IAspect {
  private work?: StageHardening;

  constructor(private readonly stage: Stage, private readonly scope: HardeningScope) {}

  public visit(node: IConstruct): void {
    if (node === this.stage) {
      this.work = undefined; // a second synthesis sees what the first one added, and what was made in between
      if (this.stage.node.tryFindChild(LAST_CHILD) === undefined) new Construct(this.stage, LAST_CHILD);
    } else if (node.node.id === LAST_CHILD && node.node.scope === this.stage) {
      warnOfPathsToNowhere(this.stage, this.scope);
      this.work = new StageHardening(this.stage, this.scope);
      this.work.run();
    } else if (this.work !== undefined && CfnResource.isCfnResource(node)) {
      this.work.late(node);
    }
  }
}
