import { Duration } from 'aws-cdk-lib';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkDuration } from '../../core/checks';
import { INTEGRATION_TIMEOUT } from '../api-baseline';

/** Behind an API that gives up, a function would run on for nobody. What is not known here, of imported functions, passes. */
export function checkHandlerTimeout(scope: IConstruct, handler: IFunction, code: string): void {
  const fn = (handler as { lambda?: IFunction }).lambda ?? handler;
  checkDuration(scope, (fn as { timeout?: Duration }).timeout, Duration.seconds(1), INTEGRATION_TIMEOUT, {
    code, prop: 'timeout of the handler', fix: 'callers get an error after that; hand long work to a queue or a state machine',
  });
}
