import { ArnFormat } from 'aws-cdk-lib';
import { CfnApi, CfnGraphQLApi } from 'aws-cdk-lib/aws-appsync';
import { CfnRole, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgeWildcardResource } from '../../../core/exceptions/acknowledgement';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { LOG_WRITE_ACTIONS } from '../../iam-baseline';
import { addRight } from '../holders/added-rights';

/** AppSync makes the group of an API itself. */
export const GRAPHQL_LOG_ACTIONS = ['logs:CreateLogGroup', ...LOG_WRITE_ACTIONS];

const STREAMS_REASON = 'The wildcard stands for the streams of one log group, which AppSync makes and names.';

/**
 * Lets AppSync write the log of an API for queries or for events, and nothing else. The policy names the API, which therefore does not wait for it.
 * @see https://docs.aws.amazon.com/appsync/latest/devguide/monitoring.html
 */
export function allowGraphqlLogs(api: CfnApi | CfnGraphQLApi, role: CfnRole, site: HardeningSite): void {
  const group = api.stack.formatArn({
    service: 'logs', resource: 'log-group', resourceName: `/aws/appsync/apis/${api.attrApiId}:*`, arnFormat: ArnFormat.COLON_RESOURCE_NAME,
  });
  const policy = addRight(api, role, { statement: new PolicyStatement({ actions: GRAPHQL_LOG_ACTIONS, resources: [group] }) }, site);
  acknowledgeWildcardResource(policy, group, STREAMS_REASON);
}
