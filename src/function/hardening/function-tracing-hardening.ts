import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { HardeningPlan, HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { TRACES_REASON } from '../../iam/execution-role';
import { allowRole, ownRole } from '../../iam/hardening/holders/added-rights';
import { isEdgeFunction } from '../../iam/hardening/holders/edge-functions';
import { TRACE_WRITE_ACTIONS } from '../../iam/iam-baseline';
import { IN_OWN_REGION } from '../../iam/requested-region';
import { withVersions } from '../invocation/function-versions';

/**
 * Traces of functions, with the right of the role to write them: Lambda tries it when the function is deployed.
 *
 * | TracingConfig.Mode         | the role can be changed | without strict    | strict            |
 * |----------------------------|-------------------------|-------------------|-------------------|
 * | Active                     | any                     | nothing           | nothing           |
 * | missing                    | yes                     | set               | set               |
 * | missing                    | no                      | proposed          | proposed          |
 * | PassThrough                | yes                     | kept and reported | replaced          |
 * | PassThrough                | no                      | kept and reported | kept and reported |
 * | a token, or by an override | any                     | kept and reported | kept and reported |
 */
export const FUNCTION_TRACING_HARDENING: readonly HardeningStep[] = [{
  area: HardeningArea.FUNCTIONS,
  type: 'AWS::Lambda::Function',
  rule: 'FunctionTracing',
  plan: (resource, site) => {
    const fn = resource as CfnFunction;
    return isEdgeFunction(fn, site) ? [] : planTracing(fn, site);
  },
}];

function planTracing(fn: CfnFunction, site: HardeningSite): HardeningPlan[] {
  const overridden = site.overrideOf(fn, 'TracingConfig.Mode');
  const before = overridden ?? fieldOf(site, fn, fn.tracingConfig, 'mode');
  if (before === 'Active') return [];
  const plan = { property: 'TracingConfig.Mode', before, after: 'Active' };
  if (isIntrinsic(before)) return [{ ...plan, standing: Standing.UNKNOWN }];
  const role = ownRole(fn, fn.role, site);
  if (before === undefined && role === undefined) {
    return [{ ...plan, standing: Standing.AUTHORS, advice: `Give the role of the function ${TRACE_WRITE_ACTIONS.join(' and ')}, then set tracing: Tracing.ACTIVE. It is not made in this app, so it cannot be changed here.` }];
  }
  if (overridden !== undefined || role === undefined) return [{ ...plan, standing: Standing.WEAKER }];
  const apply = (): void => {
    fn.tracingConfig = { mode: 'Active' };
    const statement = new PolicyStatement({ sid: 'Traces', actions: TRACE_WRITE_ACTIONS, resources: ['*'], conditions: IN_OWN_REGION });
    allowRole(fn, role, { statement, wildcardReason: TRACES_REASON }, site);
  };
  return [{ ...plan, standing: before === undefined ? Standing.MISSING : Standing.UNSAFE, attention: withVersions(fn, site), adds: 1, apply }];
}
