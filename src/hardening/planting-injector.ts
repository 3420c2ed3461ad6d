import { InjectionContext, IPropertyInjector, PropertyInjectors, Stage } from 'aws-cdk-lib';
import { RestApi, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, WebSocketApi } from 'aws-cdk-lib/aws-apigatewayv2';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { IConstruct } from 'constructs';
import { plantIn } from './hardening-aspect';
import { HardeningScope } from './hardening-scope';
import { rememberProps } from '../core/hardening/authored-props';

/** Whatever a serverless stage is made of: the first one of these in it has the stage hardened. */
const CLASSES = [
  Bucket, Distribution, EventBus, HttpApi, Key, LambdaFunction, LogGroup, Queue, RestApi, Role, Rule, Secret, SpecRestApi, StateMachine, Table,
  TableV2, Topic, UserPool, WebSocketApi,
];

/**
 * Reaches stages that are made after the call: CDK asks property injectors of all scopes above, across stages. The props stay as they are, those of
 * an injector that was there before included.
 */
export function reachLaterStages(root: IConstruct, scope: HardeningScope): void {
  const injectors = PropertyInjectors.of(root);
  for (const { PROPERTY_INJECTION_ID: id } of CLASSES) injectors.add(new PlantingInjector(id, scope, injectors.for(id)));
}

class PlantingInjector implements IPropertyInjector {
  constructor(public readonly constructUniqueId: string, private readonly scope: HardeningScope, private readonly earlier?: IPropertyInjector) {}

  public inject(originalProps: any, context: InjectionContext): any {
    const stage = Stage.of(context.scope);
    if (stage !== undefined) plantIn(stage, this.scope);
    const props = this.earlier === undefined ? originalProps : this.earlier.inject(originalProps, context);
    // newer versions of CDK keep no trace of whether a behavior's protocol was left out
    if (this.constructUniqueId === Distribution.PROPERTY_INJECTION_ID) rememberProps(context.scope, context.id, props);
    return props;
  }
}
