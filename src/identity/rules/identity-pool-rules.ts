import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { statementsOfRole } from '../../model/rights/iam';
import { expectEach, expectProperty, Outcome, pass, Rule, Severity } from '../../model/rule';
import { at, elements, isTrue, isUnresolved, textOf, Value } from '../../model/values/values';

const POOL = 'AWS::Cognito::IdentityPool';

/** What the web client of CloudWatch RUM does, which AWS means to be done by guests. */
const GUEST_ACTIONS = new Set(['rum:putrumevents']);

export const IDENTITY_POOL_GUESTS: Rule = {
  id: 'IdentityPoolGuests',
  severity: Severity.MEDIUM,
  appliesTo: [POOL],
  title: 'An identity pool gives AWS credentials to everybody',
  why: 'Whoever knows the id of the pool, which stands in the app, gets credentials of the guest role: everything that the role may do is public. '
    + 'A role that only sends measurements to CloudWatch RUM is what guests are for.',
  fix: 'Set AllowUnauthenticatedIdentities to false.',
  risks: ['broken-authentication', 'attack-surface'],
  frameworks: ['FSBP Cognito.2', 'cdk-nag COG7', 'CKV_AWS_366', 'OWASP Serverless S2', 'CSA SAS-02'],
  check: (pool, app) => {
    const outcome = expectProperty(pool, 'AllowUnauthenticatedIdentities', (allowed) => !isTrue(allowed));
    return outcome.kind === 'fail' && guestsOnlyMeasure(pool, app) ? pass() : outcome;
  },
};

export const IDENTITY_POOL_CLASSIC_FLOW: Rule = {
  id: 'IdentityClassicFlow',
  severity: Severity.LOW,
  appliesTo: [POOL],
  title: 'An identity pool lets apps choose the role',
  why: 'The classic flow hands out a token with which the app itself assumes any role that trusts the pool, for up to twelve hours and without the scope-down of Cognito.',
  fix: 'Leave AllowClassicFlow out, or set it to false: the enhanced flow chooses the role on the side of Cognito.',
  risks: ['over-privilege', 'broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-04'],
  check: (pool) => expectProperty(pool, 'AllowClassicFlow', (allowed) => !isTrue(allowed)),
};

export const IDENTITY_POOL_TOKEN_CHECK: Rule = {
  id: 'IdentityTokenCheck',
  severity: Severity.LOW,
  appliesTo: [POOL],
  title: 'An identity pool takes tokens of users that were signed out or disabled',
  why: 'Without the check at the user pool, a token that was revoked still buys AWS credentials until it expires.',
  fix: 'Set ServerSideTokenCheck to true for each provider of CognitoIdentityProviders.',
  risks: ['broken-authentication'],
  frameworks: ['OWASP Serverless S2', 'CSA SAS-02'],
  check: (pool) => pool.items('CognitoIdentityProviders').map((provider): Outcome => (
    expectEach(elementsOrMissing(isUnresolved(provider) ? provider : at(provider, 'ServerSideTokenCheck')), 'Properties.CognitoIdentityProviders', isTrue))),
};

function elementsOrMissing(value: Value): readonly Value[] {
  const found = elements(value);
  return found.length === 0 ? [undefined] : found;
}

/** Whether all that the guest role may do is what guests are for. Without a guest role in the app, nobody knows. */
function guestsOnlyMeasure(pool: Resource, app: AppModel): boolean {
  const roles = app.index('guest roles', () => new Map(app.ofType('AWS::Cognito::IdentityPoolRoleAttachment').map((attachment) => (
    [app.targets(attachment.property('IdentityPoolId'))[0]?.key, app.target(attachment.property('Roles.unauthenticated'))]))));
  const role = roles.get(pool.key);
  if (role === undefined || role.items('ManagedPolicyArns').length > 0) return false;
  const allowed = statementsOfRole(role, app).filter(({ allows }) => allows);
  return allowed.length > 0 && allowed.every(({ unresolved, actions, notActions }) => (
    !unresolved && notActions.length === 0 && actions.every((action) => GUEST_ACTIONS.has((textOf(action) ?? '').toLowerCase()))));
}

export const IDENTITY_POOL_RULES: readonly Rule[] = [IDENTITY_POOL_CLASSIC_FLOW, IDENTITY_POOL_GUESTS, IDENTITY_POOL_TOKEN_CHECK];
