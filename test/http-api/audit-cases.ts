import { Duration, Stack } from 'aws-cdk-lib';
import { Certificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { FunctionUrlAuth } from '../../src/http-api/function-url-auth';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../src/http-api/http-api-front';
import { SecureFunctionUrl } from '../../src/http-api/secure-function-url';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { demandedCountries } from '../edge/audit-cases';
import { aFunction, AuditCase } from '../support/self-audit';

const DIRECT = HttpApiFront.none('only the services of this company call it');

/** A certificate of the region and one of us-east-1. */
const certificate = (stack: Stack, id: string, region = 'us-east-1') => Certificate.fromCertificateArn(stack, id, `arn:aws:acm:${region}:111111111111:certificate/${id}`);

const shopDomain = (stack: Stack) => EdgeDomain.custom({ domainNames: ['api.example.com'], certificate: certificate(stack, 'ShopName', 'us-east-1') });

export const HTTP_API_CASES: readonly AuditCase[] = [
  ['SecureHttpApi', (stack) => {
    new SecureHttpApi(stack, 'Api', { auth: HttpApiAuth.iam(), front: DIRECT }).addRoute('GET', '/orders', aFunction(stack));
  }],
  ['SecureHttpApi with all kinds of auth and its verb', (stack) => {
    const fn = aFunction(stack);
    const api = new SecureHttpApi(stack, 'Api', {
      auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'], scopes: ['orders/read'] }),
      front: DIRECT,
      cors: { origins: ['https://shop.example.com'] },
    });
    api.addRoute('GET', '/orders/{id}', fn, { scopes: ['orders/read'], throttle: { rate: 10, burst: 5 } });
    api.addRoute('POST', '/orders', fn, { auth: HttpApiAuth.lambda(aFunction(stack, 'Authorizer'), { ttl: Duration.minutes(1) }) });
    api.addRoute('PUT', '/orders/{id}', fn, { auth: HttpApiAuth.iam() });
    api.addRoute('GET', '/health', fn, { auth: HttpApiAuth.open('load balancer probe, returns no data') });
    api.allowInvoke(aFunction(stack, 'Caller'), 'PUT', '/orders/{id}');
  }],
  ['SecureHttpApi behind CloudFront', (stack) => {
    new SecureHttpApi(stack, 'Api', {
      auth: HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'], scopes: ['orders/read'] }),
      domain: {
        domainName: 'origin.example.com',
        certificate: certificate(stack, 'OriginName'),
        mutualTls: { bucket: Bucket.fromBucketName(stack, 'Truststore', 'truststore'), key: 'authorities.pem', version: 'v1' },
      },
      front: HttpApiFront.cloudFront({ clientCertificate: certificate(stack, 'CloudFront', 'us-east-1'), domain: shopDomain(stack), countries: demandedCountries(stack) }),
    }).addRoute('GET', '/orders', aFunction(stack));
  }],
  ['SecureFunctionUrl for AWS principals', (stack) => {
    const url = new SecureFunctionUrl(stack, 'Url', { handler: aFunction(stack, 'Orders', { reservedConcurrentExecutions: 5 }), auth: FunctionUrlAuth.iam() });
    url.allowInvoke(aFunction(stack, 'Caller'));
  }],
  ['SecureFunctionUrl behind CloudFront', (stack) => {
    new SecureFunctionUrl(stack, 'Url', {
      handler: aFunction(stack, 'Orders', { reservedConcurrentExecutions: 5 }),
      auth: FunctionUrlAuth.insideFunction('checks the session cookie before anything else'),
      front: { domain: shopDomain(stack), countries: demandedCountries(stack) },
      cors: { origins: ['https://shop.example.com'] },
    });
  }],
];
