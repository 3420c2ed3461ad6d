import { App, CfnParameter, CfnResource, Stack, Token } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { ServerlessSecurity } from '../../../src/app/serverless-security';
import { changesOf, HardeningChange } from '../../../src/core/hardening/hardening-change';
import { HardenOptions } from '../../../src/hardening/harden-options';

/** One value of a baseline, as hardening treats it. */
export interface BaselineCase {
  /** The property as the report names it. */
  readonly property: string;
  /** Where the value is rendered, if it is not there in the properties. */
  readonly find?: (properties: any) => unknown;
  /** Makes the resource, with the value if there is one: undefined means that the author left it out. */
  readonly make: (stack: Stack, value: unknown) => CfnResource;
  /** What is rendered where the author said nothing; `nothing` where that is safe, and nothing is to be done. */
  readonly secure: unknown;
  /** A value of the author's that is good enough. */
  readonly safe: unknown;
  /** A value of the author's that is not; left out where every choice of theirs is good enough. */
  readonly unsafe?: unknown;
  /** Whether strict hardening replaces the unsafe value. */
  readonly replaced: boolean;
  /** Whether a token can stand there at all. */
  readonly tokens?: boolean;
}

/** The four tests that every baseline value has: missing, explicitly safe, explicitly unsafe, known only at deployment. */
export function fourCases(name: string, one: BaselineCase): void {
  describe(name, () => {
    test('missing: it is set', () => {
      const { rendered, change } = hardened(one, undefined);
      expect(rendered).toEqual(one.secure);
      expect(change?.outcome).toBe(one.secure === undefined ? undefined : 'set');
    });

    test('explicitly safe: it stays, and there is nothing to report', () => {
      const { rendered, change } = hardened(one, one.safe, { strict: true });
      expect([rendered, change]).toEqual([one.safe, undefined]);
    });

    if (one.unsafe !== undefined) unsafeCases(one);

    if (one.tokens === false) return;
    test('known only at deployment: it stays and is reported', () => {
      const { rendered, change } = hardened(one, (stack: Stack) => Token.asAny({ Ref: new CfnParameter(stack, 'Value').logicalId }), { strict: true });
      expect([rendered, change?.outcome]).toEqual([{ Ref: 'Value' }, 'unknown']);
    });
  });
}

function unsafeCases(one: BaselineCase): void {
  test('explicitly unsafe: it stays and is reported', () => {
    const { rendered, change } = hardened(one, one.unsafe);
    expect([rendered, change?.outcome]).toEqual([one.unsafe, 'kept']);
  });

  test(`explicitly unsafe, strict: it ${one.replaced ? 'is replaced' : 'stays, since it is a choice and no danger'}`, () => {
    const { rendered, change } = hardened(one, one.unsafe, { strict: true });
    expect(change?.outcome).toBe(one.replaced ? 'replaced' : 'kept');
    if (one.replaced) expect(rendered).not.toEqual(one.unsafe);
    else expect(rendered).toEqual(one.unsafe);
  });
}

interface Hardened {
  readonly rendered: unknown;
  readonly change?: HardeningChange;
}

function hardened(one: BaselineCase, value: unknown, options: HardenOptions = {}): Hardened {
  const app = new App();
  ServerlessSecurity.of(app).harden(options);
  const stack = new Stack(app, 'Shop');
  const resource = one.make(stack, typeof value === 'function' ? (value as (scope: Stack) => unknown)(stack) : value);
  const id = stack.getLogicalId(resource);
  const properties: unknown = Template.fromStack(stack).toJSON().Resources[id].Properties ?? {};
  return {
    rendered: one.find !== undefined ? one.find(properties) : one.property.split('.').reduce((at, key) => (at as { readonly [key: string]: unknown } | undefined)?.[key], properties),
    change: changesOf(app)?.find(({ at, property }) => at === resource.node.path && property === one.property),
  };
}
