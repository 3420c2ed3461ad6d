import { InjectionContext, IPropertyInjector, PropertyInjectors, Stage } from 'aws-cdk-lib';
import { IConstruct } from 'constructs';
import { plantIn } from './hardening-aspect';
import { HardeningScope } from './hardening-scope';
import { rememberProps } from '../core/hardening/values/authored-props';

const DISTRIBUTION = 'aws-cdk-lib.aws-cloudfront.Distribution';
const REST_API = 'aws-cdk-lib.aws-apigateway.RestApi';
const SPEC_REST_API = 'aws-cdk-lib.aws-apigateway.SpecRestApi';
const SEARCH_DOMAIN = 'aws-cdk-lib.aws-opensearchservice.Domain';
const V2_STAGES = ['aws-cdk-lib.aws-apigatewayv2.HttpStage', 'aws-cdk-lib.aws-apigatewayv2.WebSocketStage'];

/**
 * Of these CDK keeps no trace of what their authors left out: the protocol of a behavior, the format of an access log, plain HTTP of a search
 * domain.
 */
const REMEMBERED: readonly string[] = [DISTRIBUTION, REST_API, SEARCH_DOMAIN, SPEC_REST_API, ...V2_STAGES];

/**
 * Whatever a serverless stage is made of, by the ids that CDK knows the classes by (its spelling): the first one of these in it has the stage hardened. The classes
 * themselves would have CDK load all of their modules, used or not.
 */
export const PLANTED_BY = [
  'aws-cdk-lib.aws-s3.Bucket', DISTRIBUTION, 'aws-cdk-lib.aws-events.EventBus', 'aws-cdk-lib.aws-apigatewayv2.HttpApi', 'aws-cdk-lib.aws-kms.Key',
  'aws-cdk-lib.aws-lambda.Function', 'aws-cdk-lib.aws-log.LogGroup', 'aws-cdk-lib.aws-sqs.Queue', REST_API,
  'aws-cdk-lib.aws-iam.Role', 'aws-cdk-lib.aws-events.Rule', 'aws-cdk-lib.aws-secretsmanager.Secret', SPEC_REST_API,
  'aws-cdk-lib.aws-stepfunctions.StateMachine', 'aws-cdk-lib.aws-dynamodb.Table', 'aws-cdk-lib.aws-dynamodb.TableV2', 'aws-cdk-lib.aws-sns.Topic',
  'aws-cdk-lib.aws-cognito.UserPool', 'aws-cdk-lib.aws-apigatewayv2.WebSocketApi', 'aws-cdk-lib.aws-appsync.GraphqlApi', SEARCH_DOMAIN, ...V2_STAGES,
];

/**
 * Reaches stages that are made after the call: CDK asks property injectors of all scopes above, across stages. The props stay as they are, those of
 * an injector that was there before included.
 */
export function reachLaterStages(root: IConstruct, scope: HardeningScope): void {
  const injectors = PropertyInjectors.of(root);
  for (const id of PLANTED_BY) injectors.add(new PlantingInjector(id, scope, injectors.for(id)));
}

class PlantingInjector implements IPropertyInjector {
  constructor(public readonly constructUniqueId: string, private readonly scope: HardeningScope, private readonly earlier?: IPropertyInjector) {}

  public inject(originalProps: any, context: InjectionContext): any {
    const stage = Stage.of(context.scope);
    if (stage !== undefined) plantIn(stage, this.scope);
    const props = this.earlier === undefined ? originalProps : this.earlier.inject(originalProps, context);
    if (REMEMBERED.includes(this.constructUniqueId)) rememberProps(context.scope, context.id, props);
    return props;
  }
}
