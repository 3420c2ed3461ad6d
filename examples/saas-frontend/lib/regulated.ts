import { Construct } from 'constructs';
import { CodeSigningConfig } from 'aws-cdk-lib/aws-lambda';
import { Platform, SigningProfile } from 'aws-cdk-lib/aws-signer';
import { SecureFunctionOptions, SecurityProfile } from 'cdk-secure-serverless';

export function functionDemands(scope: Construct): SecureFunctionOptions {
  const { codeSigningRequired } = SecurityProfile.of(scope).controls;
  if (!codeSigningRequired) return {};
  const publisher = new SigningProfile(scope, 'Publisher', { platform: Platform.AWS_LAMBDA_SHA384_ECDSA });
  return { codeSigningConfig: new CodeSigningConfig(scope, 'CodeSigning', { signingProfiles: [publisher] }), reservedConcurrentExecutions: 10 };
}
