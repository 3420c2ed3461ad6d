import { Sighting } from './sighting';
import { AUTHORIZER_TYPES, authorizersOf } from '../../model/entries/authorizers';
import { AppModel } from '../../model/resources/app-model';
import { valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { GranteeKind } from '../../model/rights/grantees';
import { grantsOf } from '../../model/rights/resource-policies';
import { Value } from '../../model/values/values';

const OWN_POOL = /cognito-idp\.|cognito-identity\.amazonaws\.com|^<[^>]*>$/;

/** Whoever vouches for identities, sends events over partner buses, or sells what is subscribed to in the marketplace. */
export function partnersSeen(app: AppModel): readonly Sighting[] {
  return [...identityProviders(app), ...partnerBuses(app), ...sellers(app)];
}

function identityProviders(app: AppModel): readonly Sighting[] {
  const named = (resource: Resource, value: Value, how: string): readonly Sighting[] => {
    const name = hostOf(app.describe(value) ?? '');
    return name === '' || name.includes('<') || OWN_POOL.test(name) ? [] : [{ kind: 'identity-provider', name, at: resource.name, how }];
  };
  return [
    ...app.ofType('AWS::Cognito::UserPoolIdentityProvider').flatMap((provider): readonly Sighting[] => [{
      kind: 'identity-provider',
      name: hostOf(app.describe(provider.property('ProviderDetails.oidc_issuer')) ?? app.describe(provider.property('ProviderName')) ?? '<?>'),
      at: app.target(provider.property('UserPoolId'))?.name ?? provider.name,
      how: 'signs users in',
    }]),
    ...app.ofType('AWS::IAM::OIDCProvider', 'Custom::AWSCDKOpenIdConnectProvider').flatMap((one) => named(one, one.property('Url'), 'vouches for roles of the account')),
    ...app.ofType('AWS::IAM::SAMLProvider').map((one): Sighting => (
      { kind: 'identity-provider', name: app.describe(one.property('Name')) ?? one.name, at: one.name, how: 'vouches for roles of the account' })),
    ...app.ofType('AWS::IAM::Role').flatMap((role) => grantsOf(role, app).flatMap(({ grantees }) => grantees)
      .filter(({ kind }) => kind === GranteeKind.FEDERATED).flatMap(({ text }) => named(role, text.replace(/^arn:.*?:(oidc|saml)-provider\//, ''), 'may assume the role'))),
    ...app.ofType(...AUTHORIZER_TYPES).flatMap((one) => authorizersOf(one, app)).filter(({ issuer }) => issuer !== undefined)
      .flatMap(({ declaredBy, issuer }) => named(declaredBy, issuer, 'gives the tokens of callers')),
    ...app.ofType('AWS::AppSync::GraphQLApi').flatMap((api) => [
      ...valuesAt(api, 'OpenIDConnectConfig.Issuer'), ...valuesAt(api, 'AdditionalAuthenticationProviders.OpenIDConnectConfig.Issuer'),
    ].flatMap((issuer) => named(api, issuer, 'gives the tokens of callers'))),
  ];
}

function partnerBuses(app: AppModel): readonly Sighting[] {
  const buses = app.ofType('AWS::Events::EventBus').flatMap((bus) => [bus.property('EventSourceName'), bus.property('Name')].map((value) => [bus, value] as const));
  const rules = app.ofType('AWS::Events::Rule').map((rule) => [rule, rule.property('EventBusName')] as const);
  return [...buses, ...rules].flatMap(([resource, value]): readonly Sighting[] => {
    const [, name] = /(aws\.partner\/[^\s]+)/.exec(app.describe(value) ?? '') ?? [];
    return name === undefined ? [] : [{ kind: 'partner-bus', name, at: resource.name, how: 'sends events' }];
  });
}

/** Rule groups that others sell, and applications of the repository for serverless apps. */
function sellers(app: AppModel): readonly Sighting[] {
  const groups = app.ofType('AWS::WAFv2::WebACL').flatMap((acl) => valuesAt(acl, 'Rules.Statement.ManagedRuleGroupStatement.VendorName')
    .map((vendor) => app.describe(vendor) ?? '<?>').filter((vendor) => vendor !== 'AWS')
    .map((name): Sighting => ({ kind: 'marketplace', name, at: acl.name, how: 'its rules judge requests' })));
  const applications = app.ofType('AWS::Serverless::Application').flatMap((one): readonly Sighting[] => {
    const name = app.describe(one.property('Location.ApplicationId'));
    return name === undefined ? [] : [{ kind: 'marketplace', name, at: one.name, how: 'is part of the app' }];
  });
  return [...groups, ...applications];
}

function hostOf(text: string): string {
  return /^https?:\/\/([^/]+)/.exec(text)?.[1] ?? text;
}
