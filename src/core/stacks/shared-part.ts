import { Stack } from 'aws-cdk-lib';
import { Construct, IConstruct } from 'constructs';
import { refuse } from '../configuration-error';
import { markOwn } from '../own-part';

/** Child of a stack under which its shared parts live. */
const CONTAINER_ID = 'SharedSecurity';

const CONTAINER = Symbol.for('cdk-secure-serverless.container');

type Holder = IConstruct & { [slot: symbol]: unknown };
type Container = Stack & { [CONTAINER]?: Construct };

/**
 * A part that all constructs of a stack use together: made on first need in the outermost stack, never one per construct,
 * and replaceable for any construct, stack, stage or app by `use`. The nearest replacement on the way to the root wins.
 */
export class SharedPart<T> {
  private readonly slot: symbol;

  constructor(private readonly id: string, private readonly make: (scope: Construct, id: string) => T) {
    this.slot = Symbol.for(`cdk-secure-serverless.${id}`);
  }

  /** The part that serves `scope`. */
  public of(scope: IConstruct): T {
    const replaced = this.replacement(scope);
    if (replaced !== undefined) return replaced;
    expectStack(scope, this.id);
    const container = containerOf(outermostStack(scope));
    const made = this.held(container);
    if (made !== undefined) return made;
    this.hold(container, this.make(container, this.id));
    return this.held(container)!;
  }

  /** The part that serves `scope`, if there is one already. */
  public peek(scope: IConstruct): T | undefined {
    const container = (outermostStack(scope) as Container)[CONTAINER];
    return this.replacement(scope) ?? (container && this.held(container));
  }

  /** The part that somebody made serve `scope` with `use`. */
  public chosen(scope: IConstruct): T | undefined {
    const container = outermostStack(scope).node.tryFindChild(CONTAINER_ID);
    const part = this.replacement(scope);
    return container !== undefined && part === this.held(container) ? undefined : part;
  }

  /**
   * Makes `part` serve `scope` and all below it. Fails when a construct of the stack already uses another one.
   * @param fix what to write instead, where there is more to say
   */
  public use(scope: IConstruct, part: T, fix = 'call use() right after the app or stack is made'): void {
    const late = scope.node.findAll().some((node) => node.node.id === CONTAINER_ID && this.held(node) !== undefined);
    if (late || this.held(scope) !== undefined) {
      refuse(scope, {
        code: `${this.id}.AlreadyInUse`,
        prop: this.id,
        must: 'must be replaced before a construct uses it',
        fix,
      });
    }
    this.hold(scope, part);
  }

  private replacement(scope: IConstruct): T | undefined {
    for (let node: IConstruct | undefined = scope; node !== undefined; node = node.node.scope) {
      const part = this.held(node);
      if (part !== undefined) return part;
    }
    return undefined;
  }

  private held(node: IConstruct): T | undefined {
    return (node as Holder)[this.slot] as T | undefined;
  }

  private hold(node: IConstruct, part: T): void {
    Object.defineProperty(node, this.slot, { value: part });
  }
}

/** Whether a construct is a stack or stands in one: an app and a stage do not. */
export function isInStack(scope: IConstruct): boolean {
  return scope.node.scopes.some((node) => Stack.isStack(node));
}

/** Refuses an app, or a stage, where a stack is needed: CDK would say so without telling what to do. */
export function expectStack(scope: IConstruct, part: string): void {
  if (isInStack(scope)) return;
  refuse(scope, {
    code: `${part}.Stack`, prop: 'scope', must: 'must be a stack, or stand in one: an app or a stage has no resources', fix: 'call it for each stack',
  });
}

/** Nested stacks share the parts of the stack that holds them. */
export function outermostStack(scope: IConstruct): Stack {
  let stack = Stack.of(scope);
  while (stack.nestedStackParent) stack = stack.nestedStackParent;
  return stack;
}

/** Kept at the stack, since each alarm, role and log group asks for a part: looking for a child means to clean its id each time. */
function containerOf(stack: Stack): Construct {
  const holder = stack as Container;
  return holder[CONTAINER] ??= stack.node.tryFindChild(CONTAINER_ID) as Construct | undefined ?? markOwn(new Construct(stack, CONTAINER_ID));
}
