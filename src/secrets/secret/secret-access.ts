import { ArnFormat, Lazy, Stack, Token, TokenComparison } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, Grant, IGrantable, IPrincipal, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { Secret } from 'aws-cdk-lib/aws-secretsmanager';
import { refuse } from '../../core/configuration-error';
import { allow, throughService } from '../../iam/exact-access';
import { fragmentOf } from '../../iam/principal-fragment';
import { allowInKeyPolicy, allowOnResource, needsResourcePolicy } from '../../iam/resource-access';

type Conditions = Record<string, Record<string, unknown>>;

/** The gate of a secret: who besides its own account may come near it, and the rights that are given on it. */
export class SecretAccess {
  private readonly accounts: string[];
  private readonly organizations: string[] = [];

  constructor(private readonly secret: Secret) {
    this.accounts = [Stack.of(secret).account];
  }

  /** What holds whatever else is allowed. The lists are read at the end: verbs add to them. */
  public denials(): PolicyStatement[] {
    const everything = { effect: Effect.DENY, principals: [new AnyPrincipal()], actions: ['secretsmanager:*'], resources: ['*'] };
    return [
      new PolicyStatement({
        sid: 'OnlyKnownAccounts',
        ...everything,
        conditions: {
          StringNotEquals: {
            'aws:PrincipalAccount': Lazy.any({ produce: () => one(this.accounts) }),
            'aws:PrincipalOrgID': Lazy.any({ produce: () => (this.organizations.length === 0 ? undefined : one(this.organizations)) }),
          },
          Bool: { 'aws:PrincipalIsAWSService': 'false' },
        },
      }),
      new PolicyStatement({ sid: 'OnlyOverTls', ...everything, conditions: { Bool: { 'aws:SecureTransport': 'false' } } }),
    ];
  }

  /** Rights on the secret. */
  public allow(grantee: IGrantable, actions: readonly string[], conditions?: Conditions): Grant {
    this.admit(grantee);
    return allowOnResource(this.secret, 'SecureSecret', { grantee, actions, resources: [this.secret.secretArn], conditions });
  }

  /**
   * Rights on its key, only through Secrets Manager and only for this secret, although other data has the same key.
   * @see https://docs.aws.amazon.com/secretsmanager/latest/userguide/security-encryption.html#security-encryption-encryption-context
   */
  public allowKey(grantee: IGrantable, actions: readonly string[]): Grant | undefined {
    const key = this.secret.encryptionKey;
    if (key === undefined) return undefined;
    const through = throughService(this.secret, 'secretsmanager');
    const identity = allow(this.secret, {
      grantee,
      actions,
      resources: [key.keyArn],
      conditions: { StringEquals: { ...through, 'kms:EncryptionContext:SecretARN': this.secret.secretArn } },
    });
    if (!needsResourcePolicy(identity, this.secret, grantee)) return identity;
    allowInKeyPolicy(this.secret, key, grantee.grantPrincipal, actions, { StringEquals: through });
    return identity;
  }

  /** Opens the gate to the account or organization of a principal, if it is another one. */
  private admit(grantee: IGrantable): void {
    const organizations = organizationsOf(grantee.grantPrincipal);
    const accounts = organizations.length > 0 ? [] : otherAccountsOf(this.secret, grantee.grantPrincipal);
    for (const organization of organizations) add(this.organizations, organization);
    for (const account of accounts) add(this.accounts, account);
    const [foreign] = [...organizations, ...accounts].filter((name) => !Token.isUnresolved(name));
    if (foreign === undefined || this.secret.encryptionKey !== undefined) return;
    refuse(this.secret, {
      code: 'SecureSecret.CrossAccountKey',
      prop: 'encryptionKey',
      must: 'must be given, because no other account can use the AWS managed key',
      got: foreign,
      fix: 'pass a SecureKey',
    });
  }
}

function otherAccountsOf(secret: Secret, principal: IPrincipal): string[] {
  return accountsOf(secret, principal).filter((account) => isOther(secret, account));
}

/** Several principals can stand in one, and one in another. */
function accountsOf(secret: Secret, principal: IPrincipal): string[] {
  if (principal.principalAccount !== undefined) return [principal.principalAccount];
  const named = [fragmentOf(principal).principalJson.AWS ?? []].flat().filter((arn) => arn !== '*');
  return named.flatMap((arn) => (/^\d{12}$/.test(arn) ? arn : Stack.of(secret).splitArn(arn, ArnFormat.SLASH_RESOURCE_NAME).account ?? []));
}

function organizationsOf(principal: IPrincipal): string[] {
  const conditions = fragmentOf(principal).conditions as Conditions | undefined;
  return [conditions?.StringEquals?.['aws:PrincipalOrgID'] ?? []].flat() as string[];
}

/** An account that is known only at deployment may be the secret's own: it is let in all the same, and harmless then. */
function isOther(secret: Secret, account: string): boolean {
  const own = Stack.of(secret).account;
  return account !== own && Token.compareStrings(account, own) !== TokenComparison.SAME;
}

function add(list: string[], value: string): void {
  if (!list.includes(value)) list.push(value);
}

function one(values: readonly string[]): string | readonly string[] {
  return values.length === 1 ? values[0] : values;
}
