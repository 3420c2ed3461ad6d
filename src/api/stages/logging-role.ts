import { CfnResource } from 'aws-cdk-lib';
import { CfnAccount } from 'aws-cdk-lib/aws-apigateway';
import { ApiGatewayAccount } from './api-gateway-account';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { waitsFor } from '../../core/hardening/waits-for';
import { isOwn } from '../../core/own-part';

/** What somebody outside of the template may notice when a stage begins to log, because of the role of the account. */
export function roleAttention(stage: CfnResource, site: HardeningSite): string | undefined {
  const accounts = authorsAccounts(stage, site);
  if (accounts.some((account) => account.stack === stage.stack) || accounts.length === 0 && ApiGatewayAccount._isSettled(stage)) return undefined;
  if (accounts.length > 0) return `The role under which API Gateway writes logs is set by ${accounts[0].node.path}: deploy that stack first.`;
  return 'The stack sets the role under which API Gateway writes the logs of all APIs of the account and region. Where that is set up centrally, call '
    + 'ApiGatewayAccount.managedElsewhere(app).';
}

/**
 * Sees to it that the account has a role under which API Gateway writes logs, or the stage could not be deployed.
 *
 * | who sets the role of the account and region | what is done |
 * |---|---|
 * | an author, in the stack of the stage | the stage waits for it |
 * | an author, in another stack of the app | nothing |
 * | somebody outside of the app, as `managedElsewhere` says | nothing |
 * | nobody | the stack does, and the stage waits for it |
 */
export function needLoggingRole(stage: CfnResource, site: HardeningSite): void {
  const accounts = authorsAccounts(stage, site);
  const here = accounts.find((account) => account.stack === stage.stack);
  if (here !== undefined && !waitsFor(here, stage)) stage.addResourceDependency(here);
  if (accounts.length > 0) return;
  const made = ApiGatewayAccount._of(stage);
  if (made !== undefined) stage.addResourceDependency(made.node.findChild('Resource') as CfnAccount);
}

/** The settings that authors make for the account and region of a stage. */
function authorsAccounts(stage: CfnResource, site: HardeningSite): readonly CfnResource[] {
  return site.resources('AWS::ApiGateway::Account')
    .filter((account) => !isOwn(account) && account.stack.environment === stage.stack.environment);
}
