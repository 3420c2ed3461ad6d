import { Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { HostedZone } from 'aws-cdk-lib/aws-route53';
import { SecurityProfile } from '../../src/core/profile/security-profile';
import { EdgeDistribution } from '../../src/edge/edge-distribution';
import { EdgeDistributionProps } from '../../src/edge/edge-distribution-props';
import { EdgeDomain, EdgeDomainProps } from '../../src/edge/edge-domain';
import { EdgeKind } from '../../src/edge/edge-kind';
import { GeoRule } from '../../src/waf/geo-rule';
import { StackEdgeWebAcl } from '../../src/waf/stack-edge-web-acl';
import { aFunction, AuditCase } from '../support/self-audit';

export const CERTIFICATE_ARN = 'arn:aws:acm:us-east-1:123456789012:certificate/11111111-2222-3333-4444-555555555555';

/** A domain with a certificate in the right region. */
export function aDomain(stack: Stack, props: Partial<EdgeDomainProps> = {}): EdgeDomain {
  const certificate = stack.node.tryFindChild('Certificate') as Certificate | undefined ?? Certificate.fromCertificateArn(stack, 'Certificate', CERTIFICATE_ARN);
  return EdgeDomain.custom({ domainNames: ['shop.example.com'], certificate, ...props });
}

/** What the profile demands of each distribution, and the author must bring along. */
export function demandedCountries(stack: Stack): GeoRule | undefined {
  return SecurityProfile.of(stack).controls.countriesRequired ? GeoRule.everywhere('the shop has customers in all countries') : undefined;
}

/** The zone of that domain. */
export function aZone(stack: Stack) {
  return HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z1', zoneName: 'example.com' });
}

/** A distribution called `Edge` in front of an API. */
export function anEdge(stack: Stack, props: Partial<EdgeDistributionProps> = {}): EdgeDistribution {
  return new EdgeDistribution(stack, 'Edge', {
    kind: EdgeKind.api(), origin: new HttpOrigin('backend.example.com'), domain: aDomain(stack), countries: demandedCountries(stack), ...props,
  });
}

export const EDGE_CASES: readonly AuditCase[] = [
  ['EdgeDistribution before an API', (stack) => { anEdge(stack); }],
  ['EdgeDistribution before a site and an API', (stack) => {
    anEdge(stack, {
      kind: EdgeKind.site(),
      domain: aDomain(stack, { hostedZone: aZone(stack), domainNames: ['example.com', 'www.example.com'] }),
      countries: GeoRule.allowOnly(['DE']),
      additionalBehaviors: { '/api/*': { kind: EdgeKind.api(), origin: new HttpOrigin('api.example.com') } },
      additionalMetrics: true,
    }).allowInvalidate(aFunction(stack));
  }],
  ['StackEdgeWebAcl', (stack) => { StackEdgeWebAcl.of(stack); }],
];
