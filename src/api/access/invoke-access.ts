import { Resource, ResourceEnvironment, Stack } from 'aws-cdk-lib';
import { SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { AddToResourcePolicyResult, AnyPrincipal, Grant, IGrantable, IPrincipal, IResourceWithPolicyV2, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct } from 'constructs';
import { ApiAuthKind } from './api-auth';
import { INVOKE_ACTIONS } from '../api-baseline';
import { covers, InvokeCoverage } from './invoke-coverage';
import { refuse } from '../../core/configuration-error';
import { fragmentOf } from '../../iam/principal-fragment';
import { allowOnResource, PolicyHolder } from '../../iam/resource-access';
import { arnPath, Route } from '../routes/route';

/** What the access to routes depends on. */
export interface InvokeAccessParts {
  readonly restApi: SpecRestApi;
  readonly stageName: string;
  /** What is true of calls through the door that the API's policy guards; undefined where the API has no policy. */
  readonly door?: { readonly [key: string]: string | string[] };
  /** Pages may call the API, so that each path answers OPTIONS to everybody. */
  readonly preflight: boolean;
}

/** Routes that are open to whom the API's policy lets in. The other kinds of auth decide by themselves, and must not be helped by it. */
const POLICY_MUST_ALLOW = [ApiAuthKind.OPEN, ApiAuthKind.USER_POOL];

/**
 * Lets AWS principals call routes under IAM, and keeps the policy of the API, which principals of other accounts and guarded doors need.
 *
 * | route            | caller                       | API without policy | API with policy                          |
 * |------------------|------------------------------|--------------------|------------------------------------------|
 * | IAM              | of this account              | own policy         | own policy, **or** the API's             |
 * | IAM              | of another account           | cannot be let in   | own policy and the API's, which names it |
 * | Lambda           | whoever the authorizer takes | let in             | let in, or taken in by the policy alone  |
 * | user pool, open  | whoever the authorizer takes | let in             | let in only if the policy allows it too  |
 *
 * So a policy must allow everybody the routes of the last line, or it would shut them, and nobody unnamed those above. Where it could not
 * help doing so, because a wildcard stands for slashes too, it is refused.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export class InvokeAccess extends Construct implements IResourceWithPolicyV2 {
  public readonly env: ResourceEnvironment;
  private readonly routes: Route[] = [];
  private readonly coverage: InvokeCoverage;
  private readonly callers = new Set<IPrincipal>();
  private hasPolicy = false;

  constructor(scope: Construct, id: string, private readonly parts: InvokeAccessParts) {
    super(scope, id);
    this.env = parts.restApi.env;
    this.coverage = new InvokeCoverage(scope);
    if (parts.door !== undefined) this.writePolicy();
  }

  /** Refuses a route to a function that may call this API. */
  public check(route: Route): void {
    this.refuseCircle('handler', functionsOf(route).find(({ grantPrincipal }) => this.callers.has(grantPrincipal)));
  }

  /** Keeps a route open for whoever its authorizer takes. */
  public add(route: Route): void {
    this.routes.push(route);
    this.coverage.add({ key: keyOf(route), iam: route.auth.kind === ApiAuthKind.IAM });
    if (!this.hasPolicy) return;
    this.refuseOverlaps();
    this.leaveToAuthorizer(route);
  }

  public allow(grantee: IGrantable, route: Route): Grant {
    const { restApi, stageName } = this.parts;
    this.refuseUnnamed(grantee);
    this.refuseCircle('grantee', this.routes.flatMap(functionsOf).find(({ grantPrincipal }) => grantPrincipal === grantee.grantPrincipal));
    this.callers.add(grantee.grantPrincipal);
    this.coverage.open(keyOf(route));
    return allowOnResource(this as unknown as PolicyHolder, 'SecureApi', {
      grantee,
      actions: INVOKE_ACTIONS,
      resources: [Stack.of(this).formatArn({ service: 'execute-api', resource: restApi.restApiId, resourceName: `${stageName}/${route.method}${arnPath(route.path)}` })],
      wildcardReason: 'The route has a variable in its path, and IAM has no other way to write it.',
    });
  }

  /** API Gateway completes `execute-api:/…` with the API's own id, which its policy cannot reference. */
  public addToResourcePolicy(statement: PolicyStatement): AddToResourcePolicyResult {
    if (!this.hasPolicy) this.writePolicy();
    return this.parts.restApi.addToResourcePolicy(statement.copy({ resources: statement.resources.map((arn) => this.withoutApi(arn)) }));
  }

  /** From here on the policy says of each route whom it lets in. */
  private writePolicy(): void {
    this.refuseOverlaps();
    this.hasPolicy = true;
    if (this.parts.preflight) this.allowEverybody('OPTIONS', '/*');
    this.routes.forEach((route) => this.leaveToAuthorizer(route));
  }

  /** The API names its functions, and CDK lets a function wait for its rights: CloudFormation would not take the template. */
  private refuseCircle(prop: string, fn: IFunction | undefined): void {
    if (fn === undefined || !Resource.isOwnedResource(fn)) return;
    refuse(this.node.scope!, {
      code: 'SecureApi.Caller',
      prop,
      must: 'must not be a function that may call this API: the API names it, and it waits for its rights, which name the API',
      got: fn.node.path,
      fix: 'give the right by a policy of its own, for which the function does not wait: api.allowInvoke(new ManagedPolicy(this, id, { roles: [fn.role!] }), …)',
    });
  }

  private refuseUnnamed(grantee: IGrantable): void {
    const { principalJson, conditions } = fragmentOf(grantee.grantPrincipal);
    if (principalJson.Service !== undefined) {
      refuse(this, {
        code: 'SecureApi.ServicePrincipal',
        prop: 'grantee',
        must: 'must not be a service, which would call for other accounts as well',
        got: [Stack.of(this).resolve(principalJson.Service)].flat().join(', '),
        fix: 'give the service a role of this account, and let the role call the route',
      });
    }
    // Other conditions do not tell who calls: networks and clients are no callers.
    const named = conditions.StringEquals as { [key: string]: unknown } | undefined;
    const bound = named?.['aws:PrincipalOrgID'] !== undefined || named?.['aws:PrincipalAccount'] !== undefined;
    if (!Object.values(principalJson).flat().includes('*') || bound) return;
    refuse(this, {
      code: 'SecureApi.Everybody',
      prop: 'grantee',
      must: 'must not be everybody, or the principals of all AWS accounts could call the route',
      fix: 'name the account or role, or your organization with new OrganizationPrincipal(id)',
    });
  }

  private withoutApi(arn: string): string {
    return `execute-api:/${arn.slice(arn.indexOf(`/${this.parts.stageName}/`) + 1)}`;
  }

  /** What the policy allows everybody must not take in a route under IAM or a Lambda authorizer: the policy would be enough to call it. */
  private refuseOverlaps(): void {
    const [others, underAuth] = [true, false].map((open) => this.routes.filter((route) => isLeftOpen(route) === open).map(keyOf));
    for (const other of others) {
      const opened = underAuth.find((key) => covers(other, key));
      if (opened === undefined) continue;
      refuse(this.node.scope!, {
        code: 'SecureApi.SharedPolicy',
        prop: 'addRoute',
        must: `must not give ${other}, which the policy of this API leaves open to whoever its auth takes, a path that takes in ${opened}: the policy would open both`,
        fix: 'give one of the two a path that the other does not begin with, or an API of its own',
      });
    }
  }

  private leaveToAuthorizer(route: Route): void {
    if (isLeftOpen(route)) this.allowEverybody(route.method, arnPath(route.path));
  }

  private allowEverybody(method: string, path: string): void {
    const { door, restApi, stageName } = this.parts;
    restApi.addToResourcePolicy(new PolicyStatement({
      principals: [new AnyPrincipal()],
      actions: INVOKE_ACTIONS,
      resources: [`execute-api:/${stageName}/${method}${path}`],
      conditions: door && { StringEquals: { ...door } },
    }));
  }
}

function isLeftOpen({ auth }: Route): boolean {
  return POLICY_MUST_ALLOW.includes(auth.kind);
}

function keyOf({ method, path }: Route): string {
  return `${method} ${path}`;
}

function functionsOf({ auth, handler }: Route): IFunction[] {
  return auth._authorizer === undefined ? [handler] : [handler, auth._authorizer];
}
