import { App, CfnOutput, Duration, RemovalPolicy, Stack } from 'aws-cdk-lib';
import * as acm from 'aws-cdk-lib/aws-certificatemanager';
import * as cloudfront from 'aws-cdk-lib/aws-cloudfront';
import * as origins from 'aws-cdk-lib/aws-cloudfront-origins';
import * as route53 from 'aws-cdk-lib/aws-route53';
import * as route53Targets from 'aws-cdk-lib/aws-route53-targets';
import * as s3 from 'aws-cdk-lib/aws-s3';
import * as s3deploy from 'aws-cdk-lib/aws-s3-deployment';
import { asset } from './sample';

// A single-page app: private bucket, CloudFront with origin access control, own domain, files deployed and invalidated.
export const staticSite = (app: App): void => {
  const stack = new Stack(app, 'Website', { env: { account: '111122223333', region: 'us-east-1' } });

  const zone = route53.HostedZone.fromHostedZoneAttributes(stack, 'Zone', { hostedZoneId: 'Z0123456789EXAMPLE', zoneName: 'example.com' });
  const host = 'www.' + zone.zoneName;
  const certificate = new acm.Certificate(stack, 'Cert', { domainName: host, validation: acm.CertificateValidation.fromDns(zone) });

  const pages = new s3.Bucket(stack, 'Pages', {
    publicReadAccess: false,
    blockPublicAccess: s3.BlockPublicAccess.BLOCK_ALL,
    removalPolicy: RemovalPolicy.DESTROY,
    autoDeleteObjects: true,
  });

  const distribution = new cloudfront.Distribution(stack, 'Cdn', {
    certificate,
    domainNames: [host],
    defaultRootObject: 'index.html',
    errorResponses: [{ httpStatus: 403, responseHttpStatus: 200, responsePagePath: '/index.html', ttl: Duration.minutes(1) }],
    defaultBehavior: {
      origin: origins.S3BucketOrigin.withOriginAccessControl(pages),
      compress: true,
      allowedMethods: cloudfront.AllowedMethods.ALLOW_GET_HEAD_OPTIONS,
      viewerProtocolPolicy: cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS,
    },
  });

  new route53.ARecord(stack, 'Alias', {
    recordName: host,
    target: route53.RecordTarget.fromAlias(new route53Targets.CloudFrontTarget(distribution)),
    zone,
  });

  new s3deploy.BucketDeployment(stack, 'Files', {
    sources: [s3deploy.Source.asset(asset('site'))],
    destinationBucket: pages,
    distribution,
    distributionPaths: ['/*'],
  });
  new CfnOutput(stack, 'DistributionId', { value: distribution.distributionId });
};
