import { CfnResource } from 'aws-cdk-lib';
import { CfnFunction } from 'aws-cdk-lib/aws-lambda';
import { functionsOf } from './role-users';
import { WEB_REVISION } from '../../../core/hardening/functions/web-function';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { settingOf } from '../../../core/hardening/setting-of';
import { holdersOf } from '../actions/inline-budget';
import { HOLDER_TYPES } from '../documents/identity-documents';

/** Types that code uses by a name which its environment tells. */
const USED = /^AWS::(DynamoDB|Events|Kinesis|S3|SNS|SQS|SecretsManager|StepFunctions|SSM)::/;

/** What the functions with a role, or with the roles of a policy, are told about in their environment: what their code uses, as far as the app shows it. */
export function usedBy(resource: CfnResource, site: HardeningSite): string {
  const roles = HOLDER_TYPES.includes(resource.cfnResourceType) ? [resource] : holdersOf(resource, site);
  const told = roles.flatMap((role) => functionsOf(role, site)).flatMap((fn) => site.targets(fn, environmentOf(fn, site)));
  const paths = [...new Set(told.filter(({ cfnResourceType }) => USED.test(cfnResourceType)).map((one) => site.ownerOf(one).node.path))];
  return paths.length === 0 ? '' : ` The environment of the function names ${paths.sort().join(', ')}.`;
}

function environmentOf(fn: CfnResource, site: HardeningSite): unknown {
  return fn.cfnResourceType === WEB_REVISION ? settingOf(fn, 'ServiceConfig.EnvironmentVariables', site) : (fn as CfnFunction).environment;
}
