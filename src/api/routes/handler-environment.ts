import { IFunction } from 'aws-cdk-lib/aws-lambda';
import { IConstruct } from 'constructs';
import { refuse } from '../../core/configuration-error';
import { foreignEnvironment } from '../../core/stacks/foreign-environment';

/**
 * API Gateway calls a function once the function's policy allows it. CloudFormation writes that policy from the stack of the API, and Lambda takes it from
 * the function's own account and region alone: "Functions from 'us-east-1' are not reachable in this region ('eu-west-1')".
 *
 * @see https://github.com/aws/aws-cdk/issues/17458
 */
export function checkHandlerEnvironment(scope: IConstruct, handler: IFunction, code: string, authorizer?: IFunction): void {
  for (const [prop, fn] of Object.entries({ handler, authorizer })) {
    const elsewhere = fn && foreignEnvironment(scope, fn);
    if (elsewhere === undefined) continue;
    refuse(scope, {
      code,
      prop,
      must: `must be a function of the account and region of the API (${elsewhere.here}), where its permission to be called is written`,
      got: elsewhere.there,
      fix: 'put the function there, or one that calls it',
    });
  }
}
