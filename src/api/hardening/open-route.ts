import { CfnMethod } from 'aws-cdk-lib/aws-apigateway';
import { CfnRoute } from 'aws-cdk-lib/aws-apigatewayv2';
import { HardeningSite } from '../../core/hardening/hardening-site';
import { isIntrinsic } from '../../core/hardening/values/intrinsics';

const PROPERTY = 'AuthorizationType';

/** How callers of a route are known, as it will be rendered: authors of older apps write it with an override. */
export function authorizationOf(route: CfnMethod | CfnRoute, site: HardeningSite): unknown {
  return site.resolve(route, site.overrideOf(route, PROPERTY) ?? route.authorizationType);
}

/** Whether a route asks nobody who calls, always or under a condition. */
export function isOpenRoute(route: CfnMethod | CfnRoute, site: HardeningSite): boolean {
  const authorization = authorizationOf(route, site);
  if (isIntrinsic(authorization)) return /"(NONE|AWS::NoValue)"/.test(JSON.stringify(authorization));
  return authorization === undefined || authorization === 'NONE';
}

/** Whether the author said so past the construct. */
export function isOpenOnPurpose(route: CfnMethod | CfnRoute, site: HardeningSite): boolean {
  return site.overrideOf(route, PROPERTY) !== undefined;
}
