import { CfnResource } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { HardeningArea } from '../hardening-area';
import { HardeningSite } from '../hardening-site';
import { HardeningStep, Standing } from './hardening-step';
import { flattenReference } from '../../values/flatten-reference';
import { addToPolicy, extendPolicy, PolicyKind, RenderedStatement, statementsByPolicy } from '../resource-policy';
import { logicalIdsIn } from '../values/intrinsics';

/** A denial of plain HTTP in the policy of a resource. */
export interface TransportStep extends PolicyKind {
  readonly area: HardeningArea;
  /** The type of the resource itself. */
  readonly type: string;
  readonly rule: string;
  /** What is denied. */
  readonly actions: readonly string[];
  /** What denials that are there must take in, so that none is added. */
  readonly guarded: readonly string[];
  /** The resource as the statement names it. */
  readonly arnsOf: (resource: CfnResource) => string[];
  /** Who outside of the template may notice, and what to look after. */
  readonly attention?: string;
  /** Why nobody but the author can decide it for a resource: the way for the author. Undefined where the statement does no harm. */
  readonly adviceFor?: (resource: CfnResource, site: HardeningSite) => string | undefined;
  /** How many statements a policy may have. As many as there are, if left out. */
  readonly mostStatements?: number;
}

/** Nobody may use the resource over plain HTTP: each policy of it learns so that lacks it, or one is made for it. */
export function transportStep(step: TransportStep): HardeningStep {
  const { actions, area, mostStatements = Infinity, rule, type } = step;
  return {
    area,
    rule,
    type,
    plan: (resource, site) => {
      const policies = statementsByPolicy(step, resource, site);
      const after = `a statement that denies ${actions.join(', ')} when aws:SecureTransport is false`;
      if (policies === undefined) return [{ standing: Standing.UNKNOWN, property: 'the resource policy', after }];
      const open = policies.filter(({ statements }) => !isDenied(step, resource, statements));
      if (policies.length > 0 && open.length === 0) return [];
      const isFull = open.some(({ statements }) => statements.length >= mostStatements);
      const advice = isFull ? noRoom(mostStatements) : step.adviceFor?.(resource, site);
      if (advice !== undefined) return [{ standing: Standing.AUTHORS, property: 'the resource policy', after, advice }];
      return [{
        standing: Standing.MISSING,
        property: 'the resource policy',
        after,
        attention: step.attention,
        adds: policies.length === 0 ? 1 : undefined,
        apply: () => {
          if (open.length === 0) addToPolicy(step, resource, denial(step, resource), site);
          for (const { policy } of open) extendPolicy(step, policy, denial(step, resource));
        },
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

/** Denials for some actions, some callers or a part of the resource leave the others open; several can do together what one does. */
function isDenied({ arnsOf, guarded }: TransportStep, resource: CfnResource, statements: readonly RenderedStatement[]): boolean {
  const denials = statements.filter((statement) => deniesPlainHttp(statement) && isAbout(statement, resource));
  return guarded.every((action) => resource.stack.resolve(arnsOf(resource)).every((arn: unknown) => (
    denials.some((one) => takesIn(one.Action, action) && reaches(one, arn)))));
}

/** To everybody, and on no further condition. */
function deniesPlainHttp({ Condition, Effect: effect, NotPrincipal, Principal }: RenderedStatement): boolean {
  const everybody = NotPrincipal === undefined && /^(\{"(AWS|\*)":)?\[?"\*"\]?\}?$/.test(JSON.stringify(Principal ?? ''));
  return effect === 'Deny' && everybody && /^\{"\w+":\{"aws:SecureTransport":\[?"?false"?\]?\}\}$/i.test(JSON.stringify(Condition ?? ''));
}

/** A policy may be one for several resources; one that is written out is taken for the one that is meant. */
function isAbout({ Resource }: RenderedStatement, { logicalId, stack }: CfnResource): boolean {
  const named = logicalIdsIn(Resource);
  return named.length === 0 || named.includes(String(stack.resolve(logicalId)));
}

function takesIn(actions: unknown, action: string): boolean {
  return [actions ?? []].flat().some((one) => {
    const pattern = String(one).toLowerCase();
    return pattern === action.toLowerCase() || pattern.endsWith('*') && action.toLowerCase().startsWith(pattern.slice(0, -1));
  });
}

/** A statement without resources is about all of the one that its policy is for; what only the deployment knows is taken for the right one. */
function reaches({ NotResource, Resource }: RenderedStatement, arn: unknown): boolean {
  if (NotResource !== undefined) return false;
  const inside = insideOf(arn);
  return Resource === undefined || [Resource].flat().map(insideOf).some((one) => one === undefined || one === '*' || one === inside);
}

/** What an ARN says after the name of the resource: nothing, or which part. */
function insideOf(arn: unknown): string | undefined {
  const text = flattenReference(arn);
  return text.includes('{') ? undefined : /[^:>]*$/.exec(text)![0].replace(/^[^/*]+/, '');
}
