import { App, Duration, Stack } from 'aws-cdk-lib';
import * as apigw from 'aws-cdk-lib/aws-apigateway';
import * as dynamodb from 'aws-cdk-lib/aws-dynamodb';
import * as lambda from 'aws-cdk-lib/aws-lambda';
import * as sfn from 'aws-cdk-lib/aws-stepfunctions';
import * as tasks from 'aws-cdk-lib/aws-stepfunctions-tasks';

// A saga in Step Functions: reserve flight and hotel, take the payment, and undo each step when a later one fails; started over a REST API.
export const orderSaga = (app: App): void => {
  const stack = new Stack(app, 'TripBooking');

  const bookings = new dynamodb.Table(stack, 'Bookings', {
    partitionKey: { name: 'trip', type: dynamodb.AttributeType.STRING },
    sortKey: { name: 'part', type: dynamodb.AttributeType.STRING },
  });

  function step(id: string) {
    const fn = new lambda.Function(stack, id, {
      code: lambda.Code.fromInline('exports.handler = async () => ({ ok: true });'),
      handler: 'index.handler',
      runtime: lambda.Runtime.NODEJS_20_X,
      environment: { TABLE_NAME: bookings.tableName },
    });
    bookings.grantReadWriteData(fn);
    return fn;
  }

  const failed = new sfn.Fail(stack, 'Not Booked', { error: 'BookingFailed' });
  const succeeded = new sfn.Succeed(stack, 'Booked');

  const undo = (id: string, fn: string, next: sfn.IChainable) => new tasks.LambdaInvoke(stack, id, { lambdaFunction: step(fn), resultPath: '$.' + fn })
    .addRetry({ maxAttempts: 3 })
    .next(next);
  const cancelFlight = undo('CancelFlight', 'cancelFlight', failed);
  const cancelHotel = undo('CancelHotel', 'cancelHotel', cancelFlight);
  const refund = undo('RefundPayment', 'refundPayment', cancelHotel);

  const reserveFlight = new tasks.LambdaInvoke(stack, 'Book Flight', { lambdaFunction: step('reserveFlight'), resultPath: '$.flight' }).addCatch(cancelFlight, { resultPath: '$.error' });
  const reserveHotel = new tasks.LambdaInvoke(stack, 'Book Hotel', { lambdaFunction: step('reserveHotel'), resultPath: '$.hotel' }).addCatch(cancelHotel, { resultPath: '$.error' });
  const takePayment = new tasks.LambdaInvoke(stack, 'Charge', { lambdaFunction: step('takePayment'), resultPath: '$.payment' }).addCatch(refund, { resultPath: '$.error' });
  const confirm = new tasks.DynamoUpdateItem(stack, 'Confirm', {
    table: bookings,
    key: { trip: tasks.DynamoAttributeValue.fromString(sfn.JsonPath.stringAt('$.id')), part: tasks.DynamoAttributeValue.fromString('ORDER') },
    updateExpression: 'SET confirmed = :yes',
    expressionAttributeValues: { ':yes': tasks.DynamoAttributeValue.fromBoolean(true) },
    resultPath: sfn.JsonPath.DISCARD,
  });

  const saga = new sfn.StateMachine(stack, 'Saga', {
    definitionBody: sfn.DefinitionBody.fromChainable(reserveHotel.next(reserveFlight).next(takePayment).next(confirm).next(succeeded)),
    timeout: Duration.minutes(5),
  });

  const starter = new lambda.Function(stack, 'StartFn', {
    runtime: lambda.Runtime.NODEJS_20_X,
    code: lambda.Code.fromInline('exports.handler = async () => ({ statusCode: 202 });'),
    handler: 'index.handler',
    environment: { MACHINE_ARN: saga.stateMachineArn },
  });
  saga.grantStartExecution(starter);

  new apigw.LambdaRestApi(stack, 'TripApi', { handler: starter });
};
