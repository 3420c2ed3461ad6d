import { IPrincipal, PrincipalPolicyFragment } from 'aws-cdk-lib/aws-iam';

/**
 * What a policy says of a principal. A function that was imported without its role has no principal to look at: CDK throws where one does, and
 * warns where such a function gets rights that it has to be given elsewhere.
 */
export function fragmentOf(principal: IPrincipal): PrincipalPolicyFragment {
  try {
    return principal.policyFragment;
  } catch {
    return new PrincipalPolicyFragment({});
  }
}
