import { containerEntries } from './container-entries';
import { holds } from './entry-layers';
import { EntryPoint } from './entry-point';
import { functionUrl, webFunction } from './function-entries';
import { routeEntry } from './route-entry';
import { agentEntry, agentGateway, eventApi, graphqlApi, latticeService, publicBucket } from './service-entries';
import { BUCKET_PUBLIC_ACCESS } from '../../storage/storage-rules';
import { routesOf } from '../model/entries/api-routes';
import { CONTAINER_SERVICES } from '../model/entries/container-services';
import { LATTICE_SERVICE } from '../model/entries/lattice-services';
import { AGENT_GATEWAY, AGENT_HARNESS, AGENT_RUNTIME } from '../model/resources/agents';
import { AppModel } from '../model/resources/app-model';
import { Resource } from '../model/resources/resource';
import { WEB_FUNCTION_ENDPOINT } from '../model/resources/web-functions';

const ROUTE_TYPES = ['AWS::ApiGateway::RestApi', 'AWS::ApiGateway::Method', 'AWS::ApiGatewayV2::Api', 'AWS::ApiGatewayV2::Route'];
const FUNCTION_URL = 'AWS::Lambda::Url';
const EVENT_API = 'AWS::AppSync::Api';
const GRAPHQL_API = 'AWS::AppSync::GraphQLApi';
const BUCKET_POLICY = 'AWS::S3::BucketPolicy';

const OTHER_TYPES = [
  FUNCTION_URL, WEB_FUNCTION_ENDPOINT, GRAPHQL_API, EVENT_API, AGENT_GATEWAY,
  AGENT_HARNESS, AGENT_RUNTIME, LATTICE_SERVICE, ...CONTAINER_SERVICES,
];

/** Resource types at which code of the app can be reached. */
export const ENTRY_TYPES = [...ROUTE_TYPES, ...OTHER_TYPES];

/**
 * Every way in: routes, function URLs, web functions, GraphQL and event APIs, agents and gateways for them, services of containers and of VPC
 * Lattice, and buckets that the public may reach. The layers are what our rules find nothing wrong with.
 */
export function entryPointsOf(app: AppModel): readonly EntryPoint[] {
  return [...app.ofType(...ROUTE_TYPES), ...app.ofType(...OTHER_TYPES, BUCKET_POLICY)]
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
  switch (resource.type) {
    case FUNCTION_URL: return [functionUrl(resource, app)];
    case WEB_FUNCTION_ENDPOINT: return [webFunction(resource, app)];
    case EVENT_API: return [eventApi(resource, app)];
    case GRAPHQL_API: return [graphqlApi(resource, app)];
    case AGENT_GATEWAY: return [agentGateway(resource, app)];
    case AGENT_HARNESS: case AGENT_RUNTIME: return [agentEntry(resource, app)];
    case LATTICE_SERVICE: return [latticeService(resource, app)];
    case BUCKET_POLICY: return holds(BUCKET_PUBLIC_ACCESS, resource, app) === false ? [publicBucket(resource, app)] : [];
    default:
      if (CONTAINER_SERVICES.includes(resource.type)) return containerEntries(resource, app);
      return routesOf(resource, app).map((route) => routeEntry(route, app));
  }
}
