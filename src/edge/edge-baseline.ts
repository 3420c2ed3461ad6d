import { Duration } from 'aws-cdk-lib';

/** The oldest TLS that a domain of one's own speaks, by choice: all that browsers of the last years know, or TLS 1.3 alone. */
export const TLS_POLICIES = { standard: 'TLSv1.2_2021', strictest: 'TLSv1.3_2025' } as const;

/** TLS versions that may lead to an origin. */
export const ORIGIN_TLS = ['TLSv1.2', 'TLSv1.3'];

/** TLS versions that lead to no origin: broken, or soon so. */
export const BROKEN_TLS = ['SSLv3', 'TLSv1', 'TLSv1.1'];

/** What empties the cache, and shows whether that is done. */
export const INVALIDATE_ACTIONS = ['cloudfront:CreateInvalidation', 'cloudfront:GetInvalidation'];

/** How long a browser remembers that a name speaks HTTPS only: two years, as the preload list wants. */
export const HSTS_AGE = Duration.days(730);

/** The shortest age, in seconds, that protects somebody between two visits: half a year. */
export const SHORTEST_HSTS = 180 * 24 * 3600;

/** Features of the browser that a page does not get unless it names them. */
export const CLOSED_FEATURES = [
  'accelerometer', 'autoplay', 'camera', 'display-capture', 'encrypted-media', 'fullscreen', 'geolocation', 'gyroscope', 'magnetometer', 'microphone',
  'midi', 'payment', 'publickey-credentials-get', 'screen-wake-lock', 'usb', 'web-share', 'xr-spatial-tracking',
];

/** Headers of origins that tell viewers what they need not know: software, and from S3 the key's ARN with the number of the account. */
export const HIDDEN_HEADERS = [
  'Server', 'X-Powered-By', 'x-amz-server-side-encryption', 'x-amz-server-side-encryption-aws-kms-key-id',
  'x-amz-server-side-encryption-bucket-key-enabled', 'x-amz-version-id',
];

/** What a page may load: everything from its own origin, nothing from elsewhere, no plug-ins, no frames around it. */
export const SITE_CONTENT_POLICY: { readonly [directive: string]: readonly string[] } = {
  'default-src': ["'self'"],
  'base-uri': ["'self'"],
  'form-action': ["'self'"],
  'frame-ancestors': ["'none'"],
  'object-src': ["'none'"],
};

/** What the answer of an API may load if somebody opens it in a browser: nothing. */
export const API_CONTENT_POLICY: { readonly [directive: string]: readonly string[] } = {
  'default-src': ["'none'"],
  'base-uri': ["'none'"],
  'form-action': ["'none'"],
  'frame-ancestors': ["'none'"],
};

/**
 * What CloudFront takes for this header.
 * @see https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/understanding-response-headers-policies.html
 */
export const CONTENT_POLICY_LIMIT = 1783;

/** Answers in 100 with status 5xx, and with 4xx, that call for somebody; and the width of the band around the usual number of requests. */
export const ALARM_THRESHOLDS = { serverErrorRate: 1, clientErrorRate: 30, requestCount: 4 };

/** Errors for which CloudFront has pages: https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/HTTPStatusCodes.html */
export const ERROR_STATUSES: readonly number[] = [400, 403, 404, 405, 414, 416, 500, 501, 502, 503, 504];

/** Which requests a behavior answers, as CloudFront takes it. */
export const PATH_PATTERN = /^[\w.*?$/~"'@:+&-]{1,255}$/;
