import { Billing, Capacity } from 'aws-cdk-lib/aws-dynamodb';
import { ON_DEMAND_LIMITS } from './table-baseline';

/** The most that an on-demand table spends in a second. */
export interface TableThroughputLimits {
  /**
   * Read request units in a second: one for each 4 KB read consistently, half of it otherwise. At least 1, at most 40,000.
   * @default 4000
   */
  readonly maxReadRequestUnits?: number;
  /**
   * Write request units in a second: one for each KB written. At least 1, at most 40,000.
   * @default 1000
   */
  readonly maxWriteRequestUnits?: number;
}

/** What a provisioned table pays for, used or not. */
export interface TableProvisionedThroughput {
  /** Read capacity units in a second. */
  readonly read: Capacity;
  /** Write capacity units in a second. DynamoDB wants them to scale: `Capacity.autoscaled(…)`. */
  readonly write: Capacity;
}

/** How a table is paid for, and what bounds it. */
export class TableBilling {
  /**
   * Each request is paid, up to a limit in each second; beyond it requests are throttled, and an alarm tells. Costs nothing while idle.
   *
   * The limit keeps an attacker, a loop or a bad release from spending without end. DynamoDB holds it as well as it can: for a short
   * time bursts may go beyond it.
   * @throws ConfigurationError [SecureTable.Throughput] when a limit is not between 1 and 40,000, once the table is made
   * @see https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/on-demand-capacity-mode-max-throughput.html
   */
  public static onDemand(limits: TableThroughputLimits = {}): TableBilling {
    return new TableBilling({ ...ON_DEMAND_LIMITS, ...given(limits) }, undefined, undefined);
  }

  /**
   * Each request is paid, without a limit but the quota of the account: 40,000 units in a second for each table, about 65,000 USD a month
   * if somebody writes that much. The reason stands in the report.
   * @throws ConfigurationError [SecureTable.Reason] when the reason is too short to be judged, once the table is made
   */
  public static onDemandUnlimited(reason: string): TableBilling {
    return new TableBilling(undefined, undefined, reason);
  }

  /** A capacity is paid, used or not; requests beyond it are throttled. The most that it scales to is the bound. */
  public static provisioned(throughput: TableProvisionedThroughput): TableBilling {
    return new TableBilling(undefined, throughput, undefined);
  }

  private constructor(
    /** @internal */ public readonly _limits: Required<TableThroughputLimits> | undefined,
    /** @internal */ public readonly _provisioned: TableProvisionedThroughput | undefined,
    /** @internal */ public readonly _unlimitedReason: string | undefined,
  ) {}

  /** @internal */
  public _render(): Billing {
    if (this._provisioned !== undefined) {
      return Billing.provisioned({ readCapacity: this._provisioned.read, writeCapacity: this._provisioned.write });
    }
    return Billing.onDemand(this._limits);
  }
}

function given(limits: TableThroughputLimits): TableThroughputLimits {
  return Object.fromEntries(Object.entries(limits).filter(([, value]) => value !== undefined));
}
