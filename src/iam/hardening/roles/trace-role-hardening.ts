import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { TRACES_REASON } from './function-rights';
import { allowsOnlyTraces, managedPolicyArnsOf, nameOfAwsPolicy, withoutPolicies } from './lambda-managed-policies';
import { HardeningArea } from '../../../core/hardening/hardening-area';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../../core/hardening/steps/hardening-step';
import { SAMPLING_ACTIONS, TRACE_WRITE_ACTIONS } from '../../iam-baseline';
import { addRight } from '../holders/added-rights';

const PROPERTY = 'ManagedPolicyArns';
const ACTIONS = [...SAMPLING_ACTIONS, ...TRACE_WRITE_ACTIONS];

/**
 * The policies of AWS for traces, as the one statement that they hold: whoever has the role may do the same as before, so that it does not matter who else
 * that is. Roles of which only functions of the app are seen to have them were looked after before, with more bounds.
 * @see https://docs.aws.amazon.com/aws-managed-policy/latest/reference/AWSXRayDaemonWriteAccess.html
 */
export const TRACE_ROLE_HARDENING: HardeningStep = {
  area: HardeningArea.RIGHTS,
  type: 'AWS::IAM::Role',
  rule: 'ManagedPolicyBreadth',
  plan: (resource, site) => planRole(resource as CfnRole, site),
};

function planRole(role: CfnRole, site: HardeningSite): readonly HardeningPlan[] {
  if (site.overrideOf(role, PROPERTY) !== undefined) return [];
  const replaced = managedPolicyArnsOf(role, site).filter(allowsOnlyTraces);
  return replaced.length === 0 ? [] : [{
    standing: Standing.MISSING,
    property: PROPERTY,
    before: replaced.map(nameOfAwsPolicy),
    after: `${ACTIONS.join(', ')}, which know no resource`,
    attention: 'Traces that are sent while the deployment passes from the policy to the statement may be lost.',
    adds: 1,
    apply: () => {
      withoutPolicies(role, site, allowsOnlyTraces);
      const statement = new PolicyStatement({ sid: 'TracesAndSampling', actions: ACTIONS, resources: ['*'] });
      addRight(role, role, { statement, wildcardReason: TRACES_REASON }, site);
    },
  }];
}
