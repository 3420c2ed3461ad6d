import { AllowedMethods, ViewerProtocolPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { ContentSecurityPolicy } from './content-security-policy';
import { EdgeCaching } from './edge-caching';

/**
 * What CloudFront stands in front of.
 *
 * |                       | site                          | api                                |
 * |-----------------------|-------------------------------|------------------------------------|
 * | methods               | GET and HEAD                  | all                                |
 * | cache                 | files, the same for everybody | none                               |
 * | plain HTTP            | redirected to HTTPS           | refused: the first request would have sent its token already |
 * | content may load      | what lies at its own origin   | nothing                            |
 * | `/` without a file    | `index.html`                  | goes to the origin                 |
 * | SQL injection rules   | no                            | yes                                |
 */
export class EdgeKind {
  /** Pages and files for browsers. */
  public static site(): EdgeKind {
    return new EdgeKind('site', AllowedMethods.ALLOW_GET_HEAD, EdgeCaching.files(), ViewerProtocolPolicy.REDIRECT_TO_HTTPS, ContentSecurityPolicy.site(), 'index.html');
  }

  /** An API, whose answers depend on who asks. */
  public static api(): EdgeKind {
    return new EdgeKind('api', AllowedMethods.ALLOW_ALL, EdgeCaching.off(), ViewerProtocolPolicy.HTTPS_ONLY, ContentSecurityPolicy.nothing());
  }

  private constructor(
    /** `site` or `api`. */
    public readonly name: string,
    /** @internal */ public readonly _methods: AllowedMethods,
    /** @internal */ public readonly _caching: EdgeCaching,
    /** @internal */ public readonly _protocol: ViewerProtocolPolicy,
    /** @internal */ public readonly _contentPolicy: ContentSecurityPolicy,
    /** @internal */ public readonly _rootObject?: string,
  ) {}
}
