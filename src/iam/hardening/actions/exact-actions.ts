import { CDK_PATTERNS } from './cdk-patterns.generated';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { actionsIn, listOf } from '../documents/document-statements';

/** The types of resources that a rendered resource of a statement can be; undefined if that cannot be told. */
export type KindsOf = (resource: unknown) => readonly string[] | undefined;

/** The patterns in an allowing statement that grants of CDK write. In a denial they stay: it must hold for what the service learns, too. */
export function cdkPatternsIn(statement: RenderedStatement): readonly string[] {
  return statement.Effect === 'Deny' ? [] : actionsIn(statement).filter((action) => Object.hasOwn(CDK_PATTERNS, action));
}

/**
 * Writes statements with the actions that their patterns stand for: the same rights, no more and no less. Actions that know no resource of the types
 * that a statement names are left out, since AWS allows them nowhere through it: `s3:ListAllMyBuckets` on a bucket.
 *
 * Most statements of an app are alike, so lists that were made once are kept.
 */
export class ExactActions {
  /** Those that a stage shares. */
  public static of(site: HardeningSite): ExactActions {
    return site.once('exact actions', () => new ExactActions());
  }

  private readonly made = new Map<string, readonly string[]>();

  public in(statement: RenderedStatement, kindsOf: KindsOf): RenderedStatement {
    if (cdkPatternsIn(statement).length === 0) return statement;
    const actions = listOf(statement.Action);
    const kinds = kindsIn(statement, kindsOf);
    const key = JSON.stringify([actions, kinds]);
    const exact = this.made.get(key) ?? exactly(actions, kinds);
    this.made.set(key, exact);
    return { ...statement, Action: exact.length === 1 ? exact[0] : exact };
  }
}

function exactly(actions: readonly unknown[], kinds: readonly string[] | undefined): readonly string[] {
  const all = actions.flatMap((action) => (Object.hasOwn(CDK_PATTERNS, action as string) ? [...actionsBehind(action as string, kinds)] : [action]));
  return [...new Set(all as string[])].sort();
}

/** The actions that a pattern of CDK stands for on resources of some types; on all, if the types are not known. */
function actionsBehind(pattern: string, kinds: readonly string[] | undefined): readonly string[] {
  const [service] = pattern.split(':');
  const all = Object.entries(CDK_PATTERNS[pattern]);
  const meant = kinds === undefined ? all : all.filter(([, types]) => types.some((type) => kinds.includes(type)));
  return (meant.length === 0 ? all : meant).map(([action]) => `${service}:${action}`);
}

function kindsIn(statement: RenderedStatement, kindsOf: KindsOf): readonly string[] | undefined {
  const resources = listOf(statement.Resource);
  const found = resources.map(kindsOf);
  return resources.length === 0 || found.includes(undefined) ? undefined : [...new Set(found.flatMap((kinds) => kinds ?? []))];
}
