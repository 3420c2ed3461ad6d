import { AttributeType, ProjectionType, StreamViewType } from 'aws-cdk-lib/aws-dynamodb';
import { RuleTargetInput } from 'aws-cdk-lib/aws-events';
import { IStateMachine } from 'aws-cdk-lib/aws-stepfunctions';
import { PipeEnrichment, PipeSource, PipeTarget, SecureEventBus, SecureFunctionOptions, SecurePipe, SecureQueue, SecureTable } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { Handler } from './handler';

/** Who says that an order was placed, and how it is called. */
const SOURCE = 'shop.orders';
const ORDER_PLACED = 'OrderPlaced';

/** The index of orders by the day on which they were placed. */
export const BY_DAY = 'byDay';

export interface OrderBookProps {
  /** Where orders wait to be stored. */
  readonly inbox: SecureQueue;
  /** What all functions have in common. */
  readonly functions: SecureFunctionOptions;
}

/** All orders, each stored once; whoever wants to know of a new one listens to the bus. */
export class OrderBook extends Construct {
  public readonly orders: SecureTable;
  private readonly events: SecureEventBus;

  constructor(scope: Construct, id: string, { inbox, functions }: OrderBookProps) {
    super(scope, id);
    this.orders = new SecureTable(this, 'Orders', {
      partitionKey: { name: 'shop', type: AttributeType.STRING },
      sortKey: { name: 'reference', type: AttributeType.STRING },
      globalSecondaryIndexes: [{
        indexName: BY_DAY,
        partitionKey: { name: 'day', type: AttributeType.STRING },
        projectionType: ProjectionType.INCLUDE,
        nonKeyAttributes: ['total'],
      }],
      stream: StreamViewType.NEW_IMAGE,
    });
    const storeOrder = new Handler(this, 'StoreOrder', 'store-order.ts', { ...functions, environment: { ORDERS_TABLE: this.orders.tableName } });
    storeOrder.onQueue(inbox);
    this.orders.allowAppend(storeOrder);

    this.events = new SecureEventBus(this, 'Events', { description: 'What happens to orders' });
    new SecurePipe(this, 'Announcements', {
      source: PipeSource.tableStream(this.orders, { filters: [{ eventName: ['INSERT'] }] }),
      enrichment: PipeEnrichment.function(new Handler(this, 'OrderEvent', 'order-event.ts', functions)),
      target: PipeTarget.eventBus(this.events, { source: SOURCE, detailType: ORDER_PLACED }),
    });
  }

  /** Starts a workflow with each new order. */
  public onOrderPlaced(id: string, workflow: IStateMachine): void {
    this.events.routeToStateMachine(id, { source: [SOURCE], detailType: [ORDER_PLACED] }, workflow, { input: RuleTargetInput.fromEventPath('$.detail') });
  }
}
