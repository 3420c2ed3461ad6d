import { Token } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Construct, IConstruct } from 'constructs';
import { EdgeFrontOptions } from './edge-front-options';
import { HttpApiAuth, HttpApiAuthKind } from './http-api-auth';
import { CERTIFICATE_REGION } from './http-api-baseline';
import { MutualTlsOrigin } from './mutual-tls-origin';
import { ApiDomain } from '../api/domains/api-domain';
import { checkReason } from '../core/checks';
import { placeOf, refuse } from '../core/configuration-error';
import { acknowledgeRule } from '../core/exceptions/acknowledgement';
import { recordWaiver } from '../core/exceptions/waiver';
import { SecurityProfile } from '../core/profile/security-profile';
import { checkEdge } from '../edge/edge-checks';
import { EdgeDistribution } from '../edge/edge-distribution';
import { EdgeKind } from '../edge/edge-kind';

/** How CloudFront stands in front of an HTTP API. */
export interface HttpApiCloudFrontProps extends EdgeFrontOptions {
  /**
   * The certificate that CloudFront shows to the API, in AWS Certificate Manager in us-east-1, with the extended key usage `clientAuth`. It
   * must come from the authority in the truststore of the API's domain. Imported certificates are free, but must be renewed by hand.
   */
  readonly clientCertificate: ICertificate;
}

/** What stands in front of an HTTP API, before which AWS WAF cannot stand itself. */
export class HttpApiFront {
  /**
   * CloudFront with a web ACL, and no way around it: the execute-api address is off, and the API's domain takes only clients with a
   * certificate, which CloudFront alone has (mutual TLS to the origin).
   *
   * The API needs a `domain` with `mutualTls` for that, under a name of its own that callers need not know but CloudFront must be able to
   * resolve. What stays open: whoever holds another certificate of an authority in the truststore gets past CloudFront, and API Gateway asks
   * nobody whether a certificate was revoked. So let the truststore hold an authority that signs for nothing else.
   *
   * Not for `HttpApiAuth.iam()`: a signature covers the name of the host, and CloudFront calls the API by another name than its callers do.
   *
   * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/origin-mtls-authentication.html
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-mutual-tls.html
   */
  public static cloudFront(props: HttpApiCloudFrontProps): HttpApiFront {
    return new HttpApiFront(props, undefined);
  }

  /**
   * Nothing: callers reach the API directly, and no web ACL thins out floods and known attacks. Authorization and throttles stand. The
   * reason is recorded and stands in the report.
   */
  public static none(reason: string): HttpApiFront {
    return new HttpApiFront(undefined, reason);
  }

  private constructor(
    /** @internal */ public readonly _cloudFront: HttpApiCloudFrontProps | undefined,
    /** @internal */ public readonly _reason: string | undefined,
  ) {}
}

/**
 * | front          | profile's webAcl | domain             | result |
 * |----------------|------------------|--------------------|--------|
 * | cloudFront(…)  | any              | with mutualTls     | CloudFront, and nothing gets around it |
 * | cloudFront(…)  | any              | without, or none   | refused: callers could go around CloudFront |
 * | none(reason)   | any              | any                | recorded where the profile wants a web ACL |
 * | left out       | yes              | any                | refused, with the ways out |
 * | left out       | no               | any                | nothing in front |
 */
export function checkFront(scope: IConstruct, front: HttpApiFront | undefined, domain: ApiDomain | undefined): void {
  if (front === undefined) {
    if (!SecurityProfile.of(scope).controls.webAcl) return;
    refuse(scope, {
      code: 'SecureHttpApi.Front',
      prop: 'front',
      must: 'must be chosen, because AWS WAF cannot stand in front of an HTTP API itself',
      fix: 'pass HttpApiFront.cloudFront(…) or HttpApiFront.none(reason), or use SecureApi, which has a web ACL of its own',
    });
  }
  if (front._reason !== undefined) {
    return checkReason(scope, front._reason, { code: 'SecureHttpApi.FrontReason', prop: 'front', fix: 'say why the API does without a web ACL' });
  }
  if (domain?.mutualTls === undefined) {
    refuse(scope, {
      code: 'SecureHttpApi.FrontDomain',
      prop: 'domain',
      must: 'must be given with mutualTls, or callers could go around CloudFront',
      fix: 'pass { domainName, certificate, mutualTls: { bucket, key, version } }, or use SecureApi, which has a web ACL of its own',
    });
  }
  const { clientCertificate: { certificateArn }, ...options } = front._cloudFront!;
  if (options.domain?._props?.domainNames.includes(domain.domainName) === true) {
    refuse(scope, {
      code: 'SecureHttpApi.FrontDomain',
      prop: 'domain.domainName',
      must: 'must not be a name of the distribution, or CloudFront would call itself',
      got: domain.domainName,
      fix: "give the API a name of its own, such as 'origin.example.com'",
    });
  }
  if (!Token.isUnresolved(certificateArn) && certificateArn.split(':')[3] !== CERTIFICATE_REGION) {
    refuse(scope, {
      code: 'SecureHttpApi.ClientCertificate',
      prop: 'clientCertificate',
      must: `must lie in ${CERTIFICATE_REGION}, where CloudFront looks for it`,
      got: certificateArn.split(':')[3],
      fix: 'import it there',
    });
  }
  checkEdge(placeOf(scope, 'Edge'), scope, { ...options, kind: EdgeKind.api() });
}

/** Also for each route's auth. */
export function checkAuthBehindFront(scope: IConstruct, front: HttpApiFront | undefined, auth: HttpApiAuth): void {
  if (front?._cloudFront === undefined || auth.kind !== HttpApiAuthKind.IAM) return;
  refuse(scope, {
    code: 'SecureHttpApi.FrontIam',
    prop: 'auth',
    must: 'must not be HttpApiAuth.iam() behind CloudFront, because a signature covers the host name and CloudFront calls the API by another one',
    fix: 'take tokens, or make an API of its own with HttpApiFront.none(reason) for callers that sign',
  });
}

export function makeFront(scope: Construct, front: HttpApiFront | undefined, domain: ApiDomain | undefined): EdgeDistribution | undefined {
  const wanted = SecurityProfile.of(scope).controls.webAcl;
  if (front?._reason !== undefined && wanted) {
    recordWaiver(scope, { control: 'SecureHttpApi.front', reason: front._reason });
    acknowledgeRule(scope, 'FrontWebAcl', front._reason);
  }
  if (front?._cloudFront === undefined) return undefined;
  const { clientCertificate, ...options } = front._cloudFront;
  const path = domain!.basePath === undefined ? undefined : `/${domain!.basePath}`;
  return new EdgeDistribution(scope, 'Edge', {
    ...options, kind: EdgeKind.api(), origin: new MutualTlsOrigin(domain!.domainName, path, clientCertificate),
  });
}
