import { CfnResource } from 'aws-cdk-lib';
import { HardeningSite } from '../../../core/hardening/hardening-site';
import { RenderedStatement } from '../../../core/hardening/resource-policy';
import { propertyOf } from '../../../core/hardening/values/property-of';
import { actionsIn, listOf } from '../documents/document-statements';

const WHY = 'Cognito sends text messages with this role, to the telephone numbers of users, which have no ARN: '
  + 'https://docs.aws.amazon.com/cognito/latest/developerguide/cognito-user-pool-settings-sms-prerequisites.html.';

/** Why the role through which a user pool sends text messages may publish to `*`; undefined for any other right, and for a role with other users. */
export function whyOfMessages(role: CfnResource, statements: readonly RenderedStatement[], site: HardeningSite): string | undefined {
  if (!senders(site).has(role) || !isForCognito(role, site)) return undefined;
  const onAll = statements.filter(({ Resource }) => listOf(Resource).includes('*'));
  return onAll.every((statement) => actionsIn(statement).every((action) => action.toLowerCase() === 'sns:publish')) ? WHY : undefined;
}

function senders(site: HardeningSite): ReadonlySet<unknown> {
  return site.once('roles that send text messages', () => new Set(site.resources('AWS::Cognito::UserPool').flatMap((pool) => {
    const settings = site.resolve(pool, propertyOf(pool, 'SmsConfiguration')) as { readonly snsCallerArn?: unknown } | undefined;
    return site.targets(pool, settings?.snsCallerArn);
  })));
}

function isForCognito(role: CfnResource, site: HardeningSite): boolean {
  const trust = site.resolve(role, propertyOf(role, 'AssumeRolePolicyDocument')) as { readonly Statement?: unknown } | undefined;
  const principals = listOf(trust?.Statement).map((statement) => (statement as { readonly Principal?: unknown }).Principal);
  return principals.length > 0 && principals.every((principal) => JSON.stringify(principal) === '{"Service":"cognito-idp.amazonaws.com"}');
}
