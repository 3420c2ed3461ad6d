/** What happens to a bucket when it is removed from its stack, or its stack is deleted. */
export class BucketRemoval {
  /** The bucket stays, with its objects, and has to be deleted by hand. */
  public static retain(): BucketRemoval {
    return new BucketRemoval(undefined);
  }

  /**
   * CloudFormation deletes the bucket. S3 refuses that as long as there are objects in it: they have to be deleted first.
   * The reason stands in the report where the profile keeps data.
   * @throws ConfigurationError [SecureBucket.Reason] when the reason is too short to be judged, once the bucket is made
   */
  public static destroy(reason: string): BucketRemoval {
    return new BucketRemoval(reason);
  }

  private constructor(/** @internal */ public readonly _destroyReason: string | undefined) {}
}
