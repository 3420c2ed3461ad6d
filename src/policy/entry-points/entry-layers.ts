import { Layer } from './entry-point';
import { SecurityProfile } from '../../core/profile/security-profile';
import { FUNCTION_ROLE_SHARED } from '../../function/rules/function-rules';
import { IAM_ACTION_WILDCARD, IAM_RESOURCE_WILDCARD } from '../../iam/rules/iam-rules';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { policyHoldersOf } from '../../model/rights/iam';
import { Outcome, outcomesOf, Rule, RuleContext } from '../../model/rule';
import { DEFAULT_RULE_OPTIONS } from '../../model/rule-options';
import { elements, Value } from '../../model/values/values';

/** Rules that are asked for a layer look at neither. */
const CONTEXT: RuleContext = { profile: SecurityProfile.production(), options: DEFAULT_RULE_OPTIONS };

/** Whether what answers has a role of its own and no wildcard rights; null where nothing of the app answers. */
export function leastPrivilege(handler: Resource | undefined, roles: readonly Resource[], app: AppModel): Layer {
  if (handler === undefined) return roles.length === 0 ? null : all(roles.map((role) => hasNoWildcard(role, app)));
  if (roleOf(handler, app).length === 0) return undefined;
  return all([holds(FUNCTION_ROLE_SHARED, handler, app), ...roles.map((role) => hasNoWildcard(role, app))]);
}

/** Whether no statement of a role is wide open. */
export function hasNoWildcard(role: Resource, app: AppModel): Layer {
  return all(policyHoldersOf(role, app).flatMap((holder) => [holds(IAM_ACTION_WILDCARD, holder, app), holds(IAM_RESOURCE_WILDCARD, holder, app)]));
}

/** The role of a function of the app. */
export function roleOf(handler: Resource | undefined, app: AppModel): readonly Resource[] {
  return rolesIn(handler?.property('Role'), app);
}

/** The roles of the app that a value names. */
export function rolesIn(value: Value, app: AppModel): readonly Resource[] {
  return elements(value).flatMap((one) => app.named(one, 'AWS::IAM::Role') ?? []);
}

/** The same as a layer: null where the rule has nothing to ask. */
export function layerOf(rule: Rule, resource: Resource, app: AppModel): Layer {
  return outcomesOf(rule.check(resource, app, CONTEXT)).every(({ kind }) => kind === 'not-applicable') ? null : holds(rule, resource, app);
}

/** What a rule says about a resource. */
export function holds(rule: Rule, resource: Resource, app: AppModel): boolean | undefined {
  const kinds: readonly Outcome['kind'][] = outcomesOf(rule.check(resource, app, CONTEXT)).map(({ kind }) => kind);
  return kinds.includes('fail') ? false : kinds.includes('unresolved') ? undefined : true;
}

/** All of them must be there. */
export function all(layers: readonly Layer[]): Layer {
  return layers.includes(false) ? false : layers.includes(undefined) ? undefined : true;
}
