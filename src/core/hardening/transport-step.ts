import { CfnResource } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HardeningArea } from './hardening-area';
import { HardeningSite } from './hardening-site';
import { HardeningStep, Standing } from './hardening-step';
import { logicalIdsIn } from './intrinsics';
import { addToPolicy, PolicyKind, RenderedStatement, statementsOf } from './resource-policy';

/** A denial of plain HTTP in the policy of a resource. */
export interface TransportStep extends PolicyKind {
  readonly area: HardeningArea;
  /** The type of the resource itself. */
  readonly type: string;
  readonly rule: string;
  /** What is denied. */
  readonly actions: readonly string[];
  /** The resource as the statement names it. */
  readonly arnsOf: (resource: CfnResource) => string[];
  /** Who outside of the template may notice, and what to look after. */
  readonly attention?: string;
  /** Why nobody but the author can decide it for a resource: the way for the author. Undefined where the statement does no harm. */
  readonly adviceFor?: (resource: CfnResource, site: HardeningSite) => string | undefined;
  /** How many statements a policy may have. As many as there are, if left out. */
  readonly mostStatements?: number;
}

/** Nobody may use the resource over plain HTTP: its policy learns it, or one is made for it. */
export function transportStep(step: TransportStep): HardeningStep {
  const { actions, area, mostStatements = Infinity, rule, type } = step;
  return {
    area,
    rule,
    type,
    plan: (resource, site) => {
      const statements = statementsOf(step, resource, site);
      const after = `a statement that denies ${actions.join(', ')} when aws:SecureTransport is false`;
      if (statements === undefined) return [{ standing: Standing.UNKNOWN, property: 'the resource policy', after }];
      if (statements.some((statement) => deniesPlainHttp(statement) && covers(statement, resource))) return [];
      const advice = statements.length >= mostStatements ? noRoom(mostStatements) : step.adviceFor?.(resource, site);
      if (advice !== undefined) return [{ standing: Standing.AUTHORS, property: 'the resource policy', after, advice }];
      return [{
        standing: Standing.MISSING,
        property: 'the resource policy',
        after,
        attention: step.attention,
        adds: statements.length === 0 ? 1 : undefined,
        apply: () => addToPolicy(step, resource, denial(step, resource), site),
      }];
    },
  };
}

function noRoom(most: number): string {
  return `The policy has ${most} statements, the most that the service takes. Write those that differ in their source alone as one, with a list in its condition, `
    + 'and the denial has room.';
}

function denial({ actions, arnsOf }: TransportStep, resource: CfnResource): PolicyStatement {
  return new PolicyStatement({
    sid: 'OnlyOverTls',
    effect: Effect.DENY,
    principals: [new AnyPrincipal()],
    actions: [...actions],
    resources: arnsOf(resource),
    conditions: { Bool: { 'aws:SecureTransport': 'false' } },
  });
}

function deniesPlainHttp({ Condition, Effect: effect }: RenderedStatement): boolean {
  return effect === 'Deny' && /"aws:SecureTransport":\[?"?false/i.test(JSON.stringify(Condition ?? ''));
}

/** A policy may be one for several resources; one that is written out is taken for the one that is meant. */
function covers({ Resource }: RenderedStatement, { logicalId, stack }: CfnResource): boolean {
  const named = logicalIdsIn(Resource);
  return named.length === 0 || named.includes(String(stack.resolve(logicalId)));
}
