import { Stack, Token } from 'aws-cdk-lib';
import { BasePathMapping, DomainName, EndpointType, IRestApi, Stage } from 'aws-cdk-lib/aws-apigateway';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { ARecord, IHostedZone, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayDomain } from 'aws-cdk-lib/aws-route53-targets';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct, IConstruct } from 'constructs';
import { checkLength } from '../../core/checks';
import { refuse } from '../../core/configuration-error';
import { certificateRegion } from '../../core/stacks/certificate-region';
import { isDomainPattern } from '../../core/values/domain-name';
import { API_ENDPOINT_ACCESS, API_TLS_POLICY, MUTUAL_TLS_POLICY, OBJECT_NAME_MOST } from '../api-baseline';

/** Which client certificates a domain accepts. */
export interface ApiMutualTls {
  /** The bucket that holds the truststore. */
  readonly bucket: IBucket;
  /** Key of the truststore: a file of certificate authorities in PEM format. */
  readonly key: string;
  /** Version of that object. It is pinned, so that whoever can write to the bucket cannot let clients in without a deployment. */
  readonly version: string;
}

/** A name of your own for an API. Its execute-api address is switched off, so that nobody gets around the domain. */
export interface ApiDomain {
  /** The name, in lower case, such as `api.example.com`. */
  readonly domainName: string;
  /** Its certificate, in the API's region. */
  readonly certificate: ICertificate;
  /**
   * The zone that gets an alias record for the name.
   * @default - no record is made: point the name to the domain yourself
   */
  readonly hostedZone?: IHostedZone;
  /**
   * The first segment of the path under which the API answers, so that several APIs can share a domain.
   * @default - the root
   */
  readonly basePath?: string;
  /**
   * Asks clients for certificates. API Gateway offers it only under the older policy TLS 1.2 and without strict endpoint access,
   * so that the domain gives up TLS 1.3 for it.
   * @default - clients need no certificate
   * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/rest-api-mutual-tls.html
   */
  readonly mutualTls?: ApiMutualTls;
}

/** Checks the whole of it before anything is made. */
export function checkDomain(scope: IConstruct, domain: ApiDomain, isPrivate: boolean): void {
  if (isPrivate) {
    refuse(scope, {
      code: 'ApiDomain.Private', prop: 'domain', must: 'must not go with ApiEndpoint.privateVia()', fix: "leave it out and use the VPC endpoint's private DNS",
    });
  }
  if (!Token.isUnresolved(domain.domainName) && !isDomainPattern(domain.domainName)) {
    refuse(scope, { code: 'ApiDomain.Name', prop: 'domain.domainName', must: 'must be a domain name in lower case', got: domain.domainName, fix: "write it like 'api.example.com'" });
  }
  if (domain.basePath !== undefined && !/^[A-Za-z0-9$_.+!*'()-]+$/.test(domain.basePath)) {
    refuse(scope, { code: 'ApiDomain.BasePath', prop: 'domain.basePath', must: 'must be one segment without slashes, known at synthesis', got: domain.basePath, fix: "write it like 'v1'" });
  }
  const { key, version } = domain.mutualTls ?? {};
  checkLength(scope, key, 1, OBJECT_NAME_MOST, { code: 'ApiDomain.MutualTls', prop: 'domain.mutualTls.key', fix: 'name the file of certificate authorities in the bucket' });
  checkLength(scope, version, 1, OBJECT_NAME_MOST, {
    code: 'ApiDomain.MutualTls', prop: 'domain.mutualTls.version', fix: 'name the version of the file, as `aws s3api head-object` tells it',
  });
  checkCertificate(scope, domain.certificate);
}

function checkCertificate(scope: IConstruct, certificate: ICertificate): void {
  const [region, here] = [certificateRegion(certificate), Stack.of(scope).region];
  if (region === undefined || Token.isUnresolved(here) || region === here) return;
  refuse(scope, {
    code: 'ApiDomain.Certificate',
    prop: 'domain.certificate',
    must: `must lie in ${here}, the region of the API`,
    got: region,
    fix: 'request one for this name there, and import it with Certificate.fromCertificateArn()',
  });
}

/**
 * | mutualTls | security policy | endpoint access |
 * |-----------|-----------------|-----------------|
 * | no        | TLS 1.3 with post-quantum key exchange, TLS 1.2 with forward secrecy | strict |
 * | yes       | TLS 1.2 (the newer policies cannot ask for certificates) | not offered |
 */
export function makeDomain(scope: Construct, id: string, domain: ApiDomain, api: IRestApi, stage: Stage): DomainName {
  const mutual = domain.mutualTls;
  const name = new DomainName(scope, id, {
    domainName: domain.domainName,
    certificate: domain.certificate,
    endpointType: EndpointType.REGIONAL,
    securityPolicy: mutual ? MUTUAL_TLS_POLICY : API_TLS_POLICY,
    endpointAccessMode: mutual ? undefined : API_ENDPOINT_ACCESS,
    mtls: mutual,
  });
  new BasePathMapping(name, 'Mapping', { domainName: name, restApi: api, stage, basePath: domain.basePath });
  if (domain.hostedZone) {
    new ARecord(name, 'Alias', { zone: domain.hostedZone, recordName: `${domain.domainName}.`, target: RecordTarget.fromAlias(new ApiGatewayDomain(name)) });
  }
  return name;
}
