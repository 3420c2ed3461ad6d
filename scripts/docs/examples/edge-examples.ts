import {
  aws_apigatewayv2 as apigatewayv2, aws_apigatewayv2_authorizers as authorizers, aws_apigatewayv2_integrations as integrations,
  aws_certificatemanager as acm, aws_cloudfront as cloudfront, aws_cloudfront_origins as origins, aws_lambda as lambda, aws_s3 as s3,
} from 'aws-cdk-lib';
import { RuleExamples } from './rule-example';

export const EDGE_EXAMPLES: RuleExamples = {
  DistributionAccessLog: {
    violates(stack) {
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') } });
    },
    passes(stack) {
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') }, enableLogging: true });
    },
  },
  DistributionCountries: {
    violates(stack) {
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') } });
    },
    passes(stack) {
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') }, geoRestriction: cloudfront.GeoRestriction.allowlist('AT', 'DE'),
      });
    },
  },
  DistributionRootObject: {
    violates(stack) {
      const origin = origins.S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Site'));
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin } });
    },
    passes(stack) {
      const origin = origins.S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Site'));
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin }, defaultRootObject: 'index.html' });
    },
  },
  DistributionWebAcl: {
    violates(stack) {
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') } });
    },
    passes(stack) {
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') },
        webAclId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/front/1',
      });
    },
  },
  EdgeCacheAuthenticated: {
    violates(stack) {
      const api = new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer: new authorizers.HttpIamAuthorizer() });
      api.addRoutes({ path: '/orders', integration: new integrations.HttpUrlIntegration('Orders', 'https://backend.example.com') });
      const origin = new origins.HttpOrigin(`${api.apiId}.execute-api.eu-west-1.amazonaws.com`);
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin, cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED } });
    },
    passes(stack) {
      const api = new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer: new authorizers.HttpIamAuthorizer() });
      api.addRoutes({ path: '/orders', integration: new integrations.HttpUrlIntegration('Orders', 'https://backend.example.com') });
      const origin = new origins.HttpOrigin(`${api.apiId}.execute-api.eu-west-1.amazonaws.com`);
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin, cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED } });
    },
  },
  EdgeCacheLeak: {
    violates(stack) {
      const api = new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer: new authorizers.HttpIamAuthorizer() });
      api.addRoutes({ path: '/orders', integration: new integrations.HttpUrlIntegration('Orders', 'https://backend.example.com') });
      const origin = new origins.HttpOrigin(`${api.apiId}.execute-api.eu-west-1.amazonaws.com`);
      const originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER;
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin, originRequestPolicy, cachePolicy: cloudfront.CachePolicy.CACHING_OPTIMIZED },
      });
    },
    passes(stack) {
      const api = new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer: new authorizers.HttpIamAuthorizer() });
      api.addRoutes({ path: '/orders', integration: new integrations.HttpUrlIntegration('Orders', 'https://backend.example.com') });
      const origin = new origins.HttpOrigin(`${api.apiId}.execute-api.eu-west-1.amazonaws.com`);
      const originRequestPolicy = cloudfront.OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER;
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin, originRequestPolicy, cachePolicy: cloudfront.CachePolicy.CACHING_DISABLED },
      });
    },
  },
  FrontWebAcl: {
    violates(stack) {
      const defaultAuthorizer = new authorizers.HttpJwtAuthorizer('Users', 'https://login.example.com', { jwtAudience: ['shop'] });
      const api = new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer });
      api.addRoutes({ path: '/orders', integration: new integrations.HttpUrlIntegration('Orders', 'https://backend.example.com') });
    },
    passes(stack) {
      const defaultAuthorizer = new authorizers.HttpJwtAuthorizer('Users', 'https://login.example.com', { jwtAudience: ['shop'] });
      const api = new apigatewayv2.HttpApi(stack, 'Api', { defaultAuthorizer });
      api.addRoutes({ path: '/orders', integration: new integrations.HttpUrlIntegration('Orders', 'https://backend.example.com') });
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin: new origins.HttpOrigin(`${api.apiId}.execute-api.eu-west-1.amazonaws.com`) },
        webAclId: 'arn:aws:wafv2:us-east-1:123456789012:global/webacl/front/1',
      });
    },
  },
  OriginAccessControl: {
    violates(stack) {
      const origin = origins.S3BucketOrigin.withBucketDefaults(new s3.Bucket(stack, 'Site'));
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin } });
    },
    passes(stack) {
      const origin = origins.S3BucketOrigin.withOriginAccessControl(new s3.Bucket(stack, 'Site'));
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin } });
    },
  },
  OriginBypass: {
    violates(stack) {
      const url = new lambda.CfnUrl(stack, 'Url', { targetFunctionArn: 'shop', authType: 'NONE' });
      new cloudfront.CfnDistribution(stack, 'Cdn', {
        distributionConfig: {
          enabled: true,
          origins: [{ id: 'shop', domainName: `${url.attrFunctionUrl}` }],
          defaultCacheBehavior: { targetOriginId: 'shop', viewerProtocolPolicy: 'https-only' },
        },
      });
    },
    passes(stack) {
      const url = new lambda.CfnUrl(stack, 'Url', { targetFunctionArn: 'shop', authType: 'AWS_IAM' });
      new cloudfront.CfnDistribution(stack, 'Cdn', {
        distributionConfig: {
          enabled: true,
          origins: [{ id: 'shop', domainName: `${url.attrFunctionUrl}`, originAccessControlId: 'E1EXAMPLE' }],
          defaultCacheBehavior: { targetOriginId: 'shop', viewerProtocolPolicy: 'https-only' },
        },
      });
    },
  },
  OriginPlainText: {
    violates(stack) {
      const origin = new origins.HttpOrigin('backend.example.com', { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTP_ONLY });
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin } });
    },
    passes(stack) {
      const origin = new origins.HttpOrigin('backend.example.com', { protocolPolicy: cloudfront.OriginProtocolPolicy.HTTPS_ONLY });
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin } });
    },
  },
  OriginTlsVersion: {
    violates(stack) {
      const origin = new origins.HttpOrigin('backend.example.com', { originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1] });
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin } });
    },
    passes(stack) {
      const origin = new origins.HttpOrigin('backend.example.com', { originSslProtocols: [cloudfront.OriginSslPolicy.TLS_V1_2] });
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin } });
    },
  },
  SecurityHeaders: {
    violates(stack) {
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') } });
    },
    passes(stack) {
      const responseHeadersPolicy = cloudfront.ResponseHeadersPolicy.SECURITY_HEADERS;
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com'), responseHeadersPolicy } });
    },
  },
  ViewerCertificate: {
    violates(stack) {
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') } });
    },
    passes(stack) {
      const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/1');
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') }, certificate, domainNames: ['shop.example.com'],
      });
    },
  },
  ViewerPlainText: {
    violates(stack) {
      const viewerProtocolPolicy = cloudfront.ViewerProtocolPolicy.ALLOW_ALL;
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com'), viewerProtocolPolicy } });
    },
    passes(stack) {
      const viewerProtocolPolicy = cloudfront.ViewerProtocolPolicy.REDIRECT_TO_HTTPS;
      new cloudfront.Distribution(stack, 'Cdn', { defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com'), viewerProtocolPolicy } });
    },
  },
  ViewerTlsVersion: {
    violates(stack) {
      const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/1');
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') },
        certificate,
        domainNames: ['shop.example.com'],
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2016,
      });
    },
    passes(stack) {
      const certificate = acm.Certificate.fromCertificateArn(stack, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/1');
      new cloudfront.Distribution(stack, 'Cdn', {
        defaultBehavior: { origin: new origins.HttpOrigin('backend.example.com') },
        certificate,
        domainNames: ['shop.example.com'],
        minimumProtocolVersion: cloudfront.SecurityPolicyProtocol.TLS_V1_2_2021,
      });
    },
  },
};
