import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { EdgeKind } from '../../src/edge/edge-kind';
import { SecureWebsite } from '../../src/website/secure-website';
import { WebsiteFallback } from '../../src/website/website-fallback';
import { aDomain, demandedCountries } from '../edge/audit-cases';
import { aFunction, AuditCase } from '../support/self-audit';

export const WEBSITE_CASES: readonly AuditCase[] = [
  ['SecureWebsite', (stack) => { new SecureWebsite(stack, 'Site', { domain: aDomain(stack), countries: demandedCountries(stack) }); }],
  ['SecureWebsite with an API and a pipeline', (stack) => {
    const site = new SecureWebsite(stack, 'Site', {
      domain: aDomain(stack),
      countries: demandedCountries(stack),
      fallback: WebsiteFallback.singlePage(),
      additionalBehaviors: { '/api/*': { kind: EdgeKind.api(), origin: new HttpOrigin('api.example.com') } },
    });
    site.allowDeploy(aFunction(stack));
  }],
];
