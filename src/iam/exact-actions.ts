import { CDK_PATTERNS } from './cdk-patterns.generated';
import { actionsIn, listOf } from './document-statements';
import { RenderedStatement } from '../core/hardening/resource-policy';

/** The types of resources that a rendered resource of a statement can be; undefined if that cannot be told. */
export type KindsOf = (resource: unknown) => readonly string[] | undefined;

/** The patterns in an allowing statement that grants of CDK write. In a denial they stay: it must hold for what the service learns, too. */
export function cdkPatternsIn(statement: RenderedStatement): readonly string[] {
  return statement.Effect === 'Deny' ? [] : actionsIn(statement).filter((action) => Object.hasOwn(CDK_PATTERNS, action));
}

/**
 * A statement with the actions that its patterns stand for: the same rights, no more and no less. Actions that know no resource of the types that the
 * statement names are left out, since AWS allows them nowhere through it: `s3:ListAllMyBuckets` on a bucket.
 */
export function withExactActions(statement: RenderedStatement, kindsOf: KindsOf): RenderedStatement {
  const patterns = new Set(cdkPatternsIn(statement));
  if (patterns.size === 0) return statement;
  const kinds = kindsIn(statement, kindsOf);
  const exact = (action: unknown) => (patterns.has(action as string) ? [...actionsBehind(action as string, kinds)] : [action]);
  const [first, ...more] = [...new Set(listOf(statement.Action).flatMap(exact))].sort();
  return { ...statement, Action: more.length === 0 ? first : [first, ...more] };
}

/** The actions that a pattern of CDK stands for on resources of some types; on all, if the types are not known. */
export function actionsBehind(pattern: string, kinds?: ReadonlySet<string>): readonly string[] {
  const [service] = pattern.split(':');
  const all = Object.entries(CDK_PATTERNS[pattern]);
  const meant = kinds === undefined ? all : all.filter(([, types]) => types.some((type) => kinds.has(type)));
  return (meant.length === 0 ? all : meant).map(([action]) => `${service}:${action}`);
}

function kindsIn(statement: RenderedStatement, kindsOf: KindsOf): ReadonlySet<string> | undefined {
  const resources = listOf(statement.Resource);
  const found = resources.map(kindsOf);
  return resources.length === 0 || found.includes(undefined) ? undefined : new Set(found.flatMap((kinds) => kinds ?? []));
}
