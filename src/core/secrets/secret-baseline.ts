/** A form of credential that can be told from its value alone. */
export interface SecretValuePattern {
  /** What it is, as an error or a finding names it. */
  readonly name: string;
  /** Matches anywhere in a value; linear in its length, since no two repetitions of a pattern can claim the same characters. */
  readonly pattern: RegExp;
}

/** Forms that are a credential wherever they stand: in code, in a description, in a document. */
export const TOKEN_PATTERNS: readonly SecretValuePattern[] = [
  { name: 'an AWS access key id', pattern: /(?<![A-Za-z0-9])(?:ABIA|ACCA|AKIA|ASIA)[A-Z0-9]{16}(?![A-Za-z0-9])/ },
  { name: 'an Amazon Bedrock API key', pattern: /(?<![A-Za-z0-9])ABSK[A-Za-z0-9+/]{100}/ },
  { name: 'a private key', pattern: /-----BEGIN (?:[A-Z0-9]{1,12} ){0,3}PRIVATE KEY(?: BLOCK)?-----/ },
  { name: 'a private key', pattern: /PuTTY-User-Key-File-[23]:|AGE-SECRET-KEY-1[A-Z0-9]{20}/ },
  { name: 'a GitHub token', pattern: /(?<![A-Za-z0-9])(?:gh[oprsu]_[A-Za-z0-9]{30}|github_pat_[A-Za-z0-9_]{22})/ },
  { name: 'a GitLab token', pattern: /(?<![A-Za-z0-9])gl(?:agent|cbt|dt|ffct|ft|imt|oas|pat|ptt|rt|soat)-[A-Za-z0-9_-]{20}/ },
  { name: 'a Slack token', pattern: /(?<![A-Za-z0-9])(?:xapp|xox[abeoprs])-[A-Za-z0-9-]{10}/ },
  { name: 'a Slack webhook', pattern: /hooks\.slack\.com\/(?:services|triggers|workflows)\/[A-Za-z0-9/_-]{20}/ },
  { name: 'a Discord webhook', pattern: /discord(?:app)?\.com\/api\/webhooks\/\d{10,25}\/[A-Za-z0-9_-]{20}/ },
  { name: 'a Stripe key', pattern: /(?<![A-Za-z0-9])(?:[rs]k_(?:live|test)|whsec)_[A-Za-z0-9]{16}/ },
  { name: 'a Google API key', pattern: /(?<![A-Za-z0-9_-])AIza[A-Za-z0-9_-]{30}/ },
  { name: 'a Google OAuth secret', pattern: /(?<![A-Za-z0-9])(?:GOCSPX-[A-Za-z0-9_-]{24}|ya29\.[A-Za-z0-9_-]{20})/ },
  { name: 'a Twilio key', pattern: /(?<![A-Za-z0-9])SK[0-9a-f]{32}(?![A-Za-z0-9])/ },
  { name: 'a SendGrid key', pattern: /(?<![A-Za-z0-9])SG\.[A-Za-z0-9_-]{16,32}\.[A-Za-z0-9_-]{16}/ },
  { name: 'an npm token', pattern: /(?<![A-Za-z0-9])npm_[A-Za-z0-9]{30}|:_authToken=[^\s$]{8}/ },
  { name: 'a PyPI token', pattern: /(?<![A-Za-z0-9])pypi-AgEI[A-Za-z0-9_-]{20}/ },
  { name: 'a key of a language model provider', pattern: /(?<![A-Za-z0-9])sk-(?:(?:admin|ant|or|proj|svcacct)-[A-Za-z0-9_-]{20}|[A-Za-z0-9]{32})/ },
  { name: 'an Azure storage or service key', pattern: /(?:AccountKey|SharedAccessKey)=[A-Za-z0-9+/]{40}/i },
  { name: 'an Azure shared access signature', pattern: /[?&]sig=[A-Za-z0-9%+/_-]{30}/ },
  { name: 'a Mailgun key', pattern: /(?<![A-Za-z0-9-])key-[0-9a-f]{32}(?![0-9a-f])/ },
  { name: 'a Mailchimp key', pattern: /(?<![A-Za-z0-9])[0-9a-f]{32}-us\d{1,2}(?![0-9a-z])/ },
  { name: 'a Telegram bot token', pattern: /(?<![A-Za-z0-9])\d{8,10}:AA[A-Za-z0-9_-]{33}/ },
  { name: 'a DigitalOcean token', pattern: /(?<![A-Za-z0-9])do[opr]_v1_[0-9a-f]{64}/ },
  { name: 'a Shopify token', pattern: /(?<![A-Za-z0-9])shp(?:at|ca|pa|ss)_[0-9a-fA-F]{32}/ },
  { name: 'a Vault or Terraform token', pattern: /(?<![A-Za-z0-9])hv[bs]\.[A-Za-z0-9_-]{24}|\.atlasv1\.[A-Za-z0-9_-]{40}/ },
  { name: 'a Databricks token', pattern: /(?<![A-Za-z0-9])dapi[0-9a-f]{32}/ },
  { name: 'an Atlassian token', pattern: /(?<![A-Za-z0-9])AT(?:ATT|BBT|CTT)[A-Za-z0-9_-]{32}/ },
  { name: 'a Docker Hub token', pattern: /(?<![A-Za-z0-9])dckr_(?:oat|pat)_[A-Za-z0-9_-]{20}/ },
  { name: 'a Hugging Face token', pattern: /(?<![A-Za-z0-9])hf_[A-Za-z0-9]{34}/ },
  { name: 'a New Relic key', pattern: /(?<![A-Za-z0-9])NRAK-[A-Z0-9]{27}/ },
  { name: 'a Grafana token', pattern: /(?<![A-Za-z0-9])(?:glc_[A-Za-z0-9+/]{32}|glsa_[A-Za-z0-9]{32})/ },
  { name: 'a JSON web token', pattern: /(?<![A-Za-z0-9_-])eyJ[A-Za-z0-9_-]{10,4096}\.eyJ[A-Za-z0-9_-]{10}/ },
  { name: 'a connection string with a password', pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/?#'"`]{0,128}:(?![$<{%*\\])[^\s:@/?#'"`]{3,256}@[a-z0-9]/i },
];

/** The same, and forms that are one only where a value stands alone, under a name. */
export const SECRET_VALUE_PATTERNS: readonly SecretValuePattern[] = [
  { name: 'a reference that CloudFormation replaces by a secret', pattern: /\{\{resolve:(?:secretsmanager|ssm-secure):/ },
  { name: 'the secret of an access key or client', pattern: /<[A-Za-z0-9]{1,255}\.[A-Za-z.]{0,64}(?:ClientSecret|SecretAccessKey)>/ },
  ...TOKEN_PATTERNS,
  { name: 'an authorization header', pattern: /(?<![A-Za-z0-9])(?:Basic [A-Za-z0-9+/]{16}|Bearer [A-Za-z0-9._~+/-]{20})/ },
  { name: 'a connection string with a password', pattern: /(?<![a-z0-9+.-])[a-z][a-z0-9+.-]{1,30}:\/\/[^\s:@/?#]{0,128}:[^\s@/?#]{1,256}@/i },
  { name: 'a connection string with a password', pattern: /(?:^|[;,&?\s])(?:passwd|password|pwd) ?= ?[^\s;,&]{3}/i },
  { name: 'a JSON document with a password or key', pattern: /"(?:access_?token|api_?key|client_?secret|passwd|password|private_?key|secret)" {0,4}: {0,4}"(?!arn:)[^"]{6}/i },
];

/** Variables whose name says that the value is a secret. Names are matched in the form of `wordsOf`: small letters, words parted by `_`. */
export const SECRET_NAME_PATTERN = /access_?key|api_?key|auth_?key|bearer|(?<!no_)credential|encryption_?key|pass_?phrase|passwd|password|private_?key|secret(?!ar)|signing_?key|token(?!i[sz])|(?:^|_)(?:pass|passcode|pw|pwd)(?:_|$)/;

/** Variables whose name says that the value is the secret itself, whatever it looks like. */
export const PASSWORD_NAME_PATTERN = /(?:pass_?phrase|passwd|password|(?:^|_)(?:pass|passcode|pwd))$/;

/** Variables whose name says that the value is the secret itself, unless the value is a word of configuration or a path. */
export const KEY_NAME_PATTERN = /(?:(?<!public_)api_?key|access_?key|auth_?key|private_?key|secret_?key|signing_?key|(?:api|app|client|hmac|jwt|session|shared|webhook)_?secret|(?<!next_|request_|task_|page_|continuation_|idempotency_)token|(?<!no_|allow_|with_|include_|cors_)credentials?)$/;

/** Names under which a connection, and with it a password, is given as a whole. */
export const CONNECTION_NAME_PATTERN = /(?:^|_)(?:dsn|conn(?:ection)?_?str(?:ing)?)$/;

/** Variables whose name says that the value only points to something, or measures it. */
export const REFERENCE_NAME_PATTERN = /(?:alias|arn|bucket|count|days|enabled|endpoint|expiry|field|file|header|host|hours|id|issuer|kind|length|minutes|name|param|parameter|path|prefix|queue|region|seconds|table|topic|ttl|type|uri|url|version)s?$/;
