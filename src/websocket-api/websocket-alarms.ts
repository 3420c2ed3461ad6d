import { WebSocketStage } from 'aws-cdk-lib/aws-apigatewayv2';
import { Construct } from 'constructs';
import { AlarmSetting } from '../alarms/alarm-setting';
import { Watch, watch } from '../alarms/watch';

/** What is watched at a WebSocket API. Each alarm costs about 0.10 USD a month, the numbers of connections and messages about 0.30 USD each. */
export interface WebSocketAlarms {
  /**
   * Messages that the functions behind the API did not handle, in 5 minutes.
   * @default - above 0
   */
  readonly integrationErrors?: AlarmSetting;
  /**
   * Functions that API Gateway could not call, in 5 minutes.
   * @default - above 0
   */
  readonly executionErrors?: AlarmSetting;
  /**
   * Connections and messages that API Gateway refused, in 5 minutes: guessed tokens, unknown routes.
   * @default - above 50
   */
  readonly clientErrors?: AlarmSetting;
  /**
   * New connections in 5 minutes, against a band that CloudWatch learns; the threshold is the width of the band in standard deviations.
   * It goes off above the band: a flood, or clients that reconnect in a loop.
   * @default - above 4 standard deviations
   */
  readonly connections?: AlarmSetting;
  /**
   * Messages in 5 minutes, against a band that CloudWatch learns; the threshold is the width of the band in standard deviations.
   * It goes off above the band: one open connection is enough to send many.
   * @default - above 4 standard deviations
   */
  readonly messages?: AlarmSetting;
}

export function watchWebSocketApi(scope: Construct, stage: WebSocketStage, alarms: WebSocketAlarms): void {
  watch(scope, webSocketWatches(stage), { ...alarms });
}

/**
 * What is watched at a stage of a WebSocket API.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-websocket-api-logging.html
 */
export function webSocketWatches(stage: Pick<WebSocketStage, 'metric'>): Watch[] {
  const sum = (name: string): Watch['metric'] => (options) => stage.metric(name, { statistic: 'Sum', ...options });
  const band = { threshold: 4, evaluationPeriods: 3, anomaly: true };
  return [
    {
      name: 'integrationErrors',
      description: 'functions behind the API fail; look at their logs',
      metric: sum('IntegrationError'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'executionErrors',
      description: 'API Gateway could not call a function; look at the execution log',
      metric: sum('ExecutionError'),
      threshold: 0,
      essential: true,
    },
    {
      name: 'clientErrors',
      description: 'many connections or messages are refused; look for guessed tokens and unknown routes by sourceIp in the access log',
      metric: sum('ClientError'),
      threshold: 50,
    },
    {
      name: 'connections',
      description: 'far more connections than usual; look for a flood or a loop by sourceIp in the access log',
      metric: sum('ConnectCount'),
      ...band,
    },
    {
      name: 'messages',
      description: 'far more messages than usual; look for a loop by connectionId in the access log',
      metric: sum('MessageCount'),
      ...band,
    },
  ];
}
