import { ResourceEnvironment, Stack } from 'aws-cdk-lib';
import { SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { AddToResourcePolicyResult, AnyPrincipal, Grant, IGrantable, IResourceWithPolicyV2, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { ApiAuthKind } from './api-auth';
import { INVOKE_ACTIONS } from './api-baseline';
import { covers, InvokeCoverage } from './invoke-coverage';
import { arnPath, Route } from './route';
import { refuse } from '../core/configuration-error';
import { allowOnResource, PolicyHolder } from '../iam/resource-access';

/** What the access to routes depends on. */
export interface InvokeAccessParts {
  readonly restApi: SpecRestApi;
  readonly stageName: string;
  /** The API has a policy already, which lets in whoever comes through the right door; the routes' auth decides then. */
  readonly guarded: boolean;
  /** Pages may call the API, so that each path answers OPTIONS to everybody. */
  readonly preflight: boolean;
}

/**
 * Lets AWS principals call routes under IAM, and keeps the policy of the API that principals of other accounts need.
 *
 * | route     | caller                        | API without policy       | API with policy                                 |
 * |-----------|-------------------------------|--------------------------|-------------------------------------------------|
 * | IAM       | of this account               | own policy               | own policy                                      |
 * | IAM       | of another account            | cannot be let in         | own policy and the API's, which names it        |
 * | any other | whoever the authorizer takes  | let in                   | let in only if the API's policy allows everybody |
 *
 * So the policy that a foreign caller needs must allow everybody on all routes that are not under IAM, or it would shut those; it never
 * names the routes under IAM but for the callers they were opened to. Where it could not help naming one, because a wildcard stands for
 * slashes too, it is refused.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
 */
export class InvokeAccess extends Construct implements IResourceWithPolicyV2 {
  public readonly env: ResourceEnvironment;
  private readonly routes: Route[] = [];
  private readonly coverage: InvokeCoverage;
  private shared = false;

  constructor(scope: Construct, id: string, private readonly parts: InvokeAccessParts) {
    super(scope, id);
    this.env = parts.restApi.env;
    this.coverage = new InvokeCoverage(scope);
  }

  /** Keeps a route that is not under IAM open for whoever its authorizer takes. */
  public add(route: Route): void {
    this.routes.push(route);
    this.coverage.add({ key: keyOf(route), iam: route.auth.kind === ApiAuthKind.IAM });
    if (!this.shared) return;
    this.refuseOverlaps();
    this.leaveToAuthorizer(route);
  }

  public allow(grantee: IGrantable, route: Route): Grant {
    const { restApi, stageName } = this.parts;
    this.refuseUnnamed(grantee);
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
    const { restApi, guarded, preflight } = this.parts;
    if (guarded) return { statementAdded: true, policyDependable: restApi };
    if (!this.shared) {
      this.refuseOverlaps();
      this.shared = true;
      if (preflight) this.allowEverybody('OPTIONS', '/*');
      this.routes.forEach((route) => this.leaveToAuthorizer(route));
    }
    return restApi.addToResourcePolicy(statement.copy({ resources: statement.resources.map((arn) => this.withoutApi(arn)) }));
  }

  private refuseUnnamed(grantee: IGrantable): void {
    const { principalJson, conditions } = grantee.grantPrincipal.policyFragment;
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

  /** The policy allows everybody what is not under IAM. On a route under IAM that would be the right to call it, for all AWS principals. */
  private refuseOverlaps(): void {
    const [underIam, others] = [true, false].map((iam) => this.routes.filter(({ auth }) => (auth.kind === ApiAuthKind.IAM) === iam).map(keyOf));
    for (const other of others) {
      const opened = underIam.find((key) => covers(other, key));
      if (opened === undefined) continue;
      refuse(this.node.scope!, {
        code: 'SecureApi.SharedPolicy',
        prop: 'allowInvoke',
        must: `must not let in another account while the path of ${other}, which is not under IAM, takes in that of ${opened}: the policy would open both to everybody`,
        fix: 'give one of the two a path that the other does not begin with, or move the routes under IAM to an API of their own',
      });
    }
  }

  private leaveToAuthorizer(route: Route): void {
    if (route.auth.kind !== ApiAuthKind.IAM) this.allowEverybody(route.method, arnPath(route.path));
  }

  private allowEverybody(method: string, path: string): void {
    this.parts.restApi.addToResourcePolicy(new PolicyStatement({
      principals: [new AnyPrincipal()], actions: INVOKE_ACTIONS, resources: [`execute-api:/${this.parts.stageName}/${method}${path}`],
    }));
  }
}

function keyOf({ method, path }: Route): string {
  return `${method} ${path}`;
}
