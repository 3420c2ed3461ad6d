import { Sighting } from './sighting';
import { INTEGRATION_TYPES, integrationsOf } from '../../model/entries/integrations';
import { definitionsOf, taskResource } from '../../model/flow/state-machines';
import { AppModel } from '../../model/resources/app-model';
import { leavesOf } from '../../model/resources/leaves';
import { valuesAt } from '../../model/resources/pointers';
import { Resource } from '../../model/resources/resource';
import { at, elements, Value } from '../../model/values/values';

/** Where resources name an address that the app calls; lists on the way count with each element. */
const CALLED: readonly { readonly type: string; readonly path: string; readonly how: string }[] = [
  { type: 'AWS::Events::ApiDestination', path: 'InvocationEndpoint', how: 'gets events' },
  { type: 'AWS::Events::Connection', path: 'AuthParameters.OAuthParameters.AuthorizationEndpoint', how: 'gives tokens for calls' },
  { type: 'AWS::SNS::Subscription', path: 'Endpoint', how: 'gets notifications' },
  { type: 'AWS::SNS::Topic', path: 'Subscription.Endpoint', how: 'gets notifications' },
  { type: 'AWS::KinesisFirehose::DeliveryStream', path: 'HttpEndpointDestinationConfiguration.EndpointConfiguration.Url', how: 'gets records' },
  { type: 'AWS::AppSync::DataSource', path: 'HttpConfig.Endpoint', how: 'answers queries' },
  { type: 'AWS::CloudFront::Distribution', path: 'DistributionConfig.Origins.DomainName', how: 'is an origin' },
];

/** Hosts of AWS itself, reserved names, and what only the deployment knows. */
const NOT_THIRD = /(^|\.)(amazonaws\.com(\.cn)?|aws|amazon\.com|on\.aws|cloudfront\.net|localhost|local|internal)$|^[\d.]+$|[<>]/;

/** Domains that the app calls, or sends data to. */
export function domainsSeen(app: AppModel): readonly Sighting[] {
  const own = ownDomains(app);
  const seen = [
    ...CALLED.flatMap(({ type, path, how }) => app.ofType(type).flatMap((resource) => valuesAt(resource, path).flatMap((value) => (
      sighted(app.describe(value), resource, how, path.endsWith('DomainName')))))),
    ...app.ofType(...INTEGRATION_TYPES).flatMap((resource) => integrationsOf(resource, app).flatMap(({ uri, api }) => (
      elements(uri).flatMap((value) => sighted(app.describe(value), api ?? resource, 'answers requests'))))),
    ...app.ofType('AWS::StepFunctions::StateMachine').flatMap((machine) => calledByTasks(machine, app)),
    ...app.ofType('AWS::Lambda::Function').flatMap((fn) => inEnvironment(fn)),
  ];
  return seen.filter(({ name }) => !own.has(name));
}

function calledByTasks(machine: Resource, app: AppModel): readonly Sighting[] {
  return definitionsOf(machine, app).flatMap(({ states }) => states).filter((state) => taskResource(state).includes(':http:invoke')).flatMap(({ state }) => (
    [at(state, 'Parameters'), at(state, 'Arguments')].flatMap((given) => sighted(app.describe(at(given, 'ApiEndpoint')), machine, 'is called by a task'))));
}

/** A variable that holds an address is taken for one that the function calls. */
function inEnvironment(fn: Resource): readonly Sighting[] {
  return leavesOf(fn.property('Environment.Variables'), 'Environment.Variables')
    .flatMap(({ name, text }) => sighted(text, fn, `its address stands in the environment as ${name}`));
}

function sighted(text: string | undefined, { name: place }: Resource, how: string, isHost = false): readonly Sighting[] {
  const host = isHost ? text : /^https?:\/\/(?:[^/@\s]*@)?([^/:?#\s]+)/i.exec(text ?? '')?.[1];
  const name = host?.toLowerCase();
  return name === undefined || !name.includes('.') || NOT_THIRD.test(name) ? [] : [{ kind: 'domain', name, at: place, how }];
}

/** Names under which the app itself answers. */
function ownDomains(app: AppModel): ReadonlySet<string> {
  const names = [
    ...app.ofType('AWS::ApiGateway::DomainName', 'AWS::ApiGateway::DomainNameV2', 'AWS::ApiGatewayV2::DomainName').flatMap((one) => one.alternatives('DomainName')),
    ...app.ofType('AWS::CloudFront::Distribution').flatMap((one) => valuesAt(one, 'DistributionConfig.Aliases')),
    ...app.ofType('AWS::AppSync::DomainName', 'AWS::CertificateManager::Certificate').flatMap((one) => one.alternatives('DomainName')),
    ...app.ofType('AWS::Route53::RecordSet').flatMap((one) => one.alternatives('Name')),
  ];
  return new Set(names.map((value: Value) => (app.describe(value) ?? '').toLowerCase().replace(/\.$/, '')));
}
