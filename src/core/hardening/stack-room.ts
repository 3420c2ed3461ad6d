import { CfnResource, Stack } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';

/** The most resources that CloudFormation takes in a template; CDK has a context key for accounts with another quota. */
const MOST_RESOURCES = 500;
const LIMIT_CONTEXT = '@aws-cdk/core:stackResourceLimit';

/** What is left free for what CDK adds when it prepares the templates: outputs of its own, policies, the metadata resource. */
const RESERVE = 10;

/** How many resources each stack holds, so that hardening does not make one too large to be deployed. */
export class StackRoom {
  private readonly held = new Map<Stack, number>();
  private readonly limits = new Map<Stack, number>();

  constructor(resources: readonly CfnResource[]) {
    for (const { stack } of resources) this.held.set(stack, (this.held.get(stack) ?? 0) + 1);
  }

  /** Whether the stack of a resource takes so many more. */
  public has({ stack }: CfnResource, more: number): boolean {
    const limit = this.limits.get(stack) ?? Number(stack.node.tryGetContext(LIMIT_CONTEXT) ?? MOST_RESOURCES);
    this.limits.set(stack, limit);
    return limit === 0 || (this.held.get(stack) ?? 0) + more <= limit - RESERVE;
  }

  /** Counts what was added below a construct. */
  public grow(added: IConstruct): void {
    for (const node of added.node.findAll()) {
      if (CfnResource.isCfnResource(node)) this.held.set(node.stack, (this.held.get(node.stack) ?? 0) + 1);
    }
  }
}
