import { endpointsOf } from './topic/topic-rules';
import { AccountUse } from '../core/third-party/trusted-account';
import { AppModel } from '../model/resources/app-model';
import { accountIn, isForeign } from '../model/rights/accounts';
import { speaksOf } from '../model/rights/actions';
import { eventValues } from '../model/rights/conditions';
import { Grantee, GranteeKind } from '../model/rights/grantees';
import { Statement } from '../model/rights/iam';
import { PolicyKind } from '../model/rights/policy-places';
import { Grant, grantsOf } from '../model/rights/resource-policies';
import { fail, pass, Rule, Severity, unresolved } from '../model/rule';
import { trustedWith } from '../model/rule-options';

export const SUBSCRIPTION_FOREIGN_ACCOUNT: Rule = {
  id: 'SubscriptionForeignAccount',
  severity: Severity.MEDIUM,
  severityIn: { sandbox: Severity.LOW },
  appliesTo: ['AWS::SNS::Subscription', 'AWS::SNS::Topic'],
  title: 'A topic sends its messages to another account',
  why: 'Each message leaves the app for a place whose owner decides who reads it, how long it is kept, and where it goes next.',
  fix: 'Deliver to a resource of the app. If the account belongs to you, name it in TrustedAccounts.',
  risks: ['data-exposure', 'third-party'],
  frameworks: ['OWASP Serverless S3', 'CSA SAS-03'],
  findingForm: 'ARN of the endpoint',
  check: (resource, app, { options }) => endpointsOf(resource, app).map(({ endpoint, location }) => (
    isForeign(accountIn(endpoint), app, trustedWith(AccountUse.DATA, options)) ? fail(location, endpoint) : pass())),
};

export const EVENT_BUS_SENDERS: Rule = {
  id: 'EventBusSenders',
  severity: Severity.LOW,
  appliesTo: ['AWS::Events::EventBus', 'AWS::Events::EventBusPolicy'],
  title: 'Others may send any kind of event to a bus',
  why: 'A sender that is let in for its own events can also send those of your payment service, and drive whatever listens to them.',
  fix: 'Add conditions on events:source, or events:detail-type, to the statement of the policy that lets others send.',
  risks: ['attack-surface', 'broken-authentication'],
  frameworks: ['cdk-nag AwsSolutions-EVB1', 'prowler eventbridge_bus_cross_account_access', 'OWASP Serverless S2', 'CSA SAS-09'],
  check: (policy, app, { options }) => grantsOf(policy, app).filter(({ kind, statement }) => kind === PolicyKind.BUS
    && (statement.unresolved || speaksOf(statement, 'events:PutEvents'))).map((grant) => {
    if (grant.statement.unresolved) return unresolved(grant.location);
    return lettingOthers(grant, app, trustedWith(AccountUse.EVENTS, options)) && !limitsEvents(grant.statement, app) ? fail(grant.location) : pass();
  }),
};

/** Everybody, whatever conditions bind them to an organization; and accounts that are not the app's own, trusted or not. */
function lettingOthers({ grantees }: Grant, app: AppModel, trusted: readonly string[]): boolean {
  return grantees.some(({ kind, account, accountParameter }: Grantee) => (
    kind === GranteeKind.EVERYONE || accountParameter !== undefined || (kind === GranteeKind.ACCOUNT && isForeign(account, app, trusted))));
}

/** A source or kind that is asked for; everything but one, or a star, leaves the senders all others. */
function limitsEvents(statement: Statement, app: AppModel): boolean {
  return [/^events:source$/i, /^events:detail-type$/i].map((key) => eventValues(statement, key))
    .some((values) => values.length > 0 && values.every((value) => !/^[*?]*$/.test(app.describe(value) ?? '')));
}

export const FOREIGN_RULES: readonly Rule[] = [EVENT_BUS_SENDERS, SUBSCRIPTION_FOREIGN_ACCOUNT];
