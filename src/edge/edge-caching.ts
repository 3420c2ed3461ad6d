import { CachePolicy, ICachePolicy, IOriginRequestPolicy, OriginRequestPolicy } from 'aws-cdk-lib/aws-cloudfront';

/**
 * What CloudFront keeps of an origin's answers.
 *
 * An origin behind a cache sees of a request only what the cache tells requests apart by. So the answer to one user's token or cookie can
 * never be kept and given to another: the origin does not get to see it.
 */
export class EdgeCaching {
  /** Nothing is kept: each request goes to the origin, with all that the viewer sent except the Host header. */
  public static off(): EdgeCaching {
    return new EdgeCaching(CachePolicy.CACHING_DISABLED, OriginRequestPolicy.ALL_VIEWER_EXCEPT_HOST_HEADER);
  }

  /**
   * Answers are kept by path, as long as the origin says in Cache-Control (one day if it says nothing); query, cookies and headers do not
   * reach the origin.
   */
  public static files(): EdgeCaching {
    return new EdgeCaching(CachePolicy.CACHING_OPTIMIZED, undefined);
  }

  /** Answers are kept by what the policy names (query parameters, headers, cookies), and only that reaches the origin. */
  public static by(policy: ICachePolicy): EdgeCaching {
    return new EdgeCaching(policy, undefined);
  }

  private constructor(
    /** @internal */ public readonly _policy: ICachePolicy,
    /** @internal */ public readonly _forwarded: IOriginRequestPolicy | undefined,
  ) {}
}
