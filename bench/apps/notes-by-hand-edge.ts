import { Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import {
  AllowedMethods, CachePolicy, Distribution, GeoRestriction, HeadersFrameOption, HeadersReferrerPolicy, HttpVersion, IOrigin,
  OriginRequestPolicy, PriceClass, ResponseHeadersPolicy, S3OriginAccessControl, SecurityPolicyProtocol, Signing, ViewerProtocolPolicy,
} from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Metric } from 'aws-cdk-lib/aws-cloudwatch';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { AaaaRecord, ARecord, RecordTarget } from 'aws-cdk-lib/aws-route53';
import { CloudFrontTarget } from 'aws-cdk-lib/aws-route53-targets';
import { BlockedEncryptionType, BlockPublicAccess, Bucket, BucketEncryption, ObjectOwnership } from 'aws-cdk-lib/aws-s3';
import { alarm } from './by-hand-alarm';
import { anomalyAlarm } from './by-hand-api';
import { Shared } from './notes-by-hand-shared';
import { NAMES } from './notes-shape';

const CLOSED = [
  'accelerometer', 'autoplay', 'camera', 'display-capture', 'encrypted-media', 'fullscreen', 'geolocation', 'gyroscope', 'magnetometer', 'microphone', 'midi',
  'payment', 'publickey-credentials-get', 'screen-wake-lock', 'usb', 'web-share', 'xr-spatial-tracking',
];
const HIDDEN = [
  'Server', 'X-Powered-By', 'x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id', 'x-amz-server-side-encryption-bucket-key-enabled',
  'x-amz-version-id',
];

export function makeEdgeLogBucket(stack: Stack): Bucket {
  return new Bucket(stack, 'EdgeLogs', {
    blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
    objectOwnership: ObjectOwnership.BUCKET_OWNER_PREFERRED,
    encryption: BucketEncryption.S3_MANAGED,
    blockedEncryptionTypes: [BlockedEncryptionType.SSE_C],
    enforceSSL: true,
    minimumTLSVersion: 1.2,
    versioned: true,
    removalPolicy: RemovalPolicy.RETAIN,
    lifecycleRules: [{
      expiration: Duration.days(365), noncurrentVersionExpiration: Duration.days(7), abortIncompleteMultipartUploadAfter: Duration.days(7),
    }],
  });
}

export interface EdgeOptions {
  readonly id: string;
  readonly domainName: string;
  readonly origin: IOrigin;
  readonly contentPolicy: string;
  readonly api: boolean;
}

export function makeDistribution(stack: Stack, shared: Shared, { id, domainName, origin, contentPolicy, api }: EdgeOptions): Distribution {
  const { alarms, certificate, edgeAclArn, edgeLogs, zone } = shared;
  const distribution = new Distribution(stack, id, {
    comment: `${stack.node.path}/${id}`,
    domainNames: [domainName],
    certificate,
    minimumProtocolVersion: SecurityPolicyProtocol.TLS_V1_2_2021,
    httpVersion: HttpVersion.HTTP2_AND_3,
    priceClass: PriceClass.PRICE_CLASS_ALL,
    webAclId: edgeAclArn,
    geoRestriction: GeoRestriction.allowlist(...NAMES.countries),
    defaultRootObject: api ? undefined : 'index.html',
    enableLogging: true,
    logBucket: edgeLogs,
    logFilePrefix: `${stack.node.path}/${id}/`,
    defaultBehavior: {
      origin,
      allowedMethods: api ? AllowedMethods.ALLOW_ALL : AllowedMethods.ALLOW_GET_HEAD,
      cachePolicy: api ? CachePolicy.CACHING_DISABLED : CachePolicy.CACHING_OPTIMIZED,
      originRequestPolicy: api ? OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER : undefined,
      viewerProtocolPolicy: api ? ViewerProtocolPolicy.HTTPS_ONLY : ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
      responseHeadersPolicy: headersPolicy(stack, `${id}Headers`, contentPolicy, api),
    },
  });
  const target = RecordTarget.fromAlias(new CloudFrontTarget(distribution));
  new ARecord(stack, `${id}Alias`, { zone, recordName: `${domainName}.`, target });
  new AaaaRecord(stack, `${id}AliasIpv6`, { zone, recordName: `${domainName}.`, target });
  const metric = (metricName: string, statistic: string): Metric => new Metric({
    namespace: 'AWS/CloudFront', metricName, statistic, dimensionsMap: { DistributionId: distribution.distributionId, Region: 'Global' },
  });
  alarm(distribution, 'ServerErrors', 'answers with 5xx', metric('5xxErrorRate', 'Average'), 1, alarms);
  alarm(distribution, 'ClientErrors', 'answers with 4xx', metric('4xxErrorRate', 'Average'), 30, alarms);
  anomalyAlarm(distribution, metric('Requests', 'Sum'), alarms);
  return distribution;
}

export function makeSite(stack: Stack, shared: Shared, files: Bucket): Distribution {
  const access = new S3OriginAccessControl(stack, 'OriginAccess', { signing: Signing.SIGV4_ALWAYS });
  const distribution = makeDistribution(stack, shared, {
    id: 'Site',
    domainName: NAMES.domainName,
    origin: S3BucketOrigin.withBucketDefaults(files, { originAccessControlId: access.originAccessControlId }),
    contentPolicy: `default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'none'; object-src 'none'; connect-src 'self' https://api.${NAMES.domainName}/`,
    api: false,
  });
  files.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
    actions: ['s3:GetObject'],
    resources: [files.arnForObjects('*')],
    conditions: { StringEquals: { 'aws:SourceArn': distribution.distributionArn } },
  }));
  shared.key.addToResourcePolicy(new PolicyStatement({
    principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
    actions: ['kms:Decrypt'],
    resources: ['*'],
    conditions: { ArnLike: { 'aws:SourceArn': stack.formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: '*' }) } },
  }));
  return distribution;
}

function headersPolicy(stack: Stack, id: string, contentSecurityPolicy: string, api: boolean): ResponseHeadersPolicy {
  const header = (name: string, value: string, override = true) => ({ header: name, value, override });
  return new ResponseHeadersPolicy(stack, id, {
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy, override: true },
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      strictTransportSecurity: { accessControlMaxAge: Duration.days(730), includeSubdomains: true, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        header('Permissions-Policy', CLOSED.map((feature) => `${feature}=()`).join(', ')),
        header('Cross-Origin-Opener-Policy', 'same-origin'),
        header('Cross-Origin-Resource-Policy', 'same-origin'),
        ...api ? [header('Cache-Control', 'no-store', false)] : [],
      ],
    },
    removeHeaders: HIDDEN,
  });
}
