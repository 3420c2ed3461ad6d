import { App } from 'aws-cdk-lib';
import { ENV, NAMES } from './pipeline-shape';
import { OrderPipelineStack } from '../../examples/order-pipeline/lib/order-pipeline-stack';

/** The example itself, a number of times. */
export function build(app: App, stacks: number): void {
  for (let i = 0; i < stacks; i++) new OrderPipelineStack(app, `Pipeline${i}`, { env: ENV, names: NAMES });
}
