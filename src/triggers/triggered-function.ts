import { Duration, IResource } from 'aws-cdk-lib';
import { IRole } from 'aws-cdk-lib/aws-iam';
import { IKey } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { IQueue } from 'aws-cdk-lib/aws-sqs';

/** What a trigger needs to know of the function that it starts. */
export interface TriggeredFunction {
  readonly fn: LambdaFunction;
  /** The role in whose name Lambda polls queues and streams. */
  readonly role: IRole;
  readonly timeout: Duration;
  readonly reservedConcurrentExecutions?: number;
  /** The key for filters, if customer keys are used. */
  readonly key?: IKey;
  /** The queue of what could not be handled, made if need be, with the right of the function to send to it. */
  readonly keepFailures: () => IQueue;
}

/** What a trigger reads from, and what would start the function again. */
export interface TriggerSource {
  /** The method and the source, as an error names them: `onQueue(Shop/Orders)`. */
  readonly name: string;
  /** Resources whose change starts the function: an ARN, for objects of a bucket with wildcards. */
  readonly arn: string;
  /** The source itself: a right may call it by the name that the app gave it. */
  readonly resource: IResource;
  /** Complete names of the actions that change them. */
  readonly actions: readonly string[];
  /** For an event bus, what the events must look like. */
  readonly events?: EventSelection;
}

/** The part of an event pattern that rights can name. Undefined lets everything pass. */
export interface EventSelection {
  readonly source?: readonly unknown[];
  readonly detailType?: readonly unknown[];
}
