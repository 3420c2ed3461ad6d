import { ApiMapping, DomainName, EndpointType, IApi, IStage, SecurityPolicy } from 'aws-cdk-lib/aws-apigatewayv2';
import { ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { ApiGatewayv2DomainProperties } from 'aws-cdk-lib/aws-route53-targets';
import { Construct } from 'constructs';
import { ApiDomain } from './api-domain';

/**
 * The newest policy that HTTP APIs and WebSocket APIs take.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-ciphers.html
 */
const TLS_POLICY = SecurityPolicy.TLS_1_2;

/** The domain of an HTTP or WebSocket API, its mapping to the stage, and the record of its name where the zone is given. */
export function makeV2Domain(scope: Construct, id: string, domain: ApiDomain, api: IApi, stage: IStage): DomainName {
  const name = new DomainName(scope, id, {
    domainName: domain.domainName,
    certificate: domain.certificate,
    endpointType: EndpointType.REGIONAL,
    securityPolicy: TLS_POLICY,
    mtls: domain.mutualTls,
  });
  new ApiMapping(name, 'Mapping', { api, domainName: name, stage, apiMappingKey: domain.basePath });
  if (domain.hostedZone !== undefined) {
    new ARecord(name, 'Alias', {
      zone: domain.hostedZone,
      recordName: `${domain.domainName}.`,
      target: RecordTarget.fromAlias(new ApiGatewayv2DomainProperties(name.regionalDomainName, name.regionalHostedZoneId)),
    });
  }
  return name;
}

/** Where callers reach the API under its domain, without scheme: `api.example.com/v1/`. */
export function domainAddress(domain: ApiDomain): string {
  return `${domain.domainName}/${domain.basePath === undefined ? '' : `${domain.basePath}/`}`;
}
