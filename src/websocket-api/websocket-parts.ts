import { Stack } from 'aws-cdk-lib';
import { CfnAuthorizer, CfnIntegration, CfnRoute, CfnRouteResponse, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { WebSocketAuth, WebSocketAuthKind } from './websocket-auth';
import { CONNECT_ROUTE, WEBSOCKET_INTEGRATION_TIMEOUT } from './websocket-baseline';
import { WebSocketRouteOptions } from './websocket-route-options';

const AUTHORIZATION_TYPES: { readonly [kind in WebSocketAuthKind]: string } = {
  [WebSocketAuthKind.IAM]: 'AWS_IAM',
  [WebSocketAuthKind.LAMBDA]: 'CUSTOM',
  [WebSocketAuthKind.OPEN]: 'NONE',
};

/** The resources of a WebSocket API's routes: one integration for each function, and the authorizer of `$connect`. */
export class WebSocketParts extends Construct {
  constructor(scope: Construct, id: string, private readonly api: WebSocketApi) {
    super(scope, id);
  }

  public connectRoute(handler: IFunction, auth: WebSocketAuth, authorizer: CfnAuthorizer | undefined): CfnRoute {
    return new CfnRoute(this, `Route ${CONNECT_ROUTE}`, {
      ...this.routeProps(CONNECT_ROUTE, handler), authorizationType: AUTHORIZATION_TYPES[auth.kind], authorizerId: authorizer?.ref,
    });
  }

  public authorizer(auth: WebSocketAuth, authorizer: IFunction): CfnAuthorizer {
    return new CfnAuthorizer(this, 'Authorizer', {
      apiId: this.api.apiId,
      name: 'Connect',
      authorizerType: 'REQUEST',
      authorizerUri: this.invocationUri(authorizer),
      identitySource: [...auth._identitySources],
    });
  }

  /** Messages arrive over a connection that `$connect` let in; API Gateway takes no authorizer here. */
  public messageRoute(key: string, handler: IFunction, options: WebSocketRouteOptions): CfnRoute {
    const answer = options.returnResponse === true ? { routeResponseSelectionExpression: '$default' } : {};
    const route = new CfnRoute(this, `Route ${key}`, { ...this.routeProps(key, handler), authorizationType: 'NONE', ...answer });
    if (options.returnResponse === true) {
      new CfnRouteResponse(this, `Response ${key}`, { apiId: this.api.apiId, routeId: route.ref, routeResponseKey: '$default' });
    }
    return route;
  }

  private routeProps(key: string, handler: IFunction): { apiId: string; routeKey: string; target: string } {
    return { apiId: this.api.apiId, routeKey: key, target: `integrations/${this.integration(handler).ref}` };
  }

  private integration(handler: IFunction): CfnIntegration {
    const id = `Integration ${handler.node.id}${handler.node.addr.slice(-8)}`;
    return this.node.tryFindChild(id) as CfnIntegration | undefined ?? new CfnIntegration(this, id, {
      apiId: this.api.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: this.invocationUri(handler),
      timeoutInMillis: WEBSOCKET_INTEGRATION_TIMEOUT.toMilliseconds(),
    });
  }

  private invocationUri(fn: IFunction): string {
    return Stack.of(this).formatArn({
      service: 'apigateway', account: 'lambda', resource: 'path', resourceName: `2015-03-31/functions/${fn.functionArn}/invocations`,
    });
  }
}
