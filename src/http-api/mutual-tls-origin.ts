import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';
import { CfnDistribution, OriginProtocolPolicy, OriginSslPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { ORIGIN_READ_TIMEOUT } from './http-api-baseline';

/** An origin that CloudFront shows a certificate to, so that it can turn away everybody else. */
export class MutualTlsOrigin extends HttpOrigin {
  constructor(domainName: string, originPath: string | undefined, private readonly clientCertificate: ICertificate) {
    super(domainName, {
      originPath,
      protocolPolicy: OriginProtocolPolicy.HTTPS_ONLY,
      originSslProtocols: [OriginSslPolicy.TLS_V1_2],
      readTimeout: ORIGIN_READ_TIMEOUT,
    });
  }

  protected renderCustomOriginConfig(): CfnDistribution.CustomOriginConfigProperty | undefined {
    return { ...super.renderCustomOriginConfig()!, originMtlsConfig: { clientCertificateArn: this.clientCertificate.certificateArn } };
  }
}
