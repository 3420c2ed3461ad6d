import { IConstruct } from 'constructs';
import { todayOf } from '../core/exceptions/calendar';
import { ExceptionOptions } from '../policy/exceptions/exception-record';
import { recordException } from '../policy/exceptions/recorded';

/**
 * Findings that may stay for a while, at and below a construct: each with a reason, an owner and a last day.
 *
 * While an exception holds, CDK lists what it covers as suppressed, with reason, owner and end. When it has ended, the synthesis fails until the
 * finding is mended or somebody decides anew. One that covers nothing, or ends within 30 days, is warned of. What opens a data store to
 * everybody, or gives the rights of an administrator, can never be accepted.
 *
 * `ServerlessSecurity.of(app).enforce()` judges exceptions with each synthesis. The day is today's in UTC; the context key
 * `cdk-secure-serverless:today` moves it: `cdk synth -c cdk-secure-serverless:today=2027-01-31`.
 */
export class SecurityExceptions {
  /** The exceptions of a construct and everything below it. The nearer the finding, the better: what comes later elsewhere is not covered. */
  public static of(scope: IConstruct): SecurityExceptions {
    return new SecurityExceptions(scope);
  }

  private constructor(private readonly scope: IConstruct) {}

  /**
   * Accepts a finding until a day.
   *
   * A rule of this library (`BucketVersioning`) means all of its findings at and below the scope; with brackets
   * (`RouteAuthorization[GET /health]`) it means that one. A finding of another pack is named exactly, with its pack:
   * `AwsSolutions::AwsSolutions-IAM5[Resource::*]`. It is known to be unused only if `enforce()` registered that pack.
   * Open routes and function URLs are accepted one at a time.
   *
   * @param finding the rule or finding
   * @param options why, who answers for it, and until when
   * @throws ConfigurationError [SecurityExceptions.UnknownRule] when our pack has no such rule; the message names those that are spelled alike
   * @throws ConfigurationError [SecurityExceptions.Finding] when it is no id of a finding
   * @throws ConfigurationError [SecurityExceptions.Reason] when the reason says nothing
   * @throws ConfigurationError [SecurityExceptions.Owner] when nobody can be asked
   * @throws ConfigurationError [SecurityExceptions.Expires] when the end is no day that exists
   * @throws ConfigurationError [SecurityExceptions.Ticket] when the ticket is empty
   * @throws ConfigurationError [SecurityExceptions.Today] when the context cdk-secure-serverless:today holds no day
   */
  public accept(finding: string, options: ExceptionOptions): SecurityExceptions {
    todayOf(this.scope);
    recordException(this.scope, finding, options);
    return this;
  }
}
