import { ManagedPolicy, Role } from 'aws-cdk-lib/aws-iam';
import { ScheduleExpression } from 'aws-cdk-lib/aws-scheduler';
import { SecureFunctionOptions, SecureQueue, SecureTable, SecureTopic } from 'cdk-secure-serverless';
import { Construct } from 'constructs';
import { Handler } from './handler';
import { BY_DAY } from './order-book';

export interface BookkeepingProps {
  readonly orders: SecureTable;
  /** The role in which bookkeeping's own program reads its queue. */
  readonly readerRole: string;
  /** What all functions have in common. */
  readonly functions: SecureFunctionOptions;
}

/** What bookkeeping hears: each night the sum of a day, and orders that came to nothing. It waits in a queue until their program reads it. */
export class Bookkeeping extends Construct {
  public readonly notices: SecureTopic;

  constructor(scope: Construct, id: string, { orders, readerRole, functions }: BookkeepingProps) {
    super(scope, id);
    this.notices = new SecureTopic(this, 'Notices');
    const post = new SecureQueue(this, 'Post');
    this.notices.subscribeQueue(post, { rawMessageDelivery: true });
    post.allowReceive(new ManagedPolicy(this, 'ReadPost', {
      description: 'Bookkeeping reads its post', roles: [Role.fromRoleName(this, 'Reader', readerRole)],
    }));

    const dailySummary = new Handler(this, 'DailySummary', 'daily-summary.ts', {
      ...functions, environment: { ORDERS_TABLE: orders.tableName, ORDERS_BY_DAY: BY_DAY, SUMMARY_TOPIC: this.notices.topicArn },
    });
    orders.allowRead(dailySummary, { indexes: [BY_DAY], attributes: ['total'] });
    this.notices.allowPublish(dailySummary);
    dailySummary.onSchedule(ScheduleExpression.cron({ hour: '1', minute: '0' }), { description: 'Sums up the day before, in UTC' });
  }
}
