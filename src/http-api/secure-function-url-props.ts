import { Size } from 'aws-cdk-lib';
import { IFunction, InvokeMode } from 'aws-cdk-lib/aws-lambda';
import { EdgeFrontOptions } from './edge-front-options';
import { FunctionUrlAlarms } from './function-url-alarms';
import { FunctionUrlAuth } from './function-url-auth';
import { FunctionUrlConcurrency } from './function-url-concurrency';
import { ApiCors } from '../api/access/api-cors';

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
   * The largest body that the web ACL of CloudFront in front lets through: above 8 KiB; Lambda takes 6 MB. Above 64 KiB the web ACL cannot see
   * the size. AWS charges extra inspection above 16 KiB. A web ACL that is only known by its ARN is not changed.
   * Without names of your own (`EdgeDomain.custom`) it holds for all distributions behind the web ACL.
   * @default - 8 KiB behind a web ACL, else what Lambda takes
   */
  readonly maxBodySize?: Size;
  /**
   * Which web pages may call the URL. Lambda answers preflights itself and sets the headers of all answers. Behind CloudFront pages send their
   * token in another header than Authorization, which is CloudFront's. Under `FunctionUrlAuth.iam()` the headers of a signature are added to the
   * default of `headers`; name them yourself if you name any.
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
