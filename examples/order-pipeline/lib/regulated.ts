import { CodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { NetworkEndpoint, SecureFunctionOptions, SecureNetwork, SecurityProfile } from 'cdk-secure-serverless';
import { Construct } from 'constructs';

/**
 * What the regulated profile asks of every function: a network without a way out, code that is signed, and a bound. The other profiles ask
 * for none of it. DynamoDB and S3 are reached for free; the queue and the topic need an endpoint each.
 */
export function functionDemands(scope: Construct): SecureFunctionOptions {
  const { codeSigningRequired, concurrencyRequired, networkRequired } = SecurityProfile.of(scope).controls;
  return {
    ...networkRequired && { network: new SecureNetwork(scope, 'Network', { endpoints: [NetworkEndpoint.SNS, NetworkEndpoint.SQS] }).forFunctions() },
    ...codeSigningRequired && { codeSigningConfig: codeSigning(scope) },
    ...concurrencyRequired && { reservedConcurrentExecutions: 10 },
  };
}

/** The pipeline signs the bundles with this profile before it uploads them. */
function codeSigning(scope: Construct): CodeSigningConfig {
  const publisher = new SigningProfile(scope, 'Publisher', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA });
  return new CodeSigningConfig(scope, 'CodeSigning', { signingProfiles: [publisher] });
}
