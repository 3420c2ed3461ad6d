import { RestApi, SpecRestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, HttpStage, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { GraphqlApi } from 'aws-cdk-lib/aws-appsync';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { UserPool } from 'aws-cdk-lib/aws-cognito';
import { Table, TableV2 } from 'aws-cdk-lib/aws-dynamodb';
import { EventBus, Rule } from 'aws-cdk-lib/aws-events';
import { Role } from 'aws-cdk-lib/aws-iam';
import { Key } from 'aws-cdk-lib/aws-kms';
import { Function as LambdaFunction } from 'aws-cdk-lib/aws-lambda';
import { LogGroup } from 'aws-cdk-lib/aws-logs';
import { Domain as SearchDomain } from 'aws-cdk-lib/aws-opensearchservice';
import { Bucket } from 'aws-cdk-lib/aws-s3';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Queue } from 'aws-cdk-lib/aws-sqs';
import { StateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { PLANTED_BY } from '../../../src/hardening/planting-injector';

test('stages are hardened by the first of these classes in them, under the ids that CDK knows them by', () => {
  const classes = [
    Bucket, Distribution, EventBus, GraphqlApi, HttpApi, HttpStage, Key, LambdaFunction, LogGroup, Queue, RestApi, Role, Rule, Secret, SpecRestApi,
    SearchDomain, StateMachine, Table, TableV2, Topic, UserPool, WebSocketApi, WebSocketStage,
  ];
  expect([...PLANTED_BY].sort()).toEqual(classes.map(({ PROPERTY_INJECTION_ID }) => PROPERTY_INJECTION_ID).sort());
});
