/** A managed rule group that every web ACL runs. */
export interface BaselineGroup {
  readonly name: string;
  /** Rules of the group that only count, because another rule of ours decides the same question by route. */
  readonly counted?: readonly string[];
}

/** Free groups of AWS, in the order in which they run: the cheapest refusal first. */
export const BASELINE_GROUPS: readonly BaselineGroup[] = [
  { name: 'AWSManagedRulesAmazonIpReputationList' },
  { name: 'AWSManagedRulesKnownBadInputsRuleSet' },
  { name: 'AWSManagedRulesCommonRuleSet', counted: ['SizeRestrictions_BODY'] },
];

/** The region where CloudFront keeps what it uses everywhere: web ACLs, certificates, metrics. */
export const EDGE_REGION = 'us-east-1';

/** Runs as soon as a route takes a body. */
export const BODY_GROUP: BaselineGroup = { name: 'AWSManagedRulesSQLiRuleSet' };

/** Requests from one address in five minutes. */
export const RATE_LIMIT = 2000;
export const RATE_LIMIT_MIN = 10;

/**
 * What API Gateway lets an account do in five minutes is 3,000,000 requests: a limit for one address at or above that protects nothing.
 * @see https://docs.aws.amazon.com/apigateway/latest/developerguide/limits.html
 */
export const RATE_LIMIT_MAX = 2_999_999;
export const RATE_WINDOW_SECONDS = 300;

/** More than this from one address is a flood, whoever shares the address: 333 requests each second. */
export const RATE_LIMIT_PLAUSIBLE = 100_000;

/** What a body may weigh unless its route says otherwise: the limit of the managed common rule set. */
export const BODY_LIMIT_BYTES = 8 * 1024;

/** What WAF can look at for API Gateway, smallest first; above the first step AWS charges extra. */
export const BODY_INSPECTION_STEPS: readonly { readonly bytes: number; readonly setting: string }[] = [
  { bytes: 16 * 1024, setting: 'KB_16' },
  { bytes: 32 * 1024, setting: 'KB_32' },
  { bytes: 48 * 1024, setting: 'KB_48' },
  { bytes: 64 * 1024, setting: 'KB_64' },
];

/** What API Gateway takes at most: https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-execution-service-limits-table.html */
export const BODY_MAX_BYTES = 10 * 1024 * 1024;

/** Headers that carry credentials: neither logged nor sampled. */
export const SECRET_HEADERS = ['authorization', 'cookie', 'x-api-key'];

/** Blocked requests in five minutes that are more than background noise. */
export const BLOCKED_SURGE = 100;

/** Answers to blocked requests: they tell a client what to change, and an attacker nothing. */
export const RESPONSES = {
  forbidden: { status: 403, key: 'Forbidden', body: '{"message":"Forbidden"}' },
  tooLarge: { status: 413, key: 'TooLarge', body: '{"message":"The request body is larger than this route accepts"}' },
  tooMany: { status: 429, key: 'TooMany', body: '{"message":"Too many requests"}' },
} as const;

/** Regular expressions may have this many characters: https://docs.aws.amazon.com/waf/latest/developerguide/limits.html */
export const REGEX_LIMIT = 512;

/** Descriptions may have this many: https://docs.aws.amazon.com/waf/latest/APIReference/API_WebACL.html */
export const DESCRIPTION_LIMIT = 256;
