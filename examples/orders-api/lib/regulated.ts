import { CodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { SecureFunctionOptions, SecureNetwork, SecurityProfile } from 'cdk-secure-serverless';
import { Construct } from 'constructs';

/**
 * What the regulated profile asks of every function: a network without a way out, code that is signed, and a bound. The other profiles ask
 * for none of it. DynamoDB and S3 are reached for free, and Lambda itself sends logs and traces, so the network needs no endpoint that costs.
 */
export function functionDemands(scope: Construct): SecureFunctionOptions {
  const { networkRequired, codeSigningRequired, concurrencyRequired } = SecurityProfile.of(scope).controls;
  return {
    ...networkRequired ? { network: new SecureNetwork(scope, 'Network').forFunctions() } : {},
    ...codeSigningRequired ? { codeSigningConfig: codeSigning(scope) } : {},
    ...concurrencyRequired ? { reservedConcurrentExecutions: 20 } : {},
  };
}

/** The pipeline signs the bundles with this profile before it uploads them. */
function codeSigning(scope: Construct): CodeSigningConfig {
  const publisher = new SigningProfile(scope, 'Publisher', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA });
  return new CodeSigningConfig(scope, 'CodeSigning', { signingProfiles: [publisher] });
}
