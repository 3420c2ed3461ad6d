import { balancerEntries } from './balancer-entries';
import { containerEntries } from './container-entries';
import { holds } from './entry-layers';
import { EntryPoint } from './entry-point';
import { fileServer } from './file-entries';
import { functionUrl, webFunction } from './function-entries';
import { routeEntry } from './route-entry';
import { agentEntry, agentGateway, eventApi, graphqlApi, latticeService, publicBucket } from './service-entries';
import { routesOf } from '../../model/entries/api-routes';
import { LOAD_BALANCER } from '../../model/entries/balancer-forwards';
import { CONTAINER_SERVICES } from '../../model/entries/container-services';
import { FILE_SERVER } from '../../model/entries/file-servers';
import { LATTICE_SERVICE } from '../../model/entries/lattice-services';
import { AGENT_GATEWAY, AGENT_HARNESS, AGENT_RUNTIME } from '../../model/resources/agents';
import { AppModel } from '../../model/resources/app-model';
import { Resource } from '../../model/resources/resource';
import { WEB_FUNCTION_ENDPOINT } from '../../model/resources/web-functions';
import { BUCKET_PUBLIC_ACCESS } from '../../storage/rules/storage-rules';

type Entries = (resource: Resource, app: AppModel) => readonly EntryPoint[];

const ROUTE_TYPES = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'];
const BUCKET_POLICY = 'AWS::S3::BucketPolicy';

/** What else can be reached, and how each looks as a way in. */
const OTHER_ENTRIES: { readonly [type: string]: Entries } = {
  'AWS::Lambda::Url': one(functionUrl),
  [WEB_FUNCTION_ENDPOINT]: one(webFunction),
  'AWS::AppSync::GraphQLApi': one(graphqlApi),
  'AWS::AppSync::Api': one(eventApi),
  [AGENT_GATEWAY]: one(agentGateway),
  [AGENT_HARNESS]: one(agentEntry),
  [AGENT_RUNTIME]: one(agentEntry),
  [LATTICE_SERVICE]: one(latticeService),
  [FILE_SERVER]: fileServer,
  [LOAD_BALANCER]: balancerEntries,
  ...Object.fromEntries(CONTAINER_SERVICES.map((type) => [type, containerEntries])),
};

/** Resource types at which code of the app can be reached. */
export const ENTRY_TYPES = [...ROUTE_TYPES, ...Object.keys(OTHER_ENTRIES)];

/**
 * Every way in: routes, function URLs, web functions, GraphQL and event APIs, agents and gateways for them, services of containers and of VPC
 * Lattice, load balancers, file servers, and buckets that the public may reach. The layers are what our rules find nothing wrong with.
 */
export function entryPointsOf(app: AppModel): readonly EntryPoint[] {
  return [...app.ofType(...ROUTE_TYPES), ...app.ofType(...Object.keys(OTHER_ENTRIES), BUCKET_POLICY)]
    .flatMap((resource) => entryPointsAt(resource, app));
}

/** The ways in that one resource opens. */
export function entryPointsAt(resource: Resource, app: AppModel): readonly EntryPoint[] {
  const cache = app.index('entry points', () => new Map<string, readonly EntryPoint[]>());
  const known = cache.get(resource.key);
  if (known !== undefined) return known;
  const found = entriesOf(resource, app);
  cache.set(resource.key, found);
  return found;
}

function entriesOf(resource: Resource, app: AppModel): readonly EntryPoint[] {
  if (resource.type === BUCKET_POLICY) return holds(BUCKET_PUBLIC_ACCESS, resource, app) === false ? [publicBucket(resource, app)] : [];
  return OTHER_ENTRIES[resource.type]?.(resource, app) ?? routesOf(resource, app).map((route) => routeEntry(route, app));
}

function one(entry: (resource: Resource, app: AppModel) => EntryPoint): Entries {
  return (resource, app) => [entry(resource, app)];
}
