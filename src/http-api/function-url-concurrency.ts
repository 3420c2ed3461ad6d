import { Validations } from 'aws-cdk-lib';
import { CfnFunction, IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';

/** What bounds the cost of a function URL, which has no throttle. */
export class FunctionUrlConcurrency {
  /**
   * The function has no `reservedConcurrentExecutions`: whoever may call the URL can use up all executions of the account and region, and its
   * budget. The reason is recorded and stands in the report. New accounts have too small a quota to reserve anything.
   */
  public static unbounded(reason: string): FunctionUrlConcurrency {
    return new FunctionUrlConcurrency(reason);
  }

  private constructor(/** @internal */ public readonly _reason: string) {}
}

/**
 * | function                    | reserved | concurrency | result |
 * |-----------------------------|----------|-------------|--------|
 * | of this app                 | yes      | any         | bounded |
 * | of this app                 | no       | none        | refused |
 * | any                         | no, or not known | unbounded(reason) | recorded |
 * | imported                    | not known | none       | a warning |
 */
export function checkConcurrency(place: Place, handler: IFunction, choice: FunctionUrlConcurrency | undefined): void {
  if (choice !== undefined) {
    return checkReason(place, choice._reason, { code: 'FunctionUrlConcurrency.Reason', prop: 'concurrency', fix: 'say what else bounds the cost' });
  }
  const resource = resourceOf(handler);
  if (resource === undefined || resource.reservedConcurrentExecutions !== undefined) return;
  refuse(place, {
    code: 'SecureFunctionUrl.Concurrency',
    prop: 'handler',
    must: 'must have reservedConcurrentExecutions, because a function URL has no throttle',
    got: handler.node.path,
    fix: 'reserve as many executions as it may use, or pass FunctionUrlConcurrency.unbounded(reason)',
  });
}

/** Notes what the check let through. */
export function recordConcurrency(scope: IConstruct, handler: IFunction, choice: FunctionUrlConcurrency | undefined): void {
  const resource = resourceOf(handler);
  if (resource?.reservedConcurrentExecutions !== undefined) return;
  if (choice !== undefined) return recordWaiver(scope, { control: 'SecureFunctionUrl.concurrency', reason: choice._reason });
  Validations.of(scope).addWarning('cdk-secure-serverless:FunctionUrlConcurrency',
    `Whether the imported function ${handler.node.path} has reserved concurrency cannot be seen here: without it, nothing bounds the cost of its URL.`);
}

/** An alias points to a version, and a version to a function. */
function resourceOf(handler: IFunction): CfnFunction | undefined {
  const fn = (handler as { lambda?: IFunction }).lambda ?? handler;
  const resource = fn.node.defaultChild;
  return resource !== undefined && CfnFunction.isCfnFunction(resource) ? resource : undefined;
}
