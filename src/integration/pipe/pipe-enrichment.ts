import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { expressCall, functionCall } from './pipe-calls';
import { CalledPart } from './pipe-part';

/** What adds to the events of a pipe before they reach the target. The pipe waits for its answer, which replaces the batch. */
export class PipeEnrichment {
  /** A function gets the batch and returns what goes to the target. */
  public static function(fn: IFunction): PipeEnrichment {
    return new PipeEnrichment(functionCall(fn));
  }

  /**
   * An express state machine gets the batch, and its output goes to the target.
   * @throws ConfigurationError [SecurePipe.Express] when the machine is a standard one, once the pipe is made
   */
  public static expressStateMachine(machine: IStateMachine): PipeEnrichment {
    return new PipeEnrichment(expressCall(machine));
  }

  private constructor(/** @internal */ public readonly _part: CalledPart) {}
}
