import { Context } from 'aws-lambda';
import { AwsPorts } from './aws-ports';
import { handle, Routing } from './handle';
import { isSeverity } from '../common/finding';
import { setting } from '../common/settings';

const optional = (name: string): string | undefined => process.env[name] || undefined;

const ports = new AwsPorts({
  busName: setting('BUS_NAME'),
  tableName: setting('TABLE_NAME'),
  topicArn: optional('TOPIC_ARN'),
  productArn: optional('PRODUCT_ARN'),
  namespace: setting('METRIC_NAMESPACE'),
  stack: setting('STACK'),
  leaseSeconds: Number(setting('LEASE_SECONDS')),
}, () => import('@aws-sdk/client-securityhub'));

const notifyFrom = optional('NOTIFY_FROM');
const routing: Routing = {
  notifyFrom: optional('TOPIC_ARN') !== undefined && isSeverity(notifyFrom) ? notifyFrom : undefined,
  securityHub: optional('PRODUCT_ARN') !== undefined,
};

/** Gets the events of services that watch the account, and sends each on as a finding in words that are the same for all. */
export async function handler(event: unknown, context: Context): Promise<void> {
  const [, , , region, account] = context.invokedFunctionArn.split(':');
  await handle(event, ports, routing, { account, region, now: new Date() });
}
