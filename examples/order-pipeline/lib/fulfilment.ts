import { Duration } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Choice, Condition, DefinitionBody, Fail, IChainable, QueryLanguage, Succeed, TaskInput, TaskStateBase, Timeout } from 'aws-cdk-lib/aws-stepfunctions';
import { LambdaInvoke, SnsPublish } from 'aws-cdk-lib/aws-stepfunctions-tasks';
import { SecureBucket, SecureFunctionOptions, SecureStateMachine, SecureTopic } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { Handler } from './handler';
import { RECEIPT_PREFIX } from '../src/receipt';

/** The order that started the execution, in whatever state. */
const ORDER = '$states.context.Execution.Input';
const NAME = `${ORDER}.reference & ' of ' & ${ORDER}.shop`;

export interface FulfilmentProps {
  /** Where bookkeeping hears of orders that came to nothing. */
  readonly notices: SecureTopic;
  /** What all functions have in common. */
  readonly functions: SecureFunctionOptions;
}

/** What happens to an order: it is served from stock and leaves a receipt, or bookkeeping hears why not. */
export class Fulfilment extends Construct {
  public readonly workflow: SecureStateMachine;

  constructor(scope: Construct, id: string, private readonly props: FulfilmentProps) {
    super(scope, id);
    const receipts = new SecureBucket(this, 'Receipts');
    const checkStock = new Handler(this, 'CheckStock', 'check-stock.ts', props.functions);
    const writeReceipt = new Handler(this, 'WriteReceipt', 'write-receipt.ts', {
      ...props.functions, environment: { RECEIPTS_BUCKET: receipts.bucketName },
    });
    receipts.allowWrite(writeReceipt, { prefix: RECEIPT_PREFIX });
    this.workflow = new SecureStateMachine(this, 'Workflow', {
      definitionBody: DefinitionBody.fromChainable(this.states(checkStock, writeReceipt)),
      queryLanguage: QueryLanguage.JSONATA,
      timeout: Duration.minutes(15),
    });
  }

  private states(checkStock: IFunction, writeReceipt: IFunction): IChainable {
    const lost = Fail.jsonata(this, 'Failed', { error: 'OrderFailed', cause: 'A task of the workflow failed: its log says why' });
    const failed = this.tell('TellFailure', `'Order ' & ${NAME} & ' failed: ' & $states.input.Error`).addCatch(lost).next(lost);
    const rejected = this.tell('TellRejection', `'Order ' & ${NAME} & ' is rejected, not in stock: ' & $join($states.input.missing, ', ')`)
      .addCatch(lost).next(Succeed.jsonata(this, 'Rejected'));
    const served = this.call('Serve', writeReceipt).addCatch(failed).next(Succeed.jsonata(this, 'Served'));
    return this.call('LookIntoStock', checkStock).addCatch(failed).next(
      Choice.jsonata(this, 'InStock').when(Condition.jsonata('{% $states.input.available %}'), served).otherwise(rejected));
  }

  /** A function gets the order, and its answer goes to the next state. */
  private call(id: string, lambdaFunction: IFunction): TaskStateBase {
    return LambdaInvoke.jsonata(this, id, {
      lambdaFunction,
      payload: TaskInput.fromText(`{% ${ORDER} %}`),
      outputs: '{% $states.result.Payload %}',
      taskTimeout: Timeout.duration(Duration.seconds(30)),
    }).addRetry({ errors: ['Lambda.TooManyRequestsException'], maxAttempts: 6 }); // all executions busy: there is no hurry
  }

  private tell(id: string, message: string): TaskStateBase {
    return SnsPublish.jsonata(this, id, {
      topic: this.props.notices, message: TaskInput.fromText(`{% ${message} %}`), taskTimeout: Timeout.duration(Duration.seconds(30)),
    });
  }
}
