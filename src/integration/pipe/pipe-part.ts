import { Duration, IResource } from 'aws-cdk-lib';
import { CfnPipe } from 'aws-cdk-lib/aws-pipes';
import { IQueue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { Place } from '../../core/configuration-error';
import { ServiceRole } from '../../iam/service-role';

/** The pipe that a part is built into. */
export interface PipeSurroundings {
  readonly pipe: Construct;
  readonly role: ServiceRole;
  /** How many events the target takes at once. */
  readonly batchMax?: number;
  /** How long enrichment and target may take together, as far as that is known. */
  readonly runTime?: Duration;
}

/** Where a pipe reads. */
export interface SourcePart {
  readonly resource: IResource;
  readonly arn: string | undefined;
  readonly batchSize?: number;
  /** Refuses what Pipes would, before anything is made. */
  readonly check: (place: Place) => void;
  /** Gives the role its rights and renders the part. */
  readonly bind: (surroundings: PipeSurroundings) => { readonly parameters: CfnPipe.PipeSourceParametersProperty; readonly deadLetterQueue?: IQueue };
}

/** What a pipe calls. */
export interface CalledPart {
  readonly resource: IResource;
  readonly arn: string;
  readonly batchMax?: number;
  /** How long a call may take; undefined where the pipe does not wait, or nobody here knows. */
  readonly runTime?: Duration;
  /** The pipe waits for it, and nobody here knows for how long. */
  readonly runTimeUnknown?: boolean;
  readonly check: (place: Place) => void;
  readonly allow: (surroundings: PipeSurroundings) => void;
  readonly parameters?: CfnPipe.PipeTargetParametersProperty;
}
