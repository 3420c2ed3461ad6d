import { Stack } from 'aws-cdk-lib';
import { IGrantable, IRole } from 'aws-cdk-lib/aws-iam';
import { ACCOUNT, deployed, REGION } from './deployed';
import { RequestContext } from './iam-to-cedar';
import { Caller, may } from './world';
import { testStack } from '../../support/apps';

/** What a case needs to know of the stack: who calls, and the ARNs that the calls name. */
export interface Setting {
  /** A role of the stack, the ARN of a role elsewhere, or a service such as `sns.amazonaws.com`. */
  readonly who: IGrantable | string;
  /** ARNs by the names that the cases use in braces. */
  readonly [name: string]: unknown;
}

/** One call and whether it must be allowed. */
export interface Call {
  readonly allowed: boolean;
  readonly action: string;
  /** An ARN; `{bucket}/in/a.pdf` begins with the ARN that the setting calls `bucket`. */
  readonly resource: string;
  /** What the request carries besides what AWS always adds. Values may hold names in braces too. */
  readonly context: RequestContext;
}

export const allowed = (action: string, resource: string, context: RequestContext = {}): Call => ({ allowed: true, action, resource, context });
export const denied = (action: string, resource: string, context: RequestContext = {}): Call => ({ allowed: false, action, resource, context });

/** The context of a call to KMS that a service makes in the name of its caller. */
export const through = (service: string, context: RequestContext = {}): RequestContext => (
  { 'kms:ViaService': `${service}.${REGION}.amazonaws.com`, ...context });

/**
 * Tests what a caller may and may not do, decided by Cedar over the synthesized policies: those of its role, of the resource and of the key.
 *
 * To add cases for a construct: make `test/rights/<room>.test.ts`, build the construct and give one verb to one caller in `make`, and list
 * calls that must be allowed and at least as many that must be denied.
 */
export function rights(title: string, make: (stack: Stack) => Setting, calls: readonly Call[]): void {
  describe(title, () => {
    const stack = testStack({ env: { account: ACCOUNT, region: REGION } });
    const { who, ...names } = make(stack);
    const world = deployed(stack);
    const arns = Object.fromEntries(Object.entries(names).map(([name, value]) => [name, world.valueOf(value)]));
    const filled = (text: string) => text.replace(/\{(\w+)\}/g, (whole, name: string) => arns[name] ?? whole);
    const caller = callerOf(who, world.valueOf);

    test.each(calls.map((call) => [call.allowed ? 'may' : 'may not', call.action, call.resource, JSON.stringify(call.context), call] as const))(
      '%s %s on %s with %s', (_, __, ___, ____, call) => {
        const context = Object.fromEntries(Object.entries(call.context).map(([key, value]) => (
          [key, typeof value === 'string' ? filled(value) : value.map(filled)])));
        expect(may(world, caller, call.action, filled(call.resource), context)).toBe(call.allowed);
      });
  });
}

function callerOf(who: IGrantable | string, valueOf: (value: unknown) => string): Caller {
  if (typeof who === 'string') return who.startsWith('arn:') ? { role: who } : { service: who };
  return { role: valueOf((who.grantPrincipal as IRole).roleArn) };
}
