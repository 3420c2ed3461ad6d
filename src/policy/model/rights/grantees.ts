import { Statement } from './iam';
import { AppModel } from '../resources/app-model';
import { isAccountId, parseArn } from '../values/arn';
import { at, elements, isRecord, isUnresolved, Value } from '../values/values';

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
  /** The whole account, and not one principal in it. */
  readonly wholeAccount: boolean;
}

const UNKNOWN: Grantee = { kind: GranteeKind.UNKNOWN, text: '<?>', wholeAccount: false };
const EVERYONE: Grantee = { kind: GranteeKind.EVERYONE, text: '*', wholeAccount: false };

/** Whom a statement names. `NotPrincipal` in a permission means everybody else. */
export function granteesOf(statement: Statement, app: AppModel): readonly Grantee[] {
  if (statement.notPrincipals !== undefined) return [EVERYONE];
  return elements(statement.principals).flatMap((principal) => {
    if (isUnresolved(principal)) return [UNKNOWN];
    if (!isRecord(principal)) return [awsPrincipal(principal, app)];
    return [
      ...elements(at(principal, 'AWS')).map((one) => awsPrincipal(one, app)),
      ...elements(at(principal, 'Service')).map((one) => servicePrincipal(one, app)),
      ...elements(at(principal, 'Federated')).map((one) => named(GranteeKind.FEDERATED, one, app)),
      ...elements(at(principal, 'CanonicalUser')).map((one) => named(GranteeKind.CANONICAL_USER, one, app)),
    ];
  });
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
  if (text === undefined || text.startsWith('<?>')) return UNKNOWN;
  if (/^[*?]+$/.test(text)) return EVERYONE;
  if (isAccountId(text) || text === '<AWS::AccountId>') return { ...inAccount(text, text), wholeAccount: true };
  const arn = parseArn(text);
  if (arn === undefined) return { kind: GranteeKind.ACCOUNT, text, wholeAccount: false };
  if (/[*?]/.test(arn.account.replaceAll('<?>', ''))) return { ...EVERYONE, text };
  return { ...inAccount(text, arn.account), wholeAccount: arn.resource === 'root' };
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
