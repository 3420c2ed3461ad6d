import { EndpointConfiguration, EndpointType } from 'aws-cdk-lib/aws-apigateway';
import { IVpcEndpoint } from 'aws-cdk-lib/aws-ec2';
import { AnyPrincipal, Effect, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { INVOKE_ACTIONS } from './api-baseline';

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
    return new ApiEndpoint([...vpcEndpoints], true);
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
   * The API's own policy.
   *
   * | endpoint | organization | policy |
   * |----------|--------------|--------|
   * | regional | none         | none: the routes' auth decides |
   * | regional | given        | denies principals of other organizations, and anonymous calls with them |
   * | private  | none         | denies other VPC endpoints |
   * | private  | given        | both |
   *
   * A deny holds whatever else allows the call; the allow is needed because a policy that only denies lets nobody in.
   *
   * @internal
   */
  public _policy(organizationId: string | undefined): PolicyDocument | undefined {
    const conditions = {
      ...this._private ? { 'aws:SourceVpce': this._vpcEndpoints.map((one) => one.vpcEndpointId) } : {},
      ...organizationId === undefined ? {} : { 'aws:PrincipalOrgID': organizationId },
    };
    if (Object.keys(conditions).length === 0) return undefined;
    const statement = (effect: Effect, condition: object) => new PolicyStatement({
      effect, principals: [new AnyPrincipal()], actions: INVOKE_ACTIONS, resources: ['execute-api:/*'], conditions: { ...condition },
    });
    return new PolicyDocument({
      statements: [
        ...Object.entries(conditions).map(([key, value]) => statement(Effect.DENY, { StringNotEquals: { [key]: value } })),
        statement(Effect.ALLOW, { StringEquals: conditions }),
      ],
    });
  }
}
