import { att, document, join, ref, Resources, sub, tls } from './parts';
import { headersPolicy, webAcl } from './stores';
import { Template } from '../../seed';

export const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
export const CACHING_OPTIMIZED = '658327ea-f89d-4fab-a63d-7e88639e58f6';
export const ALL_BUT_HOST = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

export const behavior = (TargetOriginId: string, more: Template = {}): Template => ({
  TargetOriginId,
  ViewerProtocolPolicy: 'redirect-to-https',
  Compress: true,
  AllowedMethods: ['GET', 'HEAD', 'OPTIONS'],
  CachePolicyId: CACHING_DISABLED,
  ResponseHeadersPolicyId: ref('Headers'),
  ...more,
});

/** An origin that is reached with TLS, and shows a certificate of its own. */
export const httpsOrigin = (Id: string, DomainName: unknown, more: Template = {}): Template => ({
  Id, DomainName, CustomOriginConfig: { OriginProtocolPolicy: 'https-only', OriginSSLProtocols: ['TLSv1.2'], ...more },
});

/** A distribution with its web ACL, its headers and its logs. */
export function front(alias: string, origins: unknown[], first: Template, more: Template = {}): Resources {
  return {
    ...webAcl('CLOUDFRONT'),
    Headers: headersPolicy(),
    EdgeLogs: {
      Type: 'AWS::S3::Bucket',
      DeletionPolicy: 'Retain',
      UpdateReplacePolicy: 'Retain',
      Properties: {
        BucketEncryption: { ServerSideEncryptionConfiguration: [{ ServerSideEncryptionByDefault: { SSEAlgorithm: 'AES256' } }] },
        PublicAccessBlockConfiguration: { BlockPublicAcls: true, BlockPublicPolicy: true, IgnorePublicAcls: true, RestrictPublicBuckets: true },
        OwnershipControls: { Rules: [{ ObjectOwnership: 'BucketOwnerPreferred' }] },
        VersioningConfiguration: { Status: 'Enabled' },
        LifecycleConfiguration: { Rules: [{ Id: 'old', Status: 'Enabled', ExpirationInDays: 365, NoncurrentVersionExpiration: { NoncurrentDays: 30 }, AbortIncompleteMultipartUpload: { DaysAfterInitiation: 7 } }] },
        LoggingConfiguration: { DestinationBucketName: ref('AccessLogs'), LogFilePrefix: 'edge/' },
      },
    },
    EdgeLogsPolicy: {
      Type: 'AWS::S3::BucketPolicy',
      Properties: { Bucket: ref('EdgeLogs'), PolicyDocument: document(tls('s3:*', [att('EdgeLogs'), join(att('EdgeLogs'), '/*')])) },
    },
    Front: {
      Type: 'AWS::CloudFront::Distribution',
      Properties: {
        DistributionConfig: {
          Enabled: true,
          Aliases: [alias],
          HttpVersion: 'http2and3',
          DefaultRootObject: 'index.html',
          WebACLId: att('Acl'),
          ViewerCertificate: { AcmCertificateArn: { 'Fn::ImportValue': 'edge-certificate' }, MinimumProtocolVersion: 'TLSv1.2_2021', SslSupportMethod: 'sni-only' },
          Logging: { Bucket: att('EdgeLogs', 'RegionalDomainName'), Prefix: 'front/', IncludeCookies: false },
          Origins: origins,
          DefaultCacheBehavior: first,
          ...more,
        },
      },
    },
  };
}

/** The distribution of this template may do something; no other may. */
export const BY_FRONT = { StringEquals: { 'aws:SourceArn': sub('arn:${AWS::Partition}:cloudfront::${AWS::AccountId}:distribution/${Front}') } };

/** An access control for origins of a kind. */
export const accessControl = (kind: string): Template => ({
  Type: 'AWS::CloudFront::OriginAccessControl',
  Properties: {
    OriginAccessControlConfig: {
      Name: sub(`\${AWS::StackName}-${kind}`), OriginAccessControlOriginType: kind, SigningBehavior: 'always', SigningProtocol: 'sigv4',
    },
  },
});
