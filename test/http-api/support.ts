import { Stack } from 'aws-cdk-lib';
import { Certificate, ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { ApiDomain } from '../../src/api/domains/api-domain';
import { EdgeDomain } from '../../src/edge/edge-domain';
import { HttpApiAuth } from '../../src/http-api/http-api-auth';
import { HttpApiFront } from '../../src/http-api/http-api-front';
import { SecureHttpApi } from '../../src/http-api/secure-http-api';
import { SecureHttpApiProps } from '../../src/http-api/secure-http-api-props';

export const DIRECT = HttpApiFront.none('only the services of this company call it');
export const JWT = HttpApiAuth.jwt({ issuer: 'https://login.example.com', audience: ['shop'] });
export const OPEN = HttpApiAuth.open('load balancer probe, returns no data');

/** An API called `Api` with IAM auth and nothing in front, unless told otherwise. */
export function httpApiIn(stack: Stack, props: Partial<SecureHttpApiProps> = {}): SecureHttpApi {
  return new SecureHttpApi(stack, 'Api', { auth: HttpApiAuth.iam(), front: DIRECT, ...props });
}

export function certificateIn(stack: Stack, id: string, region: string): ICertificate {
  return Certificate.fromCertificateArn(stack, id, `arn:aws:acm:${region}:111111111111:certificate/${id}`);
}

export function originDomain(stack: Stack, more: Partial<ApiDomain> = {}): ApiDomain {
  return {
    domainName: 'origin.example.com',
    certificate: certificateIn(stack, 'OriginName', 'eu-west-1'),
    mutualTls: { bucket: Bucket.fromBucketName(stack, 'Truststore', 'truststore'), key: 'authorities.pem', version: 'v1' },
    ...more,
  };
}

export function publicDomain(stack: Stack): EdgeDomain {
  return EdgeDomain.custom({ domainNames: ['api.example.com'], certificate: certificateIn(stack, 'PublicName', 'us-east-1') });
}

/** CloudFront in front, as it should be. */
export function behindCloudFront(stack: Stack): Partial<SecureHttpApiProps> {
  return {
    auth: JWT,
    domain: originDomain(stack),
    front: HttpApiFront.cloudFront({ clientCertificate: certificateIn(stack, 'CloudFront', 'us-east-1'), domain: publicDomain(stack) }),
  };
}
