import { ManagedPolicy } from 'aws-cdk-lib/aws-iam';
import { ApiAuth, SecureApi, SecureFunctionOptions, SecureQueue } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { Handler } from './handler';
import { PipelineNames } from './pipeline-names';
import { Till } from './till';
import { jsonSchemaOf } from '../../common/json-schema';
import { OrderRequest } from '../src/order';

export interface IntakeProps {
  readonly names: PipelineNames;
  /** What all functions have in common. */
  readonly functions: SecureFunctionOptions;
}

/** The door: tills sign their requests, and what they order waits in a queue. A till never waits for what comes behind. */
export class Intake extends Construct {
  public readonly inbox: SecureQueue;

  constructor(scope: Construct, id: string, { names, functions }: IntakeProps) {
    super(scope, id);
    this.inbox = new SecureQueue(this, 'Inbox');
    const acceptOrder = new Handler(this, 'AcceptOrder', 'accept-order.ts', { ...functions, environment: { INBOX_URL: this.inbox.queueUrl } });
    this.inbox.allowSend(acceptOrder);

    const api = new SecureApi(this, 'Api', { auth: ApiAuth.iam() });
    api.addRoute('POST', '/orders', acceptOrder, { body: jsonSchemaOf(OrderRequest), throttle: { rate: 50, burst: 25 } });

    const tills = names.tills.map((name) => new Till(this, name, names.trustAnchorId));
    api.allowInvoke(new ManagedPolicy(this, 'PlaceOrders', { description: 'Tills place orders', roles: tills.map(({ role }) => role) }), 'POST', '/orders');
  }
}
