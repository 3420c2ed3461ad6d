import { SigningProfile } from 'aws-cdk-lib/aws-signer';
import { CodeSigning, NetworkEndpoint, SecureFunctionOptions, SecureNetwork, SecurityProfile } from 'cdk-secure-serverless';
import { Construct } from 'constructs';

/** How the functions of one app differ from those of another. */
export interface FunctionDemandsProps {
  /** Services that they reach besides DynamoDB and S3, which cost nothing; each endpoint has a price per hour and zone. */
  readonly endpoints?: NetworkEndpoint[];
  /** The most that each of them runs at once. */
  readonly concurrency: number;
}

/**
 * What the regulated profile asks of every function: a network without a way out, code that is signed, and a bound. The other profiles ask
 * for none of it. Lambda itself sends logs and traces, so they need no endpoint.
 */
export function functionDemands(scope: Construct, { concurrency, endpoints }: FunctionDemandsProps): SecureFunctionOptions {
  const { codeSigningRequired, concurrencyRequired, networkRequired } = SecurityProfile.of(scope).controls;
  return {
    ...networkRequired && { network: new SecureNetwork(scope, 'Network', { endpoints }).forFunctions() },
    ...codeSigningRequired && { codeSigning: codeSigning(scope) },
    ...concurrencyRequired && { reservedConcurrentExecutions: concurrency },
  };
}

/** Made once, before the first deployment, by `aws signer put-signing-profile`: what is deployed together with its profile could not have been signed. */
const RELEASES = { signingProfileName: 'ShopReleases', signingProfileVersion: 'hT4cWq9ZbL' };

/** The pipeline signs the bundles with this profile before it uploads them. */
function codeSigning(scope: Construct): CodeSigning {
  return CodeSigning.byProfiles('the release pipeline signs each bundle before it deploys', SigningProfile.fromSigningProfileAttributes(scope, 'Releases', RELEASES));
}
