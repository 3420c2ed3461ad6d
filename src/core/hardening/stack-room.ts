import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The most resources that CloudFormation takes in a template; CDK has a context key for accounts with another quota. */
const MOST_RESOURCES = 500;
const LIMIT_CONTEXT = '@aws-cdk/core:stackResourceLimit';

/**
 * What is left free for what comes without being told: the parts that a stack shares and what belongs to them (a queue with its policy and its alarm, a
 * topic, a key), and what CDK adds when it prepares the templates.
 */
const RESERVE = 15;

/** From how near the limit on nothing is estimated any more: more than all shared parts of a stack together. */
const NEAR = 50;

/** How many resources each stack holds, so that hardening does not make one too large to be deployed. */
export class StackRoom {
  private readonly held = new Map<Stack, number>();
  private readonly limits = new Map<Stack, number>();
  /** Stacks that were counted since something may have been added. */
  private readonly exact = new Set<Stack>();

  constructor(resources: readonly CfnResource[]) {
    for (const { stack } of resources) this.held.set(stack, (this.held.get(stack) ?? 0) + 1);
  }

  /** Whether the stack of a resource takes so many more. Who hears that it does adds them. */
  public has({ stack }: CfnResource, more: number): boolean {
    const limit = this.limitOf(stack);
    if (limit === 0) return true;
    if ((this.held.get(stack) ?? 0) + more > limit - RESERVE - NEAR) this.count(stack);
    const hasRoom = (this.held.get(stack) ?? 0) + more <= limit - RESERVE;
    if (hasRoom) this.exact.clear();
    return hasRoom;
  }

  /** Counts what was added below a construct. */
  public grow(added: IConstruct): void {
    for (const node of added.node.findAll()) {
      if (CfnResource.isCfnResource(node)) this.held.set(node.stack, (this.held.get(node.stack) ?? 0) + 1);
    }
  }

  private count(stack: Stack): void {
    if (this.exact.has(stack)) return;
    this.held.set(stack, stack.node.findAll().filter((node) => CfnResource.isCfnResource(node) && node.stack === stack).length);
    this.exact.add(stack);
  }

  private limitOf(stack: Stack): number {
    const known = this.limits.get(stack);
    if (known !== undefined) return known;
    const limit = Number(stack.node.tryGetContext(LIMIT_CONTEXT) ?? MOST_RESOURCES);
    this.limits.set(stack, limit);
    return limit;
  }
}
