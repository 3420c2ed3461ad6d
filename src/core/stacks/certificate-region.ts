import { Stack, Token } from 'aws-cdk-lib';
import { ICertificate } from 'aws-cdk-lib/aws-certificatemanager';

/** The region of a certificate: of an imported one that of its ARN, of another one that of its stack. Undefined where only the deployment knows. */
export function certificateRegion(certificate: ICertificate): string | undefined {
  const { certificateArn } = certificate;
  const region = Token.isUnresolved(certificateArn) ? certificate.env?.region ?? Stack.of(certificate).region : certificateArn.split(':')[3];
  return Token.isUnresolved(region) ? undefined : region;
}
