import { CfnUserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { HardeningArea } from '../../core/hardening/hardening-area';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { fieldOf } from '../../core/hardening/nested-value';
import { HardeningStep, Standing } from '../../core/hardening/steps/hardening-step';
import { proposalStep } from '../../core/hardening/steps/proposal-step';
import { valueStep } from '../../core/hardening/steps/value-step';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';
import { CLIENT_IMPLICIT_GRANT, CLIENT_PASSWORD_FLOW, CLIENT_TOKEN_REVOCATION, CLIENT_TOKEN_ROTATION, CLIENT_USER_EXISTENCE } from '../rules/client-rules';
import { PASSWORD_FLOWS } from '../user-pool-baseline';

const CLIENT = { area: HardeningArea.USER_POOLS, type: 'AWS::Cognito::UserPoolClient' } as const;

/** What CDK writes for a client whose author said nothing about the hosted login. */
const CDK_LOGIN = {
  allowedOAuthFlows: ['implicit', 'code'],
  allowedOAuthScopes: ['profile', 'phone', 'email', 'openid', 'aws.cognito.signin.user.admin'],
  callbackUrLs: ['https://example.com'],
} as const;

const AFTER = 'nothing: CDK wrote it, and sends users to https://example.com';

/**
 * | flows, scopes and callbacks | what is done |
 * |---|---|
 * | exactly those that CDK writes where nobody chose any | removed: no app can live at the callback |
 * | implicit among the flows | kept; under strict the code flow takes its place |
 * | others | nothing |
 */
const LOGIN: HardeningStep = {
  ...CLIENT,
  rule: CLIENT_IMPLICIT_GRANT.id,
  plan: (resource, site) => {
    const client = resource as CfnUserPoolClient;
    const flows = site.overrideOf(client, 'AllowedOAuthFlows') ?? site.resolve(client, client.allowedOAuthFlows);
    if (flows === undefined) return [];
    const property = 'AllowedOAuthFlows';
    if (isIntrinsic(flows)) return [{ standing: Standing.UNKNOWN, property, before: flows, after: ['code'] }];
    if (isOfCdk(client, site)) {
      return [
        { standing: Standing.MISSING, property, before: flows, after: AFTER, apply: () => removeLogin(client) },
        { standing: Standing.MISSING, property: 'CallbackURLs', before: CDK_LOGIN.callbackUrLs, after: AFTER },
        { standing: Standing.MISSING, property: 'AllowedOAuthScopes', before: CDK_LOGIN.allowedOAuthScopes, after: AFTER },
      ];
    }
    const list = [flows].flat();
    if (!list.includes('implicit')) return [];
    const after = [...new Set(list.map((flow) => (flow === 'implicit' ? 'code' : flow)))] as string[];
    return [{
      standing: Standing.UNSAFE,
      property,
      before: flows,
      after,
      attention: 'Apps that take tokens from the address bar cannot sign in any more: let them exchange a code, with PKCE.',
      apply: () => { client.allowedOAuthFlows = after; },
    }];
  },
};

function isOfCdk(client: CfnUserPoolClient, site: HardeningSite): boolean {
  return Object.entries(CDK_LOGIN).every(([name, value]) => (
    JSON.stringify(site.resolve(client, client[name as keyof typeof CDK_LOGIN])) === JSON.stringify(value)))
    && ['AllowedOAuthFlows', 'AllowedOAuthScopes', 'CallbackURLs', 'LogoutURLs', 'DefaultRedirectURI'].every((name) => site.overrideOf(client, name) === undefined)
    && client.logoutUrLs === undefined && client.defaultRedirectUri === undefined;
}

function removeLogin(client: CfnUserPoolClient): void {
  client.allowedOAuthFlows = undefined;
  client.allowedOAuthScopes = undefined;
  client.callbackUrLs = undefined;
  client.allowedOAuthFlowsUserPoolClient = false;
}

/** A program that signs in with its own secret has no users. */
function hasUsers(client: CfnUserPoolClient, site: HardeningSite): boolean {
  const flows = site.resolve(client, client.allowedOAuthFlows);
  return JSON.stringify(flows) !== '["client_credentials"]';
}

const USER_EXISTENCE = valueStep<CfnUserPoolClient>({
  ...CLIENT,
  rule: CLIENT_USER_EXISTENCE.id,
  property: 'PreventUserExistenceErrors',
  when: hasUsers,
  read: (client) => client.preventUserExistenceErrors,
  secure: () => 'ENABLED',
  write: (client, errors) => { client.preventUserExistenceErrors = errors; },
  attention: 'Who signs in with an unknown name is told that name or password is wrong: code that waits for UserNotFoundException waits in vain.',
});

/** Left out, Cognito lets tokens be revoked. */
const REVOCATION = valueStep<CfnUserPoolClient>({
  ...CLIENT,
  rule: CLIENT_TOKEN_REVOCATION.id,
  property: 'EnableTokenRevocation',
  when: (client) => client.enableTokenRevocation !== undefined,
  read: (client) => client.enableTokenRevocation,
  secure: () => true,
  unsafe: (enabled: boolean) => !enabled,
  write: (client, enabled) => { client.enableTokenRevocation = enabled; },
});

const ROTATION_ADVICE = proposalStep<CfnUserPoolClient>({
  ...CLIENT,
  rule: CLIENT_TOKEN_ROTATION.id,
  property: 'RefreshTokenRotation',
  when: (client, site) => hasUsers(client, site) && fieldOf(site, client, client.refreshTokenRotation, 'feature') !== 'ENABLED',
  after: 'ENABLED',
  advice: `${CLIENT_TOKEN_ROTATION.fix} Apps must keep the new refresh token of each answer, and no flow may be REFRESH_TOKEN_AUTH.`,
});

const PASSWORD_FLOW_ADVICE = proposalStep<CfnUserPoolClient>({
  ...CLIENT,
  rule: CLIENT_PASSWORD_FLOW.id,
  property: 'ExplicitAuthFlows',
  when: (client, site) => [site.resolve(client, client.explicitAuthFlows)].flat().some((flow) => PASSWORD_FLOWS.includes(String(flow))),
  read: (client) => client.explicitAuthFlows,
  after: 'ALLOW_USER_SRP_AUTH',
  advice: CLIENT_PASSWORD_FLOW.fix,
});

/** What hardening does to app clients. */
export const CLIENT_HARDENING: readonly HardeningStep[] = [LOGIN, USER_EXISTENCE, REVOCATION, ROTATION_ADVICE, PASSWORD_FLOW_ADVICE];
