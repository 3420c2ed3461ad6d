import { Order, toOrder, viewOf } from './order';
import { OrderRequest } from './order-schema';
import { OrderStore } from './order-store';
import { ReceiptStore } from './receipt-store';
import { customerOf, parseBody, respond, route } from '../../common/http';
import { logError, logInfo } from '../../common/log';
import { setting } from '../../common/settings';

const orders = new OrderStore(setting('ORDERS_TABLE'));
const receipts = new ReceiptStore(setting('RECEIPTS_BUCKET'));

/** POST /orders: prices and stores an order, then writes its receipt. */
export const handler = route('POST /orders', async (event) => {
  const order = toOrder(customerOf(event), parseBody(event, OrderRequest), new Date());
  await orders.add(order);
  const receipt = await writeReceipt(order);
  logInfo('order_placed', { orderId: order.orderId, lines: order.lines.length, total: order.total });
  return respond(201, { ...viewOf(order), receipt });
});

/** An order that is stored stands: a receipt that could not be written is reported and can be written again from the order. */
async function writeReceipt(order: Order): Promise<'written' | 'pending'> {
  try {
    await receipts.add(order);
    return 'written';
  } catch (error) {
    logError('receipt_not_written', error, { orderId: order.orderId });
    return 'pending';
  }
}
