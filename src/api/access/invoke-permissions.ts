import { Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { refuse } from '../../core/configuration-error';

/**
 * How many routes of an API are named to a function one by one, and of all APIs together. A function takes 20,480 characters of permissions, which
 * some 40 of them fill: https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html
 */
const ROUTES_BY_NAME = 20;
const ROUTES_OF_ALL_APIS = 30;

const NAMED = Symbol.for('cdk-secure-serverless.named-routes');

/** A function that counts the routes that are named to it. */
type Called = IFunction & { [NAMED]?: number };

/** In the place of the permissions for single routes, where there is one for all. */
const ALL_ROUTES: readonly string[] = [];

/** What an API needs to say of itself. */
export interface ApiInvoker {
  /** The ARN of a part of the API: `prod/GET/orders`. */
  readonly arnOf: (part: string) => string;
  /** The stage, as it stands in the ARNs of routes. */
  readonly stageName: string;
  /** Code of the refusal of a function whose policy cannot be changed. */
  readonly code: string;
}

/**
 * Lets an API call its functions: permissions in the stack of the API and not beside the function, so that a function of another stack does not depend
 * on the API.
 *
 * | routes to the function                            | it may be called for                                                  |
 * |---------------------------------------------------|-----------------------------------------------------------------------|
 * | up to 20 of the API, and up to 30 of all APIs     | each of these routes, in one stage: a permission for each             |
 * | more                                              | all routes of that stage: one permission, or the function is too full |
 */
export class InvokePermissions extends Construct {
  /** The permissions for routes, by their function. */
  private readonly routes = new Map<IFunction, readonly string[]>();
  private readonly principal = new ServicePrincipal('apigateway.amazonaws.com');

  constructor(scope: Construct, private readonly invoker: ApiInvoker) {
    super(scope, 'Permissions');
  }

  /**
   * Lets the API call a function for a route.
   * @param route how the route stands in its ARN, behind the stage: `GET/orders`
   */
  public forRoute(handler: IFunction, id: string, route: string): void {
    const ids = this.routes.get(handler) ?? [];
    const { [NAMED]: all = 0 } = handler as Called;
    if (ids === ALL_ROUTES) return;
    if (ids.length < ROUTES_BY_NAME && all < ROUTES_OF_ALL_APIS) {
      this.routes.set(handler, [...ids, id]);
      (handler as Called)[NAMED] = all + 1;
      return this.allow(handler, id, `${this.invoker.stageName}/${route}`);
    }
    this.routes.set(handler, ALL_ROUTES);
    (handler as Called)[NAMED] = all - ids.length;
    for (const one of ids) this.node.tryRemoveChild(one);
    this.allow(handler, `All routes of ${handler.node.addr.slice(-8)}`, `${this.invoker.stageName}/*`);
  }

  /**
   * Lets the API ask a function whether a caller may call, once for each id.
   * @param authorizerId the id that API Gateway gives the authorizer, or `*`
   */
  public forAuthorizer(authorizer: IFunction, id: string, authorizerId: string): void {
    if (this.node.tryFindChild(id) === undefined) this.allow(authorizer, id, `authorizers/${authorizerId}`);
  }

  private allow(handler: IFunction, id: string, part: string): void {
    handler.addPermission(id, {
      scope: this,
      principal: this.principal,
      sourceArn: this.invoker.arnOf(part),
      sourceAccount: Stack.of(this).account,
    });
    if (this.node.tryFindChild(id) !== undefined) return;
    refuse(this.node.scope!, {
      code: this.invoker.code,
      prop: 'handler',
      must: 'must be a function to which an invoke permission can be added',
      got: handler.node.path,
      fix: 'import it with Function.fromFunctionAttributes({ functionArn, sameEnvironment: true })',
    });
  }
}
