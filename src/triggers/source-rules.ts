import { principalsWith } from '../policy/model/access';
import { isForeign } from '../policy/model/accounts';
import { speaksOf } from '../policy/model/actions';
import { AppModel } from '../policy/model/app-model';
import { Closure } from '../policy/model/conditions';
import { startingActions } from '../policy/model/event-flow';
import { Grantee, GranteeKind } from '../policy/model/grantees';
import { resourcesAt, valuesAt } from '../policy/model/pointers';
import { Resource } from '../policy/model/resource';
import { Grant, grantsOn, isOpenToEveryone } from '../policy/model/resource-policies';
import { fail, notApplicable, pass, Rule, RuleContext, RuleResult, Severity } from '../policy/model/rule';
import { triggersOf } from '../policy/model/triggers';
import { entries } from '../policy/model/values';

const FUNCTION = 'AWS::Lambda::Function';

export const OPEN_TRIGGER_SOURCE: Rule = {
  id: 'OpenTriggerSource',
  severity: Severity.LOW,
  appliesTo: [FUNCTION],
  title: 'Somebody outside can start a function through what it listens to',
  why: 'Whoever may put an object, a message or an event there runs the function with input of his choice, past every authorizer and web ACL of the app.',
  fix: 'Let only named principals of the app write to the bucket, queue, topic, stream or bus (conditions on aws:SourceArn and aws:SourceAccount for services), '
    + 'and check in the function what comes in as if it came from the internet.',
  risks: ['attack-surface', 'broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-01', 'CSA SAS-02'],
  findingForm: 'name of the source',
  check: judgeSources,
};

function judgeSources(fn: Resource, app: AppModel, { options }: RuleContext): RuleResult {
  const sources = new Set(triggersOf(fn, app).filter(({ onlyPermitted }) => !onlyPermitted).flatMap(({ source }) => (
    source === undefined || startingActions(source.type).length === 0 ? [] : [source, ...feedersOf(source, app)])));
  if (sources.size === 0) return notApplicable();
  return [...sources].map((source) => {
    const open = grantsOn(source, app).some((grant) => isOpen(grant, source, app, options.trustedAccounts)) || usersMayWrite(source, app);
    return open ? fail('Properties', source.name) : pass();
  });
}

/** What a topic or a bucket puts into a queue that a function reads. */
function feedersOf(source: Resource, app: AppModel): readonly Resource[] {
  return app.index('topics by receiver', () => {
    const table = new Map<string, Resource[]>();
    for (const subscription of app.ofType('AWS::SNS::Subscription')) {
      const topics = resourcesAt(subscription.property('TopicArn'), app, 'AWS::SNS::Topic');
      for (const { key } of resourcesAt(subscription.property('Endpoint'), app)) table.set(key, [...table.get(key) ?? [], ...topics]);
    }
    return table;
  }).get(source.key) ?? [];
}

/**
 * | who                     | conditions              | is outside |
 * |-------------------------|-------------------------|------------|
 * | everybody               | none that bind          | yes        |
 * | an account that is foreign | any                  | yes        |
 * | a service               | none that name a source | yes: it acts for anybody |
 */
function isOpen(grant: Grant, source: Resource, app: AppModel, trusted: readonly string[]): boolean {
  if (!startingActions(source.type).some((action) => speaksOf(grant.statement, action))) return false;
  return isOpenToEveryone(grant) || grant.grantees.some((grantee) => isOutside(grantee, grant, app, trusted));
}

function isOutside({ kind, account }: Grantee, { sources }: Grant, app: AppModel, trusted: readonly string[]): boolean {
  if (kind === GranteeKind.SERVICE) return sources === Closure.OPEN;
  return kind === GranteeKind.ACCOUNT && isForeign(account, app, trusted);
}

/** Whether users of an identity pool may write there with credentials of their own. */
function usersMayWrite(source: Resource, app: AppModel): boolean {
  const roles = app.index('roles of identity pools', () => new Set(app.ofType('AWS::Cognito::IdentityPoolRoleAttachment').flatMap((attachment) => [
    ...entries(attachment.property('Roles')).map(([, role]) => role), ...valuesAt(attachment, 'RoleMappings.RulesConfiguration.Rules.RoleARN'),
  ]).flatMap((role) => resourcesAt(role, app, 'AWS::IAM::Role')).map(({ key }) => key)));
  if (roles.size === 0) return false;
  return startingActions(source.type).some((action) => principalsWith(source, action, app).some(({ role }) => roles.has(role.key)));
}

export const SOURCE_RULES: readonly Rule[] = [OPEN_TRIGGER_SOURCE];
