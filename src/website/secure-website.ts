import { Stack } from 'aws-cdk-lib';
import { Distribution, Function, FunctionCode, FunctionRuntime, IFunction, IOrigin, S3OriginAccessControl, Signing } from 'aws-cdk-lib/aws-cloudfront';
import { S3BucketOrigin } from 'aws-cdk-lib/aws-cloudfront-origins';
import { Grant, IGrantable, PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { Construct } from 'constructs';
import { SecureWebsiteProps } from './secure-website-props';
import { SITE_KEY_ACTIONS, SITE_READ_ACTIONS } from './website-baseline';
import { WebsiteFallback } from './website-fallback';
import { Place, placeOf, refuse } from '../core/configuration-error';
import { recordProps } from '../core/exceptions/overrides';
import { allowServiceToUseKey } from '../core/keys/key-service';
import { accountWideName } from '../edge/account-wide-name';
import { checkEdge } from '../edge/edge-checks';
import { EdgeDistribution } from '../edge/edge-distribution';
import { EdgeDistributionProps } from '../edge/edge-distribution-props';
import { EdgeKind } from '../edge/edge-kind';
import { SecureBucket } from '../storage/secure-bucket';

/**
 * A website of files in a closed, encrypted bucket behind CloudFront: HTTPS only, with a web ACL, security headers and a strict content
 * policy, access logs and alarms. Only this distribution can read the bucket, by origin access control.
 *
 * ```ts
 * const certificate = acm.Certificate.fromCertificateArn(this, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/shop');
 * const site = new SecureWebsite(this, 'Site', {
 *   domain: EdgeDomain.custom({ domainNames: ['shop.example.com'], certificate }),
 *   fallback: WebsiteFallback.singlePage(),
 *   headers: { contentSecurityPolicy: ContentSecurityPolicy.site().with({ connectSrc: ['https://api.example.com'] }) },
 * });
 * // aws s3 sync dist s3://…, aws cloudfront create-invalidation …
 * site.allowDeploy(iam.Role.fromRoleName(this, 'Pipeline', 'deploy-shop'));
 * ```
 *
 * Idle it costs a share of the stack's web ACL for CloudFront (about 10 USD a month) and of its data key (about 1 USD), and its alarms (about
 * 0.50 USD). The web ACL can only be made in us-east-1: make the stack there, or see `webAcl` for what else there is.
 *
 * Files are not part of the stack: a pipeline brings them, with the rights that `allowDeploy` gives. CDK's BucketDeployment works on `bucket`
 * as well, but deploys a Lambda function with an AWS managed policy to do it.
 *
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/private-content-restricting-access-to-s3.html
 */
export class SecureWebsite extends Construct {
  /** Where the files lie. */
  public readonly bucket: SecureBucket;
  /** What stands in front of them: web ACL, headers, logs and alarms. */
  public readonly edge: EdgeDistribution;
  /** The distribution itself. */
  public readonly distribution: Distribution;
  /** The address of the site, with a slash at the end. */
  public readonly url: string;

  /**
   * @throws ConfigurationError [SecureWebsite.Bucket] when the bucket belongs to another stack, or comes with a key
   * @throws ConfigurationError [SecureWebsite.NotFoundPage] when the page is not a path of a file
   * @throws ConfigurationError [EdgeDomain.*], [EdgeWebAcl.*], [EdgeAccessLogs.*], [EdgeAlarms.Region], [EdgeHeaders.Feature],
   * [ContentSecurityPolicy.*], [EdgeDistribution.*]
   */
  constructor(scope: Construct, id: string, props: SecureWebsiteProps = {}) {
    const place = placeOf(scope, id);
    checkFiles(place, scope, props);
    checkEdge(place, scope, { ...props, kind: EdgeKind.site() });
    super(scope, id);
    recordProps(this, 'SecureWebsite', props);
    this.bucket = props.bucket ?? new SecureBucket(this, 'Files', { encryptionKey: props.encryptionKey });
    this.edge = new EdgeDistribution(this, 'Edge', this.edgeProps(props));
    this.distribution = this.edge.distribution;
    this.url = this.edge.url;
    this.letDistributionRead();
  }

  /**
   * Lets a pipeline bring new files and take old ones away: `s3:PutObject`, `s3:DeleteObject`, `s3:ListBucket` and the like on the bucket,
   * encryption through S3, and emptying the cache. Not reading files, and not bringing deleted versions back.
   * @throws ConfigurationError [EdgeDistribution.Grantee] when the grantee is not a role or user of this account
   */
  public allowDeploy(grantee: IGrantable): Grant {
    return this.allowInvalidate(grantee)
      .combine(this.bucket.allowList(grantee))
      .combine(this.bucket.allowWrite(grantee))
      .combine(this.bucket.allowDelete(grantee));
  }

  /**
   * Lets somebody empty the cache and see whether that is done.
   * @throws ConfigurationError [EdgeDistribution.Grantee] when the grantee is not a role or user of this account
   */
  public allowInvalidate(grantee: IGrantable): Grant {
    return this.edge.allowInvalidate(grantee);
  }

  private edgeProps({ fallback, notFoundPage, bucket: _, encryptionKey: __, ...edge }: SecureWebsiteProps): EdgeDistributionProps {
    return {
      ...edge,
      kind: EdgeKind.site(),
      origin: this.origin(),
      viewerRequest: this.rewrite(fallback ?? WebsiteFallback.folderIndex()),
      // Without the right to list, S3 answers 403 for a file that does not exist.
      errorResponses: notFoundPage === undefined ? undefined : [403, 404].map((httpStatus) => ({
        httpStatus, responseHttpStatus: 404, responsePagePath: notFoundPage,
      })),
    };
  }

  /** CDK's own origin with access control writes statements into the policies of bucket and key as well, and a warning with them. */
  private origin(): IOrigin {
    const access = new S3OriginAccessControl(this, 'OriginAccess', {
      originAccessControlName: accountWideName(this, 64), signing: Signing.SIGV4_ALWAYS,
    });
    return S3BucketOrigin.withBucketDefaults(this.bucket, { originAccessControlId: access.originAccessControlId });
  }

  private rewrite({ name, _code }: WebsiteFallback): IFunction | undefined {
    return _code === undefined ? undefined : new Function(this, 'Rewrite', {
      code: FunctionCode.fromInline(_code), runtime: FunctionRuntime.JS_2_0, comment: `${name} of ${this.node.path}`.slice(0, 128),
    });
  }

  private letDistributionRead(): void {
    this.bucket.addToResourcePolicy(new PolicyStatement({
      sid: 'CloudFrontReads',
      principals: [new ServicePrincipal('cloudfront.amazonaws.com')],
      actions: SITE_READ_ACTIONS,
      resources: [this.bucket.arnForObjects('*')],
      conditions: { StringEquals: { 'aws:SourceArn': this.distribution.distributionArn } },
    }));
    const key = this.bucket.encryptionKey;
    if (key === undefined) return;
    // The key stands before the bucket and that before the distribution, so its policy names the account's distributions. The bucket decides which.
    allowServiceToUseKey(this, key, {
      sid: 'CloudFrontReads',
      service: 'cloudfront.amazonaws.com',
      actions: SITE_KEY_ACTIONS,
      conditions: {
        ArnLike: { 'aws:SourceArn': Stack.of(this).formatArn({ service: 'cloudfront', region: '', resource: 'distribution', resourceName: '*' }) },
      },
    });
  }
}

/** Refuses what could not be deployed, before anything is made. */
function checkFiles(place: Place, scope: Construct, { additionalBehaviors, bucket, encryptionKey, notFoundPage }: SecureWebsiteProps): void {
  if (bucket !== undefined && Stack.of(bucket) !== Stack.of(scope)) {
    refuse(place, {
      code: 'SecureWebsite.Bucket',
      prop: 'bucket',
      must: 'must belong to the stack of the website: its policy names the distribution, and the distribution the bucket',
      got: bucket.node.path,
      fix: 'make it in the same stack, or leave it out',
    });
  }
  if (bucket !== undefined && encryptionKey !== undefined) {
    refuse(place, { code: 'SecureWebsite.Bucket', prop: 'encryptionKey', must: "must not go with 'bucket', which has its own", fix: 'give the key to the SecureBucket' });
  }
  if (notFoundPage !== undefined && !/^\/[^?#*]*[^/?#*]$/.test(notFoundPage)) {
    refuse(place, {
      code: 'SecureWebsite.NotFoundPage', prop: 'notFoundPage', must: 'must be the path of a file, beginning with a slash', got: notFoundPage, fix: "write it like '/404.html'",
    });
  }
  const [api] = Object.entries(additionalBehaviors ?? {}).find(([, { kind }]) => kind.name === 'api') ?? [];
  if (notFoundPage !== undefined && api !== undefined) {
    refuse(place, {
      code: 'SecureWebsite.NotFoundPage',
      prop: 'notFoundPage',
      must: 'must not go with the behavior of an API, because CloudFront would give the page to its callers as well',
      got: api,
      fix: 'leave one of them out, or give the API a distribution of its own',
    });
  }
}
