import { Stack } from 'aws-cdk-lib';
import { Template } from 'aws-cdk-lib/assertions';
import { HttpIntegration, RestApi } from 'aws-cdk-lib/aws-apigateway';
import { HttpApi, WebSocketApi, WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Distribution } from 'aws-cdk-lib/aws-cloudfront';
import { HttpOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { DefinitionBody, Pass, StateMachine, StateMachineType } from 'aws-cdk-lib/aws-stepfunctions';
import { SecurityProfile } from '../../../src/core/profile/security-profile';
import { hardened } from '../support/compared';

const EDGE = { env: { region: 'us-east-1', account: '123456789012' } };

/** The metrics that alarms of hardening look at, web ACL and shared parts apart. */
function watchedIn(template: Template, namespace: string): string[] {
  return Object.values<any>(template.findResources('AWS::CloudWatch::Alarm')).flatMap(({ Properties }) => {
    const inExpression = (Properties.Metrics ?? []).flatMap(({ MetricStat }: any) => (MetricStat === undefined ? [] : [MetricStat.Metric]));
    return [Properties, ...inExpression].filter(({ Namespace }) => Namespace === namespace).map(({ MetricName }) => MetricName as string);
  }).sort();
}

const rest = (stack: Stack): RestApi => {
  const api = new RestApi(stack, 'Api');
  api.root.addMethod('GET', new HttpIntegration('https://example.org'));
  return api;
};
const machine = (stateMachineType: StateMachineType) => (stack: Stack) => (
  new StateMachine(stack, 'Machine', { definitionBody: DefinitionBody.fromChainable(new Pass(stack, 'Done')), stateMachineType }));

test.each<[string, string, (stack: Stack) => unknown, string[]]>([
  ['a REST API', 'AWS/ApiGateway', rest, ['4XXError', '5XXError', 'Count', 'Latency']],
  ['an HTTP API', 'AWS/ApiGateway', (stack) => new HttpApi(stack, 'Api'), ['4xx', '5xx', 'Count', 'Count', 'Latency']],
  [
    'a WebSocket API', 'AWS/ApiGateway',
    (stack) => new WebSocketStage(stack, 'Stage', { webSocketApi: new WebSocketApi(stack, 'Api'), stageName: 'live', autoDeploy: true }),
    ['ClientError', 'ConnectCount', 'ExecutionError', 'IntegrationError', 'MessageCount'],
  ],
  ['a standard machine', 'AWS/States', machine(StateMachineType.STANDARD), ['ExecutionThrottled', 'ExecutionsAborted', 'ExecutionsFailed', 'ExecutionsTimedOut']],
  ['an express machine', 'AWS/States', machine(StateMachineType.EXPRESS), ['ExecutionThrottled', 'ExecutionsFailed', 'ExecutionsTimedOut']],
  [
    'a distribution in us-east-1', 'AWS/CloudFront',
    (stack) => new Distribution(stack, 'Site', { defaultBehavior: { origin: new HttpOrigin('example.org') } }), ['4xxErrorRate', '5xxErrorRate', 'Requests'],
  ],
])('%s is watched', (_, namespace, build, metrics) => {
  expect(watchedIn(hardened((stack) => { build(stack); }, {}, EDGE).template, namespace)).toEqual(metrics);
});

test('a distribution elsewhere is not: CloudWatch would never see its metrics', () => {
  const { template } = hardened((stack) => {
    new Distribution(stack, 'Site', { defaultBehavior: { origin: new HttpOrigin('example.org') } });
  }, {}, { env: { region: 'eu-west-1' } });
  expect(watchedIn(template, 'AWS/CloudFront')).toStrictEqual([]);
});

test('the thriftiest profile is told of failures alone', () => {
  const { template } = hardened((stack) => {
    rest(stack);
    machine(StateMachineType.STANDARD)(stack);
  }, { profile: SecurityProfile.sandbox() });
  expect([watchedIn(template, 'AWS/ApiGateway'), watchedIn(template, 'AWS/States')]).toEqual([['5XXError'], ['ExecutionsFailed', 'ExecutionsTimedOut']]);
});

test('what an alarm of the author looks at has no second one', () => {
  const { template } = hardened((stack) => {
    rest(stack).metricServerError().createAlarm(stack, 'ApiFails', { threshold: 1, evaluationPeriods: 1 });
    new HttpApi(stack, 'Http').metricServerError().createAlarm(stack, 'HttpFails', { threshold: 1, evaluationPeriods: 1 });
    machine(StateMachineType.STANDARD)(stack).metricFailed().createAlarm(stack, 'MachineFails', { threshold: 1, evaluationPeriods: 1 });
  });
  const watched = ['AWS/ApiGateway', 'AWS/States'].flatMap((namespace) => watchedIn(template, namespace));
  expect(['5XXError', '5xx', 'ExecutionsFailed'].map((name) => watched.filter((one) => one === name).length)).toEqual([1, 1, 1]);
});
