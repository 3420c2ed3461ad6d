import { Aws } from 'aws-cdk-lib';

/**
 * Binds a statement on `*` to the region of its stack, where a service knows no resource that it could name: traces and network interfaces of
 * other regions stay out of reach. IAM has the key in each request, with the region that was called; services that have one region only
 * (IAM, CloudFront) would always be called in us-east-1.
 *
 * @see https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_policies_condition-keys.html#condition-keys-requestedregion
 */
export const IN_OWN_REGION = { StringEquals: { 'aws:RequestedRegion': Aws.REGION } };
