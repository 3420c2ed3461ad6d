import { Size, Token, TokenComparison, Validations } from 'aws-cdk-lib';
import {
  BehaviorOptions, CachedMethods, CfnDistribution, Distribution, FunctionEventType, GeoRestriction, HttpVersion, PriceClass, ResponseHeadersPolicy,
  SSLMethod,
} from 'aws-cdk-lib/aws-cloudfront';
import { AlarmBase } from 'aws-cdk-lib/aws-cloudwatch';
import { Grant, IGrantable } from 'aws-cdk-lib/aws-iam';
import { IBucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { watchEdge } from './edge-alarms';
import { INVALIDATE_ACTIONS } from './edge-baseline';
import { checkEdge, findWeakBehaviors } from './edge-checks';
import { EdgeBehavior, EdgeDistributionProps } from './edge-distribution-props';
import { domainSettings, placeDomain } from './edge-domain';
import { headersPolicy } from './edge-headers';
import { EdgeKind } from './edge-kind';
import { ChosenWebAcl, edgeWebAclFor, explainMissingWebAcl } from './edge-web-acl';
import { StackEdgeLogBucket } from './stack-edge-log-bucket';
import { placeOf, refuse } from '../core/configuration-error';
import { acknowledge, acknowledgeRule, NagPackId } from '../core/exceptions/acknowledgement';
import { recordWaiver } from '../core/exceptions/waiver';
import { markOwn } from '../core/own-part';
import { allow } from '../iam/exact-access';
import { GeoRule } from '../waf/geo-rule';
import { SecureWebAcl } from '../waf/secure-web-acl';

/**
 * CloudFront in front of a website or an API: HTTPS only, with a web ACL, security headers, access logs and alarms.
 *
 * ```ts
 * const certificate = acm.Certificate.fromCertificateArn(this, 'Certificate', 'arn:aws:acm:us-east-1:123456789012:certificate/shop');
 * new EdgeDistribution(this, 'Edge', {
 *   kind: EdgeKind.api(),
 *   origin: new origins.HttpOrigin('backend.example.com'),
 *   domain: EdgeDomain.custom({ domainNames: ['api.example.com'], certificate }),
 * });
 * ```
 *
 * Idle it costs a share of the stack's web ACL for CloudFront (about 10 USD a month) and its alarms (about 0.50 USD). The web ACL and the
 * alarms can only be made in us-east-1: make the stack there, or see `webAcl` and `alarms` for what else there is.
 *
 * @see https://docs.aws.amazon.com/securityhub/latest/userguide/cloudfront-controls.html
 */
export class EdgeDistribution extends Construct {
  /** The distribution itself. */
  public readonly distribution: Distribution;
  /** The web ACL in front, if it was made here: for body limits by path (`allowLargerBodies`), for example. */
  public readonly webAcl?: SecureWebAcl;
  /** ARN of the web ACL in front, if there is one. */
  public readonly webAclArn?: string;
  /** Where the access logs go, if there are any. */
  public readonly logBucket?: IBucket;
  /** The alarms: none outside of us-east-1. */
  public readonly alarms: AlarmBase[];
  /** The name under which it answers. */
  public readonly domainName: string;
  /** The address that viewers use, with a slash at the end. */
  public readonly url: string;

  private readonly headers = new Map<string, ResponseHeadersPolicy>();

  /**
   * @throws ConfigurationError [EdgeDomain.*], [EdgeWebAcl.*], [EdgeAccessLogs.*], [EdgeAlarms.Region], [EdgeHeaders.Feature],
   * [ContentSecurityPolicy.*], [EdgeDistribution.Forwarding], [EdgeDistribution.PathPattern], [EdgeDistribution.Country],
   * [EdgeDistribution.ErrorResponse]
   */
  constructor(scope: Construct, id: string, private readonly props: EdgeDistributionProps) {
    checkEdge(placeOf(scope, id), scope, props);
    super(scope, id);
    markOwn(this);
    const chosen = edgeWebAclFor(this, props.webAcl);
    this.webAcl = chosen.webAcl;
    this.webAclArn = chosen.arn;
    this.logBucket = props.accessLogs?._offReason === undefined ? props.accessLogs?._bucket ?? StackEdgeLogBucket.of(this) : undefined;
    this.distribution = this.makeDistribution(chosen);
    this.explain();
    if (this.webAcl !== undefined && this.behaviors().some(({ kind }) => kind.name === 'api')) this.webAcl.expectBodies();
    placeDomain(this, this.distribution, props.domain);
    this.domainName = props.domain?._props?.domainNames[0] ?? this.distribution.distributionDomainName;
    this.url = `https://${this.domainName}/`;
    this.alarms = watchEdge(this, this.distribution, props.alarms);
    this.node.addValidation({ validate: () => findWeakBehaviors(this.distribution) });
  }

  /**
   * Lets somebody empty the cache of this distribution and see whether that is done: `cloudfront:CreateInvalidation`,
   * `cloudfront:GetInvalidation`. The first 1,000 paths of a month are free.
   * @throws ConfigurationError [EdgeDistribution.Grantee] when the grantee is not a role or user of this account
   */
  public allowInvalidate(grantee: IGrantable): Grant {
    const principal = grantee.grantPrincipal;
    const elsewhere = principal.principalAccount !== undefined
      && Token.compareStrings(principal.principalAccount, this.distribution.env.account) === TokenComparison.DIFFERENT;
    const grant = allow(this, { grantee, actions: INVALIDATE_ACTIONS, resources: [this.distribution.distributionArn] });
    if (grant.success && !elsewhere) return grant;
    return refuse(this, {
      code: 'EdgeDistribution.Grantee',
      prop: 'grantee',
      must: 'must be a role, user or function of this account, because CloudFront has no resource policies',
      got: principal.toString(),
      fix: 'make a role in this account that the other may assume, and pass that',
    });
  }

  /**
   * Accepts larger bodies on some paths of this distribution, and not on those of others behind the same web ACL. Only a name that CloudFront
   * makes up cannot be told apart: the distribution would have to be there before its ACL.
   * @internal
   */
  public _allowLargerBodies(pathPattern: string, upTo: Size): void {
    if (this.webAcl === undefined) return;
    const names = this.props.domain?._props?.domainNames;
    this.webAcl.allowLargerBodies(pathPattern, upTo, names);
    if (names !== undefined) return;
    Validations.of(this).addWarning('cdk-secure-serverless:BodyLimitEverywhere',
      `The larger bodies of ${this.node.path} are let through on the same paths of all distributions behind ${this.webAcl.node.path}: `
      + 'give this one a name of its own with EdgeDomain.custom(…), or a web ACL of its own with EdgeWebAcl.of(acl).');
  }

  private makeDistribution({ arn }: ChosenWebAcl): Distribution {
    const { accessLogs, additionalBehaviors = {}, countries, kind } = this.props;
    return new Distribution(this, 'Resource', {
      comment: this.node.path.slice(0, 128),
      defaultBehavior: this.behavior(this.props),
      additionalBehaviors: Object.fromEntries(Object.entries(additionalBehaviors).map(([path, behavior]) => [path, this.behavior(behavior)])),
      defaultRootObject: kind._rootObject,
      ...domainSettings(this.props.domain),
      sslSupportMethod: SSLMethod.SNI,
      httpVersion: HttpVersion.HTTP2_AND_3,
      enableIpv6: true,
      webAclId: arn,
      geoRestriction: countries && geoRestriction(countries),
      enableLogging: this.logBucket !== undefined,
      logBucket: this.logBucket,
      logFilePrefix: this.logBucket && (accessLogs?._prefix ?? `${this.node.path}/`),
      logIncludesCookies: false,
      errorResponses: this.props.errorResponses,
      priceClass: this.props.priceClass ?? PriceClass.PRICE_CLASS_ALL,
      publishAdditionalMetrics: this.props.additionalMetrics === true,
    });
  }

  private behavior({ kind, origin, caching = kind._caching, allowedMethods, originRequestPolicy, viewerRequest }: EdgeBehavior): BehaviorOptions {
    return {
      origin,
      allowedMethods: allowedMethods ?? kind._methods,
      cachedMethods: CachedMethods.CACHE_GET_HEAD,
      cachePolicy: caching._policy,
      originRequestPolicy: originRequestPolicy ?? caching._forwarded,
      viewerProtocolPolicy: kind._protocol,
      compress: true,
      responseHeadersPolicy: this.headersOf(kind),
      functionAssociations: viewerRequest && [{ function: viewerRequest, eventType: FunctionEventType.VIEWER_REQUEST }],
    };
  }

  /** One policy for each kind, since an account may have 20 of them. */
  private headersOf(kind: EdgeKind): ResponseHeadersPolicy {
    const own = kind.name === this.props.kind.name;
    const made = this.headers.get(kind.name)
      ?? headersPolicy(this, own ? 'Headers' : `${kind.name[0].toUpperCase()}${kind.name.slice(1)}Headers`, kind, own ? this.props.headers : undefined);
    this.headers.set(kind.name, made);
    return made;
  }

  private behaviors(): EdgeBehavior[] {
    return [this.props, ...Object.values(this.props.additionalBehaviors ?? {})];
  }

  private explain(): void {
    const resource = this.distribution.node.defaultChild as CfnDistribution;
    const { accessLogs, countries, webAcl } = this.props;
    if (this.webAclArn === undefined) explainMissingWebAcl(this, this.distribution, webAcl);
    if (accessLogs?._offReason !== undefined) {
      recordWaiver(this, { control: 'Edge.accessLogs', reason: accessLogs._offReason });
      acknowledge(resource, NagPackId.AWS_SOLUTIONS, 'CFR3', accessLogs._offReason);
      acknowledgeRule(resource, 'DistributionAccessLog', accessLogs._offReason);
    }
    const everywhere = countries?._everywhereReason;
    if (everywhere !== undefined) {
      recordWaiver(this, { control: 'Edge.countries', reason: everywhere });
      acknowledgeRule(resource, 'DistributionCountries', everywhere);
    }
    if (countries === undefined || everywhere !== undefined) {
      acknowledge(resource, NagPackId.AWS_SOLUTIONS, 'CFR1', everywhere
        ?? 'In which countries there are customers is for the owner to say, with `countries`; an address tells a country only roughly and authenticates nobody.');
    }
  }
}

function geoRestriction({ _allow, _countries, _everywhereReason }: GeoRule): GeoRestriction | undefined {
  if (_everywhereReason !== undefined) return undefined;
  return _allow ? GeoRestriction.allowlist(..._countries) : GeoRestriction.denylist(..._countries);
}
