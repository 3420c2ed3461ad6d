import { EndpointConfiguration, EndpointType } from 'aws-cdk-lib/aws-apigateway';
import { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { INVOKE_ACTIONS } from '../api-baseline';

/** From where an API can be reached. */
export class ApiEndpoint {
  /** From the internet, at an address in the API's region. */
  public static regional(): ApiEndpoint {
    return new ApiEndpoint([]);
  }

  /**
   * Only through these VPC endpoints of `execute-api`; everything else is denied by the API's policy, whatever else allows it.
   * Callers must use private DNS or the alias that API Gateway makes for each endpoint: the strict endpoint access refuses
   * requests that name another host in the TLS handshake. Each VPC endpoint costs about 7 USD a month and zone, not counted here.
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-private-apis.html
   */
  public static privateVia(vpcEndpoints: IVpcEndpoint[]): ApiEndpoint {
    return new ApiEndpoint([...new Set(vpcEndpoints)], true);
  }

  private constructor(
    /** @internal */ public readonly _vpcEndpoints: readonly IVpcEndpoint[],
    /** @internal */ public readonly _private: boolean = false,
  ) {}

  /** @internal */
  public _configuration(): EndpointConfiguration {
    return this._private
      ? { types: [EndpointType.PRIVATE], vpcEndpoints: [...this._vpcEndpoints] }
      : { types: [EndpointType.REGIONAL] };
  }

  /**
   * The API's own policy, as far as it keeps callers out.
   *
   * | endpoint | organization | policy |
   * |----------|--------------|--------|
   * | regional | none         | none: the routes' auth decides |
   * | regional | given        | denies principals of other organizations, and anonymous calls with them |
   * | private  | none         | denies other VPC endpoints |
   * | private  | given        | both |
   *
   * A deny holds whatever else allows the call. Accounts of the organization need an allow besides, since a policy of their own is not
   * enough for an API of another account. Principals of the API's account are left out of it: for them an allow here would be enough to
   * call routes under IAM, without any right of their own.
   *
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-authorization-flow.html
   * @internal
   */
  public _policy(organizationId: string | undefined, account: string): PolicyDocument | undefined {
    const conditions = this._door(organizationId);
    if (conditions === undefined) return undefined;
    const statement = (effect: Effect, condition: { [operator: string]: object }) => new PolicyStatement({
      effect, principals: [new AnyPrincipal()], actions: INVOKE_ACTIONS, resources: ['execute-api:/*'], conditions: condition,
    });
    return new PolicyDocument({
      statements: [
        ...Object.entries(conditions).map(([key, value]) => statement(Effect.DENY, { StringNotEquals: { [key]: value } })),
        ...organizationId === undefined ? [] : [
          statement(Effect.ALLOW, { StringEquals: conditions, StringNotEquals: { 'aws:PrincipalAccount': account } }),
        ],
      ],
    });
  }

  /**
   * What is true of a call that comes through the right door; undefined where every door will do.
   * @internal
   */
  public _door(organizationId: string | undefined): { [key: string]: string | string[] } | undefined {
    const conditions = {
      ...this._private ? { 'aws:SourceVpce': this._vpcEndpoints.map((one) => one.vpcEndpointId) } : {},
      ...organizationId === undefined ? {} : { 'aws:PrincipalOrgID': organizationId },
    };
    return Object.keys(conditions).length === 0 ? undefined : conditions;
  }
}
