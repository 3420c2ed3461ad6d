import { Route, RouteAuthorization } from '../../model/entries/route';
import { Resource } from '../../model/resources/resource';

/** Whether a layer stands there; null where this way in cannot have it, undefined when only the deployment knows. */
export type Layer = boolean | null | undefined;

/** The layers that can stand before and around a way in. */
export interface EntryLayers {
  readonly authorization: RouteAuthorization;
  readonly validation: Layer;
  readonly throttle: Layer;
  readonly webAcl: Layer;
  readonly logging: Layer;
  /** What answers has a role of its own and no wildcard rights; null when nothing of the app answers. */
  readonly leastPrivilege: Layer;
}

/** One way into the app. */
export interface EntryPoint {
  readonly kind:
    | 'rest-route' | 'http-route' | 'websocket-route' | 'function-url' | 'web-function' | 'graphql-api' | 'event-api'
    | 'agent' | 'agent-gateway' | 'container-service' | 'lattice-service' | 'load-balancer' | 'file-server' | 'public-bucket';
  readonly declaredBy: Resource;
  /** Tells the ways in of one resource apart. */
  readonly finding?: string;
  readonly location: string;
  readonly route?: Route;
  /** The function that answers first. */
  readonly handler?: Resource;
  /** All functions and services that answer, where there may be several. */
  readonly behind?: readonly Resource[];
  /** Whether the internet reaches it at all, only the deployment knows. */
  readonly mayBeInside?: boolean;
  /** The roles that act for whoever comes in. */
  readonly roles: readonly Resource[];
  readonly layers: EntryLayers;
}
