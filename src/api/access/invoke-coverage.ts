import { Validations } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { arnPath } from '../routes/route';

/** A route as far as rights go. */
export interface CoveredRoute {
  /** `GET /orders/{id}`, or what else an API calls a route. */
  readonly key: string;
  /** Whether IAM says who may call it. */
  readonly iam: boolean;
}

/**
 * Says which other routes a right opens. A variable of a path becomes `*` in IAM, which also stands for slashes: the right on
 * `GET /orders/{id}` is one on `GET /orders/{id}/refunds` and on `GET /orders/all`, and nothing in IAM can be more exact.
 */
export class InvokeCoverage {
  private readonly routes: CoveredRoute[] = [];
  private readonly opened = new Set<string>();
  private readonly told = new Set<string>();

  constructor(private readonly api: IConstruct) {}

  /** A route was added, which earlier rights may open. */
  public add(route: CoveredRoute): void {
    this.routes.push(route);
    for (const opened of this.opened) this.compare(opened, route);
  }

  /** A right was given on a route. */
  public open(key: string): void {
    this.opened.add(key);
    for (const route of this.routes) this.compare(key, route);
  }

  private compare(opened: string, { key, iam }: CoveredRoute): void {
    const pair = `${opened} ${key}`;
    if (key === opened || !iam || !covers(opened, key) || this.told.has(pair)) return;
    this.told.add(pair);
    Validations.of(this.api).addWarning(`cdk-secure-serverless:InvokeCoverage[${pair}]`,
      `Whoever may call ${opened} of ${this.api.node.path} may call ${key} as well, because a wildcard of IAM also stands for slashes: `
      + 'give one of them a path that the other does not begin with, or check the caller in the function.');
  }
}

/** Whether the resource of one route, as a policy names it, matches calls of another. */
export function covers(key: string, other: string): boolean {
  const [[method, path], [otherMethod, otherPath]] = [key, other].map((one) => one.split(' '));
  if (method !== otherMethod || path === undefined || otherPath === undefined) return false;
  const pattern = arnPath(path).split('*').map((part) => part.replace(/[.+?^${}()|[\]\\]/g, '\\$&')).join('.*');
  return new RegExp(`^${pattern}$`).test(arnPath(otherPath).replace(/\*/g, 'x'));
}
