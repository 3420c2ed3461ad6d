import { Duration, Stack } from 'aws-cdk-lib';
import { ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { Construct, IConstruct } from 'constructs';
import { INTEGRATION_TIMEOUT } from './api-baseline';
import { checkDuration } from '../core/checks';
import { refuse } from '../core/configuration-error';

/** Behind an API that gives up, a function would run on for nobody. What is not known here, of imported functions, passes. */
export function checkHandlerTimeout(scope: IConstruct, handler: IFunction, code: string): void {
  const fn = (handler as { lambda?: IFunction }).lambda ?? handler;
  checkDuration(scope, (fn as { timeout?: Duration }).timeout, Duration.seconds(1), INTEGRATION_TIMEOUT, {
    code, prop: 'timeout of the handler', fix: 'callers get an error after that; hand long work to a queue or a state machine',
  });
}

/** What API Gateway may call a function for. */
export interface ApiInvocation {
  /** Id of the permission. */
  readonly id: string;
  /** The one route or authorizer in whose name API Gateway calls. */
  readonly sourceArn: string;
  /** Code of the refusal of a function whose policy cannot be changed. */
  readonly code: string;
}

/** In the API's stack and not beside the function, so that a function of another stack does not depend on the API. */
export function letApiInvoke(permissions: Construct, handler: IFunction, { id, sourceArn, code }: ApiInvocation): void {
  handler.addPermission(id, {
    scope: permissions, principal: new ServicePrincipal('apigateway.amazonaws.com'), sourceArn, sourceAccount: Stack.of(permissions).account,
  });
  if (permissions.node.tryFindChild(id) !== undefined) return;
  refuse(permissions.node.scope!, {
    code,
    prop: 'handler',
    must: 'must be a function to which an invoke permission can be added',
    got: handler.node.path,
    fix: 'import it with Function.fromFunctionAttributes({ functionArn, sameEnvironment: true })',
  });
}
