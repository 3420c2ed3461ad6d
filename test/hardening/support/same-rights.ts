import { App, Stack } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { ACCOUNT, Deployed, deployed, REGION } from '../../rights/support/deployed';
import { may } from '../../rights/support/world';
import { testStack } from '../../support/apps';

/** What an author builds, seen by one role. */
export interface Rights {
  readonly who: IRole;
  /** ARNs, and what a request names of them. */
  readonly on: { readonly [name: string]: string };
}

/** A stack of an author that is hardened, or as it was. */
export function authorsStack(flags: Record<string, unknown>, hardens: boolean): Stack {
  const stack = testStack({ env: { account: ACCOUNT, region: REGION }, flags });
  if (hardens) ServerlessSecurity.of(stack.node.root as App).harden();
  return stack;
}

/** Each of the actions on each of the resources that one of both apps allows, decided by Cedar: the app as it was, and hardened. */
export function allowedBeforeAndAfter(
  make: (stack: Stack) => Rights, actions: readonly string[], flags: Record<string, unknown>,
): readonly [string[], string[]] {
  const [before, after] = [false, true].map((hardens) => {
    const stack = authorsStack(flags, hardens);
    const { who, on } = make(stack);
    const world = deployed(stack);
    return Object.entries(on).flatMap(([name, resource]) => (
      actions.filter((action) => allows(world, who, action, resource)).map((action) => `${action} on ${name}`)));
  });
  return [before, after];
}

function allows(world: Deployed, who: IRole, action: string, resource: string): boolean {
  return may(world, { role: world.valueOf(who.roleArn) }, action, world.valueOf(resource), {});
}
