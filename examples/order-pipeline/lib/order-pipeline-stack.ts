import { Stack, StackProps } from 'aws-cdk-lib';
import { AlarmRecipient, NetworkEndpoint, StackAlarmTopic } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { Bookkeeping } from './bookkeeping';
import { Fulfilment } from './fulfilment';
import { Intake } from './intake';
import { OrderBook } from './order-book';
import { PipelineNames } from './pipeline-names';
import { functionDemands } from '../../common/regulated';

export interface OrderPipelineStackProps extends StackProps {
  readonly names: PipelineNames;
}

/** Orders of a chain of shops, on their way from the till to the receipt. Each part hands on to the next, and knows nothing else of it. */
export class OrderPipelineStack extends Stack {
  constructor(scope: Construct, id: string, { names, ...props }: OrderPipelineStackProps) {
    super(scope, id, props);
    StackAlarmTopic.notify(this, AlarmRecipient.email(names.alarmEmail));
    const functions = functionDemands(this, { concurrency: 10, endpoints: [NetworkEndpoint.SNS, NetworkEndpoint.SQS] });

    const intake = new Intake(this, 'Intake', { names, functions });
    const book = new OrderBook(this, 'OrderBook', { inbox: intake.inbox, functions });
    const bookkeeping = new Bookkeeping(this, 'Bookkeeping', { orders: book.orders, readerRole: names.bookkeepingRole, functions });
    const fulfilment = new Fulfilment(this, 'Fulfilment', { notices: bookkeeping.notices, functions });
    book.onOrderPlaced('Fulfilment', fulfilment.workflow);
  }
}
