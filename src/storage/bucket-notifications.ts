import { Bucket } from 'aws-cdk-lib/aws-s3';
import { acknowledgeInPacks, AUDIT_PACKS } from '../core/exceptions/acknowledgement';

const REASON = 'The function that CDK deploys to set notifications serves all buckets of the stack: what it may do to this one, to set them, stands beside the '
  + 'bucket, is deleted together with it, and takes none of the ten managed policies that a role may have.';

/** Explains the policy that CDK writes for its function with the first notification of a bucket. */
export function explainNotificationRights(bucket: Bucket): void {
  const rights = bucket.node.tryFindChild('Notifications')?.node.tryFindChild('HandlerPolicy');
  if (rights !== undefined) acknowledgeInPacks(rights, AUDIT_PACKS, 'IAMNoInlinePolicy', REASON);
}
