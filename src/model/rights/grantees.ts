import { Statement } from './iam';
import { AppModel } from '../resources/app-model';
import { isAccountId, parseArn } from '../values/arn';
import { at, elements, isRecord, isUnresolved, OpenParameter, Text, Unresolved, Value } from '../values/values';

/** Whom a principal element names. */
export enum GranteeKind {
  EVERYONE = 'everyone',
  SERVICE = 'service',
  /** An account, or a principal in it. */
  ACCOUNT = 'account',
  FEDERATED = 'federated',
  CANONICAL_USER = 'canonical-user',
  /** Only the deployment knows. */
  UNKNOWN = 'unknown',
}

/** One principal of a policy of a resource. */
export interface Grantee {
  readonly kind: GranteeKind;
  /** As written; of a service, the name without region and domain: `sns`, `delivery.logs`. */
  readonly text: string;
  /** The id of the account, where it is written out. A principal of the app has none. */
  readonly account?: string;
  /** The parameter that names the account: another one, as the app's own needs no parameter. */
  readonly accountParameter?: string;
  /** The whole account, and not one principal in it. */
  readonly wholeAccount: boolean;
}

const UNKNOWN: Grantee = { kind: GranteeKind.UNKNOWN, text: '<?>', wholeAccount: false };
const EVERYONE: Grantee = { kind: GranteeKind.EVERYONE, text: '*', wholeAccount: false };

/** Whom a statement names. `NotPrincipal` in a permission means everybody else. */
export function granteesOf(statement: Statement, app: AppModel): readonly Grantee[] {
  if (statement.notPrincipals !== undefined) return [EVERYONE];
  return elements(statement.principals).flatMap((principal) => {
    if (isUnresolved(principal)) return [awsPrincipal(principal, app)];
    if (!isRecord(principal)) return [awsPrincipal(principal, app)];
    return [
      ...elements(at(principal, 'AWS')).map((one) => awsPrincipal(one, app)),
      ...elements(at(principal, 'Service')).map((one) => servicePrincipal(one, app)),
      ...elements(at(principal, 'Federated')).map((one) => named(GranteeKind.FEDERATED, one, app)),
      ...elements(at(principal, 'CanonicalUser')).map((one) => named(GranteeKind.CANONICAL_USER, one, app)),
    ];
  });
}

/** A canonical user that is an origin access identity of the app: CloudFront comes as it, and no other account. */
export function isOwnIdentity(canonicalUser: string): boolean {
  return /^<[^<>]+\.S3CanonicalUserId>$/.test(canonicalUser);
}

/** A text that names a service, an account, a principal or everybody, as Lambda permissions have it. */
export function granteeOf(value: Value, app: AppModel): Grantee {
  const text = app.describe(value) ?? '';
  return /\.(amazonaws\.com|<AWS::URLSuffix>|amazon\.com)/.test(text) ? servicePrincipal(value, app) : awsPrincipal(value, app);
}

/** `logs.eu-west-1.amazonaws.com`, `logs.${AWS::Region}.${AWS::URLSuffix}` and `logs.amazonaws.com` are one service. */
export function serviceName(text: string): string {
  return text.toLowerCase().replace(/\.(amazonaws\.com(\.cn)?|<aws::urlsuffix>|amazon\.com|aws\.internal)$/, '')
    .replace(/\.(<aws::region>|<\?>|[a-z]{2}(-[a-z]+){1,2}-\d)$/, '');
}

function awsPrincipal(value: Value, app: AppModel): Grantee {
  const text = app.describe(value);
  if (isUnresolved(value) && isAccount(value.parameter)) return { ...UNKNOWN, wholeAccount: true, accountParameter: value.parameter.name };
  if (text === undefined || text.startsWith('<?>')) return UNKNOWN;
  if (/^[*?]+$/.test(text)) return EVERYONE;
  if (isAccountId(text) || text === '<AWS::AccountId>') return { ...inAccount(text, text), wholeAccount: true };
  const arn = parseArn(text);
  if (arn === undefined) return { kind: GranteeKind.ACCOUNT, text, wholeAccount: false };
  if (/[*?]/.test(arn.account.replaceAll('<?>', ''))) return { ...EVERYONE, text };
  const accountParameter = arn.account === '<?>' ? accountParameterOf(value) : undefined;
  const given = accountParameter === undefined ? {} : { accountParameter };
  return { ...inAccount(text, arn.account), wholeAccount: arn.resource === 'root', ...given };
}

/** Parameters that hold nothing but the number of an account, by what they accept or by their name. */
const ACCOUNT_PATTERN = /^\^?(?:\[0-9\]|\\d)\{12\}\$?$/;
const ACCOUNT_NAME = /account(?:s|_?(?:id|number)s?)?$/i;

function isAccount(parameter: OpenParameter | undefined): parameter is OpenParameter {
  return parameter !== undefined && !OWN_ACCOUNT_NAME.test(parameter.name)
    && (ACCOUNT_PATTERN.test(parameter.allowedPattern ?? '') || ACCOUNT_NAME.test(parameter.name));
}

/** Names under which a template is most often given the number of its own account. */
const OWN_ACCOUNT_NAME = /^(?:aws|current|my|our|own|this)?_?account_?(?:id|number)?$/i;

/** The parameter in the place of the account: `arn:aws:iam::${Partner}:root`. */
function accountParameterOf(value: Value): string | undefined {
  if (!(value instanceof Text)) return undefined;
  const place = value.parts.findIndex((part, index) => part instanceof Unresolved && /::$/.test(String(value.parts[index - 1])));
  const part = value.parts[place];
  const parameter = part instanceof Unresolved ? part.parameter?.name : undefined;
  return parameter === undefined || OWN_ACCOUNT_NAME.test(parameter) ? undefined : parameter;
}

function inAccount(text: string, account: string): Grantee {
  return { kind: account.includes('<?>') ? GranteeKind.UNKNOWN : GranteeKind.ACCOUNT, text, wholeAccount: false, ...isAccountId(account) ? { account } : {} };
}

function servicePrincipal(value: Value, app: AppModel): Grantee {
  const text = app.describe(value);
  if (text === undefined || text.startsWith('<?>')) return UNKNOWN;
  return text === '*' ? EVERYONE : { kind: GranteeKind.SERVICE, text: serviceName(text), wholeAccount: false };
}

function named(kind: GranteeKind, value: Value, app: AppModel): Grantee {
  const text = app.describe(value);
  return text === undefined || text.startsWith('<?>') ? UNKNOWN : { kind, text, wholeAccount: false };
}
