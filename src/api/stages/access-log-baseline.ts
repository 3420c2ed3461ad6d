/** What a line of an access log must tell, and which variables tell it. */
export const LOGGED_FIELDS: readonly (readonly [string, RegExp])[] = [
  ['error', /\$\{?context\.(error\.|authorizer\.error|integration\.error|integrationErrorMessage|authorize\.error|authenticate\.error|waf\.error)/],
  ['principal', /\$\{?context\.(authorizer\.(?!error|status|latency|integration|requestId)|identity\.(caller|user\b|userArn|cognitoIdentityId|principalOrgId|clientCert))/],
  ['requestId', /\$\{?context\.(requestId|extendedRequestId)/],
  ['route', /\$\{?context\.(routeKey|resourcePath|path|resourceId|eventType)/],
  ['sourceIp', /\$\{?context\.identity\.sourceIp/],
  ['status', /\$\{?context\.(status|integration\.status|integrationStatus)/],
];

/** A line in JSON, XML, CSV or the common log format, whose fields can be told apart whatever is in them. */
export const STRUCTURED = /^\s*(?:\{.*\}|<[a-z].*>|"?\$[^\s,]+(?:,\s*"?\$[^\s,]+)+|(?:\$\S+ )+\[\$[^\]]+\] ?"[^"]*" .*)\s*$/is;

/** Claims and properties of authorizers that tell more of a caller than who it is. */
export const PRIVATE_CLAIM = /address|birth|e-?mail|family|gender|given|iban|middle_?name|(^|_|:)name|nickname|passw|phone|picture|profile|secret|ssn|tax|token(?!_use)|user_?name/i;

/** Parameters of paths whose values let somebody in. */
export const SECRET_PARAMETER = /\{[^{}]*(api-?key|code|otp|passw|secret|session|signature|token)[^{}]*\}/i;
