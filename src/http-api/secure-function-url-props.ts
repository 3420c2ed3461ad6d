import { IFunction, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { EdgeFrontOptions } from './edge-front-options';
import { FunctionUrlAlarms } from './function-url-alarms';
import { FunctionUrlAuth } from './function-url-auth';
import { FunctionUrlConcurrency } from './function-url-concurrency';
import { ApiCors } from '../api/api-cors';

/** Choices for a function URL. */
export interface SecureFunctionUrlProps {
  /**
   * The function that answers, or an alias of it. It needs `reservedConcurrentExecutions`: a function URL has no throttle. Behind CloudFront it
   * must end within 60 seconds, unless it streams.
   */
  readonly handler: IFunction;
  /** Who may call. */
  readonly auth: FunctionUrlAuth;
  /**
   * What bounds the cost instead of reserved concurrency.
   * @default - the function must have reserved concurrency
   */
  readonly concurrency?: FunctionUrlConcurrency;
  /**
   * How CloudFront stands in front. Only with `FunctionUrlAuth.insideFunction`.
   * @default - with the stack's web ACL for CloudFront; its `domain` must be given, except in the sandbox profile
   */
  readonly front?: EdgeFrontOptions;
  /**
   * Which web pages may call the URL. Lambda answers preflights itself and sets the headers of all answers.
   * @default - none: browsers refuse calls from other origins
   */
  readonly cors?: ApiCors;
  /**
   * Whether answers are sent when they are complete, up to 6 MB, or as they come.
   * @default InvokeMode.BUFFERED
   */
  readonly invokeMode?: InvokeMode;
  /**
   * What to watch at the URL.
   * @default - all alarms of the profile, with their default thresholds
   */
  readonly alarms?: FunctionUrlAlarms;
}
