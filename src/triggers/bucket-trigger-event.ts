/**
 * What happened to an object.
 * @see https://docs.aws.amazon.com/AmazonS3/latest/userguide/EventBridge.html
 */
export enum BucketTriggerEvent {
  /** It was written, copied, or its upload was completed. */
  CREATED = 'Object Created',
  /** It, or one of its versions, was deleted, by somebody or by a lifecycle rule. */
  DELETED = 'Object Deleted',
  /** It was brought back from an archive. */
  RESTORED = 'Object Restore Completed',
  /** It got tags. */
  TAGGED = 'Object Tags Added',
  /** It lost its tags. */
  UNTAGGED = 'Object Tags Deleted',
}
