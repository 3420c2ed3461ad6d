/** What happens to a queue, and to the messages in it, when it is removed from its stack or its stack is deleted. */
export class QueueRemoval {
  /** The queue stays, and has to be deleted by hand. It costs nothing while nobody uses it. */
  public static retain(): QueueRemoval {
    return new QueueRemoval(undefined);
  }

  /**
   * CloudFormation deletes the queue and all messages in it. The reason stands in the report where the profile keeps data.
   * @throws ConfigurationError [SecureQueue.Reason] when the reason is too short to be judged, once the queue is made
   */
  public static destroy(reason: string): QueueRemoval {
    return new QueueRemoval(reason);
  }

  private constructor(/** @internal */ public readonly _destroyReason: string | undefined) {}
}
