/** How a pipe puts events on a bus. */
export interface PipeEventBusOptions {
  /**
   * Who sends: the `source` that rules match. It must not begin with `aws.`, which is for AWS services. The pipe may send nothing else,
   * unless it is a path into the event.
   */
  readonly source: string;
  /** What happened: the `detail-type` that rules match. The pipe may send nothing else, unless it is a path into the event like `$.eventName`. */
  readonly detailType: string;
}

/** How a pipe sends messages to a queue. */
export interface PipeQueueTargetOptions {
  /**
   * The group within which a FIFO queue keeps the order: a name, or a path into the event like `$.dynamodb.Keys.id.S`. FIFO queues need it,
   * others do not have it.
   * @default - none
   */
  readonly messageGroupId?: string;
  /**
   * What tells the same message of a FIFO queue from another one: a path into the event like `$.eventID`.
   * @default - the content, where the queue is made so
   */
  readonly messageDeduplicationId?: string;
}
