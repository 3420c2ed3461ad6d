import { ApiKey, IRestApi, Period, Stage, UsagePlan } from 'aws-cdk-lib/aws-apigateway';
import { Construct } from 'constructs';
import { checkThrottle } from './route';
import { ApiThrottle } from './route-options';
import { checkInteger } from '../../core/checks';
import { markOwn } from '../../core/own-part';

/** The quota is an integer of 32 bits: https://docs.aws.amazon.com/apigateway/latest/api/API_QuotaSettings.html */
const MOST_QUOTA = 2_147_483_647;

/** How much one customer of an API may use. */
export interface ApiUsagePlanProps {
  /** Limits for each key of the plan: below the account quota of 10,000 requests per second and 5,000 at once. */
  readonly throttle: ApiThrottle;
  /**
   * Requests that each key may make in a period. API Gateway counts on a best-effort basis: a budget is no hard stop.
   * @default - no quota
   */
  readonly quota?: number;
  /**
   * The period of the quota.
   * @default Period.MONTH
   */
  readonly quotaPeriod?: Period;
  /**
   * What the plan is for, shown in the console.
   * @default - no description
   */
  readonly description?: string;
}

/**
 * A usage plan of an API with one key. Routes ask for it by `apiKeyRequired`. Keys meter use and slow noisy customers down;
 * they do not authorize: a route that asks only for a key stays open.
 *
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-api-usage-plans.html
 */
export class ApiUsagePlan extends Construct {
  /** The plan, to which further keys can be added. */
  public readonly plan: UsagePlan;
  /** The plan's first key. Its value is made by API Gateway and never stands in the template. */
  public readonly key: ApiKey;

  /**
   * Mostly made by `SecureApi.addUsagePlan`.
   * @throws ConfigurationError [SecureApi.Throttle], [ApiUsagePlan.Quota]
   */
  constructor(scope: Construct, id: string, api: IRestApi, stage: Stage, props: ApiUsagePlanProps) {
    checkThrottle(scope, props.throttle, 'throttle');
    checkInteger(scope, props.quota, 1, MOST_QUOTA, { code: 'ApiUsagePlan.Quota', prop: 'quota', fix: 'leave it out for no quota' });
    super(scope, id);
    markOwn(this);
    this.plan = new UsagePlan(this, 'Resource', {
      description: props.description,
      throttle: { rateLimit: props.throttle.rate, burstLimit: props.throttle.burst },
      quota: props.quota === undefined ? undefined : { limit: props.quota, period: props.quotaPeriod ?? Period.MONTH },
      apiStages: [{ api, stage }],
    });
    this.key = new ApiKey(this, 'Key', { description: props.description });
    this.plan.addApiKey(this.key);
  }
}
