import { CodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { SecureFunctionOptions, SecureNetwork, SecurityProfile } from 'cdk-secure-serverless';
import { Construct } from 'constructs';

/**
 * What the regulated profile asks of every function: a network without a way out, code that is signed, and a bound. The other profiles ask
 * for none of it. DynamoDB is reached for free; logs and traces are sent by Lambda itself, so that the network needs no endpoint that costs.
 */
export function functionDemands(scope: Construct): SecureFunctionOptions {
  const { codeSigningRequired, networkRequired } = SecurityProfile.of(scope).controls;
  return {
    ...networkRequired ? { network: new SecureNetwork(scope, 'Network').forFunctions(), reservedConcurrentExecutions: 20 } : {},
    ...codeSigningRequired ? { codeSigningConfig: codeSigning(scope) } : {},
  };
}

/** The pipeline signs the bundles with this profile before it uploads them. */
function codeSigning(scope: Construct): CodeSigningConfig {
  const publisher = new SigningProfile(scope, 'Publisher', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA });
  return new CodeSigningConfig(scope, 'CodeSigning', { signingProfiles: [publisher] });
}
