import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import { Construct } from 'constructs';
import { accountWideName } from './account-wide-name';
import { ContentSecurityPolicy } from './content-security-policy';
import { CLOSED_FEATURES, CONTENT_POLICY_LIMIT, HIDDEN_HEADERS, HSTS_AGE } from './edge-baseline';
import { EdgeKind } from './edge-kind';
import { checkReason } from '../core/checks';
import { Place, refuse } from '../core/configuration-error';
import { recordWaiver } from '../core/exceptions/waiver';

/** Which other pages may embed what a distribution serves: pictures, scripts, fonts. */
export enum CrossOriginResources {
  /** Only pages of the same origin. */
  SAME_ORIGIN = 'same-origin',
  /** Pages of the same registrable domain: `www.example.com` may use what `static.example.com` serves. */
  SAME_SITE = 'same-site',
  /** Every page: for files that are meant to be embedded by others. */
  CROSS_ORIGIN = 'cross-origin',
}

/**
 * The headers that protect the users of a distribution. CloudFront writes them into each answer, whatever the origin says.
 *
 * Always there: Strict-Transport-Security of two years for the name and all below it, X-Content-Type-Options, Referrer-Policy.
 */
export interface EdgeHeaders {
  /**
   * What a page may load, run and send to.
   * @default - `ContentSecurityPolicy.site()` for a site, `ContentSecurityPolicy.nothing()` for an API
   */
  readonly contentSecurityPolicy?: ContentSecurityPolicy;
  /**
   * Features of the browser that the page's own scripts may ask the user for, such as `camera` or `geolocation`. Code that comes from
   * elsewhere in frames never gets them.
   * @default - none
   */
  readonly browserFeatures?: string[];
  /**
   * Who may embed what is served.
   * @default CrossOriginResources.SAME_ORIGIN
   */
  readonly crossOriginResources?: CrossOriginResources;
  /**
   * Whether windows that the page opens keep a line back to it, as sign-in with another company's account often needs: they can send it
   * messages and lead it to another address. Pages that open this one never get such a line.
   * @default false
   */
  readonly popups?: boolean;
  /**
   * Whether browsers may be told beforehand, by a list that they carry, that this name and all below it speak HTTPS only. It takes months to undo.
   * @default false
   * @see https://hstspreload.org
   */
  readonly preload?: boolean;
}

/** Refuses what would open the page to code from anywhere. */
export function checkHeaders(place: Place, headers: EdgeHeaders = {}): void {
  for (const feature of headers.browserFeatures ?? []) {
    if (CLOSED_FEATURES.includes(feature)) continue;
    refuse(place, {
      code: 'EdgeHeaders.Feature', prop: 'headers.browserFeatures', must: `must be among ${CLOSED_FEATURES.join(', ')}`, got: feature, fix: 'leave out what the page does not use',
    });
  }
  for (const { directive, source, reason } of headers.contentSecurityPolicy?._additions ?? []) {
    if (reason !== undefined) {
      checkReason(place, reason, { code: 'ContentSecurityPolicy.Reason', prop: directive, fix: 'say why the page cannot do without' });
    } else if (!isExact(directive, source)) {
      refuse(place, {
        code: 'ContentSecurityPolicy.Source',
        prop: directive,
        must: "must be exact: 'self', an https or wss origin or path, a hash, or data: and blob: where no code comes from",
        got: source,
        fix: "write it like 'https://api.example.com', or use withUnsafe() with a reason",
      });
    }
  }
  if (headers.contentSecurityPolicy !== undefined) checkLength(place, headers.contentSecurityPolicy);
}

function checkLength(place: Place, policy: ContentSecurityPolicy): void {
  const { length } = policy._render();
  if (length <= CONTENT_POLICY_LIMIT) return;
  refuse(place, {
    code: 'ContentSecurityPolicy.Length',
    prop: 'headers.contentSecurityPolicy',
    must: `must have at most ${CONTENT_POLICY_LIMIT} characters, which is what CloudFront takes`,
    got: `${length} characters`,
    fix: 'name domains with one wildcard, such as https://*.example.com, in place of many hosts',
  });
}

/** Makes the policy that writes the headers of one kind of answers. */
export function headersPolicy(scope: Construct, id: string, kind: EdgeKind, headers: EdgeHeaders = {}): ResponseHeadersPolicy {
  const content = headers.contentSecurityPolicy ?? kind._contentPolicy;
  for (const { directive, source, reason } of content._additions) {
    if (reason !== undefined) recordWaiver(scope, { control: `ContentSecurityPolicy[${directive} ${source}]`, reason });
  }
  return new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: accountWideName(scope, 128, id),
    comment: `Security headers of ${scope.node.path}`.slice(0, 128),
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: content._render(), override: true },
      contentTypeOptions: { override: true },
      frameOptions: frameOptions(content),
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.STRICT_ORIGIN_WHEN_CROSS_ORIGIN, override: true },
      strictTransportSecurity: { accessControlMaxAge: HSTS_AGE, includeSubdomains: true, preload: headers.preload === true, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Permissions-Policy', value: permissions(headers.browserFeatures ?? []), override: true },
        { header: 'Cross-Origin-Opener-Policy', value: headers.popups === true ? 'same-origin-allow-popups' : 'same-origin', override: true },
        { header: 'Cross-Origin-Resource-Policy', value: headers.crossOriginResources ?? CrossOriginResources.SAME_ORIGIN, override: true },
        ...kind._rootObject === undefined ? [{ header: 'Cache-Control', value: 'no-store', override: false }] : [],
      ],
    },
    removeHeaders: HIDDEN_HEADERS,
  });
}

/** The older header knows nobody and the page itself. Browsers that know frame-ancestors do not look at it. */
function frameOptions(content: ContentSecurityPolicy) {
  const others = content._framedBy;
  if (others.length === 0) return { frameOption: HeadersFrameOption.DENY, override: true };
  return others.every((one) => one === "'self'") ? { frameOption: HeadersFrameOption.SAMEORIGIN, override: true } : undefined;
}

function permissions(opened: readonly string[]): string {
  return CLOSED_FEATURES.map((feature) => `${feature}=(${opened.includes(feature) ? 'self' : ''})`).join(', ');
}

const WITHOUT_CODE = ['font-src', 'img-src', 'media-src'];

function isExact(directive: string, source: string): boolean {
  if (source === "'self'") return true;
  if (/^'sha(256|384|512)-[A-Za-z0-9+/=]+'$/.test(source)) return directive === 'script-src' || directive === 'style-src';
  if (source === 'data:') return WITHOUT_CODE.includes(directive);
  if (source === 'blob:') return [...WITHOUT_CODE, 'worker-src'].includes(directive);
  // One wildcard label in front of a name with at least two: *.example.com, not *.com.
  return /^(https|wss):\/\/(\*\.[a-z0-9-]+\.|[a-z0-9-]+\.)?[a-z0-9.-]*[a-z0-9](:\d+)?(\/[^\s;,*?#]*)?$/.test(source);
}
