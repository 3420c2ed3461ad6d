/** In front of what a web ACL may stand. */
export enum WebAclScope {
  /** In front of APIs, user pools and load balancers of its region. */
  REGIONAL = 'REGIONAL',
  /** In front of CloudFront distributions, wherever their stacks are. Such an ACL can only be made in us-east-1. */
  CLOUDFRONT = 'CLOUDFRONT',
}
