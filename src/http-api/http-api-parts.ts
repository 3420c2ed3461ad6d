import { createHash } from 'crypto';
import { Stack, Token } from 'aws-cdk-lib';
import { CfnAuthorizer, CfnIntegration, CfnRoute, HttpApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { HttpApiAuth, HttpApiAuthKind } from './http-api-auth';
import { PAYLOAD_FORMAT, ROUTE_KEY_SOURCE } from './http-api-baseline';
import { HttpRoute, isCached } from './http-route';
import { INTEGRATION_TIMEOUT } from '../api/api-baseline';

const AUTHORIZATION_TYPES: { readonly [kind in HttpApiAuthKind]: string } = {
  [HttpApiAuthKind.JWT]: 'JWT',
  [HttpApiAuthKind.IAM]: 'AWS_IAM',
  [HttpApiAuthKind.LAMBDA]: 'CUSTOM',
  [HttpApiAuthKind.OPEN]: 'NONE',
};

/** The resources of an HTTP API's routes: one integration for each function, one authorizer for each way of asking. */
export class HttpApiParts extends Construct {
  constructor(scope: Construct, id: string, private readonly api: HttpApi) {
    super(scope, id);
  }

  public route(route: HttpRoute): CfnRoute {
    const { auth, key, scopes } = route;
    return new CfnRoute(this, routeId(key), {
      apiId: this.api.apiId,
      routeKey: key,
      target: `integrations/${this.integration(route.handler).ref}`,
      authorizationType: AUTHORIZATION_TYPES[auth.kind],
      authorizerId: this.authorizer(auth)?.ref,
      authorizationScopes: scopes.length > 0 ? [...scopes] : undefined,
    });
  }

  /** API Gateway checks tokens and asks functions in the name of an authorizer; IAM and open routes have none. */
  public authorizer(auth: HttpApiAuth): CfnAuthorizer | undefined {
    if (auth.kind === HttpApiAuthKind.IAM || auth.kind === HttpApiAuthKind.OPEN) return undefined;
    const id = `Authorizer ${this.authorizerName(auth)}`;
    return this.node.tryFindChild(id) as CfnAuthorizer | undefined
      ?? (auth.kind === HttpApiAuthKind.JWT ? this.jwtAuthorizer(id, auth) : this.lambdaAuthorizer(id, auth));
  }

  private authorizerName(auth: HttpApiAuth): string {
    const ttl = auth._ttl.isUnresolved() ? String(auth._ttl) : `${auth._ttl.toSeconds()}`;
    const audience = Token.isUnresolved(auth._audience) ? [auth._audience] : auth._audience; // a list that only deployment knows is one value
    const content = [auth._issuer, ...audience, auth._authorizer?.node.addr, ...auth._identitySources, ttl];
    return `${auth.kind}${createHash('sha256').update(JSON.stringify(Stack.of(this).resolve(content))).digest('hex').slice(0, 8)}`;
  }

  private jwtAuthorizer(id: string, auth: HttpApiAuth): CfnAuthorizer {
    return new CfnAuthorizer(this, id, {
      apiId: this.api.apiId,
      name: this.authorizerName(auth),
      authorizerType: 'JWT',
      identitySource: [...auth._identitySources],
      jwtConfiguration: { issuer: auth._issuer, audience: [...auth._audience] },
    });
  }

  /** Without the route in the key, an answer for one route would let the caller in everywhere while it is kept. */
  private lambdaAuthorizer(id: string, auth: HttpApiAuth): CfnAuthorizer {
    const stack = Stack.of(this);
    const sources = new Set([...auth._identitySources, ...isCached(auth) ? [ROUTE_KEY_SOURCE] : []]);
    return new CfnAuthorizer(this, id, {
      apiId: this.api.apiId,
      name: this.authorizerName(auth),
      authorizerType: 'REQUEST',
      authorizerPayloadFormatVersion: PAYLOAD_FORMAT,
      enableSimpleResponses: true,
      authorizerResultTtlInSeconds: auth._ttl.toSeconds(),
      authorizerUri: stack.formatArn({
        service: 'apigateway', account: 'lambda', resource: 'path', resourceName: `2015-03-31/functions/${auth._authorizer!.functionArn}/invocations`,
      }),
      identitySource: sources.size > 0 ? [...sources] : undefined,
    });
  }

  private integration(handler: IFunction): CfnIntegration {
    const id = `Integration ${handler.node.id}${handler.node.addr.slice(-8)}`;
    return this.node.tryFindChild(id) as CfnIntegration | undefined ?? new CfnIntegration(this, id, {
      apiId: this.api.apiId,
      integrationType: 'AWS_PROXY',
      integrationUri: handler.functionArn,
      payloadFormatVersion: PAYLOAD_FORMAT,
      timeoutInMillis: INTEGRATION_TIMEOUT.toMilliseconds(),
    });
  }
}

/** Slashes separate constructs. */
export function routeId(key: string): string {
  return key.replace(/ \/$/, '').replace(/\//g, ' ').replace(/ {2}/g, ' ');
}
