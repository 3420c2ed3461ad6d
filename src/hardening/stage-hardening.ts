import { CfnResource, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { HardeningScope } from './hardening-scope';
import { HARDENING_STEPS } from './hardening-steps';
import { effectOfChange, isRevision, isStateful } from './model/replacement';
import { resourcesOfStage } from './resources-of-stage';
import { settleIds } from './settled-ids';
import { unknownServiceOf } from './unknown-services';
import { HardeningArea } from '../core/hardening/hardening-area';
import { ChangeImpact, HardeningChange, HardeningOutcome, recordChange, recordUnknown } from '../core/hardening/hardening-change';
import { HardeningSite } from '../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../core/hardening/steps/hardening-step';
import { isOwn } from '../core/own-part';

/** Hardens what one stage holds, after all that the author's code and aspects did to it. */
export class StageHardening {
  private readonly site: HardeningSite;
  private readonly steps: readonly StepsByType[];
  private readonly seen: Set<string>;
  /** What is carried out when all else is. */
  private readonly last: (() => void)[] = [];

  constructor(private readonly stage: Stage, private readonly scope: HardeningScope, steps: readonly HardeningStep[] = HARDENING_STEPS) {
    const isAlarm = ({ area }: HardeningStep) => area === HardeningArea.ALARMS;
    this.steps = [byType(steps.filter((step) => !isAlarm(step))), byType(steps.filter(isAlarm))];
    const resources = resourcesOfStage(stage);
    settleIds(resources);
    this.site = new HardeningSite(stage, resources);
    this.seen = recordedOf(stage.node.root);
  }

  /**
   * All types in the order of their steps: what an earlier step adds, a later one sees. Alarms come last, those that tell of failures first, and get what
   * room the stacks have left.
   */
  public run(): void {
    for (const [type, steps] of this.steps.flatMap((byTypes) => [...byTypes])) {
      for (const resource of [...this.site.resources(type)]) this.harden(resource, steps);
    }
    this.carryOutLast();
    const resources = resourcesOfStage(this.stage);
    for (const resource of resources) this.noteUnknown(resource);
    settleIds(resources);
  }

  /** A resource that came to the stage after the run: made by an aspect of the author's. */
  public late(resource: CfnResource): void {
    this.site.learn(resource);
    this.noteUnknown(resource);
    this.harden(resource, this.steps.flatMap((byTypes) => byTypes.get(resource.cfnResourceType) ?? []));
    this.carryOutLast();
  }

  private harden(resource: CfnResource, steps: readonly HardeningStep[]): void {
    if (!this.scope.includes(resource)) return;
    const [own, plain] = [isOwn(resource), !hasClass(resource)];
    for (const step of steps) {
      if (own && step.belowOwn !== true || plain && step.readsByName !== true || !this.scope.takesCareOf(step.area)) continue;
      for (const plan of step.plan(resource, this.site)) {
        if (plan.comesLast === true) this.last.push(() => this.carryOut(plan, resource, step.rule));
        else this.carryOut(plan, resource, step.rule);
      }
    }
  }

  private noteUnknown(resource: CfnResource): void {
    const service = this.scope.includes(resource) ? unknownServiceOf(resource) : undefined;
    if (service !== undefined) recordUnknown(resource, service);
  }

  private carryOutLast(): void {
    for (const carryOut of this.last.splice(0)) carryOut();
  }

  private carryOut(plan: HardeningPlan, resource: CfnResource, rule: string): void {
    const impact = impactOf(plan, resource);
    const outcome = this.outcomeOf(plan, impact, resource);
    const applies = outcome === HardeningOutcome.SET || outcome === HardeningOutcome.REPLACED;
    this.record(resource, {
      at: resource.node.path,
      resourceType: resource.cfnResourceType,
      property: plan.property,
      before: this.shown(resource, plan.before),
      after: this.shown(resource, plan.after),
      rule,
      outcome,
      impact,
      note: applies ? plan.attention ?? plan.remark : outcome === HardeningOutcome.WITHHELD ? withheldNote(plan, impact) : plan.advice,
      dryRun: this.scope.dryRun,
    });
    if (applies && !this.scope.dryRun) plan.apply?.();
  }

  private outcomeOf({ standing, adds = 0 }: HardeningPlan, impact: ChangeImpact, resource: CfnResource): HardeningOutcome {
    if (standing === Standing.AUTHORS) return HardeningOutcome.PROPOSED;
    if (standing === Standing.UNKNOWN) return HardeningOutcome.UNKNOWN;
    if (standing === Standing.WEAKER || standing === Standing.UNSAFE && !this.scope.strict) return HardeningOutcome.KEPT;
    const loses = impact === ChangeImpact.REPLACEMENT && isStateful(resource.cfnResourceType);
    if (loses && !this.scope.mayReplace(resource)) return HardeningOutcome.WITHHELD;
    if (adds > 0 && !this.site.room.has(resource, adds)) return HardeningOutcome.WITHHELD;
    return standing === Standing.MISSING ? HardeningOutcome.SET : HardeningOutcome.REPLACED;
  }

  /** A second synthesis of the same tree, and a second call, find what they have kept before: it stands in the report once. */
  private record(resource: CfnResource, change: HardeningChange): void {
    const once = JSON.stringify([change.at, change.property, change.rule, change.outcome]);
    if (this.seen.has(once)) return;
    this.seen.add(once);
    recordChange(resource.node.root, change);
  }

  private shown(resource: CfnResource, value: unknown): string | undefined {
    const resolved = this.site.resolve(resource, value);
    return resolved === undefined || typeof resolved === 'string' ? resolved : JSON.stringify(resolved);
  }
}

function withheldNote({ property }: HardeningPlan, impact: ChangeImpact): string {
  return impact === ChangeImpact.REPLACEMENT
    ? `a change of ${property} replaces the resource with what it keeps; name its path in replacePaths to have it nevertheless`
    : 'the stack would hold more resources than CloudFormation takes; split it, or nest a part of it';
}

/** A plain `CfnResource` has no properties that a step could write. CDK makes some of its helpers so. */
function hasClass(resource: CfnResource): boolean {
  return (resource.constructor as { readonly CFN_RESOURCE_TYPE_NAME?: string }).CFN_RESOURCE_TYPE_NAME === resource.cfnResourceType;
}

/** A change that replaces the resource in some cases counts as one that does: nobody can look into the account here. */
function impactOf({ attention, property }: HardeningPlan, { cfnResourceType }: CfnResource): ChangeImpact {
  if (isRevision(cfnResourceType)) return ChangeImpact.ATTENTION;
  const effect = effectOfChange(cfnResourceType, property);
  if (effect === 'replaces' || effect === 'may-replace') return ChangeImpact.REPLACEMENT;
  return attention === undefined ? ChangeImpact.IN_PLACE : ChangeImpact.ATTENTION;
}

const RECORDED = Symbol.for('cdk-secure-serverless.hardening-recorded');

function recordedOf(root: IConstruct): Set<string> {
  const holder = root as IConstruct & { [RECORDED]?: Set<string> };
  return holder[RECORDED] ??= new Set();
}

type StepsByType = ReadonlyMap<string, readonly HardeningStep[]>;

function byType(steps: readonly HardeningStep[]): StepsByType {
  const types = new Map<string, HardeningStep[]>();
  for (const step of steps) {
    const known = types.get(step.type);
    if (known === undefined) types.set(step.type, [step]);
    else known.push(step);
  }
  return types;
}
