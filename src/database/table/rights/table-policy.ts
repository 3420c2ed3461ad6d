import { Fn, IResolvable, Lazy, Stack, Token } from 'aws-cdk-lib';
import { AnyPrincipal, Effect, IPrincipal, PolicyDocument, PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { IConstruct } from 'constructs';
import { refuse } from '../../../core/configuration-error';
import { SOURCE_KEYS } from '../../../iam/iam-baseline';
import { fragmentOf } from '../../../iam/principal-fragment';
import { isBound, StatementConditions } from '../../../iam/statement-binding';
import { checkStatementParts } from '../../../iam/statement-parts';

/** Condition keys that bind a statement for everybody to somebody, as far as the guard of a table can follow. */
const BINDING_KEYS = ['aws:PrincipalAccount', 'aws:PrincipalOrgID'];

interface StatementJson {
  readonly Effect?: string;
  readonly Principal?: string | { readonly AWS?: string | string[]; readonly Service?: unknown };
  readonly NotPrincipal?: unknown;
  readonly Condition?: StatementConditions;
}

/**
 * A policy that keeps everybody out who does not belong to the account, or to an account or organisation that a statement of the policy
 * lets in by name. AWS services that act in their own name pass the guard, and then need a statement that allows them.
 *
 * A table without a policy is closed to other accounts as well; the guard keeps it closed when somebody adds a statement by hand.
 */
export class ClosedPolicy {
  public readonly document: PolicyDocument;
  private readonly accounts: Set<string>;
  private readonly organisations = new Set<string>();

  constructor(account: string) {
    this.accounts = new Set([account]);
    // Merged explicitly: whether CDK would do it by itself depends on a feature flag.
    this.document = new PolicyDocument({ minimize: true, statements: [this.guard()] });
  }

  /** Lets those pass the guard whom a statement allows. */
  public open(statement: PolicyStatement): void {
    if (statement.effect !== Effect.ALLOW) return;
    for (const principal of statement.principals) for (const account of accountsOf(principal)) this.accounts.add(account);
    const { Condition: conditions } = statement.toStatementJson() as StatementJson;
    for (const account of valuesOf(conditions, 'aws:PrincipalAccount')) this.accounts.add(account);
    for (const organisation of valuesOf(conditions, 'aws:PrincipalOrgID')) this.organisations.add(organisation);
  }

  private guard(): PolicyStatement {
    return new PolicyStatement({
      sid: 'NobodyOfOtherAccounts',
      effect: Effect.DENY,
      principals: [new AnyPrincipal()],
      actions: ['dynamodb:*'],
      resources: ['*'],
      conditions: {
        StringNotEquals: { 'aws:PrincipalAccount': atTheEnd(this.accounts), 'aws:PrincipalOrgID': atTheEnd(this.organisations) },
        BoolIfExists: { 'aws:PrincipalIsAWSService': 'false' },
      },
    });
  }
}

/** What a set holds at the end: nothing, one value, or a list. */
function atTheEnd(values: ReadonlySet<string>): IResolvable {
  return Lazy.any({ produce: () => (values.size <= 1 ? [...values][0] : [...values]) });
}

/** Refuses statements that let in everybody, or a service for whomever it acts. */
export function checkTableStatement(table: IConstruct, statement: PolicyStatement): void {
  checkStatementParts(table, 'SecureTable', statement);
  const { Effect: effect, Principal: principal, NotPrincipal: notPrincipal, Condition: conditions } = statement.toStatementJson() as StatementJson;
  if (effect !== Effect.ALLOW) return;
  const everybody = notPrincipal !== undefined || awsPrincipals(principal).includes('*');
  if (everybody && !BINDING_KEYS.some((key) => valuesOf(conditions, key).length > 0)) {
    refuse(table, {
      code: 'SecureTable.PublicStatement',
      prop: 'statement',
      must: "must not allow everybody, except with StringEquals on 'aws:PrincipalAccount' or 'aws:PrincipalOrgID'",
      fix: 'name the principals, or call allowRead() and its like with them',
    });
  }
  const service = typeof principal === 'object' ? principal.Service : undefined;
  if (service !== undefined && !isBound(conditions, SOURCE_KEYS)) {
    refuse(table, {
      code: 'SecureTable.ServiceStatement',
      prop: 'statement',
      must: 'must not allow a service for whomever it acts',
      got: Stack.of(table).resolve(service),
      fix: "add conditions on 'aws:SourceAccount' and 'aws:SourceArn'",
    });
  }
}

function awsPrincipals(principal: StatementJson['Principal']): string[] {
  return [typeof principal === 'object' ? principal.AWS ?? [] : principal ?? []].flat();
}

/** The values that a key must equal; none if it may equal anything. */
function valuesOf(conditions: StatementJson['Condition'], key: string): string[] {
  return Object.entries(conditions ?? {}).filter(([operator]) => operator === 'StringEquals')
    .flatMap(([, keys]) => Object.entries(keys)).filter(([name]) => name.toLowerCase() === key.toLowerCase())
    .flatMap(([, values]) => [values].flat() as string[]);
}

/** The accounts of a principal, if it stands for accounts at all: from its own knowledge, or from `111122223333` or an ARN. */
function accountsOf(principal: IPrincipal): string[] {
  if (principal.principalAccount !== undefined) return [principal.principalAccount];
  return awsPrincipals({ AWS: fragmentOf(principal).principalJson.AWS }).filter((one) => one !== '*').map((one) => {
    const pieces = one.split(':');
    if (pieces.length >= 6) return pieces[4];
    return Token.isUnresolved(one) ? Fn.select(4, Fn.split(':', one)) : one;
  });
}
