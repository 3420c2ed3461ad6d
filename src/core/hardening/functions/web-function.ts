import { CfnResource } from 'aws-cdk-lib';
import { HardeningSite } from '../hardening-site';
import { settingOf } from '../setting-of';

/**
 * Web functions came to `aws-cdk-lib` after the oldest version that this library works with: their properties are read by the names that CloudFormation
 * gives them, of the classes of newer versions and of plain resources alike.
 */
export const WEB_FUNCTION = 'AWS::Lambda::WebFunction';
export const WEB_ENDPOINT = 'AWS::Lambda::WebFunctionEndpoint';
export const WEB_REVISION = 'AWS::Lambda::WebFunctionRevision';

/** The roles in which a revision of a web function may run: more than one where a condition decides. */
export function rolesOfWebFunction(revision: CfnResource, site: HardeningSite): readonly CfnResource[] {
  return site.targets(revision, settingOf(revision, 'ServiceConfig.ExecutionRoleArn', site));
}
