import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { CfnRole } from 'aws-cdk-lib/aws-iam';
import { managedPolicyArnsOf, nameOfAwsPolicy } from './lambda-managed-policies';
import { acknowledge, isAcknowledgedFor, NagPackId } from '../../../core/exceptions/acknowledgement';
import { HardeningArea } from '../../../core/hardening/hardening-area';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { HardeningPlan, HardeningStep, Standing } from '../../../core/hardening/steps/hardening-step';
import { flattenReference } from '../../../core/values/flatten-reference';

const POLICY = 'service-role/AmazonAPIGatewayPushToCloudWatchLogs';

const REASON = 'The policy allows nothing but what API Gateway needs to write the logs of all APIs of the account, and API Gateway tries these rights on all log '
  + 'groups before it accepts the role: https://docs.aws.amazon.com/apigateway/latest/developerguide/set-up-logging.html.';

/** The one role of an account through which API Gateway writes logs: the policy of AWS is the narrowest that it takes. */
export const ACCOUNT_ROLE_HARDENING: HardeningStep = {
  area: HardeningArea.RIGHTS,
  type: 'AWS::IAM::Role',
  rule: 'ManagedPolicyBreadth',
  plan: (resource, site) => planRole(resource as CfnRole, site),
};

function planRole(role: CfnRole, site: HardeningSite): readonly HardeningPlan[] {
  if (!accountRoles(site).has(role) || isAcknowledgedFor(role, REASON)) return [];
  const policies = managedPolicyArnsOf(role, site).filter((arn) => nameOfAwsPolicy(arn) === POLICY).map(flattenReference);
  return policies.map((arn) => ({
    standing: Standing.MISSING,
    property: `AwsSolutions-IAM4[Policy::${arn}]`,
    after: 'acknowledged',
    remark: REASON,
    apply: () => acknowledge(role, NagPackId.AWS_SOLUTIONS, `IAM4[Policy::${arn}]`, REASON),
  }));
}

/** Roles that stand in the settings of an account. */
export function accountRoles(site: HardeningSite): ReadonlySet<unknown> {
  return site.once('roles of the API Gateway account', () => new Set(
    site.resources('AWS::ApiGateway::Account').flatMap((account) => site.targets(account, (account as CfnAccount).cloudWatchRoleArn))));
}
