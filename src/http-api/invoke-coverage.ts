import { Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { HttpApiAuthKind } from './http-api-auth';
import { HttpRoute } from './http-route';
import { arnPath } from '../api/route';

/**
 * Says which other routes a right opens. A variable of a path becomes `*` in IAM, which also stands for slashes: the right on
 * `GET /orders/{id}` is one on `GET /orders/{id}/refunds` and on `GET /orders/all`, and nothing in IAM can be more exact.
 */
export class InvokeCoverage {
  private readonly opened = new Set<HttpRoute>();
  private readonly told = new Set<string>();

  constructor(private readonly scope: Construct) {}

  /** A right was given on a route. */
  public open(route: HttpRoute, routes: Iterable<HttpRoute>): void {
    this.opened.add(route);
    for (const other of routes) this.compare(route, other);
  }

  /** A route was added, which earlier rights may open. */
  public add(route: HttpRoute): void {
    for (const opened of this.opened) this.compare(opened, route);
  }

  private compare(opened: HttpRoute, other: HttpRoute): void {
    if (other === opened || other.auth.kind !== HttpApiAuthKind.IAM || !covers(opened.key, other.key)) return;
    const pair = `${opened.key} ${other.key}`;
    if (this.told.has(pair)) return;
    this.told.add(pair);
    Validations.of(this.scope).addWarning(`cdk-secure-serverless:InvokeCoverage[${pair}]`,
      `Whoever may call ${opened.key} of ${this.scope.node.path} may call ${other.key} as well, because a wildcard of IAM also stands for slashes: `
      + 'give one of them a path that the other does not begin with, or check the caller in the function.');
  }
}

/** Whether the resource of one route matches the calls of another. */
function covers(key: string, other: string): boolean {
  const [[method, path], [otherMethod, otherPath]] = [key, other].map((one) => one.split(' '));
  if (method !== otherMethod || otherPath === undefined) return false;
  const pattern = arnPath(path).split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  return new RegExp(`^${pattern}$`).test(arnPath(otherPath).replace(/\*/g, 'x'));
}
